/*
 * Loads that go down, each with its reps.
 */
#include "core/notation/hunch_drop.h"

#include <math.h>

#include "core/base/ascii.h"
#include "core/lift/units.h"
#include "core/notation/fits.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

#define UP_MOST 1.1 /* of the last load: where a drop set begins */

enum { DROPS_MOST = 5, REPS_MOST = 50, WORDS_MOST = 20 };

struct drops {
    const struct set *last;
    double loads[DROPS_MOST], reps[DROPS_MOST];
    int count;
    double bare; /* a number that waits for its other half; NAN */
    bool told;   /* "dropset", "straight to" */
    bool other;
};

static double load_of(const struct set *set)
{
    return set->load_kg / unit_to_kg(1, set->unit);
}

static void add(struct drops *drops, double load, double reps)
{
    const double most = drops->count != 0 ? drops->loads[drops->count - 1] : UP_MOST * load_of(drops->last);

    drops->other |= drops->count == DROPS_MOST || !fits_count(reps, REPS_MOST) || !(load > 0 && load <= most) ||
                    (drops->count != 0 && load == most);
    if (drops->other)
        return;
    drops->loads[drops->count] = load;
    drops->reps[drops->count++] = reps;
}

/* Reps alone are of the last load, where they stand first. */
static void settle_bare(struct drops *drops)
{
    if (isnan(drops->bare))
        return;
    drops->other |= drops->count != 0;
    add(drops, load_of(drops->last), drops->bare);
    drops->bare = NAN;
}

/* "5x10", "12", "20kg" */
static void take_number(struct drops *drops, double value, struct span rest)
{
    double reps;

    if (rest.length > 1 && rest.at[0] == 'x') {
        rest = (struct span){rest.at + 1, rest.length - 1};
        settle_bare(drops);
        drops->other |= !scan_take_number(&rest, &reps) || rest.length != 0;
        if (!drops->other)
            add(drops, value, reps);
    } else if (rest.length != 0 && notation_meaning(rest).word != WORD_UNIT) {
        drops->other = true;
    } else if (isnan(drops->bare)) {
        drops->bare = value;
    } else {
        add(drops, drops->bare, value);
        drops->bare = NAN;
    }
}

static void note_word(struct drops *drops, struct span word, struct word_meaning meaning)
{
    static const char *const straight[] = {"direkt", "hinterher", "immediately", "sofort", "straight", NULL};
    const unsigned tells = TELLS_OTHERS | TELLS_UNSURE | TELLS_TIME;

    drops->told |= (meaning.word == WORD_TYPE && meaning.argument == SET_DROP) || walk_is(word, straight);
    drops->other |= (notation_tells(word, meaning) & tells) != 0 || meaning.word == WORD_SECONDS ||
                    meaning.word == WORD_MINUTES || (meaning.says & SAYS_OTHERS) != 0;
}

static void write_set(const struct drops *drops, struct buf *out)
{
    for (int i = 0; i < drops->count; i++)
        buf_addf(out, "%s%g%sx%g", i == 0 ? "" : ", ", drops->loads[i], i == 0 ? unit_name(drops->last->unit) : "",
                 drops->reps[i]);
    buf_adds(out, drops->last->side == SIDE_EACH ? " each drop set" : " drop set");
}

bool hunch_drop_read(struct span folded, const struct set *last, struct buf *out)
{
    struct drops drops = {.last = last, .bare = NAN};

    if (last->load_mode != LOAD_EXTERNAL || last->reps == REPS_UNKNOWN || !(last->load_kg > 0))
        return false;
    for (int words = 0; folded.length != 0 && !drops.other; folded = walk_behind(folded), words++) {
        const struct span word = walk_word(folded);
        struct span rest = word;
        double value;

        drops.other |= words == WORDS_MOST;
        if (ascii_is_digit(word.at[0]) && scan_take_number(&rest, &value))
            take_number(&drops, value, rest);
        else
            note_word(&drops, word, notation_meaning(word));
    }
    settle_bare(&drops);
    if (drops.other || !drops.told || drops.count < 2)
        return false;
    write_set(&drops, out);
    return true;
}

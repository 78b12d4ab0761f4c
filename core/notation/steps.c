/*
 * Where the load went from the set before, word by word.
 */
#include "core/notation/steps.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/notation/fits.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"

#define STEP_MOST 0.5 /* nobody moves by more of the load at once: "50 runter" from 75 is where it went */

enum { WORDS_MOST = 5, JOINTS_MOST = 3 };

/* What was said so far. */
struct steps {
    struct span rest;
    double number; /* NAN */
    int way;       /* up or down; 0 */
    bool to;       /* "to", "at": the number is the load */
    bool sure;     /* "5 less" may be reps, "5 down" and "5 kg less" aren't */
};

static bool is_digit_at(struct span text)
{
    return text.length != 0 && ascii_is_digit(text.at[0]);
}

/* Which way WORD of MEANING tells; 0: none. *SURE: of a load. */
static int way_of(struct span word, struct word_meaning meaning, bool *sure)
{
    const bool less = (meaning.roles & ROLE_LESS) != 0;

    if ((meaning.traits & TRAIT_MORE) != 0 || less)
        return less ? -1 : 1;
    *sure |= (meaning.traits & (TRAIT_PLUS | TRAIT_MINUS | TRAIT_HEAVIER | TRAIT_LIGHTER)) != 0;
    if ((meaning.traits & (TRAIT_MINUS | TRAIT_LIGHTER)) != 0 || span_is(word, "drop"))
        return -1;
    return (meaning.traits & (TRAIT_PLUS | TRAIT_HEAVIER)) != 0;
}

static bool take_word(struct steps *steps)
{
    struct word_meaning meaning;
    const struct span word = notation_word(steps->rest, &meaning);
    const int way = word.length != 0 ? way_of(word, meaning, &steps->sure) : 0;
    const bool to = meaning.word == WORD_TO || meaning.word == WORD_AT || span_is(word, "auf");

    if (word.length == 0 ||
        !(way != 0 || to || (meaning.traits & TRAIT_MOVED) != 0 || span_is(word, "back") || span_is(word, "gone")))
        return false;
    steps->way = way != 0 ? way : steps->way;
    steps->to |= to;
    steps->rest = span_past(steps->rest, word.length);
    return true;
}

/* "+2.5": the sign is the way. */
static void take_sign(struct steps *steps)
{
    const struct span rest = steps->rest;

    if (rest.length < 2 || (rest.at[0] != '+' && rest.at[0] != '-') || !ascii_is_digit(rest.at[1]))
        return;
    steps->way = rest.at[0] == '+' ? 1 : -1;
    steps->sure = true;
    steps->rest = span_past(rest, 1);
}

/* "kg", which is LAST's unit, or the "s" of "28s". False: it is another unit. */
static bool take_unit(struct steps *steps, const struct set *last)
{
    struct word_meaning meaning;
    const struct span word = notation_word(steps->rest, &meaning);

    if (word.length == 0 || !(meaning.word == WORD_UNIT || (span_is(word, "s") && steps->to)))
        return meaning.word != WORD_SECONDS;
    if (meaning.word == WORD_UNIT && meaning.argument != (uint8_t)last->unit)
        return false;
    steps->sure = true;
    steps->rest = span_past(steps->rest, word.length);
    return true;
}

/* "for", ", got", "und dann": what stands before the reps. */
static void skip_joints(struct span *rest)
{
    struct word_meaning meaning;
    struct span word;

    if (rest->length != 0 && rest->at[0] == ',')
        *rest = span_past(*rest, 1);
    for (int joints = 0; joints < JOINTS_MOST; joints++) {
        word = notation_word(*rest, &meaning);
        if (word.length == 0 || !(meaning.word == WORD_FOR || meaning.word == WORD_BY || meaning.word == WORD_AND ||
                                  meaning.word == WORD_FILLER || (meaning.traits & TRAIT_ONLY) != 0))
            return;
        *rest = span_past(*rest, word.length);
    }
}

/* "5 more kilos": the unit behind the way. */
static bool take_behind(struct steps *steps, const struct set *last)
{
    return take_unit(steps, last) && (!take_word(steps) || take_unit(steps, last));
}

bool steps_take(struct span *text, const struct set *last, double *load)
{
    const double before = last->load_kg / unit_to_kg(1, last->unit);
    struct steps steps = {.rest = *text, .number = NAN};

    if (last->load_mode != LOAD_EXTERNAL || !(before > 0))
        return false;
    for (int words = 0; words < WORDS_MOST && take_word(&steps);)
        words++;
    take_sign(&steps);
    if (!is_digit_at(steps.rest) || !scan_take_number(&steps.rest, &steps.number) || !take_behind(&steps, last))
        return false;
    steps.to |= steps.way < 0 && steps.number >= STEP_MOST * before;
    *load = steps.to ? steps.number : before + steps.way * steps.number;
    if (!(steps.to || (steps.way != 0 && steps.sure)) || steps.number == 0 || !fits_load(last, *load))
        return false;
    skip_joints(&steps.rest);
    *text = steps.rest;
    return true;
}

/*
 * swap: what trains the same as an exercise, or a muscle: usual exercises, those of the lifter's log first.
 */
#include <string.h>

#include "bot/chat/phrase.h"
#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { SHOWN = 3, LOGGED = 8, SAME_MUSCLES = 4, SAME_KIND = 2, SAME_RISK = 1 };

/* What most gyms have and most people know, the usual ones of each kind first. */
static const char *const usual[] = {"overhead-press",
                                    "dumbbell-shoulder-press",
                                    "machine-shoulder-press",
                                    "lateral-raise",
                                    "cable-lateral-raise",
                                    "machine-lateral-raise",
                                    "rear-delt-fly",
                                    "face-pull",
                                    "bench-press",
                                    "dumbbell-bench-press",
                                    "chest-press-machine",
                                    "push-up",
                                    "incline-dumbbell-press",
                                    "dip",
                                    "cable-fly",
                                    "machine-fly",
                                    "squat",
                                    "leg-press",
                                    "hack-squat",
                                    "goblet-squat",
                                    "bulgarian-split-squat",
                                    "lunge",
                                    "leg-extension",
                                    "romanian-deadlift",
                                    "deadlift",
                                    "hip-thrust",
                                    "back-extension",
                                    "lying-leg-curl",
                                    "seated-leg-curl",
                                    "calf-raise",
                                    "seated-calf-raise",
                                    "hip-adduction",
                                    "barbell-row",
                                    "dumbbell-row",
                                    "seated-cable-row",
                                    "machine-row",
                                    "lat-pulldown",
                                    "pull-up",
                                    "chin-up",
                                    "shrug",
                                    "dumbbell-curl",
                                    "barbell-curl",
                                    "cable-curl",
                                    "hammer-curl",
                                    "preacher-curl",
                                    "triceps-pushdown",
                                    "skull-crusher",
                                    "close-grip-bench-press",
                                    "overhead-triceps-extension",
                                    "plank",
                                    "crunch",
                                    "cable-crunch",
                                    "hanging-leg-raise",
                                    "farmers-carry"};

/* What is asked about. */
struct swap {
    struct turn *turn;
    const struct exercise *exercise; /* NULL: muscles */
    uint32_t muscles;
    uint32_t hurt; /* muscles that do */
    int without;   /* an enum equipment_kind that there isn't; -1: all is there */
};

/* How well OTHER takes its place; 0: not at all. */
static int fit_of(const struct swap *swap, const struct exercise *other)
{
    int fit = 1;

    if ((int)other->equipment == swap->without)
        return 0;
    if (other == swap->exercise || (other->primary & swap->muscles) == 0 || (other->primary & swap->hurt) != 0)
        return 0;
    if (context_last(swap->turn, other->id, swap->turn->message->sent_ms) != NULL)
        fit += LOGGED;
    if ((other->primary & ~swap->muscles) == 0)
        fit += SAME_MUSCLES;
    if (swap->exercise != NULL && other->compound == swap->exercise->compound)
        fit += SAME_KIND;
    if (swap->exercise != NULL && other->effort <= swap->exercise->effort)
        fit += SAME_RISK;
    return fit;
}

/* The best that isn't among the first COUNT of BEST; NULL. */
static const struct exercise *next_best(const struct swap *swap, const struct exercise *const *best, size_t count)
{
    const struct exercise *found = NULL;
    int most = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(usual); i++) {
        const struct exercise *exercise = catalogue_by_id(usual[i]);
        bool taken = exercise == NULL;
        int fit;

        for (size_t j = 0; j < count; j++)
            taken |= best[j] == exercise;
        fit = taken ? 0 : fit_of(swap, exercise);
        if (fit > most) {
            most = fit;
            found = exercise;
        }
    }
    return found;
}

static void say(const struct swap *swap, const char *asked)
{
    const struct exercise *best[SHOWN];
    struct turn *turn = swap->turn;
    enum text_key key = swap->exercise != NULL ? TEXT_SWAP : TEXT_SWAP_FOR;
    struct buf name = BUF_INIT(128);
    size_t count = 0;

    while (count < SHOWN && (best[count] = next_best(swap, best, count)) != NULL)
        count++;
    if (count == 0)
        key = (swap->muscles & swap->hurt) != 0 ? TEXT_READY_PAIN : TEXT_SWAP_NONE;
    reply_say(&turn->reply, turn->texts, key, ARG("what", asked));
    for (size_t i = 0; i < count; i++) {
        buf_clear(&name);
        wording_exercise(turn, best[i]->id, &name);
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&name));
    }
    buf_release(&name);
}

/* "biceps" is asked about as a muscle, though a curl has that name, too. */
static bool is_muscle(const struct turn *turn, struct span typed)
{
    struct buf folded = BUF_INIT(256);
    bool is = typed_fold(typed, &folded) == 0 &&
              (phrase_is_place(buf_span(&folded)) ||
               (typed.length != 0 && exercise_find_exact(&turn->lifter->names, typed) == NULL));

    buf_release(&folded);
    return is;
}

/* "back without barbell": takes that off TYPED; -1: it says no such thing. */
static int take_without(struct span *typed)
{
    static const struct {
        const char *ending;
        enum equipment_kind kind;
    } kinds[] = {{" without barbell", EQUIPMENT_BARBELL},
                 {" without dumbbell", EQUIPMENT_DUMBBELL},
                 {" without machine", EQUIPMENT_MACHINE},
                 {" without cable", EQUIPMENT_CABLE}};

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
        const size_t length = strlen(kinds[i].ending);

        if (typed->length <= length || memcmp(typed->at + typed->length - length, kinds[i].ending, length) != 0)
            continue;
        typed->length -= length;
        return (int)kinds[i].kind;
    }
    return -1;
}

/* "curls for hammer curls": what takes its place is known, and asked about. False: nothing is named for that. */
static bool take_place(const struct turn *turn, struct span *typed)
{
    static const char *const words[] = {" for ", " with ", " gegen ", " durch ", " mit ", NULL};

    for (size_t i = 0; words[i] != NULL; i++) {
        const char *at = typed->length != 0 ? memmem(typed->at, typed->length, words[i], strlen(words[i])) : NULL;
        struct span behind;

        if (at == NULL)
            continue;
        at += strlen(words[i]);
        behind = (struct span){at, (size_t)(typed->at + typed->length - at)};
        if (exercise_find_exact(&turn->lifter->names, behind) == NULL)
            continue;
        *typed = behind;
        return true;
    }
    return false;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct swap swap = {.turn = turn, .without = take_without(&arguments)};
    struct buf name = BUF_INIT(128);
    struct advise_case ask;

    if (advise_open(turn, turn->message->sent_ms, &ask, err) < 0)
        return -1;
    if (take_place(turn, &arguments))
        return next_command.run(turn, arguments, err);
    swap.hurt = ask.profile.pain_muscles;
    if (is_muscle(turn, arguments))
        swap.muscles = names_muscles(turn, arguments);
    if (swap.muscles != 0) {
        wording_part(turn, arguments, &name);
    } else if ((swap.exercise = names_meant(turn, arguments, TEXT_SWAP_USAGE)) != NULL) {
        swap.muscles = swap.exercise->primary;
        wording_exercise(turn, swap.exercise->id, &name);
    }
    if (name.length != 0)
        say(&swap, buf_text(&name));
    buf_release(&name);
    return 0;
}

const struct command swap_command = {.name = "swap",
                                     .aliases = "alternative to,alternatives to,alternatives,alternative",
                                     .german = "alternative zu,alternativen zu,alternativen,ersatz",
                                     .arguments = "[EXERCISE or MUSCLE]",
                                     .words = 4,
                                     .never_before = "0123456789x*+@",
                                     .example = "swap dips",
                                     .may_be_other = true,
                                     .group = COMMAND_ADVICE,
                                     .tells = TELLS_LOG,
                                     .help = TEXT_HELP_SWAP,
                                     .run = run};

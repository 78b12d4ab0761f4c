/*
 * fix exercise: the last sets were of another exercise ("meant incline").
 */
#include <math.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/fix.h"
#include "bot/coach/wording.h"

/* "incline" said of a bench press: TYPED before the words of NAME, or before the last of them. */
static const char *find_variant(const struct turn *turn, struct span typed, const char *name)
{
    for (const char *rest = name; rest != NULL; rest = strchr(rest, ' ')) {
        struct buf joined = BUF_INIT(256);
        const char *id;

        rest += *rest == ' ';
        buf_add_span(&joined, typed);
        buf_addc(&joined, ' ');
        buf_adds(&joined, rest);
        id = exercise_find_exact(&turn->lifter->names, buf_span(&joined));
        buf_release(&joined);
        if (id != NULL)
            return id;
    }
    return NULL;
}

static const struct exercise *find_meant(const struct turn *turn, struct span typed, const struct exercise *said)
{
    const char *id = exercise_find_exact(&turn->lifter->names, typed);

    if (id == NULL && said != NULL)
        id = find_variant(turn, typed, said->name);
    if (id == NULL && said != NULL && said->german != NULL)
        id = find_variant(turn, typed, said->german);
    return id != NULL ? lifter_exercise(turn->lifter, id) : NULL;
}

/* A load that was lifted is none that the body had on: nobody knows which it was. What to type is said. */
static bool lacks_load(struct turn *turn, const struct set *set, const struct exercise *from, const struct exercise *to)
{
    struct set body = *set;
    struct buf example = BUF_INIT(256);

    if (from == NULL || from->bodyweight || !to->bodyweight || set->load_mode != LOAD_EXTERNAL || set->load_kg == 0)
        return false;
    memcpy(body.exercise, to->id, sizeof(body.exercise));
    body.load_mode = LOAD_BODYWEIGHT;
    body.load_kg = 0;
    wording_sets(turn, &body, 1, true, &example);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, TEXT_FIX_WHOLE, ARG("set", buf_text(&example)));
    buf_release(&example);
    return true;
}

/* What is lifted there is a load, or what is added to the body. */
static void fit_load(struct set *set, const struct exercise *from, const struct exercise *to)
{
    if (from == NULL || from->bodyweight == to->bodyweight)
        return;
    if (set->load_mode == LOAD_BODYWEIGHT || set->load_mode == LOAD_ASSISTED)
        set->load_kg = NAN;
    set->load_mode = LOAD_EXTERNAL;
}

static int change_exercise(struct turn *turn, struct fixed *fixed, struct span typed, struct err *err)
{
    char said[EXERCISE_ID_SIZE];
    const struct exercise *from, *to;

    memcpy(said, fixed->sets.at[fixed->index].exercise, sizeof(said));
    from = lifter_exercise(turn->lifter, said);
    to = find_meant(turn, typed, from);
    if (to == NULL || strcmp(to->id, said) == 0 ||
        !context_same_session(turn, fixed->first.at_ms, turn->message->sent_ms))
        return 0; /* said of something else */
    for (size_t i = 0; i < fixed->sets.count; i++) {
        struct set *set = &fixed->sets.at[i];

        if (strcmp(set->exercise, said) != 0)
            continue;
        if (lacks_load(turn, set, from, to))
            return 0;
        memcpy(set->exercise, to->id, sizeof(set->exercise));
        fit_load(set, from, to);
    }
    return fix_as(turn, fixed, (struct span){"", 0}, err);
}

static int exercise_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    int result;

    if (unanswered_refuse(turn))
        return 0;
    result = fix_last(turn, &fixed, err);
    if (result == 1)
        result = change_exercise(turn, &fixed, arguments, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

const struct command fix_exercise_command = {.name = "fix exercise",
                                             .aliases = "",
                                             .arguments = "EXERCISE",
                                             .words = 5,
                                             .example = "fix exercise incline bench",
                                             .group = COMMAND_LOGGING,
                                             .help = TEXT_HELP_FIX,
                                             .unlisted = true,
                                             .run = exercise_run};

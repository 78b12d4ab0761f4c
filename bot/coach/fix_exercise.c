/*
 * fix exercise: the last sets were of another exercise ("meant incline", "those were rows").
 */
#include <math.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/fix.h"
#include "bot/coach/fix_group.h"
#include "bot/coach/follow.h"
#include "bot/coach/typed.h"
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

/* The exercise that TYPED means where SAID was said, which is another; NULL. */
static const struct exercise *find_other(const struct turn *turn, struct span typed, const char *said)
{
    const struct exercise *to = find_meant(turn, typed, lifter_exercise(turn->lifter, said));

    return to != NULL && strcmp(to->id, said) != 0 ? to : NULL;
}

/* Makes SET one of TO. False: its load is lacking, and that is said. */
static bool put_exercise(struct turn *turn, struct set *set, const struct exercise *to)
{
    const struct exercise *from = lifter_exercise(turn->lifter, set->exercise);

    if (lacks_load(turn, set, from, to))
        return false;
    memcpy(set->exercise, to->id, sizeof(set->exercise));
    fit_load(set, from, to);
    return true;
}

/* ---------------------------------------------------------------- what the last step booked */

static int change_last(struct turn *turn, struct fixed *fixed, struct span typed, struct err *err)
{
    char said[EXERCISE_ID_SIZE];
    const struct exercise *to;

    memcpy(said, fixed->sets.at[fixed->index].exercise, sizeof(said));
    to = find_other(turn, typed, said);
    if (to == NULL || !context_same_session(turn, fixed->first.at_ms, turn->message->sent_ms))
        return 0; /* said of something else */
    for (size_t i = 0; i < fixed->sets.count; i++)
        if (strcmp(fixed->sets.at[i].exercise, said) == 0 && !put_exercise(turn, &fixed->sets.at[i], to))
            return 0;
    return fix_as(turn, fixed, (struct span){"", 0}, err);
}

/* ---------------------------------------------------------------- several messages */

/* Chooses those of the last message, and where it leaned on the one before it, of that: 1, -1. */
static int choose_named(struct turn *turn, struct fix_group *group, struct err *err)
{
    const struct coach_set_row *rows = group->rows.at;
    size_t first = group->rows.count - 1;
    int leans = 1;

    while (leans == 1) {
        while (first != 0 && rows[first - 1].input == rows[first].input)
            first--;
        leans = first > group->broken ? follow_leans(turn, rows[first].input, rows[first].action, err) : 0;
        first -= leans == 1;
    }
    for (size_t i = first; i < group->rows.count; i++)
        group->chosen.at[i] = true;
    return leans < 0 ? -1 : 1;
}

/* Chooses COUNT sets; 0: all that were done one after the other. False: there are no such. */
static bool choose_several(struct fix_group *group, size_t count)
{
    if (count != 0)
        return fix_group_choose(group, count, false);
    for (size_t i = group->broken; i < group->rows.count; i++)
        group->chosen.at[i] = true;
    return true;
}

static int change_group(struct turn *turn, struct fix_group *group, struct span typed, struct err *err)
{
    const struct exercise *to = find_other(turn, typed, group->exercise);

    if (to == NULL)
        return 0; /* said of something else */
    for (size_t i = 0; i < group->rows.count; i++)
        if (group->chosen.at[i] && !put_exercise(turn, &group->right.at[i], to))
            return 0;
    return fix_group_change(turn, group, err);
}

/* COUNT sets of the last exercise; 0: all; -1: as many as were said to be of it by one name. */
static int change_several(struct turn *turn, int count, struct span typed, struct err *err)
{
    struct fix_group group = {.turn = turn};
    int result = fix_group_load(turn, &group, (struct span){typed.at, 0}, err);

    if (result == 1 && group.rows.count == 0)
        result = turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    if (result == 1 && count < 0)
        result = choose_named(turn, &group, err);
    else if (result == 1 && !choose_several(&group, (size_t)count))
        result = turn_refuse(turn, TEXT_NO_SUCH_SET);
    if (result == 1)
        result = change_group(turn, &group, typed, err);
    fix_group_release(&group);
    return result < 0 ? -1 : 0;
}

/* "incline bench": of what the last step booked, or where that leaned on what was said before, of that, too. */
static int change_one(struct turn *turn, struct span typed, struct err *err)
{
    struct fixed fixed = {0};
    int result = fix_last(turn, &fixed, err);
    int leans = result == 1 ? follow_leans(turn, fixed.first.input, fixed.first.action, err) : 0;

    if (leans < 0)
        result = -1;
    if (result == 1)
        result = leans == 1 ? change_several(turn, -1, typed, err) : change_last(turn, &fixed, typed, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

/* "incline bench", "2: rows" */
static int exercise_run(struct turn *turn, struct span arguments, struct err *err)
{
    const char *colon = memchr(arguments.at, ':', arguments.length);
    double count;

    if (unanswered_refuse(turn))
        return 0;
    if (colon == NULL || !typed_number(&arguments, &count))
        return change_one(turn, arguments, err);
    arguments = span_past(arguments, (size_t)(colon + 1 - arguments.at));
    return change_several(turn, (int)count, arguments, err);
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

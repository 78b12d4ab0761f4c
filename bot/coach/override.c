/*
 * override: a coach's word on a lifter's next set of an exercise. approve: the same of what is advised anyway. Both are
 * over with that set.
 */
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/objections.h"
#include "bot/coach/wording.h"

static int keep(struct turn *turn, const struct roster *roster, const struct whom *whom, struct other *other,
                const struct plan_item *item, struct err *err)
{
    struct objections objections = {.count = 0};
    struct buf name = BUF_INIT(384), what = BUF_INIT(256);
    int result;

    other_widen(other);
    result = objections_add(&objections, turn, roster, whom->member, other, item, err);
    if (result >= 0)
        result = coaching_keep_item(turn, roster->group.id, COACH_OVERRIDE, whom->member->lifter, item, err);
    wording_exercise(&other->turn, item->exercise, &name);
    instruct_print(turn, &(struct instructed){.override = true, .item = *item}, &what);
    reply_say(&turn->reply, turn->texts, TEXT_OVERRIDE_SET, ARG("name", whom->name), ARG("exercise", buf_text(&name)),
              ARG("what", buf_text(&what)));
    objections_say(turn, &objections, false);
    buf_addc(&name, ' ');
    buf_add_span(&name, buf_span(&what));
    if (result == 0)
        result = coaching_tell(turn, roster, whom->member, TEXT_TOLD_OVERRIDE, buf_text(&name), err);
    buf_release(&name);
    buf_release(&what);
    return result;
}

/* ---------------------------------------------------------------- override */

/* One set, of an exercise that is named: the item that it is. */
static bool read_set(struct turn *turn, struct turn *other, struct span text, struct plan_item *item)
{
    struct reading_options options = turn_reading_options(other);
    struct reading *reading = &turn->coach->reading;
    const struct set *set;

    reading_read(reading, text, &options);
    if (reading->kind != READING_SETS || reading->sets.count != 1)
        return false;
    set = &reading->sets.at[0];
    if (set->exercise[0] == '\0' || set->reps <= 0 || set->failure != FAILURE_NONE)
        return false;
    instruct_blank(set->exercise, item);
    item->sets = 1;
    item->reps_min = item->reps_max = set->reps;
    item->load_kg = set->load_kg;
    item->load_mode = set->load_mode;
    item->unit = set->unit;
    item->rir_min = item->rir_max = set->rir;
    return lifter_exercise(other->lifter, set->exercise) != NULL;
}

static int override_for(struct turn *turn, const struct roster *roster, const struct whom *whom, struct other *other,
                        struct span text, struct err *err)
{
    struct plan_item item;

    if (!read_set(turn, &other->turn, text, &item))
        return turn_refuse(turn, TEXT_OVERRIDE_USAGE);
    return keep(turn, roster, whom, other, &item, err);
}

/* ---------------------------------------------------------------- approve */

static int take_last(void *arg, const struct coach_set_row *row)
{
    *(struct coach_set_row *)arg = *row;
    return 0;
}

static bool is_set(const struct turn *turn)
{
    return turn->advised && !isnan(turn->advice.rir_min) && turn->advice.reps != REPS_UNKNOWN;
}

static void take_advice(const struct turn *other, const char *exercise, struct plan_item *item)
{
    const struct advice *advice = &other->advice;

    instruct_blank(exercise, item);
    item->sets = 1;
    item->reps_min = item->reps_max = advice->reps;
    item->load_kg = advice->load_kg;
    item->load_mode = advice->load_mode;
    item->unit = setting_unit(other->lifter, other->coach->options.unit);
    item->rir_min = advice->rir_min;
    item->rir_max = advice->rir_max;
}

/* The advice that MEMBER's last set of today in the room got, as the room has seen it: 1, 0 none, -1. */
static int find_advice(struct turn *turn, const struct roster *roster, const struct coach_member *member,
                       struct other *other, struct plan_item *item, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct coach_group *group = &roster->group;
    int64_t now_ms = turn->message->sent_ms, from_ms = day_of(&other->turn, now_ms).start_ms;
    struct coach_set_row last = {.id = 0};

    if (store->sets_in_room(store->self, member->lifter, group->transport, group->room, from_ms, now_ms + 1, take_last,
                            &last, err) < 0)
        return -1;
    if (last.id == 0)
        return 0;
    if (other_show_answered(other, turn, roster, member, &last, err) < 0 ||
        advise(&other->turn, last.set.exercise, now_ms, err) < 0)
        return -1;
    if (!is_set(&other->turn))
        return 0;
    take_advice(&other->turn, last.set.exercise, item);
    return 1;
}

static int approve(struct turn *turn, const struct roster *roster, const struct whom *whom, struct other *other,
                   struct span text, struct err *err)
{
    struct plan_item item;
    int found;

    if (text.length != 0)
        return turn_refuse(turn, TEXT_APPROVE_USAGE);
    found = find_advice(turn, roster, whom->member, other, &item, err);
    if (found == 1)
        return keep(turn, roster, whom, other, &item, err);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, TEXT_APPROVE_NONE, ARG("name", whom->name));
    return found;
}

/* ---------------------------------------------------------------- both */

typedef int about_other(struct turn *turn, const struct roster *roster, const struct whom *whom, struct other *other,
                        struct span text, struct err *err);

static int run_for(struct turn *turn, const struct roster *roster, struct span text, about_other *about,
                   enum text_key usage, struct err *err)
{
    struct whom whom;
    struct other other;
    int result;

    if (text.length == 0)
        return turn_refuse(turn, usage);
    if (!coaching_whom(turn, roster, &text, &whom))
        return 0;
    if (whom.member == NULL)
        return turn_refuse(turn, usage);
    result = other_open(&other, turn, whom.member, err);
    if (result == 0)
        result = advise_load(&other.turn, turn->message->sent_ms, err);
    if (result == 0)
        result = about(turn, roster, &whom, &other, text, err);
    other_close(&other);
    return result;
}

static int run(struct turn *turn, struct span arguments, about_other *about, enum text_key usage, struct err *err)
{
    struct roster roster;
    int found = advise_load(turn, turn->message->sent_ms, err);

    if (found < 0)
        return -1;
    found = coaching_open(turn, &roster, err);
    if (found == 1)
        found = run_for(turn, &roster, arguments, about, usage, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

static int override_run(struct turn *turn, struct span arguments, struct err *err)
{
    return run(turn, arguments, override_for, TEXT_OVERRIDE_USAGE, err);
}

static int approve_run(struct turn *turn, struct span arguments, struct err *err)
{
    return run(turn, arguments, approve, TEXT_APPROVE_USAGE, err);
}

const struct command override_command = {.name = "override",
                                         .aliases = "",
                                         .german = "übersteuern,uebersteuern",
                                         .arguments = "@NAME SET",
                                         .words = 12,
                                         .example = "override @ben bench 85x5 @2",
                                         .help = TEXT_HELP_OVERRIDE,
                                         .group = COMMAND_ROOM,
                                         .who = COMMAND_COACHES,
                                         .run = override_run};
const struct command approve_command = {.name = "approve",
                                        .aliases = "",
                                        .german = "gutheißen,gutheissen",
                                        .arguments = "@NAME",
                                        .words = 1,
                                        .example = "approve @ben",
                                        .help = TEXT_HELP_APPROVE,
                                        .group = COMMAND_ROOM,
                                        .who = COMMAND_COACHES,
                                        .run = approve_run};

/*
 * assign: a coach's template is planned for lifters of the room: it waits for them as a plan of their own does.
 */
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/objections.h"
#include "bot/coach/plan.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/lift/catalogue.h"

struct assignment {
    struct roster *roster;
    struct buf name, text; /* of the template */
    struct plan plan;
    struct buf names; /* of those whom it is for */
    struct objections objections;
};

/* Where whom it is for begins: at the first word with an @, at "all", else behind the first word. */
static size_t name_length(struct span text)
{
    size_t first = text.length;

    for (struct span rest = text; rest.length != 0;) {
        size_t at = (size_t)(rest.at - text.at);
        struct span word = typed_word(&rest);

        if (at != 0 && (word.at[0] == '@' || typed_is(word, "all,alle,everyone")))
            return at;
        if (at != 0 && first == text.length)
            first = at;
    }
    return first;
}

/* Others know the catalogue alone. */
static bool is_known(struct turn *turn, const struct plan *plan)
{
    struct buf name = BUF_INIT(128);
    bool known = true;

    for (size_t i = 0; i < plan->count && known; i++) {
        known = catalogue_by_id(plan->items[i].exercise) != NULL;
        if (!known)
            wording_exercise(turn, plan->items[i].exercise, &name);
    }
    if (!known) {
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, turn->texts, TEXT_ASSIGN_OWN, ARG("exercise", buf_text(&name)));
    }
    buf_release(&name);
    return known;
}

static int weigh(struct turn *turn, struct assignment *assignment, const struct coach_member *member, struct err *err)
{
    struct other other;
    int result = other_open(&other, turn, member, err);

    for (size_t i = 0; i < assignment->plan.count && result >= 0; i++)
        result = objections_add(&assignment->objections, turn, assignment->roster, member, &other,
                                &assignment->plan.items[i], err);
    other_close(&other);
    return result < 0 ? -1 : 0;
}

/* For those of WHOM: everybody is who doesn't coach. */
static int assign_to(struct turn *turn, struct assignment *assignment, const struct whom *whom, struct err *err)
{
    const struct roster *roster = assignment->roster;
    int result = 0;

    for (size_t i = 0; i < roster->members.count && result == 0; i++) {
        const struct coach_member *member = &roster->members.at[i];
        struct buf name = BUF_INIT(COACH_NAME_SIZE - 1);

        if (!coaching_means(roster, whom, i) || (whom->member == NULL && member->coach))
            continue;
        roster_name(roster, member, &name);
        buf_adds(&assignment->names, assignment->names.length != 0 ? ", " : "");
        buf_add_span(&assignment->names, buf_span(&name));
        result = weigh(turn, assignment, member, err);
        if (result == 0)
            result = coaching_keep(turn, roster->group.id, COACH_ASSIGN, member->lifter, buf_text(&assignment->name),
                                   buf_text(&assignment->text), 0, err);
        if (result == 0)
            result = coaching_tell(turn, roster, member, TEXT_TOLD_ASSIGN, buf_text(&assignment->name), err);
        buf_release(&name);
    }
    return result;
}

static int find_all(struct turn *turn, const struct roster *roster, struct span text)
{
    struct whom whom;

    while (text.length != 0)
        if (!coaching_whom(turn, roster, &text, &whom))
            return 0;
    return 1;
}

static void say_assigned(struct turn *turn, const struct assignment *assignment)
{
    struct buf sets = BUF_INIT(64);

    plan_sets_count(turn, &assignment->plan, &sets);
    reply_say(&turn->reply, turn->texts, TEXT_ASSIGNED, ARG("plan", buf_text(&assignment->name)),
              ARG("names", buf_text(&assignment->names)), ARG("sets", buf_text(&sets)));
    objections_say(turn, &assignment->objections, true);
    buf_release(&sets);
}

static int assign(struct turn *turn, struct assignment *assignment, struct span text, struct err *err)
{
    size_t length = name_length(text);
    struct span name = {text.at, length}, rest = {text.at + length, text.length - length};
    struct whom whom;
    int result;

    while (name.length != 0 && name.at[name.length - 1] == ' ')
        name.length--;
    if (name.length == 0 || rest.length == 0)
        return turn_refuse(turn, TEXT_ASSIGN_USAGE);
    result = template_find(turn, name, &assignment->name, &assignment->text, err);
    if (result != 1)
        return result;
    planned_read(buf_text(&assignment->text), &assignment->plan);
    if (!is_known(turn, &assignment->plan) || !find_all(turn, assignment->roster, rest))
        return 0;
    for (result = 0; rest.length != 0 && result == 0;)
        if (coaching_whom(turn, assignment->roster, &rest, &whom))
            result = assign_to(turn, assignment, &whom, err);
    if (result == 0)
        say_assigned(turn, assignment);
    return result;
}

/* "@cara: squat 3x5": whose plan TEXT says it is, and WORK, which that is; false: it is nobody's. */
static bool split(struct span text, struct span *name, struct span *work)
{
    size_t end = 0;

    while (end + 1 < text.length && !(text.at[end] == ':' && text.at[end + 1] == ' '))
        end++;
    if (end + 1 >= text.length)
        return false;
    *name = (struct span){text.at, end};
    *work = span_past(text, end + 1);
    return true;
}

/* Whether somebody in the room has NAME, with an @ in front or without. */
static bool is_called(const struct roster *roster, struct span name)
{
    const struct span bare = name.length != 0 && name.at[0] == '@' ? span_past(name, 1) : name;

    for (size_t i = 0; i < roster->members.count; i++)
        if (roster->members.at[i].presence != COACH_LEFT &&
            (roster_calls(roster, &roster->members.at[i], bare) || span_is(name, roster->members.at[i].identity)))
            return true;
    return false;
}

/* WORK is planned for the member of that NAME, if a coach says so. */
static int plan_for(struct turn *turn, struct assignment *assignment, struct span name, struct span work,
                    struct err *err)
{
    struct whom whom;
    int result = 0;

    if (!coaching_whom(turn, assignment->roster, &name, &whom) || plan_typed(turn, work, &assignment->plan) < 0 ||
        !is_known(turn, &assignment->plan))
        return 0;
    buf_adds(&assignment->name, "session"); /* it has no name of its own */
    plan_print_ids(&assignment->plan, &assignment->text);
    result = assign_to(turn, assignment, &whom, err);
    if (result == 0)
        say_assigned(turn, assignment);
    return result;
}

int assign_plan(struct turn *turn, struct span text, struct err *err)
{
    struct roster roster = {.group = {.id = 0}}, open = {.group = {.id = 0}};
    struct assignment assignment = {
        .roster = &open, .name = BUF_INIT(256), .text = BUF_INIT(PLAN_KEPT_MAX), .names = BUF_INIT(512)};
    const struct message *message = turn->message;
    struct span name, work;
    int result = 0;

    if (!message->direct && split(text, &name, &work))
        result = roster_load_room(turn->store, message->transport, message->room, &roster, err);
    if (result == 1)
        result = is_called(&roster, name);
    if (result == 1) {
        const int coaches = coaching_open(turn, &open, err);

        if (coaches < 0 || (coaches == 1 && plan_for(turn, &assignment, name, work, err) < 0))
            result = -1;
    }
    roster_release(&roster);
    roster_release(&open);
    buf_release(&assignment.name);
    buf_release(&assignment.text);
    buf_release(&assignment.names);
    return result;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct roster roster;
    struct assignment assignment = {
        .roster = &roster, .name = BUF_INIT(256), .text = BUF_INIT(PLAN_KEPT_MAX), .names = BUF_INIT(512)};
    int found;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    found = coaching_open(turn, &roster, err);
    if (found == 1)
        found = assign(turn, &assignment, arguments, err);
    roster_release(&roster);
    buf_release(&assignment.name);
    buf_release(&assignment.text);
    buf_release(&assignment.names);
    return found < 0 ? -1 : 0;
}

const struct command assign_command = {.name = "assign",
                                       .aliases = "",
                                       .german = "zuteilen",
                                       .arguments = "TEMPLATE @NAME…",
                                       .words = 24,
                                       .example = "assign push @ben @cara",
                                       .help = TEXT_HELP_ASSIGN,
                                       .group = COMMAND_ROOM,
                                       .who = COMMAND_COACHES,
                                       .run = run};

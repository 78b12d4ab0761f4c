/*
 * Coaches: who they are in a room, whom they speak of, and what is kept of it.
 */
#include "bot/coach/coaching.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/planned.h"
#include "bot/coach/room.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { NAMES_MAX = 400, KEPT_MAX = 512 };

bool coaching_is(const struct coach_member *member)
{
    return member != NULL && member->coach && member->presence == COACH_HERE;
}

void coaching_names(const struct roster *roster, struct buf *out)
{
    for (size_t i = 0; i < roster->members.count; i++) {
        if (!roster->members.at[i].coach || roster->members.at[i].presence == COACH_LEFT)
            continue;
        buf_adds(out, out->length != 0 ? ", " : "");
        roster_name(roster, &roster->members.at[i], out);
    }
}

int coaching_open(struct turn *turn, struct roster *roster, struct err *err)
{
    int found = roster_open(turn, roster, err);
    struct buf names = BUF_INIT(NAMES_MAX);

    if (found != 1 || coaching_is(roster_member(roster, turn->lifter->id)))
        return found;
    turn->kind = OUT_ERROR;
    coaching_names(roster, &names);
    reply_say(&turn->reply, turn->texts, names.length != 0 ? TEXT_COACH_ONLY : TEXT_COACH_ONLY_NONE,
              ARG("names", buf_text(&names)));
    buf_release(&names);
    return 0;
}

bool coaching_whom(struct turn *turn, const struct roster *roster, struct span *text, struct whom *whom)
{
    struct span word = typed_word(text);
    struct buf name = BUF_INIT(COACH_NAME_SIZE - 1);

    *whom = (struct whom){.member = NULL};
    if (typed_is(word, "all,everyone,everybody,alle")) {
        snprintf(whom->name, sizeof(whom->name), "%s", texts_get(turn->texts, TEXT_TARGET_ALL));
        return true;
    }
    whom->member = roster_find(turn, roster, word);
    if (whom->member == NULL)
        return false;
    roster_name(roster, whom->member, &name);
    snprintf(whom->name, sizeof(whom->name), "%s", buf_text(&name));
    buf_release(&name);
    return true;
}

bool coaching_means(const struct roster *roster, const struct whom *whom, size_t index)
{
    const struct coach_member *member = &roster->members.at[index];

    return member->presence != COACH_LEFT && (whom->member == NULL || whom->member == member);
}

/* ---------------------------------------------------------------- what is kept */

int coaching_keep(struct turn *turn, int64_t group, enum coach_instruction_kind kind, int64_t lifter,
                  const char *exercise, const char *text, int64_t about, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct pending *heard = turn->heard;
    struct coach_instruction said = {.group = group,
                                     .coach = turn->lifter->id,
                                     .input = heard->input,
                                     .kind = kind,
                                     .lifter = lifter,
                                     .at_ms = turn->message->sent_ms,
                                     .exercise = exercise,
                                     .text = text,
                                     .about = about};

    lifter_drop_steps(turn->lifter); /* it may be for the coach, too */
    if (turn_begin(turn, COACH_LOG, &heard->action, err) < 0)
        return -1;
    said.action = heard->action;
    return store->instruction_add(store->self, &said, err);
}

int coaching_keep_item(struct turn *turn, int64_t group, enum coach_instruction_kind kind, int64_t lifter,
                       const struct plan_item *item, struct err *err)
{
    struct plan plan = {.items = {*item}, .count = 1};
    struct buf text = BUF_INIT(KEPT_MAX);
    int result;

    plan.items[0].joined = false;
    plan_print_ids(&plan, &text);
    result = coaching_keep(turn, group, kind, lifter, item->exercise, buf_text(&text), 0, err);
    buf_release(&text);
    return result;
}

struct told {
    enum text_key key;
    const char *coach, *name, *what;
};

static int say_told(struct turn *turn, const void *arg, struct err *err)
{
    const struct told *told = arg;

    (void)err;
    turn->kind = OUT_PING;
    if (!turn->message->direct)
        reply_say(&turn->reply, turn->texts, TEXT_TOLD,
                  ARG("name", told->name != NULL ? told->name : texts_get(turn->texts, TEXT_TARGET_ALL)));
    reply_say(&turn->reply, turn->texts, told->key, ARG("coach", told->coach), ARG("what", told->what));
    return 0;
}

int coaching_tell(const struct turn *turn, const struct roster *roster, const struct coach_member *member,
                  enum text_key key, const char *what, struct err *err)
{
    struct buf coach = BUF_INIT(COACH_NAME_SIZE - 1), name = BUF_INIT(COACH_NAME_SIZE - 1);
    struct told told = {.key = key, .what = what};
    int64_t now_ms = turn->message->read_ms;
    int alone = 0;

    if (!turn->message->direct || (member != NULL && member->lifter == turn->lifter->id))
        return 0;
    roster_name(roster, roster_member(roster, turn->lifter->id), &coach);
    told.coach = buf_text(&coach);
    if (member != NULL) {
        roster_name(roster, member, &name);
        told.name = buf_text(&name);
        alone = room_tell_alone(turn->coach, &roster->group, member, now_ms, say_told, &told, err);
    }
    if (alone == 0)
        alone = room_tell(turn->coach, &roster->group, member, now_ms, say_told, &told, err);
    buf_release(&coach);
    buf_release(&name);
    return alone < 0 ? -1 : 0;
}

void coaching_print(const struct turn *turn, const struct coach_instruction *said, struct buf *out)
{
    static const char *const words[] = {
        [COACH_TARGET] = "target", [COACH_OVERRIDE] = "override", [COACH_ASSIGN] = "assign", [COACH_COMMENT] = ""};
    struct plan plan = {.count = 0};

    if (said->kind == COACH_COMMENT) {
        buf_adds(out, said->text);
        return;
    }
    buf_addf(out, "%s ", words[said->kind]);
    if (said->kind == COACH_ASSIGN) {
        buf_adds(out, said->exercise);
        return;
    }
    wording_exercise(turn, said->exercise, out);
    planned_read(said->text, &plan);
    buf_addc(out, ' ');
    if (plan.count != 0)
        instruct_print(turn, &(struct instructed){.override = said->kind == COACH_OVERRIDE, .item = plan.items[0]},
                       out);
    else
        buf_adds(out, "off");
}

/* ---------------------------------------------------------------- others */

int other_open(struct other *other, const struct turn *turn, const struct coach_member *member, struct err *err)
{
    int result;

    other->seen = NULL;
    other->message = *turn->message;
    result = turn_open(&other->turn, turn->coach, &other->message, member->lifter, 0, err);
    other->turn.texts = turn->texts;
    other->whole = other->turn.lifter;
    return result;
}

int other_narrow(struct other *other, const struct roster *roster, struct err *err)
{
    int64_t from_ms = other->message.sent_ms - (int64_t)(ADVISE_DAYS + 1) * CIVIL_DAY_MS;

    if (other->seen == NULL)
        other->seen = lifter_as_seen(other->whole->id, other->turn.store, &roster->group, from_ms, err);
    if (other->seen == NULL)
        return -1;
    other->turn.lifter = other->seen;
    return 0;
}

void other_widen(struct other *other)
{
    other->turn.lifter = other->whole;
}

bool other_is_narrow(const struct other *other)
{
    return other->turn.lifter != other->whole;
}

int other_open_shared(struct other *other, const struct turn *turn, const struct roster *roster,
                      const struct coach_member *member, struct err *err)
{
    if (other_open(other, turn, member, err) < 0)
        return -1;
    return roster_shows(turn, roster, member) ? 0 : other_narrow(other, roster, err);
}

/* Whether they wrote LAST themselves, and nothing in another room since: 1, 0, -1. */
static int was_answered(const struct turn *turn, const struct roster *roster, const struct coach_set_row *last,
                        struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct coach_group *group = &roster->group;
    struct coach_input input;
    int64_t elsewhere_ms;
    int found = store->input_event(store->self, last->input, &input, NULL, err);

    if (found != 1 || input.writer != 0)
        return found < 0 ? -1 : 0;
    found = store->input_last(store->self, input.lifter, group->transport, group->room, &elsewhere_ms, err);
    return found < 0 ? -1 : found == 0 || elsewhere_ms < input.sent_ms;
}

int other_show_answered(struct other *other, const struct turn *turn, const struct roster *roster,
                        const struct coach_member *member, const struct coach_set_row *last, struct err *err)
{
    int shows = roster_shows(turn, roster, member) ? 1 : was_answered(turn, roster, last, err);

    if (shows < 0)
        return -1;
    return shows == 0 ? other_narrow(other, roster, err) : 0;
}

void other_close(struct other *other)
{
    other_widen(other);
    turn_close(&other->turn);
    lifter_free(other->seen);
}

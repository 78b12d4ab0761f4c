/*
 * Sets that somebody writes into another's log.
 */
#include "bot/coach/behalf.h"

#include <stdio.h>
#include <string.h>

#include "bot/chat/address.h"
#include "bot/coach/coaching.h"
#include "core/text/fold.h"

/* "@ben 80x8 @1" */
struct addressed {
    struct span name, rest;
};

static bool read_address(struct span text, struct addressed *addressed)
{
    bool bang;

    chat_take_address(&text, "spotter", &bang);
    if (text.length < 2 || text.at[0] != '@' || (text.at[1] >= '0' && text.at[1] <= '9'))
        return false;
    addressed->name = span_take(&text, ' ');
    if (strchr(":,", addressed->name.at[addressed->name.length - 1]) != NULL)
        addressed->name.length--;
    span_skip_spaces(&text);
    addressed->rest = text;
    return text.length != 0 && addressed->name.length > 1;
}

/* Whether more of MEMBER may be shown in the room, where the answer is read, than what is written there: to everybody,
 * or since they trust the writer as themselves. 1, 0, -1. */
static int may_see(const struct coach_store *store, const struct coach_member *member, int64_t writer, struct err *err)
{
    if (member->share == COACH_SHARE_ROOM)
        return 1;
    return store->trusts(store->self, member->lifter, writer, err);
}

/* ---------------------------------------------------------------- refusing */

static void copy_name(const struct roster *roster, const struct coach_member *member, char name[COACH_NAME_SIZE])
{
    struct buf out = BUF_INIT(512);

    name[0] = '\0';
    if (member != NULL) {
        roster_name(roster, member, &out);
        snprintf(name, COACH_NAME_SIZE, "%.*s", (int)text_cut(buf_span(&out), COACH_NAME_SIZE - 1), buf_text(&out));
    }
    buf_release(&out);
}

static int refuse(struct turn *turn, const struct roster *roster, const struct coach_member *member, enum text_key key)
{
    struct behalf names;

    copy_name(roster, member, names.lifter);
    copy_name(roster, roster_member(roster, turn->lifter->id), names.writer);
    turn->kind = OUT_ERROR;
    reply_say(&turn->reply, turn->texts, key, ARG("lifter", names.lifter), ARG("writer", names.writer));
    return 0;
}

/* 1 when WRITER may write for MEMBER, 0, -1. */
static int may_write(const struct coach_store *store, const struct coach_member *writer,
                     const struct coach_member *member, struct err *err)
{
    if (writer == NULL || writer->presence != COACH_HERE || member == NULL)
        return 0;
    if (writer == member || coaching_is(writer))
        return 1;
    return store->trusts(store->self, member->lifter, writer->lifter, err);
}

/* TURN is of MEMBER's log, in which WRITER writes (0: they themselves). */
static int behalf_begin(struct turn *turn, const struct coach_member *member, int64_t writer, struct err *err)
{
    int seen = writer != 0 ? may_see(turn->store, member, writer, err) : 1;

    turn->writer = writer;
    turn->discreet = seen == 0;
    return seen < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- what the log fills in */

struct lifter *behalf_seen(const struct turn *turn, int64_t from_ms, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct message *message = turn->message;
    struct coach_group group;
    int found = store->group_find(store->self, message->transport, message->room, &group, err);

    if (found == 1)
        return lifter_as_seen(turn->lifter->id, store, &group, from_ms, err);
    if (found == 0)
        err_set(err, ERR_STORE, "whoever writes for another has no room");
    return NULL;
}

/* ---------------------------------------------------------------- writing */

/* MESSAGE stands for the one that was written. 1 it is booked and said, 0 it would have to be asked first, -1. */
static int write_for(struct turn *asks, const struct message *message, const struct coach_member *member,
                     struct err *err)
{
    const struct coach_store *store = asks->store;
    int64_t writer = member->lifter != asks->lifter->id ? asks->lifter->id : 0, input;
    struct pending pending;
    struct turn turn;
    int result;

    if (store->input_claim(store->self, message, member->lifter, &input, err) < 0 ||
        store->input_hand(store->self, input, member->lifter, writer, err) < 0)
        return -1;
    result = turn_open(&turn, asks->coach, message, member->lifter, input, err);
    pending_init(&pending, message->id, input, message->sent_ms, span_of(""));
    if (result == 0)
        result = behalf_begin(&turn, member, writer, err);
    if (result == 0)
        result = turn_hear(&turn, &pending, err);
    if (result == 0)
        result = turn.logged.count != 0 && turn.kind == OUT_REPLY;
    if (result == 1 && turn_end(&turn, err) < 0)
        result = -1;
    pending_release(&pending);
    turn_close(&turn);
    return result;
}

static bool are_sets(struct turn *turn, struct span text)
{
    const struct reading_options options = turn_reading_options(turn);

    reading_read(&turn->coach->reading, text, &options);
    return turn->coach->reading.kind != READING_TALK;
}

/* TURN is the writer's. 1 it is handled: what the turn's reply holds is to be said, if anything; 0; -1. */
static int take(struct turn *turn, const struct roster *roster, const struct addressed *addressed, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct coach_member *member;
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    struct message as = *turn->message;
    struct coach_input seen;
    int result = store->input_find(store->self, as.transport, as.id, &seen, err);

    if (result != 0 || !are_sets(turn, addressed->rest)) /* it was handled before, or people talk */
        return result;
    member = roster_find(turn, roster, addressed->name);
    result = may_write(store, roster_member(roster, turn->lifter->id), member, err);
    if (result == 0 && member != NULL)
        refuse(turn, roster, member, TEXT_BEHALF_REFUSED);
    if (result == 1) {
        buf_add_span(&text, addressed->rest);
        as.sender = member->identity;
        as.sender_name = member->name;
        as.text = buf_text(&text);
        as.addressed = false;
        result = write_for(turn, &as, member, err);
        if (result == 0)
            refuse(turn, roster, member, TEXT_BEHALF_WHOLE);
    }
    buf_release(&text);
    return result < 0 ? -1 : 1;
}

int behalf_hear(struct coach *coach, const struct message *message, int64_t writer, struct err *err)
{
    const struct coach_store *store = coach->store;
    struct addressed addressed;
    struct roster roster = {0};
    struct turn turn;
    int result;

    /* Whoever only may have said it says nothing about others. */
    if (message->direct || message->unproven || !read_address(span_of(message->text), &addressed))
        return 0;
    result = roster_load_room(store, message->transport, message->room, &roster, err);
    if (result != 1) {
        roster_release(&roster);
        return result;
    }
    result = turn_open(&turn, coach, message, writer, 0, err);
    if (result == 0)
        result = lifter_load_names(turn.lifter, store, err);
    if (result == 0)
        result = take(&turn, &roster, &addressed, err);
    if (result == 1 && turn_end(&turn, err) < 0)
        result = -1;
    roster_release(&roster);
    turn_close(&turn);
    return result;
}

/* ---------------------------------------------------------------- later */

/* What is said for MEMBER. */
static void read_text(struct stand_in *stand_in, const struct coach_member *member)
{
    struct addressed addressed;
    struct span name;

    if (member == NULL || !read_address(span_of(stand_in->message.text), &addressed))
        return;
    name = (struct span){addressed.name.at + 1, addressed.name.length - 1};
    if (span_is(addressed.name, member->identity) || roster_calls(&stand_in->roster, member, name))
        buf_add_span(&stand_in->text, addressed.rest);
}

int stand_in_open(struct stand_in *stand_in, const struct coach_store *store, const struct message *message,
                  const struct coach_input *original, struct err *err)
{
    const struct coach_member *member;

    *stand_in = (struct stand_in){.message = *message};
    buf_init(&stand_in->text, READING_INPUT_MAX);
    if (roster_load_room(store, message->transport, original->room, &stand_in->roster, err) < 0)
        return -1;
    member = roster_member(&stand_in->roster, original->lifter);
    read_text(stand_in, member);
    stand_in->message.text = buf_text(&stand_in->text);
    if (member != NULL) {
        stand_in->message.sender = member->identity;
        stand_in->message.sender_name = member->name;
    }
    return 0;
}

int stand_in_may_write(const struct stand_in *stand_in, const struct coach_store *store,
                       const struct coach_input *original, struct err *err)
{
    return may_write(store, roster_member(&stand_in->roster, original->writer),
                     roster_member(&stand_in->roster, original->lifter), err);
}

int stand_in_begin(const struct stand_in *stand_in, struct turn *turn, const struct coach_input *original,
                   struct err *err)
{
    const struct coach_member *member = roster_member(&stand_in->roster, original->lifter);

    return member != NULL ? behalf_begin(turn, member, original->writer, err) : 0;
}

void stand_in_release(struct stand_in *stand_in)
{
    roster_release(&stand_in->roster);
    buf_release(&stand_in->text);
}

int behalf_find(struct turn *turn, struct behalf *behalf, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct roster roster = {0};
    struct coach_input input = {.writer = 0};
    const struct coach_member *member;
    int found = turn->logged_input != 0 ? store->input_event(store->self, turn->logged_input, &input, NULL, err) : 0;

    *behalf = (struct behalf){.lifter = ""};
    turn->discreet = false;
    if (found != 1 || input.writer == 0)
        return found < 0 ? -1 : 0;
    found = roster_load_room(store, turn->message->transport, input.room, &roster, err);
    if (found == 1 && (member = roster_member(&roster, input.lifter)) != NULL) {
        copy_name(&roster, member, behalf->lifter);
        copy_name(&roster, roster_member(&roster, input.writer), behalf->writer);
        found = may_see(store, member, input.writer, err);
        turn->discreet = found == 0;
    }
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

void behalf_say(struct turn *turn, const struct behalf *behalf)
{
    struct buf words = BUF_INIT(512);

    if (behalf->writer[0] == '\0')
        return;
    reply_phrase(turn->texts, TEXT_BEHALF, REPLY_ARGS(ARG("lifter", behalf->lifter), ARG("writer", behalf->writer)),
                 &words);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&words));
    buf_release(&words);
}

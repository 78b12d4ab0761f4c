/*
 * People whom the bot meets anew, and those who are nobody in particular: welcomed, told, forgotten, recognised.
 */
#include "bot/coach/turn.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/text/fold.h"

/* Whoever sent MESSAGE is somebody from now on. */
static int open_sender(struct coach *coach, const struct message *message, int64_t *lifter, struct err *err)
{
    bool is_new;

    return coach->store->lifter_open(coach->store->self, message->transport, message->sender, message->read_ms, lifter,
                                     &is_new, err);
}

/* Answers MESSAGE with TEXT, whatever it says, and its sender's name for "{name}". */
static int answer(struct coach *coach, const struct message *message, enum outgoing_kind kind, bool open,
                  enum text_key text, struct err *err)
{
    struct turn turn;
    int64_t lifter;
    int result;

    if (open_sender(coach, message, &lifter, err) < 0)
        return -1;
    result = turn_open(&turn, coach, message, lifter, 0, err);
    if (result == 0) {
        turn.kind = kind;
        turn.open = open;
        reply_say(&turn.reply, turn.texts, text, ARG("name", message->sender_name));
        result = turn_say(&turn, err);
    }
    turn_close(&turn);
    return result;
}

/* Says TEXT in ROOM, where PERSON and the bot are alone. */
static int say_alone(struct coach *coach, const char *transport, const char *room, const char *person,
                     enum text_key text, int64_t now_ms, struct err *err)
{
    const struct message message = {.transport = transport,
                                    .room = room,
                                    .direct = true,
                                    .sender = person,
                                    .sender_name = person,
                                    .sent_ms = now_ms,
                                    .read_ms = now_ms,
                                    .text = ""};

    return answer(coach, &message, OUT_WELCOME, false, text, err);
}

int coach_welcome(struct coach *coach, const char *transport, const char *room, const char *person, int64_t now_ms,
                  struct err *err)
{
    return say_alone(coach, transport, room, person, TEXT_WELCOME, now_ms, err);
}

int coach_tell_guest(struct coach *coach, const char *transport, const char *room, const char *person, bool can_log_in,
                     int64_t now_ms, struct err *err)
{
    return say_alone(coach, transport, room, person, can_log_in ? TEXT_GUEST : TEXT_GUEST_ONLY, now_ms, err);
}

/* No command, since it is heard only where nothing else is; in every language. */
static const char *const confirmations[] = {"confirm identity", "identität bestätigen"};

int coach_tell_identity(struct coach *coach, const struct message *message, bool verification, struct err *err)
{
    return answer(coach, message, verification ? OUT_REPLY : OUT_ERROR, true,
                  verification ? TEXT_VERIFICATION : TEXT_IDENTITY_CHANGED, err);
}

int coach_tell_withheld(struct coach *coach, const struct message *message, bool unverified, struct err *err)
{
    return answer(coach, message, OUT_ERROR, true, unverified ? TEXT_KEY_UNVERIFIED : TEXT_KEY_WITHHELD, err);
}

int coach_tell_left_behind(struct coach *coach, const struct message *message, struct err *err)
{
    return answer(coach, message, OUT_ERROR, true, TEXT_LEFT_BEHIND, err);
}

/* What the operator hears of somebody, in the language of the program, and after how long once more: whoever writes on
 * and on fills no room of theirs. */
static const struct {
    const char *name;
    enum text_key text;
    int64_t again_ms;
} troubles[] = {[COACH_IDENTITY_CHANGED] = {"operator:identity", TEXT_OPERATOR_IDENTITY, CIVIL_DAY_MS},
                [COACH_VERIFICATION] = {"operator:verification", TEXT_OPERATOR_VERIFICATION, 10 * 60 * 1000},
                [COACH_LEFT_BEHIND] = {"operator:left-behind", TEXT_OPERATOR_LEFT_BEHIND, CIVIL_DAY_MS}};

/* Whether TROUBLE with the turn's lifter is to be told now, which is noted: 1, 0, -1. */
static int is_news(struct turn *turn, enum coach_trouble trouble, struct err *err)
{
    const struct coach_store *store = turn->store;
    int64_t now_ms = turn->message->read_ms;
    struct buf value = BUF_INIT(32);
    int found = store->value_get(store->self, turn->lifter->id, troubles[trouble].name, &value, err);
    bool told = found == 1 && now_ms - strtoll(buf_text(&value), NULL, 10) < troubles[trouble].again_ms;
    int result = found < 0 ? -1 : !told;

    buf_clear(&value);
    buf_addf(&value, "%" PRId64, now_ms);
    if (result == 1 &&
        store->value_put(store->self, turn->lifter->id, troubles[trouble].name, buf_text(&value), err) < 0)
        result = -1;
    buf_release(&value);
    return result;
}

int coach_tell_operator(struct coach *coach, const struct message *about, const char *room, enum coach_trouble trouble,
                        struct err *err)
{
    const struct message message = {.transport = about->transport,
                                    .room = room,
                                    .sender = about->sender,
                                    .sender_name = about->sender,
                                    .sent_ms = about->read_ms,
                                    .read_ms = about->read_ms,
                                    .text = ""};
    struct turn turn;
    int64_t lifter;
    int result;

    if (open_sender(coach, &message, &lifter, err) < 0)
        return -1;
    result = turn_open(&turn, coach, &message, lifter, 0, err);
    if (result == 0)
        result = is_news(&turn, trouble, err);
    if (result == 1) {
        turn.kind = OUT_PING;
        turn.texts = coach->texts;
        reply_say(&turn.reply, turn.texts, troubles[trouble].text, ARG("name", message.sender));
        result = turn_say(&turn, err);
    }
    turn_close(&turn);
    return result < 0 ? -1 : 0;
}

int coach_confirms_identity(struct coach *coach, const struct message *message, struct err *err)
{
    struct buf said = BUF_INIT(128), wanted = BUF_INIT(128);
    bool confirmed = false;

    if (text_fold(span_of(message->text), &said) == 0)
        for (size_t i = 0; i < ARRAY_LENGTH(confirmations); i++) {
            buf_clear(&wanted);
            text_fold(span_of(confirmations[i]), &wanted);
            confirmed = confirmed || strcmp(buf_text(&said), buf_text(&wanted)) == 0;
        }
    buf_release(&said);
    buf_release(&wanted);
    if (!confirmed)
        return 0;
    return answer(coach, message, OUT_REPLY, true, TEXT_IDENTITY_CONFIRMED, err) < 0 ? -1 : 1;
}

int coach_forget_person(struct coach *coach, const char *transport, const char *person, struct err *err)
{
    const struct coach_store *store = coach->store;
    int64_t lifter;
    int found = store->lifter_find(store->self, transport, person, &lifter, err);

    if (found == 1)
        found = store->lifter_forget(store->self, lifter, false, err);
    lifters_clear(coach->lifters);
    return found < 0 ? -1 : 0;
}

int coach_merge_person(struct coach *coach, const char *transport, const char *person, const char *account,
                       int64_t now_ms, struct err *err)
{
    const struct coach_store *store = coach->store;
    int64_t lifter, into;
    bool is_new;
    int found = store->lifter_find(store->self, transport, person, &lifter, err);

    if (found != 1)
        return found;
    if (store->lifter_open(store->self, transport, account, now_ms, &into, &is_new, err) < 0 ||
        store->lifter_merge(store->self, lifter, into, transport, person, account, err) < 0)
        return -1;
    return coach_forget_person(coach, transport, person, err);
}

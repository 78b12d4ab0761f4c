/*
 * People whom the bot meets anew, and those who are nobody in particular: welcomed, told, forgotten, recognised.
 */
#include "bot/coach/turn.h"

#include <string.h>

#include "core/text/fold.h"

/* Answers MESSAGE with TEXT, whatever it says, and its sender's name for "{name}". */
static int answer(struct coach *coach, const struct message *message, enum outgoing_kind kind, bool open,
                  enum text_key text, struct err *err)
{
    struct turn turn;
    int64_t lifter;
    bool is_new;
    int result;

    if (coach->store->lifter_open(coach->store->self, message->transport, message->sender, message->read_ms, &lifter,
                                  &is_new, err) < 0)
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

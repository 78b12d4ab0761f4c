/*
 * A redaction: the message's sets go, and its reply says so.
 */
#include "bot/coach/earlier.h"
#include "bot/coach/follow.h"
#include "bot/coach/timer.h"
#include "bot/coach/wording.h"

static void say_removed(struct turn *turn, const struct set_list *sets)
{
    struct buf line = BUF_INIT(REPLY_MAX), head = BUF_INIT(256);

    wording_sets(turn, sets->sets.at, sets->sets.count, true, &line);
    reply_phrase(turn->texts, TEXT_REMOVED, NULL, &head);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&head));
    reply_add(&turn->reply, REPLY_PLAIN, " ");
    reply_add(&turn->reply, REPLY_STRUCK, buf_text(&line));
    buf_release(&line);
    buf_release(&head);
}

static int remove_sets(struct turn *turn, const struct coach_input *original, struct err *err)
{
    struct buf edits = BUF_INIT(PENDING_ID_SIZE);
    struct set_list sets = {0};
    int64_t action;
    int result = earlier_withdraw(turn, original->id, COACH_DELETE, &sets, &action, err);

    if (result == 0)
        result = question_drop(turn, turn->message->target, err);
    if (result == 0)
        result = earlier_reply(turn, turn->message->target, &edits, err);
    if (result == 1 && sets.sets.count != 0) {
        say_removed(turn, &sets);
        turn->edits = buf_text(&edits);
        result = turn_say(turn, err);
    }
    if (result >= 0 && sets.sets.count != 0)
        result = follow(turn, sets.at_ms, action, COACH_DELETE, err);
    if (result >= 0 && sets.sets.count != 0)
        result = timer_follow(turn, err);
    set_list_release(&sets);
    buf_release(&edits);
    return result < 0 ? -1 : 0;
}

int earlier_remove(struct coach *coach, const struct message *message, struct err *err)
{
    const struct coach_store *store = coach->store;
    struct coach_input original;
    struct turn turn;
    int64_t input;
    int result = store->input_find(store->self, message->transport, message->target, &original, err);

    /* Whoever may redact in the room has redacted: the sets are the writer's. */
    if (result == 1)
        result = store->input_claim(store->self, message, original.lifter, &input, err);
    if (result != 1)
        return result;
    result = turn_open(&turn, coach, message, original.lifter, input, err);
    if (result == 0)
        result = remove_sets(&turn, &original, err);
    turn_close(&turn);
    return result;
}

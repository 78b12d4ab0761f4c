/*
 * An edit: the message is read anew, its sets take the place of the old ones, and its reply is edited in place.
 */
#include <stdio.h>

#include "bot/coach/behalf.h"
#include "bot/coach/earlier.h"
#include "bot/coach/follow.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"

/* FROM_MS and ACTION: since when the log is another, and by what. */
static int reread(struct turn *turn, const struct coach_input *original, int64_t *from_ms, int64_t *action,
                  struct err *err)
{
    struct set_list old = {0};
    struct pending pending;
    int result;

    pending_init(&pending, turn->message->id, original->id, original->sent_ms, span_of(turn->message->text));
    result = earlier_withdraw(turn, original->id, COACH_CORRECT, &old, &pending.action, err);
    if (old.sets.count != 0)
        snprintf(pending.was, sizeof(pending.was), "%s", old.sets.at[0].exercise);
    if (result == 0)
        result = question_drop(turn, turn->message->id, err);
    if (result >= 0)
        result = turn_hear(turn, &pending, err);
    if (result == 0 && turn->talk && !set_list_empty(&old)) {
        reply_clear(&turn->reply);
        earlier_strike(turn, old.steps != NULL ? TEXT_TAKEN_BACK : TEXT_NO_LONGER_SET, &old);
        turn->kind = OUT_REPLY;
    }
    turn->acknowledged = turn->edits == NULL && !set_list_empty(&old);
    *from_ms = old.sets.count != 0 && old.at_ms < original->sent_ms ? old.at_ms : original->sent_ms;
    *action = pending.action;
    pending_release(&pending);
    set_list_release(&old);
    return result;
}

/* The message that the edit replaces, said anew: AS stands for it, the edit is the cause. STAND_IN: it was written into
 * another's log; NULL. */
static int correct(struct coach *coach, const struct message *as, const char *cause, int64_t input,
                   const struct coach_input *original, const struct stand_in *stand_in, struct err *err)
{
    struct buf edits = BUF_INIT(PENDING_ID_SIZE);
    int64_t from_ms = 0, action = 0;
    struct turn turn;
    int result = turn_open(&turn, coach, as, original->lifter, input, err);

    turn.cause = cause;
    if (result == 0 && stand_in != NULL)
        result = stand_in_begin(stand_in, &turn, original, err);
    if (result == 0)
        result = earlier_reply(&turn, as->id, &edits, err);
    if (result >= 0) {
        turn.edits = result == 1 ? buf_text(&edits) : NULL;
        result = reread(&turn, original, &from_ms, &action, err);
    }
    if (result == 0)
        result = turn_end(&turn, err);
    if (result == 0 && action != 0)
        result = follow(&turn, from_ms, action, COACH_CORRECT, err);
    if (result == 0 && action != 0)
        result = timer_follow(&turn, err);
    if (result == 0 && action != 0)
        result = session_follow(&turn, err);
    turn_close(&turn);
    buf_release(&edits);
    return result;
}

/* What was written into another's log: for as long as that would be allowed. */
static int correct_for(struct coach *coach, const struct message *as, const char *cause, int64_t input,
                       const struct coach_input *original, struct err *err)
{
    const struct coach_store *store = coach->store;
    struct stand_in stand_in;
    int result = stand_in_open(&stand_in, store, as, original, err);

    if (result == 0)
        result = store->input_hand(store->self, input, original->lifter, original->writer, err);
    if (result == 0)
        result = stand_in_may_write(&stand_in, store, original, err);
    if (result == 1)
        result = correct(coach, &stand_in.message, cause, input, original, &stand_in, err);
    stand_in_release(&stand_in);
    return result;
}

int earlier_correct(struct coach *coach, const struct message *message, struct err *err)
{
    const struct coach_store *store = coach->store;
    struct message as = *message;
    struct coach_input original;
    int64_t lifter, input;
    bool is_new;
    int found;

    as.kind = MESSAGE_TEXT;
    as.id = message->target;
    found = store->input_find(store->self, message->transport, message->target, &original, err);
    if (found == 0) /* it was talk until now, or was never seen: it counts as said when it was edited */
        return coach_handle(coach, &as, err);
    if (found < 0 || store->lifter_open(store->self, message->transport, message->sender, message->sent_ms, &lifter,
                                        &is_new, err) < 0)
        return -1;
    if (lifter != original.lifter && (lifter != original.writer || message->unproven))
        return 0;
    as.sent_ms = original.sent_ms; /* what it says counts as said then */
    found = store->input_claim(store->self, message, original.lifter, &input, err);
    if (found != 1)
        return found;
    if (original.writer != 0)
        return correct_for(coach, &as, message->id, input, &original, err);
    return correct(coach, &as, message->id, input, &original, NULL, err);
}

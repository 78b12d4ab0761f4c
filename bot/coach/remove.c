/*
 * A redaction: the message's sets go, and its reply says so. Where the message was an edit, an answer, a reaction, what
 * that did is taken back.
 */
#include "bot/coach/earlier.h"
#include "bot/coach/follow.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"

/* The reply to the message, which had SETS or, with none, a question of ours. */
static int say_removed(struct turn *turn, const struct set_list *sets, struct err *err)
{
    struct buf edits = BUF_INIT(PENDING_ID_SIZE);
    int result = earlier_reply(turn, turn->message->target, &edits, err);

    if (result == 1) {
        if (!set_list_empty(sets))
            earlier_strike(turn, TEXT_REMOVED, sets);
        else
            reply_tell(&turn->reply, turn->texts, TEXT_REMOVED_QUESTION);
        turn->edits = buf_text(&edits);
        result = turn_say(turn, err);
    }
    buf_release(&edits);
    return result < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- taking back what a message did to others */

struct hiding {
    struct turn *turn;
    int64_t action; /* that is about to be undone */
    struct err *err;
};

/* What ACTION superseded was superseded again by whatever changed its message later: so ROW stays when ACTION goes. */
static int hide(const struct hiding *hiding, int64_t input, int64_t row,
                int (*supersede)(void *self, int64_t row, int64_t action, struct err *err))
{
    const struct coach_store *store = hiding->turn->store;
    int64_t last;
    int found = store->action_touching(store->self, input, &last, hiding->err);

    if (found == 1 && last != hiding->action)
        return supersede(store->self, row, last, hiding->err);
    return found < 0 ? -1 : 0;
}

static int hide_set(void *arg, const struct coach_set_row *row)
{
    const struct hiding *hiding = arg;

    return hide(hiding, row->input, row->id, hiding->turn->store->set_supersede);
}

static int hide_checkin(void *arg, const struct coach_checkin *row)
{
    const struct hiding *hiding = arg;

    return hide(hiding, row->input, row->id, hiding->turn->store->checkin_supersede);
}

static int64_t earliest(const touched_list *touched, int64_t from_ms)
{
    for (size_t i = 0; i < touched->count; i++) {
        const struct set_list *added = &touched->at[i].added;

        if (added->sets.count != 0 && added->at_ms < from_ms)
            from_ms = added->at_ms;
    }
    return from_ms;
}

static int note_time(void *arg, const struct coach_set_row *row)
{
    int64_t *from_ms = arg;

    if (row->at_ms < *from_ms)
        *from_ms = row->at_ms;
    return 0;
}

static int take_back(struct turn *turn, int64_t action, const touched_list *touched, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct hiding hiding = {turn, action, err};
    int64_t from_ms = turn->message->sent_ms;
    int result = store->sets_of_action(store->self, action, true, note_time, &from_ms, err);

    if (result == 0)
        result = store->sets_of_action(store->self, action, true, hide_set, &hiding, err);
    if (result == 0)
        result = store->checkins_of_action(store->self, action, true, hide_checkin, &hiding, err);
    if (result == 0)
        result = touched_undo(turn, action, touched, err);
    if (result == 0)
        result = follow(turn, earliest(touched, from_ms), 0, COACH_CORRECT, err);
    return result;
}

/* What message INPUT did to the sets of others; its own are gone already. */
static int remove_deed(struct turn *turn, int64_t input, struct err *err)
{
    struct coach_action action;
    touched_list touched = {0};
    int result = turn->store->action_caused(turn->store->self, input, &action, err);

    if (result == 1)
        result = action.kind == COACH_LOG || action.kind == COACH_CORRECT;
    if (result == 1)
        result = touched_by(turn, action.id, &touched, err);
    for (size_t i = 0; i < touched.count && result == 0; i++)
        result = touched.at[i].input != input;
    if (result == 1)
        result = take_back(turn, action.id, &touched, err);
    touched_release(&touched);
    return result;
}

/* ---------------------------------------------------------------- the redaction */

static int remove_sets(struct turn *turn, const struct coach_input *original, struct err *err)
{
    struct set_list sets = {0};
    int64_t action;
    int dropped = 0, result = earlier_withdraw(turn, original->id, COACH_DELETE, &sets, &action, err);

    if (result == 0)
        result = dropped = question_drop(turn, turn->message->target, err);
    if (result >= 0 && (dropped == 1 || action != 0))
        result = say_removed(turn, &sets, err);
    if (result >= 0 && action != 0)
        result = follow(turn, sets.sets.count != 0 ? sets.at_ms : original->sent_ms, action, COACH_DELETE, err);
    else if (result >= 0)
        result = remove_deed(turn, original->id, err);
    if (result >= 0)
        result = timer_follow(turn, err);
    if (result >= 0)
        result = session_follow(turn, err);
    set_list_release(&sets);
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

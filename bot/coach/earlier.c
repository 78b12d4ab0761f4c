/*
 * What was said and answered earlier.
 */
#include "bot/coach/earlier.h"

#include <stdlib.h>

#include "bot/coach/book.h"
#include "bot/coach/plan.h"
#include "bot/coach/checkin_say.h"
#include "bot/coach/wording.h"

enum { LISTED_MAX = 20 /* sets: how many more are is said, not which */ };

int set_list_add(void *list, const struct coach_set_row *row)
{
    struct set_list *to = list;

    to->at_ms = to->sets.count == 0 || row->at_ms < to->at_ms ? row->at_ms : to->at_ms;
    vec_push(&to->sets, row->set);
    vec_push(&to->ids, row->id);
    return 0;
}

int set_list_add_checkin(void *list, const struct coach_checkin *row)
{
    struct set_list *to = list;

    vec_push(&to->checkins, *row);
    return 0;
}

bool set_list_empty(const struct set_list *list)
{
    return list->sets.count == 0 && list->checkins.count == 0 && list->steps == NULL;
}

void set_list_print(const struct turn *turn, const struct set_list *list, struct buf *out)
{
    struct buf answers = BUF_INIT(REPLY_MAX);

    if (list->sets.count > LISTED_MAX) {
        wording_sets_count(turn->texts, list->sets.count, out);
        return;
    }
    if (list->steps != NULL)
        buf_adds(out, list->steps);
    if (list->steps != NULL && list->sets.count != 0)
        buf_adds(out, ", ");
    wording_sets(turn, list->sets.at, list->sets.count, true, out);
    for (size_t i = 0; i < list->checkins.count; i++) {
        buf_adds(&answers, answers.length != 0 ? ", " : "");
        checkin_print(turn, &list->checkins.at[i], &answers);
    }
    if (answers.length != 0)
        reply_phrase(turn->texts, TEXT_CHECKIN_SAID, REPLY_ARGS(ARG("answers", buf_text(&answers))), out);
    buf_release(&answers);
}

void set_list_release(struct set_list *list)
{
    vec_release(&list->checkins);
    vec_release(&list->sets);
    vec_release(&list->ids);
    free(list->steps);
}

static int supersede_all(struct turn *turn, const struct set_list *sets, int64_t action, struct err *err)
{
    int result = 0;

    lifter_drop_log(turn->lifter);
    for (size_t i = 0; i < sets->ids.count && result == 0; i++)
        result = turn->store->set_supersede(turn->store->self, sets->ids.at[i], action, err);
    return result;
}

static int withdraw_steps(struct turn *turn, int64_t input, enum coach_action_kind kind, struct set_list *sets,
                          int64_t *action, struct err *err)
{
    struct buf words = BUF_INIT(512);
    int result = plan_withdraw(turn, input, kind, action, &words, err);

    if (words.length != 0)
        sets->steps = buf_steal(&words);
    buf_release(&words);
    return result;
}

/* Settings follow from check-ins, too. */
static int supersede_checkins(struct turn *turn, const struct set_list *list, int64_t action, struct err *err)
{
    int result = 0;

    for (size_t i = 0; i < list->checkins.count && result == 0; i++)
        result = turn->store->checkin_supersede(turn->store->self, list->checkins.at[i].id, action, err);
    if (result != 0 || list->checkins.count == 0)
        return result;
    lifter_drop_settings(turn->lifter);
    return lifter_load_settings(turn->lifter, turn->store, err);
}

int earlier_withdraw(struct turn *turn, int64_t input, enum coach_action_kind kind, struct set_list *sets,
                     int64_t *action, struct err *err)
{
    const struct coach_store *store = turn->store;
    int result = store->sets_of_input(store->self, input, set_list_add, sets, err);
    bool booked;

    *action = 0;
    if (result == 0)
        result = store->checkins_of_input(store->self, input, true, set_list_add_checkin, sets, err);
    booked = sets->ids.count != 0 || sets->checkins.count != 0;
    if (result == 0 && booked)
        result = turn_begin(turn, kind, action, err);
    if (result == 0 && booked)
        result = supersede_all(turn, sets, *action, err);
    if (result == 0)
        result = supersede_checkins(turn, sets, *action, err);
    return result == 0 ? withdraw_steps(turn, input, kind, sets, action, err) : result;
}

int earlier_supersede(struct turn *turn, int64_t input, int64_t action, struct set_list *sets, struct err *err)
{
    int result = turn->store->sets_of_input(turn->store->self, input, set_list_add, sets, err);

    return result == 0 ? supersede_all(turn, sets, action, err) : result;
}

/* Mostly the reply to EVENT itself speaks of it, and nothing is kept. */
static void value_name(const struct turn *turn, const char *event, struct buf *out)
{
    buf_addf(out, "reply:%s:%s", turn->message->transport, event);
}

int earlier_reply(struct turn *turn, const char *event, struct buf *out, struct err *err)
{
    struct buf name = BUF_INIT(1024);
    int found;

    value_name(turn, event, &name);
    found = turn->store->value_get(turn->store->self, turn->lifter->id, buf_text(&name), out, err);
    buf_release(&name);
    if (found != 0)
        return found < 0 ? -1 : out->length != 0;
    found = turn->store->was_answered(turn->store->self, turn->message->transport, event, err);
    if (found == 1)
        buf_adds(out, event);
    return found;
}

int earlier_reply_is(struct turn *turn, const char *event, const char *by, struct err *err)
{
    struct buf name = BUF_INIT(1024);
    int result;

    value_name(turn, event, &name);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name), by != NULL ? by : "", err);
    buf_release(&name);
    return result;
}

/* ---------------------------------------------------------------- saying it anew */

void earlier_strike(struct turn *turn, enum text_key head, const struct set_list *sets)
{
    struct buf line = BUF_INIT(REPLY_MAX);

    set_list_print(turn, sets, &line);
    reply_tell(&turn->reply, turn->texts, head);
    reply_add(&turn->reply, REPLY_PLAIN, " ");
    reply_add(&turn->reply, REPLY_STRUCK, buf_text(&line));
    buf_release(&line);
}

int earlier_say(struct turn *turn, const struct turn *cause, const char *event, struct err *err)
{
    struct buf edits = BUF_INIT(PENDING_ID_SIZE), why = BUF_INIT(2 * PENDING_ID_SIZE + 1);
    int result = earlier_reply(turn, event, &edits, err);

    buf_addf(&why, "%s %s", cause->cause, event); /* one cause, several edits: each has its own id */
    turn->edits = buf_text(&edits);
    turn->cause = buf_text(&why);
    if (result == 1)
        result = turn_say(turn, err);
    buf_release(&edits);
    buf_release(&why);
    return result < 0 ? -1 : 0;
}

static struct touched *touch(touched_list *touched, int64_t input)
{
    for (size_t i = 0; i < touched->count; i++) {
        if (touched->at[i].input == input)
            return &touched->at[i];
    }
    vec_push(touched, ((struct touched){.input = input}));
    return &touched->at[touched->count - 1];
}

static int touch_added(void *arg, const struct coach_set_row *row)
{
    return set_list_add(&touch(arg, row->input)->added, row);
}

static int touch_superseded(void *arg, const struct coach_set_row *row)
{
    touch(arg, row->input);
    return 0;
}

static int touch_checkin(void *arg, const struct coach_checkin *row)
{
    return set_list_add_checkin(&touch(arg, row->input)->added, row);
}

static int touch_old_checkin(void *arg, const struct coach_checkin *row)
{
    touch(arg, row->input);
    return 0;
}

int touched_by(struct turn *turn, int64_t action, touched_list *touched, struct err *err)
{
    const struct coach_store *store = turn->store;

    if (store->sets_of_action(store->self, action, false, touch_added, touched, err) < 0 ||
        store->checkins_of_action(store->self, action, false, touch_checkin, touched, err) < 0 ||
        store->checkins_of_action(store->self, action, true, touch_old_checkin, touched, err) < 0)
        return -1;
    return store->sets_of_action(store->self, action, true, touch_superseded, touched, err);
}

void touched_release(touched_list *touched)
{
    for (size_t i = 0; i < touched->count; i++)
        set_list_release(&touched->at[i].added);
    vec_release(touched);
}

static int restate(struct turn *turn, struct turn *cause, const struct touched *touched, struct err *err)
{
    struct set_list live = {0};
    int result = turn->store->sets_of_input(turn->store->self, touched->input, set_list_add, &live, err);

    if (result == 0)
        result =
            turn->store->checkins_of_input(turn->store->self, touched->input, true, set_list_add_checkin, &live, err);
    for (size_t i = 0; i < live.sets.count; i++)
        vec_push(&turn->logged, live.sets.at[i]);
    turn->logged_input = touched->input;
    if (result == 0 && live.sets.count != 0)
        result = book_tell(turn, turn->message->sent_ms, err);
    else if (result == 0 && live.checkins.count != 0)
        result = checkin_say_result(turn, err) < 0 ? -1 : 0;
    else if (result == 0 && !set_list_empty(&touched->added))
        earlier_strike(turn, TEXT_REMOVED, &touched->added);
    if (result == 0)
        result = earlier_say(turn, cause, turn->message->id, err);
    set_list_release(&live);
    return result;
}

static int restate_one(struct turn *cause, const struct touched *touched, struct err *err)
{
    struct buf event = BUF_INIT(PENDING_ID_SIZE);
    struct message as = *cause->message;
    struct coach_input input;
    struct turn turn;
    int result = cause->store->input_event(cause->store->self, touched->input, &input, &event, err);

    if (result == 1) {
        as.kind = MESSAGE_TEXT;
        as.id = buf_text(&event);
        as.room = input.room;
        as.sent_ms = input.sent_ms;
        as.thread = NULL;
        as.summarise = false;
        result = turn_open(&turn, cause->coach, &as, cause->lifter->id, touched->input, err);
        if (result == 0)
            result = restate(&turn, cause, touched, err);
        turn_close(&turn);
    }
    buf_release(&event);
    return result < 0 ? -1 : 0;
}

static int restate_all(struct turn *cause, const touched_list *touched, struct err *err)
{
    int result = 0;

    for (size_t i = 0; i < touched->count && result == 0; i++)
        result = restate_one(cause, &touched->at[i], err);
    return result;
}

int touched_undo(struct turn *turn, int64_t action, const touched_list *touched, struct err *err)
{
    const struct coach_store *store = turn->store;
    int64_t by = 0;
    int result = turn_begin(turn, COACH_UNDO, &by, err);

    if (result == 0)
        result = store->action_undo(store->self, action, by, err);
    lifter_drop_log(turn->lifter);
    lifter_drop_settings(turn->lifter); /* some follow from check-ins */
    if (result == 0)
        result = lifter_load_settings(turn->lifter, store, err);
    return result == 0 ? restate_all(turn, touched, err) : -1;
}

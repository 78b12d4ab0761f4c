/*
 * Reading anew what leaned on a log that was another then.
 */
#include "bot/coach/follow.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/book.h"
#include "bot/coach/context.h"
#include "bot/coach/day.h"
#include "bot/coach/earlier.h"
#include "bot/coach/setting.h"

enum { VALUE_MAX = READING_INPUT_MAX + 2048 };

/* The words belong to one booking: an undo brings back the sets of another one, with its own. */
static void value_name(int64_t input, int64_t action, struct buf *out)
{
    buf_addf(out, "words:%" PRId64 ":%" PRId64, input, action);
}

static int put(struct turn *turn, int64_t input, int64_t action, const char *value, struct err *err)
{
    struct buf name = BUF_INIT(64);
    int result;

    value_name(input, action, &name);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name), value, err);
    buf_release(&name);
    return result;
}

static int get(struct turn *turn, int64_t input, int64_t action, struct buf *value, struct err *err)
{
    struct buf name = BUF_INIT(64);
    int result;

    value_name(input, action, &name);
    result = turn->store->value_get(turn->store->self, turn->lifter->id, buf_text(&name), value, err);
    buf_release(&name);
    return result;
}

int follow_keep(struct turn *turn, const struct pending *pending, struct span text, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    struct pending kept = *pending;
    int result;

    kept.text = NULL;
    pending_set_text(&kept, text);
    kept.waiting = WAITING_NOTHING;
    pending_print(&kept, &value);
    pending_release(&kept);
    result = put(turn, pending->input, pending->action, buf_text(&value), err);
    buf_release(&value);
    return result;
}

int follow_pin(struct turn *turn, int64_t input, int64_t action, const char *exercise, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    struct pending kept;
    int result = get(turn, input, action, &value, err);

    if (result == 1) {
        pending_read(buf_span(&value), &kept);
        snprintf(kept.exercise, sizeof(kept.exercise), "%s", exercise);
        buf_clear(&value);
        pending_print(&kept, &value);
        pending_release(&kept);
        result = put(turn, input, action, buf_text(&value), err);
    }
    buf_release(&value);
    return result < 0 ? -1 : 0;
}

/* Whether TEXT says of which exercise its sets are. */
static bool names_exercise(struct turn *turn, const char *text)
{
    const struct reading_options options = turn_reading_options(turn);
    const struct set *first;

    reading_read(&turn->coach->reading, span_of(text), &options);
    first = book_first_read(turn);
    return first != NULL && first->exercise[0] != '\0';
}

int follow_leans(struct turn *turn, int64_t input, int64_t action, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    struct pending kept;
    int result = get(turn, input, action, &value, err);

    if (result == 1) {
        pending_read(buf_span(&value), &kept);
        result = kept.exercise[0] == '\0' && !names_exercise(turn, kept.text);
        pending_release(&kept);
    }
    buf_release(&value);
    return result;
}

/* ---------------------------------------------------------------- the bookings from then on */

struct booking {
    int64_t input, action, at_ms;
};

typedef VEC(struct booking) booking_list;

struct bookings {
    int64_t until_ms; /* advice doesn't reach further */
    booking_list at;
};

/* A message's sets may stand among others of the same moment: each message once. */
static int add_booking(void *arg, const struct coach_set_row *row)
{
    struct bookings *bookings = arg;

    if (row->at_ms > bookings->until_ms)
        return 1;
    for (size_t i = 0; i < bookings->at.count; i++)
        if (bookings->at.at[i].input == row->input)
            return 0;
    vec_push(&bookings->at, ((struct booking){row->input, row->action, row->at_ms}));
    return 0;
}

/* ---------------------------------------------------------------- reading anew */

static bool same_set(const struct set *a, const struct set *b)
{
    return strcmp(a->exercise, b->exercise) == 0 && a->load_kg == b->load_kg && a->load_mode == b->load_mode &&
           a->reps == b->reps && (a->rir == b->rir || (isnan(a->rir) && isnan(b->rir)));
}

static bool changed(const struct turn *turn, const struct set_list *old)
{
    if (turn->logged.count != old->sets.count)
        return true;
    for (size_t i = 0; i < old->sets.count; i++)
        if (!same_set(&turn->logged.at[i], &old->sets.at[i]))
            return true;
    return false;
}

/* MESSAGE stands for the one that was heard. DRY: nothing is stored, said or asked; what it would book is in the turn.
 */
static int hear_again(struct turn *turn, struct turn *cause, const struct message *message, struct pending *pending,
                      bool dry, struct err *err)
{
    int result = turn_open(turn, cause->coach, message, cause->lifter->id, pending->input, err);

    turn->following = true;
    turn->dry = dry;
    return result == 0 ? turn_hear(turn, pending, err) : -1;
}

/* What makes no sense any more stays as it was: nobody loses a set because another one was deleted. */
static int would_change(struct turn *cause, const struct message *message, struct pending *pending,
                        const struct set_list *old, struct err *err)
{
    struct turn turn;
    int result;

    if (advise_load(cause, message->sent_ms, err) < 0)
        return -1;
    lifter_hide(cause->lifter, old->sets.at, old->sets.count, old->at_ms);
    result = hear_again(&turn, cause, message, pending, true, err);
    if (result == 0)
        result = turn.logged.count != 0 && changed(&turn, old);
    lifter_drop_log(cause->lifter);
    turn_close(&turn);
    return result;
}

static int change(struct turn *cause, const struct message *message, struct pending *pending, int64_t action,
                  struct err *err)
{
    struct set_list old = {0};
    struct turn turn;
    int result = earlier_supersede(cause, pending->input, action, &old, err);

    if (result == 0) {
        pending->action = action;
        result = hear_again(&turn, cause, message, pending, false, err);
        if (result == 0)
            result = earlier_say(&turn, cause, message->id, err);
        turn_close(&turn);
    }
    set_list_release(&old);
    return result;
}

/* 1: it booked other sets. */
static int follow_words(struct turn *turn, struct pending *pending, int64_t *action, enum coach_action_kind kind,
                        struct err *err)
{
    const struct coach_store *store = turn->store;
    struct buf event = BUF_INIT(PENDING_ID_SIZE), text = BUF_INIT(VALUE_MAX);
    struct message as = *turn->message;
    struct coach_input said;
    struct coach_group group;
    struct set_list old = {0};
    int result;

    buf_adds(&event, pending->event);
    buf_adds(&text, pending->text);
    as.kind = MESSAGE_TEXT;
    as.id = buf_text(&event);
    as.text = buf_text(&text);
    as.block = NULL;
    as.thread = NULL;
    as.sent_ms = pending->sent_ms;
    as.addressed = true; /* it was heard before */
    as.summarise = false;
    result = store->input_event(store->self, pending->input, &said, NULL, err);
    if (result == 1 && strcmp(said.room, as.room) != 0) { /* its reply is there */
        as.room = said.room;
        result = store->group_find(store->self, as.transport, as.room, &group, err);
        as.direct = result != 1;
    }
    if (result >= 0)
        result = store->sets_of_input(store->self, pending->input, set_list_add, &old, err);
    if (result == 0)
        result = would_change(turn, &as, pending, &old, err);
    if (result == 1 && (turn_begin(turn, kind, action, err) < 0 || change(turn, &as, pending, *action, err) < 0))
        result = -1;
    set_list_release(&old);
    buf_release(&event);
    buf_release(&text);
    return result;
}

/* Over the end of a session nobody leans but on advice, "8 @2", which rests on the sessions before. What was advised by
 * other settings than those of now can't be told any more. */
static bool leans_on_advice(const struct turn *turn, const struct pending *pending)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;

    if (setting_changed_ms(turn->lifter) > pending->sent_ms)
        return false;
    reading_read(reading, span_of(pending->text), &options);
    return reading_is_bare(reading);
}

/* 1: other sets stand there now. ALONE: nothing of its session changed before it. */
static int follow_one(struct turn *turn, const struct booking *booking, bool alone, int64_t *action,
                      enum coach_action_kind kind, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    struct pending pending;
    int result = get(turn, booking->input, booking->action, &value, err);

    if (result == 1) {
        pending_read(buf_span(&value), &pending);
        result = alone && !leans_on_advice(turn, &pending) ? 0 : follow_words(turn, &pending, action, kind, err);
        pending_release(&pending);
    }
    buf_release(&value);
    return result;
}

int follow(struct turn *turn, int64_t from_ms, int64_t action, enum coach_action_kind kind, struct err *err)
{
    struct bookings bookings = {.until_ms = from_ms + ADVISE_DAYS * (int64_t)CIVIL_DAY_MS};
    int64_t cause = action, last_ms = from_ms;
    bool alone = false;
    int result =
        turn->store->sets_live(turn->store->self, turn->lifter->id, from_ms, INT64_MAX, add_booking, &bookings, err);

    for (size_t i = 0; i < bookings.at.count && result >= 0; i++) {
        const struct booking *booking = &bookings.at.at[i];
        bool is_new = cause != 0 && booking->action == cause; /* the cause itself booked it */

        alone |= !context_same_session(turn, last_ms, booking->at_ms);
        last_ms = booking->at_ms;
        if (!is_new)
            result = follow_one(turn, booking, alone, &action, kind, err);
        alone &= result == 0 && !is_new;
    }
    vec_release(&bookings.at);
    return result < 0 ? -1 : 0;
}

/*
 * Which row of the outbox may go: order in quiet times, several at once under a burst, edits behind their originals,
 * nothing in the clear where it must not be.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "bot/matrix/queue.h"
#include "bot/matrix/send.h"

static struct mx_call *const under_way = (struct mx_call *)(uintptr_t)8; /* never looked into */

static struct mx_row *add(struct mx_queue *queue, int64_t id, int kind, const char *answers, const char *edits)
{
    struct matrix_outbox_row row = {.id = id,
                                    .room = "!r",
                                    .txn_id = "t",
                                    .kind = kind,
                                    .answers = answers,
                                    .edits = edits,
                                    .state = OUTBOX_SEALED,
                                    .event_type = "m.room.message",
                                    .content = "{}"};

    return mx_queue_add(queue, &row);
}

static struct mx_row *next(struct mx_queue *queue)
{
    int64_t wait;

    return mx_lane_next(mx_queue_lane(queue, 0), false, 1000, &wait);
}

static void start(struct mx_row *row)
{
    row->call = under_way;
    row->lane->under_way++;
}

static void one_after_the_other_in_quiet_times(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *first = add(queue, 1, OUT_REPLY, "$a", "");
    struct mx_row *second = add(queue, 2, OUT_REPLY, "$b", "");

    (void)state;
    assert_ptr_equal(next(queue), first);
    start(first);
    assert_null(next(queue));
    first->lane->under_way--;
    mx_queue_remove(queue, first);
    assert_ptr_equal(next(queue), second);
    mx_queue_free(queue);
}

static void several_at_once_under_a_burst(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *row;
    char answers[16];
    int started = 0;

    (void)state;
    for (int i = 0; i < 20; i++) {
        snprintf(answers, sizeof(answers), "$%d", i);
        add(queue, i + 1, OUT_REPLY, answers, "");
    }
    while ((row = next(queue)) != NULL) {
        assert_int_equal(row->row.id, ++started); /* in order of saying */
        start(row);
    }
    assert_int_equal(started, MX_SEND_AT_ONCE);
    mx_queue_free(queue);
}

static void what_is_no_answer_keeps_its_place(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *welcome = add(queue, 1, OUT_WELCOME, "", "");
    struct mx_row *row;
    char answers[16];

    (void)state;
    for (int i = 0; i < 10; i++) {
        snprintf(answers, sizeof(answers), "$%d", i);
        add(queue, i + 2, OUT_REPLY, answers, "");
    }
    add(queue, 12, OUT_CHECKIN, "", "");
    assert_ptr_equal(next(queue), welcome);
    start(welcome);
    assert_null(next(queue)); /* nothing passes the welcome */
    welcome->lane->under_way--;
    mx_queue_remove(queue, welcome);
    for (int i = 0; i < 8; i++) {
        row = next(queue);
        assert_int_equal(row->row.kind, OUT_REPLY);
        start(row);
    }
    assert_null(next(queue));
    mx_queue_free(queue);
}

static void an_edit_never_passes_its_original(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *reply = add(queue, 1, OUT_REPLY, "$0", "");
    struct mx_row *edit;
    char answers[16];

    (void)state;
    edit = add(queue, 2, OUT_EDIT, "$edit", "$0");
    for (int i = 1; i < 10; i++) {
        snprintf(answers, sizeof(answers), "$%d", i);
        add(queue, i + 2, OUT_REPLY, answers, "");
    }
    assert_true(mx_lane_awaits(reply->lane, edit));
    start(reply);
    assert_null(next(queue));
    reply->lane->under_way--;
    mx_queue_remove(queue, reply);
    assert_false(mx_lane_awaits(edit->lane, edit));
    assert_ptr_equal(next(queue), edit);
    mx_queue_free(queue);
}

static void a_row_that_failed_is_waited_for(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *first = add(queue, 1, OUT_REPLY, "$a", "");
    int64_t wait;

    (void)state;
    add(queue, 2, OUT_REPLY, "$b", "");
    first->not_before_ms = 1500;
    assert_null(mx_lane_next(first->lane, false, 1000, &wait));
    assert_int_equal(wait, 500);
    assert_ptr_equal(mx_lane_next(first->lane, false, 1500, &wait), first);
    mx_queue_free(queue);
}

static void nothing_goes_before_it_is_sealed_and_committed(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *row = add(queue, 1, OUT_REPLY, "$a", "");

    (void)state;
    row->row.state = OUTBOX_NEW;
    assert_null(next(queue));
    mx_row_seal(row, "m.room.message", span_of("{\"body\":\"x\"}"));
    assert_string_equal(row->row.content, "{\"body\":\"x\"}");
    row->staged = true;
    assert_null(next(queue));
    row->staged = false;
    assert_ptr_equal(next(queue), row);
    mx_queue_free(queue);
}

/* The room was encrypted after the row got its bytes: they must not leave. */
static void no_clear_text_in_an_encrypted_room(void **state)
{
    struct mx_queue *queue = mx_queue_new();
    struct mx_row *row = add(queue, 1, OUT_REPLY, "$a", "");
    int64_t wait;

    (void)state;
    assert_null(mx_lane_next(row->lane, true, 1000, &wait));
    mx_row_seal(row, "m.room.encrypted", span_of("{}"));
    assert_ptr_equal(mx_lane_next(row->lane, true, 1000, &wait), row);
    mx_queue_free(queue);
}

static void rows_keep_their_order_and_come_once(void **state)
{
    struct mx_queue *queue = mx_queue_new();

    (void)state;
    assert_non_null(add(queue, 5, OUT_REPLY, "$5", ""));
    assert_non_null(add(queue, 2, OUT_REPLY, "$2", ""));
    assert_non_null(add(queue, 9, OUT_REPLY, "$9", ""));
    assert_null(add(queue, 5, OUT_REPLY, "$5", ""));
    assert_int_equal(mx_queue_count(queue), 3);
    assert_int_equal(mx_queue_lane(queue, 0)->rows.at[0]->row.id, 2);
    assert_int_equal(mx_queue_lane(queue, 0)->rows.at[1]->row.id, 5);
    assert_int_equal(mx_queue_lane(queue, 0)->rows.at[2]->row.id, 9);
    assert_null(mx_queue_lane(queue, 1));
    mx_queue_free(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_after_the_other_in_quiet_times),
        cmocka_unit_test(several_at_once_under_a_burst),
        cmocka_unit_test(what_is_no_answer_keeps_its_place),
        cmocka_unit_test(an_edit_never_passes_its_original),
        cmocka_unit_test(a_row_that_failed_is_waited_for),
        cmocka_unit_test(nothing_goes_before_it_is_sealed_and_committed),
        cmocka_unit_test(no_clear_text_in_an_encrypted_room),
        cmocka_unit_test(rows_keep_their_order_and_come_once),
    };

    return RUN_TESTS(tests);
}

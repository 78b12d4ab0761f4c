/*
 * What is due, for each implementation of the port: taken once, the earliest first, and never lost.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/bot/store/people.h"

static struct coach_job rest_job(int64_t lifter, const char *room, int64_t due_ms)
{
    return (struct coach_job){.kind = COACH_JOB_REST,
                              .lifter = lifter,
                              .transport = "matrix",
                              .room = room,
                              .direct = true,
                              .thread = "$thread",
                              .identity = "@anna:x",
                              .name = "Anna",
                              .cause = "$1",
                              .due_ms = due_ms,
                              .payload = "p"};
}

static void put_job(struct backend *b, int64_t lifter, const char *room, int64_t due_ms)
{
    const struct coach_job job = rest_job(lifter, room, due_ms);

    OK(b->coach->job_put(b->coach->self, &job, e));
}

/* Jobs as they were taken: "room due;". */
struct taken {
    struct buf text;
    int64_t last_id;
};

static int note_job(void *arg, const struct coach_job *job)
{
    struct taken *taken = arg;

    taken->last_id = job->id;
    return buf_addf(&taken->text, "%s %lld;", job->room, (long long)job->due_ms);
}

static void assert_takes_on(struct backend *b, const char *transport, int64_t now_ms, const char *expected)
{
    struct taken taken = {.text = BUF_INIT(4096)};
    int result;

    do
        OK(result = b->coach->job_take_due(b->coach->self, transport, false, now_ms, note_job, &taken, e));
    while (result == 1);
    assert_string_equal(buf_text(&taken.text), expected);
    buf_release(&taken.text);
}

static void assert_takes(struct backend *b, int64_t now_ms, const char *expected)
{
    assert_takes_on(b, "matrix", now_ms, expected);
}

static int64_t next_due(struct backend *b)
{
    int64_t due_ms = -1;

    OK(b->coach->job_next(b->coach->self, "matrix", false, &due_ms, e));
    return due_ms;
}

static void what_is_due_is_taken_once_the_earliest_first(void **state)
{
    struct backend *b = *state;
    int64_t lifter;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    assert_int_equal(next_due(b), -1);
    put_job(b, lifter, "!b", 300);
    put_job(b, lifter, "!a", 200);
    put_job(b, lifter, "!c", 200);
    commit(b);
    assert_int_equal(next_due(b), 200);
    begin(b);
    assert_takes(b, 199, "");
    assert_takes(b, 200, "!a 200;!c 200;");
    assert_int_equal(next_due(b), 300);
    assert_takes(b, INT64_MAX, "!b 300;");
    assert_takes(b, INT64_MAX, "");
    commit(b);
}

static void a_new_job_takes_the_place_of_the_one_of_its_kind_there(void **state)
{
    struct backend *b = *state;
    struct coach_job elsewhere;
    int64_t anna, ben;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    put_job(b, anna, "!a", 100);
    put_job(b, anna, "!b", 150);
    put_job(b, ben, "!a", 160);
    elsewhere = rest_job(anna, "!a", 170);
    elsewhere.transport = "irc:libera";
    OK(b->coach->job_put(b->coach->self, &elsewhere, e));
    put_job(b, anna, "!a", 400);
    assert_takes(b, 1000, "!b 150;!a 160;!a 400;");
    assert_takes_on(b, "irc:libera", 169, "");
    assert_takes_on(b, "irc:libera", 1000, "!a 170;");
    commit(b);
}

/* What is put off stays where nothing else of it is new. */
static void a_job_that_is_due_by_then_stays(void **state)
{
    struct backend *b = *state;
    struct coach_job job;
    int64_t anna;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    job = rest_job(anna, "!a", 300);
    OK(b->coach->job_put_by(b->coach->self, &job, e));
    assert_int_equal(next_due(b), 300);
    job.due_ms = 400;
    OK(b->coach->job_put_by(b->coach->self, &job, e));
    assert_int_equal(next_due(b), 300);
    job.due_ms = 200;
    OK(b->coach->job_put_by(b->coach->self, &job, e));
    assert_int_equal(next_due(b), 200);
    job.due_ms = 500;
    job.thread = "$other";
    OK(b->coach->job_put_by(b->coach->self, &job, e));
    assert_int_equal(next_due(b), 500);
    job.due_ms = 600;
    job.name = "Anna B.";
    OK(b->coach->job_put_by(b->coach->self, &job, e));
    assert_takes(b, 1000, "!a 600;");
    commit(b);
}

static void a_job_is_cancelled_there_or_everywhere(void **state)
{
    struct backend *b = *state;
    int64_t anna, ben;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    put_job(b, anna, "!a", 100);
    put_job(b, anna, "!b", 200);
    put_job(b, ben, "!a", 300);
    OK(b->coach->job_cancel(b->coach->self, anna, COACH_JOB_REST, "irc:libera", "!a", e));
    OK(b->coach->job_cancel(b->coach->self, anna, COACH_JOB_REST, "matrix", "!a", e));
    assert_int_equal(next_due(b), 200);
    put_job(b, anna, "!c", 100);
    OK(b->coach->job_cancel(b->coach->self, anna, COACH_JOB_REST, NULL, NULL, e));
    OK(b->coach->job_cancel(b->coach->self, anna, COACH_JOB_REST, NULL, NULL, e));
    assert_takes(b, 1000, "!a 300;");
    commit(b);
}

static int expect_fields(void *arg, const struct coach_job *job)
{
    const struct coach_job *expected = arg;

    assert_int_equal(job->kind, expected->kind);
    assert_int_equal(job->lifter, expected->lifter);
    assert_string_equal(job->transport, expected->transport);
    assert_string_equal(job->room, expected->room);
    assert_int_equal(job->direct, expected->direct);
    assert_string_equal(job->identity, expected->identity);
    assert_string_equal(job->name, expected->name);
    assert_int_equal(job->due_ms, expected->due_ms);
    assert_string_equal(job->payload, expected->payload);
    if (expected->thread == NULL)
        assert_null(job->thread);
    else
        assert_string_equal(job->thread, expected->thread);
    if (expected->cause == NULL)
        assert_null(job->cause);
    else
        assert_string_equal(job->cause, expected->cause);
    return 0;
}

static void every_field_of_a_job_comes_back(void **state)
{
    struct backend *b = *state;
    int64_t lifter;
    int result;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    for (size_t i = 0; i < ARRAY_LENGTH(nasty); i++) {
        const char *text = nasty[i];
        struct coach_job job = {.lifter = lifter,
                                .transport = text,
                                .room = text,
                                .direct = i % 2 == 0,
                                .thread = i % 2 == 0 ? text : NULL,
                                .identity = text,
                                .name = text,
                                .cause = i % 2 == 0 ? NULL : text,
                                .due_ms = i % 2 == 0 ? INT64_MIN : 5,
                                .payload = i == 0 ? "" : text};

        OK(b->coach->job_put(b->coach->self, &job, e));
        OK(result = b->coach->job_take_due(b->coach->self, text, false, 5, expect_fields, &job, e));
        assert_int_equal(result, 1);
    }
    commit(b);
}

/* What answers nothing is sent under an id that is made of the job's. */
static void the_id_of_a_job_never_comes_back(void **state)
{
    struct backend *b = *state;
    struct taken taken = {.text = BUF_INIT(4096)};
    int64_t lifter, last = 0;
    int result;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    commit(b);
    for (int i = 0; i < 4; i++) {
        begin(b);
        put_job(b, lifter, "!a", 100);
        put_job(b, lifter, "!a", 100);
        OK(result = b->coach->job_take_due(b->coach->self, "matrix", false, 100, note_job, &taken, e));
        assert_int_equal(result, 1);
        assert_true(taken.last_id > last);
        last = taken.last_id;
        commit(b);
    }
    buf_release(&taken.text);
}

static int fail_job(void *arg, const struct coach_job *job)
{
    (void)job;
    return err_set(arg, ERR_STORE, "on purpose");
}

static void a_job_whose_work_is_rolled_back_waits_again(void **state)
{
    struct backend *b = *state;
    struct err err = {0};
    int64_t lifter;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    put_job(b, lifter, "!a", 100);
    commit(b);
    begin(b);
    assert_int_equal(b->coach->job_take_due(b->coach->self, "matrix", false, 100, fail_job, &err, &err), -1);
    assert_string_equal(err.text, "on purpose");
    store_rollback(b->store);
    assert_int_equal(next_due(b), 100);
    begin(b);
    assert_takes(b, 100, "!a 100;");
    store_rollback(b->store);
    begin(b);
    assert_takes(b, 100, "!a 100;");
    commit(b);
    assert_int_equal(next_due(b), -1);
}

static int put_again(void *arg, const struct coach_job *job)
{
    struct backend *b = arg;
    struct coach_job again = *job;

    again.due_ms += 1000;
    OK(b->coach->job_put(b->coach->self, &again, e));
    assert_string_equal(again.payload, "p"); /* still lent */
    return 0;
}

static void a_job_can_be_put_again_while_it_is_taken(void **state)
{
    struct backend *b = *state;
    int64_t lifter;
    int result;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    put_job(b, lifter, "!a", 100);
    OK(result = b->coach->job_take_due(b->coach->self, "matrix", false, 100, put_again, b, e));
    assert_int_equal(result, 1);
    assert_takes(b, 1099, "");
    assert_takes(b, 1100, "!a 1100;");
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(what_is_due_is_taken_once_the_earliest_first),
        ON_EACH(a_new_job_takes_the_place_of_the_one_of_its_kind_there),
        ON_EACH(a_job_that_is_due_by_then_stays),
        ON_EACH(a_job_is_cancelled_there_or_everywhere),
        ON_EACH(every_field_of_a_job_comes_back),
        ON_EACH(the_id_of_a_job_never_comes_back),
        ON_EACH(a_job_whose_work_is_rolled_back_waits_again),
        ON_EACH(a_job_can_be_put_again_while_it_is_taken),
    };

    return RUN_TESTS(tests);
}

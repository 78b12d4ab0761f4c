/*
 * Ten thousand lifters are due at the same minute: one at a time, in the order of their number, each once, and whoever
 * waits for a call meanwhile is called before all of them.
 */
#include "tests/unit/bot/coach/talk.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LIFTERS = 10000, CALL_AT = 2500, ROLL_BACK_EACH = 500 };

struct crowd {
    struct store *store;
    struct coach *coach;
    unsigned char asked[LIFTERS];
    int said; /* since it was looked at last */
    int last;
    bool called;
};

static int utc(void *arg, const char *zone, int64_t at_ms)
{
    (void)arg, (void)zone, (void)at_ms;
    return 0;
}

static void note(void *arg, const struct coach_told *told)
{
    struct crowd *crowd = arg;

    crowd->said++;
    if (told->outgoing->kind == OUT_PING) {
        assert_false(told->outgoing->bulk);
        crowd->called = true;
        return;
    }
    assert_int_equal(told->outgoing->kind, OUT_CHECKIN);
    assert_true(told->outgoing->bulk);
    crowd->last = atoi(told->to);
    assert_string_equal(told->outgoing->room + 1, told->to);
}

static void put(struct crowd *crowd, int number)
{
    const struct coach_store *store = store_coach(crowd->store);
    char name[16], room[16], plan[160];
    struct coach_job job = {.kind = COACH_JOB_CHECKIN,
                            .transport = "test",
                            .room = room,
                            .direct = true,
                            .identity = name,
                            .name = name,
                            .due_ms = TALK_START,
                            .payload = ""};
    struct err err = {0};
    bool is_new;

    snprintf(name, sizeof(name), "%d", number);
    snprintf(room, sizeof(room), "!%d", number);
    snprintf(plan, sizeof(plan), "0 0 1 1 0 1080 0 %" PRId64 " 0 0 0\ntest\n%s\n%s\n%s", TALK_START, name, name, room);
    assert_int_equal(store->lifter_open(store->self, "test", name, 0, &job.lifter, &is_new, &err), 0);
    assert_int_equal(store->value_put(store->self, job.lifter, "checkin", plan, &err), 0);
    assert_int_equal(store->job_put(store->self, &job, &err), 0);
}

/* Somebody's rest is over. */
static void put_call(struct crowd *crowd)
{
    const struct coach_store *store = store_coach(crowd->store);
    struct coach_job job = {.kind = COACH_JOB_REST,
                            .transport = "test",
                            .room = "!call",
                            .direct = true,
                            .identity = "0",
                            .name = "0",
                            .due_ms = TALK_START + MINUTE,
                            .payload = "m 1 0"};
    struct err err = {0};
    bool is_new;

    assert_int_equal(store_begin(crowd->store, &err), 0);
    assert_int_equal(store->lifter_open(store->self, "test", "0", 0, &job.lifter, &is_new, &err), 0);
    assert_int_equal(store->job_put(store->self, &job, &err), 0);
    assert_int_equal(store_commit(crowd->store, &err), 0);
}

/* One thing that is due; ROLL_BACK: and the disk is full. */
static void do_one(struct crowd *crowd, bool roll_back)
{
    struct err err = {0};

    crowd->said = 0;
    assert_int_equal(store_begin(crowd->store, &err), 0);
    assert_int_equal(coach_due(crowd->coach, "test", false, TALK_START + MINUTE, &err), 0);
    assert_int_equal(crowd->said, 1);
    if (!roll_back) {
        assert_int_equal(store_commit(crowd->store, &err), 0);
        return;
    }
    store_rollback(crowd->store);
    coach_forget(crowd->coach);
}

static void each_is_asked_once_in_turn_and_calls_come_first(void **state)
{
    static struct crowd crowd;
    struct coach_options options = {.unit = UNIT_KG,
                                    .language = "en",
                                    .offset = utc,
                                    .export_set = export_set,
                                    .secrets = {talk_random, NULL, talk_digest},
                                    .observe = note,
                                    .observe_arg = &crowd};
    struct err err = {0};
    int64_t due_ms;

    (void)state;
    crowd.store = store_open(NULL, &err);
    options.store = store_coach(crowd.store);
    crowd.coach = coach_new(&options);
    assert_int_equal(store_begin(crowd.store, &err), 0);
    for (int i = 0; i < LIFTERS; i++)
        put(&crowd, i);
    assert_int_equal(store_commit(crowd.store, &err), 0);
    for (int i = 0; i < LIFTERS; i++) {
        if (i == CALL_AT) {
            put_call(&crowd);
            assert_int_equal(coach_next_due(crowd.coach, "test", true, &due_ms, &err), 1);
            do_one(&crowd, false);
            assert_true(crowd.called);
            assert_int_equal(coach_next_due(crowd.coach, "test", true, &due_ms, &err), 0);
        }
        if (i % ROLL_BACK_EACH == 0)
            do_one(&crowd, true);
        do_one(&crowd, false);
        assert_int_equal(crowd.last, i);
        crowd.asked[i]++;
    }
    for (int i = 0; i < LIFTERS; i++)
        assert_int_equal(crowd.asked[i], 1);
    assert_int_equal(coach_next_due(crowd.coach, "test", false, &due_ms, &err), 1);
    assert_true(due_ms > TALK_START + MINUTE); /* the reminder */
    coach_free(crowd.coach);
    store_close(crowd.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_is_asked_once_in_turn_and_calls_come_first)};

    return RUN_TESTS(tests);
}

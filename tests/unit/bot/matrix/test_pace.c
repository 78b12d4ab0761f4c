/*
 * What nobody waits for stays under half of a homeserver's limit, and finds it out by one refusal.
 */
#include "tests/unit/unit.h"

#include "bot/matrix/pace.h"

/* A leaky bucket as Synapse's rc_message: RATE a second, BURST at once. How long one more has to wait; 0: let through.
 */
struct limit {
    double rate, burst, level;
    int64_t last_ms;
};

static int64_t ask(struct limit *limit, int64_t now_ms)
{
    double leaked = limit->level - limit->rate * (double)(now_ms - limit->last_ms) / 1000;

    limit->level = leaked > 0 ? leaked : 0;
    limit->last_ms = now_ms;
    if (limit->level + 1 > limit->burst)
        return (int64_t)((limit->level + 1 - limit->burst) / limit->rate * 1000) + 1;
    limit->level++;
    return 0;
}

struct tally {
    int let_through, refused, replies_refused;
};

/* Sends for SECONDS as fast as the pace allows, and a reply every REPLY_S seconds. */
static struct tally run(struct limit *limit, int seconds, int reply_s)
{
    struct tally tally = {0};
    struct mx_pace pace;
    int64_t paused_ms = 0;

    mx_pace_init(&pace);
    for (int64_t now = 0; now < seconds * INT64_C(1000); now++) {
        int64_t pause;

        if (now % (reply_s * 1000) == 0 && ask(limit, now) != 0)
            tally.replies_refused++;
        if (now < paused_ms || mx_pace_wait(&pace, now) != 0)
            continue;
        mx_pace_sent(&pace, now);
        pause = ask(limit, now);
        if (pause == 0) {
            mx_pace_accepted(&pace);
            tally.let_through++;
            continue;
        }
        tally.refused++;
        paused_ms = now + pause;
        mx_pace_limited(&pace, now, pause);
    }
    return tally;
}

static void it_goes_fast_where_nothing_is_refused(void **state)
{
    struct limit limit = {.rate = 1000, .burst = 1000};
    struct tally tally = run(&limit, 60, 1);

    (void)state;
    assert_int_equal(tally.refused, 0);
    assert_true(tally.let_through > 60 * 85);
}

/* Ten a second: at least a third of it is used, and the replies' share is left. */
static void it_keeps_under_a_limit(void **state)
{
    static const struct {
        double rate, burst;
        int seconds, reply_s;
    } rows[] = {{10, 20, 600, 1}, {2, 10, 1200, 5}, {0.2, 10, 7200, 60}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct limit limit = {.rate = rows[i].rate, .burst = rows[i].burst};
        struct tally tally = run(&limit, rows[i].seconds, rows[i].reply_s);

        assert_true(tally.let_through > rows[i].rate * rows[i].seconds / 3);
        assert_true(tally.refused * 20 < tally.let_through);
        assert_true(tally.replies_refused * 10 < rows[i].seconds / rows[i].reply_s);
    }
}

/* Several were under way when the limit was hit. */
static void refusals_of_one_moment_count_once(void **state)
{
    struct mx_pace pace;
    double after;

    (void)state;
    mx_pace_init(&pace);
    mx_pace_limited(&pace, 1000, 200);
    after = pace.per_s;
    assert_true(after == 2.5); /* half of one in 200 ms */
    for (int i = 0; i < 5; i++)
        mx_pace_limited(&pace, 1010 + i, 200);
    assert_true(pace.per_s == after);
    assert_int_equal(mx_pace_wait(&pace, 1014), 400);
    mx_pace_limited(&pace, 3000, 200);
    assert_true(pace.per_s == after / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_goes_fast_where_nothing_is_refused),
        cmocka_unit_test(it_keeps_under_a_limit),
        cmocka_unit_test(refusals_of_one_moment_count_once),
    };

    return RUN_TESTS(tests);
}

/*
 * What is said when its day comes round: once, by the lifter's clock, over downtime and journeys, to those who train.
 */
#include "tests/unit/bot/coach/talk.h"

/* Monday 2026-01-12 07:00 UTC; the talk begins on the Monday before, in the evening. */
#define MONDAY (TALK_START - 11 * (int64_t)HOUR + 7 * (int64_t)DAY)
/* Sunday 2026-02-01 08:00 UTC. */
#define FIRST (TALK_START - 10 * (int64_t)HOUR + 27 * (int64_t)DAY)
#define WEEK (7 * (int64_t)DAY)

/* Everything that comes due until then, at its time; how often it begins with HEAD. *LAST_MS: when it did last. */
static int count_until(struct talk *talk, int64_t until_ms, const char *head, int64_t *last_ms)
{
    int count = 0;
    int64_t due_ms;

    while ((due_ms = talk_next_due(talk)) <= until_ms) {
        talk_do_due(talk, due_ms > talk->now_ms ? due_ms : talk->now_ms);
        for (size_t i = 0; i < talk->count; i++) {
            if (strncmp(talk->said[i].text, head, strlen(head)) != 0)
                continue;
            if (head[0] == 'T' || head[0] == 'R')
                assert_int_equal(talk->said[i].kind, OUT_DIGEST);
            assert_string_equal(talk->said[i].room, "direct");
            *last_ms = talk->now_ms;
            count++;
        }
    }
    talk->now_ms = until_ms;
    return count;
}

static void open_with_a_set(struct talk *talk)
{
    talk_open(talk);
    talk_say(talk, "checkin off");
    talk_say(talk, "bench 80x8 @2");
    talk_say(talk, "done");
}

static void on_monday_morning_to_those_who_trained(void **state)
{
    struct talk talk;
    int64_t at_ms = 0;

    (void)state;
    open_with_a_set(&talk);
    assert_int_equal(count_until(&talk, FIRST - 1, "This week", &at_ms), 1); /* one week with a set in it */
    assert_int_equal(at_ms, MONDAY);
    assert_int_equal(count_until(&talk, FIRST, "Review Jan 2026", &at_ms), 1);
    assert_int_equal(at_ms, FIRST);
    assert_int_equal(count_until(&talk, FIRST + 40 * (int64_t)DAY, "", &at_ms), 0); /* nothing in February */
    talk_close(&talk);
}

static void a_word_turns_each_off_and_on(void **state)
{
    struct talk talk;
    int64_t at_ms = 0;

    (void)state;
    open_with_a_set(&talk);
    assert_says(talk_say(&talk, "budget off"), "budget on");
    assert_says(talk_say(&talk, "review off"), "month on");
    assert_int_equal(talk_next_due(&talk), INT64_MAX);
    assert_says(talk_say(&talk, "budget 6:30"), "06:30");
    assert_int_equal(talk_next_due(&talk), MONDAY - 30 * (int64_t)MINUTE);
    assert_says(talk_say(&talk, "review on"), "on the first");
    assert_int_equal(count_until(&talk, FIRST, "This week", &at_ms), 1);
    assert_int_equal(at_ms, MONDAY - 30 * (int64_t)MINUTE);
    talk_close(&talk);
}

/* The bot was away: once on return, within two days. */
static void downtime_says_it_once_if_it_is_still_useful(void **state)
{
    static const struct {
        int64_t late_ms;
        bool said;
    } rows[] = {{0, true}, {9 * (int64_t)HOUR, true}, {2 * (int64_t)DAY, true}, {2 * (int64_t)DAY + 1, false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        open_with_a_set(&talk);
        talk_do_due(&talk, MONDAY + rows[i].late_ms);
        assert_int_equal(talk.count, rows[i].said);
        talk_do_due(&talk, MONDAY + rows[i].late_ms);
        assert_int_equal(talk.count, 0);
        assert_int_equal(talk_next_due(&talk), MONDAY + WEEK);
        talk_close(&talk);
    }
}

static void what_is_rolled_back_is_said_again(void **state)
{
    struct err err = {0};
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_due(talk.coach, "test", false, MONDAY, &err), 0);
    store_rollback(talk.store);
    coach_forget(talk.coach);
    talk_do_due(&talk, MONDAY);
    assert_int_equal(talk.count, 1);
    talk_close(&talk);
}

/* Seven o'clock comes five hours later in New York: once for each Monday, on whichever side of it the journey is. */
static void a_journey_neither_repeats_nor_skips_a_week(void **state)
{
    struct talk talk;
    int64_t at_ms = 0;

    (void)state;
    open_with_a_set(&talk); /* said here, and not again there */
    assert_int_equal(count_until(&talk, MONDAY + HOUR, "This week", &at_ms), 1);
    talk_say(&talk, "timezone America/New_York");
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(count_until(&talk, MONDAY + WEEK, "This week", &at_ms), 0);
    assert_int_equal(count_until(&talk, MONDAY + WEEK + DAY, "This week", &at_ms), 1);
    assert_int_equal(at_ms, MONDAY + WEEK + 5 * (int64_t)HOUR);
    talk_close(&talk);

    open_with_a_set(&talk); /* it is past seven where the lifter comes to */
    talk_say(&talk, "timezone America/New_York");
    assert_int_equal(count_until(&talk, MONDAY + HOUR, "This week", &at_ms), 0);
    talk_say(&talk, "timezone Europe/Berlin");
    assert_int_equal(count_until(&talk, MONDAY + DAY, "This week", &at_ms), 1);
    assert_true(at_ms < MONDAY + 2 * HOUR);
    talk_close(&talk);
}

/* What was due earlier on the day that it all began on isn't made up for. */
static void a_beginner_is_not_told_of_a_week_before(void **state)
{
    struct talk talk;
    int64_t at_ms = 0;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "yesterday: bench 80x8 @2");
    talk_say(&talk, "timezone Europe/Berlin");
    assert_int_equal(count_until(&talk, TALK_START + DAY, "This week", &at_ms), 0);
    talk_close(&talk);
}

static void it_moves_to_the_chat_that_was_used_last(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk.room = "other";
    talk.now_ms += MINUTE;
    talk.count = 0;
    {
        struct message message = {.kind = MESSAGE_TEXT,
                                  .transport = "test",
                                  .room = "other",
                                  .direct = true,
                                  .sender = "anna",
                                  .sender_name = "anna",
                                  .id = "#other",
                                  .sent_ms = talk.now_ms,
                                  .read_ms = talk.now_ms,
                                  .text = "today"};
        struct err err = {0};

        assert_int_equal(store_begin(talk.store, &err), 0);
        assert_int_equal(coach_handle(talk.coach, &message, &err), 0);
        assert_int_equal(store_commit(talk.store, &err), 0);
    }
    talk_do_due(&talk, MONDAY);
    assert_int_equal(talk.count, 1);
    assert_string_equal(talk.said[0].room, "other");
    talk_close(&talk);
}

/* Three unanswered check-ins promise silence until the lifter wants them back. */
static void silence_that_was_promised_is_kept(void **state)
{
    struct talk talk;
    int64_t at_ms = 0;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @2");
    count_until(&talk, TALK_START + 27 * (int64_t)DAY, "", &at_ms);
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(count_until(&talk, talk.now_ms + WEEK, "", &at_ms), 0);
    talk_say(&talk, "bench 80x8 @2");
    talk_say(&talk, "checkin on");
    assert_int_equal(count_until(&talk, talk.now_ms + WEEK, "This week", &at_ms), 1);
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_monday_morning_to_those_who_trained),
        cmocka_unit_test(a_word_turns_each_off_and_on),
        cmocka_unit_test(downtime_says_it_once_if_it_is_still_useful),
        cmocka_unit_test(what_is_rolled_back_is_said_again),
        cmocka_unit_test(a_journey_neither_repeats_nor_skips_a_week),
        cmocka_unit_test(a_beginner_is_not_told_of_a_week_before),
        cmocka_unit_test(it_moves_to_the_chat_that_was_used_last),
        cmocka_unit_test(silence_that_was_promised_is_kept),
    };

    return RUN_TESTS(tests);
}

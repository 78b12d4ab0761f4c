/*
 * forget me: asked twice, lapsing, here and in rooms; afterwards the lifter is a stranger.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/log/log.h"

static void log_some(struct talk *talk)
{
    talk_say(talk, "units lb");
    talk_say(talk, "alias flat = bench press");
    talk_say_as(talk, NULL, "b1", "flat 175x8 @1 (secret)");
    assert_int_equal(talk->said[0].logged, 1);
}

static void it_is_asked_twice_and_done(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    log_some(&talk);
    assert_says(talk_say(&talk, "forget me"), "1 set");
    assert_says(talk_say(&talk, "today"), "1 set today");
    assert_says(talk_say(&talk, "forget me yes"), "Once more");
    assert_says(talk_say(&talk, "today"), "1 set today");
    assert_says(talk_say(&talk, "Forget everything!"), "Done");
    assert_says(talk_say(&talk, "today"), "No sets today");
    assert_says(talk_say(&talk, "settings"), "experience: 1 to 3 years (default)");
    assert_says(talk_say(&talk, "flat 80x8"), "flat");
    assert_int_equal(talk.said[0].logged, 0);
    assert_says(talk_say(&talk, "undo"), "Dropped: flat 80x8");
    assert_says(talk_say(&talk, "undo"), "nothing to undo");
    talk_close(&talk);
}

static void no_step_can_be_left_out(void **state)
{
    static const char *const first[] = {"forget everything", "forget me yes", "forget me please", "delete my data"};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    log_some(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(first); i++) {
        talk_say(&talk, "forget me no");
        assert_says(talk_say(&talk, first[i]), "Sure?");
    }
    assert_says(talk_say(&talk, "forget everything"), "Sure?");
    assert_says(talk_say(&talk, "forget me yes"), "Once more");
    assert_says(talk_say(&talk, "forget me no"), "stays");
    assert_says(talk_say(&talk, "forget everything"), "Sure?");
    /* in another room it is asked anew */
    talk_say(&talk, "forget me yes");
    talk.room = "gym";
    assert_says(talk_say(&talk, "!forget everything"), "Sure?");
    talk.room = NULL;
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk.room = "gym";
    /* another person's yes is theirs */
    assert_says(talk_say_as(&talk, "ben", NULL, "!forget me yes"), "0 sets");
    talk_close(&talk);
}

static void an_unanswered_question_lapses(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    log_some(&talk);
    talk_say(&talk, "forget me");
    talk.now_ms += 10 * MINUTE; /* and the minute that saying takes */
    assert_says(talk_say(&talk, "forget me yes"), "Sure?");
    assert_says(talk_say(&talk, "forget me yes"), "Once more");
    talk.now_ms += 10 * MINUTE;
    assert_says(talk_say(&talk, "forget everything"), "Sure?");
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

static void in_a_room_it_is_the_same_lifter(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    log_some(&talk);
    talk.room = "gym";
    assert_string_equal(talk_say(&talk, "forget me"), "");
    talk_say(&talk, "!forget me");
    talk_say(&talk, "!forget me yes");
    assert_says(talk_say(&talk, "spotter: forget everything"), "Done");
    talk.room = NULL;
    assert_says(talk_say(&talk, "today"), "No sets today");
    talk_close(&talk);
}

/* What was said while the bot was away was said without having seen what is asked; an edit is of an older message. */
static void only_what_is_said_now_confirms(void **state)
{
    struct talk talk;
    struct err err;

    (void)state;
    talk_open(&talk);
    log_some(&talk);
    talk_say(&talk, "forget me");
    talk.summarise = true;
    assert_string_equal(talk_say(&talk, "forget me yes"), "");
    assert_string_equal(talk_say(&talk, "forget everything"), "");
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, talk.now_ms, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    talk.summarise = false;
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_say(&talk, "forget me");
    talk_say(&talk, "forget me yes");
    talk_say_as(&talk, NULL, "w1", "why");
    talk_change(&talk, MESSAGE_EDIT, "w1", "forget everything");
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

/* A server may tell of old messages again, and people may touch them: nothing is booked, answered or brought back. */
static void old_messages_stay_counted(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    log_some(&talk);
    talk_say(&talk, "forget me");
    talk_say(&talk, "forget me yes");
    talk_say_as(&talk, NULL, "f1", "forget everything");
    talk_say_as(&talk, NULL, "b1", "flat 175x8 @1 (secret)");
    assert_int_equal(talk.count, 0);
    talk_say_as(&talk, NULL, "f1", "forget everything");
    assert_int_equal(talk.count, 0);
    talk_change(&talk, MESSAGE_EDIT, "b1", "bench 80x8");
    assert_int_equal(talk.count, 0);
    talk_change(&talk, MESSAGE_REDACTION, "b1", "");
    assert_int_equal(talk.count, 0);
    assert_says(talk_say(&talk, "bench 80x8 @1"), "bench press 80x8 @1");
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_asked_twice_and_done),     cmocka_unit_test(no_step_can_be_left_out),
        cmocka_unit_test(an_unanswered_question_lapses),  cmocka_unit_test(in_a_room_it_is_the_same_lifter),
        cmocka_unit_test(only_what_is_said_now_confirms), cmocka_unit_test(old_messages_stay_counted),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

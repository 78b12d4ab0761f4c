/*
 * Around the sets: reactions, quiet rooms, first contact, what is taken back later.
 */
#include "bot/coach/pending.h"
#include "tests/unit/bot/coach/talk.h"

#define THUMB "\xF0\x9F\x91\x8D"
#define KEY2 "2\xEF\xB8\x8F\xE2\x83\xA3"

static int discard(void *arg, const struct matrix_outbox_row *row)
{
    (void)arg, (void)row;
    return 0;
}

/* What was said has left: a reply's event is called by its transaction's id, "rm1" for the one to m1. */
static void deliver(struct talk *talk)
{
    struct err err = {0};

    assert_int_equal(store_begin(talk->store, &err), 0);
    assert_int_equal(store_outbox_take(talk->store, "test", discard, NULL, &err), 0);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

static const char *react_as(struct talk *talk, const char *sender, const char *id, const char *target, const char *key)
{
    bool addressed = talk->addressed;

    deliver(talk);
    talk->now_ms += MINUTE;
    talk->addressed = target[0] == 'r' || target[0] == '?';
    talk_hand(talk,
              (struct message){.kind = MESSAGE_REACTION, .sender = sender, .id = id, .target = target, .text = key});
    talk->addressed = addressed;
    return talk_told(talk);
}

static const char *react(struct talk *talk, const char *id, const char *target, const char *key)
{
    return react_as(talk, "anna", id, target, key);
}

/* ---------------------------------------------------------------- a thumb on the advice */

static void a_thumb_books_the_set_as_advised(void **state)
{
    struct talk talk;
    struct advice advice;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @2");
    advice = talk.said[0].advice;
    assert_string_equal(react(&talk, "e1", "rm1", "\xF0\x9F\x98\x80"), ""); /* a smile is a smile */
    react(&talk, "e1", "rm1", THUMB);
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    assert_string_equal(talk.said[0].answers, "e1");
    assert_int_equal(talk.said[0].logged, 1);
    assert_int_equal(talk.said[0].first.reps, advice.reps);
    assert_true(talk.said[0].first.load_kg == advice.load_kg && isnan(talk.said[0].first.rir));
    react(&talk, "e1", "rm1", THUMB); /* seen twice */
    assert_int_equal(talk.count, 0);
    react(&talk, "e2", "re1", "\xF0\x9F\x91\x8C"); /* and so on */
    assert_int_equal(talk.said[0].logged, 1);
    assert_says(talk_say(&talk, "today"), "3 sets");
    talk_close(&talk);
}

static void a_thumb_on_old_advice_books_nothing(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @2");
    talk_say_as(&talk, "anna", "m2", "80x8 @1");
    assert_says(react(&talk, "e1", "rm1", THUMB), "Nothing booked");
    assert_int_equal(talk.said[0].kind, OUT_ERROR);
    assert_string_equal(talk.said[0].answers, "e1");
    react(&talk, "e1", "rm1", THUMB);
    assert_int_equal(talk.count, 0);
    talk_change(&talk, MESSAGE_REDACTION, "m2", "");
    assert_says(react(&talk, "e2", "rm1", THUMB), "bench press 80x"); /* what is advised again */
    talk_say_as(&talk, "anna", "t1", "today");
    assert_string_equal(react(&talk, "e3", "rt1", THUMB), ""); /* no advice in it */
    assert_string_equal(react(&talk, "e4", "never-seen", THUMB), "");
    talk.now_ms += DAY;
    assert_string_equal(react(&talk, "e5", "re2", THUMB), ""); /* a farewell */
    assert_says(talk_say(&talk, "today"), "No sets");
    talk_close(&talk);
}

static void a_thumb_counts_where_the_advice_was_asked_for(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "squat 100x5 @2");
    talk.now_ms += 2 * DAY;
    talk_say_as(&talk, "anna", "n1", "next squat"); /* the day's first set */
    assert_says(react(&talk, "e1", "rn1", THUMB), "squat ");
    assert_int_equal(talk.said[0].logged, 1);
    talk_say(&talk, "bench 80x8 @2");
    talk_say_as(&talk, "anna", "n2", "next");
    assert_says(react(&talk, "e2", "rn2", THUMB), "bench press 80x");
    assert_says(react(&talk, "e3", "rn2", THUMB), "Nothing booked");
    /* A question's answer, and a correction in words, are followed by advice, too. */
    talk_say_as(&talk, "anna", "m1", "crul 30x10 @2");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    talk_say_as(&talk, "anna", "a1", "1");
    assert_says(react(&talk, "e4", "ra1", THUMB), "curl 30x");
    talk_say_as(&talk, "anna", "f1", "fix 30x9 @2");
    assert_says(react(&talk, "e5", "rf1", THUMB), "curl 30x");
    talk_close(&talk);
}

static void a_thumb_of_somebody_else_is_a_compliment(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @2");
    assert_string_equal(react_as(&talk, "ben", "e1", "rm1", THUMB), "");
    assert_string_equal(react(&talk, "e2", "m1", THUMB), ""); /* on her own message, not on the advice */
    assert_says(react(&talk, "e3", "rm1", THUMB), "bench press 80x");
    talk_close(&talk);
}

static void taking_the_thumb_off_takes_the_set_back(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @2");
    react(&talk, "e1", "rm1", THUMB);
    deliver(&talk);
    talk_change(&talk, MESSAGE_REDACTION, "e1", "");
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "e1");
    assert_says(talk.said[0].html, "<del>bench press 80x");
    assert_says(talk_say(&talk, "today"), "1 set");
    assert_says(react(&talk, "e2", "rm1", THUMB), "bench press 80x");
    talk_close(&talk);
}

/* A reply to the question, or a reaction on it, answers that one and not the newest. */
static void an_answer_is_to_what_it_is_on(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 8x8");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    talk_say_as(&talk, "anna", "m2", "squat 8x8");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    deliver(&talk);
    talk.now_ms += MINUTE;
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .id = "a1", .reply_to = "rm1", .text = "2"});
    assert_says(talk.said[0].text, "bench press");
    assert_string_equal(react(&talk, "e1", "ra1", "1\xEF\xB8\x8F\xE2\x83\xA3"), ""); /* no question */
    assert_says(react(&talk, "e2", "rm2", KEY2), "squat");
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "m2");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- taking back, later */

static void an_edit_that_is_taken_back_leaves_what_was_before(void **state)
{
    static const char *const orders[][2] = {{"e2", "e1"}, {"e1", "e2"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
        struct talk talk;

        talk_open(&talk);
        talk_say_as(&talk, "anna", "m1", "bench 80x8 @2");
        talk.now_ms += MINUTE;
        talk_hand(&talk, (struct message){.kind = MESSAGE_EDIT, .id = "e1", .target = "m1", .text = "off for today"});
        assert_says(talk.said[0].html, "No longer a set: <del>bench press 80x8 @2</del>");
        talk_hand(&talk, (struct message){.kind = MESSAGE_EDIT, .id = "e2", .target = "m1", .text = "bench 85x8 @2"});
        assert_string_equal(talk.said[0].edits, "m1");
        assert_says(talk.said[0].text, "bench press 85x8 @2");
        talk_change(&talk, MESSAGE_REDACTION, orders[i][0], "");
        assert_says(talk_say(&talk, "today"), i == 0 ? "No sets" : "85x8");
        talk_change(&talk, MESSAGE_REDACTION, orders[i][1], "");
        assert_int_equal(talk.said[0].kind, OUT_EDIT);
        assert_string_equal(talk.said[0].edits, "m1");
        assert_says(talk.said[0].text, "bench press 80x8 @2\nNext: ");
        assert_says(talk_say(&talk, "today"), "1 set");
        talk_change(&talk, MESSAGE_REDACTION, "e2", ""); /* twice */
        assert_says(talk_say(&talk, "today"), "bench press 80x8 @2");
        talk_close(&talk);
    }
}

static void an_answer_that_is_taken_back_takes_its_set_along(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 8x8");
    talk_say_as(&talk, "anna", "a1", "2");
    assert_says(talk.said[0].text, "bench press");
    talk_change(&talk, MESSAGE_REDACTION, "a1", "");
    assert_string_equal(talk.said[0].edits, "a1");
    assert_says(talk.said[0].text, "Removed:");
    assert_says(talk_say(&talk, "today"), "No sets");
    talk_say_as(&talk, "anna", "m2", "bench 8x8"); /* a question goes with its message */
    assert_says(talk_change(&talk, MESSAGE_REDACTION, "m2", ""), "dropped");
    assert_says(talk_say(&talk, "cancel"), "Nothing is waiting");
    talk_close(&talk);
}

static void undo_strikes_the_reply_of_what_it_undoes(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @2");
    talk_change(&talk, MESSAGE_EDIT, "m1", "bench 85x8 @2");
    talk_say(&talk, "undo");
    assert_int_equal(talk.count, 2);
    assert_says(talk.said[0].text, "Back to: bench press 80x8 @2");
    assert_string_equal(talk.said[1].edits, "m1");
    assert_says(talk.said[1].text, "bench press 80x8 @2\nNext: ");
    talk_say(&talk, "undo");
    assert_int_equal(talk.count, 2);
    assert_string_equal(talk.said[1].edits, "m1");
    assert_string_equal(talk.said[1].text, "Removed: bench press 80x8 @2");
    assert_string_equal(talk.said[1].html, "Removed: <del>bench press 80x8 @2</del>");
    talk_say_as(&talk, "anna", "m2", "bench 70x8 @2");
    talk_change(&talk, MESSAGE_REDACTION, "m2", "");
    talk_say(&talk, "undo");
    assert_says(talk.said[0].text, "Back again");
    assert_says(talk.said[1].text, "bench press 70x8 @2\nNext: ");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- quiet */

static void a_quiet_room_gets_a_sign_for_a_set(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "quiet"), "Not quiet");
    assert_says(talk_say(&talk, "quiet on"), "Quiet here");
    assert_says(talk_say(&talk, "quiet"), "Quiet here");
    assert_string_equal(talk_say_as(&talk, "anna", "m1", "bench 80x8 @2"), THUMB);
    assert_int_equal(talk.said[0].kind, OUT_REACTION);
    assert_string_equal(talk.said[0].answers, "m1");
    assert_int_equal(talk.said[0].logged, 1);
    assert_string_equal(talk_change(&talk, MESSAGE_EDIT, "m1", "bench 82.5x8 @2"), ""); /* the sign stays */
    assert_string_equal(talk_say(&talk, "ok @1"), THUMB);
    assert_says(talk_say(&talk, "next"), "Final: ");
    assert_says(talk_say(&talk, "today"), "2 sets");
    talk_say(&talk, "benhc pres 80x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_string_equal(talk_say(&talk, "1"), THUMB);
    talk_say(&talk, "bench 80x8 @11");
    assert_int_equal(talk.said[0].kind, OUT_ERROR);
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m1", "off"), "No longer a set"); /* that needs words */
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    assert_says(talk_say(&talk, "quiet off"), "Not quiet");
    assert_says(talk_say(&talk, "squat 100x5 @2"), "Next: ");
    talk_close(&talk);
}

static void what_is_about_safety_is_said_all_the_same(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "quiet on");
    assert_string_equal(talk_say(&talk, "bench 80x8 @2"), THUMB);
    assert_says(talk_say(&talk, "80x4 @1"), "Reps fell");
    assert_says(talk_say(&talk, "squat 100x5 form"), "The form went");
    talk_say(&talk, "pain knee 2");
    assert_says(talk_say(&talk, "leg extension 40x10 @2"), "hurts");
    talk_close(&talk);
}

static void quiet_is_the_rooms_and_its_moderators(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    talk.addressed = true;
    assert_says(talk_say_as(&talk, "ben", NULL, "quiet on"), "moderators");
    assert_int_equal(talk.said[0].kind, OUT_ERROR);
    talk.now_ms += MINUTE;
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .id = "q", .power = 50, .text = "quiet on"});
    assert_says(talk.said[0].text, "Quiet here");
    assert_string_equal(talk_say_as(&talk, "ben", NULL, "bench 80x8 @2"), THUMB);
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "ben", NULL, "80x8 @1"), "Final: ");
    assert_says(talk_say(&talk, "quiet loud"), "quiet on");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- first contact */

static void open_new(struct talk *talk)
{
    talk_open(talk);
    talk->strangers = true;
}

static void say_new(struct talk *talk, const char *id, const char *text)
{
    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = MESSAGE_TEXT, .id = id, .text = text});
}

static void whoever_is_new_is_asked_one_thing_at_a_time(void **state)
{
    struct talk talk;

    (void)state;
    open_new(&talk);
    say_new(&talk, "m1", "bench 80x8 @2");
    assert_int_equal(talk.count, 2);
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    assert_int_equal(talk.said[1].kind, OUT_QUESTION);
    assert_string_equal(talk.said[1].answers, "");
    assert_says(talk.said[1].text, "How long");
    assert_says(talk_say(&talk, "80x8 @1"), "bench press 80x8 @1"); /* nothing waits for the answer */
    assert_says(talk_say(&talk, THUMB), "Any time");                /* no choice among three */
    assert_says(talk_say(&talk, "3"), "experience: 3 years\nWhat do you train for?");
    assert_says(talk_say(&talk, "muscle"), "goal: hypertrophy\nWhich units");
    assert_string_equal(talk_say(&talk, "lb"), "units: lb");
    assert_says(talk_say(&talk, "1"), "alone is no set");
    say_new(&talk, "m2", "175x5 @2");
    assert_int_equal(talk.count, 1);
    talk_close(&talk);
}

static void what_is_known_is_not_asked_and_skipped_is_the_default(void **state)
{
    struct talk talk;

    (void)state;
    open_new(&talk);
    say_new(&talk, "m1", "experience 18 months");
    assert_int_equal(talk.count, 2);
    assert_says(talk.said[1].text, "What do you train for?");
    assert_says(talk_say(&talk, "8"), "alone is no set");
    assert_says(talk_say(&talk, "skip"), "goal: muscle (default)\nWhich units");
    assert_string_equal(talk_say(&talk, "units kg"), "units: kg"); /* typed in full */
    assert_says(talk_say(&talk, "skip"), "There's no planned set to skip");
    assert_says(talk_say(&talk, "settings"), "goal: muscle (default)\nexperience: 18 months\nunits: kg\n");
    talk_close(&talk);
}

static void a_set_asks_first_and_an_answer_goes_to_the_newest(void **state)
{
    struct talk talk;

    (void)state;
    open_new(&talk);
    say_new(&talk, "m1", "bench 8x8");
    assert_int_equal(talk.count, 1); /* its own question */
    say_new(&talk, "a1", "2");
    assert_int_equal(talk.count, 2); /* the first reply */
    assert_says(talk.said[1].text, "How long");
    talk_say_as(&talk, "anna", "m2", "squat 12x8");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_says(talk_say(&talk, "1"), "squat");
    deliver(&talk);
    talk_say_as(&talk, "anna", "m3", "deadlift 8x40");
    talk.now_ms += MINUTE;
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .id = "a2", .reply_to = "r=3Fa1", .text = "1"});
    assert_says(talk.said[0].text, "experience: 6 months");
    talk_close(&talk);
}

static void a_reaction_answers_it_in_place(void **state)
{
    struct talk talk;

    (void)state;
    open_new(&talk);
    say_new(&talk, "m1", "bench 80x8 @2");
    assert_string_equal(react(&talk, "e1", "r=3Fm1", THUMB), "");
    assert_says(react(&talk, "e2", "r=3Fm1", KEY2), "experience: 1 year\nWhat do you train for?");
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "?m1");
    assert_says(react(&talk, "e3", "r=3Fm1", "\xE2\x9D\x8C"), "goal: muscle (default)");
    assert_says(react(&talk, "e4", "r=3Fm1", KEY2), "units: lb");
    assert_string_equal(react(&talk, "e5", "r=3Fm1", KEY2), "");
    talk_close(&talk);
}

static void it_is_asked_once_and_never_in_a_group(void **state)
{
    struct talk talk;

    (void)state;
    open_new(&talk);
    talk.room = "gym";
    say_new(&talk, "m1", "bench 80x8 @2");
    assert_int_equal(talk.count, 1);
    talk.room = NULL;
    talk.summarise = true;
    say_new(&talk, "m2", "80x8 @2");
    talk.summarise = false;
    say_new(&talk, "m3", "80x8 @2");
    assert_int_equal(talk.count, 2);
    talk.now_ms += 2 * DAY;
    say_new(&talk, "m4", "3"); /* it waits for a day */
    assert_says(talk.said[0].text, "alone is no set");
    say_new(&talk, "m5", "bench 80x8 @2");
    assert_int_equal(talk.count, 1);
    talk_close(&talk);
}

/* Keeps PENDING as one of anna's questions in the direct chat. */
static void keep_question(struct talk *talk, const struct pending *pending)
{
    const struct coach_store *store = store_coach(talk->store);
    struct buf row = BUF_INIT(8192);
    struct err err = {0};
    int64_t lifter;
    bool is_new;

    pending_print(pending, &row);
    assert_int_equal(store_begin(talk->store, &err), 0);
    assert_int_equal(store->lifter_open(store->self, "test", "anna", TALK_START, &lifter, &is_new, &err), 0);
    assert_int_equal(store->value_put(store->self, lifter, "question:test:direct", buf_text(&row), &err), 0);
    assert_int_equal(store_commit(talk->store, &err), 0);
    buf_release(&row);
}

/* A setting that is none here, a kind of question that we don't know, none. */
static void what_another_version_asked_does_not_wait(void **state)
{
    static const struct {
        enum waiting_for waiting;
        const char *unknown;
    } rows[] = {{WAITING_CONTACT, "hobby"}, {WAITING_CONTACT, ""}, {(enum waiting_for)99, ""}, {WAITING_NOTHING, ""}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct pending pending;
        struct talk talk;

        talk_open(&talk);
        pending_init(&pending, "old", 1, TALK_START, span_of(""));
        pending.waiting = rows[i].waiting;
        pending.asked_ms = TALK_START;
        snprintf(pending.asked_by, sizeof(pending.asked_by), "old");
        snprintf(pending.unknown, sizeof(pending.unknown), "%s", rows[i].unknown);
        keep_question(&talk, &pending);
        assert_says(talk_say(&talk, "1"), "alone is no set");
        assert_string_equal(talk_say(&talk, "units kg"), "units: kg");
        assert_string_equal(react(&talk, "e1", "old", KEY2), "");
        assert_says(talk_say(&talk, "bench 80x8 @2"), "bench press 80x8 @2");
        assert_says(talk_say(&talk, "cancel"), "Nothing is waiting");
        pending_release(&pending);
        talk_close(&talk);
    }
}

/* ---------------------------------------------------------------- profiles */

static void tell_profile(struct talk *talk, const char *zone)
{
    struct err err = {0};

    assert_int_equal(store_begin(talk->store, &err), 0);
    assert_int_equal(coach_profile(talk->coach, "test", "anna", zone, talk->now_ms, &err), 0);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

/* 18:02 UTC is 13:02 in New York; at 3:00 UTC it is still the day before there. */
static void the_profiles_zone_holds_until_one_is_typed(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @2");
    talk.now_ms = TALK_START + 9 * (int64_t)HOUR;
    assert_says(talk_say(&talk, "today"), "No sets");
    tell_profile(&talk, "America/New_York");
    assert_says(talk_say(&talk, "today"), "1 set");
    assert_says(talk_say(&talk, "settings"), "timezone: America/New_York (profile)");
    tell_profile(&talk, "Mars/Olympus");
    tell_profile(&talk, "../../etc/passwd");
    assert_says(talk_say(&talk, "today"), "1 set");
    assert_says(talk_say(&talk, "timezone UTC"), "timezone: UTC");
    assert_says(talk_say(&talk, "today"), "No sets");
    tell_profile(&talk, "America/New_York");
    assert_says(talk_say(&talk, "timezone"), "timezone: UTC");
    tell_profile(&talk, NULL);
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thumb_books_the_set_as_advised),
        cmocka_unit_test(a_thumb_on_old_advice_books_nothing),
        cmocka_unit_test(a_thumb_counts_where_the_advice_was_asked_for),
        cmocka_unit_test(a_thumb_of_somebody_else_is_a_compliment),
        cmocka_unit_test(taking_the_thumb_off_takes_the_set_back),
        cmocka_unit_test(an_answer_is_to_what_it_is_on),
        cmocka_unit_test(an_edit_that_is_taken_back_leaves_what_was_before),
        cmocka_unit_test(an_answer_that_is_taken_back_takes_its_set_along),
        cmocka_unit_test(undo_strikes_the_reply_of_what_it_undoes),
        cmocka_unit_test(a_quiet_room_gets_a_sign_for_a_set),
        cmocka_unit_test(what_is_about_safety_is_said_all_the_same),
        cmocka_unit_test(quiet_is_the_rooms_and_its_moderators),
        cmocka_unit_test(whoever_is_new_is_asked_one_thing_at_a_time),
        cmocka_unit_test(what_is_known_is_not_asked_and_skipped_is_the_default),
        cmocka_unit_test(a_set_asks_first_and_an_answer_goes_to_the_newest),
        cmocka_unit_test(a_reaction_answers_it_in_place),
        cmocka_unit_test(it_is_asked_once_and_never_in_a_group),
        cmocka_unit_test(what_another_version_asked_does_not_wait),
        cmocka_unit_test(the_profiles_zone_holds_until_one_is_typed),
    };

    return RUN_TESTS(tests);
}

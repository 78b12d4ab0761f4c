/*
 * What happens in a conversation: logging, taking back, asking. Expected texts and numbers come from the contract.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/log/log.h"
#include "core/text/fold.h"

/* ---------------------------------------------------------------- logging */

static void a_set_is_logged_and_answered_in_four_lines(void **state)
{
    struct talk talk;
    const char *text;

    (void)state;
    talk_open(&talk);
    text = talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    assert_memory_equal(text, "bench press 80x8 @1\nNext: ", 26);
    assert_string_equal(talk.said[0].answers, "m1");
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    assert_int_equal(talk.said[0].logged, 1);
    assert_string_equal(talk.said[0].first.exercise, "bench-press");
    assert_true(talk.said[0].advised);
    assert_int_equal(talk.said[0].advice.action, ACTION_NEXT_SET);
    talk_close(&talk);
}

static void replies_fit_a_phone(void **state)
{
    static const char *const sets[] = {"bench 80x8 @1",
                                       "80x8 @1",
                                       "80x7 @0",
                                       "squat 3x5 102.5kg rpe 8",
                                       "107.5x3",
                                       "pullups bw+12.5 x 6 @2",
                                       "x6 @1",
                                       "deadlift 142.5x5 @2.5",
                                       "incline dumbbell press 32x10 @3",
                                       "curls 15x10 form",
                                       "plank 60s"};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(sets); i++) {
        const char *line = talk_say(&talk, sets[i]);
        int lines = 0;

        assert_int_not_equal(*line, '\0');
        for (; *line != '\0'; lines++) {
            size_t length = strcspn(line, "\n");

            if (text_width((struct span){line, length}) > 40)
                fail_msg("%s: \"%.*s\" is wider than a phone", sets[i], (int)length, line);
            line += length + (line[length] == '\n');
        }
        assert_true(lines <= 4);
    }
    talk_close(&talk);
}

/* The first line of a reply is notation: typing it gives the same sets. */
static void what_is_echoed_reads_back(void **state)
{
    static const char *const messages[] = {
        "bench 80x8 @1",
        "squat 3x5 100kg rpe 8",
        "bench 60x10, 70x8, 80x6 @1",
        "pull-ups 3x8",
        "dips +25: 8,7,7",
        "pull-ups 8,8,7",
        "pull-ups bw+10 x 6, x8 @1",
        "chin-ups 8 @2, 7 @1, 7 @0",
        "pull-ups 3x6 bw+10 @2",
        "plank 3x60s",
        "squat 100x5 fail, 100x5 fail",
        "curl 12kgx10 cheat",
        "bench 3x8 62.5kg rir 6",
        "bench 80x8, 80x8, 80x8 @2",
        "leg press 200x12 to failure",
        "squat 100x5 (belt)",
        "lateral raise 3x12 8kg @1",
        "pull-ups bw-20 x 8, bw-20 x 8",
        "row 3x10 60kg each @2",
        "bench 185 lb x5 @2, 195 lb x3",
        "squat 2x5 225lb @2",
        "pull-ups bw+25lb x5 @1",
        "lateral raise 10kg x15, 10kg x12, 10kg x10 @1",
        "preacher curl 25x10 @2, 25x9, 25x8 to failure",
        "triceps pushdown 10kg x15, 25x12, 25x12 form",
    };
    const struct reading_options options = {.unit = UNIT_KG};
    struct reading typed, echoed;

    (void)state;
    reading_init(&typed);
    reading_init(&echoed);
    for (size_t i = 0; i < ARRAY_LENGTH(messages); i++) {
        struct talk talk;
        const char *text;

        talk_open(&talk);
        text = talk_say(&talk, messages[i]);
        reading_read(&typed, span_of(messages[i]), &options);
        reading_read(&echoed, (struct span){text, strcspn(text, "\n")}, &options);
        if (echoed.kind != READING_SETS || echoed.sets.count != typed.sets.count)
            fail_msg("%s: %s", messages[i], text);
        for (size_t j = 0; j < typed.sets.count; j++) {
            const struct set *a = &typed.sets.at[j], *b = &echoed.sets.at[j];

            if (strcmp(a->exercise, b->exercise) != 0 || fabs(a->load_kg - b->load_kg) > 1e-9 ||
                a->load_mode != b->load_mode || a->reps != b->reps || isnan(a->rir) != isnan(b->rir) ||
                fabs(a->rir - b->rir) > 1e-9 || a->failure != b->failure || a->side != b->side || a->cheat != b->cheat)
                fail_msg("%s: set %zu of %s", messages[i], j, text);
        }
        talk_close(&talk);
    }
    reading_release(&typed);
    reading_release(&echoed);
}

static void what_is_left_out_comes_from_the_session(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "80x8 @1"), "which exercise");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    talk_say(&talk, "cancel");
    talk_say(&talk, "bench 80x8 @1");
    assert_says(talk_say(&talk, "82.5x6 @1"), "bench press 82.5x6 @1");
    assert_says(talk_say(&talk, "x5 @1"), "bench press 82.5x5 @1");
    assert_says(talk_say(&talk, "+2.5 x4"), "bench press 85x4");
    /* A step down to nothing is none: it is asked, and nothing is booked. */
    assert_null(strstr(talk_say(&talk, "bench -85x8"), "bench press 0"));
    assert_null(strstr(talk_say(&talk, "today"), "bench press 0"));
    talk_say(&talk, "cancel");
    assert_says(talk_say(&talk, "pull-ups 8"), "pull-up x8");
    assert_says(talk_say(&talk, "+10 x6"), "pull-up bw+10x6");
    assert_says(talk_say(&talk, "same"), "pull-up bw+10x6");
    assert_says(talk_say(&talk, "again @1"), "pull-up bw+10x6 @1");
    talk.now_ms += 2 * DAY; /* another session: nothing is taken over silently */
    assert_says(talk_say(&talk, "80x8 @1"), "which exercise");
    assert_int_equal(talk.said[0].options, 2);
    assert_says(talk_say(&talk, "2"), "bench press 80x8 @1");
    talk_close(&talk);
}

static void a_session_goes_on_through_midnight(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.now_ms += 5 * HOUR + 50 * MINUTE;
    talk_say(&talk, "bench 80x8 @1");
    talk.now_ms += 15 * MINUTE;
    assert_says(talk_say(&talk, "80x7 @1"), "bench press 80x7 @1");
    talk_close(&talk);
}

static void ok_books_what_was_advised(void **state)
{
    struct talk talk;
    struct advice advice;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "ok"), "no next set");
    talk_say(&talk, "bench 80x8 @1");
    advice = talk.said[0].advice;
    talk_say(&talk, "ok");
    assert_int_equal(talk.said[0].logged, 1);
    assert_int_equal(talk.said[0].first.reps, advice.reps);
    assert_true(talk.said[0].first.load_kg == advice.load_kg);
    talk_close(&talk);
}

static void a_message_counts_once(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    assert_string_equal(talk_say_as(&talk, "anna", "m1", "bench 80x8 @1"), "");
    coach_forget(talk.coach);
    assert_string_equal(talk_say_as(&talk, "anna", "m1", "bench 80x8 @1"), "");
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

static void back_dated_sets_stand_on_their_day(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "yesterday: bench 80x8 @1"), "Sun 4 Jan");
    assert_false(talk.said[0].advised);
    assert_says(talk_say(&talk, "sat: bench 75x8"), "Sat 3 Jan");
    assert_says(talk_say(&talk, "2026-01-01: bench 70x8"), "Thu 1 Jan");
    assert_says(talk_say(&talk, "2027-01-01: bench 70x8"), "still to come");
    assert_says(talk_say(&talk, "today"), "No sets");
    talk.now_ms -= DAY;
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

static void the_day_is_the_lifters(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @1"); /* Monday 18:01 UTC */
    talk.now_ms += 8 * HOUR;          /* Tuesday 02:01 UTC, Monday 21:01 in New York */
    assert_says(talk_say(&talk, "today"), "No sets");
    talk_say(&talk, "timezone america/new_york");
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

static void loads_come_in_the_lifters_unit(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "units lb");
    assert_says(talk_say(&talk, "bench 175x8 @2"), "bench press 175x8 @2");
    assert_true(fabs(talk.said[0].first.load_kg - 79.37866475) < 1e-6); /* 175 * 0.45359237 */
    assert_says(talk.said[0].text, " lb x ");
    assert_says(talk_say(&talk, "today"), "175x8");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- taking back */

static void an_edit_takes_the_place_of_the_set(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m1", "bench 82.5x8 @1"), "bench press 82.5x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "m1");
    assert_says(talk_say(&talk, "today"), "1 set today\n- bench press 82.5x8 @1");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m1", "what a crowd"), "No longer a set");
    assert_says(talk_say(&talk, "today"), "No sets");
    assert_says(talk_say(&talk, "undo"), "82.5x8");
    assert_says(talk_say(&talk, "undo"), "Back to: bench press 80x8 @1");
    assert_says(talk_say(&talk, "today"), "80x8 @1");
    talk_close(&talk);
}

static void an_edited_set_keeps_its_time_and_context(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    talk_say_as(&talk, "anna", "m2", "80x7 @1");
    talk_say_as(&talk, "anna", "m3", "squat 100x5 @2");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m2", "80x6 @1"), "bench press 80x6 @1");
    assert_says(talk_say(&talk, "today"), "- bench press 80x8 @1, 80x6 @1\n- squat 100x5 @2");
    talk_close(&talk);
}

static void an_edit_makes_a_set_of_what_was_none(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "hello there");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m1", "bench 80x8 @1"), "bench press 80x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_EDIT); /* the hint becomes the reply */
    talk.room = "gym";
    assert_string_equal(talk_say_as(&talk, "anna", "g1", "hello there"), "");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "g1", "bench 80x7 @1"), "bench press 80x7 @1");
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    assert_string_equal(talk.said[0].answers, "g1");
    talk.room = NULL;
    assert_says(talk_say(&talk, "today"), "2 sets");
    talk_close(&talk);
}

static void only_the_writer_edits(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    talk_hand(&talk, (struct message){
                         .kind = MESSAGE_EDIT, .sender = "mallory", .id = "x1", .target = "m1", .text = "bench 200x8"});
    assert_int_equal(talk.count, 0);
    assert_says(talk_say(&talk, "today"), "80x8 @1");
    talk_close(&talk);
}

static void a_redaction_removes_the_set_whoever_redacts(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    talk_hand(&talk, (struct message){
                         .kind = MESSAGE_REDACTION, .sender = "moderator", .id = "x1", .target = "m1", .text = ""});
    assert_int_equal(talk.count, 1);
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "m1");
    assert_says(talk.said[0].html, "<del>bench press 80x8 @1</del>");
    assert_says(talk_say(&talk, "today"), "No sets");
    assert_string_equal(talk_change(&talk, MESSAGE_REDACTION, "m1", ""), "");
    assert_string_equal(talk_change(&talk, MESSAGE_REDACTION, "never-seen", ""), "");
    assert_says(talk_say(&talk, "undo"), "Back again: bench press 80x8 @1");
    assert_says(talk_say(&talk, "today"), "1 set");
    talk_close(&talk);
}

static void undo_goes_back_step_by_step(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @1");
    talk_say(&talk, "squat 3x5 100kg @2");
    assert_says(talk_say(&talk, "undo"), "Undone: squat 3x5 100kg @2");
    assert_says(talk_say(&talk, "80x7 @1"), "bench press 80x7 @1"); /* as if there had been no squat */
    assert_says(talk_say(&talk, "undo"), "80x7");
    assert_says(talk_say(&talk, "undo"), "80x8");
    assert_says(talk_say(&talk, "undo"), "nothing to undo");
    assert_says(talk_say(&talk, "today"), "No sets");
    talk_close(&talk);
}

/* Contract: after an edit, a redaction or an undo every answer is what it would have been had it always been so. */
static void what_was_taken_back_leaves_no_trace(void **state)
{
    struct talk crooked, straight;

    (void)state;
    talk_open(&crooked);
    talk_open(&straight);
    talk_say_as(&crooked, "anna", "m1", "bench 60x12 @0");
    talk_say_as(&crooked, "anna", "m2", "bench 70x3 form");
    talk_change(&crooked, MESSAGE_EDIT, "m1", "bench 80x8 @2");
    talk_change(&crooked, MESSAGE_REDACTION, "m2", "");
    talk_say(&crooked, "bench 90x2 @0");
    talk_say(&crooked, "undo");
    talk_say_as(&straight, "anna", "m1", "bench 80x8 @2");
    straight.now_ms = crooked.now_ms;
    for (int i = 0; i < 3; i++) {
        talk_say(&crooked, "80x8 @2");
        talk_say(&straight, "80x8 @2");
        same_advice(&crooked.said[0].advice, &straight.said[0].advice);
        assert_string_equal(crooked.said[0].text, straight.said[0].text);
        crooked.now_ms += DAY;
        straight.now_ms += DAY;
        talk_say(&crooked, "bench 80x8 @2");
        talk_say(&straight, "bench 80x8 @2");
        assert_string_equal(crooked.said[0].text, straight.said[0].text);
        coach_forget(crooked.coach); /* what is kept in memory makes no difference */
    }
    talk_close(&crooked);
    talk_close(&straight);
}

/* ---------------------------------------------------------------- asking */

static void an_unknown_name_is_asked_and_remembered(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "benhc pres 80x8 @1"), "1 bench press 80x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_true(talk.said[0].options >= 1);
    assert_says(talk_say(&talk, "today"), "No sets");
    assert_says(talk_say(&talk, "1"), "bench press 80x8 @1");
    assert_says(talk_say(&talk, "benhc pres 80x7 @1"), "bench press 80x7 @1");
    talk_close(&talk);
}

static void an_own_exercise_completes_the_waiting_set(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "zorbl thrust 80x8 @2");
    assert_says(talk.said[0].text, "new exercise zorbl thrust");
    assert_says(talk_say(&talk, "new exercise zorbl thrust"), "zorbl thrust 80x8 @2");
    assert_string_equal(talk.said[0].first.exercise, "zorbl-thrust");
    assert_false(talk.said[0].advice.failure_ok);
    assert_says(talk_say(&talk, "zorbl thrust 80x7 @1"), "zorbl thrust 80x7 @1");
    coach_forget(talk.coach);
    assert_says(talk_say(&talk, "x6 @1"), "zorbl thrust 80x6 @1");
    assert_says(talk_say(&talk, "new exercise zorbl thrust"), "already");
    assert_says(talk_say(&talk, "new exercise 80x8"), "no name");
    talk_say(&talk, "quux pull 50x10");
    assert_says(talk_say(&talk, "alias quux pull = lat pulldown"), "lat pulldown 50x10");
    assert_says(talk_say(&talk, "alias qp"), "alias rdl2 = romanian deadlift");
    talk_close(&talk);
}

static void questions_take_words_too(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "80x8 @1"), "which exercise");
    assert_says(talk_say(&talk, "Bench"), "bench press 80x8 @1");
    assert_says(talk_say(&talk, "squat 100"), "reps");
    assert_says(talk_say(&talk, "12"), "squat 100x12");
    assert_says(talk_say(&talk, "squat 100kg @2"), "reps");
    assert_says(talk_say(&talk, "5"), "squat 100x5 @2");
    assert_says(talk_say(&talk, "deadlift x5 @2"), "which load");
    assert_says(talk_say(&talk, "140"), "deadlift 140x5 @2");
    assert_says(talk_say(&talk, "zorbl thrust 80x8"), "zorbl thrust");
    assert_says(talk_say(&talk, "hip thrust"), "hip thrust 80x8");
    talk_close(&talk);
}

static void a_question_waits_a_day_and_no_longer(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 8x8");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_says(talk_say(&talk, "squat 100x5 @2"), "squat 100x5 @2"); /* handled meanwhile */
    assert_says(talk_say(&talk, "9"), "1 to 2");
    assert_says(talk_say(&talk, "2"), "bench press 8 kg x8");
    talk_say(&talk, "bench 3x8");
    talk.now_ms += DAY;
    assert_says(talk_say(&talk, "1"), "1 alone is no set");
    talk_say(&talk, "deadlift 12x9");
    assert_says(talk_say(&talk, "cancel"), "Dropped: deadlift 12x9");
    assert_says(talk_say(&talk, "cancel"), "Nothing is waiting");
    talk_close(&talk);
}

static void the_question_about_a_message_goes_with_it(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 8x8");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m1", "bench 80x8"), "bench press 80x8");
    assert_says(talk_say(&talk, "1"), "1 alone is no set");
    talk_say_as(&talk, "anna", "m2", "deadlift 9x9");
    talk_change(&talk, MESSAGE_REDACTION, "m2", "");
    assert_says(talk_say(&talk, "1"), "1 alone is no set");
    assert_says(talk_say(&talk, "today"), "1 set");
    talk_close(&talk);
}

/* The last set is corrected by an edit of its message although its reply was given to the answer. */
static void an_answered_question_can_be_corrected(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say_as(&talk, "anna", "m1", "bench 8x8");
    talk_say_as(&talk, "anna", "m2", "2");
    talk_change(&talk, MESSAGE_EDIT, "m1", "bench 80x8");
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "m2");
    assert_says(talk_say(&talk, "today"), "1 set today\n- bench press 80x8");
    talk_close(&talk);
}

static void a_jump_is_asked_back(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @1");
    talk_say(&talk, "bench 160x8 @1"); /* no earlier day: only the absolute limits */
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    talk_say(&talk, "undo");
    talk.now_ms += DAY;
    talk_say(&talk, "bench 110x8 @1"); /* 1.375 times */
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    talk_say(&talk, "undo");
    talk_say_as(&talk, "anna", "m1", "bench 113x8 @1"); /* 1.4125 times */
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_says(talk.said[0].text, "41 %");
    assert_says(talk_say(&talk, "today"), "No sets");
    assert_says(talk_change(&talk, MESSAGE_REACTION, "m1", "\xF0\x9F\x91\x8D"), "bench press 113x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_EDIT);
    assert_string_equal(talk.said[0].edits, "m1");
    assert_says(talk_say(&talk, "today"), "1 set");
    assert_int_equal(talk.said[0].logged, 0);
    talk_say(&talk, "bench 113x8 @1"); /* confirmed in this session */
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    talk_say(&talk, "bench 130x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_says(talk_say(&talk, "no"), "Dropped");
    talk_close(&talk);
}

/* The best of all history counts, not only of the weeks that are kept in memory. */
static void a_jump_looks_at_all_of_the_history(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 100x8 @1");
    talk.now_ms += 300 * (int64_t)DAY;
    talk_say(&talk, "bench 60x8 @1");
    talk.now_ms += DAY;
    talk_say(&talk, "bench 100x8 @1"); /* 1.67 times the last, once done before */
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    talk_close(&talk);
}

static void reactions_of_others_and_on_others_answer_nothing(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    talk_say_as(&talk, "anna", "m1", "bench 8x8");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_string_equal(talk_change(&talk, MESSAGE_REACTION, "something-else", "\xF0\x9F\x91\x8D"), "");
    talk_hand(&talk,
              (struct message){
                  .kind = MESSAGE_REACTION, .sender = "ben", .id = "x", .target = "m1", .text = "\xF0\x9F\x91\x8D"});
    assert_int_equal(talk.count, 0);
    assert_string_equal(talk_change(&talk, MESSAGE_REACTION, "m1", "\xF0\x9F\x98\x80"), "");
    assert_string_equal(talk_say_as(&talk, "ben", NULL, "1"), "");
    assert_says(talk_change(&talk, MESSAGE_REACTION, "m1", "1\xEF\xB8\x8F\xE2\x83\xA3"), "bench press");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- lateness, everything else */

static void what_is_read_late_is_summed_up(void **state)
{
    struct talk talk;
    struct err err;

    (void)state;
    talk_open(&talk);
    talk.summarise = true;
    talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
    assert_int_equal(talk.count, 0);
    talk_say_as(&talk, "anna", "m2", "80x7 @1");
    talk_say_as(&talk, "anna", "m3", "squat 3x5 100kg");
    talk_say_as(&talk, "anna", "m4", "goal strength");
    talk_say_as(&talk, "anna", "m5", "bench 80x8 @11");
    talk_say_as(&talk, "anna", "m6", "bench 80x6 @0");
    talk_say_as(&talk, "ben", "n1", "bench 60x8 @1");
    talk.count = 0;
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, talk.now_ms, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_int_equal(talk.count, 2);
    assert_says(talk.said[0].text, "Booked 6 sets from while I was away:\n- bench press: 3 sets\n- squat: 3 sets");
    assert_says(talk.said[0].text, "goal: strength");
    assert_string_equal(talk.said[0].answers, "m6");
    assert_int_equal(talk.said[0].logged, 6);
    assert_string_equal(talk.said[1].answers, "n1");
    talk.summarise = false;
    assert_says(talk_say(&talk, "today"), "6 sets today");
    /* An edit of the message that the summary answers leaves the summary alone. */
    talk_change(&talk, MESSAGE_EDIT, "m6", "bench 80x5 @0");
    assert_int_equal(talk.said[0].kind, OUT_REPLY);
    talk.count = 0;
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, talk.now_ms, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_int_equal(talk.count, 0);
    talk_close(&talk);
}

static void a_rolled_back_batch_leaves_nothing(void **state)
{
    struct message message = {.kind = MESSAGE_TEXT,
                              .transport = "test",
                              .room = "direct",
                              .direct = true,
                              .sender = "anna",
                              .sender_name = "anna",
                              .id = "m1",
                              .sent_ms = TALK_START,
                              .read_ms = TALK_START,
                              .text = "bench 80x8 @1"};
    struct talk talk;
    struct err err;

    (void)state;
    talk_open(&talk);
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &message, &err), 0);
    store_rollback(talk.store);
    coach_forget(talk.coach);
    assert_says(talk_say(&talk, "today"), "No sets");
    assert_says(talk_say_as(&talk, "anna", "m1", "bench 80x8 @1"), "bench press");
    assert_says(talk_say(&talk, "today"), "1 set");
    talk_close(&talk);
}

/* The time that a server claims is bounded: nothing of it can overflow, or stand in the future for good. */
static void a_lying_clock_does_no_harm(void **state)
{
    static const int64_t times[] = {INT64_MAX, INT64_MIN, -1, TALK_START + 400 * (int64_t)DAY};
    struct talk talk;
    char id[16];

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(times); i++) {
        snprintf(id, sizeof(id), "m%zu", i);
        talk.now_ms += MINUTE;
        talk_hand(&talk,
                  (struct message){.kind = MESSAGE_TEXT, .id = id, .text = "bench 80x8 @1", .sent_ms = times[i]});
        assert_int_equal(talk.said[0].logged, 1);
    }
    assert_says(talk_say(&talk, "today"), "2 sets today"); /* the ones that were put off to the future */
    talk_close(&talk);
}

/* More lifters than are kept in memory: nobody gets another one's log. */
static void many_lifters(void **state)
{
    struct talk talk;
    char name[32], text[64], expected[64];

    (void)state;
    talk_open(&talk);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 150; i++) {
            snprintf(name, sizeof(name), "lifter %d", i);
            snprintf(text, sizeof(text), round == 0 ? "bench %dx8 @2" : "x7 @2", 40 + i);
            snprintf(expected, sizeof(expected), "bench press %dx%d @2", 40 + i, 8 - round);
            assert_says(talk_say_as(&talk, name, NULL, text), expected);
        }
        talk.now_ms -= 150 * MINUTE;
    }
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_logged_and_answered_in_four_lines),
        cmocka_unit_test(replies_fit_a_phone),
        cmocka_unit_test(what_is_echoed_reads_back),
        cmocka_unit_test(what_is_left_out_comes_from_the_session),
        cmocka_unit_test(a_session_goes_on_through_midnight),
        cmocka_unit_test(ok_books_what_was_advised),
        cmocka_unit_test(a_message_counts_once),
        cmocka_unit_test(back_dated_sets_stand_on_their_day),
        cmocka_unit_test(the_day_is_the_lifters),
        cmocka_unit_test(loads_come_in_the_lifters_unit),
        cmocka_unit_test(an_edit_takes_the_place_of_the_set),
        cmocka_unit_test(an_edited_set_keeps_its_time_and_context),
        cmocka_unit_test(an_edit_makes_a_set_of_what_was_none),
        cmocka_unit_test(only_the_writer_edits),
        cmocka_unit_test(a_redaction_removes_the_set_whoever_redacts),
        cmocka_unit_test(undo_goes_back_step_by_step),
        cmocka_unit_test(what_was_taken_back_leaves_no_trace),
        cmocka_unit_test(an_unknown_name_is_asked_and_remembered),
        cmocka_unit_test(an_own_exercise_completes_the_waiting_set),
        cmocka_unit_test(questions_take_words_too),
        cmocka_unit_test(a_question_waits_a_day_and_no_longer),
        cmocka_unit_test(the_question_about_a_message_goes_with_it),
        cmocka_unit_test(an_answered_question_can_be_corrected),
        cmocka_unit_test(a_jump_is_asked_back),
        cmocka_unit_test(a_jump_looks_at_all_of_the_history),
        cmocka_unit_test(reactions_of_others_and_on_others_answer_nothing),
        cmocka_unit_test(what_is_read_late_is_summed_up),
        cmocka_unit_test(a_rolled_back_batch_leaves_nothing),
        cmocka_unit_test(a_lying_clock_does_no_harm),
        cmocka_unit_test(many_lifters),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

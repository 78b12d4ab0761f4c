/*
 * What is said besides sets: corrections in words, small talk, why, refusals. Expected texts and numbers come from the
 * contract.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/log/log.h"

static void in_a_room_only_sets_and_what_is_addressed_is_answered(void **state)
{
    static const char *const silent[] = {"nice work",   "did 3 sets then went home at 8",
                                         "see you @8",  "it's 10x better",
                                         "today",       "undo",
                                         "help",        "!roll 1d6",
                                         "ok",          "1",
                                         "bench",       "goal strength",
                                         "why not then"};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    for (size_t i = 0; i < ARRAY_LENGTH(silent); i++) {
        if (*talk_say(&talk, silent[i]) != '\0')
            fail_msg("\"%s\" is answered", silent[i]);
    }
    assert_says(talk_say(&talk, "bench 80x8 @1"), "bench press 80x8 @1");
    assert_says(talk_say(&talk, "!today"), "1 set today");
    assert_says(talk_say(&talk, "Spotter: today"), "1 set today");
    assert_says(talk_say(&talk, "@spotter today"), "1 set today");
    assert_says(talk_say(&talk, "spotter: !flurb"), "help");
    talk.addressed = true;
    assert_says(talk_say(&talk, "today"), "1 set today");
    assert_says(talk_say(&talk, "how are you?"), "help");
    talk_close(&talk);
}

static void lifters_are_strangers_to_each_other(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    talk_say_as(&talk, "anna", NULL, "bench 80x8 @1");
    assert_says(talk_say_as(&talk, "ben", NULL, "80x8 @1"), "which exercise");
    assert_int_equal(talk.said[0].options, 0);
    assert_says(talk_say_as(&talk, "ben", NULL, "!undo"), "Dropped: 80x8 @1");
    assert_says(talk_say_as(&talk, "ben", NULL, "!undo"), "nothing to undo");
    assert_says(talk_say_as(&talk, "ben", NULL, "!today"), "No sets");
    talk_close(&talk);
}

/* A piece changes what it says, and leaves the rest. */
static void a_set_is_corrected_by_a_piece(void **state)
{
    static const char *const ways[][2] = {
        {"i meant x7", "bench press 80x7 @1\n"},
        {"nope that was 7 reps", "bench press 80x7 @1\n"},
        {"sorry, 82.5kg", "bench press 82.5x8 @1\n"},
        {"no, 82,5", "bench press 82.5x8 @1\n"},
        {"that was rpe 10", "bench press 80x8 @0\n"},
        {"falsch, 7 wdh @2", "bench press 80x7 @2\n"},
        {"*180lb", "bench press 180 lb x8 @1\n"},
        {"that was in lbs sorry", "bench press 80 lb x8 @1\n"},
        {"das waren lbs", "bench press 80 lb x8 @1\n"},
        {"sorry, lbs not kg", "bench press 80 lb x8 @1\n"},
        {"last set was 6 reps", "bench press 80x6 @1\n"},
        {"letzter satz war 6 wdh", "bench press 80x6 @1\n"},
        {"felt like an 8", "bench press 80x8 @2\n"},
        {"2 im tank", "bench press 80x8 @2\n"},
        {"rpe 7", "bench press 80x8 @3\n"},
        {"last set was 7 reps not 8", "bench press 80x7 @1\n"},
        {"das waren 7 statt 8", "bench press 80x7 @1\n"},
        {"that was 82.5 instead of 80", "bench press 82.5x8 @1\n"},
        {"letzter war 6", "bench press 80x6 @1\n"},
        {"korrektur letzter war nur 6 wdh", "bench press 80x6 @1\n"},
        {"last one was more like a 9", "bench press 80x8 @1\n"},
        {"the last one was hard, nothing left", "bench press 80x8 @0 (was hard)\n"},
        {"that was a warmup", "bench press 80x8 @1 warmup\n"},
        {"das war zum aufwärmen", "bench press 80x8 @1 warmup\n"},
        {"failed on the 9th", "bench press 80x8 fail\n"},
        {"beim 8. gescheitert", "bench press 80x7 fail\n"},
        {"set 1 was 7", "bench press 80x7 @1\n"},
        {"der erste satz waren nur 7", "bench press 80x7 @1\n"},
        {"the bench was 85", "bench press 85x8 @1\n"},
        {"meant incline", "incline bench press 80x8 @1\n"},
        {"that was incline, not flat", "incline bench press 80x8 @1\n"},
        {"meinte schrägbank", "incline bench press 80x8 @1\n"},
    };
    struct talk talk;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++) {
        talk_open(&talk);
        talk_say(&talk, "bench 80x8 @1");
        assert_memory_equal(talk_say(&talk, ways[i][0]), ways[i][1], strlen(ways[i][1]));
        assert_says(talk.said[0].text, "Instead of bench press 80x8 @1.");
        talk_close(&talk);
    }
    /* In a room only where it is said to us; 30 is as far from the load as from the reps. */
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @1");
    assert_says(talk_say(&talk, "sorry 30"), "load or the reps");
    assert_string_equal(talk_say(&talk, "today"), "1 set today\n- bench press 80x8 @1");
    talk.room = "gym";
    talk_say(&talk, "bench 80x8 @1");
    assert_string_equal(talk_say(&talk, "no, 7 reps"), "");
    assert_string_equal(talk_say(&talk, "set 1 was 7"), "");
    assert_says(talk_say(&talk, "!fix 7 reps"), "bench press 80x7 @1");
    talk_close(&talk);
}

/* The unit holds for all sets of the message. */
static void a_unit_is_corrected_for_the_whole_message(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 100x5, 110x3");
    assert_says(talk_say(&talk, "that was in lbs"), "bench press 100 lb x5, 110 lb x3");
    assert_says(talk_say(&talk, "today"), "2 sets today");
    talk_say(&talk, "units lb");
    talk_say(&talk, "squat 100x5");
    assert_says(talk_say(&talk, "das war in kg"), "squat 100 kg x5");
    talk_close(&talk);
}

/* An exercise is taken back where it was the last step, and alone; else the line says what to do. */
static void an_exercise_is_taken_back(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @1");
    talk_say(&talk, "facepulls 20x15 @1");
    assert_string_equal(talk_say(&talk, "delete facepulls"), "Undone: face pull 20x15 @1");
    assert_string_equal(talk_say(&talk, "today"), "1 set today\n- bench press 80x8 @1");
    talk_say(&talk, "facepulls 20x14 @1");
    assert_string_equal(talk_say(&talk, "delete bench"), "Removed: bench press 80x8 @1");
    assert_string_equal(talk_say(&talk, "today"), "1 set today\n- face pull 20x14 @1");
    assert_says(talk_say(&talk, "delete bench"), "no such set today");
    talk_say(&talk, "squat 100x5, facepulls 20x15");
    assert_says(talk_say(&talk, "undo exercise"), "one before when typed once more");
    assert_says(talk_say(&talk, "delete facepulls"), "squat 100x5");
    assert_string_equal(talk_say(&talk, "today"), "2 sets today\n- face pull 20x14 @1\n- squat 100x5");
    talk_close(&talk);
}

/* "sorry, 80x7" takes the place of the last set, as an edit of its message would. */
static void a_set_is_corrected_in_words(void **state)
{
    static const char *const ways[] = {"sorry, 80x7",  "*80x7",        "Fix 80x7",
                                       "no wait 80x7", "i meant 80x7", "Actually: 80x7"};
    struct talk talk;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++) {
        talk_open(&talk);
        assert_says(talk_say(&talk, ways[i]), "no set to correct");
        talk_say(&talk, "squat 100x5 @2");
        talk_say_as(&talk, "anna", "m1", "bench 80x8 @1");
        const char *text = talk_say(&talk, ways[i]);

        assert_memory_equal(text, "bench press 80x7\n", 17);
        assert_says(text, "\nInstead of bench press 80x8 @1.");
        assert_string_equal(talk_say(&talk, "today"), "2 sets today\n- squat 100x5 @2\n- bench press 80x7");
        assert_says(talk_say(&talk, "undo"), "Back to: bench press 80x8 @1");
        talk_say(&talk, ways[i]);
        talk_change(&talk, MESSAGE_EDIT, "m1", "bench 80x6");
        assert_string_equal(talk_say(&talk, "today"), "2 sets today\n- squat 100x5 @2\n- bench press 80x6");
        talk_change(&talk, MESSAGE_REDACTION, "m1", "");
        assert_says(talk_say(&talk, "today"), "1 set today");
        talk_close(&talk);
    }
    talk_open(&talk);
    talk_say(&talk, "bench 80x8");
    assert_says(talk_say(&talk, "sorry i'm late"), "I read sets");
    assert_says(talk_say(&talk, "actually i did 3 more"), "No set in that.");
    assert_says(talk_say(&talk, "today"), "bench press 80x8");
    talk_close(&talk);
}

static void a_correction_in_a_room_is_of_ones_own_set(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    talk_say_as(&talk, "anna", NULL, "bench 80x8");
    talk_say_as(&talk, "ben", NULL, "squat 100x5");
    assert_string_equal(talk_say_as(&talk, "ben", NULL, "sorry I'm late"), "");
    assert_string_equal(talk_say_as(&talk, "ben", NULL, "sorry to hear that"), "");
    assert_says(talk_say_as(&talk, "anna", NULL, "sorry, 80x7"), "Instead of bench press 80x8.");
    assert_says(talk_say_as(&talk, "ben", NULL, "!today"), "squat 100x5");
    talk_close(&talk);
}

static void what_comes_next_is_said_again(void **state)
{
    struct talk talk;
    char first[TEXT_MAX];

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "what now?"), "no set to go on from");
    snprintf(first, sizeof(first), "%s", talk_say(&talk, "bench 80x8 @0"));
    assert_string_equal(talk_say(&talk, "what now?"), first);
    assert_int_equal(talk.said[0].logged, 0);
    assert_true(talk.said[0].advised);
    assert_string_equal(talk_say(&talk, "How was that?"), first);
    assert_string_equal(talk_say(&talk, "next"), first);
    talk.now_ms += 2 * DAY;
    assert_says(talk_say(&talk, "next"), "no set to go on from");
    talk_close(&talk);
}

static void small_talk_is_no_lecture(void **state)
{
    static const char *const thanks[] = {"thanks", "Thank you!", "thx \xF0\x9F\x92\xAA", "\xF0\x9F\x91\x8D",
                                         "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD"};
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "hi"), "Type each set you do");
    talk_say(&talk, "bench 80x8");
    assert_says(talk_say(&talk, "hi"), "Ready when you are");
    for (size_t i = 0; i < ARRAY_LENGTH(thanks); i++)
        assert_string_equal(talk_say(&talk, thanks[i]), "Any time.");
    assert_says(talk_say(&talk, "help"), "undo");
    assert_null(strstr(talk.said[0].text, "thanks"));
    talk.room = "gym";
    for (size_t i = 0; i < ARRAY_LENGTH(thanks); i++)
        assert_string_equal(talk_say(&talk, thanks[i]), "");
    assert_string_equal(talk_say(&talk, "hi"), "");
    assert_string_equal(talk_say(&talk, "next"), "");
    talk_close(&talk);
}

/* What is quoted was done by whoever said it first. */
static void quotes_are_somebody_elses(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "gym";
    assert_string_equal(talk_say(&talk, "> bench 80x8 @1"), "");
    assert_string_equal(talk_say(&talk, "> bench 80x8 @1\n>80x7\nstrong!"), "");
    assert_says(talk_say(&talk, "> <@ben:x> bench 80x8 @1\n\nbench 60x8 @1"), "bench press 60x8 @1");
    assert_says(talk_say(&talk, "!today"), "1 set today");
    talk_close(&talk);
}

static void pounds_are_offered_until_a_unit_is_said(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "squat 225lb x5"), "units lb");
    talk_say(&talk, "units kg");
    assert_null(strstr(talk_say(&talk, "225lb x5"), "units lb"));
    talk_say(&talk, "units lb");
    assert_says(talk_say(&talk, "225 x5"), "squat 225x5\n");
    talk_close(&talk);
}

static int count_lines(const char *text)
{
    int lines = 1;

    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void why_names_the_rules(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "why"), "no advice");
    talk_say(&talk, "bench 80x8 @2");
    talk_say(&talk, "80x8 @0");
    struct advice advice = talk.said[0].advice;
    const char *text = talk_say(&talk, "why");

    same_advice(&advice, &talk.said[0].advice);
    assert_memory_equal(text, "bench press\n", 12);
    assert_says(text, "\n- R95 RIR 0, the target was 1-3 (S3)\n");
    assert_true(count_lines(text) <= 10);
    for (size_t i = 0; i < advice.reason_count; i++)
        assert_says(text, advice.reasons[i].rule);
    for (size_t i = 0; i < advice.reason_count; i++) {
        char question[16];

        snprintf(question, sizeof(question), "why %s", advice.reasons[i].rule);
        assert_says(talk_say(&talk, question), rule_by_id(advice.reasons[i].rule)->text);
    }
    assert_says(talk_say(&talk, "why r28"), rule_by_id("R28")->hedge);
    assert_says(talk_say(&talk, "why R115"), "no rule R115");
    assert_says(talk_say(&talk, "why not"), "R95");
    assert_says(talk_say(&talk, "Why so light?"), "R95");
    assert_says(talk_say(&talk, "why can't I go to failure?"), "R95");
    talk_close(&talk);
}

/* The gate that never opens is named before those that the lifter could open. */
static void why_names_what_never_opens_first(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "squat 100x5 @2");
    assert_says(talk_say(&talk, "why"),
                "- R34 It can trap you: no failure (S1)\n- R38 Years unknown: experience 3y (S1)\n");
    talk_say(&talk, "bench 80x8 @2");
    assert_says(talk_say(&talk, "why"), "- R90 No failure without safeties (S3)\n- R38");
    talk_say(&talk, "experience 4y");
    talk_say(&talk, "slept 5h");
    talk_say(&talk, "cable curl 20x10 @2");
    talk_say(&talk, "form good");
    assert_says(talk_say(&talk, "why"), "- R40 Slept 5 h: under 7 (S1)");
    talk_say(&talk, "pain elbow 2");
    assert_says(talk_say(&talk, "why"), "- R112 It hurts there");
    talk_close(&talk);
}

static void a_refusal_is_an_answer_in_words(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    assert_says(talk_say(&talk, "bench 80x8 @11"), "bench 80x8 @1");
    assert_int_equal(talk.said[0].kind, OUT_ERROR);
    assert_says(talk_say(&talk, "what a day"), "help");
    assert_says(talk_say(&talk, "!frobnicate now"), "frobnicate");
    assert_says(talk_say(&talk, "help frobnicate"), "frobnicate");
    assert_string_equal(talk_say(&talk, "help today"), "today: the day's sets");
    assert_says(talk_say(&talk, "help same"), "Example: same @1");
    assert_says(talk_say(&talk, "help sets"), "bench 80x8 @1: 80 kg, 8 reps, RIR 1");
    assert_says(talk_say(&talk, "+2.5"), "+2.5 alone is no set");
    talk_say(&talk, "bench 80x8");
    assert_says(talk_say(&talk, "same x4legs"), "No set in that. help");
    talk_close(&talk);
}

static void a_welcome_says_what_to_type(void **state)
{
    struct talk talk;
    struct err err;

    (void)state;
    talk_open(&talk);
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_welcome(talk.coach, "test", "direct", "anna", TALK_START, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_int_equal(talk.said[0].kind, OUT_WELCOME);
    assert_says(talk.said[0].text, "bench 80x8 @1");
    assert_says(talk.said[0].text, "help");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_room_only_sets_and_what_is_addressed_is_answered),
        cmocka_unit_test(lifters_are_strangers_to_each_other),
        cmocka_unit_test(a_set_is_corrected_in_words),
        cmocka_unit_test(a_unit_is_corrected_for_the_whole_message),
        cmocka_unit_test(an_exercise_is_taken_back),
        cmocka_unit_test(a_set_is_corrected_by_a_piece),
        cmocka_unit_test(a_correction_in_a_room_is_of_ones_own_set),
        cmocka_unit_test(what_comes_next_is_said_again),
        cmocka_unit_test(small_talk_is_no_lecture),
        cmocka_unit_test(quotes_are_somebody_elses),
        cmocka_unit_test(pounds_are_offered_until_a_unit_is_said),
        cmocka_unit_test(why_names_the_rules),
        cmocka_unit_test(why_names_what_never_opens_first),
        cmocka_unit_test(a_refusal_is_an_answer_in_words),
        cmocka_unit_test(a_welcome_says_what_to_type),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

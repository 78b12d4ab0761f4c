/*
 * Plans under way, by talk: what is counted, what ends them, and that an edit, a redaction or an undo leaves everything
 * as if it had always been so.
 */
#include "bot/log/log.h"
#include "tests/unit/bot/coach/talk.h"

static const char *say_at(struct talk *talk, int minutes, const char *text)
{
    talk->now_ms = TALK_START + (int64_t)(minutes - 1) * MINUTE; /* a minute passes as it is typed */
    return talk_say(talk, text);
}

static void open_known(struct talk *talk)
{
    talk_open(talk);
    say_at(talk, -30, "experience 3y");
    say_at(talk, -29, "goal muscle");
    say_at(talk, -28, "units kg");
}

/* The times at which something is due by itself are walked through. */
static size_t digests_by(struct talk *talk, int64_t now_ms)
{
    int64_t due_ms;
    size_t said = 0;

    while ((due_ms = talk_next_due(talk)) <= now_ms) {
        talk_do_due(talk, due_ms);
        for (size_t i = 0; i < talk->count; i++)
            said += talk->said[i].kind == OUT_DIGEST;
    }
    return said;
}

/* What is due by NOW_MS is carried out then, late. */
static size_t digests_at(struct talk *talk, int64_t now_ms)
{
    size_t said = 0;

    while (talk_next_due(talk) <= now_ms) {
        talk_do_due(talk, now_ms);
        for (size_t i = 0; i < talk->count; i++)
            said += talk->said[i].kind == OUT_DIGEST;
    }
    return said;
}

static void a_target_is_followed_and_said(void **state)
{
    struct talk talk;

    (void)state;
    open_known(&talk);
    say_at(&talk, 0, "plan bench 3x6-8 @3, row 2x10 @1-2");
    assert_says(say_at(&talk, 1, "bench 80x8 @3"), "Next: bench press set 2 of 3:");
    assert_says(talk.said[0].text, "On target.");
    assert_true(talk.said[0].advice.rir_min == 3 && talk.said[0].advice.rir_max == 3);
    assert_true(talk.said[0].advice.reps >= 6 && talk.said[0].advice.reps <= 8);
    assert_int_equal(talk.said[0].advice.sets_planned, 3);
    assert_int_equal(talk.said[0].advice.action, ACTION_NEXT_SET);
    say_at(&talk, 4, "80x8 @1");
    assert_says(talk.said[0].text, "Harder than planned: RIR 1, not 3.");
    assert_int_equal(talk.said[0].advice.action, ACTION_LAST_SET);
    assert_true(talk.said[0].advice.overshoot);
    say_at(&talk, 8, "x5 @5");
    assert_says(talk.said[0].text, "Easier than planned: RIR 5, not 3.");
    assert_int_equal(talk.said[0].advice.action, ACTION_NEXT_EXERCISE);
    assert_says(talk.said[0].text, "Next: barbell row set 1 of 2:");
    talk_close(&talk);
}

static void what_ends_a_plan(void **state)
{
    static const struct {
        int minutes;
        bool there;
    } rows[] = {{119, true}, {120, false}, {24 * 60, false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;
        const char *told;

        open_known(&talk);
        say_at(&talk, 0, "plan squat 5x5");
        say_at(&talk, 1, "squat 100x5 @2");
        told = say_at(&talk, 1 + rows[i].minutes, "plan");
        assert_int_equal(strstr(told, "1 of 5 done") != NULL, rows[i].there);
        assert_int_equal(strstr(told, "Nothing is planned") != NULL, !rows[i].there);
        talk_close(&talk);
    }
}

static void a_session_goes_through_midnight(void **state)
{
    struct talk talk;
    int before_midnight = 5 * 60 + 50; /* 23:50 */

    (void)state;
    open_known(&talk);
    say_at(&talk, before_midnight, "plan squat 3x5 @2");
    say_at(&talk, before_midnight + 1, "squat 100x5 @2");
    say_at(&talk, before_midnight + 6, "squat 100x5 @2");
    assert_says(say_at(&talk, before_midnight + 15, "plan"), "2 of 3 done");
    say_at(&talk, before_midnight + 16, "100x5 @2");
    assert_int_equal(talk.said[0].advice.action, ACTION_NEXT_EXERCISE);
    assert_says(say_at(&talk, before_midnight + 20, "done"), "Session: 3 sets, 15 min");
    talk_close(&talk);
}

static void a_started_template_counts_from_its_start(void **state)
{
    struct talk talk;

    (void)state;
    open_known(&talk);
    say_at(&talk, 0, "template leg day: squat 2x5 @2");
    say_at(&talk, 1, "squat 100x5 @2");
    assert_says(say_at(&talk, 2, "start leg day"), "Next: squat set 1 of 2:");
    assert_says(say_at(&talk, 5, "ok @2"), "set 2 of 2");
    assert_says(say_at(&talk, 8, "ok @2"), "That was the plan");
    assert_says(say_at(&talk, 9, "start leg day"), "Next: squat set 1 of 2:");
    assert_says(say_at(&talk, 10, "done"), "Left undone: squat 2 sets");
    assert_says(say_at(&talk, 10, "start legday"), "I know no template legday");
    talk_close(&talk);
}

static void templates_are_kept_replaced_and_forgotten(void **state)
{
    struct talk talk;

    (void)state;
    open_known(&talk);
    assert_says(say_at(&talk, 0, "template push"), "Nothing is planned");
    say_at(&talk, 1, "plan bench 3x8");
    assert_says(say_at(&talk, 2, "template push"), "push is kept: 3 sets");
    assert_says(say_at(&talk, 3, "template pull: row 4x10"), "pull is kept: 4 sets");
    assert_says(say_at(&talk, 4, "templates"), "Templates: pull, push.");
    assert_says(say_at(&talk, 5, "template push: bench 5x5"), "push is kept: 5 sets");
    assert_says(say_at(&talk, 6, "undo"), "Undone: template push");
    say_at(&talk, 7, "plan off");
    assert_says(say_at(&talk, 8, "template push"), "push: 3 sets");
    assert_says(say_at(&talk, 9, "template push delete"), "Template push is gone.");
    assert_says(say_at(&talk, 10, "templates"), "Templates: pull.");
    assert_says(say_at(&talk, 11, "forget template nope"), "I know no template nope");
    assert_says(say_at(&talk, 12, "forget template pull"), "gone");
    assert_says(say_at(&talk, 13, "templates"), "No templates yet");
    talk_close(&talk);
}

/* What is planned and done is the same whether it was said so at once or came to be so. */
static void changes_leave_no_trace(void **state)
{
    char plain[TEXT_MAX];
    struct talk talk;

    (void)state;
    open_known(&talk);
    say_at(&talk, 0, "plan bench 2x6-8 @2, squat 2x5");
    say_at(&talk, 1, "bench 80x8 @2");
    say_at(&talk, 4, "80x7 @2");
    say_at(&talk, 8, "100x5 @2"); /* the plan's next: a squat */
    assert_string_equal(talk.said[0].first.exercise, "squat");
    snprintf(plain, sizeof(plain), "%s", say_at(&talk, 10, "plan"));
    talk_close(&talk);

    open_known(&talk);
    talk.now_ms = TALK_START;
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .id = "p", .text = "plan bench 2x6-8 @2, deadlift 2x5"});
    say_at(&talk, 1, "bench 80x8 @2");
    say_at(&talk, 4, "80x7 @2");
    say_at(&talk, 8, "100x5 @2");
    assert_string_equal(talk.said[0].first.exercise, "deadlift");
    talk.now_ms = TALK_START + 9 * MINUTE;
    talk_hand(&talk, (struct message){
                         .kind = MESSAGE_EDIT, .id = "e1", .target = "p", .text = "plan bench 3x6-8 @2, squat 2x5"});
    talk_hand(&talk, (struct message){
                         .kind = MESSAGE_EDIT, .id = "e2", .target = "p", .text = "plan bench 2x6-8 @2, squat 2x5"});
    say_at(&talk, 9, "skip");
    say_at(&talk, 9, "undo");
    say_at(&talk, 9, "plan off");
    say_at(&talk, 9, "undo");
    say_at(&talk, 9, "squat 100x5 @2");
    say_at(&talk, 9, "undo");
    assert_string_equal(say_at(&talk, 10, "plan"), plain);
    talk_hand(&talk, (struct message){.kind = MESSAGE_REDACTION, .id = "r", .target = "p"});
    assert_says(say_at(&talk, 11, "plan"), "Nothing is planned");
    talk_close(&talk);
}

static void a_session_is_said_once_and_only_if_it_was_one(void **state)
{
    static const struct {
        int sets;
        const char *then; /* typed after the sets; NULL: nothing */
        bool room;
        size_t digests;
    } rows[] = {{3, NULL, false, 1},   {2, NULL, false, 0},   {3, "undo", false, 0},
                {4, "undo", false, 1}, {3, "done", false, 0}, {3, NULL, true, 0}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        open_known(&talk);
        talk.room = rows[i].room ? "!gym" : NULL;
        for (int set = 0; set < rows[i].sets; set++)
            say_at(&talk, 3 * set, "squat 100x5 @2");
        if (rows[i].then != NULL)
            say_at(&talk, 30, rows[i].then);
        if (digests_by(&talk, TALK_START + DAY) != rows[i].digests)
            fail_msg("row %zu", i);
        talk_close(&talk);
    }
}

/* The session that a second set goes on with ends later. */
static void silence_is_counted_from_the_last_set(void **state)
{
    struct talk talk;

    (void)state;
    open_known(&talk);
    for (int i = 0; i < 3; i++)
        say_at(&talk, i, "squat 100x5 @2");
    assert_int_equal(digests_by(&talk, TALK_START + 119 * MINUTE), 0);
    say_at(&talk, 120, "bench 80x8 @2");
    assert_int_equal(digests_by(&talk, TALK_START + 239 * MINUTE), 0);
    assert_int_equal(digests_by(&talk, TALK_START + 240 * MINUTE), 1);
    assert_says(talk.said[0].text, "Session: 4 sets, 120 min");
    assert_says(say_at(&talk, 241, "done"), "No session is open");
    talk_close(&talk);
}

/* Whether it is news is counted from where the session ended, not from where it would have ended without its last sets.
 */
static void a_session_that_ended_while_the_bot_was_away_is_told_for_half_a_day(void **state)
{
    static const struct {
        int back; /* minutes */
        size_t digests;
    } rows[] = {{90 + 120 + 12 * 60, 1}, {90 + 120 + 12 * 60 + 1, 0}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        open_known(&talk);
        for (int set = 0; set <= 90; set += 30)
            say_at(&talk, set, "squat 100x5 @2");
        if (digests_at(&talk, TALK_START + (int64_t)rows[i].back * MINUTE) != rows[i].digests)
            fail_msg("row %zu", i);
        talk_close(&talk);
    }
}

static void plans_are_refused_in_words(void **state)
{
    static const struct {
        const char *typed, *said;
    } rows[] = {{"plan bnech 3x8", "I don't know bnech. Is it\nbench press"},  {"plan 3x8", "3x8: of which exercise?"},
                {"plan bench 3x8 @5.5", "@5.5 could be RIR or RPE"},           {"plan bench 3x8 @3-1", "@3-1 can't be"},
                {"plan bench 3x8 with feeling", "I can't read feeling there"}, {"plan ,", "Type it like"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        open_known(&talk);
        assert_says(say_at(&talk, 0, rows[i].typed), rows[i].said);
        assert_int_equal(talk.said[0].kind, OUT_ERROR);
        assert_says(say_at(&talk, 1, "plan"), "Nothing is planned");
        talk_close(&talk);
    }
}

/* Nothing of what one types reaches another. */
static void plans_are_each_lifter_s_own(void **state)
{
    struct talk talk;

    (void)state;
    open_known(&talk);
    say_at(&talk, 0, "plan bench 3x8");
    say_at(&talk, 1, "template push");
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .sender = "ben", .id = "b1", .text = "plan"});
    assert_says(talk.said[0].text, "Nothing is planned");
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .sender = "ben", .id = "b2", .text = "templates"});
    assert_says(talk.said[0].text, "No templates yet");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_followed_and_said),
        cmocka_unit_test(what_ends_a_plan),
        cmocka_unit_test(a_session_goes_through_midnight),
        cmocka_unit_test(a_started_template_counts_from_its_start),
        cmocka_unit_test(templates_are_kept_replaced_and_forgotten),
        cmocka_unit_test(changes_leave_no_trace),
        cmocka_unit_test(a_session_is_said_once_and_only_if_it_was_one),
        cmocka_unit_test(silence_is_counted_from_the_last_set),
        cmocka_unit_test(a_session_that_ended_while_the_bot_was_away_is_told_for_half_a_day),
        cmocka_unit_test(plans_are_refused_in_words),
        cmocka_unit_test(plans_are_each_lifter_s_own),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

/*
 * Check-ins: answers as they are typed; asked once, in the direct chat that was used last, over downtime and restarts;
 * what is booked is what it would be had it always been so.
 */
#include "bot/coach/checkin_read.h"
#include "bot/coach/checkin_when.h"
#include "tests/unit/bot/coach/talk.h"

#include <math.h>

/* ---------------------------------------------------------------- reading */

/* Items as digits, 0 not said; "" stands for no answer. */
static void answers_are_read_in_words_and_numbers(void **state)
{
    static const struct {
        const char *typed;
        unsigned missing;
        const char *scores;
        double slept_h;
        int dread, deficit;
        const char *pain;
    } rows[] = {
        {"4 3 4 5 4", CHECKIN_ALL, "43454", NAN, -1, -1, ""},
        {" 4, 3,4 / 5 4! ", CHECKIN_ALL, "43454", NAN, -1, -1, ""},
        {"sleep 2 mood 4", CHECKIN_ALL, "02004", NAN, -1, -1, ""},
        {"Mood: 4, sleep quality = 2", CHECKIN_ALL, "02004", NAN, -1, -1, ""},
        {"energy 3 and muscles 2", CHECKIN_ALL, "30200", NAN, -1, -1, ""},
        {"Müdigkeit 2 Schlaf 3 Muskelkater 4 Stress 5 Stimmung 1", CHECKIN_ALL, "23451", NAN, -1, -1, ""},
        {"43454", CHECKIN_ALL, "43454", NAN, -1, -1, ""},
        {"Pretty good week: 4 3 4 5 4", CHECKIN_ALL, "43454", NAN, -1, -1, ""},
        {"tired 2, sleep was bad 3, sore 1", CHECKIN_ALL, "23100", NAN, -1, -1, ""},
        {"4 3 4 5 4 slept 6.5h", CHECKIN_ALL, "43454", 6.5, -1, -1, ""},
        {"4 3 4 5 4, 6,5h Schlaf, keine Schmerzen", CHECKIN_ALL, "43454", 6.5, -1, -1, "none"},
        {"4 3 4 5 4 geschlafen 7", CHECKIN_ALL, "43454", 7, -1, -1, ""},
        {"4 3 4 5 4 dread, no pain", CHECKIN_ALL, "43454", NAN, 1, -1, "none"},
        {"4 3 4 5 4 no dread deficit", CHECKIN_ALL, "43454", NAN, 0, 1, ""},
        {"4 3 4 5 4 deficit off", CHECKIN_ALL, "43454", NAN, -1, 0, ""},
        {"4 3 4 5 4 pain left knee 2 elbow 1", CHECKIN_ALL, "43454", NAN, -1, -1, "left knee 2, elbow 1"},
        {"4 3 4 5 4 knee pain", CHECKIN_ALL, "43454", NAN, -1, -1, "knee 1"},
        {"4 3 4 5 4, linkes Knie 3", CHECKIN_ALL, "43454", NAN, -1, -1, "left knee 3"},
        {"4 3 4 5 4 knee 0", CHECKIN_ALL, "43454", NAN, -1, -1, "knee 0"},
        {"2 3", 1U << CHECKIN_SLEEP | 1U << CHECKIN_MOOD, "02003", NAN, -1, -1, ""},
        {"dread", CHECKIN_ALL, "00000", NAN, 1, -1, ""},
        /* no answers */
        {"4 3 4 5", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"43456", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"434544", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"bench 4 3 4 5 4", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 4 4", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 6", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 0", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 4 knee", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 4 knee 4", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 4 slept 25h", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"4 3 4 5 4 slept 7x8", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"80x8 @1", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"bench 80x8", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"8 @2", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"sleep 6", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"stress high", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"mood", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"no", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"", CHECKIN_ALL, "", 0, 0, 0, ""},
        {"\xFF 4 3 4 5 4", CHECKIN_ALL, "", 0, 0, 0, ""},
        {",,,", CHECKIN_ALL, "", 0, 0, 0, ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct checkin_said said;
        struct coach_checkin row;
        bool good = checkin_read(span_of(rows[i].typed), &said) && checkin_take(&said, rows[i].missing, &row);
        char scores[CHECKIN_ITEMS + 1] = "";

        if (good != (rows[i].scores[0] != '\0'))
            fail_msg("\"%s\" %s", rows[i].typed, good ? "is taken" : "isn't taken");
        if (!good)
            continue;
        for (int item = 0; item < CHECKIN_ITEMS; item++)
            scores[item] = isnan(row.score[item]) ? '0' : (char)('0' + (int)row.score[item]);
        if (strcmp(scores, rows[i].scores) != 0 || strcmp(row.pain, rows[i].pain) != 0 || row.dread != rows[i].dread ||
            row.deficit != rows[i].deficit ||
            !(row.slept_h == rows[i].slept_h || (isnan(row.slept_h) && isnan(rows[i].slept_h))))
            fail_msg("\"%s\": %s %g %d %d \"%s\"", rows[i].typed, scores, row.slept_h, row.dread, row.deficit,
                     row.pain);
    }
}

/* The pains of one message never grow over their place. */
static void endless_pains_are_refused(void **state)
{
    struct buf text = BUF_INIT(4096);
    struct checkin_said said;

    (void)state;
    buf_adds(&text, "4 3 4 5 4");
    for (int i = 0; i < 15; i++)
        buf_adds(&text, " left shoulder 2");
    assert_false(checkin_read(buf_span(&text), &said));
    buf_release(&text);
}

static void weekly_times_are_read(void **state)
{
    static const struct {
        const char *typed;
        int weekday, minute; /* -1: none */
    } rows[] = {
        {"sun 18:00", 6, 1080},
        {"sunday", 6, 600},
        {"mo", 0, 600},
        {"so 18 uhr", 6, 1080},
        {"fri 6pm", 4, 1080},
        {"fri 6:30 pm", 4, 1110},
        {"18:30", 2, 1110},
        {"di um 9", 1, 540},
        {"sat at 0:00", 5, 0},
        {"12am", 2, 0},
        {"12 pm", 2, 720},
        {"every wed 7.15", 2, 435},
        {"sundays 23:59", 6, 1439},
        {"sun 24:00", 0, -1},
        {"sun 18:60", 0, -1},
        {"sun 18:5", 0, -1},
        {"sun 13pm", 0, -1},
        {"sun 0pm", 0, -1},
        {"18:000", 0, -1},
        {"sun sun", 0, -1},
        {"", 0, -1},
        {"at", 0, -1},
        {"sometimes", 0, -1},
        {"sun 18:00 mon", 0, -1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct recurrence recurrence = {2, 600};
        bool good = checkin_when_read(span_of(rows[i].typed), &recurrence);

        if (good != (rows[i].minute >= 0) ||
            (good && (recurrence.weekday != rows[i].weekday || recurrence.minute != rows[i].minute)))
            fail_msg("\"%s\": %d %d %d", rows[i].typed, good, recurrence.weekday, recurrence.minute);
        if (!good)
            assert_true(recurrence.weekday == 2 && recurrence.minute == 600);
    }
}

/* ---------------------------------------------------------------- becoming due */

/* Sunday 2026-01-11 18:00 UTC; the talk begins on the Monday before. */
#define SUNDAY (TALK_START + INT64_C(6) * DAY)
#define WEEK (INT64_C(7) * DAY)

/* Everything that comes due until then, at its time; how many things of KIND were said. */
static int count_until(struct talk *talk, int64_t until_ms, enum outgoing_kind kind)
{
    int count = 0;
    int64_t due_ms;

    while ((due_ms = talk_next_due(talk)) <= until_ms) {
        talk_do_due(talk, due_ms);
        count += talk->count == 1 && talk->said[0].kind == kind;
    }
    talk->now_ms = until_ms;
    return count;
}

/* Nothing else is said by itself. */
static void check_in_alone(struct talk *talk)
{
    talk_say(talk, "budget off");
    talk_say(talk, "review off");
}

static void open_with_a_set(struct talk *talk)
{
    talk_open(talk);
    check_in_alone(talk);
    talk_say(talk, "bench 80x8 @2");
}

static void asked_on_the_first_sunday_reminded_once_then_silence(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    check_in_alone(&talk);
    talk_say(&talk, "goal strength");
    assert_int_equal(talk_next_due(&talk), INT64_MAX); /* nothing logged yet */
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(count_until(&talk, SUNDAY - 1, OUT_CHECKIN), 0);
    assert_int_equal(talk_next_due(&talk), SUNDAY);
    talk_do_due(&talk, SUNDAY);
    assert_int_equal(talk.count, 1);
    assert_int_equal(talk.said[0].kind, OUT_CHECKIN);
    assert_string_equal(talk.said[0].room, "direct");
    assert_says(talk.said[0].text, "checkin off");
    assert_int_equal(talk_next_due(&talk), SUNDAY + DAY);
    talk_do_due(&talk, SUNDAY + DAY);
    assert_int_equal(talk.said[0].kind, OUT_CHECKIN);
    assert_int_equal(talk_next_due(&talk), SUNDAY + WEEK);
    talk_do_due(&talk, SUNDAY + WEEK);
    assert_int_equal(talk.said[0].kind, OUT_CHECKIN);
    assert_null(strstr(talk.said[0].text, "checkin off")); /* said once */
    talk_say(&talk, "4 3 4 5 4");
    assert_int_equal(count_until(&talk, SUNDAY + WEEK + 3 * DAY, OUT_CHECKIN), 0);
    talk_close(&talk);
}

/* irc.md section 2: only whom their account vouches for is asked. */
static void a_guest_is_asked_nothing(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.guest = true;
    check_in_alone(&talk);
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(count_until(&talk, SUNDAY + WEEK, OUT_CHECKIN), 0);
    assert_int_equal(talk_next_due(&talk), INT64_MAX);
    assert_says(talk_say(&talk, "checkin sun 18:00"), "You're a guest here");
    assert_says(talk_say(&talk, "checkin 4 3 4 5 4"), "You're a guest here");
    assert_says(talk_say(&talk, "checkin"), "You're a guest here");
    talk.guest = false;
    assert_says(talk_say(&talk, "checkin sun 18:00"), "Sun");
    talk_close(&talk);
}

static void three_unanswered_weeks_offer_to_stop(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    assert_int_equal(count_until(&talk, SUNDAY + 3 * WEEK - 1, OUT_CHECKIN), 2 * 3); /* each with a reminder */
    talk_do_due(&talk, SUNDAY + 3 * WEEK);
    assert_says(talk.said[0].text, "Stop");
    assert_int_equal(count_until(&talk, SUNDAY + 20 * WEEK, OUT_CHECKIN), 0);
    talk_say(&talk, "checkin 4 3 4 5 4"); /* heard of: it goes on */
    assert_int_equal(count_until(&talk, SUNDAY + 22 * WEEK, OUT_CHECKIN), 2 + 1);
    talk_say(&talk, "checkin off");
    assert_int_equal(talk_next_due(&talk), INT64_MAX);
    talk_close(&talk);
}

/* The bot was away: posted once on return, within a day. */
static void downtime_posts_once_if_it_is_still_useful(void **state)
{
    static const struct {
        int64_t late_ms;
        bool posted;
    } rows[] = {{0, true}, {INT64_C(5) * HOUR, true}, {DAY, true}, {DAY + 1, false}, {INT64_C(3) * WEEK, false}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        open_with_a_set(&talk);
        talk_do_due(&talk, SUNDAY + rows[i].late_ms);
        assert_int_equal(talk.count, rows[i].posted);
        talk_do_due(&talk, SUNDAY + rows[i].late_ms);
        assert_int_equal(talk.count, 0);
        /* The next day at the same hour at the earliest; where nothing was asked, the next week. */
        assert_true(talk_next_due(&talk) > SUNDAY + rows[i].late_ms);
        assert_int_equal((talk_next_due(&talk) - SUNDAY) % (rows[i].posted ? DAY : WEEK), 0);
        talk_close(&talk);
    }
}

static void what_is_rolled_back_is_asked_again_once(void **state)
{
    struct err err = {0};
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    count_until(&talk, SUNDAY - 1, OUT_CHECKIN);
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_due(talk.coach, "test", false, SUNDAY, &err), 0);
    assert_int_equal(talk.said[0].kind, OUT_CHECKIN);
    store_rollback(talk.store);
    coach_forget(talk.coach);
    assert_int_equal(talk_next_due(&talk), SUNDAY);
    talk_do_due(&talk, SUNDAY);
    assert_int_equal(talk.count, 1);
    talk_close(&talk);
}

/* Posted where the lifter was met last alone; sets of a room are enough to begin. */
static void it_goes_to_the_direct_chat_that_was_used_last(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "!gym";
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(talk_next_due(&talk), INT64_MAX); /* no direct chat is known */
    talk.room = NULL;
    talk_say(&talk, "goal strength");
    assert_int_equal(talk_next_due(&talk), SUNDAY);
    talk.room = "!gym";
    talk_say(&talk, "80x8 @2");
    talk_do_due(&talk, SUNDAY);
    assert_string_equal(talk.said[0].room, "direct");
    assert_int_equal(talk.count, 1);
    talk.addressed = true;
    assert_says(talk_say(&talk, "checkin"), "direct chat");
    talk.addressed = false;
    assert_string_equal(talk_say(&talk, "4 3 4 5 4"), ""); /* in the room it is nobody's answer */
    talk_close(&talk);
}

static void undone_sets_ask_nothing(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk_say(&talk, "undo");
    talk_do_due(&talk, SUNDAY);
    assert_int_equal(talk.count, 0);
    assert_int_equal(talk_next_due(&talk), INT64_MAX);
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(count_until(&talk, SUNDAY + WEEK - 1, OUT_CHECKIN), 0);
    assert_int_equal(talk_next_due(&talk), SUNDAY + WEEK);
    talk_close(&talk);
}

static void the_time_can_be_chosen(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "checkin wed 7:30");
    assert_int_equal(talk_next_due(&talk), TALK_START + INT64_C(37) * HOUR + 30 * MINUTE);
    talk_do_due(&talk, talk_next_due(&talk)); /* without a set, as it was asked for */
    assert_int_equal(talk.count, 1);
    talk_say(&talk, "checkin later");
    assert_int_equal(talk_next_due(&talk), TALK_START + INT64_C(61) * HOUR + 30 * MINUTE);
    talk_do_due(&talk, talk_next_due(&talk));
    assert_int_equal(talk.said[0].kind, OUT_CHECKIN);
    talk_say(&talk, "checkin skip");
    assert_int_equal(talk_next_due(&talk), TALK_START + INT64_C(37) * HOUR + 30 * MINUTE + WEEK);
    talk_say(&talk, "timezone America/New_York"); /* 5 hours later */
    assert_int_equal(talk_next_due(&talk), TALK_START + INT64_C(42) * HOUR + 30 * MINUTE + WEEK);
    talk_close(&talk);
}

/* ---------------------------------------------------------------- answers */

static struct advice advised(struct talk *talk)
{
    talk_say(talk, "80x8 @2");
    assert_true(talk->said[0].advised);
    return talk->said[0].advice;
}

/* Whatever was said and taken back on the way, the advice is that of the answer that stands. */
static void edits_undos_and_redactions_are_as_if_always_so(void **state)
{
    enum step { END, LOW, HIGH_EDIT, LOW_EDIT, TALK_EDIT, UNDO, REDACT, DECLINE };
    static const struct {
        enum step steps[5];
        bool easier;
    } rows[] = {
        {{END}, false},
        {{LOW}, true},
        {{LOW, UNDO}, false},
        {{LOW, REDACT}, false},
        {{LOW, HIGH_EDIT}, false},
        {{LOW, TALK_EDIT}, false},
        {{LOW, HIGH_EDIT, UNDO}, true},
        {{LOW, HIGH_EDIT, LOW_EDIT}, true},
        {{LOW, REDACT, UNDO}, true},
        {{LOW, DECLINE}, false},
        {{LOW, DECLINE, UNDO}, true},
        {{LOW, DECLINE, UNDO, UNDO}, false},
        {{LOW, DECLINE, LOW_EDIT}, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;
        struct advice advice;

        open_with_a_set(&talk);
        talk_do_due(&talk, SUNDAY);
        talk_say(&talk, "bench 80x8 @2");
        for (size_t j = 0; rows[i].steps[j] != END; j++) {
            switch (rows[i].steps[j]) {
            case LOW:
                assert_says(talk_say_as(&talk, NULL, "#answer", "2 2 2 4 4, slept 5h, knee 2"), "RIR +1");
                break;
            case HIGH_EDIT:
                talk_change(&talk, MESSAGE_EDIT, "#answer", "4 4 4 4 4");
                assert_int_equal(talk.said[0].kind, OUT_EDIT);
                break;
            case LOW_EDIT:
                talk_change(&talk, MESSAGE_EDIT, "#answer", "2 2 2 4 4");
                break;
            case TALK_EDIT:
                talk_change(&talk, MESSAGE_EDIT, "#answer", "nice weather today, isn't it");
                break;
            case REDACT:
                talk_change(&talk, MESSAGE_REDACTION, "#answer", "");
                assert_says(talk.said[0].text, "Removed");
                break;
            case DECLINE:
                assert_says(talk_say(&talk, "no thanks"), "changes nothing");
                break;
            default: /* the reply that it was in is edited, too */
                talk.now_ms += MINUTE;
                talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT,
                                                  .id = j == 1   ? "#u1"
                                                        : j == 2 ? "#u2"
                                                                 : "#u3",
                                                  .text = "undo"});
                break;
            }
        }
        advice = advised(&talk);
        if ((advice.rir_min > 1) != rows[i].easier)
            fail_msg("row %zu: RIR from %g", i, advice.rir_min);
        talk_close(&talk);
    }
}

/* In whatever order: what stands is what the edits that are left say. */
static void an_edit_of_an_answer_can_be_taken_back(void **state)
{
    static const char *const orders[][2] = {{"e2", "e1"}, {"e1", "e2"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
        struct talk talk;

        open_with_a_set(&talk);
        talk_do_due(&talk, SUNDAY);
        talk_say(&talk, "bench 80x8 @2");
        assert_says(talk_say_as(&talk, NULL, "#answer", "2 2 2 4 4, slept 5h, knee 2"), "RIR +1");
        talk.now_ms += MINUTE;
        talk_hand(&talk, (struct message){.kind = MESSAGE_EDIT, .id = "e1", .target = "#answer", .text = "nice, eh?"});
        talk_hand(&talk, (struct message){
                             .kind = MESSAGE_EDIT, .id = "e2", .target = "#answer", .text = "4 4 4 4 4, slept 8h"});
        assert_says(talk_say(&talk, "slept"), "8 h");
        talk_change(&talk, MESSAGE_REDACTION, orders[i][0], "");
        if (i == 0)
            assert_says(talk_say(&talk, "slept"), "nothing set");
        else
            assert_says(talk_say(&talk, "slept"), "8 h");
        assert_says(talk_say(&talk, "pain"), "nothing set");
        talk_change(&talk, MESSAGE_REDACTION, orders[i][1], "");
        assert_says(talk_say(&talk, "pain"), "knee 2");
        assert_says(talk_say(&talk, "slept"), "5 h");
        assert_true(advised(&talk).rir_min > 1);
        talk_close(&talk);
    }
}

/* What a check-in says of sleep and pain goes with it. */
static void what_else_it_says_goes_with_it(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk_say(&talk, "pain elbow 1");
    talk_say(&talk, "checkin 4 4 4 4 4, wrist 2, slept 5h");
    assert_says(talk_say(&talk, "pain"), "elbow 1, wrist 2");
    assert_says(talk_say(&talk, "slept"), "5 h");
    talk_say_as(&talk, NULL, "#none", "checkin 4 4 4 4 4, no pain");
    assert_null(strstr(talk_say(&talk, "pain"), "wrist"));
    talk_change(&talk, MESSAGE_REDACTION, "#none", "");
    assert_says(talk_say(&talk, "pain"), "elbow 1, wrist 2");
    talk_say(&talk, "pain wrist 0");
    assert_says(talk_say(&talk, "pain"), "elbow 1");
    assert_null(strstr(talk_say(&talk, "pain"), "wrist"));
    talk_close(&talk);
}

static void an_answer_that_went_wrong_is_told_how_it_goes(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk_do_due(&talk, SUNDAY);
    assert_says(talk_say(&talk, "all good"), "five numbers");
    assert_says(talk_say(&talk, "4 3 4 5"), "five numbers");
    assert_says(talk_say(&talk, "4"), "is no set");
    talk_say(&talk, "4 3 4 5 4");
    assert_says(talk_say(&talk, "all good"), "I read sets");
    talk_close(&talk);
}

static void partial_answers_are_completed_by_asking_once(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk_do_due(&talk, SUNDAY);
    assert_says(talk_say(&talk, "sleep 2, mood 4"), "fatigue, soreness, stress");
    assert_says(talk_say(&talk, "stress 4"), "Low: sleep");  /* not asked again */
    assert_says(talk_say(&talk, "3 4"), "3.4");              /* (3 + 2 + 4 + 4 + 4) / 5 */
    assert_null(strstr(talk_say(&talk, "sleep 4"), "of 5")); /* answered: the command of that name */
    talk_close(&talk);
}

/* While it waits, sets and questions about sets are what they always are. */
static void sets_and_questions_come_through(void **state)
{
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk_do_due(&talk, SUNDAY);
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(talk.said[0].logged, 1);
    talk_say(&talk, "8 @2");
    assert_int_equal(talk.said[0].logged, 1);
    talk_say(&talk, "bench 8x8");
    if (talk.said[0].kind == OUT_QUESTION)
        talk_say(&talk, "1");
    assert_true(talk.said[0].logged != 0);
    assert_says(talk_say(&talk, "4 3 4 5 4"), "4 of 5");
    assert_int_equal(talk.said[0].logged, 0);
    talk_close(&talk);
}

/* A number on the questions stands for all five of them; taken off, it was never there. */
static void a_reaction_answers_all_five(void **state)
{
    static const char four[] = "4\xEF\xB8\x8F\xE2\x83\xA3", six[] = "6\xEF\xB8\x8F\xE2\x83\xA3";
    char name[64];
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    talk.addressed = true;
    count_until(&talk, SUNDAY - 1, OUT_CHECKIN);
    talk_do_due(&talk, SUNDAY);
    assert_int_equal(talk.said[0].kind, OUT_CHECKIN);
    snprintf(name, sizeof(name), "%s", talk.said[0].name);
    assert_memory_equal(name, "checkin:", 8);
    assert_string_equal(talk_change(&talk, MESSAGE_REACTION, name, six), "");
    assert_string_equal(talk_change(&talk, MESSAGE_REACTION, "#other", four), "");
    assert_says(talk_change(&talk, MESSAGE_REACTION, name, four), "4 of 5");
    assert_string_equal(talk_change(&talk, MESSAGE_REACTION, name, four), ""); /* answered */
    talk_say_as(&talk, NULL, "#asked", "checkin");
    assert_says(talk_change(&talk, MESSAGE_REACTION, "#asked", four), "4 of 5");
    talk_say(&talk, "undo");
    assert_says(talk_say(&talk, "3 3 3 3 3"), "3 of 5");
    talk_close(&talk);
}

/* The poll that was asked last in what has just been said; "" none. */
static void find_poll(const struct talk *talk, char name[64])
{
    name[0] = '\0';
    for (size_t i = 0; i < talk->count; i++)
        if (talk->said[i].kind == OUT_CHECKIN && strchr(talk->said[i].text, '?') != NULL &&
            strstr(talk->said[i].text, "\n1\n2\n3\n4\n5") != NULL)
            snprintf(name, 64, "%s", talk->said[i].name);
}

/* WHO's vote on the poll NAME; what came of it. */
static const char *vote(struct talk *talk, const char *who, const char *name, const char *answer)
{
    char own[32];

    snprintf(own, sizeof(own), "#%d", talk->messages++);
    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = MESSAGE_VOTE, .sender = who, .id = own, .target = name, .text = answer});
    return talk->count != 0 ? talk->said[0].text : "";
}

/* One after the other; each one's last vote counts, of the asked one alone, until the next check-in. */
static void polls_ask_the_five_one_by_one(void **state)
{
    char name[64], first[64];
    struct talk talk;

    (void)state;
    open_with_a_set(&talk);
    assert_says(talk_say(&talk, "checkin poll"), "no polls here");
    talk.polls = true;
    assert_says(talk_say(&talk, "checkin poll"), "by poll");
    count_until(&talk, SUNDAY - 1, OUT_CHECKIN);
    talk_do_due(&talk, SUNDAY);
    assert_int_equal(talk.count, 2);
    assert_says(talk.said[0].text, "4 3 4 5 4"); /* the words come first, for whoever writes */
    assert_string_equal(talk.said[1].text, "fatigue, 1 bad to 5 good?\n1\n2\n3\n4\n5");
    find_poll(&talk, name);
    snprintf(first, sizeof(first), "%s", name);
    assert_string_equal(vote(&talk, "eve", name, "1"), "");
    assert_string_equal(vote(&talk, NULL, name, "6"), "");
    assert_string_equal(vote(&talk, NULL, name, "44"), "");
    assert_string_equal(vote(&talk, NULL, "checkin:0:0", "4"), "");
    assert_says(vote(&talk, NULL, name, "1"), "sleep, 1 bad to 5 good?");
    assert_int_equal(talk.count, 1);
    for (int item = 1; item < 4; item++) {
        find_poll(&talk, name);
        assert_says(vote(&talk, NULL, name, "4"), item == 1 ? "soreness" : item == 2 ? "stress" : "mood");
    }
    find_poll(&talk, name);
    assert_says(vote(&talk, NULL, name, "4"), "3.4 of 5");
    assert_says(vote(&talk, NULL, first, "4"), "4 of 5"); /* thought better of */
    /* The week after it is closed. */
    count_until(&talk, SUNDAY + WEEK, OUT_CHECKIN);
    assert_string_equal(vote(&talk, NULL, first, "1"), "");
    assert_says(talk_say(&talk, "checkin poll off"), "No more polls");
    assert_says(talk_say(&talk, "3 3 3 3 3"), "3 of 5");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_read_in_words_and_numbers),
        cmocka_unit_test(endless_pains_are_refused),
        cmocka_unit_test(weekly_times_are_read),
        cmocka_unit_test(asked_on_the_first_sunday_reminded_once_then_silence),
        cmocka_unit_test(a_guest_is_asked_nothing),
        cmocka_unit_test(three_unanswered_weeks_offer_to_stop),
        cmocka_unit_test(downtime_posts_once_if_it_is_still_useful),
        cmocka_unit_test(what_is_rolled_back_is_asked_again_once),
        cmocka_unit_test(it_goes_to_the_direct_chat_that_was_used_last),
        cmocka_unit_test(undone_sets_ask_nothing),
        cmocka_unit_test(the_time_can_be_chosen),
        cmocka_unit_test(edits_undos_and_redactions_are_as_if_always_so),
        cmocka_unit_test(an_edit_of_an_answer_can_be_taken_back),
        cmocka_unit_test(what_else_it_says_goes_with_it),
        cmocka_unit_test(an_answer_that_went_wrong_is_told_how_it_goes),
        cmocka_unit_test(partial_answers_are_completed_by_asking_once),
        cmocka_unit_test(sets_and_questions_come_through),
        cmocka_unit_test(a_reaction_answers_all_five),
        cmocka_unit_test(polls_ask_the_five_one_by_one),
    };

    return RUN_TESTS(tests);
}

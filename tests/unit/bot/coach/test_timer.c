/*
 * What becomes due: said once, to whom it is for, where it was asked for, and not at all when it is late or over. The
 * rest timer by what the log holds when it is due.
 */
#include "bot/log/log.h"
#include "tests/unit/bot/coach/talk.h"

/* Rows of the outbox. */
struct outbox {
    char texts[64][512]; /* "ID|mention|thread|room|text" */
    size_t count;
};

static int note_row(void *arg, const struct matrix_outbox_row *row)
{
    struct outbox *outbox = arg;

    if (row->kind != OUT_PING)
        return 0;
    assert_true(outbox->count < ARRAY_LENGTH(outbox->texts));
    snprintf(outbox->texts[outbox->count++], sizeof(outbox->texts[0]), "%s|%s|%s|%s|%s|%s", row->txn_id, row->mention,
             row->thread, row->room, row->answers, row->text);
    return 0;
}

/* All pings that wait to be sent. */
static void take(struct talk *talk, struct outbox *outbox)
{
    struct err err = {0};

    outbox->count = 0;
    assert_int_equal(store_begin(talk->store, &err), 0);
    assert_int_equal(store_outbox_take(talk->store, "test", note_row, outbox, &err), 0);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

/* When the next rest is over; -1: none waits. What is due more than an hour from now is a session's end. */
static int64_t next_due(struct talk *talk)
{
    int64_t due_ms = talk_next_due(talk);

    return due_ms <= talk->now_ms + HOUR ? due_ms : -1;
}

/* How many pings come of everything that waits, at its own time. */
static size_t pings(struct talk *talk)
{
    struct outbox outbox;
    int64_t due_ms;

    while ((due_ms = next_due(talk)) >= 0)
        talk_do_due(talk, due_ms);
    take(talk, &outbox);
    return outbox.count;
}

/* Nothing else is to become due. */
static void open_without_checkins(struct talk *talk)
{
    talk_open(talk);
    talk_say(talk, "checkin off");
    talk->now_ms = TALK_START;
}

static void a_rest_calls_whom_it_is_for_where_it_was_asked_for(void **state)
{
    struct outbox outbox;
    struct talk talk;

    (void)state;
    open_without_checkins(&talk);
    talk_say(&talk, "bench 80x8 @1"); /* at 18:01 */
    talk.room = "!gym";
    talk.addressed = true;
    talk.now_ms += MINUTE;
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .id = "#rest", .thread = "#root", .text = "rest"});
    assert_string_equal(talk.said[0].text, "Rest 3:00: I'll call you at 18:04.");
    assert_int_equal(next_due(&talk), TALK_START + 4 * MINUTE); /* R89: 3 minutes since the set */
    talk_do_due(&talk, TALK_START + 4 * MINUTE - 1);
    assert_int_equal(talk.count, 0);
    talk_do_due(&talk, TALK_START + 4 * MINUTE);
    assert_int_equal(talk.count, 1);
    assert_int_equal(talk.said[0].kind, OUT_PING);
    assert_true(talk.said[0].advised);
    take(&talk, &outbox);
    assert_int_equal(outbox.count, 1);
    assert_string_equal(outbox.texts[0], "pj4|anna|#root|!gym||anna: Next: 80 kg x 7, RIR 1-3");
    assert_int_equal(next_due(&talk), -1);
    talk_close(&talk);
}

/* The missed run: whoever has been away for longer than a rest says nothing. */
static void a_call_that_is_late_by_more_than_ten_minutes_is_dropped(void **state)
{
    static const int64_t late[] = {0, 10 * MINUTE, 10 * MINUTE + 1, DAY};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(late); i++) {
        struct outbox outbox;
        struct talk talk;

        open_without_checkins(&talk);
        talk_say(&talk, "rest 90");
        talk_do_due(&talk, talk.now_ms + 90 * 1000 + late[i]);
        take(&talk, &outbox);
        assert_int_equal(outbox.count, late[i] <= 10 * MINUTE);
        assert_int_equal(next_due(&talk), -1);
        talk_close(&talk);
    }
}

static void what_was_typed_is_the_rest(void **state)
{
    static const struct {
        const char *typed;
        int seconds; /* 0: refused */
    } rows[] = {
        {"rest 90", 90},  {"rest 2:30", 150},   {"rest 3 min", 180},     {"rest 3 s", 3},
        {"rest 45s", 45}, {"rest 1.5 min", 90}, {"rest 1,5 min", 90},    {"pause 2", 120},
        {"rest 10", 600}, {"rest 11", 11},      {"REST 2 Minutes", 120}, {"pause 30 sek", 30},
        {"rest 0:05", 5}, {"rest 60:00", 3600}, {"rest 60 min", 3600},   {"rest 3600", 3600},
        {"rest 3601", 0}, {"rest 61 min", 0},   {"rest 0", 0},           {"rest 0.4 s", 0},
        {"rest 2:60", 0}, {"rest 2:5", 0},      {"rest 2.5:30", 0},      {"rest -3", 0},
        {"rest 1e9", 0},  {"rest ages", 0},     {"rest 2:30 min", 0},    {"rest 999999 min", 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;

        open_without_checkins(&talk);
        talk_say(&talk, rows[i].typed);
        if (next_due(&talk) != (rows[i].seconds != 0 ? talk.now_ms + rows[i].seconds * 1000 : -1) ||
            (talk.said[0].kind == OUT_ERROR) != (rows[i].seconds == 0))
            fail_msg("%s: %s", rows[i].typed, talk.said[0].text);
        talk_close(&talk);
    }
}

/* What is done after `rest`, each step a minute later, and whether the call comes. */
static void the_log_decides_whether_the_call_comes(void **state)
{
    enum step { END, LOG, BACK_DATED, UNDO, EDIT, EDIT_TO_TALK, REDACT, FIX, OFF, TODAY };
    static const struct {
        const char *rest;
        enum step steps[3];
        size_t pings;
    } rows[] = {
        {"rest", {END}, 1},           {"rest", {TODAY}, 1},
        {"rest", {LOG}, 0},           {"rest", {BACK_DATED}, 1},
        {"rest", {LOG, UNDO}, 1},     {"rest", {UNDO}, 0},
        {"rest", {UNDO, LOG}, 0},     {"rest", {EDIT}, 1},
        {"rest", {EDIT_TO_TALK}, 0},  {"rest", {EDIT_TO_TALK, UNDO}, 1},
        {"rest", {REDACT}, 0},        {"rest", {FIX}, 1},
        {"rest", {OFF}, 0},           {"rest 30 min", {END}, 1},
        {"rest 30 min", {LOG}, 0},    {"rest 30 min", {LOG, UNDO}, 1},
        {"rest 30 min", {UNDO}, 1}, /* it hangs on no set */
        {"rest 30 min", {REDACT}, 1}, {"rest 30 min", {OFF}, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct talk talk;
        size_t came;

        open_without_checkins(&talk);
        talk_say_as(&talk, NULL, "#set", "bench 80x8 @1");
        talk.now_ms -= MINUTE; /* steps come in time for an advised rest of three minutes */
        talk_say(&talk, rows[i].rest);
        for (const enum step *step = rows[i].steps; step < rows[i].steps + 3 && *step != END; step++) {
            if (*step == LOG)
                talk_say(&talk, "80x7 @1");
            else if (*step == BACK_DATED)
                talk_say(&talk, "yesterday: squat 100x5");
            else if (*step == UNDO)
                talk_say(&talk, "undo");
            else if (*step == EDIT)
                talk_change(&talk, MESSAGE_EDIT, "#set", "bench 82.5x8 @1");
            else if (*step == EDIT_TO_TALK)
                talk_change(&talk, MESSAGE_EDIT, "#set", "see you");
            else if (*step == REDACT)
                talk_change(&talk, MESSAGE_REDACTION, "#set", "");
            else if (*step == FIX)
                talk_say(&talk, "sorry, 80x7 @1");
            else if (*step == OFF)
                talk_say(&talk, "rest off");
            else
                talk_say(&talk, "today");
        }
        came = pings(&talk);
        if (came != rows[i].pings)
            fail_msg("row %zu: %zu", i, came);
        talk_close(&talk);
    }
}

/* Under `timer on` the one that waits is always the one that a log which had always been so would have. */
static void by_itself_it_follows_the_log(void **state)
{
    struct talk talk;
    int64_t set_ms;

    (void)state;
    open_without_checkins(&talk);
    talk_say(&talk, "timer on");
    talk_say_as(&talk, NULL, "#a", "bench 80x8 @1");
    set_ms = talk.now_ms;
    assert_int_equal(next_due(&talk), set_ms + 3 * MINUTE);
    talk_say_as(&talk, NULL, "#b", "80x7 @1");
    assert_true(next_due(&talk) > set_ms + 3 * MINUTE);
    talk_change(&talk, MESSAGE_REDACTION, "#b", "");
    assert_int_equal(next_due(&talk), set_ms + 3 * MINUTE);
    talk_change(&talk, MESSAGE_EDIT, "#a", "nothing");
    assert_int_equal(next_due(&talk), -1);
    talk_say(&talk, "squat 100x5 @2");
    talk_say(&talk, "rest off");
    assert_int_equal(next_due(&talk), -1);
    talk_say(&talk, "today"); /* what changes nothing starts nothing */
    assert_int_equal(next_due(&talk), -1);
    talk_say(&talk, "100x5 form"); /* stop-exercise */
    assert_int_equal(next_due(&talk), -1);
    talk_say(&talk, "timer off");
    talk_say(&talk, "row 60x10 @2");
    assert_int_equal(next_due(&talk), -1);
    talk_close(&talk);
}

/* Messages that were read late have no rest left. */
static void nothing_waits_for_what_was_read_late(void **state)
{
    struct talk talk;

    (void)state;
    open_without_checkins(&talk);
    talk_say(&talk, "timer on");
    talk.now_ms += HOUR;
    talk.summarise = true;
    talk_hand(&talk,
              (struct message){
                  .kind = MESSAGE_TEXT, .id = "#1", .sent_ms = talk.now_ms - 30 * MINUTE, .text = "bench 80x8 @1"});
    talk_hand(&talk, (struct message){
                         .kind = MESSAGE_TEXT, .id = "#2", .sent_ms = talk.now_ms - 29 * MINUTE, .text = "rest 90"});
    assert_int_equal(next_due(&talk), -1);
    talk_close(&talk);
}

/* Whatever is rolled back, each call is there exactly once, under an id of its own job. */
static void however_often_it_is_rolled_back_each_call_is_said_once(void **state)
{
    enum { LIFTERS = 40 };
    struct outbox outbox;
    struct talk talk;
    uint64_t random = 20261126;
    int64_t due_ms;

    (void)state;
    open_without_checkins(&talk);
    for (int i = 0; i < LIFTERS; i++) {
        char name[16], rest[32];

        snprintf(name, sizeof(name), "l%d", i);
        snprintf(rest, sizeof(rest), "rest %d s", 3000 + i % 7);
        talk_say_as(&talk, name, NULL, rest);
    }
    while ((due_ms = next_due(&talk)) >= 0) {
        struct err err = {0};

        assert_int_equal(store_begin(talk.store, &err), 0);
        talk.count = 0;
        assert_int_equal(coach_due(talk.coach, "test", false, due_ms, &err), 0);
        random = random * 6364136223846793005U + 1442695040888963407U;
        if (random >> 62 == 0) {
            assert_int_equal(store_commit(talk.store, &err), 0);
        } else {
            store_rollback(talk.store);
            coach_forget(talk.coach);
        }
    }
    take(&talk, &outbox);
    assert_int_equal(outbox.count, LIFTERS);
    for (size_t i = 0; i < outbox.count; i++) {
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(strncmp(outbox.texts[i], outbox.texts[k], strcspn(outbox.texts[k], "|") + 1), 0);
    }
    talk_close(&talk);
}

static void what_this_version_does_not_know_is_dropped(void **state)
{
    const struct coach_store *store;
    struct coach_job job = {.kind = (enum coach_job_kind)99, .transport = "test", .room = "!1", .identity = "anna"};
    struct talk talk;
    struct err err = {0};
    bool is_new;

    (void)state;
    open_without_checkins(&talk);
    store = store_coach(talk.store);
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(store->lifter_open(store->self, "test", "anna", 0, &job.lifter, &is_new, &err), 0);
    assert_int_equal(store->job_put(store->self, &job, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    talk_do_due(&talk, talk.now_ms);
    assert_int_equal(next_due(&talk), -1);
    assert_int_equal(talk.count, 0);
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rest_calls_whom_it_is_for_where_it_was_asked_for),
        cmocka_unit_test(a_call_that_is_late_by_more_than_ten_minutes_is_dropped),
        cmocka_unit_test(what_was_typed_is_the_rest),
        cmocka_unit_test(the_log_decides_whether_the_call_comes),
        cmocka_unit_test(by_itself_it_follows_the_log),
        cmocka_unit_test(nothing_waits_for_what_was_read_late),
        cmocka_unit_test(however_often_it_is_rolled_back_each_call_is_said_once),
        cmocka_unit_test(what_this_version_does_not_know_is_dropped),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

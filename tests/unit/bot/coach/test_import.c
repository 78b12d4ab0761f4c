/*
 * Logs that come as files: what is booked of them, and what isn't because it is here. How files are read is told in
 * transcripts.
 */
#include "core/base/err.h"
#include "core/base/span.h"
#include "core/lift/units.h"

struct coach_file_set;
struct coach_file_rest;
static int read_rows(struct span file, enum unit unit, void (*each)(void *arg, const struct coach_file_set *set),
                     void *arg, struct coach_file_rest *rest, struct err *err);
#define TALK_READ_LOG read_rows
#include "bot/coach/import.h"
#include "tests/unit/bot/coach/talk.h"

/* What the next file holds. */
static struct row {
    const char *exercise, *name; /* of the catalogue, or not */
    double load_kg;
    int reps;
    int64_t wall_ms;
} rows[IMPORT_LOG_MAX + 1];
static size_t row_count;

static void put_row(const char *exercise, const char *name, double load_kg, int reps, int64_t wall_ms)
{
    rows[row_count++] = (struct row){exercise, name, load_kg, reps, wall_ms};
}

static int read_rows(struct span file, enum unit unit, void (*each)(void *arg, const struct coach_file_set *set),
                     void *arg, struct coach_file_rest *rest, struct err *err)
{
    assert_int_equal(file.length, 3);
    *rest = (struct coach_file_rest){0};
    for (size_t i = 0; i < row_count; i++) {
        struct set set;

        set_init(&set);
        set.unit = unit;
        set.load_kg = rows[i].load_kg;
        set.reps = rows[i].reps;
        snprintf(set.exercise, sizeof(set.exercise), "%s", rows[i].exercise);
        each(arg,
             &(struct coach_file_set){.set = &set, .name = rows[i].name, .wall_ms = rows[i].wall_ms, .line = i + 2});
    }
    return row_count != 0 ? 0 : err_set(err, ERR_INPUT, "empty");
}

static const char *send_file(struct talk *talk, const char *id, enum file_state state)
{
    const struct message_file file = {.state = state, .bytes = "csv", .size = 3};

    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = MESSAGE_FILE, .id = id, .file = &file});
    return talk_told(talk);
}

struct live {
    size_t count;
    struct coach_set_row rows[32];
};

static int add_live(void *arg, const struct coach_set_row *row)
{
    struct live *live = arg;

    assert_true(live->count < ARRAY_LENGTH(live->rows));
    live->rows[live->count++] = *row;
    return 0;
}

static struct live live_sets(struct talk *talk)
{
    const struct coach_store *store = store_coach(talk->store);
    struct live live = {0};
    struct err err = {0};
    int64_t lifter;

    assert_int_equal(store->lifter_find(store->self, "test", "anna", &lifter, &err), 1);
    assert_int_equal(store->sets_live(store->self, lifter, 0, INT64_MAX, add_live, &live, &err), 0);
    return live;
}

static void open_talk(struct talk *talk)
{
    row_count = 0;
    talk_open(talk);
}

/* Why a file isn't read is said in a word, once, and between two alone. */
static void what_can_not_be_read(void **state)
{
    static const struct {
        enum file_state state;
        const char *said;
    } refusals[] = {{FILE_HERE, "I don't know that table."},
                    {FILE_OTHER, "Of files I read logs alone"},
                    {FILE_TOO_LARGE, "I read 4 MB at\nmost."},
                    {FILE_TOO_MANY, "One after the other"},
                    {FILE_UNREACHABLE, "Please send it again."},
                    {FILE_ALTERED, "isn't as it was sent"},
                    {FILE_DEADLY, "stopped me twice"}};
    struct talk talk;

    (void)state;
    open_talk(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(refusals); i++) {
        char id[8];

        snprintf(id, sizeof(id), "f%zu", i);
        talk.room = "#gym";
        assert_string_equal(send_file(&talk, id, refusals[i].state), "");
        talk.room = NULL;
        assert_says(send_file(&talk, id, refusals[i].state), refusals[i].said);
        assert_int_equal(talk.count, 1);
        assert_int_equal(talk.said[0].kind, OUT_ERROR);
        assert_string_equal(send_file(&talk, id, refusals[i].state), "");
    }
    talk_close(&talk);
}

/* A message that comes twice is one; another with the same file finds all of it here. */
static void nothing_is_booked_twice(void **state)
{
    struct talk talk;

    (void)state;
    open_talk(&talk);
    for (int i = 0; i < 3; i++)
        put_row("squat", NULL, 100, 5, TALK_START - DAY + i);
    assert_says(send_file(&talk, "f1", FILE_HERE), "3 sets imported,\n4 Jan 2026.\n");
    assert_string_equal(send_file(&talk, "f1", FILE_HERE), "");
    assert_says(send_file(&talk, "f2", FILE_HERE), "Nothing new in that file.\nHere already: 3 sets.");
    /* The session has gone on since: of a second as many are here as there are. */
    put_row("squat", NULL, 100, 5, TALK_START - DAY + 3);
    put_row("squat", NULL, 102.5, 3, TALK_START - DAY + 4);
    assert_says(send_file(&talk, "f3", FILE_HERE), "2 sets imported,");
    assert_int_equal(live_sets(&talk).count, 5);
    /* Each file is a step. */
    assert_says(talk_say(&talk, "undo"), "Undone: squat 100x5, 102.5x3");
    assert_int_equal(live_sets(&talk).count, 3);
    assert_says(talk_say(&talk, "undo"), "Undone: squat 3x5 100");
    assert_int_equal(live_sets(&talk).count, 0);
    talk_close(&talk);
}

/* What other apps write is the time on the wall. */
static void times_are_the_lifters(void **state)
{
    struct live live;
    struct talk talk;

    (void)state;
    open_talk(&talk);
    talk.offset_s = 3600;
    put_row("squat", NULL, 100, 5, TALK_START - DAY);
    send_file(&talk, "f1", FILE_HERE);
    live = live_sets(&talk);
    assert_int_equal(live.count, 1);
    assert_int_equal(live.rows[0].at_ms, TALK_START - DAY - HOUR);
    talk_close(&talk);
}

/* Whoever has moved since sends the same file again: its times are as they were. */
static void the_clock_of_an_earlier_file_is_known(void **state)
{
    struct talk talk;

    (void)state;
    open_talk(&talk);
    put_row("squat", NULL, 100, 5, TALK_START - DAY);
    put_row("squat", NULL, 100, 4, TALK_START - DAY + MINUTE);
    assert_says(send_file(&talk, "f1", FILE_HERE), "2 sets imported,");
    talk_say(&talk, "timezone America/New_York");
    put_row("squat", NULL, 100, 3, TALK_START - DAY + 2 * MINUTE);
    assert_says(send_file(&talk, "f2", FILE_HERE), "1 set imported,\n4 Jan 2026.\nHere already: 2 sets.");
    assert_int_equal(live_sets(&talk).rows[2].at_ms, TALK_START - DAY + 2 * MINUTE + 5 * HOUR);
    talk_say(&talk, "timezone Europe/Berlin");
    assert_says(send_file(&talk, "f3", FILE_HERE), "Nothing new in that file.\nHere already: 3 sets.");
    assert_int_equal(live_sets(&talk).count, 3);
    talk_close(&talk);
}

static void what_nobody_did_is_left_out(void **state)
{
    struct talk talk;

    (void)state;
    open_talk(&talk);
    put_row("squat", NULL, 100, 5, TALK_START - DAY);
    put_row("bench-press", NULL, 501, 5, TALK_START - DAY);
    put_row("leg-press", NULL, 501, 5, TALK_START - DAY);
    put_row("squat", NULL, 100, 5, TALK_START + DAY);
    put_row("own-1", "100", 100, 5, TALK_START - DAY);
    assert_says(send_file(&talk, "f1", FILE_HERE), "2 sets imported,\n4 Jan 2026.\nLines not read: 3, first 3.\n");
    talk_close(&talk);
}

/* Exercises of the lifter's own are met by name or by what we call them; what is new becomes one. */
static void exercises_of_their_own(void **state)
{
    struct live live;
    struct talk talk;

    (void)state;
    open_talk(&talk);
    talk_say(&talk, "new exercise log row like barbell row");
    talk_say(&talk, "alias zott = dumbbell curl");
    put_row("own-1", "Log Row", 50, 5, TALK_START - DAY);
    put_row("own-2", "log-row", 50, 6, TALK_START - DAY + 1000);
    put_row("own-3", "Zott", 50, 7, TALK_START - DAY + 2000);
    put_row("own-4", "Zottman Twist (Rope)", 50, 8, TALK_START - DAY + 3000);
    put_row("own-5", "zottman-twist-rope", 50, 9, TALK_START - DAY + 4000);
    assert_says(send_file(&talk, "f1", FILE_HERE),
                "5 sets imported,\n4 Jan 2026.\nNew exercises: zottman twist rope\n");
    live = live_sets(&talk);
    assert_string_equal(live.rows[0].set.exercise, "log-row");
    assert_string_equal(live.rows[1].set.exercise, "log-row");
    assert_string_equal(live.rows[2].set.exercise, "dumbbell-curl");
    assert_string_equal(live.rows[3].set.exercise, "zottman-twist-rope");
    assert_string_equal(live.rows[4].set.exercise, "zottman-twist-rope");
    assert_says(talk_say(&talk, "zottman twist rope 50x8 @2"), "zottman twist rope 50x8 @2");
    talk_say(&talk, "undo");
    talk_say(&talk, "undo");
    assert_int_equal(live_sets(&talk).count, 0);
    talk_say(&talk, "zottman twist rope 50x8 @2"); /* it went with the file */
    assert_int_equal(live_sets(&talk).count, 0);
    talk_close(&talk);
}

/* Names are as many as may be typed. */
static void too_many_names(void **state)
{
    static char names[600][32];
    struct talk talk;

    (void)state;
    open_talk(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        snprintf(names[i], sizeof(names[i]), "Zottomat %c%c%c", (char)('a' + i % 26), (char)('a' + i / 26 % 26), 'q');
        put_row("own-1", names[i], 50, 5, TALK_START - DAY);
    }
    assert_says(send_file(&talk, "f1", FILE_HERE), "500 sets imported,");
    assert_says(talk.said[0].text, "Lines not read: 100, first 502.");
    assert_says(talk_say(&talk, "undo"), "Undone: 500 sets");
    talk_close(&talk);
}

/* COUNT sets, a second apart, from FROM_MS on. */
static void put_many(size_t count, int64_t from_ms)
{
    row_count = 0;
    for (size_t i = 0; i < count; i++)
        put_row("squat", NULL, 100, 5, from_ms + (int64_t)i * 1000);
}

static size_t live_count(struct talk *talk)
{
    const struct coach_store *store = store_coach(talk->store);
    struct err err = {0};
    int64_t lifter;
    size_t count;

    assert_int_equal(store->lifter_find(store->self, "test", "anna", &lifter, &err), 1);
    assert_int_equal(lifter_count_sets(store, lifter, &count, &err), 0);
    return count;
}

/* What one file may add is limited, and of one that has more nothing is booked: who sends it knows where they are. */
static void a_file_adds_so_much_at_most(void **state)
{
    static const char refused[] = "Nothing booked: of one file I take\n20000 sets at most. Split it, say by\nyear";
    struct talk talk;

    (void)state;
    open_talk(&talk);
    put_many(IMPORT_FILE_MAX + 1, TALK_START - 300 * (int64_t)DAY);
    assert_says(send_file(&talk, "f1", FILE_HERE), refused);
    assert_int_equal(talk.said[0].kind, OUT_ERROR);
    assert_int_equal(live_count(&talk), 0);
    row_count--;
    assert_says(send_file(&talk, "f2", FILE_HERE), "20000 sets imported,");
    assert_int_equal(live_count(&talk), IMPORT_FILE_MAX);
    /* What is here already isn't added. */
    put_many(IMPORT_FILE_MAX + 1, TALK_START - 300 * (int64_t)DAY);
    assert_says(send_file(&talk, "f3", FILE_HERE), "1 set imported,");
    /* More than a log can hold isn't even looked for. */
    put_many(IMPORT_LOG_MAX + 1, TALK_START - 300 * (int64_t)DAY);
    assert_says(send_file(&talk, "f4", FILE_HERE), refused);
    assert_int_equal(live_count(&talk), IMPORT_FILE_MAX + 1);
    talk_close(&talk);
}

/* File after file, also where each is taken back: the rows stay. */
static void a_log_holds_so_much_at_most(void **state)
{
    static const char full[] =
        "Nothing booked: a log holds 60000 sets,\nand yours has room for 1 set.\nSend what is the latest.";
    struct talk talk;

    (void)state;
    open_talk(&talk);
    put_many(IMPORT_FILE_MAX, TALK_START - 300 * (int64_t)DAY);
    assert_says(send_file(&talk, "f1", FILE_HERE), "20000 sets imported,");
    assert_says(talk_say(&talk, "undo"), "Undone: 20000 sets");
    assert_says(send_file(&talk, "f2", FILE_HERE), "20000 sets imported,");
    put_many(IMPORT_FILE_MAX - 1, TALK_START - 200 * (int64_t)DAY);
    assert_says(send_file(&talk, "f3", FILE_HERE), "19999 sets imported,");
    put_many(2, TALK_START - 100 * (int64_t)DAY);
    assert_says(send_file(&talk, "f4", FILE_HERE), full);
    assert_int_equal(live_count(&talk), 2 * IMPORT_FILE_MAX - 1);
    put_many(1, TALK_START - 100 * (int64_t)DAY);
    assert_says(send_file(&talk, "f5", FILE_HERE), "1 set imported,");
    /* A set that is typed is booked all the same. */
    assert_says(talk_say(&talk, "squat 100x5 @2"), "squat 100x5 @2");
    assert_int_equal(live_count(&talk), 2 * IMPORT_FILE_MAX + 1);
    talk_close(&talk);
}

/* All of a file is tried by each clock, so those that are remembered are few: the last. */
static void the_last_clocks_are_known(void **state)
{
    static const char *const zones[] = {"America/New_York", "America/Denver", "Asia/Tokyo", "Asia/Kolkata"};
    struct talk talk;

    (void)state;
    open_talk(&talk);
    put_row("squat", NULL, 100, 5, TALK_START - DAY);
    send_file(&talk, "f1", FILE_HERE);
    for (size_t i = 0; i < ARRAY_LENGTH(zones); i++) {
        char text[64];

        snprintf(text, sizeof(text), "timezone %s", zones[i]);
        talk_say(&talk, text);
        put_row("squat", NULL, 100, 4 - (int)i, TALK_START - 40 * (int64_t)DAY - (int64_t)i * DAY);
        snprintf(text, sizeof(text), "z%zu", i);
        assert_says(send_file(&talk, text, FILE_HERE), "1 set imported,");
    }
    talk_say(&talk, "timezone Europe/Berlin");
    assert_says(send_file(&talk, "f2", FILE_HERE), "1 set imported,\n4 Jan 2026.\nHere already: 4 sets.");
    talk_close(&talk);
}

/* Read late, it is in the one answer with what else was. */
static void late_files_are_summed_up(void **state)
{
    struct err err = {0};
    struct talk talk;

    (void)state;
    open_talk(&talk);
    put_row("squat", NULL, 100, 5, TALK_START - DAY);
    talk.summarise = true;
    assert_string_equal(send_file(&talk, "f1", FILE_HERE), "");
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, talk.now_ms, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_says(talk.said[0].text, "1 set imported, 4 Jan 2026.");
    assert_string_equal(talk.said[0].answers, "f1");
    assert_int_equal(live_sets(&talk).count, 1);
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_not_be_read),
        cmocka_unit_test(nothing_is_booked_twice),
        cmocka_unit_test(times_are_the_lifters),
        cmocka_unit_test(the_clock_of_an_earlier_file_is_known),
        cmocka_unit_test(what_nobody_did_is_left_out),
        cmocka_unit_test(exercises_of_their_own),
        cmocka_unit_test(too_many_names),
        cmocka_unit_test(a_file_adds_so_much_at_most),
        cmocka_unit_test(a_log_holds_so_much_at_most),
        cmocka_unit_test(the_last_clocks_are_known),
        cmocka_unit_test(late_files_are_summed_up),
    };

    return RUN_TESTS(tests);
}

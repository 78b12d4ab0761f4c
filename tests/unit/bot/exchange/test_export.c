/*
 * Sets as CSV (RFC 4180): written by hand here, and read back by the importer.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/exchange/export.h"
#include "bot/exchange/training_log.h"
#include "core/base/mem.h"

#define HEADER                                                                                                         \
    "start_time,exercise_title,exercise_id,set_type,weight_kg,reps,rpe,duration_seconds,exercise_notes,rir,load_mode," \
    "unit,type,failure,side,percent,cheat,segments\r\n"
/* 2026-01-05 18:00:00 in Berlin. */
#define AT INT64_C(1767632400000)

static struct set bench(double load_kg, int reps, double rir)
{
    struct set set;

    set_init(&set);
    snprintf(set.exercise, sizeof(set.exercise), "%s", "bench-press");
    set.load_kg = load_kg;
    set.reps = reps;
    set.rir = rir;
    return set;
}

static void each_field_stands_where_it_belongs(void **state)
{
    struct buf out = BUF_INIT(8192);
    struct set set = bench(80, 8, 1.5);
    const struct exercise *exercise = catalogue_by_id("bench-press");

    (void)state;
    export_set(&set, exercise, AT, 3600, &out);
    assert_string_equal(buf_text(&out),
                        HEADER "2026-01-05T18:00:00+01:00,Bench press,bench-press,normal,80,8,8.5,,,1.5,"
                               "external,kg,working,,,,,\r\n");
    buf_clear(&out);
    buf_adds(&out, "x"); /* the header is there already */
    set = bench(unit_to_kg(225, UNIT_LB), 5, NAN);
    set.unit = UNIT_LB;
    set.type = SET_WARMUP;
    set.side = SIDE_LEFT;
    set.cheat = true;
    snprintf(set.note, sizeof(set.note), "%s", "a \"b\", c\r\nd");
    export_set(&set, NULL, AT + 1000, -12600, &out);
    assert_string_equal(buf_text(&out), "x2026-01-05T13:30:01-03:30,bench-press,bench-press,warmup,102.05828325,5,,,"
                                        "\"a \"\"b\"\", c\r\nd\",,external,lb,warmup,,left,,yes,\r\n");
    buf_clear(&out);
    buf_adds(&out, "x");
    set = bench(15, 10, NAN);
    set.type = SET_DROP;
    set.failure = FAILURE_MOMENTARY;
    set.segment_count = 2;
    set.segments[0] = (struct segment){15, 10};
    set.segments[1] = (struct segment){NAN, 6};
    export_set(&set, exercise, AT, 0, &out);
    assert_string_equal(buf_text(&out), "x2026-01-05T17:00:00+00:00,Bench press,bench-press,dropset,15,10,10,,,,"
                                        "external,kg,drop,momentary,,,,15x10 x6\r\n");
    buf_clear(&out);
    buf_adds(&out, "x");
    set_init(&set);
    snprintf(set.exercise, sizeof(set.exercise), "%s", "pull-up");
    set.load_kg = 20;
    set.load_mode = LOAD_ASSISTED;
    set.rir = 5; /* under Hevy's scale */
    set.seconds = 30;
    export_set(&set, catalogue_by_id("pull-up"), AT, 0, &out);
    assert_string_equal(buf_text(&out), "x2026-01-05T17:00:00+00:00,Pull-up (Assisted),pull-up,normal,20,,,30,,5,"
                                        "assisted,kg,working,,,,,\r\n");
    buf_release(&out);
}

/* What the importer of other apps' files can know of a set is what it was. */
static void what_is_written_is_read(void **state)
{
    static const char *const exercises[] = {"bench-press", "pull-up", "squat", "dumbbell-curl"};
    struct buf out = BUF_INIT(1024 * 1024);
    struct training_log log = {0};
    struct set sets[200];
    struct err err;
    FILE *in;

    (void)state;
    for (int i = 0; i < 200; i++) {
        struct set *set = &sets[i];

        *set = bench(20 + i * 1.25, 1 + i % 12, i % 5 == 4 ? NAN : i % 5 * 0.5);
        snprintf(set->exercise, sizeof(set->exercise), "%s", exercises[i % 4]);
        if (i % 4 == 1)
            set->load_mode = i % 8 == 1 ? LOAD_ADDED : LOAD_ASSISTED;
        set->type = i % 7 == 0 ? SET_WARMUP : SET_WORKING;
        snprintf(set->note, sizeof(set->note), "%s", i % 3 == 0 ? "one, \"two\"\nthree" : "");
        export_set(set, catalogue_by_id(set->exercise), AT + i * 60000, 3600, &out);
    }
    in = fmemopen(out.data, out.length, "r");
    if (training_log_read(&log, in, UNIT_KG, &err) != 0)
        fail_msg("%s", err.text);
    fclose(in);
    assert_int_equal(log.sets.count, 200);
    assert_int_equal(log.bad + log.skipped, 0);
    for (int i = 0; i < 200; i++) {
        const struct set *read = &log.sets.at[i].set, *set = &sets[i];

        assert_string_equal(read->exercise, set->exercise);
        assert_true(read->load_kg == set->load_kg);
        assert_int_equal(read->load_mode, set->load_mode);
        assert_int_equal(read->reps, set->reps);
        assert_true(read->rir == set->rir || (isnan(read->rir) && isnan(set->rir)));
        assert_int_equal(read->type, set->type);
    }
    training_log_release(&log);
    buf_release(&out);
}

/* OWASP, "CSV Injection": what begins so is text for a spreadsheet where a quote stands before it. */
static void notes_are_no_formulas(void **state)
{
    static const char *const notes[][2] = {{"=HYPERLINK(\"http://x\";1)", "\"'=HYPERLINK(\"\"http://x\"\";1)\""},
                                           {"=1+1", "'=1+1"},
                                           {"+5 kg", "'+5 kg"},
                                           {"-5 kg", "'-5 kg"},
                                           {"@SUM(1)", "'@SUM(1)"},
                                           {"\t=1", "'\t=1"},
                                           {"\r=1", "\"'\r=1\""},
                                           {"5=5", "5=5"}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(notes); i++) {
        struct buf out = BUF_INIT(1024), expected = BUF_INIT(1024);
        struct set set = bench(80, 8, NAN);

        snprintf(set.note, sizeof(set.note), "%s", notes[i][0]);
        buf_adds(&out, "x");
        export_set(&set, NULL, AT, 0, &out);
        buf_addf(&expected, ",80,8,,,%s,,external,kg,", notes[i][1]);
        if (strstr(buf_text(&out), buf_text(&expected)) == NULL)
            fail_msg("%s: %s", notes[i][0], buf_text(&out));
        buf_release(&out);
        buf_release(&expected);
    }
}

/* Each kind of set that can be typed. */
static struct set typed_set(int i)
{
    static const char *const exercises[] = {"bench-press", "pull-up", "plank", "dumbbell-curl", "log-row"};
    static const char *const notes[] = {
        "one, \"two\"\nthr\xC3\xA9\xC3\xA9", "", "", "=1+1", "-5 kg", "'tis, \"", "''", "'"};
    struct set set = bench(20 + i * 1.25, 1 + i % 12, i % 5 == 4 ? NAN : i % 21 * 0.5);

    snprintf(set.exercise, sizeof(set.exercise), "%s", exercises[i % 5]);
    set.load_mode = (enum load_mode)(i % 5 == 1 ? i / 5 % 4 : 0);
    set.unit = (enum unit)(i % 3);
    set.type = (enum set_type)(i % 7);
    set.failure = (enum set_failure)(i % 4);
    set.side = (enum set_side)(i / 2 % 4);
    set.percent = i % 11 == 0 ? 72.5 : NAN;
    set.cheat = i % 13 == 0;
    snprintf(set.note, sizeof(set.note), "%s", notes[i % ARRAY_LENGTH(notes)]);
    if (set.failure == FAILURE_MISSED && i % 8 == 3)
        set.reps = 0;
    if (i % 5 == 2) {
        set.seconds = 30 + i;
        set.reps = REPS_UNKNOWN;
        set.load_kg = i % 2 == 0 ? NAN : 10;
    }
    for (int k = 0; set.type >= SET_DROP && k < 1 + i % 8; k++)
        set.segments[set.segment_count++] = (struct segment){k % 2 == 0 ? 20 - k * 1.25 : NAN, 10 - k};
    return set;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same_set(const struct set *read, const struct set *set)
{
    assert_true(same(read->load_kg, set->load_kg));
    assert_true(same(read->seconds, set->seconds));
    assert_true(same(read->rir, set->rir));
    assert_true(same(read->percent, set->percent));
    assert_int_equal(read->load_mode, set->load_mode);
    assert_int_equal(read->unit, set->unit);
    assert_int_equal(read->reps, set->reps);
    assert_int_equal(read->type, set->type);
    assert_int_equal(read->failure, set->failure);
    assert_int_equal(read->side, set->side);
    assert_int_equal(read->cheat, set->cheat);
    assert_string_equal(read->note, set->note);
    assert_int_equal(read->segment_count, set->segment_count);
    for (int k = 0; k < set->segment_count; k++) {
        assert_true(same(read->segments[k].load_kg, set->segments[k].load_kg));
        assert_int_equal(read->segments[k].reps, set->segments[k].reps);
    }
}

/* Our own export loses nothing, the zone of its times not either. */
static void our_own_comes_back_whole(void **state)
{
    struct buf out = BUF_INIT(1024 * 1024);
    struct training_log log = {0};
    struct set sets[400];
    struct err err;
    FILE *in;

    (void)state;
    for (int i = 0; i < 400; i++) {
        sets[i] = typed_set(i);
        export_set(&sets[i], catalogue_by_id(sets[i].exercise), AT + i * 1000, i < 200 ? 3600 : 7200, &out);
    }
    in = fmemopen(out.data, out.length, "r");
    if (training_log_read(&log, in, UNIT_KG, &err) != 0)
        fail_msg("%s", err.text);
    fclose(in);
    if (log.bad + log.skipped != 0)
        fail_msg("%zu %zu: row %zu %s", log.bad, log.skipped, log.first_bad, log.first_reason);
    assert_int_equal(log.sets.count, 400);
    assert_false(log.unit_guessed);
    for (size_t i = 0; i < 400; i++) {
        const struct logged_set *read = &log.sets.at[i];
        const struct training_log_origin *origin = &log.origins.at[i];
        const struct set *set = &sets[origin->row - 2];

        assert_true(origin->zoned);
        assert_int_equal(origin->offset_s, origin->row - 2 < 200 ? 3600 : 7200);
        assert_int_equal(read->at_ms - origin->offset_s * INT64_C(1000), AT + (int64_t)(origin->row - 2) * 1000);
        assert_same_set(&read->set, set);
        if (strcmp(set->exercise, "log-row") != 0)
            assert_string_equal(read->set.exercise, set->exercise);
    }
    assert_int_equal(log.own.count, 1);
    assert_string_equal(log.own.at[0].name, "log-row");
    training_log_release(&log);
    buf_release(&out);
}

/* No set of ours was ever written so. */
static void what_we_never_wrote_is_bad(void **state)
{
    static const char head[] = "start_time,exercise_title,exercise_id,set_type,weight_kg,reps,rpe,duration_seconds,"
                               "exercise_notes,rir,load_mode,unit,type,failure,side,percent,cheat,segments\r\n";
    static const char *const rows[] = {
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,8,,,,,sideways,kg,working,,,,,",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,8,,,,11,external,kg,working,,,,,",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,8,,,,,external,kg,drop,,,,,1x1 2x2 3x3 4x4 5x5 6x6 "
        "7x7 8x8 9x9",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,8,,,,,external,kg,drop,,,,,8x",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,8,,,,,external,kg,drop,,,,,99999x5",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,0,,,,,external,kg,working,,,,,",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,,8,,,,,external,kg,working,,,,,",
        "2026-01-05T17:00:00+00:00,Curl,dumbbell-curl,normal,80,,,7201,,,external,kg,working,,,,,",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct buf file = BUF_INIT(4096);
        struct training_log log;
        FILE *in;

        buf_addf(&file, "%s%s\r\n", head, rows[i]);
        in = fmemopen(file.data, file.length, "r");
        assert_int_equal(training_log_read(&log, in, UNIT_KG, NULL), 0);
        fclose(in);
        if (log.sets.count != 0 || log.bad != 1)
            fail_msg("%s", rows[i]);
        training_log_release(&log);
        buf_release(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_stands_where_it_belongs),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(notes_are_no_formulas),
        cmocka_unit_test(our_own_comes_back_whole),
        cmocka_unit_test(what_we_never_wrote_is_bad),
    };

    return RUN_TESTS(tests);
}

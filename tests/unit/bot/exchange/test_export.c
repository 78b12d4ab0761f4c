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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_stands_where_it_belongs),
        cmocka_unit_test(what_is_written_is_read),
    };

    return RUN_TESTS(tests);
}

/*
 * Fields of exports, and rows that are no sets. Whole exports are held against a second implementation in
 * tests/evaluate.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "bot/exchange/csv.h"
#include "bot/exchange/field.h"
#include "bot/exchange/training_log.h"
#include "core/base/civil.h"

static int64_t utc(int year, int month, int day, int hour, int minute, int second)
{
    const struct civil civil = {year, month, day, hour, minute, second, 0, 0};

    return civil_to_ms(&civil);
}

static void times_as_apps_write_them(void **state)
{
    const struct {
        const char *text;
        int64_t at_ms;
    } rows[] = {
        {"2026-01-05 18:00:07", utc(2026, 1, 5, 18, 0, 7)},
        {"2026-01-05", utc(2026, 1, 5, 0, 0, 0)},
        {"2026-01-05T18:00:07.123Z", utc(2026, 1, 5, 18, 0, 7)},
        {"2026-01-05 6:00:07 PM", utc(2026, 1, 5, 18, 0, 7)},
        {"2026-01-05 12:30:00\xE2\x80\xAF"
         "AM",
         utc(2026, 1, 5, 0, 30, 0)},
        {"2026-01-05 12:30 p.m.", utc(2026, 1, 5, 12, 30, 0)},
        {"25-02-2023 22:08", utc(2023, 2, 25, 22, 8, 0)},
        {"5.1.2026 18:00", utc(2026, 1, 5, 18, 0, 0)},
        {"14 Sep 2026, 17:29", utc(2026, 9, 14, 17, 29, 0)},
        {"Jun 11, 2026, 1:01 PM", utc(2026, 6, 11, 13, 1, 0)},
        {"28 Abr 2026, 07:34", utc(2026, 4, 28, 7, 34, 0)},
        {"11 Nis 2026, 07:34", utc(2026, 4, 11, 7, 34, 0)},
        {"25 Juli 2026, 14:21", utc(2026, 7, 25, 14, 21, 0)},
        {"3 juin 2026, 14:21", utc(2026, 6, 3, 14, 21, 0)},
        {"3 de ago de 2026, 14:21", utc(2026, 8, 3, 14, 21, 0)},
        {"2 D\xC3\xA9"
         "c 2026, 08:05",
         utc(2026, 12, 2, 8, 5, 0)},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        int64_t at_ms = 0;

        if (!field_time(span_of(rows[i].text), &at_ms) || at_ms != rows[i].at_ms)
            fail_msg("%s: %lld, not %lld", rows[i].text, (long long)at_ms, (long long)rows[i].at_ms);
    }
}

static void no_times(void **state)
{
    static const char *const rows[] = {"",
                                       "yesterday",
                                       "2026",
                                       "18:00:00",
                                       "2026-02-30 18:00:00",
                                       "2026-13-01",
                                       "05/01/2026 18:00",
                                       "05-01.2026 18:00",
                                       "32-01-2026 18:00",
                                       "05-13-2026 18:00",
                                       "2026-01-2026 18:00",
                                       "2026-01-05 25:00:00",
                                       "2026-01-05 13:00 PM",
                                       "40 Sep 2026, 17:29",
                                       "14 Foo 2026, 17:29",
                                       "14 Sep 0026, 17:29",
                                       "99999999999999999999-01-01",
                                       "\xFF\xFE"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        int64_t at_ms;

        if (field_time(span_of(rows[i]), &at_ms))
            fail_msg("%s was read", rows[i]);
    }
}

static void numbers(void **state)
{
    static const struct {
        const char *text;
        double value;
    } rows[] = {{"82.5", 82.5},
                {"82,5", 82.5},
                {" 5 ", 5},
                {"-2.5", -2.5},
                {"0", 0},
                {"5.", 5},
                {"74.99999999999999", 75},
                {"60.00000000000000000000001", 60}};
    static const char *const wrong[] = {"",      " ",       "-",   ".",   "1e5",
                                        "1.2.3", "1,234.5", "5kg", "nan", "12345678901234567"};
    double value;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        assert_true(field_number(span_of(rows[i].text), &value));
        assert_true(value > rows[i].value - 1e-9 && value < rows[i].value + 1e-9);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++)
        if (field_number(span_of(wrong[i]), &value))
            fail_msg("%s was read", wrong[i]);
}

static void read_text(struct training_log *log, const char *text, enum unit unit)
{
    FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
    struct err err = {ERR_NONE, ""};

    assert_non_null(in);
    if (training_log_read(log, in, unit, &err) != 0)
        fail_msg("%s", err.text);
    fclose(in);
}

/* A carriage return ends a row, a quoted line break doesn't; newest first becomes oldest first; units stand where they
 * stand. */
static void sets_of_a_log(void **state)
{
    struct training_log log;

    (void)state;
    read_text(&log,
              "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Seconds;Notes\r\n"
              "2024-02-02 10:00:00;B;Pull Up (Assisted);1;20;kg;8;9,5;0;\"two\nlines; \"\"quoted\"\"\"\r\n"
              "2024-02-02 10:00:00;B;Pull Up;2;0;kg;6;;0;\r\n"
              "2024-01-01 10:00:00;A;Bench Press (Barbell);F;135;lbs;8;;0;\r\n"
              "2024-01-01 10:00:00;A;Plank;1;0;kg;0;;60;\r\n"
              "2024-01-01 10:00:00;A;Plank;Rest Timer;;;;;90;\r\n",
              UNIT_KG);
    assert_int_equal(log.rows, 5);
    assert_int_equal(log.skipped, 1);
    assert_int_equal(log.bad, 0);
    assert_int_equal(log.sets.count, 4);
    assert_false(log.unit_guessed);
    assert_string_equal(log.sets.at[0].set.exercise, "bench-press");
    assert_int_equal(log.sets.at[0].set.failure, FAILURE_MOMENTARY);
    assert_true(log.sets.at[0].set.load_kg == 135 * KG_PER_LB && log.sets.at[0].set.unit == UNIT_LB);
    assert_string_equal(log.sets.at[1].set.exercise, "plank");
    assert_true(log.sets.at[1].set.seconds == 60 && log.sets.at[1].set.reps == REPS_UNKNOWN);
    assert_string_equal(log.sets.at[2].set.exercise, "pull-up");
    assert_int_equal(log.sets.at[2].set.load_mode, LOAD_ASSISTED);
    assert_true(log.sets.at[2].set.rir == 0.5);
    assert_int_equal(log.sets.at[3].set.load_mode, LOAD_BODYWEIGHT);
    assert_true(log.sets.at[3].at_ms > log.sets.at[2].at_ms);
    assert_int_equal(log.origins.at[3].row, 3);
    assert_false(log.origins.at[3].zoned);
    training_log_release(&log);
}

/* Kilograms or pounds: a file that says neither of a load leaves it to whoever reads it; and seconds may be cardio. */
static void what_a_log_leaves_open(void **state)
{
    struct training_log log;

    (void)state;
    read_text(&log,
              "Date,Exercise Name,Set Order,Weight,Reps,Seconds\n"
              "2024-01-01 10:00:00,Bench Press,1,135,8,0\n",
              UNIT_LB);
    assert_true(log.unit_guessed);
    assert_true(log.sets.at[0].set.load_kg == 135 * KG_PER_LB);
    training_log_release(&log);
    read_text(&log,
              "Date,Exercise Name,Set Order,Weight,Reps,Seconds\n"
              "2024-01-01 10:00:00,Pull Up,1,0,8,0\n"
              "2024-01-01 10:00:00,Running,1,0,0,1800\n"
              "2024-01-01 10:00:00,Plank,1,0,0,1e3\n",
              UNIT_LB);
    assert_false(log.unit_guessed);
    assert_int_equal(log.sets.count, 1);
    assert_int_equal(log.skipped, 1);
    assert_int_equal(log.bad, 1);
    training_log_release(&log);
}

/* Strong's header in the phone's language; a rest is named in it too, and is no set. */
static void headers_in_other_languages(void **state)
{
    static const char *const logs[] = {
        "Datum,Workout-Name,Dauer,Name der \xC3\x9C"
        "bung,Reihenfolge festlegen,Gewicht,Wiederh.,Entfernung,Sekunden,Notizen,Workout-Notizen,RPE\n"
        "2024-01-01 18:00:00,A,1 h,Plattenheben,W,20,5.0,0,0.0,,,\n"
        "2024-01-01 18:00:00,A,1 h,Plattenheben,1,82.5,8.0,0,0.0,,,9\n"
        "2024-01-01 18:00:00,A,1 h,Plattenheben,Ruhezeit,0,0,0,120.0,,,\n",
        "Fecha,Nombre de entrenamiento,Duraci\xC3\xB3n,Nombre del ejercicio,Orden de la serie,Peso,Rep.,Distancia,"
        "Segundos,Notas,Notas del entrenamiento,RPE\n"
        "2024-01-01 18:00:00,A,1 h,Levantar discos,W,20,5.0,0,0.0,,,\n"
        "2024-01-01 18:00:00,A,1 h,Levantar discos,1,82.5,8.0,0,0.0,,,9\n"
        "2024-01-01 18:00:00,A,1 h,Levantar discos,Temporizador de descanso,0,0,0,120.0,,,\n",
        "Data,Nome do treino,Dura\xC3\xA7\xC3\xA3o,Nome do exerc\xC3\xAD"
        "cio,Ordem da s\xC3\xA9rie,Peso,Reps,Dist\xC3\xA2ncia,Segundos,Notas,Notas do treino,RPE\n"
        "2024-01-01 18:00:00,A,1 h,Levantar discos,W,20,5.0,0,0.0,,,\n"
        "2024-01-01 18:00:00,A,1 h,Levantar discos,1,82.5,8.0,0,0.0,,,9\n"
        "2024-01-01 18:00:00,A,1 h,Levantar discos,Temporizador,0,0,0,120.0,,,\n",
        "Date,Nom de l'entra\xC3\xAE"
        "nement,Dur\xC3\xA9"
        "e,Nom de l'exercice,Ordre de la s\xC3\xA9rie,Poids,R\xC3\xA9ps,Distance,Secondes,Notes,Notes,RPE\n"
        "2024-01-01 18:00:00,A,1 h,Lever des disques,W,20,5.0,0,0.0,,,\n"
        "2024-01-01 18:00:00,A,1 h,Lever des disques,1,82.5,8.0,0,0.0,,,9\n"
        "2024-01-01 18:00:00,A,1 h,Lever des disques,Minuteur,0,0,0,120.0,,,\n",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(logs); i++) {
        struct training_log log;

        read_text(&log, logs[i], UNIT_KG);
        assert_int_equal(log.sets.count, 2);
        assert_int_equal(log.skipped, 1);
        assert_int_equal(log.bad, 0);
        assert_int_equal(log.own.count, 1);
        assert_int_equal(log.sets.at[0].set.type, SET_WARMUP);
        assert_true(log.sets.at[1].set.load_kg == 82.5);
        assert_int_equal(log.sets.at[1].set.reps, 8);
        assert_true(log.sets.at[1].set.rir == 1);
        training_log_release(&log);
    }
}

static void own_exercises_stay_apart(void **state)
{
    struct training_log log;

    (void)state;
    read_text(&log,
              "Date,Exercise Name,Set Order,Weight,Reps\n"
              "2024-01-01,Wheel of Pain,1,100,8\n"
              "2024-01-01,wheel of pain,2,100,8\n"
              "2024-01-01,Wheel of Pleasure,1,100,8\n",
              UNIT_LB);
    assert_int_equal(log.own.count, 2);
    assert_string_equal(log.own.at[0].name, "Wheel of Pain");
    assert_string_equal(log.sets.at[0].set.exercise, log.sets.at[1].set.exercise);
    assert_string_not_equal(log.sets.at[0].set.exercise, log.sets.at[2].set.exercise);
    assert_true(log.sets.at[0].set.load_kg == 100 * KG_PER_LB);
    training_log_release(&log);
}

static int count_cells(void *arg, const struct csv_row *row, struct err *err)
{
    size_t *count = arg;

    (void)err;
    count[0] += row->count;
    count[1] += row->too_big;
    return 0;
}

static void rows_have_limits(void **state)
{
    size_t count[2] = {0};
    struct err err = {ERR_NONE, ""};
    size_t size = 3 * CSV_ROW_MAX;
    char *text = mem_zero(1, size + 1);
    FILE *in;

    (void)state;
    memset(text, 'x', size);
    for (size_t i = 0; i < 200; i++)
        text[i] = ',';
    text[200] = '\n';
    in = fmemopen(text, size, "r");
    assert_int_equal(csv_rows(in, count_cells, count, &err), 0);
    assert_int_equal(count[0], CSV_CELLS); /* and nothing of the field that is longer than a row may be */
    assert_int_equal(count[1], 2);
    fclose(in);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_as_apps_write_them),
        cmocka_unit_test(no_times),
        cmocka_unit_test(numbers),
        cmocka_unit_test(sets_of_a_log),
        cmocka_unit_test(what_a_log_leaves_open),
        cmocka_unit_test(headers_in_other_languages),
        cmocka_unit_test(own_exercises_stay_apart),
        cmocka_unit_test(rows_have_limits),
    };

    return RUN_TESTS(tests);
}

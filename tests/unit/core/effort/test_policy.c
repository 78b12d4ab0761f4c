/*
 * The policy file: the reader and the generator agree on the shipped one; what is wrong is refused by line and key.
 */
#include "tests/unit/core/effort/scene.h"

#include "core/base/buf.h"
#include "core/effort/policy.h"

static void near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not %.17g", value, expected);
}

/* The tests are run from the repository's root. */
static void read_shipped(struct buf *text)
{
    FILE *stream = fopen("config/effort.policy", "r");
    char chunk[4096];
    size_t got;

    assert_non_null(stream);
    while ((got = fread(chunk, 1, sizeof(chunk), stream)) > 0)
        assert_int_equal(buf_add(text, chunk, got), 0);
    fclose(stream);
}

static void same_rules(const char *const *a, const char *const *b)
{
    for (int i = 0; i < POLICY_RULES; i++) {
        assert_int_equal(a[i] == NULL, b[i] == NULL);
        if (a[i] != NULL)
            assert_string_equal(a[i], b[i]);
    }
}

static void same_rows(const struct policy *a, const struct policy *b)
{
    assert_int_equal(a->effort_count, b->effort_count);
    for (size_t i = 0; i < a->effort_count; i++) {
        assert_memory_equal(&a->effort[i], &b->effort[i], offsetof(struct policy_effort, rules));
        same_rules(a->effort[i].rules, b->effort[i].rules);
        same_rules(a->effort[i].cited, b->effort[i].cited);
    }
    for (int i = 0; i < POLICY_PHASES; i++) {
        near(a->phase[i].rir_add, b->phase[i].rir_add, 0);
        assert_int_equal(a->phase[i].failure, b->phase[i].failure);
        assert_int_equal(a->phase[i].one_a_session, b->phase[i].one_a_session);
        same_rules(a->phase[i].rules, b->phase[i].rules);
    }
    assert_int_equal(a->reps_count, b->reps_count);
    for (size_t i = 0; i < a->reps_count; i++) {
        assert_memory_equal(&a->reps[i], &b->reps[i], offsetof(struct policy_reps, rules));
        same_rules(a->reps[i].rules, b->reps[i].rules);
    }
    assert_int_equal(a->rest_count, b->rest_count);
    for (size_t i = 0; i < a->rest_count; i++) {
        assert_memory_equal(&a->rest_rows[i], &b->rest_rows[i], offsetof(struct policy_rest, rules));
        same_rules(a->rest_rows[i].rules, b->rest_rows[i].rules);
    }
}

static double value_of(const struct policy *policy, const struct policy_key *key)
{
    const char *at = (const char *)policy + key->offset;

    return key->whole ? *(const int *)(const void *)at : *(const double *)(const void *)at;
}

static void the_shipped_file_is_what_is_compiled_in(void **state)
{
    struct buf text = BUF_INIT(1 << 17);
    struct err err = {ERR_NONE, ""};
    struct policy policy;

    (void)state;
    read_shipped(&text);
    if (policy_parse("effort.policy", buf_span(&text), &policy, &err) < 0)
        fail_msg("%s", err.text);
    same_rows(&policy, &policy_default);
    for (size_t i = 0; policy_key_at(i) != NULL; i++)
        near(value_of(&policy, policy_key_at(i)), value_of(&policy_default, policy_key_at(i)), 0);
    buf_release(&text);
}

/* A field that no row of the file fills is 0 everywhere, and nobody would notice. */
static void every_number_has_a_row(void **state)
{
    size_t bytes = 0;
    size_t rows = sizeof(policy_default.effort) + sizeof(policy_default.phase) + sizeof(policy_default.reps) +
                  sizeof(policy_default.rest_rows) + 3 * sizeof(size_t);

    (void)state;
    for (size_t i = 0; policy_key_at(i) != NULL; i++) {
        const struct policy_key *key = policy_key_at(i);

        bytes += key->whole ? sizeof(int) : sizeof(double);
        assert_true(key->low < key->high);
        assert_true(value_of(&policy_default, key) >= key->low && value_of(&policy_default, key) <= key->high);
        for (int r = 0; r < POLICY_RULES && key->rules[r] != NULL; r++)
            assert_non_null(rule_by_id(key->rules[r]));
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(policy_key_at(j)->offset, key->offset);
    }
    /* Between an int and a double there may be a hole of 4 bytes, in each of the ten sections a few. */
    assert_in_range(sizeof(struct policy) - rows - bytes, 0, 10 * 2 * sizeof(int));
}

static void what_is_left_out_stays(void **state)
{
    struct err err = {ERR_NONE, ""};
    struct policy policy;

    (void)state;
    assert_int_equal(policy_parse("f", span_of(""), &policy, &err), 0);
    near(policy.gate.sleep_h, 7, 0);
    assert_int_equal(policy_parse("f",
                                  span_of("# less sleep\n\n  gate.sleep_h\t6.5  # h\r\ngate.session_sets 2 0..10 R29"),
                                  &policy, &err),
                     0);
    near(policy.gate.sleep_h, 6.5, 0);
    assert_int_equal(policy.gate.session_sets, 2);
    near(policy.gate.years, 2, 0);
    assert_int_equal(policy.effort_count, policy_default.effort_count);
    assert_int_equal(policy_parse("f", span_of("effort * * * * * * 4 3-5 2-6 R05 (R06) convention\n"), &policy, &err),
                     0);
    assert_int_equal(policy.effort_count, 1);
    near(policy.effort[0].accept_max, 6, 0);
    assert_string_equal(policy.effort[0].rules[0], "R05");
    assert_null(policy.effort[0].rules[1]);
    assert_string_equal(policy.effort[0].cited[0], "R06");
    assert_int_equal(policy.reps_count, policy_default.reps_count);
}

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"\ngate.sleep 7", "f:2: gate.sleep: expected effort, phase, reps, rest or a known key"},
        {"gate.sleep_h", "f:1: gate.sleep_h: expected a number from 0 to 24, but it is \"\""},
        {"gate.sleep_h seven", "f:1: gate.sleep_h: expected a number from 0 to 24, but it is \"seven\""},
        {"gate.sleep_h 25", "f:1: gate.sleep_h: expected a number from 0 to 24, but it is \"25\""},
        {"gate.sleep_h -1", "expected a number from 0 to 24"},
        {"gate.sleep_h nan", "expected a number from 0 to 24"},
        {"gate.sleep_h 0x7", "expected a number from 0 to 24"},
        {"gate.sleep_h 7.", "expected a number from 0 to 24"},
        {"gate.sleep_h 1.2.3", "expected a number from 0 to 24"},
        {"gate.sleep_h 7e0", "expected a number from 0 to 24"},
        {"gate.sleep_h 7 0..99 R40", "f:1: gate.sleep_h: expected 0..24, but it is \"0..99\""},
        {"gate.sleep_h 7 0..24 R400", "expected sources like R05, D2, science-5, contract or convention"},
        {"gate.sleep_h 7 0..24 R01 R02 R03 R04 R05", "expected at most four rules"},
        {"gate.bias_sets 2.5", "f:1: gate.bias_sets: expected a whole number from 1 to 64, but it is \"2.5\""},
        {"gate.sleep_h 7 0..24 (R40)", "expected sources like R05"},
        {"effort * * * * * * 4 3-5 2-6 (R999)", "expected sources like R05"},
        {"effort * * * * * * 4 3-5 2-6 ()", "expected sources like R05"},
        {"effort * * * * * * 4 3-5 2-6 (R01) (R02) (R03) (R04) (R05)", "expected at most four rules"},
        {"phase deload 2 no", "f:1: phase: expected one of no yes, but it is \"\""},
        {"phase delod 2 no yes", "expected one of normal deload low-volume isolation failure-block"},
        {"phase deload 2 no yes", "f:1: phase: expected a row for normal , but none fits"},
        {"phase deload 2 no yes\nphase deload 2 no yes", "f:2: phase: expected one row for each phase"},
        {"effort muscle * * * * * 2 1-3 1-3", "f:1: effort: expected one of hypertrophy strength fitness"},
        {"effort * * * * * ajar 2 1-3 1-3", "expected one of closed open, but it is \"ajar\""},
        {"effort * * * * * * 2 1 1-3", "expected a range like 1-3 within 0 to 10, but it is \"1\""},
        {"effort * * * * * * 2 3-1 1-3", "expected a range like 1-3 within 0 to 10"},
        {"effort * * * * * * 2 1-30 1-30", "expected a range like 1-3 within 0 to 10"},
        {"effort * * * * * * 4 1-3 1-3", "f:1: effort: expected an aim within what is asked for, but it is \"4\""},
        {"effort * * * * * * 2 1-3 2-3", "expected what is asked for within what is taken"},
        {"effort strength * * * * * 2 1-3 1-3\n",
         "f:1: effort: expected a row for hypertrophy normal beginner safe early closed, but none fits"},
        {"effort * * * * * * 2 1-3 1-3\neffort strength * * * * * 2 1-3 1-3\n#\n",
         "f:2: effort: expected a case of its own, but earlier rows take all of them"},
        {"reps strength * 1-6", "f:1: reps: expected a row for hypertrophy safe, but none fits"},
        {"reps * * 0-6", "expected at least one rep"},
        {"reps * * 1.5-6", "expected a range like 1-3 within 0 to 100"},
        {"rest compound * 60-90", "f:1: rest: expected a row for isolation easy, but none fits"},
        {"rest * easy 60-90", "f:1: rest: expected a row for isolation hard, but none fits"},
        {"level.beginner_months 40", "f:1: level.intermediate_months: expected no less than level.beginner_months"},
        {"gate.sleep_h \x07", "f:1: row: expected printable ASCII"},
        {"gate.sleep_h \xC3\xA4", "expected printable ASCII"},
        {"1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5", "expected at most 24 words of 47 bytes"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "expected at most 24 words of 47 bytes"},
    };
    struct policy policy;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct err err = {ERR_NONE, ""};

        if (policy_parse("f", span_of(rows[i].text), &policy, &err) == 0)
            fail_msg("taken: %s", rows[i].text);
        assert_int_equal(err.class, ERR_CONFIG);
        if (strstr(err.text, rows[i].said) == NULL)
            fail_msg("%s\n  says %s\n  not %s", rows[i].text, err.text, rows[i].said);
        assert_null(strchr(err.text, '\n'));
    }
}

static void too_many_rows_are_refused(void **state)
{
    static const char *const rows[] = {"effort * * * * * * 2 1-3 1-3\n", "reps * * 1-6\n", "rest * * 60-90\n"};
    struct policy policy;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf text = BUF_INIT(1 << 16);
        struct err err = {ERR_NONE, ""};

        for (int j = 0; j < 100; j++)
            buf_adds(&text, rows[i]);
        assert_int_equal(policy_parse("f", buf_span(&text), &policy, &err), -1);
        assert_non_null(strstr(err.text, "expected at most"));
        buf_release(&text);
    }
}

/* What a file says reaches the advice: contract, "Overridable". */
static void a_file_changes_the_advice(void **state)
{
    static const char text[] = "gate.sleep_h 6\neffort * * * * * * 4 4-5 3-6 R05\nload.sets_assumed 2\n";
    struct err err = {ERR_NONE, ""};
    struct policy policy;
    struct advice advice;
    struct scene scene;

    (void)state;
    assert_int_equal(policy_parse("f", span_of(text), &policy, &err), 0);
    scene_read(&scene, "adv good tired", "c", "c:20x12@4");
    scene.input.policy = &policy;
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_LAST_SET);
    assert_true(advice.failure_ok);
    near(advice.rir_min, 4, 0);
    near(advice.rir_max, 5, 0);
    near(advice.last_rir_min, 3, 0);
    scene.input.policy = NULL;
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_NEXT_SET);
    near(advice.rir_min, 1, 0);
}

/* Every case must have a row, whatever a file says: then no lookup comes back empty. */
static void every_case_is_met(const struct policy *policy)
{
    for (int i = 0; i < 3 * POLICY_PHASES * 4 * 5 * 4; i++) {
        struct policy_case of = {(enum goal)(i % 3),
                                 (enum phase)(i / 3 % POLICY_PHASES),
                                 (enum level)(i / 3 / POLICY_PHASES % 4),
                                 (enum effort_class)(i / 12 / POLICY_PHASES % 5),
                                 (enum position)(i / 60 / POLICY_PHASES % 2),
                                 i / 120 / POLICY_PHASES == 1};

        assert_non_null(policy_effort(policy, &of));
        assert_non_null(policy_reps(policy, of.goal, of.effort));
    }
    for (int i = 0; i < 2; i++) {
        assert_non_null(policy_rest(policy, i == 1, 1, 0));
        assert_non_null(policy_rest(policy, i == 1, REPS_UNKNOWN, 9));
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* The shipped file with bytes changed, lines lost and lines twice: refused in one line, or whole. */
static void broken_files_are_refused_or_whole(void **state)
{
    static const char bytes[] = " *-.#\n0129aRD\t\x80";
    struct buf text = BUF_INIT(1 << 17);
    uint32_t seed = 4;

    (void)state;
    read_shipped(&text);
    for (int round = 0; round < 3000; round++) {
        struct buf broken = BUF_INIT(1 << 18);
        struct err err = {ERR_NONE, ""};
        struct policy policy;
        size_t from = next_random(&seed) % text.length, to = from + next_random(&seed) % 200;

        to = to < text.length ? to : text.length;
        buf_add(&broken, text.data, round % 2 == 0 ? from : to);
        buf_add(&broken, text.data + (round % 3 == 0 ? from : to), text.length - (round % 3 == 0 ? from : to));
        for (uint32_t i = next_random(&seed) % 4; i-- > 0;)
            broken.data[next_random(&seed) % broken.length] = bytes[next_random(&seed) % (sizeof(bytes) - 1)];
        if (policy_parse("f", buf_span(&broken), &policy, &err) == 0) {
            every_case_is_met(&policy);
        } else {
            assert_int_equal(err.class, ERR_CONFIG);
            assert_int_equal(strncmp(err.text, "f:", 2), 0);
            assert_null(strchr(err.text, '\n'));
        }
        buf_release(&broken);
    }
    buf_release(&text);
}

static void set_value(struct policy *policy, const struct policy_key *key, double value)
{
    char *at = (char *)policy + key->offset;

    if (key->whole)
        *(int *)(void *)at = (int)value;
    else
        *(double *)(void *)at = value;
}

/* Whatever a number may be set to, the core answers, and its answer can be written down. */
static void the_core_bears_every_number(void **state)
{
    static const char *const logs[] = {
        "b:80x8@2 b:80x8@2",
        "b:80x8",
        "",
        "weeks=9 volume=20 -20d c:20x10@2 c:20x11m -16d c:20x10@2 c:20x11m -12d c:20x10@2 c:20x11m -40d b:90x5@1 "
        "-30m b:80x8@2",
        "-3d b:80x8x -30m b:80x8t",
        "b:100x5@0 b:100x1@0",
    };

    (void)state;
    for (size_t i = 0; policy_key_at(i) != NULL; i++) {
        const struct policy_key *key = policy_key_at(i);

        for (size_t j = 0; j < 2 * sizeof(logs) / sizeof(logs[0]); j++) {
            struct policy policy = policy_default;
            struct scene scene;
            struct advice advice;

            set_value(&policy, key, j % 2 == 0 ? key->low : key->high);
            scene_read(&scene, "adv good safe", "b", logs[j / 2]);
            scene.input.policy = &policy;
            effort_advise(&scene.input, &advice);
            if (isnan(advice.rir_min))
                continue;
            if (!(isnan(advice.load_kg) || (advice.load_kg >= 0 && advice.load_kg < 1000)) || advice.reps > 100 ||
                advice.rest_s < 0 || advice.rest_s > 3600)
                fail_msg("%s, log %zu: %g kg x %d, rest %d", key->name, j / 2, advice.load_kg, advice.reps,
                         advice.rest_s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_file_is_what_is_compiled_in),
        cmocka_unit_test(every_number_has_a_row),
        cmocka_unit_test(what_is_left_out_stays),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(too_many_rows_are_refused),
        cmocka_unit_test(a_file_changes_the_advice),
        cmocka_unit_test(broken_files_are_refused_or_whole),
        cmocka_unit_test(the_core_bears_every_number),
    };

    return RUN_TESTS(tests);
}

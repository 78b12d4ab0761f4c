/*
 * The week's ledger, the warning signs and what follows from them, and progression, by hand from the rules.
 */
#include "tests/unit/core/effort/scene.h"

#include "core/base/mem.h"
#include "core/effort/ledger.h"
#include "core/effort/warning.h"

static void near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9))
        fail_msg("%.9f is not %.9f", value, expected);
}

static bool gives(const struct advice *advice, const char *rule)
{
    for (size_t i = 0; i < advice->reason_count; i++)
        if (strcmp(advice->reasons[i].rule, rule) == 0)
            return true;
    return false;
}

static bool warns(const struct warnings *warnings, const char *rule)
{
    for (size_t i = 0; i < warnings->count; i++)
        if (strcmp(warnings->signs[i].rule, rule) == 0)
            return true;
    return false;
}

/* ---------------------------------------------------------------- the ledger */

/* R10, R28. Three bench sets (chest 1, triceps and front delts 1/2), a curl right and left, a leg press to failure 30
 * hours ago, and a warm-up that never counts. */
static void exposure_by_hand(void **state)
{
    static struct scene scene;
    struct ledger ledger;

    (void)state;
    scene_read(&scene, "adv good", "b",
               "-8d s:100x5@0 -30h l:200x10m -40m b:40x5@4w b:80x8@3 b:80x8@1 b:80x8 c:20x10@0L c:20x10@0R");
    scene.input.exercise = NULL;
    ledger_read(&ledger, &scene.input, scene.input.now_ms - 7 * scene_day, scene.input.now_ms + 1);
    near(ledger.working, 5);
    near(ledger.known, 4);            /* one bench set doesn't say */
    near(ledger.bands[BAND_ZERO], 2); /* the leg press and the curl */
    near(ledger.bands[BAND_CLOSE], 3);
    near(ledger.bands[BAND_ASKED], 2); /* 3 and 1 */
    near(ledger.bands[BAND_FAR], 0);
    near(ledger.failures, 1);
    near(ledger.muscles[MUSCLE_CHEST].sets, 3);
    near(ledger.muscles[MUSCLE_TRICEPS].sets, 1.5);
    near(ledger.muscles[MUSCLE_BICEPS].sets, 1);
    near(ledger.muscles[MUSCLE_QUADS].sets, 1);
    near(ledger.muscles[MUSCLE_HAMSTRINGS].sets, 0.5);
    near(ledger.muscles[MUSCLE_QUADS].failures, 1);
    near(ledger.muscles[MUSCLE_HAMSTRINGS].failures, 0);
    near(ledger.muscles[MUSCLE_QUADS].hours_since, 30);
    near(ledger.muscles[MUSCLE_QUADS].hours_needed, 72); /* a compound of the legs: D6 */
    assert_true(ledger_holds(&ledger.muscles[MUSCLE_QUADS]));
    assert_true(isinf(ledger.muscles[MUSCLE_CHEST].hours_since));
    assert_int_equal(ledger.lift_count, 3);
}

/* D5. The smallest of 20 % of 15 sets (3), of one a session (on two days) and of two for each exercise. */
static void the_budget_is_the_smallest_cap(void **state)
{
    static struct scene scene;
    struct ledger ledger;
    static const char log[] = "-3d b:80x8@2 b:80x8@2 b:80x8@2 e:50x12@2 e:50x12@2 e:50x12@2 c:20x12@2 c:20x12@2 "
                              "c:20x12@2 -60m b:80x8@2 b:80x8@2 b:80x8@2 e:50x12@2 e:50x12@2 e:50x12@2";
    static const struct {
        const char *who, *log;
        double budget;
    } cases[] = {
        {"adv good", log, 2},     /* two sessions */
        {"adv good low", log, 3}, /* R16: the 20 % alone */
        {"adv good deload", log, 0},
        {"beg good", log, 0},
        {"adv good low", "volume=30", 2}, /* 20 % are 6, two a week for the one exercise there is */
        {"adv good", "c:20x12@2", 1},     /* never under one */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        scene_read(&scene, cases[i].who, "b", cases[i].log);
        ledger_read(&ledger, &scene.input, scene.input.now_ms - 7 * scene_day, scene.input.now_ms + 1);
        near(ledger.budget, cases[i].budget);
    }
}

/* R65: 20 sets of a muscle. R95: what went under the accepted RIR of a compound; an accessory that grinds and stands.
 */
static void volume_overshoots_and_grinding(void **state)
{
    static struct scene scene;
    struct ledger ledger;

    (void)state;
    scene_read(&scene, "adv", "b", "volume=20 -60m b:80x8@0 b:80x8@0 b:80x8@2 c:20x10@0");
    ledger_read(&ledger, &scene.input, scene.input.now_ms - 7 * scene_day, scene.input.now_ms + 1);
    assert_true(ledger.muscles[MUSCLE_CALVES].high_volume);
    assert_false(ledger.muscles[MUSCLE_CHEST].high_volume);
    assert_string_equal(ledger.lifts[0].exercise->name, "Bench");
    assert_int_equal(ledger.lifts[0].overshoots, 2);
    assert_int_equal(ledger.lifts[2].overshoots, 0); /* curls are no compound */
    assert_false(ledger.lifts[2].grinds);
    scene_read(&scene, "adv", "b",
               "-36d c:20x10@0 -29d c:20x10@1 -22d c:20x10@0 -15d c:20x10@0 -8d c:20x10@0 -1d c:20x10@0");
    ledger_read(&ledger, &scene.input, scene.input.now_ms - 7 * scene_day, scene.input.now_ms + 1);
    assert_int_equal(ledger.lifts[0].trend.way, TREND_PLATEAU);
    assert_true(ledger.lifts[0].grinds);
}

/* ---------------------------------------------------------------- warnings */

/* Twelve sessions of bench, four days apart, the last three 8 % down: both alarms. */
static void lose(struct scene *scene)
{
    scene_read(scene, "adv good", "b", "");
    for (int i = 0; i < 12; i++)
        scene_add(scene, 'b', i < 9 ? 100 : 92, 5, 2, scene->input.now_ms - (12 - i) * 4 * scene_day);
}

static void a_loss_lightens_the_week(void **state)
{
    static struct scene scene;
    struct warnings warnings;
    struct advice advice, before;

    (void)state;
    lose(&scene);
    scene.input.exercise = scene_exercise('b');
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 2);
    assert_true(warns(&warnings, "R48") && warns(&warnings, "R110"));
    scene_add(&scene, 'b', 90, 5, 2, scene.input.now_ms - 10 * scene_minute);
    effort_advise(&scene.input, &before);
    scene.input.warnings = &warnings;
    effort_advise(&scene.input, &advice);
    near(advice.rir_min, before.rir_min + 1); /* two warnings: one more in reserve */
    near(advice.rir_max, before.rir_max + 1);
    assert_true(gives(&advice, "R53") && !advice.failure_ok);
    for (int i = 0; i < 2; i++)
        scene_add(&scene, 'b', 90, 5, 2, scene.input.now_ms - (2 - i) * scene_minute);
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_DELOAD);
    assert_true(gives(&advice, "R48") && gives(&advice, "R53") && gives(&advice, "R81"));
    near(advice.rir_min, 3); /* as a deload's sets are: 1-3 and 2 more (R37) */
    near(advice.rir_max, 5);
    scene.profile.phase = PHASE_DELOAD; /* once it is one, it isn't proposed */
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_NEXT_EXERCISE);
}

/* Once a deload has dealt with a loss it isn't proposed again, unless the sessions behind it are low, too. */
static void a_deload_deals_with_what_was_before(void **state)
{
    static struct scene scene;
    struct warnings warnings;

    (void)state;
    lose(&scene);
    scene.profile.fresh_ms = scene.input.now_ms - 3 * scene_day; /* the last session was 4 days ago */
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 0);
    scene_add(&scene, 'b', 92, 5, 2, scene.input.now_ms - 2 * scene_day);
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 2);
    scene_read(&scene, "adv", "c", "-3d b:80x8@0 b:80x7@0 b:80x7@0 b:60x8@2");
    scene.profile.fresh_ms = scene.input.now_ms - 2 * scene_day;
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 0); /* nor are overshoots of before counted */
}

/* One warning takes the failure allowance, and nothing else. */
static void one_warning_closes_the_gate(void **state)
{
    static struct scene scene;
    struct warnings warnings;
    struct advice advice;

    (void)state;
    /* Three compound sets with nothing in reserve, earlier ones of their session (R95). */
    scene_read(&scene, "adv good", "c", "-3d b:80x8@0 b:80x7@0 b:80x7@0 b:60x8@2 -30m c:20x12@2 c:20x12@2");
    effort_advise(&scene.input, &advice);
    assert_true(advice.failure_ok);
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 1);
    assert_true(warns(&warnings, "R95"));
    scene.input.warnings = &warnings;
    effort_advise(&scene.input, &advice);
    assert_false(advice.failure_ok);
    assert_true(gives(&advice, "R53") && gives(&advice, "R110"));
    assert_int_equal(advice.action, ACTION_LAST_SET);
    near(advice.rir_min, 1);
    scene.profile.phase = PHASE_DELOAD; /* it wasn't one then */
    warnings_read(&warnings, &scene.input);
    assert_true(warnings.signs[0].value == 3);
    scene_read(&scene, "adv good", "c", "-3d b:80x8@0 b:80x7@0 b:60x8@2 -30m c:20x12@2 c:20x12@2");
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 0); /* two are not yet "repeatedly" */
}

/* R85: sharp drops in two sessions of two weeks. */
static void drops_add_up(void **state)
{
    static struct scene scene;
    struct warnings warnings;

    (void)state;
    scene_read(&scene, "adv", "c", "-9d b:80x8@1 b:80x4@1 -3d o:40x12@1 o:40x6@1");
    warnings_read(&warnings, &scene.input);
    assert_true(warns(&warnings, "R85"));
    assert_int_equal(warnings.grade, 1);
    scene_read(&scene, "adv", "c", "-16d b:80x8@1 b:80x4@1 -3d o:40x12@1 o:40x6@1");
    warnings_read(&warnings, &scene.input);
    assert_false(warns(&warnings, "R85"));
    /* Lighter, or the other side, is no drop. */
    scene_read(&scene, "adv", "c", "-9d b:80x8@1 b:60x4@1 -3d c:20x12@1R c:20x6@1L");
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.count, 0);
}

static void answer(struct checkin *checkin, const struct scene *scene, double days, double score)
{
    for (int item = 0; item < CHECKIN_ITEMS; item++)
        checkin->score[item] = score;
    checkin->dread = checkin->aches = checkin->declined = false;
    checkin->at_ms = scene->input.now_ms - (int64_t)(days * (double)scene_day);
}

static void low_checkins_never_raise(void **state)
{
    static struct scene scene;
    struct checkin checkins[2];
    struct warnings warnings;
    struct advice up, held;

    (void)state;
    scene_read(&scene, "adv str", "b", "b:100x8@4");
    effort_advise(&scene.input, &up);
    assert_true(up.load_kg > 100);
    answer(&checkins[0], &scene, 9, 4);
    answer(&checkins[1], &scene, 2, 4);
    checkins[1].score[CHECKIN_SLEEP] = checkins[1].score[CHECKIN_MOOD] = 2;
    scene.input.checkins = checkins;
    scene.input.checkin_count = 2;
    warnings_read(&warnings, &scene.input);
    assert_true(warnings.low_checkin);
    assert_int_equal(warnings.grade, 0); /* one alone is no warning */
    scene.input.warnings = &warnings;
    effort_advise(&scene.input, &held);
    assert_true(held.load_kg <= 100);
    checkins[0] = checkins[1]; /* the second one running: R49 by mood, R52 by sleep */
    checkins[0].at_ms -= 7 * scene_day;
    warnings_read(&warnings, &scene.input);
    assert_int_equal(warnings.grade, 1);
    assert_true(warns(&warnings, "R49") && warns(&warnings, "R52") && !warns(&warnings, "R50"));
    checkins[1].at_ms = scene.input.now_ms - 9 * scene_day; /* too long ago */
    checkins[0].at_ms = scene.input.now_ms - 16 * scene_day;
    warnings_read(&warnings, &scene.input);
    assert_true(!warnings.low_checkin && warnings.grade == 0);
}

/* After four check-ins the lifter's own median is the measure: 3 is low for whoever says 4 every week. */
static void checkins_are_held_against_the_person(void **state)
{
    static struct scene scene;
    struct checkin checkins[5];
    struct warnings warnings;

    (void)state;
    scene_read(&scene, "adv", "b", "b:80x8@2");
    for (int i = 0; i < 5; i++)
        answer(&checkins[i], &scene, 7 * (4 - i), i < 4 ? 4 : 3);
    scene.input.checkins = checkins + 1;
    scene.input.checkin_count = 4;
    warnings_read(&warnings, &scene.input);
    assert_false(warnings.low_checkin);
    scene.input.checkins = checkins;
    scene.input.checkin_count = 5;
    warnings_read(&warnings, &scene.input);
    assert_true(warnings.low_checkin);
}

/* Two low items hold failure and loads back, three make it easier by one in reserve (policy's warning), until the next
 * check-in, or until the lifter says no. Dread (R51) and aches (R50) count like items; aches beside soreness don't. */
static void a_low_checkin_acts_at_once(void **state)
{
    static const struct {
        double score[CHECKIN_ITEMS]; /* fatigue, sleep, soreness, stress, mood; 0: not answered */
        bool dread, aches, declined;
        double days;
        enum warnings_verdict verdict;
    } rows[] = {
        {{4, 3, 4, 5, 4}, false, false, false, 1, VERDICT_CARRY_ON},
        {{4, 2, 4, 5, 4}, false, false, false, 1, VERDICT_CARRY_ON},
        {{4, 2, 4, 5, 2}, false, false, false, 1, VERDICT_NO_FAILURE},
        {{4, 2, 4, 5, 4}, true, false, false, 1, VERDICT_NO_FAILURE},
        {{4, 4, 2, 5, 4}, false, true, false, 1, VERDICT_CARRY_ON},
        {{2, 2, 4, 5, 2}, false, false, false, 1, VERDICT_EASIER},
        {{1, 0, 0, 0, 0}, true, true, false, 1, VERDICT_EASIER},
        {{2, 2, 2, 2, 2}, false, false, false, 8, VERDICT_EASIER},
        {{2, 2, 2, 2, 2}, false, false, false, 8.1, VERDICT_CARRY_ON},
        {{2, 2, 2, 2, 2}, true, true, true, 1, VERDICT_CARRY_ON},
        {{0, 0, 0, 0, 0}, false, false, false, 1, VERDICT_CARRY_ON},
    };
    static struct scene scene;
    struct advice plain;

    (void)state;
    scene_read(&scene, "adv", "c", "c:20x12@2");
    effort_advise(&scene.input, &plain);
    assert_true(plain.failure_ok == false); /* the second of three */
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct checkin checkin = {.dread = rows[i].dread, .aches = rows[i].aches, .declined = rows[i].declined};
        struct warnings warnings;
        struct advice advice;

        for (int item = 0; item < CHECKIN_ITEMS; item++)
            checkin.score[item] = rows[i].score[item] > 0 ? rows[i].score[item] : NAN;
        checkin.at_ms = scene.input.now_ms - (int64_t)(rows[i].days * (double)scene_day);
        scene.input.checkins = &checkin;
        scene.input.checkin_count = 1;
        scene.input.warnings = &warnings;
        warnings_read(&warnings, &scene.input);
        if (warnings_verdict(&scene.input) != rows[i].verdict)
            fail_msg("row %zu: %d", i, (int)warnings_verdict(&scene.input));
        effort_advise(&scene.input, &advice);
        assert_true(advice.rir_min - plain.rir_min == (rows[i].verdict == VERDICT_EASIER ? 1 : 0));
        assert_true(advice.load_kg <= plain.load_kg);
        assert_int_equal(gives(&advice, "R53"), rows[i].verdict != VERDICT_CARRY_ON);
    }
}

/* The mean against the median of the means before, once there are four. Declined ones count among them. */
static void the_usual_is_the_persons_own(void **state)
{
    static struct scene scene;
    struct checkin checkins[5];
    struct readiness readiness;

    (void)state;
    scene_read(&scene, "adv", "b", "b:80x8@2");
    for (int i = 0; i < 5; i++)
        answer(&checkins[i], &scene, 7 * (4 - i), 1 + i);
    checkins[1].declined = true;
    scene.input.checkins = checkins;
    scene.input.checkin_count = 4;
    scene.input.now_ms -= 7 * scene_day;
    readiness_read(&readiness, &scene.input);
    assert_true(readiness.known && readiness.mean == 4 && isnan(readiness.usual));
    scene.input.checkin_count = 5;
    readiness_read(&readiness, &scene.input); /* the fifth is of the future */
    assert_true(readiness.mean == 4);
    scene.input.now_ms += 7 * scene_day;
    readiness_read(&readiness, &scene.input);
    assert_true(readiness.mean == 5 && readiness.usual == 2.5 && readiness.lowest == 5);
    scene.input.checkin_count = 0;
    readiness_read(&readiness, &scene.input);
    assert_true(!readiness.known && isnan(readiness.mean) && isnan(readiness.lowest));
}

/* R51: dread with a low item, twice running, is a warning. */
static void dread_twice_is_a_warning(void **state)
{
    static struct scene scene;
    struct checkin checkins[2];
    struct warnings warnings;

    (void)state;
    scene_read(&scene, "adv", "b", "b:80x8@2");
    for (int i = 0; i < 2; i++) {
        answer(&checkins[i], &scene, 8 - 7 * i, 4);
        checkins[i].score[CHECKIN_SORENESS] = 1;
        checkins[i].dread = true;
    }
    scene.input.checkins = checkins;
    scene.input.checkin_count = 2;
    warnings_read(&warnings, &scene.input);
    assert_true(warnings.grade == 1 && warns(&warnings, "R50") && warns(&warnings, "R51") && !warns(&warnings, "R49"));
}

/* ---------------------------------------------------------------- what comes after the last set */

static void two_lifts_that_drop_end_the_day(void **state)
{
    static struct scene scene;
    struct advice advice;

    (void)state;
    scene_read(&scene, "adv", "c", "-60m b:80x8@1 b:80x4@1 o:40x12@1 o:40x6@1 c:20x12@2 c:20x12@2 c:20x12@2");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_REST_DAY);
    assert_true(gives(&advice, "R60") && gives(&advice, "R70") && isnan(advice.load_kg));
    scene_read(&scene, "adv", "c", "-60m b:80x8@1 b:80x4@1 c:20x12@2 c:20x12@2 c:20x12@2");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_NEXT_EXERCISE);
}

/* R41, R112: a set that hurt ends its exercise for the day, and no other. */
static void pain_that_is_said_stops(void **state)
{
    static const struct {
        const char *note;
        bool stops;
    } cases[] = {
        {"knee pain", true},
        {"Hurts a bit", true},
        {"ouch!", true},
        {"left elbow: painful", true},
        {"no pain", false},
        {"pain free", false},
        {"pain-free", false},
        {"didn't hurt", false},
        {"sore from leg day", false},
        {"paint it black", false},
        {"", false},
        {"without pain, then pain", true},
    };
    static struct scene scene;
    struct advice advice;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        scene_read(&scene, "adv", "s", "-3d s:100x5@2 -30m s:100x5@2");
        snprintf(scene.log[1].set.note, sizeof(scene.log[1].set.note), "%s", cases[i].note);
        effort_advise(&scene.input, &advice);
        if ((advice.action == ACTION_STOP_EXERCISE) != cases[i].stops)
            fail_msg("%s", cases[i].note);
        assert_int_equal(gives(&advice, "R112"), cases[i].stops);
    }
    scene_read(&scene, "adv", "s", "-3d s:100x5@2 -30m b:80x8@2 s:100x5@2");
    snprintf(scene.log[0].set.note, sizeof(scene.log[0].set.note), "pain");
    snprintf(scene.log[1].set.note, sizeof(scene.log[1].set.note), "pain");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_NEXT_SET); /* another day, another exercise */
}

/* R81: missed at the same load in two sessions running: 10 % off, well short, and not beyond the range. */
static void misses_twice_rebuild(void **state)
{
    static struct scene scene;
    struct advice advice;

    (void)state;
    scene_read(&scene, "adv", "b", "-3d b:100x6x b:100x5@1 b:100x5@1 -60m b:100x5x b:100x5@1 b:100x4@1");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_RESET);
    near(advice.load_kg, 90);
    assert_true(advice.reps >= 3 && advice.reps <= 5); /* the usual 5 are of the range from 3 to 5 */
    near(advice.rir_min, 3);
    near(advice.rir_max, 5);
    assert_true(gives(&advice, "R81"));
    scene_read(&scene, "adv", "b", "-3d b:100x6@1 b:100x5@1 -60m b:100x5x b:100x5@1 b:100x4@1");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_NEXT_EXERCISE); /* once is a bad day */
    effort_next_session(&scene.input, &advice);
    assert_true(advice.load_kg <= 100); /* but nothing goes up on it */
    scene_read(&scene, "adv", "b", "-3d b:95x6x b:95x5@1 -60m b:100x5x b:100x5@1 b:100x4@1");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_RESET); /* more was tried after a miss */
    scene_read(&scene, "adv", "b", "-3d b:100x6x b:100x5@1 -60m b:95x5x b:95x5@1 b:95x4@1");
    effort_advise(&scene.input, &advice);
    assert_int_equal(advice.action, ACTION_NEXT_EXERCISE); /* less was */
}

static void next_session(struct scene *scene, const char *who, const char *log, struct advice *advice)
{
    scene_read(scene, who, "b", log);
    effort_next_session(&scene->input, advice);
    assert_int_equal(advice->action, ACTION_NEXT_SET);
}

/* Double progression: usual reps of 10 are of the range from 8 to 12. Up to 12 at 2 RIR reps grow; n = 15 is 13 at 2
 * RIR: a step up. There n = 1 + 31 ((1 + 14 / 31) 80 / 82.5 - 1) = 13.64, less 2; the last sets, n = 11, say less. */
static void reps_first_for_growth(void **state)
{
    static struct scene scene;
    struct advice advice;

    (void)state;
    next_session(&scene, "adv", "-3d b:80x10@2 b:80x10@2 -60m b:80x11@2 b:80x10@1 b:80x10@1", &advice);
    near(advice.load_kg, 80);
    assert_int_equal(advice.reps, 11);
    next_session(&scene, "adv", "-3d b:80x10@2 b:80x10@2 -60m b:80x12@3 b:80x10@1 b:80x10@1", &advice);
    near(advice.load_kg, 82.5);
    assert_in_range(advice.reps, 10, 12);
}

/* D1: for strength the load goes up as soon as the usual reps leave more than 3. 100x5@3.9: n = 8.9, which at 102.5 is
 * 1 + 31 ((1 + 7.9 / 31) / 1.025 - 1) = 7.95, less 3. */
static void load_first_for_strength(void **state)
{
    static struct scene scene;
    struct advice advice;

    (void)state;
    next_session(&scene, "adv str", "-3d b:100x5@3 b:100x5@3 -60m b:100x5@3 b:100x5@3 b:100x5@3", &advice);
    near(advice.load_kg, 100);
    assert_int_equal(advice.reps, 5);
    next_session(&scene, "adv str", "-3d b:100x5@3 b:100x5@3 -60m b:100x5@3.9 b:100x5@3 b:100x5@3", &advice);
    near(advice.load_kg, 102.5);
    assert_int_equal(advice.reps, 5);
}

/* R69, R87: the advanced, on a safe exercise, where the gate is open, from the ninth week on (D8). */
static void calibration_is_proposed(void **state)
{
    static const struct {
        const char *who, *log;
        bool proposed;
    } cases[] = {
        {"adv good", "weeks=9 c:20x12@2 c:20x12@2", true},
        {"adv good", "weeks=7 c:20x12@2 c:20x12@2", false},
        {"2y good", "weeks=9 c:20x12@2 c:20x12@2", false},
        {"adv", "weeks=9 c:20x12@2 c:20x12@2", false},
        {"adv good", "weeks=9 c:20x12@2", false},
        {"adv good", /* known by three */
         "weeks=9 -31d c:20x10@2 c:20x12m -24d c:20x10@2 c:20x12m -17d c:20x10@2 c:20x12m -30m c:20x12@2 c:20x12@2",
         false},
    };
    static struct scene scene;
    struct advice advice;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        scene_read(&scene, cases[i].who, "c", cases[i].log);
        effort_advise(&scene.input, &advice);
        if (gives(&advice, "R69") != cases[i].proposed)
            fail_msg("case %zu", i);
        assert_true(!cases[i].proposed || advice.failure_ok);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exposure_by_hand),
        cmocka_unit_test(the_budget_is_the_smallest_cap),
        cmocka_unit_test(volume_overshoots_and_grinding),
        cmocka_unit_test(a_loss_lightens_the_week),
        cmocka_unit_test(a_deload_deals_with_what_was_before),
        cmocka_unit_test(one_warning_closes_the_gate),
        cmocka_unit_test(drops_add_up),
        cmocka_unit_test(low_checkins_never_raise),
        cmocka_unit_test(checkins_are_held_against_the_person),
        cmocka_unit_test(a_low_checkin_acts_at_once),
        cmocka_unit_test(the_usual_is_the_persons_own),
        cmocka_unit_test(dread_twice_is_a_warning),
        cmocka_unit_test(two_lifts_that_drop_end_the_day),
        cmocka_unit_test(pain_that_is_said_stops),
        cmocka_unit_test(misses_twice_rebuild),
        cmocka_unit_test(reps_first_for_growth),
        cmocka_unit_test(load_first_for_strength),
        cmocka_unit_test(calibration_is_proposed),
    };

    return RUN_TESTS(tests);
}

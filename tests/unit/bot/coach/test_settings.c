/*
 * Settings: what is typed, what it means to the core, and how long it holds. Words and times are the contract's.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/coach/place.h"
#include "bot/coach/lifter.h"
#include "bot/coach/setting.h"
#include "bot/log/log.h"
#include "core/effort/policy.h"

static void words_are_read(void **state)
{
    static const struct {
        const char *typed, *answer;
    } rows[] = {
        {"goal strength", "goal: strength"},
        {"goal Muscle", "goal: hypertrophy"},
        {"goal fitness", "goal: fitness"},
        {"goal speed", "Type goal strength"},
        {"goal", "goal: fitness"},
        {"phase deload", "phase: deload"},
        {"phase deload until 2026-02-01", "phase: deload until 2026-02-01"},
        {"phase low-volume", "phase: low-volume"},
        {"phase isolation", "phase: isolation"},
        {"phase failure-block until 2026-03-01", "phase: failure-block until 2026-03-01"},
        {"phase failure-block", "phase: failure-block until 2026-02-01"}, /* R18: 28 days */
        {"phase low volume", "phase: low-volume"},
        {"phase failure block until 2026-01-25", "phase: failure-block until 2026-01-25"},
        {"phase deload for a week", "phase: deload until 2026-01-11"},
        {"phase deload for 10 days", "phase: deload until 2026-01-14"},
        {"phase failure block for 3 weeks", "phase: failure-block until 2026-01-25"},
        {"phase deload for 99 weeks", "I can't read phase"},
        {"phase deload for ever", "I can't read phase"},
        {"phase normal for a week", "I can't read phase"},
        {"phase deloading", "I can't read phase"},
        {"phase deload until 2026-02-30", "I can't read phase deload until 2026-02-30"},
        {"phase deload until tomorrow", "I can't read phase"},
        {"phase normal until 2026-02-01", "I can't read phase"},
        {"experience 3y", "experience: 3 years"},
        {"experience 8 months", "experience: 8 months"},
        {"experience 1 month", "experience: 1 month"},
        {"experience 12 months", "experience: 1 year"},
        {"experience 1,5 years", "experience: 18 months"},
        {"experience 3", "Type experience 3y"},
        {"experience 2019", "experience: 7 years"},
        {"experience 1900", "Type experience 3y"},
        {"experience 2027", "Type experience 3y"},
        {"experience beginner", "experience: 0 months"},
        {"experience 3y", "experience: 3 years"},
        {"experience 999y", "I can't read experience 999y"},
        {"experience 500m", "I can't read experience 500m"},
        {"form good", "form: good"},
        {"form learning", "form: learning"},
        {"safeties on", "safeties: on"},
        {"stress high", "stress: high"},
        {"stress awful", "Type stress low"},
        {"slept 6.5h", "slept: 6.5 h"},
        {"slept 6,5 h", "slept: 6.5 h"},
        {"slept 7", "slept: 7 h"},
        {"slept 25h", "I can't read slept 25h"},
        {"slept well", "Type hours"},
        {"deficit on", "deficit: on"},
        {"deficit off", "deficit: off"},
        {"injury shoulder", "injury: shoulder"},
        {"injury left knee", "injury: shoulder, left knee"},
        {"injury none", "injury: nothing set"},
        {"injury unicorn", "Type a place"},
        {"pain lower back 2", "pain: lower back 2"},
        {"pain elbow 1", "pain: lower back 2, elbow 1"},
        {"pain lower back 1", "pain: elbow 1, lower back 1"},
        {"pain elbow 0", "pain: lower back 1"},
        {"pain knee right 2", "pain: lower back 1, right knee 2"}, /* the side may stand behind */
        {"pain none", "pain: nothing set"},
        {"pain elbow 4", "Type a place and 0 to 3"},
        {"pain 2", "Type a place and 0 to 3"},
        {"equipment dumbbells 2.5", "equipment: dumbbell 2.5 kg"},
        {"equipment machine steps of 10lb, plates 2,5", "equipment: barbell 5 kg,\ndumbbell 2.5 kg, machine 10 lb"},
        {"equipment barbell 0", "equipment: dumbbell 2.5 kg,\nmachine 10 lb"},
        {"equipment bar 15", "equipment: dumbbell 2.5 kg,\nmachine 10 lb, bar 15 kg"},
        {"equipment plates 20 10 5 1.25",
         "equipment: plates 20 10 5 1.25 kg,\ndumbbell 2.5 kg, machine 10 lb,\nbar 15 kg"},
        {"equipment plates 20, 10 and 5", "equipment: plates 20 10 5 kg,\ndumbbell 2.5 kg, machine 10 lb,\nbar 15 kg"},
        {"equipment plates 45 25 lb, bar 20",
         "equipment: plates 45 25 lb,\ndumbbell 2.5 kg, machine 10 lb,\nbar 20 kg"},
        {"equipment plates 45 25 lbs", "equipment: plates 45 25 lb,\ndumbbell 2.5 kg, machine 10 lb,\nbar 20 kg"},
        {"equipment plates 45 kg 25 lbs", "Type the smallest steps"},
        {"equipment plates 45lb 20kg", "equipment: plates 45lb 20kg,\ndumbbell 2.5 kg, machine 10 lb,\nbar 20 kg"},
        {"equipment plates 20 banana", "Type the smallest steps"},
        {"equipment plates", "Type the smallest steps"},
        {"equipment plates 1 2 3 4 5 6 7 8 9 10 11 12 13", "Type the smallest steps"},
        {"equipment machines 5, 10", "Type the smallest steps"},
        {"equipment barbell 2", "equipment: barbell 2 kg,\ndumbbell 2.5 kg, machine 10 lb,\nbar 20 kg"},
        {"equipment bar 200", "Type the smallest steps"},
        {"equipment plates 0, bar 0", "equipment: dumbbell 2.5 kg,\nmachine 10 lb"},
        {"equipment unicorn 5", "Type the smallest steps"},
        {"equipment dumbbells 60", "Type the smallest steps"},
        {"equipment dumbbells 0.01", "Type the smallest steps"},
        {"equipment dumbbells", "Type the smallest steps"},
        {"equipment dumbbells 2 machines 5", "Type the smallest steps"},
        {"equipment", "equipment: dumbbell 2.5 kg,\nmachine 10 lb"},
        {"equipment none", "equipment: nothing set"},
        {"bw 79,8", "bw: 79.8 kg"},
        {"bw 180lb", "bw: 180 lb"},
        {"bw 3", "Type your weight"},
        {"bodyweight 82.4 kg", "bw: 82.4 kg"},
        {"units lb", "units: lb"},
        {"units kilo", "units: kg"},
        {"units pound", "units: lb"},
        {"bw 200", "bw: 200 lb"},
        {"units stone", "Type units kg"},
        {"timezone Europe/Berlin", "timezone: Europe/Berlin"},
        {"timezone america/new_york", "timezone: America/New_York"},
        {"timezone america/new york", "timezone: America/New_York"},
        {"timezone berlin", "timezone: Europe/Berlin"},
        {"tz new york", "timezone: America/New_York"},
        {"timezone UTC", "timezone: UTC"},
        {"timezone ../../etc/passwd", "Type it like timezone Europe/Berlin"},
        {"timezone atlantis", "Type it like timezone Europe/Berlin"},
    };
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        assert_says(talk_say(&talk, rows[i].typed), rows[i].answer);
    assert_says(talk_say(&talk, "settings"), "goal: fitness\nphase: failure-block");
    coach_forget(talk.coach);
    assert_says(talk_say(&talk, "settings"), "timezone: UTC");
    talk_close(&talk);
}

/* A lifter whose settings are VALUES (name, value pairs, said at 0). */
static void profile_of(struct profile *profile, enum setting_id id, const char *value, const struct setting_time *time)
{
    struct lifter lifter = {.settings_loaded = true};
    char row[128];

    snprintf(row, sizeof(row), "0 %s", value);
    lifter.settings[id] = row;
    setting_profile(&lifter, UNIT_KG, time, profile);
}

static void settings_reach_the_core(void **state)
{
    const struct setting_time now = {0, 20458, &policy_default}; /* 2026-01-05 */
    struct profile profile;

    (void)state;
    profile_of(&profile, SETTING_GOAL, "strength", &now);
    assert_int_equal(profile.goal, GOAL_STRENGTH);
    assert_int_equal(profile.phase, PHASE_NORMAL);
    assert_true(isnan(profile.experience_months) && isnan(profile.slept_h) && isnan(profile.bodyweight_kg));
    assert_int_equal(profile.form, FORM_UNKNOWN);
    profile_of(&profile, SETTING_GOAL, "fitness", &now);
    assert_int_equal(profile.goal, GOAL_FITNESS);
    profile_of(&profile, SETTING_PHASE, "low-volume", &now);
    assert_int_equal(profile.phase, PHASE_LOW_VOLUME);
    profile_of(&profile, SETTING_PHASE, "isolation", &now);
    assert_int_equal(profile.phase, PHASE_ISOLATION);
    profile_of(&profile, SETTING_PHASE, "failure-block", &now);
    assert_int_equal(profile.phase, PHASE_FAILURE_BLOCK);
    profile_of(&profile, SETTING_FORM, "good", &now);
    assert_int_equal(profile.form, FORM_GOOD);
    profile_of(&profile, SETTING_SAFETIES, "on", &now);
    assert_true(profile.safeties);
    profile_of(&profile, SETTING_STRESS, "high", &now);
    assert_int_equal(profile.stress, STRESS_HIGH);
    profile_of(&profile, SETTING_DEFICIT, "on", &now);
    assert_true(profile.deficit);
    profile_of(&profile, SETTING_BW, "180 lb", &now);
    assert_true(fabs(profile.bodyweight_kg - 81.6466266) < 1e-9);
    profile_of(&profile, SETTING_UNITS, "lb", &now);
    assert_int_equal(profile.equipment.unit, UNIT_LB);
    profile_of(&profile, SETTING_EQUIPMENT, "barbell 5 kg, machine 10 lb", &now);
    assert_true(profile.equipment.step_kg[EQUIPMENT_BARBELL] == 5 && profile.equipment.step_kg[EQUIPMENT_CABLE] == 0);
    assert_true(fabs(profile.equipment.step_kg[EQUIPMENT_MACHINE] - 4.5359237) < 1e-9);
    profile_of(&profile, SETTING_PAIN, "knee 2, elbow 1", &now);
    assert_true((profile.pain_muscles & (1U << MUSCLE_QUADS)) != 0);
    assert_true((profile.pain_muscles & (1U << MUSCLE_TRICEPS)) != 0);
    assert_true((profile.pain_muscles & (1U << MUSCLE_CHEST)) == 0);
}

static void settings_hold_as_long_as_they_should(void **state)
{
    const int64_t hour = HOUR;
    struct policy brief = policy_default;
    struct profile profile;

    (void)state;
    brief.gate.sleep_holds_h = 1;
    profile_of(&profile, SETTING_SLEPT, "5 h", &(struct setting_time){36 * hour, 0, &policy_default});
    assert_true(profile.slept_h == 5.0);
    profile_of(&profile, SETTING_SLEPT, "5 h", &(struct setting_time){36 * hour + 1, 0, &policy_default});
    assert_true(isnan(profile.slept_h));
    profile_of(&profile, SETTING_SLEPT, "5 h", &(struct setting_time){hour + 1, 0, &brief});
    assert_true(isnan(profile.slept_h));
    profile_of(&profile, SETTING_PHASE, "deload until 2026-01-05", &(struct setting_time){0, 20458, &policy_default});
    assert_int_equal(profile.phase, PHASE_DELOAD);
    profile_of(&profile, SETTING_PHASE, "deload until 2026-01-05", &(struct setting_time){0, 20459, &policy_default});
    assert_int_equal(profile.phase, PHASE_NORMAL);
    profile_of(&profile, SETTING_EXPERIENCE, "36 months",
               &(struct setting_time){INT64_C(31556952000), 0, &policy_default});
    assert_true(fabs(profile.experience_months - 48.0) < 1e-9); /* a mean Gregorian year later */
    profile_of(&profile, SETTING_EXPERIENCE, "3 years", &(struct setting_time){0, 0, &policy_default});
    assert_true(fabs(profile.experience_months - 36.0) < 1e-9);
    profile_of(&profile, SETTING_STRESS, "high", &(struct setting_time){1000 * (int64_t)DAY, 0, &policy_default});
    assert_int_equal(profile.stress, STRESS_HIGH);
}

/* An operator's own policy reaches every answer: advice, how long sleep holds, when a jump is asked back. */
static void the_operators_policy_holds(void **state)
{
    struct policy policy = policy_default;
    struct talk talk;

    (void)state;
    policy.load.sets_assumed = 2;
    policy.gate.sleep_holds_h = 1;
    policy.load.jump = 1.05;
    talk_open_with(&talk, &policy);
    talk_say(&talk, "slept 5h");
    talk_say(&talk, "bench 80x8 @2");
    assert_int_equal(talk.said[0].advice.action, ACTION_LAST_SET);
    talk.now_ms += 24 * (int64_t)HOUR;
    assert_null(strstr(talk_say(&talk, "settings"), "slept"));
    talk_say(&talk, "bench 85x8 @2");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    talk_close(&talk);
}

/* R41: pain in the muscle stops its exercise; until it is said to be gone. */
static void pain_stops_until_it_is_gone(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "pain shoulder 2");
    talk_say(&talk, "bench 60x8 @3");
    assert_int_equal(talk.said[0].advice.action, ACTION_STOP_EXERCISE);
    talk_say(&talk, "pain shoulder 0");
    talk_say(&talk, "bench 60x8 @3");
    assert_int_equal(talk.said[0].advice.action, ACTION_LAST_SET);
    talk_close(&talk);
}

static void every_muscle_and_joint_is_a_place(void **state)
{
    static const char *const bad[] = {"", "left", "left ", "unicorn", "knee 2", "kneess"};

    (void)state;
    for (int i = 0; i < MUSCLE_COUNT; i++)
        assert_int_equal(place_muscles(span_of(muscle_name((enum muscle)i))), 1U << i);
    assert_true(place_known(span_of("front delts")));
    assert_true(place_known(span_of("right shoulder")));
    assert_true(place_known(span_of("knees")));
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        assert_false(place_known(span_of(bad[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read),
        cmocka_unit_test(settings_reach_the_core),
        cmocka_unit_test(settings_hold_as_long_as_they_should),
        cmocka_unit_test(pain_stops_until_it_is_gone),
        cmocka_unit_test(the_operators_policy_holds),
        cmocka_unit_test(every_muscle_and_joint_is_a_place),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

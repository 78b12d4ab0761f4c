/*
 * Training logs written as lines of words, so that a scenario reads like a training diary. The exercises are the
 * scene's own, by letter, so that no change of the catalogue moves a test.
 *
 * WHO: beg int adv unk 2y 18m; hyp str fit; good (form), safe (safeties), stress, deficit, tired (slept 6.5 h), slept
 * (7 h); deload low iso block; hurts-chest hurts-triceps; lb (plates in pounds), nobw (body weight unknown).
 * TASK: the exercise's letter; a plan by load=, reps=a-b, rir=a-b, sets=.
 * LOG: "-30h", "-40m" and "-3d" set the clock (before now, which is 18:00); from set to set 3 minutes pass, the first
 * one is 30 minutes ago; "same" stops the clock. A set is letter:LOADxREPS[@RIR][flags]; flags: m momentary, t
 * technical, x missed, w warm-up, c cheated, d drop set, L and R sides; LOAD is a number, bw, bw+n or bw-n.
 * "weeks=9" puts a filler set into each of so many weeks, "volume=20" so many into the last one; they stand first.
 */
#ifndef TESTS_UNIT_CORE_EFFORT_SCENE_H
#define TESTS_UNIT_CORE_EFFORT_SCENE_H

#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/effort/effort.h"

enum { SCENE_SETS = 512 };

struct scene {
    struct profile profile;
    struct target target;
    struct logged_set log[SCENE_SETS];
    size_t count;
    struct effort_input input;
};

#define BIT(muscle) (UINT32_C(1) << MUSCLE_##muscle)

static const struct scene_exercise {
    char letter;
    struct exercise exercise;
} scene_table[] = {
    {'b', .exercise = {"s-bench", "Bench", NULL, BIT(CHEST), BIT(TRICEPS) | BIT(FRONT_DELTS), EQUIPMENT_BARBELL,
                       EFFORT_TRAP, .compound = true}},
    {'s', .exercise = {"s-squat", "Squat", NULL, BIT(QUADS) | BIT(GLUTES), BIT(HAMSTRINGS), EQUIPMENT_BARBELL,
                       EFFORT_AVOID, .compound = true, .lower_body = true}},
    {'c', .exercise = {"s-curl", "Curl", NULL, BIT(BICEPS), BIT(FOREARMS), EQUIPMENT_DUMBBELL, EFFORT_SAFE}},
    {'e', .exercise = {"s-extension", "Leg extension", NULL, BIT(QUADS), 0, EQUIPMENT_MACHINE, EFFORT_SAFE,
                       .lower_body = true}},
    {'l', .exercise = {"s-leg-press", "Leg press", NULL, BIT(QUADS) | BIT(GLUTES), BIT(HAMSTRINGS), EQUIPMENT_MACHINE,
                       EFFORT_ALLOWED, .compound = true, .lower_body = true}},
    {'p', .exercise = {"s-chest-press", "Chest press", NULL, BIT(CHEST), BIT(TRICEPS), EQUIPMENT_MACHINE,
                       EFFORT_ALLOWED, .compound = true}},
    {'i', .exercise = {"s-incline", "Incline dumbbell press", NULL, BIT(CHEST), BIT(TRICEPS), EQUIPMENT_DUMBBELL,
                       EFFORT_CAUTION, .compound = true}},
    {'o', .exercise = {"s-row", "Chest-supported row", NULL, BIT(UPPER_BACK), BIT(BICEPS), EQUIPMENT_DUMBBELL,
                       EFFORT_CAUTION, .compound = true}},
    {'u', .exercise = {"s-pull-up", "Pull-up", NULL, BIT(LATS), BIT(BICEPS), EQUIPMENT_BODYWEIGHT, EFFORT_ALLOWED,
                       .compound = true, .bodyweight = true}},
    {'k', .exercise = {"s-plank", "Plank", NULL, BIT(ABS), 0, EQUIPMENT_BODYWEIGHT, EFFORT_SAFE, .timed = true,
                       .bodyweight = true}},
    {'t', .exercise = {"s-pushdown", "Pushdown", NULL, BIT(TRICEPS), 0, EQUIPMENT_CABLE, EFFORT_SAFE}},
    {'r', .exercise = {"s-raise", "Lateral raise", NULL, BIT(SIDE_DELTS), 0, EQUIPMENT_DUMBBELL, EFFORT_SAFE}},
    {'f', .exercise = {"s-calf", "Calf raise", NULL, BIT(CALVES), 0, EQUIPMENT_MACHINE, EFFORT_SAFE}},
};

enum { SCENE_EXERCISES = sizeof(scene_table) / sizeof(scene_table[0]) };

static const int64_t scene_minute = 60000, scene_hour = 3600000, scene_day = 86400000;
static const int64_t scene_midnight = 20000 * (int64_t)86400000;

static const struct exercise *scene_exercise(char letter)
{
    for (size_t i = 0; i < SCENE_EXERCISES; i++)
        if (scene_table[i].letter == letter)
            return &scene_table[i].exercise;
    fail_msg("no exercise %c", letter);
    return NULL;
}

static void scene_init(struct scene *scene)
{
    static struct exercise own[SCENE_EXERCISES];

    for (size_t i = 0; i < SCENE_EXERCISES; i++)
        own[i] = scene_table[i].exercise;
    memset(scene, 0, sizeof(*scene));
    scene->profile = (struct profile){.experience_months = 48, .slept_h = NAN, .bodyweight_kg = 80};
    scene->target = (struct target){.load_kg = NAN, .rir_min = NAN, .rir_max = NAN};
    scene->input = (struct effort_input){.profile = &scene->profile,
                                         .exercise = &own[0],
                                         .log = scene->log,
                                         .own = own,
                                         .own_count = SCENE_EXERCISES,
                                         .now_ms = scene_midnight + 18 * scene_hour,
                                         .day_start_ms = scene_midnight};
}

static struct set *scene_add(struct scene *scene, char letter, double load_kg, int reps, double rir, int64_t at_ms)
{
    struct logged_set *logged = &scene->log[scene->count++];

    assert_true(scene->count <= SCENE_SETS);
    scene->input.log_count = scene->count;
    set_init(&logged->set);
    snprintf(logged->set.exercise, sizeof(logged->set.exercise), "%s", scene_exercise(letter)->id);
    logged->set.load_kg = load_kg;
    logged->set.reps = reps;
    logged->set.rir = rir;
    logged->at_ms = at_ms;
    return &logged->set;
}

static void scene_who(struct scene *scene, const char *word)
{
    struct profile *who = &scene->profile;
    static const struct {
        const char *word;
        double months;
    } ages[] = {{"beg", 6}, {"int", 30}, {"adv", 48}, {"unk", NAN}, {"2y", 24}, {"18m", 18}};
    static const char *const goals[] = {"hyp", "str", "fit"}, *const phases[] = {"", "deload", "low", "iso", "block"};

    for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++)
        if (strcmp(word, ages[i].word) == 0)
            who->experience_months = ages[i].months;
    for (int i = 0; i < 3; i++)
        if (strcmp(word, goals[i]) == 0)
            who->goal = (enum goal)i;
    for (int i = 1; i < 5; i++)
        if (strcmp(word, phases[i]) == 0)
            who->phase = (enum phase)i;
    if (strcmp(word, "good") == 0)
        who->form = FORM_GOOD;
    who->safeties |= strcmp(word, "safe") == 0;
    who->deficit |= strcmp(word, "deficit") == 0;
    if (strcmp(word, "stress") == 0)
        who->stress = STRESS_HIGH;
    if (strcmp(word, "tired") == 0)
        who->slept_h = 6.5;
    if (strcmp(word, "slept") == 0)
        who->slept_h = 7;
    if (strcmp(word, "hurts-chest") == 0)
        who->pain_muscles = BIT(CHEST);
    if (strcmp(word, "hurts-triceps") == 0)
        who->pain_muscles = BIT(TRICEPS);
    if (strcmp(word, "lb") == 0)
        who->equipment.unit = UNIT_LB;
    if (strcmp(word, "nobw") == 0)
        who->bodyweight_kg = NAN;
}

static void scene_task(struct scene *scene, const char *word)
{
    struct target *target = &scene->target;

    if (word[1] == '\0') {
        for (size_t i = 0; i < SCENE_EXERCISES; i++)
            if (scene_table[i].letter == word[0])
                scene->input.exercise = &scene->input.own[i];
        return;
    }
    if (sscanf(word, "load=%lf", &target->load_kg) != 1 &&
        sscanf(word, "reps=%d-%d", &target->reps_min, &target->reps_max) < 1 &&
        sscanf(word, "rir=%lf-%lf", &target->rir_min, &target->rir_max) < 1 &&
        sscanf(word, "sets=%d", &target->sets) != 1)
        fail_msg("task: %s", word);
    scene->input.target = target;
}

static void scene_flags(struct set *set, const char *flags)
{
    for (; *flags != '\0'; flags++) {
        switch (*flags) {
        case 'm':
            set->failure = FAILURE_MOMENTARY;
            break;
        case 't':
            set->failure = FAILURE_TECHNICAL;
            break;
        case 'x':
            set->failure = FAILURE_MISSED;
            break;
        case 'w':
            set->type = SET_WARMUP;
            break;
        case 'd':
            set->type = SET_DROP;
            break;
        case 'c':
            set->cheat = true;
            break;
        case 'L':
            set->side = SIDE_LEFT;
            break;
        case 'R':
            set->side = SIDE_RIGHT;
            break;
        default:
            fail_msg("flag %c", *flags);
        }
    }
}

static void scene_set(struct scene *scene, const char *word, int64_t at_ms)
{
    enum load_mode mode = LOAD_EXTERNAL;
    const char *at = word + 2;
    double load = 0, rir = NAN;
    struct set *set;
    char *end;
    long reps;

    if (strncmp(at, "bw", 2) == 0) {
        at += 2;
        mode = *at == '+' ? LOAD_ADDED : *at == '-' ? LOAD_ASSISTED : LOAD_BODYWEIGHT;
        at += mode != LOAD_BODYWEIGHT;
    }
    if (*at != 'x')
        load = strtod(at, &end), at = end;
    assert_int_equal(*at, 'x');
    reps = strtol(at + 1, &end, 10);
    if (*end == '@')
        rir = strtod(end + 1, &end);
    set = scene_add(scene, word[0], load, (int)reps, rir, at_ms);
    set->load_mode = mode;
    scene_flags(set, end);
}

static void scene_log(struct scene *scene, const char *text)
{
    int64_t clock = scene->input.now_ms - 30 * scene_minute, pace = 3 * scene_minute;
    char copy[1024], *save = NULL;

    snprintf(copy, sizeof(copy), "%s", text);
    for (char *word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
        double number;
        char unit;
        int count;

        if (sscanf(word, "-%lf%c", &number, &unit) == 2) {
            clock = scene->input.now_ms - (int64_t)(number * (double)(unit == 'd'   ? scene_day
                                                                      : unit == 'h' ? scene_hour
                                                                                    : scene_minute));
        } else if (strcmp(word, "same") == 0) {
            pace = 0;
        } else if (sscanf(word, "weeks=%d", &count) == 1) {
            for (int i = count; i-- > 0;)
                scene_add(scene, 'f', 50, 12, 2, scene->input.now_ms - i * 7 * scene_day - scene_day);
        } else if (sscanf(word, "volume=%d", &count) == 1) {
            for (int i = 0; i < count; i++)
                scene_add(scene, 'f', 50, 12, 2, scene->input.now_ms - 6 * scene_day + i);
        } else {
            scene_set(scene, word, clock);
            clock += pace;
        }
    }
}

static int scene_by_time(const void *a, const void *b)
{
    const struct logged_set *left = a, *right = b;

    return (left->at_ms > right->at_ms) - (left->at_ms < right->at_ms);
}

static void scene_words(struct scene *scene, const char *text, void (*read)(struct scene *scene, const char *word))
{
    char copy[256], *save = NULL;

    snprintf(copy, sizeof(copy), "%s", text);
    for (char *word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
        read(scene, word);
}

static __attribute__((unused)) void scene_read(struct scene *scene, const char *who, const char *task, const char *log)
{
    scene_init(scene);
    scene_words(scene, who, scene_who);
    scene_words(scene, task, scene_task);
    scene_log(scene, log);
    qsort(scene->log, scene->count, sizeof(scene->log[0]), scene_by_time);
}

#endif

/*
 * What is remembered of a log that was played changes no answer.
 */
#include "tests/unit/core/effort/scene.h"

#include "core/effort/prospect.h"

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % below;
}

/* Three exercises (one of them by the side), warm-ups, sets without RIR, slips of the date, days that pass. */
static void add_some_set(struct scene *scene, uint64_t *state, int64_t *at_ms)
{
    char letter = "bcu"[draw(state, 3)];
    double rir = draw(state, 3) == 0 ? NAN : draw(state, 5);
    struct set *set;

    *at_ms += draw(state, 12) == 0 ? (1 + draw(state, 4)) * scene_day : (1 + draw(state, 4)) * scene_minute;
    set = scene_add(scene, letter, letter == 'u' ? draw(state, 3) * 5 : 20 + draw(state, 10) * 2.5,
                    3 + (int)draw(state, 10), rir, *at_ms);
    if (letter == 'u')
        set->load_mode = LOAD_ADDED;
    if (letter == 'c')
        set->side = (enum set_side)draw(state, 4);
    if (draw(state, 8) == 0)
        set->type = SET_WARMUP;
}

static void assert_same(const struct prospect *a, const struct prospect *b, int64_t at_ms)
{
    assert_memory_equal(a->error, b->error, sizeof(a->error));
    for (double load_kg = 20; load_kg <= 110; load_kg += 15) {
        struct forecast one, other;
        bool known = prospect_reps(a, load_kg, at_ms, &one);

        assert_int_equal(prospect_reps(b, load_kg, at_ms, &other), known);
        if (!known)
            continue;
        assert_true(one.middle == other.middle && one.bins == other.bins && one.from == other.from);
        assert_memory_equal(one.low, other.low, sizeof(one.low));
        assert_memory_equal(one.chance, other.chance, (size_t)one.bins * sizeof(one.chance[0]));
    }
}

static void ask_both(struct scene *scene, struct prospects *prospects, int64_t now_ms)
{
    static struct prospect fresh, remembered;

    scene->input.now_ms = now_ms;
    scene->input.prospects = NULL;
    prospect_read(&fresh, &scene->input);
    scene->input.prospects = prospects;
    prospect_read(&remembered, &scene->input);
    assert_same(&fresh, &remembered, now_ms);
}

/* A question after each set: of any exercise, now and then of an earlier time, of a window that has moved, or with
 * another body weight. */
static void remembered_or_played_afresh(void **arg)
{
    static struct scene scene;
    uint64_t state = 1;

    (void)arg;
    for (int round = 0; round < 6; round++) {
        struct prospects *prospects = prospects_new();
        int64_t at_ms = scene_midnight;

        scene_init(&scene);
        while (scene.count < SCENE_SETS) {
            size_t hidden = draw(&state, 10) == 0 ? draw(&state, (uint32_t)scene.count + 1) : 0;
            int64_t early = draw(&state, 40) == 0 ? 3 * scene_day : 0;

            add_some_set(&scene, &state, &at_ms);
            scene.input.exercise = scene_exercise("bcu"[draw(&state, 3)]);
            scene.input.log = scene.log + scene.count / 150 * 100;
            scene.input.log_count = scene.count - scene.count / 150 * 100;
            if (hidden < scene.input.log_count)
                scene.input.log_count -= hidden;
            if (draw(&state, 60) == 0)
                scene.profile.bodyweight_kg += 1;
            ask_both(&scene, prospects, at_ms - early);
        }
        prospects_free(prospects);
    }
}

/* Whoever changes the middle of a log says so. */
static void forgotten_when_told(void **arg)
{
    static struct scene scene;
    struct prospects *prospects = prospects_new();

    (void)arg;
    scene_read(&scene, "adv", "b", "-3d b:80x8@2 b:80x8@1 -1d b:82.5x6@2");
    ask_both(&scene, prospects, scene.input.now_ms);
    scene.log[1].set.reps = 5;
    prospects_forget(prospects);
    ask_both(&scene, prospects, scene.input.now_ms);
    prospects_free(prospects);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remembered_or_played_afresh),
        cmocka_unit_test(forgotten_when_told),
    };

    return RUN_TESTS(tests);
}

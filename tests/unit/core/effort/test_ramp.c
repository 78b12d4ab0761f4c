/*
 * Which sets were warm-ups that nobody called so (R06): each case is a training diary, and how many working sets it
 * holds, by hand.
 */
#include "tests/unit/core/effort/scene.h"

static const struct {
    const char *who, *log;
    int done;
} cases[] = {
    /* up to a set that proves them easy: x5 @2 are 7 at 100, and some 15 at 80 */
    {"", "b:20x10 b:60x5 b:80x5 b:100x5@2", 1},
    {"", "b:20x10 b:20x10 b:60x5 b:80x3 b:100x5@2 b:100x5@2", 2},
    {"", "b:60x5 b:100x5", 1},
    /* until then they count: nobody knows how heavy it will get */
    {"", "b:20x10 b:20x10", 2},
    /* fewer reps with each step are a pyramid */
    {"", "b:60x12 b:70x10 b:80x8", 3},
    {"", "b:75x8 b:80x8@2", 2},
    /* an effort, a failure and lighter sets behind are meant */
    {"", "b:60x5@4 b:100x5@2", 2},
    {"", "b:60x12t b:100x5@2", 2},
    {"", "b:100x5@2 b:60x5 b:100x5@2", 3},
    {"", "b:100x5@2 b:60x12", 2},
    /* the session before says where it goes, but for a load that is done twice, and for hard reps */
    {"", "-50h b:100x5@2 -30m b:60x5", 0},
    {"", "-50h b:100x5@2 -30m b:40x8 b:60x5 b:80x3", 0},
    {"", "-50h b:100x5@2 -30m b:60x5 b:60x5", 2},
    {"", "-50h b:80x8@1 -30m b:60x18", 1},
    {"", "-50h b:100x5@2 -30m b:60x5@5", 1},
    {"", "-50h b:100x5@2 -30m b:90x5", 1},
    {"", "-5d b:100x5@2 -50h b:60x8@4 -30m b:60x5", 1},
    /* who is to train lighter means the lighter load, and so may who was away */
    {"deload", "-50h b:100x5@2 -30m b:60x5", 1},
    {"hurts-chest", "-50h b:100x5@2 -30m b:60x5", 1},
    {"", "-30d b:100x5@2 -30m b:60x5", 1},
    /* of each side by itself */
    {"", "c:10x10L c:10x10R c:20x10@2L c:20x10@2R", 1},
    /* where the body is moved, it counts in: 80 kg of 100 */
    {"", "u:bwx3 u:bw+20x5@1", 1},
};

static void warm_ups_that_nobody_called_so_do_not_count(void **state)
{
    static struct scene scene;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int done;

        scene_read(&scene, cases[i].who, (char[]){cases[i].log[0] == '-' ? 'b' : cases[i].log[0], '\0'}, cases[i].log);
        done = effort_sets_done(&scene.input);
        if (done != cases[i].done)
            fail_msg("%s %s: %d, not %d", cases[i].who, cases[i].log, done, cases[i].done);
    }
}

static bool says(const char *log, const char *rule)
{
    static struct scene scene;
    struct advice advice;

    scene_read(&scene, "", "b", log);
    effort_advise(&scene.input, &advice);
    for (size_t i = 0; i < advice.reason_count; i++)
        if (strcmp(advice.reasons[i].rule, rule) == 0)
            return true;
    return false;
}

static void it_is_said_while_it_is_the_newest(void **state)
{
    (void)state;
    assert_true(says("-50h b:100x5@2 -30m b:60x5", "R06"));
    assert_false(says("-50h b:100x5@2 -30m b:60x5w", "R06"));
    assert_false(says("-50h b:100x5@2 -30m b:60x5 b:100x5@2", "R06"));
    assert_false(says("-50h b:100x5@2 -30m b:100x5@2", "R06"));
    assert_false(says("b:60x5", "R06"));
}

/* What leads up to a top set, though it was told with RIR, doesn't say that the top set is out of reach next time. */
static void a_session_that_rose_goes_on_from_its_top(void **state)
{
    static const char *const logs[] = {"-50h b:60x5@4 b:70x5@4 b:80x5@3", "-50h b:60x8@4 b:80x6@3 b:80x6@2",
                                       "-50h b:20x10 b:60x5 b:80x5@3 b:100x5@3"};
    static const double tops[] = {80, 80, 100};

    (void)state;
    for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
        static struct scene scene;
        struct advice advice;

        scene_read(&scene, "", "b", logs[i]);
        effort_advise(&scene.input, &advice);
        assert_true(advice.load_kg >= tops[i] * 0.95 && advice.load_kg <= tops[i] * 1.05);
        assert_in_range(advice.reps, 4, 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warm_ups_that_nobody_called_so_do_not_count),
        cmocka_unit_test(it_is_said_while_it_is_the_newest),
        cmocka_unit_test(a_session_that_rose_goes_on_from_its_top),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

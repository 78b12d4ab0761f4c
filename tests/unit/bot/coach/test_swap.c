/*
 * What takes an exercise's place: it is usual, trains the same, and hurts nowhere.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/log/log.h"

static void each_muscle_has_something(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (int muscle = 0; muscle < MUSCLE_COUNT; muscle++) {
        char typed[64];
        const char *told;

        snprintf(typed, sizeof(typed), "swap %s", muscle_name((enum muscle)muscle));
        told = talk_say(&talk, typed);
        assert_says(told, "For ");
        assert_says(told, "\n- ");
    }
    talk_close(&talk);
}

static void it_trains_the_same_and_is_another(void **state)
{
    struct talk talk;
    const char *told;

    (void)state;
    talk_open(&talk);
    told = talk_say(&talk, "swap squat");
    assert_says(told, "leg press");
    assert_null(strstr(told, "- squat"));
    assert_says(talk_say(&talk, "swap biceps"), "For biceps:");
    talk_say(&talk, "goblet squat 24x10 @2");
    assert_says(talk_say(&talk, "swap squat"), ":\n- goblet squat\n"); /* what was done before comes first */
    assert_null(strstr(talk_say(&talk, "swap"), "- goblet"));          /* it is the one of the moment now */
    talk_close(&talk);
}

static void nothing_that_hurts(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "pain knee 3");
    assert_null(strstr(talk_say(&talk, "swap squat"), "leg press"));
    assert_says(talk_say(&talk, "swap leg extension"), "Not while it hurts there");
    assert_says(talk_say(&talk, "swap barbell row"), "seated cable row");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_muscle_has_something),
        cmocka_unit_test(it_trains_the_same_and_is_another),
        cmocka_unit_test(nothing_that_hurts),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

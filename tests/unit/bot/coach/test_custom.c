/*
 * How a lifter writes: asked once, typed, and taken back.
 */
#include "tests/unit/bot/coach/talk.h"

/* What was read by how somebody wrote then stays so, whatever they write like later. */
static void a_reading_by_habit_stays(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "notation 8x12 sets");
    talk_say_as(&talk, "anna", "m1", "shrug 60x12");
    assert_says(talk_say_as(&talk, "anna", "m2", "shrug 2x12"), "shrug 2x12 60kg");
    talk_say(&talk, "notation 8x12 load");
    assert_says(talk_change(&talk, MESSAGE_EDIT, "m1", "shrug 70x12"), "shrug 70x12");
    assert_says(talk.said[1].text, "shrug 2x12 70kg");
    talk_close(&talk);
}

/* However often it is changed, the last word holds, and nothing else is lost. */
static void the_last_word_on_how_one_writes_holds(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "notation 2 plates x8 kg");
    for (int i = 0; i < 100; i++)
        assert_says(talk_say(&talk, i % 2 == 0 ? "notation 8x12 sets" : "notation 8x12 load"), "8x12");
    assert_string_equal(talk_say(&talk, "notation 8x12 load"), "notation: 8x12 load, 2 plates x8 kg");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reading_by_habit_stays),
        cmocka_unit_test(the_last_word_on_how_one_writes_holds),
    };

    return RUN_TESTS(tests);
}

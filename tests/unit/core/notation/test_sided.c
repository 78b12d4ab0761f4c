/*
 * Of which side a set was.
 */
#include "core/notation/sided.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/vocabulary.h"
#include "tests/unit/unit.h"

static void a_side_is_told(void **state)
{
    static const struct {
        const char *text;
        enum set_side side;
    } rows[] = {
        {"sorry, right arm", SIDE_RIGHT},
        {"sorry, right hand", SIDE_RIGHT},
        {"sorry right", SIDE_RIGHT},
        {"meant the right arm", SIDE_RIGHT},
        {"that was the left leg", SIDE_LEFT},
        {"das war links", SIDE_LEFT},
        {"war rechts", SIDE_RIGHT},
        {"pro arm", SIDE_EACH},
        {"that was per side", SIDE_EACH},
        {"each leg", SIDE_EACH},
        /* of what else these words are said */
        {"right", SIDE_NONE},
        {"that was right", SIDE_NONE},
        {"2 left", SIDE_NONE},
        {"left knee hurts", SIDE_NONE},
        {"right arm next", SIDE_NONE},
        {"per week", SIDE_NONE},
        {"links und rechts", SIDE_NONE},
        {"20 kg per side", SIDE_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf folded = BUF_INIT(256);
        struct vocabulary words;
        enum set_side side;

        assert_int_equal(text_fold(span_of(rows[i].text), &folded), 0);
        words = vocabulary_of(buf_span(&folded));
        side = sided_read(buf_span(&folded), &words);
        if (side != rows[i].side)
            fail_msg("%s: %d", rows[i].text, side);
        buf_release(&folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_side_is_told)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

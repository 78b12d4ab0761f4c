/*
 * A drop set behind the set before.
 */
#include "core/notation/hunch_drop.h"
#include "tests/unit/unit.h"

#define LAST_KG 25

enum { REPS = 12 };

static struct set last_set(enum set_side side)
{
    struct set set;

    set_init(&set);
    set.load_kg = LAST_KG;
    set.load_mode = LOAD_EXTERNAL;
    set.reps = REPS;
    set.side = side;
    return set;
}

static void loads_that_go_down(void **state)
{
    static const char *const rows[][2] = {
        {"und 12 mit dropset, 20x10 und 15x8 hinterher", "25kgx12, 20x10, 15x8 drop set"},
        {"25 nochmal 10, dann direkt 20 noch 6", "25kgx10, 20x6 drop set"},
        {"25 for 7, dropped to 20 for 6 straight away", "25kgx7, 20x6 drop set"},
        {"drop set right after: 20x8, 15x10", "20kgx8, 15x10 drop set"},
    };
    const struct set last = last_set(SIDE_NONE), sided = last_set(SIDE_EACH);
    struct buf out = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        buf_clear(&out);
        if (!hunch_drop_read(span_of(rows[i][0]), &last, &out) || strcmp(buf_text(&out), rows[i][1]) != 0)
            fail_msg("%s: \"%s\"", rows[i][0], buf_text(&out));
    }
    buf_clear(&out);
    assert_true(hunch_drop_read(span_of("12 mit dropset, 20x10"), &sided, &out));
    assert_string_equal(buf_text(&out), "25kgx12, 20x10 each drop set");
    buf_release(&out);
}

/* No word says so, the loads go up, one load alone, of others, what stands left over, other units of time. */
static void none(void **state)
{
    static const char *const rows[] = {
        "25 10, 20 6",          "dropset 20x10, 25x8",    "direkt nochmal 12",     "my buddy 25x8 dropset 20x8",
        "dropset 25 10, 20",    "drop set of 3 albums",   "dropset 25x10, 20 min", "yesterday dropset 25x8, 20x8",
        "dropset 25x10, 20x8m", "dropset 25x100, 20x100",
    };
    const struct set last = last_set(SIDE_NONE);
    struct buf out = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (hunch_drop_read(span_of(rows[i]), &last, &out))
            fail_msg("%s: \"%s\"", rows[i], buf_text(&out));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_that_go_down),
        cmocka_unit_test(none),
    };

    return RUN_TESTS(tests);
}

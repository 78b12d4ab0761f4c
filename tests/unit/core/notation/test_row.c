/*
 * Rows of counts behind a set: each with the set that it stands behind, and what a person would take it for.
 */
#include "core/notation/row.h"
#include "tests/unit/unit.h"

static const struct {
    double load_kg;
    int reps;
    enum set_side side;
    const char *text, *read; /* NULL: none of it */
} rows[] = {
    {50, 10, SIDE_NONE, "then 11, then 9", "x11, 9 "},
    {50, 10, SIDE_NONE, "11 then 9", "x11, 9 "},
    {50, 10, SIDE_NONE, "dann 9 und 8", "x9, 8 "},
    {50, 10, SIDE_NONE, "9/8/7", "x9, 8, 7 "},
    {50, 10, SIDE_NONE, "50 10/9", "50kg x10, 9 "},
    {50, 10, SIDE_NONE, "52.5: 10, 9", "52.5kg x10, 9 "},
    {50, 10, SIDE_NONE, "9, 8 @1", "x9, 8 @1"},
    {50, 10, SIDE_EACH, "50 10/10", "50kg x10 each "},
    {50, 10, SIDE_EACH, "10/9", "x10|9 "},
    /* a grade, a load, one count alone, what isn't near, and words */
    {50, 10, SIDE_NONE, "10/10", NULL},
    {50, 10, SIDE_NONE, "9/10", NULL},
    {12.5, 12, SIDE_NONE, "11, 9", NULL},
    {12.5, 12, SIDE_NONE, "then 11, 9", NULL},
    {12.5, 12, SIDE_NONE, "then 9, 8", "x9, 8 "},
    {50, 10, SIDE_NONE, "then 9", NULL},
    {50, 10, SIDE_NONE, "9, 8, 55", NULL},
    {50, 10, SIDE_NONE, "then 9, 8 people came in", NULL},
    {50, 10, SIDE_NONE, "9:30, 10", NULL},
    {50, REPS_UNKNOWN, SIDE_NONE, "10, 9, 8", NULL},
};

static void rows_read_as_a_person_would(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf out = BUF_INIT(128);
        struct set last;
        bool read;

        set_init(&last);
        last.load_kg = rows[i].load_kg;
        last.reps = rows[i].reps;
        last.side = rows[i].side;
        read = row_read(span_of(rows[i].text), &last, &out);
        if (read != (rows[i].read != NULL) || (read && strcmp(buf_text(&out), rows[i].read) != 0))
            fail_msg("\"%s\": %s", rows[i].text, read ? buf_text(&out) : "none");
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_read_as_a_person_would)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

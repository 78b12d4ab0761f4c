/*
 * Sentences that may tell of one more set.
 */
#include "core/notation/hunch.h"
#include "core/lift/units.h"
#include "core/text/fold.h"
#include "tests/unit/unit.h"

enum { REPS = 8, SECONDS = 50 };

static struct set barbell(void)
{
    struct set set;

    set_init(&set);
    set.load_kg = 80;
    set.load_mode = LOAD_EXTERNAL;
    set.reps = REPS;
    return set;
}

static struct set hold(void)
{
    struct set set;

    set_init(&set);
    set.load_kg = 0;
    set.load_mode = LOAD_BODYWEIGHT;
    set.seconds = SECONDS;
    return set;
}

static bool read_behind(const char *text, const struct set *last, struct buf *out)
{
    struct buf folded = BUF_INIT(256);
    bool read;

    buf_clear(out);
    assert_int_equal(text_fold(span_of(text), &folded), 0);
    read = hunch_read(buf_span(&folded), last, out);
    buf_release(&folded);
    return read;
}

static void one_more_set(void **state)
{
    static const struct {
        const char *text, *set;
        bool held;
    } rows[] = {
        {"ok I put it on 90 and got 7", "90kg x7", false},
        {"now a third one but only seven", "x7", false},
        {"selbe nur 6", "x6", false},
        {"2nd set 7", "x7", false},
        {"and then plus 10 for 6", "90kg x6", false},
        {"80 nochmal aber nur 4", "80kg x4", false},
        {"10 drauf, 6", "90kg x6", false},
        {"+2,5 7", "82.5kg x7", false},
        {"took 10 off, got 9", "70kg x9", false},
        {"und noch einer mit 7 dann fertig", "x7", false},
        {"then i dropped to 60kg and did 12 reps", "60kg x12", false},
        {"nochmal 8 pro arm", "x8 each", false},
        {"another one with 7 at 80", "80kg x7", false}, /* whichever stands first */
        {"zweiter Durchgang 42 Sek.", "42s", true},
        {"and then 40 again", "40s", true},
    };
    const struct set lifted = barbell(), held = hold();
    struct buf out = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!read_behind(rows[i].text, rows[i].held ? &held : &lifted, &out) ||
            strcmp(buf_text(&out), rows[i].set) != 0)
            fail_msg("%s: \"%s\"", rows[i].text, buf_text(&out));
    buf_release(&out);
}

/* Nothing that says they went on, other things that are counted, times, other people and days, questions, corrections,
 * efforts, sides, and numbers that fit in no way or in several. */
static void nothing_else(void **state)
{
    static const char *const rows[] = {
        "grip went on 7",        "only 7 people here",
        "another 8 kids came",   "back in 8",
        "another 10 minutes",    "my mate did 8 again",
        "did 8 yesterday again", "8 again?",
        "no that was only 7",    "oops typo only 7",
        "another 2 left in it",  "then only 7 left in me",
        "again 8 on the left",   "again 300",
        "then 8 and 9",          "again 70 80 8",
        "got the 42 bus again",  "2 more sets of 8 again",
        "last one only 7",       "8 instead of 7 again",
        "then rpe 8 again",      "delete 8 again",
        "got 80kg 90kg again",   "again",
    };
    const struct set lifted = barbell();
    struct buf out = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (read_behind(rows[i], &lifted, &out))
            fail_msg("%s: \"%s\"", rows[i], buf_text(&out));
    buf_release(&out);
}

static bool is_load(const char *text, const struct set *last, double *load)
{
    struct buf folded = BUF_INIT(256);
    bool is;

    assert_int_equal(text_fold(span_of(text), &folded), 0);
    is = hunch_load(buf_span(&folded), last, load);
    buf_release(&folded);
    return is;
}

static void a_load_alone(void **state)
{
    static const char *const loads[] = {"85", "85kg", "ok next 85", "jetzt 85 kg", "85 now"};
    static const char *const none[] = {"8",     "40",   "85x5", "85s",          "85 people", "300",      "+5",
                                       "85 85", "next", "85?",  "gleich um 85", "x85",       "i'm 85 kg"};
    const struct set lifted = barbell(), held = hold();
    double load = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(loads) / sizeof(loads[0]); i++)
        if (!is_load(loads[i], &lifted, &load) || load != 85)
            fail_msg("%s: %g", loads[i], load);
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        if (is_load(none[i], &lifted, &load))
            fail_msg("%s: %g", none[i], load);
    assert_false(is_load("85", &held, &load));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_more_set),
        cmocka_unit_test(nothing_else),
        cmocka_unit_test(a_load_alone),
    };

    return RUN_TESTS(tests);
}

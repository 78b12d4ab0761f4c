/*
 * Sentences that may tell of one more set.
 */
#include "core/notation/hunch.h"
#include "core/lift/units.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/behind.h"
#include "tests/unit/unit.h"

enum { BAR_KG = 20, VEST_KG = 10 };

static struct set pull_up(void)
{
    struct set set;

    set_init(&set);
    set.load_kg = VEST_KG;
    set.load_mode = LOAD_ADDED;
    set.reps = REPS;
    return set;
}

static bool read_behind(const char *text, const struct set *last, struct buf *out)
{
    struct buf told = BUF_INIT(256);
    bool read;

    buf_clear(out);
    read = hunch_read(span_of(text), last, BAR_KG, out, &told) != HUNCH_NONE;
    if (told.length != 0)
        buf_addf(out, ", %s", buf_text(&told));
    buf_release(&told);
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

static void all_read(const struct set *last, const char *const (*rows)[2], size_t count)
{
    struct buf out = BUF_INIT(256);

    for (size_t i = 0; i < count; i++)
        if (!read_behind(rows[i][0], last, &out) || strcmp(buf_text(&out), rows[i][1]) != 0)
            fail_msg("%s: \"%s\"", rows[i][0], buf_text(&out));
    buf_release(&out);
}

/* What was told of it, in its own words; without a boundary where a word says that a rep was missed. */
static void how_it_was(void **state)
{
    static const char *const rows[][2] = {
        {"90 again, got 6 and the 7th got stuck, some girl helped me",
         "90kg x6, the 7th got stuck, some girl helped me"},
        {"same weight again four and nothing left", "80kg x4, nothing left"},
        {"wieder 80, 7, Arme müde", "80kg x7, Arme müde"},
        {"then eight more after a break, stopped because the rack shook", "80kg x8, stopped because the rack shook"},
        {"80, 6, hard", "80kg x6, hard"},
        {"tried 100, stuck at the knee", "100kg x0 fail, stuck at the knee"},
        {"100 versucht, kam nicht vom Boden", "100kg x0 fail, kam nicht vom Boden"},
        {"90, failed the third", "90kg x2, failed the third"},
        {"90 keine Chance", "90kg x0 fail, keine Chance"},
        {"7 without straps", "80kg x7, without straps"},
        {"6 and then hung there till grip gave out", "80kg x6, hung there till grip gave out"},
    };
    const struct set last = barbell();

    (void)state;
    all_read(&last, rows, sizeof(rows) / sizeof(rows[0]));
}

/* The load is what a word beside says, or stands first; plates hang on both sides of the bar. */
static void which_is_the_load(void **state)
{
    static const char *const rows[][2] = {
        {"took the 86 this time, 9 again", "86kg x9"},
        {"auf 90 hoch, wieder 5", "90kg x5"},
        {"bumped it to 90, 6 this time", "90kg x6"},
        {"went up to the 90s, 8", "90kg x8"},
        {"90er genommen, 6", "90kg x6"},
        {"80 was a grind, 5", "80kg x5"},
        {"80 ging 5 mal hoch", "80kg x5"},
        {"noch mal 10 mehr, 6", "90kg x6"},
        {"with 35 on each side, 6", "90kg x6"},
        {"noch 5 pro Seite drauf, 6", "90kg x6"},
        {"dropped to 60 for the last one, 12", "60kg x12"},
        {"put 2.5 on each side, 6", "85kg x6"},
        {"je 2,5 dazu, 6", "85kg x6"},
        {"90 next, 6", "90kg x6"},
        {"32 once more, 10", "32kg x10"},
        {"and a burnout at 40, 20", "40kg x20"},
    };
    static const char *const added[][2] = {
        {"now with 15 kilos in the vest five reps", "+15kg x5"},
        {"with a 15kg plate on the belt, 6", "+15kg x6"},
        {"nochmal 5, dann war Ende", "+10kg x5, war Ende"},
        {"dropped the weight, 10", "bw x10"},
        {"nochmal ohne, 9", "bw x9"},
        {"one more bw, 7", "bw x7"},
    };
    const struct set last = barbell(), body = pull_up();

    (void)state;
    all_read(&last, rows, sizeof(rows) / sizeof(rows[0]));
    all_read(&body, added, sizeof(added) / sizeof(added[0]));
}

static void several_more(void **state)
{
    static const char *const rows[][2] = {
        {"and two more of those", "2x8"}, {"three more sets of those", "3x8"}, {"did another three like that", "3x8"},
        {"noch zwei mit 85", "85kg 2x8"}, {"2 more sets of 6 again", "2x6"},   {"noch zwei mit 8", "2x8"},
    };
    static const char *const held[][2] = {{"two more of 40", "2x40s"}};
    static const char *const singles[][2] = {{"85 second try, up", "85kg x1, up"}};
    struct set single = barbell();
    const struct set last = barbell(), hold_before = hold();

    (void)state;
    all_read(&last, rows, sizeof(rows) / sizeof(rows[0]));
    all_read(&hold_before, held, sizeof(held) / sizeof(held[0]));
    single.reps = 1;
    all_read(&single, singles, sizeof(singles) / sizeof(singles[0]));
}

/* Booked at once: each word is known, and the load is told or the same. Asked about: all else. */
static void what_is_clear(void **state)
{
    static const struct {
        const char *text;
        enum hunch_kind kind;
    } rows[] = {
        {"took the 86 this time, 9 again", HUNCH_CLEAR},
        {"auf 90 hoch, wieder 5", HUNCH_CLEAR},
        {"90er genommen, 6", HUNCH_CLEAR},
        {"80 again, got 6 and the 7th got stuck", HUNCH_CLEAR},
        {"same weight again four and nothing left", HUNCH_CLEAR},
        {"with 85 i only get 6", HUNCH_LIKELY},
        {"mit 85 gehen nur 6", HUNCH_LIKELY},
        {"go up to 85 then, 6", HUNCH_LIKELY},
        {"with 35 on each side, 6", HUNCH_LIKELY},
        {"and two more of those", HUNCH_LIKELY},
        {"tried 100, stuck at the knee", HUNCH_LIKELY},
        {"dropped to 60 for the last one, 12", HUNCH_LIKELY},
        {"then 9 blah", HUNCH_NONE},
    };
    const struct set last = barbell();
    struct buf out = BUF_INIT(256), told = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const enum hunch_kind kind = hunch_read(span_of(rows[i].text), &last, BAR_KG, &out, &told);

        if (kind != rows[i].kind)
            fail_msg("%s: %d", rows[i].text, (int)kind);
    }
    buf_release(&out);
    buf_release(&told);
}

/* Nothing that says they went on, other things that are counted, times, other people and days, questions, corrections,
 * efforts, sides, and numbers that fit in no way or in several. */
static void nothing_else(void **state)
{
    static const char *const rows[] = {
        "grip went on 7",         "only 7 people here",
        "another 8 kids came",    "back in 8",
        "another 10 minutes",     "my mate did 8 again",
        "did 8 yesterday again",  "8 again?",
        "no that was only 7",     "oops typo only 7",
        "another 2 left in it",   "then only 7 left in me",
        "again 8 on the left",    "again 300",
        "then 8 and 9",           "again 70 80 8",
        "got the 42 bus again",   "5 more same people",
        "one plate more, 7",      "tried 90, went up easy",
        "gonna try 90 next",      "noch 2 saetze",
        "3 more to go",           "da gingen noch 2",
        "back at 8, dinner then", "i weigh 82 now, up 2",
        "2 more exercises then",  "again at 8, my mate too",
        "last one only 7",        "8 instead of 7 again",
        "then rpe 8 again",       "delete 8 again",
        "got 80kg 90kg again",    "again",
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
        cmocka_unit_test(one_more_set), cmocka_unit_test(how_it_was),    cmocka_unit_test(which_is_the_load),
        cmocka_unit_test(several_more), cmocka_unit_test(what_is_clear), cmocka_unit_test(nothing_else),
        cmocka_unit_test(a_load_alone),
    };

    return RUN_TESTS(tests);
}

/*
 * Sentences that may put a set right.
 */
#include "core/notation/qualm.h"
#include "core/lift/units.h"
#include "core/text/fold.h"
#include "tests/unit/core/notation/behind.h"
#include "tests/unit/unit.h"

/* What TEXT says that SET was, into OUT, and of which set it says so. */
static bool doubts(const char *text, const struct set *set, struct buf *out, int *which)
{
    struct buf folded = BUF_INIT(256);
    struct qualm qualm;
    bool read;

    buf_clear(out);
    assert_int_equal(text_fold(span_of(text), &folded), 0);
    read = qualm_read(buf_span(&folded), &qualm) && qualm_settle(&qualm, set, out);
    *which = qualm.aim.set;
    buf_release(&folded);
    return read;
}

static void what_a_set_was(void **state)
{
    static const struct {
        const char *text, *piece;
        int set;
        bool held;
    } rows[] = {
        {"i counted wrong, there were 9 of those", "x9", 0, false},
        {"hab mich verzählt, das waren glaub ich 7", "x7", 0, false},
        {"Korrektur: beim letzten waren es nur 4 saubere, den fünften habe ich abgebrochen", "x4", 0, false},
        {"falsch gelesen, auf der scheibe stand 15 also insgesamt 70", "70 kg", 0, false},
        {"the weight on that last one was 90, i forgot to change it", "90 kg", 0, false},
        {"actually the plates were 5s not 10s so 70", "70 kg", 0, false},
        {"set two i think i wrote 8 but it was 7", "x7", 2, false},
        {"bei satz 1 hab ich bei 7 aufgehört", "x7", 1, false},
        {"the set before the last was 6", "x6", AIM_BEFORE, false},
        {"habs auf video gesehen, waren doch 60", "60s", 0, true},
        /* one of two numbers is the set's own: the other is what is right, and of the same kind */
        {"the 8 was a 6", "x6", 0, false},
        {"aus der 8 mach eine 6", "x6", 0, false},
        {"80 -> 85", "85 kg", 0, false},
        {"8 -> 9", "x9", 0, false},
        {"s/8/7", "x7", 0, false},
        {"^ 7 not 8", "x7", 0, false},
        {"ohp 80x8 no 80x9", "x9", 0, false},
        {"reps were 6. weight ok", "x6", 0, false},
        {"wrong: 85 kg and 7 reps", "85 kg x7", 0, false},
        {"typo, that set had rpe 8 not 9", "rpe 8", 0, false},
    };
    struct buf out = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        const struct set set = rows[i].held ? hold() : barbell();
        int which;

        if (!doubts(rows[i].text, &set, &out, &which) || strcmp(buf_text(&out), rows[i].piece) != 0 ||
            which != rows[i].set)
            fail_msg("%s: \"%s\" of set %d", rows[i].text, buf_text(&out), which);
    }
    buf_release(&out);
}

static void nothing_of_the_kind(void **state)
{
    static const char *const texts[] = {
        "my mate had 85 on the bar",                  /* another's */
        "mein kumpel hatte noch 2 drin",              /* likewise */
        "actually it was 8 people in the squat rack", /* the number counts something */
        "sorry was late, 20 minutes in traffic",      /* a time */
        "last week that was 7",                       /* another day's */
        "that was 7?",                                /* who asks tells nothing */
        "the 8 was ok",                               /* nothing else is said */
        "it was 7 not 9",                             /* it wasn't nine */
        "it was 200",                                 /* too far from what it was */
        "that was 7, or 9",                           /* two of a kind */
        "my phone was on 7 percent",                  /* likewise counts */
        "got 9",                                      /* the next one's, where nothing says that it was otherwise */
    };
    struct buf out = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        const struct set set = barbell();
        int which;

        if (doubts(texts[i], &set, &out, &which))
            fail_msg("%s: %s", texts[i], buf_text(&out));
    }
    buf_release(&out);
}

static void of_no_set_in_parts(void **state)
{
    struct set set = barbell();
    struct buf out = BUF_INIT(256);
    int which;

    (void)state;
    set.segment_count = 2;
    assert_false(doubts("i counted wrong, there were 9 of those", &set, &out, &which));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_set_was),
        cmocka_unit_test(nothing_of_the_kind),
        cmocka_unit_test(of_no_set_in_parts),
    };

    return RUN_TESTS(tests);
}

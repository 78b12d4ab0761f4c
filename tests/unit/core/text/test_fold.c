/*
 * Folding agrees with the vectors that utf8proc was chosen by (and with Unicode's own mappings), refuses what is not
 * UTF-8, and never passes its maximum.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include <utf8proc.h>

#include "core/base/mem.h"
#include "core/text/fold.h"

static void folds_what_people_type(void **state)
{
    static const struct {
        const char *text;
        const char *folded;
    } cases[] = {
        {"", ""},
        {"Bench 80X8 @1", "bench 80x8 @1"},
        {"Développé Couché", "developpe couche"},
        {"De\xcc\x81veloppe\xcc\x81", "developpe"}, /* the accents as combining marks */
        {"ＢＥＮＣＨ　８０ｘ８＠１", "bench 80x8@1"},
        {"Großer Fuß", "grosser fuss"},
        {"80×8", "80x8"},
        {"80✕8", "80x8"},
        {"80✖️8", "80x8"}, /* with the variation selector that phones add */
        {"2½", "2.5"},
        {"½", "0.5"},
        {"x½", "x0.5"},
        {"1¼ 2¾", "1.25 2.75"},
        {"−5 3–5 a—b 3‑5", "-5 3-5 a-b 3-5"},
        {"80\xc2\xa0kg\xe2\x80\xaf@1", "80 kg @1"}, /* no-break and narrow no-break space */
        {"pull\xc2\xadup\xe2\x80\x8b", "pullup"},   /* soft hyphen, zero width space */
        {"d’accord “ok”", "d'accord \"ok\""},
        {"ŁÓDŹ İ Σίσυφος", "łodz i σισυφοσ"},
        {"a\tb\r\nc\x01\x7f", "a b \nc  "},
        {"a\xe2\x80\xa8"
         "b\xc2\x85",
         "a\nb "},
        {"ﬁt", "fit"},
        {"a  b ", "a  b "},
    };
    struct buf out = BUF_INIT(200);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        buf_clear(&out);
        assert_int_equal(text_fold(span_of(cases[i].text), &out), 0);
        assert_string_equal(buf_text(&out), cases[i].folded);
    }
    buf_release(&out);
}

static void folding_appends_and_keeps_zero_bytes_out(void **state)
{
    struct buf out = BUF_INIT(200);

    (void)state;
    buf_adds(&out, "2");
    assert_int_equal(text_fold((struct span){"½\0A", 4}, &out), 0);
    assert_string_equal(buf_text(&out), "2.5 a");
    buf_release(&out);
}

/* Every character folds, and what is folded stays as it is: names are compared after one folding or two. */
static void folding_twice_is_folding_once(void **state)
{
    struct buf once = BUF_INIT(200), twice = BUF_INIT(200);
    utf8proc_uint8_t bytes[4];

    (void)state;
    for (utf8proc_int32_t character = 0; character <= 0x10FFFF; character++) {
        if (!utf8proc_codepoint_valid(character))
            continue;
        buf_clear(&once);
        buf_clear(&twice);
        struct span text = {(const char *)bytes, (size_t)utf8proc_encode_char(character, bytes)};
        assert_int_equal(text_fold(text, &once), 0);
        assert_int_equal(text_fold(buf_span(&once), &twice), 0);
        if (!span_equal(buf_span(&once), buf_span(&twice)))
            fail_msg("U+%04X folds to something else the second time", (unsigned)character);
    }
    buf_release(&once);
    buf_release(&twice);
}

/* The ill-formed sequences of the Unicode Standard, chapter 3 (table 3-7), and cut ones. */
static const char *const ill_formed[] = {
    "\x80",
    "\xbf",
    "\xc0\xaf",
    "\xc1\xbf",
    "\xc3",
    "\xc3(",
    "\xe0\x80\xaf",
    "\xe0\x9f\xbf",
    "\xe2\x82",
    "\xe2(\xac",
    "\xed\xa0\x80",
    "\xed\xbf\xbf",
    "\xf0\x80\x80\xaf",
    "\xf0\x8f\xbf\xbf",
    "\xf0\x9f\x92",
    "\xf4\x90\x80\x80",
    "\xf5\x80\x80\x80",
    "\xff",
    "\xfe",
};

static void invalid_utf8_is_refused_and_leaves_no_trace(void **state)
{
    struct buf out = BUF_INIT(200);
    char text[64];

    (void)state;
    buf_adds(&out, "kept");
    for (size_t i = 0; i < ARRAY_LENGTH(ill_formed); i++) {
        assert_false(text_valid_utf8(span_of(ill_formed[i])));
        strcpy(text, "bench é 80x8 press ");
        strcat(text, ill_formed[i]);
        assert_false(text_valid_utf8(span_of(text)));
        assert_int_equal(text_fold(span_of(text), &out), -1);
        assert_string_equal(buf_text(&out), "kept");
    }
    assert_true(text_valid_utf8(span_of("")));
    assert_true(text_valid_utf8(span_of("bench ééé — 💪 \xf4\x8f\xbf\xbf")));
    buf_release(&out);
}

static void folding_never_passes_the_maximum(void **state)
{
    struct buf out = BUF_INIT(20);

    (void)state;
    assert_int_equal(text_fold(span_of("twenty bytes exactly"), &out), 0);
    buf_clear(&out);
    assert_int_equal(text_fold(span_of("twenty-one bytes here"), &out), -1);
    assert_int_equal(out.length, 0);
    buf_release(&out);
    buf_init(&out, 20);
    assert_int_equal(text_fold(span_of("\xef\xb7\xba"), &out), -1); /* one character that becomes 33 bytes */
    assert_int_equal(out.length, 0);
    buf_release(&out);
}

static void width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(text_width(span_of("")), 0);
    assert_int_equal(text_width(span_of("bench 80x8")), 10);
    assert_int_equal(text_width(span_of("Développé")), 9);
    assert_int_equal(text_width(span_of("e\xcc\x81")), 1);
    assert_int_equal(text_width(span_of("卧推")), 4);
    assert_int_equal(text_width(span_of("💪")), 2);
    assert_int_equal(text_width(span_of("a\xff\xc3")), 3);
}

static void cutting_keeps_characters_whole(void **state)
{
    (void)state;
    assert_int_equal(text_cut(span_of("bench"), 10), 5);
    assert_int_equal(text_cut(span_of("bench"), 3), 3);
    assert_int_equal(text_cut(span_of("bench"), 0), 0);
    assert_int_equal(text_cut(span_of("a💪b"), 4), 1);
    assert_int_equal(text_cut(span_of("a💪b"), 5), 5);
    assert_int_equal(text_cut(span_of("éé"), 3), 2);
    assert_int_equal(text_cut(span_of("é"), 1), 0);
    assert_int_equal(text_cut(span_of("\x80\x80\x80\x80\x80\x80\x80"), 5), 5);
}

static void folded_bytes_are_found_again(void **state)
{
    static const struct {
        const char *text;
        size_t folded, raw;
    } cases[] = {
        {"r\xC3\xBC"
         "cken",
         2, 3},               /* ü is u */
        {"Fu\xC3\x9F", 4, 4}, /* ß is two */
        {"Fu\xC3\x9F", 3, 2}, /* of which one is none */
        {"u\xCC\x88m", 1, 3}, /* what folds to nothing goes with what stands before it */
        {"80\xC3\x97"
         "8",
         3, 4},
        {"2\xC2\xBD", 3, 3}, /* .5 */
        {"\xC2\xBD", 3, 2},  /* 0.5 */
        {"bench", 5, 5},
        {"bench", 9, 5},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(text_unfolded(span_of(cases[i].text), cases[i].folded), cases[i].raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_what_people_type),
        cmocka_unit_test(folding_appends_and_keeps_zero_bytes_out),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(invalid_utf8_is_refused_and_leaves_no_trace),
        cmocka_unit_test(folding_never_passes_the_maximum),
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(cutting_keeps_characters_whole),
        cmocka_unit_test(folded_bytes_are_found_again),
    };

    return RUN_TESTS(tests);
}

/*
 * The lines of a transcript, and what is printed of a conversation. The grammar is the contract's.
 */
#include "tests/unit/unit.h"

#include "bot/console/transcript.h"
#include "core/base/mem.h"

static void read_good(const char *text, struct transcript_line *line)
{
    struct err err = {0};

    if (transcript_read(span_of(text), line, &err) != 0)
        fail_msg("%s: %s", text, err.text);
}

static void lines_are_read(void **state)
{
    struct transcript_line line;

    (void)state;
    read_good("[2026-01-05T18:00:00+01:00] #gym <anna> {id=m1} bench 80x8 @1", &line);
    assert_int_equal(line.kind, TRANSCRIPT_TEXT);
    assert_int_equal(line.at_ms, INT64_C(1767632400000));
    assert_int_equal(line.offset_s, 3600);
    assert_true(span_is(line.room, "#gym"));
    assert_true(span_is(line.sender, "anna"));
    assert_true(span_is(line.id, "m1"));
    assert_true(span_is(line.text, "bench 80x8 @1"));
    read_good("[2026-01-05T18:00:00Z] <@ben:example.org> {power=50} {reply=m1}{thread=m0} !today\r", &line);
    assert_int_equal(line.room.length, 0);
    assert_true(span_is(line.sender, "@ben:example.org"));
    assert_int_equal(line.power, 50);
    assert_true(span_is(line.reply, "m1") && span_is(line.thread, "m0"));
    assert_true(span_is(line.text, "!today"));
    read_good("[2026-01-05T18:00:00Z] <anna> {redact=m1}", &line);
    assert_true(span_is(line.redact, "m1"));
    read_good("[2026-01-05T18:00:00Z] <anna> {react=m1} \xF0\x9F\x91\x8D", &line);
    assert_true(span_is(line.react, "m1"));
    read_good("[2026-01-05T18:00:00Z] <anna> {edit=m1} a {b} c", &line);
    assert_true(span_is(line.edit, "m1") && span_is(line.text, "a {b} c"));
    read_good("[2026-01-05T18:00:00Z] #gym <anna> {join}", &line);
    assert_int_equal(line.kind, TRANSCRIPT_JOIN);
    read_good("[2026-01-05T18:00:00Z] #gym <anna> {leave}", &line);
    assert_int_equal(line.kind, TRANSCRIPT_LEAVE);
    read_good("[2026-01-05T18:00:00Z] #gym <anna> {kick=ben}", &line);
    assert_int_equal(line.kind, TRANSCRIPT_KICK);
    assert_true(span_is(line.other, "ben"));
    read_good("[2026-01-05T18:00:00Z] <anna> {nick=anna2}", &line);
    assert_int_equal(line.kind, TRANSCRIPT_NICK);
    read_good("[2026-01-05T18:00:00Z] <anna> {logout}", &line);
    assert_int_equal(line.kind, TRANSCRIPT_LOGOUT);
    read_good("[2026-01-05T18:00:00Z] tick", &line);
    assert_int_equal(line.kind, TRANSCRIPT_TICK);
    read_good("# a comment", &line);
    assert_int_equal(line.kind, TRANSCRIPT_NOTHING);
    read_good("", &line);
    assert_int_equal(line.kind, TRANSCRIPT_NOTHING);
    read_good("    75x8", &line);
    assert_int_equal(line.kind, TRANSCRIPT_MORE);
    assert_true(span_is(line.text, "75x8"));
    read_good("    ", &line); /* an empty line of the message */
    assert_int_equal(line.kind, TRANSCRIPT_MORE);
    assert_int_equal(line.text.length, 0);
    read_good("[2026-01-05T18:00:00Z] <spotter> {reply=m1} bench press 80x8", &line);
    assert_int_equal(line.kind, TRANSCRIPT_NOTHING);
}

static void bad_lines_are_refused(void **state)
{
    static const char *const lines[] = {
        "bench 80x8",
        "[2026-13-05T18:00:00Z] <anna> a",
        "[2026-01-05T18:00:00] <anna> a",
        "[2026-01-05T18:00:00Z <anna> a",
        "[2026-01-05T18:00:00Z]",
        "[2026-01-05T18:00:00Z] tock",
        "[2026-01-05T18:00:00Z] anna a",
        "[2026-01-05T18:00:00Z] <> a",
        "[2026-01-05T18:00:00Z] <anna a",
        "[2026-01-05T18:00:00Z] #gym",
        "[2026-01-05T18:00:00Z] #gym anna",
        "[2026-01-05T18:00:00Z] <anna>",
        "[2026-01-05T18:00:00Z] <anna> {id=m1}",
        "[2026-01-05T18:00:00Z] <anna> {id=} a",
        "[2026-01-05T18:00:00Z] <anna> {id} a",
        "[2026-01-05T18:00:00Z] <anna> {frob=1} a",
        "[2026-01-05T18:00:00Z] <anna> {power=lots} a",
        "[2026-01-05T18:00:00Z] <anna> {power=1000} a",
        "[2026-01-05T18:00:00Z] <anna> {join=x}",
        "[2026-01-05T18:00:00Z] <anna> {kick}",
        "#no comment",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(lines); i++) {
        struct transcript_line line;
        struct err err = {0};

        if (transcript_read(span_of(lines[i]), &line, &err) == 0)
            fail_msg("%s is taken", lines[i]);
        assert_int_equal(err.class, ERR_INPUT);
        assert_int_not_equal(err.text[0], '\0');
    }
}

static void what_is_printed_reads_back(void **state)
{
    struct buf out = BUF_INIT(1024);
    struct transcript_line line;

    (void)state;
    transcript_print(&out, INT64_C(1767632400000), 3600, "#gym", "spotter", "reply", "m1", "one\ntwo");
    assert_string_equal(buf_text(&out), "[2026-01-05T18:00:00+01:00] #gym <spotter> {reply=m1} one\n    two\n");
    buf_clear(&out);
    transcript_print(&out, INT64_C(1767632400000), 0, NULL, "anna", NULL, NULL, "hi");
    assert_string_equal(buf_text(&out), "[2026-01-05T17:00:00+00:00] <anna> hi\n");
    buf_truncate(&out, out.length - 1);
    read_good(buf_text(&out), &line);
    assert_true(span_is(line.text, "hi"));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read),
        cmocka_unit_test(bad_lines_are_refused),
        cmocka_unit_test(what_is_printed_reads_back),
    };

    return RUN_TESTS(tests);
}

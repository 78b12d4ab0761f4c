/*
 * Replies as plain text and HTML.
 */
#include "tests/unit/unit.h"

#include "bot/chat/reply.h"

static void assert_rendered(const struct reply *reply, const char *plain, const char *html)
{
    struct buf out = BUF_INIT(REPLY_MAX * 4);

    reply_plain(reply, &out);
    assert_string_equal(buf_text(&out), plain);
    buf_clear(&out);
    reply_html(reply, &out);
    assert_string_equal(buf_text(&out), html);
    buf_release(&out);
}

static void lines_and_spans_are_rendered(void **state)
{
    struct reply reply;

    (void)state;
    reply_init(&reply);
    assert_rendered(&reply, "", "");
    reply_line(&reply, false);
    reply_add(&reply, REPLY_STRONG, "bench press 80x8 @1");
    reply_line(&reply, false);
    reply_add(&reply, REPLY_PLAIN, "Next: ");
    reply_add(&reply, REPLY_CODE, "x");
    assert_rendered(&reply, "bench press 80x8 @1\nNext: x",
                    "<strong>bench press 80x8 @1</strong><br>Next: <code>x</code>");
    reply_line(&reply, true);
    reply_add(&reply, REPLY_PLAIN, "one");
    reply_line(&reply, true);
    reply_add(&reply, REPLY_STRUCK, "two");
    reply_line(&reply, false);
    reply_add(&reply, REPLY_PLAIN, "end");
    assert_rendered(&reply, "bench press 80x8 @1\nNext: x\n- one\n- two\nend",
                    "<strong>bench press 80x8 @1</strong><br>Next: <code>x</code><ul><li>one</li>"
                    "<li><del>two</del></li></ul>end");
    reply_clear(&reply);
    reply_add(&reply, REPLY_PLAIN, "plain");
    assert_rendered(&reply, "plain", ""); /* HTML would add nothing */
    reply_release(&reply);
}

static void everything_is_escaped(void **state)
{
    struct reply reply;

    (void)state;
    reply_init(&reply);
    reply_add(&reply, REPLY_STRONG, "<script>alert(\"1\" & '2')</script>");
    reply_line(&reply, true);
    reply_add(&reply, REPLY_PLAIN, "a\r\n\tb\x1b[31m\x7f");
    assert_rendered(&reply, "<script>alert(\"1\" & '2')</script>\n- a   b [31m ",
                    "<strong>&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</strong>"
                    "<ul><li>a   b [31m </li></ul>");
    reply_release(&reply);
}

/* UAX #9: embeddings, overrides and isolates reach beyond the text that they stand in; marks, as in what is written
 * from right to left, don't. */
static void no_text_turns_what_stands_around_it(void **state)
{
    struct reply reply;

    (void)state;
    reply_init(&reply);
    reply_add(&reply, REPLY_CODE, "a\u202a\u202bb\u202c\u202dc\u202ed\u2066e\u2067f\u2068g\u2069h");
    reply_add(&reply, REPLY_PLAIN, "i\u2028j\u2029k\xC2\x85l\xC2\x9Bm\xC2\xA0n\u200e\u2027\u202f\u2065\u206a");
    assert_rendered(&reply, "a  b  c d e f g hi j k l m\xC2\xA0n\u200e\u2027\u202f\u2065\u206a",
                    "<code>a  b  c d e f g h</code>i j k l m\xC2\xA0n\u200e\u2027\u202f\u2065\u206a");
    reply_release(&reply);
}

static void arguments_are_never_marks(void **state)
{
    const struct texts *texts = texts_for("en");
    struct reply reply;

    (void)state;
    reply_init(&reply);
    reply_say(&reply, texts, TEXT_UNKNOWN_COMMAND, ARG("name", "*a* `b` {name}\n<i>"));
    assert_rendered(&reply, "I don't know *a* `b` {name} <i>.\nhelp lists what I know.",
                    "I don&#39;t know <code>*a* `b` {name} &lt;i&gt;</code>.<br><code>help</code> lists what I know.");
    reply_release(&reply);
}

static void too_much_is_cut_and_stays_whole(void **state)
{
    char text[1001];
    struct reply reply;
    struct buf out = BUF_INIT(REPLY_MAX * 4);

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    reply_init(&reply);
    for (int i = 0; i < 100; i++)
        reply_add(&reply, REPLY_PLAIN, text);
    reply_plain(&reply, &out);
    assert_int_equal(out.length, REPLY_MAX / 1000 * 1000);
    buf_release(&out);
    reply_release(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_spans_are_rendered),        cmocka_unit_test(everything_is_escaped),
        cmocka_unit_test(no_text_turns_what_stands_around_it), cmocka_unit_test(arguments_are_never_marks),
        cmocka_unit_test(too_much_is_cut_and_stays_whole),
    };

    return RUN_TESTS(tests);
}

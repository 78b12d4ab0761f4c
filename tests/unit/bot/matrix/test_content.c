/*
 * What a row of the outbox looks like as an event (Client-Server API: instant messaging, rich replies, threads, event
 * replacements, annotations, mentions).
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/json.h"
#include "bot/matrix/content.h"

static struct matrix_outbox_row row_of(int kind, const char *answers, const char *text)
{
    return (struct matrix_outbox_row){.id = 1,
                                      .room = "!r",
                                      .txn_id = "t",
                                      .kind = kind,
                                      .answers = answers,
                                      .edits = "",
                                      .edits_event = "",
                                      .thread = "",
                                      .mention = "",
                                      .text = text,
                                      .html = "",
                                      .event_type = "",
                                      .content = "",
                                      .file_name = "",
                                      .file_type = "",
                                      .uploaded = ""};
}

/* The content as its canonical JSON, so that the order of keys does not matter. */
static void check(const struct matrix_outbox_row *row, const char *type, const char *relates, const char *expected)
{
    struct mx_content content;
    struct buf canonical = BUF_INIT(100000);
    struct json *json;

    assert_int_equal(mx_content_build(row, &content), 0);
    assert_string_equal(content.type, type);
    assert_string_equal(buf_text(&content.relates_to), relates);
    json = json_parse(buf_span(&content.content), NULL);
    assert_non_null(json);
    assert_int_equal(json_canonical(json, NULL, &canonical, NULL), 0);
    assert_string_equal(buf_text(&canonical), expected);
    json_free(json);
    buf_release(&canonical);
    mx_content_release(&content);
}

static void a_reply_is_a_notice_that_names_its_message(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_REPLY, "$m", "bench 80x8 \"ok\"");

    (void)state;
    check(&row, "m.room.message", "{\"m.in_reply_to\":{\"event_id\":\"$m\"}}",
          "{\"body\":\"bench 80x8 "
          "\\\"ok\\\"\",\"m.mentions\":{},\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$m\"}},"
          "\"msgtype\":\"m.notice\"}");
}

static void html_stands_beside_the_text(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_QUESTION, "", "a");

    (void)state;
    row.html = "<b>a</b>";
    check(&row, "m.room.message", "",
          "{\"body\":\"a\",\"format\":\"org.matrix.custom.html\",\"formatted_body\":\"<b>a</b>\",\"m.mentions\":{},"
          "\"msgtype\":\"m.notice\"}");
}

static void a_check_in_is_heard(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_CHECKIN, "", "how was it?");

    (void)state;
    row.mention = "@anna:gym.test";
    check(&row, "m.room.message", "",
          "{\"body\":\"how was it?\",\"m.mentions\":{\"user_ids\":[\"@anna:gym.test\"]},\"msgtype\":\"m.text\"}");
}

static void an_answer_in_a_thread(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_REPLY, "$m", "x");

    (void)state;
    row.thread = "$root";
    check(&row, "m.room.message",
          "{\"rel_type\":\"m.thread\",\"event_id\":\"$root\",\"is_falling_back\":false,\"m.in_reply_to\":{\"event_id\":"
          "\"$m\"}}",
          "{\"body\":\"x\",\"m.mentions\":{},\"m.relates_to\":{\"event_id\":\"$root\",\"is_falling_back\":false,"
          "\"m.in_reply_to\":{\"event_id\":\"$m\"},\"rel_type\":\"m.thread\"},\"msgtype\":\"m.notice\"}");
}

static void an_edit_replaces_and_answers_nothing(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_EDIT, "$edit", "new");

    (void)state;
    row.edits = "$m";
    row.edits_event = "$reply";
    check(&row, "m.room.message", "{\"rel_type\":\"m.replace\",\"event_id\":\"$reply\"}",
          "{\"body\":\"* new\",\"m.mentions\":{},\"m.new_content\":{\"body\":\"new\",\"m.mentions\":{},\"msgtype\":"
          "\"m.notice\"},\"m.relates_to\":{\"event_id\":\"$reply\",\"rel_type\":\"m.replace\"},\"msgtype\":\"m."
          "notice\"}");
}

/* What it relates to is copied, to stand outside of the ciphertext too. */
static void an_event_is_sent_as_it_is(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_WELCOME, "", "");

    (void)state;
    row.open = true;
    row.event_type = "m.key.verification.key";
    row.content = "{\"key\":\"k\",\"m.relates_to\":{\"event_id\":\"$r\",\"rel_type\":\"m.reference\"}}";
    check(&row, "m.key.verification.key", "{\"event_id\":\"$r\",\"rel_type\":\"m.reference\"}", row.content);
    /* One with a text is a message, though it was sealed as one before. */
    row = row_of(OUT_ERROR, "", "hm");
    row.open = true;
    row.event_type = "m.room.message";
    row.content = "{\"body\":\"hm\"}";
    check(&row, "m.room.message", "", "{\"body\":\"hm\",\"m.mentions\":{},\"msgtype\":\"m.notice\"}");
}

static void a_reaction_has_no_text(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_REACTION, "$m", "\xf0\x9f\x91\x8d");

    (void)state;
    check(&row, "m.reaction", "{\"rel_type\":\"m.annotation\",\"event_id\":\"$m\",\"key\":\"\xf0\x9f\x91\x8d\"}",
          "{\"m.relates_to\":{\"event_id\":\"$m\",\"key\":\"\xf0\x9f\x91\x8d\",\"rel_type\":\"m.annotation\"}}");
}

/* MSC3381: as clients read it, and as the proposal has it in the end. */
static void a_poll_is_one_in_both_forms(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_CHECKIN, "", "sleep?\n1\n2");

    (void)state;
    row.poll = true;
    check(&row, "org.matrix.msc3381.poll.start", "",
          "{\"m.poll\":{\"answers\":[{\"m.id\":\"1\",\"m.text\":[{\"body\":\"1\"}]},{\"m.id\":\"2\",\"m.text\":"
          "[{\"body\":\"2\"}]}],\"kind\":\"m.disclosed\",\"max_selections\":1,\"question\":{\"m.text\":"
          "[{\"body\":\"sleep?\"}]}},\"m.text\":[{\"body\":\"sleep?\\n1\\n2\"}],\"org.matrix.msc1767.text\":"
          "\"sleep?\\n1\\n2\",\"org.matrix.msc3381.poll.start\":{\"answers\":[{\"id\":\"1\","
          "\"org.matrix.msc1767.text\":\"1\"},{\"id\":\"2\",\"org.matrix.msc1767.text\":\"2\"}],\"kind\":"
          "\"org.matrix.msc3381.poll.disclosed\",\"max_selections\":1,\"question\":{\"org.matrix.msc1767.text\":"
          "\"sleep?\"}}}");
}

static void too_much_loses_its_html_then_itself(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_REPLY, "$m", "");
    struct mx_content content;
    char *long_text = malloc(MX_CONTENT_MAX + 1);

    (void)state;
    memset(long_text, 'x', MX_CONTENT_MAX);
    long_text[MX_CONTENT_MAX] = '\0';
    row.text = "short";
    row.html = long_text;
    assert_int_equal(mx_content_build(&row, &content), 0);
    assert_null(strstr(buf_text(&content.content), "formatted_body"));
    assert_non_null(strstr(buf_text(&content.content), "short"));
    mx_content_release(&content);
    row.text = long_text;
    row.html = "";
    assert_int_equal(mx_content_build(&row, &content), -1);
    mx_content_release(&content);
    free(long_text);
}

/* "m.file", and "Media captions": the text is the caption, the name stands apart. */
static void a_file_is_told_where_it_is(void **state)
{
    struct matrix_outbox_row row = row_of(OUT_REPLY, "$m", "3 sets");

    (void)state;
    row.file_name = "log \"1\".csv";
    row.file_type = "text/csv";
    row.file_size = 478;
    row.uploaded = "mxc://x.org/abc";
    check(&row, "m.room.message", "{\"m.in_reply_to\":{\"event_id\":\"$m\"}}",
          "{\"body\":\"3 sets\",\"filename\":\"log \\\"1\\\".csv\",\"info\":{\"mimetype\":\"text/csv\",\"size\":478},"
          "\"m.mentions\":{},\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$m\"}},\"msgtype\":\"m.file\","
          "\"url\":\"mxc://x.org/abc\"}");
    row.uploaded = "{\"url\":\"mxc://x.org/abc\",\"v\":\"v2\"}";
    check(&row, "m.room.message", "{\"m.in_reply_to\":{\"event_id\":\"$m\"}}",
          "{\"body\":\"3 sets\",\"file\":{\"url\":\"mxc://x.org/abc\",\"v\":\"v2\"},\"filename\":\"log "
          "\\\"1\\\".csv\",\"info\":{\"mimetype\":\"text/csv\",\"size\":478},\"m.mentions\":{},\"m.relates_to\":{"
          "\"m.in_reply_to\":{\"event_id\":\"$m\"}},\"msgtype\":\"m.file\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reply_is_a_notice_that_names_its_message),
        cmocka_unit_test(html_stands_beside_the_text),
        cmocka_unit_test(a_check_in_is_heard),
        cmocka_unit_test(an_answer_in_a_thread),
        cmocka_unit_test(an_edit_replaces_and_answers_nothing),
        cmocka_unit_test(an_event_is_sent_as_it_is),
        cmocka_unit_test(a_reaction_has_no_text),
        cmocka_unit_test(a_poll_is_one_in_both_forms),
        cmocka_unit_test(too_much_loses_its_html_then_itself),
        cmocka_unit_test(a_file_is_told_where_it_is),
    };

    return RUN_TESTS(tests);
}

/*
 * What a row of the outbox looks like as an event.
 */
#include "bot/matrix/content.h"

#include <stdio.h>

#include "bot/json/json.h"
#include "bot/json/writer.h"
#include "bot/matrix/upload.h"
#include "core/base/mem.h"

/* Notices make no sound; what nobody asked for at that moment is text with a mention (contract, "On Matrix"). */
static const char *message_type(int kind)
{
    return kind == OUT_CHECKIN || kind == OUT_DIGEST || kind == OUT_PING ? "m.text" : "m.notice";
}

static void write_mentions(struct json_writer *writer, const char *user)
{
    json_write_key(writer, "m.mentions");
    json_write_begin(writer, '{');
    if (user[0] != '\0') {
        json_write_key(writer, "user_ids");
        json_write_begin(writer, '[');
        json_write_text(writer, user);
        json_write_end(writer);
    }
    json_write_end(writer);
}

/* PREFIX is what older clients see before an edit's text. */
static void write_text(struct json_writer *writer, const char *key, const char *prefix, const char *text)
{
    struct buf whole = BUF_INIT(MX_CONTENT_MAX);

    json_write_key(writer, key);
    if (prefix[0] == '\0') {
        json_write_text(writer, text);
        return;
    }
    buf_adds(&whole, prefix);
    buf_adds(&whole, text);
    json_write_span(writer, buf_span(&whole));
    buf_release(&whole);
}

/* What is said is the file's caption (Client-Server API, "Media captions"). */
static void write_file(struct json_writer *writer, const struct matrix_outbox_row *row)
{
    json_write_key(writer, "filename");
    json_write_text(writer, row->file_name);
    json_write_key(writer, "info");
    json_write_begin(writer, '{');
    json_write_key(writer, "mimetype");
    json_write_text(writer, row->file_type);
    json_write_key(writer, "size");
    json_write_int(writer, row->file_size);
    json_write_end(writer);
    json_write_key(writer, mx_upload_fits(row->uploaded, true) ? "file" : "url");
    if (mx_upload_fits(row->uploaded, true))
        json_write_raw(writer, span_of(row->uploaded));
    else
        json_write_text(writer, row->uploaded);
}

static void write_body(struct json_writer *writer, const struct matrix_outbox_row *row, const char *prefix,
                       const char *html)
{
    bool file = row->file_name[0] != '\0';

    json_write_key(writer, "msgtype");
    json_write_text(writer, file ? "m.file" : message_type(row->kind));
    if (file)
        write_file(writer, row);
    write_text(writer, "body", prefix, row->text);
    if (html[0] != '\0') {
        json_write_key(writer, "format");
        json_write_text(writer, "org.matrix.custom.html");
        write_text(writer, "formatted_body", prefix, html);
    }
    write_mentions(writer, row->mention);
}

static void write_relation(struct json_writer *writer, const char *kind, const char *event_id)
{
    json_write_key(writer, "rel_type");
    json_write_text(writer, kind);
    json_write_key(writer, "event_id");
    json_write_text(writer, event_id);
}

/* Only what answers a message names it, in a thread too: no fallback (contract, "On Matrix"). */
static void write_reply_to(struct json_writer *writer, const char *answers)
{
    if (answers[0] == '\0')
        return;
    json_write_key(writer, "m.in_reply_to");
    json_write_begin(writer, '{');
    json_write_key(writer, "event_id");
    json_write_text(writer, answers);
    json_write_end(writer);
}

static void write_relates(const struct matrix_outbox_row *row, struct buf *out)
{
    struct json_writer writer;

    if (row->kind != OUT_EDIT && row->answers[0] == '\0' && row->thread[0] == '\0')
        return;
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    if (row->kind == OUT_EDIT) {
        write_relation(&writer, "m.replace", row->edits_event);
    } else if (row->kind == OUT_REACTION) {
        write_relation(&writer, "m.annotation", row->answers);
        json_write_key(&writer, "key");
        json_write_text(&writer, row->text);
    } else {
        if (row->thread[0] != '\0') {
            write_relation(&writer, "m.thread", row->thread);
            json_write_key(&writer, "is_falling_back");
            json_write_bool(&writer, false);
        }
        write_reply_to(&writer, row->answers);
    }
    json_write_end(&writer);
}

static void write_content(const struct matrix_outbox_row *row, const char *html, struct mx_content *content)
{
    struct json_writer writer;

    json_write_init(&writer, &content->content);
    json_write_begin(&writer, '{');
    if (row->kind != OUT_REACTION)
        write_body(&writer, row, row->kind == OUT_EDIT ? "* " : "", html);
    if (row->kind == OUT_EDIT) {
        json_write_key(&writer, "m.new_content");
        json_write_begin(&writer, '{');
        write_body(&writer, row, "", html);
        json_write_end(&writer);
    }
    if (content->relates_to.length != 0) {
        json_write_key(&writer, "m.relates_to");
        json_write_raw(&writer, buf_span(&content->relates_to));
    }
    json_write_end(&writer);
}

/* ---------------------------------------------------------------- polls (MSC3381) */

/* As clients have it by now, and as it stands in the proposal. */
static const struct poll_names {
    const char *start, *kind, *id;
    bool plain; /* texts are plain ones, not lists of representations */
} poll_names[] = {
    {"org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.disclosed", "id", true},
    {"m.poll", "m.disclosed", "m.id", false},
};

void mx_content_write_text(struct json_writer *writer, struct span text)
{
    json_write_key(writer, "m.text");
    json_write_begin(writer, '[');
    json_write_begin(writer, '{');
    json_write_key(writer, "body");
    json_write_span(writer, text);
    json_write_end(writer);
    json_write_end(writer);
}

static void write_poll_text(struct json_writer *writer, bool plain, struct span text)
{
    if (!plain) {
        mx_content_write_text(writer, text);
        return;
    }
    json_write_key(writer, "org.matrix.msc1767.text");
    json_write_span(writer, text);
}

static void write_poll(struct json_writer *writer, const struct poll_names *names, struct span text)
{
    char id[16];

    json_write_key(writer, names->start);
    json_write_begin(writer, '{');
    json_write_key(writer, "question");
    json_write_begin(writer, '{');
    write_poll_text(writer, names->plain, span_take(&text, '\n'));
    json_write_end(writer);
    json_write_key(writer, "kind");
    json_write_text(writer, names->kind);
    json_write_key(writer, "max_selections");
    json_write_int(writer, 1);
    json_write_key(writer, "answers");
    json_write_begin(writer, '[');
    for (int number = 1; text.length != 0; number++) {
        snprintf(id, sizeof(id), "%d", number);
        json_write_begin(writer, '{');
        json_write_key(writer, names->id);
        json_write_text(writer, id);
        write_poll_text(writer, names->plain, span_take(&text, '\n'));
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
}

static void write_poll_content(const struct matrix_outbox_row *row, struct mx_content *content)
{
    struct json_writer writer;

    content->type = poll_names[0].start;
    json_write_init(&writer, &content->content);
    json_write_begin(&writer, '{');
    for (size_t i = 0; i < ARRAY_LENGTH(poll_names); i++) {
        write_poll(&writer, &poll_names[i], span_of(row->text));
        write_poll_text(&writer, poll_names[i].plain, span_of(row->text)); /* where there are none */
    }
    json_write_end(&writer);
}

/* It is an event already; what it relates to stands outside too. */
static void copy_event(const struct matrix_outbox_row *row, struct mx_content *content)
{
    struct json *json = json_parse(span_of(row->content), NULL);
    const struct json *relates = json_get(json, "m.relates_to");

    content->type = row->event_type;
    buf_adds(&content->content, row->content);
    if (relates != NULL)
        json_print(relates, &content->relates_to);
    json_free(json);
}

static bool is_event(const struct matrix_outbox_row *row)
{
    return row->open && row->text[0] == '\0';
}

int mx_content_build(const struct matrix_outbox_row *row, struct mx_content *content)
{
    *content = (struct mx_content){.type = "m.room.message"};
    buf_init(&content->content, MX_CONTENT_MAX);
    buf_init(&content->relates_to, MX_RELATES_MAX);
    if (is_event(row)) {
        copy_event(row, content);
        return content->content.overflowed || content->relates_to.overflowed ? -1 : 0;
    }
    if (row->poll) {
        write_poll_content(row, content);
        return content->content.overflowed ? -1 : 0;
    }
    if (row->kind == OUT_REACTION) {
        content->type = "m.reaction";
        content->clear = true;
    }
    write_relates(row, &content->relates_to);
    write_content(row, row->html, content);
    if (content->content.overflowed && row->html[0] != '\0') {
        buf_clear(&content->content);
        write_content(row, "", content);
    }
    return content->content.overflowed || content->relates_to.overflowed ? -1 : 0;
}

void mx_content_release(struct mx_content *content)
{
    buf_release(&content->content);
    buf_release(&content->relates_to);
}

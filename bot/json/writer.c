/*
 * Writes JSON straight into a buffer.
 */
#include "bot/json/writer.h"

#include <string.h>

#include "bot/json/put.h"
#include "bot/json/quote.h"
#include "core/base/mem.h"

void json_write_init(struct json_writer *writer, struct buf *out)
{
    *writer = (struct json_writer){.out = out};
}

/* What stands before a value: the comma of an element. */
static inline void begin_value(struct json_writer *writer)
{
    if (writer->awaits == JSON_AWAITS_VALUE) {
        writer->awaits = JSON_AWAITS_KEY;
    } else if (writer->awaits == JSON_AWAITS_ELEMENT) {
        if (writer->comma)
            buf_addc(writer->out, ',');
    } else {
        BUG_IF(writer->awaits != JSON_AWAITS_DOCUMENT);
        writer->awaits = JSON_AWAITS_NOTHING;
    }
    writer->comma = true;
}

static enum json_writer_awaits awaits_inside(char bracket)
{
    return bracket == '{' ? JSON_AWAITS_KEY : JSON_AWAITS_ELEMENT;
}

void json_write_begin(struct json_writer *writer, char bracket)
{
    BUG_IF(bracket != '{' && bracket != '[');
    BUG_IF(writer->depth == JSON_WRITER_DEPTH);
    begin_value(writer);
    buf_addc(writer->out, bracket);
    writer->stack[writer->depth++] = bracket;
    writer->awaits = awaits_inside(bracket);
    writer->comma = false;
}

void json_write_end(struct json_writer *writer)
{
    BUG_IF(writer->depth == 0 || writer->awaits == JSON_AWAITS_VALUE);
    buf_addc(writer->out, writer->stack[--writer->depth] == '{' ? '}' : ']');
    writer->awaits = writer->depth != 0 ? awaits_inside(writer->stack[writer->depth - 1]) : JSON_AWAITS_NOTHING;
    writer->comma = true;
}

void json_write_any_key(struct json_writer *writer, struct span key)
{
    BUG_IF(writer->awaits != JSON_AWAITS_KEY);
    if (writer->comma)
        buf_addc(writer->out, ',');
    json_quote(writer->out, key, false);
    buf_addc(writer->out, ':');
    writer->awaits = JSON_AWAITS_VALUE;
}

void json_write_span(struct json_writer *writer, struct span text)
{
    begin_value(writer);
    json_quote(writer->out, text, false);
}

void json_write_text(struct json_writer *writer, const char *text)
{
    if (text != NULL)
        json_write_span(writer, span_of(text));
    else
        json_write_null(writer);
}

void json_write_word(struct json_writer *writer, const char *word)
{
    struct span text;
    char *room;

    if (word == NULL) {
        json_write_null(writer);
        return;
    }
    text = span_of(word);
    begin_value(writer);
    room = buf_reserve(writer->out, text.length + 2);
    if (room == NULL)
        return;
    room[0] = room[text.length + 1] = '"';
    memcpy(room + 1, text.at, text.length);
    buf_grew(writer->out, text.length + 2);
}

void json_write_int(struct json_writer *writer, int64_t value)
{
    char text[JSON_NUMBER_MAX];

    begin_value(writer);
    buf_add(writer->out, text, (size_t)(json_put_int(text, value) - text));
}

void json_write_number(struct json_writer *writer, double value, int decimals)
{
    char text[JSON_NUMBER_MAX];

    begin_value(writer);
    buf_add(writer->out, text, (size_t)(json_put_number(text, value, decimals) - text));
}

void json_write_bool(struct json_writer *writer, bool value)
{
    begin_value(writer);
    buf_adds(writer->out, value ? "true" : "false");
}

void json_write_null(struct json_writer *writer)
{
    begin_value(writer);
    buf_adds(writer->out, "null");
}

void json_write_raw(struct json_writer *writer, struct span json)
{
    begin_value(writer);
    buf_add_span(writer->out, json);
}

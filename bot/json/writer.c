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
    json_write_comma(writer);
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
    json_write_comma(writer);
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

    json_write_comma(writer);
    buf_add(writer->out, text, (size_t)(json_put_int(text, value) - text));
}

void json_write_number(struct json_writer *writer, double value, int decimals)
{
    char text[JSON_NUMBER_MAX];

    json_write_comma(writer);
    buf_add(writer->out, text, (size_t)(json_put_number(text, value, decimals) - text));
}

void json_write_bool(struct json_writer *writer, bool value)
{
    json_write_comma(writer);
    buf_adds(writer->out, value ? "true" : "false");
}

void json_write_null(struct json_writer *writer)
{
    json_write_comma(writer);
    buf_adds(writer->out, "null");
}

void json_write_raw(struct json_writer *writer, struct span json)
{
    json_write_comma(writer);
    buf_add_span(writer->out, json);
}

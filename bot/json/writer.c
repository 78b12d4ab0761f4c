/*
 * Writes JSON straight into a buffer.
 */
#include "bot/json/writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/json/quote.h"
#include "core/base/mem.h"

void json_write_init(struct json_writer *writer, struct buf *out)
{
    *writer = (struct json_writer){.out = out};
}

/* What stands before a value: its comma, unless a key stands there. */
static void begin_value(struct json_writer *writer)
{
    bool in_object = writer->depth > 0 && writer->stack[writer->depth - 1] == '{';

    BUG_IF(in_object != writer->keyed);          /* a member has a key, an element has none */
    BUG_IF(writer->depth == 0 && writer->comma); /* one value is the whole document */
    if (writer->comma && !writer->keyed)
        buf_addc(writer->out, ',');
    writer->comma = true;
    writer->keyed = false;
}

void json_write_begin(struct json_writer *writer, char bracket)
{
    BUG_IF(bracket != '{' && bracket != '[');
    BUG_IF(writer->depth == JSON_WRITER_DEPTH);
    begin_value(writer);
    buf_addc(writer->out, bracket);
    writer->stack[writer->depth++] = bracket;
    writer->comma = false;
}

void json_write_end(struct json_writer *writer)
{
    BUG_IF(writer->depth == 0 || writer->keyed);
    buf_addc(writer->out, writer->stack[--writer->depth] == '{' ? '}' : ']');
    writer->comma = true;
}

void json_write_key(struct json_writer *writer, const char *key)
{
    BUG_IF(writer->depth == 0 || writer->stack[writer->depth - 1] != '{' || writer->keyed);
    if (writer->comma)
        buf_addc(writer->out, ',');
    json_quote(writer->out, span_of(key), false);
    buf_addc(writer->out, ':');
    writer->keyed = true;
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

void json_write_int(struct json_writer *writer, int64_t value)
{
    begin_value(writer);
    buf_addf(writer->out, "%" PRId64, value);
}

void json_write_number(struct json_writer *writer, double value, int decimals)
{
    char text[352]; /* DBL_MAX has 309 digits */
    size_t length;

    BUG_IF(decimals < 0 || decimals > 17);
    if (!isfinite(value)) {
        json_write_null(writer);
        return;
    }
    snprintf(text, sizeof(text), "%.*f", decimals, value);
    length = strlen(text);
    if (strchr(text, '.') != NULL) {
        while (text[length - 1] == '0')
            length--;
        if (text[length - 1] == '.')
            length--;
    }
    begin_value(writer);
    if (length == 2 && text[0] == '-' && text[1] == '0')
        buf_addc(writer->out, '0');
    else
        buf_add(writer->out, text, length);
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

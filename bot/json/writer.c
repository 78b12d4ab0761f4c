/*
 * Writes JSON straight into a buffer.
 */
#include "bot/json/writer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

/* Writes VALUE's digits so that they end before END; returns where they begin. */
static char *put_digits(char *end, uint64_t value)
{
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return end;
}

void json_write_int(struct json_writer *writer, int64_t value)
{
    const uint64_t size = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    size_t length = 1 + (value < 0);
    char *room;

    for (uint64_t more = 10; size >= more; more *= 10) /* SIZE is under 10 to the 19th, which fits */
        length++;
    begin_value(writer);
    room = buf_reserve(writer->out, length);
    if (room == NULL)
        return;
    room[0] = '-'; /* unless a digit takes its place */
    put_digits(room + length, size);
    buf_grew(writer->out, length);
}

/* Most numbers that are written are loads: few digits. printf takes ten times as long for them. False where rounding
 * could come out differently. */
static bool write_short(struct json_writer *writer, double value, int decimals)
{
    static const double scales[] = {1, 10, 100, 1000, 10000};
    double scaled = fabs(value) * scales[decimals];
    uint64_t whole = (uint64_t)(scaled + 0.5), unit = (uint64_t)scales[decimals];
    char text[40];
    char *end = text + sizeof(text), *at;

    if (fabs(scaled - floor(scaled) - 0.5) < 1e-3)
        return false;
    for (; unit > 1 && whole % 10 == 0; unit /= 10)
        whole /= 10;
    at = end;
    if (unit > 1) {
        for (uint64_t rest = whole % unit; unit > 1; unit /= 10, rest /= 10, whole /= 10)
            *--at = (char)('0' + rest % 10);
        *--at = '.';
    }
    at = put_digits(at, whole);
    if (value < 0 && !(end - at == 1 && *at == '0'))
        *--at = '-';
    begin_value(writer);
    buf_add(writer->out, at, (size_t)(end - at));
    return true;
}

static void write_long(struct json_writer *writer, double value, int decimals)
{
    char text[352]; /* DBL_MAX has 309 digits */
    size_t length;

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

void json_write_any_number(struct json_writer *writer, double value, int decimals)
{
    const bool small = fabs(value) < 1e9; /* so no NAN */

    BUG_IF(decimals < 0 || decimals > 17);
    if (small && value == (double)(int64_t)value)
        json_write_int(writer, (int64_t)value);
    else if (!isfinite(value))
        json_write_null(writer);
    else if (!small || decimals > 4 || !write_short(writer, value, decimals))
        write_long(writer, value, decimals);
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

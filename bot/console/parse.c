/*
 * `spotter parse`. One reading and one buffer are used for all lines: half a million lines a second leave no time for
 * more.
 */
#include "bot/console/parse.h"

#include <sysexits.h>

#include "bot/chat/command.h"
#include "bot/chat/read.h"
#include "bot/coach/coach.h"
#include "bot/console/show.h"
#include "core/notation/reading.h"

enum { LINE_MAXIMUM = 1024 * 1024, CHUNK = 64 * 1024, OUT_MAXIMUM = 16 * 1024 * 1024 };

struct parse {
    FILE *out;
    struct buf json;
    struct reading reading;
    struct command_index commands;
};

static void show_reading(struct json_writer *writer, const struct reading *reading)
{
    switch (reading->kind) {
    case READING_SETS:
        json_write_members(writer, "\"kind\":\"sets\"");
        json_write_key(writer, "sets");
        show_sets(writer, reading->sets.at, reading->sets.count, 0);
        json_write_members(writer, "\"question\":null,\"error\":null");
        break;
    case READING_TALK:
        json_write_members(writer, "\"kind\":\"talk\",\"sets\":[],\"question\":null,\"error\":null");
        break;
    case READING_QUESTION:
        json_write_members(writer, "\"kind\":\"question\",\"sets\":[]");
        json_write_key(writer, "question");
        show_question(writer, reading->question, reading->options, reading->option_count, reading->option_sets.at, 0);
        json_write_members(writer, "\"error\":null");
        break;
    case READING_ERROR:
        json_write_members(writer, "\"kind\":\"error\",\"sets\":[],\"question\":null");
        json_write_key(writer, "error");
        show_error(writer, reading->error, reading->hint);
        break;
    }
}

static void show_command(struct json_writer *writer, const char *command)
{
    json_write_members(writer, "\"kind\":\"command\"");
    json_write_key(writer, "command");
    json_write_text(writer, command);
    json_write_members(writer, "\"sets\":[],\"question\":null,\"error\":null");
}

static void parse_line(struct parse *parse, struct span line)
{
    static const struct reading_options options = {.unit = UNIT_KG, .order = ORDER_ASK};
    static const struct hearing hearing = {.name = "spotter", .direct = true};
    struct intention intention;
    struct json_writer writer;

    chat_read(&parse->commands, &hearing, line, &options, &parse->reading, &intention);
    json_write_init(&writer, &parse->json);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "input");
    json_write_span(&writer, line);
    if (intention.kind == INTENTION_COMMAND)
        show_command(&writer, intention.command->name);
    else
        show_reading(&writer, &parse->reading);
    json_write_end(&writer);
    buf_addc(&parse->json, '\n');
}

static int flush(struct parse *parse, struct err *err)
{
    size_t length = parse->json.length;

    if (parse->json.overflowed || fwrite(buf_text(&parse->json), 1, length, parse->out) != length)
        return err_set(err, ERR_STORE, "standard output can't be written");
    buf_clear(&parse->json);
    return 0;
}

/* Parses the whole lines in INPUT, and keeps what follows the last one. */
static int parse_lines(struct parse *parse, struct buf *input, struct err *err)
{
    const char *at = buf_text(input), *end;
    size_t left = input->length;

    while ((end = memchr(at, '\n', left)) != NULL) {
        size_t length = (size_t)(end - at);

        parse_line(parse, (struct span){at, length != 0 && end[-1] == '\r' ? length - 1 : length});
        left -= length + 1;
        at = end + 1;
        if (parse->json.length >= CHUNK && flush(parse, err) < 0)
            return -1;
    }
    memmove(input->data, at, left);
    buf_truncate(input, left);
    return 0;
}

int parse_run(FILE *in, FILE *out, struct err *err)
{
    struct parse parse = {.out = out, .json = BUF_INIT(OUT_MAXIMUM)};
    struct buf input = BUF_INIT(LINE_MAXIMUM + CHUNK);
    int result = 0;
    size_t got = 1;

    reading_init(&parse.reading);
    coach_command_index(&parse.commands);
    while (result == 0 && got != 0) {
        char *room = buf_reserve(&input, CHUNK);

        if (room == NULL) {
            result = err_set(err, ERR_INPUT, "a line is longer than %d bytes", (int)LINE_MAXIMUM);
            break;
        }
        got = fread(room, 1, CHUNK, in);
        buf_grew(&input, got);
        result = parse_lines(&parse, &input, err);
    }
    if (result == 0 && input.length != 0)
        parse_line(&parse, buf_span(&input));
    if (result == 0)
        result = flush(&parse, err);
    if (result == 0 && (ferror(in) || fflush(out) != 0))
        result = err_set(err, ERR_STORE, "standard input or output fails");
    reading_release(&parse.reading);
    buf_release(&parse.json);
    buf_release(&input);
    return result == 0 ? EX_OK : err != NULL && err->class == ERR_INPUT ? EX_DATAERR : EX_IOERR;
}

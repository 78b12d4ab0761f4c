/*
 * `spotter console`: the coach in the terminal, over the embedded store. One lifter, one room, nobody else in it.
 */
#include "bot/console/console.h"

#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/console/stage.h"

enum { LINE_MAXIMUM = 64 * 1024 };

static const char transport[] = "console";

struct console {
    const struct console_options *options;
    FILE *out;
    struct stage stage;
    int64_t session_ms; /* when it began: ids of messages stay unique over the years */
    unsigned messages;
};

static int offset_of(void *arg, const char *zone, int64_t at_ms)
{
    const struct console *console = arg;
    const struct console_options *options = console->options;

    return options->zone_offset(options->zone_arg, zone != NULL ? zone : options->timezone, at_ms);
}

static int print_row(void *arg, const struct matrix_outbox_row *row)
{
    struct console *console = arg;

    return fprintf(console->out, "%s\n", row->text) < 0 ? -1 : 0;
}

/* What a message changed is durable before its answer is seen. */
static int print_said(struct console *console, struct err *err)
{
    if (stage_begin(&console->stage, err) < 0)
        return -1;
    return stage_end(&console->stage, stage_take(&console->stage, transport, print_row, console, err), err);
}

static int say(struct console *console, const char *text, struct err *err)
{
    char id[64];
    struct message message = {.kind = MESSAGE_TEXT,
                              .transport = transport,
                              .room = transport,
                              .direct = true,
                              .sender = "you",
                              .sender_name = "you",
                              .id = id,
                              .text = text};

    snprintf(id, sizeof(id), "%lld.%u", (long long)console->session_ms, console->messages++);
    message.sent_ms = message.read_ms = console->options->now_ms();
    if (stage_begin(&console->stage, err) < 0 ||
        stage_end(&console->stage, stage_hear(&console->stage, &message, err), err) < 0)
        return -1;
    return print_said(console, err);
}

/* A line without its end into LINE; what is longer than a message can be is cut. 0 at the end. */
static int read_line(FILE *in, struct buf *line)
{
    int c;

    buf_clear(line);
    while ((c = getc(in)) != EOF && c != '\n') {
        if (c != '\0' && c != '\r')
            buf_addc(line, (char)c);
    }
    return c != EOF || line->length != 0;
}

static int talk(struct console *console, FILE *in, struct err *err)
{
    struct buf line = BUF_INIT(LINE_MAXIMUM);
    bool prompts = isatty(fileno(in)) != 0;
    int result = print_said(console, err);

    if (prompts)
        fputs("Type a set, like: bench 80x8 @1\n\"help\" shows more, Ctrl-D ends.\n", console->out);
    while (result == 0) {
        if (prompts)
            fputs("> ", console->out);
        fflush(console->out);
        if (read_line(in, &line) == 0)
            break;
        if (strspn(buf_text(&line), " \t") != line.length)
            result = say(console, buf_text(&line), err);
    }
    if (prompts && result == 0)
        fputc('\n', console->out);
    buf_release(&line);
    return result;
}

int console_run(const struct console_options *options, FILE *in, FILE *out, struct err *err)
{
    struct console console = {.options = options, .out = out, .session_ms = options->now_ms()};
    const struct coach_options coach = {
        .unit = options->unit, .language = "en", .offset = offset_of, .offset_arg = &console};
    int result = stage_open(&console.stage, options->db, &coach, err);

    if (result == 0)
        result = talk(&console, in, err);
    stage_close(&console.stage);
    return result == 0 ? EX_OK : EX_IOERR;
}

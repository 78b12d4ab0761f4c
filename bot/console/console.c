/*
 * `spotter console`: the coach in the terminal, over the embedded store. One lifter, one room, nobody else in it.
 */
#include "bot/console/console.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/console/stage.h"

enum { FILES_MAX = 99, LINE_MAXIMUM = 64 * 1024, LOOK_MS = 60 * 1000 };

static const char transport[] = "console";

/* Not stdio's: there is nothing more to hear when it is empty, however the bytes came. */
struct input {
    int fd;
    char bytes[4096];
    size_t at, count;
};

struct console {
    const struct console_options *options;
    struct input input;
    bool prompts; /* a person types at a terminal */
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

/* ---------------------------------------------------------------- files */

/* A new file in the current folder that nobody else may read: NAME, or "NAME-2" where that is taken. -1: there is none.
 */
static int make_file(const char *name, struct buf *path)
{
    int fd = -1;

    for (int i = 1; i <= FILES_MAX && fd < 0 && (i == 1 || errno == EEXIST); i++) {
        buf_clear(path);
        buf_add(path, name, strcspn(name, "."));
        if (i > 1)
            buf_addf(path, "-%d", i);
        buf_adds(path, strchr(name, '.') != NULL ? strchr(name, '.') : "");
        fd = open(buf_text(path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    }
    return fd;
}

static bool write_all(int fd, struct span bytes)
{
    while (bytes.length != 0) {
        ssize_t written = write(fd, bytes.at, bytes.length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = (struct span){bytes.at + written, bytes.length - (size_t)written};
    }
    return true;
}

/* Whether it stands in a file now, named in PATH. */
static bool save(const char *name, struct span bytes, struct buf *path)
{
    int fd = make_file(name, path);
    bool saved = fd >= 0 && write_all(fd, bytes);

    if (fd >= 0 && close(fd) != 0)
        saved = false;
    if (fd >= 0 && !saved)
        unlink(buf_text(path));
    return saved;
}

/* For a person it is saved; a program that reads us, or a person where it can't be saved, gets it as it is. */
static int print_file(struct console *console, const struct matrix_outbox_row *row)
{
    struct buf bytes = BUF_INIT(ATTACHMENT_MAX), path = BUF_INIT(256);
    struct err err;
    int result = stage_file(&console->stage, row->id, &bytes, &err);

    if (result == 1 && console->prompts && save(row->file_name, buf_span(&bytes), &path))
        result = fprintf(console->out, "[file %s, %zu bytes]\n", buf_text(&path), bytes.length) < 0 ? -1 : 0;
    else if (result == 1)
        result = fwrite(buf_text(&bytes), 1, bytes.length, console->out) == bytes.length ? 0 : -1;
    buf_release(&bytes);
    buf_release(&path);
    return result;
}

/* ---------------------------------------------------------------- what is said */

static int print_row(void *arg, const struct matrix_outbox_row *row)
{
    struct console *console = arg;

    if (fprintf(console->out, "%s\n", row->text) < 0)
        return -1;
    return row->file_name[0] != '\0' ? print_file(console, row) : 0;
}

/* What a message changed is durable before its answer is seen. */
static int print_said(struct console *console, struct err *err)
{
    if (stage_begin(&console->stage, err) < 0)
        return -1;
    return stage_end(&console->stage, stage_take(&console->stage, transport, print_row, console, err), err);
}

static void prompt(struct console *console)
{
    fputs(console->prompts ? "> " : "", console->out);
    fflush(console->out);
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

/* ---------------------------------------------------------------- what becomes due */

/* Does what is due; what it says stands between the lines that are typed. */
static int do_due(struct console *console, struct err *err)
{
    int64_t now_ms = console->options->now_ms(), due_ms;
    int found = stage_next_due(&console->stage, transport, &due_ms, err);

    if (found != 1 || due_ms > now_ms)
        return found < 0 ? -1 : 0;
    if (stage_begin(&console->stage, err) < 0 ||
        stage_end(&console->stage, stage_due(&console->stage, transport, now_ms, err), err) < 0)
        return -1;
    if (console->prompts)
        fputc('\n', console->out);
    if (print_said(console, err) < 0)
        return -1;
    prompt(console);
    return 0;
}

/* How long to wait for input: a minute at most, since the clock may be set meanwhile; -1: for ever. */
static int wait_ms(struct console *console, int *wait, struct err *err)
{
    int64_t due_ms, left_ms;
    int found = stage_next_due(&console->stage, transport, &due_ms, err);

    *wait = -1;
    if (found == 1) {
        left_ms = due_ms - console->options->now_ms();
        *wait = left_ms < 0 ? 0 : left_ms < LOOK_MS ? (int)left_ms : LOOK_MS;
    }
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- what is typed */

/* Until there is something to read. */
static int await(struct console *console, struct err *err)
{
    struct pollfd input = {.fd = console->input.fd, .events = POLLIN};
    int wait, ready = 0;

    while (ready <= 0) {
        if (do_due(console, err) < 0 || wait_ms(console, &wait, err) < 0)
            return -1;
        ready = poll(&input, 1, wait);
        if (ready < 0 && errno != EINTR)
            return err_set(err, ERR_INPUT, "standard input can't be waited for: %s", strerror(errno));
    }
    return 0;
}

/* More of the input: 1, 0 at its end, -1. */
static int fill(struct console *console, struct err *err)
{
    struct input *input = &console->input;
    ssize_t got;

    do {
        if (await(console, err) < 0)
            return -1;
        got = read(input->fd, input->bytes, sizeof(input->bytes));
    } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    if (got <= 0) /* a terminal that is gone has an end, too */
        return 0;
    input->at = 0;
    input->count = (size_t)got;
    return 1;
}

/* A line without its end into LINE; what is longer than a message can be is cut. 1, 0 at the end, -1. */
static int read_line(struct console *console, struct buf *line, struct err *err)
{
    struct input *input = &console->input;
    int more = 1;

    buf_clear(line);
    while (more == 1) {
        while (input->at < input->count) {
            char c = input->bytes[input->at++];

            if (c == '\n')
                return 1;
            if (c != '\0' && c != '\r')
                buf_addc(line, c);
        }
        more = fill(console, err);
    }
    return more < 0 ? -1 : line->length != 0;
}

static int talk(struct console *console, struct err *err)
{
    struct buf line = BUF_INIT(LINE_MAXIMUM);
    int result = print_said(console, err), more = result == 0;

    if (console->prompts)
        fputs("Type a set, like: bench 80x8 @1\n\"help\" shows more, Ctrl-D ends.\n", console->out);
    while (more == 1) {
        prompt(console);
        more = read_line(console, &line, err);
        if (more == 1 && strspn(buf_text(&line), " \t") != line.length)
            result = say(console, buf_text(&line), err);
        more = result == 0 ? more : -1;
    }
    if (console->prompts && more == 0)
        fputc('\n', console->out);
    buf_release(&line);
    return result == 0 ? more : -1;
}

int console_run(const struct console_options *options, FILE *in, FILE *out, struct err *err)
{
    struct console console = {.options = options,
                              .input = {.fd = fileno(in)},
                              .prompts = isatty(fileno(in)) != 0,
                              .out = out,
                              .session_ms = options->now_ms()};
    const struct coach_options coach = {.unit = options->unit,
                                        .language = "en",
                                        .offset = offset_of,
                                        .offset_arg = &console,
                                        .export_set = options->export_set,
                                        .secrets = options->secrets};
    int result = stage_open(&console.stage, options->db, &coach, err);

    if (result == 0)
        result = talk(&console, err);
    stage_close(&console.stage);
    return result == 0 ? EX_OK : EX_IOERR;
}

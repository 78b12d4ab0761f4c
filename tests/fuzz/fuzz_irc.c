/*
 * Any lines from a server, from the first to the last of a connection: whatever it says, it is survived, everything
 * that we would send is a line of the protocol, and nobody who is not vouched for is taken for an account.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---------------------------------------------------------------- a store that forgets */

static int ok(void *self, struct err *err)
{
    (void)self, (void)err;
    return 0;
}

static void rollback(void *self)
{
    (void)self;
}

static int value_get(void *self, const char *network, const char *name, struct buf *out, struct err *err)
{
    (void)self, (void)network, (void)err;
    if (strncmp(name, "seen:", 5) != 0 && strcmp(name, "heard") != 0)
        return 0;
    buf_adds(out, name[0] == 's' ? "m1" : "1700000000000");
    return 1;
}

static int value_put(void *self, const char *network, const char *name, const char *value, struct err *err)
{
    (void)self, (void)network, (void)name, (void)value, (void)err;
    return 0;
}

static int person_known(void *self, const char *transport, const char *identity, struct err *err)
{
    (void)self, (void)transport, (void)err;
    return identity[0] == 'a';
}

static int person_each(void *self, const char *transport, const char *prefix,
                       int (*each)(void *arg, const char *identity), void *arg, struct err *err)
{
    (void)self, (void)transport, (void)prefix, (void)each, (void)arg, (void)err;
    return 0;
}

static int outbox_from(void *self, const char *transport, int64_t after_id,
                       int (*each)(void *arg, const struct irc_outbox_row *row), void *arg, struct err *err)
{
    (void)self, (void)transport, (void)err;
    for (int64_t id = after_id + 1; id <= 6; id++) {
        const struct irc_outbox_row row = {id, id % 2 == 0 ? "#gym" : "@anna", "anna",
                                           id == 5 ? OUT_CHECKIN : (int)(id % 3), loop_now_ms()};
        int status = each(arg, &row);

        if (status != 0)
            return status;
    }
    return 0;
}

static int outbox_text(void *self, int64_t id, struct buf *text, struct err *err)
{
    (void)self, (void)id, (void)err;
    buf_adds(text, "bench press 80x8 @1\nNext: 80 kg x 8, RIR 1-3, rest 2:00");
    return 1;
}

static int waits(void *self, const char *transport, const char *recipient, struct err *err)
{
    (void)self, (void)transport, (void)recipient, (void)err;
    return 1;
}

static int row_begun(void *self, int64_t id, struct err *err)
{
    (void)self, (void)id, (void)err;
    return 0;
}

static int row_gone(void *self, int64_t id, const char *what, struct err *err)
{
    (void)self, (void)id, (void)what, (void)err;
    return 0;
}

/* ---------------------------------------------------------------- a program that looks closely */

static int on_message(void *arg, const struct message *message, struct err *err)
{
    (void)arg, (void)err;
    if (message->kind != MESSAGE_TEXT) {
        if (message->sender[0] == '\0' || message->room[0] == '@' || message->direct)
            abort();
        return 0;
    }
    if (message->sender[0] == '\0' || strchr(message->sender, ' ') != NULL || message->id[0] == '\0' ||
        !text_valid_utf8(span_of(message->text)) ||
        (message->sender[0] == '~') != (strncmp(message->sender, "~guest:", 7) == 0))
        abort();
    if (message->direct != (message->room[0] == '@') && !message->summarise)
        abort();
    if (message->summarise && message->sender[0] == '~')
        abort();
    return 0;
}

static int on_batch_end(void *arg, int64_t now_ms, struct err *err)
{
    (void)arg, (void)now_ms, (void)err;
    return 0;
}

static int on_people(void *arg, const char *transport, const char *room, int64_t now_ms, struct err *err)
{
    (void)arg, (void)transport, (void)now_ms, (void)err;
    if (room[0] == '@')
        abort();
    return 0;
}

static int on_guest(void *arg, const char *transport, const char *room, const char *identity, bool can_log_in,
                    int64_t now_ms, struct err *err)
{
    (void)arg, (void)transport, (void)room, (void)can_log_in, (void)now_ms, (void)err;
    if (strncmp(identity, "~guest:", 7) != 0)
        abort();
    return 0;
}

static int on_forget(void *arg, const char *transport, const char *identity, struct err *err)
{
    (void)arg, (void)transport, (void)err;
    if (strncmp(identity, "~guest:", 7) != 0)
        abort();
    return 0;
}

static int on_merge(void *arg, const char *transport, const char *guest, const char *account, int64_t now_ms,
                    struct err *err)
{
    (void)arg, (void)transport, (void)now_ms, (void)err;
    if (strncmp(guest, "~guest:", 7) != 0 || account[0] == '~')
        abort();
    return 0;
}

/* The check-in finds somebody elsewhere, every second time. */
static int on_elsewhere(void *arg, const char *transport, int64_t row, bool refused, struct err *err)
{
    (void)arg, (void)transport, (void)refused, (void)err;
    return row % 2 == 0;
}

static void nothing(void *arg)
{
    (void)arg;
}

static void on_caught_up(void *arg, const char *transport)
{
    (void)arg, (void)transport;
}

static struct irc *new_irc(struct loop *loop, bool tls)
{
    static const struct irc_store store = {NULL,      ok,           ok,          rollback,    value_get,
                                           value_put, person_known, person_each, outbox_from, outbox_text,
                                           row_begun, waits,        row_gone,    row_gone};
    static const char *const channels[] = {"#gym", NULL};
    const struct irc_options options = {.loop = loop,
                                        .store = &store,
                                        .handler = {NULL, on_message, on_batch_end, on_guest, on_forget, on_merge,
                                                    on_elsewhere, on_people, nothing, nothing, on_caught_up},
                                        .network = "fuzz",
                                        .server = "localhost",
                                        .port = 6697,
                                        .tls = tls,
                                        .nick = "spotter",
                                        .account = tls ? "coach" : NULL,
                                        .password = tls ? "pencil" : NULL,
                                        .channels = channels};
    struct irc *irc = irc_new(&options, NULL);

    irc->link_tls = tls;
    irc_support_init(&irc->support);
    irc->phase = IRC_REGISTERING;
    irc_register(irc);
    return irc;
}

/* What is said is UTF-8. To whom is as the server spells them: a nick may be of bytes that are none. */
static bool is_said_well(struct span line)
{
    span_take(&line, ' ');
    span_take(&line, ' ');
    return span_starts(line, ":") && text_valid_utf8(line);
}

/* One, or those of a message of several, which begin and end with BATCH. */
static void look_at_lines(struct span rest)
{
    if (rest.length == 0 || rest.at[rest.length - 1] != '\n')
        abort();
    while (rest.length != 0) {
        struct span line = span_take(&rest, '\n');

        if (line.at[0] == '@')
            span_take(&line, ' ');
        if (line.length + 1 > IRC_BODY_MAX || memchr(line.at, '\n', line.length) != NULL ||
            (!span_starts(line, "BATCH ") && !is_said_well(line)))
            abort();
    }
}

/* What would be sent next is looked at as it is made. */
static void look_at_replies(struct irc *irc)
{
    struct buf line = BUF_INIT(IRC_TAGS_MAX);
    int64_t wait;

    for (int i = 0; i < 4 && irc->phase == IRC_ONLINE && !irc->dropping; i++) {
        buf_clear(&line);
        if (!irc_say_next(irc, loop_monotonic_ms(), &line, &wait))
            break;
        look_at_lines(buf_span(&line));
    }
    buf_release(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct loop *loop;
    struct irc *irc;
    const char *at = (const char *)data, *end = at + size;

    if (loop == NULL) {
        loop = loop_new();
        log_open(LOG_LEVEL_ERROR);
    }
    irc = new_irc(loop, size != 0 && (data[0] & 1) != 0);
    while (at < end && !irc->dropping) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = newline != NULL ? (size_t)(newline - at) : (size_t)(end - at);

        irc_take_line(irc, (struct span){at, length});
        irc_inbox_run(irc);
        look_at_replies(irc);
        at += length + (newline != NULL);
    }
    irc_free(irc);
    return 0;
}

/*
 * Questions from program to program (CTCP): answered by NOTICE, and only now and then.
 */
#include "bot/irc/inside.h"
#include "core/base/mem.h"

#define PING_MAX 64

static void answer_version(struct span argument, struct buf *out)
{
    (void)argument;
    buf_adds(out, " Spotter");
}

static void answer_ping(struct span argument, struct buf *out)
{
    if (argument.length > PING_MAX)
        argument.length = PING_MAX;
    buf_addc(out, ' ');
    buf_add_span(out, argument);
}

static void answer_clientinfo(struct span argument, struct buf *out)
{
    (void)argument;
    buf_adds(out, " CLIENTINFO PING VERSION");
}

static const struct {
    const char *name;
    void (*answer)(struct span argument, struct buf *out);
} queries[] = {{"VERSION", answer_version}, {"PING", answer_ping}, {"CLIENTINFO", answer_clientinfo}};

void irc_take_ctcp(struct irc *irc, const struct irc_line *line, struct span text)
{
    struct buf out = BUF_INIT(IRC_BODY_MAX), nick = BUF_INIT(IRC_BODY_MAX);
    struct span query;

    text.at++;
    text.length--;
    if (text.length != 0 && text.at[text.length - 1] == 0x01)
        text.length--;
    query = span_take(&text, ' ');
    for (size_t i = 0; i < ARRAY_LENGTH(queries); i++) {
        if (!irc_same(IRC_CASE_ASCII, query, span_of(queries[i].name)) || !irc_is_us(irc, irc_line_param(line, 0)) ||
            bucket_take(&irc->ctcp, loop_monotonic_ms()) != 0)
            continue;
        buf_addf(&out, "\x01%s", queries[i].name);
        queries[i].answer(text, &out);
        buf_addc(&out, 0x01);
        buf_add_span(&nick, line->nick);
        irc_send(irc, IRC_SEND_BULK, "NOTICE", IRC_PARAMS(buf_text(&nick), buf_text(&out)));
    }
    buf_release(&out);
    buf_release(&nick);
}

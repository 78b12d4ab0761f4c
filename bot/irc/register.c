/*
 * Until we are on the network: capabilities, login, nick; and the nick that we want, once it is free again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/irc/inside.h"
#include "bot/irc/sts.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

enum {
    LINGER_MS = 200,
    SASL_MS = 20 * 1000,   /* services that say nothing are not waited for */
    LOOK_MS = 15 * 1000,   /* whether services came back: not every server tells it */
    REGAIN_MS = 10 * 1000, /* how often we look whether our nick is free */
    REGAIN_SLOWLY_MS = 300 * 1000,
    REGAINS = 5,
    FALLBACKS = 50,
    NICK_SAFE = 9 /* RFC 1459, 1.2: what every server takes */
};

bool irc_is_us(const struct irc *irc, struct span nick)
{
    return irc->nick != NULL && irc_same(irc->support.casemap, nick, span_of(irc->nick));
}

void irc_register(struct irc *irc)
{
    const struct irc_options *options = &irc->options;

    irc_caps_init(&irc->caps, irc->link_tls && irc_sasl_wanted(&irc->sasl));
    irc_sasl_restart(&irc->sasl);
    irc->fallback = irc->regains = 0;
    irc->regain_ms = irc->online_time_ms = 0;
    irc->ghosted = false;
    irc_text_set(&irc->nick, span_of(options->nick));
    irc_send(irc, IRC_SEND_NOW, "CAP", IRC_PARAMS("LS", "302"));
    irc_send(irc, IRC_SEND_NOW, "NICK", IRC_PARAMS(options->nick));
    irc_send(irc, IRC_SEND_NOW, "USER", IRC_PARAMS("spotter", "0", "*", "Spotter, a training partner"));
}

/* ---------------------------------------------------------------- capabilities */

static void end_caps(struct irc *irc)
{
    if (irc->cap_ended)
        return;
    irc->cap_ended = true;
    irc_send(irc, IRC_SEND_NOW, "CAP", IRC_PARAMS("END"));
}

/* True: we leave, to come back by TLS. A policy is only believed, and kept, when it was said by TLS (IRCv3/sts). */
static bool follow_sts(struct irc *irc)
{
    struct irc_sts sts;
    struct buf text = BUF_INIT(64);
    struct err err = {0};

    if (irc->caps.sts[0] == '\0' || irc_sts_parse(span_of(irc->caps.sts), &sts) != 0)
        return false;
    if (!irc->link_tls && sts.port != 0) {
        irc->sts_port = (long)sts.port;
        err_set(&err, ERR_NETWORK, "the server wants TLS, at port %ld", irc->sts_port);
        backoff_reset(&irc->backoff);
        irc_drop(irc, &err);
        return true;
    }
    if (irc->link_tls && sts.duration_s >= 0) {
        const struct irc_sts_policy policy = {irc->sts_port != 0 ? irc->sts_port : irc->options.port,
                                              loop_now_ms() + sts.duration_s * 1000};

        irc_sts_print(&policy, &text);
        irc_keep(irc, "sts", buf_text(&text));
        buf_release(&text);
    }
    return false;
}

static bool begin_sasl(struct irc *irc)
{
    struct buf out = BUF_INIT(IRC_SASL_MESSAGE_MAX * 2);
    unsigned char bytes[IRC_SCRAM_NONCE / 4 * 3];
    struct buf nonce = BUF_INIT(IRC_SCRAM_NONCE);
    bool begun;

    crypto_random(bytes, sizeof(bytes));
    crypto_base64((struct span){(const char *)bytes, sizeof(bytes)}, &nonce);
    begun = irc_sasl_begin(&irc->sasl, irc->caps.mechanisms, buf_text(&nonce), &out);
    irc->sasl_busy = begun;
    if (begun) {
        irc->phase_ms = loop_monotonic_ms();
        irc_send_bytes(irc, buf_span(&out));
    }
    buf_release(&nonce);
    buf_release(&out);
    return begun;
}

static void caps_settled(struct irc *irc)
{
    bool sasl = irc_caps_has(&irc->caps, IRC_CAP_SASL) && !irc->logged_in && !irc->sasl_busy;

    if (irc->phase == IRC_ONLINE)
        irc_sasl_restart(&irc->sasl); /* services came back */
    if (sasl && begin_sasl(irc))
        return;
    if (irc->phase == IRC_REGISTERING && !irc->sasl_busy) {
        if (irc->caps.sasl_wanted && !irc->logged_in)
            log_warn("irc-sasl-missing", LOG_STR("network", irc->options.network));
        end_caps(irc);
    }
}

void irc_take_cap(struct irc *irc, const struct irc_line *line)
{
    struct buf out = BUF_INIT(4 * IRC_BODY_MAX);
    enum irc_caps_event event = irc_caps_take(&irc->caps, line, &out);

    if (!follow_sts(irc)) {
        if (out.length != 0)
            irc_send_bytes(irc, buf_span(&out));
        if (event == IRC_CAPS_SETTLED)
            caps_settled(irc);
        if (!irc_caps_has(&irc->caps, IRC_CAP_SASL) && irc->phase == IRC_ONLINE)
            irc->sasl_busy = false;
    }
    buf_release(&out);
}

/* ---------------------------------------------------------------- login */

static void sasl_over(struct irc *irc)
{
    irc->sasl_busy = false;
    if (irc->phase == IRC_REGISTERING)
        end_caps(irc);
}

static void distrust(struct irc *irc, const struct err *err)
{
    log_error("irc-distrusted", LOG_STR("network", irc->options.network), LOG_STR("reason", err->text));
    irc->backoff.failures += 4; /* it won't be better in a second */
    irc_drop(irc, err);
    loop_timer_set(irc->drop, LINGER_MS); /* the server is told why */
}

void irc_take_authenticate(struct irc *irc, const struct irc_line *line)
{
    struct buf out = BUF_INIT(IRC_SASL_MESSAGE_MAX * 2);
    struct err err = {0};

    int result = 0;

    if (irc->sasl_busy)
        result = irc_sasl_challenge(&irc->sasl, irc_line_param(line, 0), &out, &err);
    if (out.length != 0)
        irc_send_bytes(irc, buf_span(&out));
    if (result != 0)
        distrust(irc, &err);
    crypto_release(&out);
}

void irc_take_logged_in(struct irc *irc, const struct irc_line *line)
{
    (void)line;
    if (irc->sasl_busy && irc_sasl_may_succeed(&irc->sasl))
        irc->logged_in = true;
}

void irc_take_sasl_done(struct irc *irc, const struct irc_line *line)
{
    struct err err = {0};

    (void)line;
    if (!irc->sasl_busy)
        return;
    if (!irc_sasl_may_succeed(&irc->sasl)) {
        err_set(&err, ERR_AUTH, "the server says that we are logged in, but has not shown that it knows our password");
        distrust(irc, &err);
        return;
    }
    irc->logged_in = true;
    log_info("irc-logged-in", LOG_STR("network", irc->options.network),
             LOG_STR("mechanism", irc_sasl_mechanism(&irc->sasl)));
    sasl_over(irc);
    if (irc->phase == IRC_ONLINE)
        irc_channels_join(irc); /* those that want an account */
}

void irc_take_sasl_failed(struct irc *irc, const struct irc_line *line)
{
    (void)line;
    if (!irc->sasl_busy || begin_sasl(irc))
        return;
    log_error("irc-login-refused", LOG_STR("network", irc->options.network), LOG_STR("numeric", line->verb));
    sasl_over(irc);
}

/* ---------------------------------------------------------------- nick */

static void take_fallback(struct irc *irc)
{
    struct buf nick = BUF_INIT(64);
    char number[16];
    size_t room, most = irc->phase == IRC_ONLINE ? irc->support.nick_length : NICK_SAFE;
    size_t length = strlen(irc->options.nick);

    if (++irc->fallback > FALLBACKS) {
        irc_drop(irc, &(struct err){ERR_NETWORK, "no nick is free"});
        return;
    }
    snprintf(number, sizeof(number), "%d", irc->fallback);
    room = most - strlen(number);
    buf_add(&nick, irc->options.nick, length < room ? length : room);
    buf_adds(&nick, number);
    irc_text_set(&irc->nick, buf_span(&nick));
    irc_send(irc, IRC_SEND_NOW, "NICK", IRC_PARAMS(buf_text(&nick)));
    buf_release(&nick);
}

void irc_take_nick_refused(struct irc *irc, const struct irc_line *line)
{
    (void)line;
    if (irc->phase == IRC_REGISTERING)
        take_fallback(irc);
}

void irc_take_unavailable(struct irc *irc, const struct irc_line *line)
{
    if (irc_is_channel(&irc->support, irc_line_param(line, 1)))
        irc_take_join_refused(irc, line);
    else
        irc_take_nick_refused(irc, line);
}

void irc_take_welcome(struct irc *irc, const struct irc_line *line)
{
    struct span nick = irc_line_param(line, 0);

    if (nick.length == 0)
        return;
    irc_text_set(&irc->nick, nick);
    irc->cap_ended = true; /* a server without capabilities never answers to them */
    if (!irc_server_time(line, &irc->online_time_ms))
        irc->online_time_ms = 1;
}

void irc_take_isupport(struct irc *irc, const struct irc_line *line)
{
    irc_support_take(&irc->support, line);
    irc_people_set_casemap(&irc->people, irc->support.casemap);
}

/* A nick that a dead connection of ours may hold: services free it, once they know us. */
static void free_ghost(struct irc *irc)
{
    struct buf text = BUF_INIT(128);

    if (irc->ghosted || !irc->logged_in)
        return;
    irc->ghosted = true;
    buf_addf(&text, "GHOST %s", irc->options.nick);
    irc_send(irc, IRC_SEND_CONTROL, "PRIVMSG", IRC_PARAMS("NickServ", buf_text(&text)));
    buf_release(&text);
}

static void try_regain(struct irc *irc)
{
    irc->regains++;
    irc_send(irc, IRC_SEND_CONTROL, "NICK", IRC_PARAMS(irc->options.nick));
}

void irc_nick_released(struct irc *irc, struct span nick)
{
    if (irc->phase == IRC_ONLINE && irc_same(irc->support.casemap, nick, span_of(irc->options.nick)) &&
        !irc_is_us(irc, nick))
        try_regain(irc);
}

void irc_take_ison(struct irc *irc, const struct irc_line *line)
{
    struct span there = irc_line_param(line, line->param_count - (line->param_count != 0));

    while (there.length != 0 && there.at[there.length - 1] == ' ')
        there.length--;
    if (!irc_same(irc->support.casemap, there, span_of(irc->options.nick)))
        irc_nick_released(irc, span_of(irc->options.nick));
}

void irc_register_tick(struct irc *irc, int64_t now_ms)
{
    if (irc->phase == IRC_REGISTERING && irc->sasl_busy && now_ms - irc->phase_ms > SASL_MS) {
        log_warn("irc-sasl-silent", LOG_STR("network", irc->options.network));
        irc_send(irc, IRC_SEND_NOW, "AUTHENTICATE", IRC_PARAMS("*"));
        sasl_over(irc);
    }
    if (irc->phase == IRC_ONLINE && irc->caps.sasl_wanted && !irc->logged_in &&
        !irc_caps_has(&irc->caps, IRC_CAP_SASL) && now_ms - irc->look_ms > LOOK_MS) {
        irc->look_ms = now_ms;
        irc_send(irc, IRC_SEND_CONTROL, "CAP", IRC_PARAMS("LS", "302"));
    }
    if (irc->phase != IRC_ONLINE || irc_is_us(irc, span_of(irc->options.nick)) || now_ms < irc->regain_ms)
        return;
    free_ghost(irc);
    irc->regain_ms = now_ms + (irc->regains < REGAINS ? REGAIN_MS : REGAIN_SLOWLY_MS);
    irc_send(irc, IRC_SEND_CONTROL, "ISON", IRC_PARAMS(irc->options.nick));
}

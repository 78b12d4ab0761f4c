/*
 * One network: connected, watched, connected again.
 */
#include "bot/irc/irc.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/irc/inside.h"
#include "bot/irc/sts.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

enum {
    WAITING_MAX = 2, /* persons to whom something is said before more is said unasked */
    TICK_MS = 1000,
    RETRY_MS = 1500,           /* the first retry comes within 2 s… */
    RETRY_MAX_MS = 300 * 1000, /* …and the last after 5 minutes */
    STABLE_MS = 60 * 1000,
    IDLE_MS = 75 * 1000,   /* nothing came: we ask */
    ANSWER_MS = 25 * 1000, /* twice, then it is over */
    REGISTER_MS = 60 * 1000,
    MOTD_MS = 10 * 1000
};

static uint32_t random_bits(void)
{
    uint32_t bits = 0;

    crypto_random(&bits, sizeof(bits));
    return bits;
}

static void set_phase(struct irc *irc, enum irc_phase phase)
{
    irc->phase = phase;
    irc->phase_ms = loop_monotonic_ms();
}

/* ---------------------------------------------------------------- the end of a connection */

static void forget_connection(struct irc *irc)
{
    irc_link_free(irc->link);
    irc->link = NULL;
    irc_whois_release(irc);
    irc_batches_release(irc);
    irc_missed_release(irc);
    irc_split_release(irc);
    for (size_t i = 0; i < irc->held.count; i++)
        irc_heard_release(&irc->held.at[i]);
    vec_clear(&irc->held);
    irc_send_release(irc);
    irc_flight_settle(irc); /* before what waits is read again */
    irc_say_release(irc);
    irc_flights_release(irc);
    irc_people_clear(&irc->people);
    irc->sasl_busy = irc->logged_in = irc->cap_ended = false;
    irc->pings = 0;
}

static void on_down(void *arg, const struct err *reason)
{
    struct irc *irc = arg;
    struct irc_heard everybody = {.kind = IRC_HEARD_FORGET_ALL};
    const struct err why = *reason; /* it goes with the link */
    int64_t now = loop_monotonic_ms(), wait;

    if (irc->phase == IRC_ONLINE && now - irc->phase_ms >= STABLE_MS)
        backoff_reset(&irc->backoff);
    set_phase(irc, IRC_DOWN);
    forget_connection(irc);
    wait = backoff_next(&irc->backoff, random_bits());
    log_warn("irc-down", LOG_STR("network", irc->options.network), LOG_STR("reason", why.text),
             LOG_INT("retry_ms", wait));
    irc_inbox_add(irc, &everybody); /* guests go with the connection */
    irc_inbox_run(irc);
    irc_absent_all(irc);
    loop_timer_set(irc->retry, wait);
}

void irc_drop(struct irc *irc, const struct err *reason)
{
    if (irc->dropping)
        return;
    irc->dropping = true;
    irc->drop_reason = *reason;
    loop_timer_set(irc->drop, 0);
}

static void drop_due(void *arg)
{
    struct irc *irc = arg;

    irc->dropping = false;
    if (irc->phase != IRC_DOWN)
        on_down(irc, &irc->drop_reason);
}

/* ---------------------------------------------------------------- the connection */

static void on_up(void *arg)
{
    struct irc *irc = arg;

    irc->last_in_ms = loop_monotonic_ms();
    log_info("irc-up", LOG_STR("network", irc->options.network), LOG_INT("tls", irc->link_tls));
    set_phase(irc, IRC_REGISTERING);
    irc_register(irc);
}

static void on_line(void *arg, struct span line)
{
    struct irc *irc = arg;

    irc->last_in_ms = loop_monotonic_ms();
    if (!irc->dropping)
        irc_take_line(irc, line);
}

static void on_lines_end(void *arg)
{
    struct irc *irc = arg;

    irc_inbox_run(irc);
    irc_history_settle(irc);
    irc_send_run(irc);
}

static void connect_now(void *arg)
{
    struct irc *irc = arg;
    const struct irc_options *options = &irc->options;
    struct irc_link_options link = {
        .loop = options->loop,
        .handler = {irc, on_up, on_line, on_lines_end, on_down},
        .port = irc->sts_port != 0 ? irc->sts_port : options->port,
        .tls = options->tls || irc->sts_port != 0,
        .to = {options->server, options->ca_file, options->fingerprint, options->certificate_file, options->key_file}};

    irc->link_tls = link.tls;
    irc_support_init(&irc->support);
    irc_people_set_casemap(&irc->people, irc->support.casemap);
    set_phase(irc, IRC_CONNECTING);
    irc->link = irc_link_new(&link);
}

void irc_online(struct irc *irc)
{
    set_phase(irc, IRC_ONLINE);
    irc_flood_init(&irc->flood, irc->phase_ms);
    log_info("irc-online", LOG_STR("network", irc->options.network), LOG_STR("nick", irc->nick),
             LOG_INT("logged_in", irc->logged_in));
    if (irc->support.bot_mode != '\0') {
        const char mode[] = {'+', irc->support.bot_mode, '\0'};

        irc_send(irc, IRC_SEND_CONTROL, "MODE", IRC_PARAMS(irc->nick, mode));
    }
    irc_channels_join(irc);
    irc_history_begin(irc);
    irc_say_collect(irc);
    irc->options.handler.ready(irc->options.handler.arg);
}

/* ---------------------------------------------------------------- the clock */

static void fail(struct irc *irc, const char *why)
{
    struct err err = {0};

    err_set(&err, ERR_NETWORK, "%s", why);
    irc_drop(irc, &err);
}

static void watch(struct irc *irc, int64_t now)
{
    int64_t idle = now - irc->last_in_ms;

    if (idle < IDLE_MS) {
        irc->pings = 0;
    } else if (irc->pings < 2 && idle >= IDLE_MS + (int64_t)irc->pings * ANSWER_MS) {
        irc->pings++;
        irc_send(irc, IRC_SEND_NOW, "PING", IRC_PARAMS("idle"));
    } else if (idle >= IDLE_MS + 2 * ANSWER_MS) {
        fail(irc, "the server is silent");
    }
}

static void tick(void *arg)
{
    struct irc *irc = arg;
    int64_t now = loop_monotonic_ms();

    loop_timer_set(irc->tick, TICK_MS);
    if (irc->stuck)
        irc_inbox_run(irc);
    irc_flight_settle(irc);
    if (irc->phase != IRC_REGISTERING && irc->phase != IRC_ONLINE)
        return;
    watch(irc, now);
    irc_register_tick(irc, now);
    if (irc->phase == IRC_REGISTERING && irc->nick != NULL && irc->cap_ended && now - irc->phase_ms > MOTD_MS &&
        irc->online_time_ms != 0)
        irc_online(irc);
    if (irc->phase == IRC_REGISTERING && now - irc->phase_ms > REGISTER_MS)
        fail(irc, "it took too long to register");
    if (irc->phase != IRC_ONLINE)
        return;
    irc_channels_tick(irc, now);
    irc_whois_tick(irc, now);
    irc_identity_tick(irc, now);
    irc_history_tick(irc, now);
    irc_inbox_run(irc);
    irc_history_settle(irc);
    irc_send_run(irc);
}

static void pump_due(void *arg)
{
    irc_send_run(arg);
}

/* ---------------------------------------------------------------- life */

static void add_channel(struct irc *irc, struct span name, bool invited)
{
    struct irc_channel *channel = irc_channel_open(&irc->people, name);

    channel->wanted = true;
    channel->invited = invited;
}

/* Where we were invited to, before this start. */
static void load_invited(struct irc *irc)
{
    struct buf list = BUF_INIT(16 * 1024);
    struct span rest;

    if (irc->options.store->value_get(irc->options.store->self, irc->options.network, "invited", &list, NULL) == 1) {
        rest = buf_span(&list);
        while (rest.length != 0) {
            struct span name = span_take(&rest, ',');

            if (name.length != 0 && irc_channel_find(&irc->people, name) == NULL)
                add_channel(irc, name, true);
        }
    }
    buf_release(&list);
}

static void load_sts(struct irc *irc)
{
    struct buf text = BUF_INIT(64);
    struct irc_sts_policy policy;

    if (irc->options.tls)
        return;
    if (irc->options.store->value_get(irc->options.store->self, irc->options.network, "sts", &text, NULL) == 1 &&
        irc_sts_read(buf_text(&text), loop_now_ms(), &policy))
        irc->sts_port = (long)policy.port;
    buf_release(&text);
}

struct irc *irc_new(const struct irc_options *options, struct err *err)
{
    struct irc *irc = mem_zero(1, sizeof(*irc));
    struct buf transport = BUF_INIT(256);
    uint64_t seed = 0;

    crypto_random(&seed, sizeof(seed));
    irc->options = *options;
    buf_addf(&transport, "irc:%s", options->network);
    irc->transport = buf_steal(&transport);
    irc->backoff = (struct backoff){.base_ms = RETRY_MS, .cap_ms = RETRY_MAX_MS};
    irc->began_ms = loop_now_ms();
    irc->ctcp = (struct bucket){.rate_per_s = 0.2, .burst = 3, .tokens = 3};
    irc_people_init(&irc->people, seed);
    irc_sasl_init(&irc->sasl, options->account, options->password, options->certificate_file != NULL,
                  options->mechanisms);
    irc->tick = loop_timer_new(options->loop, tick, irc);
    irc->retry = loop_timer_new(options->loop, connect_now, irc);
    irc->pump = loop_timer_new(options->loop, pump_due, irc);
    irc->drop = loop_timer_new(options->loop, drop_due, irc);
    if (irc_host_labels(span_of(options->server)) == 0 && strchr(options->server, ':') == NULL) {
        err_set(err, ERR_CONFIG, "irc.server: expected a host name, not \"%.60s\"", options->server);
        irc_free(irc);
        return NULL;
    }
    for (const char *const *channel = options->channels; channel != NULL && *channel != NULL; channel++)
        add_channel(irc, span_of(*channel), false);
    return irc;
}

void irc_start(struct irc *irc)
{
    struct irc_heard everybody = {.kind = IRC_HEARD_FORGET_ALL};

    irc_inbox_add(irc, &everybody); /* those of before the program ended */
    irc_inbox_run(irc);
    load_invited(irc);
    load_sts(irc);
    loop_timer_set(irc->tick, TICK_MS);
    loop_timer_set(irc->retry, 0);
}

void irc_free(struct irc *irc)
{
    if (irc == NULL)
        return;
    forget_connection(irc);
    for (size_t i = 0; i < irc->inbox.count; i++)
        irc_heard_release(&irc->inbox.at[i]);
    vec_release(&irc->inbox);
    vec_release(&irc->held);
    vec_release(&irc->whois);
    vec_release(&irc->batches);
    vec_release(&irc->split);
    vec_release(&irc->missed);
    vec_release(&irc->flights);
    for (size_t i = 0; i < irc->breakers.count; i++)
        free(irc->breakers.at[i].who);
    vec_release(&irc->breakers);
    vec_release(&irc->done_rows);
    vec_release(&irc->dropped_rows);
    irc_sasl_release(&irc->sasl);
    irc_people_release(&irc->people);
    loop_timer_free(irc->tick);
    loop_timer_free(irc->retry);
    loop_timer_free(irc->pump);
    loop_timer_free(irc->drop);
    free(irc->nick);
    free(irc->transport);
    free(irc);
}

const char *irc_transport(const struct irc *irc)
{
    return irc->transport;
}

bool irc_is_away(const struct irc *irc)
{
    return irc->phase != IRC_ONLINE && irc->backoff.failures != 0;
}

void irc_outbox_ready(struct irc *irc)
{
    irc_say_collect(irc);
    irc_send_run(irc);
}

/* A line takes seconds: whoever writes meanwhile waits for few others. */
size_t irc_outbox_room(const struct irc *irc)
{
    size_t waiting = irc_lanes_ready(&irc->lanes, loop_monotonic_ms());

    return irc->phase == IRC_ONLINE && waiting < WAITING_MAX ? WAITING_MAX - waiting : 0;
}

/*
 * From a line to whoever handles it.
 */
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

static void take_ping(struct irc *irc, const struct irc_line *line)
{
    struct buf out = BUF_INIT(IRC_BODY_MAX);
    struct irc_out pong;

    irc_out_begin(&pong, &out);
    irc_out_verb(&pong, "PONG");
    irc_out_last(&pong, irc_line_param(line, 0));
    if (irc_out_end(&pong) == 0)
        irc_send_bytes(irc, buf_span(&out));
    buf_release(&out);
}

static void take_error(struct irc *irc, const struct irc_line *line)
{
    struct err err = {0};
    struct span why = irc_line_param(line, 0);

    err_set(&err, ERR_NETWORK, "the server says: %.*s", (int)(why.length < 160 ? why.length : 160), why.at);
    irc_drop(irc, &err);
}

static void take_motd_end(struct irc *irc, const struct irc_line *line)
{
    (void)line;
    if (irc->phase == IRC_REGISTERING)
        irc_online(irc);
}

/* By verb, sorted as strcmp() does. A NOTICE is never acted upon (RFC 2812, 3.3.2): that is how machines talk without
 * end. */
static const struct {
    const char *verb;
    void (*take)(struct irc *irc, const struct irc_line *line);
} handlers[] = {
    {"001", irc_take_welcome},
    {"005", irc_take_isupport},
    {"301", irc_take_away},
    {"303", irc_take_ison},
    {"311", irc_take_whois_user},
    {"315", irc_take_who_end}, /* of our own question alone */
    {"317", irc_take_whois_idle},
    {"318", irc_take_whois_end},
    {"330", irc_take_whois_account},
    {"353", irc_take_names},
    {"354", irc_take_whox},
    {"376", take_motd_end},
    {"396", irc_take_host_hidden},
    {"401", irc_take_no_such_nick},
    {"402", irc_take_no_such_nick},
    {"403", irc_take_join_refused},
    {"404", irc_take_not_sent},
    {"405", irc_take_join_refused},
    {"422", take_motd_end},
    {"432", irc_take_nick_refused},
    {"433", irc_take_nick_refused},
    {"436", irc_take_nick_refused},
    {"437", irc_take_unavailable},
    {"471", irc_take_join_refused},
    {"473", irc_take_join_refused},
    {"474", irc_take_join_refused},
    {"475", irc_take_join_refused},
    {"477", irc_take_join_refused},
    {"489", irc_take_join_refused},
    {"900", irc_take_logged_in},
    {"903", irc_take_sasl_done},
    {"904", irc_take_sasl_failed},
    {"905", irc_take_sasl_failed},
    {"906", irc_take_sasl_failed},
    {"907", irc_take_sasl_done},
    {"ACCOUNT", irc_take_account},
    {"AUTHENTICATE", irc_take_authenticate},
    {"BATCH", irc_take_batch},
    {"CAP", irc_take_cap},
    {"CHATHISTORY", irc_take_history_target},
    {"CHGHOST", irc_take_chghost},
    {"ERROR", take_error},
    {"FAIL", irc_take_history_failed},
    {"INVITE", irc_take_invite},
    {"JOIN", irc_take_join},
    {"KICK", irc_take_kick},
    {"MODE", irc_take_mode},
    {"NICK", irc_take_nick},
    {"PART", irc_take_part},
    {"PING", take_ping},
    {"PONG", irc_take_pong},
    {"PRIVMSG", irc_take_privmsg},
    {"QUIT", irc_take_quit},
};

void irc_take_line(struct irc *irc, struct span bytes)
{
    size_t low = 0, high = ARRAY_LENGTH(handlers);
    struct irc_line line;

    if (irc_line_parse(bytes, &line) != 0) {
        log_debug("irc-line-refused", LOG_STR("network", irc->options.network),
                  LOG_INT("bytes", (int64_t)bytes.length));
        return;
    }
    irc_batch_line(irc, &line);
    irc_history_clock(irc, &line);
    irc_flight_labelled(irc, &line);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(line.verb, handlers[middle].verb);

        if (order == 0) {
            handlers[middle].take(irc, &line);
            return;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
}

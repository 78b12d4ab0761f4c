/*
 * Asking the server who somebody is (WHOIS). Answers come in the order of the lines: when one comes, it is of whoever
 * has that nick at this point of all that we were told.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "core/base/mem.h"

enum { ANSWER_MS = 20 * 1000, WHOIS_MAX = 200 };

static void release(struct irc_whois *whois)
{
    free(whois->nick);
    free(whois->account);
    free(whois->user);
    free(whois->host);
    free(whois->wanted);
}

void irc_whois_release(struct irc *irc)
{
    for (size_t i = 0; i < irc->whois.count; i++)
        release(&irc->whois.at[i]);
    vec_clear(&irc->whois);
}

static struct irc_whois *find(const struct irc *irc, struct span nick)
{
    for (size_t i = 0; i < irc->whois.count; i++) {
        if (irc_same(irc->support.casemap, nick, span_of(irc->whois.at[i].nick)))
            return &irc->whois.at[i];
    }
    return NULL;
}

bool irc_whois_pending(const struct irc *irc, const char *nick)
{
    return find(irc, span_of(nick)) != NULL;
}

void irc_whois_ask(struct irc *irc, const char *nick)
{
    struct irc_whois *whois;

    if (irc_whois_pending(irc, nick) || irc->whois.count >= WHOIS_MAX)
        return;
    whois = vec_add(&irc->whois);
    whois->nick = mem_strdup(nick);
    whois->deadline_ms = loop_monotonic_ms() + ANSWER_MS;
    irc_send(irc, IRC_SEND_CONTROL, "WHOIS", IRC_PARAMS(nick, nick)); /* of their own server, which knows most */
}

void irc_whois_want(struct irc *irc, const char *nick, const char *account)
{
    struct irc_whois *whois;

    irc_whois_ask(irc, nick);
    whois = find(irc, span_of(nick));
    if (whois != NULL && whois->wanted == NULL)
        whois->wanted = mem_strdup(account);
}

bool irc_whois_wants(const struct irc *irc, const char *account)
{
    for (size_t i = 0; i < irc->whois.count; i++) {
        if (irc->whois.at[i].wanted != NULL && strcmp(irc->whois.at[i].wanted, account) == 0)
            return true;
    }
    return false;
}

/* Out of the list first: whoever hears of it may ask again. */
static void end(struct irc *irc, struct irc_whois *whois)
{
    struct irc_whois ended = *whois;

    vec_remove(&irc->whois, (size_t)(whois - irc->whois.at));
    irc_whois_done(irc, &ended);
    release(&ended);
}

void irc_whois_tick(struct irc *irc, int64_t now_ms)
{
    for (size_t i = 0; i < irc->whois.count;) {
        if (now_ms < irc->whois.at[i].deadline_ms) {
            i++;
            continue;
        }
        irc->whois.at[i].found = false;
        end(irc, &irc->whois.at[i]);
        i = 0;
    }
}

void irc_take_whois_user(struct irc *irc, const struct irc_line *line)
{
    struct irc_whois *whois = find(irc, irc_line_param(line, 1));

    if (whois == NULL || line->param_count < 4)
        return;
    whois->found = true;
    irc_text_set(&whois->user, line->params[2]);
    irc_text_set(&whois->host, line->params[3]);
}

/* Also said to whoever writes to them, of which we know nothing new. */
void irc_take_away(struct irc *irc, const struct irc_line *line)
{
    struct irc_whois *whois = find(irc, irc_line_param(line, 1));

    if (whois != NULL)
        whois->away = true;
}

/* me, nick, idle, signon, … */
void irc_take_whois_idle(struct irc *irc, const struct irc_line *line)
{
    struct irc_whois *whois = find(irc, irc_line_param(line, 1));

    if (whois != NULL && line->param_count >= 5 && !span_number(line->params[3], INT64_MAX, &whois->signon_s))
        whois->signon_s = 0;
}

void irc_take_whois_account(struct irc *irc, const struct irc_line *line)
{
    struct irc_whois *whois = find(irc, irc_line_param(line, 1));

    if (whois == NULL)
        return;
    free(whois->account);
    whois->account = irc_account_of(irc, irc_line_param(line, 2));
}

void irc_take_whois_end(struct irc *irc, const struct irc_line *line)
{
    struct irc_whois *whois = find(irc, irc_line_param(line, 1));

    if (whois != NULL)
        end(irc, whois);
}

/* Some servers say no more than that, others an end too: which finds nothing then. */
void irc_take_no_such_nick(struct irc *irc, const struct irc_line *line)
{
    struct irc_whois *whois = find(irc, irc_line_param(line, 1));

    if (whois == NULL) {
        irc_take_not_sent(irc, line);
        return;
    }
    whois->found = false;
    end(irc, whois);
}

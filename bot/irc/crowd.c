/*
 * Who is where, by what the server tells.
 */
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

#define WHOX_TYPE "152" /* any number: that we know our answers by */

static struct irc_person *sender(struct irc *irc, const struct irc_line *line)
{
    return line->nick.length != 0 ? irc_people_find(&irc->people, line->nick) : NULL;
}

/* Somebody whom we see from now on. */
static struct irc_person *meet(struct irc *irc, struct span nick, struct span user, struct span host)
{
    struct irc_person *person = irc_people_open(&irc->people, nick);

    if (!irc_person_is_seen(person)) {
        if (!irc_person_see(person, user, host))
            irc_guest_end(irc, person); /* it is another connection that has this nick */
        person->account_known = false;
    } else {
        irc_person_see(person, user, host);
    }
    return person;
}

static void we_joined(struct irc *irc, const struct irc_line *line)
{
    struct irc_channel *channel = irc_channel_open(&irc->people, irc_line_param(line, 0));

    channel->joined = true;
    channel->retry_ms = channel->retry_after_ms = 0;
    if (!irc_server_time(line, &channel->joined_time_ms))
        channel->joined_time_ms = 0;
    if (line->host.length != 0)
        irc->user_host = line->user.length + line->host.length;
    if (irc->support.whox)
        irc_send(irc, IRC_SEND_BULK, "WHO", IRC_PARAMS(channel->name, "%tcuhnaf," WHOX_TYPE));
    irc_history_ask(irc, channel);
    irc_lanes_unblock(&irc->lanes, NULL);
    log_info("irc-joined", LOG_STR("network", irc->options.network), LOG_STR("channel", channel->name));
}

/* What extended-join and account-notify say: "*" is nobody. */
static void take_account(struct irc *irc, struct irc_person *person, struct span name)
{
    char *account = irc_account_of(irc, name);

    irc_account_changed(irc, person, account);
    free(account);
}

void irc_take_join(struct irc *irc, const struct irc_line *line)
{
    const struct irc_batch *batch = irc_batch_of(irc, line);
    struct irc_channel *channel;
    struct irc_person *person;
    bool we = irc_is_us(irc, line->nick);

    if (line->nick.length == 0 || !irc_is_channel(&irc->support, irc_line_param(line, 0)))
        return;
    if (we)
        we_joined(irc, line);
    channel = irc_channel_find(&irc->people, irc_line_param(line, 0));
    if (channel == NULL || !channel->joined)
        return;
    person = meet(irc, line->nick, line->user, line->host);
    irc_channel_join(channel, person);
    if (batch != NULL && batch->netjoin)
        irc_guest_return(irc, person);
    if (irc_caps_has(&irc->caps, IRC_CAP_EXTENDED_JOIN) && line->param_count >= 2 && !we)
        take_account(irc, person, line->params[1]);
    if (!we)
        irc_member_tell(irc, channel, person, MESSAGE_JOIN);
}

static void leaves(struct irc *irc, struct irc_channel *channel, struct span nick, enum message_kind kind)
{
    struct irc_person *person = irc_people_find(&irc->people, nick);

    if (irc_is_us(irc, nick)) {
        irc_channel_left(irc, channel);
        return;
    }
    if (person == NULL)
        return;
    if (irc_channel_member(channel, person) != NULL)
        irc_member_tell(irc, channel, person, kind);
    irc_channel_part(channel, person);
    if (!irc_person_is_seen(person))
        irc_sight_lost(irc, person);
}

void irc_take_part(struct irc *irc, const struct irc_line *line)
{
    struct irc_channel *channel = irc_channel_find(&irc->people, irc_line_param(line, 0));

    if (channel != NULL && line->nick.length != 0)
        leaves(irc, channel, line->nick, MESSAGE_LEAVE);
}

void irc_take_kick(struct irc *irc, const struct irc_line *line)
{
    struct irc_channel *channel = irc_channel_find(&irc->people, irc_line_param(line, 0));

    if (channel != NULL && irc_line_param(line, 1).length != 0)
        leaves(irc, channel, line->params[1], MESSAGE_REMOVED);
}

/* A split takes away whole servers: nobody has gone by their own will, and no nick is fought for. */
void irc_take_quit(struct irc *irc, const struct irc_line *line)
{
    struct irc_person *person = sender(irc, line);
    const struct irc_batch *batch = irc_batch_of(irc, line);
    bool split = batch != NULL && batch->netsplit;

    if (person == NULL || irc_is_us(irc, line->nick))
        return;
    if (!split)
        irc_member_tell_all(irc, person, MESSAGE_AWAY);
    if (split)
        irc_guest_split(irc, person);
    else
        irc_guest_end(irc, person);
    irc_people_quit(&irc->people, person);
    if (!split)
        irc_nick_released(irc, line->nick);
}

void irc_take_nick(struct irc *irc, const struct irc_line *line)
{
    struct irc_person *person = sender(irc, line), *other;
    struct span nick = irc_line_param(line, 0);
    bool we = irc_is_us(irc, line->nick);

    if (nick.length == 0)
        return;
    if (person != NULL) {
        other = irc_people_find(&irc->people, nick);
        if (other != NULL && other != person)
            irc_guest_end(irc, other);
        irc_people_rename(&irc->people, person, nick);
        if (!we)
            irc_member_tell_all(irc, person, MESSAGE_JOIN);
    }
    if (we) {
        irc_text_set(&irc->nick, nick);
        log_info("irc-nick", LOG_STR("network", irc->options.network), LOG_STR("nick", irc->nick));
    } else {
        irc_nick_released(irc, line->nick);
    }
}

void irc_take_account(struct irc *irc, const struct irc_line *line)
{
    struct irc_person *person = sender(irc, line);

    if (person != NULL)
        take_account(irc, person, irc_line_param(line, 0));
}

void irc_take_chghost(struct irc *irc, const struct irc_line *line)
{
    struct irc_person *person = sender(irc, line);
    struct span user = irc_line_param(line, 0), host = irc_line_param(line, 1);

    if (host.length == 0)
        return;
    if (irc_is_us(irc, line->nick))
        irc->user_host = user.length + host.length;
    if (person == NULL)
        return;
    irc_text_set(&person->user, user);
    irc_text_set(&person->host, host);
}

void irc_take_host_hidden(struct irc *irc, const struct irc_line *line)
{
    size_t length = irc_line_param(line, 1).length;

    if (length + IRC_USER_HOST_MAX > irc->user_host)
        irc->user_host = 0; /* the user isn't told: as long as it can be */
}

/* "@+anna!user@host" of a NAMES reply. */
static void take_name(struct irc *irc, struct irc_channel *channel, struct span name)
{
    struct irc_member *member;
    struct span nick, user, host;
    char modes[8] = "";
    size_t count = 0;

    while (name.length > 1 && irc_symbol_mode(&irc->support, name.at[0]) != '\0') {
        if (count + 1 < sizeof(modes))
            modes[count++] = irc_symbol_mode(&irc->support, name.at[0]);
        name.at++;
        name.length--;
    }
    irc_source_split(name, &nick, &user, &host);
    if (nick.length == 0)
        return;
    member = irc_channel_join(channel, meet(irc, nick, user, host));
    for (size_t i = 0; i < count; i++)
        irc_member_set(member, modes[i], true);
}

void irc_take_names(struct irc *irc, const struct irc_line *line)
{
    struct irc_channel *channel = irc_channel_find(&irc->people, irc_line_param(line, 2));
    struct span rest = irc_line_param(line, 3);

    if (channel == NULL || !channel->joined)
        return;
    while (rest.length != 0) {
        struct span name = span_take(&rest, ' ');

        if (name.length != 0)
            take_name(irc, channel, name);
    }
}

/* me, type, channel, user, host, nick, flags, account */
void irc_take_whox(struct irc *irc, const struct irc_line *line)
{
    struct irc_person *person;

    if (line->param_count < 8 || !span_is(line->params[1], WHOX_TYPE))
        return;
    person = irc_people_find(&irc->people, line->params[5]);
    if (person == NULL || !irc_person_is_seen(person))
        return;
    irc_person_see(person, line->params[3], line->params[4]);
    person->bot = irc->support.bot_mode != '\0' && line->params[6].length != 0 &&
                  memchr(line->params[6].at, irc->support.bot_mode, line->params[6].length) != NULL;
    take_account(irc, person, span_is(line->params[7], "0") ? span_of("*") : line->params[7]);
}

static bool has_parameter(const struct irc *irc, char mode, bool on)
{
    return strchr(irc->support.list_modes, mode) != NULL || (on && strchr(irc->support.set_modes, mode) != NULL);
}

void irc_take_mode(struct irc *irc, const struct irc_line *line)
{
    struct irc_channel *channel = irc_channel_find(&irc->people, irc_line_param(line, 0));
    struct span modes = irc_line_param(line, 1);
    size_t next = 2;
    bool on = true;

    for (size_t i = 0; channel != NULL && i < modes.length; i++) {
        char mode = modes.at[i];

        if (mode == '+' || mode == '-') {
            on = mode == '+';
        } else if (strchr(irc->support.prefix_modes, mode) != NULL) {
            struct irc_person *person = irc_people_find(&irc->people, irc_line_param(line, next++));
            struct irc_member *member = person != NULL ? irc_channel_member(channel, person) : NULL;

            if (member != NULL)
                irc_member_set(member, mode, on);
        } else if (has_parameter(irc, mode, on)) {
            next++;
        }
    }
}

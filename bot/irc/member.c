/*
 * Who is in our channels, told to the program by identity: whom nobody vouches for, and who said nothing yet, has none.
 */
#include <string.h>

#include "bot/irc/inside.h"
#include "core/base/mem.h"

static const char *identity_of(const struct irc_person *person)
{
    if (person->account_known && person->account != NULL)
        return person->account;
    return person->guest.id[0] != '\0' ? person->guest.id : NULL;
}

/* With another nick they are still there. */
static bool is_there(const struct irc_channel *channel, const char *identity, const struct irc_person *but)
{
    for (size_t i = 0; i < channel->members.count; i++) {
        const struct irc_person *person = channel->members.at[i].person;
        const char *other = identity_of(person);

        if (person != but && other != NULL && strcmp(other, identity) == 0)
            return true;
    }
    return false;
}

void irc_member_tell(struct irc *irc, const struct irc_channel *channel, const struct irc_person *person,
                     enum message_kind kind)
{
    const char *identity = identity_of(person);
    struct irc_heard heard = {.kind = IRC_HEARD_MEMBER, .membership = kind, .read_ms = loop_now_ms()};

    if (identity == NULL || irc_is_ghost_there(irc, channel, person) ||
        (kind != MESSAGE_JOIN && is_there(channel, identity, person)))
        return;
    heard.identity = mem_strdup(identity);
    heard.nick = mem_strdup(person->nick);
    heard.channel = mem_strdup(channel->key);
    irc_inbox_add(irc, &heard);
}

void irc_member_tell_all(struct irc *irc, const struct irc_person *person, enum message_kind kind)
{
    for (size_t i = 0; i < person->channels.count; i++)
        irc_member_tell(irc, person->channels.at[i], person, kind);
}

/* The answer to our WHO has come whole. */
void irc_take_who_end(struct irc *irc, const struct irc_line *line)
{
    const struct irc_channel *channel = irc_channel_find(&irc->people, irc_line_param(line, 1));
    struct irc_heard heard = {.kind = IRC_HEARD_PEOPLE, .read_ms = loop_now_ms()};

    if (channel == NULL || !channel->joined || !irc->support.whox)
        return;
    heard.channel = mem_strdup(channel->key);
    irc_inbox_add(irc, &heard);
}

int irc_list_people(const struct irc *irc, const char *room,
                    int (*each)(void *arg, const char *identity, const char *nick), void *arg)
{
    const struct irc_channel *channel = irc_channel_find(&irc->people, span_of(room));
    int result = 0;

    for (size_t i = 0; channel != NULL && channel->joined && i < channel->members.count && result == 0; i++) {
        const struct irc_person *person = channel->members.at[i].person;
        const char *identity = identity_of(person);

        if (identity != NULL && !irc_is_us(irc, span_of(person->nick)) && !irc_is_ghost_there(irc, channel, person))
            result = each(arg, identity, person->nick);
    }
    return result;
}

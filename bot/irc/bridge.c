/*
 * Channels that a bridge joins to rooms where the bot is, too: whom it speaks for is heard there.
 */
#include "bot/irc/inside.h"

enum { SOURCE_MAX = 1024 };

bool irc_is_bridged(const struct irc *irc, const char *channel)
{
    for (const char *const *name = irc->options.bridged; name != NULL && *name != NULL; name++) {
        if (irc_same(irc->support.casemap, span_of(*name), span_of(channel)))
            return true;
    }
    return false;
}

bool irc_is_ghost(const struct irc *irc, struct span source)
{
    for (const char *const *mask = irc->options.ghosts; mask != NULL && *mask != NULL; mask++) {
        if (irc_mask_match(*mask, source))
            return true;
    }
    return false;
}

bool irc_is_ghost_there(const struct irc *irc, const struct irc_channel *channel, const struct irc_person *person)
{
    struct buf source = BUF_INIT(SOURCE_MAX);
    bool ghost;

    if (!irc_is_bridged(irc, channel->key) || person->user == NULL || person->host == NULL)
        return false;
    buf_addf(&source, "%s!%s@%s", person->nick, person->user, person->host);
    ghost = irc_is_ghost(irc, buf_span(&source));
    buf_release(&source);
    return ghost;
}

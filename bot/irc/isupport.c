/*
 * What the server says of itself.
 */
#include "bot/irc/isupport.h"

#include <stdint.h>
#include <string.h>

#include "core/base/mem.h"

void irc_support_init(struct irc_support *support)
{
    *support = (struct irc_support){.casemap = IRC_CASE_RFC1459,
                                    .nick_length = 9,
                                    .channel_types = "#&",
                                    .prefix_modes = "ov",
                                    .prefix_symbols = "@+",
                                    .list_modes = "bk", /* RFC 1459, 4.2.3.1 */
                                    .set_modes = "l"};
}

static void keep(char to[IRC_SUPPORT_TEXT], struct span value)
{
    size_t length = value.length < IRC_SUPPORT_TEXT ? value.length : IRC_SUPPORT_TEXT - 1;

    memcpy(to, value.at, length);
    to[length] = '\0';
}

/* A number of at most six digits; OTHERWISE when it is none. */
static size_t number_of(struct span value, size_t otherwise)
{
    int64_t number;

    return span_number(value, 999999, &number) ? (size_t)number : otherwise;
}

static void take_casemap(struct irc_support *support, struct span value)
{
    support->casemap = irc_casemap_parse(value);
}

static void take_nick_length(struct irc_support *support, struct span value)
{
    size_t length = number_of(value, 9);

    support->nick_length = length != 0 ? length : 9;
}

static void take_channel_types(struct irc_support *support, struct span value)
{
    keep(support->channel_types, value);
}

/* "(ov)@+" */
static void take_prefix(struct irc_support *support, struct span value)
{
    const char *close = value.length != 0 ? memchr(value.at, ')', value.length) : NULL;
    size_t count = close != NULL ? (size_t)(close - value.at) - 1 : 0;

    if (close == NULL || value.at[0] != '(' || value.length != count * 2 + 2)
        count = 0;
    keep(support->prefix_modes, (struct span){value.at + (count != 0), count});
    keep(support->prefix_symbols, (struct span){value.at + (count != 0 ? count + 2 : 0), count});
}

static void take_status(struct irc_support *support, struct span value)
{
    keep(support->status_symbols, value);
}

/* "beI,k,l,imnpst": A and B always have a parameter, C when it is set. */
static void take_channel_modes(struct irc_support *support, struct span value)
{
    char always[IRC_SUPPORT_TEXT] = "", set[IRC_SUPPORT_TEXT] = "";
    size_t group = 0, counts[2] = {0, 0};

    for (size_t i = 0; i < value.length; i++) {
        size_t to = group == 2 ? 1 : 0;

        if (value.at[i] == ',')
            group++;
        else if (group < 3 && counts[to] + 1 < IRC_SUPPORT_TEXT)
            (to == 1 ? set : always)[counts[to]++] = value.at[i];
    }
    memcpy(support->list_modes, always, sizeof(always));
    memcpy(support->set_modes, set, sizeof(set));
}

static void take_bot(struct irc_support *support, struct span value)
{
    support->bot_mode = value.length == 1 ? value.at[0] : '\0';
}

static void take_whox(struct irc_support *support, struct span value)
{
    (void)value;
    support->whox = true;
}

static void take_history(struct irc_support *support, struct span value)
{
    support->history_limit = number_of(value, 0);
}

static const struct {
    const char *key;
    void (*take)(struct irc_support *support, struct span value);
} tokens[] = {
    {"CASEMAPPING", take_casemap},
    {"NICKLEN", take_nick_length},
    {"CHANTYPES", take_channel_types},
    {"PREFIX", take_prefix},
    {"STATUSMSG", take_status},
    {"CHANMODES", take_channel_modes},
    {"BOT", take_bot},
    {"WHOX", take_whox},
    {"CHATHISTORY", take_history},
    {"draft/CHATHISTORY", take_history},
};

void irc_support_take(struct irc_support *support, const struct irc_line *line)
{
    for (size_t i = 1; i + 1 < line->param_count; i++) { /* the first is our nick, the last words for people */
        struct span value = line->params[i], key = span_take(&value, '=');

        for (size_t j = 0; j < ARRAY_LENGTH(tokens); j++) {
            if (span_is(key, tokens[j].key))
                tokens[j].take(support, value);
        }
    }
}

bool irc_is_channel(const struct irc_support *support, struct span target)
{
    /* With '@' the name of a private chat begins, whatever a server calls a channel. */
    return target.length != 0 && target.at[0] != '\0' && target.at[0] != '@' &&
           strchr(support->channel_types, target.at[0]) != NULL;
}

struct span irc_without_status(const struct irc_support *support, struct span target)
{
    struct span bare = target;

    while (bare.length > 1 && bare.at[0] != '\0' && strchr(support->status_symbols, bare.at[0]) != NULL) {
        bare.at++;
        bare.length--;
    }
    return irc_is_channel(support, bare) ? bare : target;
}

int irc_mode_power(char mode)
{
    static const struct {
        char mode;
        int power;
    } powers[] = {{'q', 100}, {'a', 75}, {'o', 50}, {'h', 25}};

    for (size_t i = 0; i < ARRAY_LENGTH(powers); i++) {
        if (powers[i].mode == mode)
            return powers[i].power;
    }
    return 0;
}

char irc_symbol_mode(const struct irc_support *support, char symbol)
{
    const char *at = symbol != '\0' ? strchr(support->prefix_symbols, symbol) : NULL;
    size_t index = at != NULL ? (size_t)(at - support->prefix_symbols) : SIZE_MAX;

    return index < strlen(support->prefix_modes) ? support->prefix_modes[index] : '\0';
}

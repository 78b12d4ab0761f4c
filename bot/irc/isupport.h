/*
 * What the server says of itself (RPL_ISUPPORT, 005). Pure.
 */
#ifndef BOT_IRC_ISUPPORT_H
#define BOT_IRC_ISUPPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "bot/irc/fold.h"
#include "bot/irc/line.h"

enum { IRC_SUPPORT_TEXT = 32, IRC_HISTORY_LIMIT = 100 };

struct irc_support {
    enum irc_casemap casemap;
    size_t nick_length; /* NICKLEN */
    char channel_types[IRC_SUPPORT_TEXT];
    char prefix_modes[IRC_SUPPORT_TEXT]; /* "ov", as many as symbols */
    char prefix_symbols[IRC_SUPPORT_TEXT];
    char status_symbols[IRC_SUPPORT_TEXT]; /* STATUSMSG */
    char list_modes[IRC_SUPPORT_TEXT];     /* CHANMODES: those that always have a parameter… */
    char set_modes[IRC_SUPPORT_TEXT];      /* …and those that have one when they are set */
    char bot_mode;                         /* BOT; 0 none */
    bool whox;
    size_t history_limit; /* CHATHISTORY; 0: IRC_HISTORY_LIMIT is asked for */
};

void irc_support_init(struct irc_support *support);
/* Takes the tokens of a 005. */
void irc_support_take(struct irc_support *support, const struct irc_line *line);

bool irc_is_channel(const struct irc_support *support, struct span target);
/* TARGET without the statuses that STATUSMSG puts before a channel ("@#gym"). */
struct span irc_without_status(const struct irc_support *support, struct span target);
/* The power of a mode ('o'), as Matrix counts: 100 owner, 50 operator, 0. */
int irc_mode_power(char mode);
/* The mode of a symbol, 0 none. */
char irc_symbol_mode(const struct irc_support *support, char symbol);

#endif

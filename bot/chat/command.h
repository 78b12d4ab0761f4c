/*
 * What can be typed besides sets: one entry for each command. Help, the man page and the tests are made from it.
 */
#ifndef BOT_CHAT_COMMAND_H
#define BOT_CHAT_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/chat/texts.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct turn; /* the coach's: one message being handled */

enum command_permission { COMMAND_EVERYONE, COMMAND_COACH, COMMAND_ADMIN };

struct command {
    const char *name;      /* "today"; may be two words */
    const char *aliases;   /* further ways to say it, separated by commas; "" */
    const char *arguments; /* as help shows them, "NAME" or "[NAME]"; "" none */
    int words;             /* at most so many words of arguments: with more it is talk and no command */
    const char *example;
    enum text_key help;       /* one line */
    const char *never_before; /* bytes that its arguments don't begin with, else it is no command; NULL: none */
    bool takes_sets; /* what follows must read as sets, else it is no command. Counts in a room without an address, as
                        sets do */
    bool unlisted;   /* small talk: help leaves it out */
    enum command_permission permission;
    int (*run)(struct turn *turn, struct span arguments, struct err *err);
};

struct command_table {
    const struct command *const *at;
    size_t count;
};

enum { COMMAND_LETTERS = 27, COMMANDS_MAX = 64 };

/* Which commands have a name or an alias with that first letter (the last one: with a sign), a bit each: most of what
 * is typed is no command. */
struct command_index {
    struct command_table table;
    uint64_t by_letter[COMMAND_LETTERS];
};

void command_index_init(struct command_index *index, struct command_table table);

/*
 * The command that TEXT is (any case, a full stop or question mark at its end is ignored); ARGUMENTS are what follows,
 * trimmed. NULL when it is none. Allocates nothing.
 */
const struct command *command_find(const struct command_index *index, struct span text, struct span *arguments);

#endif

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

/* What a command is about: help lists them by it. */
enum command_group {
    COMMAND_LOGGING,
    COMMAND_ADVICE,
    COMMAND_SESSION,
    COMMAND_REVIEW,
    COMMAND_TOOLS,
    COMMAND_ABOUT_YOU,
    COMMAND_ROOM, /* what is common to those in a room, or lets others see: not by an unproven message */
    COMMAND_OTHER,
    COMMAND_GROUPS
};

/* Whom a command obeys; anybody may ask by it what holds. */
enum command_who {
    COMMAND_ANYBODY,
    COMMAND_COACHES,    /* of the room */
    COMMAND_MODERATORS, /* of the room */
    COMMAND_LEADERS,    /* both */
    COMMAND_WHO
};

/* What a command tells of its lifter: in a room no more of it than that may know. */
enum command_tells {
    TELLS_NOTHING,
    TELLS_LOG,   /* what was done, at any time */
    TELLS_MOMENT /* what was done last, and what comes of it */
};

struct command {
    const char *name;      /* "today"; may be two words */
    const char *aliases;   /* further ways to say it, separated by commas; "" */
    const char *german;    /* and those in German, which are heard in every language; NULL: none */
    const char *arguments; /* as help shows them, "NAME" or "[NAME]"; "" none */
    int words;             /* at most so many words of arguments: with more it is talk and no command */
    const char *example;
    enum text_key help;       /* one line */
    const char *never_before; /* bytes that its arguments don't begin with, else it is no command; NULL: none */
    bool after_name;          /* "squat pr": also the exercise it is about stands before it */
    bool names_only;          /* a number in its arguments makes it none: "next set 8" */
    bool may_be_other; /* arguments that begin with no exercise may be another command in words of people's own */
    bool takes_pieces; /* a piece of a set must follow, or a step from the last load; where the command is addressed */
    bool stands_alone; /* though it takes them, it needs none */
    bool agrees;       /* its name alone may agree with somebody: "lol same" */
    const char *asked; /* the command that it is with a question mark behind it; NULL: itself */
    bool takes_sets;   /* what follows must read as sets, else it is no command. Counts in a room without an address, as
                          sets do */
    bool free_text;    /* its arguments are words of anybody's own */
    bool unless_sets;  /* what reads as sets as a whole is no command: "warmup bench 60x5" */
    bool unlisted;     /* small talk: help leaves it out */
    bool polite;       /* a greeting, thanks, a goodbye: what is said beside it counts */
    enum command_group group;
    enum command_tells tells;
    enum command_who who; /* its handler sees to it */
    int (*run)(struct turn *turn, struct span arguments, struct err *err);
};

struct command_table {
    const struct command *const *at;
    size_t count;
};

enum { COMMAND_BUCKETS = 1024, COMMANDS_MAX = 128, COMMAND_NAMES_MAX = 768 };

struct command_name {
    const char *text; /* lent, `length` bytes */
    uint8_t length;
    uint8_t command; /* its place in the table */
};

/* All names and aliases by a hash of the letters in front, then in the table's order: most of what is typed is no
 * command, and is compared with few of them. */
struct command_index {
    struct command_table table;
    uint16_t from[COMMAND_BUCKETS + 1]; /* a bucket's names end where the next one's begin */
    struct command_name names[COMMAND_NAMES_MAX];
};

/* "Who may: the room's coaches.", for each but anybody. */
extern const enum text_key command_who_texts[COMMAND_WHO];

/* "Logging": the heading of each group. */
extern const enum text_key command_group_titles[COMMAND_GROUPS];

/* Takes the next alias off ALIASES ("a,b"; NULL none): what is left begins behind it. False at the end. */
bool command_next_alias(const char **aliases, struct span *alias);
/* The command's aliases in LANGUAGE; NULL or "" none. */
const char *command_aliases(const struct command *command, enum language language);

void command_index_init(struct command_index *index, struct command_table table);

/* TEXT without what is only polite: "can you show me my ...", "... please". */
struct span command_wanted(struct span text);

/*
 * The command that TEXT is (any case, a full stop or question mark at its end is ignored); ARGUMENTS are what follows,
 * trimmed. NULL when it is none. Allocates nothing.
 */
const struct command *command_find(const struct command_index *index, struct span text, struct span *arguments);

#endif

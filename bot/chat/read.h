/*
 * From what was typed to what it wants of us: a command, an answer to a question that waits, sets, or nothing.
 */
#ifndef BOT_CHAT_READ_H
#define BOT_CHAT_READ_H

#include <stdbool.h>

#include "bot/chat/answer.h"
#include "bot/chat/command.h"
#include "bot/chat/phrase.h"
#include "core/base/span.h"
#include "core/notation/reading.h"

enum intention_kind {
    INTENTION_NONE,    /* people talk: silence */
    INTENTION_TALK,    /* meant for us but not understood: a hint */
    INTENTION_COMMAND, /* `command`, `arguments` */
    INTENTION_CHOICE,  /* a question about several things: `command` is the first of them, see subject.h */
    INTENTION_UNKNOWN, /* "!flurb": `arguments` is the word */
    INTENTION_ANSWER,  /* to the question that waits: `answer` */
    INTENTION_READING, /* sets, a question or an error: in the reading */
    INTENTION_MISFIT   /* a command that a client filled in, but not like that */
};

struct intention {
    enum intention_kind kind;
    const struct command *command;
    struct span arguments;
    int answer;
    struct span text;       /* without the bot's name in front */
    struct span more;       /* a further command that stands behind the first: "slept 7h, bw 82"; "" none */
    char said[PHRASE_SIZE]; /* the command in its own words where it was typed in others; arguments may be in it */
};

/* In which situation it was said. */
struct hearing {
    const char *name; /* the bot's, lower case */
    bool direct;      /* nobody else is in the room: everything is meant for us */
    bool addressed;   /* the transport knows that it is meant for us */
    bool waiting;     /* a question of ours to this lifter waits */
    int choices;      /* that question is a choice among so many, without a "yes"; 0: it isn't */
};

/* READING is filled when the intention is INTENTION_READING, and may be overwritten otherwise. Spans point into TEXT.
 */
void chat_read(const struct command_index *commands, const struct hearing *hearing, struct span text,
               const struct reading_options *options, struct reading *reading, struct intention *intention);

#endif

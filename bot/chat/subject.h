/*
 * What a question or a request that nothing else reads is about, by its words: config/subjects.tsv holds them.
 */
#ifndef BOT_CHAT_SUBJECT_H
#define BOT_CHAT_SUBJECT_H

#include <stdbool.h>

#include "bot/chat/phrase.h"
#include "bot/chat/read.h"

enum { SUBJECTS_NEAR = 2 };

/* The commands that it may be, as they are typed; all of them only tell something. */
struct subjects {
    char commands[SUBJECTS_NEAR][PHRASE_SIZE];
    size_t count; /* 0: none; more than one are as near */
    bool asks;    /* for something, or bids */
    bool whole;   /* each word of it is known */
};

/* Whether TEXT asks for something, or bids. */
bool subject_asks(struct span text);

/* What TEXT asks for. OWN are the lifter's names, or NULL. */
void subject_find(struct span text, const struct exercise_names *own, struct subjects *found);

/* What was FOUND is what INTENTION wants: a command, a choice of several, or it is talk. */
enum intention_kind subject_take(const struct command_index *commands, const struct subjects *found,
                                 struct intention *intention);
/* Whether INTENTION, whose text begins as some command does, asks for one thing, and all of it is known. */
bool subject_read_whole(const struct command_index *commands, const struct exercise_names *own,
                        struct intention *intention);

#endif

/*
 * "@ben 80x8 @1": sets that somebody writes into another's log, in a room where both train, if that one trusts them or
 * they coach there. The sets are the other's: their undo reaches them, as does that of whoever wrote them.
 */
#ifndef BOT_COACH_BEHALF_H
#define BOT_COACH_BEHALF_H

#include "bot/coach/roster.h"

/* MESSAGE, of the lifter WRITER: 1 it is such sets, and handled; 0 it isn't; -1. */
int behalf_hear(struct coach *coach, const struct message *message, int64_t writer, struct err *err);

/* Stands for whoever's sets a message is about, in place of who wrote it. */
struct stand_in {
    struct roster roster;
    struct message message;
    struct buf text;
};
/* MESSAGE is about what was written as ORIGINAL: its sender becomes whose that is, its text what it says for them ("":
 * it says nothing for them). To be released whatever it returned. */
int stand_in_open(struct stand_in *stand_in, const struct coach_store *store, const struct message *message,
                  const struct coach_input *original, struct err *err);
/* Whether whoever wrote ORIGINAL may still write there: 1, 0, -1. */
int stand_in_may_write(const struct stand_in *stand_in, const struct coach_store *store,
                       const struct coach_input *original, struct err *err);
/* TURN, opened for the one that is stood for, is about what was written as ORIGINAL. */
int stand_in_begin(const struct stand_in *stand_in, struct turn *turn, const struct coach_input *original,
                   struct err *err);
void stand_in_release(struct stand_in *stand_in);

/* The turn's lifter as whoever writes for them knows them: with the sets since FROM_MS that were typed in the room, and
 * their names. To be freed; NULL: an error. */
struct lifter *behalf_seen(const struct turn *turn, int64_t from_ms, struct err *err);

/* Who wrote the sets that the turn has logged. */
struct behalf {
    char lifter[COACH_NAME_SIZE], writer[COACH_NAME_SIZE]; /* "": the lifter themself */
};
/* Finds it out; the turn is discreet where whoever wrote them may see nothing else of the lifter. */
int behalf_find(struct turn *turn, struct behalf *behalf, struct err *err);
/* " for ben, by cara", behind the sets. */
void behalf_say(struct turn *turn, const struct behalf *behalf);

#endif

/*
 * A lifter's own exercises and other names for those of the catalogue.
 */
#ifndef BOT_COACH_NAMES_H
#define BOT_COACH_NAMES_H

#include "bot/chat/texts.h"
#include "bot/coach/store_port.h"
#include "core/lift/exercise.h"

struct turn;

/* What is known of the lifter's own exercise ID, into EXERCISE; its name is the caller's. */
int names_own_exercise(int64_t lifter, const struct coach_store *store, const char *id, struct exercise *exercise,
                       struct err *err);

/* The exercise that TYPED names; NULL, and then that is said. The names are loaded. */
const struct exercise *names_exercise(struct turn *turn, struct span typed);

/* The same of what was done in this session: the exercise, or else the last one whose name ends so, as a "fly" was a
 * cable fly. The log is loaded. */
const struct exercise *names_done(struct turn *turn, struct span typed);

/* The same as names_exercise(); where TYPED is empty, the exercise of the moment, and USAGE is said when there is none.
 * The log is loaded.
 */
const struct exercise *names_meant(struct turn *turn, struct span typed, enum text_key usage);

/* The muscles of a place ("chest", "Beine"), or those that an exercise trains first, as bits 1 << enum muscle; 0: TYPED
 * is neither. The names are loaded. */
uint32_t names_muscles(const struct turn *turn, struct span typed);

/* From now on NAME (folded) means EXERCISE to the turn's lifter. */
int names_learn(struct turn *turn, const char *name, const char *exercise, struct err *err);

/* What an exercise of theirs that is called NAME, folded, is known by, into ID. False: that can be no name. */
bool names_own_id(struct span name, struct buf *id);
/* From the turn's step on NAME is such an exercise, like LIKE of the catalogue (""). The names are to be read anew. */
int names_add_own(struct turn *turn, const char *name, const char *id, const char *like, struct err *err);
/* How many more names there may be. They are loaded. */
size_t names_left(const struct turn *turn);

#endif

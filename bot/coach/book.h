/*
 * From a message with sets in it to sets in the log, or to a question.
 */
#ifndef BOT_COACH_BOOK_H
#define BOT_COACH_BOOK_H

#include "bot/coach/question.h"
#include "bot/coach/turn.h"

/* Books PENDING's sets, or asks what is missing, or refuses: fills in the turn. */
int book(struct turn *turn, struct pending *pending, struct err *err);

/* Books TEXT, words made of what was heard and printed as replies are, for the message that was heard. */
int book_words(struct turn *turn, struct span text, struct err *err);
/* The same, where bare loads are of UNIT. */
int book_words_by(struct turn *turn, struct span text, enum unit unit, struct err *err);

/* The turn's sets, which message of SENT_MS booked, said with what comes next: fills in the turn. */
int book_tell(struct turn *turn, int64_t sent_ms, struct err *err);

/* How many options the reading of PENDING has. Settings and names are loaded. */
int book_option_count(struct turn *turn, const struct pending *pending);

/* The first set that the coach's reading is of, or may be; NULL. */
const struct set *book_first_read(const struct turn *turn);

#endif

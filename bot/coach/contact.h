/*
 * First contact: what a new lifter is asked about themselves, after the first reply in a direct chat, one question at a
 * time. Nothing waits for the answers, and what isn't answered isn't asked again.
 */
#ifndef BOT_COACH_CONTACT_H
#define BOT_COACH_CONTACT_H

#include "bot/coach/question.h"
#include "bot/coach/setting.h"

/* Whoever is new and writes German is answered in German. */
int contact_meet(struct turn *turn, struct err *err);
/* The turn has said its reply: the first question, to whoever is new. */
int contact_begin(struct turn *turn, struct err *err);
/* SETTING was told otherwise: if it was asked about, the next question follows in the same reply. */
int contact_told(struct turn *turn, enum setting_id setting, struct err *err);

/* Whether the setting NAME is one of those that are asked about. */
bool contact_asks(const char *name);
/* Of a question that waits (WAITING_CONTACT): how many answers it takes, and whether TEXT is one in words, which is
 * kept. */
int contact_option_count(const struct pending *pending);
bool contact_fits(const struct turn *turn, struct pending *pending, struct span text);
/* PENDING is answered, or skipped: that is said, and the next question asked in the same reply. */
int contact_answer(struct turn *turn, const struct pending *pending, struct err *err);
int contact_skip(struct turn *turn, const struct pending *pending, struct err *err);

/* What is taken of SETTING until something is said, "1 to 3 years (default)"; nothing where that isn't asked. */
void contact_print_default(const struct turn *turn, enum setting_id setting, struct buf *out);

#endif

/*
 * What was said but waits for an answer before it is booked.
 */
#ifndef BOT_COACH_QUESTION_H
#define BOT_COACH_QUESTION_H

#include "bot/coach/pending.h"

/* Asks: the turn's reply and options are filled in already; PENDING waits from now on. */
int question_wait(struct turn *turn, struct pending *pending, enum waiting_for waiting, struct err *err);
/* ANSWER (1… or ANSWER_CANCEL) to question INDEX. */
int question_answer(struct turn *turn, struct questions *questions, size_t index, int answer, struct err *err);
/* Whether ANSWER, a number, is one of those that PENDING offers; what waits for a number takes any. */
bool question_offers(struct turn *turn, const struct pending *pending, int answer);
/* The question that EVENT (ours or the lifter's; NULL) asks or is about: 1 and its INDEX, 0 and that of the last one,
 * -1. */
int question_find(struct turn *turn, const struct questions *questions, const char *event, size_t *index,
                  struct err *err);
/* The text answers the last question in words ("bench" for which exercise): 1 it did, 0, -1. */
int question_answer_words(struct turn *turn, struct questions *questions, struct span text, struct err *err);
/* The same where TEXT is what a correction says ("that was 7 reps" is "7 reps"): only of what was asked for, as the
 * reps. */
int question_correct(struct turn *turn, struct questions *questions, struct span text, struct err *err);
/* NAME (folded) has become EXERCISE: what waited for it goes on. 1 something did, 0, -1. */
int question_named(struct turn *turn, const char *name, const char *exercise, struct err *err);
/* The text that EVENT's question is about, into TEXT: 1, 0 none waits, -1. */
int question_text(struct turn *turn, const char *event, struct buf *text, struct err *err);
/* The message EVENT is gone or was written anew: what waited for it is dropped. 1 something did, 0, -1. */
int question_drop(struct turn *turn, const char *event, struct err *err);

#endif

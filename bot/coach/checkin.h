/*
 * The weekly check-in: five questions, and what follows for the training.
 */
#ifndef BOT_COACH_CHECKIN_H
#define BOT_COACH_CHECKIN_H

#include "bot/coach/turn.h"

/* COACH_JOB_CHECKIN. */
int checkin_due(struct turn *turn, const struct coach_job *job, struct err *err);

/* TEXT answers the check-in that waits, or is the new text of a message that did: what it says is booked and answered.
 * 1 it does, 0, -1. ASKED: something else was asked, and a number alone answers that. */
int checkin_answer(struct turn *turn, struct pending *original, struct span text, bool asked, struct err *err);

/* MESSAGE_VOTE: of the check-in's one question that was asked as that poll. The last one counts, until the next
 * check-in. */
int checkin_vote(struct coach *coach, const struct message *message, struct err *err);

/* Whether one was asked that can still be answered: 1, 0, -1. */
int checkin_waits(struct turn *turn, struct err *err);

/* Whether EVENT, a message or the name of one of ours, is the check-in that waits for an answer: 1, 0, -1. The settings
 * are loaded. */
int checkin_asked_by(struct turn *turn, const char *event, struct err *err);

#endif

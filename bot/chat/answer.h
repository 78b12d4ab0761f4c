/*
 * Answers to a question with numbered options.
 */
#ifndef BOT_CHAT_ANSWER_H
#define BOT_CHAT_ANSWER_H

#include <stdbool.h>

#include "core/base/span.h"

enum { ANSWER_CANCEL = 0 }; /* 1… are the options */

/* "2", "#2", "yes", "keins davon", a keycap: the option, or ANSWER_CANCEL; -1: none. CHOICES: a "yes" is none of them,
 * nor is a number beyond; 0: whatever there is. */
int chat_answer(struct span text, int choices);

/* What a reaction answers: 👍, 👌, ✅, ✔️ and 1️⃣ are 1, 2️⃣ is 2…, 👎 and ❌ are ANSWER_CANCEL;
 * -1: nothing of ours.
 */
int chat_reaction(struct span key);
/* 👍, 👌, ✅, ✔️: "yes", "as you say". */
bool chat_reaction_agrees(struct span key);

#endif

/*
 * Words that people put before and behind what they want to say: "oh wait", "lol", "this morning".
 */
#ifndef BOT_CHAT_FILLER_H
#define BOT_CHAT_FILLER_H

#include <stdbool.h>

#include "core/base/span.h"

/* Takes one filler off TEXT's front, or its back, with the signs and spaces beside it. UNSURE is set by one behind
 * which nothing stands that was done: a "no", an "i guess". False: there is none, or nothing else. */
bool filler_take_front(struct span *text, bool *unsure);
bool filler_take_back(struct span *text);
/* Whether FILLER, that was taken, stirs nobody: "and", "please", where "lol" does. */
bool filler_is_plain(struct span filler);
/* The same of words in front by which somebody says what they are going to do, "today i want to do:", and of the verb
 * at the end. */
bool filler_take_plan(struct span *text);
/* The same of words in front by which somebody goes on with another exercise: "weiter mit", "zum schluss". They may be
 * words of commands or names, too, so what is left must be sets. */
bool filler_take_next(struct span *text);

#endif

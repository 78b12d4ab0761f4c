/*
 * Words that people put before and behind what they want to say: "oh wait", "lol", "this morning".
 */
#ifndef BOT_CHAT_FILLER_H
#define BOT_CHAT_FILLER_H

#include <stdbool.h>

#include "core/base/span.h"

/* Takes one filler off TEXT's front, or its back, with the signs and spaces beside it. DENIES is set by one that says
 * that what was said before is wrong. False: there is none, or nothing else. */
bool filler_take_front(struct span *text, bool *denies);
bool filler_take_back(struct span *text);

#endif

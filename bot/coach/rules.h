/*
 * One rule of effort, said in the chat.
 */
#ifndef BOT_COACH_RULES_H
#define BOT_COACH_RULES_H

#include "bot/coach/turn.h"

enum { RULES_ID_SIZE = 5 }; /* "R114", with the NUL */

/* "r22", "D2": in capitals into ID; false when TEXT isn't made like one. */
bool rules_read_id(struct span text, char id[RULES_ID_SIZE]);

/* The rule in words, how sure it is, and where it comes from; an error where there is none. */
void rules_say(struct turn *turn, const char *id);

#endif

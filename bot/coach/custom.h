/*
 * How a lifter writes: what "8x12" means to them was asked once and isn't again. An answer holds for as long as the
 * sets that it booked; what was typed behind `notation` holds until the next word.
 */
#ifndef BOT_COACH_CUSTOM_H
#define BOT_COACH_CUSTOM_H

#include "bot/coach/turn.h"

/* The option of the coach's reading that the lifter's habits leave: 1 and *OPTION, 0 they leave several, -1. */
int custom_option(struct turn *turn, int *option, struct err *err);
/* OPTION of the coach's reading was the answer by which INPUT's sets were booked under ACTION: what it says of how the
 * lifter writes is kept. 1 something was, 0, -1. */
int custom_learn(struct turn *turn, int option, int64_t input, int64_t action, struct err *err);
/* "Noted: ...", of what custom_learn() kept of OPTION. */
void custom_say_learned(struct turn *turn, int option);
/* Says what is known, as a setting: 1 there was something, 0, -1. */
int custom_say(struct turn *turn, struct err *err);

#endif

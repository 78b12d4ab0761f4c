/*
 * A weekly time as it is typed.
 */
#ifndef BOT_COACH_CHECKIN_WHEN_H
#define BOT_COACH_CHECKIN_WHEN_H

#include <stdbool.h>

#include "bot/schedule/recurrence.h"
#include "core/base/span.h"

/* "sun 18:00", "sunday", "18:30", "so 18 uhr", "fri 6pm", folded: what isn't said stays as it is. False: it is none. */
bool checkin_when_read(struct span text, struct recurrence *recurrence);

#endif

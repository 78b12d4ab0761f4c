/*
 * A try at sets that nobody could read: "db row 30kg right ten left 9". It was said so, but whoever goes on with "30x9"
 * before they have read that doesn't mean the exercise before it.
 */
#ifndef BOT_COACH_MISREAD_H
#define BOT_COACH_MISREAD_H

#include <stdint.h>

#include "bot/coach/unanswered.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct turn;

/* Keeps TEXT where it looks like one: a name, and numbers behind it. In a direct chat alone. REFUSED: they were
 * impossible, and its writer was told why. */
int misread_note(struct turn *turn, struct span text, bool refused, int64_t sent_ms, struct err *err);
/* Puts it in the place of UNANSWERED, when it is newer and of this session. */
int misread_find(const struct turn *turn, struct unanswered *unanswered, struct err *err);

#endif

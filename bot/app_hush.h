/*
 * The coach, saying nothing: what it would say has been said, or may have been.
 */
#ifndef BOT_APP_HUSH_H
#define BOT_APP_HUSH_H

#include "bot/coach/coach.h"
#include "bot/store/store.h"

/* What STORE gives the coach, but whatever it says goes nowhere. */
struct coach_store app_hush(struct store *store);

/* All that is due on TRANSPORT by UNTIL_MS is done: each at its time, or LATE, only then. In the caller's transaction.
 */
int app_hush_due(struct coach *coach, const char *transport, int64_t until_ms, bool late, struct err *err);

#endif

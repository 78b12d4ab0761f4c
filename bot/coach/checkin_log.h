/*
 * A lifter's answers to check-ins, as they stand after edits and undos, and what else they say.
 */
#ifndef BOT_COACH_CHECKIN_LOG_H
#define BOT_COACH_CHECKIN_LOG_H

#include "bot/coach/lifter.h"

/* Loads them, and lays what they say of sleep, pain and a deficit over the settings in memory: a setting that was
 * changed since goes before it. The settings are loaded. */
int checkin_log_load(struct lifter *lifter, const struct coach_store *store, struct err *err);

/* The last one of which something is known; NULL. */
const struct coach_checkin *checkin_log_last(const struct lifter *lifter);
/* They have answered by themselves just before DUE_MS: they aren't asked again. */
bool checkin_log_fresh(const struct lifter *lifter, int64_t due_ms);
/* The one that was asked at DUE_MS; NULL: nothing of it is answered. */
const struct coach_checkin *checkin_log_find(const struct lifter *lifter, int64_t due_ms);

#endif

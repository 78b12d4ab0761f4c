/*
 * What the coach's codes are made of, by bot/crypto.
 */
#ifndef BOT_APP_SECRETS_H
#define BOT_APP_SECRETS_H

#include "bot/coach/coach.h"

extern const struct coach_secrets app_secrets;
/* The same each time, for transcripts: SEED is where it goes on. */
struct coach_secrets app_secrets_replayed(uint64_t *seed);

#endif

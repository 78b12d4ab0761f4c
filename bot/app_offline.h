/*
 * What the commands that work on the store, and serve nobody, have in common.
 */
#ifndef BOT_APP_OFFLINE_H
#define BOT_APP_OFFLINE_H

#include "bot/coach/coach.h"
#include "bot/settings/settings.h"
#include "bot/store/store.h"

/* -1: there is no store, and none is to be made. */
int app_store_exists(const struct settings *settings, struct err *err);
/* EX_CANTCREAT: FILE is there, and isn't written over. */
int app_is_new(const char *file, struct err *err);

/* WORK with a coach to whom STORE gives PORT, in one transaction: 0 or -1, as it says. */
int app_with_coach(const struct settings *settings, struct store *store, const struct coach_store *port,
                   int (*work)(void *arg, struct coach *coach, struct err *err), void *arg, struct err *err);

#endif

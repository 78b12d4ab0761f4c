/*
 * `spotter rebuild`: the rooms' history is read again, and what the store lacks of it is booked.
 */
#ifndef BOT_APP_REBUILD_H
#define BOT_APP_REBUILD_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* Ends by itself, and says on OUT what was booked; nothing is said in the rooms. 0, or -1 with ERR: the store is in
 * use, the account can't be reached. */
int app_rebuild(const struct settings *settings, FILE *out, struct err *err);

#endif

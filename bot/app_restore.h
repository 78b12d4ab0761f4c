/*
 * `spotter restore`: a backup takes the store's place, as a new device.
 */
#ifndef BOT_APP_RESTORE_H
#define BOT_APP_RESTORE_H

#include <stdbool.h>
#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* A store that is there is kept beside, where REPLACE says so. What was done, and what to do next with the
 * configuration FILE, is told on OUT. 0, a code of sysexits.h with ERR, or -1: everything is as it was. */
int app_restore(const struct settings *settings, const char *file, const char *backup, bool replace, FILE *out,
                struct err *err);

#endif

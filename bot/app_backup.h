/*
 * `spotter backup`: the store as one file, beside the running daemon or without it.
 */
#ifndef BOT_APP_BACKUP_H
#define BOT_APP_BACKUP_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* Writes TARGET, a new file of mode 0600; what is in it is told on OUT. 0, a code of sysexits.h with ERR, or -1: there
 * is no half TARGET then. */
int app_backup(const struct settings *settings, const char *target, FILE *out, struct err *err);

#endif

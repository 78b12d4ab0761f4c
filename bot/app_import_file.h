/*
 * `spotter import`: a log from a file on this machine, booked as if its lifter had sent it.
 */
#ifndef BOT_APP_IMPORT_FILE_H
#define BOT_APP_IMPORT_FILE_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* USER, as they are known: a Matrix id, or NETWORK/ACCOUNT of IRC. What was booked is told on OUT. 0, or -1 with ERR
 * and nothing booked: the store is in use, nobody is called so, FILE is no log or too much of one. */
int app_import_file(const struct settings *settings, const char *user, const char *file, FILE *out, struct err *err);

#endif

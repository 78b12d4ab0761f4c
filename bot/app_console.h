/*
 * The coach without a server, wired: the terminal and the transcript player, with time zones and a place for the log.
 */
#ifndef BOT_APP_CONSOLE_H
#define BOT_APP_CONSOLE_H

#include <stdbool.h>

#include "core/base/err.h"

/* DB NULL: $XDG_DATA_HOME/spotter/console.db. Both return 0, or a code of sysexits.h with ERR. */
int app_console(const char *db, struct err *err);
/* FILE "-": standard input; DB NULL: in memory. */
int app_replay(const char *file, const char *db, bool json, struct err *err);

#endif

/*
 * The daemon, wired: settings, store, coach and transports behind one loop. Knows every room; no room knows it.
 */
#ifndef BOT_APP_H
#define BOT_APP_H

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* Serves until SIGTERM or SIGINT (0), or until it can't go on (-1 with ERR: credentials, store, an account that is not
 * ours). */
int app_run(const struct settings *settings, struct err *err);

#endif

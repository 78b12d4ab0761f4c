/*
 * `spotter export`: a lifter's log as a file, beside the running daemon or without it.
 */
#ifndef BOT_APP_EXPORT_H
#define BOT_APP_EXPORT_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* The log of USER, as they are known (app_person.h), in the form that the chat's `export` gives, to FILE, a new one of
 * mode 0600, or to OUT (FILE NULL). 0, a code of sysexits.h with ERR, or -1: the store can't be read, nobody is called
 * so, they have logged nothing. */
int app_export(const struct settings *settings, const char *user, const char *file, FILE *out, struct err *err);

#endif

/*
 * `spotter doctor`: a line for each thing that must be right, with what to do where it isn't.
 */
#ifndef BOT_APP_DOCTOR_H
#define BOT_APP_DOCTOR_H

#include <stdio.h>

#include "bot/settings/settings.h"
#include "core/base/err.h"

/* Changes nothing, and works beside the daemon. FILE is the configuration's. 0 all is well, EX_UNAVAILABLE a line says
 * no; ERR is filled then. */
int app_doctor(const struct settings *settings, const char *file, FILE *out, struct err *err);

#endif

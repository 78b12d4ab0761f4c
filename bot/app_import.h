/*
 * Logs as files, as bot/exchange reads them, for the coach.
 */
#ifndef BOT_APP_IMPORT_H
#define BOT_APP_IMPORT_H

#include "bot/coach/coach.h"

/* For coach_options.read_log. */
int app_read_log(struct span file, enum unit unit, void (*each)(void *arg, const struct coach_file_set *set), void *arg,
                 struct coach_file_rest *rest, struct err *err);

#endif

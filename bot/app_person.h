/*
 * Lifters as the command line names them.
 */
#ifndef BOT_APP_PERSON_H
#define BOT_APP_PERSON_H

#include "core/base/err.h"

/* The network of USER (a Matrix id, or NETWORK/ACCOUNT of IRC) and what it calls them: both the caller's. */
void app_person(const char *user, char **transport, char **identity);
/* -1, and ERR says that nobody is known as USER. */
int app_person_unknown(const char *user, struct err *err);

#endif

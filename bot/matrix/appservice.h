/*
 * An application service's user, and the device that it is on: made where they aren't there (MSC4190).
 */
#ifndef BOT_MATRIX_APPSERVICE_H
#define BOT_MATRIX_APPSERVICE_H

#include "bot/matrix/inside.h"

struct mx_appservice;

/* ENDED is told how each making went: WHY it didn't, which may pass as ANSWER says; NULL: both are there. */
struct mx_appservice *mx_appservice_new(struct matrix *matrix,
                                        void (*ended)(void *arg, const struct mx_answer *answer, const char *why),
                                        void *arg);
void mx_appservice_free(struct mx_appservice *appservice);

/* Makes MATRIX's user and device. The API has the token; whose requests are has been said once both are there. */
void mx_appservice_make(struct mx_appservice *appservice);

#endif

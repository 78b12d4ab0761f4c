/*
 * Looks at the account as the homeserver shows it, and at whether the store's keys fit. Each thing is asked for once;
 * nothing is changed.
 */
#ifndef BOT_MATRIX_DOCTOR_H
#define BOT_MATRIX_DOCTOR_H

#include "bot/matrix/inside.h"

struct mx_doctor;

struct mx_doctor *mx_doctor_start(struct matrix *matrix); /* tells options.trust.found */
void mx_doctor_free(struct mx_doctor *doctor);

#endif

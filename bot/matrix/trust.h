/*
 * Signs this device with the account's cross-signing identity: makes the identity (bootstrap) or restores its private
 * keys from secret storage (verify, and `run` where a recovery key is configured).
 *
 * A list of steps, each of which looks what is there and adds what is missing; so whatever fails on the way, or kills
 * the program, is mended by beginning again. Everything private is in the account's secret storage, under a key that is
 * in the operator's file, before the identity is published: nothing of it is kept here.
 */
#ifndef BOT_MATRIX_TRUST_H
#define BOT_MATRIX_TRUST_H

#include "bot/matrix/inside.h"

struct mx_trust;

/* NULL when there is nothing to do: the daemon without a recovery key. */
struct mx_trust *mx_trust_new(struct matrix *matrix);
void mx_trust_free(struct mx_trust *trust);
/* After a commit: begins once the homeserver has taken the device's keys. */
void mx_trust_run(struct mx_trust *trust);

#endif

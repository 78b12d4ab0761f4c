/*
 * Carries the encryption machine's requests to the server and the answers back, several at once.
 */
#ifndef BOT_MATRIX_KEYS_H
#define BOT_MATRIX_KEYS_H

#include "bot/matrix/inside.h"

struct mx_keys;

struct mx_keys *mx_keys_new(struct matrix *matrix);
void mx_keys_free(struct mx_keys *keys);
/* After a commit: begins what the machine has to ask. */
void mx_keys_run(struct mx_keys *keys);

#endif

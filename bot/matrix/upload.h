/*
 * A file on its way into the media repository: encrypted before it leaves where the room is (Client-Server API,
 * "Sending encrypted attachments"). Tried until the server takes it or refuses it for good.
 */
#ifndef BOT_MATRIX_UPLOAD_H
#define BOT_MATRIX_UPLOAD_H

#include "bot/matrix/inside.h"
#include "core/base/span.h"

struct mx_upload;

/* DONE is told where the file is, lent: its mxc URI, or where it is encrypted the EncryptedFile as JSON; NULL when the
 * server refuses it. BYTES are lent for the call. */
struct mx_upload *mx_upload_start(struct matrix *matrix, struct span bytes, bool encrypted,
                                  void (*done)(void *arg, const char *where), void *arg);
void mx_upload_cancel(struct mx_upload *upload); /* NULL is fine */

/* Whether WHERE is of a file as a room, ENCRYPTED or not, has to have it; "" is not. */
bool mx_upload_fits(const char *where, bool encrypted);

#endif

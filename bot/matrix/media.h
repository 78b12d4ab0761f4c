/*
 * Files in the media repository: where they are, and what opens those that are encrypted (Client-Server API, "Sending
 * encrypted attachments"). Pure.
 */
#ifndef BOT_MATRIX_MEDIA_H
#define BOT_MATRIX_MEDIA_H

#include <stdbool.h>

#include "bot/crypto/crypto.h"
#include "bot/json/json.h"
#include "bot/matrix/api.h"

/* mxc://SERVER/ID: checked, good for paths and events. */
struct mx_address {
    char server[MX_ID_MAX + 1];
    char id[MX_ID_MAX + 1];
};
/* False: URI is none. */
bool mx_media_address(const char *uri, struct mx_address *address);

struct mx_media {
    struct mx_address address;
    bool encrypted; /* by all that follows, else nothing of it counts */
    unsigned char key[CRYPTO_KEY], iv[CRYPTO_IV], sha256[CRYPTO_SHA256];
};

/* The EncryptedFile (v2) of MEDIA at URI, as JSON. */
void mx_media_describe(const char *uri, const struct mx_media *media, struct buf *out);

/* Where the file of CONTENT is, and what opens it. SECRET: it was said in an encrypted event, and what is in the clear
 * can't be its file: whoever keeps it may have changed it. */
int mx_media_read(const struct json *content, bool secret, struct mx_media *media, struct err *err);
/* BYTES, as they came from there, become the file. Nothing is decrypted that isn't what was sent: -1. */
int mx_media_open(const struct mx_media *media, struct buf *bytes, struct err *err);

#endif

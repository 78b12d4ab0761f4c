/*
 * SCRAM-SHA-256's messages (RFC 5802, section 5; RFC 7677), without channel binding. Pure: the nonce is given.
 */
#ifndef BOT_IRC_SCRAM_H
#define BOT_IRC_SCRAM_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"

enum {
    IRC_SASL_MESSAGE_MAX = 16 * 1024,  /* of any mechanism */
    IRC_SCRAM_NONCE = 24,              /* letters of ours */
    IRC_SCRAM_ITERATIONS_MAX = 200000, /* some 0.1 s */
    IRC_SCRAM_ITERATIONS_MIN = 4096    /* RFC 7677, 4 */
};

struct irc_scram {
    char nonce[IRC_SCRAM_NONCE + 1];
    struct buf first; /* client-first-message-bare */
    unsigned char server_signature[32];
    bool proven; /* the server's signature was right */
};

void irc_scram_release(struct irc_scram *scram);
void irc_scram_first(struct irc_scram *scram, const char *account, const char *nonce); /* fills `first` */
int irc_scram_final(struct irc_scram *scram, const char *password, struct span challenge, struct buf *message,
                    struct err *err);
int irc_scram_check(struct irc_scram *scram, struct span challenge, struct err *err);

#endif

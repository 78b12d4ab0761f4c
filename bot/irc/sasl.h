/*
 * Logging in (IRCv3/sasl-3.2): EXTERNAL where there is a client certificate, else SCRAM-SHA-256 (RFC 5802, 7677) or
 * PLAIN (RFC 4616). The caller sees to it that the line is encrypted. Pure but for the nonce, which is given.
 */
#ifndef BOT_IRC_SASL_H
#define BOT_IRC_SASL_H

#include <stdbool.h>

#include "bot/irc/line.h"
#include "bot/irc/scram.h"
#include "core/base/err.h"

enum irc_mechanism { IRC_SASL_EXTERNAL, IRC_SASL_SCRAM, IRC_SASL_PLAIN, IRC_SASL_MECHANISMS };

enum { IRC_SASL_CHUNK = 400 };

struct irc_sasl {
    const char *account, *password; /* lent; NULL: none */
    bool certificate;
    unsigned allowed; /* as `tried` */
    unsigned tried;   /* bits 1 << enum irc_mechanism */
    enum irc_mechanism mechanism;
    int step; /* of the mechanism: challenges answered */
    struct buf challenge;
    struct irc_scram scram;
};

/* ACCOUNT and PASSWORD are lent until irc_sasl_release(). NAMES: the mechanisms that may be used, NULL-terminated; NULL
 * or empty: all. */
void irc_sasl_init(struct irc_sasl *sasl, const char *account, const char *password, bool certificate,
                   const char *const *names);
void irc_sasl_release(struct irc_sasl *sasl); /* cleanses */
/* Whether there is anything to log in with. */
bool irc_sasl_wanted(const struct irc_sasl *sasl);

/* Begins the best mechanism that was not tried yet and is among OFFERED ("PLAIN,EXTERNAL"; "": not known, so all).
 * NONCE has IRC_SCRAM_NONCE letters of base64. False: none is left. */
bool irc_sasl_begin(struct irc_sasl *sasl, const char *offered, const char *nonce, struct buf *out);
/* Mechanisms may be tried again: the connection is new, or services came back. */
void irc_sasl_restart(struct irc_sasl *sasl);
/* The server's AUTHENTICATE. -1: it is not to be trusted, or not understood; "AUTHENTICATE *" was added to OUT. */
int irc_sasl_challenge(struct irc_sasl *sasl, struct span param, struct buf *out, struct err *err);
/* 903 came: whether the server may say so. SCRAM's must have proven that it knows the password. */
bool irc_sasl_may_succeed(const struct irc_sasl *sasl);
const char *irc_sasl_mechanism(const struct irc_sasl *sasl);

#endif

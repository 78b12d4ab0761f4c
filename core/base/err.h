/*
 * What went wrong, as a value: a class that callers may branch on, and one sentence that a person can act on.
 * Functions that can fail return 0 or -1 (or NULL) and fill the trailing `struct err *`, which may be NULL.
 */
#ifndef CORE_BASE_ERR_H
#define CORE_BASE_ERR_H

enum err_class {
    ERR_NONE = 0,
    ERR_INPUT,     /* what came in is malformed or refused */
    ERR_CONFIG,    /* the configuration is wrong */
    ERR_AUTH,      /* credentials are wrong or no longer taken */
    ERR_NETWORK,   /* a peer can't be reached or answers wrongly; trying again may help */
    ERR_STORE,     /* the database can't be read or written */
    ERR_CRYPTO,    /* a signature, key or ciphertext is not what it must be */
    ERR_LIMIT,     /* a cap was reached */
    ERR_NOT_FOUND, /* what was asked for is not there */
    ERR_INTERNAL,
};

struct err {
    enum err_class class;
    char text[256]; /* no secrets, no message texts; no newline at the end */
};

/* Both return -1, so that `return err_set(err, ERR_INPUT, "…")` reads well. Nothing happens when ERR is NULL. */
int err_set(struct err *err, enum err_class class, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " before the text that ERR already has. */
int err_context(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

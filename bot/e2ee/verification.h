/*
 * A verification that is under way, for verify.c and verify_say.c alone.
 */
#ifndef BOT_E2EE_VERIFICATION_H
#define BOT_E2EE_VERIFICATION_H

#include "bot/e2ee/machine.h"
#include "bot/e2ee/verify.h"

struct e2ee_verification {
    uint64_t id;
    char *user_id, *device_id, *txn;
    char *room_id;                       /* NULL: to-device */
    int64_t begun_ms, ready_ms, over_ms; /* 0: not yet */
    bool asked;                          /* by a request: it is answered with "ready" */
    struct json *start;                  /* that came before we knew the device */
    struct sas *sas;                     /* NULL: the device list is awaited */
    char ed25519[E2EE_KEY_TEXT], master[E2EE_KEY_TEXT];
    enum e2ee_verify_stage end; /* once it is over: DONE or OVER */
    bool identity;              /* DONE: the master key was among what was vouched for */
    char *reason;
};

/* ---- verify_say.c: -1 the store */

/* The members that name the verification in each of its messages. */
void e2ee_verification_bind(const struct e2ee_verification *verification, struct buf *out);
int e2ee_verification_send(struct e2ee *machine, const struct e2ee_verification *verification, const char *type,
                           const char *content, struct err *err);
int e2ee_verification_cancel(struct e2ee *machine, const struct e2ee_verification *verification, enum verify_code code,
                             struct err *err);
int e2ee_verification_ready(struct e2ee *machine, const struct e2ee_verification *verification, struct err *err);

#endif

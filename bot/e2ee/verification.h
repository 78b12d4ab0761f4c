/*
 * A verification that is under way, for the files of verify_… alone.
 */
#ifndef BOT_E2EE_VERIFICATION_H
#define BOT_E2EE_VERIFICATION_H

#include "bot/e2ee/machine.h"
#include "bot/e2ee/qr.h"
#include "bot/e2ee/verify.h"

struct e2ee_verification {
    uint64_t id;
    char *user_id, *device_id, *txn;
    char *room_id;                       /* NULL: to-device */
    int64_t begun_ms, ready_ms, over_ms; /* 0: not yet */
    bool asked;                          /* by a request: it is answered with "ready" */
    struct json *start;                  /* that came before we knew the device */
    bool can_show;                       /* both sides can do it by a code of ours */
    struct sas *sas;                     /* NULL: the device list is awaited */
    struct qr *qr;                       /* NULL: no code is offered, or emoji were chosen */
    char ed25519[E2EE_KEY_TEXT], master[E2EE_KEY_TEXT];
    enum e2ee_verify_stage end; /* once it is over: DONE or OVER */
    bool identity;              /* DONE: the master key was among what was vouched for */
    char *reason;
};

/* ---- verify_method.c: the one of the two methods that was chosen */

/* Once the device's keys are here. */
void e2ee_verification_meet(const struct e2ee *machine, struct e2ee_verification *verification);
/* What follows may be called after it. */
void e2ee_verification_receive(struct e2ee_verification *verification, const char *type, const struct json *content);
void e2ee_verification_answer(struct e2ee_verification *verification, bool same);
void e2ee_verification_stop(struct e2ee_verification *verification, enum verify_code code);
bool e2ee_verification_next(struct e2ee_verification *verification, const char **type, char **content);
const char *e2ee_verification_reason(const struct e2ee_verification *verification);
/* DONE: whether the other side's master key was vouched for. */
bool e2ee_verification_vouched(const struct e2ee_verification *verification);
/* Whether it is for the other side to choose what to do, and we may if it doesn't. */
bool e2ee_verification_idle(const struct e2ee_verification *verification);
/* Before it too. */
enum e2ee_verify_stage e2ee_verification_stage(const struct e2ee_verification *verification);

/* ---- verify.c */

/* Whether the other side's keys are still those that it began with: 1, 0, -1. */
int e2ee_verification_same(struct e2ee *machine, const struct e2ee_verification *verification, struct err *err);
/* Sends what there is to be sent, and draws the conclusions. */
int e2ee_verification_carry_on(struct e2ee *machine, struct e2ee_verification *verification, int64_t now_ms,
                               struct err *err);

/* ---- verify_say.c: -1 the store */

/* The members that name the verification in each of its messages. */
void e2ee_verification_bind(const struct e2ee_verification *verification, struct buf *out);
int e2ee_verification_send(struct e2ee *machine, const struct e2ee_verification *verification, const char *type,
                           const char *content, struct err *err);
int e2ee_verification_cancel(struct e2ee *machine, const struct e2ee_verification *verification, enum verify_code code,
                             struct err *err);
int e2ee_verification_ready(struct e2ee *machine, const struct e2ee_verification *verification, struct err *err);

#endif

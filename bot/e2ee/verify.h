/*
 * Verifications that are under way (Client-Server API, "Key verification framework"): to-device and in rooms, begun by
 * others alone, answered up to the point where people compare emoji, or have had our code scanned. Nothing is vouched
 * for, and nobody believed, before e2ee_verify_answer() says what they say.
 *
 * They live in memory; of those that a restart ended the other side is told.
 */
#ifndef BOT_E2EE_VERIFY_H
#define BOT_E2EE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/e2ee/sas.h"
#include "bot/json/json.h"
#include "core/base/err.h"
#include "core/base/span.h"

struct e2ee;

#define E2EE_VERIFICATION "m.key.verification."

/* A message of a verification, by somebody who may ask for one. */
struct e2ee_verify_message {
    const char *room_id; /* NULL: to-device */
    const char *sender;
    const char *id;      /* of the event; NULL to-device */
    const char *relates; /* the event that it refers to; NULL */
    const char *type;    /* without the prefix, "request" too where it is an m.room.message */
    const struct json *content;
    int64_t sent_ms; /* of the event */
    bool can_show;   /* a request: somebody is there who would show the sender a code */
};
/* 1 a verification was begun, 0, -1 the store. */
int e2ee_verify_receive(struct e2ee *machine, const struct e2ee_verify_message *message, int64_t now_ms,
                        struct err *err);
/* Device lists have come, or time has passed (e2ee_verify_due()). */
int e2ee_verify_go_on(struct e2ee *machine, int64_t now_ms, struct err *err);
int64_t e2ee_verify_due(const struct e2ee *machine); /* -1: nothing waits for its time */

/* What is to be said in a room; every device there must be able to read it. */
struct e2ee_said {
    char *room_id, *type, *content; /* the caller's */
};
bool e2ee_verify_next(struct e2ee *machine, struct e2ee_said *said);

enum e2ee_verify_stage {
    E2EE_VERIFY_TALKING,   /* the machines are */
    E2EE_VERIFY_CODE,      /* the other side may scan our code */
    E2EE_VERIFY_COMPARE,   /* people are to compare */
    E2EE_VERIFY_SCANNED,   /* people are to say whether the other side's client took the code */
    E2EE_VERIFY_CONFIRMED, /* ours has compared: the other side's word is awaited */
    E2EE_VERIFY_DONE,
    E2EE_VERIFY_OVER
};
struct e2ee_verify_view {
    uint64_t id;
    enum e2ee_verify_stage stage;
    const char *user_id, *device_id; /* lent until the next call */
    struct span code;                /* CODE: to be drawn; lent likewise */
    unsigned char emoji[SAS_EMOJI];  /* COMPARE, CONFIRMED */
    int numbers[SAS_NUMBERS];        /* likewise */
    const char *master;              /* DONE: the identity that was verified; "" the device alone was */
    const char *reason;              /* OVER: "m.user", …; lent */
};
/* By its id, as long as it is remembered; of USER_ID: the one nearest to its end. */
bool e2ee_verify_by_id(const struct e2ee *machine, uint64_t id, struct e2ee_verify_view *view);
bool e2ee_verify_of_user(const struct e2ee *machine, const char *user_id, struct e2ee_verify_view *view);
/* COMPARE, SCANNED: what people say. 1 done, 0 nobody is (or is any longer) asked, -1. */
int e2ee_verify_answer(struct e2ee *machine, uint64_t id, bool same, int64_t now_ms, struct err *err);

/* Whether signatures wait for the server. */
bool e2ee_signing_waits(const struct e2ee *machine);

#endif

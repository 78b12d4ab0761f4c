/*
 * Verification of another user by a code that our side shows and theirs scans (m.qr_code.show.v1, m.reciprocate.v1;
 * Client-Server API, "QR codes"), one of them: what the code holds, messages in, messages out. Pure: whoever drives it
 * carries the messages, keeps the time, draws the code, and asks whether the other side's client took it.
 *
 * Only the mode for another user: both master keys are in the code, and theirs is vouched for by who scanned it.
 */
#ifndef BOT_E2EE_QR_H
#define BOT_E2EE_QR_H

#include <stdbool.h>

#include "bot/e2ee/verify_out.h"
#include "bot/json/json.h"
#include "core/base/span.h"

#define QR_METHOD "m.reciprocate.v1"
#define QR_SHOW_METHOD "m.qr_code.show.v1"
#define QR_SCAN_METHOD "m.qr_code.scan.v1"

enum qr_state {
    QR_SHOWN,
    QR_SCANNED, /* by the other side: whether their client said that it is good is what people say */
    QR_VERIFIED,
    QR_CANCELLED
};

struct qr_options {
    const char *own_master, *peer_master; /* unpadded base64, and good ones */
    const char *peer_device;
    const char *id;      /* of the verification, the same on both sides */
    const char *binding; /* what each content says of it, members in JSON */
};

struct qr;

struct qr *qr_new(const struct qr_options *options); /* copies */
void qr_free(struct qr *qr);

struct span qr_code(const struct qr *qr); /* the bytes to be drawn, lent */
/* A message of the peer's; TYPE without "m.key.verification.". What should not be cancels. */
void qr_receive(struct qr *qr, const char *type, const struct json *content);
/* QR_SCANNED: what people say. */
void qr_answer(struct qr *qr, bool good);
void qr_cancel(struct qr *qr, enum verify_code code);

enum qr_state qr_state(const struct qr *qr);
const char *qr_reason(const struct qr *qr); /* why it was cancelled: "m.user", …, lent; "" it was not */
/* The next message that is to be sent; false: none. CONTENT is the caller's. */
bool qr_next(struct qr *qr, const char **type, char **content);

#endif

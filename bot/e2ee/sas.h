/*
 * Verification by a short authentication string (m.sas.v1; Client-Server API, "Short Authentication String (SAS)
 * verification"), one of them, from its start to its end: messages in, messages out. Pure: whoever drives it carries
 * the messages, keeps the time, and asks the people whether they see the same.
 *
 * Speaks curve25519-hkdf-sha256, sha256 and hkdf-hmac-sha256.v2 alone: older methods are deprecated, and their base64
 * is broken.
 */
#ifndef BOT_E2EE_SAS_H
#define BOT_E2EE_SAS_H

#include <stdbool.h>

#include "bot/e2ee/verify_out.h"
#include "bot/json/json.h"
#include "core/base/buf.h"

#define SAS_METHOD "m.sas.v1"

enum { SAS_EMOJI = 7, SAS_NUMBERS = 3, SAS_BYTES = 6 /* that both derive, and show as those */ };

enum sas_state {
    SAS_IDLE,
    SAS_STARTED,   /* we began: their accept is awaited */
    SAS_ACCEPTED,  /* they began, and we accepted: their key is awaited */
    SAS_KEYED,     /* we began and sent our key: theirs is awaited */
    SAS_SHOWN,     /* both show the same, unless somebody sits between: people compare */
    SAS_CONFIRMED, /* it is the same for ours, and our MAC is out: theirs is awaited */
    SAS_VERIFIED,
    SAS_CANCELLED
};

/* Keys are unpadded base64, and good ones. They are those that are vouched for at the end, whatever comes meanwhile. */
struct sas_party {
    const char *user, *device, *ed25519;
    const char *master; /* "": none, or none to be vouched for */
};

struct sas_options {
    struct sas_party own, peer;
    const char *id;      /* of the verification, the same on both sides */
    const char *binding; /* what each content says of it, members in JSON: "\"transaction_id\":\"…\"" */
};

struct sas;

struct sas *sas_new(const struct sas_options *options); /* copies */
void sas_free(struct sas *sas);

void sas_begin(struct sas *sas); /* SAS_IDLE: we start */
/* A message of the peer's; TYPE without "m.key.verification.". What should not be cancels. */
void sas_receive(struct sas *sas, const char *type, const struct json *content);
/* SAS_SHOWN: what people say. */
void sas_answer(struct sas *sas, bool same);
void sas_cancel(struct sas *sas, enum verify_code code);

enum sas_state sas_state(const struct sas *sas);
const char *sas_reason(const struct sas *sas); /* why it was cancelled: "m.user", …, lent; "" it was not */
/* From SAS_SHOWN on: numbers of emoji, in order, and the three decimal numbers. */
void sas_shown(const struct sas *sas, unsigned char emoji[SAS_EMOJI], int numbers[SAS_NUMBERS]);
/* SAS_VERIFIED: whether the peer vouched for its device, and for its master key. */
bool sas_vouched_device(const struct sas *sas);
bool sas_vouched_master(const struct sas *sas);

/* The next message that is to be sent; false: none. CONTENT is the caller's. */
bool sas_next(struct sas *sas, const char **type, char **content);

/* The steps of the calculation that stand alone: what KEY is committed to by, with the canonical content of the start;
 * and what BYTES are shown as. */
void sas_commitment(const char *key, struct span start, struct buf *out);
void sas_signs(const unsigned char bytes[SAS_BYTES], unsigned char emoji[SAS_EMOJI], int numbers[SAS_NUMBERS]);

/* English, as in the specification's table. */
const char *sas_emoji_name(unsigned char number);
const char *sas_emoji_sign(unsigned char number);

#endif

/*
 * One verification by a code that is shown here. The secret in it is all that proves that a start comes from who saw
 * it: there is one attempt.
 */
#include "bot/e2ee/qr.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"

enum {
    VERSION = 2,
    MODE_OTHER_USER = 0,
    SECRET = 16, /* bytes; the specification suggests about eight */
    CODE_MAX = 512,
    SECRET_TEXT_MAX = 64
};

struct qr {
    char *peer_device;
    enum qr_state state;
    struct buf code;
    unsigned char secret[SECRET];
    struct verify_out out;
};

static void add_key(struct buf *code, const char *text)
{
    unsigned char key[CRYPTO_KEY];

    BUG_IF(crypto_key_decode(text, key) != 0);
    buf_add(code, (const char *)key, sizeof(key));
}

/* ("QR code format".) */
static void write_code(struct qr *qr, const struct qr_options *options)
{
    size_t length = strlen(options->id);

    buf_adds(&qr->code, "MATRIX");
    buf_addc(&qr->code, VERSION);
    buf_addc(&qr->code, MODE_OTHER_USER);
    buf_addc(&qr->code, (char)(length >> 8));
    buf_addc(&qr->code, (char)(length & 0xff));
    buf_adds(&qr->code, options->id);
    add_key(&qr->code, options->own_master);
    add_key(&qr->code, options->peer_master);
    buf_add(&qr->code, (const char *)qr->secret, SECRET);
    BUG_IF(qr->code.overflowed);
}

struct qr *qr_new(const struct qr_options *options)
{
    struct qr *qr = mem_zero(1, sizeof(*qr));

    qr->peer_device = mem_strdup(options->peer_device);
    verify_out_init(&qr->out, options->binding);
    buf_init(&qr->code, CODE_MAX);
    BUG_IF(crypto_random(qr->secret, sizeof(qr->secret)) != 0);
    write_code(qr, options);
    return qr;
}

void qr_free(struct qr *qr)
{
    if (qr == NULL)
        return;
    free(qr->peer_device);
    crypto_cleanse(qr->code.data, qr->code.length);
    buf_release(&qr->code);
    verify_out_release(&qr->out);
    crypto_cleanse(qr, sizeof(*qr));
    free(qr);
}

struct span qr_code(const struct qr *qr)
{
    return buf_span(&qr->code);
}

bool qr_next(struct qr *qr, const char **type, char **content)
{
    return verify_out_next(&qr->out, type, content);
}

void qr_cancel(struct qr *qr, enum verify_code code)
{
    if (qr->state == QR_CANCELLED || qr->state == QR_VERIFIED)
        return;
    qr->state = QR_CANCELLED;
    verify_out_cancel(&qr->out, code);
}

/* ---- messages in */

static bool is_secret(const struct qr *qr, const char *claimed)
{
    struct buf secret = BUF_INIT(SECRET_TEXT_MAX);
    bool same;

    crypto_base64((struct span){(const char *)qr->secret, SECRET}, &secret);
    same = claimed != NULL && strlen(claimed) == secret.length && crypto_equal(claimed, secret.data, secret.length);
    crypto_cleanse(secret.data, secret.length);
    buf_release(&secret);
    return same;
}

static void take_start(struct qr *qr, const struct json *content)
{
    if (qr->state != QR_SHOWN)
        qr_cancel(qr, VERIFY_UNEXPECTED);
    else if (!verify_says(content, "from_device", qr->peer_device))
        qr_cancel(qr, VERIFY_USER_MISMATCH);
    else if (!verify_says(content, "method", QR_METHOD))
        qr_cancel(qr, VERIFY_UNKNOWN_METHOD);
    else if (!is_secret(qr, json_get_text(content, "secret")))
        qr_cancel(qr, VERIFY_KEY_MISMATCH); /* whoever says so hasn't seen the code */
    else
        qr->state = QR_SCANNED;
}

void qr_receive(struct qr *qr, const char *type, const struct json *content)
{
    if (qr->state == QR_CANCELLED || qr->state == QR_VERIFIED)
        return;
    if (strcmp(type, "start") == 0) {
        take_start(qr, content);
    } else if (strcmp(type, "cancel") == 0) {
        qr->state = QR_CANCELLED;
        verify_out_cancelled(&qr->out, content);
    } else {
        qr_cancel(qr, VERIFY_UNEXPECTED);
    }
}

void qr_answer(struct qr *qr, bool good)
{
    struct buf members = BUF_INIT(VERIFY_CONTENT_MAX);

    if (qr->state != QR_SCANNED)
        return;
    if (!good) {
        qr_cancel(qr, VERIFY_USER);
        return;
    }
    buf_adds(&members, "{}");
    verify_out_say(&qr->out, "done", &members);
    qr->state = QR_VERIFIED;
}

enum qr_state qr_state(const struct qr *qr)
{
    return qr->state;
}

const char *qr_reason(const struct qr *qr)
{
    return verify_out_reason(&qr->out);
}

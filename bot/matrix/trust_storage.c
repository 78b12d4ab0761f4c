/*
 * Secret storage in the account data: which key it has, what opens with it, what is put into it.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/secrets.h"
#include "bot/json/writer.h"
#include "bot/matrix/trust_steps.h"
#include "core/base/mem.h"

enum { KEY_ID = 32, RECOVERY_TEXT = 128, SEALED_MAX = 4 * E2EE_SECRET_MAX };

#define DESCRIPTION "m.secret_storage.key."
#define DEFAULT_KEY "m.secret_storage.default_key"

static void account_data(const struct mx_trust *trust, const char *method, const char *type, struct mx_asking *asking)
{
    asking->method = method;
    mx_path(&asking->path, "/_matrix/client/v3/user/{}/account_data/{}", trust->matrix->user_id, type);
}

static void key_data(const struct mx_trust *trust, const char *method, struct mx_asking *asking)
{
    struct buf type = BUF_INIT(sizeof(DESCRIPTION) + MX_ID_MAX);

    buf_addf(&type, "%s%s", DESCRIPTION, trust->key_id);
    account_data(trust, method, buf_text(&type), asking);
    buf_release(&type);
}

/* What isn't there is 404; what was removed may be an empty object. */
static bool is_there(const struct mx_answer *answer)
{
    return answer->status == 200 && json_is_object(answer->json);
}

static enum mx_taken unread(const struct mx_answer *answer, struct err *err)
{
    if (answer->status == 200 || answer->status == 404)
        return MX_TAKEN;
    return mx_trust_refused(answer, "the homeserver does not show the account data", err);
}

/* ---------------------------------------------------------------- the key */

bool mx_trust_ask_default_key(struct mx_trust *trust, struct mx_asking *asking)
{
    account_data(trust, "GET", DEFAULT_KEY, asking);
    return true;
}

enum mx_taken mx_trust_take_default_key(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    const char *key = is_there(answer) ? json_get_text(answer->json, "key") : NULL;

    if (key != NULL && key[0] != '\0' && strlen(key) <= MX_ID_MAX)
        trust->default_key = mem_strdup(key);
    return unread(answer, err);
}

/* A bootstrap that was begun goes on with the key that it chose; everybody else takes the account's. */
bool mx_trust_ask_description(struct mx_trust *trust, struct mx_asking *asking)
{
    const struct matrix *matrix = trust->matrix;

    if (trust->task == MATRIX_BOOTSTRAP)
        (void)mx_value(trust->matrix, MX_BOOTSTRAP_VALUE, &trust->key_id, NULL);
    trust->bootstrap_begun = trust->key_id != NULL;
    if (trust->key_id == NULL && matrix->options.trust.recovery_key != NULL)
        trust->key_id = mem_strdup(trust->default_key);
    if (trust->key_id == NULL)
        return false;
    key_data(trust, "GET", asking);
    return true;
}

enum mx_taken mx_trust_take_description(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    if (is_there(answer) && json_get(answer->json, "algorithm") != NULL)
        trust->description = json_keep(answer->json);
    return unread(answer, err);
}

/* ---------------------------------------------------------------- a new key, or the one of a bootstrap that was begun
 */

static int note_begin(struct mx_trust *trust, struct err *err)
{
    return mx_value_keep(trust->matrix, MX_BOOTSTRAP_VALUE, trust->key_id, err);
}

/* In this order: that it was begun, the operator's file, and only then what others see. */
static enum mx_taken begin_anew(struct mx_trust *trust, struct err *err)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
    const struct matrix_trust *options = &trust->matrix->options.trust;
    struct buf text = BUF_INIT(RECOVERY_TEXT);
    unsigned char random[KEY_ID];
    int rc;

    BUG_IF(crypto_random(random, sizeof(random)) != 0 || crypto_random(trust->storage_key, CRYPTO_KEY) != 0);
    free(trust->key_id);
    json_free(trust->description);
    trust->description = NULL;
    trust->key_id = mem_zero(KEY_ID + 1, 1);
    for (size_t i = 0; i < KEY_ID; i++)
        trust->key_id[i] = letters[random[i] % 64];
    if (note_begin(trust, err) != 0)
        return MX_LATER;
    crypto_recovery_key(trust->storage_key, &text);
    rc = options->keep(options->arg, buf_text(&text), err);
    if (rc == 0)
        trust->matrix->options.trust.recovery_key =
            mem_strdup(buf_text(&text)); /* it was none; freed with the others */
    crypto_release(&text);
    return rc == 0 ? MX_TAKEN : MX_FAILED;
}

/* What stands against a new identity; NULL: nothing. */
static const char *obstacle(const struct mx_trust *trust)
{
    const char *text = trust->matrix->options.trust.recovery_key;

    if (!trust->bootstrap_begun && trust->shown.any)
        return "this account has a cross-signing identity already: spotter verify, with its recovery key, signs this "
               "device; nothing was changed";
    if (trust->default_key != NULL && (trust->key_id == NULL || strcmp(trust->default_key, trust->key_id) != 0))
        return "this account has secret storage already: name the file of its recovery key, or remove it in the client "
               "that made it; nothing was changed";
    if (!trust->bootstrap_begun && trust->has_backup)
        return "this account has a key backup already: delete it in the client that made it; nothing was changed";
    if (trust->key_id == NULL && text != NULL)
        return "the recovery key's file exists, and may hold another account's key: name one that does not exist";
    if (text == NULL && trust->shown.any)
        return "an earlier run has published the identity, and wrote its recovery key to another file: name that one";
    return NULL;
}

/* Goes on with the key in the file: of an earlier run, whose store may be lost, or of secret storage that another
 * client made. */
static enum mx_taken go_on(struct mx_trust *trust, struct err *err)
{
    const char *text = trust->matrix->options.trust.recovery_key;
    struct json *bare = json_parse(span_of("{\"algorithm\":\"m.secret_storage.v1.aes-hmac-sha2\"}"), NULL);
    int rc = e2ee_secrets_key(trust->description != NULL ? trust->description : bare, span_of(text), trust->storage_key,
                              err);

    json_free(bare);
    if (rc != 0) {
        err_context(err, "secret storage was made with another recovery key than this file's, or the file is damaged");
        return MX_FAILED;
    }
    return trust->bootstrap_begun || note_begin(trust, err) == 0 ? MX_TAKEN : MX_LATER;
}

enum mx_taken mx_trust_make_key(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    const char *against = obstacle(trust);

    (void)answer;
    if (against != NULL) {
        err_set(err, ERR_CONFIG, "%s", against);
        return MX_FAILED;
    }
    return trust->matrix->options.trust.recovery_key != NULL ? go_on(trust, err) : begin_anew(trust, err);
}

enum mx_taken mx_trust_unlock(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    const char *missing = NULL;

    (void)answer;
    if (!trust->shown.any)
        missing = "this account has no cross-signing identity: spotter bootstrap makes one";
    else if (trust->shown.public[E2EE_CROSS_SELF_SIGNING][0] == '\0')
        missing = "the account's identity is broken: its keys aren't signed by its master key; reset it in another "
                  "client";
    else if (trust->default_key == NULL || trust->description == NULL)
        missing = "this account has an identity, but no secret storage to restore it from: set up recovery in another "
                  "client, or reset the identity there";
    if (missing != NULL) {
        err_set(err, ERR_CONFIG, "%s", missing);
        return MX_FAILED;
    }
    return e2ee_secrets_key(trust->description, span_of(trust->matrix->options.trust.recovery_key), trust->storage_key,
                            err) == 0
               ? MX_TAKEN
               : MX_FAILED;
}

/* ---------------------------------------------------------------- secrets */

bool mx_trust_ask_secret(struct mx_trust *trust, struct mx_asking *asking)
{
    account_data(trust, "GET", e2ee_cross_secret_name(trust->step->which), asking);
    return true;
}

static enum mx_taken secret_missing(struct mx_trust *trust, struct err *err)
{
    enum e2ee_cross_key which = trust->step->which;

    if (trust->task == MATRIX_BOOTSTRAP && !trust->shown.any) {
        e2ee_cross_make(&trust->cross, which);
        return MX_TAKEN;
    }
    if (which != E2EE_CROSS_MASTER && which != E2EE_CROSS_SELF_SIGNING)
        return MX_TAKEN;
    err_set(err, ERR_NOT_FOUND,
            "the account's secret storage lacks %s: set up recovery anew in a client that has the identity",
            e2ee_cross_secret_name(which));
    return MX_FAILED;
}

enum mx_taken mx_trust_take_secret(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    enum e2ee_cross_key which = trust->step->which;
    const struct json *sealed = is_there(answer) ? json_path(answer->json, "encrypted", trust->key_id, NULL) : NULL;
    struct buf secret = BUF_INIT(E2EE_SECRET_MAX);
    enum mx_taken taken = unread(answer, err);
    int rc;

    if (taken != MX_TAKEN || !json_is_object(sealed))
        return taken != MX_TAKEN ? taken : secret_missing(trust, err);
    rc = e2ee_secrets_open(trust->storage_key, e2ee_cross_secret_name(which), sealed, &secret, err);
    if (rc == 0 && e2ee_cross_take(&trust->cross, which, buf_span(&secret)) != 0)
        rc = err_set(err, ERR_CRYPTO, "the secret %s is no key", e2ee_cross_secret_name(which));
    if (rc != 0)
        err_context(err, "the recovery key is not the one that sealed the account's secrets, or they were changed");
    trust->stored[which] = rc == 0;
    crypto_release(&secret);
    return rc == 0 ? MX_TAKEN : MX_FAILED;
}

/* ---------------------------------------------------------------- what is put */

bool mx_trust_put_description(struct mx_trust *trust, struct mx_asking *asking)
{
    if (trust->description != NULL)
        return false;
    key_data(trust, "PUT", asking);
    e2ee_secrets_describe(trust->storage_key, &asking->body);
    return true;
}

bool mx_trust_put_secret(struct mx_trust *trust, struct mx_asking *asking)
{
    enum e2ee_cross_key which = trust->step->which;
    struct buf secret = BUF_INIT(CRYPTO_KEY_TEXT), sealed = BUF_INIT(SEALED_MAX);
    struct json_writer writer;

    if (trust->stored[which])
        return false;
    account_data(trust, "PUT", e2ee_cross_secret_name(which), asking);
    e2ee_cross_secret(&trust->cross, which, &secret);
    e2ee_secrets_seal(trust->storage_key, e2ee_cross_secret_name(which), buf_span(&secret), &sealed);
    json_write_init(&writer, &asking->body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "encrypted");
    json_write_begin(&writer, '{');
    json_write_key(&writer, trust->key_id);
    json_write_raw(&writer, buf_span(&sealed));
    json_write_end(&writer);
    json_write_end(&writer);
    crypto_release(&secret);
    buf_release(&sealed);
    return true;
}

bool mx_trust_put_default_key(struct mx_trust *trust, struct mx_asking *asking)
{
    struct json_writer writer;

    if (trust->default_key != NULL && strcmp(trust->default_key, trust->key_id) == 0)
        return false;
    account_data(trust, "PUT", DEFAULT_KEY, asking);
    json_write_init(&writer, &asking->body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "key");
    json_write_text(&writer, trust->key_id);
    json_write_end(&writer);
    return true;
}

/* Client-Server API 1.19, "Key backup enabled preference". */
bool mx_trust_put_enabled(struct mx_trust *trust, struct mx_asking *asking)
{
    account_data(trust, "PUT", "m.key_backup", asking);
    buf_adds(&asking->body, "{\"enabled\":true}");
    return true;
}

enum mx_taken mx_trust_was_put(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    (void)trust;
    return answer->status == 200 ? MX_TAKEN
                                 : mx_trust_refused(answer, "the homeserver does not take what was made", err);
}

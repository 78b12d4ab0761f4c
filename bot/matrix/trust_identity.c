/*
 * The identity: what the server shows of it, whether the private keys are its own, publishing it and signing with it.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/matrix/session.h"
#include "bot/matrix/trust_steps.h"
#include "core/base/mem.h"

/* ---------------------------------------------------------------- what is shown */

bool mx_trust_ask_shown(struct mx_trust *trust, struct mx_asking *asking)
{
    asking->method = "POST";
    mx_path(&asking->path, "/_matrix/client/v3/keys/query");
    mx_session_ask_keys(trust->matrix, &asking->body);
    return true;
}

/* Whether nothing is left to do: the identity that signed this device was proven here before. */
static bool is_done(const struct mx_trust *trust)
{
    return trust->task == MATRIX_SERVE && trust->shown.device_signed && trust->shown.master_signed &&
           strcmp(e2ee_own_master(trust->matrix->e2ee), trust->shown.public[E2EE_CROSS_MASTER]) == 0 &&
           e2ee_cross_can_sign(trust->matrix->e2ee);
}

static enum mx_taken read_shown(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    if (answer->status != 200)
        return mx_trust_refused(answer, "the homeserver does not show the account's keys", err);
    e2ee_cross_shown(trust->matrix->e2ee, answer->json, &trust->shown);
    json_free(trust->shown_answer);
    trust->shown_answer = json_keep(answer->json);
    if (trust->shown.device)
        return MX_TAKEN;
    err_set(
        err, ERR_CRYPTO,
        "the homeserver shows other keys for device %.64s than this store has, or none: the store was cloned, or the "
        "device removed",
        trust->matrix->device_id);
    return MX_FAILED;
}

enum mx_taken mx_trust_take_shown(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    enum mx_taken taken = read_shown(trust, answer, err);

    if (!trust->looked)
        trust->was_signed = trust->shown.device_signed;
    trust->looked = true;
    return taken == MX_TAKEN && is_done(trust) ? MX_OVER : taken;
}

bool mx_trust_ask_backup(struct mx_trust *trust, struct mx_asking *asking)
{
    (void)trust;
    asking->method = "GET";
    mx_path(&asking->path, "/_matrix/client/v3/room_keys/version");
    return true;
}

enum mx_taken mx_trust_take_backup(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    const char *key = json_get_text(json_get(answer->json, "auth_data"), "public_key");
    const char *version = json_get_text(answer->json, "version");

    if (answer->status != 200 && answer->status != 404)
        return mx_trust_refused(answer, "the homeserver does not show the key backup", err);
    trust->has_backup = answer->status == 200;
    trust->backup_shown[0] = '\0';
    if (trust->has_backup && key != NULL && strlen(key) < sizeof(trust->backup_shown))
        memcpy(trust->backup_shown, key, strlen(key) + 1);
    if (trust->has_backup)
        trust->backup_version = mem_strdup(version);
    trust->backup_signed = e2ee_cross_backup_signed(trust->matrix->e2ee, trust->shown_answer, &trust->shown,
                                                    json_get(answer->json, "auth_data"));
    return MX_TAKEN;
}

/* ---------------------------------------------------------------- whether the private keys are the identity's */

static enum mx_taken differs(const struct mx_trust *trust, enum e2ee_cross_key key, struct err *err)
{
    err_set(
        err, ERR_CRYPTO,
        "%s in secret storage is not the key of the identity that the homeserver shows (%.43s): it was reset since, "
        "or somebody plays the account's owner. Set up recovery anew in a client that you trust",
        e2ee_cross_secret_name(key), trust->shown.public[E2EE_CROSS_MASTER]);
    return MX_FAILED;
}

enum mx_taken mx_trust_compare(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    bool same;

    (void)answer;
    for (int i = 0; trust->shown.any && i < E2EE_CROSS_KEYS; i++)
        if (trust->cross.public[i][0] != '\0' && strcmp(trust->cross.public[i], trust -> shown.public[i]) != 0)
            return differs(trust, (enum e2ee_cross_key)i, err);
    same = strcmp(trust->backup_shown, trust->cross.public[E2EE_CROSS_BACKUP]) == 0;
    if (trust->has_backup && !same && trust->task == MATRIX_BOOTSTRAP) {
        err_set(err, ERR_CONFIG, "somebody made a key backup for this account meanwhile: delete it in that client");
        return MX_FAILED;
    }
    if (trust->has_backup && !same)
        log_warn("key-backup-not-ours", LOG_STR("why", "its key is not the one in secret storage: it is left alone"));
    return MX_TAKEN;
}

/* ---------------------------------------------------------------- publishing and signing */

bool mx_trust_publish(struct mx_trust *trust, struct mx_asking *asking)
{
    if (trust->shown.any)
        return false;
    asking->method = "POST";
    mx_path(&asking->path, "/_matrix/client/v3/keys/device_signing/upload");
    e2ee_cross_publication(trust->matrix->e2ee, &trust->cross, &asking->body);
    mx_trust_write_auth(trust, &asking->body);
    return true;
}

/* A first identity needs no authentication (Client-Server API 1.11), but older servers ask. */
enum mx_taken mx_trust_published(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    if (answer->status == 401)
        return mx_trust_authenticate(trust, answer, "publishing the identity", err);
    mx_trust_authenticated(trust);
    return answer->status == 200 ? MX_TAKEN
                                 : mx_trust_refused(answer, "the homeserver does not take the identity", err);
}

bool mx_trust_sign(struct mx_trust *trust, struct mx_asking *asking)
{
    if (trust->shown.device_signed && trust->shown.master_signed)
        return false;
    asking->method = "POST";
    mx_path(&asking->path, "/_matrix/client/v3/keys/signatures/upload");
    e2ee_cross_signatures(trust->matrix->e2ee, &trust->cross, &asking->body);
    return true;
}

enum mx_taken mx_trust_signed(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    struct json_cursor users = {0}, keys = {0};
    const struct json *failed, *why;
    const char *user, *key;

    (void)trust;
    if (answer->status != 200)
        return mx_trust_refused(answer, "the homeserver does not take the signatures", err);
    if (json_next(json_get(answer->json, "failures"), &users, &user, &failed) && json_next(failed, &keys, &key, &why)) {
        const char *text = json_get_text(why, "error");

        err_set(err, ERR_CRYPTO, "the homeserver refuses the signature of %.64s: %.120s", key,
                text != NULL ? text : "no reason given");
        return MX_FAILED;
    }
    return MX_TAKEN;
}

bool mx_trust_make_backup(struct mx_trust *trust, struct mx_asking *asking)
{
    if (trust->has_backup)
        return false;
    asking->method = "POST";
    mx_path(&asking->path, "/_matrix/client/v3/room_keys/version");
    e2ee_cross_backup(trust->matrix->e2ee, &trust->cross, &asking->body);
    return true;
}

enum mx_taken mx_trust_made_backup(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    if (answer->status != 200)
        return mx_trust_refused(answer, "the homeserver does not take the key backup", err);
    trust->backup_version = mem_strdup(json_get_text(answer->json, "version"));
    memcpy(trust->backup_shown, trust->cross.public[E2EE_CROSS_BACKUP], sizeof(trust->backup_shown));
    return MX_TAKEN;
}

/* What was uploaded is looked at once more, as others will see it. */
enum mx_taken mx_trust_confirm(struct mx_trust *trust, const struct mx_answer *answer, struct err *err)
{
    enum mx_taken taken = read_shown(trust, answer, err);

    if (taken != MX_TAKEN)
        return taken;
    if (trust->shown.device_signed && trust->shown.master_signed &&
        strcmp(trust->shown.public[E2EE_CROSS_MASTER], trust -> cross.public[E2EE_CROSS_MASTER]) == 0)
        return MX_TAKEN;
    err_set(err, ERR_NETWORK, "the homeserver took the signatures, but doesn't show them yet");
    return MX_LATER;
}

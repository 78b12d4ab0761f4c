/*
 * Room keys that come back from the key backup. What is there was sealed to a public key, so that anybody may have
 * written it, the homeserver first: it is looked at as what an enemy sent.
 */
#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/log/log.h"

enum { PLAIN_MAX = 64 * 1024 /* BackedUpSessionData has about 700 bytes */, SESSIONS_MAX = 100000 /* of one room */ };

/* The opened session data; NULL: it does not open, or is none. The caller frees it. */
static struct json *open_data(const unsigned char private[CRYPTO_KEY], const struct json *data)
{
    const struct crypto_pk_sealed sealed = {json_get_text(data, "ephemeral"), json_get_text(data, "mac"),
                                            json_get_text(data, "ciphertext")};
    struct buf plain = BUF_INIT(PLAIN_MAX);
    struct json *json = NULL;

    if (sealed.ephemeral != NULL && sealed.mac != NULL && sealed.ciphertext != NULL &&
        crypto_pk_decrypt(private, &sealed, &plain) == 0)
        json = json_parse(buf_span(&plain), NULL);
    crypto_release(&plain);
    return json;
}

/* 1 taken, 0 there is a better one, or it is none; -1. */
static int take(struct e2ee *machine, const char *room_id, const char *session_id, const struct json *plain,
                struct err *err)
{
    const char *algorithm = json_get_text(plain, "algorithm");
    const struct e2ee_restoring restoring = {
        .room_id = room_id,
        .session_id = session_id,
        .curve25519 = json_get_text(plain, "sender_key"),
        .ed25519 = json_get_text(json_get(plain, "sender_claimed_keys"), "ed25519"),
        .exported = json_get_text(plain, "session_key"),
    };

    if (algorithm == NULL || strcmp(algorithm, E2EE_MEGOLM) != 0 || !e2ee_id_good(session_id) ||
        !e2ee_curve25519_text_good(restoring.curve25519) || !e2ee_ed25519_text_good(restoring.ed25519) ||
        restoring.exported == NULL)
        return 0;
    return e2ee_megolm_restore(machine, &restoring, err);
}

int e2ee_backup_restore(struct e2ee *machine, const unsigned char private[CRYPTO_KEY], const char *room_id,
                        const struct json *sessions, struct e2ee_restored *restored, struct err *err)
{
    struct json_cursor cursor = {0};
    const struct json *entry;
    const char *session_id;
    size_t seen = 0;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    while (e2ee_id_good(room_id) && seen++ < SESSIONS_MAX && json_next(sessions, &cursor, &session_id, &entry)) {
        struct json *plain = open_data(private, json_get(entry, "session_data"));
        int rc = plain != NULL ? take(machine, room_id, session_id, plain, err) : 0;

        json_free_secret(plain);
        if (rc < 0)
            return -1;
        restored->taken += rc == 1;
        restored->left += rc == 0;
        if (rc == 0)
            log_debug("e2ee-restore-left", LOG_STR("room", room_id), LOG_STR("session", session_id));
    }
    return 0;
}

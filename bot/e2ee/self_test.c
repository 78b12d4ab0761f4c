/*
 * Whether this device's keys still open what is sealed to them: an Olm message of a stranger who is made for it.
 */
#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"

static const char said[] = "bench 80x8 @1";

static void take_key(void *arg, const char *key_id, const char *curve25519)
{
    (void)key_id;
    memcpy(arg, curve25519, E2EE_KEY_TEXT);
}

static int open_message(struct e2ee *machine, const char *stranger, struct span message, struct buf *plain,
                        struct err *err)
{
    struct ratchet_session *session = ratchet_session_inbound(machine->account.ratchet, stranger, message, err);
    int rc = session != NULL ? ratchet_session_decrypt(session, RATCHET_MESSAGE_PREKEY, message, plain, err) : -1;

    ratchet_session_free(session);
    return rc;
}

int e2ee_self_test(struct e2ee *machine, struct err *err)
{
    struct ratchet_account *stranger = ratchet_account_new();
    struct ratchet_session *session = NULL;
    char curve25519[E2EE_KEY_TEXT], ed25519[E2EE_KEY_TEXT], one_time[E2EE_KEY_TEXT] = "";
    struct buf message = BUF_INIT(E2EE_EVENT_MAX), plain = BUF_INIT(E2EE_EVENT_MAX);
    int type = -1, rc = -1;

    ratchet_account_keys(stranger, curve25519, ed25519);
    ratchet_account_make_keys(machine->account.ratchet, 1);
    ratchet_account_unpublished(machine->account.ratchet, false, take_key, one_time);
    session = ratchet_session_outbound(stranger, machine->account.curve25519, one_time, err);
    if (session != NULL && ratchet_session_encrypt(session, span_of(said), &type, &message) == 0)
        rc = open_message(machine, curve25519, buf_span(&message), &plain, err);
    if (rc == 0 && !span_is(buf_span(&plain), said))
        rc = err_set(err, ERR_CRYPTO, "what was opened is not what was sealed");
    ratchet_session_free(session);
    ratchet_account_free(stranger);
    buf_release(&message);
    buf_release(&plain);
    return rc == 0 ? 0 : -1;
}

/*
 * Another pickle key: whatever is sealed under the old one is opened and sealed again.
 */
#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/e2ee/ratchet.h"

#define ACCOUNT "account"

enum { LOOKED_AT = 16 };

struct keys {
    const unsigned char *from, *to;
};

#define RESEAL(kind)                                                                                                   \
    static int reseal_##kind(const struct keys *keys, struct span pickle, struct buf *by, struct err *err)             \
    {                                                                                                                  \
        struct ratchet_##kind *ratchet = ratchet_##kind##_unpickle(keys->from, pickle, err);                           \
        int result = -1;                                                                                               \
                                                                                                                       \
        if (ratchet != NULL && (result = ratchet_##kind##_pickle(ratchet, keys->to, by)) != 0)                         \
            err_set(err, ERR_LIMIT, "a pickle is too long");                                                           \
        ratchet_##kind##_free(ratchet);                                                                                \
        return result;                                                                                                 \
    }

RESEAL(account)
RESEAL(session)
RESEAL(inbound)
RESEAL(outbound)

static int replace(void *arg, enum e2ee_pickle kind, struct span pickle, struct buf *by, struct err *err)
{
    static int (*const by_kind[])(const struct keys *keys, struct span pickle, struct buf *by, struct err *err) = {
        [E2EE_PICKLE_OLM] = reseal_session,
        [E2EE_PICKLE_INBOUND] = reseal_inbound,
        [E2EE_PICKLE_OUTBOUND] = reseal_outbound,
    };

    return by_kind[kind](arg, pickle, by, err);
}

static int rekey_account(const struct e2ee_store *store, const struct keys *keys, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX), by = BUF_INIT(E2EE_PICKLE_MAX);
    int result = store->value_get(store->self, ACCOUNT, &pickle, err);

    if (result == 1) {
        result = reseal_account(keys, buf_span(&pickle), &by, err);
        if (result == 0)
            result = store->value_put(store->self, ACCOUNT, buf_span(&by), err);
    }
    crypto_release(&pickle);
    crypto_release(&by);
    return result;
}

int e2ee_rekey(const struct e2ee_store *store, const unsigned char from[32], const unsigned char to[32],
               struct err *err)
{
    struct keys keys = {from, to};

    if (rekey_account(store, &keys, err) != 0 || e2ee_signing_rekey(store, from, to, err) != 0)
        return -1;
    return store->pickles_replace(store->self, replace, &keys, err);
}

/* ---- whether a key is the store's */

static int account_fits(const struct e2ee_store *store, const unsigned char *key, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    int result = store->value_get(store->self, ACCOUNT, &pickle, err);

    if (result == 1) {
        struct ratchet_account *account = ratchet_account_unpickle(key, buf_span(&pickle), err);

        result = account != NULL ? 1 : -1;
        ratchet_account_free(account);
    }
    crypto_release(&pickle);
    return result;
}

struct look {
    const unsigned char *key;
    bool any, opens;
    struct err *err;
};

static int try_inbound(void *arg, const struct e2ee_inbound_row *row)
{
    struct look *look = arg;
    struct ratchet_inbound *inbound = ratchet_inbound_unpickle(look->key, row->pickle, look->err);

    look->any = true;
    look->opens = inbound != NULL;
    ratchet_inbound_free(inbound);
    return look->opens;
}

/* One may be damaged. */
static int room_keys_fit(const struct e2ee_store *store, const unsigned char *key, struct err *err)
{
    struct look look = {.key = key, .err = err};

    if (store->inbound_each(store->self, LOOKED_AT, try_inbound, &look, err) < 0)
        return -1;
    return look.opens ? 1 : look.any ? -1 : 0;
}

/* A store that was restored has no account yet: there it is what it reads and signs with that tells. */
int e2ee_key_fits(const struct e2ee_store *store, const unsigned char key[32], struct err *err)
{
    int account = account_fits(store, key, err), signer, room_keys;

    if (account != 0)
        return account;
    room_keys = room_keys_fit(store, key, err);
    if (room_keys == 1)
        return 1;
    signer = e2ee_signing_fits(store, key, err);
    return signer != 0 ? signer : room_keys;
}

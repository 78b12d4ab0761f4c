/*
 * Room keys that came in. A session belongs for good to the user whose Olm message brought it. One from the key backup
 * is nobody's until an event was read again with it, and gives way to what its owner sends.
 */
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"

enum { KEY_MAX = 1024 /* a session key has 306 characters */ };

/* ---- the cache: the sessions that were used last, unpickled */

void e2ee_inbound_free(struct e2ee_inbound *inbound)
{
    if (inbound == NULL)
        return;
    ratchet_inbound_free(inbound->ratchet);
    free(inbound->room_id);
    free(inbound->session_id);
    free(inbound->sender_user);
    free(inbound->sender_device);
    free(inbound->sender_curve25519);
    free(inbound->sender_ed25519);
    free(inbound);
}

void e2ee_megolm_unload(struct e2ee *machine)
{
    for (size_t i = 0; i < E2EE_INBOUND_CACHED; i++) {
        e2ee_inbound_free(machine->inbound[i]);
        machine->inbound[i] = NULL;
    }
}

static struct e2ee_inbound **slot_of(struct e2ee *machine, const char *room_id, const char *session_id)
{
    for (size_t i = 0; i < E2EE_INBOUND_CACHED; i++) {
        struct e2ee_inbound *inbound = machine->inbound[i];

        if (inbound != NULL && strcmp(inbound->session_id, session_id) == 0 && strcmp(inbound->room_id, room_id) == 0)
            return &machine->inbound[i];
    }
    return NULL;
}

static void forget(struct e2ee *machine, const char *room_id, const char *session_id)
{
    struct e2ee_inbound **slot = slot_of(machine, room_id, session_id);

    if (slot != NULL) {
        e2ee_inbound_free(*slot);
        *slot = NULL;
    }
}

static void remember(struct e2ee *machine, struct e2ee_inbound *inbound)
{
    size_t oldest = 0;

    for (size_t i = 0; i < E2EE_INBOUND_CACHED; i++) {
        if (machine->inbound[i] == NULL) {
            oldest = i;
            break;
        }
        if (machine->inbound[i]->used < machine->inbound[oldest]->used)
            oldest = i;
    }
    e2ee_inbound_free(machine->inbound[oldest]);
    machine->inbound[oldest] = inbound;
}

struct loading {
    struct e2ee *machine;
    struct e2ee_inbound *inbound;
};

struct e2ee_inbound *e2ee_inbound_of_row(const struct e2ee *machine, const struct e2ee_inbound_row *row)
{
    struct e2ee_inbound *inbound = mem_zero(1, sizeof(*inbound));

    inbound->room_id = mem_strdup(row->room_id);
    inbound->session_id = mem_strdup(row->session_id);
    inbound->sender_user = mem_strdup(row->sender_user);
    inbound->sender_device = mem_strdup(row->sender_device);
    inbound->sender_curve25519 = mem_strdup(row->sender_curve25519);
    inbound->sender_ed25519 = mem_strdup(row->sender_ed25519);
    inbound->first_index = row->first_index;
    inbound->authenticated = row->authenticated;
    inbound->ratchet = ratchet_inbound_unpickle(machine->pickle_key, row->pickle, NULL);
    return inbound;
}

static int load_row(void *arg, const struct e2ee_inbound_row *row)
{
    struct loading *loading = arg;

    loading->inbound = e2ee_inbound_of_row(loading->machine, row);
    return 0;
}

int e2ee_inbound_get(struct e2ee *machine, const char *room_id, const char *session_id, struct e2ee_inbound **inbound,
                     struct err *err)
{
    struct e2ee_inbound **slot = slot_of(machine, room_id, session_id);
    struct loading loading = {machine, NULL};

    if (slot == NULL) {
        int rc = machine->store->inbound_get(machine->store->self, room_id, session_id, load_row, &loading, err);

        if (rc == 1 && loading.inbound->ratchet == NULL)
            rc = err_set(err, ERR_STORE, "a room key in the store can't be read");
        if (rc != 1) {
            e2ee_inbound_free(loading.inbound);
            return rc;
        }
        remember(machine, loading.inbound);
        *inbound = loading.inbound;
    } else {
        *inbound = *slot;
    }
    (*inbound)->used = ++machine->uses;
    return 1;
}

/* ---- keys */

struct key {
    const char *room_id, *session_id;
    struct ratchet_inbound *ratchet;
    uint32_t first_index;
};

/* Keeps KEY as the one of its session. ORIGIN: who sent it, by Olm; or, not AUTHENTICATED, whose it is said to be. */
static int keep(struct e2ee *machine, const struct e2ee_origin *origin, const struct key *key, bool authenticated,
                struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    struct e2ee_inbound_row row = {
        .room_id = key->room_id,
        .session_id = key->session_id,
        .sender_user = origin->sender,
        .sender_device = origin->device_id,
        .sender_curve25519 = origin->curve25519,
        .sender_ed25519 = origin->ed25519,
        .first_index = key->first_index,
        .authenticated = authenticated,
        .received_ms = origin->now_ms,
    };
    int rc;

    BUG_IF(ratchet_inbound_pickle(key->ratchet, machine->pickle_key, &pickle) != 0);
    row.pickle = buf_span(&pickle);
    rc = machine->store->inbound_put(machine->store->self, &row, err);
    crypto_release(&pickle);
    return rc;
}

/* A new one. */
static int put(struct e2ee *machine, const struct e2ee_origin *origin, const struct key *key, bool authenticated,
               struct err *err)
{
    int rc = keep(machine, origin, key, authenticated, err);

    e2ee_backup_note(machine);
    forget(machine, key->room_id, key->session_id);
    return rc;
}

/* Two keys are of one ratchet if they agree from the later first index on. */
static bool connected(const struct key *key, const struct e2ee_inbound *old)
{
    uint32_t index = key->first_index > old->first_index ? key->first_index : old->first_index;
    struct buf left = BUF_INIT(KEY_MAX), right = BUF_INIT(KEY_MAX);
    bool same = ratchet_inbound_export(key->ratchet, index, &left) == 0 &&
                ratchet_inbound_export(old->ratchet, index, &right) == 0 &&
                span_equal(buf_span(&left), buf_span(&right));

    crypto_release(&left);
    crypto_release(&right);
    return same;
}

/*
 * Whether KEY, which its owner sent, may take the place of OLD: 1 yes, 0 no. A restored one of the same ratchet that
 * opens more is proven by it (what it opens is signed by the session's own key): then KEY stands for that one.
 */
static int replaces(const struct e2ee_origin *origin, struct key *key, struct e2ee_inbound *old, struct err *err)
{
    bool same = connected(key, old);

    if (old->authenticated &&
        (strcmp(old->sender_user, origin->sender) != 0 || strcmp(old->sender_curve25519, origin->curve25519) != 0)) {
        err_set(err, ERR_CRYPTO, "the session belongs to another device");
        return 0;
    }
    if (!old->authenticated && !same)
        return 1; /* what was restored was false */
    if (!same) {
        err_set(err, ERR_CRYPTO, "the key is not of the session that it names");
        return 0;
    }
    if (!old->authenticated && key->first_index > old->first_index) {
        struct ratchet_inbound *worse = key->ratchet;

        key->ratchet = old->ratchet;
        key->first_index = old->first_index;
        old->ratchet = worse; /* which goes with the cache's entry */
        return 1;
    }
    if (key->first_index < old->first_index || !old->authenticated)
        return 1;
    err_set(err, ERR_CRYPTO, "a key as good is there already");
    return 0;
}

static int read_key(const struct json *content, struct key *key, struct err *err)
{
    const char *algorithm = json_get_text(content, "algorithm");
    const char *session_key = json_get_text(content, "session_key");
    char id[E2EE_KEY_TEXT];

    key->room_id = json_get_text(content, "room_id");
    key->session_id = json_get_text(content, "session_id");
    if (algorithm == NULL || strcmp(algorithm, E2EE_MEGOLM) != 0 || !e2ee_id_good(key->room_id) ||
        !e2ee_id_good(key->session_id) || session_key == NULL || strlen(session_key) > KEY_MAX)
        return err_set(err, ERR_INPUT, "the room key is malformed");
    key->ratchet = ratchet_inbound_new(session_key, err);
    if (key->ratchet == NULL)
        return -1;
    ratchet_inbound_id(key->ratchet, id);
    if (strcmp(id, key->session_id) != 0)
        return err_set(err, ERR_CRYPTO, "the room key names another session");
    key->first_index = ratchet_inbound_first_index(key->ratchet);
    return 0;
}

int e2ee_megolm_key(struct e2ee *machine, const struct e2ee_origin *origin, const struct json *content, struct err *err)
{
    struct key key = {0};
    struct e2ee_inbound *old;
    int rc = 0;

    if (read_key(content, &key, err) != 0)
        goto done;
    rc = e2ee_inbound_get(machine, key.room_id, key.session_id, &old, err);
    if (rc < 0)
        goto done;
    rc = rc == 1 ? replaces(origin, &key, old, err) : 1;
    if (rc == 1)
        rc = put(machine, origin, &key, true, err) == 0 &&
                     e2ee_parked_release(machine, key.room_id, key.session_id, err) == 0
                 ? 1
                 : -1;
done:
    ratchet_inbound_free(key.ratchet);
    return rc;
}

int e2ee_megolm_own(struct e2ee *machine, const struct e2ee_outbound *outbound, int64_t now_ms, struct err *err)
{
    struct e2ee_origin origin = {machine->user_id, machine->account.curve25519, machine->account.ed25519,
                                 machine->device_id, now_ms};
    struct key key = {outbound->room_id, outbound->session_id, NULL, 0};
    struct buf text = BUF_INIT(KEY_MAX);
    int rc;

    ratchet_outbound_key(outbound->ratchet, &text);
    key.ratchet = ratchet_inbound_new(buf_text(&text), NULL);
    BUG_IF(key.ratchet == NULL);
    rc = put(machine, &origin, &key, true, err);
    ratchet_inbound_free(key.ratchet);
    crypto_release(&text);
    return rc;
}

/*
 * Whether a restored KEY is worth keeping beside OLD: only where it is of the same ratchet and opens more. Then a
 * proven one stays proven: what KEY opens is signed by the session's own key, as ever.
 */
static bool betters(const struct key *key, const struct e2ee_inbound *old)
{
    return key->first_index < old->first_index && connected(key, old);
}

int e2ee_megolm_restore(struct e2ee *machine, const struct e2ee_restoring *restoring, struct err *err)
{
    struct e2ee_origin origin = {"", restoring->curve25519, restoring->ed25519, "", 0};
    struct key key = {restoring->room_id, restoring->session_id, NULL, 0};
    struct e2ee_inbound *old = NULL;
    char id[E2EE_KEY_TEXT];
    int rc = 0;

    if (strlen(restoring->exported) > KEY_MAX ||
        (key.ratchet = ratchet_inbound_import(restoring->exported, NULL)) == NULL)
        return 0;
    ratchet_inbound_id(key.ratchet, id);
    key.first_index = ratchet_inbound_first_index(key.ratchet);
    if (strcmp(id, key.session_id) == 0)
        rc = e2ee_inbound_get(machine, key.room_id, key.session_id, &old, err) < 0 ? -1 : 1;
    if (rc == 1 && old != NULL) {
        origin =
            (struct e2ee_origin){old->sender_user, old->sender_curve25519, old->sender_ed25519, old->sender_device, 0};
        rc = betters(&key, old);
    }
    if (rc == 1) {
        bool authenticated = old != NULL && old->authenticated;

        rc = put(machine, &origin, &key, authenticated, err) < 0 ||
                     machine->store->unsaved_done(machine->store->self, key.room_id, key.session_id, key.first_index,
                                                  authenticated, err) < 0
                 ? -1
                 : 1;
    }
    ratchet_inbound_free(key.ratchet);
    return rc;
}

int e2ee_inbound_bind(struct e2ee *machine, struct e2ee_inbound *inbound, const char *user, struct err *err)
{
    const struct e2ee_store *store = machine->store;
    struct e2ee_origin origin = {user, inbound->sender_curve25519, inbound->sender_ed25519, "", 0};
    struct key key = {inbound->room_id, inbound->session_id, inbound->ratchet, inbound->first_index};

    if (inbound->sender_user[0] != '\0')
        return 0;
    free(inbound->sender_user);
    inbound->sender_user = mem_strdup(user);
    return keep(machine, &origin, &key, false, err) < 0
               ? -1
               : store->unsaved_done(store->self, key.room_id, key.session_id, key.first_index, false, err);
}

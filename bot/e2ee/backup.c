/*
 * The key backup: room keys go to the server, sealed to a key whose private half is in the account's secret storage,
 * soon after they came. Which backup that is was proven when this device was signed; another one that the server may
 * show is never taken, whatever it says of it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "core/base/ascii.h"

#define VALUE "backup"

enum { AT_ONCE = 50 /* room keys in one request, about 1 KiB each */, PLAIN_MAX = 8192 };

/* ---- which backup */

/* As it may stand in a path; servers count. */
static bool is_version(const char *text)
{
    size_t length = 0;

    for (; text != NULL && text[length] != '\0'; length++)
        if (length + 1 >= E2EE_VERSION_MAX || !ascii_is_unreserved(text[length]))
            return false;
    return length != 0;
}

int e2ee_backup_load(struct e2ee *machine, struct err *err)
{
    struct json *json;
    const char *version, *public;
    int rc = e2ee_value_json(machine, VALUE, &json, err);

    memset(&machine->backup, 0, sizeof(machine->backup));
    version = json_get_text(json, "version");
    public = json_get_text(json, "public_key");
    if (is_version(version) && e2ee_curve25519_text_good(public)) {
        memcpy(machine->backup.version, version, strlen(version) + 1);
        memcpy(machine->backup.public, public, E2EE_KEY_TEXT);
        machine->backup.stopped = json_get_bool(json, "stopped", false);
        machine->backup.dirty = true;
    }
    json_free(json);
    return rc;
}

static int save(struct e2ee *machine, struct err *err)
{
    struct buf text = BUF_INIT(512);
    int rc;

    buf_addf(&text, "{\"version\":\"%s\",\"public_key\":\"%s\",\"stopped\":%s}", machine->backup.version,
             machine->backup.public, machine->backup.stopped ? "true" : "false");
    rc = machine->store->value_put(machine->store->self, VALUE, buf_span(&text), err);
    buf_release(&text);
    return rc;
}

int e2ee_backup_use(struct e2ee *machine, const char *version, const char *public_key, struct err *err)
{
    bool same;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    if (!is_version(version) || !e2ee_curve25519_text_good(public_key)) {
        log_warn("e2ee-backup-not-used", LOG_STR("why", "its version or key is malformed"));
        return 0;
    }
    same = strcmp(machine->backup.version, version) == 0 && strcmp(machine->backup.public, public_key) == 0;
    memset(&machine->backup, 0, sizeof(machine->backup));
    memcpy(machine->backup.version, version, strlen(version) + 1);
    memcpy(machine->backup.public, public_key, E2EE_KEY_TEXT);
    machine->backup.dirty = true;
    if (save(machine, err) < 0)
        return -1;
    return same ? 0 : machine->store->unsaved_all(machine->store->self, err);
}

void e2ee_backup_note(struct e2ee *machine)
{
    machine->backup.dirty = true;
}

static int stop(struct e2ee *machine, const char *why, struct err *err)
{
    log_error("e2ee-backup-stopped", LOG_STR("version", machine->backup.version), LOG_STR("why", why));
    machine->backup.stopped = true;
    return save(machine, err);
}

/* ---- what goes there */

struct gathering {
    VEC(struct e2ee_inbound *) keys;
    struct e2ee *machine;
};

static int gather(void *arg, const struct e2ee_inbound_row *row)
{
    struct gathering *gathering = arg;

    vec_push(&gathering->keys, e2ee_inbound_of_row(gathering->machine, row));
    return 0;
}

/* "is_verified": the key came from a device that its owner has signed. */
static bool is_verified(struct e2ee *machine, const struct e2ee_inbound *key)
{
    struct e2ee_identity identity;
    struct e2ee_device device = {0};
    bool verified = false;

    if (strcmp(key->sender_curve25519, machine->account.curve25519) == 0)
        return key->authenticated;
    if (key->authenticated &&
        e2ee_devices_find(machine, key->sender_user, key->sender_curve25519, key->sender_ed25519, &device, NULL) == 1)
        verified = e2ee_identity_get(machine, key->sender_user, &identity, NULL) == 1 &&
                   e2ee_identity_signed(machine, &identity, &device);
    e2ee_device_release(&device);
    return verified;
}

/* BackedUpSessionData */
static void write_plain(const struct e2ee_inbound *key, struct buf *out)
{
    struct buf exported = BUF_INIT(1024);
    struct json_writer writer;

    BUG_IF(ratchet_inbound_export(key->ratchet, key->first_index, &exported) != 0);
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithm");
    json_write_text(&writer, E2EE_MEGOLM);
    json_write_key(&writer, "forwarding_curve25519_key_chain");
    json_write_begin(&writer, '[');
    json_write_end(&writer);
    json_write_key(&writer, "sender_claimed_keys");
    json_write_begin(&writer, '{');
    json_write_key(&writer, "ed25519");
    json_write_text(&writer, key->sender_ed25519);
    json_write_end(&writer);
    json_write_key(&writer, "sender_key");
    json_write_text(&writer, key->sender_curve25519);
    json_write_key(&writer, "session_key");
    json_write_span(&writer, buf_span(&exported));
    json_write_end(&writer);
    crypto_release(&exported);
}

/* KeyBackupData */
static void write_key(struct e2ee *machine, const struct e2ee_inbound *key, struct json_writer *writer)
{
    struct buf plain = BUF_INIT(PLAIN_MAX), ciphertext = BUF_INIT(2 * PLAIN_MAX);
    unsigned char public[CRYPTO_KEY];
    struct crypto_pk head;

    write_plain(key, &plain);
    BUG_IF(crypto_key_decode(machine->backup.public, public) != 0 || plain.overflowed ||
           crypto_pk_encrypt(public, buf_span(&plain), &head, &ciphertext) != 0);
    json_write_key(writer, key->session_id);
    json_write_begin(writer, '{');
    json_write_key(writer, "first_message_index");
    json_write_int(writer, key->first_index);
    json_write_key(writer, "forwarded_count");
    json_write_int(writer, 0);
    json_write_key(writer, "is_verified");
    json_write_bool(writer, is_verified(machine, key));
    json_write_key(writer, "session_data");
    json_write_begin(writer, '{');
    json_write_key(writer, "ciphertext");
    json_write_span(writer, buf_span(&ciphertext));
    json_write_key(writer, "ephemeral");
    json_write_text(writer, head.ephemeral);
    json_write_key(writer, "mac");
    json_write_text(writer, head.mac);
    json_write_end(writer);
    json_write_end(writer);
    crypto_release(&plain);
    buf_release(&ciphertext);
}

/* Those of the room of key FIRST, which is its first. */
static void write_room(const struct gathering *gathering, size_t first, struct json_writer *writer)
{
    const char *room_id = gathering->keys.at[first]->room_id;

    json_write_key(writer, room_id);
    json_write_begin(writer, '{');
    json_write_key(writer, "sessions");
    json_write_begin(writer, '{');
    for (size_t i = first; i < gathering->keys.count; i++)
        if (strcmp(gathering->keys.at[i]->room_id, room_id) == 0)
            write_key(gathering->machine, gathering->keys.at[i], writer);
    json_write_end(writer);
    json_write_end(writer);
}

static bool is_first_of_room(const struct gathering *gathering, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(gathering->keys.at[i]->room_id, gathering->keys.at[index]->room_id) == 0)
            return false;
    return true;
}

static void write_body(const struct gathering *gathering, struct buf *body)
{
    struct json_writer writer;

    json_write_init(&writer, body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "rooms");
    json_write_begin(&writer, '{');
    for (size_t i = 0; i < gathering->keys.count; i++)
        if (is_first_of_room(gathering, i))
            write_room(gathering, i, &writer);
    json_write_end(&writer);
    json_write_end(&writer);
}

/* ---- the requests */

static bool may_ask(const struct e2ee *machine)
{
    return machine->backup.version[0] != '\0' && !machine->backup.stopped && !machine->backup.under_way &&
           (machine->backup.dirty || machine->backup.doubtful);
}

static struct e2ee_pending *ask_version(struct e2ee *machine)
{
    struct buf body = BUF_INIT(1);

    machine->backup.under_way = true;
    return e2ee_pending_add(machine, E2EE_BACKUP_VERSION, "/_matrix/client/v3/room_keys/version", &body, false);
}

static struct e2ee_pending *put_keys(struct e2ee *machine, const struct gathering *gathering)
{
    struct buf body = BUF_INIT(E2EE_BODY_MAX), path = BUF_INIT(512), subject = BUF_INIT(1024);
    struct e2ee_pending *pending;

    write_body(gathering, &body);
    buf_addf(&path, "/_matrix/client/v3/room_keys/keys?version=%s", machine->backup.version);
    pending = e2ee_pending_add(machine, E2EE_BACKUP_KEYS, buf_text(&path), &body, false);
    for (size_t i = 0; i < gathering->keys.count; i++) {
        const struct e2ee_inbound *key = gathering->keys.at[i];

        buf_clear(&subject);
        buf_addf(&subject, "%u %d %s\n%s", (unsigned)key->first_index, key->authenticated ? 1 : 0, key->session_id,
                 key->room_id);
        vec_push(&pending->subjects, mem_strdup(buf_text(&subject)));
    }
    machine->backup.under_way = true;
    buf_release(&path);
    buf_release(&subject);
    return pending;
}

/* Keys that can't be read any more are left. */
static void drop_unreadable(struct gathering *gathering)
{
    for (size_t i = gathering->keys.count; i > 0; i--)
        if (gathering->keys.at[i - 1]->ratchet == NULL) {
            e2ee_inbound_free(gathering->keys.at[i - 1]);
            vec_remove(&gathering->keys, i - 1);
        }
}

struct e2ee_pending *e2ee_backup_request(struct e2ee *machine, int64_t now_ms)
{
    struct gathering gathering = {.machine = machine};
    struct e2ee_pending *pending = NULL;

    if (!may_ask(machine) || now_ms < machine->backup.retry_ms)
        return NULL;
    if (machine->backup.doubtful)
        return ask_version(machine);
    if (machine->store->unsaved_each(machine->store->self, AT_ONCE, gather, &gathering, NULL) != 0) {
        machine->backup.retry_ms = now_ms + E2EE_MINUTE_MS;
    } else {
        drop_unreadable(&gathering);
        machine->backup.dirty = gathering.keys.count != 0;
        if (gathering.keys.count != 0)
            pending = put_keys(machine, &gathering);
    }
    for (size_t i = 0; i < gathering.keys.count; i++)
        e2ee_inbound_free(gathering.keys.at[i]);
    vec_release(&gathering.keys);
    return pending;
}

int64_t e2ee_backup_due(const struct e2ee *machine)
{
    return may_ask(machine) ? machine->backup.retry_ms : -1;
}

/* ---- the answers */

int e2ee_backup_keys_answered(struct e2ee *machine, const struct e2ee_pending *pending, struct err *err)
{
    machine->backup.under_way = false;
    machine->backup.failures = 0;
    for (size_t i = 0; i < pending->subjects.count; i++) {
        char *rest = pending->subjects.at[i];
        uint32_t index = (uint32_t)strtoul(rest, &rest, 10);
        bool authenticated = strtoul(rest, &rest, 10) != 0;
        char *room_id = strchr(rest, '\n');

        BUG_IF(*rest != ' ' || room_id == NULL);
        *room_id = '\0';
        if (machine->store->unsaved_done(machine->store->self, room_id + 1, rest + 1, index, authenticated, err) < 0)
            return -1;
    }
    return 0;
}

static void try_later(struct e2ee *machine, int64_t now_ms)
{
    machine->backup.under_way = false;
    machine->backup.retry_ms = now_ms + e2ee_delay_ms(machine->backup.failures++, E2EE_SECOND_MS, E2EE_HOUR_MS);
}

/* 403 M_WRONG_ROOM_KEYS_VERSION: there is a newer backup; 404: this one was deleted. */
void e2ee_backup_keys_failed(struct e2ee *machine, int status, int64_t now_ms)
{
    try_later(machine, now_ms);
    machine->backup.doubtful = machine->backup.doubtful || status == 403 || status == 404;
}

int e2ee_backup_version_answered(struct e2ee *machine, const struct json *response, int64_t now_ms, struct err *err)
{
    const char *version = json_get_text(response, "version");
    const char *public = json_get_text(json_get(response, "auth_data"), "public_key");

    machine->backup.under_way = machine->backup.doubtful = false;
    if (!is_version(version) || public == NULL || strcmp(public, machine->backup.public) != 0)
        return stop(machine, "the homeserver has a backup whose key is not the one in secret storage", err);
    if (strcmp(version, machine->backup.version) != 0)
        return e2ee_backup_use(machine, version, public, err);
    try_later(machine, now_ms); /* the very one, and still it was refused */
    return 0;
}

int e2ee_backup_version_failed(struct e2ee *machine, int status, int64_t now_ms, struct err *err)
{
    try_later(machine, now_ms);
    return status == 404 ? stop(machine, "it was deleted", err) : 0;
}

static int count_one(void *arg, const struct e2ee_inbound_row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return 0;
}

int e2ee_backup_state(struct e2ee *machine, struct e2ee_backup_state *state, struct err *err)
{
    enum { COUNTED = 1000 };

    *state = (struct e2ee_backup_state){
        .version = machine->backup.version, .public_key = machine->backup.public, .stopped = machine->backup.stopped};
    return machine->store->unsaved_each(machine->store->self, COUNTED, count_one, &state->waiting, err) < 0 ? -1 : 0;
}

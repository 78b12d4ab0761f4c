/*
 * Users' cross-signing identities: the master and the self-signing key, the chain between them verified, the master key
 * pinned on first use. An identity that the server replaces is noted, and not believed until it is accepted.
 */
#include <stdint.h>
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

enum { SIGNED_CACHED = 4096 };
enum { VERDICT_NO = 1, VERDICT_YES = 2 }; /* as a map keeps them: as a pointer that is not NULL */

/* ---- checks */

static bool has_usage(const struct json *key, const char *usage)
{
    const struct json *usages = json_get(key, "usage");

    for (size_t i = 0; i < json_count(usages); i++) {
        const char *text = json_text(json_at(usages, i));

        if (text != NULL && strcmp(text, usage) == 0)
            return true;
    }
    return false;
}

const char *e2ee_identity_key(const struct json *object, const char *user_id, const char *usage)
{
    const struct json *keys = json_get(object, "keys");
    const char *owner = json_get_text(object, "user_id");
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *name, *text;

    if (owner == NULL || strcmp(owner, user_id) != 0 || !has_usage(object, usage) ||
        json_check_event(object, E2EE_EVENT_MAX, NULL) != 0 || !json_next(keys, &cursor, &name, &value))
        return NULL;
    text = json_text(value);
    if (strncmp(name, "ed25519:", 8) != 0 || !e2ee_ed25519_text_good(text) || strcmp(name + 8, text) != 0 ||
        json_next(keys, &cursor, &name, &value))
        return NULL;
    return text;
}

const char *e2ee_identity_chained(const struct json *object, const char *user_id, const char *usage, const char *master)
{
    const char *key = e2ee_identity_key(object, user_id, usage);

    return key != NULL && e2ee_signed_by(object, user_id, master, master) ? key : NULL;
}

/* ---- what is kept: {"master_key", "self_signing_key"} pinned, "verified" (the master key that people compared), and
 * while the server shows others these under "seen", with the ids of the devices that were signed before in "vouched" */

struct pair {
    const struct json *master, *self_signing;
};

struct kept {
    struct pair pinned, seen;
    const char *verified;       /* NULL: none was */
    const struct json *vouched; /* NULL: none */
};

static void write_pair(struct json_writer *writer, struct pair pair)
{
    struct buf text = BUF_INIT(E2EE_EVENT_MAX);

    json_write_key(writer, "master_key");
    json_print(pair.master, &text);
    json_write_raw(writer, buf_span(&text));
    if (pair.self_signing != NULL) {
        buf_clear(&text);
        json_write_key(writer, "self_signing_key");
        json_print(pair.self_signing, &text);
        json_write_raw(writer, buf_span(&text));
    }
    buf_release(&text);
}

static void write_seen(struct json_writer *writer, const struct kept *kept)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);

    json_write_key(writer, "seen");
    json_write_begin(writer, '{');
    write_pair(writer, kept->seen);
    json_write_end(writer);
    if (kept->vouched == NULL)
        return;
    json_print(kept->vouched, &text);
    json_write_key(writer, "vouched");
    json_write_raw(writer, buf_span(&text));
    buf_release(&text);
}

static int put(struct e2ee *machine, const char *user_id, const struct kept *kept, const struct buf *old,
               struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_writer writer;
    int rc = 0;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    write_pair(&writer, kept->pinned);
    if (kept->verified != NULL) {
        json_write_key(&writer, "verified");
        json_write_text(&writer, kept->verified);
    }
    if (kept->seen.master != NULL)
        write_seen(&writer, kept);
    json_write_end(&writer);
    if (old == NULL || !span_equal(buf_span(&text), buf_span(old))) {
        machine->generation++;
        rc = machine->store->identity_put(machine->store->self, user_id, buf_span(&text), err);
    }
    buf_release(&text);
    return rc;
}

static struct pair pair_of(const struct json *json)
{
    return (struct pair){json_get(json, "master_key"), json_get(json, "self_signing_key")};
}

static void take_keys(const struct json *json, const char *user_id, struct e2ee_identity *identity)
{
    const char *master = e2ee_identity_key(json_get(json, "master_key"), user_id, "master");
    const char *seen = e2ee_identity_key(json_get(json_get(json, "seen"), "master_key"), user_id, "master");
    const char *verified = json_get_text(json, "verified");
    const char *self_signing = NULL;

    if (master != NULL)
        self_signing = e2ee_identity_chained(json_get(json, "self_signing_key"), user_id, "self_signing", master);
    memset(identity, 0, sizeof(*identity));
    if (master != NULL)
        memcpy(identity->master, master, E2EE_KEY_TEXT);
    if (self_signing != NULL)
        memcpy(identity->self_signing, self_signing, E2EE_KEY_TEXT);
    if (seen != NULL)
        memcpy(identity->seen, seen, E2EE_KEY_TEXT);
    identity->verified = master != NULL && verified != NULL && strcmp(verified, master) == 0;
    identity->changed = json_get(json, "seen") != NULL;
}

/* The devices that the pinned identity has signed, as the list was before the server showed another: their owner has
 * them still, whatever the server says. */
static struct json *list_vouched(struct e2ee *machine, const char *user_id, const struct json *old, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct e2ee_devices devices = {0};
    struct e2ee_identity identity;
    struct json_writer writer;
    struct json *list = NULL;

    take_keys(old, user_id, &identity);
    if (e2ee_devices_of(machine, user_id, &devices, err) == 0) {
        json_write_init(&writer, &text);
        json_write_begin(&writer, '[');
        for (size_t i = 0; i < devices.count; i++)
            if (!devices.at[i].deleted && e2ee_identity_signed(machine, &identity, &devices.at[i]))
                json_write_text(&writer, devices.at[i].device_id);
        json_write_end(&writer);
        list = json_parse(buf_span(&text), NULL);
    }
    e2ee_devices_release(&devices);
    buf_release(&text);
    return list;
}

/* The server shows another identity than the pinned one. */
static int note_other(struct e2ee *machine, const char *user_id, const struct json *old, const struct buf *old_text,
                      struct kept *kept, struct err *err)
{
    struct json *vouched =
        json_get(old, "seen") != NULL ? json_keep(json_get(old, "vouched")) : list_vouched(machine, user_id, old, err);
    int rc = -1;

    kept->vouched = vouched;
    if (vouched != NULL)
        rc = put(machine, user_id, kept, old_text, err);
    json_free(vouched);
    return rc;
}

int e2ee_identity_update(struct e2ee *machine, const char *user_id, const struct json *master,
                         const struct json *self_signing, struct err *err)
{
    const char *master_key = e2ee_identity_key(master, user_id, "master");
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json *old = NULL;
    struct kept kept = {0};
    const char *pinned_key;
    bool same, may, proven;
    int rc;

    if (master_key == NULL)
        return 0; /* none, or none that can be used: one that is pinned stays */
    if (e2ee_identity_chained(self_signing, user_id, "self_signing", master_key) == NULL)
        self_signing = NULL;
    rc = machine->store->identity_get(machine->store->self, user_id, &text, err);
    if (rc < 0)
        goto done;
    old = rc == 1 ? json_parse(buf_span(&text), NULL) : NULL;
    kept.pinned = pair_of(old);
    kept.verified = json_get_text(old, "verified");
    pinned_key = e2ee_identity_key(kept.pinned.master, user_id, "master");
    same = pinned_key != NULL && strcmp(pinned_key, master_key) == 0;
    may = e2ee_own_is(machine, user_id, master_key, &proven);
    rc = 0;
    if (proven || (may && (same || pinned_key == NULL))) {
        kept.pinned = (struct pair){master, same && self_signing == NULL ? kept.pinned.self_signing : self_signing};
        rc = put(machine, user_id, &kept, old != NULL ? &text : NULL, err);
    } else {
        log_warn("e2ee-identity-changed", LOG_STR("user", user_id));
        kept.seen = (struct pair){master, self_signing};
        if (pinned_key != NULL) /* else our own account's, and not the one that was proven: nothing of it is kept */
            rc = note_other(machine, user_id, old, &text, &kept, err);
    }
done:
    json_free(old);
    buf_release(&text);
    return rc;
}

static int get(struct e2ee *machine, const char *user_id, struct json **json, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    int rc = machine->store->identity_get(machine->store->self, user_id, &text, err);

    *json = rc == 1 ? json_parse(buf_span(&text), NULL) : NULL;
    buf_release(&text);
    return rc < 0 ? -1 : *json != NULL;
}

int e2ee_identity_get(struct e2ee *machine, const char *user_id, struct e2ee_identity *identity, struct err *err)
{
    struct json *json;
    bool proven;
    int rc = get(machine, user_id, &json, err);

    take_keys(json, user_id, identity);
    json_free(json);
    if (rc < 0 || e2ee_own_is(machine, user_id, identity->master, &proven))
        return rc < 0 ? -1 : identity->master[0] != '\0';
    /* Ours was proven and this is not it, or it is hidden: an identity under which no device is signed. */
    memset(identity, 0, sizeof(*identity));
    memcpy(identity->master, machine->own.master, E2EE_KEY_TEXT);
    identity->changed = true;
    return 1;
}

int e2ee_identity_vouches(struct e2ee *machine, const char *user_id, const char *device_id, struct err *err)
{
    struct json *json;
    const struct json *vouched;
    int rc = get(machine, user_id, &json, err);

    vouched = json_get(json, "vouched");
    if (rc == 1)
        rc = 0;
    for (size_t i = 0; rc == 0 && i < json_count(vouched); i++) {
        const char *text = json_text(json_at(vouched, i));

        rc = text != NULL && strcmp(text, device_id) == 0;
    }
    json_free(json);
    return rc;
}

int e2ee_identity_accept(struct e2ee *machine, const char *user_id, struct err *err)
{
    struct json *json;
    struct kept kept = {0};
    int rc;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    rc = get(machine, user_id, &json, err);
    kept.pinned = pair_of(json_get(json, "seen"));
    if (rc == 1 && kept.pinned.master != NULL)
        rc = put(machine, user_id, &kept, NULL, err) == 0 ? 1 : -1;
    else if (rc == 1)
        rc = 0;
    json_free(json);
    return rc;
}

int e2ee_identity_verify(struct e2ee *machine, const char *user_id, const char *master, struct err *err)
{
    struct json *json;
    struct kept kept = {.verified = master};
    struct e2ee_identity identity;
    int rc = get(machine, user_id, &json, err);

    take_keys(json, user_id, &identity);
    kept.pinned = identity.changed ? pair_of(json_get(json, "seen")) : pair_of(json);
    if (rc == 1 && strcmp(identity.changed ? identity.seen : identity.master, master) == 0)
        rc = put(machine, user_id, &kept, NULL, err) == 0 ? 1 : -1;
    else if (rc == 1)
        rc = 0;
    json_free(json);
    return rc;
}

int e2ee_identity_master(struct e2ee *machine, const char *user_id, struct json **master, struct err *err)
{
    struct json *json;
    int rc = get(machine, user_id, &json, err);

    *master = json_get(json, "master_key") != NULL ? json_keep(json_get(json, "master_key")) : NULL;
    json_free(json);
    return rc < 0 ? -1 : *master != NULL;
}

/* Each message that we seal asks for it: what was found is good until a list or an identity changes. */
bool e2ee_identity_changed(struct e2ee *machine, const char *user_id)
{
    struct e2ee_identity identity;
    int rc;

    if (!machine->loaded)
        return false;
    if (machine->unchanged_generation != machine->generation) {
        map_free(machine->unchanged, NULL);
        machine->unchanged = map_new(machine->seed);
        machine->unchanged_generation = machine->generation;
    }
    if (map_get(machine->unchanged, user_id) != NULL)
        return false;
    rc = e2ee_identity_get(machine, user_id, &identity, NULL);
    if (rc >= 0 && !identity.changed)
        map_put(machine->unchanged, user_id, machine);
    return rc == 1 && identity.changed;
}

/* ---- signed devices */

static bool check_signature(const struct e2ee_identity *identity, const struct e2ee_device *device)
{
    struct json *keys = json_parse(span_of(device->keys_json), NULL);
    bool good = e2ee_signed_by(keys, device->user_id, identity->self_signing, identity->self_signing);

    json_free(keys);
    return good;
}

/* A room of 300 devices asks this 300 times after each change of one of them: verdicts are remembered by content. */
bool e2ee_identity_signed(struct e2ee *machine, const struct e2ee_identity *identity, const struct e2ee_device *device)
{
    unsigned char digest[CRYPTO_SHA256];
    struct buf text = BUF_INIT(E2EE_EVENT_MAX + E2EE_KEY_TEXT), name = BUF_INIT(64);
    uintptr_t verdict;

    if (identity->self_signing[0] == '\0')
        return false;
    buf_adds(&text, identity->self_signing);
    buf_adds(&text, device->keys_json);
    crypto_sha256(buf_span(&text), digest);
    crypto_base64((struct span){(const char *)digest, sizeof(digest)}, &name);
    verdict = (uintptr_t)map_get(machine->signed_cache, buf_text(&name));
    if (verdict == 0) {
        if (map_count(machine->signed_cache) >= SIGNED_CACHED) {
            map_free(machine->signed_cache, NULL);
            machine->signed_cache = map_new(machine->seed);
        }
        verdict = check_signature(identity, device) ? VERDICT_YES : VERDICT_NO;
        map_put(machine->signed_cache, buf_text(&name), (void *)verdict);
    }
    buf_release(&text);
    buf_release(&name);
    return verdict == VERDICT_YES;
}

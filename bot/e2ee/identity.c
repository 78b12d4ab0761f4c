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

/* ---- what is kept: {"master_key", "self_signing_key"} pinned, and the same under "seen" when the server shows others
 */

static void write_keys(struct json_writer *writer, const struct json *master, const struct json *self_signing)
{
    struct buf text = BUF_INIT(E2EE_EVENT_MAX);

    json_write_key(writer, "master_key");
    json_print(master, &text);
    json_write_raw(writer, buf_span(&text));
    if (self_signing != NULL) {
        buf_clear(&text);
        json_write_key(writer, "self_signing_key");
        json_print(self_signing, &text);
        json_write_raw(writer, buf_span(&text));
    }
    buf_release(&text);
}

struct pair {
    const struct json *master, *self_signing;
};

static int put(struct e2ee *machine, const char *user_id, struct pair pinned, struct pair seen, const struct buf *old,
               struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_writer writer;
    int rc = 0;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    write_keys(&writer, pinned.master, pinned.self_signing);
    if (seen.master != NULL) {
        json_write_key(&writer, "seen");
        json_write_begin(&writer, '{');
        write_keys(&writer, seen.master, seen.self_signing);
        json_write_end(&writer);
    }
    json_write_end(&writer);
    if (old == NULL || !span_equal(buf_span(&text), buf_span(old))) {
        machine->generation++;
        rc = machine->store->identity_put(machine->store->self, user_id, buf_span(&text), err);
    }
    buf_release(&text);
    return rc;
}

int e2ee_identity_update(struct e2ee *machine, const char *user_id, const struct json *master,
                         const struct json *self_signing, struct err *err)
{
    const char *master_key = e2ee_identity_key(master, user_id, "master");
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json *old = NULL;
    struct pair pinned, seen = {0};
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
    pinned = (struct pair){json_get(old, "master_key"), json_get(old, "self_signing_key")};
    pinned_key = e2ee_identity_key(pinned.master, user_id, "master");
    same = pinned_key != NULL && strcmp(pinned_key, master_key) == 0;
    may = e2ee_own_is(machine, user_id, master_key, &proven);
    if (proven || (may && (same || pinned_key == NULL))) {
        pinned = (struct pair){master, same && self_signing == NULL ? pinned.self_signing : self_signing};
    } else {
        log_warn("e2ee-identity-changed", LOG_STR("user", user_id));
        seen = (struct pair){master, self_signing};
        if (pinned_key == NULL)
            goto done; /* our own account's, and not the one that was proven: nothing of it is kept */
    }
    rc = put(machine, user_id, pinned, seen, old != NULL ? &text : NULL, err);
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

static void take_keys(const struct json *json, const char *user_id, struct e2ee_identity *identity)
{
    const char *master = e2ee_identity_key(json_get(json, "master_key"), user_id, "master");
    const char *self_signing = NULL;

    if (master != NULL)
        self_signing = e2ee_identity_chained(json_get(json, "self_signing_key"), user_id, "self_signing", master);
    memset(identity, 0, sizeof(*identity));
    if (master != NULL)
        memcpy(identity->master, master, E2EE_KEY_TEXT);
    if (self_signing != NULL)
        memcpy(identity->self_signing, self_signing, E2EE_KEY_TEXT);
    identity->changed = json_get(json, "seen") != NULL;
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

int e2ee_identity_accept(struct e2ee *machine, const char *user_id, struct err *err)
{
    struct json *json;
    const struct json *seen;
    struct pair none = {0};
    int rc;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    rc = get(machine, user_id, &json, err);
    seen = json_get(json, "seen");
    if (rc == 1 && seen != NULL) {
        struct pair pinned = {json_get(seen, "master_key"), json_get(seen, "self_signing_key")};

        rc = put(machine, user_id, pinned, none, NULL, err) == 0 ? 1 : -1;
    } else if (rc == 1) {
        rc = 0;
    }
    json_free(json);
    return rc;
}

bool e2ee_identity_changed(struct e2ee *machine, const char *user_id)
{
    struct e2ee_identity identity;

    return machine->loaded && e2ee_identity_get(machine, user_id, &identity, NULL) == 1 && identity.changed;
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

/*
 * The device's own keys: made once, published, refilled. Private keys are in the store before the server hears of the
 * public ones; an upload that was not acknowledged is repeated with the same keys.
 */
#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

enum {
    ASK_EVERY_MS = 10 * E2EE_MINUTE_MS,
    FALLBACK_KEPT_MS = E2EE_HOUR_MS, /* a message under the old fallback key may come that late */
    REFUSALS = 3                     /* uploads refused in a row until it is taken as final */
};

/* ---- what is kept */

static int save_state(struct e2ee *machine, struct err *err)
{
    struct buf text = BUF_INIT(1024);
    struct json_writer writer;
    int rc;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "device_id");
    json_write_text(&writer, machine->device_id);
    json_write_key(&writer, "fallback_made");
    json_write_int(&writer, machine->account.fallback_made_ms);
    json_write_key(&writer, "fallback_old");
    json_write_bool(&writer, machine->account.fallback_old);
    json_write_key(&writer, "published");
    json_write_bool(&writer, machine->account.published);
    json_write_end(&writer);
    rc = machine->store->value_put(machine->store->self, "account-state", buf_span(&text), err);
    buf_release(&text);
    return rc;
}

int e2ee_account_save(struct e2ee *machine, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    int rc;

    BUG_IF(ratchet_account_pickle(machine->account.ratchet, machine->pickle_key, &pickle) != 0);
    rc = machine->store->value_put(machine->store->self, "account", buf_span(&pickle), err);
    crypto_release(&pickle);
    return rc;
}

static int load_state(struct e2ee *machine, struct err *err)
{
    struct json *state;
    const char *device_id;
    int rc = e2ee_value_json(machine, "account-state", &state, err);

    if (rc != 0)
        return rc;
    device_id = json_get_text(state, "device_id");
    if (device_id == NULL || strcmp(device_id, machine->device_id) != 0)
        rc = err_set(err, ERR_CONFIG, "the store holds the keys of another device (%s)",
                     device_id != NULL ? device_id : "unknown");
    machine->account.published = json_get_bool(state, "published", false);
    machine->account.fallback_old = json_get_bool(state, "fallback_old", false);
    json_get_int(state, "fallback_made", &machine->account.fallback_made_ms);
    json_free(state);
    return rc;
}

static void count_key(void *arg, const char *key_id, const char *curve25519)
{
    (void)key_id;
    (void)curve25519;
    ++*(size_t *)arg;
}

static bool has_unpublished(struct e2ee *machine)
{
    size_t count = 0;

    ratchet_account_unpublished(machine->account.ratchet, false, count_key, &count);
    ratchet_account_unpublished(machine->account.ratchet, true, count_key, &count);
    return count != 0;
}

static void write_device(struct e2ee *machine)
{
    struct buf plain = BUF_INIT(E2EE_EVENT_MAX), device = BUF_INIT(E2EE_EVENT_MAX), name = BUF_INIT(E2EE_ID_MAX + 16);
    struct json_writer writer;

    json_write_init(&writer, &plain);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithms");
    json_write_begin(&writer, '[');
    json_write_text(&writer, E2EE_OLM);
    json_write_text(&writer, E2EE_MEGOLM);
    json_write_end(&writer);
    json_write_key(&writer, "device_id");
    json_write_text(&writer, machine->device_id);
    json_write_key(&writer, "keys");
    json_write_begin(&writer, '{');
    buf_addf(&name, "curve25519:%s", machine->device_id);
    json_write_key(&writer, buf_text(&name));
    json_write_text(&writer, machine->account.curve25519);
    buf_clear(&name);
    buf_addf(&name, "ed25519:%s", machine->device_id);
    json_write_key(&writer, buf_text(&name));
    json_write_text(&writer, machine->account.ed25519);
    json_write_end(&writer);
    json_write_key(&writer, "user_id");
    json_write_text(&writer, machine->user_id);
    json_write_end(&writer);
    e2ee_sign(machine, buf_span(&plain), &device);
    machine->account.device_json = buf_steal(&device);
    buf_release(&plain);
    buf_release(&name);
}

static int make_account(struct e2ee *machine, int64_t now_ms, struct err *err)
{
    machine->account.ratchet = ratchet_account_new();
    ratchet_account_make_keys(machine->account.ratchet, ratchet_account_max_keys(machine->account.ratchet) / 2);
    ratchet_account_make_fallback(machine->account.ratchet);
    machine->account.fallback_made_ms = now_ms;
    return e2ee_account_save(machine, err) == 0 ? save_state(machine, err) : -1;
}

int e2ee_account_load(struct e2ee *machine, int64_t now_ms, struct err *err)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    int rc = machine->store->value_get(machine->store->self, "account", &pickle, err);

    if (rc == 1) {
        machine->account.ratchet = ratchet_account_unpickle(machine->pickle_key, buf_span(&pickle), err);
        rc = machine->account.ratchet != NULL ? load_state(machine, err) : -1;
    } else if (rc == 0) {
        rc = make_account(machine, now_ms, err);
    }
    crypto_release(&pickle);
    if (rc != 0)
        return -1;
    ratchet_account_keys(machine->account.ratchet, machine->account.curve25519, machine->account.ed25519);
    machine->account.unpublished = has_unpublished(machine);
    write_device(machine);
    return 0;
}

int e2ee_has_account(const struct e2ee_store *store)
{
    struct buf pickle = BUF_INIT(E2EE_PICKLE_MAX);
    int found = store->value_get(store->self, "account", &pickle, NULL);

    crypto_release(&pickle);
    return found;
}

void e2ee_account_unload(struct e2ee *machine)
{
    unsigned refusals = machine->account.refusals;

    ratchet_account_free(machine->account.ratchet);
    free(machine->account.device_json);
    memset(&machine->account, 0, sizeof(machine->account));
    machine->account.refusals = refusals;
}

/* ---- what the server says */

/* Keys are only made when none is on its way: what an answer then marks as published is exactly what was sent. */
static bool may_make(const struct e2ee *machine)
{
    return !machine->account.unpublished && !machine->account.under_way;
}

static int top_up(struct e2ee *machine, int64_t count, struct err *err)
{
    int64_t target = (int64_t)ratchet_account_max_keys(machine->account.ratchet) / 2;

    if (count >= target)
        return 0;
    ratchet_account_make_keys(machine->account.ratchet, (size_t)(target - count));
    machine->account.unpublished = true;
    return e2ee_account_save(machine, err);
}

/* libolm drops its oldest keys beyond 100, so that a wrong count would cost messages: when in doubt the server is
 * asked. */
static int count_keys(struct e2ee *machine, const struct json *counts, bool may, int64_t now_ms, struct err *err)
{
    int64_t count;

    if (json_get_int(counts, E2EE_KEY_ALGORITHM, &count) && count >= 0)
        return may ? top_up(machine, count, err) : 0;
    if (machine->account.asked_ms == 0 || now_ms - machine->account.asked_ms >= ASK_EVERY_MS) {
        machine->account.ask = true;
        machine->account.asked_ms = now_ms;
    }
    return 0;
}

static bool array_has(const struct json *array, const char *text)
{
    for (size_t i = 0; i < json_count(array); i++) {
        const char *entry = json_text(json_at(array, i));

        if (entry != NULL && strcmp(entry, text) == 0)
            return true;
    }
    return false;
}

static int fallback(struct e2ee *machine, const struct json *unused, bool may, int64_t now_ms, struct err *err)
{
    bool rest = now_ms - machine->account.fallback_made_ms >= FALLBACK_KEPT_MS;
    bool changed = false;

    if (machine->account.fallback_old && rest) {
        ratchet_account_forget_fallback(machine->account.ratchet);
        machine->account.fallback_old = false;
        changed = true;
    }
    /* A fallback key may be used many times; replacing it sooner could drop the one that a message is under way for. */
    if (json_is_array(unused) && !array_has(unused, E2EE_KEY_ALGORITHM) && rest && may) {
        ratchet_account_make_fallback(machine->account.ratchet);
        machine->account.fallback_made_ms = now_ms;
        machine->account.fallback_old = true;
        machine->account.unpublished = true;
        changed = true;
    }
    if (!changed)
        return 0;
    return e2ee_account_save(machine, err) == 0 ? save_state(machine, err) : -1;
}

int e2ee_account_sync(struct e2ee *machine, const struct e2ee_sync *sync, struct err *err)
{
    bool may = may_make(machine);

    if (count_keys(machine, sync->one_time_key_counts, may, sync->now_ms, err) < 0)
        return -1;
    return fallback(machine, sync->unused_fallback_key_types, may, sync->now_ms, err);
}

/* ---- the upload */

struct key_writing {
    struct e2ee *machine;
    struct json_writer *writer;
    bool fallback;
};

static void write_key(void *arg, const char *key_id, const char *curve25519)
{
    struct key_writing *keys = arg;
    struct buf text = BUF_INIT(512), plain = BUF_INIT(512), with = BUF_INIT(4 * E2EE_ID_MAX + 1024);

    buf_addf(&plain, keys->fallback ? "{\"fallback\":true,\"key\":\"%s\"}" : "{\"key\":\"%s\"}", curve25519);
    buf_addf(&text, "%s:%s", E2EE_KEY_ALGORITHM, key_id);
    e2ee_sign(keys->machine, buf_span(&plain), &with);
    json_write_key(keys->writer, buf_text(&text));
    json_write_raw(keys->writer, buf_span(&with));
    buf_release(&text);
    buf_release(&plain);
    buf_release(&with);
}

static void write_keys(struct e2ee *machine, struct json_writer *writer, const char *name, bool is_fallback)
{
    struct key_writing keys = {machine, writer, is_fallback};

    json_write_key(writer, name);
    json_write_begin(writer, '{');
    ratchet_account_unpublished(machine->account.ratchet, is_fallback, write_key, &keys);
    json_write_end(writer);
}

struct e2ee_pending *e2ee_account_request(struct e2ee *machine, int64_t now_ms)
{
    struct buf body = BUF_INIT(E2EE_BODY_MAX);
    struct json_writer writer;

    if (machine->account.under_way || now_ms < machine->account.retry_ms ||
        (machine->account.published && !machine->account.unpublished && !machine->account.ask))
        return NULL;
    json_write_init(&writer, &body);
    json_write_begin(&writer, '{');
    if (!machine->account.published) {
        json_write_key(&writer, "device_keys");
        json_write_raw(&writer, span_of(machine->account.device_json));
    }
    if (machine->account.unpublished) {
        write_keys(machine, &writer, "one_time_keys", false);
        write_keys(machine, &writer, "fallback_keys", true);
    }
    json_write_end(&writer);
    machine->account.under_way = true;
    machine->account.sent_device = !machine->account.published;
    return e2ee_pending_add(machine, E2EE_KEYS_UPLOAD, "/_matrix/client/v3/keys/upload", &body, false);
}

int e2ee_account_answered(struct e2ee *machine, const struct json *response, struct err *err)
{
    const struct json *counts = json_get(response, "one_time_key_counts");
    bool had_keys = machine->account.unpublished;
    bool changed = machine->account.sent_device || had_keys;
    int64_t count = 0;

    machine->account.under_way = false;
    machine->account.ask = false;
    machine->account.failures = machine->account.refusals = 0;
    if (changed) {
        ratchet_account_mark_published(machine->account.ratchet);
        machine->account.published |= machine->account.sent_device;
        machine->account.unpublished = false;
        if (e2ee_account_save(machine, err) < 0 || save_state(machine, err) < 0)
            return -1;
    }
    /* After keys were sent the next sync says what is missing: a wrong count here must not make an endless circle. */
    if (!json_is_object(counts) || had_keys)
        return 0;
    /* "If an algorithm is not listed, the count for that algorithm should be assumed to be 0." */
    if (json_get(counts, E2EE_KEY_ALGORITHM) != NULL && !json_get_int(counts, E2EE_KEY_ALGORITHM, &count))
        return 0;
    return count >= 0 ? top_up(machine, count, err) : 0;
}

static int not_ours(const struct e2ee *machine, struct err *err)
{
    return err_set(err, ERR_CONFIG,
                   "the homeserver has other keys for device %.64s: the store was cloned or is an old copy. Make a "
                   "new device of it by " E2EE_RENEW ", and run spotter verify",
                   machine->device_id);
}

int e2ee_account_failed(struct e2ee *machine, int status, int64_t now_ms, struct err *err)
{
    machine->account.under_way = false;
    machine->account.retry_ms = now_ms + e2ee_delay_ms(machine->account.failures++, E2EE_SECOND_MS, E2EE_AWAY_MAX_MS);
    if (status != 400)
        return 0;
    log_error("e2ee-keys-refused", LOG_INT("times", ++machine->account.refusals));
    return machine->account.refusals < REFUSALS ? 0 : not_ours(machine, err);
}

/* ---- what the server shows */

static bool shows_other(const struct e2ee *machine, const struct json *keys, const char *algorithm, const char *ours)
{
    struct buf name = BUF_INIT(E2EE_ID_MAX + 16);
    const char *shown;

    buf_addf(&name, "%s:%s", algorithm, machine->device_id);
    shown = json_get_text(keys, buf_text(&name));
    buf_release(&name);
    return shown != NULL && strcmp(shown, ours) != 0;
}

int e2ee_account_shown(struct e2ee *machine, const struct json *devices, struct err *err)
{
    const struct json *device = json_get(devices, machine->device_id);
    const struct json *keys = json_get(device, "keys");

    if (!machine->account.published)
        return 0;
    if (shows_other(machine, keys, "curve25519", machine->account.curve25519) ||
        shows_other(machine, keys, "ed25519", machine->account.ed25519))
        return not_ours(machine, err);
    /* Its session was ended there, and another one begun: the keys went with the first. Once, whatever it shows then.
     */
    if (device != NULL || machine->own.published_again)
        return 0;
    log_warn("e2ee-keys-gone", LOG_STR("device", machine->device_id));
    machine->own.published_again = true;
    machine->account.published = false;
    return save_state(machine, err);
}

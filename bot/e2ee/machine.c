/*
 * The machine as a whole: loading it from the store, the parts of a sync, and small things that its files share.
 */
#include "bot/e2ee/machine.h"

#include <stdlib.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"

enum { QUIET_MS = E2EE_SECOND_MS, DELAY_DOUBLINGS = 16 };

/* ---- shared by the files */

int64_t e2ee_delay_ms(unsigned failures, int64_t base_ms, int64_t cap_ms)
{
    int64_t delay = base_ms << (failures < DELAY_DOUBLINGS ? failures : DELAY_DOUBLINGS);
    uint32_t random;

    if (delay > cap_ms)
        delay = cap_ms;
    BUG_IF(crypto_random(&random, sizeof(random)) != 0);
    return delay / 2 + (int64_t)(random % (uint32_t)(delay / 2 + 1));
}

int64_t e2ee_unasked_due(int64_t taken_until_ms)
{
    return taken_until_ms - E2EE_UNASKED_BURST_MS;
}

void e2ee_unasked_done(int64_t *taken_until_ms, int64_t now_ms)
{
    *taken_until_ms = (*taken_until_ms > now_ms ? *taken_until_ms : now_ms) + E2EE_UNASKED_MS;
}

bool e2ee_is_refusal(int status)
{
    return status >= 400 && status != 429;
}

bool e2ee_id_good(const char *id)
{
    size_t length = 0;

    if (id == NULL)
        return false;
    for (; id[length] != '\0'; length++)
        if (length == E2EE_ID_MAX || (unsigned char)id[length] < ' ')
            return false;
    return length != 0;
}

void e2ee_random_hex(struct buf *out)
{
    unsigned char bytes[8];

    BUG_IF(crypto_random(bytes, sizeof(bytes)) != 0);
    crypto_hex((struct span){(const char *)bytes, sizeof(bytes)}, out);
}

int e2ee_store_json(const struct e2ee_store *store, const char *name, struct json **json, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    int rc = store->value_get(store->self, name, &text, err);

    *json = rc == 1 ? json_parse(buf_span(&text), NULL) : NULL;
    buf_release(&text);
    return rc < 0 ? -1 : 0;
}

int e2ee_value_json(struct e2ee *machine, const char *name, struct json **json, struct err *err)
{
    return e2ee_store_json(machine->store, name, json, err);
}

/* ---- life */

static void unload(struct e2ee *machine)
{
    machine->loaded = false;
    e2ee_verify_unload(machine);
    e2ee_requests_unload(machine);
    e2ee_parked_unload(machine);
    e2ee_withheld_unload(machine);
    e2ee_megolm_unload(machine);
    e2ee_outbound_unload(machine);
    e2ee_wedge_unload(machine);
    e2ee_claims_unload(machine);
    e2ee_devices_unload(machine);
    e2ee_account_unload(machine);
}

static int load(struct e2ee *machine, int64_t now_ms, struct err *err)
{
    machine->claims = map_new(machine->seed);
    machine->outbounds = map_new(machine->seed);
    machine->generation++;
    if (e2ee_account_load(machine, now_ms, err) < 0 || e2ee_own_load(machine, err) < 0 ||
        e2ee_backup_load(machine, err) < 0 || e2ee_devices_load(machine, err) < 0 ||
        e2ee_devices_track(machine, machine->user_id, err) < 0 || e2ee_wedge_load(machine, err) < 0 ||
        e2ee_parked_load(machine, err) < 0 || e2ee_withheld_load(machine, err) < 0 ||
        e2ee_signing_load(machine, err) < 0 || e2ee_requests_load(machine, err) < 0 ||
        e2ee_verify_load(machine, now_ms, err) < 0) {
        unload(machine);
        return -1;
    }
    machine->loaded = true;
    return 0;
}

struct e2ee *e2ee_new(const struct e2ee_options *options, int64_t now_ms, struct err *err)
{
    struct e2ee *machine = mem_zero(1, sizeof(*machine));

    machine->user_id = mem_strdup(options->user_id);
    machine->device_id = mem_strdup(options->device_id);
    memcpy(machine->pickle_key, options->pickle_key, sizeof(machine->pickle_key));
    machine->share = options->share;
    machine->store = options->store;
    machine->keys_only = options->keys_only;
    BUG_IF(crypto_random(&machine->seed, sizeof(machine->seed)) != 0);
    if (!e2ee_id_good(machine->user_id) || !e2ee_id_good(machine->device_id))
        err_set(err, ERR_CONFIG, "the user or device id is malformed");
    else if (load(machine, now_ms, err) == 0)
        return machine;
    e2ee_free(machine);
    return NULL;
}

void e2ee_free(struct e2ee *machine)
{
    if (machine == NULL)
        return;
    unload(machine);
    e2ee_requests_free(machine);
    crypto_cleanse(machine->pickle_key, sizeof(machine->pickle_key));
    free(machine->user_id);
    free(machine->device_id);
    free(machine);
}

int e2ee_reload(struct e2ee *machine, int64_t now_ms, struct err *err)
{
    unload(machine);
    machine->quiet_until_ms = now_ms + QUIET_MS;
    return load(machine, now_ms, err);
}

void e2ee_fingerprint(const struct e2ee *machine, char ed25519[44])
{
    memcpy(ed25519, machine->account.ed25519, E2EE_KEY_TEXT);
}

/* ---- sync */

static const struct {
    const char *type;
    int (*take)(struct e2ee *machine, const struct json *event, int64_t now_ms, struct err *err);
} to_device_types[] = {
    {"m.room.encrypted", e2ee_olm_receive},
    {"m.room_key.withheld", e2ee_withheld_receive},
};

/* Keys come by Olm, and we give none to whoever asks. */
static const char *const refused_types[] = {"m.room_key", "m.forwarded_room_key", "m.room_key_request"};

static void log_untaken(const struct json *event, const char *type)
{
    const char *sender = json_get_text(event, "sender");

    for (size_t i = 0; type != NULL && i < ARRAY_LENGTH(refused_types); i++)
        if (strcmp(type, refused_types[i]) == 0) {
            log_warn("e2ee-to-device-refused", LOG_STR("type", type), LOG_STR("sender", sender));
            return;
        }
    log_debug("e2ee-to-device-ignored", LOG_STR("type", type), LOG_STR("sender", sender));
}

/* Others are not ours to take; those of verifications come by e2ee_verify_receive(). */
static int take_to_device(struct e2ee *machine, const struct json *event, int64_t now_ms, struct err *err)
{
    const char *type = json_get_text(event, "type");
    struct err why = {0};

    if (json_check_event(event, 2 * E2EE_EVENT_MAX, &why) != 0) {
        log_warn("e2ee-to-device-refused", LOG_STR("reason", why.text));
        return 0;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(to_device_types); i++)
        if (type != NULL && strcmp(type, to_device_types[i].type) == 0)
            return to_device_types[i].take(machine, event, now_ms, err);
    log_untaken(event, type);
    return 0;
}

int e2ee_receive_sync(struct e2ee *machine, const struct e2ee_sync *sync, struct err *err)
{
    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    if (e2ee_devices_sync(machine, sync->device_lists, err) < 0)
        return -1;
    for (size_t i = 0; i < json_count(sync->to_device); i++)
        if (take_to_device(machine, json_at(sync->to_device, i), sync->now_ms, err) < 0)
            return -1;
    return e2ee_account_sync(machine, sync, err);
}

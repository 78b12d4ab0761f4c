/*
 * The devices of a user. Keys under a device id never change: a device that comes back with others is refused, also
 * after it was deleted, which is why deleted ones stay as tombstones.
 */
#include "bot/e2ee/device_list.h"

#include <stdio.h>
#include <stdlib.h>

#include "bot/log/log.h"

enum { DEVICES_MAX = 1000 /* of one user, tombstones left out */ };
/* A server may hide a device for a while: with its sessions it goes on as if nothing had been. */
static const int64_t SESSIONS_KEPT_MS = 30LL * 24 * E2EE_HOUR_MS;

void e2ee_device_release(struct e2ee_device *device)
{
    free(device->user_id);
    free(device->device_id);
    free(device->curve25519);
    free(device->ed25519);
    free(device->keys_json);
    memset(device, 0, sizeof(*device));
}

void e2ee_devices_release(struct e2ee_devices *devices)
{
    for (size_t i = 0; i < devices->count; i++)
        e2ee_device_release(&devices->at[i]);
    vec_release(devices);
}

static void copy(struct e2ee_device *device, const struct e2ee_device_row *row)
{
    *device = (struct e2ee_device){mem_strdup(row->user_id), mem_strdup(row->device_id), mem_strdup(row->curve25519),
                                   mem_strdup(row->ed25519), mem_strdup(row->keys_json), row->deleted};
}

/* ---- reading the store */

static int add_row(void *arg, const struct e2ee_device_row *row)
{
    struct e2ee_devices *devices = arg;

    copy(vec_add(devices), row);
    return 0;
}

int e2ee_devices_of(struct e2ee *machine, const char *user_id, struct e2ee_devices *devices, struct err *err)
{
    return machine->store->devices_each(machine->store->self, user_id, add_row, devices, err);
}

struct search {
    const char *device_id, *curve25519, *ed25519; /* NULL: any */
    struct e2ee_device found;
};

static int look_at(void *arg, const struct e2ee_device_row *row)
{
    struct search *search = arg;

    if ((search->device_id != NULL && strcmp(search->device_id, row->device_id) != 0) ||
        (search->curve25519 != NULL && strcmp(search->curve25519, row->curve25519) != 0) ||
        (search->ed25519 != NULL && strcmp(search->ed25519, row->ed25519) != 0))
        return 0;
    if (search->found.user_id == NULL || (search->found.deleted && !row->deleted)) {
        e2ee_device_release(&search->found);
        copy(&search->found, row);
    }
    return 0;
}

static int find(struct e2ee *machine, const char *user_id, struct search *search, struct e2ee_device *device,
                struct err *err)
{
    int rc = machine->store->devices_each(machine->store->self, user_id, look_at, search, err);

    if (rc == 0 && search->found.user_id != NULL) {
        rc = 1;
        if (device != NULL) {
            *device = search->found;
            return rc;
        }
    }
    e2ee_device_release(&search->found);
    return rc;
}

int e2ee_devices_find(struct e2ee *machine, const char *user_id, const char *curve25519, const char *ed25519,
                      struct e2ee_device *device, struct err *err)
{
    struct search search = {NULL, curve25519, ed25519, {0}};

    return find(machine, user_id, &search, device, err);
}

int e2ee_devices_by_id(struct e2ee *machine, const char *user_id, const char *device_id, struct e2ee_device *device,
                       struct err *err)
{
    struct search search = {device_id, NULL, NULL, {0}};

    return find(machine, user_id, &search, device, err);
}

/* ---- checking an answer */

static bool equal(const char *a, const char *b)
{
    return a != NULL && strcmp(a, b) == 0;
}

const char *e2ee_device_keys_check(const struct json *keys, const char *user_id, const char *device_id,
                                   const char **curve25519, const char **ed25519)
{
    char name[E2EE_ID_MAX + sizeof("curve25519:")];

    if (!e2ee_id_good(device_id) || !equal(json_get_text(keys, "user_id"), user_id) ||
        !equal(json_get_text(keys, "device_id"), device_id))
        return "it names another user or device";
    if (json_check_event(keys, E2EE_EVENT_MAX, NULL) != 0)
        return "it is malformed";
    snprintf(name, sizeof(name), "curve25519:%s", device_id);
    *curve25519 = json_get_text(json_get(keys, "keys"), name);
    snprintf(name, sizeof(name), "ed25519:%s", device_id);
    *ed25519 = json_get_text(json_get(keys, "keys"), name);
    if (!e2ee_curve25519_text_good(*curve25519))
        return "its Curve25519 key is no good one";
    if (!e2ee_ed25519_text_good(*ed25519))
        return "its Ed25519 key is no good one";
    return e2ee_signed_by(keys, user_id, device_id, *ed25519) ? NULL : "it has not signed itself";
}

/* Our own device is pinned to our own keys: what the server shows under its id must be them. */
static bool pinned(const struct e2ee *machine, const struct e2ee_devices *known, const char *user_id,
                   const char *device_id, const char *curve25519, const char *ed25519)
{
    if (strcmp(user_id, machine->user_id) == 0 && strcmp(device_id, machine->device_id) == 0)
        return strcmp(curve25519, machine->account.curve25519) == 0 && strcmp(ed25519, machine->account.ed25519) == 0;
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->at[i].device_id, device_id) == 0)
            return strcmp(known->at[i].curve25519, curve25519) == 0 && strcmp(known->at[i].ed25519, ed25519) == 0;
    return true;
}

static const struct e2ee_device *known_by_id(const struct e2ee_devices *known, const char *device_id)
{
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->at[i].device_id, device_id) == 0)
            return &known->at[i];
    return NULL;
}

static int take(struct e2ee *machine, const struct e2ee_devices *known, const char *user_id, const char *device_id,
                const struct json *keys, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_EVENT_MAX);
    const struct e2ee_device *old = known_by_id(known, device_id);
    const char *curve25519 = NULL, *ed25519 = NULL;
    const char *why = e2ee_device_keys_check(keys, user_id, device_id, &curve25519, &ed25519);
    int rc = 0;

    if (why == NULL && !pinned(machine, known, user_id, device_id, curve25519, ed25519))
        why = "its keys changed";
    if (why != NULL) {
        log_warn("e2ee-device-refused", LOG_STR("user", user_id), LOG_STR("device", device_id), LOG_STR("reason", why));
        return 0;
    }
    json_print(keys, &text);
    if (old == NULL || old->deleted || strcmp(old->keys_json, buf_text(&text)) != 0) {
        struct e2ee_device_row row = {user_id, device_id, curve25519, ed25519, buf_text(&text), false};

        rc = machine->store->device_put(machine->store->self, &row, err);
    }
    buf_release(&text);
    return rc;
}

/* A device that was refused is not gone: its pinned keys stay as they are. */
static int drop_missing(struct e2ee *machine, const struct e2ee_devices *known, const struct json *devices,
                        int64_t now_ms, struct err *err)
{
    bool dropped = false;

    for (size_t i = 0; i < known->count; i++) {
        const struct e2ee_device *old = &known->at[i];
        struct e2ee_device_row row = {old->user_id, old->device_id, old->curve25519,
                                      old->ed25519, old->keys_json, true};

        if (old->deleted || json_get(devices, old->device_id) != NULL)
            continue;
        log_info("e2ee-device-gone", LOG_STR("user", old->user_id), LOG_STR("device", old->device_id));
        if (machine->store->device_put(machine->store->self, &row, err) < 0)
            return -1;
        e2ee_claims_drop(machine, old->user_id, old->device_id);
        dropped = true;
    }
    return dropped ? machine->store->olm_expire(machine->store->self, now_ms - SESSIONS_KEPT_MS, err) : 0;
}

int e2ee_device_list_update(struct e2ee *machine, const char *user_id, const struct json *devices, int64_t now_ms,
                            struct err *err)
{
    struct e2ee_devices known = {0};
    struct json_cursor cursor = {0};
    const struct json *keys;
    const char *device_id;
    size_t count = 0;
    int rc = e2ee_devices_of(machine, user_id, &known, err);

    while (rc == 0 && count++ < DEVICES_MAX && json_next(devices, &cursor, &device_id, &keys))
        rc = take(machine, &known, user_id, device_id, keys, err);
    if (rc == 0)
        rc = drop_missing(machine, &known, devices, now_ms, err);
    e2ee_devices_release(&known);
    return rc;
}

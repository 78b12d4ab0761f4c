/*
 * Mending sessions: a device whose Olm messages can't be read is given a new session over which an m.dummy goes, so
 * that it uses that one from then on. Once an hour for a device; the limit is kept before anything is sent.
 */
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

enum { MEND_EVERY_MS = E2EE_HOUR_MS, DEVICES_MAX = 1000 };

static void unwedged_free(void *value)
{
    struct e2ee_unwedged *entry = value;

    free(entry->user_id);
    free(entry->device_id);
    free(entry);
}

void e2ee_wedge_unload(struct e2ee *machine)
{
    map_free(machine->unwedged, unwedged_free);
    machine->unwedged = NULL;
}

static struct e2ee_unwedged *add(struct e2ee *machine, const char *curve25519, const char *user_id,
                                 const char *device_id, int64_t at_ms)
{
    struct e2ee_unwedged *entry = mem_zero(1, sizeof(*entry)), *old;

    entry->user_id = mem_strdup(user_id);
    entry->device_id = mem_strdup(device_id);
    entry->at_ms = at_ms;
    old = map_put(machine->unwedged, curve25519, entry);
    if (old != NULL)
        unwedged_free(old);
    return entry;
}

static void want(struct e2ee *machine, const struct e2ee_unwedged *entry)
{
    e2ee_claims_want(machine, entry->user_id, entry->device_id)->dummy = true;
}

int e2ee_wedge_load(struct e2ee *machine, struct err *err)
{
    struct json_cursor cursor = {0};
    const struct json *value;
    struct json *list;
    const char *curve25519;

    machine->unwedged = map_new(machine->seed);
    if (e2ee_value_json(machine, "unwedged", &list, err) < 0)
        return -1;
    while (json_next(list, &cursor, &curve25519, &value)) {
        const char *user_id = json_get_text(value, "user_id"), *device_id = json_get_text(value, "device_id");
        struct e2ee_unwedged *entry;
        int64_t at_ms = 0;

        if (user_id == NULL || device_id == NULL || !json_get_int(value, "at", &at_ms))
            continue;
        entry = add(machine, curve25519, user_id, device_id, at_ms);
        entry->done = json_get_bool(value, "done", true);
        if (!entry->done)
            want(machine, entry);
    }
    json_free(list);
    return 0;
}

static int save(struct e2ee *machine, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_writer writer;
    size_t cursor = 0;
    const char *curve25519;
    void *value;
    int rc;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    while (map_next(machine->unwedged, &cursor, &curve25519, &value)) {
        const struct e2ee_unwedged *entry = value;

        json_write_key(&writer, curve25519);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "at");
        json_write_int(&writer, entry->at_ms);
        json_write_key(&writer, "device_id");
        json_write_text(&writer, entry->device_id);
        json_write_key(&writer, "done");
        json_write_bool(&writer, entry->done);
        json_write_key(&writer, "user_id");
        json_write_text(&writer, entry->user_id);
        json_write_end(&writer);
    }
    json_write_end(&writer);
    BUG_IF(text.overflowed);
    rc = machine->store->value_put(machine->store->self, "unwedged", buf_span(&text), err);
    buf_release(&text);
    return rc;
}

/* Entries whose hour is over say nothing any more. */
static void forget_old(struct e2ee *machine, int64_t now_ms)
{
    VEC(char *) old = {0};
    size_t cursor = 0;
    const char *curve25519;
    void *value;

    while (map_next(machine->unwedged, &cursor, &curve25519, &value))
        if (now_ms - ((struct e2ee_unwedged *)value)->at_ms >= MEND_EVERY_MS)
            vec_push(&old, mem_strdup(curve25519));
    for (size_t i = 0; i < old.count; i++) {
        unwedged_free(map_remove(machine->unwedged, old.at[i]));
        free(old.at[i]);
    }
    vec_release(&old);
}

int e2ee_wedge_mend(struct e2ee *machine, const struct e2ee_device *device, int64_t now_ms, struct err *err)
{
    forget_old(machine, now_ms);
    if (map_get(machine->unwedged, device->curve25519) != NULL || map_count(machine->unwedged) >= DEVICES_MAX)
        return 0;
    log_info("e2ee-session-mending", LOG_STR("user", device->user_id), LOG_STR("device", device->device_id));
    want(machine, add(machine, device->curve25519, device->user_id, device->device_id, now_ms));
    return save(machine, err);
}

int e2ee_wedge_mended(struct e2ee *machine, const struct e2ee_device *device, struct err *err)
{
    struct e2ee_unwedged *entry = map_get(machine->unwedged, device->curve25519);
    struct buf content = BUF_INIT(E2EE_EVENT_MAX), body = BUF_INIT(2 * E2EE_EVENT_MAX);
    struct json_writer writer;
    int rc = e2ee_olm_encrypt(machine, device, "m.dummy", span_of("{}"), &content, err);

    if (rc == 1) {
        json_write_init(&writer, &body);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "messages");
        json_write_begin(&writer, '{');
        json_write_key(&writer, device->user_id);
        json_write_begin(&writer, '{');
        json_write_key(&writer, device->device_id);
        json_write_raw(&writer, buf_span(&content));
        for (int i = 0; i < 3; i++)
            json_write_end(&writer);
        rc = e2ee_requests_to_device(machine, "mend", "m.room.encrypted", &body, err);
    }
    if (rc == 0 && entry != NULL) {
        entry->done = true;
        rc = save(machine, err);
    }
    buf_release(&content);
    buf_release(&body);
    return rc < 0 ? -1 : 0;
}

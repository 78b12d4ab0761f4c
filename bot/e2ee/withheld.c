/*
 * Room keys that their owners keep from us, as they say themselves (m.room_key.withheld): the person is told once, when
 * there is a message that can't be read for it. Anybody can send such a thing, of their own messages alone.
 */
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/log/log.h"

#define VALUE "withheld"

enum { KEPT_AT_MOST = 200, KEPT_OF_ONE = 20, TOLD_AGAIN_MS = E2EE_HOUR_MS };

int e2ee_withheld_load(struct e2ee *machine, struct err *err)
{
    return e2ee_sessions_load(machine, VALUE, &machine->withheld, err);
}

void e2ee_withheld_unload(struct e2ee *machine)
{
    e2ee_sessions_release(&machine->withheld);
}

static int save(struct e2ee *machine, struct err *err)
{
    return e2ee_sessions_save(machine, VALUE, &machine->withheld, err);
}

/* ---- whether there is somebody to tell */

static bool was_told_lately(const struct e2ee *machine, const struct e2ee_session *about, int64_t now_ms)
{
    for (size_t i = 0; i < machine->withheld.count; i++) {
        const struct e2ee_session *key = &machine->withheld.at[i];

        if (key->told_ms != 0 && now_ms - key->told_ms < TOLD_AGAIN_MS && strcmp(key->user_id, about->user_id) == 0 &&
            strcmp(key->room_id, about->room_id) == 0)
            return true;
    }
    return false;
}

static int tell(struct e2ee *machine, struct e2ee_session *key, int64_t now_ms, struct err *err)
{
    key->waits = !was_told_lately(machine, key, now_ms);
    key->told_ms = now_ms;
    return save(machine, err);
}

int e2ee_withheld_parked(struct e2ee *machine, const char *user_id, const char *room_id, const char *session_id,
                         int64_t now_ms, struct err *err)
{
    struct e2ee_session *key = e2ee_sessions_find(&machine->withheld, user_id, room_id, session_id);

    return key != NULL && key->told_ms == 0 ? tell(machine, key, now_ms, err) : 0;
}

bool e2ee_next_withheld(struct e2ee *machine, char **room_id, char **user_id, bool *unverified)
{
    for (size_t i = 0; i < machine->withheld.count; i++) {
        struct e2ee_session *key = &machine->withheld.at[i];

        if (!key->waits)
            continue;
        key->waits = false;
        *room_id = mem_strdup(key->room_id);
        *user_id = mem_strdup(key->user_id);
        *unverified = key->unverified;
        return true;
    }
    return false;
}

/* ---- what came */

struct looking {
    const char *user_id;
    bool found;
};

static int look(void *arg, const struct e2ee_parked_row *row)
{
    struct looking *looking = arg;
    struct json *json = json_parse(span_of(row->event_json), NULL);
    const char *sender = json_get_text(json, "sender");

    looking->found = looking->found || (sender != NULL && strcmp(sender, looking->user_id) == 0);
    json_free(json);
    return 0;
}

/* The newest stay: nobody fills the list for others. */
static void make_room(struct e2ee *machine, const char *user_id)
{
    size_t of_one = 0, oldest = 0;

    for (size_t i = machine->withheld.count; i-- > 0;)
        if (strcmp(machine->withheld.at[i].user_id, user_id) == 0) {
            of_one++;
            oldest = i;
        }
    if (of_one >= KEPT_OF_ONE)
        e2ee_sessions_drop(&machine->withheld, oldest);
    else if (machine->withheld.count >= KEPT_AT_MOST)
        e2ee_sessions_drop(&machine->withheld, 0);
}

/* They had no session with us to send it by: ours is made (E2E, "m.room_key.withheld"). */
static int mend(struct e2ee *machine, const char *user_id, const char *curve25519, int64_t now_ms, struct err *err)
{
    struct e2ee_device device = {0};
    int rc = e2ee_devices_find(machine, user_id, curve25519, NULL, &device, err);

    if (rc == 1 && !device.deleted)
        rc = e2ee_wedge_mend(machine, &device, now_ms, err);
    e2ee_device_release(&device);
    return rc < 0 ? -1 : 0;
}

int e2ee_withheld_receive(struct e2ee *machine, const struct json *event, int64_t now_ms, struct err *err)
{
    const struct json *content = json_get(event, "content");
    const char *user_id = json_get_text(event, "sender"), *room_id = json_get_text(content, "room_id");
    const char *session_id = json_get_text(content, "session_id"), *code = json_get_text(content, "code");
    const char *curve25519 = json_get_text(content, "sender_key");
    struct looking looking = {user_id, false};

    log_info("e2ee-key-withheld-from-us", LOG_STR("sender", user_id), LOG_STR("room", room_id), LOG_STR("code", code));
    if (!e2ee_id_good(user_id) || code == NULL)
        return 0;
    if (strcmp(code, "m.no_olm") == 0 && curve25519 != NULL)
        return mend(machine, user_id, curve25519, now_ms, err);
    if (!e2ee_id_good(room_id) || !e2ee_id_good(session_id))
        return 0;
    if (e2ee_sessions_find(&machine->withheld, user_id, room_id, session_id) != NULL)
        return 0;
    make_room(machine, user_id);
    e2ee_sessions_add(&machine->withheld, user_id, room_id, session_id)->unverified = strcmp(code, "m.unverified") == 0;
    if (machine->store->parked_each(machine->store->self, room_id, session_id, look, &looking, err) < 0)
        return -1;
    return looking.found ? e2ee_withheld_parked(machine, user_id, room_id, session_id, now_ms, err)
                         : save(machine, err);
}

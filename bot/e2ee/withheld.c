/*
 * Room keys that their owners keep from us, as they say themselves (m.room_key.withheld): the person is told once, when
 * there is a message that can't be read for it. Anybody can send such a thing, of their own messages alone.
 */
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

#define VALUE "withheld"

enum { KEPT_AT_MOST = 200, KEPT_OF_ONE = 20, TOLD_AGAIN_MS = E2EE_HOUR_MS };

static void release(struct e2ee_withheld_key *key)
{
    free(key->user_id);
    free(key->room_id);
    free(key->session_id);
}

static void drop(struct e2ee *machine, size_t index)
{
    release(&machine->withheld.at[index]);
    vec_remove(&machine->withheld, index);
}

static int save(struct e2ee *machine, struct err *err)
{
    struct buf text = BUF_INIT(E2EE_VALUE_MAX);
    struct json_writer writer;
    int rc;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < machine->withheld.count; i++) {
        const struct e2ee_withheld_key *key = &machine->withheld.at[i];

        json_write_begin(&writer, '[');
        json_write_text(&writer, key->user_id);
        json_write_text(&writer, key->room_id);
        json_write_text(&writer, key->session_id);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "unverified");
        json_write_bool(&writer, key->unverified);
        json_write_key(&writer, "told");
        json_write_int(&writer, key->told_ms);
        json_write_end(&writer);
        json_write_end(&writer);
    }
    json_write_end(&writer);
    BUG_IF(text.overflowed);
    rc = machine->store->value_put(machine->store->self, VALUE, buf_span(&text), err);
    buf_release(&text);
    return rc;
}

int e2ee_withheld_load(struct e2ee *machine, struct err *err)
{
    struct json *list;

    if (e2ee_value_json(machine, VALUE, &list, err) < 0)
        return -1;
    for (size_t i = 0; i < json_count(list) && i < KEPT_AT_MOST; i++) {
        const struct json *entry = json_at(list, i), *rest = json_at(entry, 3);
        const char *user_id = json_text(json_at(entry, 0)), *room_id = json_text(json_at(entry, 1));
        const char *session_id = json_text(json_at(entry, 2));
        int64_t told_ms = 0;

        json_get_int(rest, "told", &told_ms);
        if (user_id != NULL && room_id != NULL && session_id != NULL)
            vec_push(&machine->withheld,
                     ((struct e2ee_withheld_key){mem_strdup(user_id), mem_strdup(room_id), mem_strdup(session_id),
                                                 json_get_bool(rest, "unverified", false), told_ms, false}));
    }
    json_free(list);
    return 0;
}

void e2ee_withheld_unload(struct e2ee *machine)
{
    for (size_t i = 0; i < machine->withheld.count; i++)
        release(&machine->withheld.at[i]);
    vec_release(&machine->withheld);
}

/* ---- whether there is somebody to tell */

static bool was_told_lately(const struct e2ee *machine, const struct e2ee_withheld_key *about, int64_t now_ms)
{
    for (size_t i = 0; i < machine->withheld.count; i++) {
        const struct e2ee_withheld_key *key = &machine->withheld.at[i];

        if (key->told_ms != 0 && now_ms - key->told_ms < TOLD_AGAIN_MS && strcmp(key->user_id, about->user_id) == 0 &&
            strcmp(key->room_id, about->room_id) == 0)
            return true;
    }
    return false;
}

static int tell(struct e2ee *machine, struct e2ee_withheld_key *key, int64_t now_ms, struct err *err)
{
    key->waits = !was_told_lately(machine, key, now_ms);
    key->told_ms = now_ms;
    return save(machine, err);
}

int e2ee_withheld_parked(struct e2ee *machine, const char *user_id, const char *room_id, const char *session_id,
                         int64_t now_ms, struct err *err)
{
    for (size_t i = 0; i < machine->withheld.count; i++) {
        struct e2ee_withheld_key *key = &machine->withheld.at[i];

        if (key->told_ms == 0 && strcmp(key->session_id, session_id) == 0 && strcmp(key->room_id, room_id) == 0 &&
            strcmp(key->user_id, user_id) == 0)
            return tell(machine, key, now_ms, err);
    }
    return 0;
}

bool e2ee_next_withheld(struct e2ee *machine, char **room_id, char **user_id, bool *unverified)
{
    for (size_t i = 0; i < machine->withheld.count; i++) {
        struct e2ee_withheld_key *key = &machine->withheld.at[i];

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
        drop(machine, oldest);
    else if (machine->withheld.count >= KEPT_AT_MOST)
        drop(machine, 0);
}

static bool is_known(const struct e2ee *machine, const struct e2ee_withheld_key *new)
{
    for (size_t i = 0; i < machine->withheld.count; i++) {
        const struct e2ee_withheld_key *key = &machine->withheld.at[i];

        if (strcmp(key->session_id, new->session_id) == 0 && strcmp(key->room_id, new->room_id) == 0 &&
            strcmp(key->user_id, new->user_id) == 0)
            return true;
    }
    return false;
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
    make_room(machine, user_id);
    {
        struct e2ee_withheld_key key = {mem_strdup(user_id),
                                        mem_strdup(room_id),
                                        mem_strdup(session_id),
                                        strcmp(code, "m.unverified") == 0,
                                        0,
                                        false};

        if (is_known(machine, &key)) {
            release(&key);
            return 0;
        }
        vec_push(&machine->withheld, key);
    }
    if (machine->store->parked_each(machine->store->self, room_id, session_id, look, &looking, err) < 0)
        return -1;
    return looking.found ? e2ee_withheld_parked(machine, user_id, room_id, session_id, now_ms, err)
                         : save(machine, err);
}

/*
 * Events whose key, or whose sending device, is not known yet: kept for some days, released when it comes.
 */
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/log/log.h"

#define WAITING "waiting"

enum { KEPT_AT_MOST = 1000, WAITING_AT_MOST = 1000 };
static const int64_t KEPT_MS = 7LL * 24 * E2EE_HOUR_MS;

int e2ee_park(struct e2ee *machine, const char *room_id, const char *session_id, const struct json *event,
              int64_t now_ms, struct err *err)
{
    const struct e2ee_store *store = machine->store;
    struct buf text = BUF_INIT(2 * E2EE_EVENT_MAX);
    struct e2ee_parked_row row = {json_get_text(event, "event_id"), room_id, session_id, NULL, now_ms};
    int rc;

    json_print(event, &text);
    if (text.overflowed) {
        buf_release(&text);
        err_set(err, ERR_LIMIT, "the event is too large to wait for its key");
        return 0;
    }
    row.event_json = buf_text(&text);
    rc = store->parked_put(store->self, &row, err);
    if (rc == 0)
        rc = store->parked_expire(store->self, now_ms - KEPT_MS, KEPT_AT_MOST, err);
    buf_release(&text);
    return rc < 0 ? -1 : 1;
}

/* ---- releasing */

struct collecting {
    VEC(struct e2ee_released) events;
    VEC(char *) ids;
};

static int collect(void *arg, const struct e2ee_parked_row *row)
{
    struct collecting *collecting = arg;
    struct e2ee_released *event = vec_add(&collecting->events);

    event->room_id = mem_strdup(row->room_id);
    event->event_json = mem_strdup(row->event_json);
    event->parked_ms = row->parked_ms;
    vec_push(&collecting->ids, mem_strdup(row->event_id));
    return 0;
}

/* After those that were parked before it, so that a room's events keep their order. */
static void insert(struct e2ee *machine, struct e2ee_released event)
{
    size_t at = machine->released.count;

    (void)vec_add(&machine->released);
    while (at > 0 && machine->released.at[at - 1].parked_ms > event.parked_ms) {
        machine->released.at[at] = machine->released.at[at - 1];
        at--;
    }
    machine->released.at[at] = event;
}

int e2ee_parked_release(struct e2ee *machine, const char *room_id, const char *session_id, struct err *err)
{
    const struct e2ee_store *store = machine->store;
    struct collecting collecting = {0};
    int rc = store->parked_each(store->self, room_id, session_id, collect, &collecting, err);

    for (size_t i = 0; i < collecting.ids.count; i++) {
        if (rc == 0)
            rc = store->parked_delete(store->self, collecting.ids.at[i], err);
        insert(machine, collecting.events.at[i]);
        free(collecting.ids.at[i]);
    }
    vec_release(&collecting.events);
    vec_release(&collecting.ids);
    return rc;
}

bool e2ee_has_released(const struct e2ee *machine)
{
    return machine->released.count != 0;
}

bool e2ee_next_released(struct e2ee *machine, char **room_id, char **event_json)
{
    if (machine->released.count == 0)
        return false;
    *room_id = machine->released.at[0].room_id;
    *event_json = machine->released.at[0].event_json;
    vec_remove(&machine->released, 0);
    return true;
}

/* ---- waiting for a device: kept as one value, since the key that releases the others is here already */

int e2ee_park_for_device(struct e2ee *machine, const char *user_id, const char *room_id, const char *session_id,
                         const struct json *event, int64_t now_ms, struct err *err)
{
    int rc = e2ee_park(machine, room_id, session_id, event, now_ms, err);

    if (rc != 1 || e2ee_sessions_find(&machine->waiting, user_id, room_id, session_id) != NULL)
        return rc;
    if (machine->waiting.count >= WAITING_AT_MOST)
        e2ee_sessions_drop(&machine->waiting, 0);
    e2ee_sessions_add(&machine->waiting, user_id, room_id, session_id);
    return e2ee_sessions_save(machine, WAITING, &machine->waiting, err) == 0 ? 1 : -1;
}

int e2ee_parked_release_user(struct e2ee *machine, const char *user_id, struct err *err)
{
    bool changed = false;
    size_t i = 0;

    while (i < machine->waiting.count) {
        const struct e2ee_session *waiting = &machine->waiting.at[i];

        if (strcmp(waiting->user_id, user_id) != 0) {
            i++;
            continue;
        }
        if (e2ee_parked_release(machine, waiting->room_id, waiting->session_id, err) < 0)
            return -1;
        e2ee_sessions_drop(&machine->waiting, i);
        changed = true;
    }
    return changed ? e2ee_sessions_save(machine, WAITING, &machine->waiting, err) : 0;
}

int e2ee_parked_load(struct e2ee *machine, struct err *err)
{
    return e2ee_sessions_load(machine, WAITING, &machine->waiting, err);
}

void e2ee_parked_unload(struct e2ee *machine)
{
    for (size_t i = 0; i < machine->released.count; i++) {
        free(machine->released.at[i].room_id);
        free(machine->released.at[i].event_json);
    }
    vec_release(&machine->released);
    e2ee_sessions_release(&machine->waiting);
}

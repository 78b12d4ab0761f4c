/*
 * Whose device lists are followed, and when they are asked for: one /keys/query under way per user. What an answer says
 * of a device is in device_list.c.
 */
#include <stdlib.h>

#include "bot/e2ee/device_list.h"
#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"

enum {
    QUERY_USERS = 250,  /* in one request */
    QUERY_FAILURES = 3, /* then users are asked for one by one: one of them may be what the server fails at */
    QUERIES = 4,        /* under way at once: a slow server must not hold up the others' users */
    QUERY_WAIT_MS = 10 * E2EE_SECOND_MS,
    UNKNOWN_EVERY_MS = 5 * E2EE_MINUTE_MS
};

static struct e2ee_tracked *tracked(const struct e2ee *machine, const char *user_id)
{
    return map_get(machine->tracked, user_id);
}

static int load_user(void *arg, const char *user_id, bool outdated)
{
    struct e2ee *machine = arg;
    struct e2ee_tracked *user = mem_zero(1, sizeof(*user));

    user->outdated = outdated;
    free(map_put(machine->tracked, user_id, user));
    return 0;
}

int e2ee_devices_load(struct e2ee *machine, struct err *err)
{
    machine->tracked = map_new(machine->seed);
    machine->signed_cache = map_new(machine->seed);
    machine->unchanged = map_new(machine->seed);
    return machine->store->tracked_each(machine->store->self, load_user, machine, err);
}

void e2ee_devices_unload(struct e2ee *machine)
{
    map_free(machine->tracked, free);
    map_free(machine->signed_cache, NULL);
    map_free(machine->unchanged, NULL);
    machine->tracked = machine->signed_cache = machine->unchanged = NULL;
}

/* ---- what makes a list outdated */

static int mark_outdated(struct e2ee *machine, const char *user_id, struct e2ee_tracked *user, struct err *err)
{
    machine->generation++;
    user->changed_again = user->under_way;
    user->unasked = false;
    user->failures = 0;
    user->retry_ms = 0;
    if (user->outdated)
        return 0;
    user->outdated = true;
    return machine->store->tracked_put(machine->store->self, user_id, true, err);
}

int e2ee_devices_track(struct e2ee *machine, const char *user_id, struct err *err)
{
    if (tracked(machine, user_id) != NULL)
        return 0;
    machine->generation++;
    load_user(machine, user_id, true);
    return machine->store->tracked_put(machine->store->self, user_id, true, err);
}

int e2ee_devices_refresh(struct e2ee *machine, const char *user_id, struct err *err)
{
    struct e2ee_tracked *user = tracked(machine, user_id);

    return user != NULL ? mark_outdated(machine, user_id, user, err) : 0;
}

static int left_user(struct e2ee *machine, const char *user_id, struct err *err)
{
    if (strcmp(user_id, machine->user_id) == 0 || tracked(machine, user_id) == NULL)
        return 0;
    machine->generation++;
    free(map_remove(machine->tracked, user_id));
    return machine->store->tracked_delete(machine->store->self, user_id, err);
}

static int each_user(struct e2ee *machine, const struct json *users,
                     int (*each)(struct e2ee *machine, const char *user_id, struct err *err), struct err *err)
{
    for (size_t i = 0; i < json_count(users); i++) {
        const char *user_id = json_text(json_at(users, i));

        if (e2ee_id_good(user_id) && each(machine, user_id, err) < 0)
            return -1;
    }
    return 0;
}

int e2ee_devices_sync(struct e2ee *machine, const struct json *lists, struct err *err)
{
    if (each_user(machine, json_get(lists, "changed"), e2ee_devices_refresh, err) < 0)
        return -1;
    return each_user(machine, json_get(lists, "left"), left_user, err);
}

int e2ee_devices_outdated(struct e2ee *machine, struct err *err)
{
    size_t cursor = 0;
    const char *user_id;
    void *user;

    if (!machine->loaded)
        return err_set(err, ERR_STORE, "the keys are not loaded");
    while (map_next(machine->tracked, &cursor, &user_id, &user))
        if (mark_outdated(machine, user_id, user, err) < 0)
            return -1;
    return 0;
}

int e2ee_devices_unknown(struct e2ee *machine, const char *user_id, int64_t now_ms, struct err *err)
{
    struct e2ee_tracked *user = tracked(machine, user_id);
    int rc;

    if (user != NULL && (user->outdated || (user->refreshed_ms != 0 && now_ms - user->refreshed_ms < UNKNOWN_EVERY_MS)))
        return 0;
    rc = user == NULL ? e2ee_devices_track(machine, user_id, err) : mark_outdated(machine, user_id, user, err);
    if (user != NULL)
        user->refreshed_ms = now_ms;
    tracked(machine, user_id)->unasked = true;
    return rc;
}

bool e2ee_devices_current(const struct e2ee *machine, const char *user_id)
{
    const struct e2ee_tracked *user = tracked(machine, user_id);

    return user != NULL && !user->outdated;
}

bool e2ee_devices_wait(struct e2ee *machine, const char *user_id, int64_t now_ms)
{
    struct e2ee_tracked *user = tracked(machine, user_id);

    if (user == NULL || !user->outdated || user->failures != 0)
        return false;
    user->unasked = false;
    if (user->waiting_ms == 0)
        user->waiting_ms = now_ms;
    return now_ms - user->waiting_ms < E2EE_WAIT_MS;
}

/* ---- the query */

static int64_t due_ms(const struct e2ee *machine, const struct e2ee_tracked *user)
{
    int64_t due = user->retry_ms > machine->query_retry_ms ? user->retry_ms : machine->query_retry_ms;
    int64_t unasked = user->unasked ? e2ee_unasked_due(machine->unasked_query_ms) : 0;

    return unasked > due ? unasked : due;
}

static bool to_be_asked(const struct e2ee *machine, const struct e2ee_tracked *user, int64_t now_ms)
{
    return user->outdated && !user->under_way && now_ms >= due_ms(machine, user);
}

static size_t queries_under_way(const struct e2ee *machine)
{
    size_t count = 0;

    for (size_t i = 0; i < machine->pending.count; i++)
        if (machine->pending.at[i]->shown.kind == E2EE_KEYS_QUERY && !machine->pending.at[i]->orphan)
            count++;
    return count;
}

struct e2ee_pending *e2ee_devices_request(struct e2ee *machine, int64_t now_ms)
{
    struct buf body = BUF_INIT(E2EE_BODY_MAX);
    VEC(char *) users = {0};
    struct json_writer writer;
    struct e2ee_pending *query;
    size_t most = machine->query_failures < QUERY_FAILURES ? QUERY_USERS : 1;
    bool priority = false, unasked = false;
    size_t cursor = 0;
    const char *user_id;
    void *value;

    if (queries_under_way(machine) >= QUERIES)
        return NULL;
    json_write_init(&writer, &body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "device_keys");
    json_write_begin(&writer, '{');
    while (users.count < most && map_next(machine->tracked, &cursor, &user_id, &value)) {
        struct e2ee_tracked *user = value;

        if (!to_be_asked(machine, user, now_ms))
            continue;
        unasked = unasked || user->unasked;
        user->under_way = true;
        user->changed_again = false;
        priority = priority || user->waiting_ms != 0;
        vec_push(&users, mem_strdup(user_id));
        json_write_key(&writer, user_id);
        json_write_begin(&writer, '[');
        json_write_end(&writer);
    }
    json_write_end(&writer);
    json_write_key(&writer, "timeout");
    json_write_int(&writer, QUERY_WAIT_MS);
    json_write_end(&writer);
    if (users.count == 0) {
        buf_release(&body);
        vec_release(&users);
        return NULL;
    }
    if (unasked)
        e2ee_unasked_done(&machine->unasked_query_ms, now_ms);
    query = e2ee_pending_add(machine, E2EE_KEYS_QUERY, "/_matrix/client/v3/keys/query", &body, priority);
    query->subjects.at = users.at;
    query->subjects.count = users.count;
    query->subjects.capacity = users.capacity;
    return query;
}

static void user_failed(struct e2ee *machine, const char *user_id, struct e2ee_tracked *user, int64_t now_ms)
{
    log_info("e2ee-devices-unknown", LOG_STR("user", user_id), LOG_INT("failures", user->failures));
    user->retry_ms = now_ms + e2ee_delay_ms(user->failures, E2EE_MINUTE_MS, E2EE_HOUR_MS);
    user->failures++;
    machine->generation++;
}

static int user_answered(struct e2ee *machine, const char *user_id, const struct json *response, int64_t now_ms,
                         struct err *err)
{
    struct e2ee_tracked *user = tracked(machine, user_id);
    const struct json *devices = json_path(response, "device_keys", user_id, NULL);

    if (user == NULL)
        return 0; /* left meanwhile */
    user->under_way = false;
    if (!json_is_object(devices)) {
        user_failed(machine, user_id, user, now_ms);
        return 0;
    }
    if (e2ee_identity_update(machine, user_id, json_path(response, "master_keys", user_id, NULL),
                             json_path(response, "self_signing_keys", user_id, NULL), err) < 0 ||
        e2ee_device_list_update(machine, user_id, devices, now_ms, err) < 0)
        return -1;
    machine->generation++;
    if (strcmp(user_id, machine->user_id) == 0 &&
        (e2ee_account_shown(machine, devices, err) < 0 || e2ee_own_check(machine, err) < 0))
        return -1;
    if (user->changed_again)
        return 0;
    user->outdated = false;
    user->failures = user->refusals = 0;
    user->waiting_ms = 0;
    if (machine->store->tracked_put(machine->store->self, user_id, false, err) < 0)
        return -1;
    return e2ee_parked_release_user(machine, user_id, err);
}

int e2ee_devices_answered(struct e2ee *machine, const struct e2ee_pending *query, const struct json *response,
                          int64_t now_ms, struct err *err)
{
    machine->query_failures = 0;
    for (size_t i = 0; i < query->subjects.count; i++)
        if (user_answered(machine, query->subjects.at[i], response, now_ms, err) < 0)
            return -1;
    return 0;
}

/* Others may not have been asked for at all. */
static void wait_afresh(struct e2ee *machine, int64_t now_ms)
{
    size_t cursor = 0;
    const char *user_id;
    void *value;

    while (map_next(machine->tracked, &cursor, &user_id, &value)) {
        struct e2ee_tracked *user = value;

        if (user->waiting_ms != 0)
            user->waiting_ms = now_ms;
    }
}

void e2ee_devices_failed(struct e2ee *machine, const struct e2ee_pending *query, int status, int64_t now_ms)
{
    for (size_t i = 0; i < query->subjects.count; i++) {
        struct e2ee_tracked *user = tracked(machine, query->subjects.at[i]);

        if (user == NULL)
            continue;
        user->under_way = false;
        if (e2ee_is_refusal(status) && ++user->refusals >= E2EE_WAIT_TRIES && query->subjects.count == 1)
            user_failed(machine, query->subjects.at[i], user, now_ms);
    }
    wait_afresh(machine, now_ms);
    machine->query_retry_ms = now_ms + e2ee_delay_ms(machine->query_failures++, E2EE_SECOND_MS, E2EE_AWAY_MAX_MS);
}

int64_t e2ee_devices_due(const struct e2ee *machine)
{
    int64_t due = -1;
    size_t cursor = 0;
    const char *user_id;
    void *value;

    if (queries_under_way(machine) >= QUERIES)
        return -1;
    while (map_next(machine->tracked, &cursor, &user_id, &value)) {
        const struct e2ee_tracked *user = value;

        if (user->outdated && !user->under_way && (due < 0 || due_ms(machine, user) < due))
            due = due_ms(machine, user);
    }
    return due;
}

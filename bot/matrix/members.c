/*
 * Fetches the whole member list of each joined room once.
 */
#include "bot/matrix/members.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/send.h"
#include "core/base/mem.h"

enum { AT_ONCE = 4, ANSWER_MAX = 32 * 1024 * 1024, AGAIN_MS = 2000, REFUSED_MS = 60 * 1000 };

struct fetch {
    struct mx_members *members;
    struct fetch *next;
    char *room_id;
    unsigned changes; /* of the room's members when it began */
    struct mx_call *call;
};

struct mx_members {
    struct matrix *matrix;
    struct fetch *fetches;
    int count;
    struct loop_timer *again; /* after the store failed */
};

static void run(void *arg)
{
    mx_members_run(arg);
}

struct mx_members *mx_members_new(struct matrix *matrix)
{
    struct mx_members *members = mem_zero(1, sizeof(*members));

    members->matrix = matrix;
    members->again = loop_timer_new(matrix->options.loop, run, members);
    return members;
}

static void fetch_free(struct fetch *fetch)
{
    struct fetch **link = &fetch->members->fetches;

    while (*link != fetch)
        link = &(*link)->next;
    *link = fetch->next;
    fetch->members->count--;
    mx_api_cancel(fetch->call);
    free(fetch->room_id);
    free(fetch);
}

void mx_members_free(struct mx_members *members)
{
    if (members == NULL)
        return;
    while (members->fetches != NULL)
        fetch_free(members->fetches);
    loop_timer_free(members->again);
    free(members);
}

/* Whoever is known but not in the list has left, and may not read on. */
static int apply_absent(struct matrix *matrix, struct mx_room *room, const struct map *listed, struct err *err)
{
    const char *user;
    void *value;
    size_t cursor = 0;
    bool changed, rotate = false;

    while (map_next(room->members, &cursor, &user, &value)) {
        const struct mx_member *member = value;

        if (member->membership == MX_LEFT || map_get(listed, user) != NULL || strcmp(user, matrix->user_id) == 0)
            continue;
        if (mx_room_set_member(matrix, room, user, MX_LEFT, NULL, &changed, err) != 0)
            return -1;
        rotate = true;
    }
    return rotate && room->encrypted ? e2ee_rotate(matrix->e2ee, room->id, err) : 0;
}

static int apply(struct matrix *matrix, struct mx_room *room, const struct json *events, struct err *err)
{
    struct map *listed;
    uint64_t seed;
    bool changed;
    int result = mx_room_members(matrix, room, err);

    BUG_IF(crypto_random(&seed, sizeof(seed)) != 0);
    listed = map_new(seed);
    for (size_t i = 0; result == 0 && i < json_count(events); i++) {
        struct mx_event event;

        if (mx_event_read(json_at(events, i), loop_now_ms(), &event, NULL) != 0 || event.state_key == NULL ||
            strcmp(event.type, "m.room.member") != 0)
            continue;
        map_put(listed, event.state_key, room);
        result = mx_room_state(matrix, room, &event, &changed, err);
    }
    if (result == 0)
        result = apply_absent(matrix, room, listed, err);
    map_free(listed, NULL);
    return result;
}

static int tell(struct matrix *matrix, const struct mx_room *room, int64_t now_ms, struct err *err)
{
    const struct matrix_handler *handler = &matrix->options.handler;

    if (handler->people(handler->arg, room->id, now_ms, err) != 0)
        return -1;
    return handler->batch_end(handler->arg, now_ms, err);
}

int mx_members_take(struct matrix *matrix, const char *room_id, const struct json *events, struct err *err)
{
    struct mx_room *room;

    if (mx_begin(matrix, err) != 0)
        return -1;
    room = mx_rooms_find(matrix->rooms, room_id);
    if (room == NULL || apply(matrix, room, events, err) != 0)
        goto failed;
    room->members_complete = true;
    room->dirty = true;
    if (mx_room_welcome(matrix, room, loop_now_ms(), err) != 0 || tell(matrix, room, loop_now_ms(), err) != 0 ||
        mx_send_collect(matrix->send, err) != 0)
        goto failed;
    return mx_commit(matrix, err);

failed:
    mx_rollback(matrix);
    return -1;
}

static void take_list(struct fetch *fetch, const struct mx_answer *answer)
{
    struct mx_members *members = fetch->members;
    struct matrix *matrix = members->matrix;
    struct mx_room *room = mx_rooms_find(matrix->rooms, fetch->room_id);
    struct err err = {0};

    if (room == NULL || !room->joined)
        return;
    if (answer->status != 200) {
        log_warn("members-refused", LOG_STR("room", room->id), LOG_STR("reason", answer->err->text));
        room->members_after_ms = loop_monotonic_ms() + REFUSED_MS;
    } else if (room->changes != fetch->changes) { /* somebody came or went meanwhile: the list may be older than that */
        log_debug("members-again", LOG_STR("room", room->id));
    } else if (mx_members_take(matrix, fetch->room_id, json_get(answer->json, "chunk"), &err) != 0) {
        log_error("store", LOG_STR("reason", err.text));
        loop_timer_set(members->again, AGAIN_MS);
    }
}

static void fetch_done(void *arg, const struct mx_answer *answer)
{
    struct fetch *fetch = arg;
    struct mx_members *members = fetch->members;

    fetch->call = NULL;
    if (!members->matrix->failed)
        take_list(fetch, answer);
    fetch_free(fetch);
    mx_members_run(members);
    mx_go_on(members->matrix);
}

static void start(struct mx_members *members, struct mx_room *room)
{
    struct fetch *fetch = mem_zero(1, sizeof(*fetch));
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {
        .method = "GET", .maximum = ANSWER_MAX, .retry = MX_RETRY, .done = fetch_done, .arg = fetch};

    mx_path(&path, "/_matrix/client/v3/rooms/{}/members?not_membership=leave", room->id);
    request.path = buf_text(&path);
    fetch->members = members;
    fetch->room_id = mem_strdup(room->id);
    fetch->changes = room->changes;
    fetch->next = members->fetches;
    members->fetches = fetch;
    members->count++;
    fetch->call = mx_api_start(members->matrix->api, &request);
    buf_release(&path);
}

static bool under_way(const struct mx_members *members, const char *room_id)
{
    for (const struct fetch *fetch = members->fetches; fetch != NULL; fetch = fetch->next)
        if (strcmp(fetch->room_id, room_id) == 0)
            return true;
    return false;
}

void mx_members_run(struct mx_members *members)
{
    int64_t now = loop_monotonic_ms();
    struct mx_room *room;
    size_t cursor = 0;

    if (loop_timer_pending(members->again))
        return;
    while (members->count < AT_ONCE && mx_rooms_next(members->matrix->rooms, &cursor, &room))
        if (room->joined && !room->members_complete && room->members_after_ms <= now && !under_way(members, room->id))
            start(members, room);
}

/*
 * First all pages are read, backwards, and what may matter of them is kept; then it is handled from the oldest on, the
 * rooms' events between each other by their time, some hundred in a transaction. Killed anywhere, it begins anew: what
 * was handled is known by its id.
 */
#include "bot/matrix/rebuild.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/batch.h"
#include "bot/matrix/filter.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/sync.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

enum {
    ROOMS_MAX = 10000,
    ROOMS_BYTES = 4 * 1024 * 1024,
    STATE_BYTES = 256 * 1024 * 1024,
    PAGE_BYTES = 64 * 1024 * 1024,
    PAGES_MAX = 100000,                  /* of one room */
    KEPT_BYTES = 1024 * 1024 * 1024 / 2, /* of all: half a million events or more */
    FILTER_MAX = 1024,
    AT_ONCE = 200,           /* events in a transaction */
    STUCK_MS = 2 * 60 * 1000 /* without an answer: somebody waits for the command */
};

struct old {
    char *json;
    int64_t sent_ms;
};

typedef VEC(struct old) old_list;

struct reading {
    char *room_id;
    char *from; /* NULL: the newest page */
    bool state_known;
    size_t pages;
    old_list events; /* newest first; those that are handled are taken off the end */
};

typedef VEC(struct reading) reading_list;

struct mx_rebuild {
    struct matrix *matrix;
    char *since; /* where the sync will go on; NULL: it has never begun */
    reading_list rooms;
    size_t at; /* the room that is being read */
    size_t bytes;
    struct matrix_rebuilt report;
    struct mx_call *call;
    struct loop_timer *turn, *stuck;
};

static void read_on(struct mx_rebuild *rebuild);

/* ---------------------------------------------------------------- life */

static void is_stuck(void *arg)
{
    struct mx_rebuild *rebuild = arg;
    struct err err;

    err_set(&err, ERR_NETWORK, "the homeserver is silent; run this again, nothing is booked twice");
    mx_fail(rebuild->matrix, &err);
}

static void reading_release(struct reading *reading)
{
    for (size_t i = 0; i < reading->events.count; i++)
        free(reading->events.at[i].json);
    vec_release(&reading->events);
    free(reading->room_id);
    free(reading->from);
}

void mx_rebuild_free(struct mx_rebuild *rebuild)
{
    if (rebuild == NULL)
        return;
    mx_api_cancel(rebuild->call);
    loop_timer_free(rebuild->turn);
    loop_timer_free(rebuild->stuck);
    for (size_t i = 0; i < rebuild->rooms.count; i++)
        reading_release(&rebuild->rooms.at[i]);
    vec_release(&rebuild->rooms);
    free(rebuild->since);
    free(rebuild);
}

static void ask(struct mx_rebuild *rebuild, const struct buf *path, size_t maximum,
                void (*done)(void *arg, const struct mx_answer *answer))
{
    struct mx_request request = {
        .method = "GET", .path = buf_text(path), .maximum = maximum, .retry = MX_RETRY, .done = done, .arg = rebuild};

    loop_timer_set(rebuild->stuck, STUCK_MS);
    rebuild->call = mx_api_start(rebuild->matrix->api, &request);
}

/* ---------------------------------------------------------------- handling */

/* The room whose next event is the oldest; NULL: all are handled. */
static struct reading *oldest(struct mx_rebuild *rebuild)
{
    struct reading *found = NULL;

    for (size_t i = 0; i < rebuild->rooms.count; i++) {
        struct reading *reading = &rebuild->rooms.at[i];

        if (reading->events.count != 0 && (found == NULL || reading->events.at[reading->events.count - 1].sent_ms <
                                                                found->events.at[found->events.count - 1].sent_ms))
            found = reading;
    }
    return found;
}

static int handle_one(struct mx_rebuild *rebuild, struct reading *reading, struct err *err)
{
    struct matrix *matrix = rebuild->matrix;
    struct old *old = &reading->events.at[reading->events.count - 1];
    struct mx_room *room = mx_rooms_find(matrix->rooms, reading->room_id);
    struct mx_batch_again counts = {0};
    struct json *json = json_parse(span_of(old->json), NULL);
    int result = room != NULL && json != NULL ? mx_batch_again(matrix, room, json, &counts, err) : 0;

    json_free(json);
    free(old->json);
    reading->events.count--;
    rebuild->report.messages += counts.read;
    rebuild->report.unreadable += counts.unreadable;
    return result;
}

static int handle_some(struct mx_rebuild *rebuild, struct err *err)
{
    struct matrix *matrix = rebuild->matrix;
    struct reading *reading;

    if (mx_begin(matrix, err) != 0)
        return -1;
    for (int i = 0; i < AT_ONCE && (reading = oldest(rebuild)) != NULL; i++)
        if (handle_one(rebuild, reading, err) != 0)
            goto failed;
    return mx_commit(matrix, err);

failed:
    mx_rollback(matrix);
    return -1;
}

static void handle(void *arg)
{
    struct mx_rebuild *rebuild = arg;
    const struct matrix_trust *options = &rebuild->matrix->options.trust;
    struct err err = {0};

    if (oldest(rebuild) == NULL) {
        loop_timer_cancel(rebuild->stuck);
        options->rebuilt(options->arg, &rebuild->report);
    } else if (handle_some(rebuild, &err) != 0) {
        mx_fail(rebuild->matrix, &err);
    } else {
        loop_timer_set(rebuild->stuck, STUCK_MS);
        loop_timer_set(rebuild->turn, 0);
    }
}

/* ---------------------------------------------------------------- pages */

/* What the sync will tell, or has told this device, is not ours. */
static bool may_matter(const struct mx_rebuild *rebuild, const struct mx_event *event)
{
    const struct matrix *matrix = rebuild->matrix;

    return event->state_key == NULL && (rebuild->since != NULL || event->sent_ms < matrix->login_ms) &&
           (strcmp(event->sender, matrix->user_id) == 0 || mx_allowed(matrix->options.allow, event->sender));
}

static void keep(struct mx_rebuild *rebuild, struct reading *reading, const struct mx_event *event)
{
    struct buf text = BUF_INIT(2 * MX_EVENT_MAX);
    struct old old = {.sent_ms = event->sent_ms};

    json_print(event->json, &text);
    if (!text.overflowed) {
        rebuild->bytes += text.length + sizeof(old);
        old.json = buf_steal(&text);
        vec_push(&reading->events, old);
    }
    buf_release(&text);
}

static void take_page(struct mx_rebuild *rebuild, struct reading *reading, const struct json *chunk)
{
    for (size_t i = 0; i < json_count(chunk) && rebuild->bytes < KEPT_BYTES; i++) {
        struct mx_event event;

        if (mx_event_read(json_at(chunk, i), loop_now_ms(), &event, NULL) == 0 && may_matter(rebuild, &event))
            keep(rebuild, reading, &event);
    }
}

/* Whether a further page is to be asked for. */
static bool goes_on(struct mx_rebuild *rebuild, struct reading *reading, const char *end)
{
    if (end == NULL || strlen(end) > MX_TOKEN_MAX || (reading->from != NULL && strcmp(end, reading->from) == 0))
        return false;
    if (rebuild->bytes >= KEPT_BYTES || ++reading->pages >= PAGES_MAX) {
        log_warn("history-too-large", LOG_STR("room", reading->room_id));
        rebuild->report.cut++;
        return false;
    }
    free(reading->from);
    reading->from = mem_strdup(end);
    return true;
}

static void room_done(struct mx_rebuild *rebuild)
{
    const struct reading *reading = &rebuild->rooms.at[rebuild->at];

    log_info("history-read", LOG_STR("room", reading->room_id), LOG_INT("events", (int64_t)reading->events.count));
    rebuild->at++;
}

static void refused(struct mx_rebuild *rebuild, const struct mx_answer *answer)
{
    log_warn("history-refused", LOG_STR("room", rebuild->rooms.at[rebuild->at].room_id),
             LOG_STR("reason", answer->err != NULL ? answer->err->text : "the answer is none"));
    rebuild->report.refused++;
    rebuild->at++;
}

static void page_done(void *arg, const struct mx_answer *answer)
{
    struct mx_rebuild *rebuild = arg;
    struct reading *reading = &rebuild->rooms.at[rebuild->at];

    rebuild->call = NULL;
    if (answer->status != 200) {
        refused(rebuild, answer);
    } else {
        take_page(rebuild, reading, json_get(answer->json, "chunk"));
        if (!goes_on(rebuild, reading, json_get_text(answer->json, "end")))
            room_done(rebuild);
    }
    read_on(rebuild);
}

static void ask_page(struct mx_rebuild *rebuild, const struct reading *reading)
{
    struct buf path = BUF_INIT(MX_PATH_MAX), filter = BUF_INIT(FILTER_MAX);

    mx_filter_history(&filter);
    mx_path(&path, "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=200&filter={}", reading->room_id,
            buf_text(&filter));
    if (reading->from != NULL)
        mx_path(&path, "&from={}", reading->from);
    ask(rebuild, &path, PAGE_BYTES, page_done);
    buf_release(&path);
    buf_release(&filter);
}

/* ---------------------------------------------------------------- rooms */

static void state_done(void *arg, const struct mx_answer *answer)
{
    struct mx_rebuild *rebuild = arg;
    struct matrix *matrix = rebuild->matrix;
    struct reading *reading = &rebuild->rooms.at[rebuild->at];
    struct err err = {0};

    rebuild->call = NULL;
    if (answer->status != 200 || !json_is_array(answer->json)) {
        refused(rebuild, answer);
        read_on(rebuild);
        return;
    }
    if (mx_begin(matrix, &err) != 0) {
        mx_fail(matrix, &err);
        return;
    }
    if (mx_batch_state(matrix, reading->room_id, answer->json, &err) != 0) {
        mx_rollback(matrix);
        mx_fail(matrix, &err);
    } else if (mx_commit(matrix, &err) != 0) {
        mx_fail(matrix, &err);
    } else {
        reading->state_known = true;
        read_on(rebuild);
    }
}

static void read_on(struct mx_rebuild *rebuild)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    const struct reading *reading = rebuild->rooms.at + rebuild->at;

    if (rebuild->at == rebuild->rooms.count) {
        loop_timer_set(rebuild->turn, 0);
    } else if (reading->state_known) {
        ask_page(rebuild, reading);
    } else {
        mx_path(&path, "/_matrix/client/v3/rooms/{}/state", reading->room_id);
        ask(rebuild, &path, STATE_BYTES, state_done);
    }
    buf_release(&path);
}

static void rooms_done(void *arg, const struct mx_answer *answer)
{
    struct mx_rebuild *rebuild = arg;
    const struct json *rooms = json_get(answer->json, "joined_rooms");
    struct err err;

    rebuild->call = NULL;
    if (answer->status != 200) {
        err_set(&err, ERR_AUTH, "the homeserver does not list the account's rooms: %.160s", answer->err->text);
        mx_fail(rebuild->matrix, &err);
        return;
    }
    for (size_t i = 0; i < json_count(rooms) && i < ROOMS_MAX; i++) {
        const char *id = json_text(json_at(rooms, i));
        const struct mx_room *room = id != NULL ? mx_rooms_find(rebuild->matrix->rooms, id) : NULL;

        if (id == NULL || id[0] != '!' || strlen(id) > MX_ID_MAX)
            continue;
        vec_push(&rebuild->rooms, ((struct reading){.room_id = mem_strdup(id),
                                                    .from = mem_strdup(rebuild->since),
                                                    .state_known = room != NULL && room->joined}));
    }
    rebuild->report.rooms = rebuild->rooms.count;
    read_on(rebuild);
}

struct mx_rebuild *mx_rebuild_start(struct matrix *matrix, struct err *err)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_rebuild *rebuild;
    char *since;

    if (mx_value(matrix, "next_batch", &since, err) < 0)
        return NULL;
    rebuild = mem_zero(1, sizeof(*rebuild));
    rebuild->matrix = matrix;
    rebuild->since = since;
    rebuild->turn = loop_timer_new(matrix->options.loop, handle, rebuild);
    rebuild->stuck = loop_timer_new(matrix->options.loop, is_stuck, rebuild);
    mx_path(&path, "/_matrix/client/v3/joined_rooms");
    ask(rebuild, &path, ROOMS_BYTES, rooms_done);
    buf_release(&path);
    return rebuild;
}

/*
 * What a limited timeline left out.
 */
#include "bot/matrix/gap.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/filter.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/sync.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

enum { PAGE_MAX = 64 * 1024 * 1024, FILTER_MAX = 4096 };

struct hole {
    char *room_id;
    char *from; /* where the next page begins */
    bool until_invited;
    VEC(struct json *) events; /* newest first while filling */
    size_t seen;               /* in all, of which only what may matter is kept */
};

struct mx_gap {
    struct matrix *matrix;
    char *since; /* NULL */
    VEC(struct hole) holes;
    size_t filling; /* index */
    struct mx_call *call;
    struct loop_timer *turn; /* DONE comes from the loop also when the store fails at once */
    void (*done)(void *arg);
    void *arg;
};

static void fill_next(struct mx_gap *gap);

/* A room that is new to us has a gap only back to our invitation. */
static void find_hole(struct mx_gap *gap, const char *room_id, const struct json *joined)
{
    const struct json *timeline = json_get(joined, "timeline");
    const char *from = json_get_text(timeline, "prev_batch");
    const struct mx_room *room = mx_rooms_find(gap->matrix->rooms, room_id);
    struct hole *hole;

    if (!json_get_bool(timeline, "limited", false) || from == NULL || strlen(from) > MX_TOKEN_MAX || room == NULL ||
        strlen(room_id) > MX_ID_MAX)
        return;
    if (!room->joined && (gap->since == NULL || mx_room_member(room, gap->matrix->user_id) == NULL))
        return;
    hole = vec_add(&gap->holes);
    hole->room_id = mem_strdup(room_id);
    hole->from = mem_strdup(from);
    hole->until_invited = !room->joined;
}

struct mx_gap *mx_gap_new(struct matrix *matrix, const struct json *sync, const char *since)
{
    const struct json *rooms = json_path(sync, "rooms", "join", NULL);
    struct mx_gap *gap = mem_zero(1, sizeof(*gap));
    struct json_cursor cursor = {0};
    const char *room_id;
    const struct json *joined;

    gap->matrix = matrix;
    gap->since = mem_strdup(since);
    while (json_next(rooms, &cursor, &room_id, &joined))
        find_hole(gap, room_id, joined);
    if (gap->holes.count != 0)
        return gap;
    mx_gap_free(gap);
    return NULL;
}

void mx_gap_free(struct mx_gap *gap)
{
    if (gap == NULL)
        return;
    mx_api_cancel(gap->call);
    loop_timer_free(gap->turn);
    for (size_t i = 0; i < gap->holes.count; i++) {
        struct hole *hole = &gap->holes.at[i];

        for (size_t k = 0; k < hole->events.count; k++)
            json_free(hole->events.at[k]);
        vec_release(&hole->events);
        free(hole->room_id);
        free(hole->from);
    }
    vec_release(&gap->holes);
    free(gap->since);
    free(gap);
}

/* ---------------------------------------------------------------- one page */

/* Whether EVENT marks what is known already: it was handled before, or was said before we were asked in. */
static bool is_known(struct mx_gap *gap, struct hole *hole, const struct mx_event *event)
{
    struct matrix *matrix = gap->matrix;
    const struct mx_room *room = mx_rooms_find(matrix->rooms, hole->room_id);

    if (room != NULL && strcmp(room->last_event_id, event->id) == 0)
        return true;
    if (gap->since == NULL && event->sent_ms < matrix->login_ms)
        return true;
    return matrix->store->event_find(matrix->store->self, event->id, NULL, NULL, NULL) == 1;
}

static bool is_invitation(const struct mx_event *event, const char *self)
{
    const char *membership = json_get_text(event->content, "membership");

    return strcmp(event->type, "m.room.member") == 0 && event->state_key != NULL &&
           strcmp(event->state_key, self) == 0 && membership != NULL && strcmp(membership, "invite") == 0;
}

/* Keeps what may matter of the page; true when the known part was reached. */
static bool take_page(struct mx_gap *gap, struct hole *hole, const struct json *chunk)
{
    struct matrix *matrix = gap->matrix;
    bool reached = json_count(chunk) == 0;

    for (size_t i = 0; i < json_count(chunk) && hole->seen < MX_GAP_MAX; i++) {
        struct mx_event event;

        hole->seen++;
        if (mx_event_read(json_at(chunk, i), loop_now_ms(), &event, NULL) != 0)
            continue;
        if (hole->until_invited && is_invitation(&event, matrix->user_id)) {
            vec_push(&hole->events, json_keep(event.json));
            return true;
        }
        if (is_known(gap, hole, &event))
            reached = true; /* the page is looked at to its end: servers order by depth, not by arrival */
        else if (event.state_key == NULL && mx_allowed(matrix->options.allow, event.sender))
            vec_push(&hole->events, json_keep(event.json));
    }
    return reached || hole->seen >= MX_GAP_MAX;
}

static void close_hole(struct mx_gap *gap)
{
    struct hole *hole = &gap->holes.at[gap->filling];

    for (size_t low = 0, high = hole->events.count; low + 1 < high; low++) {
        struct json *event = hole->events.at[--high];

        hole->events.at[high] = hole->events.at[low];
        hole->events.at[low] = event;
    }
    log_info("gap-filled", LOG_STR("room", hole->room_id), LOG_INT("events", (int64_t)hole->events.count));
    if (hole->seen >= MX_GAP_MAX)
        log_warn("gap-too-large", LOG_STR("room", hole->room_id), LOG_INT("events", MX_GAP_MAX));
    gap->filling++;
}

static void page_done(void *arg, const struct mx_answer *answer)
{
    struct mx_gap *gap = arg;
    struct hole *hole = &gap->holes.at[gap->filling];
    const char *end = json_get_text(answer->json, "end");
    bool reached;

    gap->call = NULL;
    if (answer->status != 200)
        log_warn("gap-refused", LOG_STR("room", hole->room_id), LOG_STR("reason", answer->err->text));
    reached = answer->status != 200 || take_page(gap, hole, json_get(answer->json, "chunk"));
    if (reached || end == NULL || strlen(end) > MX_TOKEN_MAX || strcmp(end, hole->from) == 0) {
        close_hole(gap);
    } else {
        free(hole->from);
        hole->from = mem_strdup(end);
    }
    fill_next(gap);
}

/* ---------------------------------------------------------------- requests */

static void page_path(const struct mx_gap *gap, const struct hole *hole, struct buf *path)
{
    struct buf filter = BUF_INIT(FILTER_MAX);

    mx_filter_page(gap->matrix->user_id, &filter);
    mx_path(path, "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=200&from={}&filter={}", hole->room_id, hole->from,
            buf_text(&filter));
    if (gap->since != NULL && !hole->until_invited)
        mx_path(path, "&to={}", gap->since);
    buf_release(&filter);
}

static void finish(void *arg)
{
    struct mx_gap *gap = arg;

    gap->done(gap->arg);
}

static void fill_next(struct mx_gap *gap)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {
        .method = "GET", .maximum = PAGE_MAX, .retry = MX_RETRY, .done = page_done, .arg = gap};

    if (gap->filling == gap->holes.count) {
        loop_timer_set(gap->turn, 0);
        return;
    }
    page_path(gap, &gap->holes.at[gap->filling], &path);
    request.path = buf_text(&path);
    gap->call = mx_api_start(gap->matrix->api, &request);
    buf_release(&path);
}

void mx_gap_fill(struct mx_gap *gap, void (*done)(void *arg), void *arg)
{
    gap->done = done;
    gap->arg = arg;
    gap->turn = loop_timer_new(gap->matrix->options.loop, finish, gap);
    fill_next(gap);
}

const struct json *const *mx_gap_events(const struct mx_gap *gap, const char *room_id, size_t *count)
{
    *count = 0;
    for (size_t i = 0; gap != NULL && i < gap->holes.count; i++) {
        const struct hole *hole = &gap->holes.at[i];

        if (strcmp(hole->room_id, room_id) == 0) {
            *count = hole->events.count;
            return (const struct json *const *)hole->events.at;
        }
    }
    return NULL;
}

/*
 * The long poll.
 */
#include "bot/matrix/sync.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/loop/backoff.h"
#include "bot/matrix/batch.h"
#include "bot/matrix/filter.h"
#include "bot/matrix/gap.h"
#include "bot/matrix/members.h"
#include "bot/matrix/send.h"
#include "core/base/mem.h"

enum {
    POLL_DEADLINE_MS = (30 + 30) * 1000, /* the server waits for 30 s */
    FIRST_DEADLINE_MS = 10 * 60 * 1000,  /* a first sync of a large account takes its time */
    WATCHDOG_SLACK_MS = 15 * 1000,
    BURST_EVENTS = 2, /* in one response: people talk faster than we poll */
    BURST_PAUSE_MS = 100,
    REPLY_PAUSE_MS = 60,
    RESPONSE_MAX = 256 * 1024 * 1024,
    BACKOFF_BASE_MS = 300,
    BACKOFF_CAP_MS = 15 * 1000,
    FILTER_MAX = 4096
};

struct mx_sync {
    struct matrix *matrix;
    char *since;     /* what the next response comes after; NULL: everything */
    char *filter_id; /* NULL: not made yet */
    struct mx_call *call;
    bool asked_since; /* how the response under way was asked for */
    bool ready;       /* the program was told */
    bool busy;        /* the last response held several events: more are coming */
    struct json *response;
    struct mx_gap *gap;
    struct loop_timer *timer;    /* asks or handles again, after a failure */
    struct loop_timer *watchdog; /* a poll that neither ends nor fails */
    struct backoff backoff;
};

/* ---------------------------------------------------------------- asking */

static void ask(struct mx_sync *sync);
static void handle(struct mx_sync *sync);

static void try_again(void *arg)
{
    struct mx_sync *sync = arg;

    if (sync->response != NULL)
        handle(sync);
    else
        ask(sync);
}

static void later(struct mx_sync *sync, const char *what, const char *reason, int64_t retry_after_ms)
{
    int64_t delay = mx_retry_delay(&sync->backoff, retry_after_ms);

    sync->matrix->away = true;
    log_warn(what, LOG_STR("reason", reason), LOG_INT("again_ms", delay));
    loop_timer_set(sync->timer, delay);
}

/* A multi handle may hang in ways that no timer of its own sees (curl issues 10146, 15154): all connections are made
 * anew. */
static void stuck(void *arg)
{
    struct mx_sync *sync = arg;

    log_warn("sync-stuck", LOG_STR("device", sync->matrix->device_id));
    mx_api_cancel(sync->call);
    sync->call = NULL;
    http_rebuild(sync->matrix->http);
    ask(sync);
}

/* The position (or the filter) is no longer taken: afresh without, on the same device. What was handled before is known
 * by its id. */
static bool is_position_refused(const struct mx_answer *answer)
{
    return answer->status >= 400 && answer->status < 500 && answer->status != 401 && answer->status != 403 &&
           answer->status != 408 && answer->status != 429 && answer->json != NULL;
}

static void drop_text(char **text)
{
    free(*text);
    *text = NULL;
}

static void gap_filled(void *arg)
{
    handle(arg);
}

static void sync_done(void *arg, const struct mx_answer *answer)
{
    struct mx_sync *sync = arg;
    struct matrix *matrix = sync->matrix;

    sync->call = NULL;
    loop_timer_cancel(sync->watchdog);
    if (matrix->failed)
        return;
    if (answer->status != 200) {
        if (answer->stuck)
            http_rebuild(matrix->http);
        if (is_position_refused(answer)) {
            drop_text(&sync->since);
            drop_text(&sync->filter_id);
        }
        later(sync, "sync-failed", answer->err->text, answer->retry_after_ms);
        return;
    }
    if (json_get_text(answer->json, "next_batch") == NULL ||
        strlen(json_get_text(answer->json, "next_batch")) > MX_TOKEN_MAX) {
        later(sync, "sync-failed", "the response has no position", -1);
        return;
    }
    sync->response = json_keep(answer->json);
    sync->gap = mx_gap_new(matrix, sync->response, sync->asked_since ? sync->since : NULL);
    if (sync->gap != NULL)
        mx_gap_fill(sync->gap, gap_filled, sync);
    else
        handle(sync);
}

static void ask_filter(struct mx_sync *sync);

static void ask(struct mx_sync *sync)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    bool first = !sync->ready;
    struct mx_request request = {
        .method = "GET",
        .deadline_ms = sync->since == NULL ? FIRST_DEADLINE_MS : POLL_DEADLINE_MS,
        .maximum = RESPONSE_MAX,
        .retry = MX_ONCE,
        .done = sync_done,
        .arg = sync,
    };

    if (sync->filter_id == NULL) {
        ask_filter(sync);
        return;
    }
    mx_path(&path, "/_matrix/client/v3/sync?timeout={}&filter={}", first ? "0" : "30000", sync->filter_id);
    buf_adds(&path,
             "&use_state_after=true&org.matrix.msc4222.use_state_after=true"); /* who knows it not answers as ever */
    if (sync->since != NULL)
        mx_path(&path, "&since={}", sync->since);
    request.path = buf_text(&path);
    sync->asked_since = sync->since != NULL;
    loop_timer_set(sync->watchdog, request.deadline_ms + WATCHDOG_SLACK_MS);
    sync->call = mx_api_start(sync->matrix->api, &request);
    buf_release(&path);
}

/* A stored filter spares the server to check it each time. */
static void filter_done(void *arg, const struct mx_answer *answer)
{
    struct mx_sync *sync = arg;
    const char *id = json_get_text(answer->json, "filter_id");

    sync->call = NULL;
    if (sync->matrix->failed)
        return;
    if (answer->status != 200 || id == NULL || strlen(id) > MX_ID_MAX) {
        later(sync, "filter-refused", answer->err != NULL ? answer->err->text : "no id", answer->retry_after_ms);
        return;
    }
    sync->filter_id = mem_strdup(id);
    ask(sync);
}

static void ask_filter(struct mx_sync *sync)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct buf body = BUF_INIT(FILTER_MAX);
    struct mx_request request = {.method = "POST", .retry = MX_ONCE, .done = filter_done, .arg = sync};

    mx_path(&path, "/_matrix/client/v3/user/{}/filter", sync->matrix->user_id);
    mx_filter_sync(sync->matrix->user_id, &body);
    request.path = buf_text(&path);
    request.body = buf_span(&body);
    sync->call = mx_api_start(sync->matrix->api, &request);
    buf_release(&path);
    buf_release(&body);
}

/* ---------------------------------------------------------------- handling */

static bool is_burst(const struct json *response)
{
    const struct json *rooms = json_path(response, "rooms", "join", NULL);
    struct json_cursor cursor = {0};
    const char *room_id;
    const struct json *joined;
    size_t events = 0;

    while (json_next(rooms, &cursor, &room_id, &joined))
        events += json_count(json_path(joined, "timeline", "events", NULL));
    return events >= BURST_EVENTS;
}

/* A poll that is open while many write is woken for each event and each reply of ours, at the server's cost; asked a
 * moment later it brings them all at once. So too while a reply goes out: the server would look after our poll before
 * it tells the person. A fixed moment, whatever becomes of the sends: measured, 30 to 60 ms take 8 to 14 ms off the
 * reply.
 */
static void ask_next(struct mx_sync *sync)
{
    if (sync->busy)
        loop_timer_set(sync->timer, BURST_PAUSE_MS);
    else if (mx_send_is_busy(sync->matrix->send))
        loop_timer_set(sync->timer, REPLY_PAUSE_MS);
    else
        ask(sync);
}

/* After the commit: the next poll waits for nothing that is sent. The program is told last. */
static void go_on(struct mx_sync *sync)
{
    struct matrix *matrix = sync->matrix;
    struct matrix_handler handler = matrix->options.handler;
    bool was_ready = sync->ready;

    sync->ready = true;
    backoff_reset(&sync->backoff);
    matrix->away = false;
    mx_go_on(matrix);
    ask_next(sync);
    mx_members_run(matrix->members);
    if (!was_ready)
        handler.ready(handler.arg);
}

static void handle(struct mx_sync *sync)
{
    struct matrix *matrix = sync->matrix;
    struct mx_batch batch = {.sync = sync->response, .gap = sync->gap, .since = sync->asked_since ? sync->since : NULL};
    struct err err = {0};

    if (mx_batch_run(matrix, &batch, &err) != 0) {
        later(sync, "batch-failed", err.text, -1); /* the same batch again: nothing of it was acknowledged */
        return;
    }
    free(sync->since);
    sync->since = mem_strdup(json_get_text(sync->response, "next_batch"));
    sync->busy = sync->ready && is_burst(sync->response);
    mx_gap_free(sync->gap);
    sync->gap = NULL;
    json_free(sync->response);
    sync->response = NULL;
    go_on(sync);
}

struct mx_sync *mx_sync_start(struct matrix *matrix, struct err *err)
{
    struct mx_sync *sync;
    char *since;

    if (mx_value(matrix, "next_batch", &since, err) < 0)
        return NULL;
    sync = mem_zero(1, sizeof(*sync));
    sync->matrix = matrix;
    sync->since = since;
    sync->timer = loop_timer_new(matrix->options.loop, try_again, sync);
    sync->watchdog = loop_timer_new(matrix->options.loop, stuck, sync);
    sync->backoff = (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = BACKOFF_CAP_MS};
    ask(sync);
    return sync;
}

bool mx_sync_is_ready(const struct mx_sync *sync)
{
    return sync != NULL && sync->ready;
}

void mx_sync_free(struct mx_sync *sync)
{
    if (sync == NULL)
        return;
    mx_api_cancel(sync->call);
    mx_gap_free(sync->gap);
    json_free(sync->response);
    loop_timer_free(sync->timer);
    loop_timer_free(sync->watchdog);
    free(sync->filter_id);
    free(sync->since);
    free(sync);
}

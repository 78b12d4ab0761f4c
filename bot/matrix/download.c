/*
 * Files that people send: kept, fetched, handed over.
 */
#include "bot/matrix/download.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/log/log.h"
#include "bot/matrix/kept.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/send.h"
#include "core/base/mem.h"

enum { AGAIN_MS = 2000, MARK_MAX = MX_ID_MAX + 16 };

#define BEGUN "file_begun" /* in the store: how often a file's reading was begun, and its event: "1 $…"; "" none is */

struct mx_downloads {
    struct matrix *matrix;
    struct loop_timer *turn;     /* looks for the next one */
    struct loop_timer *patience; /* for as long as the turn lasts of the one under way */
    struct mx_call *call;        /* NULL: none is under way */
    char *event_id;              /* whose file that is, or was */
    int64_t begin_ms;            /* when we began */
    bool survived;               /* its reading was begun, and ended otherwise than well */
    struct mx_media media;
};

/* ---------------------------------------------------------------- whether it may be a log */

static bool ends_in_csv(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcasecmp(name + length - 4, ".csv") == 0;
}

/* By its kind or its name: what it is shows when it is read. */
static bool is_table(const struct json *content)
{
    static const char *const types[] = {"text/csv", "application/csv", "text/comma-separated-values"};
    const char *kind = json_get_text(content, "msgtype"), *type = json_get_text(json_get(content, "info"), "mimetype");
    const char *name = json_get_text(content, "filename");

    if (kind == NULL || strcmp(kind, "m.file") != 0)
        return false;
    for (size_t i = 0; type != NULL && i < ARRAY_LENGTH(types); i++)
        if (strcasecmp(type, types[i]) == 0)
            return true;
    name = name != NULL ? name : json_get_text(content, "body");
    return name != NULL && ends_in_csv(name);
}

static enum file_state judge(const struct json *content, bool encrypted, const struct mx_event *event,
                             struct mx_media *media)
{
    struct err err = {0};
    int64_t size;

    if (!is_table(content))
        return FILE_OTHER;
    if (mx_media_read(content, encrypted, media, &err) != 0) {
        log_warn("file-refused", LOG_STR("event_id", event->id), LOG_STR("reason", err.text));
        return FILE_ALTERED;
    }
    return json_get_int(json_get(content, "info"), "size", &size) && size > FILE_MAX ? FILE_TOO_LARGE : FILE_HERE;
}

/* ---------------------------------------------------------------- keeping it */

static size_t count_of(const struct json *list, const char *sender)
{
    size_t count = 0;

    for (size_t i = 0; i < json_count(list); i++) {
        const char *id = json_text(json_path(json_at(list, i), "event", "sender", NULL));

        count += id != NULL && strcmp(id, sender) == 0;
    }
    return count;
}

static int keep(struct mx_work *work, const struct mx_room *room, const struct mx_event *event, enum file_state *state)
{
    struct json *list;
    int result = mx_kept_load(work->matrix, MX_KEPT_FILES, &list, work->err);

    if (result == 0 && mx_kept_find(list, event->id) == json_count(list)) {
        if (json_count(list) >= MX_FILES_MAX || count_of(list, event->sender) >= MX_FILES_EACH)
            *state = FILE_TOO_MANY;
        else
            result = mx_kept_save(work->matrix, MX_KEPT_FILES, list, NULL, room, event, work->err);
        if (result == 0 && *state == FILE_HERE)
            *state = FILE_OTHER; /* whoever writes such an event sends no log */
    }
    json_free(list);
    return result < 0 ? -1 : 0;
}

static int hand_over(struct mx_work *work, struct mx_room *room, const struct json *content, struct message *message,
                     const struct message_file *file)
{
    log_info("file", LOG_STR("room", room->id), LOG_STR("event_id", message->id), LOG_INT("state", file->state),
             LOG_INT("bytes", (int64_t)file->size));
    message->file = file;
    return mx_said_deliver(work, room, content, message);
}

/* Why a file isn't read may be said before it is known who listens. */
static bool is_for_one(const struct mx_visit *visit, const struct mx_room *room)
{
    return mx_room_is_direct(room) || (visit->file != NULL && visit->file->state != FILE_HERE);
}

int mx_download_take(struct mx_work *work, struct mx_room *room, const struct mx_event *event,
                     const struct json *content, bool encrypted, struct message *message)
{
    struct mx_visit *visit = work->visit;
    struct message_file refused = {.bytes = ""};
    struct mx_media media;

    if (work->again != NULL)
        return 0;
    if (mx_room_members(work->matrix, room, work->err) != 0)
        return -1;
    if (mx_room_is_shared(room))
        return 0;
    if (visit != NULL && !is_for_one(visit, room)) {
        visit->waits = true;
        return 0;
    }
    if (visit != NULL && visit->file != NULL)
        return hand_over(work, room, content, message, visit->file);
    refused.state = judge(content, encrypted, event, visit != NULL ? &visit->media : &media);
    if (refused.state == FILE_HERE && visit != NULL)
        visit->reached = true;
    else if (refused.state == FILE_HERE && keep(work, room, event, &refused.state) != 0)
        return -1;
    return refused.state == FILE_HERE ? 0 : hand_over(work, room, content, message, &refused);
}

/* ---------------------------------------------------------------- fetching it */

static void stop(struct mx_downloads *downloads)
{
    mx_api_cancel(downloads->call);
    downloads->call = NULL;
    loop_timer_cancel(downloads->patience);
}

int mx_download_drop(struct matrix *matrix, const char *event_id, struct err *err)
{
    struct mx_downloads *downloads = matrix->downloads;

    if (downloads->call != NULL && strcmp(downloads->event_id, event_id) == 0)
        stop(downloads);
    return mx_kept_drop(matrix, MX_KEPT_FILES, event_id, err) < 0 ? -1 : 0;
}

/* The event of ENTRY, as it would be heard now. */
static int revisit(struct mx_downloads *downloads, const struct json *entry, struct mx_visit *visit, struct err *err)
{
    struct matrix *matrix = downloads->matrix;
    struct mx_work work = {.matrix = matrix, .now_ms = loop_now_ms(), .visit = visit, .err = err};
    const char *room_id = json_get_text(entry, "room");
    struct mx_room *room = room_id != NULL ? mx_rooms_find(matrix->rooms, room_id) : NULL;
    struct mx_event event;
    int result = 0;

    if (mx_event_read(json_get(entry, "event"), work.now_ms, &event, NULL) != 0)
        return 0;
    if (downloads->event_id == NULL || strcmp(downloads->event_id, event.id) != 0) {
        free(downloads->event_id);
        downloads->event_id = mem_strdup(event.id);
        downloads->survived = false;
    }
    if (room != NULL && room->joined)
        result = mx_said_take(&work, room, &event);
    if (result == 0 && visit->waits) /* for something of its room, which is nothing to the others */
        result = mx_kept_postpone(matrix, MX_KEPT_FILES, event.id, err) < 0 ? -1 : 0;
    return result;
}

/* While we were away nothing was tried. */
static bool is_expired(const struct mx_downloads *downloads, const struct json *entry)
{
    int64_t at_ms, least_ms = loop_now_ms() - MX_FILE_PATIENCE_MS;

    return json_get_int(entry, "at_ms", &at_ms) && at_ms < least_ms && downloads->begin_ms < least_ms;
}

/* The same; it goes unless its file is to be fetched. */
static int visit_entry(struct mx_downloads *downloads, const struct json *list, size_t at, struct mx_visit *visit,
                       struct err *err)
{
    struct matrix *matrix = downloads->matrix;
    const struct matrix_handler *handler = &matrix->options.handler;
    bool out[MX_KEPT_LENGTH_MAX] = {false};

    if (revisit(downloads, json_at(list, at), visit, err) != 0)
        return -1;
    out[at] = true;
    if (!visit->reached && !visit->waits && mx_kept_save(matrix, MX_KEPT_FILES, list, out, NULL, NULL, err) < 0)
        return -1;
    if (visit->file != NULL && mx_value_put(matrix, BEGUN, "", err) < 0)
        return -1;
    return handler->batch_end(handler->arg, loop_now_ms(), err);
}

/* The entry whose file is to be handed over, else the first: 1, 0 there is none, -1. */
static int visit_one(struct mx_downloads *downloads, struct mx_visit *visit, struct err *err)
{
    static const struct message_file given_up = {.state = FILE_UNREACHABLE, .bytes = ""};
    struct json *list;
    int result = mx_kept_load(downloads->matrix, MX_KEPT_FILES, &list, err);
    size_t at = visit->file != NULL ? mx_kept_find(list, downloads->event_id) : 0;

    if (result == 0 && at < json_count(list) && at < MX_KEPT_LENGTH_MAX) {
        if (visit->file == NULL && is_expired(downloads, json_at(list, at)))
            visit->file = &given_up;
        result = visit_entry(downloads, list, at, visit, err) == 0 ? 1 : -1;
    }
    json_free(list);
    return result;
}

static int visit_and_send(struct mx_downloads *downloads, void *visit, struct err *err)
{
    int some = visit_one(downloads, visit, err);

    return some < 0 || mx_send_collect(downloads->matrix->send, err) != 0 ? -1 : some;
}

/* CHANGE in a transaction of its own: what it returns, or -1, and then it will be tried again. */
static int in_store(struct mx_downloads *downloads,
                    int (*change)(struct mx_downloads *downloads, void *arg, struct err *err), void *arg)
{
    struct matrix *matrix = downloads->matrix;
    struct err err = {0};
    int result;

    if (mx_begin(matrix, &err) != 0)
        goto failed;
    result = change(downloads, arg, &err);
    if (result < 0) {
        mx_rollback(matrix);
        goto failed;
    }
    if (mx_commit(matrix, &err) == 0)
        return result;

failed:
    log_error("store", LOG_STR("reason", err.text));
    loop_timer_set(downloads->turn, AGAIN_MS);
    return -1;
}

static void finish(struct mx_downloads *downloads, const struct message_file *file)
{
    struct mx_visit visited = {.file = file};

    stop(downloads);
    downloads->survived = in_store(downloads, visit_and_send, &visited) < 0;
    if (downloads->survived)
        return;
    if (visited.waits)
        loop_timer_set(downloads->turn, AGAIN_MS);
    mx_go_on(downloads->matrix);
}

static int postpone(struct mx_downloads *downloads, void *arg, struct err *err)
{
    (void)arg;
    return mx_kept_postpone(downloads->matrix, MX_KEPT_FILES, downloads->event_id, err);
}

static void end_turn(void *arg)
{
    struct mx_downloads *downloads = arg;

    log_warn("file-not-fetched", LOG_STR("event_id", downloads->event_id), LOG_STR("reason", "it takes too long"));
    stop(downloads);
    if (in_store(downloads, postpone, NULL) >= 0)
        loop_timer_set(downloads->turn, AGAIN_MS);
}

/* Before the file is looked at: 1 it may be, 0 that was begun too often, -1. */
static int begin_reading(struct mx_downloads *downloads, void *arg, struct err *err)
{
    char mark[MARK_MAX], *begun = NULL;
    int count = 0, found = mx_value(downloads->matrix, BEGUN, &begun, err);

    if (found == 1 && strlen(begun) > 2 && strcmp(begun + 2, downloads->event_id) == 0)
        count = begun[0] - '0';
    (void)arg;
    free(begun);
    if (found < 0)
        return -1;
    if (count >= MX_FILE_BEGINS && !downloads->survived)
        return 0;
    count += !downloads->survived;
    downloads->survived = false;
    snprintf(mark, sizeof(mark), "%d %s", count, downloads->event_id);
    return mx_value_put(downloads->matrix, BEGUN, mark, err) < 0 ? -1 : 1;
}

static enum file_state state_of(struct mx_downloads *downloads, const struct mx_answer *answer, struct buf *bytes)
{
    struct err err = {0};

    if (answer->status != 200) {
        err = *answer->err;
    } else {
        buf_add_span(bytes, answer->bytes);
        mx_media_open(&downloads->media, bytes, &err);
    }
    if (err.class == ERR_NONE)
        return FILE_HERE;
    log_warn("file-not-fetched", LOG_STR("event_id", downloads->event_id), LOG_INT("status", answer->status),
             LOG_STR("reason", err.text));
    buf_clear(bytes);
    return err.class == ERR_CRYPTO ? FILE_ALTERED : err.class == ERR_LIMIT ? FILE_TOO_LARGE : FILE_UNREACHABLE;
}

static void fetched(void *arg, const struct mx_answer *answer)
{
    struct mx_downloads *downloads = arg;
    struct buf bytes = BUF_INIT(FILE_MAX);
    struct message_file file;
    int may = 1;

    downloads->call = NULL;
    if (downloads->matrix->failed)
        return;
    if (answer->status == 200)
        may = in_store(downloads, begin_reading, NULL);
    if (may < 0) {
        stop(downloads);
    } else {
        file.state = may == 1 ? state_of(downloads, answer, &bytes) : FILE_DEADLY;
        file.bytes = buf_text(&bytes);
        file.size = bytes.length;
        finish(downloads, &file);
    }
    buf_release(&bytes);
}

static void fetch(struct mx_downloads *downloads)
{
    const struct mx_address *address = &downloads->media.address;
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {.method = "GET",
                                 .deadline_ms = MX_FILE_TRY_MS,
                                 .maximum = FILE_MAX,
                                 .raw = true,
                                 .retry = MX_RETRY,
                                 .done = fetched,
                                 .arg = downloads};

    mx_path(&path, "/_matrix/client/v1/media/download/{}/{}", address->server, address->id);
    request.path = buf_text(&path);
    downloads->call = mx_api_start(downloads->matrix->api, &request);
    loop_timer_set(downloads->patience, MX_FILE_TRY_MS);
    buf_release(&path);
}

static void next(void *arg)
{
    struct mx_downloads *downloads = arg;
    struct mx_visit visited = {.reached = false};
    int some;

    if (downloads->matrix->failed || downloads->call != NULL)
        return;
    some = in_store(downloads, visit_and_send, &visited);
    downloads->media = visited.media;
    if (some == 1 && visited.reached)
        fetch(downloads);
    else if (some == 1 && visited.waits)
        loop_timer_set(downloads->turn, AGAIN_MS);
    else if (some == 1)
        mx_go_on(downloads->matrix);
}

void mx_downloads_run(struct mx_downloads *downloads)
{
    const struct matrix *matrix = downloads->matrix;

    if (!matrix->failed && downloads->call == NULL && !matrix->none_kept[MX_KEPT_FILES] &&
        !loop_timer_pending(downloads->turn))
        loop_timer_set(downloads->turn, 0);
}

struct mx_downloads *mx_downloads_new(struct matrix *matrix)
{
    struct mx_downloads *downloads = mem_zero(1, sizeof(*downloads));

    downloads->matrix = matrix;
    downloads->begin_ms = loop_now_ms();
    downloads->turn = loop_timer_new(matrix->options.loop, next, downloads);
    downloads->patience = loop_timer_new(matrix->options.loop, end_turn, downloads);
    return downloads;
}

void mx_downloads_free(struct mx_downloads *downloads)
{
    if (downloads == NULL)
        return;
    mx_api_cancel(downloads->call);
    loop_timer_free(downloads->turn);
    loop_timer_free(downloads->patience);
    crypto_cleanse(&downloads->media, sizeof(downloads->media));
    free(downloads->event_id);
    free(downloads);
}

/*
 * From the outbox to the rooms.
 */
#include "bot/matrix/send.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/matrix/content.h"
#include "bot/matrix/early.h"
#include "bot/matrix/echo.h"
#include "bot/matrix/pace.h"
#include "bot/matrix/queue.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/upload.h"
#include "core/base/mem.h"

static void write_acks(void *arg);

enum { SEALED_MAX = 65536, AGAIN_MS = 1000, PUT_DEADLINE_MS = 30 * 1000 };

/* What the server said about a row, to be written with the next commit. */
struct ack {
    int64_t id;
    char *room_id;
    char *event_id; /* NULL: refused */
    char *reason;   /* why */
    char *uploaded; /* of the row's file alone: where it is */
    bool no_file;   /* likewise: it is refused */
};

struct mx_send {
    struct matrix *matrix;
    struct mx_queue *queue;
    VEC(struct ack) acks;
    size_t acks_written; /* in the transaction that runs */
    int64_t read_from;   /* rows up to this id are all here, and sealed */
    size_t bulk_from;    /* the lane at which sealing what nobody waits for begins */
    size_t under_way;
    struct bucket bucket;
    struct mx_pace pace;    /* of what nobody waits for */
    struct backoff limited; /* consecutive 429s */
    int64_t paused_until_ms;
    struct loop_timer *ack_timer;
    struct loop_timer *timer; /* the next row that waits for its time */
};

static void run(void *arg)
{
    mx_send_run(arg);
}

struct mx_send *mx_send_new(struct matrix *matrix)
{
    struct mx_send *send = mem_zero(1, sizeof(*send));

    send->matrix = matrix;
    send->queue = mx_queue_new();
    send->bucket = (struct bucket){
        .rate_per_s = MX_SEND_RATE, .burst = MX_SEND_BURST, .tokens = MX_SEND_BURST, .last_ms = loop_monotonic_ms()};
    send->limited = (struct backoff){.base_ms = 500, .cap_ms = 60 * 1000};
    mx_pace_init(&send->pace);
    send->ack_timer = loop_timer_new(matrix->options.loop, write_acks, send);
    send->timer = loop_timer_new(matrix->options.loop, run, send);
    return send;
}

static void ack_release(struct ack *ack)
{
    free(ack->room_id);
    free(ack->event_id);
    free(ack->reason);
    free(ack->uploaded);
}

static void stop(struct mx_row *row)
{
    mx_api_cancel(row->call);
    mx_echo_cancel(row->echo);
    mx_upload_cancel(row->upload);
}

void mx_send_free(struct mx_send *send)
{
    struct mx_lane *lane;

    if (send == NULL)
        return;
    for (size_t i = 0; (lane = mx_queue_lane(send->queue, i)) != NULL; i++)
        for (size_t k = 0; k < lane->rows.count; k++)
            stop(lane->rows.at[k]);
    mx_queue_free(send->queue);
    for (size_t i = 0; i < send->acks.count; i++)
        ack_release(&send->acks.at[i]);
    vec_release(&send->acks);
    loop_timer_free(send->ack_timer);
    loop_timer_free(send->timer);
    free(send);
}

/* ---------------------------------------------------------------- within a transaction */

static int flush_ack(struct mx_send *send, const struct ack *ack, struct err *err)
{
    const struct matrix_store *store = send->matrix->store;
    struct matrix_event_row event = {
        .event_id = ack->event_id,
        .room_id = ack->room_id,
        .sender = send->matrix->user_id,
        .sent_ms = loop_now_ms(),
    };

    if (ack->uploaded != NULL)
        return store->outbox_uploaded(store->self, ack->id, ack->uploaded, err);
    if (ack->no_file)
        return store->outbox_without_file(store->self, ack->id, err);
    if (ack->event_id == NULL)
        return store->outbox_drop(store->self, ack->id, ack->reason, err);
    if (store->outbox_done(store->self, ack->id, ack->event_id, err) != 0)
        return -1;
    return store->event_new(store->self, &event, err) < 0 ? -1 : 0; /* so that answers to it are known as such */
}

int mx_send_acknowledge(struct mx_send *send, struct err *err)
{
    for (size_t i = send->acks_written; i < send->acks.count; i++)
        if (flush_ack(send, &send->acks.at[i], err) != 0)
            return -1;
    send->acks_written = send->acks.count;
    return 0;
}

static int take_row(void *arg, const struct matrix_outbox_row *row)
{
    struct mx_send *send = arg;
    struct mx_row *copy = mx_queue_add(send->queue, row);

    if (copy != NULL) {
        copy->staged = true;
        copy->send = send;
    }
    return 0;
}

/* The first row of which the store may know more than we do; NULL: none. An unsealed row may be rewritten there. */
static struct mx_row *first_open(const struct mx_queue *queue)
{
    struct mx_lane *lane;

    for (size_t i = 0; (lane = mx_queue_lane(queue, i)) != NULL; i++)
        for (size_t k = 0; k < lane->rows.count; k++)
            if (!mx_row_is_busy(lane->rows.at[k]) &&
                (lane->rows.at[k]->row.state == OUTBOX_NEW || lane->rows.at[k]->staged || lane->rows.at[k]->told))
                return lane->rows.at[k];
    return NULL;
}

static void forget_open(struct mx_send *send)
{
    struct mx_row *row;

    while ((row = first_open(send->queue)) != NULL) {
        if (row->row.id <= send->read_from)
            send->read_from = row->row.id - 1;
        mx_queue_remove(send->queue, row);
    }
}

static enum e2ee_readiness prepare(struct matrix *matrix, const struct mx_room *room, bool everyone, struct err *err)
{
    struct e2ee_room share = {
        .room_id = room->id,
        .rotation_messages = room->rotation_messages,
        .rotation_ms = room->rotation_ms,
        .shared_history = room->history_shared,
        .everyone = everyone,
    };
    const char **users = mx_room_readers(room, &share.user_count);
    enum e2ee_readiness readiness;

    share.users = users;
    readiness = e2ee_prepare(matrix->e2ee, &share, loop_now_ms(), err);
    free(users);
    return readiness;
}

static int put_seal(struct mx_send *send, struct mx_row *row, const char *type, struct span content, struct err *err)
{
    const struct matrix_store *store = send->matrix->store;

    if (store->outbox_seal(store->self, row->row.id, type, content, err) != 0)
        return -1;
    mx_row_seal(row, type, content);
    row->staged = true;
    return 0;
}

enum sealing { SEALED, SEAL_LATER, SEAL_FAILED };

/* The one who would read it has another identity than we know: they are told that, in place of what ROW says. 1 it is
 * held back, 0, -1. */
static int hold_back(struct mx_send *send, const struct mx_room *room, struct mx_row *row, struct err *err)
{
    const struct matrix_handler *handler = &send->matrix->options.handler;
    const char *partner = mx_room_is_direct(room) ? mx_room_partner(room, send->matrix->user_id) : NULL;
    struct message message = {
        .transport = "matrix",
        .room = room->id,
        .direct = true,
        .sender = partner,
        .sender_name = partner,
        .sent_ms = loop_now_ms(),
        .read_ms = loop_now_ms(),
        .text = "",
    };

    if (row->row.open || partner == NULL || !e2ee_identity_changed(send->matrix->e2ee, partner))
        return 0;
    log_warn("held-back", LOG_STR("room", room->id), LOG_STR("user", partner));
    row->held_back = true;
    mx_send_collect_soon(send);
    return handler->notice(handler->arg, &message, MATRIX_IDENTITY_CHANGED, err) < 0 ? -1 : 1;
}

/* The ciphertext and the advanced ratchet are in the store together. */
static enum sealing seal_encrypted(struct mx_send *send, const struct mx_room *room, struct mx_row *row,
                                   const struct mx_content *content, struct err *err)
{
    struct buf sealed = BUF_INIT(SEALED_MAX);
    enum e2ee_readiness readiness = prepare(send->matrix, room, row->row.open, err);
    enum sealing result = SEAL_FAILED;
    int held = readiness == E2EE_READY ? hold_back(send, room, row, err) : 0;

    if (readiness == E2EE_WAITING || held == 1)
        result = SEAL_LATER;
    else if (readiness == E2EE_READY && held == 0 &&
             e2ee_encrypt(send->matrix->e2ee, row->row.room, content->type, buf_span(&content->content),
                          buf_span(&content->relates_to), &sealed, err) == 0 &&
             put_seal(send, row, "m.room.encrypted", buf_span(&sealed), err) == 0)
        result = SEALED;
    buf_release(&sealed);
    return result;
}

/* Its file has to be uploaded before it can be told where that is. */
static bool lacks_file(const struct mx_row *row, bool encrypted)
{
    return row->row.file_name[0] != '\0' && !mx_upload_fits(row->row.uploaded, encrypted);
}

static enum sealing try_seal(struct mx_send *send, const struct mx_room *room, struct mx_row *row, struct err *err)
{
    struct mx_content content;
    enum sealing result;

    if (row->hopeless || row->held_back || (row->row.kind == OUT_EDIT && row->row.edits_event[0] == '\0') ||
        lacks_file(row, room->encrypted))
        return SEAL_LATER;
    if (mx_content_build(&row->row, &content) != 0) {
        row->hopeless = true;
        result = SEAL_LATER;
    } else if (!room->encrypted || content.clear) {
        result = put_seal(send, row, content.type, buf_span(&content.content), err) == 0 ? SEALED : SEAL_FAILED;
    } else {
        result = room->members_complete ? seal_encrypted(send, room, row, &content, err) : SEAL_LATER;
    }
    mx_content_release(&content);
    return result;
}

size_t mx_send_room(const struct mx_send *send)
{
    size_t waiting = mx_queue_count(send->queue);

    return waiting < MX_SEND_WINDOW ? MX_SEND_WINDOW - waiting : 0;
}

/* Gives the lane's rows their final bytes, in their order, as far as it goes. */
static int seal_lane(struct mx_send *send, struct mx_lane *lane, struct err *err)
{
    struct mx_room *room = mx_rooms_find(send->matrix->rooms, lane->room_id);

    if (room == NULL || !room->joined)
        return 0;
    if (mx_room_members(send->matrix, room, err) != 0)
        return -1;
    for (size_t i = 0; i < lane->rows.count; i++) {
        struct mx_row *row = lane->rows.at[i];
        enum sealing sealing = SEALED;

        if (!mx_row_is_busy(row) && !mx_row_is_sealed(row, room->encrypted))
            sealing = try_seal(send, room, row, err);
        if (sealing == SEAL_FAILED)
            return -1;
        if (sealing == SEAL_LATER)
            break;
    }
    return 0;
}

static int seal_replies(struct mx_send *send, struct err *err)
{
    struct mx_lane *lane;

    for (size_t i = 0; (lane = mx_queue_lane(send->queue, i)) != NULL; i++)
        if (!mx_lane_is_bulk(lane) && seal_lane(send, lane, err) != 0)
            return -1;
    return 0;
}

/* Of what nobody waits for as much as the time allows, and then the rest of it: the next time begins where this one has
 * ended, so that rooms that take long don't keep the others waiting for ever. */
static int seal_bulk(struct mx_send *send, struct err *err)
{
    int64_t until = loop_monotonic_ms() + MX_SEND_SEAL_MS;
    size_t count = mx_queue_lanes(send->queue);

    for (size_t i = 0; i < count; i++) {
        struct mx_lane *lane = mx_queue_lane(send->queue, (send->bulk_from + i) % count);

        if (!mx_lane_is_bulk(lane))
            continue;
        if (loop_monotonic_ms() >= until) {
            send->bulk_from = (send->bulk_from + i) % count;
            mx_send_collect_soon(send);
            return 0;
        }
        if (seal_lane(send, lane, err) != 0)
            return -1;
    }
    return 0;
}

int mx_send_collect(struct mx_send *send, struct err *err)
{
    const struct matrix_store *store = send->matrix->store;

    if (!mx_serves(send->matrix))
        return 0;
    if (mx_send_acknowledge(send, err) != 0 || mx_early_release(send->matrix, err) != 0)
        return -1;
    forget_open(send);
    if (store->outbox_each(store->self, send->read_from, take_row, send, err) != 0)
        return -1;
    return seal_replies(send, err) == 0 ? seal_bulk(send, err) : -1;
}

static void forget_acks(struct mx_send *send, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ack_release(&send->acks.at[i]);
    send->acks.count -= count;
    if (send->acks.count != 0)
        memmove(send->acks.at, send->acks.at + count, send->acks.count * sizeof(*send->acks.at));
}

void mx_send_committed(struct mx_send *send)
{
    int64_t last = send->read_from, first = INT64_MAX;
    struct mx_lane *lane;

    forget_acks(send, send->acks_written);
    send->acks_written = 0;
    if (send->acks.count == 0)
        loop_timer_cancel(send->ack_timer);
    for (size_t i = 0; (lane = mx_queue_lane(send->queue, i)) != NULL; i++)
        for (size_t k = 0; k < lane->rows.count; k++) {
            struct mx_row *row = lane->rows.at[k];

            row->staged = false;
            last = row->row.id > last ? row->row.id : last;
            if (row->row.state == OUTBOX_NEW && row->row.id < first)
                first = row->row.id;
        }
    send->read_from = first <= last ? first - 1 : last;
}

void mx_send_rolled_back(struct mx_send *send)
{
    send->acks_written = 0;
    send->read_from = 0;
    forget_open(send);
}

/* ---------------------------------------------------------------- outside of one */

static void write_acks(void *arg)
{
    struct mx_send *send = arg;
    struct matrix *matrix = send->matrix;
    struct err err = {0};

    if (mx_begin(matrix, &err) != 0)
        goto failed;
    if (mx_send_collect(send, &err) != 0) {
        mx_rollback(matrix);
        goto failed;
    }
    if (mx_commit(matrix, &err) != 0)
        goto failed;
    mx_go_on(matrix);
    return;

failed:
    log_error("store", LOG_STR("reason", err.text));
    loop_timer_set(send->ack_timer, AGAIN_MS);
}

void mx_send_collect_soon(struct mx_send *send)
{
    loop_timer_set(send->ack_timer, 0);
}

static void add_ack(struct mx_send *send, const struct mx_row *row, const char *event_id, const char *reason)
{
    struct ack *ack = vec_add(&send->acks);

    *ack = (struct ack){.id = row->row.id,
                        .room_id = mem_strdup(row->row.room),
                        .event_id = mem_strdup(event_id),
                        .reason = mem_strdup(reason)};
    if (!loop_timer_pending(send->ack_timer))
        loop_timer_set(send->ack_timer, MX_SEND_ACK_MS);
}

static void refuse(struct mx_send *send, struct mx_row *row, const char *reason)
{
    log_warn("reply-dropped", LOG_STR("room", row->row.room), LOG_STR("answers", row->row.answers),
             LOG_STR("reason", reason));
    add_ack(send, row, NULL, reason);
    mx_queue_remove(send->queue, row);
}

static void accepted(struct mx_send *send, struct mx_row *row, const char *event_id)
{
    log_info("sent", LOG_STR("room", row->row.room), LOG_STR("answers", row->row.answers),
             LOG_STR("event_id", event_id));
    add_ack(send, row, event_id, NULL);
    for (size_t i = 0; i < row->lane->rows.count; i++)
        if (row->lane->rows.at[i]->row.state == OUTBOX_NEW) /* it may edit this one: the store tells it how */
            mx_send_collect_soon(send);
    mx_queue_remove(send->queue, row);
    backoff_reset(&send->limited);
}

static void put_done(void *arg, const struct mx_answer *answer)
{
    struct mx_row *row = arg;
    struct mx_send *send = row->send;
    const char *event_id = json_get_text(answer->json, "event_id");
    int64_t now = loop_monotonic_ms();

    row->call = NULL;
    row->lane->under_way--;
    send->under_way--;
    if (answer->status == 200 && event_id != NULL && strlen(event_id) <= MX_ID_MAX) {
        if (row->row.bulk)
            mx_pace_accepted(&send->pace);
        accepted(send, row, event_id);
    } else if (answer->status == 429) {
        send->paused_until_ms = now + mx_retry_delay(&send->limited, answer->retry_after_ms);
        mx_pace_limited(&send->pace, now, send->paused_until_ms - now);
        log_info("rate-limited", LOG_INT("ms", send->paused_until_ms - now));
    } else if (answer->status == 400 || answer->status == 403 || answer->status == 404 || answer->status == 413) {
        refuse(send, row, answer->err->text);
    } else {
        row->not_before_ms = now + mx_retry_delay(&row->backoff, answer->retry_after_ms);
        log_warn("send-failed", LOG_STR("room", row->row.room), LOG_INT("status", answer->status),
                 LOG_INT("again_ms", row->not_before_ms - now));
    }
    mx_send_run(send);
}

static void echo_done(void *arg, const char *event_id)
{
    struct mx_row *row = arg;
    struct mx_send *send = row->send;

    row->echo = NULL;
    row->looked = true;
    row->lane->under_way--;
    send->under_way--;
    if (event_id != NULL)
        accepted(send, row, event_id);
    mx_send_run(send);
}

/* It is sealed after the outcome is in the store, in the same transaction: killed before, it is uploaded anew. */
static void upload_done(void *arg, const char *where)
{
    struct mx_row *row = arg;
    struct mx_send *send = row->send;

    row->upload = NULL;
    row->lane->under_way--;
    send->under_way--;
    row->told = true;
    add_ack(send, row, NULL, NULL);
    send->acks.at[send->acks.count - 1].uploaded = mem_strdup(where);
    send->acks.at[send->acks.count - 1].no_file = where == NULL;
    mx_send_collect_soon(send);
}

/* The lane's next file, one at a time. */
static void upload(struct mx_send *send, struct mx_lane *lane, bool encrypted)
{
    const struct matrix_store *store = send->matrix->store;

    for (size_t i = 0; i < lane->rows.count; i++) {
        struct mx_row *row = lane->rows.at[i];
        struct buf bytes = BUF_INIT(ATTACHMENT_MAX);
        struct err err;

        if (row->staged || row->told || mx_row_is_busy(row) || mx_row_is_sealed(row, encrypted) ||
            !lacks_file(row, encrypted))
            continue;
        if (store->outbox_file(store->self, row->row.id, &bytes, &err) == 1) {
            lane->under_way++;
            send->under_way++;
            row->upload = mx_upload_start(send->matrix, buf_span(&bytes), encrypted, upload_done, row);
        }
        buf_release(&bytes);
        return;
    }
}

static void put(struct mx_send *send, struct mx_row *row)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {.method = "PUT",
                                 .body = span_of(row->row.content),
                                 .deadline_ms = PUT_DEADLINE_MS,
                                 .retry = MX_ONCE,
                                 .done = put_done,
                                 .arg = row};

    row->lane->under_way++;
    send->under_way++;
    if (!row->looked && loop_now_ms() - row->row.at_ms > MX_ECHO_AGE_MS) {
        row->echo = mx_echo_start(send->matrix, row->row.room, row->row.txn_id, row->row.at_ms, echo_done, row);
        return;
    }
    mx_path(&path, "/_matrix/client/v3/rooms/{}/send/{}/{}", row->row.room, row->row.event_type, row->row.txn_id);
    request.path = buf_text(&path);
    row->call = mx_api_start(send->matrix->api, &request);
    buf_release(&path);
}

/* The lane's first row that will never go; NULL: none. While a refusal waits to be written the store may still make
 * something else of an edit. */
static struct mx_row *lost_row(const struct mx_send *send, const struct mx_lane *lane, bool joined, const char **reason)
{
    for (size_t i = 0; i < lane->rows.count; i++) {
        struct mx_row *row = lane->rows.at[i];
        bool orphan = row->row.kind == OUT_EDIT && row->row.edits_event[0] == '\0' && send->acks.count == 0 &&
                      row->row.state == OUTBOX_NEW && !mx_lane_awaits(lane, row);

        if (mx_row_is_busy(row) || row->staged)
            continue;
        *reason = !joined          ? "we are not in the room"
                  : row->hopeless  ? "too large"
                  : row->held_back ? "the reader's identity changed"
                                   : "what it edits is gone";
        if (!joined || row->hopeless || row->held_back || orphan)
            return row;
    }
    return NULL;
}

/* True when the lane is still there. */
static bool drop_lost(struct mx_send *send, struct mx_lane *lane, bool joined)
{
    struct mx_row *row;
    const char *reason;

    while ((row = lost_row(send, lane, joined, &reason)) != NULL) {
        bool last = lane->rows.count == 1;

        refuse(send, row, reason);
        if (last)
            return false;
    }
    return true;
}

static void wake_in(int64_t *earliest, int64_t wait_ms)
{
    if (wait_ms >= 0 && (*earliest < 0 || wait_ms < *earliest))
        *earliest = wait_ms;
}

/* How long the lane's next row waits for its turn, which it takes when it needn't. */
static int64_t take_turn(struct mx_send *send, bool bulk, int64_t now)
{
    int64_t wait = bulk ? mx_pace_wait(&send->pace, now) : 0;

    if (wait == 0)
        wait = bucket_take(&send->bucket, now);
    if (wait == 0 && bulk)
        mx_pace_sent(&send->pace, now);
    return wait;
}

static void run_lane(struct mx_send *send, struct mx_lane *lane, bool encrypted, int64_t now, int64_t *earliest)
{
    bool bulk = mx_lane_is_bulk(lane);
    size_t most = bulk ? MX_SEND_TOTAL - MX_SEND_KEPT : MX_SEND_TOTAL;
    struct mx_row *row;
    int64_t wait = -1;

    if (send->under_way < most)
        upload(send, lane, encrypted);
    while (send->under_way < most && (row = mx_lane_next(lane, encrypted, now, &wait)) != NULL) {
        wait = take_turn(send, bulk, now);
        if (wait > 0)
            break;
        put(send, row);
    }
    wake_in(earliest, wait);
}

/* The lanes in which somebody waits, or the others. Replies go first. */
static void run_lanes(struct mx_send *send, bool bulk, int64_t now, int64_t *earliest)
{
    struct mx_lane *lane;

    for (size_t i = 0; (lane = mx_queue_lane(send->queue, i)) != NULL;) {
        const struct mx_room *room = mx_rooms_find(send->matrix->rooms, lane->room_id);
        bool joined = room != NULL && room->joined;

        if (mx_lane_is_bulk(lane) == bulk) {
            if (!drop_lost(send, lane, joined))
                continue; /* the next one is at I now */
            if (joined)   /* else what is left is under way or not committed */
                run_lane(send, lane, room->encrypted, now, earliest);
        }
        i++;
    }
}

bool mx_send_is_busy(const struct mx_send *send)
{
    return send->under_way != 0;
}

void mx_send_run(struct mx_send *send)
{
    struct matrix *matrix = send->matrix;
    int64_t now = loop_monotonic_ms();
    int64_t earliest = -1;

    if (matrix->failed || matrix->stale)
        return;
    if (send->paused_until_ms > now) {
        loop_timer_set(send->timer, send->paused_until_ms - now);
        return;
    }
    run_lanes(send, false, now, &earliest);
    run_lanes(send, true, now, &earliest);
    if (earliest >= 0)
        loop_timer_set(send->timer, earliest);
}

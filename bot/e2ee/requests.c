/*
 * The queue of requests. Uploads, queries and claims are made from what is to be known at the moment they are asked
 * for; to-device messages are rows in the store, repeated under the same transaction id until they are accepted.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "bot/log/log.h"

enum { REFUSED_AT_MOST = 8 /* times that a to-device request may be refused before it is given up */ };

static void pending_free(struct e2ee_pending *pending)
{
    for (size_t i = 0; i < pending->subjects.count; i++)
        free(pending->subjects.at[i]);
    vec_release(&pending->subjects);
    free(pending->path);
    free(pending->body);
    free(pending->txn_id);
    free(pending);
}

struct e2ee_pending *e2ee_pending_add(struct e2ee *machine, enum e2ee_request_kind kind, const char *path,
                                      struct buf *body, bool priority)
{
    static const char *const methods[] = {
        [E2EE_KEYS_UPLOAD] = "POST",   [E2EE_KEYS_QUERY] = "POST", [E2EE_KEYS_CLAIM] = "POST",
        [E2EE_SEND_TO_DEVICE] = "PUT", [E2EE_BACKUP_KEYS] = "PUT", [E2EE_BACKUP_VERSION] = "GET",
        [E2EE_SIGNATURES] = "POST",
    };
    struct e2ee_pending *pending = mem_zero(1, sizeof(*pending));

    BUG_IF(body->overflowed);
    pending->path = mem_strdup(path);
    pending->body = buf_steal(body);
    pending->not_before_ms = machine->quiet_until_ms;
    pending->shown =
        (struct e2ee_request){++machine->next_id, kind, methods[kind], pending->path, pending->body, priority};
    vec_push(&machine->pending, pending);
    return pending;
}

/* ---- to-device */

static void add_to_device(struct e2ee *machine, const char *txn_id, const char *event_type, struct buf *body)
{
    struct buf path = BUF_INIT(1024);
    struct e2ee_pending *pending;

    buf_addf(&path, "/_matrix/client/v3/sendToDevice/%s/%s", event_type, txn_id);
    pending = e2ee_pending_add(machine, E2EE_SEND_TO_DEVICE, buf_text(&path), body, true);
    pending->txn_id = mem_strdup(txn_id);
    buf_release(&path);
}

int e2ee_requests_to_device(struct e2ee *machine, const char *mark, const char *event_type, struct buf *body,
                            struct err *err)
{
    struct buf txn_id = BUF_INIT(128);
    int rc;

    BUG_IF(body->overflowed);
    buf_addf(&txn_id, "%s-", mark);
    e2ee_random_hex(&txn_id);
    rc = machine->store->request_put(machine->store->self, buf_text(&txn_id), event_type, buf_text(body), err);
    if (rc == 0)
        add_to_device(machine, buf_text(&txn_id), event_type, body);
    buf_release(&txn_id);
    return rc;
}

bool e2ee_requests_marked(const struct e2ee *machine, const char *mark)
{
    size_t length = strlen(mark);

    for (size_t i = 0; i < machine->pending.count; i++) {
        const struct e2ee_pending *pending = machine->pending.at[i];

        if (pending->txn_id != NULL && !pending->orphan && strncmp(pending->txn_id, mark, length) == 0 &&
            pending->txn_id[length] == '-')
            return true;
    }
    return false;
}

static int load_row(void *arg, const char *txn_id, const char *event_type, const char *body_json)
{
    struct buf body = BUF_INIT(E2EE_BODY_MAX);

    buf_adds(&body, body_json);
    add_to_device(arg, txn_id, event_type, &body);
    return 0;
}

int e2ee_requests_load(struct e2ee *machine, struct err *err)
{
    return machine->store->request_each(machine->store->self, load_row, machine, err);
}

void e2ee_requests_unload(struct e2ee *machine)
{
    size_t kept = 0;

    for (size_t i = 0; i < machine->pending.count; i++) {
        struct e2ee_pending *pending = machine->pending.at[i];

        if (pending->under_way) {
            pending->orphan = true;
            machine->pending.at[kept++] = pending;
        } else {
            pending_free(pending);
        }
    }
    machine->pending.count = kept;
}

void e2ee_requests_free(struct e2ee *machine)
{
    for (size_t i = 0; i < machine->pending.count; i++)
        pending_free(machine->pending.at[i]);
    vec_release(&machine->pending);
}

/* ---- offering */

/* A command that follows no rooms leaves all else to the daemon. */
static bool is_offered(const struct e2ee *machine, const struct e2ee_pending *pending)
{
    return !pending->under_way && (!machine->keys_only || pending->shown.kind == E2EE_KEYS_UPLOAD);
}

static struct e2ee_pending *best_waiting(struct e2ee *machine, int64_t now_ms)
{
    struct e2ee_pending *best = NULL;

    for (size_t i = 0; i < machine->pending.count; i++) {
        struct e2ee_pending *pending = machine->pending.at[i];

        if (is_offered(machine, pending) && pending->not_before_ms <= now_ms &&
            (best == NULL || (pending->shown.priority && !best->shown.priority)))
            best = pending;
    }
    return best;
}

const struct e2ee_request *e2ee_next_request(struct e2ee *machine, int64_t now_ms)
{
    struct e2ee_pending *next;

    if (!machine->loaded)
        return NULL;
    if (now_ms >= machine->quiet_until_ms)
        e2ee_account_request(machine, now_ms);
    if (now_ms >= machine->quiet_until_ms && !machine->keys_only) {
        e2ee_devices_request(machine, now_ms);
        e2ee_claims_request(machine, now_ms);
        e2ee_backup_request(machine, now_ms);
        e2ee_signing_request(machine, now_ms);
    }
    next = best_waiting(machine, now_ms);
    if (next == NULL)
        return NULL;
    next->under_way = true;
    return &next->shown;
}

static void sooner(int64_t *due, int64_t other)
{
    if (other >= 0 && (*due < 0 || other < *due))
        *due = other;
}

int64_t e2ee_next_due(const struct e2ee *machine)
{
    int64_t due = -1;

    if (!machine->loaded)
        return -1;
    for (size_t i = 0; i < machine->pending.count; i++)
        if (is_offered(machine, machine->pending.at[i]))
            sooner(&due, machine->pending.at[i]->not_before_ms);
    if (!machine->account.under_way &&
        (!machine->account.published || machine->account.unpublished || machine->account.ask))
        sooner(&due, machine->account.retry_ms);
    if (!machine->keys_only) {
        sooner(&due, e2ee_devices_due(machine));
        sooner(&due, e2ee_claims_due(machine));
        sooner(&due, e2ee_backup_due(machine));
        sooner(&due, e2ee_signing_due(machine));
    }
    return due >= 0 && due < machine->quiet_until_ms ? machine->quiet_until_ms : due;
}

/* ---- answers */

static int upload_answered(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                           int64_t now_ms, struct err *err)
{
    (void)pending;
    (void)now_ms;
    return e2ee_account_answered(machine, response, err);
}

static int upload_failed(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms,
                         struct err *err)
{
    (void)pending;
    return e2ee_account_failed(machine, status, now_ms, err);
}

static int query_failed(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms, struct err *err)
{
    (void)err;
    e2ee_devices_failed(machine, pending, status, now_ms);
    return 0;
}

static int claim_failed(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms, struct err *err)
{
    (void)err;
    e2ee_claims_failed(machine, pending, status, now_ms);
    return 0;
}

static int sent(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response, int64_t now_ms,
                struct err *err)
{
    (void)response;
    (void)now_ms;
    return machine->store->request_delete(machine->store->self, pending->txn_id, err);
}

static int not_sent(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms, struct err *err)
{
    bool refused = status >= 400 && status < 500 && status != 401 && status != 403 && status != 429;

    pending->failures++;
    if (refused && pending->failures >= REFUSED_AT_MOST) {
        log_error("e2ee-to-device-refused", LOG_STR("path", pending->path), LOG_INT("status", status));
        return machine->store->request_delete(machine->store->self, pending->txn_id, err);
    }
    pending->under_way = false;
    pending->not_before_ms = now_ms + e2ee_delay_ms(pending->failures - 1, E2EE_SECOND_MS, E2EE_AWAY_MAX_MS);
    return 0;
}

static int keys_backed_up(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                          int64_t now_ms, struct err *err)
{
    (void)response;
    (void)now_ms;
    return e2ee_backup_keys_answered(machine, pending, err);
}

static int keys_not_backed_up(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms,
                              struct err *err)
{
    (void)pending;
    (void)err;
    e2ee_backup_keys_failed(machine, status, now_ms);
    return 0;
}

static int version_answered(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                            int64_t now_ms, struct err *err)
{
    (void)pending;
    return e2ee_backup_version_answered(machine, response, now_ms, err);
}

static int version_failed(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms,
                          struct err *err)
{
    (void)pending;
    return e2ee_backup_version_failed(machine, status, now_ms, err);
}

static int signatures_answered(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                               int64_t now_ms, struct err *err)
{
    (void)now_ms;
    return e2ee_signing_answered(machine, pending, response, err);
}

static int signatures_failed(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms,
                             struct err *err)
{
    return e2ee_signing_failed(machine, pending, status, now_ms, err);
}

/* Verifications may have waited for just these lists. */
static int query_answered(struct e2ee *machine, const struct e2ee_pending *query, const struct json *response,
                          int64_t now_ms, struct err *err)
{
    if (e2ee_devices_answered(machine, query, response, now_ms, err) < 0)
        return -1;
    return e2ee_verify_go_on(machine, now_ms, err);
}

static const struct {
    int (*answered)(struct e2ee *machine, const struct e2ee_pending *pending, const struct json *response,
                    int64_t now_ms, struct err *err);
    int (*failed)(struct e2ee *machine, struct e2ee_pending *pending, int status, int64_t now_ms, struct err *err);
} kinds[] = {
    [E2EE_KEYS_UPLOAD] = {upload_answered, upload_failed},
    [E2EE_KEYS_QUERY] = {query_answered, query_failed},
    [E2EE_KEYS_CLAIM] = {e2ee_claims_answered, claim_failed},
    [E2EE_SEND_TO_DEVICE] = {sent, not_sent},
    [E2EE_BACKUP_KEYS] = {keys_backed_up, keys_not_backed_up},
    [E2EE_BACKUP_VERSION] = {version_answered, version_failed},
    [E2EE_SIGNATURES] = {signatures_answered, signatures_failed},
};

static struct e2ee_pending *take_out(struct e2ee *machine, uint64_t id)
{
    for (size_t i = 0; i < machine->pending.count; i++) {
        struct e2ee_pending *pending = machine->pending.at[i];

        if (pending->shown.id == id && pending->under_way) {
            vec_remove(&machine->pending, i);
            return pending;
        }
    }
    return NULL;
}

int e2ee_request_done(struct e2ee *machine, uint64_t id, int status, const struct json *response, int64_t now_ms,
                      struct err *err)
{
    struct e2ee_pending *pending = take_out(machine, id);
    int rc = 0;

    if (pending == NULL)
        return 0;
    if (!pending->orphan && !machine->loaded)
        rc = err_set(err, ERR_STORE, "the keys are not loaded");
    else if (!pending->orphan && status == 200 && json_is_object(response))
        rc = kinds[pending->shown.kind].answered(machine, pending, response, now_ms, err);
    else if (!pending->orphan)
        rc = kinds[pending->shown.kind].failed(machine, pending, status, now_ms, err);
    if (rc == 0 && !pending->under_way)
        vec_push(&machine->pending, pending); /* to be offered again */
    else
        pending_free(pending);
    return rc;
}

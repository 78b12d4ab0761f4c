/*
 * Carries the encryption machine's requests to the server and the answers back.
 */
#include "bot/matrix/keys.h"

#include <stdlib.h>

#include "bot/log/log.h"
#include "bot/matrix/batch.h"
#include "bot/matrix/send.h"
#include "core/base/mem.h"

enum { AT_ONCE = 6, ANSWER_MAX = 64 * 1024 * 1024, AGAIN_MS = 1000, SOON_MS = 20 };

struct asking {
    struct mx_keys *keys;
    struct asking *next;
    uint64_t id;
    struct mx_call *call;
};

struct mx_keys {
    struct matrix *matrix;
    struct asking *askings;
    int count;
    struct loop_timer *timer;
};

static void run(void *arg)
{
    mx_keys_run(arg);
}

struct mx_keys *mx_keys_new(struct matrix *matrix)
{
    struct mx_keys *keys = mem_zero(1, sizeof(*keys));

    keys->matrix = matrix;
    keys->timer = loop_timer_new(matrix->options.loop, run, keys);
    return keys;
}

static void asking_free(struct asking *asking)
{
    struct asking **link = &asking->keys->askings;

    while (*link != asking)
        link = &(*link)->next;
    *link = asking->next;
    asking->keys->count--;
    mx_api_cancel(asking->call);
    free(asking);
}

void mx_keys_free(struct mx_keys *keys)
{
    if (keys == NULL)
        return;
    while (keys->askings != NULL)
        asking_free(keys->askings);
    loop_timer_free(keys->timer);
    free(keys);
}

/* The machine takes the answer within a transaction. An error that is none of the store's ends it all: the keys on the
 * server are not this store's. */
static int take_answer(struct matrix *matrix, uint64_t id, const struct mx_answer *answer)
{
    struct err err = {0};

    if (mx_begin(matrix, &err) != 0)
        goto failed;
    if (e2ee_request_done(matrix->e2ee, id, answer->status, answer->status == 200 ? answer->json : NULL, loop_now_ms(),
                          &err) != 0 ||
        mx_batch_released(matrix, &err) != 0 || mx_send_collect(matrix->send, &err) != 0) {
        mx_rollback(matrix);
        goto failed;
    }
    if (mx_commit(matrix, &err) == 0)
        return 0;

failed:
    if (err.class == ERR_STORE)
        log_error("store", LOG_STR("reason", err.text));
    else
        mx_fail(matrix, &err);
    return -1;
}

static void asking_done(void *arg, const struct mx_answer *answer)
{
    struct asking *asking = arg;
    struct mx_keys *keys = asking->keys;
    struct matrix *matrix = keys->matrix;
    uint64_t id = asking->id;

    asking->call = NULL;
    asking_free(asking);
    if (matrix->failed)
        return;
    if (answer->status != 200)
        log_info("key-request-failed", LOG_INT("status", answer->status), LOG_STR("reason", answer->err->text));
    if (take_answer(matrix, id, answer) != 0) {
        loop_timer_set(keys->timer, AGAIN_MS);
        return;
    }
    mx_go_on(matrix);
}

static void begin(struct mx_keys *keys, const struct e2ee_request *request)
{
    struct asking *asking = mem_zero(1, sizeof(*asking));
    struct mx_request asked = {
        .method = request->method,
        .path = request->path,
        .body = span_of(request->body),
        .maximum = ANSWER_MAX,
        .retry = MX_RETRY_LIMITED, /* the machine keeps the delays of all other failures */
        .done = asking_done,
        .arg = asking,
    };

    asking->keys = keys;
    asking->id = request->id;
    asking->next = keys->askings;
    keys->askings = asking;
    keys->count++;
    asking->call = mx_api_start(keys->matrix->api, &asked);
}

void mx_keys_run(struct mx_keys *keys)
{
    struct matrix *matrix = keys->matrix;
    const struct e2ee_request *request;
    struct err err = {0};
    int64_t due;

    if (matrix->failed)
        return;
    if (matrix->stale) { /* read the machine again first */
        if (mx_begin(matrix, &err) != 0 || mx_commit(matrix, &err) != 0) {
            loop_timer_set(keys->timer, AGAIN_MS);
            return;
        }
    }
    while (keys->count < AT_ONCE && (request = e2ee_next_request(matrix->e2ee, loop_now_ms())) != NULL)
        begin(keys, request);
    due = e2ee_next_due(matrix->e2ee);
    if (due >= 0 && keys->count < AT_ONCE) {
        int64_t wait = due - loop_now_ms();

        loop_timer_set(keys->timer, wait > SOON_MS ? wait : SOON_MS);
    }
}

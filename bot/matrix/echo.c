/*
 * Whether something that we may have sent long ago is in the room.
 */
#include "bot/matrix/echo.h"

#include <stdlib.h>
#include <string.h>

#include "bot/matrix/filter.h"
#include "bot/matrix/sync.h"
#include "core/base/mem.h"

enum {
    PAGES_MAX = 50,
    PAGE_MAX = 64 * 1024 * 1024,
    FILTER_MAX = 1024,
    SLACK_MS = 60 * 60 * 1000 /* between our clock and the server's */
};

struct mx_echo {
    struct matrix *matrix;
    char *room_id;
    char *txn_id;
    char *from; /* of the next page; NULL: the newest */
    int64_t from_ms;
    int pages;
    struct mx_call *call;
    void (*done)(void *arg, const char *event_id);
    void *arg;
};

void mx_echo_cancel(struct mx_echo *echo)
{
    if (echo == NULL)
        return;
    mx_api_cancel(echo->call);
    free(echo->room_id);
    free(echo->txn_id);
    free(echo->from);
    free(echo);
}

static void finish(struct mx_echo *echo, const char *event_id)
{
    void (*done)(void *arg, const char *event_id) = echo->done;
    void *arg = echo->arg;

    mx_echo_cancel(echo);
    done(arg, event_id);
}

/* The id of the event that was sent under the transaction; NULL: not on this page. *OLDER: the page reaches behind it.
 */
static const char *find(const struct mx_echo *echo, const struct json *chunk, bool *older)
{
    *older = json_count(chunk) == 0;
    for (size_t i = 0; i < json_count(chunk); i++) {
        const struct json *event = json_at(chunk, i);
        const char *txn_id = json_text(json_path(event, "unsigned", "transaction_id", NULL));
        const char *event_id = json_get_text(event, "event_id");
        int64_t sent_ms;

        if (txn_id != NULL && event_id != NULL && strlen(event_id) <= MX_ID_MAX && strcmp(txn_id, echo->txn_id) == 0)
            return event_id;
        if (json_get_int(event, "origin_server_ts", &sent_ms) && sent_ms < echo->from_ms - SLACK_MS)
            *older = true;
    }
    return NULL;
}

static void ask(struct mx_echo *echo);

static void page_done(void *arg, const struct mx_answer *answer)
{
    struct mx_echo *echo = arg;
    const char *end = json_get_text(answer->json, "end");
    bool older;
    const char *event_id = find(echo, json_get(answer->json, "chunk"), &older);

    echo->call = NULL;
    if (event_id != NULL || older || end == NULL || strlen(end) > MX_TOKEN_MAX || ++echo->pages >= PAGES_MAX) {
        finish(echo, event_id);
        return;
    }
    free(echo->from);
    echo->from = mem_strdup(end);
    ask(echo);
}

static void ask(struct mx_echo *echo)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct buf filter = BUF_INIT(FILTER_MAX);
    struct mx_request request = {
        .method = "GET", .maximum = PAGE_MAX, .retry = MX_RETRY, .done = page_done, .arg = echo};

    mx_filter_own(echo->matrix->user_id, &filter);
    mx_path(&path, "/_matrix/client/v3/rooms/{}/messages?dir=b&limit=100&filter={}", echo->room_id, buf_text(&filter));
    if (echo->from != NULL)
        mx_path(&path, "&from={}", echo->from);
    request.path = buf_text(&path);
    echo->call = mx_api_start(echo->matrix->api, &request);
    buf_release(&path);
    buf_release(&filter);
}

struct mx_echo *mx_echo_start(struct matrix *matrix, const char *room_id, const char *txn_id, int64_t from_ms,
                              void (*done)(void *arg, const char *event_id), void *arg)
{
    struct mx_echo *echo = mem_zero(1, sizeof(*echo));

    echo->matrix = matrix;
    echo->room_id = mem_strdup(room_id);
    echo->txn_id = mem_strdup(txn_id);
    echo->from_ms = from_ms;
    echo->done = done;
    echo->arg = arg;
    ask(echo);
    return echo;
}

/*
 * Requests over libcurl's multi-socket interface, driven by the loop.
 *
 * libcurl must not be called from inside its own callbacks, and multi_socket has a history of missed wake-ups (curl
 * issues 10146, 15154): so a call that starts, ends or is cancelled only schedules work, and each call has a deadline
 * of our own beside curl's.
 */
#include "bot/http/http.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>

#include <curl/curl.h>
#include <event2/event.h>

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/mem.h"

enum { CONNECT_TIMEOUT_MS = 10000, RETRY_AFTER_MAXIMUM_S = 3600, IDLE_HANDLES = 8 };

struct http {
    struct loop *loop;
    CURLM *multi;
    struct loop_timer *timer;   /* what curl asked to be woken for */
    struct loop_timer *deliver; /* completions that wait for their turn */
    TAILQ_HEAD(, http_call) calls;
    char *ca_file;
    char *user_agent;
    long connections;
    CURL *idle[IDLE_HANDLES]; /* handles kept, since making one costs more than a request's JSON */
    size_t idle_count;
};

struct http_call {
    TAILQ_ENTRY(http_call) entry;
    struct http *http;
    CURL *easy;
    struct curl_slist *headers;
    char *body;
    size_t body_length;
    struct loop_timer *deadline;
    struct http_request request; /* strings in it are not kept */
    size_t received;
    int64_t started_ms;
    int64_t deadline_ms;
    int64_t retry_after_ms;
    char *location, *date;
    struct err err;
    bool finished; /* the result is known and waits to be delivered */
    int status;
};

/* A socket that curl watches; its event is kept by curl as the socket's private pointer. */
struct watched {
    struct event *event;
};

static void reap(struct http *http);
static void deliver(void *arg);

static void socket_ready(evutil_socket_t fd, short what, void *arg)
{
    struct http *http = arg;
    int running;
    int action = (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0);

    curl_multi_socket_action(http->multi, fd, action, &running);
    reap(http);
    deliver(http);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *private)
{
    struct http *http = arg;
    struct watched *watched = private;
    short events = (short)((what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0) | EV_PERSIST);

    (void)easy;
    if (watched != NULL)
        event_free(watched->event);
    if (what == CURL_POLL_REMOVE) {
        free(watched);
        curl_multi_assign(http->multi, fd, NULL);
        return 0;
    }
    if (watched == NULL)
        watched = mem_zero(1, sizeof(*watched));
    watched->event = event_new(loop_base(http->loop), fd, events, socket_ready, http);
    BUG_IF(watched->event == NULL);
    event_add(watched->event, NULL);
    curl_multi_assign(http->multi, fd, watched);
    return 0;
}

static int on_timer(CURLM *multi, long timeout_ms, void *arg)
{
    struct http *http = arg;

    (void)multi;
    if (timeout_ms < 0)
        loop_timer_cancel(http->timer);
    else
        loop_timer_set(http->timer, timeout_ms);
    return 0;
}

static void timer_due(void *arg)
{
    struct http *http = arg;
    int running;

    curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    reap(http);
    deliver(http);
}

static int multi_open(struct http *http)
{
    http->multi = curl_multi_init();
    if (http->multi == NULL)
        return -1;
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
    curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, http->connections);
    curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    return 0;
}

struct http *http_new(struct loop *loop, const struct http_options *options, struct err *err)
{
    struct http *http;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(err, ERR_INTERNAL, "libcurl cannot start");
        return NULL;
    }
    http = mem_zero(1, sizeof(*http));
    http->loop = loop;
    http->ca_file = mem_strdup(options->ca_file);
    http->user_agent = mem_strdup(options->user_agent);
    http->connections = options->connections > 0 ? options->connections : 16;
    TAILQ_INIT(&http->calls);
    if (multi_open(http) < 0) {
        err_set(err, ERR_INTERNAL, "libcurl cannot start");
        free(http->ca_file);
        free(http->user_agent);
        free(http);
        return NULL;
    }
    http->timer = loop_timer_new(loop, timer_due, http);
    http->deliver = loop_timer_new(loop, deliver, http);
    return http;
}

/* The token stands in a header, a password or a refresh token in a body. */
static void cleanse(struct http_call *call)
{
    for (struct curl_slist *header = call->headers; header != NULL; header = header->next)
        explicit_bzero(header->data, strlen(header->data));
    if (call->body != NULL)
        explicit_bzero(call->body, call->body_length);
}

static void call_free(struct http_call *call)
{
    struct http *http = call->http;

    TAILQ_REMOVE(&http->calls, call, entry);
    loop_timer_free(call->deadline);
    if (call->easy != NULL) {
        if (!call->finished)
            curl_multi_remove_handle(http->multi, call->easy);
        if (http->idle_count < IDLE_HANDLES) {
            curl_easy_reset(call->easy);
            http->idle[http->idle_count++] = call->easy;
        } else {
            curl_easy_cleanup(call->easy);
        }
    }
    cleanse(call);
    curl_slist_free_all(call->headers);
    free(call->body);
    free(call->location);
    free(call->date);
    free(call);
}

static void drop_idle(struct http *http)
{
    while (http->idle_count > 0)
        curl_easy_cleanup(http->idle[--http->idle_count]);
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    while (!TAILQ_EMPTY(&http->calls))
        call_free(TAILQ_FIRST(&http->calls)); // NOLINT(clang-analyzer-unix.Malloc): it can't see TAILQ_REMOVE
    drop_idle(http);
    curl_multi_cleanup(http->multi);
    loop_timer_free(http->timer);
    loop_timer_free(http->deliver);
    free(http->ca_file);
    free(http->user_agent);
    free(http);
    curl_global_cleanup();
}

void http_cancel(struct http_call *call)
{
    if (call != NULL)
        call_free(call);
}

/* The call's result stands: take it off curl. Its owner is told by deliver(). */
static void finish(struct http_call *call, int status)
{
    if (call->finished)
        return;
    curl_multi_remove_handle(call->http->multi, call->easy);
    call->finished = true;
    call->status = status;
    loop_timer_cancel(call->deadline);
}

/* CALL or the first one behind it that is; NULL. */
static struct http_call *finished_from(struct http_call *call)
{
    while (call != NULL && !call->finished)
        call = TAILQ_NEXT(call, entry);
    return call;
}

/* Delivers one completion for each pass over the list: a callback may start, cancel or free other calls, or all. Never
 * from inside curl's. */
static void deliver(void *arg)
{
    struct http *http = arg;
    struct http_call *call = finished_from(TAILQ_FIRST(&http->calls));

    if (call == NULL)
        return;
    if (finished_from(TAILQ_NEXT(call, entry)) != NULL)
        loop_timer_set(http->deliver, 0);
    struct http_request request = call->request;
    struct err err = call->err;
    char *location = call->location, *date = call->date;
    struct http_response response = {
        .status = call->status,
        .retry_after_ms = call->retry_after_ms,
        .elapsed_ms = loop_monotonic_ms() - call->started_ms,
        .err = call->status == 0 ? &err : NULL,
        .location = location,
        .date = date,
    };

    call->location = call->date = NULL;
    call_free(call);
    request.on_done(request.arg, &response);
    free(location);
    free(date);
}

static void deadline_due(void *arg)
{
    struct http_call *call = arg;

    err_set(&call->err, ERR_NETWORK, "no whole answer within %lld ms", (long long)call->deadline_ms);
    finish(call, 0);
    deliver(call->http);
}

static void too_large(struct http_call *call)
{
    err_set(&call->err, ERR_LIMIT, "the answer is larger than %zu bytes", call->request.response_maximum);
}

/* What curl has finished since the last time. */
static void reap(struct http *http)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
        struct http_call *call;
        long status = 0;
        CURLcode result = message->data.result;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&call);
        curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        if (result == CURLE_OK) {
            finish(call, (int)status);
            continue;
        }
        if (result == CURLE_FILESIZE_EXCEEDED)
            too_large(call);
        if (call->err.class == ERR_NONE)
            err_set(&call->err, ERR_NETWORK, "%s", curl_easy_strerror(result));
        finish(call, 0);
    }
}

static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
    struct http_call *call = arg;
    size_t length = size * count;

    if (length > call->request.response_maximum - call->received) {
        too_large(call);
        return 0;
    }
    call->received += length;
    if (call->request.on_body != NULL && call->request.on_body(call->request.arg, bytes, length) < 0) {
        err_set(&call->err, ERR_INPUT, "the answer is malformed");
        return 0;
    }
    return length;
}

/* Seconds, or a date (RFC 9110, section 10.2.3). */
static int64_t parse_retry_after(const char *value)
{
    char *end;
    int64_t seconds = strtoll(value, &end, 10);

    if (end == value) {
        time_t date = curl_getdate(value, NULL);

        if (date == -1)
            return -1;
        seconds = (int64_t)date - loop_now_ms() / 1000;
    }
    if (seconds < 0)
        seconds = 0;
    if (seconds > RETRY_AFTER_MAXIMUM_S)
        seconds = RETRY_AFTER_MAXIMUM_S;
    return seconds * 1000;
}

int64_t http_date_ms(const char *date)
{
    time_t at = date != NULL ? curl_getdate(date, NULL) : -1;

    return at != -1 ? (int64_t)at * 1000 : -1;
}

/* The value of header NAME (with its colon) in LINE as a new string, or NULL. */
static char *header_value(const char *line, size_t length, const char *name)
{
    size_t at = strlen(name);

    if (length < at || strncasecmp(line, name, at) != 0)
        return NULL;
    while (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    while (length > at && (line[length - 1] == '\r' || line[length - 1] == '\n' || line[length - 1] == ' '))
        length--;
    return mem_strndup(line + at, length - at);
}

static size_t on_header(char *line, size_t size, size_t count, void *arg)
{
    struct http_call *call = arg;
    size_t length = size * count;
    char *value = header_value(line, length, "retry-after:");

    if (value != NULL) {
        call->retry_after_ms = parse_retry_after(value);
        free(value);
    } else if ((value = header_value(line, length, "location:")) != NULL) {
        free(call->location);
        call->location = value;
    } else if ((value = header_value(line, length, "date:")) != NULL) {
        free(call->date);
        call->date = value;
    }
    return length;
}

static void add_header(struct http_call *call, const char *line)
{
    struct curl_slist *longer = curl_slist_append(call->headers, line);

    BUG_IF(longer == NULL);
    call->headers = longer;
}

static void set_body(struct http_call *call, const struct http_request *request)
{
    bool has_body = request->body.length > 0 || strcmp(request->method, "GET") != 0;
    struct buf type = BUF_INIT(256);

    if (!has_body)
        return;
    call->body = mem_alloc(request->body.length + 1);
    call->body_length = request->body.length;
    if (request->body.length != 0)
        memcpy(call->body, request->body.at, request->body.length);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, call->body);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.length);
    buf_addf(&type, "Content-Type: %s", request->body_type != NULL ? request->body_type : "application/json");
    add_header(call, buf_text(&type));
    buf_release(&type);
    add_header(call, "Expect:"); /* no round trip for 100-continue */
}

static void set_headers(struct http_call *call, const struct http_request *request)
{
    struct buf line = BUF_INIT(8192);

    if (request->bearer != NULL && buf_addf(&line, "Authorization: Bearer %s", request->bearer) == 0)
        add_header(call, buf_text(&line));
    if (line.data != NULL)
        explicit_bzero(line.data, line.length);
    buf_release(&line);
    set_body(call, request);
    curl_easy_setopt(call->easy, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
}

static void set_policy(struct http_call *call)
{
    struct http *http = call->http;
    CURL *easy = call->easy;

    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (http->ca_file != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, http->ca_file);
    if (http->user_agent != NULL)
        curl_easy_setopt(easy, CURLOPT_USERAGENT, http->user_agent);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 0L);
}

struct http_call *http_start(struct http *http, const struct http_request *request)
{
    struct http_call *call = mem_zero(1, sizeof(*call));

    call->http = http;
    call->request = *request;
    call->started_ms = loop_monotonic_ms();
    call->deadline_ms = request->deadline_ms;
    call->retry_after_ms = -1;
    call->easy = http->idle_count > 0 ? http->idle[--http->idle_count] : curl_easy_init();
    BUG_IF(call->easy == NULL);
    TAILQ_INSERT_TAIL(&http->calls, call, entry);
    call->deadline = loop_timer_new(http->loop, deadline_due, call);
    loop_timer_set(call->deadline, request->deadline_ms);
    set_policy(call);
    set_headers(call, request);
    curl_easy_setopt(call->easy, CURLOPT_URL, request->url);
    /* What says that it is larger is not even begun. */
    curl_easy_setopt(call->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)request->response_maximum);
    curl_easy_setopt(call->easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(call->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(call->easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(call->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(call->easy, CURLOPT_HEADERDATA, call);
    curl_multi_add_handle(http->multi, call->easy);
    return call;
}

void http_rebuild(struct http *http)
{
    struct http_call *call;

    TAILQ_FOREACH(call, &http->calls, entry)
    {
        if (!call->finished) {
            err_set(&call->err, ERR_NETWORK, "the connection was given up");
            finish(call, 0);
        }
    }
    loop_timer_set(http->deliver, 0);
    drop_idle(http);
    curl_multi_cleanup(http->multi);
    if (multi_open(http) < 0)
        BUG("libcurl cannot start again");
}

void http_escape(const char *text, struct buf *out)
{
    for (; *text != '\0'; text++) {
        if (ascii_is_unreserved(*text))
            buf_addc(out, *text);
        else
            buf_addf(out, "%%%02X", (unsigned char)*text);
    }
}

/*
 * One JSON request of the Client-Server API.
 */
#include "bot/matrix/api.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"
#include "bot/loop/backoff.h"
#include "core/base/mem.h"

enum { BACKOFF_BASE_MS = 500, BACKOFF_CAP_MS = 30 * 1000 };

struct mx_api {
    struct mx_api_options options;
    char *server;
    char *token;
    char *identity;     /* "user_id=…&device_id=…", of an application service; NULL: who the token says */
    bool names_device;  /* in that */
    uint64_t tokens;    /* how many there were: which one a call was made with */
    bool token_worked;  /* this one was taken */
    bool token_refused; /* reported; until another one is set */
    bool renews;        /* and that will be */
    struct mx_call *calls;
};

struct mx_call {
    struct mx_api *api;
    struct mx_call *next, **link;
    const char *method;
    char *url;
    char *body;
    size_t body_length;
    const char *body_type;
    int64_t deadline_ms;
    size_t maximum;
    enum mx_retry retry;
    bool anonymous, created, secret, wordless, raw;
    uint64_t token; /* the number of the one that it went out with */
    bool waits;     /* for another one */
    void (*done)(void *arg, const struct mx_answer *answer);
    void *arg;

    struct http_call *http;   /* under way; NULL while waiting for the next try */
    struct loop_timer *timer; /* for the next try */
    struct backoff backoff;
    struct json_parser *parser;
    bool garbage;
    struct buf bytes; /* that came, of a raw one */
};

struct mx_api *mx_api_new(const struct mx_api_options *options)
{
    struct mx_api *api = mem_zero(1, sizeof(*api));

    api->options = *options;
    return api;
}

void mx_api_free(struct mx_api *api)
{
    if (api == NULL)
        return;
    for (struct mx_call *call = api->calls, *next; call != NULL; call = next) {
        next = call->next;
        mx_api_cancel(call);
    }
    crypto_drop(&api->token);
    free(api->identity);
    free(api->server);
    free(api);
}

void mx_api_set_server(struct mx_api *api, const char *base_url)
{
    free(api->server);
    api->server = mem_strdup(base_url);
}

void mx_api_set_token(struct mx_api *api, const char *token)
{
    crypto_drop(&api->token);
    api->token = mem_strdup(token);
    api->tokens++;
    api->token_worked = api->token_refused = api->renews = false;
    for (struct mx_call *call = api->calls; call != NULL; call = call->next)
        if (call->waits) {
            call->waits = false;
            loop_timer_set(call->timer, 0);
        }
}

void mx_api_set_identity(struct mx_api *api, const char *user_id, const char *device_id)
{
    struct buf query = BUF_INIT(MX_PATH_MAX);

    if (user_id != NULL)
        mx_path(&query, "user_id={}", user_id);
    if (device_id != NULL)
        mx_path(&query, "&device_id={}", device_id);
    free(api->identity);
    api->identity = user_id != NULL ? buf_steal(&query) : NULL;
    api->names_device = device_id != NULL;
    api->token_refused = false;
    buf_release(&query);
}

void mx_api_cancel(struct mx_call *call)
{
    if (call == NULL)
        return;
    *call->link = call->next;
    if (call->next != NULL)
        call->next->link = call->link;
    if (call->http != NULL)
        http_cancel(call->http);
    loop_timer_free(call->timer);
    json_parser_free(call->parser);
    buf_release(&call->bytes);
    if (call->body != NULL)
        crypto_cleanse(call->body, call->body_length); /* a login's holds the password */
    free(call->body);
    free(call->url);
    free(call);
}

static int take_body(void *arg, const char *bytes, size_t length)
{
    struct mx_call *call = arg;

    if (call->raw)
        return buf_add(&call->bytes, bytes, length);
    if (call->garbage)
        return 0;
    if (call->parser == NULL)
        call->parser = json_parser_new(call->maximum);
    if (json_parser_feed(call->parser, bytes, length) != 0)
        call->garbage = true; /* the status still counts: a proxy's error page is no JSON */
    return 0;
}

static void try_done(void *arg, const struct http_response *response);

static void try_now(void *arg)
{
    struct mx_call *call = arg;
    struct http_request request = {
        .method = call->method,
        .url = call->url,
        .bearer = call->anonymous ? NULL : call->api->token,
        .body = {call->body, call->body_length},
        .body_type = call->body_type,
        .deadline_ms = call->deadline_ms,
        .response_maximum = call->maximum,
        .on_body = take_body,
        .on_done = try_done,
        .arg = call,
    };

    buf_clear(&call->bytes);
    call->waits = !call->anonymous && call->api->renews;
    call->token = call->api->tokens;
    if (!call->waits)
        call->http = http_start(call->api->options.http, &request);
}

int64_t mx_retry_delay(struct backoff *backoff, int64_t retry_after_ms)
{
    uint32_t random = 0;
    int64_t delay;

    BUG_IF(crypto_random(&random, sizeof(random)) != 0);
    delay = backoff_next(backoff, random);
    return retry_after_ms > delay ? retry_after_ms : delay;
}

/* Before Matrix 1.10 the delay stood in the body alone. */
static int64_t retry_after(const struct http_response *response, const struct json *json)
{
    int64_t ms;

    if (response->retry_after_ms >= 0)
        return response->retry_after_ms;
    if (response->status == 429 && json_get_int(json, "retry_after_ms", &ms) && ms >= 0 && ms <= 3600 * 1000)
        return ms;
    return -1;
}

bool mx_is_passing(const struct mx_answer *answer)
{
    return answer->status == 0 || answer->status == 408 || answer->status == 429 || answer->status >= 500;
}

static bool wants_retry(const struct mx_call *call, const struct mx_answer *answer, const struct err *err)
{
    if (call->raw && err->class == ERR_LIMIT)
        return false;
    if (answer->status == 429)
        return call->retry != MX_ONCE;
    return call->retry == MX_RETRY && mx_is_passing(answer);
}

/* Whoever logs in is told, once for each token (the hook may not free the transport). Whether the call will be made
 * again, with another one. */
static bool waits_for_token(struct mx_call *call, enum mx_refused what)
{
    struct mx_api *api = call->api;

    if (call->token != api->tokens) { /* there is one already */
        loop_timer_set(call->timer, 0);
        return true;
    }
    if (!api->token_refused) {
        api->token_refused = true;
        api->renews = api->options.unauthorized(api->options.arg, what, api->token_worked);
    }
    call->waits = api->renews;
    return call->waits;
}

static bool is_refused(const struct mx_api *api, const struct mx_answer *answer, const struct json *json,
                       enum mx_refused *what)
{
    if (api->names_device && answer->status / 100 == 4 && strcmp(answer->errcode, "M_UNKNOWN_DEVICE") == 0) {
        *what = MX_REFUSED_DEVICE;
        return true;
    }
    *what = json_get_bool(json, "soft_logout", false) ? MX_REFUSED_SOFTLY : MX_REFUSED_TOKEN;
    return answer->status == 401 && strcmp(answer->errcode, "M_UNKNOWN_TOKEN") == 0;
}

static bool is_success(const struct mx_call *call, int status)
{
    return status == 200 || (call->created && status == 201);
}

/* NULL: it is none. */
static struct json *take_json(struct mx_call *call, bool success, struct err *err)
{
    if (call->raw)
        return success ? NULL : json_parse(buf_span(&call->bytes), err);
    return call->parser != NULL && !call->garbage ? json_parser_finish(call->parser, err) : NULL;
}

/* What one try brought: the status, and in ERR the reason where it is no success. */
static int judge(struct mx_call *call, const struct http_response *response, struct json **json, struct err *err)
{
    const char *errcode;
    const char *message;
    bool success = is_success(call, response->status), needed = success && !call->wordless && !call->raw;

    if (response->err != NULL) {
        *err = *response->err;
        return 0;
    }
    *json = take_json(call, success, needed ? err : NULL);
    if (needed && *json == NULL) {
        err_set(err, ERR_NETWORK, "the homeserver's answer is no JSON");
        return 0;
    }
    /* No endpoint has another success: it is as good as garbage. */
    if (!success && response->status / 100 == 2) {
        err_set(err, ERR_NETWORK, "the homeserver answered %d, not 200", response->status);
        return 0;
    }
    if (success)
        return response->status;
    errcode = json_get_text(*json, "errcode");
    message = json_get_text(*json, "error");
    err_set(err, response->status == 401 || response->status == 403 ? ERR_AUTH : ERR_NETWORK,
            "the homeserver answered %d %.64s %.120s", response->status, errcode != NULL ? errcode : "",
            message != NULL ? message : "");
    return response->status;
}

static void finish(struct mx_call *call, struct mx_answer *answer)
{
    void (*done)(void *arg, const struct mx_answer *answer) = call->done;
    void *arg = call->arg;
    char *bytes = buf_steal(&call->bytes);

    answer->bytes.at = bytes;
    mx_api_cancel(call);
    done(arg, answer);
    free(bytes);
}

static void try_done(void *arg, const struct http_response *response)
{
    struct mx_call *call = arg;
    struct mx_api *api = call->api;
    struct json *json = NULL;
    struct err err = {0};
    struct mx_answer answer = {.location = response->location, .date = response->date};
    const char *errcode;
    enum mx_refused what;
    bool secret = call->secret;

    call->http = NULL;
    answer.status = judge(call, response, &json, &err);
    answer.stuck = response->status == 0 && response->elapsed_ms >= call->deadline_ms;
    json_parser_free(call->parser);
    call->parser = NULL;
    call->garbage = false;
    errcode = json_get_text(json, "errcode");
    answer.errcode = errcode != NULL ? errcode : "";
    answer.retry_after_ms = retry_after(response, json);
    api->token_worked |= answer.status == 200 && !call->anonymous && call->token == api->tokens;
    if (!call->anonymous && is_refused(api, &answer, json, &what) && waits_for_token(call, what)) {
        json_free(json);
        return;
    }
    if (wants_retry(call, &answer, &err)) {
        int64_t delay = mx_retry_delay(&call->backoff, answer.retry_after_ms);

        log_info("request-again", LOG_INT("status", answer.status), LOG_INT("delay_ms", delay),
                 LOG_STR("reason", err.text));
        loop_timer_set(call->timer, delay);
    } else {
        answer.json = json;
        answer.err = err.class != ERR_NONE ? &err : NULL;
        answer.bytes.length = call->raw && answer.status == 200 ? call->bytes.length : 0;
        finish(call, &answer);
    }
    (secret ? json_free_secret : json_free)(json);
}

struct mx_call *mx_api_start(struct mx_api *api, const struct mx_request *request)
{
    struct mx_call *call = mem_zero(1, sizeof(*call));
    bool elsewhere = request->path[0] != '/';
    struct buf url = BUF_INIT(2 * MX_PATH_MAX);

    BUG_IF(!elsewhere && api->server == NULL);
    BUG_IF(elsewhere && !request->anonymous); /* the token is for the homeserver alone */
    buf_adds(&url, elsewhere ? "" : api->server);
    buf_adds(&url, request->path);
    if (!request->anonymous && api->identity != NULL) {
        buf_addc(&url, strchr(request->path, '?') != NULL ? '&' : '?');
        buf_adds(&url, api->identity);
    }
    call->url = buf_steal(&url);
    call->api = api;
    call->method = request->method;
    call->body = request->body.length != 0 ? mem_alloc(request->body.length) : NULL;
    if (request->body.length != 0)
        memcpy(call->body, request->body.at, request->body.length);
    call->body_length = request->body.length;
    call->body_type = request->body_type;
    call->deadline_ms = request->deadline_ms != 0 ? request->deadline_ms : MX_DEADLINE_MS;
    call->maximum = request->maximum != 0 ? request->maximum : MX_ANSWER_MAX;
    call->retry = request->retry;
    call->anonymous = request->anonymous;
    call->created = request->created;
    call->secret = request->secret;
    call->wordless = request->wordless;
    call->raw = request->raw;
    buf_init(&call->bytes, call->maximum);
    call->done = request->done;
    call->arg = request->arg;
    call->timer = loop_timer_new(api->options.loop, try_now, call);
    call->backoff = (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = BACKOFF_CAP_MS};
    call->next = api->calls;
    call->link = &api->calls;
    if (call->next != NULL)
        call->next->link = &call->next;
    api->calls = call;
    try_now(call);
    return call;
}

void mx_path(struct buf *out, const char *pattern, ...)
{
    va_list arguments;
    const char *hole;

    va_start(arguments, pattern);
    while ((hole = strstr(pattern, "{}")) != NULL) {
        buf_add(out, pattern, (size_t)(hole - pattern));
        http_escape(va_arg(arguments, const char *), out);
        pattern = hole + 2;
    }
    buf_adds(out, pattern);
    va_end(arguments);
}

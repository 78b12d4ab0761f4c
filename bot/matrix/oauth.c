/*
 * Tokens from the homeserver's authorisation server.
 */
#include "bot/matrix/oauth.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

#define CLIENT_VALUE "oauth_client" /* {"client_id", "issuer"}: it is good there alone */
#define API_SCOPE "urn:matrix:client:api:*"
#define DEVICE_SCOPE "urn:matrix:client:device:" /* MSC2967 */
#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

enum { DEADLINE_MS = 20 * 1000, ANSWER_MAX = 64 * 1024, FORM_MAX = 64 * 1024, CLIENT_MAX = 1024 };

struct mx_oauth {
    struct matrix *matrix;
    struct mx_oauth_handler handler;
    struct mx_call *call;
    struct loop_timer *timer;      /* asks again whether somebody has decided */
    struct json *metadata;         /* NULL: not asked for yet; checked */
    char *client_id;               /* NULL: we aren't registered there */
    bool registered;               /* in this job: not twice */
    char *refresh;                 /* the token of a refresh; NULL: it is a grant */
    struct mx_grant grant;         /* that is under way */
    struct err useless;            /* why its tokens are taken back */
    int64_t interval_ms, until_ms; /* monotonic */
};

/* ---------------------------------------------------------------- how it ends */

static void finish(struct mx_oauth *oauth, const struct mx_oauth_result *result)
{
    mx_grant_release(&oauth->grant);
    crypto_drop(&oauth->refresh);
    oauth->handler.ended(oauth->handler.arg, result); /* which may begin the next */
}

static void end(struct mx_oauth *oauth, enum mx_oauth_end how, const struct err *err, int64_t retry_after_ms)
{
    finish(oauth, &(struct mx_oauth_result){.end = how, .err = err, .retry_after_ms = retry_after_ms});
}

static void fail(struct mx_oauth *oauth, enum err_class class, const char *what)
{
    struct err err;

    err_set(&err, class, "%s", what);
    end(oauth, MX_OAUTH_FAILED, &err, -1);
}

static void describe(const struct mx_answer *answer, struct err *err)
{
    if (answer->status == 0)
        err_set(err, ERR_NETWORK, "the authorisation server: %s", answer->err->text);
    else
        err_set(err, ERR_NETWORK, "the authorisation server answered %d", answer->status);
}

/* Whether that was the end: the server is away. */
static bool is_away(struct mx_oauth *oauth, const struct mx_answer *answer)
{
    struct err err;

    if (!mx_is_passing(answer))
        return false;
    describe(answer, &err);
    end(oauth, MX_OAUTH_LATER, &err, answer->retry_after_ms);
    return true;
}

/* ---------------------------------------------------------------- requests */

static void add_field(struct buf *form, const char *name, const char *value)
{
    buf_addf(form, "%s%s=", form->length != 0 ? "&" : "", name);
    http_escape(value, form);
}

struct question {
    const char *endpoint;
    void (*done)(void *arg, const struct mx_answer *answer);
    bool wordless; /* as mx_request's */
};

/* BODY is cleansed. TYPE is NULL for JSON. */
static void post(struct mx_oauth *oauth, const struct question *question, const char *type, struct buf *body)
{
    struct mx_request request = {
        .method = "POST",
        .path = json_get_text(oauth->metadata, question->endpoint),
        .body = buf_span(body),
        .body_type = type,
        .deadline_ms = DEADLINE_MS,
        .maximum = ANSWER_MAX,
        .anonymous = true,
        .created = true,
        .secret = true,
        .wordless = question->wordless,
        .done = question->done,
        .arg = oauth,
    };

    oauth->call = mx_api_start(oauth->matrix->api, &request);
    crypto_release(body);
}

static void post_form(struct mx_oauth *oauth, const struct question *question, struct buf *form)
{
    add_field(form, "client_id", oauth->client_id);
    post(oauth, question, "application/x-www-form-urlencoded", form);
}

/* ---------------------------------------------------------------- taking back */

/* WHAT is NULL when they are. */
static void revoked(struct mx_oauth *oauth, const char *what)
{
    if (what != NULL)
        log_warn("token-not-revoked", LOG_STR("device", oauth->matrix->device_id), LOG_STR("reason", what));
    else
        log_info("token-revoked", LOG_STR("device", oauth->matrix->device_id));
    end(oauth, MX_OAUTH_FAILED, &oauth->useless, -1);
}

static void revoke_done(void *arg, const struct mx_answer *answer)
{
    struct mx_oauth *oauth = arg;
    struct err err;

    oauth->call = NULL;
    describe(answer, &err);
    revoked(oauth, answer->status == 200 ? NULL : err.text);
}

/* The server takes back the other one with it (Client-Server API, "Token revocation"). */
void mx_oauth_revoke(struct mx_oauth *oauth, const struct mx_tokens *tokens, const struct err *why)
{
    static const struct question question = {"revocation_endpoint", revoke_done, true};
    struct buf form = BUF_INIT(FORM_MAX);

    oauth->useless = *why;
    if (!mx_grant_url_good(json_get_text(oauth->metadata, question.endpoint), oauth->matrix->server)) {
        revoked(oauth, "the authorisation server has no revocation_endpoint that can be used");
        return;
    }
    add_field(&form, "token", tokens->refresh != NULL ? tokens->refresh : tokens->access);
    add_field(&form, "token_type_hint", tokens->refresh != NULL ? "refresh_token" : "access_token");
    post_form(oauth, &question, &form);
}

static void refuse(struct mx_oauth *oauth, const struct mx_tokens *tokens)
{
    struct err err;

    err_set(&err, ERR_AUTH, "the authorisation server grants less than this device needs");
    if (oauth->refresh == NULL)
        mx_oauth_revoke(oauth, tokens, &err);
    else /* the session that they are to go on with is still there */
        end(oauth, MX_OAUTH_FAILED, &err, -1);
}

/* ---------------------------------------------------------------- tokens */

static void scope_of(const struct mx_oauth *oauth, struct buf *scope)
{
    buf_addf(scope, API_SCOPE " " DEVICE_SCOPE "%s", oauth->matrix->device_id);
}

/* A server may say what it granted; both of what was asked for must be among it (RFC 6749, section 5.1). */
static bool is_enough(const struct mx_oauth *oauth, const char *granted)
{
    struct buf device = BUF_INIT(MX_ID_MAX + sizeof(DEVICE_SCOPE));
    bool api = false, ours = false;

    buf_addf(&device, DEVICE_SCOPE "%s", oauth->matrix->device_id);
    while (granted != NULL && *granted != '\0') {
        size_t length = strcspn(granted, " ");

        api |= length == strlen(API_SCOPE) && memcmp(granted, API_SCOPE, length) == 0;
        ours |= length == device.length && memcmp(granted, device.data, length) == 0;
        granted += length + strspn(granted + length, " ");
    }
    buf_release(&device);
    return api && ours;
}

static void take_tokens(struct mx_oauth *oauth, const struct json *answer)
{
    const char *type = json_get_text(answer, "token_type"), *scope = json_get_text(answer, "scope");
    struct mx_oauth_result result = {.end = MX_OAUTH_TOKENS, .retry_after_ms = -1};

    if (!mx_session_read(answer, MX_REFRESH_OAUTH, &result.tokens) || type == NULL || strcasecmp(type, "Bearer") != 0)
        fail(oauth, ERR_NETWORK, "the authorisation server gives no tokens that can be used");
    else if (scope == NULL || is_enough(oauth, scope))
        finish(oauth, &result);
    else
        refuse(oauth, &result.tokens);
}

static void refresh_done(void *arg, const struct mx_answer *answer)
{
    struct mx_oauth *oauth = arg;
    struct err err;

    oauth->call = NULL;
    if (is_away(oauth, answer))
        return;
    if (answer->status == 200) {
        take_tokens(oauth, answer->json);
        return;
    }
    err_set(&err, ERR_AUTH, "the authorisation server refuses the refresh token");
    end(oauth, MX_OAUTH_REFUSED, &err, -1);
}

static void ask_refresh(struct mx_oauth *oauth)
{
    struct buf form = BUF_INIT(FORM_MAX);

    add_field(&form, "grant_type", "refresh_token");
    add_field(&form, "refresh_token", oauth->refresh);
    post_form(oauth, &(struct question){"token_endpoint", refresh_done, false}, &form);
}

/* ---------------------------------------------------------------- the device grant */

static void ask_register(struct mx_oauth *oauth);
static void ask_code(struct mx_oauth *oauth);

/* The timer asks again, or says that it has been long enough. */
static void wait_for_somebody(struct mx_oauth *oauth, int64_t retry_after_ms)
{
    int64_t left_ms = oauth->until_ms - loop_monotonic_ms();
    int64_t delay_ms = retry_after_ms > oauth->interval_ms ? retry_after_ms : oauth->interval_ms;

    loop_timer_set(oauth->timer, delay_ms < left_ms ? delay_ms : left_ms > 0 ? left_ms : 0);
}

static void decide(struct mx_oauth *oauth, enum mx_verdict verdict)
{
    switch (verdict) {
    case MX_VERDICT_SLOW_DOWN:
        oauth->interval_ms = mx_grant_slower_ms(oauth->interval_ms);
        wait_for_somebody(oauth, -1);
        break;
    case MX_VERDICT_PENDING:
        wait_for_somebody(oauth, -1);
        break;
    case MX_VERDICT_DENIED:
        fail(oauth, ERR_AUTH, "the login was denied in the browser");
        break;
    case MX_VERDICT_EXPIRED:
        fail(oauth, ERR_LIMIT, "the code has expired before the login was allowed: run it again");
        break;
    case MX_VERDICT_CLIENT:
    case MX_VERDICT_OTHER:
        fail(oauth, ERR_AUTH, "the authorisation server refuses the login");
        break;
    }
}

static void poll_done(void *arg, const struct mx_answer *answer)
{
    struct mx_oauth *oauth = arg;

    oauth->call = NULL;
    if (answer->status == 200) {
        take_tokens(oauth, answer->json);
    } else if (mx_is_passing(answer)) {
        oauth->interval_ms = mx_grant_slower_ms(oauth->interval_ms);
        wait_for_somebody(oauth, answer->retry_after_ms);
    } else {
        decide(oauth, mx_grant_verdict(answer->json));
    }
}

static void poll_now(void *arg)
{
    struct mx_oauth *oauth = arg;
    struct buf form = BUF_INIT(FORM_MAX);

    if (loop_monotonic_ms() >= oauth->until_ms) {
        decide(oauth, MX_VERDICT_EXPIRED);
        return;
    }
    add_field(&form, "grant_type", DEVICE_GRANT);
    add_field(&form, "device_code", oauth->grant.device_code);
    post_form(oauth, &(struct question){"token_endpoint", poll_done, false}, &form);
}

static void code_done(void *arg, const struct mx_answer *answer)
{
    struct mx_oauth *oauth = arg;
    struct err err;

    oauth->call = NULL;
    if (is_away(oauth, answer))
        return;
    if (answer->status != 200) {
        if (mx_grant_verdict(answer->json) == MX_VERDICT_CLIENT && !oauth->registered)
            ask_register(oauth);
        else
            fail(oauth, ERR_AUTH, "the authorisation server refuses to begin a login");
    } else if (mx_grant_read(answer->json, oauth->matrix->server, &oauth->grant, &err) != 0) {
        end(oauth, MX_OAUTH_FAILED, &err, -1);
    } else {
        oauth->interval_ms = oauth->grant.interval_ms;
        oauth->until_ms = loop_monotonic_ms() + oauth->grant.lasts_ms;
        oauth->handler.show(oauth->handler.arg, &oauth->grant);
        wait_for_somebody(oauth, -1);
    }
}

static void ask_code(struct mx_oauth *oauth)
{
    struct buf form = BUF_INIT(FORM_MAX), scope = BUF_INIT(FORM_MAX);

    scope_of(oauth, &scope);
    add_field(&form, "scope", buf_text(&scope));
    buf_release(&scope);
    post_form(oauth, &(struct question){"device_authorization_endpoint", code_done, false}, &form);
}

/* ---------------------------------------------------------------- our registration */

static int keep_client(struct mx_oauth *oauth, struct err *err)
{
    struct buf text = BUF_INIT(FORM_MAX);
    struct json_writer writer;
    int result;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "client_id");
    json_write_text(&writer, oauth->client_id);
    json_write_key(&writer, "issuer");
    json_write_text(&writer, json_get_text(oauth->metadata, "issuer"));
    json_write_end(&writer);
    result = mx_value_keep(oauth->matrix, CLIENT_VALUE, buf_text(&text), err);
    buf_release(&text);
    return result;
}

static void register_done(void *arg, const struct mx_answer *answer)
{
    struct mx_oauth *oauth = arg;
    const char *client_id = json_get_text(answer->json, "client_id");
    struct err err;

    oauth->call = NULL;
    if (is_away(oauth, answer))
        return;
    if (answer->status / 100 != 2 || client_id == NULL || !mx_grant_is_printable(client_id, CLIENT_MAX)) {
        fail(oauth, ERR_AUTH, "the authorisation server registers no client like this");
        return;
    }
    free(oauth->client_id);
    oauth->client_id = mem_strdup(client_id);
    oauth->registered = true;
    if (keep_client(oauth, &err) != 0)
        end(oauth, MX_OAUTH_LATER, &err, -1);
    else
        ask_code(oauth);
}

/* MSC2966. The page about this client is the account's own server: whoever runs it runs this. */
static void ask_register(struct mx_oauth *oauth)
{
    struct buf body = BUF_INIT(FORM_MAX), page = BUF_INIT(MX_ID_MAX + 16);
    struct json_writer writer;

    buf_addf(&page, "https://%s/", strchr(oauth->matrix->user_id, ':') + 1);
    json_write_init(&writer, &body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "client_name");
    json_write_text(&writer, "Spotter");
    json_write_key(&writer, "client_uri");
    json_write_text(&writer, buf_text(&page));
    json_write_key(&writer, "application_type");
    json_write_text(&writer, "native");
    json_write_key(&writer, "token_endpoint_auth_method");
    json_write_text(&writer, "none");
    json_write_key(&writer, "grant_types");
    json_write_begin(&writer, '[');
    json_write_text(&writer, DEVICE_GRANT);
    json_write_text(&writer, "refresh_token");
    json_write_end(&writer);
    json_write_end(&writer);
    buf_release(&page);
    post(oauth, &(struct question){"registration_endpoint", register_done, false}, NULL, &body);
}

/* As it was kept, if it was for this server. */
static int read_client(struct mx_oauth *oauth, struct err *err)
{
    char *text;
    int found = mx_value(oauth->matrix, CLIENT_VALUE, &text, err);
    struct json *kept = found == 1 ? json_parse(span_of(text), NULL) : NULL;
    const char *issuer = json_get_text(kept, "issuer");

    free(oauth->client_id);
    oauth->client_id = NULL;
    if (issuer != NULL && strcmp(issuer, json_get_text(oauth->metadata, "issuer")) == 0)
        oauth->client_id = mem_strdup(json_get_text(kept, "client_id"));
    json_free(kept);
    free(text);
    return found < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- the server */

static void go(struct mx_oauth *oauth)
{
    struct err err;

    if (read_client(oauth, &err) != 0) {
        end(oauth, MX_OAUTH_LATER, &err, -1);
    } else if (oauth->refresh == NULL) {
        if (oauth->client_id != NULL)
            ask_code(oauth);
        else
            ask_register(oauth);
    } else if (oauth->client_id != NULL) {
        ask_refresh(oauth);
    } else {
        err_set(&err, ERR_AUTH, "the homeserver has another authorisation server now");
        end(oauth, MX_OAUTH_REFUSED, &err, -1);
    }
}

/* What is needed must be there, and be something to send a token to. */
static bool is_usable(const struct mx_oauth *oauth, const struct json *metadata)
{
    static const char *const endpoints[] = {"issuer", "token_endpoint", "device_authorization_endpoint",
                                            "registration_endpoint"};

    for (size_t i = 0; i < ARRAY_LENGTH(endpoints); i++)
        if (!mx_grant_url_good(json_get_text(metadata, endpoints[i]), oauth->matrix->server))
            return false;
    return true;
}

static void metadata_done(void *arg, const struct mx_answer *answer)
{
    struct mx_oauth *oauth = arg;

    oauth->call = NULL;
    if (is_away(oauth, answer))
        return;
    if (answer->status != 200) {
        fail(oauth, ERR_CONFIG,
             "the homeserver has no authorisation server to log in by: give a password_file, or an access_token_file");
    } else if (!is_usable(oauth, answer->json)) {
        fail(oauth, ERR_CONFIG,
             "the homeserver's authorisation server offers no login by a code (device grant) that can be used");
    } else {
        oauth->metadata = json_keep(answer->json);
        go(oauth);
    }
}

static void ask_metadata(struct mx_oauth *oauth)
{
    struct mx_request request = {
        .method = "GET",
        .path = "/_matrix/client/v1/auth_metadata",
        .deadline_ms = DEADLINE_MS,
        .maximum = ANSWER_MAX,
        .anonymous = true,
        .done = metadata_done,
        .arg = oauth,
    };

    json_free(oauth->metadata);
    oauth->metadata = NULL;
    oauth->call = mx_api_start(oauth->matrix->api, &request);
}

/* ---------------------------------------------------------------- life */

struct mx_oauth *mx_oauth_new(struct matrix *matrix, const struct mx_oauth_handler *handler)
{
    struct mx_oauth *oauth = mem_zero(1, sizeof(*oauth));

    oauth->matrix = matrix;
    oauth->handler = *handler;
    oauth->timer = loop_timer_new(matrix->options.loop, poll_now, oauth);
    return oauth;
}

void mx_oauth_free(struct mx_oauth *oauth)
{
    if (oauth == NULL)
        return;
    mx_api_cancel(oauth->call);
    loop_timer_free(oauth->timer);
    mx_grant_release(&oauth->grant);
    crypto_drop(&oauth->refresh);
    json_free(oauth->metadata);
    free(oauth->client_id);
    free(oauth);
}

void mx_oauth_grant(struct mx_oauth *oauth)
{
    oauth->registered = false;
    ask_metadata(oauth);
}

void mx_oauth_refresh(struct mx_oauth *oauth, const char *refresh_token)
{
    oauth->refresh = mem_strdup(refresh_token);
    ask_metadata(oauth);
}

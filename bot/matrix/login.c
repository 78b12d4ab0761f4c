/*
 * The session: where the server is, and as which device we talk to it.
 */
#include "bot/matrix/login.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/loop/backoff.h"
#include "bot/matrix/appservice.h"
#include "bot/matrix/discover.h"
#include "bot/matrix/oauth.h"
#include "bot/matrix/session.h"
#include "core/base/mem.h"

/* A first login gives up after so many failures in a row, so that a wrong address is told; with a session we wait for
 * the server.
 */
enum { FIRST_TRIES = 8, BACKOFF_BASE_MS = 500, BACKOFF_CAP_MS = 10 * 1000, BODY_MAX = 65536 };

struct mx_login {
    struct matrix *matrix;
    void (*done)(struct matrix *matrix); /* NULL once called */
    struct mx_discover *discover;
    struct mx_call *call;
    struct mx_oauth *oauth;
    struct mx_appservice *appservice;
    struct loop_timer *timer;
    void (*again)(struct mx_login *login); /* what the timer tries */
    struct backoff backoff;
    unsigned tries;
    bool imported;           /* the token is the configuration's */
    bool has_session;        /* the store held one, or it was confirmed */
    bool makes;              /* the application service's user and device are being made */
    enum mx_refused refused; /* what the server refused last */
    enum mx_refresh refresh; /* who would give another token */
    char *access, *granted; /* fresh from the browser, not kept yet: nobody knows whose they are. `granted` refreshes */
    bool gives_up;          /* and these are being taken back */
};

static void discover(struct mx_login *login);
static void ask_whoami(struct mx_login *login);
static void log_in(struct mx_login *login);
static void authorize(struct mx_login *login);
static void lost(struct mx_login *login);
static void make_user(struct mx_login *login);
static const char *why_it_ended(const struct mx_login *login);

/* What it called before has no say any more. */
static void timer_fired(void *arg)
{
    struct mx_login *login = arg;

    mx_api_cancel(login->call);
    login->call = NULL;
    login->again(login);
}

static void try_soon(struct mx_login *login, void (*again)(struct mx_login *login), int64_t delay_ms)
{
    login->again = again;
    loop_timer_set(login->timer, delay_ms);
}

static void drop_granted(struct mx_login *login)
{
    crypto_drop(&login->access);
    crypto_drop(&login->granted);
}

void mx_login_free(struct mx_login *login)
{
    if (login == NULL)
        return;
    mx_discover_cancel(login->discover);
    mx_api_cancel(login->call);
    mx_oauth_free(login->oauth);
    mx_appservice_free(login->appservice);
    loop_timer_free(login->timer);
    drop_granted(login);
    free(login);
}

/* Tokens that nobody kept are not left good. */
static void give_up(struct mx_login *login, const struct err *err)
{
    const struct mx_tokens tokens = {login->access, login->granted, MX_REFRESH_OAUTH};

    if (login->gives_up)
        return;
    if (login->access == NULL) {
        mx_fail(login->matrix, err);
        return;
    }
    login->gives_up = true;
    mx_oauth_revoke(login->oauth, &tokens, err);
}

static void fail(struct mx_login *login, enum err_class class, const char *what, const char *detail)
{
    struct err err;

    err_set(&err, class, "%s%s%.160s", what, detail[0] != '\0' ? ": " : "", detail);
    give_up(login, &err);
}

/* Tries AGAIN later, or gives up where there was never a session. */
static void try_later(struct mx_login *login, void (*again)(struct mx_login *login), const struct err *err,
                      int64_t retry_after_ms)
{
    int64_t delay = mx_retry_delay(&login->backoff, retry_after_ms);

    if (!login->has_session && ++login->tries >= FIRST_TRIES) {
        give_up(login, err);
        return;
    }
    login->matrix->away = true;
    log_warn("homeserver-away", LOG_STR("reason", err->text), LOG_INT("again_ms", delay));
    try_soon(login, again, delay);
}

static void finish(struct mx_login *login)
{
    void (*done)(struct matrix * matrix) = login->done;

    backoff_reset(&login->backoff);
    login->tries = 0;
    login->has_session = true;
    login->done = NULL;
    if (done != NULL)
        done(login->matrix);
}

/* The session goes on with these; whatever waits for a token does, too. 0, or -1: AGAIN is tried. */
static int take_up(struct mx_login *login, const struct mx_tokens *tokens, void (*again)(struct mx_login *login))
{
    struct matrix *matrix = login->matrix;
    struct err err = {0};

    if (mx_session_put(matrix, tokens, &err) != 0) {
        try_later(login, again, &err, -1);
        return -1;
    }
    login->refresh = tokens->refresh != NULL ? tokens->kind : MX_REFRESH_NONE;
    mx_api_set_token(matrix->api, tokens->access);
    return 0;
}

/* ---------------------------------------------------------------- password */

static void write_login(const struct mx_login *login, struct buf *body)
{
    struct json_writer writer;
    const struct matrix *matrix = login->matrix;

    json_write_init(&writer, body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "type");
    json_write_text(&writer, "m.login.password");
    json_write_key(&writer, "identifier");
    json_write_begin(&writer, '{');
    json_write_key(&writer, "type");
    json_write_text(&writer, "m.id.user");
    json_write_key(&writer, "user");
    json_write_text(&writer, matrix->user_id);
    json_write_end(&writer);
    json_write_key(&writer, "password");
    json_write_text(&writer, matrix->options.password);
    json_write_key(&writer, "device_id");
    json_write_text(&writer, matrix->device_id);
    json_write_key(&writer, "initial_device_display_name");
    json_write_text(&writer, "Spotter");
    json_write_key(&writer, "refresh_token");
    json_write_bool(&writer, true);
    json_write_end(&writer);
}

static void log_in_done(void *arg, const struct mx_answer *answer)
{
    struct mx_login *login = arg;
    struct matrix *matrix = login->matrix;
    const char *user = json_get_text(answer->json, "user_id");
    const char *device = json_get_text(answer->json, "device_id");
    struct mx_tokens tokens;

    login->call = NULL;
    if (mx_is_passing(answer)) {
        try_later(login, log_in, answer->err, answer->retry_after_ms);
        return;
    }
    if (answer->status != 200) {
        fail(login, ERR_AUTH,
             answer->status == 403 ? "the homeserver refuses the login; check user and password"
                                   : "the homeserver takes no password: leave it out, and run spotter login",
             answer->err->text);
        return;
    }
    if (!mx_session_read(answer->json, MX_REFRESH_API, &tokens) || user == NULL || device == NULL ||
        strcmp(user, matrix->user_id) != 0 || strcmp(device, matrix->device_id) != 0) {
        fail(login, ERR_AUTH, "the homeserver logged us in as somebody else; check user", "");
        return;
    }
    if (take_up(login, &tokens, log_in) != 0)
        return;
    log_info("logged-in", LOG_STR("user", matrix->user_id), LOG_STR("device", matrix->device_id));
    finish(login);
}

static void log_in(struct mx_login *login)
{
    struct matrix *matrix = login->matrix;
    struct buf body = BUF_INIT(BODY_MAX);
    struct err err = {0};
    struct mx_request request = {
        .method = "POST",
        .path = "/_matrix/client/v3/login",
        .retry = MX_ONCE,
        .anonymous = true,
        .secret = true,
        .done = log_in_done,
        .arg = login,
    };

    if (mx_session_choose_device(matrix, &err) != 0 || mx_session_stamp(matrix, &err) != 0) {
        try_later(login, log_in, &err, -1);
        return;
    }
    write_login(login, &body);
    request.body = buf_span(&body);
    login->call = mx_api_start(matrix->api, &request);
    crypto_release(&body);
}

/* ---------------------------------------------------------------- a token that is there already */

int mx_login_check(const struct matrix *matrix, const struct json *answer, struct err *err)
{
    const char *user = json_get_text(answer, "user_id");
    const char *device = json_get_text(answer, "device_id");

    if (user == NULL || strcmp(user, matrix->user_id) != 0)
        return err_set(err, ERR_AUTH, "the access token belongs to another user: %.100s", user != NULL ? user : "");
    if (device == NULL || strcmp(device, matrix->device_id) != 0)
        return err_set(err, ERR_AUTH, "the access token belongs to another device: %.100s",
                       device != NULL ? device : "none");
    return 0;
}

/* What wasn't kept yet is, now that it is known to be ours. */
static int keep(struct mx_login *login, struct err *err)
{
    const struct mx_tokens tokens = {login->access, login->granted, MX_REFRESH_OAUTH};

    if (login->access == NULL && !login->imported)
        return 0;
    if (mx_session_put(login->matrix, &tokens, err) != 0)
        return -1;
    login->refresh = login->granted != NULL ? MX_REFRESH_OAUTH : MX_REFRESH_NONE;
    drop_granted(login);
    return 0;
}

/* An application service's user or device isn't there yet. */
static bool lacks_device(const struct mx_login *login, const struct mx_answer *answer)
{
    char *began = NULL;
    bool lacks = login->matrix->options.appservice && !login->makes && answer->status / 100 == 4 &&
                 answer->status != 401 && mx_value(login->matrix, "login_ms", &began, NULL) == 0;

    free(began);
    return lacks;
}

static const char *why_refused(const struct mx_login *login)
{
    return login->refused == MX_REFUSED_DEVICE ? why_it_ended(login) : "the homeserver refuses the access token";
}

static void settled(struct mx_login *login)
{
    struct err err = {0};

    if (mx_session_stamp(login->matrix, &err) != 0 || keep(login, &err) != 0)
        try_later(login, ask_whoami, &err, -1);
    else
        finish(login);
}

/* A device has one pair of keys for good: where it has them already, and this store doesn't, others would never trust
 * what it says. */
static void keys_shown(void *arg, const struct mx_answer *answer)
{
    struct mx_login *login = arg;
    const struct matrix *matrix = login->matrix;
    const struct json *devices = json_get(json_get(answer->json, "device_keys"), matrix->user_id);

    login->call = NULL;
    if (mx_is_passing(answer))
        try_later(login, ask_whoami, answer->err, answer->retry_after_ms);
    else if (answer->status != 200)
        fail(login, ERR_AUTH, "the homeserver does not show the account's keys", answer->err->text);
    else if (json_get(devices, matrix->device_id) != NULL)
        fail(login, ERR_CONFIG,
             "the device that the configuration names has keys that this store doesn't have: give another device_id, "
             "with a token for it, and log the old one out",
             matrix->device_id);
    else
        settled(login);
}

/* Devices that we name ourselves are new. */
static void settle_device(struct mx_login *login)
{
    struct matrix *matrix = login->matrix;
    struct buf body = BUF_INIT(BODY_MAX);
    struct mx_request request = {
        .method = "POST",
        .path = "/_matrix/client/v3/keys/query",
        .retry = MX_ONCE,
        .done = keys_shown,
        .arg = login,
    };

    if (!login->imported || e2ee_has_account(matrix->options.e2ee_store) != 0) {
        settled(login);
        return;
    }
    mx_session_ask_keys(matrix, &body);
    request.body = buf_span(&body);
    login->call = mx_api_start(matrix->api, &request);
    buf_release(&body);
}

static void whoami_done(void *arg, const struct mx_answer *answer)
{
    struct mx_login *login = arg;
    struct matrix *matrix = login->matrix;
    struct err err = {0};

    login->call = NULL;
    if (mx_is_passing(answer))
        try_later(login, ask_whoami, answer->err, answer->retry_after_ms);
    else if (lacks_device(login, answer))
        make_user(login);
    else if (answer->status != 200)
        fail(login, ERR_AUTH, why_refused(login), answer->err->text);
    else if (mx_login_check(matrix, answer->json, &err) != 0)
        give_up(login, &err);
    else
        settle_device(login);
}

static void ask_whoami(struct mx_login *login)
{
    struct mx_request request = {
        .method = "GET",
        .path = "/_matrix/client/v3/account/whoami",
        .retry = MX_ONCE,
        .done = whoami_done,
        .arg = login,
    };

    login->call = mx_api_start(login->matrix->api, &request);
}

/* ---------------------------------------------------------------- an application service's user and device */

static void make_user(struct mx_login *login)
{
    login->makes = true;
    login->refused = MX_REFUSED_TOKEN;
    mx_appservice_make(login->appservice);
}

static void made(void *arg, const struct mx_answer *answer, const char *why)
{
    struct mx_login *login = arg;

    if (why == NULL)
        ask_whoami(login);
    else if (mx_is_passing(answer))
        try_later(login, make_user, answer->err, answer->retry_after_ms);
    else
        fail(login, ERR_AUTH, why, answer->err->text);
}

/* ---------------------------------------------------------------- a person in a browser */

static void authorize(struct mx_login *login)
{
    struct err err = {0};

    if (mx_session_choose_device(login->matrix, &err) != 0 || mx_session_stamp(login->matrix, &err) != 0)
        try_later(login, authorize, &err, -1);
    else
        mx_oauth_grant(login->oauth);
}

static void show(void *arg, const struct mx_grant *grant)
{
    struct mx_login *login = arg;
    const struct matrix_trust *trust = &login->matrix->options.trust;

    login->tries = 0;
    trust->open_page(trust->arg,
                     &(struct matrix_page){grant->url, grant->user_code, grant->whole_url, grant->lasts_ms});
}

/* ---------------------------------------------------------------- another token for the same session */

static void renew(struct mx_login *login);

/* The old refresh token stays good where no new one came (RFC 6749, section 6). */
static void renewed(struct mx_login *login, struct mx_tokens tokens)
{
    struct buf old = BUF_INIT(MX_TOKEN_MAX);
    enum mx_refresh kind;
    struct err err = {0};
    int result = 0;

    if (tokens.refresh == NULL) {
        result = mx_session_refresh(login->matrix, &old, &kind, &err);
        tokens.refresh = buf_text(&old);
    }
    if (result != 0)
        try_later(login, renew, &err, -1);
    else if (take_up(login, &tokens, renew) == 0) {
        log_info("token-renewed", LOG_STR("device", login->matrix->device_id));
        if (login->done != NULL)
            ask_whoami(login);
    }
    crypto_release(&old);
}

static void renew_done(void *arg, const struct mx_answer *answer)
{
    struct mx_login *login = arg;
    struct mx_tokens tokens;

    login->call = NULL;
    if (mx_is_passing(answer))
        try_later(login, renew, answer->err, answer->retry_after_ms);
    else if (answer->status == 200 && mx_session_read(answer->json, MX_REFRESH_API, &tokens))
        renewed(login, tokens);
    else
        lost(login);
}

static void ask_renew(struct mx_login *login, const char *token)
{
    struct buf body = BUF_INIT(2 * MX_TOKEN_MAX);
    struct json_writer writer;
    struct mx_request request = {
        .method = "POST",
        .path = "/_matrix/client/v3/refresh",
        .retry = MX_ONCE,
        .anonymous = true,
        .secret = true,
        .done = renew_done,
        .arg = login,
    };

    json_write_init(&writer, &body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "refresh_token");
    json_write_text(&writer, token);
    json_write_end(&writer);
    request.body = buf_span(&body);
    login->call = mx_api_start(login->matrix->api, &request);
    crypto_release(&body);
}

static void renew(struct mx_login *login)
{
    struct buf token = BUF_INIT(MX_TOKEN_MAX);
    enum mx_refresh kind;
    struct err err = {0};

    if (mx_session_refresh(login->matrix, &token, &kind, &err) != 0)
        try_later(login, renew, &err, -1);
    else if (kind == MX_REFRESH_NONE)
        lost(login);
    else if (kind == MX_REFRESH_OAUTH)
        mx_oauth_refresh(login->oauth, buf_text(&token));
    else
        ask_renew(login, buf_text(&token));
    crypto_release(&token);
}

/* Of a grant, or of a refresh. */
static void oauth_ended(void *arg, const struct mx_oauth_result *result)
{
    struct mx_login *login = arg;
    bool renews = login->refresh == MX_REFRESH_OAUTH;

    /* A session that holds is not given up because its server is in disorder for a while. */
    if (result->end == MX_OAUTH_LATER || (result->end == MX_OAUTH_FAILED && renews)) {
        try_later(login, renews ? renew : authorize, result->err, result->retry_after_ms);
    } else if (result->end == MX_OAUTH_REFUSED) {
        lost(login);
    } else if (result->end == MX_OAUTH_FAILED) {
        mx_fail(login->matrix, result->err);
    } else if (renews) {
        renewed(login, result->tokens);
    } else {
        drop_granted(login);
        login->access = mem_strdup(result->tokens.access);
        login->granted = mem_strdup(result->tokens.refresh);
        mx_api_set_token(login->matrix->api, login->access);
        ask_whoami(login);
    }
}

/* ---------------------------------------------------------------- start, and what ends a session */

/* An imported token is good for the device that is named beside it, and no other: 1 the API has it, -1. */
static int import_token(struct mx_login *login, struct err *err)
{
    struct matrix *matrix = login->matrix;
    const char *device_id = matrix->options.device_id;

    if (device_id == NULL && mx_session_choose_device(matrix, err) != 0)
        return -1;
    if (device_id != NULL && matrix->device_id != NULL && strcmp(matrix->device_id, device_id) != 0)
        return err_set(err, ERR_CONFIG, "the store belongs to device %.64s, the configuration names %.64s",
                       matrix->device_id, device_id);
    if (matrix->device_id == NULL)
        matrix->device_id = mem_strdup(device_id);
    mx_api_set_token(matrix->api, matrix->options.access_token);
    if (matrix->options.appservice)
        mx_api_set_identity(matrix->api, matrix->user_id, matrix->device_id);
    login->imported = true;
    return 1;
}

/* 1 the API has the token, 0 none is stored, -1. */
static int take_stored(struct mx_login *login, struct err *err)
{
    struct buf token = BUF_INIT(MX_TOKEN_MAX);
    int found = mx_session_take(login->matrix, err);

    if (found == 1 && mx_session_refresh(login->matrix, &token, &login->refresh, err) != 0)
        found = -1;
    crypto_release(&token);
    return found;
}

static void begin_session(struct mx_login *login)
{
    const struct matrix_options *options = &login->matrix->options;

    if (options->password != NULL)
        log_in(login);
    else if (options->trust.task == MATRIX_LOGIN)
        authorize(login);
    else
        fail(login, ERR_CONFIG, "nobody has logged in yet: run spotter login, or give a password_file", "");
}

/* Reads what the store knows; decides by which way the session comes. */
static void open_session(struct mx_login *login)
{
    struct matrix *matrix = login->matrix;
    struct err err = {0};
    char *user;
    int found = mx_value(matrix, "user_id", &user, &err);

    if (found == 1 && strcmp(user, matrix->user_id) != 0)
        found = err_set(&err, ERR_CONFIG, "the store belongs to %.120s, the configuration names %.100s", user,
                        matrix->user_id);
    free(user);
    if (found >= 0 && matrix->device_id == NULL)
        found = mx_value(matrix, "device_id", &matrix->device_id, &err);
    if (found >= 0)
        found = matrix->options.access_token != NULL ? import_token(login, &err) : take_stored(login, &err);
    if (found < 0) {
        mx_fail(matrix, &err);
    } else if (found == 1 && matrix->device_id != NULL) {
        login->has_session = matrix->options.access_token == NULL;
        ask_whoami(login);
    } else {
        begin_session(login);
    }
}

static void discover_done(void *arg, const char *url, const struct err *err)
{
    struct mx_login *login = arg;
    char *user;

    login->discover = NULL;
    if (url != NULL) {
        free(login->matrix->server);
        login->matrix->server = mem_strdup(url);
        mx_api_set_server(login->matrix->api, url);
        backoff_reset(&login->backoff);
        login->tries = 0;
        open_session(login);
        return;
    }
    login->has_session = mx_value(login->matrix, "user_id", &user, NULL) == 1;
    free(user);
    if (err->class == ERR_CONFIG && !login->has_session)
        mx_fail(login->matrix, err);
    else
        try_later(login, discover, err, -1);
}

static void discover(struct mx_login *login)
{
    struct mx_discover_options options = {
        .api = login->matrix->api,
        .homeserver = login->matrix->options.homeserver,
        .user = login->matrix->user_id,
        .done = discover_done,
        .arg = login,
    };

    login->discover = mx_discover_start(&options);
}

struct mx_login *mx_login_start(struct matrix *matrix, void (*done)(struct matrix *matrix))
{
    struct mx_login *login = mem_zero(1, sizeof(*login));
    const struct mx_oauth_handler handler = {.arg = login, .show = show, .ended = oauth_ended};

    login->matrix = matrix;
    login->done = done;
    login->timer = loop_timer_new(matrix->options.loop, timer_fired, login);
    login->oauth = mx_oauth_new(matrix, &handler);
    login->appservice = mx_appservice_new(matrix, made, login);
    login->backoff = (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = BACKOFF_CAP_MS};
    discover(login);
    return login;
}

static const char *why_it_ended(const struct mx_login *login)
{
    if (login->refused != MX_REFUSED_DEVICE && login->matrix->options.appservice)
        return "the homeserver does not take the application service's token; look at its registration there";
    if (login->refused != MX_REFUSED_DEVICE && login->imported)
        return "the homeserver no longer takes the access token; give a new one for the same device";
    if (login->refused == MX_REFUSED_DEVICE || login->matrix->options.password != NULL)
        return "this device was logged out on the homeserver, and its keys are gone; " E2EE_RENEW
               " makes a new device of the store";
    return "the homeserver has ended this session, and takes its refresh token no longer: run spotter login";
}

/* No refresh token gives another token. True: a new login does. */
static bool begin_anew(struct mx_login *login, int64_t delay_ms)
{
    const struct matrix_options *options = &login->matrix->options;
    void (*way)(struct mx_login *) = NULL;

    login->refresh = MX_REFRESH_NONE;
    if (options->password != NULL)
        way = login->refused == MX_REFUSED_SOFTLY ? log_in : NULL;
    else if (!login->imported && login->access == NULL && options->trust.task == MATRIX_LOGIN)
        way = authorize;
    if (way == NULL) {
        fail(login, ERR_AUTH, why_it_ended(login), "");
        return false;
    }
    log_info("login-again", LOG_STR("device", login->matrix->device_id));
    try_soon(login, way, delay_ms);
    return true;
}

static void lost(struct mx_login *login)
{
    begin_anew(login, 0);
}

/* At once, but not again and again where new tokens don't help. */
bool mx_login_lost(struct mx_login *login, enum mx_refused what, bool worked)
{
    int64_t delay_ms;

    login->refused = what;
    if (what == MX_REFUSED_DEVICE && login->done != NULL)
        return false; /* it may have to be made */
    if (worked)
        backoff_reset(&login->backoff);
    delay_ms = login->has_session && !worked ? mx_retry_delay(&login->backoff, -1) : 0;
    if (login->imported || login->refresh == MX_REFRESH_NONE)
        return begin_anew(login, delay_ms);
    try_soon(login, renew, delay_ms);
    return true;
}

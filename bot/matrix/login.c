/*
 * The session: where the server is, and as which device we talk to it.
 */
#include "bot/matrix/login.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/loop/backoff.h"
#include "bot/matrix/discover.h"
#include "core/base/mem.h"

/* A first login gives up after so many failures in a row, so that a wrong address is told; with a session we wait for
 * the server.
 */
enum { FIRST_TRIES = 8, BACKOFF_BASE_MS = 500, BACKOFF_CAP_MS = 10 * 1000, TOKEN_MAX = 8192, BODY_MAX = 65536 };

#define TOKEN_CONTEXT "matrix access token"

struct mx_login {
    struct matrix *matrix;
    void (*done)(struct matrix *matrix); /* NULL once called */
    struct mx_discover *discover;
    struct mx_call *call;
    struct loop_timer *timer;
    void (*again)(struct mx_login *login); /* what the timer tries */
    struct backoff backoff;
    unsigned tries;
    bool imported;    /* the token is the configuration's */
    bool has_session; /* the store held one, or it was confirmed */
};

static void discover(struct mx_login *login);
static void ask_whoami(struct mx_login *login);
static void log_in(struct mx_login *login);

static void timer_fired(void *arg)
{
    struct mx_login *login = arg;

    login->again(login);
}

void mx_login_free(struct mx_login *login)
{
    if (login == NULL)
        return;
    mx_discover_cancel(login->discover);
    mx_api_cancel(login->call);
    loop_timer_free(login->timer);
    free(login);
}

static void fail(struct mx_login *login, enum err_class class, const char *what, const char *detail)
{
    struct err err;

    err_set(&err, class, "%s%s%.160s", what, detail[0] != '\0' ? ": " : "", detail);
    mx_fail(login->matrix, &err);
}

/* Tries AGAIN later, or gives up where there was never a session. */
static void try_later(struct mx_login *login, void (*again)(struct mx_login *login), const struct err *err,
                      int64_t retry_after_ms)
{
    int64_t delay = mx_retry_delay(&login->backoff, retry_after_ms);

    if (!login->has_session && ++login->tries >= FIRST_TRIES) {
        mx_fail(login->matrix, err);
        return;
    }
    log_warn("homeserver-away", LOG_STR("reason", err->text), LOG_INT("again_ms", delay));
    login->again = again;
    loop_timer_set(login->timer, delay);
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

/* ---------------------------------------------------------------- the session in the store */

static int put_token(struct mx_login *login, const char *token, struct err *err)
{
    struct matrix *matrix = login->matrix;
    struct buf sealed = BUF_INIT(TOKEN_MAX * 2);
    int result = crypto_seal(matrix->pickle_key, TOKEN_CONTEXT, span_of(token), &sealed);

    if (result != 0)
        err_set(err, ERR_CRYPTO, "the access token can't be sealed");
    else
        result = matrix->store->value_put(matrix->store->self, "access_token", buf_span(&sealed), err);
    buf_release(&sealed);
    return result;
}

int mx_login_take_token(struct matrix *matrix, struct err *err)
{
    struct buf sealed = BUF_INIT(TOKEN_MAX * 2);
    struct buf token = BUF_INIT(TOKEN_MAX);
    int found = matrix->store->value_get(matrix->store->self, "access_token", &sealed, err);

    if (found == 1 && sealed.length == 0)
        found = 0;
    if (found == 1 && crypto_open(matrix->pickle_key, TOKEN_CONTEXT, buf_span(&sealed), &token, err) != 0) {
        err_set(err, ERR_CRYPTO, "the pickle key does not open this store: another key, or another store");
        found = -1;
    }
    if (found == 1)
        mx_api_set_token(matrix->api, buf_text(&token));
    crypto_release(&token);
    buf_release(&sealed);
    return found;
}

/* Writes who we are and, if TOKEN is given, how we prove it. */
static int store_session(struct mx_login *login, const char *token, struct err *err)
{
    struct matrix *matrix = login->matrix;

    if (mx_begin(matrix, err) != 0)
        return -1;
    if (mx_value_put(matrix, "user_id", matrix->user_id, err) != 0 ||
        mx_value_put(matrix, "device_id", matrix->device_id, err) != 0 ||
        (token != NULL && put_token(login, token, err) != 0)) {
        mx_rollback(matrix);
        return -1;
    }
    return mx_commit(matrix, err);
}

/* When this device began; made once. */
static int stamp_login(struct matrix *matrix, struct err *err)
{
    struct err read = {0};
    char *text = mx_value(matrix, "login_ms", &read);
    char number[24];

    if (read.class != ERR_NONE) {
        *err = read;
        return -1;
    }
    if (text != NULL) {
        matrix->login_ms = strtoll(text, NULL, 10);
        free(text);
        return 0;
    }
    matrix->login_ms = loop_now_ms();
    snprintf(number, sizeof(number), "%lld", (long long)matrix->login_ms);
    return mx_value_keep(matrix, "login_ms", number, err);
}

#define DEVICE_PREFIX "SPOTTER"
enum { DEVICE_RANDOM = 10 };
static const char device_letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

bool mx_login_is_our_device(const char *device_id)
{
    size_t prefix = sizeof(DEVICE_PREFIX) - 1;

    return device_id != NULL && strncmp(device_id, DEVICE_PREFIX, prefix) == 0 &&
           strlen(device_id) == prefix + DEVICE_RANDOM && strspn(device_id + prefix, device_letters) == DEVICE_RANDOM;
}

/* The device's name is made before the first login, so that a login whose answer was lost leaves no second device. */
static int choose_device(struct mx_login *login, struct err *err)
{
    struct matrix *matrix = login->matrix;
    unsigned char random[DEVICE_RANDOM];
    char name[sizeof(DEVICE_PREFIX) + sizeof(random)] = DEVICE_PREFIX;

    if (matrix->device_id != NULL)
        return 0;
    if (crypto_random(random, sizeof(random)) != 0)
        return err_set(err, ERR_INTERNAL, "the kernel gives no random numbers");
    for (size_t i = 0; i < sizeof(random); i++)
        name[sizeof(DEVICE_PREFIX) - 1 + i] = device_letters[random[i] % 32];
    name[sizeof(name) - 1] = '\0';
    matrix->device_id = mem_strdup(name);
    if (store_session(login, NULL, err) == 0)
        return 0;
    free(matrix->device_id);
    matrix->device_id = NULL;
    return -1;
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
    json_write_end(&writer);
}

static void log_in_done(void *arg, const struct mx_answer *answer)
{
    struct mx_login *login = arg;
    struct matrix *matrix = login->matrix;
    const char *token = json_get_text(answer->json, "access_token");
    const char *user = json_get_text(answer->json, "user_id");
    const char *device = json_get_text(answer->json, "device_id");
    struct err err = {0};

    login->call = NULL;
    if (answer->status == 0 || answer->status == 429 || answer->status >= 500) {
        try_later(login, log_in, answer->err, answer->retry_after_ms);
        return;
    }
    if (answer->status != 200) {
        fail(login, ERR_AUTH, "the homeserver refuses the login; check user and password", answer->err->text);
        return;
    }
    if (token == NULL || user == NULL || device == NULL || strlen(token) > TOKEN_MAX ||
        strcmp(user, matrix->user_id) != 0 || strcmp(device, matrix->device_id) != 0) {
        fail(login, ERR_AUTH, "the homeserver logged us in as somebody else; check user", "");
        return;
    }
    if (store_session(login, token, &err) != 0) {
        try_later(login, log_in, &err, -1);
        return;
    }
    mx_api_set_token(matrix->api, token);
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
        .done = log_in_done,
        .arg = login,
    };

    if (choose_device(login, &err) != 0 || stamp_login(matrix, &err) != 0) {
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

static void whoami_done(void *arg, const struct mx_answer *answer)
{
    struct mx_login *login = arg;
    struct matrix *matrix = login->matrix;
    struct err err = {0};

    login->call = NULL;
    if (answer->status == 0 || answer->status == 429 || answer->status >= 500)
        try_later(login, ask_whoami, answer->err, answer->retry_after_ms);
    else if (answer->status == 401 && strcmp(answer->errcode, "M_UNKNOWN_TOKEN") == 0)
        return; /* mx_login_lost() has taken it up */
    else if (answer->status != 200)
        fail(login, ERR_AUTH, "the homeserver refuses the access token", answer->err->text);
    else if (mx_login_check(matrix, answer->json, &err) != 0)
        mx_fail(matrix, &err);
    else if (stamp_login(matrix, &err) != 0 || (login->imported && store_session(login, NULL, &err) != 0))
        try_later(login, ask_whoami, &err, -1);
    else
        finish(login);
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

/* ---------------------------------------------------------------- start, and what ends a session */

/* An imported token is good for the device that it names, and no other. */
static int import_token(struct mx_login *login, struct err *err)
{
    struct matrix *matrix = login->matrix;

    if (matrix->device_id != NULL && strcmp(matrix->device_id, matrix->options.device_id) != 0)
        return err_set(err, ERR_CONFIG, "the store belongs to device %.64s, the configuration names %.64s",
                       matrix->device_id, matrix->options.device_id);
    free(matrix->device_id);
    matrix->device_id = mem_strdup(matrix->options.device_id);
    mx_api_set_token(matrix->api, matrix->options.access_token);
    login->imported = true;
    return 0;
}

/* Reads what the store knows; decides by which way the session comes. */
static void open_session(struct mx_login *login)
{
    struct matrix *matrix = login->matrix;
    struct err err = {0};
    char *user = mx_value(matrix, "user_id", &err);
    int found = 0;

    if (err.class == ERR_NONE && user != NULL && strcmp(user, matrix->user_id) != 0)
        err_set(&err, ERR_CONFIG, "the store belongs to %.120s, the configuration names %.100s", user, matrix->user_id);
    free(user);
    if (err.class == ERR_NONE && matrix->device_id == NULL)
        matrix->device_id = mx_value(matrix, "device_id", &err);
    if (err.class == ERR_NONE && matrix->options.access_token != NULL) {
        if (import_token(login, &err) == 0)
            found = 1;
    } else if (err.class == ERR_NONE) {
        found = mx_login_take_token(matrix, &err);
    }
    if (err.class != ERR_NONE) {
        mx_fail(matrix, &err);
    } else if (found == 1 && matrix->device_id != NULL) {
        login->has_session = matrix->options.access_token == NULL;
        ask_whoami(login);
    } else {
        log_in(login);
    }
}

static void discover_done(void *arg, const char *url, const struct err *err)
{
    struct mx_login *login = arg;
    struct err read = {0};
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
    user = mx_value(login->matrix, "user_id", &read);
    login->has_session = user != NULL;
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

    login->matrix = matrix;
    login->done = done;
    login->timer = loop_timer_new(matrix->options.loop, timer_fired, login);
    login->backoff = (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = BACKOFF_CAP_MS};
    discover(login);
    return login;
}

void mx_login_lost(struct mx_login *login, bool soft)
{
    struct matrix *matrix = login->matrix;

    if (matrix->options.password == NULL) {
        fail(login, ERR_AUTH, "the homeserver no longer takes the access token; give a new one for the same device",
             "");
    } else if (!soft) {
        fail(login, ERR_AUTH,
             "this device was logged out on the homeserver, and its keys are gone; move the store away to begin with a "
             "new device",
             "");
    } else {
        log_info("soft-logout", LOG_STR("device", matrix->device_id));
        login->again = log_in;
        loop_timer_set(login->timer, 0);
    }
}

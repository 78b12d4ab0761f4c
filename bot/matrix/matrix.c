/*
 * The Matrix transport: its parts, its life, its transaction.
 */
#include "bot/matrix/matrix.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"
#include "bot/matrix/account.h"
#include "bot/matrix/describe.h"
#include "bot/matrix/discover.h"
#include "bot/matrix/doctor.h"
#include "bot/matrix/download.h"
#include "bot/matrix/event.h"
#include "bot/matrix/inside.h"
#include "bot/matrix/join.h"
#include "bot/matrix/keys.h"
#include "bot/matrix/knock.h"
#include "bot/matrix/login.h"
#include "bot/matrix/members.h"
#include "bot/matrix/profile.h"
#include "bot/matrix/rebuild.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/send.h"
#include "bot/matrix/sync.h"
#include "bot/matrix/trust.h"
#include "bot/matrix/verify.h"
#include "core/base/mem.h"

enum { VALUE_MAX = 65536 };

#define TEXT_OF(tokens) #tokens
#define VERSION_TEXT(tokens) TEXT_OF(tokens) /* the Makefile gives it without quotes */

/* ---------------------------------------------------------------- the transaction */

int mx_begin(struct matrix *matrix, struct err *err)
{
    if (matrix->store->begin(matrix->store->self, err) != 0)
        return -1;
    if (!matrix->stale)
        return 0;
    if ((matrix->e2ee != NULL && e2ee_reload(matrix->e2ee, loop_now_ms(), err) != 0) ||
        mx_rooms_load(matrix->rooms, err) != 0 || mx_knocks_load(matrix->knocks, err) != 0) {
        matrix->store->rollback(matrix->store->self);
        return -1;
    }
    matrix->stale = false;
    return 0;
}

void mx_rollback(struct matrix *matrix)
{
    const struct matrix_handler *handler = &matrix->options.handler;

    matrix->store->rollback(matrix->store->self);
    matrix->stale = true;
    memset(matrix->none_kept, 0, sizeof(matrix->none_kept));
    mx_send_rolled_back(matrix->send);
    handler->rolled_back(handler->arg);
}

int mx_commit(struct matrix *matrix, struct err *err)
{
    int said = mx_verify_collect(matrix, err);

    if (said < 0 || mx_rooms_save(matrix->rooms, err) != 0 || matrix->store->commit(matrix->store->self, err) != 0) {
        mx_rollback(matrix);
        return -1;
    }
    mx_send_committed(matrix->send);
    if (said == 1)
        mx_send_collect_soon(matrix->send);
    return 0;
}

bool mx_serves(const struct matrix *matrix)
{
    return matrix->options.trust.task == MATRIX_SERVE;
}

void mx_go_on(struct matrix *matrix)
{
    if (mx_serves(matrix))
        mx_send_run(matrix->send);
    mx_keys_run(matrix->keys);
    if (mx_serves(matrix)) {
        mx_join_run(matrix->join);
        if (mx_sync_is_ready(matrix->sync))
            mx_knocks_run(matrix->knocks);
        mx_downloads_run(matrix->downloads);
        mx_describe_run(matrix->describe);
    }
    mx_trust_run(matrix->trust);
    mx_profiles_run(matrix->profiles);
    mx_verify_run(matrix->verify);
}

int mx_value(struct matrix *matrix, const char *name, char **value, struct err *err)
{
    struct buf text = BUF_INIT(VALUE_MAX);
    int found = matrix->store->value_get(matrix->store->self, name, &text, err);

    if (found == 1 && text.length == 0)
        found = 0;
    *value = found == 1 ? buf_steal(&text) : NULL;
    buf_release(&text);
    return found;
}

int mx_value_put(struct matrix *matrix, const char *name, const char *text, struct err *err)
{
    return matrix->store->value_put(matrix->store->self, name, span_of(text), err);
}

int mx_value_keep(struct matrix *matrix, const char *name, const char *text, struct err *err)
{
    if (mx_begin(matrix, err) != 0)
        return -1;
    if (mx_value_put(matrix, name, text, err) != 0) {
        mx_rollback(matrix);
        return -1;
    }
    return mx_commit(matrix, err);
}

/* ---------------------------------------------------------------- life */

static void stop(struct matrix *matrix)
{
    mx_trust_free(matrix->trust);
    mx_rebuild_free(matrix->rebuild);
    mx_verify_free(matrix->verify);
    mx_doctor_free(matrix->doctor);
    mx_login_free(matrix->login);
    mx_sync_free(matrix->sync);
    mx_account_free(matrix->account);
    mx_members_free(matrix->members);
    mx_profiles_free(matrix->profiles);
    mx_describe_free(matrix->describe);
    mx_downloads_free(matrix->downloads);
    mx_join_free(matrix->join);
    mx_knocks_free(matrix->knocks);
    mx_keys_free(matrix->keys);
    mx_send_free(matrix->send);
    mx_rooms_free(matrix->rooms);
    mx_api_free(matrix->api);
    http_free(matrix->http);
    e2ee_free(matrix->e2ee);
    matrix->trust = NULL;
    matrix->rebuild = NULL;
    matrix->verify = NULL;
    matrix->doctor = NULL;
    matrix->login = NULL;
    matrix->sync = NULL;
    matrix->account = NULL;
    matrix->members = NULL;
    matrix->profiles = NULL;
    matrix->describe = NULL;
    matrix->downloads = NULL;
    matrix->join = NULL;
    matrix->knocks = NULL;
    matrix->keys = NULL;
    matrix->send = NULL;
    matrix->rooms = NULL;
    matrix->api = NULL;
    matrix->http = NULL;
    matrix->e2ee = NULL;
}

static void tell_failure(void *arg)
{
    struct matrix *matrix = arg;
    const struct matrix_handler *handler = &matrix->options.handler;
    struct err failure = matrix->failure;

    stop(matrix);
    handler->failed(handler->arg, &failure); /* which may free us */
}

void mx_fail(struct matrix *matrix, const struct err *err)
{
    if (matrix->failed)
        return;
    matrix->failed = true;
    matrix->failure = *err;
    loop_timer_set(matrix->failing, 0);
}

static bool unauthorized(void *arg, enum mx_refused what, bool worked)
{
    struct matrix *matrix = arg;

    return matrix->login != NULL && !matrix->failed && mx_login_lost(matrix->login, what, worked);
}

int mx_open_machine(struct matrix *matrix, struct err *err)
{
    struct e2ee_options options = {
        .user_id = matrix->user_id,
        .device_id = matrix->device_id,
        .pickle_key = matrix->pickle_key,
        .share = matrix->options.share,
        .store = matrix->options.e2ee_store,
        .keys_only = !mx_serves(matrix),
    };

    if (mx_begin(matrix, err) != 0)
        return -1;
    if (matrix->e2ee == NULL)
        matrix->e2ee = e2ee_new(&options, loop_now_ms(), err);
    if (matrix->e2ee == NULL || mx_rooms_load(matrix->rooms, err) != 0 || mx_knocks_load(matrix->knocks, err) != 0 ||
        mx_send_collect(matrix->send, err) != 0) {
        mx_rollback(matrix);
        return -1;
    }
    return mx_commit(matrix, err);
}

void mx_rebuild_now(struct matrix *matrix)
{
    struct err err = {0};

    matrix->rebuild = mx_rebuild_start(matrix, &err);
    if (matrix->rebuild == NULL)
        mx_fail(matrix, &err);
}

/* There is a session: the device's keys, what waits in the outbox, and the first sync go out together. */
static void logged_in(struct matrix *matrix)
{
    const struct matrix_trust *trust = &matrix->options.trust;
    struct err err = {0};

    if (trust->task == MATRIX_LOGIN) {
        trust->logged_in(trust->arg, matrix->user_id, matrix->device_id);
        return;
    }
    if (mx_open_machine(matrix, &err) != 0 ||
        (mx_serves(matrix) && (matrix->sync = mx_sync_start(matrix, &err)) == NULL)) {
        mx_fail(matrix, &err);
        return;
    }
    mx_go_on(matrix);
    if (trust->task == MATRIX_REBUILD && matrix->trust == NULL)
        mx_rebuild_now(matrix);
    if (!mx_serves(matrix))
        return;
    mx_members_run(matrix->members);
    matrix->account = mx_account_start(matrix);
}

/* ---------------------------------------------------------------- options */

static const char *const *copy_list(const char *const *list)
{
    const char **copy;
    size_t count = 0;

    while (list != NULL && list[count] != NULL)
        count++;
    copy = mem_zero(count + 1, sizeof(*copy));
    for (size_t i = 0; i < count; i++)
        copy[i] = mem_strdup(list[i]);
    return copy;
}

static void free_text(const char *text)
{
    free((void *)(uintptr_t)text);
}

static void drop_secret(const char *text)
{
    char *secret = (void *)(uintptr_t)text;

    crypto_drop(&secret);
}

static int check_options(const struct matrix_options *options, struct err *err)
{
    char *base;

    if (!mx_event_is_user(options->user))
        return err_set(err, ERR_CONFIG, "user must be a full Matrix id such as @spotter:example.org");
    if (options->access_token != NULL && options->device_id == NULL && !options->appservice)
        return err_set(err, ERR_CONFIG, "access_token_file needs the device_id that the token was made for");
    if (options->homeserver == NULL)
        return 0;
    base = mx_discover_base(options->homeserver);
    if (base == NULL)
        return err_set(err, ERR_CONFIG, "homeserver must be a URL such as https://matrix.example.org");
    free(base);
    return 0;
}

struct matrix *matrix_new(const struct matrix_options *options, struct err *err)
{
    struct http_options http = {.ca_file = options->ca_file, .user_agent = "spotter/" VERSION_TEXT(SPOTTER_VERSION)};
    struct mx_api_options api = {.loop = options->loop, .unauthorized = unauthorized};
    struct matrix *matrix;

    if (check_options(options, err) != 0)
        return NULL;
    matrix = mem_zero(1, sizeof(*matrix));
    matrix->options = *options;
    matrix->options.homeserver = mem_strdup(options->homeserver);
    matrix->options.password = mem_strdup(options->password);
    matrix->options.access_token = mem_strdup(options->access_token);
    matrix->options.device_id = mem_strdup(options->device_id);
    matrix->options.trust.recovery_key = mem_strdup(options->trust.recovery_key);
    matrix->options.allow = copy_list(options->allow);
    matrix->options.ghosts = copy_list(options->ghosts);
    matrix->options.bridged = copy_list(options->bridged);
    matrix->store = options->store;
    matrix->user_id = mem_strdup(options->user);
    memcpy(matrix->pickle_key, options->pickle_key, sizeof(matrix->pickle_key));
    matrix->failing = loop_timer_new(options->loop, tell_failure, matrix);
    matrix->http = http_new(options->loop, &http, err);
    if (matrix->http == NULL) {
        matrix_free(matrix);
        return NULL;
    }
    api.http = matrix->http;
    api.arg = matrix;
    matrix->api = mx_api_new(&api);
    matrix->rooms = mx_rooms_new(matrix);
    matrix->send = mx_send_new(matrix);
    matrix->keys = mx_keys_new(matrix);
    matrix->members = mx_members_new(matrix);
    matrix->profiles = mx_profiles_new(matrix);
    matrix->describe = mx_describe_new(matrix);
    matrix->downloads = mx_downloads_new(matrix);
    matrix->join = mx_join_new(matrix);
    matrix->knocks = mx_knocks_new(matrix);
    matrix->verify = mx_verify_new(matrix);
    matrix->trust = mx_trust_new(matrix);
    return matrix;
}

static void free_list(const char *const *list)
{
    for (const char *const *text = list; *text != NULL; text++)
        free_text(*text);
    free((void *)(uintptr_t)list);
}

void matrix_free(struct matrix *matrix)
{
    if (matrix == NULL)
        return;
    stop(matrix);
    loop_timer_free(matrix->failing);
    free_text(matrix->options.homeserver);
    drop_secret(matrix->options.password);
    drop_secret(matrix->options.access_token);
    drop_secret(matrix->options.trust.recovery_key);
    free_text(matrix->options.device_id);
    free_list(matrix->options.allow);
    free_list(matrix->options.ghosts);
    free_list(matrix->options.bridged);
    crypto_cleanse(matrix->pickle_key, sizeof(matrix->pickle_key));
    free(matrix->user_id);
    free(matrix->device_id);
    free(matrix->server);
    free(matrix);
}

void matrix_start(struct matrix *matrix)
{
    if (matrix->options.trust.task == MATRIX_DOCTOR)
        matrix->doctor = mx_doctor_start(matrix);
    else
        matrix->login = mx_login_start(matrix, logged_in);
}

/* Within the loop's next turn, since the caller may be in a transaction. */
void matrix_outbox_ready(struct matrix *matrix)
{
    if (matrix->sync != NULL && !matrix->failed)
        mx_send_collect_soon(matrix->send);
}

bool matrix_is_away(const struct matrix *matrix)
{
    return matrix->away || matrix->failed;
}

size_t matrix_outbox_room(const struct matrix *matrix)
{
    return matrix->sync != NULL && !matrix->failed ? mx_send_room(matrix->send) : 0;
}

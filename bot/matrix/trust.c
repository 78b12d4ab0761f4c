/*
 * The list of steps, and how it is walked.
 */
#include "bot/matrix/trust.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"
#include "bot/matrix/trust_steps.h"
#include "core/base/mem.h"

enum {
    DEADLINE_MS = 2 * 60 * 1000, /* a command gives up: somebody waits for it */
    BACKOFF_BASE_MS = 500,
    COMMAND_CAP_MS = 10 * 1000,
    SERVE_CAP_MS = 10 * 60 * 1000,
    BODY_MAX = 256 * 1024,
    DEVICES_MAX = 64 * 1024
};

#define ALL (IN_BOOTSTRAP | IN_VERIFY | IN_SERVE | IN_REBUILD)
#define RESTORE (IN_VERIFY | IN_SERVE | IN_REBUILD)
#define READ_BACKUP (IN_VERIFY | IN_REBUILD)

/* clang-format off: a table, a row a step */
static const struct mx_step steps[] = {
    {ALL, 0, mx_trust_ask_shown, mx_trust_take_shown},
    {ALL, 0, mx_trust_ask_default_key, mx_trust_take_default_key},
    {ALL, 0, mx_trust_ask_backup, mx_trust_take_backup},
    {ALL, 0, mx_trust_ask_description, mx_trust_take_description},
    {IN_BOOTSTRAP, 0, NULL, mx_trust_make_key},
    {RESTORE, 0, NULL, mx_trust_unlock},
    {ALL, E2EE_CROSS_MASTER, mx_trust_ask_secret, mx_trust_take_secret},
    {ALL, E2EE_CROSS_SELF_SIGNING, mx_trust_ask_secret, mx_trust_take_secret},
    {ALL, E2EE_CROSS_USER_SIGNING, mx_trust_ask_secret, mx_trust_take_secret},
    {ALL, E2EE_CROSS_BACKUP, mx_trust_ask_secret, mx_trust_take_secret},
    {ALL, 0, NULL, mx_trust_compare},
    {IN_BOOTSTRAP, 0, mx_trust_put_description, mx_trust_was_put},
    {IN_BOOTSTRAP, E2EE_CROSS_MASTER, mx_trust_put_secret, mx_trust_was_put},
    {IN_BOOTSTRAP, E2EE_CROSS_SELF_SIGNING, mx_trust_put_secret, mx_trust_was_put},
    {IN_BOOTSTRAP, E2EE_CROSS_USER_SIGNING, mx_trust_put_secret, mx_trust_was_put},
    {IN_BOOTSTRAP, E2EE_CROSS_BACKUP, mx_trust_put_secret, mx_trust_was_put},
    {IN_BOOTSTRAP, 0, mx_trust_put_default_key, mx_trust_was_put},
    {IN_BOOTSTRAP, 0, mx_trust_publish, mx_trust_published},
    {ALL, 0, mx_trust_sign, mx_trust_signed},
    {IN_BOOTSTRAP, 0, mx_trust_make_backup, mx_trust_made_backup},
    {IN_BOOTSTRAP, 0, mx_trust_put_enabled, mx_trust_was_put},
    {IN_VERIFY, 0, mx_trust_ask_devices, mx_trust_take_devices},
    {IN_VERIFY, 0, mx_trust_remove_devices, mx_trust_removed},
    {ALL, 0, mx_trust_ask_shown, mx_trust_confirm},
    {ALL, 0, NULL, mx_trust_keep},
    {READ_BACKUP, 0, mx_trust_ask_rooms, mx_trust_take_rooms},
    {READ_BACKUP, 0, mx_trust_ask_room_keys, mx_trust_take_room_keys},
};
/* clang-format on */

/* ---------------------------------------------------------------- life */

static void begin(void *arg);

static void too_late(void *arg)
{
    struct mx_trust *trust = arg;
    struct err err;

    err_set(&err, ERR_NETWORK,
            "the homeserver did not answer as it should within %d minutes; run this again, it goes on where it stopped",
            DEADLINE_MS / 60 / 1000);
    mx_fail(trust->matrix, &err);
}

struct mx_trust *mx_trust_new(struct matrix *matrix)
{
    enum matrix_task task = matrix->options.trust.task;
    struct mx_trust *trust;

    if (task == MATRIX_DOCTOR || task == MATRIX_LOGIN)
        return NULL;
    if ((task == MATRIX_SERVE || task == MATRIX_REBUILD) && matrix->options.trust.recovery_key == NULL)
        return NULL;
    trust = mem_zero(1, sizeof(*trust));
    trust->matrix = matrix;
    trust->task = task;
    trust->backoff =
        (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = task == MATRIX_SERVE ? SERVE_CAP_MS : COMMAND_CAP_MS};
    trust->timer = loop_timer_new(matrix->options.loop, begin, trust);
    trust->deadline = loop_timer_new(matrix->options.loop, too_late, trust);
    buf_init(&trust->old_devices, DEVICES_MAX);
    buf_init(&trust->removed, DEVICES_MAX);
    buf_init(&trust->left, DEVICES_MAX);
    mx_trust_gets_on(trust);
    return trust;
}

void mx_trust_gets_on(struct mx_trust *trust)
{
    if (trust->task != MATRIX_SERVE)
        loop_timer_set(trust->deadline, DEADLINE_MS);
}

/* What was learnt, and every secret. */
static void forget(struct mx_trust *trust)
{
    free(trust->default_key);
    free(trust->key_id);
    free(trust->ui_session);
    free(trust->backup_version);
    json_free(trust->description);
    json_free(trust->shown_answer);
    trust->shown_answer = NULL;
    trust->backup_signed = false;
    trust->default_key = trust->key_id = trust->ui_session = trust->backup_version = NULL;
    trust->description = NULL;
    trust->ui_sent = false;
    memset(&trust->shown, 0, sizeof(trust->shown));
    memset(trust->stored, 0, sizeof(trust->stored));
    crypto_cleanse(trust->storage_key, sizeof(trust->storage_key));
    e2ee_cross_wipe(&trust->cross);
    buf_clear(&trust->old_devices);
    buf_clear(&trust->left);
}

void mx_trust_free(struct mx_trust *trust)
{
    if (trust == NULL)
        return;
    mx_api_cancel(trust->call);
    loop_timer_free(trust->timer);
    loop_timer_free(trust->deadline);
    forget(trust);
    for (size_t i = 0; i < trust->rooms.count; i++)
        free(trust->rooms.at[i]);
    vec_release(&trust->rooms);
    buf_release(&trust->old_devices);
    buf_release(&trust->removed);
    buf_release(&trust->left);
    free(trust);
}

/* ---------------------------------------------------------------- ends */

/* A daemon serves on, unsigned: its clients' users see a shield, which is better than silence. */
static void fail(struct mx_trust *trust, const struct err *err)
{
    forget(trust);
    if (trust->task == MATRIX_SERVE)
        log_error("device-not-signed", LOG_STR("device", trust->matrix->device_id), LOG_STR("reason", err->text));
    else
        mx_fail(trust->matrix, err);
}

static void later(struct mx_trust *trust, const char *reason, int64_t retry_after_ms)
{
    int64_t delay = mx_retry_delay(&trust->backoff, retry_after_ms);

    log_warn("signing-again", LOG_STR("reason", reason), LOG_INT("again_ms", delay));
    forget(trust);
    loop_timer_set(trust->timer, delay);
}

static void finish(struct mx_trust *trust)
{
    struct matrix *matrix = trust->matrix;
    const struct matrix_trust *options = &matrix->options.trust;
    struct matrix_trusted report = {
        .user = matrix->user_id,
        .device = matrix->device_id,
        .identity = trust->shown.public[E2EE_CROSS_MASTER],
        .was_signed = trust->was_signed,
        .removed = buf_text(&trust->removed),
        .left = buf_text(&trust->left),
        .restored = trust->restored,
    };

    loop_timer_cancel(trust->deadline);
    log_info("device-signed", LOG_STR("device", matrix->device_id), LOG_STR("identity", report.identity));
    if (options->done != NULL)
        options->done(options->arg, &report);
    forget(trust);
    mx_go_on(matrix);
    if (trust->task == MATRIX_REBUILD)
        mx_rebuild_now(matrix);
}

enum mx_taken mx_trust_refused(const struct mx_answer *answer, const char *what, struct err *err)
{
    err_set(err, ERR_AUTH, "%s: %.160s", what, answer->err != NULL ? answer->err->text : "an answer that isn't one");
    return MX_FAILED;
}

/* ---------------------------------------------------------------- the walk */

static void walk(struct mx_trust *trust);

static bool is_passing(const struct mx_answer *answer)
{
    return mx_is_passing(answer) && (answer->status != 0 || answer->err->class != ERR_LIMIT);
}

/* False when the walk has ended, or waits. */
static bool took(struct mx_trust *trust, enum mx_taken taken, const struct err *err)
{
    if (taken == MX_FAILED)
        fail(trust, err);
    else if (taken == MX_LATER)
        later(trust, err->text, -1);
    else if (taken == MX_TAKEN)
        trust->step++;
    return taken == MX_TAKEN || taken == MX_AGAIN;
}

static void answered(void *arg, const struct mx_answer *answer)
{
    struct mx_trust *trust = arg;
    struct err err = {0};

    trust->call = NULL;
    if (trust->matrix->failed)
        return;
    if (is_passing(answer))
        later(trust, answer->err->text, answer->retry_after_ms);
    else if (took(trust, trust->step->take(trust, answer, &err), &err))
        walk(trust);
}

/* False when there was nothing to ask. */
static bool ask(struct mx_trust *trust)
{
    struct mx_asking asking = {.path = BUF_INIT(MX_PATH_MAX), .body = BUF_INIT(BODY_MAX)};
    bool asked = trust->step->ask(trust, &asking);

    BUG_IF(asking.path.overflowed || asking.body.overflowed);
    if (asked) {
        struct mx_request request = {
            .method = asking.method,
            .path = buf_text(&asking.path),
            .body = buf_span(&asking.body),
            .maximum = asking.maximum,
            .retry = MX_RETRY_LIMITED,
            .done = answered,
            .arg = trust,
        };

        trust->call = mx_api_start(trust->matrix->api, &request);
    }
    crypto_release(&asking.body); /* may hold the password */
    buf_release(&asking.path);
    return asked;
}

static void walk(struct mx_trust *trust)
{
    struct err err = {0};

    while (trust->step < steps + ARRAY_LENGTH(steps)) {
        if (!e2ee_is_published(trust->matrix->e2ee)) { /* the store failed, and the machine is not loaded */
            later(trust, "the keys are not loaded", -1);
            return;
        }
        if ((trust->step->tasks & 1U << trust->task) == 0) {
            trust->step++;
        } else if (trust->step->ask == NULL) {
            if (!took(trust, trust->step->take(trust, NULL, &err), &err))
                return;
        } else if (ask(trust)) {
            return;
        } else {
            trust->step++;
        }
    }
    finish(trust);
}

static void begin(void *arg)
{
    struct mx_trust *trust = arg;

    if (trust->matrix->failed)
        return;
    trust->step = steps;
    walk(trust);
}

void mx_trust_run(struct mx_trust *trust)
{
    if (trust == NULL || trust->begun || trust->matrix->failed || !e2ee_is_published(trust->matrix->e2ee))
        return;
    trust->begun = true;
    loop_timer_set(trust->timer, 0);
}

/*
 * The commands that sign this device, wired: store and transport, no coach, since no message is read.
 */
#include "bot/app_trust.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_key.h"
#include "bot/app_matrix.h"
#include "bot/crypto/crypto.h"
#include "bot/loop/loop.h"
#include "bot/store/store.h"

struct app_trust {
    const struct settings *settings;
    const char *file; /* of the recovery key */
    FILE *out;
    enum matrix_task task;
    struct loop *loop;
    struct store *store;
    struct matrix *matrix;
    struct err *err;
    bool failed;
    unsigned char pickle_key[PICKLE_KEY_SIZE];
    struct buf secret, recovery_key;
};

/* ---- what the transport asks for, and tells */

/* An empty file is nobody's key: mktemp(1) made it, or a run that was killed there. */
static bool is_empty(const char *file)
{
    struct stat status;

    return stat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
}

static int keep(void *arg, const char *recovery_key, struct err *err)
{
    const struct app_trust *app = arg;

    if (is_empty(app->file))
        unlink(app->file);
    return secret_make(app->file, recovery_key, err);
}

static void done(void *arg, const struct matrix_trusted *trusted)
{
    struct app_trust *app = arg;

    if (app->task == MATRIX_BOOTSTRAP)
        fprintf(
            app->out,
            "%s has an identity: ed25519 %s\nIts device %s is signed by it.\nThe recovery key is in %s: keep a copy "
            "elsewhere, nothing else restores the identity.\n",
            trusted->user, trusted->identity, trusted->device, app->file);
    else
        fprintf(app->out, "Device %s of %s %s signed by its identity: ed25519 %s\n", trusted->device, trusted->user,
                trusted->was_signed ? "was already" : "is now", trusted->identity);
    if (trusted->restored != 0)
        fprintf(app->out, "Restored from the key backup: %zu room keys. spotter rebuild reads old sets with them.\n",
                trusted->restored);
    if (trusted->removed[0] != '\0')
        fprintf(app->out, "Removed old devices of Spotter's: %s\n", trusted->removed);
    if (trusted->left[0] != '\0')
        fprintf(app->out, "Old devices of Spotter's could not be removed, do it in another client: %s\n",
                trusted->left);
    loop_stop(app->loop);
}

static void failed(void *arg, const struct err *err)
{
    struct app_trust *app = arg;

    app->failed = true;
    *app->err = *err;
    loop_stop(app->loop);
}

/* No rooms are followed, so nothing comes of them. */
static int no_message(void *arg, const struct message *message, struct err *err)
{
    (void)arg;
    (void)message;
    return err_set(err, ERR_INTERNAL, "a message came where none is read");
}

static int no_batch(void *arg, int64_t now_ms, struct err *err)
{
    (void)arg;
    (void)now_ms;
    (void)err;
    return 0;
}

static int no_welcome(void *arg, const char *room, const char *person, int64_t now_ms, struct err *err)
{
    (void)arg;
    (void)room;
    (void)person;
    (void)now_ms;
    (void)err;
    return 0;
}

static void nothing(void *arg)
{
    (void)arg;
}

/* ---- life */

static int open_all(struct app_trust *app, struct err *err)
{
    struct matrix_options options;
    const struct matrix_handler handler = {app,  no_message, no_batch, no_welcome, nothing, nothing, failed,
                                           NULL, NULL,       NULL,     NULL,       NULL,    NULL};
    bool exists = access(app->file, F_OK) == 0 && !is_empty(app->file);

    if ((exists || app->task == MATRIX_VERIFY) && secret_read(app->file, &app->recovery_key, err) < 0)
        return -1;
    app->loop = loop_new();
    if (app_open_store(app->settings, app->pickle_key, &app->store, err) < 0 ||
        app_matrix_options(app->settings->matrix, &app->secret, &options, err) < 0)
        return -1;
    options.handler = handler;
    options.trust = (struct matrix_trust){.task = app->task, .keep = keep, .done = done, .arg = app};
    if (app->recovery_key.length != 0)
        options.trust.recovery_key = buf_text(&app->recovery_key);
    app->matrix = app_matrix_start(&options, app->loop, app->store, app->pickle_key, err);
    if (app->matrix == NULL)
        return -1;
    return 0;
}

static void close_all(struct app_trust *app)
{
    matrix_free(app->matrix);
    store_close(app->store);
    if (app->loop != NULL)
        loop_free(app->loop);
    crypto_cleanse(app->pickle_key, sizeof(app->pickle_key));
    crypto_release(&app->secret);
    crypto_release(&app->recovery_key);
}

static int run(const struct settings *settings, enum matrix_task task, const char *file, FILE *out, struct err *err)
{
    struct app_trust app = {.settings = settings,
                            .file = file,
                            .out = out,
                            .task = task,
                            .err = err,
                            .secret = BUF_INIT(SECRET_MAXIMUM),
                            .recovery_key = BUF_INIT(SECRET_MAXIMUM)};
    int result;

    umask(077);
    signal(SIGPIPE, SIG_IGN);
    if (settings->matrix == NULL)
        return err_set(err, ERR_CONFIG, "there is no matrix block");
    result = open_all(&app, err);
    if (result == 0) {
        loop_run(app.loop);
        result = app.failed ? -1 : 0;
    }
    close_all(&app);
    return result < 0 && err->class == ERR_CRYPTO ? EX_NOPERM : result; /* a key that isn't the right one */
}

int app_bootstrap(const struct settings *settings, const char *recovery_key_file, FILE *out, struct err *err)
{
    return run(settings, MATRIX_BOOTSTRAP, recovery_key_file, out, err);
}

int app_verify(const struct settings *settings, const char *recovery_key_file, FILE *out, struct err *err)
{
    return run(settings, MATRIX_VERIFY, recovery_key_file, out, err);
}

/*
 * The commands that sign this device, wired: store and transport, no coach, since no message is read.
 */
#include "bot/app_trust.h"

#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_account.h"

struct app_trust {
    struct app_account account; /* first */
    const char *file;           /* of the recovery key */
    enum matrix_task task;
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
            app->account.out,
            "%s has an identity: ed25519 %s\nIts device %s is signed by it.\nThe recovery key is in %s: keep a copy "
            "elsewhere, nothing else restores the identity.\n",
            trusted->user, trusted->identity, trusted->device, app->file);
    else
        fprintf(app->account.out, "Device %s of %s %s signed by its identity: ed25519 %s\n", trusted->device,
                trusted->user, trusted->was_signed ? "was already" : "is now", trusted->identity);
    if (trusted->restored != 0)
        fprintf(app->account.out,
                "Restored from the key backup: %zu room keys. spotter rebuild reads old sets with them.\n",
                trusted->restored);
    if (trusted->removed[0] != '\0')
        fprintf(app->account.out, "Removed old devices of Spotter's: %s\n", trusted->removed);
    if (trusted->left[0] != '\0')
        fprintf(app->account.out, "Old devices of Spotter's could not be removed, do it in another client: %s\n",
                trusted->left);
    app_account_end(&app->account);
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

static int read_key(struct app_trust *app, struct err *err)
{
    bool exists = access(app->file, F_OK) == 0 && !is_empty(app->file);

    return exists || app->task == MATRIX_VERIFY ? secret_read(app->file, &app->account.recovery_key, err) : 0;
}

static int run(const struct settings *settings, enum matrix_task task, const char *file, FILE *out, struct err *err)
{
    const struct matrix_handler handler = {
        .message = no_message, .batch_end = no_batch, .welcome = no_welcome, .ready = nothing};
    const struct matrix_trust trust = {.task = task, .keep = keep, .done = done};
    struct app_trust app = {.file = file, .task = task};
    int result = app_account_begin(&app.account, settings, out, err);

    if (result == 0)
        result = read_key(&app, err);
    if (result == 0)
        result = app_account_open(&app.account, err);
    if (result == 0)
        result = app_account_run(&app.account, &handler, &trust, err);
    app_account_close(&app.account);
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

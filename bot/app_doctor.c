/*
 * What the doctor looks at: files first, then what is in the store, then what the homeserver shows. The store is looked
 * at in a copy.
 */
#include "bot/app_doctor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "bot/app_account.h"
#include "bot/app_key.h"
#include "bot/schedule/zone.h"
#include "core/base/mem.h"
#include "core/base/path.h"

enum { PATH_MAXIMUM = 4096, LINE_MAXIMUM = 8192, MODE_OTHERS = 077, MODE_OTHERS_WRITE = 022 };

struct app_doctor {
    struct app_account account; /* first; its store is a copy */
    size_t wrong;
    bool told[MATRIX_CHECKS];
};

static void print(struct app_doctor *app, const char *name, bool good, const char *what)
{
    fprintf(app->account.out, "%-14s %s  %s\n", name, good ? "OK" : "NO", what);
    app->wrong += !good;
}

/* ---- files */

/* What is wrong with the mode of PATH, which need not be there: added to WRONG. */
static void look_at_mode(const char *path, mode_t mask, const char *remedy, struct buf *wrong)
{
    struct stat about;

    if (stat(path, &about) == 0 && (about.st_mode & mask) != 0)
        buf_addf(wrong, "%schmod %s %s", wrong->length != 0 ? ", " : "", remedy, path);
}

/* FILE NULL: none is set. Without a slash it is a credential, systemd's to protect. */
static void look_at_secret(const char *file, struct buf *wrong)
{
    if (file != NULL && strchr(file, '/') != NULL)
        look_at_mode(file, MODE_OTHERS, "600", wrong);
}

static void look_beside_store(const char *store, struct buf *wrong)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".key", ".lock"};
    struct buf path = BUF_INIT(PATH_MAXIMUM);
    char *folder = path_folder(store);

    for (size_t i = 0; i < ARRAY_LENGTH(suffixes); i++) {
        buf_clear(&path);
        buf_addf(&path, "%s%s", store, suffixes[i]);
        look_at_mode(buf_text(&path), MODE_OTHERS, "600", wrong);
    }
    look_at_mode(folder, MODE_OTHERS_WRITE, "go-w", wrong);
    free(folder);
    buf_release(&path);
}

static void look_at_files(struct app_doctor *app)
{
    const struct settings *settings = app->account.settings;
    struct buf wrong = BUF_INIT(LINE_MAXIMUM);

    look_beside_store(settings->store_path, &wrong);
    look_at_secret(settings->pickle_key_file, &wrong);
    if (settings->matrix != NULL) {
        look_at_secret(settings->matrix->password_file, &wrong);
        look_at_secret(settings->matrix->access_token_file, &wrong);
        look_at_secret(settings->matrix->as_token_file, &wrong);
        look_at_secret(settings->matrix->recovery_key_file, &wrong);
    }
    for (size_t i = 0; i < settings->irc_count; i++) {
        look_at_secret(settings->irc[i].password_file, &wrong);
        look_at_secret(settings->irc[i].key_file, &wrong);
        look_at_secret(settings->irc[i].channel_keys_file, &wrong);
    }
    print(app, "permissions", wrong.length == 0,
          wrong.length == 0 ? "nobody else reads the secrets" : buf_text(&wrong));
    buf_release(&wrong);
}

static void look_at_zones(struct app_doctor *app)
{
    static const char *const known[] = {"Europe/Berlin", "America/New_York", "Pacific/Auckland"};
    bool good = zone_exists(app->account.settings->timezone);

    for (size_t i = 0; i < ARRAY_LENGTH(known); i++)
        good = good && zone_exists(known[i]);
    print(app, "time zones", good,
          good ? app->account.settings->timezone : "the system lacks time zone data, or the default's: install tzdata");
}

/* ---- the store */

/* Whether both are there and fit. */
static bool open_store(struct app_doctor *app)
{
    struct app_account *account = &app->account;
    struct err key = {0}, store = {0};
    int found;

    account->store = store_copy(account->settings->store_path, &store);
    found = app_find_key(account->settings, account->store, account->pickle_key, &key);
    print(app, "pickle key", found == 0, found == 0 ? "is there" : key.text);
    print(app, "store", account->store != NULL, account->store != NULL ? account->settings->store_path : store.text);
    return found == 0 && account->store != NULL;
}

/* ---- the account */

static const char *const names[MATRIX_CHECKS] = {
    [MATRIX_CHECK_HOMESERVER] = "homeserver",
    [MATRIX_CHECK_CLOCK] = "clock",
    [MATRIX_CHECK_LOGIN] = "login",
    [MATRIX_CHECK_DEVICE] = "device",
    [MATRIX_CHECK_IDENTITY] = "identity",
    [MATRIX_CHECK_BACKUP] = "key backup",
    [MATRIX_CHECK_ONE_TIME_KEYS] = "one-time keys",
    [MATRIX_CHECK_MESSAGE] = "message",
};

static void found(void *arg, const struct matrix_finding *finding)
{
    struct app_doctor *app = arg;

    if (finding == NULL) {
        app_account_end(&app->account);
        return;
    }
    app->told[finding->check] = true;
    print(app, names[finding->check], finding->good, finding->what);
}

static void look_at_account(struct app_doctor *app)
{
    static const struct matrix_handler handler = {0}; /* no room is followed */
    const struct matrix_trust trust = {.task = MATRIX_DOCTOR, .found = found};
    struct app_account *account = &app->account;

    account->loop = loop_new();
    if (app_account_run(account, &handler, &trust, account->err) < 0) {
        app->told[MATRIX_CHECK_LOGIN] = true;
        print(app, names[MATRIX_CHECK_LOGIN], false, account->err->text);
    }
    for (size_t i = 0; i < MATRIX_CHECKS; i++)
        if (!app->told[i])
            fprintf(account->out, "%-14s --  not asked: see what is wrong above\n", names[i]);
}

int app_doctor(const struct settings *settings, const char *file, FILE *out, struct err *err)
{
    struct app_doctor app = {.wrong = 0};
    bool has_account = app_account_begin(&app.account, settings, out, err) == 0;

    print(&app, "configuration", true, file);
    look_at_files(&app);
    look_at_zones(&app);
    if (open_store(&app) && has_account)
        look_at_account(&app);
    app_account_close(&app.account);
    if (app.wrong == 0)
        return 0;
    err_set(err, ERR_CONFIG, "%zu of the lines above say NO", app.wrong);
    return EX_UNAVAILABLE;
}

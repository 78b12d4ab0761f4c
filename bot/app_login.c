/*
 * `spotter login`, wired: store and transport.
 */
#include "bot/app_login.h"

#include <signal.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "bot/app_key.h"
#include "bot/app_matrix.h"
#include "bot/crypto/crypto.h"
#include "bot/loop/loop.h"
#include "bot/store/store.h"

struct app_login {
    FILE *out;
    struct loop *loop;
    struct store *store;
    struct matrix *matrix;
    struct err *err;
    bool failed;
    unsigned char pickle_key[PICKLE_KEY_SIZE];
    struct buf secret;
};

static void open_page(void *arg, const struct matrix_page *page)
{
    struct app_login *app = arg;

    fprintf(app->out, "Open this page, log in as the bot's account, and enter the code:\n\n    %s\n    %s\n\n",
            page->url, page->code);
    if (page->whole_url != NULL)
        fprintf(app->out, "Or this one, which has the code in it:\n\n    %s\n\n", page->whole_url);
    fprintf(app->out, "Waiting for that, %d minutes at most.\n", (int)((page->lasts_ms + 59 * 1000) / (60 * 1000)));
    fflush(app->out);
}

static void logged_in(void *arg, const char *user, const char *device)
{
    struct app_login *app = arg;

    fprintf(app->out, "Logged in as %s, device %s.\n", user, device);
    loop_stop(app->loop);
}

static void failed(void *arg, const struct err *err)
{
    struct app_login *app = arg;

    app->failed = true;
    *app->err = *err;
    loop_stop(app->loop);
}

static void rolled_back(void *arg)
{
    (void)arg;
}

static int open_all(struct app_login *app, const struct settings *settings, struct err *err)
{
    struct matrix_options options;

    app->loop = loop_new();
    if (app_open_store(settings, app->pickle_key, &app->store, err) < 0 ||
        app_matrix_options(settings->matrix, &app->secret, &options, err) < 0)
        return -1;
    options.handler = (struct matrix_handler){.arg = app, .rolled_back = rolled_back, .failed = failed};
    options.trust =
        (struct matrix_trust){.task = MATRIX_LOGIN, .open_page = open_page, .logged_in = logged_in, .arg = app};
    app->matrix = app_matrix_start(&options, app->loop, app->store, app->pickle_key, err);
    return app->matrix != NULL ? 0 : -1;
}

static void close_all(struct app_login *app)
{
    matrix_free(app->matrix);
    store_close(app->store);
    if (app->loop != NULL)
        loop_free(app->loop);
    crypto_cleanse(app->pickle_key, sizeof(app->pickle_key));
    crypto_release(&app->secret);
}

int app_login(const struct settings *settings, FILE *out, struct err *err)
{
    struct app_login app = {.out = out, .err = err, .secret = BUF_INIT(SECRET_MAXIMUM)};
    int result;

    umask(077);
    signal(SIGPIPE, SIG_IGN);
    if (settings->matrix == NULL)
        return err_set(err, ERR_CONFIG, "there is no matrix block");
    result = open_all(&app, settings, err);
    if (result == 0) {
        loop_run(app.loop);
        result = app.failed ? -1 : 0;
    }
    close_all(&app);
    return result < 0 && err->class == ERR_LIMIT ? EX_TEMPFAIL : result;
}

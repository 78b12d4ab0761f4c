/*
 * The rooms' history, played to the coach as it was said, by its own clock: what was due in between is done in between.
 * What the coach says to it has been said.
 */
#include "bot/app_rebuild.h"

#include <signal.h>
#include <sys/stat.h>

#include "bot/app_key.h"
#include "bot/app_matrix.h"
#include "bot/coach/coach.h"
#include "bot/crypto/crypto.h"
#include "bot/loop/loop.h"
#include "bot/store/store.h"

struct app_rebuild {
    FILE *out;
    struct loop *loop;
    struct store *store;
    struct coach_store hushed; /* the store's, but saying nothing */
    struct zones *zones;
    struct app_clock clock;
    struct coach *coach;
    struct matrix *matrix;
    struct err *err;
    bool failed;
    int64_t sets, unproven; /* before */
    unsigned char pickle_key[PICKLE_KEY_SIZE];
    struct buf secret, recovery_key;
};

static int say_nothing(void *self, const struct outgoing *outgoing, struct err *err)
{
    (void)self;
    (void)outgoing;
    (void)err;
    return 0;
}

/* ---- what the transport hands over */

static int on_message(void *arg, const struct message *message, struct err *err)
{
    struct app_rebuild *app = arg;
    int64_t due_ms;
    int found;

    while ((found = coach_next_due(app->coach, "matrix", false, &due_ms, err)) == 1 && due_ms <= message->sent_ms)
        if (coach_due(app->coach, "matrix", false, due_ms, err) < 0)
            return -1;
    return found < 0 ? -1 : coach_handle(app->coach, message, err);
}

static int on_batch_end(void *arg, int64_t now_ms, struct err *err)
{
    (void)arg;
    (void)now_ms;
    (void)err;
    return 0;
}

static int on_welcome(void *arg, const char *room, const char *person, int64_t now_ms, struct err *err)
{
    (void)room;
    (void)person;
    return on_batch_end(arg, now_ms, err);
}

static void on_rolled_back(void *arg)
{
    struct app_rebuild *app = arg;

    coach_forget(app->coach);
}

static void on_ready(void *arg)
{
    (void)arg;
}

static void on_failed(void *arg, const struct err *err)
{
    struct app_rebuild *app = arg;

    app->failed = true;
    *app->err = *err;
    loop_stop(app->loop);
}

static void print(struct app_rebuild *app, const struct matrix_rebuilt *rebuilt, int64_t sets, int64_t unproven)
{
    fprintf(app->out, "Read again: %zu messages in %zu rooms.\n", rebuilt->messages, rebuilt->rooms);
    if (rebuilt->unreadable != 0)
        fprintf(app->out, "Could not be opened: %zu. Their keys are neither here nor in the key backup.\n",
                rebuilt->unreadable);
    if (rebuilt->refused != 0 || rebuilt->cut != 0)
        fprintf(app->out, "Rooms that the homeserver does not show: %zu; not back to their beginning: %zu.\n",
                rebuilt->refused, rebuilt->cut);
    fprintf(app->out, "Sets: %lld before, %lld now.\n", (long long)app->sets, (long long)sets);
    if (unproven > app->unproven)
        fprintf(
            app->out,
            "%lld of them came by keys from the key backup, or in reactions: the homeserver could have made them, and "
            "they are marked so in the store.\n",
            (long long)(unproven - app->unproven));
}

/* CHANGE in a transaction of its own. */
static int in_store(struct app_rebuild *app, int (*change)(struct store *store, struct err *err), struct err *err)
{
    if (store_begin(app->store, err) < 0)
        return -1;
    if (change(app->store, err) == 0)
        return store_commit(app->store, err);
    store_rollback(app->store);
    return -1;
}

static void on_rebuilt(void *arg, const struct matrix_rebuilt *rebuilt)
{
    struct app_rebuild *app = arg;
    int64_t sets, unproven;

    if (in_store(app, store_put_back, app->err) < 0 || store_count_sets(app->store, &sets, &unproven, app->err) < 0)
        app->failed = true;
    else
        print(app, rebuilt, sets, unproven);
    loop_stop(app->loop);
}

/* ---- life */

static int open_coach(struct app_rebuild *app, const struct settings *settings, struct err *err)
{
    struct coach_options options;

    app->zones = zones_new();
    app->clock = (struct app_clock){app->zones, settings->timezone};
    if (app_coach_options(settings, &app->clock, &options, err) < 0)
        return -1;
    app->hushed = *store_coach(app->store);
    app->hushed.say = say_nothing;
    options.store = &app->hushed;
    app->coach = coach_new(&options);
    return 0;
}

static int open_all(struct app_rebuild *app, const struct settings *settings, struct err *err)
{
    const struct settings_matrix *matrix = settings->matrix;
    const struct matrix_handler handler = {.arg = app,
                                           .message = on_message,
                                           .batch_end = on_batch_end,
                                           .welcome = on_welcome,
                                           .rolled_back = on_rolled_back,
                                           .ready = on_ready,
                                           .failed = on_failed};
    struct matrix_options options;

    app->loop = loop_new();
    if (app_open_store(settings, app->pickle_key, &app->store, err) < 0 || open_coach(app, settings, err) < 0 ||
        in_store(app, store_set_aside, err) < 0 || store_count_sets(app->store, &app->sets, &app->unproven, err) < 0 ||
        app_matrix_options(matrix, &app->secret, &options, err) < 0 ||
        (matrix->recovery_key_file != NULL && secret_read(matrix->recovery_key_file, &app->recovery_key, err) < 0))
        return -1;
    options.handler = handler;
    options.trust = (struct matrix_trust){.task = MATRIX_REBUILD, .rebuilt = on_rebuilt, .arg = app};
    if (matrix->recovery_key_file != NULL)
        options.trust.recovery_key = buf_text(&app->recovery_key);
    app->matrix = app_matrix_start(&options, app->loop, app->store, app->pickle_key, err);
    if (app->matrix == NULL)
        return -1;
    return 0;
}

static void close_all(struct app_rebuild *app)
{
    matrix_free(app->matrix);
    coach_free(app->coach);
    store_close(app->store);
    zones_free(app->zones);
    loop_free(app->loop);
    crypto_cleanse(app->pickle_key, sizeof(app->pickle_key));
    crypto_release(&app->secret);
    crypto_release(&app->recovery_key);
}

int app_rebuild(const struct settings *settings, FILE *out, struct err *err)
{
    struct app_rebuild app = {
        .out = out, .err = err, .secret = BUF_INIT(SECRET_MAXIMUM), .recovery_key = BUF_INIT(SECRET_MAXIMUM)};
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
    return result;
}

/*
 * The rooms' history, played to the coach as it was said, by its own clock: what was due in between is done in between.
 * What the coach says to it has been said.
 */
#include "bot/app_rebuild.h"

#include "bot/app_account.h"
#include "bot/app_hush.h"
#include "bot/app_matrix.h"
#include "bot/coach/coach.h"

enum { SINCE_MAX = 4096 };

struct app_rebuild {
    struct app_account account; /* first */
    struct coach_store hushed;  /* the store's, but saying nothing */
    struct zones *zones;
    struct app_clock clock;
    struct coach *coach;
    int64_t sets, unproven; /* before */
};

/* ---- what the transport hands over */

static int on_message(void *arg, const struct message *message, struct err *err)
{
    struct app_rebuild *app = arg;

    if (app_hush_due(app->coach, "matrix", message->sent_ms, false, err) < 0)
        return -1;
    return coach_handle(app->coach, message, err);
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

static void print(struct app_rebuild *app, const struct matrix_rebuilt *rebuilt, int64_t sets, int64_t unproven)
{
    fprintf(app->account.out, "Read again: %zu messages in %zu rooms.\n", rebuilt->messages, rebuilt->rooms);
    if (rebuilt->unreadable != 0)
        fprintf(app->account.out, "Could not be opened: %zu. Their keys are neither here nor in the key backup.\n",
                rebuilt->unreadable);
    if (rebuilt->refused != 0 || rebuilt->cut != 0)
        fprintf(app->account.out, "Rooms that the homeserver does not show: %zu; not back to their beginning: %zu.\n",
                rebuilt->refused, rebuilt->cut);
    fprintf(app->account.out, "Sets: %lld before, %lld now.\n", (long long)app->sets, (long long)sets);
    if (unproven > app->unproven)
        fprintf(
            app->account.out,
            "%lld of them came by keys from the key backup, or in reactions: the homeserver could have made them, and "
            "they are marked so in the store.\n",
            (long long)(unproven - app->unproven));
}

static int hush_due(void *arg, struct err *err)
{
    struct app_rebuild *app = arg;

    return app_hush_due(app->coach, "matrix", loop_now_ms(), true, err);
}

/* What has become due before this device has served anybody: the one before it may have said that. */
static int settle_due(struct app_rebuild *app, struct err *err)
{
    struct store *store = app->account.store;
    struct buf since = BUF_INIT(SINCE_MAX);
    int found = store_matrix(store)->value_get(store, "next_batch", &since, err);

    buf_release(&since);
    if (found != 0)
        return found < 0 ? -1 : 0;
    return store_change(store, hush_due, app, err);
}

static void on_rebuilt(void *arg, const struct matrix_rebuilt *rebuilt)
{
    struct app_rebuild *app = arg;
    struct app_account *account = &app->account;
    int64_t sets, unproven;

    if (settle_due(app, account->err) < 0 || store_put_back(account->store, account->err) < 0 ||
        store_count_sets(account->store, &sets, &unproven, account->err) < 0)
        account->failed = true;
    else
        print(app, rebuilt, sets, unproven);
    app_account_end(account);
}

/* ---- life */

static int open_coach(struct app_rebuild *app, struct err *err)
{
    const struct settings *settings = app->account.settings;
    struct coach_options options;

    app->zones = zones_new();
    app->clock = (struct app_clock){app->zones, settings->timezone};
    if (app_coach_options(settings, &app->clock, &options, err) < 0)
        return -1;
    app->hushed = app_hush(app->account.store);
    options.store = &app->hushed;
    app->coach = coach_new(&options);
    return 0;
}

static int open_all(struct app_rebuild *app, struct err *err)
{
    const char *key_file = app->account.settings->matrix->recovery_key_file;
    struct store *store;

    if (app_account_open(&app->account, err) < 0 || open_coach(app, err) < 0)
        return -1;
    store = app->account.store;
    if (store_set_aside(store, err) < 0 || store_count_sets(store, &app->sets, &app->unproven, err) < 0)
        return -1;
    return key_file != NULL ? secret_read(key_file, &app->account.recovery_key, err) : 0;
}

int app_rebuild(const struct settings *settings, FILE *out, struct err *err)
{
    const struct matrix_handler handler = {.message = on_message,
                                           .batch_end = on_batch_end,
                                           .welcome = on_welcome,
                                           .rolled_back = on_rolled_back,
                                           .ready = on_ready};
    const struct matrix_trust trust = {.task = MATRIX_REBUILD, .rebuilt = on_rebuilt};
    struct app_rebuild app = {.zones = NULL};
    int result = app_account_begin(&app.account, settings, out, err);

    if (result == 0)
        result = open_all(&app, err);
    if (result == 0)
        result = app_account_run(&app.account, &handler, &trust, err);
    app_account_close(&app.account);
    coach_free(app.coach);
    zones_free(app.zones);
    return result;
}

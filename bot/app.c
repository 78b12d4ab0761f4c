/*
 * The daemon, wired.
 */
#include "bot/app.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/app_control.h"
#include "bot/app_key.h"
#include "bot/app_matrix.h"
#include "bot/coach/coach.h"
#include "bot/coach/filled.h"
#include "bot/crypto/crypto.h"
#include "bot/irc/irc.h"
#include "bot/log/log.h"
#include "bot/loop/loop.h"
#include "bot/matrix/matrix.h"
#include "bot/schedule/zone.h"
#include "bot/service/notify.h"
#include "bot/service/secret.h"
#include "bot/service/trim.h"
#include "bot/store/store.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

/* One of the IRC networks. */
struct app_irc {
    struct irc *irc;
    struct buf secret, channel_keys; /* lent to it for life: each connection logs in anew */
};

enum { OFFERS_MAX = 16 };

/* A transport where what was said meanwhile has been heard. */
struct caught_up {
    char *transport;
    int64_t full_ms; /* how long was last waited there for room to send; 0: there was some */
};

struct app {
    const struct settings *settings;
    struct loop *loop;
    struct store *store;
    struct zones *zones;
    struct app_clock clock;
    struct coach *coach;
    struct matrix *matrix;
    struct app_control *control;
    struct app_irc *irc; /* as many as the settings have */
    bool ready;
    bool moved; /* something in the outbox is another transport's */
    VEC(struct caught_up) caught_up;
    struct loop_watch *terminate, *interrupt;
    struct loop_timer *due; /* the next thing that is done unasked, where we have caught up */
    struct loop_timer *watchdog;
    int64_t watchdog_ms;
    struct err *err; /* why it ended; set by `failed` */
    bool failed;
    unsigned char pickle_key[PICKLE_KEY_SIZE];
    struct offer offers[OFFERS_MAX]; /* of commands */
    struct buf secret;               /* password or access token */
    struct buf recovery_key;
};

static int on_message(void *arg, const struct message *message, struct err *err)
{
    struct app *app = arg;

    return coach_handle(app->coach, message, err);
}

static int on_batch_end(void *arg, int64_t now_ms, struct err *err)
{
    struct app *app = arg;

    loop_timer_set(app->due, 0); /* after the transaction: what waits may be another now */
    return coach_finish_batch(app->coach, now_ms, err);
}

static int on_welcome(void *arg, const char *room, const char *person, int64_t now_ms, struct err *err)
{
    struct app *app = arg;

    return coach_welcome(app->coach, "matrix", room, person, now_ms, err);
}

static int on_profile(void *arg, const char *person, const char *timezone, int64_t now_ms, struct err *err)
{
    struct app *app = arg;

    return coach_profile(app->coach, "matrix", person, timezone, now_ms, err);
}

static int on_ghost_gone(void *arg, const char *person, struct err *err)
{
    struct app *app = arg;

    return coach_forget_person(app->coach, "matrix", person, err);
}

static int on_guest(void *arg, const char *transport, const char *room, const char *person, bool can_log_in,
                    int64_t now_ms, struct err *err)
{
    struct app *app = arg;

    return coach_tell_guest(app->coach, transport, room, person, can_log_in, now_ms, err);
}

static int on_forget(void *arg, const char *transport, const char *person, struct err *err)
{
    struct app *app = arg;

    return coach_forget_person(app->coach, transport, person, err);
}

static int on_merge(void *arg, const char *transport, const char *person, const char *account, int64_t now_ms,
                    struct err *err)
{
    struct app *app = arg;

    return coach_merge_person(app->coach, transport, person, account, now_ms, err);
}

static int on_matrix_people(void *arg, const char *room, int64_t now_ms, struct err *err)
{
    struct app *app = arg;

    return coach_people_changed(app->coach, "matrix", room, MESSAGE_LEAVE, now_ms, err);
}

/* Whoever isn't there any more may only have lost their connection. */
static int on_irc_people(void *arg, const char *transport, const char *room, int64_t now_ms, struct err *err)
{
    struct app *app = arg;

    return coach_people_changed(app->coach, transport, room, MESSAGE_AWAY, now_ms, err);
}

static const struct irc *find_irc(const struct app *app, const char *transport)
{
    for (size_t i = 0; i < app->settings->irc_count; i++)
        if (strncmp(transport, "irc:", 4) == 0 && strcmp(transport + 4, app->settings->irc[i].name) == 0)
            return app->irc[i].irc;
    return NULL;
}

static bool is_away(const struct app *app, const char *transport)
{
    const struct irc *irc = find_irc(app, transport);

    return irc != NULL ? irc_is_away(irc) : app->matrix == NULL || matrix_is_away(app->matrix);
}

/* The next transport from *INDEX on where something can be said, other than FROM; NULL: there is none. */
static const char *next_elsewhere(const struct app *app, const char *from, size_t *index)
{
    while (*index < app->caught_up.count) {
        const char *transport = app->caught_up.at[(*index)++].transport;

        if (strcmp(transport, from) != 0 && !is_away(app, transport))
            return transport;
    }
    return NULL;
}

static int on_elsewhere(void *arg, const char *transport, int64_t row, bool refused, struct err *err)
{
    struct app *app = arg;
    const char *to;
    int moved = 0;

    for (size_t i = 0; moved == 0 && (to = next_elsewhere(app, transport, &i)) != NULL;)
        moved = store_say_elsewhere(app->store, row, to, refused, err);
    if (moved == 1) {
        app->moved = true; /* the other transport is told after the transaction */
        loop_timer_set(app->due, 0);
    }
    return moved;
}

static int list_people(void *arg, const char *transport, const char *room,
                       int (*each)(void *each_arg, const char *identity, const char *name), void *each_arg,
                       struct err *err)
{
    struct app *app = arg;
    const struct irc *irc = find_irc(app, transport);

    if (irc != NULL)
        return irc_list_people(irc, room, each, each_arg);
    return app->matrix != NULL ? matrix_people(app->matrix, room, each, each_arg, err) : 0;
}

/* On IRC whoever has an account can be told something; who is nobody in particular can't. */
static int private_room(void *arg, const char *transport, const char *person, struct buf *room, struct err *err)
{
    struct app *app = arg;

    if (strncmp(transport, "irc:", 4) != 0)
        return app->matrix != NULL ? matrix_private_room(app->matrix, person, room, err) : 0;
    if (person[0] == '~')
        return 0;
    buf_addf(room, "@%s", person);
    return 1;
}

static int tell_person(struct app *app, const struct message *message, enum matrix_notice notice, struct err *err)
{
    if (notice == MATRIX_LEFT_BEHIND)
        return coach_tell_left_behind(app->coach, message, err);
    if (notice == MATRIX_KEY_UNVERIFIED || notice == MATRIX_KEY_WITHHELD)
        return coach_tell_withheld(app->coach, message, notice == MATRIX_KEY_UNVERIFIED, err);
    return coach_tell_identity(app->coach, message, notice == MATRIX_VERIFICATION, err);
}

/* A key that a client withholds is between its owner and us; the rest may need the operator. */
static int tell_operator(struct app *app, const struct message *message, enum matrix_notice notice, struct err *err)
{
    const char *room = app->settings->matrix->admin_room;

    if (room == NULL || notice == MATRIX_KEY_UNVERIFIED || notice == MATRIX_KEY_WITHHELD)
        return 0;
    return coach_tell_operator(app->coach, message, room,
                               notice == MATRIX_LEFT_BEHIND    ? COACH_LEFT_BEHIND
                               : notice == MATRIX_VERIFICATION ? COACH_VERIFICATION
                                                               : COACH_IDENTITY_CHANGED,
                               err);
}

static int on_notice(void *arg, const struct message *message, enum matrix_notice notice, struct err *err)
{
    struct app *app = arg;
    int result = tell_person(app, message, notice, err);

    return result < 0 || tell_operator(app, message, notice, err) < 0 ? -1 : result;
}

static int on_confirms(void *arg, const struct message *message, struct err *err)
{
    struct app *app = arg;

    return coach_confirms_identity(app->coach, message, err);
}

static int on_moved(void *arg, const char *from, const char *to, struct err *err)
{
    struct app *app = arg;

    return coach_room_moved(app->coach, "matrix", from, to, err);
}

static void on_rolled_back(void *arg)
{
    struct app *app = arg;

    coach_forget(app->coach);
}

/* The first network that is there will do: one that can't be reached must not keep the others from serving. */
static void on_ready(void *arg)
{
    struct app *app = arg;

    if (!app->ready) {
        notify_send("READY=1\nSTATUS=Serving");
        trim_memory();
    }
    app->ready = true;
}

/* What is due there is done only then: somebody may have done meanwhile what they would be called for. */
static void on_caught_up(void *arg, const char *transport)
{
    struct app *app = arg;
    size_t known = 0;

    while (known < app->caught_up.count && strcmp(app->caught_up.at[known].transport, transport) != 0)
        known++;
    if (known == app->caught_up.count) /* it may be told again after a break */
        vec_push(&app->caught_up, ((struct caught_up){mem_strdup(transport), 0}));
    loop_timer_set(app->due, 0);
}

static void on_matrix_ready(void *arg)
{
    on_caught_up(arg, "matrix");
    on_ready(arg);
}

/* Nothing is done there any more: what is due waits in the store for the next start. */
static void on_gone(struct app *app, const char *transport)
{
    for (size_t i = 0; i < app->caught_up.count; i++)
        if (strcmp(app->caught_up.at[i].transport, transport) == 0) {
            free(app->caught_up.at[i].transport);
            vec_remove(&app->caught_up, i);
            return;
        }
}

static void on_failed(void *arg, const struct err *err)
{
    struct app *app = arg;

    if (app->settings->irc_count != 0) {
        log_error("matrix-ended", LOG_STR("reason", err->text));
        on_gone(app, "matrix");
        return; /* the others go on */
    }
    app->failed = true;
    if (app->err != NULL)
        *app->err = *err;
    loop_stop(app->loop);
}

static void on_signal(void *arg)
{
    struct app *app = arg;

    notify_send("STOPPING=1");
    loop_stop(app->loop);
}

/* ---------------------------------------------------------------- what becomes due */

/* A part at a time: the loop goes on in between, and nothing piles up on a network that can't keep pace. */
enum { DUE_LOOK_MS = 60 * 1000, DUE_AGAIN_MS = 5 * 1000, DUE_FULL_MS = 50, DUE_PART = 16, DUE_PART_MS = 5 };

static size_t room_on(const struct app *app, const char *transport)
{
    const struct irc *irc = find_irc(app, transport);

    if (app->matrix != NULL && strcmp(transport, "matrix") == 0)
        return matrix_outbox_room(app->matrix);
    return irc != NULL ? irc_outbox_room(irc) : 0;
}

/* Where there is no room, what somebody waits for is done all the same. */
static int next_due(struct app *app, const char *transport, size_t room, int64_t *due_ms, struct err *err)
{
    return coach_next_due(app->coach, transport, room == 0, due_ms, err);
}

static int do_part(struct app *app, const char *transport, size_t room, int64_t now_ms, struct err *err)
{
    int64_t until_ms = loop_monotonic_ms() + DUE_PART_MS, due_ms;
    int found, result;

    for (int done = 0; done < DUE_PART && loop_monotonic_ms() < until_ms; done++) {
        found = next_due(app, transport, room, &due_ms, err);
        if (found < 0)
            return -1;
        if (found == 0 || due_ms > now_ms)
            return 0;
        result = coach_due(app->coach, transport, room == 0, now_ms, err);
        if (result < 0)
            return -1;
        room -= room != 0;
    }
    return 0;
}

static void tell_outboxes(struct app *app)
{
    app->moved = false;
    if (app->matrix != NULL)
        matrix_outbox_ready(app->matrix);
    for (size_t i = 0; i < app->settings->irc_count; i++)
        irc_outbox_ready(app->irc[i].irc);
}

static int do_due(struct app *app, const char *transport, size_t room, int64_t now_ms, struct err *err)
{
    if (store_begin(app->store, err) < 0)
        return -1;
    if (do_part(app, transport, room, now_ms, err) < 0 || store_commit(app->store, err) < 0) {
        store_rollback(app->store);
        coach_forget(app->coach);
        return -1;
    }
    tell_outboxes(app);
    return 0;
}

/* Check-ins that have waited long enough for FROM, if it is away. */
static int move_due(struct app *app, const char *from, int64_t now_ms, struct err *err)
{
    int64_t due_ms, due_by_ms = now_ms - CHECKIN_PATIENCE_MS;
    const char *to;
    int result = is_away(app, from) ? coach_next_due(app->coach, from, false, &due_ms, err) : 0;

    if (result != 1 || due_ms > due_by_ms)
        return result < 0 ? -1 : 0;
    result = store_begin(app->store, err);
    for (size_t i = 0; result >= 0 && (to = next_elsewhere(app, from, &i)) != NULL;)
        result = store_due_elsewhere(app->store, from, to, due_by_ms, err);
    if (result >= 0 && store_commit(app->store, err) == 0)
        return 0;
    store_rollback(app->store);
    return -1;
}

static int move_all_due(struct app *app, int64_t now_ms, struct err *err)
{
    int result = app->matrix != NULL ? move_due(app, "matrix", now_ms, err) : 0;

    for (size_t i = 0; i < app->settings->irc_count && result == 0; i++)
        result = move_due(app, irc_transport(app->irc[i].irc), now_ms, err);
    return result;
}

/* Looks at the clock once a minute at least: it may have been set, or stood still while the machine slept. */
static int64_t until(int64_t due_ms, int64_t now_ms)
{
    int64_t wait_ms = due_ms > now_ms ? due_ms - now_ms : 0;

    return wait_ms < DUE_LOOK_MS ? wait_ms : DUE_LOOK_MS;
}

/* Nothing goes out now: it may be a moment, or the network is away for hours. */
static int64_t wait_for_room(struct caught_up *on)
{
    on->full_ms = on->full_ms == 0 ? DUE_FULL_MS : on->full_ms * 2;
    if (on->full_ms > DUE_AGAIN_MS)
        on->full_ms = DUE_AGAIN_MS;
    return on->full_ms;
}

/* Does what is due ON a transport; when to look again, -1 on an error. */
static int64_t look(struct app *app, struct caught_up *on, int64_t now_ms, struct err *err)
{
    size_t room = room_on(app, on->transport);
    int64_t due_ms, wait_ms, other_ms;
    int found = next_due(app, on->transport, room, &due_ms, err);

    if (room != 0)
        on->full_ms = 0;
    if (found == 1 && due_ms <= now_ms) /* there may be more */
        return do_due(app, on->transport, room, now_ms, err) < 0 ? -1 : 0;
    wait_ms = found == 1 ? until(due_ms, now_ms) : DUE_LOOK_MS;
    if (room == 0 && found >= 0)
        found = coach_next_due(app->coach, on->transport, false, &due_ms, err);
    if (room == 0 && found == 1) {
        other_ms = due_ms <= now_ms ? wait_for_room(on) : until(due_ms, now_ms);
        wait_ms = other_ms < wait_ms ? other_ms : wait_ms;
    }
    return found < 0 ? -1 : wait_ms;
}

static void on_due(void *arg)
{
    struct app *app = arg;
    struct err err = {0};
    int64_t now_ms = loop_now_ms(), next_ms = DUE_LOOK_MS;

    if (app->moved)
        tell_outboxes(app);
    if (move_all_due(app, now_ms, &err) < 0)
        log_error("store", LOG_STR("reason", err.text));
    for (size_t i = 0; i < app->caught_up.count; i++) {
        int64_t wait_ms = look(app, &app->caught_up.at[i], now_ms, &err);

        if (wait_ms < 0) {
            log_error("store", LOG_STR("reason", err.text));
            wait_ms = DUE_AGAIN_MS;
        }
        next_ms = wait_ms < next_ms ? wait_ms : next_ms;
    }
    loop_timer_set(app->due, next_ms);
}

/* The loop turns: that is what the watchdog wants to know. A homeserver that is away is no reason to be restarted. */
static void watchdog_due(void *arg)
{
    struct app *app = arg;

    notify_send("WATCHDOG=1");
    loop_timer_set(app->watchdog, app->watchdog_ms);
}

static int open_matrix(struct app *app, struct err *err)
{
    const struct settings_matrix *matrix = app->settings->matrix;
    const struct matrix_handler handler = {
        app,        on_message,       on_batch_end,  on_welcome, on_rolled_back, on_matrix_ready, on_failed,
        on_profile, on_matrix_people, on_ghost_gone, on_notice,  on_confirms,    on_moved};
    struct matrix_options options;

    if (app_matrix_options(matrix, &app->secret, &options, err) < 0 ||
        (matrix->recovery_key_file != NULL && secret_read(matrix->recovery_key_file, &app->recovery_key, err) < 0))
        return -1;
    options.handler = handler;
    options.offers = app->offers;
    while (options.offer_count < OFFERS_MAX &&
           filled_offer(options.offer_count, texts_for(app->settings->language), &app->offers[options.offer_count]))
        options.offer_count++;
    if (matrix->recovery_key_file != NULL)
        options.trust.recovery_key = buf_text(&app->recovery_key);
    app->matrix = app_matrix_start(&options, app->loop, app->store, app->pickle_key, err);
    if (app->matrix == NULL)
        return -1;
    app->control = app_control_new(app->loop, app->settings->store_path, app->matrix, err);
    return app->control != NULL ? 0 : -1;
}

static int open_irc(struct app *app, const struct settings_irc *settings, struct app_irc *network, struct err *err)
{
    struct irc_options options = {
        .loop = app->loop,
        .store = store_irc(app->store),
        .handler = {app, on_message, on_batch_end, on_guest, on_forget, on_merge, on_elsewhere, on_irc_people,
                    on_rolled_back, on_ready, on_caught_up},
        .network = settings->name,
        .server = settings->server,
        .port = settings->port,
        .tls = settings->tls,
        .ca_file = settings->ca_file,
        .fingerprint = settings->fingerprint,
        .nick = settings->nick,
        .account = settings->account,
        .certificate_file = settings->certificate_file,
        .key_file = settings->key_file,
        .mechanisms = (const char *const *)settings->mechanisms,
        .channels = (const char *const *)settings->channels,
        .by_privmsg = settings->by_privmsg,
        .bridged = (const char *const *)settings->bridged,
        .ghosts = (const char *const *)settings->ghosts,
    };

    buf_init(&network->secret, SECRET_MAXIMUM);
    if (settings->password_file != NULL) {
        if (secret_read(settings->password_file, &network->secret, err) < 0)
            return -1;
        options.password = buf_text(&network->secret);
    }
    buf_init(&network->channel_keys, SECRET_MAXIMUM);
    if (settings->channel_keys_file != NULL) {
        if (secret_read(settings->channel_keys_file, &network->channel_keys, err) < 0)
            return -1;
        options.channel_keys = buf_text(&network->channel_keys);
    }
    network->irc = irc_new(&options, err);
    if (network->irc == NULL)
        return err_context(err, "irc \"%s\"", settings->name);
    irc_start(network->irc);
    return 0;
}

static int open_networks(struct app *app, struct err *err)
{
    const struct settings *settings = app->settings;

    app->irc = mem_zero(settings->irc_count, sizeof(*app->irc));
    for (size_t i = 0; i < settings->irc_count; i++) {
        if (open_irc(app, &settings->irc[i], &app->irc[i], err) < 0)
            return -1;
    }
    return settings->matrix != NULL ? open_matrix(app, err) : 0;
}

static int open_all(struct app *app, struct err *err)
{
    const struct settings *settings = app->settings;
    struct coach_options options;

    app->loop = loop_new();
    app->zones = zones_new();
    app->clock = (struct app_clock){app->zones, settings->timezone};
    if (app_coach_options(settings, &app->clock, &options, err) < 0 ||
        app_open_store(settings, app->pickle_key, &app->store, err) < 0)
        return -1;
    options.store = store_coach(app->store);
    options.people = list_people;
    options.private_room = private_room;
    options.people_arg = app;
    app->coach = coach_new(&options);
    app->terminate = loop_watch_signal(app->loop, SIGTERM, on_signal, app);
    app->interrupt = loop_watch_signal(app->loop, SIGINT, on_signal, app);
    app->due = loop_timer_new(app->loop, on_due, app);
    app->watchdog = loop_timer_new(app->loop, watchdog_due, app);
    app->watchdog_ms = notify_watchdog_ms();
    if (app->watchdog_ms > 0)
        loop_timer_set(app->watchdog, app->watchdog_ms);
    return open_networks(app, err);
}

static void close_all(struct app *app)
{
    for (size_t i = 0; app->irc != NULL && i < app->settings->irc_count; i++) {
        irc_free(app->irc[i].irc);
        crypto_release(&app->irc[i].secret);
        crypto_release(&app->irc[i].channel_keys);
    }
    free(app->irc);
    for (size_t i = 0; i < app->caught_up.count; i++)
        free(app->caught_up.at[i].transport);
    vec_release(&app->caught_up);
    app_control_free(app->control);
    matrix_free(app->matrix);
    coach_free(app->coach);
    store_close(app->store);
    zones_free(app->zones);
    loop_timer_free(app->due);
    loop_timer_free(app->watchdog);
    loop_watch_free(app->terminate);
    loop_watch_free(app->interrupt);
    loop_free(app->loop);
    crypto_cleanse(app->pickle_key, sizeof(app->pickle_key));
    crypto_release(&app->secret);
    crypto_release(&app->recovery_key);
}

int app_run(const struct settings *settings, struct err *err)
{
    struct app app = {
        .settings = settings, .err = err, .secret = BUF_INIT(SECRET_MAXIMUM), .recovery_key = BUF_INIT(SECRET_MAXIMUM)};
    int result;

    umask(077);
    signal(SIGPIPE, SIG_IGN);
    result = open_all(&app, err);
    if (result == 0) {
        loop_run(app.loop);
        result = app.failed ? -1 : 0;
    }
    close_all(&app);
    return result;
}

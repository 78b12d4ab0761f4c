/*
 * A restored store is one of some time ago. The device that it was has gone on since, so it comes up as another one,
 * and what was due or waited may have been said: it isn't said again. What was said to the bot since stands in the
 * rooms.
 */
#include "bot/app_restore.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_hush.h"
#include "bot/app_key.h"
#include "bot/app_offline.h"
#include "bot/loop/loop.h"
#include "bot/store/restore.h"

enum { PATH_MAXIMUM = 8192 };

struct restored {
    struct store_contents contents;
    struct store_forgotten forgotten;
    int64_t unsaid;
    struct buf kept; /* where what was there is now */
};

/* ---- making it ready */

static int settle_due(const struct settings *settings, struct coach *coach, struct err *err)
{
    struct buf transport = BUF_INIT(PATH_MAXIMUM);
    int64_t now_ms = loop_now_ms();
    int result = app_hush_due(coach, "matrix", now_ms, true, err);

    for (size_t i = 0; i < settings->irc_count && result == 0; i++) {
        buf_clear(&transport);
        buf_addf(&transport, "irc:%s", settings->irc[i].name);
        result = app_hush_due(coach, buf_text(&transport), now_ms, true, err);
    }
    buf_release(&transport);
    return result;
}

struct renewal {
    const struct settings *settings;
    struct store_restore *restore;
    struct restored *restored;
};

static int renew(void *arg, struct coach *coach, struct err *err)
{
    const struct renewal *renewal = arg;

    if (store_restore_forget(renewal->restore, &renewal->restored->forgotten, err) < 0 ||
        store_renew(store_restore_store(renewal->restore), &renewal->restored->unsaid, err) < 0)
        return -1;
    return settle_due(renewal->settings, coach, err);
}

static int prepare(const struct settings *settings, struct store_restore *restore, struct restored *restored,
                   struct err *err)
{
    struct store *store = store_restore_store(restore);
    const struct coach_store hushed = app_hush(store);
    struct renewal renewal = {settings, restore, restored};

    return app_check_key(settings, store, err) < 0 ? -1
                                                   : app_with_coach(settings, store, &hushed, renew, &renewal, err);
}

static int put_in_place(const struct settings *settings, struct store_restore *restore, const char *backup,
                        struct restored *restored, struct err *err)
{
    if (store_restore_read(restore, backup, err) < 0 || prepare(settings, restore, restored, err) < 0 ||
        store_restore_count(restore, &restored->contents, err) < 0)
        return -1;
    return store_restore_place(restore, &restored->kept, err);
}

static int replace_store(const struct settings *settings, const char *backup, bool replace, struct restored *restored,
                         struct err *err)
{
    struct store_restore *restore = store_restore_new(settings->store_path, err);
    int result = -1;

    if (restore == NULL)
        return -1;
    if (!replace && store_restore_replaces(restore)) {
        err_set(err, ERR_STORE, "the store %s exists: with --replace it is kept beside, under another name",
                settings->store_path);
        result = EX_CANTCREAT;
    } else {
        result = put_in_place(settings, restore, backup, restored, err);
    }
    store_restore_free(restore);
    return result;
}

/* ---- saying what is next */

static void print_next(const struct settings_matrix *matrix, const char *file, FILE *out)
{
    fputs("It comes up as a new device: the keys of the old one have been used since, and never are again.\n", out);
    if (matrix->device_id != NULL)
        fputs("The configuration names the device's id: give another one first, with a token for it, and log the old "
              "one out.\n",
              out);
    fprintf(
        out,
        "Next, before the daemon runs:\n"
        "  spotter verify --config %s --recovery-key-file FILE\n"
        "  spotter rebuild --config %s\n"
        "The first signs the new device and removes the old one, the second books what was said since the backup.\n",
        file, file);
}

/* Nobody is brought back by a file that somebody kept. */
static void print_forgotten(const struct settings *settings, const struct restored *restored, FILE *out)
{
    const char *until = settings->matrix != NULL ? "rebuild reads that they had" : "they say so again";
    const struct store_forgotten *forgotten = &restored->forgotten;

    if (forgotten->count != 0)
        fprintf(out, "Who had themselves forgotten since it was made is forgotten here, too: %" PRId64 ".\n",
                forgotten->count);
    if (forgotten->unclear)
        fprintf(out,
                "What was there can't be read for all who had themselves forgotten since it was made: they may be in "
                "it, until %s.\n",
                until);
    else if (restored->kept.length == 0)
        fprintf(out, "Who had themselves forgotten since it was made is in it, until %s.\n", until);
    fputs("Backups keep them: delete this one once it isn't needed.\n", out);
}

static void print(const struct settings *settings, const char *file, const char *backup,
                  const struct restored *restored, FILE *out)
{
    const struct store_contents *contents = &restored->contents;

    fprintf(out, "%s is restored from %s: schema %" PRId64 ", %" PRId64 " lifters, %" PRId64 " sets.\n",
            settings->store_path, backup, contents->schema, contents->lifters, contents->sets);
    if (restored->kept.length != 0)
        fprintf(out, "What was there is %s now, until somebody in it has themselves forgotten.\n",
                buf_text(&restored->kept));
    print_forgotten(settings, restored, out);
    if (restored->unsaid != 0)
        fprintf(out,
                "Answers that waited when it was made: %" PRId64
                ". They may have been said since, and are not again.\n",
                restored->unsaid);
    if (settings->matrix != NULL)
        print_next(settings->matrix, file, out);
    if (settings->irc_count != 0)
        fputs("On IRC what was said since the backup is booked where the server keeps a history, and summed up once.\n",
              out);
}

int app_restore(const struct settings *settings, const char *file, const char *backup, bool replace, FILE *out,
                struct err *err)
{
    struct restored restored = {.kept = BUF_INIT(PATH_MAXIMUM)};
    int result;

    umask(077);
    if (access(backup, R_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, "%s: %s", backup, strerror(errno));
    result = replace_store(settings, backup, replace, &restored, err);
    if (result == 0)
        print(settings, file, backup, &restored, out);
    buf_release(&restored.kept);
    return result;
}

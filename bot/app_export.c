/*
 * Read from a copy of the store in memory, so that the daemon waits for nothing.
 */
#include "bot/app_export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_offline.h"
#include "bot/app_person.h"
#include "bot/coach/coach.h"
#include "bot/store/file.h"
#include "bot/store/store.h"

enum { LOG_MAX = 1024 * 1024 * 1024 };

struct export
{
    const char *user;
    struct buf log;
};

static int read_log(void *arg, struct coach *coach, struct err *err)
{
    struct export *export = arg;
    char *transport, *identity;
    size_t sets = 0;
    int result;

    app_person(export->user, &transport, &identity);
    result = coach_export(coach, transport, identity, &export->log, &sets, err);
    if (result == 0)
        result = app_person_unknown(export->user, err);
    else if (result == 1 && sets == 0)
        result = err_set(err, ERR_NOT_FOUND, "%s has no sets", export->user);
    free(transport);
    free(identity);
    return result == 1 ? 0 : -1;
}

static int read_copy(const struct settings *settings, struct export *export, struct err *err)
{
    struct store *store = store_copy(settings->store_path, err);
    int result = store != NULL ? app_with_coach(settings, store, store_coach(store), read_log, export, err) : -1;

    store_close(store);
    return result;
}

/* ---- where it goes */

/* All of it, durably. */
static int write_all(int fd, const char *part, struct span log, struct err *err)
{
    while (log.length != 0) {
        ssize_t length = write(fd, log.at, log.length);

        if (length < 0 && errno != EINTR)
            break;
        if (length > 0)
            log = (struct span){log.at + length, log.length - (size_t)length};
    }
    if (log.length == 0 && fsync(fd) == 0)
        return 0;
    return err_set(err, ERR_STORE, "%s: cannot be written: %s", part, strerror(errno));
}

/* Under another name first, by one at a time: what is called FILE is whole. */
static int write_file(const char *file, struct span log, struct err *err)
{
    char *part = file_beside(file, ".part");
    int fd = file_open_part(part, err);
    int result = EX_CANTCREAT;

    if (fd >= 0 && file_empty_part(fd, part, err) == 0) {
        result = write_all(fd, part, log, err);
        if (result == 0)
            result = file_place(part, file, err);
        if (result < 0)
            file_remove(part);
    }
    if (fd >= 0)
        close(fd);
    free(part);
    return result;
}

int app_export(const struct settings *settings, const char *user, const char *file, FILE *out, struct err *err)
{
    struct export export = {user, BUF_INIT(LOG_MAX)};
    int result = file != NULL ? app_is_new(file, err) : 0;

    if (result == 0)
        result = app_store_exists(settings, err);
    if (result == 0)
        result = read_copy(settings, &export, err);
    if (result == 0 && file != NULL)
        result = write_file(file, buf_span(&export.log), err);
    else if (result == 0 &&
             (fwrite(export.log.data, 1, export.log.length, out) != export.log.length || fflush(out) != 0))
        result = err_set(err, ERR_STORE, "the log cannot be written: %s", strerror(errno));
    buf_release(&export.log);
    return result;
}

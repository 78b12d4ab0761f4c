/*
 * Read from a copy of the store in memory, so that the daemon waits for nothing.
 */
#include "bot/app_export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_matrix.h"
#include "bot/app_person.h"
#include "bot/coach/coach.h"
#include "bot/store/file.h"
#include "bot/store/store.h"

enum { LOG_MAX = 1024 * 1024 * 1024, PATH_MAXIMUM = 8192 };

static int read_log(const struct settings *settings, struct store *store, const char *user, struct buf *log,
                    struct err *err)
{
    struct app_clock clock = {zones_new(), settings->timezone};
    struct coach_options options;
    struct coach *coach = NULL;
    char *transport, *identity;
    size_t sets = 0;
    int result = app_coach_options(settings, &clock, &options, err);

    app_person(user, &transport, &identity);
    if (result == 0) {
        options.store = store_coach(store);
        coach = coach_new(&options);
        result = coach_export(coach, transport, identity, log, &sets, err);
        if (result == 0)
            result = app_person_unknown(user, err);
    }
    if (result == 1 && sets == 0)
        result = err_set(err, ERR_NOT_FOUND, "%s has no sets", user);
    free(transport);
    free(identity);
    coach_free(coach);
    zones_free(clock.zones);
    return result == 1 ? 0 : -1;
}

/* ---- where it goes */

/* All of it, durably. */
static int write_part(const char *part, struct span log, struct err *err)
{
    int fd = open(part, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    bool written = fd >= 0;

    while (written && log.length != 0) {
        ssize_t length = write(fd, log.at, log.length);

        written = length >= 0 || errno == EINTR;
        if (length > 0)
            log = (struct span){log.at + length, log.length - (size_t)length};
    }
    written = written && fsync(fd) == 0;
    if (!written)
        err_set(err, ERR_STORE, "%s: cannot be written: %s", part, strerror(errno));
    if (fd >= 0)
        close(fd);
    return written ? 0 : -1;
}

/* Under another name first: what is called FILE is whole. */
static int write_file(const char *file, struct span log, struct err *err)
{
    struct buf part = BUF_INIT(PATH_MAXIMUM);
    int result = EX_CANTCREAT;

    buf_addf(&part, "%s.part", file);
    if (file_make_anew(buf_text(&part), err) == 0) {
        result = write_part(buf_text(&part), log, err);
        if (result == 0)
            result = file_place(buf_text(&part), file, err);
        if (result < 0)
            file_remove(buf_text(&part));
    }
    buf_release(&part);
    return result;
}

int app_export(const struct settings *settings, const char *user, const char *file, FILE *out, struct err *err)
{
    struct buf log = BUF_INIT(LOG_MAX);
    struct store *store = NULL;
    int result = 0;

    if (file != NULL && access(file, F_OK) == 0) {
        err_set(err, ERR_STORE, "%s exists: name another file, or move it away", file);
        return EX_CANTCREAT;
    }
    if (access(settings->store_path, F_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, "%s: %s", settings->store_path, strerror(errno));
    store = store_copy(settings->store_path, err);
    result = store != NULL ? read_log(settings, store, user, &log, err) : -1;
    if (result == 0 && file != NULL)
        result = write_file(file, buf_span(&log), err);
    else if (result == 0 && (fwrite(log.data, 1, log.length, out) != log.length || fflush(out) != 0))
        result = err_set(err, ERR_STORE, "the log cannot be written: %s", strerror(errno));
    store_close(store);
    buf_release(&log);
    return result;
}

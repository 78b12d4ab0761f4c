/*
 * A coach for one thing, and what must be there or not before.
 */
#include "bot/app_offline.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_matrix.h"

int app_store_exists(const struct settings *settings, struct err *err)
{
    if (access(settings->store_path, F_OK) == 0)
        return 0;
    return err_set(err, ERR_NOT_FOUND, "%s: %s", settings->store_path, strerror(errno));
}

int app_is_new(const char *file, struct err *err)
{
    struct stat about;

    if (lstat(file, &about) != 0) /* what leads nowhere is there, too */
        return 0;
    err_set(err, ERR_STORE, "%s exists: name another file, or move it away", file);
    return EX_CANTCREAT;
}

struct with_coach {
    struct coach *coach;
    int (*work)(void *arg, struct coach *coach, struct err *err);
    void *arg;
};

static int work_with(void *arg, struct err *err)
{
    const struct with_coach *with = arg;

    return with->work(with->arg, with->coach, err);
}

int app_with_coach(const struct settings *settings, struct store *store, const struct coach_store *port,
                   int (*work)(void *arg, struct coach *coach, struct err *err), void *arg, struct err *err)
{
    struct app_clock clock = {zones_new(), settings->timezone};
    struct with_coach with = {.work = work, .arg = arg};
    struct coach_options options;
    int result = app_coach_options(settings, &clock, &options, err);

    options.store = port;
    if (result == 0) {
        with.coach = coach_new(&options);
        result = store_change(store, work_with, &with, err);
        coach_free(with.coach);
    }
    zones_free(clock.zones);
    return result;
}

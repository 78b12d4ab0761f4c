/*
 * The coach without a server, wired.
 */
#include "bot/app_console.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "bot/app_import.h"
#include "bot/app_secrets.h"
#include "bot/console/console.h"
#include "bot/console/replay.h"
#include "bot/exchange/export.h"
#include "bot/loop/loop.h"
#include "bot/schedule/zone.h"
#include "core/base/buf.h"

static int zone_offset(void *arg, const char *zone, int64_t at_ms)
{
    return zones_offset(arg, zone, at_ms);
}

/* Makes PATH's folders, each 0700. */
static int make_folders(const char *path, struct err *err)
{
    struct buf folder = BUF_INIT(4096);
    int result = 0;

    for (const char *at = path; result == 0 && (at = strchr(at + 1, '/')) != NULL;) {
        buf_clear(&folder);
        buf_add(&folder, path, (size_t)(at - path));
        if (mkdir(buf_text(&folder), 0700) < 0 && errno != EEXIST)
            result = err_set(err, ERR_STORE, "%s: cannot be made: %s", buf_text(&folder), strerror(errno));
    }
    buf_release(&folder);
    return result;
}

/* Where the console's log stands when nothing is said (XDG Base Directory Specification). */
static int default_db(struct buf *path, struct err *err)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");

    if (data != NULL && data[0] == '/')
        buf_addf(path, "%s/spotter/console.db", data);
    else if (home != NULL && home[0] == '/')
        buf_addf(path, "%s/.local/share/spotter/console.db", home);
    else
        return err_set(err, ERR_STORE, "neither $XDG_DATA_HOME nor $HOME says where the log goes: give --db FILE");
    return make_folders(buf_text(path), err);
}

/* This machine's zone by name: $TZ, else what Debian keeps in /etc/timezone, else UTC. */
static void local_zone(struct buf *zone)
{
    const char *variable = getenv("TZ");
    FILE *file;
    char line[128] = "";

    if (variable != NULL && zone_exists(variable)) {
        buf_adds(zone, variable);
        return;
    }
    file = fopen("/etc/timezone", "re");
    if (file != NULL) {
        if (fgets(line, sizeof(line), file) == NULL)
            line[0] = '\0';
        fclose(file);
    }
    line[strcspn(line, "\r\n")] = '\0';
    buf_adds(zone, zone_exists(line) ? line : "UTC");
}

int app_console(const char *db, struct err *err)
{
    struct buf path = BUF_INIT(4096), zone = BUF_INIT(128);
    struct zones *zones = zones_new();
    int result = EX_CANTCREAT;

    if (db != NULL || default_db(&path, err) == 0) {
        struct console_options options = {
            .db = db != NULL ? db : buf_text(&path),
            .unit = UNIT_KG,
            .zone_offset = zone_offset,
            .zone_arg = zones,
            .now_ms = loop_now_ms,
            .export_set = export_set,
            .secrets = app_secrets,
        };

        local_zone(&zone);
        options.timezone = buf_text(&zone);
        result = console_run(&options, stdin, stdout, err);
    }
    zones_free(zones);
    buf_release(&path);
    buf_release(&zone);
    return result;
}

int app_replay(const char *file, const char *db, bool json, struct err *err)
{
    struct zones *zones = zones_new();
    uint64_t seed = 0;
    struct replay_options options = {.path = file,
                                     .db = db,
                                     .json = json,
                                     .zone_offset = zone_offset,
                                     .zone_arg = zones,
                                     .export_set = export_set,
                                     .read_log = app_read_log,
                                     .secrets = app_secrets_replayed(&seed)};
    int result = replay_run(&options, stdout, err);

    zones_free(zones);
    return result;
}

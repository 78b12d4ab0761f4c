/*
 * The store as one file.
 */
#include "bot/app_backup.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "bot/app_key.h"

enum { PLACE_MAXIMUM = 8192 };

int app_backup(const struct settings *settings, const char *target, FILE *out, struct err *err)
{
    struct buf key = BUF_INIT(PLACE_MAXIMUM);
    struct store_contents contents = {0};

    if (access(settings->store_path, F_OK) != 0)
        return err_set(err, ERR_NOT_FOUND, "%s: %s", settings->store_path, strerror(errno));
    if (access(target, F_OK) == 0) {
        err_set(err, ERR_STORE, "%s exists: name another file, or move it away", target);
        return EX_CANTCREAT;
    }
    if (store_backup(settings->store_path, target, &contents, err) < 0)
        return -1;
    app_key_place(settings, &key);
    fprintf(out,
            "%s: schema %" PRId64 ", %" PRId64 " lifters, %" PRId64 " sets, %" PRId64
            " bytes. Without its pickle key it opens no secret: keep that, too (%s).\n",
            target, contents.schema, contents.lifters, contents.sets, contents.bytes, buf_text(&key));
    buf_release(&key);
    return 0;
}

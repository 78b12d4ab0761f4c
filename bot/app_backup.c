/*
 * The store as one file.
 */
#include "bot/app_backup.h"

#include <inttypes.h>
#include <stdlib.h>

#include "bot/app_key.h"
#include "bot/app_offline.h"
#include "bot/store/file.h"
#include "core/base/mem.h"

enum { PLACE_MAXIMUM = 8192 };

/* Neither it nor what would be taken for a part of it, which another one of that name has left. */
static int check_target(const char *target, struct err *err)
{
    static const char *const suffixes[] = {"", "-wal", "-journal"};
    int result = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(suffixes) && result == 0; i++) {
        char *name = file_beside(target, suffixes[i]);

        result = app_is_new(name, err);
        free(name);
    }
    return result;
}

int app_backup(const struct settings *settings, const char *target, FILE *out, struct err *err)
{
    struct buf key = BUF_INIT(PLACE_MAXIMUM);
    struct store_contents contents = {0};
    int result = app_store_exists(settings, err);

    if (result == 0)
        result = check_target(target, err);
    if (result == 0)
        result = store_backup(settings->store_path, target, &contents, err);
    if (result != 0)
        return result;
    app_key_place(settings, &key);
    fprintf(out,
            "%s: schema %" PRId64 ", %" PRId64 " lifters, %" PRId64 " sets, %" PRId64
            " bytes. Without its pickle key it opens no secret: keep that, too (%s).\n",
            target, contents.schema, contents.lifters, contents.sets, contents.bytes, buf_text(&key));
    buf_release(&key);
    return 0;
}

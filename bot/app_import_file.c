/*
 * The coach hears of the file what it would hear of one that was sent; but what is to be done later stays as it was.
 */
#include "bot/app_import_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/app_key.h"
#include "bot/app_offline.h"
#include "bot/app_person.h"
#include "bot/coach/coach.h"
#include "bot/crypto/crypto.h"
#include "bot/loop/loop.h"
#include "core/base/mem.h"

enum { SAID_MAX = 4096, ID_BYTES = 16 };

/* ---- what it is */

/* All of it, or more than is read. */
static int read_file(const char *path, struct buf *bytes, struct err *err)
{
    FILE *in = fopen(path, "re");
    char part[65536];
    size_t length;
    int result = 0;

    if (in == NULL)
        return err_set(err, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
    while (!bytes->overflowed && (length = fread(part, 1, sizeof(part), in)) != 0)
        buf_add(bytes, part, length);
    if (ferror(in))
        result = err_set(err, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
    fclose(in);
    return result;
}

/* ---- booking it */

static int plan_nothing(void *self, const struct coach_job *job, struct err *err)
{
    (void)self, (void)job, (void)err;
    return 0;
}

static int cancel_nothing(void *self, int64_t lifter, enum coach_job_kind kind, const char *transport, const char *room,
                          struct err *err)
{
    (void)self, (void)lifter, (void)kind, (void)transport, (void)room, (void)err;
    return 0;
}

struct import {
    const char *user;
    struct message_file file;
    struct buf said;
};

static int hear(void *arg, struct coach *coach, struct err *err)
{
    struct import *import = arg;
    struct message message = {.kind = MESSAGE_FILE,
                              .room = "",
                              .direct = true,
                              .member = true,
                              .sent_ms = loop_now_ms(),
                              .read_ms = loop_now_ms(),
                              .text = "",
                              .file = &import->file};
    unsigned char random[ID_BYTES];
    struct buf id = BUF_INIT(64);
    char *transport, *identity;
    bool refused = false;
    int result;

    BUG_IF(crypto_random(random, sizeof(random)) != 0);
    buf_adds(&id, "import-");
    crypto_hex((struct span){(const char *)random, sizeof(random)}, &id);
    app_person(import->user, &transport, &identity);
    message.id = buf_text(&id);
    message.transport = transport;
    message.sender = message.sender_name = identity;
    result = coach_import(coach, &message, &import->said, &refused, err);
    if (result == 0)
        result = app_person_unknown(import->user, err);
    else if (result == 1 && refused)
        result = err_set(err, ERR_INPUT, "%s", buf_text(&import->said));
    free(transport);
    free(identity);
    buf_release(&id);
    return result == 1 ? 0 : -1;
}

static int book(const struct settings *settings, struct store *store, struct import *import, struct err *err)
{
    struct coach_store planless = *store_coach(store);

    planless.job_put = planless.job_put_by = plan_nothing;
    planless.job_cancel = cancel_nothing;
    return app_with_coach(settings, store, &planless, hear, import, err);
}

int app_import_file(const struct settings *settings, const char *user, const char *file, FILE *out, struct err *err)
{
    struct buf bytes = BUF_INIT(FILE_MAX);
    struct import import = {.user = user, .file = {.state = FILE_HERE}, .said = BUF_INIT(SAID_MAX)};
    unsigned char key[PICKLE_KEY_SIZE];
    struct store *store = NULL;
    int result = read_file(file, &bytes, err);

    umask(077);
    import.file.bytes = buf_text(&bytes);
    import.file.size = bytes.length;
    if (bytes.overflowed)
        import.file.state = FILE_TOO_LARGE;
    if (result == 0)
        result = app_store_exists(settings, err);
    if (result == 0)
        result = app_open_store(settings, key, &store, err);
    crypto_cleanse(key, sizeof(key));
    if (result == 0)
        result = book(settings, store, &import, err);
    if (result == 0)
        fprintf(out, "%s\n", buf_text(&import.said));
    store_close(store);
    buf_release(&bytes);
    buf_release(&import.said);
    return result;
}

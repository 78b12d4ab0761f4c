/*
 * The store with its key.
 */
#include "bot/app_key.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/e2ee.h"
#include "bot/log/log.h"
#include "bot/matrix/matrix.h"
#include "core/base/buf.h"
#include "core/base/path.h"

#define NEXT_SUFFIX ".rekey"

enum { PATH_MAXIMUM = 4096 };

/* ---------------------------------------------------------------- where the key is */

/* The key's own file, which a new key may be written beside: the caller's. NULL: it is somebody else's to keep (a
 * credential, the kernel's). */
static char *key_path(const struct settings *settings, const char *suffix)
{
    struct buf path = BUF_INIT(PATH_MAXIMUM);

    if (settings->pickle_keyring != NULL ||
        (settings->pickle_key_file != NULL && strchr(settings->pickle_key_file, '/') == NULL))
        return NULL;
    if (settings->pickle_key_file != NULL)
        buf_addf(&path, "%s%s", settings->pickle_key_file, suffix);
    else
        buf_addf(&path, "%s.key%s", settings->store_path, suffix);
    return buf_steal(&path);
}

void app_key_place(const struct settings *settings, struct buf *out)
{
    char *path = key_path(settings, "");

    if (path != NULL)
        buf_adds(out, path);
    else if (settings->pickle_keyring != NULL)
        buf_addf(out, "%s in the kernel's keyring", settings->pickle_keyring);
    else
        buf_addf(out, "the credential %s", settings->pickle_key_file);
    free(path);
}

/* NEXT belongs to whom PATH does, whoever runs this. */
static int hand_over(const char *path, const char *next, struct err *err)
{
    struct stat about;

    if (stat(path, &about) == 0 && chown(next, about.st_uid, about.st_gid) == 0)
        return 0;
    return err_set(err, ERR_CONFIG, "%s can't be given to the owner of %s: run it as that user", next, path);
}

/* As root, for whoever the folder is made for. */
static int make_key(const char *path, unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    char *folder = path_folder(path);
    int result = secret_make_key(path, key, err);

    if (result == 0 && geteuid() == 0)
        result = hand_over(folder, path, err);
    free(folder);
    return result;
}

/* A key that is missing is made with a new store alone, and only where MAY. */
static int read_key(const struct settings *settings, bool may, unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    char *path;
    int result;

    if (settings->pickle_keyring != NULL)
        return secret_keyring_key(settings->pickle_keyring, key, err);
    if (settings->pickle_key_file != NULL)
        return secret_read_key(settings->pickle_key_file, key, err);
    path = key_path(settings, "");
    if (!may || access(path, F_OK) == 0)
        result = secret_read_key(path, key, err);
    else if (access(settings->store_path, F_OK) == 0)
        result = err_set(err, ERR_CONFIG,
                         "%s: the key of the store %s is missing: restore it, or move the store away to begin anew",
                         path, settings->store_path);
    else
        result = make_key(path, key, err);
    free(path);
    return result;
}

/* ---------------------------------------------------------------- whether it is the store's */

/* 1 it is, 0 there is nothing to open, -1. */
static int fits(struct store *store, const unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    int session = matrix_key_fits(store_matrix(store), key, err);

    /* Where the token opens and the device's keys don't, it is they that are damaged. */
    return session != 0 ? session : e2ee_key_fits(store_e2ee(store), key, err);
}

static int wrong_key(struct err *err)
{
    return err_set(err, ERR_CONFIG, "the pickle key does not open this store: another key, or another store");
}

/* The same with the key that a killed rekey left: 1 KEY is that one, 0 there is none that is any better. */
static int next_fits(struct store *store, const char *next, unsigned char key[PICKLE_KEY_SIZE])
{
    unsigned char other[PICKLE_KEY_SIZE];
    int result = 0;

    if (next != NULL && access(next, F_OK) == 0 && secret_read_key(next, other, NULL) == 0 &&
        fits(store, other, NULL) == 1) {
        memcpy(key, other, sizeof(other));
        result = 1;
    }
    crypto_cleanse(other, sizeof(other));
    return result;
}

int app_find_key(const struct settings *settings, struct store *store, unsigned char key[PICKLE_KEY_SIZE],
                 struct err *err)
{
    char *next = key_path(settings, NEXT_SUFFIX);
    int result = read_key(settings, false, key, err);

    if (result == 0 && store != NULL && fits(store, key, NULL) < 0 && next_fits(store, next, key) == 0)
        result = wrong_key(err);
    free(next);
    return result;
}

int app_check_key(const struct settings *settings, struct store *store, struct err *err)
{
    unsigned char key[PICKLE_KEY_SIZE] = {0};
    char *next = key_path(settings, NEXT_SUFFIX);
    /* Where nothing is sealed, as on IRC alone, a lost key loses nothing. */
    bool sealed = fits(store, key, NULL) != 0;
    int result = read_key(settings, !sealed, key, err);
    bool fitting = result == 0 && fits(store, key, NULL) >= 0;

    if (result == 0 && !fitting && next_fits(store, next, key) == 0)
        result = wrong_key(err);
    if (result < 0)
        err_context(err, "the backup needs the key that it was made with");
    else if (fitting && next != NULL && access(next, F_OK) == 0)
        result = err_set(err, ERR_CONFIG,
                         "%s is left of a rekey that was killed, and may be the key of what is there now: move it "
                         "away, and keep it",
                         next);
    crypto_cleanse(key, sizeof(key));
    free(next);
    return result;
}

/* What a rekey that was killed has left: its end if the store is sealed by it, else nothing. */
static int settle(const struct settings *settings, struct store *store, unsigned char key[PICKLE_KEY_SIZE],
                  struct err *err)
{
    char *path = key_path(settings, ""), *next = key_path(settings, NEXT_SUFFIX);
    int result = 0;

    if (fits(store, key, NULL) >= 0) {
        if (next != NULL && unlink(next) == 0)
            log_warn("rekey-undone", LOG_STR("file", next));
    } else if (next_fits(store, next, key) == 1) {
        struct err why;

        /* Where that can't be done the key serves under the name that it has. */
        if (secret_replace(next, path, &why) == 0)
            log_warn("rekey-ended", LOG_STR("file", path));
        else
            log_warn("rekey-ended", LOG_STR("file", next), LOG_STR("error", why.text));
    } else {
        result = wrong_key(err);
    }
    free(path);
    free(next);
    return result;
}

int app_open_store(const struct settings *settings, unsigned char key[PICKLE_KEY_SIZE], struct store **store,
                   struct err *err)
{
    *store = NULL;
    if (read_key(settings, true, key, err) < 0 || (*store = store_open(settings->store_path, err)) == NULL)
        return -1;
    if (settle(settings, *store, key, err) == 0)
        return 0;
    store_close(*store);
    *store = NULL;
    return -1;
}

/* ---------------------------------------------------------------- another key */

struct keys {
    struct store *store;
    const unsigned char *from, *to;
};

static int reseal_all(void *arg, struct err *err)
{
    const struct keys *keys = arg;

    if (e2ee_rekey(store_e2ee(keys->store), keys->from, keys->to, err) < 0)
        return -1;
    return matrix_rekey(store_matrix(keys->store), keys->from, keys->to, err);
}

static int reseal(struct store *store, const unsigned char *from, const unsigned char *to, struct err *err)
{
    struct keys keys = {store, from, to};

    return store_change(store, reseal_all, &keys, err);
}

static int rekey_in_place(const struct settings *settings, struct store *store, const unsigned char *from, FILE *out,
                          struct err *err)
{
    char *path = key_path(settings, ""), *next = key_path(settings, NEXT_SUFFIX);
    unsigned char to[PICKLE_KEY_SIZE];
    int result;

    if (path == NULL || next == NULL)
        return err_set(err, ERR_CONFIG, "the key is kept by somebody else: give the new one by --key-file FILE");
    result = secret_make_key(next, to, err);
    if (result == 0)
        result = hand_over(path, next, err);
    /* Where this fails the new key stays: a commit that failed may yet have been done. Who opens the store next knows.
     */
    if (result == 0)
        result = reseal(store, from, to, err);
    if (result == 0 && (result = secret_replace(next, path, err)) == 0)
        fprintf(out, "The store is sealed under a new key: %s. Backups of before need the old one.\n", path);
    crypto_cleanse(to, sizeof(to));
    free(path);
    free(next);
    return result;
}

static int rekey_by(const char *key_file, struct store *store, const unsigned char *from, FILE *out, struct err *err)
{
    unsigned char to[PICKLE_KEY_SIZE];
    int result = secret_read_key(key_file, to, err);

    if (result == 0 && (result = reseal(store, from, to, err)) == 0)
        fprintf(out,
                "The store is sealed under the key in %s: put it where the configuration looks for it before anything "
                "else is started. Backups of before need the old one.\n",
                key_file);
    crypto_cleanse(to, sizeof(to));
    return result;
}

int app_rekey(const struct settings *settings, const char *key_file, FILE *out, struct err *err)
{
    unsigned char from[PICKLE_KEY_SIZE];
    struct store *store = NULL;
    int result = app_open_store(settings, from, &store, err);

    if (result == 0 && key_file != NULL)
        result = rekey_by(key_file, store, from, out, err);
    else if (result == 0)
        result = rekey_in_place(settings, store, from, out, err);
    store_close(store);
    crypto_cleanse(from, sizeof(from));
    return result;
}

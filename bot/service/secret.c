/*
 * Secrets from files, and keys from the kernel: by its system calls, for which there is a library that does no more.
 */
#include "bot/service/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/keyctl.h>

#include "bot/crypto/crypto.h"
#include "core/base/path.h"

/* The path behind a configured name; credentials are systemd's to protect, so their mode isn't ours to judge. */
static int resolve(const char *file, struct buf *path, bool *credential, struct err *err)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");

    *credential = strchr(file, '/') == NULL && folder != NULL;
    buf_addf(path, "%s%s%s", *credential ? folder : "", *credential ? "/" : "", file);
    return path->overflowed ? err_set(err, ERR_CONFIG, "%s: the name is too long", file) : 0;
}

static int read_all(int fd, struct buf *out)
{
    char chunk[512];
    ssize_t got;

    while ((got = read(fd, chunk, sizeof(chunk))) > 0)
        buf_add(out, chunk, (size_t)got);
    crypto_cleanse(chunk, sizeof(chunk));
    return got < 0 ? -1 : 0;
}

static int read_file(const char *file, struct buf *out, struct err *err)
{
    struct buf path = BUF_INIT(4096);
    struct stat status;
    bool credential;
    int fd = -1, result = -1;

    if (resolve(file, &path, &credential, err) < 0)
        goto done;
    fd = open(buf_text(&path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &status) < 0)
        err_set(err, ERR_CONFIG, "%s: cannot be read: %s", file, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        err_set(err, ERR_CONFIG, "%s: is not a file", file);
    else if (!credential && (status.st_mode & 077) != 0)
        err_set(err, ERR_CONFIG, "%s: can be read by others: chmod 600 it", file);
    else if (read_all(fd, out) < 0)
        err_set(err, ERR_CONFIG, "%s: cannot be read: %s", file, strerror(errno));
    else if (out->overflowed)
        err_set(err, ERR_CONFIG, "%s: is larger than %d bytes", file, SECRET_MAXIMUM);
    else if (out->length == 0)
        err_set(err, ERR_CONFIG, "%s: is empty", file);
    else
        result = 0;
done:
    if (fd >= 0)
        close(fd);
    buf_release(&path);
    return result;
}

static void take_off_newlines(struct buf *text)
{
    while (text->length > 0 && (text->data[text->length - 1] == '\n' || text->data[text->length - 1] == '\r'))
        buf_truncate(text, text->length - 1);
}

int secret_read(const char *file, struct buf *out, struct err *err)
{
    if (read_file(file, out, err) < 0)
        return -1;
    take_off_newlines(out);
    if (out->length == 0)
        return err_set(err, ERR_CONFIG, "%s: is empty", file);
    return 0;
}

/* Raw, or as a line of base64. */
static int take_key(const char *from, struct buf *text, unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    if (text->length == PICKLE_KEY_SIZE) {
        memcpy(key, text->data, PICKLE_KEY_SIZE);
        return 0;
    }
    take_off_newlines(text);
    if (crypto_unbase64_exactly(buf_span(text), key, PICKLE_KEY_SIZE) == 0)
        return 0;
    return err_set(err, ERR_CONFIG, "%s: expected a key of 32 bytes (make one: head -c 32 /dev/urandom | base64)",
                   from);
}

int secret_read_key(const char *file, unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    struct buf text = BUF_INIT(SECRET_MAXIMUM);
    int result = read_file(file, &text, err);

    if (result == 0)
        result = take_key(file, &text, key, err);
    crypto_release(&text);
    return result;
}

/* The serial of the key; -1 with errno. A user's keyring is only searched once this process holds it, which a session
 * that systemd made doesn't let it. */
static long find_key(const char *name)
{
    long serial = syscall(SYS_request_key, "user", name, NULL, 0);

    if (serial < 0 && errno == ENOKEY &&
        syscall(SYS_keyctl, KEYCTL_LINK, KEY_SPEC_USER_KEYRING, KEY_SPEC_PROCESS_KEYRING) == 0)
        serial = syscall(SYS_request_key, "user", name, NULL, 0);
    return serial;
}

int secret_keyring_key(const char *name, unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    struct buf text = BUF_INIT(SECRET_MAXIMUM);
    char *to = buf_reserve(&text, SECRET_MAXIMUM);
    long serial = find_key(name);
    long length = serial >= 0 ? syscall(SYS_keyctl, KEYCTL_READ, serial, to, SECRET_MAXIMUM) : -1;
    int result;

    if (length < 0) {
        result =
            err_set(err, ERR_CONFIG, "the key %s in the kernel's keyring cannot be read: %s", name, strerror(errno));
    } else {
        buf_grew(&text, length > SECRET_MAXIMUM ? 0 : (size_t)length); /* a longer one isn't copied, or in part */
        result = take_key(name, &text, key, err);
    }
    crypto_release(&text);
    return result;
}

/* Makes the new name durable. */
static void sync_folder(const char *file)
{
    char *folder = path_folder(file);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int secret_make(const char *file, const char *text, struct err *err)
{
    struct buf line = BUF_INIT(SECRET_MAXIMUM);
    int fd = -1, result = -1;

    buf_adds(&line, text);
    buf_addc(&line, '\n');
    if (line.overflowed)
        err_set(err, ERR_LIMIT, "%s: a secret that long is not kept", file);
    else if ((fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
        err_set(err, ERR_CONFIG, "%s: cannot be made: %s", file, strerror(errno));
    else if (write(fd, line.data, line.length) != (ssize_t)line.length || fsync(fd) < 0)
        err_set(err, ERR_STORE, "%s: cannot be written: %s", file, strerror(errno));
    else
        result = 0;
    if (fd >= 0) {
        close(fd);
        if (result < 0)
            unlink(file);
        sync_folder(file);
    }
    crypto_release(&line);
    return result;
}

int secret_replace(const char *from, const char *to, struct err *err)
{
    if (rename(from, to) != 0)
        return err_set(err, ERR_STORE, "%s: %s", to, strerror(errno));
    sync_folder(to);
    return 0;
}

int secret_make_key(const char *file, unsigned char key[PICKLE_KEY_SIZE], struct err *err)
{
    struct buf text = BUF_INIT(64);
    int result;

    if (crypto_random(key, PICKLE_KEY_SIZE) < 0)
        return err_set(err, ERR_INTERNAL, "the kernel gives no random numbers");
    crypto_base64((struct span){(const char *)key, PICKLE_KEY_SIZE}, &text);
    result = secret_make(file, buf_text(&text), err);
    crypto_release(&text);
    return result;
}

void secret_hide(void)
{
    (void)prctl(PR_SET_DUMPABLE, 0);
}

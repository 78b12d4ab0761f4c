/*
 * The store's file before a database opens it. Nothing here opens the file while SQLite has it open: closing any
 * descriptor of it would drop SQLite's own (POSIX) locks. Hence the lock against a second instance is a file beside it.
 */
#include "bot/store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/log/log.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/path.h"

enum { PATH_MAXIMUM = 4096, NAME_MAXIMUM = 8192, MODE_PRIVATE = 0600, MODE_OTHERS = 077 };

char *file_beside(const char *path, const char *suffix)
{
    struct buf name = BUF_INIT(NAME_MAXIMUM);

    buf_adds(&name, path);
    buf_adds(&name, suffix);
    return buf_steal(&name);
}

/* The path behind symbolic links, so that two names of one store share its lock. The file itself may be missing. */
static char *real_path(const char *path, struct err *err)
{
    char *real, *folder;
    struct stat about;

    if (strlen(path) >= PATH_MAXIMUM) {
        err_set(err, ERR_STORE, "the store's path is too long");
        return NULL;
    }
    real = realpath(path, NULL);
    if (real != NULL && stat(real, &about) == 0 && !S_ISREG(about.st_mode)) {
        err_set(err, ERR_STORE, "the store %s is not a file", path);
        free(real);
        return NULL;
    }
    if (real != NULL)
        return real;
    folder = path_folder(path);
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        err_set(err, ERR_STORE, "the store's folder %s does not exist: make it first", folder);
    else
        real = mem_strdup(path);
    free(folder);
    return real;
}

static int sync_folder(const char *path, struct err *err)
{
    char *folder = path_folder(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = 0;

    if (fd < 0 || fsync(fd) != 0)
        result = err_set(err, ERR_STORE, "%s: %s", folder, strerror(errno));
    if (fd >= 0)
        close(fd);
    free(folder);
    return result;
}

static int refuse_second(const char *path, int lock, struct err *err)
{
    char owner[16] = "";
    ssize_t length = pread(lock, owner, sizeof(owner) - 1, 0);

    if (length > 0)
        owner[strspn(owner, "0123456789")] = '\0';
    if (owner[0] == '\0')
        return err_set(err, ERR_STORE, "the store %s is in use by another spotter", path);
    return err_set(err, ERR_STORE, "the store %s is in use by another spotter (pid %s)", path, owner);
}

/* The pid is only for the message above: on a full disk the lock holds without it. */
static void write_owner(int lock)
{
    char owner[16];
    int length = snprintf(owner, sizeof(owner), "%ld\n", (long)getpid());

    if (pwrite(lock, owner, (size_t)length, 0) == length && ftruncate(lock, length) != 0)
        log_debug("store-lock", LOG_STR("error", strerror(errno)));
}

/* A further name could be that of a file which isn't theirs. */
int file_hand_over(int fd, const char *path, struct err *err)
{
    struct stat ours, theirs;
    char *folder;
    int found;

    if (geteuid() != 0)
        return 0;
    folder = path_folder(path);
    found = stat(path, &theirs) == 0 ? 0 : stat(folder, &theirs);
    free(folder);
    if (found == 0 && fstat(fd, &ours) == 0) {
        if (ours.st_uid == theirs.st_uid || ours.st_uid != 0 || ours.st_nlink != 1)
            return 0;
        if (fchown(fd, theirs.st_uid, theirs.st_gid) == 0)
            return 0;
    }
    return err_set(err, ERR_STORE, "%s can't be given to its owner: %s", path, strerror(errno));
}

static int take_lock(const char *path, struct err *err)
{
    char *name = file_beside(path, ".lock");
    int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, MODE_PRIVATE);

    if (lock >= 0 && file_hand_over(lock, path, err) < 0) {
        close(lock);
        lock = -1;
    } else if (lock < 0) {
        err_set(err, ERR_STORE, "%s: %s", name, strerror(errno));
    } else if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            refuse_second(path, lock, err);
        else
            err_set(err, ERR_STORE, "%s can't be locked: %s", name, strerror(errno));
        close(lock);
        lock = -1;
    } else {
        write_owner(lock);
    }
    free(name);
    return lock;
}

/* What SQLite keeps beside the file got the mode that the file had at that time. */
static int make_private(const char *path, int fd, struct err *err)
{
    static const char *const suffixes[] = {"-wal", "-shm"};
    int result = 0;

    log_warn("store-mode-repaired", LOG_STR("path", path));
    if (fchmod(fd, MODE_PRIVATE) != 0)
        return err_set(err, ERR_STORE, "others can read the store %s, and its mode can't be made 0600: %s", path,
                       strerror(errno));
    for (size_t i = 0; i < ARRAY_LENGTH(suffixes) && result == 0; i++) {
        char *name = file_beside(path, suffixes[i]);

        if (chmod(name, MODE_PRIVATE) != 0 && errno != ENOENT)
            result = err_set(err, ERR_STORE, "%s: %s", name, strerror(errno));
        free(name);
    }
    return result;
}

static int settle_new(int fd, const char *path, struct err *err)
{
    char *folder = path_folder(path);
    int result = file_hand_over(fd, folder, err);

    free(folder);
    return result == 0 ? sync_folder(path, err) : -1;
}

static int prepare(const char *path, struct err *err)
{
    struct stat about;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, MODE_PRIVATE);
    int result = 0;

    if (fd < 0)
        return err_set(err, ERR_STORE, "the store %s can't be opened: %s", path, strerror(errno));
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        result = err_set(err, ERR_STORE, "the store %s is not a file", path);
    else if ((about.st_mode & MODE_OTHERS) != 0)
        result = make_private(path, fd, err);
    if (result == 0 && about.st_size == 0)
        result = settle_new(fd, path, err);
    close(fd);
    return result;
}

char *file_lock(const char *path, int *lock, struct err *err)
{
    char *name = real_path(path, err);

    *lock = name != NULL ? take_lock(name, err) : -1;
    if (*lock >= 0)
        return name;
    free(name);
    return NULL;
}

char *file_claim(const char *path, int *lock, struct err *err)
{
    char *name = file_lock(path, lock, err);
    char *real = NULL;

    if (name == NULL)
        return NULL;
    /* Absolute now, since SQLite gives some names (":memory:") another meaning. */
    if (prepare(name, err) == 0 && (real = realpath(name, NULL)) == NULL)
        err_set(err, ERR_STORE, "%s: %s", path, strerror(errno));
    if (real == NULL) {
        file_unclaim(*lock);
        *lock = -1;
    }
    free(name);
    return real;
}

void file_unclaim(int lock)
{
    if (lock >= 0)
        close(lock);
}

/* ---- what is whole before it has its name */

int file_open_part(const char *part, struct err *err)
{
    int fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, MODE_PRIVATE);
    struct stat ours, named;

    if (fd < 0)
        return err_set(err, ERR_STORE, "%s: %s", part, strerror(errno));
    if (fstat(fd, &ours) != 0 || !S_ISREG(ours.st_mode))
        err_set(err, ERR_STORE, "%s is there, and is no file: remove it", part);
    else if (flock(fd, LOCK_EX | LOCK_NB) != 0 || stat(part, &named) != 0 || ours.st_ino != named.st_ino ||
             ours.st_dev != named.st_dev)
        err_set(err, ERR_STORE, "%s is being written by another spotter", part);
    else
        return fd;
    close(fd);
    return -1;
}

int file_empty_part(int fd, const char *part, struct err *err)
{
    struct stat ours;

    if (fstat(fd, &ours) != 0 || ours.st_uid != geteuid() || ours.st_nlink != 1)
        return err_set(err, ERR_STORE, "%s is there, and isn't ours alone: remove it", part);
    if (fchmod(fd, MODE_PRIVATE) != 0 || ftruncate(fd, 0) != 0)
        return err_set(err, ERR_STORE, "%s: %s", part, strerror(errno));
    return 0;
}

int file_make_anew(const char *path, struct err *err)
{
    int fd;

    if (unlink(path) != 0 && errno != ENOENT)
        return err_set(err, ERR_STORE, "%s: %s", path, strerror(errno));
    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, MODE_PRIVATE);
    if (fd < 0)
        return err_set(err, ERR_STORE, "%s: %s", path, strerror(errno));
    close(fd);
    return 0;
}

bool file_remove(const char *path)
{
    if (unlink(path) == 0)
        return true;
    if (errno != ENOENT)
        log_warn("store-copy-stays", LOG_STR("path", path), LOG_STR("error", strerror(errno)));
    return false;
}

/* Where a file system can't rename without replacing, what comes between the look and the rename is lost. */
static int rename_free(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (access(to, F_OK) != 0)
        return rename(from, to);
    errno = EEXIST;
    return -1;
}

int file_place(const char *from, const char *to, struct err *err)
{
    if (rename_free(from, to) != 0)
        return err_set(err, ERR_STORE, "%s: %s", to, strerror(errno));
    return sync_folder(to, err);
}

int file_replace(const char *from, const char *to, struct err *err)
{
    if (rename(from, to) != 0)
        return err_set(err, ERR_STORE, "%s: %s", to, strerror(errno));
    return sync_folder(to, err);
}

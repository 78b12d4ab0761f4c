/*
 * Preloaded, kills the program (as kill -9 would) at its DIE_AT-th call of what makes bytes or names durable; or, where
 * DIE_READING is set, when it begins to read a table (CSV).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>

static void count(void)
{
    static long calls;
    const char *at = getenv("DIE_AT");

    if (at != NULL && ++calls == strtol(at, NULL, 10))
        raise(SIGKILL);
}

int fsync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");

    count();
    return real(fd);
}

int fdatasync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");

    count();
    return real(fd);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");

    count();
    return real(from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    int (*real)(int, const char *, int, const char *, unsigned) =
        (int (*)(int, const char *, int, const char *, unsigned))dlsym(RTLD_NEXT, "renameat2");

    count();
    return real(from_folder, from, to_folder, to, flags);
}

int link(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");

    count();
    return real(from, to);
}

/* libcsv's */
int csv_init(void *parser, unsigned char options)
{
    int (*real)(void *, unsigned char) = (int (*)(void *, unsigned char))dlsym(RTLD_NEXT, "csv_init");

    if (getenv("DIE_READING") != NULL)
        raise(SIGKILL);
    return real(parser, options);
}

/*
 * The control socket. Its address goes by the folder's descriptor, since an address holds only 107 bytes of a path.
 */
#include "bot/service/control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/base/path.h"
#include "core/base/vec.h"

#define SUFFIX ".control"

enum { CLIENTS_MAX = 8, LINE_MAX_BYTES = 1024, MODE = 0600, PATH_MAXIMUM = 4096 };

struct control_client {
    struct control *control;
    int fd;
    struct loop_watch *watch;
    struct buf in;
    bool over;
    void *context;
};

typedef VEC(struct control_client *) client_list;

struct control {
    struct loop *loop;
    struct control_handler handler;
    char *path;
    int fd;
    struct loop_watch *watch;
    struct loop_timer *ending; /* clients that are over are let go */
    client_list clients;
};

char *control_path(const char *store_path)
{
    struct buf path = BUF_INIT(PATH_MAXIMUM);
    size_t length = strlen(store_path);

    if (length > 3 && strcmp(store_path + length - 3, ".db") == 0)
        length -= 3;
    buf_add(&path, store_path, length);
    buf_adds(&path, SUFFIX);
    return buf_steal(&path);
}

/* ---- addresses */

/* The descriptor of PATH's folder, which ADDRESS goes by; -1. */
static int address_of(const char *path, struct sockaddr_un *address)
{
    char *folder = path_folder(path);
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int length;

    free(folder);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    length = snprintf(address->sun_path, sizeof(address->sun_path), "/proc/self/fd/%d/%s", fd, path_name(path));
    if (fd >= 0 && (length < 0 || (size_t)length >= sizeof(address->sun_path))) {
        close(fd);
        errno = ENAMETOOLONG;
        return -1;
    }
    return fd;
}

static int with_address(const char *path, int fd, int (*call)(int fd, const struct sockaddr *address, socklen_t length))
{
    struct sockaddr_un address;
    int folder = address_of(path, &address);
    int result = folder >= 0 && fd >= 0 ? call(fd, (const struct sockaddr *)&address, sizeof(address)) : -1;
    int why = errno;

    if (folder >= 0)
        close(folder);
    errno = why;
    return result;
}

int control_connect(const char *path, struct err *err)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (with_address(path, fd, connect) == 0)
        return fd;
    if (errno == ENOENT || errno == ECONNREFUSED)
        err_set(err, ERR_NETWORK, "no daemon runs with this store: start spotter run first");
    else
        err_set(err, ERR_NETWORK, "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* ---- clients */

static void let_go(struct control_client *client)
{
    struct control *control = client->control;

    control->handler.gone(control->handler.arg, client);
    loop_watch_free(client->watch);
    close(client->fd);
    buf_release(&client->in);
    free(client);
}

static void end_clients(void *arg)
{
    struct control *control = arg;

    for (size_t i = control->clients.count; i-- > 0;)
        if (control->clients.at[i]->over) {
            struct control_client *client = control->clients.at[i];

            vec_remove(&control->clients, i);
            let_go(client);
        }
}

void control_end(struct control_client *client)
{
    if (!client->over) /* set again at each turn the timer would never fire */
        loop_timer_set(client->control->ending, 0);
    client->over = true;
}

void control_say(struct control_client *client, const char *line)
{
    struct buf text = BUF_INIT(2 * LINE_MAX_BYTES);

    buf_addf(&text, "%s\n", line);
    if (!client->over && send(client->fd, text.data, text.length, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)text.length)
        control_end(client);
    buf_release(&text);
}

void control_keep(struct control_client *client, void *context)
{
    client->context = context;
}

void *control_kept(const struct control_client *client)
{
    return client->context;
}

static void take_lines(struct control_client *client)
{
    const struct control_handler *handler = &client->control->handler;
    char *end;

    while (!client->over && client->in.length != 0 &&
           (end = memchr(client->in.data, '\n', client->in.length)) != NULL) {
        char *line = mem_strndup(client->in.data, (size_t)(end - client->in.data));
        size_t rest = client->in.length - (size_t)(end + 1 - client->in.data);

        memmove(client->in.data, end + 1, rest);
        buf_truncate(&client->in, rest);
        handler->line(handler->arg, client, line);
        free(line);
    }
}

static void readable(void *arg)
{
    struct control_client *client = arg;
    char bytes[LINE_MAX_BYTES];
    ssize_t count = recv(client->fd, bytes, sizeof(bytes), MSG_DONTWAIT);

    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0 || buf_add(&client->in, bytes, (size_t)count) != 0) {
        control_end(client); /* gone, or a line without an end */
        return;
    }
    take_lines(client);
}

static void knocked(void *arg)
{
    struct control *control = arg;
    int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    struct control_client *client;

    if (fd < 0)
        return;
    if (control->clients.count >= CLIENTS_MAX) {
        close(fd);
        return;
    }
    client = mem_zero(1, sizeof(*client));
    client->control = control;
    client->fd = fd;
    buf_init(&client->in, 2 * LINE_MAX_BYTES);
    client->watch = loop_watch_readable(control->loop, fd, readable, client);
    vec_push(&control->clients, client);
}

/* ---- life */

struct control *control_new(struct loop *loop, const char *path, const struct control_handler *handler, struct err *err)
{
    struct control *control;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    unlink(path);
    if (with_address(path, fd, bind) != 0 || chmod(path, MODE) != 0 || listen(fd, CLIENTS_MAX) != 0) {
        err_set(err, ERR_STORE, "%s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    control = mem_zero(1, sizeof(*control));
    control->loop = loop;
    control->handler = *handler;
    control->path = mem_strdup(path);
    control->fd = fd;
    control->watch = loop_watch_readable(loop, fd, knocked, control);
    control->ending = loop_timer_new(loop, end_clients, control);
    return control;
}

void control_free(struct control *control)
{
    if (control == NULL)
        return;
    while (control->clients.count != 0)
        let_go(control->clients.at[--control->clients.count]);
    vec_release(&control->clients);
    loop_watch_free(control->watch);
    loop_timer_free(control->ending);
    close(control->fd);
    unlink(control->path);
    free(control->path);
    free(control);
}

/*
 * A socket beside the store, for commands that need the running daemon: whoever may open the store may connect (0600).
 * Lines in, lines out.
 */
#ifndef BOT_SERVICE_CONTROL_H
#define BOT_SERVICE_CONTROL_H

#include "bot/loop/loop.h"
#include "core/base/err.h"

struct control;
struct control_client;

struct control_handler {
    void *arg;
    void (*line)(void *arg, struct control_client *client, const char *line);
    void (*gone)(void *arg, struct control_client *client); /* for each, once, also at control_free() */
};

/* Where the socket of a store is: the caller's. */
char *control_path(const char *store_path);

/* In place of a socket that a killed daemon left. Whoever holds the store's lock may. */
struct control *control_new(struct loop *loop, const char *path, const struct control_handler *handler,
                            struct err *err);
void control_free(struct control *control);

/* LINE without its end. A client that doesn't read is let go, at the loop's next turn. */
void control_say(struct control_client *client, const char *line);
void control_end(struct control_client *client); /* at the loop's next turn */
void control_keep(struct control_client *client, void *context);
void *control_kept(const struct control_client *client); /* NULL until something was kept */

/* From the other side: a connected descriptor; -1: no daemon is there. */
int control_connect(const char *path, struct err *err);

#endif

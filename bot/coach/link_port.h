/*
 * What linking keeps: who wants to be joined with whom, and who is one lifter by several names. A part of the coach's
 * store port; SELF is the same.
 */
#ifndef BOT_COACH_LINK_PORT_H
#define BOT_COACH_LINK_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"

/* Somebody, by one name, and the private room where they are told. */
struct link_side {
    char transport[64], identity[256], name[256], room[256];
};

struct link_request {
    struct link_side asker, typer; /* `typer`: who typed the code; all "": nobody has */
    int64_t until_ms;              /* it lapses */
    bool confirmed;                /* by the typer */
};

/* One of a lifter's names. */
struct link_name {
    struct link_side side;
    int64_t home; /* the lifter that it was before it was joined; 0: this one */
    int64_t joined_ms;
};

struct link_store {
    /* In place of the asker's former one. CODE: its digest; "" once it was typed. */
    int (*request_put)(void *self, const struct link_request *request, const char *code, struct err *err);
    int (*request_by_code)(void *self, const char *code, struct link_request *request, struct err *err);
    /* That which waits for TRANSPORT's IDENTITY at NOW_MS: they have typed its code and not confirmed it, else their
     * own, else one that they have confirmed. */
    int (*request_of)(void *self, const char *transport, const char *identity, int64_t now_ms,
                      struct link_request *request, struct err *err);
    int (*request_drop)(void *self, const struct link_side *asker, struct err *err);

    /* Notes a wrong code. */
    int (*try_note)(void *self, const char *transport, const char *identity, int64_t at_ms, struct err *err);
    /* How many since SINCE_MS, theirs and everybody's; older ones are forgotten. */
    int (*tries)(void *self, const char *transport, const char *identity, int64_t since_ms, int *own, int *all,
                 struct err *err);

    /* All that is TYPER's lifter's is ASKER's lifter's, what it has of the same name first; the typer is met as that
     * one from now on. The typer has no other name. */
    int (*join)(void *self, const struct link_request *request, int64_t at_ms, struct err *err);
    /* The name that was joined is the lifter again that it was, *HOME. WITH_LOG: with what it had and what it has said
     * since; else with nothing. */
    int (*part)(void *self, const char *transport, const char *identity, bool with_log, int64_t *home, struct err *err);
    /* LIFTER's names, the one that the others were joined to first. */
    int (*names)(void *self, int64_t lifter, int (*each)(void *arg, const struct link_name *name), void *arg,
                 struct err *err);
};

#endif

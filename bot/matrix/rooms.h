/*
 * The rooms that we know: what the store holds of each, its members and power levels, read when first needed and
 * written back by each mx_commit(). Pointers to rooms are good until the next rollback.
 */
#ifndef BOT_MATRIX_ROOMS_H
#define BOT_MATRIX_ROOMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/matrix/event.h"
#include "bot/matrix/inside.h"
#include "core/base/map.h"

enum { MX_MEMBERS_MAX = 50000 }; /* of one room; further ones are not kept */

enum mx_membership { MX_LEFT, MX_INVITED, MX_JOINED };

struct mx_member {
    enum mx_membership membership;
    char *name; /* NULL: none */
};

struct mx_room {
    char *id;
    bool joined;
    bool direct; /* named so by is_direct or m.direct */
    bool encrypted;
    bool invited_can_read, history_shared; /* by the history visibility */
    bool members_complete;
    bool welcomed;
    bool many; /* several people belong there, though they may not have come yet */
    int64_t rotation_messages, rotation_ms;
    char *last_event_id;                /* "" none */
    bool dirty;                         /* to be written */
    bool new_here;                      /* joined in this batch */
    bool invited;                       /* an invitation that we take waits to be answered */
    unsigned changes;                   /* of the members, for whoever fetches the list meanwhile */
    int64_t summary_count;              /* joined and invited as the server's summary says; -1: unknown */
    int64_t members_after_ms;           /* monotonic: the list was refused, ask again then */
    struct map *members;                /* user id to struct mx_member; NULL: not read yet */
    size_t joined_count, invited_count; /* ourselves included */
    struct json *power;                 /* digest; NULL: not read yet, or none */
    bool power_read;
    bool described; /* its clients have been told of the commands, or that isn't ours to do; until the power changes */
};

struct mx_rooms;

struct mx_rooms *mx_rooms_new(struct matrix *matrix);
void mx_rooms_free(struct mx_rooms *rooms);
/* Forgets everything and reads the rows again. */
int mx_rooms_load(struct mx_rooms *rooms, struct err *err);
/* Writes what changed: for mx_commit(). */
int mx_rooms_save(struct mx_rooms *rooms, struct err *err);

struct mx_room *mx_rooms_find(struct mx_rooms *rooms, const char *room_id); /* NULL: unknown */
struct mx_room *mx_rooms_open(struct mx_rooms *rooms, const char *room_id); /* made when unknown */
bool mx_rooms_next(struct mx_rooms *rooms, size_t *cursor, struct mx_room **room);

/* Reads the members if they weren't yet. */
int mx_room_members(struct matrix *matrix, struct mx_room *room, struct err *err);
const struct mx_member *mx_room_member(const struct mx_room *room, const char *user_id); /* NULL: never seen */
/* *CHANGED: the membership is another one than before. */
int mx_room_set_member(struct matrix *matrix, struct mx_room *room, const char *user_id, enum mx_membership membership,
                       const char *name, bool *changed, struct err *err);
/* Whether others than one person are known to listen there. */
bool mx_room_is_shared(const struct mx_room *room);
/* Whether the room holds one other person at most (or was named direct, and no second one has joined). */
bool mx_room_is_direct(const struct mx_room *room);
/* The one other person of a direct room: joined, else invited; NULL. */
const char *mx_room_partner(const struct mx_room *room, const char *self);
/* Greets the partner of a direct room, once. */
int mx_room_welcome(struct matrix *matrix, struct mx_room *room, int64_t now_ms, struct err *err);
/* Who gets room keys: ids lent by the room, the array is the caller's. */
const char **mx_room_readers(const struct mx_room *room, size_t *count);

int mx_room_power(struct matrix *matrix, struct mx_room *room, const char *user_id, int *power, struct err *err);
/* 1 when USER_ID has the power that NEEDED (mx_power_to_replace(), mx_power_to_invite()) says it takes, 0, -1. */
int mx_room_may(struct matrix *matrix, struct mx_room *room, const char *user_id,
                int (*needed)(const struct json *digest), struct err *err);

/* Carries a state event of a joined room out. *CHANGED tells a membership that changed (of event->state_key). */
int mx_room_state(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, bool *changed,
                  struct err *err);
/* A state event that isn't the room's state (any more): what it says makes us more careful, or nothing. */
int mx_room_state_past(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err);

#endif

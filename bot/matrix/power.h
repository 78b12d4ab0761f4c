/*
 * Power levels of a room (Client-Server API, m.room.power_levels; creators of room versions from 12 on outrank all).
 */
#ifndef BOT_MATRIX_POWER_H
#define BOT_MATRIX_POWER_H

#include "bot/json/json.h"
#include "core/base/buf.h"

#define MX_DESCRIPTION "org.matrix.msc4391.command_description"

enum { MX_POWER_CREATOR = 1000000, MX_POWER_MAX = 999999 };

/*
 * What is kept of a room: {"users":{…},"default":n,"replace":n,"invite":n,"describe":n,"creators":[…]} in one small
 * document. CREATE is a whole m.room.create event, LEVELS the content of m.room.power_levels, PREVIOUS the document so
 * far; each may be NULL, and what isn't given stays as it was. Written to OUT.
 */
void mx_power_digest(const struct json *create, const struct json *levels, const struct json *previous,
                     struct buf *out);

/* The level that it takes to name another room that takes this one's place. */
int mx_power_to_replace(const struct json *digest);
/* The level that it takes to invite somebody. */
int mx_power_to_invite(const struct json *digest);

/* The level that it takes to describe commands to clients. */
int mx_power_to_describe(const struct json *digest);

/* The level of USER by such a document; 0 when there is none. */
int mx_power_of(const struct json *digest, const char *user);

#endif

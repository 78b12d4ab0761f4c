/*
 * Power levels of a room.
 */
#include "bot/matrix/power.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/matrix/api.h"

enum { STATE_USUALLY = 50, INVITE_USUALLY = 0, UNKNOWN = 100 };
enum { USERS_MAX = 2000 }; /* a room with more explicit levels keeps the first */

/* Some servers write levels as text (allowed before room version 10); anything else counts as absent. */
static bool read_level(const struct json *object, const char *key, int64_t *level)
{
    const char *text = json_get_text(object, key);

    if (text != NULL && text[0] != '\0') {
        char *end;
        int64_t said = strtoll(text, &end, 10);

        if (*end != '\0')
            return false;
        *level = said;
    } else if (!json_get_int(object, key, level)) {
        return false;
    }
    if (*level > MX_POWER_MAX)
        *level = MX_POWER_MAX;
    if (*level < -MX_POWER_MAX)
        *level = -MX_POWER_MAX;
    return true;
}

static void write_users(struct json_writer *writer, const struct json *users)
{
    struct json_cursor cursor = {0};
    const char *user;
    const struct json *value;
    int64_t level;

    for (int count = 0; count < USERS_MAX && json_next(users, &cursor, &user, &value); count++) {
        if (strlen(user) > MX_ID_MAX || !read_level(users, user, &level))
            continue;
        json_write_key(writer, user);
        json_write_int(writer, level);
    }
}

/* From version 12 on; versions that aren't numbers are somebody's experiments and rank as old ones. */
static bool creators_outrank(const struct json *create)
{
    const char *version = json_text(json_path(create, "content", "room_version", NULL));

    return version != NULL && strlen(version) <= 3 && strspn(version, "0123456789") == strlen(version) &&
           strtol(version, NULL, 10) >= 12;
}

static void write_creators(struct json_writer *writer, const struct json *create, const struct json *previous)
{
    const struct json *more = json_get(previous, "creators");
    const char *sender = json_get_text(create, "sender");

    if (create != NULL) {
        if (!creators_outrank(create))
            return;
        more = json_path(create, "content", "additional_creators", NULL);
        if (sender != NULL)
            json_write_text(writer, sender);
    }
    for (size_t i = 0; i < json_count(more) && i < USERS_MAX; i++)
        if (json_text(json_at(more, i)) != NULL)
            json_write_text(writer, json_text(json_at(more, i)));
}

/* What it takes to send the state event TYPE. */
static int64_t state_level(const struct json *levels, const char *type)
{
    int64_t level = STATE_USUALLY;

    if (!read_level(json_get(levels, "events"), type, &level))
        (void)read_level(levels, "state_default", &level);
    return level;
}

static int64_t invite_level(const struct json *levels)
{
    int64_t level = INVITE_USUALLY;

    (void)read_level(levels, "invite", &level);
    return level;
}

void mx_power_digest(const struct json *create, const struct json *levels, const struct json *previous, struct buf *out)
{
    struct json_writer writer;
    const char *creator = json_get_text(create, "sender");
    bool stays = levels == NULL && previous != NULL;
    int64_t usual = 0;

    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "users");
    json_write_begin(&writer, '{');
    if (levels != NULL) {
        write_users(&writer, json_get(levels, "users"));
        (void)read_level(levels, "users_default", &usual);
    } else if (stays) {
        write_users(&writer, json_get(previous, "users"));
        (void)read_level(previous, "default", &usual);
    } else if (creator != NULL) { /* without the event the creator has 100 */
        json_write_key(&writer, creator);
        json_write_int(&writer, 100);
    }
    json_write_end(&writer);
    json_write_key(&writer, "default");
    json_write_int(&writer, usual);
    json_write_key(&writer, "replace");
    json_write_int(&writer, stays ? mx_power_to_replace(previous) : state_level(levels, "m.room.tombstone"));
    json_write_key(&writer, "invite");
    json_write_int(&writer, stays ? mx_power_to_invite(previous) : invite_level(levels));
    json_write_key(&writer, "describe");
    json_write_int(&writer, stays ? mx_power_to_describe(previous) : state_level(levels, MX_DESCRIPTION));
    json_write_key(&writer, "creators");
    json_write_begin(&writer, '[');
    write_creators(&writer, create, previous);
    json_write_end(&writer);
    json_write_end(&writer);
}

int mx_power_of(const struct json *digest, const char *user)
{
    const struct json *creators = json_get(digest, "creators");
    int64_t level = 0;

    for (size_t i = 0; i < json_count(creators); i++) {
        const char *creator = json_text(json_at(creators, i));

        if (creator != NULL && strcmp(creator, user) == 0)
            return MX_POWER_CREATOR;
    }
    if (!json_get_int(json_get(digest, "users"), user, &level) && !json_get_int(digest, "default", &level))
        return 0;
    return (int)level;
}

/* What an older Spotter has not kept nobody but an owner has the power to do. */
static int kept_level(const struct json *digest, const char *what)
{
    int64_t level;

    return json_get_int(digest, what, &level) ? (int)level : UNKNOWN;
}

int mx_power_to_replace(const struct json *digest)
{
    return kept_level(digest, "replace");
}

int mx_power_to_invite(const struct json *digest)
{
    return kept_level(digest, "invite");
}

int mx_power_to_describe(const struct json *digest)
{
    return kept_level(digest, "describe");
}

/*
 * Rooms that take another's place. Kept as values, each by the room's id:
 *
 * - upgrade:NEW is {"from":OLD,"sender":...}: OLD's tombstone names it, and it is to be looked at ("refused": it was;
 *   "told": its sender, that it can't be joined).
 * - predecessor:NEW is the room that its m.room.create names.
 * - moved:OLD is the room that it was followed to; moved-from:NEW the way back.
 * - named:OLD is the room that its tombstone named last: a state event comes again with each fresh sync.
 */
#include "bot/matrix/upgrade.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/matrix/join.h"
#include "bot/matrix/power.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/section.h"
#include "core/base/mem.h"

enum { DEPTH_MAX = 16 /* upgrades in a row; more, or a circle, is somebody's game */ };

/* ---------------------------------------------------------------- values */

/* As mx_value(). */
static int get(struct matrix *matrix, const char *what, const char *room_id, char **value, struct err *err)
{
    struct buf name = BUF_INIT(MX_ID_MAX + 32);
    int found;

    buf_addf(&name, "%s:%s", what, room_id);
    found = mx_value(matrix, buf_text(&name), value, err);
    buf_release(&name);
    return found;
}

static int put(struct matrix *matrix, const char *what, const char *room_id, const char *value, struct err *err)
{
    struct buf name = BUF_INIT(MX_ID_MAX + 32);
    int result;

    buf_addf(&name, "%s:%s", what, room_id);
    result = mx_value_put(matrix, buf_text(&name), value, err);
    buf_release(&name);
    return result;
}

/* Whether the value is TEXT: 1, 0, -1. */
static int is(struct matrix *matrix, const char *what, const char *room_id, const char *text, struct err *err)
{
    char *value;
    int found = get(matrix, what, room_id, &value, err);

    if (found == 1)
        found = strcmp(value, text) == 0;
    free(value);
    return found;
}

/* What waits to be looked at: 1 with *LOOKED_AT, the caller's; 0, -1. */
static int get_upgrade(struct matrix *matrix, const char *room_id, struct json **looked_at, struct err *err)
{
    char *value;
    int found = get(matrix, "upgrade", room_id, &value, err);

    *looked_at = found == 1 ? json_parse(span_of(value), NULL) : NULL;
    free(value);
    return found < 0 ? -1 : json_get_text(*looked_at, "from") != NULL;
}

struct upgrade {
    const char *from, *sender;
    bool refused, told;
};

static int put_upgrade(struct matrix *matrix, const char *room_id, const struct upgrade *upgrade, struct err *err)
{
    struct buf text = BUF_INIT(2 * 6 * MX_ID_MAX + 64); /* at worst each byte of an id is \u00XX */
    struct json_writer writer;
    int result;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "from");
    json_write_text(&writer, upgrade->from);
    json_write_key(&writer, "sender");
    json_write_text(&writer, upgrade->sender);
    json_write_key(&writer, "refused");
    json_write_bool(&writer, upgrade->refused);
    json_write_key(&writer, "told");
    json_write_bool(&writer, upgrade->told);
    json_write_end(&writer);
    result = put(matrix, "upgrade", room_id, buf_text(&text), err);
    buf_release(&text);
    return result;
}

static int put_refused(struct matrix *matrix, const char *room_id, const struct json *looked_at, struct err *err)
{
    return put_upgrade(matrix, room_id,
                       &(struct upgrade){.from = json_get_text(looked_at, "from"),
                                         .sender = json_get_text(looked_at, "sender"),
                                         .refused = true},
                       err);
}

/* ---------------------------------------------------------------- the move */

static bool is_room(const char *id)
{
    return id != NULL && id[0] == '!' && strlen(id) <= MX_ID_MAX && strpbrk(id, "\n\r") == NULL;
}

static void log_refused(const char *from, const char *to, const char *why)
{
    log_warn("upgrade-refused", LOG_STR("room", from), LOG_STR("to", to), LOG_STR("reason", why));
}

/* Whether OLD was come to from NEW, or by too many upgrades already: 1, 0, -1. */
static int goes_round(struct matrix *matrix, const char *old, const char *new, struct err *err)
{
    char *at = mem_strdup(old);
    int found = 1;

    for (int depth = 0; found == 1 && depth < DEPTH_MAX && strcmp(at, new) != 0; depth++) {
        char *before;

        found = get(matrix, "moved-from", at, &before, err);
        free(at);
        at = before;
    }
    free(at);
    return found;
}

/* All that is known of OLD is NEW's. The other people of a private chat are the same, though they may come later. */
static int follow(struct matrix *matrix, struct mx_room *old, struct mx_room *new, struct err *err)
{
    const struct matrix_handler *handler = &matrix->options.handler;
    const char *partner;

    log_info("upgrade-followed", LOG_STR("room", old->id), LOG_STR("to", new->id));
    if (mx_room_members(matrix, old, err) != 0)
        return -1;
    partner = mx_room_is_direct(old) ? mx_room_partner(old, matrix->user_id) : NULL;
    new->encrypted |= old->encrypted;
    new->welcomed = true;
    new->many = !mx_room_is_direct(old);
    new->direct |= old->direct;
    old->direct = false;
    old->dirty = new->dirty = true;
    if (partner != NULL)
        mx_join_direct(matrix->join, new->id, partner);
    if (put(matrix, "moved", old->id, new->id, err) != 0 || put(matrix, "moved-from", new->id, old->id, err) != 0 ||
        put(matrix, "upgrade", new->id, "", err) != 0)
        return -1;
    return handler->moved(handler->arg, old->id, new->id, err);
}

/* Both rooms say it; ENCRYPTED is the new one's. NULL: it is followed; else why not. */
static const char *objection(const struct mx_room *old, const char *predecessor, bool encrypted)
{
    if (predecessor == NULL || strcmp(predecessor, old->id) != 0)
        return "that room doesn't say that it takes this one's place";
    if (old->encrypted && !encrypted)
        return "this room is encrypted, and that one is not";
    return NULL;
}

/* ---------------------------------------------------------------- what the old room says */

/* To be joined as if we were invited, and looked at then. */
static int look_at(struct matrix *matrix, const struct mx_room *old, const char *to, const struct mx_event *event,
                   struct err *err)
{
    struct mx_room *new = mx_rooms_find(matrix->rooms, to);
    bool changed;

    log_info("upgrade-seen", LOG_STR("room", old->id), LOG_STR("to", to), LOG_STR("sender", event->sender));
    if (put_upgrade(matrix, to, &(struct upgrade){.from = old->id, .sender = event->sender}, err) != 0)
        return -1;
    if (new != NULL && (new->joined || new->invited))
        return 0;
    new = mx_rooms_open(matrix->rooms, to);
    new->invited = new->dirty = true;
    return mx_room_set_member(matrix, new, matrix->user_id, MX_INVITED, NULL, &changed, err);
}

/* We are in the room that the tombstone names: we were asked into it, and stay whatever it says. */
static int compare(struct matrix *matrix, struct mx_room *old, struct mx_room *new, struct err *err)
{
    char *predecessor;
    const char *why;
    int result = get(matrix, "predecessor", new->id, &predecessor, err);

    if (result < 0)
        return -1;
    why = objection(old, predecessor, new->encrypted);
    result = why == NULL ? follow(matrix, old, new, err) : 0;
    if (why != NULL)
        log_refused(old->id, new->id, why);
    free(predecessor);
    return result;
}

/* A room has one that takes its place: the one that OLD has named before TO is entered for that no more. */
static int name(struct matrix *matrix, const struct mx_room *old, const char *to, struct err *err)
{
    struct json *looked_at = NULL;
    char *before;
    int found = get(matrix, "named", old->id, &before, err), result = found;

    if (found == 1)
        result = get_upgrade(matrix, before, &looked_at, err);
    if (result == 1 && strcmp(json_get_text(looked_at, "from"), old->id) == 0)
        result = put_refused(matrix, before, looked_at, err);
    json_free(looked_at);
    free(before);
    return result < 0 ? -1 : put(matrix, "named", old->id, to, err);
}

/* 1 when TO is to be looked at, 0 not, -1. */
static int check_tombstone(struct matrix *matrix, struct mx_room *room, const char *to, const char *sender,
                           struct err *err)
{
    const char *why = NULL;
    int result = is(matrix, "named", room->id, to, err);

    if (result != 0)
        return result < 0 ? -1 : 0;
    result = mx_room_may(matrix, room, sender, mx_power_to_replace, err);
    if (result == 0)
        why = "who wrote the tombstone has not the power to";
    if (result == 1) {
        result = goes_round(matrix, room->id, to, err);
        why = result == 1 ? "it goes round, or on for too long" : NULL;
        result = result < 0 ? -1 : !result;
    }
    if (why != NULL)
        log_refused(room->id, to, why);
    return result;
}

int mx_upgrade_tombstone(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    const char *to = json_get_text(event->content, "replacement_room");
    struct mx_room *new;
    int result;

    if (!is_room(to) || !mx_serves(matrix))
        return 0;
    result = check_tombstone(matrix, room, to, event->sender, err);
    if (result != 1)
        return result;
    if (name(matrix, room, to, err) != 0)
        return -1;
    new = mx_rooms_find(matrix->rooms, to);
    if (new == NULL || !new->joined || new->new_here) /* its m.room.create may stand in this very response */
        result = look_at(matrix, room, to, event, err);
    if (result >= 0 && new != NULL &&new->joined)
        result = compare(matrix, room, new, err);
    return result < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- what the new room says */

int mx_upgrade_created(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    const char *predecessor = json_text(json_path(event->content, "predecessor", "room_id", NULL));
    struct mx_room *old;
    struct json *looked_at;
    int result;

    if (!is_room(predecessor) || !mx_serves(matrix))
        return 0;
    if (put(matrix, "predecessor", room->id, predecessor, err) != 0)
        return -1;
    result = get_upgrade(matrix, room->id, &looked_at, err);
    old = mx_rooms_find(matrix->rooms, predecessor);
    if (result == 1 && room->joined && old != NULL && strcmp(json_get_text(looked_at, "from"), predecessor) == 0)
        result = compare(matrix, old, room, err);
    json_free(looked_at);
    return result < 0 ? -1 : 0;
}

static int refuse(struct matrix *matrix, const char *room_id, const struct json *looked_at, const char *why,
                  struct err *err)
{
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    bool changed;

    log_refused(json_get_text(looked_at, "from"), room_id, why);
    mx_join_leave(matrix->join, room_id);
    if (room != NULL) {
        room->invited = false;
        if (mx_room_set_member(matrix, room, matrix->user_id, MX_LEFT, NULL, &changed, err) != 0)
            return -1;
    }
    return put_refused(matrix, room_id, looked_at, err);
}

int mx_upgrade_enter(struct matrix *matrix, const char *room_id, const struct mx_section *section, struct err *err)
{
    struct json *looked_at;
    struct mx_room *old = NULL;
    const char *why = "that room was looked at already";
    int result = get_upgrade(matrix, room_id, &looked_at, err);

    if (result == 1) {
        old = mx_rooms_find(matrix->rooms, json_get_text(looked_at, "from"));
        if (!json_get_bool(looked_at, "refused", false))
            why = old == NULL
                      ? "this room is not ours any more"
                      : objection(old,
                                  json_text(json_path(mx_section_content(section, "m.room.create"), "predecessor",
                                                      "room_id", NULL)),
                                  json_get_text(mx_section_content(section, "m.room.encryption"), "algorithm") != NULL);
        if (why == NULL)
            result = follow(matrix, old, mx_rooms_open(matrix->rooms, room_id), err) < 0 ? -1 : 1;
        else
            result = refuse(matrix, room_id, looked_at, why, err);
    } else if (result == 0) {
        result = 1;
    }
    json_free(looked_at);
    return result;
}

int mx_upgrade_left(struct matrix *matrix, const char *room_id, struct err *err)
{
    struct json *looked_at;
    int result = get_upgrade(matrix, room_id, &looked_at, err);

    if (result == 1 && json_get_bool(looked_at, "refused", false))
        result = put(matrix, "upgrade", room_id, "", err);
    json_free(looked_at);
    return result < 0 ? -1 : 0;
}

int mx_upgrade_is_past(struct matrix *matrix, const char *room_id, struct err *err)
{
    char *moved;
    int found = get(matrix, "moved", room_id, &moved, err);

    free(moved);
    return found;
}

/* ---------------------------------------------------------------- the way there */

int mx_upgrade_waits(struct matrix *matrix, const char *room_id, struct err *err)
{
    struct json *looked_at;
    int found = get_upgrade(matrix, room_id, &looked_at, err);

    if (found == 1)
        found = !json_get_bool(looked_at, "refused", false);
    json_free(looked_at);
    return found;
}

/* By ourselves, where there is such a chat: since the upgrade most people may say nothing in the old room. */
static int tell(struct matrix *matrix, const struct mx_room *old, const char *sender, struct err *err)
{
    const struct matrix_handler *handler = &matrix->options.handler;
    const struct mx_member *member = mx_room_member(old, sender);
    struct buf chat = BUF_INIT(MX_ID_MAX + 1);
    struct message message = {
        .transport = "matrix",
        .room = old->id,
        .direct = mx_room_is_direct(old),
        .sender = sender,
        .sender_name = member != NULL && member->name != NULL ? member->name : sender,
        .sent_ms = loop_now_ms(),
        .read_ms = loop_now_ms(),
        .text = "",
    };
    int result = matrix_private_room(matrix, sender, &chat, err);

    if (result == 1) {
        message.room = buf_text(&chat);
        message.direct = true;
    }
    if (result >= 0)
        result = handler->notice(handler->arg, &message, MATRIX_LEFT_BEHIND, err);
    buf_release(&chat);
    return result;
}

int mx_upgrade_unreached(struct matrix *matrix, const char *room_id, struct err *err)
{
    struct upgrade upgrade = {.told = true};
    struct mx_room *old = NULL;
    struct json *looked_at;
    int result = get_upgrade(matrix, room_id, &looked_at, err);

    if (result == 1 && !json_get_bool(looked_at, "refused", false) && !json_get_bool(looked_at, "told", false)) {
        upgrade.from = json_get_text(looked_at, "from");
        upgrade.sender = json_get_text(looked_at, "sender");
        old = mx_rooms_find(matrix->rooms, upgrade.from);
    }
    if (old != NULL && old->joined) {
        log_warn("upgrade-unreached", LOG_STR("room", old->id), LOG_STR("to", room_id),
                 LOG_STR("remedy", "invite the bot there"));
        result = mx_room_members(matrix, old, err);
        if (result == 0)
            result = tell(matrix, old, upgrade.sender, err);
        if (result >= 0)
            result = put_upgrade(matrix, room_id, &upgrade, err);
    }
    json_free(looked_at);
    return result < 0 ? -1 : 0;
}

static void add_via(const char *id, struct buf *query)
{
    const char *server = id != NULL ? strchr(id, ':') : NULL; /* ids of rooms from version 12 on have none */

    if (server != NULL) {
        mx_path(query, "&via={}", server + 1);
        mx_path(query, "&server_name={}", server + 1); /* what it was called before version 1.12 */
    }
}

void mx_upgrade_via(struct matrix *matrix, const char *room_id, struct buf *query)
{
    struct json *looked_at;

    if (get_upgrade(matrix, room_id, &looked_at, NULL) == 1) {
        add_via(json_get_text(looked_at, "sender"), query);
        add_via(room_id, query);
    }
    json_free(looked_at);
}

/*
 * The rooms that we know: the table, the members, the power levels.
 */
#include "bot/matrix/rooms.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/log/log.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/knock.h"
#include "bot/matrix/power.h"
#include "bot/matrix/upgrade.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

enum { NAME_MAX_BYTES = 255, DIGEST_MAX = 512 * 1024 };

struct mx_rooms {
    struct matrix *matrix;
    struct map *map;
    uint64_t seed;
};

static void member_free(void *value)
{
    struct mx_member *member = value;

    free(member->name);
    free(member);
}

static void room_free(void *value)
{
    struct mx_room *room = value;

    if (room->members != NULL)
        map_free(room->members, member_free);
    json_free(room->power);
    free(room->last_event_id);
    free(room->id);
    free(room);
}

struct mx_rooms *mx_rooms_new(struct matrix *matrix)
{
    struct mx_rooms *rooms = mem_zero(1, sizeof(*rooms));

    rooms->matrix = matrix;
    BUG_IF(crypto_random(&rooms->seed, sizeof(rooms->seed)) != 0);
    rooms->map = map_new(rooms->seed);
    return rooms;
}

void mx_rooms_free(struct mx_rooms *rooms)
{
    if (rooms == NULL)
        return;
    map_free(rooms->map, room_free);
    free(rooms);
}

struct mx_room *mx_rooms_find(struct mx_rooms *rooms, const char *room_id)
{
    return map_get(rooms->map, room_id);
}

struct mx_room *mx_rooms_open(struct mx_rooms *rooms, const char *room_id)
{
    struct mx_room *room = mx_rooms_find(rooms, room_id);

    if (room == NULL) {
        room = mem_zero(1, sizeof(*room));
        room->id = mem_strdup(room_id);
        room->last_event_id = mem_strdup("");
        room->invited_can_read = room->history_shared = true; /* without the event the visibility is "shared" */
        room->summary_count = -1;
        room->dirty = true;
        map_put(rooms->map, room_id, room);
    }
    return room;
}

bool mx_rooms_next(struct mx_rooms *rooms, size_t *cursor, struct mx_room **room)
{
    const char *key;
    void *value;

    if (!map_next(rooms->map, cursor, &key, &value))
        return false;
    *room = value;
    return true;
}

static int take_row(void *arg, const struct matrix_room_row *row)
{
    struct mx_room *room = mx_rooms_open(arg, row->room_id);

    room->joined = row->joined;
    room->direct = row->direct;
    room->encrypted = row->encrypted;
    room->invited_can_read = row->invited_can_read;
    room->history_shared = row->history_shared;
    room->members_complete = row->members_complete;
    room->welcomed = row->welcomed;
    room->many = row->many;
    room->rotation_messages = row->rotation_messages;
    room->rotation_ms = row->rotation_ms;
    free(room->last_event_id);
    room->last_event_id = mem_strdup(row->last_event_id != NULL ? row->last_event_id : "");
    room->dirty = false;
    return 0;
}

int mx_rooms_load(struct mx_rooms *rooms, struct err *err)
{
    const struct matrix_store *store = rooms->matrix->store;
    struct mx_room *room;
    size_t cursor = 0;

    map_free(rooms->map, room_free);
    rooms->map = map_new(rooms->seed);
    if (store->room_each(store->self, take_row, rooms, err) != 0)
        return -1;
    while (mx_rooms_next(rooms, &cursor, &room)) {
        const struct mx_member *self;

        if (room->joined)
            continue;
        if (mx_room_members(rooms->matrix, room, err) != 0)
            return -1;
        self = mx_room_member(room, rooms->matrix->user_id);
        room->invited = self != NULL && self->membership == MX_INVITED;
    }
    return 0;
}

int mx_rooms_save(struct mx_rooms *rooms, struct err *err)
{
    const struct matrix_store *store = rooms->matrix->store;
    struct mx_room *room;
    size_t cursor = 0;

    while (mx_rooms_next(rooms, &cursor, &room)) {
        struct matrix_room_row row;

        if (!room->dirty)
            continue;
        row = (struct matrix_room_row){
            .room_id = room->id,
            .joined = room->joined,
            .direct = room->direct,
            .encrypted = room->encrypted,
            .rotation_messages = room->rotation_messages,
            .rotation_ms = room->rotation_ms,
            .invited_can_read = room->invited_can_read,
            .history_shared = room->history_shared,
            .members_complete = room->members_complete,
            .welcomed = room->welcomed,
            .many = room->many,
            .last_event_id = room->last_event_id,
        };
        if (store->room_put(store->self, &row, err) != 0)
            return -1;
        room->dirty = false;
        room->new_here = false;
    }
    return 0;
}

/* ---------------------------------------------------------------- members */

static const struct {
    const char *word; /* what the specification calls it */
    enum mx_membership membership;
} memberships[] = {{"join", MX_JOINED}, {"invite", MX_INVITED}, {"leave", MX_LEFT}};

static enum mx_membership membership_of(const char *word)
{
    for (size_t i = 0; i < ARRAY_LENGTH(memberships); i++)
        if (strcmp(word, memberships[i].word) == 0)
            return memberships[i].membership;
    return MX_LEFT; /* "ban" and "knock" too: not in the room */
}

static const char *membership_word(enum mx_membership membership)
{
    for (size_t i = 0; i < ARRAY_LENGTH(memberships); i++)
        if (memberships[i].membership == membership)
            return memberships[i].word;
    return "leave";
}

static void count(struct mx_room *room, enum mx_membership membership, int step)
{
    if (membership == MX_JOINED)
        room->joined_count += (size_t)step;
    if (membership == MX_INVITED)
        room->invited_count += (size_t)step;
}

/* True when the membership is another one than before. */
static bool remember(struct mx_room *room, const char *user_id, enum mx_membership membership, const char *name)
{
    struct mx_member *member = map_get(room->members, user_id);
    bool changed;

    if (member == NULL) {
        if (map_count(room->members) >= MX_MEMBERS_MAX)
            return false;
        member = mem_zero(1, sizeof(*member));
        member->membership = MX_LEFT;
        map_put(room->members, user_id, member);
    }
    changed = member->membership != membership;
    count(room, member->membership, -1);
    count(room, membership, 1);
    member->membership = membership;
    if (membership != MX_LEFT) {
        free(member->name);
        member->name = name != NULL && name[0] != '\0' ? mem_strdup(name) : NULL;
    }
    return changed;
}

static int take_member(void *arg, const char *user_id, const char *membership, const char *name)
{
    remember(arg, user_id, membership_of(membership), name);
    return 0;
}

int mx_room_members(struct matrix *matrix, struct mx_room *room, struct err *err)
{
    uint64_t seed;

    if (room->members != NULL)
        return 0;
    BUG_IF(crypto_random(&seed, sizeof(seed)) != 0);
    room->members = map_new(seed);
    if (matrix->store->member_each(matrix->store->self, room->id, take_member, room, err) == 0)
        return 0;
    map_free(room->members, member_free);
    room->members = NULL;
    room->joined_count = room->invited_count = 0;
    return -1;
}

const struct mx_member *mx_room_member(const struct mx_room *room, const char *user_id)
{
    return room->members != NULL ? map_get(room->members, user_id) : NULL;
}

int mx_room_set_member(struct matrix *matrix, struct mx_room *room, const char *user_id, enum mx_membership membership,
                       const char *name, bool *changed, struct err *err)
{
    const struct mx_member *before;

    *changed = false;
    if (name != NULL && strlen(name) > NAME_MAX_BYTES)
        name = NULL;
    if (mx_room_members(matrix, room, err) != 0)
        return -1;
    before = mx_room_member(room, user_id);
    if (before == NULL && (membership == MX_LEFT || map_count(room->members) >= MX_MEMBERS_MAX))
        return 0;
    *changed = remember(room, user_id, membership, name);
    room->changes++;
    return matrix->store->member_put(matrix->store->self, room->id, user_id, membership_word(membership),
                                     name != NULL ? name : "", err);
}

bool mx_room_is_shared(const struct mx_room *room)
{
    return room->joined_count + room->invited_count > 2 || room->summary_count > 2 || room->many;
}

bool mx_room_is_direct(const struct mx_room *room)
{
    if (mx_room_is_shared(room)) /* whatever it was made as */
        return false;
    if (room->members == NULL || !room->members_complete) /* not all are known */
        return room->direct || room->summary_count >= 0;
    return true;
}

const char *mx_room_partner(const struct mx_room *room, const char *self)
{
    const char *found = NULL;
    const char *user;
    void *value;
    size_t cursor = 0;

    while (room->members != NULL && map_next(room->members, &cursor, &user, &value)) {
        const struct mx_member *member = value;

        if (member->membership == MX_LEFT || strcmp(user, self) == 0)
            continue;
        if (found == NULL || member->membership == MX_JOINED)
            found = user;
    }
    return found;
}

int matrix_people(struct matrix *matrix, const char *room_id,
                  int (*each)(void *arg, const char *user, const char *name), void *arg, struct err *err)
{
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    const char *user;
    void *value;
    size_t cursor = 0;
    int result = 0;

    if (room == NULL || !room->joined)
        return 0;
    if (mx_room_members(matrix, room, err) != 0)
        return -1;
    while (result == 0 && map_next(room->members, &cursor, &user, &value)) {
        const struct mx_member *member = value;

        if (member->membership == MX_JOINED && strcmp(user, matrix->user_id) != 0)
            result = each(arg, user, member->name != NULL ? member->name : user);
    }
    return result;
}

typedef VEC(char *) id_list;

static int add_id(void *ids, const char *room_id)
{
    vec_push((id_list *)ids, mem_strdup(room_id));
    return 0;
}

/* Whether the room ROOM_ID is PERSON's and ours alone: 1, 0, -1. */
static int is_private(struct matrix *matrix, const char *room_id, struct err *err)
{
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);

    if (room == NULL || !room->joined)
        return 0;
    return mx_room_members(matrix, room, err) != 0 ? -1 : mx_room_is_direct(room);
}

int matrix_private_room(struct matrix *matrix, const char *person, struct buf *room, struct err *err)
{
    id_list ids = {0};
    int result = matrix->store->shared_each(matrix->store->self, person, true, add_id, &ids, err);

    for (size_t i = 0; i < ids.count; i++) {
        if (result == 0 && (result = is_private(matrix, ids.at[i], err)) == 1)
            buf_adds(room, ids.at[i]);
        free(ids.at[i]);
    }
    vec_release(&ids);
    return result;
}

int mx_room_welcome(struct matrix *matrix, struct mx_room *room, int64_t now_ms, struct err *err)
{
    const struct matrix_handler *handler = &matrix->options.handler;
    const char *partner;

    if (room->welcomed || !room->joined || !mx_room_is_direct(room))
        return 0;
    partner = mx_room_partner(room, matrix->user_id);
    if (partner == NULL || !mx_allowed(matrix->options.allow, partner))
        return 0;
    room->welcomed = true;
    room->dirty = true;
    return handler->welcome(handler->arg, room->id, partner, now_ms, err);
}

const char **mx_room_readers(const struct mx_room *room, size_t *reader_count)
{
    const char **readers = mem_zero(room->joined_count + room->invited_count, sizeof(*readers));
    const char *user;
    void *value;
    size_t cursor = 0;

    *reader_count = 0;
    while (room->members != NULL && map_next(room->members, &cursor, &user, &value)) {
        const struct mx_member *member = value;

        if (member->membership == MX_JOINED || (member->membership == MX_INVITED && room->invited_can_read))
            readers[(*reader_count)++] = user;
    }
    return readers;
}

/* ---------------------------------------------------------------- power levels */

static void power_key(const struct mx_room *room, struct buf *name)
{
    buf_addf(name, "power:%s", room->id);
}

static int read_power(struct matrix *matrix, struct mx_room *room, struct err *err)
{
    struct buf name = BUF_INIT(MX_ID_MAX + 16);
    struct buf text = BUF_INIT(DIGEST_MAX);
    int found;

    if (room->power_read)
        return 0;
    power_key(room, &name);
    found = matrix->store->value_get(matrix->store->self, buf_text(&name), &text, err);
    if (found == 1)
        room->power = json_parse(buf_span(&text), NULL);
    room->power_read = found >= 0;
    buf_release(&name);
    buf_release(&text);
    return found < 0 ? -1 : 0;
}

int mx_room_power(struct matrix *matrix, struct mx_room *room, const char *user_id, int *power, struct err *err)
{
    if (read_power(matrix, room, err) != 0)
        return -1;
    *power = mx_power_of(room->power, user_id);
    return 0;
}

int mx_room_may(struct matrix *matrix, struct mx_room *room, const char *user_id,
                int (*needed)(const struct json *digest), struct err *err)
{
    if (read_power(matrix, room, err) != 0)
        return -1;
    return mx_power_of(room->power, user_id) >= needed(room->power);
}

static int set_power(struct matrix *matrix, struct mx_room *room, const struct json *create, const struct json *levels,
                     struct err *err)
{
    struct buf name = BUF_INIT(MX_ID_MAX + 16);
    struct buf text = BUF_INIT(DIGEST_MAX);
    int result = read_power(matrix, room, err);

    if (result == 0) {
        mx_power_digest(create, levels, room->power, &text);
        if (!text.overflowed) {
            json_free(room->power);
            room->power = json_parse(buf_span(&text), NULL);
            room->described = false;
            power_key(room, &name);
            result = matrix->store->value_put(matrix->store->self, buf_text(&name), buf_span(&text), err);
        }
    }
    buf_release(&name);
    buf_release(&text);
    return result;
}

/* ---------------------------------------------------------------- state events */

/* Whoever goes may not read on: the room key changes. Also where somebody may have come and gone unseen. But whoever
 * knocks, as any stranger can as often as they like, had no key unless they were in. */
static int state_member(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, bool *changed,
                        struct err *err)
{
    const char *word = json_get_text(event->content, "membership");
    enum mx_membership membership = word != NULL ? membership_of(word) : MX_LEFT;
    bool knocks = word != NULL && strcmp(word, "knock") == 0;
    const struct mx_member *self;

    if (!mx_event_is_user(event->state_key))
        return 0;
    if (strcmp(event->state_key, matrix->user_id) == 0) { /* the response's section says where we are */
        if (mx_room_members(matrix, room, err) != 0)
            return -1;
        self = mx_room_member(room, matrix->user_id);
        membership = self != NULL ? self->membership : MX_LEFT;
    }
    if (mx_room_set_member(matrix, room, event->state_key, membership, json_get_text(event->content, "displayname"),
                           changed, err) != 0)
        return -1;
    if ((knocks ? mx_knock_seen : mx_knock_over)(matrix->knocks, room->id, event->state_key, err) != 0)
        return -1;
    if (membership != MX_JOINED && (*changed || !knocks) && room->encrypted && !room->new_here)
        return e2ee_rotate(matrix->e2ee, room->id, err);
    return 0;
}

/* Encryption that was seen once is never forgotten, whatever a later event says. */
static int state_encryption(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    const char *algorithm = json_get_text(event->content, "algorithm");
    int64_t value;

    (void)matrix;
    (void)err;
    if (algorithm == NULL || strcmp(algorithm, "m.megolm.v1.aes-sha2") != 0)
        log_warn("room-encryption-unknown", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
    else {
        room->rotation_messages = json_get_int(event->content, "rotation_period_msgs", &value) && value > 0 ? value : 0;
        room->rotation_ms = json_get_int(event->content, "rotation_period_ms", &value) && value > 0 ? value : 0;
    }
    room->encrypted = true;
    room->dirty = true;
    return 0;
}

static int state_visibility(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    const char *visibility = json_get_text(event->content, "history_visibility");
    bool can_read = visibility == NULL || strcmp(visibility, "joined") != 0;
    bool shared = can_read && (visibility == NULL || strcmp(visibility, "invited") != 0);

    if (can_read == room->invited_can_read && shared == room->history_shared)
        return 0;
    room->invited_can_read = can_read;
    room->history_shared = shared;
    room->dirty = true;
    return room->encrypted ? e2ee_rotate(matrix->e2ee, room->id, err) : 0;
}

static int state_power(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    return set_power(matrix, room, NULL, event->content, err);
}

static int state_create(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    return set_power(matrix, room, event->json, NULL, err) == 0 ? mx_upgrade_created(matrix, room, event, err) : -1;
}

int mx_room_state(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, bool *changed,
                  struct err *err)
{
    static const struct {
        const char *type;
        int (*apply)(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err);
    } states[] = {
        {"m.room.encryption", state_encryption},
        {"m.room.power_levels", state_power},
        {"m.room.create", state_create},
        {"m.room.history_visibility", state_visibility},
        {"m.room.tombstone", mx_upgrade_tombstone},
    };

    *changed = false;
    if (strcmp(event->type, "m.room.member") == 0) /* the one whose state key says about whom */
        return state_member(matrix, room, event, changed, err);
    for (size_t i = 0; i < ARRAY_LENGTH(states); i++)
        if (strcmp(event->type, states[i].type) == 0 && event->state_key[0] == '\0')
            return states[i].apply(matrix, room, event, err);
    return 0;
}

/* The room was encrypted once; somebody was out of it, and may have held the key of what was said meanwhile. */
int mx_room_state_past(struct matrix *matrix, struct mx_room *room, const struct mx_event *event, struct err *err)
{
    const char *membership = json_get_text(event->content, "membership");

    if (strcmp(event->type, "m.room.encryption") == 0 && event->state_key[0] == '\0')
        room->encrypted = room->dirty = true;
    if (strcmp(event->type, "m.room.member") != 0 || !room->encrypted || room->new_here || membership == NULL ||
        (strcmp(membership, "leave") != 0 && strcmp(membership, "ban") != 0))
        return 0;
    return e2ee_rotate(matrix->e2ee, room->id, err);
}

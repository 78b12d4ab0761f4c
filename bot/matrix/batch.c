/*
 * One sync response is one transaction.
 */
#include "bot/matrix/batch.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/matrix/early.h"
#include "bot/matrix/join.h"
#include "bot/matrix/said.h"
#include "bot/matrix/section.h"
#include "bot/matrix/send.h"
#include "bot/matrix/upgrade.h"
#include "bot/matrix/verify.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

static bool has_members(const struct json *object)
{
    struct json_cursor cursor = {0};
    const char *key;
    const struct json *value;

    return json_next(object, &cursor, &key, &value);
}

bool mx_batch_is_idle(const struct json *sync)
{
    static const char *const rooms[] = {"join", "invite", "leave", "knock"};

    for (size_t i = 0; i < ARRAY_LENGTH(rooms); i++)
        if (has_members(json_path(sync, "rooms", rooms[i], NULL)))
            return false;
    return json_count(json_path(sync, "to_device", "events", NULL)) == 0 &&
           json_count(json_path(sync, "account_data", "events", NULL)) == 0 &&
           json_count(json_path(sync, "device_lists", "changed", NULL)) == 0 &&
           json_count(json_path(sync, "device_lists", "left", NULL)) == 0;
}

/* ---------------------------------------------------------------- state */

/* One is enough to know. */
static int is_room(void *arg, const char *room_id)
{
    (void)arg;
    (void)room_id;
    return 1;
}

/* A guest is one for as long as they are anywhere with us. */
static int forget_guest(struct mx_work *work, const char *guest)
{
    const struct matrix_store *store = work->matrix->store;
    const struct matrix_handler *handler = &work->matrix->options.handler;
    int shares = store->shared_each(store->self, guest, false, is_room, NULL, work->err);

    if (shares != 0)
        return shares < 0 ? -1 : 0;
    return handler->forget(handler->arg, guest, work->err);
}

static int tell_membership(struct mx_work *work, struct mx_room *room, const struct mx_event *event)
{
    struct matrix *matrix = work->matrix;
    const struct mx_member *member = mx_room_member(room, event->state_key);
    struct message message = {
        .kind = member != NULL && member->membership == MX_JOINED ? MESSAGE_JOIN
                : strcmp(event->sender, event->state_key) == 0    ? MESSAGE_LEAVE
                                                                  : MESSAGE_REMOVED,
        .transport = "matrix",
        .id = event->id,
        .sender = event->state_key,
        .sent_ms = event->sent_ms,
        .text = "",
    };

    if (member == NULL || member->membership == MX_INVITED || strcmp(event->state_key, matrix->user_id) == 0)
        return 0;
    if (message.kind != MESSAGE_JOIN && room->members_complete && room->joined_count <= 1 && room->invited_count == 0) {
        mx_join_leave(matrix->join, room->id);
        return 0;
    }
    if (mx_said_deliver(work, room, event->content, &message) != 0)
        return -1;
    if (message.kind == MESSAGE_JOIN || !message.guest || message.bridged)
        return 0;
    return forget_guest(work, message.sender);
}

static int take_state(struct mx_work *work, struct mx_room *room, const struct mx_event *event, bool tell)
{
    bool changed;

    if (mx_room_state(work->matrix, room, event, &changed, work->err) != 0)
        return -1;
    return changed && tell ? tell_membership(work, room, event) : 0;
}

static bool is_tombstone(const struct json *json)
{
    const char *type = json_get_text(json, "type");

    return type != NULL && strcmp(type, "m.room.tombstone") == 0;
}

/* Some server's order. A tombstone is judged by the others: LAST those alone, else all but those. */
static int take_state_part(struct mx_work *work, struct mx_room *room, const struct mx_section *section, bool last)
{
    for (size_t i = 0; i < json_count(section->state); i++) {
        const struct json *json = json_at(section->state, i);
        struct mx_event event;
        struct err err = {0};

        if (is_tombstone(json) != last)
            continue;
        if (mx_event_read(json, work->now_ms, &event, &err) != 0)
            log_warn("event-malformed", LOG_STR("room", room->id), LOG_STR("reason", err.text));
        else if (event.state_key != NULL && mx_section_is_before(section, event.id) &&
                 take_state(work, room, &event, !room->new_here) != 0)
            return -1;
    }
    return 0;
}

static int take_state_events(struct mx_work *work, struct mx_room *room, const struct mx_section *section)
{
    return take_state_part(work, room, section, false) == 0 ? take_state_part(work, room, section, true) : -1;
}

static void take_summary(struct mx_room *room, const struct json *summary)
{
    int64_t joined, invited;

    if (json_get_int(summary, "m.joined_member_count", &joined) && joined >= 0 && joined < INT32_MAX) {
        if (!json_get_int(summary, "m.invited_member_count", &invited) || invited < 0 || invited >= INT32_MAX)
            invited = 0;
        room->summary_count = joined + invited;
    }
}

/* Read once, since all of a room's state may stand there, and gone through twice, in the same order. */
struct mx_sections {
    VEC(struct mx_section) read;
    size_t next;
};

static int read_section(struct mx_work *work, const char *room_id, const struct json *joined)
{
    (void)room_id;
    mx_section_read(vec_add(&work->sections->read), joined);
    return 0;
}

static const struct mx_section *next_section(struct mx_work *work)
{
    BUG_IF(work->sections->next == work->sections->read.count);
    return &work->sections->read.at[work->sections->next++];
}

static void release_sections(struct mx_sections *sections)
{
    for (size_t i = 0; i < sections->read.count; i++)
        mx_section_release(&sections->read.at[i]);
    vec_release(&sections->read);
}

/* We are in the room: state first, for all rooms, so that what follows is judged by it. */
static int enter_room(struct mx_work *work, const char *room_id, const struct json *joined)
{
    struct matrix *matrix = work->matrix;
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    const struct mx_section *section = next_section(work);
    bool changed;

    if (room == NULL || !room->joined) {
        int may = mx_upgrade_enter(matrix, room_id, section, work->err);

        if (may != 1)
            return may;
        room = mx_rooms_open(matrix->rooms, room_id);
        room->joined = room->new_here = room->dirty = true;
        room->invited = room->described = false;
        if (mx_room_set_member(matrix, room, matrix->user_id, MX_JOINED, NULL, &changed, work->err) != 0)
            return -1;
    }
    if (work->batch->since == NULL && room->members_complete) { /* changes may have been missed */
        room->members_complete = false;
        room->dirty = true;
    }
    take_summary(room, json_get(joined, "summary"));
    if (take_state_events(work, room, section) != 0)
        return -1;
    return work->batch->since != NULL && room->new_here ? mx_room_welcome(matrix, room, work->now_ms, work->err) : 0;
}

static int leave_room(struct mx_work *work, const char *room_id)
{
    struct matrix *matrix = work->matrix;
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    bool changed;

    if (mx_upgrade_left(matrix, room_id, work->err) != 0)
        return -1;
    if (room == NULL)
        return 0;
    room->joined = room->invited = room->members_complete = false;
    room->dirty = true;
    return mx_room_set_member(matrix, room, matrix->user_id, MX_LEFT, NULL, &changed, work->err);
}

static int name_direct(struct mx_work *work, struct mx_room *room)
{
    int past = mx_upgrade_is_past(work->matrix, room->id, work->err);

    if (past == 0)
        room->direct = room->dirty = true;
    return past < 0 ? -1 : 0;
}

static int take_direct(struct mx_work *work, const struct json *content)
{
    struct json_cursor cursor = {0};
    const char *user;
    const struct json *rooms;

    while (json_next(content, &cursor, &user, &rooms))
        for (size_t i = 0; i < json_count(rooms); i++) {
            const char *room_id = json_text(json_at(rooms, i));
            struct mx_room *room = room_id != NULL ? mx_rooms_find(work->matrix->rooms, room_id) : NULL;

            if (room != NULL && !room->direct && name_direct(work, room) != 0)
                return -1;
        }
    return 0;
}

static int take_account_data(struct mx_work *work)
{
    const struct json *events = json_path(work->batch->sync, "account_data", "events", NULL);

    for (size_t i = 0; i < json_count(events); i++) {
        const char *type = json_get_text(json_at(events, i), "type");

        if (type != NULL && strcmp(type, "m.direct") == 0 &&
            take_direct(work, json_get(json_at(events, i), "content")) != 0)
            return -1;
    }
    return 0;
}

/* Calls EACH for the rooms of one section; ids that are none are skipped. A v12 id has no server part. */
static int each_room(struct mx_work *work, const char *section,
                     int (*each)(struct mx_work *work, const char *room_id, const struct json *value))
{
    struct json_cursor cursor = {0};
    const char *room_id;
    const struct json *value;

    while (json_next(json_path(work->batch->sync, "rooms", section, NULL), &cursor, &room_id, &value))
        if (room_id[0] == '!' && strlen(room_id) <= MX_ID_MAX && json_is_object(value) &&
            each(work, room_id, value) != 0)
            return -1;
    return 0;
}

static int invited_room(struct mx_work *work, const char *room_id, const struct json *value)
{
    return mx_join_invited(work->matrix->join, room_id, json_get(value, "invite_state"), work->err);
}

static int left_room(struct mx_work *work, const char *room_id, const struct json *value)
{
    (void)value;
    return leave_room(work, room_id);
}

/* ---------------------------------------------------------------- timelines */

/* From when on a room's events are ours to handle. */
struct floor {
    bool open;       /* what comes is ours */
    bool at_invite;  /* opens at our invitation … */
    int64_t from_ms; /* … or with events that are not older than this */
};

static bool opens_floor(struct mx_work *work, struct floor *floor, const struct mx_event *event)
{
    const char *membership = json_get_text(event->content, "membership");

    if (floor->open)
        return true;
    if (floor->at_invite)
        floor->open = strcmp(event->type, "m.room.member") == 0 && event->state_key != NULL &&
                      strcmp(event->state_key, work->matrix->user_id) == 0 && membership != NULL &&
                      strcmp(membership, "invite") == 0;
    else
        return event->sent_ms >= floor->from_ms;
    return floor->open;
}

/* 1 when it is new, 0 seen, -1. */
static int note_event(struct mx_work *work, const struct mx_room *room, const struct mx_event *event)
{
    const struct matrix_store *store = work->matrix->store;
    const struct matrix_event_row row = {
        .event_id = event->id,
        .room_id = room->id,
        .sender = event->sender,
        .encrypted = strcmp(event->type, "m.room.encrypted") == 0,
        .edit = event->relation.kind == MX_REPLACES,
        .sent_ms = event->sent_ms,
    };

    return store->event_new(store->self, &row, work->err);
}

static int take_event(struct mx_work *work, struct mx_room *room, const struct mx_section *section,
                      const struct json *json, struct floor *floor)
{
    struct matrix *matrix = work->matrix;
    struct mx_event event;
    struct err err = {0};
    bool open;
    int fresh;

    if (mx_event_read(json, work->now_ms, &event, &err) != 0) {
        log_warn("event-malformed", LOG_STR("room", room->id), LOG_STR("reason", err.text));
        return 0;
    }
    open = opens_floor(work, floor, &event);
    fresh = note_event(work, room, &event);
    if (fresh < 0)
        return -1;
    if (fresh == 1 && strcmp(room->last_event_id, event.id) != 0) {
        free(room->last_event_id);
        room->last_event_id = mem_strdup(event.id);
        room->dirty = true;
    }
    /* Whoever is in by it gets the room's keys: that is told, however old a server says that it is. */
    if (event.state_key != NULL)
        return mx_section_is_state(section, event.id) ? take_state(work, room, &event, !room->new_here)
                                                      : mx_room_state_past(matrix, room, &event, work->err);
    if (!open || fresh == 0 || strcmp(event.sender, matrix->user_id) == 0)
        return 0;
    return mx_said_take(work, room, &event);
}

/* Whether our invitation is among EVENTS. */
static bool holds_invitation(const struct json *const *gap, size_t gap_count, const struct json *events,
                             const char *self)
{
    for (size_t i = 0; i < gap_count + json_count(events); i++) {
        const struct json *event = i < gap_count ? gap[i] : json_at(events, i - gap_count);
        const char *type = json_get_text(event, "type");
        const char *key = json_get_text(event, "state_key");
        const char *membership = json_text(json_path(event, "content", "membership", NULL));

        if (type != NULL && key != NULL && membership != NULL && strcmp(type, "m.room.member") == 0 &&
            strcmp(key, self) == 0 && strcmp(membership, "invite") == 0)
            return true;
    }
    return false;
}

static int take_timeline(struct mx_work *work, const char *room_id, const struct json *joined)
{
    struct matrix *matrix = work->matrix;
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    size_t gap_count;
    const struct json *const *gap = mx_gap_events(work->batch->gap, room_id, &gap_count);
    struct floor floor = {.from_ms = matrix->login_ms};
    const struct mx_section *section = next_section(work);
    int result = 0;

    (void)joined;
    if (room == NULL || !room->joined) /* it was not entered */
        return 0;
    floor.open = work->batch->since != NULL && !room->new_here;
    if (!floor.open && work->batch->since != NULL)
        floor.at_invite = holds_invitation(gap, gap_count, section->timeline, matrix->user_id);
    for (size_t i = 0; result == 0 && i < gap_count; i++)
        result = take_event(work, room, section, gap[i], &floor);
    for (size_t i = 0; result == 0 && i < json_count(section->timeline); i++)
        result = take_event(work, room, section, json_at(section->timeline, i), &floor);
    return result;
}

/* Handled at their own time, before what is new. */
static int take_released(struct mx_work *work)
{
    char *room_id;
    char *text;
    int result = 0;

    while (result == 0 && e2ee_next_released(work->matrix->e2ee, &room_id, &text)) {
        struct mx_room *room = mx_rooms_find(work->matrix->rooms, room_id);
        struct json *json = json_parse(span_of(text), NULL);
        struct mx_event event;

        if (room != NULL && room->joined && mx_event_read(json, work->now_ms, &event, NULL) == 0) {
            log_info("released", LOG_STR("room", room_id), LOG_STR("event_id", event.id));
            result = mx_said_take(work, room, &event);
        }
        json_free(json);
        free(room_id);
        free(text);
    }
    return result;
}

/* ---------------------------------------------------------------- the batch */

static int take_keys(struct mx_work *work)
{
    const struct json *sync = work->batch->sync;
    struct e2ee_sync keys = {
        .to_device = json_path(sync, "to_device", "events", NULL),
        .device_lists = json_get(sync, "device_lists"),
        .one_time_key_counts = json_get(sync, "device_one_time_keys_count"),
        .unused_fallback_key_types = json_get(sync, "device_unused_fallback_key_types"),
        .now_ms = work->now_ms,
    };

    if (work->batch->since == NULL && e2ee_devices_outdated(work->matrix->e2ee, work->err) != 0)
        return -1;
    if (e2ee_receive_sync(work->matrix->e2ee, &keys, work->err) < 0)
        return -1;
    return mx_verify_to_device(work->matrix, keys.to_device, work->now_ms, work->err);
}

static int take_all(struct mx_work *work)
{
    const struct matrix_handler *handler = &work->matrix->options.handler;

    if (take_keys(work) != 0 || each_room(work, "invite", invited_room) != 0 ||
        each_room(work, "leave", left_room) != 0 || each_room(work, "join", read_section) != 0 ||
        each_room(work, "join", enter_room) != 0)
        return -1;
    work->sections->next = 0;
    if (take_account_data(work) != 0 || take_released(work) != 0 || each_room(work, "join", take_timeline) != 0 ||
        mx_said_withheld(work) != 0)
        return -1;
    return handler->batch_end(handler->arg, work->now_ms, work->err);
}

int mx_batch_released(struct matrix *matrix, struct err *err)
{
    const struct matrix_handler *handler = &matrix->options.handler;
    struct mx_work work = {.matrix = matrix, .now_ms = loop_now_ms(), .err = err};

    if (!e2ee_has_released(matrix->e2ee))
        return 0;
    return take_released(&work) == 0 && mx_said_withheld(&work) == 0
               ? handler->batch_end(handler->arg, work.now_ms, err)
               : -1;
}

int mx_batch_run(struct matrix *matrix, const struct mx_batch *batch, struct err *err)
{
    struct mx_sections sections = {.next = 0};
    struct mx_work work = {
        .matrix = matrix, .batch = batch, .sections = &sections, .now_ms = loop_now_ms(), .err = err};
    int result;

    if (mx_begin(matrix, err) != 0)
        return -1;
    result = mx_send_acknowledge(matrix->send, err) != 0 || mx_early_release(matrix, err) != 0 ? -1 : take_all(&work);
    release_sections(&sections);
    if (result != 0 || mx_send_collect(matrix->send, err) != 0)
        goto failed;
    if (!mx_batch_is_idle(batch->sync) &&
        mx_value_put(matrix, "next_batch", json_get_text(batch->sync, "next_batch"), err) != 0)
        goto failed;
    return mx_commit(matrix, err);

failed:
    mx_rollback(matrix);
    return -1;
}

/* ---------------------------------------------------------------- once more */

/* Where we have spoken before nobody is greeted. */
static int take_own(const struct mx_work *work, struct mx_room *room, const struct mx_event *event)
{
    const struct matrix_store *store = work->matrix->store;
    const struct mx_relation *relation = &event->relation;

    room->dirty = room->dirty || !room->welcomed;
    room->welcomed = true;
    if (relation->kind == MX_REPLACES || relation->reply_to == NULL)
        return 0;
    return store->reply_put(store->self, relation->reply_to, event->id,
                            relation->kind == MX_IN_THREAD ? relation->target : NULL, work->err);
}

/* What was taken back stands there without its content, and is nothing that is missing. */
static bool is_redacted(const struct mx_event *event)
{
    return strcmp(event->type, "m.room.encrypted") == 0 && json_get(event->content, "ciphertext") == NULL;
}

int mx_batch_again(struct matrix *matrix, struct mx_room *room, const struct json *json, struct mx_batch_again *counts,
                   struct err *err)
{
    struct mx_work work = {.matrix = matrix, .again = counts, .err = err};
    struct mx_event event;

    if (mx_event_read(json, loop_now_ms(), &event, NULL) != 0 || event.state_key != NULL)
        return 0;
    work.now_ms = event.sent_ms;
    if (note_event(&work, room, &event) < 0)
        return -1;
    if (strcmp(event.sender, matrix->user_id) == 0)
        return take_own(&work, room, &event);
    if (is_redacted(&event))
        return 0;
    counts->read++;
    work.unproven = room->encrypted; /* a reaction is never sealed */
    return mx_said_take(&work, room, &event);
}

int mx_batch_state(struct matrix *matrix, const char *room_id, const struct json *state, struct err *err)
{
    struct mx_work work = {.matrix = matrix, .now_ms = loop_now_ms(), .err = err};
    const struct mx_section section = {.state = state};
    struct mx_room *room = mx_rooms_open(matrix->rooms, room_id);
    bool changed;

    room->joined = room->new_here = room->dirty = true;
    if (mx_room_set_member(matrix, room, matrix->user_id, MX_JOINED, NULL, &changed, err) != 0 ||
        take_state_events(&work, room, &section) != 0)
        return -1;
    room->members_complete = true;
    return 0;
}

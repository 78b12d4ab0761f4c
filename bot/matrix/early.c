/*
 * Reactions and votes that came before we knew the event that they are on. The store has them as one value: an array of
 * objects with the room, what they are on, when it was kept, and the event as it came: what is sealed stays so.
 */
#include "bot/matrix/early.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/json.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/matrix/said.h"

enum { ENTRY_MAX = MX_EARLY_BYTES + 2 * MX_ID_MAX + 64, LIST_MAX = MX_EARLY_MAX * (ENTRY_MAX + 1) + 1 };

static const char value_name[] = "early_reactions";

/* The list; NULL: nothing is kept. */
static int load(struct matrix *matrix, struct json **list, struct err *err)
{
    char *text;
    int found;

    *list = NULL;
    if (matrix->no_early)
        return 0;
    found = mx_value(matrix, value_name, &text, err);
    matrix->no_early = found == 0;
    if (found == 1)
        *list = json_parse(span_of(text), NULL);
    free(text);
    return found < 0 ? -1 : 0;
}

/* The entries of LIST but those that OUT says, and ADDED (NULL: none). */
static int save(struct matrix *matrix, const struct json *list, const bool *out, struct span added, struct err *err)
{
    struct buf text = BUF_INIT(LIST_MAX), one = BUF_INIT(LIST_MAX);
    struct json_writer writer;
    size_t kept = 0;
    int result;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < json_count(list); i++) {
        if (out[i])
            continue;
        buf_clear(&one);
        json_print(json_at(list, i), &one);
        json_write_raw(&writer, buf_span(&one));
        kept++;
    }
    if (added.length != 0)
        json_write_raw(&writer, added);
    json_write_end(&writer);
    matrix->no_early = kept == 0 && added.length == 0;
    result = mx_value_put(matrix, value_name, matrix->no_early ? "" : buf_text(&text), err);
    buf_release(&text);
    buf_release(&one);
    return result;
}

static void write_entry(const struct mx_room *room, const struct mx_event *event, struct buf *out)
{
    struct buf raw = BUF_INIT(MX_EARLY_BYTES);
    struct json_writer writer;

    json_print(event->json, &raw);
    if (!raw.overflowed) {
        json_write_init(&writer, out);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "room");
        json_write_text(&writer, room->id);
        json_write_key(&writer, "on");
        json_write_text(&writer, event->relation.target);
        json_write_key(&writer, "at_ms");
        json_write_int(&writer, loop_now_ms());
        json_write_key(&writer, "event");
        json_write_raw(&writer, buf_span(&raw));
        json_write_end(&writer);
    }
    buf_release(&raw);
}

int mx_early_keep(struct matrix *matrix, const struct mx_room *room, const struct mx_event *event, struct err *err)
{
    struct buf entry = BUF_INIT(ENTRY_MAX);
    bool out[MX_EARLY_MAX] = {false};
    struct json *list;
    int result = load(matrix, &list, err);

    write_entry(room, event, &entry);
    if (result == 0 && entry.length != 0 && !entry.overflowed) {
        out[0] = json_count(list) >= MX_EARLY_MAX;
        result = save(matrix, list, out, buf_span(&entry), err);
        log_info("reaction-early", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
    }
    json_free(list);
    buf_release(&entry);
    return result;
}

int mx_early_drop(struct matrix *matrix, const char *event_id, struct err *err)
{
    bool out[MX_EARLY_MAX] = {false}, found = false;
    struct json *list;
    int result = load(matrix, &list, err);

    for (size_t i = 0; i < json_count(list) && i < MX_EARLY_MAX; i++) {
        const char *id = json_text(json_path(json_at(list, i), "event", "event_id", NULL));

        out[i] = id != NULL && strcmp(id, event_id) == 0;
        found |= out[i];
    }
    if (found)
        result = save(matrix, list, out, (struct span){NULL, 0}, err);
    json_free(list);
    return result;
}

/* Handles ENTRY where its event is known: 1 it needn't be kept any longer, 0, -1. */
static int release(struct mx_work *work, const struct json *entry, int *released)
{
    const struct matrix_store *store = work->matrix->store;
    const char *room_id = json_get_text(entry, "room"), *on = json_get_text(entry, "on");
    struct mx_room *room = room_id != NULL ? mx_rooms_find(work->matrix->rooms, room_id) : NULL;
    struct mx_event event;
    int64_t at_ms;
    int known;

    if (room == NULL || !room->joined || on == NULL || !json_get_int(entry, "at_ms", &at_ms) ||
        mx_event_read(json_get(entry, "event"), work->now_ms, &event, NULL) != 0)
        return 1;
    known = store->event_find(store->self, on, NULL, NULL, work->err);
    if (known != 1)
        return known < 0 ? -1 : work->now_ms - at_ms > MX_EARLY_KEPT_MS;
    ++*released;
    return mx_said_take(work, room, &event) < 0 ? -1 : 1;
}

int mx_early_release(struct matrix *matrix, struct err *err)
{
    const struct matrix_handler *handler = &matrix->options.handler;
    struct mx_work work = {.matrix = matrix, .now_ms = loop_now_ms(), .err = err};
    bool out[MX_EARLY_MAX] = {false}, any = false;
    struct json *list;
    int released = 0, result = load(matrix, &list, err);

    for (size_t i = 0; i < json_count(list) && i < MX_EARLY_MAX && result == 0; i++) {
        int done = release(&work, json_at(list, i), &released);

        out[i] = done == 1;
        any |= out[i];
        result = done < 0 ? -1 : 0;
    }
    if (result == 0 && any)
        result = save(matrix, list, out, (struct span){NULL, 0}, err);
    if (result == 0 && released != 0)
        result = handler->batch_end(handler->arg, work.now_ms, err);
    json_free(list);
    return result;
}

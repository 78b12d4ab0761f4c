/*
 * Lists of events, each of them one value of the store.
 */
#include "bot/matrix/kept.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"

enum { ENTRY_ROOM = 2 * MX_ID_MAX + 64 /* besides the event */, LIST_MAX = 128 * 1024 };

static const struct {
    const char *name;
    size_t event_max;
} lists[MX_KEPT_LISTS] = {
    [MX_KEPT_EARLY] = {"early_reactions", MX_EARLY_BYTES}, [MX_KEPT_FILES] = {"files", MX_FILES_BYTES}};

_Static_assert(MX_EARLY_MAX *(MX_EARLY_BYTES + ENTRY_ROOM + 1) < LIST_MAX, "a value holds them");
_Static_assert(MX_FILES_MAX *(MX_FILES_BYTES + ENTRY_ROOM + 1) < LIST_MAX, "a value holds them");

int mx_kept_load(struct matrix *matrix, enum mx_kept_list which, struct json **list, struct err *err)
{
    char *text;
    int found;

    *list = NULL;
    if (matrix->none_kept[which])
        return 0;
    found = mx_value(matrix, lists[which].name, &text, err);
    if (found == 1)
        *list = json_parse(span_of(text), NULL);
    matrix->none_kept[which] = found == 0 || (found == 1 && json_count(*list) == 0);
    free(text);
    return found < 0 ? -1 : 0;
}

/* Nothing where the event is too large. */
static void write_entry(size_t event_max, const struct mx_room *room, const struct mx_event *event, struct buf *out)
{
    struct buf raw = BUF_INIT(event_max);
    struct json_writer writer;

    json_print(event->json, &raw);
    if (!raw.overflowed) {
        json_write_init(&writer, out);
        json_write_begin(&writer, '{');
        json_write_key(&writer, "room");
        json_write_text(&writer, room->id);
        if (event->relation.target != NULL) {
            json_write_key(&writer, "on");
            json_write_text(&writer, event->relation.target);
        }
        json_write_key(&writer, "at_ms");
        json_write_int(&writer, loop_now_ms());
        json_write_key(&writer, "event");
        json_write_raw(&writer, buf_span(&raw));
        json_write_end(&writer);
    }
    buf_release(&raw);
}

/* The entries that OUT says (NULL: none) are left out; those that are LAST (NULL: none) come behind the others. */
static int put(struct matrix *matrix, enum mx_kept_list which, const struct json *list, const bool *out,
               const bool *last, struct span added, struct err *err)
{
    struct buf text = BUF_INIT(LIST_MAX), one = BUF_INIT(LIST_MAX);
    struct json_writer writer;
    size_t count = json_count(list), kept = 0;
    int result;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < 2 * count; i++) {
        size_t at = i % count;

        if ((out != NULL && out[at]) || (last != NULL && last[at]) != (i >= count))
            continue;
        buf_clear(&one);
        json_print(json_at(list, at), &one);
        json_write_raw(&writer, buf_span(&one));
        kept++;
    }
    if (added.length != 0)
        json_write_raw(&writer, added);
    json_write_end(&writer);
    matrix->none_kept[which] = kept == 0 && added.length == 0;
    result = mx_value_put(matrix, lists[which].name, matrix->none_kept[which] ? "" : buf_text(&text), err);
    buf_release(&text);
    buf_release(&one);
    return result;
}

int mx_kept_save(struct matrix *matrix, enum mx_kept_list which, const struct json *list, const bool *out,
                 const struct mx_room *room, const struct mx_event *event, struct err *err)
{
    struct buf entry = BUF_INIT(lists[which].event_max + ENTRY_ROOM);
    int result = 0;

    if (event != NULL)
        write_entry(lists[which].event_max, room, event, &entry);
    if (event == NULL || (entry.length != 0 && !entry.overflowed))
        result = put(matrix, which, list, out, NULL, buf_span(&entry), err) < 0 ? -1 : 1;
    buf_release(&entry);
    return result;
}

size_t mx_kept_find(const struct json *list, const char *event_id)
{
    size_t at = 0;

    for (; at < json_count(list); at++) {
        const char *id = json_text(json_path(json_at(list, at), "event", "event_id", NULL));

        if (id != NULL && strcmp(id, event_id) == 0)
            break;
    }
    return at;
}

int mx_kept_postpone(struct matrix *matrix, enum mx_kept_list which, const char *event_id, struct err *err)
{
    bool last[MX_KEPT_LENGTH_MAX] = {false}, behind = false, changes = false;
    struct json *list;
    int result = mx_kept_load(matrix, which, &list, err);
    const char *sender = json_text(json_path(json_at(list, mx_kept_find(list, event_id)), "event", "sender", NULL));

    for (size_t i = 0; sender != NULL && i < json_count(list) && i < MX_KEPT_LENGTH_MAX; i++) {
        const char *whose = json_text(json_path(json_at(list, i), "event", "sender", NULL));

        last[i] = whose != NULL && strcmp(whose, sender) == 0;
        changes = changes || (behind && !last[i]);
        behind = behind || last[i];
    }
    if (result == 0 && changes)
        result = put(matrix, which, list, NULL, last, (struct span){"", 0}, err) < 0 ? -1 : 1;
    json_free(list);
    return result;
}

int mx_kept_drop(struct matrix *matrix, enum mx_kept_list which, const char *event_id, struct err *err)
{
    bool out[MX_KEPT_LENGTH_MAX] = {false};
    struct json *list;
    int result = mx_kept_load(matrix, which, &list, err);
    size_t at = mx_kept_find(list, event_id);

    if (result == 0 && at < json_count(list) && at < MX_KEPT_LENGTH_MAX) {
        out[at] = true;
        result = mx_kept_save(matrix, which, list, out, NULL, NULL, err);
    }
    json_free(list);
    return result;
}

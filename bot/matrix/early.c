/*
 * Reactions and votes that came before we knew the event that they are on.
 */
#include "bot/matrix/early.h"

#include "bot/log/log.h"
#include "bot/matrix/kept.h"
#include "bot/matrix/said.h"

int mx_early_keep(struct matrix *matrix, const struct mx_room *room, const struct mx_event *event, struct err *err)
{
    bool out[MX_EARLY_MAX] = {false};
    struct json *list;
    int result = mx_kept_load(matrix, MX_KEPT_EARLY, &list, err);

    out[0] = json_count(list) >= MX_EARLY_MAX;
    if (result == 0)
        result = mx_kept_save(matrix, MX_KEPT_EARLY, list, out, room, event, err);
    if (result == 1)
        log_info("reaction-early", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
    json_free(list);
    return result < 0 ? -1 : 0;
}

int mx_early_drop(struct matrix *matrix, const char *event_id, struct err *err)
{
    return mx_kept_drop(matrix, MX_KEPT_EARLY, event_id, err) < 0 ? -1 : 0;
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
    int released = 0, result = mx_kept_load(matrix, MX_KEPT_EARLY, &list, err);

    for (size_t i = 0; i < json_count(list) && i < MX_EARLY_MAX && result == 0; i++) {
        int done = release(&work, json_at(list, i), &released);

        out[i] = done == 1;
        any |= out[i];
        result = done < 0 ? -1 : 0;
    }
    if (result == 0 && any)
        result = mx_kept_save(matrix, MX_KEPT_EARLY, list, out, NULL, NULL, err) < 0 ? -1 : 0;
    if (result == 0 && released != 0)
        result = handler->batch_end(handler->arg, work.now_ms, err);
    json_free(list);
    return result;
}

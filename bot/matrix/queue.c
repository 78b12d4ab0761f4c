/*
 * The rows of the outbox that wait, a lane for each room.
 */
#include "bot/matrix/queue.h"

#include <stdlib.h>
#include <string.h>

#include "bot/matrix/send.h"
#include "core/base/mem.h"

enum { BACKOFF_BASE_MS = 500, BACKOFF_CAP_MS = 60 * 1000 };

struct mx_queue {
    VEC(struct mx_lane *) lanes;
    size_t count;
};

struct mx_queue *mx_queue_new(void)
{
    return mem_zero(1, sizeof(struct mx_queue));
}

/* The texts of a row, so that copying and freeing can't disagree. */
static const size_t texts[] = {
    offsetof(struct matrix_outbox_row, room),        offsetof(struct matrix_outbox_row, txn_id),
    offsetof(struct matrix_outbox_row, answers),     offsetof(struct matrix_outbox_row, edits),
    offsetof(struct matrix_outbox_row, edits_event), offsetof(struct matrix_outbox_row, thread),
    offsetof(struct matrix_outbox_row, mention),     offsetof(struct matrix_outbox_row, text),
    offsetof(struct matrix_outbox_row, html),        offsetof(struct matrix_outbox_row, event_type),
    offsetof(struct matrix_outbox_row, content),     offsetof(struct matrix_outbox_row, file_name),
    offsetof(struct matrix_outbox_row, file_type),   offsetof(struct matrix_outbox_row, uploaded),
};

static char **text_at(struct matrix_outbox_row *row, size_t index)
{
    return (char **)(void *)((char *)row + texts[index]);
}

static void row_free(struct mx_row *row)
{
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        free(*text_at(&row->row, i));
    free(row);
}

static void lane_free(struct mx_lane *lane)
{
    for (size_t i = 0; i < lane->rows.count; i++)
        row_free(lane->rows.at[i]);
    vec_release(&lane->rows);
    free(lane->room_id);
    free(lane);
}

void mx_queue_free(struct mx_queue *queue)
{
    if (queue == NULL)
        return;
    for (size_t i = 0; i < queue->lanes.count; i++)
        lane_free(queue->lanes.at[i]);
    vec_release(&queue->lanes);
    free(queue);
}

static struct mx_lane *lane_open(struct mx_queue *queue, const char *room_id)
{
    struct mx_lane *lane;

    for (size_t i = 0; i < queue->lanes.count; i++)
        if (strcmp(queue->lanes.at[i]->room_id, room_id) == 0)
            return queue->lanes.at[i];
    lane = mem_zero(1, sizeof(*lane));
    lane->room_id = mem_strdup(room_id);
    vec_push(&queue->lanes, lane);
    return lane;
}

struct mx_row *mx_queue_add(struct mx_queue *queue, const struct matrix_outbox_row *row)
{
    struct mx_lane *lane = lane_open(queue, row->room);
    size_t at = lane->rows.count;
    struct mx_row *copy;

    while (at > 0 && lane->rows.at[at - 1]->row.id > row->id)
        at--;
    if (at > 0 && lane->rows.at[at - 1]->row.id == row->id)
        return NULL;
    copy = mem_zero(1, sizeof(*copy));
    copy->row = *row;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        char **text = text_at(&copy->row, i);

        *text = mem_strdup(*text != NULL ? *text : "");
    }
    copy->backoff = (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = BACKOFF_CAP_MS};
    copy->lane = lane;
    (void)vec_add(&lane->rows);
    memmove(&lane->rows.at[at + 1], &lane->rows.at[at], (lane->rows.count - 1 - at) * sizeof(struct mx_row *));
    lane->rows.at[at] = copy;
    queue->count++;
    return copy;
}

void mx_queue_remove(struct mx_queue *queue, struct mx_row *row)
{
    struct mx_lane *lane = row->lane;
    size_t at = 0;

    while (lane->rows.at[at] != row)
        at++;
    vec_remove(&lane->rows, at);
    queue->count--;
    row_free(row);
    if (lane->rows.count != 0)
        return;
    for (at = 0; queue->lanes.at[at] != lane; at++)
        ;
    vec_remove(&queue->lanes, at);
    lane_free(lane);
}

size_t mx_queue_count(const struct mx_queue *queue)
{
    return queue->count;
}

size_t mx_queue_lanes(const struct mx_queue *queue)
{
    return queue->lanes.count;
}

struct mx_lane *mx_queue_lane(const struct mx_queue *queue, size_t index)
{
    return index < queue->lanes.count ? queue->lanes.at[index] : NULL;
}

/* Takes VALUE. */
static void set_text(const char **text, const char *value)
{
    char *old = *(char **)(void *)text;

    free(old);
    *text = value;
}

void mx_row_seal(struct mx_row *row, const char *type, struct span content)
{
    row->row.state = OUTBOX_SEALED;
    set_text(&row->row.event_type, mem_strdup(type));
    set_text(&row->row.content, mem_strndup(content.at, content.length));
}

bool mx_row_is_busy(const struct mx_row *row)
{
    return row->call != NULL || row->echo != NULL || row->upload != NULL;
}

bool mx_row_is_sealed(const struct mx_row *row, bool encrypted)
{
    return row->row.state == OUTBOX_SEALED && (!encrypted || strcmp(row->row.event_type, "m.room.encrypted") == 0 ||
                                               strcmp(row->row.event_type, "m.reaction") == 0);
}

bool mx_lane_awaits(const struct mx_lane *lane, const struct mx_row *row)
{
    for (size_t i = 0; i < lane->rows.count && lane->rows.at[i] != row; i++)
        if (lane->rows.at[i]->row.kind != OUT_EDIT && strcmp(lane->rows.at[i]->row.answers, row->row.edits) == 0)
            return true;
    return false;
}

/* Answers to different messages may pass each other; whatever else is said keeps its place. */
static bool is_answer(const struct mx_row *row)
{
    return row->row.kind <= OUT_REACTION && row->row.answers[0] != '\0';
}

bool mx_lane_is_bulk(const struct mx_lane *lane)
{
    for (size_t i = 0; i < lane->rows.count; i++)
        if (!lane->rows.at[i]->row.bulk)
            return false;
    return true;
}

static bool may_pass(const struct mx_lane *lane, size_t index)
{
    const struct mx_row *row = lane->rows.at[index];

    if (index == 0)
        return true;
    if (lane->rows.count <= MX_SEND_QUIET || !is_answer(row))
        return false;
    for (size_t i = 0; i < index; i++) /* all before it are under way */
        if (!is_answer(lane->rows.at[i]) || strcmp(lane->rows.at[i]->row.answers, row->row.answers) == 0)
            return false;
    return true;
}

struct mx_row *mx_lane_next(const struct mx_lane *lane, bool encrypted, int64_t now_ms, int64_t *wait_ms)
{
    *wait_ms = -1;
    if (lane->under_way >= MX_SEND_AT_ONCE)
        return NULL;
    for (size_t i = 0; i < lane->rows.count; i++) {
        struct mx_row *row = lane->rows.at[i];

        if (mx_row_is_busy(row))
            continue;
        if (row->staged || !mx_row_is_sealed(row, encrypted) || !may_pass(lane, i))
            return NULL;
        if (row->not_before_ms > now_ms) {
            *wait_ms = row->not_before_ms - now_ms;
            return NULL;
        }
        return row;
    }
    return NULL;
}

/*
 * Whose turn it is.
 */
#include "bot/irc/lanes.h"

#include <stdlib.h>
#include <string.h>

#include "bot/message.h"
#include "core/base/mem.h"

static void row_release(struct irc_row *row)
{
    free(row->room);
}

void irc_job_release(struct irc_job *job)
{
    free(job->target);
    job->target = NULL;
    for (size_t i = 0; i < job->rows.count; i++)
        row_release(&job->rows.at[i]);
    vec_release(&job->rows);
    irc_text_lines_release(&job->lines);
    job->sent = 0;
}

static void lane_free(struct irc_lane *lane)
{
    for (size_t i = 0; i < lane->rows.count; i++)
        row_release(&lane->rows.at[i]);
    vec_release(&lane->rows);
    irc_job_release(&lane->job);
    free(lane->who);
    free(lane);
}

void irc_lanes_release(struct irc_lanes *lanes)
{
    for (size_t i = 0; i < lanes->at.count; i++)
        lane_free(lanes->at.at[i]);
    vec_release(&lanes->at);
    lanes->turn = lanes->rows = 0;
}

static struct irc_lane *find_lane(const struct irc_lanes *lanes, const char *who)
{
    for (size_t i = 0; i < lanes->at.count; i++) {
        if (strcmp(lanes->at.at[i]->who, who) == 0)
            return lanes->at.at[i];
    }
    return NULL;
}

static struct irc_lane *lane_of(struct irc_lanes *lanes, const char *who)
{
    struct irc_lane *lane = find_lane(lanes, who);

    if (lane != NULL)
        return lane;
    lane = mem_zero(1, sizeof(*lane));
    lane->who = mem_strdup(who);
    vec_push(&lanes->at, lane);
    return lane;
}

bool irc_lanes_add(struct irc_lanes *lanes, const char *who, int64_t id, const char *room, int kind)
{
    struct irc_lane *lane;

    if (lanes->rows >= IRC_LANES_ROWS)
        return false;
    lane = lane_of(lanes, who);
    vec_push(&lane->rows, ((struct irc_row){id, mem_strdup(room), kind}));
    lanes->rows++;
    return true;
}

struct irc_lane *irc_lanes_next(struct irc_lanes *lanes, int64_t now_ms, int64_t *wait_ms)
{
    *wait_ms = -1;
    for (size_t i = 0; i < lanes->at.count; i++) {
        size_t index = (lanes->turn + i) % lanes->at.count;
        struct irc_lane *lane = lanes->at.at[index];
        int64_t wait = lane->blocked_until_ms - now_ms;

        if (wait <= 0) {
            lanes->turn = index + 1;
            return lane;
        }
        if (*wait_ms < 0 || wait < *wait_ms)
            *wait_ms = wait;
    }
    return NULL;
}

size_t irc_lanes_ready(const struct irc_lanes *lanes, int64_t now_ms)
{
    size_t count = 0;

    for (size_t i = 0; i < lanes->at.count; i++)
        count += lanes->at.at[i]->blocked_until_ms <= now_ms;
    return count;
}

/* What rings, and what nobody asked for, is said by itself. */
static bool can_be_summed(int kind)
{
    return kind == OUT_REPLY || kind == OUT_QUESTION || kind == OUT_ERROR || kind == OUT_REACTION;
}

static void move(struct irc_lanes *lanes, struct irc_lane *lane, size_t index)
{
    vec_push(&lane->job.rows, lane->rows.at[index]);
    vec_remove(&lane->rows, index);
    lanes->rows--;
}

void irc_lane_begin(struct irc_lanes *lanes, struct irc_lane *lane)
{
    const struct irc_row first = lane->rows.at[0];
    size_t like = 0;

    for (size_t i = 0; i < lane->rows.count; i++)
        like += can_be_summed(lane->rows.at[i].kind) && strcmp(lane->rows.at[i].room, first.room) == 0;
    move(lanes, lane, 0);
    if (!can_be_summed(first.kind) || like <= IRC_LANE_SUM)
        return;
    for (size_t i = 0; i < lane->rows.count && lane->job.rows.count < IRC_LANE_SUM_MAX;) {
        if (can_be_summed(lane->rows.at[i].kind) && strcmp(lane->rows.at[i].room, first.room) == 0)
            move(lanes, lane, i);
        else
            i++;
    }
}

void irc_lane_put_back(struct irc_lanes *lanes, struct irc_lane *lane)
{
    size_t count = lane->job.rows.count, had = lane->rows.count;

    for (size_t i = 0; i < count; i++)
        vec_add(&lane->rows);
    memmove(&lane->rows.at[count], lane->rows.at, had * sizeof(*lane->rows.at));
    memcpy(lane->rows.at, lane->job.rows.at, count * sizeof(*lane->rows.at));
    lanes->rows += count;
    vec_clear(&lane->job.rows);
    irc_job_release(&lane->job);
}

void irc_lane_end(struct irc_lanes *lanes, struct irc_lane *lane)
{
    irc_job_release(&lane->job);
    if (lane->rows.count != 0)
        return;
    for (size_t i = 0; i < lanes->at.count; i++) {
        if (lanes->at.at[i] != lane)
            continue;
        vec_remove(&lanes->at, i);
        lanes->turn -= lanes->turn > i;
        break;
    }
    lane_free(lane);
}

bool irc_lanes_take(struct irc_lanes *lanes, const char *who, bool (*take)(void *arg, const struct irc_row *row),
                    void *arg)
{
    struct irc_lane *lane = find_lane(lanes, who);
    bool taken = false;

    for (size_t i = 0; lane != NULL && i < lane->rows.count;) {
        if (!take(arg, &lane->rows.at[i])) {
            i++;
            continue;
        }
        row_release(&lane->rows.at[i]);
        vec_remove(&lane->rows, i);
        lanes->rows--;
        taken = true;
    }
    if (taken && lane->job.rows.count == 0)
        irc_lane_end(lanes, lane);
    return taken;
}

void irc_lanes_unblock(struct irc_lanes *lanes, const char *who)
{
    for (size_t i = 0; i < lanes->at.count; i++) {
        if (who == NULL || strcmp(lanes->at.at[i]->who, who) == 0)
            lanes->at.at[i]->blocked_until_ms = 0;
    }
}

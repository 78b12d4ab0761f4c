/*
 * What became of what was sent. With labels (IRCv3/labeled-response) the server says it of each; without them a PING
 * behind it comes back only after it was handled. The row goes then, and not before: killed at any point, it is said
 * again rather than never.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "bot/log/log.h"
#include "core/base/mem.h"

enum { ASK_MS = 4000, UNASKED = 8 };

void irc_flight_add(struct irc *irc, int64_t serial, const struct irc_job *job, const char *target, bool labelled)
{
    struct irc_flight *flight = vec_add(&irc->flights);

    flight->serial = serial;
    flight->target = mem_strdup(target);
    flight->labelled = labelled;
    flight->checkin = irc_is_checkin(job->rows.at[0].room, job->rows.at[0].kind);
    for (size_t i = 0; i < job->rows.count; i++)
        vec_push(&flight->rows, job->rows.at[i].id);
}

static void release(struct irc_flight *flight)
{
    vec_release(&flight->rows);
    free(flight->target);
}

void irc_flights_release(struct irc *irc)
{
    for (size_t i = 0; i < irc->flights.count; i++)
        release(&irc->flights.at[i]);
    vec_clear(&irc->flights);
    irc->asked_serial = 0;
}

static void end(struct irc *irc, size_t index, bool arrived)
{
    struct irc_flight *flight = &irc->flights.at[index];

    for (size_t i = 0; i < flight->rows.count; i++) {
        if (arrived)
            vec_push(&irc->done_rows, flight->rows.at[i]);
        else if (!flight->checkin || !irc_row_leaves(irc, flight->rows.at[i], true))
            vec_push(&irc->dropped_rows, flight->rows.at[i]);
    }
    release(flight);
    vec_remove(&irc->flights, index);
}

/* At once where there is room for it, else now and then; one PING at a time. */
void irc_flight_ask(struct irc *irc, int64_t now_ms)
{
    struct buf token = BUF_INIT(32);
    const struct irc_flight *last = irc->flights.count != 0 ? &irc->flights.at[irc->flights.count - 1] : NULL;

    if (last == NULL || last->labelled || irc->asked_serial != 0 ||
        (irc_flood_calm_wait(&irc->flood) != 0 && irc->flights.count < UNASKED && now_ms - irc->asked_ms < ASK_MS))
        return;
    irc->asked_serial = last->serial;
    irc->asked_ms = now_ms;
    buf_addf(&token, "r%" PRId64, last->serial);
    irc_send(irc, IRC_SEND_NOW, "PING", IRC_PARAMS(buf_text(&token)));
    irc_flood_spend_little(&irc->flood);
    buf_release(&token);
}

void irc_take_pong(struct irc *irc, const struct irc_line *line)
{
    struct span token = irc_line_param(line, line->param_count - (line->param_count != 0));
    struct buf asked = BUF_INIT(32);

    buf_addf(&asked, "r%" PRId64, irc->asked_serial);
    if (irc->asked_serial != 0 && span_equal(token, buf_span(&asked))) {
        while (irc->flights.count != 0 && irc->flights.at[0].serial <= irc->asked_serial)
            end(irc, 0, true);
        irc->asked_serial = 0;
    }
    buf_release(&asked);
}

static bool is_refusal(const struct irc_line *line)
{
    return strcmp(line->verb, "FAIL") == 0 || line->verb[0] == '4' || line->verb[0] == '5';
}

static void settle_label(struct irc *irc, const char *label, bool arrived)
{
    for (size_t i = 0; i < irc->flights.count; i++) {
        char own[32];

        snprintf(own, sizeof(own), "r%" PRId64, irc->flights.at[i].serial);
        if (strcmp(own, label) == 0) {
            end(irc, i, arrived);
            return;
        }
    }
}

void irc_flight_labelled(struct irc *irc, const struct irc_line *line)
{
    const struct irc_batch *batch;
    struct buf label = BUF_INIT(64);

    if (irc->flights.count == 0 || !irc_caps_has(&irc->caps, IRC_CAP_LABELS))
        return;
    batch = irc_batch_of(irc, line);
    if (irc_line_tag(line, "label", &label) && strcmp(line->verb, "BATCH") != 0)
        settle_label(irc, buf_text(&label), !is_refusal(line));
    else if (batch != NULL && batch->label != NULL)
        settle_label(irc, batch->label, !is_refusal(line));
    buf_release(&label);
}

/* Without labels: what was under way to that nick or channel didn't come there. */
void irc_take_not_sent(struct irc *irc, const struct irc_line *line)
{
    struct span target = irc_line_param(line, 1);

    for (size_t i = 0; i < irc->flights.count;) {
        if (!irc->flights.at[i].labelled && irc_same(irc->support.casemap, target, span_of(irc->flights.at[i].target)))
            end(irc, i, false);
        else
            i++;
    }
}

static int settle(struct irc *irc, struct err *err)
{
    const struct irc_store *store = irc->options.store;
    char event[32];
    int result = 0;

    for (size_t i = 0; i < irc->done_rows.count && result == 0; i++) {
        snprintf(event, sizeof(event), "irc%" PRId64, irc->done_rows.at[i]);
        result = store->outbox_done(store->self, irc->done_rows.at[i], event, err);
    }
    for (size_t i = 0; i < irc->dropped_rows.count && result == 0; i++)
        result = store->outbox_drop(store->self, irc->dropped_rows.at[i], "it could not be said", err);
    return result;
}

void irc_flight_settle(struct irc *irc)
{
    const struct irc_store *store = irc->options.store;
    struct err err = {0};
    int result;

    if (irc->done_rows.count == 0 && irc->dropped_rows.count == 0)
        return;
    result = store->begin(store->self, &err);
    if (result == 0)
        result = settle(irc, &err);
    if (!irc_commit(irc, result, &err))
        return; /* at the next tick */
    vec_clear(&irc->done_rows);
    vec_clear(&irc->dropped_rows);
}

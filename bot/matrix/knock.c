/*
 * Answers knocks.
 */
#include "bot/matrix/knock.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/power.h"
#include "core/base/mem.h"

enum {
    WAITING_MAX = 100,
    AGAIN_MS = 2000,
    BODY_MAX = 1024,
    LIST_MAX = 1024 * 1024 /* at worst each byte of an id is \u00XX */
};

#define KEPT "knocks" /* in the store: [[ROOM,USER,SINCE_MS],…], the next first */

struct knock {
    struct knock *next;
    char *room_id;
    char *user;
    int64_t since_ms;
};

struct mx_knocks {
    struct matrix *matrix;
    struct knock *waiting; /* the next first */
    struct knock *asked;   /* whom the request under way invites; NULL */
    struct mx_call *call;
    struct loop_timer *turn; /* ends that of the request under way, or begins the next */
};

static void knock_free(struct knock *knock)
{
    if (knock == NULL)
        return;
    free(knock->room_id);
    free(knock->user);
    free(knock);
}

static struct knock *take_first(struct mx_knocks *knocks)
{
    struct knock *first = knocks->waiting;

    knocks->waiting = first->next;
    return first;
}

void mx_knocks_free(struct mx_knocks *knocks)
{
    if (knocks == NULL)
        return;
    mx_api_cancel(knocks->call);
    loop_timer_free(knocks->turn);
    knock_free(knocks->asked);
    while (knocks->waiting != NULL)
        knock_free(take_first(knocks));
    free(knocks);
}

static bool is_of(const struct knock *knock, const char *room_id, const char *user)
{
    return strcmp(knock->room_id, room_id) == 0 && strcmp(knock->user, user) == 0;
}

/* ---------------------------------------------------------------- what waits */

static void write_knock(struct json_writer *writer, const struct knock *knock)
{
    json_write_begin(writer, '[');
    json_write_text(writer, knock->room_id);
    json_write_text(writer, knock->user);
    json_write_int(writer, knock->since_ms);
    json_write_end(writer);
}

/* Within a transaction. Whoever is being invited is among them until that is done. */
static int keep(struct mx_knocks *knocks, struct err *err)
{
    struct buf text = BUF_INIT(LIST_MAX);
    struct json_writer writer;
    int result;

    json_write_init(&writer, &text);
    json_write_begin(&writer, '[');
    if (knocks->asked != NULL)
        write_knock(&writer, knocks->asked);
    for (const struct knock *knock = knocks->waiting; knock != NULL; knock = knock->next)
        write_knock(&writer, knock);
    json_write_end(&writer);
    result = mx_value_put(knocks->matrix, KEPT, buf_text(&text), err);
    buf_release(&text);
    return result;
}

/* The same in one of its own. What can't be kept is answered once more, which costs nothing. */
static void keep_now(struct mx_knocks *knocks)
{
    struct matrix *matrix = knocks->matrix;
    struct err err = {0};

    if (mx_begin(matrix, &err) != 0)
        goto failed;
    if (keep(knocks, &err) != 0) {
        mx_rollback(matrix);
        goto failed;
    }
    if (mx_commit(matrix, &err) == 0)
        return;

failed:
    log_error("store", LOG_STR("reason", err.text));
}

static void put_last(struct mx_knocks *knocks, struct knock *knock)
{
    struct knock **link = &knocks->waiting;

    while (*link != NULL)
        link = &(*link)->next;
    knock->next = NULL;
    *link = knock;
}

/* True when it was not there. */
static bool add(struct mx_knocks *knocks, const char *room_id, const char *user, int64_t since_ms)
{
    struct knock *knock = knocks->waiting;
    int count = 0;

    for (; knock != NULL && !is_of(knock, room_id, user); knock = knock->next)
        count++;
    if (knock != NULL || count >= WAITING_MAX || (knocks->asked != NULL && is_of(knocks->asked, room_id, user)))
        return false;
    knock = mem_zero(1, sizeof(*knock));
    knock->room_id = mem_strdup(room_id);
    knock->user = mem_strdup(user);
    knock->since_ms = since_ms;
    put_last(knocks, knock);
    return true;
}

int mx_knocks_load(struct mx_knocks *knocks, struct err *err)
{
    const struct matrix_store *store = knocks->matrix->store;
    struct buf text = BUF_INIT(LIST_MAX);
    struct json *list = NULL;
    int found = store->value_get(store->self, KEPT, &text, err);

    if (found >= 0)
        while (knocks->waiting != NULL)
            knock_free(take_first(knocks));
    if (found == 1)
        list = json_parse(buf_span(&text), NULL);
    for (size_t i = 0; i < json_count(list); i++) {
        const char *room_id = json_text(json_at(json_at(list, i), 0));
        const char *user = json_text(json_at(json_at(list, i), 1));
        int64_t since_ms;

        if (!json_int(json_at(json_at(list, i), 2), &since_ms))
            since_ms = loop_now_ms();
        if (room_id != NULL && user != NULL)
            add(knocks, room_id, user, since_ms);
    }
    json_free(list);
    buf_release(&text);
    return found < 0 ? -1 : 0;
}

int mx_knock_seen(struct mx_knocks *knocks, const char *room_id, const char *user, struct err *err)
{
    return add(knocks, room_id, user, loop_now_ms()) ? keep(knocks, err) : 0;
}

/* The request under way is nobody's any more. */
static struct knock *stop(struct mx_knocks *knocks)
{
    struct knock *asked = knocks->asked;

    mx_api_cancel(knocks->call);
    loop_timer_cancel(knocks->turn);
    knocks->call = NULL;
    knocks->asked = NULL;
    return asked;
}

int mx_knock_over(struct mx_knocks *knocks, const char *room_id, const char *user, struct err *err)
{
    if (knocks->asked != NULL && is_of(knocks->asked, room_id, user)) {
        knock_free(stop(knocks));
        return keep(knocks, err);
    }
    for (struct knock **link = &knocks->waiting; *link != NULL; link = &(*link)->next)
        if (is_of(*link, room_id, user)) {
            struct knock *knock = *link;

            *link = knock->next;
            knock_free(knock);
            return keep(knocks, err);
        }
    return 0;
}

/* ---------------------------------------------------------------- answers */

int mx_knock_answered(struct matrix *matrix, struct mx_room *room, const char *user, struct err *err)
{
    if (!room->joined || !mx_allowed(matrix->options.allow, user))
        return 0;
    if (mx_room_members(matrix, room, err) != 0)
        return -1;
    if (!room->members_complete || mx_room_is_direct(room))
        return 0;
    return mx_room_may(matrix, room, matrix->user_id, mx_power_to_invite, err);
}

static void invited(void *arg, const struct mx_answer *answer)
{
    struct mx_knocks *knocks = arg;
    struct knock *asked = knocks->asked;

    knocks->call = NULL; /* it is over by itself */
    if (answer->status == 200)
        log_info("knock-answered", LOG_STR("room", asked->room_id), LOG_STR("from", asked->user));
    else
        log_warn("knock-answer-failed", LOG_STR("room", asked->room_id), LOG_INT("status", answer->status),
                 LOG_STR("reason", answer->err->text));
    knock_free(stop(knocks));
    if (knocks->matrix->failed)
        return;
    keep_now(knocks);
    mx_knocks_run(knocks);
}

static void invite(struct mx_knocks *knocks)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct buf body = BUF_INIT(BODY_MAX);
    struct mx_request request = {.method = "POST", .retry = MX_RETRY, .done = invited, .arg = knocks};
    struct json_writer writer;

    mx_path(&path, "/_matrix/client/v3/rooms/{}/invite", knocks->asked->room_id);
    json_write_init(&writer, &body);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "user_id");
    json_write_text(&writer, knocks->asked->user);
    json_write_end(&writer);
    request.path = buf_text(&path);
    request.body = buf_span(&body);
    knocks->call = mx_api_start(knocks->matrix->api, &request);
    loop_timer_set(knocks->turn, MX_KNOCK_TRY_MS);
    buf_release(&path);
    buf_release(&body);
}

/* What becomes of KNOCK: false when it is forgotten. */
static bool answer(struct mx_knocks *knocks, struct knock *knock)
{
    struct matrix *matrix = knocks->matrix;
    struct mx_room *room = mx_rooms_find(matrix->rooms, knock->room_id);
    bool waited = loop_now_ms() - knock->since_ms > MX_KNOCK_PATIENCE_MS;
    struct err err = {0};
    int may = room != NULL && !waited ? mx_knock_answered(matrix, room, knock->user, &err) : 0;

    if (may == 1) {
        knocks->asked = knock;
        invite(knocks);
        return true;
    }
    if (may < 0) {
        log_error("store", LOG_STR("reason", err.text));
        put_last(knocks, knock);
        loop_timer_set(knocks->turn, AGAIN_MS);
        return true;
    }
    log_info(waited ? "knock-given-up" : "knock-unanswered", LOG_STR("room", knock->room_id),
             LOG_STR("from", knock->user));
    knock_free(knock);
    return false;
}

void mx_knocks_run(struct mx_knocks *knocks)
{
    bool dropped = false;

    if (knocks->matrix->failed)
        return;
    while (!loop_timer_pending(knocks->turn) && knocks->waiting != NULL)
        dropped = !answer(knocks, take_first(knocks)) || dropped;
    if (dropped)
        keep_now(knocks);
}

static void end_turn(void *arg)
{
    struct mx_knocks *knocks = arg;
    struct knock *asked = stop(knocks);

    if (asked != NULL) {
        log_warn("knock-answer-failed", LOG_STR("room", asked->room_id), LOG_STR("reason", "it takes too long"));
        put_last(knocks, asked);
        keep_now(knocks);
    }
    mx_knocks_run(knocks);
}

struct mx_knocks *mx_knocks_new(struct matrix *matrix)
{
    struct mx_knocks *knocks = mem_zero(1, sizeof(*knocks));

    knocks->matrix = matrix;
    knocks->turn = loop_timer_new(matrix->options.loop, end_turn, knocks);
    return knocks;
}

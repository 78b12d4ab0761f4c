/*
 * Answers invitations and leaves rooms.
 */
#include "bot/matrix/join.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/loop/backoff.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/send.h"
#include "bot/matrix/upgrade.h"
#include "core/base/mem.h"

enum {
    AT_ONCE = 4,
    WAITING_MAX = 1000, /* of ours, and of refusals: more than that is somebody's game and stays unanswered */
    BURST = 20,
    TRIES_MAX = 8,             /* a room whose server is gone is given up */
    SOON_MS = 10 * 60 * 1000,  /* but what takes another room's place is tried again so much later, */
    LATER_MS = 60 * 60 * 1000, /* and then so often */
    LATER_MAX = 7 * 24,
    BACKOFF_BASE_MS = 1000,
    BACKOFF_CAP_MS = 5 * 60 * 1000,
    DIRECT_MAX = 1024 * 1024
};

/* Steps of one doing, in order; a refusal to be in a room is DO_LEAVE alone. */
enum step { DO_JOIN, DO_READ_DIRECT, DO_WRITE_DIRECT, DO_LEAVE, DO_NOTHING };

struct doing {
    struct mx_join *join;
    struct doing *next;
    enum step step;
    char *room_id;
    char *inviter; /* of a direct room: goes into m.direct; NULL */
    bool in_vain;  /* we are to leave it, once we are in */
    bool refusal;  /* of a stranger's invitation: whatever else is to be done goes before it */
    char *direct;  /* the new m.direct */
    struct mx_call *call;
    struct backoff backoff;
    int64_t not_before_ms; /* monotonic */
    int later;             /* times that it was put off for long */
};

struct mx_join {
    struct matrix *matrix;
    struct doing *doings; /* refusals last */
    int count[2];         /* by `refusal` */
    int under_way;
    struct bucket bucket;
    struct loop_timer *timer;
};

static void run(void *arg)
{
    mx_join_run(arg);
}

struct mx_join *mx_join_new(struct matrix *matrix)
{
    struct mx_join *join = mem_zero(1, sizeof(*join));

    join->matrix = matrix;
    join->bucket = (struct bucket){.rate_per_s = 1, .burst = BURST, .tokens = BURST, .last_ms = loop_monotonic_ms()};
    join->timer = loop_timer_new(matrix->options.loop, run, join);
    return join;
}

static void doing_free(struct doing *doing)
{
    struct doing **link = &doing->join->doings;

    while (*link != doing)
        link = &(*link)->next;
    *link = doing->next;
    doing->join->count[doing->refusal]--;
    if (doing->call != NULL)
        doing->join->under_way--;
    mx_api_cancel(doing->call);
    free(doing->room_id);
    free(doing->inviter);
    free(doing->direct);
    free(doing);
}

void mx_join_free(struct mx_join *join)
{
    if (join == NULL)
        return;
    while (join->doings != NULL)
        doing_free(join->doings);
    loop_timer_free(join->timer);
    free(join);
}

static struct doing *find(struct mx_join *join, const char *room_id)
{
    for (struct doing *doing = join->doings; doing != NULL; doing = doing->next)
        if (strcmp(doing->room_id, room_id) == 0)
            return doing;
    return NULL;
}

static void add(struct mx_join *join, enum step step, const char *room_id, const char *inviter, bool refusal)
{
    struct doing **link = &join->doings;
    struct doing *doing;

    if (join->count[refusal] >= WAITING_MAX || find(join, room_id) != NULL)
        return;
    doing = mem_zero(1, sizeof(*doing));
    doing->join = join;
    doing->step = step;
    doing->room_id = mem_strdup(room_id);
    doing->inviter = mem_strdup(inviter);
    doing->refusal = refusal;
    doing->backoff = (struct backoff){.base_ms = BACKOFF_BASE_MS, .cap_ms = BACKOFF_CAP_MS};
    while (*link != NULL && (refusal || !(*link)->refusal))
        link = &(*link)->next;
    doing->next = *link;
    *link = doing;
    join->count[refusal]++;
}

static void leave(struct mx_join *join, const char *room_id, bool refusal)
{
    struct doing *doing = find(join, room_id);

    if (doing != NULL && doing->step == DO_JOIN && doing->call != NULL) { /* the server has told us before it answers */
        doing->in_vain = true;
    } else if (doing != NULL && doing->step == DO_JOIN) {
        doing->step = DO_LEAVE;
        doing->not_before_ms = 0;
    }
    add(join, DO_LEAVE, room_id, NULL, refusal);
}

void mx_join_leave(struct mx_join *join, const char *room_id)
{
    leave(join, room_id, false);
}

void mx_join_direct(struct mx_join *join, const char *room_id, const char *user)
{
    struct doing *doing = find(join, room_id);

    if (doing == NULL)
        add(join, DO_READ_DIRECT, room_id, user, false);
    else if (doing->step == DO_JOIN && doing->inviter == NULL)
        doing->inviter = mem_strdup(user);
}

/* ---------------------------------------------------------------- invitations */

/* What was put off may be possible now, and what was to be refused is welcome. */
static void come_now(struct mx_join *join, const char *room_id)
{
    struct doing *doing = find(join, room_id);

    if (doing != NULL && doing->step == DO_JOIN)
        doing->not_before_ms = 0;
    else if (doing != NULL && doing->refusal && doing->call == NULL)
        doing_free(doing);
}

struct invitation {
    const char *inviter;
    const char *name;
    bool direct;
    bool encrypted;
};

/* Stripped events have a type, a state key, a sender and a content. */
static void read_invitation(const struct json *events, const char *self, struct invitation *invitation)
{
    for (size_t i = 0; i < json_count(events); i++) {
        const struct json *event = json_at(events, i);
        const struct json *content = json_get(event, "content");
        const char *type = json_get_text(event, "type");
        const char *key = json_get_text(event, "state_key");
        const char *membership = json_get_text(content, "membership");

        if (type == NULL || key == NULL)
            continue;
        if (strcmp(type, "m.room.encryption") == 0)
            invitation->encrypted = true;
        if (strcmp(type, "m.room.member") == 0 && strcmp(key, self) == 0 && membership != NULL &&
            strcmp(membership, "invite") == 0) {
            invitation->inviter = json_get_text(event, "sender");
            invitation->direct = json_get_bool(content, "is_direct", false);
        }
    }
    for (size_t i = 0; invitation->inviter != NULL && i < json_count(events); i++) {
        const char *key = json_get_text(json_at(events, i), "state_key");

        if (key != NULL && strcmp(key, invitation->inviter) == 0)
            invitation->name = json_text(json_path(json_at(events, i), "content", "displayname", NULL));
    }
}

/* By somebody who may not ask us anywhere. What we wait to look at anyway, for a tombstone, they have only opened. */
static int refuse(struct mx_join *join, const char *room_id, const struct mx_room *room, const char *inviter,
                  struct err *err)
{
    int waits = room != NULL && room->invited ? mx_upgrade_waits(join->matrix, room_id, err) : 0;

    log_info("invitation-refused", LOG_STR("room", room_id), LOG_STR("from", mx_event_is_user(inviter) ? inviter : ""));
    if (waits == 1)
        come_now(join, room_id);
    else if (waits == 0)
        leave(join, room_id, true);
    return waits < 0 ? -1 : 0;
}

int mx_join_invited(struct mx_join *join, const char *room_id, const struct json *invite_state, struct err *err)
{
    struct matrix *matrix = join->matrix;
    struct invitation invitation = {0};
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    bool changed;

    read_invitation(json_get(invite_state, "events"), matrix->user_id, &invitation);
    if (room != NULL && room->joined)
        return 0;
    if (!mx_event_is_user(invitation.inviter) || !mx_allowed(matrix->options.allow, invitation.inviter))
        return refuse(join, room_id, room, invitation.inviter, err);
    come_now(join, room_id);
    room = mx_rooms_open(matrix->rooms, room_id);
    room->direct = invitation.direct;
    room->encrypted |= invitation.encrypted;
    room->invited = true;
    room->dirty = true;
    if (mx_upgrade_left(matrix, room_id, err) != 0 ||
        mx_room_set_member(matrix, room, matrix->user_id, MX_INVITED, NULL, &changed, err) != 0)
        return -1;
    return mx_room_set_member(matrix, room, invitation.inviter, MX_JOINED, invitation.name, &changed, err);
}

/* ---------------------------------------------------------------- what was answered */

/* The room is not ours: the invitation was withdrawn, or we have left. */
static void gone(struct matrix *matrix, const char *room_id)
{
    struct mx_room *room = mx_rooms_find(matrix->rooms, room_id);
    struct err err = {0};
    bool changed;

    if (room == NULL)
        return;
    room->invited = false;
    if (mx_begin(matrix, &err) != 0)
        return; /* once more after the next start */
    room = mx_rooms_open(matrix->rooms, room_id);
    room->joined = false;
    room->members_complete = false;
    room->dirty = true;
    if (mx_room_set_member(matrix, room, matrix->user_id, MX_LEFT, NULL, &changed, &err) != 0)
        mx_rollback(matrix);
    else
        (void)mx_commit(matrix, &err);
}

static void joined(struct doing *doing)
{
    struct mx_room *room = mx_rooms_find(doing->join->matrix->rooms, doing->room_id);

    log_info("joined", LOG_STR("room", doing->room_id));
    if (room != NULL)
        room->invited = false; /* sync will say that we are in */
    doing->step = doing->in_vain ? DO_LEAVE : doing->inviter != NULL ? DO_READ_DIRECT : DO_NOTHING;
}

/* Adds the room to the inviter's list in m.direct, which other clients may have written too. */
static char *merge_direct(const struct json *direct, const char *user, const char *room_id)
{
    struct buf out = BUF_INIT(DIRECT_MAX);
    struct json_writer writer;
    struct json_cursor cursor = {0};
    const char *key;
    const struct json *value;
    const struct json *rooms = json_get(direct, user);

    json_write_init(&writer, &out);
    json_write_begin(&writer, '{');
    while (json_next(direct, &cursor, &key, &value)) {
        struct buf text = BUF_INIT(DIRECT_MAX);

        if (strcmp(key, user) != 0) {
            json_print(value, &text);
            json_write_key(&writer, key);
            json_write_raw(&writer, buf_span(&text));
        }
        buf_release(&text);
    }
    json_write_key(&writer, user);
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < json_count(rooms); i++) {
        const char *id = json_text(json_at(rooms, i));

        if (id != NULL && strcmp(id, room_id) != 0)
            json_write_text(&writer, id);
    }
    json_write_text(&writer, room_id);
    json_write_end(&writer);
    json_write_end(&writer);
    if (out.overflowed) {
        buf_release(&out);
        return NULL;
    }
    return buf_steal(&out);
}

static void step_succeeded(struct doing *doing, const struct mx_answer *answer)
{
    struct matrix *matrix = doing->join->matrix;

    backoff_reset(&doing->backoff);
    switch (doing->step) {
    case DO_JOIN:
        joined(doing);
        break;
    case DO_READ_DIRECT:
        doing->direct = merge_direct(answer->status == 200 ? answer->json : NULL, doing->inviter, doing->room_id);
        doing->step = doing->direct != NULL ? DO_WRITE_DIRECT : DO_NOTHING;
        break;
    case DO_LEAVE:
        log_info("left", LOG_STR("room", doing->room_id));
        gone(matrix, doing->room_id);
        doing->step = DO_NOTHING;
        break;
    default:
        doing->step = DO_NOTHING;
        break;
    }
}

static void tell_unreached(struct matrix *matrix, const char *room_id)
{
    struct err err = {0};

    if (mx_begin(matrix, &err) != 0)
        return; /* the next time */
    if (mx_upgrade_unreached(matrix, room_id, &err) != 0)
        mx_rollback(matrix);
    else if (mx_commit(matrix, &err) == 0)
        mx_send_collect_soon(matrix->send);
}

/* Whether it isn't given up: what belongs to the old room belongs to nobody until then. */
static bool put_off(struct doing *doing)
{
    struct matrix *matrix = doing->join->matrix;

    if (doing->step != DO_JOIN || doing->in_vain || doing->later >= LATER_MAX ||
        mx_upgrade_waits(matrix, doing->room_id, NULL) != 1)
        return false;
    doing->not_before_ms = loop_monotonic_ms() + (doing->later == 0 ? SOON_MS : LATER_MS);
    if (doing->later++ != 0) /* nobody has invited us meanwhile */
        tell_unreached(matrix, doing->room_id);
    return true;
}

static void step_failed(struct doing *doing, const struct mx_answer *answer)
{
    struct mx_join *join = doing->join;
    bool passing = mx_is_passing(answer) || answer->status == 401;

    log_warn("room-request-failed", LOG_STR("room", doing->room_id), LOG_INT("status", answer->status),
             LOG_STR("reason", answer->err != NULL ? answer->err->text : "m.direct is no list"));
    if (passing && doing->backoff.failures < TRIES_MAX) {
        doing->not_before_ms = loop_monotonic_ms() + mx_retry_delay(&doing->backoff, answer->retry_after_ms);
        return;
    }
    if (put_off(doing))
        return;
    if (doing->step == DO_JOIN || doing->step == DO_LEAVE)
        gone(join->matrix, doing->room_id);
    doing->step = DO_NOTHING;
}

/* What others have written into m.direct must not be lost: what says neither what nor that nothing is there, as the
 * page of some server in between, is no answer. */
static bool is_good(const struct doing *doing, const struct mx_answer *answer)
{
    if (doing->step != DO_READ_DIRECT)
        return answer->status == 200;
    return answer->status == 200 ? json_is_object(answer->json)
                                 : answer->status == 404 && strcmp(answer->errcode, "M_NOT_FOUND") == 0;
}

static void step_done(void *arg, const struct mx_answer *answer)
{
    struct doing *doing = arg;
    struct mx_join *join = doing->join;

    doing->call = NULL;
    join->under_way--;
    if (join->matrix->failed)
        return;
    if (is_good(doing, answer))
        step_succeeded(doing, answer);
    else
        step_failed(doing, answer);
    if (doing->step == DO_NOTHING)
        doing_free(doing);
    mx_join_run(join);
}

/* ---------------------------------------------------------------- requests */

static void begin(struct doing *doing)
{
    static const struct {
        const char *method;
        const char *path; /* of the room; else of the user */
        bool of_user;
    } steps[] = {
        [DO_JOIN] = {"POST", "/_matrix/client/v3/join/{}?", false},
        [DO_READ_DIRECT] = {"GET", "/_matrix/client/v3/user/{}/account_data/m.direct", true},
        [DO_WRITE_DIRECT] = {"PUT", "/_matrix/client/v3/user/{}/account_data/m.direct", true},
        [DO_LEAVE] = {"POST", "/_matrix/client/v3/rooms/{}/leave", false},
    };
    struct matrix *matrix = doing->join->matrix;
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {
        .method = steps[doing->step].method,
        .retry = MX_ONCE,
        .maximum = DIRECT_MAX,
        .body = span_of(doing->step == DO_READ_DIRECT ? ""
                        : doing->direct != NULL       ? doing->direct
                                                      : "{}"),
        .done = step_done,
        .arg = doing,
    };

    mx_path(&path, steps[doing->step].path, steps[doing->step].of_user ? matrix->user_id : doing->room_id);
    if (doing->step == DO_JOIN)
        mx_upgrade_via(matrix, doing->room_id, &path);
    request.path = buf_text(&path);
    doing->call = mx_api_start(matrix->api, &request);
    doing->join->under_way++;
    buf_release(&path);
}

/* m.direct is read and written by one at a time. */
static bool direct_is_free(const struct mx_join *join)
{
    for (const struct doing *doing = join->doings; doing != NULL; doing = doing->next)
        if (doing->step == DO_WRITE_DIRECT || (doing->step == DO_READ_DIRECT && doing->call != NULL))
            return false;
    return true;
}

static void wait_at_most(int64_t *earliest, int64_t at_ms)
{
    if (*earliest < 0 || at_ms < *earliest)
        *earliest = at_ms;
}

static void take_invitations(struct mx_join *join)
{
    struct mx_room *room;
    size_t cursor = 0;

    while (mx_rooms_next(join->matrix->rooms, &cursor, &room))
        if (room->invited && !room->joined)
            add(join, DO_JOIN, room->id, room->direct ? mx_room_partner(room, join->matrix->user_id) : NULL, false);
}

void mx_join_run(struct mx_join *join)
{
    int64_t now = loop_monotonic_ms();
    int64_t earliest = -1;

    /* Whoever invites may write once the bot is there, and gives the room's key to the devices that they know then. */
    if (!e2ee_is_published(join->matrix->e2ee))
        return;
    take_invitations(join);
    for (struct doing *doing = join->doings; doing != NULL && join->under_way < AT_ONCE; doing = doing->next) {
        bool direct = doing->step == DO_READ_DIRECT || doing->step == DO_WRITE_DIRECT;
        int64_t wait;

        if (doing->call != NULL || (doing->step == DO_READ_DIRECT && !direct_is_free(join)))
            continue;
        if (doing->not_before_ms > now) {
            wait_at_most(&earliest, doing->not_before_ms);
            continue;
        }
        wait = direct ? 0 : bucket_take(&join->bucket, now);
        if (wait > 0) {
            wait_at_most(&earliest, now + wait);
            break;
        }
        begin(doing);
    }
    if (earliest >= 0)
        loop_timer_set(join->timer, earliest - now);
}

/*
 * Who is in the rooms of a transcript.
 */
#include "bot/console/crowd.h"

#include <stdlib.h>

#include "core/base/map.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

enum { KEY_MAX = 4096 };

struct seat {
    char *room, *name;
    bool here;
    bool ranked; /* `power` was given */
    int power;
};

typedef VEC(struct seat *) seat_list;

struct crowd {
    struct map *by_key; /* "#gym anna": a room's name holds no blank */
    seat_list seats;
};

struct crowd *crowd_new(void)
{
    struct crowd *crowd = mem_zero(1, sizeof(*crowd));

    crowd->by_key = map_new(0); /* a transcript is the user's own: no need for a secret seed */
    return crowd;
}

void crowd_free(struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->seats.count; i++) {
        free(crowd->seats.at[i]->room);
        free(crowd->seats.at[i]->name);
        free(crowd->seats.at[i]);
    }
    vec_release(&crowd->seats);
    map_free(crowd->by_key, NULL);
    free(crowd);
}

static void print_key(struct span room, struct span name, struct buf *key)
{
    buf_add_span(key, room);
    buf_addc(key, ' ');
    buf_add_span(key, name);
}

static struct seat *find(const struct crowd *crowd, struct span room, struct span name)
{
    struct buf key = BUF_INIT(KEY_MAX);
    struct seat *seat;

    print_key(room, name, &key);
    seat = map_get(crowd->by_key, buf_text(&key));
    buf_release(&key);
    return seat;
}

/* *NEW: it had none. */
static struct seat *seat_of(struct crowd *crowd, struct span room, struct span name, bool *new)
{
    struct seat *seat = find(crowd, room, name);
    struct buf key = BUF_INIT(KEY_MAX);

    *new = seat == NULL;
    if (seat != NULL)
        return seat;
    seat = mem_zero(1, sizeof(*seat));
    seat->room = mem_strndup(room.at, room.length);
    seat->name = mem_strndup(name.at, name.length);
    print_key(room, name, &key);
    map_put(crowd->by_key, buf_text(&key), seat);
    vec_push(&crowd->seats, seat);
    buf_release(&key);
    return seat;
}

/* Nobody is in a direct chat but the two. */
static bool is_of_room(const struct transcript_line *line)
{
    return line->room.length != 0 && line->kind >= TRANSCRIPT_TEXT && line->kind <= TRANSCRIPT_KICK;
}

void crowd_foresee(struct crowd *crowd, const struct transcript_line *line)
{
    struct seat *seat;
    bool new;

    if (!is_of_room(line))
        return;
    seat = seat_of(crowd, line->room, line->sender, &new);
    if (new)
        seat->here = line->kind != TRANSCRIPT_JOIN;
    if (line->kind != TRANSCRIPT_KICK)
        return;
    seat = seat_of(crowd, line->room, line->other, &new);
    seat->here |= new;
}

void crowd_play(struct crowd *crowd, const struct transcript_line *line)
{
    struct seat *seat;
    bool new;

    if (!is_of_room(line))
        return;
    seat = seat_of(crowd, line->room, line->sender, &new);
    seat->here = line->kind != TRANSCRIPT_LEAVE;
    if (line->ranked) {
        seat->ranked = true;
        seat->power = line->power;
    }
    if (line->kind == TRANSCRIPT_KICK)
        seat_of(crowd, line->room, line->other, &new)->here = false;
}

int crowd_power(const struct crowd *crowd, struct span room, struct span sender)
{
    const struct seat *seat = find(crowd, room, sender);

    return seat != NULL ? seat->power : 0;
}

bool crowd_is_unranked(const struct crowd *crowd, struct span room)
{
    for (size_t i = 0; i < crowd->seats.count; i++)
        if (crowd->seats.at[i]->ranked && span_is(room, crowd->seats.at[i]->room))
            return false;
    return true;
}

int crowd_each(const struct crowd *crowd, const char *room, int (*each)(void *arg, const char *name), void *arg)
{
    int result = 0;

    for (size_t i = 0; i < crowd->seats.count && result == 0; i++) {
        const struct seat *seat = crowd->seats.at[i];

        if (seat->here && span_is(span_of(room), seat->room))
            result = each(arg, seat->name);
    }
    return result;
}

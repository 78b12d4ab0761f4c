/*
 * What encryption costs: the CPU time that it adds to a message in a room of ten devices, and that it takes to hand a
 * new room key to three hundred. Without the disk, and without the network.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

enum { MESSAGES = 2000, FEW = 10, MANY = 300 };
static const double MESSAGE_MOST_MS = 1, SHARE_MOST_S = 1;

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct pair room_of(int devices)
{
    static char names[MANY][16];
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    for (int i = 1; i < devices; i++) { /* Anna has one already */
        snprintf(names[i], sizeof(names[i]), "D%03d", i);
        client_run(world_add(pair.world, ANNA, names[i], E2EE_SHARE_SIGNED));
    }
    client_sync(pair.bot);
    return pair;
}

/* Each is prepared and sealed; the key is changed every hundred messages, as always. */
static double message_ms(void)
{
    static const char content[] =
        "{\"body\":\"bench press 80x8 @2\\nNext: 82.5 kg x 8, RIR 1-3, rest 2:30\",\"msgtype\":\"m.notice\"}";
    struct pair pair = room_of(FEW);
    struct e2ee_room room = {
        .room_id = ROOM, .users = (const char *const *)pair.world->members.at, .user_count = pair.world->members.count};
    double took = 0;

    for (int i = 0; i < MESSAGES; i++) {
        struct buf sealed = BUF_INIT(65536);
        double begun;

        client_prepare(pair.bot, ROOM);
        client_begin(pair.bot);
        begun = seconds();
        if (e2ee_prepare(pair.bot->machine, &room, pair.world->now_ms, NULL) == E2EE_READY)
            assert_int_equal(
                e2ee_encrypt(pair.bot->machine, ROOM, "m.room.message", span_of(content), span_of(""), &sealed, NULL),
                0);
        took += seconds() - begun;
        client_end(pair.bot, 0);
        assert_true(sealed.length != 0);
        buf_release(&sealed);
    }
    world_free(pair.world);
    return 1000 * took / MESSAGES;
}

/* The sessions are there; a new room key goes to each of them. */
static double share_s(long *requests)
{
    struct pair pair = room_of(MANY);
    double begun, took;

    client_prepare(pair.bot, ROOM);
    client_begin(pair.bot);
    client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
    *requests = -pair.world->requests[E2EE_SEND_TO_DEVICE];
    begun = seconds();
    client_prepare(pair.bot, ROOM);
    took = seconds() - begun;
    *requests += pair.world->requests[E2EE_SEND_TO_DEVICE];
    world_free(pair.world);
    return took;
}

int main(void)
{
    long requests;
    double each_ms = message_ms(), share = share_s(&requests);

    printf("encryption: %.3f ms of CPU a message in a room of %d devices (at most %.0f)\n", each_ms, FEW,
           MESSAGE_MOST_MS);
    printf("encryption: %.3f s of CPU for a room key to %d devices, in %ld requests (at most %.0f)\n", share, MANY,
           requests, SHARE_MOST_S);
    return each_ms < MESSAGE_MOST_MS && share < SHARE_MOST_S ? 0 : 1;
}

/*
 * Anna and the bot in one room.
 */
#include "tests/unit/bot/e2ee/pair.h"

#include <stdlib.h>

struct pair pair_new(enum e2ee_share share)
{
    struct pair pair = {.world = world_new()};

    pair.anna = world_add(pair.world, ANNA, "PHONE", E2EE_SHARE_SIGNED);
    pair.bot = world_add(pair.world, BOT, "BOTDEV", share);
    world_member(pair.world, ANNA);
    world_member(pair.world, BOT);
    world_settle(pair.world);
    return pair;
}

void pair_says(struct client *from, struct client *to, const char *text)
{
    char *event = client_send(from, ROOM, text);

    client_sync(to);
    client_reads(to, event, text);
    free(event);
}

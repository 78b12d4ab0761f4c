/*
 * Anna and the bot in one room.
 */
#include "tests/unit/bot/e2ee/pair.h"

#include <stdlib.h>

#include "bot/e2ee/machine.h"
#include "tests/unit/unit.h"

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

void pair_identity(struct client *bot, struct e2ee_cross *own)
{
    for (int i = 0; i < E2EE_CROSS_SECRETS; i++)
        e2ee_cross_make(own, i);
    client_begin(bot);
    assert_int_equal(e2ee_own_prove(bot->machine, own->public[E2EE_CROSS_MASTER], NULL), 0);
    assert_int_equal(e2ee_cross_keep_signer(bot->machine, own, NULL), 0);
    client_end(bot, 0);
}

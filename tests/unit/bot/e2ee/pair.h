/*
 * Anna and the bot in one room, who have not talked yet.
 */
#ifndef TESTS_UNIT_BOT_E2EE_PAIR_H
#define TESTS_UNIT_BOT_E2EE_PAIR_H

#include "bot/e2ee/cross.h"
#include "tests/unit/bot/e2ee/world.h"

#define ANNA "@anna:example.org"
#define BOT "@spotter:example.org"
#define BEN "@ben:example.org"

struct pair {
    struct world *world;
    struct client *anna, *bot;
};

struct pair pair_new(enum e2ee_share share);
void pair_says(struct client *from, struct client *to, const char *text); /* and is heard */

/* The bot has an identity of its own, whose keys are left in OWN, and keeps the one that signs others. */
void pair_identity(struct client *bot, struct e2ee_cross *own);

#endif

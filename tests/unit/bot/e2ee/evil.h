/*
 * A device made of bare ratchets, which says what a test wants it to say.
 */
#ifndef TESTS_UNIT_BOT_E2EE_EVIL_H
#define TESTS_UNIT_BOT_E2EE_EVIL_H

#include "tests/unit/bot/e2ee/world.h"

#define BOT "@spotter:example.org"
#define ANNA "@anna:example.org"
#define MALLORY "@mallory:example.org"

struct evil {
    struct world *world;
    const char *user, *device;
    struct ratchet_account *account;
    char curve25519[44], ed25519[44];
    struct ratchet_outbound *room_key;
    char session_id[44];
};

void evil_init(struct evil *evil, struct world *world, const char *user, const char *device);
void evil_release(struct evil *evil);
/* The device's keys, signed by itself; CURVE25519 and ED25519 may be others' (NULL: its own). */
char *evil_keys(const struct evil *evil, const char *curve25519, const char *ed25519);
void evil_publish(struct evil *evil, char *keys); /* takes KEYS (NULL: its own); announces */

/* What a payload says; NULL members are the truth. */
struct evil_payload {
    const char *type, *content;
    const char *sender, *recipient, *recipient_ed25519, *ed25519;
    const char *device_keys; /* left out when NULL */
};
/* Puts the Olm message into the inbox of TO, as if SENDER (NULL: itself) had sent it. */
void evil_send(struct evil *evil, struct client *to, const char *sender, struct evil_payload payload);
/* Sends any bytes as a payload. */
void evil_send_raw(struct evil *evil, struct client *to, const char *payload);
char *evil_room_key(const struct evil *evil, const char *room); /* content of m.room_key at the present index */
void evil_share(struct evil *evil, struct client *to, const char *room);
/* Seals PAYLOAD (JSON) with the room key: a whole event. */
char *evil_seal(struct evil *evil, const char *payload);
char *evil_say(struct evil *evil, const char *room, const char *text);

/* The bot, Anna, and Mallory in one room; each has heard of the others. */
struct scene {
    struct world *world;
    struct client *bot, *anna;
    struct evil mallory; /* a member with a device, honest until told otherwise */
};
struct scene scene_new(enum e2ee_share share);
void scene_end(struct scene *scene);
void scene_hears_anna(struct scene *scene); /* nothing that happened keeps Anna from being heard */
size_t scene_room_keys(const struct scene *scene);

#endif

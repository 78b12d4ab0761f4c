/*
 * Cross-signing identities of the world's users, made of bare ratchets.
 */
#include "tests/unit/bot/e2ee/world.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/unit.h"

char *world_signed(const char *object, const char *user, const char *key_id, struct ratchet_account *account)
{
    static const char *const without[] = {"signatures", "unsigned", NULL};
    char curve25519[44], ed25519[44], signature[88];
    struct buf canonical = BUF_INIT(65536), out = BUF_INIT(65536);
    struct json *json = json_parse(span_of(object), NULL);

    assert_non_null(json);
    assert_int_equal(json_canonical(json, without, &canonical, NULL), 0);
    ratchet_account_keys(account, curve25519, ed25519);
    ratchet_account_sign(account, buf_span(&canonical), signature);
    buf_add(&out, object, strlen(object) - 1);
    buf_addf(&out, ",\"signatures\":{\"%s\":{\"ed25519:%s\":\"%s\"}}}", user, key_id != NULL ? key_id : ed25519,
             signature);
    json_free(json);
    buf_release(&canonical);
    return buf_steal(&out);
}

static char *cross_signing_key(const char *user, const char *usage, struct ratchet_account *account)
{
    char curve25519[44], ed25519[44];
    struct buf out = BUF_INIT(65536);

    ratchet_account_keys(account, curve25519, ed25519);
    buf_addf(&out, "{\"keys\":{\"ed25519:%s\":\"%s\"},\"usage\":[\"%s\"],\"user_id\":\"%s\"}", ed25519, ed25519, usage,
             user);
    return buf_steal(&out);
}

struct identity *world_identity(struct world *world, const char *user)
{
    struct identity *identity = NULL;
    char *self_signing;

    for (size_t i = 0; i < world->identities.count; i++)
        if (strcmp(world->identities.at[i].user, user) == 0)
            identity = &world->identities.at[i];
    if (identity == NULL)
        identity = vec_add(&world->identities);
    ratchet_account_free(identity->master);
    ratchet_account_free(identity->self_signing);
    free(identity->master_json);
    free(identity->self_signing_json);
    identity->user = user;
    identity->master = ratchet_account_new();
    identity->self_signing = ratchet_account_new();
    identity->master_json = cross_signing_key(user, "master", identity->master);
    self_signing = cross_signing_key(user, "self_signing", identity->self_signing);
    identity->self_signing_json = world_signed(self_signing, user, NULL, identity->master);
    free(self_signing);
    world_announce(world, user);
    return identity;
}

void world_sign_device(struct world *world, const struct identity *identity, const char *device)
{
    struct published *published = world_published(world, identity->user, device);
    char *bare, *with, *tail;
    struct buf out = BUF_INIT(65536);

    assert_non_null(published);
    with = world_signed(published->keys, identity->user, NULL, identity->self_signing);
    tail = strrchr(with, '{') + 1; /* "ed25519:KEY":"SIGNATURE"}}} */
    bare = mem_strndup(published->keys, strlen(published->keys) - 3);
    buf_addf(&out, "%s,%s", bare, tail);
    free(bare);
    free(with);
    free(published->keys);
    published->keys = buf_steal(&out);
    world_announce(world, identity->user);
}

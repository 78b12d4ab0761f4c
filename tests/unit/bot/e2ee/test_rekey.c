/*
 * Another pickle key: everything opens under it, nothing under the old one, and a failure on the way changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/cross.h"
#include "bot/e2ee/machine.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

static const unsigned char other[32] = "another key of thirty-two bytes!";

static const struct e2ee_store *port_of(const struct client *client)
{
    return memory_store_port(client->store);
}

/* The bot has Olm sessions, room keys of its own and of Anna's, and the key that signs others. */
static struct pair busy_pair(struct e2ee_cross *own)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    pair_identity(pair.bot, own);
    client_run(pair.bot);
    pair_says(pair.anna, pair.bot, "bench 80x8 @1");
    pair_says(pair.bot, pair.anna, "80 kg x 7");
    return pair;
}

static int rekey(struct client *client, const unsigned char *from, const unsigned char *to, struct err *err)
{
    int result;

    e2ee_free(client->machine);
    client->machine = NULL;
    memory_begin(client->store);
    result = e2ee_rekey(port_of(client), from, to, err);
    if (result == 0)
        memory_commit(client->store);
    else
        memory_rollback(client->store);
    return result;
}

static void the_conversation_goes_on_under_the_new_key(void **state)
{
    struct e2ee_cross own = {0};
    struct pair pair = busy_pair(&own);
    char *before = client_send(pair.anna, ROOM, "sealed before, read after");
    struct err err = {0};
    char first[44], again[44];

    (void)state;
    e2ee_fingerprint(pair.bot->machine, first);
    assert_int_equal(e2ee_key_fits(port_of(pair.bot), pair.bot->pickle_key, &err), 1);
    assert_int_equal(e2ee_key_fits(port_of(pair.bot), other, &err), -1);
    assert_int_equal(rekey(pair.bot, pair.bot->pickle_key, other, &err), 0);
    assert_int_equal(e2ee_key_fits(port_of(pair.bot), pair.bot->pickle_key, &err), -1);
    assert_int_equal(e2ee_key_fits(port_of(pair.bot), other, &err), 1);
    memcpy(pair.bot->pickle_key, other, sizeof(other));
    client_restart(pair.bot);
    e2ee_fingerprint(pair.bot->machine, again);
    assert_string_equal(first, again);
    assert_true(e2ee_cross_can_sign(pair.bot->machine));
    client_sync(pair.bot);
    client_reads(pair.bot, before, "sealed before, read after");
    pair_says(pair.bot, pair.anna, "the same room key");
    pair_says(pair.anna, pair.bot, "and hers");
    free(before);
    e2ee_cross_wipe(&own);
    world_free(pair.world);
}

static void a_wrong_key_changes_nothing(void **state)
{
    struct e2ee_cross own = {0};
    struct pair pair = busy_pair(&own);
    struct err err = {0};

    (void)state;
    assert_int_equal(rekey(pair.bot, other, pair.bot->pickle_key, &err), -1);
    assert_int_equal(err.class, ERR_CRYPTO);
    client_restart(pair.bot);
    pair_says(pair.bot, pair.anna, "as before");
    e2ee_cross_wipe(&own);
    world_free(pair.world);
}

static void a_store_that_fails_anywhere_keeps_the_old_key(void **state)
{
    struct e2ee_cross own = {0};
    struct pair pair = busy_pair(&own);
    struct err err = {0};
    long at = 0;

    (void)state;
    do {
        memory_fail_at(pair.bot->store, ++at);
    } while (rekey(pair.bot, pair.bot->pickle_key, other, &err) != 0 &&
             e2ee_key_fits(port_of(pair.bot), pair.bot->pickle_key, &err) == 1);
    memory_fail_at(pair.bot->store, 0);
    assert_true(at > 6); /* two reads and a write each for account and signer, and the sessions */
    assert_int_equal(e2ee_key_fits(port_of(pair.bot), other, &err), 1);
    memcpy(pair.bot->pickle_key, other, sizeof(other));
    client_restart(pair.bot);
    pair_says(pair.bot, pair.anna, "done at last");
    e2ee_cross_wipe(&own);
    world_free(pair.world);
}

static int fits(const struct client *client, const unsigned char *key)
{
    struct err err = {0};

    return e2ee_key_fits(port_of(client), key, &err);
}

static void keep(const struct client *client, const char *name, struct buf *value)
{
    assert_int_equal(port_of(client)->value_get(port_of(client)->self, name, value, NULL), 1);
}

static void put(struct client *client, const char *name, const struct buf *value)
{
    memory_begin(client->store);
    assert_int_equal(port_of(client)->value_put(port_of(client)->self, name, buf_span(value), NULL), 0);
    memory_commit(client->store);
}

/* A store that was restored has no account, and no session of its own: what it reads and signs with tells. */
static void without_an_account_what_is_left_tells(void **state)
{
    struct e2ee_cross own = {0};
    struct pair pair = busy_pair(&own);
    struct client *bot = pair.bot;
    struct buf signer = BUF_INIT(4096), identity = BUF_INIT(4096), none = BUF_INIT(1);

    (void)state;
    e2ee_free(bot->machine);
    bot->machine = NULL;
    keep(bot, "user-signing", &signer);
    keep(bot, "own-identity", &identity);
    memory_clear(bot->store, MEMORY_VALUE);
    assert_int_equal(fits(bot, bot->pickle_key), 1);
    assert_int_equal(fits(bot, other), -1);
    memory_clear(bot->store, MEMORY_INBOUND);
    assert_int_equal(fits(bot, other), 0);
    put(bot, "user-signing", &signer);
    put(bot, "own-identity", &identity);
    assert_int_equal(fits(bot, bot->pickle_key), 1);
    assert_int_equal(fits(bot, other), -1);
    put(bot, "user-signing", &none);
    assert_int_equal(fits(bot, other), 0);
    buf_release(&signer);
    buf_release(&identity);
    buf_release(&none);
    e2ee_cross_wipe(&own);
    world_free(pair.world);
}

/* It would tell of no key any more. */
static void another_identity_leaves_nothing_to_sign_with(void **state)
{
    static const unsigned char seed[CRYPTO_KEY] = "the seed of another identity....";
    struct e2ee_cross own = {0};
    struct pair pair = busy_pair(&own);
    struct client *bot = pair.bot;
    struct buf signer = BUF_INIT(4096);
    char master[CRYPTO_KEY_TEXT];
    struct err err = {0};

    (void)state;
    assert_true(e2ee_cross_can_sign(bot->machine));
    crypto_ed25519_public(seed, master);
    memory_begin(bot->store);
    assert_int_equal(e2ee_own_prove(bot->machine, own.public[E2EE_CROSS_MASTER], &err), 0);
    assert_true(e2ee_cross_can_sign(bot->machine));
    assert_int_equal(e2ee_own_prove(bot->machine, master, &err), 0);
    memory_commit(bot->store);
    assert_false(e2ee_cross_can_sign(bot->machine));
    keep(bot, "user-signing", &signer);
    assert_int_equal(signer.length, 0);
    buf_release(&signer);
    e2ee_cross_wipe(&own);
    world_free(pair.world);
}

static void an_empty_store_fits_any_key(void **state)
{
    struct memory_store *store = memory_store_new();
    struct err err = {0};

    (void)state;
    assert_int_equal(e2ee_key_fits(memory_store_port(store), other, &err), 0);
    memory_begin(store);
    assert_int_equal(e2ee_rekey(memory_store_port(store), other, other, &err), 0);
    memory_commit(store);
    memory_store_free(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_conversation_goes_on_under_the_new_key),
        cmocka_unit_test(a_wrong_key_changes_nothing),
        cmocka_unit_test(a_store_that_fails_anywhere_keeps_the_old_key),
        cmocka_unit_test(without_an_account_what_is_left_tells),
        cmocka_unit_test(another_identity_leaves_nothing_to_sign_with),
        cmocka_unit_test(an_empty_store_fits_any_key),
    };

    return RUN_TESTS(tests);
}

/*
 * What encryption costs, counted in what is dear: operations of the ratchets, keys unsealed and sealed, signatures
 * checked, requests. `make bench` measures the time. The libraries' functions are counted on their way.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/machine.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

enum { FEW = 10, MANY = 300, EACH = 10, MESSAGES = 250 };

static struct {
    int olm_encrypt, olm_create_outbound_session;
    int olm_group_encrypt, olm_init_outbound_group_session;
    int olm_pickle_session, olm_unpickle_session;
    int olm_pickle_outbound_group_session, olm_unpickle_outbound_group_session;
    int olm_pickle_account, olm_unpickle_account;
    int EVP_DigestVerify;
} calls;

#define COUNTED(result, name, parameters, arguments)                                                                   \
    result name parameters;                                                                                            \
    result name parameters                                                                                             \
    {                                                                                                                  \
        void *found = dlsym(RTLD_NEXT, #name);                                                                         \
        result(*real) parameters;                                                                                      \
                                                                                                                       \
        assert_non_null(found);                                                                                        \
        memcpy(&real, &found, sizeof(real));                                                                           \
        calls.name++;                                                                                                  \
        return real arguments;                                                                                         \
    }
#define COUNTED_PICKLE(name)                                                                                           \
    COUNTED(size_t, name, (void *object, const void *key, size_t key_length, void *pickle, size_t length),             \
            (object, key, key_length, pickle, length))

COUNTED(size_t, olm_encrypt,
        (void *session, const void *plain, size_t plain_length, void *random, size_t random_length, void *message,
         size_t length),
        (session, plain, plain_length, random, random_length, message, length))
COUNTED(size_t, olm_create_outbound_session,
        (void *session, const void *account, const void *identity, size_t identity_length, const void *one_time,
         size_t one_time_length, void *random, size_t length),
        (session, account, identity, identity_length, one_time, one_time_length, random, length))
COUNTED(size_t, olm_group_encrypt,
        (void *session, const uint8_t *plain, size_t plain_length, uint8_t *message, size_t length),
        (session, plain, plain_length, message, length))
COUNTED(size_t, olm_init_outbound_group_session, (void *session, uint8_t *random, size_t length),
        (session, random, length))
COUNTED_PICKLE(olm_pickle_session)
COUNTED_PICKLE(olm_unpickle_session)
COUNTED_PICKLE(olm_pickle_outbound_group_session)
COUNTED_PICKLE(olm_unpickle_outbound_group_session)
COUNTED_PICKLE(olm_pickle_account)
COUNTED_PICKLE(olm_unpickle_account)
COUNTED(int, EVP_DigestVerify,
        (void *context, const unsigned char *signature, size_t signature_length, const unsigned char *bytes,
         size_t length),
        (context, signature, signature_length, bytes, length))

/* The bot and DEVICES of others, ten each, with whom it has sessions already. */
static struct pair room_of(int devices)
{
    static char users[MANY / EACH][32], names[EACH][16];
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    memset(&calls, 0, sizeof(calls));
    world_member_gone(pair.world, ANNA);
    for (int i = 0; i < devices; i++) {
        char *user = users[i / EACH], *name = names[i % EACH];

        snprintf(user, sizeof(users[0]), "@u%02d:example.org", i / EACH);
        snprintf(name, sizeof(names[0]), "D%d", i % EACH);
        if (i % EACH == 0)
            world_member(pair.world, user);
        client_run(world_add(pair.world, user, name, E2EE_SHARE_SIGNED));
    }
    client_sync(pair.bot);
    client_prepare(pair.bot, ROOM);
    return pair;
}

/* To get there a session was made with each of DEVICES, by a key whose signature was checked: that was counted. */
static void begin(struct pair *pair, int devices)
{
    assert_int_equal(calls.olm_create_outbound_session, devices);
    assert_true(calls.EVP_DigestVerify > devices);
    memset(&calls, 0, sizeof(calls));
    memset(pair->world->requests, 0, sizeof(pair->world->requests));
}

static long requests(const struct pair *pair)
{
    long all = 0;

    for (int kind = 0; kind < E2EE_REQUEST_KINDS; kind++)
        all += pair->world->requests[kind];
    return all;
}

/* What handing a room key to DEVICES may cost, TIMES over: a message to each by the session that is there, which is
 * read and kept once for it. What is known of the devices is not proven again. */
static void assert_shared(const struct pair *pair, int times, int devices)
{
    const int in_one_request = 250; /* as matrix-rust-sdk sends them */

    assert_int_equal(calls.olm_init_outbound_group_session, times);
    assert_int_equal(calls.olm_encrypt, times * devices);
    assert_int_equal(calls.olm_create_outbound_session, 0);
    assert_in_range(calls.olm_unpickle_session, 0, times * devices);
    assert_in_range(calls.olm_pickle_session, 0, times * devices);
    assert_int_equal(calls.olm_unpickle_account + calls.olm_pickle_account, 0);
    assert_int_equal(calls.EVP_DigestVerify, 0);
    assert_int_equal(pair->world->requests[E2EE_SEND_TO_DEVICE],
                     times * ((devices + in_one_request - 1) / in_one_request));
    assert_int_equal(requests(pair), pair->world->requests[E2EE_SEND_TO_DEVICE]);
}

/* Whoever reads it, a message is sealed once, and the ratchet kept once before it goes out. A key serves for a hundred
 * (the default): the two changes in between are all that goes to the devices. */
static void a_message_costs_one_step_of_the_ratchet(void **state)
{
    struct pair pair = room_of(FEW);

    (void)state;
    begin(&pair, FEW);
    for (int i = 0; i < MESSAGES; i++)
        free(client_send(pair.bot, ROOM, "bench press 80x8 @2"));
    assert_int_equal(calls.olm_group_encrypt, MESSAGES);
    assert_int_equal(calls.olm_unpickle_outbound_group_session, 0);
    assert_in_range(calls.olm_pickle_outbound_group_session, MESSAGES, MESSAGES + 2);
    assert_shared(&pair, 2, FEW);
    world_free(pair.world);
}

static void a_room_key_costs_one_message_a_device(void **state)
{
    struct pair pair = room_of(MANY);

    (void)state;
    client_begin(pair.bot);
    client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
    begin(&pair, MANY);
    client_prepare(pair.bot, ROOM);
    assert_int_equal(calls.olm_group_encrypt, 0);
    assert_in_range(calls.olm_pickle_outbound_group_session, 1, 1);
    assert_shared(&pair, 1, MANY);
    world_free(pair.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_costs_one_step_of_the_ratchet),
        cmocka_unit_test(a_room_key_costs_one_message_a_device),
    };

    return RUN_TESTS(tests);
}

/*
 * Identities that the server replaces, or hides.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/evil.h"
#include "tests/unit/unit.h"

/* CVE-2024-40648 and its kin: until the new identity is accepted none of its owner's devices gets a key, be it because
 * nobody knows which are still theirs; but what holds no secret is for all of them. */
static void changed_identity(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct client *fake;
    char *event;

    (void)state;
    world_sign_device(scene.world, world_identity(scene.world, ANNA), "PHONE");
    client_sync(scene.bot);
    assert_false(e2ee_identity_changed(scene.bot->machine, ANNA));
    fake = world_add(scene.world, ANNA, "FAKE", E2EE_SHARE_SIGNED);
    client_run(fake);
    world_sign_device(scene.world, world_identity(scene.world, ANNA), "FAKE");
    for (int i = 0; i < 2; i++) {
        client_sync(scene.bot);
        assert_true(e2ee_identity_changed(scene.bot->machine, ANNA));
        event = client_send(scene.bot, ROOM, "80 kg");
        client_sync(fake);
        client_parks(fake, event);
        client_sync(scene.anna);
        client_parks(scene.anna, event);
        free(event);
        scene.bot->everyone = true;
        event = client_send(scene.bot, ROOM, "confirm it");
        client_sync(fake);
        client_reads(fake, event, "confirm it");
        client_sync(scene.anna);
        client_reads(scene.anna, event, "confirm it");
        free(event);
        scene.bot->everyone = false;
        client_restart(scene.bot);
    }
    client_begin(scene.bot);
    assert_int_equal(e2ee_identity_accept(scene.bot->machine, ANNA, NULL), 1);
    assert_int_equal(e2ee_identity_accept(scene.bot->machine, ANNA, NULL), 0);
    client_end(scene.bot, 0);
    event = client_send(scene.bot, ROOM, "accepted");
    client_sync(fake);
    client_reads(fake, event, "accepted");
    free(event);
    scene_end(&scene);
}

/* Which devices may speak for a new identity: those that the old one had signed, whatever is shown of them now. */
static void devices_that_are_vouched_for(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct client *fake;
    struct e2ee_plain plain;
    char *event, *fake_event;

    (void)state;
    world_sign_device(scene.world, world_identity(scene.world, ANNA), "PHONE");
    fake = world_add(scene.world, ANNA, "FAKE", E2EE_SHARE_SIGNED);
    client_run(fake);
    client_sync(scene.bot);
    for (int i = 0; i < 3; i++) {
        struct json *json;
        struct identity *identity = world_identity(scene.world, ANNA); /* the second time it is changed, and again */

        if (i == 0)
            world_sign_device(scene.world, identity, "PHONE");
        else
            world_sign_device(scene.world, identity, "FAKE");
        client_sync(scene.bot);
        event = client_send(scene.anna, ROOM, "it is me");
        fake_event = client_send(fake, ROOM, "it is me too");
        client_sync(scene.bot);
        for (int k = 0; k < 2; k++) {
            json = json_parse(span_of(k == 0 ? event : fake_event), NULL);
            client_begin(scene.bot);
            assert_int_equal(e2ee_decrypt(scene.bot->machine, ROOM, json, scene.world->now_ms, &plain, NULL),
                             E2EE_PLAIN);
            client_end(scene.bot, 0);
            assert_true(plain.sender_changed);
            assert_int_equal(plain.sender_device_vouched, k == 0);
            json_free(plain.payload);
            json_free(json);
        }
        free(event);
        free(fake_event);
        client_restart(scene.bot);
    }
    scene_end(&scene);
}

/* A server that hides an identity does not thereby get keys for a device of its own. */
static void hidden_identity(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil planted;
    char *event;
    long claims;

    (void)state;
    world_sign_device(scene.world, world_identity(scene.world, ANNA), "PHONE");
    client_sync(scene.bot);
    scene.world->identities.at[0].user = "@nobody:example.org";
    claims = scene.world->requests[E2EE_KEYS_CLAIM];
    evil_init(&planted, scene.world, ANNA, "PLANTED");
    evil_publish(&planted, NULL);
    client_sync(scene.bot);
    event = client_send(scene.bot, ROOM, "not for the planted one");
    client_run(scene.bot);
    assert_int_equal(scene.world->requests[E2EE_KEYS_CLAIM], claims);
    free(event);
    scene.world->identities.at[0].user = ANNA;
    evil_release(&planted);
    scene_end(&scene);
}

/* It is asked for each message that goes out. */
static void whether_it_changed_is_read_once(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    long before;

    (void)state;
    world_identity(scene.world, ANNA);
    client_sync(scene.bot);
    assert_false(e2ee_identity_changed(scene.bot->machine, ANNA));
    before = memory_calls(scene.bot->store);
    assert_false(e2ee_identity_changed(scene.bot->machine, ANNA));
    assert_int_equal(memory_calls(scene.bot->store), before);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whether_it_changed_is_read_once),
        cmocka_unit_test(changed_identity),
        cmocka_unit_test(devices_that_are_vouched_for),
        cmocka_unit_test(hidden_identity),
    };

    return RUN_TESTS(tests);
}

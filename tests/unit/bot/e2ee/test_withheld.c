/*
 * Keys that are kept from us, as their owners say: who is told what, and how often.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/evil.h"
#include "tests/unit/unit.h"

enum { HOUR_MS = 3600 * 1000 };

static void withhold(struct scene *scene, const char *user, const char *session_id, const char *code)
{
    struct buf event = BUF_INIT(4096);

    buf_addf(&event,
             "{\"type\":\"m.room_key.withheld\",\"sender\":\"%s\",\"content\":{\"algorithm\":\"m.megolm.v1.aes-sha2\","
             "\"room_id\":\"" ROOM "\",\"session_id\":\"%s\",\"sender_key\":\"%s\",\"code\":\"%s\"}}",
             user, session_id, scene->mallory.curve25519, code);
    vec_push(&scene->bot->inbox, buf_steal(&event));
    client_sync(scene->bot);
}

/* "USER ROOM unverified;" for each that is to be told. */
static void expect_told(struct scene *scene, const char *expected)
{
    struct buf told = BUF_INIT(4096);
    char *room, *user;
    bool unverified;

    while (e2ee_next_withheld(scene->bot->machine, &room, &user, &unverified)) {
        buf_addf(&told, "%s %s %s;", user, room, unverified ? "unverified" : "other");
        free(room);
        free(user);
    }
    assert_string_equal(buf_text(&told), expected);
    buf_release(&told);
}

static void whoever_keeps_a_key_is_told_once(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = evil_say(&scene.mallory, ROOM, "80x8"), *second = evil_say(&scene.mallory, ROOM, "80x7");

    (void)state;
    withhold(&scene, MALLORY, scene.mallory.session_id, "m.unverified");
    expect_told(&scene, ""); /* nothing was said yet that can't be read */
    client_restart(scene.bot);
    client_parks(scene.bot, event);
    expect_told(&scene, MALLORY " " ROOM " unverified;");
    client_parks(scene.bot, second);
    withhold(&scene, MALLORY, scene.mallory.session_id, "m.unverified");
    expect_told(&scene, "");
    client_restart(scene.bot);
    client_parks(scene.bot, second);
    expect_told(&scene, "");
    free(event);
    free(second);
    scene_end(&scene);
}

static void the_message_may_come_first(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = evil_say(&scene.mallory, ROOM, "80x8"), *again, *room, *released;

    (void)state;
    client_parks(scene.bot, event);
    expect_told(&scene, "");
    withhold(&scene, MALLORY, scene.mallory.session_id, "m.blacklisted");
    expect_told(&scene, MALLORY " " ROOM " other;");
    /* The key comes after all. */
    free(event);
    again = evil_room_key(&scene.mallory, ROOM);
    event = evil_say(&scene.mallory, ROOM, "80x7");
    client_parks(scene.bot, event);
    evil_send(&scene.mallory, scene.bot, NULL, (struct evil_payload){.type = "m.room_key", .content = again});
    client_sync(scene.bot);
    while (e2ee_next_released(scene.bot->machine, &room, &released)) {
        free(room);
        free(released);
    }
    client_reads(scene.bot, event, "80x7");
    free(event);
    free(again);
    scene_end(&scene);
}

/* A client that makes a session for each message is told once an hour. */
static void not_a_flood(void **state)
{
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);

    (void)state;
    for (int i = 0; i < 30; i++) {
        struct evil phone;
        char *event;

        evil_init(&phone, scene.world, MALLORY, "PHONE");
        withhold(&scene, MALLORY, phone.session_id, "m.unverified");
        event = evil_say(&phone, ROOM, "80x8");
        client_parks(scene.bot, event);
        expect_told(&scene, i == 0 || i == 29 ? MALLORY " " ROOM " unverified;" : "");
        if (i == 28)
            scene.world->now_ms += HOUR_MS;
        free(event);
        evil_release(&phone);
    }
    scene_end(&scene);
}

/* What is known already makes no room for itself. */
static void known_again(void **state)
{
    enum { KEPT_OF_ONE = 20 };
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    struct evil phones[KEPT_OF_ONE];
    char *event;

    (void)state;
    for (int i = 0; i < KEPT_OF_ONE; i++) {
        evil_init(&phones[i], scene.world, MALLORY, "PHONE");
        withhold(&scene, MALLORY, phones[i].session_id, "m.unverified");
    }
    withhold(&scene, MALLORY, phones[KEPT_OF_ONE - 1].session_id, "m.unverified");
    event = evil_say(&phones[0], ROOM, "80x8");
    client_parks(scene.bot, event);
    expect_told(&scene, MALLORY " " ROOM " unverified;");
    free(event);
    for (int i = 0; i < KEPT_OF_ONE; i++)
        evil_release(&phones[i]);
    scene_end(&scene);
}

/* Of others' messages nobody is believed, and what is malformed costs itself. */
static void only_ones_own_messages(void **state)
{
    static const char *const junk[] = {"{}", "{\"code\":7}",
                                       "{\"code\":\"m.unverified\",\"room_id\":[],\"session_id\":\"a\"}",
                                       "{\"code\":\"m.no_olm\",\"sender_key\":\"x\"}", "{\"code\":\"m.no_olm\"}"};
    struct scene scene = scene_new(E2EE_SHARE_SIGNED);
    char *event = evil_say(&scene.mallory, ROOM, "80x8");

    (void)state;
    client_parks(scene.bot, event);
    withhold(&scene, ANNA, scene.mallory.session_id, "m.unverified");
    expect_told(&scene, "");
    for (size_t i = 0; i < ARRAY_LENGTH(junk); i++) {
        struct buf text = BUF_INIT(1024);

        buf_addf(&text, "{\"type\":\"m.room_key.withheld\",\"sender\":\"" MALLORY "\",\"content\":%s}", junk[i]);
        vec_push(&scene.bot->inbox, buf_steal(&text));
        client_sync(scene.bot);
    }
    expect_told(&scene, "");
    scene_hears_anna(&scene);
    free(event);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_keeps_a_key_is_told_once),
        cmocka_unit_test(the_message_may_come_first),
        cmocka_unit_test(not_a_flood),
        cmocka_unit_test(known_again),
        cmocka_unit_test(only_ones_own_messages),
    };

    return RUN_TESTS(tests);
}

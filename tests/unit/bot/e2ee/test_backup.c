/*
 * Room keys on their way to the key backup, and a homeserver that would like them to go elsewhere. (That what is sealed
 * opens is held against other implementations in tests/interop and tests/e2e.)
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

/* RFC 7748, section 6.1: the public keys of Bob and Alice. */
#define OURS "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"
#define THEIRS "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"

enum { HOUR_MS = 3600 * 1000 };

static void use(struct client *bot, const char *version, const char *key)
{
    struct err err = {0};

    client_begin(bot);
    client_end(bot, e2ee_backup_use(bot->machine, version, key, &err));
}

static void world_backup(struct world *world, const char *version, const char *key)
{
    free(world->backup_version);
    free(world->backup_key);
    world->backup_version = mem_strdup(version);
    world->backup_key = mem_strdup(key);
}

/* Anna and the bot have talked, and the bot's keys go to backup 1. */
static struct pair talked(void)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    world_backup(pair.world, "1", OURS);
    use(pair.bot, "1", OURS);
    pair_says(pair.anna, pair.bot, "80x8");
    pair_says(pair.bot, pair.anna, "next: 80x7");
    client_run(pair.bot);
    return pair;
}

static size_t members(const struct json *object)
{
    struct json_cursor cursor = {0};
    const struct json *value;
    const char *key;
    size_t count = 0;

    while (json_next(object, &cursor, &key, &value))
        count++;
    return count;
}

/* Room keys that the server has taken so far, each time counted. */
static size_t taken(const struct world *world)
{
    size_t count = 0;

    for (size_t i = 0; i < world->backed_up.count; i++) {
        struct json_cursor cursor = {0};
        const struct json *room;
        const char *room_id;

        while (json_next(json_get(world->backed_up.at[i], "rooms"), &cursor, &room_id, &room))
            count += members(json_get(room, "sessions"));
    }
    return count;
}

static void keys_go_to_the_backup_once(void **state)
{
    struct pair pair = talked();
    struct json_cursor cursor = {0};
    const struct json *session;
    const char *session_id;
    int64_t number;

    (void)state;
    assert_int_equal(taken(pair.world), 2); /* Anna's and its own */
    assert_true(json_next(json_path(pair.world->backed_up.at[0], "rooms", ROOM, "sessions", NULL), &cursor, &session_id,
                          &session));
    assert_int_equal(strlen(session_id), 43);
    assert_true(json_get_int(session, "first_message_index", &number) && number == 0);
    assert_true(json_get_int(session, "forwarded_count", &number) && number == 0);
    assert_non_null(json_get_text(json_get(session, "session_data"), "ephemeral"));
    assert_int_equal(strlen(json_get_text(json_get(session, "session_data"), "mac")), 11);
    client_restart(pair.bot);
    client_sync(pair.bot);
    pair_says(pair.anna, pair.bot, "80x7");
    assert_int_equal(taken(pair.world), 2);
    assert_int_equal(e2ee_next_due(pair.bot->machine), -1);
    world_free(pair.world);
}

static bool all_verified(const struct world *world)
{
    bool verified = true;

    for (size_t i = 0; i < world->backed_up.count; i++) {
        struct json_cursor cursor = {0};
        const struct json *session;
        const char *session_id;

        while (json_next(json_path(world->backed_up.at[i], "rooms", ROOM, "sessions", NULL), &cursor, &session_id,
                         &session))
            verified = verified && json_get_bool(session, "is_verified", false);
    }
    return verified;
}

static void only_keys_of_signed_devices_are_verified(void **state)
{
    struct pair pair = talked();

    (void)state;
    assert_false(all_verified(pair.world)); /* Anna has no identity */
    world_free(pair.world);
    pair = pair_new(E2EE_SHARE_SIGNED);
    world_sign_device(pair.world, world_identity(pair.world, ANNA), "PHONE");
    world_backup(pair.world, "1", OURS);
    pair_says(pair.anna, pair.bot, "80x8");
    pair_says(pair.bot, pair.anna, "next: 80x7"); /* follows Anna's devices */
    use(pair.bot, "1", OURS);                     /* what came before goes there too */
    client_run(pair.bot);
    assert_int_equal(taken(pair.world), 2);
    assert_true(all_verified(pair.world));
    world_free(pair.world);
}

static void new_room_key(struct pair *pair)
{
    struct err err = {0};

    client_begin(pair->bot);
    client_end(pair->bot, e2ee_rotate(pair->bot->machine, ROOM, &err));
    pair_says(pair->bot, pair->anna, "next: 80x6");
    for (int i = 0; i < 10; i++) {
        pair->world->now_ms += HOUR_MS;
        client_run(pair->bot);
    }
}

static void a_newer_backup_with_our_key_gets_all(void **state)
{
    struct pair pair = talked();

    (void)state;
    world_backup(pair.world, "2", OURS);
    new_room_key(&pair);
    assert_int_equal(taken(pair.world), 2 + 3);
    assert_int_equal(pair.world->requests[E2EE_BACKUP_VERSION], 1);
    world_free(pair.world);
}

/* Malicious backup: the server, or whoever has the password, makes one whose key they know. */
static void a_newer_backup_with_another_key_gets_nothing(void **state)
{
    struct pair pair = talked();
    long asked;

    (void)state;
    world_backup(pair.world, "2", THEIRS);
    new_room_key(&pair);
    assert_int_equal(taken(pair.world), 2);
    asked = pair.world->requests[E2EE_BACKUP_KEYS];
    client_restart(pair.bot);
    new_room_key(&pair);
    assert_int_equal(pair.world->requests[E2EE_BACKUP_KEYS], asked); /* it has stopped for good */
    world_backup(pair.world, "3", OURS);
    use(pair.bot, "3", OURS); /* until the operator has it verified again */
    client_run(pair.bot);
    assert_int_equal(taken(pair.world), 2 + 4);
    world_free(pair.world);
}

static void a_version_that_is_shown_with_another_key_is_not_ours(void **state)
{
    static const char *const lies[] = {
        "{\"version\":\"1\",\"auth_data\":{\"public_key\":\"" THEIRS "\"}}",
        "{\"version\":\"2\",\"auth_data\":{\"public_key\":null}}",
        "{\"version\":\"2/keys?x=\",\"auth_data\":{\"public_key\":\"" OURS "\"}}",
        "{\"version\":2,\"auth_data\":{\"public_key\":\"" OURS "\"}}",
        "{}",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(lies); i++) {
        struct pair pair = talked();

        world_backup(pair.world, "9", OURS);
        pair.world->lie[E2EE_BACKUP_VERSION] = mem_strdup(lies[i]);
        new_room_key(&pair);
        assert_int_equal(taken(pair.world), 2);
        world_free(pair.world);
    }
}

static void a_deleted_backup_stops(void **state)
{
    struct pair pair = talked();

    (void)state;
    free(pair.world->backup_version);
    pair.world->backup_version = NULL;
    new_room_key(&pair);
    assert_int_equal(pair.world->requests[E2EE_BACKUP_VERSION], 1);
    assert_int_equal(taken(pair.world), 2);
    world_free(pair.world);
}

static size_t waiting(struct client *bot)
{
    struct e2ee_backup_state backup;

    assert_int_equal(e2ee_backup_state(bot->machine, &backup, NULL), 0);
    assert_string_equal(backup.version, "1");
    assert_false(backup.stopped);
    return backup.waiting;
}

static void a_server_in_trouble_is_asked_again(void **state)
{
    struct pair pair = talked();

    (void)state;
    pair.world->status[E2EE_BACKUP_KEYS] = 500;
    new_room_key(&pair);
    assert_int_equal(taken(pair.world), 2);
    assert_int_equal(waiting(pair.bot), 1);
    pair.world->status[E2EE_BACKUP_KEYS] = 0;
    pair.world->now_ms += HOUR_MS;
    client_run(pair.bot);
    assert_int_equal(taken(pair.world), 3);
    assert_int_equal(waiting(pair.bot), 0);
    assert_int_equal(pair.world->requests[E2EE_BACKUP_VERSION], 0);
    world_free(pair.world);
}

static void a_backup_is_named_as_servers_do_or_not_used(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    (void)state;
    use(pair.bot, "1&x=/../", OURS);
    use(pair.bot, "", OURS);
    use(pair.bot, "1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    pair_says(pair.bot, pair.anna, "next: 80x7");
    client_run(pair.bot);
    assert_int_equal(pair.world->requests[E2EE_BACKUP_KEYS], 0);
    world_free(pair.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_go_to_the_backup_once),
        cmocka_unit_test(only_keys_of_signed_devices_are_verified),
        cmocka_unit_test(a_newer_backup_with_our_key_gets_all),
        cmocka_unit_test(a_newer_backup_with_another_key_gets_nothing),
        cmocka_unit_test(a_version_that_is_shown_with_another_key_is_not_ours),
        cmocka_unit_test(a_deleted_backup_stops),
        cmocka_unit_test(a_server_in_trouble_is_asked_again),
        cmocka_unit_test(a_backup_is_named_as_servers_do_or_not_used),
    };

    return RUN_TESTS(tests);
}

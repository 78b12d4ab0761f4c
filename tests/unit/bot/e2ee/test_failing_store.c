/*
 * The store fails at the N-th call, for each N until none is left: after rollback and reload the machine is as if the
 * call had not been made, no message is lost, and no ratchet index is used twice.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/world.h"
#include "tests/unit/unit.h"

#define BOT "@spotter:example.org"
#define ANNA "@anna:example.org"

enum { TRIES = 40, QUIET_MS = 1100 /* after a reload requests wait for a second */ };

struct talk {
    struct world *world;
    struct client *bot, *anna;
};

static void run(struct talk *talk)
{
    client_run(talk->bot);
    talk->world->now_ms += QUIET_MS;
    client_run(talk->bot);
}

static void hear(struct talk *talk, const char *event)
{
    char *room_id, *released = NULL;
    enum e2ee_verdict verdict = E2EE_FAILED;

    for (int i = 0; client_try_sync(talk->bot) != 0; i++)
        assert_true(i < TRIES);
    for (int i = 0; verdict != E2EE_PLAIN; i++) {
        assert_true(i < TRIES);
        verdict = client_open(talk->bot, ROOM, event, NULL);
        assert_int_not_equal(verdict, E2EE_REFUSED);
        if (verdict == E2EE_PARKED)
            run(talk);
        while (e2ee_next_released(talk->bot->machine, &room_id, &released)) {
            free(room_id);
            free(released);
        }
    }
}

/* The sealed event, or NULL when the store failed and the whole must be tried again. */
static char *try_say(struct talk *talk, const char *text)
{
    struct buf content = BUF_INIT(65536), body = BUF_INIT(1024), event = BUF_INIT(65536);
    int rc;

    for (int i = 0; client_try_prepare(talk->bot, ROOM) != E2EE_READY; i++) {
        assert_true(i < TRIES);
        run(talk);
    }
    buf_addf(&body, "{\"body\":\"%s\",\"msgtype\":\"m.text\"}", text);
    client_begin(talk->bot);
    rc = e2ee_encrypt(talk->bot->machine, ROOM, "m.room.message", buf_span(&body), span_of(""), &content, NULL);
    client_end(talk->bot, rc);
    if (rc == 0)
        buf_addf(&event,
                 "{\"type\":\"m.room.encrypted\",\"event_id\":\"$b%ld\",\"sender\":\"" BOT
                 "\",\"origin_server_ts\":1,\"content\":%s}",
                 ++talk->world->next_event, buf_text(&content));
    buf_release(&content);
    buf_release(&body);
    if (rc == 0)
        return buf_steal(&event);
    return NULL;
}

static void say(struct talk *talk, const char *text)
{
    char *event = NULL;

    for (int i = 0; event == NULL; i++) {
        assert_true(i < TRIES);
        event = try_say(talk, text);
    }
    run(talk);
    client_sync(talk->anna);
    client_reads(talk->anna, event, text);
    free(event);
}

/* First contact both ways, a new device, a rotation. Returns whether the failure came to pass. */
static bool talk_with_failure_at(long n)
{
    struct talk talk = {.world = world_new()};
    struct client *laptop;
    char *event;
    bool failed;

    talk.anna = world_add(talk.world, ANNA, "PHONE", E2EE_SHARE_SIGNED);
    talk.bot = world_add(talk.world, BOT, "BOTDEV", E2EE_SHARE_SIGNED);
    world_member(talk.world, ANNA);
    world_member(talk.world, BOT);
    memory_fail_at(talk.bot->store, n);
    run(&talk);
    run(&talk);
    client_run(talk.anna);
    event = client_send(talk.anna, ROOM, "bench 80x8 @1");
    hear(&talk, event);
    say(&talk, "one");
    say(&talk, "two");
    laptop = world_add(talk.world, ANNA, "LAPTOP", E2EE_SHARE_SIGNED);
    client_run(laptop);
    hear(&talk, event);
    say(&talk, "three");
    world_log_out(talk.world, ANNA, "LAPTOP");
    hear(&talk, event);
    say(&talk, "four");
    failed = memory_failed(talk.bot->store);
    assert_int_equal(memory_count(talk.bot->store, MEMORY_REQUEST), 0);
    assert_int_equal(world_published(talk.world, BOT, "BOTDEV")->one_time_ids.count, 50);
    free(event);
    world_free(talk.world);
    return failed;
}

static void fails_at_each_call(void **state)
{
    long n = 1;

    (void)state;
    while (talk_with_failure_at(n))
        n++;
    assert_in_range(n, 100, 2000); /* it was really called */
}

/* Making the machine fails too: nothing is left behind, and the next try works. */
static void making_fails_at_each_call(void **state)
{
    static const unsigned char key[32] = "another key of thirty-two bytes";
    struct err err;
    long n = 1;

    (void)state;
    for (bool failed = true; failed; n++) {
        struct memory_store *store = memory_store_new();
        struct e2ee_options options = {BOT, "BOTDEV", key, E2EE_SHARE_SIGNED, memory_store_port(store), false};
        struct e2ee *machine;

        memory_fail_at(store, n);
        memory_begin(store);
        machine = e2ee_new(&options, 1, &err);
        failed = memory_failed(store);
        assert_int_equal(machine == NULL, failed);
        if (failed) {
            assert_int_equal(err.class, ERR_STORE);
            memory_rollback(store);
            memory_begin(store);
            machine = e2ee_new(&options, 1, &err);
            assert_non_null(machine);
        }
        memory_commit(store);
        e2ee_free(machine);
        memory_store_free(store);
    }
    assert_in_range(n, 5, 100);
}

/* A reload that fails leaves a machine that refuses everything until one works. */
static void failed_reload(void **state)
{
    struct world *world = world_new();
    struct client *bot = world_add(world, BOT, "BOTDEV", E2EE_SHARE_SIGNED);
    struct e2ee_room room = {.room_id = ROOM};
    struct e2ee_sync sync = {.now_ms = world->now_ms};
    const struct e2ee_request *request = e2ee_next_request(bot->machine, world->now_ms);
    struct buf out = BUF_INIT(1024);
    struct e2ee_plain plain;
    struct err err;

    (void)state;
    assert_non_null(request);
    memory_fail_at(bot->store, 1);
    client_begin(bot);
    assert_int_equal(e2ee_reload(bot->machine, world->now_ms, &err), -1);
    assert_int_equal(err.class, ERR_STORE);
    assert_int_equal(e2ee_receive_sync(bot->machine, &sync, &err), -1);
    assert_int_equal(e2ee_devices_outdated(bot->machine, &err), -1);
    assert_int_equal(e2ee_decrypt(bot->machine, ROOM, NULL, world->now_ms, &plain, &err), E2EE_FAILED);
    assert_int_equal(e2ee_prepare(bot->machine, &room, world->now_ms, &err), E2EE_NOT);
    assert_int_equal(e2ee_encrypt(bot->machine, ROOM, "t", span_of("{}"), span_of(""), &out, &err), -1);
    assert_int_equal(e2ee_rotate(bot->machine, ROOM, &err), -1);
    assert_int_equal(e2ee_identity_accept(bot->machine, ANNA, &err), -1);
    assert_false(e2ee_identity_changed(bot->machine, ANNA));
    assert_null(e2ee_next_request(bot->machine, world->now_ms));
    assert_int_equal(e2ee_next_due(bot->machine), -1);
    assert_non_null(request->path);                                                                    /* still lent */
    assert_int_equal(e2ee_request_done(bot->machine, request->id, 200, NULL, world->now_ms, &err), 0); /* an orphan's */
    memory_rollback(bot->store);
    client_begin(bot);
    assert_int_equal(e2ee_reload(bot->machine, world->now_ms, &err), 0);
    client_end(bot, 0);
    world->now_ms += QUIET_MS;
    client_run(bot);
    assert_non_null(world_published(world, BOT, "BOTDEV"));
    buf_release(&out);
    world_free(world);
}

static void refuses_anothers_store(void **state)
{
    static const unsigned char key[32] = "the key of this very store 12345", wrong[32] = "not the key";
    struct memory_store *store = memory_store_new();
    struct e2ee_options options = {BOT, "BOTDEV", key, E2EE_SHARE_SIGNED, memory_store_port(store), false};
    struct e2ee *machine;
    struct err err = {0};
    char first[44], again[44];

    (void)state;
    memory_begin(store);
    machine = e2ee_new(&options, 1, &err);
    e2ee_fingerprint(machine, first);
    e2ee_free(machine);
    options.pickle_key = wrong;
    assert_null(e2ee_new(&options, 1, &err));
    assert_true(err.text[0] != '\0');
    options.pickle_key = key;
    options.device_id = "OTHER";
    assert_null(e2ee_new(&options, 1, &err));
    assert_int_equal(err.class, ERR_CONFIG);
    options.device_id = "BOTDEV";
    machine = e2ee_new(&options, 1, &err);
    e2ee_fingerprint(machine, again);
    assert_string_equal(first, again);
    memory_commit(store);
    e2ee_free(machine);
    memory_store_free(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fails_at_each_call),
        cmocka_unit_test(making_fails_at_each_call),
        cmocka_unit_test(failed_reload),
        cmocka_unit_test(refuses_anothers_store),
    };

    return RUN_TESTS(tests);
}

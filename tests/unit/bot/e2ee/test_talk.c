/*
 * Machines that talk through a server: keys published, shared, rotated; devices that come and go; restarts; what goes
 * wrong without an attacker.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

enum { HOUR_MS = 3600 * 1000 };

static void converses_both_ways(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    (void)state;
    for (int i = 0; i < 10; i++) {
        pair_says(pair.anna, pair.bot, "bench 80x8 @1");
        pair_says(pair.bot, pair.anna, "80 kg x 7");
    }
    world_free(pair.world);
}

static void sealing_costs_one_write(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    long calls;
    char *event;

    (void)state;
    pair_says(pair.bot, pair.anna, "first");
    calls = memory_calls(pair.bot->store);
    event = client_send(pair.bot, ROOM, "second");
    assert_int_equal(memory_calls(pair.bot->store) - calls, 1);
    client_sync(pair.anna);
    calls = memory_calls(pair.anna->store);
    client_reads(pair.anna, event, "second");
    assert_true(memory_calls(pair.anna->store) - calls <= 3);
    free(event);
    world_free(pair.world);
}

static void new_device_reads_from_the_next_message(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *laptop;
    char *before, *after;

    (void)state;
    before = client_send(pair.bot, ROOM, "before");
    laptop = world_add(pair.world, ANNA, "LAPTOP", E2EE_SHARE_SIGNED);
    client_run(laptop);
    client_sync(pair.bot);
    after = client_send(pair.bot, ROOM, "after");
    client_sync(laptop);
    client_reads(laptop, after, "after");
    client_refuses(laptop, before); /* it was given the key from its own first message on */
    pair_says(laptop, pair.bot, "from the laptop");
    free(before);
    free(after);
    world_free(pair.world);
}

static void change_during_a_query_is_asked_again(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    const struct e2ee_request *query;
    struct json *stale;
    struct client *laptop;
    char *event;

    (void)state;
    client_prepare(pair.bot, ROOM);
    world_announce(pair.world, ANNA);
    assert_int_equal(client_try_sync(pair.bot), 0);
    query = e2ee_next_request(pair.bot->machine, pair.world->now_ms);
    assert_non_null(query);
    assert_int_equal(query->kind, E2EE_KEYS_QUERY);
    stale = json_parse(span_of("{\"device_keys\":{\"" ANNA "\":{}}}"), NULL); /* made before the laptop came */
    laptop = world_add(pair.world, ANNA, "LAPTOP", E2EE_SHARE_SIGNED);
    client_run(laptop);
    assert_int_equal(client_try_sync(pair.bot), 0);
    client_begin(pair.bot);
    client_end(pair.bot, e2ee_request_done(pair.bot->machine, query->id, 200, stale, pair.world->now_ms, NULL));
    json_free(stale);
    event = client_send(pair.bot, ROOM, "to both");
    client_sync(laptop);
    client_reads(laptop, event, "to both");
    free(event);
    world_free(pair.world);
}

static bool same_session(const char *a, const char *b)
{
    char *left = world_session_of(a), *right = world_session_of(b);
    bool same = strcmp(left, right) == 0;

    free(left);
    free(right);
    return same;
}

static void removed_device_gets_no_later_message(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *laptop = world_add(pair.world, ANNA, "LAPTOP", E2EE_SHARE_SIGNED);
    char *before, *after;

    (void)state;
    world_settle(pair.world);
    before = client_send(pair.bot, ROOM, "before");
    world_log_out(pair.world, ANNA, "LAPTOP");
    client_sync(pair.bot);
    after = client_send(pair.bot, ROOM, "after");
    assert_false(same_session(before, after));
    client_sync(laptop);
    client_reads(laptop, before, "before");
    client_parks(laptop, after);
    client_sync(pair.anna);
    client_reads(pair.anna, after, "after");
    free(before);
    free(after);
    world_free(pair.world);
}

static void leaving_user_rotates(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *ben = world_add(pair.world, BEN, "BENDEV", E2EE_SHARE_SIGNED);
    char *before, *after, *told;

    (void)state;
    world_member(pair.world, BEN);
    world_settle(pair.world);
    before = client_send(pair.bot, ROOM, "before");
    client_sync(ben);
    client_reads(ben, before, "before");
    world_member_gone(pair.world, BEN);
    after = client_send(pair.bot, ROOM, "after"); /* even if nobody said that the key must go */
    assert_false(same_session(before, after));
    client_sync(ben);
    client_parks(ben, after);
    client_begin(pair.bot);
    client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
    told = client_send(pair.bot, ROOM, "told");
    assert_false(same_session(after, told));
    free(before);
    free(after);
    free(told);
    world_free(pair.world);
}

static void rotates_by_messages_and_age(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    char *first = client_send(pair.bot, ROOM, "1"), *event = NULL;

    (void)state;
    for (int i = 2; i <= 100; i++) {
        free(event);
        event = client_send(pair.bot, ROOM, "more");
    }
    assert_true(same_session(first, event));
    free(first);
    first = client_send(pair.bot, ROOM, "101");
    assert_false(same_session(first, event));
    pair.world->now_ms += 7LL * 24 * HOUR_MS - 1;
    free(event);
    event = client_send(pair.bot, ROOM, "within the week");
    assert_true(same_session(first, event));
    pair.world->now_ms += 1;
    free(event);
    event = client_send(pair.bot, ROOM, "a week old");
    assert_false(same_session(first, event));
    free(first);
    free(event);
    world_free(pair.world);
}

static void share_policy(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *laptop = world_add(pair.world, ANNA, "LAPTOP", E2EE_SHARE_SIGNED);
    struct identity *identity;
    char *event;

    (void)state;
    world_settle(pair.world);
    event = client_send(pair.bot, ROOM, "no identity: to all");
    client_sync(laptop);
    client_reads(laptop, event, "no identity: to all");
    free(event);
    identity = world_identity(pair.world, ANNA);
    world_sign_device(pair.world, identity, "PHONE");
    client_sync(pair.bot);
    event = client_send(pair.bot, ROOM, "signed alone");
    assert_int_equal(laptop->inbox.count, 1);
    assert_non_null(strstr(laptop->inbox.at[0], "m.room_key.withheld"));
    assert_non_null(strstr(laptop->inbox.at[0], "\"m.unverified\""));
    client_sync(laptop);
    client_parks(laptop, event);
    client_sync(pair.anna);
    client_reads(pair.anna, event, "signed alone");
    free(event);
    client_restart(pair.bot);
    event = client_send(pair.bot, ROOM, "told once");
    client_run(pair.bot);
    assert_int_equal(laptop->inbox.count, 0);
    free(event);
    world_sign_device(pair.world, identity, "LAPTOP");
    client_sync(pair.bot);
    event = client_send(pair.bot, ROOM, "signed now");
    client_sync(laptop);
    client_reads(laptop, event, "signed now");
    free(event);
    world_free(pair.world);
}

static void strict_and_all(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_STRICT);
    struct client *all = world_add(pair.world, BEN, "BENDEV", E2EE_SHARE_ALL);
    struct identity *identity;
    char *event;

    (void)state;
    world_member(pair.world, BEN);
    world_settle(pair.world);
    event = client_send(pair.bot, ROOM, "to nobody");
    client_sync(pair.anna);
    client_parks(pair.anna, event);
    free(event);
    identity = world_identity(pair.world, ANNA);
    client_sync(all);
    event = client_send(all, ROOM, "to the unsigned too");
    client_sync(pair.anna);
    client_reads(pair.anna, event, "to the unsigned too");
    free(event);
    world_sign_device(pair.world, identity, "PHONE");
    client_sync(pair.bot);
    event = client_send(pair.bot, ROOM, "to the signed");
    client_sync(pair.anna);
    client_reads(pair.anna, event, "to the signed");
    free(event);
    world_free(pair.world);
}

static void trust_is_told(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct e2ee_plain plain;
    struct json *json;
    char *event;

    (void)state;
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        if (is_signed)
            world_sign_device(pair.world, world_identity(pair.world, ANNA), "PHONE");
        world_settle(pair.world);
        event = client_send(pair.anna, ROOM, "who am I");
        client_sync(pair.bot);
        json = json_parse(span_of(event), NULL);
        client_begin(pair.bot);
        assert_int_equal(e2ee_decrypt(pair.bot->machine, ROOM, json, pair.world->now_ms, &plain, NULL), E2EE_PLAIN);
        client_end(pair.bot, 0);
        assert_int_equal(plain.sender_device_trusted, is_signed);
        json_free(plain.payload);
        json_free(json);
        free(event);
    }
    world_free(pair.world);
}

static void early_events_are_parked_and_released_in_order(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    char *first, *second, *room_id, *event;

    (void)state;
    first = client_send(pair.anna, ROOM, "first");
    second = client_send(pair.anna, ROOM, "second");
    client_parks(pair.bot, first);
    pair.world->now_ms++;
    client_parks(pair.bot, second);
    client_restart(pair.bot);
    assert_false(e2ee_next_released(pair.bot->machine, &room_id, &event));
    client_sync(pair.bot);
    for (int i = 0; i < 2; i++) {
        assert_true(e2ee_next_released(pair.bot->machine, &room_id, &event));
        assert_string_equal(room_id, ROOM);
        client_reads(pair.bot, event, i == 0 ? "first" : "second");
        free(room_id);
        free(event);
    }
    assert_false(e2ee_next_released(pair.bot->machine, &room_id, &event));
    assert_int_equal(memory_count(pair.bot->store, MEMORY_PARKED), 0);
    free(first);
    free(second);
    world_free(pair.world);
}

static void parked_are_capped_and_expire(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct buf event = BUF_INIT(4096);

    (void)state;
    for (int i = 0; i < 1010; i++) {
        buf_clear(&event);
        buf_addf(&event,
                 "{\"event_id\":\"$p%d\",\"sender\":\"" ANNA "\",\"origin_server_ts\":1,\"content\":{\"algorithm\":"
                 "\"m.megolm.v1.aes-sha2\",\"session_id\":\"s%d\",\"ciphertext\":\"x\"}}",
                 i, i);
        client_parks(pair.bot, buf_text(&event));
    }
    assert_int_equal(memory_count(pair.bot->store, MEMORY_PARKED), 1000);
    pair.world->now_ms += 8LL * 24 * HOUR_MS;
    buf_clear(&event);
    buf_adds(&event,
             "{\"event_id\":\"$late\",\"sender\":\"" ANNA "\",\"origin_server_ts\":1,\"content\":{\"algorithm\":"
             "\"m.megolm.v1.aes-sha2\",\"session_id\":\"s\",\"ciphertext\":\"x\"}}");
    client_parks(pair.bot, buf_text(&event));
    assert_int_equal(memory_count(pair.bot->store, MEMORY_PARKED), 1);
    buf_release(&event);
    world_free(pair.world);
}

/* The sender is not followed when its first message comes: the list is asked for, and the event waits for it. */
static void event_of_an_unknown_device_waits_for_the_list(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    char *sent, *room_id, *event;

    (void)state;
    sent = client_send(pair.anna, ROOM, "hello");
    pair.bot->stopped = true;
    assert_int_equal(client_try_sync(pair.bot), 0);
    client_parks(pair.bot, sent);
    client_restart(pair.bot);
    pair.bot->stopped = false;
    client_run(pair.bot);
    assert_true(e2ee_next_released(pair.bot->machine, &room_id, &event));
    client_reads(pair.bot, event, "hello");
    free(room_id);
    free(event);
    free(sent);
    world_free(pair.world);
}

static void failing_server_of_one_user_blocks_nobody(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);

    (void)state;
    world_member(pair.world, "@far:elsewhere.example");
    pair.world->failing_user = "@far:elsewhere.example";
    pair_says(pair.bot, pair.anna, "without the far one");
    /* And where no answer comes at all, a message waits for 20 s. */
    world_member(pair.world, "@silent:elsewhere.example");
    assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
    assert_int_equal(e2ee_next_request(pair.bot->machine, pair.world->now_ms)->kind, E2EE_KEYS_QUERY);
    pair.world->now_ms += 19 * 1000;
    assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
    pair.world->now_ms += 1000;
    pair_says(pair.bot, pair.anna, "on it goes");
    world_free(pair.world);
}

enum { AWAY = -1 }; /* no answer from our own server */

/* Without her device list Anna could not read what is sent: it waits for as long as it takes. */
static void own_server_away_or_patient_costs_delay_alone(void **state)
{
    static const int statuses[] = {AWAY, 429};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++) {
        struct pair pair = pair_new(E2EE_SHARE_SIGNED);

        pair.world->status[E2EE_KEYS_QUERY] = statuses[i];
        for (int quarter_minute = 0; quarter_minute < 40; quarter_minute++) {
            assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
            client_run(pair.bot);
            pair.world->now_ms += 15 * 1000;
        }
        pair.world->status[E2EE_KEYS_QUERY] = 0;
        pair.world->status[E2EE_KEYS_CLAIM] = statuses[i];
        client_run(pair.bot);
        for (int quarter_minute = 0; quarter_minute < 40; quarter_minute++) {
            assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
            client_run(pair.bot);
            pair.world->now_ms += 15 * 1000;
        }
        pair.world->status[E2EE_KEYS_CLAIM] = 0;
        client_run(pair.bot);
        pair_says(pair.bot, pair.anna, "delayed");
        world_free(pair.world);
    }
}

/* One of them makes our server fail each time that it is asked for: the others are served within minutes. */
static void user_at_whom_the_server_fails_costs_the_others_no_key(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    int tries = 0;

    (void)state;
    world_member(pair.world, "@poison:example.org");
    pair.world->poison_user = "@poison:example.org";
    while (client_try_prepare(pair.bot, ROOM) != E2EE_READY) {
        assert_true(++tries <= 20);
        client_run(pair.bot);
        pair.world->now_ms += 15 * 1000;
    }
    pair_says(pair.bot, pair.anna, "to all but one");
    world_free(pair.world);
}

static void waits_until_keys_are_accepted(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct buf out = BUF_INIT(65536);

    (void)state;
    pair.world->status[E2EE_SEND_TO_DEVICE] = 500;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
        client_run(pair.bot);
        pair.world->now_ms += 10 * 1000;
    }
    client_restart(pair.bot); /* remembered */
    assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
    client_begin(pair.bot);
    assert_int_equal(e2ee_encrypt(pair.bot->machine, ROOM, "t", span_of("{}"), span_of(""), &out, NULL), -1);
    memory_commit(pair.bot->store);
    pair.world->status[E2EE_SEND_TO_DEVICE] = 0;
    pair.world->now_ms += HOUR_MS;
    pair_says(pair.bot, pair.anna, "at last");
    assert_int_equal(memory_count(pair.bot->store, MEMORY_REQUEST), 0);
    buf_release(&out);
    world_free(pair.world);
}

static void restarts_at_every_point(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    char *event;

    (void)state;
    for (int i = 0; i < 3; i++) {
        client_restart(pair.bot);
        while (client_try_prepare(pair.bot, ROOM) != E2EE_READY) {
            client_restart(pair.bot);
            (void)client_try_prepare(pair.bot, ROOM);
            client_run(pair.bot);
            client_restart(pair.bot);
        }
        event = client_seal(pair.bot, ROOM, "out");
        client_restart(pair.anna);
        client_sync(pair.anna);
        client_restart(pair.anna);
        client_reads(pair.anna, event, "out");
        free(event);
        event = client_send(pair.anna, ROOM, "in");
        client_restart(pair.bot);
        client_sync(pair.bot);
        client_restart(pair.bot);
        client_reads(pair.bot, event, "in");
        free(event);
    }
    world_free(pair.world);
}

static void own_messages_can_be_read(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    char *event = client_send(pair.bot, ROOM, "mine");

    (void)state;
    client_reads(pair.bot, event, "mine");
    free(event);
    world_free(pair.world);
}

static void large_room_in_few_requests(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    static char names[300][16];
    char *event;

    (void)state;
    for (int i = 0; i < 300; i++) {
        snprintf(names[i], sizeof(names[i]), "D%03d", i);
        world_add(pair.world, ANNA, names[i], E2EE_SHARE_SIGNED);
        client_run(pair.world->clients.at[pair.world->clients.count - 1]);
    }
    client_sync(pair.bot);
    event = client_send(pair.bot, ROOM, "to 301 devices");
    assert_int_equal(pair.world->requests[E2EE_SEND_TO_DEVICE], 2);
    for (size_t i = 2; i < pair.world->clients.count; i++) {
        assert_int_equal(client_try_sync(pair.world->clients.at[i]), 0);
        client_parks(pair.world->clients.at[i], event); /* the bot's list has not been asked for yet */
    }
    client_run(pair.world->clients.at[300]);
    client_reads(pair.world->clients.at[300], event, "to 301 devices");
    free(event);
    world_free(pair.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(converses_both_ways),
        cmocka_unit_test(sealing_costs_one_write),
        cmocka_unit_test(new_device_reads_from_the_next_message),
        cmocka_unit_test(change_during_a_query_is_asked_again),
        cmocka_unit_test(removed_device_gets_no_later_message),
        cmocka_unit_test(leaving_user_rotates),
        cmocka_unit_test(rotates_by_messages_and_age),
        cmocka_unit_test(share_policy),
        cmocka_unit_test(strict_and_all),
        cmocka_unit_test(trust_is_told),
        cmocka_unit_test(early_events_are_parked_and_released_in_order),
        cmocka_unit_test(parked_are_capped_and_expire),
        cmocka_unit_test(event_of_an_unknown_device_waits_for_the_list),
        cmocka_unit_test(failing_server_of_one_user_blocks_nobody),
        cmocka_unit_test(own_server_away_or_patient_costs_delay_alone),
        cmocka_unit_test(user_at_whom_the_server_fails_costs_the_others_no_key),
        cmocka_unit_test(waits_until_keys_are_accepted),
        cmocka_unit_test(restarts_at_every_point),
        cmocka_unit_test(own_messages_can_be_read),
        cmocka_unit_test(large_room_in_few_requests),
    };

    return RUN_TESTS(tests);
}

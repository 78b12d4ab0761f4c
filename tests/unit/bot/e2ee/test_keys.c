/*
 * Keys: the account's own on the server, those of others when they are claimed, and sessions that broke.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/machine.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

enum { HOUR_MS = 3600 * 1000 };

static void publishes_keys_that_are_signed_and_enough(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct published *bot = world_published(pair.world, BOT, "BOTDEV");

    (void)state;
    assert_non_null(bot);
    assert_int_equal(bot->one_time_ids.count, 50); /* half of what libolm holds, as others do */
    assert_non_null(bot->fallback_key);
    assert_int_equal(pair.world->requests[E2EE_KEYS_UPLOAD], 2);
    world_free(pair.world);
}

static void fallback_key_serves_when_one_time_keys_are_gone(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct published *bot = world_published(pair.world, BOT, "BOTDEV");
    struct client *ben = world_add(pair.world, BEN, "BENDEV", E2EE_SHARE_SIGNED);
    char *used, *event;

    (void)state;
    client_run(ben);
    bot = world_published(pair.world, BOT, "BOTDEV");
    while (bot->one_time_ids.count != 0) {
        free(bot->one_time_ids.at[--bot->one_time_ids.count]);
        free(bot->one_time_keys.at[bot->one_time_ids.count]);
    }
    bot->one_time_keys.count = 0;
    used = mem_strdup(bot->fallback_id);
    pair.bot->stopped = true; /* it can't refill */
    event = client_send(pair.anna, ROOM, "by the fallback key");
    assert_true(bot->fallback_used);
    pair.bot->stopped = false;
    pair.world->now_ms += HOUR_MS;
    client_sync(pair.bot);
    client_reads(pair.bot, event, "by the fallback key");
    free(event);
    assert_string_not_equal(bot->fallback_id, used); /* replaced, since it was used */
    assert_false(bot->fallback_used);
    assert_int_equal(bot->one_time_ids.count, 50);
    free(used);
    used = mem_strdup(bot->fallback_id);
    bot->fallback_used = true; /* and at once again: it may be used many times */
    client_sync(pair.bot);
    assert_string_equal(bot->fallback_id, used);
    free(used);
    event = client_send(ben, ROOM, "by the new one");
    client_sync(pair.bot);
    client_reads(pair.bot, event, "by the new one");
    free(event);
    world_free(pair.world);
}

/* What was under way when the fallback key was replaced opens for an hour; then the old key is gone, so that whoever
 * takes the store later can't read it. */
static void a_replaced_fallback_key_opens_for_an_hour(void **state)
{
    for (int late = 0; late < 2; late++) {
        struct pair pair = pair_new(E2EE_SHARE_SIGNED);
        struct published *bot = world_published(pair.world, BOT, "BOTDEV");
        char *used = mem_strdup(bot->fallback_id), *event;
        text_list under_way;

        while (bot->one_time_ids.count != 0) {
            free(bot->one_time_ids.at[--bot->one_time_ids.count]);
            free(bot->one_time_keys.at[--bot->one_time_keys.count]);
        }
        pair.bot->stopped = true;
        event = client_send(pair.anna, ROOM, "under way");
        pair.bot->stopped = false;
        under_way = pair.bot->inbox;
        memset(&pair.bot->inbox, 0, sizeof(pair.bot->inbox));
        pair.world->now_ms += HOUR_MS;
        client_sync(pair.bot);
        assert_string_not_equal(bot->fallback_id, used);
        pair.world->now_ms += late ? HOUR_MS : HOUR_MS - 1;
        client_sync(pair.bot);
        vec_release(&pair.bot->inbox);
        pair.bot->inbox = under_way;
        client_sync(pair.bot);
        if (late)
            client_parks(pair.bot, event);
        else
            client_reads(pair.bot, event, "under way");
        free(event);
        free(used);
        world_free(pair.world);
    }
    (void)state;
}

static void unclear_counts_are_asked_for(void **state)
{
    static const char *const unclear[] = {
        "null", "{}", "{\"signed_curve25519\":\"0\"}", "{\"signed_curve25519\":-1}", "{\"signed_curve25519\":0.5}",
        "[]"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(unclear); i++) {
        struct pair pair = pair_new(E2EE_SHARE_SIGNED);
        struct published *bot = world_published(pair.world, BOT, "BOTDEV");
        long uploads;

        pair.world->now_ms += HOUR_MS;
        pair.bot->counts = unclear[i];
        uploads = pair.world->requests[E2EE_KEYS_UPLOAD];
        for (int j = 0; j < 5; j++)
            client_sync(pair.bot);
        assert_int_equal(pair.world->requests[E2EE_KEYS_UPLOAD] - uploads, 1); /* asked, once in ten minutes */
        assert_int_equal(bot->one_time_ids.count, 50);                         /* and no key made */
        free(bot->one_time_ids.at[--bot->one_time_ids.count]);
        free(bot->one_time_keys.at[--bot->one_time_keys.count]);
        pair.world->now_ms += HOUR_MS;
        client_sync(pair.bot);
        assert_int_equal(bot->one_time_ids.count, 50); /* asked again: one was missing */
        world_free(pair.world);
    }
}

static void upload_is_repeated_with_the_same_keys(void **state)
{
    struct world *world = world_new();
    struct client *bot = world_add(world, BOT, "BOTDEV", E2EE_SHARE_SIGNED);
    const struct e2ee_request *request;
    char *first;

    (void)state;
    request = e2ee_next_request(bot->machine, world->now_ms);
    assert_int_equal(request->kind, E2EE_KEYS_UPLOAD);
    first = mem_strdup(request->body);
    client_restart(bot);
    request = e2ee_next_request(bot->machine, world->now_ms);
    assert_string_equal(request->body, first);
    client_begin(bot);
    client_end(bot, e2ee_request_done(bot->machine, request->id, 0, NULL, world->now_ms, NULL));
    world->now_ms += HOUR_MS;
    request = e2ee_next_request(bot->machine, world->now_ms);
    while (request->kind != E2EE_KEYS_UPLOAD)
        request = e2ee_next_request(bot->machine, world->now_ms);
    assert_string_equal(request->body, first);
    free(first);
    world_free(world);
}

static void cloned_store_is_noticed(void **state)
{
    struct world *world = world_new();
    struct client *bot = world_add(world, BOT, "BOTDEV", E2EE_SHARE_SIGNED);
    const struct e2ee_request *request;
    struct err err = {0};
    int rc = 0;

    (void)state;
    for (int i = 0; i < 3; i++) {
        world->now_ms += HOUR_MS;
        do
            request = e2ee_next_request(bot->machine, world->now_ms);
        while (request->kind != E2EE_KEYS_UPLOAD);
        client_begin(bot);
        rc = e2ee_request_done(bot->machine, request->id, 400, NULL, world->now_ms, &err);
        client_end(bot, rc);
        assert_int_equal(rc, i < 2 ? 0 : -1);
    }
    assert_int_equal(err.class, ERR_CONFIG);
    assert_non_null(strstr(err.text, "spotter restore --config FILE PATH-OF-THE-STORE --replace"));
    world_free(world);
}

/* A client's answer to the bot's next query for its own devices: in place of what the world would say. */
static int shown(struct client *bot, const char *devices, struct err *err)
{
    struct json *answer = json_parse(span_of(devices), err);
    const struct e2ee_request *request;
    int rc;

    assert_non_null(answer);
    client_begin(bot);
    client_end(bot, e2ee_devices_outdated(bot->machine, err));
    do
        request = e2ee_next_request(bot->machine, bot->world->now_ms);
    while (request->kind != E2EE_KEYS_QUERY);
    client_begin(bot);
    rc = e2ee_request_done(bot->machine, request->id, 200, answer, bot->world->now_ms, err);
    client_end(bot, rc);
    json_free(answer);
    return rc;
}

#define OTHERS "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"
#define SHOWN(devices) "{\"device_keys\":{\"" BOT "\":{" devices "}}}"

/* A copy of the store that was used elsewhere, or a device id that somebody else took. */
static void other_keys_under_our_name_end_it(void **state)
{
    static const char *const rows[] = {
        SHOWN("\"BOTDEV\":{\"keys\":{\"ed25519:BOTDEV\":\"" OTHERS "\"}}"),
        SHOWN("\"BOTDEV\":{\"keys\":{\"curve25519:BOTDEV\":\"" OTHERS "\"}}"),
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct pair pair = pair_new(E2EE_SHARE_SIGNED);
        struct err err = {0};

        assert_int_equal(shown(pair.bot, rows[i], &err), -1);
        assert_int_equal(err.class, ERR_CONFIG);
        assert_non_null(
            strstr(err.text, "spotter restore --config FILE PATH-OF-THE-STORE --replace")); /* what to do is said */
        world_free(pair.world);
    }
}

/* The session was ended on the server, and begun anew for the same device: its keys are sent again; but a server that
 * hides the device gets them once. */
static void keys_that_the_server_lost_are_sent_again_once(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct err err = {0};
    long uploads;

    (void)state;
    world_log_out(pair.world, BOT, "BOTDEV");
    assert_null(world_published(pair.world, BOT, "BOTDEV"));
    assert_int_equal(shown(pair.bot, SHOWN(""), &err), 0);
    client_run(pair.bot);
    assert_int_equal(world_published(pair.world, BOT, "BOTDEV")->one_time_ids.count, 50); /* they were lost with it */
    uploads = pair.world->requests[E2EE_KEYS_UPLOAD];
    assert_int_equal(shown(pair.bot, SHOWN(""), &err), 0);
    assert_int_equal(shown(pair.bot, SHOWN("\"BOTDEV\":{\"keys\":7}"), &err), 0);
    client_run(pair.bot);
    assert_int_equal(pair.world->requests[E2EE_KEYS_UPLOAD], uploads);
    world_free(pair.world);
}

static void device_without_keys_is_told_and_asked_again(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct published *phone = world_published(pair.world, ANNA, "PHONE");
    struct published keys = *phone;
    char *event;

    (void)state;
    memset(&phone->one_time_ids, 0, sizeof(phone->one_time_ids));
    memset(&phone->one_time_keys, 0, sizeof(phone->one_time_keys));
    phone->fallback_id = NULL;
    pair.anna->stopped = true;
    event = client_send(pair.bot, ROOM, "nobody reads this");
    client_run(pair.bot);
    assert_int_equal(pair.anna->inbox.count, 1);
    assert_non_null(strstr(pair.anna->inbox.at[0], "\"m.no_olm\""));
    assert_null(strstr(pair.anna->inbox.at[0], "session_id"));
    assert_int_equal(client_try_sync(pair.anna), 0);
    client_parks(pair.anna, event);
    free(event);
    phone->one_time_ids = keys.one_time_ids;
    phone->one_time_keys = keys.one_time_keys;
    phone->fallback_id = keys.fallback_id;
    pair.anna->stopped = false;
    pair.world->now_ms += HOUR_MS;
    event = client_send(pair.bot, ROOM, "asks, does not wait");
    free(event);
    client_run(pair.bot);
    event = client_send(pair.bot, ROOM, "now");
    client_sync(pair.anna);
    client_reads(pair.anna, event, "now");
    free(event);
    world_free(pair.world);
}

/* Sessions stay for a month, for a device that the server only hid; what was still wanted for it goes at once. */
static void what_was_for_devices_that_are_gone_goes(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *laptop = world_add(pair.world, ANNA, "LAPTOP", E2EE_SHARE_SIGNED);
    size_t sessions;

    (void)state;
    world_settle(pair.world);
    pair_says(pair.bot, laptop, "to both");
    sessions = memory_count(pair.bot->store, MEMORY_OLM);
    world_settle(pair.world);
    world_add(pair.world, ANNA, "TABLET", E2EE_SHARE_SIGNED);
    world_settle(pair.world);
    pair.world->lie[E2EE_KEYS_CLAIM] = mem_strdup("{\"one_time_keys\":{}}");
    free(client_send(pair.bot, ROOM, "the third has no key"));
    assert_int_equal(map_count(pair.bot->machine->claims), 1);
    world_log_out(pair.world, ANNA, "LAPTOP");
    client_sync(pair.bot);
    pair.world->now_ms += 30LL * 24 * HOUR_MS + 1;
    pair_says(pair.anna, pair.bot, "later");
    assert_int_equal(memory_count(pair.bot->store, MEMORY_OLM), sessions);
    world_log_out(pair.world, ANNA, "TABLET");
    client_sync(pair.bot);
    assert_int_equal(memory_count(pair.bot->store, MEMORY_OLM), sessions - 1);
    assert_int_equal(map_count(pair.bot->machine->claims), 0);
    world_free(pair.world);
}

/* Anna's store was put back: she lost the session that the bot speaks over. */
static void wedged_session_mends(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    char *event;
    long claims;

    (void)state;
    pair_says(pair.anna, pair.bot, "hello");
    pair_says(pair.bot, pair.anna, "hello");
    memory_clear(pair.anna->store, MEMORY_OLM);
    client_restart(pair.anna);
    client_begin(pair.bot);
    client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
    event = client_send(pair.bot, ROOM, "unreadable");
    claims = pair.world->requests[E2EE_KEYS_CLAIM];
    client_sync(pair.anna); /* fails to decrypt: claims, sends m.dummy */
    assert_int_equal(pair.world->requests[E2EE_KEYS_CLAIM], claims + 1);
    client_parks(pair.anna, event);
    free(event);
    client_sync(pair.bot);
    for (int i = 0; i < 3; i++) {
        client_begin(pair.bot);
        client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
        pair.world->now_ms++;
        pair_says(pair.bot, pair.anna, "readable again");
    }
    world_free(pair.world);
}

/* The server counts wrong in its answers, always: no circle of uploads comes of it. */
static void wrong_count_in_the_answer(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    long uploads = pair.world->requests[E2EE_KEYS_UPLOAD];

    (void)state;
    pair.bot->counts = "{\"signed_curve25519\":49}";
    pair.world->lie[E2EE_KEYS_UPLOAD] = mem_strdup("{\"one_time_key_counts\":{\"signed_curve25519\":0}}");
    client_sync(pair.bot);
    assert_int_equal(pair.world->requests[E2EE_KEYS_UPLOAD], uploads + 1);
    world_free(pair.world);
}

/* What is to be mended is remembered before anything is asked for. */
static void mending_survives_a_restart(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    long claims;

    (void)state;
    pair_says(pair.anna, pair.bot, "hello");
    pair_says(pair.bot, pair.anna, "hello");
    memory_clear(pair.anna->store, MEMORY_OLM);
    client_restart(pair.anna);
    client_begin(pair.bot);
    client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
    free(client_send(pair.bot, ROOM, "unreadable"));
    assert_int_equal(client_try_sync(pair.anna), 0);
    claims = pair.world->requests[E2EE_KEYS_CLAIM];
    client_restart(pair.anna);
    client_run(pair.anna);
    assert_int_equal(pair.world->requests[E2EE_KEYS_CLAIM], claims + 1);
    assert_int_equal(pair.bot->inbox.count, 1); /* the m.dummy */
    client_restart(pair.anna);
    client_run(pair.anna);
    assert_int_equal(pair.world->requests[E2EE_KEYS_CLAIM], claims + 1);
    world_free(pair.world);
}

/* The answer to what was asked before a reload says nothing any more: to a query, a claim, a to-device request. */
static void answers_after_a_reload_are_ignored(void **state)
{
    static const enum e2ee_request_kind kinds[] = {E2EE_KEYS_QUERY, E2EE_KEYS_CLAIM, E2EE_SEND_TO_DEVICE};

    (void)state;
    for (size_t step = 0; step < ARRAY_LENGTH(kinds); step++) {
        struct pair pair = pair_new(E2EE_SHARE_SIGNED);
        struct json *response = json_parse(span_of("{\"device_keys\":{\"" ANNA "\":{}}}"), NULL);
        const struct e2ee_request *request;

        for (size_t done = 0; done < step; done++) {
            assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
            client_run(pair.bot);
        }
        assert_int_equal(client_try_prepare(pair.bot, ROOM), E2EE_WAITING);
        request = e2ee_next_request(pair.bot->machine, pair.world->now_ms);
        assert_int_equal(request->kind, kinds[step]);
        client_begin(pair.bot);
        client_end(pair.bot, -1);
        client_begin(pair.bot);
        client_end(pair.bot,
                   e2ee_request_done(pair.bot->machine, request->id, 200, response, pair.world->now_ms, NULL));
        pair.world->now_ms += 2000;
        pair_says(pair.bot, pair.anna, "hello");
        json_free(response);
        world_free(pair.world);
    }
}

static void mending_is_once_an_hour_also_over_a_restart(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    long claims;

    (void)state;
    pair_says(pair.anna, pair.bot, "hello");
    pair_says(pair.bot, pair.anna, "hello");
    claims = pair.world->requests[E2EE_KEYS_CLAIM];
    for (int i = 0; i < 4; i++) {
        memory_clear(pair.anna->store, MEMORY_OLM);
        client_restart(pair.anna);
        client_begin(pair.bot);
        client_end(pair.bot, e2ee_rotate(pair.bot->machine, ROOM, NULL));
        free(client_send(pair.bot, ROOM, "unreadable"));
        client_sync(pair.anna);
    }
    assert_int_equal(pair.world->requests[E2EE_KEYS_CLAIM], claims + 1);
    world_free(pair.world);
}

/* What the store holds no longer fits the keys that others seal to. */
static void a_device_that_opens_nothing_is_noticed(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct err err = {0};

    (void)state;
    assert_int_equal(e2ee_self_test(pair.bot->machine, &err), 0);
    memcpy(pair.bot->machine->account.curve25519, pair.anna->machine->account.curve25519, E2EE_KEY_TEXT);
    assert_int_equal(e2ee_self_test(pair.bot->machine, &err), -1);
    assert_true(err.text[0] != '\0');
    world_free(pair.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publishes_keys_that_are_signed_and_enough),
        cmocka_unit_test(fallback_key_serves_when_one_time_keys_are_gone),
        cmocka_unit_test(a_replaced_fallback_key_opens_for_an_hour),
        cmocka_unit_test(unclear_counts_are_asked_for),
        cmocka_unit_test(upload_is_repeated_with_the_same_keys),
        cmocka_unit_test(cloned_store_is_noticed),
        cmocka_unit_test(other_keys_under_our_name_end_it),
        cmocka_unit_test(keys_that_the_server_lost_are_sent_again_once),
        cmocka_unit_test(device_without_keys_is_told_and_asked_again),
        cmocka_unit_test(what_was_for_devices_that_are_gone_goes),
        cmocka_unit_test(wedged_session_mends),
        cmocka_unit_test(wrong_count_in_the_answer),
        cmocka_unit_test(mending_survives_a_restart),
        cmocka_unit_test(answers_after_a_reload_are_ignored),
        cmocka_unit_test(mending_is_once_an_hour_also_over_a_restart),
        cmocka_unit_test(a_device_that_opens_nothing_is_noticed),
    };

    return RUN_TESTS(tests);
}

/*
 * Verifications as the machine leads them: who may, how many, how long, and what is believed in the end. (That both
 * sides agree is held against another implementation in tests/interop.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/bot/e2ee/stage.h"
#include "tests/unit/unit.h"

/* Up to the point where people compare. */
static uint64_t compare(struct stage *stage)
{
    struct e2ee_verify_view view;
    unsigned char emoji[SAS_EMOJI];
    int numbers[SAS_NUMBERS];

    if (stage_ask(stage) != 1)
        fail();
    stage_listen(stage);
    assert_string_equal(stage->last, "ready");
    stage_meet(stage);
    sas_begin(stage->peer);
    stage_carry(stage);
    view = stage_view(stage);
    assert_int_equal(view.stage, E2EE_VERIFY_COMPARE);
    assert_string_equal(view.device_id, "PHONE");
    sas_shown(stage->peer, emoji, numbers);
    assert_memory_equal(view.emoji, emoji, sizeof(emoji));
    assert_memory_equal(view.numbers, numbers, sizeof(numbers));
    return view.id;
}

static void verifies(bool in_room)
{
    struct stage stage = stage_new(in_room, in_room ? "$request:example.org" : "txn/1");
    struct e2ee_verify_view view;
    uint64_t id = compare(&stage);

    sas_answer(stage.peer, true);
    stage_carry(&stage);
    assert_string_equal(stage.last, "key"); /* no MAC of ours, whatever they say */
    assert_null(stage.pair.world->signatures);
    assert_int_equal(stage_answer(&stage, id, true), 1);
    assert_true(e2ee_signing_waits(stage.pair.bot->machine));
    stage_carry(&stage);
    assert_int_equal(sas_state(stage.peer), SAS_VERIFIED);
    assert_true(sas_vouched_device(stage.peer) && sas_vouched_master(stage.peer));
    assert_true(e2ee_verify_by_id(stage.pair.bot->machine, id, &view));
    assert_int_equal(view.stage, E2EE_VERIFY_DONE);
    assert_string_equal(view.master, stage.master);
    stage_check_signature(&stage);
    assert_false(e2ee_signing_waits(stage.pair.bot->machine));
    assert_int_equal(stage_answer(&stage, id, true), 0);
    stage_end(&stage);
}

static void verifies_in_a_room(void **state)
{
    (void)state;
    verifies(true);
}

static void verifies_to_device(void **state)
{
    (void)state;
    verifies(false);
}

/* A start that nobody asked for first, as older clients have it, from a user whom we have never looked at. */
static void takes_a_start_without_a_request(void **state)
{
    struct stage stage = stage_new(false, "t");
    const char *type;
    char *content;

    (void)state;
    stage_meet(&stage);
    sas_begin(stage.peer);
    assert_true(sas_next(stage.peer, &type, &content));
    assert_int_equal(stage_tell(&stage, ANNA, type, content, stage.pair.world->now_ms), 1);
    free(content);
    stage_listen(&stage);
    assert_string_equal(stage.last, "accept");
    stage_carry(&stage);
    assert_int_equal(stage_view(&stage).stage, E2EE_VERIFY_COMPARE);
    stage_end(&stage);
}

/* Others leave the relation outside of the ciphertext, but commit to it. */
static void the_relation_may_stand_outside(void **state)
{
    struct stage stage = stage_new(true, "$r");
    const char *type;
    char *content, *relation;

    (void)state;
    stage_ask(&stage);
    stage_listen(&stage);
    stage_meet(&stage);
    sas_begin(stage.peer);
    assert_true(sas_next(stage.peer, &type, &content));
    relation = strstr(content, ",\"m.relates_to\"");
    assert_non_null(relation);
    strcpy(relation, "}");
    stage_tell(&stage, ANNA, type, content, stage.pair.world->now_ms);
    free(content);
    stage_carry(&stage);
    assert_int_equal(sas_state(stage.peer), SAS_SHOWN);
    stage_end(&stage);
}

static void what_differs_is_not_believed(void **state)
{
    struct stage stage = stage_new(true, "$r");
    uint64_t id = compare(&stage);

    (void)state;
    assert_int_equal(stage_answer(&stage, id, false), 1);
    stage_carry(&stage);
    assert_string_equal(stage.cancelled, "m.mismatched_sas");
    assert_int_equal(stage_answer(&stage, id, true), 0);
    stage_carry(&stage);
    assert_null(stage.pair.world->signatures);
    stage_end(&stage);
}

/* The keys are fixed when it begins: what the server shows meanwhile must be the same. */
static void keys_that_change_meanwhile(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stage stage = stage_new(true, "$r");
        uint64_t id = compare(&stage);

        world_identity(stage.pair.world, ANNA);
        client_sync(stage.pair.bot);
        client_run(stage.pair.bot);
        if (i == 0) {
            assert_int_equal(stage_answer(&stage, id, true), 0);
        } else {
            sas_answer(stage.peer, true);
        }
        stage_carry(&stage);
        assert_string_equal(stage.cancelled, "m.key_mismatch");
        assert_true(e2ee_identity_changed(stage.pair.bot->machine, ANNA));
        stage_end(&stage);
    }
}

static void a_changed_identity_is_accepted_by_comparing(void **state)
{
    struct stage stage = stage_new(true, "$r");
    char curve25519[44], *event;
    uint64_t id;

    (void)state;
    client_prepare(stage.pair.bot, ROOM);
    client_sync(stage.pair.anna);
    stage.identity = world_identity(stage.pair.world, ANNA);
    world_sign_device(stage.pair.world, stage.identity, "PHONE");
    ratchet_account_keys(stage.identity->master, curve25519, stage.master);
    client_sync(stage.pair.bot);
    assert_true(e2ee_identity_changed(stage.pair.bot->machine, ANNA));
    id = compare(&stage);
    stage_answer(&stage, id, true);
    assert_true(e2ee_identity_changed(stage.pair.bot->machine, ANNA)); /* one side is not enough */
    sas_answer(stage.peer, true);
    stage_carry(&stage);
    assert_false(e2ee_identity_changed(stage.pair.bot->machine, ANNA));
    stage_check_signature(&stage);
    client_restart(stage.pair.bot);
    assert_false(e2ee_identity_changed(stage.pair.bot->machine, ANNA));
    event = client_send(stage.pair.bot, ROOM, "80 kg");
    client_sync(stage.pair.anna);
    client_reads(stage.pair.anna, event, "80 kg");
    free(event);
    stage_end(&stage);
}

/* Without our user-signing key it is believed all the same. */
static void without_a_signer(void **state)
{
    struct stage stage = stage_new(true, "$r");
    struct e2ee_cross other = stage.own;
    uint64_t id;

    (void)state;
    e2ee_cross_make(&other, E2EE_CROSS_MASTER);
    client_begin(stage.pair.bot);
    assert_int_equal(e2ee_own_prove(stage.pair.bot->machine, other.public[E2EE_CROSS_MASTER], NULL), 0);
    client_end(stage.pair.bot, 0);
    assert_false(e2ee_cross_can_sign(stage.pair.bot->machine)); /* the one that is kept was another identity's */
    stage.own = other;
    id = compare(&stage);
    stage_answer(&stage, id, true);
    sas_answer(stage.peer, true);
    stage_carry(&stage);
    assert_int_equal(sas_state(stage.peer), SAS_VERIFIED);
    assert_null(stage.pair.world->signatures);
    stage_end(&stage);
}

/* ---- bounds */

static void requests_that_are_not_taken(void **state)
{
    struct stage stage = stage_new(true, "$r");
    int64_t now_ms = stage.pair.world->now_ms;

    (void)state;
    for (int i = 0; i < 2; i++) {
        stage.in_room = i == 0;
        assert_int_equal(stage_ask_with(&stage, BOT, "\"m.sas.v1\"", now_ms - 11 * MINUTE_MS), 0);
        assert_int_equal(stage_ask_with(&stage, BOT, "\"m.sas.v1\"", now_ms + 6 * MINUTE_MS), 0);
        assert_int_equal(stage_ask_with(&stage, BOT, "\"m.qr_code.show.v1\"", now_ms), 0);
        assert_int_equal(stage_tell(&stage, ANNA, "request", "{}", now_ms), 0);
        assert_int_equal(stage_tell(&stage, ANNA, "mac", "{\"transaction_id\":\"$r\"}", now_ms), 0);
        assert_int_equal(stage_tell(&stage, ANNA, "cancel", "{}", now_ms), 0);
    }
    stage.in_room = true;
    assert_int_equal(stage_ask_with(&stage, "@other:example.org", "\"m.sas.v1\"", now_ms), 0);
    stage_listen(&stage);
    assert_int_equal(stage.said, 0);
    assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), -1);
    stage_end(&stage);
}

static void a_request_counts_once(void **state)
{
    struct stage stage = stage_new(true, "$r");

    (void)state;
    assert_int_equal(stage_ask(&stage), 1);
    assert_int_equal(stage_ask(&stage), 0);
    stage_listen(&stage);
    assert_int_equal(stage.said, 1);
    stage_tell(&stage, ANNA, "cancel", "{\"code\":\"m.user\",\"reason\":\"\"}", stage.pair.world->now_ms);
    assert_int_equal(stage_ask(&stage), 0); /* nor when it is over */
    stage_listen(&stage);
    assert_int_equal(stage.said, 1);
    stage_end(&stage);
}

/* Nobody can make us keep or say more than a little. */
static void many_requests_at_once(void **state)
{
    struct stage stage = stage_new(false, "");
    struct e2ee_verify_view view;
    int begun = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        snprintf(stage.id, sizeof(stage.id), "t%d", i);
        begun += stage_ask(&stage) == 1;
    }
    assert_int_equal(begun, 4); /* the other four ended each other */
    assert_false(e2ee_verify_of_user(stage.pair.bot->machine, ANNA, &view));
    stage.pair.world->now_ms += 11 * MINUTE_MS;
    client_begin(stage.pair.bot);
    assert_int_equal(e2ee_verify_go_on(stage.pair.bot->machine, stage.pair.world->now_ms, NULL), 0);
    client_end(stage.pair.bot, 0);
    assert_int_equal(stage_ask(&stage), 1);
    for (int i = 0; i < 100; i++) {
        char user[64], content[256];

        snprintf(user, sizeof(user), "@u%d:example.org", i);
        snprintf(content, sizeof(content),
                 "{\"from_device\":\"D\",\"methods\":[\"m.sas.v1\"],\"transaction_id\":\"t\",\"timestamp\":%lld}",
                 (long long)stage.pair.world->now_ms);
        begun += stage_tell(&stage, user, "request", content, 0) == 1;
    }
    assert_int_equal(begun, 4 + 15); /* and Anna's: 16 */
    stage_end(&stage);
}

static void one_that_takes_too_long(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct stage stage = stage_new(true, "$r");
        uint64_t id;

        if (i == 0) {
            stage.pair.bot->stopped = true; /* the device list never comes */
            stage_ask(&stage);
        } else {
            id = compare(&stage);
            if (i == 2)
                stage_answer(&stage, id, true);
            assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), stage.pair.world->now_ms + 10 * MINUTE_MS);
        }
        stage_pass(&stage, 10 * MINUTE_MS);
        assert_string_equal(stage.cancelled, "m.timeout");
        stage_pass(&stage, 10 * MINUTE_MS);
        assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), -1);
        stage_end(&stage);
    }
}

static void we_begin_where_the_other_side_does_not(void **state)
{
    struct stage stage = stage_new(true, "$r");

    (void)state;
    stage_ask(&stage);
    stage_listen(&stage);
    stage_meet(&stage);
    stage_pass(&stage, 9 * 1000);
    assert_string_equal(stage.last, "ready");
    stage_pass(&stage, 1000);
    assert_int_equal(sas_state(stage.peer), SAS_SHOWN);
    assert_int_equal(stage_view(&stage).stage, E2EE_VERIFY_COMPARE);
    stage_end(&stage);
}

static void a_device_that_nobody_knows(void **state)
{
    struct stage stage = stage_new(true, "$r");

    (void)state;
    stage_tell(&stage, ANNA, "request", "{\"from_device\":\"GHOST\",\"methods\":[\"m.sas.v1\"],\"to\":\"" BOT "\"}",
               stage.pair.world->now_ms);
    stage_listen(&stage);
    client_run(stage.pair.bot);
    stage_listen(&stage);
    assert_string_equal(stage.cancelled, "m.key_mismatch");
    stage_end(&stage);
}

static void a_restart_ends_it(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stage stage = stage_new(i == 0, "$r");
        uint64_t id = compare(&stage);

        client_restart(stage.pair.bot);
        stage_carry(&stage);
        assert_string_equal(stage.cancelled, "m.user");
        assert_int_equal(sas_state(stage.peer), SAS_CANCELLED);
        assert_int_equal(stage_answer(&stage, id, true), 0);
        client_restart(stage.pair.bot);
        stage.said = 0;
        stage_carry(&stage);
        assert_int_equal(stage.said, 0); /* once is enough */
        stage_end(&stage);
    }
}

/* A signature that the server doesn't take is tried again, also after a restart, and not for ever. */
static void a_signature_that_is_not_taken(void **state)
{
    struct stage stage = stage_new(true, "$r");
    struct world *world = stage.pair.world;
    uint64_t id = compare(&stage);

    (void)state;
    world->status[E2EE_SIGNATURES] = 500;
    sas_answer(stage.peer, true);
    stage_answer(&stage, id, true);
    stage_carry(&stage);
    assert_int_equal(world->requests[E2EE_SIGNATURES], 1);
    client_restart(stage.pair.bot);
    assert_true(e2ee_signing_waits(stage.pair.bot->machine));
    world->status[E2EE_SIGNATURES] = 0;
    client_run(stage.pair.bot);
    stage_check_signature(&stage);
    assert_false(e2ee_signing_waits(stage.pair.bot->machine));
    stage_end(&stage);

    stage = stage_new(true, "$r");
    world = stage.pair.world;
    world->status[E2EE_SIGNATURES] = 400;
    id = compare(&stage);
    sas_answer(stage.peer, true);
    stage_answer(&stage, id, true);
    for (int i = 0; i < 20; i++) {
        stage_carry(&stage);
        world->now_ms += MINUTE_MS;
    }
    assert_int_equal(world->requests[E2EE_SIGNATURES], 8);
    stage_end(&stage);
}

/* The store fails at the N-th call, for each N: that verification may be lost, and the next one goes well. */
static void a_store_that_fails(void **state)
{
    bool failed = true;

    (void)state;
    for (long n = 1; failed; n++) {
        struct stage stage = stage_new(n % 2 == 0, "$first");
        struct e2ee_verify_view view;
        uint64_t id;

        memory_fail_at(stage.pair.bot->store, n);
        stage_ask(&stage);
        stage_listen(&stage);
        stage_meet(&stage);
        sas_begin(stage.peer);
        stage_carry(&stage);
        if (e2ee_verify_of_user(stage.pair.bot->machine, ANNA, &view))
            stage_answer(&stage, view.id, true);
        sas_answer(stage.peer, true);
        stage_carry(&stage);
        failed = memory_failed(stage.pair.bot->store);
        memory_fail_at(stage.pair.bot->store, 0);
        stage_pass(&stage, 11 * MINUTE_MS);
        sas_free(stage.peer);
        stage.peer = NULL;
        snprintf(stage.id, sizeof(stage.id), "$second");
        id = compare(&stage);
        assert_int_equal(stage_answer(&stage, id, true), 1);
        sas_answer(stage.peer, true);
        stage_carry(&stage);
        assert_int_equal(sas_state(stage.peer), SAS_VERIFIED);
        stage_check_signature(&stage);
        stage_end(&stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verifies_in_a_room),
        cmocka_unit_test(verifies_to_device),
        cmocka_unit_test(takes_a_start_without_a_request),
        cmocka_unit_test(the_relation_may_stand_outside),
        cmocka_unit_test(what_differs_is_not_believed),
        cmocka_unit_test(keys_that_change_meanwhile),
        cmocka_unit_test(a_changed_identity_is_accepted_by_comparing),
        cmocka_unit_test(without_a_signer),
        cmocka_unit_test(requests_that_are_not_taken),
        cmocka_unit_test(a_request_counts_once),
        cmocka_unit_test(many_requests_at_once),
        cmocka_unit_test(one_that_takes_too_long),
        cmocka_unit_test(we_begin_where_the_other_side_does_not),
        cmocka_unit_test(a_device_that_nobody_knows),
        cmocka_unit_test(a_restart_ends_it),
        cmocka_unit_test(a_signature_that_is_not_taken),
        cmocka_unit_test(a_store_that_fails),
    };

    return RUN_TESTS(tests);
}

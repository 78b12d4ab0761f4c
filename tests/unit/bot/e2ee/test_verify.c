/*
 * Verifications as the machine leads them: who may, how many, how long, and what is believed in the end. (That both
 * sides agree is held against another implementation in tests/interop.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/cross.h"
#include "bot/e2ee/verify.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

enum { MINUTE_MS = 60 * 1000 };

/* Anna with an identity, her phone signed by it; the bot with one of its own. PEER is her side of a verification. */
struct stage {
    struct pair pair;
    struct e2ee_cross own;
    struct identity *identity;
    char master[44];
    struct sas *peer;
    bool in_room;
    char id[64];
    char last[32];   /* type of what the bot said last */
    char *cancelled; /* its code */
    int said;
};

static struct stage stage_new(bool in_room, const char *id)
{
    struct stage stage = {.pair = pair_new(E2EE_SHARE_SIGNED), .in_room = in_room};
    char curve25519[44];

    snprintf(stage.id, sizeof(stage.id), "%s", id);
    pair_identity(stage.pair.bot, &stage.own);
    stage.identity = world_identity(stage.pair.world, ANNA);
    world_sign_device(stage.pair.world, stage.identity, "PHONE");
    ratchet_account_keys(stage.identity->master, curve25519, stage.master);
    return stage;
}

static void stage_end(struct stage *stage)
{
    sas_free(stage->peer);
    free(stage->cancelled);
    world_free(stage->pair.world);
}

static void binding_of(const struct stage *stage, struct buf *out)
{
    buf_addf(out,
             stage->in_room ? "\"m.relates_to\":{\"rel_type\":\"m.reference\",\"event_id\":\"%s\"}"
                            : "\"transaction_id\":\"%s\"",
             stage->id);
}

static void meet(struct stage *stage)
{
    char ed25519[44], bots[44];
    struct buf binding = BUF_INIT(1024);
    struct sas_options options = {
        .own = {ANNA, "PHONE", ed25519, stage->master},
        .peer = {BOT, "BOTDEV", bots, stage->own.public[E2EE_CROSS_MASTER]},
        .id = stage->id,
    };

    e2ee_fingerprint(stage->pair.anna->machine, ed25519);
    e2ee_fingerprint(stage->pair.bot->machine, bots);
    binding_of(stage, &binding);
    options.binding = buf_text(&binding);
    sas_free(stage->peer);
    stage->peer = sas_new(&options);
    buf_release(&binding);
}

/* Anna says something of type TYPE to the bot. */
static int tell_as(struct stage *stage, const char *sender, const char *type, const char *content, int64_t sent_ms)
{
    struct client *bot = stage->pair.bot;
    struct json *json = json_parse(span_of(content), NULL);
    bool request = strcmp(type, "request") == 0;
    struct e2ee_verify_message message = {
        .room_id = stage->in_room ? ROOM : NULL,
        .sender = sender,
        .id = stage->in_room ? (request ? stage->id : "$other") : NULL,
        .relates = stage->in_room && !request ? stage->id : NULL,
        .type = type,
        .content = json,
        .sent_ms = sent_ms,
    };
    int begun;

    assert_non_null(json);
    client_begin(bot);
    begun = e2ee_verify_receive(bot->machine, &message, stage->pair.world->now_ms, NULL);
    client_end(bot, begun < 0 ? -1 : 0);
    json_free(json);
    return begun;
}

static int ask_with(struct stage *stage, const char *to, const char *method, int64_t sent_ms)
{
    struct buf content = BUF_INIT(4096);
    int begun;

    buf_addf(&content, "{\"from_device\":\"PHONE\",\"methods\":[\"%s\"],\"to\":\"%s\",\"transaction_id\":\"%s\"",
             method, to, stage->id);
    buf_addf(&content, ",\"timestamp\":%lld}", (long long)sent_ms);
    begun = tell_as(stage, ANNA, "request", buf_text(&content), sent_ms);
    buf_release(&content);
    return begun;
}

static int ask(struct stage *stage)
{
    return ask_with(stage, BOT, "m.sas.v1", stage->pair.world->now_ms);
}

/* One message of the bot's. */
static void hear(struct stage *stage, const char *type, const struct json *content)
{
    const char *name = type + strlen(E2EE_VERIFICATION), *code = json_get_text(content, "code");

    assert_int_equal(strncmp(type, E2EE_VERIFICATION, strlen(E2EE_VERIFICATION)), 0);
    stage->said++;
    snprintf(stage->last, sizeof(stage->last), "%s", name);
    if (code != NULL) {
        free(stage->cancelled);
        stage->cancelled = mem_strdup(code);
    }
    if (stage->in_room)
        assert_string_equal(json_text(json_path(content, "m.relates_to", "event_id", NULL)), stage->id);
    else
        assert_string_equal(json_get_text(content, "transaction_id"), stage->id);
    if (stage->peer != NULL)
        sas_receive(stage->peer, name, content);
}

/* What the bot has said, in the room or to the device, is heard. */
static void listen(struct stage *stage)
{
    struct client *bot = stage->pair.bot, *anna = stage->pair.anna;
    struct e2ee_said said;

    client_run(bot);
    while (e2ee_verify_next(bot->machine, &said)) {
        struct json *content = json_parse(span_of(said.content), NULL);

        assert_string_equal(said.room_id, ROOM);
        hear(stage, said.type, content);
        json_free(content);
        free(said.room_id);
        free(said.type);
        free(said.content);
    }
    while (anna->inbox.count != 0) {
        struct json *event = json_parse(span_of(anna->inbox.at[0]), NULL);

        hear(stage, json_get_text(event, "type"), json_get(event, "content"));
        json_free(event);
        free(anna->inbox.at[0]);
        vec_remove(&anna->inbox, 0);
    }
}

/* Carries messages both ways until none is left. */
static void carry(struct stage *stage)
{
    const char *type;
    char *content;
    int before;

    do {
        before = stage->said;
        listen(stage);
        while (stage->peer != NULL && sas_next(stage->peer, &type, &content)) {
            tell_as(stage, ANNA, type, content, stage->pair.world->now_ms);
            free(content);
            stage->said++;
        }
    } while (stage->said != before);
}

static struct e2ee_verify_view view_of(struct stage *stage)
{
    struct e2ee_verify_view view;

    assert_true(e2ee_verify_of_user(stage->pair.bot->machine, ANNA, &view));
    return view;
}

static int answer(struct stage *stage, uint64_t id, bool same)
{
    struct client *bot = stage->pair.bot;
    int rc;

    client_begin(bot);
    rc = e2ee_verify_answer(bot->machine, id, same, stage->pair.world->now_ms, NULL);
    client_end(bot, rc < 0 ? -1 : 0);
    return rc;
}

/* Up to the point where people compare. */
static uint64_t compare(struct stage *stage)
{
    struct e2ee_verify_view view;
    unsigned char emoji[SAS_EMOJI];
    int numbers[SAS_NUMBERS];

    if (ask(stage) != 1)
        fail();
    listen(stage);
    assert_string_equal(stage->last, "ready");
    meet(stage);
    sas_begin(stage->peer);
    carry(stage);
    view = view_of(stage);
    assert_int_equal(view.stage, E2EE_VERIFY_COMPARE);
    assert_string_equal(view.device_id, "PHONE");
    sas_shown(stage->peer, emoji, numbers);
    assert_memory_equal(view.emoji, emoji, sizeof(emoji));
    assert_memory_equal(view.numbers, numbers, sizeof(numbers));
    return view.id;
}

/* Whether the server got the master key of Anna's, signed by our user-signing key. */
static void check_signature(struct stage *stage)
{
    static const char *const without[] = {"signatures", "unsigned", NULL};
    const char *signer = stage->own.public[E2EE_CROSS_USER_SIGNING];
    struct buf canonical = BUF_INIT(65536);
    char name[64];
    struct json *body;
    const struct json *master;

    assert_non_null(stage->pair.world->signatures);
    body = json_parse(span_of(stage->pair.world->signatures), NULL);
    master = json_path(body, ANNA, stage->master, NULL);
    snprintf(name, sizeof(name), "ed25519:%s", signer);
    assert_int_equal(json_canonical(master, without, &canonical, NULL), 0);
    assert_true(crypto_ed25519_verify(signer, buf_span(&canonical),
                                      json_text(json_path(master, "signatures", BOT, name, NULL))));
    assert_string_equal(json_get_text(master, "user_id"), ANNA);
    buf_release(&canonical);
    json_free(body);
}

static void verifies(bool in_room)
{
    struct stage stage = stage_new(in_room, in_room ? "$request:example.org" : "txn/1");
    struct e2ee_verify_view view;
    uint64_t id = compare(&stage);

    sas_answer(stage.peer, true);
    carry(&stage);
    assert_string_equal(stage.last, "key"); /* no MAC of ours, whatever they say */
    assert_null(stage.pair.world->signatures);
    assert_int_equal(answer(&stage, id, true), 1);
    assert_true(e2ee_signing_waits(stage.pair.bot->machine));
    carry(&stage);
    assert_int_equal(sas_state(stage.peer), SAS_VERIFIED);
    assert_true(sas_vouched_device(stage.peer) && sas_vouched_master(stage.peer));
    assert_true(e2ee_verify_by_id(stage.pair.bot->machine, id, &view));
    assert_int_equal(view.stage, E2EE_VERIFY_DONE);
    assert_string_equal(view.master, stage.master);
    check_signature(&stage);
    assert_false(e2ee_signing_waits(stage.pair.bot->machine));
    assert_int_equal(answer(&stage, id, true), 0);
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
    meet(&stage);
    sas_begin(stage.peer);
    assert_true(sas_next(stage.peer, &type, &content));
    assert_int_equal(tell_as(&stage, ANNA, type, content, stage.pair.world->now_ms), 1);
    free(content);
    listen(&stage);
    assert_string_equal(stage.last, "accept");
    carry(&stage);
    assert_int_equal(view_of(&stage).stage, E2EE_VERIFY_COMPARE);
    stage_end(&stage);
}

/* Others leave the relation outside of the ciphertext, but commit to it. */
static void the_relation_may_stand_outside(void **state)
{
    struct stage stage = stage_new(true, "$r");
    const char *type;
    char *content, *relation;

    (void)state;
    ask(&stage);
    listen(&stage);
    meet(&stage);
    sas_begin(stage.peer);
    assert_true(sas_next(stage.peer, &type, &content));
    relation = strstr(content, ",\"m.relates_to\"");
    assert_non_null(relation);
    strcpy(relation, "}");
    tell_as(&stage, ANNA, type, content, stage.pair.world->now_ms);
    free(content);
    carry(&stage);
    assert_int_equal(sas_state(stage.peer), SAS_SHOWN);
    stage_end(&stage);
}

static void what_differs_is_not_believed(void **state)
{
    struct stage stage = stage_new(true, "$r");
    uint64_t id = compare(&stage);

    (void)state;
    assert_int_equal(answer(&stage, id, false), 1);
    carry(&stage);
    assert_string_equal(stage.cancelled, "m.mismatched_sas");
    assert_int_equal(answer(&stage, id, true), 0);
    carry(&stage);
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
            assert_int_equal(answer(&stage, id, true), 0);
        } else {
            sas_answer(stage.peer, true);
        }
        carry(&stage);
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
    answer(&stage, id, true);
    assert_true(e2ee_identity_changed(stage.pair.bot->machine, ANNA)); /* one side is not enough */
    sas_answer(stage.peer, true);
    carry(&stage);
    assert_false(e2ee_identity_changed(stage.pair.bot->machine, ANNA));
    check_signature(&stage);
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
    answer(&stage, id, true);
    sas_answer(stage.peer, true);
    carry(&stage);
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
        assert_int_equal(ask_with(&stage, BOT, "m.sas.v1", now_ms - 11 * MINUTE_MS), 0);
        assert_int_equal(ask_with(&stage, BOT, "m.sas.v1", now_ms + 6 * MINUTE_MS), 0);
        assert_int_equal(ask_with(&stage, BOT, "m.qr_code.show.v1", now_ms), 0);
        assert_int_equal(tell_as(&stage, ANNA, "request", "{}", now_ms), 0);
        assert_int_equal(tell_as(&stage, ANNA, "mac", "{\"transaction_id\":\"$r\"}", now_ms), 0);
        assert_int_equal(tell_as(&stage, ANNA, "cancel", "{}", now_ms), 0);
    }
    stage.in_room = true;
    assert_int_equal(ask_with(&stage, "@other:example.org", "m.sas.v1", now_ms), 0);
    listen(&stage);
    assert_int_equal(stage.said, 0);
    assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), -1);
    stage_end(&stage);
}

static void a_request_counts_once(void **state)
{
    struct stage stage = stage_new(true, "$r");

    (void)state;
    assert_int_equal(ask(&stage), 1);
    assert_int_equal(ask(&stage), 0);
    listen(&stage);
    assert_int_equal(stage.said, 1);
    tell_as(&stage, ANNA, "cancel", "{\"code\":\"m.user\",\"reason\":\"\"}", stage.pair.world->now_ms);
    assert_int_equal(ask(&stage), 0); /* nor when it is over */
    listen(&stage);
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
        begun += ask(&stage) == 1;
    }
    assert_int_equal(begun, 4); /* the other four ended each other */
    assert_false(e2ee_verify_of_user(stage.pair.bot->machine, ANNA, &view));
    stage.pair.world->now_ms += 11 * MINUTE_MS;
    client_begin(stage.pair.bot);
    assert_int_equal(e2ee_verify_go_on(stage.pair.bot->machine, stage.pair.world->now_ms, NULL), 0);
    client_end(stage.pair.bot, 0);
    assert_int_equal(ask(&stage), 1);
    for (int i = 0; i < 100; i++) {
        char user[64], content[256];

        snprintf(user, sizeof(user), "@u%d:example.org", i);
        snprintf(content, sizeof(content),
                 "{\"from_device\":\"D\",\"methods\":[\"m.sas.v1\"],\"transaction_id\":\"t\",\"timestamp\":%lld}",
                 (long long)stage.pair.world->now_ms);
        begun += tell_as(&stage, user, "request", content, 0) == 1;
    }
    assert_int_equal(begun, 4 + 15); /* and Anna's: 16 */
    stage_end(&stage);
}

static void pass(struct stage *stage, int64_t ms)
{
    struct client *bot = stage->pair.bot;

    stage->pair.world->now_ms += ms;
    client_begin(bot);
    assert_int_equal(e2ee_verify_go_on(bot->machine, stage->pair.world->now_ms, NULL), 0);
    client_end(bot, 0);
    carry(stage);
}

static void one_that_takes_too_long(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct stage stage = stage_new(true, "$r");
        uint64_t id;

        if (i == 0) {
            stage.pair.bot->stopped = true; /* the device list never comes */
            ask(&stage);
        } else {
            id = compare(&stage);
            if (i == 2)
                answer(&stage, id, true);
            assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), stage.pair.world->now_ms + 10 * MINUTE_MS);
        }
        pass(&stage, 10 * MINUTE_MS);
        assert_string_equal(stage.cancelled, "m.timeout");
        pass(&stage, 10 * MINUTE_MS);
        assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), -1);
        stage_end(&stage);
    }
}

static void we_begin_where_the_other_side_does_not(void **state)
{
    struct stage stage = stage_new(true, "$r");

    (void)state;
    ask(&stage);
    listen(&stage);
    meet(&stage);
    pass(&stage, 9 * 1000);
    assert_string_equal(stage.last, "ready");
    pass(&stage, 1000);
    assert_int_equal(sas_state(stage.peer), SAS_SHOWN);
    assert_int_equal(view_of(&stage).stage, E2EE_VERIFY_COMPARE);
    stage_end(&stage);
}

static void a_device_that_nobody_knows(void **state)
{
    struct stage stage = stage_new(true, "$r");

    (void)state;
    tell_as(&stage, ANNA, "request", "{\"from_device\":\"GHOST\",\"methods\":[\"m.sas.v1\"],\"to\":\"" BOT "\"}",
            stage.pair.world->now_ms);
    listen(&stage);
    client_run(stage.pair.bot);
    listen(&stage);
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
        carry(&stage);
        assert_string_equal(stage.cancelled, "m.user");
        assert_int_equal(sas_state(stage.peer), SAS_CANCELLED);
        assert_int_equal(answer(&stage, id, true), 0);
        client_restart(stage.pair.bot);
        stage.said = 0;
        carry(&stage);
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
    answer(&stage, id, true);
    carry(&stage);
    assert_int_equal(world->requests[E2EE_SIGNATURES], 1);
    client_restart(stage.pair.bot);
    assert_true(e2ee_signing_waits(stage.pair.bot->machine));
    world->status[E2EE_SIGNATURES] = 0;
    client_run(stage.pair.bot);
    check_signature(&stage);
    assert_false(e2ee_signing_waits(stage.pair.bot->machine));
    stage_end(&stage);

    stage = stage_new(true, "$r");
    world = stage.pair.world;
    world->status[E2EE_SIGNATURES] = 400;
    id = compare(&stage);
    sas_answer(stage.peer, true);
    answer(&stage, id, true);
    for (int i = 0; i < 20; i++) {
        carry(&stage);
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
        ask(&stage);
        listen(&stage);
        meet(&stage);
        sas_begin(stage.peer);
        carry(&stage);
        if (e2ee_verify_of_user(stage.pair.bot->machine, ANNA, &view))
            answer(&stage, view.id, true);
        sas_answer(stage.peer, true);
        carry(&stage);
        failed = memory_failed(stage.pair.bot->store);
        memory_fail_at(stage.pair.bot->store, 0);
        pass(&stage, 11 * MINUTE_MS);
        sas_free(stage.peer);
        stage.peer = NULL;
        snprintf(stage.id, sizeof(stage.id), "$second");
        id = compare(&stage);
        assert_int_equal(answer(&stage, id, true), 1);
        sas_answer(stage.peer, true);
        carry(&stage);
        assert_int_equal(sas_state(stage.peer), SAS_VERIFIED);
        check_signature(&stage);
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

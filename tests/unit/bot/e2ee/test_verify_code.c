/*
 * Verifications by a code as the machine leads them: when one is offered, what follows from a scan, and that emoji are
 * there as well.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/stage.h"
#include "tests/unit/unit.h"

#define METHODS "\"m.sas.v1\",\"m.qr_code.scan.v1\",\"m.reciprocate.v1\""

static struct stage stage_watched(bool in_room)
{
    struct stage stage = stage_new(in_room, "$r");

    stage.can_show = true;
    return stage;
}

static void request(struct stage *stage, const char *methods)
{
    assert_int_equal(stage_ask_with(stage, BOT, methods, stage->pair.world->now_ms), 1);
    stage_listen(stage);
    assert_string_equal(stage->last, "ready");
}

static void start_with(struct stage *stage, struct span secret)
{
    struct buf content = BUF_INIT(1024), text = BUF_INIT(256);

    crypto_base64(secret, &text);
    buf_addf(&content, "{\"from_device\":\"PHONE\",\"method\":\"m.reciprocate.v1\",\"secret\":\"%s\"", buf_text(&text));
    buf_addf(&content, ",\"transaction_id\":\"%s\"}", stage->id);
    assert_int_equal(stage_tell(stage, ANNA, "start", buf_text(&content), stage->pair.world->now_ms), 0);
    stage_listen(stage);
    buf_release(&content);
    buf_release(&text);
}

/* What stands behind the keys, in the code for an id of two bytes. */
static struct span secret_of(struct span code)
{
    return (struct span){code.at + 76, code.length - 76};
}

/* A code that was shown is scanned: up to what people are asked. */
static uint64_t scanned(struct stage *stage)
{
    struct e2ee_verify_view view;

    request(stage, METHODS);
    view = stage_view(stage);
    assert_int_equal(view.stage, E2EE_VERIFY_CODE);
    assert_string_equal(view.device_id, "PHONE");
    start_with(stage, secret_of(view.code));
    assert_int_equal(stage_view(stage).stage, E2EE_VERIFY_SCANNED);
    assert_string_equal(stage->last, "ready"); /* no word of ours, whatever they scan */
    assert_null(stage->pair.world->signatures);
    return view.id;
}

static void the_keys_are_those_of_both_identities(void **state)
{
    struct stage stage = stage_watched(true);
    unsigned char own[CRYPTO_KEY], peer[CRYPTO_KEY];
    struct span code;

    (void)state;
    request(&stage, METHODS);
    assert_string_equal(stage.methods, "m.sas.v1 m.qr_code.show.v1 m.reciprocate.v1 ");
    code = stage_view(&stage).code;
    assert_int_equal(crypto_key_decode(stage.own.public[E2EE_CROSS_MASTER], own), 0);
    assert_int_equal(crypto_key_decode(stage.master, peer), 0);
    assert_memory_equal(code.at, "MATRIX\x02\x00\x00\x02$r", 12);
    assert_memory_equal(code.at + 12, own, sizeof(own));
    assert_memory_equal(code.at + 44, peer, sizeof(peer));
    stage_end(&stage);
}

static void verifies(bool in_room)
{
    struct stage stage = stage_watched(in_room);
    struct e2ee_verify_view view;
    uint64_t id = scanned(&stage);

    assert_int_equal(stage_answer(&stage, id, true), 1);
    stage_listen(&stage);
    assert_string_equal(stage.last, "done");
    assert_true(e2ee_verify_by_id(stage.pair.bot->machine, id, &view));
    assert_int_equal(view.stage, E2EE_VERIFY_DONE);
    assert_string_equal(view.master, stage.master);
    stage_check_signature(&stage);
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

static void people_say_no(void **state)
{
    struct stage stage = stage_watched(true);
    uint64_t id = scanned(&stage);

    (void)state;
    assert_int_equal(stage_answer(&stage, id, false), 1);
    stage_listen(&stage);
    assert_string_equal(stage.cancelled, "m.user");
    assert_int_equal(stage_answer(&stage, id, true), 0);
    assert_null(stage.pair.world->signatures);
    stage_end(&stage);
}

/* Nobody waits with a code, or their client can't scan. */
static void none_is_offered(void **state)
{
    static const char *const methods[] = {METHODS, "\"m.sas.v1\",\"m.reciprocate.v1\"",
                                          "\"m.sas.v1\",\"m.qr_code.scan.v1\""};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(methods); i++) {
        struct stage stage = stage_new(true, "$r");

        stage.can_show = i != 0;
        request(&stage, methods[i]);
        assert_string_equal(stage.methods, "m.sas.v1 ");
        assert_int_equal(stage_view(&stage).stage, E2EE_VERIFY_TALKING);
        start_with(&stage, span_of("any"));
        assert_string_equal(stage.cancelled, "m.unknown_method");
        stage_end(&stage);
    }
}

static void without_an_identity_on_each_side_none_is_offered(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stage stage = {.pair = pair_new(E2EE_SHARE_ALL), .in_room = true, .id = "$r", .can_show = true};

        if (i == 0)
            pair_identity(stage.pair.bot, &stage.own);
        else
            world_sign_device(stage.pair.world, world_identity(stage.pair.world, ANNA), "PHONE");
        request(&stage, METHODS);
        assert_string_equal(stage.methods, "m.sas.v1 ");
        stage_end(&stage);
    }
}

/* The account's own devices are vouched for by its recovery key, or by emoji. */
static void own_devices_are_offered_none(void **state)
{
    struct stage stage = stage_watched(false);
    struct client *laptop = world_add(stage.pair.world, BOT, "LAPTOP", E2EE_SHARE_ALL);
    struct client *bot = stage.pair.bot;
    struct buf content = BUF_INIT(1024);
    char curve25519[44], master[44];

    (void)state;
    ratchet_account_keys(world_identity(stage.pair.world, BOT)->master, curve25519, master);
    client_begin(bot);
    assert_int_equal(e2ee_own_prove(bot->machine, master, NULL), 0);
    client_end(bot, 0);
    world_settle(stage.pair.world);
    client_sync(stage.pair.bot);
    buf_addf(&content, "{\"from_device\":\"LAPTOP\",\"methods\":[" METHODS "],\"transaction_id\":\"$r\"");
    buf_addf(&content, ",\"timestamp\":%lld}", (long long)stage.pair.world->now_ms);
    assert_int_equal(stage_tell(&stage, BOT, "request", buf_text(&content), stage.pair.world->now_ms), 1);
    client_run(stage.pair.bot);
    assert_int_equal(laptop->inbox.count, 1);
    assert_non_null(strstr(laptop->inbox.at[0], "[\"m.sas.v1\"]"));
    buf_release(&content);
    stage_end(&stage);
}

static void who_has_not_seen_the_code(void **state)
{
    struct stage stage = stage_watched(true);
    uint64_t id;

    (void)state;
    request(&stage, METHODS);
    id = stage_view(&stage).id;
    assert_int_equal(stage_answer(&stage, id, true), 0); /* nobody has scanned it */
    start_with(&stage, span_of("0123456789abcdef"));
    assert_string_equal(stage.cancelled, "m.key_mismatch");
    assert_int_equal(stage_answer(&stage, id, true), 0);
    stage_listen(&stage);
    assert_null(stage.pair.world->signatures);
    stage_end(&stage);
}

/* What the server shows meanwhile must be what the code holds, when it is scanned and when people say so. */
static void keys_that_change_meanwhile(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stage stage = stage_watched(true);
        unsigned char secret[64];
        struct e2ee_verify_view view;
        size_t length;
        uint64_t id;

        if (i == 0)
            id = scanned(&stage);
        else
            request(&stage, METHODS);
        view = stage_view(&stage);
        id = view.id;
        length = i == 0 ? 0 : secret_of(view.code).length;
        if (length != 0)
            memcpy(secret, secret_of(view.code).at, length);
        world_identity(stage.pair.world, ANNA);
        client_sync(stage.pair.bot);
        client_run(stage.pair.bot);
        if (i == 0)
            assert_int_equal(stage_answer(&stage, id, true), 0);
        else
            start_with(&stage, (struct span){(const char *)secret, length});
        stage_listen(&stage);
        assert_string_equal(stage.cancelled, "m.key_mismatch");
        assert_int_equal(stage_answer(&stage, id, true), 0);
        assert_null(stage.pair.world->signatures);
        stage_end(&stage);
    }
}

/* Emoji are for the other side to choose: we don't begin with them while the code may be scanned. */
static void emoji_all_the_same(void **state)
{
    struct stage stage = stage_watched(true);
    struct span code;
    char secret[64];
    size_t length;

    (void)state;
    request(&stage, METHODS);
    code = secret_of(stage_view(&stage).code);
    length = code.length;
    memcpy(secret, code.at, length);
    stage_meet(&stage);
    stage_pass(&stage, 5 * MINUTE_MS);
    assert_string_equal(stage.last, "ready");
    sas_begin(stage.peer);
    stage_carry(&stage);
    assert_int_equal(stage_view(&stage).stage, E2EE_VERIFY_COMPARE);
    start_with(&stage, (struct span){secret, length}); /* the code is void */
    assert_string_equal(stage.cancelled, "m.unexpected_message");
    stage_end(&stage);
}

static void a_scan_is_not_followed_by_emoji(void **state)
{
    struct stage stage = stage_watched(true);

    (void)state;
    scanned(&stage);
    stage_meet(&stage);
    sas_begin(stage.peer);
    stage_carry(&stage);
    assert_string_equal(stage.cancelled, "m.unexpected_message");
    stage_end(&stage);
}

static void one_that_takes_too_long(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stage stage = stage_watched(true);

        if (i == 0)
            request(&stage, METHODS);
        else
            scanned(&stage);
        stage_pass(&stage, 10 * MINUTE_MS);
        assert_string_equal(stage.cancelled, "m.timeout");
        stage_pass(&stage, 10 * MINUTE_MS);
        assert_int_equal(e2ee_verify_due(stage.pair.bot->machine), -1);
        stage_end(&stage);
    }
}

static void a_restart_ends_it(void **state)
{
    struct stage stage = stage_watched(true);
    uint64_t id = scanned(&stage);

    (void)state;
    client_restart(stage.pair.bot);
    stage_listen(&stage);
    assert_string_equal(stage.cancelled, "m.user");
    assert_int_equal(stage_answer(&stage, id, true), 0);
    stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keys_are_those_of_both_identities),
        cmocka_unit_test(verifies_in_a_room),
        cmocka_unit_test(verifies_to_device),
        cmocka_unit_test(people_say_no),
        cmocka_unit_test(none_is_offered),
        cmocka_unit_test(without_an_identity_on_each_side_none_is_offered),
        cmocka_unit_test(own_devices_are_offered_none),
        cmocka_unit_test(who_has_not_seen_the_code),
        cmocka_unit_test(keys_that_change_meanwhile),
        cmocka_unit_test(emoji_all_the_same),
        cmocka_unit_test(a_scan_is_not_followed_by_emoji),
        cmocka_unit_test(one_that_takes_too_long),
        cmocka_unit_test(a_restart_ends_it),
    };

    return RUN_TESTS(tests);
}

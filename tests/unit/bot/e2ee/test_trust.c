/*
 * The account's own identity: what is published and signed of it, what the server may show of it, and secret storage's
 * edges (its numbers are held against another implementation in tests/interop).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/e2ee/cross.h"
#include "bot/e2ee/secrets.h"
#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/pair.h"
#include "tests/unit/unit.h"

#define DEVICE "BOTDEV"

/* A whole identity of the bot's, and what a homeserver would show after it took its uploads. */
struct own {
    struct pair pair;
    struct e2ee_cross cross;
    struct json *publication, *signatures;
};

static struct json *parsed(struct buf *text)
{
    struct json *json = json_parse(buf_span(text), NULL);

    assert_non_null(json);
    buf_release(text);
    return json;
}

static void own_sign(struct own *own)
{
    struct buf publication = BUF_INIT(65536), signatures = BUF_INIT(65536);

    json_free(own->publication);
    json_free(own->signatures);
    e2ee_cross_publication(own->pair.bot->machine, &own->cross, &publication);
    buf_addc(&publication, '}');
    e2ee_cross_signatures(own->pair.bot->machine, &own->cross, &signatures);
    own->publication = parsed(&publication);
    own->signatures = parsed(&signatures);
}

static struct own own_new(void)
{
    struct own own = {.pair = pair_new(E2EE_SHARE_SIGNED)};

    for (int i = 0; i < E2EE_CROSS_SECRETS; i++)
        e2ee_cross_make(&own.cross, i);
    own_sign(&own);
    return own;
}

static void own_end(struct own *own)
{
    json_free(own->publication);
    json_free(own->signatures);
    world_free(own->pair.world);
}

static void add_object(struct buf *out, const char *name, const struct json *value)
{
    buf_addf(out, ",\"%s\":{\"" BOT "\":", name);
    json_print(value, out);
    buf_addc(out, '}');
}

/* The answer of /keys/query; DEVICE_JSON is the device's keys with all their signatures. */
static struct json *answer(const struct own *own, const struct json *device_json)
{
    struct buf out = BUF_INIT(262144);
    const struct json *master = json_path(own->signatures, BOT, own->cross.public[E2EE_CROSS_MASTER], NULL);

    buf_adds(&out, "{\"device_keys\":{\"" BOT "\":{\"" DEVICE "\":");
    json_print(device_json, &out);
    buf_adds(&out, "}}");
    add_object(&out, "master_keys", master);
    add_object(&out, "self_signing_keys", json_get(own->publication, "self_signing_key"));
    add_object(&out, "user_signing_keys", json_get(own->publication, "user_signing_key"));
    buf_addc(&out, '}');
    return parsed(&out);
}

/* The device's keys as a server keeps them: both signatures in one object. */
static struct json *signed_device(const struct own *own)
{
    const struct published *published = world_published(own->pair.world, BOT, DEVICE);
    const struct json *uploaded = json_path(own->signatures, BOT, DEVICE, "signatures", BOT, NULL);
    char name[64];
    struct buf out = BUF_INIT(65536);

    snprintf(name, sizeof(name), "ed25519:%s", own->cross.public[E2EE_CROSS_SELF_SIGNING]);
    buf_add(&out, published->keys, strlen(published->keys) - 3);
    buf_addf(&out, ",\"%s\":\"%s\"}}}", name, json_get_text(uploaded, name));
    return parsed(&out);
}

static void what_is_uploaded_is_a_whole_chain(void **state)
{
    struct own own = own_new();
    struct json *device = signed_device(&own), *response = answer(&own, device);
    struct e2ee_shown shown;

    (void)state;
    e2ee_cross_shown(own.pair.bot->machine, response, &shown);
    assert_true(shown.any && shown.device && shown.device_signed && shown.master_signed);
    for (int i = 0; i < E2EE_CROSS_KEYS; i++)
        assert_string_equal(shown.public[i], own.cross.public[i]);
    /* The upload itself gives each new signature alone. */
    assert_null(json_path(own.publication, "master_key", "signatures", NULL));
    assert_non_null(json_path(own.signatures, BOT, DEVICE, "signatures", BOT, NULL));
    assert_null(json_path(own.signatures, BOT, DEVICE, "signatures", BOT, "ed25519:" DEVICE, NULL));
    json_free(device);
    json_free(response);
    own_end(&own);
}

static void a_broken_chain_is_seen(void **state)
{
    struct own own = own_new(), other = own_new();
    struct json *device = signed_device(&own), *foreign = signed_device(&other), *response;
    struct e2ee_shown shown;

    (void)state;
    response = answer(&own, foreign); /* another machine's keys under our device id */
    e2ee_cross_shown(own.pair.bot->machine, response, &shown);
    assert_true(shown.any && !shown.device && !shown.device_signed);
    json_free(response);
    e2ee_cross_make(&own.cross, E2EE_CROSS_MASTER); /* a master key that signed none of the others */
    {
        struct json *publication = own.publication;

        own.publication = NULL;
        own_sign(&own);
        json_free(own.publication);
        own.publication = publication;
    }
    response = answer(&own, device);
    e2ee_cross_shown(own.pair.bot->machine, response, &shown);
    assert_true(shown.any && shown.device && !shown.device_signed && shown.master_signed);
    assert_string_equal(shown.public[E2EE_CROSS_SELF_SIGNING], "");
    assert_string_equal(shown.public[E2EE_CROSS_USER_SIGNING], "");
    json_free(response);
    e2ee_cross_shown(own.pair.bot->machine, NULL, &shown);
    assert_false(shown.any || shown.device);
    json_free(device);
    json_free(foreign);
    own_end(&own);
    own_end(&other);
}

static void a_backup_is_signed_by_device_and_master_key(void **state)
{
    /* RFC 7748, section 6.1: Bob. */
    static const unsigned char private[32] = {0x5d, 0xab, 0x08, 0x7e, 0x62, 0x4a, 0x8a, 0x4b, 0x79, 0xe1, 0x7f,
                                              0x8b, 0x83, 0x80, 0x0e, 0xe6, 0x6f, 0x3b, 0xb1, 0x29, 0x26, 0x18,
                                              0xb6, 0xfd, 0x1c, 0x2f, 0x8b, 0x27, 0xff, 0x88, 0xe0, 0xeb};
    struct own own = own_new();
    struct buf out = BUF_INIT(65536), canonical = BUF_INIT(1000), secret = BUF_INIT(100);
    const struct json *signatures;
    struct json *backup;
    char name[64], fingerprint[44];

    (void)state;
    crypto_base64((struct span){(const char *)private, sizeof(private)}, &secret);
    assert_int_equal(e2ee_cross_take(&own.cross, E2EE_CROSS_BACKUP, buf_span(&secret)), 0);
    e2ee_cross_backup(own.pair.bot->machine, &own.cross, &out);
    backup = parsed(&out);
    assert_string_equal(json_get_text(backup, "algorithm"), "m.megolm_backup.v1.curve25519-aes-sha2");
    buf_adds(&canonical, "{\"public_key\":\"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08\"}");
    assert_string_equal(json_get_text(json_get(backup, "auth_data"), "public_key"),
                        "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08");
    signatures = json_path(backup, "auth_data", "signatures", BOT, NULL);
    e2ee_fingerprint(own.pair.bot->machine, fingerprint);
    assert_true(crypto_ed25519_verify(fingerprint, buf_span(&canonical), json_get_text(signatures, "ed25519:" DEVICE)));
    snprintf(name, sizeof(name), "ed25519:%s", own.cross.public[E2EE_CROSS_MASTER]);
    assert_true(crypto_ed25519_verify(own.cross.public[E2EE_CROSS_MASTER], buf_span(&canonical),
                                      json_get_text(signatures, name)));
    json_free(backup);
    buf_release(&canonical);
    buf_release(&secret);
    own_end(&own);
}

static void private_keys_go_into_storage_and_back(void **state)
{
    struct own own = own_new();
    struct e2ee_cross again = {0};
    struct buf text = BUF_INIT(100);

    (void)state;
    for (int i = 0; i < E2EE_CROSS_SECRETS; i++) {
        e2ee_cross_secret(&own.cross, i, &text);
        assert_int_equal(text.length, 43);
        assert_int_equal(e2ee_cross_take(&again, i, buf_span(&text)), 0);
        buf_addc(&text, '=');
        assert_int_equal(e2ee_cross_take(&again, i, buf_span(&text)), 0);
        assert_string_equal(again.public[i], own.cross.public[i]);
        buf_truncate(&text, 40);
        assert_int_equal(e2ee_cross_take(&again, i, buf_span(&text)), -1);
        buf_clear(&text);
    }
    assert_int_equal(e2ee_cross_take(&again, 0, span_of("")), -1);
    e2ee_cross_wipe(&again);
    for (size_t i = 0; i < sizeof(again); i++)
        assert_int_equal(((unsigned char *)&again)[i], 0);
    buf_release(&text);
    own_end(&own);
}

/* ---- how the own account stands */

static void master_of(const struct identity *identity, char master[44])
{
    char curve25519[44];

    ratchet_account_keys(identity->master, curve25519, master);
}

static void prove(struct client *bot, const char *master)
{
    struct err err = {0};

    client_begin(bot);
    client_end(bot, e2ee_own_prove(bot->machine, master, &err));
    client_run(bot);
}

static void the_log_knows_how_the_device_stands(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct identity *identity;
    char master[44];

    (void)state;
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_ALONE);
    identity = world_identity(pair.world, BOT);
    client_sync(pair.bot);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_UNSIGNED);
    world_sign_device(pair.world, identity, DEVICE);
    client_sync(pair.bot);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_SIGNED);
    master_of(identity, master);
    prove(pair.bot, master);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_SIGNED);
    assert_true(e2ee_is_published(pair.bot->machine));
    world_free(pair.world);
}

/* Semi-trusted impersonation of the owner: the server replaces the bot's identity and adds a device that it signs. */
static void a_replaced_own_identity_gets_no_keys(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct identity *identity = world_identity(pair.world, BOT);
    struct client *spy;
    char master[44], *event;

    (void)state;
    world_sign_device(pair.world, identity, DEVICE);
    master_of(identity, master);
    prove(pair.bot, master);
    spy = world_add(pair.world, BOT, "SPY", E2EE_SHARE_SIGNED);
    client_run(spy);
    identity = world_identity(pair.world, BOT);
    world_sign_device(pair.world, identity, DEVICE);
    world_sign_device(pair.world, identity, "SPY");
    client_sync(pair.bot);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_CHANGED);
    assert_true(e2ee_identity_changed(pair.bot->machine, BOT));
    event = client_send(pair.bot, ROOM, "80 kg");
    client_sync(spy);
    client_parks(spy, event); /* no key came */
    client_sync(pair.anna);
    client_reads(pair.anna, event, "80 kg");
    free(event);
    client_restart(pair.bot); /* and it is not forgotten */
    world_announce(pair.world, BOT);
    client_sync(pair.bot);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_CHANGED);
    world_free(pair.world);
}

/* The same where the store is new: nothing was pinned before the server lied, or hid the identity. */
static void a_proven_identity_that_the_server_hides_gets_no_keys(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct client *spy = world_add(pair.world, BOT, "SPY", E2EE_SHARE_SIGNED);
    struct own own = own_new();
    char *event;

    (void)state;
    client_run(spy);
    prove(pair.bot, own.cross.public[E2EE_CROSS_MASTER]);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_CHANGED);
    event = client_send(pair.bot, ROOM, "80 kg");
    client_sync(spy);
    client_parks(spy, event);
    free(event);
    own_end(&own);
    world_free(pair.world);
}

static void what_was_pinned_by_mistake_gives_way_to_what_is_proven(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    struct identity *identity = world_identity(pair.world, BOT);
    char master[44];

    (void)state;
    client_sync(pair.bot); /* pinned on first use */
    identity = world_identity(pair.world, BOT);
    world_sign_device(pair.world, identity, DEVICE);
    client_sync(pair.bot);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_CHANGED);
    master_of(identity, master);
    prove(pair.bot, master);
    assert_int_equal(e2ee_standing(pair.bot->machine), E2EE_STANDING_SIGNED);
    assert_false(e2ee_identity_changed(pair.bot->machine, BOT));
    world_free(pair.world);
}

static void a_machine_for_keys_only_asks_for_nothing_else(void **state)
{
    struct pair pair = pair_new(E2EE_SHARE_SIGNED);
    long queries = pair.world->requests[E2EE_KEYS_QUERY];

    (void)state;
    pair.bot->keys_only = true;
    client_restart(pair.bot);
    world_announce(pair.world, BOT);
    client_sync(pair.bot);
    assert_null(e2ee_next_request(pair.bot->machine, pair.world->now_ms + 3600 * 1000));
    assert_int_equal(e2ee_next_due(pair.bot->machine), -1);
    pair.bot->keys_only = false; /* what it heard is not lost */
    client_restart(pair.bot);
    client_run(pair.bot);
    assert_true(pair.world->requests[E2EE_KEYS_QUERY] > queries);
    pair_says(pair.anna, pair.bot, "still here");
    world_free(pair.world);
}

/* ---- secret storage */

static void secrets_open_under_their_own_name_alone(void **state)
{
    unsigned char key[CRYPTO_KEY];
    struct buf sealed = BUF_INIT(8192), secret = BUF_INIT(E2EE_SECRET_MAX);
    struct json *json;
    struct err err = {0};

    (void)state;
    assert_int_equal(crypto_random(key, sizeof(key)), 0);
    e2ee_secrets_seal(key, "m.cross_signing.master", span_of("secret"), &sealed);
    json = parsed(&sealed);
    assert_int_equal(e2ee_secrets_open(key, "m.cross_signing.self_signing", json, &secret, &err), -1);
    assert_int_equal(err.class, ERR_CRYPTO);
    assert_int_equal(secret.length, 0);
    assert_int_equal(e2ee_secrets_open(key, "m.cross_signing.master", json, &secret, &err), 0);
    assert_string_equal(buf_text(&secret), "secret");
    json_free(json);
    buf_release(&secret);
}

static void a_huge_count_of_iterations_costs_nothing(void **state)
{
    static const char description[] =
        "{\"algorithm\":\"m.secret_storage.v1.aes-hmac-sha2\",\"passphrase\":{\"algorithm\":\"m.pbkdf2\","
        "\"salt\":\"s\",\"iterations\":4000000000}}";
    struct json *json = json_parse(span_of(description), NULL);
    unsigned char key[CRYPTO_KEY];
    struct err err = {0};

    (void)state;
    assert_int_equal(e2ee_secrets_key(json, span_of("passphrase"), key, &err), -1);
    assert_int_equal(err.class, ERR_CONFIG);
    json_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_uploaded_is_a_whole_chain),
        cmocka_unit_test(a_broken_chain_is_seen),
        cmocka_unit_test(a_backup_is_signed_by_device_and_master_key),
        cmocka_unit_test(private_keys_go_into_storage_and_back),
        cmocka_unit_test(the_log_knows_how_the_device_stands),
        cmocka_unit_test(a_replaced_own_identity_gets_no_keys),
        cmocka_unit_test(a_proven_identity_that_the_server_hides_gets_no_keys),
        cmocka_unit_test(what_was_pinned_by_mistake_gives_way_to_what_is_proven),
        cmocka_unit_test(a_machine_for_keys_only_asks_for_nothing_else),
        cmocka_unit_test(secrets_open_under_their_own_name_alone),
        cmocka_unit_test(a_huge_count_of_iterations_costs_nothing),
    };

    return RUN_TESTS(tests);
}

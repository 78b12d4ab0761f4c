/*
 * A verification by emoji with somebody between, or with a peer who isn't who they say: it ends, and vouches for
 * nothing.
 */
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/sas.h"
#include "core/base/mem.h"
#include "tests/unit/unit.h"

#define ANNA "@anna:example.org"
#define BOT "@spotter:example.org"
#define KEY_A "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08"
#define KEY_B "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"
#define KEY_C "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"
#define LOW_KEY "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* What the server makes of a message on its way to the bot; NULL: it passes. */
struct between {
    const char *type, *from, *to;
};

struct two {
    struct sas *bot, *anna;
};

/* DEVICE, ED25519 and MASTER are Anna's as the bot knows them; her client speaks for PHONE, KEY_A and KEY_B. */
static struct two two_new(const char *device, const char *ed25519, const char *master)
{
    const struct sas_party bot = {BOT, "BOTDEV", KEY_C, ""};
    struct sas_options at_bot = {bot, {ANNA, device, ed25519, master}, "t", "\"transaction_id\":\"t\""};
    struct sas_options at_anna = {{ANNA, device, KEY_A, KEY_B}, bot, "t", "\"transaction_id\":\"t\""};

    return (struct two){sas_new(&at_bot), sas_new(&at_anna)};
}

static void two_free(struct two *two)
{
    sas_free(two->bot);
    sas_free(two->anna);
}

static bool carry(struct sas *from, struct sas *to, const struct between *between)
{
    const char *type;
    char *content;
    struct json *json;

    if (!sas_next(from, &type, &content))
        return false;
    if (between != NULL && strcmp(type, between->type) == 0) {
        char *at = strstr(content, between->from);

        assert_non_null(at);
        memcpy(at, between->to, strlen(between->to));
    }
    json = json_parse(span_of(content), NULL);
    assert_non_null(json);
    sas_receive(to, type, json);
    json_free(json);
    free(content);
    return true;
}

static void talk(struct two *two, const struct between *between)
{
    while (carry(two->anna, two->bot, between) || carry(two->bot, two->anna, NULL))
        ;
}

/* People say that it is the same. */
static void compare(struct two *two, const struct between *between)
{
    sas_begin(two->anna);
    talk(two, between);
    sas_answer(two->bot, true);
    sas_answer(two->anna, true);
    talk(two, between);
}

static void who_they_say_they_are(void **state)
{
    struct two two = two_new("PHONE", KEY_A, KEY_B);

    (void)state;
    compare(&two, NULL);
    assert_int_equal(sas_state(two.bot), SAS_VERIFIED);
    assert_true(sas_vouched_device(two.bot) && sas_vouched_master(two.bot));
    two_free(&two);
}

static void ends(struct two two, const struct between *between, const char *reason)
{
    compare(&two, between);
    assert_int_equal(sas_state(two.bot), SAS_CANCELLED);
    assert_string_equal(sas_reason(two.bot), reason);
    two_free(&two);
}

/* CVE-2022-39250: the server adds a device whose id is a master key, so that the one is taken for the other. */
static void a_device_named_as_a_master_key(void **state)
{
    const struct sas_party bot = {BOT, "BOTDEV", KEY_C, ""};
    const struct sas_options at_anna = {{ANNA, KEY_B, KEY_A, ""}, bot, "t", "\"transaction_id\":\"t\""};
    struct two two = two_new(KEY_B, KEY_A, KEY_B);

    (void)state;
    sas_free(two.anna);
    two.anna = sas_new(&at_anna);
    ends(two, NULL, "m.key_mismatch");
}

static void keys_that_the_server_made_up(void **state)
{
    (void)state;
    ends(two_new("PHONE", KEY_C, KEY_B), NULL, "m.key_mismatch");
    ends(two_new("PHONE", KEY_A, KEY_C), &(struct between){"mac", "\"ed25519:" KEY_B, "\"ed25519:" KEY_C},
         "m.key_mismatch");
}

/* A key is taken out of the list of those that are vouched for, or put in. */
static void another_list(void **state)
{
    (void)state;
    ends(two_new("PHONE", KEY_A, KEY_B), &(struct between){"mac", "\"ed25519:" KEY_B, "\"ed25519:" KEY_C},
         "m.key_mismatch");
}

static void keys_that_nobody_committed_to(void **state)
{
    static const char *const keys[] = {KEY_C, LOW_KEY};
    static const char *const reasons[] = {"m.mismatched_commitment", "m.invalid_message"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct two two = two_new("PHONE", KEY_A, KEY_B);
        struct buf key = BUF_INIT(256);
        struct json *json;

        sas_begin(two.bot);
        assert_true(carry(two.bot, two.anna, NULL) && carry(two.anna, two.bot, NULL)); /* start, accept */
        assert_int_equal(sas_state(two.bot), SAS_KEYED);
        buf_addf(&key, "{\"transaction_id\":\"t\",\"key\":\"%s\"}", keys[i]);
        json = json_parse(buf_span(&key), NULL);
        sas_receive(two.bot, "key", json);
        json_free(json);
        assert_int_equal(sas_state(two.bot), SAS_CANCELLED);
        assert_string_equal(sas_reason(two.bot), reasons[i]);
        buf_release(&key);
        two_free(&two);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_they_say_they_are),         cmocka_unit_test(a_device_named_as_a_master_key),
        cmocka_unit_test(keys_that_the_server_made_up),  cmocka_unit_test(another_list),
        cmocka_unit_test(keys_that_nobody_committed_to),
    };

    return RUN_TESTS(tests);
}

/*
 * A code that is shown: its bytes as the specification lays them out, and who is believed to have seen it.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/e2ee/qr.h"
#include "core/base/mem.h"
#include "tests/unit/unit.h"

/* The keys of the specification's example: 00 01 02 … and 10 11 12 …. */
#define OWN "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define PEER "EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8"
#define START "\"from_device\":\"PHONE\",\"method\":\"m.reciprocate.v1\",\"transaction_id\":\"t\""

enum { KEYS = 64, SECRET_LEAST = 8 };

static struct qr *new_with(const char *id)
{
    return qr_new(&(const struct qr_options){.own_master = OWN,
                                             .peer_master = PEER,
                                             .peer_device = "PHONE",
                                             .id = id,
                                             .binding = "\"transaction_id\":\"t\""});
}

static struct span secret_of(const struct qr *qr, size_t id_length)
{
    struct span code = qr_code(qr);

    return (struct span){code.at + 10 + id_length + KEYS, code.length - 10 - id_length - KEYS};
}

static void receive(struct qr *qr, const char *type, const char *content)
{
    struct json *json = json_parse(span_of(content), NULL);

    assert_non_null(json);
    qr_receive(qr, type, json);
    json_free(json);
}

/* A start with SECRET, which has not been cut out of the code. */
static void start_with(struct qr *qr, const char *secret)
{
    struct buf content = BUF_INIT(1024);

    buf_addf(&content, "{" START ",\"secret\":\"%s\"}", secret);
    receive(qr, "start", buf_text(&content));
    buf_release(&content);
}

static void scan(struct qr *qr)
{
    struct buf secret = BUF_INIT(256);

    crypto_base64(secret_of(qr, 1), &secret);
    start_with(qr, buf_text(&secret));
    buf_release(&secret);
}

/* The one message that there is. */
static void says(struct qr *qr, const char *wanted, const char *code)
{
    const char *type;
    char *content;
    struct json *json;

    assert_true(qr_next(qr, &type, &content));
    assert_string_equal(type, wanted);
    json = json_parse(span_of(content), NULL);
    assert_string_equal(json_get_text(json, "transaction_id"), "t");
    if (code != NULL)
        assert_string_equal(json_get_text(json, "code"), code);
    json_free(json);
    free(content);
    assert_false(qr_next(qr, &type, &content));
}

/* It is over, and nothing makes it good again. */
static void ended(struct qr *qr, const char *code)
{
    assert_int_equal(qr_state(qr), QR_CANCELLED);
    assert_string_equal(qr_reason(qr), code);
    says(qr, "cancel", code);
    scan(qr);
    qr_answer(qr, true);
    qr_cancel(qr, VERIFY_TIMEOUT);
    assert_int_equal(qr_state(qr), QR_CANCELLED);
    assert_false(qr_next(qr, &(const char *){NULL}, &(char *){NULL}));
    qr_free(qr);
}

static void as_the_specification_lays_it_out(void **state)
{
    char id[256];

    (void)state;
    memset(id, 'i', 255);
    for (size_t length = 5; length < 256; length += 250) {
        struct qr *qr;
        struct span code;

        id[length] = '\0';
        qr = new_with(id);
        code = qr_code(qr);
        assert_memory_equal(code.at, "MATRIX\x02\x00\x00", 9);
        assert_int_equal((unsigned char)code.at[9], length);
        assert_memory_equal(code.at + 10, id, length);
        for (size_t i = 0; i < 32; i++) {
            assert_int_equal(code.at[10 + length + i], i);
            assert_int_equal(code.at[10 + length + 32 + i], 16 + i);
        }
        assert_true(secret_of(qr, length).length >= SECRET_LEAST);
        qr_free(qr);
        memset(id, 'i', 255);
    }
}

static void no_two_have_the_same_secret(void **state)
{
    struct qr *one = new_with("t"), *other = new_with("t");
    struct span secret = secret_of(one, 1);

    (void)state;
    assert_memory_not_equal(secret.at, secret_of(other, 1).at, secret.length);
    qr_free(one);
    qr_free(other);
}

static void who_scanned_it_and_is_said_to_have(void **state)
{
    struct qr *qr = new_with("t");

    (void)state;
    qr_answer(qr, true); /* nobody has scanned it yet */
    assert_int_equal(qr_state(qr), QR_SHOWN);
    scan(qr);
    assert_int_equal(qr_state(qr), QR_SCANNED);
    assert_false(qr_next(qr, &(const char *){NULL}, &(char *){NULL})); /* a scan alone is not enough */
    qr_answer(qr, true);
    assert_int_equal(qr_state(qr), QR_VERIFIED);
    says(qr, "done", NULL);
    receive(qr, "done", "{}");
    receive(qr, "cancel", "{\"code\":\"m.user\"}");
    qr_answer(qr, false);
    qr_cancel(qr, VERIFY_TIMEOUT);
    assert_int_equal(qr_state(qr), QR_VERIFIED);
    qr_free(qr);
}

static void people_say_no(void **state)
{
    struct qr *qr = new_with("t");

    (void)state;
    scan(qr);
    qr_answer(qr, false);
    ended(qr, "m.user");
}

/* None, one that is shorter or longer, and one that differs in the last bit. */
static void who_has_not_seen_it(void **state)
{
    static const char *const contents[] = {"{" START "}", "{" START ",\"secret\":7}", "{" START ",\"secret\":\"\"}",
                                           "{" START ",\"secret\":\"QUJDREVGR0hJSktMTU5PUA\"}"};
    struct buf secret = BUF_INIT(256);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(contents); i++) {
        struct qr *qr = new_with("t");

        receive(qr, "start", contents[i]);
        ended(qr, "m.key_mismatch");
    }
    for (int i = 0; i < 3; i++) {
        struct qr *qr = new_with("t");
        struct span right = secret_of(qr, 1);
        unsigned char other[64] = {0};
        size_t length = right.length;

        memcpy(other, right.at, right.length);
        if (i == 0)
            other[right.length - 1] ^= 1;
        else
            length += i == 1 ? 1 : -1;
        buf_clear(&secret);
        crypto_base64((struct span){(const char *)other, length}, &secret);
        start_with(qr, buf_text(&secret));
        ended(qr, "m.key_mismatch");
    }
    buf_release(&secret);
}

static void what_is_out_of_order(void **state)
{
    static const char *const types[] = {"done", "accept", "key", "mac"};
    struct qr *qr;

    (void)state;
    for (size_t i = 0; i < 2 * ARRAY_LENGTH(types); i++) {
        qr = new_with("t");
        if (i % 2 == 1)
            scan(qr);
        receive(qr, types[i / 2], "{}");
        ended(qr, "m.unexpected_message");
    }
    qr = new_with("t");
    scan(qr);
    scan(qr);
    ended(qr, "m.unexpected_message");
    qr = new_with("t");
    scan(qr);
    receive(qr, "start", "{\"from_device\":\"PHONE\",\"method\":\"m.sas.v1\"}");
    ended(qr, "m.unexpected_message");
}

static void another_method_or_device(void **state)
{
    struct qr *qr = new_with("t");

    (void)state;
    receive(qr, "start", "{\"from_device\":\"PHONE\",\"method\":\"m.sas.v1\"}");
    ended(qr, "m.unknown_method");
    qr = new_with("t");
    receive(qr, "start", "{\"from_device\":\"TABLET\",\"method\":\"m.reciprocate.v1\",\"secret\":\"AAAA\"}");
    ended(qr, "m.user_mismatch");
}

static void the_other_side_cancels(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct qr *qr = new_with("t");

        if (i == 1)
            scan(qr);
        receive(qr, "cancel", "{\"code\":\"m.key_mismatch\"}");
        assert_int_equal(qr_state(qr), QR_CANCELLED);
        assert_string_equal(qr_reason(qr), "m.key_mismatch");
        assert_false(qr_next(qr, &(const char *){NULL}, &(char *){NULL}));
        qr_free(qr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_specification_lays_it_out),
        cmocka_unit_test(no_two_have_the_same_secret),
        cmocka_unit_test(who_scanned_it_and_is_said_to_have),
        cmocka_unit_test(people_say_no),
        cmocka_unit_test(who_has_not_seen_it),
        cmocka_unit_test(what_is_out_of_order),
        cmocka_unit_test(another_method_or_device),
        cmocka_unit_test(the_other_side_cancels),
    };

    return RUN_TESTS(tests);
}

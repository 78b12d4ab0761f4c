/*
 * Wycheproof's verdicts on Ed25519 signatures and X25519 public keys (tests/vectors, which name their source).
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "tests/unit/bot/crypto/vectors.h"

static void check_signature(char **column)
{
    struct buf key = unhex(column[1]), message = unhex(column[2]), signature = unhex(column[3]);
    struct buf key_text = BUF_INIT(1000), signature_text = BUF_INIT(1000);
    bool good;

    crypto_base64(buf_span(&key), &key_text);
    crypto_base64(buf_span(&signature), &signature_text);
    good = crypto_ed25519_verify(buf_text(&key_text), buf_span(&message), buf_text(&signature_text));
    if (good != (strcmp(column[0], "valid") == 0))
        fail_msg("%s %s %s %s", column[0], column[1], column[2], column[3]);
    buf_release(&key);
    buf_release(&message);
    buf_release(&signature);
    buf_release(&key_text);
    buf_release(&signature_text);
}

static void signatures(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/ed25519.txt", check_signature), 151);
}

static void check_point(char **column)
{
    struct buf key = unhex(column[1]);

    assert_int_equal(key.length, CRYPTO_KEY);
    if (crypto_curve25519_good((const unsigned char *)key.data) != (strcmp(column[0], "good") == 0))
        fail_msg("%s %s", column[0], column[1]);
    buf_release(&key);
}

static void points(void **state)
{
    (void)state;
    assert_true(each_line("tests/vectors/x25519.txt", check_point) > 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures),
        cmocka_unit_test(points),
    };

    return RUN_TESTS(tests);
}

/*
 * What others have published: keys of secret storage, messages that are none, the table of emoji (tests/vectors, which
 * name their source). Of Olm and SAS nothing is published that a fixed key seals: those are held against vodozemac in
 * tests/interop.
 */
#include "bot/e2ee/ratchet.h"
#include "bot/e2ee/sas.h"
#include "bot/e2ee/secrets.h"
#include "tests/unit/bot/crypto/vectors.h"

static void check_storage(char **column)
{
    struct buf typed = unhex(column[0]);
    struct json *description = json_parse(span_of(column[1]), NULL);
    unsigned char key[CRYPTO_KEY];
    struct err err = {0};

    assert_int_equal(e2ee_secrets_key(description, buf_span(&typed), key, &err), 0);
    typed.data[typed.length - 1] ^= 1;
    assert_int_equal(e2ee_secrets_key(description, buf_span(&typed), key, &err), -1);
    json_free(description);
    buf_release(&typed);
}

static void keys_of_secret_storage_agree_with_matrix_rust_sdk(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/secret-storage.txt", check_storage), 2);
}

static void check_malformed(char **column)
{
    struct ratchet_account *ours = ratchet_account_new(), *theirs = ratchet_account_new();
    struct buf message = unhex(column[0]), plain = BUF_INIT(1000);
    char ours_curve25519[44], curve25519[44], ed25519[44];
    struct ratchet_session *session;

    ratchet_account_keys(ours, ours_curve25519, ed25519);
    ratchet_account_keys(theirs, curve25519, ed25519);
    session = ratchet_session_outbound(ours, curve25519, curve25519, NULL);
    assert_non_null(session);
    assert_int_equal(ratchet_session_decrypt(session, RATCHET_MESSAGE_PREKEY, buf_span(&message), &plain, NULL), -1);
    assert_int_equal(plain.length, 0);
    assert_null(ratchet_session_inbound(theirs, ours_curve25519, buf_span(&message), NULL));
    ratchet_session_free(session);
    ratchet_account_free(ours);
    ratchet_account_free(theirs);
    buf_release(&message);
    buf_release(&plain);
}

static void messages_that_libolm_refuses(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/olm-malformed.txt", check_malformed), 4);
}

/* A "_" stands for a blank. */
static void check_emoji(char **column)
{
    unsigned char number = (unsigned char)strtoul(column[0], NULL, 10);
    const char *name = sas_emoji_name(number);

    assert_string_equal(sas_emoji_sign(number), column[1]);
    assert_int_equal(strlen(name), strlen(column[2]));
    for (size_t i = 0; name[i] != '\0'; i++)
        assert_int_equal(name[i], column[2][i] == '_' ? ' ' : column[2][i]);
}

static void emoji_are_the_specifications(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/sas-emoji.txt", check_emoji), 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_secret_storage_agree_with_matrix_rust_sdk),
        cmocka_unit_test(messages_that_libolm_refuses),
        cmocka_unit_test(emoji_are_the_specifications),
    };

    return RUN_TESTS(tests);
}

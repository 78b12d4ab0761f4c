/*
 * What others have published (tests/vectors, which name their source): keys of secret storage, messages that are none,
 * Megolm's ratchet, the steps of SAS, the table of emoji. Of Olm and of the MACs of SAS nothing is published that a
 * fixed key makes: those are held against vodozemac in tests/interop.
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

/* An exported session key: version 1, index, ratchet, Ed25519 key (olm-megolm, "Session export format"). */
enum { RATCHET = 128, EXPORTED = 1 + 4 + RATCHET + 32 };

static void check_ratchet(char **column)
{
    unsigned char bytes[EXPORTED] = {1}, found[EXPORTED];
    struct buf ratchet = unhex(column[0]), text = BUF_INIT(1000), exported = BUF_INIT(1000);
    uint32_t index = (uint32_t)strtoul(column[1], NULL, 10);
    struct ratchet_inbound *session;

    assert_int_equal(ratchet.length, RATCHET);
    memcpy(bytes + 5, ratchet.data, RATCHET);
    crypto_base64((struct span){(const char *)bytes, sizeof(bytes)}, &text);
    session = ratchet_inbound_import(buf_text(&text), NULL);
    assert_non_null(session);
    assert_int_equal(ratchet_inbound_export(session, index, &exported), 0);
    assert_int_equal(crypto_unbase64_exactly(buf_span(&exported), found, sizeof(found)), 0);
    assert_int_equal((uint32_t)found[1] << 24 | (uint32_t)found[2] << 16 | (uint32_t)found[3] << 8 | found[4], index);
    assert_hex(found + 5, RATCHET, column[2]);
    ratchet_inbound_free(session);
    buf_release(&ratchet);
    buf_release(&text);
    buf_release(&exported);
}

static void the_megolm_ratchet_turns_as_libolms(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/megolm-ratchet.txt", check_ratchet), 3);
}

static void check_commitment(char **column)
{
    struct json *start = json_parse(span_of(column[1]), NULL);
    struct buf canonical = BUF_INIT(10000), commitment = BUF_INIT(100);

    assert_int_equal(json_canonical(start, NULL, &canonical, NULL), 0);
    sas_commitment(column[0], buf_span(&canonical), &commitment);
    assert_string_equal(buf_text(&commitment), column[2]);
    json_free(start);
    buf_release(&canonical);
    buf_release(&commitment);
}

static void a_key_is_committed_to_as_in_matrix_rust_sdk(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/sas-commitment.txt", check_commitment), 1);
}

static void check_bytes(char **column)
{
    struct buf bytes = unhex(column[0]);
    unsigned char emoji[SAS_EMOJI];
    int numbers[SAS_NUMBERS];

    assert_int_equal(bytes.length, SAS_BYTES);
    sas_signs((const unsigned char *)bytes.data, emoji, numbers);
    for (int i = 0; i < SAS_EMOJI; i++)
        assert_int_equal(emoji[i], strtol(column[1], NULL, 10));
    for (int i = 0; i < SAS_NUMBERS; i++)
        assert_int_equal(numbers[i], strtol(column[2], NULL, 10));
    buf_release(&bytes);
}

static void bytes_are_shown_as_in_vodozemac(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/sas-bytes.txt", check_bytes), 2);
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
        cmocka_unit_test(the_megolm_ratchet_turns_as_libolms),
        cmocka_unit_test(a_key_is_committed_to_as_in_matrix_rust_sdk),
        cmocka_unit_test(bytes_are_shown_as_in_vodozemac),
        cmocka_unit_test(emoji_are_the_specifications),
    };

    return RUN_TESTS(tests);
}

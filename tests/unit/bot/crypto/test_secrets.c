/*
 * What secret storage and attachments stand on, by published vectors (tests/vectors, which name their source).
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"
#include "tests/unit/bot/crypto/vectors.h"

static void check_ctr(char **column)
{
    struct buf key = unhex(column[0]), iv = unhex(column[1]), plain = unhex(column[2]), secret = unhex(column[3]);
    unsigned char out[100];

    crypto_aes_ctr((unsigned char *)key.data, (unsigned char *)iv.data, buf_span(&plain), out);
    assert_hex(out, plain.length, column[3]);
    crypto_aes_ctr((unsigned char *)key.data, (unsigned char *)iv.data, buf_span(&secret),
                   (unsigned char *)secret.data); /* in place */
    assert_hex(secret.data, secret.length, column[2]);
    for (size_t length = 0; length < plain.length; length++) {
        memset(out, 0xa5, sizeof(out));
        crypto_aes_ctr((unsigned char *)key.data, (unsigned char *)iv.data, (struct span){plain.data, length}, out);
        assert_int_equal(out[length], 0xa5);
    }
    buf_release(&key);
    buf_release(&iv);
    buf_release(&plain);
    buf_release(&secret);
}

static void aes_ctr_agrees_with_nist(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/aes-ctr.txt", check_ctr), 1);
}

static void check_attachment(char **column)
{
    struct buf key = unhex(column[0]), iv = unhex(column[1]), plain = unhex(column[2]), secret = unhex(column[3]);
    unsigned char out[100], digest[CRYPTO_SHA256];

    crypto_sha256(buf_span(&secret), digest);
    assert_hex(digest, sizeof(digest), column[4]);
    crypto_aes_ctr((unsigned char *)key.data, (unsigned char *)iv.data, buf_span(&plain), out);
    assert_memory_equal(out, secret.data, secret.length);
    assert_int_equal(plain.length, secret.length);
    buf_release(&key);
    buf_release(&iv);
    buf_release(&plain);
    buf_release(&secret);
}

static void attachments_agree_with_matrix_encrypt_attachment(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/attachments.txt", check_attachment), 3);
}

static void check_pbkdf2(char **column)
{
    struct buf passphrase = unhex(column[0]), salt = unhex(column[1]);
    unsigned char out[64];

    crypto_pbkdf2_sha512(buf_span(&passphrase), buf_span(&salt), (unsigned)strtoul(column[2], NULL, 10), out,
                         sizeof(out));
    assert_hex(out, sizeof(out), column[3]);
    buf_release(&passphrase);
    buf_release(&salt);
}

static void pbkdf2_agrees_with_cpython(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/pbkdf2-sha512.txt", check_pbkdf2), 5);
}

static void check_recovery_key(char **column)
{
    struct buf key = unhex(column[0]), text = BUF_INIT(100), spaced = BUF_INIT(100);
    unsigned char decoded[CRYPTO_KEY];

    for (size_t i = 0; column[1][i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0)
            buf_addc(&spaced, ' ');
        buf_addc(&spaced, column[1][i]);
    }
    crypto_recovery_key((unsigned char *)key.data, &text);
    assert_string_equal(buf_text(&text), buf_text(&spaced));
    assert_int_equal(crypto_recovery_key_decode(buf_span(&text), decoded), 0);
    assert_memory_equal(decoded, key.data, sizeof(decoded));
    assert_int_equal(crypto_recovery_key_decode(span_of(column[1]), decoded), 0);
    /* Any one letter changed: 35 bytes still, but another parity (or prefix) in all but a few cases; none of them here
     * is taken for the same key. */
    for (size_t i = 0; i < text.length; i++) {
        char was = text.data[i];

        if (was == ' ')
            continue;
        text.data[i] = was == 'z' ? 'y' : 'z';
        if (crypto_recovery_key_decode(buf_span(&text), decoded) == 0)
            assert_memory_not_equal(decoded, key.data, sizeof(decoded));
        text.data[i] = was;
    }
    buf_release(&key);
    buf_release(&text);
    buf_release(&spaced);
}

static void recovery_keys_agree_with_the_specification(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/recovery-key.txt", check_recovery_key), 4);
}

static void recovery_keys_are_read_as_people_copy_them_or_not_at_all(void **state)
{
    static const char *const good[] = {
        "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d",
        "  EsTc  LW2KPGiF\twKEA\r\n3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d\n",
        "E s T c LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d\f\v",
    };
    static const char *const bad[] = {
        "",
        "   ",
        "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4e",   /* parity */
        "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4",    /* cut */
        "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d 1", /* more */
        "1EsT cLW2 KPGi FwKE A3As 5g5c 4BXw kqee JZJV 8Q9f ugUM NUE4",   /* a zero in front, cut */
        "FsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d",   /* prefix */
        "0sTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d",   /* no letter of base58 */
        "EsTc-LW2K-PGiF-wKEA-3As5-g5c4-BXwk-qeeJ-ZJV8-Q9fu-gUMN-UE4d",
        "zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz",        /* beyond 35 bytes */
        "EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4\xc3\xa9", /* not ASCII */
        "correct horse battery staple",
    };
    unsigned char key[CRYPTO_KEY];

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(good); i++) {
        assert_int_equal(crypto_recovery_key_decode(span_of(good[i]), key), 0);
        assert_hex(key, sizeof(key), "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    }
    for (size_t i = 0; i < ARRAY_LENGTH(bad); i++)
        if (crypto_recovery_key_decode(span_of(bad[i]), key) == 0)
            fail_msg("taken: %s", bad[i]);
    /* A NUL inside is no blank. */
    assert_int_equal(crypto_recovery_key_decode(
                         (struct span){"EsTc\0LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d", 59}, key),
                     -1);
}

/* RFC 8032, section 7.1: TEST 1, 2 and 3: secret key, message, signature; RFC 7748, section 6.1: Alice and Bob. */
static void private_keys_agree_with_their_rfcs(void **state)
{
    static const char *const signatures[][4] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bb"
         "e24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302"
         "aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed"
         "28dc027beceea1ec40a"},
    };
    static const char *const agreements[][2] = {
        {"77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
         "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"},
        {"5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
         "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"},
    };
    char public[CRYPTO_KEY_TEXT], signature[CRYPTO_SIGNATURE_TEXT];
    struct buf bytes = BUF_INIT(100);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(signatures); i++) {
        struct buf seed = unhex(signatures[i][0]), message = unhex(signatures[i][2]);

        crypto_ed25519_public((unsigned char *)seed.data, public);
        crypto_ed25519_sign((unsigned char *)seed.data, buf_span(&message), signature);
        assert_true(crypto_ed25519_verify(public, buf_span(&message), signature));
        assert_int_equal(crypto_unbase64(span_of(public), &bytes), 0);
        assert_hex(bytes.data, bytes.length, signatures[i][1]);
        buf_clear(&bytes);
        assert_int_equal(crypto_unbase64(span_of(signature), &bytes), 0);
        assert_hex(bytes.data, bytes.length, signatures[i][3]);
        buf_clear(&bytes);
        buf_release(&seed);
        buf_release(&message);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(agreements); i++) {
        struct buf private = unhex(agreements[i][0]);

        crypto_curve25519_public((unsigned char *)private.data, public);
        assert_int_equal(crypto_unbase64(span_of(public), &bytes), 0);
        assert_hex(bytes.data, bytes.length, agreements[i][1]);
        buf_clear(&bytes);
        buf_release(&private);
    }
    buf_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aes_ctr_agrees_with_nist),
        cmocka_unit_test(attachments_agree_with_matrix_encrypt_attachment),
        cmocka_unit_test(pbkdf2_agrees_with_cpython),
        cmocka_unit_test(recovery_keys_agree_with_the_specification),
        cmocka_unit_test(recovery_keys_are_read_as_people_copy_them_or_not_at_all),
        cmocka_unit_test(private_keys_agree_with_their_rfcs),
    };

    return RUN_TESTS(tests);
}

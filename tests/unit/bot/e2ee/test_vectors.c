/*
 * What others have published (tests/vectors, which name their source): keys of secret storage, an Olm session, messages
 * that are none, Megolm's ratchet, the steps of SAS, the table of emoji. Of what an Olm session decrypts and of the
 * MACs of SAS nothing is published that a fixed key makes: those are held against vodozemac in tests/interop.
 */
#include <openssl/evp.h>

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

/* How libolm seals a pickle: AES-256-CBC, and eight bytes of HMAC-SHA-256 behind, with keys by HKDF. */
enum { PICKLE_MAC = 8, PICKLE_KEYS = 32 + 32 + 16 };

static void pickle_keys(struct span key, unsigned char keys[PICKLE_KEYS])
{
    assert_int_equal(crypto_hkdf_sha256(key, span_of(""), span_of("Pickle"), keys, PICKLE_KEYS), 0);
}

static void aes_cbc(const unsigned char keys[PICKLE_KEYS], struct span in, int encrypt, struct buf *out)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    unsigned char bytes[1024];
    int first = 0, last = 0;

    assert_true(in.length + EVP_MAX_BLOCK_LENGTH <= sizeof(bytes));
    assert_int_equal(EVP_CipherInit_ex(context, EVP_aes_256_cbc(), NULL, keys, keys + 64, encrypt), 1);
    assert_int_equal(EVP_CipherUpdate(context, bytes, &first, (const unsigned char *)in.at, (int)in.length), 1);
    assert_int_equal(EVP_CipherFinal_ex(context, bytes + first, &last), 1);
    buf_add(out, bytes, (size_t)first + (size_t)last);
    EVP_CIPHER_CTX_free(context);
}

/* The pickle TEXT of "secret_key" under KEY, as the port wants it. */
static void pickle_anew(struct span text, const unsigned char key[RATCHET_PICKLE_KEY], struct buf *out)
{
    struct buf sealed = BUF_INIT(1024), plain = BUF_INIT(1024), again = BUF_INIT(1024);
    unsigned char keys[PICKLE_KEYS], mac[CRYPTO_SHA256];

    assert_int_equal(crypto_unbase64(text, &sealed), 0);
    pickle_keys(span_of("secret_key"), keys);
    aes_cbc(keys, (struct span){sealed.data, sealed.length - PICKLE_MAC}, 0, &plain);
    pickle_keys((struct span){(const char *)key, RATCHET_PICKLE_KEY}, keys);
    aes_cbc(keys, buf_span(&plain), 1, &again);
    crypto_hmac_sha256((struct span){(const char *)keys + 32, 32}, buf_span(&again), mac);
    buf_add(&again, mac, PICKLE_MAC);
    crypto_base64(buf_span(&again), out);
    buf_release(&sealed);
    buf_release(&plain);
    buf_release(&again);
}

/* Whether MESSAGE has KEY as its field TAG. */
static bool has_key(const struct buf *message, char tag, const struct buf *key)
{
    for (size_t i = 0; i + 2 + key->length <= message->length; i++)
        if (message->data[i] == tag && message->data[i + 1] == (char)key->length &&
            memcmp(message->data + i + 2, key->data, key->length) == 0)
            return true;
    return false;
}

/* The session's id, and the keys in its first message, are as the specification makes them of those that are published
 * (olm, "The Olm Message Format"). */
static void check_session(char **column)
{
    static const unsigned char key[RATCHET_PICKLE_KEY] = "0123456789abcdef0123456789abcdef";
    struct buf identity = unhex(column[1]), base = unhex(column[2]), one_time = unhex(column[3]),
               ratchet = unhex(column[4]);
    struct buf pickle = BUF_INIT(1024), ids = BUF_INIT(96), id = BUF_INIT(64), text = BUF_INIT(1024),
               message = BUF_INIT(1024);
    unsigned char digest[CRYPTO_SHA256];
    struct ratchet_session *session;
    char its_id[44];
    int type = -1;

    pickle_anew(span_of(column[0]), key, &pickle);
    session = ratchet_session_unpickle(key, buf_span(&pickle), NULL);
    assert_non_null(session);
    buf_add_span(&ids, buf_span(&identity));
    buf_add_span(&ids, buf_span(&base));
    buf_add_span(&ids, buf_span(&one_time));
    crypto_sha256(buf_span(&ids), digest);
    crypto_base64((struct span){(const char *)digest, sizeof(digest)}, &id);
    ratchet_session_id(session, its_id);
    assert_string_equal(its_id, buf_text(&id));
    assert_int_equal(ratchet_session_encrypt(session, span_of("80x8"), &type, &text), 0);
    assert_int_equal(type, RATCHET_MESSAGE_PREKEY);
    assert_int_equal(crypto_unbase64(buf_span(&text), &message), 0);
    assert_true(has_key(&message, 0x0A, &one_time) && has_key(&message, 0x12, &base));
    assert_true(has_key(&message, 0x1A, &identity) && has_key(&message, 0x0A, &ratchet));
    ratchet_session_free(session);
    for (struct buf *used[] = {&identity, &base, &one_time, &ratchet, &pickle, &ids, &id, &text, &message, NULL},
                    **at = used;
         *at != NULL; at++)
        buf_release(*at);
}

static void olm_sessions_agree_with_libolms(void **state)
{
    (void)state;
    assert_int_equal(each_line("tests/vectors/olm-session.txt", check_session), 2);
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
        cmocka_unit_test(olm_sessions_agree_with_libolms),
        cmocka_unit_test(messages_that_libolm_refuses),
        cmocka_unit_test(the_megolm_ratchet_turns_as_libolms),
        cmocka_unit_test(a_key_is_committed_to_as_in_matrix_rust_sdk),
        cmocka_unit_test(bytes_are_shown_as_in_vodozemac),
        cmocka_unit_test(emoji_are_the_specifications),
    };

    return RUN_TESTS(tests);
}

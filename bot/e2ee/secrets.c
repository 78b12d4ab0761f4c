/*
 * Secret storage: a pair of keys derived for each secret by its name, AES-CTR, then HMAC over the ciphertext.
 */
#include "bot/e2ee/secrets.h"

#include <string.h>

#include "bot/e2ee/machine.h"
#include "bot/json/writer.h"

#define ALGORITHM "m.secret_storage.v1.aes-hmac-sha2"

/* Iterations come from the server: Element has 500,000; ten times that hold the program up for seconds, no more. */
enum { KEY_BITS = 256, ITERATIONS_MAX = 5000000 };

struct pair {
    unsigned char aes[CRYPTO_KEY], mac[CRYPTO_KEY];
};

static const unsigned char zeros[CRYPTO_KEY];

static struct span bytes(const void *at, size_t length)
{
    return (struct span){at, length};
}

static void derive(const unsigned char key[CRYPTO_KEY], const char *name, struct pair *pair)
{
    BUG_IF(crypto_hkdf_sha256(bytes(key, CRYPTO_KEY), bytes(zeros, sizeof(zeros)), span_of(name), pair->aes,
                              sizeof(*pair)) != 0);
}

/* Random; bit 63 is zero, since implementations differ in how they count over it. */
static void make_iv(unsigned char iv[CRYPTO_IV])
{
    BUG_IF(crypto_random(iv, CRYPTO_IV) != 0);
    iv[8] &= 0x7f;
}

static void write_base64(struct json_writer *writer, const char *key, struct span value)
{
    struct buf text = BUF_INIT(2 * E2EE_SECRET_MAX);

    crypto_base64(value, &text);
    json_write_key(writer, key);
    json_write_span(writer, buf_span(&text));
    buf_release(&text);
}

/* 0 with exactly LENGTH bytes, or -1. */
static int read_base64(const struct json *object, const char *key, unsigned char *out, size_t length)
{
    const char *text = json_get_text(object, key);

    return text != NULL ? crypto_unbase64_exactly(span_of(text), out, length) : -1;
}

/* ---- the key */

static void check_value(const unsigned char key[CRYPTO_KEY], const unsigned char iv[CRYPTO_IV],
                        unsigned char mac[CRYPTO_SHA256])
{
    unsigned char out[CRYPTO_KEY];
    struct pair pair;

    derive(key, "", &pair);
    crypto_aes_ctr(pair.aes, iv, bytes(zeros, sizeof(zeros)), out);
    crypto_hmac_sha256(bytes(pair.mac, sizeof(pair.mac)), bytes(out, sizeof(out)), mac);
    crypto_cleanse(&pair, sizeof(pair));
}

void e2ee_secrets_describe(const unsigned char key[CRYPTO_KEY], struct buf *out)
{
    unsigned char iv[CRYPTO_IV], mac[CRYPTO_SHA256];
    struct json_writer writer;

    make_iv(iv);
    check_value(key, iv, mac);
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "algorithm");
    json_write_text(&writer, ALGORITHM);
    write_base64(&writer, "iv", bytes(iv, sizeof(iv)));
    write_base64(&writer, "mac", bytes(mac, sizeof(mac)));
    json_write_end(&writer);
}

static bool fits(const unsigned char key[CRYPTO_KEY], const struct json *description)
{
    unsigned char iv[CRYPTO_IV], mac[CRYPTO_SHA256], expected[CRYPTO_SHA256];

    if (json_get(description, "iv") == NULL || json_get(description, "mac") == NULL)
        return true; /* "If they are not present, clients must assume that the key is valid." */
    if (read_base64(description, "iv", iv, sizeof(iv)) != 0 ||
        read_base64(description, "mac", expected, sizeof(expected)) != 0)
        return false;
    check_value(key, iv, mac);
    return crypto_equal(mac, expected, sizeof(mac));
}

/* False when the key was not made from a passphrase, or in a way that we don't know. */
static bool from_passphrase(const struct json *description, struct span text, unsigned char key[CRYPTO_KEY])
{
    const struct json *made = json_get(description, "passphrase");
    const char *algorithm = json_get_text(made, "algorithm"), *salt = json_get_text(made, "salt");
    int64_t iterations = 0, bits = KEY_BITS;

    if (algorithm == NULL || strcmp(algorithm, "m.pbkdf2") != 0 || salt == NULL ||
        !json_get_int(made, "iterations", &iterations) || iterations < 1 || iterations > ITERATIONS_MAX)
        return false;
    if (json_get(made, "bits") != NULL && (!json_get_int(made, "bits", &bits) || bits != KEY_BITS))
        return false;
    crypto_pbkdf2_sha512(text, span_of(salt), (unsigned)iterations, key, CRYPTO_KEY);
    return true;
}

int e2ee_secrets_key(const struct json *description, struct span text, unsigned char key[CRYPTO_KEY], struct err *err)
{
    const char *algorithm = json_get_text(description, "algorithm");

    if (algorithm == NULL || strcmp(algorithm, ALGORITHM) != 0)
        return err_set(err, ERR_INPUT,
                       "the account's secret storage is of a kind that this version doesn't know: %.60s",
                       algorithm != NULL ? algorithm : "");
    if (crypto_recovery_key_decode(text, key) != 0 && !from_passphrase(description, text, key))
        return err_set(err, ERR_CONFIG,
                       "this is no recovery key: copy it again, twelve groups of four letters and digits");
    if (fits(key, description))
        return 0;
    crypto_cleanse(key, CRYPTO_KEY);
    return err_set(err, ERR_CRYPTO, "this is not the recovery key of the account's secret storage, but another one");
}

/* ---- secrets */

void e2ee_secrets_seal(const unsigned char key[CRYPTO_KEY], const char *name, struct span secret, struct buf *out)
{
    unsigned char iv[CRYPTO_IV], mac[CRYPTO_SHA256], hidden[E2EE_SECRET_MAX];
    struct json_writer writer;
    struct pair pair;

    BUG_IF(secret.length > sizeof(hidden));
    make_iv(iv);
    derive(key, name, &pair);
    crypto_aes_ctr(pair.aes, iv, secret, hidden);
    crypto_hmac_sha256(bytes(pair.mac, sizeof(pair.mac)), bytes(hidden, secret.length), mac);
    crypto_cleanse(&pair, sizeof(pair));
    json_write_init(&writer, out);
    json_write_begin(&writer, '{');
    write_base64(&writer, "iv", bytes(iv, sizeof(iv)));
    write_base64(&writer, "ciphertext", bytes(hidden, secret.length));
    write_base64(&writer, "mac", bytes(mac, sizeof(mac)));
    json_write_end(&writer);
}

int e2ee_secrets_open(const unsigned char key[CRYPTO_KEY], const char *name, const struct json *sealed,
                      struct buf *secret, struct err *err)
{
    unsigned char iv[CRYPTO_IV], mac[CRYPTO_SHA256], expected[CRYPTO_SHA256];
    const char *text = json_get_text(sealed, "ciphertext");
    struct buf hidden = BUF_INIT(E2EE_SECRET_MAX);
    struct pair pair;
    char *to = NULL;

    derive(key, name, &pair);
    if (text != NULL && crypto_unbase64(span_of(text), &hidden) == 0 &&
        read_base64(sealed, "iv", iv, sizeof(iv)) == 0 && read_base64(sealed, "mac", expected, sizeof(expected)) == 0) {
        crypto_hmac_sha256(bytes(pair.mac, sizeof(pair.mac)), buf_span(&hidden), mac);
        if (crypto_equal(mac, expected, sizeof(mac)))
            to = buf_reserve(secret, hidden.length);
    }
    if (to != NULL) {
        crypto_aes_ctr(pair.aes, iv, buf_span(&hidden), (unsigned char *)to);
        buf_grew(secret, hidden.length);
    }
    crypto_cleanse(&pair, sizeof(pair));
    buf_release(&hidden);
    return to != NULL ? 0 : err_set(err, ERR_CRYPTO, "the secret %.60s does not open", name);
}

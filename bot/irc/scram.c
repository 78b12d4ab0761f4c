/*
 * SCRAM-SHA-256's messages.
 */
#include "bot/irc/scram.h"

#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"

enum { SCRAM_PART_MAX = 1024 };

void irc_scram_release(struct irc_scram *scram)
{
    buf_release(&scram->first);
    crypto_cleanse(scram->server_signature, sizeof(scram->server_signature));
    scram->proven = false;
}

/* "=2C" and "=3D" stand for what separates attributes. */
static void add_name(struct buf *out, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == ',' || *name == '=')
            buf_adds(out, *name == ',' ? "=2C" : "=3D");
        else
            buf_addc(out, *name);
    }
}

void irc_scram_first(struct irc_scram *scram, const char *account, const char *nonce)
{
    buf_release(&scram->first);
    buf_init(&scram->first, IRC_SASL_MESSAGE_MAX);
    scram->proven = false;
    memcpy(scram->nonce, nonce, sizeof(scram->nonce) - 1);
    scram->nonce[sizeof(scram->nonce) - 1] = '\0';
    buf_adds(&scram->first, "n=");
    add_name(&scram->first, account);
    buf_addf(&scram->first, ",r=%s", scram->nonce);
}

/* The value of the attribute LETTER, which is the next of *REST; taken off it. */
static bool attribute(struct span *rest, char letter, struct span *value)
{
    *value = span_take(rest, ',');
    if (value->length < 2 || value->at[0] != letter || value->at[1] != '=')
        return false;
    value->at += 2;
    value->length -= 2;
    return true;
}

static struct span key_span(const unsigned char key[CRYPTO_SHA256])
{
    return (struct span){(const char *)key, CRYPTO_SHA256};
}

/* ClientProof, and the signature that the server must come with. */
static void prove(struct irc_scram *scram, const char *password, struct span salt, unsigned iterations,
                  struct span auth_message, unsigned char proof[CRYPTO_SHA256])
{
    unsigned char salted[CRYPTO_SHA256], client[CRYPTO_SHA256], stored[CRYPTO_SHA256], server[CRYPTO_SHA256];

    crypto_pbkdf2_sha256(span_of(password), salt, iterations, salted, sizeof(salted));
    crypto_hmac_sha256(key_span(salted), span_of("Client Key"), client);
    crypto_sha256(key_span(client), stored);
    crypto_hmac_sha256(key_span(stored), auth_message, proof);
    for (size_t i = 0; i < CRYPTO_SHA256; i++)
        proof[i] ^= client[i];
    crypto_hmac_sha256(key_span(salted), span_of("Server Key"), server);
    crypto_hmac_sha256(key_span(server), auth_message, scram->server_signature);
    crypto_cleanse(salted, sizeof(salted));
    crypto_cleanse(client, sizeof(client));
    crypto_cleanse(stored, sizeof(stored));
    crypto_cleanse(server, sizeof(server));
}

static bool is_our_nonce(const struct irc_scram *scram, struct span nonce)
{
    return nonce.length > IRC_SCRAM_NONCE && memcmp(nonce.at, scram->nonce, IRC_SCRAM_NONCE) == 0;
}

int irc_scram_final(struct irc_scram *scram, const char *password, struct span challenge, struct buf *message,
                    struct err *err)
{
    struct buf salt = BUF_INIT(SCRAM_PART_MAX), auth = BUF_INIT(IRC_SASL_MESSAGE_MAX);
    struct span rest = challenge, nonce, salted, count;
    unsigned char proof[CRYPTO_SHA256];
    int64_t iterations;
    int result = 0;

    if (!attribute(&rest, 'r', &nonce) || !is_our_nonce(scram, nonce) || !attribute(&rest, 's', &salted) ||
        crypto_unbase64(salted, &salt) != 0 || salt.length == 0 || !attribute(&rest, 'i', &count) ||
        !span_number(count, IRC_SCRAM_ITERATIONS_MAX, &iterations) || iterations < IRC_SCRAM_ITERATIONS_MIN) {
        result = err_set(err, ERR_AUTH, "the server's SCRAM challenge is malformed, or weaker than is safe");
    } else {
        size_t begin = message->length;

        buf_adds(message, "c=biws,r=");
        buf_add_span(message, nonce);
        buf_add_span(&auth, buf_span(&scram->first));
        buf_addc(&auth, ',');
        buf_add_span(&auth, challenge);
        buf_addc(&auth, ',');
        buf_add(&auth, message->data + begin, message->length - begin);
        prove(scram, password, buf_span(&salt), (unsigned)iterations, buf_span(&auth), proof);
        buf_adds(message, ",p=");
        crypto_base64_padded(key_span(proof), message);
    }
    buf_release(&salt);
    buf_release(&auth);
    return result;
}

int irc_scram_check(struct irc_scram *scram, struct span challenge, struct err *err)
{
    struct buf signature = BUF_INIT(SCRAM_PART_MAX);
    struct span rest = challenge, value;

    scram->proven = attribute(&rest, 'v', &value) && crypto_unbase64(value, &signature) == 0 &&
                    signature.length == CRYPTO_SHA256 &&
                    crypto_equal(signature.data, scram->server_signature, CRYPTO_SHA256);
    buf_release(&signature);
    return scram->proven ? 0 : err_set(err, ERR_AUTH, "the server doesn't know our password: its signature is wrong");
}

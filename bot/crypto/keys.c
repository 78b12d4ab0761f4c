/*
 * Keys and signatures from outside, checked strictly: what libolm and OpenSSL take too lightly is refused here.
 */
#include "bot/crypto/crypto.h"

#include <string.h>

#include <openssl/evp.h>

#include "core/base/mem.h"

int crypto_key_decode(const char *text, unsigned char key[CRYPTO_KEY])
{
    return text != NULL ? crypto_unbase64_exactly(span_of(text), key, CRYPTO_KEY) : -1;
}

/* Little-endian: whether A is less than B. */
static bool is_less(const unsigned char a[CRYPTO_KEY], const unsigned char b[CRYPTO_KEY])
{
    for (int i = CRYPTO_KEY - 1; i >= 0; i--)
        if (a[i] != b[i])
            return a[i] < b[i];
    return false;
}

static bool is_listed(const unsigned char key[CRYPTO_KEY], const unsigned char (*list)[CRYPTO_KEY], size_t count)
{
    unsigned char masked[CRYPTO_KEY];

    memcpy(masked, key, CRYPTO_KEY);
    masked[CRYPTO_KEY - 1] &= 0x7f;
    for (size_t i = 0; i < count; i++)
        if (memcmp(masked, list[i], CRYPTO_KEY) == 0)
            return true;
    return false;
}

/* The field's order, 2^255 - 19. */
#define P_ENDS_IN(last)                                                                                                \
    {                                                                                                                  \
        (last), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,  \
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f                         \
    }
static const unsigned char FIELD_ORDER[CRYPTO_KEY] = P_ENDS_IN(0xed);

/* u of the points whose order divides 8, on the curve and its twist, the bit that X25519 ignores cleared: 0, 1, the two
 * of order 8, p - 1, and p and p + 1, which are 0 and 1 again. */
static const unsigned char CURVE25519_SMALL[][CRYPTO_KEY] = {
    {0},
    {1},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
     0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
     0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    P_ENDS_IN(0xec),
    P_ENDS_IN(0xed),
    P_ENDS_IN(0xee),
};

/* y of the eight torsion points, the sign of x cleared (so each entry is two encodings, of which some are not
 * canonical): 0, 1, the two of order 8, p - 1, and p and p + 1, which are 0 and 1 again. */
static const unsigned char ED25519_SMALL[][CRYPTO_KEY] = {
    {0},
    {1},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
     0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
     0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
    P_ENDS_IN(0xec),
    P_ENDS_IN(0xed),
    P_ENDS_IN(0xee),
};

/* The group's order, L = 2^252 + 27742317777372353535851937790883648493 (RFC 8032, section 5.1). */
static const unsigned char GROUP_ORDER[CRYPTO_KEY] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                                      0xa2, 0xde, 0xf9, 0xde, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                                      0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};

int crypto_x25519(const unsigned char private[CRYPTO_KEY], const unsigned char public[CRYPTO_KEY],
                  unsigned char secret[CRYPTO_KEY])
{
    size_t length = CRYPTO_KEY;
    EVP_PKEY *ours = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, private, CRYPTO_KEY);
    EVP_PKEY *theirs = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, public, CRYPTO_KEY);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(ours, NULL);
    bool good;

    BUG_IF(ours == NULL || theirs == NULL || context == NULL);
    good = EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, theirs) == 1 &&
           EVP_PKEY_derive(context, secret, &length) == 1;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(theirs);
    EVP_PKEY_free(ours);
    return good ? 0 : -1;
}

/* Any scalar is a multiple of 8 after clamping, so that one serves to see whether a point contributes. */
static bool derives(const unsigned char key[CRYPTO_KEY])
{
    static const unsigned char scalar[CRYPTO_KEY] = {8};
    unsigned char secret[CRYPTO_KEY];

    return crypto_x25519(scalar, key, secret) == 0;
}

bool crypto_curve25519_good(const unsigned char key[CRYPTO_KEY])
{
    return !is_listed(key, CURVE25519_SMALL, ARRAY_LENGTH(CURVE25519_SMALL)) && derives(key);
}

bool crypto_ed25519_good(const unsigned char key[CRYPTO_KEY])
{
    unsigned char y[CRYPTO_KEY];

    memcpy(y, key, CRYPTO_KEY);
    y[CRYPTO_KEY - 1] &= 0x7f;
    return is_less(y, FIELD_ORDER) && !is_listed(key, ED25519_SMALL, ARRAY_LENGTH(ED25519_SMALL));
}

bool crypto_ed25519_verify(const char *key, struct span message, const char *signature)
{
    unsigned char point[CRYPTO_KEY], bytes[CRYPTO_SIGNATURE];
    EVP_PKEY *pkey;
    EVP_MD_CTX *context;
    bool good;

    if (crypto_key_decode(key, point) != 0 || signature == NULL ||
        crypto_unbase64_exactly(span_of(signature), bytes, sizeof(bytes)) != 0)
        return false;
    /* The signature is R, a point under the same rules as the key, and S. */
    if (!crypto_ed25519_good(point) || !crypto_ed25519_good(bytes) || !is_less(bytes + CRYPTO_KEY, GROUP_ORDER))
        return false;
    pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, point, CRYPTO_KEY);
    context = EVP_MD_CTX_new();
    BUG_IF(pkey == NULL || context == NULL);
    good = EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) == 1 &&
           EVP_DigestVerify(context, bytes, sizeof(bytes), (const unsigned char *)message.at, message.length) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    return good;
}

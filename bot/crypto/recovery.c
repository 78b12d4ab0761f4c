/*
 * A key as people copy it (Matrix specification, appendices, "Cryptographic key representation"): two fixed bytes, the
 * key, and a byte that makes the exclusive or of all zero; in base58 with Bitcoin's alphabet, in groups of four.
 */
#include "bot/crypto/crypto.h"

#include <string.h>

enum { PREFIX_0 = 0x8b, PREFIX_1 = 0x01, WHOLE = 2 + CRYPTO_KEY + 1, GROUP = 4, DIGITS = 48 /* 58^48 > 256^35 */ };

static const char ALPHABET[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static unsigned char parity(const unsigned char *bytes, size_t length)
{
    unsigned char all = 0;

    for (size_t i = 0; i < length; i++)
        all ^= bytes[i];
    return all;
}

/* Multiplies the big-endian number in BYTES by BASE and adds DIGIT; what doesn't fit any more is returned. */
static unsigned shift_in(unsigned char bytes[WHOLE], unsigned base, unsigned digit)
{
    for (size_t i = WHOLE; i > 0; i--) {
        digit += bytes[i - 1] * base;
        bytes[i - 1] = (unsigned char)digit;
        digit >>= 8;
    }
    return digit;
}

/* Divides the number by 58; returns the rest. */
static unsigned shift_out(unsigned char bytes[WHOLE])
{
    unsigned rest = 0;

    for (size_t i = 0; i < WHOLE; i++) {
        rest = rest << 8 | bytes[i];
        bytes[i] = (unsigned char)(rest / 58);
        rest %= 58;
    }
    return rest;
}

void crypto_recovery_key(const unsigned char key[CRYPTO_KEY], struct buf *out)
{
    unsigned char bytes[WHOLE] = {PREFIX_0, PREFIX_1};
    char digits[DIGITS];

    memcpy(bytes + 2, key, CRYPTO_KEY);
    bytes[WHOLE - 1] = parity(bytes, WHOLE - 1);
    for (size_t i = DIGITS; i > 0; i--)
        digits[i - 1] = ALPHABET[shift_out(bytes)];
    for (size_t i = 0; i < DIGITS; i += GROUP) {
        if (i > 0)
            buf_addc(out, ' ');
        buf_add(out, digits + i, GROUP);
    }
    crypto_cleanse(bytes, sizeof(bytes));
    crypto_cleanse(digits, sizeof(digits));
}

static bool is_blank(char letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

/* 0 with the WHOLE bytes, or -1: a letter that base58 has not, or more or less than that. */
static int decode(struct span text, unsigned char bytes[WHOLE])
{
    size_t digits = 0;

    memset(bytes, 0, WHOLE);
    for (size_t i = 0; i < text.length; i++) {
        const char *at;

        if (is_blank(text.at[i]))
            continue;
        at = memchr(ALPHABET, text.at[i], sizeof(ALPHABET) - 1);
        if (at == NULL || ++digits > DIGITS || shift_in(bytes, 58, (unsigned)(at - ALPHABET)) != 0)
            return -1;
    }
    return digits == DIGITS ? 0 : -1;
}

int crypto_recovery_key_decode(struct span text, unsigned char key[CRYPTO_KEY])
{
    unsigned char bytes[WHOLE];
    int result = -1;

    if (decode(text, bytes) == 0 && bytes[0] == PREFIX_0 && bytes[1] == PREFIX_1 && parity(bytes, WHOLE) == 0) {
        memcpy(key, bytes + 2, CRYPTO_KEY);
        result = 0;
    }
    crypto_cleanse(bytes, sizeof(bytes));
    return result;
}

/*
 * Bytes as text: base64 (RFC 4648, section 4) and hex.
 */
#include "bot/crypto/crypto.h"

#include <string.h>

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void crypto_base64(struct span bytes, struct buf *out)
{
    const unsigned char *at = (const unsigned char *)bytes.at;
    size_t length = bytes.length / 3 * 4 + (bytes.length % 3 * 8 + 5) / 6;
    char *to = buf_reserve(out, length);
    unsigned bits = 0;
    int count = 0;

    if (to == NULL)
        return;
    for (size_t i = 0; i < bytes.length; i++) {
        bits = bits << 8 | at[i];
        for (count += 8; count >= 6; count -= 6)
            *to++ = ALPHABET[bits >> (count - 6) & 63];
    }
    if (count > 0)
        *to = ALPHABET[bits << (6 - count) & 63];
    buf_grew(out, length);
}

void crypto_base64_padded(struct span bytes, struct buf *out)
{
    crypto_base64(bytes, out);
    for (size_t i = 0; i < (3 - bytes.length % 3) % 3; i++)
        buf_addc(out, '=');
}

static int sextet(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    return letter == '+' ? 62 : letter == '/' ? 63 : -1;
}

/* The length without padding, or SIZE_MAX when the padding, or the length, is none that base64 has. */
static size_t unpadded_length(struct span text)
{
    size_t length = text.length;

    while (length > 0 && text.length - length < 2 && text.at[length - 1] == '=')
        length--;
    if (length % 4 == 1 || (length != text.length && text.length % 4 != 0))
        return SIZE_MAX;
    return length;
}

int crypto_unbase64(struct span text, struct buf *out)
{
    size_t letters = unpadded_length(text), before = out->length;
    unsigned bits = 0;
    int count = 0;

    if (letters == SIZE_MAX || buf_reserve(out, letters * 3 / 4) == NULL)
        return -1;
    for (size_t i = 0; i < letters; i++) {
        int value = sextet(text.at[i]);

        if (value < 0) {
            buf_truncate(out, before);
            return -1;
        }
        bits = bits << 6 | (unsigned)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buf_addc(out, (char)(bits >> count));
        }
    }
    if ((bits & ((1U << count) - 1)) != 0) { /* bits behind the last byte: a second text for the same bytes */
        buf_truncate(out, before);
        return -1;
    }
    return 0;
}

int crypto_unbase64_exactly(struct span text, void *bytes, size_t length)
{
    struct buf out = BUF_INIT(length);
    int result = -1;

    if (crypto_unbase64(text, &out) == 0 && out.length == length) {
        memcpy(bytes, out.data, length);
        result = 0;
    }
    crypto_release(&out);
    return result;
}

void crypto_hex(struct span bytes, struct buf *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.at[i];
        const char pair[] = {digits[byte >> 4], digits[byte & 15]};

        buf_add(out, pair, sizeof(pair));
    }
}

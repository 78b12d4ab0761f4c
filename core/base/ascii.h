/*
 * Bytes of ASCII, whatever the locale. Other bytes are neither letters nor spaces, and stay as they are.
 */
#ifndef CORE_BASE_ASCII_H
#define CORE_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

/* The bytes from ' ' to '_' as bits, so that it is seen at once whether one is among several. */
#define ASCII_BIT(byte) (UINT64_C(1) << ((byte) - ' '))
static inline bool ascii_is_among(char byte, uint64_t bits)
{
    return byte >= ' ' && byte <= '_' && (bits >> (byte - ' ') & 1) != 0;
}

static inline char ascii_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static inline char ascii_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - ('a' - 'A')) : byte;
}

static inline bool ascii_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool ascii_is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static inline bool ascii_is_alnum(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* What stands for itself anywhere in a URL (RFC 3986, 2.3). */
static inline bool ascii_is_unreserved(char byte)
{
    return ascii_is_alnum(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

#endif

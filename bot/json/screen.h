/*
 * Reads JSON bytes before json-c does, since 0.16 lets pass what must not be lost sight of: it turns a lone surrogate
 * into U+FFFD, cuts a key at \u0000, reads -0 as 0, takes NaN, "1.", "1-" when it is cut, overlong UTF-8 and raw
 * control bytes. The malformed ones are refused here. The legal ones are marked, with bytes that valid UTF-8 never has:
 * a lone surrogate as its three bytes (ED A0..BF xx, "WTF-8"), NUL as C0 80 ("modified UTF-8"), and -0 as the float
 * -0.0. It also caps the number of brackets, since json-c takes some 700 bytes for each "{}". Used inside this room
 * only.
 */
#ifndef BOT_JSON_SCREEN_H
#define BOT_JSON_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

enum { SCREEN_BRACKETS = 1000000 };

enum json_screen_state {
    SCREEN_BETWEEN, /* outside of strings and numbers */
    SCREEN_STRING,
    SCREEN_FOLLOW, /* inside a character of several bytes */
    SCREEN_ESCAPE, /* after a backslash */
    SCREEN_HEX,    /* inside \uXXXX */
    SCREEN_MINUS,  /* from here on: after that part of a number */
    SCREEN_MINUS_0,
    SCREEN_0,
    SCREEN_INTEGER,
    SCREEN_POINT,
    SCREEN_FRACTION,
    SCREEN_E,
    SCREEN_E_SIGN,
    SCREEN_EXPONENT
};

struct json_screen {
    enum json_screen_state state;
    int left;                /* bytes to come of a character, or digits of \uXXXX */
    unsigned char low, high; /* range of the next of those bytes */
    char character[4];       /* its bytes so far: json-c takes a character that is cut between two calls for invalid */
    size_t character_length;
    unsigned code;      /* what the digits say so far */
    unsigned surrogate; /* a high one that waits for its low one, or 0 */
    int brackets;       /* opened so far */
    /* What gets the bytes: 0, or -1 to stop. */
    int (*pass)(void *arg, const char *bytes, size_t length);
    void *arg;
};

/* Both 0, or -1 when the bytes are refused or `pass` said so. */
int json_screen_feed(struct json_screen *screen, const char *bytes, size_t length);
int json_screen_end(struct json_screen *screen);

/* Whether TEXT holds a marked lone surrogate; a marked NUL. */
bool json_screen_surrogate(const char *text, size_t length);
bool json_screen_nul(const char *text, size_t length);

#endif

/*
 * What json-c 0.16 lets pass, refused or marked. One state for each place a byte can be in, so that input may be cut
 * anywhere. Bytes that need no change are passed on in runs.
 */
#include "bot/json/screen.h"

#include <string.h>

#include "bot/json/utf8.h"

static bool surrogate_high(unsigned code)
{
    return code >= 0xd800 && code <= 0xdbff;
}

static bool surrogate_low(unsigned code)
{
    return code >= 0xdc00 && code <= 0xdfff;
}

/* In UTF-8, but for the two marks: NUL in two bytes, a surrogate in three. */
static int pass_code(struct json_screen *screen, unsigned code)
{
    unsigned char bytes[4];
    size_t length;

    if (code < 0x800) {
        bytes[0] = (unsigned char)(0xc0 | code >> 6);
        length = 2;
    } else if (code < 0x10000) {
        bytes[0] = (unsigned char)(0xe0 | code >> 12);
        length = 3;
    } else {
        bytes[0] = (unsigned char)(0xf0 | code >> 18);
        length = 4;
    }
    for (size_t i = 1; i < length; i++)
        bytes[i] = (unsigned char)(0x80 | (code >> 6 * (length - 1 - i) & 0x3f));
    return screen->pass(screen->arg, (const char *)bytes, length);
}

static int pass_waiting_surrogate(struct json_screen *screen)
{
    unsigned code = screen->surrogate;

    screen->surrogate = 0;
    return code != 0 ? pass_code(screen, code) : 0;
}

/* A whole \uXXXX was read. ASCII stays an escape: it may be a quote, a backslash or a control. */
static int escaped_code(struct json_screen *screen)
{
    static const char digits[] = "0123456789abcdef";
    unsigned code = screen->code;

    screen->state = SCREEN_STRING;
    if (screen->surrogate != 0 && surrogate_low(code)) {
        code = 0x10000 + ((screen->surrogate - 0xd800) << 10) + (code - 0xdc00);
        screen->surrogate = 0;
        return pass_code(screen, code);
    }
    if (pass_waiting_surrogate(screen) != 0)
        return -1;
    if (surrogate_high(code)) {
        screen->surrogate = code;
        return 0;
    }
    if (code != 0 && code < 0x80) {
        const char escape[] = {'\\', 'u', '0', '0', digits[code >> 4], digits[code & 15]};

        return screen->pass(screen->arg, escape, sizeof(escape));
    }
    return pass_code(screen, code);
}

static int read_hex(struct json_screen *screen, unsigned char byte)
{
    unsigned char lower = byte | 0x20;
    unsigned digit;

    if (byte >= '0' && byte <= '9')
        digit = byte - '0';
    else if (lower >= 'a' && lower <= 'f')
        digit = lower - 'a' + 10U;
    else
        return -1;
    screen->code = screen->code << 4 | digit;
    return --screen->left == 0 ? escaped_code(screen) : 0;
}

static int read_escape(struct json_screen *screen, unsigned char byte)
{
    const char escape[] = {'\\', (char)byte};

    if (byte == 'u') {
        screen->state = SCREEN_HEX;
        screen->left = 4;
        screen->code = 0;
        return 0;
    }
    screen->state = SCREEN_STRING;
    if (byte == '\0' || strchr("\"\\/bfnrt", byte) == NULL || pass_waiting_surrogate(screen) != 0)
        return -1;
    return screen->pass(screen->arg, escape, sizeof(escape));
}

static int read_string(struct json_screen *screen, unsigned char byte)
{
    int follow = utf8_follow(byte, &screen->low, &screen->high);

    if (byte == '\\') {
        screen->state = SCREEN_ESCAPE;
        return 0;
    }
    if (byte < 0x20 || follow < 0 || pass_waiting_surrogate(screen) != 0)
        return -1;
    if (byte == '"') {
        screen->state = SCREEN_BETWEEN;
    } else if (follow > 0) {
        screen->state = SCREEN_FOLLOW;
        screen->left = follow;
        screen->character[0] = (char)byte;
        screen->character_length = 1;
    }
    return 0;
}

static int read_follow(struct json_screen *screen, unsigned char byte)
{
    if (byte < screen->low || byte > screen->high)
        return -1;
    screen->low = 0x80;
    screen->high = 0xbf;
    screen->character[screen->character_length++] = (char)byte;
    if (--screen->left > 0)
        return 0;
    screen->state = SCREEN_STRING;
    return screen->pass(screen->arg, screen->character, screen->character_length);
}

static int read_between(struct json_screen *screen, unsigned char byte)
{
    if (byte == '"')
        screen->state = SCREEN_STRING;
    else if (byte == '-')
        screen->state = SCREEN_MINUS;
    else if (byte >= '0' && byte <= '9')
        screen->state = byte == '0' ? SCREEN_0 : SCREEN_INTEGER;
    else if (byte == '{' || byte == '[')
        return ++screen->brackets <= SCREEN_BRACKETS ? 0 : -1;
    else
        return byte != '\0' && strchr(" \t\r\n}]:,truefalsn", byte) != NULL ? 0 : -1;
    return 0;
}

/* RFC 8259, section 6. What is not here must not follow; `end`: a byte that belongs to no number may. */
static const struct {
    unsigned char zero, digit, point, e, sign;
    bool end;
} NUMBER[] = {
    [SCREEN_MINUS] = {.zero = SCREEN_MINUS_0, .digit = SCREEN_INTEGER},
    [SCREEN_MINUS_0] = {.point = SCREEN_POINT, .e = SCREEN_E, .end = true},
    [SCREEN_0] = {.point = SCREEN_POINT, .e = SCREEN_E, .end = true},
    [SCREEN_INTEGER] = {SCREEN_INTEGER, SCREEN_INTEGER, SCREEN_POINT, SCREEN_E, 0, true},
    [SCREEN_POINT] = {.zero = SCREEN_FRACTION, .digit = SCREEN_FRACTION},
    [SCREEN_FRACTION] = {SCREEN_FRACTION, SCREEN_FRACTION, 0, SCREEN_E, 0, true},
    [SCREEN_E] = {.zero = SCREEN_EXPONENT, .digit = SCREEN_EXPONENT, .sign = SCREEN_E_SIGN},
    [SCREEN_E_SIGN] = {.zero = SCREEN_EXPONENT, .digit = SCREEN_EXPONENT},
    [SCREEN_EXPONENT] = {.zero = SCREEN_EXPONENT, .digit = SCREEN_EXPONENT, .end = true},
};

static int end_number(struct json_screen *screen)
{
    enum json_screen_state state = screen->state;

    screen->state = SCREEN_BETWEEN;
    if (!NUMBER[state].end)
        return -1;
    return state == SCREEN_MINUS_0 ? screen->pass(screen->arg, ".0", 2) : 0;
}

static int read_number(struct json_screen *screen, unsigned char byte)
{
    enum json_screen_state next;

    if (byte >= '0' && byte <= '9')
        next = byte == '0' ? NUMBER[screen->state].zero : NUMBER[screen->state].digit;
    else if (byte == '.')
        next = NUMBER[screen->state].point;
    else if (byte == 'e' || byte == 'E')
        next = NUMBER[screen->state].e;
    else if (byte == '+' || byte == '-')
        next = NUMBER[screen->state].sign;
    else
        return end_number(screen) == 0 ? read_between(screen, byte) : -1;
    screen->state = next;
    return next != SCREEN_BETWEEN ? 0 : -1;
}

static int read_byte(struct json_screen *screen, unsigned char byte)
{
    switch (screen->state) {
    case SCREEN_BETWEEN:
        return read_between(screen, byte);
    case SCREEN_STRING:
        return read_string(screen, byte);
    case SCREEN_FOLLOW:
        return read_follow(screen, byte);
    case SCREEN_ESCAPE:
        return read_escape(screen, byte);
    case SCREEN_HEX:
        return read_hex(screen, byte);
    default:
        return read_number(screen, byte);
    }
}

/* Whether the reader gathers bytes, which it passes itself once they are whole. */
static bool gathers(const struct json_screen *screen)
{
    return screen->state == SCREEN_ESCAPE || screen->state == SCREEN_HEX || screen->state == SCREEN_FOLLOW;
}

/* Whether BYTE could make read_byte() pass something of its own, before which the run must be passed. */
static bool ends_run(const struct json_screen *screen, char byte)
{
    return byte == '\\' || (unsigned char)byte >= 0x80 || screen->surrogate != 0 || screen->state == SCREEN_MINUS_0;
}

/* Most of what comes: text in a string, where nothing is to be seen. */
static size_t skip_plain(const struct json_screen *screen, const char *bytes, size_t i, size_t length)
{
    if (screen->state == SCREEN_STRING && screen->surrogate == 0)
        while (i < length && (signed char)bytes[i] >= 0x20 && bytes[i] != '"' && bytes[i] != '\\')
            i++;
    return i;
}

int json_screen_feed(struct json_screen *screen, const char *bytes, size_t length)
{
    size_t from = 0; /* the run that was not passed on yet */

    for (size_t i = skip_plain(screen, bytes, 0, length); i < length; i = skip_plain(screen, bytes, i + 1, length)) {
        bool held = gathers(screen);

        if (!held && ends_run(screen, bytes[i])) {
            if (i > from && screen->pass(screen->arg, bytes + from, i - from) != 0)
                return -1;
            from = i;
        }
        if (read_byte(screen, (unsigned char)bytes[i]) != 0)
            return -1;
        if (held || gathers(screen))
            from = i + 1;
    }
    return length > from ? screen->pass(screen->arg, bytes + from, length - from) : 0;
}

int json_screen_end(struct json_screen *screen)
{
    if (screen->state >= SCREEN_MINUS)
        return end_number(screen);
    return screen->state == SCREEN_BETWEEN ? 0 : -1;
}

bool json_screen_surrogate(const char *text, size_t length)
{
    const char *at = text;

    while ((at = memchr(at, 0xed, length - (size_t)(at - text))) != NULL) {
        if ((unsigned char)at[1] >= 0xa0)
            return true;
        at++;
    }
    return false;
}

bool json_screen_nul(const char *text, size_t length)
{
    return memchr(text, 0xc0, length) != NULL;
}

/*
 * When two nicks or channels are the same, and who matches a mask.
 */
#include "bot/irc/fold.h"

#include "core/base/ascii.h"

enum irc_casemap irc_casemap_parse(struct span name)
{
    if (span_is(name, "rfc1459"))
        return IRC_CASE_RFC1459;
    return span_is(name, "rfc1459-strict") || span_is(name, "strict-rfc1459") ? IRC_CASE_STRICT : IRC_CASE_ASCII;
}

/* RFC 1459, 2.2: {}| are the lower case of []\, and servers take ^ and ~ for one. */
static char lower(enum irc_casemap map, char byte)
{
    if (map != IRC_CASE_ASCII && byte >= '[' && byte <= ']')
        return (char)(byte + ('{' - '['));
    if (map == IRC_CASE_RFC1459 && byte == '^')
        return '~';
    return ascii_lower(byte);
}

void irc_fold(enum irc_casemap map, struct span name, struct buf *out)
{
    for (size_t i = 0; i < name.length; i++)
        buf_addc(out, lower(map, name.at[i]));
}

bool irc_same(enum irc_casemap map, struct span a, struct span b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++) {
        if (lower(map, a.at[i]) != lower(map, b.at[i]))
            return false;
    }
    return true;
}

/* Goes back to the last '*' alone: at most the product of both lengths. */
bool irc_mask_match(const char *mask, struct span text)
{
    const char *star = NULL;
    size_t at = 0, resume = 0;

    while (at < text.length) {
        if (*mask == '*') {
            star = mask++;
            resume = at;
        } else if (*mask != '\0' && (*mask == '?' || ascii_lower(*mask) == ascii_lower(text.at[at]))) {
            mask++;
            at++;
        } else if (star != NULL) {
            mask = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    while (*mask == '*')
        mask++;
    return *mask == '\0';
}

static bool is_label_byte(char byte)
{
    return (ascii_lower(byte) >= 'a' && ascii_lower(byte) <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
}

size_t irc_host_labels(struct span host)
{
    size_t labels = 0, length = 0;

    if (host.length > 253)
        return 0;
    for (size_t i = 0; i <= host.length; i++) {
        if (i < host.length && host.at[i] != '.') {
            if (!is_label_byte(host.at[i]) || ++length > 63)
                return 0;
            continue;
        }
        if (length == 0 || host.at[i - length] == '-' || host.at[i - 1] == '-')
            return 0;
        labels++;
        length = 0;
    }
    return labels;
}

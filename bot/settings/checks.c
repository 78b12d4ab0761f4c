/*
 * What each kind of value must look like.
 */
#include <string.h>

#include "bot/settings/keys.h"
#include "core/base/mem.h"

enum { NICK_MAXIMUM = 64, CHANNEL_MAXIMUM = 200, MASK_MAXIMUM = 200, FINGERPRINT_DIGITS = 64 };
enum { ID_MAXIMUM = 255 }; /* Matrix specification, appendices: user and room identifiers */

bool check_filled(const char *value)
{
    return *value != '\0' && strpbrk(value, " \t\r\n") == NULL;
}

bool check_path(const char *value)
{
    return *value != '\0';
}

/* The name's form; whether the zone exists is known where zones are looked up. */
bool check_timezone(const char *value)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-";

    return *value != '\0' && value[0] != '/' && strspn(value, allowed) == strlen(value);
}

bool check_language(const char *value)
{
    return strcmp(value, "en") == 0;
}

bool check_units(const char *value)
{
    return strcmp(value, "kg") == 0 || strcmp(value, "lb") == 0;
}

bool check_answers(const char *value)
{
    return strcmp(value, "notice") == 0 || strcmp(value, "privmsg") == 0;
}

bool check_log_level(const char *value)
{
    enum log_level level;

    return log_level_parse(value, &level) == 0;
}

bool check_url(const char *value)
{
    const char *host = "";

    if (strncmp(value, "https://", 8) == 0)
        host = value + 8;
    else if (strncmp(value, "http://", 7) == 0)
        host = value + 7;
    return *host != '\0' && strpbrk(host, " \t\r\n\"'<>@") == NULL;
}

static bool check_id(const char *value, char sigil)
{
    const char *colon = strchr(value, ':');

    return value[0] == sigil && colon != NULL && colon > value + 1 && colon[1] != '\0' && strlen(value) <= ID_MAXIMUM &&
           strpbrk(value, " \t\r\n") == NULL;
}

bool check_user(const char *value)
{
    return check_id(value, '@');
}

bool check_user_pattern(const char *value)
{
    return strcmp(value, "*") == 0 || check_id(value, '@');
}

/* A room of version 12 has no server in its id. */
bool check_room(const char *value)
{
    return value[0] == '!' && value[1] != '\0' && strlen(value) <= ID_MAXIMUM && strpbrk(value, " \t\r\n") == NULL;
}

/* RFC 2812, 2.3.1: what no server takes is refused here. */
bool check_nick(const char *value)
{
    return *value != '\0' && strlen(value) <= NICK_MAXIMUM && strchr("0123456789-", value[0]) == NULL &&
           strpbrk(value, " \t\r\n,:@!*?#&") == NULL;
}

bool check_channel(const char *value)
{
    return *value != '\0' && strchr("#&+!", value[0]) != NULL && value[1] != '\0' && strlen(value) <= CHANNEL_MAXIMUM &&
           strpbrk(value, " \t\r\n,\a") == NULL;
}

/* A whole one, so that "*" alone isn't everybody by mistake. */
bool check_mask(const char *value)
{
    const char *user = strchr(value, '!'), *host = strchr(value, '@');

    return user != NULL && host != NULL && user != value && user + 1 < host && host[1] != '\0' &&
           strlen(value) <= MASK_MAXIMUM && strpbrk(value, " \t\r\n") == NULL;
}

bool check_mechanism(const char *value)
{
    return strcmp(value, "EXTERNAL") == 0 || strcmp(value, "SCRAM-SHA-256") == 0 || strcmp(value, "PLAIN") == 0;
}

/* 64 digits of hex, colons between them or not. */
bool check_fingerprint(const char *value)
{
    size_t digits = 0;

    for (; *value != '\0'; value++) {
        if (strchr("0123456789abcdefABCDEF", *value) != NULL)
            digits++;
        else if (*value != ':')
            return false;
    }
    return digits == FINGERPRINT_DIGITS;
}

int share_keys_parse(const char *value)
{
    static const char *const words[] = {
        [SHARE_KEYS_SIGNED] = "signed", [SHARE_KEYS_STRICT] = "strict", [SHARE_KEYS_ALL] = "all"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (strcmp(words[i], value) == 0)
            return (int)i;
    return -1;
}

bool check_share_keys(const char *value)
{
    return share_keys_parse(value) >= 0;
}

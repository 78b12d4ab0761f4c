/*
 * What an authorisation server answers in a device grant.
 */
#include "bot/matrix/grant.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"

enum {
    SECOND_MS = 1000,
    INTERVAL_S = 5, /* "If no value is provided, clients MUST use 5 as the default." */
    INTERVAL_MAX_S = 60,
    SLOWER_S = 5,
    LASTS_S = 10 * 60,
    LASTS_MAX_S = 30 * 60,
    URL_MAX = 2048,
    USER_CODE_MAX = 64,
    DEVICE_CODE_MAX = 4096
};

/* In a terminal an escape sequence, or a letter that looks like another, would be somebody's trick. */
bool mx_grant_is_printable(const char *text, size_t maximum)
{
    size_t length = 0;

    for (; text[length] != '\0'; length++)
        if (length == maximum || text[length] <= ' ' || text[length] > '~')
            return false;
    return length != 0;
}

bool mx_grant_url_good(const char *url, const char *server)
{
    const char *host;

    if (url == NULL || !mx_grant_is_printable(url, URL_MAX) || strpbrk(url, "\\#@\"'<>") != NULL)
        return false;
    if (strncmp(url, "https://", 8) == 0)
        host = url + 8;
    else if (strncmp(url, "http://", 7) == 0 && strncmp(server, "http://", 7) == 0)
        host = url + 7;
    else
        return false;
    return *host != '\0' && *host != '/' && *host != '?';
}

static int64_t seconds(const struct json *answer, const char *name, int64_t otherwise, int64_t maximum)
{
    int64_t value;

    if (!json_get_int(answer, name, &value))
        value = otherwise;
    return (value < 1 ? 1 : value > maximum ? maximum : value) * SECOND_MS;
}

int mx_grant_read(const struct json *answer, const char *server, struct mx_grant *grant, struct err *err)
{
    const char *device_code = json_get_text(answer, "device_code"), *user_code = json_get_text(answer, "user_code");
    const char *url = json_get_text(answer, "verification_uri");
    const char *whole_url = json_get_text(answer, "verification_uri_complete");

    if (device_code == NULL || !mx_grant_is_printable(device_code, DEVICE_CODE_MAX) || user_code == NULL ||
        !mx_grant_is_printable(user_code, USER_CODE_MAX))
        return err_set(err, ERR_NETWORK, "the authorisation server gives no code that can be shown");
    if (!mx_grant_url_good(url, server))
        return err_set(err, ERR_NETWORK, "the authorisation server names no page that can be opened safely");
    *grant = (struct mx_grant){
        .device_code = mem_strdup(device_code),
        .user_code = mem_strdup(user_code),
        .url = mem_strdup(url),
        .whole_url = mx_grant_url_good(whole_url, server) ? mem_strdup(whole_url) : NULL,
        .interval_ms = seconds(answer, "interval", INTERVAL_S, INTERVAL_MAX_S),
        .lasts_ms = seconds(answer, "expires_in", LASTS_S, LASTS_MAX_S),
    };
    return 0;
}

void mx_grant_release(struct mx_grant *grant)
{
    crypto_drop(&grant->device_code);
    free(grant->user_code);
    free(grant->url);
    free(grant->whole_url);
    memset(grant, 0, sizeof(*grant));
}

enum mx_verdict mx_grant_verdict(const struct json *answer)
{
    static const struct {
        const char *error;
        enum mx_verdict verdict;
    } rows[] = {
        {"authorization_pending", MX_VERDICT_PENDING}, {"slow_down", MX_VERDICT_SLOW_DOWN},
        {"access_denied", MX_VERDICT_DENIED},          {"expired_token", MX_VERDICT_EXPIRED},
        {"invalid_client", MX_VERDICT_CLIENT},         {"unauthorized_client", MX_VERDICT_CLIENT},
    };
    const char *error = json_get_text(answer, "error");

    for (size_t i = 0; error != NULL && i < ARRAY_LENGTH(rows); i++)
        if (strcmp(rows[i].error, error) == 0)
            return rows[i].verdict;
    return MX_VERDICT_OTHER;
}

int64_t mx_grant_slower_ms(int64_t interval_ms)
{
    int64_t slower = interval_ms + SLOWER_S * SECOND_MS;

    return slower < INTERVAL_MAX_S * SECOND_MS ? slower : INTERVAL_MAX_S * SECOND_MS;
}

/*
 * Where the homeserver is: /.well-known/matrix/client, then /versions.
 */
#include "bot/matrix/discover.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "core/base/mem.h"

enum { URL_MAX = 2048, REDIRECTS_MAX = 5, WELL_KNOWN_MAX = 64 * 1024, DEADLINE_MS = 20 * 1000 };

struct mx_discover {
    struct mx_discover_options options;
    struct mx_call *call;
    char *url;   /* the base that is being asked for its versions */
    char *asked; /* the .well-known that is being read */
    int redirects;
};

char *mx_discover_base(const char *url)
{
    size_t length = strlen(url);
    const char *host;

    if (length > URL_MAX || strpbrk(url, " \t\r\n\\?#@") != NULL)
        return NULL;
    if (strncmp(url, "https://", 8) == 0)
        host = url + 8;
    else if (strncmp(url, "http://", 7) == 0)
        host = url + 7;
    else
        return NULL;
    while (length > (size_t)(host - url) && url[length - 1] == '/')
        length--;
    if (length == (size_t)(host - url) || *host == '/')
        return NULL;
    return mem_strndup(url, length);
}

void mx_discover_cancel(struct mx_discover *discover)
{
    if (discover == NULL)
        return;
    mx_api_cancel(discover->call);
    free(discover->url);
    free(discover->asked);
    free(discover);
}

static void finish(struct mx_discover *discover, const struct err *err)
{
    struct mx_discover_options options = discover->options;
    char *url = discover->url;

    discover->url = NULL;
    mx_discover_cancel(discover);
    options.done(options.arg, err == NULL ? url : NULL, err);
    free(url);
}

static void fail(struct mx_discover *discover, enum err_class class, const char *where, const char *why)
{
    struct err err;

    err_set(&err, class, "%.120s: %.120s", where, why);
    finish(discover, &err);
}

static void versions_done(void *arg, const struct mx_answer *answer)
{
    struct mx_discover *discover = arg;

    discover->call = NULL;
    if (answer->status == 200 && json_count(json_get(answer->json, "versions")) != 0)
        finish(discover, NULL);
    else if (mx_is_passing(answer))
        fail(discover, ERR_NETWORK, discover->url, answer->err != NULL ? answer->err->text : "no versions");
    else
        fail(discover, ERR_CONFIG, discover->url, "no Matrix homeserver answers there; check homeserver");
}

static void ask_versions(struct mx_discover *discover)
{
    struct mx_request request = {
        .method = "GET",
        .path = "/_matrix/client/versions",
        .deadline_ms = DEADLINE_MS,
        .anonymous = true,
        .done = versions_done,
        .arg = discover,
    };

    mx_api_set_server(discover->options.api, discover->url);
    discover->call = mx_api_start(discover->options.api, &request);
}

static void ask_well_known(struct mx_discover *discover, const char *url);

/* MSC4402: clients follow redirects; to https alone, a few times. A path is one of the same server. */
static void follow(struct mx_discover *discover, const char *location)
{
    struct buf url = BUF_INIT(URL_MAX);

    if (location != NULL && location[0] == '/' && location[1] != '/')
        buf_add(&url, discover->asked, strlen("https://") + strcspn(discover->asked + strlen("https://"), "/"));
    if (location != NULL)
        buf_adds(&url, location);
    if (url.overflowed || strncmp(buf_text(&url), "https://", 8) != 0 || strchr("/?#", buf_text(&url)[8]) != NULL ||
        ++discover->redirects > REDIRECTS_MAX)
        fail(discover, ERR_CONFIG, discover->options.user, "the redirects of its .well-known lead nowhere");
    else
        ask_well_known(discover, buf_text(&url));
    buf_release(&url);
}

static const char *server_name(const struct mx_discover *discover)
{
    const char *colon = strchr(discover->options.user, ':');

    return colon != NULL ? colon + 1 : "";
}

static void well_known_done(void *arg, const struct mx_answer *answer)
{
    struct mx_discover *discover = arg;
    const char *url = json_text(json_path(answer->json, "m.homeserver", "base_url", NULL));
    struct buf fallback = BUF_INIT(URL_MAX);

    discover->call = NULL;
    if (answer->status >= 301 && answer->status <= 308) {
        follow(discover, answer->location);
        return;
    }
    if (mx_is_passing(answer)) {
        fail(discover, ERR_NETWORK, discover->options.user,
             answer->err != NULL ? answer->err->text : "its .well-known can't be read");
        return;
    }
    if (answer->status != 200) { /* none: the server name itself is asked */
        buf_addf(&fallback, "https://%s", server_name(discover));
        url = buf_text(&fallback);
    }
    discover->url = url != NULL ? mx_discover_base(url) : NULL;
    buf_release(&fallback);
    if (discover->url == NULL)
        fail(discover, ERR_CONFIG, discover->options.user, "its .well-known names no homeserver; set homeserver");
    else
        ask_versions(discover);
}

static void ask_well_known(struct mx_discover *discover, const char *url)
{
    struct mx_request request = {
        .method = "GET",
        .path = url,
        .deadline_ms = DEADLINE_MS,
        .maximum = WELL_KNOWN_MAX,
        .anonymous = true,
        .done = well_known_done,
        .arg = discover,
    };

    free(discover->asked);
    discover->asked = mem_strdup(url);
    discover->call = mx_api_start(discover->options.api, &request);
}

struct mx_discover *mx_discover_start(const struct mx_discover_options *options)
{
    struct mx_discover *discover = mem_zero(1, sizeof(*discover));
    struct buf url = BUF_INIT(URL_MAX);

    discover->options = *options;
    if (options->homeserver != NULL) {
        discover->url = mx_discover_base(options->homeserver);
        BUG_IF(discover->url == NULL); /* matrix_new() has looked at it */
        ask_versions(discover);
    } else {
        buf_addf(&url, "https://%s/.well-known/matrix/client", server_name(discover));
        ask_well_known(discover, buf_text(&url));
    }
    buf_release(&url);
    return discover;
}

/*
 * The time zones that people have in their profiles.
 */
#include "bot/matrix/profile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "core/base/civil.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

enum { ZONE_MAX = 64, WAITING_MAX = 64, KNOWN_MAX = 64, DEADLINE_MS = 20 * 1000, NAME_MAX_BYTES = MX_ID_MAX + 16 };

#define ASKED_VALUE "profile:" /* and the user's id: when they were asked for last */

/* Who was asked for lately, so that the store isn't read for each message. */
struct known {
    char user[MX_ID_MAX + 1];
    int64_t asked_ms;
};

struct mx_profiles {
    struct matrix *matrix;
    VEC(char *) waiting;
    struct known known[KNOWN_MAX];
    size_t next_known; /* the oldest, which goes first */
    char *asking;      /* whom the call is about */
    struct mx_call *call;
};

struct mx_profiles *mx_profiles_new(struct matrix *matrix)
{
    struct mx_profiles *profiles = mem_zero(1, sizeof(*profiles));

    profiles->matrix = matrix;
    return profiles;
}

void mx_profiles_free(struct mx_profiles *profiles)
{
    if (profiles == NULL)
        return;
    mx_api_cancel(profiles->call);
    for (size_t i = 0; i < profiles->waiting.count; i++)
        free(profiles->waiting.at[i]);
    vec_release(&profiles->waiting);
    free(profiles->asking);
    free(profiles);
}

/* ---------------------------------------------------------------- whom to ask for */

static struct known *find_known(struct mx_profiles *profiles, const char *user)
{
    struct known *known;

    for (size_t i = 0; i < KNOWN_MAX; i++) {
        if (strcmp(profiles->known[i].user, user) == 0)
            return &profiles->known[i];
    }
    known = &profiles->known[profiles->next_known++ % KNOWN_MAX];
    *known = (struct known){.asked_ms = INT64_MIN};
    strncpy(known->user, user, sizeof(known->user) - 1);
    return known;
}

static void value_name(const char *user, struct buf *out)
{
    buf_adds(out, ASKED_VALUE);
    buf_adds(out, user);
}

/* The store's clock may have been ahead: what it says of the future was never. */
static bool is_recent(int64_t asked_ms, int64_t now_ms)
{
    return asked_ms <= now_ms && asked_ms > now_ms - CIVIL_DAY_MS;
}

static int64_t asked_before(struct mx_profiles *profiles, const char *name, struct err *err)
{
    char *value;
    int64_t asked_ms = mx_value(profiles->matrix, name, &value, err) == 1 ? strtoll(value, NULL, 10) : INT64_MIN;

    free(value);
    return asked_ms;
}

int mx_profiles_heard(struct mx_profiles *profiles, const char *user, struct err *err)
{
    struct known *known = find_known(profiles, user);
    struct buf name = BUF_INIT(NAME_MAX_BYTES);
    int64_t now_ms = loop_now_ms();
    char value[32];
    int result = 0;

    if (profiles->matrix->options.handler.profile == NULL || is_recent(known->asked_ms, now_ms) ||
        profiles->waiting.count >= WAITING_MAX)
        return 0;
    value_name(user, &name);
    known->asked_ms = asked_before(profiles, buf_text(&name), err);
    if (!is_recent(known->asked_ms, now_ms)) {
        known->asked_ms = now_ms;
        snprintf(value, sizeof(value), "%" PRId64, now_ms);
        result = mx_value_put(profiles->matrix, buf_text(&name), value, err);
        vec_push(&profiles->waiting, mem_strdup(user));
    }
    buf_release(&name);
    return result;
}

/* ---------------------------------------------------------------- asking */

const char *mx_profile_zone(const struct json *profile)
{
    const char *zone = json_get_text(profile, "m.tz");

    if (zone == NULL)
        zone = json_get_text(profile, "us.cloke.msc4175.tz");
    return zone != NULL && zone[0] != '\0' && strlen(zone) <= ZONE_MAX ? zone : NULL;
}

static void tell(struct mx_profiles *profiles, const char *zone)
{
    struct matrix *matrix = profiles->matrix;
    const struct matrix_handler *handler = &matrix->options.handler;
    struct err err = {0};
    int result = mx_begin(matrix, &err);

    if (result == 0 && handler->profile(handler->arg, profiles->asking, zone, loop_now_ms(), &err) != 0) {
        mx_rollback(matrix);
        result = -1;
    } else if (result == 0) {
        result = mx_commit(matrix, &err);
    }
    if (result != 0)
        log_error("store", LOG_STR("reason", err.text));
}

static void done(void *arg, const struct mx_answer *answer)
{
    struct mx_profiles *profiles = arg;

    profiles->call = NULL;
    if (profiles->matrix->failed)
        return;
    if (answer->status == 200)
        tell(profiles, mx_profile_zone(answer->json));
    else
        log_debug("profile-untold", LOG_INT("status", answer->status));
    free(profiles->asking);
    profiles->asking = NULL;
    mx_go_on(profiles->matrix);
}

void mx_profiles_run(struct mx_profiles *profiles)
{
    struct buf path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {
        .method = "GET", .deadline_ms = DEADLINE_MS, .retry = MX_ONCE, .done = done, .arg = profiles};

    if (profiles->call != NULL || profiles->waiting.count == 0 || profiles->matrix->failed)
        return;
    profiles->asking = profiles->waiting.at[0];
    vec_remove(&profiles->waiting, 0);
    mx_path(&path, "/_matrix/client/v3/profile/{}", profiles->asking);
    request.path = buf_text(&path);
    profiles->call = mx_api_start(profiles->matrix->api, &request);
    buf_release(&path);
}

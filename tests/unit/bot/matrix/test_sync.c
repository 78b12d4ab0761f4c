/*
 * The long poll over a network that is scripted: what it says comes from a list, and all waits are a thousandth of what
 * they are.
 */
#include <dlfcn.h>

#include <event2/event.h>

#include "bot/http/http.h"
#include "bot/log/log.h"
#include "bot/matrix/sync.h"
#include "tests/unit/bot/matrix/rig.h"

enum { PACE = 1000, STEPS = 3 };

/* What a poll gets. */
struct step {
    int status;       /* 0: nothing */
    const char *body; /* NULL: it never ends, and nobody notices */
    bool late;        /* at its deadline */
};

struct http_call {
    struct http_request request;
    struct step step;
    struct loop_timer *timer;
};

static struct {
    struct loop *loop;
    const struct step *steps; /* of STEPS polls; with the next one it is over */
    size_t polls;
    struct buf asked; /* what each poll came after; - for the beginning */
    int rebuilt, ended, filters;
} network;

/* ---------------------------------------------------------------- in place of the clock and of bot/http */

int event_add(struct event *event, const struct timeval *wait)
{
    int (*real)(struct event * event, const struct timeval *wait);
    void *found = dlsym(RTLD_NEXT, "event_add");
    struct timeval shorter = {0};

    assert_non_null(found);
    memcpy(&real, &found, sizeof(real));
    if (wait != NULL)
        shorter.tv_usec = (wait->tv_sec * 1000000 + wait->tv_usec) / PACE;
    return real(event, wait != NULL ? &shorter : NULL);
}

struct http *http_new(struct loop *loop, const struct http_options *options, struct err *err)
{
    (void)loop;
    (void)options;
    (void)err;
    return (struct http *)&network;
}

void http_free(struct http *http)
{
    (void)http;
}

void http_rebuild(struct http *http)
{
    (void)http;
    network.rebuilt++;
}

int64_t http_date_ms(const char *date)
{
    (void)date;
    return -1;
}

void http_escape(const char *text, struct buf *out)
{
    buf_adds(out, text);
}

static void call_free(struct http_call *call)
{
    loop_timer_free(call->timer);
    free(call);
}

void http_cancel(struct http_call *call)
{
    network.ended++;
    call_free(call);
}

static void answer(void *arg)
{
    struct http_call *call = arg;
    struct http_request request = call->request;
    struct step step = call->step;
    struct err err = {0};
    struct http_response response = {.status = step.status,
                                     .retry_after_ms = -1,
                                     .elapsed_ms = step.late ? request.deadline_ms : 1,
                                     .err = step.status == 0 ? &err : NULL};

    err_set(&err, ERR_NETWORK, "nothing came");
    call_free(call);
    request.on_body(request.arg, step.body, strlen(step.body));
    request.on_done(request.arg, &response);
}

/* Whoever asks something else waits. */
struct http_call *http_start(struct http *http, const struct http_request *request)
{
    struct http_call *call = mem_zero(1, sizeof(*call));
    const char *since = strstr(request->url, "&since=");

    (void)http;
    call->request = *request;
    call->timer = loop_timer_new(network.loop, answer, call);
    if (strstr(request->url, "/filter") != NULL) {
        network.filters++;
        call->step = (struct step){200, "{\"filter_id\":\"f\"}", false};
    } else if (strstr(request->url, "/sync?") != NULL) {
        /* Client-Server API 1.16: a client may ask for it whatever the server says that it knows */
        assert_non_null(strstr(request->url, "&use_state_after=true"));
        assert_non_null(strstr(request->url, "&org.matrix.msc4222.use_state_after=true")); /* Synapse 1.163 */
        buf_addf(&network.asked, " %s", since != NULL ? since + strlen("&since=") : "-");
        if (network.polls == STEPS)
            loop_stop(network.loop);
        else
            call->step = network.steps[network.polls++];
    }
    if (call->step.body != NULL)
        loop_timer_set(call->timer, 0);
    return call;
}

/* ---------------------------------------------------------------- the test */

/* The first poll and the third one are answered well, the second is FAULT; then the fourth would begin. */
static void poll_with(struct rig *rig, const struct step *fault)
{
    const struct step steps[STEPS] = {
        {200, "{\"next_batch\":\"s1\"}", false}, *fault, {200, "{\"next_batch\":\"s2\"}", false}};
    struct err err = {0};

    memset(&network, 0, sizeof(network));
    network.loop = rig->loop;
    network.steps = steps;
    buf_init(&network.asked, 256);
    mx_api_set_server(rig->matrix->api, "http://gym.test");
    rig->matrix->sync = mx_sync_start(rig->matrix, &err);
    assert_non_null(rig->matrix->sync);
    loop_run(rig->loop);
}

static void expect_asked(const char *asked)
{
    assert_string_equal(buf_text(&network.asked), asked);
    buf_release(&network.asked);
}

/* Not even our own deadline is heard of: the watchdog gives the poll up. */
static void a_poll_that_never_ends_is_made_anew(void **state)
{
    poll_with(*state, &(struct step){0});
    assert_int_equal(network.rebuilt, 1);
    assert_int_equal(network.ended, 1);
    expect_asked(" - s1 s1 s2");
}

static void a_poll_that_says_nothing_until_its_deadline_is_made_anew(void **state)
{
    poll_with(*state, &(struct step){0, "", true});
    assert_int_equal(network.rebuilt, 1);
    expect_asked(" - s1 s1 s2");
}

static void a_connection_that_ends_is_no_reason_for_others(void **state)
{
    poll_with(*state, &(struct step){0, "", false});
    assert_int_equal(network.rebuilt, 0);
    expect_asked(" - s1 s1 s2");
}

/* Any 4xx but those that are about the account or pass (401, 403, 408, 429), and that is the homeserver's own. */
static void a_position_that_is_refused_is_left(void **state)
{
    static const struct step refused[] = {
        {400, "{\"errcode\":\"M_UNKNOWN_POS\"}", false},  {400, "{\"errcode\":\"M_INVALID_PARAM\"}", false},
        {404, "{\"errcode\":\"M_NOT_FOUND\"}", false},    {410, "{\"errcode\":\"M_UNKNOWN\"}", false},
        {422, "{\"errcode\":\"M_UNRECOGNIZED\"}", false},
    };
    static const struct step passing[] = {
        {401, "{\"errcode\":\"M_UNAUTHORIZED\"}", false}, {403, "{\"errcode\":\"M_FORBIDDEN\"}", false},
        {408, "{\"errcode\":\"M_UNKNOWN\"}", false},      {429, "{\"errcode\":\"M_LIMIT_EXCEEDED\"}", false},
        {500, "{\"errcode\":\"M_UNKNOWN\"}", false},      {404, "<html>no such page", false},
        {200, "{\"next_batch\":\"s9\"", false},           {200, "{}", false},
    };

    for (size_t i = 0; i < ARRAY_LENGTH(refused) + ARRAY_LENGTH(passing); i++) {
        bool afresh = i < ARRAY_LENGTH(refused);

        rig_teardown(state);
        rig_setup(state);
        poll_with(*state, afresh ? &refused[i] : &passing[i - ARRAY_LENGTH(refused)]);
        assert_int_equal(network.filters, afresh ? 2 : 1); /* it may be the filter that isn't known */
        expect_asked(afresh ? " - s1 - s2" : " - s1 s1 s2");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_poll_that_never_ends_is_made_anew),
        TEST(a_poll_that_says_nothing_until_its_deadline_is_made_anew),
        TEST(a_connection_that_ends_is_no_reason_for_others),
        TEST(a_position_that_is_refused_is_left),
    };

    log_open(LOG_LEVEL_ERROR);
    return RUN_TESTS(tests);
}

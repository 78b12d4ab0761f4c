/*
 * Requests against a scripted server in a thread: a homeserver that answers well, slowly, too much, half, nonsense or
 * not at all.
 */
#include "tests/unit/unit.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bot/http/http.h"
#include "core/base/buf.h"

struct server {
    int listener;
    char url[64];
    pthread_t thread;
    const char *const *answers; /* one for each connection; NULL-terminated */
    char request[8192];         /* the last one */
    bool hold;                  /* keep the connection open without an answer until the peer goes */
};

static void read_request(struct server *server, int fd)
{
    size_t length = 0;

    while (length < sizeof(server->request) - 1) {
        ssize_t got = read(fd, server->request + length, sizeof(server->request) - 1 - length);

        if (got <= 0)
            break;
        length += (size_t)got;
        server->request[length] = '\0';
        if (strstr(server->request, "\r\n\r\n") != NULL)
            break;
    }
}

static void *serve(void *arg)
{
    struct server *server = arg;
    char byte;

    for (size_t i = 0; server->answers[i] != NULL; i++) {
        int fd = accept(server->listener, NULL, NULL);

        read_request(server, fd);
        if (server->hold)
            while (read(fd, &byte, 1) > 0)
                ;
        else
            assert_int_equal(send(fd, server->answers[i], strlen(server->answers[i]), MSG_NOSIGNAL),
                             strlen(server->answers[i]));
        close(fd);
    }
    return NULL;
}

static void server_start(struct server *server, const char *const *answers)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);

    server->answers = answers;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(server->listener, 64), 0);
    getsockname(server->listener, (struct sockaddr *)&address, &length);
    snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%d/path", ntohs(address.sin_port));
    pthread_create(&server->thread, NULL, serve, server);
}

static void server_join(struct server *server)
{
    pthread_join(server->thread, NULL);
    close(server->listener);
}

struct outcome {
    struct loop *loop;
    int status;
    enum err_class class;
    int64_t retry_after_ms;
    int64_t date_ms;
    int done;
    int awaited;
    struct http *ends; /* freed by the completion; NULL: none */
    struct buf body;
};

static int take_body(void *arg, const char *bytes, size_t length)
{
    struct outcome *outcome = arg;

    return buf_add(&outcome->body, bytes, length);
}

static void done(void *arg, const struct http_response *response)
{
    struct outcome *outcome = arg;

    outcome->status = response->status;
    outcome->class = response->err != NULL ? response->err->class : ERR_NONE;
    outcome->retry_after_ms = response->retry_after_ms;
    outcome->date_ms = http_date_ms(response->date);
    http_free(outcome->ends);
    outcome->ends = NULL;
    if (++outcome->done == outcome->awaited)
        loop_stop(outcome->loop);
}

static struct http_request request_for(struct outcome *outcome, const char *url)
{
    return (struct http_request){
        .method = "GET",
        .url = url,
        .deadline_ms = 5000,
        .response_maximum = 1000,
        .on_body = take_body,
        .on_done = done,
        .arg = outcome,
    };
}

struct fixture {
    struct loop *loop;
    struct http *http;
    struct outcome outcome;
};

static void fixture_open(struct fixture *fixture)
{
    const struct http_options options = {.user_agent = "spotter/test"};
    struct err err;

    fixture->loop = loop_new();
    fixture->http = http_new(fixture->loop, &options, &err);
    assert_non_null(fixture->http);
    fixture->outcome = (struct outcome){.loop = fixture->loop, .awaited = 1, .body = BUF_INIT(100000)};
}

static void fixture_close(struct fixture *fixture)
{
    http_free(fixture->http);
    loop_free(fixture->loop);
    buf_release(&fixture->outcome.body);
}

/* One GET against a server that gives ANSWER. */
static struct outcome get(const char *answer, bool hold, int64_t deadline_ms)
{
    const char *answers[] = {answer, NULL};
    struct server server = {.hold = hold};
    struct fixture fixture;
    struct http_request request;

    server_start(&server, answers);
    fixture_open(&fixture);
    request = request_for(&fixture.outcome, server.url);
    request.deadline_ms = deadline_ms;
    http_start(fixture.http, &request);
    assert_int_equal(fixture.outcome.done, 0);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.done, 1);
    fixture_close(&fixture);
    server_join(&server);
    return fixture.outcome;
}

static void a_whole_answer_arrives(void **state)
{
    static const char *const answers[] = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", NULL};
    struct server server = {.hold = false};
    struct fixture fixture;
    struct http_request request;

    (void)state;
    server_start(&server, answers);
    fixture_open(&fixture);
    request = request_for(&fixture.outcome, server.url);
    request.method = "PUT";
    request.bearer = "secret";
    request.body = span_of("{\"a\":1}");
    http_start(fixture.http, &request);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.status, 200);
    assert_string_equal(buf_text(&fixture.outcome.body), "{}");
    assert_non_null(strstr(server.request, "PUT /path HTTP/1.1"));
    assert_non_null(strstr(server.request, "Authorization: Bearer secret"));
    assert_non_null(strstr(server.request, "Content-Type: application/json"));
    fixture_close(&fixture);
    server_join(&server);
}

static void retry_after_is_read_and_capped(void **state)
{
    struct outcome outcome = get("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", false, 5000);

    (void)state;
    assert_int_equal(outcome.status, 429);
    assert_int_equal(outcome.retry_after_ms, 7000);
    outcome = get("HTTP/1.1 503 Away\r\nRetry-After: 999999999\r\nContent-Length: 0\r\n\r\n", false, 5000);
    assert_int_equal(outcome.retry_after_ms, 3600000);
    outcome = get("HTTP/1.1 500 Bad\r\nContent-Length: 0\r\n\r\n", false, 5000);
    assert_int_equal(outcome.retry_after_ms, -1);
}

static void half_a_body_is_no_answer(void **state)
{
    struct outcome outcome = get("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", false, 5000);

    (void)state;
    assert_int_equal(outcome.status, 0);
    assert_int_equal(outcome.class, ERR_NETWORK);
}

static void garbage_and_nothing_are_no_answers(void **state)
{
    struct outcome outcome = get("\x01\x02 what is this\r\n\r\n", false, 5000);

    (void)state;
    assert_int_equal(outcome.status, 0);
    outcome = get("", false, 5000);
    assert_int_equal(outcome.status, 0);
    assert_int_equal(outcome.class, ERR_NETWORK);
}

static void a_server_that_says_nothing_ends_at_our_deadline(void **state)
{
    struct outcome outcome = get("", true, 100);

    (void)state;
    assert_int_equal(outcome.status, 0);
    assert_int_equal(outcome.class, ERR_NETWORK);
}

/* What says that it is larger is not waited for. */
static void a_body_that_says_it_is_over_its_cap_is_not_begun(void **state)
{
    static const char *const answers[] = {"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\nbegun", NULL};
    struct server server = {.hold = false};
    struct fixture fixture;
    struct http_request request;

    (void)state;
    fixture_open(&fixture);
    server_start(&server, answers);
    request = request_for(&fixture.outcome, server.url);
    http_start(fixture.http, &request);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.class, ERR_LIMIT);
    assert_int_equal(fixture.outcome.body.length, 0);
    server_join(&server);
    fixture_close(&fixture);
}

static void a_body_over_its_cap_ends_the_request(void **state)
{
    char answer[2200];
    int head = snprintf(answer, sizeof(answer), "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
    struct outcome outcome;

    (void)state;
    memset(answer + head, 'x', 1001);
    answer[head + 1001] = '\0';
    outcome = get(answer, false, 5000);
    assert_int_equal(outcome.status, 0);
    assert_int_equal(outcome.class, ERR_LIMIT);
}

static void a_redirect_is_told_not_followed(void **state)
{
    struct outcome outcome =
        get("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", false, 5000);

    (void)state;
    assert_int_equal(outcome.status, 302);
}

static void nobody_listening_and_other_schemes_are_errors(void **state)
{
    static const char *const urls[] = {"http://127.0.0.1:1/", "file:///etc/passwd", "not a url", ""};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct fixture fixture;
        struct http_request request;

        fixture_open(&fixture);
        request = request_for(&fixture.outcome, urls[i]);
        http_start(fixture.http, &request);
        assert_int_equal(fixture.outcome.done, 0);
        loop_run(fixture.loop);
        assert_int_equal(fixture.outcome.done, 1);
        assert_int_equal(fixture.outcome.status, 0);
        assert_int_equal(fixture.outcome.class, ERR_NETWORK);
        fixture_close(&fixture);
    }
}

static void the_servers_clock_is_read(void **state)
{
    struct outcome outcome = get("HTTP/1.1 204 No\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n", false, 5000);

    (void)state;
    assert_int_equal(outcome.date_ms, INT64_C(784111777000)); /* RFC 9110, section 5.6.7 */
    outcome = get("HTTP/1.1 204 No\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: whenever\r\n\r\n", false, 5000);
    assert_int_equal(outcome.date_ms, -1);
    outcome = get("HTTP/1.1 204 No\r\n\r\n", false, 5000);
    assert_int_equal(outcome.date_ms, -1);
}

/* The one that is told, and those that are under way. */
static void a_completion_may_free_all(void **state)
{
    static const char *const answers[] = {"", NULL};
    struct server server = {.hold = true};
    struct fixture fixture;
    struct http_request request;

    (void)state;
    server_start(&server, answers);
    fixture_open(&fixture);
    fixture.outcome.ends = fixture.http;
    fixture.http = NULL;
    request = request_for(&fixture.outcome, server.url);
    http_start(fixture.outcome.ends, &request);
    request.url = "http://127.0.0.1:1/";
    http_start(fixture.outcome.ends, &request);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.done, 1);
    fixture_close(&fixture);
    shutdown(server.listener, SHUT_RDWR);
    server_join(&server);
}

static void a_cancelled_call_never_completes(void **state)
{
    struct fixture fixture;
    struct http_request request;
    struct http_call *call;

    (void)state;
    fixture_open(&fixture);
    request = request_for(&fixture.outcome, "http://127.0.0.1:1/");
    call = http_start(fixture.http, &request);
    http_cancel(call);
    http_start(fixture.http, &request);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.done, 1);
    fixture_close(&fixture);
}

static void fifty_at_once_all_complete(void **state)
{
    static const char *answers[51];
    struct server server = {.hold = false};
    struct fixture fixture;
    struct http_request request;

    (void)state;
    for (int i = 0; i < 50; i++)
        answers[i] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    server_start(&server, answers);
    fixture_open(&fixture);
    fixture.outcome.awaited = 50;
    request = request_for(&fixture.outcome, server.url);
    for (int i = 0; i < 50; i++)
        http_start(fixture.http, &request);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.done, 50);
    assert_int_equal(fixture.outcome.body.length, 100);
    fixture_close(&fixture);
    server_join(&server);
}

static void a_rebuild_ends_what_is_under_way_and_works_on(void **state)
{
    static const char *const answers[] = {"", NULL};
    static const char *const good[] = {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", NULL};
    struct server stuck = {.hold = true}, well = {.hold = false};
    struct fixture fixture;
    struct http_request request;

    (void)state;
    server_start(&stuck, answers);
    server_start(&well, good);
    fixture_open(&fixture);
    request = request_for(&fixture.outcome, stuck.url);
    http_start(fixture.http, &request);
    http_rebuild(fixture.http);
    assert_int_equal(fixture.outcome.done, 0);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.class, ERR_NETWORK);
    fixture.outcome.awaited = 2;
    request = request_for(&fixture.outcome, well.url);
    http_start(fixture.http, &request);
    loop_run(fixture.loop);
    assert_int_equal(fixture.outcome.status, 200);
    fixture_close(&fixture);
    /* The stuck server saw no connection, or one that closed: let its accept return. */
    shutdown(stuck.listener, SHUT_RDWR);
    server_join(&stuck);
    server_join(&well);
}

static void everything_but_unreserved_is_escaped(void **state)
{
    struct buf out = BUF_INIT(100);

    (void)state;
    http_escape("!a~b:c.d/e?f%\xc3\xa9", &out);
    assert_string_equal(buf_text(&out), "%21a~b%3Ac.d%2Fe%3Ff%25%C3%A9");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_answer_arrives),
        cmocka_unit_test(retry_after_is_read_and_capped),
        cmocka_unit_test(half_a_body_is_no_answer),
        cmocka_unit_test(garbage_and_nothing_are_no_answers),
        cmocka_unit_test(a_server_that_says_nothing_ends_at_our_deadline),
        cmocka_unit_test(a_body_that_says_it_is_over_its_cap_is_not_begun),
        cmocka_unit_test(a_body_over_its_cap_ends_the_request),
        cmocka_unit_test(a_redirect_is_told_not_followed),
        cmocka_unit_test(nobody_listening_and_other_schemes_are_errors),
        cmocka_unit_test(the_servers_clock_is_read),
        cmocka_unit_test(a_completion_may_free_all),
        cmocka_unit_test(a_cancelled_call_never_completes),
        cmocka_unit_test(fifty_at_once_all_complete),
        cmocka_unit_test(a_rebuild_ends_what_is_under_way_and_works_on),
        cmocka_unit_test(everything_but_unreserved_is_escaped),
    };

    return RUN_TESTS(tests);
}

/*
 * The control socket: who may connect, what goes to and fro, and who is let go.
 */
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/service/control.h"
#include "core/base/buf.h"
#include "core/base/mem.h"

struct rig {
    char folder[64];
    char *path;
    struct loop *loop;
    struct control *control;
    struct buf told;
    struct loop_timer *late;
    int gone;
};

static void line(void *arg, struct control_client *client, const char *text)
{
    struct rig *rig = arg;

    buf_addf(&rig->told, "[%s]", text);
    if (control_kept(client) == NULL)
        control_keep(client, rig);
    if (strcmp(text, "bye") == 0)
        control_end(client);
    else
        control_say(client, text);
    loop_stop(rig->loop);
}

static void gone(void *arg, struct control_client *client)
{
    struct rig *rig = arg;

    (void)client;
    rig->gone++;
    loop_stop(rig->loop);
}

static void too_late(void *arg)
{
    const struct rig *rig = arg;

    fail_msg("nothing happened after %s, %d gone", buf_text(&rig->told), rig->gone);
}

static int setup(void **state)
{
    struct rig *rig = mem_zero(1, sizeof(*rig));
    struct control_handler handler = {rig, line, gone};
    struct err err = {0};
    char store[128];

    snprintf(rig->folder, sizeof(rig->folder), "/tmp/spotter-control-XXXXXX");
    assert_non_null(mkdtemp(rig->folder));
    snprintf(store, sizeof(store), "%s/spotter.db", rig->folder);
    rig->path = control_path(store);
    rig->loop = loop_new();
    rig->late = loop_timer_new(rig->loop, too_late, rig);
    loop_timer_set(rig->late, 10 * 1000);
    buf_init(&rig->told, 65536);
    rig->control = control_new(rig->loop, rig->path, &handler, &err);
    if (rig->control == NULL)
        fail_msg("%s", err.text);
    *state = rig;
    return 0;
}

static int teardown(void **state)
{
    struct rig *rig = *state;

    control_free(rig->control);
    loop_timer_free(rig->late);
    loop_free(rig->loop);
    rmdir(rig->folder);
    buf_release(&rig->told);
    free(rig->path);
    free(rig);
    return 0;
}

static int join(struct rig *rig)
{
    struct err err = {0};
    int fd = control_connect(rig->path, &err);

    if (fd < 0)
        fail_msg("%s", err.text);
    return fd;
}

static void says(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

static void hears(int fd, const char *text)
{
    char bytes[256] = "";

    assert_int_equal(recv(fd, bytes, sizeof(bytes) - 1, 0), strlen(text));
    assert_string_equal(bytes, text);
}

static void lines_go_both_ways(void **state)
{
    struct rig *rig = *state;
    struct stat status;
    int fd = join(rig), other = join(rig);

    assert_int_equal(stat(rig->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    says(fd, "one\ntw");
    loop_run(rig->loop);
    assert_string_equal(buf_text(&rig->told), "[one]");
    hears(fd, "one\n");
    says(fd, "o\n");
    loop_run(rig->loop);
    hears(fd, "two\n");
    says(other, "bye\nmore\n");
    loop_run(rig->loop);
    loop_run(rig->loop);
    assert_string_equal(buf_text(&rig->told), "[one][two][bye]");
    assert_int_equal(rig->gone, 1);
    hears(other, "");
    close(fd);
    loop_run(rig->loop);
    assert_int_equal(rig->gone, 2);
    close(other);
}

static void who_says_too_much_at_once_is_let_go(void **state)
{
    struct rig *rig = *state;
    int fd = join(rig);

    for (int i = 0; i < 100; i++)
        says(fd, "a line that has no end and is long enough ");
    loop_run(rig->loop);
    assert_int_equal(rig->gone, 1);
    assert_string_equal(buf_text(&rig->told), "");
    close(fd);
}

static void eight_at_a_time(void **state)
{
    struct rig *rig = *state;
    int fds[9];

    for (int i = 0; i < 8; i++) {
        fds[i] = join(rig);
        says(fds[i], "x\n");
        loop_run(rig->loop);
    }
    fds[8] = join(rig);
    says(fds[0], "y\n");
    loop_run(rig->loop); /* the listening socket is looked at too */
    says(fds[0], "z\n");
    loop_run(rig->loop);
    hears(fds[8], "");
    for (int i = 0; i < 9; i++)
        close(fds[i]);
}

static void a_socket_that_was_left_is_replaced(void **state)
{
    struct rig *rig = *state;
    struct control_handler handler = {rig, line, gone};
    struct err err = {0};
    int fd;

    /* As if it had been killed: the name stays. */
    control_free(rig->control);
    assert_int_equal(control_connect(rig->path, &err), -1);
    assert_int_equal(err.class, ERR_NETWORK);
    fd = open(rig->path, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(control_connect(rig->path, &err), -1);
    rig->control = control_new(rig->loop, rig->path, &handler, &err);
    assert_non_null(rig->control);
    fd = join(rig);
    says(fd, "here\n");
    loop_run(rig->loop);
    hears(fd, "here\n");
    close(fd);
    control_free(rig->control);
    assert_int_equal(access(rig->path, F_OK), -1);
    rig->control = NULL;
}

static void a_path_longer_than_an_address(void **state)
{
    struct rig *rig = *state;
    struct control_handler handler = {rig, line, gone};
    struct control *control;
    struct err err = {0};
    char folder[256], store[300], *path;
    int fd;

    snprintf(folder, sizeof(folder), "%s/%0120d", rig->folder, 0);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(store, sizeof(store), "%s/log", folder);
    path = control_path(store);
    assert_string_equal(path + strlen(path) - strlen("/log.control"), "/log.control");
    control = control_new(rig->loop, path, &handler, &err);
    if (control == NULL)
        fail_msg("%s", err.text);
    fd = control_connect(path, &err);
    assert_true(fd >= 0);
    close(fd);
    control_free(control);
    free(path);
    assert_null(control_new(rig->loop, "/no/such/folder/x", &handler, &err));
    assert_int_equal(err.class, ERR_STORE);
    rmdir(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_go_both_ways),
        TEST(who_says_too_much_at_once_is_let_go),
        TEST(eight_at_a_time),
        TEST(a_socket_that_was_left_is_replaced),
        TEST(a_path_longer_than_an_address),
    };

    return RUN_TESTS(tests);
}

/*
 * systemd hears what it should, and secrets come only from files that nobody else can read.
 */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <linux/keyctl.h>

#include "bot/service/notify.h"
#include "bot/service/secret.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/spotter-service-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[96];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return system(command);
}

static const char *path_of(const char *name)
{
    static char path[100];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text, mode_t mode)
{
    int fd = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static void a_notification_arrives_at_the_socket(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    char text[64];
    ssize_t got;

    (void)state;
    snprintf(address.sun_path, sizeof(address.sun_path), "%s", path_of("notify"));
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    setenv("NOTIFY_SOCKET", path_of("notify"), 1);
    notify_send("READY=1");
    got = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);
    assert_true(got > 0);
    text[got] = '\0';
    assert_string_equal(text, "READY=1");
    unsetenv("NOTIFY_SOCKET");
    notify_send("READY=1");
    assert_int_equal(recv(fd, text, sizeof(text), MSG_DONTWAIT), -1);
    close(fd);
}

static void the_watchdog_is_this_process_or_none(void **state)
{
    char pid[32];

    (void)state;
    unsetenv("WATCHDOG_USEC");
    assert_int_equal(notify_watchdog_ms(), 0);
    setenv("WATCHDOG_USEC", "60000000", 1);
    snprintf(pid, sizeof(pid), "%d", (int)getpid());
    setenv("WATCHDOG_PID", pid, 1);
    assert_int_equal(notify_watchdog_ms(), 30000);
    setenv("WATCHDOG_PID", "1", 1);
    assert_int_equal(notify_watchdog_ms(), 0);
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

static void a_secret_is_read_without_its_newline(void **state)
{
    struct buf out = BUF_INIT(SECRET_MAXIMUM);
    struct err err;

    (void)state;
    write_file("password", "hunter 2\n", 0600);
    assert_int_equal(secret_read(path_of("password"), &out, &err), 0);
    assert_string_equal(buf_text(&out), "hunter 2");
    buf_release(&out);
}

static void a_secret_that_others_can_read_is_refused(void **state)
{
    struct buf out = BUF_INIT(SECRET_MAXIMUM);
    struct err err;

    (void)state;
    write_file("open", "x", 0644);
    assert_int_equal(secret_read(path_of("open"), &out, &err), -1);
    assert_non_null(strstr(err.text, "chmod 600"));
    write_file("empty", "\n", 0600);
    assert_int_equal(secret_read(path_of("empty"), &out, &err), -1);
    assert_int_equal(secret_read(path_of("absent"), &out, &err), -1);
    assert_non_null(strstr(err.text, "No such file"));
    assert_int_equal(secret_read(folder, &out, &err), -1);
    buf_release(&out);
}

static void a_bare_name_is_a_credential(void **state)
{
    struct buf out = BUF_INIT(SECRET_MAXIMUM);
    struct err err;

    (void)state;
    write_file("spotter-password", "from systemd", 0440);
    setenv("CREDENTIALS_DIRECTORY", folder, 1);
    assert_int_equal(secret_read("spotter-password", &out, &err), 0);
    assert_string_equal(buf_text(&out), "from systemd");
    unsetenv("CREDENTIALS_DIRECTORY");
    buf_release(&out);
}

/* Of this process alone: whoever runs the tests keeps their keys. */
static void a_key_may_be_the_kernels(void **state)
{
    unsigned char key[PICKLE_KEY_SIZE];
    struct err err;

    (void)state;
    assert_int_equal(secret_keyring_key("spotter-test-none", key, &err), -1);
    assert_int_equal(err.class, ERR_CONFIG);
    assert_non_null(strstr(err.text, "Required key not available"));
    assert_true(syscall(SYS_add_key, "user", "spotter-test", "0123456789abcdef0123456789abcdef", 32,
                        KEY_SPEC_PROCESS_KEYRING) > 0);
    assert_int_equal(secret_keyring_key("spotter-test", key, &err), 0);
    assert_memory_equal(key, "0123456789abcdef0123456789abcdef", PICKLE_KEY_SIZE);
    assert_true(syscall(SYS_add_key, "user", "spotter-test", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n", 45,
                        KEY_SPEC_PROCESS_KEYRING) > 0);
    memset(key, 0, sizeof(key));
    assert_int_equal(secret_keyring_key("spotter-test", key, &err), 0);
    assert_memory_equal(key, "0123456789abcdef0123456789abcdef", PICKLE_KEY_SIZE);
    assert_true(syscall(SYS_add_key, "user", "spotter-test", "short", 5, KEY_SPEC_PROCESS_KEYRING) > 0);
    assert_int_equal(secret_keyring_key("spotter-test", key, &err), -1);
    assert_non_null(strstr(err.text, "32 bytes"));
}

static void a_key_is_made_once_and_read_again(void **state)
{
    unsigned char made[PICKLE_KEY_SIZE], read_back[PICKLE_KEY_SIZE];
    struct stat status;
    struct err err;

    (void)state;
    assert_int_equal(secret_make_key(path_of("key"), made, &err), 0);
    assert_int_equal(stat(path_of("key"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(secret_read_key(path_of("key"), read_back, &err), 0);
    assert_memory_equal(made, read_back, PICKLE_KEY_SIZE);
    assert_int_equal(secret_make_key(path_of("key"), made, &err), -1);
}

static void a_key_is_raw_or_base64_and_nothing_else(void **state)
{
    unsigned char key[PICKLE_KEY_SIZE];
    struct err err;

    (void)state;
    write_file("raw", "0123456789abcdef0123456789abcdef", 0600);
    assert_int_equal(secret_read_key(path_of("raw"), key, &err), 0);
    assert_memory_equal(key, "0123456789abcdef0123456789abcdef", PICKLE_KEY_SIZE);
    write_file("text", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n", 0600);
    assert_int_equal(secret_read_key(path_of("text"), key, &err), 0);
    assert_memory_equal(key, "0123456789abcdef0123456789abcdef", PICKLE_KEY_SIZE);
    write_file("short", "MDEyMzQ1Njc4OWFiY2RlZg==\n", 0600);
    assert_int_equal(secret_read_key(path_of("short"), key, &err), -1);
    assert_non_null(strstr(err.text, "32 bytes"));
}

static void a_secret_is_made_where_there_is_none(void **state)
{
    struct buf text = BUF_INIT(SECRET_MAXIMUM), longest = BUF_INIT(2 * SECRET_MAXIMUM);
    struct err err = {0};
    struct stat status;

    (void)state;
    assert_int_equal(secret_make(path_of("made"), "EsTc LW2K", &err), 0);
    assert_int_equal(stat(path_of("made"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(status.st_size, sizeof("EsTc LW2K\n") - 1);
    assert_int_equal(secret_make(path_of("made"), "another", &err), -1);
    assert_int_equal(err.class, ERR_CONFIG);
    assert_int_equal(secret_read(path_of("made"), &text, &err), 0);
    assert_string_equal(buf_text(&text), "EsTc LW2K");
    assert_int_equal(secret_make(path_of("no/such/folder"), "x", &err), -1);
    while (longest.length < SECRET_MAXIMUM)
        buf_addc(&longest, 'x');
    assert_int_equal(secret_make(path_of("long"), buf_text(&longest), &err), -1);
    assert_int_equal(stat(path_of("long"), &status), -1);
    assert_int_equal(secret_make("/dev/full", "x", &err), -1); /* exists */
    buf_release(&text);
    buf_release(&longest);
}

static void what_holds_secrets_is_hidden(void **state)
{
    (void)state;
    assert_int_equal(prctl(PR_GET_DUMPABLE), 1);
    secret_hide();
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
    assert_int_equal(prctl(PR_SET_DUMPABLE, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notification_arrives_at_the_socket),
        cmocka_unit_test(the_watchdog_is_this_process_or_none),
        cmocka_unit_test(a_secret_is_read_without_its_newline),
        cmocka_unit_test(a_secret_that_others_can_read_is_refused),
        cmocka_unit_test(a_bare_name_is_a_credential),
        cmocka_unit_test(a_key_may_be_the_kernels),
        cmocka_unit_test(a_key_is_made_once_and_read_again),
        cmocka_unit_test(a_secret_is_made_where_there_is_none),
        cmocka_unit_test(a_key_is_raw_or_base64_and_nothing_else),
        cmocka_unit_test(what_holds_secrets_is_hidden),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

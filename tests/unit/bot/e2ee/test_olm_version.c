/*
 * A libolm from before its memory bugs were mended (CVE-2021-44538, -34813) is not used. The library's own word for its
 * version is given by this program.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bot/e2ee/ratchet.h"
#include "tests/unit/unit.h"

static uint8_t patch;

void olm_get_library_version(uint8_t *major, uint8_t *minor, uint8_t *patch_level);
void olm_get_library_version(uint8_t *major, uint8_t *minor, uint8_t *patch_level)
{
    *major = 3;
    *minor = 2;
    *patch_level = patch;
}

static int status_with(uint8_t version)
{
    int status = -1;
    pid_t child;

    patch = version;
    child = fork();
    if (child == 0) {
        ratchet_account_free(ratchet_account_new());
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void an_older_libolm_is_not_used(void **state)
{
    int status;

    (void)state;
    assert_int_equal(status_with(8), 0);
    status = status_with(7);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_libolm_is_not_used),
    };

    return RUN_TESTS(tests);
}

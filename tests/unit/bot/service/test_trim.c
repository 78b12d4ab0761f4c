/* What the start alone needed is given back, and what is needed comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/service/trim.h"

/* kB of "RssFile:" and its like in /proc/self/status */
static long resident(const char *what)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kb = -1;

    assert_non_null(file);
    while (kb < 0 && fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, what, strlen(what)) == 0)
            kb = strtol(line + strlen(what), NULL, 10);
    fclose(file);
    assert_true(kb >= 0);
    return kb;
}

static void pages_of_files_are_given_back(void **state)
{
    long before = resident("RssFile:");

    (void)state;
    trim_memory();
    assert_true(resident("RssFile:") < before);
}

static void what_was_written_stays(void **state)
{
    static char filled[] = "written at the start";

    (void)state;
    memcpy(filled, "changed", 7);
    trim_memory();
    assert_string_equal(filled, "changed at the start");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_files_are_given_back),
        cmocka_unit_test(what_was_written_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

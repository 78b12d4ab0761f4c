/*
 * What every unit test includes: cmocka with the headers that it wants first. Tests run from the repository's root.
 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* ONLY=name: that test alone. */
#define RUN_TESTS(tests) (cmocka_set_test_filter(getenv("ONLY")), cmocka_run_group_tests((tests), NULL, NULL))

#endif

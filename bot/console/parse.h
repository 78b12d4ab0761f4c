/*
 * `spotter parse`: each line of standard input becomes one line of JSON, read without any history.
 */
#ifndef BOT_CONSOLE_PARSE_H
#define BOT_CONSOLE_PARSE_H

#include <stdio.h>

#include "core/base/err.h"

/* An exit code after sysexits.h; ERR is filled when it isn't 0. */
int parse_run(FILE *in, FILE *out, struct err *err);

#endif

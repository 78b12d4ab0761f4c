/*
 * `spotter evaluate`: how good forecasts would have been on logs that other apps exported, one step ahead, beside what
 * simple rules would have said.
 */
#ifndef BOT_EVALUATE_H
#define BOT_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/base/err.h"

/* Each of FILES is the log of one lifter; what is wrong in it is told on standard error. Nothing is kept. */
int evaluate(char *const *files, size_t count, bool json, FILE *out, struct err *err);

#endif

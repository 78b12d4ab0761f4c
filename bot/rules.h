/*
 * `spotter rules`: the rules of effort in words, and where each is kept.
 */
#ifndef BOT_RULES_H
#define BOT_RULES_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/err.h"

/* All rules, or the one with ID ("r22" too) where it isn't NULL; with COVERAGE the map from rule to place in place of
 * the words. 0, or a code of sysexits.h with ERR filled. */
int rules_print(const char *id, bool coverage, FILE *out, struct err *err);

#endif

/*
 * The reasons of one piece of advice.
 */
#ifndef CORE_EFFORT_REASONS_H
#define CORE_EFFORT_REASONS_H

#include "core/effort/effort.h"

/* RULE is static. A rule that is there already stays as it is. */
void reasons_add(struct advice *advice, const char *rule, double value, double limit);
/* RULE is no longer among what shaped the numbers. */
void reasons_drop(struct advice *advice, const char *rule);
void reasons_add_gate(struct advice *advice, const char *rule, double value, double limit);

#endif

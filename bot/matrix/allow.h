/*
 * Patterns of user ids, with '*' for any run of characters: who may invite us and talk to us.
 */
#ifndef BOT_MATRIX_ALLOW_H
#define BOT_MATRIX_ALLOW_H

#include <stdbool.h>

bool mx_allow_match(const char *pattern, const char *user_id);
bool mx_allowed(const char *const *patterns, const char *user_id); /* NULL or empty: nobody */

#endif

/*
 * Patterns of user ids.
 */
#include "bot/matrix/allow.h"

#include <stddef.h>

/* Greedy with one point to go back to: linear in practice, quadratic at worst, never deep. */
bool mx_allow_match(const char *pattern, const char *user_id)
{
    const char *star = NULL;
    const char *resume = NULL;

    while (*user_id != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = user_id;
        } else if (*pattern == *user_id) {
            pattern++;
            user_id++;
        } else if (star != NULL) {
            pattern = star + 1;
            user_id = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

bool mx_allowed(const char *const *patterns, const char *user_id)
{
    if (patterns == NULL)
        return false;
    for (; *patterns != NULL; patterns++)
        if (mx_allow_match(*patterns, user_id))
            return true;
    return false;
}

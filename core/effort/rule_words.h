/*
 * What rules say in other languages than English. For core/effort alone.
 */
#ifndef CORE_EFFORT_RULE_WORDS_H
#define CORE_EFFORT_RULE_WORDS_H

struct rule_words {
    const char *id;
    const char *text, *hedge; /* as in struct rule */
};
const struct rule_words *rule_words_german(const char *id); /* NULL when ID is unknown */

#endif

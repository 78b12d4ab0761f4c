/*
 * Memory that never comes back NULL, and the two ways to give up.
 * Running out of memory and a broken invariant end the process with one line; input can reach neither.
 */
#ifndef CORE_BASE_MEM_H
#define CORE_BASE_MEM_H

#include <stddef.h>

/* All return memory that the caller frees with free(); they abort when there is none. */
void *mem_alloc(size_t size);
void *mem_zero(size_t count, size_t size);
void *mem_resize(void *old, size_t count, size_t size);
char *mem_strdup(const char *text);                 /* NULL gives NULL */
char *mem_strndup(const char *text, size_t length); /* copies LENGTH bytes and adds the NUL */

/* Ends the process: an invariant that no input can break was broken. */
_Noreturn void mem_bug(const char *file, int line, const char *what);

#define BUG(what) mem_bug(__FILE__, __LINE__, (what))
#define BUG_IF(condition)                                                                                              \
    do {                                                                                                               \
        if (condition)                                                                                                 \
            BUG(#condition);                                                                                           \
    } while (0)

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif

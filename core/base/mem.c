/*
 * Memory that never comes back NULL, and the two ways to give up.
 */
#include "core/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(void)
{
    fputs("spotter: out of memory\n", stderr);
    abort();
}

_Noreturn void mem_bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "spotter: bug at %s:%d: %s\n", file, line, what);
    abort();
}

void *mem_alloc(size_t size)
{
    void *memory = malloc(size != 0 ? size : 1);

    if (memory == NULL)
        out_of_memory();
    return memory;
}

void *mem_zero(size_t count, size_t size)
{
    void *memory = calloc(count != 0 ? count : 1, size != 0 ? size : 1);

    if (memory == NULL)
        out_of_memory();
    return memory;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    void *memory;

    if (size != 0 && count > SIZE_MAX / size)
        out_of_memory();
    memory = realloc(old, count * size != 0 ? count * size : 1);
    if (memory == NULL)
        out_of_memory();
    return memory;
}

char *mem_strndup(const char *text, size_t length)
{
    char *copy = mem_alloc(length + 1);

    if (length != 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *mem_strdup(const char *text)
{
    return text != NULL ? mem_strndup(text, strlen(text)) : NULL;
}

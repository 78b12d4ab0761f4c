/*
 * A typed growing array: VEC(struct set) sets = {0}. Elements are moved when it grows, so keep indexes, not pointers.
 */
#ifndef CORE_BASE_VEC_H
#define CORE_BASE_VEC_H

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define VEC(type)                                                                                                      \
    struct {                                                                                                           \
        type *at;                                                                                                      \
        size_t count;                                                                                                  \
        size_t capacity;                                                                                               \
    }

/* A new element at the end, zeroed; evaluates to a pointer to it, good until the vector grows again. vec_place() leaves
 * it to the caller to write all of it. */
#define vec_add(vec)                                                                                                   \
    ((vec)->at = vec_grow((vec)->at, (vec)->count, &(vec)->capacity, sizeof(*(vec)->at)), &(vec)->at[(vec)->count++])

#define vec_place(vec)                                                                                                 \
    ((vec)->at = vec_room((vec)->at, (vec)->count, &(vec)->capacity, sizeof(*(vec)->at)), &(vec)->at[(vec)->count++])

#define vec_push(vec, value) ((void)(*vec_place(vec) = (value)))
#define vec_clear(vec) ((void)((vec)->count = 0))
#define vec_release(vec)                                                                                               \
    do {                                                                                                               \
        free((vec)->at);                                                                                               \
        (vec)->at = NULL;                                                                                              \
        (vec)->count = (vec)->capacity = 0;                                                                            \
    } while (0)

/* Removes element INDEX, keeping the order. */
#define vec_remove(vec, index)                                                                                         \
    do {                                                                                                               \
        size_t vec_index = (index);                                                                                    \
        BUG_IF(vec_index >= (vec)->count);                                                                             \
        memmove(&(vec)->at[vec_index], &(vec)->at[vec_index + 1],                                                      \
                ((vec)->count - vec_index - 1) * sizeof(*(vec)->at));                                                  \
        (vec)->count--;                                                                                                \
    } while (0)

static inline void *vec_room(void *at, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return at;
    *capacity = *capacity != 0 ? *capacity * 2 : 8;
    return mem_resize(at, *capacity, size);
}

static inline void *vec_grow(void *at, size_t count, size_t *capacity, size_t size)
{
    at = vec_room(at, count, capacity, size);
    memset((char *)at + count * size, 0, size);
    return at;
}

#endif

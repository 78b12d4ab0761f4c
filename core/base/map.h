/*
 * A map from strings to pointers. Keys are copied; values belong to the caller. The hash is keyed (SipHash-1-3), since
 * keys come from outside; the seed is given, since core has no randomness of its own.
 */
#ifndef CORE_BASE_MAP_H
#define CORE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map;

struct map *map_new(uint64_t seed);
/* Frees the map; DROP, if not NULL, is called for each value first. */
void map_free(struct map *map, void (*drop)(void *value));

void *map_get(const struct map *map, const char *key); /* NULL when it isn't there */
/* Puts VALUE (not NULL) under KEY; returns the value that it replaces, or NULL. */
void *map_put(struct map *map, const char *key, void *value);
void *map_remove(struct map *map, const char *key); /* what was there, or NULL */
size_t map_count(const struct map *map);

/* Walks all entries in no order: start with *CURSOR 0; false at the end. The map must not be changed meanwhile. */
bool map_next(const struct map *map, size_t *cursor, const char **key, void **value);

#endif

/*
 * A map from strings to pointers: open addressing with linear probing and backward-shift deletion.
 */
#include "core/base/map.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { FIRST_SLOTS = 16 }; /* a power of two */

struct slot {
    char *key; /* NULL: empty */
    void *value;
    uint64_t hash;
};

struct map {
    struct slot *slots;
    size_t slot_count;
    size_t used;
    uint64_t seed;
};

static uint64_t rotate(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012) with the key (seed, ~seed). */
static uint64_t hash_key(uint64_t seed, const char *key)
{
    size_t length = strlen(key);
    uint64_t v[4] = {seed ^ 0x736f6d6570736575U, ~seed ^ 0x646f72616e646f6dU, seed ^ 0x6c7967656e657261U,
                     ~seed ^ 0x7465646279746573U};
    uint64_t word;
    size_t i;

    for (i = 0; i + 8 <= length; i += 8) {
        memcpy(&word, key + i, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    word = (uint64_t)length << 56;
    for (size_t shift = 0; i < length; i++, shift += 8)
        word |= (uint64_t)(unsigned char)key[i] << shift;
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
    v[2] ^= 0xff;
    for (int i_round = 0; i_round < 3; i_round++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

struct map *map_new(uint64_t seed)
{
    struct map *map = mem_zero(1, sizeof(*map));

    map->seed = seed;
    map->slot_count = FIRST_SLOTS;
    map->slots = mem_zero(map->slot_count, sizeof(*map->slots));
    return map;
}

void map_free(struct map *map, void (*drop)(void *value))
{
    if (map == NULL)
        return;
    for (size_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].key == NULL)
            continue;
        free(map->slots[i].key);
        if (drop != NULL)
            drop(map->slots[i].value);
    }
    free(map->slots);
    free(map);
}

/* The slot that holds KEY, or the empty one where it belongs. */
static size_t find_slot(const struct map *map, const char *key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t at = (size_t)hash & mask;

    while (map->slots[at].key != NULL && (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0))
        at = (at + 1) & mask;
    return at;
}

static void grow(struct map *map)
{
    struct slot *old = map->slots;
    size_t old_count = map->slot_count;

    map->slot_count *= 2;
    map->slots = mem_zero(map->slot_count, sizeof(*map->slots));
    for (size_t i = 0; i < old_count; i++)
        if (old[i].key != NULL)
            map->slots[find_slot(map, old[i].key, old[i].hash)] = old[i];
    free(old);
}

void *map_get(const struct map *map, const char *key)
{
    const struct slot *slot = &map->slots[find_slot(map, key, hash_key(map->seed, key))];

    return slot->key != NULL ? slot->value : NULL;
}

void *map_put(struct map *map, const char *key, void *value)
{
    uint64_t hash = hash_key(map->seed, key);
    struct slot *slot;
    void *old;

    BUG_IF(value == NULL);
    if ((map->used + 1) * 4 > map->slot_count * 3)
        grow(map);
    slot = &map->slots[find_slot(map, key, hash)];
    if (slot->key == NULL) {
        *slot = (struct slot){mem_strdup(key), value, hash};
        map->used++;
        return NULL;
    }
    old = slot->value;
    slot->value = value;
    return old;
}

/* Moves later entries of the same run back, so that no probe ends early at the hole at AT. */
static void close_hole(struct map *map, size_t at)
{
    size_t mask = map->slot_count - 1;
    size_t next = (at + 1) & mask;

    while (map->slots[next].key != NULL) {
        size_t home = (size_t)map->slots[next].hash & mask;

        if (((next - home) & mask) >= ((next - at) & mask)) {
            map->slots[at] = map->slots[next];
            map->slots[next].key = NULL;
            at = next;
        }
        next = (next + 1) & mask;
    }
}

void *map_remove(struct map *map, const char *key)
{
    size_t at = find_slot(map, key, hash_key(map->seed, key));
    void *value;

    if (map->slots[at].key == NULL)
        return NULL;
    value = map->slots[at].value;
    free(map->slots[at].key);
    map->slots[at].key = NULL;
    map->used--;
    close_hole(map, at);
    return value;
}

size_t map_count(const struct map *map)
{
    return map->used;
}

bool map_next(const struct map *map, size_t *cursor, const char **key, void **value)
{
    while (*cursor < map->slot_count) {
        const struct slot *slot = &map->slots[(*cursor)++];

        if (slot->key != NULL) {
            *key = slot->key;
            *value = slot->value;
            return true;
        }
    }
    return false;
}

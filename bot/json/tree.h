/*
 * json-c behind `struct json`: the two casts. Used inside this room only.
 */
#ifndef BOT_JSON_TREE_H
#define BOT_JSON_TREE_H

#include <stdint.h>

#include <json-c/json.h>

#include "bot/json/json.h"

/* json-c's getters take no const, but change nothing in a tree that was parsed. */
static inline struct json_object *json_tree(const struct json *json)
{
    return (struct json_object *)(uintptr_t)json;
}

static inline struct json *json_untree(struct json_object *object)
{
    return (struct json *)object;
}

#endif

/*
 * The getters: each checks the type of what it reads. A null is a NULL, like what is absent.
 */
#include "bot/json/json.h"

#include <stdarg.h>
#include <string.h>

#include <json-c/json_visit.h>

#include "bot/json/screen.h"
#include "bot/json/tree.h"

void json_free(struct json *json)
{
    json_object_put(json_tree(json));
}

/* NOLINTNEXTLINE(readability-non-const-parameter): json-c calls it */
static int wipe(struct json_object *value, int flags, struct json_object *parent, const char *key, size_t *index,
                void *arg)
{
    (void)flags;
    (void)parent;
    (void)key;
    (void)index;
    (void)arg;
    if (json_object_is_type(value, json_type_string) != 0)
        explicit_bzero((void *)(uintptr_t)json_object_get_string(value), (size_t)json_object_get_string_len(value));
    return JSON_C_VISIT_RETURN_CONTINUE;
}

void json_free_secret(struct json *json)
{
    if (json != NULL)
        json_c_visit(json_tree(json), 0, wipe, NULL);
    json_free(json);
}

struct json *json_keep(const struct json *json)
{
    return json_untree(json_object_get(json_tree(json)));
}

bool json_is_object(const struct json *json)
{
    return json_object_is_type(json_tree(json), json_type_object) != 0;
}

bool json_is_array(const struct json *json)
{
    return json_object_is_type(json_tree(json), json_type_array) != 0;
}

const struct json *json_get(const struct json *object, const char *key)
{
    struct json_object *value = NULL;

    if (json_is_object(object))
        json_object_object_get_ex(json_tree(object), key, &value);
    return json_untree(value);
}

const struct json *json_path(const struct json *object, ...)
{
    va_list keys;
    const char *key;

    va_start(keys, object);
    while ((key = va_arg(keys, const char *)) != NULL)
        object = json_get(object, key);
    va_end(keys);
    return object;
}

size_t json_count(const struct json *array)
{
    return json_is_array(array) ? json_object_array_length(json_tree(array)) : 0;
}

const struct json *json_at(const struct json *array, size_t index)
{
    return index < json_count(array) ? json_untree(json_object_array_get_idx(json_tree(array), index)) : NULL;
}

const char *json_text(const struct json *json)
{
    struct json_object *tree = json_tree(json);
    const char *text;
    size_t length;

    if (json_object_is_type(tree, json_type_string) == 0)
        return NULL;
    text = json_object_get_string(tree);
    length = (size_t)json_object_get_string_len(tree);
    return json_screen_nul(text, length) || json_screen_surrogate(text, length) ? NULL : text;
}

const char *json_get_text(const struct json *object, const char *key)
{
    return json_text(json_get(object, key));
}

bool json_get_int(const struct json *object, const char *key, int64_t *value)
{
    return json_int(json_get(object, key), value);
}

bool json_int(const struct json *json, int64_t *value)
{
    struct json_object *tree = json_tree(json);
    int64_t number;

    if (json_object_is_type(tree, json_type_int) == 0)
        return false;
    number = json_object_get_int64(tree);
    if (number == INT64_MIN || number == INT64_MAX) /* what json-c makes of anything beyond, too */
        return false;
    *value = number;
    return true;
}

bool json_get_bool(const struct json *object, const char *key, bool otherwise)
{
    struct json_object *tree = json_tree(json_get(object, key));

    return json_object_is_type(tree, json_type_boolean) != 0 ? json_object_get_boolean(tree) != 0 : otherwise;
}

bool json_next(const struct json *object, struct json_cursor *cursor, const char **key, const struct json **value)
{
    const struct lh_entry *entry;

    if (!json_is_object(object))
        return false;
    entry =
        cursor->started ? ((const struct lh_entry *)cursor->at)->next : json_object_get_object(json_tree(object))->head;
    if (entry == NULL)
        return false;
    cursor->at = entry;
    cursor->started = true;
    *key = lh_entry_k(entry);
    *value = lh_entry_v(entry);
    return true;
}

/*
 * Trees to text: compact, canonical, and the check of one event, which is a printing with limits. The recursion is
 * bounded by the parser's depth.
 */
#include "bot/json/json.h"

#include <stdlib.h>
#include <string.h>

#include "bot/json/quote.h"
#include "bot/json/screen.h"
#include "bot/json/tree.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

static const int64_t CANONICAL_INTEGER = (INT64_C(1) << 53) - 1;

struct printing {
    struct buf *out;
    const char *const *without; /* of the outermost object */
    bool canonical;
    bool strict; /* refuses lone surrogates, and NUL in keys */
    int depth_limit;
    int depth;
    struct err *err;
};

static int print_value(struct printing *printing, const struct json *json);

struct member {
    const char *key;
    const struct json *value;
};

/* By bytes, which is by code point in UTF-8. */
static int compare_members(const void *a, const void *b)
{
    return strcmp(((const struct member *)a)->key, ((const struct member *)b)->key);
}

static bool is_left_out(const struct printing *printing, const char *key)
{
    if (printing->depth != 1 || printing->without == NULL)
        return false;
    for (const char *const *name = printing->without; *name != NULL; name++)
        if (strcmp(*name, key) == 0)
            return true;
    return false;
}

static int print_member(struct printing *printing, const struct member *member)
{
    struct span key = span_of(member->key);

    if (printing->strict && (json_screen_surrogate(key.at, key.length) || json_screen_nul(key.at, key.length)))
        return err_set(printing->err, ERR_INPUT, "JSON key with a lone surrogate or NUL");
    json_quote(printing->out, key, true);
    buf_addc(printing->out, ':');
    return print_value(printing, member->value);
}

static int print_object(struct printing *printing, const struct json *json)
{
    VEC(struct member) members = {0};
    struct json_cursor cursor = {0};
    struct member member;
    int result = 0;

    while (json_next(json, &cursor, &member.key, &member.value))
        if (!is_left_out(printing, member.key))
            vec_push(&members, member);
    if (printing->canonical && members.count > 1)
        qsort(members.at, members.count, sizeof(*members.at), compare_members);
    buf_addc(printing->out, '{');
    for (size_t i = 0; i < members.count && result == 0; i++) {
        if (i > 0)
            buf_addc(printing->out, ',');
        result = print_member(printing, &members.at[i]);
    }
    buf_addc(printing->out, '}');
    vec_release(&members);
    return result;
}

static int print_array(struct printing *printing, const struct json *json)
{
    size_t count = json_count(json);

    buf_addc(printing->out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_addc(printing->out, ',');
        if (print_value(printing, json_at(json, i)) != 0)
            return -1;
    }
    buf_addc(printing->out, ']');
    return 0;
}

static int print_string(struct printing *printing, const struct json *json)
{
    struct json_object *tree = json_tree(json);
    struct span text = {json_object_get_string(tree), (size_t)json_object_get_string_len(tree)};

    if (printing->strict && json_screen_surrogate(text.at, text.length))
        return err_set(printing->err, ERR_INPUT, "JSON string with a lone surrogate");
    json_quote(printing->out, text, true);
    return 0;
}

static int print_number(struct printing *printing, const struct json *json)
{
    struct json_object *tree = json_tree(json);
    bool integer = json_object_is_type(tree, json_type_int) != 0;
    int64_t number = integer ? json_object_get_int64(tree) : 0;

    if (printing->canonical && !integer)
        return err_set(printing->err, ERR_INPUT, "canonical JSON has no floats and no -0");
    if (printing->canonical && (number > CANONICAL_INTEGER || number < -CANONICAL_INTEGER))
        return err_set(printing->err, ERR_INPUT, "canonical JSON has no integers beyond 2^53");
    buf_adds(printing->out, json_object_to_json_string_ext(tree, JSON_C_TO_STRING_PLAIN)); /* a float as it was read */
    return 0;
}

static int print_nested(struct printing *printing, const struct json *json)
{
    int result;

    if (printing->depth == printing->depth_limit)
        return err_set(printing->err, ERR_LIMIT, "JSON nested deeper than %d", printing->depth_limit);
    printing->depth++;
    result = json_is_object(json) ? print_object(printing, json) : print_array(printing, json);
    printing->depth--;
    return result;
}

static int print_value(struct printing *printing, const struct json *json)
{
    if (printing->out->overflowed)
        return err_set(printing->err, ERR_LIMIT, "JSON longer than %zu bytes", printing->out->maximum);
    switch (json_object_get_type(json_tree(json))) {
    case json_type_object:
    case json_type_array:
        return print_nested(printing, json);
    case json_type_string:
        return print_string(printing, json);
    case json_type_int:
    case json_type_double:
        return print_number(printing, json);
    case json_type_boolean:
        buf_adds(printing->out, json_object_get_boolean(json_tree(json)) ? "true" : "false");
        return 0;
    default:
        buf_adds(printing->out, "null");
        return 0;
    }
}

static int print_whole(struct printing *printing, const struct json *json)
{
    if (print_value(printing, json) != 0)
        return -1;
    if (printing->out->overflowed)
        return err_set(printing->err, ERR_LIMIT, "JSON longer than %zu bytes", printing->out->maximum);
    return 0;
}

int json_check_event(const struct json *event, size_t maximum_bytes, struct err *err)
{
    struct buf out = BUF_INIT(maximum_bytes);
    struct printing printing = {.out = &out, .strict = true, .depth_limit = JSON_DEPTH_EVENT, .err = err};
    int result;

    if (!json_is_object(event))
        return err_set(err, ERR_INPUT, "an event must be a JSON object");
    result = print_whole(&printing, event);
    buf_release(&out);
    return result;
}

void json_print(const struct json *json, struct buf *out)
{
    struct printing printing = {.out = out, .depth_limit = JSON_DEPTH_PARSER};

    print_whole(&printing, json);
}

int json_canonical(const struct json *json, const char *const *without, struct buf *out, struct err *err)
{
    struct printing printing = {.out = out,
                                .without = without,
                                .canonical = true,
                                .strict = true,
                                .depth_limit = JSON_DEPTH_PARSER,
                                .err = err};

    return print_whole(&printing, json);
}

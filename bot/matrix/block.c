/*
 * Commands that clients fill in.
 */
#include "bot/matrix/block.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BLOCK "org.matrix.msc4391.command"

bool mx_block_is_there(const struct json *content)
{
    struct json_cursor cursor = {0};
    const char *key;
    const struct json *value;

    while (json_next(content, &cursor, &key, &value))
        if (strcmp(key, BLOCK) == 0)
            return true;
    return false;
}

bool mx_block_is_for(const struct json *content, const char *user_id)
{
    const struct json *users = json_path(content, "m.mentions", "user_ids", NULL);
    const char *user = json_text(json_at(users, 0));

    return json_count(users) == 1 && user != NULL && strcmp(user, user_id) == 0;
}

/* False: there is no room for it. */
static bool add_text(struct mx_block *out, struct message_argument *argument, const char *text)
{
    if (text == NULL || out->text_count == MX_BLOCK_TEXTS)
        return false;
    out->texts[out->text_count++] = text;
    argument->count++;
    return true;
}

static void read_texts(struct mx_block *out, struct message_argument *argument, const struct json *list)
{
    for (size_t i = 0; i < json_count(list); i++)
        if (!add_text(out, argument, json_text(json_at(list, i))))
            return;
    argument->value = VALUE_TEXTS;
}

static void read_value(struct mx_block *out, const struct json *arguments, const struct json *value)
{
    struct message_argument *argument = &out->arguments[out->block.count];
    char *digits = out->numbers[out->block.count];
    int64_t number;

    if (json_is_array(value)) {
        read_texts(out, argument, value);
    } else if (json_get_int(arguments, argument->key, &number)) {
        snprintf(digits, MX_BLOCK_NUMBER_SIZE, "%" PRId64, number);
        argument->value = add_text(out, argument, digits) ? VALUE_NUMBER : VALUE_OTHER;
    } else if (add_text(out, argument, json_text(value))) {
        argument->value = VALUE_TEXT;
    }
}

/* What is null isn't given. One more than any command takes is as good as all of them. */
void mx_block_read(const struct json *content, struct mx_block *out)
{
    const struct json *block = json_get(content, BLOCK), *arguments = json_get(block, "arguments");
    struct json_cursor cursor = {0};
    const char *name = json_get_text(block, "command"), *key;
    const struct json *value;

    memset(out, 0, sizeof(*out));
    out->block.command = name != NULL && (arguments == NULL || json_is_object(arguments)) ? name : "";
    out->block.arguments = out->arguments;
    while (out->block.count < MX_BLOCK_ARGUMENTS && json_next(arguments, &cursor, &key, &value)) {
        if (value == NULL)
            continue;
        out->arguments[out->block.count] =
            (struct message_argument){.key = key, .value = VALUE_OTHER, .texts = &out->texts[out->text_count]};
        read_value(out, arguments, value);
        out->block.count++;
    }
}

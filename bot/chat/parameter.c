/*
 * What a command takes.
 */
#include "bot/chat/parameter.h"

#include <string.h>

#include "core/base/ascii.h"

enum { VALUE_MAX = 200 /* bytes of one argument */ };

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* "/" is of a name as well: "AREA/CITY". */
static bool is_name(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || byte == '/';
}

static bool holds(struct span text, bool (*is)(char byte))
{
    for (size_t i = 0; i < text.length; i++)
        if (is(text.at[i]))
            return true;
    return false;
}

static struct span from(struct span text, size_t at)
{
    return (struct span){text.at + at, text.length - at};
}

/* The next word of TEXT; what stands in brackets is one. */
static struct span take_word(struct span *text)
{
    struct span word = {text->at, 0};
    int depth = 0;

    for (; word.length < text->length && (depth > 0 || text->at[word.length] != ' '); word.length++)
        depth += (text->at[word.length] == '[') - (text->at[word.length] == ']');
    *text = from(*text, word.length);
    span_skip_spaces(text);
    return word;
}

/* "[NAME]": what is in its brackets, which are around all of it. */
static bool unwrap(struct span *text)
{
    struct span rest = *text;
    const size_t end = text->length;

    if (end < 2 || text->at[0] != '[' || text->at[end - 1] != ']')
        return false;
    for (int depth = 0; rest.length > 1; rest = from(rest, 1)) {
        depth += (rest.at[0] == '[') - (rest.at[0] == ']');
        if (depth == 0)
            return false;
    }
    *text = (struct span){text->at + 1, end - 2};
    return true;
}

/* ---------------------------------------------------------------- one parameter */

static void set_key(struct parameter *parameter, struct span name)
{
    size_t length = name.length < PARAMETER_KEY_SIZE - 1 ? name.length : PARAMETER_KEY_SIZE - 1;

    for (size_t i = 0; i < length; i++)
        parameter->key[i] = name.at[i] == '/' ? '_' : ascii_lower(name.at[i]);
    parameter->key[length] = '\0';
}

/* "on|off" */
static bool read_choices(struct span item, struct parameter *parameter)
{
    for (size_t i = 0; i < item.length; i++)
        if (!is_lower(item.at[i]) && item.at[i] != '-' && item.at[i] != '|')
            return false;
    parameter->kind = PARAMETER_CHOICE;
    parameter->choices = item;
    set_key(parameter, span_of("choice"));
    return true;
}

/* "0-3" */
static bool read_range(struct span item, struct parameter *parameter)
{
    if (!ascii_is_digit(item.at[0]) || item.length != 3 || item.at[1] != '-' || !ascii_is_digit(item.at[2]))
        return false;
    parameter->kind = PARAMETER_NUMBER;
    set_key(parameter, span_of("number"));
    return true;
}

/* "NAME", "xREPS", "EXERCISE:", "@NAME…" */
static bool read_name(struct span item, struct parameter *parameter)
{
    size_t begin = 0, end;

    while (begin < item.length && !is_name(item.at[begin]))
        begin++;
    for (end = begin; end < item.length && is_name(item.at[end]);)
        end++;
    parameter->prefix = (struct span){item.at, begin};
    parameter->suffix = from(item, end);
    if (begin == end || memchr(item.at, '|', item.length) != NULL || holds(parameter->suffix, is_name) ||
        holds(parameter->suffix, is_lower))
        return false;
    parameter->kind = PARAMETER_TEXT;
    set_key(parameter, (struct span){item.at + begin, end - begin});
    if (span_is(parameter->prefix, "@") && strcmp(parameter->key, "name") == 0) {
        parameter->kind = span_is(parameter->suffix, "\xE2\x80\xA6") ? PARAMETER_PEOPLE : PARAMETER_PERSON;
        parameter->suffix.length = 0;
    }
    return true;
}

/* ---------------------------------------------------------------- all of them */

struct parameters {
    struct parameter *at;
    size_t count;
    struct span before; /* of the next one */
};

static bool is_sign(struct span item)
{
    return !holds(item, is_lower) && !holds(item, is_name) && !ascii_is_digit(item.at[0]);
}

static bool take_item(struct parameters *parameters, struct span item, bool optional)
{
    struct parameter *parameter = &parameters->at[parameters->count];

    if (parameters->count == PARAMETERS_MAX)
        return false;
    *parameter = (struct parameter){.shown = item, .before = parameters->before, .optional = optional};
    parameters->before.length = 0;
    if (!read_choices(item, parameter) && !read_range(item, parameter) && !read_name(item, parameter))
        return false;
    for (size_t i = 0; i < parameters->count; i++)
        if (strcmp(parameters->at[i].key, parameter->key) == 0)
            return false;
    parameters->count++;
    return true;
}

/* "[like EXERCISE]", "[EXERCISE]" */
static bool take_group(struct parameters *parameters, struct span group)
{
    struct span first = take_word(&group);

    if (group.length == 0)
        return take_item(parameters, first, true);
    if (holds(first, is_name) || memchr(first.at, '|', first.length) != NULL ||
        memchr(group.at, ' ', group.length) != NULL)
        return false;
    parameters->before = first;
    return take_item(parameters, group, true);
}

/* A word that stands alone among others is one of a sentence: "RULE or TOPIC". */
static bool is_only_said(struct span word)
{
    return !holds(word, is_name) && holds(word, is_lower) && memchr(word.at, '|', word.length) == NULL;
}

static bool take_word_of(struct parameters *parameters, struct span word, bool optional)
{
    if (is_only_said(word))
        return false;
    if (unwrap(&word))
        return take_group(parameters, word);
    if (!is_sign(word))
        return take_item(parameters, word, optional);
    if (parameters->before.length != 0)
        return false;
    parameters->before = word;
    return true;
}

static bool read_all(struct parameters *parameters, struct span text, bool optional)
{
    if (memchr(text.at, ' ', text.length) == NULL)
        return take_item(parameters, text, optional);
    while (text.length != 0)
        if (!take_word_of(parameters, take_word(&text), optional))
            return false;
    return parameters->before.length == 0;
}

size_t parameters_read(const char *arguments, struct parameter parameters[PARAMETERS_MAX])
{
    struct parameters read = {.at = parameters};
    struct span text = span_of(arguments);
    bool optional = unwrap(&text);

    if (text.length == 0)
        return 0;
    if (read_all(&read, text, optional))
        return read.count;
    parameters[0] = (struct parameter){.key = "text", .optional = optional, .shown = text};
    return 1;
}

/* ---------------------------------------------------------------- as it would be typed */

/* What could be typed in a line. */
static bool is_line(const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            return false;
    return length != 0 && length <= VALUE_MAX;
}

static bool is_choice(struct span choices, const char *text)
{
    while (choices.length != 0)
        if (span_is(span_take(&choices, '|'), text))
            return true;
    return false;
}

/* Whether PARAMETER takes TEXT, which is right by type. */
static bool fits(const struct parameter *parameter, const char *text)
{
    if (!is_line(text))
        return false;
    if (parameter->kind == PARAMETER_CHOICE)
        return is_choice(parameter->choices, text);
    if (parameter->kind == PARAMETER_PERSON || parameter->kind == PARAMETER_PEOPLE)
        return text[0] == '@' && strchr(text, ' ') == NULL;
    return true;
}

static bool all_fit(const struct parameter *parameter, const struct message_argument *argument)
{
    static const enum message_value values[] = {
        [PARAMETER_TEXT] = VALUE_TEXT,   [PARAMETER_NUMBER] = VALUE_NUMBER, [PARAMETER_CHOICE] = VALUE_TEXT,
        [PARAMETER_PERSON] = VALUE_TEXT, [PARAMETER_PEOPLE] = VALUE_TEXTS,
    };

    if (argument->value != values[parameter->kind] || argument->count == 0)
        return false;
    for (size_t i = 0; i < argument->count; i++)
        if (!fits(parameter, argument->texts[i]))
            return false;
    return true;
}

static void spell(const struct parameter *parameter, const struct message_argument *argument, struct buf *text)
{
    if (parameter->before.length != 0) {
        buf_addc(text, ' ');
        buf_add_span(text, parameter->before);
    }
    for (size_t i = 0; i < argument->count; i++) {
        const char *value = argument->texts[i];

        buf_addc(text, ' ');
        if (parameter->prefix.length == 0 || strncmp(value, parameter->prefix.at, parameter->prefix.length) != 0)
            buf_add_span(text, parameter->prefix);
        buf_adds(text, value);
        buf_add_span(text, parameter->suffix);
    }
}

static const struct message_argument *find_argument(const struct message_block *block, const char *key)
{
    for (size_t i = 0; i < block->count; i++)
        if (strcmp(block->arguments[i].key, key) == 0)
            return &block->arguments[i];
    return NULL;
}

int parameters_spell(const struct command *command, const struct message_block *block, struct buf *text)
{
    struct parameter parameters[PARAMETERS_MAX];
    size_t count = parameters_read(command->arguments, parameters), known = 0;

    buf_adds(text, command->name);
    for (size_t i = 0; i < count; i++) {
        const struct message_argument *argument = find_argument(block, parameters[i].key);

        if (argument == NULL ? !parameters[i].optional : !all_fit(&parameters[i], argument))
            return -1;
        if (argument == NULL)
            continue;
        spell(&parameters[i], argument, text);
        known++;
    }
    return known == block->count && !text->overflowed ? 0 : -1;
}

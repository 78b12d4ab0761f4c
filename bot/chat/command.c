/*
 * Finding a command by what was typed.
 */
#include "bot/chat/command.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

static struct span trim(struct span text)
{
    while (text.length != 0 && ascii_is_space(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length != 0 && ascii_is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

static bool is_stop(char c)
{
    return c == '.' || c == '!' || c == '?';
}

/* A text of nothing but stops is left as it is: "?". */
static struct span without_stop(struct span text)
{
    struct span cut = text = trim(text);

    while (cut.length != 0 && is_stop(cut.at[cut.length - 1]))
        cut.length--;
    cut = trim(cut);
    return cut.length != 0 ? cut : text;
}

static bool is_letter(char c)
{
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

/* TEXT begins with WORDS (of LENGTH, lower case), and they end where a word ends. Signs ("?", "*") end by themselves.
 */
static bool begins(struct span text, const char *words, size_t length)
{
    if (text.length < length || length == 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower(text.at[i]) != words[i])
            return false;
    }
    return text.length == length || !is_letter(words[length - 1]) || ascii_is_space(text.at[length]) ||
           text.at[length] == ',' || text.at[length] == ':';
}

/* What follows a command's name: without the comma or colon behind that. */
static struct span behind(struct span text, size_t length)
{
    struct span rest = {text.at + length, text.length - length};

    if (rest.length != 0 && (rest.at[0] == ',' || rest.at[0] == ':'))
        rest = (struct span){rest.at + 1, rest.length - 1};
    return trim(rest);
}

static int count_words(struct span text)
{
    int words = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_space(text.at[i]) && (i == 0 || ascii_is_space(text.at[i - 1])))
            words++;
    }
    return words;
}

/* How many bytes of TEXT name COMMAND; 0 none. */
static size_t named(const struct command *command, struct span text)
{
    const char *alias = command->aliases;

    if (begins(text, command->name, strlen(command->name)))
        return strlen(command->name);
    while (*alias != '\0') {
        size_t length = strcspn(alias, ",");

        if (begins(text, alias, length))
            return length;
        alias += length + (alias[length] == ',');
    }
    return 0;
}

static bool takes(const struct command *command, struct span arguments)
{
    if (count_words(arguments) > command->words)
        return false;
    return command->never_before == NULL || arguments.length == 0 || arguments.at[0] == '\0' ||
           strchr(command->never_before, ascii_lower(arguments.at[0])) == NULL;
}

static size_t letter_of(char first)
{
    return is_letter(first) ? (size_t)(ascii_lower(first) - 'a') : COMMAND_LETTERS - 1;
}

void command_index_init(struct command_index *index, struct command_table table)
{
    BUG_IF(table.count > COMMANDS_MAX);
    *index = (struct command_index){.table = table};
    for (size_t i = 0; i < table.count; i++) {
        const char *alias = table.at[i]->aliases;

        index->by_letter[letter_of(table.at[i]->name[0])] |= UINT64_C(1) << i;
        while (*alias != '\0') {
            index->by_letter[letter_of(*alias)] |= UINT64_C(1) << i;
            alias += strcspn(alias, ",");
            alias += *alias == ',';
        }
    }
}

const struct command *command_find(const struct command_index *index, struct span text, struct span *arguments)
{
    uint64_t left;

    text = without_stop(text);
    left = text.length != 0 ? index->by_letter[letter_of(text.at[0])] : 0;
    for (; left != 0; left &= left - 1) {
        const struct command *command = index->table.at[__builtin_ctzll(left)];
        size_t length = named(command, text);
        struct span rest;

        if (length == 0)
            continue;
        rest = behind(text, length);
        if (!takes(command, rest))
            continue;
        *arguments = rest;
        return command;
    }
    return NULL;
}

/*
 * Finding a command by what was typed.
 */
#include "bot/chat/command.h"

#include <string.h>

#include "core/base/ascii.h"

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

/* A text of nothing but stops is left as it is: "?". */
static struct span without_stop(struct span text)
{
    struct span cut = text = trim(text);

    while (cut.length != 0 && strchr(".!?", cut.at[cut.length - 1]) != NULL)
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
    if (text.length > length && is_letter(words[length - 1]) && !ascii_is_space(text.at[length]) &&
        strchr(",:", text.at[length]) == NULL)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (ascii_lower(text.at[i]) != words[i])
            return false;
    }
    return true;
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

    if (ascii_lower(text.at[0]) == command->name[0] && begins(text, command->name, strlen(command->name)))
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

const struct command *command_find(struct command_table table, struct span text, struct span *arguments)
{
    text = without_stop(text);
    for (size_t i = 0; i < table.count && text.length != 0; i++) {
        size_t length = named(table.at[i], text);
        struct span rest;

        if (length == 0)
            continue;
        rest = behind(text, length);
        if (!takes(table.at[i], rest))
            continue;
        *arguments = rest;
        return table.at[i];
    }
    return NULL;
}

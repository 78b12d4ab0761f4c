/*
 * Finding a command by what was typed.
 */
#include "bot/chat/command.h"

#include <string.h>

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct span trim(struct span text)
{
    while (text.length != 0 && is_space(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length != 0 && is_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

static struct span without_stop(struct span text)
{
    text = trim(text);
    while (text.length != 0 && strchr(".!?", text.at[text.length - 1]) != NULL)
        text.length--;
    return trim(text);
}

/* TEXT begins with WORDS (of LENGTH, lower case), and they end where a word ends. */
static bool begins(struct span text, const char *words, size_t length)
{
    if (text.length < length || (text.length > length && !is_space(text.at[length])))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (lower(text.at[i]) != words[i])
            return false;
    }
    return length != 0;
}

static int count_words(struct span text)
{
    int words = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (!is_space(text.at[i]) && (i == 0 || is_space(text.at[i - 1])))
            words++;
    }
    return words;
}

/* How many bytes of TEXT name COMMAND; 0 none. */
static size_t named(const struct command *command, struct span text)
{
    const char *alias = command->aliases;

    if (lower(text.at[0]) == command->name[0] && begins(text, command->name, strlen(command->name)))
        return strlen(command->name);
    while (*alias != '\0') {
        size_t length = strcspn(alias, " ");

        if (begins(text, alias, length))
            return length;
        alias += length + strspn(alias + length, " ");
    }
    return 0;
}

const struct command *command_find(struct command_table table, struct span text, struct span *arguments)
{
    text = without_stop(text);
    for (size_t i = 0; i < table.count && text.length != 0; i++) {
        size_t length = named(table.at[i], text);
        struct span rest;

        if (length == 0)
            continue;
        rest = trim((struct span){text.at + length, text.length - length});
        if (count_words(rest) > table.at[i]->words)
            continue;
        *arguments = rest;
        return table.at[i];
    }
    return NULL;
}

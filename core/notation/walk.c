/*
 * A folded sentence word by word.
 */
#include "core/notation/walk.h"

#include "core/notation/scan.h"

struct span walk_word(struct span text)
{
    struct span word = {text.at, 0};

    while (word.length < text.length && text.at[word.length] != ' ')
        word.length++;
    while (word.length > 1 && strchr(",:;.!", word.at[word.length - 1]) != NULL)
        word.length--;
    return word;
}

struct span walk_behind(struct span text)
{
    while (text.length != 0 && text.at[0] != ' ')
        text = (struct span){text.at + 1, text.length - 1};
    span_skip_spaces(&text);
    return text;
}

bool walk_is(struct span word, const char *const *words)
{
    if (word.length == 0)
        return false;
    for (; *words != NULL; words++)
        if (**words == word.at[0] && span_is(word, *words))
            return true;
    return false;
}

void walk_skip(struct span *text, const char *const *words)
{
    while (text->length != 0 && walk_is(walk_word(*text), words))
        *text = walk_behind(*text);
}

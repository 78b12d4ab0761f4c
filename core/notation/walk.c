/*
 * A folded sentence word by word.
 */
#include "core/notation/walk.h"

#include "core/base/ascii.h"

enum { DIGITS_MOST = 2 };

struct span walk_word(struct span text)
{
    const uint64_t ends = ASCII_BIT(',') | ASCII_BIT(':') | ASCII_BIT(';') | ASCII_BIT('.') | ASCII_BIT('!');
    struct span word = {text.at, 0};

    while (word.length < text.length && text.at[word.length] != ' ')
        word.length++;
    while (word.length > 1 && ascii_is_among(word.at[word.length - 1], ends))
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

struct word_meaning walk_meaning(struct span text)
{
    return notation_meaning(walk_word(text));
}

bool walk_amends(struct span text, unsigned amends)
{
    return (walk_meaning(text).amends & amends) != 0;
}

bool walk_to_come(struct span text)
{
    static const char *const leads[] = {"to", "zu", NULL};
    static const char *const deeds[] = {"go", "do", "machen", "tun", NULL};

    for (; text.length != 0; text = walk_behind(text))
        if (walk_is(walk_word(text), leads) && walk_is(walk_word(walk_behind(text)), deeds))
            return true;
    return false;
}

void walk_skip_amends(struct span *text, unsigned amends)
{
    while (text->length != 0 && walk_amends(*text, amends))
        *text = walk_behind(*text);
}

void walk_skip_roles(struct span *text, unsigned roles)
{
    while (text->length != 0 && (walk_meaning(*text).roles & roles) != 0)
        *text = walk_behind(*text);
}

struct span walk_name(struct span text, const struct exercise_names *own, int words_most)
{
    struct span rest = text, found = {text.at, 0};

    for (int words = 0; words < words_most && rest.length != 0; words++, rest = walk_behind(rest)) {
        const struct span word = walk_word(rest), whole = {text.at, (size_t)(word.at + word.length - text.at)};

        if (!exercise_may_have(own, word))
            break;
        /* names are found with an article, too: one at the end belongs to what follows */
        if (exercise_find_folded(own, whole) != NULL && notation_meaning(word).word != WORD_THE)
            found = whole;
    }
    return found;
}

double walk_number(struct span word, struct word_meaning meaning)
{
    int number = 0;

    if (word.length == 0 || !ascii_is_digit(word.at[0]))
        return notation_number_of(word, meaning);
    for (size_t i = 0; i < word.length; i++) {
        if (i == DIGITS_MOST || !ascii_is_digit(word.at[i]))
            return 0;
        number = 10 * number + word.at[i] - '0';
    }
    return number;
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

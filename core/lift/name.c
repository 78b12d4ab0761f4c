/*
 * A typed name becomes a set of words: by the forms of the catalogue, so that every spelling of a word is one number.
 */
#include "core/lift/name.h"

#include <string.h>

#include "core/lift/catalogue.h"

enum { PART_LEAST = 3 }; /* letters; two shorter words may be any other one */

/* Everything that isn't ASCII belongs to a word: a lifter's own exercise may have any name. */
static bool in_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (unsigned char)byte >= 0x80;
}

bool name_word_before(const struct name_word *a, const struct name_word *b)
{
    if (a->word != b->word || a->word != WORD_UNKNOWN)
        return a->word < b->word;
    if (a->text.length != b->text.length)
        return a->text.length < b->text.length;
    return memcmp(a->text.at, b->text.at, a->text.length) < 0;
}

static int insert_word(struct name *name, struct name_word word)
{
    size_t at = name->count;

    while (at > 0 && name_word_before(&word, &name->words[at - 1]))
        at--;
    if (at > 0 && !name_word_before(&name->words[at - 1], &word))
        return 0;
    if (name->count == NAME_WORDS)
        return -1;
    for (size_t i = name->count++; i > at; i--)
        name->words[i] = name->words[i - 1];
    name->words[at] = word;
    name->unknown += word.word == WORD_UNKNOWN;
    return 0;
}

static int add_form(struct name *name, const struct word_form *form, struct span text)
{
    for (size_t i = 0; i < form->count; i++)
        if (insert_word(name, (struct name_word){form->words[i], text}) != 0)
            return -1;
    return 0;
}

/* The form that TEXT is without its first HEAD letters, where those are one as well; NULL. */
static const struct word_form *behind_head(struct span text, size_t head, const struct word_form **first)
{
    const struct word_form *second = NULL;

    *first = catalogue_form((struct span){text.at, head});
    if (*first != NULL && (*first)->count != 0)
        second = catalogue_form((struct span){text.at + head, text.length - head});
    return second != NULL && second->count != 0 ? second : NULL;
}

/* "kabelseitheben", "trizepsmaschine", "militarypress": two words of the catalogue in one. */
static int add_compound(struct name *name, struct span text)
{
    const struct word_form *first, *second;

    for (size_t head = PART_LEAST; head + PART_LEAST <= text.length && text.length >= NAME_COMPOUND_LEAST; head++) {
        second = behind_head(text, head, &first);
        if (second != NULL)
            return add_form(name, first, text) != 0 ? -1 : add_form(name, second, text);
    }
    return insert_word(name, (struct name_word){WORD_UNKNOWN, text});
}

static int add_spelling(struct name *name, struct span text)
{
    const struct word_form *form = catalogue_form(text);

    return form != NULL ? add_form(name, form, text) : add_compound(name, text);
}

int name_read(struct name *name, struct span folded)
{
    char *word = name->text, *end = word;

    name->count = name->unknown = 0;
    if (folded.length >= NAME_SIZE)
        return -1;
    for (size_t i = 0; i <= folded.length; i++) {
        char byte = i < folded.length ? folded.at[i] : ' ';

        if (in_word(byte)) {
            *end++ = byte;
        } else if (byte != '\'' && end != word) { /* "farmer's" is one word */
            if (add_spelling(name, (struct span){word, (size_t)(end - word)}) != 0)
                return -1;
            word = end;
        }
    }
    return 0;
}

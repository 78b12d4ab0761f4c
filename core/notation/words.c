/*
 * Looking up the vocabulary, which config/words.awk makes of config/words.tsv.
 */
#include "core/notation/words.h"

#include "core/base/mem.h"
#include "core/lift/set.h"

struct row {
    char text[16];
    uint8_t length;
    struct word_meaning meaning;
};

#include "words_data.h"

/* The same as hash_word() in config/words.awk. */
static uint32_t hash_word(struct span text)
{
    uint32_t hash = 5381;

    for (size_t i = 0; i < text.length; i++)
        hash = hash * 33 + (unsigned char)text.at[i];
    return hash;
}

struct word_meaning notation_meaning(struct span word)
{
    const size_t mask = ARRAY_LENGTH(slots) - 1;

    if (word.length >= sizeof(rows[0].text))
        return (struct word_meaning){.word = WORD_OTHER};
    for (size_t at = hash_word(word) & mask; slots[at] != 0; at = (at + 1) & mask) {
        const struct row *row = &rows[slots[at] - 1];

        if (row->length == word.length && memcmp(row->text, word.at, word.length) == 0)
            return row->meaning;
    }
    return (struct word_meaning){.word = WORD_OTHER};
}

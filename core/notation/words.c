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

struct word_meaning notation_meaning(struct span word)
{
    const size_t mask = ARRAY_LENGTH(slots) - 1;

    if (word.length >= sizeof(rows[0].text))
        return (struct word_meaning){.word = WORD_OTHER};
    for (size_t at = span_hash(word) & mask; slots[at] != 0; at = (at + 1) & mask) {
        const struct row *row = &rows[slots[at] - 1];

        if (row->length == word.length && memcmp(row->text, word.at, word.length) == 0)
            return row->meaning;
    }
    return (struct word_meaning){.word = WORD_OTHER};
}

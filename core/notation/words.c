/*
 * Looking up the vocabulary, which config/words.awk makes of config/words.tsv.
 */
#include "core/notation/words.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/lift/set.h"
#include "core/notation/scan.h"

struct row {
    char text[15]; /* without a NUL */
    uint8_t length;
    struct word_meaning meaning;
};

#include "words_data.h"

static struct word_meaning look_up(struct span word, uint32_t hash)
{
    const size_t mask = ARRAY_LENGTH(slots) - 1;

    for (size_t at = hash & mask; slots[at] != 0; at = (at + 1) & mask) {
        const struct row *row = &rows[slots[at] - 1];

        if (span_equal_word((struct span){row->text, row->length}, word))
            return row->meaning;
    }
    return (struct word_meaning){.word = WORD_OTHER};
}

struct word_meaning notation_meaning(struct span word)
{
    return look_up(word, span_hash(word));
}

struct span notation_word(struct span text, struct word_meaning *meaning)
{
    uint32_t hash = SPAN_HASH_EMPTY;
    size_t length = 0;

    for (; length < text.length && scan_in_word(text, length); length++)
        hash = span_hash_more(hash, text.at[length]);
    text.length = length;
    *meaning = length != 0 ? look_up(text, hash) : (struct word_meaning){.word = WORD_OTHER};
    return text;
}

void vocabulary_open(struct vocabulary *vocabulary)
{
    *vocabulary = (struct vocabulary){UINT64_MAX, UINT32_MAX, UINT32_MAX, UINT16_MAX, true, true};
}

static void add_meaning(struct vocabulary *vocabulary, struct word_meaning meaning)
{
    vocabulary->classes |= CLASS_BIT(meaning.word);
    vocabulary->says |= meaning.says;
    vocabulary->traits |= meaning.traits;
    vocabulary->amends |= meaning.amends;
}

/* What stands in WORD between digits and signs. */
static void add_parts(struct vocabulary *vocabulary, struct span word)
{
    while (word.length != 0) {
        struct word_meaning meaning;
        size_t length = notation_word(word, &meaning).length;

        vocabulary->digit |= ascii_is_digit(word.at[0]);
        vocabulary->effort_sign |= word.at[0] == '@';
        if (length != 0)
            add_meaning(vocabulary, meaning);
        length += length == 0;
        word = (struct span){word.at + length, word.length - length};
    }
}

struct word_meaning vocabulary_add(struct vocabulary *vocabulary, struct span word)
{
    struct word_meaning meaning;

    if (notation_word(word, &meaning).length != word.length) {
        meaning = notation_meaning(word);
        add_parts(vocabulary, word);
    }
    add_meaning(vocabulary, meaning);
    return meaning;
}

/* "didn't" */
static bool denies(struct span word, struct word_meaning meaning)
{
    static const char ending[] = "n't";
    const size_t length = strlen(ending);

    return meaning.word == WORD_NOT ||
           (word.length > length && memcmp(word.at + word.length - length, ending, length) == 0);
}

unsigned notation_tells(struct span word, struct word_meaning meaning)
{
    /* "12 mal" counts, "letztes mal" doesn't */
    const uint32_t traits = meaning.word == WORD_BY ? 0 : meaning.traits;
    unsigned tells = 0;

    if (meaning.word == WORD_STOP && meaning.argument == STOP_DOUBT)
        tells |= TELLS_OTHERS;
    if ((meaning.says & SAYS_UNSURE) != 0)
        tells |= TELLS_UNSURE;
    if (meaning.word == WORD_DAY || meaning.word == WORD_BACK || meaning.word == WORD_MONTH ||
        (traits & TRAIT_SESSION) != 0)
        tells |= TELLS_TIME;
    if ((traits & (TRAIT_WEEKS | TRAIT_DAYS | TRAIT_PART_OF_DAY)) != 0)
        tells |= TELLS_SPAN;
    if (meaning.word == WORD_COMMAND || (traits & TRAIT_WOULD) != 0 || denies(word, meaning))
        tells |= TELLS_UNDONE;
    return tells;
}

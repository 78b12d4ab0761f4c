/*
 * Sets that are counted in words. Each word must be a number, or one that config/words.tsv says to count sets.
 */
#include "core/notation/tally.h"

#include "core/base/mem.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { TALLY_MOST = 10 };

struct said {
    uint32_t says;    /* of all words, enum word_says */
    int counts, sets; /* numbers, and the last of them */
};

/* "3", "three"; "twice" and "zweimal" say what is counted, too. 0: no number. */
static int count_of(struct span word, struct word_meaning meaning, uint32_t *says)
{
    static const char *const in_one[][2] = {
        {"once", "einmal"}, {"twice", "zweimal"}, {"thrice", "dreimal"}, {"", "viermal"}, {"", "funfmal"}};

    for (int i = 0; i < 5 && (meaning.says & SAYS_ONCE) != 0; i++)
        if (span_is(word, in_one[i][0]) || span_is(word, in_one[i][1])) {
            *says |= SAYS_TIMES;
            return i + 1;
        }
    return (int)walk_number(word, meaning);
}

static bool take_word(struct span word, struct said *said)
{
    const enum word_says known = SAYS_TIMES | SAYS_MADE | SAYS_THAT | SAYS_FURTHER | SAYS_ANEW | SAYS_BESIDE;
    const struct word_meaning meaning = notation_meaning(word);
    const int count = (meaning.says & known) != 0 ? 0 : count_of(word, meaning, &said->says);

    said->says |= meaning.says;
    if (count != 0) {
        said->counts++;
        said->sets = count;
    }
    return (meaning.says & known) != 0 || count != 0;
}

static bool may_be(const struct vocabulary *words)
{
    return ((words->says & (SAYS_FURTHER | SAYS_ANEW)) != 0 && (words->says & SAYS_THAT) != 0) ||
           ((words->says & (SAYS_TIMES | SAYS_ONCE)) != 0 && (words->says & SAYS_MADE) != 0);
}

bool tally_read(struct span folded, const struct vocabulary *words, struct tally *tally)
{
    struct said said = {.counts = 0};

    if (!may_be(words))
        return false;
    for (; folded.length != 0; folded = walk_behind(folded))
        if (!take_word(walk_word(folded), &said))
            return false;
    *tally = (struct tally){.sets = said.sets, .more = (said.says & (SAYS_FURTHER | SAYS_ANEW)) != 0};
    if (said.counts != 1 || said.sets < 2 || said.sets > TALLY_MOST)
        return false;
    if ((said.says & (SAYS_FURTHER | SAYS_ANEW | SAYS_MADE)) == SAYS_FURTHER)
        return false; /* "2 more of those" may be yet to come */
    /* "3 sets of that", with no word of what was done, is read as a command: three more. */
    return tally->more ? (said.says & SAYS_THAT) != 0 : (said.says & SAYS_TIMES) != 0 && (said.says & SAYS_MADE) != 0;
}

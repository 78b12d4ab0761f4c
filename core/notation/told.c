/*
 * How a set was.
 */
#include "core/notation/told.h"

#include "core/base/ascii.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/spare.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { WORDS_MOST = 12, REP_MOST = 50 };

/* "7th", "7." before another word, "seventh": which rep; 0: WORD, which TEXT begins with, is none of these. */
static int ordinal_of(struct span text, struct span word)
{
    struct span rest = word;
    double value;

    if (!scan_take_number(&rest, &value))
        return notation_ordinal_word(word);
    if (value > REP_MOST || value < 1)
        return 0;
    if (rest.length != 0)
        return (notation_meaning(rest).traits & TRAIT_ORDINAL) != 0 ? (int)value : 0;
    return word.length + 1 < text.length && text.at[word.length] == '.' ? (int)value : 0;
}

/* A number of something else than of a rep. */
static bool counts(struct span text, struct span word, struct word_meaning meaning)
{
    return ordinal_of(text, word) == 0 && (span_has_digit(word) || notation_number_of(word, meaning) > 1);
}

bool told_is_effort(struct span folded)
{
    double rir;

    return (folded.length != 0 && piece_effort(folded) == folded.length) || spare_read(folded, NULL, &rir);
}

bool told_may_be(struct span folded)
{
    const unsigned tells = TELLS_OTHERS | TELLS_UNSURE | TELLS_TIME | TELLS_SPAN;
    bool helped = false, other = false;

    if (told_is_effort(folded))
        return true;
    for (int words = 0; folded.length != 0; folded = walk_behind(folded), words++) {
        const struct span word = walk_word(folded);
        const struct word_meaning meaning = notation_meaning(word);

        if (words == WORDS_MOST || counts(folded, word, meaning) || meaning.word == WORD_COMMAND ||
            (meaning.amends & (AMEND_BACK | AMEND_CHANGE | AMEND_MISTAKE)) != 0)
            return false;
        helped |= (meaning.says & SAYS_FLAW) != 0;
        other |= (notation_tells(word, meaning) & tells) != 0;
    }
    return helped || !other;
}

bool told_ends(struct span folded)
{
    for (; folded.length != 0; folded = walk_behind(folded)) {
        const struct word_meaning meaning = walk_meaning(folded);

        if (meaning.word != WORD_FILLER && (meaning.says & SAYS_WHOLE) == 0)
            return false;
    }
    return true;
}

bool told_missed(struct span folded, int *rep)
{
    bool missed = false;

    *rep = 0;
    for (; folded.length != 0; folded = walk_behind(folded)) {
        const struct span word = walk_word(folded);
        const struct word_meaning meaning = notation_meaning(word);
        const int which = ordinal_of(folded, word);

        missed |= meaning.word == WORD_FAIL || (meaning.roles & ROLE_STUCK) != 0 ||
                  (word.length > 3 && span_is((struct span){word.at + word.length - 3, 3}, "n't"));
        *rep = which != 0 ? which : *rep;
    }
    return missed;
}

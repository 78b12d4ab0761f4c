/*
 * What may be said of the last set in two ways.
 */
#include "core/notation/either.h"

#include <math.h>

#include "core/base/ascii.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"

enum { REPS_MOST = 50, RATING_LEAST = 5, RATING_MOST = 10 };

/* "15", "15 reps": takes it off TEXT. */
static bool take_reps(struct span *text)
{
    double reps;

    if (!scan_take_number(text, &reps) || reps != floor(reps) || reps < 1 || reps > REPS_MOST)
        return false;
    if (walk_meaning(*text).word == WORD_REPS)
        *text = walk_behind(*text);
    return true;
}

/* "for the last one", "beim letzten": all of TEXT. */
static bool is_last(struct span text)
{
    static const char *const towards[] = {"at", "auf", "bei", "beim", "for", "fur", "fuer", "im", "in", "on", NULL};
    struct word_meaning meaning;

    if (!walk_is(walk_word(text), towards))
        return false;
    text = walk_behind(text);
    while (walk_meaning(text).word == WORD_THE || (walk_meaning(text).traits & TRAIT_MINE) != 0)
        text = walk_behind(text);
    meaning = walk_meaning(text);
    if (meaning.word != WORD_LAST || meaning.argument == LAST_FIRST)
        return false;
    text = walk_behind(text);
    if (walk_meaning(text).word == WORD_SETS || (walk_meaning(text).roles & ROLE_NOUN) != 0)
        text = walk_behind(text);
    return text.length == 0;
}

bool either_at_last(struct span folded, const struct vocabulary *words, struct at_last *said)
{
    static const char *const joints[] = {"and", "und", "then", "dann", NULL};
    struct span text = folded;

    if (!words->digit || (words->classes & CLASS_BIT(WORD_LAST)) == 0)
        return false;
    walk_skip(&text, joints);
    *said = (struct at_last){.piece = text, .further = text.at != folded.at};
    return take_reps(&text) && is_last(text);
}

bool either_rating(struct span folded, const struct vocabulary *words, struct span *piece)
{
    const unsigned around = AMEND_MAKE | AMEND_BESIDE | AMEND_WHICH;
    struct word_meaning meaning;
    double number;

    if (!words->digit || (words->amends & AMEND_MAKE) == 0)
        return false;
    meaning = walk_meaning(folded);
    if ((meaning.amends & AMEND_MAKE) == 0)
        return false;
    while (folded.length != 0 && meaning.word != WORD_A && (meaning.traits & TRAIT_ARTICLE) == 0 &&
           (meaning.amends & around) != 0) {
        folded = walk_behind(folded);
        meaning = walk_meaning(folded);
    }
    *piece = folded;
    folded = walk_behind(folded);
    if (piece->length == folded.length || !scan_take_number(&folded, &number) || number < RATING_LEAST ||
        number > RATING_MOST)
        return false;
    *piece = span_without((struct span){piece->at, (size_t)(folded.at - piece->at)}, 0, ASCII_BIT(' '));
    walk_skip_amends(&folded, AMEND_WHICH);
    return folded.length == 0 && (meaning.word == WORD_A || (meaning.traits & TRAIT_ARTICLE) != 0);
}

/* "all of them", "alle drei": all of TEXT. */
static bool is_all(struct span text)
{
    static const char *const whom[] = {"of", "them", "those", "these", "sets", "davon", "satze", "saetze", NULL};

    if (walk_meaning(text).word != WORD_ALL)
        return false;
    text = walk_behind(text);
    walk_skip(&text, whom);
    if (text.length != 0 && notation_number_of(walk_word(text), walk_meaning(text)) > 1)
        text = walk_behind(text);
    walk_skip(&text, whom);
    return text.length == 0;
}

bool either_of_all(struct span folded, const struct vocabulary *words, struct span *piece)
{
    const uint64_t signs = ASCII_BIT(' ') | ASCII_BIT(',') | ASCII_BIT('.');
    struct span rest = folded;
    struct piece read;

    if ((words->classes & CLASS_BIT(WORD_ALL)) == 0 || !words->digit)
        return false;
    while (rest.length != 0 && !is_all(rest))
        rest = walk_behind(rest);
    *piece = span_without((struct span){folded.at, (size_t)(rest.at - folded.at)}, 0, signs);
    return rest.length != 0 && piece->length != 0 && piece_read(*piece, UNIT_KG, &read) && read.instead;
}

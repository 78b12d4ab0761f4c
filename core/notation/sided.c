/*
 * Of which side a set was.
 */
#include "core/notation/sided.h"

#include "core/notation/walk.h"

/* What was said so far. */
struct said {
    enum set_side side;
    bool each, limb, cue, told; /* "per", "arm", "sorry", "das war" */
    bool vague;                 /* "right" is "correct" as well */
};

static bool take_word(struct span word, struct word_meaning meaning, struct said *said)
{
    const bool each = meaning.word == WORD_PER || meaning.word == WORD_EACH;
    const bool limb = meaning.word == WORD_LIMB && meaning.argument <= LIMB_SIDE;
    const bool cue = (meaning.roles & ROLE_SLIP) != 0, told = (meaning.roles & (ROLE_WAS | ROLE_POINTS)) != 0;

    if (meaning.word == WORD_SIDE && said->side != SIDE_NONE)
        return false;
    if (meaning.word == WORD_SIDE) {
        said->side = (enum set_side)meaning.argument;
        said->vague = (meaning.roles & ROLE_VAGUE) != 0;
        return word.length > 1;
    }
    said->each |= each;
    said->limb |= limb;
    said->cue |= cue;
    said->told |= told;
    return each || limb || cue || told || (meaning.roles & ROLE_SPEAKS) != 0 || meaning.word == WORD_THE ||
           (meaning.traits & TRAIT_MINE) != 0;
}

static bool may_be(const struct vocabulary *words)
{
    return (words->classes & (CLASS_BIT(WORD_SIDE) | CLASS_BIT(WORD_PER) | CLASS_BIT(WORD_EACH))) != 0;
}

enum set_side sided_read(struct span folded, const struct vocabulary *words)
{
    struct said said = {.side = SIDE_NONE};

    if (!may_be(words))
        return SIDE_NONE;
    for (; folded.length != 0; folded = walk_behind(folded)) {
        const struct span word = walk_word(folded);

        if (!take_word(word, notation_meaning(word), &said))
            return SIDE_NONE;
    }
    if (said.each)
        return said.side == SIDE_NONE && said.limb ? SIDE_EACH : SIDE_NONE;
    return said.cue || (said.told && (said.limb || !said.vague)) ? said.side : SIDE_NONE;
}

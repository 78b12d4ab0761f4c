/*
 * Of which side a set was.
 */
#include "core/notation/sided.h"

#include "core/notation/walk.h"

/* What was said so far. */
struct said {
    enum set_side side;
    bool each, limb, cue, told; /* "per", "arm", "sorry", "das war" */
    bool english;               /* "right" is "correct" as well */
};

static bool take_word(struct span word, struct word_meaning meaning, struct said *said)
{
    static const char *const limbs[] = {"arm", "arms", "leg", "legs", "side", "seite", "bein", "beine", "arme", NULL};
    static const char *const told[] = {"was", "war", "waren", "were", "that", "das", "it", "es", NULL};
    static const char *const cues[] = {"sorry", "meant", "meinte", "oops", "ups", "actually", "eigentlich", NULL};
    static const char *const around[] = {"the", "i", "ich", "der", "die", "my", "mein", "no", "nein", "nee", NULL};
    static const char *const english[] = {"right", "left", NULL};

    if (meaning.word == WORD_SIDE && said->side != SIDE_NONE)
        return false;
    if (meaning.word == WORD_SIDE) {
        said->side = (enum set_side)meaning.argument;
        said->english = walk_is(word, english);
        return word.length > 1;
    }
    said->each |= meaning.word == WORD_PER || meaning.word == WORD_EACH;
    said->limb |= walk_is(word, limbs);
    said->cue |= walk_is(word, cues);
    said->told |= walk_is(word, told);
    return meaning.word == WORD_PER || meaning.word == WORD_EACH || walk_is(word, limbs) || walk_is(word, cues) ||
           walk_is(word, told) || walk_is(word, around);
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
    return said.cue || (said.told && (said.limb || !said.english)) ? said.side : SIDE_NONE;
}

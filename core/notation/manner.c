/*
 * How a set was done.
 */
#include "core/notation/manner.h"

#include "core/notation/walk.h"

/* Takes "that set before", "the last one" and the verb off TEXT. */
static bool take_which(struct span *text, struct aim *aim)
{
    static const char *const firsts[] = {"that", "it", "this", "das", "der", "the", "my", "mein", "die", NULL};
    static const char *const before[] = {"before", "davor", NULL};
    static const char *const was[] = {"was", "war", NULL};
    const struct span whole = *text;

    walk_skip(text, firsts);
    if (walk_meaning(*text).word == WORD_LAST && walk_meaning(*text).argument != LAST_FIRST)
        *text = walk_behind(*text);
    walk_skip_roles(text, ROLE_NOUN);
    aim->newest = !walk_is(walk_word(*text), before);
    aim->set = aim->newest ? 0 : AIM_BEFORE;
    walk_skip(text, before);
    if (text->at == whole.at || !walk_is(walk_word(*text), was))
        return false;
    *text = walk_behind(*text);
    return true;
}

static bool may_be(const struct vocabulary *words)
{
    return (words->says & SAYS_MANNER) != 0;
}

bool manner_read(struct span folded, const struct vocabulary *words, struct aim *aim)
{
    static const char *const around[] = {"with", "without", "mit",  "ohne", "and", "und", "a",  "the",
                                         "my",   "dem",     "auch", "also", "in",  "no",  "on", NULL};
    bool said = false;

    *aim = (struct aim){.name = {folded.at, 0}};
    if (!may_be(words) || !take_which(&folded, aim))
        return false;
    aim->piece = folded;
    for (; folded.length != 0; folded = walk_behind(folded)) {
        const bool manner = (walk_meaning(folded).says & SAYS_MANNER) != 0;

        if (!manner && !walk_is(walk_word(folded), around))
            return false;
        said |= manner;
    }
    return said;
}

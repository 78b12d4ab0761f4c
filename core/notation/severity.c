/*
 * How much something hurts.
 */
#include "core/notation/severity.h"

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { WORST = 3, WORST_OF_TEN = 10, WORDS_MOST = 10 };

/* "2", "10", "2/3", "4/10"; -1: no number. *SCALE: the second one; 0 there is none. */
static int take_number(struct span word, int *scale)
{
    int level = 0, *to = &level;

    *scale = 0;
    if (word.length == 0 || word.length > 5 || !ascii_is_digit(word.at[0]))
        return -1;
    for (size_t i = 0; i < word.length; i++) {
        if (ascii_is_digit(word.at[i]))
            *to = 10 * *to + (word.at[i] - '0');
        else if (word.at[i] == '/' && to == &level && i + 1 < word.length)
            to = scale;
        else
            return -1;
    }
    return level;
}

/* Takes "out of 3", "of 10", "von 3" off TEXT: 3 or 10; 0: it isn't there. */
static int take_scale(struct span *text)
{
    struct span rest = *text;
    int scale, beside;

    if (span_is(walk_word(rest), "out"))
        rest = walk_behind(rest);
    if (!span_is(walk_word(rest), "of") && !span_is(walk_word(rest), "von"))
        return 0;
    rest = walk_behind(rest);
    scale = take_number(walk_word(rest), &beside);
    if (beside != 0 || (scale != WORST && scale != WORST_OF_TEN))
        return 0;
    *text = walk_behind(rest);
    return scale;
}

/* "not bad", "mild": that the number is of a pain. */
static bool is_of_pain(struct span word)
{
    static const char *const words[] = {"bad",      "mild",       "minor", "slight",  "slightly", "serious",
                                        "severe",   "level",      "stufe", "schlimm", "wild",     "heftig",
                                        "leicht",   "stark",      "hurts", "pain",    "painful",  "schmerz",
                                        "tragisch", "dramatisch", "drama", NULL};

    return walk_is(word, words);
}

/* Words that stand around a level, and say nothing; "2 more" and "noch 2" are sets, or reps. */
static bool is_around(struct span word, struct span behind)
{
    static const char *const words[] = {
        "not",   "nicht", "kein", "too",   "so",    "zu",   "nothing",  "nichts", "just",     "only",       "nur",
        "bloss", "eher",  "wurd", "wurde", "sagen", "call", "ziemlich", "pretty", "quite",    "bit",        "bisschen",
        "ganz",  "super", "that", "now",   "jetzt", "no",   "nein",     "nee",    "actually", "eigentlich", NULL};
    const struct word_meaning meaning = notation_meaning(word);

    if ((meaning.traits & TRAIT_MORE) != 0)
        return span_is(walk_word(behind), "like");
    if (meaning.word == WORD_REPS || meaning.word == WORD_SETS || span_is(word, "noch"))
        return false;
    return (meaning.says & SAYS_AROUND) != 0 || (meaning.traits & (TRAIT_ARTICLE | TRAIT_ABOUT)) != 0 ||
           meaning.word == WORD_A || walk_is(word, words) || span_is(word, "eine") || span_is(word, "einer");
}

static bool put_level(int level, int scale, struct severity *severity)
{
    if (severity->level >= 0 || (scale != 0 && scale != WORST && scale != WORST_OF_TEN))
        return false;
    severity->level = level;
    severity->of_ten = scale == WORST_OF_TEN;
    severity->plain &= scale == 0;
    return level <= (scale == WORST_OF_TEN ? WORST_OF_TEN : WORST);
}

bool severity_read(struct span folded, struct severity *severity)
{
    *severity = (struct severity){.level = -1, .plain = true};
    for (int words = 0; folded.length != 0; words++) {
        const struct span word = walk_word(folded);
        int scale, level = take_number(word, &scale);
        const bool of_pain = level < 0 && is_of_pain(word);

        folded = walk_behind(folded);
        if (level >= 0 && scale == 0)
            scale = take_scale(&folded);
        if (level >= 0 ? !put_level(level, scale, severity) : !of_pain && !is_around(word, folded))
            return false;
        severity->plain &= !of_pain;
        if (words == WORDS_MOST)
            return false;
    }
    return severity->level >= 0;
}

/*
 * Sets that are counted in words. Each word must be one of those below.
 */
#include "core/notation/tally.h"

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { TALLY_MOST = 10 };

struct said {
    bool times, done, of_that, more, again;
    int counts, sets; /* numbers, and the last of them */
};

/* "3", "three"; "twice" and "zweimal" say what is counted, too. 0: no number. */
static int count_of(struct span word, bool *times)
{
    static const char *const in_one[][2] = {
        {"once", "einmal"}, {"twice", "zweimal"}, {"thrice", "dreimal"}, {"", "viermal"}, {"", "funfmal"}};
    int number = 0;

    for (int i = 0; i < 5; i++)
        if (span_is(word, in_one[i][0]) || span_is(word, in_one[i][1])) {
            *times = true;
            return i + 1;
        }
    if (word.length > 2 || word.length == 0 || !ascii_is_digit(word.at[0]))
        return (int)notation_word_number(word);
    for (size_t i = 0; i < word.length; i++)
        number = ascii_is_digit(word.at[i]) ? 10 * number + word.at[i] - '0' : TALLY_MOST + 1;
    return number;
}

static bool take_word(struct span word, struct said *said)
{
    static const char *const times[] = {"times", "time", "mal", "x", NULL};
    static const char *const sets[] = {"sets", "set", "satze", "saetze", "satz", NULL};
    static const char *const done[] = {"did", "done", "made", "gemacht", "geschafft", NULL};
    static const char *const of_that[] = {"that",     "those",   "it",       "them", "davon",
                                          "dasselbe", "gleiche", "gleichen", "same", NULL};
    static const char *const more[] = {"more", "noch", "weitere", NULL};
    static const char *const again[] = {"again", "nochmal", NULL};
    static const char *const around[] = {"i",   "ich",  "hab", "habe",  "of",        "like", "so",
                                         "wie", "the",  "das", "von",   "thing",     "ok",   "and",
                                         "und", "just", "in",  "total", "insgesamt", NULL};
    bool nothing;
    const struct {
        const char *const *words;
        bool *said;
    } kinds[] = {{times, &said->times}, {sets, &said->times},  {done, &said->done}, {of_that, &said->of_that},
                 {more, &said->more},   {again, &said->again}, {around, &nothing}};
    bool known = false;
    int count;

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (walk_is(word, kinds[i].words))
            known = *kinds[i].said = true;
    said->done |= span_is(word, "davon");
    count = known ? 0 : count_of(word, &said->times);
    if (count != 0) {
        said->counts++;
        said->sets = count;
    }
    return known || count != 0;
}

bool tally_read(struct span folded, struct tally *tally)
{
    struct said said = {.counts = 0};

    for (; folded.length != 0; folded = walk_behind(folded))
        if (!take_word(walk_word(folded), &said))
            return false;
    *tally = (struct tally){.sets = said.sets, .more = said.more || said.again};
    if (said.counts != 1 || said.sets < 2 || said.sets > TALLY_MOST)
        return false;
    if (said.more && !said.again && !said.done)
        return false; /* "2 more of those" may be yet to come */
    /* "3 sets of that", with no word of what was done, is read as a command: three more. */
    return tally->more ? said.of_that : said.times && said.done;
}

/*
 * Reps in reserve in sentences: each word must be one of those that config/words.tsv knows, so that what tells of
 * others or of other times ("my buddy had 2 left", "last week 2 left") is none.
 */
#include "core/notation/spare.h"

#include <math.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { WORDS_MOST = 10, UNKNOWN_MOST = 2 };

/* What was said so far. */
struct said {
    int words, numbers, left, went, did, could, room, more, none, some;
    bool still;     /* "noch", "more", "another" */
    bool felt;      /* "leicht" */
    bool had, sure; /* "had one more for sure" */
    bool now;       /* "could do 2 more": may be what is to come */
    bool counted;   /* a number was right before, */
    bool joined;    /* and "or" is: another must follow */
    double count;   /* NAN: one of several */
};

/* "2", "two", "couple"; NAN for "2-3"; 0: no number. */
static double number_of(struct span word, struct word_meaning meaning)
{
    if (word.length == strlen("2-3") && word.at[1] == '-' && ascii_is_digit(word.at[0]) && ascii_is_digit(word.at[2]))
        return NAN;
    return span_is(word, "couple") ? 2 : walk_number(word, meaning);
}

/* "sure", "probably": what was had besides wasn't done. */
static bool says_sure(struct span word, struct word_meaning meaning)
{
    static const char *const words[] = {"sure",     "definitely", "probably", "prob",       "maybe", "easily",
                                        "bestimmt", "sicher",     "locker",   "vielleicht", NULL};

    return (meaning.says & SAYS_AROUND) != 0 && walk_is(word, words);
}

static void note_word(struct span word, struct word_meaning meaning, struct said *said)
{
    said->words += span_is(word, "couple") ? 2 : 1; /* it is "a couple" */
    said->still |= span_is(word, "noch") || span_is(word, "another") || (meaning.says & SAYS_MORE) != 0;
    said->felt |= (meaning.says & SAYS_FELT) != 0;
    said->had |= span_is(word, "had");
    said->sure |= says_sure(word, meaning);
    said->now |= span_is(word, "do");
}

/* "2 or 3", "drei bis vier" are one number, nobody knows which; false: WORD, of COUNT, is none of that. */
static bool take_range(struct span word, double count, struct said *said)
{
    static const char *const joints[] = {"or", "oder", "to", "bis", NULL};
    const bool second = said->joined && count != 0;

    if (second)
        said->count = NAN;
    said->joined = said->counted && walk_is(word, joints);
    said->counted = count != 0 && !second;
    return second || said->joined;
}

static bool take_word(struct span word, struct said *said)
{
    const struct word_meaning meaning = notation_meaning(word);
    const struct {
        enum word_says says;
        int *count;
    } kinds[] = {{SAYS_LEFT, &said->left},   {SAYS_WENT, &said->went}, {SAYS_DID, &said->did},
                 {SAYS_COULD, &said->could}, {SAYS_ROOM, &said->room}, {SAYS_MORE, &said->more},
                 {SAYS_NONE, &said->none},   {SAYS_SOME, &said->some}};
    const double count = (meaning.says & SAYS_AROUND) != 0 ? 0 : number_of(word, meaning);

    note_word(word, meaning, said);
    if (take_range(word, count, said))
        return true;
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if ((meaning.says & kinds[i].says) != 0) {
            ++*kinds[i].count;
            return true;
        }
    if (count > SPARE_MOST)
        return false;
    if (count != 0) {
        said->numbers++;
        said->count = count;
    }
    return count != 0 || (meaning.says & (SAYS_AROUND | SAYS_FELT)) != 0;
}

static bool is_around(struct span word)
{
    return (notation_meaning(word).says & SAYS_AROUND) != 0;
}

/* "letzter am limit", "last set was all i had" */
static bool names_last(struct span word)
{
    const enum word meaning = notation_meaning(word).word;

    return meaning == WORD_LAST || meaning == WORD_SETS;
}

/* "that was all i had", "alles was ging": behind words that say nothing. */
static bool says_all(struct span text)
{
    static const char *const all[] = {"all i had",          "everything i had",
                                      "all i had in me",    "all i could do",
                                      "all i could",        "all she wrote",
                                      "alles was ging",     "alles was ich hatte",
                                      "alles was drin war", "alles, was ging",
                                      "war schluss",        "war ende",
                                      "war feierabend",     "war anschlag",
                                      "am anschlag",        "am limit",
                                      "at my limit",        "at the limit",
                                      "alles gegeben",      "alles rausgeholt",
                                      "gave it all",        "gave it everything",
                                      "gave it all i had",  "was everything",
                                      "war alles",          NULL};

    while (text.length != 0 && (text.at[text.length - 1] == '.' || text.at[text.length - 1] == '!'))
        text.length--;
    for (; text.length != 0; text = walk_behind(text))
        if (walk_is(text, all))
            return true;
        else if (!is_around(walk_word(text)) && !names_last(walk_word(text)))
            return false;
    return false;
}

/* "2 left", of which sets may be left as well, is no number of reps by itself; "got 2", "had 2 more" are reps that were
 * done; "2 more" alone may be what is to come, but not behind how the set was. */
static bool settle_count(const struct said *said, double *rir)
{
    const bool possible = said->went != 0 || (said->could != 0 && (said->did != 0 || said->still)) ||
                          (said->had && said->sure); /* "zwei hätt ich noch" */

    if (said->left + said->room == 0 && !(said->still && (possible || (said->felt && said->did == 0))))
        return false;
    *rir = said->words > 2 && !(said->now && !said->felt) ? said->count : NAN;
    return true;
}

/* "nothing left", "mehr ging nicht"; "ging nicht" is a rep that wasn't done. */
static bool settle_none(const struct said *said)
{
    return said->none == 1 && said->numbers == 0 && said->some == 0 &&
           (said->left != 0 || (said->went != 0 && said->more != 0));
}

/* "had plenty left", "could've done more", "da war noch Luft" */
static bool settle_some(const struct said *said)
{
    const bool possible = said->left != 0 || said->went != 0;

    return said->room != 0 || (possible && said->more + said->some != 0) ||
           (said->could != 0 && (said->more != 0 || said->did > 1));
}

/* Whether those words are a sentence about what was left. */
static bool settle(const struct said *said, double *rir)
{
    *rir = said->none != 0 ? 0 : NAN;
    if (said->joined)
        return false;
    if (said->none != 0)
        return settle_none(said);
    if (said->numbers != 0)
        return said->numbers == 1 && said->some == 0 && settle_count(said, rir);
    return settle_some(said);
}

/* "that one", "the last one": of which set, and no number. */
static bool is_of_set(struct span word, struct span before)
{
    return span_is(word, "one") && (notation_meaning(before).amends & (AMEND_THIS | AMEND_WHICH)) != 0;
}

/* "2 left in me"; "for me" leaves nothing. */
static bool is_me_alone(struct span word, struct span before)
{
    return span_is(word, "me") && !span_is(before, "in");
}

static bool may_be(const struct vocabulary *words)
{
    static const uint32_t says =
        SAYS_LEFT | SAYS_WENT | SAYS_COULD | SAYS_ROOM | SAYS_MORE | SAYS_NONE | SAYS_WHOLE | SAYS_FELT;

    return words == NULL || (words->says & says) != 0;
}

static bool read_words(struct span folded, double *rir)
{
    struct said said = {.words = 0};
    struct span before = {folded.at, 0};

    *rir = 0;
    if (says_all(folded))
        return true;
    for (; folded.length != 0; folded = walk_behind(folded)) {
        struct span word = walk_word(folded);

        word.length -= word.length > 1 && word.at[word.length - 1] == ',';
        if (is_of_set(word, before))
            continue;
        if (is_me_alone(word, before) || !take_word(word, &said))
            return false;
        before = word;
    }
    return settle(&said, rir);
}

bool spare_read(struct span folded, const struct vocabulary *words, double *rir)
{
    return may_be(words) && read_words(folded, rir);
}

/* Words that aren't known here may stand beside, as long as none says that it is of something else. */
static bool may_stand(struct span word, struct word_meaning meaning)
{
    return meaning.word != WORD_SETS && meaning.word != WORD_MINUTES && meaning.word != WORD_UNIT &&
           meaning.word != WORD_COMMAND && (meaning.says & SAYS_OTHERS) == 0 && !span_has_digit(word) &&
           (notation_tells(word, meaning) & TELLS_TIME) == 0;
}

/* Exactly so many, whichever way it is said that they were left. */
static bool settle_guess(const struct said *said, double *rir)
{
    const int had = said->left + said->went + said->could + said->room;

    *rir = said->none != 0 ? 0 : said->count;
    if (said->joined || isnan(*rir))
        return false;
    if (said->none != 0)
        return said->none == 1 && said->numbers == 0 && said->left + said->went != 0;
    return said->numbers == 1 && had != 0;
}

bool spare_guess(struct span folded, double *rir)
{
    struct said said = {.words = 0};
    struct span before = {folded.at, 0};
    int unknown = 0, counts = 0;

    if (memchr(folded.at, '?', folded.length) != NULL)
        return false;
    for (; folded.length != 0; before = walk_word(folded), folded = walk_behind(folded)) {
        const struct span word = walk_word(folded);
        const struct word_meaning meaning = notation_meaning(word);
        const bool counted = counts != said.numbers + said.none + said.more; /* "2 hours left", "no more bench" */

        counts = said.numbers + said.none + said.more;
        if (meaning.word != WORD_SETS && !is_me_alone(word, before) && take_word(word, &said))
            continue;
        if (counted || ++unknown > UNKNOWN_MOST || !may_stand(word, meaning))
            return false;
    }
    return said.words <= WORDS_MOST && settle_guess(&said, rir);
}

bool spare_felt(struct span folded)
{
    bool felt = span_starts(folded, "gerade so") || span_starts(folded, "grade so");

    for (; folded.length != 0; folded = walk_behind(folded)) {
        const struct word_meaning meaning = walk_meaning(folded);

        felt |= (meaning.says & SAYS_FELT) != 0;
        if ((meaning.says & (SAYS_AROUND | SAYS_FELT)) == 0 && meaning.word != WORD_FILLER)
            return false;
    }
    return felt;
}

/*
 * That a set went to its end.
 */
#include "core/notation/ended.h"

#include "core/base/mem.h"
#include "core/notation/piece.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { WORDS_MOST = 12 };

/* Words that stand around what is told of a set, and say nothing; no wish, and nothing of others or of another time. */
static bool is_around(struct span text)
{
    static const char *const around[] = {"and",     "und",      "den",      "einfach",  "fully", "komplett",
                                         "richtig", "wieder",   "tho",      "though",   "all",   "auf",
                                         "gemacht", "gegangen", "gezogen",  "hab",      "habe",  "bin",
                                         "sorry",   "genommen", "gebracht", "gedruckt", NULL};
    static const char *const wishes[] = {"should", "shouldve", "should've", "would", "ware", "waren", NULL};
    const struct span word = walk_word(text);
    const struct word_meaning meaning = notation_meaning(word);

    if (walk_is(word, around))
        return true;
    return !walk_is(word, wishes) && (meaning.traits & (TRAIT_WOULD | TRAIT_MERELY)) == 0 &&
           ((meaning.traits & (TRAIT_AROUND | TRAIT_MINE)) != 0 || (meaning.says & (SAYS_AROUND | SAYS_FELT)) != 0 ||
            (meaning.amends & (AMEND_THIS | AMEND_WHICH | AMEND_TOWARDS)) != 0 || meaning.word == WORD_SETS);
}

/* Takes such words off TEXT, and the name of an exercise. */
static void skip_around(struct span *text, const struct exercise_names *own, struct aim *aim)
{
    while (text->length != 0)
        if (is_around(*text))
            *text = walk_behind(*text);
        else if (aim->name.length != 0 || !aim_take_name(text, own, &aim->name))
            return;
}

/* "to failure", "bis nix mehr ging" */
static bool is_end(struct span text)
{
    const struct word_meaning meaning = walk_meaning(text);
    struct piece piece;

    return (meaning.word == WORD_TO || meaning.word == WORD_FAILURE || meaning.word == WORD_MUSCLE) &&
           piece_read(text, UNIT_KG, &piece) && piece_is_effort(&piece) && piece.missed == 0;
}

/* How it ended, at the front of TEXT, and nothing behind it but words that say nothing. */
static bool take_end(struct span text, const struct exercise_names *own, struct aim *aim)
{
    const struct span name = aim->name;

    for (struct span rest = text; rest.length != 0; rest = walk_behind(rest)) {
        const struct span word = walk_word(rest), end = {text.at, (size_t)(word.at + word.length - text.at)};
        struct span behind = walk_behind(rest);

        aim->name = name;
        aim->piece = end;
        skip_around(&behind, own, aim);
        if (behind.length == 0 && is_end(end))
            return true;
    }
    return false;
}

/* What is told in front of how it ended. */
struct front {
    bool told;   /* "went", "that" */
    bool hit;    /* "hit failure"; "that was a failure" may be said of a day */
    bool begins; /* "proper failure on that": nothing else stands in front */
};

/* Takes a word of that, or a name, off TEXT. */
static bool take_front(struct span *text, const struct exercise_names *own, struct front *front, struct aim *aim)
{
    static const char *const reached[] = {"hit", "reached", NULL};
    static const char *const verbs[] = {"took", "pushed", "went", "ging", "gingen", "war", "was", "were", NULL};
    static const char *const adjectives[] = {"proper", "pure", "real", "echtes", "richtiges", "komplettes", NULL};
    const struct span word = walk_word(*text);
    const bool proper = walk_is(word, adjectives), hits = walk_is(word, reached),
               happened = hits || walk_is(word, verbs);

    front->hit |= hits;
    front->told |= happened || walk_amends(*text, AMEND_THIS);
    front->begins &= proper;
    if (!happened && !proper && !is_around(*text))
        return aim->name.length == 0 && aim_take_name(text, own, &aim->name);
    *text = walk_behind(*text);
    return true;
}

/* "on that one" */
static bool points_at_set(struct span text)
{
    if (!walk_amends(text, AMEND_TOWARDS))
        return false;
    while (text.length != 0 && !walk_amends(text, AMEND_THIS | AMEND_WHICH))
        text = walk_behind(text);
    return text.length != 0;
}

/* A word of how sets end is among WORDS. */
static bool may_be(const struct vocabulary *words)
{
    return (words->classes & (CLASS_BIT(WORD_TO) | CLASS_BIT(WORD_FAILURE) | CLASS_BIT(WORD_MUSCLE))) != 0;
}

bool ended_read(struct span folded, const struct vocabulary *words, const struct exercise_names *own, struct aim *aim)
{
    struct front front = {.begins = true};
    struct span text = folded, behind;

    if (!may_be(words))
        return false;
    *aim = (struct aim){.set = 0};
    for (int count = 0; text.length != 0 && count < WORDS_MOST; count++) {
        const enum word word = walk_meaning(text).word;

        if (word == WORD_TO || ((front.hit || front.begins) && (word == WORD_FAILURE || word == WORD_MUSCLE)))
            break;
        if (!take_front(&text, own, &front, aim))
            return false;
    }
    if (!take_end(text, own, aim))
        return false;
    behind = span_past(text, aim->piece.length);
    return front.told || (aim->name.length == 0 && behind.length != 0 &&
                          (walk_meaning(text).word == WORD_TO || points_at_set(behind)));
}

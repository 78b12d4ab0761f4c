/*
 * Which of the sets that were said already somebody corrects.
 */
#include "core/notation/aim.h"

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { NAME_WORDS = 4 };

/* The number of a set that WORD begins with, and what stands behind it; 0. */
static int set_number(struct span word, struct span *ending)
{
    struct scan_number number;

    if (word.length == 0 || !ascii_is_digit(word.at[0]) || scan_number(word, "", &number) < 0 || number.value < 1 ||
        number.value > AIM_SETS_MAX)
        return 0;
    *ending = (struct span){word.at + number.length, word.length - number.length};
    return (int)number.value;
}

/* "second", "2nd", "2.", "zweiter" at the front of TEXT: which it is; 0. */
static int ordinal(struct span text)
{
    static const char *const names[][AIM_SETS_MAX] = {
        {"first", "second", "third", "fourth", "fifth"},
        {"erste", "zweite", "dritte", "vierte", "funfte"},
    };
    struct span word = walk_word(text), ending;
    int number = set_number(word, &ending);

    if (number != 0 && (notation_meaning(ending).traits & TRAIT_ORDINAL) == 0)
        return span_starts((struct span){ending.at, (size_t)(text.at + text.length - ending.at)}, ". ") ? number : 0;
    for (size_t language = 0; language < ARRAY_LENGTH(names); language++)
        for (int i = 0; i < AIM_SETS_MAX && names[language][i] != NULL; i++)
            if (span_starts(word, names[language][i]) && word.length <= strlen(names[language][i]) + 1)
                return i + 1;
    return number;
}

/* "set 2", "the second one", "2. satz": NUMBER is which, and TEXT what stands behind. Else they stay as they are. */
static bool take_set(struct span *text, int *number)
{
    static const char *const sets[] = {"set", "sets", "satz", "saetze", "satze", NULL};
    static const char *const nouns[] = {"set", "one", "satz", "sets", "ones", NULL};
    struct span rest = walk_behind(*text), ending = rest;
    int found;

    if (walk_is(walk_word(*text), sets)) {
        found = set_number(walk_word(rest), &ending);
        if (found == 0 || ending.length != 0)
            return false;
        rest = walk_behind(rest);
    } else {
        found = ordinal(*text);
        walk_skip(&rest, nouns);
    }
    if (found == 0)
        return false;
    *text = rest;
    *number = found;
    return true;
}

bool aim_take_name(struct span *text, const struct exercise_names *own, struct span *name)
{
    struct span rest = *text, found = {text->at, 0}, after = *text;

    for (int words = 0; words < NAME_WORDS && rest.length != 0; words++) {
        struct span word = walk_word(rest);
        struct span whole = {text->at, (size_t)(word.at + word.length - text->at)};

        rest = walk_behind(rest);
        if (exercise_find_folded(own, whole) != NULL) {
            found = whole;
            after = rest;
        }
    }
    *name = found;
    *text = after;
    return found.length != 0;
}

/* What says nothing, in front of it. "my squat was 140" is told of other times. */
static const char *const openers[] = {"sorry",     "no",         "nope", "nein", "nee", "ne",  "ups", "oops",
                                      "korrektur", "correction", "the",  "der",  "die", "das", "den", NULL};
static const char *const places[] = {"on", "in", "at", "for", "beim", "im", "bei", NULL};
static const char *const mine[] = {"my", "mein", "meine", NULL};

bool aim_may_correct(struct span folded)
{
    while (folded.length != 0) {
        struct word_meaning meaning;
        const size_t length = notation_word(folded, &meaning).length;

        if ((meaning.traits & TRAIT_MEANT) != 0)
            return true;
        folded = span_past(folded, length != 0 ? length : 1);
    }
    return false;
}

/* "not flat", "nicht flach", "statt kreuzheben", "instead of squats": what it isn't ends TEXT there. */
static bool cut_instead(struct span *text)
{
    static const char *const instead[] = {"not", "nicht", "statt", "instead", "rather", NULL};
    struct span rest = *text;

    for (; rest.length != 0; rest = walk_behind(rest))
        if (walk_is(walk_word(rest), instead)) {
            text->length = (size_t)(rest.at - text->at);
            return true;
        }
    return false;
}

/* "11 statt 10" */
static bool says_instead(struct span text)
{
    return cut_instead(&text);
}

bool aim_read(struct span folded, const struct exercise_names *own, struct aim *aim)
{
    static const char *const verbs[] = {"was", "were", "war",   "waren", "warens", "should", "be", "sollte",
                                        "had", "got",  "hatte", "i",     "ich",    "it",     "es", NULL};
    static const char *const nouns[] = {"set", "sets", "satz", "one", NULL};
    struct piece piece;
    struct span text = folded, named, verb;
    bool placed;

    *aim = (struct aim){.set = 0};
    walk_skip(&text, openers);
    named = text;
    walk_skip(&text, places);
    placed = text.at != named.at;
    walk_skip(&text, openers);
    named = text;
    walk_skip(&text, mine);
    if (!take_set(&text, &aim->set)) {
        text = named;
        if (!aim_take_name(&text, own, &aim->name))
            return false;
    }
    if (aim->set != 0 && aim_take_name(&text, own, &aim->name))
        walk_skip(&text, nouns);
    verb = text;
    walk_skip(&text, verbs);
    aim->piece = text;
    return text.length != 0 && (text.at != verb.at || (placed && aim->set != 0) || says_instead(text)) &&
           piece_read(text, UNIT_KG, &piece) && piece.sets == 0;
}

bool aim_newest(struct span folded, struct aim *aim)
{
    struct word_meaning meaning;
    struct piece piece;

    walk_skip_amends(&folded, AMEND_TOWARDS);
    meaning = walk_meaning(folded);
    if (meaning.word != WORD_LAST || meaning.argument == LAST_FIRST || !piece_read(folded, UNIT_KG, &piece) ||
        piece.sets != 0)
        return false;
    *aim = (struct aim){.newest = true, .piece = folded};
    return true;
}

static bool is_of_names(struct span text, const struct exercise_names *own)
{
    int words = 0;

    if (exercise_find_folded(own, text) != NULL)
        return true;
    for (; text.length != 0; text = walk_behind(text), words++)
        if (!exercise_word(walk_word(text)) || walk_meaning(text).word == WORD_GOOD)
            return false; /* "that was good" is no good morning */
    return words != 0 && words <= NAME_WORDS;
}

bool aim_exercise(struct span folded, const struct exercise_names *own, struct span *name)
{
    static const char *const meant[] = {"meant", "mean", "meinte", "meine", NULL}; /* "that was close" is talk */
    static const char *const around[] = {"i",     "ich",      "that",       "those",  "it",     "das",  "es",     "be",
                                         "have",  "been",     "sein",       "make",   "sorry",  "no",   "nein",   "nee",
                                         "ups",   "oops",     "on",         "the",    "die",    "der",  "am",     "an",
                                         "auf",   "ein",      "eine",       "a",      "doch",   "was",  "were",   "war",
                                         "waren", "actually", "eigentlich", "should", "sollte", "it's", "that's", NULL};
    static const char *const last[] = {"actually", "eigentlich", "sorry", "though", NULL};
    bool said = false;

    for (;;) {
        struct span word = walk_word(folded);

        said |= walk_is(word, meant);
        if (folded.length == 0 || !(walk_is(word, meant) || walk_is(word, around)))
            break;
        folded = walk_behind(folded);
    }
    said |= cut_instead(&folded);
    *name = folded;
    for (struct span rest = folded; rest.length != 0; rest = walk_behind(rest))
        if (walk_is(walk_word(rest), last)) {
            name->length = (size_t)(rest.at - folded.at);
            break;
        }
    while (name->length != 0 && strchr(" ,.!", name->at[name->length - 1]) != NULL)
        name->length--;
    return said && name->length != 0 && is_of_names(*name, own);
}

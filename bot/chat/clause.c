/*
 * Clauses: up to a comma, stop or "and".
 */
#include "bot/chat/clause.h"

#include <string.h>
#include <strings.h>

#include "bot/chat/phrase.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/walk.h"
#include "core/text/fold.h"

enum { AGE_DIGITS = 2, DAY_WORDS = 3 };

static const char *const ends[] = {", ",    ". ",    "; ",    "! ",     " - ",
                                   " and ", " und ", " but ", " aber ", " btw "}; /* in lower case */

/* "7 and a half hours": TEXT, behind an "and", goes on with the number before. */
static bool goes_on(struct span text)
{
    static const char *const halves[] = {"a half", "half", "ein halb", "eine halb", "einhalb"};

    for (size_t i = 0; i < ARRAY_LENGTH(halves); i++)
        if (text.length >= strlen(halves[i]) && strncasecmp(text.at, halves[i], strlen(halves[i])) == 0)
            return true;
    return false;
}

/* As few bytes are. */
static bool may_end(char byte, char next)
{
    return byte == ' ' ? next == '-' || next == 'a' || next == 'u' || next == 'b' : next == ' ';
}

/* How long the sign or word between two clauses is that stands at AT; 0 none. */
static size_t end_at(struct span text, size_t at)
{
    const char next = at + 1 < text.length ? ascii_lower(text.at[at + 1]) : '\0';

    if (!may_end(text.at[at], next))
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        size_t length;

        if (ends[i][0] != text.at[at] || ends[i][1] != next)
            continue;
        length = strlen(ends[i]);
        if (text.length - at >= length && strncasecmp(text.at + at, ends[i], length) == 0 &&
            !goes_on(span_past(text, at + length)))
            return length;
    }
    return 0;
}

static struct span without_stop(struct span text)
{
    while (text.length != 0 && strchr(" .,;!", text.at[text.length - 1]) != NULL)
        text.length--;
    while (text.length != 0 && text.at[0] == ' ')
        text = (struct span){text.at + 1, text.length - 1};
    return text;
}

bool clause_next(struct span *text, struct span *clause)
{
    const uint64_t firsts = ASCII_BIT(' ') | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT('!');
    size_t at = 0, behind = 0;

    while (at < text->length && !(ascii_is_among(text->at[at], firsts) && (behind = end_at(*text, at)) != 0))
        at++;
    *clause = without_stop((struct span){text->at, at});
    *text = (struct span){text->at + at + behind, text->length - at - behind};
    return clause->length != 0;
}

struct span clause_without_and(struct span text)
{
    static const char *const words[] = {" and", " und", " &", " +", ","};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        size_t length = strlen(words[i]);

        if (text.length > length && strncasecmp(text.at + text.length - length, words[i], length) == 0)
            text.length -= length;
    }
    return text;
}

bool clause_are_several(struct span text)
{
    const size_t length = text.length;
    struct span clause;

    return clause_next(&text, &clause) && clause.length != length;
}

static bool take_word(struct span *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        size_t length = strlen(*words);

        if (text->length < length || strncasecmp(text->at, *words, length) != 0 ||
            (text->length > length && !ascii_is_space(text->at[length])))
            continue;
        *text = without_stop((struct span){text->at + length, text->length - length});
        return true;
    }
    return false;
}

static const char *const selves[] = {"i am", "i'm", "im", "i've", "ive",   "i",     "ich bin", "ich",  "bin", "hi",
                                     "hey",  "yes", "ja", "yeah", "hello", "hallo", "moin",    "been", NULL};

bool clause_is_age(struct span clause)
{
    static const char *const behind[] = {"jahre alt", "jahre jung", "years old", "year old", "yrs old", "yo",
                                         "y/o",       "jahre",      "m",         "f",        "w",       NULL};
    bool self = false;
    size_t digits = 0;

    while (take_word(&clause, selves))
        self = true;
    while (digits < clause.length && ascii_is_digit(clause.at[digits]))
        digits++;
    if (digits != AGE_DIGITS)
        return false;
    clause = without_stop((struct span){clause.at + digits, clause.length - digits});
    return clause.length == 0 ? self : take_word(&clause, behind) && clause.length == 0;
}

/* "push day", "heute beintag": CLAUSE says which day it is. What stands before that word is left of it. */
static bool take_day(struct span *clause)
{
    static const char *const days[] = {" day", " tag", "tag"};
    size_t words = 1;

    for (size_t i = 0; i < clause->length; i++)
        words += ascii_is_space(clause->at[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(days) && words <= DAY_WORDS; i++) {
        const size_t length = strlen(days[i]);

        if (clause->length <= length || strncasecmp(clause->at + clause->length - length, days[i], length) != 0)
            continue;
        clause->length -= length;
        return true;
    }
    return false;
}

bool clause_is_own(struct span clause, struct buf *scratch)
{
    if (clause_is_age(clause))
        return true;
    buf_clear(scratch);
    return (take_day(&clause) || take_word(&clause, selves)) && text_fold(clause, scratch) == 0 &&
           !phrase_tells_much(buf_span(scratch));
}

/* COMMENT has no number, tells of nobody else, of no other time and of no other set, and is no exercise. */
static bool is_comment(struct span comment, const struct exercise_names *own, struct buf *scratch)
{
    static const char *const able[] = {"can", "do",   "dont",   "don't",   "could",  "how",
                                       "wie", "kann", "konnte", "konnten", "machen", NULL}; /* "can't do math today" */
    const unsigned elsewhere = TELLS_OTHERS | TELLS_TIME;
    struct span rest;

    buf_clear(scratch);
    if (comment.length == 0 || span_has_digit(comment) || text_fold(comment, scratch) != 0 ||
        exercise_find_folded(own, buf_span(scratch)) != NULL)
        return false;
    for (rest = buf_span(scratch); rest.length != 0; rest = walk_behind(rest)) {
        const struct span word = walk_word(rest);
        const struct word_meaning meaning = notation_meaning(word);

        const unsigned tells = notation_tells(word, meaning) & (walk_is(word, able) ? TELLS_TIME : elsewhere);

        if (tells != 0 || (meaning.says & SAYS_OTHERS) != 0 || (meaning.traits & (TRAIT_AGAIN | TRAIT_THEN)) != 0)
            return false;
    }
    return true;
}

bool clause_take_comment(struct span *text, const struct exercise_names *own, struct buf *scratch)
{
    struct span rest = *text, clause;

    while (clause_next(&rest, &clause) && rest.length != 0) {
        const struct span front = {text->at, (size_t)(clause.at + clause.length - text->at)};

        if (front.at[front.length] == ' ' || !span_has_digit(front) || !is_comment(rest, own, scratch))
            continue; /* " and " goes on */
        *text = front;
        return true;
    }
    return false;
}

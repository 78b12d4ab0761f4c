/*
 * Phrases: the words of a text that matter, as numbers, are compared with each way to say something that has the same
 * word in front, and with those that begin with what stands for itself.
 */
#include "bot/chat/phrase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"
#include "core/text/fold.h"

enum { TEXT_MAX = 120, WORDS_MAX = 14, NAME_WORDS_MAX = 4, RATING_MIN = 5, RATING_MAX = 10 };

/* What stands for itself comes first: {exercise}, {amount}, {effort}, {rating}, {place}; 0 is a word that no phrase
 * has. */
enum slot { SLOT_EXERCISE = 1, SLOT_AMOUNT, SLOT_EFFORT, SLOT_RATING, SLOT_PLACE, SLOT_END };
static const char *const slot_names[SLOT_END] = {NULL, "{exercise}", "{amount}", "{effort}", "{rating}", "{place}"};

/* Beside a word's number: it may be left out; the next one may stand in its place; it is never there. */
enum { OPTIONAL = 1 << 15, OR = 1 << 14, DROPPED = 1 << 13, NUMBER = (1 << 13) - 1 };

struct vocable {
    const char *text;
    uint8_t length;
    uint16_t number;
};

struct way {
    const uint16_t *said; /* ended by 0 */
    const char *meant;
    uint64_t any; /* BIT() of words of which one is said in any case */
};
#define BIT(number) (UINT64_C(1) << (number) % 64)

#include "phrases_data.h"

struct matcher {
    const struct exercise_names *own;
    struct span words[WORDS_MAX];
    uint16_t numbers[WORDS_MAX];
    size_t count;
    uint64_t present; /* BIT() of each of them */
    struct span slots[SLOT_END];
};

/* ---------------------------------------------------------------- the words that matter */

static uint16_t number_of(struct span word)
{
    const size_t mask = ARRAY_LENGTH(vocable_slots) - 1;

    for (size_t at = span_hash(word) & mask; vocable_slots[at] != 0; at = (at + 1) & mask) {
        const struct vocable *vocable = &vocables[vocable_slots[at] - 1];

        if (vocable->length == word.length && memcmp(vocable->text, word.at, word.length) == 0)
            return vocable->number;
    }
    return 0;
}

/* "(7h," is 7h; the point of "7." goes, the one of "7.5" doesn't. */
static struct span without_signs(struct span word)
{
    while (word.length != 0 && strchr("(\"'", word.at[0]) != NULL)
        word = (struct span){word.at + 1, word.length - 1};
    while (word.length != 0 && strchr(",.;:!?)\"'", word.at[word.length - 1]) != NULL)
        word.length--;
    return word;
}

/* False: too many for a phrase, or none that one has. */
static bool take_words(struct matcher *matcher, struct span text)
{
    bool known = false;

    matcher->count = 0;
    matcher->present = 0;
    while (text.length != 0) {
        struct span word = without_signs(span_take(&text, ' '));
        uint16_t number = word.length != 0 ? number_of(word) : DROPPED;

        if (number == DROPPED)
            continue;
        if (matcher->count == WORDS_MAX)
            return false;
        matcher->words[matcher->count] = word;
        matcher->numbers[matcher->count++] = number;
        matcher->present |= BIT(number);
        known |= number != 0 || word.at[0] == '@';
    }
    return known;
}

/* ---------------------------------------------------------------- what stands for itself; each returns the words taken
 */

static struct span words_from(const struct matcher *matcher, size_t at, size_t count)
{
    const struct span *first = &matcher->words[at], *last = &matcher->words[at + count - 1];

    return (struct span){first->at, (size_t)(last->at + last->length - first->at)};
}

/* Of weight or time. */
static bool is_unit(struct span word)
{
    enum word class = notation_meaning(word).word;

    return class == WORD_UNIT || class == WORD_SECONDS || class == WORD_MINUTES || span_is(word, "h") ||
           span_is(word, "std") || span_starts(word, "hour") || span_starts(word, "stunde");
}

/* "seven"; "one" and "ein" say too little. 0: WORD is none. */
static double in_words(struct span word)
{
    double value = notation_word_number(word);

    return value > 1 ? value : 0;
}

static size_t take_amount(const struct matcher *matcher, size_t at)
{
    if (!ascii_is_digit(matcher->words[at].at[0]) && in_words(matcher->words[at]) == 0)
        return 0;
    return at + 1 < matcher->count && is_unit(matcher->words[at + 1]) ? 2 : 1;
}

static size_t take_effort(const struct matcher *matcher, size_t at)
{
    struct span rest = words_from(matcher, at, matcher->count - at);
    const char *end = rest.at + piece_effort(rest);
    size_t count = 0;

    while (at + count < matcher->count && matcher->words[at + count].at < end)
        count++;
    return count;
}

/* "8", "8.5", "8/10": how hard a set was, of ten. */
static size_t take_rating(const struct matcher *matcher, size_t at)
{
    struct span word = matcher->words[at];
    struct scan_number number;

    if (!ascii_is_digit(word.at[0]) || scan_number(word, ".,", &number) < 0 || number.value < RATING_MIN ||
        number.value > RATING_MAX)
        return 0;
    word = (struct span){word.at + number.length, word.length - number.length};
    return word.length == 0 || span_is(word, "/10") || span_is(word, "ish") || span_is(word, "er") ? 1 : 0;
}

static bool is_letters(struct span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return false;
    return true;
}

/* How many words from AT on SLOT may be at most. */
static size_t longest(const struct matcher *matcher, enum slot slot, size_t at)
{
    size_t left = matcher->count - at;

    switch (slot) {
    case SLOT_EXERCISE:
        return left < NAME_WORDS_MAX ? left : NAME_WORDS_MAX;
    case SLOT_AMOUNT:
        return take_amount(matcher, at);
    case SLOT_EFFORT:
        return take_effort(matcher, at);
    case SLOT_RATING:
        return take_rating(matcher, at);
    case SLOT_PLACE:
        return left < 2 ? left : 2;
    case SLOT_END:
        break;
    }
    return 0;
}

static bool fits(const struct matcher *matcher, enum slot slot, size_t at, size_t count)
{
    if (slot == SLOT_EXERCISE)
        return exercise_find_folded(matcher->own, words_from(matcher, at, count)) != NULL;
    if (slot == SLOT_PLACE)
        return is_letters(matcher->words[at]) && is_letters(matcher->words[at + count - 1]);
    return true;
}

/* ---------------------------------------------------------------- comparing */

static bool matches(struct matcher *matcher, const uint16_t *said, size_t at);

static bool match_slot(struct matcher *matcher, const uint16_t *said, size_t at)
{
    const enum slot slot = said[0];

    for (size_t count = longest(matcher, slot, at); count != 0; count--) {
        if (!matches(matcher, said + 1, at + count) || !fits(matcher, slot, at, count))
            continue;
        matcher->slots[slot] = words_from(matcher, at, count);
        return true;
    }
    return false;
}

/* Whether the words from AT on, all of them, are SAID. */
static bool matches(struct matcher *matcher, const uint16_t *said, size_t at)
{
    bool optional = (*said & OPTIONAL) != 0;
    bool found = false;

    if (*said == 0 || (at == matcher->count && !optional))
        return *said == 0 && at == matcher->count;
    if (*said < SLOT_END)
        return match_slot(matcher, said, at);
    for (bool more = true; more; said++) {
        found |= at < matcher->count && (*said & NUMBER) == matcher->numbers[at];
        more = (*said & OR) != 0;
    }
    return (found && matches(matcher, said, at + 1)) || (optional && matches(matcher, said, at));
}

static bool append(struct span piece, char *command, size_t *used)
{
    if (*used + piece.length >= PHRASE_SIZE)
        return false;
    memcpy(command + *used, piece.at, piece.length);
    *used += piece.length;
    return true;
}

/* "seven hours" as "7 hours". */
static bool append_amount(struct span amount, char *command, size_t *used)
{
    struct span word = {amount.at, scan_word(amount)};
    char digits[16];

    if (word.length == 0)
        return append(amount, command, used);
    snprintf(digits, sizeof(digits), "%g", in_words(word));
    return append(span_of(digits), command, used) &&
           append((struct span){amount.at + word.length, amount.length - word.length}, command, used);
}

/* MEANT, and in it what stood for itself. */
static bool write_command(const struct matcher *matcher, const char *meant, char *command)
{
    size_t used = 0;

    while (*meant != '\0') {
        int slot = SLOT_EXERCISE;
        size_t length = 1;
        struct span piece = {meant, 1};

        while (slot < SLOT_END && strncmp(meant, slot_names[slot], strlen(slot_names[slot])) != 0)
            slot++;
        if (slot < SLOT_END) {
            length = strlen(slot_names[slot]);
            piece = matcher->slots[slot];
        }
        if (!(slot == SLOT_AMOUNT ? append_amount(piece, command, &used) : append(piece, command, &used)))
            return false;
        meant += length;
    }
    command[used] = '\0';
    return true;
}

/* Among the ways that have FIRST in front. Of most of them some word is missing, which tells it at once. */
static bool find(struct matcher *matcher, size_t first, char *command)
{
    for (size_t i = ways_from[first]; i < ways_from[first + 1]; i++)
        if ((ways[i].any & matcher->present) != 0 && matches(matcher, ways[i].said, 0) &&
            write_command(matcher, ways[i].meant, command))
            return true;
    return false;
}

bool phrase_read(struct span text, const struct exercise_names *own, struct buf *scratch, char *command)
{
    struct matcher matcher;

    command[0] = '\0';
    if (text.length > TEXT_MAX)
        return false;
    buf_clear(scratch);
    if (text_fold(text, scratch) != 0 || !take_words(&matcher, buf_span(scratch)))
        return false;
    matcher.own = own;
    if (matcher.numbers[0] != 0 && find(&matcher, matcher.numbers[0], command))
        return true;
    for (int slot = SLOT_EXERCISE; slot < SLOT_END; slot++)
        if (longest(&matcher, slot, 0) != 0 && find(&matcher, (size_t)slot, command))
            return true;
    command[0] = '\0';
    return false;
}

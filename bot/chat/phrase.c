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

enum { NAME_WORDS_MAX = 4, RATING_MIN = 5, RATING_MAX = 10, MAX_REPS = 15 };

/* What stands for itself comes first; 0 is a word that no phrase has. */
enum slot {
    SLOT_EXERCISE = 1,
    SLOT_AMOUNT,
    SLOT_REPS,
    SLOT_EFFORT,
    SLOT_RATING,
    SLOT_PLACE,
    SLOT_DAY,
    SLOT_NAME,
    SLOT_ANY,
    SLOT_END
};
static const char *const slot_names[SLOT_END] = {NULL,       "{exercise}", "{amount}", "{reps}", "{effort}",
                                                 "{rating}", "{place}",    "{day}",    "{name}", "{any}"};

/* Beside a word's number: it may be left out; the next one may stand in its place; it is never there; it tells too much
 * to be passed over. */
enum { OPTIONAL = 1 << 15, OR = 1 << 14, DROPPED = 1 << 13, TELLING = 1 << 12, NUMBER = (1 << 12) - 1 };
enum { PASSED_MAX = 3 }; /* words that may stand between those of a way */

struct vocable {
    const char *text;
    uint8_t length;
    uint16_t number;
    enum kind { OTHER_KIND, PLACE, SIDE, UNIT } kind; /* a part of the body; which one of two it is; of time */
};

struct way {
    const uint16_t *said; /* ended by 0 */
    const char *meant;
    uint64_t any;    /* BIT() of words of which one is said in any case; */
    uint64_t other;  /* their OTHER_BIT(), as few words have both in common; */
    uint64_t all;    /* and of those that are said in any case */
    uint8_t certain; /* how many words are said in any case, */
    uint8_t most;    /* and at most */
    bool behind;     /* what it doesn't have may stand behind it alone */
};
#define BIT(number) (UINT64_C(1) << (number) % 64)
#define OTHER_BIT(number) (UINT64_C(1) << (number) % 61)

#include "phrases_data.h"

struct matcher {
    const struct phrase_words *said;
    const struct exercise_names *own;
    unsigned spare; /* how many words may still be passed over, */
    bool behind;    /* and none of them before the last word of the way */
    struct span slots[SLOT_END];
    uint8_t front[SLOT_END]; /* 1 and how many words each takes at most at the front; 0: nobody has looked */
};

/* ---------------------------------------------------------------- the words that matter */

static const struct vocable *vocable_of(struct span word)
{
    const size_t mask = ARRAY_LENGTH(vocable_slots) - 1;

    for (size_t at = span_hash(word) & mask; vocable_slots[at] != 0; at = (at + 1) & mask) {
        const struct vocable *vocable = &vocables[vocable_slots[at] - 1];

        if (span_equal_word((struct span){vocable->text, vocable->length}, word))
            return vocable;
    }
    return NULL;
}

static enum kind kind_of(const struct vocable *vocable)
{
    return vocable != NULL ? vocable->kind : OTHER_KIND;
}

static uint16_t number_of(const struct vocable *vocable)
{
    return vocable != NULL ? vocable->number : 0;
}

/* "(7h," is 7h; the point of "7." goes, the one of "7.5" doesn't. */
static struct span without_signs(struct span word)
{
    const uint64_t quotes = ASCII_BIT('"') | ASCII_BIT('\''), open = quotes | ASCII_BIT('(');
    const uint64_t close = quotes | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT(':') | ASCII_BIT('!') |
                           ASCII_BIT('?') | ASCII_BIT(')');

    return span_without(word, open, close);
}

/* A number says too much to be passed over, and "ben's" says whose it is. */
static bool tells_little(struct span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (ascii_is_digit(word.at[i]))
            return false;
    return word.at[0] != '@' && (word.length < 3 || word.at[word.length - 2] != '\'');
}

/* "knee's" is "knee" in "my knee's acting up". */
static struct span without_verb(struct span word)
{
    const struct span place = {word.at, word.length > 2 ? word.length - 2 : 0};
    const struct vocable *vocable;

    if (place.length == 0 || memcmp(place.at + place.length, "'s", 2) != 0)
        return word;
    vocable = vocable_of(place);
    return vocable != NULL && vocable->kind == PLACE ? place : word;
}

/* False: too many for a phrase, or none that one has. */
static bool take_words(struct phrase_words *said, struct span text)
{
    bool known = false;

    while (text.length != 0) {
        struct span word = without_verb(without_signs(span_take(&text, ' ')));
        const struct vocable *vocable = vocable_of(word);
        const struct word_meaning meaning = vocabulary_add(&said->vocabulary, word);
        uint16_t number = number_of(vocable);

        if (number == DROPPED || word.length == 0)
            continue;
        if (said->count == PHRASE_WORDS) {
            vocabulary_open(&said->vocabulary);
            return false;
        }
        said->words[said->count] = word;
        said->meanings[said->count] = meaning;
        said->kinds[said->count] = (uint8_t)kind_of(vocable);
        said->telling[said->count] = (number & TELLING) != 0;
        said->numbers[said->count++] = number &= NUMBER;
        said->present |= BIT(number);
        said->other |= OTHER_BIT(number);
        known |= number != 0 || word.at[0] == '@';
    }
    return known;
}

void phrase_take(struct phrase_words *said, struct span text)
{
    struct buf folded = {said->folded, 0, sizeof(said->folded), sizeof(said->folded) - 1, false}; /* never grows */

    said->count = 0;
    said->present = said->other = 0;
    said->vocabulary = (struct vocabulary){.classes = 0};
    said->folded[0] = '\0';
    if (text.length <= PHRASE_TEXT)
        text_fold(text, &folded); /* nothing, where it fails */
    said->text = buf_span(&folded);
    if (!take_words(said, said->text))
        said->count = 0;
}

/* ---------------------------------------------------------------- what stands for itself; each returns the words taken
 */

static struct span words_from(const struct matcher *matcher, size_t at, size_t count)
{
    const struct span *first = &matcher->said->words[at], *last = &matcher->said->words[at + count - 1];

    return (struct span){first->at, (size_t)(last->at + last->length - first->at)};
}

/* Of weight or time. */
static bool is_unit(struct word_meaning meaning, enum kind kind)
{
    return kind == UNIT || meaning.word == WORD_UNIT || meaning.word == WORD_SECONDS || meaning.word == WORD_MINUTES;
}

static bool is_number(struct span word)
{
    return word.length != 0 && ascii_is_digit(word.at[0]);
}

/* "seven"; "one" and "ein" say too little. 0: WORD is none. */
static double in_words(struct span word, struct word_meaning meaning)
{
    double value = notation_number_of(word, meaning);

    return value > 1 ? value : 0;
}

static bool is_half(struct span word)
{
    return span_is(word, "half") || span_is(word, "halb") || span_is(word, "halbe") || span_is(word, "einhalb");
}

static bool is_stone(struct span word)
{
    return span_is(word, "st") || span_is(word, "stone") || span_is(word, "stones");
}

/* "80", "80 kg", "7 (and a) half hours", "13 stone 4" */
static size_t take_amount(const struct matcher *matcher, size_t at)
{
    const size_t left = matcher->said->count - at;
    const struct span *words = &matcher->said->words[at];
    const struct word_meaning *meanings = &matcher->said->meanings[at];
    size_t count = 1;

    if (!is_number(words[0]) && in_words(words[0], meanings[0]) == 0)
        return 0;
    if (count < left && is_half(words[count]))
        count++;
    if (count == left || !is_unit(meanings[count], matcher->said->kinds[at + count]))
        return count;
    if (is_stone(words[count++]) && count < left && is_number(words[count]))
        count++;
    return count;
}

/* "5", "5rm", "5er", "a double": so many reps; 0: WORD doesn't say that. */
static double reps_of(struct span word, struct word_meaning meaning)
{
    struct scan_number number;

    if (meaning.word == WORD_SINGLE)
        return meaning.argument;
    if (!is_number(word))
        return in_words(word, meaning);
    if (scan_number(word, "", &number) < 0)
        return 0;
    word = (struct span){word.at + number.length, word.length - number.length};
    return word.length == 0 || span_is(word, "rm") || span_is(word, "er") ? number.value : 0;
}

/* "5", "5 reps", "5 rep max", "a triple" */
static size_t take_reps(const struct matcher *matcher, size_t at)
{
    const double reps = reps_of(matcher->said->words[at], matcher->said->meanings[at]);
    size_t count = 1;

    if (reps < 1 || reps > MAX_REPS)
        return 0;
    for (; at + count < matcher->said->count; count++) {
        const struct span word = matcher->said->words[at + count];

        if (matcher->said->meanings[at + count].word != WORD_REPS && !span_is(word, "rm") && !span_is(word, "max"))
            break;
    }
    return count;
}

/* "monday", "yesterday", "last friday" */
static size_t take_day(const struct matcher *matcher, size_t at)
{
    const struct word_meaning *meanings = matcher->said->meanings;
    const size_t name = at + (meanings[at].word == WORD_LAST);
    const enum word word = name < matcher->said->count ? meanings[name].word : WORD_OTHER;

    return word == WORD_DAY || word == WORD_BACK ? name - at + 1 : 0;
}

/* "@cara", no "@2". */
static size_t take_name(const struct matcher *matcher, size_t at)
{
    const struct span word = matcher->said->words[at];

    return word.length > 1 && word.at[0] == '@' && !span_has_digit(word) ? 1 : 0;
}

static size_t take_effort(const struct matcher *matcher, size_t at)
{
    struct span rest = words_from(matcher, at, matcher->said->count - at);
    const char *end = rest.at + piece_effort(rest);
    size_t count = 0;

    while (at + count < matcher->said->count && matcher->said->words[at + count].at < end)
        count++;
    return count;
}

/* "8", "8.5", "8/10": how hard a set was, of ten. */
static size_t take_rating(const struct matcher *matcher, size_t at)
{
    struct span word = matcher->said->words[at];
    struct scan_number number;

    if (!ascii_is_digit(word.at[0]) || scan_number(word, ".,", &number) < 0 || number.value < RATING_MIN ||
        number.value > RATING_MAX)
        return 0;
    word = (struct span){word.at + number.length, word.length - number.length};
    return word.length == 0 || span_is(word, "/10") || span_is(word, "ish") || span_is(word, "er") ? 1 : 0;
}

/* "left knee", "schulter rechts": words that name a part of the body, two at most. */
static size_t take_place(const struct matcher *matcher, size_t at)
{
    size_t count = 0;

    while (at + count < matcher->said->count && count < 2 &&
           (matcher->said->kinds[at + count] == PLACE || matcher->said->kinds[at + count] == SIDE))
        count++;
    return count;
}

/* Whether one of COUNT words from AT on, as take_place() took them, is more than a side. */
static bool is_place(const struct matcher *matcher, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (matcher->said->kinds[at + i] == PLACE)
            return true;
    return false;
}

/* Whatever is said up to the end, without a number. */
static size_t take_any(const struct matcher *matcher, size_t at)
{
    for (size_t i = at; i < matcher->said->count; i++)
        if (!tells_little(matcher->said->words[i]))
            return 0;
    return matcher->said->count - at;
}

/* As many words as any name has, as long as names have them. */
static size_t take_exercise(const struct matcher *matcher, size_t at)
{
    const size_t left = matcher->said->count - at;
    size_t count = 0;

    while (count < left && count < NAME_WORDS_MAX && exercise_may_have(matcher->own, matcher->said->words[at + count]))
        count++;
    return count;
}

/* How many words from AT on SLOT may be at most. */
static size_t longest(const struct matcher *matcher, enum slot slot, size_t at)
{
    switch (slot) {
    case SLOT_EXERCISE:
        return take_exercise(matcher, at);
    case SLOT_AMOUNT:
        return take_amount(matcher, at);
    case SLOT_REPS:
        return take_reps(matcher, at);
    case SLOT_EFFORT:
        return take_effort(matcher, at);
    case SLOT_RATING:
        return take_rating(matcher, at);
    case SLOT_PLACE:
        return take_place(matcher, at);
    case SLOT_DAY:
        return take_day(matcher, at);
    case SLOT_NAME:
        return take_name(matcher, at);
    case SLOT_ANY:
        return take_any(matcher, at);
    case SLOT_END:
        break;
    }
    return 0;
}

/* With the word that was dropped behind the last of them: "pull ups". */
static struct span whole_from(const struct matcher *matcher, size_t at, size_t count)
{
    const struct span bare = words_from(matcher, at, count);
    const char *next = at + count < matcher->said->count ? matcher->said->words[at + count].at
                                                         : matcher->said->text.at + matcher->said->text.length;
    const char *end = bare.at + bare.length;

    while (end < next && *end == ' ')
        end++;
    while (end < next && *end != ' ')
        end++;
    while (end[-1] == ' ')
        end--;
    return without_signs((struct span){bare.at, (size_t)(end - bare.at)});
}

static bool fits(const struct matcher *matcher, enum slot slot, size_t at, size_t count)
{
    if (slot == SLOT_EXERCISE)
        return exercise_find_folded(matcher->own, matcher->slots[slot]) != NULL;
    if (slot == SLOT_PLACE)
        return is_place(matcher, at, count);
    return true;
}

/* ---------------------------------------------------------------- comparing */

static bool matches(struct matcher *matcher, const uint16_t *said, size_t at);

/* "press ups" is no press; "clean for" says no more than "clean". */
static bool takes_whole(struct matcher *matcher, size_t at, size_t count)
{
    const struct span whole = whole_from(matcher, at, count), bare = words_from(matcher, at, count);
    struct span added = {bare.at + bare.length, whole.length - bare.length};

    matcher->slots[SLOT_EXERCISE] = whole;
    span_skip_spaces(&added);
    return exercise_word(added) && notation_meaning(added).word == WORD_OTHER &&
           fits(matcher, SLOT_EXERCISE, at, count);
}

/* The same at the front, where many ways begin: looked for once. */
static size_t longest_in_front(struct matcher *matcher, enum slot slot)
{
    if (matcher->front[slot] == 0)
        matcher->front[slot] = (uint8_t)(1 + longest(matcher, slot, 0));
    return matcher->front[slot] - 1;
}

/* Whether SLOT may stand at the front: an exercise's words may be many, and no exercise. */
static bool stands_in_front(struct matcher *matcher, enum slot slot)
{
    size_t count = longest_in_front(matcher, slot);

    if (slot != SLOT_EXERCISE)
        return count != 0;
    for (; count != 0; count--) {
        matcher->slots[slot] = words_from(matcher, 0, count);
        if (fits(matcher, slot, 0, count) || takes_whole(matcher, 0, count))
            return true;
    }
    return false;
}

static bool match_slot(struct matcher *matcher, const uint16_t *said, size_t at)
{
    const enum slot slot = said[0];

    for (size_t count = at == 0 ? longest_in_front(matcher, slot) : longest(matcher, slot, at); count != 0; count--) {
        if (!matches(matcher, said + 1, at + count))
            continue;
        if (slot == SLOT_EXERCISE && takes_whole(matcher, at, count))
            return true;
        matcher->slots[slot] = words_from(matcher, at, count);
        if (fits(matcher, slot, at, count))
            return true;
    }
    return false;
}

/* What is said of an exercise or a place is said of no other. */
static bool is_somewhere(const struct matcher *matcher, size_t at)
{
    return matcher->said->kinds[at] == PLACE || exercise_find_folded(matcher->own, matcher->said->words[at]) != NULL;
}

/* Whether the words from AT on are SAID when the first of them is passed over. */
static bool passes(struct matcher *matcher, const uint16_t *said, size_t at)
{
    bool found;

    if (matcher->spare == 0 || at == matcher->said->count || matcher->said->telling[at] ||
        !tells_little(matcher->said->words[at]) || (matcher->behind ? *said != 0 : is_somewhere(matcher, at)))
        return false;
    matcher->spare--;
    found = matches(matcher, said, at + 1);
    matcher->spare++;
    return found;
}

/* Whether the words from AT on, all of them, are SAID. */
static bool matches_here(struct matcher *matcher, const uint16_t *said, size_t at)
{
    bool optional = (*said & OPTIONAL) != 0;
    bool found = false;

    if (*said == 0 || (at == matcher->said->count && !optional))
        return *said == 0 && at == matcher->said->count;
    if (*said < SLOT_END)
        return match_slot(matcher, said, at);
    for (bool more = true; more; said++) {
        found |= at < matcher->said->count && (*said & NUMBER) == matcher->said->numbers[at];
        more = (*said & OR) != 0;
    }
    return (found && matches(matcher, said, at + 1)) || (optional && matches(matcher, said, at));
}

static bool matches(struct matcher *matcher, const uint16_t *said, size_t at)
{
    return matches_here(matcher, said, at) || passes(matcher, said, at);
}

static bool append(struct span piece, char *command, size_t *used)
{
    if (*used + piece.length >= PHRASE_SIZE)
        return false;
    memcpy(command + *used, piece.at, piece.length);
    *used += piece.length;
    return true;
}

/* "seven hours" as "7 hours", "7 and a half hours" as "7.5 hours". */
static bool append_amount(struct span amount, char *command, size_t *used)
{
    struct span rest = amount, unit = {amount.at, 0};
    struct span number = span_take(&rest, ' ');
    double value = in_words(number, notation_meaning(number));
    bool half = false;
    char digits[16];

    while (rest.length != 0) {
        unit = span_take(&rest, ' ');
        half |= is_half(unit);
    }
    if (value == 0 && !half)
        return append(amount, command, used);
    snprintf(digits, sizeof(digits), "%g", (value != 0 ? value : strtod(number.at, NULL)) + (half ? 0.5 : 0));
    return append(span_of(digits), command, used) &&
           (!is_unit(notation_meaning(unit), kind_of(vocable_of(unit))) ||
            (append(span_of(" "), command, used) && append(unit, command, used)));
}

/* "triple" as "3", "5 rep max" as "5". */
static bool append_reps(struct span reps, char *command, size_t *used)
{
    const struct span number = span_take(&reps, ' ');
    char digits[16];

    snprintf(digits, sizeof(digits), "%g", reps_of(number, notation_meaning(number)));
    return append(span_of(digits), command, used);
}

static bool append_slot(enum slot slot, struct span said, char *command, size_t *used)
{
    if (slot == SLOT_AMOUNT)
        return append_amount(said, command, used);
    return slot == SLOT_REPS ? append_reps(said, command, used) : append(said, command, used);
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
        if (!append_slot((enum slot)slot, piece, command, &used))
            return false;
        meant += length;
    }
    command[used] = '\0';
    return true;
}

/* Whether SAID has the words that are said in any case for it to be WAY, and not too many. */
static bool may_be(const struct way *way, const struct phrase_words *said)
{
    return (way->any & said->present) != 0 && (way->other & said->other) != 0 &&
           (way->all & said->present) == way->all && said->count <= way->most;
}

/* Among the ways that have FIRST in front. Of most of them some word is missing, which tells it at once. */
static bool find(struct matcher *matcher, size_t first, char *command)
{
    for (size_t i = ways_from[first]; i < ways_from[first + 1]; i++)
        if (may_be(&ways[i], matcher->said) && matches(matcher, ways[i].said, 0) &&
            write_command(matcher, ways[i].meant, command))
            return true;
    return false;
}

/* How many words are passed over at least for TEXT to be WAY; more than PASSED_MAX: it isn't. */
static unsigned passed_over(struct matcher *matcher, const struct way *way)
{
    unsigned passed = PASSED_MAX + 1;

    matcher->behind = way->behind;
    for (matcher->spare = PASSED_MAX; matcher->spare < passed && matches(matcher, way->said, 0); matcher->spare--)
        passed = matcher->spare;
    return passed;
}

/* The way that was found, and how many words it passes over. */
struct found {
    const struct way *way; /* NULL: none */
    unsigned passed;
};

static bool is_better(const struct way *way, unsigned passed, const struct found *best)
{
    if (best->way == NULL || passed != best->passed)
        return passed <= best->passed;
    return way->certain != best->way->certain ? way->certain > best->way->certain : way < best->way;
}

/* Among the ways that have the word NUMBER; 0: those that needn't have a certain one. */
static void find_between_by(struct matcher *matcher, uint16_t number, struct found *best)
{
    for (size_t i = between_from[number]; i < between_from[number + 1]; i++) {
        const struct way *way = &ways[between[i]];
        unsigned passed;

        if ((way->all & matcher->said->present) != way->all)
            continue;
        passed = passed_over(matcher, way);
        if (is_better(way, passed, best))
            *best = (struct found){way, passed};
    }
}

/* With so few words passed over as can be, the way that says most. */
static bool find_between(struct matcher *matcher, char *command)
{
    struct found best = {NULL, PASSED_MAX};

    find_between_by(matcher, 0, &best);
    for (size_t i = 0; i < matcher->said->count; i++)
        if (matcher->said->numbers[i] != 0)
            find_between_by(matcher, matcher->said->numbers[i], &best);
    matcher->spare = best.passed;
    matcher->behind = best.way != NULL && best.way->behind;
    return best.way != NULL && matches(matcher, best.way->said, 0) && write_command(matcher, best.way->meant, command);
}

bool phrase_read(const struct phrase_words *said, const struct exercise_names *own, char *command)
{
    struct matcher matcher = {.said = said, .own = own};

    if (said->count != 0 && said->numbers[0] != 0 && find(&matcher, said->numbers[0], command))
        return true;
    for (int slot = SLOT_EXERCISE; slot < SLOT_END && said->count != 0; slot++)
        if (ways_from[slot] != ways_from[slot + 1] && stands_in_front(&matcher, slot) &&
            find(&matcher, (size_t)slot, command))
            return true;
    command[0] = '\0';
    return false;
}

bool phrase_read_between(const struct phrase_words *said, const struct exercise_names *own, char *command)
{
    struct matcher matcher = {.said = said, .own = own};

    if (said->count != 0 && find_between(&matcher, command))
        return true;
    command[0] = '\0';
    return false;
}

bool phrase_tells_much(struct span folded)
{
    while (folded.length != 0) {
        const uint16_t number = number_of(vocable_of(without_signs(span_take(&folded, ' '))));

        if (number != DROPPED && (number & TELLING) != 0)
            return true;
    }
    return false;
}

bool phrase_is_place(struct span word)
{
    return kind_of(vocable_of(word)) == PLACE;
}

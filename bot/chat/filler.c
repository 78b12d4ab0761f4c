/*
 * Looking up the fillers, which config/fillers.awk makes of config/fillers.tsv.
 */
#include "bot/chat/filler.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

enum { FILLER_WORDS_MAX = 6 };
/* What follows a doubt corrects, or is a plan; beside what is plain a word that may agree with somebody doesn't. */
enum place { FRONT = 1, DOUBT = 2, BACK = 4, PLAN = 8, PLAIN = 16 };

struct filler {
    const char *text;
    uint8_t length;
    uint8_t places; /* bits of enum place */
};

#include "fillers_data.h"

/* Behind these comes another exercise. */
static const char *const next[] = {
    "weiter mit ", "weiter gehts mit ", "weiter geht's mit ", "zuletzt ", "zum schluss ", "zum abschluss ", NULL};

static inline bool is_beside(char byte)
{
    const uint64_t signs = ASCII_BIT(' ') | ASCII_BIT(',') | ASCII_BIT('.') | ASCII_BIT(';') | ASCII_BIT(':') |
                           ASCII_BIT('!') | ASCII_BIT('-');

    return byte <= ';' && (ascii_is_among(byte, signs) || byte == '\0' || ascii_is_space(byte)); /* no letter is */
}

static void trim(struct span *text)
{
    while (text->length != 0 && is_beside(text->at[0]))
        *text = (struct span){text->at + 1, text->length - 1};
    while (text->length != 0 && is_beside(text->at[text->length - 1]))
        text->length--;
}

/* HASH is that of the bytes in front of TEXT. */
static uint32_t hash_on(uint32_t hash, struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        hash = span_hash_more(hash, ascii_lower(text.at[i]));
    return hash;
}

/* Where TEXT, that has HASH, may stand as a filler: bits of enum place. */
static unsigned places_of(struct span text, uint32_t hash)
{
    const size_t mask = ARRAY_LENGTH(filler_slots) - 1;

    for (size_t at = hash & mask; filler_slots[at] != 0; at = (at + 1) & mask) {
        const struct filler *filler = &fillers[filler_slots[at] - 1];

        if (filler->length == text.length && strncasecmp(filler->text, text.at, text.length) == 0)
            return filler->places;
    }
    return 0;
}

/* Where the word ends that begins at AT, or behind it. */
static size_t word_end(struct span text, size_t at)
{
    while (at < text.length && is_beside(text.at[at]))
        at++;
    while (at < text.length && !is_beside(text.at[at]))
        at++;
    return at;
}

/* Where the word begins that ends at AT, or before it. */
static size_t word_begin(struct span text, size_t at)
{
    while (at > 0 && is_beside(text.at[at - 1]))
        at--;
    while (at > 0 && !is_beside(text.at[at - 1]))
        at--;
    return at;
}

/* Takes the longest filler of places AMONG off the front of TEXT. What those that stand there are, as bits. */
static unsigned take_front(struct span *text, unsigned among)
{
    size_t end = 0, taken = 0;
    uint32_t hash = SPAN_HASH_EMPTY;
    unsigned found = 0;

    for (int words = 0; words < FILLER_WORDS_MAX; words++) {
        const size_t begin = end;
        unsigned places;

        end = word_end(*text, begin);
        if (end >= text->length || end > FILLER_LENGTH_MAX)
            break;
        hash = hash_on(hash, (struct span){text->at + begin, end - begin});
        if (words == 0 && !span_among(first_words, hash))
            break;
        places = places_of((struct span){text->at, end}, hash) & among;
        found |= places;
        if (places != 0)
            taken = end;
    }
    *text = (struct span){text->at + taken, text->length - taken};
    trim(text);
    return text->length != 0 ? found : 0;
}

bool filler_take_front(struct span *text, bool *unsure)
{
    const unsigned found = take_front(text, FRONT | DOUBT);

    *unsure |= (found & DOUBT) != 0;
    return found != 0;
}

bool filler_is_plain(struct span filler)
{
    bool letters = false;

    trim(&filler);
    for (size_t i = 0; i < filler.length && !letters; i++)
        letters = ascii_is_alnum(filler.at[i]);
    return !letters || (places_of(filler, hash_on(SPAN_HASH_EMPTY, filler)) & PLAIN) != 0;
}

/* Whether TEXT begins with a letter that a plan may begin with. */
static bool may_plan(struct span text)
{
    const char first = text.length != 0 ? ascii_lower(text.at[0]) : '\0';

    return first >= 'a' && first <= 'z' && (plan_letters >> (first - 'a') & 1) != 0;
}

bool filler_take_plan(struct span *text)
{
    static const char *const verbs[] = {" machen", " trainieren"}; /* "heute will ich bank 3x8 machen" */

    if (!may_plan(*text) || take_front(text, PLAN) == 0)
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(verbs); i++) {
        const size_t length = strlen(verbs[i]);

        if (text->length > length && strncasecmp(text->at + text->length - length, verbs[i], length) == 0)
            text->length -= length;
    }
    return true;
}

/* How long the last sign of TEXT is where it is an emoji, or joins such (Unicode, "Emoji Sequences"): pictographs are
 * U+1F000 to U+1FFFF and U+2600 to U+27BF, what joins and varies them U+200D and U+FE0F. 0: it is none. */
static size_t emoji_behind(struct span text)
{
    const unsigned char *end = (const unsigned char *)text.at + text.length;

    if (text.length >= 4 && end[-4] == 0xF0 && end[-3] == 0x9F)
        return 4;
    if (text.length < 3 || (end[-1] & 0xC0) != 0x80)
        return 0;
    return (end[-3] == 0xE2 && ((end[-2] >= 0x98 && end[-2] <= 0x9E) || (end[-2] == 0x80 && end[-1] == 0x8D))) ||
                   (end[-3] == 0xEF && end[-2] == 0xB8 && end[-1] == 0x8F)
               ? 3
               : 0;
}

/* "had 1 left 🙂" */
static bool take_emoji(struct span *text)
{
    const size_t before = text->length;
    size_t length;

    while ((length = emoji_behind(*text)) != 0) {
        text->length -= length;
        trim(text);
    }
    return text->length != before && text->length != 0;
}

bool filler_take_back(struct span *text)
{
    size_t begin = text->length, left = 0;

    if (take_emoji(text))
        return true;
    for (int words = 0; words < FILLER_WORDS_MAX && (begin = word_begin(*text, begin)) != 0; words++) {
        const struct span behind = {text->at + begin, text->length - begin};
        uint32_t hash;

        if (behind.length > FILLER_LENGTH_MAX)
            break;
        hash = hash_on(SPAN_HASH_EMPTY, behind);
        if (words == 0 && !span_among(last_words, hash))
            break;
        if ((places_of(behind, hash) & BACK) != 0)
            left = begin;
    }
    if (left == 0)
        return false;
    text->length = left;
    trim(text);
    return text->length != 0;
}

bool filler_take_next(struct span *text)
{
    if (text->length == 0 || (text->at[0] | ' ') < 'w')
        return false; /* as nearly all is */
    for (const char *const *words = next; *words != NULL; words++) {
        size_t length = strlen(*words);

        if (text->length > length && strncasecmp(text->at, *words, length) == 0) {
            *text = (struct span){text->at + length, text->length - length};
            trim(text);
            return text->length != 0;
        }
    }
    return false;
}

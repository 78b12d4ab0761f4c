/*
 * Finds exercises by their names: a name is a set of words, and a set of words is found by one hash look-up.
 */
#include "core/lift/exercise.h"

#include <string.h>

#include "core/lift/catalogue.h"
#include "core/lift/name.h"
#include "core/text/fold.h"

static bool same_words(const struct name *a, const struct name *b)
{
    if (a->count != b->count || a->unknown != b->unknown)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (name_word_before(&a->words[i], &b->words[i]) || name_word_before(&b->words[i], &a->words[i]))
            return false;
    return true;
}

static const char *find_own(const struct exercise_names *own, const struct name *name)
{
    struct name alias;

    for (size_t i = 0; own != NULL && i < own->alias_count; i++)
        if (name_read(&alias, span_of(own->aliases[i].folded)) == 0 && same_words(&alias, name))
            return own->aliases[i].id;
    return NULL;
}

static const char *find_in_catalogue(const struct name *name)
{
    uint16_t words[NAME_WORDS];
    int index;

    if (name->unknown != 0)
        return NULL;
    for (size_t i = 0; i < name->count; i++)
        words[i] = name->words[i].word;
    index = catalogue_by_words(words, name->count);
    return index >= 0 ? catalogue_at((size_t)index)->id : NULL;
}

static const char *find(const struct exercise_names *own, const struct name *name)
{
    const char *id;

    if (name->count == 0)
        return NULL;
    id = find_own(own, name);
    return id != NULL ? id : find_in_catalogue(name);
}

const char *exercise_find_folded(const struct exercise_names *own, struct span folded)
{
    struct name name;

    return name_read(&name, folded) == 0 ? find(own, &name) : NULL;
}

/* TEXT folded into BYTES; what is too long for a name, or not UTF-8, is none: "". */
static struct span fold(struct span text, char bytes[NAME_SIZE])
{
    struct buf folded = {bytes, 0, NAME_SIZE, NAME_SIZE - 1, false}; /* never grows, so never allocates */

    bytes[0] = '\0';
    if (text.length < NAME_SIZE)
        text_fold(text, &folded);
    return buf_span(&folded);
}

const char *exercise_find_exact(const struct exercise_names *own, struct span text)
{
    char bytes[NAME_SIZE];

    return exercise_find_folded(own, fold(text, bytes));
}

bool exercise_may_have(const struct exercise_names *own, struct span word)
{
    if ((own != NULL && own->alias_count != 0) || word.length >= NAME_COMPOUND_LEAST)
        return true;
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z')
            return true; /* it may be several words */
    return word.length == 0 || exercise_word(word);
}

bool exercise_word(struct span word)
{
    return catalogue_form(word) != NULL;
}

/* "kreuz heben", "lat pull down machine": phones and dictation part what is one word. Two neighbours joined, or all. */
static const char *find_joined(const struct exercise_names *own, struct span folded)
{
    char joined[NAME_SIZE];
    size_t length = 0;
    const char *id = NULL;

    for (size_t i = 0; i < folded.length && id == NULL; i++) {
        if (folded.at[i] != ' ')
            continue;
        memcpy(joined, folded.at, i);
        memcpy(joined + i, folded.at + i + 1, folded.length - i - 1);
        id = exercise_find_folded(own, (struct span){joined, folded.length - 1});
    }
    for (size_t i = 0; i < folded.length; i++)
        if (folded.at[i] != ' ')
            joined[length++] = folded.at[i];
    return id != NULL || length == folded.length ? id : exercise_find_folded(own, (struct span){joined, length});
}

void exercise_find(const struct exercise_names *own, struct span text, struct name_result *result)
{
    char bytes[NAME_SIZE];
    struct span folded = fold(text, bytes);
    struct name name;
    const char *id;

    result->match = NAME_NONE;
    result->count = 0;
    if (name_read(&name, folded) != 0 || name.count == 0)
        return;
    id = find(own, &name);
    if (id == NULL)
        id = find_joined(own, folded);
    if (id == NULL) {
        name_guess(own, &name, result);
        return;
    }
    result->match = NAME_EXACT;
    result->count = 1;
    memcpy(result->id[0], id, EXERCISE_ID_SIZE);
}

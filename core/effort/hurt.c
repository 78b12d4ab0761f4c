/*
 * Words of pain in a note.
 */
#include "core/effort/hurt.h"

#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"

enum { WORD_SIZE = 12 };

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* Takes the next word off AT, lower case; a longer one is cut. Empty at the end. */
static const char *take_word(const char *at, char word[WORD_SIZE])
{
    size_t length = 0;

    while (*at != '\0' && (ascii_lower(*at) < 'a' || ascii_lower(*at) > 'z'))
        at++;
    for (; ascii_lower(*at) >= 'a' && ascii_lower(*at) <= 'z'; at++)
        if (length + 1 < WORD_SIZE)
            word[length++] = ascii_lower(*at);
    word[length] = '\0';
    return at;
}

bool hurt_said(const struct set *set)
{
    static const char *const pains[] = {"pain", "pains", "painful", "hurt", "hurts", "hurting", "ouch"};
    static const char *const denials[] = {"no", "not", "without", "zero", "never", "t"};
    char before[WORD_SIZE] = "", word[WORD_SIZE], after[WORD_SIZE];
    const char *at = take_word(set->note, word);

    while (word[0] != '\0') {
        const char *next = take_word(at, after);

        if (is_among(word, pains, ARRAY_LENGTH(pains)) && !is_among(before, denials, ARRAY_LENGTH(denials)) &&
            strcmp(after, "free") != 0)
            return true;
        memcpy(before, word, sizeof(before));
        memcpy(word, after, sizeof(word));
        at = next;
    }
    return false;
}

/*
 * The compiled-in catalogue and the look-ups in its tables, which config/catalogue.awk makes.
 */
#include "core/lift/catalogue.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/lift/exercise.h"

#include "catalogue_data.h"

_Static_assert(ARRAY_LENGTH(word_weights) <= CATALOGUE_WORDS, "the catalogue has more words than CATALOGUE_WORDS");
_Static_assert(ARRAY_LENGTH(key_words) <= UINT16_MAX, "the catalogue's names have more words than a uint16_t counts");

static const char *const muscle_names[MUSCLE_COUNT] = {
    [MUSCLE_CHEST] = "chest",
    [MUSCLE_UPPER_BACK] = "upper-back",
    [MUSCLE_LATS] = "lats",
    [MUSCLE_TRAPS] = "traps",
    [MUSCLE_FRONT_DELTS] = "front-delts",
    [MUSCLE_SIDE_DELTS] = "side-delts",
    [MUSCLE_REAR_DELTS] = "rear-delts",
    [MUSCLE_BICEPS] = "biceps",
    [MUSCLE_TRICEPS] = "triceps",
    [MUSCLE_FOREARMS] = "forearms",
    [MUSCLE_QUADS] = "quads",
    [MUSCLE_HAMSTRINGS] = "hamstrings",
    [MUSCLE_GLUTES] = "glutes",
    [MUSCLE_ADDUCTORS] = "adductors",
    [MUSCLE_CALVES] = "calves",
    [MUSCLE_ABS] = "abs",
    [MUSCLE_LOWER_BACK] = "lower-back",
};

/* The same as hash_words() in config/catalogue.awk. */
static uint32_t hash_words(const uint16_t *words, size_t count)
{
    uint32_t hash = 17;

    for (size_t i = 0; i < count; i++)
        hash = hash * 1009 + words[i];
    return hash;
}

const char *muscle_name(enum muscle muscle)
{
    return muscle_names[muscle];
}

const char *exercise_name(const struct exercise *exercise, enum language language)
{
    return language == LANGUAGE_GERMAN && exercise->german != NULL ? exercise->german : exercise->name;
}

const struct exercise *catalogue_at(size_t index)
{
    BUG_IF(index >= ARRAY_LENGTH(exercises));
    return &exercises[index];
}

size_t catalogue_count(void)
{
    return ARRAY_LENGTH(exercises);
}

const struct exercise *catalogue_by_id(const char *id)
{
    const size_t mask = ARRAY_LENGTH(id_slots) - 1;

    for (size_t at = span_hash(span_of(id)) & mask; id_slots[at] != 0; at = (at + 1) & mask) {
        const struct exercise *exercise = &exercises[id_slots[at] - 1];

        if (strcmp(exercise->id, id) == 0)
            return exercise;
    }
    return NULL;
}

const struct word_form *catalogue_form(struct span text)
{
    const size_t mask = ARRAY_LENGTH(form_slots) - 1;

    for (size_t at = span_hash(text) & mask; form_slots[at] != 0; at = (at + 1) & mask) {
        const struct word_form *form = &forms[form_slots[at] - 1];

        if (span_equal_word((struct span){form->text, form->length}, text))
            return form;
    }
    return NULL;
}

const struct word_form *catalogue_forms(char letter, size_t *count)
{
    size_t bucket = letter >= 'a' && letter <= 'z' ? (size_t)(letter - 'a') + 1 : 0;

    if (letter == '\0') {
        *count = ARRAY_LENGTH(forms);
        return forms;
    }
    *count = (size_t)(form_starts[bucket + 1] - form_starts[bucket]);
    return &forms[form_starts[bucket]];
}

unsigned catalogue_word_weight(uint16_t word)
{
    return word_weights[word];
}

int catalogue_by_words(const uint16_t *words, size_t count)
{
    const size_t mask = ARRAY_LENGTH(key_slots) - 1;

    for (size_t at = hash_words(words, count) & mask; key_slots[at] != 0; at = (at + 1) & mask) {
        const struct name_key *key = &keys[key_slots[at] - 1];

        if (key->count == count && memcmp(&key_words[key->first], words, count * sizeof(*words)) == 0)
            return key->exercise;
    }
    return -1;
}

const struct name_key *catalogue_name(size_t index)
{
    return index < GIVEN_KEYS ? &keys[index] : NULL;
}

const uint16_t *catalogue_name_words(const struct name_key *key)
{
    return &key_words[key->first];
}

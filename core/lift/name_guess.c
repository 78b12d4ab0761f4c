/*
 * Guesses at a name that no exercise has: words that are misspelt are taken for the nearest ones (Damerau-Levenshtein),
 * then the names that share most with it are best (Dice's coefficient over the words' weights).
 */
#include <string.h>

#include "core/lift/catalogue.h"
#include "core/lift/name.h"

enum {
    UNKNOWN_WEIGHT = 5,
    GOOD_ENOUGH = 500, /* in thousandths of a perfect match */
    MAX_LENGTH = FORM_SIZE
};

struct guess {
    unsigned total;                  /* weight of all words that were typed */
    unsigned known;                  /* of those that are, or may be, words of the catalogue */
    uint8_t gain[CATALOGUE_WORDS];   /* what a name that has the word gets for it */
    unsigned score[NAME_CANDIDATES]; /* of RESULT's ids */
    const char *whole;               /* the exercise whose name is all of what was typed, and nothing more; NULL */
    bool several;                    /* there is more than one */
    struct name_result *result;
};

/* How many letters may be wrong: none in the short words that are near to everything. */
static unsigned tolerance(size_t length)
{
    return length < 4 ? 0 : length < 7 ? 1 : 2;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/*
 * Insertions, deletions, changes and swaps of neighbours that make A into B (optimal string alignment); something above
 * MOST as soon as it can't be less any more. Both are at most MAX_LENGTH long.
 */
static unsigned distance(struct span a, struct span b, unsigned most)
{
    unsigned rows[3][MAX_LENGTH + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2], *spare;
    unsigned best = 0, best_above;

    for (unsigned j = 0; j <= b.length; j++)
        above[j] = j;
    for (unsigned i = 1; i <= a.length; i++) {
        best_above = best;
        best = row[0] = i;
        for (unsigned j = 1; j <= b.length; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a.at[i - 1] != b.at[j - 1]));
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > most && best_above >= most) /* a swap in the next row would start from the row above */
            return best;
        spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b.length];
}

static uint32_t letters_of(struct span text)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < text.length; i++)
        letters |= text.at[i] >= 'a' && text.at[i] <= 'z' ? 2U << (text.at[i] - 'a') : 1U;
    return letters;
}

/* Whether A may be B misspelt, and by how many letters. A letter too few or too many changes one bit of the sets of
 * letters, a wrong one two. */
static bool is_near(struct span a, uint32_t letters, struct span b, uint32_t b_letters, unsigned *wrong)
{
    unsigned most = tolerance(a.length);

    if (a.length > b.length + most || b.length > a.length + most || a.length > MAX_LENGTH || b.length > MAX_LENGTH ||
        (unsigned)__builtin_popcount(letters ^ b_letters) > 2 * most)
        return false;
    *wrong = distance(a, b, most);
    return *wrong <= most;
}

static unsigned form_weight(const struct word_form *form)
{
    unsigned weight = 0;

    for (size_t i = 0; i < form->count; i++)
        weight += catalogue_word_weight(form->words[i]);
    return weight;
}

static void gain(struct guess *guess, const struct word_form *form, unsigned wrong)
{
    for (size_t i = 0; i < form->count; i++) {
        uint16_t word = form->words[i];
        unsigned worth = catalogue_word_weight(word) * (4 - wrong) / 4;

        if (guess->gain[word] < worth)
            guess->gain[word] = (uint8_t)worth;
    }
}

/* All forms under LETTER that TEXT may be. Returns the weight of the heaviest. */
static unsigned gain_forms(struct guess *guess, struct span text, char letter)
{
    uint32_t letters = letters_of(text);
    unsigned heaviest = 0, wrong;
    size_t count;
    const struct word_form *forms = catalogue_forms(letter, &count);

    for (size_t i = 0; i < count; i++) {
        struct span form = {forms[i].text, forms[i].length};

        if (!is_near(text, letters, form, forms[i].letters, &wrong))
            continue;
        gain(guess, &forms[i], wrong);
        if (form_weight(&forms[i]) > heaviest)
            heaviest = form_weight(&forms[i]);
    }
    return heaviest;
}

/*
 * A word that no form spells. First letters are seldom wrong: they are taken as right, or swapped with the second. Only
 * where all other words of the name are known, which VOUCHES for it, may the first letter be any other.
 */
static void gain_unknown(struct guess *guess, struct span text, bool vouches)
{
    unsigned weight = 0;

    if (tolerance(text.length) != 0) {
        weight = gain_forms(guess, text, text.at[0]);
        if (weight == 0 && text.at[1] != text.at[0])
            weight = gain_forms(guess, text, text.at[1]);
        if (weight == 0 && vouches)
            weight = gain_forms(guess, text, '\0');
    }
    guess->known += weight;
    guess->total += weight > UNKNOWN_WEIGHT ? weight : UNKNOWN_WEIGHT;
}

static void gain_words(struct guess *guess, const struct name *name)
{
    for (size_t i = 0; i < name->count; i++) {
        uint16_t word = name->words[i].word;

        if (word == WORD_UNKNOWN) {
            gain_unknown(guess, name->words[i].text, name->unknown == 1 && name->count > 1);
            continue;
        }
        guess->gain[word] = (uint8_t)catalogue_word_weight(word);
        guess->known += guess->gain[word];
        guess->total += guess->gain[word];
    }
}

/* Keeps ID among the best; what came first stays before what is equally good. */
static void keep(struct guess *guess, const char *id, unsigned score)
{
    struct name_result *result = guess->result;
    size_t at = 0;

    while (at < result->count && strcmp(result->id[at], id) != 0)
        at++;
    if (at == NAME_CANDIDATES)
        at--;
    else if (at == result->count)
        guess->score[result->count++] = 0;
    if (guess->score[at] >= score)
        return;
    for (; at > 0 && guess->score[at - 1] < score; at--) {
        guess->score[at] = guess->score[at - 1];
        memcpy(result->id[at], result->id[at - 1], EXERCISE_ID_SIZE);
    }
    guess->score[at] = score;
    memcpy(result->id[at], id, EXERCISE_ID_SIZE);
}

/* A name of WEIGHT has SHARED in common with what was typed. */
static void offer_exercise(struct guess *guess, const char *id, unsigned shared, unsigned typed, unsigned weight)
{
    unsigned score = 2000 * least(shared, typed) / (typed + weight);
    bool full = guess->result->count == NAME_CANDIDATES;

    if (score >= GOOD_ENOUGH && !(full && guess->score[NAME_CANDIDATES - 1] >= score))
        keep(guess, id, score);
}

static void offer_catalogue(struct guess *guess)
{
    const struct name_key *key;

    /* Sentences in which a word or two are known: not even a name of just these would do. */
    if (2000 * guess->known < GOOD_ENOUGH * (guess->total + guess->known))
        return;
    for (size_t i = 0; (key = catalogue_name(i)) != NULL; i++) {
        const uint16_t *words = catalogue_name_words(key);
        const char *id = catalogue_at(key->exercise)->id;
        unsigned shared = 0;
        bool all = true;

        for (size_t j = 0; j < key->count; j++) {
            shared += guess->gain[words[j]];
            all = all && guess->gain[words[j]] != 0;
        }
        if (shared != 0)
            offer_exercise(guess, id, shared, guess->total, key->weight);
        all = all && key->weight == guess->total;
        guess->several |= all && guess->whole != NULL && guess->whole != id;
        guess->whole = all ? id : guess->whole;
    }
}

/* How much of WORD, in quarters, NAME has. */
static unsigned quarters_shared(const struct name_word *word, const struct name *name)
{
    unsigned best = 0, wrong = 0;

    for (size_t i = 0; i < name->count; i++) {
        const struct name_word *other = &name->words[i];

        if (word->word != WORD_UNKNOWN && word->word == other->word)
            return 4;
        if (!is_near(other->text, letters_of(other->text), word->text, letters_of(word->text), &wrong))
            wrong = span_equal(other->text, word->text) ? 0 : 4;
        if (4 - wrong > best)
            best = 4 - wrong;
    }
    return best;
}

static void offer_own(struct guess *guess, const struct exercise_names *own, const struct name *name)
{
    struct name alias;

    for (size_t i = 0; own != NULL && i < own->alias_count; i++) {
        unsigned quarters = 0;

        if (name_read(&alias, span_of(own->aliases[i].folded)) != 0 || alias.count == 0)
            continue;
        for (size_t j = 0; j < alias.count; j++)
            quarters += quarters_shared(&alias.words[j], name);
        offer_exercise(guess, own->aliases[i].id, quarters, 4 * (unsigned)name->count, 4 * (unsigned)alias.count);
    }
}

void name_guess(const struct exercise_names *own, const struct name *name, struct name_result *result)
{
    struct guess guess = {.result = result};

    result->count = 0;
    gain_words(&guess, name);
    offer_own(&guess, own, name);
    offer_catalogue(&guess);
    if (guess.whole != NULL && !guess.several && result->count != 0 && strcmp(guess.whole, result->id[0]) == 0)
        result->count = 1;
    result->match = result->count != 0 ? NAME_NEAR : NAME_NONE;
}

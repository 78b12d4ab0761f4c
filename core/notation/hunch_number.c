/*
 * What a number of such a sentence is.
 */
#include "core/notation/hunch_number.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/lift/units.h"
#include "core/notation/fits.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"

#define SIDED_MOST 3.0    /* as far as a bar may go at once by what hangs on each side */
#define LEAST_OF_LAST 0.6 /* "put 2.5 on each side" behind 50 kg: they were hung on besides */

enum { SETS_MOST = 5, SIDE_WORDS_MOST = 4 };

/* "110", "+2,5", "x8", "90kg", "42s", "eight": what stands beside the digits is REST. 0: WORD is no number. */
static double number_of(struct span word, struct word_meaning meaning, char *sign, struct span *rest)
{
    double value;

    *sign = word.length > 1 && strchr("+-x", word.at[0]) != NULL && ascii_is_digit(word.at[1]) ? word.at[0] : '\0';
    *rest = *sign != '\0' ? (struct span){word.at + 1, word.length - 1} : word;
    if (scan_take_number(rest, &value))
        return value;
    *rest = (struct span){word.at + word.length, 0};
    value = span_has_digit(word) ? NAN : notation_number_of(word, meaning);
    return value > 1 || isnan(value) ? value : 0;
}

void hunch_take_word(struct span *text, struct place *place)
{
    place->text = *text;
    place->word = walk_word(*text);
    place->meaning = notation_meaning(place->word);
    place->value = number_of(place->word, place->meaning, &place->sign, &place->rest);
    *text = walk_behind(*text);
}

/* What a number is by the MEANING of the unit behind it: whether that tells. */
static bool take_unit(struct hunch *hunch, double value, struct word_meaning meaning)
{
    double *const what = meaning.word == WORD_UNIT      ? &hunch->load
                         : meaning.word == WORD_REPS    ? &hunch->reps
                         : meaning.word == WORD_SECONDS ? &hunch->seconds
                                                        : NULL;

    if (what == NULL || (hunch->last->reps != REPS_UNKNOWN && (meaning.traits & TRAIT_LEAD) != 0))
        return false; /* "105 second try" */
    hunch->other |= !isnan(*what) || (what == &hunch->load && meaning.argument != (uint8_t)hunch->last->unit);
    *what = value;
    hunch->told |= what == &hunch->load;
    return true;
}

/* "+2,5", "20 drauf": from the last load on. */
static void take_step(struct hunch *hunch, double value, bool down)
{
    hunch->other |= !isnan(hunch->load) || isnan(hunch->last->load_kg);
    hunch->load = hunch_load_of(hunch->last) + (down ? -value : value);
    hunch->onward = true;
}

static bool is_implement(struct word_meaning meaning)
{
    return (meaning.word == WORD_OTHER || meaning.word == WORD_LIMB) &&
           (meaning.argument == HELD || meaning.argument == HELD_PAIR);
}

/* "the 16s", "die 26er", "the 24 kettlebell": what is held. */
static bool is_held(const struct hunch *hunch, struct span rest, struct word_meaning behind)
{
    static const char *const endings[] = {"s", "er", "ern", NULL};

    return hunch->last->reps != REPS_UNKNOWN && (walk_is(rest, endings) || (rest.length == 0 && is_implement(behind)));
}

/* "each side", "auf jeder Seite", "kg pro Seite" at the front of TEXT: how many bytes; 0. */
static size_t side_length(struct span text)
{
    const char *front = text.at;
    bool each = false;

    for (int words = 0; words < SIDE_WORDS_MOST && text.length != 0; words++, text = walk_behind(text)) {
        const struct span word = walk_word(text);
        const struct word_meaning meaning = notation_meaning(word);

        if (each && meaning.word == WORD_LIMB && meaning.argument == LIMB_SIDE)
            return (size_t)(word.at + word.length - front);
        each |= meaning.word == WORD_EACH || meaning.word == WORD_PER || meaning.word == WORD_A;
        if (!each && meaning.word != WORD_ON && meaning.word != WORD_TO && meaning.word != WORD_UNIT &&
            !span_is(word, "an"))
            return 0;
    }
    return 0;
}

bool hunch_adds(struct word_meaning meaning)
{
    return meaning.word == WORD_WEIGHTED || (meaning.traits & (TRAIT_MORE | TRAIT_PLUS)) != 0 ||
           ((meaning.traits & TRAIT_HEAVIER) != 0 && (meaning.traits & TRAIT_MOVED) == 0);
}

/* Takes how many bytes of a side stand at TEXT's front off it, and a comma behind. */
static void skip_side(struct span *text, size_t side)
{
    *text = span_past(*text, side);
    if (text->length > 1 && strchr(",;:.", text->at[0]) != NULL)
        *text = span_past(*text, 1);
}

/* "5 on each side": what hangs on the bar. Takes the side off TEXT. */
static bool take_sides(struct hunch *hunch, const struct place *place, struct span *text)
{
    const bool alone = place->rest.length == 0 || notation_meaning(place->rest).word == WORD_UNIT;
    const size_t side = alone ? side_length(*text) : 0;
    const bool step = hunch->step || hunch_adds(walk_meaning(span_past(*text, side)));
    const double before = hunch_load_of(hunch->last), on_bar = hunch->bar + 2 * place->value;
    const double from = step || on_bar < LEAST_OF_LAST * before ? before : hunch->bar;

    if (side == 0 || hunch->last->load_mode != LOAD_EXTERNAL || hunch->last->side != SIDE_NONE || !(from > 0))
        return false;
    hunch->other |= !isnan(hunch->load) || from + 2 * place->value > SIDED_MOST * fmax(before, from);
    hunch->load = from + 2 * place->value;
    hunch->onward = hunch->held = hunch->sided = true;
    skip_side(text, side);
    return true;
}

/* What PLACE's number is by the words around it. */
static enum hint hint_of(const struct hunch *hunch, const struct place *place, struct word_meaning behind)
{
    const struct word_meaning before = notation_meaning(place->before);

    if (before.word == WORD_TO || before.word == WORD_AT)
        return HINT_GOAL;
    if ((before.roles & ROLE_TOWARDS) != 0)
        return HINT_LOAD;
    if ((before.roles & ROLE_GOT) != 0 || behind.word == WORD_BY || (behind.says & SAYS_WENT) != 0 ||
        (before.says & SAYS_WENT) != 0)
        return HINT_REPS;
    return place->words == 0 && fits_load(hunch->last, place->value) ? HINT_LOAD : HINT_NONE;
}

/* "two more of those", "noch zwei mit 160": whether "two" counts sets, and no reps, where "sets" doesn't stand behind.
 */
static bool may_count_sets(const struct hunch *hunch, double value, struct word_meaning behind,
                           struct word_meaning next)
{
    const bool those = ((behind.says | next.says) & SAYS_THAT) != 0;

    return those || hunch->last->reps == REPS_UNKNOWN ||
           hunch->last->reps > (behind.word == WORD_WITH ? value : 2 * value);
}

/* "two more", "noch zwei mit", "3 more sets": so many sets. Takes the word behind the number off TEXT. */
static bool take_sets(struct hunch *hunch, const struct place *place, struct span *text)
{
    const struct word_meaning behind = walk_meaning(*text), next = walk_meaning(walk_behind(*text));
    const bool more = (behind.traits & TRAIT_MORE) != 0 || span_is(walk_word(*text), "weitere"),
               anew = span_is(place->before, "noch") || span_is(place->before, "another");
    const bool sets = behind.word == WORD_SETS || (more && next.word == WORD_SETS);

    if (!fits_count(place->value, SETS_MOST) || place->value < 2 || place->rest.length != 0 || hunch->sets != 0 ||
        !(sets || ((more || anew) && may_count_sets(hunch, place->value, behind, next))))
        return false;
    hunch->sets = (int)place->value;
    hunch->onward = true;
    *text = more ? walk_behind(*text) : *text;
    *text = sets ? walk_behind(*text) : *text;
    return true;
}

/* A number that nothing tells the kind of by itself. */
static void take_bare(struct hunch *hunch, double value, enum hint hint)
{
    hunch->other |= hunch->bares == BARE_MOST;
    if (hunch->other)
        return;
    hunch->hints[hunch->bares] = hint;
    hunch->bare[hunch->bares++] = value;
}

/* Of the word behind PLACE's number, at TEXT's front, where no comma parts them. */
static struct word_meaning meaning_behind(const struct place *place, struct span text)
{
    const char *const end = place->word.at + place->word.length;

    return text.length != 0 && *end == ' ' ? walk_meaning(text) : notation_meaning((struct span){end, 0});
}

/* A number that is a step, a load or reps by what stands at it: "+2,5", "the 16s", "x8", "90kg". False: it is bare. */
static bool take_marked(struct hunch *hunch, const struct place *place, struct word_meaning behind, struct span *text)
{
    const char sign = place->plus ? '+' : place->sign;

    if (sign == '\0' && is_held(hunch, place->rest, behind)) {
        hunch->other |= !isnan(hunch->load);
        hunch->load = place->value;
        hunch->onward = hunch->held = hunch->told = true;
    } else if (place->rest.length != 0 && !take_unit(hunch, place->value, notation_meaning(place->rest))) {
        hunch->other = true;
    } else if (sign == '+' || sign == '-') {
        take_step(hunch, place->value, sign == '-');
        *text = behind.word == WORD_UNIT ? walk_behind(*text) : *text;
    } else if (sign == 'x') {
        hunch->other |= !isnan(hunch->reps);
        hunch->reps = place->value;
    } else {
        return place->rest.length != 0;
    }
    return true;
}

/* "je 2,5 dazu": on both sides of a bar. */
static int sides_of(const struct hunch *hunch, const struct place *place)
{
    return hunch->bar > 0 && notation_meaning(place->before).word == WORD_PER ? 2 : 1;
}

void hunch_take_number(struct hunch *hunch, const struct place *place, struct span *text)
{
    const struct word_meaning behind = meaning_behind(place, *text);
    const unsigned step = behind.traits & (TRAIT_HEAVIER | TRAIT_LIGHTER);
    const enum hint hint = hint_of(hunch, place, behind);

    if (isnan(place->value))
        hunch->other = true;
    if (isnan(place->value) || (place->sign == '\0' && !place->plus && take_sides(hunch, place, text)) ||
        take_marked(hunch, place, behind, text))
        return;
    if (take_unit(hunch, place->value, behind)) {
        *text = walk_behind(*text);
    } else if (take_sets(hunch, place, text)) {
        return;
    } else if (step != 0 && (behind.traits & TRAIT_MORE) == 0 && !hint_is_load(hint)) {
        take_step(hunch, sides_of(hunch, place) * place->value, step == TRAIT_LIGHTER);
        *text = walk_behind(*text);
    } else {
        hunch->more |= hunch->bares == 0 && (behind.traits & TRAIT_MORE) != 0;
        take_bare(hunch, place->value, hint);
    }
}

bool hunch_stops(struct span word)
{
    static const char *const words[] = {"abgebrochen", "aborted", NULL};

    return walk_is(word, words);
}

bool hunch_comes_now(struct span word)
{
    static const char *const words[] = {"next", "once", NULL};

    return walk_is(word, words);
}

static bool counts_nothing_known(struct word_meaning meaning)
{
    return meaning.word == WORD_OTHER && meaning.says == 0 && meaning.traits == 0;
}

/* "8 this time", "70 next", "100 versucht": a word that counts nothing, though only people who talk use it. */
static bool counts_nothing(const struct place *place, struct span word, struct word_meaning meaning)
{
    static const char *const taken[] = {"genommen", "grabbed", "took", NULL};
    const bool fine = meaning.word == WORD_STOP && meaning.argument == STOP_FINE;

    return is_implement(meaning) || (meaning.roles & ROLE_TRIED) != 0 || (place->words == 0 && hunch_comes_now(word)) ||
           hunch_stops(word) || walk_is(word, taken) ||
           (fine && ((meaning.amends & AMEND_THIS) != 0 || (meaning.traits & TRAIT_THAN) != 0));
}

bool hunch_counts_things(const struct hunch *hunch, const struct place *place, struct span text)
{
    const struct word_meaning meaning = meaning_behind(place, text);
    const struct span after = walk_behind(text);

    if (text.length == 0 || place->word.at[place->word.length] != ' ' || ascii_is_digit(text.at[0]) ||
        is_held(hunch, place->rest, meaning) || counts_nothing(place, walk_word(text), meaning))
        return false;
    if ((meaning.traits & TRAIT_MORE) != 0) /* "2 more exercises" */
        return scan_word(after) != 0 && counts_nothing_known(walk_meaning(after));
    return meaning.word == WORD_STOP || counts_nothing_known(meaning);
}

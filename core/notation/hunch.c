/*
 * Sentences that may tell of one more set.
 */
#include "core/notation/hunch.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/lift/units.h"
#include "core/notation/fits.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

enum { WORDS_MOST = 14, BARE_MOST = 2, REPS_MOST = 50 };

struct hunch {
    const struct set *last;
    double load, reps, seconds; /* NAN */
    double bare[BARE_MOST];     /* numbers that may be any of these */
    int bares;
    bool onward; /* a word says that they went on */
    bool each;   /* "per arm" */
    bool other;  /* it is of something else, or holds what isn't known here */
};

/* Words that say so: "again", "noch", "then", "a third one", "got", "only", "went down". */
static bool goes_on(struct word_meaning meaning)
{
    static const unsigned traits = TRAIT_AGAIN | TRAIT_LEAD | TRAIT_ONLY | TRAIT_MERELY | TRAIT_THEN | TRAIT_MORE |
                                   TRAIT_HEAVIER | TRAIT_LIGHTER | TRAIT_ORDINAL;

    return (meaning.traits & traits) != 0 || (meaning.says & (SAYS_FURTHER | SAYS_DID | SAYS_MADE)) != 0;
}

/* "that was only 7" is of the set before; "got 7" may be of one more. */
static bool may_correct(struct span word, struct word_meaning meaning)
{
    return ((meaning.traits & TRAIT_MEANT) != 0 && !span_is(word, "got")) ||
           (meaning.amends & (AMEND_BACK | AMEND_CHANGE | AMEND_MISTAKE)) != 0 || (meaning.says & SAYS_INSTEAD) != 0;
}

/* Words of corrections, of how hard it was, of other sets than one, and of other times and people. */
static bool is_other(struct span word, struct word_meaning meaning)
{
    switch ((enum word)meaning.word) {
    case WORD_RIR:
    case WORD_RPE:
    case WORD_TANK:
    case WORD_FAIL:
    case WORD_FAILURE:
    case WORD_SIDE:
    case WORD_MINUTES:
    case WORD_LAST:
        return true;
    case WORD_SETS:
        return (meaning.roles & ROLE_NOUN) == 0; /* "2nd set 14" */
    default:
        return notation_tells(word, meaning) != 0 || (meaning.traits & (TRAIT_WOULD | TRAIT_PLACE)) != 0 ||
               may_correct(word, meaning) || (meaning.says & (SAYS_LEFT | SAYS_WENT | SAYS_ROOM | SAYS_OTHERS)) != 0;
    }
}

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

/* Takes WORD, which has MEANING, off TEXT: the number that it is, as number_of(). */
static double take_word(struct span *text, struct span *word, struct word_meaning *meaning, char *sign,
                        struct span *rest)
{
    *word = walk_word(*text);
    *meaning = notation_meaning(*word);
    *text = walk_behind(*text);
    return number_of(*word, *meaning, sign, rest);
}

/* What a number is by the MEANING of the unit behind it: whether that tells. */
static bool take_unit(struct hunch *hunch, double value, struct word_meaning meaning)
{
    double *const what = meaning.word == WORD_UNIT      ? &hunch->load
                         : meaning.word == WORD_REPS    ? &hunch->reps
                         : meaning.word == WORD_SECONDS ? &hunch->seconds
                                                        : NULL;

    if (what == NULL)
        return false;
    hunch->other |= !isnan(*what) || (what == &hunch->load && meaning.argument != (uint8_t)hunch->last->unit);
    *what = value;
    return true;
}

/* "+2,5", "20 drauf": from the last load on. */
static void take_step(struct hunch *hunch, double value, bool down)
{
    hunch->other |= !isnan(hunch->load) || isnan(hunch->last->load_kg);
    hunch->load = hunch->last->load_kg / unit_to_kg(1, hunch->last->unit) + (down ? -value : value);
    hunch->onward = true;
}

/* VALUE with its SIGN, and REST beside its digits; MEANING: of the word behind it. Whether that is of the number. */
static bool take_number(struct hunch *hunch, double value, char sign, struct span rest, struct word_meaning meaning)
{
    const unsigned step = meaning.traits & (TRAIT_HEAVIER | TRAIT_LIGHTER);

    if (isnan(value) || (rest.length != 0 && !take_unit(hunch, value, notation_meaning(rest)))) {
        hunch->other = true;
    } else if (sign == '+' || sign == '-') {
        take_step(hunch, value, sign == '-');
        return meaning.word == WORD_UNIT;
    } else if (sign == 'x') {
        hunch->other |= !isnan(hunch->reps);
        hunch->reps = value;
    } else if (rest.length == 0 && take_unit(hunch, value, meaning)) {
        return true;
    } else if (rest.length == 0 && step != 0 && (meaning.traits & TRAIT_MORE) == 0) {
        take_step(hunch, value, step == TRAIT_LIGHTER);
        return true;
    } else if (rest.length == 0) {
        hunch->other |= hunch->bares == BARE_MOST;
        hunch->bare[hunch->bares == BARE_MOST ? 0 : hunch->bares++] = value;
    }
    return false;
}

/* "7 people", "7 kids": a word that isn't known here, right behind a number, is what that counts. */
static bool counts_things(struct span word, struct span behind)
{
    const struct word_meaning meaning = walk_meaning(behind);
    const char after = behind.length != 0 ? word.at[word.length] : '\0';

    return after == ' ' && !ascii_is_digit(behind.at[0]) &&
           (meaning.word == WORD_STOP || (meaning.word == WORD_OTHER && meaning.says == 0 && meaning.traits == 0));
}

static void walk(struct hunch *hunch, struct span text)
{
    bool in = false;   /* "in 5": a time */
    bool plus = false; /* "plus 10" */

    for (int words = 0; text.length != 0 && !hunch->other; words++) {
        struct span word, rest;
        struct word_meaning meaning;
        char sign;
        const double value = take_word(&text, &word, &meaning, &sign, &rest);

        if (value != 0 && (notation_meaning(rest).traits & TRAIT_ORDINAL) != 0) {
            hunch->onward = true; /* "2nd set" */
            continue;
        }
        hunch->other |=
            words == WORDS_MOST || is_other(word, meaning) || (value != 0 && (in || counts_things(word, text)));
        hunch->onward |= goes_on(meaning);
        hunch->each |= meaning.word == WORD_EACH || meaning.word == WORD_LIMB;
        if (value != 0 && take_number(hunch, value, plus ? '+' : sign, rest, walk_meaning(text)))
            text = walk_behind(text);
        in = meaning.word == WORD_IN;
        plus = (meaning.traits & TRAIT_PLUS) != 0;
    }
}

static bool is_reps(const struct hunch *hunch, double value)
{
    return fits_count(value, REPS_MOST) && hunch->last->reps != REPS_UNKNOWN && value <= 2 * hunch->last->reps + 2;
}

/* A load and reps, whichever is which. */
static bool settle_two(struct hunch *hunch)
{
    const double first = hunch->bare[0], second = hunch->bare[1];
    const bool forth = fits_load(hunch->last, first) && is_reps(hunch, second);
    const bool back = fits_load(hunch->last, second) && is_reps(hunch, first);

    hunch->load = forth ? first : second;
    hunch->reps = forth ? second : first;
    return forth != back;
}

static bool settle_one(struct hunch *hunch)
{
    const double value = hunch->bare[0];

    if (!isnan(hunch->reps)) {
        hunch->load = value;
        return isnan(hunch->seconds);
    }
    if (fits_seconds(hunch->last, value) && isnan(hunch->seconds)) {
        hunch->seconds = value;
        return true;
    }
    hunch->reps = value;
    return isnan(hunch->seconds) && (!isnan(hunch->load) ? is_reps(hunch, value) : fits_reps(hunch->last, value));
}

/* What its numbers that may be any are. */
static bool settle(struct hunch *hunch)
{
    const bool told = !isnan(hunch->load) || !isnan(hunch->reps) || !isnan(hunch->seconds);

    if (hunch->bares == BARE_MOST)
        return !told && settle_two(hunch);
    return hunch->bares == 0 || settle_one(hunch);
}

static bool fits(const struct hunch *hunch)
{
    if (!isnan(hunch->seconds))
        return isnan(hunch->reps) && isnan(hunch->load) && fits_seconds(hunch->last, hunch->seconds);
    return !isnan(hunch->reps) && is_reps(hunch, hunch->reps) &&
           (isnan(hunch->load) || fits_load(hunch->last, hunch->load));
}

bool hunch_read(struct span folded, const struct set *last, struct buf *out)
{
    struct hunch hunch = {.last = last, .load = NAN, .reps = NAN, .seconds = NAN};

    hunch.other = memchr(folded.at, '?', folded.length) != NULL || last->segment_count != 0;
    walk(&hunch, folded);
    if (hunch.other || !hunch.onward || !settle(&hunch) || !fits(&hunch))
        return false;
    if (!isnan(hunch.seconds))
        return buf_addf(out, "%gs", hunch.seconds) == 0;
    if (!isnan(hunch.load))
        buf_addf(out, "%g%s ", hunch.load, unit_name(last->unit));
    return buf_addf(out, "x%g%s", hunch.reps, hunch.each ? " each" : "") == 0;
}

/* Words beside a load that say no more than that it comes now; "i'm 82 kg" is of whoever writes. */
static bool leads(struct span word, struct word_meaning meaning)
{
    if ((meaning.roles & ROLE_SELF) != 0)
        return false;
    return (meaning.says & (SAYS_NOW | SAYS_ONTO)) != 0 || (meaning.traits & (TRAIT_THEN | TRAIT_CHATTER)) != 0 ||
           span_is(word, "ok") || span_is(word, "okay");
}

bool hunch_load(struct span folded, const struct set *last, double *load)
{
    struct hunch hunch = {.last = last, .load = NAN, .reps = NAN, .seconds = NAN};

    while (folded.length != 0 && !hunch.other) {
        struct span word, rest;
        struct word_meaning meaning;
        char sign;
        const double value = take_word(&folded, &word, &meaning, &sign, &rest);

        hunch.other = value == 0 ? !leads(word, meaning) : sign != '\0';
        if (value != 0 && take_number(&hunch, value, sign, rest, walk_meaning(folded)))
            folded = walk_behind(folded);
    }
    *load = hunch.bares == 1 ? hunch.bare[0] : hunch.load;
    return !hunch.other && hunch.bares + !isnan(hunch.load) == 1 && isnan(hunch.reps) && isnan(hunch.seconds) &&
           fits_load(last, *load) && (hunch.bares == 0 || !fits_count(*load, REPS_MOST));
}

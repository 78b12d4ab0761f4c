/*
 * Sentences that may put a set right.
 */
#include "core/notation/qualm.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/lift/units.h"
#include "core/notation/fits.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"
#include "core/notation/spare.h"
#include "core/notation/walk.h"

enum { WORDS_MOST = 18, UNKNOWN_MOST = 2 };

/* ---------------------------------------------------------------- what was said */

/* Where a sentence stands while it is walked along. */
struct walk {
    struct qualm *qualm;
    struct span text;
    bool cue;    /* a word says that something was otherwise */
    bool change; /* "can you change that to 85?" */
    bool asks;
    bool other;  /* it is of something else, or holds what isn't known here */
    bool denies; /* the next number isn't so: "not 8" */
    bool newest; /* "the last one" */
    bool mine;   /* "my": right before */
    bool felt;   /* "85 was heavy" tells of how it was */
    bool doubt;  /* "wollte", "should have": it may not have been */
    bool at;     /* "at 7" is a time, but for a set that is named */
};

/* "not 8", "statt 80", "from 80": the next number is what it wasn't. */
static bool denies_next(struct span word, struct word_meaning meaning)
{
    static const char *const words[] = {"not", "nicht", "than", "von", "from", "aus", NULL};

    return (meaning.says & SAYS_INSTEAD) != 0 || walk_is(word, words);
}

/* "8 no 7", "8 -> 7": the number before is what it wasn't. */
static bool denies_last(struct span word, struct word_meaning meaning)
{
    static const char *const arrows[] = {"->", ">", "=>", "-->", NULL};

    return meaning.word == WORD_NOT ? !denies_next(word, meaning) : walk_is(word, arrows);
}

/* Whether a word that MEANING is of is none that corrections are made of, nor stands beside them. */
static bool is_unknown(struct span word, struct word_meaning meaning)
{
    if (meaning.word == WORD_STOP)
        return meaning.argument == STOP_DOUBT;
    return meaning.word == WORD_COMMAND || (meaning.word == WORD_OTHER && meaning.says == 0 && meaning.traits == 0 &&
                                            meaning.amends == 0 && notation_ordinal_word(word) == 0);
}

/* "can you change that?" isn't of whom it asks. */
static bool is_other(struct span word, struct word_meaning meaning)
{
    static const char *const one[] = {"set", "satz", NULL};

    return meaning.word == WORD_MINUTES || (meaning.word == WORD_SETS && !walk_is(word, one)) ||
           ((meaning.says & SAYS_OTHERS) != 0 && (meaning.amends & AMEND_BESIDE) == 0) ||
           (notation_tells(word, meaning) & TELLS_TIME) != 0;
}

static void take_meaning(struct walk *walk, struct span word, struct word_meaning meaning)
{
    struct qualm *qualm = walk->qualm;

    walk->cue |= (meaning.amends & (AMEND_CUE | AMEND_LOADED)) != 0 ||
                 ((meaning.traits & TRAIT_MEANT) != 0 && !span_is(word, "got")); /* "got 7" may be one more */
    walk->change |= (meaning.amends & AMEND_CHANGE) != 0;
    walk->at = meaning.word == WORD_AT || span_is(word, "um");
    walk->newest |= meaning.word == WORD_LAST && meaning.argument != LAST_FIRST;
    walk->other |= meaning.word == WORD_LAST && (walk_meaning(walk_behind(walk->text)).traits & TRAIT_SESSION) != 0;
    walk->other |= is_other(word, meaning) || (walk->mine && is_unknown(word, meaning));
    walk->mine = (meaning.traits & TRAIT_MINE) != 0; /* "my watch says 9" */
    walk->felt |= (meaning.says & SAYS_FELT) != 0;
    walk->doubt |= meaning.word == WORD_STOP && meaning.argument == STOP_DOUBT && meaning.amends == 0;
    qualm->sure |= (meaning.amends & (AMEND_MISTAKE | AMEND_CHANGE)) != 0;
    qualm->unknown += is_unknown(word, meaning);
    if (denies_last(word, meaning) && qualm->count != 0)
        qualm->values[qualm->count - 1].denied = qualm->sure = true;
    else if (denies_next(word, meaning))
        walk->denies = true;
}

static void add(struct walk *walk, struct qualm_value value)
{
    struct qualm *qualm = walk->qualm;

    value.denied = walk->denies;
    if (qualm->count == QUALM_VALUES)
        walk->other = true;
    else
        qualm->values[qualm->count++] = value;
}

/* What the word behind a number says that it is: takes it off the text. */
static void take_unit(struct walk *walk, struct qualm_value *value)
{
    struct word_meaning meaning;
    const struct span word = notation_word(walk->text, &meaning);

    if (meaning.word == WORD_UNIT) {
        value->kind = QUALM_LOAD;
        value->unit = meaning.argument;
    } else if (meaning.word == WORD_REPS) {
        value->kind = QUALM_REPS;
    } else if (meaning.word == WORD_SECONDS) {
        value->kind = QUALM_SECONDS;
    } else {
        return;
    }
    walk->text = span_past(walk->text, word.length);
}

/* "7 people": a word that isn't known here, right behind a number, is what that counts. */
static bool counts_things(const struct walk *walk, const char *end)
{
    const struct span word = walk_word(walk->text);
    const struct word_meaning meaning = notation_meaning(word);

    if (word.length == 0 || end[0] != ' ' || !ascii_is_alnum(word.at[0]) || ascii_is_digit(word.at[0]))
        return false;
    return meaning.word == WORD_STOP ? meaning.argument == STOP_TALK
                                     : meaning.word == WORD_PLATES || is_unknown(word, meaning);
}

/* "35x9": behind the load and the sign of it. */
static void take_times(struct walk *walk, struct qualm_value *load)
{
    struct qualm_value reps = {.kind = QUALM_REPS, .unit = -1};

    if (walk->text.length < 2 || walk->text.at[0] != 'x' || !ascii_is_digit(walk->text.at[1]))
        return;
    walk->text = span_past(walk->text, 1);
    load->kind = load->kind == QUALM_BARE ? QUALM_LOAD : load->kind;
    if (scan_take_number(&walk->text, &reps.number))
        add(walk, reps);
}

/* Whether TEXT, behind a number, goes on with the word that it is the end of, as "4th" does. */
static bool is_ordinal_end(struct span text)
{
    struct word_meaning meaning;

    return text.length != 0 && notation_word(text, &meaning).length != 0 && (meaning.traits & TRAIT_ORDINAL) != 0;
}

/* "7 people", "had 50kg plates", "i can make 3 more": VALUE, which ends at END, is of no set that is booked. */
static bool is_of_others(const struct walk *walk, const struct qualm_value *value, const char *end)
{
    const struct word_meaning behind = walk_meaning(walk->text);

    if (behind.word == WORD_PLATES || (behind.traits & TRAIT_MORE) != 0)
        return true;
    return value->kind == QUALM_BARE && walk->qualm->aim.set == 0 && (walk->at || counts_things(walk, end));
}

/* Takes the number in front, and what it is of. False: there is none. */
static bool take_number(struct walk *walk)
{
    struct qualm_value value = {.kind = QUALM_BARE, .unit = -1};
    struct word_meaning meaning;
    struct span word = notation_word(walk->text, &meaning), rest = walk->text;
    const char *end;

    if (rest.at[0] == 'x' && rest.length > 1 && ascii_is_digit(rest.at[1])) {
        value.kind = QUALM_REPS;
        rest = span_past(rest, 1);
    }
    if (ascii_is_digit(rest.at[0])) {
        if (!scan_take_number(&rest, &value.number))
            return walk->other = true;
    } else {
        value.number = meaning.word == WORD_A || meaning.word == WORD_NOTE ? 0 : notation_number_of(word, meaning);
        rest = span_past(rest, word.length);
    }
    if (value.number <= 1)
        return false;
    end = rest.at - (rest.at[-1] == ' ');
    walk->text = rest;
    if (is_ordinal_end(rest) && end == rest.at) {
        walk->text = walk_behind(rest);
        return true; /* "there was no 8th rep" */
    }
    if (value.kind == QUALM_BARE)
        take_unit(walk, &value);
    walk->other |= is_of_others(walk, &value, end);
    add(walk, value);
    take_times(walk, &walk->qualm->values[walk->qualm->count - 1]);
    return true;
}

static bool take_effort(struct walk *walk)
{
    struct qualm *qualm = walk->qualm;
    const size_t length = piece_effort(walk->text);

    if (length == 0)
        return false;
    if (qualm->effort.length == 0 && !walk->denies)
        qualm->effort = span_without((struct span){walk->text.at, length}, 0, ASCII_BIT(' '));
    else
        walk->other |= !walk->denies;
    walk->text = span_past(walk->text, length);
    return true;
}

/* "s/8/7" */
static bool take_exchange(struct walk *walk)
{
    struct qualm_value was = {.unit = -1}, is = {.unit = -1};
    struct span rest = walk->text;

    if (!span_starts(rest, "s/"))
        return false;
    rest = span_past(rest, 2);
    if (!scan_take_number(&rest, &was.number) || rest.length < 2 || rest.at[0] != '/')
        return false;
    rest = span_past(rest, 1);
    if (!scan_take_number(&rest, &is.number))
        return false;
    walk->text = rest;
    add(walk, was);
    walk->qualm->values[0].denied = walk->qualm->sure = true;
    add(walk, is);
    return true;
}

/* "set 2", "der satz davor"; "on second thought" names none. */
static bool take_set(struct walk *walk)
{
    static const char *const thoughts[] = {"thought", "thoughts", "blick", NULL};
    struct span rest = walk->text;

    if (ascii_is_digit(rest.at[0]) && walk_meaning(walk_behind(rest)).word != WORD_SETS)
        return false; /* "reps were 6. weight ok" */
    if (walk->qualm->aim.set != 0 || walk->qualm->count != 0 || walk->newest ||
        walk_is(walk_word(walk_behind(rest)), thoughts) || !aim_take_set(&rest, &walk->qualm->aim))
        return false;
    if (walk_meaning(rest).word == WORD_REPS) { /* "the 8th rep" */
        walk->qualm->aim.set = 0;
        return false;
    }
    walk->text = rest;
    return true;
}

static void skip_signs(struct walk *walk)
{
    while (walk->text.length != 0 && strchr(" ,.;:!()*^/\"", walk->text.at[0]) != NULL) {
        walk->qualm->sure |= walk->text.at[0] == '*' || walk->text.at[0] == '^';
        walk->text = span_past(walk->text, 1);
    }
}

static void take_one(struct walk *walk)
{
    struct span word;

    if (take_exchange(walk) || take_set(walk) || take_effort(walk) || take_number(walk))
        return;
    word = walk_word(walk->text);
    take_meaning(walk, word, notation_meaning(word));
    walk->text = walk_behind(walk->text);
}

/* Whether what was walked along puts a set right: what isn't SURE needs a word that says so, and none that it may not
 * have been. */
static bool puts_right(const struct walk *walk)
{
    const struct qualm *qualm = walk->qualm;

    if (walk->other || (walk->asks && !walk->change) || (qualm->count == 0 && qualm->effort.length == 0))
        return false;
    if (qualm->sure)
        return true;
    return qualm->unknown <= UNKNOWN_MOST &&
           (qualm->aim.set != 0 || qualm->count == 0 || (walk->cue && !walk->felt && !walk->doubt));
}

static bool read_change(struct span folded, struct qualm *qualm)
{
    struct walk walk = {.qualm = qualm, .text = folded};
    int words = 0;

    *qualm = (struct qualm){.effort = {folded.at, 0}, .rir = NAN};
    walk.asks = memchr(folded.at, '?', folded.length) != NULL;
    walk.other = walk_to_come(folded);
    for (skip_signs(&walk); walk.text.length != 0 && !walk.other; skip_signs(&walk)) {
        const int before = qualm->count;

        take_one(&walk);
        if (qualm->count != before)
            walk.denies = false;
        walk.other |= ++words > WORDS_MOST;
    }
    return puts_right(&walk);
}

bool qualm_read(struct span folded, struct qualm *qualm)
{
    if (read_change(folded, qualm))
        return true;
    *qualm = (struct qualm){.effort = {folded.at, 0}};
    return spare_guess(folded, &qualm->rir);
}

/* ---------------------------------------------------------------- what it is, by the set */

/* What a set becomes. */
struct change {
    double load, reps, seconds; /* NAN */
    bool known;                 /* a number is the set's own */
    bool of_load, of_reps;      /* what was denied */
};

/* Whether VALUE is what SET has already: CHANGE then knows what is denied. */
static bool is_known(struct change *change, const struct set *set, const struct qualm_value *value)
{
    const double load = set->load_kg > 0 ? unit_from_kg(set->load_kg, set->unit) : NAN;
    const bool is_load = value->kind <= QUALM_LOAD && fabs(value->number - load) < 0.01;
    const bool is_reps = (value->kind == QUALM_BARE || value->kind == QUALM_REPS) && value->number == set->reps;
    const bool is_held = (value->kind == QUALM_BARE || value->kind == QUALM_SECONDS) && value->number == set->seconds;

    change->known |= is_load || is_reps || is_held;
    change->of_load |= is_load && value->denied;
    change->of_reps |= is_reps && value->denied;
    return is_load || is_reps || is_held;
}

/* "the plates were 5s, not 10s": nothing is held. */
static bool is_beside(const struct set *set, const struct qualm_value *value)
{
    return value->kind == QUALM_SECONDS && isnan(set->seconds);
}

/* Sets *WHAT, unless it was said already. */
static bool put(double *what, double value)
{
    const bool first = isnan(*what);

    *what = value;
    return first;
}

/* A number of which nobody says what it is of: a load, reps or seconds, whichever alone it may be, or of something
 * else: "the bar is only 15 here". */
static bool take_bare(struct change *change, const struct set *set, double value)
{
    const bool load = fits_load(set, value) && !change->of_reps;
    const bool reps = fits_reps(set, value) && !change->of_load;
    const bool held = fits_seconds(set, value);

    if (load + reps + held > 1)
        return false;
    return !(load || reps || held) || put(load ? &change->load : reps ? &change->reps : &change->seconds, value);
}

/* False: VALUE can't be of SET, or says again what was said. */
static bool take_value(struct change *change, const struct set *set, const struct qualm_value *value)
{
    switch (value->kind) {
    case QUALM_LOAD:
        return fits_load(set, value->number) && (value->unit < 0 || value->unit == (int)set->unit) &&
               put(&change->load, value->number);
    case QUALM_REPS:
        return set->reps != REPS_UNKNOWN && isnan(set->seconds) && fits_count(value->number, 2 * set->reps + 2) &&
               put(&change->reps, value->number);
    case QUALM_SECONDS:
        return is_beside(set, value) || (fits_seconds(set, value->number) && put(&change->seconds, value->number));
    default:
        return take_bare(change, set, value->number);
    }
}

/* Whether all of QUALM's values go together. */
static bool take_values(struct change *change, const struct set *set, const struct qualm *qualm)
{
    bool open[QUALM_VALUES];

    for (int i = 0; i < qualm->count; i++) {
        open[i] = !is_known(change, set, &qualm->values[i]);
        if (open[i] && qualm->values[i].denied && qualm->effort.length == 0 && !is_beside(set, &qualm->values[i]))
            return false;
    }
    for (int i = 0; i < qualm->count; i++)
        if (open[i] && !qualm->values[i].denied && !take_value(change, set, &qualm->values[i]))
            return false;
    return true;
}

/* What stands between what OUT holds and what follows. */
static const char *parted(const struct buf *out)
{
    return out->length != 0 ? " " : "";
}

bool qualm_settle(const struct qualm *qualm, const struct set *set, struct buf *out)
{
    struct change change = {.load = NAN, .reps = NAN, .seconds = NAN};

    buf_clear(out);
    if (set->segment_count != 0 || !take_values(&change, set, qualm))
        return false;
    if (!isnan(change.load))
        buf_addf(out, "%g %s", change.load, unit_name(set->unit));
    if (!isnan(change.reps))
        buf_addf(out, "%sx%g", parted(out), change.reps);
    if (!isnan(change.seconds))
        buf_addf(out, "%s%gs", parted(out), change.seconds);
    if (qualm->effort.length != 0)
        buf_addf(out, "%s%.*s", parted(out), (int)qualm->effort.length, qualm->effort.at);
    else if (!isnan(qualm->rir))
        buf_addf(out, "rir %g", qualm->rir);
    return out->length != 0;
}

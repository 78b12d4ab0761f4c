/*
 * Sentences that may tell of one more set.
 */
#include "core/notation/hunch.h"

#include <math.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/lift/units.h"
#include "core/notation/fits.h"
#include "core/notation/hunch_number.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/told.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"
#include "core/text/fold.h"

#define LIGHT 0.8 /* of the last load: then there may be many more reps */

enum { TEXT_MAX = 200, FOLDED_MAX = 4 * TEXT_MAX, WORDS_MOST = 18, REPS_MOST = 50, ADDED_MOST = 100 };

/* Words that say so: "again", "noch", "then", "a third one", "got", "only", "went down", "now". */
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

/* "8 this time" is now. */
static bool is_of_now(const struct place *place)
{
    static const char *const these[] = {"this", "dieses", NULL};

    return walk_is(place->before, these) && (place->meaning.traits & TRAIT_SESSION) != 0;
}

/* "105 second try, up" */
static bool is_attempt(const struct place *place)
{
    const struct word_meaning before = notation_meaning(place->before);

    return (place->meaning.roles & ROLE_TRIED) != 0 && (before.traits & TRAIT_LEAD) != 0;
}

/* "nochmal ohne, 9": without what hung on the body. */
static bool takes_off(const struct hunch *hunch, const struct place *place)
{
    const struct word_meaning behind = walk_meaning(walk_behind(place->text));
    const char *const end = place->word.at + place->word.length;

    return hunch->last->load_mode == LOAD_ADDED && place->meaning.word == WORD_NOT &&
           (*end == ',' || behind.word == WORD_WEIGHT || behind.word == WORD_WEIGHTED);
}

/* "70 was easy, 5": of the load in front. */
static bool is_verdict(const struct hunch *hunch, const struct place *place)
{
    return place->words == 1 && hunch->bares + !isnan(hunch->load) == 1 && (place->meaning.roles & ROLE_WAS) != 0;
}

/* "70 next, 8", "next set 32.5s, 8" */
static bool comes_now(const struct place *place)
{
    const struct word_meaning behind = walk_meaning(walk_behind(place->text));

    return hunch_comes_now(place->word) && (place->words == 1 || (place->words == 0 && behind.word == WORD_SETS));
}

/* Words that are no other thing here, whatever else they may be. */
static bool is_of_this(const struct hunch *hunch, const struct place *place)
{
    const struct word_meaning meaning = place->meaning;

    return (meaning.says & SAYS_WENT) != 0 || (meaning.traits & TRAIT_AGAIN) != 0 || (meaning.says & SAYS_THAT) != 0 ||
           comes_now(place) || is_of_now(place) || is_verdict(hunch, place) || is_attempt(place) ||
           takes_off(hunch, place);
}

/* Words of how hard it was, of other sets than one, and such as only people who talk use. */
static bool is_class_of_others(const struct place *place)
{
    switch ((enum word)place->meaning.word) {
    case WORD_RIR:
    case WORD_RPE:
    case WORD_TANK:
    case WORD_FAIL:
    case WORD_FAILURE:
    case WORD_SIDE:
    case WORD_MINUTES:
        return true;
    case WORD_SETS:
        return (place->meaning.roles & ROLE_NOUN) == 0; /* "2nd set 14" */
    case WORD_STOP:
        return place->meaning.argument == STOP_TALK && !span_is(place->word, "as");
    default:
        return false;
    }
}

/* These, and words of corrections, of other times and people. */
static bool is_other(const struct hunch *hunch, const struct place *place)
{
    const struct word_meaning meaning = place->meaning;

    if (is_of_this(hunch, place))
        return false;
    return is_class_of_others(place) || (meaning.roles & ROLE_SCALE) != 0 ||
           notation_tells(place->word, meaning) != 0 || (meaning.traits & (TRAIT_WOULD | TRAIT_PLACE)) != 0 ||
           may_correct(place->word, meaning) || (meaning.says & (SAYS_LEFT | SAYS_ROOM | SAYS_OTHERS)) != 0;
}

static bool has_number(const struct hunch *hunch)
{
    return hunch->bares != 0 || !isnan(hunch->load) || !isnan(hunch->reps) || !isnan(hunch->seconds);
}

/* "and nothing left", "aber hart": TEXT behind the word that joins. */
static struct span behind_joint(struct span text)
{
    for (struct word_meaning word = walk_meaning(text);
         text.length != 0 &&
         ((word.says & SAYS_JOINS) != 0 || (word.traits & TRAIT_THEN) != 0 || (word.roles & ROLE_BUT) != 0);
         word = walk_meaning(text))
        text = walk_behind(text);
    return text;
}

/* PLACE's word begins what was missed, or how it was done, with no comma before: "8 stuck at the knee", "7 no straps".
 */
static bool begins_tail(const struct place *place)
{
    const struct word_meaning next = walk_meaning(walk_behind(place->text));
    int rep;

    if (place->meaning.word == WORD_FAIL || (place->meaning.roles & ROLE_STUCK) != 0 || hunch_stops(place->word))
        return true;
    if (place->meaning.word != WORD_NOT && place->meaning.word != WORD_WITH)
        return false;
    return (next.says & SAYS_MANNER) != 0 || (place->meaning.word == WORD_NOT && told_missed(place->text, &rep));
}

/* What PLACE begins tells how the set was: takes it. */
static bool take_tail(struct hunch *hunch, const struct place *place)
{
    const struct span text = place->text, behind = behind_joint(text);
    const char *const end = place->before.at + place->before.length;
    const bool ended = place->before.length != 0 && strchr(",;.!:", *end) != NULL;

    if (!has_number(hunch) || behind.length == 0)
        return false;
    if ((!ended && behind.at == text.at && !begins_tail(place)) || !told_may_be(behind))
        return false;
    hunch->tail = told_ends(behind) ? hunch->tail : behind;
    /* "6 and then hung there", "7 without straps" */
    hunch->onward |= place->words == 1 && !ended;
    return true;
}

/* "with 85 i only get 6", "go up to 85": of no set by itself. */
static bool is_habit(struct span word)
{
    static const char *const words[] = {"get", "gets", "go", "going", "geht", "krieg", "kriege", NULL};

    return walk_is(word, words);
}

static bool is_known(struct word_meaning meaning)
{
    return meaning.word != WORD_OTHER || meaning.amends != 0 || meaning.says != 0 || meaning.traits != 0 ||
           meaning.roles != 0 || meaning.argument != 0;
}

/* What a word that is no number says. */
static void note_word(struct hunch *hunch, const struct place *place)
{
    const struct word_meaning meaning = place->meaning;
    const bool tried = (meaning.roles & ROLE_TRIED) != 0 && !is_attempt(place);

    hunch->tried |= tried;
    hunch->vague |=
        (place->value == 0 && !is_known(meaning)) || is_habit(place->word) || (meaning.says & SAYS_WENT) != 0;
    hunch->again |= (meaning.traits & TRAIT_AGAIN) != 0;
    hunch->then |= (meaning.traits & TRAIT_THEN) != 0;
    hunch->other |= !tried && is_other(hunch, place);
    hunch->onward |= goes_on(meaning) || (meaning.says & SAYS_NOW) != 0;
    hunch->each |= meaning.word == WORD_EACH || meaning.word == WORD_LIMB;
    hunch->final |= meaning.word == WORD_LAST;
    hunch->amrap |= meaning.word == WORD_AMRAP;
    hunch->those |= (meaning.says & SAYS_THAT) != 0;
    hunch->step |= hunch_adds(meaning);
    hunch->hole |= (meaning.roles & ROLE_HOLE) != 0;
    hunch->moved |= (meaning.traits & (TRAIT_MORE | TRAIT_HEAVIER | TRAIT_LIGHTER | TRAIT_MOVED)) != 0;
    hunch->went |= (meaning.says & SAYS_WENT) != 0;
    hunch->still |= span_is(place->word, "noch");
    hunch->body |= meaning.word == WORD_BODYWEIGHT || takes_off(hunch, place);
    hunch->hung |= meaning.word == WORD_WEIGHT || (meaning.says & SAYS_MANNER) != 0;
}

static void walk(struct hunch *hunch, struct span text)
{
    struct place place = {.before = {text.at, 0}};

    for (; text.length != 0 && !hunch->other; place.words++) {
        hunch_take_word(&text, &place);
        if (take_tail(hunch, &place))
            return;
        if (place.value != 0 && (notation_meaning(place.rest).traits & TRAIT_ORDINAL) != 0) {
            hunch->onward = true; /* "2nd set" */
        } else {
            hunch->other |= place.words == WORDS_MOST ||
                            (place.value != 0 && (place.in || hunch_counts_things(hunch, &place, text)));
            note_word(hunch, &place);
            if (place.value != 0)
                hunch_take_number(hunch, &place, &text);
        }
        place.in = place.meaning.word == WORD_IN;
        place.plus = (place.meaning.traits & TRAIT_PLUS) != 0;
        place.before = place.word;
    }
}

/* Reps with LOAD, NAN where it stays: with far less there may be many more. */
static bool is_reps_with(const struct hunch *hunch, double value, double load)
{
    return fits_count(value, REPS_MOST) && hunch->last->reps != REPS_UNKNOWN &&
           (hunch->amrap || value <= 2 * hunch->last->reps + 2 || load < LIGHT * hunch_load_of(hunch->last));
}

static bool is_reps(const struct hunch *hunch, double value)
{
    return is_reps_with(hunch, value, hunch->load);
}

/* "with ten kilos in the vest" behind pull-ups. */
static bool is_added(const struct hunch *hunch, double value)
{
    if (hunch->last->load_mode == LOAD_ASSISTED)
        return value > 0 && value <= hunch_load_of(hunch->last);
    return hunch->last->load_mode != LOAD_EXTERNAL && value > 0 && value <= ADDED_MOST;
}

static bool is_load(const struct hunch *hunch, double value)
{
    return fits_load(hunch->last, value) || is_added(hunch, value);
}

/* "10 more, 6": a step and reps. */
static bool settle_step(struct hunch *hunch)
{
    hunch->load = hunch_load_of(hunch->last) + hunch->bare[0];
    hunch->reps = hunch->bare[1];
    return hunch->more && fits_load(hunch->last, hunch->load) && is_reps(hunch, hunch->reps);
}

/* A load and reps, whichever is which; where both ways are possible, as the words around them say. */
static bool settle_two(struct hunch *hunch)
{
    const double first = hunch->bare[0], second = hunch->bare[1];
    const bool forth = is_load(hunch, first) && is_reps_with(hunch, second, first),
               back = is_load(hunch, second) && is_reps_with(hunch, first, NAN);
    const bool told_back = hint_is_load(hunch->hints[1]) || hunch->hints[0] == HINT_REPS,
               told_forth = hint_is_load(hunch->hints[0]) || hunch->hints[1] == HINT_REPS;
    const bool turned = forth && back ? told_back : back;

    if (!forth && !back)
        return settle_step(hunch);
    hunch->load = turned ? second : first;
    hunch->reps = turned ? first : second;
    hunch->told = hint_is_load(hunch->hints[turned]) || hunch->load == hunch_load_of(hunch->last);
    return !(forth && back && told_forth == told_back);
}

/* The one bare number is a load: "noch zwei mit 160", "36, 30 seconds". "noch zwei mit 15" behind 15 reps are those. */
static bool may_be_load(const struct hunch *hunch, double value)
{
    if (!isnan(hunch->seconds))
        return true;
    return hunch->sets != 0 && hint_is_load(hunch->hints[0]) && !fits_reps(hunch->last, value);
}

/* "105 second try, up": singles are tried. */
static bool settle_single(struct hunch *hunch)
{
    if (hunch->last->reps != 1 || !isnan(hunch->reps) || !isnan(hunch->seconds) || hunch->sets != 0 ||
        hunch->bares + !isnan(hunch->load) != 1 || !hunch->onward)
        return false;
    hunch->load = hunch->bares == 1 ? hunch->bare[0] : hunch->load;
    hunch->reps = 1;
    return fits_load(hunch->last, hunch->load);
}

static bool settle_one(struct hunch *hunch)
{
    const double value = hunch->bare[0];

    if (!isnan(hunch->reps)) {
        hunch->load = value;
        return isnan(hunch->seconds);
    }
    if (isnan(hunch->seconds) && isnan(hunch->load) && fits_seconds(hunch->last, value)) {
        hunch->seconds = value;
        return true;
    }
    if (isnan(hunch->load) && is_load(hunch, value) && may_be_load(hunch, value)) {
        hunch->load = value;
        return true;
    }
    hunch->reps = value;
    return isnan(hunch->seconds) && hunch->hints[0] != HINT_GOAL &&
           (!isnan(hunch->load) || hunch->last->load_mode != LOAD_EXTERNAL ? is_reps(hunch, value)
                                                                           : fits_reps(hunch->last, value));
}

/* "tried 170, stuck at the knee", "85, failed the second": a load, and that it wasn't lifted. */
static bool settle_missed(struct hunch *hunch)
{
    int rep;

    if (!isnan(hunch->reps) || !isnan(hunch->seconds) || hunch->bares + !isnan(hunch->load) != 1 ||
        !told_missed(hunch->tail, &rep))
        return false;
    hunch->load = hunch->bares == 1 ? hunch->bare[0] : hunch->load;
    hunch->reps = rep > 1 ? rep - 1 : 0;
    hunch->onward = true;
    return fits_load(hunch->last, hunch->load) && !fits_reps(hunch->last, hunch->load) &&
           hunch->reps <= hunch->last->reps;
}

/* What its numbers that may be any are. */
static bool settle(struct hunch *hunch)
{
    const bool told = !isnan(hunch->load) || !isnan(hunch->reps) || !isnan(hunch->seconds);

    if (settle_single(hunch))
        return true;
    if (hunch->bares == BARE_MOST)
        return !told && settle_two(hunch);
    if (hunch->bares != 0 && !settle_one(hunch))
        return false;
    if (hunch->sets != 0 && isnan(hunch->reps) && isnan(hunch->seconds) && (!isnan(hunch->load) || hunch->those)) {
        hunch->seconds = hunch->last->seconds; /* of the same */
        if (hunch->last->reps != REPS_UNKNOWN)
            hunch->reps = hunch->last->reps;
    }
    return true;
}

static bool fits(const struct hunch *hunch)
{
    if (!isnan(hunch->seconds))
        return isnan(hunch->reps) && (isnan(hunch->load) || is_load(hunch, hunch->load)) &&
               fits_seconds(hunch->last, hunch->seconds);
    return !isnan(hunch->reps) && is_reps(hunch, hunch->reps) &&
           (isnan(hunch->load) || hunch->held || is_load(hunch, hunch->load));
}

/* "one last set" may be the one before, but for its load. */
static bool goes_somewhere(const struct hunch *hunch)
{
    const bool both = !isnan(hunch->load) && !isnan(hunch->reps);

    return (hunch->onward || both) && !(hunch->final && isnan(hunch->load)) && !(hunch->went && hunch->still) &&
           !hunch->tried && !(hunch->hole && hunch->moved && isnan(hunch->load));
}

/* What hung on the body was taken off, or moved nobody knows where. */
static bool is_bare_body(const struct hunch *hunch)
{
    return hunch->last->load_mode == LOAD_ADDED && isnan(hunch->load) && (hunch->body || (hunch->moved && hunch->hung));
}

static void write_load(const struct hunch *hunch, struct buf *out)
{
    static const char *const signs[] = {
        [LOAD_EXTERNAL] = "", [LOAD_BODYWEIGHT] = "+", [LOAD_ADDED] = "+", [LOAD_ASSISTED] = "-"};
    const double load = !isnan(hunch->load)                                         ? hunch->load
                        : hunch->tail.length != 0 && hunch_load_of(hunch->last) > 0 ? hunch_load_of(hunch->last)
                                                                                    : NAN;

    if (is_bare_body(hunch))
        buf_adds(out, "bw ");
    else if (!isnan(load))
        buf_addf(out, "%s%g%s ", signs[hunch->last->load_mode], load, unit_name(hunch->last->unit));
}

/* As it is typed; what is told of it into TOLD, in TEXT's own words, which fold to FOLDED bytes. */
static int write_set(const struct hunch *hunch, struct span text, size_t folded, struct buf *out, struct buf *told)
{
    const size_t tail = text_unfolded(text, folded - hunch->tail.length), begun = out->length;
    bool each;

    write_load(hunch, out);
    each = hunch->each || (out->length != begun && hunch->last->side == SIDE_EACH);
    if (hunch->sets != 0)
        buf_addf(out, "%dx", hunch->sets);
    else if (isnan(hunch->seconds))
        buf_addc(out, 'x');
    buf_addf(out, "%g%s%s", isnan(hunch->seconds) ? hunch->reps : hunch->seconds, isnan(hunch->seconds) ? "" : "s",
             each ? " each" : "");
    if (hunch->reps == 0)
        buf_adds(out, " fail");
    return hunch->tail.length != 0 ? buf_add(told, text.at + tail, text.length - tail) : 0;
}

/* Each word is known, they went on, and it is said which number is the load; or the load is the same, and what is told
 * besides is how hard it was. */
static bool is_clear(const struct hunch *hunch)
{
    if (hunch->vague || hunch->sided || hunch->final || hunch->more || hunch->sets != 0 || !(hunch->reps > 0) ||
        !hunch->onward || !isnan(hunch->seconds))
        return false;
    if (!isnan(hunch->load))
        return hunch->told && !(hunch->held && hunch->then); /* "the 90 then 6" may be to come */
    return hunch->again && hunch->tail.length != 0 && told_is_effort(hunch->tail);
}

static bool find(struct hunch *hunch, struct span folded)
{
    hunch->other = memchr(folded.at, '?', folded.length) != NULL || memchr(folded.at, '\n', folded.length) != NULL ||
                   hunch->last->segment_count != 0 || walk_to_come(folded);
    walk(hunch, folded);
    if (hunch->other)
        return false;
    if (settle_missed(hunch))
        return true;
    return settle(hunch) && goes_somewhere(hunch) && fits(hunch);
}

enum hunch_kind hunch_read(struct span text, const struct set *last, double bar_kg, struct buf *out, struct buf *told)
{
    struct hunch hunch = {.last = last,
                          .bar = bar_kg / unit_to_kg(1, last->unit),
                          .load = NAN,
                          .reps = NAN,
                          .seconds = NAN,
                          .tail = {text.at, 0}};
    struct buf folded = BUF_INIT(FOLDED_MAX);
    const bool read = text.length <= TEXT_MAX && text_fold(text, &folded) == 0 && find(&hunch, buf_span(&folded)) &&
                      write_set(&hunch, text, folded.length, out, told) == 0;
    const enum hunch_kind kind = !read ? HUNCH_NONE : is_clear(&hunch) ? HUNCH_CLEAR : HUNCH_LIKELY;

    buf_release(&folded);
    return kind;
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

    struct place place = {.words = 1};

    while (folded.length != 0 && !hunch.other) {
        hunch_take_word(&folded, &place);
        hunch.other = place.value == 0 ? !leads(place.word, place.meaning) : place.sign != '\0';
        if (place.value != 0)
            hunch_take_number(&hunch, &place, &folded);
    }
    *load = hunch.bares == 1 ? hunch.bare[0] : hunch.load;
    return !hunch.other && hunch.bares + !isnan(hunch.load) == 1 && isnan(hunch.reps) && isnan(hunch.seconds) &&
           !hunch.held && fits_load(last, *load) && (hunch.bares == 0 || !fits_count(*load, REPS_MOST));
}

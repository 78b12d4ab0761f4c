/*
 * What is typed right behind a set.
 */
#include "core/notation/onward.h"

#include "core/base/ascii.h"
#include "core/notation/fits.h"
#include "core/notation/piece.h"
#include "core/notation/reading.h"
#include "core/notation/scan.h"
#include "core/notation/spare.h"
#include "core/notation/steps.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"
#include "core/text/fold.h"

enum { TEXT_MAX = 120, FOLDED_MAX = 4 * TEXT_MAX, LEADS_MAX = 6, PAIR_REPS_MAX = 50, SINGLE_REPS = 1, TRIED_REPS = 3 };

/* One more set, as far as it was found. */
struct onward {
    struct span rest; /* folded, behind what was taken */
    double first;     /* the number that stands alone, or is the load of a pair; NAN */
    double second;    /* the reps of a pair; NAN */
    struct span band; /* "same band": a note */
    bool missed, made, same;
    bool joined;        /* "and" stands in front */
    bool but;           /* "but" behind the number: what follows is told of it */
    bool body;          /* "no weight": nothing is added to the body */
    const char *behind; /* "left", "to failure", said in front */
};

static struct span word_of(struct span text)
{
    return (struct span){text.at, scan_word(text)};
}

/* "and", "another", "noch mal", "same weight", "another set of": words before the number that say no more than that the
 * set goes on. */
static bool leads_on(struct span word, unsigned before)
{
    const struct word_meaning meaning = notation_meaning(word);

    if (before != 0 && (meaning.word == WORD_OF || meaning.word == WORD_WITH || meaning.word == WORD_WEIGHT ||
                        meaning.word == WORD_A || meaning.word == WORD_FOR))
        return true;
    return meaning.word == WORD_AND || meaning.word == WORD_FILLER || meaning.word == WORD_LAST ||
           meaning.word == WORD_SETS || span_is(word, "ok") || span_is(word, "okay") ||
           (meaning.traits & (TRAIT_LEAD | TRAIT_ONLY | TRAIT_THEN | TRAIT_AGAIN)) != 0;
}

/* "next one", "ein Satz noch", "the same": TEXT begins with a word that leads on only before the next one. */
static bool leads_before(struct span text)
{
    const struct span word = word_of(text), next = word_of(span_past(text, word.length));
    const struct word_meaning meaning = notation_meaning(word), behind = notation_meaning(next);

    if (next.length == 0)
        return false;
    if (meaning.word == WORD_THE)
        return (behind.traits & TRAIT_AGAIN) != 0;
    return (meaning.word == WORD_A || span_is(word, "next") || span_starts(word, "nachste")) &&
           (behind.word == WORD_SETS || span_is(next, "one"));
}

static void skip_leads(struct onward *onward)
{
    for (unsigned count = 0; count < LEADS_MAX; count++) {
        struct span word = word_of(onward->rest);

        if (word.length != 0 && leads_before(onward->rest)) {
            onward->rest = span_past(onward->rest, word.length);
            continue;
        }
        onward->missed |= word.length != 0 && notation_meaning(word).word == WORD_FAIL;
        if (word.length == 0 || notation_word_number(word) > 1 || !(onward->missed || leads_on(word, count)))
            return;
        onward->joined |= notation_meaning(word).word == WORD_AND;
        onward->rest = span_past(onward->rest, word.length);
        if (onward->rest.length != 0 && strchr(",:!", onward->rest.at[0]) != NULL)
            onward->rest = span_past(onward->rest, 1);
    }
}

/* "no weight, 9", "ohne Zusatz noch 9": takes the words in front. */
static void skip_no_weight(struct onward *onward)
{
    struct span word = word_of(onward->rest), behind = span_past(onward->rest, word.length), weight = word_of(behind);
    enum word kind = notation_meaning(weight).word;

    if (word.length == 0 || notation_meaning(word).word != WORD_NOT || weight.length == 0 ||
        (kind != WORD_WEIGHT && kind != WORD_WEIGHTED))
        return;
    onward->body = true;
    onward->rest = span_past(behind, weight.length);
    if (span_is(word_of(onward->rest), "noch"))
        onward->rest = span_past(onward->rest, strlen("noch"));
}

/* "9 on the left", "9 auf der rechten Seite": the side itself is read behind the number. */
static void skip_to_side(struct onward *onward)
{
    struct span rest = onward->rest, word = word_of(rest);

    if (word.length == 0 || notation_meaning(word).word != WORD_ON)
        return;
    rest = span_past(rest, word.length);
    word = word_of(rest);
    if (word.length != 0 && notation_meaning(word).word == WORD_THE) {
        rest = span_past(rest, word.length);
        word = word_of(rest);
    }
    if (word.length != 0 && notation_meaning(word).word == WORD_SIDE)
        onward->rest = rest;
}

/* In digits or in a word; "one" and "eine" say too little. */
static bool take_number(struct span *text, double *value)
{
    struct span word = word_of(*text);

    if (word.length != 0) {
        *value = notation_word_number(word);
        *text = *value > 1 ? span_past(*text, word.length) : *text;
        return *value > 1;
    }
    return scan_take_number(text, value);
}

/* "34 aber nur 7", "80, nur 6": TEXT behind the words before the reps. */
static struct span behind_only(struct span text)
{
    const bool apart = text.length > 1 && text.at[0] == ',';
    struct span rest = apart ? span_past(text, 1) : text, word;
    bool merely = false;

    while ((word = word_of(rest)).length != 0) {
        const unsigned traits = notation_meaning(word).traits;

        if (!span_is(word, "aber") && !span_is(word, "but") && (traits & TRAIT_ONLY) == 0)
            break;
        merely |= (traits & TRAIT_MERELY) != 0;
        rest = span_past(rest, word.length);
    }
    return apart && !merely ? text : rest;
}

/* "107.5 same reps", "107,5, gleiche Wdh", "107.5 for the same reps": REST is behind the number; the reps are LAST's.
 */
static void take_same_reps(struct onward *onward, struct span rest, const struct set *last)
{
    struct span word;

    if (rest.length != 0 && rest.at[0] == ',')
        rest = span_past(rest, 1);
    word = word_of(rest);
    if (word.length != 0 && notation_meaning(word).word == WORD_THE)
        rest = span_past(rest, word.length);
    word = word_of(rest);
    if (word.length == 0 || (notation_meaning(word).traits & TRAIT_AGAIN) == 0 || last->reps == REPS_UNKNOWN)
        return;
    rest = span_past(rest, word.length);
    word = word_of(rest);
    if (rest.length != 0 && (word.length == 0 || notation_meaning(word).word != WORD_REPS))
        return; /* "90 for the same" */
    onward->second = last->reps;
    onward->rest = span_past(rest, word.length);
}

/* "60 9", "60 for 9", "60 mal 9", "60kg 9": the number behind the first. */
static void take_second(struct onward *onward, const struct set *last)
{
    struct span rest = onward->rest, word = word_of(rest);
    struct word_meaning meaning = notation_meaning(word);
    double value;

    if (word.length != 0 && meaning.word == WORD_UNIT && meaning.argument == (uint8_t)last->unit) {
        rest = span_past(rest, word.length);
        word = word_of(rest);
        meaning = notation_meaning(word);
    }
    if (word.length != 0 && (meaning.word == WORD_FOR || meaning.word == WORD_BY || meaning.word == WORD_PER ||
                             meaning.word == WORD_WITH || span_is(word, "a")))
        rest = span_past(rest, word.length);
    take_same_reps(onward, rest, last);
    rest = behind_only(rest);
    if (isnan(onward->second) && take_number(&rest, &value)) {
        onward->second = value;
        onward->rest = rest;
    }
}

/* "and 10 more", "und 10 weitere": takes the word behind the number. So many nobody has in reserve. */
static void take_more(struct onward *onward)
{
    const struct span word = word_of(onward->rest);

    if (!onward->joined || !isnan(onward->second) || onward->first <= SPARE_MOST || word.length == 0)
        return;
    if ((notation_meaning(word).traits & TRAIT_MORE) != 0 || span_is(word, "weitere"))
        onward->rest = span_past(onward->rest, word.length);
}

/* "6 on the last one, same weight": TEXT behind that it was the last, before what is the same. */
static struct span behind_last(struct span text)
{
    static const char *const last[] = {"on the last one, ", "on the last set, ",   "on my last set, ", "on the last, ",
                                       "beim letzten, ",    "beim letzten satz, ", "im letzten satz, "};

    for (size_t i = 0; i < ARRAY_LENGTH(last); i++)
        if (span_starts(text, last[i]))
            return span_past(text, strlen(last[i]) - 1);
    return text;
}

/* "12 again but the last two were tough": takes what says nothing behind the number, and the "but". */
static void take_but(struct onward *onward)
{
    struct span rest = onward->rest, word = word_of(rest);

    if (word.length != 0 && isnan(onward->second) &&
        ((notation_meaning(word).traits & TRAIT_AGAIN) != 0 || span_is(word, "wieder"))) {
        rest = span_past(rest, word.length);
        word = word_of(rest);
    }
    onward->but = span_is(word, "but") || span_is(word, "aber");
    if (onward->but)
        onward->rest = span_past(rest, word.length);
    else if (rest.length == 0 || rest.at[0] == ',')
        onward->rest = rest;
}

/* "3 more same band", "3, gleiches Gewicht": takes the words behind the number. */
static void take_same(struct onward *onward)
{
    static const char *const bands[] = {"band", "gummiband", NULL};
    struct span rest = onward->rest, word = word_of(rest), same;

    if (!isnan(onward->second))
        return;
    if (word.length != 0 && (notation_meaning(word).traits & TRAIT_MORE) != 0)
        rest = span_past(rest, word.length);
    rest = behind_last(rest);
    if (rest.length != 0 && rest.at[0] == ',')
        rest = span_past(rest, 1);
    same = rest;
    word = word_of(rest);
    if (word.length == 0 || (notation_meaning(word).traits & TRAIT_AGAIN) == 0)
        return;
    rest = span_past(rest, word.length);
    word = word_of(rest);
    onward->same = walk_is(word, bands) || (word.length != 0 && notation_meaning(word).word == WORD_WEIGHT);
    if (!onward->same)
        return;
    if (walk_is(word, bands))
        onward->band = (struct span){same.at, (size_t)(word.at + word.length - same.at)};
    onward->rest = span_past(rest, word.length);
}

/* "fail", "nicht geschafft" behind the number. */
static void take_miss(struct onward *onward)
{
    struct span word = word_of(onward->rest);
    enum word kind = notation_meaning(word).word;

    if (word.length == 0)
        return;
    if (kind == WORD_FAIL) {
        onward->missed = true;
        onward->rest = span_past(onward->rest, word.length);
    } else if (kind == WORD_NOT && span_starts(span_past(onward->rest, word.length), "geschafft")) {
        onward->missed = true;
        onward->rest = span_past(span_past(onward->rest, word.length), strlen("geschafft"));
    }
}

/* How many bytes at the front of TEXT are one of SAYINGS, up to where a clause ends; 0. */
static size_t saying_length(struct span text, const char *const *sayings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct span rest = span_starts(text, sayings[i]) ? span_past(text, strlen(sayings[i])) : text;

        if (rest.length != text.length && (rest.length == 0 || strchr(",;.!", rest.at[0]) != NULL))
            return strlen(sayings[i]);
    }
    return 0;
}

/* "got it second try", "beim zweiten Versuch geschafft" behind a load or reps. */
static void take_made(struct onward *onward)
{
    static const char *const sayings[] = {"got it",
                                          "got it up",
                                          "got it second try",
                                          "got it 2nd try",
                                          "got it on the second try",
                                          "got it on the 2nd try",
                                          "got it third try",
                                          "made it",
                                          "made it second try",
                                          "made it on the second try",
                                          "nailed it",
                                          "geschafft",
                                          "gepackt",
                                          "hat geklappt",
                                          "beim zweiten versuch",
                                          "beim zweiten versuch geschafft",
                                          "im zweiten versuch",
                                          "im zweiten versuch geschafft",
                                          "beim zweiten mal geschafft"};
    const size_t length = saying_length(onward->rest, sayings, ARRAY_LENGTH(sayings));

    onward->made = length != 0;
    onward->rest = length != 0 ? span_past(onward->rest, length) : onward->rest;
}

static int write_load(const struct set *last, double value, double reps, struct buf *out)
{
    return buf_addf(out, "%g%s x%g", value, unit_name(last->unit), reps);
}

/* "125 got it": singles are tried, and what is heavier behind a few reps. */
static bool made_single(const struct onward *onward, const struct set *last)
{
    const double load = last->load_kg / unit_to_kg(1, last->unit);

    return onward->made && last->reps != REPS_UNKNOWN && fits_load(last, onward->first) &&
           (last->reps <= SINGLE_REPS || (last->reps <= TRIED_REPS && onward->first > load));
}

/* "no weight, 9" */
static bool write_body(const struct onward *onward, const struct set *last, struct buf *out)
{
    return isnan(onward->second) && !onward->missed && last->load_mode != LOAD_EXTERNAL &&
           fits_count(onward->first, PAIR_REPS_MAX) && buf_addf(out, "bw x%g", onward->first) == 0;
}

/* Behind "left", no number is a load. */
static bool may_be_reps(const struct onward *onward, const struct set *last)
{
    return onward->behind != NULL ? last->reps != REPS_UNKNOWN && fits_count(onward->first, PAIR_REPS_MAX)
                                  : fits_reps(last, onward->first);
}

/* Writes what ONWARD says in front of what stands behind it. False: it fits LAST in no way, or in several. */
static bool write_set(const struct onward *onward, const struct set *last, struct buf *out)
{
    const double first = onward->first, second = onward->second;

    if (onward->body)
        return write_body(onward, last, out);
    if (onward->missed && isnan(second))
        return fits_load(last, first) && !fits_reps(last, first) && write_load(last, first, 0, out) == 0 &&
               buf_adds(out, " fail") == 0;
    if (!isnan(second) && fits_load(last, first) && fits_count(second, PAIR_REPS_MAX))
        return write_load(last, first, second, out) == 0;
    if (!isnan(second) || onward->missed)
        return false;
    if (made_single(onward, last))
        return write_load(last, first, 1, out) == 0;
    if (fits_seconds(last, first))
        return buf_addf(out, "%gs", first) == 0;
    return may_be_reps(onward, last) && buf_addf(out, "x%g", first) == 0;
}

/* "9 guys": words right behind a number alone are what it counts, but for those that say how hard it was. */
static bool counts_other_things(const struct onward *onward)
{
    const struct span word = word_of(onward->rest);
    const enum word kind = notation_meaning(word).word;

    return isnan(onward->second) && !onward->same && !onward->but && word.length != 0 && kind != WORD_REPS &&
           kind != WORD_RIR && kind != WORD_RPE && kind != WORD_TO && kind != WORD_WITH && kind != WORD_SIDE &&
           !onward->missed;
}

/* "with the green band 10", "same band 8": a note; "ohne Band 3": none. */
static void take_band(struct onward *onward, const struct set *last)
{
    enum { BEFORE_MOST = 3 };
    struct span rest = onward->rest, word = word_of(rest);
    const struct word_meaning meaning = notation_meaning(word);

    if (word.length == 0 ||
        !(meaning.word == WORD_WITH || meaning.word == WORD_NOT || (meaning.traits & TRAIT_AGAIN) != 0))
        return;
    if (meaning.word == WORD_NOT && span_starts(span_of(last->exercise), "band-"))
        return; /* without it, it is another exercise */
    for (int words = 0; words < BEFORE_MOST && word.length != 0; words++, word = word_of(rest)) {
        rest = span_past(rest, word.length);
        if (!span_is(word, "band"))
            continue;
        if (meaning.word != WORD_NOT)
            onward->band = (struct span){onward->rest.at, (size_t)(word.at + word.length - onward->rest.at)};
        onward->rest = rest;
        return;
    }
}

/* "links 9", "both 8" where sides were told apart before, "to failure: 11": what stands in front of the number. */
static void take_behind(struct onward *onward, const struct set *last)
{
    static const char *const sides[] = {[SIDE_LEFT] = "left", [SIDE_RIGHT] = "right"};
    struct span rest = onward->rest, word = word_of(rest);
    const struct word_meaning meaning = notation_meaning(word);

    if (word.length < 2)
        return;
    rest = span_past(rest, word.length);
    if (span_is(word_of(rest), "zum"))
        rest = span_past(rest, strlen("zum"));
    if (meaning.word == WORD_SIDE && last->side != SIDE_NONE)
        onward->behind = sides[meaning.argument];
    else if ((meaning.says & SAYS_BOTH) != 0 && last->side != SIDE_NONE)
        onward->behind = "each";
    else if (meaning.word == WORD_TO && notation_meaning(word_of(rest)).word == WORD_FAILURE) {
        onward->behind = "to failure";
        rest = span_past(rest, word_of(rest).length);
        rest = rest.length != 0 && rest.at[0] == ':' ? span_past(rest, 1) : rest;
    }
    onward->rest = onward->behind != NULL ? rest : onward->rest;
}

/* "up 5 for 6", "single at 120": the load, and the reps behind it or before it. */
static bool find_step(struct onward *onward, const struct set *last)
{
    struct span rest = onward->rest, word = word_of(rest);
    const struct word_meaning meaning = notation_meaning(word);
    double load, reps = meaning.word == WORD_SINGLE ? meaning.argument : 0;

    if (reps != 0)
        rest = span_past(rest, word.length);
    if (!steps_take(&rest, last, &load) || (!take_number(&rest, &reps) && reps == 0))
        return false;
    onward->first = load;
    onward->second = reps;
    onward->rest = rest;
    return true;
}

static bool find(struct span folded, const struct set *last, struct onward *onward)
{
    *onward = (struct onward){.rest = folded, .first = NAN, .second = NAN, .band = {folded.at, 0}};
    if (find_step(onward, last)) /* "plus 5 for 6" */
        return true;
    take_band(onward, last);
    skip_leads(onward);
    skip_no_weight(onward);
    take_behind(onward, last);
    if (find_step(onward, last))
        return true;
    if (!take_number(&onward->rest, &onward->first))
        return false;
    take_second(onward, last);
    take_same(onward);
    take_more(onward);
    take_miss(onward);
    take_made(onward);
    take_but(onward);
    skip_to_side(onward);
    return !counts_other_things(onward);
}

bool onward_read(struct span text, const struct set *last, struct buf *out)
{
    struct buf folded = BUF_INIT(FOLDED_MAX);
    struct onward onward;
    size_t taken;
    bool read = false;

    if (text.length <= TEXT_MAX && text_fold(text, &folded) == 0 && find(buf_span(&folded), last, &onward) &&
        write_set(&onward, last, out)) {
        if (onward.behind != NULL)
            buf_addf(out, " %s", onward.behind);
        if (onward.band.length != 0)
            buf_addf(out, " (%.*s)", (int)onward.band.length, onward.band.at);
        taken = text_unfolded(text, folded.length - onward.rest.length);
        read = buf_adds(out, onward.but ? ", " : " ") == 0 && buf_add(out, text.at + taken, text.length - taken) == 0;
    }
    buf_release(&folded);
    return read;
}

bool onward_part(struct span text, struct buf *out)
{
    const char *at = memchr(text.at, '@', text.length);
    size_t effort = at != NULL ? piece_effort((struct span){at, (size_t)(text.at + text.length - at)}) : 0;
    size_t front = (size_t)(at != NULL ? at - text.at : 0) + effort;

    if (effort == 0 || front >= text.length || strchr(",;.", at[effort - 1]) != NULL)
        return false;
    while (text.at[front - 1] == ' ')
        front--;
    return buf_add(out, text.at, front) == 0 && buf_adds(out, ", ") == 0 &&
           buf_add(out, text.at + front, text.length - front) == 0;
}

/* What was said so far of how often. */
struct repeat {
    bool again, more, once;
};

/* Whether WORD is of "again", "noch einmal das Gleiche". */
static bool take_again(struct span word, struct repeat *repeat)
{
    const bool again = (notation_meaning(word).traits & TRAIT_AGAIN) != 0, more = span_is(word, "noch"),
               once = span_is(word, "mal") || span_is(word, "einmal");

    repeat->again |= again;
    repeat->more |= more;
    repeat->once |= once;
    return again || more || once || span_is(word, "das") || span_is(word, "the") || span_is(word, "thing");
}

static struct span last_word(struct span text)
{
    struct span word = {text.at + text.length, 0};

    while (word.length < text.length && word.at[-1] != ' ')
        word = (struct span){word.at - 1, word.length + 1};
    return word;
}

bool onward_again(struct span *text)
{
    struct span left = *text;
    struct repeat repeat = {false, false, false};

    for (struct span word = last_word(left); left.length != 0 && take_again(word, &repeat); word = last_word(left)) {
        left.length -= word.length;
        while (left.length != 0 && strchr(" ,", left.at[left.length - 1]) != NULL)
            left.length--;
    }
    *text = left;
    return (repeat.again || (repeat.more && repeat.once)) && left.length != 0;
}

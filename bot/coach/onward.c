/*
 * "60 9", "and 9", "plank again" right behind a set.
 */
#include "bot/coach/onward.h"

#include <math.h>
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/context.h"
#include "bot/coach/typed.h"
#include "bot/coach/unanswered.h"
#include "bot/coach/wording.h"
#include "core/base/ascii.h"
#include "core/notation/hunch.h"
#include "core/notation/onward.h"
#include "core/notation/reading.h"
#include "core/notation/row.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"

#define LOAD_NEAR 0.4 /* as far as a load may jump without a question (contract) */

/* "9 right 7 left": one set, by each side. */
static bool is_of_sides(const struct reading *reading)
{
    const struct set *sets = reading->sets.at;

    return reading->sets.count == 2 && sets[0].side != sets[1].side && sets[0].side != SIDE_NONE &&
           sets[1].side != SIDE_NONE;
}

/* Whether WORDS, whose bare loads are of UNIT, are one set, and no more than that is in doubt. */
static bool is_set(struct turn *turn, const struct buf *words, enum unit unit)
{
    struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;

    options.unit = unit;
    reading_read(reading, buf_span(words), &options);
    return reading->kind == READING_SETS && (reading->sets.count == 1 || is_of_sides(reading));
}

/* No other exercise was read: "4 @0 chin barely over" is no chin-up behind pull-ups. */
static bool is_of(const struct turn *turn, const struct set *last)
{
    const char *exercise = turn->coach->reading.sets.at[0].exercise;

    return exercise[0] == '\0' || strcmp(exercise, last->exercise) == 0;
}

/* The same with the NAMED exercise in front, or without. */
static bool goes_on_as(struct turn *turn, struct span text, const struct set *last, bool named, struct buf *words)
{
    buf_clear(words);
    if (named) {
        wording_exercise(turn, last->exercise, words);
        buf_addc(words, ' ');
    }
    return onward_read(text, last, words) && is_set(turn, words, wording_style(turn).unit) && is_of(turn, last);
}

/* "then 11, then 9", "9/8/7". */
static bool goes_on_in_row(struct turn *turn, struct span text, const struct set *last, struct buf *words)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;

    buf_clear(words);
    if (!row_read(text, last, words))
        return false;
    reading_read(reading, buf_span(words), &options);
    return reading->kind == READING_SETS && is_of(turn, last);
}

/* "60 9, ging grad noch": a number of seconds says nothing by itself, nor do words of one's own behind reps. */
static bool goes_on(struct turn *turn, struct span text, const struct set *last, struct buf *words)
{
    return (last->reps != REPS_UNKNOWN && goes_on_as(turn, text, last, false, words)) ||
           ((last->reps == REPS_UNKNOWN || scan_count_numbers(text) == 1) && goes_on_as(turn, text, last, true, words));
}

static bool is_near(const struct set *set, const struct set *last)
{
    return isnan(set->load_kg) || last->load_kg <= 0 ||
           (set->load_kg >= (1 - LOAD_NEAR) * last->load_kg && set->load_kg <= (1 + LOAD_NEAR) * last->load_kg);
}

/* "80x8 was hard" is of the set before. */
static bool is_verdict(const struct set *set)
{
    const struct span note = span_of(set->note);

    return (notation_meaning((struct span){note.at, scan_word(note)}).traits & TRAIT_VERDICT) != 0;
}

/* Whether WORDS behind the name of LAST's exercise are a set of that. */
static bool is_set_of(struct turn *turn, const struct set *last, struct span text, struct buf *words)
{
    const struct reading *reading = &turn->coach->reading;

    buf_clear(words);
    wording_exercise(turn, last->exercise, words);
    buf_addc(words, ' ');
    buf_add_span(words, text);
    return is_set(turn, words, last->unit) && is_near(&reading->sets.at[0], last) &&
           !is_verdict(&reading->sets.at[0]) && is_of(turn, last);
}

/* "22,5 x 10 anstrengend": words of one's own are read behind a set that is named, and what names it is the load. Those
 * that might name another exercise, "50x12 @2 legs are shaking", are read behind an effort. */
static bool goes_on_in_words(struct turn *turn, struct span text, const struct set *last, struct buf *words)
{
    struct buf parted = BUF_INIT(READING_INPUT_MAX);
    bool result;

    if (text.length == 0 || (!ascii_is_digit(text.at[0]) && text.at[0] != '+'))
        return false;
    result = is_set_of(turn, last, text, words) ||
             (onward_part(text, &parted) && is_set_of(turn, last, buf_span(&parted), words));
    buf_release(&parted);
    return result;
}

/* "Beinbeuger noch einmal das Gleiche": the last set of that exercise in this session; NULL. */
static const struct logged_set *find_repeated(struct turn *turn, struct span text, int64_t sent_ms)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    const struct logged_set *last = NULL;
    struct span name;
    const char *id;

    if (typed_fold(text, &folded) == 0) {
        name = buf_span(&folded);
        id = onward_again(&name) ? exercise_find_exact(&turn->lifter->names, name) : NULL;
        last = id != NULL ? context_last(turn, id, sent_ms) : NULL;
    }
    buf_release(&folded);
    return last != NULL && last->set.reps != 0 && context_same_session(turn, last->at_ms, sent_ms) ? last : NULL;
}

/* What was done is the same, how it was isn't. */
static bool repeats(struct turn *turn, struct span text, int64_t sent_ms, struct buf *words)
{
    const struct logged_set *last = find_repeated(turn, text, sent_ms);
    struct set set;

    if (last == NULL)
        return false;
    set = last->set;
    set.rir = NAN;
    set.failure = FAILURE_NONE;
    set.note[0] = '\0';
    buf_clear(words);
    notation_print(&set, wording_style(turn), true, words);
    return true;
}

/* "195", "next 205kg": of the last exercise; how many reps is to be asked. */
static bool is_load(const struct turn *turn, struct span text, const struct set *last, struct buf *words)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    double load;
    bool alone = typed_fold(text, &folded) == 0 && hunch_load(buf_span(&folded), last, &load);

    if (alone) {
        buf_clear(words);
        wording_exercise(turn, last->exercise, words);
        buf_addf(words, " %g%s", load, unit_name(last->unit));
    }
    buf_release(&folded);
    return alone;
}

/* "8" behind "on to pull-ups": reps, where the body alone is moved. */
static bool counts_onto(const struct turn *turn, struct span text, int64_t sent_ms, struct buf *words)
{
    enum { MOST = 50 };
    const struct onto *onto = &turn->onto;
    const struct exercise *known = onto->exercise[0] != '\0' ? lifter_exercise(turn->lifter, onto->exercise) : NULL;
    double reps;

    if (known == NULL || !known->bodyweight || known->timed || sent_ms - onto->sent_ms > CONTEXT_HOLDS_MS ||
        !scan_take_number(&text, &reps) || text.length != 0 || reps < 1 || reps > MOST || reps != floor(reps))
        return false;
    wording_exercise(turn, onto->exercise, words);
    return buf_addf(words, " x%g", reps) == 0;
}

/* Whether TEXT goes on from LAST, as WORDS that are read by UNIT. */
static bool finds_next(struct turn *turn, struct span text, int64_t sent_ms, struct buf *words, enum unit *unit)
{
    const struct logged_set *last = context_moment(turn, sent_ms);
    const bool recent = last != NULL && sent_ms - last->at_ms <= CONTEXT_HOLDS_MS;

    if (last == NULL || unanswered_since(turn, sent_ms) || turn->onto.exercise[0] != '\0')
        return false;
    if (recent && (goes_on(turn, text, &last->set, words) || goes_on_in_row(turn, text, &last->set, words)))
        return true;
    if (recent && goes_on_in_words(turn, text, &last->set, words)) {
        *unit = last->set.unit;
        return true;
    }
    return (recent && is_load(turn, text, &last->set, words)) || repeats(turn, text, sent_ms, words);
}

/* "second one was a 9": of a set that is booked, by its place. */
static bool is_of_earlier(struct span text)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    struct span rest, ordinal;
    bool earlier = false;

    if (typed_fold(text, &folded) == 0) {
        rest = buf_span(&folded);
        typed_skip(&rest, "the,der,die,das");
        ordinal = typed_word(&rest);
        if (notation_ordinal_word(ordinal) != 0 || typed_is(ordinal, "first,erste,erster,ersten")) {
            typed_skip(&rest, "one,set,satz");
            earlier = typed_skip(&rest, "was,war,waren,were");
        }
    }
    buf_release(&folded);
    return earlier;
}

int onward_book(struct turn *turn, struct span text, int64_t sent_ms, struct err *err)
{
    struct buf words = BUF_INIT(READING_INPUT_MAX);
    enum unit unit = wording_style(turn).unit;
    int result = 0;

    if (is_of_earlier(text))
        return 0;
    if (onto_find(turn, sent_ms, err) < 0)
        return -1;
    if (counts_onto(turn, text, sent_ms, &words) || finds_next(turn, text, sent_ms, &words, &unit))
        result = book_words_by(turn, buf_span(&words), unit, err) < 0 ? -1 : 1;
    buf_release(&words);
    return result;
}

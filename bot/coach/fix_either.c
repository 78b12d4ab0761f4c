/*
 * What may be said of the last set in two ways: of it, or of the one behind; how many reps it had, or how hard it was.
 * Which is meant is asked.
 */
#include <math.h>
#include <stdio.h>

#include "bot/coach/ask.h"
#include "bot/coach/choice.h"
#include "bot/coach/fix.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/piece.h"
#include "core/notation/scan.h"

enum { COMMANDS_SIZE = 64, RATING_LEAST = 5, RATING_MOST = 10 };

/* Adds SET as an answer; OLD: what it stands instead of. */
static void add_option(struct turn *turn, enum text_key key, const struct set *set, const struct set *old)
{
    struct buf line = BUF_INIT(1024), sets = BUF_INIT(512), was = BUF_INIT(512);

    wording_sets(turn, set, 1, true, &sets);
    wording_sets(turn, old, 1, true, &was);
    reply_phrase(turn->texts, key, REPLY_ARGS(ARG("sets", buf_text(&sets)), ARG("old", buf_text(&was))), &line);
    ask_option(turn, buf_text(&line), set, 1);
    buf_release(&line);
    buf_release(&sets);
    buf_release(&was);
}

int fix_ask_further(struct turn *turn, const struct fixed *fixed, const struct piece *piece, struct err *err)
{
    const struct set *last = &fixed->sets.at[fixed->index];
    const int reps = piece->reps != REPS_UNKNOWN ? piece->reps : (int)piece->number;
    const struct span effort = piece->effort;
    struct set set = *last;
    char commands[COMMANDS_SIZE];
    const int length = snprintf(commands, sizeof(commands), "fix x%d %.*s|same x%d %.*s", reps, (int)effort.length,
                                effort.at, reps, (int)effort.length, effort.at);

    set.reps = reps;
    if (length >= COMMANDS_SIZE || (effort.length != 0 && !fix_take_effort(turn, effort, &set)))
        return turn_refuse(turn, TEXT_PIECE_UNCLEAR);
    reply_tell(&turn->reply, turn->texts, TEXT_ASK_GUESS);
    add_option(turn, TEXT_OR_INSTEAD, &set, last);
    if (effort.length == 0)
        set.rir = NAN;
    set.note[0] = '\0';
    add_option(turn, TEXT_OR_FURTHER, &set, last);
    return choice_between(turn, commands, fixed->ids.at[fixed->index], err);
}

/* "a 9", "ne 8,5": a number of ten behind an article. */
static bool is_rating(struct span text, double *rating)
{
    struct buf folded = BUF_INIT(64);
    struct word_meaning meaning;
    struct span rest = {text.at, 0};
    bool article = false;

    if (typed_fold(text, &folded) == 0) {
        rest = buf_span(&folded);
        rest = span_past(rest, notation_word(rest, &meaning).length);
        article = meaning.word == WORD_A || (meaning.traits & TRAIT_ARTICLE) != 0;
    }
    article = article && scan_take_number(&rest, rating) && rest.length == 0 && *rating >= RATING_LEAST &&
              *rating <= RATING_MOST;
    buf_release(&folded);
    return article;
}

/* "a 7", "a 9" of a set that is told to have been a 9: nobody is so wrong about that, nor says it again. */
static bool is_no_rating(const struct set *set, double rating)
{
    const double apart = fabs(10 - rating - set->rir);

    return !isnan(set->rir) && (apart > 1 || apart == 0);
}

int fix_ask_rating(struct turn *turn, struct fixed *fixed, struct span text, struct err *err)
{
    struct set *last = &fixed->sets.at[fixed->index];
    struct set counted = *last, rated = *last;
    char commands[COMMANDS_SIZE], effort[24];
    double rating;

    if (!is_rating(text, &rating))
        return 0;
    snprintf(effort, sizeof(effort), "rpe %g", rating);
    if (last->reps == REPS_UNKNOWN || !piece_near_reps(rating, last->reps) || rating == last->reps) {
        last->rir = NAN;
        last->failure = FAILURE_NONE;
        return fix_as(turn, fixed, span_of(effort), err) < 0 ? -1 : 1;
    }
    if (is_no_rating(last, rating)) {
        last->reps = (int)rating;
        return fix_as(turn, fixed, (struct span){"", 0}, err) < 0 ? -1 : 1;
    }
    if (!fix_take_effort(turn, span_of(effort), &rated))
        return 0;
    counted.reps = (int)rating;
    snprintf(commands, sizeof(commands), "fix x%d|fix %s", counted.reps, effort);
    reply_tell(&turn->reply, turn->texts, TEXT_ASK_GUESS);
    add_option(turn, TEXT_OR_INSTEAD, &counted, last);
    add_option(turn, TEXT_OR_INSTEAD, &rated, last);
    return choice_between(turn, commands, fixed->ids.at[fixed->index], err) < 0 ? -1 : 1;
}

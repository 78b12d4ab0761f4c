/*
 * From a doubt about a set to a question.
 */
#include "bot/coach/qualm.h"

#include <math.h>
#include <stdio.h>

#include "bot/coach/ask.h"
#include "bot/coach/context.h"
#include "bot/coach/fix_search.h"
#include "bot/coach/gist.h"
#include "bot/coach/import.h"
#include "bot/coach/typed.h"
#include "core/notation/qualm.h"

/* Whether SET is what it was. */
static bool is_same(const struct set *was, const struct set *set)
{
    return was->load_kg == set->load_kg && was->reps == set->reps && was->failure == set->failure &&
           (was->seconds == set->seconds || isnan(set->seconds)) && (was->rir == set->rir || isnan(set->rir));
}

/* Asks whether the set that SEARCH found is PIECE. */
static int ask(struct turn *turn, const struct fix_search *search, const struct buf *piece, struct span text,
               struct err *err)
{
    struct fixed fixed = {0}, old = {0};
    struct pending pending;
    int result = 0;

    if (fix_search_open(search, &fixed, err) < 0 || fix_search_open(search, &old, err) < 0)
        result = -1;
    if (result == 0 && piece->length < sizeof(pending.unknown) && fix_preview(turn, &fixed, buf_span(piece)) &&
        !is_same(&old.sets.at[old.index], &fixed.sets.at[fixed.index])) {
        pending_init(&pending, turn->message->id, turn->heard->input, turn->message->sent_ms, text);
        snprintf(pending.unknown, sizeof(pending.unknown), "%s", buf_text(piece));
        pending.corrects = search->found.id;
        pending.alone = search->alone;
        result = ask_fix(turn, &pending, old.sets.at, fixed.sets.at, fixed.sets.count, err) < 0 ? -1 : 1;
        pending_release(&pending);
    }
    fixed_release(&fixed);
    fixed_release(&old);
    return result;
}

/* Whether ROW's set is one that a line corrects: typed by the lifter, as what they said last is theirs. 1, 0, -1. */
static int is_own(struct turn *turn, const struct coach_set_row *row, struct err *err)
{
    struct coach_action action;
    const int found = turn->store->action_last(turn->store->self, turn->lifter->id, true, &action, err);
    const int imported = found < 0 ? -1 : import_made(turn, row->action, err);

    return imported < 0 ? -1 : imported == 0 && found == 1 && action.lifter == turn->lifter->id;
}

/* The set that QUALM, said in TEXT, is of, into SEARCH: 1, 0 there is none that its lifter may correct here, -1. */
static int find(struct turn *turn, const struct qualm *qualm, struct span text, struct fix_search *search,
                struct err *err)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);
    const char *named = gist_named(turn, text);

    if ((named != NULL && !qualm->sure && qualm->aim.set == 0) || qualm->aim.within)
        return 0; /* "my squat was 140", "the middle one of those" */
    search->exercise = named != NULL ? named : qualm->aim.set != 0 && moment != NULL ? moment->set.exercise : NULL;
    search->wanted = qualm->aim.set;
    search->alone = qualm->aim.set != 0;
    search->warmups = qualm->aim.set == 0;
    if (fix_search_run(search, err) < 0)
        return -1;
    return search->count != 0 && search->count >= search->wanted ? is_own(turn, &search->found, err) : 0;
}

/* It is of who writes, and a set of theirs is so near that it may be meant. */
static bool may_doubt(const struct turn *turn, int64_t sent_ms)
{
    const struct logged_set *last = context_moment(turn, sent_ms);

    return turn->message->direct && !turn->message->again && turn->writer == 0 && !turn->following && !turn->dry &&
           last != NULL && sent_ms - last->at_ms <= CONTEXT_HOLDS_MS && !unanswered_since(turn, sent_ms);
}

int qualm_ask(struct turn *turn, struct span text, int64_t sent_ms, struct err *err)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX), piece = BUF_INIT(READING_TEXT_SIZE);
    struct fix_search search = {.turn = turn, .load = NAN, .denied = NAN};
    struct qualm qualm;
    int result = 0;

    if (may_doubt(turn, sent_ms) && typed_fold(text, &folded) == 0 && qualm_read(buf_span(&folded), &qualm))
        result = find(turn, &qualm, text, &search, err);
    if (result == 1)
        result = qualm_settle(&qualm, &search.found.set, &piece) ? ask(turn, &search, &piece, text, err) : 0;
    buf_release(&folded);
    buf_release(&piece);
    return result;
}

int qualm_answer(struct turn *turn, const struct pending *pending, struct err *err)
{
    struct fix_search search = {
        .turn = turn, .load = NAN, .denied = NAN, .row = pending->corrects, .warmups = true, .alone = pending->alone};
    struct fixed fixed = {0};
    int result;

    if (fix_search_load(turn, err) < 0 || fix_search_run(&search, err) < 0)
        return -1;
    if (search.count == 0)
        return turn_refuse(turn, TEXT_CHANGED_SINCE);
    result = fix_search_open(&search, &fixed, err);
    if (result == 0)
        result = fix_may(turn, &fixed, err);
    if (result == 1)
        result = fix_by(turn, &fixed, span_of(pending->unknown), err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

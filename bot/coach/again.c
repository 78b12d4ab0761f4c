/*
 * same, again: the last set once more, with its other side, and a superset as a whole. ok: the set as it was advised.
 * Both are typed for the lifter and read like any message.
 */
#include <stdlib.h>

#include "bot/coach/advise.h"
#include "bot/coach/book.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/lead.h"
#include "bot/coach/pounds.h"
#include "bot/coach/seen.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/piece.h"

enum { REPS_APART = 3 /* "5 less" may be of the load as well */ };

static void write_set(const struct turn *turn, const struct set *set, struct span effort, struct buf *text)
{
    notation_print(set, wording_style(turn), true, text);
    buf_addc(text, ' ');
    buf_add_span(text, effort);
    buf_addc(text, '\n');
}

static int book_set(struct turn *turn, const struct set *set, struct span effort, struct err *err)
{
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    int result;

    write_set(turn, set, effort, &text);
    result = book_words(turn, buf_span(&text), err);
    buf_release(&text);
    return result;
}

/* Whether SETS, COUNT of them, have one of the exercise and the side of SET. */
static bool holds(const struct logged_set *sets, size_t count, const struct set *set)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sets[i].set.exercise, set->exercise) == 0 && sets[i].set.side == set->side)
            return true;
    return false;
}

/* How many sets up to LAST were done by turns in its message: both sides, each exercise of a superset. */
static size_t round_size(const struct turn *turn, const struct logged_set *last)
{
    const struct logged_set *const log = turn->lifter->log.at, *first = last;

    while (first != log && first[-1].at_ms == last->at_ms && !holds(first, (size_t)(last - first) + 1, &first[-1].set))
        first--;
    return (size_t)(last - first) + 1;
}

/* Makes SET what PIECE says, and EFFORT what stands behind it, the number of sets included. False: it was refused. */
static bool apply(struct turn *turn, struct piece piece, struct set *set, struct buf *effort)
{
    int sets = piece.sets;

    if (piece.more_alone && abs(piece.more) > REPS_APART) {
        turn_refuse(turn, TEXT_PIECE_UNCLEAR);
        return false;
    }
    piece.sets = 0;
    if (piece_is_step(&piece, set)) {
        piece.load_kg = set->load_kg + unit_to_kg(piece.number, piece.unit);
        piece.number = NAN;
        piece.plus = false;
    }
    if (!piece_apply(piece, set)) {
        turn_refuse(turn, piece.reps != REPS_UNKNOWN && set->reps == REPS_UNKNOWN ? TEXT_FIX_HELD : TEXT_PIECE_UNCLEAR);
        return false;
    }
    return buf_add_span(effort, piece.effort) == 0 && (sets == 0 || buf_addf(effort, " %d sets", sets) == 0);
}

/* "same but 110", "same 2 sets": the last set, but for what is said. 1: SET and EFFORT are it; 0: the words are none of
 * that, or refused. */
static int change(struct turn *turn, struct span arguments, struct set *set, struct buf *effort)
{
    struct buf folded = BUF_INIT(256);
    struct piece piece;
    int result;

    if (typed_fold(arguments, &folded) != 0 ||
        !piece_read(buf_span(&folded), pounds_behind(turn, set, turn->message->sent_ms), &piece))
        result = buf_add_span(effort, arguments) == 0;
    else
        result = apply(turn, piece, set, effort);
    buf_release(&folded);
    return result;
}

/* Whether the last set, if there is one, was typed where its answer was read: 1; 0, and that is said behind KEY; -1. */
static int was_here(struct turn *turn, enum text_key key, struct err *err)
{
    struct seen seen;
    int result = seen_begin_moment(turn, &seen, err);
    bool behind = seen.behind;

    seen_end(turn, &seen);
    if (result < 0 || !behind)
        return result < 0 ? -1 : 1;
    turn_refuse(turn, key);
    reply_tell(&turn->reply, turn->texts, TEXT_SEEN_HERE);
    return 0;
}

/* Writes SET once more, as ARGUMENTS say; 0: they are refused. */
static int write_again(struct turn *turn, struct set set, struct span arguments, struct buf *text)
{
    struct buf effort = BUF_INIT(256);
    int result = 1;

    set.note[0] = '\0'; /* how it was is told of each anew */
    if (arguments.length != 0) {
        set.rir = NAN;
        set.failure = FAILURE_NONE;
        result = change(turn, arguments, &set, &effort);
    }
    if (result == 1)
        write_set(turn, &set, buf_span(&effort), text);
    buf_release(&effort);
    return result;
}

/* The round that LAST ended; what ARGUMENTS say is of its exercise alone. */
static int book_again(struct turn *turn, const struct logged_set *last, struct span arguments, struct err *err)
{
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    int result = 1;

    for (const struct logged_set *set = last - round_size(turn, last) + 1; result == 1 && set <= last; set++)
        if (arguments.length == 0 || strcmp(set->set.exercise, last->set.exercise) == 0)
            result = write_again(turn, set->set, arguments, &text);
    if (result == 1)
        result = book_words(turn, buf_span(&text), err);
    buf_release(&text);
    return result;
}

static int again_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct logged_set *last;
    int result = advise_load(turn, turn->message->sent_ms, err);

    if (result == 0)
        result = was_here(turn, TEXT_NOTHING_TO_REPEAT, err);
    if (result == 1 && onto_find(turn, turn->message->sent_ms, err) < 0)
        result = -1;
    if (result != 1 || unanswered_refuse(turn))
        return result < 0 ? -1 : 0;
    last = turn->onto.exercise[0] != '\0' ? NULL : context_moment(turn, turn->message->sent_ms);
    if (last == NULL)
        return turn_refuse(turn, TEXT_NOTHING_TO_REPEAT);
    return book_again(turn, last, arguments, err);
}

/* The set that the plan names next, or what the last one's advice was: false where there is none. */
static bool take_advised(struct turn *turn, struct set *set)
{
    const struct lead *lead = &turn->lead;
    const struct advice *advice = lead->there ? &lead->advice : &turn->advice;

    set_init(set);
    if (!lead->there && context_moment(turn, turn->message->sent_ms) == NULL)
        return false;
    memcpy(set->exercise, lead->there ? lead->exercise : turn->advice_exercise, sizeof(set->exercise));
    set->load_kg = advice->load_kg;
    set->load_mode = advice->load_mode;
    set->unit = wording_unit(turn);
    set->reps = advice->reps;
    if (lead->there && !isnan(lead->item.seconds)) {
        set->seconds = lead->item.seconds;
        set->reps = REPS_UNKNOWN;
    }
    return set->reps != REPS_UNKNOWN || !isnan(set->seconds);
}

/* What comes now: of the exercise that they turned to, else by the plan, else of the last set. */
static int advise_now(struct turn *turn, struct err *err)
{
    const int64_t now_ms = turn->message->sent_ms;
    const char *onto = turn->onto.exercise;
    int result;

    result = onto[0] != '\0' ? lead_of(turn, onto, now_ms, err) : lead_now(turn, now_ms, false, err);
    if (result < 0 || turn->lead.there)
        return result < 0 ? -1 : 0;
    result = onto[0] != '\0' ? advise(turn, onto, now_ms, err) : advise_last(turn, err);
    turn->lead.there = false; /* as it stands now, not as it stood behind the last set */
    return result < 0 ? -1 : 0;
}

static int ok_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct set set;
    int result = was_here(turn, TEXT_NOTHING_ADVISED, err);

    if (result == 1 && onto_find(turn, turn->message->sent_ms, err) < 0)
        result = -1;
    if (result != 1 || unanswered_refuse(turn))
        return result < 0 ? -1 : 0;
    if (advise_now(turn, err) < 0)
        return -1;
    if ((!turn->advised && !turn->lead.there) || !take_advised(turn, &set)) {
        turn->advised = false;
        return turn_refuse(turn, TEXT_NOTHING_ADVISED);
    }
    turn->advised = false;
    return book_set(turn, &set, arguments, err);
}

static int cancel_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_NOTHING_WAITS);
    return 0;
}

const struct command same_command = {
    .name = "same",
    .aliases =
        "again,same again,one more,one more time,once more,same but,same with,same at,again but,again with,again at,"
        "same weight,same load,same reps,same as last set,same as before,another one,another set,one more set,"
        "and again,and another one,and another,and one more,repeat,ditto,dito",
    .german =
        "nochmal dasselbe,nochmal das gleiche,noch mal dasselbe,noch mal das gleiche,gleiche nochmal,wie eben,nochmal,"
        "noch mal,noch einmal,dasselbe,das gleiche,gleiches nochmal,dasselbe nochmal,das gleiche nochmal,nochmal mit,"
        "noch mal mit,dasselbe mit,das gleiche mit,gleiches gewicht,noch einen,noch einen satz,noch ein satz,"
        "gleich nochmal,gleich noch mal,genauso,und nochmal,und noch mal,noch einer mit,noch einen mit",
    .arguments = "[LOAD] [xREPS] [@EFFORT]",
    .words = 10,
    .example = "same @1",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_AGAIN,
    .free_text = true,
    .takes_pieces = true,
    .stands_alone = true,
    .agrees = true,
    .asked = "next",
    .run = again_run};
const struct command ok_command = {
    .name = "ok",
    .aliases =
        "okay,as planned,done as planned,as advised,done as advised,as you said,did as you said,did what you said",
    .german = "wie geplant,gemacht wie geplant,wie empfohlen,wie gesagt,wie du gesagt hast",
    .arguments = "[@EFFORT]",
    .never_before = "abcdeghijklmnopqstuvwyz",
    .agrees = true,
    .words = 2,
    .example = "ok @1",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_OK,
    .asked = "next",
    .run = ok_run};
/* While a question waits, "cancel" is an answer to it and does not come here. */
const struct command cancel_command = {.name = "cancel",
                                       .aliases = "nevermind,never mind,nvm,stop",
                                       .german = "abbrechen,abbruch,doch nicht",
                                       .arguments = "",
                                       .example = "cancel",
                                       .group = COMMAND_LOGGING,
                                       .help = TEXT_HELP_CANCEL,
                                       .run = cancel_run};

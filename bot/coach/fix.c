/*
 * fix: what was typed wrong is said anew ("sorry, 80x7", "*80x7", "that was 4 reps"). The sets take the place of the
 * last ones, as an edit of that message would have made them.
 */
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/commands.h"
#include "bot/coach/earlier.h"
#include "bot/coach/follow.h"
#include "bot/coach/import.h"
#include "bot/coach/pounds.h"
#include "bot/coach/seen.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/piece.h"

/* The message that the last step booked, and its sets. */
struct fixed {
    VEC(struct set) sets;
    struct coach_set_row first;
};

static int take_set(void *arg, const struct coach_set_row *row)
{
    struct fixed *fixed = arg;

    if (fixed->sets.count == 0)
        fixed->first = *row;
    vec_push(&fixed->sets, row->set);
    return 0;
}

/* 1 what they were told by isn't corrected by a line, and that is said; 0, -1. */
static int find(struct turn *turn, struct fixed *fixed, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_action action;
    int result = store->action_last(store->self, turn->lifter->id, true, &action, err);

    if (result != 1 || action.kind == COACH_DELETE)
        return result < 0 ? -1 : 0;
    result = import_made(turn, action.id, err);
    if (result != 0)
        return result < 0 ? -1 : 1 + turn_refuse(turn, TEXT_FIX_IMPORTED);
    return store->sets_of_action(store->self, action.id, false, take_set, fixed, err);
}

static void say_instead(struct turn *turn, const struct set_list *old)
{
    struct buf line = BUF_INIT(REPLY_MAX);

    wording_sets(turn, old->sets.at, old->sets.count, true, &line);
    reply_say(&turn->reply, turn->texts, TEXT_INSTEAD_OF, ARG("sets", buf_text(&line)));
    buf_release(&line);
}

/* What TEXT leaves out is as it was; bare numbers are of UNIT. */
static int book_instead(struct turn *turn, const struct coach_set_row *row, struct span text, enum unit unit,
                        struct err *err)
{
    struct set_list old = {0};
    struct pending pending;
    int result;

    pending_init(&pending, turn->message->id, row->input, row->at_ms, text);
    pending.unit = (int)unit;
    result = follow_leans(turn, row->input, row->action, err);
    if (result == 0)
        memcpy(pending.exercise, row->set.exercise, sizeof(pending.exercise));
    if (row->set.load_mode == LOAD_EXTERNAL)
        pending.load_kg = row->set.load_kg;
    if (result >= 0)
        result = earlier_withdraw(turn, row->input, COACH_CORRECT, &old, &pending.action, err);
    if (result == 0)
        result = book(turn, &pending, err);
    if (result == 0 && turn->logged.count != 0)
        say_instead(turn, &old);
    if (result == 0 && pending.action != 0)
        result = follow(turn, row->at_ms, pending.action, COACH_CORRECT, err);
    pending_release(&pending);
    set_list_release(&old);
    return result;
}

/* "that was 4 reps": the message anew, the last of its sets as PIECE says, and a unit holds for all. False: what the
 * number is isn't sure. */
static bool write_anew(const struct turn *turn, struct fixed *fixed, const struct piece *piece, struct buf *text)
{
    struct set *last = &fixed->sets.at[fixed->sets.count - 1];

    for (size_t i = 0; piece->unit_alone && &fixed->sets.at[i] != last; i++)
        piece_convert(*piece, &fixed->sets.at[i]);
    if (!piece_apply(*piece, last))
        return false;
    wording_sets(turn, fixed->sets.at, fixed->sets.count, true, text);
    buf_addc(text, ' ');
    buf_add_span(text, piece->effort);
    return true;
}

static int fix_by(struct turn *turn, struct fixed *fixed, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256), text = BUF_INIT(READING_INPUT_MAX);
    enum unit unit = pounds_behind(turn, &fixed->sets.at[fixed->sets.count - 1], fixed->first.at_ms);
    struct piece piece;
    int result = 0;

    if (typed_fold(arguments, &folded) != 0 || !piece_read(buf_span(&folded), unit, &piece))
        result = book_instead(turn, &fixed->first, arguments, unit, err);
    else if (write_anew(turn, fixed, &piece, &text))
        result = book_instead(turn, &fixed->first, buf_span(&text), wording_style(turn).unit, err);
    else
        turn_refuse(turn, TEXT_PIECE_UNCLEAR);
    buf_release(&folded);
    buf_release(&text);
    return result;
}

/* The answer names the set: it is corrected where that may be read. */
static int fix_here(struct turn *turn, struct fixed *fixed, struct span arguments, struct err *err)
{
    int shown = seen_input(turn, fixed->first.input, err);

    if (shown < 0)
        return -1;
    return shown == 1 ? fix_by(turn, fixed, arguments, err) : turn_refuse(turn, TEXT_CORRECT_ELSEWHERE);
}

static int fix_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    int result = lifter_load_names(turn->lifter, turn->store, err);

    if (result == 0)
        result = find(turn, &fixed, err);
    if (result == 0)
        result =
            fixed.sets.count != 0 ? fix_here(turn, &fixed, arguments, err) : turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    vec_release(&fixed.sets);
    return result < 0 ? -1 : 0;
}

const struct command fix_command = {
    .name = "fix",
    .aliases = "*,sorry,oops,no wait,wait,actually,i meant,i mean,meant,correction,make that,nope,nah,no",
    .german = "korrektur,quatsch,ups,upps,huch,hoppla,ich meine,ich meinte,meinte,nee,nein,falsch,warte,ne warte,nee "
              "warte,nein "
              "warte,korrigiere,vertippt,verschrieben",
    .arguments = "SET",
    .words = 12,
    .example = "fix 80x7 @1",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_FIX,
    .free_text = true,
    .takes_sets = true,
    .takes_pieces = true,
    .run = fix_run};

/* "that was 90x5" is a set of its own, "that was 4 reps" speaks of the last one. */
const struct command that_was_command = {
    .name = "that was",
    .aliases =
        "it was,those were,last set was,the last set was,my last set was,last one was,last was,that one was,make it,"
        "the last one was,should be,should have been,should've been",
    .german = "das war,das waren,es waren,letzter satz war,der letzte satz war,"
              "letzter satz waren,mein letzter satz war,der letzte war,der letzte waren,das "
              "letzte war,das letzte mit,der letzte mit,waren,waren doch,doch,doch nur,mach",
    .arguments = "",
    .words = 10,
    .example = "that was 4 reps",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_FIX,
    .free_text = true,
    .takes_pieces = true,
    .unlisted = true,
    .run = fix_run};

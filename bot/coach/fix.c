/*
 * fix: what was typed wrong is said anew ("sorry, 80x7", "*80x7", "that was 4 reps"). The sets take the place of the
 * last ones, as an edit of that message would have made them.
 */
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/earlier.h"
#include "bot/coach/fix.h"
#include "bot/coach/follow.h"
#include "bot/coach/import.h"
#include "bot/coach/pounds.h"
#include "bot/coach/question.h"
#include "bot/coach/respell.h"
#include "bot/coach/seen.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/notation/piece.h"

enum {
    NEXT_AFTER_MS = 45 * 1000,         /* "only 6" sooner is no further set, as nobody rests less */
    CORRECTS_WITHIN_MS = 2 * 60 * 1000 /* later it is one: nobody finds that out so late */
};

int fixed_add(void *arg, const struct coach_set_row *row)
{
    struct fixed *fixed = arg;

    if (fixed->sets.count == 0)
        fixed->first = *row;
    vec_push(&fixed->sets, row->set);
    vec_push(&fixed->ids, row->id);
    fixed->index = fixed->sets.count - 1;
    return 0;
}

void fixed_release(struct fixed *fixed)
{
    vec_release(&fixed->sets);
    vec_release(&fixed->ids);
}

int fix_may(struct turn *turn, const struct fixed *fixed, struct err *err)
{
    int imported = import_made(turn, fixed->first.action, err);
    int shown = imported == 0 ? seen_input(turn, fixed->first.input, err) : 0;
    if (imported < 0 || shown < 0)
        return -1;
    if (shown == 1)
        return 1;
    return turn_refuse(turn, imported != 0 ? TEXT_FIX_IMPORTED : TEXT_CORRECT_ELSEWHERE);
}

int fix_own(struct turn *turn, struct err *err)
{
    struct coach_action action;
    int result = turn->store->action_last(turn->store->self, turn->lifter->id, true, &action, err);

    if (result != 1)
        return result < 0 ? -1 : 1;
    return action.lifter == turn->lifter->id ? 1 : turn_refuse(turn, TEXT_FIX_WRITTEN);
}

int fix_last(struct turn *turn, struct fixed *fixed, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_action action = {.kind = COACH_DELETE};
    int result = lifter_load_names(turn->lifter, store, err) < 0 ? -1 : fix_own(turn, err);

    if (result != 1)
        return result;
    result = store->action_last(store->self, turn->lifter->id, true, &action, err);
    if (result == 1 && action.kind != COACH_DELETE)
        result = store->sets_of_action(store->self, action.id, false, fixed_add, fixed, err);
    if (result < 0)
        return -1;
    if (fixed->sets.count == 0) {
        turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
        return 0;
    }
    return fix_may(turn, fixed, err);
}

int fix_follow(struct turn *turn, int64_t from_ms, int64_t action, enum coach_action_kind kind, struct err *err)
{
    int result = follow(turn, from_ms, action, kind, err);

    if (result == 0)
        result = timer_follow(turn, err);
    return result == 0 ? session_follow(turn, err) : -1;
}

void fix_say_instead(struct turn *turn, const struct set *old, size_t count)
{
    struct buf line = BUF_INIT(REPLY_MAX);

    wording_sets(turn, old, count, true, &line);
    reply_say(&turn->reply, turn->texts, TEXT_INSTEAD_OF, ARG("sets", buf_text(&line)));
    buf_release(&line);
}

/* Whether sets of other messages stand behind ROW's. */
static bool others_since(const struct turn *turn, const struct coach_set_row *row)
{
    return lifter_log_before(turn->lifter, turn->message->sent_ms + 1) >
           lifter_log_before(turn->lifter, row->at_ms + 1);
}

/* What comes next is told as it stands now, and not as it stood behind the sets that were corrected. */
static int tell_now(struct turn *turn, struct err *err)
{
    reply_clear(&turn->reply);
    return book_tell(turn, turn->message->sent_ms, err);
}

/* Whether TEXT is read as a set, in whichever way. */
static bool is_set(struct turn *turn, struct span text)
{
    const struct reading_options options = turn_reading_options(turn);

    reading_read(&turn->coach->reading, text, &options);
    return turn->coach->reading.kind != READING_TALK;
}

/* What TEXT leaves out is as it was; bare numbers are of UNIT. */
static int book_instead(struct turn *turn, const struct coach_set_row *row, struct span text, enum unit unit,
                        struct err *err)
{
    struct set_list old = {0};
    struct pending pending;
    int result;

    if (!is_set(turn, text)) /* what was is kept */
        return turn_refuse(turn, TEXT_PIECE_UNCLEAR);
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
    if (result == 0 && turn->logged.count != 0 && others_since(turn, row))
        result = tell_now(turn, err);
    if (result == 0 && turn->logged.count != 0)
        fix_say_instead(turn, old.sets.at, old.sets.count);
    if (result == 0 && pending.action != 0)
        result = follow(turn, row->at_ms, pending.action, COACH_CORRECT, err);
    pending_release(&pending);
    set_list_release(&old);
    return result;
}

/* A line for each set, so that EFFORT stands behind the one that it is about. */
static void print_each(const struct turn *turn, const struct fixed *fixed, struct span effort, struct buf *text)
{
    for (size_t i = 0; i < fixed->sets.count; i++) {
        struct set set = fixed->sets.at[i];

        set.at_ms = -1;
        buf_adds(text, i != 0 ? "\n" : "");
        notation_print(&set, wording_style(turn), true, text);
        if (i == fixed->index && effort.length != 0) {
            buf_addc(text, ' ');
            buf_add_span(text, effort);
        }
    }
}

int fix_as(struct turn *turn, const struct fixed *fixed, struct span effort, struct err *err)
{
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    int result;

    print_each(turn, fixed, effort, &text);
    result = book_instead(turn, &fixed->first, buf_span(&text), wording_style(turn).unit, err);
    buf_release(&text);
    return result;
}

bool fix_same_load(const struct set *a, const struct set *b)
{
    return strcmp(a->exercise, b->exercise) == 0 && a->load_mode == b->load_mode && a->load_kg == b->load_kg;
}

/* "waren 14kg": the sets of the message that had the last one's load have the new one. */
static void spread_load(struct fixed *fixed, const struct set *before)
{
    const struct set *set = &fixed->sets.at[fixed->index];

    for (size_t i = fixed->index; !fix_same_load(before, set) && i-- > 0;) {
        struct set *other = &fixed->sets.at[i];

        if (!fix_same_load(other, before) || other->segment_count != 0)
            return;
        other->load_kg = set->load_kg;
        other->load_mode = set->load_mode;
        other->unit = set->unit;
    }
}

/* "9 on both": the last two, one for each side, or the last one where it is of both. */
static bool apply_to_both(struct fixed *fixed, struct piece piece)
{
    struct set *last = &fixed->sets.at[fixed->index], *before = fixed->index != 0 ? last - 1 : NULL;

    piece.both = false;
    if (last->side == SIDE_EACH)
        return piece_apply(piece, last);
    if (before == NULL || last->side == SIDE_NONE || before->side == SIDE_NONE || before->side == last->side)
        return false;
    return piece_apply(piece, before) && piece_apply(piece, last);
}

/* "that was 4 reps": one of the message's sets as PIECE says, and a unit holds for all, as a load does where nobody
 * said which set it was. False: what the number is isn't sure. */
static bool apply(struct fixed *fixed, const struct piece *piece)
{
    struct set *set = &fixed->sets.at[fixed->index], before = *set;

    if (piece->both)
        return apply_to_both(fixed, *piece);
    for (size_t i = 0; piece->unit_alone && i < fixed->sets.count; i++)
        if (i != fixed->index)
            piece_convert(*piece, &fixed->sets.at[i]);
    if (!piece_apply(*piece, set))
        return false;
    if (!piece->unit_alone && !fixed->alone && fixed->index + 1 == fixed->sets.count)
        spread_load(fixed, &before);
    return true;
}

bool fix_take_effort(struct turn *turn, struct span effort, struct set *set)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;
    struct buf text = BUF_INIT(256);
    bool read;

    buf_adds(&text, "80x8 ");
    buf_add_span(&text, effort);
    reading_read(reading, buf_span(&text), &options);
    read = reading->kind == READING_SETS && reading->sets.count == 1;
    if (read) {
        set->rir = reading->sets.at[0].rir;
        set->failure = reading->sets.at[0].failure;
    }
    buf_release(&text);
    return read;
}

/* "that was 4 sets": of one alike. False: the message's sets differ. */
static bool put_sets(struct fixed *fixed, int sets)
{
    const struct set first = fixed->sets.at[0];

    for (size_t i = 1; i < fixed->sets.count; i++)
        if (!fix_same_load(&fixed->sets.at[i], &first) || fixed->sets.at[i].reps != first.reps)
            return false;
    while (fixed->sets.count < (size_t)sets)
        vec_push(&fixed->sets, first);
    fixed->sets.count = (size_t)sets;
    fixed->index = fixed->sets.count - 1;
    return true;
}

/* What "only 6", "failed on the 6th", "6 for the last one" may be of. */
enum which { OF_LAST, OF_NEXT, OF_EITHER };

static double reps_of(const struct piece *piece)
{
    return piece->reps != REPS_UNKNOWN ? piece->reps : piece->number;
}

/* It says how many reps there were, and no more of which set than that there were few, or that it was the last. */
static bool counts_reps(const struct turn *turn, const struct piece *piece, const struct set *last)
{
    const double reps = reps_of(piece);

    return turn->command == &only_command && isnan(piece->load_kg) && !isnan(reps) && reps <= FIX_REPS_MOST &&
           (!piece->last || piece_near_reps(reps, last->reps));
}

/* By how long ago the set was, and by what it was. */
static enum which which_of(const struct turn *turn, const struct fixed *fixed, const struct piece *piece)
{
    const struct set *last = &fixed->sets.at[fixed->index];
    const int64_t since_ms = turn->message->sent_ms - fixed->first.at_ms;

    if (fixed->aimed || last->reps == REPS_UNKNOWN)
        return OF_LAST;
    if (piece->missed != 0)
        return last->reps != piece->missed && last->reps + 1 != piece->missed ? OF_NEXT : OF_LAST;
    if (!counts_reps(turn, piece, last) || (piece->last && fixed->sets.count > 1))
        return OF_LAST;
    if (fixed->further || since_ms > CORRECTS_WITHIN_MS || (!piece->last && reps_of(piece) >= last->reps))
        return OF_NEXT;
    return since_ms > NEXT_AFTER_MS ? OF_EITHER : OF_LAST;
}

int fix_next(struct turn *turn, const struct piece *piece, struct err *err)
{
    struct buf text = BUF_INIT(256);
    int result;

    if (isnan(piece->seconds))
        buf_addf(&text, "x%d ", piece->missed != 0 ? piece->missed - 1 : (int)reps_of(piece));
    else
        buf_addf(&text, "%gs ", piece->seconds);
    buf_add_span(&text, piece->effort);
    result = book_words(turn, buf_span(&text), err);
    buf_release(&text);
    return result;
}

/* "(paused)": how it was done. */
static bool is_note(struct span text)
{
    return text.length > 2 && text.at[0] == '(' && text.at[text.length - 1] == ')';
}

/* "@2 on both" is of the last two sets, where they have no sides; or the other side was told in a message before. */
static bool is_of_others_too(const struct fixed *fixed, const struct piece *piece)
{
    const enum set_side side = fixed->sets.at[fixed->index].side;

    return piece->both && (side == SIDE_NONE || (side != SIDE_EACH && fixed->sets.count == 1));
}

static int fix_both(struct turn *turn, const struct fixed *fixed, struct span arguments, struct err *err)
{
    struct buf text = BUF_INIT(256);
    int result;

    buf_adds(&text, fixed->sets.at[fixed->index].side == SIDE_NONE ? "last 2 " : "last 1 ");
    buf_add_span(&text, arguments);
    result = fix_sets_command.run(turn, buf_span(&text), err);
    buf_release(&text);
    return result;
}

bool fix_denies_other(const struct piece *piece, const struct set *set)
{
    const bool counts = !isnan(piece->number) || !isnan(piece->load_kg) || piece->reps != REPS_UNKNOWN;

    return counts && !isnan(piece->denied) && piece->effort.length == 0 && piece->denied != set->reps &&
           piece->denied != set->seconds && fabs(unit_to_kg(piece->denied, piece->unit) - set->load_kg) > 0.5;
}

/* PIECE, as it is said in ARGUMENTS, of FIXED. */
static int fix_piece(struct turn *turn, struct fixed *fixed, struct piece *piece, struct span arguments,
                     struct err *err)
{
    const struct set *last = &fixed->sets.at[fixed->index];
    const enum which which = which_of(turn, fixed, piece);

    if (piece->last && !isnan(piece->number) && counts_reps(turn, piece, last)) { /* "15 for the last one" of 15 kg */
        piece->reps = (int)piece->number;
        piece->number = NAN;
    }
    if (is_of_others_too(fixed, piece))
        return fix_both(turn, fixed, arguments, err);
    if (which != OF_LAST)
        return which == OF_NEXT ? fix_next(turn, piece, err) : fix_ask_further(turn, fixed, piece, err);
    if (piece->reps != REPS_UNKNOWN && !isnan(last->seconds))
        return turn_refuse(turn, TEXT_FIX_HELD);
    if (fix_denies_other(piece, last))
        return turn_refuse(turn, TEXT_NO_SUCH_SET);
    if (piece_is_sets(piece) && piece->merely && (size_t)piece->sets >= fixed->sets.count)
        return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT); /* "only 2 sets" is no more than there were */
    if (piece_is_sets(piece) ? put_sets(fixed, piece->sets) : apply(fixed, piece))
        return fix_as(turn, fixed, piece->effort, err);
    return turn_refuse(turn, TEXT_PIECE_UNCLEAR);
}

int fix_by(struct turn *turn, struct fixed *fixed, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    enum unit unit = pounds_behind(turn, &fixed->sets.at[fixed->index], fixed->first.at_ms);
    struct piece piece;
    int result = is_note(arguments) ? 0 : fix_ask_rating(turn, fixed, arguments, err);

    if (result != 0)
        return result < 0 ? -1 : 0;
    if (is_note(arguments))
        result = fix_as(turn, fixed, arguments, err);
    else if (typed_fold(arguments, &folded) != 0 || !piece_read(buf_span(&folded), unit, &piece) ||
             piece_is_step(&piece, &fixed->sets.at[fixed->index]))
        result = book_instead(turn, &fixed->first, arguments, unit, err);
    else
        result = fix_piece(turn, fixed, &piece, arguments, err);
    buf_release(&folded);
    return result;
}

bool fix_preview(struct turn *turn, struct fixed *fixed, struct span arguments)
{
    struct set *set = &fixed->sets.at[fixed->index];
    struct piece piece;

    return piece_read(arguments, set->unit, &piece) && apply(fixed, &piece) &&
           (piece.effort.length == 0 || fix_take_effort(turn, piece.effort, set));
}

/* ARGUMENTS as the set that was asked about is to be, into TEXT: anew, or the rest of it as it was said. 1, 0 neither,
 * -1. */
static int spell_asked(struct turn *turn, struct span arguments, struct buf *text, struct err *err)
{
    struct buf folded = BUF_INIT(256), asked = BUF_INIT(READING_INPUT_MAX);
    struct piece piece;
    int result = typed_fold(arguments, &folded) == 0;

    if (result == 1 && !piece_read(buf_span(&folded), UNIT_KG, &piece)) {
        buf_add_span(text, arguments);
    } else if (result == 1) {
        result = question_text(turn, turn->unanswered.event, &asked, err);
        if (result == 1)
            result = respell(buf_span(&asked), &piece, text);
    }
    buf_release(&asked);
    buf_release(&folded);
    return result;
}

/* What a bare load of the set that was asked about is of. */
static enum unit unit_asked(const struct turn *turn)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);
    const char *exercise = turn->unanswered.bare && moment != NULL ? moment->set.exercise : turn->unanswered.exercise;
    bool leans;

    return pounds_unit(turn, exercise, turn->unanswered.sent_ms, &leans);
}

/* "sorry, 80x8", "sorry, that was 20 kg" of what was asked about and isn't booked. */
static int fix_asked(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    const enum unit unit = unit_asked(turn);
    int result = spell_asked(turn, arguments, &text, err);

    if (result == 1)
        result = question_drop(turn, turn->unanswered.event, err);
    if (result == 1)
        result = book_words_by(turn, buf_span(&text), unit, err);
    else if (result == 0)
        unanswered_refuse(turn);
    buf_release(&text);
    return result < 0 ? -1 : 0;
}

/* FURTHER: of another set than the last one. */
static int run(struct turn *turn, struct span arguments, bool further, struct err *err)
{
    struct fixed fixed = {.further = further};
    int result;

    if (unanswered_last(turn))
        return fix_asked(turn, arguments, err);
    result = fix_last(turn, &fixed, err);

    if (result == 1)
        result = fix_by(turn, &fixed, arguments, err);
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

static int fix_run(struct turn *turn, struct span arguments, struct err *err)
{
    return run(turn, arguments, false, err);
}

static int only_run(struct turn *turn, struct span arguments, struct err *err)
{
    const bool further = typed_skip(&arguments, "and");

    return run(turn, arguments, further, err);
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
    .aliases = "it was,last set was,the last set was,my last set was,last one was,last was,that one was,make it,"
               "the last one was,the bar was,bar was,the load was,call it,let's call it,should be,should have "
               "been,should've been,should say,it should say,that should say,it should "
               "be,that should be",
    .german = "das war,das waren,es waren,letzter satz war,der letzte satz war,"
              "letzter satz waren,mein letzter satz war,der letzte war,der letzte waren,war,das "
              "letzte war,das letzte mit,die stange war,auf der stange waren,auf der stange lagen,sagen wir,der letzte "
              "mit,waren,waren doch,doch,doch nur,mach",
    .asked = "next", /* "war das 7?" */
    .arguments = "",
    .words = 10,
    .example = "that was 4 reps",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_FIX,
    .free_text = true,
    .takes_pieces = true,
    .unlisted = true,
    .run = fix_run};
/* "only 6", "15 for the last one", with no word of whose: right after a set it is what that was. */
const struct command only_command = {.name = "fell short",
                                     .aliases = "",
                                     .arguments = "",
                                     .words = 6,
                                     .example = "fell short 8 reps",
                                     .group = COMMAND_LOGGING,
                                     .help = TEXT_HELP_FIX,
                                     .free_text = true,
                                     .takes_pieces = true,
                                     .unlisted = true,
                                     .run = only_run};

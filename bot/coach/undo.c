/*
 * undo: takes back the lifter's last step, and the one before it when said again.
 */
#include <string.h>

#include "bot/coach/behalf.h"
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/earlier.h"
#include "bot/coach/fix.h"
#include "bot/coach/names.h"
#include "bot/coach/plan.h"
#include "bot/coach/said.h"
#include "bot/coach/seen.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/coach/wording.h"

/* What of an action to show: what it booked, or what comes back. */
struct undone {
    const struct turn *turn;
    struct set_list sets;
    struct buf steps; /* "skip bench press" */
    bool said;        /* what the lifter said of themselves is among them */
    bool elsewhere;   /* it was typed where others read less than is read here: what it was isn't told */
    struct buf deed;  /* "quiet on", which stays */
};

static int add_step(void *arg, const struct coach_step *step)
{
    struct undone *undone = arg;

    buf_adds(&undone->steps, undone->steps.length != 0 ? ", " : "");
    plan_print_step(undone->turn, step, &undone->steps);
    return 0;
}

static int add_instruction(void *arg, const struct coach_instruction *said)
{
    struct undone *undone = arg;

    buf_adds(&undone->steps, undone->steps.length != 0 ? ", " : "");
    coaching_print(undone->turn, said, &undone->steps);
    return 0;
}

static int add_said(void *arg, const struct coach_said *said)
{
    struct undone *undone = arg;

    if (said_deed_of(said) != NULL) {
        buf_adds(&undone->deed, said_deed_of(said));
        return 0;
    }
    undone->said = true;
    said_print(undone->turn, said, &undone->steps);
    return 0;
}

static int gather(struct turn *turn, const struct coach_action *action, struct undone *undone, struct err *err)
{
    const struct coach_store *store = turn->store;
    bool back = action->kind != COACH_LOG;

    if (lifter_load_names(turn->lifter, store, err) < 0 ||
        store->sets_of_action(store->self, action->id, back, set_list_add, &undone->sets, err) < 0 ||
        store->checkins_of_action(store->self, action->id, back, set_list_add_checkin, &undone->sets, err) < 0)
        return -1;
    if (store->steps_of_action(store->self, action->id, back, add_step, undone, err) < 0 ||
        store->said_of_action(store->self, action->id, back, add_said, undone, err) < 0)
        return -1;
    return store->instructions_of_action(store->self, action->id, back, add_instruction, undone, err);
}

static void say_undone(struct turn *turn, const struct coach_action *action, const struct undone *undone)
{
    static const enum text_key keys[] = {
        [COACH_LOG] = TEXT_UNDONE_LOG, [COACH_CORRECT] = TEXT_UNDONE_CORRECTION, [COACH_DELETE] = TEXT_UNDONE_REMOVAL};
    struct buf line = BUF_INIT(REPLY_MAX);

    if (undone->deed.length != 0) {
        reply_say(&turn->reply, turn->texts, TEXT_UNDO_STAYS, ARG("deed", buf_text(&undone->deed)));
        return;
    }
    if (undone->elsewhere) {
        reply_tell(&turn->reply, turn->texts, TEXT_UNDONE_ELSEWHERE);
        return;
    }
    set_list_print(turn, &undone->sets, &line);
    if (line.length == 0)
        buf_add_span(&line, buf_span(&undone->steps));
    reply_say(&turn->reply, turn->texts, keys[action->kind],
              ARG("sets", line.length != 0 ? buf_text(&line) : texts_get(turn->texts, TEXT_NO_SETS)));
    buf_release(&line);
}

static int undo(struct turn *turn, const struct coach_action *action, struct err *err)
{
    touched_list touched = {0};
    struct undone undone = {.turn = turn, .steps = BUF_INIT(1024), .deed = BUF_INIT(256)};
    int result = gather(turn, action, &undone, err), shown = seen_input(turn, action->input, err);

    undone.elsewhere = shown == 0;
    if (shown < 0)
        result = -1;
    if (result == 0)
        result = touched_by(turn, action->id, &touched, err);
    if (result == 0)
        result = touched_undo(turn, action->id, &touched, err);
    if (result == 0 && undone.said)
        result = said_again(turn, err);
    if (result == 0)
        say_undone(turn, action, &undone);
    if (result == 0)
        result = timer_follow(turn, err);
    if (result == 0)
        result = session_follow(turn, err);
    touched_release(&touched);
    set_list_release(&undone.sets);
    buf_release(&undone.steps);
    buf_release(&undone.deed);
    return result;
}

/* ACTION is of the log of whom MESSAGE, by which it is taken back, stands for: as they would. */
static int undo_there(struct turn *turn, const struct message *message, const struct coach_action *action,
                      struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct message *said = turn->message;
    struct lifter *writer = turn->lifter;
    int result = store->input_hand(store->self, turn->input, action->lifter, writer->id, err);

    turn->message = message;
    turn->lifter = lifters_hold(turn->coach->lifters, action->lifter);
    if (result == 0)
        result = lifter_load_settings(turn->lifter, store, err);
    if (result == 0)
        result = undo(turn, action, err);
    lifter_let_go(turn->lifter);
    turn->lifter = writer;
    turn->message = said;
    return result;
}

/* What the turn's lifter wrote into another's log, for as long as they may write there. */
static int undo_written(struct turn *turn, const struct coach_action *action, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_input input;
    struct stand_in stand_in = {.message = *turn->message};
    int result = store->input_event(store->self, action->input, &input, NULL, err);

    if (result == 1)
        result = stand_in_open(&stand_in, store, turn->message, &input, err);
    if (result == 0)
        result = stand_in_may_write(&stand_in, store, &input, err);
    if (result == 1)
        result = undo_there(turn, &stand_in.message, action, err);
    else if (result == 0)
        turn_refuse(turn, TEXT_UNDO_WRITTEN);
    stand_in_release(&stand_in);
    return result < 0 ? -1 : 0;
}

static int undo_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct coach_action action;
    int result = turn->store->action_last(turn->store->self, turn->lifter->id, false, &action, err);

    (void)arguments;
    if (result != 1)
        return result == 0 ? turn_refuse(turn, TEXT_NOTHING_TO_UNDO) : -1;
    return action.lifter != turn->lifter->id ? undo_written(turn, &action, err) : undo(turn, &action, err);
}

const struct command undo_command = {
    .name = "undo",
    .aliases = "delete that,delete it,delete,remove that,remove,undo that,undo it,scratch that,"
               "take that back",
    .german = "rückgängig,rueckgaengig,rückgängig machen,mach das rückgängig,lösch das",
    .arguments = "",
    .example = "undo",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_UNDO,
    .run = undo_run};

/* Whether several steps are meant, or that an undo itself was wrong, isn't clear: a step too many would be lost. */
static int several_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_UNDO_USAGE);
    return 0;
}

const struct command undo_several_command = {.name = "undo undo",
                                             .aliases = "undo twice,undo 2,undo 3,undo all,undo everything",
                                             .arguments = "",
                                             .example = "undo undo",
                                             .group = COMMAND_LOGGING,
                                             .help = TEXT_HELP_UNDO,
                                             .unlisted = true,
                                             .run = several_run};

/* Whether a step booked one exercise alone. */
struct of_exercise {
    const char *id;
    size_t sets, others;
};

static int count_set(void *arg, const struct coach_set_row *row)
{
    struct of_exercise *of = arg;

    of->sets++;
    of->others += strcmp(row->set.exercise, of->id) != 0;
    return 0;
}

static int count_any(void *arg, const struct coach_set_row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return 0;
}

/* "delete the last set": the last step, where it booked one set alone; else the newest set, whatever was said since. */
static int set_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_action action;
    size_t sets = 0;
    int result = store->action_last(store->self, turn->lifter->id, false, &action, err);

    if (result == 1 && action.kind == COACH_LOG &&
        store->sets_of_action(store->self, action.id, false, count_any, &sets, err) < 0)
        result = -1;
    if (result < 0)
        return -1;
    return result == 0 || sets == 1 ? undo_run(turn, arguments, err) : fix_remove(turn, NULL, err);
}

const struct command undo_set_command = {
    .name = "undo set",
    .aliases = "undo last set,undo my last set,undo the last set,delete last set,delete the last set,"
               "delete my last set,remove last set,remove the last set",
    .german = "letzten satz löschen",
    .arguments = "",
    .example = "undo set",
    .group = COMMAND_LOGGING,
    .help = TEXT_HELP_UNDO,
    .unlisted = true,
    .run = set_run};

/* The set of ROW: by undoing the last step, where it booked that and nothing else. */
static int undo_row(struct turn *turn, const struct coach_set_row *row, struct span arguments, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_action action;
    size_t sets = 0;
    int result = store->action_last(store->self, turn->lifter->id, false, &action, err);

    if (result == 1 && action.id == row->action && action.kind == COACH_LOG &&
        store->sets_of_action(store->self, action.id, false, count_any, &sets, err) < 0)
        result = -1;
    if (result < 0)
        return -1;
    return sets == 1 ? undo_run(turn, arguments, err) : fix_remove_row(turn, row, err);
}

/* "sent that twice" */
static int double_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct coach_set_row row;
    const int result = fix_find_twin(turn, &row, err);

    return result == 1 ? undo_row(turn, &row, arguments, err) : result;
}

/* "delete bench 80x8" */
static int one_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct coach_set_row row;
    const int result = fix_find_one(turn, arguments, &row, err);

    return result == 1 ? undo_row(turn, &row, (struct span){arguments.at, 0}, err) : result;
}

const struct command undo_double_command = {.name = "undo double",
                                            .aliases = "",
                                            .arguments = "",
                                            .example = "undo double",
                                            .group = COMMAND_LOGGING,
                                            .help = TEXT_HELP_UNDO,
                                            .unlisted = true,
                                            .run = double_run};

/* "delete facepulls": the last step, where it is that and nothing else; else the newest sets of it. */
static int exercise_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct exercise *exercise;
    struct coach_action action;
    struct of_exercise of = {0};
    int result;

    if (arguments.length == 0)
        return several_run(turn, arguments, err);
    if (memchr(arguments.at, ':', arguments.length) != NULL)
        return one_run(turn, arguments, err);
    if (lifter_load_names(turn->lifter, store, err) < 0)
        return -1;
    if ((exercise = names_exercise(turn, arguments)) == NULL)
        return 0;
    of.id = exercise->id;
    result = store->action_last(store->self, turn->lifter->id, false, &action, err);
    if (result == 1 && action.kind == COACH_LOG)
        result = store->sets_of_action(store->self, action.id, false, count_set, &of, err) < 0 ? -1 : 1;
    if (result < 0)
        return -1;
    if (of.sets != 0 && of.others == 0)
        return undo_run(turn, (struct span){arguments.at, 0}, err);
    return fix_remove(turn, exercise->id, err);
}

const struct command undo_exercise_command = {.name = "undo exercise",
                                              .aliases = "",
                                              .arguments = "EXERCISE",
                                              .words = 10,
                                              .example = "undo exercise bench",
                                              .group = COMMAND_LOGGING,
                                              .help = TEXT_HELP_UNDO,
                                              .unlisted = true,
                                              .run = exercise_run};

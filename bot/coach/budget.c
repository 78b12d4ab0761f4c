/*
 * budget: what the week may hold: sets to failure that are left, muscles with enough, lifts to push or to hold. By
 * itself on Monday morning, to whoever trained in the week before.
 */
#include "bot/coach/budget.h"

#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/regular.h"
#include "bot/coach/typed.h"
#include "bot/coach/week.h"
#include "bot/coach/wording.h"

enum { LIFTS_SAID = 4, WEEK_DAYS = 7 };

/* ---------------------------------------------------------------- lifts */

/* The heaviest set of the exercise's last session, of equal ones that of the most reps; NULL. */
static const struct set *last_top(const struct turn *turn, const struct effort_input *input)
{
    const struct set *top = NULL;
    int64_t from_ms = 0;

    for (size_t i = input->log_count; i-- > 0 && input->log[i].at_ms >= from_ms;) {
        const struct set *set = &input->log[i].set;

        if (strcmp(set->exercise, input->exercise->id) != 0 || set->type == SET_WARMUP || isnan(set->load_kg))
            continue;
        if (top == NULL)
            from_ms = day_of(turn, input->log[i].at_ms).start_ms;
        if (top == NULL || set->load_mode != top->load_mode || set->load_kg > top->load_kg ||
            (set->load_kg == top->load_kg && set->reps > top->reps))
            top = set;
    }
    return top;
}

/* Whether NEXT is more than TOP (1), less (-1), or neither. */
static int compare(const struct advice *next, const struct set *top)
{
    double more = next->load_mode == top->load_mode ? next->load_kg - top->load_kg : 0;

    if (next->load_mode == LOAD_ASSISTED)
        more = -more;
    if (more == 0)
        return next->reps > top->reps;
    return more > 0 ? 1 : -1;
}

/* Whatever warns keeps everything where it is. */
static enum text_key judge(const struct advise_case *ask, const struct ledger_lift *lift, int more)
{
    bool held = lift->trend.way == TREND_FALLING || lift->overshoots != 0 ||
                warnings_verdict(&ask->input) != VERDICT_CARRY_ON || ask->profile.phase == PHASE_DELOAD;

    if (more < 0)
        return TEXT_BUDGET_EASE;
    return !held && (more > 0 || lift->trend.way == TREND_RISING) ? TEXT_BUDGET_PUSH : TEXT_BUDGET_HOLD;
}

/* "push bench press 82.5 kg x 6". */
static bool say_lift(struct turn *turn, struct advise_case *ask, const struct ledger_lift *lift)
{
    struct buf name = BUF_INIT(128), set = BUF_INIT(128), line = BUF_INIT(320);
    const struct set *top;
    struct advice next;

    ask->input.exercise = lift->exercise;
    effort_next_session(&ask->input, &next);
    top = last_top(turn, &ask->input);
    if (top == NULL || isnan(next.load_kg) || next.reps == REPS_UNKNOWN)
        return false;
    wording_exercise(turn, lift->exercise->id, &name);
    wording_work(turn, next.load_mode, next.load_kg, next.reps, &set);
    reply_phrase(turn->texts, judge(ask, lift, compare(&next, top)),
                 REPLY_ARGS(ARG("exercise", buf_text(&name)), ARG("set", buf_text(&set))), &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&name);
    buf_release(&set);
    buf_release(&line);
    return true;
}

/* The one that most sets were of among those that weren't taken yet, compound ones first; NULL. */
static const struct ledger_lift *take_lift(const struct ledger *ledger, bool *taken)
{
    size_t best = LEDGER_LIFTS;

    for (size_t i = 0; i < ledger->lift_count; i++) {
        const struct ledger_lift *lift = &ledger->lifts[i], *other = &ledger->lifts[best % LEDGER_LIFTS];

        if (taken[i])
            continue;
        if (best == LEDGER_LIFTS || (lift->exercise->compound != other->exercise->compound ? lift->exercise->compound
                                                                                           : lift->sets > other->sets))
            best = i;
    }
    if (best == LEDGER_LIFTS)
        return NULL;
    taken[best] = true;
    return &ledger->lifts[best];
}

static void say_lifts(struct turn *turn, struct advise_case *ask)
{
    bool taken[LEDGER_LIFTS] = {false};
    const struct ledger_lift *lift;
    int said = 0;

    while (said < LIFTS_SAID && (lift = take_lift(&turn->week, taken)) != NULL)
        said += say_lift(turn, ask, lift);
}

/* ---------------------------------------------------------------- the week */

static void say_failures(struct turn *turn, const struct effort_input *input)
{
    struct buf left = BUF_INIT(16), budget = BUF_INIT(16);

    wording_number(turn, fmax(0, turn->week.budget - turn->week.spent), &left);
    wording_number(turn, turn->week.budget, &budget);
    reply_say(&turn->reply, turn->texts, week_may_fail(turn, input) ? TEXT_BUDGET_FAILURE : TEXT_BUDGET_NO_FAILURE,
              ARG("left", buf_text(&left)), ARG("budget", buf_text(&budget)));
    buf_release(&left);
    buf_release(&budget);
}

/* 1 when it is said, 0 nothing was trained in the week before, -1. */
static int say_budget(struct turn *turn, struct err *err)
{
    int64_t now_ms = turn->message->read_ms, monday;
    struct buf sets = BUF_INIT(64);
    struct advise_case ask;

    if (advise_open(turn, now_ms, &ask, err) < 0)
        return -1;
    monday = civil_monday(ask.day.number);
    ledger_read(&turn->week, &ask.input, day_numbered(turn, monday - WEEK_DAYS).start_ms,
                day_numbered(turn, monday).start_ms);
    if (turn->week.working == 0)
        return 0;
    turn->shows_week = true;
    turn->week_day = monday - WEEK_DAYS;
    wording_sets_count(turn->texts, (size_t)ceil(turn->week.working), &sets);
    reply_say(&turn->reply, turn->texts, TEXT_BUDGET, ARG("sets", buf_text(&sets)));
    say_failures(turn, &ask.input);
    week_say_volume(turn, &turn->week);
    if (ask.profile.phase == PHASE_DELOAD)
        reply_tell(&turn->reply, turn->texts, TEXT_REASON_DELOAD);
    say_lifts(turn, &ask);
    buf_release(&sets);
    return 1;
}

int budget_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    return regular_due(turn, REGULAR_BUDGET, job, say_budget, TEXT_BUDGET_END, err);
}

/* ---------------------------------------------------------------- the command */

static void say_arranged(struct turn *turn, const struct regular *regular)
{
    struct buf time = BUF_INIT(16);

    wording_time(regular->minute, &time);
    reply_say(&turn->reply, turn->texts, regular->off ? TEXT_BUDGET_OFF : TEXT_BUDGET_ON, ARG("time", buf_text(&time)));
    buf_release(&time);
}

static int budget_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(64);
    struct regular regular;
    int result = 0;

    if (arguments.length == 0) {
        result = say_budget(turn, err);
        if (result == 0)
            reply_tell(&turn->reply, turn->texts, TEXT_BUDGET_NONE);
    } else if (typed_fold(arguments, &folded) == 0) {
        result = regular_arrange(turn, REGULAR_BUDGET, buf_span(&folded), &regular, err);
        if (result == 1)
            say_arranged(turn, &regular);
    }
    if (result == 0 && arguments.length != 0)
        turn_refuse(turn, TEXT_BUDGET_REFUSED);
    buf_release(&folded);
    return result < 0 ? -1 : 0;
}

const struct command budget_command = {.name = "budget",
                                       .aliases = "monday plan,my budget",
                                       .german = "wochenbudget,montagsplan",
                                       .arguments = "[off|on|TIME]",
                                       .words = 2,
                                       .example = "budget 6:30",
                                       .group = COMMAND_REVIEW,
                                       .tells = TELLS_LOG,
                                       .help = TEXT_HELP_BUDGET,
                                       .run = budget_run};

/*
 * may fail: whether a set of an exercise may go to failure today, yes or no first, then why not.
 */
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"
#include "bot/coach/why.h"
#include "bot/coach/wording.h"

static bool waits_for_gate(const struct advice *advice)
{
    for (size_t i = 0; i < advice->reason_count; i++)
        if (advice->reasons[i].closed_gate)
            return true;
    return false;
}

/* What the next set alone is held back by (R09, and what says the same): another one is the last. */
static void leave_to_the_last(struct advice *advice)
{
    size_t kept = 0;

    for (size_t i = 0; i < advice->reason_count; i++) {
        const struct reason *reason = &advice->reasons[i];

        if (!reason->closed_gate || (strcmp(reason->rule, "R09") != 0 && strcmp(reason->rule, "R32") != 0))
            advice->reasons[kept++] = *reason;
    }
    advice->reason_count = kept;
}

static void say_verdict(struct turn *turn, enum text_key key, const char *exercise)
{
    struct buf name = BUF_INIT(128);

    wording_exercise(turn, exercise, &name);
    reply_say(&turn->reply, turn->texts, key, ARG("exercise", buf_text(&name)));
    buf_release(&name);
}

/* The exercise is advised. */
static void say(struct turn *turn)
{
    const struct advice whole = turn->advice;

    leave_to_the_last(&turn->advice);
    if (waits_for_gate(&turn->advice)) {
        say_verdict(turn, TEXT_MAY_FAIL_NO, turn->advice_exercise);
        why_say_gates(turn);
    } else if (isnan(whole.rir_min)) { /* no set of it is to come */
        say_verdict(turn, TEXT_MAY_FAIL_NO, turn->advice_exercise);
        advise_next_line(turn);
    } else {
        say_verdict(turn, whole.failure_ok ? TEXT_MAY_FAIL_NOW : TEXT_MAY_FAIL_LAST, turn->advice_exercise);
        if (context_load(turn, turn->advice_exercise, turn->message->sent_ms, false) != NULL)
            advise_next_line(turn);
    }
    turn->advice = whole;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct logged_set *last;
    const struct exercise *exercise;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    last = context_moment(turn, turn->message->sent_ms);
    if (arguments.length == 0 && last == NULL)
        return budget_command.run(turn, arguments, err);
    exercise =
        arguments.length != 0 ? names_exercise(turn, arguments) : lifter_exercise(turn->lifter, last->set.exercise);
    if (exercise == NULL)
        return 0;
    if (advise(turn, exercise->id, turn->message->sent_ms, err) < 0)
        return -1;
    turn->lead.there = false;
    say(turn);
    return 0;
}

const struct command may_fail_command = {.name = "may fail",
                                         .aliases = "can i fail",
                                         .german = "darf ich versagen",
                                         .arguments = "[EXERCISE]",
                                         .words = 4,
                                         .example = "may fail curl",
                                         .tells = TELLS_MOMENT,
                                         .group = COMMAND_ADVICE,
                                         .help = TEXT_HELP_MAY_FAIL,
                                         .run = run};

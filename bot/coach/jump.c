/*
 * A set that is too good to be true is asked back before it counts: its e1RM is too much more than the best of earlier
 * days.
 */
#include "bot/coach/jump.h"

#include <stdio.h>

#include "bot/coach/ask.h"
#include "bot/coach/context.h"
#include "bot/coach/day.h"
#include "bot/coach/wording.h"
#include "core/effort/policy.h"

/* How many times the best of earlier days SET is, when that is too much; 0 when it isn't, or when as much was confirmed
 * in this session already. All of the history is only looked at when the log kept in memory lets it look too much. */
static int ratio_of(struct turn *turn, const struct set *set, int64_t sent_ms, double *ratio, struct err *err)
{
    const struct exercise *exercise = lifter_exercise(turn->lifter, set->exercise);
    int64_t day_start = day_of(turn, set->at_ms >= 0 ? set->at_ms : sent_ms).start_ms;
    double bodyweight = context_bodyweight(turn, sent_ms);
    const struct policy *policy = turn->coach->options.policy;
    double e1rm, best;

    *ratio = 0.0;
    e1rm = exercise != NULL ? effort_e1rm(policy, exercise, set, bodyweight) : NAN;
    if (isnan(e1rm))
        return 0;
    best = context_best(turn, exercise, bodyweight, day_start);
    if (best > 0.0 &&
        (e1rm <= policy->load.jump * best || e1rm <= context_best(turn, exercise, bodyweight, sent_ms + 1)))
        return 0;
    if (context_best_ever(turn, exercise, bodyweight, day_start, &best, err) < 0)
        return -1;
    if (best > 0.0 && e1rm > policy->load.jump * best)
        *ratio = e1rm / best;
    return 0;
}

static int ask_jump(struct turn *turn, struct pending *pending, const struct set *set, double ratio, struct err *err)
{
    struct buf line = BUF_INIT(1024);
    char over[24];
    int result;

    wording_sets(turn, set, 1, true, &line);
    snprintf(over, sizeof(over), "%.0f", (ratio - 1.0) * 100.0);
    reply_say(&turn->reply, turn->texts, TEXT_ASK_JUMP, ARG("set", buf_text(&line)), ARG("over", over));
    ask_option(turn, texts_get(turn->texts, TEXT_ASK_JUMP_YES), turn->logged.at, turn->logged.count);
    reply_tell(&turn->reply, turn->texts, TEXT_ASK_JUMP_NO);
    result = question_wait(turn, pending, WAITING_JUMP, err);
    buf_release(&line);
    return result;
}

int jump_check(struct turn *turn, struct pending *pending, struct err *err)
{
    double ratio;

    for (size_t i = 0; i < turn->logged.count; i++) {
        if (ratio_of(turn, &turn->logged.at[i], pending->sent_ms, &ratio, err) < 0)
            return -1;
        if (ratio > 0.0)
            return ask_jump(turn, pending, &turn->logged.at[i], ratio, err) < 0 ? -1 : 1;
    }
    return 0;
}

/*
 * Where sessions begin and end.
 */
#include "bot/coach/workout.h"

bool workout_over(const struct turn *turn, size_t from_step, int64_t last_ms, int64_t by_ms, int64_t *over_ms)
{
    const struct lifter *lifter = turn->lifter;
    int64_t silence_ms = last_ms + WORKOUT_SILENCE_MS;

    for (size_t i = from_step; i < lifter->steps.count; i++) {
        const struct lifter_step *step = &lifter->steps.at[i];

        if (step->kind == COACH_STEP_DONE && step->at_ms >= last_ms && step->at_ms <= by_ms &&
            step->at_ms < silence_ms) {
            *over_ms = step->at_ms;
            return true;
        }
    }
    *over_ms = silence_ms;
    return by_ms >= silence_ms;
}

bool workout_at(const struct turn *turn, int64_t at_ms, struct workout *workout)
{
    const struct lifter *lifter = turn->lifter;
    size_t end = lifter_log_before(lifter, at_ms + 1), first = end;
    int64_t over_ms;

    if (end == 0)
        return false;
    first--;
    while (first > 0 &&
           !workout_over(turn, 0, lifter->log.at[first - 1].at_ms, lifter->log.at[first].at_ms - 1, &over_ms))
        first--;
    *workout = (struct workout){
        .first = first, .end = end, .from_ms = lifter->log.at[first].at_ms, .last_ms = lifter->log.at[end - 1].at_ms};
    workout->open = !workout_over(turn, 0, workout->last_ms, at_ms, &over_ms);
    return true;
}

bool workout_ended(const struct turn *turn, size_t from_step, int64_t begun_ms, int64_t at_ms)
{
    const struct lifter *lifter = turn->lifter;
    size_t count = lifter_log_before(lifter, at_ms + 1);
    int64_t last_ms = begun_ms, over_ms;

    for (size_t i = lifter_log_before(lifter, begun_ms); i < count; i++) {
        if (workout_over(turn, from_step, last_ms, lifter->log.at[i].at_ms - 1, &over_ms))
            return true;
        last_ms = lifter->log.at[i].at_ms;
    }
    return workout_over(turn, from_step, last_ms, at_ms, &over_ms);
}

/*
 * What the log says about what a message leaves out.
 */
#include "bot/coach/context.h"

#include <string.h>

#include "bot/coach/day.h"
#include "core/lift/plates.h"

/* A session may go through midnight. */
enum { SESSION_MS = 6 * 60 * 60 * 1000 };

bool context_same_session(const struct turn *turn, int64_t before_ms, int64_t at_ms)
{
    return before_ms == INT64_MAX || at_ms - before_ms < SESSION_MS || before_ms >= day_of(turn, at_ms).start_ms;
}

static bool this_session(const struct turn *turn, const struct logged_set *set, int64_t at_ms)
{
    return context_same_session(turn, set->at_ms, at_ms);
}

const struct logged_set *context_moment(const struct turn *turn, int64_t at_ms)
{
    size_t count = lifter_log_before(turn->lifter, at_ms + 1);
    const struct logged_set *last = count != 0 ? &turn->lifter->log.at[count - 1] : NULL;

    return last != NULL && this_session(turn, last, at_ms) ? last : NULL;
}

const struct logged_set *context_load(const struct turn *turn, const char *exercise, int64_t at_ms, bool session)
{
    for (size_t i = lifter_log_before(turn->lifter, at_ms + 1); i-- > 0;) {
        const struct logged_set *set = &turn->lifter->log.at[i];

        if (strcmp(set->set.exercise, exercise) == 0 && !isnan(set->set.load_kg))
            return !session || this_session(turn, set, at_ms) ? set : NULL;
    }
    return NULL;
}

const struct logged_set *context_last(const struct turn *turn, const char *exercise, int64_t at_ms)
{
    for (size_t i = lifter_log_before(turn->lifter, at_ms + 1); i-- > 0;)
        if (strcmp(turn->lifter->log.at[i].set.exercise, exercise) == 0)
            return &turn->lifter->log.at[i];
    return NULL;
}

int context_recent(const struct turn *turn, int64_t at_ms, char (*ids)[EXERCISE_ID_SIZE], int maximum)
{
    int count = 0;

    for (size_t i = lifter_log_before(turn->lifter, at_ms + 1); i-- > 0 && count < maximum;) {
        const char *id = turn->lifter->log.at[i].set.exercise;
        bool known = false;

        for (int j = 0; j < count; j++)
            known = known || strcmp(ids[j], id) == 0;
        if (!known)
            memcpy(ids[count++], id, EXERCISE_ID_SIZE);
    }
    return count;
}

struct best {
    const struct policy *policy;
    const struct exercise *exercise;
    double bodyweight_kg, e1rm;
};

static int take_best(void *arg, const struct coach_set_row *row)
{
    struct best *best = arg;

    if (strcmp(row->set.exercise, best->exercise->id) == 0)
        best->e1rm = fmax(best->e1rm, effort_e1rm(best->policy, best->exercise, &row->set, best->bodyweight_kg));
    return 0;
}

double context_best(const struct turn *turn, const struct exercise *exercise, double bodyweight_kg, int64_t before_ms)
{
    size_t count = lifter_log_before(turn->lifter, before_ms);
    double best = NAN;

    for (size_t i = 0; i < count; i++) {
        const struct set *set = &turn->lifter->log.at[i].set;

        if (strcmp(set->exercise, exercise->id) == 0)
            best = fmax(best, effort_e1rm(turn->coach->options.policy, exercise, set, bodyweight_kg));
    }
    return best;
}

double context_percent(const struct turn *turn, const struct exercise *exercise, double percent, int64_t at_ms)
{
    const struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);
    double best = context_best(turn, exercise, context_bodyweight(turn, at_ms), at_ms + 1);

    return isnan(best) ? NAN : equipment_round(&equipment, exercise, best * percent / 100, false);
}

double context_top(const struct turn *turn, const char *exercise, int64_t at_ms)
{
    double top = NAN;

    for (size_t i = lifter_log_before(turn->lifter, at_ms + 1); i-- > 0;) {
        const struct logged_set *set = &turn->lifter->log.at[i];

        if (!this_session(turn, set, at_ms))
            break;
        if (strcmp(set->set.exercise, exercise) == 0 && set->set.load_mode == LOAD_EXTERNAL)
            top = fmax(top, set->set.load_kg);
    }
    return top;
}

int context_best_ever(struct turn *turn, const struct exercise *exercise, double bodyweight_kg, int64_t before_ms,
                      double *best, struct err *err)
{
    struct best ever = {turn->coach->options.policy, exercise, bodyweight_kg, NAN};
    int result = lifter_sets(turn->lifter, turn->store, 0, before_ms, take_best, &ever, err);

    *best = ever.e1rm;
    return result;
}

double context_bodyweight(const struct turn *turn, int64_t at_ms)
{
    struct profile profile;

    setting_profile(turn->lifter, turn->coach->options.unit,
                    &(struct setting_time){at_ms, day_of(turn, at_ms).number, turn->coach->options.policy}, &profile);
    return profile.bodyweight_kg;
}

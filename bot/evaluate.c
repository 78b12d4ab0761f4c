/*
 * Forecasts before each set, then the set itself; see evaluate.h.
 */
#include "bot/evaluate.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "bot/evaluate_tally.h"
#include "bot/exchange/training_log.h"
#include "core/base/map.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"

/* A lifter, while their log is gone through. */
struct pass {
    struct tallies *tallies;
    struct forecast_lifter lifter;
    struct map *exercises; /* struct forecast_exercise by id */
};

static struct forecast_exercise *state_of(struct pass *pass, const struct training_log *log, const char *id)
{
    struct forecast_exercise *state = map_get(pass->exercises, id);

    if (state == NULL) {
        state = mem_zero(1, sizeof(*state));
        forecast_exercise_init(state, pass->lifter.policy, training_log_exercise(log, id));
        map_put(pass->exercises, id, state);
    }
    return state;
}

static void judge_rules(const struct pass *pass, const struct forecast_exercise *state, const struct seen_set *set,
                        struct situation *situation)
{
    bool known = !isnan(set->rir);
    double guesses[GUESS_COUNT];
    struct seen_set next = {
        .load_kg = set->load_kg, .reps = known ? set->reps : NAN, .rir = NAN, .n = NAN, .at_ms = set->at_ms};

    if (!guess_all(pass->lifter.policy, &state->memory, &pass->lifter.drift, &next, guesses))
        return;
    for (size_t g = 0; g < GUESS_COUNT; g++) {
        struct forecast forecast;

        if (!forecast_by(&pass->lifter, state, known ? FORECAST_RIR : FORECAST_REPS, g, &next, &forecast))
            continue;
        if (known)
            tally_known(&situation->rules[g], &forecast, guesses[g], set->n);
        else
            tally_bound(&situation->rules[g], &forecast, guesses[g], set->reps);
    }
}

static void judge_models(const struct pass *pass, const struct forecast_exercise *state, const struct seen_set *set,
                         struct situation *situation)
{
    struct forecast forecast;

    for (size_t i = 0; i < TALLY_MODELS; i++)
        if (forecast_by(&pass->lifter, state, FORECAST_RIR, EXPERT_CAPACITY + i, set, &forecast))
            tally_known(&situation->models[i], &forecast, forecast.median, set->n);
}

static void judge(struct pass *pass, const struct forecast_exercise *state, const struct seen_set *set)
{
    bool known = !isnan(set->rir);
    struct situation *situation;
    struct forecast forecast;

    /* Rules and model are held against each other on the same sets: those that every rule can foretell. */
    if ((known && isnan(state->memory.last_rir)) ||
        !forecast_make(&pass->lifter, state, set->load_kg, NAN, set->at_ms, &forecast)) {
        pass->tallies->unforeseen++;
        return;
    }
    situation = &pass->tallies->at[forecast.stratum + (known ? 0 : STRATUM_COUNT)];
    judge_rules(pass, state, set, situation);
    if (!known) {
        tally_bound(&situation->forecast, &forecast, forecast.median, set->reps);
        return;
    }
    tally_known(&situation->from_load, &forecast, forecast.median, set->n);
    forecast_make(&pass->lifter, state, set->load_kg, set->reps, set->at_ms, &forecast);
    judge_models(pass, state, set, situation);
    tally_known(&situation->forecast, &forecast, forecast.median, set->n);
}

static void pass_log(struct pass *pass, const struct training_log *log)
{
    forecast_lifter_init(&pass->lifter, &policy_default);
    pass->exercises = map_new(0);
    for (size_t i = 0; i < log->sets.count; i++) {
        const struct logged_set *logged = &log->sets.at[i];
        struct forecast_exercise *state = state_of(pass, log, logged->set.exercise);
        double load_kg = strength_effective(&logged->set, pass->lifter.policy->strength.bodyweight_kg);
        struct seen_set seen;

        if (!forecast_see(&pass->lifter, state, &logged->set, load_kg, logged->at_ms, &seen))
            continue;
        pass->tallies->sets++;
        judge(pass, state, &seen);
        forecast_learn(&pass->lifter, state, &seen);
    }
    map_free(pass->exercises, free);
    pass->tallies->lifters++;
}

static int evaluate_file(const char *name, struct tallies *tallies, struct err *err)
{
    FILE *file = fopen(name, "rb");
    struct pass pass = {.tallies = tallies};
    struct training_log log;
    int result;

    if (file == NULL)
        return err_set(err, ERR_NOT_FOUND, "%s: %s", name, strerror(errno));
    result = training_log_read(&log, file, UNIT_KG, err);
    fclose(file);
    if (result < 0)
        return err_context(err, "%s", name);
    if (log.bad > 0)
        fprintf(stderr, "%s: %zu of %zu rows can't be right and are left out, the first is row %zu: %s\n", name,
                log.bad, log.rows, log.first_bad, log.first_reason);
    pass_log(&pass, &log);
    training_log_release(&log);
    return 0;
}

int evaluate(char *const *files, size_t count, bool json, FILE *out, struct err *err)
{
    struct tallies *tallies = mem_zero(1, sizeof(*tallies));
    int result = 0;

    for (size_t i = 0; i < count && result == 0; i++)
        result = evaluate_file(files[i], tallies, err);
    if (result == 0 && json)
        tallies_print_json(tallies, out);
    else if (result == 0)
        tallies_print(tallies, out);
    free(tallies);
    return result;
}

/*
 * Simulated lifters whose strength is known: what the down-trend alarm notices of a real loss, and how often it cries
 * wolf. Their rep curve is not the model's, they judge RIR with noise and in whole reps, and days differ.
 */
#ifndef TESTS_UNIT_CORE_EFFORT_LOSSES_H
#define TESTS_UNIT_CORE_EFFORT_LOSSES_H

#include "tests/unit/core/effort/scene.h"

#include "core/effort/warning.h"

enum { LOSS_LIFTS = 4, LOSS_YEAR = 104, LOSS_LOG = LOSS_LIFTS * LOSS_YEAR * 3 };

struct losses {
    struct profile profile;
    struct logged_set log[LOSS_LOG];
    size_t count;
    double capacity[LOSS_LIFTS], load[LOSS_LIFTS];
    double day_sd, curve;
    uint64_t seed;
};

static inline double losses_uniform(struct losses *losses)
{
    losses->seed ^= losses->seed << 13;
    losses->seed ^= losses->seed >> 7;
    losses->seed ^= losses->seed << 17;
    return ((double)(losses->seed >> 11) + 0.5) / 9007199254740992.0;
}

static inline double losses_normal(struct losses *losses)
{
    double radius = sqrt(-2 * log(losses_uniform(losses)));

    return radius * cos(6.283185307179586 * losses_uniform(losses));
}

static inline void losses_begin(struct losses *losses, uint64_t seed, double day_sd)
{
    memset(losses, 0, sizeof(*losses));
    losses->profile = (struct profile){.experience_months = 48, .slept_h = NAN, .bodyweight_kg = 80};
    losses->seed = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    losses->day_sd = day_sd;
    for (int i = 0; i < 8; i++)
        losses_uniform(losses);
    losses->curve = 26 + 12 * losses_uniform(losses);
    for (int lift = 0; lift < LOSS_LIFTS; lift++) {
        losses->capacity[lift] = 100 + 60 * losses_uniform(losses);
        losses->load[lift] = floor(losses->capacity[lift] / (1 + 8 / losses->curve) / 2.5) * 2.5;
    }
}

static inline int64_t losses_at(int session)
{
    return scene_midnight + (session * 7 / 2 + session % 2) * scene_day + 18 * scene_hour;
}

/* Three sets of each lift, two in reserve as the lifter judges it; the load follows the reps. */
static inline void losses_train(struct losses *losses, int session)
{
    for (int lift = 0; lift < LOSS_LIFTS; lift++) {
        double today = losses->capacity[lift] * exp(losses->day_sd * losses_normal(losses));
        double total = 0;

        for (int i = 0; i < 3; i++) {
            double n = (1 + losses->curve * (today / losses->load[lift] - 1)) * (1 - 0.06 * i);
            double reps = fmax(1, round(n - 2 + 0.5 * losses_normal(losses)));
            double rir = fmax(0, round(n - reps + 0.5 * losses_normal(losses)));
            struct logged_set *logged = &losses->log[losses->count++];

            set_init(&logged->set);
            snprintf(logged->set.exercise, sizeof(logged->set.exercise), "%s", scene_table[lift].exercise.id);
            logged->set.load_kg = losses->load[lift];
            logged->set.reps = (int)reps;
            logged->set.rir = rir;
            logged->at_ms = losses_at(session) + (lift * 3 + i) * 4 * scene_minute;
            total += reps + rir;
        }
        if (total / 3 > 11)
            losses->load[lift] += 2.5;
        if (total / 3 < 7)
            losses->load[lift] -= 2.5;
    }
}

/* As the next session begins; LIFTS of them are looked at: the others' sets are of exercises that nobody knows. */
static inline void losses_warn(const struct losses *losses, int session, struct warnings *warnings)
{
    static struct exercise own[LOSS_LIFTS];
    int64_t now_ms = losses_at(session + 1), day_ms = now_ms - 18 * scene_hour, from_ms = day_ms - 112 * scene_day;
    size_t first = 0;
    struct effort_input input;

    for (int lift = 0; lift < LOSS_LIFTS; lift++)
        own[lift] = scene_table[lift].exercise;
    while (first < losses->count && losses->log[first].at_ms < from_ms)
        first++;
    input = (struct effort_input){.profile = &losses->profile,
                                  .log = losses->log + first,
                                  .log_count = losses->count - first,
                                  .own = own,
                                  .own_count = LOSS_LIFTS,
                                  .now_ms = now_ms,
                                  .day_start_ms = day_ms};
    warnings_read(warnings, &input);
}

struct losses_result {
    double noticed, noticed_deload; /* share of losses of 6 % that warn, or propose a deload, within 6 sessions */
    double alarms, deloads;         /* a year, without any loss */
};

/* LIFTERS of each sort; the loss comes after 30 sessions of slow progress, on all lifts or on the first one alone. */
static inline struct losses_result losses_measure(int lifters, double day_sd, bool all_lifts)
{
    static struct losses losses;
    struct losses_result result = {0, 0, 0, 0};
    struct warnings warnings;

    for (int i = 0; i < lifters; i++) {
        bool noticed = false, deload = false;

        losses_begin(&losses, (uint64_t)i + 1, day_sd);
        for (int session = 0; session < 36; session++) {
            for (int lift = 0; lift < LOSS_LIFTS; lift++) {
                losses.capacity[lift] *= 1.0005;
                if (session == 30 && (all_lifts || lift == 0))
                    losses.capacity[lift] *= 0.94;
            }
            losses_train(&losses, session);
            if (session < 30)
                continue;
            losses_warn(&losses, session, &warnings);
            for (size_t w = 0; w < warnings.count; w++)
                noticed |= strcmp(warnings.signs[w].rule, "R48") == 0;
            deload |= warnings.grade >= 2;
        }
        result.noticed += noticed / (double)lifters;
        result.noticed_deload += deload / (double)lifters;
    }
    for (int i = 0; i < lifters; i++) {
        bool warned = false, deloaded = false;

        losses_begin(&losses, (uint64_t)i + 100001, day_sd);
        for (int session = 0; session < LOSS_YEAR; session++) {
            bool falling = false;

            for (int lift = 0; lift < LOSS_LIFTS; lift++)
                losses.capacity[lift] *= 1.0005;
            losses_train(&losses, session);
            losses_warn(&losses, session, &warnings);
            for (size_t w = 0; w < warnings.count; w++)
                falling |= strcmp(warnings.signs[w].rule, "R48") == 0;
            result.alarms += (falling && !warned) / (double)lifters;
            result.deloads += (warnings.grade >= 2 && !deloaded) / (double)lifters;
            warned = falling;
            deloaded = warnings.grade >= 2;
        }
    }
    return result;
}

#endif

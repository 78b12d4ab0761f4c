/*
 * Inside forecasts: what each expert says of the next set, how much it counts, and the distribution that they make
 * together. For core/effort/forecast*.c alone.
 */
#ifndef CORE_EFFORT_FORECAST_PANEL_H
#define CORE_EFFORT_FORECAST_PANEL_H

#include "core/effort/forecast.h"

/* RIR and RPE end here. */
#define RIR_MOST 10.0
#define HALF_REP 0.5

struct panel {
    enum forecast_mode mode;
    enum stratum stratum;
    double reps;                 /* given, or NAN */
    double centre[EXPERT_COUNT]; /* reps to failure; NAN: says nothing */
    double spread[EXPERT_COUNT]; /* mean error, each way falling off exponentially (Laplace) */
    double fall[EXPERT_COUNT];   /* by how much over half a rep */
    double weight[EXPERT_COUNT]; /* together 1 */
    struct pattern_case at;
    double whole; /* share of reports that are whole steps */
};

/* What is seen of the next set before the experts weigh it. */
struct view {
    struct seen_set next;
    enum stratum stratum;
    double guesses[GUESS_COUNT];
    struct outlook outlook;
    bool measured; /* there is an outlook */
};

/* False: nothing was seen yet. */
bool panel_look(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise,
                const struct seen_set *next, struct view *view);
void panel_ask(const struct forecast_lifter *lifter, const struct forecast_exercise *exercise, enum forecast_mode mode,
               const struct view *view, struct panel *panel);
/* Which stratum's pattern counts. How RIR is reported hardly depends on whether the load changed, and sets are few. */
enum stratum panel_pattern_place(enum forecast_mode mode, enum stratum stratum);

/* Mean error that is to be expected of expert I. */
double panel_spread(const struct policy_forecast *policy, const struct forecast_record *record, enum forecast_mode mode,
                    enum stratum stratum, size_t i);
/* The chance that expert I gave to N, a half step. */
double panel_chance(const struct panel *panel, size_t i, double n);

/* That it gave to N and more. */
double panel_at_least(const struct panel *panel, size_t i, double n);

/* Fills in all of FORECAST. RECORD: whose ranges were corrected by what they missed; NULL: taken as they are. */
void panel_spread_out(const struct panel *panel, const struct forecast_record *record, struct forecast *forecast);

bool panel_is_half(double n);

#endif

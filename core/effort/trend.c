/*
 * The trend of one lift; see trend.h.
 */
#include "core/effort/trend.h"

#include <math.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/effort/session.h"
#include "core/effort/strength.h"

enum { TREND_SESSIONS = 64 };

struct point {
    int64_t day, at_ms;
    double value; /* ln capacity */
};

/* ln of the 1RM that SET shows; NAN where it doesn't measure. */
static double capacity(const struct session *known, const struct logged_set *logged, double k)
{
    struct bout bout;

    session_bout(known, &bout, logged);
    if (bout.reach.measure != MEASURE_EXACT || bout.reach.n > known->policy->strength.reps_load_max ||
        !(bout.load_kg > 0))
        return NAN;
    return log(bout.load_kg * strength_grow(k, bout.reach.n));
}

/* The newest sessions, newest first: how many. */
static size_t collect(struct point *points, const struct effort_input *input, const struct exercise *exercise,
                      int64_t before_ms)
{
    double k = policy_curve(policy_of(input), exercise);
    struct session known;
    size_t count = 0;

    session_begin(&known, input);
    for (size_t i = input->log_count; i-- > 0;) {
        const struct logged_set *logged = &input->log[i];
        double value;
        int64_t day;

        if (logged->at_ms >= before_ms || logged->set.exercise[0] != exercise->id[0] ||
            strcmp(logged->set.exercise, exercise->id) != 0)
            continue;
        value = capacity(&known, logged, k);
        if (isnan(value))
            continue;
        day = session_day(input, logged->at_ms);
        if (count == 0 || points[count - 1].day != day) {
            if (count == TREND_SESSIONS)
                break;
            points[count++] = (struct point){day, logged->at_ms, value};
        }
        points[count - 1].value = fmax(points[count - 1].value, value);
    }
    return count;
}

static void put_in_order(struct point *points, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct point swap = points[i];

        points[i] = points[count - 1 - i];
        points[count - 1 - i] = swap;
    }
}

/* Abramowitz and Stegun 26.7.3 and 26.7.4. */
double trend_student(double value, int freedom)
{
    static const double half_pi = 1.57079632679489661923;
    double theta = atan(value / sqrt(freedom)), c = cos(theta), term = freedom % 2 == 1 ? c : 1, sum = term;

    for (int i = freedom % 2 == 1 ? 3 : 2; i < freedom; i += 2) {
        term *= c * c * (i - 1) / i;
        sum += term;
    }
    if (freedom == 1)
        sum = 0;
    if (freedom % 2 == 1)
        return 0.5 + (theta + sin(theta) * sum) / (2 * half_pi);
    return 0.5 + sin(theta) * sum / 2;
}

static double weeks_between(const struct point *a, const struct point *b)
{
    return (double)(b->at_ms - a->at_ms) / CIVIL_WEEK_MS;
}

/* The regression of POINTS on time, its noise drawn to what is usual while sessions are few. */
static void read_slope(struct trend *trend, const struct policy_trend *policy, const struct point *points, size_t count)
{
    double t_mean = 0, y_mean = 0, stt = 0, sty = 0, squares = 0, noise;
    int freedom = policy->noise_sessions + (int)count - 2;

    for (size_t i = 0; i < count; i++) {
        t_mean += weeks_between(&points[0], &points[i]) / (double)count;
        y_mean += points[i].value / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        double t = weeks_between(&points[0], &points[i]) - t_mean;

        stt += t * t;
        sty += t * (points[i].value - y_mean);
    }
    trend->slope = sty / stt;
    for (size_t i = 0; i < count; i++) {
        double t = weeks_between(&points[0], &points[i]) - t_mean;
        double off = points[i].value - y_mean - trend->slope * t;

        squares += off * off;
    }
    noise = (policy->noise_sessions * policy->noise * policy->noise + squares) / freedom;
    trend->p_falling = trend_student(-trend->slope / sqrt(noise / stt), freedom);
}

/* Nothing new for long: the newer half of POINTS holds no best, and the slope doesn't rise. */
static bool stands(const struct trend *trend, const struct policy_trend *policy, const struct point *points,
                   size_t count)
{
    double best[2] = {-INFINITY, -INFINITY};

    if (trend->sessions < policy->plateau_sessions || trend->weeks < policy->plateau_weeks)
        return false;
    for (size_t i = 0; i < count; i++)
        best[i >= count / 2] = fmax(best[i >= count / 2], points[i].value);
    return best[1] <= best[0] && trend->slope <= 0;
}

/* A long pause begins afresh: what it cost is known to come back. */
static bool is_pause(const struct policy *policy, const struct point *before, const struct point *after)
{
    return (double)(after->at_ms - before->at_ms) / CIVIL_DAY_MS > policy->strength.idle_days;
}

/* Everything in order; from the first session that isn't older than the window or the last pause. */
static void look_back(struct trend *trend, const struct policy *rules, const struct point *points, size_t count)
{
    const struct policy_trend *policy = &rules->trend;
    size_t first = count - 1;

    while (first > 0 && weeks_between(&points[first - 1], &points[count - 1]) <= policy->window_weeks &&
           !is_pause(rules, &points[first - 1], &points[first]))
        first--;
    trend->sessions = (int)(count - first);
    trend->weeks = weeks_between(&points[first], &points[count - 1]);
    if (trend->sessions < policy->sessions || trend->weeks < policy->weeks)
        return;
    read_slope(trend, policy, points + first, count - first);
    trend->slope_alarm = trend->p_falling >= policy->p;
    trend->way = trend->slope_alarm                                     ? TREND_FALLING
                 : trend->p_falling <= 1 - policy->p                    ? TREND_RISING
                 : stands(trend, policy, points + first, count - first) ? TREND_PLATEAU
                                                                        : TREND_UNSURE;
}

/* What a session is held against. */
struct bearing {
    double value, sessions;
    double squares, freedom; /* of what was off it */
};

static void bearing_begin(struct bearing *level, double value)
{
    level->value = value;
    level->sessions = 1;
}

/* How far VALUE is off, in SD; the level learns it. */
static double bearing_hold(struct bearing *level, const struct policy_trend *policy, double value)
{
    double gain = policy->level_gain, unsure = fmax(1 / level->sessions, gain / (2 - gain));
    double scale = sqrt(level->squares / level->freedom * (1 + unsure));
    double off = fmin(fmax((value - level->value) / scale, -policy->outlier), policy->outlier);

    level->sessions++;
    level->squares += off * off * level->squares / level->freedom;
    level->freedom++;
    level->value += fmax(1 / level->sessions, gain) * off * scale;
    return off;
}

/* One-sided, as losses alone matter. */
static void watch(struct trend *trend, const struct policy *rules, const struct point *points, size_t count)
{
    const struct policy_trend *policy = &rules->trend;
    struct bearing level = {.squares = policy->noise_sessions * policy->noise * policy->noise,
                            .freedom = policy->noise_sessions};

    for (size_t i = 0; i < count; i++) {
        if (i == 0 || is_pause(rules, &points[i - 1], &points[i])) {
            bearing_begin(&level, points[i].value);
            trend->cusum = 0;
            trend->change = NAN;
            continue;
        }
        trend->change = points[i].value - level.value;
        trend->cusum -= bearing_hold(&level, policy, points[i].value) + policy->cusum_slack;
        trend->cusum = fmin(fmax(trend->cusum, 0), policy->cusum_alarm);
    }
    trend->cusum_alarm = trend->cusum >= policy->cusum_alarm;
}

void trend_read(struct trend *trend, const struct effort_input *input, const struct exercise *exercise,
                int64_t before_ms)
{
    const struct policy *policy = policy_of(input);
    struct point points[TREND_SESSIONS];
    size_t count = exercise->timed ? 0 : collect(points, input, exercise, before_ms);
    bool old;

    *trend = (struct trend){.slope = NAN, .p_falling = NAN, .change = NAN};
    if (count == 0)
        return;
    put_in_order(points, count);
    trend->last_ms = points[count - 1].at_ms;
    look_back(trend, policy, points, count);
    watch(trend, policy, points, count);
    old = (double)(input->day_start_ms - trend->last_ms) / CIVIL_DAY_MS > policy->trend.holds_days;
    if (trend->cusum_alarm)
        trend->way = TREND_FALLING;
    trend->slope_alarm &= !old;
    trend->cusum_alarm &= !old;
}

/*
 * 1rm: the one-repetition maximum that a set shows, or the log, and what it is worth at other reps.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"
#include "bot/coach/record.h"
#include "bot/coach/related.h"
#include "bot/coach/wording.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"

/* The 80 % range of a normal distribution, in SD. */
static const double range_80 = 1.2816;

/* Of which a set's exercise is when none is known: the usual curve, and a barbell's steps. */
static const struct exercise any_exercise = {.equipment = EQUIPMENT_BARBELL};

struct one_rm {
    struct turn *turn;
    const struct exercise *exercise;
    struct profile profile;
    double bodyweight_kg;
    double e1rm_kg; /* with the body counted in */
};

/* A load of E1RM_KG, as it is put on: without the body. */
static void print_load(const struct one_rm *one, double effective_kg, struct buf *out)
{
    double body_kg = one->exercise->bodyweight ? one->bodyweight_kg : 0;
    double load = equipment_round(&one->profile.equipment, one->exercise, fmax(0, effective_kg - body_kg), false);

    wording_load(one->turn,
                 !one->exercise->bodyweight ? LOAD_EXTERNAL
                 : load > 0                 ? LOAD_ADDED
                                            : LOAD_BODYWEIGHT,
                 load, out);
}

/* "x1 100 kg, x3 95 kg, x5 90 kg": what e1RM allows, nothing in reserve. */
static void say_reps(const struct one_rm *one, const int *reps, size_t count)
{
    double k = policy_curve(one->turn->coach->options.policy, one->exercise);
    struct buf line = BUF_INIT(256);

    for (size_t i = 0; i < count; i++) {
        buf_addf(&line, "%sx%d ", i != 0 ? ", " : "", reps[i]);
        print_load(one, one->e1rm_kg / strength_grow(k, reps[i]), &line);
    }
    reply_line(&one->turn->reply, false);
    reply_add(&one->turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&line);
}

static void say_table(const struct one_rm *one)
{
    static const int few[] = {1, 3, 5}, many[] = {8, 10};

    say_reps(one, few, ARRAY_LENGTH(few));
    say_reps(one, many, ARRAY_LENGTH(many));
}

/* SD of the e1RM's logarithm; INFINITY: it may as well be more. */
static void say_e1rm(const struct one_rm *one, double sd)
{
    struct turn *turn = one->turn;
    struct buf name = BUF_INIT(128), load = BUF_INIT(64), range = BUF_INIT(64);
    enum unit unit = wording_unit(turn);

    if (one->exercise != &any_exercise) {
        wording_exercise(turn, one->exercise->id, &name);
        buf_addc(&name, ' ');
    }
    wording_weight(turn, one->e1rm_kg, 1, &load);
    if (!isinf(sd))
        wording_range(turn, round(unit_from_kg(one->e1rm_kg * exp(-range_80 * sd), unit)),
                      round(unit_from_kg(one->e1rm_kg * exp(range_80 * sd), unit)), &range);
    reply_say(&turn->reply, turn->texts, isinf(sd) ? TEXT_1RM_AT_LEAST : TEXT_1RM, ARG("exercise", buf_text(&name)),
              ARG("load", buf_text(&load)), ARG("range", buf_text(&range)));
    buf_release(&name);
    buf_release(&load);
    buf_release(&range);
}

/* ---------------------------------------------------------------- of a set that was typed */

static int of_set(struct one_rm *one, const struct set *set)
{
    struct turn *turn = one->turn;
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);

    one->exercise = lifter_exercise(turn->lifter, set->exercise);
    if (one->exercise == NULL && set->exercise[0] == '\0' && moment != NULL)
        one->exercise = lifter_exercise(turn->lifter, moment->set.exercise);
    if (one->exercise == NULL || (one->exercise->bodyweight && set->load_mode == LOAD_EXTERNAL))
        one->exercise = &any_exercise;
    one->e1rm_kg = record_e1rm(turn, one->exercise, set, one->bodyweight_kg);
    if (isnan(one->e1rm_kg))
        return turn_refuse(turn, one->exercise->bodyweight && isnan(one->bodyweight_kg) ? TEXT_SCORE_NO_BODYWEIGHT
                                                                                        : TEXT_1RM_USAGE);
    say_e1rm(one, strength_e1rm_sd(turn->coach->options.policy, one->exercise, set));
    say_table(one);
    return 0;
}

/* ---------------------------------------------------------------- from the log */

/* The set of the log with the best e1RM; NULL. */
static const struct logged_set *find_best(struct one_rm *one)
{
    const struct lifter *lifter = one->turn->lifter;
    const struct logged_set *best = NULL;

    one->e1rm_kg = NAN;
    for (size_t i = 0; i < lifter_log_before(lifter, one->turn->message->sent_ms + 1); i++) {
        const struct logged_set *set = &lifter->log.at[i];
        double e1rm;

        if (strcmp(set->set.exercise, one->exercise->id) != 0)
            continue;
        e1rm = record_e1rm(one->turn, one->exercise, &set->set, one->bodyweight_kg);
        if (isnan(e1rm) || e1rm < one->e1rm_kg)
            continue;
        one->e1rm_kg = e1rm;
        best = set;
    }
    return best;
}

static int of_log(struct one_rm *one, struct span typed, struct err *err)
{
    struct turn *turn = one->turn;
    struct buf name = BUF_INIT(128), line = BUF_INIT(512), date = BUF_INIT(64);
    const struct logged_set *best;
    int related;

    one->exercise = names_meant(turn, typed, TEXT_1RM_USAGE);
    if (one->exercise == NULL)
        return 0;
    best = find_best(one);
    if (best == NULL && (related = related_run(turn, one->exercise, &one_rm_command, err)) != 0)
        return related < 0 ? -1 : 0;
    if (best == NULL) {
        wording_exercise(turn, one->exercise->id, &name);
        reply_say(&turn->reply, turn->texts, TEXT_RECORDS_UNKNOWN, ARG("exercise", buf_text(&name)));
    } else {
        struct set bare = best->set;

        bare.note[0] = '\0';
        say_e1rm(one, strength_e1rm_sd(turn->coach->options.policy, one->exercise, &best->set));
        wording_shown(turn, &bare, 1, false, &line);
        wording_date(turn->texts, day_of(turn, best->at_ms).number, &date);
        reply_say(&turn->reply, turn->texts, TEXT_1RM_FROM, ARG("set", buf_text(&line)), ARG("date", buf_text(&date)));
        say_table(one);
    }
    buf_release(&name);
    buf_release(&line);
    buf_release(&date);
    return 0;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct reading *reading = &turn->coach->reading;
    struct one_rm one = {.turn = turn};
    struct reading_options options;
    struct advise_case ask;

    if (advise_open(turn, turn->message->sent_ms, &ask, err) < 0)
        return -1;
    options = turn_reading_options(turn);
    one.profile = ask.profile;
    one.bodyweight_kg = ask.profile.bodyweight_kg;
    options.order = ORDER_LOAD_REPS;
    reading_read(reading, arguments, &options);
    if (reading->kind == READING_SETS)
        return of_set(&one, &reading->sets.at[0]);
    if (reading->kind != READING_TALK && reading->about != ABOUT_EXERCISE)
        return turn_refuse(turn, TEXT_1RM_USAGE);
    return of_log(&one, arguments, err);
}

const struct command one_rm_command = {.name = "1rm",
                                       .aliases = "e1rm,one rep max,max",
                                       .german = "maximum",
                                       .arguments = "[EXERCISE] [SET]",
                                       .words = 6,
                                       .example = "1rm 80x8@1",
                                       .after_name = true,
                                       .may_be_other = true,
                                       .group = COMMAND_TOOLS,
                                       .tells = TELLS_LOG,
                                       .help = TEXT_HELP_1RM,
                                       .run = run};

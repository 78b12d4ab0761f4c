/*
 * how many, load: forecasts on request, on the lifter's own scale, with how sure they are.
 */
#include "bot/coach/forecast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/names.h"
#include "bot/coach/next.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/effort/bias.h"
#include "core/effort/load.h"
#include "core/lift/plates.h"

enum { TYPED_MAX = 256, REPS_MOST = 100 };

/* One forecast, while it is asked for. */
struct asked {
    struct turn *turn;
    const struct exercise *exercise;
    struct advise_case at;
    struct prospect prospect;
    double load_kg; /* as it is written */
    enum load_mode mode;
};

static double effective(const struct asked *asked)
{
    return load_effective(asked->load_kg, asked->mode, asked->prospect.bodyweight_kg);
}

static void say_none(struct turn *turn, const struct exercise *exercise)
{
    struct buf name = BUF_INIT(128);

    wording_exercise(turn, exercise->id, &name);
    reply_say(&turn->reply, turn->texts, TEXT_FORECAST_NONE, ARG("exercise", buf_text(&name)));
    buf_release(&name);
}

void forecast_say_bias(struct turn *turn, const struct effort_input *input)
{
    struct bias bias;
    char reps[16];
    int whole;

    bias_read(&bias, input, input->log_count);
    whole = isnan(bias.shrunk) ? 0 : (int)round(fabs(bias.shrunk));
    if (bias.measured < policy_of(input)->gate.bias_sets || whole == 0)
        return;
    snprintf(reps, sizeof(reps), "%d", whole);
    reply_say(&turn->reply, turn->texts,
              bias.shrunk > 0 ? (whole == 1 ? TEXT_FORECAST_EARLY_ONE : TEXT_FORECAST_EARLY)
                              : (whole == 1 ? TEXT_FORECAST_LATE_ONE : TEXT_FORECAST_LATE),
              ARG("reps", reps));
}

/* What stands behind the answer, for `replay --json`. */
static void tell(const struct asked *asked, const struct forecast *forecast)
{
    struct turn *turn = asked->turn;

    turn->foretells = true;
    memcpy(turn->forecast.exercise, asked->exercise->id, sizeof(turn->forecast.exercise));
    turn->forecast.load_kg = asked->load_kg;
    turn->forecast.reps = forecast->middle;
    turn->forecast.low80 = fmax(0, forecast->low[RANGE_80]);
    turn->forecast.high80 = fmax(0, forecast->high[RANGE_80]);
}

/* ---------------------------------------------------------------- what was typed */

/* "82.5", "at 82.5 kg", "bw", "+10", "-20 kg". */
static bool read_load(struct asked *asked, struct span text)
{
    enum unit unit;
    char sign = '\0';

    typed_skip(&text, "at,with,bei,mit");
    asked->mode = asked->exercise->bodyweight ? LOAD_ADDED : LOAD_EXTERNAL;
    if (span_starts(text, "bw")) {
        text = (struct span){text.at + 2, text.length - 2};
        asked->mode = LOAD_BODYWEIGHT;
        asked->load_kg = 0;
        if (text.length == 0)
            return asked->exercise->bodyweight;
    }
    if (text.length != 0 && (text.at[0] == '+' || text.at[0] == '-')) {
        sign = text.at[0];
        text = (struct span){text.at + 1, text.length - 1};
    }
    if ((sign != '\0' || asked->mode == LOAD_BODYWEIGHT) && !asked->exercise->bodyweight)
        return false;
    if (!typed_load(text, wording_unit(asked->turn), &asked->load_kg, &unit))
        return false;
    if (asked->exercise->bodyweight)
        asked->mode = asked->load_kg == 0 ? LOAD_BODYWEIGHT : sign == '-' ? LOAD_ASSISTED : LOAD_ADDED;
    return asked->exercise->bodyweight || asked->load_kg > 0;
}

/* "@2", "@8", "rir 2", "@rpe 8"; where neither is said it is RIR to 5 and RPE from 6, as in a set. */
static bool read_effort(struct span text, double *rir)
{
    bool at = span_starts(text, "@"), rpe, named;
    double value;

    if (at)
        text = span_past(text, 1);
    rpe = span_starts(text, "rpe");
    named = rpe || span_starts(text, "rir");
    if (named)
        text = span_past(text, 3);
    if (!(at || named) || !typed_number(&text, &value) || text.length != 0 || value > 10)
        return false;
    if (!named && value > 5 && value < 6)
        return false;
    *rir = rpe || (!named && value >= 6) ? 10 - value : value;
    return true;
}

/* "x5 @2", "5 reps rir 2", "for 5"; RIR stays NAN when it isn't said. */
static bool read_reps(struct span text, double *reps, double *rir)
{
    typed_skip(&text, "for,fur,fuer");
    if (span_starts(text, "x"))
        text = (struct span){text.at + 1, text.length - 1};
    if (!typed_number(&text, reps) || *reps != floor(*reps) || *reps < 1 || *reps > REPS_MOST)
        return false;
    typed_skip(&text, "reps,rep,wdh,wdh.,wiederholungen");
    *rir = NAN;
    return text.length == 0 || read_effort(text, rir);
}

/* ---------------------------------------------------------------- how many */

/* "how many bench": at the load that was lifted last. */
static bool take_last_load(struct asked *asked)
{
    const struct logged_set *last =
        context_load(asked->turn, asked->exercise->id, asked->turn->message->sent_ms, false);

    if (last == NULL)
        return false;
    asked->load_kg = last->set.load_kg;
    asked->mode = last->set.load_mode;
    return true;
}

static void say_reps(struct asked *asked, const struct forecast *forecast)
{
    struct turn *turn = asked->turn;
    struct buf name = BUF_INIT(128), load = BUF_INIT(64), range = BUF_INIT(32);
    double about = round(forecast->middle);
    char reps[16];

    wording_exercise(turn, asked->exercise->id, &name);
    wording_load(turn, asked->mode, asked->load_kg, &load);
    wording_range(turn, fmin(about, floor(fmax(0, forecast->low[RANGE_80]))),
                  fmax(about, floor(fmax(0, forecast->high[RANGE_80]))), &range);
    snprintf(reps, sizeof(reps), "%.0f", about);
    reply_say(&turn->reply, turn->texts, TEXT_FORECAST_REPS, ARG("exercise", buf_text(&name)),
              ARG("load", buf_text(&load)), ARG("reps", reps), ARG("range", buf_text(&range)));
    buf_release(&name);
    buf_release(&load);
    buf_release(&range);
}

static int how_many(struct asked *asked, struct span text)
{
    struct turn *turn = asked->turn;
    struct forecast forecast;

    if (text.length != 0 ? !read_load(asked, text) : !take_last_load(asked)) {
        if (text.length == 0) {
            say_none(turn, asked->exercise);
            return 0;
        }
        return turn_refuse(turn, TEXT_FORECAST_HOW_MANY);
    }
    if (!prospect_reps(&asked->prospect, effective(asked), turn->message->sent_ms, &forecast)) {
        say_none(turn, asked->exercise);
        return 0;
    }
    tell(asked, &forecast);
    say_reps(asked, &forecast);
    forecast_say_bias(asked->turn, &asked->at.input);
    return 0;
}

/* ---------------------------------------------------------------- load */

/* EFFECTIVE_KG as it is written, in what the equipment can make. */
static double make(const struct asked *asked, double effective_kg, bool down)
{
    const struct equipment *equipment = &asked->at.profile.equipment;
    double body_kg = asked->exercise->bodyweight ? asked->prospect.bodyweight_kg : 0;

    if (asked->mode == LOAD_ASSISTED)
        return equipment_round(equipment, asked->exercise, fmax(0, body_kg - effective_kg), false);
    return equipment_round(equipment, asked->exercise, fmax(0, effective_kg - body_kg), down);
}

/* "bw" where nothing is added. */
static void print_load(const struct asked *asked, double load_kg, struct buf *out)
{
    enum load_mode mode = asked->mode != LOAD_EXTERNAL && load_kg == 0 ? LOAD_BODYWEIGHT : asked->mode;

    wording_load(asked->turn, mode, load_kg, out);
}

static void say_load(struct asked *asked, const struct prospect_load *found, double reps, double rir)
{
    struct turn *turn = asked->turn;
    struct buf name = BUF_INIT(128), load = BUF_INIT(64), low = BUF_INIT(64), high = BUF_INIT(64), set = BUF_INIT(64);

    wording_exercise(turn, asked->exercise->id, &name);
    print_load(asked, asked->load_kg, &load);
    print_load(asked, make(asked, found->low_kg, false), &low);
    print_load(asked, make(asked, found->high_kg, false), &high);
    buf_addf(&set, "x%.0f @", reps);
    wording_measure(turn, rir, &set);
    reply_say(&turn->reply, turn->texts, TEXT_FORECAST_LOAD, ARG("exercise", buf_text(&name)),
              ARG("set", buf_text(&set)), ARG("load", buf_text(&load)), ARG("low", buf_text(&low)),
              ARG("high", buf_text(&high)));
    buf_release(&name);
    buf_release(&load);
    buf_release(&low);
    buf_release(&high);
    buf_release(&set);
}

/* What the next set would aim at, where no effort was said. */
static double aimed_rir(struct asked *asked)
{
    static const double usual = 2;
    struct advice advice;

    effort_advise(&asked->at.input, &advice);
    return isnan(advice.rir_target) ? usual : advice.rir_target;
}

static int load_for(struct asked *asked, struct span text)
{
    struct turn *turn = asked->turn;
    const struct logged_set *last = context_load(turn, asked->exercise->id, turn->message->sent_ms, false);
    struct prospect_load found;
    struct forecast forecast;
    double reps, rir;

    if (text.length == 0 || !read_reps(text, &reps, &rir))
        return turn_refuse(turn, TEXT_FORECAST_HOW_LOAD);
    if (isnan(rir))
        rir = aimed_rir(asked);
    asked->mode = last != NULL ? last->set.load_mode : LOAD_EXTERNAL;
    if (asked->mode == LOAD_BODYWEIGHT)
        asked->mode = LOAD_ADDED;
    if (!prospect_load(&asked->prospect, reps + rir, turn->message->sent_ms, &found)) {
        say_none(turn, asked->exercise);
        return 0;
    }
    asked->load_kg = make(asked, found.load_kg, true);
    if (!prospect_reps(&asked->prospect, effective(asked), turn->message->sent_ms, &forecast)) {
        say_none(turn, asked->exercise);
        return 0;
    }
    tell(asked, &forecast);
    say_load(asked, &found, reps, rir);
    forecast_say_bias(asked->turn, &asked->at.input);
    return 0;
}

/* ---------------------------------------------------------------- both */

/* That of NAME; where none is named the one of the moment. NULL: neither, and that is said. */
static const struct exercise *exercise_asked(struct turn *turn, struct span name, enum text_key how)
{
    const struct logged_set *moment;

    if (name.length != 0)
        return names_exercise(turn, name);
    moment = context_moment(turn, turn->message->sent_ms);
    if (moment == NULL)
        turn_refuse(turn, how);
    return moment != NULL ? lifter_exercise(turn->lifter, moment->set.exercise) : NULL;
}

static int ask(struct turn *turn, struct span arguments, int (*answer)(struct asked *asked, struct span text),
               enum text_key how, struct err *err)
{
    struct buf folded = BUF_INIT(TYPED_MAX);
    struct asked *asked = mem_zero(1, sizeof(*asked));
    struct span text, name;
    int result = advise_open(turn, turn->message->sent_ms, &asked->at, err);

    asked->turn = turn;
    if (result == 0 && typed_fold(arguments, &folded) != 0)
        buf_clear(&folded);
    text = buf_span(&folded);
    typed_skip(&text, "reps,wdh,wdh.,wiederholungen");
    name = typed_exercise(&text);
    asked->exercise = result == 0 ? exercise_asked(turn, name, how) : NULL;
    if (asked->exercise != NULL) {
        asked->at.input.exercise = asked->exercise;
        prospect_read(&asked->prospect, &asked->at.input);
        result = answer(asked, text);
    }
    free(asked);
    buf_release(&folded);
    return result;
}

static int how_many_run(struct turn *turn, struct span arguments, struct err *err)
{
    return ask(turn, arguments, how_many, TEXT_FORECAST_HOW_MANY, err);
}

static int load_run(struct turn *turn, struct span arguments, struct err *err)
{
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    if (exercise_find_exact(&turn->lifter->names, arguments) != NULL)
        return next_of(turn, arguments, err); /* "what weight on leg curl" */
    return ask(turn, arguments, load_for, TEXT_FORECAST_HOW_LOAD, err);
}

const struct command how_many_command = {.name = "how many",
                                         .aliases = "forecast",
                                         .german = "wie viele,wieviele",
                                         .arguments = "EXERCISE [LOAD]",
                                         .words = 7,
                                         .never_before = "0123456789x*+@",
                                         .example = "how many bench 82.5",
                                         .may_be_other = true,
                                         .group = COMMAND_ADVICE,
                                         .tells = TELLS_LOG,
                                         .help = TEXT_HELP_HOW_MANY,
                                         .run = how_many_run};
const struct command load_command = {.name = "load",
                                     .aliases = "how much,what load,what weight",
                                     .german = "wie viel,wieviel,welches gewicht",
                                     .arguments = "EXERCISE xREPS [@RIR]",
                                     .words = 8,
                                     .never_before = "0123456789x*+@",
                                     .example = "load bench x5 @2",
                                     .may_be_other = true,
                                     .group = COMMAND_ADVICE,
                                     .tells = TELLS_LOG,
                                     .help = TEXT_HELP_LOAD,
                                     .run = load_run};

/*
 * The next set, and how it is said: numbers first, and one reason when there is something to say.
 */
#include "bot/coach/advise.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/day.h"
#include "bot/coach/instruct.h"
#include "bot/coach/lead.h"
#include "bot/coach/pounds.h"
#include "bot/coach/timer.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"
#include "core/effort/breach.h"
#include "core/effort/reasons.h"
#include "core/text/fold.h"

static int64_t log_from(const struct turn *turn, int64_t at_ms)
{
    return day_of(turn, at_ms).start_ms - (int64_t)ADVISE_DAYS * CIVIL_DAY_MS;
}

int advise_load(struct turn *turn, int64_t at_ms, struct err *err)
{
    if (lifter_load_settings(turn->lifter, turn->store, err) < 0 || /* a setting may just have changed */
        lifter_load_names(turn->lifter, turn->store, err) < 0)
        return -1;
    if (lifter_load_log(turn->lifter, turn->store, log_from(turn, at_ms), err) < 0)
        return -1;
    return lifter_load_steps(turn->lifter, turn->store, err);
}

/* They stand still within a day, but for a check-in: read once. */
static void read_warnings(struct turn *turn, const struct effort_input *input)
{
    struct lifter *lifter = turn->lifter;
    size_t checkins = 0;

    while (checkins < input->checkin_count && input->checkins[checkins].at_ms <= input->now_ms)
        checkins++;
    if (!lifter->warned || lifter->warned_ms != input->day_start_ms || lifter->warned_checkins != checkins)
        warnings_read(&lifter->warnings, input);
    lifter->warned = true;
    lifter->warned_ms = input->day_start_ms;
    lifter->warned_checkins = checkins;
    turn->warnings = lifter->warnings;
}

int advise_open(struct turn *turn, int64_t at_ms, struct advise_case *ask, struct err *err)
{
    struct lifter *lifter = turn->lifter;
    size_t first;

    if (advise_load(turn, at_ms, err) < 0)
        return -1;
    ask->day = day_of(turn, at_ms);
    setting_profile(lifter, turn->coach->options.unit,
                    &(struct setting_time){at_ms, ask->day.number, turn->coach->options.policy}, &ask->profile);
    first = lifter_log_before(lifter, log_from(turn, at_ms));
    ask->input = (struct effort_input){.policy = turn->coach->options.policy,
                                       .profile = &ask->profile,
                                       .log = first != 0 ? lifter->log.at + first : lifter->log.at,
                                       .log_count = lifter_log_before(lifter, at_ms + 1) - first,
                                       .own = lifter->own.at,
                                       .own_count = lifter->own.count,
                                       .checkins = lifter->checkins.at,
                                       .checkin_count = lifter->checkins.count,
                                       .warnings = &turn->warnings,
                                       .prospects = lifter->prospects,
                                       .now_ms = at_ms,
                                       .day_start_ms = ask->day.start_ms};
    read_warnings(turn, &ask->input);
    return 0;
}

/* What is planned, or asked by a coach. A plan's session begins where its sets begin to count. */
static bool ask_by_plan(struct turn *turn, struct advise_case *ask, const struct planned *planned,
                        const struct exercise *exercise)
{
    struct effort_input *input = &ask->input;
    bool is_planned = lead_targets(turn, planned, exercise, input->now_ms, &ask->targets);

    input->exercise = exercise;
    input->target = is_planned ? &ask->targets.next : NULL;
    input->last_target = is_planned ? &ask->targets.last : NULL;
    input->also_planned = planned_elsewhere(planned, exercise->id);
    input->day_start_ms = is_planned && ask->targets.by_plan ? planned->from_ms : ask->day.start_ms;
    return is_planned;
}

/* What a coach asks is held to what may be asked of the lifter. True: their load isn't advised. */
static bool clip(struct advise_case *ask, struct breach *breach)
{
    struct lead_targets *targets = &ask->targets;
    struct breach last;

    if (targets->last_asked.there)
        breach_clip(&ask->input, &targets->last, &last);
    return targets->asked.there && breach_clip(&ask->input, &targets->next, breach);
}

/* An override is what is advised, but for the reserve that the rules keep. */
static void take_override(const struct instructed *asked, bool refused, struct advice *advice)
{
    if (!asked->override || refused || isnan(advice->rir_min))
        return;
    advice->reps = asked->item.reps_min;
    if (!isnan(asked->item.load_kg)) {
        advice->load_kg = asked->item.load_kg;
        advice->load_mode = asked->item.load_mode;
    }
    advice->p_failure = NAN;
    reasons_drop(advice, "R70"); /* of the load that it would have been */
    reasons_drop(advice, "R98");
}

/* What is PLANNED holds, then what the lifter said of all their rests; 0 and nothing: what is ADVISED. */
static int rest_wanted(const struct turn *turn, int planned_s, int advised_s)
{
    const char *said = setting_value(turn->lifter, SETTING_RESTS, NULL);
    int64_t rest_s;

    if (planned_s != 0)
        return planned_s;
    return said != NULL && timer_read(span_of(said), &rest_s) ? (int)rest_s : advised_s;
}

void advise_exercise(struct turn *turn, struct advise_case *ask, const struct planned *planned,
                     const struct exercise *exercise, struct advice *advice)
{
    bool is_planned = ask_by_plan(turn, ask, planned, exercise), refused;
    struct breach breach;

    refused = is_planned && clip(ask, &breach);
    effort_advise(&ask->input, advice);
    take_override(&ask->targets.asked, refused, advice);
    if (refused && !isnan(advice->rir_min))
        reasons_add(advice, breach.rule, breach.value, breach.limit);
    if (advice->rest_s != 0)
        advice->rest_s = rest_wanted(turn, is_planned ? ask->targets.next_item.rest_s : 0, advice->rest_s);
}

void advise_next_session(struct turn *turn, struct advise_case *ask, const struct exercise *exercise,
                         struct advice *advice)
{
    const struct planned none = {.there = false};
    struct effort_input later;
    struct breach breach;

    /* Then a plan of today is over, and so is what was asked of one set. */
    ask_by_plan(turn, ask, &none, exercise);
    later = ask->input;
    later.target = later.last_target = NULL;
    later.day_start_ms = later.now_ms + 1;
    if (ask->targets.asked.there && !ask->targets.asked.override) {
        clip(ask, &breach);
        later.target = &ask->targets.next;
    }
    effort_advise(&later, advice);
}

bool advise_judge(struct turn *turn, struct advise_case *ask, const struct planned *planned,
                  const struct exercise *exercise, double rir, struct advice *advice)
{
    struct breach breach;

    if (ask_by_plan(turn, ask, planned, exercise))
        clip(ask, &breach);
    effort_judge(&ask->input, advice);
    return effort_undershoots(&ask->input, advice, rir);
}

/* How the last set stood against the plan. */
static void hold_against_plan(struct turn *turn, struct advise_case *ask, const struct exercise *exercise)
{
    const struct logged_set *last = context_last(turn, exercise->id, ask->input.now_ms);

    turn->against_plan = ask->input.target != NULL && ask->targets.judges;
    if (!turn->against_plan)
        return;
    turn->last_item = ask->targets.last_item;
    turn->easier = last != NULL && effort_undershoots(&ask->input, &turn->advice, last->set.rir);
}

int advise(struct turn *turn, const char *exercise, int64_t at_ms, struct err *err)
{
    const struct exercise *known;
    struct planned planned;
    struct advise_case ask;

    if (advise_open(turn, at_ms, &ask, err) < 0)
        return -1;
    turn->lead.there = false;
    known = lifter_exercise(turn->lifter, exercise);
    if (known == NULL)
        return 0;
    planned_at(turn, at_ms, &planned);
    advise_exercise(turn, &ask, &planned, known, &turn->advice);
    turn->advised = true;
    memcpy(turn->advice_exercise, known->id, sizeof(turn->advice_exercise));
    turn->next_time = turn->advice.action == ACTION_NEXT_EXERCISE;
    turn->asked = ask.targets.asked;
    turn->last_asked = ask.targets.last_asked;
    hold_against_plan(turn, &ask, known);
    if (turn->next_time)
        advise_next_session(turn, &ask, known, &turn->next);
    turn->planned = planned.there && planned.begun;
    if (lead_goes_on(&planned, known->id, turn->advice.action))
        lead_find(turn, &ask, &planned, known->id);
    return 0;
}

int advise_last(struct turn *turn, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    const struct logged_set *last;
    char exercise[EXERCISE_ID_SIZE];
    size_t count;

    if (advise_load(turn, now_ms, err) < 0)
        return -1;
    count = lifter_log_before(turn->lifter, now_ms + 1);
    if (count == 0)
        return 0;
    last = &turn->lifter->log.at[count - 1];
    memcpy(exercise, last->set.exercise, sizeof(exercise));
    turn->asked_by_ms = now_ms;
    return advise(turn, exercise, last->at_ms, err) < 0 ? -1 : turn->advised;
}

/* ---------------------------------------------------------------- words */

static bool several_exercises(const struct turn *turn)
{
    for (size_t i = 1; i < turn->logged.count; i++) {
        if (strcmp(turn->logged.at[i].exercise, turn->logged.at[0].exercise) != 0)
            return true;
    }
    return false;
}

/* "80 kg x 7", "bw x 8", "same band x 8"; a hold is "the same", and after warm-ups alone there is no load to go on
 * from. */
static void print_next(const struct turn *turn, const struct advice *advice, struct buf *out)
{
    const struct exercise *exercise = lifter_exercise(turn->lifter, turn->advice_exercise);

    if (several_exercises(turn)) {
        wording_exercise(turn, turn->advice_exercise, out);
        buf_addc(out, ' ');
    }
    if (advice->reps == REPS_UNKNOWN) {
        buf_adds(out, texts_get(turn->texts, isnan(advice->load_kg) ? TEXT_WORKING_SET : TEXT_THE_SAME));
        return;
    }
    if (exercise != NULL && exercise->equipment == EQUIPMENT_BAND && advice->load_mode == LOAD_BODYWEIGHT)
        buf_addf(out, "%s x %d", texts_get(turn->texts, TEXT_SAME_BAND), advice->reps);
    else
        wording_work(turn, advice->load_mode, advice->load_kg, advice->reps, out);
}

/* A deload that begins today takes a week. */
void advise_deload_end(const struct turn *turn, char date[CIVIL_TEXT])
{
    struct civil civil;

    civil_from_ms((day_of(turn, turn->message->sent_ms).number + 6) * CIVIL_DAY_MS, 0, &civil);
    civil_print(&civil, date);
    date[strcspn(date, "T")] = '\0';
}

/* "Next: 80 kg x 7, RIR 1-3", or what is to be done instead. */
static void print_action(const struct turn *turn, struct buf *out)
{
    static const enum text_key keys[] = {[ACTION_NEXT_SET] = TEXT_NEXT_SET,
                                         [ACTION_LAST_SET] = TEXT_LAST_SET,
                                         [ACTION_STOP_EXERCISE] = TEXT_STOP_EXERCISE,
                                         [ACTION_NEXT_EXERCISE] = TEXT_NEXT_EXERCISE,
                                         [ACTION_REST_DAY] = TEXT_REST_DAY,
                                         [ACTION_DELOAD] = TEXT_DELOAD,
                                         [ACTION_RESET] = TEXT_RESET};
    const struct advice *advice = &turn->advice;
    struct buf set = BUF_INIT(192), reserve = BUF_INIT(64);
    char done[16];

    if (!isnan(advice->rir_min)) {
        print_next(turn, advice, &set);
        wording_range(turn, advice->rir_min, advice->rir_max, &reserve);
    }
    snprintf(done, sizeof(done), "%d", advice->sets_done);
    reply_phrase(turn->texts, keys[advice->action],
                 REPLY_ARGS(ARG("done", done), ARG("set", buf_text(&set)), ARG("reserve", buf_text(&reserve))), out);
    buf_release(&set);
    buf_release(&reserve);
}

/* Where the plan goes on, the exercise's own next set goes without saying. */
static bool lead_says_all(const struct turn *turn)
{
    enum advice_action action = turn->advice.action;

    return turn->lead.there &&
           (action == ACTION_NEXT_SET || action == ACTION_LAST_SET || action == ACTION_NEXT_EXERCISE);
}

static void print_next_step(const struct turn *turn, bool with_rest, struct buf *out)
{
    if (!turn->lead.there && turn->planned && turn->advice.action == ACTION_NEXT_EXERCISE)
        reply_phrase(turn->texts, TEXT_PLAN_DONE, NULL, out);
    else if (!lead_says_all(turn))
        print_action(turn, out);
    if (!turn->lead.there)
        return;
    buf_adds(out, out->length != 0 ? "\n" : "");
    lead_print(turn, with_rest, out);
}

void advise_print_next(const struct turn *turn, struct buf *out)
{
    print_next_step(turn, false, out);
}

int advise_rest_s(const struct turn *turn)
{
    return turn->lead.there ? turn->lead.rest_s : turn->advice.rest_s;
}

/* After an exercise's last set: what its next session begins with, or how a deload is begun. */
static void print_next_time(const struct turn *turn, struct buf *out)
{
    const struct advice *next = &turn->next;
    char date[CIVIL_TEXT];
    struct buf set = BUF_INIT(192), reserve = BUF_INIT(64);

    if (turn->next_time && !turn->lead.there && next->action == ACTION_NEXT_SET && next->reps != REPS_UNKNOWN &&
        !isnan(next->load_kg)) {
        print_next(turn, next, &set);
        wording_range(turn, next->rir_min, next->rir_max, &reserve);
        reply_phrase(turn->texts, TEXT_NEXT_TIME,
                     REPLY_ARGS(ARG("set", buf_text(&set)), ARG("reserve", buf_text(&reserve))), out);
    }
    if (turn->advice.action == ACTION_DELOAD) {
        advise_deload_end(turn, date);
        reply_phrase(turn->texts, TEXT_DELOAD_HOW, REPLY_ARGS(ARG("date", date)), out);
    }
    buf_release(&set);
    buf_release(&reserve);
}

static void add_line(struct turn *turn, const struct buf *lines)
{
    reply_lines(&turn->reply, buf_text(lines));
}

void advise_next_line(struct turn *turn)
{
    struct buf line = BUF_INIT(512);

    advise_print_next(turn, &line);
    add_line(turn, &line);
    buf_release(&line);
}

/* What is worth a line, the most important first. A rule that merely holds as always is left to `why`. */
static const struct {
    const char *rule;
    bool closed_gate; /* a gate that is closed for a while: worth saying before the last set alone */
    bool of_next;     /* it bears on the set that comes next, whichever exercise that is of */
    enum text_key text;
} worth[] = {
    {"R48", false, false, TEXT_REASON_FALLING},    {"R49", false, false, TEXT_REASON_SIGNS},
    {"R53", false, false, TEXT_REASON_CHECKIN},    {"R60", false, false, TEXT_REASON_SPENT},
    {"R81", false, false, TEXT_REASON_RESET},      {"R112", false, false, TEXT_REASON_PAIN},
    {"R22", false, false, TEXT_REASON_FORM},       {"R85", false, false, TEXT_REASON_DROP},
    {"R95", false, false, TEXT_REASON_OVERSHOOT},  {"R72", false, false, TEXT_REASON_CHEAT},
    {"R37", false, true, TEXT_REASON_DELOAD},      {"R69", false, true, TEXT_REASON_CALIBRATE},
    {"R06", false, true, TEXT_REASON_WARMUP},      {"R98", false, true, TEXT_REASON_LOAD_UP},
    {"R70", false, true, TEXT_REASON_LOAD_DOWN},   {"R41", true, true, TEXT_REASON_GATE_PAIN},
    {"R40", true, true, TEXT_REASON_GATE_SLEEP},   {"R86", true, true, TEXT_REASON_GATE_DEFICIT},
    {"R28", true, true, TEXT_REASON_GATE_SPACING},
};

static const struct reason *find_reason(const struct advice *advice, const char *rule, bool closed_gate)
{
    for (size_t i = 0; i < advice->reason_count; i++) {
        if (advice->reasons[i].closed_gate == closed_gate && strcmp(advice->reasons[i].rule, rule) == 0)
            return &advice->reasons[i];
    }
    return NULL;
}

static void add_reason(const struct turn *turn, const struct reason *reason, enum text_key key, struct buf *out)
{
    struct buf value = BUF_INIT(32), limit = BUF_INIT(32), target = BUF_INIT(64);

    wording_measure(turn, reason->value, &value);
    wording_measure(turn, reason->limit, &limit);
    if (!isnan(turn->advice.last_rir_min))
        wording_range(turn, turn->advice.last_rir_min, turn->advice.last_rir_max, &target);
    reply_phrase(
        turn->texts, key,
        REPLY_ARGS(ARG("value", buf_text(&value)), ARG("limit", buf_text(&limit)), ARG("target", buf_text(&target))),
        out);
    buf_release(&value);
    buf_release(&limit);
    buf_release(&target);
}

static bool fits(const struct buf *line, const struct buf *more)
{
    return text_width(buf_span(line)) + text_width(buf_span(more)) <= PHONE_COLUMNS;
}

/* The first row that is OF_NEXT or not, whose rule ADVICE names. */
static void find_worth(const struct turn *turn, const struct advice *advice, bool of_next, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LENGTH(worth) && out->length == 0; i++) {
        const struct reason *reason = find_reason(advice, worth[i].rule, worth[i].closed_gate);

        if (worth[i].text == TEXT_REASON_CHECKIN && reason != NULL && !isnan(reason->value))
            continue; /* signs of the log, which are said after the last set */
        if (worth[i].of_next == of_next && reason != NULL &&
            (!worth[i].closed_gate || advice->action == ACTION_LAST_SET))
            add_reason(turn, reason, worth[i].text, out);
    }
}

/* What a coach asks of the next set, and whose it is. */
static const struct instructed *asked_next(const struct turn *turn)
{
    return turn->lead.there ? &turn->lead.asked : &turn->asked;
}

/* Whether the last set was held against the very effort that a coach asks for now: more is never taken (R38). */
static bool asked_as_judged(const struct turn *turn)
{
    const struct plan_item *item = &asked_next(turn)->item;

    return item->rir_min == turn->advice.last_rir_min && item->rir_max == turn->advice.last_rir_max;
}

/* How the last set was, then what is special about the next one, where both fit, and what a coach has ASKED for: "On
 * target. Lighter, to stay in range." How it stood against a plan is always said (R94). */
static void print_reason(const struct turn *turn, const struct buf *asked, struct buf *out)
{
    const struct advice *next = turn->lead.there ? &turn->lead.advice : &turn->advice;
    const struct reason *harder = asked->length != 0 ? find_reason(&turn->advice, "R95", false) : NULL;
    struct buf more = BUF_INIT(512), space = BUF_INIT(520);

    if (harder != NULL && asked_as_judged(turn)) /* the target stands beside it */
        add_reason(turn, harder, TEXT_ASKED_HARDER, out);
    else
        find_worth(turn, &turn->advice, false, out);
    if (out->length == 0) {
        lead_print_standing(turn, out);
        find_worth(turn, next, true, &more);
    }
    if (out->length == 0 && more.length == 0 && next->failure_ok)
        reply_phrase(turn->texts, TEXT_REASON_FAILURE_OK, REPLY_ARGS(ARG("", "")), &more);
    buf_adds(&space, out->length != 0 ? " " : "");
    buf_add_span(&space, buf_span(&more));
    buf_adds(&space, asked->length != 0 ? " " : "");
    buf_add_span(&space, buf_span(asked));
    if (more.length != 0 && (out->length == 0 || fits(out, &space))) {
        buf_adds(out, out->length != 0 ? " " : "");
        buf_add_span(out, buf_span(&more));
    }
    buf_release(&more);
    buf_release(&space);
}

/* The next set's line with its rest; where that is too long, the rest is left for a line of its own, in REST. */
static void say_next_and_rest(struct turn *turn, struct buf *rest)
{
    const struct texts *texts = turn->texts;
    struct buf line = BUF_INIT(512), time = BUF_INIT(64), tail = BUF_INIT(128);

    print_next_step(turn, true, &line);
    if (turn->advice.rest_s > 0 && !turn->lead.there) {
        wording_rest(turn->advice.rest_s, &time);
        reply_phrase(texts, TEXT_NEXT_REST, REPLY_ARGS(ARG("rest", buf_text(&time))), &tail);
        if (fits(&line, &tail))
            buf_add_span(&line, buf_span(&tail));
        else
            reply_phrase(texts, TEXT_REST, REPLY_ARGS(ARG("rest", buf_text(&time))), rest);
    }
    add_line(turn, &line);
    buf_release(&line);
    buf_release(&time);
    buf_release(&tail);
}

/* "Anna: 5x5 @2-3": what a coach asks of the set that comes next. */
static void print_asked(const struct turn *turn, struct buf *out)
{
    const struct instructed *asked = asked_next(turn);
    const struct advice *advice = turn->lead.there ? &turn->lead.advice : &turn->advice;
    struct buf what = BUF_INIT(256);

    if (asked->there && !asked->hidden && (advice->action == ACTION_NEXT_SET || advice->action == ACTION_LAST_SET)) {
        instruct_print(turn, asked, &what);
        reply_phrase(turn->texts, TEXT_ASKED,
                     REPLY_ARGS(ARG("coach", instruct_by(turn, asked)), ARG("what", buf_text(&what))), out);
    }
    buf_release(&what);
}

/* MORE goes behind LINE where both fit, else onto a line of its own: LINE is then said. */
static void join(struct turn *turn, struct buf *line, const struct buf *more)
{
    struct buf space = BUF_INIT(520);

    buf_addc(&space, ' ');
    buf_add_span(&space, buf_span(more));
    if (line->length != 0 && more->length != 0 && !fits(line, &space)) {
        add_line(turn, line);
        buf_clear(line);
    }
    if (more->length != 0)
        buf_add_span(line, line->length != 0 ? buf_span(&space) : buf_span(more));
    buf_release(&space);
}

void advise_say(struct turn *turn)
{
    struct buf rest = BUF_INIT(128), reason = BUF_INIT(512), asked = BUF_INIT(512), next_time = BUF_INIT(512);

    say_next_and_rest(turn, &rest);
    print_asked(turn, &asked);
    print_reason(turn, &asked, &reason);
    if (rest.length == 0)
        print_next_time(turn, &next_time);
    if (next_time.length != 0)
        add_line(turn, &next_time);
    join(turn, &rest, &reason);
    join(turn, &rest, &asked);
    if (rest.length != 0)
        add_line(turn, &rest);
    if (pounds_are_new(turn))
        reply_tell(&turn->reply, turn->texts, TEXT_REASON_POUNDS);
    buf_release(&rest);
    buf_release(&reason);
    buf_release(&asked);
    buf_release(&next_time);
}

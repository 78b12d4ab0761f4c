/*
 * rest: calls the lifter when the rest is over. Whether it still holds is read from the log when it is due, so that
 * sets which were logged, taken back or corrected meanwhile count as if it had always been so.
 */
#include "bot/coach/timer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/jobs.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"
#include "core/effort/policy.h"
#include "core/text/fold.h"

enum { REST_MAX_S = 60 * 60, BARE_MINUTES = 10, LATE_MS = 10 * 60 * 1000, PAYLOAD_MAX = 64, NAME_COLUMNS = 32 };

/* What a rest hangs on: a set's message, whose sets must still be there, or the message that asked for it. A set of a
 * later message ends it. */
struct origin {
    bool set;
    int64_t input, at_ms;
};

/* ---------------------------------------------------------------- whether it holds */

struct last_row {
    int64_t input, at_ms;
};

static int take_last(void *arg, const struct coach_set_row *row)
{
    struct last_row *last = arg;

    *last = (struct last_row){row->input, row->at_ms};
    return 0;
}

struct check {
    struct origin origin;
    bool there, ended;
};

static int check_row(void *arg, const struct coach_set_row *row)
{
    struct check *check = arg;

    check->there = check->there || row->input == check->origin.input;
    check->ended = check->ended || row->input > check->origin.input;
    return 0;
}

static int holds(struct turn *turn, const struct origin *origin, struct err *err)
{
    struct check check = {.origin = *origin};

    if (turn->store->sets_live(turn->store->self, turn->lifter->id, origin->at_ms, INT64_MAX, check_row, &check, err) <
        0)
        return -1;
    return !check.ended && (check.there || !origin->set);
}

/* ---------------------------------------------------------------- waiting */

/* One rest at a time, wherever it was asked for. */
static int cancel(struct turn *turn, struct err *err)
{
    return turn->store->job_cancel(turn->store->self, turn->lifter->id, COACH_JOB_REST, NULL, NULL, err);
}

static struct origin read_origin(const char *payload)
{
    char *rest;
    int64_t input = strtoll(payload[0] != '\0' ? payload + 1 : payload, &rest, 10);

    return (struct origin){payload[0] == 's', input, strtoll(rest, NULL, 10)};
}

static int wait_for(struct turn *turn, const struct origin *origin, int64_t due_ms, struct err *err)
{
    char payload[PAYLOAD_MAX];

    snprintf(payload, sizeof(payload), "%c %" PRId64 " %" PRId64, origin->set ? 's' : 'm', origin->input,
             origin->at_ms);
    return cancel(turn, err) < 0 ? -1 : jobs_put(turn, COACH_JOB_REST, due_ms, payload, err);
}

/* The rest of the session's last set, as it is advised: 1 with what it hangs on and its end, 0 there is none. Fills in
 * the turn's advice. */
static int advised_rest(struct turn *turn, int64_t now_ms, struct origin *origin, int64_t *due_ms, struct err *err)
{
    const struct logged_set *moment;
    struct last_row last = {0};
    char exercise[EXERCISE_ID_SIZE];

    if (advise_load(turn, now_ms, err) < 0)
        return -1;
    moment = context_moment(turn, now_ms);
    if (moment == NULL)
        return 0;
    memcpy(exercise, moment->set.exercise, sizeof(exercise));
    if (turn->store->sets_live(turn->store->self, turn->lifter->id, moment->at_ms, now_ms + 1, take_last, &last, err) <
            0 ||
        advise(turn, exercise, last.at_ms, err) < 0)
        return -1;
    *origin = (struct origin){true, last.input, last.at_ms};
    *due_ms = last.at_ms + advise_rest_s(turn) * INT64_C(1000);
    return turn->advised && advise_rest_s(turn) > 0;
}

static bool follows_by_itself(const struct turn *turn)
{
    const char *value = setting_value(turn->lifter, SETTING_TIMER, NULL);

    return value != NULL && strcmp(value, "on") == 0;
}

int timer_follow(struct turn *turn, struct err *err)
{
    int64_t now_ms = turn->message->read_ms, due_ms = 0;
    struct origin origin = {0};
    struct turn own;
    int result;

    if (!follows_by_itself(turn) || turn->following || turn->message->summarise)
        return 0;
    result = turn_open(&own, turn->coach, turn->message, turn->lifter->id, turn->input, err);
    if (result == 0)
        result = advised_rest(&own, now_ms, &origin, &due_ms, err);
    if (result == 1 && due_ms > now_ms)
        result = wait_for(&own, &origin, due_ms, err);
    else if (result >= 0)
        result = cancel(&own, err);
    turn_close(&own);
    return result;
}

/* ---------------------------------------------------------------- due */

/* In a room everybody reads it. */
static void say_whom(struct turn *turn)
{
    const char *name = turn->message->sender_name;
    struct buf whom = BUF_INIT(4 * NAME_COLUMNS + 2);

    reply_line(&turn->reply, false);
    if (turn->message->direct)
        return;
    buf_add(&whom, name, text_cut(span_of(name), NAME_COLUMNS));
    buf_adds(&whom, ": ");
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&whom));
    buf_release(&whom);
}

static void say_over(struct turn *turn)
{
    struct buf line = BUF_INIT(512);

    turn->advised = turn->advised && (turn->lead.there || !isnan(turn->advice.rir_min));
    if (turn->advised)
        advise_print_next(turn, &line);
    else
        buf_adds(&line, texts_get(turn->texts, TEXT_REST_OVER));
    turn->kind = OUT_PING;
    say_whom(turn);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&line);
}

int timer_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    struct origin origin = read_origin(job->payload), now;
    int64_t end_ms;
    int result;

    if (turn->message->read_ms - job->due_ms > LATE_MS) /* nobody rests as long as the bot was away */
        return 0;
    result = holds(turn, &origin, err);
    if (result != 1)
        return result;
    result = advised_rest(turn, job->due_ms, &now, &end_ms, err);
    if (result == 0 && origin.set) /* corrected meanwhile: nothing is advised any more */
        return 0;
    if (result >= 0)
        say_over(turn);
    return result < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- the command */

static void say_until(struct turn *turn, int64_t rest_s, int64_t due_ms)
{
    struct buf rest = BUF_INIT(32), time = BUF_INIT(16);
    struct civil civil;

    wording_rest((int)rest_s, &rest);
    civil_from_ms(due_ms, day_offset(turn, due_ms), &civil);
    wording_time(civil.hour * 60 + civil.minute, &time);
    if (due_ms > turn->message->read_ms)
        reply_say(&turn->reply, turn->texts, TEXT_REST_UNTIL, ARG("rest", buf_text(&rest)),
                  ARG("time", buf_text(&time)));
    else
        reply_say(&turn->reply, turn->texts, TEXT_REST_OVER_SINCE, ARG("rest", buf_text(&rest)));
    buf_release(&rest);
    buf_release(&time);
}

static int begin(struct turn *turn, const struct origin *origin, int64_t from_ms, int64_t rest_s, struct err *err)
{
    int64_t due_ms = from_ms + rest_s * 1000;

    say_until(turn, rest_s, due_ms);
    return due_ms > turn->message->read_ms ? wait_for(turn, origin, due_ms, err) : cancel(turn, err);
}

/* Behind an exercise's last set one rests as between its sets. */
static int rest_asked_s(const struct turn *turn)
{
    const struct exercise *exercise = NULL;
    int rest_s = advise_rest_s(turn);

    if (rest_s == 0 && turn->advised && turn->advice.action == ACTION_NEXT_EXERCISE)
        exercise = lifter_exercise(turn->lifter, turn->advice_exercise);
    return exercise != NULL ? (int)policy_rest_usual(turn->coach->options.policy, exercise->compound) : rest_s;
}

static int rest_as_advised(struct turn *turn, struct err *err)
{
    struct origin origin = {0};
    int64_t due_ms = 0;
    int result = advised_rest(turn, turn->message->sent_ms, &origin, &due_ms, err);
    int rest_s = result >= 0 ? rest_asked_s(turn) : 0;

    turn->advised = false; /* it was said before */
    if (rest_s > 0)
        return begin(turn, &origin, origin.at_ms, rest_s, err);
    if (result == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_REST_NONE);
    return result;
}

/* How many seconds the unit of a time has: 0 it is none. */
static double seconds_in(struct span unit)
{
    if (typed_is(unit, "s,sec,secs,second,seconds,sek,sekunde,sekunden"))
        return 1.0;
    return typed_is(unit, "m,min,mins,minute,minutes,minuten") ? 60.0 : 0.0;
}

/* ":30" behind full minutes. */
static bool read_clock(struct span text, double minutes, double *rest_s)
{
    double seconds;

    text = (struct span){text.at + 1, text.length - 1};
    if (text.length != 2 || minutes != floor(minutes) || !typed_number(&text, &seconds) || text.length != 0)
        return false;
    *rest_s = minutes * 60.0 + seconds;
    return seconds < 60.0;
}

bool timer_read(struct span text, int64_t *rest_s)
{
    double number;

    if (!typed_number(&text, &number))
        return false;
    if (text.length == 0)
        number *= number <= BARE_MINUTES ? 60.0 : 1.0;
    else if (text.at[0] != ':')
        number *= seconds_in(text);
    else if (!read_clock(text, number, &number))
        return false;
    *rest_s = (int64_t)round(number);
    return *rest_s >= 1 && *rest_s <= REST_MAX_S;
}

static void refuse(struct turn *turn, struct span typed)
{
    struct buf value = BUF_INIT(256);

    turn->kind = OUT_ERROR;
    buf_add(&value, typed.at, text_cut(typed, 64));
    reply_say(&turn->reply, turn->texts, TEXT_REST_REFUSED, ARG("value", buf_text(&value)));
    buf_release(&value);
}

static const char off_words[] = "off,stop,cancel,none,aus,stopp,ende";
static const char asking_words[] = "how long,how much,wie lang,wie lange,wie viel,wieviel"; /* "pause wie lang?" */

static int rest_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct origin asked = {false, turn->input, turn->message->sent_ms};
    struct buf folded = BUF_INIT(128);
    int64_t rest_s;
    int result = 0;

    while (arguments.length != 0 && arguments.at[arguments.length - 1] == '?')
        arguments.length--;
    if (arguments.length == 0 || (typed_fold(arguments, &folded) == 0 && typed_is(buf_span(&folded), asking_words))) {
        result = rest_as_advised(turn, err);
    } else if (typed_is(buf_span(&folded), off_words)) {
        reply_tell(&turn->reply, turn->texts, TEXT_REST_OFF);
        result = cancel(turn, err);
    } else if (!folded.overflowed && timer_read(buf_span(&folded), &rest_s)) {
        result = begin(turn, &asked, turn->message->sent_ms, rest_s, err);
    } else {
        refuse(turn, arguments);
    }
    buf_release(&folded);
    return result;
}

/* "reichen 3 min Pause?" starts none. Before a first set it is asked of heavy ones. */
static int enough_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(128), rest = BUF_INIT(32), advised = BUF_INIT(32);
    struct origin origin = {0};
    int64_t rest_s, due_ms = 0;
    int advised_s, result = 0;

    if (typed_fold(arguments, &folded) != 0 || !timer_read(buf_span(&folded), &rest_s)) {
        refuse(turn, arguments);
    } else if ((result = advised_rest(turn, turn->message->sent_ms, &origin, &due_ms, err)) >= 0) {
        advised_s = rest_asked_s(turn);
        advised_s = advised_s != 0 ? advised_s : (int)policy_rest_usual(turn->coach->options.policy, true);
        turn->advised = false; /* it was said before */
        wording_rest((int)rest_s, &rest);
        wording_rest(advised_s, &advised);
        reply_say(&turn->reply, turn->texts, rest_s >= advised_s ? TEXT_REST_ENOUGH : TEXT_REST_SHORT,
                  ARG("rest", buf_text(&rest)), ARG("advised", buf_text(&advised)));
    }
    buf_release(&folded);
    buf_release(&rest);
    buf_release(&advised);
    return result < 0 ? -1 : 0;
}

const struct command rest_enough_command = {.name = "rest enough",
                                            .arguments = "TIME",
                                            .words = 2,
                                            .example = "rest enough 3 min",
                                            .help = TEXT_HELP_REST,
                                            .group = COMMAND_SESSION,
                                            .unlisted = true,
                                            .run = enough_run};

const struct command rest_command = {.name = "rest",
                                     .aliases = "pause,start timer,start a timer,set timer,set a timer",
                                     .arguments = "[TIME|off]",
                                     .words = 2,
                                     .example = "rest 2:30",
                                     .may_be_other = true, /* "rest tomorrow?" */
                                     .help = TEXT_HELP_REST,
                                     .group = COMMAND_SESSION,
                                     .run = rest_run};

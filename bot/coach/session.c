/*
 * done: ends the session and sums it up. Two hours of silence do the same. Everything is read from the log.
 */
#include "bot/coach/session.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/jobs.h"
#include "bot/coach/lead.h"
#include "bot/coach/plan.h"
#include "bot/coach/record.h"
#include "bot/coach/seen.h"
#include "bot/coach/wording.h"
#include "bot/coach/workout.h"

/* WORTH_SAYING: a session of fewer working sets closes silently. LATE: the bot was away, and it is no news any more. */
enum { EXERCISES_MAX = 24, LIFTS_SAID = 3, WORTH_SAYING = 3, LATE_MS = 12 * 60 * 60 * 1000, MINUTE_MS = 60 * 1000 };

/* An exercise of the session. */
struct lift {
    const struct exercise *exercise;
    size_t first; /* its first set in the log */
};

struct sum {
    struct turn *turn;
    struct workout workout;
    struct lift lifts[EXERCISES_MAX];
    size_t count;
    struct session_effort effort;
};

static const struct logged_set *set_at(const struct sum *sum, size_t index)
{
    return &sum->turn->lifter->log.at[index];
}

/* The exercises in the order they were begun. */
static void gather(struct sum *sum, struct turn *turn, const struct workout *workout)
{
    *sum = (struct sum){.turn = turn, .workout = *workout};
    for (size_t i = workout->first; i < workout->end; i++) {
        const struct set *set = &set_at(sum, i)->set;
        size_t known = 0;

        while (known < sum->count && strcmp(sum->lifts[known].exercise->id, set->exercise) != 0)
            known++;
        if (known == sum->count && sum->count < EXERCISES_MAX && lifter_exercise(turn->lifter, set->exercise) != NULL)
            sum->lifts[sum->count++] = (struct lift){lifter_exercise(turn->lifter, set->exercise), i};
    }
}

/* ---------------------------------------------------------------- effort */

/* How hard it was is known. */
static bool is_measured(const struct set *set)
{
    bool failed = set->failure == FAILURE_MOMENTARY || set->failure == FAILURE_MISSED;

    return set->type != SET_WARMUP && (!isnan(set->rir) || failed);
}

int session_judge(struct turn *turn, size_t first, size_t end, struct session_effort *effort, struct err *err)
{
    for (size_t i = first; i < end; i++) {
        const struct logged_set logged = turn->lifter->log.at[i];
        const struct exercise *exercise = lifter_exercise(turn->lifter, logged.set.exercise);
        struct planned planned;
        struct advise_case ask;
        struct advice advice;
        bool easier;

        if (exercise == NULL || !is_measured(&logged.set))
            continue;
        if (advise_open(turn, logged.at_ms, &ask, err) < 0)
            return -1;
        /* Of sets of one moment those behind this one aren't done yet. */
        ask.input.log_count -= lifter_log_before(turn->lifter, logged.at_ms + 1) - (i + 1);
        planned_at(turn, logged.at_ms, &planned);
        easier = advise_judge(turn, &ask, &planned, exercise, logged.set.rir, &advice);
        effort->harder += advice.overshoot;
        effort->easier += easier;
        effort->within += !advice.overshoot && !easier;
    }
    return 0;
}

static void add_count(const struct turn *turn, enum text_key key, int count, struct buf *out)
{
    char number[16];

    if (count == 0)
        return;
    snprintf(number, sizeof(number), "%d", count);
    buf_adds(out, out->length != 0 ? ", " : "");
    reply_phrase(turn->texts, key, REPLY_ARGS(ARG("count", number)), out);
}

void session_print_effort(const struct turn *turn, const struct session_effort *effort, struct buf *out)
{
    add_count(turn, TEXT_SESSION_WITHIN, effort->within, out);
    add_count(turn, TEXT_SESSION_HARDER, effort->harder, out);
    add_count(turn, TEXT_SESSION_EASIER, effort->easier, out);
}

static void say_effort(const struct sum *sum)
{
    struct turn *turn = sum->turn;
    struct buf counts = BUF_INIT(256);

    session_print_effort(turn, &sum->effort, &counts);
    if (counts.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_SESSION_EFFORT, ARG("counts", buf_text(&counts)));
    buf_release(&counts);
}

/* ---------------------------------------------------------------- sets, records, what comes next */

static void say_head(const struct sum *sum)
{
    struct turn *turn = sum->turn;
    int64_t minutes = (sum->workout.last_ms - sum->workout.from_ms + MINUTE_MS / 2) / MINUTE_MS;
    struct buf sets = BUF_INIT(64);
    char time[24];

    wording_sets_count(turn->texts, sum->workout.end - sum->workout.first, &sets);
    snprintf(time, sizeof(time), "%d", (int)minutes);
    reply_say(&turn->reply, turn->texts, minutes > 0 ? TEXT_SESSION : TEXT_SESSION_SHORT, ARG("sets", buf_text(&sets)),
              ARG("minutes", time));
    buf_release(&sets);
}

static void print_best(const struct sum *sum, const struct lift *lift, struct buf *out)
{
    struct turn *turn = sum->turn;
    double bodyweight_kg = context_bodyweight(turn, sum->workout.last_ms), best = NAN;
    struct buf load = BUF_INIT(64);

    for (size_t i = lift->first; i < sum->workout.end && lift->exercise->compound; i++)
        if (strcmp(set_at(sum, i)->set.exercise, lift->exercise->id) == 0 && record_counts(&set_at(sum, i)->set))
            best = fmax(best, record_e1rm(turn, lift->exercise, &set_at(sum, i)->set, bodyweight_kg));
    if (!isnan(best)) {
        wording_weight(turn, best, 1, &load);
        buf_addf(out, " (e1RM %s)", buf_text(&load));
    }
    buf_release(&load);
}

/* One line for each exercise, with the best of a compound one. */
static void say_sets(const struct sum *sum)
{
    struct buf line = BUF_INIT(REPLY_MAX);

    for (size_t i = 0; i < sum->count; i++) {
        VEC(struct set) sets = {0};

        for (size_t j = sum->lifts[i].first; j < sum->workout.end; j++)
            if (strcmp(set_at(sum, j)->set.exercise, sum->lifts[i].exercise->id) == 0)
                vec_push(&sets, set_at(sum, j)->set);
        buf_clear(&line);
        wording_shown(sum->turn, sets.at, sets.count, true, &line);
        print_best(sum, &sum->lifts[i], &line);
        reply_line(&sum->turn->reply, true);
        reply_add(&sum->turn->reply, REPLY_PLAIN, buf_text(&line));
        vec_release(&sets);
    }
    buf_release(&line);
}

static void say_records_of(struct turn *turn, const struct record_walk *walk)
{
    struct buf what = BUF_INIT(256), name = BUF_INIT(128);

    turn->records = 0;
    record_note(turn, walk);
    record_print(turn, &what);
    wording_exercise(turn, walk->exercise->id, &name);
    if (what.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_SESSION_RECORD, ARG("exercise", buf_text(&name)),
                  ARG("what", buf_text(&what)));
    buf_release(&what);
    buf_release(&name);
}

static int say_records(const struct sum *sum, struct err *err)
{
    struct turn *turn = sum->turn;
    VEC(struct record_walk) walks = {0};
    unsigned records = 0;
    int result;

    for (size_t i = 0; i < sum->count; i++) {
        struct record_walk *walk = vec_add(&walks);

        record_walk_begin(walk, turn, sum->lifts[i].exercise, sum->workout.last_ms);
        walk->since_ms = sum->workout.from_ms;
    }
    result = record_walk_all(turn, walks.at, walks.count, sum->workout.last_ms, err);
    for (size_t i = 0; i < walks.count && result == 0; i++) {
        say_records_of(turn, &walks.at[i]);
        records |= turn->records;
    }
    turn->records = records;
    vec_release(&walks);
    return result;
}

static void say_undone(const struct sum *sum, const struct planned *planned)
{
    struct turn *turn = sum->turn;
    struct buf list = BUF_INIT(1024);

    for (size_t i = 0; i < planned->plan.count; i++) {
        int left = planned->skipped[i] ? planned->sets[i] - planned->done[i] : planned_left(planned, i);

        if (left <= 0)
            continue;
        buf_adds(&list, list.length != 0 ? ", " : "");
        wording_exercise(turn, planned->plan.items[i].exercise, &list);
        buf_addc(&list, ' ');
        wording_sets_count(turn->texts, (size_t)left, &list);
    }
    if (list.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_SESSION_UNDONE, ARG("list", buf_text(&list)));
    buf_release(&list);
}

static void say_next_time(struct turn *turn, const struct exercise *exercise, const struct advice *next)
{
    struct buf name = BUF_INIT(128), set = BUF_INIT(128), reserve = BUF_INIT(64), line = BUF_INIT(512);

    wording_exercise(turn, exercise->id, &name);
    wording_work(turn, next->load_mode, next->load_kg, next->reps, &set);
    wording_range(turn, next->rir_min, next->rir_max, &reserve);
    reply_phrase(
        turn->texts, TEXT_SESSION_NEXT,
        REPLY_ARGS(ARG("exercise", buf_text(&name)), ARG("set", buf_text(&set)), ARG("reserve", buf_text(&reserve))),
        &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&line);
    buf_release(&name);
    buf_release(&set);
    buf_release(&reserve);
}

/* How the main lifts begin next time. */
static int say_next_session(const struct sum *sum, struct err *err)
{
    struct turn *turn = sum->turn;
    struct advise_case ask;
    struct advice next;
    int said = 0;

    if (advise_open(turn, sum->workout.last_ms, &ask, err) < 0)
        return -1;
    for (size_t i = 0; i < sum->count && said < LIFTS_SAID; i++) {
        if (!sum->lifts[i].exercise->compound)
            continue;
        advise_next_session(turn, &ask, sum->lifts[i].exercise, &next);
        if (next.reps == REPS_UNKNOWN || isnan(next.rir_min))
            continue;
        if (said++ == 0)
            reply_tell(&turn->reply, turn->texts, TEXT_SESSION_NEXT_HEAD);
        say_next_time(turn, sum->lifts[i].exercise, &next);
    }
    return 0;
}

/* PLANNED as it stood before the end; NULL: nothing of it is told. */
static int sum_up(struct turn *turn, const struct workout *workout, const struct planned *planned, struct err *err)
{
    struct sum sum;

    gather(&sum, turn, workout);
    if (session_judge(turn, workout->first, workout->end, &sum.effort, err) < 0)
        return -1;
    say_head(&sum);
    say_sets(&sum);
    if (say_records(&sum, err) < 0)
        return -1;
    say_effort(&sum);
    if (planned != NULL && planned->there && planned->begun)
        say_undone(&sum, planned);
    return say_next_session(&sum, err);
}

/* ---------------------------------------------------------------- by itself */

int session_follow(struct turn *turn, struct err *err)
{
    int64_t now_ms = turn->message->read_ms;
    struct workout workout;

    if (turn->following || turn->dry || !turn->message->direct)
        return 0;
    if (advise_load(turn, now_ms, err) < 0)
        return -1;
    if (!workout_at(turn, now_ms, &workout) || !workout.open)
        return jobs_cancel(turn, COACH_JOB_SESSION, err);
    return jobs_put_by(turn, COACH_JOB_SESSION, workout.last_ms + WORKOUT_SILENCE_MS, err);
}

int session_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    struct workout workout;
    struct planned planned;
    int64_t over_ms;
    int working = 0;

    if (advise_load(turn, job->due_ms, err) < 0)
        return -1;
    if (!workout_at(turn, job->due_ms, &workout))
        return 0;
    if (workout.open) /* sets were logged since */
        return jobs_put(turn, COACH_JOB_SESSION, workout.last_ms + WORKOUT_SILENCE_MS, "", err);
    if (turn->message->read_ms - job->due_ms > LATE_MS)
        return 0;
    for (size_t i = workout.first; i < workout.end; i++)
        working += turn->lifter->log.at[i].set.type != SET_WARMUP;
    if (working < WORTH_SAYING ||
        workout_over(turn, 0, workout.last_ms, workout.last_ms + WORKOUT_SILENCE_MS - 1, &over_ms))
        return 0; /* or it was said by `done` */
    planned_at(turn, workout.last_ms, &planned);
    turn->kind = OUT_DIGEST;
    return sum_up(turn, &workout, &planned, err);
}

/* ---------------------------------------------------------------- done */

/* The session as far as whoever reads the answer may know of it. Where some of it was typed elsewhere that is less, and
 * of the plan nothing. */
static int say_done(struct turn *turn, const struct workout *whole, const struct planned *planned, struct err *err)
{
    struct workout workout = *whole;
    bool known = true;
    struct seen seen;
    int result = seen_begin(turn, &seen, err);

    if (result == 0 && seen.narrow != NULL) {
        result = advise_load(turn, turn->message->sent_ms, err);
        known = workout_at(turn, turn->message->sent_ms, &workout) && workout.open;
    }
    if (result == 0 && known && workout.end - workout.first == whole->end - whole->first) {
        seen_end(turn, &seen);
        return sum_up(turn, whole, planned, err);
    }
    if (result == 0 && known)
        result = sum_up(turn, &workout, NULL, err);
    else if (result == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_SESSION_ELSEWHERE);
    seen_end(turn, &seen);
    return result;
}

static int done_run(struct turn *turn, struct span arguments, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    struct planned planned;
    struct workout workout;
    bool open;
    int result;

    (void)arguments;
    if (advise_load(turn, now_ms, err) < 0)
        return -1;
    planned_at(turn, now_ms, &planned);
    open = workout_at(turn, now_ms, &workout) && workout.open;
    if (!open && !(planned.there && planned.begun)) {
        reply_tell(&turn->reply, turn->texts, TEXT_SESSION_NONE);
        return 0;
    }
    if (open)
        result = say_done(turn, &workout, &planned, err);
    else
        result = (reply_tell(&turn->reply, turn->texts, TEXT_SESSION_EMPTY), 0);
    if (result == 0)
        result = plan_step(turn, COACH_STEP_DONE, "", "", err);
    if (result == 0)
        result = jobs_cancel(turn, COACH_JOB_REST, err); /* nothing follows it */
    return result == 0 ? session_follow(turn, err) : -1;
}

const struct command done_command = {.name = "done",
                                     .aliases = "finished,finish,that's it,thats it,that's all,thats all,end",
                                     .german = "fertig,schluss,feierabend,das war's,das wars,ende",
                                     .arguments = "",
                                     .example = "done",
                                     .asked = "what is left",
                                     .group = COMMAND_SESSION,
                                     .help = TEXT_HELP_DONE,
                                     .run = done_run};

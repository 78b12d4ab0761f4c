/*
 * Finds records, and says them in few words.
 */
#include "bot/coach/record.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/wording.h"
#include "core/effort/policy.h"
#include "core/effort/strength.h"
#include "core/text/fold.h"

void record_walk_begin(struct record_walk *walk, const struct turn *turn, const struct exercise *exercise,
                       int64_t at_ms)
{
    *walk = (struct record_walk){
        .turn = turn, .exercise = exercise, .bodyweight_kg = context_bodyweight(turn, at_ms), .since_ms = INT64_MAX};
    records_init(&walk->records);
}

double record_e1rm(const struct turn *turn, const struct exercise *exercise, const struct set *set,
                   double bodyweight_kg)
{
    const struct policy *policy = turn->coach->options.policy;

    if (set->reps > (policy != NULL ? policy : &policy_default)->strength.reps_load_max)
        return NAN;
    return effort_e1rm(policy, exercise, set, bodyweight_kg);
}

double record_best(const struct turn *turn, const struct effort_input *input, const struct exercise *exercise,
                   int64_t from_ms, int64_t to_ms)
{
    double bodyweight_kg = context_bodyweight(turn, input->now_ms), best = NAN;

    for (size_t i = 0; i < input->log_count; i++) {
        const struct logged_set *logged = &input->log[i];

        if (logged->at_ms >= from_ms && logged->at_ms < to_ms && strcmp(logged->set.exercise, exercise->id) == 0 &&
            record_counts(&logged->set))
            best = fmax(best, record_e1rm(turn, exercise, &logged->set, bodyweight_kg));
    }
    return best;
}

/* Takes SET if it is of the walk's exercise and counts. */
static void take(struct record_walk *walk, const struct set *set, int64_t at_ms)
{
    unsigned found;

    if (strcmp(set->exercise, walk->exercise->id) != 0 || !record_counts(set))
        return;
    if (at_ms < walk->day.start_ms || at_ms >= walk->day.end_ms)
        walk->day = day_of(walk->turn, at_ms);
    found = records_take(&walk->records, set, strength_effective(set, walk->bodyweight_kg),
                         record_e1rm(walk->turn, walk->exercise, set, walk->bodyweight_kg), at_ms, walk->day.number);
    if (at_ms >= walk->since_ms)
        walk->found |= found;
}

struct walks {
    struct record_walk *at;
    size_t count;
};

static int take_for_all(void *arg, const struct coach_set_row *row)
{
    const struct walks *walks = arg;

    for (size_t i = 0; i < walks->count; i++)
        take(&walks->at[i], &row->set, row->at_ms);
    return 0;
}

int record_walk_all(struct turn *turn, struct record_walk *walks, size_t count, int64_t to_ms, struct err *err)
{
    struct walks all = {walks, count};

    return lifter_sets(turn->lifter, turn->store, 0, to_ms + 1, take_for_all, &all, err);
}

void record_note(struct turn *turn, const struct record_walk *walk)
{
    turn->records |= walk->found;
    for (int kind = 0; kind < RECORD_KINDS; kind++)
        if ((walk->found >> kind & 1) != 0)
            turn->record[kind] = walk->records.best[kind]; /* a day's volume goes on growing */
}

/* ---------------------------------------------------------------- what was just booked */

/* Everything that was before the turn's sets. */
struct before {
    struct record_walk *walk;
    int64_t input; /* the message whose sets they are: left out */
};

static int take_row(void *arg, const struct coach_set_row *row)
{
    const struct before *before = arg;

    if (row->input != before->input)
        take(before->walk, &row->set, row->at_ms);
    return 0;
}

/* Goes on from what is remembered: whether that is the state right before AT_MS. */
static bool recall(const struct lifter *lifter, struct record_walk *walk, int64_t at_ms)
{
    for (size_t i = 0; i < lifter->records.count; i++) {
        const struct record_memory *memory = &lifter->records.at[i];
        bool same_body = memory->bodyweight_kg == walk->bodyweight_kg ||
                         (isnan(memory->bodyweight_kg) && isnan(walk->bodyweight_kg));

        if (strcmp(memory->exercise, walk->exercise->id) != 0 || !same_body || memory->last_ms > at_ms)
            continue;
        walk->day = memory->day;
        walk->records = memory->records;
        return true;
    }
    return false;
}

static void remember(struct lifter *lifter, const struct record_walk *walk, int64_t at_ms)
{
    struct record_memory *memory;

    for (size_t i = 0; i < lifter->records.count; i++) {
        if (strcmp(lifter->records.at[i].exercise, walk->exercise->id) == 0) {
            vec_remove(&lifter->records, i);
            break;
        }
    }
    /* The log goes on behind it: not the state that the next set meets. */
    if (!lifter->log_loaded || lifter_log_before(lifter, at_ms + 1) != lifter->log.count)
        return;
    if (lifter->records.count == RECORDS_KEPT)
        vec_remove(&lifter->records, 0);
    memory = vec_add(&lifter->records);
    memcpy(memory->exercise, walk->exercise->id, sizeof(memory->exercise));
    memory->bodyweight_kg = walk->bodyweight_kg;
    memory->last_ms = at_ms;
    memory->day = walk->day;
    memory->records = walk->records;
}

static void take_booked(struct turn *turn, struct record_walk *walk, int64_t sent_ms)
{
    walk->since_ms = INT64_MIN;
    for (size_t i = 0; i < turn->logged.count; i++) {
        const struct set *set = &turn->logged.at[i];

        take(walk, set, set->at_ms >= 0 ? set->at_ms : sent_ms);
    }
    record_note(turn, walk);
}

static int find(struct turn *turn, const struct exercise *exercise, int64_t at_ms, int64_t sent_ms, struct err *err)
{
    struct record_walk walk;
    struct before before = {&walk, turn->logged_input};

    record_walk_begin(&walk, turn, exercise, sent_ms);
    if (!recall(turn->lifter, &walk, at_ms) &&
        lifter_sets(turn->lifter, turn->store, 0, at_ms + 1, take_row, &before, err) < 0)
        return -1;
    take_booked(turn, &walk, sent_ms);
    remember(turn->lifter, &walk, at_ms);
    return 0;
}

int record_find(struct turn *turn, int64_t sent_ms, struct err *err)
{
    turn->records = 0;
    for (size_t i = 0; i < turn->logged.count; i++) {
        const struct set *set = &turn->logged.at[i];
        const struct exercise *exercise = lifter_exercise(turn->lifter, set->exercise);
        bool again = false;

        for (size_t j = 0; j < i; j++)
            again |= strcmp(turn->logged.at[j].exercise, set->exercise) == 0;
        if (!again && exercise != NULL &&
            find(turn, exercise, set->at_ms >= 0 ? set->at_ms : sent_ms, sent_ms, err) < 0)
            return -1;
    }
    return 0;
}

/* ---------------------------------------------------------------- in words */

static void print_record(const struct turn *turn, enum record_kind kind, struct buf *out)
{
    static const enum text_key keys[] = {[RECORD_LOAD] = TEXT_RECORD_LOAD,
                                         [RECORD_REPS] = TEXT_RECORD_REPS,
                                         [RECORD_E1RM] = TEXT_RECORD_E1RM,
                                         [RECORD_VOLUME] = TEXT_RECORD_VOLUME};
    const struct record *record = &turn->record[kind];
    struct buf load = BUF_INIT(64);
    char reps[16];

    snprintf(reps, sizeof(reps), "%d", record->reps);
    if (kind == RECORD_LOAD || kind == RECORD_REPS)
        wording_load(turn, record->load_mode, record->load_kg, &load);
    else
        wording_weight(turn, record->value, kind == RECORD_E1RM, &load);
    reply_phrase(turn->texts, keys[kind], REPLY_ARGS(ARG("load", buf_text(&load)), ARG("reps", reps)), out);
    buf_release(&load);
}

static size_t rows(const struct reply *reply)
{
    struct buf text = BUF_INIT(REPLY_MAX);
    size_t count = 0, at = 0;

    reply_plain(reply, &text);
    while (at < text.length) {
        size_t length = strcspn(text.data + at, "\n"), width = text_width((struct span){text.data + at, length});

        count += width > PHONE_COLUMNS ? (width + PHONE_COLUMNS - 1) / PHONE_COLUMNS : 1;
        at += length + 1;
    }
    buf_release(&text);
    return count;
}

/* The most telling first. */
static const enum record_kind order[] = {RECORD_LOAD, RECORD_E1RM, RECORD_REPS, RECORD_VOLUME};

void record_print(const struct turn *turn, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LENGTH(order); i++) {
        if ((turn->records >> order[i] & 1) == 0)
            continue;
        buf_adds(out, out->length != 0 ? ", " : "");
        print_record(turn, order[i], out);
    }
}

void record_say(struct turn *turn)
{
    struct buf what = BUF_INIT(256), line = BUF_INIT(320);

    for (size_t i = 0; i < ARRAY_LENGTH(order); i++) {
        size_t before = what.length;

        if ((turn->records >> order[i] & 1) == 0)
            continue;
        buf_adds(&what, before != 0 ? ", " : "");
        print_record(turn, order[i], &what);
        buf_clear(&line);
        reply_phrase(turn->texts, TEXT_RECORD, REPLY_ARGS(ARG("what", buf_text(&what))), &line);
        if (before != 0 && text_width(buf_span(&line)) > PHONE_COLUMNS)
            buf_truncate(&what, before);
    }
    buf_clear(&line);
    reply_phrase(turn->texts, TEXT_RECORD, REPLY_ARGS(ARG("what", buf_text(&what))), &line);
    if (what.length != 0 && !turn->message->summarise && rows(&turn->reply) < PHONE_LINES) {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_STRONG, buf_text(&line));
    }
    buf_release(&what);
    buf_release(&line);
}

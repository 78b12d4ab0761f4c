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

enum { PHONE_COLUMNS = 40, PHONE_LINES = 4 };

void record_walk_begin(struct record_walk *walk, const struct turn *turn, const struct exercise *exercise,
                       int64_t at_ms)
{
    *walk = (struct record_walk){
        .turn = turn, .exercise = exercise, .bodyweight_kg = context_bodyweight(turn, at_ms), .day = {.end_ms = 0}};
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

unsigned record_walk_take(struct record_walk *walk, const struct set *set, int64_t at_ms)
{
    if (strcmp(set->exercise, walk->exercise->id) != 0 || !record_counts(set))
        return 0;
    if (at_ms < walk->day.start_ms || at_ms >= walk->day.end_ms)
        walk->day = day_of(walk->turn, at_ms);
    return records_take(&walk->records, set, strength_effective(set, walk->bodyweight_kg),
                        record_e1rm(walk->turn, walk->exercise, set, walk->bodyweight_kg), at_ms, walk->day.number);
}

/* ---------------------------------------------------------------- what was just booked */

/* The turn's sets of one exercise, behind everything that was before them. */
struct booked {
    struct record_walk walk;
    int64_t input; /* the message whose sets they are: left out of what was before */
    int64_t before_ms;
};

static unsigned take_booked(struct turn *turn, struct booked *booked)
{
    unsigned found = 0;

    for (size_t i = 0; i < turn->logged.count; i++) {
        const struct set *set = &turn->logged.at[i];

        found |= record_walk_take(&booked->walk, set, set->at_ms >= 0 ? set->at_ms : booked->before_ms);
    }
    return found;
}

static int take_row(void *arg, const struct coach_set_row *row)
{
    struct booked *booked = arg;

    if (row->input != booked->input)
        record_walk_take(&booked->walk, &row->set, row->at_ms);
    return 0;
}

/* By the log in memory: what is no record there is none at all. */
static bool may_be(struct turn *turn, struct booked *booked, const struct exercise *exercise)
{
    size_t count = lifter_log_before(turn->lifter, booked->before_ms + 1), ours = 0;

    for (size_t i = 0; i < turn->logged.count; i++)
        ours += turn->logged.at[i].at_ms < 0;
    record_walk_begin(&booked->walk, turn, exercise, booked->before_ms);
    for (size_t i = 0; i + ours < count; i++)
        record_walk_take(&booked->walk, &turn->lifter->log.at[i].set, turn->lifter->log.at[i].at_ms);
    /* An exercise that rests for long may have its earlier days beyond the log in memory. */
    return take_booked(turn, booked) != 0 || !booked->walk.records.earlier;
}

static void keep_values(struct turn *turn, const struct records *records)
{
    for (int kind = 0; kind < RECORD_KINDS; kind++) {
        if ((turn->records >> kind & 1) == 0)
            continue;
        turn->record[kind].kg = records->best[kind].value;
        turn->record[kind].set = records->best[kind].set;
    }
}

static int find(struct turn *turn, const struct set *set, struct booked *booked, struct err *err)
{
    const struct exercise *exercise = lifter_exercise(turn->lifter, set->exercise);
    unsigned found;

    if (exercise == NULL || !may_be(turn, booked, exercise))
        return 0;
    record_walk_begin(&booked->walk, turn, exercise, booked->before_ms);
    if (turn->store->sets_live(turn->store->self, turn->lifter->id, 0, booked->before_ms + 1, take_row, booked, err) <
        0)
        return -1;
    found = take_booked(turn, booked);
    turn->records |= found;
    if (found != 0)
        keep_values(turn, &booked->walk.records);
    return 0;
}

int record_find(struct turn *turn, int64_t sent_ms, struct err *err)
{
    struct booked booked = {.input = turn->logged_input};

    turn->records = 0;
    for (size_t i = 0; i < turn->logged.count; i++) {
        const struct set *set = &turn->logged.at[i];

        if (i > 0 && strcmp(turn->logged.at[i - 1].exercise, set->exercise) == 0)
            continue;
        booked.before_ms = set->at_ms >= 0 ? set->at_ms : sent_ms;
        if (find(turn, set, &booked, err) < 0)
            return -1;
    }
    return 0;
}

/* ---------------------------------------------------------------- in words */

static void print_load(const struct turn *turn, double kg, int decimals, struct buf *out)
{
    enum unit unit = setting_unit(turn->lifter, turn->coach->options.unit);
    double scale = decimals > 0 ? 10.0 : 1.0;

    notation_number(round(unit_from_kg(kg, unit) * scale) / scale, out);
    buf_addf(out, " %s", unit_name(unit));
}

static void print_record(const struct turn *turn, enum record_kind kind, struct buf *out)
{
    static const enum text_key keys[] = {[RECORD_LOAD] = TEXT_RECORD_LOAD,
                                         [RECORD_REPS] = TEXT_RECORD_REPS,
                                         [RECORD_E1RM] = TEXT_RECORD_E1RM,
                                         [RECORD_VOLUME] = TEXT_RECORD_VOLUME};
    const struct set *set = &turn->record[kind].set;
    struct buf load = BUF_INIT(64);
    char reps[16];

    snprintf(reps, sizeof(reps), "%d", set->reps);
    if (kind == RECORD_LOAD || kind == RECORD_REPS)
        wording_load(set->load_mode, set->load_kg, setting_unit(turn->lifter, turn->coach->options.unit), &load);
    else
        print_load(turn, turn->record[kind].kg, kind == RECORD_E1RM, &load);
    reply_phrase(turn->coach->texts, keys[kind], REPLY_ARGS(ARG("load", buf_text(&load)), ARG("reps", reps)), out);
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

void record_say(struct turn *turn)
{
    static const enum record_kind order[] = {RECORD_LOAD, RECORD_E1RM, RECORD_REPS, RECORD_VOLUME};
    struct buf what = BUF_INIT(256), line = BUF_INIT(320);

    for (size_t i = 0; i < ARRAY_LENGTH(order); i++) {
        size_t before = what.length;

        if ((turn->records >> order[i] & 1) == 0)
            continue;
        buf_adds(&what, before != 0 ? ", " : "");
        print_record(turn, order[i], &what);
        buf_clear(&line);
        reply_phrase(turn->coach->texts, TEXT_RECORD, REPLY_ARGS(ARG("what", buf_text(&what))), &line);
        if (before != 0 && text_width(buf_span(&line)) > PHONE_COLUMNS)
            buf_truncate(&what, before);
    }
    buf_clear(&line);
    reply_phrase(turn->coach->texts, TEXT_RECORD, REPLY_ARGS(ARG("what", buf_text(&what))), &line);
    if (what.length != 0 && !turn->message->summarise && rows(&turn->reply) < PHONE_LINES) {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_STRONG, buf_text(&line));
    }
    buf_release(&what);
    buf_release(&line);
}

/*
 * What is about to be lifted.
 */
#include "bot/coach/working.h"

#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/lead.h"
#include "bot/coach/names.h"
#include "bot/coach/seen.h"

/* The plan's next, else the last one. */
static int exercise_now(struct turn *turn, enum text_key usage, char id[EXERCISE_ID_SIZE], struct err *err)
{
    const struct exercise *exercise = NULL;

    if (lead_now(turn, turn->message->sent_ms, false, err) < 0)
        return -1;
    if (turn->lead.there)
        exercise = lifter_exercise(turn->lifter, turn->lead.exercise);
    turn->lead.there = false;
    if (exercise == NULL)
        exercise = names_meant(turn, span_of(""), usage);
    if (exercise != NULL)
        memcpy(id, exercise->id, EXERCISE_ID_SIZE);
    return exercise != NULL;
}

int working_exercise(struct turn *turn, struct span typed, enum text_key usage, const struct exercise **exercise,
                     struct err *err)
{
    char id[EXERCISE_ID_SIZE];
    struct seen seen;
    int result;

    *exercise = NULL;
    if (typed.length != 0) {
        *exercise = names_meant(turn, typed, usage);
        return *exercise != NULL;
    }
    result = seen_begin_moment(turn, &seen, err);
    if (result == 0)
        result = exercise_now(turn, usage, id, err);
    seen_end(turn, &seen);
    if (result == 1)
        *exercise = lifter_exercise(turn->lifter, id);
    return result;
}

static int load_now(struct turn *turn, const char *exercise, double *load_kg, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    const struct logged_set *last;

    *load_kg = NAN;
    if (lead_of(turn, exercise, now_ms, err) < 0)
        return -1;
    if (turn->lead.there)
        *load_kg = turn->lead.advice.load_kg;
    turn->lead.there = false;
    if (isnan(*load_kg) && advise(turn, exercise, now_ms, err) < 0)
        return -1;
    last = context_load(turn, exercise, now_ms, false);
    if (isnan(*load_kg) && last != NULL)
        *load_kg = isnan(turn->advice.load_kg) ? last->set.load_kg : turn->advice.load_kg;
    turn->advised = false;
    return !isnan(*load_kg);
}

int working_load(struct turn *turn, const char *exercise, double *load_kg, struct err *err)
{
    struct seen seen;
    int result = seen_begin_moment(turn, &seen, err);

    if (result == 0)
        result = load_now(turn, exercise, load_kg, err);
    seen_end(turn, &seen);
    return result;
}

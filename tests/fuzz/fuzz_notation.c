/*
 * Any bytes as a message. What is read as sets is printed and read again as the same sets; what is asked has options
 * that lie within what was read. The first byte says whose unit and which order.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/notation/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

static bool same_segments(const struct set *a, const struct set *b)
{
    if (a->segment_count != b->segment_count)
        return false;
    for (int i = 0; i < a->segment_count; i++)
        if (!same_number(a->segments[i].load_kg, b->segments[i].load_kg) || a->segments[i].reps != b->segments[i].reps)
            return false;
    return true;
}

static bool same_set(const struct set *a, const struct set *b)
{
    return strcmp(a->exercise, b->exercise) == 0 && same_number(a->load_kg, b->load_kg) &&
           a->load_mode == b->load_mode && a->unit == b->unit && a->reps == b->reps &&
           same_number(a->seconds, b->seconds) && same_number(a->rir, b->rir) && same_number(a->percent, b->percent) &&
           a->type == b->type && a->failure == b->failure && a->side == b->side && a->cheat == b->cheat &&
           a->at_ms == b->at_ms && same_segments(a, b) && strcmp(a->note, b->note) == 0;
}

/* UNIT is the reader's. */
static void check_again(const struct set *set, enum unit unit, enum language language)
{
    struct reading_options options = {.unit = unit};
    struct buf text = BUF_INIT(4096);
    struct reading again;

    reading_init(&again);
    notation_print(set, (struct notation_style){unit, language}, true, &text);
    reading_read(&again, buf_span(&text), &options);
    if (again.kind != READING_SETS || again.sets.count != 1 || !same_set(&again.sets.at[0], set))
        abort();
    buf_release(&text);
    reading_release(&again);
}

/* A load is read by whoever writes another unit, too; where none stands there is nothing to tell its unit by. */
static void check_for_all(const struct set *set)
{
    bool loaded = set->load_mode != LOAD_BODYWEIGHT && !isnan(set->load_kg);

    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int unit = UNIT_KG; unit <= UNIT_ST; unit++)
            if (loaded || unit == (int)set->unit)
                check_again(set, (enum unit)unit, (enum language)language);
}

static void check_possible(const struct set *set)
{
    if (set->load_kg > 1500 || set->load_kg < 0 || set->reps > 100 || set->rir < 0 || set->rir > 10)
        abort();
    if (set->reps == REPS_UNKNOWN && isnan(set->seconds))
        abort();
}

static void check_question(const struct reading *reading)
{
    if (reading->question[0] == '\0' || reading->option_count > READING_OPTIONS)
        abort();
    for (size_t i = 0; i < reading->option_count; i++)
        if (reading->options[i].count == 0 ||
            reading->options[i].first + reading->options[i].count > reading->option_sets.count)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reading_options options = {.unit = UNIT_KG};
    struct reading reading;

    if (size == 0)
        return 0;
    options.unit = (enum unit)(data[0] % 3);
    options.order = (enum unit_order)(data[0] / 3 % 3);
    options.language = (enum language)(data[0] / 9 % LANGUAGE_COUNT);
    reading_init(&reading);
    reading_read(&reading, (struct span){(const char *)data + 1, size - 1}, &options);
    if (reading.kind == READING_QUESTION)
        check_question(&reading);
    if ((reading.kind == READING_ERROR) != (reading.error[0] != '\0' && reading.hint[0] != '\0'))
        abort();
    if ((reading.kind == READING_SETS && reading.sets.count == 0) || reading.sets.count > READING_SETS_MAX)
        abort();
    for (size_t i = 0; reading.kind == READING_SETS && i < reading.sets.count; i++) {
        check_possible(&reading.sets.at[i]);
        check_for_all(&reading.sets.at[i]);
    }
    reading_release(&reading);
    return 0;
}

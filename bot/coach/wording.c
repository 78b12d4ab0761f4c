/*
 * How sets, loads, times and exercises are written in replies.
 */
#include "bot/coach/wording.h"

#include <stdio.h>
#include <string.h>

#include "bot/chat/reply.h"
#include "bot/coach/typed.h"
#include "core/base/civil.h"
#include "core/notation/reading.h"

void wording_exercise(const struct lifter *lifter, const char *id, struct buf *out)
{
    const struct exercise *exercise = lifter_exercise(lifter, id);
    struct span name = span_of(exercise != NULL ? exercise->name : id);

    typed_fold(name, out);
}

void wording_sets_count(const struct texts *texts, size_t count, struct buf *out)
{
    char number[24];

    snprintf(number, sizeof(number), "%zu", count);
    reply_phrase(texts, count == 1 ? TEXT_ONE_SET : TEXT_SETS, REPLY_ARGS(ARG("count", number)), out);
}

/* When it was done is said elsewhere. */
static void print_set(const struct set *set, enum unit unit, bool with_name, struct buf *out)
{
    struct set undated = *set;

    undated.at_ms = -1;
    notation_print(&undated, unit, with_name, out);
}

/* Whether A and B are written alike: the same set, done again. */
static bool alike(const struct set *a, const struct set *b)
{
    struct buf first = BUF_INIT(1024), second = BUF_INIT(1024);
    bool same;

    print_set(a, UNIT_KG, true, &first);
    print_set(b, UNIT_KG, true, &second);
    same = span_equal(buf_span(&first), buf_span(&second));
    buf_release(&first);
    buf_release(&second);
    return same;
}

/* Nothing but a load, reps and maybe RIR: what "3x5 100kg @2" can say. */
static bool is_plain(const struct set *set)
{
    return set->type == SET_WORKING && set->failure == FAILURE_NONE && set->side == SIDE_NONE &&
           set->load_mode == LOAD_EXTERNAL && set->reps != REPS_UNKNOWN && isnan(set->seconds) && isnan(set->percent) &&
           set->segment_count == 0 && set->note[0] == '\0' && !set->cheat;
}

/* COUNT equal sets: "3x5 100kg @2". */
static void print_run(const struct set *set, size_t count, enum unit unit, struct buf *out)
{
    buf_addf(out, "%zux%d", count, set->reps);
    if (!isnan(set->load_kg)) {
        buf_addc(out, ' ');
        notation_number(unit_from_kg(set->load_kg, unit), out);
        buf_adds(out, unit_name(unit));
    }
    if (!isnan(set->rir)) {
        buf_adds(out, set->rir <= 5.0 ? " @" : " rir ");
        notation_number(set->rir, out);
    }
}

void wording_sets(const struct set *sets, size_t count, enum unit unit, bool with_name, struct buf *out)
{
    size_t next;

    for (size_t i = 0; i < count; i = next) {
        bool named = with_name && (i == 0 || strcmp(sets[i - 1].exercise, sets[i].exercise) != 0);

        for (next = i + 1; next < count && is_plain(&sets[i]) && alike(&sets[i], &sets[next]);)
            next++;
        buf_adds(out, i != 0 ? ", " : "");
        if (next - i == 1) {
            print_set(&sets[i], unit, named, out);
            continue;
        }
        if (named && sets[i].exercise[0] != '\0') {
            struct set only_name;

            set_init(&only_name);
            memcpy(only_name.exercise, sets[i].exercise, sizeof(only_name.exercise));
            notation_print(&only_name, unit, true, out);
            buf_adds(out, out->data[out->length - 1] != ' ' ? " " : "");
        }
        print_run(&sets[i], next - i, unit, out);
    }
}

void wording_load(enum load_mode mode, double load_kg, enum unit unit, struct buf *out)
{
    static const char *const prefixes[] = {
        [LOAD_EXTERNAL] = "", [LOAD_BODYWEIGHT] = "bodyweight", [LOAD_ADDED] = "bw+", [LOAD_ASSISTED] = "bw-"};

    buf_adds(out, prefixes[mode]);
    if (mode == LOAD_BODYWEIGHT)
        return;
    notation_number(unit_from_kg(load_kg, unit), out);
    buf_addf(out, " %s", unit_name(unit));
}

void wording_range(double low, double high, struct buf *out)
{
    notation_number(low, out);
    if (high > low) {
        buf_addc(out, '-');
        notation_number(high, out);
    }
}

void wording_rest(int seconds, struct buf *out)
{
    buf_addf(out, "%d:%02d", seconds / 60, seconds % 60);
}

void wording_date(const struct texts *texts, int64_t day, struct buf *out)
{
    struct civil civil;
    char number[24];

    civil_from_ms(day * 24 * 60 * 60 * 1000, 0, &civil);
    snprintf(number, sizeof(number), "%d", civil.day);
    reply_phrase(texts, TEXT_DATE,
                 REPLY_ARGS(ARG("weekday", texts_get(texts, TEXT_MONDAY + (unsigned)civil_weekday(day))),
                            ARG("day", number),
                            ARG("month", texts_get(texts, TEXT_JANUARY + (unsigned)civil.month - 1))),
                 out);
}

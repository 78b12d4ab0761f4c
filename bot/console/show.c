/*
 * Sets, advice and what was said, as JSON.
 */
#include "bot/console/show.h"

#include <math.h>
#include <string.h>

#include "bot/json/put.h"
#include "core/base/civil.h"
#include "core/base/mem.h"

enum { LOAD_DECIMALS = 4, DECIMALS = 3, AMOUNTS_MAX = 4 * JSON_NUMBER_MAX + 128 };

static void show_at(struct json_writer *writer, int64_t at_ms, int offset_s)
{
    struct civil civil;
    char text[CIVIL_TEXT];

    if (at_ms < 0) {
        json_write_null(writer);
        return;
    }
    civil_from_ms(at_ms, offset_s, &civil);
    civil_print(&civil, text);
    json_write_text(writer, text);
}

static void show_reps(struct json_writer *writer, int reps)
{
    if (reps == REPS_UNKNOWN)
        json_write_null(writer);
    else
        json_write_int(writer, reps);
}

static void show_segments(struct json_writer *writer, const struct set *set)
{
    json_write_key(writer, "segments");
    json_write_begin(writer, '[');
    for (int i = 0; i < set->segment_count; i++) {
        json_write_begin(writer, '{');
        json_write_key(writer, "load_kg");
        json_write_number(writer, set->segments[i].load_kg, LOAD_DECIMALS);
        json_write_key(writer, "reps");
        show_reps(writer, set->segments[i].reps);
        json_write_end(writer);
    }
    json_write_end(writer);
}

/* What most sets don't say. */
static void show_rest(struct json_writer *writer, const struct set *set, int offset_s)
{
    json_write_key(writer, "type");
    json_write_word(writer, set_type_name(set->type));
    json_write_key(writer, "failure");
    json_write_word(writer, set_failure_name(set->failure));
    json_write_key(writer, "side");
    json_write_word(writer, set_side_name(set->side));
    json_write_key(writer, "percent");
    json_write_number(writer, set->percent, DECIMALS);
    json_write_key(writer, "at");
    show_at(writer, set->at_ms, offset_s);
    json_write_key(writer, "note");
    json_write_text(writer, set->note[0] != '\0' ? set->note : NULL);
    if (set->segment_count > 0)
        show_segments(writer, set);
}

static bool says_no_more(const struct set *set)
{
    return set->type == SET_WORKING && set->failure == FAILURE_NONE && set->side == SIDE_NONE && isnan(set->percent) &&
           set->at_ms < 0 && set->note[0] == '\0' && set->segment_count == 0;
}

/* What most sets say. */
static void show_amounts(struct json_writer *writer, const struct set *set)
{
    char *at = json_write_room(writer, AMOUNTS_MAX);

    if (at == NULL)
        return;
    at = json_put_number(json_put(at, "\"load_kg\":"), set->load_kg, LOAD_DECIMALS);
    at = json_put_word(json_put(at, ",\"load_mode\":"), load_mode_name(set->load_mode));
    at = json_put(at, ",\"reps\":");
    at = set->reps == REPS_UNKNOWN ? json_put(at, "null") : json_put_int(at, set->reps);
    at = json_put_number(json_put(at, ",\"seconds\":"), set->seconds, DECIMALS);
    at = json_put_number(json_put(at, ",\"rir\":"), set->rir, DECIMALS);
    json_write_filled(writer, at);
}

void show_set(struct json_writer *writer, const struct set *set, int offset_s)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "exercise");
    json_write_text(writer, set->exercise[0] != '\0' ? set->exercise : NULL);
    show_amounts(writer, set);
    if (says_no_more(set))
        json_write_members(writer, "\"type\":\"working\",\"failure\":null,\"side\":null,\"percent\":null,\"at\":null,"
                                   "\"note\":null");
    else
        show_rest(writer, set, offset_s);
    json_write_end(writer);
}

void show_sets(struct json_writer *writer, const struct set *sets, size_t count, int offset_s)
{
    json_write_begin(writer, '[');
    for (size_t i = 0; i < count; i++)
        show_set(writer, &sets[i], offset_s);
    json_write_end(writer);
}

void show_advice(struct json_writer *writer, const struct advice *advice, const char *exercise)
{
    if (advice == NULL) {
        json_write_null(writer);
        return;
    }
    json_write_begin(writer, '{');
    json_write_key(writer, "exercise");
    json_write_text(writer, exercise);
    json_write_key(writer, "action");
    json_write_word(writer, advice_action_name(advice->action));
    json_write_key(writer, "load_kg");
    json_write_number(writer, advice->load_kg, LOAD_DECIMALS);
    json_write_key(writer, "reps");
    show_reps(writer, advice->reps);
    json_write_key(writer, "rir_min");
    json_write_number(writer, advice->rir_min, DECIMALS);
    json_write_key(writer, "rir_max");
    json_write_number(writer, advice->rir_max, DECIMALS);
    json_write_key(writer, "rest_s");
    json_write_int(writer, advice->rest_s);
    json_write_key(writer, "failure_ok");
    json_write_bool(writer, advice->failure_ok);
    json_write_key(writer, "p_failure");
    json_write_number(writer, advice->p_failure, DECIMALS);
    json_write_key(writer, "reasons");
    json_write_begin(writer, '[');
    for (size_t i = 0; i < advice->reason_count; i++)
        json_write_text(writer, advice->reasons[i].rule);
    json_write_end(writer);
    json_write_end(writer);
}

static bool warns(const char *rule)
{
    return rule_by_id(rule)->topic == TOPIC_WARNINGS;
}

void show_warnings(struct json_writer *writer, const struct advice *advice, const struct warnings *warnings)
{
    json_write_begin(writer, '[');
    for (size_t i = 0; advice != NULL && i < advice->reason_count; i++) {
        if (warns(advice->reasons[i].rule))
            json_write_text(writer, advice->reasons[i].rule);
    }
    for (size_t i = 0; advice == NULL && warnings != NULL && i < warnings->count; i++)
        json_write_text(writer, warnings->signs[i].rule);
    json_write_end(writer);
}

static void show_muscle(struct json_writer *writer, const struct ledger_muscle *muscle)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "sets");
    json_write_number(writer, muscle->sets, DECIMALS);
    json_write_key(writer, "failure_sets");
    json_write_number(writer, muscle->failures, DECIMALS);
    json_write_key(writer, "hours_since_failure");
    json_write_number(writer, isinf(muscle->hours_since) ? NAN : muscle->hours_since, 1);
    json_write_end(writer);
}

void show_forecast(struct json_writer *writer, const struct foretold *forecast)
{
    if (forecast == NULL) {
        json_write_null(writer);
        return;
    }
    json_write_begin(writer, '{');
    json_write_key(writer, "exercise");
    json_write_text(writer, forecast->exercise);
    json_write_key(writer, "load_kg");
    json_write_number(writer, forecast->load_kg, LOAD_DECIMALS);
    json_write_key(writer, "reps_to_failure");
    json_write_number(writer, forecast->reps, 1);
    json_write_key(writer, "lo80");
    json_write_number(writer, forecast->low80, 1);
    json_write_key(writer, "hi80");
    json_write_number(writer, forecast->high80, 1);
    json_write_end(writer);
}

void show_week(struct json_writer *writer, const struct ledger *week, int64_t day)
{
    struct civil civil;
    char text[CIVIL_TEXT];

    if (week == NULL) {
        json_write_null(writer);
        return;
    }
    civil_from_ms(day * CIVIL_DAY_MS, 0, &civil);
    civil_print(&civil, text);
    json_write_begin(writer, '{');
    json_write_key(writer, "from");
    json_write_span(writer, (struct span){text, strcspn(text, "T")});
    json_write_key(writer, "working_sets");
    json_write_number(writer, week->working, DECIMALS);
    json_write_key(writer, "failure_sets");
    json_write_number(writer, week->failures, DECIMALS);
    json_write_key(writer, "failure_budget");
    json_write_number(writer, week->budget, DECIMALS);
    json_write_key(writer, "muscles");
    json_write_begin(writer, '{');
    for (int m = 0; m < MUSCLE_COUNT; m++) {
        if (week->muscles[m].sets == 0 && !ledger_holds(&week->muscles[m]))
            continue;
        json_write_key(writer, muscle_name((enum muscle)m));
        show_muscle(writer, &week->muscles[m]);
    }
    json_write_end(writer);
    json_write_end(writer);
}

void show_records(struct json_writer *writer, unsigned records)
{
    json_write_begin(writer, '[');
    for (int kind = 0; kind < RECORD_KINDS; kind++) {
        if ((records >> kind & 1) != 0)
            json_write_word(writer, record_kind_name((enum record_kind)kind));
    }
    json_write_end(writer);
}

void show_question(struct json_writer *writer, const char *text, const struct reading_option *options, size_t count,
                   const struct set *sets, int offset_s)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "text");
    json_write_text(writer, text);
    json_write_key(writer, "options");
    json_write_begin(writer, '[');
    for (size_t i = 0; i < count; i++)
        show_sets(writer, &sets[options[i].first], options[i].count, offset_s);
    json_write_end(writer);
    json_write_end(writer);
}

void show_error(struct json_writer *writer, const char *text, const char *hint)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "text");
    json_write_text(writer, text);
    json_write_key(writer, "hint");
    json_write_text(writer, hint);
    json_write_end(writer);
}

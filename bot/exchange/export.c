/*
 * Writing sets as CSV; see export.h.
 */
#include "bot/exchange/export.h"

#include <string.h>

#include "bot/exchange/field.h"
#include "core/base/civil.h"
#include "core/base/mem.h"

enum { FIELD_MAX = 1024 };

static const char header[] = "start_time,exercise_title,exercise_id,set_type,weight_kg,reps,rpe,duration_seconds,"
                             "exercise_notes,rir,load_mode,unit,type,failure,side,percent,cheat,segments\r\n";

/* Hevy's marks. What it has none for is a normal set, or a drop set where it has parts. */
static const char *hevy_type(const struct set *set)
{
    static const char *const names[] = {
        [SET_WORKING] = "normal", [SET_WARMUP] = "warmup",      [SET_AMRAP] = "normal",   [SET_DROP] = "dropset",
        [SET_MYO] = "dropset",    [SET_REST_PAUSE] = "dropset", [SET_CLUSTER] = "dropset"};

    return set->type == SET_WORKING && set->failure == FAILURE_MOMENTARY ? "failure" : names[set->type];
}

/* In quotes where it must be (RFC 4180, 2.5 to 2.7). Notes may be of somebody else, who writes for the lifter. */
static void add_field(const char *text, struct buf *out)
{
    const char *mark = field_is_formula(text[0]) ? "'" : "";

    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        buf_adds(out, mark);
        buf_adds(out, text);
        return;
    }
    buf_addf(out, "\"%s", mark);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buf_addc(out, '"');
        buf_addc(out, *text);
    }
    buf_addc(out, '"');
}

static void add_text(const char *text, struct buf *out)
{
    add_field(text != NULL ? text : "", out);
    buf_addc(out, ',');
}

/* Exact enough that pounds come back as they were; nothing for NAN. */
static void add_number(double value, struct buf *out)
{
    if (!isnan(value))
        buf_addf(out, "%.12g", value);
    buf_addc(out, ',');
}

/* As Hevy and Strong name what takes weight off. */
static void add_exercise(const struct set *set, const struct exercise *exercise, struct buf *out)
{
    struct buf name = BUF_INIT(FIELD_MAX);

    buf_adds(&name, exercise != NULL ? exercise->name : set->exercise);
    if (set->load_mode == LOAD_ASSISTED)
        buf_adds(&name, " (Assisted)");
    add_text(buf_text(&name), out);
    add_text(set->exercise, out);
    buf_release(&name);
}

static void add_time(int64_t at_ms, int offset_s, struct buf *out)
{
    struct civil civil;
    char text[CIVIL_TEXT];

    civil_from_ms(at_ms, offset_s, &civil);
    civil_print(&civil, text);
    add_text(text, out);
}

/* "80x8 60x6", a part's load left out where it wasn't said. */
static void add_segments(const struct set *set, struct buf *out)
{
    for (int i = 0; i < set->segment_count; i++) {
        buf_adds(out, i != 0 ? " " : "");
        if (!isnan(set->segments[i].load_kg))
            buf_addf(out, "%.12g", set->segments[i].load_kg);
        buf_addf(out, "x%d", set->segments[i].reps);
    }
}

void export_set(const struct set *set, const struct exercise *exercise, int64_t at_ms, int offset_s, struct buf *out)
{
    static const double rpe_rir_max = 4; /* Hevy's RPE begins at 6 */
    double rpe = set->failure == FAILURE_MOMENTARY ? 10 : 10 - set->rir;

    if (out->length == 0)
        buf_adds(out, header);
    add_time(at_ms, offset_s, out);
    add_exercise(set, exercise, out);
    add_text(hevy_type(set), out);
    add_number(set->load_kg, out);
    add_number(set->reps == REPS_UNKNOWN ? NAN : set->reps, out);
    add_number(rpe >= 10 - rpe_rir_max ? rpe : NAN, out);
    add_number(set->seconds, out);
    add_text(set->note, out);
    add_number(set->rir, out);
    add_text(load_mode_name(set->load_mode), out);
    add_text(unit_name(set->unit), out);
    add_text(set_type_name(set->type), out);
    add_text(set_failure_name(set->failure), out);
    add_text(set_side_name(set->side), out);
    add_number(set->percent, out);
    add_text(set->cheat ? "yes" : "", out);
    add_segments(set, out);
    buf_adds(out, "\r\n");
}

/*
 * Rows of an export become sets; see training_log.h.
 */
#include "bot/exchange/training_log.h"

#include <stdint.h>
#include <string.h>

#include "bot/exchange/columns.h"
#include "bot/exchange/csv.h"
#include "bot/exchange/exact.h"
#include "bot/exchange/field.h"
#include "core/base/ascii.h"
#include "core/base/civil.h"
#include "core/base/map.h"
#include "core/text/fold.h"

enum { NAME_MAX_BYTES = 200, REPS_MAX = 100 };
#define OWN_PREFIX "own-" /* and its number in `own`, from 1 */
static const double load_max_kg = 1500, rpe_max = 10, seconds_max = 7200;

/* What a row turned out to be. */
enum row_kind { ROW_SET, ROW_SKIPPED, ROW_BAD };

struct raw_set {
    struct logged_set logged;
    struct training_log_origin origin;
};

struct log_reader {
    struct training_log *log;
    enum unit unit;
    struct columns columns;
    bool header_read;
    VEC(struct raw_set) raw;
    struct map *own;   /* folded name to its index + 1 */
    struct map *known; /* folded name to what the catalogue means by it */
    int64_t workout_ms;
    int64_t ordinal;    /* of the row in its workout */
    const char *reason; /* of a bad row */
};

static enum row_kind bad(struct log_reader *reader, const char *reason)
{
    reader->reason = reason;
    return ROW_BAD;
}

static struct span cell(const struct log_reader *reader, const struct csv_row *row, enum column column)
{
    return columns_cell(&reader->columns, row, column);
}

static bool cell_number(const struct log_reader *reader, const struct csv_row *row, enum column column, double *value)
{
    return field_number(cell(reader, row, column), value);
}

static bool cell_empty(const struct log_reader *reader, const struct csv_row *row, enum column column)
{
    return columns_cell_is_empty(&reader->columns, row, column);
}

/* An exercise of the lifter's own, named by what was written. NULL past the limit. */
static const struct exercise *own_exercise(struct log_reader *reader, struct span name, const char *folded)
{
    uintptr_t at = (uintptr_t)map_get(reader->own, folded);
    struct exercise *exercise;
    uint32_t hash = 2166136261u; /* FNV-1a: names that begin alike stay apart */

    if (at != 0)
        return &reader->log->own.at[at - 1];
    if (reader->log->own.count == TRAINING_LOG_OWN)
        return NULL;
    for (const char *byte = folded; *byte != '\0'; byte++)
        hash = (hash ^ (unsigned char)*byte) * 16777619u;
    exercise = vec_add(&reader->log->own);
    snprintf(exercise->id, sizeof(exercise->id), OWN_PREFIX "%zu-%08x", reader->log->own.count, (unsigned)hash);
    exercise->name = mem_strndup(name.at, name.length);
    exercise->equipment = EQUIPMENT_OTHER;
    exercise->effort = EFFORT_CAUTION;
    map_put(reader->own, folded, (void *)(uintptr_t)reader->log->own.count);
    return exercise;
}

/* Each name is looked for once, as a log says it in every line; and none any more where there is no room for one that
 * isn't found. NULL: it is none of the catalogue's. */
static const struct exercise *known_exercise(struct log_reader *reader, struct span name, const char *folded)
{
    const struct exercise *exercise = map_get(reader->known, folded);
    const char *id;

    if (exercise != NULL || map_get(reader->own, folded) != NULL || reader->log->own.count == TRAINING_LOG_OWN)
        return exercise;
    id = exercise_find_exact(NULL, name);
    exercise = id != NULL ? catalogue_by_id(id) : NULL;
    if (exercise != NULL)
        map_put(reader->known, folded, (void *)(uintptr_t)exercise);
    return exercise;
}

static enum row_kind read_exercise(struct log_reader *reader, const struct csv_row *row, struct set *set,
                                   const struct exercise **exercise, bool *assisted)
{
    struct span exact = cell(reader, row, COLUMN_ID);
    struct span name = exact.length != 0 ? exact : cell(reader, row, COLUMN_EXERCISE);
    struct buf folded = BUF_INIT(NAME_MAX_BYTES);

    if (name.length == 0 || text_fold(name, &folded) < 0 || folded.length == 0) {
        buf_release(&folded);
        return bad(reader, "no exercise's name");
    }
    *exercise =
        exact.length != 0 ? catalogue_by_id(buf_text(&folded)) : known_exercise(reader, name, buf_text(&folded));
    if (*exercise == NULL)
        *exercise = own_exercise(reader, name, buf_text(&folded));
    *assisted = strstr(buf_text(&folded), "assisted") != NULL;
    buf_release(&folded);
    if (*exercise == NULL)
        return bad(reader, "too many different exercises");
    memcpy(set->exercise, (*exercise)->id, sizeof(set->exercise));
    return ROW_SET;
}

static enum row_kind read_load(struct log_reader *reader, const struct csv_row *row, const struct exercise *exercise,
                               bool assisted, struct set *set)
{
    static const struct {
        enum column column;
        enum unit unit;
    } weights[] = {{COLUMN_WEIGHT_KG, UNIT_KG}, {COLUMN_WEIGHT_LB, UNIT_LB}};
    double load = 0;
    bool told = false;

    set->unit = reader->unit;
    if (!cell_empty(reader, row, COLUMN_UNIT)) {
        set->unit = ascii_lower(cell(reader, row, COLUMN_UNIT).at[0]) == 'l' ? UNIT_LB : UNIT_KG;
        told = true;
    }
    if (!cell_empty(reader, row, COLUMN_WEIGHT) && !cell_number(reader, row, COLUMN_WEIGHT, &load))
        return bad(reader, "the weight is no number");
    for (size_t i = 0; i < ARRAY_LENGTH(weights); i++) {
        if (cell_empty(reader, row, weights[i].column))
            continue;
        if (!cell_number(reader, row, weights[i].column, &load))
            return bad(reader, "the weight is no number");
        set->unit = weights[i].unit;
        told = true;
    }
    reader->log->unit_guessed |= load > 0 && !told;
    load = unit_to_kg(load, set->unit);
    if (load < 0 || load > load_max_kg)
        return bad(reader, "no such weight");
    set->load_kg = load;
    if (exercise->bodyweight || load == 0)
        set->load_mode = load == 0 ? LOAD_BODYWEIGHT : assisted ? LOAD_ASSISTED : LOAD_ADDED;
    return ROW_SET;
}

static bool is_ours(const struct log_reader *reader)
{
    return reader->columns.at[COLUMN_ID] >= 0;
}

static enum row_kind without_reps(struct log_reader *reader)
{
    reader->log->without_reps++;
    return ROW_SKIPPED;
}

/* A hold has seconds in their place, where seconds aren't cardio; and of our own a set may be there that was missed. */
static enum row_kind read_no_reps(struct log_reader *reader, const struct csv_row *row, const struct exercise *exercise,
                                  struct set *set)
{
    double seconds = 0;

    if (!cell_empty(reader, row, COLUMN_SECONDS) && !cell_number(reader, row, COLUMN_SECONDS, &seconds))
        return bad(reader, "the seconds are no number");
    if (seconds < 0 || seconds > seconds_max)
        return bad(reader, "no such time");
    if (seconds > 0 && (exercise->timed || is_ours(reader)))
        set->seconds = seconds;
    else if (is_ours(reader) && !cell_empty(reader, row, COLUMN_REPS))
        set->reps = 0;
    else
        return without_reps(reader);
    return ROW_SET;
}

static enum row_kind read_reps(struct log_reader *reader, const struct csv_row *row, const struct exercise *exercise,
                               struct set *set)
{
    double reps = 0, rpe = 0;

    if (!cell_empty(reader, row, COLUMN_REPS) && !cell_number(reader, row, COLUMN_REPS, &reps))
        return bad(reader, "the reps are no number");
    if (reps == 0)
        return read_no_reps(reader, row, exercise, set);
    if (exercise->timed && !is_ours(reader))
        return without_reps(reader);
    if (reps < 0 || reps > REPS_MAX || reps != (int)reps)
        return bad(reader, "no such number of reps");
    set->reps = (int)reps;
    if (cell_empty(reader, row, COLUMN_RPE))
        return ROW_SET;
    if (!cell_number(reader, row, COLUMN_RPE, &rpe) || rpe < 0 || rpe > rpe_max)
        return bad(reader, "no such RPE");
    if (rpe > 0) /* an empty one, in some dialects */
        set->rir = rpe_max - rpe;
    return ROW_SET;
}

static enum row_kind read_time(struct log_reader *reader, const struct csv_row *row, struct raw_set *raw)
{
    struct span text = cell(reader, row, COLUMN_TIME);
    struct civil civil;
    int64_t workout_ms;

    if (!field_time(text, &workout_ms))
        return bad(reader, "no date that can be read");
    raw->origin.zoned = civil_parse(text.at, text.length, &civil) == 0;
    raw->origin.offset_s = raw->origin.zoned ? civil.offset_s : 0;
    if (workout_ms != reader->workout_ms)
        reader->ordinal = 0;
    reader->workout_ms = workout_ms;
    raw->logged.at_ms = workout_ms + reader->ordinal++;
    return ROW_SET;
}

static enum row_kind read_set(struct log_reader *reader, const struct csv_row *row)
{
    struct raw_set raw = {.origin.row = row->number};
    struct set *set = &raw.logged.set;
    const struct exercise *exercise = NULL;
    bool assisted = false;
    enum row_kind kind;

    if (row->too_big)
        return bad(reader, "too long");
    set_init(set);
    if (!columns_set_type(cell(reader, row, COLUMN_ORDER), set) ||
        !columns_set_type(cell(reader, row, COLUMN_TYPE), set))
        return ROW_SKIPPED;
    kind = read_time(reader, row, &raw);
    if (kind == ROW_SET)
        kind = read_exercise(reader, row, set, &exercise, &assisted);
    if (kind == ROW_SET)
        kind = read_load(reader, row, exercise, assisted, set);
    if (kind == ROW_SET)
        kind = read_reps(reader, row, exercise, set);
    if (kind == ROW_SET && is_ours(reader) && !exact_read(&reader->columns, row, set))
        kind = bad(reader, "no such set");
    if (kind == ROW_SET)
        vec_push(&reader->raw, raw);
    return kind;
}

static int take_row(void *arg, const struct csv_row *row, struct err *err)
{
    struct log_reader *reader = arg;
    enum row_kind kind;

    if (!reader->header_read) {
        reader->header_read = true;
        return columns_read(&reader->columns, row, err);
    }
    if (reader->log->rows == TRAINING_LOG_ROWS)
        return err_set(err, ERR_LIMIT, "more than %d rows", TRAINING_LOG_ROWS);
    reader->log->rows++;
    kind = read_set(reader, row);
    reader->log->skipped += kind == ROW_SKIPPED;
    if (kind == ROW_BAD && reader->log->bad++ == 0) {
        reader->log->first_bad = row->number;
        reader->log->first_reason = reader->reason;
    }
    return 0;
}

static int by_time(const void *a, const void *b)
{
    const struct raw_set *left = a, *right = b;

    if (left->logged.at_ms != right->logged.at_ms)
        return left->logged.at_ms < right->logged.at_ms ? -1 : 1;
    return (left->origin.row > right->origin.row) - (left->origin.row < right->origin.row);
}

int training_log_read(struct training_log *log, FILE *in, enum unit unit, struct err *err)
{
    struct log_reader reader = {
        .log = log, .unit = unit, .own = map_new(0), .known = map_new(0), .workout_ms = INT64_MIN};
    int result;

    *log = (struct training_log){0};
    result = csv_rows(in, take_row, &reader, err);
    if (result == 0 && !reader.header_read)
        result = err_set(err, ERR_INPUT, "the file is empty");
    if (result == 0 && reader.raw.count > 0)
        qsort(reader.raw.at, reader.raw.count, sizeof(reader.raw.at[0]), by_time);
    for (size_t i = 0; result == 0 && i < reader.raw.count; i++) {
        vec_push(&log->sets, reader.raw.at[i].logged);
        vec_push(&log->origins, reader.raw.at[i].origin);
    }
    vec_release(&reader.raw);
    map_free(reader.own, NULL);
    map_free(reader.known, NULL);
    if (result < 0)
        training_log_release(log);
    return result;
}

const struct exercise *training_log_exercise(const struct training_log *log, const char *id)
{
    size_t at = span_starts(span_of(id), OWN_PREFIX) ? strtoul(id + strlen(OWN_PREFIX), NULL, 10) : 0;

    if (at != 0 && at <= log->own.count && strcmp(log->own.at[at - 1].id, id) == 0)
        return &log->own.at[at - 1];
    return catalogue_by_id(id);
}

void training_log_release(struct training_log *log)
{
    for (size_t i = 0; i < log->own.count; i++)
        free((char *)(uintptr_t)log->own.at[i].name);
    vec_release(&log->own);
    vec_release(&log->sets);
    vec_release(&log->origins);
}

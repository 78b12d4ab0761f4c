/*
 * Names of columns and marks of sets; see columns.h.
 */
#include "bot/exchange/columns.h"

#include "core/base/ascii.h"
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/text/fold.h"

enum { LABEL_SIZE = 64 };

/* Folded. Strong 2015-2026 on iOS and Android, in English, German, Spanish, French and Portuguese; Hevy, whose header
 * is English in all languages. */
static const struct column_name {
    const char *name;
    enum column column;
} names[] = {
    {"date", COLUMN_TIME},
    {"datum", COLUMN_TIME},
    {"fecha", COLUMN_TIME},
    {"data", COLUMN_TIME},
    {"start_time", COLUMN_TIME},
    {"exercise name", COLUMN_EXERCISE},
    {"name der ubung", COLUMN_EXERCISE},
    {"nombre del ejercicio", COLUMN_EXERCISE},
    {"nome do exercicio", COLUMN_EXERCISE},
    {"nom de l'exercice", COLUMN_EXERCISE},
    {"exercise_title", COLUMN_EXERCISE},
    {"set order", COLUMN_ORDER},
    {"reihenfolge festlegen", COLUMN_ORDER},
    {"orden de la serie", COLUMN_ORDER},
    {"ordem da serie", COLUMN_ORDER},
    {"ordre de la serie", COLUMN_ORDER},
    {"set_type", COLUMN_TYPE},
    {"weight", COLUMN_WEIGHT},
    {"gewicht", COLUMN_WEIGHT},
    {"peso", COLUMN_WEIGHT},
    {"poids", COLUMN_WEIGHT},
    {"weight (kg)", COLUMN_WEIGHT_KG},
    {"weight (kgs)", COLUMN_WEIGHT_KG},
    {"weight_kg", COLUMN_WEIGHT_KG},
    {"kg", COLUMN_WEIGHT_KG},
    {"weight (lb)", COLUMN_WEIGHT_LB},
    {"weight (lbs)", COLUMN_WEIGHT_LB},
    {"weight_lbs", COLUMN_WEIGHT_LB},
    {"lb", COLUMN_WEIGHT_LB},
    {"lbs", COLUMN_WEIGHT_LB},
    {"weight unit", COLUMN_UNIT},
    {"reps", COLUMN_REPS},
    {"rep.", COLUMN_REPS},
    {"wiederh.", COLUMN_REPS},
    {"wiederholungen", COLUMN_REPS},
    {"rpe", COLUMN_RPE},
    {"seconds", COLUMN_SECONDS},
    {"sekunden", COLUMN_SECONDS},
    {"segundos", COLUMN_SECONDS},
    {"secondes", COLUMN_SECONDS},
    {"duration_seconds", COLUMN_SECONDS},
    {"exercise_id", COLUMN_ID},
    {"exercise_notes", COLUMN_NOTE},
    {"rir", COLUMN_RIR},
    {"load_mode", COLUMN_MODE},
    {"unit", COLUMN_WRITTEN_IN},
    {"type", COLUMN_EXACT_TYPE},
    {"failure", COLUMN_FAILURE},
    {"side", COLUMN_SIDE},
    {"percent", COLUMN_PERCENT},
    {"cheat", COLUMN_CHEAT},
    {"segments", COLUMN_SEGMENTS},
};

static const struct set_mark {
    const char *name;
    enum set_type type;
    enum set_failure failure;
} marks[] = {
    {"", SET_WORKING, FAILURE_NONE},       {"normal", SET_WORKING, FAILURE_NONE},
    {"w", SET_WARMUP, FAILURE_NONE},       {"warm_up", SET_WARMUP, FAILURE_NONE},
    {"warmup", SET_WARMUP, FAILURE_NONE},  {"d", SET_DROP, FAILURE_NONE},
    {"drop_set", SET_DROP, FAILURE_NONE},  {"dropset", SET_DROP, FAILURE_NONE},
    {"f", SET_WORKING, FAILURE_MOMENTARY}, {"failure", SET_WORKING, FAILURE_MOMENTARY},
};

static bool fold_label(struct span text, struct buf *out)
{
    struct span label;

    if (text_fold(text, out) < 0)
        return false;
    label = buf_span(out);
    while (label.length > 0 && label.at[label.length - 1] == ' ')
        label.length--;
    buf_truncate(out, label.length);
    return true;
}

int columns_read(struct columns *columns, const struct csv_row *header, struct err *err)
{
    struct buf label = BUF_INIT(LABEL_SIZE);

    for (size_t i = 0; i < COLUMN_COUNT; i++)
        columns->at[i] = -1;
    for (size_t i = 0; i < header->count; i++) {
        buf_clear(&label);
        if (!fold_label(header->cells[i], &label))
            continue;
        for (size_t n = 0; n < ARRAY_LENGTH(names); n++)
            if (span_is(buf_span(&label), names[n].name) && columns->at[names[n].column] < 0)
                columns->at[names[n].column] = (int)i;
    }
    buf_release(&label);
    if (columns->at[COLUMN_TIME] < 0 || columns->at[COLUMN_EXERCISE] < 0 || columns->at[COLUMN_REPS] < 0 ||
        (columns->at[COLUMN_ORDER] < 0 && columns->at[COLUMN_TYPE] < 0))
        return err_set(err, ERR_INPUT, "no export of Strong or Hevy: its first line has other columns");
    return 0;
}

struct span columns_cell(const struct columns *columns, const struct csv_row *row, enum column column)
{
    int at = columns->at[column];

    return at >= 0 && (size_t)at < row->count ? row->cells[at] : (struct span){"", 0};
}

bool columns_cell_is_empty(const struct columns *columns, const struct csv_row *row, enum column column)
{
    struct span text = columns_cell(columns, row, column);

    for (size_t i = 0; i < text.length; i++)
        if (!ascii_is_space(text.at[i]))
            return false;
    return true;
}

static bool is_number(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return true;
}

bool columns_set_type(struct span text, struct set *set)
{
    struct buf label = BUF_INIT(LABEL_SIZE);
    bool known = fold_label(text, &label) && is_number(buf_span(&label));

    for (size_t i = 0; i < ARRAY_LENGTH(marks) && !known; i++) {
        known = span_is(buf_span(&label), marks[i].name);
        if (known) {
            set->type = marks[i].type;
            set->failure = marks[i].failure;
        }
    }
    buf_release(&label);
    return known;
}

/*
 * Reads a policy file; see policy.h. Every row is parsed and checked, and in the end every case must have a row.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/ascii.h"
#include "core/base/mem.h"
#include "core/effort/policy.h"

enum { FIELDS_MAXIMUM = 24, FIELD_SIZE = 48, RIR_MAXIMUM = 10, REPS_MAXIMUM = 100, REST_MAXIMUM = 3600 };

static const char *const goal_words[] = {"hypertrophy", "strength", "fitness", NULL};
static const char *const phase_words[] = {"normal", "deload", "low-volume", "isolation", "failure-block", NULL};
static const char *const level_words[] = {"beginner", "intermediate", "advanced", "unknown", NULL};
static const char *const class_words[] = {"safe", "allowed", "caution", "trap", "avoid", NULL};
static const char *const position_words[] = {"early", "last", NULL};
static const char *const gate_words[] = {"closed", "open", NULL};
static const char *const kind_words[] = {"isolation", "compound", NULL};
static const char *const hardness_words[] = {"easy", "hard", NULL};
static const char *const truth_words[] = {"no", "yes", NULL};
static const char *const source_words[] = {"contract",  "convention", "science-1", "science-2",
                                           "science-3", "science-4",  "science-5", "science-6",
                                           "science-7", "science-8",  NULL};

/* A file being read, at one of its rows. */
struct reader {
    const char *file;
    int line;
    char fields[FIELDS_MAXIMUM][FIELD_SIZE];
    size_t count;
    const char *row; /* "effort", "gate.years" */
    struct policy *policy;
    bool phases[POLICY_PHASES];                     /* that had a row */
    int effort_line[POLICY_EFFORT_ROWS];            /* of each row */
    bool has_effort, has_phase, has_reps, has_rest; /* rows of this kind replace those that are compiled in */
    struct err *err;
};

static int refuse(struct reader *reader, const char *expected, const char *got)
{
    return err_set(reader->err, ERR_CONFIG, "%s:%d: %s: expected %s, but it is \"%s\"", reader->file, reader->line,
                   reader->row, expected, got);
}

static const char *field(const struct reader *reader, size_t index)
{
    return index < reader->count ? reader->fields[index] : "";
}

/* Splits LINE at spaces, up to a #. What is no plain ASCII is refused: it would come back in a message. */
static int split(struct reader *reader, struct span line)
{
    size_t length = 0;

    reader->count = 0;
    reader->row = "row";
    for (size_t i = 0; i <= line.length; i++) {
        char c = i < line.length ? line.at[i] : '\n';
        bool ends = ascii_is_space(c) || c == '#';

        if (ends && length != 0) {
            reader->fields[reader->count++][length] = '\0';
            length = 0;
        }
        if (c == '#')
            break;
        if (ends)
            continue;
        if (c < '!' || c > '~')
            return refuse(reader, "printable ASCII", "something else");
        if (reader->count == FIELDS_MAXIMUM || length + 1 == FIELD_SIZE)
            return refuse(reader, "at most 24 words of 47 bytes", "longer");
        reader->fields[reader->count][length++] = c;
    }
    if (reader->count != 0)
        reader->row = reader->fields[0];
    return 0;
}

/* ---------------------------------------------------------------- fields */

/* The index of the field among WORDS, or POLICY_ANY for * where STAR allows it. */
static int read_word(struct reader *reader, size_t index, const char *const *words, bool star, int *value)
{
    const char *text = field(reader, index);
    char list[96] = "one of";
    size_t length = strlen(list);

    if (star && strcmp(text, "*") == 0) {
        *value = POLICY_ANY;
        return 0;
    }
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], text) == 0) {
            *value = i;
            return 0;
        }
        length += (size_t)snprintf(list + length, sizeof(list) - length, " %s", words[i]);
        BUG_IF(length >= sizeof(list));
    }
    return refuse(reader, list, text);
}

/* Digits with at most one point, and maybe a minus. */
static bool number_of(const char *text, double *value)
{
    size_t length = strspn(text + (text[0] == '-'), "0123456789.") + (text[0] == '-');
    char *end;

    if (length == 0 || length > 12 || text[length] != '\0')
        return false;
    *value = strtod(text, &end);
    return *end == '\0' && end[-1] != '.';
}

static int read_number(struct reader *reader, const char *text, double low, double high, bool whole, double *value)
{
    char expected[80];

    if (number_of(text, value) && *value >= low && *value <= high && (!whole || floor(*value) == *value))
        return 0;
    snprintf(expected, sizeof(expected), "a %snumber from %g to %g", whole ? "whole " : "", low, high);
    return refuse(reader, expected, text);
}

/* "1-3" */
static int read_range(struct reader *reader, size_t index, double most, bool whole, double *low, double *high)
{
    const char *text = field(reader, index), *dash = strchr(text, '-');
    char first[FIELD_SIZE] = "", expected[80];

    if (dash != NULL)
        memcpy(first, text, (size_t)(dash - text));
    if (dash != NULL && number_of(first, low) && number_of(dash + 1, high) && *low >= 0 && *low <= *high &&
        *high <= most && (!whole || (floor(*low) == *low && floor(*high) == *high)))
        return 0;
    snprintf(expected, sizeof(expected), "a range like 1-3 within 0 to %g", most);
    return refuse(reader, expected, text);
}

static const struct rule *rule_cited(const char *source)
{
    size_t length = strlen(source);
    char id[FIELD_SIZE] = "";

    if (length < 3 || source[0] != '(' || source[length - 1] != ')')
        return NULL;
    memcpy(id, source + 1, length - 2);
    return rule_by_id(id);
}

static bool is_source_word(const char *source)
{
    for (size_t i = 0; source_words[i] != NULL; i++)
        if (strcmp(source_words[i], source) == 0)
            return true;
    return false;
}

static int add_rule(struct reader *reader, const char **rules, const char *id)
{
    for (size_t i = 0; i < POLICY_RULES; i++) {
        if (rules[i] == NULL) {
            rules[i] = id;
            return 0;
        }
    }
    return refuse(reader, "at most four rules", id);
}

/* The sources from field FIRST on: the rules among them into RULES, those in parentheses into CITED (NULL: there are to
 * be none). */
static int read_sources(struct reader *reader, size_t first, const char **rules, const char **cited)
{
    for (size_t i = 0; i < POLICY_RULES; i++) {
        rules[i] = NULL;
        if (cited != NULL)
            cited[i] = NULL;
    }
    for (size_t i = first; i < reader->count; i++) {
        const struct rule *rule = rule_by_id(reader->fields[i]);
        const struct rule *also = cited != NULL ? rule_cited(reader->fields[i]) : NULL;

        if (rule == NULL && also == NULL && !is_source_word(reader->fields[i]))
            return refuse(reader, "sources like R05, D2, science-5, contract or convention", reader->fields[i]);
        if ((rule != NULL && add_rule(reader, rules, rule->id) < 0) ||
            (also != NULL && add_rule(reader, cited, also->id) < 0))
            return -1;
    }
    return 0;
}

/* ---------------------------------------------------------------- rows */

/* One row more of a kind: counts it, from 0 on with the first. -1 when there is no room. */
static int open_row(struct reader *reader, bool *has, size_t *count, size_t most)
{
    if (!*has)
        *count = 0;
    *has = true;
    if (*count == most)
        return err_set(reader->err, ERR_CONFIG, "%s:%d: %s: expected at most %zu rows of it", reader->file,
                       reader->line, reader->row, most);
    ++*count;
    return 0;
}

static int read_case(struct reader *reader, struct policy_effort *row)
{
    if (read_word(reader, 1, goal_words, true, &row->goal) < 0 ||
        read_word(reader, 2, phase_words, true, &row->phase) < 0 ||
        read_word(reader, 3, level_words, true, &row->level) < 0 ||
        read_word(reader, 4, class_words, true, &row->effort) < 0 ||
        read_word(reader, 5, position_words, true, &row->position) < 0)
        return -1;
    return read_word(reader, 6, gate_words, true, &row->open);
}

static int read_effort(struct reader *reader)
{
    struct policy *policy = reader->policy;
    struct policy_effort *row;

    if (open_row(reader, &reader->has_effort, &policy->effort_count, POLICY_EFFORT_ROWS) < 0)
        return -1;
    row = &policy->effort[policy->effort_count - 1];
    reader->effort_line[policy->effort_count - 1] = reader->line;
    if (read_case(reader, row) < 0 || read_number(reader, field(reader, 7), 0, RIR_MAXIMUM, false, &row->target) < 0 ||
        read_range(reader, 8, RIR_MAXIMUM, false, &row->rir_min, &row->rir_max) < 0 ||
        read_range(reader, 9, RIR_MAXIMUM, false, &row->accept_min, &row->accept_max) < 0)
        return -1;
    if (row->target < row->rir_min || row->target > row->rir_max)
        return refuse(reader, "an aim within what is asked for", field(reader, 7));
    if (row->rir_min < row->accept_min || row->rir_max > row->accept_max)
        return refuse(reader, "what is asked for within what is taken", field(reader, 8));
    return read_sources(reader, 10, row->rules, row->cited);
}

static int read_phase(struct reader *reader)
{
    struct policy_phase *row;
    int phase, failure, one;

    if (read_word(reader, 1, phase_words, false, &phase) < 0)
        return -1;
    if (reader->phases[phase])
        return refuse(reader, "one row for each phase", field(reader, 1));
    row = &reader->policy->phase[phase];
    reader->has_phase = reader->phases[phase] = true;
    if (read_number(reader, field(reader, 2), 0, RIR_MAXIMUM, false, &row->rir_add) < 0 ||
        read_word(reader, 3, truth_words, false, &failure) < 0 || read_word(reader, 4, truth_words, false, &one) < 0)
        return -1;
    row->failure = failure == 1;
    row->one_a_session = one == 1;
    return read_sources(reader, 5, row->rules, NULL);
}

static int read_reps(struct reader *reader)
{
    struct policy *policy = reader->policy;
    struct policy_reps *row;
    double low = 0, high = 0;

    if (open_row(reader, &reader->has_reps, &policy->reps_count, POLICY_REPS_ROWS) < 0)
        return -1;
    row = &policy->reps[policy->reps_count - 1];
    if (read_word(reader, 1, goal_words, true, &row->goal) < 0 ||
        read_word(reader, 2, class_words, true, &row->effort) < 0 ||
        read_range(reader, 3, REPS_MAXIMUM, true, &low, &high) < 0)
        return -1;
    if (low < 1)
        return refuse(reader, "at least one rep", field(reader, 3));
    row->low = (int)low;
    row->high = (int)high;
    return read_sources(reader, 4, row->rules, NULL);
}

static int read_rest(struct reader *reader)
{
    struct policy *policy = reader->policy;
    struct policy_rest *row;

    if (open_row(reader, &reader->has_rest, &policy->rest_count, POLICY_REST_ROWS) < 0)
        return -1;
    row = &policy->rest_rows[policy->rest_count - 1];
    if (read_word(reader, 1, kind_words, true, &row->compound) < 0 ||
        read_word(reader, 2, hardness_words, true, &row->hard) < 0 ||
        read_range(reader, 3, REST_MAXIMUM, false, &row->min_s, &row->max_s) < 0)
        return -1;
    return read_sources(reader, 4, row->rules, NULL);
}

/* "0..50": how far the number may go is ours to say. */
static int read_limits(struct reader *reader, const struct policy_key *key)
{
    char expected[64];

    snprintf(expected, sizeof(expected), "%g..%g", key->low, key->high);
    return strcmp(field(reader, 2), expected) == 0 ? 0 : refuse(reader, expected, field(reader, 2));
}

static int read_key(struct reader *reader)
{
    const char *rules[POLICY_RULES];
    const struct policy_key *key;
    size_t index = 0;
    double value;
    char *at;

    while ((key = policy_key_at(index)) != NULL && strcmp(key->name, reader->row) != 0)
        index++;
    if (key == NULL)
        return refuse(reader, "effort, phase, reps, rest or a known key", reader->row);
    if (read_number(reader, field(reader, 1), key->low, key->high, key->whole, &value) < 0 ||
        (reader->count > 2 && read_limits(reader, key) < 0) || read_sources(reader, 3, rules, NULL) < 0)
        return -1;
    at = (char *)reader->policy + key->offset;
    if (key->whole)
        memcpy(at, &(int){(int)value}, sizeof(int));
    else
        memcpy(at, &value, sizeof(value));
    return 0;
}

static int read_row(struct reader *reader)
{
    static const struct {
        const char *name;
        int (*read)(struct reader *reader);
    } kinds[] = {{"effort", read_effort}, {"phase", read_phase}, {"reps", read_reps}, {"rest", read_rest}};

    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (strcmp(kinds[i].name, reader->row) == 0)
            return kinds[i].read(reader);
    return read_key(reader);
}

/* ---------------------------------------------------------------- the whole */

enum { CASES = 3 * POLICY_PHASES * 4 * 5 * 2 * 2 };

/* The INDEXth of all cases. */
static struct policy_case case_at(int index)
{
    struct policy_case of;

    of.open = index % 2 == 1;
    index /= 2;
    of.position = (enum position)(index % 2);
    index /= 2;
    of.effort = (enum effort_class)(index % 5);
    index /= 5;
    of.level = (enum level)(index % 4);
    index /= 4;
    of.phase = (enum phase)(index % POLICY_PHASES);
    of.goal = (enum goal)(index / POLICY_PHASES);
    return of;
}

static int missing(struct reader *reader, const char *row, const char *a, const char *b)
{
    return err_set(reader->err, ERR_CONFIG, "%s:%d: %s: expected a row for %s %s, but none fits", reader->file,
                   reader->line, row, a, b);
}

/* Every case has a row, and no row is without a case. */
static int check_effort(struct reader *reader)
{
    bool used[POLICY_EFFORT_ROWS] = {false};

    for (int i = 0; i < CASES; i++) {
        struct policy_case of = case_at(i);
        const struct policy_effort *row = policy_effort(reader->policy, &of);

        if (row == NULL)
            return err_set(reader->err, ERR_CONFIG,
                           "%s:%d: effort: expected a row for %s %s %s %s %s %s, but none fits", reader->file,
                           reader->line, goal_words[of.goal], phase_words[of.phase], level_words[of.level],
                           class_words[of.effort], position_words[of.position], gate_words[of.open ? 1 : 0]);
        used[row - reader->policy->effort] = true;
    }
    for (size_t i = 0; reader->has_effort && i < reader->policy->effort_count; i++)
        if (!used[i])
            return err_set(reader->err, ERR_CONFIG,
                           "%s:%d: effort: expected a case of its own, but earlier rows take all of them", reader->file,
                           reader->effort_line[i]);
    return 0;
}

static int check_rows(struct reader *reader)
{
    const struct policy *policy = reader->policy;

    for (int i = 0; reader->has_phase && i < POLICY_PHASES; i++)
        if (!reader->phases[i])
            return missing(reader, "phase", phase_words[i], "");
    for (int goal = 0; goal_words[goal] != NULL; goal++)
        for (int class = 0; class_words[class] != NULL; class ++)
            if (policy_reps(policy, (enum goal)goal, (enum effort_class) class) == NULL)
                return missing(reader, "reps", goal_words[goal], class_words[class]);
    for (int compound = 0; compound < 2; compound++) {
        if (policy_rest(policy, compound == 1, REPS_UNKNOWN, INFINITY) == NULL)
            return missing(reader, "rest", kind_words[compound], "easy");
        if (policy_rest(policy, compound == 1, REPS_UNKNOWN, -INFINITY) == NULL)
            return missing(reader, "rest", kind_words[compound], "hard");
    }
    if (policy->level.beginner_months > policy->level.intermediate_months)
        return err_set(reader->err, ERR_CONFIG,
                       "%s:%d: level.intermediate_months: expected no less than level.beginner_months", reader->file,
                       reader->line);
    return check_effort(reader);
}

int policy_parse(const char *file, struct span text, struct policy *policy, struct err *err)
{
    struct reader reader = {.file = file, .policy = policy, .err = err};

    *policy = policy_default;
    while (text.length != 0) {
        reader.line++;
        if (split(&reader, span_take(&text, '\n')) < 0 || (reader.count != 0 && read_row(&reader) < 0))
            return -1;
    }
    return check_rows(&reader);
}

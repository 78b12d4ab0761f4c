/*
 * What bare numbers are of: pounds or kilograms. All of it is derived from the live sets and the settings.
 */
#include "bot/coach/pounds.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/ask.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/typed.h"

enum { IN_A_ROW = 2 };

/* The answers to the question, in this order. */
static const struct {
    enum unit unit;
    enum text_key text;
} answers[] = {{UNIT_LB, TEXT_CONTACT_LB}, {UNIT_KG, TEXT_CONTACT_KG}};

static enum unit said_unit(const struct turn *turn)
{
    return setting_unit(turn->lifter, turn->coach->options.unit);
}

static bool never_said(const struct turn *turn)
{
    return setting_value(turn->lifter, SETTING_UNITS, NULL) == NULL && !turn->coach->options.unit_given;
}

/* Whether SET has a load, so that its unit tells how its lifter writes. A stone is for body weight. */
static bool tells(const struct set *set)
{
    return set->load_kg > 0 && set->unit != UNIT_ST;
}

enum unit pounds_behind(const struct turn *turn, const struct set *set, int64_t at_ms)
{
    return tells(set) && at_ms >= setting_said_ms(turn->lifter, SETTING_UNITS) ? set->unit : said_unit(turn);
}

/* The last set of EXERCISE in the session of AT_MS that tells, before *INDEX of the log; NULL. */
static const struct logged_set *last_of(const struct turn *turn, const char *exercise, int64_t at_ms, size_t *index)
{
    while ((*index)-- > 0) {
        const struct logged_set *set = &turn->lifter->log.at[*index];

        if (!context_same_session(turn, set->at_ms, at_ms))
            return NULL;
        if (strcmp(set->set.exercise, exercise) == 0 && tells(&set->set))
            return set;
    }
    return NULL;
}

/* Whether the last sets of the session of AT_MS, two at least, were in pounds, of whatever exercise, and no unit was
 * ever said: then nobody has to be asked of the next. */
static bool in_pounds_so_far(const struct turn *turn, int64_t at_ms)
{
    size_t pounds = 0;

    for (size_t i = lifter_log_before(turn->lifter, at_ms + 1); i-- > 0 && pounds < IN_A_ROW;) {
        const struct logged_set *set = &turn->lifter->log.at[i];

        if (!context_same_session(turn, set->at_ms, at_ms) || (tells(&set->set) && set->set.unit != UNIT_LB))
            return false;
        pounds += tells(&set->set);
    }
    return pounds == IN_A_ROW && never_said(turn);
}

enum unit pounds_unit(const struct turn *turn, const char *exercise, int64_t at_ms, bool *leans)
{
    size_t index = lifter_log_before(turn->lifter, at_ms + 1);
    const struct logged_set *last = last_of(turn, exercise, at_ms, &index);

    bool pounds = last == NULL && in_pounds_so_far(turn, at_ms);

    *leans = last != NULL || pounds;
    if (last != NULL)
        return pounds_behind(turn, &last->set, last->at_ms);
    return pounds ? UNIT_LB : said_unit(turn);
}

void pounds_read(struct turn *turn, const struct pending *pending, enum unit unit)
{
    struct reading_options options = turn_reading_options(turn);

    options.unit = unit;
    reading_read(&turn->coach->reading, span_of(pending->text), &options);
}

/* ---------------------------------------------------------------- asking */

/* Whether this session's sets of EXERCISE were written in both units. */
static bool is_mixed(const struct turn *turn, const char *exercise, int64_t at_ms)
{
    size_t index = lifter_log_before(turn->lifter, at_ms + 1);
    const struct logged_set *last = last_of(turn, exercise, at_ms, &index), *before = last;

    while (before != NULL && before->set.unit == last->set.unit)
        before = last_of(turn, exercise, at_ms, &index);
    return before != NULL;
}

/* Whether every load was written in pounds so far. */
static bool knows_pounds_alone(const struct turn *turn, int64_t at_ms)
{
    size_t count = lifter_log_before(turn->lifter, at_ms + 1);
    bool found = false;

    for (size_t i = 0; i < count; i++) {
        const struct set *set = &turn->lifter->log.at[i].set;

        if (tells(set) && set->unit != UNIT_LB)
            return false;
        found |= tells(set);
    }
    return found;
}

/* The first load of PENDING's sets by each unit; NAN: none. */
static void read_both(struct turn *turn, const struct pending *pending, double first_kg[ARRAY_LENGTH(answers)])
{
    const struct reading *reading = &turn->coach->reading;

    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++) {
        pounds_read(turn, pending, answers[i].unit);
        first_kg[i] = NAN;
        for (size_t j = 0; j < reading->sets.count && reading->kind == READING_SETS && isnan(first_kg[i]); j++)
            first_kg[i] = reading->sets.at[j].load_kg;
    }
}

static void add_options(struct turn *turn, const struct pending *pending)
{
    const struct reading *reading = &turn->coach->reading;

    reply_say(&turn->reply, turn->texts, TEXT_ASK_ORDER, ARG("text", pending->text));
    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++) {
        pounds_read(turn, pending, answers[i].unit);
        ask_option(turn, texts_get(turn->texts, answers[i].text), reading->sets.at, reading->sets.count);
    }
}

int pounds_ask(struct turn *turn, struct pending *pending, const char *exercise, enum unit unit, struct err *err)
{
    double first_kg[ARRAY_LENGTH(answers)];
    bool asked;

    if (turn->following || turn->dry || turn->writer != 0 || !never_said(turn) ||
        !(is_mixed(turn, exercise, pending->sent_ms) ||
          (unit != UNIT_LB && knows_pounds_alone(turn, pending->sent_ms))))
        return 0;
    read_both(turn, pending, first_kg);
    asked = first_kg[0] != first_kg[1] && !isnan(first_kg[0]);
    if (asked)
        add_options(turn, pending);
    pounds_read(turn, pending, unit);
    return !asked ? 0 : question_wait(turn, pending, WAITING_UNIT, err) < 0 ? -1 : 1;
}

void pounds_choose(struct pending *pending, int answer)
{
    snprintf(pending->unknown, sizeof(pending->unknown), "%s", unit_name(answers[answer - 1].unit));
}

bool pounds_said(struct pending *pending, struct span text)
{
    struct buf folded = BUF_INIT(64);
    enum unit unit;
    bool said = typed_fold(text, &folded) == 0 && typed_unit(buf_span(&folded), &unit);

    if (said)
        snprintf(pending->unknown, sizeof(pending->unknown), "%s", unit_name(unit));
    buf_release(&folded);
    return said;
}

int pounds_settle(struct turn *turn, const struct pending *pending, struct err *err)
{
    turn->command = &setting_table[SETTING_UNITS].command;
    if (setting_run(turn, span_of(pending->unknown), err) < 0)
        return -1;
    return lifter_load_settings(turn->lifter, turn->store, err);
}

/* ---------------------------------------------------------------- the hint */

bool pounds_are_new(const struct turn *turn)
{
    size_t index = turn->logged.count != 0 ? lifter_log_before(turn->lifter, turn->message->sent_ms + 1) : 0;
    int64_t at_ms = turn->message->sent_ms;
    size_t before = 0;

    if (turn->logged.count == 0 || turn->logged.at[0].unit != UNIT_LB || said_unit(turn) == UNIT_LB ||
        setting_value(turn->lifter, SETTING_UNITS, NULL) != NULL)
        return false;
    while (index-- > 0 && context_same_session(turn, turn->lifter->log.at[index].at_ms, at_ms))
        before += turn->lifter->log.at[index].set.unit == UNIT_LB;
    return before <= turn->logged.count;
}

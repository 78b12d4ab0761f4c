/*
 * score: DOTS of the best e1RMs of squat, bench press and deadlift, month by month, each at the body weight of its
 * time.
 */
#include "bot/coach/score.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/record.h"
#include "bot/coach/said.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"

enum { MONTHS = 6, LIFTS = 3, WEIGHTS_KEPT = 200, WEIGHTS_MAX = WEIGHTS_KEPT * 32 };

static const char *const lifts[LIFTS] = {"squat", "bench-press", "deadlift"};
static const char weights_name[] = "bodyweights", table_name[] = "score";

/* ---------------------------------------------------------------- body weights, as "DAY KG;" by time */

int score_note_bodyweight(struct turn *turn, double kg, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct buf old = BUF_INIT(WEIGHTS_MAX), now = BUF_INIT(WEIGHTS_MAX);
    int result = store->value_get(store->self, turn->lifter->id, weights_name, &old, err);
    const char *at = buf_text(&old);
    size_t count = 0;

    for (const char *c = at; *c != '\0'; c++)
        count += *c == ';';
    for (; count >= WEIGHTS_KEPT; count--)
        at = strchr(at, ';') + 1;
    buf_adds(&now, at);
    buf_addf(&now, "%" PRId64 " %.6g;", day_of(turn, turn->message->sent_ms).number, kg);
    if (result >= 0)
        result = said_put(turn, weights_name, buf_text(&now), err);
    buf_release(&old);
    buf_release(&now);
    return result < 0 ? -1 : 0;
}

/* The last one that was said up to DAY, else the first one, else KG. */
static double bodyweight_on(const char *weights, int64_t day, double kg)
{
    const char *end;
    bool first = true;

    for (; (end = strchr(weights, ';')) != NULL; weights = end + 1) {
        char *after;
        int64_t on = strtoll(weights, &after, 10);

        if (on > day && !first)
            break;
        kg = strtod(after, NULL);
        first = false;
    }
    return kg;
}

/* ---------------------------------------------------------------- months */

struct months {
    const struct turn *turn;
    struct day day;
    int month;                  /* of that day, counted from year 0 */
    int last;                   /* the month that it is now */
    double best[LIFTS][MONTHS]; /* e1RM; NAN */
};

static int month_of(int64_t day)
{
    struct civil civil;

    civil_from_ms(day * CIVIL_DAY_MS, 0, &civil);
    return civil.year * 12 + civil.month - 1;
}

static int take_row(void *arg, const struct coach_set_row *row)
{
    struct months *months = arg;
    double *best;

    for (int i = 0; i < LIFTS; i++) {
        if (strcmp(row->set.exercise, lifts[i]) != 0 || !record_counts(&row->set))
            continue;
        if (row->at_ms < months->day.start_ms || row->at_ms >= months->day.end_ms) {
            months->day = day_of(months->turn, row->at_ms);
            months->month = month_of(months->day.number);
        }
        if (months->month <= months->last - MONTHS || months->month > months->last)
            continue;
        best = &months->best[i][months->month - (months->last - MONTHS + 1)];
        *best = fmax(*best, record_e1rm(months->turn, catalogue_by_id(lifts[i]), &row->set, NAN));
    }
    return 0;
}

/* A lift that rests for a month keeps what it had. */
static void carry(struct months *months)
{
    for (int i = 0; i < LIFTS; i++)
        for (int m = 1; m < MONTHS; m++)
            if (isnan(months->best[i][m]))
                months->best[i][m] = months->best[i][m - 1];
}

/* The sum of the lifts that there are now, in month M; NAN where one of them wasn't there yet. */
static double total(const struct months *months, int m)
{
    double sum = 0;

    for (int i = 0; i < LIFTS; i++)
        if (!isnan(months->best[i][MONTHS - 1]))
            sum += months->best[i][m];
    return sum;
}

static void say_head(struct turn *turn, const struct months *months)
{
    struct buf names = BUF_INIT(128);

    for (int i = 0; i < LIFTS; i++) {
        if (isnan(months->best[i][MONTHS - 1]))
            continue;
        buf_adds(&names, names.length != 0 ? ", " : "");
        wording_exercise(turn, lifts[i], &names);
    }
    reply_say(&turn->reply, turn->texts, TEXT_SCORE, ARG("lifts", buf_text(&names)));
    buf_release(&names);
}

static void say_month(struct turn *turn, int month, double score)
{
    const struct texts *texts = turn->texts;
    struct buf points = BUF_INIT(32);
    char year[16];

    snprintf(year, sizeof(year), "%d", month / 12);
    wording_rounded(turn, score, 1, &points);
    reply_say(&turn->reply, texts, TEXT_SCORE_MONTH,
              ARG("month", texts_get(texts, TEXT_JANUARY + (unsigned)(month % 12))), ARG("year", year),
              ARG("score", buf_text(&points)));
    buf_release(&points);
}

static int say_scores(struct turn *turn, enum score_table table, const char *weights, double bodyweight,
                      struct err *err)
{
    int64_t now_ms = turn->message->sent_ms, today = day_of(turn, now_ms).number;
    struct months months = {.turn = turn, .last = month_of(today)};

    for (int i = 0; i < LIFTS; i++)
        for (int m = 0; m < MONTHS; m++)
            months.best[i][m] = NAN;
    if (lifter_sets(turn->lifter, turn->store, now_ms - MONTHS * INT64_C(31) * CIVIL_DAY_MS, now_ms + 1, take_row,
                    &months, err) < 0)
        return -1;
    carry(&months);
    if (!(total(&months, MONTHS - 1) > 0)) {
        reply_tell(&turn->reply, turn->texts, TEXT_SCORE_NO_LIFTS);
        return 0;
    }
    say_head(turn, &months);
    for (int m = 0; m < MONTHS; m++) {
        int month = months.last - MONTHS + 1 + m;
        int64_t end = civil_days((month + 1) / 12, (month + 1) % 12 + 1, 1) - 1;
        double score = score_dots(table, bodyweight_on(weights, end, bodyweight), total(&months, m));

        if (!isnan(score))
            say_month(turn, month, score);
    }
    return 0;
}

/* ---------------------------------------------------------------- the command */

static int say_score(struct turn *turn, const char *table, struct err *err)
{
    double bodyweight = context_bodyweight(turn, turn->message->sent_ms);
    struct buf weights = BUF_INIT(WEIGHTS_MAX);
    int result = 0;

    if (table[0] == '\0') {
        reply_tell(&turn->reply, turn->texts, TEXT_SCORE_NO_TABLE);
    } else if (isnan(bodyweight)) {
        reply_tell(&turn->reply, turn->texts, TEXT_SCORE_NO_BODYWEIGHT);
    } else {
        result = turn->store->value_get(turn->store->self, turn->lifter->id, weights_name, &weights, err);
        if (result >= 0)
            result = say_scores(turn, table[0] == 'm' ? SCORE_MEN : SCORE_WOMEN, buf_text(&weights), bodyweight, err);
    }
    buf_release(&weights);
    return result < 0 ? -1 : 0;
}

static const char *named_table(struct span typed)
{
    static const char *const words[][2] = {
        {"men", "men"}, {"women", "women"}, {"frauen", "women"}, {"m\xC3\xA4nner", "men"}, {"maenner", "men"}};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (span_is(typed, words[i][0]))
            return words[i][1];
    return NULL;
}

static int score_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct buf table = BUF_INIT(16);
    int result = advise_load(turn, turn->message->sent_ms, err);

    if (result == 0 && named_table(arguments) != NULL) {
        buf_adds(&table, named_table(arguments));
        result = store->value_put(store->self, turn->lifter->id, table_name, buf_text(&table), err);
    } else if (result == 0) {
        result = store->value_get(store->self, turn->lifter->id, table_name, &table, err);
    }
    if (result >= 0)
        result = say_score(turn, buf_text(&table), err);
    buf_release(&table);
    return result;
}

const struct command score_command = {.name = "score",
                                      .aliases = "dots",
                                      .german = "punkte",
                                      .arguments = "[men|women]",
                                      .words = 1,
                                      .never_before = "0123456789",
                                      .example = "score women",
                                      .group = COMMAND_REVIEW,
                                      .tells = TELLS_LOG,
                                      .help = TEXT_HELP_SCORE,
                                      .run = score_run};

/*
 * Errors, scores and coverage; see evaluate_tally.h.
 */
#include "bot/evaluate_tally.h"

#include <math.h>

#include "bot/json/writer.h"

static const char *const range_keys[FORECAST_RANGES] = {"cover50", "cover80", "cover95"};
static const char *const model_keys[TALLY_MODELS] = {"capacity", "pattern"};
enum { LINE_MAX_BYTES = 16 * 1024, DECIMALS = 4 };

/* A forecast that calls what happened impossible is held to this chance. */
static const double least_chance = 1e-6;

void tally_known(struct tally *tally, const struct forecast *forecast, double point, double n)
{
    tally->n++;
    tally->error += fabs(point - n);
    tally->bias += point - n;
    tally->log_score += log(fmax(forecast_chance(forecast, n), least_chance));
    for (size_t r = 0; r < FORECAST_RANGES; r++)
        tally->inside[r] += n >= forecast->low[r] && n <= forecast->high[r];
}

void tally_bound(struct tally *tally, const struct forecast *forecast, double point, double reps)
{
    tally->n++;
    tally->error += point < reps;
    tally->bias = NAN;
    tally->log_score += log(fmax(1 - forecast_below(forecast, reps), least_chance));
    for (size_t r = 0; r < FORECAST_RANGES; r++)
        tally->inside[r] += forecast->high[r] >= reps;
}

static bool is_known(size_t situation)
{
    return situation < STRATUM_COUNT;
}

static void add(struct tally *sum, const struct tally *part)
{
    sum->n += part->n;
    sum->error += part->error;
    sum->bias += part->bias;
    sum->log_score += part->log_score;
    for (size_t r = 0; r < FORECAST_RANGES; r++)
        sum->inside[r] += part->inside[r];
}

/* All situations in which RIR is known. */
static void add_up(const struct tallies *tallies, struct situation *sum)
{
    *sum = (struct situation){0};
    for (size_t s = 0; s < STRATUM_COUNT; s++) {
        add(&sum->forecast, &tallies->at[s].forecast);
        add(&sum->from_load, &tallies->at[s].from_load);
        for (size_t i = 0; i < TALLY_MODELS; i++)
            add(&sum->models[i], &tallies->at[s].models[i]);
        for (size_t g = 0; g < GUESS_COUNT; g++)
            add(&sum->rules[g], &tallies->at[s].rules[g]);
    }
}

static void print_row(const char *name, const struct tally *tally, FILE *out)
{
    double n = tally->n;

    if (n == 0)
        return;
    fprintf(out, "  %-16s %6.0f %7.3f", name, n, tally->error / n);
    if (isnan(tally->bias))
        fprintf(out, " %7s", "-");
    else
        fprintf(out, " %+7.3f", tally->bias / n);
    fprintf(out, " %7.3f", tally->log_score / n);
    for (size_t r = 0; r < FORECAST_RANGES; r++)
        fprintf(out, " %5.1f", 100 * tally->inside[r] / n);
    fputc('\n', out);
}

static void print_situation(const char *stratum, bool known, const struct situation *situation, FILE *out)
{
    if (situation->forecast.n + situation->from_load.n == 0)
        return;
    fprintf(out, "%s, RIR %s\n  %-16s %6s %7s %7s %7s %5s %5s %5s\n", stratum, known ? "known" : "unknown", "", "sets",
            known ? "mae" : "under", "bias", "log", "50 %", "80 %", "95 %");
    print_row("forecast", &situation->forecast, out);
    print_row("from load alone", &situation->from_load, out);
    for (size_t i = 0; i < TALLY_MODELS; i++)
        print_row(model_keys[i], &situation->models[i], out);
    for (size_t g = 0; g < GUESS_COUNT; g++)
        print_row(guess_name((enum guess)g), &situation->rules[g], out);
    fputc('\n', out);
}

void tallies_print(const struct tallies *tallies, FILE *out)
{
    struct situation sum;

    fprintf(out, "%zu %s, %zu sets, %zu of them before anything was known of the exercise\n\n", tallies->lifters,
            tallies->lifters == 1 ? "lifter" : "lifters", tallies->sets, tallies->unforeseen);
    for (size_t s = 0; s < TALLY_SITUATIONS; s++)
        print_situation(stratum_name((enum stratum)(s % STRATUM_COUNT)), is_known(s), &tallies->at[s], out);
    add_up(tallies, &sum);
    print_situation("all", true, &sum, out);
}

static double mean(double sum, double n)
{
    return n > 0 ? sum / n : NAN;
}

static void write_tally(struct json_writer *writer, const struct tally *tally)
{
    json_write_key(writer, "n");
    json_write_int(writer, (int64_t)tally->n);
    json_write_key(writer, "mae");
    json_write_number(writer, mean(tally->error, tally->n), DECIMALS);
    json_write_key(writer, "bias");
    json_write_number(writer, mean(tally->bias, tally->n), DECIMALS);
    json_write_key(writer, "logscore");
    json_write_number(writer, mean(tally->log_score, tally->n), DECIMALS);
    for (size_t r = 0; r < FORECAST_RANGES; r++) {
        json_write_key(writer, range_keys[r]);
        json_write_number(writer, mean(tally->inside[r], tally->n), DECIMALS);
    }
}

static void write_object(struct json_writer *writer, const char *key, const struct tally *tally)
{
    json_write_key(writer, key);
    json_write_begin(writer, '{');
    write_tally(writer, tally);
    json_write_end(writer);
}

static void write_situation(const char *stratum, bool known, const struct situation *situation, FILE *out)
{
    struct buf line = BUF_INIT(LINE_MAX_BYTES), name = BUF_INIT(64);
    struct json_writer writer;

    buf_addf(&name, "%s-%s", stratum, known ? "known" : "unknown");
    json_write_init(&writer, &line);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "stratum");
    json_write_text(&writer, buf_text(&name));
    write_tally(&writer, &situation->forecast);
    write_object(&writer, "from_load", &situation->from_load);
    for (size_t g = 0; g < GUESS_COUNT; g++)
        write_object(&writer, guess_name((enum guess)g), &situation->rules[g]);
    json_write_end(&writer);
    fprintf(out, "%s\n", buf_text(&line));
    buf_release(&name);
    buf_release(&line);
}

void tallies_print_json(const struct tallies *tallies, FILE *out)
{
    struct situation sum;

    for (size_t s = 0; s < TALLY_SITUATIONS; s++)
        write_situation(stratum_name((enum stratum)(s % STRATUM_COUNT)), is_known(s), &tallies->at[s], out);
    add_up(tallies, &sum);
    write_situation("all", true, &sum, out);
}

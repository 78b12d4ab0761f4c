/*
 * leaderboard: everybody against themselves, and only those who want to be on it: how steadily they train, and how far
 * they have come in four weeks. Never by loads or by how hard it was, so that nobody is pushed to failure by it
 * (R11-R15). Of each no more than they share with the room.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bot/coach/advise.h"
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/record.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { WEEK_DAYS = 7, WEEKS = 4, NAME_MAX = 64, VALUE_MAX = 32 };

struct rank {
    char name[COACH_NAME_SIZE];
    int weeks;       /* of the last four, with a set in them */
    double progress; /* mean change of the best e1RMs against the four weeks before; NAN */
};
typedef VEC(struct rank) rank_list;

/* ---------------------------------------------------------------- who wants to be on it */

static void value_name(const struct coach_member *member, struct buf *out)
{
    buf_addf(out, "leaderboard:%" PRId64, member->group);
}

/* Leaving ends it. */
static int is_on(const struct turn *turn, const struct coach_member *member, struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAX), value = BUF_INIT(VALUE_MAX);
    int found;

    value_name(member, &name);
    found = turn->store->value_get(turn->store->self, member->lifter, buf_text(&name), &value, err);
    if (found == 1)
        found = strtoll(buf_text(&value), NULL, 10) == member->joined_ms;
    buf_release(&name);
    buf_release(&value);
    return found;
}

static int put(const struct turn *turn, const struct coach_member *member, bool on, struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAX);
    char value[VALUE_MAX];
    int result;

    snprintf(value, sizeof(value), "%" PRId64, member->joined_ms);
    value_name(member, &name);
    result = turn->store->value_put(turn->store->self, member->lifter, buf_text(&name), on ? value : NULL, err);
    buf_release(&name);
    return result;
}

/* ---------------------------------------------------------------- how they do */

static int count_weeks(const struct effort_input *input)
{
    unsigned weeks = 0;
    int count = 0;

    for (size_t i = 0; i < input->log_count; i++) {
        int64_t ago = (input->now_ms - input->log[i].at_ms) / CIVIL_WEEK_MS;

        if (ago < WEEKS && input->log[i].set.type != SET_WARMUP)
            weeks |= 1U << ago;
    }
    for (; weeks != 0; weeks &= weeks - 1)
        count++;
    return count;
}

/* TURN's week holds the lifts of these weeks. */
static double find_progress(const struct turn *of, const struct effort_input *input, int64_t from_ms)
{
    double sum = 0;
    int lifts = 0;

    for (size_t i = 0; i < of->week.lift_count; i++) {
        const struct exercise *exercise = of->week.lifts[i].exercise;
        double now = record_best(of, input, exercise, from_ms, input->now_ms + 1);
        double before = record_best(of, input, exercise, from_ms - WEEKS * (int64_t)CIVIL_WEEK_MS, from_ms);

        if (!exercise->compound || isnan(now) || isnan(before))
            continue;
        sum += now / before - 1;
        lifts++;
    }
    return lifts != 0 ? sum / lifts : NAN;
}

static int add_rank(struct turn *turn, const struct roster *roster, const struct coach_member *member, rank_list *ranks,
                    struct err *err)
{
    int64_t now_ms = turn->message->sent_ms, from_ms = now_ms - WEEKS * (int64_t)CIVIL_WEEK_MS;
    struct other *other = mem_zero(1, sizeof(*other));
    struct buf name = BUF_INIT(COACH_NAME_SIZE);
    struct advise_case ask;
    struct rank *rank;
    int result = other_open_shared(other, turn, roster, member, err);

    if (result == 0)
        result = advise_open(&other->turn, now_ms, &ask, err);
    if (result == 0) {
        ledger_read(&other->turn.week, &ask.input, from_ms, now_ms);
        roster_name(roster, member, &name);
        rank = vec_add(ranks);
        *rank = (struct rank){.weeks = count_weeks(&ask.input),
                              .progress = find_progress(&other->turn, &ask.input, from_ms)};
        snprintf(rank->name, sizeof(rank->name), "%s", buf_text(&name));
    }
    other_close(other);
    free(other);
    buf_release(&name);
    return result;
}

/* Steadiness first. */
static int by_rank(const void *a, const void *b)
{
    const struct rank *first = a, *second = b;
    double left = isnan(first->progress) ? -1 : first->progress,
           right = isnan(second->progress) ? -1 : second->progress;

    if (first->weeks != second->weeks)
        return second->weeks - first->weeks;
    return (left < right) - (left > right);
}

/* ---------------------------------------------------------------- in words */

/* "dora: 4 of 4 weeks, +2.1 %". */
static void say_rank(struct turn *turn, const struct rank *rank)
{
    struct buf percent = BUF_INIT(32), line = BUF_INIT(512);
    char weeks[16];

    snprintf(weeks, sizeof(weeks), "%d", rank->weeks);
    if (!isnan(rank->progress)) {
        buf_adds(&percent, rank->progress > 0 ? "+" : "");
        wording_rounded(turn, 100 * rank->progress, 1, &percent);
    }
    reply_phrase(turn->texts, isnan(rank->progress) ? TEXT_LEADERBOARD_WEEKS : TEXT_LEADERBOARD_LINE,
                 REPLY_ARGS(ARG("name", rank->name), ARG("weeks", weeks), ARG("percent", buf_text(&percent))), &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&percent);
    buf_release(&line);
}

static int show(struct turn *turn, const struct roster *roster, struct err *err)
{
    rank_list ranks = {0};
    int result = 0;

    for (size_t i = 0; i < roster->members.count && result >= 0; i++) {
        const struct coach_member *member = &roster->members.at[i];

        result = member->presence != COACH_LEFT ? is_on(turn, member, err) : 0;
        if (result == 1)
            result = add_rank(turn, roster, member, &ranks, err);
    }
    if (ranks.count > 1)
        qsort(ranks.at, ranks.count, sizeof(struct rank), by_rank);
    if (result >= 0)
        reply_tell(&turn->reply, turn->texts, ranks.count != 0 ? TEXT_LEADERBOARD : TEXT_LEADERBOARD_NONE);
    for (size_t i = 0; i < ranks.count && result >= 0; i++)
        say_rank(turn, &ranks.at[i]);
    vec_release(&ranks);
    return result < 0 ? -1 : 0;
}

static int arrange(struct turn *turn, const struct roster *roster, struct span typed, struct err *err)
{
    bool on = typed_is(typed, "on,an,ein");

    if (!on && !typed_is(typed, "off,aus"))
        return turn_refuse(turn, TEXT_LEADERBOARD_USAGE);
    reply_tell(&turn->reply, turn->texts, on ? TEXT_LEADERBOARD_ON : TEXT_LEADERBOARD_OFF);
    return put(turn, roster_member(roster, turn->lifter->id), on, err);
}

static int run_in(struct turn *turn, const struct roster *roster, struct span arguments, struct err *err)
{
    return arguments.length == 0 ? show(turn, roster, err) : arrange(turn, roster, arguments, err);
}

static int leaderboard_run(struct turn *turn, struct span arguments, struct err *err)
{
    return roster_run(turn, arguments, run_in, err);
}

const struct command leaderboard_command = {.name = "leaderboard",
                                            .aliases = "",
                                            .german = "rangliste,bestenliste",
                                            .arguments = "[on|off]",
                                            .words = 1,
                                            .example = "leaderboard on",
                                            .help = TEXT_HELP_LEADERBOARD,
                                            .group = COMMAND_ROOM,
                                            .run = leaderboard_run};

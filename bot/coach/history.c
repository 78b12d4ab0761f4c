/*
 * history: an exercise session by session, and where it goes.
 */
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/comment.h"
#include "bot/coach/context.h"
#include "bot/coach/day.h"
#include "bot/coach/names.h"
#include "bot/coach/record.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"
#include "core/base/mem.h"

enum { TYPED_MAX = 256, SHOWN = 12, WEEKS = 8, WEEKS_MAX = 520 };

struct session_line {
    int64_t day;
    size_t sets;
    struct set top; /* by e1RM, else by load */
    double e1rm_kg; /* NAN */
    bool commented; /* by a coach: `last` shows it */
};

typedef VEC(struct session_line) session_lines;

struct history {
    struct turn *turn;
    const struct exercise *exercise;
    int weeks;
    bool last_week; /* that one alone */
    double bodyweight_kg;
    struct day day; /* of the last line */
    session_lines lines;
    comment_list comments;
};

/* ---------------------------------------------------------------- what was done */

static bool is_better(const struct session_line *line, const struct set *set, double e1rm_kg)
{
    if (isnan(e1rm_kg) != isnan(line->e1rm_kg))
        return isnan(line->e1rm_kg);
    if (!isnan(e1rm_kg))
        return e1rm_kg > line->e1rm_kg;
    return isnan(line->top.load_kg) ? set->reps > line->top.reps : set->load_kg > line->top.load_kg;
}

static int take_row(void *arg, const struct coach_set_row *row)
{
    struct history *history = arg;
    double e1rm_kg;
    struct session_line *line;

    if (strcmp(row->set.exercise, history->exercise->id) != 0 || row->set.type == SET_WARMUP)
        return 0;
    e1rm_kg = record_counts(&row->set)
                  ? record_e1rm(history->turn, history->exercise, &row->set, history->bodyweight_kg)
                  : NAN;
    if (row->at_ms >= history->day.end_ms) {
        history->day = day_of(history->turn, row->at_ms);
        vec_push(&history->lines, ((struct session_line){history->day.number, 0, row->set, e1rm_kg, false}));
    }
    line = &history->lines.at[history->lines.count - 1];
    line->sets++;
    line->commented |= comments_on(&history->comments, row->input);
    if (is_better(line, &row->set, e1rm_kg)) {
        line->top = row->set;
        line->e1rm_kg = e1rm_kg;
    }
    return 0;
}

/* ---------------------------------------------------------------- in words */

static void print_e1rm(const struct turn *turn, double kg, struct buf *out)
{
    wording_rounded(turn, unit_from_kg(kg, wording_unit(turn)), 1, out);
}

/* "5 Jan: 80x8 @1 (100.6), 3 sets". */
static void say_line(struct turn *turn, const struct session_line *line)
{
    struct buf text = BUF_INIT(512);
    struct set top = line->top;

    top.note[0] = '\0';
    top.at_ms = -1;
    wording_day(turn->texts, line->day, &text);
    buf_adds(&text, ": ");
    wording_shown(turn, &top, 1, false, &text);
    if (!isnan(line->e1rm_kg)) {
        buf_adds(&text, " (");
        print_e1rm(turn, line->e1rm_kg, &text);
        buf_addc(&text, ')');
    }
    buf_adds(&text, ", ");
    wording_sets_count(turn->texts, line->sets, &text);
    buf_adds(&text, line->commented ? " \xF0\x9F\x92\xAC" : "");
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&text));
    buf_release(&text);
}

/* "▁▄█": a bar for each session that has an e1RM, from the least to the most. */
static void print_bars(const struct session_line *lines, size_t count, struct buf *out)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const size_t top = ARRAY_LENGTH(bars) - 1;
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < count; i++) {
        low = fmin(low, lines[i].e1rm_kg);
        high = fmax(high, lines[i].e1rm_kg);
    }
    for (size_t i = 0; i < count; i++) {
        double height = high > low ? (lines[i].e1rm_kg - low) / (high - low) : 0.5;

        if (!isnan(lines[i].e1rm_kg))
            buf_adds(out, bars[(int)lround(height * (double)top)]);
    }
}

/* "▁▄█ 98 to 103.5 kg, +5.6 %": over the lines that are shown. */
static void say_trend(struct turn *turn, const struct session_line *lines, size_t count)
{
    struct buf bars = BUF_INIT(128), first = BUF_INIT(32), last = BUF_INIT(32), change = BUF_INIT(32);
    double from = NAN, to = NAN;
    size_t measured = 0;

    for (size_t i = 0; i < count; i++) {
        if (isnan(lines[i].e1rm_kg))
            continue;
        from = measured++ == 0 ? lines[i].e1rm_kg : from;
        to = lines[i].e1rm_kg;
    }
    if (measured < 2)
        return;
    print_bars(lines, count, &bars);
    print_e1rm(turn, from, &first);
    wording_weight(turn, to, 1, &last);
    buf_adds(&change, to > from ? "+" : "");
    wording_rounded(turn, (to / from - 1) * 100, 1, &change);
    reply_say(&turn->reply, turn->texts, TEXT_HISTORY_TREND, ARG("bars", buf_text(&bars)),
              ARG("from", buf_text(&first)), ARG("to", buf_text(&last)), ARG("percent", buf_text(&change)));
    buf_release(&bars);
    buf_release(&first);
    buf_release(&last);
    buf_release(&change);
}

static void say(const struct history *history)
{
    struct turn *turn = history->turn;
    size_t count = history->lines.count, first = count > SHOWN ? count - SHOWN : 0;
    struct buf name = BUF_INIT(128);
    enum text_key head = count != 0 ? TEXT_HISTORY : TEXT_HISTORY_NONE;
    char weeks[16], earlier[24];

    snprintf(weeks, sizeof(weeks), "%d", history->weeks);
    snprintf(earlier, sizeof(earlier), "%zu", first);
    wording_exercise(turn, history->exercise->id, &name);
    if (history->last_week)
        head = count != 0 ? TEXT_HISTORY_LAST_WEEK : TEXT_HISTORY_LAST_WEEK_NONE;
    reply_say(&turn->reply, turn->texts, head, ARG("exercise", buf_text(&name)), ARG("weeks", weeks),
              ARG("unit", unit_name(wording_unit(turn))));
    for (size_t i = first; i < count; i++)
        say_line(turn, &history->lines.at[i]);
    say_trend(turn, history->lines.at + first, count - first);
    if (first != 0)
        reply_say(&turn->reply, turn->texts, TEXT_HISTORY_EARLIER, ARG("count", earlier));
    buf_release(&name);
}

/* ---------------------------------------------------------------- what was typed */

/* "8w", "3 months", "1y", "": weeks; 0 when it is none of that. */
static int read_weeks(struct span text)
{
    static const struct {
        const char *word;
        double weeks;
    } units[] = {{"w", 1},          {"week", 1},      {"weeks", 1},      {"woche", 1},
                 {"wochen", 1},     {"", 1},          {"m", 4.345},      {"month", 4.345},
                 {"months", 4.345}, {"monat", 4.345}, {"monate", 4.345}, {"y", 52.18},
                 {"year", 52.18},   {"years", 52.18}, {"jahr", 52.18},   {"jahre", 52.18}};
    double number;

    if (text.length == 0)
        return WEEKS;
    if (!typed_number(&text, &number))
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(units); i++) {
        double weeks = round(number * units[i].weeks);

        if (span_is(text, units[i].word))
            return weeks >= 1 && weeks <= WEEKS_MAX ? (int)weeks : 0;
    }
    return 0;
}

/* Takes "last week" off TEXT's end. */
static bool take_last_week(struct span *text)
{
    static const char *const ends[] = {"last week", "letzte woche", "vorige woche"};

    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        size_t length = strlen(ends[i]);

        if (text->length < length || memcmp(text->at + text->length - length, ends[i], length) != 0)
            continue;
        text->length -= length;
        while (text->length != 0 && text->at[text->length - 1] == ' ')
            text->length--;
        return true;
    }
    return false;
}

/* From the day FROM on, up to TO without it, or until now. */
static int walk(struct history *history, int64_t from, int64_t to_ms, struct err *err)
{
    struct turn *turn = history->turn;

    history->bodyweight_kg = context_bodyweight(turn, turn->message->sent_ms);
    if (comments_load(turn, &history->comments, err) < 0)
        return -1;
    return lifter_sets(turn->lifter, turn->store, day_numbered(turn, from).start_ms, to_ms, take_row, history, err);
}

static int show(struct history *history, struct err *err)
{
    struct turn *turn = history->turn;
    int64_t now_ms = turn->message->sent_ms, today = day_of(turn, now_ms).number, monday = civil_monday(today);
    int result = history->last_week ? walk(history, monday - 7, day_numbered(turn, monday).start_ms, err)
                                    : walk(history, today - 7 * (int64_t)history->weeks, now_ms + 1, err);

    say(history);
    return result;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct history history = {.turn = turn, .day = {.end_ms = INT64_MIN}};
    struct buf folded = BUF_INIT(TYPED_MAX);
    struct span text, name;
    int result = advise_load(turn, turn->message->sent_ms, err);

    if (typed_fold(arguments, &folded) != 0)
        buf_clear(&folded);
    text = buf_span(&folded);
    history.last_week = take_last_week(&text);
    name = typed_exercise(&text);
    history.weeks = read_weeks(text);
    if (result == 0 && history.weeks == 0)
        turn_refuse(turn, TEXT_HISTORY_USAGE);
    else if (result == 0 && (history.exercise = names_meant(turn, name, TEXT_HISTORY_USAGE)) != NULL)
        result = show(&history, err);
    comments_release(&history.comments);
    vec_release(&history.lines);
    buf_release(&folded);
    return result < 0 ? -1 : 0;
}

const struct command history_command = {.name = "history",
                                        .aliases = "progress",
                                        .german = "verlauf",
                                        .arguments = "[EXERCISE] [WEEKS]",
                                        .words = 6,
                                        .example = "history bench 8w",
                                        .after_name = true,
                                        .may_be_other = true,
                                        .group = COMMAND_REVIEW,
                                        .tells = TELLS_LOG,
                                        .help = TEXT_HELP_HISTORY,
                                        .run = run};

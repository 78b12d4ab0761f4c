/*
 * week: what the week from Monday on contains, against what it should.
 */
#include "bot/coach/week.h"

#include <stdio.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/names.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/effort/policy.h"
#include "core/text/fold.h"

enum { LIST_MAX = 1024 };

/* Says KEY with LIST, items between commas, broken where a phone's line ends. */
static void say_list(struct turn *turn, const char *head, const struct buf *list)
{
    struct buf line = BUF_INIT(LIST_MAX);
    const char *at = buf_text(list);

    buf_adds(&line, head);
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        struct span item = {at, length};
        bool last = at[length] == '\0';

        if (line.length != 0 && text_width(buf_span(&line)) + text_width(item) + !last > PHONE_COLUMNS) {
            while (line.length != 0 && line.data[line.length - 1] == ' ')
                buf_truncate(&line, line.length - 1);
            reply_line(&turn->reply, false);
            reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
            buf_clear(&line);
        }
        buf_add_span(&line, item);
        buf_adds(&line, last ? "" : ", ");
        at += length + !last;
    }
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&line);
}

/* What KEY says around {muscles}, up to them. */
static void say_muscles(struct turn *turn, enum text_key key, const struct buf *list)
{
    struct buf head = BUF_INIT(256);

    if (list->length != 0) {
        reply_phrase(turn->texts, key, REPLY_ARGS(ARG("muscles", "")), &head);
        say_list(turn, buf_text(&head), list);
    }
    buf_release(&head);
}

/* ---------------------------------------------------------------- muscles */

static const char *muscle_text(const struct turn *turn, enum muscle muscle)
{
    return texts_get(turn->texts, TEXT_MUSCLE_CHEST + (unsigned)muscle);
}

/* The most first. SHOWN: these alone, whatever they had. */
static void say_sets(struct turn *turn, const struct ledger *ledger, uint32_t shown)
{
    struct buf list = BUF_INIT(LIST_MAX);
    bool said[MUSCLE_COUNT] = {false};

    for (;;) {
        int most = -1;

        for (int m = 0; m < MUSCLE_COUNT; m++)
            if (!said[m] && (shown != 0 ? (shown >> m & 1) != 0 : ledger->muscles[m].sets > 0) &&
                (most < 0 || ledger->muscles[m].sets > ledger->muscles[most].sets))
                most = m;
        if (most < 0)
            break;
        said[most] = true;
        buf_addf(&list, "%s%s ", list.length != 0 ? "\n" : "", muscle_text(turn, (enum muscle)most));
        wording_number(turn, ledger->muscles[most].sets, &list);
    }
    if (list.length != 0)
        say_list(turn, "", &list);
    buf_release(&list);
}

/* "chest 30 of 48 h" */
static void add_recovering(const struct turn *turn, const char *name, const struct ledger_muscle *muscle,
                           struct buf *out)
{
    struct buf gone = BUF_INIT(16), needed = BUF_INIT(16);

    wording_measure(turn, floor(muscle->hours_gone), &gone);
    wording_measure(turn, muscle->hours_needed, &needed);
    buf_adds(out, out->length != 0 ? "\n" : "");
    reply_phrase(turn->texts, TEXT_WEEK_HOURS,
                 REPLY_ARGS(ARG("muscle", name), ARG("gone", buf_text(&gone)), ARG("needed", buf_text(&needed))), out);
    buf_release(&gone);
    buf_release(&needed);
}

void week_say_volume(struct turn *turn, const struct ledger *ledger)
{
    struct buf full = BUF_INIT(LIST_MAX);

    for (int m = 0; m < MUSCLE_COUNT; m++)
        if (ledger->muscles[m].high_volume)
            buf_addf(&full, "%s%s", full.length != 0 ? "\n" : "", muscle_text(turn, (enum muscle)m));
    say_muscles(turn, TEXT_WEEK_VOLUME, &full);
    buf_release(&full);
}

void week_say_recovering(struct turn *turn, const struct ledger *ledger)
{
    struct buf recovering = BUF_INIT(LIST_MAX);

    for (int m = 0; m < MUSCLE_COUNT; m++) {
        const struct ledger_muscle *muscle = &ledger->muscles[m];

        if (ledger_holds(muscle))
            add_recovering(turn, muscle_text(turn, (enum muscle)m), muscle, &recovering);
    }
    say_muscles(turn, TEXT_WEEK_RECOVERING, &recovering);
    buf_release(&recovering);
}

/* ---------------------------------------------------------------- effort */

static void say_bands(struct turn *turn, const struct ledger *ledger)
{
    struct buf shares[BAND_COUNT];

    if (ledger->known == 0)
        return;
    for (int band = 0; band < BAND_COUNT; band++) {
        shares[band] = (struct buf)BUF_INIT(16);
        wording_rounded(turn, 100 * ledger->bands[band] / ledger->known, 0, &shares[band]);
    }
    reply_say(&turn->reply, turn->texts, TEXT_WEEK_BANDS, ARG("zero", buf_text(&shares[BAND_ZERO])),
              ARG("close", buf_text(&shares[BAND_CLOSE])), ARG("asked", buf_text(&shares[BAND_ASKED])),
              ARG("far", buf_text(&shares[BAND_FAR])));
    for (int band = 0; band < BAND_COUNT; band++)
        buf_release(&shares[band]);
}

bool week_may_fail(const struct turn *turn, const struct effort_input *input)
{
    const struct profile *profile = input->profile;
    const struct policy *policy = input->policy != NULL ? input->policy : &policy_default;

    return turn->week.budget > 0 && turn->warnings.grade == 0 && !turn->warnings.low_checkin &&
           profile->form == FORM_GOOD && profile->goal != GOAL_STRENGTH &&
           profile->experience_months >= 12 * policy->gate.years;
}

static void say_failures(struct turn *turn, const struct effort_input *input)
{
    const struct ledger *ledger = &turn->week;
    bool open = week_may_fail(turn, input);
    struct buf spent = BUF_INIT(16), budget = BUF_INIT(16);

    wording_number(turn, ledger->spent, &spent);
    wording_number(turn, ledger->budget, &budget);
    if (ledger->working > 0 || ledger->spent > 0)
        reply_say(&turn->reply, turn->texts, open ? TEXT_WEEK_FAILURE : TEXT_WEEK_NO_FAILURE,
                  ARG("spent", buf_text(&spent)), ARG("budget", buf_text(&budget)));
    buf_release(&spent);
    buf_release(&budget);
}

/* ---------------------------------------------------------------- lifts */

static void say_trend(struct turn *turn, const struct ledger_lift *lift)
{
    static const enum text_key keys[] = {[TREND_UNKNOWN] = TEXT_COUNT,
                                         [TREND_UNSURE] = TEXT_COUNT,
                                         [TREND_RISING] = TEXT_WEEK_RISING,
                                         [TREND_PLATEAU] = TEXT_WEEK_PLATEAU,
                                         [TREND_FALLING] = TEXT_WEEK_FALLING};
    const struct trend *trend = &lift->trend;
    struct buf name = BUF_INIT(128), percent = BUF_INIT(16), weeks = BUF_INIT(16);
    double slope = isnan(trend->slope) ? trend->change : trend->slope;

    wording_exercise(turn, lift->exercise->id, &name);
    wording_rounded(turn, 100 * fabs(slope), 1, &percent);
    wording_rounded(turn, trend->weeks, 0, &weeks);
    if (keys[trend->way] != TEXT_COUNT)
        reply_say(&turn->reply, turn->texts, keys[trend->way], ARG("exercise", buf_text(&name)),
                  ARG("percent", buf_text(&percent)), ARG("weeks", buf_text(&weeks)));
    buf_release(&name);
    buf_release(&percent);
    buf_release(&weeks);
}

static void say_too_hard(struct turn *turn, const struct ledger_lift *lift)
{
    struct buf name = BUF_INIT(128), count = BUF_INIT(64);

    wording_exercise(turn, lift->exercise->id, &name);
    wording_sets_count(turn->texts, (size_t)lift->overshoots, &count);
    if (lift->overshoots > 0)
        reply_say(&turn->reply, turn->texts, TEXT_WEEK_OVERSHOOT, ARG("exercise", buf_text(&name)),
                  ARG("count", buf_text(&count)));
    if (lift->grinds)
        reply_say(&turn->reply, turn->texts, TEXT_WEEK_GRINDS, ARG("exercise", buf_text(&name)));
    buf_release(&name);
    buf_release(&count);
}

/* ---------------------------------------------------------------- warnings */

static const struct {
    const char *rule;
    enum text_key text;
} signs[] = {{"R48", TEXT_WEEK_SIGN_FALLING},   {"R49", TEXT_WEEK_SIGN_CHECKIN}, {"R50", TEXT_WEEK_SIGN_CHECKIN},
             {"R51", TEXT_WEEK_SIGN_CHECKIN},   {"R52", TEXT_WEEK_SIGN_CHECKIN}, {"R85", TEXT_WEEK_SIGN_DROPS},
             {"R95", TEXT_WEEK_SIGN_OVERSHOOTS}};

static void print_sign(const struct turn *turn, const struct warning *sign, enum text_key key, struct buf *out)
{
    struct buf name = BUF_INIT(128), count = BUF_INIT(16);

    if (sign->exercise[0] != '\0')
        wording_exercise(turn, sign->exercise, &name);
    wording_measure(turn, sign->value, &count);
    reply_phrase(turn->texts, key, REPLY_ARGS(ARG("exercise", buf_text(&name)), ARG("count", buf_text(&count))), out);
    buf_release(&name);
    buf_release(&count);
}

void week_print_signs(const struct turn *turn, bool checkins, struct buf *out)
{
    const struct warnings *warnings = &turn->warnings;
    enum text_key said = TEXT_COUNT;

    for (size_t i = 0; i < warnings->count; i++) {
        for (size_t j = 0; j < ARRAY_LENGTH(signs); j++) {
            if (strcmp(signs[j].rule, warnings->signs[i].rule) != 0 || signs[j].text == said ||
                (signs[j].text == TEXT_WEEK_SIGN_CHECKIN && !checkins))
                continue;
            said = signs[j].text;
            buf_adds(out, out->length != 0 ? ", " : "");
            print_sign(turn, &warnings->signs[i], said, out);
        }
    }
}

static void say_warnings(struct turn *turn, const struct effort_input *input)
{
    struct buf list = BUF_INIT(512);
    char date[CIVIL_TEXT];

    week_print_signs(turn, true, &list);
    advise_deload_end(turn, date);
    if (turn->warnings.grade > 0)
        reply_say(&turn->reply, turn->texts, warnings_deload(input) ? TEXT_WEEK_DELOAD : TEXT_WEEK_WARNING,
                  ARG("signs", buf_text(&list)), ARG("date", date));
    buf_release(&list);
}

/* ---------------------------------------------------------------- the command */

static void say_head(struct turn *turn, const struct ledger *ledger, int64_t monday)
{
    const struct texts *texts = turn->texts;
    struct buf date = BUF_INIT(64), count = BUF_INIT(64);

    wording_date(texts, monday, &date);
    wording_sets_count(texts, (size_t)ceil(ledger->working), &count);
    reply_say(&turn->reply, texts, ledger->working > 0 ? TEXT_WEEK : TEXT_WEEK_NONE, ARG("date", buf_text(&date)),
              ARG("sets", buf_text(&count)));
    buf_release(&date);
    buf_release(&count);
}

static void say_muscles_alone(struct turn *turn, const struct ledger *ledger, uint32_t muscles)
{
    struct buf date = BUF_INIT(64);

    wording_date(turn->texts, turn->week_day, &date);
    reply_say(&turn->reply, turn->texts, TEXT_WEEK_MUSCLES, ARG("date", buf_text(&date)));
    say_sets(turn, ledger, muscles);
    buf_release(&date);
}

/* "how did i do compared to last week": both, and how far that one was by now. */
static void say_both(struct turn *turn, const struct effort_input *input, int64_t monday)
{
    const int64_t week_ms = INT64_C(7) * 86400 * 1000, now_ms = turn->message->sent_ms;
    const int64_t from_ms = day_numbered(turn, monday).start_ms, last_ms = day_numbered(turn, monday - 7).start_ms;
    struct ledger *ledger = &turn->week;
    struct buf count = BUF_INIT(64);
    bool any;

    ledger_read(ledger, input, from_ms, now_ms + 1);
    say_head(turn, ledger, monday);
    ledger_read(ledger, input, last_ms, from_ms);
    say_head(turn, ledger, monday - 7);
    any = ledger->working > 0;
    ledger_read(ledger, input, last_ms, now_ms + 1 - week_ms);
    wording_sets_count(turn->texts, (size_t)ceil(ledger->working), &count);
    if (any)
        reply_say(&turn->reply, turn->texts, TEXT_WEEK_BY_NOW, ARG("sets", buf_text(&count)));
    buf_release(&count);
}

/* Nothing, or words that leave the question as it is. */
static bool is_of_week(struct span arguments)
{
    return arguments.length == 0 ||
           typed_is(arguments, "last,letzte,vorige,both,compared,beide,vergleich,so "
                               "far,bisher,today,heute,lately,overall,in total,insgesamt,summary,"
                               "overview,review,stats");
}

static int week_run(struct turn *turn, struct span arguments, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms, to_ms = now_ms + 1, monday;
    struct ledger *ledger = &turn->week;
    struct advise_case ask;
    uint32_t muscles;

    if (advise_open(turn, now_ms, &ask, err) < 0)
        return -1;
    muscles = names_muscles(turn, arguments);
    if (muscles == 0 && !is_of_week(arguments))
        return 0; /* "this week sucks" */
    monday = civil_monday(ask.day.number);
    if (typed_is(arguments, "both,compared,beide,vergleich")) {
        say_both(turn, &ask.input, monday);
        return 0;
    }
    if (typed_is(arguments, "last,letzte,vorige")) {
        to_ms = day_numbered(turn, monday).start_ms;
        monday -= 7;
    }
    ledger_read(ledger, &ask.input, day_numbered(turn, monday).start_ms, to_ms);
    turn->shows_week = true;
    turn->week_day = monday;
    if (muscles != 0) {
        say_muscles_alone(turn, ledger, muscles);
        return 0;
    }
    say_head(turn, ledger, monday);
    say_sets(turn, ledger, 0);
    say_bands(turn, ledger);
    say_failures(turn, &ask.input);
    week_say_recovering(turn, ledger);
    week_say_volume(turn, ledger);
    for (size_t i = 0; i < ledger->lift_count; i++)
        say_trend(turn, &ledger->lifts[i]);
    for (size_t i = 0; i < ledger->lift_count; i++)
        say_too_hard(turn, &ledger->lifts[i]);
    say_warnings(turn, &ask.input);
    return 0;
}

const struct command week_command = {
    .name = "week",
    .aliases = "this week,how am i doing,how was my week,how many sets this week,should i deload,"
               "do i need a deload",
    .german = "woche,diese woche,wie läuft es,wie läuft's,wie läufts,wie stehe ich,brauche ich einen deload",
    .arguments = "[last|both|MUSCLE]",
    .words = 2,
    .example = "week last",
    .may_be_other = true,
    .group = COMMAND_REVIEW,
    .tells = TELLS_LOG,
    .help = TEXT_HELP_WEEK,
    .run = week_run};

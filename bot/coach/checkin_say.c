/*
 * Check-ins in words. What follows is the core's verdict; here it is only said, in few lines.
 */
#include "bot/coach/checkin_say.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/checkin_log.h"
#include "bot/coach/checkin_read.h"
#include "bot/coach/day.h"
#include "bot/coach/room.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/week.h"
#include "bot/coach/wording.h"
#include "core/effort/policy.h"

enum { CHART = 8, LIFTS_LOOKED_AT = 12, LIFTS_SAID = 2, LINE_MAX = 512 };

/* By the bits of readiness: dread and aches come behind the items. */
static const enum text_key item_names[CHECKIN_ITEMS + 2] = {
    [CHECKIN_FATIGUE] = TEXT_CHECKIN_FATIGUE,   [CHECKIN_SLEEP] = TEXT_CHECKIN_SLEEP,
    [CHECKIN_SORENESS] = TEXT_CHECKIN_SORENESS, [CHECKIN_STRESS] = TEXT_CHECKIN_STRESS,
    [CHECKIN_MOOD] = TEXT_CHECKIN_MOOD,         [CHECKIN_ITEMS] = TEXT_CHECKIN_DREAD,
    [CHECKIN_ITEMS + 1] = TEXT_CHECKIN_ACHES};

/* ---------------------------------------------------------------- pieces */

static void add_item(struct buf *list, const char *item)
{
    buf_adds(list, list->length != 0 ? ", " : "");
    buf_adds(list, item);
}

void checkin_print_items(const struct turn *turn, unsigned items, struct buf *out)
{
    struct buf list = BUF_INIT(LINE_MAX);

    for (size_t i = 0; i < ARRAY_LENGTH(item_names); i++)
        if ((items & 1U << i) != 0)
            add_item(&list, texts_get(turn->texts, item_names[i]));
    buf_add_span(out, buf_span(&list));
    buf_release(&list);
}

void checkin_print_time(const struct turn *turn, int64_t at_ms, struct buf *out)
{
    struct civil civil;

    wording_date(turn->texts, day_of(turn, at_ms).number, out);
    civil_from_ms(at_ms, day_offset(turn, at_ms), &civil);
    buf_adds(out, ", ");
    wording_time(civil.hour * 60 + civil.minute, out);
}

void checkin_print(const struct turn *turn, const struct coach_checkin *row, struct buf *out)
{
    struct buf list = BUF_INIT(LINE_MAX), part = BUF_INIT(128);
    bool all = checkin_answered(row) == CHECKIN_ALL;

    for (int item = 0; item < CHECKIN_ITEMS; item++) {
        if (isnan(row->score[item]))
            continue;
        if (all)
            buf_addf(&list, item == 0 ? "%.0f" : " %.0f", row->score[item]);
        else
            buf_addf(&list, "%s%s %.0f", list.length != 0 ? ", " : "", texts_get(turn->texts, item_names[item]),
                     row->score[item]);
    }
    if (!isnan(row->slept_h)) {
        wording_number(turn, row->slept_h, &part);
        buf_addf(&list, "%s%s h", list.length != 0 ? ", " : "", buf_text(&part));
    }
    if (row->dread == 1)
        add_item(&list, texts_get(turn->texts, TEXT_CHECKIN_DREAD));
    buf_clear(&part);
    setting_words_show(strcmp(row->pain, "none") == 0 ? "" : row->pain, texts_language(turn->texts), &part);
    if (part.length != 0)
        add_item(&list, buf_text(&part));
    if (row->declined)
        add_item(&list, texts_get(turn->texts, TEXT_CHECKIN_NO_THANKS));
    buf_add_span(out, buf_span(&list));
    buf_release(&list);
    buf_release(&part);
}

/* ---------------------------------------------------------------- the questions */

bool checkin_ask_poll(struct turn *turn, const struct checkin_plan *plan, unsigned missing)
{
    int item = 0;

    if (missing == 0 || !turn->message->direct || strcmp(plan->polls, turn->message->transport) != 0)
        return false;
    while ((missing & 1U << item) == 0)
        item++;
    snprintf(turn->poll.name, sizeof(turn->poll.name), "%s:%d", plan->asked_by, item);
    buf_init(&turn->poll.text, LINE_MAX);
    reply_phrase(turn->texts, TEXT_CHECKIN_POLL, REPLY_ARGS(ARG("item", texts_get(turn->texts, item_names[item]))),
                 &turn->poll.text);
    for (int score = 1; score <= 5; score++)
        buf_addf(&turn->poll.text, "\n%d", score);
    return true;
}

/* "Sun 18:00": when they are asked each week. */
static void print_week(const struct turn *turn, const struct checkin_plan *plan, struct buf *out)
{
    struct recurrence when = plan->recurrence;
    struct civil civil;

    if (plan->team_ms == plan->asked_ms && !plan->chosen) {
        civil_from_ms(plan->asked_ms, day_offset(turn, plan->asked_ms), &civil);
        when = (struct recurrence){civil_weekday(day_of(turn, plan->asked_ms).number), civil.hour * 60 + civil.minute};
    }
    room_show_time(turn, &when, out);
}

void checkin_say_questions(struct turn *turn, const struct checkin_plan *plan)
{
    struct buf when = BUF_INIT(64);

    turn->kind = OUT_CHECKIN;
    reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_ASK);
    if (!plan->announced) {
        print_week(turn, plan, &when);
        reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_ANNOUNCE, ARG("when", buf_text(&when)));
    }
    buf_release(&when);
}

/* ---------------------------------------------------------------- what follows */

void checkin_print_chart(const struct checkin *checkins, size_t count, struct buf *out)
{
    for (size_t i = count > CHART ? count - CHART : 0; i < count && count > 1; i++) {
        double mean = readiness_mean(&checkins[i]);

        if (!isnan(mean))
            buf_addf(out, "%s\xE2\x96%c", out->length == 0 ? " " : "",
                     (char)(0x81 + (int)floor((mean - 1) / 4 * 7 + 0.5))); /* U+2581 to U+2588 */
    }
}

static void say_numbers(struct turn *turn, const struct readiness *readiness)
{
    struct buf mean = BUF_INIT(16), usual = BUF_INIT(16), chart = BUF_INIT(64);

    wording_rounded(turn, readiness->mean, 1, &mean);
    checkin_print_chart(turn->lifter->checkins.at, turn->lifter->checkins.count, &chart);
    if (!isnan(readiness->usual))
        wording_rounded(turn, readiness->usual, 1, &usual);
    reply_say(&turn->reply, turn->texts, usual.length != 0 ? TEXT_CHECKIN_MEAN_USUAL : TEXT_CHECKIN_MEAN,
              ARG("mean", buf_text(&mean)), ARG("usual", buf_text(&usual)), ARG("chart", buf_text(&chart)));
    buf_release(&mean);
    buf_release(&usual);
    buf_release(&chart);
}

/* What the verdict rests on: "Low: sleep, mood.", and the log's own signs. */
static void say_reasons(struct turn *turn, const struct readiness *readiness, enum warnings_verdict verdict)
{
    struct buf list = BUF_INIT(LINE_MAX);
    unsigned low = readiness->low;

    if ((low & 1U << CHECKIN_SORENESS) != 0)
        low &= ~READINESS_ACHES; /* one of them tells */
    checkin_print_items(turn, low, &list);
    if (list.length != 0)
        reply_say(&turn->reply, turn->texts,
                  verdict != VERDICT_CARRY_ON && readiness->low_before ? TEXT_CHECKIN_LOW_AGAIN : TEXT_CHECKIN_LOW,
                  ARG("items", buf_text(&list)));
    buf_clear(&list);
    if (verdict != VERDICT_CARRY_ON)
        week_print_signs(turn, false, &list);
    if (list.length != 0)
        reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_SIGNS, ARG("signs", buf_text(&list)));
    buf_release(&list);
}

static void say_verdict(struct turn *turn, enum warnings_verdict verdict)
{
    static const enum text_key keys[] = {[VERDICT_CARRY_ON] = TEXT_CHECKIN_CARRY_ON,
                                         [VERDICT_NO_FAILURE] = TEXT_CHECKIN_NO_FAILURE,
                                         [VERDICT_EASIER] = TEXT_CHECKIN_EASIER,
                                         [VERDICT_DELOAD] = TEXT_CHECKIN_DELOAD};
    const struct policy *policy = turn->coach->options.policy;
    struct buf rir = BUF_INIT(16), share = BUF_INIT(16);

    wording_number(
        turn, verdict == VERDICT_DELOAD ? policy_phase(policy, PHASE_DELOAD)->rir_add : policy->warning.rir_add, &rir);
    wording_number(turn, 100 * policy->progress.deload_sets, &share);
    reply_say(&turn->reply, turn->texts, keys[verdict], ARG("rir", buf_text(&rir)), ARG("share", buf_text(&share)));
    buf_release(&rir);
    buf_release(&share);
}

static bool is_known_set(const struct advice *advice)
{
    return !isnan(advice->load_kg) && advice->reps != REPS_UNKNOWN && !isnan(advice->rir_min);
}

/* "bench press 2x8 72.5 kg, RIR 3-5": in the week that is proposed. */
static void say_lift(struct turn *turn, const struct exercise *exercise, const struct advice *advice)
{
    struct buf name = BUF_INIT(128), set = BUF_INIT(128), reserve = BUF_INIT(32);

    wording_exercise(turn, exercise->id, &name);
    buf_addf(&set, "%dx%d ", advice->sets_planned, advice->reps);
    wording_load(turn, advice->load_mode, advice->load_kg, &set);
    wording_range(turn, advice->rir_min, advice->rir_max, &reserve);
    reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_LIFT, ARG("exercise", buf_text(&name)),
              ARG("set", buf_text(&set)), ARG("reserve", buf_text(&reserve)));
    buf_release(&name);
    buf_release(&set);
    buf_release(&reserve);
}

static void say_deload(struct turn *turn, struct advise_case *ask)
{
    const struct ledger *ledger = &turn->week;
    struct profile lighter = ask->profile;
    char date[CIVIL_TEXT];
    int said = 0;

    lighter.phase = PHASE_DELOAD;
    ask->input.profile = &lighter;
    for (size_t i = 0; i < ledger->lift_count && i < LIFTS_LOOKED_AT && said < LIFTS_SAID; i++) {
        struct advice advice;

        ask->input.exercise = ledger->lifts[i].exercise;
        effort_next_session(&ask->input, &advice);
        if (!ask->input.exercise->compound || !is_known_set(&advice))
            continue;
        say_lift(turn, ask->input.exercise, &advice);
        said++;
    }
    ask->input.profile = &ask->profile;
    advise_deload_end(turn, date);
    reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_DELOAD_HOW, ARG("date", date));
}

static bool is_rebuilt(const struct advice *advice)
{
    for (size_t i = 0; i < advice->reason_count; i++)
        if (strcmp(advice->reasons[i].rule, "R81") == 0)
            return is_known_set(advice);
    return false;
}

/* The lift that its next session rebuilds from lower (R81), the first of them. */
static void say_reset(struct turn *turn, struct advise_case *ask)
{
    const struct ledger *ledger = &turn->week;

    for (size_t i = 0; i < ledger->lift_count && i < LIFTS_LOOKED_AT; i++) {
        struct buf name = BUF_INIT(128), set = BUF_INIT(128);
        struct advice advice;

        ask->input.exercise = ledger->lifts[i].exercise;
        effort_next_session(&ask->input, &advice);
        if (is_rebuilt(&advice)) {
            wording_exercise(turn, ask->input.exercise->id, &name);
            wording_work(turn, advice.load_mode, advice.load_kg, advice.reps, &set);
            reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_RESET, ARG("exercise", buf_text(&name)),
                      ARG("set", buf_text(&set)));
            i = ledger->lift_count;
        }
        buf_release(&name);
        buf_release(&set);
    }
}

/* Never advice, but to leave it out and to see somebody (R112). */
static void say_pain(struct turn *turn, const struct setting_time *time)
{
    const char *pain = setting_value(turn->lifter, SETTING_PAIN, time);
    struct buf places = BUF_INIT(256);

    if (pain == NULL)
        return;
    setting_words_show(pain, texts_language(turn->texts), &places);
    reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_PAIN, ARG("places", buf_text(&places)));
    buf_release(&places);
}

int checkin_say_result(struct turn *turn, struct err *err)
{
    const struct policy *policy = turn->coach->options.policy;
    int64_t now_ms = turn->message->sent_ms;
    enum warnings_verdict verdict;
    struct advise_case ask;

    if (advise_open(turn, now_ms, &ask, err) < 0)
        return -1;
    verdict = warnings_verdict(&ask.input);
    ledger_read(&turn->week, &ask.input, now_ms - (int64_t)(policy->warning.drop_days * CIVIL_DAY_MS), now_ms + 1);
    if (!isnan(turn->warnings.readiness.mean) && !turn->warnings.readiness.declined)
        say_numbers(turn, &turn->warnings.readiness);
    if (!turn->warnings.readiness.declined)
        say_reasons(turn, &turn->warnings.readiness, verdict);
    if (verdict != VERDICT_CARRY_ON || !turn->warnings.readiness.declined)
        say_verdict(turn, verdict);
    if (verdict == VERDICT_DELOAD)
        say_deload(turn, &ask);
    else if (ask.profile.phase != PHASE_DELOAD)
        say_reset(turn, &ask);
    say_pain(turn, &(struct setting_time){now_ms, ask.day.number, policy});
    return turn->warnings.low_checkin;
}

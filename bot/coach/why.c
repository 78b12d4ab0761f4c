/*
 * why: what stands behind the last advice, the most important first and in words; the rules that only hold as always
 * by their ids. why R22: one rule, with its source and how sure it is.
 */
#include "bot/coach/why.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/instruct.h"
#include "bot/coach/rules.h"
#include "bot/coach/seen.h"
#include "bot/coach/wording.h"

enum { SAID_SHAPING = 2, SAID_GATES = 2 };

/* How a reason is said, by importance. Where nothing was measured, `unmeasured` says it. */
struct words {
    const char *rule;
    enum text_key text, unmeasured;
    const char *unless[2]; /* not behind these rules: they say it already */
};

static const struct words shaping[] = {
    {"R112", TEXT_WHY_PAIN_STOPS, TEXT_WHY_PAIN_STOPS, {NULL}},
    {"R22", TEXT_WHY_FORM, TEXT_WHY_FORM, {NULL}},
    {"R48", TEXT_WHY_FALLING, TEXT_WHY_FALLING, {NULL}},
    {"R49", TEXT_WHY_CHECKINS, TEXT_WHY_CHECKINS, {NULL}},
    {"R52", TEXT_WHY_CHECKINS, TEXT_WHY_CHECKINS, {"R49"}},
    {"R51", TEXT_WHY_CHECKINS, TEXT_WHY_CHECKINS, {"R49", "R52"}},
    {"R53", TEXT_WHY_EASIER, TEXT_WHY_CHECKIN, {NULL}},
    {"R60", TEXT_WHY_SPENT, TEXT_WHY_SPENT, {NULL}},
    {"R81", TEXT_WHY_REBUILD, TEXT_WHY_REBUILD, {"R53"}},
    {"R69", TEXT_WHY_TEST, TEXT_WHY_TEST, {NULL}},
    {"R85", TEXT_WHY_DROP, TEXT_WHY_DROP, {NULL}},
    {"R95", TEXT_WHY_OVERSHOOT, TEXT_WHY_OVERSHOOT, {NULL}},
    {"R72", TEXT_WHY_CHEAT, TEXT_WHY_CHEAT, {NULL}},
    {"R37", TEXT_WHY_DELOAD, TEXT_WHY_DELOAD, {NULL}},
    {"R06", TEXT_WHY_WARMUP, TEXT_WHY_WARMUP, {NULL}},
    {"R98", TEXT_WHY_LOAD_UP, TEXT_WHY_LOAD_UP, {NULL}},
    {"R70", TEXT_WHY_TOO_HEAVY, TEXT_WHY_LOAD_DOWN, {"R60"}},
    {"R10", TEXT_WHY_DONE, TEXT_WHY_DONE, {NULL}},
    {"D1", TEXT_WHY_AIM, TEXT_WHY_AIM, {NULL}},
    {"D2", TEXT_WHY_AIM, TEXT_WHY_AIM, {NULL}},
    {"R93", TEXT_WHY_AIM, TEXT_WHY_AIM, {NULL}},
    {"R66", TEXT_WHY_AIM, TEXT_WHY_AIM, {NULL}},
    {"R07", TEXT_WHY_ISOLATION, TEXT_WHY_ISOLATION, {NULL}},
};

static const struct words gates[] = {
    {"R41", TEXT_WHY_GATE_PAIN, TEXT_WHY_GATE_PAIN, {NULL}},
    {"R37", TEXT_WHY_GATE_DELOAD, TEXT_WHY_GATE_DELOAD, {NULL}},
    {"R90", TEXT_WHY_GATE_SAFETIES, TEXT_WHY_GATE_SAFETIES, {"R34"}},
    {"R34", TEXT_WHY_GATE_LIFT, TEXT_WHY_GATE_LIFT, {"R90"}},
    {"R35", TEXT_WHY_GATE_STRENGTH, TEXT_WHY_GATE_STRENGTH, {NULL}},
    {"R66", TEXT_WHY_GATE_BEGINNER, TEXT_WHY_GATE_BEGINNER, {NULL}},
    {"R38", TEXT_WHY_GATE_YEARS, TEXT_WHY_GATE_YEARS_UNKNOWN, {"R66"}},
    {"R39", TEXT_WHY_GATE_FORM, TEXT_WHY_GATE_FORM, {NULL}},
    {"R28", TEXT_WHY_GATE_HOURS, TEXT_WHY_GATE_HOURS, {NULL}},
    {"R29", TEXT_WHY_GATE_SESSION, TEXT_WHY_GATE_SESSION, {NULL}},
    {"R27", TEXT_WHY_GATE_EXERCISE, TEXT_WHY_GATE_EXERCISE, {NULL}},
    {"R44", TEXT_WHY_GATE_SHARE, TEXT_WHY_GATE_SHARE, {NULL}},
    {"R65", TEXT_WHY_GATE_VOLUME, TEXT_WHY_GATE_VOLUME, {NULL}},
    {"R40", TEXT_WHY_GATE_SLEEP, TEXT_WHY_GATE_STRESS, {NULL}},
    {"R19", TEXT_WHY_GATE_DEFICIT, TEXT_WHY_GATE_DEFICIT, {"R40"}},
    {"R36", TEXT_WHY_GATE_COMPOUND, TEXT_WHY_GATE_COMPOUND, {NULL}},
    {"D3", TEXT_WHY_GATE_GROWTH, TEXT_WHY_GATE_GROWTH, {"R36"}},
    {"D7", TEXT_WHY_GATE_READY, TEXT_WHY_GATE_READY, {"R38", "R69"}},
    {"D10", TEXT_WHY_GATE_LONG, TEXT_WHY_GATE_LONG, {NULL}},
    {"R69", TEXT_WHY_GATE_BIAS, TEXT_WHY_GATE_BIAS, {NULL}},
    {"R53", TEXT_WHY_GATE_WARNED, TEXT_WHY_GATE_CHECKIN, {NULL}},
    {"R09", TEXT_WHY_GATE_LAST, TEXT_WHY_GATE_LAST, {NULL}},
};

/* Words with what somebody said of themselves, and those without it. */
static const struct {
    enum text_key text, instead;
} alone[] = {{TEXT_WHY_GATE_YEARS, TEXT_WHY_GATE_YEARS_LIMIT}, {TEXT_WHY_GATE_SLEEP, TEXT_WHY_GATE_SLEEP_LIMIT}};

/* clang-format off: a table, a row a case */
/* What is known of it, with its size and how sure that is: for the first of these that stands behind the advice. */
static const struct {
    const char *because, *evidence;
    enum text_key text;
} known[] = {
    {"R22", "R111", TEXT_KNOWN_KINDS},     {"R35", "R105", TEXT_KNOWN_STRENGTH}, {"R95", "R103", TEXT_KNOWN_TRIAL},
    {"R66", "R107", TEXT_KNOWN_UNTRAINED}, {"R16", "R114", TEXT_KNOWN_YEARS},    {"R17", "R114", TEXT_KNOWN_YEARS},
    {"R18", "R114", TEXT_KNOWN_YEARS},     {"R36", "R104", TEXT_KNOWN_SIZE},     {"R87", "R104", TEXT_KNOWN_SIZE},
    {"D6", "D6", TEXT_KNOWN_HOURS},        {"R38", "R106", TEXT_KNOWN_TRAINED},  {"R44", "R101", TEXT_KNOWN_VOLUME},
    {"R98", "R113", TEXT_KNOWN_LOADS},     {"D2", "R102", TEXT_KNOWN_RECRUITED},
};
/* clang-format on */

/* The reason of RULE; NULL. */
static const struct reason *find(const struct advice *advice, const char *rule)
{
    for (size_t i = 0; rule != NULL && i < advice->reason_count; i++) {
        if (strcmp(advice->reasons[i].rule, rule) == 0)
            return &advice->reasons[i];
    }
    return NULL;
}

static bool is_behind(const struct advice *advice, const struct reason *reason, const char *rule)
{
    const struct reason *first = find(advice, rule);

    return first != NULL && first < reason;
}

/* What the lifter has said of themselves isn't told to a room. */
static enum text_key words_of(const struct turn *turn, const struct words *words, const struct reason *reason)
{
    if (isnan(reason->value))
        return words->unmeasured;
    for (size_t i = 0; i < ARRAY_LENGTH(alone); i++)
        if (words->text == alone[i].text && seen_whole(turn, NULL) != 1)
            return alone[i].instead;
    return words->text;
}

static void print_words(const struct turn *turn, const struct words *words, const struct reason *reason,
                        struct buf *out)
{
    const struct advice *advice = &turn->advice;
    struct buf value = BUF_INIT(32), limit = BUF_INIT(32), target = BUF_INIT(64), range = BUF_INIT(64),
               aim = BUF_INIT(32);

    wording_measure(turn, reason->value, &value);
    wording_measure(turn, reason->limit, &limit);
    if (!isnan(advice->last_rir_min))
        wording_range(turn, advice->last_rir_min, advice->last_rir_max, &target);
    if (!isnan(advice->rir_min)) {
        wording_range(turn, advice->rir_min, advice->rir_max, &range);
        wording_number(turn, advice->rir_target, &aim);
    }
    reply_phrase(turn->texts, words_of(turn, words, reason),
                 REPLY_ARGS(ARG("value", buf_text(&value)), ARG("limit", buf_text(&limit)),
                            ARG("target", buf_text(&target)), ARG("range", buf_text(&range)),
                            ARG("aim", buf_text(&aim))),
                 out);
    buf_release(&value);
    buf_release(&limit);
    buf_release(&target);
    buf_release(&range);
    buf_release(&aim);
}

static void say_line(struct turn *turn, const struct rule *rule, const struct buf *line)
{
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_STRONG, rule->id);
    reply_add(&turn->reply, REPLY_PLAIN, " ");
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(line));
    if (rule->source[0] != 'S')
        return;
    reply_add(&turn->reply, REPLY_PLAIN, " (");
    reply_add(&turn->reply, REPLY_PLAIN, rule->source);
    reply_add(&turn->reply, REPLY_PLAIN, ")");
}

/* "R95 You were at RIR 0, the target was 1-3. (S3)" */
static void say_reason(struct turn *turn, const struct words *words, const struct reason *reason)
{
    struct buf line = BUF_INIT(512);

    print_words(turn, words, reason, &line);
    say_line(turn, rule_by_id(reason->rule), &line);
    buf_release(&line);
}

/* Says at most MAXIMUM of the reasons that TABLE has words for, and marks them in SAID. */
static void say_reasons(struct turn *turn, const struct words *table, size_t count, bool closed_gates, int maximum,
                        bool *said)
{
    const struct advice *advice = &turn->advice;

    for (size_t i = 0; i < count && maximum > 0; i++) {
        const struct reason *reason = find(advice, table[i].rule);

        if (reason == NULL || reason->closed_gate != closed_gates || is_behind(advice, reason, table[i].unless[0]) ||
            is_behind(advice, reason, table[i].unless[1]))
            continue;
        if (table[i].text == TEXT_WHY_AIM && isnan(advice->rir_target))
            continue;
        say_reason(turn, &table[i], reason);
        said[reason - advice->reasons] = true;
        maximum--;
    }
}

/* "R104 It adds 0.1-0.2 SD of size (-0.3 to 0.5): small, or nothing. (S4)" */
static void say_evidence(struct turn *turn)
{
    for (size_t i = 0; i < ARRAY_LENGTH(known); i++) {
        struct buf line = BUF_INIT(256);

        if (find(&turn->advice, known[i].because) == NULL)
            continue;
        buf_adds(&line, texts_get(turn->texts, known[i].text));
        say_line(turn, rule_by_id(known[i].evidence), &line);
        buf_release(&line);
        return;
    }
}

/* The rules that are not SAID yet, of the gates that are closed or the others: the first of them, NULL. */
static const char *print_others(const struct advice *advice, const bool *said, bool closed_gates, struct buf *out)
{
    const char *first = NULL;

    for (size_t i = 0; i < advice->reason_count; i++) {
        if (said[i] || advice->reasons[i].closed_gate != closed_gates)
            continue;
        first = first != NULL ? first : advice->reasons[i].rule;
        buf_addf(out, "%s%s", out->length != 0 ? " " : "", advice->reasons[i].rule);
    }
    return first;
}

/* "As always: R05 R08 D2", "Failure waits for these, too: R34 R09", "why R05 tells what that is." */
static void say_others(struct turn *turn, const bool *said)
{
    static const enum text_key keys[] = {TEXT_WHY_ALSO, TEXT_WHY_ALSO_GATES};
    struct buf rules = BUF_INIT(ADVICE_REASONS * (RULES_ID_SIZE + 1)), line = BUF_INIT(512), wrapped = BUF_INIT(512);
    const char *first = NULL;

    for (int closed = 0; closed < 2; closed++) {
        const char *rule = print_others(&turn->advice, said, closed != 0, &rules);

        if (rule != NULL) {
            reply_phrase(turn->texts, keys[closed], REPLY_ARGS(ARG("rules", buf_text(&rules))), &line);
            wording_wrap(buf_text(&line), " ", &wrapped);
            reply_lines(&turn->reply, buf_text(&wrapped));
        }
        first = first != NULL ? first : rule;
        buf_clear(&rules);
        buf_clear(&line);
        buf_clear(&wrapped);
    }
    if (first != NULL)
        reply_say(&turn->reply, turn->texts, TEXT_WHY_TRY, ARG("rule", first));
    buf_release(&rules);
    buf_release(&line);
    buf_release(&wrapped);
}

/* "R94 anna asks for 5x5 @2-3, since 5 Jan." */
static void say_asked_one(struct turn *turn, enum text_key key, const struct instructed *asked)
{
    struct buf line = BUF_INIT(512), what = BUF_INIT(256), date = BUF_INIT(64);

    instruct_print(turn, asked, &what);
    wording_day(turn->texts, day_of(turn, asked->at_ms).number, &date);
    reply_phrase(
        turn->texts, key,
        REPLY_ARGS(ARG("coach", instruct_by(turn, asked)), ARG("what", buf_text(&what)), ARG("date", buf_text(&date))),
        &line);
    say_line(turn, rule_by_id("R94"), &line);
    buf_release(&line);
    buf_release(&what);
    buf_release(&date);
}

/* What a coach asks of the next set, and what they asked of the last one alone. */
static void say_asked(struct turn *turn, bool *said)
{
    const struct instructed *asked = turn->lead.there ? &turn->lead.asked : &turn->asked;
    const struct reason *reason = find(&turn->advice, "R94");

    if (asked->there && !asked->hidden)
        say_asked_one(turn, asked->override ? TEXT_WHY_OVERRIDE : TEXT_WHY_ASKED, asked);
    if (turn->last_asked.override && !turn->last_asked.hidden)
        say_asked_one(turn, TEXT_WHY_OVERRODE, &turn->last_asked);
    if (reason != NULL)
        said[reason - turn->advice.reasons] |= asked->there && !asked->hidden;
}

void why_say_gates(struct turn *turn)
{
    bool said[ADVICE_REASONS] = {false};

    say_reasons(turn, gates, ARRAY_LENGTH(gates), true, SAID_GATES, said);
}

static int why_advice(struct turn *turn, struct err *err)
{
    struct buf name = BUF_INIT(128);
    bool said[ADVICE_REASONS] = {false};
    int result = advise_last(turn, err);

    if (result != 1) {
        if (result == 0)
            reply_tell(&turn->reply, turn->texts, TEXT_WHY_NONE);
        return result;
    }
    wording_exercise(turn, turn->advice_exercise, &name);
    reply_say(&turn->reply, turn->texts, TEXT_WHY, ARG("exercise", buf_text(&name)));
    advise_next_line(turn);
    say_asked(turn, said);
    say_reasons(turn, shaping, ARRAY_LENGTH(shaping), false, SAID_SHAPING, said);
    say_reasons(turn, gates, ARRAY_LENGTH(gates), true, SAID_GATES, said);
    say_evidence(turn);
    say_others(turn, said);
    buf_release(&name);
    return 0;
}

static int why_run(struct turn *turn, struct span arguments, struct err *err)
{
    char id[RULES_ID_SIZE];

    if (!rules_read_id(arguments, id))
        return why_advice(turn, err);
    rules_say(turn, id);
    return 0;
}

const struct command why_command = {.name = "why",
                                    .aliases = "",
                                    .german = "warum,wieso,weshalb",
                                    .arguments = "[RULE]",
                                    .words = 5, /* "why can't I go to failure?" */
                                    .may_be_other = true,
                                    .free_text = true,
                                    .example = "why R22",
                                    .group = COMMAND_ADVICE,
                                    .tells = TELLS_MOMENT,
                                    .help = TEXT_HELP_WHY,
                                    .run = why_run};

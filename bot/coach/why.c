/*
 * why: what stands behind the last advice, the most important first and in words; the rules that only hold as always
 * by their ids. why R22: one rule, with its source and how sure it is.
 */
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/wording.h"

enum { SAID_SHAPING = 3, SAID_GATES = 2, RULE_ID_MAX = 5 };

/* How a reason is said, by importance. Where nothing was measured, `unmeasured` says it. */
struct words {
    const char *rule;
    enum text_key text, unmeasured;
    const char *unless; /* not behind this rule: that says it already */
};

static const struct words shaping[] = {
    {"R112", TEXT_WHY_PAIN_STOPS, TEXT_WHY_PAIN_STOPS, NULL},
    {"R22", TEXT_WHY_FORM, TEXT_WHY_FORM, NULL},
    {"R85", TEXT_WHY_DROP, TEXT_WHY_DROP, NULL},
    {"R95", TEXT_WHY_OVERSHOOT, TEXT_WHY_OVERSHOOT, NULL},
    {"R72", TEXT_WHY_CHEAT, TEXT_WHY_CHEAT, NULL},
    {"R37", TEXT_WHY_DELOAD, TEXT_WHY_DELOAD, NULL},
    {"R98", TEXT_WHY_LOAD_UP, TEXT_WHY_LOAD_UP, NULL},
    {"R70", TEXT_WHY_LOAD_DOWN, TEXT_WHY_LOAD_DOWN, NULL},
    {"R10", TEXT_WHY_DONE, TEXT_WHY_DONE, NULL},
    {"D1", TEXT_WHY_AIM, TEXT_WHY_AIM, NULL},
    {"D2", TEXT_WHY_AIM, TEXT_WHY_AIM, NULL},
    {"R93", TEXT_WHY_AIM, TEXT_WHY_AIM, NULL},
    {"R66", TEXT_WHY_AIM, TEXT_WHY_AIM, NULL},
    {"R07", TEXT_WHY_ISOLATION, TEXT_WHY_ISOLATION, NULL},
};

static const struct words gates[] = {
    {"R41", TEXT_WHY_GATE_PAIN, TEXT_WHY_GATE_PAIN, NULL},
    {"R37", TEXT_WHY_GATE_DELOAD, TEXT_WHY_GATE_DELOAD, NULL},
    {"R90", TEXT_WHY_GATE_SAFETIES, TEXT_WHY_GATE_SAFETIES, "R34"},
    {"R34", TEXT_WHY_GATE_LIFT, TEXT_WHY_GATE_LIFT, "R90"},
    {"R35", TEXT_WHY_GATE_STRENGTH, TEXT_WHY_GATE_STRENGTH, NULL},
    {"R66", TEXT_WHY_GATE_BEGINNER, TEXT_WHY_GATE_BEGINNER, NULL},
    {"R38", TEXT_WHY_GATE_YEARS, TEXT_WHY_GATE_YEARS_UNKNOWN, "R66"},
    {"R39", TEXT_WHY_GATE_FORM, TEXT_WHY_GATE_FORM, NULL},
    {"R28", TEXT_WHY_GATE_HOURS, TEXT_WHY_GATE_HOURS, NULL},
    {"R29", TEXT_WHY_GATE_SESSION, TEXT_WHY_GATE_SESSION, NULL},
    {"R27", TEXT_WHY_GATE_EXERCISE, TEXT_WHY_GATE_EXERCISE, NULL},
    {"R44", TEXT_WHY_GATE_SHARE, TEXT_WHY_GATE_SHARE, NULL},
    {"R65", TEXT_WHY_GATE_VOLUME, TEXT_WHY_GATE_VOLUME, NULL},
    {"R40", TEXT_WHY_GATE_SLEEP, TEXT_WHY_GATE_STRESS, NULL},
    {"R19", TEXT_WHY_GATE_DEFICIT, TEXT_WHY_GATE_DEFICIT, "R40"},
    {"R36", TEXT_WHY_GATE_COMPOUND, TEXT_WHY_GATE_COMPOUND, NULL},
    {"R09", TEXT_WHY_GATE_LAST, TEXT_WHY_GATE_LAST, NULL},
};

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

static void print_words(const struct turn *turn, const struct words *words, const struct reason *reason,
                        struct buf *out)
{
    const struct advice *advice = &turn->advice;
    struct buf value = BUF_INIT(32), limit = BUF_INIT(32), target = BUF_INIT(64), range = BUF_INIT(64),
               aim = BUF_INIT(32);

    wording_measure(reason->value, &value);
    wording_measure(reason->limit, &limit);
    if (!isnan(advice->last_rir_min))
        wording_range(advice->last_rir_min, advice->last_rir_max, &target);
    if (!isnan(advice->rir_min)) {
        wording_range(advice->rir_min, advice->rir_max, &range);
        notation_number(advice->rir_target, &aim);
    }
    reply_phrase(turn->coach->texts, isnan(reason->value) ? words->unmeasured : words->text,
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

/* "R95 You were at RIR 0, the target was 1-3. (S3)"; a rule that rests on evidence says how sure that is. */
static void say_reason(struct turn *turn, const struct words *words, const struct reason *reason)
{
    const struct rule *rule = rule_by_id(reason->rule);
    struct buf line = BUF_INIT(512);

    print_words(turn, words, reason, &line);
    if (rule->hedge[0] != '\0')
        buf_addf(&line, " %s", rule->hedge);
    if (rule->source[0] == 'S')
        buf_addf(&line, " (%s)", rule->source);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_STRONG, reason->rule);
    reply_add(&turn->reply, REPLY_PLAIN, " ");
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&line);
}

/* Says at most MAXIMUM of the reasons that TABLE has words for, and marks them in SAID. */
static void say_reasons(struct turn *turn, const struct words *table, size_t count, bool closed_gates, int maximum,
                        bool *said)
{
    const struct advice *advice = &turn->advice;

    for (size_t i = 0; i < count && maximum > 0; i++) {
        const struct reason *reason = find(advice, table[i].rule);

        if (reason == NULL || reason->closed_gate != closed_gates || is_behind(advice, reason, table[i].unless))
            continue;
        if (table[i].text == TEXT_WHY_AIM && isnan(advice->rir_target))
            continue;
        say_reason(turn, &table[i], reason);
        said[reason - advice->reasons] = true;
        maximum--;
    }
}

/* "Also R05 R08 D2. why R05 tells." */
static void say_others(struct turn *turn, const bool *said)
{
    const struct advice *advice = &turn->advice;
    struct buf rules = BUF_INIT(ADVICE_REASONS * (RULE_ID_MAX + 1));
    const char *first = NULL;

    for (size_t i = 0; i < advice->reason_count; i++) {
        if (said[i])
            continue;
        first = first != NULL ? first : advice->reasons[i].rule;
        buf_addf(&rules, "%s%s", rules.length != 0 ? " " : "", advice->reasons[i].rule);
    }
    if (first != NULL)
        reply_say(&turn->reply, turn->coach->texts, TEXT_WHY_ALSO, ARG("rules", buf_text(&rules)), ARG("rule", first));
    buf_release(&rules);
}

static int why_advice(struct turn *turn, struct err *err)
{
    struct buf name = BUF_INIT(128);
    bool said[ADVICE_REASONS] = {false};
    int result = advise_last(turn, err);

    if (result != 1) {
        if (result == 0)
            reply_tell(&turn->reply, turn->coach->texts, TEXT_WHY_NONE);
        return result;
    }
    wording_exercise(turn->lifter, turn->advice_exercise, &name);
    reply_say(&turn->reply, turn->coach->texts, TEXT_WHY, ARG("exercise", buf_text(&name)));
    advise_next_line(turn);
    say_reasons(turn, shaping, ARRAY_LENGTH(shaping), false, SAID_SHAPING, said);
    say_reasons(turn, gates, ARRAY_LENGTH(gates), true, SAID_GATES, said);
    say_others(turn, said);
    buf_release(&name);
    return 0;
}

/* ---------------------------------------------------------------- one rule */

/* "r22", "D2": in capitals into ID; false when TEXT isn't made like one. */
static bool read_id(struct span text, char id[RULE_ID_MAX])
{
    if (text.length < 2 || text.length >= RULE_ID_MAX || strchr("rRdD", text.at[0]) == NULL)
        return false;
    id[0] = text.at[0] == 'r' || text.at[0] == 'R' ? 'R' : 'D';
    for (size_t i = 1; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        id[i] = text.at[i];
    }
    id[text.length] = '\0';
    return true;
}

static void why_rule(struct turn *turn, const char *id)
{
    const struct texts *texts = turn->coach->texts;
    const struct rule *rule = rule_by_id(id);

    if (rule == NULL) {
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, texts, TEXT_WHY_NO_RULE, ARG("name", id));
        return;
    }
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_STRONG, rule->id);
    reply_add(&turn->reply, REPLY_PLAIN, " ");
    reply_add(&turn->reply, REPLY_PLAIN, rule->text);
    if (rule->hedge[0] != '\0') {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_PLAIN, rule->hedge);
    }
    reply_say(&turn->reply, texts, TEXT_WHY_SOURCE, ARG("source", rule->source));
}

static int why_run(struct turn *turn, struct span arguments, struct err *err)
{
    char id[RULE_ID_MAX];

    if (!read_id(arguments, id))
        return why_advice(turn, err);
    why_rule(turn, id);
    return 0;
}

const struct command why_command = {.name = "why",
                                    .aliases = "",
                                    .arguments = "[RULE]",
                                    .words = 1,
                                    .example = "why R22",
                                    .help = TEXT_HELP_WHY,
                                    .run = why_run};

/*
 * why: what stands behind the last advice, rule by rule.
 */
#include <stdio.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/wording.h"

/* "4 of 2": what was measured and what it was held against. */
static void add_numbers(struct turn *turn, const struct reason *reason)
{
    const struct texts *texts = turn->coach->texts;
    struct buf value = BUF_INIT(64), limit = BUF_INIT(64), phrase = BUF_INIT(160);

    if (isnan(reason->value))
        return;
    notation_number(reason->value, &value);
    if (!isnan(reason->limit))
        notation_number(reason->limit, &limit);
    buf_addc(&phrase, ' ');
    reply_phrase(texts, isnan(reason->limit) ? TEXT_WHY_VALUE : TEXT_WHY_VALUE_LIMIT,
                 REPLY_ARGS(ARG("value", buf_text(&value)), ARG("limit", buf_text(&limit))), &phrase);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&phrase));
    buf_release(&value);
    buf_release(&limit);
    buf_release(&phrase);
}

static void explain(struct turn *turn, const struct reason *reason)
{
    const struct rule *rule = rule_by_id(reason->rule);

    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_STRONG, reason->rule);
    if (rule != NULL) {
        reply_add(&turn->reply, REPLY_PLAIN, " ");
        reply_add(&turn->reply, REPLY_PLAIN, rule->text);
    }
    add_numbers(turn, reason);
    if (rule == NULL)
        return;
    if (rule->hedge[0] != '\0') {
        reply_add(&turn->reply, REPLY_PLAIN, " ");
        reply_add(&turn->reply, REPLY_PLAIN, rule->hedge);
    }
    reply_add(&turn->reply, REPLY_PLAIN, " [");
    reply_add(&turn->reply, REPLY_PLAIN, rule->source);
    reply_add(&turn->reply, REPLY_PLAIN, "]");
}

static int why_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf name = BUF_INIT(128);
    int result = advise_last(turn, err);

    (void)arguments;
    if (result != 1) {
        if (result == 0)
            reply_tell(&turn->reply, turn->coach->texts, TEXT_WHY_NONE);
        return result;
    }
    wording_exercise(turn->lifter, turn->advice_exercise, &name);
    reply_say(&turn->reply, turn->coach->texts, TEXT_WHY, ARG("exercise", buf_text(&name)));
    advise_next_line(turn);
    for (size_t i = 0; i < turn->advice.reason_count; i++)
        explain(turn, &turn->advice.reasons[i]);
    buf_release(&name);
    return 0;
}

const struct command why_command = {
    .name = "why", .aliases = "", .arguments = "", .example = "why", .help = TEXT_HELP_WHY, .run = why_run};

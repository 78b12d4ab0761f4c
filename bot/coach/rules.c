/*
 * rules: the topics; rules failure: those of one; rules R22: one, with its source and how sure it is.
 */
#include "bot/coach/rules.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/typed.h"

/* "r22", "D2": in capitals into ID; false when TEXT isn't made like one. */
bool rules_read_id(struct span text, char id[RULES_ID_SIZE])
{
    if (text.length < 2 || text.length >= RULES_ID_SIZE || strchr("rRdD", text.at[0]) == NULL)
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

static void say_source(struct turn *turn, const struct rule *rule)
{
    const struct texts *texts = turn->texts;

    if (rule->source[0] == 'S')
        reply_say(&turn->reply, texts, TEXT_RULES_SOURCE, ARG("source", rule->source),
                  ARG("title", rule_source_title(rule, texts_language(texts))));
    else
        reply_say(&turn->reply, texts, TEXT_RULES_SETTLES, ARG("rules", rule->source));
}

/* "R104 The pooled effect of failure on size is small. SMD 0.1-0.2…": a claim never without how sure it is. */
static void say_text(struct turn *turn, const struct rule *rule, const char *before_hedge)
{
    reply_add(&turn->reply, REPLY_STRONG, rule->id);
    reply_add(&turn->reply, REPLY_PLAIN, " ");
    reply_add(&turn->reply, REPLY_PLAIN, rule_text(rule, texts_language(turn->texts)));
    if (rule->hedge[0] == '\0')
        return;
    if (before_hedge == NULL)
        reply_line(&turn->reply, false);
    else
        reply_add(&turn->reply, REPLY_PLAIN, before_hedge);
    reply_add(&turn->reply, REPLY_PLAIN, rule_hedge(rule, texts_language(turn->texts)));
}

void rules_say(struct turn *turn, const char *id)
{
    const struct rule *rule = rule_by_id(id);

    if (rule == NULL) {
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, turn->texts, TEXT_RULES_UNKNOWN, ARG("name", id));
        return;
    }
    reply_line(&turn->reply, false);
    say_text(turn, rule, NULL);
    say_source(turn, rule);
}

static void say_topics(struct turn *turn)
{
    struct buf topics = BUF_INIT(256);

    for (int topic = 0; topic < TOPIC_COUNT; topic++)
        buf_addf(&topics, "%s%s", topic != 0 ? ", " : "",
                 rule_topic_name((enum rule_topic)topic, texts_language(turn->texts)));
    reply_say(&turn->reply, turn->texts, TEXT_RULES_TOPICS, ARG("topics", buf_text(&topics)));
    buf_release(&topics);
}

/* NAME, folded, in any language. */
static bool is_topic(struct span name, enum rule_topic topic)
{
    struct buf folded = BUF_INIT(64);
    bool is = false;

    for (int language = 0; language < LANGUAGE_COUNT && !is; language++) {
        buf_clear(&folded);
        is = typed_fold(span_of(rule_topic_name(topic, (enum language)language)), &folded) == 0 &&
             span_equal(name, buf_span(&folded));
    }
    buf_release(&folded);
    return is;
}

static bool say_topic(struct turn *turn, struct span name)
{
    const struct rule *rule;
    size_t said = 0;

    for (size_t i = 0; (rule = rule_at(i)) != NULL; i++) {
        if (!is_topic(name, rule->topic))
            continue;
        said++;
        reply_line(&turn->reply, true);
        say_text(turn, rule, " ");
    }
    return said != 0;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(64);
    char id[RULES_ID_SIZE];

    (void)err;
    if (arguments.length == 0) {
        say_topics(turn);
    } else if (rules_read_id(arguments, id)) {
        rules_say(turn, id);
    } else if (typed_fold(arguments, &folded) < 0 || !say_topic(turn, buf_span(&folded))) {
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, turn->texts, TEXT_RULES_NO_TOPIC, ARG("name", buf_text(&folded)));
        say_topics(turn);
    }
    buf_release(&folded);
    return 0;
}

const struct command rules_command = {.name = "rules",
                                      .aliases = "rule",
                                      .german = "regeln,regel",
                                      .arguments = "[RULE or TOPIC]",
                                      .words = 1,
                                      .example = "rules R22",
                                      .group = COMMAND_ADVICE,
                                      .help = TEXT_HELP_RULES,
                                      .run = run};

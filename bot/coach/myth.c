/*
 * myth burn: what is true of what people say. Only when asked by this command, never as a lecture.
 */
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/rules.h"
#include "bot/coach/typed.h"

enum { MYTH_RULES = 2, WORD_MAXIMUM = 24 };

static const struct myth {
    const char *name[LANGUAGE_COUNT];
    const char *words; /* folded, that tell which is meant, between commas */
    enum text_key text;
    const char *rules[MYTH_RULES]; /* the first is said with how sure it is */
} myths[] = {
    {{"burn", "Brennen"}, ",burn,burns,burning,pump,brennen,brennt,", TEXT_MYTH_BURN, {"R47", "R98"}},
    {{"effort", "Anstrengung"},
     ",effort,hard,harder,intensity,anstrengung,hart,harter,haerter,",
     TEXT_MYTH_EFFORT,
     {"R45", "R01"}},
    {{"failure", "Versagen"},
     ",failure,fail,grow,growth,muscle,muscles,versagen,muskelversagen,muskeln,wachsen,",
     TEXT_MYTH_FAILURE,
     {"R46", "D11"}},
    {{"hormones", "Hormone"},
     ",hormone,hormones,testosterone,cortisol,testosteron,",
     TEXT_MYTH_HORMONES,
     {"R96", NULL}},
    {{"soreness", "Muskelkater"},
     ",sore,soreness,pain,doms,tired,fatigue,muskelkater,mude,muede,schmerz,",
     TEXT_MYTH_SORENESS,
     {"R82", "R70"}},
};

/* The myth that TEXT, folded, is about: by its first word that tells. */
static const struct myth *find(struct span text)
{
    while (text.length != 0) {
        struct span word = typed_word(&text);
        char key[WORD_MAXIMUM + 3];

        while (word.length != 0 && strchr(",;:.!?\"", word.at[word.length - 1]) != NULL)
            word.length--;
        if (word.length == 0 || word.length > WORD_MAXIMUM)
            continue;
        key[0] = key[word.length + 1] = ',';
        memcpy(key + 1, word.at, word.length);
        key[word.length + 2] = '\0';
        for (size_t i = 0; i < ARRAY_LENGTH(myths); i++)
            if (strstr(myths[i].words, key) != NULL)
                return &myths[i];
    }
    return NULL;
}

static void say(struct turn *turn, const struct myth *myth)
{
    const struct texts *texts = turn->texts;
    const struct rule *rule = rule_by_id(myth->rules[0]);
    struct buf rules = BUF_INIT(64);

    reply_tell(&turn->reply, texts, myth->text);
    if (rule->hedge[0] != '\0') {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_PLAIN, rule_hedge(rule, texts_language(texts)));
    }
    for (size_t i = 0; i < MYTH_RULES && myth->rules[i] != NULL; i++) {
        rule = rule_by_id(myth->rules[i]);
        buf_addf(&rules, "%s%s", i != 0 ? ", " : "", rule->id);
        if (rule->source[0] == 'S')
            buf_addf(&rules, " %s", rule->source);
    }
    reply_say(&turn->reply, texts, TEXT_MYTH_RULES, ARG("rules", buf_text(&rules)));
    buf_release(&rules);
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(512);
    const struct myth *myth = NULL;

    (void)err;
    if (typed_fold(arguments, &folded) == 0)
        myth = find(buf_span(&folded));
    if (myth != NULL) {
        say(turn, myth);
    } else {
        struct buf names = BUF_INIT(128);

        for (size_t i = 0; i < ARRAY_LENGTH(myths); i++)
            buf_addf(&names, "%s%s", i != 0 ? ", " : "", myths[i].name[texts_language(turn->texts)]);
        turn->kind = arguments.length != 0 ? OUT_ERROR : turn->kind;
        reply_say(&turn->reply, turn->texts, TEXT_MYTH_LIST, ARG("names", buf_text(&names)));
        buf_release(&names);
    }
    buf_release(&folded);
    return 0;
}

const struct command myth_command = {.name = "myth",
                                     .aliases = "myths",
                                     .german = "mythos,mythen",
                                     .arguments = "[NAME]",
                                     .words = 8,
                                     .free_text = true,
                                     .example = "myth burn",
                                     .group = COMMAND_ADVICE,
                                     .help = TEXT_HELP_MYTH,
                                     .run = run};

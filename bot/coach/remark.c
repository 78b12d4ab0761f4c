/*
 * What lifters say that no command answers as a whole: what was understood, and what to type instead.
 */
#include "bot/coach/remark.h"

#include <stdio.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/next.h"
#include "bot/coach/typed.h"
#include "core/notation/spare.h"

/* "too heavy": how hard it was is what the next load is made of; and a step away that can be typed. */
static int judge_load(struct turn *turn, enum text_key known, enum text_key unknown, struct err *err)
{
    const struct logged_set *last;
    char reps[16];

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    last = context_moment(turn, turn->message->sent_ms);
    if (last == NULL || last->set.reps == REPS_UNKNOWN)
        return turn_refuse(turn, TEXT_NOTHING_TO_REPEAT);
    snprintf(reps, sizeof(reps), "%d", last->set.reps);
    reply_say(&turn->reply, turn->texts, isnan(last->set.rir) ? unknown : known, ARG("reps", reps));
    return isnan(last->set.rir) ? 0 : next_say(turn, err);
}

static int heavy_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments;
    return judge_load(turn, TEXT_TOO_HEAVY, TEXT_TOO_HEAVY_HOW, err);
}

static int light_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments;
    return judge_load(turn, TEXT_TOO_LIGHT, TEXT_TOO_LIGHT_HOW, err);
}

/* "could've done more": how many more is what counts. */
static int spare_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments;
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    if (context_moment(turn, turn->message->sent_ms) == NULL)
        return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
    if (!unanswered_refuse(turn))
        reply_tell(&turn->reply, turn->texts, TEXT_SPARE_HOW);
    return 0;
}

int remark_felt(struct turn *turn, struct span text, struct err *err)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    const bool felt = typed_fold(text, &folded) == 0 && spare_felt(buf_span(&folded));
    const struct logged_set *last;

    buf_release(&folded);
    if (!felt)
        return 0;
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    last = context_moment(turn, turn->message->sent_ms);
    if (last == NULL)
        return 0;
    turn->kind = OUT_REPLY;
    if (!isnan(last->set.rir))
        return next_say_here(turn, err) < 0 ? -1 : 1;
    reply_tell(&turn->reply, turn->texts, TEXT_SPARE_HOW);
    return 1;
}

/* What there is one answer to. */
static int answer_run(struct turn *turn, struct span arguments, struct err *err)
{
    static const struct {
        const struct command *command;
        enum text_key text;
    } answers[] = {{&sick_command, TEXT_SICK},
                   {&unwell_command, TEXT_UNWELL},
                   {&tired_command, TEXT_TIRED},
                   {&away_command, TEXT_AWAY},
                   {&remind_command, TEXT_REMIND},
                   {&bye_command, TEXT_BYE},
                   {&sore_command, TEXT_SORE},
                   {&cardio_command, TEXT_CARDIO},
                   {&competition_command, TEXT_COMPETITION},
                   {&gear_command, TEXT_GEAR},
                   {&back_command, TEXT_BACK},
                   {&who_command, TEXT_WHO},
                   {&kept_command, TEXT_KEPT},
                   {&programme_command, TEXT_PROGRAMME},
                   {&backoff_command, TEXT_BACKOFF},
                   {&technique_command, TEXT_TECHNIQUE},
                   {&training_max_command, TEXT_TRAINING_MAX}};

    (void)arguments, (void)err;
    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++)
        if (turn->command == answers[i].command)
            reply_tell(&turn->reply, turn->texts, answers[i].text);
    return 0;
}

/* "only 10 min left": the same as where somebody has time, but for what comes after. */
static int short_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct span none = {arguments.at, 0};

    reply_tell(&turn->reply, turn->texts, TEXT_SHORT_TIME);
    return left_command.run(turn, none, err);
}

const struct command heavy_command = {.name = "too heavy",
                                      .aliases = "way too heavy,that's too heavy,thats too heavy",
                                      .german = "zu schwer,viel zu schwer",
                                      .arguments = "",
                                      .example = "too heavy",
                                      .group = COMMAND_ADVICE,
                                      .help = TEXT_HELP_NEXT,
                                      .tells = TELLS_MOMENT,
                                      .unlisted = true,
                                      .run = heavy_run};

const struct command light_command = {.name = "too light",
                                      .aliases = "too easy,way too light,that's too light,thats too light",
                                      .german = "zu leicht,viel zu leicht",
                                      .arguments = "",
                                      .example = "too light",
                                      .group = COMMAND_ADVICE,
                                      .help = TEXT_HELP_NEXT,
                                      .tells = TELLS_MOMENT,
                                      .unlisted = true,
                                      .run = light_run};

const struct command spare_command = {.name = "left some",
                                      .aliases = "",
                                      .arguments = "",
                                      .example = "left some",
                                      .group = COMMAND_ADVICE,
                                      .help = TEXT_HELP_FIX,
                                      .tells = TELLS_MOMENT,
                                      .unlisted = true,
                                      .run = spare_run};

const struct command sick_command = {.name = "sick",
                                     .aliases = "ill,i am sick,feeling sick,i feel sick",
                                     .german = "krank,erkältet,ich bin erkältet,fühle mich krank",
                                     .arguments = "",
                                     .example = "sick",
                                     .group = COMMAND_ABOUT_YOU,
                                     .help = TEXT_HELP_PHASE,
                                     .unlisted = true,
                                     .run = answer_run};

/* Said in sentences, which config/phrases.tsv and config/subjects.tsv hold. */
#define REMARK(word, in_german, most, text, does)                                                                      \
    {                                                                                                                  \
        .name = (word), .aliases = "", .german = (in_german), .arguments = "", .words = (most), .example = (word),     \
        .group = COMMAND_OTHER, .help = (text), .unlisted = true, .run = (does)                                        \
    }

const struct command unwell_command = REMARK("unwell", "schwindelig", 0, TEXT_HELP_PAIN, answer_run);
const struct command tired_command = REMARK("tired", "keine energie", 0, TEXT_HELP_SLEPT, answer_run);
const struct command away_command = REMARK("holiday", "urlaub", 0, TEXT_HELP_PHASE, answer_run);
const struct command back_command = REMARK("back again", "wieder da", 0, TEXT_HELP_PHASE, answer_run);
const struct command who_command = REMARK("bot", "wer bist du", 0, TEXT_HELP_TALK, answer_run);
const struct command kept_command = REMARK("data kept", "gespeicherte daten", 0, TEXT_HELP_SHARE, answer_run);
const struct command programme_command = REMARK("programme", "trainingsprogramm", 0, TEXT_HELP_PLAN, answer_run);
const struct command backoff_command = REMARK("backoff set", "backoff satz", 0, TEXT_HELP_TALK, answer_run);
const struct command technique_command = REMARK("technique", "technikfrage", 0, TEXT_HELP_TALK, answer_run);
const struct command training_max_command = REMARK("training max", "trainingsmaximum", 0, TEXT_HELP_TALK, answer_run);
const struct command short_command = REMARK("short of time", "wenig zeit", 2, TEXT_HELP_PLAN, short_run);

const struct command remind_command = {.name = "remind me",
                                       .aliases = "set a reminder,set reminder,reminder",
                                       .german = "erinner mich,erinnere mich,erinnerung",
                                       .arguments = "",
                                       .words = 6,
                                       .may_be_other = true,
                                       .example = "remind me on wednesdays",
                                       .never_before = "0123456789",
                                       .free_text = true,
                                       .group = COMMAND_OTHER,
                                       .help = TEXT_HELP_CHECKIN,
                                       .unlisted = true,
                                       .run = answer_run};

const struct command bye_command = {.name = "goodbye",
                                    .aliases = "",
                                    .german = "auf wiedersehen",
                                    .arguments = "",
                                    .words = 0,
                                    .example = "goodbye",
                                    .group = COMMAND_OTHER,
                                    .help = TEXT_HELP_TALK,
                                    .unlisted = true,
                                    .polite = true,
                                    .run = answer_run};

const struct command sore_command = {.name = "sore",
                                     .aliases = "doms,i'm sore,i am sore",
                                     .german = "muskelkater",
                                     .arguments = "",
                                     .words = 0,
                                     .example = "sore",
                                     .group = COMMAND_OTHER,
                                     .help = TEXT_HELP_TALK,
                                     .unlisted = true,
                                     .run = answer_run};

const struct command cardio_command = {.name = "cardio",
                                       .aliases = "",
                                       .german = "ausdauer",
                                       .arguments = "",
                                       .words = 0,
                                       .example = "cardio",
                                       .group = COMMAND_OTHER,
                                       .help = TEXT_HELP_TALK,
                                       .unlisted = true,
                                       .run = answer_run};

const struct command gear_command = {.name = "only dumbbells",
                                     .aliases = "",
                                     .arguments = "",
                                     .words = 0,
                                     .example = "only dumbbells",
                                     .group = COMMAND_OTHER,
                                     .help = TEXT_HELP_SWAP,
                                     .unlisted = true,
                                     .run = answer_run};

const struct command competition_command = {.name = "competition",
                                            .aliases = "my competition,my meet,my comp",
                                            .german = "wettkampf,mein wettkampf",
                                            .arguments = "",
                                            .words = 8,
                                            .free_text = true,
                                            .example = "competition on 12 December",
                                            .group = COMMAND_OTHER,
                                            .help = TEXT_HELP_PHASE,
                                            .unlisted = true,
                                            .run = answer_run};

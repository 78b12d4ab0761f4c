/*
 * What lifters say that no command answers as a whole: what was understood, and what to type instead.
 */
#include <stdio.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/next.h"

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

static int sick_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_SICK);
    return 0;
}

static int remind_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_REMIND);
    return 0;
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

const struct command sick_command = {.name = "sick",
                                     .aliases = "ill,i am sick,feeling sick,i feel sick",
                                     .german = "krank,erkältet,ich bin erkältet,fühle mich krank",
                                     .arguments = "",
                                     .example = "sick",
                                     .group = COMMAND_ABOUT_YOU,
                                     .help = TEXT_HELP_PHASE,
                                     .unlisted = true,
                                     .run = sick_run};

const struct command remind_command = {.name = "remind me",
                                       .aliases = "set a reminder,set reminder,reminder",
                                       .german = "erinner mich,erinnere mich,erinnerung",
                                       .arguments = "",
                                       .words = 6,
                                       .example = "remind me on wednesdays",
                                       .never_before = "0123456789",
                                       .free_text = true,
                                       .group = COMMAND_OTHER,
                                       .help = TEXT_HELP_CHECKIN,
                                       .unlisted = true,
                                       .run = remind_run};

/*
 * next: the last set and what comes now, said again. And small talk, so that nobody is lectured for a thank-you.
 */
#include "bot/coach/next.h"

#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/lead.h"
#include "bot/coach/names.h"
#include "bot/coach/plan.h"
#include "bot/coach/react.h"
#include "bot/coach/seen.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

int next_of(struct turn *turn, struct span name_typed, struct err *err)
{
    const struct exercise *exercise = names_exercise(turn, name_typed);
    struct buf name = BUF_INIT(128);

    if (exercise == NULL)
        return 0;
    if (onto_note(turn, exercise->id, err) < 0 || advise(turn, exercise->id, turn->message->sent_ms, err) < 0 ||
        lead_of(turn, exercise->id, turn->message->sent_ms, err) < 0)
        return -1;
    wording_exercise(turn, exercise->id, &name);
    if (!turn->lead.there && !turn->asked.there &&
        context_load(turn, exercise->id, turn->message->sent_ms, false) == NULL) {
        turn->advised = false;
        reply_say(&turn->reply, turn->texts, TEXT_NEXT_UNKNOWN, ARG("exercise", buf_text(&name)));
    } else {
        if (!turn->lead.there) {
            reply_line(&turn->reply, false);
            reply_add(&turn->reply, REPLY_STRONG, buf_text(&name));
        }
        advise_say(turn);
    }
    buf_release(&name);
    return react_note(turn, err);
}

/* The advice is loaded. */
static int say_now(struct turn *turn, struct err *err)
{
    int result = advise_last(turn, err);

    if (result == 1 && lead_now(turn, turn->message->sent_ms, false, err) < 0)
        return -1;
    if (result == 1)
        advise_say(turn);
    return result < 0 ? -1 : react_note(turn, err);
}

int next_say(struct turn *turn, struct err *err)
{
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    return context_moment(turn, turn->message->sent_ms) != NULL ? say_now(turn, err) : 0;
}

/* That what was done last is to be stopped, without what it was; and why, where it hurts. */
static void say_stop(struct turn *turn)
{
    turn->lead.there = false;
    advise_next_line(turn);
    for (size_t i = 0; i < turn->advice.reason_count; i++)
        if (strcmp(turn->advice.reasons[i].rule, "R112") == 0)
            reply_tell(&turn->reply, turn->texts, TEXT_REASON_PAIN);
}

int next_say_here(struct turn *turn, struct err *err)
{
    struct seen seen;
    int result = seen_begin_moment(turn, &seen, err);

    seen_end(turn, &seen);
    if (result < 0 || !seen.behind)
        return result < 0 ? -1 : next_say(turn, err);
    if (context_moment(turn, turn->message->sent_ms) != NULL)
        result = advise_last(turn, err);
    if (result == 1 && turn->advice.action == ACTION_STOP_EXERCISE)
        say_stop(turn);
    turn->advised = false;
    return result < 0 ? -1 : 0;
}

/* "next set", "next one": words that name no exercise. */
static const char no_names[] = "set,one,now,then,next,satz,jetzt,dann,als nachstes,als naechstes";

static int next_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct logged_set *last;
    struct buf line = BUF_INIT(REPLY_MAX);
    int result = 0;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    if (arguments.length != 0 && !typed_says(arguments, no_names))
        return next_of(turn, arguments, err);
    last = context_moment(turn, turn->message->sent_ms);
    if (last == NULL)
        result = lead_now(turn, turn->message->sent_ms, false, err);
    if (last == NULL && turn->lead.there)
        return plan_say_next(turn, err);
    if (last == NULL) {
        turn_refuse(turn, TEXT_NOTHING_TO_REPEAT);
        return result;
    }
    wording_sets(turn, &last->set, 1, true, &line);
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_STRONG, buf_text(&line));
    buf_release(&line);
    return say_now(turn, err);
}

static int hello_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, turn->lifter->log.count != 0 ? TEXT_HELLO : TEXT_WELCOME);
    return 0;
}

static int thanks_run(struct turn *turn, struct span arguments, struct err *err)
{
    (void)arguments, (void)err;
    reply_tell(&turn->reply, turn->texts, TEXT_THANKS);
    return 0;
}

const struct command next_command = {
    .name = "next",
    .aliases = "what next,what now,what weight next,what weight now,what's next,whats next,now what,how was that,"
               "how did i do,what should i do next,how heavy should i go on,how heavy should i go,how heavy for,how "
               "heavy on,how heavy,how much next,how much weight next,what weight should i use for,what should i lift "
               "on,what should i do now,what do i do now",
    .german = "wie viel gewicht als nächstes,wie viel gewicht als naechstes,wie viel gewicht jetzt,weiter,was "
              "jetzt,und jetzt,was kommt jetzt,als nächstes,was soll ich machen,wie viel soll ich "
              "nehmen,wie viel soll ich jetzt nehmen,wie schwer bei,wie schwer,was soll ich als nächstes machen",
    .arguments = "[EXERCISE]",
    .words = 4,
    .never_before = "0123456789x*+@",
    .names_only = true,
    .example = "next bench",
    .may_be_other = true,
    .group = COMMAND_ADVICE,
    .tells = TELLS_MOMENT,
    .help = TEXT_HELP_NEXT,
    .run = next_run};
const struct command hello_command = {.name = "hello",
                                      .aliases = "hi,hey,good morning,good evening,good afternoon,yo",
                                      .german = "hallo,moin,servus,guten morgen,guten abend,guten tag",
                                      .arguments = "",
                                      .words = 1,
                                      .example = "hello",
                                      .group = COMMAND_OTHER,
                                      .help = TEXT_HELP_TALK,
                                      .unlisted = true,
                                      .polite = true,
                                      .run = hello_run};
/* The signs are a thumb, an arm, an OK hand and folded hands. */
const struct command thanks_command = {.name = "thanks",
                                       .aliases = "thank you,thx,cheers,\xF0\x9F\x91\x8D,\xF0\x9F\x92\xAA,"
                                                  "\xF0\x9F\x91\x8C,\xF0\x9F\x99\x8F",
                                       .german = "danke dir,danke schön,danke,dankeschön,vielen dank",
                                       .arguments = "",
                                       .words = 2,
                                       .example = "thanks",
                                       .group = COMMAND_OTHER,
                                       .help = TEXT_HELP_TALK,
                                       .unlisted = true,
                                       .polite = true,
                                       .run = thanks_run};

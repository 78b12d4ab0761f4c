/*
 * ready: when a muscle can be trained again. Nothing but a set to failure makes it wait, and that only for the next one
 * to failure (R28, D6).
 */
#include <math.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/names.h"
#include "bot/coach/typed.h"
#include "bot/coach/week.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"
#include "core/effort/ledger.h"

enum { TYPED_MAX = 256 };

/* How long the last of MUSCLES has to wait for failure, in hours; 0: none has. */
static double hours_left(const struct ledger *ledger, uint32_t muscles)
{
    double left = 0;

    for (int m = 0; m < MUSCLE_COUNT; m++) {
        const struct ledger_muscle *muscle = &ledger->muscles[m];

        if ((muscles & UINT32_C(1) << m) != 0 && ledger_holds(muscle))
            left = fmax(left, muscle->hours_needed - muscle->hours_gone);
    }
    return left;
}

static void say_from(struct turn *turn, double hours)
{
    int64_t from_ms = turn->message->sent_ms + (int64_t)ceil(hours * CIVIL_HOUR_MS);
    struct day day = day_of(turn, from_ms);
    struct buf when = BUF_INIT(128);

    wording_date(turn->texts, day.number, &when);
    buf_addc(&when, ' ');
    wording_time((int)((from_ms - day.start_ms) / (60 * 1000)), &when);
    reply_say(&turn->reply, turn->texts, TEXT_READY_FROM, ARG("when", buf_text(&when)));
    buf_release(&when);
}

/* "chest again today" is about the chest. */
static struct span without_when(struct span typed)
{
    while (typed.length != 0) {
        size_t at = typed.length;

        while (at != 0 && typed.at[at - 1] != ' ')
            at--;
        if (!typed_is((struct span){typed.at + at, typed.length - at},
                      "again,today,tomorrow,now,wieder,heute,morgen,jetzt,trainieren"))
            return typed;
        typed.length = at != 0 ? at - 1 : 0;
    }
    return typed;
}

/* HURT: muscles that do. */
static void say(struct turn *turn, struct span typed, uint32_t hurt)
{
    uint32_t muscles = names_muscles(turn, typed);
    double left = hours_left(&turn->week, muscles);
    struct buf name = BUF_INIT(TYPED_MAX);

    wording_part(turn, typed, &name);
    if (muscles == 0) {
        turn_refuse(turn, TEXT_READY_USAGE);
    } else if ((muscles & hurt) != 0) {
        reply_tell(&turn->reply, turn->texts, TEXT_READY_PAIN);
    } else {
        reply_say(&turn->reply, turn->texts, TEXT_READY, ARG("muscle", buf_text(&name)));
        if (left > 0)
            say_from(turn, left);
    }
    buf_release(&name);
}

static int ready_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(TYPED_MAX);
    struct advise_case ask;
    struct span typed;

    if (advise_open(turn, turn->message->sent_ms, &ask, err) < 0)
        return -1;
    ledger_read(&turn->week, &ask.input, turn->message->sent_ms, turn->message->sent_ms + 1);
    typed_fold(arguments, &folded);
    typed = without_when(buf_span(&folded));
    if (typed.length != 0)
        say(turn, typed, ask.profile.pain_muscles);
    else if (hours_left(&turn->week, UINT32_MAX) > 0)
        week_say_recovering(turn, &turn->week);
    else
        reply_tell(&turn->reply, turn->texts, TEXT_READY_ALL);
    buf_release(&folded);
    return 0;
}

const struct command ready_command = {.name = "ready",
                                      .aliases =
                                          "how long until i can train,how long until,when can i train,can i train",
                                      .german = "bereit,wann kann ich wieder,wann kann ich,kann ich",
                                      .arguments = "[MUSCLE]",
                                      .words = 4,
                                      .may_be_other = true,
                                      .example = "ready chest",
                                      .group = COMMAND_ADVICE,
                                      .tells = TELLS_LOG,
                                      .help = TEXT_HELP_READY,
                                      .run = ready_run};

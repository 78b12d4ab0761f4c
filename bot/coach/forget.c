/*
 * forget me: asks, asks again, deletes everything of this lifter, and says so. What was asked lapses by itself.
 */
#include "bot/coach/forget.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/log/log.h"

enum { LAPSE_MS = 10 * 60 * 1000, VALUE_MAX = 64, NAME_MAX_BYTES = 1024 };

/* How far it was confirmed in this room. */
enum step { STEP_NONE, STEP_ASKED, STEP_ASKED_AGAIN };

static void value_name(const struct turn *turn, struct buf *out)
{
    buf_addf(out, "forget:%s:%s", turn->message->transport, turn->message->room);
}

static int put_step(struct turn *turn, enum step step, struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAX_BYTES), value = BUF_INIT(VALUE_MAX);
    int result;

    value_name(turn, &name);
    buf_addf(&value, "%" PRId64 " %d", turn->message->read_ms, (int)step);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name),
                                    step != STEP_NONE ? buf_text(&value) : NULL, err);
    buf_release(&name);
    buf_release(&value);
    return result;
}

/* *ASKED_MS: when, where it isn't STEP_NONE. */
static int get_step(struct turn *turn, enum step *step, int64_t *asked_ms, struct err *err)
{
    struct buf name = BUF_INIT(NAME_MAX_BYTES), value = BUF_INIT(VALUE_MAX);
    int found;

    value_name(turn, &name);
    found = turn->store->value_get(turn->store->self, turn->lifter->id, buf_text(&name), &value, err);
    *step = STEP_NONE;
    if (found == 1) {
        char *end;

        *asked_ms = strtoll(buf_text(&value), &end, 10);
        if (turn->message->read_ms - *asked_ms <= LAPSE_MS)
            *step = (enum step)strtol(end, NULL, 10);
    }
    buf_release(&name);
    buf_release(&value);
    return found < 0 ? -1 : 0;
}

static int ask(struct turn *turn, struct err *err)
{
    struct buf count = BUF_INIT(64);
    size_t sets = 0;
    int result = lifter_count_sets(turn->store, turn->lifter->id, &sets, err);

    if (result == 0)
        result = put_step(turn, STEP_ASKED, err);
    wording_sets_count(turn->texts, sets, &count);
    reply_say(&turn->reply, turn->texts, TEXT_FORGET_ASK, ARG("sets", buf_text(&count)));
    buf_release(&count);
    return result;
}

static int ask_again(struct turn *turn, struct err *err)
{
    reply_tell(&turn->reply, turn->texts, TEXT_FORGET_ASK_AGAIN);
    return put_step(turn, STEP_ASKED_AGAIN, err);
}

static int forget(struct turn *turn, struct err *err)
{
    if (turn->store->lifter_forget(turn->store->self, turn->lifter->id, true, err) < 0)
        return -1;
    log_info("lifter-forgotten", LOG_INT("lifter", turn->lifter->id));
    lifters_drop(turn->coach->lifters, turn->lifter->id);
    turn->gone = true;
    reply_tell(&turn->reply, turn->texts, TEXT_FORGET_DONE);
    return 0;
}

static int me_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(VALUE_MAX);
    enum step step;
    int64_t asked_ms;
    int result = get_step(turn, &step, &asked_ms, err);

    if (typed_fold(arguments, &folded) != 0)
        buf_clear(&folded);
    if (typed_is(buf_span(&folded), "today,from today,of today,heute,von heute")) {
        buf_release(&folded);
        return result == 0 ? undo_day_command.run(turn, (struct span){arguments.at, 0}, err) : -1;
    }
    if (result == 0 && (span_is(buf_span(&folded), "no") || span_is(buf_span(&folded), "nein"))) {
        reply_tell(&turn->reply, turn->texts, TEXT_FORGET_KEPT);
        result = put_step(turn, STEP_NONE, err);
    } else if (result == 0 && step != STEP_NONE && turn_is_said_now(turn) &&
               (span_is(buf_span(&folded), "yes") || span_is(buf_span(&folded), "ja"))) {
        result = ask_again(turn, err);
    } else if (result == 0) {
        result = ask(turn, err);
    }
    buf_release(&folded);
    return result;
}

int forget_hear(struct turn *turn, struct span text, int64_t asked_ms, struct err *err)
{
    int64_t forget_ms = INT64_MIN;
    enum step step;

    while (text.length != 0 && strchr(".! ", text.at[text.length - 1]) != NULL)
        text.length--;
    if (!typed_says(text, "yes,no,ja,nein") || turn->writer != 0 || turn->message->again ||
        turn->message->reply_to != NULL)
        return 0;
    if (get_step(turn, &step, &forget_ms, err) < 0)
        return -1;
    if (step == STEP_NONE || forget_ms < asked_ms)
        return 0;
    return me_run(turn, text, err) < 0 ? -1 : 1;
}

static int everything_run(struct turn *turn, struct span arguments, struct err *err)
{
    enum step step;
    int64_t asked_ms;

    (void)arguments;
    if (get_step(turn, &step, &asked_ms, err) < 0)
        return -1;
    return step == STEP_ASKED_AGAIN && turn_is_said_now(turn) ? forget(turn, err) : ask(turn, err);
}

const struct command forget_me_command = {.name = "forget me",
                                          .aliases =
                                              "delete me,delete my data,delete all my data,delete my account,delete "
                                              "everything,delete all,delete all data,forget about me",
                                          .german = "vergiss mich,lösche meine daten,lösche alles,alles löschen",
                                          .arguments = "[yes|no]",
                                          .words = 1,
                                          .example = "forget me",
                                          .group = COMMAND_ABOUT_YOU,
                                          .help = TEXT_HELP_FORGET,
                                          .run = me_run};
const struct command forget_everything_command = {.name = "forget everything",
                                                  .aliases = "",
                                                  .german = "vergiss alles",
                                                  .arguments = "",
                                                  .example = "forget everything",
                                                  .group = COMMAND_ABOUT_YOU,
                                                  .help = TEXT_HELP_FORGET,
                                                  .unlisted = true,
                                                  .run = everything_run};

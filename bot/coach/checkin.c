/*
 * checkin: asks once a week how the lifter is, reminds once, and then is silent. Answers are booked like sets, so that
 * they can be edited, deleted and undone.
 */
#include "bot/coach/checkin.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bot/coach/checkin_log.h"
#include "bot/coach/checkin_plan.h"
#include "bot/coach/checkin_read.h"
#include "bot/coach/checkin_say.h"
#include "bot/coach/checkin_team.h"
#include "bot/coach/checkin_when.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/pending.h"
#include "bot/coach/typed.h"
#include "core/text/fold.h"

enum { UNANSWERED_MOST = 3 };

#define WAITS_MS ((int64_t)CIVIL_WEEK_MS) /* until the next one */
#define DAY_MS ((int64_t)CIVIL_DAY_MS)
#define LATE_MS DAY_MS /* the bot was away: still useful */

/* ---------------------------------------------------------------- due */

static bool is_useful(const struct turn *turn, int64_t due_ms)
{
    int64_t now_ms = turn->message->read_ms;

    return now_ms - due_ms <= LATE_MS || day_of(turn, now_ms).number == day_of(turn, due_ms).number;
}

static int ask(struct turn *turn, struct checkin_plan *plan, int64_t due_ms, struct err *err)
{
    snprintf(turn->own_name, sizeof(turn->own_name), "checkin:%" PRId64, turn->job);
    turn->name = turn->own_name;
    snprintf(plan->asked_by, sizeof(plan->asked_by), "%s", turn->own_name);
    plan->asked_ms = due_ms;
    plan->completing = false;
    checkin_say_questions(turn, plan);
    checkin_ask_poll(turn, plan, CHECKIN_ALL);
    plan->announced = true;
    checkin_plan_tomorrow(turn, plan, CHECKIN_STEP_REMIND, turn->message->read_ms);
    return checkin_team_say(turn, plan, err);
}

/* The week's questions, unless they are answered already, or have been left unanswered for too long. */
static int ask_week(struct turn *turn, struct checkin_plan *plan, int64_t due_ms, struct err *err)
{
    int sets = plan->chosen ? 1 : checkin_plan_has_sets(turn, err);

    /* The lifter has moved west since it was planned: it isn't that late there. */
    checkin_plan_week(turn, plan, due_ms - 1);
    if (plan->team_ms != due_ms && plan->next_ms > turn->message->read_ms && plan->next_ms - due_ms < DAY_MS)
        return 0;
    plan->next_ms = 0;
    if (sets != 1) /* all are taken back: it begins anew with the first */
        return sets;
    if (plan->asked_ms != 0)
        plan->unanswered = checkin_log_find(turn->lifter, plan->asked_ms) != NULL ? 0 : plan->unanswered + 1;
    plan->asked_ms = 0;
    checkin_plan_week(turn, plan, turn->message->read_ms);
    if (checkin_log_fresh(turn->lifter, due_ms) || !is_useful(turn, due_ms))
        return 0;
    if (plan->unanswered < UNANSWERED_MOST)
        return ask(turn, plan, due_ms, err);
    plan->paused = true;
    plan->asked_ms = due_ms; /* it may be answered all the same */
    plan->completing = false;
    plan->next_ms = 0;
    plan->unanswered = 0;
    turn->kind = OUT_CHECKIN;
    reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_STOP);
    return 0;
}

int checkin_due(struct turn *turn, const struct coach_job *job, struct err *err)
{
    struct checkin_plan plan;
    int result = 0;

    if (checkin_plan_load(turn, &plan, err) < 0)
        return -1;
    if (plan.step == CHECKIN_STEP_ASK) {
        result = ask_week(turn, &plan, job->due_ms, err);
    } else if (checkin_plan_waits(turn, &plan) && is_useful(turn, job->due_ms) && plan.step == CHECKIN_STEP_AGAIN) {
        result = ask(turn, &plan, plan.asked_ms, err);
    } else {
        if (checkin_plan_waits(turn, &plan) && is_useful(turn, job->due_ms)) {
            turn->kind = OUT_CHECKIN;
            reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_REMIND);
        }
        checkin_plan_week(turn, &plan, turn->message->read_ms);
    }
    return result == 0 ? checkin_plan_store(turn, &plan, err) : -1;
}

/* ---------------------------------------------------------------- answers */

/* Settings follow from check-ins, too. */
static int reload(struct turn *turn, struct err *err)
{
    lifter_drop_settings(turn->lifter);
    return lifter_load_settings(turn->lifter, turn->store, err);
}

static int put(struct turn *turn, struct pending *original, struct coach_checkin *row, struct err *err)
{
    const struct coach_store *store = turn->store;

    if (turn_begin(turn, COACH_LOG, &original->action, err) < 0)
        return -1;
    row->input = original->input;
    row->action = original->action;
    row->at_ms = turn->message->sent_ms;
    if (store->checkin_add(store->self, turn->lifter->id, row, err) < 0)
        return -1;
    return reload(turn, err);
}

static unsigned missing_of(const struct turn *turn, int64_t due_ms)
{
    const struct coach_checkin *answer = checkin_log_find(turn->lifter, due_ms);

    return CHECKIN_ALL & ~(answer != NULL ? checkin_answered(answer) : 0);
}

/* What is still missing is asked for, once; else what follows is said. */
static int say_answered(struct turn *turn, struct checkin_plan *plan, int64_t due_ms, struct err *err)
{
    unsigned missing = missing_of(turn, due_ms);
    struct buf items = BUF_INIT(256);
    int more;

    if (plan->asked_ms == due_ms && checkin_ask_poll(turn, plan, missing)) {
        buf_release(&items);
        return 0;
    }
    if (missing != 0 && missing != CHECKIN_ALL && plan->asked_ms == due_ms && !plan->completing) {
        plan->completing = true;
        turn->kind = OUT_QUESTION;
        checkin_print_items(turn, missing, &items);
        reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_MISSING, ARG("items", buf_text(&items)));
        buf_release(&items);
        return 0;
    }
    more = checkin_say_result(turn, err);
    if (more == 1)
        reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_DECLINE);
    return more < 0 ? -1 : 0;
}

static int book(struct turn *turn, struct pending *original, struct checkin_plan *plan, struct coach_checkin *row,
                struct err *err)
{
    if (put(turn, original, row, err) < 0)
        return -1;
    if (row->due_ms == plan->asked_ms)
        plan->unanswered = 0;
    if (plan->paused) {
        plan->paused = false;
        checkin_plan_week(turn, plan, turn->message->read_ms);
    }
    return say_answered(turn, plan, row->due_ms, err) < 0 ? -1 : checkin_plan_store(turn, plan, err);
}

/* The last one that was asked, whether it is answered or not: until the next. */
static bool can_be_answered(const struct turn *turn, const struct checkin_plan *plan)
{
    return plan->asked_ms != 0 && turn->message->sent_ms - plan->asked_ms < WAITS_MS;
}

static int note_due(void *arg, const struct coach_checkin *row)
{
    *(int64_t *)arg = row->due_ms;
    return 0;
}

/* Which check-in the message can answer: the one that it was an answer to before an edit, or the one that waits. 0:
 * none. */
static int find_due(struct turn *turn, const struct pending *original, const struct checkin_plan *plan, int64_t *due_ms,
                    struct err *err)
{
    *due_ms = 0;
    if (original->input != 0 &&
        turn->store->checkins_of_input(turn->store->self, original->input, false, note_due, due_ms, err) < 0)
        return -1;
    if (*due_ms == 0 && can_be_answered(turn, plan))
        *due_ms = plan->asked_ms;
    return 0;
}

/* Whether SAID can be meant so, with MISSING to be said: one number alone, one setting alone are something else. */
static bool answers(const struct checkin_said *said, const struct coach_checkin *row, unsigned missing,
                    const struct checkin_plan *plan, bool asked)
{
    if (missing == 0 || (checkin_answered(row) == 0 && row->dread < 0))
        return false;
    return said->count != 1 || (plan->completing && !asked);
}

int checkin_answer(struct turn *turn, struct pending *original, struct span text, bool asked, struct err *err)
{
    struct checkin_plan plan;
    struct checkin_said said;
    struct coach_checkin row;
    unsigned missing;
    int64_t due_ms;
    int claimed;

    if (!turn->message->direct || turn->following || turn->dry || !checkin_read(text, &said))
        return 0;
    if (checkin_plan_load(turn, &plan, err) < 0 || find_due(turn, original, &plan, &due_ms, err) < 0)
        return -1;
    missing = missing_of(turn, due_ms);
    if (due_ms == 0 || !checkin_take(&said, missing, &row) || !answers(&said, &row, missing, &plan, asked))
        return 0;
    claimed = turn_claim(turn, original, err);
    if (claimed != 1) /* 0: it was answered before */
        return claimed < 0 ? -1 : 1;
    row.due_ms = due_ms;
    return book(turn, original, &plan, &row, err) < 0 ? -1 : 1;
}

int checkin_asked_by(struct turn *turn, const char *event, struct err *err)
{
    struct checkin_plan plan;

    if (checkin_plan_load(turn, &plan, err) < 0)
        return -1;
    return checkin_plan_waits(turn, &plan) && strcmp(plan.asked_by, event) == 0;
}

/* Which item of PLAN's check-in the poll NAME asks about; -1 none. */
static int item_of(const struct checkin_plan *plan, const char *name)
{
    size_t length = strlen(plan->asked_by);
    const char *item = name + length + 1;

    if (length == 0 || strncmp(name, plan->asked_by, length) != 0 || name[length] != ':' || item[0] < '0' ||
        item[0] >= '0' + CHECKIN_ITEMS || item[1] != '\0')
        return -1;
    return item[0] - '0';
}

static int take_vote(struct turn *turn, struct checkin_plan *plan, int item, int score, struct err *err)
{
    const struct message *message = turn->message;
    struct coach_checkin row;
    struct pending pending;
    int result;

    checkin_clear(&row);
    row.due_ms = plan->asked_ms;
    row.score[item] = score;
    pending_init(&pending, message->id, 0, message->sent_ms, span_of(""));
    turn->heard = &pending;
    result = turn_claim(turn, &pending, err);
    if (result == 1)
        result = book(turn, &pending, plan, &row, err);
    if (result == 0)
        result = turn_end(turn, err);
    pending_release(&pending);
    return result;
}

static int vote(struct turn *turn, struct err *err)
{
    const struct message *message = turn->message;
    struct buf name = BUF_INIT(PENDING_ID_SIZE), thread = BUF_INIT(PENDING_ID_SIZE);
    struct checkin_plan plan;
    int score = message->text[0] - '0', item = -1;
    int result = turn->store->reply_find(turn->store->self, message->transport, message->target, &name, &thread, err);

    if (result == 0) /* a transport where polls have no ids of their own */
        buf_adds(&name, message->target);
    if (result >= 0)
        result = checkin_plan_load(turn, &plan, err);
    if (result == 0)
        item = item_of(&plan, buf_text(&name));
    if (item >= 0 && score >= 1 && score <= 5 && message->text[1] == '\0' && can_be_answered(turn, &plan))
        result = take_vote(turn, &plan, item, score, err);
    buf_release(&name);
    buf_release(&thread);
    return result < 0 ? -1 : 0;
}

int checkin_vote(struct coach *coach, const struct message *message, struct err *err)
{
    struct turn turn;
    int64_t lifter;
    int found = message->direct && !message->again && !message->unproven
                    ? coach->store->lifter_find(coach->store->self, message->transport, message->sender, &lifter, err)
                    : 0;

    if (found != 1)
        return found;
    found = turn_open(&turn, coach, message, lifter, 0, err);
    if (found == 0)
        found = vote(&turn, err);
    turn_close(&turn);
    return found;
}

/* ---------------------------------------------------------------- the command */

static void say_when(struct turn *turn, const struct checkin_plan *plan, enum text_key key)
{
    struct buf date = BUF_INIT(64);

    checkin_print_time(turn, plan->next_ms, &date);
    reply_say(&turn->reply, turn->texts, key, ARG("date", buf_text(&date)));
    buf_release(&date);
}

static void turn_off(struct turn *turn, struct checkin_plan *plan)
{
    plan->off = true;
    plan->next_ms = plan->asked_ms = 0;
    reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_OFF);
}

static void turn_on(struct turn *turn, struct checkin_plan *plan)
{
    plan->off = plan->paused = false;
    plan->chosen = plan->announced = true;
    plan->unanswered = 0;
    checkin_plan_week(turn, plan, turn->message->read_ms);
    say_when(turn, plan, TEXT_CHECKIN_ON);
}

static bool is_planned(const struct checkin_plan *plan)
{
    return plan->next_ms != 0 && plan->step == CHECKIN_STEP_ASK;
}

/* That one, and nothing of it is answered yet. */
static bool waits(const struct turn *turn, const struct checkin_plan *plan)
{
    return checkin_plan_waits(turn, plan) && can_be_answered(turn, plan);
}

int checkin_waits(struct turn *turn, struct err *err)
{
    struct checkin_plan plan;

    return checkin_plan_load(turn, &plan, err) < 0 ? -1 : waits(turn, &plan);
}

/* The one that waits, or else the next. */
static void skip(struct turn *turn, struct checkin_plan *plan)
{
    if (waits(turn, plan)) {
        checkin_plan_week(turn, plan, turn->message->read_ms);
    } else if (is_planned(plan)) {
        checkin_plan_week(turn, plan, plan->next_ms);
    } else {
        reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_NONE);
        return;
    }
    plan->asked_ms = 0;
    plan->unanswered = 0;
    say_when(turn, plan, TEXT_CHECKIN_SKIPPED);
}

static void put_off(struct turn *turn, struct checkin_plan *plan)
{
    if (!waits(turn, plan)) {
        reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_NONE);
        return;
    }
    checkin_plan_tomorrow(turn, plan, CHECKIN_STEP_AGAIN, turn->message->read_ms);
    say_when(turn, plan, TEXT_CHECKIN_LATER);
}

static void ask_by_poll(struct turn *turn, struct checkin_plan *plan)
{
    if (!turn->message->polls) {
        turn_refuse(turn, TEXT_CHECKIN_POLLS_NONE);
        return;
    }
    snprintf(plan->polls, sizeof(plan->polls), "%s", turn->message->transport);
    reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_POLLS);
}

static void ask_in_words(struct turn *turn, struct checkin_plan *plan)
{
    plan->polls[0] = '\0';
    reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_POLLS_OFF);
}

static const struct {
    const char *words; /* folded */
    void (*act)(struct turn *turn, struct checkin_plan *plan);
} acts[] = {{"off,stop,aus,nie", turn_off},
            {"poll,polls,poll on,polls on,umfrage,umfragen", ask_by_poll},
            {"poll off,polls off,no poll,no polls,umfrage aus,umfragen aus", ask_in_words},
            {"on,an,ein,weekly", turn_on},
            {"skip,auslassen,uberspringen,ueberspringen", skip},
            {"later,snooze,spater,spaeter,tomorrow,morgen", put_off}};

/* Asks now; where one waits, that one. */
static void ask_now(struct turn *turn, struct checkin_plan *plan)
{
    if (!waits(turn, plan))
        plan->asked_ms = turn->message->sent_ms;
    snprintf(plan->asked_by, sizeof(plan->asked_by), "%s", turn->message->id);
    plan->completing = false;
    checkin_say_questions(turn, plan);
    checkin_ask_poll(turn, plan, missing_of(turn, plan->asked_ms));
    plan->announced = true;
}

/* "checkin 4 3 4 5 4": of the one that waits, or without being asked; also once more. 1, 0 it is no answer, -1. */
static int answer_by_command(struct turn *turn, struct checkin_plan *plan, struct span text, struct err *err)
{
    struct checkin_said said;
    struct coach_checkin row;
    int64_t due_ms;

    if (!checkin_read(text, &said))
        return 0;
    if (find_due(turn, turn->heard, plan, &due_ms, err) < 0)
        return -1;
    if (due_ms == 0) {
        plan->asked_ms = due_ms = turn->message->sent_ms;
        plan->completing = false;
    }
    if (!checkin_take(&said, missing_of(turn, due_ms), &row) && !checkin_take(&said, CHECKIN_ALL, &row))
        return 0;
    row.due_ms = due_ms;
    return book(turn, turn->heard, plan, &row, err) < 0 ? -1 : 1;
}

static void refuse(struct turn *turn, struct span typed)
{
    struct buf value = BUF_INIT(64);

    turn->kind = OUT_ERROR;
    buf_add(&value, typed.at, text_cut(typed, 32));
    reply_say(&turn->reply, turn->texts, TEXT_CHECKIN_REFUSED, ARG("value", buf_text(&value)));
    buf_release(&value);
}

/* What needs no private place: whether TEXT was such. */
static bool arrange(struct turn *turn, struct checkin_plan *plan, struct span text)
{
    for (size_t i = 0; i < ARRAY_LENGTH(acts); i++) {
        if (!typed_is(text, acts[i].words))
            continue;
        acts[i].act(turn, plan);
        return true;
    }
    if (!checkin_when_read(text, &plan->recurrence))
        return false;
    turn_on(turn, plan);
    return true;
}

/* FOLDED is "": what was typed can't be folded. */
static int run_own(struct turn *turn, struct span arguments, struct span folded, struct err *err)
{
    struct checkin_plan plan;
    int result;

    if (checkin_plan_load(turn, &plan, err) < 0)
        return -1;
    if (folded.length != 0 && arrange(turn, &plan, folded))
        return checkin_plan_store(turn, &plan, err);
    if (!turn->message->direct) {
        reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_DIRECT);
        return 0;
    }
    if (arguments.length == 0) {
        ask_now(turn, &plan);
        return checkin_plan_store(turn, &plan, err);
    }
    result = answer_by_command(turn, &plan, arguments, err);
    if (result == 0)
        refuse(turn, arguments);
    return result < 0 ? -1 : 0;
}

static int checkin_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(256);
    int result = 0;

    if (typed_fold(arguments, &folded) < 0)
        buf_clear(&folded);
    else
        result = checkin_team_command(turn, buf_span(&folded), err);
    if (result == 0 && turn->message->guest) /* whom nobody vouches for is asked nothing, irc.md section 2 */
        turn_refuse(turn, TEXT_CHECKIN_GUEST);
    else if (result == 0)
        result = run_own(turn, arguments, buf_span(&folded), err);
    buf_release(&folded);
    return result < 0 ? -1 : 0;
}

const struct command checkin_command = {.name = "checkin",
                                        .aliases = "check-in,check in",
                                        .german = "checkin",
                                        .arguments = "[WHEN|ANSWERS|skip|later|on|off|poll]",
                                        .words = 24,
                                        .free_text = true,
                                        .example = "checkin sun 18:00",
                                        .group = COMMAND_REVIEW,
                                        .help = TEXT_HELP_CHECKIN,
                                        .run = checkin_run};

/* ---------------------------------------------------------------- no, thanks */

/* Nothing is to follow from the last check-in. What the log says by itself stays. */
static int decline_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct coach_checkin *last = checkin_log_last(turn->lifter);
    int64_t now_ms = turn->message->sent_ms;
    struct coach_checkin row;

    (void)arguments;
    if (last == NULL || last->declined || now_ms - last->at_ms >= WAITS_MS + DAY_MS) {
        reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_NOTHING);
        return 0;
    }
    checkin_clear(&row);
    row.due_ms = last->due_ms;
    row.declined = true;
    if (put(turn, turn->heard, &row, err) < 0)
        return -1;
    reply_tell(&turn->reply, turn->texts, TEXT_CHECKIN_DECLINED);
    return checkin_say_result(turn, err) < 0 ? -1 : 0;
}

const struct command decline_command = {.name = "decline",
                                        .aliases = "no thanks,no thank you,no thx,decline that",
                                        .german = "nein danke,ablehnen,lieber nicht",
                                        .arguments = "",
                                        .example = "decline",
                                        .group = COMMAND_ADVICE,
                                        .help = TEXT_HELP_DECLINE,
                                        .run = decline_run};

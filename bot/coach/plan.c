/*
 * plan: what is to be trained, told before training (R94). skip: leaves some of it out.
 */
#include "bot/coach/plan.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/lead.h"
#include "bot/coach/names.h"
#include "bot/coach/react.h"
#include "bot/coach/said.h"
#include "bot/coach/seen.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/ascii.h"
#include "core/effort/policy.h"
#include "core/notation/words.h"

/* ---------------------------------------------------------------- steps */

int plan_step(struct turn *turn, enum coach_step_kind kind, const char *name, const char *text, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct pending *heard = turn->heard;
    struct coach_step step = {
        .input = heard->input, .kind = kind, .at_ms = turn->message->sent_ms, .name = name, .text = text};

    lifter_drop_steps(turn->lifter);
    if (turn_begin(turn, COACH_LOG, &heard->action, err) < 0)
        return -1;
    step.action = heard->action;
    return store->step_add(store->self, turn->lifter->id, &step, err);
}

struct withdrawal {
    VEC(int64_t) actions;
    const struct turn *turn;
    struct buf *words;
    bool said; /* not steps of plans alone */
};

static int add_action(void *arg, const struct coach_step *step)
{
    struct withdrawal *withdrawal = arg;

    vec_push(&withdrawal->actions, step->action);
    if (withdrawal->words != NULL)
        plan_print_step(withdrawal->turn, step, withdrawal->words);
    return 0;
}

static int add_instruction(void *arg, const struct coach_instruction *said)
{
    struct withdrawal *withdrawal = arg;

    vec_push(&withdrawal->actions, said->action);
    if (withdrawal->words == NULL)
        return 0;
    buf_adds(withdrawal->words, withdrawal->words->length != 0 ? ", " : "");
    coaching_print(withdrawal->turn, said, withdrawal->words);
    return 0;
}

static int add_said(void *arg, const struct coach_said *said)
{
    struct withdrawal *withdrawal = arg;

    if (said_deed_of(said) != NULL)
        return 0;
    vec_push(&withdrawal->actions, said->action);
    withdrawal->said = true;
    if (withdrawal->words != NULL)
        said_print(withdrawal->turn, said, withdrawal->words);
    return 0;
}

static int gather(struct turn *turn, int64_t input, struct withdrawal *withdrawal, struct err *err)
{
    const struct coach_store *store = turn->store;

    if (store->steps_of_input(store->self, input, add_action, withdrawal, err) < 0 ||
        store->said_of_input(store->self, input, add_said, withdrawal, err) < 0)
        return -1;
    return store->instructions_of_input(store->self, input, add_instruction, withdrawal, err);
}

int plan_withdraw(struct turn *turn, int64_t input, enum coach_action_kind kind, int64_t *action, struct buf *words,
                  struct err *err)
{
    const struct coach_store *store = turn->store;
    struct withdrawal withdrawal = {.turn = turn, .words = words};
    int result = lifter_load_names(turn->lifter, store, err);

    if (result == 0)
        result = gather(turn, input, &withdrawal, err);
    if (result == 0 && withdrawal.actions.count != 0)
        result = turn_begin(turn, kind, action, err);
    /* With a correction goes what it corrected. */
    while (result == 0 && withdrawal.actions.count != 0) {
        result = store->action_undo(store->self, withdrawal.actions.at[--withdrawal.actions.count], *action, err);
        withdrawal.words = NULL;
        if (result == 0 && withdrawal.actions.count == 0)
            result = gather(turn, input, &withdrawal, err);
    }
    lifter_drop_steps(turn->lifter);
    vec_release(&withdrawal.actions);
    return result == 0 && withdrawal.said ? said_again(turn, err) : result;
}

void plan_print_step(const struct turn *turn, const struct coach_step *step, struct buf *out)
{
    static const char *const words[] = {
        [COACH_STEP_PLAN] = "plan",         [COACH_STEP_ADD] = "plan add",          [COACH_STEP_START] = "start",
        [COACH_STEP_SKIP] = "skip",         [COACH_STEP_DROP] = "plan off",         [COACH_STEP_DONE] = "done",
        [COACH_STEP_TEMPLATE] = "template", [COACH_STEP_FORGET] = "forget template"};

    buf_adds(out, words[step->kind]);
    if (step->name[0] == '\0')
        return;
    buf_addc(out, ' ');
    if (step->kind == COACH_STEP_SKIP)
        wording_exercise(turn, step->name, out);
    else
        buf_adds(out, step->name);
}

/* ---------------------------------------------------------------- reading */

static void print_near(const struct turn *turn, const struct name_result *near, struct buf *out)
{
    for (size_t i = 0; i < near->count && i < 2; i++) {
        buf_adds(out, i != 0 ? ", " : "");
        wording_exercise(turn, near->id[i], out);
    }
}

static void refuse(struct turn *turn, const struct plan_error *error)
{
    static const enum text_key keys[] = {
        [PLAN_EMPTY] = TEXT_PLAN_USAGE,      [PLAN_NO_EXERCISE] = TEXT_PLAN_NO_EXERCISE,
        [PLAN_UNKNOWN] = TEXT_PLAN_UNKNOWN,  [PLAN_UNCLEAR] = TEXT_PLAN_UNCLEAR,
        [PLAN_EFFORT] = TEXT_PLAN_EFFORT,    [PLAN_IMPOSSIBLE] = TEXT_PLAN_IMPOSSIBLE,
        [PLAN_TOO_LONG] = TEXT_PLAN_TOO_LONG};
    enum text_key key = keys[error->problem];
    struct buf near = BUF_INIT(256);
    char most[16];

    if (key == TEXT_PLAN_UNKNOWN && error->near.match == NAME_NEAR) {
        print_near(turn, &error->near, &near);
        key = TEXT_PLAN_NEAR;
    }
    snprintf(most, sizeof(most), "%d", PLAN_ITEMS);
    turn->kind = OUT_ERROR;
    snprintf(turn->hint, sizeof(turn->hint), "plan bench 4x6-8 @2, row 3x10");
    reply_say(&turn->reply, turn->texts, key, ARG("part", error->part), ARG("near", buf_text(&near)),
              ARG("count", most));
    buf_release(&near);
}

int plan_typed(struct turn *turn, struct span typed, struct plan *plan)
{
    const struct plan_options options = {.own = &turn->lifter->names,
                                         .unit = setting_unit(turn->lifter, turn->coach->options.unit)};
    struct plan_error error;

    if (plan_read(typed, &options, plan, &error) == 0)
        return 0;
    refuse(turn, &error);
    return -1;
}

/* ---------------------------------------------------------------- in words */

static void print_progress(const struct turn *turn, const struct planned *done, size_t item, struct buf *out)
{
    char count[16], total[16];

    if (done->skipped[item] && done->done[item] < done->sets[item]) {
        buf_addf(out, " (%s)", texts_get(turn->texts, TEXT_PLAN_SKIPPED));
    } else if (planned_left(done, item) == 0) {
        buf_addf(out, " (%s)", texts_get(turn->texts, TEXT_PLAN_ITEM_DONE));
    } else if (done->done[item] > 0) {
        snprintf(count, sizeof(count), "%d", done->done[item]);
        snprintf(total, sizeof(total), "%d", done->sets[item]);
        buf_addc(out, ' ');
        reply_phrase(turn->texts, TEXT_PLAN_PROGRESS, REPLY_ARGS(ARG("count", count), ARG("total", total)), out);
    }
}

void plan_list(struct turn *turn, const struct plan *plan, const struct planned *done)
{
    struct buf line = BUF_INIT(512), work = BUF_INIT(256);

    for (size_t i = 0; i < plan->count; i++) {
        buf_clear(&line);
        buf_clear(&work);
        buf_adds(&line, plan->items[i].joined ? "+ " : "");
        wording_exercise(turn, plan->items[i].exercise, &line);
        plan_print_item(&plan->items[i], texts_language(turn->texts), &work);
        buf_adds(&line, work.length != 0 && work.data[0] != ' ' ? " " : "");
        buf_add_span(&line, buf_span(&work));
        if (done != NULL)
            print_progress(turn, done, i, &line);
        reply_line(&turn->reply, true);
        reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    }
    buf_release(&line);
    buf_release(&work);
}

void plan_sets_count(const struct turn *turn, const struct plan *plan, struct buf *out)
{
    int sets = 0;

    for (size_t i = 0; i < plan->count; i++)
        sets += plan->items[i].sets != 0 ? plan->items[i].sets : turn->coach->options.policy->load.sets_assumed;
    wording_sets_count(turn->texts, (size_t)sets, out);
}

static void say_head(struct turn *turn, const struct plan *plan)
{
    struct buf count = BUF_INIT(64);

    plan_sets_count(turn, plan, &count);
    reply_say(&turn->reply, turn->texts, TEXT_PLAN, ARG("sets", buf_text(&count)));
    buf_release(&count);
}

static int say_next(struct turn *turn, struct err *err)
{
    struct planned planned;
    struct buf line = BUF_INIT(512);
    int result = lead_plan(turn, turn->message->sent_ms, err);

    turn->advised = false;
    if (result == 0)
        planned_at(turn, turn->message->sent_ms, &planned);
    if (result == 0 && turn->lead.there) {
        lead_print(turn, false, &line);
        reply_lines(&turn->reply, buf_text(&line));
        turn->advice = turn->lead.advice;
        memcpy(turn->advice_exercise, turn->lead.exercise, sizeof(turn->advice_exercise));
        turn->advised = true;
        result = react_note(turn, err);
    } else if (result == 0 && planned.there) {
        reply_tell(&turn->reply, turn->texts, TEXT_PLAN_DONE);
    }
    buf_release(&line);
    return result;
}

/* Nothing of it where a room doesn't know the last set: its load comes of what was done elsewhere. */
int plan_say_next(struct turn *turn, struct err *err)
{
    struct seen seen;
    int result = seen_begin_moment(turn, &seen, err);

    if (result == 0)
        result = say_next(turn, err);
    if (result == 0 && seen.behind)
        reply_tell(&turn->reply, turn->texts, TEXT_SEEN_HERE);
    seen_end(turn, &seen);
    return result;
}

/* ---------------------------------------------------------------- plan */

static int show(struct turn *turn, struct err *err)
{
    struct planned planned;

    planned_at(turn, turn->message->sent_ms, &planned);
    if (!planned.there) {
        reply_tell(&turn->reply, turn->texts, TEXT_PLAN_NONE);
        return 0;
    }
    say_head(turn, &planned.plan);
    plan_list(turn, &planned.plan, &planned);
    if (planned.begun)
        return plan_say_next(turn, err);
    reply_tell(&turn->reply, turn->texts, TEXT_PLAN_WAITS);
    return 0;
}

/* The same as far as whoever reads it may know: TYPED (NULL: nothing) was typed here, how far it is done wasn't. */
static int show_seen(struct turn *turn, const struct plan *typed, struct err *err)
{
    struct seen seen;
    int result = seen_begin_moment(turn, &seen, err);

    if (result == 0 && seen.behind && typed != NULL) {
        say_head(turn, typed);
        plan_list(turn, typed, NULL);
    } else if (result == 0) {
        result = show(turn, err);
    }
    if (result == 0 && seen.behind)
        reply_tell(&turn->reply, turn->texts, TEXT_SEEN_HERE);
    seen_end(turn, &seen);
    return result;
}

static int drop(struct turn *turn, struct err *err)
{
    struct planned planned;

    planned_at(turn, turn->message->sent_ms, &planned);
    reply_tell(&turn->reply, turn->texts, planned.there ? TEXT_PLAN_DROPPED : TEXT_PLAN_NONE);
    return planned.there ? plan_step(turn, COACH_STEP_DROP, "", "", err) : 0;
}

static int set(struct turn *turn, struct span typed, enum coach_step_kind kind, struct err *err)
{
    struct buf text = BUF_INIT(PLAN_KEPT_MAX);
    struct plan plan;
    int result = 0;

    if (plan_typed(turn, typed, &plan) == 0) {
        plan_print_ids(&plan, &text);
        result = plan_step(turn, kind, "", buf_text(&text), err);
        if (result == 0)
            result = advise_load(turn, turn->message->sent_ms, err);
        if (result == 0)
            result = show_seen(turn, &plan, err);
    }
    buf_release(&text);
    return result;
}

static int add(struct turn *turn, struct span typed, struct err *err)
{
    struct planned planned;
    struct plan more;

    planned_at(turn, turn->message->sent_ms, &planned);
    if (!planned.there)
        return set(turn, typed, COACH_STEP_PLAN, err);
    if (plan_typed(turn, typed, &more) == 0 && planned.plan.count + more.count > PLAN_ITEMS)
        refuse(turn, &(struct plan_error){.problem = PLAN_TOO_LONG});
    else if (turn->kind != OUT_ERROR)
        return set(turn, typed, COACH_STEP_ADD, err);
    return 0;
}

static const char off_words[] = "off,clear,drop,delete,remove,none,stop,aus,weg,löschen,loschen";

/* "add row 3x10", "+ row 3x10": what is added. */
static bool adds(struct span text, struct span *more)
{
    static const char *const words[] = {"add ", "plus ", "dazu ", "+"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (span_starts(text, words[i])) {
            *more = (struct span){text.at + strlen(words[i]), text.length - strlen(words[i])};
            return true;
        }
    return false;
}

/* "push: bench 4x8": a name that is no exercise's stands before the plan, which is to be kept by it. */
static bool is_named(const struct turn *turn, struct span text)
{
    struct span name = {text.at, 0};

    while (name.length < text.length && text.at[name.length] != ':') {
        if (ascii_is_digit(text.at[name.length++]))
            return false;
    }
    return name.length != 0 && name.length < text.length && exercise_find_exact(&turn->lifter->names, name) == NULL;
}

/* "tomorrow: bench 5x5": a plan waits for its session, whichever day that is on. */
static struct span without_day(struct span text)
{
    struct buf folded = BUF_INIT(32);
    struct span rest = text, word = typed_word(&rest);

    while (word.length != 0 && (word.at[word.length - 1] == ':' || word.at[word.length - 1] == ','))
        word.length--;
    if (typed_fold(word, &folded) == 0 && rest.length != 0 &&
        (typed_is(buf_span(&folded), "today,tonight,tomorrow,heute,morgen") ||
         notation_meaning(buf_span(&folded)).word == WORD_DAY))
        text = rest;
    buf_release(&folded);
    return text;
}

static int plan_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(2 * PLAN_TEXT_MAX);
    struct span more;
    int result;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    arguments = without_day(arguments);
    result = assign_plan(turn, arguments, err);
    if (result != 0)
        return result < 0 ? -1 : 0;
    if (is_named(turn, arguments))
        return template_command.run(turn, arguments, err);
    typed_fold(arguments, &folded);
    if (arguments.length == 0)
        result = show_seen(turn, NULL, err);
    else if (typed_is(buf_span(&folded), off_words))
        result = drop(turn, err);
    else if (adds(buf_span(&folded), &more))
        result = add(turn, more, err);
    else
        result = set(turn, arguments, COACH_STEP_PLAN, err);
    buf_release(&folded);
    return result;
}

/* ---------------------------------------------------------------- skip */

static int skip_exercise(struct turn *turn, const char *exercise, bool one, struct err *err)
{
    struct buf name = BUF_INIT(128);
    int result = plan_step(turn, COACH_STEP_SKIP, exercise, one ? "set" : "", err);

    wording_exercise(turn, exercise, &name);
    reply_say(&turn->reply, turn->texts, one ? TEXT_SKIPPED_SET : TEXT_SKIPPED, ARG("exercise", buf_text(&name)));
    buf_release(&name);
    return result == 0 ? plan_say_next(turn, err) : -1;
}

static int skip_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct exercise *exercise;
    struct planned planned;
    bool one = span_is(arguments, "set");
    size_t item;

    if (lead_plan(turn, turn->message->sent_ms, err) < 0)
        return -1;
    planned_at(turn, turn->message->sent_ms, &planned);
    if (!planned.there || (!turn->lead.there && (arguments.length == 0 || one))) {
        reply_tell(&turn->reply, turn->texts, TEXT_SKIP_NONE);
        return 0;
    }
    if (arguments.length == 0 || one) {
        char id[EXERCISE_ID_SIZE];

        memcpy(id, turn->lead.exercise, sizeof(id));
        return skip_exercise(turn, id, one, err);
    }
    exercise = names_exercise(turn, arguments);
    if (exercise == NULL)
        return 0;
    item = planned_item(&planned, exercise->id);
    if (item < planned.plan.count && planned_left(&planned, item) > 0)
        return skip_exercise(turn, exercise->id, false, err);
    reply_tell(&turn->reply, turn->texts, TEXT_SKIP_NONE);
    return 0;
}

/* What is planned before ITEM and not done. */
static int skip_before(struct turn *turn, const struct planned *planned, size_t item, struct err *err)
{
    const char *exercise = planned->plan.items[item].exercise;
    int result = 0;

    for (size_t i = 0; i < item && result == 0; i++) {
        const char *other = planned->plan.items[i].exercise;
        struct buf name = BUF_INIT(128);

        if (planned_item(planned, other) != i || strcmp(other, exercise) == 0 || planned_left(planned, i) == 0)
            continue;
        wording_exercise(turn, other, &name);
        result = plan_step(turn, COACH_STEP_SKIP, other, "", err);
        reply_say(&turn->reply, turn->texts, TEXT_SKIPPED, ARG("exercise", buf_text(&name)));
        buf_release(&name);
    }
    return result == 0 ? plan_say_next(turn, err) : -1;
}

/* "skip to row": it comes next, and what stands before it in the plan is left out. */
static int skip_to_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct exercise *exercise;
    struct planned planned;
    size_t item;

    if (lead_plan(turn, turn->message->sent_ms, err) < 0)
        return -1;
    exercise = names_exercise(turn, arguments);
    if (exercise == NULL)
        return 0;
    planned_at(turn, turn->message->sent_ms, &planned);
    item = planned.there ? planned_item(&planned, exercise->id) : planned.plan.count;
    if (item < planned.plan.count && planned_left(&planned, item) > 0)
        return skip_before(turn, &planned, item, err);
    return next_command.run(turn, arguments, err);
}

/* What is left of the plan; where there is none, of the exercise. */
static int left_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct planned planned;

    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    planned_at(turn, turn->message->sent_ms, &planned);
    return planned.there ? plan_run(turn, arguments, err) : next_command.run(turn, arguments, err);
}

const struct command left_command = {.name = "what is left",
                                     .aliases = "",
                                     .arguments = "",
                                     .example = "what is left",
                                     .group = COMMAND_SESSION,
                                     .tells = TELLS_MOMENT,
                                     .help = TEXT_HELP_PLAN,
                                     .unlisted = true,
                                     .run = left_run};
const struct command plan_command = {.name = "plan",
                                     .aliases = "",
                                     .german = "der plan",
                                     .arguments = "[PLAN|add PLAN|off]",
                                     .words = 400,
                                     .may_be_other = true, /* "plan for @ben" */
                                     .example = "plan bench 4x6-8 @2, row 3x10 @1-2",
                                     .group = COMMAND_SESSION,
                                     .help = TEXT_HELP_PLAN,
                                     .run = plan_run};
const struct command skip_command = {.name = "skip",
                                     .aliases = "",
                                     .german = "auslassen,überspringen,ueberspringen",
                                     .arguments = "[EXERCISE|set]",
                                     .words = 4,
                                     .never_before = "0123456789x*+@",
                                     .may_be_other = true,
                                     .example = "skip",
                                     .group = COMMAND_SESSION,
                                     .help = TEXT_HELP_SKIP,
                                     .run = skip_run};
const struct command skip_to_command = {
    .name = "skip to",
    .aliases = "skip ahead to,jump to,jump ahead to,skip straight to,let's skip to,lets skip to,move on to,let's move "
               "on to,lets move on to,go straight to",
    .german = "spring zu,springe zu,spring zum,springe zum,weiter zu,weiter zum,weiter zur,direkt zu,direkt zum,direkt "
              "zur,gleich zu,gleich zum",
    .arguments = "EXERCISE",
    .words = 4,
    .never_before = "0123456789x*+@",
    .example = "skip to row",
    .group = COMMAND_SESSION,
    .tells = TELLS_MOMENT,
    .help = TEXT_HELP_SKIP,
    .unlisted = true,
    .run = skip_to_run};

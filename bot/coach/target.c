/*
 * target: what a coach asks of an exercise before it is trained (R94), of a lifter or of everybody in the room. What
 * was said last counts; whose word it takes the place of is told.
 */
#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/names.h"
#include "bot/coach/objections.h"
#include "bot/coach/plan.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

enum { MINUTE_MS = 60 * 1000, TOLD_MAX = 1024 };

/* ---------------------------------------------------------------- what is set */

/* An instruction before INDEX speaks of the same exercise. */
static bool was_listed(const struct lifter *lifter, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (lifter->instructions.at[i].kind == COACH_TARGET &&
            strcmp(lifter->instructions.at[i].exercise, lifter->instructions.at[index].exercise) == 0)
            return true;
    return false;
}

static void say_line(struct turn *turn, const struct turn *of, const struct instructed *asked)
{
    struct buf name = BUF_INIT(128), what = BUF_INIT(256), line = BUF_INIT(512);

    wording_exercise(of, asked->item.exercise, &name);
    instruct_print(turn, asked, &what);
    reply_phrase(turn->texts, TEXT_TARGETS_ITEM,
                 REPLY_ARGS(ARG("exercise", buf_text(&name)), ARG("what", buf_text(&what)),
                            ARG("coach", instruct_by(turn, asked))),
                 &line);
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&name);
    buf_release(&what);
    buf_release(&line);
}

/* What holds for OF's lifter in GROUP (0: anywhere). NAME: who that is; NULL: the turn's own. */
static int show(struct turn *turn, struct turn *of, int64_t group, const char *name, struct err *err)
{
    const struct lifter *lifter = of->lifter;
    struct instructed asked;
    int said = 0;

    if (advise_load(of, turn->message->sent_ms, err) < 0)
        return -1;
    for (size_t i = 0; i < lifter->instructions.count; i++) {
        if (lifter->instructions.at[i].kind != COACH_TARGET || was_listed(lifter, i) ||
            !instruct_target(of, group, lifter->instructions.at[i].exercise, turn->message->sent_ms, &asked))
            continue;
        if (said++ == 0)
            reply_say(&turn->reply, turn->texts, name != NULL ? TEXT_TARGETS_OF : TEXT_TARGETS, ARG("name", name));
        say_line(turn, of, &asked);
    }
    if (said == 0)
        reply_say(&turn->reply, turn->texts, name != NULL ? TEXT_TARGETS_NONE_OF : TEXT_TARGETS_NONE,
                  ARG("name", name));
    return 0;
}

static int show_of(struct turn *turn, const struct roster *roster, const struct whom *whom, struct err *err)
{
    struct other other;
    int result = other_open(&other, turn, whom->member, err);

    if (result == 0)
        result = show(turn, &other.turn, roster->group.id, whom->name, err);
    other_close(&other);
    return result;
}

/* ---------------------------------------------------------------- whose word it replaces */

/* A coach's word on the exercise that holds. */
struct coach_word {
    int64_t lifter; /* 0: everybody */
    int64_t coach, at_ms;
    struct instructed said;
};
typedef VEC(struct coach_word) word_list;

/* Those for one of those whom it is for now, the newest last. */
struct before {
    const struct whom *whom;
    const char *exercise;
    word_list words;
};

/* SAID takes the place of WORD: what is said for one of them ends nothing for the others. */
static bool ends(const struct before *before, const struct coach_word *word, const struct coach_instruction *said)
{
    return before->whom->member != NULL || said->lifter == 0 || said->lifter == word->lifter;
}

static int note_before(void *arg, const struct coach_instruction *said)
{
    struct before *before = arg;
    const struct coach_member *member = before->whom->member;
    struct span name = roster_short(said->transport, said->identity, said->name);
    struct coach_word word = {.lifter = said->lifter, .coach = said->coach, .at_ms = said->at_ms};
    struct plan plan;

    if (said->kind != COACH_TARGET || strcmp(said->exercise, before->exercise) != 0 ||
        (member != NULL && said->lifter != 0 && said->lifter != member->lifter))
        return 0;
    for (size_t i = before->words.count; i-- > 0;)
        if (ends(before, &before->words.at[i], said))
            vec_remove(&before->words, i);
    planned_read(said->text, &plan);
    if (plan.count == 0)
        return 0;
    word.said = (struct instructed){.there = true, .item = plan.items[0]};
    snprintf(word.said.by, sizeof(word.said.by), "%.*s", (int)name.length, name.at);
    vec_push(&before->words, word);
    return 0;
}

static int find_before(const struct turn *turn, struct before *before, const struct roster *roster, struct err *err)
{
    const struct coach_store *store = turn->store;

    return store->instructions_in(store->self, roster->group.id, note_before, before, err) < 0 ? -1 : 0;
}

/* "at 18:02", "on 5 Jan". */
static void print_when(const struct turn *turn, int64_t at_ms, struct buf *out)
{
    struct day day = day_of(turn, at_ms);
    struct buf time = BUF_INIT(64);

    if (day.number == day_of(turn, turn->message->sent_ms).number) {
        wording_time((int)((at_ms - day.start_ms) / MINUTE_MS), &time);
        reply_phrase(turn->texts, TEXT_AT_TIME, REPLY_ARGS(ARG("time", buf_text(&time))), out);
    } else {
        wording_day(turn->texts, day.number, &time);
        reply_phrase(turn->texts, TEXT_ON_DATE, REPLY_ARGS(ARG("date", buf_text(&time))), out);
    }
    buf_release(&time);
}

/* What another coach said is replaced; or what they said later holds. */
static void say_before(struct turn *turn, const struct before *before)
{
    const struct coach_word *word = before->words.count != 0 ? &before->words.at[before->words.count - 1] : NULL;
    struct buf what = BUF_INIT(256), when = BUF_INIT(64);

    if (word == NULL || word->coach == turn->lifter->id)
        return;
    instruct_print(turn, &word->said, &what);
    print_when(turn, word->at_ms, &when);
    reply_say(&turn->reply, turn->texts,
              word->at_ms > turn->message->sent_ms ? TEXT_TARGET_LATER : TEXT_TARGET_REPLACES,
              ARG("coach", instruct_by(turn, &word->said)), ARG("what", buf_text(&what)), ARG("when", buf_text(&when)));
    buf_release(&what);
    buf_release(&when);
}

/* ---------------------------------------------------------------- setting */

static void say_unknown(struct turn *turn, const struct roster *roster, const struct coach_member *member,
                        const char *exercise)
{
    struct buf name = BUF_INIT(COACH_NAME_SIZE), title = BUF_INIT(128);

    turn->kind = OUT_ERROR;
    roster_name(roster, member, &name);
    wording_exercise(turn, exercise, &title);
    reply_say(&turn->reply, turn->texts, TEXT_TARGET_UNKNOWN, ARG("name", buf_text(&name)),
              ARG("exercise", buf_text(&title)));
    buf_release(&name);
    buf_release(&title);
}

/* What stands against PLAN for MEMBER is gathered: 1, 0 and it is said that they don't know an exercise, -1. */
static int weigh(struct turn *turn, const struct roster *roster, const struct coach_member *member,
                 const struct plan *plan, struct objections *objections, struct err *err)
{
    struct other other;
    int result = other_open(&other, turn, member, err) < 0 ? -1 : 1;

    for (size_t i = 0; i < plan->count && result == 1; i++) {
        result = objections_add(objections, turn, roster, member, &other, &plan->items[i], err);
        if (result == 0)
            say_unknown(turn, roster, member, plan->items[i].exercise);
    }
    other_close(&other);
    return result;
}

/* The same for all whom it is for. */
static int weigh_all(struct turn *turn, const struct roster *roster, const struct whom *whom, const struct plan *plan,
                     struct objections *objections, struct err *err)
{
    int result = 1;

    for (size_t i = 0; i < roster->members.count && result == 1; i++) {
        const struct coach_member *member = &roster->members.at[i];

        if (coaching_means(roster, whom, i) && (whom->member != NULL || member->lifter != turn->lifter->id))
            result = weigh(turn, roster, member, plan, objections, err);
    }
    return result;
}

/* "squat 5x5 @2-3", also added to ALL. */
static void say_set(struct turn *turn, const struct whom *whom, const struct plan_item *item, struct buf *all)
{
    struct buf what = BUF_INIT(256);

    wording_exercise(turn, item->exercise, &what);
    buf_addc(&what, ' ');
    instruct_print(turn, &(struct instructed){.item = *item}, &what);
    reply_say(&turn->reply, turn->texts, TEXT_TARGET_SET, ARG("name", whom->name), ARG("what", buf_text(&what)));
    buf_adds(all, all->length != 0 ? ", " : "");
    buf_add_span(all, buf_span(&what));
    buf_release(&what);
}

static int set_item(struct turn *turn, const struct roster *roster, const struct whom *whom,
                    const struct plan_item *item, struct buf *all, struct err *err)
{
    struct before before = {.whom = whom, .exercise = item->exercise};
    int result = find_before(turn, &before, roster, err);

    if (result == 0)
        result = coaching_keep_item(turn, roster->group.id, COACH_TARGET,
                                    whom->member != NULL ? whom->member->lifter : 0, item, err);
    if (result == 0) {
        say_set(turn, whom, item, all);
        say_before(turn, &before);
    }
    vec_release(&before.words);
    return result;
}

/* The same exercise twice is no target. */
static bool repeats(const struct plan *plan)
{
    for (size_t i = 1; i < plan->count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(plan->items[i].exercise, plan->items[j].exercise) == 0)
                return true;
    return false;
}

static int set(struct turn *turn, const struct roster *roster, const struct whom *whom, struct span typed,
               struct err *err)
{
    struct objections objections = {.count = 0};
    struct buf all = BUF_INIT(TOLD_MAX);
    struct plan plan;
    int result;

    if (plan_typed(turn, typed, &plan) < 0)
        return 0;
    if (repeats(&plan))
        return turn_refuse(turn, TEXT_TARGET_USAGE);
    result = weigh_all(turn, roster, whom, &plan, &objections, err);
    for (size_t i = 0; i < plan.count && result == 1; i++)
        result = set_item(turn, roster, whom, &plan.items[i], &all, err) < 0 ? -1 : 1;
    if (result == 1) {
        objections_say(turn, &objections, whom->member == NULL);
        result = coaching_tell(turn, roster, whom->member, TEXT_TOLD_TARGET, buf_text(&all), err);
    }
    buf_release(&all);
    return result < 0 ? -1 : 0;
}

/* ---------------------------------------------------------------- ending */

/* "squat off": the exercise alone is left in TEXT. */
static bool takes_off(struct span *text)
{
    size_t at = text->length;

    while (at > 0 && text->at[at - 1] != ' ')
        at--;
    if (at == 0 || !typed_is((struct span){text->at + at, text->length - at}, "off,none,aus,weg"))
        return false;
    *text = (struct span){text->at, at - 1};
    return true;
}

static int end(struct turn *turn, const struct roster *roster, const struct whom *whom, struct span typed,
               struct err *err)
{
    const struct exercise *exercise = names_exercise(turn, typed);
    struct before before = {.whom = whom};
    struct buf name = BUF_INIT(128);
    int result = 0;

    if (exercise == NULL)
        return 0;
    before.exercise = exercise->id;
    result = find_before(turn, &before, roster, err);
    if (result == 0 && before.words.count != 0)
        result = coaching_keep(turn, roster->group.id, COACH_TARGET, whom->member != NULL ? whom->member->lifter : 0,
                               exercise->id, "", 0, err);
    wording_exercise(turn, exercise->id, &name);
    reply_say(&turn->reply, turn->texts, before.words.count != 0 ? TEXT_TARGET_OFF : TEXT_TARGET_OFF_NONE,
              ARG("name", whom->name), ARG("exercise", buf_text(&name)));
    say_before(turn, &before);
    if (result == 0 && before.words.count != 0)
        result = coaching_tell(turn, roster, whom->member, TEXT_TOLD_OFF, buf_text(&name), err);
    vec_release(&before.words);
    buf_release(&name);
    return result;
}

static int command(struct turn *turn, const struct roster *roster, struct span text, struct err *err)
{
    struct whom whom;

    if (!coaching_whom(turn, roster, &text, &whom))
        return 0;
    if (text.length == 0)
        return whom.member != NULL ? show_of(turn, roster, &whom, err) : turn_refuse(turn, TEXT_TARGET_USAGE);
    if (takes_off(&text))
        return end(turn, roster, &whom, text, err);
    return set(turn, roster, &whom, text, err);
}

/* One's own: of this room, in a direct chat of all. */
static int show_own(struct turn *turn, struct err *err)
{
    struct roster roster = {0};
    int found = turn->message->direct ? 1 : roster_open(turn, &roster, err);

    if (found == 1)
        found = show(turn, turn, roster.group.id, NULL, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    struct roster roster;
    int found;

    if (arguments.length == 0)
        return show_own(turn, err);
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    found = coaching_open(turn, &roster, err);
    if (found == 1)
        found = command(turn, &roster, arguments, err);
    roster_release(&roster);
    return found < 0 ? -1 : 0;
}

const struct command target_command = {.name = "target",
                                       .aliases = "targets,my target,my targets",
                                       .german = "vorgabe,vorgaben,meine vorgaben",
                                       .arguments = "[@NAME|all EXERCISE SETS|off]",
                                       .words = 100,
                                       .example = "target @ben squat 5x5 @2-3",
                                       .help = TEXT_HELP_TARGET,
                                       .group = COMMAND_ROOM,
                                       .who = COMMAND_COACHES,
                                       .run = run};

/*
 * undo day: takes back what a day booked, all of it, once the lifter has said that this is meant.
 */
#include <math.h>

#include "bot/coach/choice.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/earlier.h"
#include "bot/coach/fix.h"
#include "bot/coach/seen.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/base/civil.h"

static int take_back(struct turn *turn, const struct set_list *sets, struct err *err)
{
    const struct coach_store *store = turn->store;
    int64_t action = 0;
    int result = turn_begin(turn, COACH_DELETE, &action, err);

    lifter_drop_log(turn->lifter);
    for (size_t i = 0; i < sets->ids.count && result == 0; i++)
        result = store->set_supersede(store->self, sets->ids.at[i], action, err);
    return result == 0 ? fix_follow(turn, sets->at_ms, action, COACH_DELETE, err) : -1;
}

static void say(struct turn *turn, enum text_key key, const struct day *day, const struct set_list *sets)
{
    struct buf count = BUF_INIT(64), date = BUF_INIT(64);

    wording_sets_count(turn->texts, sets->sets.count, &count);
    wording_date(turn->texts, day->number, &date);
    reply_say(&turn->reply, turn->texts, key, ARG("sets", buf_text(&count)), ARG("date", buf_text(&date)));
    buf_release(&count);
    buf_release(&date);
}

/* What was asked holds for the day that it was asked of, whenever it is answered, and for as many sets. */
static int ask(struct turn *turn, const struct day *day, const struct set_list *sets, struct err *err)
{
    struct buf command = BUF_INIT(64);
    struct civil civil;
    int result;

    civil_from_ms(day->number * CIVIL_DAY_MS, 0, &civil);
    buf_addf(&command, "undo day yes of %zu %04d-%02d-%02d", sets->ids.count, civil.year, civil.month, civil.day);
    say(turn, TEXT_UNDO_DAY_ASK, day, sets);
    result = choice_confirm(turn, buf_text(&command), err);
    buf_release(&command);
    return result;
}

/* "yes", "yes of 3": COUNT is of how many sets, NAN of any. */
static bool take_yes(struct span *arguments, double *count)
{
    struct span rest = *arguments, word = typed_word(&rest);

    *count = NAN;
    if (!span_is(word, "yes") && !span_is(word, "ja"))
        return false;
    *arguments = rest;
    if (span_is(typed_word(&rest), "of") && typed_number(&rest, count))
        *arguments = rest;
    return true;
}

/* The day's sets that may be told of where the answer is read. */
static int find(struct turn *turn, const struct day *day, struct set_list *sets, struct err *err)
{
    struct seen seen;
    int result = lifter_load_names(turn->lifter, turn->store, err);

    if (result < 0)
        return -1;
    result = seen_begin(turn, &seen, err);
    if (result == 0)
        result = lifter_sets(turn->lifter, turn->store, day->start_ms, day->end_ms, set_list_add, sets, err);
    seen_end(turn, &seen);
    return result;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    double count;
    const bool sure = take_yes(&arguments, &count);
    struct day day = day_of(turn, turn->message->sent_ms);
    struct set_list sets = {0};
    int result;

    if (!day_typed(turn, arguments, &day))
        return turn_refuse(turn, TEXT_OF_DAY_USAGE);
    result = find(turn, &day, &sets, err);
    if (result == 0 && sets.sets.count == 0)
        say(turn, TEXT_OF_DAY_NONE, &day, &sets);
    else if (result == 0 && !sure)
        result = ask(turn, &day, &sets, err);
    else if (result == 0 && !isnan(count) && count != (double)sets.ids.count)
        turn_refuse(turn, TEXT_UNDO_DAY_CHANGED);
    else if (result == 0 && (result = take_back(turn, &sets, err)) == 0)
        say(turn, TEXT_UNDO_DAY_DONE, &day, &sets);
    set_list_release(&sets);
    return result;
}

const struct command undo_day_command = {.name = "undo day",
                                         .aliases = "",
                                         .arguments = "[DAY]",
                                         .words = 5,
                                         .example = "undo day yes monday",
                                         .group = COMMAND_LOGGING,
                                         .help = TEXT_HELP_UNDO,
                                         .unlisted = true,
                                         .run = run};

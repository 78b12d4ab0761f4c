/*
 * fix: what was typed wrong is said anew ("sorry, 80x7", "*80x7"). The sets take the place of the last ones, as an edit
 * of that message would have made them.
 */
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/commands.h"
#include "bot/coach/earlier.h"
#include "bot/coach/follow.h"
#include "bot/coach/wording.h"

/* The message that the last step booked, and its first set. */
struct fixed {
    bool found;
    struct coach_set_row row;
};

static int take_first(void *arg, const struct coach_set_row *row)
{
    struct fixed *fixed = arg;

    if (!fixed->found)
        *fixed = (struct fixed){true, *row};
    return 0;
}

static int find(struct turn *turn, struct fixed *fixed, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_action action;
    int result = store->action_last(store->self, turn->lifter->id, &action, err);

    *fixed = (struct fixed){0};
    if (result != 1 || action.kind == COACH_DELETE)
        return result;
    return store->sets_of_action(store->self, action.id, false, take_first, fixed, err);
}

static void say_instead(struct turn *turn, const struct set_list *old)
{
    struct buf line = BUF_INIT(REPLY_MAX);

    wording_sets(turn, old->sets.at, old->sets.count, true, &line);
    reply_say(&turn->reply, turn->texts, TEXT_INSTEAD_OF, ARG("sets", buf_text(&line)));
    buf_release(&line);
}

/* What TEXT leaves out is as it was. */
static int book_instead(struct turn *turn, const struct coach_set_row *row, struct span text, struct err *err)
{
    struct set_list old = {0};
    struct pending pending;
    int result;

    pending_init(&pending, turn->message->id, row->input, row->at_ms, text);
    result = follow_leans(turn, row->input, row->action, err);
    if (result == 0)
        memcpy(pending.exercise, row->set.exercise, sizeof(pending.exercise));
    if (row->set.load_mode == LOAD_EXTERNAL)
        pending.load_kg = row->set.load_kg;
    if (result >= 0)
        result = earlier_withdraw(turn, row->input, COACH_CORRECT, &old, &pending.action, err);
    if (result == 0)
        result = book(turn, &pending, err);
    if (result == 0 && turn->logged.count != 0)
        say_instead(turn, &old);
    if (result == 0 && pending.action != 0)
        result = follow(turn, row->at_ms, pending.action, COACH_CORRECT, err);
    pending_release(&pending);
    set_list_release(&old);
    return result;
}

static int fix_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fixed fixed;

    if (find(turn, &fixed, err) < 0)
        return -1;
    if (fixed.found)
        return book_instead(turn, &fixed.row, arguments, err);
    return turn_refuse(turn, TEXT_NOTHING_TO_CORRECT);
}

const struct command fix_command = {.name = "fix",
                                    .aliases = "*,sorry,oops,no wait,wait,actually,i meant,i mean,correction,make that",
                                    .german = "korrektur,quatsch,ich meine,ich meinte",
                                    .arguments = "SET",
                                    .words = 12,
                                    .example = "fix 80x7 @1",
                                    .group = COMMAND_LOGGING,
                                    .help = TEXT_HELP_FIX,
                                    .takes_sets = true,
                                    .run = fix_run};

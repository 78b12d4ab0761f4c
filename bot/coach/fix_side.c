/*
 * fix side: the last set was of another side ("sorry, right arm"), or of each ("pro arm").
 */
#include "bot/coach/commands.h"
#include "bot/coach/fix.h"
#include "bot/coach/typed.h"
#include "bot/coach/unanswered.h"

static enum set_side side_of(struct span typed)
{
    return typed_is(typed, "left") ? SIDE_LEFT : typed_is(typed, "right") ? SIDE_RIGHT : SIDE_EACH;
}

static int side_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct fixed fixed = {0};
    int result;

    if (unanswered_refuse(turn))
        return 0;
    result = fix_last(turn, &fixed, err);
    if (result == 1) {
        fixed.sets.at[fixed.index].side = side_of(arguments);
        result = fix_as(turn, &fixed, (struct span){"", 0}, err);
    }
    fixed_release(&fixed);
    return result < 0 ? -1 : 0;
}

const struct command fix_side_command = {.name = "fix side",
                                         .aliases = "",
                                         .arguments = "left|right|each",
                                         .words = 1,
                                         .example = "fix side left",
                                         .group = COMMAND_LOGGING,
                                         .help = TEXT_HELP_FIX,
                                         .free_text = true,
                                         .unlisted = true,
                                         .run = side_run};

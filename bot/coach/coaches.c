/*
 * coach: who coaches in the room. Several can; whoever runs the room says who.
 */
#include "bot/coach/coaching.h"
#include "bot/coach/commands.h"
#include "bot/coach/typed.h"

static int show(struct turn *turn, const struct roster *roster)
{
    struct buf names = BUF_INIT(1024);

    coaching_names(roster, &names);
    reply_say(&turn->reply, turn->texts, names.length != 0 ? TEXT_COACHES : TEXT_COACHES_NONE,
              ARG("names", buf_text(&names)));
    buf_release(&names);
    return 0;
}

static int change(struct turn *turn, const struct coach_member *member, bool coach, const char *name, struct err *err)
{
    struct coach_member changed = *member;

    if (member->coach == coach) {
        reply_say(&turn->reply, turn->texts, coach ? TEXT_COACH_ALREADY : TEXT_COACH_NOT, ARG("name", name));
        return 0;
    }
    changed.coach = coach;
    reply_say(&turn->reply, turn->texts, coach ? TEXT_COACH_ADDED : TEXT_COACH_REMOVED, ARG("name", name));
    return turn->store->member_put(turn->store->self, &changed, err);
}

/* Who coaches may stop by themselves. */
static bool may(const struct turn *turn, const struct roster *roster, const struct whom *whom, bool coach)
{
    return roster_rules(turn, &roster->group) || (!coach && whom->member->lifter == turn->lifter->id);
}

static int run_in(struct turn *turn, const struct roster *roster, struct span text, struct err *err)
{
    bool add = typed_skip(&text, "add,plus,dazu"),
         remove = !add && typed_skip(&text, "remove,delete,off,weg,entfernen");
    struct whom whom;

    if (text.length == 0 && !add && !remove)
        return show(turn, roster);
    if (text.length == 0 || (!add && !remove))
        return turn_refuse(turn, TEXT_COACH_USAGE);
    if (!coaching_whom(turn, roster, &text, &whom))
        return 0;
    if (text.length != 0 || whom.member == NULL)
        return turn_refuse(turn, TEXT_COACH_USAGE);
    if (!may(turn, roster, &whom, add))
        return turn_refuse(turn, TEXT_COACH_POWER);
    return change(turn, whom.member, add, whom.name, err);
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    return roster_run(turn, arguments, run_in, err);
}

const struct command coach_command = {.name = "coach",
                                      .aliases = "coaches",
                                      .german = "trainer",
                                      .arguments = "[add|remove @NAME]",
                                      .words = 3,
                                      .example = "coach add @anna",
                                      .help = TEXT_HELP_COACH,
                                      .group = COMMAND_ROOM,
                                      .who = COMMAND_MODERATORS,
                                      .run = run};

/*
 * trust, untrust: who else may write sets into a lifter's log, as "@ben 80x8 @1" in a room where both train.
 */
#include <string.h>
#include <strings.h>

#include "bot/coach/commands.h"
#include "bot/coach/roster.h"
#include "bot/coach/typed.h"

enum { LIST_MAX = 512, NAME_MAX_BYTES = 256 };

struct list {
    struct span wanted; /* of length 0: all are listed */
    int64_t found;
    struct buf names;
};

static int add_trusted(void *arg, int64_t lifter, const char *identity)
{
    struct list *list = arg;
    struct span name = roster_local_part(identity);

    buf_adds(&list->names, list->names.length != 0 ? ", " : "");
    buf_add_span(&list->names, name);
    if (span_is(list->wanted, identity) ||
        (list->wanted.length == name.length && strncasecmp(list->wanted.at, name.at, name.length) == 0))
        list->found = lifter;
    return 0;
}

static int show(struct turn *turn, struct err *err)
{
    struct list list = {.names = BUF_INIT(LIST_MAX)};
    int result = turn->store->trusted(turn->store->self, turn->lifter->id, add_trusted, &list, err);

    if (list.names.length == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_TRUST_NONE);
    else
        reply_say(&turn->reply, turn->texts, TEXT_TRUST_LIST, ARG("names", buf_text(&list.names)));
    buf_release(&list.names);
    return result;
}

static void say(struct turn *turn, const struct roster *roster, const struct coach_member *member)
{
    struct buf name = BUF_INIT(NAME_MAX_BYTES), own = BUF_INIT(NAME_MAX_BYTES);

    roster_name(roster, member, &name);
    roster_name(roster, roster_member(roster, turn->lifter->id), &own);
    reply_say(&turn->reply, turn->texts, TEXT_TRUSTED, ARG("name", buf_text(&name)), ARG("own", buf_text(&own)));
    buf_release(&name);
    buf_release(&own);
}

static int trust_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct coach_member *member;
    struct roster roster;
    int result;

    if (arguments.length == 0)
        return show(turn, err);
    result = roster_open(turn, &roster, err);
    if (result == 1 && (member = roster_find(turn, &roster, arguments)) != NULL) {
        if (member->lifter == turn->lifter->id)
            result = turn_refuse(turn, TEXT_TRUST_SELF);
        else
            result = turn->store->trust_put(turn->store->self, turn->lifter->id, member->lifter, true, err);
        if (result == 0 && turn->kind != OUT_ERROR)
            say(turn, &roster, member);
    }
    roster_release(&roster);
    return result < 0 ? -1 : 0;
}

/* Wherever it is said, and whether they are still in a room or not. */
static int untrust_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct list list = {.wanted = arguments, .names = BUF_INIT(LIST_MAX)};
    struct buf shown = BUF_INIT(NAME_MAX_BYTES);
    int result = store->trusted(store->self, turn->lifter->id, add_trusted, &list, err);

    if (result == 0 && list.found == 0 && arguments.length > 1 && arguments.at[0] == '@') {
        list.wanted = (struct span){arguments.at + 1, arguments.length - 1};
        result = store->trusted(store->self, turn->lifter->id, add_trusted, &list, err);
    }
    buf_add_span(&shown, list.wanted);
    if (result == 0 && list.found == 0) {
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, turn->texts, TEXT_UNTRUST_NOBODY, ARG("name", buf_text(&shown)));
    } else if (result == 0) {
        result = store->trust_put(store->self, turn->lifter->id, list.found, false, err);
        reply_say(&turn->reply, turn->texts, TEXT_UNTRUSTED, ARG("name", buf_text(&shown)));
    }
    buf_release(&list.names);
    buf_release(&shown);
    return result;
}

const struct command trust_command = {.name = "trust",
                                      .aliases = "",
                                      .german = "vertraue",
                                      .arguments = "[@NAME]",
                                      .words = 1,
                                      .example = "trust @cara",
                                      .help = TEXT_HELP_TRUST,
                                      .group = COMMAND_ROOM,
                                      .run = trust_run};
const struct command untrust_command = {.name = "untrust",
                                        .aliases = "trust no longer,distrust",
                                        .german = "misstraue",
                                        .arguments = "@NAME",
                                        .words = 1,
                                        .example = "untrust @cara",
                                        .help = TEXT_HELP_UNTRUST,
                                        .group = COMMAND_ROOM,
                                        .run = untrust_run};

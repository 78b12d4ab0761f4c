/*
 * trust, untrust: who else may write sets into a lifter's log, as "@ben 80x8 @1" in a room where both train.
 */
#include <string.h>
#include <strings.h>

#include "bot/coach/commands.h"
#include "bot/coach/roster.h"

enum { LIST_MAX = 512, NAME_MAX_BYTES = 256 };

/* Those whom the turn's lifter trusts, as each is met in each room of both. */
typedef VEC(struct coach_member) trusted_list;

static int add_trusted(void *arg, const struct coach_member *whom)
{
    trusted_list *list = arg;

    roster_copy(whom, vec_add(list));
    return 0;
}

static int load(const struct turn *turn, trusted_list *list, struct err *err)
{
    return turn->store->trusted(turn->store->self, turn->lifter->id, add_trusted, list, err);
}

static void release(trusted_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        roster_drop_copy(&list->at[i]);
    vec_release(list);
}

/* The training room that the turn is in; 0 in a direct chat, which shows nobody anything. */
static int find_here(const struct turn *turn, int64_t *here, struct err *err)
{
    struct coach_group group = {.id = 0};
    int found = turn->message->direct ? 0
                                      : turn->store->group_find(turn->store->self, turn->message->transport,
                                                                turn->message->room, &group, err);

    *here = found == 1 ? group.id : 0;
    return found < 0 ? -1 : 0;
}

static bool is_called(const struct coach_member *member, struct span name)
{
    struct span local = roster_local_part(member->identity);

    return span_is(name, member->identity) ||
           (name.length == local.length && strncasecmp(name.at, local.at, name.length) == 0);
}

/* Somebody else in LIST bears that name, too, as far as rooms matter. */
static bool is_shared(const trusted_list *list, int64_t here, const struct coach_member *member)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].lifter != member->lifter && (here == 0 || list->at[i].group == here) &&
            is_called(&list->at[i], roster_local_part(member->identity)))
            return true;
    return false;
}

static void add_name(struct buf *names, struct span name)
{
    buf_adds(names, names->length != 0 ? ", " : "");
    buf_add_span(names, name);
}

/* By the name that they have here: who they are elsewhere is theirs. */
static void print_names(const trusted_list *list, int64_t here, struct buf *names)
{
    int64_t last = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct coach_member *member = &list->at[i];

        if (member->lifter == last || (here != 0 && member->group != here))
            continue;
        last = member->lifter;
        add_name(names,
                 is_shared(list, here, member) ? span_of(member->identity) : roster_local_part(member->identity));
    }
}

static int show(struct turn *turn, struct err *err)
{
    trusted_list list = {0};
    struct buf names = BUF_INIT(LIST_MAX);
    int64_t here;
    int result = find_here(turn, &here, err);

    if (result == 0)
        result = load(turn, &list, err);
    print_names(&list, here, &names);
    if (names.length == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_TRUST_NONE);
    else
        reply_say(&turn->reply, turn->texts, TEXT_TRUST_LIST, ARG("names", buf_text(&names)));
    buf_release(&names);
    release(&list);
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

/* ---------------------------------------------------------------- no longer */

/* How many in the room HERE (0: in any) are called NAME; the last of them in *LIFTER, all in NAMES. */
static size_t count_called(const trusted_list *list, int64_t here, struct span name, int64_t *lifter, struct buf *names)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct coach_member *member = &list->at[i];

        if ((here != 0 && member->group != here) || (count != 0 && member->lifter == *lifter) ||
            !is_called(member, name))
            continue;
        add_name(names, span_of(member->identity));
        *lifter = member->lifter;
        count++;
    }
    return count;
}

/* Who of the room that it is said in is meant, or else who of any: 0, and it is said why, where that is nobody. */
static int64_t find_meant(struct turn *turn, const trusted_list *list, int64_t here, struct span name)
{
    struct buf names = BUF_INIT(LIST_MAX), shown = BUF_INIT(NAME_MAX_BYTES);
    int64_t lifter = 0;
    size_t count = count_called(list, here, name, &lifter, &names);

    if (count == 0 && here != 0) {
        count = count_called(list, 0, name, &lifter, &names);
        count = count == 1; /* their ids are nothing for this room */
    }
    buf_add_span(&shown, name);
    if (count != 1) {
        turn->kind = OUT_ERROR;
        reply_say(&turn->reply, turn->texts, count == 0 ? TEXT_UNTRUST_NOBODY : TEXT_ROSTER_SEVERAL,
                  ARG("name", buf_text(&shown)), ARG("names", buf_text(&names)));
    }
    buf_release(&names);
    buf_release(&shown);
    return count == 1 ? lifter : 0;
}

/* Wherever it is said, and whether they are still in a room or not. */
static int untrust_run(struct turn *turn, struct span arguments, struct err *err)
{
    trusted_list list = {0};
    struct buf shown = BUF_INIT(NAME_MAX_BYTES);
    int64_t here, lifter = 0;
    int result = find_here(turn, &here, err);

    if (result == 0)
        result = load(turn, &list, err);
    if (arguments.length > 1 && arguments.at[0] == '@' && memchr(arguments.at, ':', arguments.length) == NULL)
        arguments = (struct span){arguments.at + 1, arguments.length - 1};
    if (result == 0)
        lifter = find_meant(turn, &list, here, arguments);
    if (lifter != 0) {
        result = turn->store->trust_put(turn->store->self, turn->lifter->id, lifter, false, err);
        buf_add_span(&shown, arguments);
        reply_say(&turn->reply, turn->texts, TEXT_UNTRUSTED, ARG("name", buf_text(&shown)));
    }
    buf_release(&shown);
    release(&list);
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

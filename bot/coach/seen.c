/*
 * What a room sees of the lifter who speaks there.
 */
#include "bot/coach/seen.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/advise.h"

static int note_share(void *arg, const struct coach_member *member)
{
    *(bool *)arg = member->share == COACH_SHARE_ROOM && member->presence != COACH_LEFT;
    return 0;
}

/* The room that the turn is in: one that was never set up has its name alone, and nobody shares anything with it. */
static int find_room(const struct turn *turn, struct coach_group *group, bool *shared, struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct message *message = turn->message;
    int found = store->group_find(store->self, message->transport, message->room, group, err);

    *shared = false;
    if (found == 1)
        return store->members(store->self, group->id, turn->lifter->id, note_share, shared, err);
    *group = (struct coach_group){.id = 0};
    snprintf(group->transport, sizeof(group->transport), "%s", message->transport);
    snprintf(group->room, sizeof(group->room), "%s", message->room);
    return found;
}

int seen_whole(const struct turn *turn, struct err *err)
{
    struct coach_group group;
    bool shared = true;

    if (!turn->message->direct && find_room(turn, &group, &shared, err) < 0)
        return -1;
    return shared;
}

int seen_input(const struct turn *turn, int64_t input, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_input typed;
    int shown = seen_whole(turn, err);

    if (shown != 0)
        return shown;
    shown = store->input_event(store->self, input, &typed, NULL, err);
    return shown != 1
               ? shown
               : strcmp(typed.transport, turn->message->transport) == 0 && strcmp(typed.room, turn->message->room) == 0;
}

/* When the last set was done that is known of the turn's lifter. */
static int last_set(struct turn *turn, int64_t *at_ms, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    size_t count;

    if (advise_load(turn, now_ms, err) < 0)
        return -1;
    count = lifter_log_before(turn->lifter, now_ms + 1);
    *at_ms = count != 0 ? turn->lifter->log.at[count - 1].at_ms : INT64_MIN;
    return 0;
}

static int narrow(struct turn *turn, const struct coach_group *group, struct seen *seen, struct err *err)
{
    int64_t last_ms, here_ms;

    if (last_set(turn, &last_ms, err) < 0)
        return -1;
    seen->narrow = lifter_as_seen(turn->lifter->id, turn->store, group, turn->message->sent_ms, err);
    if (seen->narrow == NULL)
        return -1;
    turn->lifter = seen->narrow;
    if (last_set(turn, &here_ms, err) < 0)
        return -1;
    seen->behind = here_ms != last_ms;
    return 0;
}

int seen_begin(struct turn *turn, struct seen *seen, struct err *err)
{
    struct coach_group group;
    bool shared = true;

    *seen = (struct seen){.whole = turn->lifter};
    if (!turn->message->direct && find_room(turn, &group, &shared, err) < 0)
        return -1;
    return shared ? 0 : narrow(turn, &group, seen, err);
}

int seen_begin_moment(struct turn *turn, struct seen *seen, struct err *err)
{
    int result = seen_begin(turn, seen, err);

    if (result == 0 && !seen->behind)
        seen_end(turn, seen);
    return result;
}

void seen_end(struct turn *turn, struct seen *seen)
{
    turn->lifter = seen->whole;
    lifter_free(seen->narrow);
    seen->narrow = NULL;
}

int seen_run(struct turn *turn, const struct command *command, struct span arguments, struct err *err)
{
    struct seen seen;
    int result;

    turn->command = command;
    if (command->tells == TELLS_NOTHING)
        return command->run(turn, arguments, err);
    result = command->tells == TELLS_LOG ? seen_begin(turn, &seen, err) : seen_begin_moment(turn, &seen, err);
    if (result == 0)
        result = command->run(turn, arguments, err);
    if (result == 0 && seen.behind)
        reply_tell(&turn->reply, turn->texts, TEXT_SEEN_HERE);
    seen_end(turn, &seen);
    return result;
}

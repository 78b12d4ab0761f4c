/*
 * What the bot does: from a message to what it means, by kind.
 */
#include "bot/coach/coach.h"

#include <stdlib.h>
#include <string.h>

#include "bot/coach/announce.h"
#include "bot/coach/behalf.h"
#include "bot/coach/board.h"
#include "bot/coach/checkin.h"
#include "bot/coach/checkin_plan.h"
#include "bot/coach/contact.h"
#include "bot/coach/earlier.h"
#include "bot/coach/filled.h"
#include "bot/coach/import.h"
#include "bot/coach/link.h"
#include "bot/coach/member.h"
#include "bot/coach/react.h"
#include "bot/coach/turn.h"
#include "bot/coach/twice.h"
#include "bot/schedule/zone.h"
#include "core/effort/policy.h"

struct coach *coach_new(const struct coach_options *options)
{
    struct coach *coach = mem_zero(1, sizeof(*coach));

    BUG_IF(options->export_set == NULL || options->secrets.random == NULL || options->secrets.digest == NULL);
    coach->options = *options;
    if (coach->options.policy == NULL)
        coach->options.policy = &policy_default;
    coach->store = options->store;
    coach->texts = texts_for(options->language);
    coach->lifters = lifters_new();
    coach->summaries = summaries_new();
    coach->twice = twice_new();
    coach->announcements = announcements_new();
    command_index_init(&coach->commands, coach_commands);
    reading_init(&coach->reading);
    return coach;
}

void coach_free(struct coach *coach)
{
    if (coach == NULL)
        return;
    lifters_free(coach->lifters);
    summaries_free(coach->summaries);
    twice_free(coach->twice);
    announcements_free(coach->announcements);
    reading_release(&coach->reading);
    free(coach);
}

void coach_forget(struct coach *coach)
{
    lifters_clear(coach->lifters);
    summaries_clear(coach->summaries);
    announcements_clear(coach->announcements);
}

static int open_lifter(struct coach *coach, const struct message *message, int64_t *lifter, struct err *err)
{
    bool is_new;

    return coach->store->lifter_open(coach->store->self, message->transport, message->sender, message->sent_ms, lifter,
                                     &is_new, err);
}

/* What whoever never spoke to us says to others where nobody trains together: 1, nobody is kept for that; 0, -1. */
static int is_strangers_talk(struct coach *coach, const struct message *message, struct err *err)
{
    static const struct exercise_names none = {0};
    const struct hearing hearing = {.name = "spotter", .addressed = message->addressed};
    const struct reading_options options = {
        .own = &none, .unit = coach->options.unit, .order = ORDER_ASK, .language = texts_language(coach->texts)};
    const struct coach_store *store = coach->store;
    struct intention intention;
    struct coach_group group;
    int64_t lifter;
    int found;

    if (message->direct)
        return 0;
    found = store->lifter_find(store->self, message->transport, message->sender, &lifter, err);
    if (found == 0)
        found = store->group_find(store->self, message->transport, message->room, &group, err);
    if (found != 0)
        return found < 0 ? -1 : 0;
    chat_read(&coach->commands, &hearing, span_of(message->text), &options, &coach->reading, &intention);
    return intention.kind == INTENTION_NONE;
}

/* What LIFTER said with MESSAGE is heard by HEAR, and answered. */
static int answer(struct coach *coach, const struct message *message, int64_t lifter,
                  int (*hear)(struct turn *turn, struct pending *original, struct err *err), struct err *err)
{
    struct pending pending;
    struct turn turn;
    int result;

    pending_init(&pending, message->id, 0, message->sent_ms, span_of(""));
    result = turn_open(&turn, coach, message, lifter, 0, err);
    if (result == 0)
        result = contact_meet(&turn, err);
    if (result == 0)
        result = hear(&turn, &pending, err);
    if (result == 0)
        result = turn_end(&turn, err);
    if (result == 0 && !turn.gone)
        result = checkin_plan_follow(&turn, err);
    pending_release(&pending);
    turn_close(&turn);
    return result;
}

static int handle_text(struct coach *coach, const struct message *message, struct err *err)
{
    int64_t lifter;
    int result = is_strangers_talk(coach, message, err);

    if (result != 0)
        return result < 0 ? -1 : 0;
    if (open_lifter(coach, message, &lifter, err) < 0 || member_heard(coach, message, err) < 0)
        return -1;
    if (message->bridged && twice_heard(coach->twice, message, lifter))
        return 0;
    result = behalf_hear(coach, message, lifter, err);
    return result != 0 ? (result < 0 ? -1 : 0) : answer(coach, message, lifter, turn_hear, err);
}

/* Files are between two: what others send each other in a room is theirs. */
static int handle_file(struct coach *coach, const struct message *message, struct err *err)
{
    int64_t lifter;

    if (!message->direct || message->again)
        return 0;
    return open_lifter(coach, message, &lifter, err) < 0 ? -1 : answer(coach, message, lifter, import_hear, err);
}

int coach_import(struct coach *coach, const struct message *message, struct buf *said, bool *refused, struct err *err)
{
    struct pending pending;
    struct turn turn;
    int64_t lifter;
    int result = coach->store->lifter_find(coach->store->self, message->transport, message->sender, &lifter, err);

    if (result != 1)
        return result;
    pending_init(&pending, message->id, 0, message->sent_ms, span_of(""));
    result = turn_open(&turn, coach, message, lifter, 0, err) == 0 && import_hear(&turn, &pending, err) == 0 ? 1 : -1;
    if (result == 1)
        reply_plain(&turn.reply, said);
    *refused = turn.kind == OUT_ERROR;
    pending_release(&pending);
    turn_close(&turn);
    return result;
}

static int handle_nothing(struct coach *coach, const struct message *message, struct err *err)
{
    (void)coach, (void)message, (void)err;
    return 0;
}

/* Where something is known that was said after a message of a history, that is no command, and no answer to what was
 * asked since: *AGAIN. Its sets count for the time at which they were done. */
static int see_again(struct coach *coach, const struct message *message, bool *again, struct err *err)
{
    const struct coach_store *store = coach->store;
    int64_t lifter, last_ms;
    int found;

    *again = false;
    if (!message->again)
        return 0;
    found = store->lifter_find(store->self, message->transport, message->sender, &lifter, err);
    if (found == 1)
        found = store->input_last(store->self, lifter, NULL, NULL, &last_ms, err);
    *again = found == 1 && last_ms > message->sent_ms;
    return found < 0 ? -1 : 0;
}

/* A training room stays a room where but one is left in it: others were there, and may come again. */
static int settle_room(struct coach *coach, struct message *message, struct err *err)
{
    struct coach_group group;
    int found = 0;

    if (message->direct)
        found = coach->store->group_find(coach->store->self, message->transport, message->room, &group, err);
    message->direct = message->direct && found != 1;
    return found < 0 ? -1 : 0;
}

static int handle(struct coach *coach, struct message *message, struct err *err)
{
    static int (*const handlers[])(struct coach * coach, const struct message *message, struct err *err) = {
        [MESSAGE_TEXT] = handle_text,    [MESSAGE_EDIT] = earlier_correct, [MESSAGE_REDACTION] = earlier_remove,
        [MESSAGE_REACTION] = react,      [MESSAGE_JOIN] = member_joined,   [MESSAGE_LEAVE] = member_gone,
        [MESSAGE_REMOVED] = member_gone, [MESSAGE_AWAY] = member_gone,     [MESSAGE_LOST] = handle_nothing,
        [MESSAGE_VOTE] = checkin_vote,   [MESSAGE_FILE] = handle_file,
    };

    int burned;

    if (settle_room(coach, message, err) < 0 || see_again(coach, message, &message->again, err) < 0)
        return -1;
    burned = link_overhear(coach, message, err);
    if (burned != 0)
        return burned < 0 ? -1 : 0;
    return handlers[message->kind](coach, message, err) < 0 ? -1 : board_follow(coach, message, err);
}

int coach_handle(struct coach *coach, const struct message *message, struct err *err)
{
    struct message bounded = *message;
    struct buf filled = BUF_INIT(READING_INPUT_MAX);
    int result;

    /* When it was sent is what a server says. Nothing is of the future, and nothing of before all time. */
    if (bounded.sent_ms > bounded.read_ms)
        bounded.sent_ms = bounded.read_ms;
    if (bounded.sent_ms < 0)
        bounded.sent_ms = 0;
    if (message->block != NULL) {
        filled_spell(message->block, &filled);
        bounded.text = buf_text(&filled);
    }
    result = handle(coach, &bounded, err);
    buf_release(&filled);
    return result;
}

int coach_profile(struct coach *coach, const char *transport, const char *person, const char *timezone, int64_t now_ms,
                  struct err *err)
{
    const struct coach_store *store = coach->store;
    struct lifter *held;
    int64_t lifter;
    bool is_new;

    if (timezone != NULL && !zone_exists(timezone))
        return 0;
    if (store->lifter_open(store->self, transport, person, now_ms, &lifter, &is_new, err) < 0)
        return -1;
    held = lifters_hold(coach->lifters, lifter);
    lifter_drop_settings(held);
    lifter_let_go(held);
    return store->value_put(store->self, lifter, LIFTER_PROFILE_ZONE, timezone, err);
}

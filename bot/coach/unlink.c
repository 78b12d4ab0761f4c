/*
 * unlink: each is on their own again, with what was theirs. whoami: by which names somebody is known.
 */
#include <string.h>

#include "bot/coach/checkin_plan.h"
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/link.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "bot/log/log.h"
#include "core/base/civil.h"

enum { NAMES_MAX_BYTES = 4096, NAME_MAX_BYTES = 600 };

static bool is_late(const struct turn *turn, const struct link_name *name)
{
    return turn->message->read_ms - name->joined_ms > LINK_DAYS * CIVIL_DAY_MS;
}

/* ---------------------------------------------------------------- unlink */

/* Leaves those that are about to part: the turn's own name, or, when the others were joined to it, those. */
static void keep_leaving(link_names *names, const struct link_side *me)
{
    bool joined = false;

    for (size_t i = 0; i < names->count; i++)
        joined = joined || (names->at[i].home != 0 && link_same(&names->at[i].side, me));
    for (size_t i = names->count; i-- > 0;) {
        if (names->at[i].home == 0 || (joined && !link_same(&names->at[i].side, me)))
            vec_remove(names, i);
    }
}

/* The check-ins of LIFTER, who is SIDE alone again, are asked there. */
static int settle_checkins(struct turn *turn, int64_t lifter, const struct link_side *side, struct err *err)
{
    const struct message message = {.transport = side->transport,
                                    .room = side->room,
                                    .direct = true,
                                    .sender = side->identity,
                                    .sender_name = side->name,
                                    .sent_ms = turn->message->read_ms,
                                    .read_ms = turn->message->read_ms,
                                    .text = ""};
    struct turn own;
    int result = turn_open(&own, turn->coach, &message, lifter, 0, err);

    if (result == 0)
        result = checkin_plan_settle(&own, err);
    turn_close(&own);
    return result;
}

static int part(struct turn *turn, const struct link_side *me, const struct link_name *name,
                const struct link_name *host, struct err *err)
{
    struct buf other = BUF_INIT(NAME_MAX_BYTES);
    const struct coach_store *store = turn->store;
    bool with_log = !is_late(turn, name);
    int64_t home, stays = turn->lifter->id;
    int result;

    if (store->link.part(store->self, name->side.transport, name->side.identity, with_log, &home, err) < 0)
        return -1;
    lifters_drop(turn->coach->lifters, home);
    lifters_drop(turn->coach->lifters, stays);
    log_info("unlinked", LOG_INT("lifter", stays), LOG_INT("parted", home), LOG_INT("with_log", with_log));
    if (settle_checkins(turn, home, &name->side, err) < 0 || settle_checkins(turn, stays, &host->side, err) < 0)
        return -1;
    turn->gone = link_same(&name->side, me);
    link_print(turn, me, &other);
    result = link_tell(turn, turn->gone ? &host->side : &name->side, turn->gone ? stays : home, "parted",
                       buf_text(&other), err);
    buf_release(&other);
    return result;
}

static void say_parting(struct turn *turn, enum text_key key, const link_names *names, const struct link_name *host)
{
    struct buf list = BUF_INIT(NAMES_MAX_BYTES), stays = BUF_INIT(NAME_MAX_BYTES);

    for (size_t i = 0; i < names->count; i++) {
        buf_adds(&list, i != 0 ? ", " : "");
        link_print(turn, &names->at[i].side, &list);
    }
    link_print(turn, &host->side, &stays);
    reply_say(&turn->reply, turn->texts, key, ARG("others", buf_text(&list)), ARG("host", buf_text(&stays)));
    buf_release(&list);
    buf_release(&stays);
}

static int part_all(struct turn *turn, const struct link_side *me, const link_names *leaving,
                    const struct link_name *host, bool sure, struct err *err)
{
    bool late = false;
    int result = 0;

    for (size_t i = 0; i < leaving->count; i++)
        late = late || is_late(turn, &leaving->at[i]);
    if (late && !sure) {
        say_parting(turn, TEXT_UNLINK_LATE, leaving, host);
        return 0;
    }
    for (size_t i = 0; i < leaving->count && result == 0; i++)
        result = part(turn, me, &leaving->at[i], host, err);
    say_parting(turn, late ? TEXT_UNLINK_DONE_LATE : TEXT_UNLINK_DONE, leaving, host);
    return result;
}

static int unlink_run(struct turn *turn, struct span arguments, struct err *err)
{
    link_names names = {0};
    struct link_name host;
    struct link_side me;
    int result;

    if (!link_side_of(turn, &me))
        return 0;
    if (!turn_is_said_now(turn))
        return turn_refuse(turn, TEXT_LINK_NOTHING);
    result = link_names_load(turn, turn->lifter->id, &names, err);
    if (result == 0 && names.count > 1) {
        host = names.at[0];
        keep_leaving(&names, &me);
        result = part_all(turn, &me, &names, &host, typed_is(arguments, "yes,ja"), err);
    } else if (result == 0) {
        reply_tell(&turn->reply, turn->texts, TEXT_UNLINK_NONE);
    }
    vec_release(&names);
    return result;
}

const struct command unlink_command = {.name = "unlink",
                                       .aliases = "disconnect",
                                       .german = "trennen,verknüpfung lösen",
                                       .arguments = "[yes]",
                                       .words = 1,
                                       .example = "unlink",
                                       .group = COMMAND_ABOUT_YOU,
                                       .help = TEXT_HELP_UNLINK,
                                       .run = unlink_run};

/* ---------------------------------------------------------------- whoami */

static void add_name(struct turn *turn, const struct link_name *name)
{
    struct buf line = BUF_INIT(NAME_MAX_BYTES + 64), date = BUF_INIT(64);

    link_print(turn, &name->side, &line);
    if (name->home != 0) {
        wording_day(turn->texts, day_of(turn, name->joined_ms).number, &date);
        reply_phrase(turn->texts, TEXT_WHOAMI_SINCE, REPLY_ARGS(ARG("date", buf_text(&date))), &line);
    }
    reply_line(&turn->reply, true);
    reply_add(&turn->reply, REPLY_PLAIN, buf_text(&line));
    buf_release(&line);
    buf_release(&date);
}

/* Whatever else they are called is nobody else's business. */
static int whoami_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct message *message = turn->message;
    link_names names = {0};
    int result = 0;

    (void)arguments;
    if (message->guest) {
        reply_tell(&turn->reply, turn->texts, TEXT_LINK_GUEST);
    } else {
        reply_say(&turn->reply, turn->texts, message->direct ? TEXT_WHOAMI : TEXT_WHOAMI_ROOM,
                  ARG("identity", message->sender), ARG("transport", message->transport));
        result = message->direct ? link_names_load(turn, turn->lifter->id, &names, err) : 0;
    }
    for (size_t i = 0; i < names.count; i++) {
        if (names.count > 1)
            add_name(turn, &names.at[i]);
    }
    vec_release(&names);
    return result;
}

const struct command whoami_command = {.name = "whoami",
                                       .aliases = "who am i",
                                       .german = "wer bin ich",
                                       .arguments = "",
                                       .example = "whoami",
                                       .group = COMMAND_ABOUT_YOU,
                                       .help = TEXT_HELP_WHOAMI,
                                       .run = whoami_run};

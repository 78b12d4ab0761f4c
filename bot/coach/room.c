/*
 * What a training room does by itself.
 */
#include "bot/coach/room.h"

#include "bot/coach/wording.h"

enum { ROOM_MAX = 512 };

int room_next(struct turn *turn, const struct coach_group *group, const struct recurrence *when, int64_t after_ms,
              int64_t *at_ms, struct err *err)
{
    const struct coach_options *options = &turn->coach->options;
    struct lifter *founder = lifters_hold(turn->coach->lifters, group->founder);
    int result = lifter_load_settings(founder, turn->store, err);
    struct wall_clock clock = {options->offset, options->offset_arg, group->timezone};

    if (result == 0) {
        clock.zone = group->timezone[0] != '\0' ? group->timezone : setting_timezone(founder);
        *at_ms = recurrence_next(when, &clock, after_ms);
    }
    lifter_let_go(founder);
    return result;
}

int room_plan(struct turn *turn, const struct coach_group *group, enum coach_job_kind kind, int64_t due_ms,
              const char *payload, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct coach_job job = {.kind = kind,
                            .transport = group->transport,
                            .room = group->room,
                            .identity = "",
                            .name = "",
                            .due_ms = due_ms,
                            .payload = payload};
    bool is_new;

    if (store->lifter_open(store->self, group->transport, group->room, turn->message->read_ms, &job.lifter, &is_new,
                           err) < 0 ||
        store->job_cancel(store->self, job.lifter, kind, NULL, NULL, err) < 0)
        return -1;
    return due_ms != 0 ? store->job_put(store->self, &job, err) : 0;
}

int room_speak(struct turn *turn, const struct coach_group *group, struct err *err)
{
    struct lifter *founder = lifters_hold(turn->coach->lifters, group->founder);
    int result = lifter_load_settings(founder, turn->store, err);
    const char *language = result == 0 ? setting_value(founder, SETTING_LANGUAGE, NULL) : NULL;

    if (language != NULL)
        turn->texts = texts_for(language);
    lifter_let_go(founder);
    return result;
}

/* MESSAGE stands for what nobody wrote. */
static int tell(struct coach *coach, const struct coach_group *group, const struct message *message, int64_t lifter,
                room_say *say, const void *arg, struct err *err)
{
    struct turn turn;
    int result = turn_open(&turn, coach, message, lifter, 0, err);

    if (result == 0 && !message->direct)
        result = room_speak(&turn, group, err);
    if (result == 0)
        result = say(&turn, arg, err);
    if (result == 0)
        result = turn_say(&turn, err);
    turn_close(&turn);
    return result;
}

int room_tell_alone(struct coach *coach, const struct coach_group *group, const struct coach_member *member,
                    int64_t now_ms, room_say *say, const void *arg, struct err *err)
{
    const struct coach_options *options = &coach->options;
    struct buf room = BUF_INIT(ROOM_MAX);
    struct message message = {.transport = group->transport,
                              .direct = true,
                              .sender = member->identity,
                              .sender_name = member->name,
                              .sent_ms = now_ms,
                              .read_ms = now_ms,
                              .text = ""};
    int found = options->private_room != NULL
                    ? options->private_room(options->people_arg, message.transport, member->identity, &room, err)
                    : 0;

    if (found == 1) {
        message.room = buf_text(&room);
        found = tell(coach, group, &message, member->lifter, say, arg, err) < 0 ? -1 : 1;
    }
    buf_release(&room);
    return found;
}

int room_tell(struct coach *coach, const struct coach_group *group, const struct coach_member *member, int64_t now_ms,
              room_say *say, const void *arg, struct err *err)
{
    const struct message message = {.transport = group->transport,
                                    .room = group->room,
                                    .sender = member != NULL ? member->identity : "",
                                    .sender_name = member != NULL ? member->name : "",
                                    .sent_ms = now_ms,
                                    .read_ms = now_ms,
                                    .text = ""};

    return tell(coach, group, &message, member != NULL ? member->lifter : group->founder, say, arg, err);
}

void room_print_time(const struct recurrence *when, struct buf *out)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

    buf_addf(out, "%s %d:%02d", days[when->weekday], when->minute / 60, when->minute % 60);
}

void room_show_time(const struct turn *turn, const struct recurrence *when, struct buf *out)
{
    buf_addf(out, "%s ", texts_get(turn->texts, TEXT_MONDAY + (unsigned)when->weekday));
    wording_time(when->minute, out);
}

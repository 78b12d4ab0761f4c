/*
 * The plan of a lifter's check-ins, kept as one small text: numbers, then the direct chat, a line each.
 */
#include "bot/coach/checkin_plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/checkin_log.h"
#include "bot/coach/day.h"
#include "bot/coach/regular.h"
#include "core/text/fold.h"

enum { VALUE_MAX = 2048, SUNDAY = 6, EVENING = 18 * 60, WEEK_DAYS = 7 };

static const char value_name[] = "checkin";

/* ---------------------------------------------------------------- kept */

static int64_t next_number(const char **text)
{
    char *end;
    int64_t number = strtoll(*text, &end, 10);

    *text = end;
    return number;
}

static void next_line(const char **text, char *out, size_t size)
{
    size_t length;

    *text += **text == '\n';
    length = strcspn(*text, "\n");
    snprintf(out, size, "%.*s", (int)length, *text);
    *text += length;
}

static void read_plan(const char *text, struct checkin_plan *plan)
{
    plan->off = next_number(&text) != 0;
    plan->paused = next_number(&text) != 0;
    plan->chosen = next_number(&text) != 0;
    plan->announced = next_number(&text) != 0;
    plan->recurrence.weekday = (int)next_number(&text);
    plan->recurrence.minute = (int)next_number(&text);
    plan->step = (enum checkin_step)next_number(&text);
    plan->next_ms = next_number(&text);
    plan->asked_ms = next_number(&text);
    plan->completing = next_number(&text) != 0;
    plan->unanswered = (int)next_number(&text);
    plan->team_ms = next_number(&text);
    plan->team = next_number(&text);
    next_line(&text, plan->transport, sizeof(plan->transport));
    next_line(&text, plan->identity, sizeof(plan->identity));
    next_line(&text, plan->name, sizeof(plan->name));
    next_line(&text, plan->room, sizeof(plan->room));
    next_line(&text, plan->asked_by, sizeof(plan->asked_by));
    next_line(&text, plan->polls, sizeof(plan->polls));
}

int checkin_plan_load(struct turn *turn, struct checkin_plan *plan, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int found = turn->store->value_get(turn->store->self, turn->lifter->id, value_name, &value, err);

    *plan = (struct checkin_plan){.recurrence = {SUNDAY, EVENING}};
    if (found == 1)
        read_plan(buf_text(&value), plan);
    buf_release(&value);
    return found < 0 ? -1 : 0;
}

int checkin_plan_job(struct turn *turn, const struct checkin_plan *plan, enum coach_job_kind kind, int64_t due_ms,
                     struct err *err)
{
    const struct coach_store *store = turn->store;
    const struct coach_job job = {.kind = kind,
                                  .lifter = turn->lifter->id,
                                  .transport = plan->transport,
                                  .room = plan->room,
                                  .direct = true,
                                  .identity = plan->identity,
                                  .name = plan->name,
                                  .due_ms = due_ms,
                                  .payload = ""};

    if (store->job_cancel(store->self, turn->lifter->id, kind, NULL, NULL, err) < 0)
        return -1;
    return due_ms != 0 && plan->room[0] != '\0' ? store->job_put(store->self, &job, err) : 0;
}

static void forget_place(struct lifter *lifter)
{
    free(lifter->checkin_place);
    lifter->checkin_place = NULL;
}

/* Everything is planned there: known again without a look into the store. */
static void remember_place(struct lifter *lifter, const struct checkin_plan *plan)
{
    struct buf place = BUF_INIT(VALUE_MAX);

    forget_place(lifter);
    buf_addf(&place, "%s %s", plan->transport, plan->room);
    lifter->checkin_place = buf_steal(&place);
}

int checkin_plan_store(struct turn *turn, const struct checkin_plan *plan, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int result;

    buf_addf(&value,
             "%d %d %d %d %d %d %d %" PRId64 " %" PRId64 " %d %d %" PRId64 " %" PRId64 "\n%s\n%s\n%s\n%s\n%s\n%s",
             plan->off, plan->paused, plan->chosen, plan->announced, plan->recurrence.weekday, plan->recurrence.minute,
             (int)plan->step, plan->next_ms, plan->asked_ms, plan->completing, plan->unanswered, plan->team_ms,
             plan->team, plan->transport, plan->identity, plan->name, plan->room, plan->asked_by, plan->polls);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, value_name, buf_text(&value), err);
    buf_release(&value);
    forget_place(turn->lifter);
    return result == 0 ? checkin_plan_job(turn, plan, COACH_JOB_CHECKIN, plan->next_ms, err) : result;
}

/* ---------------------------------------------------------------- when */

static int64_t next_time(const struct turn *turn, const struct recurrence *recurrence, int64_t after_ms)
{
    const struct wall_clock clock = day_clock(turn);

    return recurrence_next(recurrence, &clock, after_ms);
}

void checkin_plan_week(const struct turn *turn, struct checkin_plan *plan, int64_t after_ms)
{
    if (!plan->chosen && plan->team_ms != 0 && after_ms < plan->team_ms + CIVIL_WEEK_MS)
        after_ms = plan->team_ms + CIVIL_WEEK_MS;
    plan->step = CHECKIN_STEP_ASK;
    plan->next_ms = next_time(turn, &plan->recurrence, after_ms);
}

void checkin_plan_tomorrow(const struct turn *turn, struct checkin_plan *plan, enum checkin_step step, int64_t at_ms)
{
    struct recurrence tomorrow = {(civil_weekday(day_of(turn, at_ms).number) + 1) % WEEK_DAYS, plan->recurrence.minute};

    plan->step = step;
    plan->next_ms = next_time(turn, &tomorrow, at_ms);
}

/* ---------------------------------------------------------------- where */

/* One line of at most SIZE - 1 bytes. */
static void copy_line(const char *from, char *to, size_t size)
{
    snprintf(to, size, "%.*s", (int)text_cut((struct span){from, strcspn(from, "\n")}, size - 1), from);
}

bool checkin_plan_move(struct checkin_plan *plan, const char *transport, const char *room, const char *identity,
                       const char *name)
{
    if (strlen(room) >= sizeof(plan->room) || strlen(transport) >= sizeof(plan->transport) ||
        strlen(identity) >= sizeof(plan->identity) || strpbrk(room, "\n") != NULL || strpbrk(identity, "\n") != NULL ||
        (strcmp(plan->room, room) == 0 && strcmp(plan->transport, transport) == 0))
        return false;
    copy_line(room, plan->room, sizeof(plan->room));
    copy_line(transport, plan->transport, sizeof(plan->transport));
    copy_line(identity, plan->identity, sizeof(plan->identity));
    copy_line(name, plan->name, sizeof(plan->name));
    return true;
}

/* Whether the message was said in another direct chat than the plan knows: then that is where it goes on. */
static bool moves(const struct message *message, struct checkin_plan *plan)
{
    return message->direct &&
           checkin_plan_move(plan, message->transport, message->room, message->sender, message->sender_name);
}

static int note_set(void *arg, const struct coach_set_row *row)
{
    (void)row;
    *(bool *)arg = true;
    return 1;
}

bool checkin_plan_waits(const struct turn *turn, const struct checkin_plan *plan)
{
    return plan->asked_ms != 0 && checkin_log_find(turn->lifter, plan->asked_ms) == NULL;
}

int checkin_plan_has_sets(struct turn *turn, struct err *err)
{
    bool any = false;

    if (turn->store->sets_live(turn->store->self, turn->lifter->id, 0, INT64_MAX, note_set, &any, err) < 0)
        return -1;
    return any;
}

static bool is_begun(const struct checkin_plan *plan)
{
    return plan->next_ms != 0 || plan->off || plan->paused;
}

static int follow(struct turn *turn, struct err *err)
{
    struct checkin_plan plan;
    bool moved, begins;
    int sets;

    if (checkin_plan_load(turn, &plan, err) < 0)
        return -1;
    moved = moves(turn->message, &plan);
    if (plan.room[0] == '\0')
        return 0;
    sets = checkin_plan_has_sets(turn, err);
    begins = !is_begun(&plan) && (plan.chosen || sets == 1);
    if (begins)
        checkin_plan_week(turn, &plan, turn->message->read_ms);
    if (sets < 0 || ((moved || begins) && checkin_plan_store(turn, &plan, err) < 0))
        return -1;
    if (sets == 1 && regular_follow(turn, &plan, moved, err) < 0)
        return -1;
    if (sets == 1 && is_begun(&plan))
        remember_place(turn->lifter, &plan);
    return 0;
}

static bool is_known(const struct turn *turn)
{
    const char *place = turn->lifter->checkin_place, *transport = turn->message->transport;
    size_t length = strlen(transport);

    if (place == NULL || !turn->message->direct)
        return place != NULL;
    return strncmp(place, transport, length) == 0 && place[length] == ' ' &&
           strcmp(place + length + 1, turn->message->room) == 0;
}

int checkin_plan_follow(struct turn *turn, struct err *err)
{
    if (turn->input == 0 || turn->message->guest || is_known(turn))
        return 0;
    return lifter_load_settings(turn->lifter, turn->store, err) < 0 ? -1 : follow(turn, err);
}

int checkin_plan_settle(struct turn *turn, struct err *err)
{
    struct checkin_plan plan;

    if (lifter_load_settings(turn->lifter, turn->store, err) < 0 || checkin_plan_load(turn, &plan, err) < 0)
        return -1;
    if (plan.room[0] == '\0')
        return 0;
    moves(turn->message, &plan);
    if (plan.next_ms != 0)
        checkin_plan_week(turn, &plan, turn->message->read_ms);
    return checkin_plan_store(turn, &plan, err) < 0 ? -1 : regular_again(turn, &plan, err);
}

int checkin_plan_again(struct turn *turn, struct err *err)
{
    struct checkin_plan plan;

    if (lifter_load_settings(turn->lifter, turn->store, err) < 0 || checkin_plan_load(turn, &plan, err) < 0)
        return -1;
    if (plan.next_ms != 0 && plan.step == CHECKIN_STEP_ASK) {
        checkin_plan_week(turn, &plan, turn->message->read_ms);
        if (checkin_plan_store(turn, &plan, err) < 0)
            return -1;
    }
    return regular_again(turn, &plan, err);
}

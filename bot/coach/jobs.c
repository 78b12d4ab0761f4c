/*
 * What is due, carried out by its kind. The row is taken out in the transaction in which what it says becomes one of
 * the outbox: said exactly once.
 */
#include "bot/coach/jobs.h"

#include "bot/coach/budget.h"
#include "bot/coach/checkin.h"
#include "bot/coach/checkin_team.h"
#include "bot/coach/link.h"
#include "bot/coach/digest.h"
#include "bot/coach/month.h"
#include "bot/coach/session.h"
#include "bot/coach/timer.h"
#include "bot/log/log.h"

static int (*const handlers[COACH_JOB_KINDS])(struct turn *turn, const struct coach_job *job, struct err *err) = {
    [COACH_JOB_REST] = timer_due,    [COACH_JOB_SESSION] = session_due,   [COACH_JOB_CHECKIN] = checkin_due,
    [COACH_JOB_BUDGET] = budget_due, [COACH_JOB_REVIEW] = month_due,      [COACH_JOB_LINK] = link_due,
    [COACH_JOB_DIGEST] = digest_due, [COACH_JOB_TEAM] = checkin_team_due,
};

/* What TURN's message is answered by later, there. */
static struct coach_job job_of(const struct turn *turn, enum coach_job_kind kind, int64_t due_ms, const char *payload)
{
    const struct message *message = turn->message;

    return (struct coach_job){.kind = kind,
                              .lifter = turn->lifter->id,
                              .transport = message->transport,
                              .room = message->room,
                              .direct = message->direct,
                              .thread = message->thread,
                              .identity = message->sender,
                              .name = message->sender_name,
                              .cause = message->id,
                              .due_ms = due_ms,
                              .payload = payload};
}

int jobs_put(struct turn *turn, enum coach_job_kind kind, int64_t due_ms, const char *payload, struct err *err)
{
    const struct coach_job job = job_of(turn, kind, due_ms, payload);

    return turn->store->job_put(turn->store->self, &job, err);
}

int jobs_put_by(struct turn *turn, enum coach_job_kind kind, int64_t due_ms, struct err *err)
{
    const struct coach_job job = job_of(turn, kind, due_ms, "");

    return turn->store->job_put_by(turn->store->self, &job, err);
}

int jobs_cancel(struct turn *turn, enum coach_job_kind kind, struct err *err)
{
    return turn->store->job_cancel(turn->store->self, turn->lifter->id, kind, turn->message->transport,
                                   turn->message->room, err);
}

struct due {
    struct coach *coach;
    int64_t now_ms;
    struct err *err;
};

static int carry_out(void *arg, const struct coach_job *job)
{
    const struct due *due = arg;
    const struct message message = {.kind = MESSAGE_TEXT,
                                    .transport = job->transport,
                                    .room = job->room,
                                    .direct = job->direct,
                                    .sender = job->identity,
                                    .sender_name = job->name,
                                    .thread = job->thread,
                                    .sent_ms = job->due_ms,
                                    .read_ms = due->now_ms,
                                    .addressed = true,
                                    .text = ""};
    struct turn turn;
    int result;

    log_debug("due", LOG_INT("job", job->id), LOG_INT("kind", (int64_t)job->kind),
              LOG_INT("late_ms", due->now_ms - job->due_ms));
    if (job->kind >= COACH_JOB_KINDS) /* of a newer version of the program */
        return 0;
    result = turn_open(&turn, due->coach, &message, job->lifter, 0, due->err);
    turn.job = job->id;
    turn.bulk = job->kind != COACH_JOB_REST;
    if (result == 0)
        result = handlers[job->kind](&turn, job, due->err);
    if (result == 0)
        result = turn_say(&turn, due->err);
    turn_close(&turn);
    return result;
}

int coach_due(struct coach *coach, const char *transport, bool calls, int64_t now_ms, struct err *err)
{
    struct due due = {coach, now_ms, err};

    return coach->store->job_take_due(coach->store->self, transport, calls, now_ms, carry_out, &due, err) < 0 ? -1 : 0;
}

int coach_next_due(struct coach *coach, const char *transport, bool calls, int64_t *due_ms, struct err *err)
{
    return coach->store->job_next(coach->store->self, transport, calls, due_ms, err);
}

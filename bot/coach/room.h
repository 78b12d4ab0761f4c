/*
 * What a training room does by itself, at its own time and in its own language: those of whoever set it up, where
 * nothing else is said. Its jobs belong to the room, which stands in for a lifter: they don't go with that one.
 */
#ifndef BOT_COACH_ROOM_H
#define BOT_COACH_ROOM_H

#include "bot/coach/turn.h"
#include "bot/schedule/recurrence.h"

/* When WHEN is next after AFTER_MS by the room's clock. */
int room_next(struct turn *turn, const struct coach_group *group, const struct recurrence *when, int64_t after_ms,
              int64_t *at_ms, struct err *err);
/* Does KIND there at DUE_MS, in place of the one that waits; 0: never. */
int room_plan(struct turn *turn, const struct coach_group *group, enum coach_job_kind kind, int64_t due_ms,
              const char *payload, struct err *err);
/* The turn speaks the room's language. */
int room_speak(struct turn *turn, const struct coach_group *group, struct err *err);
/* What SAY says is said to MEMBER alone, in their language: 1, 0 there is no way to, -1. */
typedef int room_say(struct turn *turn, const void *arg, struct err *err);
int room_tell_alone(struct coach *coach, const struct coach_group *group, const struct coach_member *member,
                    int64_t now_ms, room_say *say, const void *arg, struct err *err);
/* In the room, and in its language; MEMBER, if there is one, is whom it is for. */
int room_tell(struct coach *coach, const struct coach_group *group, const struct coach_member *member, int64_t now_ms,
              room_say *say, const void *arg, struct err *err);

/* "sun 19:00": as checkin_when_read() reads it; and "Sun 19:00", in the turn's language. */
void room_print_time(const struct recurrence *when, struct buf *out);
void room_show_time(const struct turn *turn, const struct recurrence *when, struct buf *out);

#endif

/*
 * Who came to a training room and who went is said there: a server could put somebody in unseen. Gathered until the
 * batch ends, or something else is to be said in that room.
 */
#ifndef BOT_COACH_ANNOUNCE_H
#define BOT_COACH_ANNOUNCE_H

#include "bot/coach/turn.h"

struct announcements *announcements_new(void);
void announcements_clear(struct announcements *announcements);
void announcements_free(struct announcements *announcements);

/* MEMBER of GROUP has come (MESSAGE_JOIN) or gone, by KIND. EXPLAIN: what the room sees of them is to be told there,
 * since it couldn't be told to them alone. */
int announce_note(struct coach *coach, const struct coach_group *group, const struct coach_member *member,
                  enum message_kind kind, bool explain, int64_t now_ms, struct err *err);
/* Says what is gathered of that room; NULL: of all. */
int announce(struct coach *coach, const char *transport, const char *room, int64_t now_ms, struct err *err);

#endif

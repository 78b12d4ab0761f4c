/*
 * What was said and answered earlier, for whoever takes it back.
 */
#ifndef BOT_COACH_EARLIER_H
#define BOT_COACH_EARLIER_H

#include "bot/coach/turn.h"

struct set_list {
    VEC(struct set) sets;
    VEC(int64_t) ids;
    int64_t at_ms;                      /* of the earliest of them */
    char *steps;                        /* what else the message was, as it is typed: "plan"; NULL nothing */
    VEC(struct coach_checkin) checkins; /* answers to them; they count for no time */
};
int set_list_add(void *list, const struct coach_set_row *row); /* for the store's walks */
int set_list_add_checkin(void *list, const struct coach_checkin *row);
void set_list_release(struct set_list *list);
/* Nothing was said. */
bool set_list_empty(const struct set_list *list);
/* "bench press 80x8 @2", "check-in 4 3 4 5 4". */
void set_list_print(const struct turn *turn, const struct set_list *list, struct buf *out);

/* Takes back the live sets of INPUT, its answers to a check-in and the steps of plans, if there are any, by an action
 * of KIND (*ACTION, 0 when there were none). */
int earlier_withdraw(struct turn *turn, int64_t input, enum coach_action_kind kind, struct set_list *sets,
                     int64_t *action, struct err *err);

/* The same of sets alone, by an ACTION that is there already. */
int earlier_supersede(struct turn *turn, int64_t input, int64_t action, struct set_list *sets, struct err *err);

/* Finds the message whose reply speaks of what EVENT said: 1 and its id in OUT, 0 when there is no such reply. */
int earlier_reply(struct turn *turn, const char *event, struct buf *out, struct err *err);
/* The reply to message BY (NULL: none) is from now on the one that speaks of EVENT. */
int earlier_reply_is(struct turn *turn, const char *event, const char *by, struct err *err);

/* "Removed: ", with SETS struck. */
void earlier_strike(struct turn *turn, enum text_key head, const struct set_list *sets);
/* The reply that speaks of EVENT is replaced by what TURN has to say, because of CAUSE. */
int earlier_say(struct turn *turn, const struct turn *cause, const char *event, struct err *err);

/* The messages whose sets an action added or superseded, each with those that it added. */
struct touched {
    int64_t input;
    struct set_list added;
};
typedef VEC(struct touched) touched_list;
int touched_by(struct turn *turn, int64_t action, touched_list *touched, struct err *err);
void touched_release(touched_list *touched);
/* Undoes ACTION; the replies of the messages that it TOUCHED say what holds of them now. */
int touched_undo(struct turn *turn, int64_t action, const touched_list *touched, struct err *err);

/* MESSAGE_EDIT and MESSAGE_REDACTION. */
int earlier_correct(struct coach *coach, const struct message *message, struct err *err);
int earlier_remove(struct coach *coach, const struct message *message, struct err *err);

#endif

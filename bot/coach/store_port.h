/*
 * What coaching keeps. Sets are never overwritten: an action adds sets and supersedes others, and can be undone; a set
 * is live when the action that added it is not undone and no action that superseded it stands. Everything happens
 * inside the transaction that the caller holds. Functions return 0 or -1 with ERR; getters 1 found, 0 not there, -1.
 */
#ifndef BOT_COACH_STORE_PORT_H
#define BOT_COACH_STORE_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/coach/link_port.h"
#include "bot/message.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/effort/effort.h"
#include "core/lift/set.h"

struct coach_input {
    int64_t id;
    int64_t lifter;
    int64_t writer; /* who wrote it, where it is another's; 0: the lifter themself */
    int64_t sent_ms;
    char transport[64], room[256];
};

enum coach_action_kind { COACH_LOG, COACH_CORRECT, COACH_DELETE, COACH_UNDO };
struct coach_action {
    int64_t id;
    int64_t lifter;
    enum coach_action_kind kind;
    int64_t input; /* the message that caused it */
    int64_t at_ms;
};

struct coach_set_row {
    int64_t id;
    int64_t input;
    int64_t action;
    int ordinal; /* within its message, from 0 */
    int64_t at_ms;
    struct set set;
};

/* A step of a plan, by an action of COACH_LOG; it holds while that stands. */
enum coach_step_kind {
    COACH_STEP_PLAN,     /* `text` is planned */
    COACH_STEP_ADD,      /* and this, too */
    COACH_STEP_START,    /* `text` is begun; `name`: the template that it comes from, "" none */
    COACH_STEP_SKIP,     /* of the exercise `name`: what is left of it, or one set when `text` is "set" */
    COACH_STEP_DROP,     /* nothing is planned */
    COACH_STEP_DONE,     /* the session is over */
    COACH_STEP_TEMPLATE, /* `text` is kept as `name` */
    COACH_STEP_FORGET    /* `name` is kept no longer */
};
struct coach_step {
    int64_t action;
    int64_t input; /* the message that says it */
    enum coach_step_kind kind;
    int64_t at_ms;
    const char *name, *text; /* plans as plan_print_ids() writes them */
};

/* What a step says of its lifter besides sets, by an action of COACH_LOG: while that stands, and nothing newer does,
 * VALUE is the value NAME, or what the own name "alias:NAME" means. */
#define COACH_SAID_ALIAS "alias:"
struct coach_said {
    int64_t action;
    int64_t input; /* the message that says it */
    const char *name, *value;
};

/* What one message says about a check-in. */
enum { COACH_PAIN_SIZE = 128 };
struct coach_checkin {
    int64_t id;
    int64_t input;
    int64_t action;
    int64_t due_ms; /* which check-in: when that was asked */
    int64_t at_ms;
    double score[CHECKIN_ITEMS]; /* 1-5; NAN: not said */
    double slept_h;              /* NAN */
    int dread, deficit;          /* 1 yes, 0 no, -1 not said */
    char pain[COACH_PAIN_SIZE];  /* "knee 2, elbow 0", "none"; "" not said */
    bool declined;               /* says that nothing is to follow from it */
};

/* Something that is done by itself once its time has come: at most one of a kind for a lifter in a room. */
enum coach_job_kind {
    COACH_JOB_REST,
    COACH_JOB_SESSION,
    COACH_JOB_CHECKIN,
    COACH_JOB_BUDGET,
    COACH_JOB_REVIEW,
    COACH_JOB_LINK,
    COACH_JOB_DIGEST, /* a room's, which stands in for a lifter: see room.h */
    COACH_JOB_TEAM,   /* the same */
    COACH_JOB_KINDS
};
struct coach_job {
    int64_t id; /* never used again: what it says has its transaction id from it */
    enum coach_job_kind kind;
    int64_t lifter;
    const char *transport, *room;
    bool direct;
    const char *thread;          /* NULL */
    const char *identity, *name; /* as whom the lifter is met there */
    const char *cause;           /* id of the message that it comes from; NULL */
    int64_t due_ms;
    const char *payload; /* a small text, the kind's own; "" none */
};

/* A room that trains together. */
struct coach_group {
    int64_t id; /* 0: not kept yet */
    char transport[64], room[256];
    int64_t founder;   /* who set it up; 0: they were forgotten */
    int founder_power; /* the power that they have by that, where the network gives none */
    int64_t set_up_ms;
    char timezone[64]; /* IANA name; "": the default's */
    char digest[64];   /* when the week is summed up, in the words of the command; "": as usual */
};

/* Somebody in it. */
enum coach_presence {
    COACH_HERE,
    COACH_AWAY, /* their connection ended: a member who may come back, but nobody who may ask */
    COACH_LEFT  /* by their own will or not: shares nothing, coaches nobody */
};
/* What the room sees of a member besides the sets that they write in it. */
enum coach_share { COACH_SHARE_PRIVATE, COACH_SHARE_COACH, COACH_SHARE_ROOM };
struct coach_member {
    int64_t group;
    int64_t lifter;
    const char *identity; /* as whom they are met there: unique in the room */
    const char *name;     /* how they are called: anybody may be called anything */
    enum coach_presence presence;
    enum coach_share share;
    bool coach;
    bool told; /* what the room is, and what it sees of them */
    int64_t joined_ms;
    int64_t left_ms; /* 0: never yet */
};

/* What a coach says for a lifter of their room, by an action of COACH_LOG of the coach's; it holds while that stands.
 */
enum coach_instruction_kind {
    COACH_TARGET,   /* `text`, one item of a plan, is asked of `exercise`; "" nothing any more */
    COACH_OVERRIDE, /* the same of its next set alone */
    COACH_ASSIGN,   /* `text` is planned; `exercise` is what the coach calls it */
    COACH_COMMENT   /* `text` is said of the sets of message `about` */
};
struct coach_instruction {
    int64_t id;
    int64_t group;
    int64_t coach;
    int64_t action;
    int64_t input; /* the message that says it */
    enum coach_instruction_kind kind;
    int64_t lifter; /* whom it is for; 0: whoever is in the room */
    int64_t at_ms;
    const char *exercise, *text;  /* plans as plan_print_ids() writes them */
    int64_t about;                /* an input; 0 unless it is a comment */
    const char *transport, *room; /* the group's */
    const char *identity, *name;  /* the coach as that knows them; "": they aren't known there any more */
};

struct coach_store {
    void *self;
    struct link_store link;

    /* The lifter behind an identity, made on first contact (*NEW). */
    int (*lifter_open)(void *self, const char *transport, const char *identity, int64_t now_ms, int64_t *lifter,
                       bool *is_new, struct err *err);

    /* The lifter behind an identity, if there is one: 1, 0. */
    int (*lifter_find)(void *self, const char *transport, const char *identity, int64_t *lifter, struct err *err);
    /* Everything that is LIFTER's or speaks of them goes; what waits to be said to them, too. Their messages stay
     * claimed: bare ids, under nobody. BYTES: also, once the transaction is committed, what the disk keeps of before.
     */
    int (*lifter_forget)(void *self, int64_t lifter, bool bytes, struct err *err);
    /* What is LIFTER's, who was met on TRANSPORT as FROM, is INTO's, who is met as TO. What INTO has of the same name
     * stays: the rest is to be forgotten. */
    int (*lifter_merge)(void *self, int64_t lifter, int64_t into, const char *transport, const char *from,
                        const char *to, struct err *err);

    /* Claims a message: 1 and its row when it is new, 0 when it was seen before. */
    int (*input_claim)(void *self, const struct message *message, int64_t lifter, int64_t *input, struct err *err);
    /* A message that was claimed is LIFTER's, as WRITER wrote it (0: that one themself). */
    int (*input_hand)(void *self, int64_t input, int64_t lifter, int64_t writer, struct err *err);
    int (*input_find)(void *self, const char *transport, const char *event_id, struct coach_input *input,
                      struct err *err);
    /* The other way round: the message behind INPUT, its id added to EVENT_ID. */
    int (*input_event)(void *self, int64_t input, struct coach_input *found, struct buf *event_id, struct err *err);

    /* When the last message of LIFTER that is known was said; of those in ROOM of TRANSPORT it is none (NULL: all
     * count). */
    int (*input_last)(void *self, int64_t lifter, const char *transport, const char *room, int64_t *sent_ms,
                      struct err *err);

    int (*action_begin)(void *self, int64_t lifter, int64_t input, enum coach_action_kind kind, int64_t at_ms,
                        int64_t *action, struct err *err);
    /* The last action that stands and is no undo, of those in the lifter's log and those that they wrote into
     * another's: what `undo` takes back. OF_SETS: of those alone that added or superseded some. */
    int (*action_last)(void *self, int64_t lifter, bool of_sets, struct coach_action *action, struct err *err);
    int (*action_undo)(void *self, int64_t action, int64_t by_action, struct err *err);
    /* The last action that stands and is no undo, of those that message INPUT caused. */
    int (*action_caused)(void *self, int64_t input, struct coach_action *action, struct err *err);
    /* The last action that stands and added or superseded sets of message INPUT, or its answers to a check-in. */
    int (*action_touching)(void *self, int64_t input, int64_t *action, struct err *err);

    int (*set_add)(void *self, int64_t lifter, int64_t action, int64_t input, int ordinal, const struct set *set,
                   int64_t at_ms, int64_t *id, struct err *err);
    int (*set_supersede)(void *self, int64_t set, int64_t action, struct err *err);
    /* How many were ever booked for LIFTER, those that were superseded or taken back, too. */
    int (*sets_count)(void *self, int64_t lifter, size_t *count, struct err *err);
    /* Live sets by time, then order of saying. A day is [from, to). */
    int (*sets_live)(void *self, int64_t lifter, int64_t from_ms, int64_t to_ms,
                     int (*each)(void *arg, const struct coach_set_row *row), void *arg, struct err *err);
    int (*sets_of_input)(void *self, int64_t input, int (*each)(void *arg, const struct coach_set_row *row), void *arg,
                         struct err *err); /* live ones */
    int (*sets_of_action)(void *self, int64_t action,
                          bool superseded, /* false: those it added; true: those it superseded */
                          int (*each)(void *arg, const struct coach_set_row *row), void *arg, struct err *err);

    int (*step_add)(void *self, int64_t lifter, const struct coach_step *step, struct err *err);
    /* Those that hold, by time and order of saying; without the templates'. Strings are lent. */
    int (*steps_live)(void *self, int64_t lifter, int64_t from_ms,
                      int (*each)(void *arg, const struct coach_step *step), void *arg, struct err *err);
    int (*steps_of_input)(void *self, int64_t input, int (*each)(void *arg, const struct coach_step *step), void *arg,
                          struct err *err); /* that hold */
    int (*steps_of_action)(void *self, int64_t action,
                           bool undone, /* false: its own; true: those of the actions that it undid */
                           int (*each)(void *arg, const struct coach_step *step), void *arg, struct err *err);
    /* Those that are kept, by name. */
    int (*templates)(void *self, int64_t lifter, int (*each)(void *arg, const struct coach_step *step), void *arg,
                     struct err *err);

    int (*said_put)(void *self, int64_t lifter, const struct coach_said *said, struct err *err);
    /* In the order of saying. Strings are lent. */
    int (*said_of_input)(void *self, int64_t input, int (*each)(void *arg, const struct coach_said *said), void *arg,
                         struct err *err);                         /* that stand */
    int (*said_of_action)(void *self, int64_t action, bool undone, /* as steps_of_action */
                          int (*each)(void *arg, const struct coach_said *said), void *arg, struct err *err);

    int (*checkin_add)(void *self, int64_t lifter, const struct coach_checkin *checkin,
                       struct err *err); /* but its id */
    int (*checkin_supersede)(void *self, int64_t checkin, int64_t action, struct err *err);
    /* Live ones of check-ins that were asked since FROM_MS, by that, then in the order of saying. */
    int (*checkins_live)(void *self, int64_t lifter, int64_t from_ms,
                         int (*each)(void *arg, const struct coach_checkin *row), void *arg, struct err *err);
    int (*checkins_of_input)(void *self, int64_t input, bool live, /* false: all that it ever said */
                             int (*each)(void *arg, const struct coach_checkin *row), void *arg, struct err *err);
    int (*checkins_of_action)(void *self, int64_t action, bool superseded, /* as sets_of_action */
                              int (*each)(void *arg, const struct coach_checkin *row), void *arg, struct err *err);

    /* Settings and state of the conversation, small texts by name ("goal", "question:!room", "exercise:!room",
     * "advice"). */
    int (*value_get)(void *self, int64_t lifter, const char *name, struct buf *out, struct err *err);
    int (*value_put)(void *self, int64_t lifter, const char *name, const char *value,
                     struct err *err); /* NULL deletes */
    /* The same for what holds in a room ("quiet"), whoever speaks. */
    int (*room_value_get)(void *self, const char *transport, const char *room, const char *name, struct buf *out,
                          struct err *err);
    int (*room_value_put)(void *self, const char *transport, const char *room, const char *name, const char *value,
                          struct err *err);

    /* What is FROM's is TO's; what TO has already stays. */
    int (*room_move)(void *self, const char *transport, const char *from, const char *to, struct err *err);

    /* Rooms that train together. */
    int (*group_find)(void *self, const char *transport, const char *room, struct coach_group *group, struct err *err);
    /* Made or changed, by transport and room; the id is filled in. */
    int (*group_put)(void *self, struct coach_group *group, struct err *err);
    /* Its members, and what coaches said in it, go with it. */
    int (*group_drop)(void *self, int64_t group, struct err *err);
    /* Those that LIFTER has not left; 0: all there are. */
    int (*groups)(void *self, int64_t lifter, int (*each)(void *arg, const struct coach_group *group), void *arg,
                  struct err *err);
    int (*member_put)(void *self, const struct coach_member *member, struct err *err);
    /* Those of GROUP, by identity, also who left. LIFTER 0: all. Strings are lent. */
    int (*members)(void *self, int64_t group, int64_t lifter, int (*each)(void *arg, const struct coach_member *member),
                   void *arg, struct err *err);
    /* Whether LIFTER lets WHOM write into their log: 1, 0. */
    int (*trusts)(void *self, int64_t lifter, int64_t whom, struct err *err);
    /* Those whom LIFTER lets, as they are, or were, met in each training room where LIFTER is, or was, too. By whom,
     * then by room. Strings are lent. */
    int (*trusted)(void *self, int64_t lifter, int (*each)(void *arg, const struct coach_member *whom), void *arg,
                   struct err *err);
    int (*trust_put)(void *self, int64_t lifter, int64_t whom, bool trusted, struct err *err);
    /* The same as sets_live(), of those alone that were written in that room. */
    int (*sets_in_room)(void *self, int64_t lifter, const char *transport, const char *room, int64_t from_ms,
                        int64_t to_ms, int (*each)(void *arg, const struct coach_set_row *row), void *arg,
                        struct err *err);

    int (*instruction_add)(void *self, const struct coach_instruction *instruction, struct err *err); /* but its id */
    /* What holds for LIFTER in the rooms that they haven't left, by time and order of saying. Strings are lent. */
    int (*instructions_for)(void *self, int64_t lifter,
                            int (*each)(void *arg, const struct coach_instruction *instruction), void *arg,
                            struct err *err);
    /* What holds of all that was ever said for somebody, or for everybody, in GROUP. */
    int (*instructions_in)(void *self, int64_t group,
                           int (*each)(void *arg, const struct coach_instruction *instruction), void *arg,
                           struct err *err);
    int (*instructions_of_input)(void *self, int64_t input,
                                 int (*each)(void *arg, const struct coach_instruction *instruction), void *arg,
                                 struct err *err);                         /* that hold */
    int (*instructions_of_action)(void *self, int64_t action, bool undone, /* as steps_of_action */
                                  int (*each)(void *arg, const struct coach_instruction *instruction), void *arg,
                                  struct err *err);

    int (*alias_each)(void *self, int64_t lifter, int (*each)(void *arg, const char *folded, const char *exercise),
                      void *arg, struct err *err);
    int (*alias_put)(void *self, int64_t lifter, const char *folded, const char *exercise, struct err *err);

    /* Takes the place of the one of that kind, lifter and room. The id is given by the store. */
    int (*job_put)(void *self, const struct coach_job *job, struct err *err);
    /* The same, but one that is said to the same person there and due no later stays, so that most sets of a workout
     * write none: who carries it out looks whether it is time. */
    int (*job_put_by)(void *self, const struct coach_job *job, struct err *err);
    /* TRANSPORT and ROOM NULL: wherever it is. There need be none. */
    int (*job_cancel)(void *self, int64_t lifter, enum coach_job_kind kind, const char *transport, const char *room,
                      struct err *err);
    /* When the earliest of TRANSPORT is due: 1, 0 none waits. CALLS: of those alone that somebody waits for at that
     * moment (COACH_JOB_REST). */
    int (*job_next)(void *self, const char *transport, bool calls, int64_t *due_ms, struct err *err);
    /* Takes out the earliest of TRANSPORT that is due by NOW_MS, a call before all others, and hands it over, lent: 1,
     * 0 none is due, -1 also when EACH fails. It is gone once the transaction is committed, with all that EACH did;
     * rolled back, it waits again. */
    int (*job_take_due)(void *self, const char *transport, bool calls, int64_t now_ms,
                        int (*each)(void *arg, const struct coach_job *job), void *arg, struct err *err);

    /* A row in the outbox. Its transaction id is derived from what it answers or edits, so that saying it twice is one
     * row. */
    int (*say)(void *self, const struct outgoing *outgoing, struct err *err);
    /* 1 when a reply to that message was said (sent or waiting). */
    int (*was_answered)(void *self, const char *transport, const char *event_id, struct err *err);
    /* What our own EVENT_ID answers, or its name, is added to ANSWERS, its thread's root to THREAD. */
    int (*reply_find)(void *self, const char *transport, const char *event_id, struct buf *answers, struct buf *thread,
                      struct err *err);
};

#endif

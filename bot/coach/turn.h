/*
 * Inside the coach: one message being handled, from opening its lifter to the one thing that is said to it. Not for
 * other rooms.
 */
#ifndef BOT_COACH_TURN_H
#define BOT_COACH_TURN_H

#include "bot/chat/command.h"
#include "bot/chat/read.h"
#include "bot/chat/reply.h"
#include "bot/coach/coach.h"
#include "bot/coach/lifter.h"
#include "bot/coach/question.h"
#include "bot/coach/onto.h"
#include "bot/coach/unanswered.h"
#include "core/base/civil.h"
#include "core/base/vec.h"
#include "core/effort/ledger.h"
#include "core/effort/warning.h"
#include "core/lift/records.h"
#include "core/notation/plan.h"

struct summaries;
struct twice;
struct announcements;

struct coach {
    struct coach_options options;
    const struct coach_store *store;
    const struct texts *texts;
    struct lifters *lifters;
    struct summaries *summaries;
    struct twice *twice;
    struct announcements *announcements;
    struct command_index commands;
    struct reading reading; /* scratch: memory is kept from message to message */
};

/* What a coach asks of an exercise. */
enum { COACH_NAME_SIZE = 128 };
struct instructed {
    bool there;
    bool override;            /* of one set alone */
    bool hidden;              /* it was said in another room than the turn's: it is followed, and not shown here */
    char by[COACH_NAME_SIZE]; /* "": nobody knows any more */
    int64_t at_ms;
    struct plan_item item;
};

/* The planned set that comes next. */
struct lead {
    bool there;
    char exercise[EXERCISE_ID_SIZE];
    struct plan_item item;
    int number, total; /* of its exercise's sets */
    int rest_s;        /* from now on; 0 none */
    struct advice advice;
    struct instructed asked; /* by a coach */
};

/* Handlers fill in the reply and what stands behind it; it is said once, when the turn ends. No lines: silence. */
struct turn {
    struct coach *coach;
    const struct coach_store *store;
    const struct message *message;
    struct lifter *lifter;
    const struct texts *texts;     /* in the lifter's language */
    const struct command *command; /* that is being run */
    int64_t input;                 /* the row of this message; 0: not claimed yet */
    int64_t writer;                /* who wrote it into the lifter's log; 0: the lifter themself */
    int64_t job;                   /* nobody wrote: it became due; 0: somebody did */
    struct pending *heard;         /* the message itself, while it is heard. Lent */
    bool following;                /* it was booked before, and is read anew: nothing is asked */
    bool dry;                      /* only to see what would be booked */
    bool elsewhere;                /* the last set was typed where those who read the answer don't see it */
    bool leans;                    /* the log fills in what the message leaves out */
    bool bulk;                     /* it is one of many that become due, and nobody waits for it */

    /* What is said. */
    bool talk;               /* it was nothing for us */
    bool gone;               /* the turn's lifter isn't who wrote any more: nothing of theirs is kept there */
    bool open;               /* what is said is about keys alone */
    enum outgoing_kind kind; /* OUT_REPLY until somebody says otherwise */
    const char *cause;       /* id of what is handled: the message's own, or that of its edit */
    const char *edits;       /* the reply to that message is replaced; NULL: a new one is said. Lent */
    const char *name;        /* it answers nothing, and is known by that name; NULL. Lent */
    char own_name[48];       /* for `name` to point to */
    bool acknowledged;       /* the message bears our sign already, and has no reply */
    struct reply reply;
    struct {
        char name[48];        /* "" none */
        struct buf bytes;     /* CSV */
        struct buf otherwise; /* what is said where it can't be handed over */
    } file;                   /* goes with it */
    struct {
        char name[320]; /* "" none */
        struct buf text;
    } poll; /* follows it: as outgoing.poll */

    /* What stands behind it. */
    VEC(struct set) logged;
    int64_t logged_input;     /* the message whose sets `logged` are */
    bool others_follow;       /* they are booked in silence: those of another message are said with them */
    const struct set *beside; /* such sets, not said yet. Lent */
    size_t beside_count;
    struct record record[RECORD_KINDS]; /* those that were set */
    unsigned records;                   /* which those are: bits 1 << enum record_kind */
    bool discreet;                      /* whoever wrote `logged` may see nothing else of the lifter */
    bool advised;                       /* `advice` is there */
    bool next_time;                     /* this exercise is done: `next` is how its next session begins */
    bool planned;                       /* a plan is under way */
    bool against_plan;                  /* `advice` is of an exercise that is planned: `last_item` is its last set's */
    bool easier;                        /* than that was planned */
    struct plan_item last_item;
    struct instructed asked, last_asked; /* by a coach: of the advised set, and of the last one */
    int64_t asked_by_ms; /* what coaches said by then counts for the next set; 0: by the time that is asked about */
    struct lead lead;
    struct unanswered unanswered;
    struct onto onto; /* since the last set */
    bool foretells;   /* `forecast` was asked for */
    bool shows_week;  /* `week` was */
    struct advice advice;
    struct advice next;
    struct warnings warnings; /* that the advice or the week rests on */
    struct foretold forecast;
    struct ledger week;
    int64_t week_day; /* its Monday */
    VEC(struct set) option_sets;
    VEC(struct reading_option) options;
    char advice_exercise[EXERCISE_ID_SIZE];
    char hint[READING_TEXT_SIZE]; /* of an error */
};

extern const struct command_table coach_commands;

/* Begins an action of KIND that the turn's message causes, where *ACTION is 0: none is yet. */
int turn_begin(struct turn *turn, enum coach_action_kind kind, int64_t *action, struct err *err);

/* Reads the settings of the turn's lifter anew, and speaks as they ask. */
int turn_settle(struct turn *turn, struct err *err);
/* Loads the lifter's settings. The turn must be closed even when that failed. */
int turn_open(struct turn *turn, struct coach *coach, const struct message *message, int64_t lifter, int64_t input,
              struct err *err);
void turn_close(struct turn *turn);
/* Says OUTGOING, with what stands behind it. */
int turn_say_as(struct turn *turn, const struct outgoing *outgoing, struct err *err);
/* Says what the turn's reply holds, if it holds anything, and asks its poll. */
int turn_say(struct turn *turn, struct err *err);
/* The same at a turn's end: of a message that was read late it goes into the summary, in a quiet room a sign may do,
 * and whoever is new is asked about themselves. */
int turn_end(struct turn *turn, struct err *err);
void turn_summarise(struct turn *turn);
/* KEY says why what was asked for isn't done. 0. */
int turn_refuse(struct turn *turn, enum text_key key);
/* The same: there is no command NAME. */
int turn_unknown(struct turn *turn, struct span name);
/* What was read late, or written into an older message, is no answer to what was asked just now. */
bool turn_is_said_now(const struct turn *turn);

/* Drops what waits to be summed up. */
void summaries_clear(struct summaries *summaries);
struct summaries *summaries_new(void);
void summaries_free(struct summaries *summaries);

/* What the reader needs to know about this lifter. Settings and names are loaded. */
struct reading_options turn_reading_options(const struct turn *turn);

/* Claims the turn's message, if that isn't done yet, for ORIGINAL: 1 when it is ours to handle, 0 when it was handled
 * before, -1. */
int turn_claim(struct turn *turn, struct pending *original, struct err *err);

/*
 * Reads the message's text and does what it means; fills in the turn. ORIGINAL is the message itself, or for an edit
 * the message that it replaces, with the action that took its sets back.
 */
int turn_hear(struct turn *turn, struct pending *original, struct err *err);

#endif

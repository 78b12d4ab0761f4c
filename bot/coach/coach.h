/*
 * What the bot does: carries out what a message means. The caller holds a transaction and commits it after
 * coach_handle(); replies are rows of the outbox by then.
 */
#ifndef BOT_COACH_COACH_H
#define BOT_COACH_COACH_H

#include "bot/coach/store_port.h"
#include "bot/message.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/span.h"
#include "core/effort/effort.h"
#include "core/effort/ledger.h"
#include "core/effort/prospect.h"
#include "core/effort/warning.h"
#include "core/lift/records.h"
#include "core/lift/set.h"
#include "core/notation/reading.h"

struct coach;

/* One thing that was said, with what stands behind it. Lent for the call. */
struct coach_told {
    const struct outgoing *outgoing;
    const char *to;           /* the lifter's identity; NULL: the room */
    const struct set *logged; /* sets that this message booked or corrected; `at_ms` -1 unless it was back-dated */
    size_t logged_count;
    const struct advice *advice; /* NULL: none */
    const char *advice_exercise;
    const struct foretold *forecast;      /* NULL: none was asked for, or not enough is known */
    unsigned records;                     /* bits 1 << enum record_kind */
    const struct ledger *week;            /* NULL: none is shown */
    int64_t week_day;                     /* its Monday, days since 1970-01-01 */
    const struct warnings *warnings;      /* of the week; NULL */
    const struct reading_option *options; /* of a question: NULL */
    const struct set *option_sets;
    size_t option_count;
    const char *hint;        /* of an error: what to type instead; NULL */
    enum outgoing_kind said; /* what it would be if it were no edit: OUT_REPLY, OUT_QUESTION, OUT_ERROR */
};

/* A set of a log that was sent as a file. */
struct coach_file_set {
    const struct set *set;
    const char *name;    /* of its exercise, or our id of it, where the catalogue doesn't know it; NULL: it does */
    int64_t wall_ms;     /* when, by the clock on the lifter's wall, as if that were UTC */
    const int *offset_s; /* how far that is east of UTC, where it is said; NULL: it isn't */
    size_t line;         /* of the file, the first being 1 */
};
struct coach_file_rest {
    size_t without_reps;   /* lines of cardio and the like */
    size_t bad, first_bad; /* and can't be right; the line of the first of them */
    bool unit_guessed;     /* the file doesn't say what a load is in */
};

/* What codes are made of. */
struct coach_secrets {
    void (*random)(void *arg, void *bytes, size_t size); /* that nobody can guess */
    void *arg;
    void (*digest)(struct span text, struct buf *out); /* as text; nobody can go back from it */
};

struct coach_options {
    const struct coach_store *store; /* lent for the coach's life */
    enum unit unit;                  /* of lifters who said nothing else */
    bool unit_given;                 /* the operator has said so: nobody is asked */
    const char *language;            /* "en" */
    const struct policy *policy;     /* of effort, lent for the coach's life; NULL: the one that is compiled in */
    /* Offset of TIMEZONE (IANA name; NULL: the default) at a time, in seconds east of UTC. */
    int (*offset)(void *arg, const char *timezone, int64_t at_ms);
    void *offset_arg;
    /* Adds SET, done at AT_MS, to a file, with what stands first in it where OUT is empty. EXERCISE NULL: not known. */
    void (*export_set)(const struct set *set, const struct exercise *exercise, int64_t at_ms, int offset_s,
                       struct buf *out);
    /* EACH is called for the sets of such a file, lent, and REST tells of what else is in it. UNIT is taken where it
     * says none. -1: it is no log in any form that is known. NULL: there are no files. */
    int (*read_log)(struct span file, enum unit unit, void (*each)(void *arg, const struct coach_file_set *set),
                    void *arg, struct coach_file_rest *rest, struct err *err);
    /* What the networks know, each NULL where there is none: EACH is called for whoever is in ROOM now, the bot left
     * out; the room where PERSON and the bot are alone is added to ROOM: 1, 0 there is none. Both within the
     * transaction. */
    int (*people)(void *arg, const char *transport, const char *room,
                  int (*each)(void *each_arg, const char *identity, const char *name), void *each_arg, struct err *err);
    int (*private_room)(void *arg, const char *transport, const char *person, struct buf *room, struct err *err);
    void *people_arg;
    struct coach_secrets secrets;
    /* What was understood and advised, for `replay --json`; NULL in the daemon. */
    void (*observe)(void *arg, const struct coach_told *told);
    void *observe_arg;
};

struct coach *coach_new(const struct coach_options *options);
void coach_free(struct coach *coach);

/* -1 only for errors of the store: the caller rolls back and calls coach_forget(). Nothing that a person writes is an
 * error here. */
int coach_handle(struct coach *coach, const struct message *message, struct err *err);
/* After the messages of one batch: says the one summary of those that were read late. */
int coach_finish_batch(struct coach *coach, int64_t now_ms, struct err *err);
/* The bot is new in a direct room with PERSON: a short welcome. */
int coach_welcome(struct coach *coach, const char *transport, const char *room, const char *person, int64_t now_ms,
                  struct err *err);
/* MESSAGE, a file, is booked as if its sender had sent it, but nobody is told: the answer is added to SAID, and whether
 * it is a refusal is REFUSED. 1, 0 nobody is known by that name, -1. */
int coach_import(struct coach *coach, const struct message *message, struct buf *said, bool *refused, struct err *err);
/* The log of PERSON on TRANSPORT, as the file that `export` gives them, is added to OUT, and counted: 1, 0 nobody is
 * known by that name, -1. */
int coach_export(struct coach *coach, const char *transport, const char *person, struct buf *out, size_t *sets,
                 struct err *err);
/* Somebody whom TRANSPORT can't vouch for was answered for the first time, in ROOM: what becomes of their log, and,
 * when they CAN_LOG_IN, how to keep it. */
int coach_tell_guest(struct coach *coach, const char *transport, const char *room, const char *person, bool can_log_in,
                     int64_t now_ms, struct err *err);
/* MESSAGE was not taken for what it says, since the network shows its sender under a new identity, or it asks for a
 * verification: they are told so, openly, and nothing else. */
int coach_tell_identity(struct coach *coach, const struct message *message, bool verification, struct err *err);
/* Something that MESSAGE's sender said there can't be read: their client keeps its key from us, since this device is
 * UNVERIFIED or for another reason. They are told, by name. */
int coach_tell_withheld(struct coach *coach, const struct message *message, bool unverified, struct err *err);
/* MESSAGE's sender has moved a room to another one, where we can't follow. They are told. */
int coach_tell_left_behind(struct coach *coach, const struct message *message, struct err *err);
/* Trouble with ABOUT's sender is told in ROOM, the operator's; not each time anew. */
enum coach_trouble { COACH_IDENTITY_CHANGED, COACH_VERIFICATION, COACH_LEFT_BEHIND };
int coach_tell_operator(struct coach *coach, const struct message *about, const char *room, enum coach_trouble trouble,
                        struct err *err);
/* Whether MESSAGE, by a sender who is known to have been the old one, confirms the new identity: 1 (and they are told),
 * 0, -1. */
int coach_confirms_identity(struct coach *coach, const struct message *message, struct err *err);
/* They went: nothing of theirs is kept. There need be none. */
int coach_forget_person(struct coach *coach, const char *transport, const char *person, struct err *err);
/* They are found to be ACCOUNT: what was theirs is that one's, met for the first time or not. */
int coach_merge_person(struct coach *coach, const char *transport, const char *person, const char *account,
                       int64_t now_ms, struct err *err);
/* Does the next thing that has become due on TRANSPORT by NOW_MS, if there is one: ask coach_next_due() again. What
 * somebody waits for goes before all that is only useful. The same transaction and the same failures as coach_handle().
 */
int coach_due(struct coach *coach, const char *transport, bool calls, int64_t now_ms, struct err *err);
/* When the next thing is due that the bot does there by itself: 1, 0 nothing waits, -1. CALLS: of what somebody waits
 * for, alone. */
int coach_next_due(struct coach *coach, const char *transport, bool calls, int64_t *due_ms, struct err *err);
/* PERSON's profile on TRANSPORT names that time zone (NULL: none). One that was typed wins; an unknown one is ignored.
 */
int coach_profile(struct coach *coach, const char *transport, const char *person, const char *timezone, int64_t now_ms,
                  struct err *err);
/* Who is in ROOM was found out anew: all of it, as `people` tells it. GONE: what became of those who aren't any more,
 * MESSAGE_LEAVE or MESSAGE_AWAY. */
int coach_people_changed(struct coach *coach, const char *transport, const char *room, enum message_kind gone,
                         int64_t now_ms, struct err *err);
/* The room TO has taken FROM's place on TRANSPORT: who trains there, what is due there and what was said there are that
 * one's. Its people come after it one by one. */
int coach_room_moved(struct coach *coach, const char *transport, const char *from, const char *to, struct err *err);
/* Drops everything that is cached (after a rollback). */
void coach_forget(struct coach *coach);

/* The command table, for help, the man page and the tests. */
struct command;
const struct command *coach_command_at(size_t index); /* NULL past the end */
/* For `spotter parse`. */
struct command_index;
void coach_command_index(struct command_index *index);

#endif

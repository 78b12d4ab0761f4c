/*
 * What is known about a lifter, kept between messages: the log, own names, settings. All of it is derived from the
 * store and can be dropped at any time.
 */
#ifndef BOT_COACH_LIFTER_H
#define BOT_COACH_LIFTER_H

#include "bot/coach/day.h"
#include "bot/coach/setting.h"
#include "bot/coach/store_port.h"
#include "core/base/vec.h"
#include "core/effort/effort.h"
#include "core/effort/prospect.h"
#include "core/effort/warning.h"
#include "core/lift/exercise.h"
#include "core/lift/records.h"

/* One exercise's records up to its last set, so that the next one needs no walk through all of history. */
struct record_memory {
    char exercise[EXERCISE_ID_SIZE];
    double bodyweight_kg; /* that they were counted with */
    int64_t last_ms;
    struct day day; /* of the last set */
    struct records records;
};
enum { RECORDS_KEPT = 12, PLAN_WAITS_DAYS = 7 };

/* A step of the lifter's plans. */
struct lifter_step {
    enum coach_step_kind kind;
    int64_t at_ms;
    char *name, *text;
    char *by;    /* the coach who said it; NULL: they did themselves */
    char *where; /* and in which room, as lifter_place() has it; NULL */
};

/* What a coach asks of them. */
struct lifter_instruction {
    enum coach_instruction_kind kind; /* COACH_TARGET, COACH_OVERRIDE */
    int64_t group;
    int64_t at_ms;
    char exercise[EXERCISE_ID_SIZE];
    char *text;  /* as it is kept */
    char *by;    /* "": nobody knows any more */
    char *where; /* in which room */
};

struct lifters; /* the ones that spoke last */

struct lifter {
    int64_t id;
    uint64_t used;
    int held;                    /* by so many turns: it stays while they are open */
    struct coach_group *seen_in; /* no more is known of them than there (lifter_as_seen()); NULL: all is */
    bool log_loaded, steps_loaded, names_loaded, settings_loaded;
    bool lifts_pounds; /* the loads of late were written in them, as far as the log was loaded last */
    bool contacted;    /* a first contact's questions have begun. Loaded with the settings */
    bool warned;       /* `warnings` are those of the day that begins at `warned_ms`, */
    int64_t warned_ms;
    size_t warned_checkins; /* and of so many check-ins */
    int64_t log_from_ms;
    VEC(struct logged_set) log;                  /* live sets since then, by time */
    VEC(struct record_memory) records;           /* of RECORDS_KEPT exercises at most, the longest kept first */
    VEC(struct lifter_step) steps;               /* since a plan before the log may hold in it, by time */
    VEC(struct lifter_instruction) instructions; /* that hold, by time; loaded with the steps */
    struct warnings warnings;
    struct prospects *prospects; /* of the log */
    VEC(struct exercise_alias) aliases;
    VEC(struct exercise) own; /* exercises that are not in the catalogue */
    struct exercise_names names;
    char *settings[SETTING_COUNT];     /* as stored, and as said by check-ins; NULL: never said */
    VEC(struct coach_checkin) answers; /* to check-ins, each of all its messages, by when it was asked */
    VEC(struct checkin) checkins;      /* the same as the core takes them */
    char *checkin_place;               /* "TRANSPORT ROOM" where the next one is asked, as far as known; NULL */
    char *profile_zone;                /* the time zone of their profile elsewhere; NULL */
};

/* Where the store keeps what comes with the settings. */
#define LIFTER_PROFILE_ZONE "profile timezone"
#define LIFTER_CONTACTED "contact"

struct lifters *lifters_new(void);
void lifters_free(struct lifters *lifters);
void lifters_clear(struct lifters *lifters);
/* What is known of the lifter ID, if anything, is so no longer. */
void lifters_drop(struct lifters *lifters, int64_t id);
/* Good until it is let go of: several can be held at a time. */
struct lifter *lifters_hold(struct lifters *lifters, int64_t id);
void lifter_let_go(struct lifter *lifter); /* NULL: nothing */

/* The live sets, as coach_store.sets_live() walks them: all of them, or those that are known of. */
int lifter_sets(const struct lifter *lifter, const struct coach_store *store, int64_t from_ms, int64_t to_ms,
                int (*each)(void *arg, const struct coach_set_row *row), void *arg, struct err *err);
/* Makes the log cover everything since FROM_MS. */
int lifter_load_log(struct lifter *lifter, const struct coach_store *store, int64_t from_ms, struct err *err);
void lifter_drop_log(struct lifter *lifter); /* and what was derived from it */
/* A lifter who is no more than others in GROUP know of them: the sets that were written there, in the log those since
 * FROM_MS, what they said there of how they train, what its coaches ask, and nothing of how they are and what they
 * plan. To be freed; NULL: an error. */
struct lifter *lifter_as_seen(int64_t id, const struct coach_store *store, const struct coach_group *group,
                              int64_t from_ms, struct err *err);
void lifter_free(struct lifter *lifter);
/* The steps of plans that bear on what the log covers; that must be loaded. And what coaches say: that is read anew in
 * each turn, since they don't say it in this lifter's. */
int lifter_load_steps(struct lifter *lifter, const struct coach_store *store, struct err *err);
void lifter_drop_steps(struct lifter *lifter);
/* "matrix !gym:x": a room as it is kept in one word. To be freed. */
char *lifter_place(const char *transport, const char *room);
/* A set was booked: keeps the log up to date. */
void lifter_add(struct lifter *lifter, const struct set *set, int64_t at_ms);
/* Takes COUNT sets of AT_MS out of the log in memory, until that is dropped. */
void lifter_hide(struct lifter *lifter, const struct set *sets, size_t count, int64_t at_ms);
/* How many of the log's sets are older than AT_MS. */
size_t lifter_log_before(const struct lifter *lifter, int64_t at_ms);

/* How many live sets there are, of any time. */
int lifter_count_sets(const struct coach_store *store, int64_t lifter, size_t *count, struct err *err);

int lifter_load_names(struct lifter *lifter, const struct coach_store *store, struct err *err);
void lifter_drop_names(struct lifter *lifter);
/* The catalogue's exercise or the lifter's own; NULL. The names must be loaded. */
const struct exercise *lifter_exercise(const struct lifter *lifter, const char *id);

int lifter_load_settings(struct lifter *lifter, const struct coach_store *store, struct err *err);
void lifter_drop_settings(struct lifter *lifter);

#endif

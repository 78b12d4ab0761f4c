/*
 * What a lifter says about themselves: one table of settings, each a command with its value kept as a small text.
 */
#ifndef BOT_COACH_SETTING_H
#define BOT_COACH_SETTING_H

#include "bot/chat/command.h"
#include "core/base/buf.h"
#include "core/effort/effort.h"

struct lifter;
struct coach_store;
struct coach_group;

enum { SETTING_VALUE_MAX = 512 };

enum setting_id {
    SETTING_GOAL,
    SETTING_PHASE,
    SETTING_EXPERIENCE,
    SETTING_FORM,
    SETTING_SAFETIES,
    SETTING_STRESS,
    SETTING_SLEPT,
    SETTING_DEFICIT,
    SETTING_INJURY,
    SETTING_PAIN,
    SETTING_BW,
    SETTING_UNITS,
    SETTING_EQUIPMENT,
    SETTING_TIMEZONE,
    SETTING_LANGUAGE,
    SETTING_TIMER,
    SETTING_RESTS, /* how long whoever lifts rests between sets, in place of what is advised */
    SETTING_COUNT
};

/* When a value is said or asked for. */
struct setting_time {
    int64_t now_ms;
    int64_t today; /* the lifter's day, since 1970-01-01 */
    const struct policy *policy;
};

/* What was typed behind the setting's name. */
struct setting_typed {
    struct span text; /* folded, its words in English */
    struct span raw;
    const char *old; /* the value that holds now; "" none */
    enum unit unit;
    const struct setting_time *time;
};

struct setting {
    struct command command; /* first, so that its handler finds the rest */
    enum text_key title;    /* its name in the lifter's language, a word that can be typed for it */
    enum text_key expected; /* what to type */
    /* The new value, or false when it is none. An empty value is the default. */
    bool (*read)(const struct setting_typed *typed, struct buf *value);
    /* Whether the value still holds; NULL: for good. */
    bool (*holds)(const char *value, int64_t since_ms, const struct setting_time *time);
    void (*apply)(const char *value, int64_t since_ms, const struct setting_time *time, struct profile *profile);
    int (*kept)(struct turn *turn, const char *value, struct err *err); /* what else the new value changes, or NULL */
    int (*answered)(struct turn *turn, struct err *err);                /* what is said behind it, or NULL */
};

extern const struct setting setting_table[SETTING_COUNT];

/* The settings must be loaded. */
void setting_profile(const struct lifter *lifter, enum unit unit, const struct setting_time *time,
                     struct profile *profile);
struct equipment setting_equipment(const struct lifter *lifter, enum unit otherwise);
/* When the newest of them was said; 0: none was. */
int64_t setting_changed_ms(const struct lifter *lifter);
enum unit setting_unit(const struct lifter *lifter, enum unit otherwise);
/* Of what is lifted, and so of what is advised: the one that was said, or else pounds, where the loads of late were
 * written in them. */
enum unit setting_shown_unit(const struct lifter *lifter, enum unit otherwise);
/* When ID was said last; 0: never. */
int64_t setting_said_ms(const struct lifter *lifter, enum setting_id id);
const char *setting_timezone(const struct lifter *lifter); /* NULL: the default */
/* The value that holds now, or NULL. Lent. */
const char *setting_value(const struct lifter *lifter, enum setting_id id, const struct setting_time *time);

/* Whether ID's value, which is loaded, was said in GROUP, where everybody could read it: 1, 0, -1. */
int setting_said_in(const struct lifter *lifter, enum setting_id id, const struct coach_store *store,
                    const struct coach_group *group, struct err *err);

/* The value in the row that is kept for one. Lent. */
const char *setting_kept(const char *row);

/* "goal: strength"; SHOWN "": "goal: nothing set". */
void setting_say(struct turn *turn, enum text_key title, const char *shown);
/* "I can't read goal STRENGHT", and what to type. */
void setting_refuse(struct turn *turn, enum text_key title, enum text_key expected, struct span typed);

/* VALUE, as it is read by the table, was never said, and holds from the turn's message on. */
int setting_assume(struct turn *turn, enum setting_id id, const char *value, struct err *err);
/* The handler of all of them. */
int setting_run(struct turn *turn, struct span arguments, struct err *err);

#endif

/*
 * Inside the settings: their values read from what was typed.
 */
#ifndef BOT_COACH_SETTING_READ_H
#define BOT_COACH_SETTING_READ_H

#include "bot/coach/setting.h"

/* Each writes the VALUE that is kept, or returns false when TYPED is none. */
bool setting_read_goal(const struct setting_typed *typed, struct buf *value);
bool setting_read_phase(const struct setting_typed *typed, struct buf *value);
bool setting_read_experience(const struct setting_typed *typed, struct buf *value);
bool setting_read_form(const struct setting_typed *typed, struct buf *value);
bool setting_read_switch(const struct setting_typed *typed, struct buf *value);
bool setting_read_stress(const struct setting_typed *typed, struct buf *value);
bool setting_read_slept(const struct setting_typed *typed, struct buf *value);
bool setting_read_injury(const struct setting_typed *typed, struct buf *value);
bool setting_read_pain(const struct setting_typed *typed, struct buf *value);
bool setting_read_bodyweight(const struct setting_typed *typed, struct buf *value);
bool setting_read_units(const struct setting_typed *typed, struct buf *value);
bool setting_read_equipment(const struct setting_typed *typed, struct buf *value);
bool setting_read_language(const struct setting_typed *typed, struct buf *value);
bool setting_read_rests(const struct setting_typed *typed, struct buf *value);
bool setting_read_timezone(const struct setting_typed *typed, struct buf *value);

/* A body weight of 20 to 400 kg, in UNIT where it has none of its own. */
bool setting_bodyweight(struct span typed, enum unit unit, double *kg, enum unit *written);

#endif

/*
 * The time zones that people have in their profiles (MSC4175, m.tz): each is asked for when somebody speaks, once a day
 * at most. What a server doesn't know, or doesn't tell, is nothing.
 */
#ifndef BOT_MATRIX_PROFILE_H
#define BOT_MATRIX_PROFILE_H

#include "bot/matrix/inside.h"

struct mx_profiles;

struct mx_profiles *mx_profiles_new(struct matrix *matrix);
void mx_profiles_free(struct mx_profiles *profiles);

/* Within a transaction: USER has spoken. Notes that their profile is to be looked at, if it is time for that. */
int mx_profiles_heard(struct mx_profiles *profiles, const char *user, struct err *err);
/* Outside of one: asks for what was noted, one after the other. */
void mx_profiles_run(struct mx_profiles *profiles);

/* The zone that PROFILE names; NULL: none. Lent by it. */
const char *mx_profile_zone(const struct json *profile);

#endif

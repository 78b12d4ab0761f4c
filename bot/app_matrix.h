/*
 * What the daemon and the commands on its account have in common: how the account is reached, and the coach.
 */
#ifndef BOT_APP_MATRIX_H
#define BOT_APP_MATRIX_H

#include "bot/coach/coach.h"
#include "bot/matrix/matrix.h"
#include "bot/schedule/zone.h"
#include "bot/settings/settings.h"
#include "bot/store/store.h"

/* Fills what the configuration says; the rest is zero. SECRET gets the password or token, which OPTIONS lends. */
int app_matrix_options(const struct settings_matrix *matrix, struct buf *secret, struct matrix_options *options,
                       struct err *err);

/* Makes and starts what OPTIONS say, on STORE, which PICKLE_KEY seals: both and LOOP are lent to it for life. The
 * caller's; NULL: it can't be. */
struct matrix *app_matrix_start(struct matrix_options *options, struct loop *loop, struct store *store,
                                const unsigned char *pickle_key, struct err *err);

/* The coach's, but its store. CLOCK is lent to it for life. -1: the default time zone isn't one of this system. */
struct app_clock {
    struct zones *zones;
    const char *timezone; /* the default */
};
int app_coach_options(const struct settings *settings, struct app_clock *clock, struct coach_options *options,
                      struct err *err);

#endif

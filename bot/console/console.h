/*
 * `spotter console`: the coach in the terminal.
 */
#ifndef BOT_CONSOLE_CONSOLE_H
#define BOT_CONSOLE_CONSOLE_H

#include <stdint.h>
#include <stdio.h>

#include "bot/coach/coach.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/lift/set.h"
#include "core/lift/units.h"

struct console_options {
    const char *db;       /* the store's file; its folder exists */
    const char *timezone; /* of a lifter who named none */
    enum unit unit;
    int (*zone_offset)(void *arg, const char *zone, int64_t at_ms);
    void *zone_arg;
    int64_t (*now_ms)(void); /* the wall clock */
    void (*export_set)(const struct set *set, const struct exercise *exercise, int64_t at_ms, int offset_s,
                       struct buf *out); /* as the coach takes it */
    struct coach_secrets secrets;
};

/* Until IN ends. An exit code after sysexits.h; ERR is filled when it isn't 0. */
int console_run(const struct console_options *options, FILE *in, FILE *out, struct err *err);

#endif

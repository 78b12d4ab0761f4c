/*
 * `spotter replay`: plays a transcript. Its clock is the transcript's.
 */
#ifndef BOT_CONSOLE_REPLAY_H
#define BOT_CONSOLE_REPLAY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "bot/coach/coach.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/lift/set.h"

struct replay_options {
    const char *path; /* "-": standard input */
    const char *db;   /* NULL: in memory */
    bool json;
    /* Seconds east of UTC in a named zone. Lifters who name none live by the transcript's offset. */
    int (*zone_offset)(void *arg, const char *zone, int64_t at_ms);
    void *zone_arg;
    void (*export_set)(const struct set *set, const struct exercise *exercise, int64_t at_ms, int offset_s,
                       struct buf *out); /* as the coach takes it */
    /* likewise: what {file=PATH} names, beside the transcript */
    int (*read_log)(struct span file, enum unit unit, void (*each)(void *arg, const struct coach_file_set *set),
                    void *arg, struct coach_file_rest *rest, struct err *err);
    struct coach_secrets secrets;
};

/* An exit code after sysexits.h; ERR is filled when it isn't 0. */
int replay_run(const struct replay_options *options, FILE *out, struct err *err);

#endif

/*
 * Levelled lines of key=value on standard error, for journald: `<6>event=reply room=!a:b.c event_id=$x ms=4`.
 * Never message texts, keys or tokens. The level is the only global state of the program.
 */
#ifndef BOT_LOG_LOG_H
#define BOT_LOG_LOG_H

#include <stdint.h>

enum log_level {
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARN = 4,
    LOG_LEVEL_INFO = 6,
    LOG_LEVEL_DEBUG = 7
}; /* syslog's numbers */

struct log_field {
    const char *key;
    const char *text; /* NULL: `number` */
    int64_t number;
};
#define LOG_STR(key, value) ((struct log_field){(key), (value) != NULL ? (value) : "", 0})
#define LOG_INT(key, value) ((struct log_field){(key), NULL, (value)})

void log_open(
    enum log_level level); /* the prefix <N> is written when standard error is a journal or a pipe, not a terminal */
void log_set_level(enum log_level level);
int log_level_parse(const char *name, enum log_level *level); /* "error", "warn", "info", "debug"; -1 */
void log_line(enum log_level level, const char *event, const struct log_field *fields, int count);

/* log_info("sync-done", LOG_STR("since", token), LOG_INT("ms", 12)) — at least one field */
#define LOG_FIELDS(...)                                                                                                \
    (const struct log_field[]){__VA_ARGS__}, (int)(sizeof((struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))
#define log_error(event, ...) log_line(LOG_LEVEL_ERROR, (event), LOG_FIELDS(__VA_ARGS__))
#define log_warn(event, ...) log_line(LOG_LEVEL_WARN, (event), LOG_FIELDS(__VA_ARGS__))
#define log_info(event, ...) log_line(LOG_LEVEL_INFO, (event), LOG_FIELDS(__VA_ARGS__))
#define log_debug(event, ...) log_line(LOG_LEVEL_DEBUG, (event), LOG_FIELDS(__VA_ARGS__))

#endif

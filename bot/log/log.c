/*
 * Levelled lines of key=value on standard error.
 */
#include "bot/log/log.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/mem.h"

enum { LINE_MAXIMUM = 2048, VALUE_MAXIMUM = 300 };

static struct {
    enum log_level level;
    bool numbered; /* write <N>, which journald takes as the priority */
} logger = {LOG_LEVEL_INFO, false};

void log_open(enum log_level level)
{
    logger.level = level;
    logger.numbered = isatty(STDERR_FILENO) == 0;
}

void log_set_level(enum log_level level)
{
    logger.level = level;
}

int log_level_parse(const char *name, enum log_level *level)
{
    static const struct {
        const char *name;
        enum log_level level;
    } levels[] = {
        {"error", LOG_LEVEL_ERROR}, {"warn", LOG_LEVEL_WARN}, {"info", LOG_LEVEL_INFO}, {"debug", LOG_LEVEL_DEBUG}};

    for (size_t i = 0; i < ARRAY_LENGTH(levels); i++) {
        if (strcmp(levels[i].name, name) == 0) {
            *level = levels[i].level;
            return 0;
        }
    }
    return -1;
}

static bool is_plain(const char *text)
{
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++)
        if (*text <= ' ' || *text == '"' || *text == '=' || *text == '\\' || *text == 0x7f)
            return false; /* bytes over 0x7f are negative where char is signed, and are quoted and escaped too */
    return true;
}

/* Quoted, with everything that could forge a line or drive a terminal as \xNN. */
static void add_value(struct buf *line, const char *text)
{
    if (is_plain(text)) {
        buf_add(line, text, strnlen(text, VALUE_MAXIMUM));
        return;
    }
    buf_addc(line, '"');
    for (int i = 0; text[i] != '\0' && i < VALUE_MAXIMUM; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte == '"' || byte == '\\')
            buf_addf(line, "\\%c", byte);
        else if (byte < ' ' || byte >= 0x7f)
            buf_addf(line, "\\x%02x", byte);
        else
            buf_addc(line, (char)byte);
    }
    buf_addc(line, '"');
}

void log_line(enum log_level level, const char *event, const struct log_field *fields, int count)
{
    char bytes[LINE_MAXIMUM + 2];
    struct buf line = {bytes, 0, LINE_MAXIMUM + 1, LINE_MAXIMUM, false}; /* never grows */

    if (level > logger.level)
        return;
    if (logger.numbered)
        buf_addf(&line, "<%d>", (int)level);
    buf_adds(&line, "event=");
    buf_adds(&line, event);
    for (int i = 0; i < count; i++) {
        buf_addc(&line, ' ');
        buf_adds(&line, fields[i].key);
        buf_addc(&line, '=');
        if (fields[i].text != NULL)
            add_value(&line, fields[i].text);
        else
            buf_addf(&line, "%lld", (long long)fields[i].number);
    }
    line.overflowed = false;
    line.maximum += 1;
    line.capacity += 1;
    buf_addc(&line, '\n');
    /* One write, so that lines of a dying process are whole. Nothing can be done when standard error is gone. */
    if (write(STDERR_FILENO, line.data, line.length) < 0)
        logger.numbered = false;
}

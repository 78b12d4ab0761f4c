/*
 * How reading a line stops: talk, an error, a question; and where it forks.
 */
#include <stdio.h>

#include "core/base/ascii.h"
#include "core/notation/parser.h"

static const char *spoken(const struct parser *parser, const char *english) __attribute__((format_arg(2)));
static const char *spoken(const struct parser *parser, const char *english)
{
    const char *german = parser->options->language == LANGUAGE_GERMAN ? notation_german(english) : NULL;

    return german != NULL ? german : english;
}

static void phrase(const struct parser *parser, char *text, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));
/* Writes FORMAT in the lifter's language into TEXT of SIZE bytes. */
static void phrase(const struct parser *parser, char *text, size_t size, const char *format, va_list arguments)
{
    vsnprintf(text, size, spoken(parser, format), arguments);
    for (char *c = text; parser->options->language == LANGUAGE_GERMAN && *c != '\0'; c++)
        if (*c == '.' && c != text && ascii_is_digit(c[-1]) && ascii_is_digit(c[1]))
            *c = ',';
}

int notation_talk(struct parser *parser)
{
    parser->verdict = VERDICT_TALK;
    return -1;
}

int notation_ask(struct parser *parser, enum question_about about, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    phrase(parser, parser->reading->question, READING_TEXT_SIZE, format, arguments);
    va_end(arguments);
    parser->reading->about = about;
    parser->verdict = VERDICT_QUESTION;
    return -1;
}

int notation_error(struct parser *parser, const char *hint, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    phrase(parser, parser->reading->error, READING_TEXT_SIZE, format, arguments);
    va_end(arguments);
    snprintf(parser->reading->hint, READING_TEXT_SIZE, "%s", spoken(parser, hint));
    parser->verdict = VERDICT_ERROR;
    return -1;
}

unsigned notation_fork(struct parser *parser, enum question_about about, uint16_t place, unsigned ways,
                       const char *format, ...)
{
    struct forks *forks = parser->forks;
    va_list arguments;

    for (size_t i = 0; i < forks->count; i++)
        if (forks->taken[i].place == place)
            return forks->taken[i].way < ways ? forks->taken[i].way : ways - 1;
    if (!forks->asked) {
        forks->asked = true;
        forks->question = (struct fork){(uint8_t)about, place, 0};
        forks->ways = (uint8_t)ways;
        va_start(arguments, format);
        phrase(parser, forks->text, sizeof(forks->text), format, arguments);
        va_end(arguments);
    }
    return 0;
}

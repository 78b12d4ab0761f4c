/*
 * Back-dating: "yesterday:", "tue:", "2 days ago:", "2026-01-31:" before the sets.
 */
#include "core/base/civil.h"
#include "core/notation/parser.h"

enum { MS_NOON = 43200000, YEAR_MIN = 1970, YEAR_MAX = 2200 };

static const char *const weekdays[7][2] = {
    {"mon", "monday"}, {"tue", "tuesday"},  {"wed", "wednesday"}, {"thu", "thursday"},
    {"fri", "friday"}, {"sat", "saturday"}, {"sun", "sunday"},
};

static bool number_of(const struct token *token, size_t digits, int *value)
{
    if (token->kind != TOKEN_NUMBER || token->decimals != 0 || token->digits > digits)
        return false;
    *value = (int)token->value;
    return true;
}

/* "2026-01-31"; the tokens that it takes, or 0. */
static size_t iso_date(const struct token *tokens, int *year, int *month, int *day)
{
    if (tokens[0].digits != 4 || !number_of(&tokens[0], 4, year) || !token_is_sign(&tokens[1], '-') ||
        tokens[2].digits != 2 || !number_of(&tokens[2], 2, month) || !token_is_sign(&tokens[3], '-') ||
        tokens[4].digits != 2 || !number_of(&tokens[4], 2, day))
        return 0;
    return 5;
}

/* "31.1.2026" comes as the number 31.1, a point and a year. */
static size_t german_date(const struct parser *parser, const struct token *tokens, int *year, int *month, int *day)
{
    struct span text = token_text(parser, &tokens[0]);

    if (tokens[0].kind != TOKEN_NUMBER || tokens[0].digits > 2 || tokens[0].decimals == 0 || tokens[0].decimals > 2 ||
        !token_is_sign(&tokens[1], '.') || tokens[1].space || tokens[2].digits != 4 || tokens[2].space ||
        !number_of(&tokens[2], 4, year))
        return 0;
    *day = (int)tokens[0].value;
    *month = 0;
    for (size_t i = (size_t)tokens[0].digits + 1; i < text.length; i++)
        *month = *month * 10 + (text.at[i] - '0');
    return 3;
}

/* The date at the front as the noon of that day in UTC; the tokens that it takes, or 0. */
static size_t take_date(struct parser *parser)
{
    const struct token *tokens = token_now(parser);
    int year = 0;
    int month = 0;
    int day = 0;
    size_t taken = 0;

    if (tokens[0].kind != TOKEN_NUMBER || parser->tokens.count < 3)
        return 0;
    if (parser->tokens.count >= 5)
        taken = iso_date(tokens, &year, &month, &day);
    if (taken == 0)
        taken = german_date(parser, tokens, &year, &month, &day);
    if (taken == 0)
        return 0;
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > civil_month_length(year, month)) {
        notation_error(parser, "A date before the sets: 2026-01-31: bench 80x8", "There is no such day.");
        return 0;
    }
    parser->dated = true;
    parser->at_ms = civil_days(year, month, day) * CIVIL_DAY_MS + MS_NOON;
    return taken;
}

static int weekday_of(const struct parser *parser, const struct token *token)
{
    for (int day = 0; day < 7 && token->kind == TOKEN_WORD; day++)
        for (int i = 0; i < 2; i++)
            if (span_is(token_text(parser, token), weekdays[day][i]))
                return day;
    return -1;
}

static bool word_is(const struct parser *parser, size_t ahead, const char *text)
{
    const struct token *token = token_ahead(parser, ahead);

    return token->kind == TOKEN_WORD && span_is(token_text(parser, token), text);
}

/* "2 days ago" */
static bool days_ago(const struct parser *parser, int *days)
{
    const struct token *number = token_now(parser);

    if (!number_of(number, 3, days) || *days < 1 || !word_is(parser, 2, "ago"))
        return false;
    return word_is(parser, 1, "days") || word_is(parser, 1, "day");
}

/* "yesterday", "2 days ago", "tue:"; the tokens that it takes, or 0. */
static size_t take_relative(struct parser *parser)
{
    struct reading *reading = parser->reading;
    const struct token *first = token_now(parser);
    bool colon = token_is_sign(token_ahead(parser, 1), ':');
    int weekday = weekday_of(parser, first);
    int days;

    if (word_is(parser, 0, "yesterday")) {
        reading->days_back = 1;
        return 1;
    }
    if (word_is(parser, 0, "today") && colon)
        return 1;
    if (weekday >= 0 && (colon || first->length > 5)) {
        reading->weekday = weekday;
        return 1;
    }
    if (!days_ago(parser, &days))
        return 0;
    reading->days_back = days;
    return 3;
}

/* Whether the day that was read now and the one before differ. */
static bool two_days(const struct parser *parser, int days_back, int weekday)
{
    const struct reading *reading = parser->reading;

    return (days_back != 0 && reading->days_back != days_back) || (weekday >= 0 && reading->weekday != weekday) ||
           ((parser->dated || reading->weekday >= 0) && reading->days_back != 0) ||
           (parser->dated && reading->weekday >= 0);
}

int notation_day(struct parser *parser)
{
    int days_back = parser->reading->days_back;
    int weekday = parser->reading->weekday;
    size_t taken = take_date(parser);

    if (parser->verdict != VERDICT_GO)
        return -1;
    if (taken == 0)
        taken = take_relative(parser);
    if (taken == 0)
        return 0;
    parser->at += taken;
    if (token_is_sign(token_now(parser), ':') || token_is_sign(token_now(parser), ','))
        parser->at++;
    if (two_days(parser, days_back, weekday))
        return notation_error(parser, "Send each day's sets in a message of its own.", "Two days in one message.");
    return 0;
}

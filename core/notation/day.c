/*
 * Back-dating: "yesterday:", "tue:", "2 days ago:", "2026-01-31:" before the sets.
 */
#include "core/base/civil.h"
#include "core/notation/parser.h"

enum { MS_PER_DAY = 86400000, MS_NOON = 43200000, YEAR_MIN = 1970, YEAR_MAX = 2200 };

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
    parser->at_ms = civil_days(year, month, day) * MS_PER_DAY + MS_NOON;
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

/* "yesterday", "2 days ago", "tue:"; the tokens that it takes, or 0. */
static size_t take_relative(struct parser *parser)
{
    const struct token *tokens = token_now(parser);
    int weekday = weekday_of(parser, &tokens[0]);
    bool colon = token_is_sign(&tokens[1], ':');

    if (tokens[0].kind == TOKEN_WORD && span_is(token_text(parser, &tokens[0]), "yesterday")) {
        parser->reading->days_back = 1;
        return 1;
    }
    if (tokens[0].kind == TOKEN_WORD && span_is(token_text(parser, &tokens[0]), "today") && colon)
        return 1;
    if (weekday >= 0 && (colon || tokens[0].length > 5)) {
        parser->reading->weekday = weekday;
        return 1;
    }
    if (tokens[0].kind == TOKEN_NUMBER && tokens[0].decimals == 0 && tokens[0].value >= 1 && tokens[0].value <= 366 &&
        tokens[1].kind == TOKEN_WORD && tokens[2].kind == TOKEN_WORD &&
        span_is(token_text(parser, &tokens[2]), "ago") && span_starts(token_text(parser, &tokens[1]), "day")) {
        parser->reading->days_back = (int)tokens[0].value;
        return 3;
    }
    return 0;
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
    if ((days_back != 0 && parser->reading->days_back != days_back) ||
        (weekday >= 0 && parser->reading->weekday != weekday) ||
        (parser->dated && (parser->reading->days_back != 0 || parser->reading->weekday >= 0)))
        return notation_error(parser, "Send each day's sets in a message of its own.", "Two days in one message.");
    return 0;
}

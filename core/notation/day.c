/*
 * Back-dating before the sets ("yesterday:", "last friday", "2 days ago:", "2026-01-31:", "3.1.:", "Jan 3:"), and
 * behind them ("bench 80x8 yesterday").
 */
#include "core/base/civil.h"
#include "core/notation/parser.h"

enum { MS_NOON = 43200000, YEAR_MIN = 1970, YEAR_MAX = 2200, LEAP_YEAR = 2000, WORDS_BEFORE = 4 };

/* A date as it is read; year 0 where none is written. */
struct date {
    int year, month, day;
};

const struct said notation_no_day = {.weekday = -1, .at_ms = -1};

static bool is_said(const struct said *said)
{
    return said->days_back != 0 || said->weekday >= 0 || said->month != 0 || said->at_ms >= 0;
}

static bool same_day(const struct said *a, const struct said *b)
{
    return a->days_back == b->days_back && a->weekday == b->weekday && a->month == b->month && a->day == b->day &&
           a->at_ms == b->at_ms;
}

static bool number_of(const struct token *token, size_t digits, int *value)
{
    if (token->kind != TOKEN_NUMBER || token->decimals != 0 || token->digits > digits)
        return false;
    *value = (int)token->value;
    return true;
}

/* ------------------------------------------------------------- dates; each returns the tokens that it takes, or 0 */

/* "2026-01-31" */
static size_t iso_date(const struct token *tokens, struct date *date)
{
    if (tokens[0].digits != 4 || !number_of(&tokens[0], 4, &date->year) || !token_is_sign(&tokens[1], '-') ||
        tokens[1].space || !number_of(&tokens[2], 2, &date->month) || !token_is_sign(&tokens[3], '-') ||
        tokens[3].space || !number_of(&tokens[4], 2, &date->day))
        return 0;
    return 5;
}

/* A year of four digits, or of two in this century. */
static bool year_of(const struct token *token, int *year)
{
    if ((token->digits != 2 && token->digits != 4) || !number_of(token, 4, year))
        return false;
    if (token->digits == 2)
        *year += 2000;
    return true;
}

/* "31.1" as the lexer leaves it: a day and a month, if there are such. */
static bool day_and_month(const struct parser *parser, const struct token *number, struct date *date)
{
    struct span text = token_text(parser, number);

    if (number->digits > 2 || number->decimals == 0 || number->decimals > 2 ||
        text.length != (size_t)number->digits + 1 + number->decimals)
        return false; /* "forty two point five" is no date */
    date->day = (int)number->value;
    for (size_t i = (size_t)number->digits + 1; i < text.length; i++)
        date->month = date->month * 10 + (text.at[i] - '0');
    return true;
}

/* "31.1.2026", "31.1.", "31.1:" */
static size_t point_date(const struct parser *parser, const struct token *tokens, struct date *date)
{
    bool point = token_is_sign(&tokens[1], '.') && !tokens[1].space;

    if (!day_and_month(parser, &tokens[0], date))
        return 0;
    if (point && !tokens[2].space && year_of(&tokens[2], &date->year))
        return 3;
    if (date->day > 31 || date->month > 12)
        return 0; /* "82.5. felt good" */
    if (point && (tokens[2].space || token_is_sign(&tokens[2], ':') || token_is_sign(&tokens[2], ',')))
        return 2;
    return token_is_sign(&tokens[1], ':') && tokens[2].kind == TOKEN_WORD ? 1 : 0;
}

/* "1/31" and "31/1"; of "3/1" nobody knows which is the month. */
static int month_and_day(struct parser *parser, int first, int second, struct date *date)
{
    bool day_first = first > 12;

    if (first <= 12 && second <= 12 && first != second)
        return notation_error(parser, "Write 3.1. or Jan 3: bench 80x8", "%d/%d: which is the month?", first, second);
    date->month = day_first ? second : first;
    date->day = day_first ? first : second;
    return 0;
}

/* "1/31:", "31/1/2026:" */
static size_t slash_date(struct parser *parser, const struct token *tokens, struct date *date)
{
    size_t taken = 3;
    int first;
    int second;

    if (!number_of(&tokens[0], 2, &first) || !token_is_sign(&tokens[1], '/') || tokens[1].space || tokens[2].space ||
        !number_of(&tokens[2], 2, &second))
        return 0;
    if (token_is_sign(&tokens[3], '/') && year_of(&tokens[4], &date->year))
        taken = 5;
    if (!token_is_sign(&tokens[taken], ':') || tokens[taken + 1].kind != TOKEN_WORD || first > 31 || second > 31 ||
        month_and_day(parser, first, second, date) != 0)
        return 0;
    return taken;
}

/* How many tokens behind a number belong to it: "3rd", "3." */
static size_t ordinal(const struct token *behind)
{
    return token_is_ordinal(behind) || (token_is_sign(behind, '.') && !behind->space) ? 1 : 0;
}

/* The year that may stand behind a month and a day: what of it is taken. */
static size_t year_behind(const struct token *at, struct date *date)
{
    size_t comma = token_is_sign(at, ',') ? 1 : 0;
    const struct token *year = &at[comma];

    if (year->kind != TOKEN_NUMBER || year->digits != 4 || year[1].kind == TOKEN_CROSS ||
        !number_of(year, 4, &date->year))
        return 0;
    return comma + 1;
}

/* "Jan 3", "January 3rd" */
static size_t month_first(const struct token *tokens, struct date *date)
{
    size_t at = token_is_sign(&tokens[1], '.') ? 2 : 1;

    date->month = tokens[0].argument;
    if (!number_of(&tokens[at], 2, &date->day))
        return 0;
    at++;
    return at + ordinal(&tokens[at]);
}

/* "3 Jan", "3. Januar", "3rd of January" */
static size_t day_first(const struct token *tokens, struct date *date)
{
    size_t at = 1;

    if (!number_of(&tokens[0], 2, &date->day))
        return 0;
    at += ordinal(&tokens[at]);
    at += token_is_word(&tokens[at], WORD_OF) ? 1 : 0;
    if (!token_is_word(&tokens[at], WORD_MONTH))
        return 0;
    date->month = tokens[at].argument;
    at++;
    return at + (token_is_sign(&tokens[at], '.') && !tokens[at].space ? 1 : 0);
}

/* A month by its name and a day, in either order, and perhaps a year. "Dec 30x10" is none. */
static size_t month_date(const struct token *tokens, struct date *date)
{
    size_t taken = token_is_word(tokens, WORD_MONTH) ? month_first(tokens, date) : day_first(tokens, date);

    if (taken == 0 || tokens[taken].kind == TOKEN_CROSS || date->day > 31)
        return 0;
    return taken + year_behind(&tokens[taken], date);
}

static size_t any_date(struct parser *parser, const struct token *tokens, struct date *date)
{
    size_t taken;

    if (token_is_word(tokens, WORD_MONTH))
        return month_date(tokens, date);
    if (tokens[0].kind != TOKEN_NUMBER)
        return 0;
    taken = iso_date(tokens, date);
    if (taken == 0)
        taken = point_date(parser, tokens, date);
    if (taken == 0) {
        *date = (struct date){0};
        taken = slash_date(parser, tokens, date);
    }
    return taken != 0 || parser->verdict != VERDICT_GO ? taken : month_date(tokens, date);
}

/* A date from TOKENS on: with a year as the noon of that day in UTC. */
static size_t take_date(struct parser *parser, const struct token *tokens)
{
    struct date date = {0};
    size_t taken = any_date(parser, tokens, &date);
    bool year = date.year != 0;

    if (taken == 0)
        return 0;
    if (date.month < 1 || date.month > 12 || date.day < 1 || (year && (date.year < YEAR_MIN || date.year > YEAR_MAX)) ||
        date.day > civil_month_length(year ? date.year : LEAP_YEAR, date.month)) {
        notation_error(parser, "A date before the sets: 2026-01-31: bench 80x8", "There is no such day.");
        return 0;
    }
    if (year) {
        parser->said.at_ms = civil_days(date.year, date.month, date.day) * CIVIL_DAY_MS + MS_NOON;
    } else {
        parser->said.month = date.month;
        parser->said.day = date.day;
    }
    return taken;
}

/* ------------------------------------------------------------- days told from today */

/* "Mo", "Di"…: with a colon or "am" they are days, and English words without. -1: none. */
static int short_weekday(const struct parser *parser, const struct token *token)
{
    static const char *const names[] = {"mo", "di", "mi", "do", "fr", "sa", "so"};

    for (int day = 0; token->kind == TOKEN_WORD && token->length == 2 && day < (int)ARRAY_LENGTH(names); day++)
        if (token_reads(parser, token, names[day]))
            return day;
    return -1;
}

static bool is_last(const struct parser *parser, const struct token *token)
{
    return token_is_word(token, WORD_LAST) && parser->line.at[token->at] == 'l';
}

/* "on", "am", "last", "am letzten": what stands before a day. */
static size_t before_day(const struct parser *parser, const struct token *tokens, bool *last)
{
    size_t at = 0;

    *last = false;
    if (token_is_word(&tokens[at], WORD_ON) || token_has(&tokens[at], TRAIT_FROM))
        at++;
    if (is_last(parser, &tokens[at])) {
        *last = true;
        at++;
    }
    return at;
}

/* "tue:", "Monday", "last friday", "am Mo", "Mo, 3.1.": the tokens that it takes, or 0. */
static size_t take_weekday(struct parser *parser, const struct token *tokens)
{
    bool last;
    size_t at = before_day(parser, tokens, &last);
    const struct token *name = &tokens[at];
    int weekday = token_is_word(name, WORD_DAY) ? name->argument : short_weekday(parser, name);
    size_t comma;
    size_t taken;

    if (weekday < 0)
        return 0;
    at++;
    if (token_is_sign(&name[1], '.') && !name[1].space)
        at++;
    if (!token_is_word(name, WORD_DAY) && name == tokens && !token_is_sign(&tokens[at], ':') &&
        !token_is_sign(&tokens[at], ','))
        return 0;
    comma = token_is_sign(&tokens[at], ',') ? 1 : 0;
    taken = take_date(parser, &tokens[at + comma]);
    if (taken != 0 || parser->verdict != VERDICT_GO)
        return at + comma + taken;
    parser->said.weekday = weekday;
    parser->said.before_today = last;
    return at;
}

/* A number in digits or in a word: "2", "two", "a"; 0: none. */
static int count_of(const struct token *token)
{
    int count = 0;

    if (token_is_word(token, WORD_A))
        return 1;
    if (token_is_word(token, WORD_NOTE))
        return token->argument != COUNT_ZERO ? token->argument : 0;
    return number_of(token, 3, &count) ? count : 0;
}

/* "2 days ago", "a week ago", "vor 2 Tagen" */
static size_t days_ago(const struct parser *parser, const struct token *tokens, int *days)
{
    bool german = token_reads(parser, &tokens[0], "vor");
    const struct token *number = &tokens[german ? 1 : 0];

    if (!german && !token_is_word(&number[2], WORD_STOP))
        return 0;
    *days = count_of(number);
    if (*days == 0)
        return 0;
    if (token_has(&number[1], TRAIT_WEEKS))
        *days *= 7;
    else if (!token_has(&number[1], TRAIT_DAYS))
        return 0;
    return german || token_reads(parser, &number[2], "ago") ? 3 : 0;
}

/* "the day before yesterday" */
static size_t before_yesterday(const struct parser *parser, const struct token *tokens)
{
    size_t at = token_is_word(tokens, WORD_THE) ? 1 : 0;

    if (!token_reads(parser, &tokens[at], "day") || !token_reads(parser, &tokens[at + 1], "before") ||
        !token_is_word(&tokens[at + 2], WORD_BACK))
        return 0;
    return at + 3;
}

static size_t take_relative(struct parser *parser, const struct token *tokens)
{
    size_t taken;
    int days = 0;

    if (token_is_word(tokens, WORD_BACK)) {
        days = tokens->argument;
        taken = 1;
    } else if (is_last(parser, tokens) && token_reads(parser, &tokens[1], "night")) {
        days = 1;
        taken = 2;
    } else if ((taken = before_yesterday(parser, tokens)) != 0) {
        days = 2;
    } else {
        taken = days_ago(parser, tokens, &days);
    }
    if (taken != 0)
        parser->said.days_back = days;
    return taken;
}

/* "today:", "heute Morgen", "this morning" */
static size_t take_today(const struct parser *parser, const struct token *tokens)
{
    bool today = token_is_word(tokens, WORD_FILLER) && tokens->argument == 1;
    bool part = token_has(&tokens[1], TRAIT_PART_OF_DAY);

    if ((!today && !token_reads(parser, tokens, "this")) || (!part && !(today && token_is_sign(&tokens[1], ':'))))
        return 0;
    return part ? 2 : 1;
}

/* ------------------------------------------------------------- before and behind the sets */

/* What a day that is said can be. Most lines say none. */
static bool may_start_day(const struct parser *parser, const struct token *token)
{
    if (token->kind == TOKEN_NUMBER)
        return true;
    if (token->kind != TOKEN_WORD)
        return false;
    switch (token->word) {
    case WORD_DAY:
    case WORD_BACK:
    case WORD_MONTH:
    case WORD_ON:
    case WORD_LAST:
    case WORD_THE:
    case WORD_A:
        return true;
    case WORD_FILLER:
        return token->argument == 1;
    default:
        return token->length == 2 || token_has(token, TRAIT_FROM) || token_reads(parser, token, "this") ||
               token_reads(parser, token, "vor");
    }
}

static int refuse_two_days(struct parser *parser)
{
    return notation_error(parser, "Send each day's sets in a message of its own.", "Two days in one message.");
}

/* Reads a day from the token now on; the tokens that it takes, or 0. */
static size_t take_day(struct parser *parser)
{
    const struct token *tokens = token_now(parser);
    bool last;
    size_t taken = take_weekday(parser, tokens);

    if (taken == 0 && parser->verdict == VERDICT_GO)
        taken = take_relative(parser, tokens);
    if (taken == 0) {
        size_t before = before_day(parser, tokens, &last);

        if (last)
            return 0;
        taken = take_date(parser, &tokens[before]);
        taken += taken != 0 ? before : 0;
    }
    return taken;
}

/* The separator behind the day. */
static void take_end(struct parser *parser)
{
    if (token_has(token_now(parser), TRAIT_PART_OF_DAY))
        parser->at++;
    if (token_is_sign(token_now(parser), ':') || token_is_sign(token_now(parser), ',') ||
        (token_is_sign(token_now(parser), '-') && token_ahead(parser, 1)->space))
        parser->at++;
}

/* "forgot to log yesterday:", "i did monday:": the tokens before a day that is surely one; 0. */
static size_t words_before(const struct parser *parser)
{
    size_t at = 0;

    while (at < WORDS_BEFORE &&
           (token_is_word(token_ahead(parser, at), WORD_FILLER) || token_is_word(token_ahead(parser, at), WORD_TO) ||
            token_has(token_ahead(parser, at), TRAIT_CHATTER)))
        at++;
    return token_is_word(token_ahead(parser, at), WORD_BACK) || token_is_word(token_ahead(parser, at), WORD_DAY) ? at
                                                                                                                 : 0;
}

int notation_day(struct parser *parser)
{
    struct said before;
    size_t taken;

    parser->at += words_before(parser);
    if (!may_start_day(parser, token_now(parser)))
        return 0;
    before = parser->said;
    taken = take_today(parser, token_now(parser));
    if (taken == 0) {
        parser->said = notation_no_day;
        taken = take_day(parser);
    }
    if (parser->verdict != VERDICT_GO)
        return -1;
    if (taken == 0) {
        parser->said = before;
        return 0;
    }
    if (notation_evening(parser, token_now(parser)) && !token_is_sign(token_ahead(parser, taken), ':'))
        return notation_talk(parser); /* over a list it says when that was */
    parser->at += taken;
    take_end(parser);
    return is_said(&before) && !same_day(&before, &parser->said) ? refuse_two_days(parser) : 0;
}

/* "on monday" may be one to come: only who says that it was done means the last. */
bool notation_day_ahead(const struct parser *parser)
{
    const struct token *tokens = token_now(parser);
    int days;

    if (parser->item.product_count == 0 || (tokens->kind != TOKEN_NUMBER && tokens->kind != TOKEN_WORD))
        return false;
    if (token_is_word(tokens, WORD_BACK) ||
        (is_last(parser, tokens) && (token_is_word(&tokens[1], WORD_DAY) || token_reads(parser, &tokens[1], "night"))))
        return true;
    if ((token_is_word(tokens, WORD_ON) || token_reads(parser, tokens, "am")) && token_is_word(&tokens[1], WORD_DAY))
        return parser->item.name.filler;
    return (token_is_word(tokens, WORD_THE) && before_yesterday(parser, tokens) != 0) ||
           days_ago(parser, tokens, &days) != 0;
}

int notation_day_behind(struct parser *parser)
{
    size_t taken;

    if (is_said(&parser->said) || parser->line_sets != 0)
        return refuse_two_days(parser);
    taken = take_weekday(parser, token_now(parser));
    if (taken == 0)
        taken = take_relative(parser, token_now(parser));
    parser->at += taken;
    if (token_has(token_now(parser), TRAIT_PART_OF_DAY))
        parser->at++;
    parser->day_behind = true;
    return 0;
}

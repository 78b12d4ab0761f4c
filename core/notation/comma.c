/*
 * Whether a comma is a decimal one: "82,5x8", but "8,7,5" is a list.
 */
#include "core/notation/comma.h"

#include "core/notation/shape.h"

bool notation_comma_pair(const struct token *comma)
{
    const struct token *fraction = comma + 1;

    return token_is_sign(comma, ',') && !comma->space && comma[-1].decimals == 0 && fraction->kind == TOKEN_NUMBER &&
           !fraction->space && fraction->decimals == 0 && fraction->digits <= 2;
}

/* What plates make. */
static bool plate_fraction(const struct token *fraction)
{
    static const double fractions[] = {0, 5, 25, 50, 75};

    for (size_t i = 0; i < ARRAY_LENGTH(fractions); i++)
        if (fraction->value == fractions[i])
            return true;
    return false;
}

/* "2x8,~7" */
static bool goes_on_as_list(const struct token *number)
{
    return number->value <= 10 && number[2].kind == TOKEN_NUMBER && token_is_sign(&number[3], ',');
}

/* What says of which kind the number before it is. */
static bool measured(const struct token *behind)
{
    return token_is_sign(behind, '%') || token_is_word(behind, WORD_UNIT) || token_is_word(behind, WORD_SECONDS) ||
           token_is_word(behind, WORD_MINUTES);
}

/* "7,5er", "mit den 22,5ern": German for what weighs so much. */
static bool sized(const struct parser *parser, const struct token *behind)
{
    return !behind->space && (token_reads(parser, behind, "er") || token_reads(parser, behind, "ern"));
}

/* A load that has a half where a list of reps hardly has a five behind that number: "22,5", and "12,5", as dumbbells
 * go. */
static bool usual_half(double whole)
{
    return whole >= 15 || whole == 2 || whole == 7 || whole == 12;
}

/* "8,7,5": the number before is one of a list. */
static bool in_list(const struct parser *parser, size_t comma)
{
    return comma >= 3 && notation_comma_pair(&parser->tokens.at[comma - 2]);
}

/* What may stand between a load and its reps: "je seite", "links", a colon; or the reps themselves. */
static bool leads_to_reps(const struct token *behind)
{
    return token_is_sign(behind, ':') || token_is_word(behind, WORD_PER) || token_is_word(behind, WORD_EACH) ||
           token_is_word(behind, WORD_SIDE) || (behind->kind == TOKEN_NUMBER && behind->space);
}

/* "82,5 8", "+12,5: 8, 7, 6", "2,5 leichter x8", "12,5 3x10", "22,5 je seite x9": a half, and none of a list's fives.
 */
static bool is_half(const struct parser *parser, size_t at)
{
    const struct token *comma = &parser->tokens.at[at], *fraction = comma + 1, *behind = comma + 2;
    const bool added = at >= 2 && token_is_sign(&comma[-2], '+');

    if (fraction->value != 5 || fraction->digits != 1)
        return false;
    if (token_has(behind, STEP_WORDS))
        return true;
    if (comma[-1].value > 30)
        return !token_is_sign(behind, ',');
    if (in_list(parser, at))
        return false;
    if (token_is_sign(behind, '@') || (token_is_sign(behind, ':') && added))
        return true;
    return usual_half(comma[-1].value) && leads_to_reps(behind);
}

/* "80x8,75x8", "12x12,8x12": what stands before the comma at AT are reps of a set, and another set begins behind it.
 * Nobody does 80 sets or reps of 8.75 kg, and no plate weighs 0.8; "3x82,5x5" says a load between. */
static bool parts_sets(const struct parser *parser, size_t at)
{
    const struct token *comma = &parser->tokens.at[at], *first = at >= 3 ? &comma[-3] : NULL;

    return first != NULL && comma[-2].kind == TOKEN_CROSS && first->kind == TOKEN_NUMBER &&
           ((!plate_fraction(&comma[1]) && comma[-1].value <= REPS_LIKE) || first->value > REPS_LIKE ||
            first->decimals != 0 || (at >= 5 && notation_comma_pair(&first[-1])));
}

/* "82,5x8" has a decimal comma, "8,8,7" has none, and "10,2x8,~7" is a list though a cross follows. */
bool notation_decimal_comma(const struct parser *parser, size_t at)
{
    const struct token *comma = &parser->tokens.at[at];
    const struct token *fraction = comma + 1;
    const struct token *behind = comma + 2;

    if (!notation_comma_pair(comma))
        return false;
    if (behind->kind == TOKEN_CROSS)
        return !parts_sets(parser, at) &&
               (plate_fraction(fraction) || comma[-1].value > 30 || !goes_on_as_list(fraction));
    return measured(behind) || sized(parser, behind) || is_half(parser, at);
}

double notation_comma_value(const struct token *comma)
{
    return comma[-1].value + comma[1].value / (comma[1].digits == 1 ? 10.0 : 100.0);
}

/* ",250" behind NUMBER */
static bool comma_of_thousand(const struct token *number)
{
    return number->decimals == 0 && token_is_sign(&number[1], ',') && !number[1].space &&
           number[2].kind == TOKEN_NUMBER && !number[2].space && number[2].digits == 3 && number[2].decimals == 0;
}

size_t notation_thousand(const struct parser *parser, size_t at)
{
    const struct token *number = &parser->tokens.at[at], *before = at != 0 ? &number[-1] : NULL;
    const bool point = number->decimals == 3;
    const struct token *behind = &number[point ? 1 : 3];
    bool unit, cross;

    if (number->digits != 1 || floor(number->value) != 1 || !(point || comma_of_thousand(number)))
        return 0;
    unit = token_is_word(behind, WORD_UNIT);
    cross = behind->kind == TOKEN_CROSS && !point;
    if (before != NULL && before->kind == TOKEN_CROSS) {
        unit = unit && behind[1].kind != TOKEN_CROSS; /* "140x1,150 lb x1" */
        cross = false;
    }
    return (unit || cross) && (before == NULL || before->kind != TOKEN_SIGN) ? (size_t)(behind - number) : 0;
}

/*
 * Minutes, and the seconds behind them.
 */
#include "core/notation/term.h"

bool notation_short_minutes(const struct parser *parser, const struct token *word)
{
    return word->length == 1 && !word->space && parser->line.at[word->at] == 'm' && word[1].kind == TOKEN_NUMBER &&
           token_is_word(&word[2], WORD_SECONDS);
}

/* "1 min 20": NUMBER is seconds behind minutes, as nobody writes anything else so. */
static bool whole_minutes(const struct token *number)
{
    return number->kind == TOKEN_NUMBER && number->decimals == 0 && number->value < 60 &&
           number[-1].kind == TOKEN_WORD && (notation_clause_ends(&number[1]) || token_is_sign(&number[1], '@'));
}

/* "a minute and a half", "1 minute and 20 seconds": the seconds behind the "and", and the tokens from it on; 0: it
 * joins another thing. */
static size_t seconds_joined(const struct parser *parser, const struct token *joint, double *seconds)
{
    const struct token *next = &joint[1];

    if (!token_is_word(joint, WORD_AND))
        return 0;
    *seconds = token_reads(parser, &next[1], "half") ? 30 : token_reads(parser, &next[1], "quarter") ? 15 : 0;
    if (token_is_word(next, WORD_A) && *seconds != 0)
        return 3;
    *seconds = next->value;
    if (next->kind != TOKEN_NUMBER || next->value >= 60 || !token_is_word(&next[1], WORD_SECONDS))
        return 0;
    return token_is_word(&next[2], WORD_REST) || token_is_word(&next[2], WORD_PAUSE) ? 0
                                                                                     : 3; /* "and 30 seconds rest" */
}

void notation_minutes(struct parser *parser, struct term *term)
{
    size_t joined;
    double seconds;

    term->role = ROLE_TIME;
    term->value *= 60;
    parser->at++;
    joined = seconds_joined(parser, token_now(parser), &seconds);
    if (joined != 0) {
        term->value += seconds;
        parser->at += joined;
        return;
    }
    if (token_now(parser)->kind == TOKEN_NUMBER && token_is_word(token_ahead(parser, 1), WORD_SECONDS)) {
        term->value += token_now(parser)->value;
        parser->at += 2;
    } else if (whole_minutes(token_now(parser))) {
        term->value += token_now(parser)->value;
        parser->at++;
    }
}

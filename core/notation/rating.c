/*
 * "felt like a 9", "das war eine 9", "9 out of 10": how hard a set was, of ten, as people say it who don't say RPE.
 */
#include "core/notation/comma.h"
#include "core/notation/parser.h"

enum { WORDS_BEFORE = 7, RATING_MIN = 5, RATING_MAX = 10 };

/* "a", "eine", "ne" */
static bool is_article(const struct token *token)
{
    return token_is_word(token, WORD_A) || token_has(token, TRAIT_ARTICLE);
}

/* "/10", "out of 10", "von 10" at TOKEN: how many tokens it takes; 0. */
static size_t of_ten(const struct parser *parser, const struct token *token)
{
    const struct token *of = token_reads(parser, token, "out") ? &token[1] : token;
    bool slash = token_is_sign(token, '/') && !token->space;

    if ((!slash && !token_is_word(of, WORD_OF)) || of[1].kind != TOKEN_NUMBER || of[1].value != RATING_MAX)
        return 0;
    return (size_t)(&of[2] - token);
}

/* "9", "8.5" */
static bool is_mark(double value)
{
    return value >= RATING_MIN && value <= RATING_MAX && 2 * value == floor(2 * value);
}

/* How many tokens the mark at NUMBER is: "9", "8,5"; 0: it is none. */
static size_t mark_tokens(const struct token *number)
{
    if (number->kind != TOKEN_NUMBER)
        return 0;
    if (notation_comma_pair(&number[1]) && is_mark(notation_comma_value(&number[1])))
        return 3;
    return is_mark(number->value) ? 1 : 0;
}

/* "that was a 9", "call it a 9", "maybe a 9": the number that stands AT tokens on is a rating though nobody says how it
 * felt. */
static bool is_judged(const struct parser *parser, size_t at)
{
    return at >= 2 && is_article(token_ahead(parser, at - 1)) &&
           token_has(token_ahead(parser, at - 2), TRAIT_ABOUT | TRAIT_VERDICT);
}

/* Where the number stands from the token now on, if words of a rating alone stand before it; FELT: of a feeling. -1. */
static int find_mark(const struct parser *parser, bool *felt)
{
    int at = 0;

    while (at < WORDS_BEFORE && token_ahead(parser, (size_t)at)->kind == TOKEN_WORD)
        at++;
    if (mark_tokens(token_ahead(parser, (size_t)at)) == 0)
        return -1;
    *felt = false;
    for (int word = 0; word < at; word++) {
        const struct token *between = token_ahead(parser, (size_t)word);

        if (!is_article(between) && !token_has(between, TRAIT_FELT | TRAIT_AROUND | TRAIT_ABOUT | TRAIT_LIKE))
            return -1;
        *felt |= token_has(between, TRAIT_FELT);
    }
    return at;
}

/* Where the number stands from the token now on, and how many of its words stand BEHIND it; -1: no rating is here. */
static int find_rating(const struct parser *parser, size_t *behind)
{
    const struct token *end;
    bool felt;
    int at = find_mark(parser, &felt);

    if (at < 0)
        return -1;
    end = token_ahead(parser, (size_t)at);
    end += mark_tokens(end);
    if ((at == 0 && end->kind != TOKEN_WORD) || !notation_whole_set(&parser->item))
        return -1;
    *behind = of_ten(parser, end);
    if (!felt && (*behind == 0 || token_is_sign(end, '/')) && !is_judged(parser, (size_t)at))
        return -1; /* "9 out of 10" is one by itself */
    if (felt && token_reads(parser, &end[*behind], "an"))
        ++*behind; /* "fühlte sich wie eine 9 an" */
    return notation_clause_ends(&end[*behind]) ? at : -1;
}

bool notation_rating_ahead(const struct parser *parser)
{
    size_t behind;

    return find_rating(parser, &behind) >= 0;
}

int notation_rating(struct parser *parser)
{
    size_t behind = 0;
    int number = find_rating(parser, &behind);

    return notation_found_effort(parser, number, behind, EFFORT_RPE);
}

int notation_half_rpe(struct parser *parser)
{
    enum { LOAD_LEAST = 40 };
    const struct item *item = &parser->item;
    const struct token *number = token_now(parser);
    const struct product *last = item->product_count != 0 ? &item->products[item->product_count - 1] : NULL;
    const bool half = number->decimals == 1 && number->value >= 6.5 && number->value <= 9.5 &&
                      number->value - floor(number->value) == 0.5 && number[1].kind == TOKEN_END;
    const bool told = half && last != NULL && last->count == 2 && item->effort_count == 0 &&
                      item->terms[last->first].value >= LOAD_LEAST;

    return notation_found_effort(parser, told ? 0 : -1, 0, EFFORT_RPE);
}

/*
 * "felt like a 9", "das war eine 9", "9 out of 10": how hard a set was, of ten, as people say it who don't say RPE.
 */
#include "core/notation/parser.h"

enum { WORDS_BEFORE = 7, RATING_MIN = 5, RATING_MAX = 10 };

static bool reads_one_of(const struct parser *parser, const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (token_reads(parser, token, *words))
            return true;
    return false;
}

/* "a", "eine", "ne" */
static bool is_article(const struct parser *parser, const struct token *token)
{
    static const char *const short_ones[] = {"ne", "ner", "nen", NULL};

    return token_is_word(token, WORD_A) || reads_one_of(parser, token, short_ones);
}

static bool tells_feeling(const struct parser *parser, const struct token *token)
{
    static const char *const words[] = {"felt", "feels", "fuhlte", "gefuhlt", NULL};

    return reads_one_of(parser, token, words);
}

/* What may stand before the article where nobody says "felt": "that was a 9", "call it a 9", "maybe a 9". */
static bool is_verdict(const struct parser *parser, const struct token *token)
{
    static const char *const words[] = {"was", "war", "it", "wie", NULL};

    return token_has(token, TRAIT_ABOUT) || reads_one_of(parser, token, words);
}

/* Words between: they say nothing of their own. */
static bool is_between(const struct parser *parser, const struct token *token)
{
    static const char *const words[] = {"sich", "an",   "wie",  "nach",  "so",     "call",  "more", "pretty",
                                        "hard", "easy", "good", "solid", "strong", "heavy", "eher", NULL};

    return is_article(parser, token) || tells_feeling(parser, token) || token_has(token, TRAIT_AROUND) ||
           token_has(token, TRAIT_ABOUT) || reads_one_of(parser, token, words);
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

/* "that was a 9": the number that stands AT tokens on is a rating though nobody says how it felt. */
static bool is_judged(const struct parser *parser, size_t at)
{
    return at >= 2 && is_article(parser, token_ahead(parser, at - 1)) &&
           is_verdict(parser, token_ahead(parser, at - 2));
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
        if (!is_between(parser, token_ahead(parser, (size_t)word)))
            return -1;
        *felt |= tells_feeling(parser, token_ahead(parser, (size_t)word));
    }
    return at;
}

/* Where the number stands from the token now on, and how many of its words stand BEHIND it; -1: no rating is here. */
static int find_rating(const struct parser *parser, size_t *behind)
{
    const struct token *end;
    bool felt;
    int at = find_mark(parser, &felt);

    if (at < 0 || !notation_whole_set(&parser->item))
        return -1;
    end = token_ahead(parser, (size_t)at);
    end += mark_tokens(end);
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

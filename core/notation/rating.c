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

static bool is_mark(const struct token *token)
{
    return token->kind == TOKEN_NUMBER && token->value >= RATING_MIN && token->value <= RATING_MAX &&
           2 * token->value == (int)(2 * token->value);
}

/* "that was a 9", "9 out of 10": the number that stands AT tokens on, with TOKENS behind, is a rating though nobody
 * says how it felt. */
static bool is_judged(const struct parser *parser, size_t at, size_t tokens)
{
    if (tokens != 0 && !token_is_sign(token_ahead(parser, at + 1), '/'))
        return true;
    return at >= 2 && is_article(parser, token_ahead(parser, at - 1)) &&
           is_verdict(parser, token_ahead(parser, at - 2));
}

/* Where the number stands from the token now on, if words of a rating alone stand before it; FELT: of a feeling. -1. */
static int find_mark(const struct parser *parser, bool *felt)
{
    int at = 0;

    while (at < WORDS_BEFORE && token_ahead(parser, (size_t)at)->kind == TOKEN_WORD)
        at++;
    if (!is_mark(token_ahead(parser, (size_t)at)))
        return -1;
    *felt = false;
    for (int word = 0; word < at; word++) {
        if (!is_between(parser, token_ahead(parser, (size_t)word)))
            return -1;
        *felt |= tells_feeling(parser, token_ahead(parser, (size_t)word));
    }
    return at;
}

/* Where the number stands from the token now on, and the TOKENS behind it that belong to it; -1: no rating is here. */
static int find_rating(const struct parser *parser, size_t *tokens)
{
    bool felt;
    int at = find_mark(parser, &felt);

    if (at < 0 || !notation_whole_set(&parser->item))
        return -1;
    *tokens = of_ten(parser, token_ahead(parser, (size_t)at + 1));
    if (!felt && !is_judged(parser, (size_t)at, *tokens))
        return -1;
    if (felt && token_reads(parser, token_ahead(parser, (size_t)at + 1 + *tokens), "an"))
        ++*tokens; /* "fühlte sich wie eine 9 an" */
    return notation_clause_ends(token_ahead(parser, (size_t)at + 1 + *tokens)) ? at : -1;
}

bool notation_rating_ahead(const struct parser *parser)
{
    size_t tokens;

    return find_rating(parser, &tokens) >= 0;
}

int notation_rating(struct parser *parser)
{
    size_t tokens;
    int number = find_rating(parser, &tokens);
    double value;

    if (number < 0)
        return 0;
    value = token_ahead(parser, (size_t)number)->value;
    parser->at += (size_t)number + 1 + tokens;
    return notation_add_effort(parser, value, EFFORT_RPE) ? 1 : notation_talk(parser);
}

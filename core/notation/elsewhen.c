/*
 * Numbers behind a set that are of another one, which was done before, is to come or was planned: "80x8, last week
 * 77.5x8". They are a note on it, and never sets.
 */
#include "core/notation/shape.h"

static bool ends(const struct token *token)
{
    return notation_clause_ends(token) && (token->kind != TOKEN_SIGN || token[1].space || token[1].kind == TOKEN_END);
}

/* "last week", "next time", "nächstes Mal" */
static bool other_session(const struct parser *parser, const struct token *word)
{
    static const char *const next[] = {"next", "nachste", "nachstes", "naechste", "naechstes", NULL};

    return token_has(&word[1], TRAIT_SESSION) &&
           ((token_is_word(word, WORD_LAST) && word->argument != LAST_FIRST) || token_reads_one(parser, word, next));
}

/* "plan was", "Ziel waren", "planned:" */
static bool was_planned(const struct parser *parser, const struct token *word)
{
    static const char *const plans[] = {"plan", "planned", "geplant", "target", "goal", "ziel", NULL};

    return token_reads_one(parser, word, plans) &&
           (token_has(&word[1], TRAIT_VERDICT) || token_is_sign(&word[1], ':') ||
            token_reads(parser, &word[1], "waren"));
}

/* "up from", "hoch von" */
static bool moved_from(const struct parser *parser, const struct token *word)
{
    return token_has(word, TRAIT_HEAVIER | TRAIT_LIGHTER) &&
           (token_reads(parser, &word[1], "from") || token_reads(parser, &word[1], "von"));
}

/* Whether what stands at WORD is of another set. */
static bool begins(const struct parser *parser, const struct token *word)
{
    static const char *const parts = ",;.!-";
    const bool apart = word != parser->tokens.at && word[-1].kind == TOKEN_SIGN && strchr(parts, word[-1].sign) != NULL;

    if (moved_from(parser, word))
        return true;
    if (!apart)
        return false; /* "80x8 next time" tells when it will be */
    word += token_is_word(word, WORD_THE) || token_has(word, TRAIT_MINE);
    return other_session(parser, word) || was_planned(parser, word);
}

bool notation_elsewhen(struct parser *parser)
{
    const struct token *first = token_now(parser), *token = first;
    const bool moved = moved_from(parser, first);
    bool number = false;

    if (parser->item.product_count == 0 || !begins(parser, first) || !notation_whole_set(&parser->item))
        return false;
    for (; !ends(token) && !(moved && number && token_is_sign(token, '@')); token++) { /* "up from 77.5 @2" */
        if (token_is_sign(token, '?'))
            return false;
        number |= token->kind == TOKEN_NUMBER;
    }
    if (!number || (token->kind == TOKEN_SIGN && token->sign != '@' && token[1].kind == TOKEN_NUMBER))
        return false; /* "last week 77.5x8, 75x8": whose the second one is nobody knows */
    parser->at += (size_t)(token - first);
    return notation_note_since(parser, parser->at - (size_t)(token - first)) == 0;
}

bool notation_elsewhen_goes_on(const struct parser *parser, size_t first)
{
    const struct token *end = token_now(parser);

    return end->kind == TOKEN_SIGN && end[1].kind == TOKEN_NUMBER && end > &parser->tokens.at[first] &&
           begins(parser, &parser->tokens.at[first]);
}

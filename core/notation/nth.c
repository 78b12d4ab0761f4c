/*
 * Which set of the exercise it is, as people number them, and sets of so many: says nothing of its own.
 */
#include "core/notation/parser.h"

void notation_set_number_before_name(struct parser *parser)
{
    const struct token *first = token_now(parser), *number = &first[1];
    size_t which;

    if (first->kind != TOKEN_NUMBER && !token_is_word(first, WORD_SETS) && !token_is_word(first, WORD_A) &&
        !token_has(first, TRAIT_LEAD | TRAIT_MORE))
        return;
    which = notation_which_set(parser);
    if (which == 0 && !token_is_word(token_now(parser), WORD_SETS))
        return;
    if (which != 0)
        parser->at += which;
    else if ((number->kind == TOKEN_NUMBER && number->decimals == 0 && token_is_word(&number[1], WORD_OTHER)) ||
             (notation_count_word(number) != 0 && number[1].kind == TOKEN_NUMBER))
        parser->at += 2;
}

/* "80x8", "80kg" */
static bool load_here(const struct token *number)
{
    return number->kind == TOKEN_NUMBER && (number[1].kind == TOKEN_CROSS || token_is_word(&number[1], WORD_UNIT));
}

bool notation_set_number(struct parser *parser)
{
    const struct token *set = token_now(parser);
    bool point = token_is_sign(&set[2], ':') || token_is_sign(&set[2], ')');

    if (!token_is_word(set, WORD_SETS))
        return false;
    if (token_is_sign(&set[1], ':')) {
        parser->at += 2;
        return true;
    }
    if (set[1].kind == TOKEN_NUMBER && parser->item.product_count == 0 && parser->item.name.present && !point &&
        set[2].kind == TOKEN_CROSS) {
        parser->at++;
        return true;
    }
    if (set[1].kind != TOKEN_NUMBER || set[1].decimals != 0 || !(point || load_here(&set[2])))
        return false;
    parser->at += point ? 3 : 2;
    return true;
}

bool notation_skip_ordinal_set(struct parser *parser)
{
    const struct token *number = token_now(parser);

    if (number->decimals != 0 || !token_is_sign(&number[1], '.') || number[1].space ||
        !token_is_word(&number[2], WORD_SETS) || !load_here(&number[3 + token_is_sign(&number[3], ':')]))
        return false;
    parser->at += token_is_sign(&number[3], ':') ? 4 : 3;
    parser->op = ',';
    return true;
}

int notation_set_of(struct parser *parser)
{
    const struct token *word = token_now(parser);

    word += token_is_word(word, WORD_FOR);
    word += token_is_word(word, WORD_A);
    if (!(token_reads(parser, word, "set") || token_reads(parser, word, "satz")) ||
        !(token_is_word(&word[1], WORD_OF) || token_is_word(&word[1], WORD_WITH)) || word[2].kind != TOKEN_NUMBER ||
        token_is_word(&word[3], WORD_UNIT))
        return 0;
    parser->at = (size_t)(&word[2] - parser->tokens.at);
    parser->op = 'f';
    return 1;
}

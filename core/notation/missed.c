/*
 * Reps that were missed: "failed", "failed on the 6th", "beim 6. gescheitert".
 */
#include "core/notation/parser.h"

/* "9th", "9.", "9" at the end: which rep it is; 0: none is here. */
static uint8_t take_rep(struct parser *parser)
{
    const struct token *number = token_now(parser);
    bool point = token_is_sign(&number[1], '.') && !number[1].space;

    if (number->kind != TOKEN_NUMBER || number->decimals != 0 || number->value > READING_REPS_MAX ||
        !(token_is_ordinal(&number[1]) || point || number[1].kind == TOKEN_END))
        return 0;
    parser->at += number[1].kind == TOKEN_END ? 1 : 2;
    return (uint8_t)number->value;
}

/* "on the 9th", "rep 9", "the 9th rep", "the last rep": which one it is; 0: it isn't said. Of sets it is none. */
static uint8_t take_missed_rep(struct parser *parser)
{
    static const uint8_t behind[] = {WORD_ON, WORD_AT, WORD_THE, WORD_LAST, WORD_REPS, WORD_SETS};
    const size_t first = parser->at;
    uint8_t rep;

    notation_skip_words(parser, behind, ARRAY_LENGTH(behind));
    rep = take_rep(parser);
    notation_skip_words(parser, behind, ARRAY_LENGTH(behind));
    for (size_t i = first; i < parser->at; i++)
        if (token_is_word(&parser->tokens.at[i], WORD_SETS) || token_is_word(&parser->tokens.at[i], WORD_LAST))
            return 0;
    return rep;
}

int notation_fail(struct parser *parser)
{
    uint8_t rep;

    parser->item.fell_short |= parser->at != 0 && token_is_sign(token_now(parser) - 1, ',');
    parser->at++;
    rep = take_missed_rep(parser);
    notation_marks(parser)->failure = FAILURE_MISSED;
    notation_marks(parser)->missed = rep != 0 ? rep : notation_marks(parser)->missed;
    if (token_is_word(token_now(parser), WORD_NOTE) && token_now(parser)->argument == 1)
        parser->at++; /* "missed the last one" */
    return 0;
}

/* "5th rep failed", "beim 5. nicht geschafft", "vierte verfehlt": the tokens before the word that says so, and which
 * REP it was, 0 where no number tells; 0: no such thing. */
static size_t ordinal_failed(const struct parser *parser, uint8_t *rep)
{
    static const uint8_t before[] = {WORD_ON, WORD_AT, WORD_THE};
    const struct token *number = token_now(parser), *behind;
    bool point;

    if (parser->item.product_count == 0)
        return 0;
    number += notation_word_count(number, before, ARRAY_LENGTH(before));
    behind = &number[1];
    point = token_is_sign(behind, '.') && !behind->space;
    *rep = 0;
    if (number->kind == TOKEN_NUMBER && (point || token_is_ordinal(behind)) && number->value <= READING_REPS_MAX) {
        *rep = (uint8_t)number->value;
        behind++;
    } else if (!token_has(number, TRAIT_LEAD) && !token_is_word(number, WORD_LAST)) {
        return 0;
    }
    if (token_is_word(behind, WORD_REPS))
        behind++;
    if (token_is_word(behind, WORD_FAIL) ||
        (token_is_word(behind, WORD_NOT) && token_reads(parser, &behind[1], "geschafft")))
        return (size_t)(behind - token_now(parser));
    return 0;
}

int notation_ordinal(struct parser *parser)
{
    uint8_t rep;
    size_t before = ordinal_failed(parser, &rep);

    if (before != 0)
        notation_marks(parser)->missed = rep;
    parser->at += before;
    return before != 0 ? 1 : 0;
}

/*
 * Stone, and the pounds behind them: "12st 7lb", "12 st 7 x 5".
 */
#include "core/notation/term.h"

/* "12 stone 4 this morning": nobody writes a set so, that names no exercise. */
static bool weighs_so_much(const struct parser *parser, const struct token *behind)
{
    return !parser->item.name.present && parser->item.term_count == 0 &&
           (notation_clause_ends(behind) ||
            (behind->kind == TOKEN_WORD && !token_is_word(behind, WORD_REPS) && !token_is_word(behind, WORD_BY)));
}

void notation_stone_and_pounds(struct parser *parser, struct term *term)
{
    const struct token *pounds = token_now(parser);
    bool said = token_is_word(&pounds[1], WORD_UNIT) && pounds[1].argument == UNIT_LB;

    if (term->unit != UNIT_ST || pounds->kind != TOKEN_NUMBER || pounds->decimals != 0 || pounds->value >= LB_PER_ST ||
        !(said || (pounds[1].kind == TOKEN_CROSS && pounds[2].kind == TOKEN_NUMBER) ||
          weighs_so_much(parser, &pounds[1])))
        return;
    term->value = term->value * LB_PER_ST + pounds->value;
    term->unit = UNIT_LB;
    parser->at += 1 + said;
}

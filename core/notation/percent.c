/*
 * Of what a percentage is: "80% of the top set", "75% of 100".
 */
#include "core/notation/shape.h"
#include "core/notation/term.h"

/* "80% of that", "80% of the top set", "80% vom Topsatz": of what was lifted, which of_top.h knows. */
static bool skip_top(struct parser *parser, const struct token *word)
{
    static const char *const whats[] = {"that", "topsatz", "topset", "top", "last", "letzten", NULL};

    word += token_is_word(word, WORD_THE) || token_has(word, TRAIT_MINE);
    if (!token_reads_one(parser, word, whats) || (token_is_word(word, WORD_LAST) && word[1].kind == TOKEN_NUMBER))
        return false; /* "of the last 10 sessions" */
    word += 1 + token_is_word(&word[1], WORD_SETS);
    parser->at = (size_t)(word - parser->tokens.at);
    return true;
}

/* "80% of 1rm", "80 % vom Maximum": of what it is as a rule. */
static bool skip_best(struct parser *parser, const struct token *word)
{
    static const char *const bests[] = {"1rm", "e1rm", "rm", "max", "maximum", NULL};

    word += token_is_word(word, WORD_THE) || token_has(word, TRAIT_MINE);
    word += word->kind == TOKEN_NUMBER && word->value == 1 && token_reads(parser, &word[1], "rm");
    if (!token_reads_one(parser, word, bests))
        return false;
    parser->at = (size_t)(&word[1] - parser->tokens.at);
    return true;
}

/* "75% of 100", "80% von 120 kg": TERM is so much of that load. */
static void take_of_load(struct parser *parser, struct term *term, const struct token *load)
{
    const bool unit = token_is_word(&load[1], WORD_UNIT);
    const struct token *behind = &load[1 + unit];

    if (load->kind != TOKEN_NUMBER || load->value <= REPS_LIKE ||
        !(unit || notation_clause_ends(behind) || behind->kind == TOKEN_CROSS))
        return;
    term->role = ROLE_LOAD;
    term->value = term->value * load->value / 100;
    if (unit) {
        term->unit = load[1].argument;
        term->unit_said = true;
        parser->item.unit = term->unit;
    }
    parser->at = (size_t)(behind - parser->tokens.at);
}

void notation_of_what(struct parser *parser, struct term *term)
{
    const struct token *word = token_now(parser);

    if ((token_is_word(word, WORD_OF) || token_reads(parser, word, "vom")) && !skip_top(parser, &word[1]) &&
        !skip_best(parser, &word[1]))
        take_of_load(parser, term, &word[1]);
}

/*
 * Reps that were left, said in a sentence, and whether they were the writer's own.
 */
#include "core/notation/shape.h"
#include "core/notation/spare.h"

enum { EFFORT_MOST = 10 };

bool notation_of_others(const struct parser *parser, const struct token *count)
{
    for (const struct token *word = count; word > parser->tokens.at && word[-1].kind == TOKEN_WORD; word--)
        if ((notation_meaning(token_text(parser, &word[-1])).says & SAYS_OTHERS) != 0)
            return true;
    return false;
}

/* "my coach had me do", behind which is what was done. */
static size_t told_to(const struct parser *parser)
{
    static const char *const made[] = {"had", "has", "made", "makes", "let", NULL};
    const struct token *word = token_now(parser);

    word += token_has(word, TRAIT_MINE) || token_is_word(word, WORD_THE);
    if (word->kind != TOKEN_WORD || word[1].kind != TOKEN_WORD || !token_reads(parser, &word[2], "me") ||
        (notation_meaning(token_text(parser, word)).says & SAYS_OTHERS) == 0)
        return 0;
    word++;
    if (!token_reads_one(parser, word, made))
        return 0;
    word += 2;
    word += token_reads(parser, word, "do") || token_reads(parser, word, "doing");
    return (size_t)(word - token_now(parser));
}

size_t notation_leads_on(const struct parser *parser)
{
    const size_t moves = notation_moves_load(parser);

    return moves != 0 ? moves : told_to(parser);
}

bool notation_others_left(const struct parser *parser)
{
    bool others = false, left = false;

    for (const struct token *word = token_now(parser); !notation_clause_ends(word); word++) {
        const unsigned says = word->kind == TOKEN_WORD ? notation_meaning(token_text(parser, word)).says : 0;

        others |= (says & SAYS_OTHERS) != 0;
        left |= (says & (SAYS_LEFT | SAYS_WENT | SAYS_MORE)) != 0;
    }
    return others && left;
}

/* "ging noch 2", "noch 2 gegangen", "2 gingen noch": a clause that could begin so. */
static bool may_have_gone(const struct parser *parser, const struct token *first)
{
    return token_has(first, TRAIT_WOULD | TRAIT_ABOUT) || token_reads(parser, first, "da") ||
           (first->kind == TOKEN_NUMBER && token_has(&first[1], TRAIT_WOULD | TRAIT_ABOUT));
}

bool notation_went(struct parser *parser)
{
    const size_t first = parser->at;
    const struct token *end = token_now(parser);
    bool went = false;

    if (!may_have_gone(parser, end) || !notation_whole_set(&parser->item))
        return false;
    for (; end->kind == TOKEN_WORD || end->kind == TOKEN_NUMBER; end++)
        went |= token_has(end, TRAIT_WOULD | TRAIT_COULD);
    if (!went || !(notation_clause_ends(end) || token_is_sign(end, '@')))
        return false;
    parser->at = (size_t)(end - parser->tokens.at);
    if (notation_spare(parser, first))
        return true;
    parser->at = first;
    return false;
}

bool notation_maybe_more(const struct parser *parser, size_t at)
{
    const struct token *number = token_ahead(parser, at);

    return at > 1 && token_reads(parser, &number[-1], "noch") && token_has(&number[-2], TRAIT_ABOUT) &&
           (number->kind == TOKEN_NUMBER || token_reads(parser, number, "eine") || token_is_word(number, WORD_NOTE));
}

bool notation_says_could(const struct parser *parser, const struct token *word)
{
    return token_has(word, TRAIT_WOULD) || token_reads(parser, word, "can") || token_reads(parser, word, "kann");
}

bool notation_is_total(const struct parser *parser, size_t words)
{
    bool would = false;

    for (size_t i = 0; i < words; i++) {
        const struct token *word = token_ahead(parser, i);

        if (token_has(word, TRAIT_MORE) || token_is_word(word, WORD_TANK) || token_reads(parser, word, "noch"))
            return false;
        would |= token_has(word, TRAIT_WOULD);
    }
    return would;
}

/* The reps of the product that was read last; 0 where none is told. */
static double last_reps(const struct item *item)
{
    const struct product *last = &item->products[item->product_count - 1];
    const struct term *reps = &item->terms[last->first + last->count - 1];

    return reps->role == ROLE_REPS || (reps->role == ROLE_NUMBER &&
                                       (last->count > 1 || (item->product_count > 1 && notation_whole_set(item))))
               ? reps->value
               : 0;
}

/* "noch 2", "prob 1": what stands before a number that may be of reps that were left; "another 3" are where it FELT so.
 */
static bool leads_to_left(const struct parser *parser, const struct token *word, bool felt)
{
    static const char *const leads[] = {"noch", "still",      "prob", "probably", "maybe",
                                        "vllt", "vielleicht", "wohl", NULL};

    return token_reads_one(parser, word, leads) || (felt && token_reads(parser, word, "another"));
}

/* Whether SIGN joins two numbers of which it was one. */
static bool joins_numbers(const struct parser *parser, const struct token *sign)
{
    static const char *const joints[] = {"or", "oder", NULL};

    return sign->kind == TOKEN_WORD ? token_is_word(sign, WORD_TO) || token_reads_one(parser, sign, joints)
                                    : token_is_sign(sign, '-') && !sign->space && !sign[1].space;
}

bool notation_range(const struct parser *parser, const struct token *sign)
{
    const struct token *number = &sign[1];
    const bool few = number->kind == TOKEN_NUMBER
                         ? number->value <= EFFORT_MOST
                         : token_is_word(number, WORD_NOTE) && number->argument != 0 && number->argument != COUNT_ZERO;

    return few && joins_numbers(parser, sign);
}

bool notation_still_left(const struct parser *parser, bool felt)
{
    enum { MOST = 3, MOST_FELT = 5 };
    const struct item *item = &parser->item;
    const struct token *number = token_ahead(parser, 1), *end = &number[1];

    if (number->kind != TOKEN_NUMBER)
        return false;
    if (notation_range(parser, end))
        end += 2;
    return leads_to_left(parser, token_now(parser), felt) && number->decimals == 0 &&
           number->value <= (felt ? MOST_FELT : MOST) && (notation_clause_ends(end) || end->sign == '@') &&
           end->sign != ',' && item->product_count != 0 && last_reps(item) > (felt ? 1 : 2) * number->value;
}

bool notation_left_or_set_ahead(const struct parser *parser)
{
    const struct token *number = token_ahead(parser, 1), *end = &number[1];
    bool sets;

    if (number->kind != TOKEN_NUMBER || number->decimals != 0 || !token_reads(parser, token_now(parser), "noch") ||
        !notation_whole_set(&parser->item))
        return false;
    sets = token_is_word(end, WORD_SETS);
    end += sets;
    return notation_clause_ends(end) && end->sign != ',' &&
           (sets || (number->value <= SPARE_MOST && number->value < last_reps(&parser->item)));
}

int notation_left_or_set(struct parser *parser)
{
    const size_t first = parser->at;
    const struct token *number = token_ahead(parser, 1);

    if (!notation_left_or_set_ahead(parser))
        return 0;
    parser->at++;
    parser->op = token_is_word(&number[1], WORD_SETS) ? ' ' : ',';
    if (parser->op == ',')
        return notation_fork(parser, ABOUT_EFFORT, FORK_LEFT, 2, "%g in reserve, or a set of %g?", number->value,
                             number->value) == 0
                   ? notation_found_effort(parser, 0, 0, EFFORT_RIR)
                   : 1;
    if (notation_fork(parser, ABOUT_OTHER, FORK_LEFT, 2, "%g sets to come, or done?", number->value) != 0)
        return 1;
    parser->at += 2;
    notation_note_since(parser, first);
    return 1;
}

bool notation_plus_left(struct parser *parser)
{
    if (parser->item.product_count == 0 || token_ahead(parser, 1)->kind != TOKEN_NUMBER)
        return false;
    parser->at++;
    if (notation_effort_ahead(parser))
        return true;
    parser->at--;
    return false;
}

bool notation_of_last_alone(const struct parser *parser, size_t first)
{
    const struct item *item = &parser->item;
    const bool single = item->products[0].count == 2 && item->terms[item->products[0].first].value >= LOAD_LIKE;

    if (item->product_count == 1 ? single : item->product_count == 2 && item->products[1].op == 'f')
        return false;
    for (size_t at = first; at < parser->at; at++)
        if (token_is_word(&parser->tokens.at[at], WORD_LAST))
            return true;
    return false;
}

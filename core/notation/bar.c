/*
 * "45x10 just the bar": a load, and that it is the bar alone; and that nobody trains with that, unless they say so.
 */
#include "core/notation/more.h"
#include "core/notation/shape.h"

enum { BAR_OF_POUNDS = 35 };

/* "just the bar", "mit leerer Stange" from the word now on: how many tokens; 0: none of that. */
static size_t bar_words(const struct parser *parser)
{
    const struct token *word = token_now(parser), *end = word;
    bool alone = false; /* "just", "only", "empty": no more than the bar */

    if (!token_has(word, TRAIT_MERELY) && !token_is_word(word, WORD_WITH) && !token_is_word(word, WORD_THE) &&
        !token_is_word(word, WORD_BAR))
        return 0;
    for (; token_has(end, TRAIT_MERELY) || token_is_word(end, WORD_WITH) || token_is_word(end, WORD_THE); end++)
        alone |= token_has(end, TRAIT_MERELY);
    if (!token_is_word(end, WORD_BAR))
        return 0;
    alone |= token_is_word(&end[1], WORD_BAR);
    for (; token_is_word(end, WORD_BAR) || token_reads(parser, end, "only"); end++)
        alone |= token_reads(parser, end, "only");
    return alone ? (size_t)(end - word) : 0;
}

int notation_bar_first(struct parser *parser)
{
    const size_t words = bar_words(parser);

    if (words == 0 || token_ahead(parser, words)->kind != TOKEN_WORD ||
        !notation_name_begins(parser, parser->at + words))
        return 0;
    while (token_has(token_now(parser), TRAIT_MERELY))
        parser->at++;
    return notation_product(parser, ' ');
}

/* What bars weigh: those of 35 and 45 are of lb, whatever the writer counts in. */
static bool is_bar(double value)
{
    return value == 15 || value == 20 || value == 35 || value == 45;
}

static void make_bar(struct item *item, struct term *term)
{
    term->role = ROLE_LOAD;
    if (term->value < BAR_OF_POUNDS)
        return;
    term->unit = UNIT_LB;
    item->unit = UNIT_LB;
    term->unit_said = true;
}

bool notation_bar_behind(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct product *last = item->product_count != 0 ? &item->products[item->product_count - 1] : NULL;
    size_t words;
    bool merely;

    if (last == NULL || last->count != 2 || item->terms[last->first].role != ROLE_NUMBER ||
        item->terms[last->first + 1].role != ROLE_NUMBER || !is_bar(item->terms[last->first].value))
        return false;
    merely = token_has(token_now(parser), TRAIT_MERELY);
    words = bar_words(parser);
    if (words != 0)
        make_bar(item, &item->terms[last->first]);
    item->terms[last->first].bar =
        words != 0 && (merely || token_reads(parser, token_ahead(parser, words - 1), "only"));
    parser->at += words;
    return words != 0;
}

void notation_bar_warms(const struct shape *shape)
{
    const struct exercise *known = shape->parser->item.known;
    const struct part *bar = NULL;
    struct set *set;

    if (known != NULL && !known->compound)
        return;
    for (size_t i = 0; i < shape->count; i++)
        if (shape->parts[i].bar) {
            if (bar != NULL)
                return;
            bar = &shape->parts[i];
        }
    if (bar == NULL || bar->end - bar->begin != 1)
        return;
    set = &shape->parser->reading->sets.at[bar->begin];
    if (set->type == SET_WORKING && isnan(set->rir) && set->failure == FAILURE_NONE)
        set->type = SET_WARMUP;
}

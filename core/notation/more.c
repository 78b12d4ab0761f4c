/*
 * Sets that are told in short, from one that was: "80x8, same again", "dann nochmal das Gleiche".
 */
#include "core/notation/more.h"
#include "core/notation/shape.h"

/* The words from the token now on that say "the same again": how many; 0. *SURE: in more than one word of it. */
static size_t words_of_same(const struct parser *parser, bool *sure)
{
    static const char *const around[] = {"das", "the", "one", "thing", "set", "mal", "einmal", "noch", NULL};
    size_t again = 0, once = 0, still = 0, at = 0;

    for (;; at++) {
        const struct token *word = token_ahead(parser, at);

        if (token_has(word, TRAIT_AGAIN))
            again++;
        else if (!token_reads_one(parser, word, around))
            break;
        still += token_reads(parser, word, "noch");
        once += token_reads(parser, word, "mal") || token_reads(parser, word, "einmal");
    }
    *sure = again > 1 || (again != 0 && parser->at > 0 && token_has(&token_now(parser)[-1], TRAIT_THEN));
    return again != 0 || (still != 0 && once != 0) ? at : 0;
}

/* "same weight 7", "gleiches Gewicht für 7" at the words that say the same, so many WORDS: the tokens before the reps
 * of one more set; 0. */
static size_t before_reps(const struct parser *parser, size_t words)
{
    const struct token *number;

    if (!token_is_word(token_ahead(parser, words), WORD_WEIGHT))
        return 0;
    words += 1 + token_is_word(token_ahead(parser, words + 1), WORD_FOR);
    number = token_ahead(parser, words);
    return number->kind == TOKEN_NUMBER && number->value <= REPS_LIKE && number[1].kind != TOKEN_CROSS ? words : 0;
}

bool notation_same_again(struct parser *parser)
{
    struct item *item = &parser->item;
    const size_t last = item->product_count - 1;
    bool sure;
    size_t words;

    if (!token_has(token_now(parser), TRAIT_AGAIN | TRAIT_ABOUT) || !notation_whole_set(item) ||
        item->product_count == PRODUCTS_MAX || (words = words_of_same(parser, &sure)) == 0)
        return false;
    if (before_reps(parser, words) != 0) {
        parser->at += before_reps(parser, words);
        return true;
    }
    if (!notation_clause_ends(token_ahead(parser, words)))
        return false;
    if (!sure && notation_fork(parser, ABOUT_OTHER, FORK_AGAIN, 2, "One more set of it?") != 0)
        return false;
    item->products[item->product_count++] = item->products[last];
    notation_marks_init(&item->products[last + 1].marks);
    item->products[last + 1].op = ',';
    parser->op = ' ';
    parser->at += words;
    return true;
}

/* "singles: 60 65 70", "triples 140, 150" at NAME: how many loads stand behind it, each with a sign or none before it;
 * 0: none, or more than loads. */
static size_t loads_of_plural(const struct token *name)
{
    const struct token *at = &name[1];
    size_t count = 0;

    at += token_is_sign(at, ':') || token_is_word(at, WORD_AT) || token_is_word(at, WORD_WITH);
    for (; at->kind == TOKEN_NUMBER && at->value >= LOAD_LIKE; count++) {
        at += 1 + token_is_word(&at[1], WORD_UNIT);
        at += (token_is_sign(at, ',') || token_is_sign(at, '/')) && at[1].kind == TOKEN_NUMBER;
    }
    return count > 1 && notation_clause_ends(at) ? count : 0;
}

int notation_singles_listed(struct parser *parser)
{
    const struct token *name = token_now(parser);
    struct item *item = &parser->item;
    const size_t loads = loads_of_plural(name);

    if (loads == 0 || item->product_count != 0 || !notation_name_exact(parser))
        return notation_talk(parser);
    parser->at += 1 + (token_ahead(parser, 1)->kind != TOKEN_NUMBER);
    for (size_t i = 0; i < loads; i++) {
        if (notation_product(parser, ',') != 0 || item->term_count == TERMS_MAX || item->products[i].count != 1)
            return notation_talk(parser);
        item->terms[item->term_count++] = (struct term){.role = ROLE_REPS, .value = name->argument};
        item->products[i].count = 2;
        item->products[i].chain_first = (uint8_t)item->term_count;
        parser->at += token_now(parser)->kind == TOKEN_SIGN && i + 1 < loads;
    }
    return 0;
}

bool notation_warmups_counted(struct parser *parser, struct term *term)
{
    const struct token *word = token_now(parser), *sets = &word[1];

    sets += token_is_word(sets, WORD_UP) || token_reads(parser, sets, "ups");
    if (word->argument != SET_WARMUP || !token_is_word(sets, WORD_SETS) || term->decimals != 0 ||
        term->value > SETS_LIKE)
        return false;
    term->role = ROLE_SETS;
    notation_marks(parser)->type = SET_WARMUP;
    parser->at = (size_t)(sets - parser->tokens.at);
    return true;
}

/* "50x5 3 sets, then 40x8 2 sets": part INDEX stands between a load with its reps, and others, or behind such. */
static bool is_between(const struct shape *shape, size_t index)
{
    const struct part *count = &shape->parts[index];

    if (index == 0 || count->op != ' ' || count[-1].product->count != 2)
        return false;
    if (index + 1 == shape->count)
        return shape->parts[0].kind == PART_FULL && shape->parts[0].sets != NULL;
    return (count[1].kind == PART_FULL || count[1].kind == PART_CROSS) && count[1].op == ',';
}

bool notation_sets_of_part(struct shape *shape, size_t index)
{
    struct item *item = &shape->parser->item;
    const struct part *count = &shape->parts[index];
    struct part *set = index != 0 ? &shape->parts[index - 1] : &shape->parts[1];

    const bool warm = count->product->marks.type == SET_WARMUP;

    if (shape->count < 2 || !(warm || is_between(shape, index)))
        return false;
    if (set->kind == PART_CROSS)
        notation_cross(shape->parser, set);
    if (set->kind != PART_FULL || set->sets != NULL)
        return false;
    set->sets = count->reps;
    if (warm)
        item->products[set->product - item->products].marks.type = SET_WARMUP;
    notation_drop(shape, index);
    return true;
}

/*
 * Products: terms that a cross joins, and the chain behind the last one.
 */
#include "core/notation/more.h"
#include "core/notation/shape.h"

static int add_term(struct parser *parser, bool behind_cross)
{
    struct item *item = &parser->item;

    if (item->term_count == TERMS_MAX)
        return notation_talk(parser);
    if (notation_term(parser, behind_cross, &item->terms[item->term_count]) != 0)
        return -1;
    item->each |= item->terms[item->term_count].each;
    item->term_count++;
    return 0;
}

/* "bench 80 by 8", "80kg mal 8", "3 times 8": only where a name or a unit tells it from a room's size, or it is all
 * that is said. */
static bool said_cross(const struct parser *parser, size_t count)
{
    const struct item *item = &parser->item;
    const struct token *number = token_ahead(parser, 1);

    if (count >= CROSS_MAX || number->kind != TOKEN_NUMBER)
        return false;
    if (number[1].kind == TOKEN_WORD && count == 1 && notation_name_begins(parser, parser->at + 2))
        return true; /* "3 mal 8 Bankdrücken" */
    if (item->name.filler)
        return false;
    return item->name.present || item->terms[item->term_count - 1].unit_said ||
           (parser->at == 1 && number[1].kind == TOKEN_END && item->terms[0].value > number->value);
}

/* "x max 12": as many as could be done, and how many those were. */
static bool most_told(const struct parser *parser, const struct token *word)
{
    static const char *const most[] = {"max", "maximal", "maximum", NULL};

    return token_reads_one(parser, word, most) && word[1].kind == TOKEN_NUMBER && word[1].decimals == 0 &&
           word[1].value <= READING_REPS_MAX && (notation_clause_ends(&word[2]) || token_is_sign(&word[2], '@'));
}

static bool says_amrap(const struct parser *parser, const struct token *word)
{
    return token_is_word(word, WORD_AMRAP) || most_told(parser, word);
}

/* Whether the cross now joins the product to what follows, and isn't a missed rep ("100x4 x"). */
static bool cross_joins(const struct parser *parser, size_t count)
{
    const struct token *next = token_ahead(parser, 1);

    if (token_is_word(token_now(parser), WORD_BY))
        return said_cross(parser, count);
    if (token_now(parser)->kind != TOKEN_CROSS || count == CROSS_MAX)
        return false;
    if (next->kind == TOKEN_NUMBER || (token_is_sign(next, '~') && token_ahead(parser, 2)->kind == TOKEN_NUMBER))
        return true;
    if (token_is_word(next, WORD_BODYWEIGHT) || token_is_word(next, WORD_BAR))
        return true;
    return count == 1 &&
           (next->kind == TOKEN_CROSS || token_is_sign(next, '?') || token_is_word(next, WORD_FAIL) ||
            token_is_word(next, WORD_FEEL) || says_amrap(parser, next) || token_is_word(next, WORD_TICKS));
}

/* How many crosses with a number behind them stand from the token now on; none where one has something else. *APART:
 * each is written like those of " x5 x4". */
static size_t crosses_ahead(const struct parser *parser, bool *apart)
{
    size_t count = 0;

    *apart = true;
    for (const struct token *cross = token_now(parser); cross->kind == TOKEN_CROSS; cross += 2, count++) {
        if (cross[1].kind != TOKEN_NUMBER)
            return 0;
        *apart = *apart && cross->space && !cross[1].space;
    }
    return count;
}

/* "85 x5 x5 x4", "25x10 x9 x8", "x8 x7 x6": reps of a list, where there are more of them than a product has terms, or
 * than there are sets. What is behind the first of them is one of the list, too. */
static bool list_goes_on(const struct parser *parser, const struct product *product)
{
    const struct term *first = &parser->item.terms[product->first];
    bool apart, many;
    const size_t count = crosses_ahead(parser, &apart);

    if (count == 0)
        return false;
    if (first->role == ROLE_EMPTY) /* of "x8 x3" there are three */
        return product->count == 2 &&
               (product != parser->item.products || count > 1 || token_ahead(parser, 1)->value > TIMES_MOST);
    if (!apart && product->count + count <= CROSS_MAX)
        return false;
    many = product->count + count > CROSS_MAX;
    many |= count == 1 && product->count + 1 == CROSS_MAX && token_ahead(parser, 1)->value > SETS_LIKE;
    return (first->value >= LOAD_LIKE || first->role == ROLE_LOAD) && many;
}

/* "3 x R;L" */
static bool right_and_left(const struct parser *parser)
{
    return token_now(parser)->kind == TOKEN_CROSS && token_reads(parser, token_ahead(parser, 1), "r") &&
           token_is_sign(token_ahead(parser, 2), ';') && token_reads(parser, token_ahead(parser, 3), "l");
}

/* "myo 35x15 +4 +4": what is added are reps. */
static bool in_parts(const struct item *item)
{
    return item->lead.type != NO_TYPE && item->lead.type > SET_DROP;
}

/* "20 +5 +5": one of several, which are no loads. */
static bool plus_again(const struct parser *parser, char chain)
{
    return chain == '+' || (token_is_sign(token_ahead(parser, 2), '+') &&
                            token_ahead(parser, 3)->kind == TOKEN_NUMBER && !token_ahead(parser, 3)->space);
}

/* "90 10 | 90 9", "80 | 8", "77.5 kg | 8 reps" behind LAST, where "10|9" are two sides. */
static bool parts_sets(const struct parser *parser, const struct token *sign, const struct term *last)
{
    const bool load = last->role == ROLE_NUMBER && last->value > REPS_LIKE && last->value > 2 * sign[1].value;

    if (parser->at >= 2 && token_is_sign(&sign[-2], '|'))
        return true; /* "curl | 12 | 11": a table */
    if (!sign->space || !sign[1].space)
        return load;
    return sign[2].kind == TOKEN_NUMBER || token_is_word(&sign[2], WORD_UNIT) || token_is_word(&sign[2], WORD_REPS) ||
           last->role == ROLE_LOAD || load;
}

static bool chain_goes_on(const struct parser *parser, char chain)
{
    const struct token *sign = token_now(parser);
    const struct token *number = token_ahead(parser, 1);
    const struct token *behind = token_ahead(parser, 2);

    if (sign->kind != TOKEN_SIGN || number->kind != TOKEN_NUMBER || (chain != '\0' && sign->sign != chain))
        return false;
    if ((behind->kind == TOKEN_CROSS && !behind->space) || notation_partials_ahead(parser, 1))
        return false;
    switch (sign->sign) {
    case '+':
        return (sign->space == number->space || in_parts(&parser->item) || plus_again(parser, chain)) &&
               behind->kind != TOKEN_CROSS && !token_is_word(behind, WORD_UNIT);
    case '-':
        return !sign->space && !number->space;
    case '|':
        return !parts_sets(parser, sign, &parser->item.terms[parser->item.term_count - 1]);
    default:
        return false;
    }
}

static int take_chain(struct parser *parser, struct product *product)
{
    while (chain_goes_on(parser, product->chain)) {
        product->chain = token_now(parser)->sign;
        parser->at++;
        if (add_term(parser, false) != 0)
            return -1;
        product->chain_count++;
    }
    return 0;
}

int notation_chain_behind(struct parser *parser)
{
    struct item *item = &parser->item;
    struct product *last = &item->products[item->product_count - 1];

    return last->chain_first + last->chain_count == item->term_count ? take_chain(parser, last) : notation_talk(parser);
}

static struct product *add_product(struct item *item, char op)
{
    struct product *product = &item->products[item->product_count++];

    product->first = (uint8_t)item->term_count;
    product->chain_first = product->first;
    product->count = product->chain_count = 0;
    product->chain = '\0';
    product->op = op;
    product->open = false;
    notation_marks_init(&product->marks);
    product->marks.side = item->next_side;
    if (item->next_warm)
        product->marks.type = SET_WARMUP;
    item->next_warm = false;
    item->next_side = SIDE_NONE;
    return product;
}

/* "doubles x4": so many sets. */
static bool counts_singles(const struct token *name, bool many)
{
    const struct token *sets = &name[2];

    return !many && token_is_word(name, WORD_SINGLE) && token_has(name, TRAIT_PLURAL) && name[1].kind == TOKEN_CROSS &&
           sets->kind == TOKEN_NUMBER && sets->decimals == 0 && sets->value <= SETS_LIKE &&
           (notation_clause_ends(&sets[1]) || token_is_sign(&sets[1], '@'));
}

/* "180 single", "180 for a triple", "140 for 3 singles": the reps, how many SETS, and the tokens that say them; 0: they
 * don't stand here. */
static int reps_by_name(const struct parser *parser, size_t *tokens, double *sets)
{
    static const bool ends_reps[WORD_COMMAND + 1] = {
        [WORD_RIR] = true, [WORD_RPE] = true, [WORD_AT] = true, [WORD_FILLER] = true, [WORD_ON] = true};
    size_t at = token_is_word(token_now(parser), WORD_FOR);
    bool many = token_ahead(parser, at)->kind == TOKEN_NUMBER && token_ahead(parser, at)->decimals == 0;
    const struct token *name, *behind;

    *sets = many ? token_ahead(parser, at)->value : 1;
    at += many || (at != 0 && token_is_word(token_ahead(parser, at), WORD_A));
    name = token_ahead(parser, at);
    behind = token_ahead(parser, at + 1);
    if (counts_singles(name, many)) {
        *sets = name[2].value;
        *tokens = at + 3;
        return name->argument;
    }
    if (!token_is_word(name, WORD_SINGLE) || token_has(name, TRAIT_PLURAL) != many)
        return 0;
    if (behind->kind == TOKEN_WORD && !ends_reps[behind->word] && !token_has(behind, TRAIT_ABOUT))
        return 0; /* "single arm" */
    if (behind->kind != TOKEN_WORD && behind->kind != TOKEN_END && behind->kind != TOKEN_CLOSE &&
        behind->kind != TOKEN_SIGN)
        return 0;
    *tokens = at + 1;
    return name->argument;
}

/* "95 for a triple", with nothing before it: a load, where the number is none of reps or sets. */
static bool load_alone(const struct parser *parser, const struct term *load)
{
    return parser->at == 1 && token_is_word(token_now(parser), WORD_FOR) && load->value > REPS_LIKE;
}

static int take_reps_by_name(struct parser *parser, struct product *product)
{
    struct item *item = &parser->item;
    const struct term *load = &item->terms[product->first];
    size_t tokens;
    double sets;
    int reps;

    if (product->count != 1 || !(item->name.present || load->unit_said || load_alone(parser, load)) ||
        (load->role != ROLE_NUMBER && load->role != ROLE_LOAD && load->role != ROLE_PERCENT) ||
        (reps = reps_by_name(parser, &tokens, &sets)) == 0)
        return 0;
    if (item->term_count + 1 >= TERMS_MAX)
        return notation_talk(parser);
    item->terms[item->term_count++] = (struct term){.role = ROLE_REPS, .value = reps};
    product->count = 2;
    if (sets != 1) {
        item->terms[item->term_count++] = (struct term){.role = ROLE_SETS, .value = sets};
        product->count = 3;
    }
    parser->at += tokens;
    return 0;
}

/* "60/70/80kg x 8/6/4": a load for each count of reps. */
struct lists {
    size_t loads, reps;       /* how many there are */
    size_t reps_at, tokens;   /* where the reps begin, and how many tokens all are */
    size_t stride;            /* from one of the reps to the next */
    const struct token *unit; /* behind the loads; NULL */
    bool all;                 /* "all for 6" */
};

/* How many numbers from AT on are parted by what stands behind the first of them. */
static size_t list_length(const struct parser *parser, size_t at)
{
    const struct token *number = token_ahead(parser, at);
    char sign = number[1].kind == TOKEN_SIGN && strchr(",/-", number[1].sign) != NULL ? number[1].sign : '\0';
    size_t count = number->kind == TOKEN_NUMBER;

    while (count != 0 && sign != '\0' && token_is_sign(&number[1], sign) && number[2].kind == TOKEN_NUMBER) {
        number += 2;
        count++;
    }
    return count;
}

/* "12 10 8": how many numbers stand from AT on with nothing between them. */
static size_t row_length(const struct parser *parser, size_t at)
{
    size_t count = 0;

    while (token_ahead(parser, at + count)->kind == TOKEN_NUMBER)
        count++;
    return count;
}

/* Where the reps of LISTS are, whose loads end before AT: behind a cross, or in a drop set behind a space. */
static void find_reps(const struct parser *parser, struct lists *lists, size_t at)
{
    bool all = token_is_word(token_ahead(parser, at), WORD_ALL); /* "all x 5", "all for 6" */
    bool crossed = token_ahead(parser, at + all)->kind == TOKEN_CROSS ||
                   (all && token_is_word(token_ahead(parser, at + 1), WORD_FOR));
    bool per = token_is_word(token_ahead(parser, at), WORD_PER) && token_ahead(parser, at + 1)->kind == TOKEN_NUMBER;
    bool each = per || token_is_word(token_ahead(parser, at + 1), WORD_REPS); /* "je 10", "10 reps" */

    lists->all = all && crossed;
    lists->reps_at = at + lists->all + (crossed || per);
    lists->stride = 2;
    lists->reps = crossed || each || parser->item.lead.type == SET_DROP ? list_length(parser, lists->reps_at) : 0;
    if (!crossed && !each && lists->reps == 1) {
        lists->stride = 1;
        lists->reps = row_length(parser, at);
    }
    lists->tokens = lists->reps != 0 ? lists->reps_at + lists->stride * (lists->reps - 1) + 1 : at;
}

/* Whether COUNT numbers of a list from AT on, STRIDE tokens from each other, are all from LEAST to MOST. */
static bool list_within(const struct parser *parser, size_t at, size_t stride, size_t count, double least, double most)
{
    for (size_t i = 0; i < count; i++) {
        double value = token_ahead(parser, at + stride * i)->value;

        if (value < least || value > most)
            return false;
    }
    return true;
}

/* Two numbers and a comma are one with decimals, and a dash parts them in a range. */
static bool lists_ahead(const struct parser *parser, struct lists *lists)
{
    const struct token *sign = token_ahead(parser, 1);
    size_t at;

    if (sign->kind != TOKEN_SIGN)
        return false;
    lists->loads = list_length(parser, 0);
    at = 2 * lists->loads - 1;
    if (lists->loads < (sign->sign == '/' ? 2 : 3) ||
        !list_within(parser, 0, 2, lists->loads, parser->item.lead.type == SET_DROP ? 1 : LOAD_LIKE, INFINITY))
        return false;
    lists->unit = token_is_word(token_ahead(parser, at), WORD_UNIT) ? token_ahead(parser, at) : NULL;
    at += lists->unit != NULL;
    find_reps(parser, lists, at);
    if (lists->reps == 0 || token_ahead(parser, lists->tokens)->kind == TOKEN_CROSS)
        return false;
    return list_within(parser, lists->reps_at, lists->stride, lists->reps, 1, REPS_LIKE);
}

/* Whether there is another number of loads than of reps, where the loads can be nothing else. */
static bool lists_differ(const struct parser *parser, const struct lists *lists)
{
    return lists->loads != lists->reps && parser->item.name.present &&
           list_within(parser, 0, 2, lists->loads, REPS_LIKE + 1, INFINITY);
}

static int take_lists(struct parser *parser, const struct lists *lists, char op)
{
    struct item *item = &parser->item;
    uint8_t unit = lists->unit != NULL ? lists->unit->argument : (uint8_t)parser->options->unit;

    if (item->product_count + lists->loads > PRODUCTS_MAX || item->term_count + 2 * lists->loads > TERMS_MAX)
        return notation_talk(parser);
    for (size_t i = 0; i < lists->loads; i++) {
        const struct token *load = token_ahead(parser, 2 * i),
                           *reps = token_ahead(parser, lists->reps_at + lists->stride * i);
        struct product *product = add_product(item, i == 0 ? op : item->lead.type == SET_DROP ? '>' : ',');

        item->terms[item->term_count++] =
            (struct term){.role = ROLE_LOAD, .value = load->value, .unit = unit, .unit_said = lists->unit != NULL};
        item->terms[item->term_count++] =
            (struct term){.role = ROLE_NUMBER, .value = reps->value, .decimals = reps->decimals};
        product->count = 2;
        product->chain_first = (uint8_t)item->term_count;
    }
    if (lists->unit != NULL)
        item->unit = unit;
    parser->at += lists->tokens;
    return 0;
}

/* "60/70/80 x10": so many with each load, which is asked where it isn't said, "x10 each". */
static bool same_reps(struct parser *parser, struct lists *lists)
{
    const struct token *each = token_ahead(parser, lists->tokens);

    if (lists->reps != 1 || !(lists_differ(parser, lists) || parser->item.lead.type == SET_DROP))
        return false;
    lists->stride = 0;
    lists->tokens += token_is_word(each, WORD_REPS);
    each += token_is_word(each, WORD_REPS);
    if (token_is_word(each, WORD_EACH) && !token_is_word(&each[1], WORD_LIMB))
        lists->tokens++;
    else if (!lists->all)
        notation_fork(parser, ABOUT_REPS, FORK_SAME_REPS, 1, "%g reps with each?",
                      token_ahead(parser, lists->reps_at)->value);
    return true;
}

/* 1: lists of loads and reps were taken; 0: none are here. */
static int paired(struct parser *parser, char op)
{
    struct lists lists;

    if (!lists_ahead(parser, &lists))
        return 0;
    if (lists.loads == lists.reps || same_reps(parser, &lists))
        return take_lists(parser, &lists, op) == 0 ? 1 : -1;
    if (!lists_differ(parser, &lists))
        return 0;
    return notation_error(parser, "Reps for each load: bench 60x8, 70x6, 80x4", "%zu loads, but reps for %zu.",
                          lists.loads, lists.reps);
}

/* "x amrap: 9", "x amrap, got 9": how many tokens from the cross on stand before the reps that there were; 0. */
static size_t amrap_told(const struct parser *parser)
{
    const struct token *number;
    size_t at = 2;

    if (token_now(parser)->kind != TOKEN_CROSS || token_ahead(parser, 1)->kind == TOKEN_NUMBER)
        return 0;
    if (most_told(parser, token_ahead(parser, 1)))
        return at;
    if (!token_is_word(token_ahead(parser, 1), WORD_AMRAP))
        return 0;
    at += token_ahead(parser, at)->kind == TOKEN_SIGN && strchr(",:=", token_ahead(parser, at)->sign) != NULL;
    while (token_is_word(token_ahead(parser, at), WORD_FILLER))
        at++;
    number = token_ahead(parser, at);
    return number->kind == TOKEN_NUMBER && number->decimals == 0 &&
                   (notation_clause_ends(&number[1]) || token_is_word(&number[1], WORD_REPS) ||
                    token_is_sign(&number[1], '@'))
               ? at
               : 0;
}

/* "5x" and nothing behind it; a cross that a list goes on with is none such. */
static void take_open(struct parser *parser, struct product *product)
{
    product->open = product->count == 1 && token_now(parser)->kind == TOKEN_CROSS && !token_now(parser)->space &&
                    !list_goes_on(parser, product);
    parser->at += product->open;
}

static int take_product(struct parser *parser, char op)
{
    struct item *item = &parser->item;
    struct product *product;

    if (item->product_count == PRODUCTS_MAX || item->term_count == TERMS_MAX)
        return notation_talk(parser);
    product = add_product(item, op);
    if (token_now(parser)->kind == TOKEN_CROSS) {
        item->terms[item->term_count++] = (struct term){.role = ROLE_EMPTY};
    } else if (add_term(parser, true) != 0) {
        return -1;
    }
    product->count = 1;
    if (right_and_left(parser))
        return notation_ask(parser, ABOUT_REPS, "How many reps on each side?");
    while (cross_joins(parser, product->count) && !list_goes_on(parser, product)) {
        const size_t told = amrap_told(parser);

        product->marks.amrap |= told != 0;
        parser->at += told != 0 ? told : 1;
        if (add_term(parser, true) != 0)
            return -1;
        product->count++;
    }
    if (take_reps_by_name(parser, product) != 0)
        return -1;
    product->chain_first = (uint8_t)item->term_count;
    if (take_chain(parser, product) != 0)
        return -1;
    take_open(parser, product);
    return 0;
}

int notation_product(struct parser *parser, char op)
{
    int lists = paired(parser, op);

    return lists == 0 ? take_product(parser, op) : lists < 0 ? -1 : 0;
}

static int add_alone(struct parser *parser, char op, struct term term)
{
    struct item *item = &parser->item;

    if (item->product_count == PRODUCTS_MAX || item->term_count == TERMS_MAX)
        return notation_talk(parser);
    add_product(item, op)->count = 1;
    item->terms[item->term_count++] = term;
    parser->op = ' ';
    parser->at++;
    return 0;
}

bool notation_reps_by_name(struct parser *parser)
{
    struct item *item = &parser->item;
    struct product *last = &item->products[0];
    const struct token *name = token_ahead(parser, token_is_word(token_now(parser), WORD_A));

    if (token_is_word(name, WORD_SINGLE) && parser->op == ',' && last->count == 2 &&
        item->terms[last->first + 1].role == ROLE_REPS && notation_clause_ends(&name[1])) {
        parser->at += token_is_word(token_now(parser), WORD_A);
        return add_alone(parser, ',', (struct term){.role = ROLE_REPS, .value = name->argument}) == 0;
    }
    if (item->product_count != 1 || !item->name.present || item->term_count != 1 || last->open || last->chain != '\0' ||
        take_reps_by_name(parser, last) != 0 || last->count == 1)
        return false;
    last->chain_first = (uint8_t)item->term_count;
    return true;
}

int notation_reps_alone(struct parser *parser, char op)
{
    const struct token *number = token_now(parser);

    return add_alone(parser, op,
                     (struct term){.role = ROLE_REPS, .value = number->value, .decimals = number->decimals});
}

/* How many tokens of "at", and of nothing in "single 120", stand between the word at NAME and a load; -1: none does. */
static int before_load(const struct token *name)
{
    const bool word = token_is_word(&name[1], WORD_AT) || token_is_word(&name[1], WORD_WITH);
    const bool at = word || token_is_sign(&name[1], '@');
    const struct token *load = &name[1 + at];

    if (load->kind != TOKEN_NUMBER || load[1].kind == TOKEN_CROSS)
        return -1;
    return word || load->value > (at ? EFFORT_MAX : REPS_LIKE) || token_is_word(&load[1], WORD_UNIT) ? at : -1;
}

int notation_single(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *name = token_now(parser);
    const int at = before_load(name);
    struct term *load;

    if (token_has(name, TRAIT_PLURAL))
        return notation_singles_listed(parser);
    if (!item->name.present || item->product_count != 0 ||
        (at < 0 && !(token_is_sign(&name[1], '@') && name[2].kind == TOKEN_NUMBER)))
        return notation_talk(parser);
    if (add_alone(parser, ' ', (struct term){.role = ROLE_REPS, .value = name->argument}) != 0)
        return -1;
    if (at < 0)
        return 0; /* "triple @8" */
    parser->at += (size_t)at;
    load = &item->terms[item->term_count];
    if (add_term(parser, false) != 0)
        return -1;
    load->role = load->role == ROLE_NUMBER ? ROLE_LOAD : load->role;
    item->products[0].count = 2;
    item->products[0].chain_first = (uint8_t)item->term_count;
    return 0;
}

/* "twice", "dreimal", "both sets" at the end of what is said of a set: how often; 0. *BEHIND: the last of its tokens.
 */
static int times_in_word(const struct parser *parser, const struct token **behind)
{
    static const struct {
        const char *word;
        int times;
    } words[] = {{"twice", 2}, {"zweimal", 2}, {"thrice", 3}, {"dreimal", 3}, {"viermal", 4}};
    const struct token *word = token_now(parser);
    const bool sets = token_is_word(&word[1], WORD_SETS);

    *behind = &word[1 + sets];
    if (!token_is_word(word, WORD_OTHER) || !(notation_clause_ends(*behind) || token_is_sign(*behind, '@')))
        return 0;
    if (sets)
        return (notation_meaning(token_text(parser, word)).says & SAYS_BOTH) != 0 ? 2 : 0;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (token_reads(parser, word, words[i].word))
            return words[i].times;
    return 0;
}

int notation_times(struct parser *parser)
{
    const struct token *behind = token_now(parser);
    const int times = parser->item.product_count != 0 ? times_in_word(parser, &behind) : 0;

    if (times == 0)
        return 0;
    if (add_alone(parser, ' ', (struct term){.role = ROLE_SETS, .value = times}) != 0)
        return -1;
    parser->at = (size_t)(behind - parser->tokens.at);
    return 1;
}

/* The term of PRODUCT that says "5+"; NULL. */
static struct term *open_ended(struct item *item, const struct product *product)
{
    for (size_t i = 0; i < product->count; i++)
        if (item->terms[product->first + i].plus)
            return &item->terms[product->first + i];
    return NULL;
}

bool notation_reached(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *number = token_ahead(parser, 1), *behind = &number[1];
    struct term *planned;

    if (number->kind != TOKEN_NUMBER || number->decimals != 0 || item->product_count == 0 ||
        (planned = open_ended(item, &item->products[item->product_count - 1])) == NULL ||
        !(token_is_word(token_now(parser), WORD_FILLER) || token_has(token_now(parser), TRAIT_ONLY) ||
          token_is_word(token_now(parser), WORD_FOR)))
        return false;
    behind += token_is_word(behind, WORD_REPS);
    if (!notation_clause_ends(behind) && !token_is_sign(behind, '@'))
        return false;
    planned->value = number->value;
    parser->at = (size_t)(behind - parser->tokens.at);
    return true;
}

int notation_singles(struct parser *parser)
{
    const struct token *number = token_now(parser), *name = &number[1];

    if (!token_is_word(name, WORD_SINGLE) || !token_has(name, TRAIT_PLURAL) || number->decimals != 0 ||
        parser->item.product_count != 0 ||
        !(name[1].kind == TOKEN_NUMBER
              ? name[1].value > REPS_LIKE
              : name[2].kind == TOKEN_NUMBER && (token_is_word(&name[1], WORD_AT) ||
                                                 token_is_word(&name[1], WORD_WITH) || token_is_sign(&name[1], '@'))))
        return 0;
    if (add_alone(parser, ' ', (struct term){.role = ROLE_SETS, .value = number->value}) != 0 ||
        add_alone(parser, ' ', (struct term){.role = ROLE_REPS, .value = name->argument}) != 0)
        return -1;
    return 1;
}

int notation_more_sets(struct parser *parser, size_t tokens)
{
    const struct token *number = token_now(parser);

    if (add_alone(parser, ' ', (struct term){.role = ROLE_SETS, .value = number->value}) != 0)
        return -1;
    parser->at += tokens - 1;
    return 0;
}

int notation_missed(struct parser *parser)
{
    return add_alone(parser, parser->op, (struct term){.role = ROLE_MISSED});
}

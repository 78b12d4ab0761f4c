/*
 * "100x5 @1, 3x8 80": a top set, and behind it sets with a load of their own.
 */
#include "core/notation/comma.h"
#include "core/notation/shape.h"

static bool is_set(const struct part *part)
{
    return part->kind == PART_FULL || (part->kind == PART_CROSS && part->sets->value >= LOAD_LIKE);
}

/* "3x8" */
static bool is_sets(const struct part *part)
{
    return part->kind == PART_CROSS && part->sets->value <= SETS_LIKE && part->reps->value <= REPS_LIKE &&
           part->product->chain == '\0';
}

static bool is_load(const struct part *part)
{
    return part->product->chain == '\0' &&
           (part->kind == PART_LOAD || (part->kind == PART_NUMBER && part->reps->value >= LOAD_LIKE));
}

static bool says_more(const struct part *part)
{
    return notation_marks_say(&part->product->marks);
}

/* Whether the parts at FIRST and behind it, in either order, are a load and sets of it, and stand for themselves. */
static bool is_group(const struct part *first)
{
    const struct part *second = first + 1;

    return strchr(",>&+;", first->op) != NULL && (second->op == ' ' || second->op == '@') &&
           ((is_sets(first) && is_load(second)) || (is_load(first) && is_sets(second))) &&
           !(says_more(first) && says_more(second));
}

/* "45x8", "45 kg for 8", "10s for 10", which are a pair of tens: nothing is dropped to a load of which no reps are
 * told. */
static bool load_and_reps(const struct token *load)
{
    const bool pair = token_is_word(&load[1], WORD_SECONDS) && load[1].length == 1 && !load[1].space;
    const struct token *behind = &load[1 + (pair || token_is_word(&load[1], WORD_UNIT))];

    if (load->kind != TOKEN_NUMBER)
        return false;
    behind += token_is_word(behind, WORD_FOR) || token_is_word(behind, WORD_BY) ||
              (token_is_sign(behind, ',') && behind[1].kind == TOKEN_NUMBER && token_is_word(&behind[2], WORD_REPS));
    behind += token_has(behind, TRAIT_LEAD) && token_is_word(&behind[-1], WORD_FOR); /* "for another 9" */
    return behind->kind == TOKEN_CROSS || behind->kind == TOKEN_NUMBER;
}

/* The load of the set that ITEM's last products are: "80x8", "80 kg 8 reps"; NAN where they are none, or several sets.
 */
static double load_of_set(const struct item *item)
{
    const struct product *last = &item->products[item->product_count - 1];
    const struct term *load = &item->terms[last->first];

    if (last->count == 1 && item->product_count > 1 && last[-1].count == 1)
        return item->terms[last[-1].first].value;
    if (last->count != 2 ||
        (load->role != ROLE_LOAD && !load->suffix_s && load->value < LOAD_LIKE && load->value <= load[1].value))
        return NAN;
    return load->role == ROLE_LOAD && load->mode == LOAD_BODYWEIGHT ? 0 : load->value;
}

/* "then", "straight", "immediately into", "then i did" at WORD, before a set: the tokens. */
static size_t at_once(const struct parser *parser, const struct token *word)
{
    static const char *const words[] = {"straight", "right",  "immediately", "directly", "into", "with",   "direkt",
                                        "sofort",   "gleich", "mit",         "to",       "auf",  "runter", "down"};
    size_t count = 0;

    for (;; count++) {
        bool known = token_is_word(&word[count], WORD_FILLER) || token_has(&word[count], TRAIT_THEN);

        for (size_t i = 0; i < ARRAY_LENGTH(words) && !known; i++)
            known = token_reads(parser, &word[count], words[i]);
        if (!known)
            return count;
    }
}

/* "straight into", "direkt runter auf" among the TOKENS from WORD on: there was no rest. */
static bool without_rest(const struct parser *parser, const struct token *word, size_t tokens)
{
    static const char *const words[] = {"straight", "immediately", "directly", "direkt", "sofort", NULL};

    for (size_t i = 0; i < tokens; i++)
        if (token_reads_one(parser, &word[i], words))
            return true;
    return false;
}

/* It ended in failure, or went on from such a one. */
static bool went_on(const struct product *last)
{
    return last->marks.failure == FAILURE_MOMENTARY || last->op == OP_THEN;
}

/* Whether it may go on behind LAST with WORD, so that a closer look is worth it. */
static bool may_go_on(const struct token *word, const struct product *last)
{
    return token_is_word(word, WORD_OTHER) || token_is_word(word, WORD_FILLER) || token_has(word, TRAIT_THEN) ||
           went_on(last);
}

/* "… to failure, then 45x8", "… bis zum Versagen, direkt 45x8", which is lighter, and once more behind that: whether
 * it went on in the same set isn't said. */
static bool then_from_failure(struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct product *last;
    const struct token *load;
    size_t tokens;

    if (item->product_count == 0)
        return false;
    last = &item->products[item->product_count - 1];
    if (!may_go_on(token_now(parser), last) || !notation_whole_set(item))
        return false;
    tokens = at_once(parser, token_now(parser));
    if (!went_on(last) && !without_rest(parser, token_now(parser), tokens))
        return false;
    load = token_ahead(parser, tokens);
    load += token_is_sign(load, '+') && load[1].kind == TOKEN_NUMBER;
    if (tokens == 0 || !(load_of_set(item) > (load->kind == TOKEN_NUMBER ? load->value : 0)) ||
        !(load_and_reps(load) || (token_is_word(load, WORD_BODYWEIGHT) && load[1].kind == TOKEN_CROSS)))
        return false;
    parser->at += tokens;
    parser->op = OP_THEN;
    return true;
}

bool notation_another(const struct parser *parser)
{
    const struct item *item = &parser->item;

    return item->product_count != 0 && item->products[item->product_count - 1].op == OP_DROPPED &&
           token_has(token_now(parser), TRAIT_LEAD) && token_ahead(parser, 1)->kind == TOKEN_NUMBER;
}

bool notation_dropped(struct parser *parser)
{
    size_t tokens;

    if (then_from_failure(parser))
        return true;
    if (!token_has(token_now(parser), TRAIT_LIGHTER) || !notation_whole_set(&parser->item))
        return false;
    tokens = notation_moves_load(parser);
    if (tokens == 0 || !load_and_reps(token_ahead(parser, tokens)))
        return false;
    parser->at += tokens;
    parser->op = OP_DROPPED;
    return true;
}

/* "80x8, then 2 drop sets" */
static bool drops_ahead(const struct parser *parser)
{
    const struct token *number = token_now(parser), *drops = &number[1];
    const bool plural = token_is_word(&drops[1], WORD_SETS) || drops->length > strlen("dropset");

    return parser->item.product_count != 0 && token_is_word(drops, WORD_TYPE) && drops->argument == SET_DROP &&
           plural && number->decimals == 0 && number->value <= SETS_LIKE;
}

bool notation_counts_more(const struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 1);

    behind += token_is_word(behind, WORD_REPS);
    if (drops_ahead(parser))
        return true;
    return token_has(behind, TRAIT_MORE) &&
           (parser->item.product_count != 0 || (behind[1].kind == TOKEN_CROSS && token_now(parser)->decimals == 0));
}

/* "80x8", "80kg 3x8", "80 3x8" from AT on. */
static bool set_ahead(const struct parser *parser, size_t at)
{
    const struct token *next = token_ahead(parser, at + 1);

    return token_ahead(parser, at)->kind == TOKEN_NUMBER &&
           (next->kind == TOKEN_CROSS || token_is_word(next, WORD_UNIT) || token_is_sign(next, '%') ||
            (next->kind == TOKEN_NUMBER && token_ahead(parser, at + 2)->kind == TOKEN_CROSS));
}

/* Passes what stands before AT, "sets" and a colon, where a set stands behind them. */
static bool pass_to_set(struct parser *parser, size_t at)
{
    at += token_is_word(token_ahead(parser, at), WORD_SETS);
    at += token_is_sign(token_ahead(parser, at), ':') || token_is_word(token_ahead(parser, at), WORD_AT) ||
          token_is_word(token_ahead(parser, at), WORD_WITH);
    if (!set_ahead(parser, at))
        return false;
    parser->at += at;
    return true;
}

bool notation_single_ahead(const struct token *word)
{
    return token_is_word(word, WORD_SINGLE) && word[1].kind == TOKEN_NUMBER && word[2].kind == TOKEN_CROSS &&
           word[3].kind == TOKEN_NUMBER && word[3].value == word->argument;
}

bool notation_group_words(struct parser *parser)
{
    size_t at = 0;

    if (parser->item.product_count != 0 && parser->op == ' ')
        return false;
    while (token_has(token_ahead(parser, at), TRAIT_LEAD) || notation_single_ahead(token_ahead(parser, at)))
        at++;
    if (at == 0)
        return false;
    if (token_is_word(token_ahead(parser, at), WORD_A) && token_is_word(token_ahead(parser, at + 1), WORD_SETS))
        at++; /* "noch ein satz 80x7" */
    return pass_to_set(parser, at);
}

bool notation_says_group(const struct parser *parser, const struct token *word)
{
    static const char *const words[] = {"as",       "arbeit",    "arbeitssatz",  "arbeitssatze", "work",     "working",
                                        "workset",  "worksets",  "top",          "topsatz",      "top-satz", "topset",
                                        "backoffs", "back-offs", "backoff-satz", "bbb",          "fsl",      "jokers"};

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (token_reads(parser, word, words[i]))
            return true;
    return false;
}

bool notation_work_begins(struct parser *parser)
{
    size_t at = 1;

    if (parser->item.product_count == 0 || !notation_says_group(parser, token_now(parser)))
        return false;
    return pass_to_set(parser, at);
}

/* "w 20x10," from TOKEN on: another set stands behind it. */
static bool warms(const struct parser *parser, const struct token *letter)
{
    const struct token *end = &letter[4];

    if (!token_reads(parser, letter, "w") || letter[1].kind != TOKEN_NUMBER || letter[2].kind != TOKEN_CROSS ||
        letter[3].kind != TOKEN_NUMBER)
        return false;
    end += token_is_sign(end, ',') || token_is_sign(end, ';');
    return (token_reads(parser, end, "w") && end[1].kind == TOKEN_NUMBER && end[2].kind == TOKEN_CROSS) ||
           (end->kind == TOKEN_NUMBER && end[1].kind == TOKEN_CROSS);
}

/* "ohp w 20x10, w 30x5, 45x5", "W 60x5": at the letter, of the set behind it. A last one is warmed up with as those
 * before it. */
bool notation_warm_letter(struct parser *parser)
{
    const struct token *letter = token_now(parser);

    if (!token_reads(parser, letter, "w") || letter[1].kind != TOKEN_NUMBER || letter[2].kind != TOKEN_CROSS ||
        !(warms(parser, letter) || parser->item.warm_letters || letter == parser->tokens.at))
        return false;
    parser->item.warm_letters = parser->item.next_warm = true;
    parser->at++;
    return true;
}

size_t notation_more_sets_ahead(const struct parser *parser)
{
    const struct token *number = token_now(parser), *behind = &number[1];
    size_t at = 1;

    if (parser->item.product_count != 0 || number->decimals != 0 || number->value < 1 || number->value > SETS_LIKE ||
        !(token_has(behind, TRAIT_MORE) || token_has(behind, TRAIT_LEAD) || parser->item.name.filler))
        return 0;
    at += token_has(behind, TRAIT_MORE) || token_has(behind, TRAIT_LEAD);
    at += token_is_word(token_ahead(parser, at), WORD_SETS);
    behind = token_ahead(parser, at);
    if (!token_is_word(behind, WORD_AT) && !token_is_word(behind, WORD_OF) && !token_is_word(behind, WORD_WITH) &&
        !token_is_sign(behind, '@'))
        return 0;
    return token_ahead(parser, at + 2)->kind == TOKEN_CROSS && set_ahead(parser, at + 1) ? at + 1 : 0;
}

bool notation_drop_to_reps(const struct parser *parser)
{
    const struct token *load = token_ahead(parser, 1);

    return parser->item.product_count == 0 && load->kind == TOKEN_NUMBER && token_is_sign(&load[1], ',') &&
           load[2].kind == TOKEN_NUMBER && load[3].kind != TOKEN_CROSS;
}

/* SETS and LOAD, one behind the other, are one part. */
static void join_group(struct shape *shape, struct part *sets, struct part *load)
{
    if (load->kind == PART_NUMBER)
        notation_make_load(load);
    sets->kind = PART_FULL;
    sets->load = load->load;
    if (says_more(load))
        sets->product = load->product;
    if (load < sets)
        sets->op = load->op;
    notation_drop(shape, (size_t)(load - shape->parts));
}

/* How many parts from FIRST on are such a pair of COUNT at least, or a set by itself; 0. */
static size_t parts_of_group(const struct part *first, size_t count)
{
    const struct part *second = first + 1;

    if (is_set(first))
        return 1;
    return count > 1 && (second->op == ' ' || second->op == '@') &&
                   ((is_sets(first) && is_load(second)) || (is_load(first) && is_sets(second))) &&
                   !(says_more(first) && says_more(second))
               ? 2
               : 0;
}

/* "3x10 60, 2x8 65, 1x6 70", "50 3x5, 40 1x8", "3x5 100, 80x10": nothing but such, of which the first is a pair. Of one
 * alone the order tells what it is. */
static bool all_groups(const struct shape *shape)
{
    size_t groups = 0;

    for (size_t i = 0; i < shape->count; groups++) {
        const struct part *first = &shape->parts[i];
        const size_t parts = parts_of_group(first, shape->count - i);

        if (parts == 0 || (i == 0 ? parts != 2 : strchr(",>&+;", first->op) == NULL))
            return false;
        i += parts;
    }
    return groups > 1;
}

void notation_group(struct shape *shape)
{
    if (shape->count > 2 && all_groups(shape)) {
        for (size_t i = 0; i < shape->count; i++) {
            struct part *first = &shape->parts[i];

            if (!is_set(first))
                join_group(shape, is_sets(first) ? first : first + 1, is_sets(first) ? first + 1 : first);
        }
        return;
    }
    for (size_t i = 1; i + 1 < shape->count && is_set(&shape->parts[0]); i++) {
        struct part *first = &shape->parts[i], *second = first + 1;

        if (is_group(first))
            join_group(shape, is_sets(first) ? first : second, is_sets(first) ? second : first);
    }
}

/* "sorry", "no wait", "ich meinte": how many words from the token now on take back what stands before; 0. */
static size_t words_of_slip(const struct parser *parser)
{
    static const char *const slips[] = {"sorry",   "meant",  "mean",      "meinte",     "meine", "wait",
                                        "quatsch", "falsch", "korrektur", "correction", "oops",  "nein"};
    static const char *const around[] = {"no", "i", "ich", "nee"};
    bool slip = false;
    size_t at = 0;

    for (;; at++) {
        bool known = false;

        for (size_t i = 0; i < ARRAY_LENGTH(slips) && !known; i++)
            known = token_reads(parser, token_ahead(parser, at), slips[i]);
        slip |= known;
        for (size_t i = 0; i < ARRAY_LENGTH(around) && !known; i++)
            known = token_reads(parser, token_ahead(parser, at), around[i]);
        if (!known)
            return slip ? at : 0;
    }
}

/* "72.5x10", "72,5x10" */
static bool cross_ahead(const struct token *number)
{
    const struct token *cross = &number[notation_comma_pair(&number[1]) ? 3 : 1];

    return number->kind == TOKEN_NUMBER && cross->kind == TOKEN_CROSS && cross[1].kind == TOKEN_NUMBER;
}

bool notation_slip(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct product *last;
    size_t words;

    if (item->product_count == 0)
        return false;
    last = &item->products[item->product_count - 1];
    words = last->count == 2 && item->terms[last->first].role <= ROLE_LOAD ? words_of_slip(parser) : 0;
    if (words == 0 || !cross_ahead(token_ahead(parser, words)))
        return false;
    parser->op = last->op;
    item->effort_count -= last->marks.effort_count;
    item->term_count = last->first;
    item->product_count--;
    parser->at += words;
    return true;
}

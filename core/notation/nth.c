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

/* "8" of "80kg, 1. Satz 8, 2. Satz 8", "set 1 10, set 2 8": reps of a load or of a name before it. */
static bool reps_here(const struct parser *parser, const struct token *number)
{
    return number->kind == TOKEN_NUMBER && number->decimals == 0 &&
           (parser->item.name.present || parser->item.product_count != 0) &&
           (token_is_word(&number[1], WORD_REPS) || token_is_sign(&number[1], '@') || notation_clause_ends(&number[1]));
}

/* "50 pushups in 2 sets of 25": takes the sum back, behind which its sets are read. */
static bool total_in_sets(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *sets = token_ahead(parser, 1), *reps = &sets[3];

    if (item->product_count != 1 || item->products[0].count != 1 || !token_is_word(token_now(parser), WORD_IN) ||
        sets->kind != TOKEN_NUMBER || !token_is_word(&sets[1], WORD_SETS) || sets[2].kind != TOKEN_WORD ||
        reps->kind != TOKEN_NUMBER || item->terms[0].value != sets->value * reps->value)
        return false;
    item->product_count = item->term_count = 0;
    item->name.behind = false;
    parser->at++;
    return true;
}

/* "135x8, 225x5 both warmup": the first one is, and the second one by the word behind. */
static bool both_warm(struct parser *parser)
{
    static const char *const both[] = {"both", "beide", "beides", NULL};
    struct item *item = &parser->item;

    if (item->product_count != 2 || !token_is_word(token_ahead(parser, 1), WORD_TYPE) ||
        token_ahead(parser, 1)->argument != SET_WARMUP || !token_reads_one(parser, token_now(parser), both))
        return false;
    parser->at++;
    item->products[0].marks.type = SET_WARMUP;
    return true;
}

/* "set 2: 80x8", "set 2 80x8" */
static bool set_number(struct parser *parser)
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
    if (set[1].kind != TOKEN_NUMBER || set[1].decimals != 0 ||
        !(point || load_here(&set[2]) || reps_here(parser, &set[2])))
        return false;
    parser->at += point ? 3 : 2;
    return true;
}

bool notation_set_number(struct parser *parser)
{
    return total_in_sets(parser) || both_warm(parser) || set_number(parser);
}

bool notation_skip_ordinal_set(struct parser *parser)
{
    const struct token *number = token_now(parser), *behind = &number[3];

    if (number->decimals != 0 || !token_is_sign(&number[1], '.') || number[1].space ||
        !token_is_word(&number[2], WORD_SETS))
        return false;
    behind += token_is_sign(behind, ':');
    if (!load_here(behind) && !reps_here(parser, behind))
        return false;
    parser->at = (size_t)(behind - parser->tokens.at);
    parser->op = ',';
    return true;
}

bool notation_of_nth_set(struct parser *parser)
{
    const size_t first = parser->at, tokens = notation_ordinal_set(token_now(parser));

    if (tokens == 0 || !notation_whole_set(&parser->item) || token_ahead(parser, tokens)->kind != TOKEN_WORD)
        return false;
    parser->at += tokens;
    notation_note_since(parser, first);
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

void notation_app_label(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *word = token_now(parser);
    struct span text = token_text(parser, word);

    if (word->kind != TOKEN_WORD || token_ahead(parser, 1)->kind != TOKEN_NUMBER ||
        !token_is_sign(token_ahead(parser, 2), ':') || token_ahead(parser, 3)->kind == TOKEN_END)
        return;
    if (span_is(text, "w"))
        item->lead.type = SET_WARMUP;
    else if (span_is(text, "d"))
        item->lead.type = SET_DROP;
    else if (span_is(text, "f"))
        item->lead.failure = FAILURE_MOMENTARY;
    else if (!span_is(text, "set"))
        return;
    item->label = true;
    parser->at += 3;
}

static bool is_letter(const struct parser *parser, const struct token *word)
{
    return word->kind == TOKEN_WORD && word->length == 1 && parser->line.at[word->at] <= 'f';
}

/* "1. bench 80x8 2. row 60x10": a line that begins so goes on so; "3. Satz" is one of a set. */
static bool is_point(const struct parser *parser, const struct token *first)
{
    const struct token *begin = parser->tokens.at;

    return first != begin && begin->kind == TOKEN_NUMBER && begin->digits == 1 && begin->decimals == 0 &&
           token_is_sign(&begin[1], '.') && begin->value < first->value && first->kind == TOKEN_NUMBER &&
           first->digits == 1 && first->decimals == 0 && token_is_sign(&first[1], '.') && !first[1].space &&
           first[2].space && notation_name_begins(parser, (size_t)(&first[2] - begin));
}

bool notation_is_bullet(const struct parser *parser, const struct token *first)
{
    if (is_point(parser, first))
        return true;
    return (is_letter(parser, first) || (first->kind == TOKEN_NUMBER && first->digits == 1 && first->decimals == 0)) &&
           token_is_sign(&first[1], ')') && !first[1].space && first[2].kind == TOKEN_WORD && first[2].space;
}

int notation_letter(struct parser *parser)
{
    const struct token *letter = token_now(parser);
    const struct token *next = &letter[2];

    if (notation_is_bullet(parser, letter)) {
        parser->at += parser->item.product_count == 0 ? 2 : 0;
        return parser->item.product_count != 0 ? 1 : -1;
    }

    if (!is_letter(parser, letter) || letter[1].kind != TOKEN_NUMBER || letter[1].space || letter[1].digits != 1 ||
        letter[1].decimals != 0 || !(token_is_sign(next, ':') || (next->kind == TOKEN_WORD && next->space)))
        return 0;
    if (parser->item.product_count != 0)
        return 1;
    parser->at += token_is_sign(next, ':') ? 3 : 2;
    return -1;
}

/*
 * What is lifted, said of a load: "16kg dumbbells", "mit der 6 kg Kurzhantel vor der Brust", "50 pounds total".
 */
#include "core/notation/parser.h"

enum { DUMBBELL_MOST = 70, LOAD_ALONE = 50, REPS_FEW = 14 };

bool notation_is_held(const struct token *word)
{
    return (token_is_word(word, WORD_LIMB) || token_is_word(word, WORD_OTHER)) &&
           (word->argument == HELD || word->argument == HELD_PAIR);
}

/* "vor der Brust", "in front of my chest", "at the chest" at WORD: the tokens; 0. */
static size_t at_chest(const struct parser *parser, const struct token *word)
{
    static const char *const before[] = {"vor", "front", "at", "against", "an", "to", NULL};
    static const char *const chests[] = {"brust", "chest", NULL};
    const struct token *at = word;

    at += token_is_word(at, WORD_IN);
    if (!token_reads_one(parser, at, before))
        return 0;
    at++;
    while (token_is_word(at, WORD_OF) || token_is_word(at, WORD_THE) || token_has(at, TRAIT_MINE))
        at++;
    return token_reads_one(parser, at, chests) ? (size_t)(&at[1] - word) : 0;
}

void notation_held(struct parser *parser)
{
    static const bool others[WORD_COMMAND + 1] = {[WORD_OTHER] = true, [WORD_STOP] = true, [WORD_COMMAND] = true};
    struct item *item = &parser->item;
    const struct token *word = token_now(parser), *behind = word;
    size_t chest;

    while (notation_is_held(behind))
        behind++; /* "smith machine" */
    chest = behind != word ? at_chest(parser, behind) : 0;
    if (behind == word || (chest == 0 && behind->kind == TOKEN_WORD && others[behind->word]))
        return;
    item->each |= word->argument == HELD_PAIR;
    item->name.held_first = parser->at;
    item->name.held_count = (size_t)(behind - word);
    item->name.at_chest = chest != 0;
    parser->at += item->name.held_count + chest;
}

void notation_held_first(struct parser *parser)
{
    struct item *item = &parser->item;
    const size_t words = notation_is_held(token_now(parser));
    const struct token *load = token_ahead(parser, words), *name = &load[2];

    if (words == 0 || load->kind != TOKEN_NUMBER || !token_is_word(&load[1], WORD_UNIT) || name->kind != TOKEN_WORD ||
        !notation_name_begins(parser, (size_t)(name - parser->tokens.at)))
        return;
    item->each |= token_now(parser)->argument == HELD_PAIR;
    item->name.held_first = parser->at;
    item->name.held_count = words;
    parser->at += words;
}

void notation_in_all(struct parser *parser)
{
    static const char *const words[] = {"total", "insgesamt", "gesamt", "zusammen", "altogether", NULL};

    if (token_reads_one(parser, token_now(parser), words) && parser->item.name.present && !notation_in_hands(parser))
        parser->at++;
}

bool notation_too_heavy(const struct item *item)
{
    for (size_t i = 0; i < item->term_count; i++)
        if (item->terms[i].of_bar || (item->terms[i].unit == UNIT_KG && item->terms[i].value > DUMBBELL_MOST))
            return true;
    return false;
}

void notation_load_in_front(struct parser *parser)
{
    struct item *item = &parser->item;
    struct term *load = &item->terms[0];
    const struct exercise *known;

    if (item->product_count != 1 || item->products[0].count != 1 || load->role != ROLE_NUMBER ||
        load->value <= LOAD_ALONE || token_now(parser)->kind != TOKEN_NUMBER || token_now(parser)->value > REPS_FEW)
        return; /* "100 swings 24" may be so many with that */
    known = notation_known(parser);
    if (known != NULL && !exercise_needs_no_load(known))
        load->role = ROLE_LOAD;
}

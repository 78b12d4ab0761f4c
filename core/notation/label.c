/*
 * What a session is called, in front of its first set: "push day: bench 80x8", "week 3 day 2, squat 100x5", "chest day
 * bench 80x8"; and which of its sets it is: "set 3 done: squat 90x7". It says nothing of the set.
 */
#include "core/notation/parser.h"

static uint32_t says_of(const struct parser *parser, const struct token *token)
{
    return token->kind == TOKEN_WORD ? notation_meaning(token_text(parser, token)).says & (SAYS_DAY | SAYS_PART) : 0;
}

/* As many words has the name that a label stands before. */
enum { LABELLED_WORDS_MAX = 5, DAYS_MOST = 16 /* or weeks of a programme */ };

bool notation_name_begins(const struct parser *parser, size_t at)
{
    const struct token *tokens = parser->tokens.at;

    for (size_t count = 0; count < LABELLED_WORDS_MAX && tokens[at + count].kind == TOKEN_WORD; count++)
        if (notation_is_name(parser, at, count + 1))
            return true;
    return false;
}

/* "day 2,", "week 1 press": right behind such a word, and no load before a name. */
static bool is_number_of_day(const struct parser *parser, const struct token *token)
{
    return token->kind == TOKEN_NUMBER && token->decimals == 0 && token->digits <= 2 &&
           (says_of(parser, &token[-1]) & SAYS_DAY) != 0 &&
           (token[1].kind == TOKEN_SIGN || says_of(parser, &token[1]) != 0 ||
            (token->value <= DAYS_MOST && notation_name_begins(parser, (size_t)(&token[1] - parser->tokens.at))));
}

/* "531", "5/3/1": what a programme is called; the tokens. */
static size_t programme_name(const struct token *first)
{
    if (first->kind != TOKEN_NUMBER || first->decimals != 0)
        return 0;
    if (first->value == 531)
        return 1;
    return first->value == 5 && token_is_sign(&first[1], '/') && first[2].value == 3 && token_is_sign(&first[3], '/') &&
                   first[4].value == 1
               ? 5
               : 0;
}

/* The same at the line's front. */
static size_t programme(const struct token *first)
{
    const size_t tokens = programme_name(first);

    return first[tokens].kind == TOKEN_WORD ? tokens : 0;
}

bool notation_programme(struct parser *parser)
{
    const size_t first = parser->at, tokens = programme_name(token_now(parser));
    const struct token *behind = token_ahead(parser, tokens);

    if (tokens == 0 || !parser->item.name.present || parser->item.product_count != 0 ||
        !(token_is_sign(behind, ':') || token_is_sign(behind, ',') || behind->kind == TOKEN_NUMBER) ||
        !(behind->kind == TOKEN_NUMBER ? behind[1].kind == TOKEN_CROSS : behind[2].kind == TOKEN_CROSS))
        return false;
    parser->at += tokens;
    notation_note_since(parser, first);
    return true;
}

size_t notation_label(const struct parser *parser, size_t at)
{
    const struct token *tokens = &parser->tokens.at[at];
    const size_t called = programme(tokens);
    bool day = called != 0;
    size_t count = called;

    for (;; count++) {
        const uint32_t says = says_of(parser, &tokens[count]);

        if (says == 0 && !(count != 0 && is_number_of_day(parser, &tokens[count])))
            break;
        day |= (says & SAYS_DAY) != 0;
    }
    if (count == 0)
        return 0;
    if (tokens[count].kind == TOKEN_SIGN && strchr(":,.!-", tokens[count].sign) != NULL && tokens[count + 1].space)
        count++;
    else if (!day)
        return 0;
    return notation_name_begins(parser, at + count) ? count : 0;
}

void notation_day_of_exercise(struct parser *parser)
{
    struct token *tokens = parser->tokens.at;

    for (size_t count = 1; count < LABELLED_WORDS_MAX && tokens[count - 1].kind == TOKEN_WORD; count++)
        if ((token_reads(parser, &tokens[count], "day") || token_reads(parser, &tokens[count], "tag")) &&
            notation_is_name(parser, 0, count)) {
            tokens[count].word = WORD_FILLER;
            tokens[count].traits = 0;
            return;
        }
}

/* What may stand in "the machine by the door", beside words without a class. */
static bool joins_thing(const struct token *word)
{
    static const bool joins[WORD_COMMAND + 1] = {
        [WORD_THE] = true,  [WORD_A] = true,  [WORD_ON] = true,   [WORD_AT] = true,   [WORD_TO] = true,
        [WORD_IN] = true,   [WORD_OF] = true, [WORD_FOR] = true,  [WORD_BY] = true,   [WORD_BAR] = true,
        [WORD_WITH] = true, [WORD_UP] = true, [WORD_LIMB] = true, [WORD_BODY] = true, [WORD_SIDE] = true,
    };

    return joins[word->word] || token_has(word, TRAIT_PLACE) ||
           (token_is_word(word, WORD_NOTE) && token_is_word(&word[-1], WORD_THE)); /* "in the back" */
}

/* "the blue thing", "die Maschine hinten", "cable thing" from token FIRST to END: what one trains on, and no verb. */
static bool is_thing(const struct parser *parser, size_t first, size_t end)
{
    const struct token *tokens = parser->tokens.at;
    bool article = false, thing = false;

    for (size_t at = first; at < end; at++) {
        const struct token *word = &tokens[at];
        const bool held = word->argument == HELD || word->argument == HELD_PAIR;

        if (token_is_word(word, WORD_OTHER) && word->traits == 0 && (word->argument == 0 || held))
            thing |= article || held;
        else if (word->kind != TOKEN_WORD || !joins_thing(word))
            return false;
        article |= token_is_word(word, WORD_THE);
    }
    return thing;
}

bool notation_lead_is_thing(const struct parser *parser, size_t end)
{
    const struct token *tokens = parser->tokens.at;
    size_t first = 0;

    for (size_t at = 0; at < end; at++)
        if ((notation_meaning(token_text(parser, &tokens[at])).says & SAYS_THING) != 0)
            return true; /* "new exercise, 40x12" */
    while (token_is_word(&tokens[first], WORD_FILLER) || token_is_word(&tokens[first], WORD_AND) ||
           token_has(&tokens[first], TRAIT_CHATTER) || notation_says_ok(parser, &tokens[first]))
        first++;
    return is_thing(parser, first, end);
}

bool notation_announced(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;

    return name->first != 0 &&
           (notation_meaning(token_text(parser, &parser->tokens.at[name->first - 1])).says & SAYS_NOW) != 0 &&
           is_thing(parser, name->first, name->last + 1);
}

bool notation_begins_with_thing(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;

    return name->first == 0 && token_is_word(parser->tokens.at, WORD_THE) && is_thing(parser, 0, name->last + 1);
}

/* "one more set", "noch ein Satz", "another set": the tokens; 0. */
static size_t further_set(const struct parser *parser, const struct token *first)
{
    const struct token *at = first;
    bool further = false;

    for (; token_has(at, TRAIT_LEAD | TRAIT_MORE) || token_is_word(at, WORD_A) ||
           (at->kind == TOKEN_NUMBER && at->value == 1);
         at++)
        further |= token_has(at, TRAIT_MORE) || token_reads(parser, at, "another") || token_reads(parser, at, "noch");
    return further && token_is_word(at, WORD_SETS) ? (size_t)(&at[1] - first) : 0;
}

size_t notation_which_set(const struct parser *parser)
{
    const struct token *first = token_now(parser);
    size_t count = notation_ordinal_set(first);

    if (token_is_word(first, WORD_SETS) && first[1].kind == TOKEN_NUMBER && first[1].decimals == 0)
        for (count = 2; token_is_word(&first[count], WORD_FILLER);)
            count++;
    else if (count == 0)
        count = further_set(parser, first);
    if (count == 0)
        return 0;
    count += token_is_word(&first[count], WORD_OF);
    if (token_is_sign(&first[count], ',') && token_is_word(&first[count - 2], WORD_SETS))
        return 0; /* "sets 3, squat 80x8": how many */
    count += token_is_sign(&first[count], ':') || token_is_sign(&first[count], ',');
    return notation_name_begins(parser, parser->at + count) ? count : 0;
}

void notation_well_then(struct parser *parser)
{
    const struct token *word = token_now(parser), *next = &word[1];
    const bool parted = token_is_sign(next, ',') || token_is_sign(next, '.') || token_is_sign(next, '!');

    if (parser->at != 0 || !token_reads(parser, word, "right"))
        return;
    next += parted;
    if (next->kind == TOKEN_WORD && !token_is_word(next, WORD_SIDE) &&
        !(token_is_word(next, WORD_LIMB) && next->argument <= LIMB_SIDE) &&
        (parted || token_has(next, TRAIT_THEN) || token_reads(parser, next, "so") || notation_says_ok(parser, next)))
        parser->at += 1 + parted;
}

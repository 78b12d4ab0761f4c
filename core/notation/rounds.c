/*
 * Rounds of several exercises: "3 rounds: 10 push-ups, 8 pull-ups", "superset curls 12x12 + pushdown 25x15, 3 times".
 * The item that says how many has its sets; those of the others are as many.
 */
#include "core/notation/more.h"
#include "core/notation/shape.h"

bool notation_says_superset(const struct parser *parser, const struct token *word)
{
    static const char *const supersets[] = {"superset", "supersatz", "ss", "s/s", NULL};

    return token_is_word(word, WORD_FILLER) && parser->line.at[word->at] == 's' &&
           token_reads_one(parser, word, supersets);
}

/* Anywhere in the line. */
static bool in_superset(const struct parser *parser)
{
    for (const struct token *token = parser->tokens.at; token->kind != TOKEN_END; token++)
        if (notation_says_superset(parser, token))
            return true;
    return false;
}

/* The word for sets that the item begins with, before its name: "3 rounds of push-ups"; NULL. */
static const struct token *sets_in_front(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const size_t end = item->name.present ? item->name.first : parser->at;

    for (size_t i = item->begin; i < end; i++)
        if (token_is_word(&parser->tokens.at[i], WORD_SETS))
            return &parser->tokens.at[i];
    return NULL;
}

void notation_rounds_said(struct parser *parser, const struct part *part, bool first)
{
    const struct token *word = first ? sets_in_front(parser) : NULL;
    struct rounds *rounds = &parser->rounds;

    if (rounds->times != 0) {
        rounds->several = true;
        return;
    }
    rounds->sure = part->reps->rounds;
    rounds->front = word != NULL;
    if (part->reps->value > SETS_LIKE || part->reps->decimals != 0 ||
        !(rounds->sure || (word != NULL ? token_is_sign(&word[1], ':') : !first && part->op == ',')))
        return;
    rounds->times = (uint8_t)part->reps->value;
    rounds->first = rounds->end = SIZE_MAX;
}

/* Whether no two sets from FIRST to END are of one exercise. */
static bool each_once(const struct reading *reading, size_t first, size_t end)
{
    for (size_t i = first + 1; i < end; i++)
        if (strcmp(reading->sets.at[i - 1].exercise, reading->sets.at[i].exercise) == 0)
            return false;
    return true;
}

/* Each of the sets from FIRST to END as often as TIMES. */
static int repeat_each(struct parser *parser, size_t first, size_t end, size_t times)
{
    struct reading *reading = parser->reading;
    const size_t all = reading->sets.count, more = (end - first) * (times - 1);

    for (size_t i = 0; i < more; i++)
        if (notation_add_set(parser) == NULL)
            return -1;
    memmove(&reading->sets.at[end + more], &reading->sets.at[end], (all - end) * sizeof(reading->sets.at[0]));
    for (size_t i = end; i-- > first;)
        for (size_t j = 0; j < times; j++)
            reading->sets.at[first + (i - first) * times + j] = reading->sets.at[i];
    return 0;
}

int notation_rounds(struct parser *parser)
{
    const struct rounds *rounds = &parser->rounds;
    const size_t first = rounds->front ? rounds->end : parser->line_sets;
    const size_t end = rounds->front ? parser->reading->sets.count : rounds->first;
    bool once;

    if (rounds->times < 2 || rounds->several || first == end)
        return 0;
    once = each_once(parser->reading, first, end);
    if (!once && !rounds->sure)
        return 0;
    if (!(once && (rounds->sure || in_superset(parser))) &&
        notation_fork(parser, ABOUT_OTHER, FORK_ROUNDS, 2, "%u rounds of all of them, or %u sets of one alone?",
                      rounds->times, rounds->times) == 1)
        return 0;
    return repeat_each(parser, first, end, rounds->times);
}

/*
 * "3x5 100kg, last set @0", "1 rir on the last two": what is said of the first or the last sets alone.
 */
#include <limits.h>

#include "core/notation/shape.h"

enum { SETS_SAID_MAX = 9 };

struct end {
    enum item_end which;
    uint8_t sets;
    bool of_sets;  /* "last set", "last one"; not "last" alone */
    size_t tokens; /* that name it */
};

/* "2 sets", "two", "set", "one" behind "last": what it counts; the tokens that it takes. */
static size_t count_ahead(const struct parser *parser, size_t at, uint8_t *sets)
{
    const struct token *token = token_ahead(parser, at);
    bool counted = true;

    if (token->kind == TOKEN_NUMBER && token->decimals == 0 && token->value >= 1 && token->value <= SETS_SAID_MAX &&
        token_is_word(token_ahead(parser, at + 1), WORD_SETS))
        *sets = (uint8_t)token->value;
    else if (token_is_word(token, WORD_NOTE) && token->argument >= 1 && token->argument <= SETS_SAID_MAX)
        *sets = token->argument;
    else
        counted = false;
    return counted + (size_t)token_is_word(token_ahead(parser, at + counted), WORD_SETS);
}

static bool leads(const struct parser *parser, const struct token *token)
{
    return token_is_word(token, WORD_ON) || token_is_word(token, WORD_IN) || token_reads(parser, token, "im");
}

/* Whether an end of the sets is named from the token now on; the last rep is none. */
static bool end_ahead(const struct parser *parser, struct end *end)
{
    size_t at = leads(parser, token_now(parser));

    at += token_is_word(token_ahead(parser, at), WORD_THE);
    if (!token_is_word(token_ahead(parser, at), WORD_LAST))
        return false;
    *end = (struct end){token_ahead(parser, at)->argument == LAST_FIRST ? ITEM_FIRST : ITEM_LAST, 1, false, 0};
    at++;
    end->tokens = at + count_ahead(parser, at, &end->sets);
    end->of_sets = end->tokens != at;
    at = end->tokens;
    return !token_is_word(token_ahead(parser, at), WORD_REPS);
}

/* "@0", "rir 0", "2 rir", "to failure": whether it is at the token now. */
static bool effort_here(const struct parser *parser)
{
    const struct token *token = token_now(parser), *next = token_ahead(parser, 1);

    if (token_is_sign(token, '@'))
        return next->kind == TOKEN_NUMBER;
    if (token_is_word(token, WORD_RIR) || token_is_word(token, WORD_RPE) || token_is_word(token, WORD_FAILURE) ||
        token_is_word(token, WORD_FAIL))
        return true;
    if (token_is_word(token, WORD_TO))
        return token_is_word(next, WORD_FAILURE) || token_is_word(token_ahead(parser, 2), WORD_FAILURE);
    return notation_effort_ahead(parser);
}

static struct marks *open_end(struct item *item, const struct end *end)
{
    struct item_end_marks *marks = &item->ends[end->which];

    if (marks->sets == 0) {
        notation_marks_init(&marks->marks);
        marks->reps = REPS_UNKNOWN;
    }
    marks->sets = end->sets;
    return &marks->marks;
}

/* "was", "only", "with": says nothing of its own before a count of reps. */
static bool leads_to_reps(const struct token *token)
{
    return token_has(token, TRAIT_ONLY) || token_is_word(token, WORD_WITH) || token_is_word(token, WORD_FOR) ||
           token_is_sign(token, ':');
}

/* "6 reps", "only 6" behind END: where what follows begins; 0: no reps are counted there, as in "last 2 reps". */
static size_t reps_ahead(const struct parser *parser, const struct end *end, int16_t *reps)
{
    const struct token *number, *behind;
    size_t at = end->tokens;

    while (leads_to_reps(token_ahead(parser, at)))
        at++;
    if (at == end->tokens && !end->of_sets)
        return 0;
    number = token_ahead(parser, at);
    behind = token_ahead(parser, at + 1);
    if (number->kind != TOKEN_NUMBER || number->decimals != 0 || number->value > READING_REPS_MAX ||
        !(token_is_word(behind, WORD_REPS) || behind->kind == TOKEN_END || token_is_sign(behind, '@') ||
          token_is_sign(behind, ',')))
        return 0;
    *reps = (int16_t)number->value;
    return at + 1 + (size_t)token_is_word(behind, WORD_REPS);
}

void notation_ends_note(const struct item *item, struct ends_said *said)
{
    for (int which = ITEM_FIRST; which <= ITEM_LAST; which++) {
        said->sets[which] = item->ends[which].sets;
        said->reps[which] = item->ends[which].reps;
        said->efforts[which] = item->ends[which].marks.effort_count;
    }
}

void notation_ends_return(struct item *item, const struct ends_said *said)
{
    for (int which = ITEM_FIRST; which <= ITEM_LAST; which++) {
        item->ends[which].sets = said->sets[which];
        item->ends[which].reps = said->reps[which];
        item->ends[which].marks.effort_count = said->efforts[which];
    }
}

enum end_taken notation_end_before(struct parser *parser)
{
    struct item *item = &parser->item;
    size_t at = parser->at, behind;
    struct end end;
    int16_t reps;

    if (item->product_count == 0 || !end_ahead(parser, &end))
        return END_NOT;
    behind = reps_ahead(parser, &end, &reps);
    if (behind != 0) {
        open_end(item, &end);
        item->ends[end.which].reps = reps;
    }
    parser->at += behind != 0 ? behind : end.tokens;
    if (leads_to_reps(token_now(parser)))
        parser->at++;
    if (effort_here(parser)) {
        open_end(item, &end);
        item->end = (uint8_t)end.which;
        return END_EFFORT;
    }
    parser->at = behind != 0 ? at + behind : at;
    return behind != 0 ? END_WHOLE : END_NOT;
}

/* Words go on that belong to what was said before them, and nothing begins there: "@2 last set 100x3". */
static bool belongs_before(const struct parser *parser)
{
    const struct token *next = token_now(parser);

    return next->kind != TOKEN_NUMBER && next->kind != TOKEN_CROSS && !effort_here(parser);
}

void notation_end_behind(struct parser *parser, size_t efforts, uint8_t failure)
{
    struct item *item = &parser->item;
    size_t at = parser->at, more = item->effort_count - efforts;
    struct marks *from, *to;
    struct end end;
    bool failed;

    if (token_now(parser)->kind != TOKEN_WORD || item->product_count == 0 || !end_ahead(parser, &end))
        return;
    from = notation_marks(parser);
    failed = from->failure != failure;
    if ((more == 0 && !failed) || from->effort_count < more)
        return;
    parser->at += end.tokens;
    if (!belongs_before(parser)) {
        parser->at = at;
        return;
    }
    to = open_end(item, &end);
    to->effort_first = (uint8_t)efforts;
    to->effort_count = (uint8_t)more;
    from->effort_count = (uint8_t)(from->effort_count - more);
    if (failed) {
        to->failure = from->failure;
        from->failure = failure;
    }
}

/* "second", "2nd", "next" behind "on the" at AT, with "set" or "one": which set it is, INT_MAX for the next one; the
 * tokens from the one now on; 0. */
static size_t nth_ahead(const struct parser *parser, size_t at, int *nth)
{
    static const char *const nexts[] = {"next", "nachsten", "naechsten", NULL};
    const struct token *word = token_ahead(parser, at);
    size_t tokens = at + 1;

    if (word->kind == TOKEN_NUMBER) {
        *nth = token_is_ordinal(&word[1]) || (token_is_sign(&word[1], '.') && !word[1].space) ? (int)word->value : 0;
        tokens++;
    } else {
        *nth = token_reads_one(parser, word, nexts) ? INT_MAX : notation_ordinal_word(token_text(parser, word));
    }
    word = token_ahead(parser, tokens);
    tokens += token_is_word(word, WORD_SETS) || token_reads(parser, word, "one");
    return *nth != 0 ? tokens : 0;
}

/* Whether one of ITEM's products but the last one makes several sets: "3x8", "3 sets of 8". */
static bool counts_sets(const struct item *item)
{
    for (size_t i = 0; i + 1 < item->product_count; i++) {
        const struct product *product = &item->products[i];
        const struct term *first = &item->terms[product->first];

        if (first->role == ROLE_SETS || product->count == CROSS_MAX ||
            (product->count > 1 && first->role == ROLE_NUMBER && first->value <= SETS_LIKE))
            return true;
    }
    return false;
}

/* "…, 7": the last product is reps alone, behind others. */
static bool ends_in_reps(const struct item *item)
{
    const struct product *last = &item->products[item->product_count - 1];
    const struct term *reps = &item->terms[last->first];

    return item->product_count > 1 && last->count == 1 && last->op == ',' && last->chain == '\0' &&
           (reps->role == ROLE_NUMBER || reps->role == ROLE_REPS) && reps->decimals == 0 && reps->value <= REPS_LIKE;
}

/* "3x8, 7 on the last set": of those, it is one. */
static bool take_reps_of_last(struct parser *parser, const struct end *end)
{
    struct item *item = &parser->item;
    const struct product *last = &item->products[item->product_count - 1];

    if (end->which != ITEM_LAST || end->sets != 1 || token_ahead(parser, end->tokens)->kind != TOKEN_END)
        return false;
    open_end(item, end);
    item->ends[ITEM_LAST].reps = (int16_t)item->terms[last->first].value;
    item->term_count = last->first;
    item->product_count--;
    parser->at += end->tokens;
    return true;
}

bool notation_reps_of_set(struct parser *parser)
{
    struct item *item = &parser->item;
    const size_t the = 1 + (size_t)token_is_word(token_ahead(parser, 1), WORD_THE);
    int nth = INT_MAX;
    struct end end;

    if (!leads(parser, token_now(parser)) || item->product_count == 0 || !ends_in_reps(item))
        return false;
    if (!end_ahead(parser, &end))
        end = (struct end){ITEM_ALL, 1, true, nth_ahead(parser, the, &nth)};
    if (end.tokens == 0 || end.which == ITEM_FIRST || end.sets != 1)
        return false;
    if (counts_sets(item))
        return take_reps_of_last(parser, &end);
    if (!notation_clause_ends(token_ahead(parser, end.tokens)) ||
        (nth != INT_MAX && nth != (int)item->product_count && nth + 1 != (int)item->product_count))
        return false;
    parser->at += end.tokens;
    return true;
}

/* How many sets the last product makes. */
static size_t sets_of_last(const struct shape *shape)
{
    for (size_t i = shape->count; i-- > 0;)
        if (shape->parts[i].kind != PART_LOAD)
            return shape->parts[i].end - shape->parts[i].begin;
    return 0;
}

/* "3x8 80, last set 6" changes one of three; "80x8, 80x8, last set 6" is one more. */
static int apply_reps(struct shape *shape, enum item_end which, const struct item_end_marks *marks, size_t *first)
{
    struct reading *reading = shape->parser->reading;

    if (marks->reps == REPS_UNKNOWN)
        return 0;
    if (which == ITEM_LAST && sets_of_last(shape) <= 1 && marks->sets == 1) {
        struct set *more = notation_add_set(shape->parser);

        if (more == NULL)
            return -1;
        *first = reading->sets.count - 1;
        *more = reading->sets.at[*first - 1];
        more->rir = NAN;
        more->failure = FAILURE_NONE;
    }
    for (size_t i = *first; i < *first + marks->sets; i++) {
        struct set *set = &reading->sets.at[i];

        if (set->reps == REPS_UNKNOWN || set->segment_count != 0)
            return notation_talk(shape->parser);
        set->reps = marks->reps;
    }
    return 0;
}

/* Of those at one end, SETS of them. */
static int apply_end(struct shape *shape, enum item_end which)
{
    const struct item_end_marks *marks = &shape->parser->item.ends[which];
    size_t count = shape->parser->reading->sets.count;
    size_t first = which == ITEM_FIRST ? shape->begin : count - marks->sets;

    if (marks->sets == 0)
        return 0;
    if (marks->sets > count - shape->begin)
        return notation_talk(shape->parser);
    if (apply_reps(shape, which, marks, &first) != 0)
        return -1;
    return notation_apply(shape, &marks->marks, first, first + marks->sets, true);
}

int notation_apply_ends(struct shape *shape)
{
    return apply_end(shape, ITEM_FIRST) == 0 ? apply_end(shape, ITEM_LAST) : -1;
}

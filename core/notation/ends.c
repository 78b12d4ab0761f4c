/*
 * "3x5 100kg, last set @0", "1 rir on the last two": what is said of the first or the last sets alone.
 */
#include "core/notation/shape.h"

enum { SETS_SAID_MAX = 9 };

struct end {
    enum item_end which;
    uint8_t sets;
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
    *end = (struct end){token_ahead(parser, at)->argument == LAST_FIRST ? ITEM_FIRST : ITEM_LAST, 1, 0};
    at++;
    at += count_ahead(parser, at, &end->sets);
    end->tokens = at;
    return !token_is_word(token_ahead(parser, at), WORD_REPS);
}

/* "@0", "rir 0", "2 rir", "to failure": whether it is at the token now. */
static bool effort_here(const struct parser *parser)
{
    const struct token *token = token_now(parser), *next = token_ahead(parser, 1);

    if (token_is_sign(token, '@'))
        return next->kind == TOKEN_NUMBER;
    if (token_is_word(token, WORD_RIR) || token_is_word(token, WORD_RPE) || token_is_word(token, WORD_FAILURE))
        return true;
    if (token_is_word(token, WORD_TO))
        return token_is_word(next, WORD_FAILURE) || token_is_word(token_ahead(parser, 2), WORD_FAILURE);
    return notation_effort_ahead(parser);
}

static struct marks *open_end(struct item *item, const struct end *end)
{
    struct item_end_marks *marks = &item->ends[end->which];

    if (marks->sets == 0)
        notation_marks_init(&marks->marks);
    marks->sets = end->sets;
    return &marks->marks;
}

bool notation_end_before(struct parser *parser)
{
    size_t at = parser->at;
    struct end end;

    if (token_now(parser)->kind != TOKEN_WORD || parser->item.product_count == 0 || !end_ahead(parser, &end))
        return false;
    parser->at += end.tokens;
    if (token_reads(parser, token_now(parser), "was") || token_reads(parser, token_now(parser), "war") ||
        token_is_word(token_now(parser), WORD_WITH) || token_is_sign(token_now(parser), ':'))
        parser->at++;
    if (!effort_here(parser)) {
        parser->at = at;
        return false;
    }
    open_end(&parser->item, &end);
    parser->item.end = (uint8_t)end.which;
    return true;
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

int notation_apply_ends(struct shape *shape)
{
    const struct item *item = &shape->parser->item;
    size_t begin = shape->begin, end = shape->parser->reading->sets.count;

    for (int which = ITEM_FIRST; which <= ITEM_LAST; which++) {
        const struct item_end_marks *marks = &item->ends[which];
        size_t sets = marks->sets < end - begin ? marks->sets : end - begin;
        size_t first = which == ITEM_FIRST ? begin : end - sets;

        if (notation_apply(shape, &marks->marks, first, first + sets, true) != 0)
            return -1;
    }
    return 0;
}

/*
 * What stands in a parenthesis: what is said of a set, its reps, its unit, or a note.
 */
#include "core/notation/shape.h"

static int take_inside(struct parser *parser)
{
    const struct token *token = token_now(parser);

    if (token_is_sign(token, '@') && token[1].kind == TOKEN_NUMBER && token[1].value > EFFORT_MAX)
        return -1; /* "(R @ 2026-01-31:)": whatever that is, it's no effort */
    if (token_is_sign(token, '@'))
        return notation_at(parser);
    if (notation_about_effort(parser))
        parser->at++;
    if (token_now(parser)->kind == TOKEN_NUMBER)
        return notation_effort_ahead(parser) ? notation_effort_number(parser) : -1;
    if (token->kind != TOKEN_WORD)
        return -1;
    if (token->word == WORD_RIR || token->word == WORD_RPE)
        return notation_effort_word(parser);
    return notation_mark(parser);
}

/* "225x5 bench (pounds)", "(in kg)": in what its loads are, where nothing else said it. */
static bool take_unit_inside(struct parser *parser)
{
    const struct token *note = token_now(parser), *unit = &note[1 + token_is_word(&note[1], WORD_IN)];

    if (!token_is_word(unit, WORD_UNIT) || unit[1].kind != TOKEN_CLOSE || parser->item.unit >= 0 ||
        parser->item.product_count == 0)
        return false;
    parser->item.unit = unit->argument;
    parser->at += (size_t)note->inside + 2;
    return true;
}

/* "80" of "bench 80 (8, 8, 7)" */
static bool behind_load(const struct item *item)
{
    const struct term *load = &item->terms[0];

    return item->product_count == 1 && item->products[0].count == 1 && item->name.present &&
           (load->role == ROLE_LOAD || (load->role == ROLE_NUMBER && load->value > REPS_LIKE));
}

/* "(8, 8, 7)", "(8/8/7)", "(8 reps)"; "(3-1-1)" is a tempo. */
static bool holds_reps(const struct token *note)
{
    const struct token *close = &note[1 + note->inside];
    const bool reps = token_is_word(&close[-1], WORD_REPS);
    size_t numbers = 0;
    bool strokes = false;

    for (const struct token *token = &note[1]; token != close; token++) {
        if (token->kind == TOKEN_NUMBER && token->decimals == 0 && token->value >= 1 && token->value <= REPS_LIKE)
            numbers++;
        else if (!token_is_sign(token, ',') && !token_is_sign(token, '/') && !(reps && &token[1] == close))
            return false;
        strokes |= token_is_sign(token, '/');
    }
    return numbers > (strokes && !reps ? 2 : 1) || (numbers == 1 && reps); /* "(8/10)" may be a rating */
}

static int take_reps_inside(struct parser *parser)
{
    const size_t end = parser->at + 1 + token_now(parser)->inside;
    char op = ':';

    for (parser->at++; parser->at < end; op = ',')
        if (token_now(parser)->kind != TOKEN_NUMBER)
            parser->at++;
        else if (notation_reps_alone(parser, op) != 0)
            return -1;
    parser->at++;
    return 0;
}

int notation_parenthesis(struct parser *parser)
{
    const struct token *note = token_now(parser);
    size_t end = parser->at + 1 + note->inside;
    size_t products = parser->item.product_count;
    size_t efforts = parser->item.effort_count;
    struct marks before = *notation_marks(parser);
    bool spoke = notation_speaks(parser, note + 1, note->inside);

    if (take_unit_inside(parser))
        return 0;
    if (behind_load(&parser->item) && holds_reps(note))
        return take_reps_inside(parser);
    parser->at++;
    while (spoke && parser->at < end)
        spoke = take_inside(parser) == 0;
    if (parser->verdict == VERDICT_ERROR)
        return -1;
    spoke = spoke && parser->at == end && parser->item.product_count == products;
    parser->verdict = VERDICT_GO;
    parser->at = end + 1;
    if (spoke)
        return 0;
    parser->item.product_count = products;
    parser->item.effort_count = efforts;
    *notation_marks(parser) = before;
    notation_note(notation_marks(parser)->note, notation_inside(parser, note));
    return 0;
}

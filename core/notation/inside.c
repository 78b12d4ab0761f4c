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
    const struct product *last;
    const struct term *load;

    if (item->product_count == 0 || !item->name.present)
        return false;
    last = &item->products[item->product_count - 1];
    load = &item->terms[last->first];
    return last->count == 1 && (load->role == ROLE_LOAD ||
                                (item->product_count == 1 && load->role == ROLE_NUMBER && load->value > REPS_LIKE));
}

/* "(8, 8, 7)", "(8/8/7)", "(8 reps)", "(x8)"; "(3-1-1)" is a tempo. */
static bool holds_reps(const struct token *note)
{
    const struct token *close = &note[1 + note->inside];
    const bool reps = token_is_word(&close[-1], WORD_REPS);
    size_t numbers = 0;
    bool strokes = false;

    for (const struct token *token = &note[1 + (note[1].kind == TOKEN_CROSS)]; token != close; token++) {
        if (token->kind == TOKEN_NUMBER && token->decimals == 0 && token->value >= 1 && token->value <= REPS_LIKE)
            numbers++;
        else if (!token_is_sign(token, ',') && !token_is_sign(token, '/') && !(reps && &token[1] == close))
            return false;
        strokes |= token_is_sign(token, '/');
    }
    return numbers > (strokes && !reps ? 2 : 1) ||
           (numbers == 1 && (reps || note[1].kind == TOKEN_CROSS)); /* "(8/10)" may be a rating */
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

/* Whether a load is said in ITEM, or may be: "80x8", "bw". */
static bool says_load(const struct item *item)
{
    const struct product *end = &item->products[item->product_count];

    if (item->product_count > 2 && end[-2].op == '@' && end[-1].op == ',' && end[-1].count == 2 &&
        item->terms[end[-1].first].value < LOAD_LIKE)
        return false; /* "3x10 (60), 2x8" */
    for (size_t i = 0; i < item->product_count; i++) {
        const struct product *product = &item->products[i];
        const struct term *first = &item->terms[product->first];

        for (size_t j = 0; j < product->count; j++)
            if (first[j].role == ROLE_LOAD || first[j].role == ROLE_PERCENT || first[j].suffix_s)
                return true;
        if (first->role == ROLE_NUMBER && first->value >= LOAD_LIKE)
            return true;
    }
    return false;
}

/* "(100kg)", "(100 kg)", "(100)" beside sets that name an exercise and no load; of the body's it may be what somebody
 * weighs. */
static bool holds_load(const struct parser *parser, const struct token *note)
{
    const struct token *load = &note[1];
    const bool unit = token_is_word(&load[1], WORD_UNIT);
    const struct exercise *known = notation_known(parser);

    if (load->kind != TOKEN_NUMBER || note->inside != 1 + (size_t)unit || !(unit || load->value > REPS_LIKE) ||
        says_load(&parser->item))
        return false;
    return known != NULL ? !exercise_needs_no_load(known) && !known->timed
                         : !parser->item.name.present && parser->item.product_count == 1 &&
                               parser->item.products[0].count == 2; /* "3x8 (82.5)" */
}

static int take_load_inside(struct parser *parser)
{
    const char op = parser->item.product_count != 0 ? '@' : ' ';

    parser->at++;
    if (notation_product(parser, op) != 0 || token_now(parser)->kind != TOKEN_CLOSE)
        return notation_talk(parser);
    parser->at++;
    return 0;
}

/* "(x3)", "(3x)", "(3 sets)": the number; NULL: it isn't that. */
static const struct token *sets_inside(const struct token *note)
{
    const struct token *first = &note[1], *second = &note[2];

    if (note->inside != 2)
        return NULL;
    if (first->kind == TOKEN_CROSS && second->kind == TOKEN_NUMBER)
        return second->space ? NULL : second;
    return first->kind == TOKEN_NUMBER &&
                   ((second->kind == TOKEN_CROSS && !second->space) || token_is_word(second, WORD_SETS))
               ? first
               : NULL;
}

/* "80x8", of which nothing says how many there are. */
static bool is_one_set(const struct item *item)
{
    const struct product *last;
    const struct term *load;

    if (item->product_count == 0 || item->term_count == TERMS_MAX)
        return false;
    last = &item->products[item->product_count - 1];
    load = &item->terms[last->first];
    return last->count == 2 && last->chain_count == 0 &&
           (load->role == ROLE_LOAD || (load->role == ROLE_NUMBER && load->value >= LOAD_LIKE));
}

/* Takes that behind a load and its reps. Elsewhere it says nothing, as what is printed behind a set is of that alone.
 */
static bool take_sets_inside(struct parser *parser)
{
    struct item *item = &parser->item;
    const struct token *note = token_now(parser), *sets = sets_inside(note);

    if (sets == NULL || sets->decimals != 0 || sets->value < 2 || sets->value > SETS_LIKE)
        return false;
    parser->at += (size_t)note->inside + 2;
    if (!is_one_set(item))
        return true;
    item->terms[item->term_count++] = (struct term){.role = ROLE_SETS, .value = sets->value};
    item->products[item->product_count - 1].count = CROSS_MAX;
    item->products[item->product_count - 1].chain_first = (uint8_t)item->term_count;
    return true;
}

/* Where the clause that TOKEN is in ends, in a parenthesis whose last token is CLOSE. */
static const struct token *clause_end(const struct token *token, const struct token *close)
{
    while (token != close && !(token_is_sign(token, ',') && token[1].space) && !token_is_sign(token, ';'))
        token++;
    return token;
}

static bool is_separator(char byte)
{
    return byte == ',' || byte == ';';
}

/* TYPED behind as many separators as FOLDED has. */
static struct span behind_separators(struct span typed, struct span folded)
{
    size_t count = 0, at = 0;

    for (size_t i = 0; i < folded.length; i++)
        count += is_separator(folded.at[i]);
    for (; count != 0 && at < typed.length; at++)
        count -= is_separator(typed.at[at]);
    return span_past(typed, at);
}

/* Notes what stands in NOTE before the clause that ends at END, or behind it, as it was typed. */
static void note_around(struct parser *parser, const struct token *note, const struct token *first,
                        const struct token *end)
{
    const struct span typed = notation_inside(parser, note);
    const char *const line = parser->line.at + note->at;
    const struct span clause = behind_separators(typed, (struct span){line, first->at - note->at});
    size_t before = (size_t)(clause.at - typed.at);

    while (before != 0 && (is_separator(typed.at[before - 1]) || typed.at[before - 1] == ' '))
        before--;
    notation_note(notation_marks(parser)->note, (struct span){typed.at, before});
    if (end->kind != TOKEN_CLOSE)
        notation_note(notation_marks(parser)->note,
                      behind_separators(typed, (struct span){line, end->at + 1u - note->at}));
}

static bool may_be_effort(const struct token *first)
{
    return first->kind == TOKEN_NUMBER || token_is_sign(first, '@') || token_is_word(first, WORD_RIR) ||
           token_is_word(first, WORD_RPE);
}

/* "(rir 2, belt)", "(slow, rpe 9)": the effort of a set of which none was told, where it is a clause; the others are a
 * note. */
static bool take_effort_among(struct parser *parser, const struct token *note)
{
    const struct token *const close = &note[1 + note->inside];
    const struct marks before = *notation_marks(parser);
    const size_t efforts = parser->item.effort_count, products = parser->item.product_count;

    for (const struct token *first = &note[1], *end; first < close && before.effort_count == 0; first = end + 1) {
        end = clause_end(first, close);
        parser->at = (size_t)(first - parser->tokens.at);
        if (may_be_effort(first) && take_inside(parser) == 0 && token_now(parser) == end &&
            parser->item.effort_count > efforts && parser->item.product_count == products) {
            note_around(parser, note, first, end);
            parser->at = (size_t)(close - parser->tokens.at) + 1;
            return true;
        }
        parser->verdict = VERDICT_GO;
        parser->item.effort_count = efforts;
        parser->item.product_count = products;
        *notation_marks(parser) = before;
    }
    return false;
}

/* "(got 9)" behind "140x5+": the reps that it became. */
static bool take_reached_inside(struct parser *parser)
{
    const size_t note = parser->at;

    if (token_now(parser)->inside != 2)
        return false;
    parser->at++;
    if (notation_reached(parser)) {
        parser->at++;
        return true;
    }
    parser->at = note;
    return false;
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
    if (take_sets_inside(parser) || take_reached_inside(parser))
        return 0;
    if (holds_load(parser, note))
        return take_load_inside(parser);
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
    if (take_effort_among(parser, note))
        return 0;
    parser->at = end + 1;
    notation_note(notation_marks(parser)->note, notation_inside(parser, note));
    return 0;
}

/*
 * Which side a set was done with, or each: "8 left, 7 right", "left 30x10 right 30x9", "30x10 l/r", "8 each".
 */
#include "core/notation/side.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/lift/catalogue.h"
#include "core/notation/shape.h"

/* "right", and "r" behind what may have a side. */
static bool is_side(const struct token *word)
{
    return token_is_word(word, WORD_SIDE) || (token_is_word(word, WORD_REPS) && word->length == 1);
}

/* "30s left 25s right": what stands at the side now has one of its own behind it. */
static bool has_own_side(const struct parser *parser)
{
    const struct token *behind = token_ahead(parser, 1);

    if (token_now(parser)->kind != TOKEN_NUMBER)
        return false;
    behind +=
        token_is_word(behind, WORD_SECONDS) || token_is_word(behind, WORD_MINUTES) || token_is_word(behind, WORD_REPS);
    return is_side(behind) && notation_clause_ends(&behind[1]);
}

/* "8 left" is said of what stands before; ", left 8", "20kg left 8", "left 30x10 right" and what goes on in that way of
 * what follows. */
static bool side_of_next(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct product *last = &item->products[item->product_count - 1];
    const uint8_t role = item->terms[last->first].role;
    bool whole = last->count > 1 || role == ROLE_REPS || item->product_count > 1 ||
                 (role != ROLE_LOAD && item->lead.side == SIDE_NONE && has_own_side(parser));

    return !whole || parser->op != ' ' || item->lead.side != SIDE_NONE || last->marks.side != SIDE_NONE;
}

/* "squat 130x5, left knee a bit off": what hurts, and no side of the set. */
static bool place_ahead(const struct parser *parser)
{
    return parser->item.product_count != 0 && token_has(token_ahead(parser, 1), TRAIT_PLACE) &&
           !notation_clause_ends(token_ahead(parser, 2));
}

/* "80x8, schulter zwickt rechts": the side of what hurts. */
static bool behind_place(const struct parser *parser)
{
    const struct item_name *name = &parser->item.name;
    const struct token *word = token_now(parser);
    const struct token *first = &parser->tokens.at[name->present ? name->last + 1 : 0]; /* "calf raise left 10" */

    while (word > first && word[-1].kind == TOKEN_WORD)
        if (token_has(--word, TRAIT_PLACE) && !token_is_word(word, WORD_LIMB))
            return parser->item.product_count != 0;
    return false;
}

/* "70x10 right after, no rest": when, and no side. */
static bool right_away(const struct parser *parser)
{
    static const char *const times[] = {"after", "afterwards", "away", "before", "behind", "into", "now", "off"};

    if (parser->item.product_count == 0 || !token_reads(parser, token_now(parser), "right"))
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(times); i++)
        if (token_reads(parser, token_ahead(parser, 1), times[i]))
            return true;
    return false;
}

/* "30x10 left and right", "10 l/r": each. */
static void add_side(struct marks *marks, uint8_t side)
{
    const uint8_t other = side == SIDE_LEFT ? SIDE_RIGHT : side == SIDE_RIGHT ? SIDE_LEFT : SIDE_NONE;

    marks->side = other != SIDE_NONE && marks->side == other ? SIDE_EACH : side;
}

/* "4 push ups left": still to be done, where the exercise has no sides. */
static bool still_to_do(const struct parser *parser, uint8_t side)
{
    const char *id = side == SIDE_LEFT && parser->item.name.behind ? notation_named(parser) : NULL;
    const struct exercise *known = id != NULL ? catalogue_by_id(id) : NULL;

    return known != NULL && !known->each_side && parser->item.product_count == 1 &&
           parser->item.products[0].count == 1 && token_ahead(parser, 1)->kind == TOKEN_END;
}

/* Whether the word now, which may be SIDE, says another thing. */
static bool is_no_side(const struct parser *parser, uint8_t side)
{
    return place_ahead(parser) || behind_place(parser) || right_away(parser) || still_to_do(parser, side);
}

/* "right only 8" */
static void skip_only(struct parser *parser)
{
    if (token_has(token_now(parser), TRAIT_MERELY) && token_ahead(parser, 1)->kind == TOKEN_NUMBER)
        parser->at++;
}

int notation_side(struct parser *parser)
{
    struct item *item = &parser->item;
    uint8_t side = token_is_word(token_now(parser), WORD_REPS) ? SIDE_RIGHT : token_now(parser)->argument;
    bool number;

    if (is_no_side(parser, side))
        return notation_talk(parser);
    parser->at++;
    if (item->product_count != 0 && notation_effort_ahead(parser) && !token_is_word(token_ahead(parser, 1), WORD_RIR) &&
        !token_is_word(token_ahead(parser, 1), WORD_RPE))
        return 0; /* "left 2 in the tank" */
    parser->at += token_is_word(token_now(parser), WORD_LIMB) && !notation_is_held(token_now(parser));
    notation_skip_colon(parser);
    skip_only(parser);
    number = notation_term_starts(parser) || token_now(parser)->kind == TOKEN_CROSS;
    if (number && item->product_count != 0 && side_of_next(parser))
        item->next_side = side;
    else
        add_side(notation_marks(parser), side);
    if (notation_marks(parser)->side == SIDE_EACH)
        notation_sides_by_turns(item);
    return 0;
}

/* "20x8 l, 20x8 r", "(r) 20x8": an r that stands at no number. */
int notation_right(struct parser *parser)
{
    const struct token *letter = token_now(parser);
    bool stands = parser->item.product_count != 0 || (parser->at != 0 && letter[-1].kind == TOKEN_NOTE);

    return letter->length == 1 && stands ? notation_side(parser) : notation_talk(parser);
}

/* "bench 3 sets, 8 reps each", of each set: a bar has no sides. */
static bool each_set(const struct parser *parser)
{
    const struct item *item = &parser->item;
    const struct exercise *known = notation_known(parser);
    bool sets = false;

    if (known == NULL || known->equipment != EQUIPMENT_BARBELL || known->each_side)
        return false;
    for (size_t i = 0; i < item->term_count; i++)
        sets |= item->terms[i].role == ROLE_SETS;
    return sets && item->products[item->product_count - 1].count == 1 &&
           item->terms[item->term_count - 1].role != ROLE_LOAD;
}

/* "4 plates a side": of one bar or sled. */
static bool counts_plates(const struct item *item)
{
    return item->product_count != 0 && item->terms[item->products[item->product_count - 1].first].plates;
}

bool notation_each_of_sides(const struct parser *parser, bool limb)
{
    return !counts_plates(&parser->item) && (limb || !each_set(parser));
}

void notation_right_behind_left(struct parser *parser)
{
    const struct item *item = &parser->item;

    if (item->product_count > 1 && item->products[item->product_count - 2].marks.side == SIDE_LEFT)
        notation_marks(parser)->side = SIDE_RIGHT;
}

void notation_sides_by_turns(struct item *item)
{
    struct product *last;

    if (item->product_count < 2)
        return;
    last = &item->products[item->product_count - 1];
    if (last->op != '/' || last[-1].marks.side != SIDE_NONE)
        return;
    last[-1].marks.side = SIDE_LEFT;
    last->marks.side = SIDE_RIGHT;
}

/*
 * How far something was carried or walked: "farmers 2x32 40m", "sled push 80kg 20 Meter x 4". Sets have times and reps,
 * and no distance: whether it is written as so many times, with that as a note, is asked.
 */
#include <stdio.h>

#include "core/notation/shape.h"
#include "core/notation/term.h"

enum { DISTANCE_LEAST = 5 }; /* of "plank 2m" it is minutes */

static const struct {
    const char *word, *unit;
} words[] = {
    {"m", "m"},      {"metre", "m"}, {"metres", "m"}, {"meter", "m"},  {"meters", "m"},
    {"metern", "m"}, {"mtr", "m"},   {"yard", "yd"},  {"yards", "yd"}, {"yd", "yd"},
    {"yds", "yd"},   {"ft", "ft"},   {"feet", "ft"},  {"foot", "ft"},  {"fuss", "ft"},
};

/* What is carried, pushed or walked: no hold, and no reps where it isn't said. */
static bool is_walked(const struct exercise *known)
{
    if (known == NULL)
        return false;
    return (known->timed && !known->bodyweight && known->compound) || strstr(known->id, "walk") != NULL ||
           strstr(known->id, "lunge") != NULL || strstr(known->id, "crawl") != NULL;
}

static const struct exercise *named(const struct parser *parser)
{
    const char *id = parser->item.name.present ? notation_named(parser) : parser->exercise;

    return id != NULL && *id != '\0' ? catalogue_by_id(id) : NULL;
}

bool notation_takes_distance(struct parser *parser, struct term *term)
{
    const struct token *word = token_now(parser);

    const char letter = parser->line.at[word->at];

    if ((letter != 'm' && letter != 'y' && letter != 'f') || term->value < DISTANCE_LEAST ||
        notation_short_minutes(parser, word))
        return false;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (token_reads(parser, word, words[i].word)) {
            if (!is_walked(named(parser)))
                return false;
            term->role = ROLE_REPS;
            term->distance = (uint8_t)(i + 1);
            parser->item.walked = true;
            parser->at++;
            return true;
        }
    return false;
}

/* "2x32 40m": one in each hand. */
static void take_pair(struct shape *shape)
{
    struct part *pair = &shape->parts[0];

    if (shape->count < 2 || pair->kind != PART_CROSS || pair->sets->value != 2 || !notation_in_hands(shape->parser))
        return;
    shape->parser->item.each = true;
    pair->kind = PART_LOAD;
    pair->load = pair->reps;
    pair->sets = NULL;
}

/* The number of TERM becomes a note of PRODUCT, and it is done once. */
static void note_distance(struct product *product, struct term *term)
{
    char note[SET_NOTE_SIZE];

    snprintf(note, sizeof(note), "%g %s", term->value, words[term->distance - 1].unit);
    notation_note(product->marks.note, span_of(note));
    term->value = 1;
}

bool notation_distance(struct shape *shape)
{
    struct item *item = &shape->parser->item;
    const struct term *found = NULL;
    double far = 0;

    for (size_t i = 0; i < shape->count; i++) {
        struct part *part = &shape->parts[i];
        struct term *term = part->reps != NULL ? &item->terms[part->reps - item->terms] : NULL;

        if (term == NULL || term->distance == 0)
            continue;
        found = term;
        far = term->value;
        note_distance(&item->products[part->product - item->products], term);
        if (part->kind == PART_CROSS)
            part->kind = PART_REPS; /* "3x40m" */
    }
    if (found == NULL)
        return false;
    take_pair(shape);
    notation_fork(shape->parser, ABOUT_OTHER, FORK_DISTANCE, 1, "I keep no distances. With %g %s as a note?", far,
                  words[found->distance - 1].unit);
    return true;
}

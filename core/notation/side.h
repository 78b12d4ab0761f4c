/*
 * Which side a set was done with, or each.
 */
#ifndef CORE_NOTATION_SIDE_H
#define CORE_NOTATION_SIDE_H

#include "core/notation/parser.h"

/* At "left", and at an "r" that may be "right": 0, or -1 with a verdict. */
int notation_side(struct parser *parser);
int notation_right(struct parser *parser);
/* The product that is read is of the right side, "5l 5r", where the one before is of the left. */
void notation_right_behind_left(struct parser *parser);
/* Both sides are said of the last product: "12/12 l/r" has one number for each. */
void notation_sides_by_turns(struct item *item);
/* Whether "each", with a LIMB behind it or not, is said of sides: not of plates, nor of a bar's sets. */
bool notation_each_of_sides(const struct parser *parser, bool limb);

#endif

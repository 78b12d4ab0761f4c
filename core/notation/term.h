/*
 * What is written at a number: its unit, how far or how long it was, and of what a percentage is.
 */
#ifndef CORE_NOTATION_TERM_H
#define CORE_NOTATION_TERM_H

#include "core/notation/parser.h"

/* stone.c: takes the pounds behind the stone that TERM is. */
void notation_stone_and_pounds(struct parser *parser, struct term *term);
/* percent.c: takes "of that", "of 100" behind the percentage that TERM is. */
void notation_of_what(struct parser *parser, struct term *term);
/* distance.c: takes "m", "yards" behind the number of TERM, where the exercise is one that is carried or walked. */
bool notation_takes_distance(struct parser *parser, struct term *term);
/* minutes.c: whether WORD is the "m" of "1m30s"; and takes "min 30s", "minute and a half", whose number stands in TERM.
 */
bool notation_short_minutes(const struct parser *parser, const struct token *word);
void notation_minutes(struct parser *parser, struct term *term);

#endif

/*
 * Commas, and points, in numbers: decimal ones, and those of thousands.
 */
#ifndef CORE_NOTATION_COMMA_H
#define CORE_NOTATION_COMMA_H

#include "core/notation/parser.h"

/* Whether the comma at token AT stands in a number. */
bool notation_decimal_comma(const struct parser *parser, size_t at);
/* Whether COMMA stands between a number and one or two digits, with nothing between; and what they make if it
 * is a decimal one. */
bool notation_comma_pair(const struct token *comma);
double notation_comma_value(const struct token *comma);
/* "1,250 lb", "1.250 kg": how many tokens the number AT takes that is of a thousand and more; 0: it is none. */
size_t notation_thousand(const struct parser *parser, size_t at);

#endif

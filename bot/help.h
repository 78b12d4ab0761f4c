/*
 * `spotter help`: the table of what can be typed in the chat, as the documents show it.
 */
#ifndef BOT_HELP_H
#define BOT_HELP_H

#include <stdio.h>

enum help_format { HELP_TEXT, HELP_MAN, HELP_MARKDOWN };

/* English: what the README and the man page hold between their marks. */
void help_print(enum help_format format, FILE *out);

#endif

/*
 * The words of settings' values: kept in English, read in every language, shown in the lifter's.
 */
#ifndef BOT_COACH_SETTING_WORDS_H
#define BOT_COACH_SETTING_WORDS_H

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/lift/language.h"

/* TYPED, folded, with each word that isn't English put into it: "bis 2026-02-01" is "until 2026-02-01". */
void setting_words_read(struct span typed, struct buf *out);
/* VALUE as it is kept, in LANGUAGE: "4 years" is "4 Jahre", "6.5 h" is "6,5 h". */
void setting_words_show(const char *value, enum language language, struct buf *out);

#endif

/*
 * What somebody says of sets that are booked: how the last one was, and what was wrong with one. Each writes the
 * command that INTENTION's text is into it, if it is one; SCRATCH is written over.
 */
#ifndef BOT_CHAT_CORRECTION_H
#define BOT_CHAT_CORRECTION_H

#include "bot/chat/phrase.h"
#include "bot/chat/read.h"

/* "had one more in me", "letzter bis zum Versagen", "7 not 8": how hard the last set was, or what it was. FEW: it only
 * counts few reps, which is a way to say that where it is no other. */
bool correction_of_last(const struct command_index *commands, const struct exercise_names *own,
                        const struct phrase_words *words, struct intention *intention, bool *few);

/* "and 15 for the last one", "make that a 9", which may be of the last set or not. */
bool correction_of_either(const struct command_index *commands, const struct phrase_words *words,
                          struct intention *intention);

/* "more like 2 left", "that was all i had", "the bar slipped on rep 5, count it as 5"; "could've done more", of which
 * nobody knows how many; "did that twice". */
bool correction_how_much(const struct command_index *commands, const struct exercise_names *own,
                         const struct phrase_words *words, struct intention *intention);

/* "first set 3 rir, last one 0": each of several. */
bool correction_of_each(const struct command_index *commands, const struct exercise_names *own,
                        const struct phrase_words *words, struct intention *intention);

/* "der zweite mit 125 waren nur 4": of which set it is is counted. */
bool correction_of_nth(const struct command_index *commands, const struct exercise_names *own,
                       const struct phrase_words *words, struct intention *intention);

/* "5 sets done": TEXT says a piece that counts sets. SCRATCH is overwritten. */
bool correction_counts_sets(struct span text, struct buf *scratch);

/* Whether TEXT begins as what takes sets back does, or with what begs: nearly nothing does. */
bool correction_may_take_back(struct span text);
/* "delete the last entry, bench 100x6", which reads as sets that were done. */
bool correction_takes_back(const struct command_index *commands, const struct exercise_names *own,
                           const struct phrase_words *words, struct intention *intention);

/* "set 2 was only 7", "meant incline", "typo, was 85": of any set; or "only 6", where FEW. */
bool correction_of_other(const struct command_index *commands, const struct exercise_names *own,
                         const struct phrase_words *words, bool few, struct intention *intention);

/* "Das war falsch, ich hatte 40 kg eingestellt": in a sentence of any shape. */
bool correction_retold(const struct command_index *commands, const struct phrase_words *words,
                       struct intention *intention);

#endif

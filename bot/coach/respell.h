/*
 * A set that was asked about, and isn't booked, corrected by a piece of one: "sorry that was 20kg not 22.5".
 */
#ifndef BOT_COACH_RESPELL_H
#define BOT_COACH_RESPELL_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/span.h"
#include "core/notation/piece.h"

/* TEXT with what PIECE says in place of the load or the reps that stand in it, into OUT. False: it holds more than one
 * load and its reps, or none, or it isn't sure which of them is meant. */
bool respell(struct span text, const struct piece *piece, struct buf *out);

#endif

/*
 * Places of the body that hurt, as people name them, and the muscles that work there.
 */
#ifndef BOT_COACH_PLACE_H
#define BOT_COACH_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/base/span.h"

/* PLACE is folded: "shoulder", "left knee", "lower back", a muscle. */
bool place_known(struct span place);
uint32_t place_muscles(struct span place); /* bits of enum muscle; 0 for an unknown place */

/*
 * A list is "shoulder 2, knee 1", or "shoulder, knee" without levels. Writes OLD with PLACE at LEVEL into OUT; level 0
 * takes the place out. False when OUT is full.
 */
bool place_list_put(const char *old, struct span place, int level, bool with_level, struct buf *out);
uint32_t place_list_muscles(const char *list);

#endif

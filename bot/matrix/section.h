/*
 * A room's section of a sync response, and which of its events are the room's state. A server that knows MSC4222 (in
 * the specification since 1.16) tells the state at the end of the timeline: then a state event of the timeline is the
 * state only if it stands there too, since it may have lost against another one, as where two servers' rooms meet
 * again. Else the state is that before the timeline, which each state event of the timeline changes.
 */
#ifndef BOT_MATRIX_SECTION_H
#define BOT_MATRIX_SECTION_H

#include <stdbool.h>

#include "bot/json/json.h"
#include "core/base/map.h"

struct mx_section {
    const struct json *state;    /* array of events; lent, as what follows */
    const struct json *timeline; /* likewise */
    bool after;                  /* the state is that at the end of the timeline */
    struct map *both;            /* ids of events that stand in the two; NULL unless `after` */
};

void mx_section_read(struct mx_section *section, const struct json *joined);
void mx_section_release(struct mx_section *section);

/* Whether the event of the state is taken before the timeline; else where it stands in there. */
bool mx_section_is_before(const struct mx_section *section, const char *event_id);
/* Whether the state event of the timeline is the room's state. */
bool mx_section_is_state(const struct mx_section *section, const char *event_id);
/* The content of the first state event of TYPE, under the empty key; NULL: none. */
const struct json *mx_section_content(const struct mx_section *section, const char *type);

#endif

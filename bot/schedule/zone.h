/*
 * Time zones: what a clock on the wall shows somewhere. The rules are the system's zoneinfo, read by GLib.
 */
#ifndef BOT_SCHEDULE_ZONE_H
#define BOT_SCHEDULE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct zones; /* the zones that were asked for, kept */

struct zones *zones_new(void);
void zones_free(struct zones *zones);

/* Seconds east of UTC in NAME ("Europe/Berlin") at a time; 0 when there is no such zone. */
int zones_offset(struct zones *zones, const char *name, int64_t at_ms);

/* NAME is a zone of the system's database, and nothing else that GLib would take (no paths, no "UTC+3"). */
bool zone_exists(const char *name);

#endif

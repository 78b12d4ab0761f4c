/*
 * Weekly times on a pipe: a line "ZONE WEEKDAY MINUTE AFTER_S" is answered by the next time, in seconds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bot/schedule/recurrence.h"
#include "bot/schedule/zone.h"

enum { LINE_MAXIMUM = 256 };

static int offset_of(void *zones, const char *zone, int64_t at_ms)
{
    return zones_offset(zones, zone, at_ms);
}

int main(void)
{
    struct zones *zones = zones_new();
    char line[LINE_MAXIMUM], zone[65];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        const struct wall_clock clock = {offset_of, zones, zone};
        struct recurrence recurrence;
        int64_t after_s;

        if (sscanf(line, "%64s %d %d %" SCNd64, zone, &recurrence.weekday, &recurrence.minute, &after_s) != 4 ||
            !zone_exists(zone))
            return EXIT_FAILURE;
        printf("%" PRId64 "\n", recurrence_next(&recurrence, &clock, after_s * 1000) / 1000);
    }
    zones_free(zones);
    return EXIT_SUCCESS;
}

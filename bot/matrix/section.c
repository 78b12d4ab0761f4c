/*
 * A room's section of a sync response.
 */
#include "bot/matrix/section.h"

#include <stdint.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "core/base/mem.h"

static const char *state_id(const struct json *event)
{
    return json_get_text(event, "state_key") != NULL ? json_get_text(event, "event_id") : NULL;
}

static struct map *new_map(void)
{
    uint64_t seed;

    BUG_IF(crypto_random(&seed, sizeof(seed)) != 0);
    return map_new(seed);
}

/* The ids that stand in the two; an entry's value is what is no one's. */
static struct map *intersect(const struct json *state, const struct json *timeline)
{
    static char there;
    struct map *ids = new_map(), *both = new_map();

    for (size_t i = 0; i < json_count(timeline); i++) {
        const char *id = state_id(json_at(timeline, i));

        if (id != NULL)
            map_put(ids, id, &there);
    }
    for (size_t i = 0; map_count(ids) != 0 && i < json_count(state); i++) {
        const char *id = state_id(json_at(state, i));

        if (id != NULL && map_get(ids, id) != NULL)
            map_put(both, id, &there);
    }
    map_free(ids, NULL);
    return both;
}

void mx_section_read(struct mx_section *section, const struct json *joined)
{
    static const char *const names[] = {"state_after", "org.matrix.msc4222.state_after"};

    *section = (struct mx_section){.timeline = json_path(joined, "timeline", "events", NULL)};
    for (size_t i = 0; i < ARRAY_LENGTH(names) && !section->after; i++) {
        const struct json *after = json_get(joined, names[i]);

        section->after = json_is_object(after);
        section->state = json_get(after, "events");
    }
    if (section->after)
        section->both = intersect(section->state, section->timeline);
    else
        section->state = json_path(joined, "state", "events", NULL);
}

void mx_section_release(struct mx_section *section)
{
    if (section->both != NULL)
        map_free(section->both, NULL);
    section->both = NULL;
}

bool mx_section_is_before(const struct mx_section *section, const char *event_id)
{
    return !section->after || map_get(section->both, event_id) == NULL;
}

bool mx_section_is_state(const struct mx_section *section, const char *event_id)
{
    return !section->after || map_get(section->both, event_id) != NULL;
}

static const struct json *find(const struct json *events, const char *type)
{
    for (size_t i = 0; i < json_count(events); i++) {
        const char *key = json_get_text(json_at(events, i), "state_key");
        const char *found = json_get_text(json_at(events, i), "type");

        if (key != NULL && key[0] == '\0' && found != NULL && strcmp(found, type) == 0)
            return json_get(json_at(events, i), "content");
    }
    return NULL;
}

const struct json *mx_section_content(const struct mx_section *section, const char *type)
{
    const struct json *content = find(section->state, type);

    return content == NULL && !section->after ? find(section->timeline, type) : content;
}

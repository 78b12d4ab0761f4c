/*
 * Places of the body that hurt, and the muscles whose exercises load them. Wide on purpose: what is missing here would
 * be trained to failure on a joint that hurts (R41).
 */
#include "bot/coach/place.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/lift/exercise.h"

#define BIT(name) (UINT32_C(1) << MUSCLE_##name)
#define DELTS (BIT(FRONT_DELTS) | BIT(SIDE_DELTS) | BIT(REAR_DELTS))

static const struct {
    const char *place;
    uint32_t muscles;
} places[] = {
    {"shoulder", DELTS | BIT(CHEST) | BIT(UPPER_BACK) | BIT(LATS)},
    {"rotator cuff", DELTS | BIT(CHEST) | BIT(UPPER_BACK) | BIT(LATS)},
    {"elbow", BIT(BICEPS) | BIT(TRICEPS) | BIT(FOREARMS)},
    {"wrist", BIT(FOREARMS) | BIT(BICEPS) | BIT(TRICEPS)},
    {"hand", BIT(FOREARMS)},
    {"finger", BIT(FOREARMS)},
    {"thumb", BIT(FOREARMS)},
    {"arm", BIT(BICEPS) | BIT(TRICEPS) | BIT(FOREARMS)},
    {"neck", BIT(TRAPS) | BIT(UPPER_BACK)},
    {"back", BIT(LOWER_BACK) | BIT(UPPER_BACK) | BIT(LATS) | BIT(TRAPS)},
    {"spine", BIT(LOWER_BACK) | BIT(UPPER_BACK) | BIT(TRAPS)},
    {"hip", BIT(GLUTES) | BIT(ADDUCTORS) | BIT(HAMSTRINGS) | BIT(QUADS) | BIT(LOWER_BACK)},
    {"groin", BIT(ADDUCTORS) | BIT(QUADS)},
    {"knee", BIT(QUADS) | BIT(HAMSTRINGS) | BIT(CALVES)},
    {"leg", BIT(QUADS) | BIT(HAMSTRINGS) | BIT(CALVES) | BIT(GLUTES) | BIT(ADDUCTORS)},
    {"thigh", BIT(QUADS) | BIT(HAMSTRINGS) | BIT(ADDUCTORS)},
    {"shin", BIT(CALVES)},
    {"ankle", BIT(CALVES) | BIT(QUADS)},
    {"foot", BIT(CALVES)},
    {"feet", BIT(CALVES)},
    {"achilles", BIT(CALVES)},
    {"rib", BIT(CHEST) | BIT(ABS) | BIT(LATS)},
    {"stomach", BIT(ABS)},
    {"core", BIT(ABS) | BIT(LOWER_BACK)},
    {"pec", BIT(CHEST)},
    {"delt", DELTS},
    {"tricep", BIT(TRICEPS)},
    {"bicep", BIT(BICEPS)},
    {"forearm", BIT(FOREARMS)},
    {"adductor", BIT(ADDUCTORS)},
    {"hamstring", BIT(HAMSTRINGS)},
    {"hams", BIT(HAMSTRINGS)},
    {"quad", BIT(QUADS)},
    {"calf", BIT(CALVES)},
    {"glute", BIT(GLUTES)},
    {"ab", BIT(ABS)},
    {"lat", BIT(LATS)},
    {"trap", BIT(TRAPS)},
};

static bool same_place(struct span typed, const char *place)
{
    if (span_is(typed, place))
        return true;
    return typed.length == strlen(place) + 1 && typed.at[typed.length - 1] == 's' && span_starts(typed, place);
}

/* "front delts" is muscle front-delts. */
static bool same_muscle(struct span typed, const char *muscle)
{
    if (typed.length != strlen(muscle))
        return false;
    for (size_t i = 0; i < typed.length; i++) {
        if (typed.at[i] != muscle[i] && !(typed.at[i] == ' ' && muscle[i] == '-'))
            return false;
    }
    return true;
}

static struct span without_side(struct span place)
{
    if (span_starts(place, "left ") || span_starts(place, "right ")) {
        size_t side = (size_t)((const char *)memchr(place.at, ' ', place.length) - place.at) + 1;

        place = (struct span){place.at + side, place.length - side};
    }
    return place;
}

static struct span without_plural(struct span place)
{
    place.length -= place.length != 0 && place.at[place.length - 1] == 's';
    return place;
}

/* "elbow" is "left elbow", too, and "elbows". */
static bool covers(struct span place, struct span known)
{
    return span_equal(without_plural(place), without_plural(without_side(known)));
}

uint32_t place_muscles(struct span place)
{
    place = without_side(place);
    for (int i = 0; i < MUSCLE_COUNT; i++) {
        if (same_muscle(place, muscle_name((enum muscle)i)))
            return UINT32_C(1) << i;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
        if (same_place(place, places[i].place))
            return places[i].muscles;
    }
    return 0;
}

bool place_known(struct span place)
{
    return place_muscles(place) != 0;
}

/* Takes the next entry off LIST; its place without the level. False at the end. */
static bool next_entry(const char **list, struct span *entry, struct span *place)
{
    size_t length = strcspn(*list, ",");

    if (length == 0)
        return false;
    *entry = *place = (struct span){*list, length};
    if (length > 2 && place->at[length - 2] == ' ' && place->at[length - 1] >= '0' && place->at[length - 1] <= '3')
        place->length -= 2;
    *list += length;
    *list += strspn(*list, ", ");
    return true;
}

bool place_list_put(const char *old, struct span place, int level, bool with_level, struct buf *out)
{
    struct span entry, known;

    while (next_entry(&old, &entry, &known)) {
        if (span_equal(known, place) || (level == 0 && covers(place, known)))
            continue;
        buf_adds(out, out->length != 0 ? ", " : "");
        buf_add_span(out, entry);
    }
    if (level != 0) {
        buf_adds(out, out->length != 0 ? ", " : "");
        buf_add_span(out, place);
        if (with_level)
            buf_addf(out, " %d", level);
    }
    return !out->overflowed;
}

uint32_t place_list_muscles(const char *list)
{
    struct span entry, place;
    uint32_t muscles = 0;

    while (next_entry(&list, &entry, &place))
        muscles |= place_muscles(place);
    return muscles;
}

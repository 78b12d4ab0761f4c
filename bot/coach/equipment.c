/*
 * The smallest steps of a lifter's equipment, and their bar, typed and kept as text.
 */
#include "bot/coach/equipment.h"

#include "bot/coach/typed.h"
#include "core/base/mem.h"
#include "core/notation/reading.h"

/* Finer than anybody's plates, coarser than anybody's stack. */
static const double least_kg = 0.1, most_kg = 50;

static const char *const names[] = {
    [EQUIPMENT_BARBELL] = "barbell", [EQUIPMENT_DUMBBELL] = "dumbbell", [EQUIPMENT_MACHINE] = "machine",
    [EQUIPMENT_CABLE] = "cable",     [EQUIPMENT_BODYWEIGHT] = "belt",   [EQUIPMENT_KETTLEBELL] = "kettlebell",
};

enum { BAR = ARRAY_LENGTH(names), STEPS };

static const struct {
    const char *word;
    size_t step; /* an enum equipment_kind, or BAR */
} words[] = {
    {"barbell", EQUIPMENT_BARBELL},
    {"dumbbell", EQUIPMENT_DUMBBELL},
    {"db", EQUIPMENT_DUMBBELL},
    {"machine", EQUIPMENT_MACHINE},
    {"stack", EQUIPMENT_MACHINE},
    {"cable", EQUIPMENT_CABLE},
    {"bar", BAR},
    {"kettlebell", EQUIPMENT_KETTLEBELL},
    {"kb", EQUIPMENT_KETTLEBELL},
    {"belt", EQUIPMENT_BODYWEIGHT},
};

struct step {
    double kg; /* 0: the default */
    enum unit unit;
};

struct entries {
    struct step steps[STEPS];
    struct step plates[PLATES_KINDS]; /* a list of them; a single one is only the smallest */
    int plate_count;
};

/* "dumbbells": singular or plural. */
static bool is_word(struct span typed, const char *word)
{
    if (typed.length != 0 && typed.at[typed.length - 1] == 's')
        typed.length--;
    return span_is(typed, word);
}

static bool begins_number(struct span text)
{
    return text.length != 0 && text.at[0] >= '0' && text.at[0] <= '9';
}

/* "2.5", "10lb", "steps of 10 lb", "2er" as German counts them. */
static bool read_step(struct span text, enum unit unit, struct step *step)
{
    while (text.length != 0 && !begins_number(text))
        typed_word(&text);
    if (text.length > 2 && memcmp(text.at + text.length - 2, "er", 2) == 0)
        text.length -= 2;
    return typed_load(text, unit, &step->kg, &step->unit);
}

static bool fits(const struct step *step)
{
    return step->kg == 0 || (step->kg >= least_kg && step->kg <= most_kg);
}

/* A number of a list of plates; its unit may stand behind the last one for all. */
static bool take_plate(struct entries *entries, struct span word, enum unit unit)
{
    struct step plate;

    if (!typed_load(word, unit, &plate.kg, &plate.unit) || !fits(&plate) || entries->plate_count == PLATES_KINDS)
        return false;
    entries->plates[entries->plate_count++] = plate;
    return true;
}

/* The unit that TEXT ends with, where it stands apart: "20 10 5 lb". */
static enum unit unit_at_end(struct span text, enum unit otherwise)
{
    struct span word = {text.at, 0};

    while (text.length != 0)
        word = typed_word(&text);
    typed_unit(word, &otherwise);
    return otherwise;
}

static bool is_unit(struct span word, enum unit unit)
{
    enum unit typed;

    return typed_unit(word, &typed) && typed == unit;
}

/* "20 10 5 2.5", "of 1.25", "20, 10 and 5": adds to those before the comma. */
static bool read_plates(struct span text, enum unit unit, struct entries *entries)
{
    unit = unit_at_end(text, unit);
    while (text.length != 0) {
        struct span word = typed_word(&text);

        if (begins_number(word) ? !take_plate(entries, word, unit)
                                : !span_is(word, "of") && !span_is(word, "and") && !is_unit(word, unit))
            return false;
    }
    return entries->plate_count != 0;
}

/* Plates hang on both ends: the barbell's step is two of the least. One alone says no more than that. */
static void settle_plates(struct entries *entries)
{
    struct step *step = &entries->steps[EQUIPMENT_BARBELL];

    if (entries->plate_count == 0)
        return;
    *step = entries->plates[0];
    for (int i = 1; i < entries->plate_count; i++)
        if (entries->plates[i].kg < step->kg)
            *step = entries->plates[i];
    step->kg *= 2;
    if (entries->plate_count == 1 || step->kg == 0)
        entries->plate_count = 0;
}

/* "dumbbells 2.5", "machine steps of 10lb", "bar 15". */
static bool read_kind(struct span word, struct span entry, enum unit unit, struct entries *entries)
{
    struct step step;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (!is_word(word, words[i].word))
            continue;
        if (!read_step(entry, unit, &step) || !fits(&step))
            return false;
        entries->steps[words[i].step] = step;
        if (words[i].step == EQUIPMENT_BARBELL)
            entries->plate_count = 0;
        return true;
    }
    return false;
}

/* HANGING: the entry before was of plates, and goes on over the comma. */
static bool read_entry(struct span entry, enum unit unit, struct entries *entries, bool *hanging)
{
    struct span rest = entry, word = typed_word(&rest);

    if (is_word(word, "plate")) {
        entries->plate_count = 0;
        *hanging = true;
        return read_plates(rest, unit, entries);
    }
    if (*hanging && begins_number(entry))
        return read_plates(entry, unit, entries);
    *hanging = false;
    return read_kind(word, rest, unit, entries);
}

/* Entries stand between commas with a space behind: "2,5" is a number. */
static bool read_list(struct span list, enum unit unit, struct entries *entries)
{
    bool hanging = false, plates = false;

    while (list.length != 0) {
        size_t length = 0;

        while (length < list.length &&
               !(list.at[length] == ',' && (length + 1 == list.length || list.at[length + 1] == ' ')))
            length++;
        if (!read_entry((struct span){list.at, length}, unit, entries, &hanging))
            return false;
        plates |= hanging;
        length += length < list.length;
        length += length < list.length;
        list = (struct span){list.at + length, list.length - length};
    }
    if (plates)
        settle_plates(entries);
    return true;
}

static void print_step(const char *name, const struct step *step, struct buf *out)
{
    if (step->kg == 0)
        return;
    buf_addf(out, "%s%s ", out->length != 0 ? ", " : "", name);
    notation_number(unit_from_kg(step->kg, step->unit), LANGUAGE_ENGLISH, out);
    buf_addf(out, " %s", unit_name(step->unit));
}

/* "plates 20 10 5 kg", each with its unit where they are mixed. */
static void print_plates(const struct entries *entries, struct buf *out)
{
    bool mixed = false;

    for (int i = 1; i < entries->plate_count; i++)
        mixed |= entries->plates[i].unit != entries->plates[0].unit;
    buf_addf(out, "%splates", out->length != 0 ? ", " : "");
    for (int i = 0; i < entries->plate_count; i++) {
        buf_addc(out, ' ');
        notation_number(unit_from_kg(entries->plates[i].kg, entries->plates[i].unit), LANGUAGE_ENGLISH, out);
        buf_adds(out, mixed ? unit_name(entries->plates[i].unit) : "");
    }
    if (!mixed)
        buf_addf(out, " %s", unit_name(entries->plates[0].unit));
}

bool equipment_list_put(const char *old, struct span typed, enum unit unit, struct buf *out)
{
    struct entries entries = {.plate_count = 0};

    if (typed.length == 0 || !read_list(span_of(old), unit, &entries) || !read_list(typed, unit, &entries))
        return false;
    if (entries.plate_count != 0)
        print_plates(&entries, out);
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        if (i != EQUIPMENT_BARBELL || entries.plate_count == 0)
            print_step(names[i], &entries.steps[i], out);
    print_step("bar", &entries.steps[BAR], out);
    return !out->overflowed;
}

void equipment_list_apply(const char *list, struct equipment *equipment)
{
    struct entries entries = {.plate_count = 0};

    if (!read_list(span_of(list), UNIT_KG, &entries))
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        equipment->step_kg[i] = entries.steps[i].kg;
    equipment->bar_kg = entries.steps[BAR].kg;
    for (int i = 0; i < entries.plate_count; i++)
        equipment->plate_kg[i] = entries.plates[i].kg;
    equipment->plate_count = entries.plate_count;
}

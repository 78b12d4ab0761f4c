/*
 * The smallest steps of a lifter's equipment, and their bar, typed and kept as text.
 */
#include "bot/coach/equipment.h"

#include "bot/coach/typed.h"
#include "core/base/mem.h"
#include "core/notation/reading.h"

/* Finer than anybody's plates, coarser than anybody's stack. */
static const double least_kg = 0.1, most_kg = 50;

static const struct {
    const char *word;
    enum equipment_kind kind;
    double times; /* plates hang on both ends */
} words[] = {
    {"barbell", EQUIPMENT_BARBELL, 1}, {"plate", EQUIPMENT_BARBELL, 2},         {"dumbbell", EQUIPMENT_DUMBBELL, 1},
    {"db", EQUIPMENT_DUMBBELL, 1},     {"machine", EQUIPMENT_MACHINE, 1},       {"stack", EQUIPMENT_MACHINE, 1},
    {"cable", EQUIPMENT_CABLE, 1},     {"kettlebell", EQUIPMENT_KETTLEBELL, 1}, {"kb", EQUIPMENT_KETTLEBELL, 1},
    {"belt", EQUIPMENT_BODYWEIGHT, 1},
};

static const char *const names[] = {
    [EQUIPMENT_BARBELL] = "barbell", [EQUIPMENT_DUMBBELL] = "dumbbell", [EQUIPMENT_MACHINE] = "machine",
    [EQUIPMENT_CABLE] = "cable",     [EQUIPMENT_BODYWEIGHT] = "belt",   [EQUIPMENT_KETTLEBELL] = "kettlebell",
};

struct step {
    double kg; /* 0: the default */
    enum unit unit;
};

enum { BAR = ARRAY_LENGTH(names), ENTRIES };

/* "dumbbells": singular or plural. */
static bool is_word(struct span typed, const char *word)
{
    if (typed.length != 0 && typed.at[typed.length - 1] == 's')
        typed.length--;
    return span_is(typed, word);
}

/* "2.5", "10lb", "plates of 1.25", "20, 10 and 5": the least of them. */
static bool read_least(struct span text, enum unit unit, struct step *least)
{
    struct step step;

    while (text.length != 0 && (text.at[0] < '0' || text.at[0] > '9'))
        typed_word(&text);
    if (typed_load(text, unit, &least->kg, &least->unit))
        return true;
    if (!typed_load(typed_word(&text), unit, &least->kg, &least->unit))
        return false;
    while (text.length != 0) {
        if (!typed_load(typed_word(&text), unit, &step.kg, &step.unit))
            return false;
        if (step.kg < least->kg)
            *least = step;
    }
    return true;
}

static bool read_bar(struct span text, enum unit unit, struct step *bar)
{
    return read_least(text, unit, bar) && (bar->kg == 0 || (bar->kg >= least_kg && bar->kg <= most_kg));
}

/* "dumbbells 2.5", "machine steps of 10lb", "plates 20 10 5 2.5", "bar 15". */
static bool read_entry(struct span entry, enum unit unit, struct step *entries)
{
    struct span word = typed_word(&entry);
    struct step step;

    if (is_word(word, "bar"))
        return read_bar(entry, unit, &entries[BAR]);
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        if (!is_word(word, words[i].word))
            continue;
        if (!read_least(entry, unit, &step))
            return false;
        step.kg *= words[i].times;
        if (step.kg != 0 && (step.kg < least_kg || step.kg > most_kg))
            return false;
        entries[words[i].kind] = step;
        return true;
    }
    return false;
}

/* Entries stand between commas with a space behind: "2,5" is a number. */
static bool read_list(struct span list, enum unit unit, struct step *entries)
{
    while (list.length != 0) {
        size_t length = 0;

        while (length < list.length &&
               !(list.at[length] == ',' && (length + 1 == list.length || list.at[length + 1] == ' ')))
            length++;
        if (!read_entry((struct span){list.at, length}, unit, entries))
            return false;
        length += length < list.length;
        length += length < list.length;
        list = (struct span){list.at + length, list.length - length};
    }
    return true;
}

bool equipment_list_put(const char *old, struct span typed, enum unit unit, struct buf *out)
{
    struct step entries[ENTRIES] = {{0}};

    if (typed.length == 0 || !read_list(span_of(old), unit, entries) || !read_list(typed, unit, entries))
        return false;
    for (size_t i = 0; i < ENTRIES; i++) {
        if (entries[i].kg == 0)
            continue;
        buf_addf(out, "%s%s ", out->length != 0 ? ", " : "", i == BAR ? "bar" : names[i]);
        notation_number(unit_from_kg(entries[i].kg, entries[i].unit), LANGUAGE_ENGLISH, out);
        buf_addf(out, " %s", unit_name(entries[i].unit));
    }
    return !out->overflowed;
}

void equipment_list_apply(const char *list, struct equipment *equipment)
{
    struct step entries[ENTRIES] = {{0}};

    if (!read_list(span_of(list), UNIT_KG, entries))
        return;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        equipment->step_kg[i] = entries[i].kg;
    equipment->bar_kg = entries[BAR].kg;
}

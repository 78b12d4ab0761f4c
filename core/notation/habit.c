/*
 * Habits of writing, by example.
 */
#include "core/notation/habit.h"

#include <stddef.h>

/* The words stand in the order of the reader's ways. They say what the first number is, of a row of three the last, or
 * which unit, scale or kind of set, or what both are of. */
static const struct {
    const char *example;
    const char *meanings[HABIT_WAYS];
} habits[HABIT_COUNT] = {
    [HABIT_FEW_SETS] = {"8x12", {"sets", "load"}},
    [HABIT_MANY_SETS] = {"12x8", {"load", "sets"}},
    [HABIT_MANY_REPS] = {"8x40", {"reps", "load", "sets"}},
    [HABIT_BOTH_LARGE] = {"20x50", {"load", "reps"}},
    [HABIT_TRIPLE] = {"8x10x12", {"load", "sets"}},
    [HABIT_INNER_LOAD] = {"5x80x3", {"sets", "reps"}},
    [HABIT_ROW] = {"bench 12 8", {"load", "reps"}},
    [HABIT_ROW_OF_THREE] = {"bench 80 8 3", {"reps", "sets"}},
    [HABIT_BODY_ROW] = {"dips 20 8", {"reps", "load"}},
    [HABIT_BOTH_SIDES] = {"lunges 20 10/10", {"sides", "sets"}},
    [HABIT_PLATES] = {"2 plates x8", {"lb", "kg"}},
    [HABIT_HALF_EFFORT] = {"80x8 @5.5", {"rpe", "rir"}},
    [HABIT_PLUS] = {"80x10+1", {"assisted", "rest-pause"}},
    [HABIT_PLUS_LIST] = {"80x8+4+2", {"rest-pause", "myo", "cluster"}},
};

const char *habit_example(enum habit habit)
{
    return habits[habit].example;
}

const char *habit_meaning(enum habit habit, unsigned way)
{
    return way < HABIT_WAYS ? habits[habit].meanings[way] : NULL;
}

int habit_way(enum habit habit, struct span meaning)
{
    const char *word;

    for (unsigned way = 0; (word = habit_meaning(habit, way)) != NULL; way++)
        if (span_is(meaning, word))
            return (int)way;
    return HABIT_UNKNOWN;
}

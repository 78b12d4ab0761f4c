/*
 * What stands behind a piece of a set.
 */
#include "core/notation/beside.h"

#include "core/notation/walk.h"

/* The clause at the front of TEXT: takes it, and the comma behind. */
static struct span take_clause(struct span *text)
{
    const struct span clause = span_take(text, ',');

    span_skip_spaces(text);
    return clause;
}

bool beside_says_nothing(struct span text, bool *told)
{
    static const char *const words[] = {
        "sorry",   "this time", "actually",   "diesmal",     "dieses mal", "again",          "draus",  "geschafft",
        "on that", "on it",     "on the bar", "on the last", "im letzten", "auf der stange", "though", NULL};
    static const char *const tells[] = {"that was",
                                        "that one",
                                        "that set",
                                        "this one",
                                        "the last one",
                                        "for that one",
                                        "for that set",
                                        "for that last one",
                                        "for the last one",
                                        "for the last set",
                                        "on that last one",
                                        "on that last set",
                                        "der letzte",
                                        "der letzte satz",
                                        "letzter satz",
                                        "fur den letzten",
                                        "fur den letzten satz",
                                        "on that one",
                                        "on that set",
                                        "on the last one",
                                        "on the last set",
                                        "beim letzten",
                                        "im letzten satz",
                                        "beim letzten satz",
                                        "it was",
                                        "that one was",
                                        "waren das",
                                        "das waren",
                                        "waren es",
                                        "es waren",
                                        "war das",
                                        "das war",
                                        "waren's",
                                        "warens",
                                        "lagen drauf",
                                        "lag drauf",
                                        "waren drauf",
                                        "war drauf",
                                        "were on the bar",
                                        "was on the bar",
                                        "lagen auf der stange",
                                        "waren auf der stange",
                                        NULL};

    static const char *const same[] = {
        "same reps", "same weight", "gleiche wdh", "gleiche reps", "gleiche wiederholungen", "gleiches gewicht", NULL};

    while (text.length != 0) {
        const struct span clause = take_clause(&text);

        const bool repeats = walk_is(clause, same);

        *told = (*told || walk_is(clause, tells)) && !repeats;
        if (!repeats && !walk_is(clause, words) && !walk_is(clause, tells))
            return false;
    }
    return true;
}

bool beside_says_both(struct span text)
{
    static const char *const words[] = {"on both",      "on both sides", "both sides",
                                        "on each side", "auf beiden",    "auf beiden seiten",
                                        "beide seiten", "beidseitig",    NULL};

    return walk_is(text, words);
}

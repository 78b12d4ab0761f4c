/*
 * The map from rule to place. What stands in the policy is found there; the rest is listed here, and a test holds each
 * row against the file and the test that it names.
 */
#include "core/effort/places.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/effort/policy.h"

#define SCALE "core/effort/scale.c"
#define WEEK "core/effort/week.h"
#define LEDGER "core/effort/ledger.h"
#define TREND "core/effort/trend.h"
#define WARNING "core/effort/warning.c"
#define PROGRESS "core/effort/progress.h"
#define BY_WEEK "tests/unit/core/effort/test_week.c"
#define BY_TREND "tests/unit/core/effort/test_trend.c"
#define GATE "core/effort/gate.c"
#define ADVISE "core/effort/advise.c"
#define LOAD "core/effort/load.c"
#define CLASSES "config/exercises.tsv"
#define MYTH "bot/coach/myth.c"
#define WHY "bot/coach/why.c"
#define SCENARIOS "tests/unit/core/effort/test_scenarios.c"
#define BY_TARGET "tests/scenarios/targets.tsv"
#define BY_GATE "tests/scenarios/gate.tsv"
#define BY_WORD "tests/scenarios/words.tsv"
#define WORDS "tests/unit/bot/coach/test_rules.c"

/* clang-format off: a table, a row a place */
static const struct place places[] = {
    {"R06", PLACE_COMPUTED, SCALE, SCENARIOS},
    {"R59", PLACE_COMPUTED, SCALE, SCENARIOS},
    {"R72", PLACE_COMPUTED, SCALE, SCENARIOS},
    {"R74", PLACE_COMPUTED, SCALE, SCENARIOS},
    {"D9", PLACE_COMPUTED, SCALE, SCENARIOS},
    {"R20", PLACE_COMPUTED, SCALE, BY_WORD},
    {"R58", PLACE_COMPUTED, SCALE, BY_WORD},
    {"R21", PLACE_COMPUTED, SCALE, BY_WORD},
    {"R57", PLACE_COMPUTED, SCALE, BY_WORD},
    {"R111", PLACE_COMPUTED, SCALE, BY_WORD},
    {"R10", PLACE_COMPUTED, WEEK, SCENARIOS},
    {"R10", PLACE_COMPUTED, LEDGER, BY_WEEK},
    {"R28", PLACE_COMPUTED, LEDGER, BY_WEEK},
    {"R65", PLACE_COMPUTED, LEDGER, BY_WEEK},
    {"R95", PLACE_COMPUTED, LEDGER, BY_WEEK},
    {"D5", PLACE_COMPUTED, LEDGER, BY_WEEK},
    {"R42", PLACE_COMPUTED, TREND, BY_TREND},
    {"R48", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R49", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R50", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R51", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R52", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R53", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R85", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R95", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R110", PLACE_COMPUTED, WARNING, BY_WEEK},
    {"R60", PLACE_COMPUTED, ADVISE, BY_WEEK},
    {"R69", PLACE_COMPUTED, ADVISE, BY_WEEK},
    {"R87", PLACE_COMPUTED, ADVISE, BY_WEEK},
    {"R81", PLACE_COMPUTED, PROGRESS, BY_WEEK},
    {"D1", PLACE_COMPUTED, PROGRESS, BY_WEEK},
    {"R28", PLACE_COMPUTED, WEEK, SCENARIOS},
    {"R44", PLACE_COMPUTED, WEEK, SCENARIOS},
    {"R09", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R19", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R27", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R28", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R29", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R32", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R34", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R35", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R36", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R37", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R38", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R39", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R40", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R41", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R44", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R65", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R66", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R86", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R90", PLACE_COMPUTED, GATE, SCENARIOS},
    {"D1", PLACE_COMPUTED, GATE, SCENARIOS},
    {"D3", PLACE_COMPUTED, GATE, SCENARIOS},
    {"D5", PLACE_COMPUTED, GATE, SCENARIOS},
    {"D6", PLACE_COMPUTED, GATE, SCENARIOS},
    {"D7", PLACE_COMPUTED, GATE, SCENARIOS},
    {"R07", PLACE_COMPUTED, GATE, BY_GATE},
    {"R23", PLACE_COMPUTED, GATE, BY_GATE},
    {"R24", PLACE_COMPUTED, GATE, BY_GATE},
    {"R33", PLACE_COMPUTED, GATE, BY_GATE},
    {"R54", PLACE_COMPUTED, GATE, BY_GATE},
    {"R64", PLACE_COMPUTED, GATE, BY_GATE},
    {"R67", PLACE_COMPUTED, GATE, BY_GATE},
    {"R69", PLACE_COMPUTED, GATE, BY_GATE},
    {"R88", PLACE_COMPUTED, GATE, BY_GATE},
    {"R107", PLACE_COMPUTED, GATE, BY_TARGET},
    {"R108", PLACE_COMPUTED, GATE, BY_GATE},
    {"D8", PLACE_COMPUTED, GATE, BY_TARGET},
    {"D10", PLACE_COMPUTED, GATE, BY_GATE},
    {"R10", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R22", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R41", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R70", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R72", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R85", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R94", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R95", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R98", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R112", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"D9", PLACE_COMPUTED, ADVISE, SCENARIOS},
    {"R94", PLACE_COMPUTED, LOAD, SCENARIOS},
    {"R33", PLACE_COMPUTED, CLASSES, BY_GATE},
    {"R64", PLACE_COMPUTED, CLASSES, BY_GATE},
    {"R67", PLACE_COMPUTED, CLASSES, BY_GATE},
    {"R88", PLACE_COMPUTED, CLASSES, BY_GATE},
    {"R89", PLACE_COMPUTED, CLASSES, BY_GATE},
    {"R71", PLACE_COMPUTED, CLASSES, BY_TARGET},
    {"R73", PLACE_COMPUTED, CLASSES, BY_WORD},
    {"R34", PLACE_COMPUTED, CLASSES, SCENARIOS},
    {"R90", PLACE_COMPUTED, CLASSES, SCENARIOS},
    {"D4", PLACE_COMPUTED, CLASSES, SCENARIOS},
    {"R45", PLACE_SAID, MYTH, WORDS},
    {"R46", PLACE_SAID, MYTH, WORDS},
    {"R47", PLACE_SAID, MYTH, WORDS},
    {"R82", PLACE_SAID, MYTH, WORDS},
    {"R96", PLACE_SAID, MYTH, WORDS},
    {"R01", PLACE_SAID, MYTH, WORDS},
    {"D11", PLACE_SAID, MYTH, WORDS},
    {"R101", PLACE_SAID, WHY, WORDS},
    {"R102", PLACE_SAID, WHY, WORDS},
    {"R103", PLACE_SAID, WHY, WORDS},
    {"R104", PLACE_SAID, WHY, WORDS},
    {"R105", PLACE_SAID, WHY, WORDS},
    {"R106", PLACE_SAID, WHY, WORDS},
    {"R107", PLACE_SAID, WHY, WORDS},
    {"R111", PLACE_SAID, WHY, WORDS},
    {"R112", PLACE_SAID, WHY, WORDS},
    {"R113", PLACE_SAID, WHY, WORDS},
    {"R114", PLACE_SAID, WHY, WORDS},
};
/* clang-format on */

const struct place *place_at(size_t index)
{
    return index < ARRAY_LENGTH(places) ? &places[index] : NULL;
}

static bool is_among(const char *const *rules, const char *id)
{
    for (size_t i = 0; i < POLICY_RULES && rules[i] != NULL; i++)
        if (strcmp(rules[i], id) == 0)
            return true;
    return false;
}

static bool in_effort(const char *id)
{
    for (size_t i = 0; i < policy_default.effort_count; i++)
        if (is_among(policy_default.effort[i].rules, id) || is_among(policy_default.effort[i].cited, id))
            return true;
    return false;
}

static bool in_phase(const char *id)
{
    for (size_t i = 0; i < POLICY_PHASES; i++)
        if (is_among(policy_default.phase[i].rules, id))
            return true;
    return false;
}

static bool in_reps(const char *id)
{
    for (size_t i = 0; i < policy_default.reps_count; i++)
        if (is_among(policy_default.reps[i].rules, id))
            return true;
    return false;
}

static bool in_rest(const char *id)
{
    for (size_t i = 0; i < policy_default.rest_count; i++)
        if (is_among(policy_default.rest_rows[i].rules, id))
            return true;
    return false;
}

/* Whether ID stands at the INDEXth place that the policy has, and what that is called. */
static bool in_policy(const char *id, size_t index, const char **name)
{
    static const struct {
        const char *name;
        bool (*has)(const char *id);
    } kinds[] = {{"effort", in_effort}, {"phase", in_phase}, {"reps", in_reps}, {"rest", in_rest}};
    const struct policy_key *key;

    if (index < ARRAY_LENGTH(kinds)) {
        *name = kinds[index].name;
        return kinds[index].has(id);
    }
    key = policy_key_at(index - ARRAY_LENGTH(kinds));
    *name = key != NULL ? key->name : NULL;
    return key != NULL && is_among(key->rules, id);
}

bool place_of(const char *id, size_t index, struct place *place)
{
    const char *name = "";

    for (size_t i = 0; name != NULL; i++) {
        if (!in_policy(id, i, &name) || index-- != 0)
            continue;
        *place = (struct place){id, PLACE_POLICY, name, NULL};
        return true;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
        if (strcmp(places[i].rule, id) != 0 || index-- != 0)
            continue;
        *place = places[i];
        return true;
    }
    return false;
}

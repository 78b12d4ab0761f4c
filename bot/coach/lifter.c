/*
 * What is known about a lifter, kept between messages.
 */
#include "bot/coach/lifter.h"

#include <stdlib.h>
#include <string.h>

#include "bot/coach/checkin_log.h"
#include "bot/coach/names.h"
#include "bot/coach/roster.h"
#include "core/base/civil.h"
#include "core/effort/session.h"

enum { LIFTERS_KEPT = 64, LOGS_KEPT = 20000 /* sets of all lifters together, some 400 bytes each */ };

struct lifters {
    struct lifter *at[LIFTERS_KEPT];
    size_t count;
    uint64_t clock;
};

struct lifters *lifters_new(void)
{
    return mem_zero(1, sizeof(struct lifters));
}

static struct lifter *lifter_new(int64_t id)
{
    struct lifter *lifter = mem_zero(1, sizeof(*lifter));

    lifter->id = id;
    lifter->prospects = prospects_new();
    return lifter;
}

void lifter_free(struct lifter *lifter)
{
    if (lifter == NULL)
        return;
    lifter_drop_log(lifter);
    vec_release(&lifter->log);
    vec_release(&lifter->records);
    lifter_drop_names(lifter);
    lifter_drop_settings(lifter);
    vec_release(&lifter->answers);
    vec_release(&lifter->checkins);
    prospects_free(lifter->prospects);
    free(lifter->seen_in);
    free(lifter);
}

void lifters_clear(struct lifters *lifters)
{
    for (size_t i = 0; i < lifters->count; i++)
        lifter_free(lifters->at[i]);
    lifters->count = 0;
}

void lifters_free(struct lifters *lifters)
{
    if (lifters == NULL)
        return;
    lifters_clear(lifters);
    free(lifters);
}

/* Of those that nobody holds; `count` when all are held. */
static size_t least_used(const struct lifters *lifters)
{
    size_t least = lifters->count;

    for (size_t i = 0; i < lifters->count; i++) {
        const struct lifter *lifter = lifters->at[i];

        if (lifter->held == 0 && (least == lifters->count || lifter->used < lifters->at[least]->used))
            least = i;
    }
    return least;
}

/* Lets go of whoever was silent the longest until there is room for one more. */
static void make_room(struct lifters *lifters)
{
    size_t sets = 0, least;

    for (size_t i = 0; i < lifters->count; i++)
        sets += lifters->at[i]->log.count;
    while ((lifters->count == LIFTERS_KEPT || sets > LOGS_KEPT) && (least = least_used(lifters)) < lifters->count) {
        sets -= lifters->at[least]->log.count;
        lifter_free(lifters->at[least]);
        lifters->at[least] = lifters->at[--lifters->count];
    }
}

struct lifter *lifters_hold(struct lifters *lifters, int64_t id)
{
    struct lifter *lifter = NULL;

    for (size_t i = 0; i < lifters->count && lifter == NULL; i++) {
        if (lifters->at[i]->id == id)
            lifter = lifters->at[i];
    }
    if (lifter == NULL) {
        make_room(lifters);
        lifter = lifter_new(id);
        BUG_IF(lifters->count == LIFTERS_KEPT); /* turns nest to a few */
        lifters->at[lifters->count++] = lifter;
    }
    if (lifter->held++ == 0)
        lifter_drop_steps(lifter);
    lifter->used = ++lifters->clock;
    return lifter;
}

void lifter_let_go(struct lifter *lifter)
{
    if (lifter != NULL)
        lifter->held--;
}

void lifters_drop(struct lifters *lifters, int64_t id)
{
    for (size_t i = 0; i < lifters->count; i++) {
        if (lifters->at[i]->id != id)
            continue;
        lifter_drop_log(lifters->at[i]);
        lifter_drop_names(lifters->at[i]);
        lifter_drop_settings(lifters->at[i]);
    }
}

static int add_row(void *arg, const struct coach_set_row *row)
{
    struct lifter *lifter = arg;

    vec_push(&lifter->log, ((struct logged_set){row->set, row->at_ms}));
    return 0;
}

int lifter_sets(const struct lifter *lifter, const struct coach_store *store, int64_t from_ms, int64_t to_ms,
                int (*each)(void *arg, const struct coach_set_row *row), void *arg, struct err *err)
{
    const struct coach_group *seen_in = lifter->seen_in;

    if (seen_in == NULL)
        return store->sets_live(store->self, lifter->id, from_ms, to_ms, each, arg, err);
    return store->sets_in_room(store->self, lifter->id, seen_in->transport, seen_in->room, from_ms, to_ms, each, arg,
                               err);
}

/* A stone is for body weight. */
static void note_unit(struct lifter *lifter)
{
    enum { OF_LATE = 8 };
    size_t pounds = 0;

    for (size_t i = lifter->log.count; i-- > 0 && pounds < OF_LATE;) {
        const struct set *set = &lifter->log.at[i].set;

        if (set->load_kg > 0 && set->unit == UNIT_KG)
            pounds = OF_LATE + 1;
        pounds += set->load_kg > 0 && set->unit == UNIT_LB;
    }
    lifter->lifts_pounds = pounds != 0 && pounds <= OF_LATE;
}

int lifter_load_log(struct lifter *lifter, const struct coach_store *store, int64_t from_ms, struct err *err)
{
    if (lifter->log_loaded && lifter->log_from_ms <= from_ms)
        return 0;
    lifter_drop_log(lifter);
    if (lifter_sets(lifter, store, from_ms, INT64_MAX, add_row, lifter, err) < 0)
        return -1;
    lifter->log_loaded = true;
    lifter->log_from_ms = from_ms;
    note_unit(lifter);
    return 0;
}

/* Of settings those that tell nothing of them, and those of their training that were said in GROUP. */
static int keep_shared(struct lifter *lifter, const struct coach_store *store, const struct coach_group *group,
                       struct err *err)
{
    static const bool always[SETTING_COUNT] = {
        [SETTING_UNITS] = true, [SETTING_TIMEZONE] = true, [SETTING_LANGUAGE] = true};
    static const bool there[SETTING_COUNT] = {
        [SETTING_GOAL] = true, [SETTING_PHASE] = true,    [SETTING_EXPERIENCE] = true,
        [SETTING_FORM] = true, [SETTING_SAFETIES] = true, [SETTING_EQUIPMENT] = true};
    int said = 0;

    for (int id = 0; id < SETTING_COUNT && said >= 0; id++) {
        if (lifter->settings[id] == NULL || always[id])
            continue;
        said = there[id] ? setting_said_in(lifter, (enum setting_id)id, store, group, err) : 0;
        if (said == 1)
            continue;
        free(lifter->settings[id]);
        lifter->settings[id] = NULL;
    }
    vec_clear(&lifter->answers);
    vec_clear(&lifter->checkins);
    return said < 0 ? -1 : 0;
}

struct lifter *lifter_as_seen(int64_t id, const struct coach_store *store, const struct coach_group *group,
                              int64_t from_ms, struct err *err)
{
    struct lifter *lifter = lifter_new(id);

    lifter->seen_in = mem_zero(1, sizeof(*group));
    *lifter->seen_in = *group;
    if (lifter_load_settings(lifter, store, err) < 0 || keep_shared(lifter, store, group, err) < 0 ||
        lifter_load_names(lifter, store, err) < 0 || lifter_load_log(lifter, store, from_ms, err) < 0) {
        lifter_free(lifter);
        return NULL;
    }
    return lifter;
}

void lifter_drop_log(struct lifter *lifter)
{
    vec_clear(&lifter->log);
    vec_clear(&lifter->records);
    lifter_drop_steps(lifter);
    prospects_forget(lifter->prospects);
    lifter->log_loaded = lifter->warned = false;
}

static int add_step(void *arg, const struct coach_step *step)
{
    struct lifter *lifter = arg;

    vec_push(&lifter->steps, ((struct lifter_step){step->kind, step->at_ms, mem_strdup(step->name),
                                                   mem_strdup(step->text), NULL, NULL}));
    return 0;
}

char *lifter_place(const char *transport, const char *room)
{
    struct buf place = BUF_INIT(1024);

    buf_addf(&place, "%s %s", transport, room);
    return buf_steal(&place);
}

static char *coach_of(const struct coach_instruction *said)
{
    struct span name = roster_short(said->transport, said->identity, said->name);

    return mem_strndup(name.at, name.length);
}

/* A coach's plan is a step among the lifter's own. */
static void assign(struct lifter *lifter, const struct coach_instruction *said)
{
    struct lifter_step step = {.kind = COACH_STEP_PLAN,
                               .at_ms = said->at_ms,
                               .name = mem_strdup(""),
                               .text = mem_strdup(said->text),
                               .by = coach_of(said),
                               .where = lifter_place(said->transport, said->room)};
    size_t at;

    vec_push(&lifter->steps, step);
    for (at = lifter->steps.count - 1; at > 0 && lifter->steps.at[at - 1].at_ms > step.at_ms; at--)
        lifter->steps.at[at] = lifter->steps.at[at - 1];
    lifter->steps.at[at] = step;
}

struct instructions {
    struct lifter *lifter;
    int64_t from_ms; /* older plans and overrides hold no more */
};

static int add_instruction(void *arg, const struct coach_instruction *said)
{
    const struct instructions *instructions = arg;
    struct lifter_instruction *kept;

    if (instructions->lifter->seen_in != NULL && instructions->lifter->seen_in->id != said->group)
        return 0;
    if (said->kind == COACH_COMMENT || (said->kind != COACH_TARGET && said->at_ms < instructions->from_ms))
        return 0;
    if (said->kind == COACH_ASSIGN) {
        assign(instructions->lifter, said);
        return 0;
    }
    kept = vec_add(&instructions->lifter->instructions);
    kept->kind = said->kind;
    kept->group = said->group;
    kept->at_ms = said->at_ms;
    strncpy(kept->exercise, said->exercise, sizeof(kept->exercise) - 1);
    kept->text = mem_strdup(said->text);
    kept->by = coach_of(said);
    kept->where = lifter_place(said->transport, said->room);
    return 0;
}

int lifter_load_steps(struct lifter *lifter, const struct coach_store *store, struct err *err)
{
    struct instructions instructions = {lifter, lifter->log_from_ms - (int64_t)PLAN_WAITS_DAYS * CIVIL_DAY_MS};

    if (lifter->steps_loaded)
        return 0;
    lifter_drop_steps(lifter);
    if ((lifter->seen_in == NULL &&
         store->steps_live(store->self, lifter->id, instructions.from_ms, add_step, lifter, err) < 0) ||
        store->instructions_for(store->self, lifter->id, add_instruction, &instructions, err) < 0)
        return -1;
    lifter->steps_loaded = true;
    return 0;
}

void lifter_drop_steps(struct lifter *lifter)
{
    for (size_t i = 0; i < lifter->steps.count; i++) {
        free(lifter->steps.at[i].name);
        free(lifter->steps.at[i].text);
        free(lifter->steps.at[i].by);
        free(lifter->steps.at[i].where);
    }
    for (size_t i = 0; i < lifter->instructions.count; i++) {
        free(lifter->instructions.at[i].text);
        free(lifter->instructions.at[i].by);
        free(lifter->instructions.at[i].where);
    }
    vec_release(&lifter->steps);
    vec_release(&lifter->instructions);
    lifter->steps_loaded = false;
}

void lifter_add(struct lifter *lifter, const struct set *set, int64_t at_ms)
{
    if (!lifter->log_loaded || at_ms < lifter->log_from_ms)
        return;
    /* Two messages of the same millisecond are ordered by the store. */
    if (lifter->log.count != 0 && lifter->log.at[lifter->log.count - 1].at_ms > at_ms)
        lifter_drop_log(lifter);
    else
        vec_push(&lifter->log, ((struct logged_set){*set, at_ms}));
    note_unit(lifter);
}

void lifter_hide(struct lifter *lifter, const struct set *sets, size_t count, int64_t at_ms)
{
    prospects_forget(lifter->prospects);
    for (size_t i = 0; i < count; i++) {
        size_t at = lifter_log_before(lifter, at_ms);

        while (at < lifter->log.count && lifter->log.at[at].at_ms == at_ms &&
               (strcmp(lifter->log.at[at].set.exercise, sets[i].exercise) != 0 ||
                lifter->log.at[at].set.reps != sets[i].reps))
            at++;
        if (at < lifter->log.count && lifter->log.at[at].at_ms == at_ms)
            vec_remove(&lifter->log, at);
    }
}

size_t lifter_log_before(const struct lifter *lifter, int64_t at_ms)
{
    return session_first_since(lifter->log.at, lifter->log.count, at_ms);
}

static int count_row(void *arg, const struct coach_set_row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return 0;
}

int lifter_count_sets(const struct coach_store *store, int64_t lifter, size_t *count, struct err *err)
{
    *count = 0;
    return store->sets_live(store->self, lifter, 0, INT64_MAX, count_row, count, err);
}

static int add_alias(void *arg, const char *folded, const char *exercise)
{
    struct lifter *lifter = arg;
    struct exercise_alias *alias = vec_add(&lifter->aliases);

    alias->folded = mem_strdup(folded);
    strncpy(alias->id, exercise, sizeof(alias->id) - 1);
    return 0;
}

int lifter_load_names(struct lifter *lifter, const struct coach_store *store, struct err *err)
{
    if (lifter->names_loaded)
        return 0;
    lifter_drop_names(lifter);
    if (store->alias_each(store->self, lifter->id, add_alias, lifter, err) < 0)
        return -1;
    for (size_t i = 0; i < lifter->aliases.count; i++) {
        const char *id = lifter->aliases.at[i].id;

        if (lifter_exercise(lifter, id) == NULL &&
            names_own_exercise(lifter->id, store, id, vec_add(&lifter->own), err) < 0)
            return -1;
    }
    lifter->names = (struct exercise_names){lifter->aliases.at, lifter->aliases.count};
    lifter->names_loaded = true;
    return 0;
}

void lifter_drop_names(struct lifter *lifter)
{
    for (size_t i = 0; i < lifter->aliases.count; i++)
        free((char *)(uintptr_t)lifter->aliases.at[i].folded);
    vec_release(&lifter->aliases);
    for (size_t i = 0; i < lifter->own.count; i++)
        free((char *)(uintptr_t)lifter->own.at[i].name);
    vec_release(&lifter->own);
    prospects_forget(lifter->prospects);
    lifter->names_loaded = false;
}

const struct exercise *lifter_exercise(const struct lifter *lifter, const char *id)
{
    for (size_t i = 0; i < lifter->own.count; i++) {
        if (strcmp(lifter->own.at[i].id, id) == 0)
            return &lifter->own.at[i];
    }
    return catalogue_by_id(id);
}

int lifter_load_settings(struct lifter *lifter, const struct coach_store *store, struct err *err)
{
    struct buf value = BUF_INIT(SETTING_VALUE_MAX);
    int found = 0;

    if (lifter->settings_loaded)
        return 0;
    lifter_drop_settings(lifter);
    for (size_t i = 0; i < SETTING_COUNT && found >= 0; i++) {
        buf_clear(&value);
        found = store->value_get(store->self, lifter->id, setting_table[i].command.name, &value, err);
        if (found == 1)
            lifter->settings[i] = mem_strdup(buf_text(&value));
    }
    buf_clear(&value);
    if (found >= 0)
        found = store->value_get(store->self, lifter->id, LIFTER_PROFILE_ZONE, &value, err);
    if (found == 1)
        lifter->profile_zone = mem_strdup(buf_text(&value));
    buf_clear(&value);
    if (found >= 0)
        found = store->value_get(store->self, lifter->id, LIFTER_CONTACTED, &value, err);
    lifter->contacted = found == 1;
    buf_release(&value);
    if (found >= 0)
        found = checkin_log_load(lifter, store, err);
    lifter->settings_loaded = found >= 0;
    return found < 0 ? -1 : 0;
}

void lifter_drop_settings(struct lifter *lifter)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        free(lifter->settings[i]);
        lifter->settings[i] = NULL;
    }
    free(lifter->profile_zone);
    lifter->profile_zone = NULL;
    free(lifter->checkin_place);
    lifter->checkin_place = NULL;
    vec_clear(&lifter->answers);
    vec_clear(&lifter->checkins);
    /* Days, body weight and targets follow from them. */
    vec_clear(&lifter->records);
    lifter->settings_loaded = lifter->warned = false;
}

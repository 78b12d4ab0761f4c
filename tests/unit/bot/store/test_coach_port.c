/*
 * What coaching relies on, for each implementation of its port: messages count once, sets are never overwritten, and
 * undoing gives back exactly what was there.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/vec.h"
#include "tests/unit/bot/store/people.h"

static struct set plain_set(double load_kg, int reps)
{
    return (struct set){.exercise = "bench-press",
                        .load_kg = load_kg,
                        .reps = reps,
                        .seconds = NAN,
                        .rir = 1,
                        .percent = NAN,
                        .at_ms = -1};
}

static int64_t add_set(struct backend *b, int64_t lifter, int64_t action, int64_t input, int ordinal, int64_t at_ms)
{
    struct set set = plain_set(80, 8);
    int64_t id = 0;

    OK(b->coach->set_add(b->coach->self, lifter, action, input, ordinal, &set, at_ms, &id, e));
    return id;
}

typedef VEC(struct coach_set_row) row_list;

static int collect(void *arg, const struct coach_set_row *row)
{
    row_list *rows = arg;

    vec_push(rows, *row);
    return 0;
}

static row_list live(struct backend *b, int64_t lifter)
{
    row_list rows = {0};

    OK(b->coach->sets_live(b->coach->self, lifter, INT64_MIN, INT64_MAX, collect, &rows, e));
    return rows;
}

static void an_identity_is_one_lifter_for_good(void **state)
{
    struct backend *b = *state;
    int64_t anna, ben;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    assert_int_not_equal(anna, ben);
    assert_int_not_equal(lifter_of(b, "irc:libera", "@anna:x", true), anna);
    assert_int_equal(lifter_of(b, "matrix", "@anna:x", false), anna);
    commit(b);
    begin(b);
    assert_int_equal(lifter_of(b, "matrix", "@anna:x", false), anna);
    commit(b);
}

static void a_message_counts_once(void **state)
{
    struct backend *b = *state;
    struct message message = text_message("$1", 5000);
    struct coach_input found;
    int64_t lifter, input = 0, again = 77;
    struct err err;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &input, &err), 1);
    assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &again, &err), 0);
    message.transport = "console"; /* the same id elsewhere is another message */
    assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &again, &err), 1);
    assert_int_equal(b->coach->input_find(b->coach->self, "matrix", "$1", &found, &err), 1);
    assert_int_equal(found.id, input);
    assert_int_equal(found.lifter, lifter);
    assert_int_equal(found.sent_ms, 5000);
    assert_string_equal(found.room, "!room:x");
    assert_int_equal(b->coach->input_find(b->coach->self, "matrix", "$2", &found, &err), 0);
    commit(b);
}

static void what_is_rolled_back_never_was(void **state)
{
    struct backend *b = *state;
    int64_t lifter;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    input_of(b, lifter, "$1");
    store_rollback(b->store);
    store_rollback(b->store);
    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    input_of(b, lifter, "$1");
    commit(b);
}

static void assert_same_real(double a, double b)
{
    assert_true((isnan(a) && isnan(b)) || a == b);
}

static void assert_same_set(const struct set *a, const struct set *b)
{
    assert_string_equal(a->exercise, b->exercise);
    assert_same_real(a->load_kg, b->load_kg);
    assert_int_equal(a->load_mode, b->load_mode);
    assert_int_equal(a->unit, b->unit);
    assert_int_equal(a->reps, b->reps);
    assert_same_real(a->seconds, b->seconds);
    assert_same_real(a->rir, b->rir);
    assert_same_real(a->percent, b->percent);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->failure, b->failure);
    assert_int_equal(a->side, b->side);
    assert_int_equal(a->cheat, b->cheat);
    assert_int_equal(a->at_ms, b->at_ms);
    assert_int_equal(a->segment_count, b->segment_count);
    for (int i = 0; i < a->segment_count; i++) {
        assert_same_real(a->segments[i].load_kg, b->segments[i].load_kg);
        assert_int_equal(a->segments[i].reps, b->segments[i].reps);
    }
    assert_string_equal(a->note, b->note);
}

static void every_field_of_a_set_comes_back(void **state)
{
    struct backend *b = *state;
    struct set full = {.exercise = "pull-up",
                       .load_kg = 22.5 * 0.45359237,
                       .load_mode = LOAD_ASSISTED,
                       .unit = UNIT_ST,
                       .reps = 100,
                       .seconds = 20.25,
                       .rir = 0.5,
                       .percent = 82.5,
                       .type = SET_CLUSTER,
                       .failure = FAILURE_MISSED,
                       .side = SIDE_RIGHT,
                       .cheat = true,
                       .at_ms = 1767632400123,
                       .segment_count = SET_SEGMENTS};
    struct set empty = {.load_kg = NAN, .reps = REPS_UNKNOWN, .seconds = NAN, .rir = NAN, .percent = NAN, .at_ms = -1};
    int64_t lifter, input, action, id;
    row_list rows;

    memset(full.note, 'n', SET_NOTE_SIZE - 1);
    for (int i = 0; i < SET_SEGMENTS; i++)
        full.segments[i] = (struct segment){i % 2 == 0 ? NAN : 0.1 * i, i == 3 ? REPS_UNKNOWN : i};
    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, lifter, "$1");
    action = action_of(b, lifter, input, COACH_LOG);
    OK(b->coach->set_add(b->coach->self, lifter, action, input, 0, &full, 42, &id, e));
    OK(b->coach->set_add(b->coach->self, lifter, action, input, 1, &empty, 42, &id, e));
    commit(b);
    rows = live(b, lifter);
    assert_int_equal(rows.count, 2);
    assert_same_set(&rows.at[0].set, &full);
    assert_same_set(&rows.at[1].set, &empty);
    assert_int_equal(rows.at[1].id, id);
    assert_int_equal(rows.at[1].ordinal, 1);
    assert_int_equal(rows.at[1].input, input);
    assert_int_equal(rows.at[1].action, action);
    assert_int_equal(rows.at[1].at_ms, 42);
    vec_release(&rows);
}

static void live_sets_come_by_time_then_order_of_saying_and_a_day_is_half_open(void **state)
{
    struct backend *b = *state;
    int64_t lifter, other, input[2], action, id[5];
    row_list rows = {0};

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    other = lifter_of(b, "matrix", "@ben:x", true);
    input[0] = input_of(b, lifter, "$1");
    input[1] = input_of(b, lifter, "$2");
    action = action_of(b, lifter, input[0], COACH_LOG);
    id[0] = add_set(b, lifter, action, input[1], 1, 200);
    id[1] = add_set(b, lifter, action, input[1], 0, 200);
    id[2] = add_set(b, lifter, action, input[0], 0, 200);
    id[3] = add_set(b, lifter, action, input[0], 1, 100);
    id[4] = add_set(b, lifter, action, input[0], 2, 300);
    add_set(b, other, action_of(b, other, input_of(b, other, "$3"), COACH_LOG), input[0], 0, 200);
    OK(b->coach->sets_live(b->coach->self, lifter, 100, 300, collect, &rows, e));
    assert_int_equal(rows.count, 4);
    assert_int_equal(rows.at[0].id, id[3]);
    assert_int_equal(rows.at[1].id, id[2]);
    assert_int_equal(rows.at[2].id, id[1]);
    assert_int_equal(rows.at[3].id, id[0]);
    vec_clear(&rows);
    OK(b->coach->sets_live(b->coach->self, lifter, 101, 301, collect, &rows, e));
    assert_int_equal(rows.count, 4);
    assert_int_equal(rows.at[3].id, id[4]);
    vec_release(&rows);
    commit(b);
}

static void a_correction_supersedes_and_its_undo_gives_back(void **state)
{
    struct backend *b = *state;
    int64_t lifter, input, log, correct, undo, old, new;
    struct coach_action last;
    row_list rows;
    struct err err;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    assert_int_equal(b->coach->action_last(b->coach->self, lifter, false, &last, &err), 0);
    input = input_of(b, lifter, "$1");
    log = action_of(b, lifter, input, COACH_LOG);
    old = add_set(b, lifter, log, input, 0, 100);
    correct = action_of(b, lifter, input_of(b, lifter, "$edit"), COACH_CORRECT);
    OK(b->coach->set_supersede(b->coach->self, old, correct, e));
    OK(b->coach->set_supersede(b->coach->self, old, correct, e));
    new = add_set(b, lifter, correct, input, 0, 100);
    rows = live(b, lifter);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id, new);
    vec_clear(&rows);
    OK(b->coach->sets_of_input(b->coach->self, input, collect, &rows, e));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id, new);
    vec_clear(&rows);
    OK(b->coach->sets_of_action(b->coach->self, correct, true, collect, &rows, e));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id, old);
    vec_clear(&rows);
    OK(b->coach->sets_of_action(b->coach->self, log, false, collect, &rows, e));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id, old);
    vec_release(&rows);

    assert_int_equal(b->coach->action_last(b->coach->self, lifter, false, &last, &err), 1);
    assert_int_equal(last.id, correct);
    assert_int_equal(last.kind, COACH_CORRECT);
    undo = action_of(b, lifter, input_of(b, lifter, "$undo"), COACH_UNDO);
    OK(b->coach->action_undo(b->coach->self, correct, undo, e));
    rows = live(b, lifter);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id, old);
    vec_release(&rows);
    assert_int_equal(b->coach->action_last(b->coach->self, lifter, false, &last, &err), 1);
    assert_int_equal(last.id, log);

    /* The undo's message is redacted: the correction stands again. */
    OK(b->coach->action_undo(b->coach->self, undo,
                             action_of(b, lifter, input_of(b, lifter, "$redaction"), COACH_DELETE), e));
    rows = live(b, lifter);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].id, new);
    vec_release(&rows);
    commit(b);
}

/* The definition, word by word: an action stands when none that undid it stands. */
struct model_action {
    int64_t id;
    enum coach_action_kind kind;
    VEC(size_t) undone_by;
};
struct model_set {
    int64_t id;
    size_t action;
    VEC(size_t) superseded_by;
};
struct model {
    VEC(struct model_action) actions;
    VEC(struct model_set) sets;
};

static bool model_stands(const struct model *model, size_t action)
{
    const struct model_action *a = &model->actions.at[action];

    for (size_t i = 0; i < a->undone_by.count; i++)
        if (model_stands(model, a->undone_by.at[i]))
            return false;
    return true;
}

static bool model_live(const struct model *model, const struct model_set *set)
{
    if (!model_stands(model, set->action))
        return false;
    for (size_t i = 0; i < set->superseded_by.count; i++)
        if (model_stands(model, set->superseded_by.at[i]))
            return false;
    return true;
}

static void compare(struct backend *b, int64_t lifter, const struct model *model)
{
    row_list rows = live(b, lifter);
    struct coach_action last;
    size_t at = 0;
    int64_t expected = -1;
    struct err err;

    for (size_t i = 0; i < model->sets.count; i++) {
        if (!model_live(model, &model->sets.at[i]))
            continue;
        assert_true(at < rows.count);
        assert_int_equal(rows.at[at++].id, model->sets.at[i].id);
    }
    assert_int_equal(at, rows.count);
    vec_release(&rows);
    for (size_t i = 0; i < model->actions.count; i++)
        if (model->actions.at[i].kind != COACH_UNDO && model_stands(model, i))
            expected = model->actions.at[i].id;
    assert_int_equal(b->coach->action_last(b->coach->self, lifter, false, &last, &err), expected >= 0);
    if (expected >= 0)
        assert_int_equal(last.id, expected);
}

/* One random step; every action has a message of its own. */
static void random_step(struct backend *b, int64_t lifter, struct model *model, unsigned *seed)
{
    static const enum coach_action_kind kinds[] = {COACH_LOG, COACH_LOG, COACH_CORRECT, COACH_DELETE, COACH_UNDO};
    size_t at = model->actions.count;
    enum coach_action_kind kind = at == 0 ? COACH_LOG : kinds[(unsigned)rand_r(seed) % ARRAY_LENGTH(kinds)];
    char id[32];
    int64_t input, action;

    snprintf(id, sizeof(id), "$%zu", at);
    input = input_of(b, lifter, id);
    action = action_of(b, lifter, input, kind);
    vec_push(&model->actions, ((struct model_action){.id = action, .kind = kind}));
    if (kind == COACH_UNDO || (kind == COACH_DELETE && rand_r(seed) % 2 == 0)) {
        size_t target = (unsigned)rand_r(seed) % at;

        OK(b->coach->action_undo(b->coach->self, model->actions.at[target].id, action, e));
        vec_push(&model->actions.at[target].undone_by, at);
        return;
    }
    if (kind != COACH_LOG && model->sets.count > 0) {
        struct model_set *old = &model->sets.at[(unsigned)rand_r(seed) % model->sets.count];

        OK(b->coach->set_supersede(b->coach->self, old->id, action, e));
        vec_push(&old->superseded_by, at);
    }
    for (int i = 0; kind != COACH_DELETE && i < 2; i++)
        vec_push(&model->sets,
                 ((struct model_set){.id = add_set(b, lifter, action, input, i, 100 * (int64_t)at + i), .action = at}));
}

static void any_history_of_undoing_is_as_the_definition_says(void **state)
{
    struct backend *b = *state;

    for (unsigned seed = 1; seed <= 20; seed++) {
        struct model model = {0};
        unsigned random = seed;
        int64_t lifter;

        begin(b);
        lifter = lifter_of(b, "matrix", "@anna:x", true);
        for (int i = 0; i < 40; i++) {
            random_step(b, lifter, &model, &random);
            compare(b, lifter, &model);
        }
        store_rollback(b->store);
        for (size_t i = 0; i < model.actions.count; i++)
            vec_release(&model.actions.at[i].undone_by);
        for (size_t i = 0; i < model.sets.count; i++)
            vec_release(&model.sets.at[i].superseded_by);
        vec_release(&model.actions);
        vec_release(&model.sets);
    }
}

static void a_long_chain_of_undoing_the_undoing_ends(void **state)
{
    struct backend *b = *state;
    int64_t lifter, input, last;
    row_list rows;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, lifter, "$1");
    last = action_of(b, lifter, input, COACH_LOG);
    add_set(b, lifter, last, input, 0, 100);
    for (int i = 1; i <= 301; i++) {
        int64_t next = action_of(b, lifter, input, i % 2 != 0 ? COACH_UNDO : COACH_DELETE);

        OK(b->coach->action_undo(b->coach->self, last, next, e));
        last = next;
        if (i > 290) {
            rows = live(b, lifter);
            assert_int_equal(rows.count, i % 2 == 0);
            vec_release(&rows);
        }
    }
    commit(b);
}

static void an_action_cannot_be_undone_by_an_earlier_one(void **state)
{
    struct backend *b = *state;
    int64_t lifter, input, first, second;
    struct err err = {0};

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, lifter, "$1");
    first = action_of(b, lifter, input, COACH_LOG);
    second = action_of(b, lifter, input, COACH_UNDO);
    assert_int_equal(b->coach->action_undo(b->coach->self, second, first, &err), -1);
    assert_int_equal(err.class, ERR_STORE);
    assert_int_equal(store_commit(b->store, &err), -1); /* nothing of a transaction that failed stays */
    begin(b);
    lifter_of(b, "matrix", "@anna:x", true);
    commit(b);
}

static void values_are_put_replaced_deleted_and_capped(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(64), small = BUF_INIT(3);
    int64_t anna, ben;
    struct err err;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    OK(b->coach->value_put(b->coach->self, anna, "goal", "strength", e));
    OK(b->coach->value_put(b->coach->self, anna, "goal", "hypertrophy", e));
    assert_int_equal(b->coach->value_get(b->coach->self, ben, "goal", &out, &err), 0);
    assert_int_equal(b->coach->value_get(b->coach->self, anna, "goal", &out, &err), 1);
    assert_string_equal(buf_text(&out), "hypertrophy");
    assert_int_equal(b->coach->value_get(b->coach->self, anna, "goal", &small, &err), -1);
    assert_int_equal(err.class, ERR_LIMIT);
    OK(b->coach->value_put(b->coach->self, anna, "goal", NULL, e));
    OK(b->coach->value_put(b->coach->self, anna, "goal", NULL, e));
    assert_int_equal(b->coach->value_get(b->coach->self, anna, "goal", &out, &err), 0);
    commit(b);
    buf_release(&out);
    buf_release(&small);
}

static int join_alias(void *arg, const char *folded, const char *exercise)
{
    return buf_addf(arg, "%s=%s;", folded, exercise);
}

static void aliases_are_listed_and_replaced(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(200);
    int64_t anna;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    OK(b->coach->alias_put(b->coach->self, anna, "sq", "squat", e));
    OK(b->coach->alias_put(b->coach->self, anna, "bp", "bench", e));
    OK(b->coach->alias_put(b->coach->self, anna, "bp", "bench-press", e));
    OK(b->coach->alias_each(b->coach->self, anna, join_alias, &out, e));
    assert_string_equal(buf_text(&out), "bp=bench-press;sq=squat;");
    commit(b);
    buf_release(&out);
}

static void no_id_is_ever_read_as_sql(void **state)
{
    struct backend *b = *state;
    struct err err;

    begin(b);
    for (size_t i = 0; i < ARRAY_LENGTH(nasty); i++) {
        struct message message = text_message(nasty[i], 1);
        struct outgoing reply = {.kind = OUT_REPLY,
                                 .transport = nasty[i],
                                 .room = nasty[i],
                                 .answers = nasty[i],
                                 .name = nasty[i],
                                 .thread = nasty[i],
                                 .mention = nasty[i],
                                 .text = nasty[i],
                                 .html = nasty[i],
                                 .at_ms = 5,
                                 .to = nasty[i]};
        struct buf out = BUF_INIT(200);
        struct set set = plain_set(80, 8);
        struct coach_input found;
        int64_t lifter, input, id;
        row_list rows;

        message.transport = message.room = message.sender = nasty[i];
        lifter = lifter_of(b, nasty[i], nasty[i], true);
        assert_int_equal(lifter_of(b, nasty[i], nasty[i], false), lifter);
        assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &input, &err), 1);
        assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &id, &err), 0);
        assert_int_equal(b->coach->input_find(b->coach->self, nasty[i], nasty[i], &found, &err), 1);
        assert_string_equal(found.room, nasty[i]);
        snprintf(set.exercise, sizeof(set.exercise), "%s", nasty[i]);
        snprintf(set.note, sizeof(set.note), "%s", nasty[i]);
        OK(b->coach->set_add(b->coach->self, lifter, action_of(b, lifter, input, COACH_LOG), input, 0, &set, 1, &id,
                             e));
        rows = live(b, lifter);
        assert_int_equal(rows.count, 1);
        assert_same_set(&rows.at[0].set, &set);
        vec_release(&rows);
        OK(b->coach->value_put(b->coach->self, lifter, nasty[i], nasty[i], e));
        assert_int_equal(b->coach->value_get(b->coach->self, lifter, nasty[i], &out, &err), 1);
        assert_string_equal(buf_text(&out), nasty[i]);
        OK(b->coach->say(b->coach->self, &reply, e));
        assert_int_equal(b->coach->was_answered(b->coach->self, nasty[i], nasty[i], &err), 1);
        buf_release(&out);
    }
    commit(b);
}

static int look_again(void *arg, const struct coach_set_row *row)
{
    struct backend *b = arg;
    row_list rows = {0};

    (void)row;
    OK(b->coach->sets_live(b->coach->self, 1, INT64_MIN, INT64_MAX, collect, &rows, e));
    assert_int_equal(rows.count, 3);
    vec_release(&rows);
    return 0;
}

static int stop_at_once(void *arg, const struct coach_set_row *row)
{
    (void)row;
    ++*(int *)arg;
    return 7;
}

static void a_walk_can_look_again_and_can_be_stopped(void **state)
{
    struct backend *b = *state;
    int64_t lifter, input, action;
    int calls = 0;
    struct err err;

    begin(b);
    lifter = lifter_of(b, "matrix", "@anna:x", true);
    assert_int_equal(lifter, 1);
    input = input_of(b, lifter, "$1");
    action = action_of(b, lifter, input, COACH_LOG);
    for (int i = 0; i < 3; i++)
        add_set(b, lifter, action, input, i, 100);
    OK(b->coach->sets_live(b->coach->self, lifter, 0, 200, look_again, b, e));
    assert_int_equal(b->coach->sets_live(b->coach->self, lifter, 0, 200, stop_at_once, &calls, &err), 7);
    assert_int_equal(calls, 1);
    commit(b);
}

static void a_room_has_values_of_its_own(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(64);
    int found = -1;

    begin(b);
    OK(b->coach->room_value_put(b->coach->self, "t", "!a", "quiet", "on", e));
    OK(b->coach->room_value_put(b->coach->self, "t", "!a", "quiet", "very", e));
    OK(found = b->coach->room_value_get(b->coach->self, "t", "!a", "quiet", &out, e));
    assert_int_equal(found, 1);
    assert_string_equal(buf_text(&out), "very");
    OK(found = b->coach->room_value_get(b->coach->self, "t", "!b", "quiet", &out, e));
    assert_int_equal(found, 0);
    OK(found = b->coach->room_value_get(b->coach->self, "u", "!a", "quiet", &out, e));
    assert_int_equal(found, 0);
    OK(b->coach->room_value_put(b->coach->self, "t", "!a", "quiet", NULL, e));
    OK(found = b->coach->room_value_get(b->coach->self, "t", "!a", "quiet", &out, e));
    assert_int_equal(found, 0);
    buf_release(&out);
    commit(b);
}

/* Who did what last: by the message that caused it, and by the message whose sets it is about. */
static void actions_are_found_by_messages(void **state)
{
    struct backend *b = *state;
    const struct coach_store *s = b->coach;
    struct message first = text_message("m1", 1), edit = text_message("e1", 2);
    struct set set = plain_set(80, 8);
    struct coach_action action;
    struct coach_input found;
    struct buf event = BUF_INIT(64);
    int64_t lifter, m1, e1, log, correct, undo, old, id, last;
    bool is_new;
    int result = -1;

    begin(b);
    OK(s->lifter_open(s->self, "test", "anna", 1, &lifter, &is_new, e));
    OK(s->input_claim(s->self, &first, lifter, &m1, e));
    OK(s->input_claim(s->self, &edit, lifter, &e1, e));
    OK(result = s->input_event(s->self, e1, &found, &event, e));
    assert_int_equal(result, 1);
    assert_string_equal(buf_text(&event), "e1");
    assert_int_equal(found.lifter, lifter);
    OK(result = s->input_event(s->self, e1 + 1, &found, &event, e));
    assert_int_equal(result, 0);
    OK(result = s->action_touching(s->self, m1, &last, e));
    assert_int_equal(result, 0);
    OK(s->action_begin(s->self, lifter, m1, COACH_LOG, 1, &log, e));
    OK(s->set_add(s->self, lifter, log, m1, 0, &set, 1, &old, e));
    OK(result = s->action_touching(s->self, m1, &last, e));
    assert_int_equal(last, log);
    OK(s->action_begin(s->self, lifter, e1, COACH_CORRECT, 2, &correct, e));
    OK(s->set_supersede(s->self, old, correct, e));
    OK(result = s->action_touching(s->self, m1, &last, e));
    assert_int_equal(last, correct);
    OK(s->set_add(s->self, lifter, correct, m1, 0, &set, 1, &id, e));
    OK(result = s->action_caused(s->self, e1, &action, e));
    assert_int_equal(result, 1);
    assert_int_equal(action.id, correct);
    assert_int_equal(action.kind, COACH_CORRECT);
    OK(s->action_begin(s->self, lifter, e1, COACH_UNDO, 3, &undo, e));
    OK(s->action_undo(s->self, correct, undo, e));
    OK(result = s->action_caused(s->self, e1, &action, e));
    assert_int_equal(result, 0); /* undone, and an undo is no deed */
    OK(result = s->action_touching(s->self, m1, &last, e));
    assert_int_equal(last, log);
    buf_release(&event);
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(an_identity_is_one_lifter_for_good),
        ON_EACH(a_message_counts_once),
        ON_EACH(what_is_rolled_back_never_was),
        ON_EACH(every_field_of_a_set_comes_back),
        ON_EACH(live_sets_come_by_time_then_order_of_saying_and_a_day_is_half_open),
        ON_EACH(a_correction_supersedes_and_its_undo_gives_back),
        ON_EACH(any_history_of_undoing_is_as_the_definition_says),
        ON_EACH(a_long_chain_of_undoing_the_undoing_ends),
        ON_EACH(an_action_cannot_be_undone_by_an_earlier_one),
        ON_EACH(values_are_put_replaced_deleted_and_capped),
        ON_EACH(aliases_are_listed_and_replaced),
        ON_EACH(a_room_has_values_of_its_own),
        ON_EACH(actions_are_found_by_messages),
        ON_EACH(no_id_is_ever_read_as_sql),
        ON_EACH(a_walk_can_look_again_and_can_be_stopped),
    };

    return RUN_TESTS(tests);
}

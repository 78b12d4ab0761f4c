/*
 * Answers to check-ins, for each implementation of the port: they come back as they were, and are superseded and undone
 * like sets.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/store/people.h"

static struct coach_checkin checkin_of(int64_t input, int64_t action, int64_t due_ms)
{
    return (struct coach_checkin){.input = input,
                                  .action = action,
                                  .due_ms = due_ms,
                                  .at_ms = due_ms + 7,
                                  .score = {4, NAN, 1, 5, NAN},
                                  .slept_h = 6.5,
                                  .dread = 1,
                                  .deficit = -1,
                                  .pain = "left knee 2"};
}

struct checkins {
    struct coach_checkin at[8];
    size_t count;
};

static int note_checkin(void *arg, const struct coach_checkin *row)
{
    struct checkins *list = arg;

    list->at[list->count++] = *row;
    return 0;
}

static struct checkins live_checkins(struct backend *b, int64_t lifter, int64_t from_ms)
{
    struct checkins list = {0};

    OK(b->coach->checkins_live(b->coach->self, lifter, from_ms, note_checkin, &list, e));
    return list;
}

static void checkins_come_back_as_they_were(void **state)
{
    struct backend *b = *state;
    int64_t anna, input, action;
    struct coach_checkin row;
    struct checkins list;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, anna, "$1");
    action = action_of(b, anna, input, COACH_LOG);
    row = checkin_of(input, action, 200);
    OK(b->coach->checkin_add(b->coach->self, anna, &row, e));
    row = checkin_of(input, action, 100);
    row.declined = true;
    row.pain[0] = '\0';
    row.dread = 0;
    row.deficit = 1;
    row.slept_h = NAN;
    OK(b->coach->checkin_add(b->coach->self, anna, &row, e));
    commit(b);
    list = live_checkins(b, anna, 100);
    assert_int_equal(list.count, 2); /* by when they were asked */
    row = list.at[1];
    assert_true(row.due_ms == 200 && row.at_ms == 207 && row.input == input && row.action == action);
    assert_true(row.score[0] == 4 && isnan(row.score[1]) && row.score[2] == 1 && row.score[3] == 5 &&
                isnan(row.score[4]));
    assert_true(row.slept_h == 6.5 && row.dread == 1 && row.deficit == -1 && !row.declined);
    assert_string_equal(row.pain, "left knee 2");
    row = list.at[0];
    assert_true(row.due_ms == 100 && isnan(row.slept_h) && row.dread == 0 && row.deficit == 1 && row.declined);
    assert_string_equal(row.pain, "");
    assert_int_equal(live_checkins(b, anna, 101).count, 1);
}

static void checkins_are_superseded_and_undone_like_sets(void **state)
{
    struct backend *b = *state;
    struct checkins list = {0};
    struct coach_checkin row;
    int64_t anna, input, log, correct, undo;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, anna, "$1");
    log = action_of(b, anna, input, COACH_LOG);
    row = checkin_of(input, log, 100);
    OK(b->coach->checkin_add(b->coach->self, anna, &row, e));
    row.id = live_checkins(b, anna, 0).at[0].id;
    correct = action_of(b, anna, input, COACH_CORRECT);
    OK(b->coach->checkin_supersede(b->coach->self, row.id, correct, e));
    OK(b->coach->checkin_supersede(b->coach->self, row.id, correct, e));
    assert_int_equal(live_checkins(b, anna, 0).count, 0);
    OK(b->coach->checkins_of_input(b->coach->self, input, true, note_checkin, &list, e));
    assert_int_equal(list.count, 0);
    OK(b->coach->checkins_of_input(b->coach->self, input, false, note_checkin, &list, e));
    assert_int_equal(list.count, 1);
    OK(b->coach->checkins_of_action(b->coach->self, correct, true, note_checkin, &list, e));
    OK(b->coach->checkins_of_action(b->coach->self, log, false, note_checkin, &list, e));
    OK(b->coach->checkins_of_action(b->coach->self, correct, false, note_checkin, &list, e));
    assert_int_equal(list.count, 3);
    undo = action_of(b, anna, input, COACH_UNDO);
    OK(b->coach->action_undo(b->coach->self, correct, undo, e));
    assert_int_equal(live_checkins(b, anna, 0).count, 1);
    undo = action_of(b, anna, input, COACH_UNDO);
    OK(b->coach->action_undo(b->coach->self, log, undo, e));
    assert_int_equal(live_checkins(b, anna, 0).count, 0);
    commit(b);
}

static void scores_out_of_range_are_refused(void **state)
{
    struct backend *b = *state;
    struct err err = {0};
    struct coach_checkin row;
    int64_t anna, input;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, anna, "$1");
    row = checkin_of(input, action_of(b, anna, input, COACH_LOG), 100);
    row.score[CHECKIN_MOOD] = 6;
    assert_int_equal(b->coach->checkin_add(b->coach->self, anna, &row, &err), -1);
    store_rollback(b->store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(checkins_come_back_as_they_were),
        ON_EACH(checkins_are_superseded_and_undone_like_sets),
        ON_EACH(scores_out_of_range_are_refused),
    };

    return RUN_TESTS(tests);
}

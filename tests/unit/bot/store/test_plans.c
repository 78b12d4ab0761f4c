/*
 * Steps of plans, for each implementation of the port: they hold while their action stands, and of a template the last.
 */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/bot/store/people.h"

struct seen {
    char text[512]; /* "KIND name=text;…" */
};

static int note(void *arg, const struct coach_step *step)
{
    struct seen *seen = arg;
    size_t length = strlen(seen->text);

    snprintf(seen->text + length, sizeof(seen->text) - length, "%d %s=%s;", (int)step->kind, step->name, step->text);
    return 0;
}

static int64_t step_of(struct backend *b, int64_t lifter, int64_t input, enum coach_step_kind kind, int64_t at_ms,
                       const char *name, const char *text)
{
    struct coach_step step = {.input = input, .kind = kind, .at_ms = at_ms, .name = name, .text = text};

    OK(b->coach->action_begin(b->coach->self, lifter, input, COACH_LOG, at_ms, &step.action, e));
    OK(b->coach->step_add(b->coach->self, lifter, &step, e));
    return step.action;
}

static int64_t undo(struct backend *b, int64_t lifter, int64_t input, int64_t action)
{
    int64_t by;

    OK(b->coach->action_begin(b->coach->self, lifter, input, COACH_UNDO, 9000, &by, e));
    OK(b->coach->action_undo(b->coach->self, action, by, e));
    return by;
}

static void assert_steps(struct backend *b, int64_t lifter, int64_t from_ms, const char *expected)
{
    struct seen seen = {""};

    OK(b->coach->steps_live(b->coach->self, lifter, from_ms, note, &seen, e));
    assert_string_equal(seen.text, expected);
}

static void assert_templates(struct backend *b, int64_t lifter, const char *expected)
{
    struct seen seen = {""};

    OK(b->coach->templates(b->coach->self, lifter, note, &seen, e));
    assert_string_equal(seen.text, expected);
}

static void steps_hold_while_their_action_stands(void **state)
{
    struct backend *b = *state;
    struct seen seen = {""};
    int64_t anna, ben, input, other, first, by;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    input = input_of(b, anna, "$1");
    other = input_of(b, ben, "$2");
    step_of(b, anna, input, COACH_STEP_SKIP, 3000, "squat", "set");
    first = step_of(b, anna, input, COACH_STEP_PLAN, 2000, "", "[squat] 5x5");
    step_of(b, ben, other, COACH_STEP_PLAN, 2000, "", "[bench-press] 3x8");
    assert_steps(b, anna, 0, "0 =[squat] 5x5;3 squat=set;");
    assert_steps(b, anna, 2001, "3 squat=set;");
    by = undo(b, anna, input, first);
    assert_steps(b, anna, 0, "3 squat=set;");
    OK(b->coach->steps_of_action(b->coach->self, by, true, note, &seen, e));
    assert_string_equal(seen.text, "0 =[squat] 5x5;");
    undo(b, anna, input, by);
    seen.text[0] = '\0';
    OK(b->coach->steps_of_input(b->coach->self, input, note, &seen, e));
    assert_string_equal(seen.text, "0 =[squat] 5x5;3 squat=set;");
    assert_steps(b, ben, 0, "0 =[bench-press] 3x8;");
    commit(b);
}

static void of_a_template_the_last_one_holds(void **state)
{
    struct backend *b = *state;
    int64_t anna, input, second, gone;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    input = input_of(b, anna, "$1");
    step_of(b, anna, input, COACH_STEP_TEMPLATE, 1000, "push", "one");
    second = step_of(b, anna, input, COACH_STEP_TEMPLATE, 1000, "push", "two");
    step_of(b, anna, input, COACH_STEP_TEMPLATE, 1500, "pull", "rows");
    assert_templates(b, anna, "6 pull=rows;6 push=two;");
    assert_steps(b, anna, 0, "");
    gone = step_of(b, anna, input, COACH_STEP_FORGET, 2000, "push", "");
    assert_templates(b, anna, "6 pull=rows;");
    undo(b, anna, input, second);
    assert_templates(b, anna, "6 pull=rows;");
    undo(b, anna, input, gone);
    assert_templates(b, anna, "6 pull=rows;6 push=one;");
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {ON_EACH(steps_hold_while_their_action_stands),
                                       ON_EACH(of_a_template_the_last_one_holds)};

    return RUN_TESTS(tests);
}

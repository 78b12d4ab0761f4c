/*
 * What a step said of its lifter besides sets holds for as long as the step stands.
 */
#include "tests/unit/bot/store/people.h"

/* What NAME holds of LIFTER; "-" nothing. */
static void holds(struct backend *b, int64_t lifter, const char *name, const char *expected)
{
    struct buf value = BUF_INIT(64);
    int found;

    OK(found = b->coach->value_get(b->coach->self, lifter, name, &value, e));
    assert_string_equal(found == 1 ? buf_text(&value) : "-", expected);
    buf_release(&value);
}

static int64_t say(struct backend *b, int64_t lifter, const char *event, const char *name, const char *value)
{
    struct coach_said said = {.input = input_of(b, lifter, event), .name = name, .value = value};

    said.action = action_of(b, lifter, said.input, COACH_LOG);
    OK(b->coach->said_put(b->coach->self, lifter, &said, e));
    return said.action;
}

static int64_t take_back(struct backend *b, int64_t lifter, const char *event, int64_t action)
{
    int64_t by = action_of(b, lifter, input_of(b, lifter, event), COACH_UNDO);

    OK(b->coach->action_undo(b->coach->self, action, by, e));
    return by;
}

static int first_alias(void *arg, const char *folded, const char *exercise)
{
    (void)folded;
    buf_adds(arg, exercise);
    return 0;
}

static void what_was_said_holds_while_it_stands(void **state)
{
    struct backend *b = *state;
    struct buf means = BUF_INIT(64);
    int64_t anna, ben, first, second, undo;
    struct coach_action last;
    struct err err;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    OK(b->coach->value_put(b->coach->self, anna, "goal", "before", e));
    first = say(b, anna, "$1", "goal", "one");
    second = say(b, anna, "$2", "goal", "two");
    say(b, ben, "$3", "goal", "ben's");
    holds(b, anna, "goal", "two");
    undo = take_back(b, anna, "$4", first); /* an older one: the newer holds on */
    holds(b, anna, "goal", "two");
    take_back(b, anna, "$5", second);
    holds(b, anna, "goal", "before");
    take_back(b, anna, "$6", undo); /* an undo is undone */
    holds(b, anna, "goal", "one");
    holds(b, ben, "goal", "ben's");
    assert_int_equal(b->coach->action_last(b->coach->self, anna, true, &last, &err), 0); /* there are no sets */
    assert_int_equal(b->coach->action_last(b->coach->self, anna, false, &last, &err), 1);

    first = say(b, anna, "$7", "alias:bp", "bench-press");
    OK(b->coach->alias_each(b->coach->self, anna, first_alias, &means, e));
    assert_string_equal(buf_text(&means), "bench-press");
    holds(b, anna, "alias:bp", "-");
    take_back(b, anna, "$8", first);
    buf_clear(&means);
    OK(b->coach->alias_each(b->coach->self, anna, first_alias, &means, e));
    assert_string_equal(buf_text(&means), "");
    buf_release(&means);
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(what_was_said_holds_while_it_stands),
    };

    return RUN_TESTS(tests);
}

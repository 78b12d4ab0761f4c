/*
 * A check-in that goes to the lifter's other name: it is in one place at any time, and what may have been said stays.
 */
#include "tests/unit/unit.h"

#include "tests/unit/bot/store/people.h"

static const struct link_request pair = {.asker = {"matrix", "@anna:x", "Anna", "!direct:x"},
                                         .typer = {"irc:net", "anna", "annie", "@anna"}};

/* Anna by both names, and Ben, who has one. */
static int64_t meet(struct backend *b)
{
    int64_t anna = lifter_of(b, "matrix", "@anna:x", true);

    lifter_of(b, "irc:net", "anna", true);
    lifter_of(b, "irc:net", "ben", true);
    OK(b->coach->link.join(b->coach->self, &pair, 5000, e));
    return anna;
}

/* On IRC, to whoever has that account: the row. */
static int64_t say(struct backend *b, enum outgoing_kind kind, const char *to)
{
    OK(b->coach->say(b->coach->self,
                     &(struct outgoing){.kind = kind,
                                        .transport = "irc:net",
                                        .room = "@x",
                                        .text = "how are you",
                                        .mention = to,
                                        .to = to,
                                        .at_ms = 1000},
                     e));
    return sql_number(b, "SELECT max(id) FROM outbox");
}

static int goes(struct backend *b, int64_t row, const char *to, bool refused)
{
    int moved;

    OK(moved = store_say_elsewhere(b->store, row, to, refused, e));
    return moved;
}

static void begun(struct backend *b, int64_t row)
{
    const struct irc_store *irc = store_irc(b->store);

    OK(irc->outbox_begin(irc->self, row, e));
}

static void it_is_another_networks_then(void **state)
{
    struct backend *b = *state;
    int64_t row;

    begin(b);
    meet(b);
    row = say(b, OUT_CHECKIN, "anna");
    assert_int_equal(goes(b, row, "irc:net", false), 0); /* it is there */
    assert_int_equal(goes(b, row, "irc:other", false), 0);
    assert_int_equal(goes(b, row, "matrix", false), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM outbox WHERE transport = 'matrix' AND room = '!direct:x' AND"
                                   " mention = '@anna:x' AND recipient = '@anna:x' AND state = 0"),
                     1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM outbox"), 1);
    commit(b);
}

static void only_a_check_in_of_who_has_another_name(void **state)
{
    struct backend *b = *state;

    begin(b);
    meet(b);
    assert_int_equal(goes(b, say(b, OUT_CHECKIN, "ben"), "matrix", true), 0);
    assert_int_equal(goes(b, say(b, OUT_REPLY, "anna"), "matrix", true), 0);
    assert_int_equal(goes(b, say(b, OUT_PING, "anna"), "matrix", true), 0);
    assert_int_equal(goes(b, 99, "matrix", true), 0);
    commit(b);
}

static void what_may_have_been_said_stays(void **state)
{
    struct backend *b = *state;
    int64_t row;

    begin(b);
    meet(b);
    row = say(b, OUT_CHECKIN, "anna");
    begun(b, row);
    assert_int_equal(goes(b, row, "matrix", false), 0);
    assert_int_equal(goes(b, row, "matrix", false), 0);
    assert_int_equal(goes(b, row, "matrix", true), 1); /* it has not been */
    commit(b);
}

static void where_it_comes_to_it_waits_once(void **state)
{
    struct backend *b = *state;
    int64_t row;

    begin(b);
    meet(b);
    row = say(b, OUT_CHECKIN, "anna");
    assert_int_equal(goes(b, row, "matrix", false), 1);
    assert_int_equal(goes(b, row, "irc:net", false), 0);
    assert_int_equal(goes(b, row, "irc:net", false), 1);
    begun(b, row); /* and is said */
    assert_int_equal(goes(b, row, "matrix", false), 0);
    assert_int_equal(goes(b, row, "matrix", false), 0);
    commit(b);
}

static void put(struct backend *b, int64_t lifter, enum coach_job_kind kind, int64_t due_ms)
{
    OK(b->coach->job_put(b->coach->self,
                         &(struct coach_job){.kind = kind,
                                             .lifter = lifter,
                                             .transport = "matrix",
                                             .room = "!direct:x",
                                             .direct = true,
                                             .identity = "@anna:x",
                                             .name = "Anna",
                                             .due_ms = due_ms,
                                             .payload = ""},
                         e));
}

static void what_is_due_goes_when_it_has_waited(void **state)
{
    struct backend *b = *state;
    int64_t anna;
    int moved;

    begin(b);
    anna = meet(b);
    put(b, anna, COACH_JOB_CHECKIN, 500);
    put(b, anna, COACH_JOB_REST, 100);
    OK(moved = store_due_elsewhere(b->store, "matrix", "irc:net", 499, e));
    assert_int_equal(moved, 0);
    OK(moved = store_due_elsewhere(b->store, "matrix", "irc:net", 500, e));
    assert_int_equal(moved, 1);
    assert_int_equal(sql_number(b, "SELECT kind FROM job WHERE transport = 'irc:net' AND room = '@anna' AND"
                                   " identity = 'anna' AND name = 'annie' AND due_ms = 500"),
                     COACH_JOB_CHECKIN);
    assert_int_equal(sql_number(b, "SELECT kind FROM job WHERE transport = 'matrix'"), COACH_JOB_REST);
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(it_is_another_networks_then),         ON_EACH(only_a_check_in_of_who_has_another_name),
        ON_EACH(what_may_have_been_said_stays),       ON_EACH(where_it_comes_to_it_waits_once),
        ON_EACH(what_is_due_goes_when_it_has_waited),
    };

    return RUN_TESTS(tests);
}

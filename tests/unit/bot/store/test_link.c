/*
 * Two lifters become one and part: each row is whose it was, what one did to the other's included, and forgetting one
 * leaves nothing of theirs, and all of the other's.
 */
#include "tests/unit/unit.h"

#include <math.h>

#include "tests/unit/bot/store/people.h"

static const struct link_request pair = {.asker = {"matrix", "@anna:x", "Anna", "!direct:x"},
                                         .typer = {"irc:net", "anna", "anna", "@anna"}};

struct pair {
    int64_t anna, irc;
};

static int64_t hear(struct backend *b, const struct link_side *who, const char *id)
{
    struct message message = text_message(id, 1000);
    int64_t lifter, input;
    bool is_new;
    struct err err;

    message.transport = who->transport;
    message.sender = who->identity;
    OK(b->coach->lifter_open(b->coach->self, who->transport, who->identity, 1000, &lifter, &is_new, e));
    assert_int_equal(b->coach->input_claim(b->coach->self, &message, lifter, &input, &err), 1);
    return input;
}

static int64_t add_set(struct backend *b, int64_t lifter, int64_t action, int64_t input)
{
    struct set set = {.exercise = "bench-press", .load_kg = 80, .reps = 8, .seconds = NAN, .rir = 1, .percent = NAN};
    int64_t id;

    OK(b->coach->set_add(b->coach->self, lifter, action, input, 0, &set, 1000 + input, &id, e));
    return id;
}

/* Each has a set and a value; both have a goal. */
static struct pair meet(struct backend *b)
{
    struct pair both = {lifter_of(b, "matrix", "@anna:x", true), lifter_of(b, "irc:net", "anna", true)};
    struct coach_group group = {.transport = "irc:net", .room = "#gym"};
    int64_t input = hear(b, &pair.asker, "a1"), ben;

    add_set(b, both.anna, action_of(b, both.anna, input, COACH_LOG), input);
    input = hear(b, &pair.typer, "i1");
    add_set(b, both.irc, action_of(b, both.irc, input, COACH_LOG), input);
    OK(b->coach->value_put(b->coach->self, both.anna, "goal", "strength", e));
    OK(b->coach->value_put(b->coach->self, both.irc, "goal", "fitness", e));
    OK(b->coach->value_put(b->coach->self, both.irc, "bw", "82", e));
    OK(b->coach->alias_put(b->coach->self, both.irc, "flat", "bench-press", e));
    ben = lifter_of(b, "matrix", "@ben:x", true);
    OK(b->coach->trust_put(b->coach->self, both.irc, ben, true, e));
    OK(b->coach->trust_put(b->coach->self, ben, both.irc, true, e));
    OK(b->coach->trust_put(b->coach->self, both.anna, both.irc, true, e));
    group.founder = both.irc;
    OK(b->coach->group_put(b->coach->self, &group, e));
    OK(b->coach->member_put(
        b->coach->self,
        &(struct coach_member){
            .group = group.id, .lifter = both.irc, .identity = "anna", .name = "anna", .share = COACH_SHARE_COACH},
        e));
    return both;
}

static void join(struct backend *b)
{
    OK(b->coach->link.join(b->coach->self, &pair, 5000, e));
}

static void part(struct backend *b, int64_t expected)
{
    int64_t home;

    OK(b->coach->link.part(b->coach->self, "irc:net", "anna", true, &home, e));
    assert_int_equal(home, expected);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM set_aside"), 0);
    /* each row is of the lifter whose message and action it is of */
    assert_int_equal(
        sql_number(b, "SELECT count(*) FROM training_set AS s JOIN input AS i ON i.id = s.input"
                      " JOIN action AS a ON a.id = s.action WHERE s.lifter <> i.lifter OR s.lifter <> a.lifter"),
        0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM action AS a JOIN input AS i ON i.id = a.input"
                                   " WHERE a.lifter <> i.lifter"),
                     0);
    assert_int_equal(sql_number(b,
                                "SELECT count(*) FROM supersession AS x JOIN training_set AS s ON s.id = x.training_set"
                                " JOIN action AS a ON a.id = x.action WHERE s.lifter <> a.lifter"),
                     0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM action_undo AS u JOIN action AS x ON x.id = u.action"
                                   " JOIN action AS y ON y.id = u.by_action WHERE x.lifter <> y.lifter"),
                     0);
}

static void one_log_and_two_again(void **state)
{
    struct backend *b = *state;
    struct pair both;

    begin(b);
    both = meet(b);
    join(b);
    assert_int_equal(lifter_of(b, "irc:net", "anna", false), both.anna);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set WHERE lifter = 1"), 2);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE name = 'goal' AND value = 'strength'"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value"), 2);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM trust"), 2);
    assert_int_equal(sql_number(b, "SELECT founder FROM training_room"), both.anna);
    hear(b, &pair.typer, "i2");
    part(b, both.irc);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM trust"), 3);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM trust WHERE lifter = 2 OR whom = 2"), 3);
    assert_int_equal(sql_number(b, "SELECT founder FROM training_room"), both.irc);
    assert_int_equal(sql_number(b, "SELECT lifter FROM room_member"), both.irc);
    assert_int_equal(lifter_of(b, "irc:net", "anna", false), both.irc);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set WHERE lifter = 1"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set WHERE lifter = 2"), 1);
    assert_int_equal(sql_number(b, "SELECT lifter FROM input WHERE event_id = 'i2'"), both.irc);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE lifter = 1 AND value = 'strength'"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE lifter = 1"), 1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM lifter_value WHERE lifter = 2 AND value IN ('fitness', '82')"),
                     2);
    assert_int_equal(sql_number(b, "SELECT lifter FROM alias"), both.anna); /* she lifts that, too */
    commit(b);
}

/* She corrects both sets in one step, and takes that back and it is as before; then the other's alone. */
static void what_one_did_to_the_other(void **state)
{
    struct backend *b = *state;
    int64_t input, action, undo, mine, theirs;
    struct pair both;

    begin(b);
    both = meet(b);
    join(b);
    mine = sql_number(b, "SELECT id FROM input WHERE event_id = 'a1'");
    theirs = sql_number(b, "SELECT id FROM input WHERE event_id = 'i1'");
    for (int i = 0; i < 2; i++) {
        input = hear(b, &pair.asker, i == 0 ? "a2" : "a3");
        action = action_of(b, both.anna, input, COACH_CORRECT);
        OK(b->coach->set_supersede(b->coach->self, 2, action, e));
        add_set(b, both.anna, action, theirs);
        if (i == 0) {
            OK(b->coach->set_supersede(b->coach->self, 1, action, e));
            add_set(b, both.anna, action, mine);
            undo = action_of(b, both.anna, hear(b, &pair.asker, "a2u"), COACH_UNDO);
            OK(b->coach->action_undo(b->coach->self, action, undo, e));
        }
    }
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set"), 2);
    part(b, both.irc);
    assert_int_equal(sql_number(b,
                                "SELECT count(*) FROM live_set WHERE lifter = 1 AND input = (SELECT id FROM input WHERE"
                                " event_id = 'a1')"),
                     1);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set WHERE lifter = 2"), 1);
    assert_int_equal(sql_number(b, "SELECT id = 2 FROM live_set WHERE lifter = 2"), 0); /* as it was corrected */
    OK(b->coach->lifter_forget(b->coach->self, both.anna, false, e));
    assert_int_equal(sql_number(b, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM training_set WHERE lifter = 1"), 0);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set WHERE lifter = 2"), 1);
    commit(b);
}

/* What each wrote into another's log stays theirs to change. */
static void whoever_wrote_it_wrote_it_after_all(void **state)
{
    struct backend *b = *state;
    struct pair both;
    int64_t ben, theirs, mine;

    begin(b);
    both = meet(b);
    ben = lifter_of(b, "matrix", "@ben:x", false);
    theirs = hear(b, &pair.typer, "i2");
    OK(b->coach->input_hand(b->coach->self, theirs, ben, both.irc, e));
    mine = hear(b, &pair.asker, "a2");
    OK(b->coach->input_hand(b->coach->self, mine, ben, both.anna, e));
    join(b);
    assert_int_equal(sql_number(b, "SELECT writer FROM input WHERE event_id = 'i2'"), both.anna);
    part(b, both.irc);
    assert_int_equal(sql_number(b, "SELECT writer FROM input WHERE event_id = 'i2'"), both.irc);
    assert_int_equal(sql_number(b, "SELECT writer FROM input WHERE event_id = 'a2'"), both.anna);
    commit(b);
}

static void forgotten_as_one(void **state)
{
    struct backend *b = *state;
    struct pair both;
    int own, all;

    begin(b);
    both = meet(b);
    OK(b->coach->link.request_put(b->coach->self, &pair, "code", e));
    OK(b->coach->link.try_note(b->coach->self, "irc:net", "anna", 4000, e));
    join(b);
    OK(b->coach->lifter_forget(b->coach->self, both.anna, false, e));
    assert_int_equal(
        sql_number(b, "SELECT (SELECT count(*) FROM identity WHERE lifter <> 3) + (SELECT count(*) FROM set_aside)"
                      " + (SELECT count(*) FROM link) + (SELECT count(*) FROM lifter_value)"),
        0);
    assert_int_equal(sql_number(b, "SELECT sum(created_ms) FROM lifter WHERE id IN (1, 2)"), 0);
    OK(b->coach->link.tries(b->coach->self, "irc:net", "anna", 0, &own, &all, e));
    assert_int_equal(all, 0);
    commit(b);
}

static void rolled_back_they_are_two(void **state)
{
    struct backend *b = *state;
    struct pair both;

    begin(b);
    both = meet(b);
    commit(b);
    begin(b);
    join(b);
    store_rollback(b->store);
    begin(b);
    assert_int_equal(lifter_of(b, "irc:net", "anna", false), both.irc);
    assert_int_equal(sql_number(b, "SELECT count(*) FROM live_set WHERE lifter = 2"), 1);
    commit(b);
}

/* Which of two requests waits for whom. */
static void what_waits_for_somebody(void **state)
{
    struct backend *b = *state;
    struct link_request request = pair, found;
    const struct link_request own = {.asker = pair.typer, .until_ms = 9000};

    request.until_ms = 9000;
    begin(b);
    OK(b->coach->link.request_put(b->coach->self, &request, "", e));
    OK(b->coach->link.request_put(b->coach->self, &own, "its code", e));
    assert_int_equal(b->coach->link.request_by_code(b->coach->self, "", &found, NULL), 0);
    assert_int_equal(b->coach->link.request_by_code(b->coach->self, "its code", &found, NULL), 1);
    assert_string_equal(found.asker.identity, "anna");
    assert_int_equal(b->coach->link.request_of(b->coach->self, "irc:net", "anna", 9000, &found, NULL), 1);
    assert_string_equal(found.asker.identity, "@anna:x");
    assert_string_equal(found.typer.room, "@anna");
    assert_int_equal(b->coach->link.request_of(b->coach->self, "irc:net", "anna", 9001, &found, NULL), 0);
    request.confirmed = true;
    OK(b->coach->link.request_put(b->coach->self, &request, "", e));
    assert_int_equal(b->coach->link.request_of(b->coach->self, "irc:net", "anna", 9000, &found, NULL), 1);
    assert_string_equal(found.asker.identity, "anna");
    assert_int_equal(b->coach->link.request_of(b->coach->self, "irc:other", "anna", 9000, &found, NULL), 0);
    OK(b->coach->link.request_drop(b->coach->self, &own.asker, e));
    assert_int_equal(b->coach->link.request_of(b->coach->self, "irc:net", "anna", 9000, &found, NULL), 1);
    assert_true(found.confirmed);
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(one_log_and_two_again),   ON_EACH(what_one_did_to_the_other),
        ON_EACH(forgotten_as_one),        ON_EACH(rolled_back_they_are_two),
        ON_EACH(what_waits_for_somebody), ON_EACH(whoever_wrote_it_wrote_it_after_all),
    };

    return RUN_TESTS(tests);
}

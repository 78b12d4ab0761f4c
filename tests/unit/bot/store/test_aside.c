/*
 * A history that is read again: lifters who were met anew are set aside meanwhile, what is known of later, which of our
 * messages answered which, and what is marked as unproven.
 */
#include "tests/unit/bot/store/people.h"

static void log_in_at(struct backend *b, const char *ms)
{
    OK(b->matrix->value_put(b->matrix->self, "login_ms", span_of(ms), e));
}

static void logs(struct backend *b, int64_t lifter, const char *id, int64_t sent_ms, bool unproven)
{
    struct message message = text_message(id, sent_ms);
    struct set set;
    int64_t input, action, row;

    set_init(&set);
    message.unproven = unproven;
    OK(b->coach->input_claim(b->coach->self, &message, lifter, &input, e));
    OK(b->coach->action_begin(b->coach->self, lifter, input, COACH_LOG, sent_ms, &action, e));
    OK(b->coach->set_add(b->coach->self, lifter, action, input, 0, &set, sent_ms, &row, e));
}

static int count(void *arg, const struct coach_set_row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return 0;
}

static size_t sets_of(struct backend *b, int64_t lifter)
{
    size_t sets = 0;

    OK(b->coach->sets_live(b->coach->self, lifter, 0, INT64_MAX, count, &sets, e));
    return sets;
}

static void has_value(struct backend *b, int64_t lifter, const char *name, const char *value)
{
    struct buf out = BUF_INIT(64);

    OK(b->coach->value_get(b->coach->self, lifter, name, &out, e));
    assert_string_equal(buf_text(&out), value);
    buf_release(&out);
}

static void what_is_played_becomes_a_part_of_what_came_since(void **state)
{
    struct backend *b = *state;
    int64_t anna, played, sets, unproven;

    begin(b);
    log_in_at(b, "5000");
    anna = lifter_of(b, "matrix", "@anna:x", true);
    logs(b, anna, "$new", 6000, false);
    OK(b->coach->value_put(b->coach->self, anna, "units", "kg", e));
    commit(b);
    OK(store_set_aside(b->store, e));
    begin(b);
    played = lifter_of(b, "matrix", "@anna:x", true);
    assert_int_not_equal(played, anna);
    logs(b, played, "$old", 1000, true);
    OK(b->coach->value_put(b->coach->self, played, "units", "lb", e));
    OK(b->coach->value_put(b->coach->self, played, "goal", "strength", e));
    assert_int_equal(sets_of(b, played), 1);
    commit(b);
    OK(store_put_back(b->store, e));
    begin(b);
    assert_int_equal(lifter_of(b, "matrix", "@anna:x", false), anna);
    assert_int_equal(sets_of(b, anna), 2);
    assert_int_equal(sets_of(b, played), 0);
    has_value(b, anna, "units", "kg"); /* said since */
    has_value(b, anna, "goal", "strength");
    has_value(b, played, "units", "");
    OK(store_count_sets(b->store, &sets, &unproven, e));
    assert_int_equal(sets, 2);
    assert_int_equal(unproven, 1);
    commit(b);
}

static void whoever_was_met_before_stays(void **state)
{
    struct backend *b = *state;
    int64_t anna, ben, cara;

    begin(b);
    log_in_at(b, "5000");
    anna = lifter_of(b, "matrix", "@anna:x", true);
    logs(b, anna, "$old", 4999, false);
    logs(b, anna, "$new", 6000, false);
    ben = lifter_of(b, "irc:libera", "ben", true);
    logs(b, ben, "$ben", 6000, false);
    cara = lifter_of(b, "matrix", "@cara:x", true); /* who has said nothing that counts */
    commit(b);
    OK(store_set_aside(b->store, e));
    begin(b);
    assert_int_equal(lifter_of(b, "matrix", "@anna:x", false), anna);
    assert_int_equal(lifter_of(b, "irc:libera", "ben", false), ben);
    assert_int_equal(lifter_of(b, "matrix", "@cara:x", false), cara);
    commit(b);
    OK(store_put_back(b->store, e));
    begin(b);
    commit(b);
}

static void killed_in_between_the_next_opening_puts_them_back(void **state)
{
    struct backend *b = *state;
    int64_t anna, played;

    begin(b);
    log_in_at(b, "5000");
    anna = lifter_of(b, "matrix", "@anna:x", true);
    logs(b, anna, "$new", 6000, false);
    commit(b);
    OK(store_set_aside(b->store, e));
    begin(b);
    played = lifter_of(b, "matrix", "@anna:x", true);
    logs(b, played, "$old", 1000, true);
    commit(b);
    store_close(b->store);
    backend_open(b);
    begin(b);
    assert_int_equal(lifter_of(b, "matrix", "@anna:x", false), anna);
    assert_int_equal(sets_of(b, anna), 2);
    commit(b);
}

static void the_last_that_is_known_of_a_lifter(void **state)
{
    struct backend *b = *state;
    int64_t anna, last = 0;
    int found = -1;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    OK(found = b->coach->input_last(b->coach->self, anna, NULL, NULL, &last, e));
    assert_int_equal(found, 0);
    logs(b, anna, "$2", 2000, false);
    logs(b, anna, "$1", 1000, false);
    OK(found = b->coach->input_last(b->coach->self, anna, NULL, NULL, &last, e));
    assert_int_equal(found, 1);
    assert_int_equal(last, 2000);
    commit(b);
}

static void our_old_replies_are_known_by_their_ids(void **state)
{
    struct backend *b = *state;
    struct buf answers = BUF_INIT(64), thread = BUF_INIT(64);
    int found = -1;

    begin(b);
    OK(b->matrix->reply_put(b->matrix->self, "$set", "$reply", "$root", e));
    OK(b->matrix->reply_put(b->matrix->self, "$set", "$second", NULL, e)); /* the first one is the reply */
    OK(found = b->coach->was_answered(b->coach->self, "matrix", "$set", e));
    assert_int_equal(found, 1);
    OK(found = b->coach->reply_find(b->coach->self, "matrix", "$reply", &answers, &thread, e));
    assert_int_equal(found, 1);
    assert_string_equal(buf_text(&answers), "$set");
    assert_string_equal(buf_text(&thread), "$root");
    OK(found = b->coach->reply_find(b->coach->self, "matrix", "$second", &answers, &thread, e));
    assert_int_equal(found, 0);
    commit(b);
    buf_release(&answers);
    buf_release(&thread);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(what_is_played_becomes_a_part_of_what_came_since),
        ON_EACH(whoever_was_met_before_stays),
        {"killed in between, the next opening puts them back", killed_in_between_the_next_opening_puts_them_back,
         in_file, close_backend, NULL},
        ON_EACH(the_last_that_is_known_of_a_lifter),
        ON_EACH(our_old_replies_are_known_by_their_ids),
    };

    return RUN_TESTS(tests);
}

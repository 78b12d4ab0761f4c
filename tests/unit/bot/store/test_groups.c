/*
 * Rooms that train together, for each implementation of the port: who is in them, what they share, whom they trust.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "tests/unit/bot/store/people.h"

static struct coach_group group_of(struct backend *b, const char *transport, const char *room, int64_t founder)
{
    struct coach_group group = {.founder = founder, .founder_power = 100, .set_up_ms = 7};

    snprintf(group.transport, sizeof(group.transport), "%s", transport);
    snprintf(group.room, sizeof(group.room), "%s", room);
    OK(b->coach->group_put(b->coach->self, &group, e));
    assert_true(group.id > 0);
    return group;
}

static void put_member(struct backend *b, int64_t group, int64_t lifter, const char *identity,
                       enum coach_presence presence)
{
    const struct coach_member member = {.group = group,
                                        .lifter = lifter,
                                        .identity = identity,
                                        .name = "Somebody",
                                        .presence = presence,
                                        .share = presence == COACH_LEFT ? COACH_SHARE_PRIVATE : COACH_SHARE_COACH,
                                        .coach = presence == COACH_HERE,
                                        .told = true,
                                        .joined_ms = 3,
                                        .left_ms = 4};

    OK(b->coach->member_put(b->coach->self, &member, e));
}

static int note_member(void *arg, const struct coach_member *member)
{
    return buf_addf(arg, "%s %s %d %d %d %d %lld %lld;", member->identity, member->name, (int)member->presence,
                    (int)member->share, member->coach, member->told, (long long)member->joined_ms,
                    (long long)member->left_ms);
}

static void assert_members(struct backend *b, int64_t group, int64_t lifter, const char *expected)
{
    struct buf text = BUF_INIT(4096);

    OK(b->coach->members(b->coach->self, group, lifter, note_member, &text, e));
    assert_string_equal(buf_text(&text), expected);
    buf_release(&text);
}

static int note_group(void *arg, const struct coach_group *group)
{
    return buf_addf(arg, "%s;", group->room);
}

static void assert_groups(struct backend *b, int64_t lifter, const char *expected)
{
    struct buf text = BUF_INIT(4096);

    OK(b->coach->groups(b->coach->self, lifter, note_group, &text, e));
    assert_string_equal(buf_text(&text), expected);
    buf_release(&text);
}

static void a_room_is_set_up_once_and_changed(void **state)
{
    struct backend *b = *state;
    struct coach_group group, found;
    int64_t anna, id;
    int result;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    OK(result = b->coach->group_find(b->coach->self, "matrix", "!gym:x", &found, e));
    assert_int_equal(result, 0);
    group = group_of(b, "matrix", "!gym:x", anna);
    id = group.id;
    snprintf(group.timezone, sizeof(group.timezone), "Europe/Berlin");
    snprintf(group.digest, sizeof(group.digest), "mon 7:00");
    group.founder_power = 0;
    OK(b->coach->group_put(b->coach->self, &group, e));
    assert_int_equal(group.id, id);
    OK(result = b->coach->group_find(b->coach->self, "matrix", "!gym:x", &found, e));
    assert_int_equal(result, 1);
    assert_memory_equal(&found, &group, sizeof(found));
    assert_int_not_equal(group_of(b, "irc:a", "!gym:x", anna).id, id); /* another network's */
    for (size_t i = 0; i < ARRAY_LENGTH(nasty); i++) {
        id = group_of(b, nasty[i], nasty[i], 0).id;
        OK(result = b->coach->group_find(b->coach->self, nasty[i], nasty[i], &found, e));
        assert_int_equal(result, 1);
        assert_int_equal(found.id, id);
        assert_string_equal(found.room, nasty[i]);
    }
    commit(b);
}

static void members_come_and_go(void **state)
{
    struct backend *b = *state;
    int64_t anna, ben, gym, club;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    gym = group_of(b, "matrix", "!gym:x", anna).id;
    club = group_of(b, "matrix", "!club:x", anna).id;
    assert_members(b, gym, 0, "");
    put_member(b, gym, ben, "@ben:x", COACH_HERE);
    put_member(b, gym, anna, "@anna:x", COACH_HERE);
    put_member(b, club, ben, "@ben:x", COACH_AWAY);
    assert_members(b, gym, 0, "@anna:x Somebody 0 1 1 1 3 4;@ben:x Somebody 0 1 1 1 3 4;");
    assert_members(b, gym, ben, "@ben:x Somebody 0 1 1 1 3 4;");
    assert_groups(b, anna, "!gym:x;");
    assert_groups(b, ben, "!gym:x;!club:x;"); /* where they are away they are a member all the same */
    assert_groups(b, 0, "!gym:x;!club:x;");
    put_member(b, gym, ben, "@ben:x", COACH_LEFT);
    assert_members(b, gym, ben, "@ben:x Somebody 2 0 0 1 3 4;");
    assert_groups(b, ben, "!club:x;");
    commit(b);
}

/* A room that is one no more is none, and another one's rows stay. */
static void a_room_ends_with_all_that_was_said_in_it(void **state)
{
    struct backend *b = *state;
    struct coach_group gym, found;
    int64_t anna, hall;
    int result;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    gym = group_of(b, "matrix", "!gym:x", anna);
    hall = group_of(b, "matrix", "!hall:x", anna).id;
    put_member(b, gym.id, anna, "@anna:x", COACH_HERE);
    put_member(b, hall, anna, "@anna:x", COACH_HERE);
    OK(b->coach->instruction_add(
        b->coach->self,
        &(struct coach_instruction){.group = gym.id,
                                    .coach = anna,
                                    .action = action_of(b, anna, input_of(b, anna, "t"), COACH_LOG),
                                    .input = 1,
                                    .kind = COACH_TARGET,
                                    .exercise = "squat",
                                    .text = ""},
        e));
    OK(b->coach->group_drop(b->coach->self, gym.id, e));
    OK(result = b->coach->group_find(b->coach->self, "matrix", "!gym:x", &found, e));
    assert_int_equal(result, 0);
    assert_members(b, gym.id, 0, "");
    assert_groups(b, anna, "!hall:x;");
    assert_members(b, hall, 0, "@anna:x Somebody 0 1 1 1 3 4;");
    commit(b);
}

/* Whoever writes the row: nobody who left goes on sharing. */
static void who_left_can_share_nothing(void **state)
{
    struct backend *b = *state;
    struct coach_member left = {.identity = "@ben:x", .name = "", .presence = COACH_LEFT, .share = COACH_SHARE_ROOM};
    struct err err = {0};

    begin(b);
    left.lifter = lifter_of(b, "matrix", "@ben:x", true);
    left.group = group_of(b, "matrix", "!gym:x", 0).id;
    assert_int_equal(b->coach->member_put(b->coach->self, &left, &err), -1);
    store_rollback(b->store);
}

static int note_trusted(void *arg, const struct coach_member *whom)
{
    return buf_addf(arg, "%s %lld;", whom->identity, (long long)whom->group);
}

static void trust_goes_one_way(void **state)
{
    struct backend *b = *state;
    struct buf text = BUF_INIT(256);
    int64_t anna, ben, gym, hall;
    int result;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    gym = group_of(b, "matrix", "!gym:x", anna).id;
    hall = group_of(b, "irc:a", "#hall", ben).id;
    put_member(b, gym, anna, "@anna:x", COACH_HERE);
    put_member(b, gym, ben, "@ben:x", COACH_LEFT);
    put_member(b, hall, ben, "benny", COACH_HERE); /* where anna isn't */
    OK(b->coach->trust_put(b->coach->self, anna, ben, true, e));
    OK(b->coach->trust_put(b->coach->self, anna, ben, true, e));
    OK(result = b->coach->trusts(b->coach->self, anna, ben, e));
    assert_int_equal(result, 1);
    OK(result = b->coach->trusts(b->coach->self, ben, anna, e));
    assert_int_equal(result, 0);
    OK(b->coach->trusted(b->coach->self, anna, note_trusted, &text, e));
    assert_string_equal(buf_text(&text), "@ben:x 1;");
    assert_int_equal(gym, 1);
    buf_clear(&text);
    OK(b->coach->trust_put(b->coach->self, anna, ben, false, e));
    OK(b->coach->trusted(b->coach->self, anna, note_trusted, &text, e));
    assert_string_equal(buf_text(&text), "");
    buf_release(&text);
    OK(result = b->coach->trusts(b->coach->self, anna, ben, e));
    assert_int_equal(result, 0);
    commit(b);
}

static int note_reps(void *arg, const struct coach_set_row *row)
{
    return buf_addf(arg, "%d;", row->set.reps);
}

static void add_set(struct backend *b, int64_t lifter, const char *room, const char *id, int reps)
{
    struct set set = {.load_kg = 80, .reps = reps, .seconds = NAN, .rir = NAN, .percent = NAN, .at_ms = -1};
    struct message message = text_message(id, 1000);
    int64_t input, row;
    int result;

    message.room = room;
    OK(result = b->coach->input_claim(b->coach->self, &message, lifter, &input, e));
    assert_int_equal(result, 1);
    OK(b->coach->set_add(b->coach->self, lifter, action_of(b, lifter, input, COACH_LOG), input, 0, &set, 1000 + reps,
                         &row, e));
}

static void sets_are_found_by_the_room_that_they_were_written_in(void **state)
{
    struct backend *b = *state;
    struct buf text = BUF_INIT(256);
    int64_t anna, ben;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    add_set(b, anna, "!gym:x", "$1", 8);
    add_set(b, anna, "!direct:x", "$2", 7);
    add_set(b, ben, "!gym:x", "$3", 6);
    add_set(b, anna, "!gym:x", "$4", 5);
    add_set(b, anna, "!gym:x", "$5", 12);
    OK(b->coach->sets_in_room(b->coach->self, anna, "matrix", "!gym:x", 1000, 1012, note_reps, &text, e));
    assert_string_equal(buf_text(&text), "5;8;");
    buf_clear(&text);
    OK(b->coach->sets_in_room(b->coach->self, anna, "irc:a", "!gym:x", 0, INT64_MAX, note_reps, &text, e));
    assert_string_equal(buf_text(&text), "");
    buf_release(&text);
    commit(b);
}

static void what_somebody_wrote_into_anothers_log_is_the_others(void **state)
{
    struct backend *b = *state;
    struct message message = text_message("$1", 1000);
    struct coach_action action;
    struct coach_input found;
    int64_t anna, ben, input, own, written;
    int result;

    begin(b);
    anna = lifter_of(b, "matrix", "@anna:x", true);
    ben = lifter_of(b, "matrix", "@ben:x", true);
    own = action_of(b, anna, input_of(b, anna, "$0"), COACH_LOG);
    OK(result = b->coach->input_claim(b->coach->self, &message, ben, &input, e));
    OK(b->coach->input_hand(b->coach->self, input, ben, anna, e));
    written = action_of(b, ben, input, COACH_LOG);
    OK(result = b->coach->input_find(b->coach->self, "matrix", "$1", &found, e));
    assert_int_equal(result, 1);
    assert_int_equal(found.lifter, ben);
    assert_int_equal(found.writer, anna);
    /* Either takes it back, as their last step; then anna's own is hers. */
    OK(result = b->coach->action_last(b->coach->self, anna, false, &action, e));
    assert_int_equal(result, 1);
    assert_int_equal(action.id, written);
    assert_int_equal(action.lifter, ben);
    OK(result = b->coach->action_last(b->coach->self, ben, false, &action, e));
    assert_int_equal(action.id, written);
    OK(b->coach->action_undo(b->coach->self, written, action_of(b, ben, input_of(b, ben, "$2"), COACH_UNDO), e));
    OK(result = b->coach->action_last(b->coach->self, anna, false, &action, e));
    assert_int_equal(action.id, own);
    OK(result = b->coach->action_last(b->coach->self, ben, false, &action, e));
    assert_int_equal(result, 0);
    /* Whoever wrote it is forgotten: it stays in the log that it is in. */
    OK(b->coach->lifter_forget(b->coach->self, anna, false, e));
    OK(result = b->coach->input_find(b->coach->self, "matrix", "$1", &found, e));
    assert_int_equal(result, 1);
    assert_int_equal(found.writer, 0);
    commit(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(a_room_is_set_up_once_and_changed),
        ON_EACH(members_come_and_go),
        ON_EACH(a_room_ends_with_all_that_was_said_in_it),
        ON_EACH(who_left_can_share_nothing),
        ON_EACH(trust_goes_one_way),
        ON_EACH(what_somebody_wrote_into_anothers_log_is_the_others),
        ON_EACH(sets_are_found_by_the_room_that_they_were_written_in),
    };

    return RUN_TESTS(tests);
}

/*
 * What coaches and others of a room learn of somebody: what is shared with them, and nothing by a way round.
 */
#include "tests/unit/bot/coach/gym.h"

#include "bot/log/log.h"

/* How somebody is, and what they did elsewhere, is told to nobody by naming a rule. */
static void rules_give_nothing_away(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    alone(&talk, "ben", "experience 4y");
    alone(&talk, "ben", "pain knee 2");
    alone(&talk, "ben", "squat 60x5 @2");
    assert_silent_on(gym(&talk, "anna", "target @ben squat 5x5 100kg @2-3"), "R");
    assert_silent_on(gym(&talk, "anna", "override @ben squat 100x5 @2"), "R");
    change_member(&talk, "ben", COACH_SHARE_COACH, COACH_HERE);
    assert_silent_on(gym(&talk, "anna", "target @ben squat 5x5 100kg @2-3"), "R"); /* others read it */
    change_member(&talk, "ben", COACH_SHARE_ROOM, COACH_HERE);
    assert_says(gym(&talk, "anna", "target @ben squat 5x5 @2-3"), "R41: pain there");
    assert_says(gym(&talk, "anna", "override @ben squat 100x5 @2"), "R70");
    talk_close(&talk);
}

/* Years, form, phase and goal that were said alone hold as ever, and are named to nobody; said in the room they are. */
static void what_was_said_alone_is_held_and_not_named(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    alone(&talk, "ben", "experience 6 months");
    said = gym(&talk, "anna", "target @ben curl 3x12 @0");
    assert_says(said, "A safety rule of their own applies:\nben");
    assert_silent_on(said, "R66");
    assert_silent_on(said, "beginner");
    gym(&talk, "ben", "curl 10kg x12 @3");
    assert_true(talk.said[0].advice.rir_min == 2 && !talk.said[0].advice.failure_ok); /* R66 */
    alone(&talk, "cara", "experience 4y");
    alone(&talk, "cara", "phase deload for 1 week");
    said = gym(&talk, "anna", "target @cara bench 4x8 @2-3");
    assert_silent_on(said, "deload");
    assert_silent_on(said, "R37");
    assert_says(said, "their own applies:\ncara\nI advise within it.");
    /* What another room heard isn't this one's. */
    in(&talk, "#hall", "cara", "group setup");
    in(&talk, "#hall", "cara", "phase deload for 1 week");
    assert_silent_on(gym(&talk, "anna", "target @cara bench 4x8 @2-3"), "R37");
    gym(&talk, "cara", "phase deload for 1 week");
    assert_says(gym(&talk, "anna", "target @cara bench 4x8 @2-3"), "R37: a deload week");
    /* Said alone once more, it is news of theirs. */
    alone(&talk, "cara", "phase deload for 2 weeks");
    assert_silent_on(gym(&talk, "anna", "target @cara bench 4x8 @2-3"), "R37");
    gym(&talk, "cara", "share room");
    assert_says(gym(&talk, "anna", "target @cara bench 4x8 @2-3"), "R37: a deload week");
    talk_close(&talk);
}

/* What a room has heard it knows where it has moved to, as people come after it. */
static void a_room_that_moves_knows_what_it_has_heard(void **state)
{
    struct talk talk;
    struct err err = {0};

    (void)state;
    open_gym(&talk);
    gym(&talk, "cara", "phase deload for 1 week");
    assert_says(gym(&talk, "anna", "target @cara bench 4x8 @2-3"), "R37: a deload week");
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_room_moved(talk.coach, "test", "#gym", "#hall", &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    talk.room = "#hall";
    talk_hand(&talk, (struct message){.kind = MESSAGE_JOIN, .sender = "anna"});
    talk_hand(&talk, (struct message){.kind = MESSAGE_JOIN, .sender = "cara"});
    assert_says(in(&talk, "#hall", "anna", "target @cara bench 4x8 @2-3"), "R37: a deload week");
    talk_close(&talk);
}

/* A coach logs for Ben, who shares nothing: neither the board nor what is approved goes by the rest of his log. */
static void a_coach_who_logs_learns_nothing_more(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    alone(&talk, "ben", "bench 140x5 @2");
    talk.now_ms += 2 * DAY;
    alone(&talk, "ben", "pain shoulder 3");
    assert_silent_on(gym(&talk, "anna", "@ben bench 100x8 @2"), "Next");
    assert_says(gym(&talk, "anna", "board"), "ben: bench press 100 kg x 8");
    assert_says(gym(&talk, "anna", "approve @ben"), "ben, next bench press: 100x8");
    /* What was answered to himself there, others have read; until he says something elsewhere. */
    assert_silent_on(gym(&talk, "ben", "bench 100x8 @2"), "100 kg x 8");
    assert_silent_on(gym(&talk, "anna", "board"), "100 kg x 8");
    alone(&talk, "ben", "today");
    assert_says(gym(&talk, "anna", "board"), "ben: bench press 100 kg x 8");
    talk_close(&talk);
}

/* What a coach asks of the next set after the last was done is what comes now. */
static void the_board_knows_of_an_override(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "squat 100x5 @0");
    talk.now_ms += 30 * 1000;
    gym(&talk, "anna", "override @ben squat 85x5 @2");
    assert_says(gym(&talk, "anna", "board"), "ben: squat 85 kg x 5");
    talk_close(&talk);
}

static void a_team_shows_what_each_shares(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "target @ben squat 5x5 @2-3");
    gym(&talk, "ben", "squat 100x5 @2");
    gym(&talk, "ben", "100x5 @0");
    alone(&talk, "ben", "bench 80x8 @2");
    said = gym(&talk, "anna", "team");
    assert_says(said, "ben: 1 day, 2 sets\n- 1 on target, 1 too hard");
    assert_says(said, "cara: nothing");
    assert_silent_on(said, "anna"); /* who coaches and doesn't train */
    assert_says(alone(&talk, "anna", "team"), "ben: 1 day, 2 sets");
    change_member(&talk, "ben", COACH_SHARE_COACH, COACH_HERE);
    said = gym(&talk, "anna", "team");
    assert_says(said, "ben: 1 day, 2 sets");
    assert_says(said, "direct chat");
    assert_says(alone(&talk, "anna", "team"), "ben: 1 day, 3 sets");
    assert_says(alone(&talk, "ben", "team"), "Only a coach");
    change_member(&talk, "ben", COACH_SHARE_ROOM, COACH_HERE);
    assert_says(gym(&talk, "anna", "team"), "ben: 1 day, 3 sets");
    /* A coach of another room, whether Ben is there or not. */
    in(&talk, "#hall", "dora", "group setup");
    in(&talk, "#hall", "dora", "coach add @dora");
    assert_says(in(&talk, "#hall", "dora", "team"), "Nobody trains here yet.");
    assert_says(gym(&talk, "dora", "team"), "Only a coach");
    in(&talk, "#hall", "ben", "today");
    assert_says(in(&talk, "#hall", "dora", "team"), "ben: nothing");
    talk.now_ms += 8 * DAY;
    assert_says(gym(&talk, "anna", "team"), "ben: nothing since 5 Jan");
    talk_close(&talk);
}

/* What Ben did elsewhere is told in no room by what he asks or takes back there, set up or not. */
static void a_room_hears_nothing_of_sets_from_elsewhere(void **state)
{
    static const char *const asked[] = {"today",         "last",           "week",      "records",    "history bench",
                                        "1rm bench",     "how many bench", "month",     "next",       "why",
                                        "too heavy",     "too light",      "warmup",    "plates",     "load bench x5",
                                        "records bench", "last bench",     "score men", "fix 7 reps", "done"};
    static const char *const rooms[] = {"#gym", "#cafe"};
    struct talk talk;

    (void)state;
    open_gym(&talk);
    for (size_t room = 0; room < ARRAY_LENGTH(rooms); room++) {
        alone(&talk, "ben", "bench 77.5x8 @2");
        for (size_t i = 0; i < ARRAY_LENGTH(asked); i++) {
            const char *said = in(&talk, rooms[room], "ben", asked[i]);

            assert_silent_on(said, "77");
            assert_silent_on(said, "e1RM");
            assert_silent_on(said, strstr(asked[i], "bench") != NULL ? "1 set" : "bench press");
        }
        assert_says(alone(&talk, "ben", "today"), "bench press 77.5x8 @2");
        in(&talk, rooms[room], "ben", "undo"); /* the "done" */
        assert_silent_on(in(&talk, rooms[room], "ben", "undo"), "bench");
        assert_says(alone(&talk, "ben", "today"), "No sets");
    }
    talk_close(&talk);
}

static void a_room_hears_of_what_is_typed_there(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    alone(&talk, "ben", "bench 80x8 @2");
    gym(&talk, "ben", "squat 100x5 @2");
    assert_says(gym(&talk, "ben", "fix 4 reps"), "squat 100x4");
    assert_says(gym(&talk, "ben", "next"), "squat 100x4");
    said = gym(&talk, "ben", "today");
    assert_says(said, "1 set today");
    assert_silent_on(said, "bench");
    said = gym(&talk, "ben", "done");
    assert_says(said, "Session: 1 set\n- squat 100x4");
    assert_silent_on(said, "bench");
    assert_says(alone(&talk, "ben", "today"), "2 sets today");
    gym(&talk, "ben", "share room");
    assert_says(gym(&talk, "ben", "today"), "2 sets today");
    alone(&talk, "ben", "bench 80x7 @1");
    assert_says(gym(&talk, "ben", "undo"), "Undone: bench press 80x7 @1");
    talk_close(&talk);
}

/* What somebody types in a room goes on from what they typed there; what they did alone is filled in nowhere. */
static void nothing_done_alone_is_filled_in_where_others_read(void **state)
{
    static const char *const typed[] = {"same",     "again x4", "ok",           "x8",       "8 @2",   "+2.5 x6",
                                        "bench x6", "next",     "bench 80% x5", "may fail", "-10% x8"};
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "row 60x10 @2");
    talk.now_ms += 60 * 1000;
    alone(&talk, "ben", "bench 107.5x5 @2");
    for (size_t i = 0; i < ARRAY_LENGTH(typed); i++) {
        const char *said;

        talk.now_ms += 60 * 1000;
        said = gym(&talk, "ben", typed[i]);
        assert_silent_on(said, "107.5");
        assert_silent_on(said, "bench press 1");
        assert_silent_on(said, "bench press 9");
        if (talk.said[0].logged != 0)
            fail_msg("\"%s\" is booked: %s", typed[i], said);
        gym(&talk, "ben", "no"); /* where something was asked */
    }
    /* Behind a set of the room's, it goes on as ever. */
    assert_says(gym(&talk, "ben", "row x9"), "barbell row 60x9");
    talk.now_ms += 60 * 1000;
    assert_says(gym(&talk, "ben", "same"), "barbell row 60x9");
    talk.now_ms += 60 * 1000;
    assert_says(gym(&talk, "ben", "+2.5 x6"), "barbell row 62.5x6");
    assert_says(gym(&talk, "ben", "bench x6"), "with which load");
    gym(&talk, "ben", "no");
    /* What is shared is. */
    gym(&talk, "ben", "share room");
    assert_says(gym(&talk, "ben", "bench x6"), "bench press 107.5x6");
    assert_says(alone(&talk, "ben", "same"), "bench press 107.5x6");
    talk_close(&talk);
}

/* How somebody is, and what they weigh, is told to them alone. */
static void values_said_alone_are_told_alone(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    alone(&talk, "ben", "pain knee 2");
    alone(&talk, "ben", "bw 82.4");
    alone(&talk, "ben", "slept 5h");
    assert_says(gym(&talk, "ben", "settings"), "for you alone");
    assert_silent_on(gym(&talk, "ben", "settings"), "82.4");
    assert_silent_on(gym(&talk, "ben", "bw"), "82.4");
    assert_silent_on(gym(&talk, "ben", "slept"), "5 h");
    assert_silent_on(gym(&talk, "ben", "pain"), "knee");
    /* Of a list the room hears what is said to it. */
    assert_says(gym(&talk, "ben", "pain shoulder 1"), "pain: shoulder 1");
    assert_silent_on(gym(&talk, "ben", "pain"), "knee");
    assert_says(alone(&talk, "ben", "pain"), "knee 2, shoulder 1");
    assert_says(gym(&talk, "ben", "bw 83"), "83 kg");
    assert_says(gym(&talk, "ben", "bw"), "83 kg");
    assert_says(gym(&talk, "ben", "units kg"), "units: kg");
    assert_says(gym(&talk, "ben", "units"), "units: kg");
    gym(&talk, "ben", "share room");
    assert_says(gym(&talk, "ben", "settings"), "knee 2, shoulder 1");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_give_nothing_away),
        cmocka_unit_test(what_was_said_alone_is_held_and_not_named),
        cmocka_unit_test(a_room_that_moves_knows_what_it_has_heard),
        cmocka_unit_test(a_coach_who_logs_learns_nothing_more),
        cmocka_unit_test(the_board_knows_of_an_override),
        cmocka_unit_test(a_team_shows_what_each_shares),
        cmocka_unit_test(a_room_hears_nothing_of_sets_from_elsewhere),
        cmocka_unit_test(a_room_hears_of_what_is_typed_there),
        cmocka_unit_test(nothing_done_alone_is_filled_in_where_others_read),
        cmocka_unit_test(values_said_alone_are_told_alone),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

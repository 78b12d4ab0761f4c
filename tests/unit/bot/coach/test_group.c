/*
 * Rooms that train together: who is there is said before anything is shown to them, and who has gone is shown nothing.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/log/log.h"

static void go(struct talk *talk, enum message_kind kind, const char *person)
{
    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = kind, .sender = person});
}

static void set_up(struct talk *talk)
{
    talk_open(talk);
    talk->room = "#gym";
    talk->addressed = true;
    assert_says(talk_say(talk, "group setup"), "training room now");
    assert_says(talk_say_as(talk, "ben", NULL, "bench 80x8 @2"), "bench press 80x8");
}

/* One batch of a server: somebody is put into the room, and others go on. In the order in which it is said. */
static void who_comes_is_announced_before_anything_is_said(void **state)
{
    struct message joined = {.kind = MESSAGE_JOIN, .sender = "mallory", .sender_name = "mallory", .text = ""};
    struct message set = {.kind = MESSAGE_TEXT, .sender = "ben", .sender_name = "ben", .id = "s", .text = "80x7 @1"};
    struct talk talk;
    struct err err = {0};

    (void)state;
    set_up(&talk);
    talk.count = 0;
    joined.transport = set.transport = "test";
    joined.room = set.room = "#gym";
    joined.read_ms = set.read_ms = set.sent_ms = talk.now_ms + MINUTE;
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &joined, &err), 0);
    assert_int_equal(talk.count, 0); /* several at once are gathered */
    joined.sender = joined.sender_name = "oscar";
    assert_int_equal(coach_handle(talk.coach, &joined, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &set, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, joined.read_ms, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_int_equal(talk.count, 2);
    assert_says(talk.said[0].text, "New here: mallory, oscar");
    assert_string_equal(talk.said[0].answers, "");
    assert_says(talk.said[1].text, "bench press 80x7");
    talk_close(&talk);
}

/* The store took it back: what comes again is announced again, once. */
static void what_is_rolled_back_was_not_announced(void **state)
{
    struct message joined = {
        .kind = MESSAGE_JOIN, .transport = "test", .room = "#gym", .sender = "cara", .sender_name = "cara", .text = ""};
    struct talk talk;
    struct err err = {0};

    (void)state;
    set_up(&talk);
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &joined, &err), 0);
    store_rollback(talk.store);
    coach_forget(talk.coach);
    talk.count = 0;
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &joined, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &joined, &err), 0); /* told again */
    assert_int_equal(coach_finish_batch(talk.coach, 1, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, 1, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_int_equal(talk.count, 1);
    assert_says(talk.said[0].text, "New here: cara");
    talk_close(&talk);
}

static void leaving_ends_what_was_shared(void **state)
{
    static const enum message_kind ways[] = {MESSAGE_LEAVE, MESSAGE_REMOVED};
    struct talk talk;

    (void)state;
    set_up(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++) {
        assert_says(talk_say_as(&talk, "ben", NULL, "share room"), "everybody");
        go(&talk, ways[i], "ben");
        go(&talk, MESSAGE_JOIN, "ben");
        assert_says(talk_say_as(&talk, "ben", NULL, "share"), "nothing else");
    }
    /* Whose connection ended comes back as who they were, but asks nothing meanwhile. */
    talk_say_as(&talk, "ben", NULL, "share room");
    go(&talk, MESSAGE_AWAY, "ben");
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "ben", NULL, "group"), "rooms with others");
    talk.room = "#gym";
    go(&talk, MESSAGE_JOIN, "ben");
    assert_says(talk_say_as(&talk, "ben", NULL, "share"), "everybody");
    talk_close(&talk);
}

/* The room's new place: people come after it one by one, and are who they were. Nobody is said to have left. */
static void a_room_that_moves_takes_everybody_along(void **state)
{
    struct talk talk;
    struct err err = {0};

    (void)state;
    set_up(&talk);
    assert_says(talk_say_as(&talk, "ben", NULL, "share room"), "everybody");
    talk.count = 0;
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_room_moved(talk.coach, "test", "#gym", "#hall", &err), 0);
    assert_int_equal(coach_people_changed(talk.coach, "test", "#hall", MESSAGE_LEAVE, talk.now_ms, &err), 0);
    assert_int_equal(coach_finish_batch(talk.coach, talk.now_ms, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_int_equal(talk.count, 0);
    talk.room = "#hall";
    go(&talk, MESSAGE_JOIN, "anna");
    assert_int_equal(talk.count, 0);
    assert_says(talk_say(&talk, "group"), "ben");
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "ben", NULL, "group"), "rooms with others"); /* not there yet */
    talk.room = "#hall";
    go(&talk, MESSAGE_JOIN, "ben");
    assert_int_equal(talk.count, 0);
    assert_says(talk_say_as(&talk, "ben", NULL, "share"), "everybody");
    assert_says(talk_say_as(&talk, "ben", NULL, "x7 @1"), "bench press 80x7"); /* what was said there goes on */
    talk_close(&talk);
}

/* By each command that takes a name, from outside: whoever was removed, whoever never was there, who coaches another
 * room. Nobody learns of Ben's deadlift, which he did in private. */
static void nobody_from_outside_learns_anything(void **state)
{
    static const char *const asked[] = {"group",
                                        "team",
                                        "share room",
                                        "target @ben deadlift 5x5 @2",
                                        "target @ben bench 5x5 @2",
                                        "override @ben deadlift 100x5",
                                        "assign push @ben",
                                        "coach add @mallory",
                                        "coach remove @ben",
                                        "trust @ben",
                                        "@ben deadlift 100x5 @1",
                                        "@ben x5"};
    static const char *const outsiders[] = {"mallory", "coach", "removed"};
    struct talk talk;

    (void)state;
    set_up(&talk);
    talk_say_as(&talk, "removed", NULL, "bench 40x8 @2");
    talk_say(&talk, "coach add @removed");
    go(&talk, MESSAGE_REMOVED, "removed");
    talk.room = "#club";
    talk_say_as(&talk, "coach", NULL, "group setup");
    talk_say_as(&talk, "coach", NULL, "coach add @coach");
    talk.room = NULL;
    talk_say_as(&talk, "ben", NULL, "deadlift 180x3 @1");
    for (size_t who = 0; who < ARRAY_LENGTH(outsiders); who++)
        for (size_t i = 0; i < ARRAY_LENGTH(asked); i++) {
            talk_say_as(&talk, outsiders[who], NULL, asked[i]);
            for (size_t said = 0; said < talk.count; said++)
                if (strstr(talk.said[said].text, "180") != NULL || strstr(talk.said[said].text, "anna") != NULL)
                    fail_msg("%s learns by \"%s\": %s", outsiders[who], asked[i], talk.said[said].text);
        }
    /* And nothing of it held. */
    assert_says(talk_say_as(&talk, "ben", NULL, "today"), "180x3");
    assert_null(strstr(talk.said[0].text, "100x5"));
    talk_close(&talk);
}

/* All the power over a private chat is none over the room. */
static void power_is_that_over_the_room(void **state)
{
    struct message message = {.kind = MESSAGE_TEXT, .sender = "ben", .id = "p", .power = 100, .text = "coach add @ben"};
    struct talk talk;

    (void)state;
    set_up(&talk);
    talk.room = NULL;
    talk.now_ms += MINUTE;
    talk_hand(&talk, message);
    assert_says(talk_told(&talk), "moderators");
    talk.room = "#gym";
    assert_says(talk_say(&talk, "coach"), "No coach");
    message.id = "q";
    talk.now_ms += MINUTE;
    talk_hand(&talk, message);
    assert_says(talk_told(&talk), "ben coaches here now");
    talk_close(&talk);
}

/* However the name is spelt: what was written for somebody stays theirs when it is edited. */
static void an_edit_finds_whom_it_was_written_for(void **state)
{
    struct talk talk;

    (void)state;
    set_up(&talk);
    talk_say_as(&talk, "ben", NULL, "trust @anna");
    assert_says(talk_say_as(&talk, "anna", "w", "@Ben bench 85x5 @1"), "for ben");
    talk_change(&talk, MESSAGE_EDIT, "w", "@Ben bench 85x6 @1");
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "ben", NULL, "today"), "85x6");
    talk_close(&talk);
}

/* The log is the lifter's, wherever it was written. */
static void a_set_counts_in_every_room(void **state)
{
    struct talk talk;

    (void)state;
    set_up(&talk);
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "ben", NULL, "x7 @1"), "bench press 80x7");
    assert_says(talk_say_as(&talk, "ben", NULL, "today"), "2 sets");
    talk.room = "#gym";
    assert_says(talk_say_as(&talk, "ben", NULL, "+2.5 x6 @1"), "from which load?"); /* which others needn't know */
    talk_say_as(&talk, "ben", NULL, "no");
    assert_says(talk_say_as(&talk, "ben", NULL, "bench 82.5x6 @1"), "bench press 82.5x6");
    assert_says(talk_say_as(&talk, "ben", NULL, "today"), "2 sets"); /* those that were typed there */
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "ben", NULL, "today"), "3 sets");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_comes_is_announced_before_anything_is_said),
        cmocka_unit_test(what_is_rolled_back_was_not_announced),
        cmocka_unit_test(a_room_that_moves_takes_everybody_along),
        cmocka_unit_test(leaving_ends_what_was_shared),
        cmocka_unit_test(nobody_from_outside_learns_anything),
        cmocka_unit_test(power_is_that_over_the_room),
        cmocka_unit_test(an_edit_finds_whom_it_was_written_for),
        cmocka_unit_test(a_set_counts_in_every_room),
    };

    log_set_level(LOG_LEVEL_ERROR);
    return RUN_TESTS(tests);
}

/*
 * link, unlink and whoami: codes, who may, how often, both sides' yes, and each with their own again.
 */
#include "tests/unit/bot/coach/gym.h"

/* The code that WHO is given. */
static const char *code_of(struct talk *talk, const char *who)
{
    static char code[16];
    const char *said = strstr(talk_say_as(talk, who, NULL, "link"), "link ");

    assert_non_null(said);
    snprintf(code, sizeof(code), "%.9s", said + strlen("link "));
    return code;
}

static const char *type_code(struct talk *talk, const char *who, const char *code)
{
    char text[64];

    snprintf(text, sizeof(text), "link %s", code);
    return talk_say_as(talk, who, NULL, text);
}

/* WHO's log becomes HOST's. */
static void link_up(struct talk *talk, const char *host, const char *who)
{
    assert_says(type_code(talk, who, code_of(talk, host)), host);
    assert_says(talk_say_as(talk, who, NULL, "link yes"), "Now say");
    assert_says(talk_say_as(talk, host, NULL, "link yes"), "Linked with");
}

static void log_both(struct talk *talk)
{
    talk_open(talk);
    talk_say_as(talk, "anna", NULL, "bench 80x8 @2");
    talk_say_as(talk, "irc", NULL, "squat 100x5 @2");
}

static void both_are_shown_the_other_and_say_yes(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    assert_says(type_code(&talk, "irc", code_of(&talk, "anna")), "anna on test");
    assert_says(talk.said[0].text, "1 set");
    assert_says(talk_say_as(&talk, "anna", NULL, "link yes"), "nothing to answer");
    assert_says(talk_say_as(&talk, "irc", NULL, "today"), "1 set today");
    talk_say_as(&talk, "irc", NULL, "link yes");
    assert_says(talk_say_as(&talk, "irc", NULL, "today"), "1 set today");
    talk_do_due(&talk, talk.now_ms);
    assert_int_equal(talk.count, 1);
    assert_int_equal(talk.said[0].kind, OUT_PING);
    assert_says(talk.said[0].text, "irc on test");
    assert_says(talk_say_as(&talk, "anna", NULL, "link yes"), "Linked with");
    talk_do_due(&talk, talk.now_ms);
    assert_int_equal(talk.count, 1);
    assert_says(talk.said[0].text, "anna on test");
    assert_says(talk_say_as(&talk, "irc", NULL, "today"), "2 sets today");
    assert_says(talk_say_as(&talk, "irc", NULL, "whoami"), "irc on test, linked");
    talk_close(&talk);
}

/* All that is known of a link is in the store: the program may end at any point between. */
static void it_goes_on_after_a_restart(void **state)
{
    struct coach_options options;
    struct talk talk;

    (void)state;
    log_both(&talk);
    options = (struct coach_options){.unit = UNIT_KG,
                                     .language = "en",
                                     .store = store_coach(talk.store),
                                     .offset = talk_offset,
                                     .offset_arg = &talk,
                                     .export_set = export_set,
                                     .secrets = {talk_random, &talk, talk_digest},
                                     .observe = talk_observe,
                                     .observe_arg = &talk};
    type_code(&talk, "irc", code_of(&talk, "anna"));
    for (int i = 0; i < 2; i++) {
        assert_says(talk_say_as(&talk, i == 0 ? "irc" : "anna", NULL, "link yes"), i == 0 ? "Now say" : "Linked");
        coach_free(talk.coach);
        talk.coach = coach_new(&options);
    }
    assert_says(talk_say_as(&talk, "irc", NULL, "today"), "2 sets today");
    talk_close(&talk);
}

static void a_code_is_good_once_and_for_ten_minutes(void **state)
{
    struct talk talk;
    char code[16];

    (void)state;
    log_both(&talk);
    snprintf(code, sizeof(code), "%s", code_of(&talk, "anna"));
    talk.now_ms += 9 * MINUTE;
    assert_says(type_code(&talk, "irc", code), "anna on test"); /* the tenth */
    assert_says(type_code(&talk, "eve", code), "No such code");
    snprintf(code, sizeof(code), "%s", code_of(&talk, "anna"));
    assert_says(talk_say_as(&talk, "irc", NULL, "link yes"), "nothing to answer"); /* she asked anew */
    talk.now_ms += 10 * MINUTE;
    assert_says(type_code(&talk, "irc", code), "No such code");
    type_code(&talk, "irc", code_of(&talk, "anna"));
    talk.now_ms += 10 * MINUTE;
    assert_says(talk_say_as(&talk, "irc", NULL, "link yes"), "nothing to answer");
    type_code(&talk, "irc", code_of(&talk, "anna"));
    talk_say_as(&talk, "irc", NULL, "link yes");
    talk.now_ms += 11 * MINUTE;
    talk_do_due(&talk, talk.now_ms);
    assert_int_equal(talk.count, 0); /* nobody is asked what can't be answered */
    assert_says(talk_say_as(&talk, "anna", NULL, "link yes"), "nothing to answer");
    talk_close(&talk);
}

/* RFC 8628, 5.1: whoever guesses is stopped long before they have a chance, and learns nothing from then on. */
static void guessing_is_stopped(void **state)
{
    struct talk talk;
    char code[16], who[16];

    (void)state;
    log_both(&talk);
    for (int i = 0; i < 5; i++)
        assert_says(type_code(&talk, "eve", "BBBB-BBBB"), "No such code");
    snprintf(code, sizeof(code), "%s", code_of(&talk, "anna"));
    assert_says(type_code(&talk, "eve", code), "Too many");
    assert_says(type_code(&talk, "irc", code), "anna on test"); /* others aren't kept from theirs */
    talk.now_ms += HOUR;
    assert_says(type_code(&talk, "eve", "BBBB-BBBB"), "No such code");
    /* many names at once */
    for (int i = 0; i < 99; i++) {
        snprintf(who, sizeof(who), "eve%d", i);
        talk.now_ms -= MINUTE;
        type_code(&talk, who, "BBBB-BBBB");
    }
    assert_says(type_code(&talk, "eve99", "BBBB-BBBB"), "Too many");
    talk_close(&talk);
}

static void never_where_others_read(void **state)
{
    static const char *const shown[] = {"!link ", "spotter: link ", "my code is ", "", "("};
    struct talk talk;
    char code[16], text[64];

    (void)state;
    log_both(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(shown); i++) {
        snprintf(code, sizeof(code), "%s", code_of(&talk, "anna"));
        snprintf(text, sizeof(text), "%s%s, type it", shown[i], code);
        talk.room = "gym";
        assert_says(talk_say_as(&talk, "irc", NULL, text), "void");
        talk.room = NULL;
        assert_says(type_code(&talk, i % 2 == 0 ? "irc" : "ben", code), "No such code");
    }
    talk.room = "gym";
    assert_says(talk_say_as(&talk, "anna", NULL, "!link"), "in private");
    assert_says(talk_say_as(&talk, "anna", NULL, "!link BBBB-BBBB"), "in private");
    assert_says(talk_say_as(&talk, "anna", NULL, "!unlink"), "in private");
    assert_string_equal(talk_say_as(&talk, "anna", NULL, "BCDF-GHJK is no code, nor is BCDF-GHJ, -, or BCDF-"), "");
    talk_close(&talk);
}

static void a_guest_cannot(void **state)
{
    struct talk talk;
    char code[16];

    (void)state;
    log_both(&talk);
    snprintf(code, sizeof(code), "%s", code_of(&talk, "anna"));
    talk.guest = true;
    assert_says(talk_say_as(&talk, "~guest:1", NULL, "link"), "guest");
    assert_says(type_code(&talk, "~guest:1", code), "guest");
    assert_says(talk_say_as(&talk, "~guest:1", NULL, "whoami"), "guest");
    talk.guest = false;
    assert_says(type_code(&talk, "irc", code), "anna on test");
    talk_close(&talk);
}

static void whom_it_cannot_join(void **state)
{
    struct talk talk;
    char code[16];

    (void)state;
    log_both(&talk);
    assert_says(talk_say(&talk, "link 12345"), "link and the code");
    assert_says(type_code(&talk, "anna", code_of(&talk, "anna")), "your own code");
    link_up(&talk, "anna", "irc");
    assert_says(type_code(&talk, "anna", code_of(&talk, "irc")), "are linked");
    snprintf(code, sizeof(code), "%s", code_of(&talk, "ben"));
    assert_says(type_code(&talk, "irc", code), "other way round");
    link_up(&talk, "irc", "ben"); /* which is anna's log */
    talk_say_as(&talk, "ben", NULL, "bench 60x5");
    assert_says(talk_say_as(&talk, "anna", NULL, "today"), "3 sets today");
    talk_close(&talk);
}

/* Who reads it late or edits an older message has not seen what is asked. */
static void only_what_is_said_now_counts(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    talk_say_as(&talk, "irc", "w1", "why");
    type_code(&talk, "irc", code_of(&talk, "anna"));
    talk.summarise = true;
    talk_say_as(&talk, "irc", NULL, "link yes");
    talk.summarise = false;
    assert_says(talk_say_as(&talk, "anna", NULL, "link yes"), "nothing to answer");
    talk_close(&talk);
}

static void unlinked_each_has_their_own(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    talk_say_as(&talk, "anna", NULL, "goal strength");
    talk_say_as(&talk, "irc", NULL, "goal muscle");
    talk_say_as(&talk, "irc", NULL, "bw 82");
    talk_say_as(&talk, "irc", NULL, "new zercher squat = squat");
    talk_say_as(&talk, "irc", NULL, "zercher squat 60x5 @2");
    link_up(&talk, "anna", "irc");
    assert_says(talk_say_as(&talk, "irc", NULL, "settings"), "strength");
    assert_says(talk_say_as(&talk, "anna", NULL, "settings"), "82");
    talk_say_as(&talk, "anna", NULL, "zercher squat 60x6 @2");
    talk_say_as(&talk, "irc", "i9", "100x3 @1");
    talk_say_as(&talk, "anna", NULL, "undo");
    assert_says(talk_say_as(&talk, "anna", NULL, "today"), "4 sets today");
    talk.now_ms += 6 * DAY;
    assert_says(talk_say_as(&talk, "anna", NULL, "unlink"), "irc on test");
    talk_do_due(&talk, talk.now_ms);
    talk_say_as(&talk, "anna", NULL, "settings");
    assert_says(talk.said[0].text, "strength");
    assert_null(strstr(talk.said[0].text, "82"));
    assert_says(talk_say_as(&talk, "irc", NULL, "settings"), "hypertrophy");
    assert_says(talk_say_as(&talk, "irc", NULL, "settings"), "82");
    assert_says(talk_say_as(&talk, "anna", NULL, "last zercher squat"), "60x6"); /* she keeps what it is called */
    assert_says(talk_say_as(&talk, "irc", NULL, "last zercher squat"), "60x5");
    assert_says(talk_say_as(&talk, "irc", NULL, "undo"), "zercher squat 60x5");
    assert_says(talk_say_as(&talk, "irc", NULL, "undo"), "Undone: bw 82 kg");
    assert_says(talk_say_as(&talk, "irc", NULL, "undo"), "Undone: goal hypertrophy");
    assert_says(talk_say_as(&talk, "irc", NULL, "undo"), "squat 100x5");
    assert_says(talk_say_as(&talk, "anna", NULL, "undo"), "60x6");
    assert_says(talk_say_as(&talk, "anna", NULL, "undo"), "Undone: goal strength");
    assert_says(talk_say_as(&talk, "anna", NULL, "undo"), "bench press 80x8");
    assert_says(talk_say_as(&talk, "anna", NULL, "undo"), "nothing to undo");
    talk_close(&talk);
}

static void after_a_week_the_log_stays(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    link_up(&talk, "anna", "irc");
    talk.now_ms += 7 * DAY;
    assert_says(talk_say_as(&talk, "irc", NULL, "unlink"), "unlink yes");
    assert_says(talk_say_as(&talk, "irc", NULL, "whoami"), "linked");
    assert_says(talk_say_as(&talk, "irc", NULL, "unlink yes"), "stayed");
    coach_forget(talk.coach); /* whoever begins anew would be asked about themselves */
    assert_says(talk_say_as(&talk, "irc", NULL, "last squat"), "No");
    assert_says(talk_say_as(&talk, "anna", NULL, "last squat"), "100x5");
    assert_says(talk_say_as(&talk, "anna", NULL, "last bench"), "80x8");
    talk_close(&talk);
}

static void forgotten_both_are(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    link_up(&talk, "anna", "irc");
    assert_says(talk_say_as(&talk, "irc", NULL, "forget me"), "2 sets");
    talk_say_as(&talk, "irc", NULL, "forget me yes");
    assert_says(talk_say_as(&talk, "irc", NULL, "forget everything"), "Done");
    assert_says(talk_say_as(&talk, "anna", NULL, "today"), "No sets");
    assert_says(talk_say_as(&talk, "anna", NULL, "unlink"), "No other name");
    talk_close(&talk);
}

/* Linked, and both sides of a bridge vouch for her: what she says there is heard once; what she says twice, twice. */
static void said_on_both_sides_of_a_bridge(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    link_up(&talk, "anna", "irc");
    talk.room = "gym";
    talk.bridged = true;
    assert_says(talk_say_as(&talk, "anna", NULL, "bench 90x5 @2"), "90x5");
    talk.now_ms -= MINUTE - 4000;
    talk.transport = "bridge";
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT, .sender = "anna", .id = "other", .text = "bench 90x5 @2"});
    talk.transport = NULL;
    assert_says(talk_say_as(&talk, "anna", NULL, "bench 90x5 @2"), "90x5");
    assert_says(talk_say_as(&talk, "anna", NULL, "!today"), "2 sets today");
    talk.room = NULL;
    assert_says(talk_say_as(&talk, "anna", NULL, "today"), "4 sets today");
    talk_close(&talk);
}

/* Who trusts somebody knows them by the name that they have in their room, and by no other. */
static void a_trusted_persons_other_names_stay_theirs(void **state)
{
    struct talk talk;

    (void)state;
    log_both(&talk);
    gym(&talk, "anna", "group setup");
    gym(&talk, "ben", "today");
    in(&talk, "#hall", "irc", "group setup");
    talk.room = NULL;
    talk.addressed = false;
    link_up(&talk, "anna", "irc");
    assert_says(gym(&talk, "ben", "trust @anna"), "anna may log for you");
    assert_string_equal(gym(&talk, "ben", "trust"), "May log for you: anna");
    assert_string_equal(alone(&talk, "ben", "trust"), "May log for you: anna");
    in(&talk, "#hall", "ben", "today");
    assert_silent_on(in(&talk, "#hall", "ben", "trust"), "anna");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_are_shown_the_other_and_say_yes),
        cmocka_unit_test(it_goes_on_after_a_restart),
        cmocka_unit_test(a_code_is_good_once_and_for_ten_minutes),
        cmocka_unit_test(guessing_is_stopped),
        cmocka_unit_test(never_where_others_read),
        cmocka_unit_test(a_guest_cannot),
        cmocka_unit_test(whom_it_cannot_join),
        cmocka_unit_test(only_what_is_said_now_counts),
        cmocka_unit_test(unlinked_each_has_their_own),
        cmocka_unit_test(after_a_week_the_log_stays),
        cmocka_unit_test(forgotten_both_are),
        cmocka_unit_test(said_on_both_sides_of_a_bridge),
        cmocka_unit_test(a_trusted_persons_other_names_stay_theirs),
    };

    return RUN_TESTS(tests);
}

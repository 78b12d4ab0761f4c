/*
 * Coaches in a training room: whose word counts, what is kept to the rules, and who gets to see what.
 */
#include "tests/unit/bot/coach/gym.h"

#include "bot/log/log.h"

/* ---------------------------------------------------------------- targets */

/* R94. It follows the lifter; it is shown in its own room and to the lifter alone. */
static void a_target_is_followed_and_named(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    assert_says(gym(&talk, "anna", "target @ben squat 5x5 @2-3"), "ben: squat 5x5 @2-3");
    said = gym(&talk, "ben", "squat 100x5 @2");
    assert_says(said, "anna: 5x5 @2-3");
    assert_says(said, "On target.");
    assert_true(talk.said[0].advice.rir_min == 2 && talk.said[0].advice.rir_max == 3);
    assert_int_equal(talk.said[0].advice.sets_planned, 5);
    assert_says(gym(&talk, "ben", "why"), "R94 anna asks for 5x5 @2-3, since 5 Jan.");
    assert_says(gym(&talk, "ben", "target"), "squat 5x5 @2-3 (anna)");
    assert_says(alone(&talk, "ben", "x5 @2"), "anna: 5x5 @2-3");
    in(&talk, "#hall", "dora", "group setup");
    said = in(&talk, "#hall", "ben", "squat 95x5 @2");
    assert_silent_on(said, "anna");
    assert_says(said, "RIR 2-3");
    assert_silent_on(in(&talk, "#hall", "ben", "why"), "anna");
    /* Cara has none. */
    assert_silent_on(gym(&talk, "cara", "squat 60x5 @2"), "anna");
    assert_says(gym(&talk, "cara", "target"), "No coach has set you a target.");
    talk_close(&talk);
}

static void the_last_set_is_held_against_what_was_asked_then(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "squat 100x5 @1");
    gym(&talk, "anna", "target @ben squat 5x5 @3");
    assert_silent_on(gym(&talk, "ben", "why"), "R95");
    assert_says(gym(&talk, "ben", "95x5 @1"), "Harder than asked: RIR 1. anna: 5x5 @3");
    talk_close(&talk);
}

static void a_plan_of_ones_own_takes_the_target_in(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "target @ben squat 4x6 @3");
    said = gym(&talk, "ben", "plan bench 3x8 @2, squat 3x5 100kg @1, squat 1x5+");
    assert_says(said, "7 sets");
    assert_says(said, "squat 4x6 100kg @3");
    assert_says(said, "bench press 3x8 @2");
    talk_close(&talk);
}

static void everybody_has_the_rooms_target_until_a_newer_word(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "target @ben bench 5x5 @3");
    assert_says(gym(&talk, "anna", "target all bench 4x8 @1-3"), "Everyone: bench press 4x8 @1-3");
    assert_says(gym(&talk, "ben", "target"), "bench press 4x8 @1-3 (anna)");
    assert_says(gym(&talk, "dora", "bench 40x8 @2"), "anna: 4x8 @1-3"); /* who came later, too */
    gym(&talk, "anna", "target @ben bench off");
    assert_says(gym(&talk, "ben", "target"), "No coach has set you a target.");
    assert_says(gym(&talk, "cara", "target"), "bench press 4x8 @1-3");
    assert_says(gym(&talk, "anna", "target @ben bench off"), "there was none");
    gym(&talk, "anna", "undo");
    assert_says(gym(&talk, "ben", "target"), "bench press 4x8 @1-3");
    gym(&talk, "anna", "target all bench off");
    assert_says(gym(&talk, "cara", "target"), "No coach has set you a target.");
    talk_close(&talk);
}

/* What is over for one of them still holds for the others. */
static void a_target_of_all_ends_whoevers_ended_before(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "target all bench 4x8 @2-3");
    assert_says(gym(&talk, "anna", "target @ben bench off"), "no target for bench press now");
    assert_says(gym(&talk, "cara", "target"), "4x8");
    assert_says(gym(&talk, "anna", "target all bench off"), "no target for bench press now");
    assert_silent_on(gym(&talk, "cara", "target"), "4x8");
    assert_silent_on(gym(&talk, "anna", "target all bench off"), "no target for");
    /* One of them alone has one; then none has. */
    gym(&talk, "anna", "target @ben bench 4x8 @2-3");
    gym(&talk, "anna", "target @cara bench 3x8 @2-3");
    gym(&talk, "anna", "target @cara bench off");
    assert_says(gym(&talk, "anna", "target all bench off"), "no target for");
    gym(&talk, "anna", "target @ben bench 4x8 @2-3");
    gym(&talk, "anna", "target @ben bench off");
    assert_silent_on(gym(&talk, "anna", "target all bench off"), "no target for");
    talk_close(&talk);
}

static void who_coaches_and_who_may_not(void **state)
{
    static const char *const commands[] = {"target @cara squat 5x5 @2-3", "override @cara squat 60x5 @2",
                                           "approve @cara", "assign push @cara", "team"};
    struct talk talk;

    (void)state;
    open_gym(&talk);
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++) {
        const char *said = gym(&talk, "ben", commands[i]);

        assert_says(said, "Only a coach of this room can do that:\nask anna.");
        assert_int_equal(talk.said[0].kind, OUT_ERROR);
    }
    assert_says(gym(&talk, "ben", "coach add @ben"), "moderators");
    assert_says(gym(&talk, "ben", "coach remove @anna"), "moderators");
    assert_says(gym(&talk, "anna", "coach add @zoe"), "I see no zoe");
    assert_says(gym(&talk, "anna", "coach add @cara"), "cara coaches here now");
    assert_says(gym(&talk, "anna", "coach add @cara"), "already");
    assert_says(gym(&talk, "ben", "coach"), "anna, cara");
    gym(&talk, "cara", "target @ben squat 3x5 @3");
    gym(&talk, "anna", "coach remove @cara");
    assert_says(gym(&talk, "cara", "target @ben squat 3x5 @2"), "Only a coach");
    /* What was set stays. */
    assert_says(gym(&talk, "ben", "target"), "squat 3x5 @3 (cara)");
    /* A coach may stop by themselves. */
    assert_says(gym(&talk, "anna", "coach remove @anna"), "no longer");
    assert_says(gym(&talk, "ben", "team"), "There is none");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- two coaches at once */

enum deed { ANNA_SETS, DORA_SETS, ANNA_UNDOES, DORA_UNDOES, DORA_ENDS, DEEDS };

/* The words that were said, the newest last; SIZE_MAX where none stands. */
struct model {
    struct {
        bool anna, stands, ends;
        int number;
    } words[8];
    size_t count;
};

static void model_do(struct model *model, enum deed deed, int number)
{
    bool anna = deed == ANNA_SETS || deed == ANNA_UNDOES;

    if (deed != ANNA_UNDOES && deed != DORA_UNDOES) {
        model->words[model->count].anna = anna;
        model->words[model->count].stands = true;
        model->words[model->count].ends = deed == DORA_ENDS;
        model->words[model->count++].number = number;
        return;
    }
    for (size_t i = model->count; i-- > 0;)
        if (model->words[i].stands && model->words[i].anna == anna) {
            model->words[i].stands = false;
            return;
        }
}

static void model_expect(const struct model *model, char *out, size_t size)
{
    snprintf(out, size, "has no targets");
    for (size_t i = model->count; i-- > 0;)
        if (model->words[i].stands) {
            if (!model->words[i].ends)
                snprintf(out, size, "squat %dx5 @2 (%s)", model->words[i].number,
                         model->words[i].anna ? "anna" : "dora");
            return;
        }
}

static void one_order(int order)
{
    struct model model = {.count = 0};
    struct talk talk;
    char text[64];

    open_gym(&talk);
    gym(&talk, "dora", "today");
    gym(&talk, "anna", "coach add @dora");
    for (int i = 0; i < 3; i++, order /= DEEDS) {
        enum deed deed = (enum deed)(order % DEEDS);
        const char *who = deed == ANNA_SETS || deed == ANNA_UNDOES ? "anna" : "dora";

        model_expect(&model, text, sizeof(text));
        /* There is nothing to end. */
        if (deed == DORA_ENDS && strcmp(text, "has no targets") == 0)
            continue;
        model_do(&model, deed, i + 1);
        snprintf(text, sizeof(text), "target @ben squat %dx5 @2", i + 1);
        gym(&talk, who,
            deed == ANNA_UNDOES || deed == DORA_UNDOES ? "undo"
            : deed == DORA_ENDS                        ? "target @ben squat off"
                                                       : text);
        model_expect(&model, text, sizeof(text));
        assert_says(gym(&talk, "anna", "target @ben"), text);
    }
    talk_close(&talk);
}

/* Every order of three deeds: the newest word that stands is the target, and nobody's undo takes another's back. */
static void two_coaches_in_every_order(void **state)
{
    (void)state;
    for (int order = 0; order < DEEDS * DEEDS * DEEDS; order++)
        one_order(order);
}

static void the_other_coach_is_named(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "dora", "today");
    gym(&talk, "anna", "coach add @dora");
    assert_silent_on(gym(&talk, "anna", "target @ben squat 5x5 @2"), "replaces");
    assert_silent_on(gym(&talk, "anna", "target @ben squat 4x6 @2"), "replaces"); /* her own */
    assert_says(gym(&talk, "dora", "target @ben squat 3x8 @3"), "anna set 4x6 @2 at 18:08:\nyours replaces it.");
    /* Anna's word of before comes late: Dora's is newer and holds. */
    talk.room = "#gym";
    talk.addressed = true;
    talk_hand(&talk, (struct message){.kind = MESSAGE_TEXT,
                                      .sender = "anna",
                                      .id = "late",
                                      .sent_ms = talk.now_ms - MINUTE / 2,
                                      .text = "target @ben squat 2x2 @2"});
    assert_says(talk_told(&talk), "dora set 3x8 @3 at 18:09,\nafter this: that holds.");
    assert_says(gym(&talk, "ben", "target"), "squat 3x8 @3 (dora)");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- taking back */

static void an_edit_and_a_redaction_of_a_target(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    talk.room = "#gym";
    talk_say_as(&talk, "anna", "t1", "target @ben squat 5x5 @2");
    talk_change(&talk, MESSAGE_EDIT, "t1", "target @ben squat 4x4 @3");
    assert_says(gym(&talk, "ben", "target"), "squat 4x4 @3 (anna)");
    talk_change(&talk, MESSAGE_EDIT, "t1", "never mind that one");
    assert_says(gym(&talk, "ben", "target"), "No coach");
    talk_change(&talk, MESSAGE_EDIT, "t1", "target @ben squat 3x3 @3");
    assert_says(gym(&talk, "ben", "target"), "squat 3x3 @3");
    talk_change(&talk, MESSAGE_REDACTION, "t1", NULL);
    assert_says(gym(&talk, "ben", "target"), "No coach");
    talk_close(&talk);
}

static void a_coach_who_is_forgotten_asks_nothing_any_more(void **state)
{
    struct talk talk;
    struct err err;

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "target @ben squat 5x5 @2-3");
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_forget_person(talk.coach, "test", "anna", &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_says(gym(&talk, "ben", "target"), "No coach");
    talk_close(&talk);
}

static void whoever_left_is_asked_nothing(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "target @ben squat 5x5 @2-3");
    change_member(&talk, "ben", COACH_SHARE_PRIVATE, COACH_LEFT);
    assert_silent_on(alone(&talk, "ben", "squat 100x5 @2"), "anna");
    assert_silent_on(gym(&talk, "anna", "team"), "ben");
    assert_says(gym(&talk, "anna", "target @ben squat 5x5 @2"), "I see no ben");
    talk_close(&talk);
}

/* The network takes a room of one and the bot for a direct chat: to us it is the room that it was. */
static void the_last_but_one_is_gone_like_any_other(void **state)
{
    struct talk talk;
    struct err err = {0};
    struct message message = {.kind = MESSAGE_REMOVED,
                              .transport = "test",
                              .room = "#gym",
                              .direct = true,
                              .sender = "cara",
                              .sender_name = "cara",
                              .text = ""};

    (void)state;
    open_gym(&talk);
    gym(&talk, "anna", "coach add @cara");
    change_member(&talk, "ben", COACH_SHARE_PRIVATE, COACH_LEFT);
    message.sent_ms = message.read_ms = talk.now_ms;
    assert_int_equal(store_begin(talk.store, &err), 0);
    assert_int_equal(coach_handle(talk.coach, &message, &err), 0);
    assert_int_equal(store_commit(talk.store, &err), 0);
    assert_says(alone(&talk, "cara", "team"), "invite me");
    assert_silent_on(gym(&talk, "anna", "coach"), "cara");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- the rules */

static void what_a_target_breaks_is_named_and_clipped(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "experience 6 months");
    said = gym(&talk, "anna", "target @ben curl 3x12 @0");
    assert_says(said, "R66: a beginner stays clear of failure.");
    assert_says(said, "rules R66");
    gym(&talk, "ben", "curl 10kg x12 @3");
    assert_true(talk.said[0].advice.rir_min == 2 && !talk.said[0].advice.failure_ok);
    gym(&talk, "cara", "experience 4y");
    gym(&talk, "cara", "phase deload for 1 week");
    assert_says(gym(&talk, "anna", "target @cara bench 4x8 @2-3"), "R37: a deload week, so keep 3.");
    gym(&talk, "cara", "bench 50x8 @4");
    assert_true(talk.said[0].advice.rir_min == 3);
    said = gym(&talk, "anna", "target all bench 4x8 @2-3");
    assert_says(said, "R37: a deload week, so keep 3.\n(cara)");
    assert_silent_on(gym(&talk, "anna", "target all bench 4x8 @4"), "R37");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- overrides */

static void an_override_is_of_one_set(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "bench 80x8 @2");
    assert_says(gym(&talk, "anna", "override @ben bench 85x5 @2"), "ben, next bench press: 85x5 @2");
    said = gym(&talk, "ben", "next");
    assert_says(said, "85 kg x 5, RIR 2");
    assert_says(said, "anna: 85x5 @2");
    assert_says(gym(&talk, "ben", "why"), "R94 anna overrides the next set: 85x5 @2.");
    said = gym(&talk, "ben", "85x5 @2");
    assert_says(said, "On target.");
    assert_silent_on(said, "anna");
    assert_says(gym(&talk, "ben", "why"), "R94 anna overrode the last set: 85x5 @2.");
    /* After the last planned set there is one more, if a coach wants it. */
    assert_says(gym(&talk, "ben", "80x8 @2"), "next exercise");
    gym(&talk, "anna", "override @ben bench 70x10 @3");
    assert_says(gym(&talk, "ben", "next"), "70 kg x 10, RIR 3");
    gym(&talk, "anna", "undo");
    assert_says(gym(&talk, "ben", "next"), "next exercise");
    talk_close(&talk);
}

static void an_override_lapses_with_its_session(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "bench 80x8 @2");
    gym(&talk, "anna", "override @ben bench 85x5 @2");
    talk.now_ms += 2 * DAY;
    assert_silent_on(gym(&talk, "ben", "next bench"), "anna");
    /* Said before the session it waits, for a week. */
    gym(&talk, "anna", "override @ben bench 85x5 @2");
    talk.now_ms += 5 * DAY;
    assert_says(gym(&talk, "ben", "next bench"), "anna: 85x5 @2");
    talk.now_ms += 3 * DAY;
    assert_silent_on(gym(&talk, "ben", "next bench"), "anna");
    talk_close(&talk);
}

static void what_is_beyond_somebody_isnt_advised(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    gym(&talk, "ben", "bench 80x8 @2");
    assert_says(gym(&talk, "anna", "override @ben bench 150x5 @2"), "R70: about 0 reps are there, not 5.");
    said = gym(&talk, "ben", "next");
    assert_silent_on(said, "150 kg");
    assert_true(talk.said[0].advice.load_kg <= 85);
    assert_says(gym(&talk, "ben", "why"), "R70 At the load asked for 0 reps are there, not 5");
    talk_close(&talk);
}

static void advice_can_be_approved(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    assert_says(gym(&talk, "anna", "approve @ben"), "no next set to approve");
    alone(&talk, "ben", "bench 80x8 @2"); /* which the room hasn't seen */
    assert_says(gym(&talk, "anna", "approve @ben"), "no next set to approve");
    gym(&talk, "ben", "bench 80x8 @2");
    assert_says(gym(&talk, "anna", "approve @ben"), "ben, next bench press: ");
    assert_says(gym(&talk, "ben", "why"), "anna overrides the next set");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- programmes */

static void a_template_is_assigned(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    assert_says(gym(&talk, "anna", "assign push @ben"), "No templates yet");
    gym(&talk, "anna", "template push day: bench 4x6-8 @2, row 3x10 @1-2");
    assert_says(gym(&talk, "anna", "assign push day @ben @cara"), "push day is planned for ben, cara: 7 sets");
    assert_says(gym(&talk, "ben", "plan"), "bench press 4x6-8 @2");
    assert_says(gym(&talk, "ben", "bench 60x7 @2"), "anna: 4x6-8 @2");
    assert_says(gym(&talk, "anna", "undo"), "Undone: assign push day");
    assert_says(gym(&talk, "cara", "plan"), "Nothing is planned");
    assert_says(gym(&talk, "anna", "assign nope @ben"), "nope");
    assert_says(gym(&talk, "anna", "assign push day @zoe"), "I see no zoe");
    assert_says(gym(&talk, "ben", "plan"), "Nothing is planned");
    gym(&talk, "anna", "new exercise sled thing");
    gym(&talk, "anna", "template odd: sled thing 3x10");
    assert_says(gym(&talk, "anna", "assign odd @ben"), "your own exercise");
    assert_says(gym(&talk, "anna", "target @ben sled thing 3x10"), "doesn't know");
    /* What was asked last counts. */
    gym(&talk, "anna", "target @ben bench 5x5 @3");
    gym(&talk, "anna", "assign push day @ben");
    assert_says(gym(&talk, "ben", "start"), "bench press set 1 of 4");
    gym(&talk, "anna", "target @ben bench 5x5 @3");
    assert_says(gym(&talk, "ben", "next bench"), "set 1 of 5");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- comments */

static const char *reply_to(struct talk *talk, const char *who, const char *id, const char *target, const char *text)
{
    talk->room = "#gym";
    talk->addressed = false;
    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = MESSAGE_TEXT, .sender = who, .id = id, .reply_to = target, .text = text});
    return talk_told(talk);
}

static void a_coachs_reply_is_kept_with_the_set(void **state)
{
    struct talk talk;
    const char *said;

    (void)state;
    open_gym(&talk);
    talk.room = "#gym";
    talk_say_as(&talk, "ben", "s1", "bench 80x8 @2");
    talk_say_as(&talk, "ben", "s2", "80x8 @1");
    assert_says(reply_to(&talk, "anna", "c1", "s1", "nice pause"), "Kept with ben's set");
    assert_string_equal(reply_to(&talk, "anna", "c2", "s2", "3x8 next time, elbows in"), "");
    assert_string_equal(reply_to(&talk, "cara", "c3", "s2", "wow"), "");
    assert_string_equal(reply_to(&talk, "anna", "c4", "nothing", "what was that?"), "");
    said = gym(&talk, "ben", "last");
    assert_says(said, "anna: nice pause\nanna: 3x8 next time, elbows in");
    assert_silent_on(said, "wow");
    assert_says(gym(&talk, "ben", "history bench"), "\xF0\x9F\x92\xAC");
    assert_says(alone(&talk, "ben", "last"), "nice pause");
    assert_silent_on(in(&talk, "#hall", "ben", "last"), "nice pause");
    talk.room = "#gym";
    talk_change(&talk, MESSAGE_EDIT, "c1", "good pause");
    talk_change(&talk, MESSAGE_REDACTION, "c2", NULL);
    said = gym(&talk, "ben", "last");
    assert_says(said, "anna: good pause");
    assert_silent_on(said, "nice");
    assert_silent_on(said, "elbows");
    talk_close(&talk);
}

/* ---------------------------------------------------------------- the team */

/* The coach's own log isn't the room's either, and it is whole again afterwards. */
static void a_coach_is_one_of_the_team(void **state)
{
    struct talk talk;

    (void)state;
    open_gym(&talk);
    alone(&talk, "anna", "units lb");
    alone(&talk, "anna", "squat 200x5 @2");
    assert_silent_on(gym(&talk, "anna", "team"), "anna");
    assert_says(alone(&talk, "anna", "team"), "anna: 1 day, 1 set");
    assert_says(alone(&talk, "anna", "x5 @2"), "squat 200x5 @2");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_followed_and_named),
        cmocka_unit_test(the_last_set_is_held_against_what_was_asked_then),
        cmocka_unit_test(a_plan_of_ones_own_takes_the_target_in),
        cmocka_unit_test(everybody_has_the_rooms_target_until_a_newer_word),
        cmocka_unit_test(a_target_of_all_ends_whoevers_ended_before),
        cmocka_unit_test(who_coaches_and_who_may_not),
        cmocka_unit_test(two_coaches_in_every_order),
        cmocka_unit_test(the_other_coach_is_named),
        cmocka_unit_test(an_edit_and_a_redaction_of_a_target),
        cmocka_unit_test(a_coach_who_is_forgotten_asks_nothing_any_more),
        cmocka_unit_test(whoever_left_is_asked_nothing),
        cmocka_unit_test(the_last_but_one_is_gone_like_any_other),
        cmocka_unit_test(what_a_target_breaks_is_named_and_clipped),
        cmocka_unit_test(an_override_is_of_one_set),
        cmocka_unit_test(an_override_lapses_with_its_session),
        cmocka_unit_test(what_is_beyond_somebody_isnt_advised),
        cmocka_unit_test(advice_can_be_approved),
        cmocka_unit_test(a_template_is_assigned),
        cmocka_unit_test(a_coachs_reply_is_kept_with_the_set),
        cmocka_unit_test(a_coach_is_one_of_the_team),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

/*
 * Commands that a client filled in for its user do what they would do if they were typed.
 */
#include "tests/unit/bot/coach/talk.h"

#include "bot/chat/parameter.h"
#include "bot/coach/commands.h"
#include "bot/coach/filled.h"

enum { ARGUMENTS = 4 };

struct given {
    const char *key;
    enum message_value value;
    const char *texts[2];
};

/* What is answered to COMMAND with those arguments, a minute later. */
static const char *fill(struct talk *talk, const char *command, const struct given *given)
{
    struct message_argument arguments[ARGUMENTS];
    struct message_block block = {.command = command, .arguments = arguments};
    char own[32];

    for (; given != NULL && given[block.count].key != NULL; block.count++)
        arguments[block.count] = (struct message_argument){.key = given[block.count].key,
                                                           .value = given[block.count].value,
                                                           .texts = given[block.count].texts,
                                                           .count = given[block.count].texts[1] != NULL ? 2 : 1};
    snprintf(own, sizeof(own), "#%d", talk->messages++);
    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = MESSAGE_TEXT, .id = own, .block = &block});
    return talk_told(talk);
}
#define FILL(talk, command, ...) fill(talk, command, (const struct given[]){__VA_ARGS__, {NULL, VALUE_OTHER, {NULL}}})
#define GIVEN(key, text)                                                                                               \
    {                                                                                                                  \
        key, VALUE_TEXT,                                                                                               \
        {                                                                                                              \
            text                                                                                                       \
        }                                                                                                              \
    }

static void they_do_what_is_typed(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @2");
    talk_say(&talk, "80x8 @1");
    assert_says(fill(&talk, "today", NULL), "2 sets today");
    assert_says(FILL(&talk, "fix", GIVEN("set", "80x7 @1")), "bench press 80x7 @1");
    assert_says(fill(&talk, "undo", NULL), "80x8 @1");
    assert_says(FILL(&talk, "load", GIVEN("reps", "5"), GIVEN("exercise", "bench"), GIVEN("rir", "@2")),
                "bench press x5 @2");
    assert_says(FILL(&talk, "goal", GIVEN("choice", "strength")), "strength");
    assert_says(FILL(&talk, "new exercise", GIVEN("name", "log row"), GIVEN("exercise", "barbell row")), "log row");
    assert_says(talk_say(&talk, "log row 60x8 @2"), "log row 60x8 @2");
    talk_close(&talk);
}

/* "skip" drops a question where it is typed; the command of a session is another matter. */
static void they_answer_no_question(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 8x12");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_null(strstr(fill(&talk, "skip", NULL), "takes"));
    FILL(&talk, "flurb", GIVEN("text", "1"));
    assert_says(talk_say(&talk, "1"), "bench press");
    talk_close(&talk);
}

/* What is refused tells no reps that were asked for, though it would where it is typed. */
static void what_is_refused_answers_nothing(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80");
    assert_int_equal(talk.said[0].kind, OUT_QUESTION);
    assert_says(FILL(&talk, "warmup", GIVEN("exercise", "bench 80x5")), "That is not what warmup takes");
    assert_says(talk_say(&talk, "8"), "bench press 80x8");
    talk_close(&talk);
}

static void what_the_table_does_not_know_is_refused(void **state)
{
    static const struct {
        const char *command, *answer;
        struct given given[ARGUMENTS];
    } rows[] = {
        {"flurb", "I don't know flurb", {{NULL, VALUE_OTHER, {NULL}}}},
        {"bench 80x8", "I don't know bench 80x8", {{NULL, VALUE_OTHER, {NULL}}}},
        {"@ben 80x8", "I don't know @ben 80x8", {{NULL, VALUE_OTHER, {NULL}}}},
        {"today", "That is not what today takes", {GIVEN("day", "monday")}},
        {"fix", "That is not what fix takes", {{NULL, VALUE_OTHER, {NULL}}}},
        {"fix", "That is not what fix takes", {GIVEN("set", "80x7"), GIVEN("more", "1")}},
        {"fix", "That is not what fix takes", {GIVEN("set", "80x7\nbench 200x1")}},
        {"fix", "That is not what fix takes", {GIVEN("set", "")}},
        {"fix", "That is not what fix takes", {{"set", VALUE_NUMBER, {"7"}}}},
        {"fix", "That is not what fix takes", {{"set", VALUE_OTHER, {"80x7"}}}},
        {"fix", "That is not what fix takes", {{"set", VALUE_TEXTS, {"80x7", "80x6"}}}},
        {"goal", "That is not what goal takes", {GIVEN("choice", "fame")}},
        {"trust", "That is not what trust takes", {GIVEN("name", "ben")}},
        /* Typed, these are sets, two commands, and another one. */
        {"warmup", "That is not what warmup takes", {GIVEN("exercise", "bench 60x5")}},
        {"slept", "That is not what slept takes", {GIVEN("hours", "7h, bw 82")}},
        {"last", "That is not what last takes", {GIVEN("exercise", "time")}},
    };
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk_say(&talk, "bench 80x8 @2");
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        size_t count = 0;
        struct given given[ARGUMENTS + 1] = {{NULL, VALUE_OTHER, {NULL}}};

        for (; count < ARGUMENTS && rows[i].given[count].key != NULL; count++)
            given[count] = rows[i].given[count];
        given[count].key = NULL;
        assert_says(fill(&talk, rows[i].command, given), rows[i].answer);
        assert_int_equal(talk.said[0].kind, OUT_ERROR);
    }
    assert_says(talk_say(&talk, "today"), "1 set today");
    talk_close(&talk);
}

/* In a room they count as addressed ones do, and obey who may say them. */
static void a_room_knows_who_may(void **state)
{
    struct talk talk;

    (void)state;
    talk_open(&talk);
    talk.room = "#gym";
    talk.addressed = true;
    talk_say(&talk, "group setup");
    assert_says(talk_say_as(&talk, "ben", NULL, "bench 60x8 @2"), "bench press 60x8");
    assert_says(FILL(&talk, "coach", GIVEN("choice", "add"), GIVEN("name", "@ben")), "ben");
    assert_says(FILL(&talk, "coach", GIVEN("choice", "add"), {"name", VALUE_TEXTS, {"@ben", "@cara"}}),
                "not what !coach takes");
    talk_close(&talk);
}

static void what_help_shows_is_read(void **state)
{
    static const struct {
        const char *arguments, *keys;
    } rows[] = {
        {"", ""},
        {"NAME", "name"},
        {"[EXERCISE]", "exercise?"},
        {"EXERCISE xREPS [@RIR]", "exercise reps rir?"},
        {"[LOAD] [xREPS] [@EFFORT]", "load? reps? effort?"},
        {"NAME [like EXERCISE]", "name exercise?"},
        {"NAME = EXERCISE", "name exercise"},
        {"EXERCISE: LOAD", "exercise load"},
        {"PLACE 0-3", "place number"},
        {"on|off", "choice"},
        {"[on|off]", "choice?"},
        {"[yes]", "choice?"},
        {"normal|low-volume [until DATE]", "choice date?"},
        {"[add|remove @NAME]", "choice? name?"},
        {"TEMPLATE @NAME\xE2\x80\xA6", "template name"},
        {"AREA/CITY", "area_city"},
        /* Either of two things, or more than one may stand there: a text. */
        {"[RULE or TOPIC]", "text?"},
        {"PLACE|none", "text"},
        {"[EXERCISE REPS|off]", "text?"},
        {"[@NAME|all EXERCISE SETS|off]", "text?"},
        {"[NAME [delete]|NAME: PLAN]", "text?"},
        {"KIND STEP, ...", "text"},
        {"NAME NAME", "text"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct parameter parameters[PARAMETERS_MAX];
        size_t count = parameters_read(rows[i].arguments, parameters);
        struct buf keys = BUF_INIT(256);

        for (size_t k = 0; k < count; k++)
            buf_addf(&keys, "%s%s%s", k != 0 ? " " : "", parameters[k].key, parameters[k].optional ? "?" : "");
        assert_string_equal(buf_text(&keys), rows[i].keys);
        buf_release(&keys);
    }
}

/* No key twice, and each command that takes something says so. */
static void each_command_can_be_filled_in(void **state)
{
    const struct command *command;

    (void)state;
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        struct parameter parameters[PARAMETERS_MAX];
        size_t count = parameters_read(command->arguments, parameters);

        assert_int_equal(count != 0, command->arguments[0] != '\0');
        for (size_t k = 0; k < count; k++)
            for (size_t other = 0; other < k; other++)
                assert_string_not_equal(parameters[k].key, parameters[other].key);
    }
}

static void those_that_are_used_most_are_offered(void **state)
{
    struct offer offer;
    size_t count = 0;

    (void)state;
    for (; filled_offer(count, texts_for("en"), &offer); count++)
        assert_true(offer.command[0] != '\0' && offer.help[0] != '\0');
    assert_true(count >= 5 && count <= 12); /* each is a request to the homeserver, in each room */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_do_what_is_typed),
        cmocka_unit_test(they_answer_no_question),
        cmocka_unit_test(what_is_refused_answers_nothing),
        cmocka_unit_test(what_the_table_does_not_know_is_refused),
        cmocka_unit_test(a_room_knows_who_may),
        cmocka_unit_test(what_help_shows_is_read),
        cmocka_unit_test(each_command_can_be_filled_in),
        cmocka_unit_test(those_that_are_used_most_are_offered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

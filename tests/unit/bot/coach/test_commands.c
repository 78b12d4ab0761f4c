/*
 * The table of commands: each example in it works, and help tells about each.
 */
#include "tests/unit/bot/coach/talk.h"

#include <stdlib.h>

#include "bot/chat/command.h"
#include "bot/log/log.h"

/* What examples lean on: a log of two days, and what a tool needs to know. */
static void prepare(struct talk *talk)
{
    static const char *const before[] = {"bw 82.4", "bench 80x8 @2", "squat 100x5 @2"};
    static const char *const now[] = {"bench 80x8 @2", "80x8 @1"};

    talk_open(talk);
    for (size_t i = 0; i < ARRAY_LENGTH(before); i++)
        talk_say(talk, before[i]);
    talk->now_ms += 3 * DAY;
    for (size_t i = 0; i < ARRAY_LENGTH(now); i++)
        assert_says(talk_say(talk, now[i]), "bench press 80x8");
}

/* What is common to those in a room is said there: where BEN and CARA train, too. */
static void go_to_the_gym(struct talk *talk)
{
    static const char *const others[] = {"ben", "cara"};

    talk->room = "#gym";
    talk->addressed = true;
    talk_say(talk, "group setup");
    talk_say(talk, "coach add @anna");
    talk_say(talk, "template push: bench 4x6-8 @2, row 3x10");
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        talk_say_as(talk, others[i], NULL, "bench 60x8 @2");
    talk_say(talk, "trust @cara");
}

static void each_example_works(void **state)
{
    const struct command *command;

    (void)state;
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        struct talk talk;

        prepare(&talk);
        if (command->group == COMMAND_ROOM)
            go_to_the_gym(&talk);
        if (*talk_say(&talk, command->example) == '\0')
            fail_msg("\"%s\" has no answer", command->example);
        if (talk.said[0].kind != OUT_REPLY)
            fail_msg("\"%s\": %s", command->example, talk.said[0].text);
        talk_close(&talk);
    }
}

/* Ben trains here, and is neither a coach nor has power: what the table keeps from him is refused, the rest isn't. */
static void a_command_obeys_whom_the_table_says(void **state)
{
    const struct command *command;
    size_t kept = 0;

    (void)state;
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        const char *typed = strcmp(command->name, "group") == 0 ? "group off" : command->example;
        bool anybody = command->who == COMMAND_ANYBODY;
        struct talk talk;

        if (command->group != COMMAND_ROOM)
            continue;
        prepare(&talk);
        go_to_the_gym(&talk);
        kept += !anybody;
        talk_say_as(&talk, "ben", NULL, "trust @cara"); /* "untrust @cara" */
        talk_say_as(&talk, "ben", NULL, typed);
        if ((talk.said[0].kind == OUT_REPLY) != anybody)
            fail_msg("\"%s\" by somebody: %s", typed, talk.said[0].text);
        talk_close(&talk);
    }
    assert_true(kept >= 8);
}

/* An example is of its own command, in whichever way that is written. */
static void each_example_and_alias_is_its_commands(void **state)
{
    const struct command *command;
    struct command_index *index = mem_zero(1, sizeof(*index));

    (void)state;
    coach_command_index(index);
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        const char *aliases = command->aliases;
        struct span alias = span_of(command->name), rest;

        if (command_find(index, span_of(command->example), &rest) != command)
            fail_msg("\"%s\" is not %s", command->example, command->name);
        do
            if (command_find(index, alias, &rest) != command || rest.length != 0)
                fail_msg("\"%.*s\" is not %s", (int)alias.length, alias.at, command->name);
        while (command_next_alias(&aliases, &alias));
        assert_true((command->arguments[0] == '\0') >= (command->words == 0));
    }
    free(index);
}

/* What people type without having read the help. */
static void phrases_are_commands(void **state)
{
    static const struct {
        const char *said, *command, *arguments;
    } rows[] = {
        {"How heavy should I go on squat?", "next", "squat"},
        {"how heavy should i go", "next", ""},
        {"how heavy on bench", "next", "bench"},
        {"what should I lift on bench?", "next", "bench"},
        {"What's next?", "next", ""},
        {"how am I doing?", "week", ""},
        {"what did i do today", "today", ""},
        {"what did I do last time?", "last", ""},
        {"what did I do last time on bench?", "last", "bench"},
        {"my PRs", "records", ""},
        {"what's my max on bench?", "1rm", "bench"},
        {"which plates for 102.5?", "plates", "102.5"},
        {"how should I warm up for bench?", "warmup", "bench"},
        {"delete my data", "forget me", ""},
        {"how does this work?", "help", ""},
        {"undo that", "undo", ""},
        {"wie schwer bei Kniebeuge?", "next", "Kniebeuge"},
        {"Wie läuft's?", "week", ""},
        {"welche Scheiben für 102,5?", "plates", "102,5"},
    };
    struct command_index *index = mem_zero(1, sizeof(*index));

    (void)state;
    coach_command_index(index);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        const struct command *command;
        struct span arguments;

        command = command_find(index, span_of(rows[i].said), &arguments);
        if (command == NULL || strcmp(command->name, rows[i].command) != 0 || !span_is(arguments, rows[i].arguments))
            fail_msg("\"%s\" is %s", rows[i].said, command != NULL ? command->name : "none");
    }
    free(index);
}

static void help_tells_about_each(void **state)
{
    const struct command *command;
    struct talk talk;

    (void)state;
    talk_open(&talk);
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        char typed[64];
        const char *told;

        snprintf(typed, sizeof(typed), "help %s", command->name);
        told = talk_say(&talk, typed);
        assert_int_equal(talk.said[0].kind, OUT_REPLY);
        if (strcmp(command->name, "sets") == 0)
            assert_says(told, "80 kg, 8 reps, RIR 1");
        else if (strcmp(command->name, "rir") == 0)
            assert_says(told, "RPE is 10 less RIR");
        else if (strstr(told, command->name) != told)
            fail_msg("%s: %s", typed, told);
        if (command->arguments[0] != '\0')
            assert_says(told, command->example);
        assert_says(talk_say(&talk, "help"), command->unlisted ? "" : command->name);
    }
    talk_close(&talk);
}

/* All of it in one screen or two of a phone, by groups that tell more. */
static void help_is_short_and_in_groups(void **state)
{
    struct talk talk;
    const char *told;
    size_t rows = 0;

    (void)state;
    talk_open(&talk);
    told = talk_say(&talk, "help");
    for (const char *line = told; *line != '\0';) {
        size_t length = strcspn(line, "\n");

        rows += (length + 39) / 40;
        line += length + (line[length] == '\n');
    }
    assert_true(rows <= 26);
    assert_says(told, "\nReview: today, week");
    told = talk_say(&talk, "help review");
    assert_says(told, "Review:\n- today: the day's sets\n");
    assert_null(strstr(told, "undo"));
    assert_says(talk_say(&talk, "help About You"), "- goal: what you train for");
    talk_say(&talk, "language de");
    assert_says(talk_say(&talk, "help über dich"), "- goal: ");
    talk_close(&talk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_works),
        cmocka_unit_test(a_command_obeys_whom_the_table_says),
        cmocka_unit_test(each_example_and_alias_is_its_commands),
        cmocka_unit_test(phrases_are_commands),
        cmocka_unit_test(help_tells_about_each),
        cmocka_unit_test(help_is_short_and_in_groups),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

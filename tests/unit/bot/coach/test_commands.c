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

/* What an example is for is in what comes. A row for each; BEFORE it something more may have been said. */
static const struct example {
    const char *example, *answer, *before;
} examples[] = {
    {"sets", "80x8 rpe 9: the same exercise\nx7 @0: the same load, too", NULL},
    {"rir", "@0 none, @1 one, @2 two more.", NULL},
    {"next bench", "bench press\nFinal: 80 kg x", NULL},
    {"today", "2 sets today\n- bench press 80x8 @2, 80x8 @1", NULL},
    {"day monday", "Mon 5 Jan: 2 sets\n- bench press 80x8 @2\n- squat 100x5 @2", NULL},
    {"week last", "Week from Mon 29 Dec: 1 set", "2025-12-30: bench 70x8 @2"},
    {"skip to row", "No barbell row", NULL},
    {"what is left", "bench press 80x8 @1\nFinal: 80 kg x", NULL},
    {"goodbye", "See you.", NULL},
    {"sore", "If it hurts: pain knee 2.", NULL},
    {"cardio", "only sets", NULL},
    {"rest enough 3 min", "3:00 is enough: I'd rest 3:00.", NULL},
    {"only dumbbells", "Type swap bench for what trains the", NULL},
    {"competition on 12 December", "I don't plan towards a date.", NULL},
    {"how many bench 82.5", "bench press 82.5 kg\nabout 8 to failure", NULL},
    {"load bench x5 @2", "bench press x5 @2\n82.5 kg (", NULL},
    {"ready chest", "chest: train it when you like.", NULL},
    {"rest 2:30", "Rest 2:30: I'll call you at", NULL},
    {"ok @1", "bench press 80x7 @1\n", NULL},
    {"same @1", "bench press 80x8 @1\n", NULL},
    {"decline", "There is nothing to decline.", NULL},
    {"fix 80x7 @1", "Instead of bench press 80x8 @1.", NULL},
    {"fix set 1 7 reps", "Instead of bench press 80x8 @2.", NULL},
    {"fix part 1 7 reps", "bench press 80x7 @1\n", NULL},
    {"fix of bench: 85 kg", "bench press 85x8 @1\n", NULL},
    {"fix exercise incline bench", "incline bench press 80x8 @2, 80x8 @1\n", NULL},
    {"fix side left", "bench press 80x8 @1 left\n", NULL},
    {"that was 4 reps", "bench press 80x4 @1\n", NULL},
    {"fell short 8 reps", "bench press 80x8\n", NULL},
    {"fix each bench: 1 7 reps; 2 6 reps", "bench press 80x7 @2, 80x6 @1\n", NULL},
    {"fix sets last 0 @2", "bench press 80x8 @2\n", NULL},
    {"those were 75 kg", "Instead of bench press 80x8 @2, 80x8 @1.", NULL},
    {"undo", "Undone: bench press 80x8 @1", NULL},
    {"undo set", "Undone: bench press 80x8 @1", NULL},
    {"undo double", "Undone: bench press 80x8 @1", NULL},
    {"undo day yes monday", "Taken back: 2 sets of Mon", NULL},
    {"undo undo", "takes back the last step", NULL},
    {"undo sets 2", "Removed: bench press 80x8 @2, 80x8 @1", NULL},
    {"undo exercise bench", "Undone: bench press 80x8 @1", NULL},
    {"why R22", "R22 Technical failure always ends the set.", NULL},
    {"may fail curl", "No, not dumbbell curl today:\n- R38 Years unknown", NULL},
    {"swap dips", "In place of dip:\n- bench press\n- chest press machine\n- ", NULL},
    {"rules R22", "R22 Technical failure always ends the set.", NULL},
    {"myth burn", "no measure", NULL},
    {"plan bench 4x6-8 @2, row 3x10 @1-2", "- bench press 4x6-8 @2 (2 of 4 done)\n- barbell row 3x10 @1-2", NULL},
    {"start", "Begun: 6 sets.\nNext: barbell row set 1 of 3", "plan row 3x10 @1-2, squat 3x5"},
    {"skip", "Skipped: bench press.\nNext: barbell row set 1 of 3", "plan bench 4x6-8 @2, row 3x10 @1-2"},
    {"done", "Session: 2 sets", NULL},
    {"template push: bench 4x6-8 @2, row 3x10", "push is kept: 7 sets\n- bench press 4x6-8 @2\n- barbell row 3x10",
     NULL},
    {"forget template push", "Template push is gone.", "template push: bench 4x6-8 @2"},
    {"last bench", "Mon 5 Jan\n- bench press 80x8 @2", NULL},
    {"history bench 8w", "- 5 Jan: 80x8 @2", NULL},
    {"records bench", "Load: 80 kg x 8, Mon 5 Jan", NULL},
    {"score women", "DOTS", NULL},
    {"checkin sun 18:00", "next Sun 11 Jan, 18:00", NULL},
    {"budget 6:30", "Mondays at 06:30", NULL},
    {"month last", "Review Dec 2025\nSessions 1\n- bench press", "2025-12-30: bench 70x8 @2"},
    {"plates 102.5", "each side:\n25 + 15 + 1.25", NULL},
    {"warmup bench 100", "bench press 100 kg, first:\n- 20 kg x 8, the bar", NULL},
    {"1rm 80x8@1", "bench press e1RM", NULL},
    {"new exercise log row like barbell row", "Added log row.", NULL},
    {"alias rdl2 = romanian deadlift", "rdl2 is romanian deadlift from now on.", NULL},
    {"cancel", "Dropped: benhc pres 80x8 @1", "benhc pres 80x8 @1"},
    {"quiet on", "Quiet here", NULL},
    {"coach add @anna", "anna coaches here", NULL},
    {"target @ben squat 5x5 @2-3", "ben: squat 5x5 @2-3", NULL},
    {"override @ben bench 85x5 @2", "ben, next bench press: 85x5 @2", NULL},
    {"approve @ben", "ben, next bench press: 60x8", NULL},
    {"assign push @ben @cara", "push is planned for ben, cara: 7 sets", NULL},
    {"team @ben", "ben: 1 day, 1 set\n", NULL},
    {"board", "Who is up\n", NULL},
    {"digest sun 19:00", "Sun 19:00", NULL},
    {"challenge pullups 500 this week", "pull-up: 0 of 500 reps", NULL},
    {"leaderboard on", "You are on it", NULL},
    {"group setup", "Training room of 3: anna (coach), ben, cara", NULL},
    {"share coach", "the room's coaches see all", NULL},
    {"trust @cara", "cara may log for you from now on", NULL},
    {"untrust @cara", "cara logs no more sets for you.", NULL},
    {"settings", "bw: 82.4 kg", NULL},
    {"export", "4 sets, as CSV.", NULL},
    {"import", "Send me your log as a CSV file", NULL},
    {"link", "\nlink", NULL},
    {"unlink", "No other name is linked to this one.", NULL},
    {"whoami", "To me you're anna on test.", NULL},
    {"forget me", "4 sets, settings, names", NULL},
    {"forget everything", "4 sets, settings, names", NULL},
    {"help today", "today: the day's sets", NULL},
    {"hello", "Ready when you are: bench 80x8 @1", NULL},
    {"thanks", "Any time.", NULL},
    {"too heavy", "Less: -10% x8.", NULL},
    {"too light", "More: +5% x8.", NULL},
    {"left some", "How many reps were left?", NULL},
    {"sick", "Rest, and get well", NULL},
    {"unwell", "Stop for today, and sit down.", NULL},
    {"tired", "Warm up, do one set", NULL},
    {"holiday", "Enjoy it. Then start easy:", NULL},
    {"back again", "Start light", NULL},
    {"bot", "a bot to train with", NULL},
    {"data kept", "forget me deletes all", NULL},
    {"programme", "I have no ready plans", NULL},
    {"backoff set", "-10% x8 books one", NULL},
    {"technique", "I can't see or show how it is done:", NULL},
    {"training max", "I use no training max", NULL},
    {"short of time", "the week counts (R10).\nbench press 80x8 @1\nFinal: 80 kg x", NULL},
    {"remind me on wednesdays", "checkin wed 18:00", NULL},
    {"goal strength", "goal: strength", NULL},
    {"phase deload until 2026-02-01", "phase: deload until 2026-02-01", NULL},
    {"experience 3y", "experience: 3 years", NULL},
    {"form good", "form: good", NULL},
    {"safeties on", "safeties: on", NULL},
    {"stress high", "stress: high", NULL},
    {"slept 6.5h", "slept: 6.5 h", NULL},
    {"deficit on", "deficit: on", NULL},
    {"injury shoulder", "injury: shoulder", NULL},
    {"pain knee 2", "pain: knee 2", NULL},
    {"bw 82.4", "bw: 82.4 kg", NULL},
    {"units lb", "units: lb", NULL},
    {"equipment bar 15, plates 20 10 5 2.5", "equipment: plates 20 10 5 2.5 kg,", NULL},
    {"timezone Europe/Berlin", "timezone: Europe/Berlin", NULL},
    {"language de", "Sprache: Deutsch", NULL},
    {"timer on", "timer: on", NULL},
    {"rests 1:30", "rests: 1:30\nFinal: 80 kg x 7, RIR 1-3, rest 1:30", NULL},
    {"notation 8x12 sets", "notation: 8x12 sets", NULL},
};

static const struct example *find_example(const char *text)
{
    for (size_t i = 0; i < ARRAY_LENGTH(examples); i++)
        if (strcmp(examples[i].example, text) == 0)
            return &examples[i];
    fail_msg("no row for \"%s\"", text);
    return NULL;
}

static void each_example_does_what_it_says(void **state)
{
    const struct command *command;

    (void)state;
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        const struct example *row = find_example(command->example);
        struct talk talk;

        prepare(&talk);
        if (command->group == COMMAND_ROOM)
            go_to_the_gym(&talk);
        if (row->before != NULL)
            talk_say(&talk, row->before);
        if (strstr(talk_say(&talk, row->example), row->answer) == NULL || talk.said[0].kind != OUT_REPLY)
            fail_msg("\"%s\" is answered: %s", row->example, talk.said[0].text);
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

/* Also those that nobody is told of, which stand for what people say in words of their own. */
static void the_fuzzer_types_each(void **state)
{
    const struct command *command;
    struct buf words = BUF_INIT(1 << 20);
    FILE *file = fopen("tests/fuzz/dialogue.dict", "r");
    char line[512];

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL)
        buf_add(&words, line, strlen(line));
    fclose(file);
    for (size_t i = 0; (command = coach_command_at(i)) != NULL; i++) {
        char entry[160];

        snprintf(entry, sizeof(entry), "\n\"%s\"\n", command->example);
        if (strstr(buf_text(&words), entry) == NULL)
            fail_msg("tests/fuzz/dialogue.dict has no \"%s\"", command->example);
    }
    buf_release(&words);
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
        cmocka_unit_test(each_example_does_what_it_says),
        cmocka_unit_test(a_command_obeys_whom_the_table_says),
        cmocka_unit_test(each_example_and_alias_is_its_commands),
        cmocka_unit_test(the_fuzzer_types_each),
        cmocka_unit_test(phrases_are_commands),
        cmocka_unit_test(help_tells_about_each),
        cmocka_unit_test(help_is_short_and_in_groups),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

/*
 * What a message wants of us: commands where they count, answers, sets, silence.
 */
#include "tests/unit/unit.h"

#include "bot/chat/read.h"

static const struct command today = {.name = "today", .aliases = "", .arguments = "", .example = "today"};
static const struct command help = {.name = "help",
                                    .aliases = "commands,?,help out,help out with",
                                    .arguments = "[COMMAND]",
                                    .words = 1,
                                    .example = "help today"};
static const struct command new_exercise = {
    .name = "new exercise", .aliases = "", .arguments = "NAME", .words = 3, .example = "new exercise x"};
static const struct command *const list[] = {&today, &help, &new_exercise};
static const struct command_table table = {list, ARRAY_LENGTH(list)};

static void commands_are_found(void **state)
{
    static const struct {
        const char *text;
        const struct command *command;
        const char *arguments;
    } rows[] = {
        {"today", &today, ""},
        {"  Today \n", &today, ""},
        {"TODAY?", &today, ""},
        {"today.", &today, ""},
        {"help", &help, ""},
        {"commands", &help, ""},
        {"help  today", &help, "today"},
        {"Help Today!", &help, "Today"},
        {"new exercise belt squat", &new_exercise, "belt squat"},
        {"today was good", NULL, NULL},
        {"todays", NULL, NULL},
        {"help me with this", NULL, NULL},
        {"new exercises", NULL, NULL},
        {"new", NULL, NULL},
        {"", NULL, NULL},
        {"?", &help, ""},
        {"help: today", &help, "today"},
        {"new exercise, belt squat", &new_exercise, "belt squat"},
        {"helps", NULL, NULL},
        {"help out with today", &help, "today"}, /* its longest name counts */
        {"help out today", &help, "today"},
        {"!?", NULL, NULL},
        {"today please", &today, ""},
        {"Can you show me today, please?", &today, ""},
        {"help today pls", &help, "today"},
        {"new exercise for belt squat", &new_exercise, "belt squat"},
        {"new exercise for", &new_exercise, "for"},
        {"what's the", NULL, NULL},
        {"please", NULL, NULL},
        {"new exercise is it", NULL, NULL}, /* people talk so */
        {".", NULL, NULL},
    };

    struct command_index commands;

    (void)state;
    command_index_init(&commands, table);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct span arguments = {NULL, 0};

        if (command_find(&commands, span_of(rows[i].text), &arguments) != rows[i].command)
            fail_msg("\"%s\"", rows[i].text);
        if (rows[i].command != NULL)
            assert_true(span_is(arguments, rows[i].arguments));
    }
}

static void what_is_meant_depends_on_where_it_is_said(void **state)
{
    enum { DIRECT = 1, ADDRESSED = 2, WAITING = 4, CHOICE = 8, ROOM = 0 };
    static const struct {
        const char *text;
        int where;
        enum intention_kind kind;
        int answer;
    } rows[] = {
        {"today", DIRECT, INTENTION_COMMAND, -1},
        {"today", ROOM, INTENTION_NONE, -1},
        {"!today", ROOM, INTENTION_COMMAND, -1},
        {"spotter: today", ROOM, INTENTION_COMMAND, -1},
        {"Spotter, today", ROOM, INTENTION_COMMAND, -1},
        {"@spotter today", ROOM, INTENTION_COMMAND, -1},
        {"spotter today", ROOM, INTENTION_NONE, -1},
        {"spotters: today", ROOM, INTENTION_NONE, -1},
        {"today", ADDRESSED, INTENTION_COMMAND, -1},
        {"!roll 1d6", ROOM, INTENTION_NONE, -1},
        {"!roll 1d6", DIRECT, INTENTION_UNKNOWN, -1},
        {"spotter: !roll", ROOM, INTENTION_UNKNOWN, -1},
        {"!", DIRECT, INTENTION_TALK, -1},
        {"!!!", ROOM, INTENTION_NONE, -1},
        {"how are you", DIRECT, INTENTION_TALK, -1},
        {"how are you", ADDRESSED, INTENTION_TALK, -1},
        {"how are you", ROOM, INTENTION_NONE, -1},
        {"bench 80x8 @1", ROOM, INTENTION_READING, -1},
        {"spotter: bench 80x8 @1", ROOM, INTENTION_READING, -1},
        {"bench 80x8 @1", DIRECT | WAITING, INTENTION_READING, -1},
        {"1", DIRECT, INTENTION_TALK, -1},
        {"1", ROOM, INTENTION_NONE, -1},
        {"1", ROOM | WAITING, INTENTION_ANSWER, 1},
        {" 3. ", DIRECT | WAITING, INTENTION_ANSWER, 3},
        {"#2", DIRECT | WAITING, INTENTION_ANSWER, 2},
        {"spotter: 2", ROOM | WAITING, INTENTION_ANSWER, 2},
        {"0", DIRECT | WAITING, INTENTION_TALK, -1},
        {"12", DIRECT | WAITING, INTENTION_TALK, -1},
        {"Yes!", DIRECT | WAITING, INTENTION_ANSWER, 1},
        {"no", DIRECT | WAITING, INTENTION_ANSWER, ANSWER_CANCEL},
        {"cancel", DIRECT | WAITING, INTENTION_ANSWER, ANSWER_CANCEL},
        {"\xF0\x9F\x91\x8D", DIRECT | WAITING, INTENTION_ANSWER, 1},
        {"2\xEF\xB8\x8F\xE2\x83\xA3", DIRECT | WAITING, INTENTION_ANSWER, 2},
        {"skip", DIRECT | WAITING, INTENTION_ANSWER, ANSWER_CANCEL},
        {"Yes!", DIRECT | WAITING | CHOICE, INTENTION_TALK, -1},
        {"\xF0\x9F\x91\x8D", DIRECT | WAITING | CHOICE, INTENTION_TALK, -1},
        {"1", DIRECT | WAITING | CHOICE, INTENTION_ANSWER, 1},
        {"1\xEF\xB8\x8F\xE2\x83\xA3", DIRECT | WAITING | CHOICE, INTENTION_ANSWER, 1},
        {"#1", DIRECT | WAITING | CHOICE, INTENTION_ANSWER, 1},
        {"3", DIRECT | WAITING | CHOICE, INTENTION_ANSWER, 3},
        {"8", DIRECT | WAITING | CHOICE, INTENTION_TALK, -1},
        {"no", DIRECT | WAITING | CHOICE, INTENTION_ANSWER, ANSWER_CANCEL},
        {"", DIRECT, INTENTION_TALK, -1},
        {"", ROOM, INTENTION_NONE, -1},
        {"\xFF\xFE", DIRECT, INTENTION_TALK, -1},
        /* What says nothing may stand before and behind, where it is meant for us. */
        {"ok so today now", DIRECT, INTENTION_COMMAND, -1},
        {"ok so today now", ROOM | ADDRESSED, INTENTION_COMMAND, -1},
        {"ok so today now", ROOM, INTENTION_NONE, -1},
        {"hallo, jetzt bitte today", DIRECT, INTENTION_COMMAND, -1},
        {"forgot to say, good morning, today", DIRECT, INTENTION_COMMAND, -1},
        {"ok so is it today now?", DIRECT, INTENTION_TALK, -1},
        {"ok so, anyway, thanks", DIRECT, INTENTION_TALK, -1},
        {"no, not bench 80x8", DIRECT, INTENTION_TALK, -1}, /* nobody did what stands behind a "no" */
        {"nein Quatsch, Mittwoch 80x8", DIRECT, INTENTION_TALK, -1},
        {"no, today", DIRECT, INTENTION_TALK, -1},
    };
    const struct reading_options options = {.unit = UNIT_KG};
    struct command_index commands;
    struct reading reading;

    (void)state;
    command_index_init(&commands, table);
    reading_init(&reading);
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        const struct hearing hearing = {.name = "spotter",
                                        .direct = (rows[i].where & DIRECT) != 0,
                                        .addressed = (rows[i].where & ADDRESSED) != 0,
                                        .waiting = (rows[i].where & WAITING) != 0,
                                        .choices = (rows[i].where & CHOICE) != 0 ? 3 : 0};
        struct intention intention;

        chat_read(&commands, &hearing, span_of(rows[i].text), &options, &reading, &intention);
        if (intention.kind != rows[i].kind || intention.answer != rows[i].answer)
            fail_msg("\"%s\" (%d): kind %d, answer %d", rows[i].text, rows[i].where, (int)intention.kind,
                     intention.answer);
    }
    reading_release(&reading);
}

static void reactions_answer(void **state)
{
    static const struct {
        const char *key;
        int answer;
    } rows[] = {
        {"\xF0\x9F\x91\x8D", 1},
        {"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", 1}, /* with a skin tone */
        {"\xF0\x9F\x91\x8D\xEF\xB8\x8F", 1},
        {"\xF0\x9F\x91\x8C", 1},         /* OK */
        {"\xE2\x9C\x94\xEF\xB8\x8F", 1}, /* a check mark, as an emoji */
        {"\xF0\x9F\x92\xAA", -1},        /* an arm cheers, and asks for nothing */
        {"\xF0\x9F\x91\x8E", ANSWER_CANCEL},
        {"\xE2\x9D\x8C", ANSWER_CANCEL},
        {"1\xEF\xB8\x8F\xE2\x83\xA3", 1},
        {"3\xE2\x83\xA3", 3},
        {"0\xEF\xB8\x8F\xE2\x83\xA3", -1},
        {"1", -1},
        {"", -1},
        {"\xF0\x9F\x98\x80", -1},
        {"\xF0\x9F\x91\x8D but longer", -1},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
        assert_int_equal(chat_reaction(span_of(rows[i].key)), rows[i].answer);
    assert_true(chat_reaction_agrees(span_of("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD")));
    assert_false(chat_reaction_agrees(span_of("1\xEF\xB8\x8F\xE2\x83\xA3")));
    assert_false(chat_reaction_agrees(span_of("\xF0\x9F\x91\x8E")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_found),
        cmocka_unit_test(what_is_meant_depends_on_where_it_is_said),
        cmocka_unit_test(reactions_answer),
    };

    return RUN_TESTS(tests);
}

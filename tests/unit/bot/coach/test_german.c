/*
 * A German lifter's whole way: commands, settings and answers typed in German, and answers that are German throughout.
 */
#include "tests/unit/bot/coach/talk.h"

#include <stdlib.h>

#include "bot/chat/command.h"
#include "bot/coach/setting.h"
#include "bot/log/log.h"

static void open_german(struct talk *talk)
{
    talk_open(talk);
    assert_says(talk_say(talk, "sprache deutsch"), "Sprache: Deutsch");
}

static void settings_are_typed_and_shown_in_german(void **state)
{
    static const char *const cases[][3] = {
        {"ziel kraft", "Ziel: Kraft", "goal: strength"},
        {"Ziel Muskelaufbau", "Ziel: Muskelaufbau", "goal: hypertrophy"},
        {"phase deload bis 2026-12-01", "Phase: Deload bis 2026-12-01", "phase: deload until 2026-12-01"},
        {"phase wenig volumen", "Phase: wenig Volumen", "phase: low-volume"},
        {"erfahrung 3 jahre", "Erfahrung: 3 Jahre", "experience: 3 years"},
        {"erfahrung 8 Monate", "Erfahrung: 8 Monate", "experience: 8 months"},
        {"technik gut", "Technik: gut", "form: good"},
        {"ablagen an", "Ablagen: an", "safeties: on"},
        {"stress hoch", "Stress: hoch", "stress: high"},
        {"geschlafen 6,5 stunden", "Schlaf: 6,5 h", "slept: 6.5 h"},
        {"defizit aus", "Defizit: aus", "deficit: off"},
        {"verletzung linke schulter", "Verletzung: li. Schulter", "injury: left shoulder"},
        {"verletzung keine", "Verletzung: nichts eingestellt", "injury: nothing set"},
        {"schmerz unterer rücken 2", "Schmerz: unterer Rücken 2", "pain: lower back 2"},
        {"schmerz keine", "Schmerz: nichts eingestellt", "pain: nothing set"},
        {"gewicht 82,4", "Gewicht: 82,4 kg", "bw: 82.4 kg"},
        {"körpergewicht 80", "Gewicht: 80 kg", "bw: 80 kg"},
        {"einheiten kg", "Einheiten: kg", "units: kg"},
        {"ausrüstung kurzhanteln 2,5, stange 15", "Ausrüstung: Kurzhantel 2,5 kg,\nStange 15 kg",
         "equipment: dumbbell 2.5 kg, bar 15 kg"},
        {"zeitzone berlin", "Zeitzone: Europe/Berlin", "timezone: Europe/Berlin"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct talk talk;

        open_german(&talk);
        assert_string_equal(talk_say(&talk, cases[i][0]), cases[i][1]);
        talk_say(&talk, "language en");
        talk_close(&talk);
        talk_open(&talk);
        assert_string_equal(talk_say(&talk, cases[i][0]), cases[i][2]); /* heard in every language */
        talk_close(&talk);
    }
}

/* A setting is called in each language by what can be typed for it. */
static void a_setting_s_title_is_a_name_of_its_command(void **state)
{
    static const char *const languages[] = {"en", "de"};
    struct command_index *index = mem_zero(1, sizeof(*index));

    (void)state;
    coach_command_index(index);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        for (size_t j = 0; j < ARRAY_LENGTH(languages); j++) {
            const char *title = texts_get(texts_for(languages[j]), setting_table[i].title);
            struct span rest;

            if (command_find(index, span_of(title), &rest) != &setting_table[i].command)
                fail_msg("\"%s\" is not %s", title, setting_table[i].command.name);
        }
        assert_string_equal(texts_get(texts_for("en"), setting_table[i].title), setting_table[i].command.name);
    }
    free(index);
}

static void muscles_are_the_contract_s(void **state)
{
    (void)state;
    for (int m = 0; m < MUSCLE_COUNT; m++)
        assert_string_equal(texts_get(texts_for("en"), TEXT_MUSCLE_CHEST + (unsigned)m), muscle_name((enum muscle)m));
}

static void sets_and_answers_are_german(void **state)
{
    struct talk talk;

    (void)state;
    open_german(&talk);
    assert_says(talk_say(&talk, "bankdrücken 82,5x8 @1,5"), "Bankdrücken 82,5x8 @1,5\nWeiter: 82,5 kg x ");
    assert_says(talk_say(&talk, "heute"), "Heute 1 Satz\n- Bankdrücken 82,5x8 @1,5");
    assert_says(talk_say(&talk, "x8 @1"), "Bankdrücken 82,5x8 @1\nFinale: ");
    assert_says(talk_say(&talk, "rückgängig"), "Zurückgenommen: Bankdrücken 82,5x8 @1");
    assert_says(talk_say(&talk, "nochmal @1"), "Bankdrücken 82,5x8 @1");
    assert_says(talk_say(&talk, "woche"), "Woche ab Mo ");
    assert_says(talk_say(&talk, "woche"), "Brust 2, vordere Schulter 1, Trizeps 1");
    assert_says(talk_say(&talk, "warum"), "Bankdrücken\n");
    assert_says(talk_say(&talk, "rekorde bankdrücken"), "Gewicht: 82,5 kg x 8, ");
    assert_says(talk_say(&talk, "regeln R22"), "R22 Technisches Versagen beendet den Satz immer.\nAus S1, ");
    assert_says(talk_say(&talk, "regeln widersprüche"), "D1 Kraft: ");
    assert_says(talk_say(&talk, "rules failure"), "R16 Zeiten mit sehr wenig Volumen");
    assert_says(talk_say(&talk, "mythos"), "Ich kenne diese: Brennen, Anstrengung, ");
    assert_says(talk_say(&talk, "mythos Muskelkater"), "Muskelkater und Müdigkeit sind kein\n");
    assert_says(talk_say(&talk, "hilfe"), "Tippe einen Satz");
    assert_says(talk_say(&talk, "hilfe woche"), "Auch: woche, diese woche");
    assert_says(talk_say(&talk, "curls 12,5x10 bis versagen, je seite"),
                "Kurzhantel-Curl 12,5x10 bis Versagen je Seite\n");
    assert_says(talk_say(&talk, "bankdrücken 85x4 verfehlt"), "Bankdrücken 85x4 verfehlt\n");
    assert_says(talk_say(&talk, "neue übung zorbl wie kniebeuge"), "zorbl ist jetzt dabei.");
    assert_says(talk_say(&talk, "kniebeuge 3x5 102,5kg @2"), "Kniebeuge 3x5 102,5kg @2");
    assert_says(talk_say(&talk, "klimmzüge 3x6 bw+12,5kg"), "Klimmzug 3x6 bw+12,5kg");
    talk_close(&talk);
}

/* What is said of several sets is read as the same sets again, in either language. */
static void lists_are_read_again(void **state)
{
    static const char *const said[] = {
        "bench press 82,5x8 @1,5, 82,5x7 @1, 80x6",
        "squat 3x5 102,5kg @2",
        "squat 2x5 102,5kg @2, 100x5",
        "pull-up 3x6 bw+12,5kg @1",
        "pull-up x8 @1, x7, x6 @0",
        "plank 3x60s bw+12,5kg",
        "deadlift 142,5x5 @2, 142,5x4 fail",
        "lateral raise 7,5x12 @2, 7,5x12 @2, 7,5x12 @2",
        "farmers walk 2x45s 32,5kg",
        "dumbbell row 32,5x8 each, 32,5x7 each",
        "3 sets bench press 80x8 to failure",
        "bench press 80x8 form",
        "curl 12,5x10 left, 12,5x9 right",
        "bench press 80x8 > 60x6 > 40x5",
        "bench press 40x10 warmup",
        "3 sets lateral raise 7,5x15 cheat",
    };

    (void)state;
    for (size_t i = 0; i < 2 * ARRAY_LENGTH(said); i++) {
        struct talk talk;
        const char *told;
        char first[512];

        talk_open(&talk);
        talk_say(&talk, i % 2 == 0 ? "language de" : "language en");
        told = talk_say(&talk, said[i / 2]);
        snprintf(first, sizeof(first), "%.*s", (int)strcspn(told, "\n"), told);
        assert_true(talk.said[0].logged > 0);
        assert_says(talk_say(&talk, first), first);
        assert_int_equal(strncmp(talk.said[0].text, first, strlen(first)), 0);
        talk_close(&talk);
    }
}

static void questions_are_answered_in_german(void **state)
{
    static const char *const yes[] = {"ja", "Ja!", "jo", "jep"};
    static const char *const no[] = {"nein", "Nein.", "nö", "doch nicht", "abbrechen", "Vergiss es"};
    struct talk talk;

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(yes) + ARRAY_LENGTH(no); i++) {
        bool agrees = i < ARRAY_LENGTH(yes);

        open_german(&talk);
        talk_say(&talk, "bankdrücken 80x8 @1");
        talk.now_ms += 2 * DAY;
        assert_says(talk_say(&talk, "bankdrücken 150x8 @1"), "Bankdrücken 150x8 @1: wirklich?");
        assert_says(talk_say(&talk, agrees ? yes[i] : no[i - ARRAY_LENGTH(yes)]),
                    agrees ? "Bankdrücken 150x8 @1\n" : "Verworfen: bankdrücken 150x8 @1");
        talk_close(&talk);
    }
}

/* What people say to each other, whole messages of it, is no command. */
static void ordinary_words_are_no_commands(void **state)
{
    static const char *const said[] = {
        "gut",    "super", "genau",  "klar",   "stimmt", "los",     "gerne",      "echt",       "krass",
        "stark",  "egal",  "ja",     "nein",   "morgen", "tschüss", "bis dann",   "bis gleich", "schwer",
        "leicht", "schön", "mist",   "autsch", "zurück", "passt",   "nett",       "alles klar", "müde",
        "bin da", "komme", "später", "nice",   "great",  "yes",     "no",         "lol",        "tomorrow",
        "bye",    "heavy", "easy",   "true",   "back",   "later",   "what a day", "see you"};
    struct command_index *index = mem_zero(1, sizeof(*index));
    struct span rest;

    (void)state;
    coach_command_index(index);
    for (size_t i = 0; i < ARRAY_LENGTH(said); i++) {
        const struct command *command = command_find(index, span_of(said[i]), &rest);

        if (command != NULL && !command->takes_sets)
            fail_msg("\"%s\" is %s", said[i], command->name);
    }
    free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_typed_and_shown_in_german),
        cmocka_unit_test(a_setting_s_title_is_a_name_of_its_command),
        cmocka_unit_test(muscles_are_the_contract_s),
        cmocka_unit_test(sets_and_answers_are_german),
        cmocka_unit_test(lists_are_read_again),
        cmocka_unit_test(questions_are_answered_in_german),
        cmocka_unit_test(ordinary_words_are_no_commands),
    };

    log_open(LOG_LEVEL_WARN);
    return RUN_TESTS(tests);
}

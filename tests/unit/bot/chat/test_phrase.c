/*
 * What people say in words of their own: which command that is.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "bot/chat/phrase.h"
#include "core/base/ascii.h"
#include "core/base/mem.h"

static void expect(const char *said, const char *command)
{
    struct phrase_words words;
    char found[PHRASE_SIZE];
    bool is_one;

    phrase_take(&words, span_of(said));
    is_one = phrase_read(&words, NULL, found);
    if (is_one != (command[0] != '\0') || strcmp(found, command) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", said, found, command);
}

static void expect_between(const char *said, const char *command)
{
    struct phrase_words words;
    char found[PHRASE_SIZE];
    bool is_one;

    phrase_take(&words, span_of(said));
    is_one = phrase_read_between(&words, NULL, found);
    if (is_one != (command[0] != '\0') || strcmp(found, command) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", said, found, command);
}

static void words_may_stand_between(void **state)
{
    (void)state;
    expect_between("my left shoulder kinda hurts on dips", "pain left shoulder");
    expect_between("shoulder kinda hurts", "pain shoulder");
    expect_between("wann darf ich endlich wieder bis zum Versagen gehen", "budget");
    expect_between("my friend weighed in at 82.4", "");
    expect_between("weighed in at 82.4 and pulled 200", "");
    expect_between("never slept 4 hours again", "");
    expect_between("how many days a week for me", "");
    expect_between("shoulder never hurts", "");
    expect_between("undo what we both did there", ""); /* nothing is deleted by half an understanding */
    expect_between("how heavy is the moon", "");
    /* others, and things, have values of their own */
    expect_between("ben's knee hurts", "");
    expect_between("my son slept 6 hours", "");
    expect_between("mein Sohn hat 6 Stunden geschlafen", "");
    expect_between("my dumbbells weigh 40 kg", "");
    expect_between("my dog weighed in at 40", "");
    expect_between("the bar's knee hurts", "");
    expect_between("knee of Ben hurts", "");
    expect_between("how did ben's squat feel last time", "");
    expect_between("my dad's elbow is cranky", "");
    expect_between("my knee pain is not gone", "");
    expect_between("right wrist is cranky (from the cleans)", "pain right wrist");
    /* what is asked of one exercise is asked of no other */
    expect_between("can I really go to failure on curls", "may fail curls");
}

static void phrases_are_commands(void **state)
{
    static const struct {
        const char *said, *command;
    } rows[] = {
        {"Hows my squat", "last squat"},
        {"how's my squat doing?", "last squat"},
        {"whats my best bench", "records bench"},
        {"delete the last one", "undo set"},
        {"delete facepulls", "undo exercise facepulls"},
        {"lösch Kniebeuge", "undo exercise kniebeuge"},
        {"felt like an 8", "that was rpe 8"},
        {"that felt like a solid 8.5", "that was rpe 8.5"},
        {"fühlte sich an wie ne 9", "that was rpe 9"},
        {"felt like rpe 8", "that was rpe 8"},
        {"2 left in the tank", "that was 2 left in the tank"},
        {"2 im tank", "that was 2 im tank"},
        {"@2", "that was @2"},
        {"same again but felt harder, rpe 8.5", "same rpe 8.5"},
        {"How heavy should I go on incline db bench?", "next incline db bench"},
        {"what weight for 5 reps on bench @2", "load bench x5 @2"},
        {"what weight for 5 reps on bench rpe 8", "load bench x5 rpe 8"},
        {"how many reps should I get at 85 kg on bench", "how many bench 85 kg"},
        {"My left shoulder hurts", "pain left shoulder"},
        {"meine rechte Schulter zieht leicht", "pain rechte schulter"},
        {"my lower back is fine again", "pain lower back 0"},
        {"das Handgelenk tut nicht mehr weh", "pain handgelenk 0"},
        {"what did I do on thursday?", "day thursday"},
        {"was hab ich letzten Freitag trainiert", "day letzten freitag"},
        {"when did I last hit biceps", "last biceps"},
        {"wie viele Sätze Rücken hab ich diese Woche", "week rucken"},
        {"when can I go to failure on chin ups", "may fail chin ups"},
        {"forget my goal please", "goal none"},
        {"45 minutes cycling", "cardio"},
        {"lösch den letzten Satz", "undo set"},
        {"lösche bitte den letzten Satz", "undo set"},
        {"nimm den letzten satz raus", "undo set"},
        {"delete that", "undo"},
        {"lösch die letzten beiden", "undo sets 2"},
        {"delete the last three sets", "undo sets 3"},
        {"lösch beide", "undo sets 2"},
        {"10 more reps of that", "same x10"},
        {"left elbow's been a bit niggly", "pain left elbow"},
        {"knie zickt", "pain knie"},
        {"meine Schulter meckert wieder", "pain schulter"},
        {"handgelenk zwackt bissl", "pain handgelenk"},
        {"die Hüfte ist leicht beleidigt", "pain hufte"},
        {"elbow is fine now", "pain elbow 0"},
        {"my knee pain is gone", "pain knee 0"},
        {"pain in my left knee is gone", "pain left knee 0"},
        {"Knie ist wieder ok", "pain knie 0"},
        {"der Rücken ist wieder top", "pain rucken 0"},
        {"knee feels way better", "pain knee 0"},
        {"only lifting for about 1", "experience 1 years"},
        {"fange gerade erst an", "experience 0 months"},
        {"I'm pretty new to the gym", "experience 0 months"},
        {"how heavy can I go for a double @9", "load reps x2 @9"},
        {"was schaff ich front squat für 3", "load front squat x3"},
        {"how much do you think I could clean for a single", "load clean x1"},
        {"what's my 5rm front squat", "load front squat x5"},
        {"what can I bench for a triple?", "load bench x3"},
        {"can you show me all my pull up sets", "history pull up"},
        {"zeig mir alle Bankdrücken Sätze", "history bankdrucken"},
        {"was my bench better last month", "history bench"},
        {"how many pull ups did I do today", "today"},
        {"what did I do for chest on monday", "day monday"},
        {"darf ich beim letzten satz ans limit", "may fail"},
        {"can I go all out on the last set", "may fail"},
        {"Was bedeutet nochmal das @?", "rir"},
        {"was heißt @2", "rir"},
        {"what does rpe 8 mean", "rir"},
        {"Brauche ich morgen eine Pause?", "ready"},
        {"should I take tomorrow off", "ready"},
        {"bin platt, soll ich noch was machen?", "what is left"},
        {"so weiter gehts", "next"},
        {"deload next week please", "phase"},
        {"wie wärm ich mich für 100 bank auf", "warmup bank 100"},
        {"that's me done, cheers", "done"},
        {"That's me finished", "done"},
        {"yo whats up", "hello"},
        {"later man", "goodbye"},
        {"Schönen Abend noch", "goodbye"},
        {"turn the rest timer off please", "timer off"},
        {"stell den timer aus", "timer off"},
        {"make the rest 4 minutes", "rest 4 minutes"},
        {"schieb mir die Pause auf 4 Minuten", "rest 4 minuten"},
        {"skip the rest, I'm ready", "rest off"},
        {"stop asking me every sunday", "checkin off"},
        {"Bitte erinnere mich nicht mehr jeden Sonntag", "checkin off"},
        {"no more check-ins please", "checkin off"},
        {"move the checkin to saturday 10am", "checkin saturday 10am"},
        {"i train for muscle size", "goal hypertrophy"},
        {"im on a cut at the moment", "deficit on"},
        {"bin momentan auf Diät", "deficit on"},
        {"hab mir eine Erkältung eingefangen", "sick"},
        {"the shoulder has calmed down", "pain shoulder 0"},
        {"das Knie hat sich beruhigt", "pain knie 0"},
        {"felt dizzy on that last set", "unwell"},
        {"mir wurde schwarz vor Augen", "unwell"},
        {"something popped in my wrist", "unwell"},
        {"i feel weak today", "tired"},
        {"hab heute keine Lust", "tired"},
        {"im on holiday next week", "holiday"},
        {"nächste Woche bin ich im Urlaub", "holiday"},
        {"not much time today", "short of time"},
        {"my quads are fried from yesterday", "sore"},
        {"i'm trying to lose some fat", "goal fitness"},
        {"will 5 Kilo Muskeln draufpacken", "goal hypertrophy"},
        {"we only have 2.5kg plates", "equipment"},
        {"nicht mehr anpingen bitte", "timer off"},
        {"weck mich in 90 Sekunden", "rest 90 sekunden"},
        {"i need 5 minutes", "rest 5 min"},
        {"ping me when rest is over", "rest"},
        {"how many sets have i got left", "what is left"},
        {"war ich letzte Woche besser", "week both"},
        {"gym is packed, no rack free", "swap"},
        {"elbow's been bugging me for weeks", "pain elbow"},
        {"how is @cara doing", "team @cara"},
        {"was hat @ben heute gemacht", "team @ben"},
        {"Wie läuft's bei Kniebeuge?", ""},
        {"wie läuft Kniebeuge", "last Kniebeuge"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        char lower[PHRASE_SIZE];
        size_t length = strlen(rows[i].command);

        for (size_t k = 0; k <= length; k++)
            lower[k] = ascii_lower(rows[i].command[k]);
        expect(rows[i].said, lower);
    }
}

/* What isn't said whole, or of an exercise that nobody knows, is nothing. */
static void others_are_none(void **state)
{
    static const char *const said[] = {
        "",
        "the",
        "...",
        "how's my flurb",
        "hows my squat and bench and more",
        "i slept",
        "delete everything about it",
        "?",
        "how",
        "my",
        "\xFF\xFE",
        "how heavy is the moon",
        "all good again", /* no part of the body */
        "his elbow's been a bit niggly",
        "knee pain was better last week",
        "if my knee zickt",
        "how heavy can you go for a double",
        "ben's been lifting since 2019",
        "my brother is 8 years dabei",
        "day off",
        "failure",
        "music hurts",
        "my friend is on a cut at the moment",
        "last year i was on a cut",
        "make the bench 4 minutes",
        "the dog has calmed down",
        "die 2,5er sind weg",
        "my boss is away next week",
        "ben felt dizzy",
        "ben needs 5 minutes",
        "how is cara doing",
        "how is @2 doing",
        "schlecht",
        "flat",
        "stop every sunday at the bakery",
        "left is fine",
        "thats",
        "80 kg",
        "felt like 200",
        "felt like a 4",
        "felt like crap",
        "8",
        "delete flurbs",
        "same again next week, rpe 8",
    };
    char *many = mem_zero(1, 4001);

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(said); i++)
        expect(said[i], "");
    for (size_t i = 0; i < 4000; i++)
        many[i] = i % 4 == 3 ? ' ' : 'h';
    expect(many, "");
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_commands),
        cmocka_unit_test(words_may_stand_between),
        cmocka_unit_test(others_are_none),
    };

    return RUN_TESTS(tests);
}

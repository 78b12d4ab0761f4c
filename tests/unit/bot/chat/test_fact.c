/*
 * Facts that people tell about themselves: which setting that is.
 */
#include "tests/unit/unit.h"

#include "bot/chat/fact.h"
#include "bot/chat/phrase.h"
#include "core/base/mem.h"

#define SETTING(word)                                                                                                  \
    {                                                                                                                  \
        .name = (word), .aliases = "", .arguments = "X", .words = 5, .example = (word)                                 \
    }

static const struct command settings[] = {SETTING("slept"),      SETTING("bw"),        SETTING("pain"),
                                          SETTING("experience"), SETTING("equipment"), SETTING("deficit"),
                                          SETTING("stress"),     SETTING("sore"),      SETTING("injury")};

struct row {
    const char *said, *command; /* "": it tells none */
};

static void expect(const struct row *rows, size_t count, enum fact_where where)
{
    const struct command *list[ARRAY_LENGTH(settings)];
    struct command_index commands;

    for (size_t i = 0; i < ARRAY_LENGTH(settings); i++)
        list[i] = &settings[i];
    command_index_init(&commands, (struct command_table){list, ARRAY_LENGTH(list)});
    for (size_t i = 0; i < count; i++) {
        char command[PHRASE_SIZE];
        struct span arguments;
        const struct command *found = fact_find(&commands, span_of(rows[i].said), NULL, where, command, &arguments);

        if (strcmp(command, rows[i].command) != 0 || (found != NULL) != (rows[i].command[0] != '\0'))
            fail_msg("\"%s\" is \"%s\", not \"%s\"", rows[i].said, command, rows[i].command);
    }
}

static void sleep_is_told_in_any_words(void **state)
{
    static const struct row rows[] = {
        {"didnt sleep great, bout 6h", "slept 6 hours"},
        {"Geschlafen 6 Stunden 30", "slept 6.5 hours"},
        {"only got like 5 and a half hours sleep", "slept 5.5 hours"},
        {"slept like 6h, work is killing me", "slept 6 hours"},
        {"slept 6 hours and a half", "slept 6.5 hours"},
        {"schlaf war mies, vielleicht 4-5 std", "slept 4.5 hours"},
        {"6 to 7 hours of sleep", "slept 6.5 hours"},
        {"slept 6h45", "slept 6.75 hours"},
        {"i slept like crap, 4 hours", "slept 4 hours"},
        {"slept about 7 and a half hours", "slept 7.5 hours"},
        {"slept 4 hours because of baby", "slept 4 hours"},
        {"I only slept 5.5h", "slept 5.5 hours"},
        {"I slept six and a half hours", "slept 6.5 hours"},
        {"nur fünf Stunden geschlafen", "slept 5 hours"},
        {"nacht war mies, höchstens 5 std schlaf", "slept 5 hours"},
        {"hab ganz ok geschlafen, so 7 stunden", "slept 7 hours"},
        {"got six and a half hours of sleep", "slept 6.5 hours"},
        {"slept seven thirty", ""},
        {"knapp 6 Stunden geschlafen", "slept 6 hours"},
        {"about 7 hours of sleep last night", "slept 7 hours"},
        {"rough night, maybe 4 hours", "slept 4 hours"},
        {"schlaf war kacke, 5,5h", "slept 5.5 hours"},
        {"work was hell, only slept 5h", "slept 5 hours"},
        /* of others, of other times, wished, denied, or said of sleep */
        {"my son slept 6 hours", ""},
        {"my son was ill and slept 6 hours", ""},
        {"slept 6h yesterday", ""},
        {"mein Sohn hat 6 Stunden geschlafen", ""},
        {"didn't sleep 8 hours", ""},
        {"never slept 4 hours again", ""},
        {"haven't slept 8 hours in weeks", ""},
        {"i will sleep 8 hours", ""},
        {"need 8 hours of sleep", ""},
        {"8 hours of sleep is a myth", ""},
        {"slept 6 hours?", ""},
        {"slept 6 hours, bench 80", ""}, /* another number carries weight */
        {"slept from 11 to 6", ""},
        {"slept 60 hours", ""},
    };

    (void)state;
    expect(rows, ARRAY_LENGTH(rows), FACT_AMONG);
}

static void an_operation_and_a_bad_night_are_asked_about(void **state)
{
    static const struct row rows[] = {
        {"I had a rotator cuff repair on the right shoulder last autumn", "injury"},
        {"hatte letztes Jahr eine Knie-OP", "injury"},
        {"had surgery on my left knee 2 years ago", "injury"},
        {"broke my wrist last month", "injury"},
        {"my wife had knee surgery", ""},
        {"ben had knee surgery", ""},
        {"he had surgery on his knee", ""},
        {"the bar broke in my hand", ""},
        {"need to repair the cable machine", ""},
        {"barely slept last night", "slept"},
        {"kaum geschlafen", "slept"},
        {"schlecht geschlafen", "slept"},
        {"rough night", "slept"},
        {"slept badly yesterday", ""},
        {"my son slept badly", ""},
        {"nicht schlecht geschlafen", ""},
        {"night not bad", ""},
        {"barely slept, maybe 4h", "slept 4 hours"},
        {"kaum 4 Stunden geschlafen", "slept 4 hours"},
    };

    (void)state;
    expect(rows, ARRAY_LENGTH(rows), FACT_AMONG);
}

static void weight_is_told_in_any_words(void **state)
{
    static const struct row rows[] = {
        {"heut 98,2 auf der waage", "bw 98.2"},
        {"bw 88.1 this morning fasted", "bw 88.1"},
        {"Ich wiege 84 Kilo und habe gut geschlafen", "bw 84 kg"},
        {"weighed in at 82.4 first thing", "bw 82.4"},
        {"12 stone 9 bodyweight", "bw 12 st 9"},
        {"ich wiege jetzt 82,4 Kilo", "bw 82.4 kg"},
        {"78,6 kg heute morgen auf der waage", "bw 78.6 kg"},
        {"I currently weigh 90 kg", "bw 90 kg"},
        {"Morning! scale says 203.6", "bw 203.6"},
        {"gewicht heute früh 84,3", "bw 84.3"},
        {"weight this morning 82", "bw 82"},
        {"KG heute 92,6", "bw 92.6"},
        {"kg today 92.6", "bw 92.6"},
        {"heute morgen 84,3 nüchtern", "bw 84.3"},
        {"84.3 fasted", "bw 84.3"},
        {"today's weight 80.9", "bw 80.9"},
        {"tipped the scales at 83", "bw 83"},
        {"T bw 88.1 this morning fasted", "bw 88.1"},
        {"I weighed one eighty six", "bw 186"},
        {"i weigh a hundred and eighty six pounds", "bw 186 lb"},
        {"bw one hundred eighty six lb", "bw 186 lb"},
        {"scale said eighty one point five", "bw 81.5"},
        {"Waage sagt einundachtzig Komma fünf", "bw 81.5"},
        {"weighed in at eighty four", "bw 84"},
        {"weighed eighty, slept five", ""}, /* two facts */
        {"heute 92,6 kg", ""},              /* may be the bar's */
        {"100 kg today", ""},
        {"did 80 fasted", ""},
        {"bench today 80 kg fasted", ""},
        {"weight 82", ""},
        {"gewicht heute 80 beim bankdrücken", ""},
        {"my friend weighed in at 82.4", ""},
        {"my dog weighed in at 40", ""},
        {"weighed in at 82.4 and pulled 200", ""},
        {"my dumbbells weigh 40 kg", ""},
        {"i want to weigh 80", ""},
        {"used to weigh 100 kg", ""},
        {"weighed 84 two weeks ago", ""},
        {"weighed 84 last year", ""},
        {"the scale is 3 floors down", ""},
    };
    static const struct row alone[] = {
        {"12 stone 4 this morning", "bw 12 st 4"},
        {"bin bei 92,8 kg heute morgen", "bw 92.8 kg"},
        {"80 kg this morning", ""},
        {"I'm 80kg now", "bw 80 kg"},
        {"bin 82,3 kg schwer", "bw 82.3 kg"},
        {"92.4 this morning after the bathroom", "bw 92.4"},
        {"morgen 92,4", ""},
        {"i'm at 82 kg", ""}, /* may be the bar's */
        {"i'm 12 kg up", ""},
        {"the sled was 12 stone", ""},
        {"12 stone 4", ""},
    };

    (void)state;
    expect(rows, ARRAY_LENGTH(rows), FACT_AMONG);
    expect(alone, ARRAY_LENGTH(alone), FACT_ALONE);
}

/* Where nothing else is said: no plates make 92.6. */
static void a_weight_today_may_be_ones_own(void **state)
{
    static const struct row alone[] = {
        {"heute 92,6 kg", "bw 92.6 kg"}, {"204.3 lb this morning", "bw 204.3 lb"},
        {"heute 92,5 kg", ""},           {"today i had 92.6 kg on the bar", ""},
        {"heute nur 92,6 kg", ""},       {"heute bank 92,6 kg", ""},
        {"my dog is 32.6 kg today", ""},
    };

    (void)state;
    expect(alone, ARRAY_LENGTH(alone), FACT_ALONE);
}

static void pain_is_told_in_any_words(void **state)
{
    static const struct row rows[] = {
        {"swap squats for leg press, knee is cranky", "pain knee"}, /* the leg is the exercise's */
        {"calf raises hurt", "pain calf"},
        {"woke up with a stiff neck", "pain neck"},
        {"bin mit steifem Nacken aufgewacht", "pain nacken"},
        {"wrist hurt on the dips, 2 out of 3", "pain wrist 2"},
        {"beinbizeps links zieht leicht, schmerz 1", "pain links beinbizeps 1"},
        {"Knie rechts Schmerz 1 seit gestern", "pain rechts knie 1"},
        {"left knee is complaining a little, maybe a 1", "pain left knee 1"},
        {"Schulter rechts zwickt, so 1 von 3", "pain rechts schulter 1"},
        {"right wrist is cranky", "pain right wrist"},
        {"hip pain 2 out of 3", "pain hip 2"},
        {"elbow is a bit achy tonight, 1/3", "pain elbow 1"},
        {"hip's a little tight, maybe a 1", "pain hip 1"},
        {"knee pain 4/10", "pain knee 4/10"},
        {"elbow 1 of 3 after curls", "pain elbow 1"},
        {"knee pain 6", "pain knee 6"}, /* of three or of ten isn't known: it is asked */
        {"elbow feels kinda off, like a 1", "pain elbow 1"},
        {"left knee feels weird, 2 out of 10", "pain left knee 2/10"},
        {"Ellbogen bisschen komisch, so ne 1", "pain ellbogen 1"},
        {"Schulter fühlt sich seltsam an, 2 von 3", "pain schulter 2"},
        {"knie 2", "pain knie 2"},
        {"Ellbogen 0", "pain ellbogen 0"},
        {"left knee is a 1 today", "pain left knee 1"},
        {"knie links ist ne 2", "pain links knie 2"},
        {"knee 5", ""},
        {"2 knee sleeves", ""},
        {"knee sleeves 2", ""},
        {"back 2", ""}, /* "back in 2" */
        {"quads 2", ""},
        {"Hüfte ist steif, nix schlimmes", "pain hufte"},
        {"2 days off for my shoulder", ""},
        {"leg day off, 2 in a row", ""},
        {"wrong shoulder", ""},
        {"ben's knee hurts 2", ""},
        {"my girlfriend's shoulder hurts 2/3", ""},
        {"my knee pain is not gone", ""},
        {"knee pain gone, 0 now", ""},
        {"chest is sore", "sore"}, /* after a session */
        {"legs are sore from yesterday", "sore"},
        {"knee is sore from yesterday", "pain knee"},
        {"legs are not sore anymore", ""},
        {"knee and shoulder hurt 2", ""},
        {"my back hurts when i deadlift over 100", ""},
        {"knee sleeves 2 out of stock", ""},
    };

    (void)state;
    expect(rows, ARRAY_LENGTH(rows), FACT_AMONG);
}

static void experience_is_told_in_any_words(void **state)
{
    static const struct row rows[] = {
        {"hab vor 3 wochen angefangen", "experience 1 months"},
        {"started lifting 3 years ago", "experience 36 months"},
        {"hey just starting here, been lifting 4 yrs mostly for size", "experience 48 months"},
        {"I've been training for 18 months", "experience 18 months"},
        {"trainiere seit zwei Jahren", "experience 24 months"},
        {"8 Jahre dabei", "experience 96 months"},
        {"Trainiere seit 40 Jahren", "experience 40 years"},
        {"bin noch neu dabei, so 3 monate", "experience 3 months"},
        {"bin schon 3 jahre dabei", "experience 36 months"},
        {"lifting for 2 or 3 years", "experience 24 months"},
        {"lifting since 2019", "experience 2019"},
        {"trainiere seit 2020", "experience 2020"},
        {"Ich bin 67 Jahre alt und trainiere seit 15 Jahren", "experience 180 months"},
        {"start training in 2 weeks", ""},
        {"starting a 5 week program", ""},
        {"gym was closed for 2 weeks", ""},
        {"been training for 3 days", ""},
        {"back training for 3 weeks after a break", ""},
        {"I was lifting 3 years ago", ""},
        {"ben's been lifting since 2019", ""},
        {"lifting 100 since monday", ""},
        {"2 years", ""},
    };
    static const struct row alone[] = {
        {"bout 2 and a half years", ""},
        {"2 years", ""},
        {"it's been 2 years", ""},
        {"been at it for 5 years", "experience 60 months"},
        {"mach das seit 2 jahren", "experience 24 months"},
    };
    static const struct row asked[] = {
        {"bout 2 and a half years", "experience 30 months"},
        {"2 years of my life", ""},
    };

    (void)state;
    expect(rows, ARRAY_LENGTH(rows), FACT_AMONG);
    expect(alone, ARRAY_LENGTH(alone), FACT_ALONE);
    expect(asked, ARRAY_LENGTH(asked), FACT_ASKED);
}

static void equipment_and_diet_are_told_in_any_words(void **state)
{
    static const struct row rows[] = {
        {"smallest plates i have are 1.25", "equipment plates 1.25"},
        {"gym only has 2.5 plates as smallest", "equipment plates 2.5"},
        {"kleinste Scheiben sind 1,25 kg", "equipment plates 1.25 kg"},
        {"hab nur eine 15 kg stange", "equipment bar 15 kg"},
        {"my bar is 15", "equipment bar 15"},
        {"the bar here is 15kg", "equipment bar 15 kg"},
        {"die Stange hier wiegt 15 kg", "equipment bar 15 kg"},
        {"my gym only has 5kg jumps on the dumbbells", "equipment"},
        {"only have dumbbells up to 24", "equipment"}, /* how it is typed */
        {"only got dumbbells up to 50 and a bench at home", "equipment"},
        {"bin in diät -500kcal", "deficit on"},
        {"stress grad hoch wegen prüfungen", "stress high"},
        {"lots of stress at work", "stress high"},
        {"stress is through the roof atm", "stress high"},
        {"stress geht durch die decke", "stress high"},
        {"kaum stress diese woche", "stress low"},
        {"stress is low this week", "stress low"},
        {"nicht wenig stress", ""},
        {"stress isn't low", ""},
        {"not much stress", ""},
        {"lots of stress last week", ""},
        {"high stress 3 days a week", ""},
        {"I have a 16 kg kettlebell at home", ""},
        {"the bar weighs 20kg", ""}, /* as bars do */
        {"only the bar, 20", ""},
        {"my bar was 3 inches off", ""},
        {"the smallest plate for lunch, 5 euros", ""},
    };

    (void)state;
    expect(rows, ARRAY_LENGTH(rows), FACT_AMONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sleep_is_told_in_any_words),
        cmocka_unit_test(an_operation_and_a_bad_night_are_asked_about),
        cmocka_unit_test(weight_is_told_in_any_words),
        cmocka_unit_test(a_weight_today_may_be_ones_own),
        cmocka_unit_test(pain_is_told_in_any_words),
        cmocka_unit_test(experience_is_told_in_any_words),
        cmocka_unit_test(equipment_and_diet_are_told_in_any_words),
    };

    return RUN_TESTS(tests);
}

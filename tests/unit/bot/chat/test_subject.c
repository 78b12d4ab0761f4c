/*
 * Questions and requests in plain sentences: which command answers them.
 */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "bot/chat/subject.h"

/* COMMANDS, where several are as near parted by ", "; "" none. */
static void expect(const char *said, const char *commands)
{
    struct subjects found;
    char all[SUBJECTS_NEAR * (PHRASE_SIZE + 2)] = "";
    size_t used = 0;

    subject_find(span_of(said), NULL, &found);
    for (size_t i = 0; i < found.count; i++)
        used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%s", i != 0 ? ", " : "", found.commands[i]);
    if (strcmp(all, commands) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", said, all, commands);
}

static void what_is_asked_is_told_by_its_words(void **state)
{
    (void)state;
    expect("was that enough for my chest?", "week chest");
    expect("war das genug für die Brust?", "week brust");
    expect("wann soll ich wiederkommen", "ready");
    expect("when should i come back", "ready");
    expect("was war heute alles?", "today");
    expect("done for today, what did i do", "today");
    expect("what did i do on monday", "day monday");
    expect("hi was muss ich hier schreiben?", "help");
    expect("hi! what do i have to type here", "help");
    expect("am i making progress on squats", "history squats");
    expect("hab ich mich bei bank in den letzten 12 wochen verbessert", "history bank 12 wochen");
    expect("was war mein schwerstes kreuzheben", "records kreuzheben");
    expect("why did you drop the weight", "why");
    expect("bin ich heute zu oft ans versagen gegangen?", "budget");
    expect("how often did i go to failure this week", "budget");
    expect("darf ich beim curl bis zum versagen gehen", "may fail curl");
    expect("muss ich jetzt mehr drauflegen?", "next");
    expect("should i drop or stay", "next");
    expect("why no failure on bench", "may fail bench");
    expect("warum keine kniebeuge bis versagen", "may fail kniebeuge");
    expect("is it ok to fail on that?", "may fail");
    expect("was steht am freitag an", "plan");
    expect("how heavy next time", "next");
    expect("what could i do instead of dips", "swap dips");
    expect("what else can i do for shoulders", "swap shoulders");
    expect("was kann ich statt kniebeugen machen", "swap kniebeugen");
    expect("what did i do for legs last week", "week last");
    expect("does soreness mean muscle growth?", "myth soreness");
    expect("why not always train to failure", "myth failure");
    expect("Warum nicht immer bis zum Versagen?", "myth failure");
    expect("is failure bad", "myth failure");
    expect("am i doing too much chest", "week chest");
    expect("mach ich zu viel Brust", "week brust");
    expect("trainiere ich genug", "week");
    expect("how far am I from 100 on bench", "1rm bench");
    expect("wie weit bin ich von 100 auf der Bank weg", "1rm bank");
    expect("what should my openers be", "competition");
    expect("was kann ich für den rücken machen ohne stange", "swap rucken without barbell");
    expect("what's good for the hamstrings", "swap hamstrings");
    expect("was sollte morgen dran sein", "ready");
    expect("kann ich heute schon wieder rücken machen", "ready rucken");
    expect("darf ich mit Erkältung trainieren", "sick");
    expect("should i do cardio before or after", "cardio");
    expect("should i stop here", "what is left");
    expect("welche Muskeln kann ich heute trainieren", "ready");
    expect("what muscles am i neglecting", "week");
    expect("how do i change a set", "help fix");
    expect("was ist heute geplant", "plan");
    expect("wann war mein letztes Training", "last");
    expect("wie oft gehe ich ans Versagen", "budget");
    expect("how much should i open with on deadlift", "competition");
    expect("kannst du mich dienstags ans Training erinnern", "remind me");
    /* what is asked is about what is told in front */
    expect("only got 10 mins left what should i do", "short of time 10 mins");
    expect("hab nur noch 10 Minuten, was soll ich machen", "short of time 10 minuten");
    expect("im sick, should i train", "sick");
    expect("bin müde, soll ich aufhören", "tired");
    expect("meet is in 5 weeks what should i change", "competition");
    expect("my brother is sick, should i train", "");
}

static void its_numbers_are_the_commands(void **state)
{
    (void)state;
    expect("was schaff ich mit 125", "how many reps 125");
    expect("was schaff ich mit 125 auf der bank", "how many bank 125");
    expect("what's my 1rm if i did 90x6", "1rm 90x6");
    expect("what's my 1rm if i did 90 kg for 6 reps", "1rm 90 kg x6");
    expect("what do i put on the bar for 102.5", "plates 102.5");
    expect("wieviel kommt bei 92,5 auf die stange", "plates 92,5");
    expect("how heavy for 5 reps on bench", "load bench x5");
    expect("sag mir in 3 min bescheid", "rest 3 min");
    expect("can you ping me in 90s", "rest 90s");
    expect("was heißt @2 nochmal", "rir");
    expect("how much should I warm up for 120 bench", "warmup bench 120");
    expect("is 3x10 enough for biceps?", "week biceps");
}

/* What would change something is only told of. */
static void nothing_is_changed(void **state)
{
    (void)state;
    expect("how do i delete a set", "help undo");
    expect("wie lösche ich einen satz", "help undo");
    expect("how can i switch to pounds", "help units");
    expect("can you delete everything you know", "help forget me");
    expect("when should i deload", "help phase");
    expect("is leg extension bad for my knee?", "help pain, help injury");
}

/* Without a word that asks the subject stands in front, and nothing unknown behind. */
static void a_request_may_begin_with_its_subject(void **state)
{
    (void)state;
    expect("rest time for bench", "rest");
    expect("personal record for squats", "records squats");
    expect("rest time for the band", "");
    expect("curl up and sleep", "");
    expect("did 3 sets then went home at 8", "");
    expect("what a top set that was, 145x3 on squats", ""); /* it was done */
    expect("5 minutes of rest time", "");
}

static void others_and_other_things_are_not_answered(void **state)
{
    (void)state;
    expect("how did ben's squat feel last time", "");
    expect("what was her best bench", "");
    expect("how much do you bench?", "");
    expect("does anyone have plates?", "");
    expect("@anna 8 tonight?", "");
    expect("what is this", "");
    expect("is it today now?", "");
    expect("what's for dinner today?", "");
    expect("what is the capital of the best country in the whole wide world", "");
    expect("wie ist das wetter heute", "");
    expect("is 80x8 @1 good for a beginner?", "");
    expect("last year i was bulking", "");
    expect("30 day plank challenge?", "");
    expect("", "");
    expect("?", "");
    expect("\xFF\xFE?", "");
}

static void asking_is_told_from_telling(void **state)
{
    static const char *const asking[] = {
        "how heavy", "so, what now", "ok coach should i go on", "10 min left what should i do", "und wann wieder",
        "zeig mal",  "80x8?"};
    static const char *const telling[] = {"bench 80x8", "was tough", "did 3 sets", "could've done more", "", "war gut"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(asking); i++)
        if (!subject_asks(span_of(asking[i])))
            fail_msg("\"%s\" asks", asking[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(telling); i++)
        if (subject_asks(span_of(telling[i])))
            fail_msg("\"%s\" asks nothing", telling[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_is_told_by_its_words),
        cmocka_unit_test(its_numbers_are_the_commands),
        cmocka_unit_test(nothing_is_changed),
        cmocka_unit_test(a_request_may_begin_with_its_subject),
        cmocka_unit_test(others_and_other_things_are_not_answered),
        cmocka_unit_test(asking_is_told_from_telling),
    };

    return RUN_TESTS(tests);
}

/*
 * The English texts that come by themselves: check-ins, the week to come, the month gone by.
 */
#include "bot/chat/catalogue.h"

const char *const texts_english_weekly[TEXT_COUNT] = {
    /* check-ins */
    [TEXT_CHECKIN_ASK] = ("*Check-in*: your week, 1 bad to 5 good.\n"
                          "fatigue (5 fresh), sleep quality,\n"
                          "soreness (5 none), stress (5 calm), mood\n"
                          "Answer like `4 3 4 5 4`. Add if it's so:\n"
                          "slept 6h, knee pain 1, dread, deficit"),
    [TEXT_CHECKIN_POLL] = "{item}, 1 bad to 5 good?",
    [TEXT_CHECKIN_POLLS] = "I'll ask by poll, too, one question at a\ntime. `checkin poll off` ends that.",
    [TEXT_CHECKIN_POLLS_OFF] = "No more polls.",
    [TEXT_CHECKIN_POLLS_NONE] = "There are no polls here.",
    [TEXT_CHECKIN_ANNOUNCE] = "Weekly, {when}. `checkin off` ends it.\nA reaction 1 to 5 answers all five.",
    [TEXT_CHECKIN_REMIND] = "Your check-in still waits: five numbers\nlike `4 3 4 5 4`, or `checkin skip`.",
    [TEXT_CHECKIN_STOP] = ("Three check-ins went unanswered. Stop\n"
                           "them? `checkin off`. I'm silent now until\n"
                           "you type `checkin` or `checkin on`."),
    [TEXT_CHECKIN_MISSING] = "And {items}?\n1 bad to 5 good.",
    [TEXT_CHECKIN_FATIGUE] = "fatigue",
    [TEXT_CHECKIN_SLEEP] = "sleep",
    [TEXT_CHECKIN_SORENESS] = "soreness",
    [TEXT_CHECKIN_STRESS] = "stress",
    [TEXT_CHECKIN_MOOD] = "mood",
    [TEXT_CHECKIN_DREAD] = "dread",
    [TEXT_CHECKIN_ACHES] = "aches",
    [TEXT_CHECKIN_NO_THANKS] = "no thanks",
    [TEXT_CHECKIN_MEAN] = "*{mean}* of 5{chart}",
    [TEXT_CHECKIN_MEAN_USUAL] = "*{mean}* of 5, usually {usual}{chart}",
    [TEXT_CHECKIN_LOW] = "Low: {items}.",
    [TEXT_CHECKIN_LOW_AGAIN] = "Low again: {items}.",
    [TEXT_CHECKIN_SIGNS] = "In your log: {signs}.",
    [TEXT_CHECKIN_CARRY_ON] = "Carry on as planned.",
    [TEXT_CHECKIN_NO_FAILURE] = "Until the next check-in no failure and\nno heavier loads.",
    [TEXT_CHECKIN_EASIER] = "Until the next check-in RIR +{rir}, no\nfailure, no heavier loads.",
    [TEXT_CHECKIN_DELOAD] = "A lighter week: sets -{share} %, RIR +{rir}.",
    [TEXT_CHECKIN_LIFT] = "{exercise} {set}, RIR {reserve}",
    [TEXT_CHECKIN_DELOAD_HOW] = "To begin: `phase deload until {date}`",
    [TEXT_CHECKIN_RESET] = "{exercise}: rebuild from {set}.",
    [TEXT_CHECKIN_PAIN] = "Pain ({places}): leave out what hurts,\nand have it looked at.",
    [TEXT_CHECKIN_DECLINE] = "Say no thanks to keep your targets.",
    [TEXT_CHECKIN_DECLINED] = "All right, your check-in changes nothing.",
    [TEXT_CHECKIN_NOTHING] = "There is nothing to decline.",
    [TEXT_CHECKIN_ON] = "Weekly check-in, next {date}.",
    [TEXT_CHECKIN_OFF] = "No more check-ins.\n`checkin on` brings them back.",
    [TEXT_CHECKIN_SKIPPED] = "Skipped. Next {date}.",
    [TEXT_CHECKIN_LATER] = "I'll ask again {date}.",
    [TEXT_CHECKIN_NONE] = "No check-in waits. `checkin` asks now.",
    [TEXT_CHECKIN_REFUSED] =
        "I can't read checkin {value}. Try\n`checkin sun 18:00`, `checkin off` or\n`checkin 4 3 4 5 4`.",
    [TEXT_CHECKIN_DIRECT] = "Check-ins are for our direct chat.",
    [TEXT_CHECKIN_SAID] = "check-in {answers}",
    [TEXT_REASON_CHECKIN] = "Easier: your check-in was low.",
    [TEXT_WHY_CHECKIN] = "Your check-in was low: RIR {range}, no failure, no heavier loads until the next.",
    [TEXT_WHY_GATE_CHECKIN] = "No failure: your check-in was low.",
    [TEXT_HELP_CHECKIN] = "how your week was, asked once a week",
    [TEXT_HELP_DECLINE] = "your check-in is to change nothing",

    /* the week to come, the month gone by */
    [TEXT_BUDGET] = "*This week* (last: {sets})",
    [TEXT_BUDGET_FAILURE] = "To failure: {left} of {budget} left",
    [TEXT_BUDGET_NO_FAILURE] = "To failure: none for now",
    [TEXT_BUDGET_PUSH] = "push {exercise} {set}",
    [TEXT_BUDGET_HOLD] = "hold {exercise} {set}",
    [TEXT_BUDGET_EASE] = "ease {exercise} {set}",
    [TEXT_BUDGET_END] = "Each Monday. `budget off` ends it.",
    [TEXT_BUDGET_ON] = "Your week's budget: Mondays at {time}.",
    [TEXT_BUDGET_OFF] = "No more Monday plans.\n`budget on` brings them back.",
    [TEXT_BUDGET_NONE] = "No sets last week, so no budget yet.",
    [TEXT_BUDGET_REFUSED] = "Say it like `budget`, `budget off` or\n`budget 6:30`.",
    [TEXT_HELP_BUDGET] = "what your week may hold, each Monday",
    [TEXT_REVIEW] = "*Review {month} {year}*",
    [TEXT_REVIEW_SESSIONS] = "Sessions {sessions}{before}{weeks}",
    [TEXT_REVIEW_BEFORE] = " ({month} {value})",
    [TEXT_REVIEW_WEEKS] = ", weeks {weeks} of {all}",
    [TEXT_REVIEW_LIFT] = "{exercise} e1RM {load}",
    [TEXT_REVIEW_LIFT_BEFORE] = "{exercise} e1RM {load}, {percent} %",
    [TEXT_REVIEW_RECOVERY] = "Recovery {mean} of 5{before}{chart}",
    [TEXT_REVIEW_EFFORT] = "Effort: {share} % at RIR 1-3, {count} too hard",
    [TEXT_REVIEW_END] = "Each month. `month off` ends it.",
    [TEXT_REVIEW_ON] = "A review of each month, on the first.",
    [TEXT_REVIEW_OFF] = "No more monthly reviews.\n`month on` brings them back.",
    [TEXT_REVIEW_NONE] = "No sets in that month.",
    [TEXT_REVIEW_REFUSED] = "Say it like `month`, `month last` or\n`month off`.",
    [TEXT_HELP_MONTH] = "your month, by itself on the first",
};

/*
 * The German texts that come by themselves: check-ins, the week to come, the month gone by.
 */
#include "bot/chat/catalogue.h"

const char *const texts_german_weekly[TEXT_COUNT] = {
    /* check-ins */
    [TEXT_CHECKIN_ASK] = ("*Check-in*: deine Woche, 1 schlecht bis\n"
                          "5 gut. Müdigkeit (5 frisch), Schlaf,\n"
                          "Muskelkater (5 keiner), Stress (5 Ruhe),\n"
                          "Stimmung. Antworte wie `4 3 4 5 4`.\n"
                          "Wenn es so ist, dazu: 6h Schlaf,\n"
                          "Knie Schmerz 1, Unlust, Defizit"),
    [TEXT_CHECKIN_POLL] = "{item}, 1 schlecht bis 5 gut?",
    [TEXT_CHECKIN_POLLS] = "Ich frage auch per Umfrage, Frage für\nFrage. `checkin poll off` beendet das.",
    [TEXT_CHECKIN_POLLS_OFF] = "Keine Umfragen mehr.",
    [TEXT_CHECKIN_POLLS_NONE] = "Hier gibt es keine Umfragen.",
    [TEXT_CHECKIN_ANNOUNCE] = "Immer {when}. `checkin off` beendet es.\nReaktion 1 bis 5 gilt für alle fünf.",
    [TEXT_CHECKIN_REMIND] = "Dein Check-in wartet noch: fünf Zahlen\nwie `4 3 4 5 4`, oder `checkin skip`.",
    [TEXT_CHECKIN_STOP] = ("Drei Check-ins blieben ohne Antwort.\n"
                           "Aufhören? `checkin off`. Ich schweige, bis\n"
                           "du `checkin` oder `checkin on` tippst."),
    [TEXT_CHECKIN_MISSING] = "Und {items}?\n1 schlecht bis 5 gut.",
    [TEXT_CHECKIN_FATIGUE] = "Müdigkeit",
    [TEXT_CHECKIN_SLEEP] = "Schlaf",
    [TEXT_CHECKIN_SORENESS] = "Muskelkater",
    [TEXT_CHECKIN_STRESS] = "Stress",
    [TEXT_CHECKIN_MOOD] = "Stimmung",
    [TEXT_CHECKIN_DREAD] = "Unlust",
    [TEXT_CHECKIN_ACHES] = "Schmerzen",
    [TEXT_CHECKIN_NO_THANKS] = "nein danke",
    [TEXT_CHECKIN_MEAN] = "*{mean}* von 5{chart}",
    [TEXT_CHECKIN_MEAN_USUAL] = "*{mean}* von 5, sonst {usual}{chart}",
    [TEXT_CHECKIN_LOW] = "Niedrig: {items}.",
    [TEXT_CHECKIN_LOW_AGAIN] = "Wieder niedrig: {items}.",
    [TEXT_CHECKIN_SIGNS] = "In deinem Log: {signs}.",
    [TEXT_CHECKIN_CARRY_ON] = "Weiter wie geplant.",
    [TEXT_CHECKIN_NO_FAILURE] = "Bis zum nächsten Check-in kein Versagen\nund keine höheren Gewichte.",
    [TEXT_CHECKIN_EASIER] = "Bis zum nächsten Check-in RIR +{rir}, kein\nVersagen, keine höheren Gewichte.",
    [TEXT_CHECKIN_DELOAD] = "Eine leichtere Woche: {share} % weniger\nSätze, RIR +{rir}.",
    [TEXT_CHECKIN_LIFT] = "{exercise} {set}, RIR {reserve}",
    [TEXT_CHECKIN_DELOAD_HOW] = "Los: `phase deload until {date}`",
    [TEXT_CHECKIN_RESET] = "{exercise}: neu aufbauen ab {set}.",
    [TEXT_CHECKIN_PAIN] = "Schmerz ({places}): Lass weg, was wehtut,\nund lass es ansehen.",
    [TEXT_CHECKIN_DECLINE] = "Sag nein danke, wenn alles bleiben soll.",
    [TEXT_CHECKIN_DECLINED] = "Gut, dein Check-in ändert nichts.",
    [TEXT_CHECKIN_NOTHING] = "Es gibt nichts abzulehnen.",
    [TEXT_CHECKIN_ON] = "Nächster Check-in: {date}.",
    [TEXT_CHECKIN_OFF] = "Keine Check-ins mehr.\n`checkin on` bringt sie zurück.",
    [TEXT_CHECKIN_SKIPPED] = "Ausgelassen. Der nächste: {date}.",
    [TEXT_CHECKIN_LATER] = "Ich frage wieder {date}.",
    [TEXT_CHECKIN_NONE] = "Es wartet keiner. `checkin` fragt jetzt.",
    [TEXT_CHECKIN_REFUSED] =
        "checkin {value} kann ich nicht lesen.\nEtwa `checkin sun 18:00`, `checkin off`\noder `checkin 4 3 4 5 4`.",
    [TEXT_CHECKIN_DIRECT] = "Check-ins gehören in unseren Direktchat.",
    [TEXT_CHECKIN_SAID] = "Check-in {answers}",
    [TEXT_REASON_CHECKIN] = "Sachter: dein Check-in war niedrig.",
    [TEXT_WHY_CHECKIN] =
        "Dein Check-in war niedrig: RIR {range}, kein Versagen, keine höheren Gewichte bis zum nächsten.",
    [TEXT_WHY_GATE_CHECKIN] = "Kein Versagen: dein Check-in war niedrig.",
    [TEXT_HELP_CHECKIN] = "wie deine Woche war, einmal die Woche",
    [TEXT_HELP_DECLINE] = "dein Check-in soll nichts ändern",

    /* the week to come, the month gone by */
    [TEXT_BUDGET] = "*Diese Woche* (letzte: {sets})",
    [TEXT_BUDGET_FAILURE] = "Bis Versagen: noch {left} von {budget}",
    [TEXT_BUDGET_NO_FAILURE] = "Bis Versagen: zurzeit keiner",
    [TEXT_BUDGET_PUSH] = "steigern: {exercise} {set}",
    [TEXT_BUDGET_HOLD] = "halten: {exercise} {set}",
    [TEXT_BUDGET_EASE] = "leichter: {exercise} {set}",
    [TEXT_BUDGET_END] = "Jeden Montag. `budget off` beendet es.",
    [TEXT_BUDGET_ON] = "Dein Wochenbudget: montags um {time}.",
    [TEXT_BUDGET_OFF] = "Kein Montagsplan mehr.\n`budget on` bringt ihn zurück.",
    [TEXT_BUDGET_NONE] = "Letzte Woche kein Satz, also kein Budget.",
    [TEXT_BUDGET_REFUSED] = "Schreib etwa `budget`, `budget off` oder\n`budget 6:30`.",
    [TEXT_HELP_BUDGET] = "was deine Woche hergibt, jeden Montag",
    [TEXT_REVIEW] = "*Rückblick {month} {year}*",
    [TEXT_REVIEW_SESSIONS] = "Training {sessions}{before}{weeks}",
    [TEXT_REVIEW_BEFORE] = " ({month} {value})",
    [TEXT_REVIEW_WEEKS] = ", Wochen {weeks} von {all}",
    [TEXT_REVIEW_LIFT] = "{exercise} e1RM {load}",
    [TEXT_REVIEW_LIFT_BEFORE] = "{exercise} e1RM {load}, {percent} %",
    [TEXT_REVIEW_RECOVERY] = "Erholung {mean} von 5{before}{chart}",
    [TEXT_REVIEW_EFFORT] = "RIR 1-3 bei {share} %, {count} zu hart",
    [TEXT_REVIEW_END] = "Jeden Monat. `month off` beendet es.",
    [TEXT_REVIEW_ON] = "Am Ersten: dein Monat im Rückblick.",
    [TEXT_REVIEW_OFF] = "Keine Rückblicke mehr.\n`month on` bringt sie zurück.",
    [TEXT_REVIEW_NONE] = "Kein Satz in dem Monat.",
    [TEXT_REVIEW_REFUSED] = "Schreib etwa `month`, `month last`\noder `month off`.",
    [TEXT_HELP_MONTH] = "dein Monat, von selbst am Ersten",
};

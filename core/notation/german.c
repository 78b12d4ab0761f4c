/*
 * Questions, errors and hints in German, by their English: the same conversions in the same order.
 */
#include <string.h>

#include "core/base/mem.h"
#include "core/notation/parser.h"

static const struct {
    const char *english, *german;
} phrases[] = {
    /* days */
    {"%d/%d: which is the month?", "%d/%d: was ist der Monat?"},
    {"Write 3.1. or Jan 3: bench 80x8", "Schreib 3.1. oder 3. Jan: bench 80x8"},
    {"There is no such day.", "Den Tag gibt es nicht."},
    {"A date before the sets: 2026-01-31: bench 80x8", "Ein Datum vor den Sätzen: 2026-01-31: bench 80x8"},
    {"Two days in one message.", "Zwei Tage in einer Nachricht."},
    {"Send each day's sets in a message of its own.", "Schick jeden Tag in einer eigenen Nachricht."},
    /* effort */
    {"RIR goes from 0 to 10, RPE up to 10: bench 80x8 @1, or rpe 9",
     "RIR geht von 0 bis 10, RPE bis 10: bench 80x8 @1, oder rpe 9"},
    {"@%g+ is a plan. Was it @%g?", "@%g+ ist ein Plan. War es @%g?"},
    {"@%g-%g%% is a plan. Was the set @%g?", "@%g-%g%% ist ein Plan. War der Satz @%g?"},
    {"%g in reserve, or a set of %g?", "%g in Reserve, oder ein Satz mit %g?"},
    {"%g sets to come, or done?", "%g Sätze geplant, oder gemacht?"},
    {"@%g-%g: which of them?", "@%g-%g: was davon?"},
    {"Under RPE %g: how much was it?", "Unter RPE %g: wie viel war es?"},
    {"%s -%g is under 0.", "%s -%g ist unter 0."},
    {"@%g is no effort, and the load is said already.", "@%g ist keine Anstrengung, und das Gewicht steht schon da."},
    {"@-%g is under 0.", "@-%g ist unter 0."},
    {"Effort under 0.", "Anstrengung unter 0."},
    {"%s%g is over 10.", "%s%g ist über 10."},
    {"@%g: RPE %g, or %g reps in reserve?", "@%g: RPE %g, oder %g Wdh. in Reserve?"},
    {"RIR %g or RIR %g? It says both.", "RIR %g oder RIR %g? Da steht beides."},
    {"To failure, or RIR %g? It says both.", "Bis zum Versagen, oder RIR %g? Da steht beides."},
    {"One effort for each set, or one alone: bench 80: 8, 8, 7 @2, 1, 0",
     "Je Satz eine Anstrengung, oder nur eine: bench 80: 8, 8, 7 @2, 1, 0"},
    {"%zu sets, but %zu efforts.", "%zu Sätze, aber %zu Anstrengungen."},
    /* reps and sets */
    {"Send them in parts.", "Schick sie in Teilen."},
    {"More than %d sets in one message.", "Mehr als %d Sätze in einer Nachricht."},
    {"If the first rep failed: bench 80x0 fail", "Ging die erste nicht: bench 80x0 fail"},
    {"A set of no reps.", "Ein Satz ohne Wdh."},
    {"%u rounds of all of them, or %u sets of one alone?", "%u Runden von allen oder %u Sätze von einer allein?"},
    {"One more set of it?", "Noch so ein Satz?"},
    {"How many reps in each of the %g sets?", "Wie viele Wdh. in jedem der %g Sätze?"},
    {"%g reps in all, so %g in each of %g sets?", "%g Wdh. in allen, also %g in jedem von %g Sätzen?"},
    {"%g reps with each?", "%g Wdh. mit jedem?"},
    {"How many reps?", "Wie viele Wdh.?"},
    {"How many reps with %g?", "Wie viele Wdh. mit %g?"},
    {"How many reps on each side?", "Wie viele Wdh. je Seite?"},
    {"%g ticks: %g reps?", "%g Striche: %g Wdh.?"},
    {"Reps are whole: bench 80x8", "Wdh. sind ganz: bench 80x8"},
    {"Reps are whole: bench 82.5x8", "Wdh. sind ganz: bench 82,5x8"},
    {"%g reps?", "%g Wdh.?"},
    {"A set has 1 to 100 reps: bench 80x8", "Ein Satz hat 1 bis 100 Wdh.: bench 80x8"},
    {"%g reps are too many.", "%g Wdh. sind zu viele."},
    {"For three sets of five: bench 3x5 100kg", "Für drei Sätze zu fünf: bench 3x5 100kg"},
    {"For two such sets: 2 sets, drop 80x8 > 60x6", "Für zwei solche Sätze: 2 sets, drop 80x8 > 60x6"},
    {"%g sets?", "%g Sätze?"},
    {"Missed: set %d, or rep %d of the last one?", "Verfehlt: Satz %d oder Wdh. %d des letzten?"},
    {"%g seconds, or %g reps?", "%g Sekunden oder %g Wdh.?"},
    {"One drop set of all of them, or of the last two?", "Ein Dropsatz aus allen oder aus den letzten beiden?"},
    {"%g sets of how many reps?", "%g Sätze zu wie vielen Wdh.?"},
    {"%g-%g is a plan. What was it?", "%g-%g ist ein Plan. Was war es?"},
    {"Sets of so many reps?", "Sätze zu so vielen Wdh.?"},
    {"Sets up to this one: log it alone?", "Sätze bis zu diesem: nur ihn eintragen?"},
    {"A load for each set: bench 3x8 85, 85, 80", "Je Satz ein Gewicht: bench 3x8 85, 85, 80"},
    {"%zu sets, but %zu loads.", "%zu Sätze, aber %zu Gewichte."},
    {"Reps for each load: bench 60x8, 70x6, 80x4", "Wdh. zu jedem Gewicht: bench 60x8, 70x6, 80x4"},
    {"%zu loads, but reps for %zu.", "%zu Gewichte, aber Wdh. für %zu."},
    /* order */
    {"%g %g: sets of so many reps, or %g added?", "%g %g: Sätze zu so vielen Wdh., oder %g zusätzlich?"},
    {"%g %g: load and reps, or two sets?", "%g %g: Gewicht und Wdh., oder zwei Sätze?"},
    {"%g %g %g: two sets, or %g sets of %g?", "%g %g %g: zwei Sätze, oder %g Sätze zu %g?"},
    {"%gx%g: is %g the load?", "%gx%g: ist %g das Gewicht?"},
    {"%gx%gx%g: which of them is the load?", "%gx%gx%g: was davon ist das Gewicht?"},
    {"%gx%gx%g: %g sets, or %g?", "%gx%gx%g: %g Sätze, oder %g?"},
    {"%gx%g: %g sets of %g reps, or %g reps with a load of %g?", "%gx%g: %g Sätze zu %g, oder %g Wdh. mit %g?"},
    {"%g/%g: each side, or two sets?", "%g/%g: je Seite, oder zwei Sätze?"},
    {"%gx%g: which of them is the load?", "%gx%g: was davon ist das Gewicht?"},
    {"x%g: so many sets, or a set of so many reps?", "x%g: so viele Sätze, oder ein Satz mit so vielen Wdh.?"},
    {"One load for a set: bench 80x8", "Ein Gewicht je Satz: bench 80x8"},
    {"%gx%g, and another load?", "%gx%g, und noch ein Gewicht?"},
    /* loads */
    {"Only a leg press or sled goes over 500 kg, and must be named: leg press 600x10",
     "Über 500 kg gehen nur Beinpresse und Schlitten, mit Namen: leg press 600x10"},
    {"%.6g %s are too heavy.", "%.6g %s sind zu schwer."},
    {"Deadlift, or was it hard?", "Kreuzheben, oder war es schwer?"},
    {"%g plates a side, or %g?", "%g Scheiben je Seite, oder %g?"},
    {"Plates: %g lb or %g kg?", "Scheiben: %g lb oder %g kg?"},
    {"How much weight was taken off?", "Wie viel Gewicht wurde abgenommen?"},
    {"How much weight was added?", "Wie viel Zusatzgewicht?"},
    {"Percent of the best single: bench 80% x5", "Prozent der besten Einzelnen: bench 80% x5"},
    {"%g %% of the best?", "%g %% vom Besten?"},
    {"%+g %% of which load?", "%+g %% von welchem Gewicht?"},
    {"%c%g %s from which load?", "%c%g %s von welchem Gewicht aus?"},
    {"-%g: taken off the body weight?", "-%g: vom Körpergewicht ab?"},
    {"Is %g the load? Then type it with an x: %gx8", "Ist %g das Gewicht? Dann tippe es mit x: %gx8"},
    {"A pair of %gs?", "Ein Paar mit %g?"},
    {"One unit in a set: 80x8 > 60x6", "Eine Einheit je Satz: 80x8 > 60x6"},
    {"Kilograms and pounds in one set.", "Kilogramm und Pfund in einem Satz."},
    {"One kind of load in a set: 80x8 > 60x6", "Eine Art Gewicht je Satz: 80x8 > 60x6"},
    {"The parts' loads don't go together.", "Die Gewichte der Teile passen nicht zusammen."},
    /* holds */
    {"For three holds: plank 3x60s", "Für dreimal Halten: plank 3x60s"},
    {"%g seconds?", "%g Sekunden?"},
    {"I keep no distances. With %g %s as a note?", "Strecken halte ich nicht fest. Mit %g %s als Notiz?"},
    {"2 holds of %g s, or a pair of %gs?", "2-mal %g s gehalten oder zwei mit je %g?"},
    {"For how many seconds?", "Wie viele Sekunden?"},
    {"A pair of %gs for %g seconds, or two holds?", "Ein Paar mit %g für %g Sekunden, oder zweimal gehalten?"},
    {"%g s, and then a rest?", "%g s, und dann eine Pause?"},
    {"Is %g s the rest?", "Ist %g s die Pause?"},
    {"A hold lasts from a second to two hours: plank 60s", "Gehalten wird eine Sekunde bis zwei Stunden: plank 60s"},
    {"%g seconds, or a pair of %gs? Then type the reps: 20 x12 each",
     "%g Sekunden, oder ein Paar mit %g? Dann tippe die Wdh.: 20 x12 each"},
    /* parts of a set */
    {"Leave the smallest out, or log two sets.", "Lass das kleinste weg, oder trag zwei Sätze ein."},
    {"A set of more than %d parts.", "Ein Satz mit mehr als %d Teilen."},
    {"Rest-pause, myo-reps or a cluster?", "Rest-Pause, Myo-Reps oder Cluster?"},
    {"Dropped within the set, or one more set?", "Im Satz reduziert, oder ein neuer Satz?"},
    {"+%g: with help, or after a short rest?", "+%g: mit Hilfe, oder nach kurzer Pause?"},
    /* names */
    {"I don't know \"%s\". Which exercise is it?", "\"%s\" kenne ich nicht. Welche Übung ist das?"},
};

const char *notation_german(const char *english)
{
    for (size_t i = 0; i < ARRAY_LENGTH(phrases); i++)
        if (strcmp(phrases[i].english, english) == 0)
            return phrases[i].german;
    return NULL;
}

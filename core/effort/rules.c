/*
 * The rules of effort in our own words, with the article that each comes from and, for claims of evidence, how sure it
 * is: size and interval of the pooled trials (science.md, sections 3 to 7).
 */
#include <string.h>

#include "core/base/mem.h"
#include "core/effort/effort.h"
#include "core/effort/rule_words.h"

static const struct rule rules[] = {
    {"R01", TOPIC_TARGETS, "Training has to be hard; not every set has to be maximal.", "S0", ""},
    {"R02", TOPIC_EVIDENCE, "Most of the benefit comes from sets near or at true failure.", "S0",
     "Disputed, see D11: failure instead of 1-3 short is about 0.1-0.2 SD for size (intervals from -0.1 to 0.55), none "
     "for strength."},
    {"R03", TOPIC_EVIDENCE,
     "Failure costs more fatigue than it adds stimulus, and the fatigue lasts into later sessions.", "S0",
     "Six bench sets: bar speed fell 22 % to failure, 9 % at 1 RIR, 6 % at 3 RIR; equal again by 48 h (Refalo 2023)."},
    {"R04", TOPIC_TARGETS, "Aim for much stimulus for little fatigue, repeatable week after week.", "S0", ""},
    {"R05", TOPIC_TARGETS, "End most working sets with 1-3 reps in reserve.", "S0", ""},
    {"R06", TOPIC_DOSE, "Warm-up sets are exempt and never counted.", "S0", ""},
    {"R07", TOPIC_TARGETS, "Isolation exercises suit failure better: they cost the body and the technique little.",
     "S0", ""},
    {"R08", TOPIC_TARGETS, "Stay further from failure on compound and skilled lifts.", "S0", ""},
    {"R09", TOPIC_TARGETS, "Earlier sets of an exercise stop short; only the final one may be pushed.", "S0", ""},
    {"R10", TOPIC_DOSE, "Count what a week holds, not single heroic sets.", "S0", ""},
    {"R11", TOPIC_WARNINGS, "Warning: failure is treated as the main driver of progress.", "S0", ""},
    {"R12", TOPIC_WARNINGS, "Warning: every set of every exercise is done with the same effort.", "S0", ""},
    {"R13", TOPIC_WARNINGS, "Warning: fatigue carried from one session to the next is ignored.", "S0", ""},
    {"R14", TOPIC_WARNINGS, "Warning: effort is chased and repeatable performance is lost.", "S0", ""},
    {"R15", TOPIC_WARNINGS, "Warning: harder is taken for better.", "S0", ""},
    {"R16", TOPIC_FAILURE, "Periods of very low volume tolerate failure more often.", "S0", ""},
    {"R17", TOPIC_FAILURE, "Programmes made mostly of isolation work allow more effort.", "S0", ""},
    {"R18", TOPIC_FAILURE,
     "A short block with more failure is allowed if its fatigue is temporary and its end planned.", "S0", ""},
    {"R19", TOPIC_FAILURE, "Poor sleep, high stress or eating too little lower what failure you can bear.", "S0", ""},
    {"R20", TOPIC_WORDS, "True failure: no further rep with proper form despite full effort.", "S1", ""},
    {"R21", TOPIC_WORDS, "Technical failure: the form breaks first; back rounds, knees cave, shoulders roll.", "S1",
     ""},
    {"R22", TOPIC_STOP, "Technical failure always ends the set.", "S1", ""},
    {"R23", TOPIC_FAILURE, "Go to true failure only on purpose and on safer exercises.", "S1", ""},
    {"R24", TOPIC_EVIDENCE, "For growth, failure helps experienced lifters only, now and then, in sets of 5-15 reps.",
     "S1", "Trained lifters: 0.15 SD for size (0.03 to 0.26) in Grgic 2022; others see none."},
    {"R25", TOPIC_EVIDENCE, "For strength, failure is no better than stopping 1-3 reps short.", "S1",
     "Pooled -0.09 SD (-0.22 to 0.05), Grgic 2022."},
    {"R26", TOPIC_EVIDENCE,
     "In one study those who trained to failure gained far less upper-body power with twice the reps.", "S1",
     "One study, said to be 80 % less; it resembles a trial of rowers and wasn't found as told."},
    {"R27", TOPIC_DOSE, "A good dose is one set to failure per exercise, once or twice a week.", "S1", ""},
    {"R28", TOPIC_DOSE, "Muscles need up to 72 hours to recover from failure.", "S1",
     "Measured 24-48 h for most lifts, up to 72 h after squats (Moran-Navarro 2017, Belcher 2019)."},
    {"R29", TOPIC_DOSE, "One set to failure a session, on chosen exercises.", "S1", ""},
    {"R30", TOPIC_WARNINGS, "Warning: the last reps of heavy compounds are ground out; that is where injuries happen.",
     "S1", ""},
    {"R31", TOPIC_WARNINGS, "Warning: a debt of recovery; long soreness, less work done later, risk of overtraining.",
     "S1", ""},
    {"R32", TOPIC_FAILURE, "Keep failure to isolation exercises and final sets.", "S1", ""},
    {"R33", TOPIC_FAILURE, "Suited to failure: machines, cables, dumbbell isolation, body weight.", "S1", ""},
    {"R34", TOPIC_FAILURE,
     "Not to failure: heavy barbell squat and deadlift, overhead press, complex lifts, whatever can trap you.", "S1",
     ""},
    {"R35", TOPIC_TARGETS, "In a strength phase fail rarely; stop 2-3 reps short.", "S1", ""},
    {"R36", TOPIC_TARGETS, "In a growth phase: failure on the final isolation set, or once a week on a compound.", "S1",
     ""},
    {"R37", TOPIC_FAILURE, "No failure at all in a deload week.", "S1", ""},
    {"R38", TOPIC_FAILURE, "Failure is for lifters with at least 2-3 years of training.", "S1", ""},
    {"R39", TOPIC_FAILURE, "Failure needs form that stays excellent when tired.", "S1", ""},
    {"R40", TOPIC_FAILURE, "Failure needs 7 hours of sleep or more and stress under control.", "S1", ""},
    {"R41", TOPIC_FAILURE, "No failure with an injury, pain or a limited movement.", "S1", ""},
    {"R42", TOPIC_FAILURE, "A plateau despite steady training is when failure may be worth a try.", "S1", ""},
    {"R43", TOPIC_TARGETS, "Four sets in five stop 1-3 reps short.", "S1", ""},
    {"R44", TOPIC_DOSE,
     "At most one set in five goes to failure: final isolation sets, now and then the strongest compound.", "S1", ""},
    {"R45", TOPIC_MYTHS, "Myth: only failure shows effort.", "S1", ""},
    {"R46", TOPIC_MYTHS, "Myth: muscles need failure to grow; 1-3 in reserve work with less fatigue and injury.", "S1",
     "Eight weeks of quads: 0.181 cm to failure, 0.182 cm at 1-2 RIR (Refalo 2024)."},
    {"R47", TOPIC_MYTHS, "Myth: the burn shows that it works.", "S1", ""},
    {"R48", TOPIC_WARNINGS, "Warning: strength falls over several sessions.", "S1", ""},
    {"R49", TOPIC_WARNINGS, "Warning: tiredness or a changed mood that stays.", "S1", ""},
    {"R50", TOPIC_WARNINGS, "Warning: more small aches and pains.", "S1", ""},
    {"R51", TOPIC_WARNINGS, "Warning: training is dreaded.", "S1", ""},
    {"R52", TOPIC_WARNINGS, "Warning: sleep gets worse.", "S1", ""},
    {"R53", TOPIC_STOP, "On such signs cut failure back at once and keep the quality of the volume.", "S1", ""},
    {"R54", TOPIC_TARGETS, "To begin with: one exercise a session to failure, everything else 1-3 in reserve.", "S1",
     ""},
    {"R55", TOPIC_PROGRESS, "Keep track of energy, strength and recovery for a month.", "S1", ""},
    {"R56", TOPIC_PROGRESS, "You did well if you finish challenged but with energy left; consistency beats intensity.",
     "S1", ""},
    {"R57", TOPIC_WORDS, "Concentric failure: the lift cannot be completed.", "S2", ""},
    {"R58", TOPIC_WORDS,
     "Technical failure, where risk exceeds benefit, comes before concentric failure and is what to go by.", "S2", ""},
    {"R59", TOPIC_WORDS, "RIR n: you stop when you think that n more reps were possible.", "S2",
     "People stop 0.95 reps earlier than they think (0.17-1.73), better near failure (Halperin 2022)."},
    {"R60", TOPIC_WORDS, "Momentary failure is one set's; total failure is what adds up over many.", "S2", ""},
    {"R61", TOPIC_EVIDENCE, "The largest motor units are all at work only near failure; 3-4 short may be too few.",
     "S2", "Contested: see R102 and D2."},
    {"R62", TOPIC_EVIDENCE, "At equal volume, failure and 1-3 RIR build the same.", "S2",
     "Said of 23 trials that weren't found; agrees with Refalo 2023: 0.12 SD (-0.13 to 0.37)."},
    {"R63", TOPIC_TARGETS, "0-2 in reserve are enough for growth.", "S2", ""},
    {"R64", TOPIC_FAILURE, "Failure does harm on squat, deadlift and bench press.", "S2", ""},
    {"R65", TOPIC_FAILURE, "With 20 or more weekly sets for a muscle, failure does more harm than good.", "S2", ""},
    {"R66", TOPIC_TARGETS, "Beginners avoid failure: they misjudge it, and technique fails first.", "S2", ""},
    {"R67", TOPIC_FAILURE, "Failure may add something on isolation: curl, lateral raise, leg extension.", "S2", ""},
    {"R68", TOPIC_FAILURE, "In sets of 15-30 reps failure is fairly safe: discomfort ends them first.", "S2", ""},
    {"R69", TOPIC_FAILURE, "Advanced lifters check how good their RIR is by a set to failure now and then.", "S2",
     "RIR is off by 0.65 reps on average in the trained, more in long sets (Refalo 2024)."},
    {"R70", TOPIC_STOP,
     "If today's set spoils the rest of the week it was wrong; one all-out set must not ruin the next five.", "S3", ""},
    {"R71", TOPIC_TARGETS, "Match the effort to the lift: a curl is not a squat.", "S3", ""},
    {"R72", TOPIC_WORDS, "That it felt hard, or that you were out of breath, is no failure; cheated reps don't count.",
     "S3", ""},
    {"R73", TOPIC_WORDS,
     "How far technical and muscular failure lie apart depends on the exercise: little on machines, far on squats.",
     "S3", ""},
    {"R74", TOPIC_WORDS, "RIR 0 is empty, 2 leaves two good reps, 4-5 is challenging but far from the end.", "S3", ""},
    {"R75", TOPIC_EVIDENCE, "For growth 0-5 in reserve, better the closer.", "S3",
     "Slope excludes zero but fits modestly; RIR was estimated from descriptions (Robinson 2024)."},
    {"R76", TOPIC_TARGETS, "For strength stop 3-5 short with heavier loads.", "S3",
     "No slope for strength: its interval contains zero (Robinson 2024)."},
    {"R77", TOPIC_TARGETS, "For growth, go closer on the safer accessories.", "S3", ""},
    {"R78", TOPIC_TARGETS, "In mixed programmes put the hardest effort where tiredness isn't punished.", "S3", ""},
    {"R79", TOPIC_EVIDENCE, "Exhaustion raises AMP, cortisol and central fatigue.", "S3",
     "Mechanism only; no size for its effect."},
    {"R80", TOPIC_WARNINGS,
     "Warning: with failure all the time later sets fall, the week's debt grows, technique decays.", "S3", ""},
    {"R81", TOPIC_PROGRESS,
     "Pull back before you stall; a deload is a lighter week, a reset rebuilds from a lower load.", "S3",
     "Two trials of deloads found no benefit, one of them a cost in strength."},
    {"R82", TOPIC_MYTHS, "Soreness and fatigue are not progress.", "S3", ""},
    {"R83", TOPIC_TARGETS, "Beginners: own the movement, leave a margin, come regularly; test failure hardly ever.",
     "S3", ""},
    {"R84", TOPIC_TARGETS, "Intermediates: compounds short of failure, accessories carry the effort.", "S3", ""},
    {"R85", TOPIC_WARNINGS, "Performance that drops sharply within a session says that you went too far.", "S3", ""},
    {"R86", TOPIC_FAILURE, "Eating too little, bad sleep or stress: recovery from failure drops fast.", "S3", ""},
    {"R87", TOPIC_TARGETS,
     "Advanced: a final machine press, curl, raise or extension; never all-out barbell sets again and again.", "S3",
     ""},
    {"R88", TOPIC_FAILURE, "Safe list: machine row, leg extension, leg curl, cable fly, curl, pushdown.", "S3", ""},
    {"R89", TOPIC_FAILURE, "With caution: dumbbell press, lunge, chest-supported row.", "S3", ""},
    {"R90", TOPIC_FAILURE,
     "Avoid: barbell squat, deadlift, heavy bench without safeties, Olympic lifts; safeties relax the bench.", "S3",
     ""},
    {"R91", TOPIC_TARGETS, "For muscle: near failure more often, on accessories.", "S3", ""},
    {"R92", TOPIC_TARGETS, "For strength: stop short and protect the quality of each rep.", "S3", ""},
    {"R93", TOPIC_TARGETS, "For fitness: stay in the middle; failure for a test now and then.", "S3", ""},
    {"R94", TOPIC_TARGETS, "Set the effort before training, by kind of exercise.", "S3", ""},
    {"R95", TOPIC_WARNINGS,
     "Warning: effort keeps overshooting its target on compounds, or accessories stall as every set grinds.", "S3", ""},
    {"R96", TOPIC_MYTHS, "The hormones that failure raises don't matter.", "S3",
     "A review of 2021 calls the differences negligible."},
    {"R97", TOPIC_WORDS, "\"Beginner\" and \"advanced\" need a measure.", "S3", ""},
    {"R98", TOPIC_PROGRESS, "Progress in load or reps matters more than collapsing.", "S3", ""},
    {"R99", TOPIC_TARGETS,
     "A template: bench with reps left, row hard but controlled, dumbbell press close on its final set, fly and "
     "curls may fail.",
     "S3", ""},
    {"R100", TOPIC_EVIDENCE, "Long-standing guidance: train to much fatigue but not to failure.", "S3",
     "A review found no difference in strength (-0.09 SD, -0.22 to 0.05) or size (0.22, -0.11 to 0.55; Grgic 2022)."},
    {"R101", TOPIC_EVIDENCE, "At equal volume failure and stopping short grow alike; a benefit is likely trivial.",
     "S4", "0.1-0.2 SD, intervals from -0.3 to 0.5. The review named for it compared loads, not failure."},
    {"R102", TOPIC_EVIDENCE, "1-3 short at moderate or heavy load already recruits nearly everything.", "S4",
     "From mechanism, not trials."},
    {"R103", TOPIC_EVIDENCE, "A trial in trained people in 2023: no gain over stopping 2 short, more fatigue.", "S4",
     "One trial; another of eight weeks agrees (0.181 against 0.182 cm, Refalo 2024)."},
    {"R104", TOPIC_EVIDENCE, "The pooled effect of failure on size is small.", "S4",
     "SMD 0.1-0.2, 95 % interval -0.3 to 0.5."},
    {"R105", TOPIC_EVIDENCE, "For strength it is smaller still, and negative where failure costs volume.", "S4",
     "Volume not equated: -0.32 SD (-0.57 to -0.07), Grgic 2022."},
    {"R106", TOPIC_EVIDENCE, "What is known of trained lifters rests on two studies.", "S4", "Much uncertainty."},
    {"R107", TOPIC_FAILURE, "For the untrained the risk of failure outweighs its benefit.", "S4", ""},
    {"R108", TOPIC_FAILURE,
     "For the trained: failure now and then on isolation or the last compound set, as a benchmark.", "S4", ""},
    {"R109", TOPIC_TARGETS, "Most working sets within 1-3 reps of failure.", "S4", "A rule of thumb."},
    {"R110", TOPIC_WARNINGS, "When performance drops or joints complain, do fewer failure sets.", "S4", ""},
    {"R111", TOPIC_EVIDENCE, "Log which kind of failure it was: studies define it variously, and people differ.", "S4",
     "Studies last 6-12 weeks."},
    {"R112", TOPIC_STOP, "With an injury or a condition see a professional.", "S4", "This is no medical advice."},
    {"R113", TOPIC_EVIDENCE, "Low and high loads to failure grow alike; high loads build more strength.", "S4",
     "SMD about 0.15 for high loads in strength."},
    {"R114", TOPIC_EVIDENCE,
     "Unknown: what years of failure do to joints and mind, and how it interacts with volume and rest.", "S4",
     "Not studied."},
    {"D1", TOPIC_DISAGREEMENTS,
     "Strength: aim at 3 in reserve, take 2-5; 1 or less is an overshoot. Raise the load before lowering RIR.",
     "R25 R35 R76", ""},
    {"D2", TOPIC_DISAGREEMENTS,
     "Growth: aim at 2, on the last isolation set 1, 0 if failure is open. A set is hard up to RIR 4, fully up to 3.",
     "R05 R61 R63 R75", ""},
    {"D3", TOPIC_DISAGREEMENTS,
     "Compounds don't go to failure; once a week at most if every gate is open and nothing can trap you.",
     "R36 R44 R64 R90 R108", ""},
    {"D4", TOPIC_DISAGREEMENTS,
     "Where lists differ the most careful one counts; machine and body-weight compounds are allowed, counted double.",
     "R33 R34 R88 R89 R90", ""},
    {"D5", TOPIC_DISAGREEMENTS,
     "The dose is the smallest of all that the rules allow; 20 % alone only in modes with a planned end.",
     "R27 R29 R44 R54", ""},
    {"D6", TOPIC_DISAGREEMENTS, "72 hours after lower-body compounds, 48 otherwise: muscle recovery, not nerves.",
     "R28", ""},
    {"D7", TOPIC_DISAGREEMENTS,
     "Ready for failure: 2 years and good form; for compounds also 8 logged weeks and RIR right to 1 rep.", "R38 R97",
     ""},
    {"D8", TOPIC_DISAGREEMENTS,
     "Beginners may test failure on machines and isolation, and are never told to in their first 8 weeks.", "R66 R83",
     ""},
    {"D9", TOPIC_DISAGREEMENTS,
     "Technical or momentary is logged: only momentary failure measures RIR 0, both spend exposure, technical ends "
     "the pushing.",
     "R20 R57 R58 R72", ""},
    {"D10", TOPIC_DISAGREEMENTS, "Failure in long sets only on safe exercises; RIR is least accurate there.", "R24 R68",
     "The error grows by 0.47 reps per rep above 12 (Halperin 2022)."},
    {"D11", TOPIC_DISAGREEMENTS, "How much failure adds is quoted as a range, never one side.", "R02 R62 R75 R101",
     "0.1-0.2 SD for size, intervals from about -0.1 to 0.55, or -0.3 to 0.5; none for strength. Small or zero."},
};

const struct rule *rule_by_id(const char *id)
{
    for (size_t i = 0; i < ARRAY_LENGTH(rules); i++)
        if (strcmp(rules[i].id, id) == 0)
            return &rules[i];
    return NULL;
}

const struct rule *rule_at(size_t index)
{
    return index < ARRAY_LENGTH(rules) ? &rules[index] : NULL;
}

const char *rule_text(const struct rule *rule, enum language language)
{
    return language == LANGUAGE_GERMAN ? rule_words_german(rule->id)->text : rule->text;
}

const char *rule_hedge(const struct rule *rule, enum language language)
{
    return language == LANGUAGE_GERMAN ? rule_words_german(rule->id)->hedge : rule->hedge;
}

const char *rule_topic_name(enum rule_topic topic, enum language language)
{
    static const char *const names[TOPIC_COUNT][LANGUAGE_COUNT] = {
        [TOPIC_TARGETS] = {"targets", "Ziele"},
        [TOPIC_FAILURE] = {"failure", "Versagen"},
        [TOPIC_DOSE] = {"dose", "Dosis"},
        [TOPIC_STOP] = {"stop", "Abbruch"},
        [TOPIC_PROGRESS] = {"progress", "Fortschritt"},
        [TOPIC_WARNINGS] = {"warnings", "Warnzeichen"},
        [TOPIC_WORDS] = {"words", "Begriffe"},
        [TOPIC_EVIDENCE] = {"evidence", "Belege"},
        [TOPIC_MYTHS] = {"myths", "Mythen"},
        [TOPIC_DISAGREEMENTS] = {"disagreements", "Widersprüche"},
    };

    return names[topic][language];
}

const char *rule_source_title(const struct rule *rule, enum language language)
{
    static const char *const titles[][LANGUAGE_COUNT] = {
        {"a short piece on failure and fatigue", "einem kurzen Text über Versagen und Ermüdung"},
        {"a coach on true failure and 80/20", "einem Trainer über echtes Versagen und 80/20"},
        {"Training to Muscle Failure", "Training to Muscle Failure"},
        {"Should You Train to Failure? (RepStack)", "Should You Train to Failure? (RepStack)"},
        {"a review of the evidence on failure", "einer Übersicht der Belege zum Versagen"},
    };

    return rule->source[0] == 'S' ? titles[rule->source[1] - '0'][language] : "";
}

/*
 * The English texts.
 */
#include "bot/chat/texts.h"

#include <string.h>

#include "core/base/mem.h"

static const char *const english[TEXT_COUNT] = {
    /* hearing and not understanding */
    [TEXT_WELCOME] = ("Hi, I'm *Spotter*. Type each set you do:\n"
                      "`bench 80x8 @1` is 80 kg, 8 reps, and 1\n"
                      "left in reserve (RIR 1). I answer with\n"
                      "the next set. `help` shows the rest."),
    [TEXT_HINT] = "I read sets like `bench 80x8 @1`.\n`help` shows what else I know.",
    [TEXT_HINT_NUMBER] = "`{text}` alone is no set.\nType `80x8`, or `x8` at the last load.",
    [TEXT_THANKS] = "Any time.",
    [TEXT_HOW_TO_WRITE] = ("`bench 80x8 @1`: 80 kg, 8 reps, RIR 1\n"
                           "`80x8 rpe 9`: the same exercise\n"
                           "`x7 @0`: the same load, too\n"
                           "`+2.5 x6`: 2.5 more than before\n"
                           "`squat 3x5 100kg`: three sets of five\n"
                           "`pull-ups x8`, `bw+10 x6`: body weight\n"
                           "`80x5 fail`: the sixth was missed\n"
                           "`80x6 form`: the form went\n"
                           "`yesterday: bench 80x8`: another day"),
    [TEXT_UNKNOWN_COMMAND] = "I don't know `{name}`.\n`help` lists what I know.",
    [TEXT_IN_THE_FUTURE] = "That day is still to come.",

    /* sets and advice */
    [TEXT_SETS] = "{count} sets",
    [TEXT_ONE_SET] = "1 set",
    [TEXT_NO_SETS] = "no sets",
    [TEXT_NEXT_SET] = "Next: {set}, RIR {reserve}",
    [TEXT_LAST_SET] = "Final: {set}, RIR {reserve}",
    [TEXT_THE_SAME] = "the same",
    [TEXT_STOP_EXERCISE] = "Stop this exercise for today.",
    [TEXT_NEXT_EXERCISE] = "{done} working sets: next exercise.",
    [TEXT_REST_DAY] = "Enough for today: rest.",
    [TEXT_DELOAD] = "Time for a lighter week.",
    [TEXT_DELOAD_HOW] = "phase deload until {date}",
    [TEXT_RESET] = "Next time rebuild from {set}",
    [TEXT_NEXT_REST] = ", rest {rest}",
    [TEXT_REST] = "Rest {rest}.",
    [TEXT_NEXT_TIME] = "Next time: {set}, RIR {reserve}",
    [TEXT_NEXT_UNKNOWN] = "No {exercise} in your log yet: start\nlight, and type the set.",
    [TEXT_RECORD] = "Record: {what}",
    [TEXT_RECORD_LOAD] = "load {load}",
    [TEXT_RECORD_REPS] = "{load} x {reps}",
    [TEXT_RECORD_E1RM] = "e1RM {load}",
    [TEXT_RECORD_VOLUME] = "volume {load}",
    [TEXT_REASON_FALLING] = "Your strength is falling.",
    [TEXT_REASON_SIGNS] = "Your check-ins stay low.",
    [TEXT_REASON_SPENT] = "{value} lifts dropped sharply today.",
    [TEXT_REASON_RESET] = "Reps were missed twice running.",
    [TEXT_REASON_CALIBRATE] = "Go to failure: a test of your RIR.",
    [TEXT_REASON_PAIN] = "Nothing more where it hurts. If it stays, see a professional.",
    [TEXT_REASON_FORM] = "The form went.",
    [TEXT_REASON_DROP] = "Reps fell from {limit} to {value}: enough.",
    [TEXT_REASON_OVERSHOOT] = "Harder than planned: RIR {value}, not {target}.",
    [TEXT_REASON_CHEAT] = "Cheated reps aren't measured.",
    [TEXT_REASON_POUNDS] = "Pounds? `units lb` makes me speak them.",
    [TEXT_REASON_DELOAD] = "Deload: easy on purpose.",
    [TEXT_REASON_LOAD_UP] = "You had more: load up.",
    [TEXT_REASON_LOAD_DOWN] = "Lighter, to stay in range.",
    [TEXT_REASON_FAILURE_OK] = "This one may go to failure.",
    [TEXT_REASON_GATE_PAIN] = "No failure where it hurts.",
    [TEXT_REASON_GATE_SLEEP] = "Tired: no failure today.",
    [TEXT_REASON_GATE_DEFICIT] = "Eating less: no failure.",
    [TEXT_REASON_GATE_SPACING] = "No failure: {value} of {limit} h since.",

    /* asking */
    [TEXT_ASK_NAME_NEAR] = "I don't know *{name}*. Is it",
    [TEXT_ASK_NAME] = "I don't know *{name}*. Answer with its\nusual name.",
    [TEXT_ASK_NAME_NEW] = "Or add it: `new exercise {name}`",
    [TEXT_ASK_EXERCISE] = "{sets}: of which exercise?",
    [TEXT_ASK_EXERCISE_NEW] = "{sets}: of which exercise?\nAnswer with its name, like `bench`.",
    [TEXT_ASK_LOAD] = "{sets}: with which load?\nAnswer with it, like `80`.",
    [TEXT_ASK_ORDER] = "{text}: which is it?",
    [TEXT_ASK_ORDER_SETS] = "{count} sets of {reps}",
    [TEXT_ASK_ORDER_LOAD] = "{load}, {reps} reps",
    [TEXT_ASK_JUMP] = "{set}: really?\nThat's {over} % over your best.",
    [TEXT_ASK_JUMP_YES] = "yes, book it",
    [TEXT_ASK_JUMP_NO] = "`cancel` drops it.",
    [TEXT_ANSWER_OUT_OF_RANGE] = "1 to {count}, please, or `cancel`.",
    [TEXT_ANSWER_IN_WORDS] = "Which exercise? Type its name, like\n`bench`, or `cancel`.",
    [TEXT_CANCELLED] = "Dropped: {text}",
    [TEXT_NOTHING_WAITS] = "Nothing is waiting. `undo` takes back\nthe last set.",
    [TEXT_NOTHING_ADVISED] = "There's no next set to book just now.",
    [TEXT_NOTHING_TO_REPEAT] = "There's no set to go on from. Type one,\nlike `bench 80x8 @1`.",
    [TEXT_NOTHING_TO_CORRECT] = "There's no set to correct.",

    /* taking back */
    [TEXT_UNDONE_LOG] = "Undone: {sets}",
    [TEXT_UNDONE_CORRECTION] = "Correction undone. Back to: {sets}",
    [TEXT_UNDONE_REMOVAL] = "Back again: {sets}",
    [TEXT_NOTHING_TO_UNDO] = "There's nothing to undo.",
    [TEXT_REMOVED] = "Removed:",
    [TEXT_INSTEAD_OF] = "Instead of {sets}.",
    [TEXT_NO_LONGER_SET] = "No set any more. Removed: {sets}",

    /* read late */
    [TEXT_SUMMARY] = "Booked {sets} from while I was away:",
    [TEXT_SUMMARY_NO_SETS] = "From while I was away:",

    /* today, why */
    [TEXT_TODAY] = "*{sets}* today",
    [TEXT_TODAY_NONE] = "No sets today.",
    [TEXT_WEEK] = "*Week from {date}*: {sets}",
    [TEXT_WEEK_NONE] = "No sets in the week from {date}.",
    [TEXT_WEEK_BANDS] = "RIR 0 {zero}%, ≤1 {close}%, 1-3 {asked}%, ≥4 {far}%",
    [TEXT_WEEK_FAILURE] = "To failure, 7 days: {spent} of {budget}",
    [TEXT_WEEK_NO_FAILURE] = "To failure, 7 days: {spent}; none for now",
    [TEXT_WEEK_RECOVERING] = "Since failure: {muscles}",
    [TEXT_WEEK_VOLUME] = "20 sets or more, so no failure: {muscles}",
    [TEXT_WEEK_RISING] = "{exercise}: up {percent} % a week",
    [TEXT_WEEK_FALLING] = "{exercise}: down {percent} % a week",
    [TEXT_WEEK_PLATEAU] = "{exercise}: level for {weeks} weeks",
    [TEXT_WEEK_OVERSHOOT] = "{exercise}: too hard in {count}",
    [TEXT_WEEK_GRINDS] = "{exercise}: every set grinds; ease off",
    [TEXT_WEEK_WARNING] = "Warning: {signs}.\nNo failure for now.",
    [TEXT_WEEK_DELOAD] = "Warning: {signs}.\nA lighter week:\n`phase deload until {date}`",
    [TEXT_WEEK_SIGN_FALLING] = "{exercise} is falling",
    [TEXT_WEEK_SIGN_DROPS] = "sharp drops in {count} sessions",
    [TEXT_WEEK_SIGN_OVERSHOOTS] = "{count} sets went too hard",
    [TEXT_WEEK_SIGN_CHECKIN] = "low check-ins",
    [TEXT_RECORDS] = "*{exercise}*",
    [TEXT_RECORDS_NONE] = "No records yet: they start with your\nfirst set.",
    [TEXT_RECORDS_UNKNOWN] = "No records of {exercise} yet.",
    [TEXT_RECORDS_LOAD] = "Load: {set}, {date}",
    [TEXT_RECORDS_REPS] = "Reps: {set}, {date}",
    [TEXT_RECORDS_E1RM] = "e1RM: {load}, {date}",
    [TEXT_RECORDS_VOLUME] = "Volume: {load}, {date}",
    [TEXT_RECORDS_BRIEF] = "{exercise}: {set}, e1RM {load}",
    [TEXT_RECORDS_MORE] = "`records {exercise}` tells more.",
    [TEXT_FORECAST_REPS] = "*{exercise} {load}*\nabout {reps} to failure ({range})",
    [TEXT_FORECAST_LOAD] = "*{exercise} {set}*\n{load} ({low} to {high})",
    [TEXT_FORECAST_NONE] = "Not enough data yet on {exercise}.\nLog sets with their reserve: 80x8 @2.",
    [TEXT_FORECAST_EARLY_ONE] = "You stop about one rep early.",
    [TEXT_FORECAST_EARLY] = "You stop about {reps} reps early.",
    [TEXT_FORECAST_LATE_ONE] = "You count on about one rep too many.",
    [TEXT_FORECAST_LATE] = "You count on about {reps} reps too many.",
    [TEXT_FORECAST_HOW_MANY] = "Say it like: how many bench 82.5",
    [TEXT_FORECAST_HOW_LOAD] = "Say it like: load bench x5 @2",
    [TEXT_SCORE] = "*DOTS* by e1RM of\n{lifts}:",
    [TEXT_SCORE_MONTH] = "{month} {year}: {score}",
    [TEXT_SCORE_LIFTS] = "squat, bench, deadlift",
    [TEXT_SCORE_NO_TABLE] =
        "DOTS is fair across body weight, by the\nmen's or the women's table. Type\n`score men` or `score women`.",
    [TEXT_SCORE_NO_BODYWEIGHT] = "It needs your body weight: `bw 82.4`.",
    [TEXT_SCORE_NO_LIFTS] = "It needs a squat, bench press or\ndeadlift.",

    [TEXT_WHY] = "*{exercise}*",
    [TEXT_WHY_NONE] = "There's no advice to explain yet.",
    [TEXT_WHY_ALSO] = "Also {rules}. Try `why {rule}`.",
    [TEXT_KNOWN_KINDS] = "Studies last 6-12 weeks and mean various things by failure.",
    [TEXT_KNOWN_TRIAL] = "One trial, 2023: no gain over stopping 2 short, more fatigue.",
    [TEXT_KNOWN_STRENGTH] = "Strength from failure: -0.09 SD (-0.22 to 0.05); -0.32 if it costs volume.",
    [TEXT_KNOWN_UNTRAINED] = "For the untrained the risk outweighs it.",
    [TEXT_KNOWN_YEARS] = "What years of it do to joints and mind isn't studied.",
    [TEXT_KNOWN_SIZE] = "It adds 0.1-0.2 SD of size (-0.3 to 0.5): small, or nothing.",
    [TEXT_KNOWN_HOURS] = "Measured: 24-48 h for most lifts, up to 72 h after squats.",
    [TEXT_KNOWN_TRAINED] = "Two studies of trained lifters: much is uncertain.",
    [TEXT_KNOWN_VOLUME] = "At equal volume it adds 0.1-0.2 SD (-0.3 to 0.5), likely trivial.",
    [TEXT_KNOWN_LOADS] = "Heavy loads build more strength: about 0.15 SD more.",
    [TEXT_KNOWN_RECRUITED] = "1-3 short uses nearly all of the muscle: from mechanism, not trials.",
    [TEXT_WHY_PAIN_STOPS] = "It hurts there: if it stays, see a professional. This is no medical advice.",
    [TEXT_WHY_FORM] = "The form went: that ends a set, and pushing for today.",
    [TEXT_WHY_DROP] = "Reps to failure fell from {limit} to {value}: you went too far.",
    [TEXT_WHY_OVERSHOOT] = "You were at RIR {value}, the target was {target}.",
    [TEXT_WHY_FALLING] = "Strength has been falling over several sessions.",
    [TEXT_WHY_CHECKINS] = "Two check-ins running were low.",
    [TEXT_WHY_EASIER] = "{value} warning signs: easier, and a lighter week.",
    [TEXT_WHY_SPENT] = "{value} lifts dropped sharply: you are spent, not one muscle.",
    [TEXT_WHY_REBUILD] = "A reset: lighter after reps missed in {value} sessions, then up again. No lighter week.",
    [TEXT_WHY_TEST] = "A set to failure shows whether your RIR is right: {value} of {limit} told so far.",
    [TEXT_WHY_GATE_WARNED] = "No failure while a warning sign holds: see `week`.",
    [TEXT_WHY_CHEAT] = "Cheated reps don't count as a measure.",
    [TEXT_WHY_DELOAD] = "Deload: more in reserve, no failure.",
    [TEXT_WHY_LOAD_UP] = "You had more than planned: load up.",
    [TEXT_WHY_LOAD_DOWN] = "Lighter, so that you stay in range.",
    [TEXT_WHY_DONE] = "{value} sets done, {limit} planned. The week counts, not one heroic set.",
    [TEXT_WHY_AIM] = "The aim here is RIR {aim}; {range} is fine.",
    [TEXT_WHY_ISOLATION] = "An isolation lift may go close: it costs little.",
    [TEXT_WHY_GATE_PAIN] = "No failure where it hurts.",
    [TEXT_WHY_GATE_DELOAD] = "No failure in a deload.",
    [TEXT_WHY_GATE_LIFT] = "No failure on this lift: it can trap you.",
    [TEXT_WHY_GATE_SAFETIES] = "No failure on this lift without safeties.",
    [TEXT_WHY_GATE_STRENGTH] = "No failure in a strength phase.",
    [TEXT_WHY_GATE_BEGINNER] = "No failure in the first year.",
    [TEXT_WHY_GATE_YEARS] = "No failure before {limit} years of training; you have {value}.",
    [TEXT_WHY_GATE_YEARS_UNKNOWN] = "No failure while I don't know your years: `experience 3y`",
    [TEXT_WHY_GATE_FORM] = "No failure until your form is sure: `form good`",
    [TEXT_WHY_GATE_HOURS] = "No failure yet: {value} of {limit} hours since the last.",
    [TEXT_WHY_GATE_SESSION] = "One failure set a session: it was done.",
    [TEXT_WHY_GATE_EXERCISE] = "{limit} failure sets a week of this lift: {value} were done.",
    [TEXT_WHY_GATE_SHARE] = "This week's failure budget is spent: {value} of {limit}.",
    [TEXT_WHY_GATE_VOLUME] = "No failure from {limit} weekly sets of a muscle on; you had {value}.",
    [TEXT_WHY_GATE_SLEEP] = "You slept {value} h; failure needs {limit}.",
    [TEXT_WHY_GATE_STRESS] = "No failure while stress is high.",
    [TEXT_WHY_GATE_DEFICIT] = "No failure while you eat less.",
    [TEXT_WHY_GATE_COMPOUND] = "One compound a week to failure: it was done.",
    [TEXT_WHY_GATE_LAST] = "Only the last set of a lift may go to failure.",
    [TEXT_WHY_GATE_LONG] = "Sets over {limit} reps fail on safe lifts alone.",
    [TEXT_WHY_GATE_BIAS] = "Your RIR is off by {value} reps: failure waits.",
    [TEXT_WHY_GATE_READY] = "Compounds wait for 8 logged weeks and a proven RIR.",
    [TEXT_WHY_GATE_GROWTH] = "Compounds fail for growth alone, if at all.",
    [TEXT_RULES_TOPICS] = ("114 rules of effort, and 11 places where\nthey disagree. Topics: {topics}.\n"
                           "`rules failure` lists one,\n`rules R22` tells one rule."),
    [TEXT_RULES_NO_TOPIC] = "I know no topic `{name}`.",
    [TEXT_RULES_UNKNOWN] = "There's no rule {name}. They are R01 to\nR114 and D1 to D11.",
    [TEXT_RULES_SOURCE] = "From {source}, {title}.",
    [TEXT_RULES_SETTLES] = "Settles {rules}.",
    [TEXT_MYTH_LIST] = "I know these: {names}.\nTry `myth burn`.",
    [TEXT_MYTH_RULES] = "({rules})",
    [TEXT_MYTH_BURN] = ("The burn is discomfort, no measure.\n"
                        "Progress is load or reps that go up."),
    [TEXT_MYTH_EFFORT] = ("Training has to be hard. A set that\n"
                          "stops 1-3 reps short is hard, and you\n"
                          "can do it again."),
    [TEXT_MYTH_FAILURE] = ("Muscles grow without failure, too: 1-3\n"
                           "in reserve do it with less fatigue."),
    [TEXT_MYTH_HORMONES] = ("They rise with failure, and nothing\n"
                            "comes of it."),
    [TEXT_MYTH_SORENESS] = ("Sore and tired isn't progress. If today\n"
                            "spoils the week, it was too much."),
    [TEXT_DATE] = "{weekday} {day} {month}",
    [TEXT_MONDAY] = "Mon",
    [TEXT_TUESDAY] = "Tue",
    [TEXT_WEDNESDAY] = "Wed",
    [TEXT_THURSDAY] = "Thu",
    [TEXT_FRIDAY] = "Fri",
    [TEXT_SATURDAY] = "Sat",
    [TEXT_SUNDAY] = "Sun",
    [TEXT_JANUARY] = "Jan",
    [TEXT_FEBRUARY] = "Feb",
    [TEXT_MARCH] = "Mar",
    [TEXT_APRIL] = "Apr",
    [TEXT_MAY] = "May",
    [TEXT_JUNE] = "Jun",
    [TEXT_JULY] = "Jul",
    [TEXT_AUGUST] = "Aug",
    [TEXT_SEPTEMBER] = "Sep",
    [TEXT_OCTOBER] = "Oct",
    [TEXT_NOVEMBER] = "Nov",
    [TEXT_DECEMBER] = "Dec",

    /* names */
    [TEXT_NEW_EXERCISE] = "Added *{exercise}*.",
    [TEXT_ALIAS] = "*{name}* is {exercise} from now on.",
    [TEXT_ALIAS_USAGE] = "Type it like `alias rdl2 = romanian deadlift`.",
    [TEXT_NAME_TAKEN] = "I know {name} already.",
    [TEXT_NAME_REFUSED] = "That's no name for an exercise: letters\nfirst, up to 47 of them.",
    [TEXT_NAME_NOT_KNOWN] = "I don't know {name}.",
    [TEXT_NAMES_FULL] = "You have 500 own names: no room for\n{name}.",

    /* settings */
    [TEXT_SETTING] = "*{name}*: {value}",
    [TEXT_SETTING_NONE] = "nothing set",
    [TEXT_SETTING_REFUSED] = "I can't read {name} {value}.",
    [TEXT_SETTINGS_NONE] = "Nothing set yet.",
    [TEXT_SETTINGS_MORE] = "`help goal` tells what to type.",
    [TEXT_EXPECTED_GOAL] = "Type `goal strength`, `hypertrophy` or\n`fitness`.",
    [TEXT_EXPECTED_PHASE] = ("Type `phase normal`, `deload`,\n"
                             "`low-volume`, `isolation` or\n"
                             "`failure-block`, and `until 2026-02-01`\n"
                             "or `for 2 weeks`."),
    [TEXT_EXPECTED_EXPERIENCE] = "Type `experience 3y` or `8 months`.",
    [TEXT_EXPECTED_FORM] = "Type `form good` or `form learning`.",
    [TEXT_EXPECTED_SAFETIES] = "Type `safeties on` or `off`.",
    [TEXT_EXPECTED_STRESS] = "Type `stress low`, `normal` or `high`.",
    [TEXT_EXPECTED_SLEPT] = "Type hours: `slept 6.5h`.",
    [TEXT_EXPECTED_DEFICIT] = "Type `deficit on` or `off`.",
    [TEXT_EXPECTED_INJURY] = "Type a place, like `injury shoulder`, or\n`injury none`.",
    [TEXT_EXPECTED_PAIN] = "Type a place and 0 to 3: `pain knee 2`.",
    [TEXT_EXPECTED_BW] = "Type your weight: `bw 82.4`.",
    [TEXT_EXPECTED_UNITS] = "Type `units kg` or `units lb`.",
    [TEXT_EXPECTED_EQUIPMENT] = ("Type the smallest steps that you have:\n"
                                 "`equipment dumbbells 2.5, plates 1.25`,\n`equipment bar 20`."),
    [TEXT_EXPECTED_TIMEZONE] = "Type it like `timezone Europe/Berlin`.",

    /* help */
    [TEXT_HELP_HEAD] = "Type a set: `bench 80x8 @1`. Edit or\ndelete the message to correct it. Also:",
    [TEXT_HELP_BRIEF] = "`{name}`: {what}",
    [TEXT_HELP_SETTINGS_HEAD] = "About you:",
    [TEXT_HELP_MORE] = "`help undo` tells more about one.",
    [TEXT_HELP_EXAMPLE] = "Example: `{example}`",
    [TEXT_HELP_TODAY] = "the day's sets",
    [TEXT_HELP_WEEK] = "sets, failure and trends since Monday",
    [TEXT_HELP_HOW_MANY] = "reps to failure at a load, and how sure that is",
    [TEXT_HELP_LOAD] = "the load for so many reps and so much reserve",
    [TEXT_HELP_RECORDS] = "your best loads, reps, e1RM, volume",
    [TEXT_HELP_SCORE] = "strength for your body weight (DOTS)",
    [TEXT_HELP_UNDO] = "takes back the last step",
    [TEXT_HELP_NEXT] = "the last set, and what comes now",
    [TEXT_HELP_FIX] = "corrects the last set",
    [TEXT_HELP_SETS] = "how sets are written",
    [TEXT_HELP_TALK] = "small talk",
    [TEXT_HELP_WHY] = "what stands behind the advice",
    [TEXT_HELP_RULES] = "the rules of effort, by topic",
    [TEXT_HELP_MYTH] = "what is true of a myth",
    [TEXT_HELP_AGAIN] = "the last set once more",
    [TEXT_HELP_OK] = "books the set as advised",
    [TEXT_HELP_NEW] = "adds an exercise of yours",
    [TEXT_HELP_ALIAS] = "your own name for one",
    [TEXT_HELP_CANCEL] = "drops the question that waits",
    [TEXT_HELP_SETTINGS] = "what you told me about you",
    [TEXT_HELP_HELP] = "this list, or one command",
    [TEXT_HELP_GOAL] = "what you train for",
    [TEXT_HELP_PHASE] = "the phase you are in",
    [TEXT_HELP_EXPERIENCE] = "how long you have trained",
    [TEXT_HELP_FORM] = "how sure your form is",
    [TEXT_HELP_SAFETIES] = "whether safeties catch the bar",
    [TEXT_HELP_STRESS] = "how stressed you are",
    [TEXT_HELP_SLEPT] = "last night's sleep; holds 36 hours",
    [TEXT_HELP_DEFICIT] = "whether you eat less than you burn",
    [TEXT_HELP_INJURY] = "what is injured, until none",
    [TEXT_HELP_PAIN] = "what hurts, 0 to 3; 0 ends it",
    [TEXT_HELP_BW] = "your body weight",
    [TEXT_HELP_UNITS] = "kilograms or pounds",
    [TEXT_HELP_EQUIPMENT] = "the steps that your weights allow",
    [TEXT_HELP_TIMEZONE] = "where your days begin",
};

struct texts {
    const char *language;
    const char *const *at;
};

static const struct texts catalogues[] = {{"en", english}};

const struct texts *texts_for(const char *language)
{
    for (size_t i = 0; i < ARRAY_LENGTH(catalogues); i++) {
        if (language != NULL && strcmp(catalogues[i].language, language) == 0)
            return &catalogues[i];
    }
    return &catalogues[0];
}

const char *texts_get(const struct texts *texts, enum text_key key)
{
    BUG_IF(texts->at[key] == NULL);
    return texts->at[key];
}

/*
 * The English texts of a session: what is logged, advised, asked and taken back.
 */
#include "bot/chat/catalogue.h"

const char *const texts_english[TEXT_COUNT] = {
    /* hearing and not understanding */
    [TEXT_WELCOME] = ("Hi, I'm *Spotter*. Type each set you do:\n"
                      "`bench 80x8 @1` is 80 kg, 8 reps, and 1\n"
                      "left in reserve (RIR 1). I answer with\n"
                      "the next set. `help` shows the rest."),
    [TEXT_HELLO] = "Hi! Ready when you are: `bench 80x8 @1`,\nor `next`.",
    [TEXT_GUEST] = ("You are a guest here: I keep your sets\n"
                    "until you leave. Log in, as by\n"
                    "`/msg NickServ IDENTIFY`, and they are\n"
                    "your account's."),
    [TEXT_GUEST_ONLY] = "There are no accounts on this network:\nI keep your sets until you leave.",
    [TEXT_IDENTITY_CHANGED] = ("Your encryption identity is new, so I\n"
                               "read and tell nothing more. Was it you?\n"
                               "`confirm identity` from a device you had\n"
                               "before, or emoji with my admin, helps."),
    [TEXT_IDENTITY_CONFIRMED] = ("Confirmed, it's you. What you typed\n"
                                 "meanwhile I did not read: again, please."),
    [TEXT_VERIFICATION] = ("Let's compare emoji: my admin sees mine\n"
                           "with `spotter verify --emoji`. Ask them,\n"
                           "we have ten minutes."),
    [TEXT_KEY_UNVERIFIED] = ("{name}: your client sends keys to\n"
                             "verified devices only, so I can't read\n"
                             "you. Verify me, or allow unverified\n"
                             "ones, and say it again."),
    [TEXT_KEY_WITHHELD] = ("{name}: your client keeps the key of\n"
                           "what you said from me. Unblock my\n"
                           "device, or start your client anew, and\n"
                           "say it again."),
    [TEXT_LEFT_BEHIND] = ("{name}: you have upgraded a room, and\n"
                          "I can't get into the new one. Invite\n"
                          "me there, and all of it moves along."),
    [TEXT_OPERATOR_IDENTITY] = ("{name}\nhas a new encryption identity. They are\n"
                                "told nothing until they confirm it, or\n"
                                "emoji do: `spotter verify --emoji`."),
    [TEXT_OPERATOR_VERIFICATION] = ("{name}\nwants to compare emoji with me within\n"
                                    "ten minutes: `spotter verify --emoji`."),
    [TEXT_OPERATOR_LEFT_BEHIND] = ("{name}\nhas upgraded a room, and I can't get\n"
                                   "into the new one. They know."),
    [TEXT_HINT] = "I read sets like `bench 80x8 @1`.\n`help` shows what else I know.",
    [TEXT_HINT_AGAIN] = "No set in that. `help` tells how.",
    [TEXT_HINT_QUESTION] = "That I can't answer. Ask \"what next?\"\nor \"how was bench last time?\"; `help`.",
    [TEXT_CHOICE] = "Which do you mean?",
    [TEXT_HINT_NAMED] = "I read {exercise}, but no set of it.\nType it like `{example}`.",
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
    [TEXT_WRITE_DROP] = "A drop set: `curl 20x10 > 15x8 > 10x6`.",
    [TEXT_WRITE_MYO] = "Myo-reps: `curl 20x15 myo 5 4 3`.\nA cluster: `cluster bench 90x2+2+2`.",
    [TEXT_WRITE_SUPERSET] = "Log each as it comes. Planned they\nalternate: `plan curl 3x10 + dip 3x8`.",
    [TEXT_WRITE_WARMUP] = "A warm-up: `bench 60x5 warmup`.",
    [TEXT_WRITE_SIDE] = "Each side the same: `curl 20x8 each`.\nRight and left: `curl 20 x 8|7`.",
    [TEXT_WRITE_BODYWEIGHT] = "`pullups x8`; added `pullups +10 x6`,\nhelped `dips assisted 20 x8`.",
    [TEXT_WRITE_FAILURE] = "To failure: `curl 20x12 to failure`. The\nfifth rep missed: `bench 100x4 fail`.",
    [TEXT_RIR] = ("RIR: good reps left when you stop.\n"
                  "`@0` none, `@1` one, `@2` two more.\n"
                  "RPE is 10 less RIR: `rpe 9` is `@1`.\n"
                  "Most sets do best at `@1` to `@3`."),
    [TEXT_COMMAND_MISFIT] = "That is not what `{name}` takes.\n`help {name}` tells what it takes.",
    [TEXT_UNKNOWN_COMMAND] = "I don't know `{name}`.\n`help` lists what I know.",
    [TEXT_IN_THE_FUTURE] = "That day is still to come.",

    /* sets and advice */
    [TEXT_SETS] = "{count} sets",
    [TEXT_ONE_SET] = "1 set",
    [TEXT_NO_SETS] = "no sets",
    [TEXT_NEXT_SET] = "Next: {set}, RIR {reserve}",
    [TEXT_LAST_SET] = "Final: {set}, RIR {reserve}",
    [TEXT_THE_SAME] = "the same",
    [TEXT_WORKING_SET] = "a working set",
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
    [TEXT_REASON_PAIN] = "Nothing more where it hurts. If it\nstays, see a professional.",
    [TEXT_REASON_FORM] = "The form went.",
    [TEXT_REASON_DROP] = "Reps fell from {limit} to {value}: enough.",
    [TEXT_REASON_OVERSHOOT] = "Harder than planned: RIR {value}, not {target}.",
    [TEXT_REASON_CHEAT] = "Cheated reps aren't measured.",
    [TEXT_REASON_POUNDS] = "Always pounds? Type `units lb`.",
    [TEXT_REASON_DELOAD] = "Deload: easy on purpose.",
    [TEXT_REASON_WARMUP] = "Taken as a warm-up.",
    [TEXT_REASON_LOAD_UP] = "You had more: load up.",
    [TEXT_REASON_LOAD_DOWN] = "Lighter, to stay in range.",
    [TEXT_REASON_FAILURE_OK] = "This one may go to failure.",
    [TEXT_REASON_GATE_PAIN] = "No failure where it hurts.",
    [TEXT_REASON_GATE_SLEEP] = "Tired: no failure today.",
    [TEXT_REASON_GATE_DEFICIT] = "Eating less: no failure.",
    [TEXT_REASON_GATE_SPACING] = "No failure: {value} of {limit} h since.",

    /* the rest timer */
    [TEXT_REST_UNTIL] = "Rest {rest}: I'll call you at {time}.",
    [TEXT_REST_OVER_SINCE] = "Your rest of {rest} is over.",
    [TEXT_REST_OVER] = "Your rest is over.",
    [TEXT_REST_OFF] = "No rest timer now.",
    [TEXT_REST_NONE] = "I have no rest to count. Type how long:\n`rest 90` or `rest 2:30`.",
    [TEXT_REST_ENOUGH] = "{rest} is enough: I'd rest {advised}.",
    [TEXT_REST_SHORT] = "{rest} is a bit short: better {advised}.",
    [TEXT_REST_REFUSED] = "I can't read rest {value}. Type a time\nup to an hour, `rest 2:30`, or `rest off`.",

    /* plans and sessions */
    [TEXT_LEAD] = "Next: {exercise} set {number} of {total}:",
    [TEXT_LEAD_SET] = "{set}, RIR {reserve}",
    [TEXT_LEAD_EFFORT] = "RIR {reserve}",
    [TEXT_PLAN] = "*Plan*: {sets}",
    [TEXT_PLAN_NONE] = "Nothing is planned. Type it like\n`plan bench 4x6-8 @2, row 3x10`.",
    [TEXT_PLAN_WAITS] = "It begins with its first set, or with\n`start`.",
    [TEXT_PLAN_DROPPED] = "The plan is dropped.",
    [TEXT_PLAN_DONE] = "That was the plan. `done` sums it up.",
    [TEXT_PLAN_USAGE] = "Type it like\n`plan bench 4x6-8 @2, row 3x10`.",
    [TEXT_PLAN_NO_EXERCISE] = "`{part}`: of which exercise?\nName it first: `bench 4x6-8 @2`.",
    [TEXT_PLAN_UNKNOWN] = "I don't know *{part}*.\nA plan is like `bench 4x6-8 @2`.",
    [TEXT_PLAN_NEAR] = "I don't know *{part}*. Is it\n{near}?\nType the plan with that.",
    [TEXT_PLAN_UNCLEAR] = "I can't read `{part}` there.\nA plan is like `bench 4x6-8 @2`.",
    [TEXT_PLAN_EFFORT] = "`{part}` could be RIR or RPE.\nSay `rir 2` or `rpe 8`.",
    [TEXT_PLAN_IMPOSSIBLE] = "`{part}` can't be.\nA plan is like `bench 4x6-8 @2`.",
    [TEXT_PLAN_TOO_LONG] = "That's too long: {count} exercises at most.",
    [TEXT_PLAN_SKIPPED] = "skipped",
    [TEXT_PLAN_ITEM_DONE] = "done",
    [TEXT_PLAN_PROGRESS] = "({count} of {total} done)",
    [TEXT_PLAN_WITHIN] = "On target.",
    [TEXT_PLAN_EASIER] = "Easier than planned: RIR {value}, not {target}.",
    [TEXT_PLAN_REPS] = "{value} reps, not {target} as planned.",
    [TEXT_PLAN_ASK] = "How many were left? `fix @1` tells me.",
    [TEXT_SKIPPED] = "Skipped: {exercise}.",
    [TEXT_SKIPPED_SET] = "Skipped a set of {exercise}.",
    [TEXT_SKIP_NONE] = "There's no planned set to skip.",
    [TEXT_TEMPLATE] = "*{name}*: {sets}",
    [TEXT_TEMPLATE_SAVED] = "*{name}* is kept: {sets}",
    [TEXT_TEMPLATE_HOW] = "`start {name}` begins it.",
    [TEXT_TEMPLATES] = "Templates: {names}.\n`start` and a name begins one.",
    [TEXT_TEMPLATES_NONE] = "No templates yet. Keep one like\n`template push: bench 4x6-8 @2`.",
    [TEXT_TEMPLATES_FULL] = "You have 100 templates: no room for\n{name}.",
    [TEXT_TEMPLATE_UNKNOWN] = "I know no template {name}.\nYou have {names}.",
    [TEXT_TEMPLATE_NO_PLAN] = "Nothing is planned to keep. Type\n`template {name}: bench 4x6-8 @2`.",
    [TEXT_TEMPLATE_USAGE] = "A letter begins its name:\n`template push: bench 4x6-8 @2`.",
    [TEXT_TEMPLATE_FORGOTTEN] = "Template *{name}* is gone.",
    [TEXT_STARTED] = "Begun: {sets}.",
    [TEXT_STARTED_TEMPLATE] = "*{name}* begins: {sets}.",
    [TEXT_START_WHICH] = "Which one? {names}.\nType it like `start {first}`.",
    [TEXT_SESSION] = "*Session*: {sets}, {minutes} min",
    [TEXT_SESSION_SHORT] = "*Session*: {sets}",
    [TEXT_SESSION_RECORD] = "Record, {exercise}: {what}",
    [TEXT_SESSION_EFFORT] = "Effort: {counts}",
    [TEXT_SESSION_WITHIN] = "{count} on target",
    [TEXT_SESSION_HARDER] = "{count} too hard",
    [TEXT_SESSION_EASIER] = "{count} too easy",
    [TEXT_SESSION_UNDONE] = "Left undone: {list}",
    [TEXT_SESSION_NEXT_HEAD] = "Next time:",
    [TEXT_SESSION_NEXT] = "{exercise} {set}, RIR {reserve}",
    [TEXT_SESSION_NONE] = "No session is open. Your next set begins\none.",
    [TEXT_SESSION_EMPTY] = "No sets were done. The plan is dropped.",
    [TEXT_SESSION_ELSEWHERE] = "Session done. Here you typed no sets.",

    /* asking */
    [TEXT_ASK_NAME_NEAR] = "I don't know *{name}*. Is it",
    [TEXT_ASK_NAME] = "I don't know *{name}*.\nAnswer with its usual name.",
    [TEXT_ASK_NAME_NEW] = "Or add it: `new exercise {name}`",
    [TEXT_ASK_EXERCISE] = "{sets}: of which exercise?",
    [TEXT_ASK_EXERCISE_NEW] = "{sets}: of which exercise?\nAnswer with its name, like `bench`.",
    [TEXT_ASK_BEFORE] = "The message before waits for it, too.",
    [TEXT_ASK_BEFORE_MANY] = "The {count} messages before wait, too.",
    [TEXT_ASK_LOAD] = "{sets}: with which load?\nAnswer with it, like `80`.",
    [TEXT_ASK_ORDER] = "{text}: which is it?",
    [TEXT_ASK_ORDER_SETS] = "{count} sets of {reps}",
    [TEXT_ASK_ORDER_LOAD] = "{load}, {reps} reps",
    [TEXT_NOTATION_KEPT] = "Noted: `notation {value}`",
    [TEXT_ASK_JUMP] = "{set}: really?\nThat's {over} % over your best.",
    [TEXT_ASK_JUMP_YES] = "yes, book it",
    [TEXT_ASK_JUMP_NO] = "`cancel` drops it.",
    [TEXT_ANSWER_OUT_OF_RANGE] = "1 to {count}, please, or `cancel`.",
    [TEXT_ANSWER_ONE] = "1, please, or `cancel`.",
    [TEXT_ANSWER_IN_WORDS] = "Which exercise? Type its name, like\n`bench`, or `cancel`.",
    [TEXT_CANCELLED] = "Dropped: {text}",
    [TEXT_ASK_GUESS] = "I'm not sure. Do you mean",
    [TEXT_OR_INSTEAD] = "{sets}, instead of {old}",
    [TEXT_OR_FURTHER] = "{sets}, one more set",
    [TEXT_SOMETHING_ELSE] = "something else",
    [TEXT_SAME_BAND] = "same band",
    [TEXT_HURTS] = "`pain {place} 2` counts it (0-3).",
    [TEXT_HURTS_WHERE] = "Where? `pain knee 2` counts it (0-3).",
    [TEXT_STILL_OPEN] = "Still open: {text}",
    [TEXT_OPEN_BEFORE] = "Still open: {text}\nAnswer that first: its number, or no.",
    [TEXT_UNREAD] = "Not read: {text}",
    [TEXT_UNREAD_BEFORE] = "Not read: {text}\nType that again first.",
    [TEXT_NOTHING_WAITS] = "Nothing is waiting. `undo` takes back\nthe last set.",
    [TEXT_NOTHING_ADVISED] = "There's no next set to book just now.",
    [TEXT_ADVICE_OLD] = "Nothing booked: that advice is old.\n`next` shows what comes now.",
    [TEXT_NOTHING_TO_REPEAT] = "There's no set to go on from. Type one,\nlike `bench 80x8 @1`.",
    [TEXT_NOTHING_TO_CORRECT] = "There's no set to correct.",
    [TEXT_CORRECT_ELSEWHERE] = "Your last set isn't from this room:\ncorrect it where you typed it.",
    [TEXT_FIX_WRITTEN] = "That set is in another's log: `undo`,\nand type it anew.",
    [TEXT_UNDO_WRITTEN] = "Your last step is in another's log,\nwhere you no longer write.",
    [TEXT_FIX_HELD] = "That was a hold: type it like `45s`.",
    [TEXT_NEWEST_IS] = "The last one was {set}.",
    [TEXT_NO_SUCH_SET] = "I see no such set today.",
    [TEXT_CHANGED_SINCE] = "That set isn't as it was any more.",
    [TEXT_UNDO_DAY_CHANGED] = "That day has other sets by now: say it\nagain.",
    [TEXT_FIX_WHOLE] = "With what load? Type all of it, like\n`fix {set}`.",
    [TEXT_PIECE_UNCLEAR] = "Is that the load or the reps? Type it\nlike `82.5kg` or `x6`.",
    [TEXT_TOO_HEAVY] = "Less: `-10% x{reps}`. By your log:",
    [TEXT_TOO_HEAVY_HOW] = "How hard was it? Like `that was @0`.\nLess next: `-10% x{reps}`.",
    [TEXT_TOO_LIGHT] = "More: `+5% x{reps}`. By your log:",
    [TEXT_TOO_LIGHT_HOW] = "How easy was it? Like `that was @4`.\nMore next: `+5% x{reps}`.",
    [TEXT_SPARE_HOW] = "How many reps were left?\nLike `that was @2`.",
    [TEXT_SICK] = "Rest, and get well: nothing is lost.\nThen start easy: `phase deload`.",
    [TEXT_UNWELL] = "Stop for today, and sit down. If it\nstays or comes back, see a doctor.",
    [TEXT_TIRED] = ("Warm up, do one set, tell me its RIR:\nthat tells more than how it feels now.\nBad sleep, stress: "
                    "`slept 5h`,\n`stress high`."),
    [TEXT_AWAY] = "Enjoy it. Then start easy:\n`phase deload`. No questions while you\nare away: `checkin off`.",
    [TEXT_SHORT_TIME] = "Then what comes now, and stop in time:\nthe week counts (R10).",
    [TEXT_REMIND] = "I don't remind of training days. What I\nask each week: `checkin wed 18:00`.",
    [TEXT_BYE] = "See you.",
    [TEXT_SORE] = "Train on if it eases in the warm-up.\nIf it hurts: `pain knee 2`.",
    [TEXT_CARDIO] = "Cardio I don't log, only sets.",
    [TEXT_GEAR] = "Type `swap bench` for what trains the\nsame muscles with other gear.",
    [TEXT_BACK] = "Welcome back. Start light, and stop\nearly: `phase deload` for a week.",
    [TEXT_WHO] =
        "I'm Spotter, a bot to train with: I log\nyour sets, and say what comes next.\n`help` shows all of it.",
    [TEXT_KEPT] = ("I keep your sets, settings and what you\n"
                   "tell of yourself. `export` gives you the\n"
                   "log, `share` says who sees it here, and\n"
                   "`forget me` deletes all."),
    [TEXT_PROGRAMME] = ("I have no ready plans. Type yours:\n"
                        "`plan bench 3x8, row 3x10`, or keep one\n"
                        "a day: `template push: bench 3x8`.\n"
                        "Load, effort and rest I say as you go."),
    [TEXT_BACKOFF] = "A lighter set behind the heavy one:\n`-10% x8` books one, 10 % lighter.",
    [TEXT_TECHNIQUE] = "I can't see or show how it is done:\nask a coach there, or film a set.",
    [TEXT_TRAINING_MAX] =
        ("I use no training max: your sets and\ntheir RIR make the load. `next squat`\ntells it, `1rm "
         "squat` what you could."),
    [TEXT_COMPETITION] = "I don't plan towards a date. What I\nknow: `goal strength`, `phase deload`.",

    /* first contact */
    [TEXT_CONTACT_INTRO] = "May I ask? `skip` takes the default.",
    [TEXT_CONTACT_LANGUAGE] = "Deutsch: `language {other}`.",
    [TEXT_CONTACT_DEFAULT] = "{option} (default)",
    [TEXT_CONTACT_ENDED] = "No more questions. `settings` has them.",
    [TEXT_CONTACT_EXPERIENCE] = "How long have you trained?",
    [TEXT_CONTACT_UNDER_ONE] = "under a year",
    [TEXT_CONTACT_ONE_TO_THREE] = "1 to 3 years",
    [TEXT_CONTACT_OVER_THREE] = "over 3 years",
    [TEXT_CONTACT_GOAL] = "What do you train for?",
    [TEXT_CONTACT_MUSCLE] = "muscle",
    [TEXT_CONTACT_STRENGTH] = "strength",
    [TEXT_CONTACT_FITNESS] = "fitness",
    [TEXT_CONTACT_UNITS] = "Which units do you lift in?",
    [TEXT_CONTACT_KG] = "kilograms",
    [TEXT_CONTACT_LB] = "pounds",

    /* quiet rooms */
    [TEXT_QUIET_ON] =
        "Quiet here: I answer sets with a sign,\nand speak up when it matters. `next`\nadvises, `quiet off` ends it.",
    [TEXT_QUIET_OFF] = "Not quiet here: sets are answered in\nwords. `quiet on` changes that.",
    [TEXT_QUIET_EXPECTED] = "Type `quiet on` or `quiet off`.",
    [TEXT_QUIET_REFUSED] = "That is for the room's moderators.",

    /* taking back */
    [TEXT_UNDONE_LOG] = "Undone: {sets}",
    [TEXT_UNDONE_CORRECTION] = "Correction undone. Back to: {sets}",
    [TEXT_UNDONE_REMOVAL] = "Back again: {sets}",
    [TEXT_NOTHING_TO_UNDO] = "There's nothing to undo.",
    [TEXT_UNDO_STAYS] = ("`{deed}` stays: undo can't change that.\n"
                         "`undo` again takes the step before."),
    [TEXT_SETTINGS_TOLD] = "That is for you alone: I told you in our\ndirect chat.",
    [TEXT_SETTINGS_ALONE] = "That is for you alone: ask me in a\ndirect chat.",
    [TEXT_SEEN_HERE] = "Here I tell what you typed here, no\nmore: `help share`.",
    [TEXT_UNDONE_ELSEWHERE] = "Undone: your last step, in another chat.",
    [TEXT_UNDO_USAGE] = "`undo` takes back the last step, and the\none before when typed once more.",
    [TEXT_UNDO_DAY_ASK] = "Take back {sets} of {date}?\nyes or no.",
    [TEXT_UNDO_DAY_DONE] = "Taken back: {sets} of {date}.\n`undo` undoes that.",
    [TEXT_REMOVED] = "Removed:",
    [TEXT_INSTEAD_OF] = "Instead of {sets}.",
    [TEXT_TAKEN_BACK] = "Taken back:",
    [TEXT_NO_LONGER_SET] = "No longer a set:",
    [TEXT_REMOVED_QUESTION] = "Question dropped with its message.",

    /* read late */
    [TEXT_SUMMARY] = "Booked {sets} from while I was away:",
    [TEXT_SUMMARY_NO_SETS] = "From while I was away:",
};

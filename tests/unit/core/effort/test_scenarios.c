/*
 * Scenarios of the rules, worked out by hand from rules.md, the contract and the formulas of science.md. Each is named
 * by the rules that it is about.
 *
 * What is expected, by words: an action; load=, reps= and rest= as "a" or "a..b" (load=nan, reps=none); rir=a-b;
 * open or closed (may the set go to failure); over or within (the last set against its target), held=a-b (that target);
 * done=a/b; p<x; rules that must be among the reasons; -R22: must not.
 */
#include "tests/unit/core/effort/scene.h"

#include <ctype.h>

struct scenario {
    const char *name, *who, *task, *log, *expect;
};

static const struct scenario scenarios[] = {
    /* ---- Targets. The load stays where the reps that it allows are in range; n is fresh reps, f the fatigue. Reps are
     * the forecast's, between "as before" and what f takes off, less the target.
     * n = 10, f after 120 s at RIR 2 = .65 e^-.75 / 3 = .1023: 8.98 to 10 to failure, less 2. */
    {"R05 R08 R09 growth, bench, second of three", "adv", "b", "b:80x8@2",
     "next-set load=80 reps=7..8 rir=1-3 rest=120 closed within held=1-3 done=1/3 R05 R08 R09 R32 R90"},
    /* n = 14, f after 90 s = .65 * .8 e^-.5625 / 3 = .0988: 12.62 to 14 less 2. */
    {"R05 R07 growth, isolation, an earlier set", "adv", "c", "c:20x12@2",
     "next-set load=20 reps=11..12 rir=1-3 rest=90 closed R05 D2"},
    /* The second set had n = 14 after f = .8 * .0703 = .0563, so 14.83 fresh; f before the third, after 90 s, = .6 *
     * .0563 + .0988 = .1325: 12.87 to 14. Less 1 and what the forecast may be off. */
    {"R07 D2 last isolation set, failure closed for form", "adv", "c", "c:20x12@2 c:20x12@2",
     "last-set reps=11..12 rir=1-2 closed R07 D2 R39 -R09"},
    {"R07 R36 D2 last isolation set, failure open", "adv good", "c", "c:20x12@2 c:20x12@2",
     "last-set rir=0-1 open R07 R36 D2 -R39 -R28 -R44"},
    {"R89 R99 caution: close on the final set only", "adv good", "i", "i:30x10@2 i:30x10@2",
     "last-set rir=1-2 closed R89 R99 D7"},
    {"R89 R08 caution: earlier sets", "adv good", "i", "i:30x10@2", "next-set rir=1-3 closed R05 R08 R09"},
    {"R08 R64 the last squat is pushed no further", "adv good", "s", "s:140x5@2 s:140x5@2",
     "last-set rir=1-3 closed R05 R08 R34 R90"},
    {"R09 R87 D4 last machine press", "adv", "p", "p:80x10@2 p:80x10@2", "last-set rir=1-2 closed R09 R39 D4"},
    /* n = 8, f after 180 s = .65 e^-1.125 / 4 = .0528: 7.58 less 3. */
    {"R35 R76 D1 strength", "adv str", "b", "b:100x5@3",
     "next-set load=100 reps=5 rir=2-5 rest=180 closed within held=2-5 R35 R76 D1"},
    {"R35 R76 D1 strength holds on isolation too", "adv str good", "c", "c:20x8@3 c:20x8@3",
     "last-set rir=2-5 closed R35 D1"},
    {"D1 R95 strength, one in reserve", "adv str", "b", "b:100x5@1", "next-set over held=2-5 load=95..100 D1 R95 R76"},
    {"D1 R95 strength, none in reserve", "adv str", "s", "s:140x3@0", "next-set over load=122.5..140 D1 R95"},
    {"D1 strength, two in reserve are accepted", "adv str", "b", "b:100x5@2", "next-set within -R95"},
    /* RIR 4 is a bound: n = 12, f after 150 s at RIR 4 = .0509, 6 reps at 3 RIR need 9.483: 106.4, held to + 5 %. Then
     * n = 10 at 105 (10.8 by the chart), f after 120 s = .0614: 9.39 and more, less 3. */
    {"D1 R98 strength: the load goes up before RIR goes down", "adv str", "b", "b:100x8@4",
     "next-set load=105 reps=6..8 rir=2-5 rest=120 within R98"},
    {"R93 fitness keeps to the middle", "adv fit", "b", "b:60x10@2", "next-set rir=2-3 held=1-4 within R93"},
    {"R93 fitness, one in reserve is accepted", "adv fit", "b", "b:60x10@1", "next-set within held=1-4"},
    {"R93 R95 fitness, none in reserve", "adv fit", "b", "b:60x10@0", "next-set over held=1-4 R95"},
    {"R66 R83 beginners leave a margin", "beg good", "c", "c:10x10@3 c:10x10@3",
     "last-set rir=3-4 closed held=2-5 R66 R83 R38"},
    {"R66 beginners with a strength goal", "beg str", "b", "b:40x8@3", "next-set rir=3-4 closed R66"},
    {"R66 R95 a beginner's overshoot", "beg", "b", "b:40x8@1", "next-set over held=2-5 R95"},
    {"R38 R97 experience unknown: an intermediate's targets, no failure", "unk good", "c", "c:20x12@2 c:20x12@2",
     "last-set rir=1-2 closed R38 D7 -R66"},
    {"R84 intermediate", "int", "b", "b:80x8@2", "next-set rir=1-3 closed R05 R08"},
    /* In a deload 40 % of the sets go: 3 become 2. */
    {"R37 deload: two more in reserve, no failure", "adv good deload", "c", "c:20x12@4", "last-set rir=3-4 closed R37"},
    /* n = 10, f after 180 s at RIR 4 = .0422: 9.58 less 4. */
    {"R37 deload, bench", "adv deload", "b", "b:80x6@4",
     "last-set load=80 reps=6 rir=3-5 closed held=3-5 within done=1/2 R37"},
    {"R37 deload of a strength phase", "adv str deload", "s", "s:100x3@5", "last-set rir=4-7 closed R37 R76"},
    {"R37 R95 what is fine otherwise overshoots in a deload", "adv deload", "b", "b:80x8@2", "last-set over R95 R37"},
    {"R95 R05 growth, none in reserve on the first set", "adv", "b", "b:80x8@0", "next-set over held=1-3 R95 D2"},
    {"R95 half a rep is no overshoot", "adv", "b", "b:80x8@0.5", "next-set within -R95"},
    {"R36 failure that was allowed is no overshoot", "adv good", "c", "c:20x12@2 c:20x12@2 c:20x12m",
     "next-exercise within held=0-3 -R95"},
    {"R95 failure that was not allowed is one", "adv", "c", "c:20x12@2 c:20x12@2 c:20x12m",
     "next-exercise over held=1-3 R95"},

    /* ---- What there is to go on. */
    {"R05 nothing was ever logged", "adv", "b", "", "next-set load=nan reps=none rir=1-3 rest=0 done=0/3 R05 -R95"},
    {"R06 warm-ups never count", "adv", "b", "b:40x10@5w b:60x5@5w",
     "next-set load=nan reps=none rest=0 done=0/3 held=nan"},
    {"R06 a warm-up to failure spends nothing", "adv good", "c", "c:10x20mw c:20x12@2 c:20x12@2", "last-set open"},
    {"R59 no RIR: the set is repeated", "adv", "b", "b:80x8", "next-set load=80 reps=8 rir=1-3 within p=nan"},
    {"R59 no RIR, after a set that has one", "adv", "b", "b:80x8@2 b:80x8", "last-set load=77.5..80 reps=5..8"},
    /* At least n = 14: 5 to 15 reps at 2 RIR are in range, so the load stays; f after 120 s at RIR 6 = .0439: 11.4 at
     * least, and 14 if it is as before and all of the 16 that were said are there. */
    {"R74 far from failure is a bound", "adv", "b", "b:80x10@6", "next-set load=80 reps=11..14 within"},
    {"R72 a cheated set measures nothing", "adv", "b", "b:80x8@2 b:80x14@2c", "last-set load=80 reps=5..8 R72"},
    {"R60 a drop set's first segment is no measure", "adv", "b", "b:80x8@0d", "next-set load=80 reps=8"},
    /* The first measured set of the session before, n = 10, or the last ones, 9 and 8: less 1 to 3. */
    {"R13 the next session starts from the last one's first set", "adv", "b", "-3d b:80x8@2 b:80x7@2 b:80x6@2",
     "next-set load=80 reps=6..8 rest=0 done=0/3 held=nan"},
    /* 42 days: three weeks past the 21 cost 3 %: n = 1 + 31 (1.2903 * .9704 - 1) = 8.82, less 2 to 3. */
    {"R98 six weeks away cost some reps", "adv", "b", "-42d b:80x8@2 b:80x8@1 b:80x8@1", "next-set load=80 reps=6..7"},
    {"R05 a hold has no reps to advise", "adv", "k", "k:bwx0@2", "next-set load=0 reps=none rir=1-3"},
    {"R10 one-sided sets: left and right are one", "adv", "c", "c:20x12@2L c:20x11@2R", "next-set done=1/3"},
    {"R85 the other side is no drop", "adv", "c", "c:20x12@2R c:20x5@2L", "next-set -R85"},
    {"R10 three sets told at once", "adv", "b", "same b:80x8 b:80x8 b:80x8@2", "next-exercise load=nan done=3/3 R10"},
    {"R98 pull-ups by body weight: reps alone", "adv", "u", "u:bwx8@2", "next-set load=0 reps=7..8 rir=1-3"},
    {"R98 pull-ups without a body weight", "adv nobw", "u", "u:bw+10x8@2", "next-set load=10 reps=7..8"},
    /* Effective 80 + 20 = 100: as bench with 100x8@4 above, + 5 % is bw+25. */
    {"D1 R98 added load counts the body in", "adv str", "u", "u:bw+20x8@4", "next-set load=25 reps=6..8 R98"},
    /* 80 - 20 = 60: 60x8@4 the same way 63, so 17 kg of help, made up to 17.5. */
    {"D1 R98 less help is more load", "adv str", "u", "u:bw-20x8@4", "next-set load=17.5 R98"},
    /* 100x10@4: n = 14, 9 at 1 - .0509 are 9.483: 111.4, held to + 5 %. */
    {"D1 R98 no more than 5 % up from set to set", "adv str", "b", "b:100x10@4", "next-set load=105 R98"},
    /* n = 20 at 16x@4, 15 reps at 2 RIR need 17.91: 104.36, made 102.5. There n = 18.78, f after 120 s = .0614: 17.63
     * and more, less 2 to 3. */
    {"R24 R98 over 15 reps the load goes up", "adv", "b", "b:100x16@4", "next-set load=102.5 reps=15..17 R98"},
    /* n = 6, f = .1273: 3.2 reps at 2 RIR; 5 need 8.02 fresh: 75.75; at 3 RIR, as a load never done is hard to
     * foretell, 9.17: 73.5. There n is 8.40 to 9.74, f after 180 s = .1055: 7.51 to 8.7, less 2 to 3. */
    {"R24 R70 under 5 reps it goes down", "adv", "b", "b:80x5@1", "next-set load=72.5..75 reps=5..6 rest=180 R70"},
    /* The habit is 10, so 8 at least; they need 10 / (1 - .2545) = 13.41 fresh: 73.7; at 3 RIR 14.76: 71.5. */
    {"R98 R70 the lifter's own rep range", "adv", "b", "-3d b:80x10@2 -30m b:80x10@0",
     "next-set load=70..72.5 R70 R95"},
    /* From session to session: 60x12@3 is n = 15; 6 reps at 3 RIR 69.2, held to + 10 %. 100x15@3: 123, + 20 %. */
    {"R98 10 % more for compounds from session to session", "adv str", "b", "-3d b:60x12@3", "next-set load=65 R98"},
    {"R98 20 % more for the others", "adv str", "c", "-3d c:100x15@3", "next-set load=120 R98"},
    {"R22 at least 5 % lighter", "adv", "b", "b:100x8t", "next-set load=95"},
    {"R85 three reps of nine", "adv", "b", "b:80x8@1 b:80x6@0", "stop-exercise R85"},
    {"R85 the same load, written in another unit", "adv", "b", "b:83.9x10@1 b:83.91x6@1", "stop-exercise R85"},
    {"D1 half a rep under what is accepted", "adv str", "b", "b:100x5@1.5", "next-set within D1"},

    /* ---- The failure gate, on the last isolation set unless said. */
    {"R38 D7 18 months are too few", "18m good", "c", "c:20x12@2 c:20x12@2", "last-set closed R38 D7 -R39"},
    {"R38 D7 two years are enough", "2y good", "c", "c:20x12@2 c:20x12@2", "last-set open -R38"},
    {"R41 pain that touches it", "adv good hurts-triceps", "p", "p:80x10@2 p:80x10@2", "last-set closed R41"},
    {"R41 pain elsewhere", "adv good hurts-chest", "c", "c:20x12@2 c:20x12@2", "last-set open -R41"},
    {"R40 R19 short sleep", "adv good tired", "c", "c:20x12@2 c:20x12@2", "last-set closed R40 R19"},
    {"R40 seven hours are enough", "adv good slept", "c", "c:20x12@2 c:20x12@2", "last-set open"},
    {"R19 R40 stress", "adv good stress", "c", "c:20x12@2 c:20x12@2", "last-set closed R40 R19"},
    {"R19 R86 deficit", "adv good deficit", "c", "c:20x12@2 c:20x12@2", "last-set closed R19 R86"},
    {"R09 R32 the final set only", "adv good", "c", "c:20x12@2", "next-set closed R09 R32 -R39"},
    {"R28 D6 isolation, 47 hours", "adv good", "c", "volume=20 -47h c:20x12m -30m c:20x12@2 c:20x12@2",
     "last-set closed R28 D6"},
    {"R28 D6 isolation, 49 hours", "adv good", "c", "volume=20 -49h c:20x12m -30m c:20x12@2 c:20x12@2",
     "last-set open -R28"},
    {"R28 D6 lower-body compound, 71 hours", "adv good", "e", "volume=20 -71h l:200x10m -30m e:50x12@2 e:50x12@2",
     "last-set closed R28 D6"},
    {"R28 D6 lower-body compound, 73 hours", "adv good", "e", "volume=20 -73h l:200x10m -30m e:50x12@2 e:50x12@2",
     "last-set open"},
    {"R28 upper-body compound, 49 hours", "adv good", "p", "volume=20 -49h b:80x8m -30m p:80x10@2 p:80x10@2",
     "last-set open"},
    {"R28 another muscle's failure doesn't hold this one", "adv good", "c",
     "volume=20 -30h e:50x12m -30m c:20x12@2 c:20x12@2", "last-set open -R28"},
    {"R29 R54 one a session", "adv good", "c", "volume=20 -60m e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set closed R29 D5 -R28 -R44"},
    {"R16 low volume lifts the one a session", "adv good low", "c", "volume=20 -60m e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set open R16 -R29"},
    {"R17 isolation-heavy too", "adv good iso", "c", "volume=20 -60m e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set open R17"},
    {"R18 and a failure block", "adv good block", "c", "volume=20 -60m e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set open R18"},
    {"R18 R44 D5 the share holds in a block", "adv good block", "c", "volume=5 -60m e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set closed R44 D5 -R29"},
    {"R18 R66 a block opens nothing for beginners", "beg good block", "c", "volume=20 c:20x12@3 c:20x12@3",
     "last-set rir=3-4 closed R66"},
    {"R27 D5 two a week for an exercise", "adv good", "c",
     "volume=40 -150h c:20x12m -75h c:20x12m -30m c:20x12@2 c:20x12@2", "last-set closed R27 D5 -R28 -R44"},
    {"R27 the week is 7 x 24 hours", "adv good", "c", "volume=40 -169h c:20x12m -75h c:20x12m -30m c:20x12@2 c:20x12@2",
     "last-set open -R27"},
    /* 6 + 1 + 2 sets and the one to come: 20 % of 10 are 2. */
    {"R44 D5 the share of a week, one left", "adv good", "c", "volume=6 -75h e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set open -R44"},
    /* 5 + 1 + 2 + 1 = 9: 1.8, rounded down. */
    {"R44 D5 the share of a week, spent", "adv good", "c", "volume=5 -75h e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set closed R44 D5"},
    {"R44 D5 never under one a week", "adv good", "c", "c:20x12@2 c:20x12@2", "last-set open -R44"},
    {"R44 the usual week counts if it is larger", "adv good", "c",
     "-20d f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 "
     "f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 "
     "f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 f:50x12 "
     "-75h e:50x12m -30m c:20x12@2 c:20x12@2",
     "last-set open -R44"}, /* 40 sets in four weeks, 10 a week: 2 */
    /* Chest press costs 2: 1 spent and 2 more are 3, of 20 % of 14 + 1 + 2 + 1 = 18: 3. Of 17: 3, of 14: 2. */
    {"D4 R44 machine compounds count double, three left", "adv good", "p",
     "volume=14 -75h e:50x12m -30m p:80x10@2 p:80x10@2", "last-set open rir=0-2 R87 D4"},
    {"D4 R44 machine compounds count double, too few left", "adv good", "p",
     "volume=10 -75h e:50x12m -30m p:80x10@2 p:80x10@2", "last-set closed R44"},
    {"D4 R44 a machine compound's failure spent two", "adv good", "c",
     "volume=9 -75h p:80x10m -30m c:20x12@2 c:20x12@2", "last-set closed R44"}, /* 9+1+2+1 = 13: 2 */
    {"D9 R44 technical failure spends too", "adv good", "c", "volume=5 -75h e:50x12t -30m c:20x12@2 c:20x12@2",
     "last-set closed R44"},
    {"R65 20 weekly sets for the muscle", "adv good", "c",
     "-100h c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 "
     "-50h c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 "
     "-30m c:20x12@2 c:20x12@2",
     "last-set closed R65"},
    {"R65 19 and a half: indirect sets are halves", "adv good", "c",
     "-100h c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 "
     "-50h c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 c:20x12@2 "
     "u:bwx8@2 -30m c:20x12@2 c:20x12@2",
     "last-set open -R65"},
    {"R34 R90 squats never", "adv good safe block", "s", "weeks=9 s:140x5@2 s:140x5@2", "last-set closed R34 R90"},
    {"R90 R34 bench without safeties", "adv good", "b", "b:80x8@2 b:80x8@2", "last-set closed R90 R34"},
    {"D7 R90 safeties alone don't open the bench", "adv good safe", "b", "b:80x8@2 b:80x8@2",
     "last-set closed D7 -R90"},
    /* Each curl to failure did what the set before had said (12 + 2 less fatigue), so RIR is right to a rep:
     * f after 180 s at RIR 2 = .8 * .0703 = .0563, 13.2 to failure. */
    {"D3 D7 R36 R90 bench with everything in order", "adv good safe", "b",
     "weeks=8 volume=20 -20d c:20x10@2 c:20x11m -16d c:20x10@2 c:20x11m -12d c:20x10@2 c:20x11m -30m b:80x8@2 "
     "b:80x8@2",
     "last-set open rir=1-3 R90 D3"},
    {"D7 the same with too few weeks", "adv good safe", "b",
     "weeks=7 volume=20 -20d c:20x10@2 c:20x11m -16d c:20x10@2 c:20x11m -12d c:20x10@2 c:20x11m -30m b:80x8@2 b:80x8@2",
     "last-set closed D7"},
    {"D3 R93 the same without growth as the goal", "adv good safe fit", "b",
     "weeks=10 volume=20 -20d c:20x10@2 c:20x11m -16d c:20x10@2 c:20x11m -12d c:20x10@2 c:20x11m -30m b:80x8@2 "
     "b:80x8@2",
     "last-set closed D3"},
    {"R36 D3 one compound a week", "adv good safe", "b",
     "weeks=10 volume=20 -20d c:20x10@2 c:20x11m -16d c:20x10@2 c:20x11m -12d c:20x10@2 c:20x11m "
     "-75h o:40x10m -30m b:80x8@2 b:80x8@2",
     "last-set closed R36 D3 -R44"},
    /* Said 2 in reserve at 8, had 12. */
    {"D7 R69 who stops four reps early doesn't know failure", "adv good", "c",
     "volume=20 -20d c:20x8@2 c:20x12m -16d c:20x8@2 c:20x12m -12d c:20x8@2 c:20x12m -30m c:20x8@2 c:20x8@2",
     "last-set closed D7"},
    /* 11 where 10 (1 - .0563) = 9.44 were said. */
    {"D7 R69 one and a half reps are too many", "adv good", "c",
     "volume=20 -20d c:20x8@2 c:20x11m -16d c:20x8@2 c:20x11m -12d c:20x8@2 c:20x11m -30m c:20x8@2 c:20x8@2",
     "last-set closed D7"},
    {"D7 R69 half a rep is fine", "adv good", "c",
     "volume=20 -20d c:20x8@2 c:20x10m -16d c:20x8@2 c:20x10m -12d c:20x8@2 c:20x10m -30m c:20x8@2 c:20x8@2",
     "last-set open -D7"},
    {"D7 two failure sets prove nothing yet", "adv good", "c",
     "volume=20 -16d c:20x8@2 c:20x12m -12d c:20x8@2 c:20x12m -30m c:20x8@2 c:20x8@2", "last-set open -D7"},
    {"R93 fitness: a test now and then", "adv good fit", "c", "c:20x12@3 c:20x12@3", "last-set open rir=2-3 R93"},

    /* ---- What stops. */
    {"R22 D9 technical failure ends the exercise", "adv", "b", "b:80x8@2 b:80x6t",
     "stop-exercise load=nan reps=none rir=nan closed R22 D9"},
    {"R22 D9 except on its first set: lighter, three in reserve", "adv", "b", "b:80x8t",
     "next-set load=68..76 rir=3-5 reps=1..5 closed R22 D9"},
    {"R22 D9 nothing lighter than one's body", "adv", "u", "u:bwx8t", "stop-exercise load=nan R22 D9"},
    {"R22 D9 the lighter set stays light", "adv", "b", "b:80x8t b:75x5@4", "last-set load=68..76 rir=3-5 R22"},
    {"R22 D9 form that goes again ends it", "adv", "b", "b:80x8t b:75x5t", "stop-exercise R22 D9"},
    {"R85 from 11 to 7", "adv", "b", "b:80x10@1 b:80x6@1", "stop-exercise load=nan rir=nan R85"},
    {"R85 three of ten are not more than 30 %", "adv", "b", "b:80x8@2 b:80x7@0", "last-set -R85"},
    {"R85 two reps are no sharp drop", "adv str", "s", "s:140x4@1 s:140x3@0", "last-set -R85"},
    {"R85 another load is another measure", "adv", "b", "b:80x10@1 b:85x5@1", "last-set -R85"},
    {"R85 what was done counts where RIR is not said", "adv", "b", "b:80x12 b:80x7x", "stop-exercise R85"},
    {"R85 the end of a drop set says nothing of its first load", "adv", "b", "b:80x12@1 b:80x8@0d", "last-set -R85"},
    {"R85 no RIR, no drop", "adv", "b", "b:80x12 b:80x7", "last-set -R85"},
    {"R85 on the last planned set too", "adv", "b", "b:80x10@2 b:80x10@1 b:80x6@0", "stop-exercise R85"},
    {"R85 another day is another session", "adv", "b", "-3d b:80x10@2 b:80x10@2 -30m b:80x6@1", "next-set -R85"},
    {"R41 R112 pain where it works", "adv hurts-chest", "b", "b:80x8@2", "stop-exercise load=nan R41 R112"},
    {"R41 pain beside it: no more load", "adv str hurts-triceps", "b", "b:100x8@4", "next-set load=100 R41"},
    {"R98 after a missed rep no increase", "adv str", "b", "b:100x8x", "next-set load=85..100"},
    {"R98 nor later in that session", "adv str", "b", "b:100x5x b:90x8@4", "last-set load=90"},
    {"R98 nor in the next session", "adv str", "b", "-3d b:100x8@3 b:100x6x", "next-set load=85..100 rest=0"},
    {"R10 three sets are assumed", "adv", "b", "b:80x8@2 b:80x8@2", "last-set done=2/3"},
    {"R10 after them the next exercise", "adv", "b", "b:80x8@2 b:80x7@2 b:80x6@2",
     "next-exercise load=nan reps=none rir=nan closed R10 done=3/3"},

    /* ---- Plans. */
    {"R94 the plan says how many", "adv", "b sets=5", "b:80x8@2 b:80x8@2 b:80x8@2", "next-set done=3/5 R94 -R10"},
    {"R94 and when it is done", "adv", "b sets=1", "b:80x8@2", "next-exercise R94 done=1/1"},
    {"R94 the plan's first set", "adv", "s load=100 reps=5-5 rir=2-3 sets=5", "",
     "next-set load=100 reps=5 rir=2-3 done=0/5 R94"},
    {"R94 the plan's load starts the session", "adv", "b load=85 reps=5-5 sets=3", "-3d b:80x8@2",
     "next-set load=85 reps=5 R94"},
    {"R94 R98 not after a missed rep", "adv", "b load=85 reps=5-5 sets=3", "-3d b:80x8x", "next-set load=80 R94"},
    /* 8.98 to 10 to failure as in the first row, less 3. */
    {"R94 the plan's RIR is what is aimed at", "adv", "b rir=3-3", "b:80x8@2", "next-set reps=5..7 rir=3-3 R94"},
    {"R94 the plan's load isn't passed", "adv str", "b load=100 reps=5-5 rir=2-3 sets=5", "b:100x5@5",
     "next-set load=100 reps=5 R94"},
    {"R94 R95 against the plan's target", "adv", "b load=100 reps=5-5 rir=2-3 sets=5", "b:100x5@1",
     "next-set over held=2-3 R94 R95"},
    {"R94 R39 a plan opens no gate", "adv", "c rir=0-1 sets=1", "-3d c:20x12@2", "last-set rir=1-1 closed R94 R39"},
    {"R94 R37 nor hardens a deload", "adv deload", "b rir=1-2 sets=3", "b:80x8@3", "last-set rir=3-3 R94 R37"},
    /* 10 reps at 2 RIR need n = 16.1 fresh after f = .2545 in 150 s: 80 * 1.129 / 1.487 = 60.7, held to - 15 % = 68,
     * made 70. There n = 10, f after 300 s = .0997: 9.0 less 2; by the chart 9.3 after 5 to failure, by Epley 10. */
    {"R70 R94 at most 15 % less", "adv", "b reps=10-12", "b:80x5@0", "next-set load=70 reps=5..7 rest=300 R70 R94"},

    /* ---- Rest and loads that can be made. */
    {"R03 heavy compounds rest longest", "adv str", "s", "s:140x3@3", "next-set rest=180..300"},
    {"R03 so do compounds near failure", "adv", "b", "b:80x10@1", "next-set rest=180..300"},
    {"R03 other compounds", "adv", "b", "b:80x10@3", "next-set rest=120..180"},
    {"R03 six reps are few", "adv str", "s", "s:140x6@3", "next-set rest=180"},
    {"R03 seven are not", "adv str", "s", "s:140x7@3", "next-set rest=120"},
    {"R03 one in reserve is near failure", "adv str", "b", "b:100x8@1", "next-set rest=180"},
    {"R03 one and a half are not", "adv str", "b", "b:100x8@1.5", "next-set rest=120"},
    {"R07 isolation rests less", "adv", "c", "c:20x12@1", "next-set rest=90..120"},
    /* 10 at 2 RIR will not come back: as long as makes sense. Curl: 18 kg are the lightest within 15 %, n = 11.1, f
     * after 120 s = .0819: 10.2 less 2 to 3. */
    {"R03 the longest rest of compounds", "adv", "u reps=10", "u:bwx7@2", "next-set rest=180"},
    {"R07 R70 the longest rest of isolation", "adv", "c reps=10", "c:20x5@2",
     "next-set load=18 reps=7..8 rest=120 R70"},
    /* 100x8@4 as above, 105 kg at most: 230 lb are 104.33 kg, 235 would be 106.6. */
    {"D1 plates in pounds", "adv str lb", "b", "b:100x8@4", "next-set load=104.32..104.33 R98"},
};

static double scene_number(const char *text)
{
    return strcmp(text, "nan") == 0 ? (double)NAN : strtod(text, NULL);
}

static void expect_between(const struct scenario *scenario, const char *word, double value, const char *range)
{
    const char *dots = strstr(range, "..");
    double low = scene_number(range), high = dots != NULL ? strtod(dots + 2, NULL) : low;

    if (isnan(low) ? !isnan(value) : !(value >= low - 1e-6 && value <= high + 1e-6))
        fail_msg("%s: %s, but it is %g", scenario->name, word, value);
}

static void expect_pair(const struct scenario *scenario, const char *word, double a, double b, const char *pair)
{
    double low = NAN, high = NAN;

    if (strcmp(pair, "nan") != 0)
        assert_int_equal(sscanf(pair, "%lf-%lf", &low, &high), 2);
    if (isnan(low) ? !isnan(a) || !isnan(b) : !(fabs(a - low) < 1e-9 && fabs(b - high) < 1e-9))
        fail_msg("%s: %s, but it is %g-%g", scenario->name, word, a, b);
}

static bool gives_reason(const struct advice *advice, const char *rule)
{
    for (size_t i = 0; i < advice->reason_count; i++)
        if (strcmp(advice->reasons[i].rule, rule) == 0)
            return true;
    return false;
}

static bool is_rule(const char *word)
{
    return (word[0] == 'R' || word[0] == 'D') && isdigit((unsigned char)word[1]);
}

/* Words without a value. */
static bool expect_word(const struct scenario *scenario, const struct advice *advice, const char *word)
{
    bool holds;

    if (strcmp(word, "open") == 0 || strcmp(word, "closed") == 0)
        holds = advice->failure_ok == (word[0] == 'o');
    else if (strcmp(word, "over") == 0 || strcmp(word, "within") == 0)
        holds = advice->overshoot == (word[0] == 'o');
    else if (is_rule(word))
        holds = gives_reason(advice, word);
    else if (word[0] == '-' && is_rule(word + 1))
        holds = !gives_reason(advice, word + 1);
    else if (strchr(word, '=') == NULL)
        holds = strcmp(word, advice_action_name(advice->action)) == 0;
    else
        return false;
    if (!holds)
        fail_msg("%s: not so: %s (%s)", scenario->name, word, advice_action_name(advice->action));
    return true;
}

static void expect(const struct scenario *scenario, const struct advice *advice, const char *word)
{
    const char *value;
    char done[32];

    if (expect_word(scenario, advice, word))
        return;
    value = strchr(word, '=') + 1;
    snprintf(done, sizeof(done), "%d/%d", advice->sets_done, advice->sets_planned);
    if (strncmp(word, "load=", 5) == 0)
        expect_between(scenario, word, advice->load_kg, value);
    else if (strcmp(word, "reps=none") == 0)
        expect_between(scenario, word, advice->reps, "-1");
    else if (strncmp(word, "reps=", 5) == 0)
        expect_between(scenario, word, advice->reps, value);
    else if (strncmp(word, "rest=", 5) == 0)
        expect_between(scenario, word, advice->rest_s, value);
    else if (strncmp(word, "rir=", 4) == 0)
        expect_pair(scenario, word, advice->rir_min, advice->rir_max, value);
    else if (strncmp(word, "held=", 5) == 0)
        expect_pair(scenario, word, advice->last_rir_min, advice->last_rir_max, value);
    else if (strcmp(word, "p=nan") == 0)
        expect_between(scenario, word, advice->p_failure, value);
    else if (strncmp(word, "done=", 5) == 0)
        assert_string_equal(done, value);
    else
        fail_msg("%s: %s?", scenario->name, word);
}

static void scenarios_hold(void **state)
{
    static struct scene scene;

    (void)state;
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
        char copy[256], *save = NULL;
        struct advice advice;

        scene_read(&scene, scenarios[i].who, scenarios[i].task, scenarios[i].log);
        effort_advise(&scene.input, &advice);
        snprintf(copy, sizeof(copy), "%s", scenarios[i].expect);
        for (char *word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
            expect(&scenarios[i], &advice, word);
        for (size_t r = 0; r < advice.reason_count; r++)
            assert_non_null(rule_by_id(advice.reasons[r].rule));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios_hold),
    };

    return RUN_TESTS(tests);
}

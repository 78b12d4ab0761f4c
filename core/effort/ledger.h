/*
 * The exposure of a week as it is shown: what muscles did, how hard, what failure cost, and where the lifts are going
 * (R10, R28, R42-R44, R65, R95). Sets are counted from one moment to another; budget and recovery look at the last
 * 7 x 24 hours.
 */
#ifndef CORE_EFFORT_LEDGER_H
#define CORE_EFFORT_LEDGER_H

#include "core/effort/effort.h"
#include "core/effort/trend.h"

enum { LEDGER_LIFTS = 48 };

/* By reps in reserve, as the rules speak of them: they overlap. */
enum ledger_band { BAND_ZERO, BAND_CLOSE, BAND_ASKED, BAND_FAR, BAND_COUNT }; /* 0; up to 1; 1 to 3; 4 and more */

struct ledger_muscle {
    double sets;                     /* direct 1, indirect 0.5 */
    double failures;                 /* direct ones */
    double week_sets;                /* of the last 7 x 24 hours */
    double hours_since;              /* since the last direct failure in the log; INFINITY */
    double hours_needed, hours_gone; /* of the failure that holds longest: closed while gone is less than needed */
    bool high_volume;                /* R65 */
};

struct ledger_lift {
    const struct exercise *exercise; /* lent */
    double sets;
    int overshoots; /* R95; of compounds */
    bool grinds;    /* R95: an accessory that stands still while nearly every set grinds */
    struct trend trend;
};

struct ledger {
    double working; /* left and right make one */
    double known;   /* of them with a RIR */
    double bands[BAND_COUNT];
    double failures, technical;
    double budget, spent; /* failure sets of the last 7 x 24 hours: how many there may be (D5), how many there were */
    struct ledger_muscle muscles[MUSCLE_COUNT];
    struct ledger_lift lifts[LEDGER_LIFTS]; /* that were trained, by the catalogue's or the lifter's name */
    size_t lift_count;
};

/* Not yet recovered from failure (R28, D6). */
bool ledger_holds(const struct ledger_muscle *muscle);

/* Of the sets of INPUT's log in [FROM_MS, TO_MS); TO_MS isn't after now. INPUT's exercise isn't looked at. */
void ledger_read(struct ledger *ledger, const struct effort_input *input, int64_t from_ms, int64_t to_ms);

#endif

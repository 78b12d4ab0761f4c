"""The simple rules and the measures of `spotter evaluate`, written a second time from science.md and the manual page: what the tests
hold the program against. Reads the iOS dialect of Strong only."""

import csv
import datetime
import math

CHART = [100, 97.8, 95.5, 93.9, 92.2, 90.7, 89.2, 87.8, 86.3, 85.0, 83.7, 82.4, 81.1, 79.9, 78.6, 77.4, 76.2, 75.1, 73.9, 72.3,
         70.7, 69.4, 68.0, 66.7, 65.3, 64.0, 62.6, 61.3, 59.9, 58.6]
POINTS = [(1 + i / 2, percent) for i, percent in enumerate(CHART)]
RULES = ["persistence", "persistence_rir", "drift", "drift_rir", "epley", "rts", "rts_first", "ewma"]
PAUSE = datetime.timedelta(hours=2)


def line(x, a, b):
    return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])


def percent_of(n):
    for a, b in zip(POINTS, POINTS[1:]):
        if n <= b[0]:
            return line(n, a, b)
    return line(n, *POINTS[-2:])


def reps_of(percent):
    swapped = [(p, n) for n, p in POINTS]
    for a, b in zip(swapped, swapped[1:]):
        if percent >= b[0]:
            return max(0, line(percent, a, b))
    return max(0, line(percent, *swapped[-2:]))


def epley(n, load):
    return load * (1 + n / 30)


def read(path):
    """The working sets: (time, exercise, load, reps, rir or None, failed)."""
    for row in csv.DictReader(open(path, encoding="utf-8")):
        if row["Set Order"] in ("W", "D"):
            continue
        yield (datetime.datetime.fromisoformat(row["Date"]), row["Exercise Name"], float(row["Weight"]), int(float(row["Reps"])),
               10 - float(row["RPE"]) if row["RPE"] else None, row["Set Order"] == "F")


class Seen:
    """What is remembered of an exercise."""
    last = first = first_before = ewma = rir = load = at = None
    top = top_before = 0.0


def foretell(seen, drift, stratum, first, load, reps):
    """By rule; seen.last is (load, n)."""
    last_load, last_n = seen.last
    anchor = seen.last
    if first:
        anchor = seen.first or seen.first_before or seen.last
    mean = lambda key: sum(drift[key, stratum]) / max(1, len(drift[key, stratum]))  # noqa: E731
    return {"persistence": last_n, "persistence_rir": reps + seen.rir, "drift": max(0, last_n + mean("n")),
            "drift_rir": reps + seen.rir + mean("rir"), "epley": max(0, 30 * (epley(last_n, last_load) / load - 1)),
            "rts": reps_of(percent_of(last_n) * load / last_load), "rts_first": reps_of(percent_of(anchor[1]) * load / anchor[0]),
            "ewma": max(0, 30 * (seen.ewma / load - 1))}


def evaluate(path):
    """{stratum: {rule: [errors]}} of the sets whose RIR was reported, {stratum: number of sets} of the others."""
    exercises, errors, unknown = {}, {}, {}
    drift = {(key, first + same): [] for key in ("n", "rir") for first in ("first", "later") for same in ("-same", "-changed")}
    for at, name, load, reps, rir, failed in read(path):
        seen = exercises.setdefault(name, Seen())
        first = seen.at is None or at - seen.at > PAUSE
        n = reps + rir if rir is not None else reps if failed else None
        if n is None and load < 0.6 * (seen.top if first else max(seen.top, seen.top_before)):
            continue
        stratum = ("first" if first else "later") + ("-same" if seen.load is not None and abs(load - seen.load) < 0.05 else "-changed")
        if seen.last and (rir is None or seen.rir is not None):
            if rir is None:
                unknown[stratum] = unknown.get(stratum, 0) + 1
            else:
                for rule, guess in foretell(seen, drift, stratum, first, load, reps).items():
                    errors.setdefault(stratum, {}).setdefault(rule, []).append(guess - n)
        if first:
            seen.first_before, seen.first = seen.first or seen.first_before, None
            seen.top_before, seen.top = seen.top, 0.0
        if rir is not None:
            if seen.rir is not None:
                drift["rir", stratum].append(rir - seen.rir)
            seen.rir = rir
        if n is not None:
            if seen.last:
                drift["n", stratum].append(n - seen.last[1])
            seen.last = (load, n)
            seen.first = seen.first or seen.last
            seen.ewma = epley(n, load) if seen.ewma is None else seen.ewma + 0.3 * (epley(n, load) - seen.ewma)
        seen.top, seen.load, seen.at = max(seen.top, load), load, at
    return errors, unknown


def mae(errors):
    return sum(map(abs, errors)) / len(errors)


def bias(errors):
    return math.fsum(errors) / len(errors)

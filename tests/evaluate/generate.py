"""Writes the synthetic logs beside it: an invented lifter's months in each dialect that apps export.

    python3 tests/evaluate/generate.py

The lifter's strength follows a curve of its own (exponential, not the program's), with good and bad days, fatigue from set to set, a
habit of repeating numbers, and RIR as this lifter would report it. The same numbers come out on every machine."""

import csv
import datetime
import io
import math
import pathlib
import random

HERE = pathlib.Path(__file__).parent
LB = 0.45359237
LIFTS = [("Bench Press (Barbell)", 92.0, 8, 2.5), ("Squat (Barbell)", 130.0, 6, 2.5), ("Lat Pulldown (Cable)", 80.0, 11, 2.5),
         ("Sissy Wheel Twist", 40.0, 12, 2.5)]
MONTHS = {"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
          "pt": "Jan Fev Mar Abr Mai Jun Jul Ago Set Out Nov Dez".split()}


def reps_left(one_rm, load):
    """Reps to failure, by an exponential curve."""
    return max(0.0, -math.log(max(0.05, (load / one_rm - 0.42) / 0.62)) / 0.062 + 1)


def train(seed, weeks=16):
    """(time, exercise, kind, load, reps, rpe or None), kinds: work, warm, fail, drop."""
    dice = random.Random(seed)
    sets, start = [], datetime.datetime(2024, 1, 8, 18, 5)
    working = {name: 2.5 * round(one_rm * 0.72 / 2.5) for name, one_rm, _, _ in LIFTS}
    for session in range(weeks * 2):
        at = start + datetime.timedelta(days=session * 3.5)
        at = at.replace(hour=18, minute=5 + session % 50)
        for name, one_rm, target, increment in LIFTS:
            today = one_rm * (1 + 0.0035 * session) * math.exp(dice.gauss(0, 0.025))
            load = working[name]
            sets.append((at, name, "warm", load / 2 // 2.5 * 2.5, 8, None))
            for number in range(3):
                there = reps_left(today * (1 - 0.025 * number), load)
                reps = max(1, min(target, round(there)))
                rir = min(5.0, max(0.0, round((there - reps + dice.gauss(0, 0.5)) * 2) / 2))
                failed = there - reps < 0.3 and dice.random() < 0.3
                told = None if dice.random() < 0.15 else 10 - rir
                sets.append((at, name, "fail" if failed else "work", load, reps, None if failed else told))
                if rir == 0 and number < 2:
                    load -= increment
            if dice.random() < 0.1:
                sets.append((at, name, "drop", load * 0.7 // 2.5 * 2.5, 9, None))
            working[name] += increment if rir >= 2 else -increment if rir == 0 and reps < target - 2 else 0
    return sets


def number(value):
    return f"{value:g}"


def table(header, rows, quote=csv.QUOTE_MINIMAL, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quote, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def orders(sets, marks):
    """The set order of each set: counted within its exercise and workout, or a mark."""
    counts = {}
    for at, name, kind, *_ in sets:
        if kind in marks:
            yield marks[kind]
        else:
            counts[at, name] = counts.get((at, name), 0) + 1
            yield str(counts[at, name])


def rpe(value):
    return "" if value is None else number(value)


def strong_old(sets):
    """2015-2017: the unit is the column's name; no marks, no RPE."""
    return table("Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes".split(","),
                 [[f"{at:%Y-%m-%d %H:%M:%S}", "Evening", name, order, number(load), reps, 0, 0, ""]
                  for (at, name, _, load, reps, _), order in zip(sets, orders(sets, {}))])


def strong_android(sets):
    """2018-2021: semicolons, a column for the unit; rests as rows."""
    rows = []
    for (at, name, _, load, reps, told), order in zip(sets, orders(sets, {"warm": "W", "fail": "F", "drop": "D"})):
        time = f"{at:%Y-%m-%d %H:%M:%S}"
        rows.append([time, "Evening; heavy", name, order, number(load), "kg", reps, rpe(told), "", "", 0, "", ""])
        rows.append([time, "Evening; heavy", name, "Rest Timer", "", "", "", "", "", "", 120, "", ""])
    return table("Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;"
                 "Workout Notes".split(";"), rows, delimiter=";")


def strong_ios(sets):
    """2020-2026: no unit, RPE last."""
    return table("Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE".split(","),
                 [[f"{at:%Y-%m-%d %H:%M:%S}", 'Evening "A"', "1h 5m", name, order, float(load), float(reps), 0, 0.0, "", "", rpe(told)]
                  for (at, name, _, load, reps, told), order in
                  zip(sets, orders(sets, {"warm": "W", "fail": "F", "drop": "D"}))])


def strong_new(sets):
    """Android now: everything quoted, marks as words, loads through another unit and back."""
    return table(["Workout #", "Date", "Workout Name", "Duration (sec)", "Exercise Name", "Set Order", "Weight (kg)", "Reps", "RPE",
                  "Distance (meters)", "Seconds", "Notes", "Workout Notes"],
                 [["1", f"{at:%Y-%m-%d %H:%M:%S}", "Evening", "3900", name, order, repr(load * LB / LB), reps, rpe(told), "", "", "", ""]
                  for (at, name, _, load, reps, told), order in
                  zip(sets, orders(sets, {"warm": "WARM_UP", "fail": "FAILURE", "drop": "DROP_SET"}))],
                 csv.QUOTE_ALL, ";")


def hevy(sets, language="en", pounds=False, us=False):
    """Newest workout first; times without a zone, months in the phone's language."""
    kinds = {"work": "normal", "warm": "warmup", "fail": "failure", "drop": "dropset"}
    rows, workouts = [], {}
    for done in sets:
        workouts.setdefault(done[0], []).append(done)
    for at in sorted(workouts, reverse=True):
        month = MONTHS[language][at.month - 1]
        time = f"{month} {at.day}, {at.year}, {at.hour % 12 or 12}:{at.minute:02d}\u202f{'PM' if at.hour > 11 else 'AM'}" if us \
            else f"{at.day} {month} {at.year}, {at:%H:%M}"
        counts = {}
        for _, name, kind, load, reps, told in workouts[at]:
            index = counts[name] = counts.get(name, -1) + 1
            rows.append(["Evening", time, time, "", name, "", "felt, well, fine", index, kinds[kind],
                         repr(load / LB) if pounds else number(load), reps, "", "", rpe(told)])
    weight, distance = ("weight_lbs", "distance_miles") if pounds else ("weight_kg", "distance_km")
    return table(["title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes", "set_index",
                  "set_type", weight, "reps", distance, "duration_seconds", "rpe"], rows, csv.QUOTE_NONNUMERIC)


def logs():
    sets = train(1)
    short = train(2, weeks=5)
    return {"strong-ios.csv": strong_ios(sets), "strong-android.csv": strong_android(sets), "strong-new.csv": strong_new(sets),
            "hevy.csv": hevy(sets), "hevy-us.csv": "\ufeff" + hevy(short, pounds=True, us=True),
            "hevy-pt.csv": hevy(short, language="pt"), "strong-old.csv": strong_old(short)}


if __name__ == "__main__":
    for name, text in logs().items():
        (HERE / name).write_text(text, encoding="utf-8")

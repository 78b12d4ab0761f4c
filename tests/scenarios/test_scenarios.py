"""Scenarios of the rules: each row of *.tsv is a conversation with the coach, and what the last answer must be. What is
expected was worked out by hand from the rules of effort (`spotter rules`), not from the program.

A row: RULES it is about, LIFTER, LOG, EXPECTED; separated by tabs. LIFTER and LOG are messages separated by "; ", as typed.
In LOG "<-3d>", "<-30h>", "<-40m>" set the clock (before now, which is Monday 18:00); from message to message 3 minutes pass,
the first is 30 minutes ago. LIFTER is said just before the last session. "weeks 9" says a set of calf raises in each of so
many weeks (always an hour or more before what follows); "volume 20" so many sets six days ago.

EXPECTED, words about the last answer:
  next-set last-set next-exercise stop-exercise ...   its advice's action
  open closed        may that set go to failure
  over within        did the last set overshoot its target (R95)
  R05 -R05           a reason of the advice, or not
  load=68..84        bounds; load=none, reps=none, rir=none: nothing is advised
  rir=1-3            exactly;  rir=1..3: within;  aim=2: among what is asked for
  reps=5..8 rest=90..120
  failure=technical set.rir=0 type=warmup    of the last set that it logged
  warn=R48           among the answer's warnings
  week.failure_sets=1 muscle.chest=4.5    of the answer's week
  kind=error         of the answer
  say~words_in_it    no~words_not_in_it
"""

import collections
import datetime
import json
import os
import pathlib
import re
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"
NOW = datetime.datetime.fromisoformat("2026-01-05T18:00:00+01:00")
ALL = [f"R{i:02}" for i in range(1, 115)] + [f"D{i}" for i in range(1, 12)]
UNITS = {"d": "days", "h": "hours", "m": "minutes"}

Row = collections.namedtuple("Row", "place rules lifter log expected")


def rows():
    for path in sorted(HERE.glob("*.tsv")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line and not line.startswith("#"):
                fields = line.split("\t")
                assert len(fields) == 4, f"{path.name}:{number}: four fields are expected"
                yield Row(f"{path.stem}:{number}", *(field.strip() for field in fields))


ROWS = list(rows())


def conversation(row):
    """(time, text) of each message, in order."""
    past, log, clock, last = [], [], NOW - datetime.timedelta(minutes=30), None
    for text in filter(None, row.log.split("; ")):
        found = re.match(r"<-([\d.]+)([dhm])> ?", text)
        if found:
            clock = NOW - datetime.timedelta(**{UNITS[found[2]]: float(found[1])})
            text = text[found.end():]
        many = re.fullmatch(r"(weeks|volume) (\d+)", text)
        if many and many[1] == "weeks":
            past += [(NOW - datetime.timedelta(days=7 * i + 1), "calf raise 50x12 @2") for i in range(int(many[2]))]
        elif many:
            past += [(NOW - datetime.timedelta(days=6) + datetime.timedelta(minutes=i), "calf raise 50x12 @2")
                     for i in range(int(many[2]))]
        elif text:
            log.append((clock, text))
            clock += datetime.timedelta(minutes=3)
    if log:
        last = log[-1][0]
    session = [at for at, _ in log if last - at < datetime.timedelta(hours=6)]
    start = min(session) if session else NOW
    lifter = [(start - datetime.timedelta(seconds=60 - i), text) for i, text in enumerate(filter(None, row.lifter.split("; ")))]
    return sorted(past + log + lifter, key=lambda message: message[0]), bool(log)


def play(row):
    messages, _ = conversation(row)
    text = "".join(f"[{at.isoformat()}] <anna> {{id=m{i}}} {said}\n" for i, (at, said) in enumerate(messages))
    done = subprocess.run([PROGRAM, "replay", "-", "--json"], input=text, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return next(answer for answer in reversed(told) if answer["in_reply_to"] == f"m{len(messages) - 1}")


def between(value, bounds):
    if bounds == "none" or value is None:
        return bounds == "none" and value is None
    low, _, high = bounds.partition("..")
    return float(low) - 1e-6 <= value <= float(high or low) + 1e-6


def rir_is(advice, bounds):
    low, high = advice["rir_min"], advice["rir_max"]
    if bounds == "none" or low is None:
        return bounds == "none" and low is None
    if ".." in bounds:
        return between(low, bounds) and between(high, bounds)
    return [low, high] == [float(part) for part in bounds.split("-")]


def holds(answer, word):
    advice = answer["advice"] or {"reasons": [], "action": None, "failure_ok": None, "load_kg": None, "reps": None, "rir_min": None,
                                  "rir_max": None, "rest_s": None}
    key, _, value = word.partition("=")
    if word in ("open", "closed"):
        return advice["failure_ok"] is (word == "open")
    if word in ("over", "within"):
        return ("R95" in answer["warnings"]) is (word == "over")
    if re.fullmatch(r"-?[RD]\d+", word):
        return (word.lstrip("-") in advice["reasons"]) is not word.startswith("-")
    if "~" in word:
        kind, part = word.split("~", 1)
        return (part.replace("_", " ").lower() in " ".join(answer["text"].split()).lower()) is (kind == "say")
    if key == "rir":
        return rir_is(advice, value)
    if key == "aim":
        return advice["rir_min"] is not None and advice["rir_min"] <= float(value) <= advice["rir_max"]
    if key in ("load", "reps", "rest"):
        return between(advice[{"load": "load_kg", "reps": "reps", "rest": "rest_s"}[key]], value)
    if key in ("failure", "type", "set.rir"):
        logged = answer["logged"][-1][key.removeprefix("set.")]
        return logged is None if value == "none" else str(logged) == value or logged == (float(value) if key == "set.rir" else None)
    if key == "warn":
        return value in answer["warnings"]
    if key.startswith("week."):
        return answer["week"][key.removeprefix("week.")] == float(value)
    if key.startswith("muscle."):
        return answer["week"]["muscles"][key.removeprefix("muscle.")]["sets"] == float(value)
    if key == "kind":
        return answer["kind"] == value
    assert re.fullmatch(r"[a-z-]+", word), f"{word}?"
    return advice["action"] == word


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.place)
def test_scenario(row):
    answer = play(row)
    wrong = [word for word in row.expected.split() if not holds(answer, word)]
    assert not wrong, f"{row.place}: {' '.join(row)}\n  not so: {' '.join(wrong)}\n  but: {answer['advice']}\n  {answer['text']}"


def test_every_rule_has_its_scenario():
    about = {rule for row in ROWS for rule in row.rules.split()}
    assert about - set(ALL) == set(), "no such rules"
    assert sorted(set(ALL) - about) == []


def test_there_are_enough():
    assert len(ROWS) >= 250
    assert len({(row.lifter, row.log) for row in ROWS}) >= 0.9 * len(ROWS), "the same conversations again and again"

"""What lifters type, each line with the reading that a person would expect. Written from the rules, never from what the program says.

forms.tsv: the notations that are seen in the wild; rules.tsv: the settled readings, one rule after the other; gym.tsv: a phone in a gym;
unseen.tsv: the same, written after the reader was built from the others (at its first run 391 of 400 were read as expected); the ones
with a number behind, each after the last one's misreadings were mended, commands and talk with the coach included; names.tsv: names of
exercises, which has its own columns.
Columns: input, kind, expected, note, parted by tabs. A line that starts with "# " is a comment; a newline in an input stands as \\n.
kind: sets, question, command, talk, error; `sets|question` where both would satisfy. expected: what the sets are, or the first option of a
question; ` || ` parts readings of which each is right, `*` is any question or command, a command's is its name.
A set: space separated ex= load= mode= reps= sec= rir= type= fail= side= pct= at= seg=80x8,?x6 note="…"; ` ; ` parts sets,
`3* ` repeats one.
A field that is left out is null (type working; mode external where a load is given, else not compared; note not compared), `?` isn't
compared, a load may carry lb or st. `at` is the day."""

import json
import os
import pathlib
import re
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"
KINDS = {"sets", "question", "command", "talk", "error"}
KEYS = {"ex": "exercise", "load": "load_kg", "mode": "load_mode", "reps": "reps", "sec": "seconds", "rir": "rir", "type": "type",
        "fail": "failure", "side": "side", "pct": "percent", "at": "at", "seg": "segments", "note": "note"}
WORDS = {"ex", "mode", "type", "fail", "side", "at", "note"}
POUND = 0.45359237
UNITS = {"": 1, "lb": POUND, "st": 14 * POUND}


def quantity(text):
    number, unit = re.fullmatch(r"([\d.]+)(lb|st|)", text).groups()
    return float(number) * UNITS[unit]


def value(key, text):
    if text == "?" or key in WORDS:
        return text.strip('"')
    if key == "seg":
        pairs = [part.split("x") for part in text.split(",")]
        return [(None if load == "?" else quantity(load), int(reps)) for load, reps in pairs]
    return quantity(text)


def one_set(text):
    """A list: the set as many times as is said."""
    times, fields = re.fullmatch(r"(?:(\d+)\* )?(.*)", text.strip()).groups()
    parts = re.findall(r'(\w+)=("[^"]*"|\S+)', fields)
    assert " ".join(f"{key}={text}" for key, text in parts) == fields, f"not a set: {text!r}"
    return [{key: value(key, text) for key, text in parts}] * int(times or 1)


def reading(text):
    return sum((one_set(part) for part in text.split(" ; ")), [])


def rows(name):
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            text, kind, expected, note = (line.split("\t") + ["", ""])[:4]
            assert set(kind.split("|")) <= KINDS, line
            yield text, kind.split("|"), expected, note


def run(*arguments, text):
    done = subprocess.run([PROGRAM, *arguments], input=text, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def heard(text):
    """What becomes of a message of several lines, which `parse` can't be given: said in a room that hears it first."""
    lines = text.replace("\\n", "\n    ")
    answers = run("replay", "-", "--json", text=f"[2026-03-02T18:00:00+01:00] #gym <anna> {lines}\n")
    answer = answers[0] if answers else {"logged": []}
    kind = next((kind for kind, key in [("sets", "logged"), ("question", "question"), ("error", "error")] if answer.get(key)), "talk")
    return {**answer, "kind": kind, "sets": answer["logged"]}


def said(name):
    """Each row with what the program says of it."""
    table = list(rows(name))
    lines = [text for text, *_ in table if "\\n" not in text]
    parsed = iter(run("parse", text="".join(line + "\n" for line in lines)))
    pairs = [(row, heard(row[0]) if "\\n" in row[0] else next(parsed)) for row in table]
    assert next(parsed, None) is None
    return pairs


def near(expected, got):
    if isinstance(expected, float) and isinstance(got, (int, float)):
        return abs(expected - got) < 0.006
    return expected == got


def same_field(expected, got, key):
    if key == "note" and key not in expected:
        return True
    if key == "mode" and key not in expected and expected.get("load") in (None, "?"):
        return True
    wanted = expected.get(key, {"type": "working", "mode": "external"}.get(key))
    found = got.get(KEYS[key])
    if wanted == "?":
        return True
    if key == "at" and found:
        return wanted == found[:10]
    if key == "seg" and wanted and found:
        return len(wanted) == len(found) and all(
            near(load, segment["load_kg"]) and reps == segment["reps"] for (load, reps), segment in zip(wanted, found))
    return near(wanted, found)


def same_sets(expected, got):
    return len(expected) == len(got) and all(same_field(a, b, key) for a, b in zip(expected, got) for key in KEYS)


def agrees(kinds, expected, answer):
    kind = answer["kind"]
    choices = expected.split(" || ")
    if kind not in kinds:
        return False
    if kind == "command":
        return "*" in choices or answer["command"] in choices
    if kind in ("talk", "error") or (kind == "question" and "*" in choices):
        return True
    options = [answer["sets"]] if kind == "sets" else answer["question"]["options"][:1]
    return any(same_sets(reading(choice), got) for choice in choices if choice != "*" for got in options)


def brief(got):
    short = {key: got[name] for key, name in KEYS.items() if got.get(name) is not None}
    if short.get("type") == "working":
        del short["type"]
    if short.get("mode") == "external":
        del short["mode"]
    return " ".join(f"{key}={text}" for key, text in short.items())


def told(answer):
    """What the program said, in the words of the tables."""
    kind = answer["kind"]
    if kind == "sets":
        return "sets: " + " ; ".join(map(brief, answer["sets"]))
    if kind == "question":
        return f"question: {answer['question']['text']} " + " || ".join(
            " ; ".join(map(brief, option)) for option in answer["question"]["options"])
    return f"{kind}: {answer.get('command') or (answer.get('error') or {}).get('text', '')}"


def mismatches(name):
    """How many rows there are, and those which are read otherwise, printed."""
    pairs = said(name)
    wrong = [(row, answer) for row, answer in pairs if not agrees(row[1], row[2], answer)]
    for (text, kinds, expected, note), answer in wrong:
        print(f"{name}: {text}\n    expected {'|'.join(kinds)}: {expected}{f'   ({note})' if note else ''}\n    got      {told(answer)}")
    print(f"{name}: {len(wrong)} of {len(pairs)} are read otherwise")
    return len(pairs), wrong


def names():
    """Each name of names.tsv, with its kind and its exercise."""
    for line in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            kind, exercise, typed = line.split("\t")
            yield from ((kind, exercise, name) for name in typed.split("; "))


def named(kind, exercise, answer):
    """Whether the answer to a name with a load and reps, or a count where it is none, is that exercise."""
    question = answer["question"]
    offered = [option[0]["exercise"] for option in question["options"]] if question else [row["exercise"] for row in answer["sets"]]
    asked = bool(question) and "Which exercise" in question["text"]
    if kind == "talk":
        return answer["kind"] != "sets"
    if kind == "near":
        return asked and offered[:1] == [exercise]
    return not asked and set(offered) == {exercise}


def test_names_are_known():
    table = list(names())
    assert len(table) > 2000
    parsed = run("parse", text="".join(f"{name} {12 if kind == 'talk' else '20x10'}\n" for kind, _, name in table))
    wrong = [(name, exercise, told(answer)) for (kind, exercise, name), answer in zip(table, parsed, strict=True)
             if not named(kind, exercise, answer)]
    assert wrong == []


PHRASES = HERE.parents[1] / "config" / "phrases.tsv"
SUBJECTS = HERE.parents[1] / "config" / "subjects.tsv"
STAND_FOR = {"{exercise}": "front squat", "{effort}": "@2", "{rating}": "8", "{place}": "shoulder", "{amount}": "80",
             "{reps}": "5", "{day}": "friday", "{set}": "90x6", "{time}": "3 min", "{weeks}": "8 weeks",
             "{any}": "summer", "{name}": "@cara"}
# What leaves everything as it was: a question is never answered by another command.
TELLING = {"today", "day", "week", "last", "history", "month", "records", "1rm", "how many", "load", "next", "plates", "warmup", "rest",
           "why", "ready", "may fail", "budget", "rules", "rir", "help", "score", "settings", "what is left", "plan", "template",
           "myth", "swap", "remind me", "sick", "unwell", "tired", "short of time", "cardio", "competition"}


def ways():
    """Each way to say something, short and with all that may be left out, behind a word that says nothing, and what it means."""
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#-=!~>{":
            meant, said = line.split("\t")
            for way in said.split(" | "):
                words = [re.sub(r"/.*", "", word.strip("()")) + (")" if word.startswith("(") else "") for word in way.split()]
                for text in ([word for word in words if not word.endswith(")")], [word.strip(")") for word in words]):
                    yield "i " + " ".join(STAND_FOR.get(word, word) for word in text), meant


def test_each_way_to_say_something_is_its_command():
    table = list(ways())
    parsed = run("parse", text="".join(text + "\n" for text, _ in table))
    wrong = [(text, meant, told(answer)) for (text, meant), answer in zip(table, parsed, strict=True)
             if not (answer["kind"] == "command" and meant.startswith(answer["command"]))]
    assert not wrong


def test_each_subject_is_of_a_command_that_only_tells():
    table = []
    for line in SUBJECTS.read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#-?!":
            table += [re.sub("{[a-z]+}", lambda slot: STAND_FOR[slot[0]], meant) for meant in line.split("\t")[0].split(" | ")]
    parsed = run("parse", text="".join(text + "\n" for text in table))
    wrong = [(text, told(answer)) for text, answer in zip(table, parsed, strict=True)
             if not (answer["kind"] == "command" and text.startswith(answer["command"]) and answer["command"] in TELLING)]
    assert len(table) > 80
    assert not wrong


def test_every_number_has_a_row():
    numbers = {int(note.split(":")[0]) for *_, note in rows("forms.tsv")}
    assert numbers == set(range(1, 98))


def test_forms():
    assert len(mismatches("forms.tsv")[1]) == 0


def test_rules():
    assert len(mismatches("rules.tsv")[1]) == 0


@pytest.mark.parametrize("name", ["gym.tsv", *sorted(path.name for path in HERE.glob("unseen*.tsv"))])
def test_as_people_type(name):
    total, wrong = mismatches(name)
    assert [row[0] for row, answer in wrong if row[1] == ["talk"] and answer["kind"] == "sets"] == []
    assert len(wrong) <= 0.02 * total


PLACE = re.compile(r'^    \{"([a-z ]+)", (?:BIT|DELTS)', re.M)
GERMAN_WORD = re.compile(r'^    \{"([a-z ]+)", "[^"]*", " ([^"]+) "\},', re.M)


def places():
    """The places that load muscles (bot/coach/place.c), and the German words of those (setting_words.c)."""
    english = PLACE.findall((HERE.parents[1] / "bot/coach/place.c").read_text())
    german = [word for place, words in GERMAN_WORD.findall((HERE.parents[1] / "bot/coach/setting_words.c").read_text())
              if place.rstrip("s") in {name.rstrip("s") for name in english} for word in words.split()]
    return english, german


def test_a_place_that_loads_muscles_is_heard_to_hurt():
    english, german = places()
    assert len(english) > 30 and len(german) > 30
    lines = [f"{place} hurts" for place in english] + [f"{place} schmerzt" for place in german]
    parsed = run("parse", text="".join(line + "\n" for line in lines))
    assert [line for line, answer in zip(lines, parsed, strict=True) if answer.get("command") != "pain"] == []


def test_a_place_that_is_heard_to_hurt_loads_muscles():
    """Each word that stands for a place in sentences is one for "pain", whatever language."""
    row = next(line for line in PHRASES.read_text(encoding="utf-8").splitlines() if line.startswith("{place}\t"))
    words = [word for word in row.split("\t")[1].split() if word not in ("rotator", "cuff")] + ["rotator cuff"]
    text = "".join(f"[2026-01-05T18:{i // 60:02}:{i % 60:02}+01:00] <p{i}> {{id=m{i}}} pain {word} 1\n"
                   for i, word in enumerate(words))
    told = [answer for answer in run("replay", "-", "--json", text=text) if answer["in_reply_to"]]
    assert [word for word, answer in zip(words, told, strict=True) if answer["kind"] == "error"] == []

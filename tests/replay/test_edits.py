"""After edits, redactions and undos every answer is what it would have been had it always been so: random logs, played with
their corrections and played as they came out."""

import datetime
import json
import os
import pathlib
import random
import subprocess

import pytest

PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"
START = datetime.datetime.fromisoformat("2026-01-05T18:00:00+01:00")
PROBES = ["today", "week", "records", "records bench", "next bench", "next squat", "bench 80x7 @2", "why", "squat 82.5x6 @1"]
TOLD = ["kind", "text", "logged", "advice", "week", "records", "warnings"]
LIFTS = ["bench", "squat", "row", "leg press", "curl"]


class Log:
    """A transcript being written, and what each message says once all corrections are taken into account."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.clock = START
        self.lines = []
        self.said = {}  # name: (time, text); text None: taken back
        self.steps = []  # (name, text before)
        self.first = []  # of each session: named in full, and kept

    def line(self, text):
        self.clock += datetime.timedelta(minutes=1)
        self.lines.append(f"[{self.clock.isoformat()}] <anna> {text}")

    def numbers(self, rir=True):
        load, reps = self.random.choice([77.5, 80, 82.5]), self.random.randint(6, 8)
        return f"{load}x{reps}" + (f" @{self.random.randint(1, 2)}" if rir else "")

    def full(self):
        return f"{self.random.choice(LIFTS)} {self.numbers()}"

    def leaning(self):
        return self.random.choice([self.numbers(), self.numbers(rir=False), f"x{self.random.randint(6, 8)} @1", "+2.5 x6",
                                   "same", "same @1", "3x6 @2", "6 @1", self.full(), self.full()])

    def say(self, text):
        name = f"m{len(self.said)}"
        self.line(f"{{id={name}}} {text}")
        self.said[name] = (self.clock, text)
        self.steps.append((name, None))

    def change(self, name, text):
        self.steps.append((name, self.said[name][1]))
        self.said[name] = (self.said[name][0], text)

    def correct(self):
        name = self.random.choice(list(self.said))
        step = self.random.random()
        if step < 0.2 and self.steps[-1][0] not in self.first:
            self.line("undo")
            undone, text = self.steps.pop()
            self.said[undone] = (self.said[undone][0], text)
        elif step < 0.4 and name not in self.first and self.said[name][1] is not None:
            self.line(f"{{redact={name}}}")
            self.change(name, None)
        elif self.said[name][1] is not None:
            text = self.full() if name in self.first else self.leaning()
            self.line(f"{{edit={name}}} {text}")
            self.change(name, text)

    def write(self):
        for _ in range(self.random.randint(1, 3)):
            self.first.append(f"m{len(self.said)}")
            self.say(self.full())
            for _ in range(self.random.randint(2, 7)):
                self.correct() if self.random.random() < 0.4 else self.say(self.leaning())
            self.clock += datetime.timedelta(days=2)
        return self

    def straight(self):
        return [f"[{at.isoformat()}] <anna> {text}" for at, text in self.said.values() if text is not None]

    def probes(self):
        return [f"[{(self.clock + datetime.timedelta(minutes=i)).isoformat()}] <anna> {text}" for i, text in enumerate(PROBES)]


# Whoever has said that much isn't asked about themselves.
KNOWN = [f"[{(START + datetime.timedelta(seconds=i)).isoformat()}] <anna> {text}"
         for i, text in enumerate(["experience 2y", "goal muscle", "units kg"])]


def play(lines):
    done = subprocess.run([PROGRAM, "replay", "--json", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          timeout=60)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("seeds", range(5))
def test_as_if_it_had_always_been_so(seeds):
    compared, known = 0, len(play(KNOWN))
    for seed in range(seeds * 50, seeds * 50 + 50):
        log = Log(seed).write()
        straight = play(KNOWN + log.straight() + log.probes())
        if any(told["kind"] in ("question", "error") for told in straight[known:-len(PROBES)]):
            continue  # what would have been asked is not known by now
        corrected = play(KNOWN + log.lines + log.probes())
        for was, is_so in zip(straight[-len(PROBES):], corrected[-len(PROBES):]):
            assert {key: is_so[key] for key in TOLD} == {key: was[key] for key in TOLD}, \
                f"seed {seed}\n" + "\n".join(log.lines) + "\n--- straight\n" + "\n".join(log.straight())
        compared += 1
    assert compared >= 15

"""`spotter rules`: each rule, its source, its places; what is no rule is refused in a line."""

import os
import pathlib
import re
import subprocess

PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"
IDS = [f"R{i:02}" for i in range(1, 115)] + [f"D{i}" for i in range(1, 12)]


def rules(*arguments):
    return subprocess.run([PROGRAM, "rules", *arguments], capture_output=True, text=True, timeout=60)


def test_all_are_listed_with_their_source():
    lines = rules().stdout.splitlines()
    assert [line.split()[0] for line in lines] == IDS
    assert all(re.search(r" \((S[0-4]|R\d+( R\d+)*)\)$", line) for line in lines)
    assert "-0.3 to 0.5" in lines[103]  # a claim of evidence never without how sure it is


def test_one_is_told_with_how_sure_it_is():
    said = rules("r104").stdout
    assert said.startswith("R104  ") and "-0.3 to 0.5" in said and "From S4" in said
    assert "Settles R25 R35 R76." in rules("D1").stdout


def test_what_is_no_rule_is_refused():
    for wrong in ("R115", "R0", "D12", "R22x", "R1111111111111111111111111111", ""):
        done = rules(wrong)
        assert (done.returncode, done.stdout) == (64, "") and done.stderr.count("\n") == 1


def test_coverage_names_a_place_of_each():
    lines = rules("--coverage").stdout.splitlines()
    places = [line.split(None, 2) for line in lines[:-1]]
    assert {place[0] for place in places} == set(IDS)
    assert {place[1] for place in places} == {"policy", "computed", "said", "text"}
    assert rules("R44", "--coverage").stdout.splitlines()[0].split() == ["R44", "policy", "gate.share"]
    assert lines[-1].startswith("125 rules: ")

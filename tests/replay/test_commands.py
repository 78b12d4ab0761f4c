"""The table of commands and what is made of it: README and man page say what the program says."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"


@pytest.mark.parametrize("document, option", [("README.md", "--markdown"), ("config/spotter.1", "--man")])
def test_the_documents_list_what_the_table_holds(document, option):
    """After a change of the table: make docs."""
    said = subprocess.run([PROGRAM, "help", option], capture_output=True, text=True, check=True).stdout.splitlines()
    lines = (ROOT / document).read_text().splitlines()
    begin, end = (next(i for i, line in enumerate(lines) if mark in line) for mark in ("commands begin", "commands end"))
    assert len(said) > 40
    assert lines[begin + 1:end] == said


def test_each_command_stands_in_a_transcript():
    said = "\n".join(path.read_text().lower() for path in (ROOT / "tests/replay").glob("*.txt"))
    listed = subprocess.run([PROGRAM, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    usages = re.findall(r"^- `([^`]+)`", listed, re.MULTILINE)
    names = [re.split(r" [\[(@]| [A-Z]| \S+\|", usage)[0] for usage in usages]
    assert len(names) > 40
    assert [name for name in names if not re.search(rf"[>}}] (!|spotter: )?{re.escape(name)}(?![a-z])", said)] == []

"""The table of commands and what is made of it: README and man page say what the program says."""

import os
import pathlib
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

"""What reading costs, counted in instructions: the same on every machine, so that a slower reader is seen where time can't be held against
a limit. What `make bench` times are the same ten lines."""

import os
import pathlib
import re
import subprocess

from parsed_lines import PARSED

PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"
LINES = 2000
MOST = 16_000  # instructions a line, on the mean


def instructions(text):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "parse"], input=text, capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 0 and done.stdout.count("\n") == text.count("\n")
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def test_a_line_is_read_by_so_many_instructions():
    text = "".join(PARSED[number % len(PARSED)] + "\n" for number in range(LINES))
    each = (instructions(text) - instructions("")) / LINES
    print(f"{each:,.0f} instructions a line")
    assert each < MOST

"""What reading costs, counted in instructions: the same on every machine, so that a slower reader is seen where time can't be held against
a limit. What `make bench` times are the same ten lines."""

import datetime
import os
import pathlib
import re
import subprocess

from parsed_lines import PARSED

PROGRAM = pathlib.Path(os.environ["SPOTTER_BUILD"]) / "spotter"
LINES = 2000
MOST = 12_000  # instructions a line, on the mean
SET_MOST = 940_000  # for a set that is booked and answered, on the mean of 400 behind 100
FILE_MOST = 1_500_000_000  # for a file of 20,000 lines: half a second on a machine that does three in a nanosecond


def counted(text, *command):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, *command], input=text, capture_output=True,
                          text=True, timeout=1200)
    assert done.returncode == 0, done.stderr
    return done.stdout, int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def instructions(text):
    told, count = counted(text, "parse")
    assert told.count("\n") == text.count("\n")
    return count


def test_a_line_is_read_by_so_many_instructions():
    text = "".join(PARSED[number % len(PARSED)] + "\n" for number in range(LINES))
    each = (instructions(text) - instructions("")) / LINES
    print(f"{each:,.0f} instructions a line")
    assert each < MOST


def booked(count, path):
    """The instructions of a conversation of COUNT sets, twenty every other day."""
    begin = datetime.datetime(2026, 1, 5, 18)
    path.write_text("".join(f"[{begin + datetime.timedelta(days=2 * (row // 20), minutes=row % 20):%Y-%m-%dT%H:%M:%S}+00:00] <anna> "
                            f"bench {60 + row % 30}x8 @2\n" for row in range(count)))
    told, instructions = counted("", "replay", path)
    assert told.count("> bench press ") == count
    return instructions


def test_a_set_is_booked_and_answered_by_so_many_instructions(tmp_path):
    each = (booked(500, tmp_path / "talk.txt") - booked(100, tmp_path / "talk.txt")) / 400
    print(f"{each:,.0f} instructions a set")
    assert each < SET_MOST


def test_nobody_waits_for_a_file_of_many_names(tmp_path):
    """While it is booked nobody else is heard. Of names no two are the same, for as long as there is room for more."""
    start = datetime.datetime(2025, 1, 1)
    rows = (f"{start + datetime.timedelta(minutes=row):%Y-%m-%d %H:%M:%S};Zottomat {row % 2000:x};1;50;kg;5\n" for row in range(20_000))
    (tmp_path / "log.csv").write_text("Date;Exercise Name;Set Order;Weight;Weight Unit;Reps\n" + "".join(rows))
    (tmp_path / "talk.txt").write_text("[2026-01-05T18:00:00+01:00] <anna> {id=m1} {file=log.csv}\n")
    told, count = counted("", "replay", tmp_path / "talk.txt", "--db", tmp_path / "db")
    print(f"{count:,} instructions")
    assert "5000 sets imported," in told and "Lines not read: 15000" in told
    assert count < FILE_MOST

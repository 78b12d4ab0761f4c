"""README, man page, help and the sample name what the program has."""

import pathlib
import re
import subprocess

from spotter import PROGRAM

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_every_subcommand_is_in_help_and_man_page():
    text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  spotter ([a-z]\S*)", text, re.M)
    assert {"run", "console", "replay", "parse", "check-config"} <= set(commands)
    man = (ROOT / "config/spotter.1").read_text().replace("\\-", "-")
    for command in commands:
        assert re.search(rf"\b{command}\b", man), f"the man page lacks {command}"


def test_every_key_of_the_sample_is_in_the_man_page():
    man = (ROOT / "config/spotter.1").read_text()
    keys = re.findall(r"^[\s#]*(\w+)\s*=", (ROOT / "config/spotter.conf").read_text(), re.M)
    assert len(set(keys)) > 15
    for key in keys:
        assert re.search(rf"\b{key}\b", man), f"the man page lacks {key}"


def test_every_chat_command_in_the_readme_exists():
    """`help` of the running program lists each word that the README's table shows as a command."""
    transcript = "[2026-01-05T18:00:00+00:00] <anna> help\n"
    help_text = subprocess.run([PROGRAM, "replay", "-"], input=transcript, capture_output=True, text=True, check=True).stdout
    for word in ("undo", "today", "why", "rules", "myth"):
        assert word in help_text


def test_man_page_is_well_formed():
    done = subprocess.run(["sh", "-c", "! grep -n '[^\\\\]--' config/spotter.1 | grep -v '^[0-9]*:\\.\\\\\"'"], cwd=ROOT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout

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


def test_the_readmes_conversation_is_real(tmp_path):
    """Typed at the console, what the README has Anna say is answered as it says, word for word."""
    turns = re.findall(r"^    (anna|spotter) +(.*)\n((?: {13}.*\n)*)", (ROOT / "README.md").read_text(), re.M)
    said = [first for who, first, _ in turns if who == "anna"]
    answers = [line.strip() for who, first, rest in turns if who == "spotter" for line in [first, *rest.splitlines()]]
    assert len(said) >= 4
    done = subprocess.run([PROGRAM, "console", "--db", tmp_path / "log.db"], input="\n".join(said) + "\n", capture_output=True, text=True)
    assert [line.strip() for line in done.stdout.splitlines()] == answers


def test_man_page_is_well_formed():
    done = subprocess.run(["sh", "-c", "! grep -n '[^\\\\]--' config/spotter.1 | grep -v '^[0-9]*:\\.\\\\\"'"], cwd=ROOT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout

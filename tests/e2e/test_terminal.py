"""What a person at a real terminal gets from `make run` and `make demo`: typed at, and read, through a pty of 40 columns."""

import asyncio
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from types import SimpleNamespace

import demo
import pytest
from spotter import BUILD, MAKE, ROOT, own_environment

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class Terminal:
    """A command on a terminal of its own."""

    def __init__(self, command, environment):
        self.text = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))

    def until(self, pattern, timeout=60):
        """Reads until PATTERN stands in what has come since the last call; returns what came, up to its end."""
        deadline = time.monotonic() + timeout
        while not (found := re.search(pattern, self.text, re.S)):
            left = deadline - time.monotonic()
            assert left > 0, f"no {pattern!r} in {timeout} s:\n{self.text}"
            if select.select([self.terminal], [], [], left)[0]:
                try:
                    read = os.read(self.terminal, 65536)
                except OSError:  # the other side has closed
                    read = b""
                assert read, f"it ended before {pattern!r}:\n{self.text}"
                self.text += ESCAPES.sub("", read.decode(errors="replace"))
        seen, self.text = self.text[:found.end()], self.text[found.end():]
        return seen

    def type(self, text):
        os.write(self.terminal, text.encode())

    def ended(self, timeout=60):
        """The exit code, once it has ended."""
        deadline = time.monotonic() + timeout
        end, watched = os.pidfd_open(self.process), [self.terminal]
        while end not in (ready := select.select([end, *watched], [], [], max(0, deadline - time.monotonic()))[0]):
            if not ready:
                os.kill(self.process, signal.SIGKILL)
                assert False, f"it does not end:\n{self.text}"
            try:
                os.read(self.terminal, 65536)  # else it could wait for us
            except OSError:  # the other side has closed
                watched = []
        os.close(end)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def environment(home):
    """Nothing of the make that runs the tests, and no log of the person who does."""
    kept = own_environment()
    kept.pop("XDG_DATA_HOME", None)
    return kept | {"HOME": str(home), "TERM": "xterm", "SPOTTER_BUILD": str(BUILD), "PYTHONDONTWRITEBYTECODE": "1"}


def test_make_run_is_the_coach_in_this_terminal(tmp_path):
    command = [*MAKE, "run"]
    console = Terminal(command, environment(tmp_path))
    console.type("bench 80x8 @1\n")
    said = console.until(r"bench press 80x8 @1.*Next: [\d.]+ kg x \d+, RIR 1-3, rest \d:\d\d")
    assert all(len(line) <= 40 for line in said.splitlines()), said  # a phone over ssh
    console.type("today\n")
    console.until(r"1 set\b")
    console.type("\x04")
    assert console.ended() == 0
    assert (tmp_path / ".local/share/spotter/console.db").stat().st_mode & 0o777 == 0o600
    again = Terminal(command, environment(tmp_path))  # the log is still there
    again.type("today\n")
    again.until(r"1 set\b")
    again.type("\x04")
    assert again.ended() == 0


def test_a_call_comes_while_the_prompt_waits(tmp_path):
    """Half a line is typed when the rest is over: what was typed counts as one line with what follows."""
    console = Terminal([str(BUILD / "spotter"), "console"], environment(tmp_path))
    console.type("bench 80x8 @1\nrest 2 s\n")
    console.until(r"Rest 0:02: I'll call you at \d\d:\d\d\.")
    console.type("to")
    console.until(r"Next: [\d.]+ kg x \d+, RIR 1-3\n> ")
    console.type("day\n")
    console.until(r"1 set\b")
    console.type("\x04")
    assert console.ended() == 0


def processes_of(folder):
    """Command lines of what runs with FOLDER as its home."""
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if f"HOME={folder}\0".encode() in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes())
        except OSError:
            pass
    return found


def test_make_demo_is_an_encrypted_chat_in_this_terminal(tmp_path):
    demo = Terminal([sys.executable, "tests/e2e/demo.py"], environment(tmp_path))
    demo.until(r"Ctrl-D ends\.", 300)
    demo.type("bench 80x8 @1\n")
    demo.until(r"spotter \| bench press 80x8 @1.*Next: [\d.]+ kg x \d+, RIR 1-3")
    demo.type("undo\n")
    demo.until(r"spotter \| .*bench press 80x8")
    demo.type("\x04")
    assert demo.ended() == 0
    assert processes_of(tmp_path) == [], "it left something running"


def test_make_demo_without_a_terminal_plays_a_session_and_ends_with_0(tmp_path):
    done = subprocess.run([*MAKE, f"VENV={sys.prefix}", "-o", "tests/requirements.txt", "demo"], cwd=ROOT, env=environment(tmp_path),
                          timeout=600, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    typed = re.findall(r"^ +you \| (.*)$", done.stdout, re.M)
    assert typed == ["bench 80x8 @2", "80x8 @1", "80x7 @0", "why", "today"]
    assert done.stdout.count(" spotter | ") == 1 + len(typed)  # the welcome, too
    assert processes_of(tmp_path) == [], "it left something running"


def test_a_demo_that_goes_wrong_does_not_end_with_0(synapse, monkeypatch, capsys):
    """All of it, on the homeserver that runs already; what is asked for is not what comes."""
    monkeypatch.setattr(demo, "Synapse", lambda: SimpleNamespace(url=synapse.url, server_name=synapse.server_name,
                                                                 register=synapse.register, close=lambda: None))
    monkeypatch.setattr(demo, "SESSION", [("bench 80x8 @2", ["Next"]), ("today", ["2 sets"])])
    monkeypatch.setattr(sys, "stdin", open(os.devnull))
    monkeypatch.setattr(demo.Spotter, "stop", lambda bot, stop=demo.Spotter.stop: stopped.append(stop(bot)))
    stopped = []
    assert asyncio.run(demo.main()) == 1
    assert 'the reply to "today" is wrong: it lacks 2 sets' in capsys.readouterr().err
    assert stopped == [0]


class Stage:
    """The lifter, and the bot behind it: each answer is right, but for that to TYPED, in whose place come the events of SPOIL(answer)."""

    RIGHT = {
        "bench 80x8 @2": "bench press 80x8 @2\nNext: 80 kg x 8, RIR 1-3, rest 2:00",
        "80x8 @1": "bench press 80x8 @1\nFinal: 80 kg x 7, RIR 1-3, rest 3:00",
        "80x7 @0": "bench press 80x7 @0\nNext time: 80 kg x 8, RIR 1-3\nHarder than planned: RIR 0, not 1-3.",
        "why": "bench press\n- R95 RIR 0, the target was 1-3 (S3)",
        "today": "3 sets today\n- bench press 80x8 @2, 80x8 @1, 80x7 @0",
    }
    undecryptable = ()

    def __init__(self, typed=None, spoil=None):
        self.typed, self.spoil = typed, spoil

    async def send(self, room, text):
        return text

    def replies_to(self, text):
        said = [SimpleNamespace(body=self.RIGHT[text], decrypted=True)]
        return self.spoil(*said) if text == self.typed else said

    async def reply_to(self, text, timeout):
        assert (said := self.replies_to(text)), "waited in vain"
        return said[0]


def played(stage):
    try:
        return asyncio.run(demo.play(stage, "!room"))
    except AssertionError:
        return "ended by that"


@pytest.mark.parametrize("typed", Stage.RIGHT)
@pytest.mark.parametrize("spoil", [
    lambda said: [],
    lambda said: [said, said],
    lambda said: [SimpleNamespace(body=said.body)],
    lambda said: [SimpleNamespace(body=said.body, decrypted=False)],
    lambda said: [SimpleNamespace(body="I don't know that.", decrypted=True)],
    lambda said: [SimpleNamespace(body=said.body + "\nmore" * 12, decrypted=True)],
    lambda said: [SimpleNamespace(body=re.sub(r"(?m)^(Harder|- R95).*", "", said.body).replace("1-3, rest", "0, rest").replace("3 sets", "2 sets"),
                                  decrypted=True)],
], ids=["none", "two", "not encrypted", "not decrypted", "another", "long", "without what it is for"])
def test_a_reply_that_is_not_right_is_noticed(typed, spoil):
    assert played(Stage()) == 0
    assert played(Stage(typed, spoil)) in (1, "ended by that")


def test_an_export_is_a_file_of_ones_own(tmp_path):
    """Typed at a terminal it is saved where the person stands, 0600, never over another file."""
    command = ["sh", "-c", f"cd {tmp_path} && exec {BUILD}/spotter console --db log.db"]
    terminal = Terminal(command, environment(tmp_path))
    terminal.until("> ")
    terminal.type("bench 80x8 @1\n")
    terminal.until("bench press 80x8 @1.*> ")
    for suffix in ("", "-2"):
        terminal.type("export\n")
        said = terminal.until(r"\[file spotter-\d{4}-\d\d-\d\d%s\.csv, \d+ bytes\].*> " % suffix)
        path = tmp_path / re.search(r"spotter-\S+\.csv", said).group()
        assert path.stat().st_mode & 0o777 == 0o600
        assert f"{path.stat().st_size} bytes" in said
        assert path.read_text().splitlines()[1].split(",")[1:6] == ["Bench press", "bench-press", "normal", "80", "8"]
    terminal.type("\x04")
    assert terminal.ended() == 0

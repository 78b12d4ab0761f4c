"""Starts, kills and questions the program under test."""

import glob
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

from notify import start_and_hear

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("SPOTTER_BUILD", ROOT / "build"))
PROGRAM = BUILD / "spotter"
MAKE = ["make", "-s", "DEPS_READY=1", f"O={os.path.relpath(BUILD, ROOT)}"]
FAKETIME = next(iter(glob.glob("/usr/lib/*/faketime/libfaketime.so.1")), "libfaketime.so.1")


def own_environment():
    """The environment without what the make that runs the tests was told."""
    return {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}


def make(*arguments):
    subprocess.run([*MAKE, *arguments], cwd=ROOT, env=own_environment(), check=True)


def install(folder):
    """All of it below FOLDER; the unit is units/spotter.service."""
    make("install", f"PREFIX={folder}/usr", f"SYSCONFDIR={folder}/etc", f"UNITDIR={folder}/units")


class Daemon:
    """The program with a state folder of its own, to be configured by blocks."""

    def __init__(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="spotter-state-")
        self.folder = pathlib.Path(self._temporary.name)
        self.database = self.folder / "spotter.db"
        self.config = self.folder / "spotter.conf"
        self.log = self.folder / "log"
        self.log.touch()
        self.process = None

    def configure(self, *blocks):
        self.config.write_text(f'store {{ path = "{self.database}" }}\nlog {{ level = "debug" }}\n' + "".join(blocks))

    def secret(self, name, text):
        path = self.folder / name
        path.touch(0o600)
        path.write_text(text + "\n")
        return path

    def start(self, ready=True, timeout=30, ahead_minutes=0, pace=1):
        """Starts the daemon and, if READY, waits until it says so the way systemd would hear it. PACE: its clocks run so much
        faster."""
        started = time.monotonic()
        command = [str(PROGRAM), "run", "--config", str(self.config)]
        environment = {**os.environ}
        if ahead_minutes:
            environment |= {"LD_PRELOAD": FAKETIME, "FAKETIME": f"+{ahead_minutes}m", "DONT_FAKE_MONOTONIC": "1"}
        if pace != 1:
            environment |= {"LD_PRELOAD": FAKETIME, "FAKETIME": f"+0 x{pace}"}
        if not ready:
            self.process = subprocess.Popen(command, stderr=open(self.log, "ab"), env=environment)
            return 0
        self.process, failure = start_and_hear(command, str(self.folder / "notify"), timeout, stderr=open(self.log, "ab"),
                                               env=environment)
        assert failure is None, f"Spotter is not ready ({failure}, {self.process.poll()}):\n{self.log_tail()}"
        return time.monotonic() - started

    def command(self, name, *arguments, timeout=100, **environment):
        """Runs another subcommand with this configuration to its end: (exit code, what it said)."""
        done = subprocess.run([str(PROGRAM), name, "--config", str(self.config), *map(str, arguments)], capture_output=True,
                              text=True, timeout=timeout, env={**os.environ, **environment})
        return done.returncode, done.stdout + done.stderr

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Ends it as systemd would; returns the exit code."""
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._temporary.cleanup()

    def log_tail(self, lines=40):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def logs(self, event, timeout=30):
        """Waits until the log has EVENT ("irc-down", "irc-down network=gym"), as whoever follows it would see it."""
        with subprocess.Popen(["timeout", str(timeout), "tail", "-n", "+1", "-F", self.log], stdout=subprocess.PIPE, text=True) as tail:
            found = any(f"event={event} " in line.replace("\n", " ") for line in tail.stdout)
            tail.terminate()  # SIGTERM, which timeout(1) hands on
        assert found, f"no {event} in {timeout} s:\n{self.log_tail()}"

    def way(self, event_id):
        """What the log tells of a message, by its event id: the events in their order, each once."""
        lines = re.findall(rf"^.*(?:event_id|answers)={re.escape(event_id)}(?= |$).*$", self.log.read_text(), re.M)
        return list(dict.fromkeys(re.search(r"event=(\S+)", line).group(1) for line in lines))

    def keep_store(self, folder):
        """A copy, of a program that doesn't run."""
        for path in self.folder.glob("spotter.db*"):
            shutil.copy2(path, folder)

    def lose_store(self):
        for path in self.folder.glob("spotter.db*"):
            path.unlink()

    def restore_store(self, folder):
        """As it was when it was kept there."""
        self.lose_store()
        for path in pathlib.Path(folder).glob("spotter.db*"):
            shutil.copy2(path, self.folder)

    def rows(self, query, *arguments):
        """Reads the store beside the running daemon."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return connection.execute(query, arguments).fetchall()
        finally:
            connection.close()

    def write(self, statement, *arguments):
        """While the program doesn't run."""
        connection = sqlite3.connect(self.database)
        with connection:
            connection.execute(statement, arguments)
        connection.close()


class Spotter(Daemon):
    """An account on a homeserver. MORE adds lines to the matrix block; BLOCKS are others. SECRET is how the password is given."""

    def __init__(self, synapse, name, url=None, allow=None, more="", user=None, password=None, blocks=(), secret="password_file"):
        super().__init__()
        self.user, self.password = (user, password) if user else synapse.register(name)
        self.secret("password", self.password)
        self.configure(f'''
matrix {{
  homeserver = "{url or synapse.url}"
  user = "{self.user}"
  {secret} = "{self.folder}/password"
  allow = {{ "{allow or f"@*:{synapse.server_name}"}" }}
  {more}
}}
''', *blocks)

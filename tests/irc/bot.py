"""Starts, kills and questions the program under test, on IRC networks."""

import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from notify import start_and_hear  # noqa: E402

BUILD = pathlib.Path(os.environ.get("SPOTTER_BUILD", ROOT / "build"))
PROGRAM = BUILD / "spotter"


def block(name, port, more="", nick="spotter", server="127.0.0.1", channels=("#gym",), tls="false"):
    """An irc block of the configuration. MORE adds lines."""
    listed = ", ".join(f'"{channel}"' for channel in channels)
    return f'''
irc "{name}" {{
  server = "{server}"
  port = {port}
  tls = {tls}
  nick = "{nick}"
  channels = {{ {listed} }}
  {more}
}}
'''


class Bot:
    def __init__(self, *blocks):
        self._temporary = tempfile.TemporaryDirectory(prefix="spotter-state-")
        self.folder = pathlib.Path(self._temporary.name)
        self.database = self.folder / "spotter.db"
        self.log = self.folder / "log"
        self.process = None
        self.configure(*blocks)

    def configure(self, *blocks):
        self.config = self.folder / "spotter.conf"
        self.config.write_text(f'store {{ path = "{self.database}" }}\nlog {{ level = "debug" }}\n' + "".join(blocks))

    def secret(self, name, text):
        path = self.folder / name
        path.touch(0o600)
        path.write_text(text + "\n")
        return path

    def start(self, ready=True, timeout=30):
        command = [str(PROGRAM), "run", "--config", str(self.config)]
        if not ready:
            self.process = subprocess.Popen(command, stderr=open(self.log, "ab"))
            return self
        self.process, failure = start_and_hear(command, str(self.folder / "notify"), timeout, stderr=open(self.log, "ab"),
                                               env={**os.environ})
        assert failure is None, f"Spotter is not ready ({failure}, {self.process.poll()}):\n{self.tail()}"
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._temporary.cleanup()

    def tail(self, lines=60):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def rows(self, query, *arguments):
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

    def sets_of(self, network, identity):
        """(load, reps) of the live sets of somebody, in their order."""
        return self.rows("SELECT load_kg, reps FROM live_set WHERE lifter = (SELECT lifter FROM identity WHERE transport = ?"
                         " AND identity = ?) ORDER BY at_ms, id", f"irc:{network}", identity)

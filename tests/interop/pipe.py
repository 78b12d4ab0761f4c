"""A program of tests/interop, driven over a pipe: a command a line, answered by "ok WORD…" or "error WORD…"."""

import os
import subprocess

from hypothesis import HealthCheck, settings

RELAXED = settings(max_examples=60, deadline=None, derandomize=True, database=None,
                   suppress_health_check=[HealthCheck.function_scoped_fixture])


class Refused(Exception):
    pass


class Pipe:
    def __init__(self, program):
        self.process = subprocess.Popen([os.path.join(os.environ.get("SPOTTER_BUILD", "build"), "tests", "interop", program)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        """The words of the answer; Refused with them."""
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if answer[0] != "ok":
            raise Refused(" ".join(answer[1:]))
        return answer[1:]

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(10) == 0


def hexed(data):
    return data.hex() or "-"


def unhex(word):
    return b"" if word == "-" else bytes.fromhex(word)

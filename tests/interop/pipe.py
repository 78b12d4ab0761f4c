"""A program of tests/interop, driven over a pipe: a command a line, answered by "ok WORD…" or "error WORD…"."""

import inspect
import os
import secrets
import subprocess

import pytest
from hypothesis import HealthCheck, given, seed, settings

RELAXED = settings(max_examples=60, deadline=None, derandomize=True, database=None,
                   suppress_health_check=[HealthCheck.function_scoped_fixture])
SEED = int(os.environ.get("INTEROP_SEED") or secrets.randbits(32))


def examined(**strategies):
    """The test gets the same examples each time, and once more those of a random seed, which stands in its name: INTEROP_SEED=NUMBER
    plays them again."""

    def decorate(function):
        runs = {"fixed": RELAXED(given(**strategies)(function)),
                f"seed-{SEED}": seed(SEED)(settings(RELAXED, derandomize=False)(given(**strategies)(function)))}

        def test(examples, **fixtures):
            runs[examples](**fixtures)

        test.__name__, test.__doc__ = function.__name__, function.__doc__
        parameters = [parameter for name, parameter in inspect.signature(function).parameters.items() if name not in strategies]
        test.__signature__ = inspect.Signature([inspect.Parameter("examples", inspect.Parameter.POSITIONAL_OR_KEYWORD), *parameters])
        return pytest.mark.parametrize("examples", runs)(test)

    return decorate


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

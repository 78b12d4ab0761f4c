"""Holds the tree against the rules of the house that no compiler knows: functions that are banned, notes left behind, paths of
somebody's machine, spaces at a line's end, and files that don't say what they are."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Without a bound, with hidden state, deaf to errors, or on a stack of unknown size; and what to take.
BANNED = {
    "strcpy": "buf_*, or memcpy with a length that was checked", "strcat": "buf_*", "sprintf": "snprintf", "vsprintf": "vsnprintf",
    "gets": "fgets", "gmtime": "gmtime_r", "localtime": "bot/schedule", "ctime": "strftime", "asctime": "strftime",
    "atoi": "strtol, and look at its end", "atol": "strtol, and look at its end", "strtok": "strchr",
    "rand": "the random port", "alloca": "mem_*",
}
CALL = re.compile(r"(?<![\w.>])(%s)\s*\(" % "|".join(BANNED))
# What is no code: comments, strings, characters.
TEXT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
NOTE = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
MACHINE = re.compile(r"(?<![\w.$}/-])/(?:wor[k]|roo[t]|hom[e]/\w+)(?:/|\b)")


def files():
    names = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                           capture_output=True, text=True)
    for name in names.stdout.splitlines():
        path = ROOT / name
        if not path.is_file():
            continue
        try:
            yield name, path.read_text()
        except UnicodeDecodeError:
            continue


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def code_of(text):
    """TEXT with all that is no code blanked, its lines kept."""
    return TEXT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def faults_of(name, text):
    for found in NOTE.finditer(text):
        yield line_of(text, found.start()), f"{found.group()}: do it, or file an issue"
    for found in MACHINE.finditer(text):
        yield line_of(text, found.start()), f"{found.group()}: a path of somebody's machine"
    # A trailing space may be what a transcript or a vector is about.
    if not name.startswith(("tests/replay/", "tests/vectors/", "tests/fuzz/")):
        for found in re.finditer(r"[ \t]+$", text, re.M):
            yield line_of(text, found.start()), "spaces at the line's end"
    if not name.endswith((".c", ".h")):
        return
    if not re.match(r"\s*/\*\s*\S", text):
        yield 1, "no comment at the head that says what this file is"
    if name.startswith(("core/", "bot/")):
        code = code_of(text)
        for found in CALL.finditer(code):
            yield line_of(code, found.start()), f"{found.group(1)} is banned; take {BANNED[found.group(1)]}"


def main():
    found = [f"{name}:{line}: {what}" for name, text in files() for line, what in sorted(faults_of(name, text))]
    print("\n".join(found) if found else "house: clean")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

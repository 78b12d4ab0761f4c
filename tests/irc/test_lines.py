"""Our lines against the vectors that other implementations are held against, and against irctokens on lines of all kinds."""

import os
import pathlib
import random
import subprocess

import irctokens
import parser_tests
import pytest
import yaml

BUILD = pathlib.Path(os.environ.get("SPOTTER_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build"))
VECTORS = {name: yaml.safe_load((pathlib.Path(parser_tests.__file__).parent / "data" / f"{name}.yaml").read_text())["tests"]
           for name in ("msg-split", "msg-join", "userhost-split", "mask-match", "validate-hostname")}


class Tool:
    def __init__(self):
        self.process = subprocess.Popen([BUILD / "tests/irc/line_tool"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, question, *fields):
        """The answer's lines, as words with their fields read."""
        words = [field.encode() if isinstance(field, str) else field for field in fields]
        self.process.stdin.write(" ".join([question] + [word.hex() or "-" for word in words]).encode() + b"\n")
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline()) != b".\n":
            assert line, "the tool ended"
            name, *rest = line.decode().split()
            lines.append((name, *[b"" if word == "-" else bytes.fromhex(word) for word in rest]))
        return lines


@pytest.fixture(scope="module")
def tool():
    tool = Tool()
    yield tool
    tool.process.stdin.close()
    assert tool.process.wait(10) == 0


def atoms(lines):
    """As the vectors write them: of two tags of a name the last one counts."""
    found = {"params": [line[1] for line in lines if line[0] == "param"]}
    found["tags"] = {line[1]: line[2] for line in lines if line[0] == "tag"}
    found["source"] = next(line[1] for line in lines if line[0] == "source")
    found["verb"] = next(line[1] for line in lines if line[0] == "verb")
    return found


def test_there_are_80_vectors():
    assert sum(len(tests) for tests in VECTORS.values()) == 80


@pytest.mark.parametrize("case", VECTORS["msg-split"], ids=lambda case: case["input"])
def test_split(tool, case):
    got, want = atoms(tool.ask("split", case["input"])), case["atoms"]
    assert got["tags"] == {key.encode(): (value if isinstance(value, str) else "").encode()
                           for key, value in want.get("tags", {}).items()}
    assert got["source"] == want.get("source", "").encode()
    assert got["verb"] == want["verb"].upper().encode()
    assert got["params"] == [param.encode() for param in want.get("params", [])]


@pytest.mark.parametrize("case", VECTORS["msg-join"], ids=lambda case: case["desc"])
def test_join(tool, case):
    want = case["atoms"]
    params = want.get("params", [])
    tags = [part for key, value in want.get("tags", {}).items() for part in (key, value if isinstance(value, str) else "")]
    [(_, line)] = tool.ask("join", want.get("source", ""), want["verb"], str(len(params)), *params, *tags)
    assert line.decode() in case["matches"]


@pytest.mark.parametrize("case", VECTORS["userhost-split"], ids=lambda case: case["source"])
def test_userhost(tool, case):
    [(_, *got)] = tool.ask("user", case["source"])
    assert got == [case["atoms"].get(key, "").encode() for key in ("nick", "user", "host")]


@pytest.mark.parametrize("case", VECTORS["mask-match"], ids=lambda case: case["mask"])
def test_mask(tool, case):
    for text in case["matches"]:
        assert tool.ask("mask", case["mask"], text) == [("yes",)], text
    for text in case["fails"]:
        assert tool.ask("mask", case["mask"], text) == [("no",)], text


@pytest.mark.parametrize("case", VECTORS["validate-hostname"], ids=lambda case: case["host"] or "empty")
def test_hostname(tool, case):
    assert tool.ask("host", case["host"]) == [("yes" if case["valid"] else "no",)]


PIECES = [b"@", b":", b" ", b"  ", b";", b"=", b"\\", b"\\s", b"\\:", b"a", b"B", b"+x", b"!", b"nick!user@host", b"PRIVMSG", b"#gym",
          b"time=1", b"\xc3\xa4", b"\xff", b"\x01", b"000", b",", b"*"]


def line_of(dice):
    line = b"".join(dice.choice(PIECES) for _ in range(dice.randint(1, 14)))
    if dice.random() < 0.7:
        line = (b"@k=v;" + line if dice.random() < 0.3 else b"") + b":n!u@h PRIVMSG #gym :" + line
    return line


def theirs(line):
    try:
        parsed = irctokens.tokenise(line)
    except (ValueError, IndexError):
        return None
    return parsed


def test_as_irctokens_reads_them(tool):
    """5,000 lines. irctokens decodes and folds spaces its own way: only lines that are UTF-8 are compared, by their parts."""
    dice = random.Random(8)
    compared = 0
    for _ in range(5000):
        line = line_of(dice)
        mine = tool.ask("split", line)
        other = theirs(line)
        if other is None or mine == [("refused",)]:
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            continue
        got = atoms(mine)
        assert got["verb"].decode().upper() == other.command, line
        assert [param.decode() for param in got["params"]] == other.params, line
        assert got["source"].decode() == (other.source or ""), line
        tags = {key: value for key, value in (other.tags or {}).items() if key}  # a tag without a name is none
        assert {key.decode(): value.decode() for key, value in got["tags"].items() if key} == tags, line
        compared += 1
    assert compared > 2000


def test_what_is_said_reads_back(tool):
    """Whatever a text holds, it is the last parameter of one line."""
    dice = random.Random(9)
    for _ in range(2000):
        text = b"".join(dice.choice([*PIECES, b"\r", b"\n", b"\0"]) for _ in range(dice.randint(0, 12)))
        [(_, line)] = tool.ask("join", "", "PRIVMSG", "2", "#gym", text)
        want = text.translate(None, b"\r\n\0")
        assert atoms(tool.ask("split", line))["params"] == [b"#gym", want]

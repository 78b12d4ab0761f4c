"""Bad configuration, credentials and servers: one line each and an exit code of sysexits; a second instance; a clean stop."""

import json
import os
import subprocess

import pytest
from synapse import free_port
from spotter import PROGRAM, Spotter

EX_DATAERR, EX_UNAVAILABLE, EX_IOERR, EX_NOPERM, EX_CONFIG, EX_USAGE = 65, 69, 74, 77, 78, 64


def run(*arguments, timeout=60):
    return subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, timeout=timeout)


def test_a_wrong_password_is_said_and_ends_with_77(spotter):
    spotter.secret("password", "wrong")
    done = run("run", "--config", spotter.config)
    assert done.returncode == EX_NOPERM
    assert "password" in done.stderr.splitlines()[-1]
    assert "wrong" not in done.stderr.replace("is wrong", "")


def test_nobody_listening_is_said_and_ends_with_69(synapse):
    bot = Spotter(synapse, f"spotter-away{os.getpid()}", url=f"http://127.0.0.1:{free_port()}")
    try:
        done = run("run", "--config", bot.config)
        assert done.returncode == EX_UNAVAILABLE
        assert "127.0.0.1" in done.stderr.splitlines()[-1]
    finally:
        bot.close()


def test_a_wrong_configuration_names_file_line_key_and_ends_with_78(spotter):
    spotter.config.write_text(spotter.config.read_text().replace("allow =", "alow ="))
    for command in (("run", "--config"), ("check-config",)):
        done = run(*command, spotter.config)
        assert done.returncode == EX_CONFIG
        assert f"{spotter.config}:" in done.stderr and "alow" in done.stderr and "allow" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_second_instance_is_refused(spotter):
    spotter.start()
    done = run("run", "--config", spotter.config)
    assert done.returncode == EX_UNAVAILABLE or done.returncode == EX_IOERR
    assert "in use" in done.stderr
    assert spotter.stop() == 0


def test_secrets_are_0600_and_never_in_the_log(play, proxied):
    """Of debug level: neither password, token and keys, nor what people say."""
    spotter, proxy = proxied
    tokens = []

    def note_token(head, body):
        tokens.append(json.loads(body)["access_token"])
        return head, body

    proxy.rule = lambda method, path: note_token if method == "POST" and path.endswith("/login") else None
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 81.25x8 @1 (a canary in a note)")

    play(scenario)
    assert spotter.stop() == 0
    for path in spotter.folder.iterdir():
        if path.suffix in (".db", ".key", ".db-wal", ".db-shm", ".lock"):
            assert path.stat().st_mode & 0o077 == 0, path
    log, key = spotter.log.read_bytes(), (spotter.folder / "spotter.db.key").read_bytes().strip()
    assert len(tokens) == 1 and b"event=sent" in log
    for secret in (tokens[0].encode(), b"syt_", spotter.password.encode(), key, key.hex().encode(), b"canary", b"81.25"):
        assert secret not in log
    everything = b"".join(path.read_bytes() for path in spotter.folder.glob("spotter.db*"))
    assert b"syt_" not in everything and spotter.password.encode() not in everything


@pytest.mark.parametrize("arguments, code", [((), EX_USAGE), (("flurb",), EX_USAGE), (("run",), EX_USAGE),
                                             (("--version",), 0), (("--help",), 0)])
def test_the_command_line(arguments, code):
    done = run(*arguments)
    assert done.returncode == code
    assert done.stdout if code == 0 else done.stderr

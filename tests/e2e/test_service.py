"""Bad configuration, credentials and servers: one line each and an exit code of sysexits; a second instance; a clean stop."""

import json
import os
import resource
import signal
import socket
import subprocess

import pytest
from notify import start_and_hear
from synapse import free_port
from spotter import PROGRAM, Spotter, install

EX_DATAERR, EX_UNAVAILABLE, EX_IOERR, EX_NOPERM, EX_CONFIG, EX_USAGE = 65, 69, 74, 77, 78, 64


def run(*arguments, timeout=120):
    return subprocess.run([str(PROGRAM), *map(str, arguments)], capture_output=True, text=True, timeout=timeout)


def test_a_wrong_password_is_said_and_ends_with_77(spotter):
    spotter.secret("password", "wrong")
    done = run("run", "--config", spotter.config)
    assert done.returncode == EX_NOPERM
    assert "password" in done.stderr.splitlines()[-1]
    assert "wrong" not in done.stderr.replace("is wrong", "")


def test_nothing_of_its_memory_is_written_when_it_dies(spotter, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where a core could be: there is none of that name
    spotter.start()
    pid = spotter.process.pid
    resource.prlimit(pid, resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE)[1:] * 2)
    os.kill(pid, signal.SIGABRT)
    _, status = os.waitpid(pid, 0)
    assert os.WTERMSIG(status) == signal.SIGABRT and not os.WCOREDUMP(status)


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


def test_systemd_hears_that_it_is_ready_and_that_it_lives(spotter):
    address = str(spotter.folder / "notify")
    heard = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(address)
        listener.settimeout(30)

        def hear(word, times=1):
            before = len(heard)
            while heard[before:].count(word) < times:
                heard.extend(listener.recv(4096).decode().splitlines())
                assert len(heard) < 500, heard

        spotter.process = subprocess.Popen([str(PROGRAM), "run", "--config", str(spotter.config)], stderr=open(spotter.log, "ab"),
                                           env={**os.environ, "NOTIFY_SOCKET": address, "WATCHDOG_USEC": "400000"})
        hear("READY=1")
        hear("WATCHDOG=1", 2)
        assert spotter.stop() == 0
        hear("STOPPING=1")


def test_the_service_starts_as_installed(play, synapse, spotter, tmp_path):
    """What the unit says is started, on the sample of a configuration with nothing but the account filled in."""
    state, credentials = tmp_path / "state", tmp_path / "credentials"
    install(tmp_path)
    unit = dict(line.split("=", 1) for line in (tmp_path / "units/spotter.service").read_text().splitlines() if "=" in line)
    credential, source = unit["LoadCredential"].split(":")
    assert source == f"{tmp_path}/etc/spotter/password"
    state.mkdir()
    credentials.mkdir(0o700)
    (credentials / credential).write_text(spotter.password + "\n")
    config = (tmp_path / "etc/spotter/spotter.conf.sample").read_text()
    for old, new in (("/var/lib/spotter/", f"{state}/"), ("@spotter:example.org", spotter.user), ("@*:example.org", f"@*:{synapse.server_name}"),
                     ("/etc/spotter/password", credential), ("# homeserver        = \"https://matrix.example.org\"", f'homeserver = "{synapse.url}"')):
        assert old in config
        config = config.replace(old, new)
    (tmp_path / "etc/spotter/spotter.conf").write_text(config)
    spotter.process, failure = start_and_hear(unit["ExecStart"].split(), str(tmp_path / "notify"), 30, stderr=open(spotter.log, "ab"),
                                              env={"CREDENTIALS_DIRECTORY": str(credentials), "STATE_DIRECTORY": str(state)})
    assert failure is None, spotter.log_tail()
    assert (state / "spotter.db").stat().st_mode & 0o777 == 0o600

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await anna.ask(await anna.direct_chat(spotter.user), "bench 80x8 @1")

    play(scenario)
    assert spotter.stop() == 0


@pytest.mark.parametrize("arguments, code", [((), EX_USAGE), (("flurb",), EX_USAGE), (("run",), EX_USAGE),
                                             (("--version",), 0), (("--help",), 0)])
def test_the_command_line(arguments, code):
    done = run(*arguments)
    assert done.returncode == code
    assert done.stdout if code == 0 else done.stderr

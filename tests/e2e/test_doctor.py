"""`spotter doctor`: each line that can say NO says it, with what to do, and nothing is changed by asking."""

import os
import re
import sqlite3
import subprocess

import vault
from identity import bootstrap
from proxy import status
from spotter import FAKETIME, PROGRAM

LINES = ["configuration", "permissions", "time zones", "pickle key", "store", "homeserver", "clock", "login", "device", "identity",
         "key backup", "one-time keys", "message"]


def doctor(bot, **environment):
    """What it says of each line, and the names of those that say NO."""
    done = subprocess.run([PROGRAM, "doctor", "--config", bot.config], capture_output=True, text=True, timeout=60,
                          env={**os.environ, **environment})
    lines = {}
    for line in done.stdout.splitlines():
        name, verdict, what = re.fullmatch(r"(.{14}) (OK|NO|--)  (.+)", line).groups()
        lines[name.strip()] = (verdict, what)
    wrong = {name for name, (verdict, _) in lines.items() if verdict == "NO"}
    assert done.returncode == (69 if wrong else 0), done.stdout + done.stderr
    return lines, wrong


def says(bot, name, words, **environment):
    lines, wrong = doctor(bot, **environment)
    assert name in wrong and words in lines[name][1], lines
    return wrong


def run_once(bot, signed=True):
    bot.start()
    bot.logs("e2ee-own-device-signed" if signed else "e2ee-own-device-unsigned")
    assert bot.stop() == 0


def test_all_is_well_beside_the_daemon_and_nothing_is_changed(play, account, spotter):
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        await anna.until(lambda: spotter.rows("SELECT count(*) FROM megolm_inbound WHERE saved = 0") == [(0,)], "all is backed up")

        def kept():
            return spotter.rows("SELECT * FROM e2ee_value ORDER BY name"), account.keys(), account.devices()

        before = None
        while before != (before := kept()):  # the one-time key that Anna's client has claimed is made up for by then
            await anna.ask(room, "today")
        lines, wrong = doctor(spotter)
        assert not wrong and list(lines) == LINES, lines
        assert spotter.user in lines["login"][1] and account.identity()[0] in lines["identity"][1]
        assert kept() == before
        await anna.ask(room, "80x7 @1")
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0
    assert not doctor(spotter)[1]  # nor does it need the daemon


def test_files(spotter):
    bootstrap(spotter)
    for path, mode, word in ((spotter.folder / "password", 0o644, "600"), (spotter.database, 0o640, "600"),
                             (spotter.folder / "spotter.db.key", 0o604, "600"), (spotter.folder, 0o720, "go-w")):
        was = path.stat().st_mode
        path.chmod(mode)
        says(spotter, "permissions", f"chmod {word} {path}")
        path.chmod(was)
    keys = spotter.folder / "channel-keys"
    keys.write_text("#gym key\n")
    keys.chmod(0o644)
    configured = spotter.config.read_text()
    spotter.config.write_text(configured + f'irc "gym" {{ server = "127.0.0.1" nick = "spotter" channel_keys_file = "{keys}" }}\n')
    says(spotter, "permissions", f"chmod 600 {keys}")
    spotter.config.write_text(configured)
    says(spotter, "time zones", "tzdata", TZDIR="/nonexistent")
    (spotter.folder / "password").rename(spotter.folder / "away")
    assert "login" in says(spotter, "login", "password: cannot be read")  # and nothing else is said of it
    (spotter.folder / "away").rename(spotter.folder / "password")
    key = spotter.folder / "spotter.db.key"
    key.rename(spotter.folder / "away")
    assert "login" not in says(spotter, "pickle key", "cannot be read")
    key.touch(0o600)
    key.write_text(vault.unpadded(os.urandom(32)) + "\n")
    assert "login" not in says(spotter, "pickle key", "does not open this store")
    (spotter.folder / "away").replace(key)
    bytes_before = spotter.database.read_bytes()
    spotter.database.write_bytes(bytes_before[:8192] + os.urandom(8192) + bytes_before[16384:])
    says(spotter, "store", str(spotter.database))
    spotter.database.unlink()
    says(spotter, "store", "can't be opened")
    assert not spotter.database.exists()  # it makes none


def test_network_and_clock(synapse, proxied):
    bot, proxy = proxied
    bootstrap(bot)
    run_once(bot)
    assert not doctor(bot)[1]
    says(bot, "clock", "set-ntp", LD_PRELOAD=FAKETIME, FAKETIME="+10m", DONT_FAKE_MONOTONIC="1")
    proxy.rule = lambda method, path: (status(200, b'{"one_time_key_counts":{}}') if path.endswith("/keys/upload") else None)
    assert says(bot, "one-time keys", "daemon makes some") == {"one-time keys"}
    proxy.rule = lambda method, path: status(502) if path.endswith("/keys/query") else None
    assert says(bot, "device", "did not answer") == {"device"}
    proxy.rule = lambda method, path: None
    bot.config.write_text(bot.config.read_text().replace(proxy.url, "http://127.0.0.1:1"))
    lines, wrong = doctor(bot)
    assert wrong == {"homeserver"} and "network" in lines["homeserver"][1]
    assert {name for name, (verdict, _) in lines.items() if verdict == "--"} == set(LINES[6:])


def test_device_and_identity(account, spotter):
    run_once(spotter, signed=False)
    lines, wrong = doctor(spotter)
    assert wrong == {"device", "identity", "key backup"} and "spotter bootstrap" in lines["device"][1]
    spotter.lose_store()
    bootstrap(spotter)
    run_once(spotter)
    assert not doctor(spotter)[1]
    spotter.lose_store()
    run_once(spotter, signed=False)
    assert "spotter verify signs it" in doctor(spotter)[0]["device"][1] and "identity" in says(spotter, "key backup", "spotter verify")
    spotter.lose_store()
    says(spotter, "pickle key", "cannot be read")


def test_account(account, spotter):
    bootstrap(spotter)
    run_once(spotter)
    version = account.get("/_matrix/client/v3/room_keys/version")["version"]
    account.post(f"/_matrix/client/v3/room_keys/version/{version}", None, "DELETE")
    assert says(spotter, "key backup", "the account has none") == {"key backup"}
    account.post("/_matrix/client/v3/room_keys/version", {
        "algorithm": "m.megolm_backup.v1.curve25519-aes-sha2",
        "auth_data": {"public_key": vault.curve25519_public(os.urandom(32)), "signatures": {}}})
    assert says(spotter, "key backup", "nothing goes there") == {"key backup"}
    account.publish_identity()
    assert {"device", "identity"} <= says(spotter, "identity", "somebody plays the account's owner")
    with sqlite3.connect(spotter.database) as store:
        kept = store.execute("SELECT value FROM e2ee_value WHERE name = 'account'").fetchone()[0]
        store.execute("UPDATE e2ee_value SET value = ? WHERE name = 'account'", (kept[:-8] + b"AAAAAAAA",))
    says(spotter, "login", "can't be read")
    [device] = account.devices()
    account.authenticated("/_matrix/client/v3/delete_devices", {"devices": [device]})
    lines, wrong = doctor(spotter)
    assert "login" in wrong and "spotter verify" in lines["login"][1] and lines["device"][0] == "--"

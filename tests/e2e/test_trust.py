"""The account's identity: made by `bootstrap`, restored by `verify` and by `run`, held against an independent reading of what the
homeserver then has (vault.py), and killed on the way."""

import asyncio
import json
import os
import re
import stat
import subprocess

import pytest
import vault
import vodozemac
from identity import Account, bootstrap, key_file, verify, write_key
from proxy import REFUSE, SWALLOW, Proxy, status
from spotter import PROGRAM, Spotter


@pytest.fixture
def proxied(synapse):
    proxy = Proxy(synapse.port)
    bots = []

    def make(**more):
        proxy.rule = lambda method, path: None
        bots.append(Spotter(synapse, f"trusted{os.urandom(4).hex()}", url=proxy.url, **more))
        return bots[-1], Account(synapse, bots[-1])

    yield make, proxy
    for bot in bots:
        bot.close()
    proxy.close()


def stopped(bot, proxy, part):
    """A bootstrap that the homeserver refuses at the request to PART of a path, and takes from then on."""
    proxy.rule = lambda method, path: status(403) if part in path else None
    assert bot.command("bootstrap", "--recovery-key-file", key_file(bot))[0] == 77
    proxy.rule = lambda method, path: None


def one_line(said):
    """The one line that says what is wrong."""
    lines = [line for line in said.splitlines() if line.startswith("spotter: ")]
    assert len(lines) == 1 and "\n" not in lines[0], said
    return lines[0]


def check_account(account, bot):
    """All that a bootstrap promises, from the recovery key's file and what the homeserver shows."""
    path = key_file(bot)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert re.fullmatch(r"(\w{4} ){11}\w{4}\n", text)
    key = vault.recovery_key_bytes(text)
    key_id = account.data("m.secret_storage.default_key")["key"]
    description = account.data("m.secret_storage.key." + key_id)
    assert description["algorithm"] == vault.ALGORITHM and vault.fits(key, description)
    shown = account.keys()
    for usage, name in vault.CROSS_SIGNING.items():
        assert vault.ed25519_public(account.secret(key, name)) == vault.public_key(
            shown[usage + "_keys"][account.user], account.user, usage)
    master, self_signing = account.identity(shown)
    [device] = account.devices()
    keys = shown["device_keys"][account.user][device]
    own = keys["keys"]["ed25519:" + device]
    assert vault.signed_by(keys, account.user, self_signing) and vault.signed_under(keys, account.user, device, own)
    assert vault.signed_under(shown["master_keys"][account.user], account.user, device, own)
    backup = account.get("/_matrix/client/v3/room_keys/version")
    assert backup["algorithm"] == "m.megolm_backup.v1.curve25519-aes-sha2"
    assert backup["auth_data"]["public_key"] == vault.curve25519_public(account.secret(key, "m.megolm_backup.v1"))
    assert vault.signed_by(backup["auth_data"], account.user, master)
    assert vault.signed_under(backup["auth_data"], account.user, device, own)
    assert account.data("m.key_backup") == {"enabled": True}
    return device


# ---- bootstrap

def test_bootstrap_makes_an_identity_that_others_can_follow(play, account, spotter):
    said = bootstrap(spotter)
    device = check_account(account, spotter)
    assert device in said and account.identity()[0] in said and str(key_file(spotter)) in said
    recovery_key = key_file(spotter).read_text().strip()
    assert recovery_key not in said
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        assert "bench press" in (await anna.ask(room, "bench 80x8 @1")).body.lower()
        # Anna sees what the account itself sees.
        shown = gym.synapse.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {spotter.user: []}},
                                    token=anna.client.access_token)
        keys = shown["device_keys"][spotter.user][device]
        assert vault.signed_by(keys, spotter.user, account.identity()[1])
        assert vault.public_key(shown["master_keys"][spotter.user], spotter.user, "master") == account.identity()[0]
        assert not anna.undecryptable

    play(scenario)
    spotter.logs("e2ee-own-device-signed")
    assert spotter.stop() == 0
    assert account.devices() == {device}
    assert recovery_key.split()[3] not in spotter.log.read_text()
    database = spotter.database.read_bytes()
    assert vault.recovery_key_bytes(recovery_key) not in database and recovery_key.encode() not in database


def test_a_second_bootstrap_refuses(account, spotter):
    bootstrap(spotter)
    before, text = account.keys(), key_file(spotter).read_text()
    other = spotter.folder / "other-key"
    for file in (key_file(spotter), other):
        code, said = spotter.command("bootstrap", "--recovery-key-file", file)
        assert code == 78 and "spotter verify" in one_line(said)
    spotter.lose_store()
    code, said = spotter.command("bootstrap", "--recovery-key-file", other)
    assert code == 78 and "spotter verify" in one_line(said)
    assert account.identity() == account.identity(before) and not other.exists()
    assert key_file(spotter).read_text() == text


def test_bootstrap_overwrites_no_file(account, spotter):
    write_key(spotter, vault.recovery_key(os.urandom(32)) + "\n")
    text = key_file(spotter).read_text()
    code, said = spotter.command("bootstrap", "--recovery-key-file", key_file(spotter))
    assert code == 78 and "does not exist" in one_line(said)
    assert key_file(spotter).read_text() == text and not account.keys()["master_keys"]
    code, said = spotter.command("bootstrap", "--recovery-key-file", spotter.folder / "no/such/folder/key")
    assert code == 78 and "cannot be made" in one_line(said)
    assert not account.keys()["master_keys"] and account.data("m.secret_storage.default_key") is None
    write_key(spotter, "")  # as mktemp leaves it
    bootstrap(spotter)  # what was begun in vain is no hindrance
    check_account(account, spotter)


def test_bootstrap_leaves_what_another_client_made(account, spotter):
    account.put("m.secret_storage.default_key", {"key": "other"})
    code, said = spotter.command("bootstrap", "--recovery-key-file", key_file(spotter))
    assert code == 78 and "secret storage" in one_line(said) and not key_file(spotter).exists()
    assert account.data("m.secret_storage.default_key") == {"key": "other"} and not account.keys()["master_keys"]


def test_bootstrap_goes_on_after_the_store_was_lost_too(proxied):
    """Killed before the identity was published, and then the disk: the recovery key's file is enough."""
    make, proxy = proxied
    bot, account = make()
    stopped(bot, proxy, "device_signing/upload")
    bot.lose_store()
    [old] = account.devices()
    bootstrap(bot)
    account.authenticated("/_matrix/client/v3/delete_devices", {"devices": [old]})
    check_account(account, bot)


def test_bootstrap_gives_the_password_where_the_server_wants_it(proxied):
    make, proxy = proxied
    bot, account = make()
    asked = []

    def rule(method, path):
        if "device_signing/upload" in path:
            asked.append(path)
            if len(asked) == 1:
                return status(401, json.dumps({"session": "s", "flows": [{"stages": ["m.login.password"]}], "params": {}}).encode())
        return None

    proxy.rule = rule
    bootstrap(bot)
    assert len(asked) == 2
    check_account(account, bot)


@pytest.mark.parametrize("flows, params, words", [
    ([{"stages": ["m.oauth"]}], {"m.oauth": {"url": "https://auth.example.org/reset"}}, "https://auth.example.org/reset"),
    ([{"stages": ["m.login.recaptcha"]}], {}, "password_file"),
])
def test_bootstrap_says_what_else_the_server_wants(proxied, flows, params, words):
    make, proxy = proxied
    bot, account = make()
    proxy.rule = lambda method, path: (status(401, json.dumps({"session": "s", "flows": flows, "params": params}).encode())
                                       if "device_signing/upload" in path else None)
    code, said = bot.command("bootstrap", "--recovery-key-file", key_file(bot))
    assert code == 77 and words in one_line(said) and not account.keys()["master_keys"]
    proxy.rule = lambda method, path: None
    bootstrap(bot)  # goes on with the same key
    check_account(account, bot)


# ---- key backup

def backed_up(account):
    """The backup's room keys by session, opened: (the data, and whether it is said to be verified)."""
    key = vault.recovery_key_bytes(key_file(account.bot).read_text())
    private = account.secret(key, "m.megolm_backup.v1")
    version = account.get("/_matrix/client/v3/room_keys/version")["version"]
    rooms = account.get(f"/_matrix/client/v3/room_keys/keys?version={version}")["rooms"]
    return {session: (json.loads(vault.open_backed_up(private, data["session_data"])), data)
            for room in rooms.values() for session, data in room["sessions"].items()}


def test_room_keys_go_to_the_backup_and_open_what_was_said(play, account, spotter):
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        said = gym.synapse.request("GET", f"/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=50", token=anna.client.access_token)
        events = [event for event in said["chunk"] if event["type"] == "m.room.encrypted"]
        sessions = {event["content"]["session_id"] for event in events}
        assert len(sessions) == 2
        await anna.until(lambda: sessions <= set(backed_up(account)), "both sessions in the backup")
        keys = backed_up(account)
        texts = []
        for event in events:
            data, _ = keys[event["content"]["session_id"]]
            assert data["algorithm"] == "m.megolm.v1.aes-sha2" and data["forwarding_curve25519_key_chain"] == []
            session = vodozemac.InboundGroupSession.import_session(vodozemac.ExportedSessionKey(data["session_key"]))
            message = vodozemac.MegolmMessage.from_base64(event["content"]["ciphertext"])
            texts.append(json.loads(session.decrypt(message).plaintext)["content"]["body"])
        assert any("bench 80x8 @1" in text for text in texts) and any("bench press" in text for text in texts)
        shown = account.keys()["device_keys"][account.user]
        [own] = [device for device in shown.values() if device["device_id"] in account.devices()]
        curve = own["keys"]["curve25519:" + own["device_id"]]
        assert {data["sender_key"] == curve: head["is_verified"] for data, head in keys.values()} == {True: True, False: False}

    play(scenario)
    assert spotter.stop() == 0


def test_a_backup_that_the_homeserver_puts_in_place_of_ours_gets_nothing(play, proxied):
    """The attack "malicious backup": another version with another key."""
    make, proxy = proxied
    bot, account = make()
    bootstrap(bot)
    forged = {"algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "version": "666", "etag": "0", "count": 0,
              "auth_data": {"public_key": vault.curve25519_public(os.urandom(32)), "signatures": {}}}

    def rule(method, path):
        if "/room_keys/version" in path:
            return status(200, json.dumps(forged).encode())
        if "/room_keys/keys" in path:
            return status(403, b'{"errcode":"M_WRONG_ROOM_KEYS_VERSION","current_version":"666"}')
        return None

    proxy.rule = rule
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        await asyncio.to_thread(bot.logs, "e2ee-backup-stopped")
        await anna.ask(room, "80x7 @1")

    play(scenario)
    assert bot.stop() == 0
    puts = [path for method, path, _ in proxy.seen if method == "PUT" and "/room_keys/" in path]
    assert puts and not any("666" in path for path in puts)


def test_verify_takes_no_backup_that_the_homeserver_puts_in_place_of_ours(play, proxied):
    """The same while the keys are restored: the private key in secret storage is another one's."""
    make, proxy = proxied
    bot, account = make()
    bootstrap(bot)
    forged = {"algorithm": "m.megolm_backup.v1.curve25519-aes-sha2", "version": "666", "etag": "0", "count": 0,
              "auth_data": {"public_key": vault.curve25519_public(os.urandom(32)), "signatures": {}}}
    proxy.rule = lambda method, path: status(200, json.dumps(forged).encode()) if "/room_keys/version" in path else None
    bot.lose_store()
    _, said = verify(bot)
    bot.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @1")
        await anna.ask(room, "80x7 @1")

    play(scenario)
    assert bot.stop() == 0
    assert "event=key-backup-not-ours " in said
    assert not [path for method, path, _ in proxy.seen if "/room_keys/" in path and "666" in path]


# ---- verify

def test_verify_after_the_store_was_lost(play, account, spotter):
    bootstrap(spotter)
    [old] = account.devices()
    identity = account.identity()
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        before = await anna.send(room, "bench 80x8 @1")
        await anna.reply_to(before)
        assert spotter.stop() == 0
        spotter.lose_store()
        missed = await anna.send(room, "80x7 @1")
        code, said = verify(spotter)
        assert code == 0, said
        [new] = account.devices()
        assert new != old and new in said and f"Removed old devices of Spotter's: {old}" in said
        assert account.is_signed(new) and account.identity() == identity
        spotter.start()
        await anna.until(lambda: {device.id for device in anna.client.device_store.active_user_devices(spotter.user)} == {new},
                         "the new device is known")
        answered = await anna.ask(room, "bench 80x6 @1")
        assert "80" in answered.body and len(anna.replies_to(before)) == 1 and not anna.replies_to(missed)
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0
    code, said = verify(spotter)  # once more changes nothing
    assert code == 0 and "already" in said and "Removed" not in said
    assert account.identity() == identity


def test_verify_signs_the_device_that_the_store_has(account, spotter):
    bootstrap(spotter)
    key = key_file(spotter).read_text()
    spotter.lose_store()
    spotter.start()
    spotter.logs("e2ee-own-device-unsigned")
    assert spotter.stop() == 0
    assert "spotter verify" in spotter.log_tail(200)
    device = spotter.rows("SELECT value FROM matrix_value WHERE name = 'device_id'")[0][0].decode()
    assert not account.is_signed(device)
    write_key(spotter, "  " + key.replace(" ", "\t") + "\n\n")  # as it may be pasted
    code, said = verify(spotter)
    assert code == 0, said
    assert account.is_signed(device) and account.devices() == {device}


def test_verify_with_what_another_client_set_up(account, spotter):
    """A passphrase, padded base64, secrets without user_signing, no key backup."""
    seeds = account.publish_identity()

    def padded(data):
        return vault.unpadded(data) + "=" * (-len(vault.unpadded(data)) % 4)

    key = vault.key_of_passphrase("gut gehebelt", "MmMsAlty", 1000)
    account.put("m.secret_storage.key.their.key", vault.describe(key, os.urandom(16), padded, name="Theirs", passphrase={
        "algorithm": "m.pbkdf2", "salt": "MmMsAlty", "iterations": 1000, "bits": 256}))
    account.put("m.secret_storage.default_key", {"key": "their.key"})
    for usage in ("master", "self_signing"):
        name = vault.CROSS_SIGNING[usage]
        account.put(name, {"encrypted": {"their.key": vault.seal(key, name, padded(seeds[usage]).encode(), os.urandom(16), padded)}})
    for text in ("gut gehebelt\n", vault.recovery_key(key)):
        write_key(spotter, text)
        code, said = verify(spotter)
        assert code == 0, said
        [device] = account.devices()
        assert account.is_signed(device)
    write_key(spotter, "schlecht gehebelt\n")
    assert verify(spotter)[0] == 77


def test_verify_says_what_is_wrong_in_one_line(account, spotter):
    key = os.urandom(32)
    write_key(spotter, vault.recovery_key(key) + "\n")
    code, said = verify(spotter)
    assert code == 78 and "spotter bootstrap" in one_line(said)
    assert not account.keys()["master_keys"]  # it never makes one
    key_file(spotter).unlink()
    code, said = verify(spotter)
    assert code == 78 and "cannot be read" in one_line(said)
    bootstrap(spotter)
    good = key_file(spotter).read_text()
    spotter.lose_store()

    def refused(code, words):
        got, said = verify(spotter)
        assert (got, words in one_line(said)) == (code, True), said
        [device] = [device for device in account.devices() if not account.is_signed(device)]
        return device

    write_key(spotter, vault.recovery_key(key) + "\n")
    device = refused(77, "another one")
    write_key(spotter, good[:-3] + "\n")
    assert refused(78, "copy it again") == device  # no new device each time
    write_key(spotter, good.replace(good[7], "0", 1))
    refused(78, "copy it again")
    key_file(spotter).unlink()
    key_file(spotter).touch(0o644)
    key_file(spotter).write_text(good)
    refused(78, "chmod 600")
    write_key(spotter, good)
    for name in ("m.cross_signing.self_signing", "m.cross_signing.master"):
        kept = account.data(name)
        account.put(name, {})
        refused(66, name)
        [(key_id, sealed)] = kept["encrypted"].items()
        account.put(name, {"encrypted": {key_id: {**sealed, "mac": sealed["mac"][::-1]}}})
        refused(77, name)
        account.put(name, {"encrypted": {key_id: vault.seal(vault.recovery_key_bytes(good), name, b"no key", os.urandom(16))}})
        refused(77, name)
        account.put(name, kept)
    kept = account.data("m.secret_storage.default_key")
    account.put("m.secret_storage.default_key", {"key": "another"})
    refused(78, "secret storage")
    account.put("m.secret_storage.default_key", kept)
    code, said = verify(spotter)
    assert code == 0 and account.is_signed(device), said


def test_verify_refuses_an_identity_that_is_not_the_secrets(account, spotter):
    """The attack: the homeserver shows another identity than the one whose keys the operator has."""
    bootstrap(spotter)
    spotter.lose_store()
    account.publish_identity()
    code, said = verify(spotter)
    assert code == 77 and "reset" in one_line(said)
    assert not any(account.is_signed(device) for device in account.devices())


def test_a_changed_own_identity_is_logged_loudly(account, spotter):
    bootstrap(spotter)
    spotter.start()
    spotter.logs("e2ee-own-device-signed")
    account.publish_identity()
    spotter.logs("e2ee-own-identity-changed")
    assert spotter.stop() == 0
    [line] = {line for line in spotter.log.read_text().splitlines() if "e2ee-own-identity-changed" in line}
    assert line.startswith("<3>")


# ---- run

def test_run_signs_its_device_where_a_recovery_key_is_configured(play, synapse, account, spotter):
    bootstrap(spotter)
    spotter.lose_store()
    spotter.config.write_text(spotter.config.read_text().replace(
        "allow =", f'recovery_key_file = "{key_file(spotter)}"\n  allow ='))
    spotter.start()
    device = spotter.rows("SELECT value FROM matrix_value WHERE name = 'device_id'")[0][0].decode()
    spotter.logs("device-signed")
    assert account.is_signed(device)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")

    play(scenario)
    assert spotter.stop() == 0
    assert len(account.devices()) == 2  # the daemon removes nothing
    # With another key it serves all the same, and says so.
    spotter.lose_store()
    write_key(spotter, vault.recovery_key(os.urandom(32)))
    spotter.start()
    spotter.logs("device-not-signed")
    play(scenario)
    assert spotter.stop() == 0


# ---- killed on the way

def killed_at(bot, proxy, request, command):
    """Runs COMMAND until its REQUEST-th request, and kills it there: the server has done what was asked, nobody hears of it. (Where it
    has not, it is as after the request before.) False: it had not so many."""
    process = None
    count = 0

    def rule(method, path):
        nonlocal count
        count += 1
        if count != request:
            return None
        process.kill()
        return SWALLOW

    proxy.rule = rule
    process = subprocess.Popen([PROGRAM, command, "--config", bot.config, "--recovery-key-file", key_file(bot)],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said, _ = process.communicate(timeout=60)
    proxy.rule = lambda method, path: None
    assert process.returncode == -9 or (process.returncode == 0 and count < request), said
    return process.returncode != 0


def test_bootstrap_goes_on_wherever_it_was_killed(proxied):
    make, proxy = proxied
    request = 1
    while True:
        bot, account = make()
        if not killed_at(bot, proxy, request, "bootstrap"):
            break
        code, said = bot.command("bootstrap", "--recovery-key-file", key_file(bot))
        assert code == 0, f"killed at request {request}: {said}"
        check_account(account, bot)
        request += 1
    assert request > 15
    check_account(account, bot)


def test_verify_goes_on_wherever_it_was_killed(proxied):
    make, proxy = proxied
    bot, account = make()
    bootstrap(bot)
    identity = account.identity()
    request = 1
    while True:
        bot.lose_store()
        killed = killed_at(bot, proxy, request, "verify")
        code, said = verify(bot)
        assert code == 0, f"killed at request {request}: {said}"
        [device] = account.devices()
        assert account.is_signed(device) and account.identity() == identity
        if not killed:
            break
        request += 1
    assert request > 12


def test_bootstrap_bears_a_homeserver_that_answers_badly(proxied):
    """Each request is swallowed, refused or answered with 500 once before it succeeds."""
    make, proxy = proxied
    bot, account = make()
    seen = {}

    def rule(method, path):
        seen[method, path] = seen.get((method, path), 0) + 1
        if seen[method, path] > 1 or "login" in path:
            return None
        return [SWALLOW, REFUSE, status(500), status(429, b'{"errcode":"M_LIMIT_EXCEEDED"}', "Retry-After: 0")][len(seen) % 4]

    proxy.rule = rule
    bootstrap(bot)
    proxy.rule = lambda method, path: None
    check_account(account, bot)


def test_a_bootstrap_whose_key_was_lost_before_anything_was_published_begins_anew(proxied):
    make, proxy = proxied
    bot, account = make()
    stopped(bot, proxy, "device_signing/upload")
    key = key_file(bot).read_text()
    write_key(bot, vault.recovery_key(os.urandom(32)))
    code, said = bot.command("bootstrap", "--recovery-key-file", key_file(bot))
    assert code == 77 and "another recovery key" in one_line(said)
    key_file(bot).unlink()
    bootstrap(bot)
    assert key_file(bot).read_text() != key
    check_account(account, bot)


def test_a_bootstrap_whose_key_was_lost_after_the_identity_was_published_says_so(proxied):
    make, proxy = proxied
    bot, account = make()
    stopped(bot, proxy, "signatures/upload")
    kept = key_file(bot).rename(bot.folder / "moved")
    code, said = bot.command("bootstrap", "--recovery-key-file", key_file(bot))
    assert code == 78 and "name that one" in one_line(said)
    assert bot.command("bootstrap", "--recovery-key-file", kept)[0] == 0
    kept.rename(key_file(bot))
    check_account(account, bot)

"""A backup is made beside the daemon, the store is lost, and the backup takes its place: as a new device that has read all and repeats nothing."""

import contextlib
import os
import pathlib
import re
import sqlite3
import subprocess
import time

import pytest
from identity import Account, bootstrap, verify
from proxy import HOLD
from test_rebuild import LIVE, backed_up, knows_device, rebuild

DIE = pathlib.Path(__file__).resolve().parents[1] / "fault" / "die.c"
DEVICE = ("SELECT count(*) FROM e2ee_value WHERE name LIKE 'account%'", "SELECT count(*) FROM olm_session", "SELECT count(*) FROM megolm_outbound",
          "SELECT count(*) FROM matrix_value WHERE name IN ('device_id', 'next_batch', 'login_ms', 'access_token')")


@pytest.fixture(scope="module")
def die(tmp_path_factory):
    library = tmp_path_factory.mktemp("die") / "die.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, DIE, "-ldl"], check=True)
    return str(library)


def backup(bot, name="backup.db"):
    target = bot.folder / name
    code, said = bot.command("backup", target)
    assert code == 0, said
    assert target.stat().st_mode & 0o777 == 0o600
    return target, said


def in_file(path, query, *arguments):
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(query, arguments).fetchall()


def lose(bot):
    """The database and what is beside it; its key was kept elsewhere."""
    for name in ("spotter.db", "spotter.db-wal", "spotter.db-shm"):
        (bot.folder / name).unlink(missing_ok=True)


def replaced(bot):
    return sorted(path for path in bot.folder.glob("spotter.db.replaced-*") if not path.name.endswith(("-wal", "-shm")))


def ours(anna, seen, user):
    return [event for _, event, _ in anna.events[seen:] if event.sender == user and getattr(event, "body", None) is not None]


def test_a_lost_store_comes_back_as_a_new_device(play, synapse, proxied):
    spotter, proxy = proxied
    account = Account(synapse, spotter)
    bootstrap(spotter)
    [old] = account.devices()
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room, other = await anna.direct_chat(spotter.user), await ben.direct_chat(spotter.user)
        await ben.ask(other, "bench 60x5 @2")
        first = await anna.send(room, "bench 80x8 @1")
        await anna.reply_to(first)
        for _ in range(3):
            await anna.ask(room, "skip")
        # One answer waits while the backup is made, and goes out after it.
        await anna.until(lambda: not spotter.rows("SELECT * FROM outbox"), "no other waits")
        held = []
        proxy.rule = lambda method, path: held.append(path) or HOLD if method == "PUT" and "/send/" in path else None
        waiting = await anna.send(room, "80x7 @1")
        await anna.until(lambda: held, "its answer is on its way")
        target, said = backup(spotter)
        assert f"{target}: schema " in said and "2 lifters, 3 sets" in said and f"({spotter.folder}/spotter.db.key)" in said
        proxy.rule = lambda method, path: None
        spotter.kill()
        spotter.start()
        await anna.reply_to(waiting, 60)
        later = await anna.send(room, "squat 100x5 @2")
        await anna.reply_to(later)
        for text in ("forget me", "forget me yes", "forget everything"):
            await ben.ask(other, text)
        await backed_up(anna, spotter)
        live = spotter.rows(LIVE)
        code, said = spotter.command("restore", target, "--replace")
        assert code == 74 and "in use by another spotter" in said
        assert spotter.stop() == 0
        lose(spotter)
        missed = await anna.send(room, "bench 80x6 @1")
        seen, seen_by_ben = len(anna.events), len(ben.events)
        # A review that had been due meanwhile has been said.
        in_file(target, "UPDATE job SET due_ms = ? WHERE kind IN (1, 2)", int(time.time() * 1000) - 60_000)

        code, said = spotter.command("restore", target)
        assert code == 0, said
        assert "3 sets" in said and "Answers that waited when it was made: 1." in said
        assert "spotter verify" in said and "spotter rebuild" in said
        assert "until rebuild reads that they had" in said and "delete this one once it isn't needed" in said
        assert spotter.database.stat().st_mode & 0o777 == 0o600 and not list(spotter.folder.glob("*.restore*"))
        assert [spotter.rows(query) for query in DEVICE] == [[(0,)]] * 4
        assert spotter.rows("SELECT count(*) FROM live_set") == [(3,)] and not spotter.rows("SELECT * FROM outbox")
        assert not spotter.rows("SELECT * FROM job WHERE due_ms < ?", int(time.time() * 1000))
        assert spotter.rows("SELECT count(*) > 0 FROM megolm_inbound") == [(1,)] and spotter.rows("SELECT count(*) > 0 FROM user_identity") == [(1,)]

        code, said = verify(spotter)
        assert code == 0 and f"Removed old devices of Spotter's: {old}" in said, said
        [new] = account.devices()
        assert new != old and account.is_signed(new)
        due = int(time.time() * 1000)
        spotter.write("UPDATE job SET due_ms = ? WHERE kind = 2", due)  # behind the last message
        assert spotter.rows("SELECT count(*) FROM job WHERE due_ms <= ?", due) == [(2,)]  # Ben's, too
        said = rebuild(spotter)
        assert not spotter.rows("SELECT * FROM job WHERE due_ms <= ?", due)
        assert "Sets: 3 before, 4 now." in said  # one who had themselves forgotten is so again
        assert [row[2:6] for row in spotter.rows(LIVE)] == [row[2:6] for row in live] + [("bench-press", 80.0, 6, 1.0)]
        assert not spotter.rows("SELECT * FROM outbox")

        spotter.start()
        await knows_device(anna, spotter)
        assert "bench press 80x5" in (await anna.ask(room, "80x5 @1")).body
        assert len(ours(anna, seen, spotter.user)) == 1, "nothing else was said"
        assert not ours(ben, seen_by_ben, spotter.user)
        assert [len(anna.replies_to(event)) for event in (first, waiting, later, missed)] == [1, 1, 1, 0]
        assert spotter.rows("SELECT count(*) FROM live_set") == [(5,)]
        await anna.edit(room, first, "bench 82.5x8 @1")
        assert "82.5" in await anna.edited(anna.replies_to(first)[0].event_id)  # which the old device had said
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_an_old_copy_of_the_store_is_made_a_device_of_its_own(play, account, spotter):
    """Whoever has put an old copy back is told so by the daemon; `restore` of that very file is the remedy."""
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        assert spotter.stop() == 0
        code, said = spotter.command("restore", spotter.database)
        assert code == 73 and "--replace" in said
        code, said = spotter.command("restore", spotter.database, "--replace")
        assert code == 0, said
        [kept] = replaced(spotter)
        assert f"{kept} now, until somebody in it has themselves forgotten" in said and kept.stat().st_mode & 0o777 == 0o600
        assert in_file(kept, "SELECT count(*) FROM e2ee_value WHERE name = 'account'") == [(1,)]
        assert kept.stat().st_ino != spotter.database.stat().st_ino
        assert verify(spotter)[0] == 0
        spotter.start()
        await knows_device(anna, spotter)
        await anna.ask(room, "80x7 @1")
        assert spotter.rows("SELECT count(*) FROM live_set") == [(2,)] and not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_killed_at_each_moment_nothing_is_half(play, spotter, die, tmp_path):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        target = spotter.folder / "backup.db"
        outcomes = set()
        for at in range(1, 100):
            code, said = spotter.command("backup", target, LD_PRELOAD=die, DIE_AT=str(at))
            outcomes.add((code, target.exists()))
            if target.exists():
                assert in_file(target, "PRAGMA integrity_check") == [("ok",)]
                target.unlink()
            if code == 0:
                break
            assert code == -9, said
        assert {(-9, False), (0, True)} <= outcomes and at > 3
        assert not list(spotter.folder.glob("backup.db*"))
        backup(spotter)
        await anna.ask(room, "80x7 @1")
        spotter.kill()  # its last sets stand in the log beside the file
        kept_here = tmp_path / "kept"
        kept_here.mkdir()
        spotter.keep_store(kept_here)

        states = set()
        for at in range(1, 100):
            spotter.restore_store(kept_here)
            code, said = spotter.command("restore", target, "--replace", LD_PRELOAD=die, DIE_AT=str(at))
            assert spotter.database.exists(), "one of the two is there at each moment"
            assert in_file(spotter.database, "PRAGMA integrity_check") == [("ok",)]
            sets = in_file(spotter.database, "SELECT count(*) FROM live_set")[0][0]
            states.add((code, sets, in_file(spotter.database, "SELECT count(*) FROM matrix_value WHERE name = 'device_id'")[0][0]))
            for kept in replaced(spotter):
                assert in_file(kept, "SELECT count(*) FROM live_set") == [(2,)]
            if code == 0:
                break
            assert code == -9, said
        assert states == {(-9, 2, 1), (-9, 1, 0), (0, 1, 0)}, states

    play(scenario)


def test_the_key_that_opens_what_is_left_is_never_lost(play, spotter, die, tmp_path):
    """Killed between the store and the key's name, a rekey leaves two keys: a restore takes none of them away, and what it made opens
    by its own alone."""
    key, following = spotter.folder / "spotter.db.key", spotter.folder / "spotter.db.key.rekey"
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await anna.ask(await anna.direct_chat(spotter.user), "bench 80x8 @1")

    play(scenario)
    assert spotter.stop() == 0
    target, _ = backup(spotter)
    old, pickles = key.read_text(), spotter.rows("SELECT pickle FROM megolm_inbound ORDER BY rowid")
    spotter.keep_store(tmp_path)
    for at in range(1, 100):
        spotter.restore_store(tmp_path)
        code, said = spotter.command("rekey", LD_PRELOAD=die, DIE_AT=str(at))
        assert code == -9, said
        if following.exists() and spotter.rows("SELECT pickle FROM megolm_inbound ORDER BY rowid") != pickles:
            break
    new, before = following.read_text(), spotter.database.read_bytes()

    code, said = spotter.command("restore", target, "--replace")
    assert code == 78 and f"{following} is left of a rekey" in said
    assert (key.read_text(), following.read_text()) == (old, new) and spotter.database.read_bytes() == before and not replaced(spotter)
    code, said = spotter.command("restore", spotter.database, "--replace")
    assert code == 0, said
    assert spotter.rows("SELECT count(*) FROM e2ee_value WHERE name = 'account'") == [(0,)]
    key.rename(tmp_path / "key")
    key.touch(0o600)
    key.write_text("A" * 43 + "\n")
    following.rename(tmp_path / "following")
    code, said = spotter.command("run", timeout=30)
    assert code == 78 and "does not open this store" in said
    assert "pickle key     NO" in spotter.command("doctor")[1]
    (tmp_path / "following").rename(following)
    code, said = spotter.command("rekey")  # opens everything, and seals it again
    assert code == 0 and not following.exists(), said


def with_token(synapse, spotter, device):
    """The operator's, in place of a password."""
    (spotter.folder / "token").unlink(missing_ok=True)
    token = synapse.login(spotter.user, spotter.password, device_id=device)["access_token"]
    spotter.secret("token", token)
    text = re.sub('(?m)^ *(device_id|access_token_file|password_file) = .*\n', "", spotter.config.read_text())
    spotter.config.write_text(text.replace("matrix {", f'matrix {{\n  device_id = "{device}"\n  access_token_file = "{spotter.folder}/token"'))
    return token


def test_a_device_that_the_configuration_names_is_not_taken_up_again(play, synapse, spotter):
    """Its keys are gone, and it never gets others."""
    account = Account(synapse, spotter)
    token = with_token(synapse, spotter, "GYM")
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        assert spotter.stop() == 0
        shown = account.keys()["device_keys"][spotter.user]["GYM"]
        code, said = spotter.command("restore", spotter.database, "--replace")
        assert code == 0 and "names the device's id: give another one first" in said, said
        for command in ("run", "verify", "rebuild"):
            code, said = spotter.command(command, *(["--recovery-key-file", spotter.secret("key", "EsT")] if command == "verify" else []))
            assert code == 78 and "has keys that this store doesn't have: give another device_id" in said and "GYM" in said, said
        assert account.keys()["device_keys"][spotter.user]["GYM"] == shown
        assert not spotter.rows("SELECT name FROM matrix_value WHERE name = 'device_id'")
        with_token(synapse, spotter, "HALL")
        synapse.request("POST", "/_matrix/client/v3/logout", {}, token=token)
        spotter.start()
        await knows_device(anna, spotter)
        await anna.ask(room, "80x7 @1")
        assert not anna.undecryptable and spotter.stop() == 0
        spotter.start()  # it is its own
        await anna.ask(room, "80x6 @1")

    play(scenario)
    assert spotter.stop() == 0


def test_what_root_makes_is_the_daemons(spotter):
    """It belongs to whom the folder does; nobody else than root can make files that don't."""
    if os.geteuid() == 0:
        os.chown(spotter.folder, 4711, 4711)

    def all_theirs(*more):
        for path in (spotter.database, spotter.folder / "spotter.db.key", spotter.folder / "spotter.db.lock", *more):
            assert path.stat().st_uid == spotter.folder.stat().st_uid, path

    assert spotter.command("login")[0] == 0
    all_theirs()
    target, _ = backup(spotter)
    assert spotter.command("restore", target, "--replace")[0] == 0
    all_theirs(*replaced(spotter))
    lose(spotter)
    (spotter.folder / "spotter.db.lock").unlink()
    assert spotter.command("restore", target)[0] == 0
    all_theirs()


def test_what_is_no_backup_changes_nothing(play, spotter, tmp_path):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await anna.ask(await anna.direct_chat(spotter.user), "bench 80x8 @1")

    play(scenario)
    assert spotter.stop() == 0
    target, _ = backup(spotter)
    before = spotter.database.read_bytes()
    for suffix in ("", "-wal", "-journal"):  # what another one has left would be taken for a part of it
        left = spotter.folder / f"new.db{suffix}"
        left.write_bytes(b"left")
        code, said = spotter.command("backup", spotter.folder / "new.db")
        assert code == 73 and f"{left} exists" in said and left.read_bytes() == b"left"
        left.unlink()

    def refused(code, words, file=target, **environment):
        got, said = spotter.command("restore", file, "--replace", **environment)
        assert got == code and words in said and len(said.splitlines()) == 1, said
        assert spotter.database.read_bytes() == before and not replaced(spotter) and not list(spotter.folder.glob("*.restore*"))

    refused(66, "No such file", tmp_path / "none.db")
    refused(74, "not a database", spotter.config)
    refused(74, "no file", tmp_path)
    os.mkfifo(tmp_path / "fifo")
    refused(74, "no file", tmp_path / "fifo")
    (tmp_path / "short.db").write_bytes(target.read_bytes()[:-1])
    refused(74, "its end is missing", tmp_path / "short.db")
    other = tmp_path / "other.db"
    in_file(other, "CREATE TABLE a (b)")
    refused(74, "another program", other)
    empty = tmp_path / "empty.db"
    empty.touch()
    refused(74, "no store", empty)
    [(schema,)] = in_file(target, "PRAGMA user_version")
    newer = tmp_path / "newer.db"
    newer.write_bytes(target.read_bytes())
    in_file(newer, f"PRAGMA user_version = {schema + 1}")
    refused(74, "newer spotter", newer)
    damaged = bytearray(target.read_bytes())
    page = len(damaged) // 2 // 4096 * 4096
    damaged[page:page + 4096] = b"\xff" * 4096
    (tmp_path / "damaged.db").write_bytes(damaged)
    refused(74, "damaged", tmp_path / "damaged.db")
    key = spotter.folder / "spotter.db.key"
    right = key.read_text()
    key.write_text("A" * 43 + "\n")
    refused(78, "needs the key that it was made with")
    key.unlink()
    lost = spotter.folder / "lost.db"
    spotter.database.rename(lost)
    code, said = spotter.command("restore", target)
    assert code == 78 and "needs the key" in said and not key.exists() and not spotter.database.exists()
    lost.rename(spotter.database)
    spotter.secret("spotter.db.key", right)
    code, said = spotter.command("restore", target, "--replace")
    assert code == 0 and "names the device's id" not in said, said
    spotter.start()
    assert spotter.stop() == 0

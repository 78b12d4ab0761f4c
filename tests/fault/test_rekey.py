"""The pickle key: another takes its place all at once or not at all, whatever happens; and where it may be kept."""

import ctypes
import os
import pathlib
import subprocess

import pytest

HERE = pathlib.Path(__file__).parent
LIBC = ctypes.CDLL(None, use_errno=True)
ADD_KEY, KEYCTL, UNLINK, USER_KEYRING = 248, 250, 9, -4  # x86-64


@pytest.fixture(scope="session")
def die(tmp_path_factory):
    library = tmp_path_factory.mktemp("die") / "die.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, HERE / "die.c", "-ldl"], check=True)
    return str(library)


def key_of(bot):
    return bot.folder / "spotter.db.key"


def pickles(bot):
    return [bytes(value) for table in ("olm_session", "megolm_inbound", "megolm_outbound")
            for value, in bot.rows(f"SELECT pickle FROM {table}")] + [
        bytes(value) for value, in bot.rows("SELECT value FROM e2ee_value WHERE name = 'account' UNION ALL "
                                            "SELECT value FROM matrix_value WHERE name LIKE '%token' AND length(value) > 0")]


def test_killed_at_each_moment_the_store_opens(play, spotter, die, tmp_path):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        assert spotter.stop() == 0
        before, old = pickles(spotter), key_of(spotter).read_text()
        assert len(before) >= 6
        spotter.keep_store(tmp_path)
        outcomes = set()
        for at in range(1, 100):
            spotter.restore_store(tmp_path)
            code, said = spotter.command("rekey", LD_PRELOAD=die, DIE_AT=str(at))
            if code == 0:
                break
            assert code == -9, said
            left, changed = (spotter.folder / "spotter.db.key.rekey").exists(), pickles(spotter) != before
            outcomes.add((left, changed))
            code, said = spotter.command("doctor")  # it only looks, and finds the key
            assert "pickle key     OK" in said and "message        OK" in said
            assert (spotter.folder / "spotter.db.key.rekey").exists() == left
            code, said = spotter.command("rekey")  # opens everything, and seals it again
            assert code == 0, said
        else:
            pytest.fail("it is killed for ever")
        assert outcomes == {(True, False), (True, True), (False, True)}  # before the commit, behind it, and behind the change of names
        assert not (spotter.folder / "spotter.db.key.rekey").exists() and key_of(spotter).read_text() != old
        assert key_of(spotter).stat().st_mode & 0o777 == 0o600
        bytes_on_disk = b"".join(path.read_bytes() for path in spotter.folder.glob("spotter.db*"))
        assert not any(pickle in bytes_on_disk for pickle in before)  # not in the log either
        spotter.start()
        await anna.ask(room, "80x7 @1")
        assert not anna.undecryptable and spotter.rows("SELECT count(*) FROM live_set") == [(2,)]
        code, said = spotter.command("rekey")
        assert code == 74 and "in use by another spotter" in said
        await anna.ask(room, "80x6 @1")
        assert spotter.stop() == 0
        new = key_of(spotter).read_text()
        key_of(spotter).write_text(old)
        code, said = spotter.command("run")
        assert code == 78 and "does not open this store" in said
        key_of(spotter).write_text(new)

    play(scenario)


def test_a_damaged_room_key_leaves_the_old_key(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await anna.ask(await anna.direct_chat(spotter.user), "bench 80x8 @1")

    play(scenario)
    assert spotter.stop() == 0
    spotter.write("UPDATE megolm_outbound SET pickle = zeroblob(100)")
    before, old = pickles(spotter), key_of(spotter).read_text()
    code, said = spotter.command("rekey")
    assert code == 70 and "pickle of outbound" in said
    assert pickles(spotter) == before and key_of(spotter).read_text() == old
    spotter.start()
    assert spotter.stop() == 0
    assert not (spotter.folder / "spotter.db.key.rekey").exists()


def test_a_credential_is_changed_by_its_owner(synapse, spotter):
    credentials, new = spotter.folder / "credentials", spotter.folder / "new-key"
    credentials.mkdir()
    (credentials / "pickle").write_bytes(os.urandom(32))
    new.touch(0o600)
    new.write_bytes(os.urandom(32))
    spotter.config.write_text(spotter.config.read_text().replace("store {", 'store { pickle_key_file = "pickle" '))
    environment = {"CREDENTIALS_DIRECTORY": str(credentials)}

    def login():
        return spotter.command("login", **environment)[0]

    assert login() == 0
    code, said = spotter.command("rekey", **environment)
    assert code == 78 and "--key-file" in said
    code, said = spotter.command("rekey", "--key-file", new, **environment)
    assert code == 0 and str(new) in said
    assert login() == 78
    (credentials / "pickle").write_bytes(new.read_bytes())
    assert login() == 0
    new.chmod(0o644)
    code, said = spotter.command("rekey", "--key-file", new, **environment)
    assert code == 78 and "can be read by others" in said
    assert login() == 0


def test_the_kernel_keeps_the_key(spotter):
    name, key = f"spotter-test-{os.getpid()}".encode(), os.urandom(32)
    spotter.config.write_text(spotter.config.read_text().replace("store {", f'store {{ pickle_keyring = "{name.decode()}" '))
    code, said = spotter.command("login")
    assert code == 78 and "Required key not available" in said and not spotter.database.exists()
    serial = LIBC.syscall(ADD_KEY, b"user", name, key, len(key), USER_KEYRING)
    assert serial > 0, os.strerror(ctypes.get_errno())
    try:
        assert spotter.command("login")[0] == 0
        assert not key_of(spotter).exists()
        spotter.start()
        assert spotter.stop() == 0
        code, said = spotter.command("rekey")
        assert code == 78 and "--key-file" in said
        other = spotter.folder / "other"
        other.touch(0o600)
        other.write_bytes(os.urandom(32))
        assert spotter.command("rekey", "--key-file", other)[0] == 0
        assert spotter.command("login")[0] == 78
        assert LIBC.syscall(ADD_KEY, b"user", name, other.read_bytes(), 32, USER_KEYRING) == serial
        assert spotter.command("login")[0] == 0
    finally:
        LIBC.syscall(KEYCTL, UNLINK, serial, USER_KEYRING)

"""Secret storage and recovery keys against a second implementation (tests/e2e/vault.py, on Python's cryptography)."""

import base64
import json
import os
import sys

import pytest
import vodozemac
from hypothesis import strategies as st
from pipe import Pipe, Refused, examined, hexed, unhex

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import vault  # noqa: E402

keys = st.binary(min_size=32, max_size=32)
ivs = st.binary(min_size=16, max_size=16)
names = st.sampled_from([*vault.CROSS_SIGNING.values(), "m.megolm_backup.v1", "org.example.ä"])
secrets = st.binary(max_size=4096)


class Tool(Pipe):
    def __call__(self, command, *words):
        raw = [word if isinstance(word, bytes) else (word if isinstance(word, str) else json.dumps(word)).encode() for word in words]
        [answer] = self.ask(command, *map(hexed, raw))
        return unhex(answer)


@pytest.fixture(scope="module")
def tool():
    tool = Tool("secrets_tool")
    yield tool
    tool.close()


def padded(data):
    return base64.b64encode(data).decode()


@examined(key=keys, name=names, secret=secrets, iv=ivs, encode=st.sampled_from([padded, vault.unpadded]))
def test_secrets_open_both_ways(tool, key, name, secret, iv, encode):
    ours = json.loads(tool("seal", key, name, secret))
    assert vault.open_sealed(key, name, ours) == secret
    assert all("=" not in value for value in ours.values()) and vault.unbase64(ours["iv"])[8] < 0x80
    assert tool("open", key, name, vault.seal(key, name, secret, iv, encode)) == secret


@examined(key=keys, other=keys, name=names, secret=secrets, iv=ivs, at=st.integers(0, 255), field=st.sampled_from(["ciphertext", "mac"]))
def test_what_was_touched_does_not_open_and_nobody_learns_why(tool, key, other, name, secret, iv, at, field):
    reasons = set()

    def refused(*words):
        with pytest.raises(Refused) as why:
            tool("open", *words)
        reasons.add(str(why.value))

    good = vault.seal(key, name, secret, iv)
    data = bytearray(vault.unbase64(good[field]))
    if data:
        data[at % len(data)] ^= 1
        refused(key, name, {**good, field: vault.unpadded(bytes(data))})
    if other != key:
        refused(other, name, good)
    for spoilt in ({**good, "mac": ""}, {**good, "iv": good["iv"][:-2]}, {**good, "iv": 5}, {**good, "mac": good["mac"] + "AA"},
                   {**good, "ciphertext": "*"}, {key: value for key, value in good.items() if key != "ciphertext"}, {}, []):
        refused(key, name, spoilt)
    assert len(reasons) == 1
    with pytest.raises(Refused):
        tool("open", key, name + "x", good)


@examined(key=keys, other=keys, iv=ivs, encode=st.sampled_from([padded, vault.unpadded]))
def test_descriptions_tell_the_right_key_both_ways(tool, key, other, iv, encode):
    ours = json.loads(tool("describe", key))
    assert ours["algorithm"] == vault.ALGORITHM and vault.fits(key, ours) and vault.unbase64(ours["iv"])[8] < 0x80
    assert tool("key", vault.describe(key, iv, encode), vault.recovery_key(key)) == key
    if other != key:
        with pytest.raises(Refused):
            tool("key", ours, vault.recovery_key(other))


@examined(key=keys)
def test_recovery_keys_read_the_same(tool, key):
    text = tool("encode", key).decode()
    assert text == vault.recovery_key(key) and vault.recovery_key_bytes(text) == key
    assert tool("decode", text.replace(" ", "") + "\n") == key


@examined(text=st.text(alphabet=vault.BASE58 + "0OIl ", max_size=60))
def test_what_is_no_recovery_key_is_none_for_both(tool, text):
    try:
        expected = vault.recovery_key_bytes(text)
    except (AssertionError, OverflowError, ValueError):
        expected = None
    try:
        assert tool("decode", text) == expected
    except Refused:
        assert expected is None


@examined(passphrase=st.text(min_size=1, max_size=40), salt=st.text(alphabet="abcdefgh0123", min_size=1, max_size=32),
          iterations=st.integers(1, 300), iv=ivs)
def test_a_passphrase_is_the_key_that_was_made_from_it(tool, passphrase, salt, iterations, iv):
    key = vault.key_of_passphrase(passphrase, salt, iterations)
    made = {"algorithm": "m.pbkdf2", "salt": salt, "iterations": iterations}
    description = vault.describe(key, iv, passphrase=made)
    assert tool("key", description, passphrase) == key
    assert tool("key", description, vault.recovery_key(key)) == key
    for more in ({"bits": 256},):
        assert tool("key", {**description, "passphrase": {**made, **more}}, passphrase) == key
    for spoilt in ({**made, "bits": 512}, {**made, "iterations": 0}, {**made, "iterations": 2**40}, {**made, "iterations": "9"},
                   {**made, "algorithm": "m.scrypt"}, {"algorithm": "m.pbkdf2"}, 7):
        with pytest.raises(Refused):
            tool("key", {**description, "passphrase": spoilt}, passphrase)
    with pytest.raises(Refused):
        tool("key", description, passphrase + "x")


@examined(private=keys, plain=st.binary(max_size=3000))
def test_what_goes_into_the_backup_opens_for_others(tool, private, plain):
    """Against vodozemac, and against a reading of the specification."""
    theirs = vodozemac.PkDecryption.from_key(vodozemac.Curve25519SecretKey.from_bytes(private))
    public = vault.unbase64(vault.curve25519_public(private))
    sealed = json.loads(tool("pk", public, plain))
    assert all("=" not in value for value in sealed.values())
    assert vault.open_backed_up(private, sealed) == plain
    message = vodozemac.Message.from_base64(sealed["ciphertext"], sealed["mac"], sealed["ephemeral"])
    assert bytes(theirs.decrypt(message)) == plain
    assert json.loads(tool("pk", public, plain))["ephemeral"] != sealed["ephemeral"]


def test_nothing_is_encrypted_to_a_key_of_small_order(tool):
    for public in (bytes(32), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"):
        with pytest.raises(Refused):
            tool("pk", public, b"secret")


def test_a_description_without_a_check_fits_any_key(tool):
    key = bytes(range(32))
    assert tool("key", {"algorithm": vault.ALGORITHM}, vault.recovery_key(key)) == key


def test_storage_of_another_kind_is_refused(tool):
    for description in ({}, {"algorithm": "m.secret_storage.v2"}, {"algorithm": 3}, []):
        with pytest.raises(Refused, match="kind"):
            tool("key", description, vault.recovery_key(bytes(32)))

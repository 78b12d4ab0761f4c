"""Verification by a QR code that the operator's command shows: a decoder reads it off the terminal, and a scripted client says that it
has scanned it, or claims so. (A real one scans it in tests/peers.)"""

import asyncio
import base64
import contextlib
import os
import time

import pytest
import vault
from emoji import PREFIX, Peer
from identity import Account, Identity, bootstrap
from qr import read
from test_emoji import InRoom, Phone, account, bot_side, operator, person, signature_of, until  # noqa: F401

SCANS = ["m.sas.v1", "m.qr_code.scan.v1", "m.reciprocate.v1"]


def key(text):
    return base64.b64decode(text + "=")


def parts(code, identifier):
    """What the specification says the bytes of a code are; the keys and the secret."""
    name = identifier.encode()
    head = b"MATRIX\x02\x00" + len(name).to_bytes(2, "big") + name
    assert code.startswith(head)
    rest = code[len(head):]
    return rest[:32], rest[32:64], rest[64:]


@contextlib.asynccontextmanager
async def shown(gym, spotter, account, *more, **how):
    """A lifter whose client may scan the code that the operator is shown."""
    anna, identity = await person(gym, "anna")
    room = await anna.direct_chat(spotter.user)
    with operator(spotter, anna.user, *more, way="--qr", **how) as beside:
        await until(lambda: beside.says("Waiting for"), "the operator waits")
        verification = InRoom(anna, room, account, identity.master)
        await verification.ask("m.reciprocate.v1")
        await verification.hears("ready")
        await until(lambda: beside.says("scan this"), "the code")
        yield verification, beside


async def scan(verification, secret):
    await verification.send({"from_device": verification.own.device, "method": "m.reciprocate.v1", "secret": vault.unpadded(secret),
                             **verification.peer.binding}, PREFIX + "start")


# The fourth: a terminal that is light by itself.
@pytest.mark.parametrize("locale, tty, dark", [("C.UTF-8", False, True), ("C", False, True), ("C.UTF-8", True, True), ("C.UTF-8", True, False),
                                               ("C", True, False)])
def test_a_code_that_is_scanned(play, account, spotter, locale, tty, dark):
    async def scenario(gym):
        async with shown(gym, spotter, account, locale=locale, tty=tty) as (verification, beside):
            assert verification.peer.methods == ["m.sas.v1", "m.qr_code.show.v1", "m.reciprocate.v1"]
            code, columns = read(beside.lines, dark)
            own, peer, secret = parts(code, verification.peer.id)
            assert own == key(verification.other.master) and peer == key(verification.own.master)
            assert columns <= 80 if locale == "C.UTF-8" else beside.says(f"takes {columns} columns")
            await scan(verification, secret)
            await until(lambda: beside.says("[yes/no]"), "the question")
            verification._take()
            assert verification.heard == ["ready"] and not signature_of(account, verification.lifter.user)
            beside.answer("yes")
            await verification.hears("done")
            assert await asyncio.to_thread(beside.ends) == 0, beside.lines
            assert beside.says(verification.own.master)
            assert signature_of(account, verification.lifter.user)

    play(scenario)


def test_yes_said_beforehand(synapse, account, spotter):
    """To-device, where the id is another."""
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    identity = Identity(synapse, phone.user, phone.password, phone.token).publish().sign(phone.device)
    peer = Peer(phone.side(identity.master), bot_side(account), "t/1", {"transaction_id": "t/1"})
    with operator(spotter, phone.user, "--yes", way="--qr") as beside:
        beside.until("Waiting for")
        phone.ask(peer.other, peer.id, methods=SCANS)
        phone.talk(peer, lambda: "ready" in phone.heard, "ready")
        beside.until("scan this")
        own, theirs, secret = parts(read(beside.lines)[0], "t/1")
        assert own == key(peer.other.master) and theirs == key(identity.master)
        peer.say("start", {"from_device": phone.device, "method": "m.reciprocate.v1", "secret": vault.unpadded(secret)})
        phone.talk(peer, lambda: "done" in phone.heard, "done")
        assert beside.ends() == 0
    assert signature_of(account, phone.user)


def test_the_operator_says_no(play, account, spotter):
    async def scenario(gym):
        async with shown(gym, spotter, account) as (verification, beside):
            await scan(verification, parts(read(beside.lines)[0], verification.peer.id)[2])
            await until(lambda: beside.says("[yes/no]"), "the question")
            beside.answer("no")
            await verification.hears("cancel")
            assert verification.peer.cancelled == "m.user"
            assert await asyncio.to_thread(beside.ends) == 77 and beside.says("it was cancelled")
        assert not signature_of(account, verification.lifter.user)

    play(scenario)


def test_who_has_not_seen_the_code_is_not_verified(play, account, spotter):
    async def scenario(gym):
        async with shown(gym, spotter, account, "--yes") as (verification, beside):
            await scan(verification, bytes(len(parts(read(beside.lines)[0], verification.peer.id)[2])))
            await verification.hears("cancel")
            assert verification.peer.cancelled == "m.key_mismatch"
            assert await asyncio.to_thread(beside.ends) == 77 and beside.says("somebody may sit between")
        assert not signature_of(account, verification.lifter.user)

    play(scenario)


def test_no_code_is_offered_where_nobody_shows_one(play, account, spotter):
    """The operator compares emoji: a scan that is claimed all the same is refused."""
    async def scenario(gym):
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user)
        with operator(spotter, anna.user, "--yes") as beside:
            await until(lambda: beside.says("Waiting for"), "the operator waits")
            verification = InRoom(anna, room, account, identity.master)
            await verification.ask("m.reciprocate.v1")
            await verification.hears("ready")
            assert verification.peer.methods == ["m.sas.v1"]
            await scan(verification, os.urandom(16))
            await verification.hears("cancel")
            assert verification.peer.cancelled == "m.unknown_method"
        assert not signature_of(account, anna.user)

    play(scenario)


def test_emoji_where_the_lifter_chooses_them(play, account, spotter):
    async def scenario(gym):
        async with shown(gym, spotter, account) as (verification, beside):
            verification.peer.begin()
            await verification.until(lambda: verification.peer.established, "the key")
            await until(lambda: beside.says("the same, in this order?"), "the question")
            assert beside.says("compares emoji instead") and beside.names() == verification.peer.shown()[0]
            beside.answer("yes")
            verification.peer.confirm()
            await verification.until(lambda: verification.peer.done, "done")
            assert await asyncio.to_thread(beside.ends) == 0, beside.lines
        assert signature_of(account, verification.lifter.user)

    play(scenario)


def test_ten_minutes_and_no_more(synapse, spotter):
    """Half a minute of its clock to a second."""
    bootstrap(spotter)
    spotter.start(pace=30)
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    identity = Identity(synapse, phone.user, phone.password, phone.token).publish().sign(phone.device)
    peer = Peer(phone.side(identity.master), bot_side(Account(synapse, spotter)), "t", {"transaction_id": "t"})
    with operator(spotter, phone.user, "--yes", way="--qr") as beside:
        beside.until("Waiting for")
        phone.ask(peer.other, peer.id, methods=SCANS, timestamp=int((time.time() + 240) * 1000))
        phone.talk(peer, lambda: peer.cancelled, "the end", 60)
        assert phone.heard == ["ready", "cancel"] and peer.cancelled == "m.timeout"
        assert beside.says("scan this") and beside.ends() == 75
    assert spotter.stop() == 0


@pytest.mark.parametrize("arguments, wrong", [(["--emoji", "--qr", "--user", "@anna:example.org"], "exclude one another"),
                                              (["--qr"], "--user @USER:SERVER is missing"),
                                              (["--qr", "--user", "@anna:example.org", "--recovery-key-file", "F"], "need no recovery key")])
def test_what_does_not_go_together(spotter, arguments, wrong):
    code, said = spotter.command("verify", *arguments)
    assert code == 64 and wrong in said

"""Verification by emoji with the running daemon: in rooms and to-device, with a peer on vodozemac (emoji.py), the operator's command
beside it, and what an attacker may try. (matrix-nio's own SAS can't take part: it commits in hex and knows the broken MAC alone.)"""

import asyncio
import contextlib
import os
import pty
import subprocess
import threading
import time

import pytest
import vault
import vodozemac
from device import Device
from emoji import NAMES, PREFIX, Peer, Side
from identity import Account, Identity, bootstrap, made
from proxy import spoiled
from spotter import PROGRAM, Spotter

REQUEST = "m.key.verification.request"


def bot_side(account):
    """The bot's device and master key, as the homeserver shows them."""
    shown = account.keys()
    [device] = account.devices()
    return Side(account.user, device, shown["device_keys"][account.user][device]["keys"]["ed25519:" + device],
                account.identity(shown)[0])


class Operator:
    """`spotter verify --emoji`, or another WAY, in a terminal of its own: a pipe, or a TTY."""

    def __init__(self, bot, user, *more, way="--emoji", locale="C.UTF-8", tty=False):
        command = [str(PROGRAM), "verify", "--config", str(bot.config), way, "--user", user, *more]
        ours, theirs = pty.openpty() if tty else (None, subprocess.PIPE)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs if tty else subprocess.STDOUT,
                                        encoding="utf-8", env={**os.environ, "LC_ALL": locale})
        self._from = open(ours, encoding="utf-8") if tty else self.process.stdout
        if tty:
            os.close(theirs)
        self.lines = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with contextlib.suppress(OSError):  # a terminal whose other side is closed
            while character := self._from.read(1):
                with self._more:
                    if not self.lines or self.lines[-1].endswith("\n"):
                        self.lines.append("")
                    self.lines[-1] += character
                    self._more.notify_all()

    def names(self):
        return [line.strip() for line in list(self.lines) if line.strip() in NAMES]

    def says(self, text):
        return text in "".join(self.lines)

    def until(self, text):
        with self._more:
            assert self._more.wait_for(lambda: self.says(text), 30), self.lines

    def answer(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()

    def ends(self, timeout=30):
        code = self.process.wait(timeout)
        self._reader.join(10)
        return code

    def close(self):
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def operator(bot, user, *more, **how):
    beside = Operator(bot, user, *more, **how)
    try:
        yield beside
    finally:
        beside.close()


class InRoom:
    """A lifter's client that verifies in the room; in the clear there as Element Web does (matrix-js-sdk, rust crypto) with CLEAR."""

    def __init__(self, lifter, room, account, master, clear=False):
        self.lifter, self.room, self.bot, self.clear, self.synapse = lifter, room, account.user, clear, account.synapse
        device = lifter.client.device_id
        ed25519 = lifter.client.olm.account.identity_keys["ed25519"]
        self.own, self.other = Side(lifter.user, device, ed25519, master), bot_side(account)
        self.seen, self.peer = len(lifter.events), None

    async def send(self, content, kind="m.room.message"):
        if not self.clear:
            return await self.lifter.send(self.room, content, kind)
        path = f"/_matrix/client/v3/rooms/{self.room}/send/{kind}/{os.urandom(8).hex()}"
        answer = await asyncio.to_thread(self.synapse.request, "PUT", path, content, self.lifter.client.access_token)
        return answer["event_id"]

    async def ask(self, *methods):
        event_id = await self.send({
            "msgtype": REQUEST, "body": "I ask to verify your device", "from_device": self.own.device,
            "methods": ["m.sas.v1", "m.qr_code.scan.v1", *methods], "to": self.bot})
        self.peer = Peer(self.own, self.other, event_id, {"m.relates_to": {"rel_type": "m.reference", "event_id": event_id}})
        return event_id

    def _take(self):
        """What the bot has said since, taken by the peer."""
        for room, event, _ in self.lifter.events[self.seen:]:
            source = event.source
            if room == self.room and event.sender == self.bot and source["type"].startswith(PREFIX) \
                    and source["content"]["m.relates_to"]["event_id"] == self.peer.id:
                self.heard.append(source["type"].removeprefix(PREFIX))
                self.peer.take(source["type"], source["content"])
        self.seen = len(self.lifter.events)

    heard = None

    async def until(self, condition, what):
        self.heard = self.heard or []
        deadline = time.monotonic() + 30
        while True:
            self._take()
            while self.peer.out:
                kind, content = self.peer.out.pop(0)
                await self.send(content, kind)
            if condition():
                return
            assert time.monotonic() < deadline, (what, self.heard, self.lifter.transcript())
            self.lifter._changed.clear()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.lifter._changed.wait(), 0.25)

    async def hears(self, kind):
        await self.until(lambda: kind in (self.heard or []), f"a {kind}")


async def until(condition, what, timeout=30):
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, what
        await asyncio.sleep(0.05)


async def person(gym, name, sign=True):
    """A lifter with an identity, which has signed their device."""
    lifter = await gym.lifter(name)
    identity = Identity(gym.synapse, lifter.user, lifter.password, lifter.client.access_token).publish()
    if sign:
        identity.sign(lifter.client.device_id)
    return lifter, identity


def signature_of(account, user):
    """Whether the bot's account shows USER's master key signed by its own user-signing key."""
    shown = account.post("/_matrix/client/v3/keys/query", {"device_keys": {user: [], account.user: []}})
    signer = vault.public_key(shown["user_signing_keys"][account.user], account.user, "user_signing")
    return vault.signed_by(shown["master_keys"][user], account.user, signer)


@pytest.fixture
def account(synapse, spotter):
    bootstrap(spotter)
    spotter.start()
    yield Account(synapse, spotter)
    assert spotter.stop() == 0


@pytest.mark.parametrize("encrypted, clear", [(True, False), (True, True), (False, False)], ids=["encrypted", "clear", "plain"])
def test_in_a_room_with_the_operator_waiting(play, account, spotter, encrypted, clear):
    async def scenario(gym):
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        with operator(spotter, anna.user, "--yes") as beside:
            await until(lambda: beside.says("Waiting for"), "the operator waits")
            verification = InRoom(anna, room, account, identity.master, clear)
            await verification.ask()
            await verification.hears("ready")
            verification.peer.begin()
            await verification.hears("mac")
            names, _ = verification.peer.shown()
            verification.peer.confirm()
            await verification.until(lambda: verification.peer.done, "done")
            assert await asyncio.to_thread(beside.ends) == 0, beside.lines
            assert beside.names() == names and beside.says(identity.master)
        assert verification.peer.verified == {"ed25519:" + verification.other.device, "ed25519:" + verification.other.master}
        assert signature_of(account, anna.user)
        assert not anna.undecryptable

    play(scenario)


@pytest.mark.parametrize("same", [True, False])
def test_the_operator_comes_later_and_says_whether_it_is_the_same(play, account, spotter, same):
    async def scenario(gym):
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user)
        verification = InRoom(anna, room, account, identity.master)
        request = await verification.ask()
        assert "spotter verify --emoji" in (await anna.reply_to(request)).body
        await verification.hears("ready")
        verification.peer.begin()
        await verification.hears("key")
        verification.peer.confirm()
        await verification.until(lambda: not verification.peer.out, "ours is sent")
        await anna.ask(room, "bench 80x8 @1")
        verification._take()
        assert "mac" not in verification.heard, "the daemon confirms nothing by itself"
        with operator(spotter, anna.user) as beside:
            await until(lambda: beside.says("[yes/no]"), "the question")
            assert beside.names() == verification.peer.shown()[0]
            beside.answer("yes" if same else "no")
            if same:
                await verification.until(lambda: verification.peer.done, "done")
                assert await asyncio.to_thread(beside.ends) == 0
            else:
                await verification.hears("cancel")
                assert verification.peer.cancelled == "m.mismatched_sas"
                assert await asyncio.to_thread(beside.ends) == 77 and beside.says("somebody may sit between")
        assert signature_of(account, anna.user) == same

    play(scenario)


def test_a_device_that_nobody_has_signed_verifies_and_nobody_else_reads_more(play, account, spotter):
    """The messages of a verification can be read where the room key of all else is withheld."""
    async def scenario(gym):
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        tablet = await gym.lifter("tablet", anna.user, anna.password)
        await tablet.until(lambda: room in tablet.client.rooms, "the room")
        refused = await tablet.send(room, "bench 82.5x5 @1")
        verification = InRoom(tablet, room, account, identity.master)
        await verification.ask()
        await verification.hears("ready")
        verification.peer.begin()
        await verification.hears("key")
        await anna.ask(room, "80x7 @1")
        with operator(spotter, anna.user, "--yes") as beside:
            verification.peer.confirm()
            await verification.until(lambda: verification.peer.done, "done")
            assert await asyncio.to_thread(beside.ends) == 0
        await anna.reply_to(refused)
        said = [event.source["content"].get("body", "") for _, event, _ in tablet.events
                if event.sender == spotter.user and event.source["type"] == "m.room.message"]
        assert said and not any("80" in body or "82" in body for body in said), said

    play(scenario)


class Phone(Device):
    """One that verifies."""

    def __init__(self, synapse, name, **more):
        super().__init__(synapse, name, **more)
        self.publish()
        self.heard = []

    def side(self, master=""):
        return Side(self.user, self.device, self.ed25519, master)

    def talk(self, peer, condition, what, seconds=30):
        """Both ways until CONDITION."""
        deadline = time.monotonic() + seconds
        while True:
            while peer.out:
                self.send(peer.other, *peer.out.pop(0))
            if condition():
                return
            assert time.monotonic() < deadline, (what, self.heard)
            for event in self.sync():
                if event["type"].startswith(PREFIX) and event["content"].get("transaction_id") == peer.id:
                    self.heard.append(event["type"].removeprefix(PREFIX))
                    peer.take(event["type"], event["content"])

    def ask(self, to, identifier, **more):
        self.send(to, REQUEST, {"from_device": self.device, "methods": ["m.sas.v1"], "transaction_id": identifier,
                                "timestamp": int(time.time() * 1000), **more})


@pytest.mark.parametrize("asked", [True, False], ids=["requested", "started"])
def test_to_device(synapse, account, spotter, asked):
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    identity = Identity(synapse, phone.user, phone.password, phone.token).publish().sign(phone.device)
    peer = Peer(phone.side(identity.master), bot_side(account), "t/1", {"transaction_id": "t/1"})
    with operator(spotter, phone.user, "--yes") as beside:
        if asked:
            phone.ask(peer.other, peer.id)
            phone.talk(peer, lambda: "ready" in phone.heard, "ready")
        peer.begin()
        phone.talk(peer, lambda: peer.established is not None, "the key")
        names, _ = peer.shown()
        peer.confirm()
        phone.talk(peer, lambda: peer.done and peer.verified and "done" in phone.heard, "done")
        assert beside.ends() == 0 and beside.names() == names
    assert signature_of(account, phone.user)


def test_we_begin_where_the_other_side_waits(synapse, account, spotter):
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    peer = Peer(phone.side(), bot_side(account), "t", {"transaction_id": "t"})
    phone.ask(peer.other, peer.id)
    phone.talk(peer, lambda: peer.established is not None, "the key")
    assert phone.heard == ["ready", "start", "key"]
    with operator(spotter, phone.user, "--yes") as beside:
        phone.talk(peer, lambda: "mac" in phone.heard, "the MAC")
        assert beside.names() == peer.shown()[0]
        peer.confirm()
        phone.talk(peer, lambda: peer.done and "done" in phone.heard, "done")
        assert beside.ends() == 0 and beside.says("the device of")


def test_a_homeserver_between_makes_the_emoji_differ(synapse, proxied):
    """It puts a key of its own in place of the peer's, on the way to the bot."""
    bot, proxy = proxied
    bootstrap(bot)
    bot.start()
    account = Account(synapse, bot)
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    peer = Peer(phone.side(), bot_side(account), "t", {"transaction_id": "t"})
    between = vodozemac.Sas().public_key.to_base64()
    proxy.rule = lambda method, path: (lambda head, body: (head, body.replace(peer.public.encode(), between.encode()))) \
        if "/sync" in path else None
    peer.begin()
    phone.talk(peer, lambda: peer.established is not None, "the key")
    with operator(bot, phone.user) as beside:
        beside.until("[yes/no]")
        assert len(beside.names()) == 7 and beside.names() != peer.shown()[0]
        beside.answer("no")
        phone.talk(peer, lambda: peer.cancelled, "the cancel")
        assert peer.cancelled == "m.mismatched_sas" and beside.ends() == 77
    assert bot.stop() == 0


def test_a_device_that_is_named_as_a_master_key_verifies_nothing(synapse, proxied):
    """Row "Key/device id confusion in SAS", CVE-2022-39250, of the attacks: the homeserver shows the peer's device id as a master key of
    theirs, so that a key's id stands for either. The emoji are the same, the operator says so, and nobody is verified."""
    bot, proxy = proxied
    bootstrap(bot)
    name = f"phone{os.urandom(3).hex()}"
    user = f"@{name}:{synapse.server_name}"
    seeds, shown = made(user)
    master = vault.ed25519_public(seeds["master"])

    def add(answer):
        if user in answer["device_keys"]:
            answer.setdefault("master_keys", {})[user] = shown["master_key"]
            answer.setdefault("self_signing_keys", {})[user] = shown["self_signing_key"]

    proxy.rule = lambda method, path: spoiled(add) if "/keys/query" in path else None
    bot.start()
    phone = Phone(synapse, name, device_id=master)
    peer = Peer(phone.side(master), bot_side(Account(synapse, bot)), "t", {"transaction_id": "t"})
    peer.begin()
    phone.talk(peer, lambda: peer.established is not None, "the key")
    with operator(bot, user) as beside:
        beside.until("[yes/no]")
        beside.answer("yes")
        phone.talk(peer, lambda: "mac" in phone.heard, "the MAC")
        peer.say("mac", peer.macs({"ed25519:" + master: phone.ed25519}))
        phone.talk(peer, lambda: peer.cancelled, "the cancel")
        assert peer.cancelled == "m.key_mismatch" and beside.ends() == 77
    bot.logs(f"e2ee-verification-over user={user}")
    assert f"event=e2ee-verified user={user}" not in bot.log.read_text()
    assert bot.stop() == 0


def test_strangers_are_not_answered_and_many_at_once_cost_little(synapse):
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    stranger = Phone(synapse, f"phone{os.urandom(3).hex()}")
    bot = Spotter(synapse, f"picky{os.urandom(3).hex()}", allow=phone.user)
    try:
        bootstrap(bot)
        bot.start()
        account = Account(synapse, bot)
        to = bot_side(account)
        for number in range(10):
            stranger.ask(to, f"s{number}")
            phone.ask(to, f"t{number}")
        phone.ask(to, "old", timestamp=int(time.time() * 1000) - 11 * 60 * 1000)
        heard, deadline = [], time.monotonic() + 30
        while len(heard) < 12:
            assert time.monotonic() < deadline, heard
            heard += [(event["type"].removeprefix(PREFIX), event["content"]["transaction_id"]) for event in phone.sync()]
        # A device that begins another one has both ended: eight are looked at, no more.
        assert sorted(heard) == sorted([("ready", f"t{at}") for at in (0, 2, 4, 6)] + [("cancel", f"t{at}") for at in range(8)])
        assert stranger.sync(0) == [] and phone.sync(0) == []
        code, said = bot.command("verify", "--emoji", "--user", stranger.user)
        assert code == 78 and "allows" in said
        assert bot.stop() == 0
    finally:
        bot.close()


def test_killed_on_the_way_the_other_side_is_told(synapse, account, spotter):
    phone = Phone(synapse, f"phone{os.urandom(3).hex()}")
    peer = Peer(phone.side(), bot_side(account), "t", {"transaction_id": "t"})
    peer.begin()
    phone.talk(peer, lambda: peer.established is not None, "the key")
    with operator(spotter, phone.user) as beside:
        beside.until("[yes/no]")
        spotter.kill()
        beside.answer("yes")
        assert beside.ends() == 69
    spotter.start()
    phone.talk(peer, lambda: peer.cancelled, "the cancel")
    assert peer.cancelled == "m.user"


def test_without_a_daemon_the_command_says_so(spotter):
    code, said = spotter.command("verify", "--emoji", "--user", "@anna:example.org")
    assert code == 69 and "spotter run" in said
    assert spotter.command("verify", "--emoji", "--user", "anna")[0] == 78
    assert spotter.command("verify", "--emoji")[0] == 64


# ---- identities that change

def test_a_new_identity_is_told_nothing_until_an_old_device_confirms_it(play, account, spotter):
    """Row "Owner vs UI trust" of the attacks: the homeserver, or somebody with the password, replaces the identity."""
    async def scenario(gym):
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user)
        assert "bench press" in (await anna.ask(room, "bench 80x8 @1")).body.lower()
        intruder = await gym.lifter("intruder", anna.user, anna.password)
        await intruder.until(lambda: room in intruder.client.rooms, "the room")
        identity.publish().sign(intruder.client.device_id)
        spotter.logs("e2ee-identity-changed")
        for client, text in ((intruder, "today"), (intruder, "confirm identity"), (anna, "today")):
            notice = await client.ask(room, text)
            assert "identity is new" in notice.body and not any(digit in notice.body for digit in "0123456789"), notice.body
        spotter.kill()
        spotter.start()
        assert "identity is new" in (await intruder.ask(room, "bench 90x3 @0")).body
        assert "Confirmed" in (await anna.ask(room, "Confirm identity")).body
        today = await intruder.ask(room, "today")
        assert "80" in today.body and "90" not in today.body
        assert not any("80" in getattr(event, "body", "") for _, event, _ in intruder.events[:intruder.events.index(
            next(row for row in intruder.events if row[1] is today))] if event.sender == spotter.user)

    play(scenario)


def test_the_operators_room_hears_of_it_once(play, synapse, spotter):
    async def scenario(gym):
        boss = await gym.lifter("boss")
        office = (await boss.client.room_create(invite=[spotter.user])).room_id
        spotter.config.write_text(spotter.config.read_text().replace("  allow =", f'  admin_room = "{office}"\n  allow ='))
        bootstrap(spotter)
        spotter.start()
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user)
        request = await InRoom(anna, room, Account(synapse, spotter), identity.master).ask()
        assert "spotter verify --emoji" in (await anna.reply_to(request)).body
        identity.publish().sign(anna.client.device_id)
        spotter.logs("e2ee-identity-changed")
        for _ in range(2):
            assert "identity is new" in (await anna.ask(room, "today")).body

        def heard(word):
            return [event.body for where, event, _ in boss.events
                    if where == office and event.sender == spotter.user and word in getattr(event, "body", "")]

        await boss.until(lambda: heard("compare emoji") and heard("new encryption identity"), "both in the operator's room")
        assert all(len(heard(word)) == 1 and anna.user in heard(word)[0] for word in ("compare emoji", "new encryption identity"))

    play(scenario)
    assert spotter.stop() == 0


def test_a_new_identity_is_accepted_by_comparing_emoji(play, account, spotter):
    async def scenario(gym):
        anna, identity = await person(gym, "anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        identity.publish().sign(anna.client.device_id)
        spotter.logs("e2ee-identity-changed")
        assert "identity is new" in (await anna.ask(room, "today")).body
        with operator(spotter, anna.user, "--yes") as beside:
            verification = InRoom(anna, room, account, identity.master)
            await verification.ask()
            await verification.hears("ready")
            verification.peer.begin()
            await verification.hears("mac")
            verification.peer.confirm()
            await verification.until(lambda: verification.peer.done, "done")
            assert await asyncio.to_thread(beside.ends) == 0
        assert "80" in (await anna.ask(room, "today")).body

    play(scenario)

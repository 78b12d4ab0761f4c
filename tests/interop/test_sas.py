"""Verification by emoji against vodozemac, which Element X and nio build on: both roles, both at once, and everything that an attacker
between the two may change."""

import json
import os
import sys

import pytest
import vodozemac
from hypothesis import strategies as st
from pipe import Pipe, examined, hexed, unhex

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import vault  # noqa: E402
from emoji import PREFIX, Peer, Side  # noqa: E402

IDLE, STARTED, ACCEPTED, KEYED, SHOWN, CONFIRMED, VERIFIED, CANCELLED = range(8)
BOT = "@spotter:example.org"
users = st.sampled_from(["@anna:example.org", "@zoe:example.org", "@ä:example.org", "@spotter:example.org", "@spotter:example.orgy"])
devices = st.text(alphabet="ABCDEFGHIJ0", min_size=1, max_size=12)
bindings = st.sampled_from([("txn/1 ä\"", None), ("$event:example.org", True)])


def key(at):
    return vault.ed25519_public(bytes([at] * 32))


class Ours(Pipe):
    """The program's side."""

    def begin_with(self, own, peer, identifier, binding):
        self("new", *own.words(), *peer.words(), identifier, json.dumps(binding)[1:-1])

    def __call__(self, command, *words):
        [answer] = self.ask(command, *(hexed(word.encode()) for word in words))
        return unhex(answer).decode()

    def take(self, kind, content):
        self("receive", kind.removeprefix(PREFIX), json.dumps(content))

    def messages(self):
        while said := self("next"):
            kind, _, content = said.partition(" ")
            yield PREFIX + kind, json.loads(content)

    def state(self):
        number, _, rest = self("state").partition(" ")
        return int(number), rest

    def shown(self):
        words = self("shown").split("|")
        return words[:7], [int(word) for word in words[7:]]


@pytest.fixture(scope="module")
def ours():
    tool = Ours("sas_tool")
    yield tool
    tool.close()


def meet(ours, user="@anna:example.org", device="PHONE", master=True, own_master=True, binding=("t1", None), own_device="BOTDEV"):
    identifier, in_room = binding
    relation = ({"m.relates_to": {"rel_type": "m.reference", "event_id": identifier}} if in_room else {"transaction_id": identifier})
    own, peer = Side(BOT, own_device, key(1), key(2) if own_master else ""), Side(user, device, key(3), key(4) if master else "")
    ours.begin_with(own, peer, identifier, relation)
    return Peer(peer, own, identifier, relation)


def carry(ours, peer, spoil=lambda kind, content, to: content):
    """Carries messages both ways until neither has any; SPOIL may change them (None: lost)."""
    moved = True
    while moved:
        moved = False
        for kind, content in ours.messages():
            moved = True
            content = spoil(kind, content, "peer")
            if content is not None:
                peer.take(kind, content)
        while peer.out:
            moved = True
            kind, content = peer.out.pop(0)
            content = spoil(kind, content, "us")
            if content is not None:
                ours.take(kind, content)


def begin(ours, peer, who):
    if who in ("us", "both"):
        ours("begin")
    if who in ("peer", "both"):
        peer.begin()


@examined(user=users, device=devices, master=st.booleans(), own_master=st.booleans(), binding=bindings,
          who=st.sampled_from(["us", "peer", "both"]), first=st.sampled_from(["us", "peer"]))
def test_both_sides_see_the_same_and_vouch_for_their_keys(ours, user, device, master, own_master, binding, who, first):
    if user == BOT and device == "BOTDEV":
        return
    peer = meet(ours, user, device, master, own_master, binding)
    begin(ours, peer, who)
    carry(ours, peer)
    assert ours.state()[0] == SHOWN and ours.shown() == peer.shown()
    if first == "us":
        ours("answer", "yes")
        carry(ours, peer)
        assert ours.state()[0] == CONFIRMED and peer.verified == {"ed25519:BOTDEV"} | ({"ed25519:" + key(2)} if own_master else set())
        peer.confirm()
    else:
        peer.confirm()
        carry(ours, peer)
        assert ours.state()[0] == SHOWN and not peer.verified, "no MAC of ours before somebody has compared"
        ours("answer", "yes")
    carry(ours, peer)
    assert ours.state() == (VERIFIED, "device master" if master else "device") and peer.done and peer.cancelled is None


@examined(who=st.sampled_from(["us", "peer"]))
def test_somebody_between_makes_them_see_different_things(ours, who):
    """Each side agrees with the attacker on a key of the attacker's."""
    between = vodozemac.Sas().public_key.to_base64()
    peer = meet(ours)
    if who == "peer":
        peer._commitment = lambda key, start: peer.commitment  # one that checks nothing
    begin(ours, peer, who)

    def swap(kind, content, to):
        return {**content, "key": between} if kind == PREFIX + "key" else content

    carry(ours, peer, swap)
    if who == "us":  # the attacker could not know the key when the peer's commitment went by
        assert ours.state() == (CANCELLED, "m.mismatched_commitment")
    else:
        assert ours.shown() != peer.shown()


# What each message may be made of, where we accept ("peer" begins) and where we began, and how it ends.
SMALL = [vault.unpadded(bytes(32)), vault.unpadded(b"\x01" + bytes(31)), vault.unpadded(b"\xec" + b"\xff" * 30 + b"\x7f"),
         "4Ot6fDtBuK4WVuP68Z/EatoJjeucMrH9hmIFFl9JuAA"]
SPOILT = [
    ("peer", "start", {"method": "m.qr.v1"}, "m.unknown_method"),
    ("peer", "start", {"key_agreement_protocols": ["curve25519"]}, "m.unknown_method"),
    ("peer", "start", {"hashes": "sha256"}, "m.unknown_method"),
    ("peer", "start", {"message_authentication_codes": ["hkdf-hmac-sha256", "hmac-sha256"]}, "m.unknown_method"),
    ("peer", "start", {"short_authentication_string": []}, "m.unknown_method"),
    ("peer", "start", {"from_device": "OTHER"}, "m.user_mismatch"),
    ("peer", "start", {"from_device": 7}, "m.user_mismatch"),
    ("peer", "start", {"more": 1.5}, "m.invalid_message"),
    ("us", "accept", {"key_agreement_protocol": "curve25519"}, "m.unknown_method"),
    ("us", "accept", {"message_authentication_code": "hkdf-hmac-sha256"}, "m.unknown_method"),
    ("us", "accept", {"hash": None}, "m.unknown_method"),
    ("us", "accept", {"short_authentication_string": ["smell"]}, "m.unknown_method"),
    ("us", "accept", {"commitment": "short"}, "m.invalid_message"),
    ("us", "accept", {"commitment": key(9)}, "m.mismatched_commitment"),
    *(("peer", "key", {"key": bad}, "m.invalid_message") for bad in [*SMALL, "", "x" * 43 + "=", 5, None]),
    ("us", "key", {"key": SMALL[0]}, "m.invalid_message"),
]


@pytest.mark.parametrize("who, kind, change, code", SPOILT, ids=[f"{who}-{kind}-{number}" for number, (who, kind, _, _) in enumerate(SPOILT)])
def test_what_was_changed_cancels(ours, who, kind, change, code):
    peer = meet(ours)
    begin(ours, peer, who)
    try:
        carry(ours, peer, lambda name, content, to: {**content, **change} if name == PREFIX + kind and to == "us" else content)
    except AssertionError:
        pass  # the peer's own checks
    assert ours.state() == (CANCELLED, code)
    assert peer.cancelled == code


def test_an_echo_of_our_own_key_is_no_key(ours):
    peer = meet(ours)
    ours("begin")
    [(_, start)] = ours.messages()
    peer.take("m.key.verification.start", start)
    ours.take(*peer.out.pop(0))
    [(_, content)] = ours.messages()
    ours.take("key", content)
    assert ours.state() == (CANCELLED, "m.invalid_message")


def shown(ours, **more):
    peer = meet(ours, **more)
    peer.begin()
    carry(ours, peer)
    assert ours.state()[0] == SHOWN
    return peer


def spoilt_macs(peer):
    good = peer.macs(peer.keys())
    [device, master] = [f"ed25519:{peer.own.device}", f"ed25519:{peer.own.master}"]
    yield "a wrong device key", peer.macs({device: key(7), master: key(4)}), "m.key_mismatch"
    yield "a wrong master key", peer.macs({device: key(3), master: key(7)}), "m.key_mismatch"
    yield "one MAC for the other", {**good, "mac": {device: good["mac"][master], master: good["mac"][device]}}, "m.key_mismatch"
    yield "one left out", {**good, "mac": {device: good["mac"][device]}}, "m.key_mismatch"
    yield "one added", {**good, "mac": {**good["mac"], "ed25519:MORE": good["keys"]}}, "m.key_mismatch"
    yield "another list", {**good, "keys": good["mac"][device]}, "m.key_mismatch"
    yield "none that is known", peer.macs({"ed25519:OTHER": key(5)}), "m.key_mismatch"
    yield "none", peer.macs({}), "m.key_mismatch"
    yield "too many", peer.macs({f"ed25519:X{number}": key(5) for number in range(65)} | {device: key(3)}), "m.key_mismatch"
    yield "no text", {**good, "mac": {**good["mac"], device: 5}}, "m.key_mismatch"
    yield "no list", {"mac": good["mac"]}, "m.invalid_message"
    yield "no object", {**good, "mac": [good["mac"]]}, "m.invalid_message"


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_wrong_mac_cancels(ours, confirmed):
    for number, (what, _, _) in enumerate(spoilt_macs(shown(ours))):
        peer = shown(ours)
        if confirmed:
            ours("answer", "yes")
        _, content, code = list(spoilt_macs(peer))[number]
        peer.say("mac", content)
        carry(ours, peer)
        assert (ours.state()[0], peer.cancelled) == (CANCELLED, code), what
        assert ours.state()[1].startswith(code)


def test_a_key_that_we_do_not_know_is_skipped(ours):
    peer = shown(ours)
    peer.say("mac", peer.macs({**peer.keys(), "ed25519:TABLET": key(8), "other:X": key(8)}))
    ours("answer", "yes")
    carry(ours, peer)
    assert ours.state() == (VERIFIED, "device master")


def test_a_device_named_as_a_master_key_is_refused(ours):
    """CVE-2022-39250: what is vouched for would be another key than it seems."""
    peer = shown(ours, device=key(4))
    ours("answer", "yes")
    peer.confirm()
    carry(ours, peer)
    assert (ours.state()[0], peer.cancelled) == (CANCELLED, "m.key_mismatch")


def test_what_people_see_as_different_cancels(ours):
    peer = shown(ours)
    ours("answer", "no")
    carry(ours, peer)
    assert ours.state() == (CANCELLED, "m.mismatched_sas") and peer.cancelled == "m.mismatched_sas"
    ours("answer", "yes")
    assert list(ours.messages()) == []


STEPS = ["idle", "started", "accepted", "keyed", "shown", "confirmed"]


def reach(ours, step):
    """A verification at STEP, and the peer."""
    peer = meet(ours)
    if step == "idle":
        return peer
    if step in ("started", "keyed"):
        ours("begin")
        if step == "keyed":
            [(kind, content)] = ours.messages()
            peer.take(kind, content)
            ours.take(*peer.out.pop(0))
            list(ours.messages())
        return peer
    peer.begin()
    if step == "accepted":
        ours.take(*peer.out.pop(0))
        list(ours.messages())
        return peer
    carry(ours, peer)
    if step == "confirmed":
        ours("answer", "yes")
        list(ours.messages())
    return peer


@pytest.mark.parametrize("step", STEPS)
def test_a_cancel_is_taken_in_each_state_and_ends_it(ours, step):
    for code, kept in (("m.user", "m.user"), ("org.example.\x1b[2J", "")):
        peer = reach(ours, step)
        list(ours.messages())
        ours.take("cancel", {"code": code, "reason": "x", **peer.binding})
        assert ours.state()[0] == CANCELLED and ours.state()[1].startswith(kept)
        ours("answer", "yes")
        ours.take("start", {"from_device": "PHONE"})
        assert list(ours.messages()) == [], "nothing follows, an error least of all"


EXPECTED = {"idle": {"start"}, "started": {"start", "accept"}, "accepted": {"key"}, "keyed": {"key"}, "shown": {"mac"}, "confirmed": {"mac"}}


@pytest.mark.parametrize("step", STEPS)
def test_what_comes_out_of_turn_cancels(ours, step):
    for kind in {"start", "accept", "key", "mac", "done"} - EXPECTED[step]:
        reach(ours, step)
        ours.take(kind, {"from_device": "PHONE", "key": key(3)})
        assert ours.state() == (CANCELLED, "m.unexpected_message"), (step, kind)
        assert [name for name, _ in ours.messages()][-1:] == [PREFIX + "cancel"]


def test_a_mac_counts_once(ours):
    peer = shown(ours)
    peer.confirm()
    carry(ours, peer)
    peer.confirm()
    carry(ours, peer)
    assert (ours.state()[0], peer.cancelled) == (CANCELLED, "m.unexpected_message")

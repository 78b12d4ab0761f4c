"""Members, devices and identities that the homeserver makes up. Each test names the row of the notes on attacks that it plays: who isn't
known gets no key, nobody listens unannounced, and what concerns the lifter is said to them without a word of their training."""

import json

import nio
import vault
from attack import attack, event
from device import Device
from identity import Identity, made


def pin(scene):
    """What the bot keeps of Anna's identity."""
    rows = scene.bot.rows("SELECT json FROM user_identity WHERE user_id = ?", scene.anna.user)
    return json.loads(rows[0][0]) if rows else {}


async def pinned(scene):
    """Anna has an identity, which has signed her phone, and the bot has seen that."""
    person = scene.anna
    identity = Identity(scene.synapse, person.user, person.password, person.client.access_token).publish().sign(person.client.device_id)
    await person.until(lambda: "ed25519:" + identity.master in pin(scene).get("master_key", {}).get("keys", {}), "the identity is pinned")
    return identity


async def is_kept_out(scene, device):
    """Anna's next set is answered; DEVICE is told that it gets no key, and gets none."""
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("e2ee-key-withheld", f"device={device.device}", "code=m.unverified")
    heard = device.hears()
    assert [(each["type"], each["content"]["code"]) for each in heard] == [("m.room_key.withheld", "m.unverified")], heard


@attack
async def test_a_device_that_nobody_has_signed_gets_no_key(scene):
    """Server-added device: MSC4153, no key without the signature of its owner's identity."""
    await pinned(scene)
    tablet = Device(scene.synapse, user=scene.anna.user, password=scene.anna.password).publish()
    await scene.anna.until(lambda: scene.bot.rows("SELECT 1 FROM device WHERE device_id = ?", tablet.device), "the device is known")
    await is_kept_out(scene, tablet)


@attack
async def test_a_device_that_another_key_has_signed_gets_no_key(scene):
    """Server-added device: the homeserver signs it too, with a self-signing key that Anna's identity doesn't know."""
    await pinned(scene)
    tablet, (seeds, forged) = Device(scene.synapse, user=scene.anna.user, password=scene.anna.password), made(scene.anna.user)
    signed = vault.sign(tablet.keys(), scene.anna.user, seeds["self_signing"])

    def forge(answer):
        if scene.anna.user in answer["device_keys"]:
            answer["self_signing_keys"][scene.anna.user] = forged["self_signing_key"]
            answer["device_keys"][scene.anna.user][tablet.device] = signed

    scene.answers["/keys/query"] = forge
    tablet.publish()
    await scene.anna.until(lambda: scene.bot.rows("SELECT 1 FROM device WHERE device_id = ?", tablet.device), "the device is known")
    await is_kept_out(scene, tablet)


@attack
async def test_an_identity_that_the_homeserver_makes_up_is_told_nothing(scene):
    """Owner vs UI trust, CVE-2024-40648, -52813: another master key is shown as Anna's, which has signed the attacker's device."""
    await pinned(scene)
    seeds, forged = made(scene.anna.user)
    intruder = Device(scene.synapse, user=scene.anna.user, password=scene.anna.password)
    signed = vault.sign(intruder.keys(), scene.anna.user, seeds["self_signing"])

    def forge(answer):
        if scene.anna.user in answer["device_keys"]:
            for usage in ("master", "self_signing"):
                answer[usage + "_keys"][scene.anna.user] = forged[usage + "_key"]
            answer["device_keys"][scene.anna.user][intruder.device] = signed

    scene.answers["/keys/query"] = forge
    intruder.publish()
    await scene.logs("e2ee-identity-changed", scene.anna.user)
    for text in ("today", "bench 95x1 @0"):
        told = await scene.anna.ask(scene.room, text)
        assert "identity is new" in told.body and not any(digit in told.body for digit in "0123456789"), told.body
    await scene.logs("identity-changed", scene.anna.user, scene.room)
    assert scene.sets() == [(80, 8)]
    scene.answers.clear()
    scene.change = lambda sync: sync.setdefault("device_lists", {}).setdefault("changed", []).append(scene.anna.user)
    await scene.anna.send(scene.room, "good morning")
    await scene.anna.until(lambda: "seen" not in pin(scene), "the identity is hers again")


@attack
async def test_a_member_that_the_homeserver_makes_is_named_before_anything_is_said(scene):
    """Server-made membership: in a training room, by name, before anything about others; and no key for a device that isn't signed."""
    ben = await scene.gym.lifter("ben")
    team = await scene.anna.direct_chat(scene.bot.user)
    await scene.anna.bring(team, ben)
    await scene.anna.ask(team, "!group setup")
    await ben.ask(team, "!share room")
    await ben.ask(team, "squat 100x5 @2")
    eve = scene.mallory()
    Identity(scene.synapse, eve.user, eve.password, eve.token).publish()
    slipped_in = event("m.room.member", eve.user, {"membership": "join", "displayname": "the usual"}, state_key=eve.user)

    def slip_in(sync):
        joined = sync.get("rooms", {}).get("join", {}).get(team)
        if joined is not None:
            joined.setdefault("state", {}).setdefault("events", []).append(slipped_in)

    scene.change = slip_in
    seen = len(scene.anna.events)
    answer = await scene.anna.ask(team, "!board")
    said = [line for room, line, _ in scene.anna.events[seen:]
            if room == team and line.sender == scene.bot.user and isinstance(line, nio.RoomMessage)]
    assert all(line.decrypted for line in said)
    named = next(number for number, line in enumerate(said) if eve.user in line.body and "New here" in line.body)
    assert named < said.index(answer), [line.body for line in said]
    await scene.logs("message", f"room={team}", slipped_in["event_id"])
    await scene.logs("e2ee-key-withheld", eve.user, "code=m.unverified")
    assert {each["type"] for each in eve.hears()} == {"m.room_key.withheld"}

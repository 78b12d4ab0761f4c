"""Row "DoS" of the notes on attacks: ten thousand junk pre-key messages, while somebody trains."""

import asyncio
import base64
import copy
import os
import random
import time

import vault
import vodozemac
from attack import attack
from device import OLM, Device

JUNK, AT_ONCE = 10_000, 20
REQUESTS, SECONDS = 300, 10  # what they may cost


def broken(sender, curve25519, target):
    """Looks like a pre-key message, and can't be opened."""
    return {"type": "m.room.encrypted", "sender": sender, "content": {
        "algorithm": OLM, "sender_key": curve25519,
        "ciphertext": {target.curve25519: {"type": 0, "body": base64.b64encode(b"\x03\x0a" + os.urandom(200)).decode()}}}}


def opened(device, target, fallback, sender):
    """One that opens, by the key that never runs out, of a device that nobody has ever listed."""
    stranger = copy.copy(device)
    stranger.user, stranger._sessions = sender, {target.device: device.account.create_outbound_session(
        vodozemac.Curve25519PublicKey.from_base64(target.curve25519), vodozemac.Curve25519PublicKey.from_base64(fallback))}
    return {"type": "m.room.encrypted", "sender": sender, "content": stranger.sealed(target, "m.dummy", {})}


def fallback_key(device, target):
    """What is given out when all others are claimed."""
    while True:
        claimed = device.request("POST", "/keys/claim", {"one_time_keys": {target.user: {target.device: "signed_curve25519"}}})
        [key] = claimed["one_time_keys"][target.user][target.device].values()
        if key.get("fallback"):
            return key["key"]


def junk(scene, devices):
    """In the names of strangers, of devices that are listed, and of Anna's own, in any order; a sixth of it opens."""
    target, anna = scene.target, scene.anna
    fallback, source = fallback_key(scene.mallory(), target), scene.mallory()
    phone = anna.client.olm.account.identity_keys["curve25519"]
    made = []
    for number in range(JUNK):
        sender = f"@junk{number}:gym.test"
        kind = number % 6
        if kind == 0:
            made.append(opened(source, target, fallback, sender))
        elif kind == 1:
            made.append(broken(anna.user, phone, target))
        elif kind == 2:
            device = devices[number % len(devices)]
            made.append(broken(device.user, device.curve25519, target))
        else:
            made.append(broken(sender, vault.curve25519_public(os.urandom(32)) if kind == 3 else phone, target))
    random.Random(1).shuffle(made)
    return made


@attack
async def test_ten_thousand_junk_messages_cost_little(scene):
    """DoS: at most 300 requests for keys, and a set is answered within ten seconds meanwhile."""
    devices = [scene.mallory()] + [Device(scene.synapse, user=scene.mallory().user, password=scene.mallory().password).publish()
                                   for _ in range(29)]
    devices[1].send(scene.target, "m.room.encrypted", devices[1].sealed(scene.target, "m.dummy", {}))
    await scene.anna.until(lambda: scene.bot.rows("SELECT count(*) FROM device WHERE user_id = ?", devices[0].user) == [(30,)], "all are known")
    left = await asyncio.to_thread(junk, scene, devices)
    asked = len(scene.proxy.seen)

    def pour(sync):
        sync.setdefault("to_device", {}).setdefault("events", []).extend(left[:AT_ONCE])
        del left[:AT_ONCE]

    scene.change = pour
    scene.proxy.rewrite = lambda head: head.replace(b"timeout=30000", b"timeout=0") if left else head  # there is always something
    took = []
    while left:
        begun = time.monotonic()
        await scene.anna.ask(scene.room, "80x7 @1", timeout=60)
        took.append(time.monotonic() - begun)
        await asyncio.sleep(1)
    for_keys = [path for _, path, _ in scene.proxy.seen[asked:] if "/keys/query" in path or "/keys/claim" in path]
    print(f"{len(for_keys)} requests for keys; {len(took)} sets were answered in {max(took):.1f} s at most")
    assert len(for_keys) <= REQUESTS and max(took) <= SECONDS
    assert scene.sets() == [(80, 8)] + len(took) * [(80, 7)]
    assert len(scene.lines("e2ee-olm-refused")) > JUNK / 2

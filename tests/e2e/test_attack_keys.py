"""Keys that aren't what they are said to be: by the wrong way, of the wrong device, of low order, over better ones. Each test names the row
of the notes on attacks that it plays; nothing of it is kept, and the refusal is logged."""

import copy

import vault
from attack import attack, event
from device import MEGOLM, Device, RoomKey

ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519's group
ZERO = vault.unpadded(bytes(32))
ONE = vault.unpadded(b"\x01" + bytes(31))  # the neutral point: any message is signed under it by itself and 0
SIGNED_BY_ONE = vault.unpadded(b"\x01" + bytes(63))


def kept(scene, session_id):
    return scene.bot.rows("SELECT sender_user, first_index FROM megolm_inbound WHERE session_id = ?", session_id)


async def opens_nothing(scene, key):
    """What the homeserver calls a set of Anna's under KEY waits for a key that never comes."""
    made_up = event("m.room.encrypted", scene.anna.user, key.sealed("bench 95x1 @0"))
    scene.between(lambda events: events.append(made_up))
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("parked", made_up["event_id"])
    assert kept(scene, key.id) == [] and scene.sets() == [(80, 8), (80, 7)]


async def known(scene, device):
    """The bot has DEVICE in its owner's list."""
    device.send(scene.target, "m.room.encrypted", device.sealed(scene.target, "m.dummy", {}))
    await scene.anna.until(lambda: scene.bot.rows("SELECT count(*) FROM device WHERE device_id = ?", device.device) == [(1,)],
                           "the device is known")


@attack
async def test_room_keys_come_by_olm_alone(scene):
    """Olm/Megolm confusion, CVE-2022-39251, -39255, -39248: in the clear, by Megolm, and by Olm that calls itself Megolm."""
    mallory, target, key = scene.mallory(), scene.target, RoomKey(scene.room)
    wrapper = RoomKey(scene.room)
    mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", wrapper.content()))
    await scene.anna.until(lambda: kept(scene, wrapper.id), "the key that is right")
    mallory.send(target, "m.room_key", key.content())
    mallory.send(target, "m.room.encrypted", wrapper.sealed("", type="m.room_key", content=key.content()))
    mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", key.content()) | {"algorithm": MEGOLM})
    await scene.logs("e2ee-to-device-refused", "type=m.room_key ", mallory.user)
    await scene.logs("e2ee-olm-refused", mallory.user, "a to-device message that is not Olm", times=2)
    await opens_nothing(scene, key)


@attack
async def test_nobody_forwards_a_key_unasked(scene):
    """Semi-trusted impersonation, CVE-2022-39249, -39246, -39257: neither a stranger nor a device of Anna's own."""
    mallory, target, key = scene.mallory(), scene.target, RoomKey(scene.room)
    content = key.content(sender_key=scene.anna.client.olm.account.identity_keys["curve25519"], forwarding_curve25519_key_chain=[],
                          sender_claimed_ed25519_key=scene.anna.client.olm.account.identity_keys["ed25519"])
    mallory.send(target, "m.forwarded_room_key", content)
    mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.forwarded_room_key", content))
    await scene.says(scene.anna, target, "m.forwarded_room_key", content)
    await scene.logs("e2ee-to-device-refused", "type=m.forwarded_room_key", mallory.user)
    for sender in (mallory.user, scene.anna.user):
        await scene.logs("e2ee-olm-refused", f"sender={sender} ", "a forwarded room key that was not asked for")
    await opens_nothing(scene, key)


@attack
async def test_a_room_key_keeps_its_owner_and_its_index(scene):
    """Megolm key overwrite: whoever was in the room has the key, and may give it out as their own; an index that opens less, too."""
    mallory, target = scene.mallory(), scene.target
    tablet = Device(scene.synapse, user=scene.anna.user, password=scene.anna.password).publish()
    session = scene.anna.client.olm.outbound_group_sessions[scene.room]
    key = {"algorithm": MEGOLM, "room_id": scene.room, "session_id": session.id, "session_key": session.session_key}
    for device in (mallory, tablet):
        device.send(target, "m.room.encrypted", device.sealed(target, "m.room_key", key))
        await scene.logs("e2ee-olm-refused", f"key={device.curve25519}", "the session belongs to another device")
    await scene.says(scene.anna, target, "m.room_key", key)
    await scene.logs("e2ee-olm-refused", "a key as good is there already")
    other = RoomKey(scene.room)
    mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", other.content(session_id=session.id)))
    await scene.logs("e2ee-olm-refused", "the room key names another session")
    assert kept(scene, session.id) == [(scene.anna.user, 0)] and kept(scene, other.id) == []


@attack
async def test_a_device_says_whose_it_is_and_is_believed_only_that(scene):
    """To-device spoof, CVE-2026-45056: Anna's name in the payload, her device's keys beside it, her name on the envelope."""
    mallory, target, key = scene.mallory(), scene.target, RoomKey(scene.room)
    shown = mallory.request("POST", "/keys/query", {"device_keys": {scene.anna.user: []}})["device_keys"][scene.anna.user]
    hers = shown[scene.anna.client.device_id]
    for lie, reason in (({"sender": scene.anna.user}, "the payload names another sender"),
                        ({"sender_device_keys": hers}, "sender_device_keys: it names another user or device"),
                        ({"sender_device_keys": mallory.keys(curve25519=target.curve25519)}, "sender_device_keys: another device's"),
                        ({"sender_device_keys": mallory.keys() | {"signatures": {}}}, "sender_device_keys: it has not signed itself")):
        mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", key.content(), **lie))
        await scene.logs("e2ee-olm-refused", mallory.user, reason)

    def rename(sync):
        for each in sync.get("to_device", {}).get("events", []):
            each["sender"] = scene.anna.user

    scene.change = rename
    mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", key.content()))
    await scene.logs("e2ee-olm-refused", f"sender={scene.anna.user} ", "the payload names another sender")
    await opens_nothing(scene, key)


@attack
async def test_a_key_that_is_shared_unknowingly_is_refused(scene):
    """Unknown key share: another's Curve25519 key is claimed, another Ed25519 key is said, a message for somebody else is passed on."""
    mallory, target, key = scene.mallory(), scene.target, RoomKey(scene.room)
    await known(scene, mallory)
    other = Device(scene.synapse, user=mallory.user, password=mallory.password)
    for lie, reason in (({"recipient": scene.anna.user}, "the payload is meant for another recipient"),
                        ({"recipient_keys": {"ed25519": mallory.ed25519}}, "the payload is meant for another recipient"),
                        ({"keys": {"ed25519": other.ed25519}, "sender_device_keys": None}, "the payload's Ed25519 key is not the device's")):
        mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", key.content(), **lie))
        await scene.logs("e2ee-olm-refused", mallory.user, reason)
    # Anna's key as a device of Mallory's: what she says by Olm is his, says the homeserver.
    other.publish(other.keys(curve25519=scene.anna.client.olm.account.identity_keys["curve25519"]))

    def rename(sync):
        for each in sync.get("to_device", {}).get("events", []):
            each["sender"] = mallory.user

    scene.change = rename
    await scene.says(scene.anna, target, "m.room_key", key.content())
    await scene.logs("e2ee-olm-refused", f"sender={mallory.user} ", "the payload names another sender")
    await opens_nothing(scene, key)


@attack
async def test_keys_of_low_order_and_malleable_signatures_are_refused(scene):
    """Low-order keys, malleability: as keys of devices that have signed themselves, as one-time keys, as a sender's key."""
    def another():
        return Device(scene.synapse, user=scene.anna.user, password=scene.anna.password)

    flat, neutral, bent, poor = another(), another(), another(), another()
    flat.publish(flat.keys(curve25519=ZERO))
    keys = neutral.keys(ed25519=ONE)
    keys["signatures"][neutral.user]["ed25519:" + neutral.device] = SIGNED_BY_ONE
    neutral.publish(keys)
    keys = bent.keys()
    signature = vault.unbase64(keys["signatures"][bent.user]["ed25519:" + bent.device])
    more = int.from_bytes(signature[32:], "little") + ORDER
    keys["signatures"][bent.user]["ed25519:" + bent.device] = vault.unpadded(signature[:32] + more.to_bytes(32, "little"))
    bent.publish(keys)
    poor.publish(one_time_keys={"signed_curve25519:AAAAAA": poor.signed({"key": ZERO})})
    for device, reason in ((flat, "its Curve25519 key is no good one"), (neutral, "its Ed25519 key is no good one"),
                           (bent, "it has not signed itself")):
        await scene.logs("e2ee-device-refused", f"device={device.device}", reason)
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("e2ee-claim-failed", f"device={poor.device}", "its one-time key is no good one")
    mallory = scene.mallory()
    mallory.send(scene.target, "m.room.encrypted", mallory.sealed(scene.target, "m.dummy", {}) | {"sender_key": ZERO})
    await scene.logs("e2ee-olm-refused", "the sender's key is no good one")
    devices = {device for (device,) in scene.bot.rows("SELECT device_id FROM device WHERE user_id = ?", scene.anna.user)}
    assert poor.device in devices and not devices & {flat.device, neutral.device, bent.device}
    assert not [each for device in (flat, neutral, bent, poor) for each in device.sync(0) if each["type"] == "m.room.encrypted"]


@attack
async def test_nobody_is_given_a_key_who_asks(scene):
    """History sharing, CVE-2024-47080: a stranger, and an unsigned device of Anna's, ask for the room's key."""
    [(session,)] = scene.bot.rows("SELECT session_id FROM megolm_inbound WHERE sender_user = ?", scene.bot.user)
    tablet = Device(scene.synapse, user=scene.anna.user, password=scene.anna.password).publish()
    for device in (scene.mallory(), tablet):
        device.send(scene.target, "m.room_key_request", {
            "action": "request", "request_id": "1", "requesting_device_id": device.device, "body": {
                "algorithm": MEGOLM, "room_id": scene.room, "session_id": session, "sender_key": scene.target.curve25519}})
        await scene.logs("e2ee-to-device-refused", "type=m.room_key_request", device.user)
    await scene.anna.ask(scene.room, "80x7 @1")
    assert scene.mallory().sync(0) == []


@attack
async def test_a_device_that_its_owners_list_lacks_is_not_heard(scene):
    """A device that is not, or no longer, in its sender's list: what it says is refused, not booked; back in the list it is heard."""
    def without(answer):
        if scene.anna.user in answer["device_keys"]:
            answer["device_keys"][scene.anna.user] = {}

    def changed(sync):
        """With what she says next, not before it."""
        said = sync.get("rooms", {}).get("join", {}).get(scene.room, {}).get("timeline", {}).get("events", [])
        if any(each["type"] == "m.room.encrypted" and each["sender"] == scene.anna.user for each in said):
            sync.setdefault("device_lists", {}).setdefault("changed", []).append(scene.anna.user)

    scene.answers["/keys/query"], scene.change = without, changed
    await scene.anna.send(scene.room, "80x7 @1")
    await scene.logs("e2ee-device-gone", scene.anna.client.device_id)
    scene.change = lambda sync: None
    unheard = await scene.anna.send(scene.room, "80x6 @1")
    await scene.logs("event-refused", unheard, "the sending device is not in its owner's list")
    assert scene.sets() == [(80, 8), (80, 7)]
    scene.answers, scene.change = {}, changed
    await scene.anna.ask(scene.room, "80x5 @1")
    assert scene.sets() == [(80, 8), (80, 7), (80, 5)] and not scene.anna.replies_to(unheard)
    scene.anna.undecryptable.clear()  # what was said meanwhile was for no device


@attack
async def test_a_device_whose_keys_change_is_refused_for_good(scene):
    """Keys of a device change under its id: refused, also on the second query, and nothing goes to the new ones."""
    forger = copy.copy(scene.mallory())
    forger.user, forger.device = scene.anna.user, scene.anna.client.device_id

    def forge(answer):
        if scene.anna.user in answer["device_keys"]:
            answer["device_keys"][scene.anna.user][forger.device] = forger.keys()

    scene.answers["/keys/query"] = forge
    scene.change = lambda sync: sync.setdefault("device_lists", {}).setdefault("changed", []).append(scene.anna.user)
    for times, reps in ((1, 7), (2, 5)):
        await scene.anna.ask(scene.room, f"80x{reps} @1")
        await scene.logs("e2ee-device-refused", scene.anna.user, forger.device, "its keys changed", times=times)
    assert scene.bot.rows("SELECT curve25519 FROM device WHERE user_id = ?", scene.anna.user) == [
        (scene.anna.client.olm.account.identity_keys["curve25519"],)]
    assert not any(forger.curve25519 in line for line in scene.bot.rows("SELECT their_curve25519 FROM olm_session"))
    assert scene.sets() == [(80, 8), (80, 7), (80, 5)]


@attack
async def test_an_unclear_count_of_one_time_keys_makes_none(scene):
    """The count of one-time keys is absent, or no number: the server is asked, before keys are made that push out others."""
    counts, told = [], []
    scene.change = lambda sync: told.append(sync.get("device_one_time_keys_count", {}).get("signed_curve25519"))
    while told[-1:] != [50]:  # what Anna's client has claimed is made up for by then
        await scene.anna.ask(scene.room, "today")
    scene.answers["/keys/upload"] = lambda answer: counts.append(answer["one_time_key_counts"].get("signed_curve25519", 0))
    for reps, count in enumerate((None, {"signed_curve25519": "50"}, {"signed_curve25519": -2**63}, "x"), 4):

        def spoil(sync, count=count):
            sync.pop("device_one_time_keys_count", None)
            if count is not None:
                sync["device_one_time_keys_count"] = count

        scene.change = spoil
        await scene.anna.ask(scene.room, f"80x{reps} @1")
        await scene.anna.until(lambda: counts, "the server is asked")
    assert len(counts) == 1 and counts[0] <= 50, counts

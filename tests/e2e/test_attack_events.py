"""The homeserver changes, repeats, moves and makes up what stands in rooms. Each test names the row of the notes on attacks that it
plays; what is refused is booked for nobody, logged, and said where somebody can act."""

import asyncio
import json
import os

import nio
import pytest
import vault
from attack import Scene, attack, event, message, silent
from device import MEGOLM, OLM, Device, RoomKey
from proxy import HOLD

SETS = [(80, 8)]


def note(events, user, seen):
    """Keeps the last encrypted event of USER's."""
    seen.extend(event for event in list(events) if event["type"] == "m.room.encrypted" and event["sender"] == user)


@attack
async def test_a_replayed_event_is_refused(scene):
    """Replay: an old ciphertext comes again under a new event id."""
    seen = []

    def replay(events):
        note(events, scene.anna.user, seen)
        events.extend({**old, "event_id": "$replayed" + os.urandom(8).hex()} for old in seen[:1])

    scene.between(replay)
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("event-refused", "event_id=$replayed", "the event repeats another")
    assert scene.sets() == SETS + [(80, 7)]
    assert not any("$replayed" in str(line.source.get("content")) for _, line, _ in scene.anna.events)


@attack
async def test_a_forged_sender_is_refused(scene):
    """Event sender spoof, CVE-2025-48937: what Anna said is Ben's, says the homeserver."""
    def forge(events):
        for each in events:
            if each["type"] == "m.room.encrypted" and each["sender"] == scene.anna.user:
                each["sender"] = "@ben:gym.test"

    scene.between(forge)
    await scene.anna.send(scene.room, "80x7 @1")
    await scene.logs("event-refused", "the session belongs to another user than the event's sender")
    assert scene.sets() == SETS and scene.bot.rows("SELECT count(*) FROM lifter") == [(1,)]


@attack
async def test_a_plain_edit_of_an_encrypted_set_is_ignored(scene):
    """Unencrypted edit of an encrypted event, CVE-2026-45057."""
    edit = {"msgtype": "m.text", "body": "* bench 200x1 @0", "m.new_content": {"msgtype": "m.text", "body": "bench 200x1 @0"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": scene.first}}
    made_up = event("m.room.message", scene.anna.user, edit)
    scene.between(lambda events: events.append(made_up))
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("plaintext-refused", made_up["event_id"])
    assert scene.sets() == SETS + [(80, 7)]
    silent(scene.bot, "200x1")


@attack
async def test_a_plain_message_in_an_encrypted_room_is_refused(scene):
    """Cleartext in an E2EE room: it is said that it wasn't read."""
    made_up = message(scene.anna.user, "bench 95x1 @0")
    scene.between(lambda events: events.append(made_up) if events else None)
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("plaintext-refused", made_up["event_id"])
    told = await scene.anna.reply_to(made_up["event_id"])
    assert told.decrypted and "I did not read it" in told.body and "95" not in told.body
    assert scene.sets() == SETS + [(80, 7)]
    silent(scene.bot, "95x1")


def answers(scene):
    return [line for room, line, _ in scene.anna.events if room == scene.room and line.sender == scene.bot.user and hasattr(line, "body")]


@attack
async def test_encryption_once_seen_is_never_forgotten(scene):
    """Cleartext in an E2EE room: m.room.encryption is emptied while a call is due, and taken out of all that comes afresh after a restart."""
    assert "call" in (await scene.anna.ask(scene.room, "rest 8 s")).body
    altered = event("m.room.encryption", scene.anna.user, {}, state_key="")
    scene.between(lambda events: events.insert(0, altered))
    await scene.anna.client.set_displayname("Anna")  # brings a sync, and nothing that was sealed
    await scene.logs("room-encryption-unknown", altered["event_id"])
    [call] = await scene.anna.until(lambda: scene.anna.calls(scene.room), "the call")
    assert call.decrypted
    await scene.anna.ask(scene.room, "80x7 @1")
    scene.bot.kill()
    scene.change = without_encryption
    scene.bot.write("DELETE FROM matrix_value WHERE name = 'next_batch'")
    scene.bot.start()
    await scene.anna.ask(scene.room, "80x5 @1")
    assert scene.sets() == SETS + [(80, 7), (80, 5)]
    assert all(line.decrypted for line in answers(scene))


def without_encryption(sync):
    for section, part in (("join", "state"), ("join", "state_after"), ("join", "org.matrix.msc4222.state_after"), ("join", "timeline"),
                          ("invite", "invite_state")):
        for room in sync.get("rooms", {}).get(section, {}).values():
            if part in room:
                room[part]["events"] = [each for each in room[part]["events"] if each["type"] != "m.room.encryption"]


@pytest.mark.parametrize("restart", [False, True], ids=["at once", "after a restart"])
def test_encryption_that_was_never_shown_is_seen_in_what_is_said(play, proxied, restart):
    """Cleartext in an E2EE room: m.room.encryption is taken out of all that the bot ever gets."""
    bot, proxy = proxied
    scene = Scene(bot, proxy)
    scene.change = without_encryption
    bot.start()

    async def scenario(gym):
        await scene.begin(gym)
        if restart:
            bot.kill()
            bot.start()
        await scene.anna.ask(scene.room, "80x7 @1")
        welcome, *others = answers(scene)
        assert "I'm Spotter" in welcome.body and others and all(line.decrypted for line in others)
        assert scene.lines("room-encryption-hidden", scene.room)
        assert scene.sets() == SETS + [(80, 7)]

    play(scenario)
    assert bot.stop() == 0
    silent(bot, "80x8", "80x7")


def test_encryption_that_a_released_message_shows_is_kept(play, proxied):
    """Cleartext in an E2EE room: m.room.encryption never comes, and the message that shows it waited for its sender's device. It opens
    outside of a sync, and what it shows is in the store with the set that it holds: no sync comes any more before the bot is killed."""
    bot, proxy = proxied
    scene = Scene(bot, proxy)
    sealed = []

    def change(sync):
        without_encryption(sync)
        for room in sync.get("rooms", {}).get("join", {}).values():
            sealed.extend(each for each in room["timeline"]["events"] if each["type"] == "m.room.encrypted")

    def keep_back(answer):
        if not sealed:
            answer["device_keys"] = {user: {} for user in answer["device_keys"]}

    scene.change, scene.answers = change, {"/keys/query": keep_back}
    proxy.rule = lambda method, path: HOLD if sealed and "/sync" in path else scene._rule(method, path)
    bot.start()

    async def scenario(gym):
        scene.anna = anna = await gym.lifter("anna")
        scene.room = await anna.direct_chat(bot.user)
        await anna.send(scene.room, "bench 80x8 @1")
        await anna.until(lambda: scene.sets() == SETS, "the set")
        for what in ("parked", "released"):
            await scene.logs(what, sealed[0]["event_id"])
        assert bot.rows("SELECT encrypted FROM matrix_room WHERE room_id = ?", scene.room) == [(1,)]
        bot.kill()
        sealed.clear()
        proxy.rule = scene._rule
        scene.change = without_encryption
        bot.start()
        await anna.ask(scene.room, "80x7 @1")
        welcome, *others = answers(scene)
        assert "I'm Spotter" in welcome.body and others and all(line.decrypted for line in others)

    play(scenario)


@attack
async def test_a_member_shuts_nobody_out_of_a_room_in_the_clear(scene):
    """Cleartext in an E2EE room: who may not encrypt the group seals a set for it, so that others' plain sets would be refused."""
    mallory, target = scene.mallory(), scene.target
    group = await scene.anna.group(scene.bot.user)
    await scene.anna.client.room_invite(group, mallory.user)
    mallory.request("POST", f"/join/{group}", {})
    key = RoomKey(group)
    mallory.send(target, "m.room.encrypted", mallory.sealed(target, "m.room_key", key.content()))
    await scene.anna.until(lambda: scene.bot.rows("SELECT 1 FROM megolm_inbound WHERE session_id = ?", key.id), "the key is known")
    mallory.request("PUT", f"/rooms/{group}/send/m.room.encrypted/shut", key.sealed("bench 95x1 @0"))
    await scene.logs("event-refused", f"room={group}", "isn't encrypted")
    assert not scene.lines("room-encryption-hidden", f"room={group}")
    answer = await scene.anna.ask(group, "bench 82.5x8 @1")
    assert not answer.decrypted and "82.5x8" in answer.body and (95, 1) not in scene.sets()


@attack
async def test_an_event_that_was_moved_to_another_room_is_refused(scene):
    """Room move: also where the room's key is known there."""
    other = await scene.anna.direct_chat(scene.bot.user)
    assert "45" in (await scene.anna.ask(other, "bench 45x5 @3")).body
    seen = []

    def move(sync):
        here, there = (sync.get("rooms", {}).get("join", {}).get(room) for room in (scene.room, other))
        note((here or {}).get("timeline", {}).get("events", []), scene.anna.user, seen)
        if there is not None and seen:
            there["timeline"]["events"].append({**seen[-1], "event_id": f"$moved{len(seen)}"})

    scene.change = move
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.anna.ask(other, "45x4 @3")
    await scene.logs("parked", "event_id=$moved1")
    # A client that gives the key for both rooms.
    session, target = scene.anna.client.olm.outbound_group_sessions[scene.room], scene.target
    await scene.says(scene.anna, target, "m.room_key", {
        "algorithm": MEGOLM, "room_id": other, "session_id": session.id, "session_key": session.session_key})
    await scene.anna.ask(scene.room, "80x5 @1")
    await scene.anna.ask(other, "45x3 @3")
    await scene.logs("event-refused", "event_id=$moved2", "the event was made for another room")
    assert scene.sets() == SETS + [(45, 5), (80, 7), (45, 4), (80, 5), (45, 3)]


@attack
async def test_an_edit_that_is_turned_on_another_event_is_refused(scene):
    """Relation tamper: Anna corrects her set, and the homeserver has the correction say that it is for Ben's, or for another room's."""
    ben = await scene.gym.lifter("ben")
    group = await scene.anna.direct_chat(scene.bot.user)
    await scene.anna.bring(group, ben)
    mine = await scene.anna.send(group, "bench 45x5 @3")
    await scene.anna.reply_to(mine)
    his = await ben.send(group, "squat 100x5 @2")
    answer = await ben.reply_to(his)
    before = scene.sets()
    for number, turned in enumerate((his, scene.first), 1):

        def turn(sync, turned=turned):
            for events in timelines(sync):
                for each in events:
                    if each["content"].get("m.relates_to", {}).get("event_id") == mine:
                        each["content"]["m.relates_to"]["event_id"] = turned

        scene.change = turn
        await scene.anna.edit(group, mine, "bench 200x1 @0")
        await scene.logs("edit-refused", times=number)
    await ben.ask(group, "!today")
    assert scene.sets() == before and not ben.edits_of(answer.event_id)


@attack
async def test_a_reply_that_the_homeserver_makes_one_addresses_nobody(scene):
    """Relation tamper: what people say to each other isn't a command to the bot because the homeserver calls it an answer to it."""
    ben = await scene.gym.lifter("ben")
    group = await scene.anna.direct_chat(scene.bot.user)
    await scene.anna.bring(group, ben)
    await scene.anna.ask(group, "bench 45x5 @3")
    advice = await scene.anna.reply_to(scene.first)
    seen = []

    def relate(sync):
        for each in sync.get("rooms", {}).get("join", {}).get(group, {}).get("timeline", {}).get("events", []):
            if each["type"] == "m.room.encrypted":
                each["content"]["m.relates_to"] = {"m.in_reply_to": {"event_id": advice.event_id}}
                seen.append(each["event_id"])

    scene.change = relate
    said = await scene.anna.send(group, "undo")
    await scene.logs("message", f"event_id={said}")
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.anna.ask(group, "!today")
    assert said in seen and not scene.anna.replies_to(said)
    assert scene.sets() == SETS + [(45, 5), (80, 7)]


@attack
async def test_what_was_tampered_with_tells_nothing(scene):
    """IND-CCA of AES-CTR: the ciphertext, its MAC, its signature, its index: one reason for all."""
    for at in (-1, -70, 30, 8):  # of the bytes: signature, MAC, ciphertext, index

        def tamper(events, at=at):
            for each in events:
                if each["type"] == "m.room.encrypted" and each["sender"] == scene.anna.user:
                    data = bytearray(vault.unbase64(each["content"]["ciphertext"]))
                    data[at] ^= 1
                    each["content"]["ciphertext"] = vault.unpadded(bytes(data))

        scene.between(tamper)
        sent = await scene.anna.send(scene.room, "80x7 @1")
        await scene.logs("event-refused", sent)
    reasons = {line.partition("reason=")[2] for line in scene.lines("event-refused")}
    assert reasons == {'"the event can\'t be decrypted"'}, reasons
    assert scene.sets() == SETS


def nested(depth):
    inside = {}
    for _ in range(depth):
        inside = {"a": inside}
    return inside


@attack
async def test_poisonous_events_cost_nobody_else(scene):
    """Poison event stalls sync, CVE-2025-66622; min-int power panic, CVE-2025-59047; special keys, CVE-2022-36059: wrong types, deep
    nesting, long strings and rooms that are none stand in the same sync as a good set."""
    least, user = -2**63, scene.anna.user
    poison = [None, 7, "x", [], {}, {"type": 5}, {"type": "m.room.message", "content": None}, {"type": "m.room.encrypted", "content": []},
              {"type": "m.room.message", "sender": {}, "event_id": [], "content": {"body": 5}},
              event("m.room.message", user, nested(120)), event("m.room.encrypted", user, nested(200)),
              event("m.room.encrypted", user, {"algorithm": MEGOLM, "session_id": {}, "ciphertext": [1]}),
              event("m.room.member", user, {"membership": []}, state_key=5),
              event("m.room.member", user, {"membership": {"__proto__": 1}, "displayname": 7}, state_key=user + "x"),
              event("m.room.power_levels", user, {"users": {user: least, "__proto__": least}, "events_default": "x", "invite": least},
                    state_key=""),
              event("m.room.join_rules", user, {"join_rule": least, "allow": [None, {"room_id": {}}]}, state_key=""),
              event("m.room.create", user, {"room_version": least, "predecessor": [], "additional_creators": {"a": 1}}, state_key=""),
              event("m.room.message", "@" + "a" * 70000, {"body": "b" * 70000})]

    def spoil(sync):
        for events in timelines(sync):
            events[:0] = poison
        sync.setdefault("to_device", {}).setdefault("events", []).extend(poison)
        sync.setdefault("account_data", {}).setdefault("events", []).extend(poison)
        sync.setdefault("device_lists", {}).setdefault("changed", []).extend([None, 5, {}, "x" * 70000])
        rooms = sync.setdefault("rooms", {})
        for section in ("join", "invite", "leave", "knock"):
            rooms.setdefault(section, {}).update({"!null": None, "!list:x": [], "": {}, "!" + "n" * 70000: {}, "!deep": nested(120)})

    scene.change = spoil
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("event-malformed", scene.room)
    await scene.logs("e2ee-to-device-refused")
    assert scene.sets() == SETS + [(80, 7)]
    silent(scene.bot, "b" * 100)


def timelines(sync):
    for room in sync.get("rooms", {}).get("join", {}).values():
        yield room.setdefault("timeline", {}).setdefault("events", [])


@attack
async def test_no_id_is_read_as_a_statement(scene):
    """SQL injection, CVE-2025-53549: a quotation mark, and what may follow it, in every id that there is."""
    evil = "');DROP/**/TABLE/**/live_set;--'\"" + os.urandom(3).hex()
    user = f"@{evil}:gym.test"

    def made_up():
        lines = [event("m.room.member", user, {"membership": "leave", "displayname": evil}, state_key=user),
                 event("m.room.encrypted", user, {"algorithm": MEGOLM, "session_id": evil, "ciphertext": evil, "sender_key": evil}),
                 event("m.reaction", user, {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$" + evil, "key": evil}}),
                 message(scene.anna.user, evil)]
        return [line | {"event_id": "$" + evil + os.urandom(3).hex()} for line in lines]

    def spoil(sync):
        for events in timelines(sync):
            events.extend(made_up())
        sync.setdefault("rooms", {}).setdefault("join", {})["!" + evil] = {"timeline": {"events": made_up()}}
        sync.setdefault("to_device", {}).setdefault("events", []).extend([
            {"type": "m.room_key.withheld", "sender": user, "content": {
                "code": "m.unverified", "room_id": "!" + evil, "session_id": evil, "sender_key": evil, "algorithm": MEGOLM}},
            {"type": "m.room.encrypted", "sender": user, "content": {
                "algorithm": OLM, "sender_key": evil, "ciphertext": {evil: {"type": 0, "body": evil}}}}])
        sync.setdefault("device_lists", {}).setdefault("changed", []).append(user)

    scene.change = spoil
    phone = await asyncio.to_thread(Device, scene.synapse, user=scene.anna.user, password=scene.anna.password, device_id=evil)
    await asyncio.to_thread(phone.publish)
    await scene.anna.ask(scene.room, "80x7 @1")
    await scene.logs("plaintext-refused")
    await scene.logs("parked", f"room={scene.room}", "DROP")
    assert scene.sets() == SETS + [(80, 7)]
    assert scene.bot.rows("SELECT count(*) FROM device WHERE device_id = ?", evil) == [(1,)]


@attack
async def test_an_address_of_a_file_that_is_a_path_is_not_sent_on(scene):
    """mxc traversal, CVE-2024-50336: where the homeserver says that it keeps the file."""
    scene.answers["/media/v3/upload"] = lambda answer: answer.update(content_uri="mxc://gym.test/../../_matrix/client/v3/logout")
    asked = await scene.anna.send(scene.room, "export")
    await scene.logs("upload-refused")
    told = await scene.anna.reply_to(asked, timeout=60)
    assert told.decrypted and "url" not in told.source["content"] and "file" not in told.source["content"], told.source
    assert not any(".." in json.dumps(line.source.get("content", {}).get("file", {})) for _, line, _ in scene.anna.events)


def test_the_harness_sees_what_is_not_encrypted():
    """What these tests rest on: nio marks decrypted events, and only those."""
    line = nio.Event.parse_event({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "origin_server_ts": 1,
                                  "content": {"msgtype": "m.text", "body": "x"}})
    assert line.decrypted is False

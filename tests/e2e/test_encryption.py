"""Encrypted rooms with several people and devices, late keys, used-up one-time keys, and a homeserver that cheats."""

import asyncio
import json
import os

import nio
import pytest


def rewriting(change):
    """A rule that passes each sync response through CHANGE(parsed) before the bot sees it."""

    def apply(head, body):
        parsed = json.loads(body)
        change(parsed)
        body = json.dumps(parsed).encode()
        lines = [line for line in head.split(b"\r\n")[:-2] if not line.lower().startswith(b"content-length")]
        return b"\r\n".join(lines + [b"Content-Length: %d" % len(body)]) + b"\r\n\r\n", body

    return lambda method, path: apply if "/sync" in path else None


def timelines(parsed):
    for room in parsed.get("rooms", {}).get("join", {}).values():
        yield room.setdefault("timeline", {}).setdefault("events", [])


def test_a_group_of_three_and_a_new_phone(play, spotter):
    """Each lifter's sets are their own; a second phone that logs in later reads what is said from then on."""
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        await anna.bring(room, ben)
        await ben.until(lambda: room in ben.client.rooms, "the join")
        await ben.ask(room, "squat 90x5 @4")
        ben.undecryptable.clear()  # what was said before he came is not for him
        await anna.ask(room, "bench 80x8 @1")
        await ben.ask(room, "squat 100x5 @2")
        second = await gym.lifter("anna-tablet", anna.user, anna.password)
        await second.until(lambda: room in second.client.rooms, "the room on the tablet")
        reply = await anna.ask(room, "80x7 @1")
        assert "80" in reply.body and "squat" not in reply.body.lower()
        await second.until(lambda: any(event.event_id == reply.event_id and getattr(event, "decrypted", False)
                                       for _, event, _ in second.events), "the reply on the tablet")
        # The tablet speaks too.
        await second.ask(room, "80x6 @0")
        assert spotter.rows("SELECT count(DISTINCT lifter), count(*) FROM live_set") == [(2, 5)]
        assert not anna.undecryptable and not ben.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_in_a_group_the_bot_reacts_to_sets_and_to_its_name_alone(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        await anna.bring(room, ben)
        talk = [await anna.send(room, text) for text in ("see you @8", "did 3 sets then went home at 8", "today was hard", "undo")]
        await anna.ask(room, "bench 80x8 @1")
        assert "1 set" in (await anna.ask(room, "!today")).body
        assert "1 set" in (await anna.ask(room, {"msgtype": "m.text", "body": "today", "m.mentions": {"user_ids": [spotter.user]}})).body
        assert not any(anna.replies_to(event_id) for event_id in talk)

    play(scenario)
    assert spotter.stop() == 0


def test_keys_that_come_late_book_the_set_then(play, proxied):
    """The proxy keeps back every to-device event for a while: the set waits, and is booked and answered once its key is there."""
    spotter, proxy = proxied
    kept = []
    holding = True

    def change(parsed):
        events = parsed.setdefault("to_device", {}).setdefault("events", [])
        if holding:
            kept.extend(events)
            parsed["to_device"]["events"] = []
        else:
            parsed["to_device"]["events"] = kept + events
            kept.clear()

    proxy.rule = rewriting(change)
    spotter.start()

    async def scenario(gym):
        nonlocal holding
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        sent = await anna.send(room, "bench 80x8 @1")
        await anna.until(lambda: spotter.rows("SELECT event_id FROM megolm_parked") == [(sent,)], "the set is parked")
        assert kept
        assert spotter.rows("SELECT count(*) FROM live_set") == [(0,)]
        holding = False
        in_time = await anna.send(room, "80x7 @1")  # lets the bot's sync return
        await anna.reply_to(in_time)
        assert len(anna.replies_to(sent)) == 1
        assert spotter.rows("SELECT count(*) FROM live_set") == [(2,)]
        # Whoever runs the bot can follow each by its event id.
        assert spotter.way(in_time) == ["message", "said", "sent"]
        assert spotter.way(sent) == ["parked", "released", "message", "said", "sent"]

    play(scenario)
    assert spotter.stop() == 0


def test_a_restart_in_the_middle_keeps_every_session(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        for reps in range(12, 2, -1):
            await anna.ask(room, f"bench 80x{reps} @1")
            if reps % 3 == 0:
                assert spotter.stop() == 0
                spotter.start()
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_one_time_keys_used_up_the_fallback_key_serves(play, synapse, spotter):
    """Somebody claims every one-time key of the bot; a new lifter still reaches it."""
    spotter.start()

    async def scenario(gym):
        thief = await gym.lifter("thief")
        device = spotter.rows("SELECT value FROM matrix_value WHERE name = 'device_id'")[0][0]
        device = device.decode() if isinstance(device, bytes) else device
        assert spotter.stop() == 0
        claimed = set()
        for _ in range(200):
            answer = synapse.request("POST", "/_matrix/client/v3/keys/claim", {
                "one_time_keys": {spotter.user: {device: "signed_curve25519"}}}, token=thief.client.access_token)
            key = json.dumps(answer["one_time_keys"][spotter.user][device], sort_keys=True)
            if key in claimed:
                break
            claimed.add(key)
        assert key in claimed and '"fallback": true' in key
        spotter.start()
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_whoever_left_cannot_read_on(play, spotter):
    """The room key changes when a member goes."""
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user)
        await anna.bring(room, ben)

        async def session_of(text):
            reply = await anna.ask(room, text)
            path = f"/_matrix/client/v3/rooms/{room}/event/{reply.event_id}"
            return gym.synapse.request("GET", path, token=anna.client.access_token)["content"]["session_id"]

        before = await session_of("bench 80x8 @1")
        await ben.client.room_leave(room)
        await anna.until(lambda: not anna._joined(room, ben.user), "the leave")
        assert await session_of("80x7 @1") != before

    play(scenario)
    assert spotter.stop() == 0


def attack(play, proxied, change, check, text="bench 80x8 @1"):
    """Plays TEXT honestly, then CHANGE rewrites syncs while a second set is sent; CHECK(spotter) says what must hold."""
    spotter, proxy = proxied
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        first = await anna.send(room, text)
        await anna.reply_to(first)
        attacking = []
        proxy.rule = rewriting(lambda parsed: change(parsed, room, anna.user, first) if attacking else None)
        await anna.ask(room, "90x3 @3")  # the poll that was under way before has returned
        attacking.append(True)
        await anna.send(room, "80x7 @1")
        await asyncio.sleep(1.5)
        attacking.clear()
        await anna.ask(room, "80x6 @1", timeout=60)
        check(spotter, anna, first)

    play(scenario)
    assert spotter.stop() == 0


def test_a_replayed_event_is_refused(play, proxied):
    """The server delivers an old ciphertext again under a new event id (matrix.md: replay)."""
    seen = {}

    def change(parsed, room, user, first):
        for events in timelines(parsed):
            for event in list(events):
                if event["type"] == "m.room.encrypted" and event["sender"] == user:
                    seen.setdefault("event", event)
            if "event" in seen:
                events.append({**seen["event"], "event_id": "$replayed" + os.urandom(8).hex()})

    attack(play, proxied, change,
           lambda spotter, anna, first: (seen["event"], spotter.rows("SELECT count(*) FROM live_set") == [(4,)] or pytest.fail("booked twice")))


def test_a_forged_sender_is_refused(play, proxied):
    """The server says that somebody else sent it (CVE-2025-48937's kind): nobody gets the set."""

    def change(parsed, room, user, first):
        for events in timelines(parsed):
            for event in events:
                if event["type"] == "m.room.encrypted" and event["sender"] == user:
                    event["sender"] = "@ben:gym.test"

    def check(spotter, anna, first):
        assert spotter.rows("SELECT reps FROM live_set ORDER BY id") == [(8,), (3,), (6,)]
        assert spotter.rows("SELECT count(*) FROM lifter") == [(1,)]

    attack(play, proxied, change, check)


def test_a_plain_edit_of_an_encrypted_set_is_ignored(play, proxied):
    """The server injects an unencrypted m.replace (CVE-2026-45057's kind)."""

    def change(parsed, room, user, first):
        for events in timelines(parsed):
            events.append({
                "type": "m.room.message", "event_id": "$edit" + os.urandom(8).hex(), "sender": user, "room_id": room,
                "origin_server_ts": 2_000_000_000_000,
                "content": {"msgtype": "m.text", "body": "* bench 200x1 @0", "m.new_content": {"msgtype": "m.text", "body": "bench 200x1 @0"},
                            "m.relates_to": {"rel_type": "m.replace", "event_id": first}}})

    attack(play, proxied, change,
           lambda spotter, anna, first: spotter.rows("SELECT max(load_kg) FROM live_set") == [(90,)] or pytest.fail("changed"))


def test_a_plain_message_in_an_encrypted_room_is_refused(play, proxied):
    def change(parsed, room, user, first):
        for events in timelines(parsed):
            events.append({"type": "m.room.message", "event_id": "$plain" + os.urandom(8).hex(), "sender": user, "room_id": room,
                           "origin_server_ts": 2_000_000_000_000, "content": {"msgtype": "m.text", "body": "bench 95x1 @0"}})

    attack(play, proxied, change,
           lambda spotter, anna, first: spotter.rows("SELECT count(*) FROM live_set WHERE load_kg = 95") == [(0,)] or pytest.fail("booked"))


def test_encryption_once_seen_is_never_forgotten(play, proxied):
    """The server alters the room's encryption event; the bot still answers encrypted, also after a restart."""

    def change(parsed, room, user, first):
        for joined in parsed.get("rooms", {}).get("join", {}).values():
            joined.setdefault("state", {}).setdefault("events", []).append({
                "type": "m.room.encryption", "state_key": "", "sender": user, "event_id": "$off" + os.urandom(8).hex(),
                "origin_server_ts": 1, "content": {"algorithm": "none"}})

    def check(spotter, anna, first):
        answers = [event for _, event, _ in anna.events if event.sender == spotter.user and getattr(event, "body", None)]
        assert answers and all(event.decrypted for event in answers)

    attack(play, proxied, change, check)


def test_poisonous_events_cost_nobody_else(play, proxied):
    """Wrong types, deep nesting and long strings stand in the same sync as a good set."""
    deep = {}
    for _ in range(200):
        deep = {"a": deep}
    poison = [None, 7, "x", [], {}, {"type": 5}, {"type": "m.room.message", "content": None}, {"type": "m.room.encrypted", "content": []},
              {"type": "m.room.message", "sender": {}, "event_id": [], "content": {"body": 5}},
              {"type": "m.room.message", "sender": "@a:b", "event_id": "$deep", "content": deep},
              {"type": "m.room.member", "state_key": 5, "content": {"membership": []}},
              {"type": "m.room.power_levels", "state_key": "", "content": {"users": {"@a:b": -2**63}}},
              {"type": "m.room.message", "sender": "@" + "a" * 70000, "event_id": "$long", "content": {"body": "b" * 70000}}]

    def change(parsed, room, user, first):
        for events in timelines(parsed):
            events[:0] = poison
        parsed.setdefault("to_device", {}).setdefault("events", []).extend(poison)

    attack(play, proxied, change,
           lambda spotter, anna, first: spotter.rows("SELECT count(*) FROM live_set") == [(4,)] or pytest.fail("a set was lost"))


def test_the_harness_sees_what_is_not_encrypted():
    """What these tests rest on: nio marks decrypted events, and only those."""
    event = nio.Event.parse_event({"type": "m.room.message", "event_id": "$1", "sender": "@a:b", "origin_server_ts": 1,
                                   "content": {"msgtype": "m.text", "body": "x"}})
    assert event.decrypted is False

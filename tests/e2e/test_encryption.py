"""Encrypted rooms with several people and devices, late keys, used-up one-time keys."""

import json

from proxy import spoiled


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

    proxy.rule = lambda method, path: spoiled(change) if "/sync" in path else None
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
        await anna.reply_to(sent)
        await anna.ask(room, "today")
        assert len(anna.replies_to(sent)) == 1
        assert spotter.rows("SELECT count(*) FROM live_set") == [(2,)]
        # Whoever runs the bot can follow each by its event id.
        for event_id, way in ((in_time, ["message", "said", "sent"]), (sent, ["parked", "released", "message", "said", "sent"])):
            await anna.until(lambda: "sent" in spotter.way(event_id), "the bot knows that it was said")  # which she may know before it
            assert spotter.way(event_id) == way

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

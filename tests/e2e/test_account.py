"""The bot's own account: one device for good, imported tokens, soft logout, invites by the allow-list, the welcome."""

import asyncio
import json
import os
import threading
from urllib.parse import unquote

import nio
from proxy import REFUSE, Proxy, status
from spotter import Spotter


def devices(synapse, user, password):
    """The account's devices but the one that asks."""
    session = synapse.login(user, password)
    listed = synapse.request("GET", "/_matrix/client/v3/devices", token=session["access_token"])["devices"]
    synapse.request("POST", "/_matrix/client/v3/logout", {}, token=session["access_token"])
    return sorted(device["device_id"] for device in listed if device["device_id"] != session["device_id"])


def test_one_login_one_device_for_good(synapse, spotter):
    spotter.start()
    assert spotter.stop() == 0
    first = devices(synapse, spotter.user, spotter.password)
    assert len(first) == 1
    os.unlink(spotter.folder / "password")
    spotter.secret("password", "no longer the password")
    spotter.start()
    assert spotter.stop() == 0
    assert devices(synapse, spotter.user, spotter.password) == first


def test_an_empty_store_is_a_new_device(synapse, spotter):
    spotter.start()
    assert spotter.stop() == 0
    spotter.lose_store()
    spotter.start()
    assert spotter.stop() == 0
    assert len(devices(synapse, spotter.user, spotter.password)) == 2


def test_an_imported_token_and_device(play, synapse, spotter):
    session = synapse.login(spotter.user, spotter.password, device_id="IMPORTED")
    spotter.secret("token", session["access_token"])
    spotter.config.write_text(spotter.config.read_text().replace(
        f'password_file = "{spotter.folder}/password"',
        f'access_token_file = "{spotter.folder}/token"\n  device_id = "IMPORTED"'))
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        assert "bench press" in (await anna.ask(room, "bench 80x8 @1")).body.lower()

    play(scenario)
    assert spotter.stop() == 0
    assert devices(synapse, spotter.user, spotter.password) == ["IMPORTED"]


def test_a_token_of_another_device_is_refused(synapse, spotter):
    session = synapse.login(spotter.user, spotter.password, device_id="REAL")
    spotter.secret("token", session["access_token"])
    spotter.config.write_text(spotter.config.read_text().replace(
        f'password_file = "{spotter.folder}/password"',
        f'access_token_file = "{spotter.folder}/token"\n  device_id = "OTHER"'))
    spotter.start(ready=False)
    assert spotter.process.wait(30) in (77, 78)
    assert "REAL" in spotter.log_tail() or "OTHER" in spotter.log_tail()


def test_soft_logout_comes_back_as_the_same_device(play, synapse):
    proxy = Proxy(synapse.port)
    bot = Spotter(synapse, f"soft{os.getpid()}", url=proxy.url)
    refused = []

    def once(method, path):
        if "/sync" in path and not refused:
            refused.append(path)
            return status(401, json.dumps({"errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": True}).encode())
        return None

    try:
        bot.start()
        before = devices(synapse, bot.user, bot.password)

        async def scenario(gym):
            anna = await gym.lifter("anna")
            room = await anna.direct_chat(bot.user)
            await anna.ask(room, "bench 80x8 @1")
            proxy.rule = once
            await anna.ask(room, "80x7 @1")
            await anna.ask(room, "80x6 @1", timeout=60)
            assert refused

        play(scenario)
        assert devices(synapse, bot.user, bot.password) == before
        assert bot.stop() == 0
    finally:
        bot.close()
        proxy.close()


def test_a_store_that_was_rolled_back_stops_and_says_what_to_do(synapse, proxied, tmp_path):
    """An old copy makes other one-time keys under ids that were used: "already exists", again and again."""
    spotter, proxy = proxied
    uploaded = threading.Event()

    def answered(head, body):
        uploaded.set()
        return head, body

    spotter.start()
    assert spotter.stop() == 0
    spotter.keep_store(tmp_path)
    user, password = synapse.register(f"claimer{os.getpid()}")
    token = synapse.login(user, password)["access_token"]

    def claim(count):
        device, = devices(synapse, spotter.user, spotter.password)
        for _ in range(count):
            synapse.request("POST", "/_matrix/client/v3/keys/claim", {"one_time_keys": {spotter.user: {device: "signed_curve25519"}}},
                            token=token)

    claim(5)
    proxy.rule = lambda method, path: answered if path.endswith("/keys/upload") else None
    spotter.start()
    assert uploaded.wait(30)
    assert spotter.stop() == 0
    spotter.restore_store(tmp_path)
    claim(5)
    spotter.start()
    assert spotter.process.wait(60) == 78
    assert "cloned or is an old copy. Make a new device of it by spotter restore --config FILE PATH-OF-THE-STORE --replace" in spotter.log_tail()
    old, = devices(synapse, spotter.user, spotter.password)
    code, said = spotter.command("restore", spotter.database, "--replace")
    assert code == 0 and "new device" in said, said
    spotter.start()
    assert spotter.stop() == 0
    assert len(set(devices(synapse, spotter.user, spotter.password)) - {old}) == 1


def test_a_sync_token_that_is_no_longer_taken_begins_afresh_and_books_nothing_twice(play, synapse):
    proxy = Proxy(synapse.port)
    bot = Spotter(synapse, f"pos{os.getpid()}", url=proxy.url)
    refused = []

    def once(method, path):
        since = path.partition("since=")[2]
        if "/sync" in path and since and since == (refused or [since])[0]:
            refused.append(since)
            return status(400, b'{"errcode":"M_UNKNOWN_POS","error":"what position?"}')
        return None

    try:
        bot.start()

        async def scenario(gym):
            anna = await gym.lifter("anna")
            room = await anna.direct_chat(bot.user)
            first = await anna.send(room, "bench 80x8 @1")
            await anna.reply_to(first)
            proxy.rule = once
            await anna.ask(room, "80x7 @1")
            await anna.ask(room, "80x6 @1", timeout=60)
            assert refused
            assert bot.rows("SELECT count(*) FROM live_set") == [(3,)]
            assert len(anna.replies_to(first)) == 1

        play(scenario)
        assert bot.stop() == 0
    finally:
        bot.close()
        proxy.close()


def test_only_who_is_allowed_may_invite(play, choosy):
    choosy.start()

    async def scenario(gym):
        friend, stranger = await gym.lifter("friend"), await gym.lifter("stranger")
        refused = await stranger.client.room_create(is_direct=True, invite=[choosy.user])
        room = await friend.direct_chat(choosy.user)
        await friend.ask(room, "bench 80x8 @1")
        await stranger.until(lambda: any(room == refused.room_id and isinstance(event, nio.RoomMemberEvent) and event.state_key == choosy.user
                                         and event.membership == "leave" for room, event, _ in stranger.events), "the invite is refused")
        # A stranger in a friend's room is not talked to either.
        await friend.client.room_invite(room, stranger.user)
        await stranger.until(lambda: room in stranger.client.invited_rooms, "the invite")
        await stranger.client.join(room)
        await stranger.until(lambda: room in stranger.client.rooms, "the join")
        ignored = await stranger.send(room, "bench 100x5 @1")
        await friend.ask(room, "80x7 @1")
        assert not friend.replies_to(ignored)  # whose client has seen what came before her answer
        assert choosy.rows("SELECT count(*) FROM live_set") == [(2,)]

    play(scenario)
    assert choosy.stop() == 0


def test_whoever_knocks_is_let_in_by_the_allow_list(play, choosy):
    choosy.start()

    async def scenario(gym):
        friend, late, stranger = await gym.lifter("friend"), await gym.lifter("friend"), await gym.lifter("stranger")
        room = await friend.group(choosy.user, await gym.lifter("friend"))
        await friend.until(lambda: choosy.rows("SELECT members_complete FROM matrix_room") == [(1,)], "the bot knows who is there")
        await friend.client.room_put_state(room, "m.room.join_rules", {"join_rule": "knock"})
        for person in (stranger, late):
            await person.client.room_knock(room)
        await late.until(lambda: room in late.client.invited_rooms, "the invitation")
        assert late.client.invited_rooms[room].inviter == choosy.user
        told = await friend.client.room_get_state_event(room, "m.room.member", stranger.user)  # her client may be behind
        assert told.content["membership"] == "knock"

    play(scenario)
    assert choosy.stop() == 0


def test_a_knock_is_answered_after_a_restart_unless_it_is_over(play, proxied):
    """The bot is killed before the homeserver has heard its answer; somebody who knocked is turned away meanwhile."""
    bot, proxy = proxied
    proxy.rule = lambda method, path: REFUSE if path.endswith("/invite") else None
    bot.start()

    def invitations():
        return [path for _, path, _ in proxy.seen if path.endswith("/invite")]

    async def scenario(gym):
        anna, late, rude = await gym.lifter("anna"), await gym.lifter("late"), await gym.lifter("rude")
        room = await anna.group(bot.user, await gym.lifter("ben"))
        await anna.client.room_put_state(room, "m.room.join_rules", {"join_rule": "knock"})
        await anna.until(lambda: bot.rows("SELECT members_complete FROM matrix_room") == [(1,)], "the bot knows who is there")
        for person in (late, rude):
            await person.client.room_knock(room)
        await anna.until(invitations, "the answer")
        await anna.until(lambda: rude.user in waiting(bot), "it is kept")
        assert late.user in waiting(bot)
        bot.kill()
        await anna.client.room_kick(room, rude.user)
        proxy.rule = lambda method, path: None
        proxy.seen.clear()
        bot.start()
        await late.until(lambda: room in late.client.invited_rooms, "the invitation")
        await late.client.join(room)
        await late.until(lambda: room in late.client.rooms, "the room")
        await late.ask(room, "bench 80x8 @1")
        assert len(invitations()) == 1
        told = await anna.client.room_get_state_event(room, "m.room.member", rude.user)
        assert told.content["membership"] == "leave"

    play(scenario)
    assert bot.stop() == 0
    assert waiting(bot) == "[]"


def test_a_knock_that_the_server_does_not_take_keeps_no_other_waiting(play, proxied):
    """It is tried again after the others, half a minute later, by a clock that runs faster; and not once it is over."""
    bot, proxy = proxied
    stuck = set()
    proxy.rule = lambda method, path: status(502) if path.endswith("/invite") and any(room in unquote(path) for room in stuck) else None

    async def scenario(gym):
        await asyncio.to_thread(bot.start, pace=20)
        anna, first, rude, next_one = [await gym.lifter(name) for name in ("anna", "first", "rude", "next")]
        rooms = [await anna.group(bot.user, await gym.lifter("ben")) for _ in range(3)]
        for room in rooms:
            await anna.client.room_put_state(room, "m.room.join_rules", {"join_rule": "knock"})
        await anna.until(lambda: bot.rows("SELECT members_complete FROM matrix_room") == 3 * [(1,)], "the bot knows who is there")
        stuck.update(rooms[:2])
        for person, room in zip((first, rude, next_one), rooms, strict=True):
            await person.client.room_knock(room)
            await anna.until(lambda person=person: person.user in waiting(bot) or room not in stuck, "it is kept")
        await next_one.until(lambda: rooms[2] in next_one.client.invited_rooms, "the invitation", 60)
        assert first.user in waiting(bot) and rude.user in waiting(bot)
        await anna.client.room_kick(rooms[1], rude.user)
        await anna.until(lambda: rude.user not in waiting(bot), "it is over")
        stuck.clear()
        await first.until(lambda: rooms[0] in first.client.invited_rooms, "the invitation", 60)
        await anna.until(lambda: waiting(bot) == "[]", "nobody waits")
        told = await anna.client.room_get_state_event(rooms[1], "m.room.member", rude.user)
        assert told.content["membership"] == "leave"

    play(scenario)


def waiting(bot):
    """Who knocks and was not answered, as the store has it."""
    return "".join(text for text, in bot.rows("SELECT CAST(value AS TEXT) FROM matrix_value WHERE name = 'knocks'"))


def test_a_new_direct_chat_gets_one_short_welcome(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)

        def said():
            return [event for where, event, _ in anna.events
                    if where == room and event.sender == spotter.user and getattr(event, "body", None)]

        await anna.until(said, "a welcome")
        await anna.ask(room, "bench 80x8 @1")
        assert len(said()) == 2
        welcome = said()[0].body
        assert "bench 80x8 @1" in welcome or "80x8" in welcome
        assert len(welcome.splitlines()) <= 4 and max(map(len, welcome.splitlines())) <= 40

    play(scenario)
    assert spotter.stop() == 0


def test_messages_of_before_the_bots_first_login_are_not_answered(play, synapse, spotter):
    """The bot is in a room already, by another device, when the daemon starts with an empty store."""
    session = synapse.login(spotter.user, spotter.password)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = (await anna.client.room_create(is_direct=True, invite=[spotter.user])).room_id
        synapse.request("POST", f"/_matrix/client/v3/join/{room}", {}, token=session["access_token"])
        await anna.until(lambda: anna._joined(room, spotter.user), "the join")
        old = await anna.send(room, "bench 80x8 @1")
        await asyncio.sleep(1.1)
        spotter.start()
        await anna.ask(room, "bench 85x8 @1")
        assert not anna.replies_to(old)

    play(scenario)
    assert spotter.stop() == 0


def test_old_messages_are_booked_at_their_time_and_summed_up_in_one(play, spotter):
    """The bot's clock runs ahead, so that what was said while it was away is over ten minutes old when it reads it."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        assert spotter.stop() == 0
        sent = [await anna.send(room, f"80x{reps} @1") for reps in (7, 6, 5)]
        before = len(anna.events)
        spotter.start(ahead_minutes=11)

        def said():
            return [event.body for _, event, _ in anna.events[before:] if event.sender == spotter.user and getattr(event, "body", None)]

        await anna.until(said, "the summary")
        await anna.send(room, "80x4 @1")  # what is old as well is summed up by itself: by then all of the first is there
        await anna.until(lambda: len(said()) > 1, "the second one")
        assert len(said()) == 2 and "3" in said()[0]
        assert sum(len(anna.replies_to(event_id)) for event_id in sent) <= 1  # the summary may name the last
        rows = spotter.rows("SELECT live_set.reps, live_set.at_ms - input.sent_ms FROM live_set "
                            "JOIN input ON input.id = live_set.input ORDER BY live_set.at_ms")
        assert rows == [(8, 0), (7, 0), (6, 0), (5, 0), (4, 0)]

    play(scenario)
    assert spotter.stop() == 0

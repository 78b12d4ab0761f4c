"""A room's state as the homeserver gives it at the end of the timeline (`state_after`, MSC4222): from a real Synapse, for whom it is
turned on for an account at a time, and where the timeline tells something else."""

import asyncio

import pytest
from conftest_shared import numbers
from proxy import spoiled
from test_group import local, said, training_room
from test_upgrade import upgrade

UNSTABLE = "org.matrix.msc4222.state_after"


@pytest.fixture
def modern(synapse, proxied):
    """A bot to which the homeserver tells the state after the timeline, and the proxy before it."""
    bot, proxy = proxied
    name, password = synapse.register(f"admin{next(numbers)}", admin=True)
    token = synapse.login(name, password)["access_token"]
    synapse.request("PUT", f"/_synapse/admin/v1/experimental_features/{bot.user}", {"features": {"msc4222": True}}, token)
    return bot, proxy


def test_a_team_comes_goes_and_moves(play, synapse, modern):
    bot, proxy = modern
    told = {"state": 0, UNSTABLE: 0}

    def note(parsed):
        for room in parsed.get("rooms", {}).get("join", {}).values():
            for name in told:
                told[name] += name in room

    proxy.rule = lambda method, path: spoiled(note) if "/sync" in path else None
    bot.start()

    async def scenario(gym):
        room, (anna, ben) = await training_room(gym, bot, "anna", "ben")
        await anna.ask(room, "!group setup")
        await ben.ask(room, "squat 100x5 @2")
        # Cara comes, is announced, reads what is said from then on, and goes in the middle of it.
        cara = await gym.lifter("cara")
        await anna.client.room_invite(room, cara.user)
        await cara.until(lambda: room in cara.client.invited_rooms, "the invitation")
        await cara.client.join(room)
        await anna.until(lambda: said(anna, room, "New here:", local(cara)), "that Cara is here")
        await anna.until(lambda: anna._joined(room, cara.user), "Cara joins")
        assert getattr(await cara.ask(room, "bench 40x8 @2"), "decrypted", False)
        before = (await anna.ask(room, "bench 60x8 @2")).session_id
        await cara.client.room_leave(room)
        await anna.until(lambda: said(anna, room, "Left:", local(cara)), "that Cara has left")
        await anna.until(lambda: not anna._joined(room, cara.user), "Cara leaves")
        answer = await anna.ask(room, "60x7 @2")
        assert answer.session_id != before  # by a new room key
        assert "of 2" in (await anna.ask(room, "!group")).body

        # Ben loses the power that the room gives, while the bot is away, behind more than a timeline holds.
        bot.stop()
        for at in range(120):
            await anna.send(room, f"see you in {at} minutes")
        levels = (await anna.client.room_get_state_event(room, "m.room.power_levels")).content
        levels["users"][ben.user] = 50
        await anna.client.room_put_state(room, "m.room.power_levels", levels)
        for at in range(120):
            await anna.send(room, f"that was {at} minutes ago")
        bot.start()
        assert "quiet" in (await ben.ask(room, "!quiet on")).body.lower()
        await ben.ask(room, "!quiet off")

        await anna.client.room_put_state(room, "m.room.join_rules", {"join_rule": "public"})
        new = await asyncio.to_thread(upgrade, synapse, anna, room, "12")
        await asyncio.to_thread(bot.logs, "upgrade-followed")
        await asyncio.gather(anna.client.join(new), ben.client.join(new))
        for person in (anna, ben):
            await person.until(lambda: all(person._joined(new, user) for user in (bot.user, anna.user, ben.user)), "all are there")
        assert "of 2" in (await anna.ask(new, "!group")).body
        assert "100x4" in (await ben.ask(new, "x4 @2")).body
        assert not anna.undecryptable and not ben.undecryptable

    play(scenario)
    assert bot.stop() == 0
    assert told["state"] == 0 and told[UNSTABLE] > 10


def test_who_came_by_the_timeline_alone_is_nobody(play, synapse, modern):
    """Two servers' halves of a room come together, and a join among them has lost: the timeline shows it, the state doesn't."""
    bot, proxy = modern
    eve, password = synapse.register(f"eve{next(numbers)}")
    synapse.login(eve, password)
    added = []

    def change(parsed):
        for room_id, room in parsed.get("rooms", {}).get("join", {}).items():
            events = room["timeline"]["events"]
            if events and UNSTABLE in room and any(event["type"] == "m.room.encrypted" for event in events):
                added.append(room_id)
                events.insert(0, {"type": "m.room.member", "state_key": eve, "sender": eve, "event_id": f"$eve{len(added)}",
                                  "origin_server_ts": events[0]["origin_server_ts"], "content": {"membership": "join"}})

    proxy.rule = lambda method, path: spoiled(change) if "/sync" in path else None
    bot.start()

    async def scenario(gym):
        room, (anna, _) = await training_room(gym, bot, "anna", "ben")
        await anna.ask(room, "!group setup")
        await anna.ask(room, "bench 60x8 @2")
        assert room in added
        assert not said(anna, room, eve[1:].split(":")[0])
        assert bot.rows("SELECT count(*) FROM matrix_member WHERE user_id = ?", eve) == [(0,)]
        assert bot.rows("SELECT count(*) FROM tracked_user WHERE user_id = ?", eve) == [(0,)]

    play(scenario)
    assert bot.stop() == 0

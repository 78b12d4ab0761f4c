"""Rooms that take another's place, on a real Synapse: a team goes on where it was, and nobody is led away."""

import asyncio
import time

import nio
import pytest
from test_group import ENCRYPTION, local, said, training_room


def upgrade(synapse, person, room, version):
    return synapse.request("POST", f"/_matrix/client/v3/rooms/{room}/upgrade", {"new_version": version},
                           token=person.client.access_token)["replacement_room"]


@pytest.mark.parametrize("version", ["11", "12"])
def test_a_team_goes_on_in_the_new_room(play, spotter, synapse, version):
    spotter.start()

    async def scenario(gym):
        room, (anna, ben) = await training_room(gym, spotter, "anna", "ben")
        await anna.client.room_put_state(room, "m.room.join_rules", {"join_rule": "public"})
        await anna.ask(room, "!group setup")
        await anna.ask(room, "bench 60x8 @2")
        await ben.ask(room, "squat 100x5 @2")
        await ben.ask(room, "!share room")
        await anna.ask(room, f"!coach add @{local(anna)}")
        assert "5x5" in (await anna.ask(room, f"!target @{local(ben)} squat 5x5 @2-3")).body
        calls = await ben.ask(room, "!rest 15 s")
        assert "call" in calls.body
        new = await asyncio.to_thread(upgrade, synapse, anna, room, version)
        assert (":" not in new) == (version == "12")
        await asyncio.to_thread(spotter.logs, "upgrade-followed")
        await asyncio.gather(anna.client.join(new), ben.client.join(new))
        for person in (anna, ben):
            await person.until(lambda: all(person._joined(new, user) for user in (spotter.user, anna.user, ben.user)), "all are there")

        # The rest that was begun in the old room is called in the new one.
        await ben.until(lambda: ben.calls(new), "the call")
        assert not ben.calls(room)
        here = (await ben.ask(new, "!group")).body
        assert "of 2" in here and local(anna) in here
        assert "60x7" in (await anna.ask(new, "x7 @2")).body  # the exercise of before
        assert "everybody" in (await ben.ask(new, "!share")).body
        assert "5x5" in (await ben.ask(new, "!target")).body
        assert spotter.rows("SELECT room FROM training_room") == [(new,)]
        assert spotter.rows("SELECT count(*) FROM input WHERE room = ?", room) == [(0,)]
        for person in (anna, ben):
            assert not said(person, new, "Left:") and not said(person, new, "New here:")
            assert not person.undecryptable
        answer = [event for where, event, _ in anna.events if where == new and event.sender == spotter.user][-1]
        assert answer.decrypted

        # It is the same after a restart.
        spotter.kill()
        spotter.start()
        assert "of 2" in (await anna.ask(new, "!group")).body

    play(scenario)
    assert spotter.stop() == 0


def test_check_ins_go_on_in_the_new_private_chat(play, spotter, synapse):
    """Of a chat that nobody can enter uninvited: the bot comes once it is asked."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @2")
        await anna.ask(room, "checkin sun 18:00")
        new = await asyncio.to_thread(upgrade, synapse, anna, room, "11")
        await anna.client.room_invite(new, spotter.user)
        await anna.until(lambda: anna._joined(new, spotter.user), "the bot comes")
        await anna.until(lambda: {row[0] for row in spotter.rows("SELECT room FROM job WHERE kind <> 0")} == {new}, "the check-in moves")
        assert f"\n{new}\n" in spotter.rows("SELECT value FROM lifter_value WHERE name = 'checkin'")[0][0]
        assert "80x7" in (await anna.ask(new, "x7 @1")).body
        assert not said(anna, new, "coach")  # nobody is greeted again
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


def test_a_room_behind_a_closed_door_is_told_of_once_and_entered_when_it_opens(play, spotter, synapse):
    """Nobody invites the bot: ten minutes are twenty seconds for it."""
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        chat = await anna.direct_chat(spotter.user)
        await anna.ask(chat, "bench 80x8 @1")
        room = await anna.group(spotter.user, ben)
        await anna.ask(room, "!group setup")
        assert spotter.stop() == 0
        spotter.start(pace=30)
        new = await asyncio.to_thread(upgrade, synapse, anna, room, "12")
        await asyncio.to_thread(spotter.logs, "upgrade-unreached", 60)
        await anna.until(lambda: said(anna, chat, "upgraded a room"), "the word about it")
        assert len(said(anna, chat, "upgraded a room")) == 1
        assert spotter.rows("SELECT room FROM training_room") == [(room,)]
        spotter.kill()
        opened = await anna.client.room_put_state(new, "m.room.join_rules", {"join_rule": "public"})
        assert isinstance(opened, nio.RoomPutStateResponse), opened
        spotter.start()
        await anna.until(lambda: anna._joined(new, spotter.user), "the bot comes")
        await anna.until(lambda: spotter.rows("SELECT room FROM training_room") == [(new,)], "the roster moves")
        assert len(said(anna, chat, "upgraded a room")) == 1

    play(scenario)
    assert spotter.stop() == 0


def test_whoever_may_not_invite_the_bot_opens_the_door_and_does_not_shut_it(play, choosy, synapse):
    choosy.start()

    async def scenario(gym):
        room, (anna, _) = await training_room(gym, choosy, "friend", "friend")
        await anna.ask(room, "!group setup")
        new = await asyncio.to_thread(upgrade, synapse, anna, room, "11")
        await asyncio.to_thread(choosy.logs, f"room-request-failed room={new}")
        cara = await gym.lifter("cara")
        await anna.bring(new, cara)
        await cara.client.room_invite(new, choosy.user)
        await anna.until(lambda: anna._joined(new, choosy.user), "the bot comes")
        await anna.until(lambda: choosy.rows("SELECT room FROM training_room") == [(new,)], "the roster moves")

    play(scenario)
    assert choosy.stop() == 0


@pytest.mark.parametrize("way", ["no word of it", "another's", "not encrypted"])
def test_a_room_that_isnt_its_successor_is_left_at_once(play, spotter, synapse, way):
    spotter.start()

    async def scenario(gym):
        room, (anna, ben) = await training_room(gym, spotter, "anna", "ben")
        await anna.ask(room, "!group setup")
        predecessor = None if way == "no word of it" else {
            "room_id": room if way == "not encrypted" else "!another:gym.test", "event_id": "$it"}
        trap = (await anna.client.room_create(
            visibility=nio.RoomVisibility.public, preset=nio.RoomPreset.public_chat, predecessor=predecessor,
            room_version="11", initial_state=[] if way == "not encrypted" else ENCRYPTION)).room_id
        await ben.client.join(trap)
        for person in (anna, ben):
            await person.until(lambda: person._joined(trap, ben.user), "both are there")
        await anna.send(trap, "bench 200x1 @0")
        begun = time.monotonic()
        await anna.client.room_put_state(room, "m.room.tombstone", {"body": "come", "replacement_room": trap})
        await asyncio.to_thread(spotter.logs, "upgrade-refused")
        await anna.until(lambda: any(where == trap and isinstance(event, nio.RoomMemberEvent) and event.state_key == spotter.user
                                     and event.membership == "leave" for where, event, _ in anna.events), "the bot leaves")
        assert time.monotonic() - begun < 4
        assert not any(event.sender == spotter.user and not isinstance(event, nio.RoomMemberEvent)
                       for person in (anna, ben) for where, event, _ in person.events if where == trap)
        assert spotter.rows("SELECT room FROM training_room") == [(room,)]
        assert spotter.rows("SELECT count(*) FROM live_set") == [(0,)]
        assert "of 2" in (await anna.ask(room, "!group")).body

    play(scenario)
    assert spotter.stop() == 0


def test_rooms_that_name_each_other_are_not_gone_round(play, spotter, synapse):
    """Row "upgrade hijack/cycle", CVE-2024-42369, of the attacks: the new room has the old one take its place."""
    spotter.start()

    async def scenario(gym):
        room, (anna, _) = await training_room(gym, spotter, "anna", "ben")
        await anna.client.room_put_state(room, "m.room.join_rules", {"join_rule": "public"})
        await anna.ask(room, "!group setup")
        new = await asyncio.to_thread(upgrade, synapse, anna, room, "12")
        await asyncio.to_thread(spotter.logs, "upgrade-followed")
        await anna.client.join(new)
        await anna.until(lambda: anna._joined(new, spotter.user), "the bot is there")
        back = await anna.client.room_put_state(new, "m.room.tombstone", {"body": "back", "replacement_room": room})
        assert isinstance(back, nio.RoomPutStateResponse), back
        await asyncio.to_thread(spotter.logs, f'upgrade-refused room={new} to={room} reason="it goes round, or on for too long"')
        assert spotter.rows("SELECT room FROM training_room") == [(new,)]
        assert "of 2" in (await anna.ask(new, "!group")).body

    play(scenario)
    assert spotter.stop() == 0

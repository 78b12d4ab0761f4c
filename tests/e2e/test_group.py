"""A training room of several people, encrypted, on a real Synapse: who is there, what each shows, who writes for whom, and what becomes
of it when somebody leaves in the middle or is put in by the server."""

import asyncio

import nio

ENCRYPTION = [nio.EnableEncryptionBuilder().as_dict()]


def said(person, room, *words):
    """What the bot said in the room that holds all WORDS."""
    return [event for where, event, _ in person.events if where == room and event.sender != person.user
            and all(word in (getattr(event, "body", None) or "") for word in words)]


async def training_room(gym, spotter, *names):
    """People in an encrypted room with the bot, set up by the first of them."""
    people = await asyncio.gather(*(gym.lifter(name) for name in names))
    founder = people[0]
    response = await founder.client.room_create(invite=[spotter.user, *(person.user for person in people[1:])], initial_state=ENCRYPTION)
    room = response.room_id
    for person in people[1:]:
        await person.until(lambda: room in person.client.invited_rooms, "the invitation")
        await person.client.join(room)
    everybody = [spotter.user, *(person.user for person in people)]
    for person in people:
        await person.until(lambda: all(person._joined(room, user) for user in everybody), "all join")
    return room, people


def local(person):
    return person.user[1:].split(":")[0]


def sets(spotter, person):
    return spotter.rows("SELECT exercise, load_kg, reps FROM live_set WHERE lifter = (SELECT lifter FROM identity WHERE identity = ?)"
                        " ORDER BY at_ms, id", person.user)


def test_a_team_in_an_encrypted_room(play, spotter):
    spotter.start()

    async def scenario(gym):
        room, (anna, ben, cara, dan) = await training_room(gym, spotter, "anna", "ben", "cara", "dan")
        assert "sets" in (await ben.ask(room, "!help")).body  # also in a room that isn't set up
        assert "moderators" in (await ben.ask(room, "!group setup")).body
        assert "training room now" in (await anna.ask(room, "!group setup")).body  # who made the room has the power
        here = (await ben.ask(room, "!group")).body
        assert "of 4" in here and all(local(person) in here for person in (anna, ben, cara, dan))

        # All at once, each in their own exercise: what is left out is filled in from the own log.
        first = {anna: "bench 60x8 @2", ben: "squat 100x5 @2", cara: "deadlift 90x5 @2", dan: "bench 80x6 @2"}
        await asyncio.gather(*(person.ask(room, text) for person, text in first.items()))
        again = await asyncio.gather(*(person.ask(room, "x5 @2") for person in first))
        assert ["60x5" in again[0].body, "100x5" in again[1].body, "90x5" in again[2].body, "80x5" in again[3].body] == [True] * 4

        # For another: refused, then trusted; the mention is a pill with a display name.
        assert "hasn't let you" in (await cara.ask(room, f"@{local(ben)} 100x4 @1")).body
        await ben.ask(room, f"!trust @{local(cara)}")
        await ben.client.set_displayname("Big Ben")
        pill = {"msgtype": "m.text", "body": "Big Ben: 100x4 @1", "m.mentions": {"user_ids": [ben.user]},
                "format": "org.matrix.custom.html", "formatted_body": f'<a href="https://matrix.to/#/{ben.user}">Big Ben</a>: 100x4 @1'}
        await cara.until(lambda: cara.client.rooms[room].users[ben.user].display_name == "Big Ben", "the new name")
        assert f"100x4 @1 for {local(ben)}, by {local(cara)}" in (await cara.ask(room, pill)).body
        assert sets(spotter, ben)[-1] == ("squat", 100, 4)
        assert "Undone: squat 100x4" in (await ben.ask(room, "!undo")).body

        # Dan leaves in the middle: it is said, and nothing of his is shared any more.
        await dan.ask(room, "!share room")
        await dan.client.room_leave(room)
        await anna.until(lambda: said(anna, room, "Left:", dan.user), "that somebody left")
        assert spotter.rows("SELECT state, share FROM room_member WHERE identity = ?", dan.user) == [(2, 0)]
        assert f"no {local(dan)}" in (await anna.ask(room, f"!trust @{local(dan)}")).body
        heard = len(dan.events)
        await asyncio.gather(*(person.ask(room, "x5 @2") for person in (anna, ben, cara)))
        assert not [event for _, event, _ in dan.events[heard:] if "for" in (getattr(event, "body", None) or "")]

        # Somebody comes: everybody reads who it is, before anything else is said.
        eve = await gym.lifter("eve")
        direct = await eve.direct_chat(spotter.user)
        await anna.bring(room, eve)
        await anna.until(lambda: said(anna, room, "New here:", eve.user), "that somebody came")
        await eve.until(lambda: said(eve, direct, "training room"), "what the room sees, told alone")
        await eve.until(lambda: said(eve, room, "New here:", eve.user), "that somebody came, herself")  # no order among rooms
        assert not said(eve, room, "100x4")
        # The log follows them: what was written in the room is there in private.
        await eve.ask(room, "bench 30x8 @2")
        assert "1 set today" in (await eve.ask(direct, "today")).body
        assert "share coach" not in (await eve.ask(direct, "share")).body

        # Thrown out: she may not ask any more, by whatever way.
        await anna.client.room_kick(room, eve.user)
        await anna.until(lambda: said(anna, room, "Removed:", eve.user), "that she was removed")
        for question in ("group", "team", f"target @{local(ben)} squat 5x5 @2"):
            answer = (await eve.ask(direct, question)).body
            assert local(ben) not in answer and "100" not in answer, answer
        for person in (anna, ben, cara):
            assert not person.undecryptable

    play(scenario)
    assert spotter.stop() == 0

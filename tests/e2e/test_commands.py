"""Commands that a client fills in for its user (MSC4391), on a real Synapse: which there are is told where the bot may, and what is
filled in does what is typed."""

import asyncio
import base64
import hashlib

from attack import attack, message, silent
from conftest import ENCRYPTED

DESCRIPTION = "org.matrix.msc4391.command_description"
COMMAND = "org.matrix.msc4391.command"


def filled(user, name, body="bench 200x1 @0", **arguments):
    """What such a client sends; BODY is for people."""
    return {"msgtype": "m.text", "body": body, "m.mentions": {"user_ids": [user]}, COMMAND: {"command": name, "arguments": arguments}}


async def descriptions(person, room):
    """The events by their command."""
    state = (await person.client.room_get_state(room)).events
    return {event["content"]["command"]: event for event in state if event["type"] == DESCRIPTION}


async def told(person, spotter, room):
    """Once all is told there."""
    await asyncio.to_thread(spotter.logs, f"commands-described room={room}", 90)
    return await descriptions(person, room)


def test_commands_are_described_where_the_bot_may(play, spotter):
    spotter.start(pace=20)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        powerless = await anna.direct_chat(spotter.user)
        room = await anna.direct_chat(spotter.user, power_level_override={"users": {spotter.user: 50}})
        commands = await told(anna, spotter, room)
        assert 5 <= len(commands) <= 12
        for name, event in commands.items():
            digest = hashlib.sha256((name + spotter.user).encode()).digest()
            assert event["sender"] == spotter.user and event["state_key"] == base64.b64encode(digest).decode()
        warmup = commands["warmup"]["content"]
        assert [(each["key"], each["schema"], each["optional"]) for each in warmup["parameters"]] == [
            (key, {"schema_type": "primitive", "type": "string"}, True) for key in ("exercise", "load")]
        assert warmup["description"]["m.text"][0]["body"] and not commands["undo"]["content"]["parameters"]

        # Nothing of that is said again at the next start, and what the room has is found there where the store has lost it.
        spotter.stop()
        spotter.write("DELETE FROM matrix_value WHERE name LIKE 'described:%'")
        ids = {name: event["event_id"] for name, event in commands.items()}
        spotter.log.write_text("")
        spotter.start(pace=20)
        assert {name: event["event_id"] for name, event in (await told(anna, spotter, room)).items()} == ids

        # Where the power comes later, it is told then.
        assert await descriptions(anna, powerless) == {}
        levels = (await anna.client.room_get_state_event(powerless, "m.room.power_levels")).content
        await anna.client.room_put_state(powerless, "m.room.power_levels", {**levels, "events": {**levels["events"], DESCRIPTION: 0}})
        assert (await told(anna, spotter, powerless)).keys() == commands.keys()

    play(scenario)
    assert spotter.stop() == 0


@ENCRYPTED
def test_what_is_filled_in_does_what_is_typed(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted=encrypted)
        await anna.ask(room, "bench 80x8 @1")
        assert "1 set today" in (await anna.ask(room, filled(spotter.user, "today"))).body
        assert "80x7 @1" in (await anna.ask(room, filled(spotter.user, "fix", set="80x7 @1"))).body
        assert "takes" in (await anna.ask(room, filled(spotter.user, "fix", set=["80x7"]))).body
        assert "flurb" in (await anna.ask(room, filled(spotter.user, "flurb"))).body
        other = await anna.send(room, filled("@other:gym.test", "undo"))
        await anna.ask(room, filled(spotter.user, "next"))
        assert not anna.replies_to(other)
        assert spotter.rows("SELECT load_kg, reps FROM live_set") == [(80, 7)]

    play(scenario)
    assert spotter.stop() == 0


@attack
async def test_a_command_beside_the_ciphertext_is_not_heard(scene):
    """Cleartext in an E2EE room: a command stands beside the ciphertext, or alone."""
    undo = filled(scene.bot.user, "undo")
    alone = message(scene.anna.user, "undo")
    alone["content"] = undo

    def add(events):
        for each in list(events):
            if each["type"] == "m.room.encrypted" and each["sender"] == scene.anna.user:
                each["content"].update({key: undo[key] for key in (COMMAND, "m.mentions", "msgtype", "body")})
                events.append(alone)

    scene.between(add)
    assert "80x7" in (await scene.anna.ask(scene.room, "80x7 @1")).body
    await scene.logs("plaintext-refused", alone["event_id"])
    assert scene.sets() == [(80, 8), (80, 7)]
    silent(scene.bot, "200x1")

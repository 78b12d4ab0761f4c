"""Coaches in a room of a real homeserver: who may, what lifters see of it, and what the curious, the gone and the removed get."""

from conftest_shared import ENCRYPTED


def short(person):
    """How the bot calls somebody: the local part of their id."""
    return person.user[1:].split(":")[0]


async def train(gym, spotter, *names, encrypted=True):
    """A training room of the first of NAMES, who coaches there, and the others."""
    people = [await gym.lifter(name) for name in names]
    room = await people[0].direct_chat(spotter.user, encrypted)
    for person in people[1:]:
        await people[0].bring(room, person)
    await people[0].ask(room, "!group setup")
    assert "coaches here now" in (await people[0].ask(room, f"!coach add @{short(people[0])}")).body
    return room, *people


async def comment(person, room, event_id, text):
    return await person.send(room, {"msgtype": "m.text", "body": text, "m.relates_to": {"m.in_reply_to": {"event_id": event_id}}})


@ENCRYPTED
def test_targets_overrides_and_comments(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        room, anna, ben, cara = await train(gym, spotter, "anna", "ben", "cara", encrypted=encrypted)
        # By the local part, by a whole id, for all.
        assert (await anna.ask(room, f"!target @{short(ben)} squat 5x5 @2-3")).body == f"{short(ben)}: squat 5x5 @2-3"
        assert "bench press 4x8" in (await anna.ask(room, "!target all bench 4x8 @1-3")).body
        assert "Only a coach of this room" in (await cara.ask(room, f"!target {ben.user} squat 1x1 @0")).body
        said = (await ben.ask(room, "squat 100x5 @2")).body
        assert f"{short(anna)}: 5x5 @2-3" in said and "RIR 2-3" in said and "x 5" in said, said
        assert f"{short(anna)} asks for 5x5 @2-3" in (await ben.ask(room, "!why")).body
        # It goes with the lifter.
        alone = await ben.direct_chat(spotter.user, encrypted)
        assert f"{short(anna)}: 5x5 @2-3" in (await ben.ask(alone, "x5 @2")).body
        # A rule is named to the coach, and held.
        await cara.ask(room, "!experience 6 months")
        assert "R66" in (await anna.ask(room, f"!target {cara.user} curl 3x12 @0")).body
        assert "RIR 2-4" in (await cara.ask(room, "curl 10kg x12 @3")).body
        # One set is overridden.
        await anna.ask(room, f"!override @{short(ben)} squat 95x3 @3")
        assert "95 kg x 3, RIR 3" in (await ben.ask(room, "!next")).body
        event = await ben.send(room, "squat 95x3 @3")
        await ben.reply_to(event)
        assert f"{short(anna)} overrode the last set: 95x3 @3" in (await ben.ask(room, "!why")).body
        # A reply to the set, and one to the bot's answer, are kept; each in its room.
        await anna.until(lambda: anna.replies_to(event), "the reply to reach the coach")
        first = await comment(anna, room, event, "Brace before you go down")
        assert "Kept with" in (await anna.reply_to(first)).body
        await comment(anna, room, anna.replies_to(event)[0].event_id, "And breathe")
        await anna.ask(room, "!coach")
        said = (await ben.ask(room, "!last")).body
        assert f"{short(anna)}: Brace before you go down\n{short(anna)}: And breathe" in said, said
        # Taken back and edited, it is as if it had been so always.
        target = await anna.send(room, f"!target @{short(ben)} squat 3x3 @3")
        reply = await anna.reply_to(target)
        await anna.edit(room, target, f"!target @{short(ben)} squat 2x4 @3")
        assert (await anna.edited(reply.event_id)) == f"{short(ben)}: squat 2x4 @3"
        assert "squat 2x4 @3" in (await ben.ask(room, "!target")).body
        await anna.redact(room, target)
        await anna.ask(room, "!coach")
        assert "squat 5x5 @2-3" in (await ben.ask(room, "!target")).body

    play(scenario)
    assert spotter.stop() == 0


def test_nobody_sees_more_than_is_shared(play, spotter):
    spotter.start()

    async def scenario(gym):
        room, anna, ben, cara = await train(gym, spotter, "anna", "ben", "cara")
        hall, zoe, dora = await train(gym, spotter, "zoe", "dora")
        alone, office = await ben.direct_chat(spotter.user), await anna.direct_chat(spotter.user)
        await ben.ask(alone, "bench 80x8 @2")
        await ben.ask(room, "squat 100x5 @2")
        assert f"{short(ben)}: 1 day, 1 set" in (await anna.ask(room, "!team")).body
        assert f"{short(ben)}: 1 day, 1 set" in (await anna.ask(office, "team")).body
        await ben.ask(alone, "share coach")
        assert f"{short(ben)}: 1 day, 1 set" in (await anna.ask(room, "!team")).body
        assert f"{short(ben)}: 1 day, 2 sets" in (await anna.ask(office, "team")).body
        # A curious member; a curious coach of another room, there and alone.
        assert "Only a coach" in (await cara.ask(room, "!team")).body
        den = await zoe.direct_chat(spotter.user)
        for where, text in ((hall, "!team"), (den, "team")):
            assert short(ben) not in (await zoe.ask(where, text)).body
        assert "I see no" in (await zoe.ask(hall, f"!target {ben.user} squat 5x5 @0")).body
        # Gone in the middle: off the team, asked nothing, and no coach any more.
        await anna.ask(room, f"!target @{short(ben)} bench 4x8 @3")
        await anna.ask(room, f"!coach add @{short(cara)}")
        await ben.client.room_leave(room)
        await anna.client.room_kick(room, cara.user)
        said = (await anna.ask(room, "!team")).body
        assert short(ben) not in said and short(cara) not in said, said
        assert f"Removed: {cara.user}" in anna.transcript()
        assert "I see no" in (await anna.ask(room, f"!target {ben.user} bench 4x8 @2")).body
        assert short(anna) not in (await ben.ask(alone, "80x8 @2")).body
        cell = await cara.direct_chat(spotter.user)
        assert short(ben) not in (await cara.ask(cell, "team")).body

    play(scenario)
    assert spotter.stop() == 0


def test_two_coaches_and_a_restart_between_them(play, spotter):
    spotter.start()

    async def scenario(gym):
        room, anna, dora, ben = await train(gym, spotter, "anna", "dora", "ben", encrypted=False)
        await anna.ask(room, f"!coach add @{short(dora)}")
        await anna.ask(room, f"!target @{short(ben)} squat 5x5 @2")
        spotter.kill()
        spotter.start()
        said = (await dora.ask(room, f"!target @{short(ben)} squat 4x6 @3")).body
        assert f"{short(anna)} set 5x5 @2 at " in said and "yours replaces it" in said, said
        assert f"{short(dora)}: 4x6 @3" in (await ben.ask(room, "squat 100x6 @3")).body
        spotter.kill()
        spotter.start()
        await dora.ask(room, "!undo")
        assert f"squat 5x5 @2 ({short(anna)})" in (await ben.ask(room, "!target")).body

    play(scenario)
    assert spotter.stop() == 0

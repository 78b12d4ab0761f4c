"""An encrypted training room of twelve, four on each library, with two coaches: who wrote what, who reads what of whom, while they
all write at once and some leave; and what the curious get, inside and outside. Every answer is looked at."""

import asyncio

from identity import bootstrap
from test_coach import short

EXERCISES = {"bench": "bench-press", "squat": "squat", "deadlift": "deadlift", "row": "barbell-row", "press": "overhead-press",
             "leg press": "leg-press"}
# Each with an exercise and a load that is nobody else's.
TRAINING = {
    "js": {"anna": ("bench", 41), "ben": ("squat", 102), "cara": ("deadlift", 93), "dan": ("row", 54)},
    "go": {"emil": ("press", 36), "fay": ("leg press", 127), "gus": ("bench", 68), "hana": ("squat", 79)},
    "nio": {"ida": ("deadlift", 115), "jan": ("row", 66), "kim": ("press", 37), "lea": ("leg press", 148)}}


class Room:
    """What was said in it, and that each was answered once."""

    def __init__(self, room):
        self.room, self.asked = room, []

    async def ask(self, person, text):
        event_id = await person.send(self.room, text)
        self.asked.append((person, event_id))
        return await person.reply_to(event_id, 60)

    async def say(self, person, text):
        return (await self.ask(person, text))["content"]["body"]

    async def all_say(self, texts):
        """At once, each their own; their answers by person."""
        return dict(zip(texts, await asyncio.gather(*(self.say(person, text) for person, text in texts.items()))))


def sets(spotter, person):
    return spotter.rows("SELECT exercise, load_kg, reps FROM live_set WHERE lifter = (SELECT lifter FROM identity WHERE identity = ?)"
                        " ORDER BY at_ms, id", person.user)


async def gather_in(founder, bot, others):
    """An encrypted room of FOUNDER's with the bot and OTHERS, who all know of each other."""
    room = await founder.room(bot, *(person.user for person in others))
    await asyncio.gather(*(person.member(room, "join") for person in others))
    await asyncio.gather(*(person.joined(room, bot, founder.user, *(other.user for other in others)) for person in (founder, *others)))
    return room


async def session(person, room, event):
    return (await person.request("GET", f"/rooms/{room}/event/{event['id']}"))["content"]["session_id"]


def test_twelve_on_three_libraries(play, spotter):
    bootstrap(spotter)
    spotter.start()

    async def scenario(gym):
        people = await asyncio.gather(*(gym.lifter(library, name) for library, names in TRAINING.items() for name in names))
        training = dict(zip(people, (each for names in TRAINING.values() for each in names.values())))
        anna, ben, cara, dan, emil, fay, gus, hana, ida, jan, kim, lea = people
        room = Room(await gather_in(anna, spotter.user, people[1:]))
        assert "moderators" in await room.say(kim, "!group setup")
        assert "training room now" in await room.say(anna, "!group setup")  # who made the room has the power
        said = await room.say(lea, "!group")
        assert "of 12" in said and all(short(person) in said for person in people), said

        # All at once, then again with all left out that the own log fills in.
        for person, said in (await room.all_say({person: f"{exercise} {load}x8 @2" for person, (exercise, load) in training.items()})).items():
            assert f"{training[person][1]}x8 @2" in said and "for" not in said.split("\n")[0].split(), said
        for person, said in (await room.all_say(dict.fromkeys(people, "x5 @2"))).items():
            assert f"{training[person][1]}x5 @2" in said, said
        for person, (exercise, load) in training.items():
            assert sets(spotter, person) == [(EXERCISES[exercise], load, 8), (EXERCISES[exercise], load, 5)]

        # Two coaches on different libraries act while the others write.
        for coach in (anna, emil):
            assert "coaches here now" in await room.say(anna, f"!coach add @{short(coach)}")
        said = await room.all_say({
            anna: f"!target @{short(ben)} squat 5x5 @2-3", emil: f"!target @{short(lea)} leg press 3x10 @3",
            kim: f"!target @{short(ben)} squat 1x1 @0", **dict.fromkeys((cara, dan, fay, gus, hana, ida, jan), "x4 @2")})
        assert said[anna] == f"{short(ben)}: squat 5x5 @2-3" and said[emil] == f"{short(lea)}: leg press 3x10 @3"
        assert "Only a coach of this room" in said[kim]
        assert all(f"{training[person][1]}x4 @2" in said[person] for person in (cara, dan, fay, gus, hana, ida, jan))
        said = await room.all_say({ben: "x5 @2", lea: "x5 @2", kim: "x5 @2"})
        assert f"{short(anna)}: 5x5 @2-3" in said[ben] and "Harder than planned: RIR 2, not 3" in said[lea]
        assert not any(short(coach) in said[kim] for coach in (anna, emil)) and "37x5" in said[kim]
        assert f"{short(anna)} asks for 5x5 @2-3" in await room.say(ben, "!why")
        assert f"leg press 3x10 @3 ({short(emil)})" in await room.say(lea, "!target")

        # One writes for another of another library: refused, then trusted.
        assert "hasn't let you" in await room.say(ida, f"@{short(cara)} 93x3 @1")
        await room.say(cara, f"!trust @{short(ida)}")
        assert f"93x3 @1 for {short(cara)}, by {short(ida)}" in await room.say(ida, f"@{short(cara)} 93x3 @1")
        assert sets(spotter, cara)[-1] == ("deadlift", 93, 3) and sets(spotter, ida)[-1] == ("deadlift", 115, 4)

        # What Ben does alone is his: a member, a coach, and a coach of another room see what he shares.
        alone = {person: await person.direct_chat(spotter.user) for person in (ben, kim, anna, jan, gus)}
        await ben.ask(alone[ben], "bench 71x8 @2")
        board = await room.say(kim, "!board")
        assert short(ben) in board and "71" not in board
        for text in ("!team", f"!target @{short(ben)} bench 1x1 @0", f"!override @{short(ben)} bench 20x1 @0"):
            assert "Only a coach" in await room.say(kim, text)
        for text in ("team", f"target @{short(ben)} squat 5x5 @2", "today", "week"):
            said = await kim.ask(alone[kim], text)
            assert short(ben) not in said and "71" not in said and "102" not in said, said
        assert f"{short(ben)}: 1 day, 3 sets" in await room.say(anna, "!team")
        assert f"{short(ben)}: 1 day, 3 sets" in await anna.ask(alone[anna], "team")
        await ben.ask(alone[ben], "share coach")
        assert f"{short(ben)}: 1 day, 3 sets" in await room.say(emil, "!team")
        assert f"{short(ben)}: 1 day, 4 sets" in await anna.ask(alone[anna], "team")
        zoe, dora = await gym.lifter("go", "zoe"), await gym.lifter("nio", "dora")
        hall = Room(await gather_in(zoe, spotter.user, [dora]))
        for text in ("!group setup", f"!coach add @{short(zoe)}", "!team", "!group", "!board"):
            await hall.say(zoe, text)
        for text in (f"!target {ben.user} squat 5x5 @0", f"!override {ben.user} squat 20x1 @0"):
            assert "I see no" in await hall.say(zoe, text)
        office = await zoe.direct_chat(spotter.user)
        for text in ("team", "group", f"target {ben.user} squat 5x5 @0"):
            await zoe.ask(office, text)
        for event in zoe.said(hall.room) + zoe.said(office):
            body = event["content"].get("body", "")
            assert "102" not in body and not any(short(person) in body for person in people if person is not ben), body  # whom she named

        # Jan leaves while they write, then Gus is thrown out: that is said, the room key is another, and they get nothing more.
        before = await session(anna, room.room, await room.ask(anna, "x5 @2"))
        assert "everybody in the room" in await room.say(jan, "!share room")
        _, said = await asyncio.gather(jan.member(room.room, "leave"), room.all_say({
            ben: "squat 102x3 @2", **dict.fromkeys((cara, fay, ida, lea), "x3 @2")}))
        for person, text in said.items():
            assert f"{training[person][1]}x3 @2" in text, text
        await anna.until(lambda: anna.said(room.room, "Left:", jan.user), "that Jan left")
        between = await session(anna, room.room, await room.ask(anna, "x5 @2"))
        await anna.member(room.room, "kick", gus)
        await anna.until(lambda: anna.said(room.room, "Removed:", gus.user), "that Gus was removed")
        after = await session(anna, room.room, await room.ask(anna, "x5 @2"))
        assert len({before, between, after}) == 3
        here = [person for person in people if person not in (jan, gus)]
        for person, said in (await room.all_say(dict.fromkeys(here, "x2 @3"))).items():
            assert f"{training[person][1]}x2 @3" in said
        said = await room.say(anna, "!team")
        assert not any(short(person) in said for person in (jan, gus)) and short(hana) in said
        for person in (jan, gus):
            assert "I see no" in await room.say(anna, f"!target {person.user} bench 4x8 @2")
            for text in ("group", "team", f"target @{short(ben)} squat 5x5 @2"):
                said = await person.ask(alone[person], text)
                assert not any(short(other) in said for other in here) and "102" not in said, said
            said = await person.ask(alone[person], "today")  # the own log goes along
            assert f"{training[person][1]}x8 @2" in said, said
            assert not any("x2 @3" in event["content"].get("body", "") for event in person.events.values())

        # Who was there has read every answer, once each and without a shield.
        for person, event_id in room.asked:
            assert len(person.replies_to(event_id)) == 1
        for reader in here:
            await reader.until(lambda: all(reader.replies_to(event_id) for _, event_id in room.asked), "all that was answered")
        for person in (*people, zoe, dora):
            assert not person.unreadable(), "\n".join(person.unreadable())
            assert all(event["shield"]["colour"] == "none" for event in person.events.values()
                       if event["sender"] == spotter.user and event["encrypted"])

    play(scenario)
    assert spotter.stop() == 0

"""Killed with SIGKILL at random points while messages arrive: every set booked exactly once, answered exactly once.

KILLS sets how often (make test: 200; make kill: 1000).
"""

import asyncio
import os
import random
import sqlite3
import time

from ledger import Ledger

KILLS = int(os.environ.get("KILLS", "200"))
CALL_KILLS = min(KILLS // 5, 50)  # each takes two seconds
FAN_KILLS = min(KILLS // 10, 50)


def test_killed_at_any_moment_nothing_is_lost_and_nothing_said_twice(play, spotter):
    spotter.start()
    generator = random.Random(20261125)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        rooms = [await anna.direct_chat(spotter.user, encrypted) for encrypted in (True, False)]
        ledger = Ledger(anna, rooms)
        killing = True

        async def talk():
            while killing:
                await ledger.send()
                await asyncio.sleep(generator.uniform(0, 0.05))

        talkers = [asyncio.create_task(talk()) for _ in range(3)]
        for _ in range(KILLS):
            await asyncio.sleep(generator.choice([0.01, 0.05, 0.1, 0.2, 0.4]) * generator.uniform(0.2, 1.8))
            spotter.kill()
            spotter.start(ready=False)
        killing = False
        await asyncio.gather(*talkers)
        await ledger.settled()
        await ledger.check(spotter)
        print(f"{KILLS} kills, {len(ledger.sent)} sets: each booked once, each answered once")

    play(scenario)
    assert spotter.stop() == 0


def test_killed_about_when_it_is_due_a_call_comes_exactly_once(play, spotter):
    """Rests of a second that end around the kill: while they wait, are called, sealed, sent or acknowledged."""
    spotter.start()
    generator = random.Random(20261126)

    async def scenario(gym):
        people = [await gym.lifter(f"anna{i}") for i in range(4)]
        rooms = [await person.direct_chat(spotter.user, encrypted=i % 2 == 0) for i, person in enumerate(people)]

        promised = [0] * len(people)

        async def rest(index, delay):
            await asyncio.sleep(delay)
            answer = await people[index].ask(rooms[index], "rest 1 s")
            promised[index] += "I'll call you" in answer.body  # on a slow machine the second may be over by then

        def all_called():
            return all(len(person.calls(room)) >= calls for person, room, calls in zip(people, rooms, promised))

        for round_number in range(CALL_KILLS):
            await asyncio.gather(*(rest(index, generator.uniform(0, 0.4)) for index in range(len(people))))
            await asyncio.sleep(generator.uniform(0.3, 1.2))
            spotter.kill()
            spotter.start(ready=False)
            for person in people:
                await person.until(all_called, f"the calls of round {round_number + 1}")
        for person, room, calls in zip(people, rooms, promised):
            await person.ask(room, "today")  # a second call would be there before this answer
            assert len(person.calls(room)) == calls
            assert not person.undecryptable
        assert sum(promised) >= 2 * CALL_KILLS
        assert spotter.rows("SELECT count(*) FROM job WHERE kind = 0") == [(0,)]

    play(scenario)
    assert spotter.stop() == 0


def test_killed_in_the_middle_of_a_fan_out_each_is_asked_exactly_once(play, spotter):
    """Check-ins of everybody, due at the same moment, around the kill."""
    spotter.start()
    generator = random.Random(20261127)

    async def scenario(gym):
        people = [await gym.lifter(f"lifter{i}") for i in range(6)]
        rooms = [await person.direct_chat(spotter.user, encrypted=i % 2 == 0) for i, person in enumerate(people)]
        for person, room in zip(people, rooms):
            await person.ask(room, "bench 80x8 @2")
            for other in ("budget off", "month off"):
                await person.ask(room, other)

        def make_due(at_ms):
            with sqlite3.connect(spotter.database) as store:
                for person, room in zip(people, rooms):
                    lifter = store.execute("SELECT lifter FROM identity WHERE identity = ?", [person.user]).fetchone()[0]
                    store.execute("UPDATE job SET due_ms = ? WHERE lifter = ? AND kind = 2", [at_ms, lifter])
                    store.execute("UPDATE lifter_value SET value = ? WHERE lifter = ? AND name = 'checkin'",
                                  [f"0 0 1 1 0 1080 0 {at_ms} 0 0 0\nmatrix\n{person.user}\n{person.user}\n{room}\n", lifter])

        def asked(person, room):
            return [event for event in person.calls(room) if event.body.startswith("Check-in")]

        for round_number in range(1, FAN_KILLS + 1):
            spotter.kill()
            make_due(int(time.time() * 1000) + 300)
            spotter.start(ready=False)
            await asyncio.sleep(generator.uniform(0.2, 0.9))
            spotter.kill()
            spotter.start(ready=False)
            for person, room in zip(people, rooms):
                await person.until(lambda: len(asked(person, room)) >= round_number, f"check-in {round_number}")
        for person, room in zip(people, rooms):
            await person.ask(room, "today")  # a second one would be there before this answer
            assert len(asked(person, room)) == FAN_KILLS
            assert not person.undecryptable

    play(scenario)
    assert spotter.stop() == 0

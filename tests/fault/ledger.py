"""What was sent, and whether each message was booked exactly once and answered exactly once."""

import asyncio
import itertools


class Ledger:
    """Sends sets that differ from each other and keeps the ids that the homeserver gave them."""

    def __init__(self, lifter, rooms):
        self.lifter, self.rooms, self._turn = lifter, rooms, itertools.cycle(rooms)
        self.sent = []
        self._number = 0

    def _next(self):
        self._number += 1
        return f"bench {40 + self._number % 50}x{3 + self._number % 6} @3"

    async def send(self, count=1):
        """COUNT sets, one after the other."""
        for _ in range(count):
            self.sent.append(await self.lifter.send(next(self._turn), self._next()))

    async def burst(self, count, at_once=10):
        """COUNT sets with AT_ONCE sends under way."""
        gate = asyncio.Semaphore(at_once)

        async def one(room, text):
            async with gate:
                self.sent.append(await self.lifter.send(room, text))

        await asyncio.gather(*(one(next(self._turn), self._next()) for _ in range(count)))

    async def settled(self, timeout=120):
        """Waits until each message has a reply."""
        await self.lifter.until(lambda: all(self.lifter.replies_to(event_id) for event_id in self.sent),
                                "every set is answered", timeout)

    async def check(self, spotter):
        """By the answers to questions that were asked after all of it, a second reply would be there."""
        for room in self.rooms:
            await self.lifter.ask(room, "!today", 60)
        booked = dict(spotter.rows(
            "SELECT input.event_id, count(live_set.id) FROM input LEFT JOIN live_set ON live_set.input = input.id "
            "GROUP BY input.event_id"))
        wrong = {event_id: booked.get(event_id, 0) for event_id in self.sent if booked.get(event_id, 0) != 1}
        assert not wrong, f"{len(wrong)} of {len(self.sent)} sets are not in the store exactly once: {wrong}"
        replies = {event_id: len(self.lifter.replies_to(event_id)) for event_id in self.sent}
        wrong = {event_id: count for event_id, count in replies.items() if count != 1}
        assert not wrong, f"{len(wrong)} of {len(self.sent)} sets have not exactly one reply: {wrong}"
        assert not self.lifter.undecryptable, "the lifter could not decrypt a reply"

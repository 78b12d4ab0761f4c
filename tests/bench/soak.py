"""A day of a busy gym as fast as it goes, against a real Synapse: 50 rooms and 300 devices that come and go, the daemon killed, the server
restarted, a room that says more than one sync holds.

HOURS=24, ROOMS=50, DEVICES=300, SETS=4 (of a room in an hour, on the average of a day). The clocks are real: what is
accelerated is the traffic. Each hour a line; in the end everything is asserted.
"""

import asyncio
import logging
import os
import pathlib
import random
import sqlite3
import sys
import tempfile
import time

import nio

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from bench import memory  # noqa: E402
from conftest_shared import Gym  # noqa: E402
from spotter import Spotter  # noqa: E402
from synapse import Synapse  # noqa: E402

HOURS = int(os.environ.get("HOURS", "24"))
ROOMS = int(os.environ.get("ROOMS", "50"))
DEVICES = int(os.environ.get("DEVICES", "300"))
SETS = float(os.environ.get("SETS", "4"))
PEOPLE = min(10, ROOMS)
TALKERS = 8
TIMEOUT_S = 120

# How busy each hour of the clock is, beside the day's average. The day begins with the evening: what the busiest hour
# takes is what all may take.
BUSY = (0.1, 0.05, 0.05, 0.05, 0.1, 0.4, 1.2, 1.4, 1.2, 1.1, 1.0, 1.0, 1.2, 1.0, 0.9, 1.1, 1.6, 2.4, 2.6, 2.4, 1.7, 0.9, 0.4, 0.2)
FIRST = 17
CHURN = 0.02  # of the devices, each hour: half of them in a day
KILLED = range(1, 13)  # the hours in which the daemon is killed: until the morning. Then its memory is that of one life
LIMIT = 100  # events of a room that one sync holds
# The allocator keeps what it freed in pieces, and where they lie differs from run to run.
ALLOWANCE_MB = 1.0
# Sets are kept in memory on purpose, of lifters who were here lately (bot/coach/lifter.c: 20,000, then the oldest go).
# Each takes 360 bytes, twice that in an array that has just doubled, and what is foreseen of it.
SET_MB = 1.0 / 1024
OLM_SESSIONS = 6  # that are kept of a device
TABLES = ("olm_session", "megolm_inbound", "megolm_outbound", "megolm_shared", "megolm_parked", "to_device_request", "outbox")


class Soak:
    def __init__(self, synapse, folder):
        self.synapse, self.folder, self.random = synapse, folder, random.Random(20261126)
        self.spotter = Spotter(synapse, "spotter")
        self.gym = Gym(synapse, folder)
        self.people, self.rooms, self.devices = self.gym.people, [], []
        self.asked = [[] for _ in range(PEOPLE)]  # in this hour: events, by person
        self.answers = {}  # event → how many
        self.sent = self.kills = self.restarts = self.floods = self.changed = self.undecryptable = self.made = 0
        self.most = [0.0, 0.0]
        self.told = []
        self.sending = 0
        self.open = asyncio.Event()  # the server is there
        self.open.set()
        self.moving = asyncio.Lock()  # devices, or the server

    # ---- devices

    async def add_device(self, person):
        """One that is there and reads nothing: keys have to be made for it all the same."""
        store = self.folder / f"device{self.made}"
        self.made += 1
        store.mkdir()
        client = nio.AsyncClient(self.synapse.url, person.user, store_path=str(store), config=nio.AsyncClientConfig(encryption_enabled=True))
        assert isinstance(await client.login(person.password), nio.LoginResponse)
        await client.keys_upload()
        self.devices.append(client)

    async def change_device(self):
        client = self.devices.pop(self.random.randrange(len(self.devices)))
        await client.logout()
        await client.close()
        await self.add_device(self.random.choice(self.people))
        self.changed += 1

    async def change_phone(self, number):
        """One that reads and writes: what is said from then on it must be able to read."""
        old = self.people[number]
        user, password = old.user, old.password
        await old.client.logout()
        await old.close()
        new = await self.gym.lifter("phone", user, password)
        self.people.remove(new)
        self.people[number] = new
        new.events.clear()  # from before its time
        new.undecryptable.clear()
        self.changed += 1

    # ---- the beginning

    async def begin(self):
        self.spotter.start()
        for _ in range(PEOPLE):
            await self.gym.lifter("lifter")
        for number in range(ROOMS):
            owner = self.people[number % PEOPLE]
            room = (await owner.client.room_create(initial_state=[nio.EnableEncryptionBuilder().as_dict()])).room_id
            if number % 3 == 0:  # some of several people, who are there before the bot says anything
                await owner.bring(room, self.people[(number + 1) % PEOPLE])
            await owner.client.room_invite(room, self.spotter.user)
            await owner.until(lambda: owner._joined(room, self.spotter.user), "the bot joins")
            self.rooms.append((number % PEOPLE, room))
        while len(self.devices) < DEVICES - PEOPLE:
            await asyncio.gather(*(self.add_device(person) for person in self.people[:DEVICES - PEOPLE - len(self.devices)]))

    # ---- an hour

    async def say(self, number, room):
        """One set, once the server is there; which event it is."""
        await self.open.wait()
        self.sent += 1
        self.sending += 1
        text = f"!bench {40 + self.sent % 50}x{3 + self.sent % 6} @3"
        event_id = None
        while event_id is None:
            try:
                event_id = await self.people[number].send(room, text)
            except (KeyError, nio.exceptions.GroupEncryptionError):
                # matrix-nio drops the key that it is just handing out when a device comes meanwhile: nothing was sent
                await asyncio.sleep(0.1)
        self.sending -= 1
        self.asked[number].append(event_id)
        return event_id

    async def one(self, number, room):
        await self.people[number].reply_to(await self.say(number, room), TIMEOUT_S)

    async def talk(self, left):
        while left:
            left.pop()
            await self.one(*self.random.choice(self.rooms))

    async def reached(self, left, share):
        """Waits until so much of the hour's sets was said."""
        total = len(left)
        while len(left) > total * (1 - share):
            await asyncio.sleep(0.05)

    async def churn(self, left, times):
        for i in range(times):
            await self.reached(left, (i + 1) / (times + 1))
            async with self.moving:
                await self.change_device()

    async def kill(self, left, flooded):
        """In the middle of everything; FLOODED: and one room says meanwhile more than the next sync shows of it."""
        await self.reached(left, 0.5)
        self.spotter.kill()
        events = []
        number, room = self.random.choice(self.rooms)
        if flooded:
            events = [await self.say(number, room) for _ in range(LIMIT + 20)]
            self.floods += 1
        await asyncio.to_thread(self.spotter.start)
        self.kills += 1
        for event_id in events:
            await self.people[number].reply_to(event_id, TIMEOUT_S)

    async def restart(self, left):
        """Of the server, while answers are on their way."""
        await self.reached(left, 0.7)
        async with self.moving:
            self.open.clear()
            while self.sending:
                await asyncio.sleep(0.02)
            await asyncio.to_thread(self.synapse.stop)
            await asyncio.to_thread(self.synapse.start)
            self.open.set()
        self.restarts += 1

    async def watched(self, *jobs):
        self.most = [0.0, 0.0]
        watch = asyncio.create_task(self.watch())
        try:
            await asyncio.gather(*jobs)
        finally:
            watch.cancel()

    async def watch(self):
        """The most that the daemon takes: resident, and of its own."""
        while True:
            try:
                self.most = [max(pair) for pair in zip(self.most, memory(self.spotter.process.pid))]
            except (OSError, KeyError):
                pass  # it was killed just now
            await asyncio.sleep(0.5)

    def settle(self):
        """What the people saw in this hour, which is over."""
        for person, asked in zip(self.people, self.asked):
            self.undecryptable += sum(event.sender == self.spotter.user for event in person.undecryptable)
            self.answers.update((event_id, len(person.replies_to(event_id))) for event_id in asked)
            person.undecryptable.clear()
            person.events.clear()
            asked.clear()

    def counts(self):
        kept = {table: self.spotter.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
        kept["device"], kept["gone"] = (self.spotter.rows("SELECT count(*) FROM device WHERE deleted = ?", gone)[0][0] for gone in (0, 1))
        server = sqlite3.connect(f"file:{self.synapse.folder}/homeserver.db?mode=ro", uri=True)
        kept["one-time"] = server.execute("SELECT count(*) FROM e2e_one_time_keys_json WHERE user_id = ?", [self.spotter.user]).fetchone()[0]
        server.close()
        return kept

    def tell(self, hour, seconds, counts):
        resident, private = self.most
        print(f"{hour + 1:2} h ({(FIRST + hour) % 24:02}:00, {seconds:3.0f} s): {len(self.answers)} of {self.sent} answered, "
              f"{self.undecryptable} undecryptable, {resident:.1f} MB, {private:.1f} MB private, {self.changed} devices changed, {self.kills} kills, "
              f"{self.floods} floods, {self.restarts} restarts; " + ", ".join(f"{name} {count}" for name, count in counts.items()), flush=True)

    async def hour(self, hour):
        begun = time.monotonic()
        left = [None] * max(4, round(ROOMS * SETS * BUSY[(FIRST + hour) % 24]))
        jobs = [self.talk(left) for _ in range(TALKERS)] + [self.churn(left, round(CHURN * DEVICES))]
        if hour in KILLED:
            jobs.append(self.kill(left, hour % 4 == 1))
        if hour % 6 == 0:
            jobs.append(self.restart(left))
        await self.watched(*jobs)
        self.settle()
        counts = self.counts()
        self.told.append((*self.most, len(self.answers)))
        self.tell(hour, time.monotonic() - begun, counts)
        assert 25 <= counts["one-time"] <= 100, counts
        await self.change_phone(hour % PEOPLE)

    # ---- the end

    async def until(self, query, wanted):
        """Waits until QUERY gives what is WANTED."""
        await self.people[0].until(lambda: self.spotter.rows(query) == wanted, f"{query}: {wanted}", TIMEOUT_S)

    async def demand(self):
        assert set(self.answers.values()) == {1} and len(self.answers) == self.sent, "not each was answered once"
        assert self.undecryptable == 0
        booked = self.spotter.rows("SELECT event_id FROM live_set JOIN input ON input.id = live_set.input")
        assert sorted(event_id for event_id, in booked) == sorted(self.answers), "not each was booked once"
        for table in ("megolm_parked", "to_device_request", "outbox"):
            await self.until(f"SELECT count(*) FROM {table}", [(0,)])
        await self.until("SELECT count(*) FROM device WHERE deleted = 0", [(PEOPLE + len(self.devices) + 1,)])
        await self.until("SELECT count(*) > 0 FROM megolm_shared WHERE session_id NOT IN (SELECT session_id FROM megolm_outbound)", [(0,)])
        counts = self.counts()
        assert counts["megolm_outbound"] <= ROOMS and counts["gone"] <= self.changed, counts
        assert counts["olm_session"] <= OLM_SESSIONS * (counts["device"] + counts["gone"]), counts
        self.demand_memory()

    def demand_memory(self):
        """Nothing grew but what is kept of sets: beyond the first hour's, and, since that was another life, the first's after the last kill.
        Private memory is held to it: pages of the program and its libraries were given back at the start, and come with their first use."""
        for first in (0, KILLED.stop):
            for hour in range(first + 1, HOURS):
                most = self.told[first][1] + ALLOWANCE_MB + SET_MB * (self.told[hour][2] - self.told[first][2])
                assert self.told[hour][1] <= most, f"{self.told[hour][1]:.1f} MB in hour {hour + 1}, more than {most:.1f}"

    async def demand_no_leak(self):
        """A new life that knows the same takes as much as the one that is a day old."""
        old = self.told[-1]
        assert self.spotter.stop() == 0
        await asyncio.to_thread(self.spotter.start)
        await self.watched(*(self.one(number, room) for number, room in self.rooms))
        print(f"a day old {old[0]:.1f} MB, {old[1]:.1f} MB private; new and knowing the same {self.most[0]:.1f} MB, {self.most[1]:.1f} MB private")
        assert old[1] <= self.most[1] + ALLOWANCE_MB

    async def run(self):
        try:
            await self.begin()
            for hour in range(HOURS):
                await self.hour(hour)
            await self.demand()
            await self.demand_no_leak()
        finally:
            for client in self.devices:
                await client.close()
            await self.gym.close()
        assert self.spotter.stop() == 0
        print("all were answered and booked once, and could be read; nothing grew")


def main():
    logging.getLogger("nio").setLevel(logging.ERROR)  # which warns of each session that it makes
    synapse = Synapse()
    try:
        with tempfile.TemporaryDirectory() as folder:
            soak = Soak(synapse, pathlib.Path(folder))
            try:
                asyncio.run(soak.run())
            finally:
                soak.spotter.close()
    finally:
        synapse.close()


if __name__ == "__main__":
    main()

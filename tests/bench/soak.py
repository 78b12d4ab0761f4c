"""Hours of traffic in minutes, against a real Synapse: 50 rooms, 300 devices that come and go, the daemon killed now and then.

MINUTES=N (default 10) sets how long. Each minute a line: messages, undecryptables, memory, and how many keys are kept.
"""

import asyncio
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

MINUTES = float(os.environ.get("MINUTES", "10"))
ROOMS = int(os.environ.get("ROOMS", "50"))
DEVICES = int(os.environ.get("DEVICES", "300"))
PEOPLE = 10
TABLES = ("olm_session", "megolm_inbound", "megolm_outbound", "megolm_parked", "device")


class Soak:
    def __init__(self, synapse, folder):
        self.synapse, self.folder, self.random = synapse, folder, random.Random(20261126)
        self.spotter = Spotter(synapse, "spotter")
        self.gym = Gym(synapse, folder)
        self.people, self.rooms, self.devices = self.gym.people, [], []
        self.sent = self.answered = self.kills = self.churned = 0

    async def add_device(self, person):
        """One that is there and reads nothing: keys have to be made for it all the same."""
        store = self.folder / f"device{self.churned}-{len(self.devices)}-{self.random.random()}"
        store.mkdir()
        client = nio.AsyncClient(self.synapse.url, person.user, store_path=str(store), config=nio.AsyncClientConfig(encryption_enabled=True))
        assert isinstance(await client.login(person.password), nio.LoginResponse)
        await client.keys_upload()
        self.devices.append(client)

    async def lose_device(self):
        client = self.devices.pop(self.random.randrange(len(self.devices)))
        await client.logout()
        await client.close()

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
            self.rooms.append((owner, room))
        while len(self.devices) < DEVICES - PEOPLE:
            await self.add_device(self.people[len(self.devices) % PEOPLE])

    async def talk(self, until):
        while time.monotonic() < until:
            owner, room = self.random.choice(self.rooms)
            self.sent += 1
            await owner.ask(room, f"!bench {40 + self.sent % 50}x{3 + self.sent % 6} @3", timeout=90)
            self.answered += 1

    async def churn(self, until):
        while time.monotonic() < until:
            await self.lose_device()
            await self.add_device(self.random.choice(self.people))
            self.churned += 1
            await asyncio.sleep(1)

    async def kill(self, until):
        while time.monotonic() + 60 < until:
            await asyncio.sleep(45)
            self.spotter.kill()
            await asyncio.to_thread(self.spotter.start)
            self.kills += 1

    def counts(self):
        kept = {table: self.spotter.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}
        server = sqlite3.connect(f"file:{self.synapse.folder}/homeserver.db?mode=ro", uri=True)
        kept["one-time keys"] = server.execute("SELECT count(*) FROM e2e_one_time_keys_json WHERE user_id = ?", [self.spotter.user]).fetchone()[0]
        server.close()
        return kept

    def undecryptable(self):
        return sum(len(person.undecryptable) for person in self.people)

    async def tell(self, until, begun):
        told = []
        while time.monotonic() < until:
            await asyncio.sleep(min(60, max(1, until - time.monotonic())))
            if self.spotter.process.poll() is None:
                told.append(memory(self.spotter.process.pid)[0])
                print(f"{(time.monotonic() - begun) / 60:5.1f} min: {self.answered} of {self.sent} answered, {self.undecryptable()} undecryptable, "
                      f"{told[-1]:.1f} MB, {self.churned} devices changed, {self.kills} kills, "
                      + ", ".join(f"{count} {name}" for name, count in self.counts().items()), flush=True)
        return told

    async def run(self):
        await self.begin()
        begun = time.monotonic()
        until = begun + 60 * MINUTES
        told, *_ = await asyncio.gather(self.tell(until, begun), self.churn(until), self.kill(until), *(self.talk(until) for _ in range(4)))
        counts = self.counts()
        for client in self.devices:
            await client.close()
        await self.gym.close()
        assert self.sent == self.answered and self.undecryptable() == 0
        assert self.spotter.rows("SELECT count(*) FROM live_set") == [(self.answered,)]
        assert max(told) < 1.25 * told[0] + 8, told
        assert counts["megolm_parked"] == 0 and 25 <= counts["one-time keys"] <= 100, counts
        assert self.spotter.stop() == 0


def main():
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

"""One Synapse for the whole run; each test has its own bot, its own people and its own rooms."""

import asyncio
import itertools
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from identity import Account  # noqa: E402
from lifter import Lifter  # noqa: E402
from proxy import Proxy  # noqa: E402
from spotter import Spotter  # noqa: E402
from synapse import Synapse  # noqa: E402

numbers = itertools.count(1)

ENCRYPTED = pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])


@pytest.fixture(scope="session")
def synapse():
    server = Synapse()
    yield server
    server.close()


@pytest.fixture
def spotter(synapse):
    """A bot with an account of its own, not yet started."""
    bot = Spotter(synapse, f"spotter{next(numbers)}")
    yield bot
    bot.close()


@pytest.fixture
def choosy(synapse):
    """A bot that only those may invite whose names begin with "friend"."""
    bot = Spotter(synapse, f"choosy{next(numbers)}", allow=f"@friend*:{synapse.server_name}")
    yield bot
    bot.close()


@pytest.fixture
def account(synapse, spotter):
    """The bot's account, as a client of its own would see it."""
    return Account(synapse, spotter)


@pytest.fixture
def proxied(synapse):
    """Such a bot, and the proxy between it and its homeserver."""
    proxy = Proxy(synapse.port)
    bot = Spotter(synapse, f"proxied{next(numbers)}", url=proxy.url)
    yield bot, proxy
    bot.close()
    proxy.close()


class Gym:
    """What a test needs at hand: people, made by name and logged in; closed at the end."""

    def __init__(self, synapse, folder):
        self.synapse, self.folder, self.people = synapse, folder, []

    async def lifter(self, name, user=None, password=None, url=None):
        if user is None:
            user, password = self.synapse.register(f"{name}{next(numbers)}")
        store = self.folder / f"{name}{next(numbers)}"
        store.mkdir()
        person = await Lifter(url or self.synapse.url, user, store).login(password)
        person.password = password
        self.people.append(person)
        return person

    async def close(self):
        for person in self.people:
            await person.close()


def player(new_gym, timeout):
    """Runs play(scenario): `async def scenario(gym)` with people that are closed afterwards."""

    def run(scenario):
        async def whole():
            gym = new_gym()
            try:
                await asyncio.wait_for(scenario(gym), timeout)
            finally:
                await gym.close()

        asyncio.run(whole())

    return run


@pytest.fixture
def play(synapse, tmp_path):
    return player(lambda: Gym(synapse, tmp_path), 600)

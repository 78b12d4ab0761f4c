"""One ngircd and one InspIRCd with its services for the whole run; each test has bots, people and channels of its own."""

import itertools
import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bot import Bot, block  # noqa: E402
from client import SECONDS, Client  # noqa: E402
from network import InspIrcd, NgIrcd  # noqa: E402
from stage import Stage  # noqa: E402

numbers = itertools.count(1)
PASSWORD = "correct-horse"


@pytest.fixture(scope="session")
def plain():
    network = NgIrcd()
    yield network
    network.close()


@pytest.fixture(scope="session")
def modern():
    network = InspIrcd()
    yield network
    network.close()


class Gym:
    """What a test needs at hand, with names that no other test has; all of it ends with the test."""

    def __init__(self):
        self.number = next(numbers)
        self.things = []
        self.network = None

    def on(self, network, more="", **options):
        """A bot on NETWORK, not yet started, in a channel of its own."""
        self.network = network
        self.nick, self.channel = f"spotter{self.number}x", f"#gym{self.number}"
        self.bot = self.keep(Bot(block("gym", options.pop("port", network.port), more, nick=self.nick,
                                       channels=(self.channel,), **options)))
        return self.bot

    def name(self, name):
        return f"{name}{self.number}"

    def person(self, name, account=None, joined=True, **more):
        """Somebody with that nick (and ACCOUNT, made if it isn't there), in the channel with the bot."""
        if account:
            Client(self.network.port, self.name(account)).register(PASSWORD).quit()
            more |= {"account": self.name(account), "password": PASSWORD}
        client = self.keep(Person(self, self.network.port, self.name(name), **more))
        if joined:
            client.join(self.channel).waits_for(self.nick, self.channel)
        return client

    def keep(self, thing):
        self.things.append(thing)
        return thing

    def close(self):
        for thing in reversed(self.things):
            thing.close() if hasattr(thing, "close") else thing.quit()


class Person(Client):
    def __init__(self, gym, port, nick, **more):
        super().__init__(port, nick, **more)
        self.gym = gym

    def hears(self, pattern, private=False, seconds=SECONDS):
        return self.hear(pattern, None if private else self.gym.channel, self.gym.nick, seconds)

    def types(self, text, private=False):
        self.say(self.gym.nick if private else self.gym.channel, text)

    def asks(self, text, pattern, private=False, seconds=SECONDS):
        self.types(text, private)
        return self.hears(pattern, private, seconds)


@pytest.fixture
def gym():
    things = Gym()
    yield things
    things.close()


@pytest.fixture
def stage():
    things = Stage()
    yield things
    things.close()

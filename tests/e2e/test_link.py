"""One person on Matrix and on IRC: real Synapse, encrypted, and an IRC server of ours that vouches for accounts."""

import os
import sys

import pytest
from conftest_shared import numbers
from spotter import Spotter

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../irc"))
from bot import block  # noqa: E402
from scripted import Scripted  # noqa: E402


@pytest.fixture
def both(synapse):
    """A bot with an account on the homeserver and a network, and that network's server."""
    server = Scripted()
    bot = Spotter(synapse, f"spotter{next(numbers)}", blocks=[block("net", server.port)])
    yield bot, server
    bot.close()
    server.close()


def test_one_log_and_two_again(play, both):
    """Killed between the two confirmations it goes on; what is logged on one side is there on the other; then each has their own."""
    spotter, server = both
    spotter.start()
    server.accept().welcome()

    def types(text, number=[0]):
        number[0] += 1
        server.send(f"@account=anna;msgid=m{number[0]} :anna!anna@host.test PRIVMSG spotter :{text}")

    def hears(pattern):
        return server.expect(f"PRIVMSG anna :.*{pattern}").group(0)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @2")
        types("squat 100x5 @2")
        hears("squat 100x5")
        code = (await anna.ask(room, "link")).body.split("link ")[1][:9]
        types(f"link {code}")
        hears(anna.user.split(":")[0])
        types("link yes")
        hears("Now say")
        spotter.kill()
        spotter.start()
        server.accept().welcome()
        await anna.until(lambda: any("anna on irc:net" in event.body for event in anna.calls(room)), "the question")
        assert "Linked with" in (await anna.ask(room, "link yes")).body
        server.expect("^WHOIS anna")
        server.send(":s 311 spotter anna anna host.test * :Anna", ":s 330 spotter anna anna :is logged in as", ":s 318 spotter anna :End")
        hears("Linked with")
        types("today")
        hears("2 sets today")
        assert "2 sets today" in (await anna.ask(room, "today")).body
        types("100x4 @1")
        hears("squat 100x4")
        assert "squat 100x5 @2, 100x4 @1" in (await anna.ask(room, "today")).body
        assert "Unlinked" in (await anna.ask(room, "unlink")).body
        types("today")
        hears("2 sets today")
        assert "bench press 80x8" in (await anna.ask(room, "today")).body
        assert not anna.undecryptable

    play(scenario)
    assert spotter.rows("SELECT count(*) FROM training_set AS s JOIN input AS i ON i.id = s.input WHERE s.lifter <> i.lifter"
                        " OR i.home NOT NULL") == [(0,)]
    assert spotter.stop() == 0

"""One person on Matrix and on IRC: real Synapse, encrypted, and an IRC server of ours that vouches for accounts."""

import datetime
import os
import sys

import pytest
from conftest_shared import numbers
from proxy import REFUSE, Proxy
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
    server.people = {"anna": "anna"}
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


def test_a_check_in_comes_by_one_of_two(play, synapse):
    """By IRC, where she wrote last, and she isn't there: it comes on Matrix; on Matrix, and the homeserver is away: it comes on IRC."""
    proxy, server = Proxy(synapse.port), Scripted()
    bot = Spotter(synapse, f"spotter{next(numbers)}", url=proxy.url, blocks=[block("net", server.port)])

    def is_due(transport):
        """A check-in, a quarter of an hour ago; of the network where she was last."""
        now = datetime.datetime.now(datetime.timezone.utc)
        bot.kill()
        bot.write("DELETE FROM outbox")
        bot.write("DELETE FROM job")
        bot.write("INSERT INTO job (kind, lifter, transport, room, direct, thread, identity, name, cause, due_ms, payload) SELECT"
                  " 2, lifter, transport, room, 1, '', identity, 'anna', '', ?, '' FROM identity WHERE transport = ?",
                  int(now.timestamp() * 1000) - 15 * 60 * 1000, transport)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(bot.user)
        await anna.ask(room, "bench 80x8 @2")
        server.send("@account=anna;msgid=m1 :anna!anna@host.test PRIVMSG spotter :bench 80x8 @2")
        server.expect("PRIVMSG anna :bench press")
        soon = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=16)
        await anna.ask(room, f"checkin {soon:%a %H:%M}")
        bot.kill()
        bot.write("UPDATE identity SET lifter = (SELECT lifter FROM identity WHERE transport = 'matrix'), room = '@anna'"
                  " WHERE transport = 'irc:net'")
        bot.write("UPDATE identity SET room = ? WHERE transport = 'matrix'", room)
        is_due("irc:net")
        bot.start(ready=False)
        server.accept().welcome()
        server.expect("^WHOIS anna anna")
        server.knows_nobody("anna")
        await anna.until(lambda: any("Check-in" in event.body for event in anna.calls(room)), "the check-in")
        is_due("matrix")
        proxy.rule = lambda method, path: REFUSE
        bot.start(ready=False)
        server.accept().welcome()
        server.expect("^WHOIS anna anna")
        server.describes("anna", "anna")
        server.expect("PRIVMSG anna :Your check-in still waits")  # the reminder
        proxy.rule = lambda method, path: None
        await anna.ask(room, "today")
        assert len([event for event in anna.calls(room) if "check-in" in event.body.lower()]) == 1

    try:
        bot.start()
        server.accept().welcome()
        play(scenario)
    finally:
        bot.close()
        server.close()
        proxy.close()

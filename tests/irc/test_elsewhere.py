"""One person on two networks: a check-in comes by the one that they prefer, else by the other, never by both."""

import datetime

import pytest
from bot import block
from scripted import Scripted
from stage import Stage

ASKED = "PRIVMSG anna :.*Check-in"
LATE = datetime.timedelta(minutes=11)  # longer than a network that is away is waited for


def is_asked(server):
    return len([line for line in server.heard if "Check-in" in line])


class Pair(Stage):
    """Anna is one person on both networks, and wrote on the first one last; a check-in has become due while the bot was away."""

    def __init__(self):
        super().__init__()
        self.other = Scripted()
        self.bot.configure(block("net", self.server.port), block("other", self.other.port))
        self.bot.start(ready=False)
        due = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0) - LATE
        for server in (self.other, self.server):
            server.accept().welcome(members="anna")
            self.says_on(server, "anna", f"checkin {due:%a %H:%M}", target="spotter", account="anna")
            server.expect("PRIVMSG anna :.*eck-in")
        self.says("anna", "bench 80x8 @2", target="spotter", account="anna")
        self.server.expect("PRIVMSG anna :bench press")
        for server in (self.other, self.server):
            server.is_heard()
        self.bot.kill()
        self.bot.write("DELETE FROM outbox")
        self.bot.write("DELETE FROM job")
        self.bot.write("UPDATE identity SET lifter = (SELECT lifter FROM identity WHERE transport = 'irc:net'), room = '@anna'")
        self.bot.write("INSERT INTO job (kind, lifter, transport, room, direct, thread, identity, name, cause, due_ms, payload)"
                       " SELECT 2, lifter, transport, room, 1, '', identity, 'anna', '', ?, '' FROM identity"
                       " WHERE transport = 'irc:net'", int(due.timestamp() * 1000))
        for server in (self.server, self.other):
            server.heard.clear()

    def comes(self, server):
        server.accept(30).welcome()

    def starts(self, *servers):
        self.bot.start(ready=False)
        for server in servers:
            self.comes(server)

    def close(self):
        super().close()
        self.other.close()


@pytest.fixture
def pair():
    things = Pair()
    yield things
    things.close()


def whois(server, account=None, away=False):
    """The answer to the next question about anna; nobody has that nick where there is no ACCOUNT."""
    server.expect("^WHOIS anna anna")
    if account is None:
        server.knows_nobody("anna")
        return
    server.describes("anna", account, *([":s 301 spotter anna :gone to lunch"] if away else []))


def test_it_comes_where_they_were_last(pair):
    pair.starts(pair.other, pair.server)
    whois(pair.server, "anna")
    pair.server.expect(ASKED)
    pair.server.is_heard()
    pair.other.is_heard()
    assert (is_asked(pair.server), is_asked(pair.other)) == (1, 0)
    assert pair.bot.rows("SELECT count(*) FROM outbox") == [(0,)]


@pytest.mark.parametrize("there", [{"account": None}, {"account": "eve"}, {"account": "anna", "away": True}])
def test_who_is_not_there_is_asked_on_the_other_network(pair, there):
    """Nobody has the nick, somebody else has it, or they are away."""
    pair.starts(pair.other, pair.server)
    whois(pair.server, **there)
    whois(pair.other, "anna")
    pair.other.expect(ASKED)
    for server in (pair.other, pair.server):
        server.is_heard()
    assert (is_asked(pair.server), is_asked(pair.other)) == (0, 1)
    assert pair.bot.rows("SELECT count(*) FROM outbox") == [(0,)]
    pair.says_on(pair.other, "anna", "4 3 4 5 4", target="spotter", account="anna")
    pair.other.expect("PRIVMSG anna :.*4")
    assert pair.bot.rows("SELECT count(*) FROM checkin") == [(1,)]


def test_refused_it_goes_elsewhere(pair):
    """They left between the question and the check-in: it didn't come, the server says."""
    pair.server.echoes = False
    pair.starts(pair.other, pair.server)
    whois(pair.server, "anna")
    label = pair.server.expect("^@label=(\\S+) (?:BATCH \\S+ draft/multiline anna|PRIVMSG anna)").group(1)
    pair.server.send(f"@label={label} :s 401 spotter anna :No such nick")
    whois(pair.other, "anna")
    pair.other.expect(ASKED)
    pair.other.is_heard()
    assert is_asked(pair.other) == 1


def test_away_and_nowhere_else_they_are_asked_all_the_same(pair):
    pair.bot.write("UPDATE identity SET room = '' WHERE transport = 'irc:other'")
    pair.starts(pair.other, pair.server)
    whois(pair.server, "anna", away=True)
    pair.server.expect(ASKED)


def test_nowhere_it_waits(pair):
    """And doesn't run to and fro."""
    pair.starts(pair.other, pair.server)
    whois(pair.server)
    whois(pair.other)
    pair.server.is_heard()
    pair.other.is_heard()
    pair.server.nothing("WHOIS", 1)
    assert pair.bot.rows("SELECT transport, kind FROM outbox") == [("irc:other", 5)]
    pair.says_on(pair.other, "anna", "bench 80x8 @2", target="spotter", account="anna")  # here they are
    whois(pair.other, "anna")
    pair.other.expect(ASKED)


def test_a_network_that_is_away(pair):
    """After ten minutes the other one does; it is not asked for again once it is back."""
    pair.server.listener.close()
    pair.starts(pair.other)
    whois(pair.other, "anna")
    pair.other.expect(ASKED)
    pair.other.is_heard()
    port, pair.server = pair.server.port, None
    pair.server = Scripted(port)
    pair.comes(pair.server)
    pair.server.is_heard()
    pair.server.nothing("WHOIS|PRIVMSG", 1)
    assert is_asked(pair.other) == 1


def test_killed_on_the_way(pair):
    """At each step: while they are asked for, after it has left, while they are asked for there, and before it was acknowledged."""
    pair.starts(pair.other, pair.server)
    pair.server.expect("^WHOIS anna anna")
    pair.bot.kill()
    pair.starts(pair.other, pair.server)
    whois(pair.server)
    pair.other.expect("^WHOIS anna anna")
    assert pair.bot.rows("SELECT transport FROM outbox") == [("irc:other",)]
    pair.bot.kill()
    pair.other.echoes = False
    pair.starts(pair.other, pair.server)
    whois(pair.other, "anna")
    pair.other.expect(ASKED)
    pair.bot.kill()  # said, as far as the server knows; it is said again, but never on the first network
    pair.other.echoes = True
    pair.starts(pair.other, pair.server)
    whois(pair.other)
    pair.server.is_heard()
    pair.server.nothing("WHOIS|PRIVMSG", 1)
    assert pair.bot.rows("SELECT transport, stays FROM outbox") == [("irc:other", 1)]
    assert (is_asked(pair.server), is_asked(pair.other)) == (0, 1)

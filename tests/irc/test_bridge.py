"""A channel that a bridge joins to a room where the bot is, too."""

import pytest
from bot import Bot, block
from scripted import Scripted


@pytest.fixture
def stage():
    server = Scripted()
    bot = Bot(block("net", server.port, 'bridged = { "#gym" }\n  ghosts = { "*!*@bridge.test" }', channels=("#gym", "#own")))
    yield server, bot
    bot.close()
    server.close()


def test_whom_the_bridge_speaks_for_is_heard_on_their_own_side(stage):
    """Not by the puppet, logged in or not; nor is the bot by its own. Elsewhere a puppet is whoever their account is."""
    server, bot = stage
    bot.start(ready=False)
    server.accept().welcome()
    server.joined("#own")
    for account in ("", "account=anna;"):
        server.send(f"@{account}msgid=a{account} :anna[m]!anna@bridge.test PRIVMSG #gym :bench 80x8 @1")
    server.send("@msgid=b :spotter[m]!spotter@bridge.test PRIVMSG #gym :bench press 80x8 @1")
    server.send("@account=anna;msgid=c :anna[m]!anna@bridge.test PRIVMSG #own :bench 70x8 @1")
    server.send("@account=ben;msgid=d :ben!ben@host.test PRIVMSG #gym :bench 60x8 @1")
    server.expect_each("NOTICE #own :anna.*: bench press 70x8", "NOTICE #gym :ben: bench press 60x8")
    assert bot.rows("SELECT load_kg FROM training_set ORDER BY id") == [(70.0,), (60.0,)]

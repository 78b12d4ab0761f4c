"""On a server that knows RFC 1459 and nothing else: real ngircd."""

import signal
import time

from network import NgIrcd


def test_a_session_in_a_channel_and_in_private(gym, plain):
    gym.on(plain).start()
    anna = gym.person("anna")
    first = anna.asks("bench 80x8 @2", "bench press 80x8 @2.*Next: 80 kg")
    assert first.command == "NOTICE" and first.params[1].startswith(f"{anna.nick}: ")
    assert "until you leave" in anna.hears("no accounts", private=True).params[1]
    anna.asks("80x7 @1", "bench press 80x7 @1")
    anna.asks(f"{gym.nick}: fix 82.5x7 @1", "82.5x7")
    today = anna.asks("!today", "2 sets")
    assert "82.5x7" in today.params[1] and "80x7" not in today.params[1]
    private = anna.asks("undo", "Undone|Back", private=True)
    assert private.command == "PRIVMSG"
    anna.asks("week", "bench|chest|Chest", private=True)
    assert [row for row in gym.bot.rows("SELECT count(*) FROM live_set")] == [(2,)]


def test_people_talk_and_the_bot_does_not(gym, plain):
    gym.on(plain).start()
    anna = gym.person("anna")
    for text in ("hello all", "see you at 8", "week", "\x01ACTION benches 80x8\x01", "!roll 2d6"):
        anna.types(text)
    anna.send("NOTICE", [gym.channel, "bench 80x8 @1"])
    anna.hears_nothing(".", 3, gym.nick)
    assert gym.bot.rows("SELECT count(*) FROM training_set") == [(0,)]


def test_a_guests_sets_end_with_the_connection(gym, plain):
    gym.on(plain).start()
    anna = gym.person("anna")
    anna.asks("bench 80x8 @2", "80x8")
    anna.send("NICK", [gym.name("annie")])
    anna.expect(lambda line: line.command == "NICK")
    anna.nick = gym.name("annie")
    anna.asks("!today", "1 set today")  # the same connection
    thief = gym.person("anna")  # the nick that was hers
    assert "80x8" not in thief.asks("!today", "[Nn]o sets|0 sets|Nothing").params[1]
    anna.quit()
    thief.asks("!today", "[Nn]o sets|0 sets|Nothing")
    assert gym.bot.rows("SELECT count(*) FROM training_set") == [(0,)]


def test_a_guest_in_private_is_a_connection_too(gym, plain):
    gym.on(plain).start()
    anna = gym.person("anna", joined=False)
    anna.asks("bench 80x8 @2", "80x8", private=True)
    anna.asks("today", "1 set today", private=True)
    anna.quit()
    time.sleep(1.1)  # servers tell connections apart by the second
    thief = gym.person("anna", joined=False)
    assert "80x8" not in thief.asks("today", "[Nn]o sets|0 sets|Nothing", private=True).params[1]


def test_the_nick_is_taken_and_won_back(gym, plain):
    bot = gym.on(plain)
    holder = gym.keep(type(gym.person("eve", joined=False))(gym, plain.port, gym.nick))
    bot.start()
    anna = gym.keep(type(holder)(gym, plain.port, gym.name("anna")))
    anna.join(gym.channel)
    fallback = f"{gym.nick[:8]}1"
    anna.waits_for(fallback, gym.channel)
    began = time.monotonic()
    holder.quit()
    anna.expect(lambda line: line.command == "NICK" and line.hostmask.nickname == fallback and line.params[0] == gym.nick)
    assert time.monotonic() - began < 20
    anna.asks("bench 80x8 @1", "80x8")


def test_no_line_is_too_long(gym, plain):
    """ngircd ends a connection that sends more than 512 bytes, and tells others no more."""
    gym.on(plain).start()
    anna = gym.person("anna")
    anna.types("!rules")
    anna.types("bench " + "80x8 @1 " + "é" * 180)
    anna.asks("help", "More", private=True)
    for line in anna.heard:
        if line.hostmask and line.hostmask.nickname == gym.nick and line.command in ("PRIVMSG", "NOTICE"):
            assert len(line.format().encode()) <= 510
            assert "\ufffd" not in line.params[1]
    anna.asks("bench 80x8 @1", "80x8")


def test_whoever_floods_keeps_nobody_waiting(gym, plain):
    gym.on(plain).start()
    ben, anna = gym.person("ben"), gym.person("anna")
    anna.asks("bench 40x8 @3", "40x8")
    anna.hears("no accounts", private=True)
    for reps in range(1, 31):
        ben.types(f"squat 100x{reps}")
    ben.sync()
    began = time.monotonic()
    anna.asks("squat 60x8 @1", f"{anna.nick}: squat 60x8")
    assert time.monotonic() - began < 5
    ben.hears("100x30")  # summed up: far fewer lines than sets
    said = [line for line in ben.heard if line.params and line.params[-1].startswith(f"{ben.nick}: squat")]
    assert len(said) < 12
    assert gym.bot.rows("SELECT count(*) FROM live_set") == [(32,)]


def test_it_comes_back(gym):
    network = gym.keep(NgIrcd())
    gym.on(network).start()
    anna = gym.person("anna")
    anna.asks("bench 80x8 @1", "80x8")
    network.end("ngircd", signal.SIGKILL)
    anna.quit()
    network.start()
    began = time.monotonic()
    anna = gym.person("anna")
    assert time.monotonic() - began < 5
    anna.asks("bench 80x8 @1", "80x8")
    anna.asks("!today", "1 set")  # the guest of before was another connection


def test_kicked_it_does_not_fight(gym, plain):
    gym.on(plain)
    anna = gym.keep(type(gym.person("eve", joined=False))(gym, plain.port, gym.name("anna")))
    anna.join(gym.channel)  # first in, so its operator
    gym.bot.start()
    anna.expect(lambda line: line.command == "JOIN" and line.hostmask.nickname == gym.nick)
    anna.send("KICK", [gym.channel, gym.nick, "out"])
    anna.expect(lambda line: line.command == "KICK")
    before = len(anna.heard)
    anna.hears_nothing(".", 2, gym.nick)
    assert not [line for line in anna.heard[before:] if line.command == "JOIN"]
    anna.asks("bench 80x8 @1", "80x8", private=True)


def test_killed_it_loses_no_reply(gym, plain):
    bot = gym.on(plain).start()
    anna = gym.person("anna")
    anna.asks("bench 80x8 @1", "80x8")
    anna.asks("!help", "Type a set|help")
    for kilograms in range(81, 90):
        anna.types(f"bench {kilograms}x5 @1")
    anna.sync()
    began = time.monotonic()
    while not (waiting := bot.rows("SELECT count(*) FROM outbox WHERE kind = 0")[0][0]) and time.monotonic() - began < 5:
        pass
    assert waiting
    bot.kill()
    bot.start()
    # Guests are forgotten with the connection, and their replies with them: nothing of it is said to whoever is there now.
    anna.hears_nothing("8[1-9]x5", 4, gym.nick)
    assert bot.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_ctcp_is_answered_now_and_then(gym, plain):
    gym.on(plain).start()
    anna = gym.person("anna", joined=False)
    anna.types("\x01PING 12345\x01", private=True)
    assert anna.hears("PING", private=True).params[1] == "\x01PING 12345\x01"
    for _ in range(5):
        anna.types("\x01VERSION\x01", private=True)
    version = anna.hears("VERSION", private=True)
    assert version.command == "NOTICE" and version.params[1].startswith("\x01VERSION Spotter")
    anna.sync()
    time.sleep(3)
    anna.sync()
    assert len([line for line in anna.heard if "VERSION" in line.params[-1]]) <= 3

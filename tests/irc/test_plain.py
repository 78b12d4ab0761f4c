"""On a server that knows RFC 1459 and nothing else: real ngircd."""


def connected_at(person):
    """The second, by the server's clock."""
    person.send("WHOIS", [person.nick, person.nick])
    at = person.expect(lambda line: line.command == "317").params[3]
    person.expect(lambda line: line.command == "318")
    return at


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
    began = connected_at(anna)
    anna.quit()
    thief = gym.person("anna", joined=False)
    while connected_at(thief) == began:  # servers tell connections apart by the second
        thief.quit()
        thief = gym.person("anna", joined=False)
    assert "80x8" not in thief.asks("today", "[Nn]o sets|0 sets|Nothing", private=True).params[1]


def test_ctcp_is_answered_now_and_then(gym, plain):
    gym.on(plain).start()
    anna = gym.person("anna", joined=False)
    anna.types("\x01PING 12345\x01", private=True)
    assert anna.hears("PING", private=True).params[1] == "\x01PING 12345\x01"
    for _ in range(5):
        anna.types("\x01VERSION\x01", private=True)
    version = anna.hears("VERSION", private=True)
    assert version.command == "NOTICE" and version.params[1].startswith("\x01VERSION Spotter")
    anna.hears_nothing("CLIENTINFO", 3, gym.nick)  # so long others would have come
    assert len([line for line in anna.heard if "VERSION" in line.params[-1]]) <= 3

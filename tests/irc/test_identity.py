"""Who somebody is, on a network that tells: real InspIRCd with Atheme's services."""

from client import Client
from conftest import PASSWORD


def test_who_somebody_is(gym, modern):
    """By account alone: never by nick, not after logging out, not for whoever takes the nick."""
    bot = gym.on(modern).start()
    anna = gym.person("anna", account="anna")
    anna.asks("bench 80x8 @2", "80x8")
    anna.asks("today", "1 set today", private=True)
    assert bot.sets_of("gym", gym.name("anna")) == [(80.0, 8)]
    anna.send("NICK", [gym.name("annie")])
    anna.expect(lambda line: line.command == "NICK")
    anna.nick = gym.name("annie")
    anna.asks("!today", "1 set today")
    thief = gym.person("anna")  # her nick, nobody's account
    assert "80x8" not in thief.asks("today", "[Nn]o sets", private=True).params[1]
    thief.asks("!undo", "[Nn]othing|[Nn]o ")
    other = gym.person("ben", account="ben")
    other.asks("!today", "[Nn]o sets")
    anna.say("NickServ", "LOGOUT")
    anna.expect(lambda line: line.command == "901" or line.command == "NOTICE" and "logged out" in line.params[1])
    anna.asks("!today", "[Nn]o sets")
    anna.asks("squat 100x5 @1", "squat")
    assert bot.sets_of("gym", gym.name("anna")) == [(80.0, 8)]
    anna.identify(gym.name("anna"), PASSWORD)
    anna.asks("!today", "2 sets today")  # what the guest did is the account's now
    assert bot.sets_of("gym", gym.name("anna")) == [(80.0, 8), (100.0, 5)]


def test_a_guest_is_told_and_logs_in(gym, modern):
    bot = gym.on(modern).start()
    Client(modern.port, gym.name("cleo")).register(PASSWORD).quit()
    cleo = gym.person("guest", joined=False)
    cleo.asks("bench 60x8 @2", "60x8", private=True)
    cleo.hears("NickServ IDENTIFY", private=True)
    assert bot.sets_of("gym", gym.name("cleo")) == []
    cleo.identify(gym.name("cleo"), PASSWORD)
    cleo.asks("today", "1 set today", private=True)
    assert bot.sets_of("gym", gym.name("cleo")) == [(60.0, 8)]
    assert bot.rows("SELECT count(*) FROM identity WHERE identity LIKE '~guest%'") == [(0,)]


def test_a_private_reply_finds_who_asked(gym, modern):
    """The rest timer calls later: whoever has the nick then gets nothing."""
    gym.on(modern).start()
    anna = gym.person("anna", account="anna", joined=False)
    anna.asks("bench 80x8 @2", "80x8", private=True)
    anna.asks("rest 4s", "4", private=True)
    anna.send("NICK", [gym.name("elsewhere")])
    anna.expect(lambda line: line.command == "NICK")
    thief = gym.person("anna", joined=False)
    thief.hears_nothing(".", 8, gym.nick)


def test_its_own_echo_and_other_bots_are_nobody(gym, modern):
    bot = gym.on(modern).start()
    robot = gym.person("robot", account="robot")
    robot.send("MODE", [robot.nick, "+B"])
    robot.sync()
    for text in ("bench 80x8 @1", "!today"):
        robot.types(text)
    robot.hears_nothing(".", 3, gym.nick)
    assert bot.rows("SELECT count(*) FROM training_set") == [(0,)]


def test_invited_only_by_those_it_knows(gym, modern):
    gym.on(modern).start()
    anna, eve = gym.person("anna", account="anna"), gym.person("eve", account="eve")
    anna.asks("bench 80x8 @1", "80x8")
    home, trap = f"#home{gym.number}", f"#trap{gym.number}"
    eve.join(trap)
    eve.send("INVITE", [gym.nick, trap])
    anna.join(home)
    anna.send("INVITE", [gym.nick, home])
    anna.expect(lambda line: line.command == "JOIN" and line.hostmask.nickname == gym.nick and line.params[0] == home)
    gym.bot.kill()
    gym.bot.start()
    anna.waits_for(gym.nick, home)
    eve.send("NAMES", [trap])
    assert gym.nick not in eve.expect(lambda line: line.command == "353" and line.params[2] == trap).params[3]

"""Who somebody is where lines don't say it: by what the server tells of those whom we see, else by asking."""

from bot import block
from scripted import Scripted

SUPPORT = "CASEMAPPING=rfc1459 CHANTYPES=# NICKLEN=30 PREFIX=(ov)@+ WHOX"


def test_whom_we_see_is_known(stage):
    """extended-join, account-notify and WHOX, as long as a channel is shared; then the server is asked."""
    server = stage.start(caps="extended-join account-notify", support=SUPPORT, members="anna[]")
    server.expect("^WHO #gym %tcuhnaf,152")
    server.send(":s 354 spotter 152 #gym u h anna[] H Anna", ":s 315 spotter #gym :End")
    server.send(":ANNA{}!u@h PRIVMSG #gym :bench 80x8 @2")  # the same nick, as this network counts letters
    server.expect("NOTICE #gym :anna")
    server.send(":ben!b@h JOIN #gym Ben :x", ":ben!b@h PRIVMSG #gym :squat 100x5 @2")
    server.expect("NOTICE #gym :ben: squat 100x5")
    assert not [line for line in server.heard if line.startswith("WHOIS")]
    server.send(":anna[]!u@h ACCOUNT *", ":anna[]!u@h PRIVMSG #gym :bench 81x8 @2")
    server.expect("NOTICE #gym :anna.*81x8")
    assert stage.sets("anna") == [(80.0, 8)]
    server.send(":ben!b@h PART #gym", ":ben!b@h PRIVMSG spotter :squat 101x5 @2")
    stage.is_asked_about("ben")  # logged out meanwhile, for all that we know
    server.expect("PRIVMSG ben :.*squat 101x5")
    assert stage.sets("ben") == [(100.0, 5)]


def test_whom_we_do_not_see_is_asked_for(stage):
    """A network that tells of accounts in WHOIS alone: each time, and what was said meanwhile waits for the answer."""
    server = stage.start(caps="sasl=PLAIN", members="anna")
    server.send(":anna!a@h PRIVMSG #gym :bench 80x8 @2")
    server.expect("^WHOIS anna anna")
    server.send(":anna!a@h PRIVMSG #gym :bench 81x8 @2")
    server.nothing("NOTICE", 0.5)
    server.describes("anna", "anna")
    server.expect("NOTICE #gym :anna: bench press 81x8")
    server.send(":anna!a@h NICK annie", ":eve!e@h NICK anna", ":anna!e@h PRIVMSG spotter :today")  # her nick is another's now
    stage.is_asked_about("anna")
    assert "80x8" not in server.expect("PRIVMSG anna :(.*)").group(1)
    server.send(":anna!e@h PRIVMSG spotter :bench 90x8 @2")
    server.expect("^WHOIS anna anna")
    server.knows_nobody("anna")  # gone before it was known who that was
    server.send(":annie!a@h PRIVMSG #gym :!today")
    stage.is_asked_about("annie", "anna")
    server.expect("NOTICE #gym :annie: 2 sets today")
    assert stage.bot.rows("SELECT load_kg FROM training_set ORDER BY id") == [(80.0,), (81.0,)]


def test_a_network_of_the_same_names(stage):
    """The same account on two networks is two people."""
    other = Scripted()
    try:
        stage.bot.configure(block("net", stage.server.port), block("other", other.port))
        stage.start()
        other.accept().welcome()
        stage.says("anna", "bench 80x8 @2", account="anna")
        stage.server.expect("NOTICE #gym :anna: bench press 80x8")
        stage.says_on(other, "anna", "!today", account="anna")
        other.expect("NOTICE #gym :anna: No sets")
    finally:
        other.close()

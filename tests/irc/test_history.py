"""What was said while the bot was away (draft/chathistory), by a server of ours."""

import re

import pytest
from bot import block
from scripted import Scripted
from stage import stamp

SUPPORT = "CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ CHATHISTORY=4"


@pytest.fixture(autouse=True)
def history(stage):
    stage.server.remembers = True


def test_history_is_booked_at_its_own_time(stage):
    """What was said while we were away: asked for, paged, booked for accounts alone, summed up once; no command is run."""
    server = stage.start(support=SUPPORT)
    stage.says("anna", "bench 80x8 @2", account="anna", msgid="m0")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    stage.until_kept("seen:#gym", without="NOTICE")
    stage.bot.kill()
    stage.bot.start(ready=False)
    server.accept().welcome(support=SUPPORT)
    server.expect("^CHATHISTORY AFTER #gym msgid=m0 4")
    server.send(":s BATCH +h1 chathistory #gym")
    stage.says("anna", "bench 80x8 @2", account="anna", msgid="m0", time=stamp(7300), batch="h1")  # the last one again
    stage.says("anna", "bench 80x7 @1", account="anna", msgid="m1", time=stamp(7200), batch="h1")
    stage.says("ben", "squat 100x5 @1", msgid="m2", time=stamp(7150), batch="h1")  # nobody knows who that was
    stage.says("anna", "!undo", account="anna", msgid="m3", time=stamp(7140), batch="h1")
    server.send(":s BATCH -h1")
    server.expect("^CHATHISTORY AFTER #gym msgid=m3 4")
    server.send(":s BATCH +h2 chathistory #gym")
    stage.says("anna", "bench 80x6 @0", account="anna", msgid="m4", time=stamp(7000), batch="h2")
    server.send(":s BATCH -h2")
    summary = server.expect("^.*NOTICE #gym :anna: (.*)").group(1)
    assert "2 sets" in summary
    server.nothing("NOTICE|PRIVMSG", 3)
    assert stage.sets("anna") == [(80.0, 7), (80.0, 6), (80.0, 8)]  # by time
    assert stage.bot.rows("SELECT count(*) FROM identity") == [(1,)]


def test_a_page_of_history_is_full_of_whatever_was_said(stage):
    """Notices, and several lines that are one message, are of the messages that were asked for: there may be more behind."""
    support = SUPPORT.replace("=4", "=3")
    server = stage.start(support=support)
    stage.bot.kill()
    stage.keeps("seen:#gym", "m0")
    stage.bot.start(ready=False)
    server.accept().welcome(support=support)
    server.expect("^CHATHISTORY AFTER #gym msgid=m0 3")
    server.send(":s BATCH +h1 chathistory #gym", f"@batch=h1;msgid=m1;time={stamp(7200)} :ben!ben@host.test NOTICE #gym :hello",
                f"@batch=h1;msgid=m2;time={stamp(7190)} :ben!ben@host.test PRIVMSG #gym :\1ACTION nods\1",
                f"@batch=h1;msgid=m3;time={stamp(7180)};account=anna :anna!anna@host.test BATCH +m draft/multiline #gym")
    stage.says("anna", "bench 80x8 @2", batch="m")
    stage.says("anna", "80x7 @1", batch="m")
    server.send(":s BATCH -m", ":s BATCH -h1")
    server.expect("^CHATHISTORY AFTER #gym msgid=m3 3")
    server.send(":s BATCH +h2 chathistory #gym")
    stage.says("anna", "bench 80x6 @0", account="anna", msgid="m4", time=stamp(7000), batch="h2")
    server.send(":s BATCH -h2")
    assert "3 sets" in server.expect("^.*NOTICE #gym :anna: (.*)").group(1)
    assert stage.sets("anna") == [(80.0, 8), (80.0, 7), (80.0, 6)]


def test_what_is_due_waits_until_its_network_was_heard(stage):
    """A set that was logged while we were away ends the rest: it is heard before anybody is called, on each network alike."""
    server = stage.start()
    stage.says("anna", "bench 80x8 @2", account="anna", msgid="m0")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    stage.says("anna", "!rest 5s", account="anna", msgid="m1")
    server.expect("NOTICE #gym :anna: .*call")
    stage.bot.kill()
    stage.keeps("seen:#gym", "m1")
    other = Scripted()
    try:
        stage.bot.configure(block("net", server.port), block("other", other.port))
        stage.bot.start(ready=False)
        other.accept().welcome()
        stage.says_on(other, "ben", "bench 60x8 @2", account="ben")
        other.expect("NOTICE #gym :ben: bench press 60x8")
        other.nothing("NEVER", 6)  # due by now, and there is a network
        assert stage.bot.rows("SELECT count(*) FROM job WHERE kind = 0") == [(1,)]
        server.accept().welcome(members="anna")
        server.expect("^CHATHISTORY AFTER #gym msgid=m1")
        server.nothing("PRIVMSG", 1.5)
        server.send(":s BATCH +h chathistory #gym")
        stage.says("anna", "80x7 @1", account="anna", msgid="m2", time=stamp(1), batch="h")
        server.send(":s BATCH -h")
        server.expect("NOTICE #gym :anna: .*1 set")
        server.nothing("PRIVMSG", 1.5)
        assert stage.bot.rows("SELECT count(*) FROM job WHERE kind = 0") == [(0,)]
    finally:
        other.close()


def test_a_bouncers_playback_is_history(stage):
    server = stage.start()
    stage.says("anna", "bench 80x8 @2", account="anna", msgid="z1", time=stamp(3600))  # older than our coming, no batch
    server.send(":s BATCH +z znc.in/playback #gym")
    stage.says("ben", "bench 90x8 @2", time=stamp(3600), batch="z")
    server.send(":s BATCH -z")
    server.expect("NOTICE #gym :anna: .*1 set")
    assert stage.sets("anna") == [(80.0, 8)]
    assert stage.bot.rows("SELECT count(*) FROM identity") == [(1,)]


def line(who, text, target="spotter", verb="PRIVMSG", seconds_ago=7200, **tags):
    """As a history has it."""
    tags = "".join(f";{key}={value}" for key, value in tags.items())
    return f"time={stamp(seconds_ago)}{tags} :{who}!{who}@host.test {verb} {target} :{text}"


def test_private_messages_that_were_missed(stage):
    """Who wrote is asked for, then what, page by page; of accounts alone, at its own time, once, and no command is run."""
    server = stage.start(support=SUPPORT)
    stage.says("anna", "bench 80x8 @2", target="spotter", account="anna", msgid="m0")
    server.expect("PRIVMSG anna :bench press 80x8")
    server.expect("PRIVMSG anna :3 over 3 years")
    server.is_heard()  # by now it has heard that both came
    assert not [said for said in server.heard if "CHATHISTORY" in said]  # it has missed nothing yet
    stage.bot.kill()
    stage.heard_until(10000)
    stage.bot.start(ready=False)
    server.targets = ["#gym", "anna", "spotter", "eve"]
    server.accept().welcome(support=SUPPORT)
    server.expect("^CHATHISTORY AFTER anna timestamp=.* 4$")
    server.plays("anna", line("anna", "bench 80x8 @2", account="anna", msgid="m0"), line("anna", "bench 80x7 @1", account="anna", msgid="m1"),
                 line("spotter", "bench press 80x7 @1", "anna", msgid="b1"), line("anna", "undo", account="anna", msgid="m2"))
    server.expect("^CHATHISTORY AFTER eve timestamp=.* 4$")
    server.plays("eve", line("eve", "bench 90x8 @1", msgid="e1"), line("anna", "link BCDF-GHJK", account="anna", msgid="e2"))
    server.expect("^CHATHISTORY AFTER anna msgid=m2 4")
    server.plays("anna", line("anna", "bench 80x6 @0", account="anna", msgid="m3"))
    stage.is_asked_about("anna", "anna")
    assert "2 sets" in server.expect("PRIVMSG anna :(.*)").group(1)
    assert stage.sets("anna") == [(80.0, 7), (80.0, 6), (80.0, 8)]  # by time
    assert stage.bot.rows("SELECT count(*) FROM identity") == [(1,)]
    server.is_heard()
    assert not [said for said in server.lines if re.search("PRIVMSG|NOTICE", said)]


def test_what_we_said_by_another_nick_is_no_set_of_ours(stage):
    server = stage.start(support=SUPPORT)
    stage.bot.kill()
    stage.bot.configure(block("net", server.port, f'{stage.secure()}\n  account = "Coach"\n'
                              f'  password_file = "{stage.bot.secret("password", "pencil")}"', tls="true"))
    stage.heard_until(10000)
    stage.bot.start(ready=False)
    server.targets = ["anna"]
    server.accept().welcome(support=SUPPORT)
    server.expect("^CHATHISTORY AFTER anna ")
    server.plays("anna", line("spotter1", "bench press 80x8 @1", "anna", account="coach", msgid="b1"),
                 line("anna", "bench 70x8 @1", account="anna", msgid="m1"))
    stage.bot.logs("irc-message network=net id=m1")
    server.nothing("NOTICE", 0)
    assert stage.bot.rows("SELECT count(*) FROM identity WHERE identity = 'coach'") == [(0,)]


def test_how_far_it_has_heard_is_kept(stage):
    """By the server's clock, from the first connection on; and a channel in which nothing was said yet is asked for by the time
    at which it was joined."""
    stage.start(support=SUPPORT)
    stage.until_kept("heard", "seen:#gym", without="CHATHISTORY")
    stage.bot.kill()
    stage.bot.start(ready=False)
    server = stage.server.accept().welcome(support=SUPPORT)
    server.expect("^CHATHISTORY AFTER #gym timestamp=20")
    server.plays("#gym", line("anna", "bench 80x8 @2", "#gym", account="anna", msgid="m0", seconds_ago=1))
    server.expect("NOTICE #gym :anna: .*1 set")


def test_a_message_that_the_server_has_forgotten(stage):
    """What comes after it is asked for by time; a server that knows nothing of histories keeps nobody waiting."""
    server = stage.start(support=SUPPORT)
    stage.bot.kill()
    stage.keeps("seen:#gym", "m0")
    stage.heard_until(600)
    stage.bot.start(ready=False)
    server.targets = None
    server.accept().welcome(support=SUPPORT)
    server.expect("^CHATHISTORY TARGETS ")
    server.send(":s FAIL CHATHISTORY UNKNOWN_COMMAND TARGETS :no")
    server.expect("^CHATHISTORY AFTER #gym msgid=m0 4")
    server.send(":s FAIL CHATHISTORY MESSAGE_ERROR AFTER #gym :Messages could not be retrieved")
    server.expect("^CHATHISTORY AFTER #gym timestamp=")
    stage.says("anna", "bench 80x8 @2", account="anna", msgid="m1", time=stamp(7200))
    server.send(":s FAIL CHATHISTORY MESSAGE_ERROR AFTER #gym :Messages could not be retrieved")
    server.expect("NOTICE #gym :anna: .*1 set")

"""A backup takes the store's place: what was said on IRC since it was made is booked where the server has a history, and nothing is said
or done twice."""

from stage import stamp

SUPPORT = "CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ CHATHISTORY=4"


def restore(bot):
    """What it said."""
    code, said = bot.command("restore", bot.folder / "backup.db", "--replace")
    assert code == 0, said
    return said


def back_up(bot):
    code, said = bot.command("backup", bot.folder / "backup.db")
    assert code == 0, said


def line(who, text, number, target="#gym"):
    """As a history has it: of now, which is after the backup."""
    return f"time={stamp()};account={who};msgid=m{number} :{who}!{who}@host.test PRIVMSG {target} :{text}"


def test_what_was_said_since_is_booked_once_and_summed_up_once(stage):
    """Whoever had themselves forgotten meanwhile stays so, also where the history has their sets: its commands are not run."""
    server = stage.start(support=SUPPORT)
    server.remembers = True
    server.people = {"ben": "ben"}  # is asked for, where an answer waited
    stage.says("anna", "bench 80x8 @2", account="anna", msgid="m0")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    stage.says("ben", "bench 60x5 @2", account="ben", msgid="m1")
    server.expect("NOTICE #gym :ben: bench press 60x5")
    stage.until_kept(without="CHATHISTORY", **{"seen:#gym": "m1"})
    back_up(stage.bot)
    stage.says("anna", "80x7 @1", account="anna", msgid="m2")  # answered, which the backup doesn't know
    server.expect("NOTICE #gym :anna: bench press 80x7")
    stage.says("ben", "60x6 @1", account="ben", msgid="m3")
    server.expect("NOTICE #gym :ben: bench press 60x6")
    for number, text, answer in ((4, "forget me", "Sure"), (5, "forget me yes", "forget everything"), (6, "forget everything", "deleted")):
        stage.says("ben", text, "spotter", account="ben", msgid=f"m{number}")
        server.expect(f"PRIVMSG ben :.*{answer}")
    stage.bot.kill()
    said = restore(stage.bot)
    assert "forgotten here, too: 1" in said and "On IRC what was said since the backup is booked" in said
    assert stage.sets("anna") == [(80.0, 8)] and stage.bot.rows("SELECT count(*) FROM identity") == [(1,)]

    stage.bot.start(ready=False)
    server.targets = ["ben"]
    server.accept().welcome(support=SUPPORT, members="anna ben")
    server.expect("^CHATHISTORY AFTER ben timestamp=.* 4")
    server.plays("ben", line("ben", "forget me", 4, "spotter"), line("ben", "bench 70x5 @1", 8, "spotter"))
    server.expect("^CHATHISTORY AFTER #gym msgid=m1 4")
    server.plays("#gym", line("anna", "80x7 @1", 2), line("ben", "60x6 @1", 3), line("anna", "80x6 @0", 7))
    assert "2 sets" in server.expect("NOTICE #gym :anna: (.*)").group(1)
    server.nothing("NOTICE #gym|PRIVMSG #gym", 2)
    assert stage.sets("anna") == [(80.0, 8), (80.0, 7), (80.0, 6)]
    assert stage.sets("ben") == [(70.0, 5)]  # what was said after it
    stage.says("anna", "80x5 @0", account="anna", msgid="m9")
    server.expect("NOTICE #gym :anna: bench press 80x5")


def test_where_nothing_is_sealed_the_key_may_be_lost_too(stage):
    stage.start()
    stage.says("anna", "bench 80x8 @2", account="anna")
    stage.server.expect("NOTICE #gym :anna: bench press 80x8")
    back_up(stage.bot)
    stage.bot.kill()
    key = stage.bot.folder / "spotter.db.key"
    key.unlink()
    code, said = stage.bot.command("restore", stage.bot.folder / "backup.db", "--replace")
    assert code == 78 and "the key of the store" in said and not key.exists()  # what is there may need it
    stage.bot.lose_store()
    assert "is in it, until they say so again" in restore(stage.bot)
    assert key.stat().st_mode & 0o777 == 0o600
    stage.bot.start(ready=False)
    stage.server.accept().welcome()
    stage.says("anna", "80x7 @1", account="anna")
    stage.server.expect("NOTICE #gym :anna: bench press 80x7")


def test_on_a_network_without_a_history_the_backup_is_what_there_is(gym, modern):
    bot = gym.on(modern).start()
    anna = gym.person("anna", account="anna")
    anna.send("MODE", [gym.channel, "+H", "50:1h"])  # says nobody's account: nothing is booked by it
    anna.asks("bench 80x8 @2", "80x8")
    back_up(bot)
    anna.asks("80x7 @1", "80x7")
    bot.kill()
    restore(bot)
    bot.start()
    anna.waits_for(gym.nick, gym.channel)
    anna.hears_nothing("80x", 2, gym.nick)
    anna.asks("!today", "1 set today")
    anna.asks("80x6 @0", "80x6")
    assert bot.sets_of("gym", gym.name("anna")) == [(80.0, 8), (80.0, 6)]

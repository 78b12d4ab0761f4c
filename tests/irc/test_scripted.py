"""What real servers can't show, or won't: a server of ours that says what we want."""

import base64
import hashlib
import hmac
import re
import sqlite3
import time

import pytest
from bot import block
from stage import stamp


def test_a_server_without_capabilities(stage):
    """RFC 1459 alone: CAP isn't answered at all; a PING comes before the welcome."""
    stage.bot.start(ready=False)
    server = stage.server.accept()
    server.expect("^CAP LS 302")
    server.send("PING :cookie")
    server.expect("^PONG cookie")
    server.nick = "spotter"
    server.send(":s 001 spotter :Welcome", ":s 376 spotter :End")
    server.expect("^JOIN #gym")
    server.joined("#gym", "anna")
    stage.says("anna", "bench 80x8 @1")
    server.expect("^NOTICE #gym :anna: bench press 80x8 @1")


def test_no_account_is_spelt_as_a_guest(stage):
    """RFC 1459 takes ^ and ~ for one, and a guest's name among ours begins with ~."""
    server = stage.start(support="CASEMAPPING=rfc1459 CHANTYPES=# PREFIX=(ov)@+", members="gus")
    stage.says("gus", "bench 60x5")
    server.expect("NOTICE #gym :gus: bench press 60x5")
    guest = stage.bot.rows("SELECT identity FROM identity WHERE identity LIKE '~guest:%'")[0][0]
    stage.says("eve", "bench 80x8", account=f"^{guest[1:]}")
    server.expect("NOTICE #gym :eve: bench press 80x8")
    assert stage.sets(guest) == [(60.0, 5)]
    assert stage.sets(f"^{guest[1:]}") == [(80.0, 8)]


def test_message_ids_count_once(stage):
    server = stage.start()
    for _ in range(3):
        stage.says("anna", "bench 80x8 @1", account="anna", msgid="AbC")
    stage.says("anna", "bench 80x8 @1", account="anna", msgid="abc")  # another: ids know case
    server.expect("NOTICE #gym :anna: bench press 80x8")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    server.nothing("NOTICE", 3)
    assert stage.sets("anna") == [(80.0, 8), (80.0, 8)]


def test_several_lines_are_one_message(stage):
    server = stage.start()
    server.send("@account=anna;msgid=w1 :anna!anna@host.test BATCH +m draft/multiline #gym")
    stage.says("anna", "bench 80x8 @2", batch="m")
    stage.says("anna", "80x7 @1", batch="m")
    server.send(":anna!anna@host.test BATCH -m")
    server.expect("NOTICE #gym :anna: ")
    assert stage.sets("anna") == [(80.0, 8), (80.0, 7)]


def test_a_private_reply_of_several_lines_is_one_message(stage):
    """Where the server takes such; it is acknowledged by its label as a whole, and sent at once."""
    server = stage.start()
    stage.says("anna", "help advice", target="spotter", account="anna", msgid="w1")
    name = server.expect("^@label=(\\S+) BATCH \\+(\\S+) draft/multiline anna$").group(2)
    lines = []
    while found := server.expect(f"^(?:@batch={name} PRIVMSG anna :?(.*)|BATCH -{name})$").group(1):  # one word needs no colon
        lines.append(found)
    assert lines[0] == "Advice:"
    assert len(lines) > 3 and all(len(line.encode()) < 450 for line in lines) and any("how many" in line for line in lines)
    server.is_heard()
    assert stage.bot.rows("SELECT count(*) FROM outbox WHERE kind = 0") == [(0,)]
    stage.says("anna", "bench 80x8 @1", account="anna", msgid="w2")
    assert "·" in server.expect("NOTICE #gym :anna: (bench press 80x8.*)").group(1)  # few lines where others read


def test_a_server_takes_few_lines(stage):
    """More than it takes go as before."""
    server = stage.start(caps="message-tags account-tag batch draft/multiline=max-bytes=200,max-lines=2")
    stage.says("anna", "help", target="spotter", account="anna", msgid="w1")
    assert "·" in server.expect("^PRIVMSG anna :(.*)").group(1)
    assert not [line for line in server.heard if "BATCH" in line]


def test_what_a_modern_network_tells(stage):
    """Bot mode is taken; names, hosts, notes and capabilities that come and go change nothing of who somebody is; all we say is UTF-8."""
    server = stage.start(caps="message-tags account-tag account-notify extended-join chghost setname cap-notify standard-replies batch",
                         support="CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ STATUSMSG=@+ BOT=B UTF8ONLY", members="anna")
    assert "setname" in server.caps
    assert "MODE spotter +B" in server.heard
    server.send(":anna!anna@host.test ACCOUNT anna", ":anna!anna@host.test SETNAME :Anna (logged in as ben)",
                ":anna!anna@host.test CHGHOST anna cloak.test", "NOTE * SLOW :be patient", "WARN PRIVMSG X #gym :hm",
                "FAIL PRIVMSG INVALID_UTF8 :message was not UTF-8", ":s CAP spotter NEW :server-time labeled-response poison")
    assert set(server.expect("^CAP REQ :(.*)").group(1).split()) == {"server-time", "labeled-response"}
    server.send(":s CAP spotter ACK :server-time labeled-response", ":s CAP spotter DEL :labeled-response server-time")
    stage.says_on(server, "anna", "bench 80x8 @2", target="@#gym", account="anna")
    server.expect("^NOTICE #gym :anna: bench press 80x8")
    assert stage.sets("anna") == [(80.0, 8)] and stage.sets("ben") == []


def test_invalid_utf8_is_never_a_set(stage):
    server = stage.start()
    server.send(b"@account=anna :anna!anna@host.test PRIVMSG #gym :bench 80x8 @1 \xff\xfe")
    server.send(b"@account=anna :anna!anna@host.test PRIVMSG spotter :bench 80x8 @1 \xc3")
    stage.says("anna", "bench 70x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 70x8")
    assert stage.sets("anna") == [(70.0, 8)]


def test_hostile_lines(stage):
    server = stage.start()
    server.send(b"@" + b"a=b;" * 5000 + b" :anna!a@h PRIVMSG #gym :bench 80x8 @1")  # too long: the line goes, the link stays
    server.send(b"x" * 100000)
    server.send(b":" + b"!" * 400 + b" PRIVMSG", b"PRIVMSG", b":a!b@c", b"\0\0\0", b"@ :x", b":anna!a@h JOIN", b":s 353 x",
                b":s 005", b":s 354 a 152", b"BATCH", b"BATCH +", b"BATCH -x", b":s CAP", b":s CAP * LS", b"AUTHENTICATE +",
                b":s 903 x", b":spotter!s@h NICK", b":x!y@z NICK :", b":s 433", b"MODE #gym +ooo", b":s 303 spotter")
    for name in ("~guest:1.0", "@anna", "#gym", "a b", "*", "\\s"):  # accounts that would be others' identities
        stage.says("eve", "bench 90x8 @1", account=name.replace(" ", "\\s"))
    stage.says("anna", "bench 80x8 @1", account="anna", msgid="x" * 4000)
    server.expect("NOTICE #gym :anna: bench press 80x8", 40)
    assert stage.sets("anna") == [(80.0, 8)]
    assert {row[0][:7] for row in stage.bot.rows("SELECT identity FROM identity WHERE identity <> 'anna'")} <= {"~guest:"}


def test_a_reply_is_never_more_than_one_line_of_protocol(stage):
    """A nick is a name like any other."""
    server = stage.start()
    server.send("@account=a\\r\\nQUIT :eve!e@h PRIVMSG #gym :bench 80x8 @1")
    stage.says("anna", "bench 70x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 70x8")
    assert not [line for line in server.heard if line.startswith("QUIT")]


def test_splits_end_nothing(stage):
    server = stage.start()
    server.send(":ben!ben@host.test JOIN #gym * :Ben", ":anna!anna@host.test JOIN #gym anna :Anna")
    stage.says("ben", "bench 60x8 @2")
    server.expect("NOTICE #gym :ben: bench press 60x8")
    server.send(":s BATCH +n netsplit a.test b.test", "@batch=n :ben!ben@host.test QUIT :a.test b.test",
                "@batch=n :anna!anna@host.test QUIT :a.test b.test", ":s BATCH -n")
    server.send(":ben!eve@other.test JOIN #gym * :Eve")  # took the nick meanwhile
    server.send(":ben!eve@other.test PRIVMSG #gym :!today")
    server.expect("NOTICE #gym :ben: No sets")
    server.send(":ben!eve@other.test NICK eve")
    server.send(":s BATCH +j netjoin a.test b.test", "@batch=j :ben!ben@host.test JOIN #gym * :Ben", ":s BATCH -j")
    stage.says("ben", "!today")
    server.expect("NOTICE #gym :ben: 1 set today")


def test_what_the_server_refuses_goes(stage):
    """A labelled failure ends the reply: it is not said again and again."""
    server = stage.start()
    server.echoes = False
    stage.says("anna", "bench 80x8 @1", account="anna")
    label = server.expect("^@label=(\\S+) NOTICE #gym :anna: bench").group(1)
    assert stage.bot.rows("SELECT count(*) FROM outbox") == [(1,)]
    server.send(f"@label={label} :s FAIL NOTICE CANNOT_SEND #gym :no")
    stage.says("anna", "bench 82x8 @1", account="anna")
    label = server.expect("^@label=(\\S+) NOTICE #gym :anna: bench press 82x8").group(1)
    server.send(f"@label={label} :s 404 spotter #gym :Cannot send")
    server.is_heard()
    assert stage.bot.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_a_reply_that_was_not_acknowledged_is_said_again(stage):
    server = stage.start()
    server.echoes = False
    stage.says("anna", "bench 80x8 @1", account="anna", msgid="k1")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    stage.bot.kill()
    stage.bot.start(ready=False)
    server.echoes = True
    server.accept().welcome(members="anna")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    server.nothing("NOTICE", 2)
    assert stage.bot.rows("SELECT count(*) FROM outbox") == [(0,)]


def test_capabilities_refused_together_are_asked_for_alone(stage):
    stage.bot.start(ready=False)
    server = stage.server.accept()
    server.expect("^USER")
    server.send(":s CAP * LS :batch server-time poison")
    server.expect("^CAP REQ :server-time batch")
    server.send(":s CAP * NAK :server-time batch")
    server.expect("^CAP REQ server-time$")
    server.send(":s CAP * ACK server-time")
    server.expect("^CAP REQ batch$")
    server.send(":s CAP * NAK batch")
    server.expect("^CAP END")


def test_the_first_retry_comes_soon_and_later_ones_later(stage):
    server = stage.start()
    server.connection.close()
    server.connection = None
    waits = []
    for _ in range(3):
        began = time.monotonic()
        server.accept()
        waits.append(time.monotonic() - began)
        server.connection.close()
        server.connection = None
    told = [int(found) / 1000 for found in re.findall(r"event=irc-down .*retry_ms=(\d+)", stage.bot.log.read_text())][:3]
    assert told[0] < 2 and sum(told) < 14
    assert all(wait - 5 < at <= wait + 0.05 for at, wait in zip(told, waits, strict=True)), (told, waits)


def test_a_silent_server_is_left(stage):
    """Ours to notice: a connection that is dead says nothing. (The waits are the program's own; here it is only seen to ask.)"""
    server = stage.start()
    stage.says("anna", "bench 80x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    server.send("ERROR :Closing Link")
    began = time.monotonic()
    server.accept().welcome()
    assert time.monotonic() - began < 4


def test_refused_from_channels_it_tries_again_slowly(stage):
    """Whatever the reason: each may pass."""
    reasons = (437, 471, 473, 474, 475, 477)
    stage.bot.configure(block("net", stage.server.port, channels=[f"#c{reason}" for reason in reasons]))
    stage.bot.start(ready=False, pace=20)
    server = stage.server.accept().welcome(channel=None)
    for _ in range(3):
        began = time.monotonic()
        asked = set()
        while len(asked) < len(reasons):
            asked |= set(server.expect("^JOIN (.*)").group(1).split(","))
        waited = time.monotonic() - began
        server.send(*(f":s {reason} spotter #c{reason} :Cannot join channel" for reason in reasons))
    assert 20 * waited > 50  # the second time, after twice as long


def test_a_dead_connection_is_noticed(stage):
    """Idle for more than a minute the bot asks, and once more; then it is over. The clock runs tenfold."""
    stage.bot.start(ready=False, pace=10)
    server = stage.server.accept().welcome()
    server.answers_pings = False
    server.expect("^PING idle")
    server.send(":s PONG s idle")
    for _ in range(2):
        server.expect("^PING idle")
    server.accept()  # it comes anew


def test_its_nick_is_held_by_others(stage):
    """Numbered ones by turns, shortened to what every server takes; later it looks now and then, and takes its own once it is free."""
    stage.bot.configure(block("net", stage.server.port, nick="spotterbot"))
    stage.bot.start(ready=False, pace=20)
    server = stage.server.accept()
    server.expect("^USER")
    for numeric, nick in ((433, "spotterb1"), (437, "spotterb2"), (432, "spotterb3")):
        server.send(f":s {numeric} * spotterbot :Nickname is not available")
        assert server.expect("^NICK (.*)").group(1) == nick
    server.nick = "spotterb3"
    server.send(":s 001 spotterb3 :Welcome", ":s 422 spotterb3 :No MOTD")
    server.expect("^JOIN #gym")
    server.joined("#gym", "spotterbot")
    server.send(":s BATCH +n netsplit a.test b.test", "@batch=n :spotterbot!x@y QUIT :a.test b.test", ":s BATCH -n")
    for _ in range(8):  # ever more slowly; nobody is fought for it
        server.expect("^ISON spotterbot")
        server.send(":s 303 spotterb3 :spotterbot")
    assert not [line for line in server.heard if line == "NICK spotterbot"][1:]
    server.expect("^ISON spotterbot", 30)
    server.send(":s 303 spotterb3 :")
    server.expect("^NICK spotterbot")
    server.send(":spotterb3!s@h NICK spotterbot")
    stage.bot.logs("irc-nick")


def test_names_that_are_not_found_are_looked_up_again(stage):
    """And keep no other network from being served."""
    stage.bot.configure(block("gone", 6667, server="nowhere.invalid"), block("net", stage.server.port))
    stage.start()
    stage.says("anna", "bench 80x8 @1", account="anna")
    stage.server.expect("NOTICE #gym :anna: bench press 80x8")
    for _ in range(2):
        stage.bot.logs("irc-down network=gone")


def test_a_channel_that_wants_a_key_and_is_answered_by_privmsg(stage):
    """The key comes from a file, and is in no log."""
    keys = stage.bot.secret("keys", "#vault opensesame\n#GYM hunter2")
    stage.bot.configure(block("net", stage.server.port, f'channel_keys_file = "{keys}"\n  answers = "privmsg"', channels=("#gym", "#open")))
    stage.bot.start(ready=False)
    server = stage.server.accept().welcome(channel=None)
    joins = {server.expect("^JOIN (.*)").group(1), server.expect("^JOIN (.*)").group(1)}
    assert joins == {"#gym hunter2", "#open"}
    server.joined("#gym")
    stage.says("anna", "bench 80x8 @1", account="anna")
    server.expect("PRIVMSG #gym :anna: bench press 80x8")
    assert "hunter2" not in stage.bot.log_tail(1000)


def test_services_and_machines_are_nobody(stage):
    """By their names, by the server's flags, by their own mark: nothing that they say is a set or a command, nor is a NOTICE."""
    server = stage.start(support="CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ WHOX BOT=B", members="robot anna")
    server.expect("^WHO #gym")
    server.send(":s 354 spotter 152 #gym robot host.test robot HB robot", ":s 354 spotter 152 #gym anna host.test anna H anna")
    for source, account in (("NickServ!n@services.test", "n"), ("x!y@services.test", "x"), ("*status!z@znc.in", "z"), ("robot!robot@host.test", "robot"),
                            ("spotter!s@h", "anna")):
        server.send(f"@account={account} :{source} PRIVMSG #gym :bench 90x8 @1", f"@account={account} :{source} PRIVMSG spotter :today")
    server.send("@bot;account=anna :anna!a@h PRIVMSG #gym :bench 91x8 @1", "@account=anna :anna!a@h NOTICE #gym :bench 92x8 @1")
    stage.says("anna", "bench 80x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    assert stage.bot.rows("SELECT load_kg FROM training_set") == [(80.0,)]
    assert not [line for line in server.heard if "PRIVMSG" in line]


def test_a_line_that_comes_twice_without_an_id_is_one(stage):
    """The same time, sender, place and words; another time is another set."""
    server = stage.start(caps="message-tags account-tag server-time batch")
    for at in (stamp(5000), stamp(4000)):
        for _ in range(2):
            server.send(":s BATCH +z znc.in/playback #gym")
            stage.says("anna", "bench 80x8 @2", account="anna", time=at, batch="z")
            server.send(":s BATCH -z")
    server.expect("NOTICE #gym :anna: .*1 set")
    server.expect("NOTICE #gym :anna: .*1 set")
    assert stage.sets("anna") == [(80.0, 8), (80.0, 8)]


def test_what_is_too_much_for_a_channel_comes_in_private(stage):
    """Three lines at most where others read."""
    server = stage.start()
    stage.says("anna", "!rules failure", account="anna", msgid="h1")
    server.expect("NOTICE #gym :anna: ")
    server.expect("PRIVMSG anna :R\\d", 30)
    server.is_heard()
    assert len([line for line in server.heard if "NOTICE #gym" in line]) <= 3


def test_a_store_that_refuses_for_a_while(stage):
    """A full disk, a lock: nothing is answered that isn't kept, the server isn't read meanwhile, and nothing is lost or booked twice."""
    server = stage.start()
    stage.says("anna", "bench 70x8 @2", account="anna", msgid="m1")
    server.expect("NOTICE #gym :anna: bench press 70x8")
    connection = sqlite3.connect(stage.bot.database)
    connection.execute("BEGIN IMMEDIATE")
    for number in range(3):
        stage.says("anna", f"bench 8{number}x8 @2", account="anna", msgid=f"n{number}")
    stage.bot.logs("store")
    server.nothing("NOTICE", 1)
    connection.rollback()
    connection.close()
    server.expect("NOTICE #gym :anna: bench press 82x8", 30)
    assert stage.sets("anna") == [(70.0, 8), (80.0, 8), (81.0, 8), (82.0, 8)]


def test_a_policy_of_tls_is_taken_back(stage):
    """A duration of 0, said by TLS (IRCv3/sts); what is said in the clear is no policy."""
    fingerprint = stage.secure()
    stage.bot.configure(block("net", stage.server.port, fingerprint, tls="true"))
    for duration, holds in ((3600, True), (0, False)):
        stage.bot.start(ready=False)
        stage.server.accept().welcome(caps=f"batch sts=duration={duration}")
        stage.server.is_heard()
        until = int(stage.bot.rows("SELECT value FROM irc_value WHERE name = 'sts'")[0][0].split()[1])
        assert (until > time.time() * 1000 + 1000) == holds
        stage.bot.kill()


def test_a_coach_in_a_channel(stage):
    """What coaches ask for is advised, and named."""
    server = stage.start(support="CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ WHOX", members="@cara ben")
    server.expect("^WHO #gym")
    server.send(":s 354 spotter 152 #gym cara host.test cara H cara", ":s 354 spotter 152 #gym ben host.test ben H ben",
                ":s 315 spotter #gym :End")
    for who, text, answer in (("cara", "!group setup", "training room"), ("cara", "!coach add @cara", "coach"),
                              ("cara", "!target @ben squat 100x5 @2-3", "squat"), ("ben", "squat 100x5 @2", "Next: .*x5"),
                              ("ben", "!why", "cara")):
        stage.says(who, text, account=who)
        server.expect(f"(NOTICE #gym :|PRIVMSG ){who}.*{answer}", 30)


def scram(server, password, forge=False):
    """The server's side of SCRAM-SHA-256 (RFC 5802), by hashlib."""
    server.expect("^AUTHENTICATE SCRAM-SHA-256")
    server.send("AUTHENTICATE +")
    first = base64.b64decode(server.expect("^AUTHENTICATE (.*)").group(1)).decode()
    bare = first.removeprefix("n,,")
    nonce = dict(part.split("=", 1) for part in bare.split(","))["r"] + "server"
    salt = b"salty"
    challenge = f"r={nonce},s={base64.b64encode(salt).decode()},i=4096"
    server.send("AUTHENTICATE " + base64.b64encode(challenge.encode()).decode())
    final = base64.b64decode(server.expect("^AUTHENTICATE (.*)").group(1)).decode()
    without, proof = final.rsplit(",p=", 1)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 4096)
    message = f"{bare},{challenge},{without}".encode()
    client = hmac.digest(salted, b"Client Key", "sha256")
    signature = hmac.digest(hashlib.sha256(client).digest(), message, "sha256")
    right = bytes(a ^ b for a, b in zip(client, signature, strict=True)) == base64.b64decode(proof)
    verifier = hmac.digest(hmac.digest(salted, b"Server Key", "sha256"), message, "sha256")
    if forge:
        verifier = bytes(32)
    server.send("AUTHENTICATE " + base64.b64encode(b"v=" + base64.b64encode(verifier)).decode())
    return right


@pytest.mark.parametrize("forge", [False, True])
def test_scram(stage, forge):
    """By TLS, as all logging in: the certificate is pinned."""
    server = stage.server
    pin = stage.secure()
    stage.bot.configure(block("net", server.port, f'{pin}\n  account = "coach"\n'
                              f'  password_file = "{stage.bot.secret("password", "pencil")}"', tls="true"))
    stage.bot.start(ready=False)
    server.accept()
    server.expect("^USER")
    server.send(":s CAP * LS :sasl=SCRAM-SHA-256,PLAIN")
    server.expect("^CAP REQ sasl")
    server.send(":s CAP * ACK sasl")
    assert scram(server, "pencil", forge)
    if forge:
        stage.bot.logs("irc-distrusted")
        assert "CAP END" not in server.heard
        return
    server.expect(r"^AUTHENTICATE \+")
    server.send(":s 900 spotter spotter!s@h coach :You are now logged in", ":s 903 spotter :SASL authentication successful")
    server.expect("^CAP END")


def test_a_machine_that_answers_errors_with_errors(stage):
    """Somebody who is misunderstood again and again hears no more of it for a while."""
    server = stage.start()
    for number in range(30):
        stage.says("eve", "bench 80x8 @11", target="spotter", account="eve", msgid=f"e{number}")
    server.nothing("NEVER", 8)
    said = [line for line in server.heard if "PRIVMSG eve" in line]
    assert len(said) <= 5
    stage.says("anna", "bench 80x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 80x8")


def test_a_busy_network(stage):
    """A thousand lines of talk at once: nobody is remembered for talking, and a set behind it is answered at once."""
    server = stage.start()
    people = [f"talker{number}" for number in range(50)]
    for name in people:
        server.send(f":{name}!u@h JOIN #gym {name} :x")
    for number in range(1000):
        stage.says(people[number % 50], "did you see that, incredible", account=people[number % 50], msgid=f"t{number}")
    began = time.monotonic()
    stage.says("anna", "bench 80x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    assert time.monotonic() - began < 0.5
    assert stage.bot.rows("SELECT count(*) FROM identity") == [(1,)]


def members(stage):
    """identity: presence (0 here, 1 away, 2 left) of the training room."""
    return dict(stage.bot.rows("SELECT identity, state FROM room_member ORDER BY identity"))


def until(stage, server, expected):
    """Waits until the members are EXPECTED; the server is answered meanwhile."""
    deadline = time.monotonic() + 60
    while (found := members(stage)) != expected:
        assert time.monotonic() < deadline, found
        server.nothing("^ERROR", 0.1)


def test_who_is_in_a_training_room(stage):
    """Accounts come with JOIN, ACCOUNT and WHOX, and go with PART, KICK and QUIT; a netsplit ends nothing."""
    support = "CASEMAPPING=ascii CHANTYPES=# NICKLEN=30 PREFIX=(ov)@+ WHOX"
    server = stage.start(support=support, members="@anna ben cara")
    server.expect("^WHO #gym %tcuhnaf,152")
    for nick, account in (("anna", "anna"), ("ben", "benny"), ("cara", "0")):
        server.send(f":s 354 spotter 152 #gym {nick} host.test {nick} H {account}")
    server.send(":s 315 spotter #gym :End")
    stage.says("ben", "!group setup", account="benny")
    server.expect("NOTICE #gym :ben: That is for the room's moderators")
    stage.says("anna", "!group setup", account="anna")  # an operator
    server.expect("NOTICE #gym :anna: This is a training room now")
    assert members(stage) == {"anna": 0, "benny": 0}
    # Somebody joins: the room is told by their nick, and they alone, what it sees of them.
    server.send(":dan!dan@host.test JOIN #gym dan :Dan")
    server.expect_each("PRIVMSG dan :You joined a training room", "NOTICE #gym :New here: dan")
    # Who logs in is in the room from then on; who isn't, once they say something: told where everybody reads it.
    server.send(":cara!cara@host.test ACCOUNT cleo")
    server.expect_each("PRIVMSG cara :You joined", "NOTICE #gym :New here: cara")
    server.send(":eve!eve@host.test JOIN #gym * :Eve")
    stage.says("eve", "bench 60x8 @2")
    server.expect_each("NOTICE #gym :New here: eve . Sets typed here are seen here, nothing else of you: !share changes",
                       "NOTICE #gym :eve: bench press 60x8")
    # A nick means whoever has it now.
    server.send(":ben!ben@host.test NICK benedict")
    stage.says("anna", "!group", account="anna")
    assert "anna, benedict, cara, dan, eve" in server.expect("NOTICE #gym :anna: Training room of 5: (.*)").group(1)
    # Servers part: nobody has left.
    server.send(":s BATCH +n netsplit a.test b.test", "@batch=n :dan!dan@host.test QUIT :a.test b.test", ":s BATCH -n")
    server.send(":cara!cara@host.test QUIT :bye", ":benedict!ben@host.test PART #gym")
    server.expect("NOTICE #gym :Left: benedict")
    until(stage, server, {k: v for k, v in members(stage).items() if k.startswith("~")} |
          {"anna": 0, "benny": 2, "cleo": 1, "dan": 0})
    server.send(":eve!eve@host.test QUIT :bye")
    until(stage, server, {"anna": 0, "benny": 2, "cleo": 1, "dan": 0})
    # Back from a lost connection: known, and not told again.
    server.send(":cara!cara@host.test JOIN #gym cleo :Cara", ":anna!anna@host.test KICK #gym dan :out")
    server.send(":dan!dan@host.test JOIN #gym dan :Dan", ":anna!anna@host.test KICK #gym dan :out")
    server.expect("NOTICE #gym :Removed: dan")
    until(stage, server, {"anna": 0, "benny": 2, "cleo": 0, "dan": 2})


def test_a_room_is_looked_at_anew_after_a_break(stage):
    """Who came meanwhile is announced; who isn't there may come back."""
    support = "CASEMAPPING=ascii CHANTYPES=# NICKLEN=30 PREFIX=(ov)@+ WHOX"
    server = stage.start(support=support, members="@anna ben")
    server.expect("^WHO #gym")
    server.send(":s 354 spotter 152 #gym anna host.test anna H anna", ":s 354 spotter 152 #gym ben host.test ben H ben",
                ":s 315 spotter #gym :End")
    stage.says("anna", "!group setup", account="anna")
    server.expect("This is a training room now")
    stage.bot.kill()
    stage.bot.start(ready=False)
    server.accept().welcome(support=support, members="@anna mallory")
    server.expect("^WHO #gym")
    server.send(":s 354 spotter 152 #gym anna host.test anna H anna",
                ":s 354 spotter 152 #gym mallory host.test mallory H mallory", ":s 315 spotter #gym :End")
    server.expect("NOTICE #gym :New here: mallory")
    until(stage, server, {"anna": 0, "ben": 1, "mallory": 0})

"""What real servers can't show, or won't: a server of ours that says what we want."""

import base64
import hashlib
import hmac
import time

import pytest
from bot import block


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
    stage.says("anna", "help", target="spotter", account="anna", msgid="w1")
    name = server.expect("^@label=(\\S+) BATCH \\+(\\S+) draft/multiline anna$").group(2)
    lines = []
    while found := server.expect(f"^(?:@batch={name} PRIVMSG anna :(.*)|BATCH -{name})$").group(1):
        lines.append(found)
    assert len(lines) > 3 and all(len(line.encode()) < 450 for line in lines) and "Type a set" in lines[0]
    server.send("PING :x")
    server.expect("^PONG x")
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
    server.send("PING :x")
    server.expect("^PONG x")
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
    assert waits[0] < 2 and sum(waits) < 14


def test_a_silent_server_is_left(stage):
    """Ours to notice: a connection that is dead says nothing. (The waits are the program's own; here it is only seen to ask.)"""
    server = stage.start()
    stage.says("anna", "bench 80x8 @1", account="anna")
    server.expect("NOTICE #gym :anna: bench press 80x8")
    server.send("ERROR :Closing Link")
    began = time.monotonic()
    server.accept().welcome()
    assert time.monotonic() - began < 4


def test_refused_from_a_channel_it_tries_again_slowly(stage):
    stage.bot.start(ready=False)
    server = stage.server.accept().welcome(channel=None)
    server.expect("^JOIN #gym")
    server.send(":s 477 spotter #gym :You need to be identified")
    server.nothing("^JOIN", 3)


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
    """200 lines a second of talk in many channels: nobody is remembered for talking, and a set is answered at once."""
    server = stage.start()
    people = [f"talker{number}" for number in range(50)]
    for name in people:
        server.send(f":{name}!u@h JOIN #gym {name} :x")
    for second in range(5):
        began = time.monotonic()
        for number in range(200):
            stage.says(people[number % 50], "did you see that, incredible", account=people[number % 50], msgid=f"{second}.{number}")
        time.sleep(max(0, 1 - (time.monotonic() - began)))  # so many a second, no more
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
    deadline = time.monotonic() + 20
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
    server.expect("PRIVMSG dan :You joined a training room")
    server.expect("NOTICE #gym :New here: dan")
    # Who logs in is in the room from then on; who isn't, once they say something: told where everybody reads it.
    server.send(":cara!cara@host.test ACCOUNT cleo")
    server.expect("PRIVMSG cara :You joined")
    server.expect("NOTICE #gym :New here: cara")
    server.send(":eve!eve@host.test JOIN #gym * :Eve")
    stage.says("eve", "bench 60x8 @2")
    server.expect("NOTICE #gym :New here: eve . Sets typed here are seen here, nothing else of you: !share changes")
    server.expect("NOTICE #gym :eve: bench press 60x8")
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

"""On a network with the extensions: real InspIRCd with Atheme's services."""

import signal
import subprocess

import pytest
from bot import block
from client import Client
from conftest import PASSWORD
from network import InspIrcd


def secure(gym, network):
    """A bot that comes by TLS."""
    return gym.on(network, server="localhost", port=network.tls_port, tls="true")


def with_login(gym, network, account, nick=None):
    Client(network.port, gym.name(account)).register(PASSWORD).quit()
    bot = secure(gym, network)
    gym.nick = nick or gym.nick
    bot.configure(block("gym", network.tls_port, f'ca_file = "{network.ca}"\n  account = "{gym.name(account)}"\n'
                        f'  password_file = "{bot.secret("password", PASSWORD)}"', nick=gym.nick, server="localhost",
                        channels=(gym.channel,), tls="true"))
    return bot


def whois(person, nick):
    person.send("WHOIS", [nick])
    lines = {}
    while True:
        line = person.expect(lambda line: line.command.startswith("3"))
        lines[line.command] = line.params
        if line.command == "318":
            return lines


def test_it_logs_in_by_tls(gym, modern):
    with_login(gym, modern, "coach").start()
    anna = gym.person("anna", account="anna")
    seen = whois(anna, gym.nick)
    assert seen["330"][2] == gym.name("coach")
    assert anna.asks("bench 80x8 @2", "Next").command == "NOTICE"


def test_services_free_its_nick(gym, modern):
    """A dead connection of its own may hold it, or whoever was quicker: it is the account's."""
    bot = with_login(gym, modern, "owner", nick=gym.name("owner"))
    holder = gym.keep(Client(modern.port, gym.nick))
    bot.start()
    holder.expect(lambda line: line.command in ("KILL", "ERROR", "NICK"))
    bot.logs("irc-nick")
    anna = gym.person("anna")
    anna.asks("bench 80x8 @2", "Next")


def test_external(gym, modern):
    bot = secure(gym, modern)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                    "own.key", "-out", "own.pem", "-days", "30", "-subj", "/CN=spotter"], cwd=bot.folder, check=True,
                   capture_output=True)
    printed = subprocess.run(["openssl", "x509", "-in", "own.pem", "-noout", "-fingerprint", "-sha256"], cwd=bot.folder,
                             check=True, capture_output=True, text=True).stdout.strip()
    owner = gym.keep(Client(modern.port, gym.name("owner")).register(PASSWORD))
    owner.say("NickServ", f"CERT ADD {printed.split('=')[1].replace(':', '').lower()}")
    owner.expect(lambda line: line.command == "NOTICE" and "fingerprint" in line.params[1].lower())
    bot.configure(block("gym", modern.tls_port, f'ca_file = "{modern.ca}"\n  certificate_file = "{bot.folder}/own.pem"\n'
                        f'  key_file = "{bot.folder}/own.key"', nick=gym.nick, server="localhost", channels=(gym.channel,),
                        tls="true"))
    bot.start()
    assert whois(owner, gym.nick)["330"][2] == gym.name("owner")


@pytest.mark.parametrize("pin", ["right", "wrong", "none"])
def test_whom_it_trusts(gym, modern, plain, pin):
    """A network that can't be trusted keeps no other from being served."""
    gym.on(plain)
    fingerprint = modern.fingerprint()
    if pin == "wrong":
        fingerprint = fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1")
    line = "" if pin == "none" else f'fingerprint = "{fingerprint}"'
    gym.bot.configure(block("bad", modern.tls_port, line, nick=gym.nick, server="localhost", channels=(gym.channel,), tls="true"),
                      block("gone", 1, nick=gym.nick), block("gym", plain.port, nick=gym.nick, channels=(gym.channel,)))
    gym.bot.start()
    eve = gym.keep(Client(modern.port, gym.name("eve"))).join(gym.channel)
    gym.person("anna").asks("bench 80x8 @1", "80x8")
    if pin == "right":
        eve.waits_for(gym.nick, gym.channel)
    else:
        gym.bot.logs("irc-down network=bad")
        eve.send("ISON", [gym.nick])
        assert eve.expect(lambda line: line.command == "303").params[1].strip() == ""
    assert "event=irc-online network=gone" not in gym.bot.log_tail(500)


def test_services_that_come_late(gym):
    network = gym.keep(InspIrcd())
    bot = with_login(gym, network, "coach")
    network.end("atheme", signal.SIGTERM)
    bot.start()
    anna = gym.person("anna")
    assert "330" not in whois(anna, gym.nick)
    network.start_services()
    bot.logs("irc-logged-in")
    assert whois(anna, gym.nick)["330"][2] == gym.name("coach")


def test_killed_each_set_once(gym, modern):
    """The channel's history pushes again what was booked, without saying whose it was: it is booked for nobody."""
    bot = gym.on(modern).start()
    anna = gym.person("anna", account="anna")
    anna.send("MODE", [gym.channel, "+H", "50:1h"])
    anna.sync()
    for kilograms in range(60, 64):
        anna.types(f"bench {kilograms}x5 @2")
        anna.hears(f"{kilograms}x5")
        bot.kill()
        bot.start()
        anna.waits_for(gym.nick, gym.channel)
    bot.kill()
    anna.types("bench 65x5 @2")
    anna.types("!undo")  # an old command is none
    anna.sync()
    bot.start()
    anna.waits_for(gym.nick, gym.channel)
    anna.asks("!today", "4 sets today")
    assert bot.sets_of("gym", gym.name("anna")) == [(float(kilograms), 5) for kilograms in range(60, 64)]


def test_sts(gym):
    network = gym.keep(InspIrcd(more='<module name="ircv3_sts"><sts host="localhost" duration="1h" port="{tls_port}">'))
    bot = gym.on(network, f'ca_file = "{network.ca}"', server="localhost")
    bot.start()
    anna = gym.person("anna", account="anna")
    assert bot.log_tail(500).count("event=irc-up network=gym tls=1") == 1
    assert bot.rows("SELECT value FROM irc_value WHERE name = 'sts'")[0][0].startswith(f"{network.tls_port} ")
    bot.kill()
    bot.start()
    anna.waits_for(gym.nick, gym.channel)
    assert bot.log_tail(500).count("the server wants TLS") == 1  # kept over the restart

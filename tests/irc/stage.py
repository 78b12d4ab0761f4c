"""A bot on a server that says what a test wants."""

import datetime
import hashlib
import ssl
import subprocess
import time

from bot import Bot, block
from scripted import Scripted


def stamp(seconds_ago=0.0):
    at = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds_ago)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


class Stage:
    def __init__(self):
        self.server = Scripted()
        self.bot = Bot(block("net", self.server.port))

    def start(self, **more):
        self.bot.start(ready=False)
        self.server.accept().welcome(**more)
        return self.server

    def sets(self, identity):
        return self.bot.sets_of("net", identity)

    def says(self, who, text, target="#gym", **tags):
        """A line of WHO, with those tags: account, msgid, time, batch."""
        self.says_on(self.server, who, text, target, **tags)

    def says_on(self, server, who, text, target="#gym", **tags):
        tags = ";".join(f"{key}={value}" for key, value in tags.items())
        server.send(f"{'@' + tags + ' ' if tags else ''}:{who}!{who}@host.test PRIVMSG {target} :{text}")

    def heard_until(self, seconds_ago):
        """While the bot is away: it heard the network last so long ago."""
        self.keeps("heard", str(int((time.time() - seconds_ago) * 1000)))

    def keeps(self, name, value):
        self.bot.write("INSERT OR REPLACE INTO irc_value (network, name, value) VALUES ('net', ?, ?)", name, value)

    def until_kept(self, *names, without, **values):
        """Waits for these values of the bot's, whatever they are or as they are given, while it says nothing like WITHOUT."""
        deadline = time.monotonic() + 60
        while not ((kept := dict(self.bot.rows("SELECT name, value FROM irc_value"))).keys() >= set(names) and kept.items() >= values.items()):
            assert time.monotonic() < deadline, (kept, names, values)
            self.server.nothing(without, 0.1)

    def is_asked_about(self, nick, account=None):
        """WHOIS, answered."""
        self.server.expect(f"^WHOIS {nick} {nick}")
        self.server.describes(nick, account)

    def secure(self):
        """TLS from now on; what the configuration says of its certificate."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        "key.pem", "-out", "cert.pem", "-days", "30", "-subj", "/CN=x"], cwd=self.bot.folder, check=True,
                       capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.bot.folder / "cert.pem", self.bot.folder / "key.pem")
        self.server.listener = context.wrap_socket(self.server.listener, server_side=True)
        certificate = ssl.PEM_cert_to_DER_cert((self.bot.folder / "cert.pem").read_text())
        return f'fingerprint = "{hashlib.sha256(certificate).hexdigest()}"'

    def close(self):
        self.bot.close()
        self.server.close()

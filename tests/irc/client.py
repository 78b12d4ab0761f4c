"""A person with an IRC client: types, and hears what comes. Lines are read and written by irctokens, not by what is tested."""

import base64
import collections
import re
import socket
import time

import irctokens

SECONDS = 40
CAPS = "message-tags account-tag server-time msgid echo-message account-notify extended-join batch labeled-response"


class Client:
    def __init__(self, port, nick, account=None, password=None, caps=None):
        self.nick = nick
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.decoder = irctokens.StatefulDecoder()
        self.lines = collections.deque()
        self.heard = []  # all of them
        if account:
            self.send("CAP", ["REQ", "sasl"])
        self.send("NICK", [nick])
        self.send("USER", [nick.lower()[:9], "0", "*", nick])
        if account:
            self.expect(lambda line: line.command == "CAP" and line.params[1] in ("ACK", "NAK"))
            self.send("AUTHENTICATE", ["PLAIN"])
            self.expect(lambda line: line.command == "AUTHENTICATE")
            self.send("AUTHENTICATE", [base64.b64encode(f"\0{account}\0{password}".encode()).decode()])
            self.expect(lambda line: line.command == "903")
            self.send("CAP", ["END"])
        self.expect(lambda line: line.command in ("376", "422"))

    def send(self, command, params):
        self.raw(irctokens.build(command, params).format().encode() + b"\r\n")

    def raw(self, data):
        self.socket.sendall(data)

    def say(self, target, text):
        self.send("PRIVMSG", [target, text])

    def _read(self, seconds):
        self.socket.settimeout(max(seconds, 0.001))
        try:
            data = self.socket.recv(65536)
        except (TimeoutError, BlockingIOError):
            return False
        lines = self.decoder.push(data)
        assert lines is not None and data, f"{self.nick}: the server closed the connection: {self.heard[-1:]}"
        for line in lines:
            if line.command == "PING":
                self.send("PONG", line.params)
            else:
                self.lines.append(line)
                self.heard.append(line)
        return True

    def expect(self, wanted, seconds=SECONDS):
        """The next line that is WANTED; what comes before it is left out."""
        deadline = time.monotonic() + seconds
        while True:
            while self.lines:
                line = self.lines.popleft()
                if wanted(line):
                    return line
            left = deadline - time.monotonic()
            assert left > 0, f"{self.nick} waited in vain; last heard: {[str(line.format()) for line in self.heard[-8:]]}"
            self._read(left)

    def hear(self, pattern, target=None, nick="spotter", seconds=SECONDS):
        """What NICK says next that matches, in channel TARGET or, None, to us alone."""
        wanted = target or self.nick

        def right(line):
            return (line.command in ("PRIVMSG", "NOTICE") and line.hostmask is not None and line.hostmask.nickname == nick
                    and line.params[0].lower() == wanted.lower() and re.search(pattern, line.params[1]))

        return self.expect(right, seconds)

    def hears_nothing(self, pattern, seconds, nick="spotter"):
        """For SECONDS nothing that matches comes, from NICK."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)
            while self.lines:
                line = self.lines.popleft()
                said = line.command in ("PRIVMSG", "NOTICE") and line.hostmask is not None and line.hostmask.nickname == nick
                assert not (said and re.search(pattern, line.params[1])), line.format()

    def sync(self):
        """All that the server has for us up to now is here."""
        self.send("PING", ["sync"])
        self.expect(lambda line: line.command == "PONG")

    def join(self, channel):
        self.send("JOIN", [channel])
        self.expect(lambda line: line.command == "366" and line.params[1].lower() == channel.lower())
        return self

    def waits_for(self, nick, channel):
        """Until NICK is in the channel where we are."""
        def there(line):
            return (line.command == "JOIN" and line.hostmask.nickname == nick and line.params[0].lower() == channel.lower()
                    or line.command == "353" and nick in [name.lstrip("@+") for name in line.params[3].split()])

        self.send("NAMES", [channel])
        self.expect(there)
        return self

    def register(self, password):
        self.say("NickServ", f"REGISTER {password} {self.nick}@gym.test")
        self.expect(lambda line: line.command == "NOTICE" and "now registered" in line.params[1])
        return self

    def identify(self, account, password):
        self.say("NickServ", f"IDENTIFY {account} {password}")
        self.expect(lambda line: line.command == "NOTICE" and "now identified" in line.params[1])
        return self

    def quit(self):
        try:
            self.send("QUIT", ["bye"])
            while self.socket.recv(65536):
                pass
        except OSError:
            pass
        self.socket.close()

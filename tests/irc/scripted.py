"""A server that says what a test tells it to: for what real ones can't show, or won't."""

import re
import socket
import time

SECONDS = 40
ALL = ("message-tags account-tag account-notify extended-join server-time batch labeled-response echo-message chghost "
       "draft/chathistory draft/multiline=max-bytes=4096,max-lines=24 standard-replies")


class Scripted:
    def __init__(self, port=0):
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        self.connection = None
        self.lines, self.left, self.nick = [], b"", None
        self.heard = []
        self.echoes = True  # and labels, where they were asked for
        self.caps = set()
        self.batch = []
        self.targets = []  # who has written to the bot; None: it isn't said
        self.answers_pings = True
        self.people = {}  # nick: account, None without one; who is asked about and isn't there is left to the test
        self.remembers = False  # a history, by what the test says; else nothing was said

    def accept(self, seconds=SECONDS):
        if self.connection:
            self.connection.close()
        self.listener.settimeout(seconds)
        self.connection = self.listener.accept()[0]
        self.lines, self.left = [], b""
        return self

    def send(self, *lines):
        for line in lines:
            self.connection.sendall((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    def _read(self, seconds):
        self.connection.settimeout(max(seconds, 0.001))
        try:
            data = self.connection.recv(65536)
        except (TimeoutError, BlockingIOError):
            return
        assert data, f"the bot closed the connection; heard: {self.heard[-5:]}"
        *lines, self.left = (self.left + data).split(b"\r\n")
        for line in lines:
            assert b"\n" not in line and b"\r" not in line and b"\0" not in line
            assert len(re.sub(rb"^@\S+ ", b"", line)) <= 510, line
            text = line.decode()  # always valid
            self.heard.append(text)
            if text.startswith("PING ") and self.answers_pings:
                self.send(f":s PONG s {text[5:]}")
            elif text.startswith("CHATHISTORY TARGETS ") and self.targets is not None:
                targets, self.targets = self.targets, []
                self.lists(*targets)
            elif (asked := re.match("WHOIS (\\S+) ", text)) and asked[1] in self.people:
                self.describes(asked[1], self.people[asked[1]])
            elif text.startswith("CHATHISTORY AFTER ") and not self.remembers:
                self.plays(text.split(" ")[2])
            else:
                self.lines.append(text)
                self._echo(text)

    def _echo(self, text):
        if batch := re.match(r"(?:@(\S+) )?BATCH \+(\S+) draft/multiline (\S+)$", text):
            self.batch = [f"@{batch[1]} :{self.nick}!spotter@bot.test BATCH +o{batch[2]} draft/multiline {batch[3]}"]
        elif text.startswith("@batch="):
            self.batch.append(re.sub("^@batch=(\\S+) ", rf"@batch=o\1 :{self.nick}!spotter@bot.test ", text))
            return
        elif text.startswith("BATCH -") and self.echoes:
            self.send(*self.batch, f":{self.nick}!spotter@bot.test BATCH -o{text[7:]}")
        tags, said = re.match(r"(?:@(\S+) )?((?:PRIVMSG|NOTICE) .*|.*)$", text).groups()
        if self.echoes and tags and said.startswith(("PRIVMSG", "NOTICE")):
            self.send(f"@{tags};msgid=own{time.monotonic_ns()} :{self.nick}!spotter@bot.test {said}")

    def lists(self, *nicks, at=time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())):
        """The answer to CHATHISTORY TARGETS."""
        self.send(":s BATCH +t draft/chathistory-targets", *(f"@batch=t :s CHATHISTORY TARGETS {nick} {at}" for nick in nicks),
                  ":s BATCH -t")

    def describes(self, nick, account=None, *more):
        """The answer to WHOIS."""
        self.send(f":s 311 spotter {nick} {nick} host.test * :x", *more,
                  *([f":s 330 spotter {nick} {account} :is logged in as"] if account else []),
                  f":s 317 spotter {nick} 1 1700000000 :idle", f":s 318 spotter {nick} :End")

    def knows_nobody(self, nick):
        """The answer to WHOIS where nobody has that nick."""
        self.send(f":s 401 spotter {nick} :No such nick", f":s 318 spotter {nick} :End")

    def plays(self, target, *lines):
        """A page of history: LINES have their tags."""
        self.send(f":s BATCH +h chathistory {target}", *(f"@batch=h;{line}" for line in lines), ":s BATCH -h")

    def expect(self, pattern, seconds=SECONDS):
        deadline = time.monotonic() + seconds
        while True:
            while self.lines:
                found = re.search(pattern, self.lines.pop(0))
                if found:
                    return found
            left = deadline - time.monotonic()
            assert left > 0, f"{pattern} didn't come; heard: {self.heard[-8:]}"
            self._read(left)

    def expect_each(self, *patterns, seconds=SECONDS):
        """All of them, in whatever order: what is said to different people and channels has none."""
        left = list(patterns)
        while left:
            line = self.expect("|".join(f"(?:{pattern})" for pattern in left), seconds).string
            left = [pattern for pattern in left if not re.search(pattern, line)]

    def nothing(self, pattern, seconds):
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)
            assert not [line for line in self.lines if re.search(pattern, line)], self.lines
            self.lines.clear()

    def is_heard(self):
        """The bot has heard all that was sent, and what it had to say at once has come."""
        self.send("PING :now")
        self.expect("^PONG now")

    def welcome(self, caps=ALL, channel="#gym", support="CASEMAPPING=ascii CHANTYPES=# NICKLEN=30 PREFIX=(ov)@+", members=""):
        """Registers whoever is connected, and lets them into the channel."""
        self.expect("^CAP LS 302")
        self.nick = self.expect("^NICK (.*)").group(1)
        self.expect("^USER ")
        if caps is not None:
            self.send(f":s CAP * LS :{caps}")
            while (line := self.expect("^CAP (REQ :?(.*)|END)")).group(1) != "END":
                self.caps = {name.partition("=")[0] for name in line.group(2).split()}
                self.send(f":s CAP {self.nick} ACK :{line.group(2)}")
        self.send(f":s 001 {self.nick} :Welcome", f":s 005 {self.nick} {support} :are supported", f":s 422 {self.nick} :No MOTD")
        if channel:
            self.expect(f"^JOIN .*{channel}")
            self.joined(channel, members)
        return self

    def joined(self, channel, members=""):
        self.send(f":{self.nick}!spotter@bot.test JOIN {channel}" + (" * :Spotter" if "extended-join" in self.caps else ""),
                  f":s 353 {self.nick} = {channel} :{self.nick} {members}".rstrip(), f":s 366 {self.nick} {channel} :End")

    def close(self):
        if self.connection:
            self.connection.close()
        self.listener.close()

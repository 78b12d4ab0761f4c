"""Killed with SIGKILL, or cut off, at random points while sets come in a channel and in private, on a network with message ids
and a history: each is booked once.

make kill-irc; KILLS sets how often.
"""

import os
import random
import re
import time

from scripted import Scripted
from bot import Bot, block
from stage import stamp

KILLS = int(os.environ.get("KILLS", "100"))
PAGE = 50


class Network(Scripted):
    """Keeps what is said, and plays it back."""

    def __init__(self):
        super().__init__()
        self.remembers = True
        self.said = [("m0", "#gym", stamp())]  # id, where, when, in their order
        self.texts = {}

    def says(self, number):
        """In the channel and in private by turns."""
        name, text = f"m{len(self.said)}", f"bench {40 + number % 60}x{3 + number % 6} @3"
        to, at = ("#gym", "spotter")[number % 2], stamp()
        self.said.append((name, to, at))
        self.texts[name] = f"time={at};account=anna;msgid={name} :anna!a@h PRIVMSG {to} :{text}"
        if self.connection:
            try:
                self.send("@" + self.texts[name])
            except OSError:
                pass  # it was killed: the history has it

    def hear(self, seconds):
        """What the bot wants meanwhile."""
        try:
            self._read(seconds)
        except (AssertionError, OSError):
            return
        for line in self.lines:
            if found := re.match("CHATHISTORY AFTER (\\S+) (msgid|timestamp)=(\\S+) (\\d+)", line):
                self.goes_back(found[1], found[2] == "msgid", found[3], int(found[4]))
        self.lines.clear()

    def goes_back(self, target, by_id, after, limit):
        since = [name for name, _, _ in self.said].index(after) + 1 if by_id else 0
        names = [name for name, to, at in self.said[since:] if (to == "#gym") == (target == "#gym") and (by_id or at > after)]
        self.plays(target, *(self.texts[name] for name in names[:limit]))


def come(bot, server):
    while True:
        server.targets = ["anna"]
        try:
            server.accept(40).welcome(support=f"CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ CHATHISTORY={PAGE}", members="anna")
            return
        except (AssertionError, OSError):
            assert bot.process.poll() is None, bot.log_tail()


def test_each_set_once():
    generator = random.Random(20261126)
    server = Network()
    bot = Bot(block("net", server.port))
    try:
        bot.start(ready=False)
        come(bot, server)
        bot.kill()
        bot.write("INSERT OR REPLACE INTO irc_value (network, name, value) VALUES ('net', 'seen:#gym', 'm0')")
        bot.write("INSERT OR REPLACE INTO irc_value (network, name, value) VALUES ('net', 'heard', ?)", int(time.time() * 1000))
        bot.start(ready=False)
        come(bot, server)
        for number in range(KILLS):
            for _ in range(generator.randint(1, 4)):
                server.says(len(server.said))
                server.hear(generator.uniform(0.001, 0.05))
            if number % 4 == 3:  # the server goes, and comes again
                server.connection.close()
                server.connection = None
            else:
                bot.kill()
                server.says(len(server.said))
                bot.start(ready=False)
            come(bot, server)
        booked = {}
        for _ in range(600):
            server.hear(0.1)
            booked = dict(bot.rows("SELECT i.event_id, count(s.id) FROM input AS i LEFT JOIN live_set AS s ON s.input = i.id"
                                   " GROUP BY i.event_id"))
            if len([name for name in server.texts if name in booked]) == len(server.texts):
                break
        wrong = {name: booked.get(name, 0) for name in server.texts if booked.get(name, 0) != 1}
        assert not wrong, f"{len(wrong)} of {len(server.texts)} sets are not there exactly once: {wrong}"
        print(f"{KILLS} kills and cuts, {len(server.texts)} sets: each booked once")
    finally:
        bot.close()
        server.close()

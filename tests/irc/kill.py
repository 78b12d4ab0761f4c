"""Killed with SIGKILL, or cut off, at random points while sets come, on a network with message ids and a history: each is booked once.

make kill-irc; KILLS sets how often.
"""

import os
import random
import re

from scripted import Scripted
from bot import Bot, block
from test_scripted import stamp

KILLS = int(os.environ.get("KILLS", "100"))
PAGE = 50


class Network(Scripted):
    """Keeps what is said, and plays it back."""

    def __init__(self):
        super().__init__()
        self.said = ["m0"]  # ids in their order
        self.texts = {}

    def says(self, number):
        name, text = f"m{len(self.said)}", f"bench {40 + number % 60}x{3 + number % 6} @3"
        self.said.append(name)
        self.texts[name] = f"time={stamp()};account=anna;msgid={name} :anna!a@h PRIVMSG #gym :{text}"
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
            if found := re.match("CHATHISTORY AFTER #gym msgid=(\\S+) (\\d+)", line):
                self.plays(found[1], int(found[2]))
        self.lines.clear()

    def plays(self, after, limit):
        names = self.said[self.said.index(after) + 1:][:limit]
        self.send(":s BATCH +h chathistory #gym", *(f"@batch=h;{self.texts[name]}" for name in names), ":s BATCH -h")


def come(bot, server):
    while True:
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

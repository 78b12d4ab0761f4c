"""One IRC network of 1,000 channels with 200 lines of talk a second, by a server of ours: CPU, memory, and how soon a set is answered."""

import os
import statistics
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "irc"), os.path.join(HERE, "..", "e2e")]
from bench import cpu_ms, memory, show  # noqa: E402
from bot import Bot, block  # noqa: E402
from scripted import Scripted  # noqa: E402

CHANNELS, LINES, SECONDS, PEOPLE = 1000, 200, int(os.environ.get("BENCH_IRC_SECONDS", "20")), 2000
TALK = ("did you see that, incredible", "I'll be there at 8", "no way 🎉", "what do you bench 3 times a week", "lol 10/10")


def joined(server):
    """Lets the bot into all channels, each with five others."""
    waiting = {f"#c{number}" for number in range(CHANNELS)}
    while waiting:
        for channel in server.expect("^JOIN (\\S+)", 120).group(1).split(","):
            number = int(channel[2:])
            server.joined(channel, " ".join(f"p{(number * 5 + i) % PEOPLE}" for i in range(5)))
            waiting.discard(channel)


def talk(server, second, line):
    who = (second * LINES + line) % PEOPLE
    channel = (who // 5) % CHANNELS
    server.send(f"@account=p{who};msgid=t{second}.{line};time={time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime())}.000Z "
                f":p{who}!u@h PRIVMSG #c{channel} :{TALK[line % len(TALK)]}")


def main():
    server = Scripted()
    bot = Bot(block("net", server.port, channels=[f"#c{number}" for number in range(CHANNELS)]))
    bot.config.write_text(bot.config.read_text().replace('"debug"', '"info"'))
    bot.start(ready=False)
    server.accept().welcome(channel=None, support="CASEMAPPING=ascii CHANTYPES=# NICKLEN=30 PREFIX=(ov)@+")
    pid = bot.process.pid
    idle = memory(pid)[0]
    joined(server)
    server.send("PING ready")
    server.expect("^PONG ready", 60)
    waits = []
    began, cpu = time.monotonic(), cpu_ms(pid)
    for second in range(SECONDS):
        for line in range(LINES):
            talk(server, second, line)
            if line == LINES // 2 and second % 4 == 2:  # beyond the flood limit: there is a line to spare
                sent = time.monotonic()
                server.send(f"@account=anna;msgid=s{second} :anna!a@h PRIVMSG #c0 :bench {60 + second}x8 @2")
                server.expect(f"NOTICE #c0 :anna: bench press {60 + second}x8")
                waits.append((time.monotonic() - sent) * 1000)
            rest = began + second + line / LINES - time.monotonic()
            if rest > 0:
                server.nothing("^ERROR", rest)  # so many a second, evenly; what comes meanwhile is heard
    spent = (cpu_ms(pid) - cpu) / (time.monotonic() - began) / 10
    show(f"IRC: {CHANNELS} channels, {LINES} lines a second: CPU, % of a core", f"{spent:.2f}", "< 5")
    show("IRC: RSS without channels / its growth, MB", f"{idle:.1f} / {memory(pid)[0] - idle:.1f}", "growth < 20")
    show("IRC: set to answer in that, p50 / worst, ms", f"{statistics.median(waits):.1f} / {max(waits):.1f}", "< 20")
    show("IRC: people remembered for talking", bot.rows("SELECT count(*) - 1 FROM identity")[0][0], "0")
    bot.close()
    server.close()


if __name__ == "__main__":
    main()

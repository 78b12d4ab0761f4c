"""Ten thousand lifters are due at the same minute, against a homeserver of our own that does nothing but count.

Held: each is asked once, in order; within the server's limit; replies go on as if nothing were; memory stays. LIFTERS and LIMIT
(messages a second that the server lets through; 0: all) set how much, ENCRYPTED=1 how. SLICES=1 (needs strace) holds, too, that
the loop is never away from its poll for 20 ms but for the disk: on a machine that does nothing else.
"""

import asyncio
import os
import pathlib
import re
import signal
import sqlite3
import statistics
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from aiohttp import web  # noqa: E402
from bench import memory, percentile, show  # noqa: E402
from spotter import PROGRAM  # noqa: E402

LIFTERS = int(os.environ.get("LIFTERS", "10000"))
LIMIT = float(os.environ.get("LIMIT", "0"))
ENCRYPTED = int(os.environ.get("ENCRYPTED", "0"))
SLICES = int(os.environ.get("SLICES", "0"))
STRACE = ["strace", "--seccomp-bpf", "-f", "-qq", "-ttt", "-T", "-e", "trace=epoll_wait,epoll_pwait,fdatasync,fsync", "-o"]
BURST = 20
BOT = "@spotter:gym.test"
TALKER = "@talker:gym.test"
ROOM = "!talk:gym.test"


class Homeserver:
    """Says yes to everything. `puts`: (time, room) of each message; `answers`: when a reply to an event came."""

    def __init__(self):
        self.puts, self.answers, self.refused, self.events = [], {}, 0, asyncio.Queue()
        self.level, self.last, self.number, self.transactions = 0.0, time.monotonic(), 0, set()

    def refuse(self):
        """A leaky bucket as Synapse's rc_message."""
        now = time.monotonic()
        self.level = max(0.0, self.level - LIMIT * (now - self.last))
        self.last = now
        if LIMIT and self.level + 1 > BURST:
            return int((self.level + 1 - BURST) / LIMIT * 1000) + 1
        self.level += 1
        return 0

    async def put(self, request):
        content = await request.json()
        key = request.match_info["txn"]
        if key in self.transactions:
            return web.json_response({"event_id": f"$of-{key}"})
        wait = self.refuse()
        if wait:
            self.refused += 1
            return web.json_response({"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": wait}, status=429)
        self.transactions.add(key)
        relation = content.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")
        if relation:
            self.answers[relation] = time.monotonic()
        else:
            self.puts.append((time.monotonic(), request.match_info["room"]))
        return web.json_response({"event_id": f"$of-{key}"})

    async def sync(self, request):
        """Each event is a batch of its own."""
        timeout = int(request.query.get("timeout", "0")) / 1000
        self.number += 1
        answer = {"next_batch": str(self.number)}
        try:
            event = await asyncio.wait_for(self.events.get(), timeout) if timeout else None
        except asyncio.TimeoutError:
            event = None
        if event:
            answer["rooms"] = {"join": {ROOM: {"timeline": {"events": [event], "limited": False, "prev_batch": "p"}}}}
        return web.json_response(answer)

    async def anything(self, request):
        path = request.path
        if path.endswith("/versions"):
            return web.json_response({"versions": ["v1.11"]})
        if path.endswith("/login"):
            body = await request.json() if request.method == "POST" else {}
            if request.method == "GET":
                return web.json_response({"flows": [{"type": "m.login.password"}]})
            self.device = body["device_id"]
            return web.json_response({"user_id": BOT, "access_token": "t", "device_id": self.device})
        if path.endswith("/whoami"):
            return web.json_response({"user_id": BOT, "device_id": self.device})
        if path.endswith("/filter"):
            return web.json_response({"filter_id": "1"})
        if path.endswith("/keys/upload"):
            return web.json_response({"one_time_key_counts": {"signed_curve25519": 50}})
        if path.endswith("/keys/query"):
            body = await request.json()
            return web.json_response({"device_keys": {user: {} for user in body["device_keys"]}})
        if path.endswith("/keys/claim"):
            return web.json_response({"one_time_keys": {}})
        if path.endswith("/devices"):
            return web.json_response({"devices": []})
        return web.json_response({}, status=404 if "account_data" in path or "room_keys" in path or "profile" in path else 200)

    async def talk(self):
        """One message; seconds until its reply."""
        event_id = f"$talk-{time.monotonic_ns()}"
        begun = time.monotonic()
        await self.events.put({"type": "m.room.message", "event_id": event_id, "sender": TALKER,
                               "origin_server_ts": int(time.time() * 1000),
                               "content": {"msgtype": "m.text", "body": f"bench {60 + time.monotonic_ns() % 40}x8 @2"}})
        while event_id not in self.answers:
            await asyncio.sleep(0.001)
        return self.answers[event_id] - begun


def fill(database):
    """Everybody has a room and a check-in that is due now."""
    now = int(time.time() * 1000)
    with sqlite3.connect(database) as store:
        people = [(i + 1, f"@lifter{i}:gym.test", f"!room{i}:gym.test") for i in range(LIFTERS)] + [(LIFTERS + 1, TALKER, ROOM)]
        store.executemany("INSERT INTO lifter (id, created_ms) VALUES (?, 0)", [(number,) for number, _, _ in people])
        store.executemany("INSERT INTO identity (transport, identity, lifter) VALUES ('matrix', ?, ?)", [(user, number) for number, user, _ in people])
        store.executemany("INSERT INTO lifter_value VALUES (?, 'contact', 'begun')", [(number,) for number, _, _ in people])
        store.executemany("INSERT INTO matrix_room (room_id, joined, direct, encrypted, rotation_messages, rotation_ms,"
                          " invited_can_read, history_shared, members_complete, welcomed, last_event_id)"
                          " VALUES (?, 1, 1, ?, 0, 0, 0, 0, 1, 1, '')",
                          [(room, ENCRYPTED and room != ROOM) for _, _, room in people])
        store.executemany("INSERT INTO matrix_member VALUES (?, ?, 'join', '')",
                          [(room, member) for _, user, room in people for member in (user, BOT)])
        plans = [(number, f"0 0 1 1 0 1080 0 {now} 0 0 0\nmatrix\n{user}\n{user}\n{room}") for number, user, room in people[:-1]]
        store.executemany("INSERT INTO lifter_value VALUES (?, 'checkin', ?)", plans)
        store.executemany("INSERT INTO job (kind, lifter, transport, room, direct, thread, identity, name, cause, due_ms, payload) "
                          "VALUES (2, ?, 'matrix', ?, 1, '', ?, ?, '', ?, '')",
                          [(number, room, user, user, now) for number, user, room in people[:-1]])


def child_of(pid):
    """The daemon, where strace runs it."""
    return int(open(f"/proc/{pid}/task/{pid}/children").read().split()[0])


def slices(trace, begun, ended):
    """Seconds between leaving the poll and the next one, of the loop's own thread, at these times; and without the disk's."""
    line = re.compile(r"(\d+) +([\d.]+) (\w+)\(.* <([\d.]+)>$")
    whole, own, main, left, disk = [], [], None, None, 0.0
    for text in open(trace):
        match = line.match(text)
        if not match or main not in (None, match[1]):
            continue
        at, took = float(match[2]), float(match[4])
        if not match[3].startswith("epoll"):
            disk += took
            continue
        main = match[1]
        if left and begun <= at <= ended:
            whole.append(at - left)
            own.append(at - left - disk)
        left, disk = at + took, 0.0
    return whole, own


async def main():
    server = Homeserver()
    app = web.Application(client_max_size=1 << 26)
    app.router.add_put("/_matrix/client/v3/rooms/{room}/send/{type}/{txn}", server.put)
    app.router.add_get("/_matrix/client/v3/sync", server.sync)
    app.router.add_route("*", "/{path:.*}", server.anything)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "password").touch(0o600)
        (folder / "password").write_text("p\n")
        (folder / "conf").write_text(f'store {{ path = "{folder}/db" }}\nlog {{ level = "info" }}\nmatrix {{\n'
                                     f'homeserver = "http://127.0.0.1:{port}"\nuser = "{BOT}"\n'
                                     f'password_file = "{folder}/password"\nallow = {{ "@*:gym.test" }}\n}}\n')
        command = [PROGRAM, "run", "--config", folder / "conf"]

        async def start():
            before = [*STRACE, folder / "trace"] if SLICES else []
            return await asyncio.create_subprocess_exec(*before, *command, stderr=open(folder / "log", "ab"))

        def pid_of(daemon):
            return child_of(daemon.pid) if SLICES else daemon.pid

        daemon = await start()
        while server.number < 2:
            await asyncio.sleep(0.05)
        os.kill(pid_of(daemon), signal.SIGTERM)
        await daemon.wait()
        fill(folder / "db")
        with sqlite3.connect(folder / "db") as store:
            store.execute("UPDATE job SET due_ms = due_ms + 8000")
        server.events = asyncio.Queue()  # the first daemon's last request still waits at the other one
        daemon, number = await start(), server.number
        while server.number < number + 2:
            await asyncio.sleep(0.05)
        pause = 4 / LIMIT if LIMIT else 0.1  # people write less than a fourth of what is let through
        quiet = [await server.talk() for _ in range(15)]
        begun_mb = memory(pid_of(daemon))[0]
        while not server.puts:
            await asyncio.sleep(0.01)
        begun, busy, most_mb, clock = time.monotonic(), [], begun_mb, time.time()
        while len(server.puts) < LIFTERS:
            busy.append(await server.talk())
            most_mb = max(most_mb, memory(pid_of(daemon))[0])
            await asyncio.sleep(pause)
        took = time.monotonic() - begun
        rooms = [int(re.search(r"room(\d+)", room)[1]) for _, room in server.puts]
        store = sqlite3.connect(f"file:{folder}/db?mode=ro", uri=True)
        while store.execute("SELECT count(*) FROM outbox").fetchone() != (0,):
            await asyncio.sleep(0.05)
        os.kill(pid_of(daemon), signal.SIGTERM)
        code = await daemon.wait()
        away, own = slices(folder / "trace", clock, clock + took) if SLICES else ([0.0], [0.0])
    late = max(abs(place - number) for place, number in enumerate(rooms))
    show(f"{LIFTERS} asked: seconds, a second", f"{took:.1f}, {LIFTERS / took:.0f}", f"at most {LIMIT:.0f}" if LIMIT else "")
    show("refused by the server's limit", str(server.refused))
    show("message to reply, quiet: p50 / p95 / max ms", " / ".join(f"{1000 * x:.1f}" for x in points(quiet)))
    show("message to reply, meanwhile: p50 / p95 / max ms", " / ".join(f"{1000 * x:.1f}" for x in points(busy)),
         f"p95 <= {1000 * points(quiet)[1] + 100:.0f}")
    show("RSS before / most, MB", f"{begun_mb:.1f} / {most_mb:.1f}", f"<= {begun_mb + 30:.1f}")
    if SLICES:
        show("the loop away from its poll: p50 / p95 / max ms", " / ".join(f"{1000 * x:.1f}" for x in points(away)))
        show("without the disk's share: p50 / p95 / max ms", " / ".join(f"{1000 * x:.1f}" for x in points(own)), "max <= 20")
    show("furthest out of order", str(late))
    assert sorted(rooms) == list(range(LIFTERS)) and code == 0
    assert most_mb < begun_mb + 30 and points(busy)[1] < points(quiet)[1] + 0.1
    assert max(own) < 0.02
    assert LIMIT == 0 or server.refused < LIFTERS / 10
    await runner.cleanup()


def points(values):
    return statistics.median(values), percentile(values, 0.95), max(values)


if __name__ == "__main__":
    asyncio.run(main())

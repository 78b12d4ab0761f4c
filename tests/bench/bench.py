"""Speed and memory on one Synapse in one run. Times are wall-clock on this machine; the ratios are what counts.

The floor is what no bot can beat: the same client's own message coming back by sync (round trip), its own sends alone (burst).
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))
from lifter import Lifter  # noqa: E402
from parsed_lines import PARSED  # noqa: E402
from spotter import PROGRAM, Spotter  # noqa: E402
from synapse import Synapse  # noqa: E402

ROUND_TRIPS = int(os.environ.get("BENCH_ROUND_TRIPS", "60"))
BURST = 200


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def cpu_ms(pid):
    """CPU time of the process so far, by the scheduler's nanoseconds."""
    return int(open(f"/proc/{pid}/schedstat").read().split()[0]) / 1e6


def memory(pid):
    """(VmRSS, RssAnon) in MB."""
    values = dict(line.split(":") for line in open(f"/proc/{pid}/status") if ":" in line)
    return tuple(int(values[key].split()[0]) / 1024 for key in ("VmRSS", "RssAnon"))


def show(name, value, target=None):
    print(f"{name:<58} {value:>12}" + (f"   target {target}" if target else ""), flush=True)


async def floor_trip(lifter, room):
    """Milliseconds until the lifter's own message has come back."""
    begun = time.monotonic()
    event_id = await lifter.send(room, "floor")
    await lifter.until(lambda: any(event.event_id == event_id for _, event, _ in reversed(lifter.events)), "the own message")
    return (time.monotonic() - begun) * 1000


async def round_trip(lifter, room, number):
    begun = time.monotonic()
    event_id = await lifter.send(room, f"bench {60 + number % 40}x8 @2")
    await lifter.reply_to(event_id)
    return (time.monotonic() - begun) * 1000


async def burst(lifter, room, answered):
    """Seconds for 200 sends with ten under way, until all are accepted or, if ANSWERED, replied to."""
    gate = asyncio.Semaphore(10)
    sent = []

    async def one(number):
        async with gate:
            sent.append(await lifter.send(room, f"bench {60 + number % 40}x8 @2"))

    begun = time.monotonic()
    await asyncio.gather(*(one(number) for number in range(BURST)))
    if answered:
        waiting = set(sent)
        seen = 0

        def all_answered():
            nonlocal seen
            for _, event, _ in lifter.events[seen:]:
                relation = lifter.relation(event)
                waiting.discard(relation.get("m.in_reply_to", {}).get("event_id"))
            seen = len(lifter.events)
            return not waiting

        await lifter.until(all_answered, "all replies", 120)
    return time.monotonic() - begun


async def conversation(synapse, spotter, lifter, encrypted):
    kind = "encrypted" if encrypted else "plain"
    room = await lifter.direct_chat(spotter.user, encrypted)
    silent = (await lifter.client.room_create(initial_state=room_state(encrypted))).room_id
    await lifter.until(lambda: silent in lifter.client.rooms, "the silent room")
    await floor_trip(lifter, silent)
    await round_trip(lifter, room, 0)
    floors, trips = [], []
    for number in range(ROUND_TRIPS):  # in turn, so that both see the same machine
        floors.append(await floor_trip(lifter, silent))
        trips.append(await round_trip(lifter, room, number))
    floor = statistics.median(floors)
    show(f"{kind}: floor, own message back, p50 / p95 ms", f"{floor:.1f} / {percentile(floors, .95):.1f}")
    show(f"{kind}: message to reply, p50 / p95 ms", f"{statistics.median(trips):.1f} / {percentile(trips, .95):.1f}",
         f"p50 <= {2 * floor + 6:.1f}")
    cpu = cpu_ms(spotter.process.pid)
    for number in range(40):
        await round_trip(lifter, room, number)
    quiet = (cpu_ms(spotter.process.pid) - cpu) / 40
    alone = await burst(lifter, silent, False)
    cpu = cpu_ms(spotter.process.pid)
    with_bot = await burst(lifter, room, True)
    await asyncio.sleep(0.5)
    busy = (cpu_ms(spotter.process.pid) - cpu) / BURST
    show(f"{kind}: burst of {BURST}, sends alone / answered, s", f"{alone:.2f} / {with_bot:.2f}", f"<= {1.7 * alone:.2f}")
    show(f"{kind}: bot CPU a message, one by one / in the burst, ms", f"{quiet:.2f} / {busy:.2f}",
         "<= 1.0" if encrypted else "<= 0.6")


def room_state(encrypted):
    import nio
    return [nio.EnableEncryptionBuilder().as_dict()] if encrypted else []


def throughput():
    """Lines a second through `parse` and `replay`, one core."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        count = 1_000_000
        file.write("\n".join(PARSED[number % len(PARSED)] for number in range(count)) + "\n")
        file.flush()
        begun = time.monotonic()
        subprocess.run([PROGRAM, "parse"], stdin=open(file.name), stdout=subprocess.DEVNULL, check=True)
        show("parse, lines a second", f"{count / (time.monotonic() - begun):,.0f}", "> 500,000")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        count = 5000
        for number in range(count):
            day, second = divmod(number, 20)
            stamp = time.strftime("%Y-%m-%dT", time.gmtime(1767600000 + day * 2 * 86400))
            file.write(f"[{stamp}18:{second:02d}:00+00:00] <anna> bench {60 + number % 30}x8 @2\n")
        file.flush()
        begun = time.monotonic()
        subprocess.run([PROGRAM, "replay", file.name], stdout=subprocess.DEVNULL, check=True)
        show("replay, sets a second (store in memory, with advice)", f"{count / (time.monotonic() - begun):,.0f}")


async def main():
    throughput()
    synapse = Synapse()
    spotter = Spotter(synapse, "spotter", more="")
    spotter.config.write_text(spotter.config.read_text().replace('level = "debug"', 'level = "info"'))
    try:
        spotter.start()
        spotter.stop()
        starts = []
        for _ in range(5):
            starts.append(spotter.start() * 1000)
            spotter.stop()
        spotter.start()
        show("start to first sync answered, median of 5, ms", f"{statistics.median(starts):.0f}", "<= 80")
        await asyncio.sleep(3)
        rss, anon = memory(spotter.process.pid)
        show("idle: RSS / private, MB", f"{rss:.1f} / {anon:.1f}", "<= 17 / 4")
        with tempfile.TemporaryDirectory() as folder:
            user, password = synapse.register("anna")
            lifter = await Lifter(synapse.url, user, folder).login(password)
            for encrypted in (True, False):
                await conversation(synapse, spotter, lifter, encrypted)
            rss, anon = memory(spotter.process.pid)
            show(f"after {2 * (BURST + ROUND_TRIPS + 41)} messages: RSS / private, MB", f"{rss:.1f} / {anon:.1f}", "<= 19 / 6")
            await lifter.close()
    finally:
        spotter.close()
        synapse.close()


if __name__ == "__main__":
    asyncio.run(main())

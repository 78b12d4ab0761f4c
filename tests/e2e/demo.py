"""What `make demo` shows: a throwaway homeserver, Spotter, and an end-to-end encrypted direct chat with it.

On a terminal the person types. Without one a short session is played and checked; the exit status tells how it went.
"""

import asyncio
import os
import sys
import tempfile

import nio

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lifter import Lifter  # noqa: E402
from spotter import Spotter  # noqa: E402
from synapse import Synapse  # noqa: E402

# What is typed, and words that a right answer must hold: the set as understood and what to do next, by the hypertrophy target of
# 1-3 in reserve (D2, R05); for the third set, which ends at none, the overshoot; for `why` the rule that says so; for `today` all.
SESSION = [
    ("bench 80x8 @2", ["bench press 80x8 @2", "Next: ", "RIR 1-3, rest "]),
    ("80x8 @1", ["bench press 80x8 @1", ": 80 kg x ", "RIR 1-3, rest "]),
    ("80x7 @0", ["bench press 80x7 @0", "Harder than planned: RIR 0, not 1-3."]),
    ("why", ["bench press", "R95 ", "RIR 0, the target was 1-3"]),
    ("today", ["3 sets", "80x8 @2, 80x8 @1, 80x7 @0"]),
]


def say(who, text):
    first, *rest = text.splitlines() or [""]
    print(f"{who:>8} | {first}")
    for line in rest:
        print(f"{'':>8} | {line}")
    sys.stdout.flush()


def fault(event, wanted):
    """Why EVENT is no right answer; None when it is one."""
    if not getattr(event, "decrypted", False):
        return "it was not encrypted"
    missing = [word for word in wanted if word.lower() not in event.body.lower()]
    if missing:
        return f"it lacks {', '.join(missing)}"
    if len(event.body.splitlines()) > 12:
        return "it does not fit a phone"
    return None


async def play(lifter, room):
    for text, wanted in SESSION:
        say("you", text)
        event_id = await lifter.send(room, text)
        event = await lifter.reply_to(event_id, timeout=60)
        say("spotter", event.body)
        wrong = fault(event, wanted)
        if wrong is None and len(lifter.replies_to(event_id)) != 1:
            wrong = "there is more than one"
        if wrong:
            print(f"demo: the reply to \"{text}\" is wrong: {wrong}", file=sys.stderr)
            return 1
    if lifter.undecryptable:
        print("demo: a message could not be decrypted", file=sys.stderr)
        return 1
    print("demo: every reply came, encrypted and right")
    return 0


async def converse(lifter, room):
    print('Type a set, like: bench 80x8 @1\n(80 kg, 8 reps, 1 in reserve).\n"help" says more; Ctrl-D ends.')
    shown = len(lifter.events)
    loop = asyncio.get_running_loop()

    async def show():
        nonlocal shown
        while True:
            for _, event, _ in lifter.events[shown:]:
                if event.sender != lifter.user and isinstance(event, nio.RoomMessageText | nio.RoomMessageNotice):
                    say("spotter", event.body)
            shown = len(lifter.events)
            await asyncio.sleep(0.05)

    shower = asyncio.create_task(show())
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        if line.strip():
            await lifter.send(room, line.strip())
    shower.cancel()
    return 0


async def main():
    print("Starting a throwaway homeserver (Synapse, loopback only)…")
    synapse = Synapse()
    spotter = None
    with tempfile.TemporaryDirectory(prefix="spotter-demo-") as folder:
        lifter = None
        try:
            spotter = Spotter(synapse, "spotter")
            user, password = synapse.register("you")
            spotter.start()
            lifter = await Lifter(synapse.url, user, folder).login(password)
            print(f"Spotter is {spotter.user}; you are {user}. Opening an encrypted direct chat…")
            room = await lifter.direct_chat(spotter.user)
            await lifter.until(lambda: any(event.sender == spotter.user and getattr(event, "body", "")
                                           for _, event, _ in lifter.events), "a welcome")
            for _, event, _ in lifter.events:
                if event.sender == spotter.user and getattr(event, "body", ""):
                    say("spotter", event.body)
            interactive = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
            return await (converse if interactive else play)(lifter, room)
        except AssertionError as failure:
            print(f"demo: {failure}\n{spotter.log_tail() if spotter else ''}", file=sys.stderr)
            return 1
        finally:
            if lifter:
                await lifter.close()
            if spotter:
                spotter.stop()
                spotter.close()
            synapse.close()


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except KeyboardInterrupt:
        sys.exit(130)

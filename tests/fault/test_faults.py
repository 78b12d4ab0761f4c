"""A homeserver that answers 429, 500, garbage, half a body or nothing, that swallows its answers, restarts or is away: delay only."""

import asyncio
import json
import random
import re
import time

import nio
import pytest
from conftest_shared import ENCRYPTED
from ledger import Ledger
from proxy import GARBAGE, HALF, HOLD, REFUSE, SWALLOW, status

FAULTS = {
    "429": status(429, b'{"errcode":"M_LIMIT_EXCEEDED","error":"slow down"}', "Retry-After: 1"),
    "500": status(500, b'{"errcode":"M_UNKNOWN","error":"Internal server error"}'),
    "502-html": status(502, b"<html>bad gateway</html>"),
    "201": status(201),
    "garbage": GARBAGE,
    "half": HALF,
    "swallow": SWALLOW,
    "refuse": REFUSE,
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_third_of_the_answers_are_spoilt(play, proxied, name):
    """From the first request on, a third of all requests get the fault: login, keys, sync, members, sends."""
    spotter, proxy = proxied
    generator = random.Random(name)
    proxy.rule = lambda method, path: FAULTS[name] if generator.random() < 0.33 else None
    spotter.start(timeout=90)

    async def scenario(gym):
        anna = await gym.lifter("anna")
        rooms = [await anna.direct_chat(spotter.user, encrypted) for encrypted in (True, False)]
        ledger = Ledger(anna, rooms)
        await ledger.send(12)
        await ledger.settled(200)
        proxy.rule = lambda method, path: None
        await ledger.check(spotter)

    play(scenario)
    assert any(fault is not None for _, _, fault in proxy.seen)


def test_no_invitation_is_followed_before_the_server_has_the_devices_keys(play, proxied):
    """Else the first message may be sealed for everybody but the bot: whoever wrote it doesn't give it the key later."""
    spotter, proxy = proxied
    refused = []

    def rule(method, path):
        if "/keys/upload" in path and len(refused) < 3:
            refused.append([seen for _, seen, _ in proxy.seen if "/join/" in seen or seen.endswith("/join")])
            return GARBAGE
        return None

    async def scenario(gym):
        anna = await gym.lifter("anna")
        response = await anna.client.room_create(is_direct=True, invite=[spotter.user], initial_state=[
            nio.EnableEncryptionBuilder().as_dict()])
        proxy.rule = rule
        await asyncio.to_thread(spotter.start)
        await anna.until(lambda: anna._joined(response.room_id, spotter.user), "the bot joins")
        assert refused == [[], [], []]
        await anna.ask(response.room_id, "bench 80x8 @1")
        assert not anna.undecryptable

    play(scenario)


def test_a_set_by_an_unknown_device_is_booked_with_the_answer_that_makes_it_known(play, proxied):
    """No sync is answered any more when the device list comes: the set neither waits for one nor is it lost with a kill before it."""
    spotter, proxy = proxied
    spotter.start()
    known = False

    def parked():
        return spotter.rows("SELECT count(*) FROM megolm_parked")[0][0]

    def rule(method, path):
        if "/keys/query" in path:
            return None if known else status(503, b'{"errcode":"M_UNKNOWN","error":"Away"}')
        return HOLD if "/sync" in path and parked() else None

    async def scenario(gym):
        nonlocal known
        proxy.rule = rule
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        ledger = Ledger(anna, [room])
        await ledger.send(1)
        await anna.until(parked, "the set is parked")
        known = True
        await anna.until(lambda: spotter.rows("SELECT count(*) FROM live_set")[0][0] == 1, "the set is booked", 60)
        spotter.kill()
        proxy.rule = lambda method, path: None
        spotter.start()
        await ledger.settled()
        await ledger.check(spotter)

    play(scenario)


def test_a_server_that_holds_its_answers_costs_only_time(play, proxied):
    """A send and a poll that are never answered are given up at our own deadline and made again: the send with the same transaction
    id, the poll after the same position. A minute is ten seconds."""
    spotter, proxy = proxied

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await asyncio.to_thread(spotter.start, pace=6)
        room = await anna.direct_chat(spotter.user)
        ledger = Ledger(anna, [room])
        await ledger.send(1)
        await ledger.settled()
        for part in ("/send/m.room.encrypted", "/sync?"):
            held = []
            proxy.rule = lambda method, path: HOLD if part in path and not held and not held.append(path) else None
            await ledger.send(3)
            await ledger.settled(60)
            await ledger.check(spotter)
            assert [path for _, path, _ in proxy.seen].count(*held) == 2

    play(scenario)
    assert len(re.findall(r"event=sync-failed reason=.no whole answer within 60000 ms", spotter.log.read_text())) == 1


def limited(*header, **more):
    return status(429, json.dumps({"errcode": "M_LIMIT_EXCEEDED", "error": "slow down", **more}).encode(), *header)


def test_a_server_that_says_when_is_not_asked_sooner(play, proxied):
    """Retry-After, or what servers before Matrix 1.10 say in the body alone."""
    spotter, proxy = proxied
    in_header, in_body = limited("Retry-After: 2"), limited(retry_after_ms=2000)
    wait_s = 2 - 0.05  # a turn of the loop counts from where it began
    due = {"/login": in_header, "/sync?": in_body}
    asked = {"/login": [], "/sync?": [], "/send/": []}

    def rule(method, path):
        for part, times in asked.items():
            if part in path and (method == "POST") == (part == "/login"):
                times.append(time.monotonic())
                return due.pop(part, None)
        return None

    proxy.rule = rule
    spotter.start()

    async def scenario(gym):
        for part in ("/login", "/sync?"):
            assert asked[part][1] - asked[part][0] >= wait_s, part
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, False)
        await anna.ask(room, "bench 80x8 @2")
        for times in asked.values():
            times.clear()
        due.update({"/send/": in_body, "/sync?": in_header})
        await anna.ask(room, "80x8 @1")
        await anna.until(lambda: len(asked["/sync?"]) > 1, "the next poll")
        for part in ("/send/", "/sync?"):
            assert not due and asked[part][1] - asked[part][0] >= wait_s, part

    play(scenario)


def test_the_server_is_away_for_minutes(play, proxied):
    """Two of them are eight seconds. What was asked before and what is said meanwhile is booked and answered once."""
    spotter, proxy = proxied

    def waited_ms():
        return sum(map(int, re.findall(r"event=sync-failed .*again_ms=(\d+)", spotter.log.read_text())))

    async def scenario(gym):
        anna = await gym.lifter("anna")
        await asyncio.to_thread(spotter.start, pace=15)
        ledger = Ledger(anna, [await anna.direct_chat(spotter.user, encrypted) for encrypted in (True, False)])
        await ledger.send(2)
        await ledger.settled()
        proxy.rule = lambda method, path: REFUSE if "/send/" in path else None
        await ledger.send(2)
        await anna.until(lambda: spotter.rows("SELECT count(*) FROM live_set") == [(4,)], "they are booked")
        proxy.rule = lambda method, path: REFUSE
        await ledger.send(4)
        await anna.until(lambda: waited_ms() > 2 * 60 * 1000, "two minutes")
        proxy.rule = lambda method, path: None
        await ledger.settled()
        await ledger.check(spotter)

    play(scenario)
    assert spotter.stop() == 0


def test_the_server_restarts_and_is_away(play, spotter, synapse):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        rooms = [await anna.direct_chat(spotter.user, encrypted) for encrypted in (True, False)]
        ledger = Ledger(anna, rooms)
        await ledger.send(2)
        synapse.stop()
        await asyncio.sleep(5)
        synapse.start()
        await ledger.send(4)
        await ledger.settled()
        await ledger.check(spotter)

    play(scenario)
    assert spotter.stop() == 0


async def one_set_and_then_the_bot_is_down(gym, spotter, encrypted):
    """Anna, her room, and the ledger that has the set."""
    anna = await gym.lifter("anna")
    room = await anna.direct_chat(spotter.user, encrypted)
    ledger = Ledger(anna, [room])
    await ledger.send(1)
    await ledger.settled()
    assert spotter.stop() == 0
    return anna, room, ledger


def booked_at_their_own_time(spotter):
    """How many sets are; all of them."""
    (count, off), = spotter.rows("SELECT count(*), sum(live_set.at_ms <> input.sent_ms) FROM live_set "
                                 "JOIN input ON input.id = live_set.input")
    assert off == 0
    return count


@ENCRYPTED
def test_a_burst_of_200_is_answered_in_full(play, spotter, encrypted):
    """Faster than it is answered: each sync brings many, and what is more than a hundred must be fetched."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        ledger = Ledger(anna, [room])
        await ledger.burst(200)
        await ledger.settled()
        await ledger.check(spotter)

    play(scenario)


@ENCRYPTED
def test_what_was_said_while_the_bot_was_down_is_booked_and_answered(play, spotter, encrypted):
    """More than the hundred that a sync brings, up to ten minutes old: one by one, at the time when each was said."""
    spotter.start()

    async def scenario(gym):
        _, _, ledger = await one_set_and_then_the_bot_is_down(gym, spotter, encrypted)
        await ledger.burst(110)
        spotter.start()
        await ledger.settled()
        await ledger.check(spotter)
        assert booked_at_their_own_time(spotter) == len(ledger.sent)

    play(scenario)
    assert "event=gap-filled " in spotter.log.read_text()


OLD_MS = 11 * 60 * 1000


def ageing(old):
    """An answer in which the events OLD are so much older."""

    def age(value):
        if isinstance(value, dict) and value.get("event_id") in old:
            value["origin_server_ts"] -= OLD_MS
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            age(part)

    def change(head, body):
        answer = json.loads(body)
        age(answer)
        body = json.dumps(answer).encode()
        return re.sub(rb"(?i)content-length: \d+", b"Content-Length: %d" % len(body), head), body

    return change


def test_what_lies_behind_several_pages_is_booked_and_what_is_old_is_summed_up(play, proxied):
    """The bot was away: 220 sets of more than ten minutes ago, and 90 new ones. A page is refused in between."""
    spotter, proxy = proxied
    old, pages = set(), []
    age = ageing(old)

    def rule(method, path):
        if "/messages?" in path:
            pages.append(re.search(r"from=([^&]*)", path).group(1))
            if len(pages) == 2:
                return FAULTS["500"]
        return age if "/sync?" in path or "/messages?" in path else None

    spotter.start()

    async def scenario(gym):
        anna, room, ledger = await one_set_and_then_the_bot_is_down(gym, spotter, encrypted=False)
        await ledger.burst(220)
        old.update(ledger.sent[1:])
        young = Ledger(anna, [room])
        await young.burst(90)
        seen = len(anna.events)
        proxy.rule = rule
        spotter.start()
        await young.settled()
        last = await anna.ask(room, "today")
        said = [event for _, event, _ in anna.events[seen:] if event.sender == spotter.user and getattr(event, "body", None)]
        answers = [anna.relation(event).get("m.in_reply_to", {}).get("event_id") for event in said]
        summary = [event.body for event, answered in zip(said, answers) if answered not in young.sent and event is not last]
        assert len(summary) == 1 and "220" in summary[0], summary
        assert len(said) == 90 + 2 and set(answers) >= set(young.sent)
        assert booked_at_their_own_time(spotter) == 1 + 220 + 90
        assert spotter.rows("SELECT max(sent_ms) - min(sent_ms) FROM input")[0][0] > OLD_MS - 60000

    play(scenario)
    assert pages[1] == pages[2] != pages[0]  # the 200 behind the hundred that came, and the rest twice
    assert "event=gap-filled " in spotter.log.read_text()


def test_a_reaction_on_a_reply_whose_answer_is_late_counts(play, proxied):
    """The reply is in the room and read, while the bot doesn't know yet what its event is called: what is on it waits, over a restart too."""
    spotter, proxy = proxied
    spotter.start()

    def sets():
        return spotter.rows("SELECT count(*) FROM live_set")[0][0]

    def waiting():
        return spotter.rows("SELECT count(*) FROM matrix_value WHERE name = 'early_reactions' AND length(value) > 0")[0][0]

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        for text in ("experience 2y", "goal muscle", "units kg"):
            await anna.ask(room, text)
        for exercise, booked, restarts in (("bench", 2, False), ("squat", 4, True)):
            proxy.rule = lambda method, path: SWALLOW if method == "PUT" and "/send/" in path else None
            advice = await anna.ask(room, f"{exercise} 80x8 @2")
            await anna.react(room, advice.event_id, "\U0001f44d")
            await anna.until(waiting, "the reaction waits")
            assert sets() == booked - 1
            if restarts:
                spotter.kill()
                spotter.start()
            proxy.rule = lambda method, path: None
            await anna.until(lambda: sets() == booked and not waiting(), "the advice is taken", 60)

    play(scenario)

"""A homeserver that answers 429, 500, garbage, half a body or nothing, that swallows its answers, restarts or is away: delay only."""

import asyncio
import random

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
        await asyncio.sleep(1)
        ledger.check(spotter)

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
        ledger.check(spotter)

    play(scenario)


def test_a_server_that_holds_its_answers_costs_only_time(play, proxied):
    """Sends that are never answered are given up at our own deadline and made again with the same transaction id."""
    spotter, proxy = proxied
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        ledger = Ledger(anna, [room])
        held = []
        proxy.rule = lambda method, path: HOLD if "/send/m.room.encrypted" in path and len(held) < 1 and not held.append(path) else None
        await ledger.send(3)
        await ledger.settled(150)
        ledger.check(spotter)
        assert held

    play(scenario)


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
        await ledger.settled(120)
        ledger.check(spotter)

    play(scenario)
    assert spotter.stop() == 0


@ENCRYPTED
def test_a_burst_of_200_is_answered_in_full(play, spotter, encrypted):
    """Synapse limits the timeline of a sync to ten events: what is behind must be fetched."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        ledger = Ledger(anna, [room])
        await ledger.burst(200)
        await ledger.settled()
        await asyncio.sleep(1)
        ledger.check(spotter)

    play(scenario)


@ENCRYPTED
def test_what_was_said_while_the_bot_was_down_is_booked_and_answered(play, spotter, encrypted):
    """Up to ten minutes old: one by one, at the time when each was said."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        ledger = Ledger(anna, [room])
        await ledger.send(1)
        await ledger.settled()
        assert spotter.stop() == 0
        await ledger.burst(60)
        spotter.start()
        await ledger.settled()
        ledger.check(spotter)

    play(scenario)


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
            await anna.until(lambda: sets() == booked, "the advice is taken", 60)
            assert not waiting()

    play(scenario)

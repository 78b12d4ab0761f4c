"""The rest timer against a real homeserver: it calls once, with a mention, also when the daemon was killed meanwhile."""

import asyncio
import time

from conftest_shared import ENCRYPTED
from identity import Account
from synapse import free_port


def waits(spotter):
    return spotter.rows("SELECT count(*) FROM job WHERE kind = 0")[0][0]


@ENCRYPTED
def test_a_rest_is_called_once_over_a_restart(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @1")
        # Killed while it waits, and started before it is due.
        begun = time.time()
        assert "I'll call you" in (await anna.ask(room, "rest 10 s")).body
        spotter.kill()
        spotter.start()
        assert anna.calls(room) == [] and waits(spotter) == 1
        await anna.until(lambda: anna.calls(room), "the call")
        assert time.time() - begun >= 10
        # Due while it was down.
        assert "I'll call you" in (await anna.ask(room, "rest 4 s")).body
        spotter.kill()
        await asyncio.sleep(4.5)
        spotter.start()
        await anna.until(lambda: len(anna.calls(room)) == 2, "the second call")
        spotter.kill()
        spotter.start()
        await anna.ask(room, "today")  # what would be said again has been said by now
        calls = anna.calls(room)
        assert len(calls) == 2 and waits(spotter) == 0
        for call in calls:
            assert call.source["content"]["msgtype"] == "m.text"
            assert call.source["content"]["m.mentions"] == {"user_ids": [anna.user]}
            assert call.body.startswith("Next: ") and "\n" not in call.body
            assert "m.relates_to" not in call.source["content"]
            assert bool(call.decrypted) == encrypted
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


@ENCRYPTED
def test_a_set_that_is_logged_while_the_daemon_is_down_ends_the_rest(play, spotter, encrypted):
    """What was written meanwhile is heard before what is due is done."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @1")
        assert "I'll call you" in (await anna.ask(room, "rest 6 s")).body
        spotter.kill()
        early = await anna.send(room, "80x7 @1")
        await asyncio.sleep(6)
        spotter.start()
        await anna.reply_to(early)
        await anna.ask(room, "today")
        assert waits(spotter) == 0 and anna.calls(room) == []

    play(scenario)
    assert spotter.stop() == 0


def test_a_call_in_a_thread_of_a_room_stays_there(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna, ben = await gym.lifter("anna"), await gym.lifter("ben")
        room = await anna.direct_chat(spotter.user, encrypted=False)
        await anna.bring(room, ben)
        root = await anna.send(room, "bench 80x8 @1")
        await anna.reply_to(root)
        rest = await anna.send(room, {"msgtype": "m.text", "body": "!rest 4 s", "m.relates_to": {
            "rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}})
        await anna.reply_to(rest)
        await anna.until(lambda: anna.calls(room), "the call")
        call = anna.calls(room)[0]
        relation = call.source["content"]["m.relates_to"]
        assert (relation["rel_type"], relation["event_id"]) == ("m.thread", root)
        assert ": Next: " in call.body
        await ben.ask(room, "!today")
        assert ben.calls(room) == []

    play(scenario)
    assert spotter.stop() == 0


def test_where_the_account_was_lost_nothing_is_done_that_is_due(play, synapse, spotter):
    """Beside a network that goes on. What is due waits for the next start, with a password that is taken."""
    with open(spotter.config, "a") as config:
        config.write(f'irc "net" {{ server = "127.0.0.1" port = {free_port()} tls = false nick = "spotter" }}\n')
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        await anna.ask(room, "rest 12 s")
        due = time.time() + 12
        Account(synapse, spotter).authenticated("/_matrix/client/v3/account/password",
                                                {"new_password": "another", "logout_devices": True})
        await asyncio.to_thread(spotter.logs, "matrix-ended")
        assert time.time() < due and waits(spotter) == 1
        while time.time() < due + 0.5:
            await asyncio.sleep(0.1)
            assert waits(spotter) == 1
        assert spotter.stop() == 0
        assert waits(spotter) == 1

    play(scenario)

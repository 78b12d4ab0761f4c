"""A check-in on a real homeserver: asked with a mention, answered by a reaction on it or, where that was chosen, by polls."""

import sqlite3
import time

from conftest_shared import ENCRYPTED


def polls(lifter, room):
    return [event for where, event, _ in lifter.events
            if where == room and "org.matrix.msc3381.poll.start" in event.source.get("content", {})]


@ENCRYPTED
def test_a_reaction_on_the_questions_answers_them(play, spotter, encrypted):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @2")
        spotter.stop()
        due = int(time.time() * 1000)
        with sqlite3.connect(spotter.database) as store:
            store.execute("UPDATE job SET due_ms = ? WHERE kind = 2", [due])
        spotter.start()
        await anna.until(lambda: anna.calls(room), "the check-in")
        asked = anna.calls(room)[0]
        assert asked.body.startswith("Check-in") and bool(asked.decrypted) == encrypted
        answer = await anna.reply_to(await anna.react(room, asked.event_id, "4\ufe0f\u20e3"))
        assert answer.body.startswith("4 of 5")
        assert spotter.rows("SELECT count(*) FROM checkin") == [(1,)]

    play(scenario)
    assert spotter.stop() == 0


@ENCRYPTED
def test_polls_ask_one_after_the_other(play, spotter, encrypted):
    """MSC3381, as clients have it: each question is a poll of its own, and a vote is answered by the next one."""
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user, encrypted)
        await anna.ask(room, "bench 80x8 @2")
        assert "by poll" in (await anna.ask(room, "checkin poll")).body
        await anna.ask(room, "checkin")
        for number in range(1, 6):
            await anna.until(lambda: len(polls(anna, room)) == number, f"poll {number}")
            poll = polls(anna, room)[-1]
            assert bool(poll.decrypted) == encrypted
            start = poll.source["content"]["org.matrix.msc3381.poll.start"]
            assert [answer["id"] for answer in start["answers"]] == ["1", "2", "3", "4", "5"] and start["max_selections"] == 1
            vote = await anna.send(room, {
                "m.relates_to": {"rel_type": "m.reference", "event_id": poll.event_id},
                "org.matrix.msc3381.poll.response": {"answers": ["4"]}}, "org.matrix.msc3381.poll.response")
        assert (await anna.reply_to(vote)).body.startswith("4 of 5")

    play(scenario)
    assert spotter.stop() == 0

"""A check-in on a real homeserver: asked with a mention, answered by a reaction on it, which can be taken off."""

import sqlite3
import time

from conftest_shared import ENCRYPTED


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

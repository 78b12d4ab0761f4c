"""A lifter in a direct chat, encrypted and not: logs, corrects, deletes, takes back, asks. Real Synapse, real client."""

from conftest_shared import ENCRYPTED


def chat(test):
    """TEST(lifter, room, spotter, encrypted) in a direct chat with a running bot."""

    @ENCRYPTED
    def run(play, spotter, encrypted):
        spotter.start()

        async def scenario(gym):
            anna = await gym.lifter("anna")
            room = await anna.direct_chat(spotter.user, encrypted)
            await test(anna, room, spotter, encrypted)
            assert not anna.undecryptable

        play(scenario)
        assert spotter.stop() == 0

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    return run


def widest(text):
    return max(len(line) for line in text.splitlines())


@chat
async def test_a_set_gets_the_next_one(anna, room, spotter, encrypted):
    """The reply is the notation as understood, the next set, a reason if there is one: four lines of 40 columns at the most."""
    event_id = await anna.send(room, "bench 80x8 @1")
    reply = await anna.reply_to(event_id)
    lines = reply.body.splitlines()
    assert "bench press 80" in lines[0].lower() and "8" in lines[0] and "@1" in lines[0]
    assert lines[1].startswith("Next")
    assert len(lines) <= 4 and widest(reply.body) <= 40
    assert reply.source["content"]["msgtype"] == "m.notice"
    assert bool(reply.decrypted) == encrypted
    assert spotter.rows("SELECT count(*) FROM live_set") == [(1,)]


@chat
async def test_the_notations_of_the_first_product(anna, room, spotter, encrypted):
    """Several sets at once, the exercise of the moment, added weight."""
    assert "100" in (await anna.ask(room, "squat 3x5 100kg rpe 8")).body
    await anna.ask(room, "105x3 @1")
    pullups = (await anna.ask(room, "pullups bw+10 x 6 @2")).body
    assert "+10" in pullups and "6" in pullups
    rows = spotter.rows("SELECT exercise, load_kg, reps, rir FROM live_set ORDER BY id")
    assert rows[:3] == [("squat", 100, 5, None)] * 2 + [("squat", 100, 5, 2)] or rows[:3] == [("squat", 100, 5, 2)] * 3
    assert rows[3] == ("squat", 105, 3, 1)
    assert rows[4] == ("pull-up", 10, 6, 2)


@chat
async def test_an_edit_corrects_the_set_and_its_reply_in_place(anna, room, spotter, encrypted):
    event_id = await anna.send(room, "bench 80x8 @1")
    reply = await anna.reply_to(event_id)
    await anna.edit(room, event_id, "bench 82.5x8 @1")
    corrected = await anna.edited(reply.event_id)
    assert "82.5" in corrected
    assert spotter.rows("SELECT load_kg FROM live_set") == [(82.5,)]
    assert len(anna.replies_to(event_id)) == 1


@chat
async def test_a_redaction_deletes_the_set(anna, room, spotter, encrypted):
    event_id = await anna.send(room, "bench 80x8 @1")
    await anna.reply_to(event_id)
    await anna.redact(room, event_id)
    assert "0 sets" in (await anna.ask(room, "today")).body or "no sets" in (await anna.ask(room, "today")).body.lower()
    assert spotter.rows("SELECT count(*) FROM live_set") == [(0,)]


@chat
async def test_undo_takes_back_one_action_after_the_other(anna, room, spotter, encrypted):
    await anna.ask(room, "bench 80x8 @1")
    await anna.ask(room, "80x7 @1")
    assert "80" in (await anna.ask(room, "undo")).body
    assert spotter.rows("SELECT reps FROM live_set") == [(8,)]
    await anna.ask(room, "undo")
    assert spotter.rows("SELECT count(*) FROM live_set") == [(0,)]
    assert (await anna.ask(room, "undo")).body


@chat
async def test_today_why_and_help_answer(anna, room, spotter, encrypted):
    await anna.ask(room, "bench 80x8 @2")
    await anna.ask(room, "80x8 @0")
    today = (await anna.ask(room, "today")).body
    assert "2 sets" in today and "80" in today
    assert "R" in (await anna.ask(room, "why")).body
    assert "undo" in (await anna.ask(room, "help")).body


@chat
async def test_an_unknown_exercise_is_asked_and_one_answer_completes_it(anna, room, spotter, encrypted):
    question = (await anna.ask(room, "benhc pres 80x8 @1")).body
    assert "1" in question and "bench press" in question.lower()
    assert spotter.rows("SELECT count(*) FROM live_set") == [(0,)]
    await anna.ask(room, "1")
    assert spotter.rows("SELECT exercise, load_kg, reps, rir FROM live_set") == [("bench-press", 80, 8, 1)]


@chat
async def test_an_impossible_set_says_what_to_type(anna, room, spotter, encrypted):
    answer = (await anna.ask(room, "bench 80x8 @11")).body
    assert "RIR" in answer or "RPE" in answer or "reserve" in answer
    assert spotter.rows("SELECT count(*) FROM live_set") == [(0,)]

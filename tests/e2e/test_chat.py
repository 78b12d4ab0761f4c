"""The chat's quick ways, as a real client sees them: reactions, edits and what is taken back, threads, mentions, notices, quiet rooms,
first contact. Real Synapse, encrypted unless a room is a group."""

import asyncio

import nio
import pytest
from proxy import SWALLOW

THUMB, KEY1, KEY2 = "\U0001f44d", "1\ufe0f\u20e3", "2\ufe0f\u20e3"


def chat(test):
    """TEST(anna, room, spotter) in an encrypted direct chat with a running bot."""

    def run(play, spotter):
        spotter.start()

        async def scenario(gym):
            anna = await gym.lifter("anna")
            room = await anna.direct_chat(spotter.user)
            await test(anna, room, spotter)
            assert not anna.undecryptable

        play(scenario)
        assert spotter.stop() == 0

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def sets(spotter):
    return spotter.rows("SELECT exercise, load_kg, reps FROM live_set ORDER BY at_ms, id")


async def edited_to(anna, event_id, *words):
    """The first edit of EVENT_ID that holds all WORDS."""

    def found():
        return [event.source["content"]["m.new_content"] for event in anna.edits_of(event_id)
                if all(word in event.source["content"]["m.new_content"]["body"] for word in words)]

    await anna.until(found, f"an edit of {event_id} with {words}")
    return found()[0]


@chat
async def test_a_thumb_on_the_advice_books_it_and_taken_off_takes_it_back(anna, room, spotter):
    event_id = await anna.send(room, "bench 80x8 @2")
    advice = await anna.reply_to(event_id)
    thumb = await anna.react(room, advice.event_id, THUMB)
    booked = await anna.reply_to(thumb)
    assert "bench press 80x8" in booked.body
    assert sets(spotter) == [("bench-press", 80, 8)] * 2
    old = await anna.react(room, advice.event_id, "\U0001f44c")
    assert "Nothing booked" in (await anna.reply_to(old)).body
    await anna.redact(room, thumb)
    struck = await edited_to(anna, booked.event_id, "Removed")
    assert struck["body"] == "Removed: bench press 80x8"
    assert struck["formatted_body"] == "Removed: <del>bench press 80x8</del>"
    assert sets(spotter) == [("bench-press", 80, 8)]
    assert len(anna.replies_to(event_id)) == len(anna.replies_to(thumb)) == 1


@pytest.mark.parametrize("sealed", (False, True), ids=("in the clear", "sealed"))
def test_a_thumb_on_advice_whose_id_the_bot_was_not_told_is_booked_once(play, proxied, sealed):
    """The server has taken the advice, and its answer is lost; the thumb is read, and the bot killed before it hears of it again."""
    spotter, proxy = proxied
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @2")
        proxy.rule = lambda method, path: SWALLOW if "/send/m.room." in path else None
        advice = await anna.ask(room, "80x8 @2")
        kind, content = "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "event_id": advice.event_id, "key": THUMB}}
        if sealed:
            kind, content = anna.client.encrypt(room, kind, content)
        thumb = await anna.client._send(nio.RoomSendResponse, *nio.Api.room_send(anna.client.access_token, room, kind, content, "thumb"),
                                         (room,))
        await asyncio.to_thread(spotter.logs, "reaction-early")
        assert len(sets(spotter)) == 2
        spotter.kill()
        proxy.rule = lambda method, path: None
        spotter.start()
        booked = await anna.reply_to(thumb.event_id)
        assert "bench press 80x8" in booked.body
        await anna.ask(room, "today")
        assert len(sets(spotter)) == 3 and len(anna.replies_to(thumb.event_id)) == 1
        assert not anna.undecryptable

    play(scenario)
    assert spotter.stop() == 0


@chat
async def test_a_reaction_answers_a_question_in_place(anna, room, spotter):
    event_id = await anna.send(room, "benhc pres 80x8 @1")
    question = await anna.reply_to(event_id)
    await anna.react(room, question.event_id, KEY1)
    await edited_to(anna, question.event_id, "bench press 80x8 @1", "Next")
    assert sets(spotter) == [("bench-press", 80, 8)]
    assert len(anna.replies_to(event_id)) == 1


@chat
async def test_edits_of_edits_and_an_edit_that_is_taken_back(anna, room, spotter):
    event_id = await anna.send(room, "bench 80x8 @2")
    reply = await anna.reply_to(event_id)
    first = await anna.edit(room, event_id, "bench 82.5x8 @2")
    await edited_to(anna, reply.event_id, "82.5x8")
    second = await anna.edit(room, event_id, "sorry, wrong chat")
    await edited_to(anna, reply.event_id, "No longer a set")
    third = await anna.edit(room, event_id, "bench 77.5x8 @2")
    await edited_to(anna, reply.event_id, "77.5x8", "Next")
    assert sets(spotter) == [("bench-press", 77.5, 8)]
    await anna.redact(room, third)
    await edited_to(anna, reply.event_id, "Removed", "77.5x8")
    await anna.redact(room, second)
    await anna.redact(room, first)
    await edited_to(anna, reply.event_id, "80x8", "Next")
    assert sets(spotter) == [("bench-press", 80, 8)]
    await anna.redact(room, event_id)
    await edited_to(anna, reply.event_id, "Removed: bench press 80x8 @2")
    assert sets(spotter) == []
    assert "Back again" in (await anna.ask(room, "undo")).body
    assert sets(spotter) == [("bench-press", 80, 8)]
    assert len(anna.replies_to(event_id)) == 1


@chat
async def test_a_thread_is_kept(anna, room, spotter):
    root = await anna.send(room, "squat 100x5 @2")
    await anna.reply_to(root)
    within = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}
    event_id = await anna.send(room, {"msgtype": "m.text", "body": "100x5 @1", "m.relates_to": within})
    reply = await anna.reply_to(event_id)
    assert anna.relation(reply) == {"rel_type": "m.thread", "event_id": root, "is_falling_back": False,
                                    "m.in_reply_to": {"event_id": event_id}}
    thumb = await anna.react(room, reply.event_id, THUMB)
    booked = anna.relation(await anna.reply_to(thumb))
    assert (booked["rel_type"], booked["event_id"]) == ("m.thread", root)
    assert len(anna.replies_to(root)) == 1


@chat
async def test_a_quiet_room_gets_a_sign(anna, room, spotter):
    assert "Quiet here" in (await anna.ask(room, "quiet on")).body
    event_id = await anna.send(room, "bench 80x8 @2")
    await anna.until(lambda: anna.signs_on(event_id) == [THUMB], "a sign")
    await anna.edit(room, event_id, "bench 82.5x8 @2")
    advice = await anna.ask(room, "next")
    assert "82.5x8" in advice.body and "Next" in advice.body
    stop = await anna.ask(room, "82.5x4 form")  # what is about safety comes in words
    assert "The form went" in stop.body
    assert anna.signs_on(event_id) == [THUMB] and anna.replies_to(event_id) == []
    assert "Not quiet" in (await anna.ask(room, "quiet off")).body


@chat
async def test_first_contact_is_three_questions_that_nothing_waits_for(anna, room, spotter):
    event_id = await anna.send(room, "bench 80x8 @2")
    await anna.reply_to(event_id)

    def questions():
        return [event for _, event, _ in anna.events if "How long have you trained?" in (getattr(event, "body", None) or "")]

    await anna.until(questions, "the first question")
    question = questions()[0]
    assert anna.relation(question) == {} and question.source["content"]["msgtype"] == "m.notice"
    assert "bench press 80x7 @1" in (await anna.ask(room, "80x7 @1")).body
    await anna.react(room, question.event_id, KEY2)
    await edited_to(anna, question.event_id, "experience: 1 year", "What do you train for?")
    assert "Which units" in (await anna.ask(room, "muscle")).body
    assert "units: lb" in (await anna.ask(room, "2")).body
    assert len(questions()) == 1 and len(anna.replies_to(event_id)) == 1


def test_a_group_hears_sets_and_what_is_addressed_and_no_notices(play, spotter):
    """Mention, reply and prefix address the bot; talk and notices, of people and of other bots, are left alone."""
    spotter.start()

    async def scenario(gym):
        anna, ben = await asyncio.gather(gym.lifter("anna"), gym.lifter("ben"))
        room = await anna.group(spotter.user, ben)
        ignored = [await anna.send(room, "today"),
                   await anna.send(room, {"msgtype": "m.notice", "body": "bench 80x8 @2"}),
                   await ben.send(room, {"msgtype": "m.notice", "body": "!today", "m.mentions": {"user_ids": [spotter.user]}}),
                   await anna.send(room, "see you @8")]
        answer = await anna.ask(room, "bench 80x8 @2")
        assert "Next" in answer.body
        ignored.append(await ben.react(room, answer.event_id, THUMB))  # a compliment
        mention = {"msgtype": "m.text", "body": "Spotter: today", "format": "org.matrix.custom.html",
                   "formatted_body": f'<a href="https://matrix.to/#/{spotter.user}">Spotter</a>: today',
                   "m.mentions": {"user_ids": [spotter.user]}}
        assert "1 set" in (await anna.ask(room, {**mention, "body": f"{spotter.user}: today"})).body
        reply = {"msgtype": "m.text", "body": "today", "m.relates_to": {"m.in_reply_to": {"event_id": answer.event_id}}}
        assert "1 set" in (await anna.ask(room, reply)).body
        assert "No sets" in (await ben.ask(room, "!today")).body
        refused = await ben.ask(room, "!quiet on")
        assert "moderators" in refused.body
        assert "Quiet here" in (await anna.ask(room, "!quiet on")).body
        event_id = await ben.send(room, "squat 100x5 @2")
        await ben.until(lambda: ben.signs_on(event_id) == [THUMB], "a sign")
        for event_id in ignored:
            assert ben.replies_to(event_id) == []  # anna's view may be behind
        assert len(sets(spotter)) == 2
        assert not any("How long have you trained?" in (getattr(event, "body", None) or "") for _, event, _ in anna.events)

    play(scenario)
    assert spotter.stop() == 0


def test_the_time_zone_of_the_profile_holds_until_one_is_typed(play, spotter, synapse):
    """Whoever has m.tz in their profile (MSC4175) has their days by it; a server that knows none says nothing."""
    spotter.start()

    async def scenario(gym):
        anna, ben = await asyncio.gather(gym.lifter("anna"), gym.lifter("ben"))
        synapse.request("PUT", f"/_matrix/client/v3/profile/{anna.user}/m.tz", {"m.tz": "Pacific/Kiritimati"},
                        token=anna.client.access_token)
        rooms = [await person.direct_chat(spotter.user, False) for person in (anna, ben)]
        for _ in range(50):  # it comes soon after the first words
            said = (await anna.ask(rooms[0], "settings")).body
            if "Kiritimati" in said:
                break
        assert "timezone: Pacific/Kiritimati (profile)" in said
        assert "timezone" not in (await ben.ask(rooms[1], "settings")).body
        assert "Europe/Berlin" in (await anna.ask(rooms[0], "timezone Europe/Berlin")).body
        assert "timezone: Europe/Berlin" in (await anna.ask(rooms[0], "settings")).body
        await ben.until(lambda: len(spotter.rows("SELECT 1 FROM matrix_value WHERE name LIKE 'profile:%'")) == 2, "both were looked at")

    play(scenario)
    assert spotter.stop() == 0
